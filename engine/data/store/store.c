/* The store: statements and transactions. Opening it is in store_open.c, drops are in store_drops.c, writing one in store_write.c,
 * reading in store_read.c. */
#include "engine/data/store/store_private.h"

#define BY_ORDER "received, file, id"

static const char *const STATEMENTS[N_STATEMENTS] = {
    [ADD_DROP] = "INSERT INTO drops (received, file, hash, since) VALUES (?1, ?2, ?3, ?4)",
    [CLOSE_DROP] = "UPDATE drops SET n_rows = ?2, n_loaded = ?3, n_repeated = ?4, n_unchanged = ?4, n_quarantined = ?5,"
                   " was_windows_1252 = ?6, n_bytes = ?7, content = ?1, hash = ?8, recipe = ?9 WHERE id = ?1",
    [READ_COUNTS] = "SELECT n_loaded, n_revised, n_unchanged FROM drops WHERE id = ?1",
    [COPY_DROP] = "INSERT INTO drops (received, file, hash, n_rows, n_loaded, n_repeated, n_unchanged, n_quarantined,"
                  "  was_windows_1252, n_bytes, content, recipe, since)"
                  " SELECT ?2, ?3, hash, n_rows, n_loaded, n_repeated, n_repeated, n_quarantined, was_windows_1252, n_bytes, "
                  "content, recipe, ?4"
                  " FROM drops WHERE id = ?1",
    [FIND_DROP] = "SELECT id FROM drops WHERE received = ?1 AND hash = ?2 AND file = ?3 AND replaced_by IS NULL",
    [FIND_CONTENT] = "SELECT content FROM drops WHERE hash = ?1 AND replaced_by IS NULL AND content IS NOT NULL LIMIT 1",
    [FIND_EARLIER] = "SELECT e.id FROM drops d JOIN drops e ON e.hash = d.hash AND e.replaced_by IS NULL"
                     " WHERE d.id = ?1 AND NOT e.is_silent"
                     " AND (e.received, e.file, e.id) <= (d.received, d.file, d.id)"
                     " ORDER BY e.received DESC, e.file DESC, e.id DESC LIMIT 1",
    [HAS_SIZE] = "SELECT 1 FROM drops WHERE n_bytes IS NULL OR n_bytes = ?1 LIMIT 1",
    [LIST_DROPS] = "SELECT id, received, file, hash, n_rows, n_loaded, n_revised, n_unchanged, n_quarantined, was_windows_1252,"
                   " withdrawn, since, replaced_by, recipe FROM drops WHERE since <= ?1 AND NOT is_silent ORDER BY " BY_ORDER,
    [LIST_FACTS] = "SELECT id, content, received, withdrawn, is_silent, since, replaced_by FROM drops ORDER BY " BY_ORDER,
    [SET_WITHDRAWN] = "UPDATE drops SET withdrawn = ?2 WHERE id = ?1",
    [ADD_COUNTS] = "UPDATE drops SET n_revised = n_revised + ?2, n_unchanged = n_unchanged + ?3 WHERE id = ?1",
    /* The same content again, when nothing has changed since, is no news: it is kept and not shown. */
    [MARK_SILENT] = "UPDATE drops AS d SET is_silent = n_loaded = n_unchanged AND EXISTS (SELECT 1 FROM drops e"
                    " WHERE e.hash = d.hash AND e.replaced_by IS NULL AND (e.received, e.file, e.id) < (d.received, d.file, d.id)"
                    " AND e.withdrawn IS NULL) WHERE d.replaced_by IS NULL AND (is_silent OR"
                    " EXISTS (SELECT 1 FROM drops e WHERE e.hash = d.hash AND e.replaced_by IS NULL AND e.id <> d.id))",
    [SET_REPLACED] = "UPDATE drops SET replaced_by = ?2 WHERE id = ?1",
    [SET_RECIPE] = "UPDATE drops SET recipe = ?2 WHERE id = ?1",
    [LIST_SAME] = "SELECT e.id, e.received, e.file, e.since, e.withdrawn FROM drops d JOIN drops e ON e.hash = d.hash"
                  " WHERE d.id = ?1 AND e.id <> d.id AND e.replaced_by IS NULL ORDER BY e.received, e.file",
    [FIND_SERIES] = "SELECT id FROM series WHERE indicator = ?1 AND unit = ?2 AND cohort = ?3",
    [ADD_SERIES] = "INSERT INTO series (indicator, unit, cohort) VALUES (?1, ?2, ?3)",
    [LIST_SERIES] = "SELECT id, indicator, unit, cohort FROM series ORDER BY indicator, unit, cohort",
    [LIST_SERIES_OF] = "SELECT id, indicator, unit, cohort FROM series WHERE unit = ?1",
    [LIST_UNITS] = "SELECT DISTINCT unit FROM series",
    [FIND_NOTE] = "SELECT id FROM notes WHERE note = ?1",
    [ADD_NOTE] = "INSERT INTO notes (note) VALUES (?1)",
    [READ_NOTE] = "SELECT note FROM notes WHERE id = ?1",
    [ADD_BLOCK] = STORE_ADD_BLOCK,
    [LIST_BLOCKS] = "SELECT id, drop_id, crc, data FROM blocks WHERE id BETWEEN ?1 AND ?2 AND last >= ?3 AND first <= ?4",
    [LIST_BUNCHES] = "SELECT id >> 40, min(first), max(last) FROM blocks WHERE drop_id = ?1 GROUP BY id >> 40",
    [HAS_OTHERS] = "SELECT 1 FROM blocks WHERE id BETWEEN ?1 AND ?2 AND last >= ?3 AND first <= ?4 AND drop_id <> ?5 LIMIT 1",
    [ADD_QUARANTINE] = "INSERT INTO quarantine (drop_id, line, field, code, message, raw) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [LIST_QUARANTINE] = "SELECT q.line, q.field, q.code, q.message, q.raw FROM quarantine q JOIN drops d ON q.drop_id = d.content"
                        " WHERE d.id = ?1 ORDER BY q.line, q.field, q.rowid",
    [NEXT_CONFLICT] = "SELECT line FROM quarantine WHERE drop_id = ?1 AND line > ?2 AND raw = '' ORDER BY line LIMIT 1",
    [ADD_FINDING] = "INSERT INTO findings (drop_id, line, field, severity, code, message, advice, indicator)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [LIST_FINDINGS] = "SELECT f.line, f.field, f.severity, f.code, f.message, f.advice, f.indicator FROM findings f"
                      " JOIN drops d ON f.drop_id = d.content WHERE d.id = ?1 ORDER BY f.rowid",
    [SET_RAW] = "UPDATE quarantine SET raw = ?3 WHERE drop_id = ?1 AND line = ?2 AND raw = ''",
    [DATA_VERSION] = "PRAGMA data_version",
};
G_STATIC_ASSERT(DROP_BITS + PART_BITS == 40); /* LIST_BUNCHES */

void wm_store_close(WmStore *self)
{
    if (!self)
        return;
    for (int i = 0; i < N_STATEMENTS; i++)
        sqlite3_finalize(self->statements[i]);
    sqlite3_close(self->db);
    store_forget_facts(self);
    g_free(self->path);
    g_free(self);
}

sqlite3_stmt *store_statement(WmStore *self, Statement which, GError **error)
{
    sqlite3_stmt **statement = &self->statements[which];
    if (!*statement &&
        sqlite3_prepare_v3(self->db, STATEMENTS[which], -1, SQLITE_PREPARE_PERSISTENT, statement, NULL) != SQLITE_OK) {
        store_fail(self->db, self->path, "query the store", error);
        return NULL;
    }
    sqlite3_reset(*statement);
    return *statement;
}

sqlite3_stmt *store_bound(WmStore *self, Statement which, const gint64 *numbers, int n, GError **error)
{
    sqlite3_stmt *statement = store_statement(self, which, error);
    for (int i = 0; statement && i < n; i++)
        sqlite3_bind_int64(statement, i + 1, numbers[i]);
    return statement;
}

gboolean store_run(WmStore *self, sqlite3_stmt *statement, const char *doing, GError **error)
{
    if (!statement)
        return FALSE;
    const int code = sqlite3_step(statement);
    const gboolean is_done = code == SQLITE_DONE || code == SQLITE_ROW || store_fail(self->db, self->path, doing, error);
    sqlite3_reset(statement);
    return is_done;
}

gboolean store_ask(WmStore *self, sqlite3_stmt *statement, gint64 absent, gint64 *out, GError **error)
{
    if (!statement)
        return FALSE;
    const int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return store_fail(self->db, self->path, "read the store", error);
    *out = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : absent;
    sqlite3_reset(statement);
    return TRUE;
}

static gboolean execute(WmStore *self, const char *sql, const char *doing, GError **error)
{
    return sqlite3_exec(self->db, sql, NULL, NULL, NULL) == SQLITE_OK || store_fail(self->db, self->path, doing, error);
}

bool wm_store_begin_read(WmStore *self, GError **error)
{
    if (self->depth == 0 && !execute(self, "BEGIN", "read the store", error))
        return false;
    self->depth++;
    return true;
}

void wm_store_end_read(WmStore *self)
{
    if (--self->depth == 0)
        sqlite3_exec(self->db, "COMMIT", NULL, NULL, NULL);
}

gboolean store_begin_write(WmStore *self, const char *doing, GError **error)
{
    g_assert(self->depth == 0);
    if (!execute(self, "BEGIN IMMEDIATE", doing, error))
        return FALSE;
    self->depth = 1;
    return TRUE;
}

gboolean store_commit_write(WmStore *self, const char *doing, GError **error)
{
    if (!execute(self, "COMMIT", doing, error))
        return FALSE;
    self->depth = 0;
    return TRUE;
}

void store_rollback_write(WmStore *self)
{
    if (self->depth)
        sqlite3_exec(self->db, "ROLLBACK", NULL, NULL, NULL);
    self->depth = 0;
    store_forget_facts(self);
}
