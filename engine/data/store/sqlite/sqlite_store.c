/* SQLite as a backend: transactions, and the statements that are common. */
#include "engine/data/store/sqlite/sqlite_store.h"

static SqliteStore *sqlite_of(const WmStore *self)
{
    return (SqliteStore *)self;
}

static sqlite3_stmt *statement_of(StoreQuery *self)
{
    return ((SqliteQuery *)self)->statement;
}

static void close_store(WmStore *base)
{
    SqliteStore *self = sqlite_of(base);
    for (int i = 0; i < N_STATEMENTS; i++)
        sqlite3_finalize(self->queries[i].statement);
    for (int i = 0; i < N_SQLITE_STATEMENTS; i++)
        sqlite3_finalize(self->statements[i]);
    sqlite3_close(self->db);
    if (self->bytes)
        g_byte_array_unref(self->bytes);
}

static gboolean is_read_only(const WmStore *self)
{
    return sqlite3_db_readonly(sqlite_of(self)->db, "main") == 1;
}

static gboolean execute(WmStore *self, const char *sql, const char *doing, GError **error)
{
    sqlite3 *db = sqlite_of(self)->db;
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK || sqlite_fail(db, self->path, doing, error);
}

static gboolean begin(WmStore *self, StoreAccess access, const char *doing, GError **error)
{
    if (sqlite_of(self)->roomed != access)
        sqlite_store_make_room(sqlite_of(self), access);
    return execute(self, access == TO_WRITE ? "BEGIN IMMEDIATE" : "BEGIN", doing, error);
}

static gboolean commit(WmStore *self, const char *doing, GError **error)
{
    return execute(self, "COMMIT", doing, error);
}

static void rollback(WmStore *self)
{
    sqlite3_exec(sqlite_of(self)->db, "ROLLBACK", NULL, NULL, NULL);
}

/* Another process may have added drops since the last transaction; within one nothing changes but by us. */
static gboolean version(WmStore *base, gint64 *out, GError **error)
{
    SqliteStore *self = sqlite_of(base);
    sqlite3_stmt *statement = sqlite_bound(self, DATA_VERSION, NULL, 0, error);
    if (!statement)
        return FALSE;
    const int code = sqlite3_step(statement);
    *out = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return code == SQLITE_ROW || sqlite_fail(self->db, base->path, "read the store", error);
}

static sqlite3_stmt *prepare(SqliteStore *self, sqlite3_stmt **statement, const char *sql, GError **error)
{
    if (!*statement && sqlite3_prepare_v3(self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL) != SQLITE_OK) {
        sqlite_fail(self->db, self->base.path, "query the store", error);
        return NULL;
    }
    sqlite3_reset(*statement);
    return *statement;
}

static StoreQuery *query(WmStore *base, Statement which, GError **error)
{
    SqliteStore *self = sqlite_of(base);
    SqliteQuery *one = &self->queries[which];
    one->base.store = base;
    return prepare(self, &one->statement, STORE_STATEMENTS[which], error) ? &one->base : NULL;
}

static const char *const OWN_STATEMENTS[N_SQLITE_STATEMENTS] = {
    [FIND_SERIES] = "SELECT id FROM series WHERE indicator = ?1 AND unit = ?2 AND cohort = ?3",
    [ADD_SERIES] = "INSERT INTO series (indicator, unit, cohort) VALUES (?1, ?2, ?3)",
    [FIND_NOTE] = "SELECT id FROM notes WHERE note = ?1",
    [ADD_NOTE] = "INSERT INTO notes (note) VALUES (?1)",
    [READ_NOTE] = "SELECT note FROM notes WHERE id = ?1",
    [ADD_BLOCK] = STORE_ADD_BLOCK,
    [LIST_BLOCKS] = "SELECT id, drop_id, crc, data FROM blocks WHERE id BETWEEN ?1 AND ?2 AND last >= ?3 AND first <= ?4",
    [LIST_BUNCHES] = "SELECT id >> 40, min(first), max(last) FROM blocks WHERE drop_id = ?1 GROUP BY id >> 40",
    [HAS_OTHERS] = "SELECT 1 FROM blocks WHERE id BETWEEN ?1 AND ?2 AND last >= ?3 AND first <= ?4 AND drop_id <> ?5 LIMIT 1",
    [DATA_VERSION] = "PRAGMA data_version",
};
G_STATIC_ASSERT(DROP_BITS + PART_BITS == 40); /* LIST_BUNCHES */

sqlite3_stmt *sqlite_bound(SqliteStore *self, SqliteStatement which, const gint64 *numbers, int n, GError **error)
{
    sqlite3_stmt *statement = prepare(self, &self->statements[which], OWN_STATEMENTS[which], error);
    for (int i = 0; statement && i < n; i++)
        sqlite3_bind_int64(statement, i + 1, numbers[i]);
    return statement;
}

static void set_whole(StoreQuery *self, int i, gint64 number)
{
    sqlite3_bind_int64(statement_of(self), i, number);
}

static void set_null(StoreQuery *self, int i)
{
    sqlite3_bind_null(statement_of(self), i);
}

static void set_day(StoreQuery *self, int i, WmDay day)
{
    if (day == WM_NO_DAY)
        set_null(self, i);
    else
        set_whole(self, i, day);
}

static void set_flag(StoreQuery *self, int i, gboolean flag)
{
    set_whole(self, i, flag != 0);
}

static void set_text(StoreQuery *self, int i, const char *text)
{
    sqlite3_bind_text(statement_of(self), i, text, -1, SQLITE_STATIC);
}

static StoreStep step(StoreQuery *self, const char *doing, GError **error)
{
    const int code = sqlite3_step(statement_of(self));
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return code == SQLITE_ROW ? STEP_ROW : STEP_DONE;
    sqlite_fail(sqlite_of(self->store)->db, self->store->path, doing, error);
    return STEP_FAILED;
}

static void reset(StoreQuery *self)
{
    sqlite3_reset(statement_of(self));
}

static gint64 whole(StoreQuery *self, int i)
{
    return sqlite3_column_int64(statement_of(self), i);
}

static WmDay day(StoreQuery *self, int i)
{
    return sqlite3_column_type(statement_of(self), i) == SQLITE_NULL ? WM_NO_DAY : sqlite3_column_int(statement_of(self), i);
}

static gboolean flag(StoreQuery *self, int i)
{
    return sqlite3_column_int(statement_of(self), i) != 0;
}

static const char *text(StoreQuery *self, int i)
{
    return (const char *)sqlite3_column_text(statement_of(self), i);
}

const StoreBackend SQLITE_BACKEND = {
    .max_drops = MAX_DROPS,
    .max_parts = MAX_PARTS,
    STORE_BACKEND_BASICS,
    .learn_series = sqlite_learn_series,
    .learn_notes = sqlite_learn_notes,
    .read_note = sqlite_read_note,
    .add_readings = sqlite_add_readings,
    .end_part = sqlite_end_part,
    .each_reading = sqlite_each_reading,
    .list_ranges = sqlite_list_ranges,
    .has_others = sqlite_has_others,
    .check = sqlite_check,
    .copy = sqlite_copy,
    .backup = sqlite_backup,
};
