/* The store's schema. Each version is a row; a store is brought up through the rows that it lacks. */
#include "engine/data/store_schema.h"

#define APPLICATION_ID 0x574d5354 /* "WMST": how SQLite's file(1) entry knows us */

/* Keys are integers and a reading's row is its key, so that a series reads in one sweep and a reading takes about 30 bytes. */
static const char *const VERSIONS[] = {
    "CREATE TABLE drops ("
    "  id INTEGER PRIMARY KEY,"
    "  received INTEGER NOT NULL," /* days since 1970-01-01 */
    "  file TEXT NOT NULL,"
    "  hash TEXT NOT NULL,"
    "  n_rows INTEGER NOT NULL DEFAULT 0,"
    "  n_loaded INTEGER NOT NULL DEFAULT 0,"
    "  n_revised INTEGER NOT NULL DEFAULT 0,"
    "  n_unchanged INTEGER NOT NULL DEFAULT 0,"
    "  n_quarantined INTEGER NOT NULL DEFAULT 0);"
    "CREATE UNIQUE INDEX drops_by_hash ON drops (hash, received);"
    "CREATE TABLE series ("
    "  id INTEGER PRIMARY KEY,"
    "  indicator TEXT NOT NULL, unit TEXT NOT NULL, cohort TEXT NOT NULL,"
    "  UNIQUE (indicator, unit, cohort));"
    "CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT NOT NULL UNIQUE);"
    "CREATE TABLE readings ("
    "  series INTEGER NOT NULL REFERENCES series,"
    "  start INTEGER NOT NULL," /* WmPeriod.start */
    "  kind INTEGER NOT NULL,"  /* WmPeriodKind */
    "  drop_id INTEGER NOT NULL REFERENCES drops,"
    "  state INTEGER NOT NULL,"
    "  value REAL, numerator REAL, denominator REAL,"
    "  note INTEGER REFERENCES notes,"
    "  PRIMARY KEY (series, start, kind, drop_id)) WITHOUT ROWID;"
    "CREATE TABLE quarantine ("
    "  drop_id INTEGER NOT NULL REFERENCES drops,"
    "  line INTEGER NOT NULL, field INTEGER NOT NULL,"
    "  code TEXT NOT NULL, message TEXT NOT NULL, raw TEXT NOT NULL);"
    "CREATE INDEX quarantine_by_drop ON quarantine (drop_id, line);",

    "ALTER TABLE drops ADD COLUMN was_windows_1252 INTEGER NOT NULL DEFAULT 0;",
};

#define NEWEST ((int)G_N_ELEMENTS(VERSIONS))

static const char *advice_for(int code)
{
    switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another Waymark is writing to it: try again when that has ended";
    case SQLITE_FULL:
        return "the disk is full: make room, then run again; nothing was half-written";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return "make the plan folder writable";
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return "it is damaged or no Waymark store: move it away and run again, the drops folder rebuilds it";
    case SQLITE_IOERR:
        return "the disk cannot be read or written: check it, then run again";
    default:
        return NULL;
    }
}

gboolean store_fail(sqlite3 *db, const char *path, const char *doing, GError **error)
{
    const int code = sqlite3_errcode(db) & 0xff;
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = advice_for(code)}, "cannot %s: %s", doing,
                 sqlite3_errmsg(db));
    return FALSE;
}

static gboolean read_number(sqlite3 *db, const char *sql, int *out)
{
    sqlite3_stmt *statement = NULL;
    gboolean is_read = sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW;
    if (is_read)
        *out = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return is_read;
}

static gboolean fail_foreign(const char *path, GError **error)
{
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "move it away; the drops folder rebuilds the store"},
                 "it is an SQLite file of another program");
    return FALSE;
}

/* A file without our mark is ours to fill only when there is nothing in it. */
static gboolean is_foreign(sqlite3 *db, int version)
{
    int application = 0, n_objects = 0;
    return version == 0 && read_number(db, "PRAGMA application_id", &application) &&
           read_number(db, "SELECT count(*) FROM sqlite_master", &n_objects) && (application != 0 || n_objects > 0);
}

static gboolean apply(sqlite3 *db, int from)
{
    for (int version = from; version < NEWEST; version++)
        if (sqlite3_exec(db, VERSIONS[version], NULL, NULL, NULL) != SQLITE_OK)
            return FALSE;
    g_autofree char *mark = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID, NEWEST);
    return sqlite3_exec(db, mark, NULL, NULL, NULL) == SQLITE_OK;
}

gboolean store_schema_migrate(sqlite3 *db, const char *path, GError **error)
{
    int version, application;
    if (!read_number(db, "PRAGMA user_version", &version) || !read_number(db, "PRAGMA application_id", &application))
        return store_fail(db, path, "read the store", error);
    if (version > 0 && application != APPLICATION_ID)
        return fail_foreign(path, error);
    if (version > NEWEST) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "use that newer Waymark"},
                     "it was written by a newer Waymark (schema %d, this one knows %d)", version, NEWEST);
        return FALSE;
    }
    if (version == NEWEST)
        return TRUE;

    /* Looked at again inside the transaction: another process may have migrated it meanwhile. */
    if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK || !read_number(db, "PRAGMA user_version", &version))
        return store_fail(db, path, "begin to migrate the store", error);
    if (is_foreign(db, version)) {
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
        return fail_foreign(path, error);
    }
    if (!apply(db, version) || sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
        store_fail(db, path, "migrate the store", error);
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
        return FALSE;
    }
    return TRUE;
}
