/* An SQLite store, looked over from within: SQLite's own checks, every block, and whether the counts add up. */
#include <string.h>

#include "engine/data/store/sqlite/sqlite_store.h"

/* Call `found` for each row of a query. A query that cannot be run is itself a finding: the store is damaged. */
static void each_row(WmStore *self, WmProblems *problems, const char *sql,
                     void (*found)(WmStore *self, sqlite3_stmt *row, WmProblems *problems))
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(((SqliteStore *)self)->db, sql, -1, &statement, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        found(self, statement, problems);
        code = SQLITE_OK;
    }
    if (code != SQLITE_DONE)
        store_report(self, problems, "damaged_store", "it cannot be read: %s", sqlite3_errmsg(((SqliteStore *)self)->db));
    sqlite3_finalize(statement);
}

static void check_pages(WmStore *self, sqlite3_stmt *row, WmProblems *problems)
{
    const char *text = (const char *)sqlite3_column_text(row, 0);
    if (strcmp(text, "ok") != 0)
        store_report(self, problems, "damaged_store", "%s", text);
}

static void check_reference(WmStore *self, sqlite3_stmt *row, WmProblems *problems)
{
    store_report(self, problems, "broken_reference", "a row of %s refers to one of %s that is not there",
                 sqlite3_column_text(row, 0), sqlite3_column_text(row, 2));
}

/* Why a block is not what was written; NULL: it is. */
static const char *find_fault(sqlite3_stmt *row)
{
    const void *bytes = sqlite3_column_blob(row, 6);
    const size_t length = (size_t)sqlite3_column_bytes(row, 6);
    if (block_crc(bytes, length) != (guint32)sqlite3_column_int64(row, 5))
        return "its bytes have changed";
    BlockCursor cursor;
    BlockReading reading;
    BlockStep step;
    gint64 n = 0;
    block_cursor_init(&cursor, bytes, length, block_bunch(sqlite3_column_int64(row, 0)));
    for (; (step = block_next(&cursor, &reading)) == BLOCK_READING; n++)
        if (reading.period < sqlite3_column_int64(row, 2) || reading.period > sqlite3_column_int64(row, 3))
            return "it holds periods that it should not";
    if (step == BLOCK_DAMAGED)
        return "it cannot be read";
    return n == sqlite3_column_int64(row, 4) ? NULL : "it holds another number of readings than it says";
}

static void check_block(WmStore *self, sqlite3_stmt *row, WmProblems *problems)
{
    const char *fault = find_fault(row);
    if (fault)
        store_report(self, problems, "damaged_block", "a block of readings of drop %lld is damaged: %s",
                     (long long)sqlite3_column_int64(row, 1), fault);
}

static void check_counts(WmStore *self, sqlite3_stmt *row, WmProblems *problems)
{
    store_report(self, problems, "wrong_count", "drop %lld says %lld readings and %lld refused rows, and holds %lld and %lld",
                 (long long)sqlite3_column_int64(row, 0), (long long)sqlite3_column_int64(row, 1),
                 (long long)sqlite3_column_int64(row, 2), (long long)sqlite3_column_int64(row, 3),
                 (long long)sqlite3_column_int64(row, 4));
}

static void check_span(WmStore *self, sqlite3_stmt *row, WmProblems *problems)
{
    store_report(self, problems, "wrong_count", "drop %lld says that its readings span other periods than they do",
                 (long long)sqlite3_column_int64(row, 0));
}

gboolean sqlite_check(WmStore *self, WmProblems *problems, GError **error)
{
    static const struct {
        const char *sql;
        void (*found)(WmStore *self, sqlite3_stmt *row, WmProblems *problems);
    } CHECKS[] = {
        {"PRAGMA integrity_check", check_pages},
        {"PRAGMA foreign_key_check", check_reference},
        {"SELECT id, drop_id, first, last, n, crc, data FROM blocks", check_block},
        {"SELECT * FROM (SELECT d.id, d.n_loaded - d.n_repeated AS says, d.n_quarantined AS refused,"
         " (SELECT coalesce(sum(n), 0) FROM blocks WHERE drop_id = d.content) AS holds,"
         " (SELECT count(*) FROM quarantine WHERE drop_id = d.content) AS holds_refused FROM drops d)"
         " WHERE says <> holds OR refused <> holds_refused",
         check_counts},
        {"SELECT d.id FROM drops d WHERE (first, last) <>"
         " (SELECT coalesce(min(first), 0), coalesce(max(last), 0) FROM blocks b WHERE b.drop_id = d.content)",
         check_span},
    };
    (void)error;
    for (size_t i = 0; i < G_N_ELEMENTS(CHECKS); i++)
        each_row(self, problems, CHECKS[i].sql, CHECKS[i].found);
    return TRUE;
}
