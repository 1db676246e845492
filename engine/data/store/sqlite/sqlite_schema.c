/* The store's schema. Each version is a row; a store is brought up through the rows that it lacks. */
#include "engine/data/store/sqlite/sqlite_schema.h"

#include <math.h>
#include <sys/statvfs.h>

#include "engine/data/store/sqlite/sqlite_blocks.h"

#define APPLICATION_ID 0x574d5354 /* "WMST": how SQLite's file(1) entry knows us */

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

    /* Readings in blocks (reading_block.h). A drop whose content was received before shares the readings of the first one. */
    "ALTER TABLE drops ADD COLUMN n_bytes INTEGER;" /* of the file; NULL: not known */
    "ALTER TABLE drops ADD COLUMN n_repeated INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE drops ADD COLUMN content INTEGER REFERENCES drops;" /* the drop whose readings and quarantine are its own */
    "ALTER TABLE drops ADD COLUMN withdrawn INTEGER;"                /* the day from which it no longer counts */
    "ALTER TABLE drops ADD COLUMN is_silent INTEGER NOT NULL DEFAULT 0;"
    "UPDATE drops SET content = id;"
    "CREATE INDEX drops_by_content ON drops (content);"
    "CREATE TABLE blocks ("
    "  id INTEGER PRIMARY KEY," /* bunch of series, drop, part: sqlite_blocks.h */
    "  drop_id INTEGER NOT NULL REFERENCES drops,"
    "  first INTEGER NOT NULL, last INTEGER NOT NULL," /* block_period_key */
    "  n INTEGER NOT NULL,"                            /* readings */
    "  crc INTEGER NOT NULL,"                          /* CRC-32 of data */
    "  data BLOB NOT NULL);"
    "CREATE INDEX blocks_by_drop ON blocks (drop_id);",

    /* What is odd about a file as a whole, told when it was read and shown ever after. */
    "CREATE TABLE findings ("
    "  drop_id INTEGER NOT NULL REFERENCES drops,"
    "  line INTEGER NOT NULL, field INTEGER NOT NULL,"
    "  severity INTEGER NOT NULL," /* WmSeverity */
    "  code TEXT NOT NULL, message TEXT NOT NULL, advice TEXT NOT NULL, indicator TEXT NOT NULL);"
    "CREATE INDEX findings_by_drop ON findings (drop_id);",

    /* A pack for each unit of a nation asks for its own series alone. */
    "CREATE INDEX series_by_unit ON series (unit);",

    /* A drop read again: another row of the same file, from a later day on. And one content may come twice on a day, with another
     * in between. */
    "ALTER TABLE drops ADD COLUMN since INTEGER NOT NULL DEFAULT 0;"     /* the day from which it counts */
    "ALTER TABLE drops ADD COLUMN replaced_by INTEGER REFERENCES drops;" /* the reading that stands for it from then on */
    "ALTER TABLE drops ADD COLUMN recipe TEXT;"                          /* SHA-256 of what read it; '' none, NULL not known */
    "UPDATE drops SET since = received;"
    "DROP INDEX drops_by_hash;"
    "CREATE UNIQUE INDEX drops_by_hash ON drops (hash, received, file) WHERE replaced_by IS NULL;",

    /* The periods that a drop's blocks span: a month that no other drop spoke of is counted without a look at the blocks. */
    "ALTER TABLE drops ADD COLUMN first INTEGER NOT NULL DEFAULT 0;" /* block_period_key; 0: it has no readings */
    "ALTER TABLE drops ADD COLUMN last INTEGER NOT NULL DEFAULT 0;"
    "UPDATE drops SET (first, last) = (SELECT coalesce(min(first), 0), coalesce(max(last), 0) FROM blocks b"
    "  WHERE b.drop_id = drops.content);",
};

#define FIRST_WITH_BLOCKS 3

#define NEWEST ((int)G_N_ELEMENTS(VERSIONS))

#define FULL_BYTES ((guint64)1 << 18) /* with less room than this, what failed lacked room */

/* SQLite tells of a full disk only where it writes rows: the files that it makes beside the store fail like those of a broken one.
 */
static gboolean is_disk_full(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    struct statvfs facts;
    return statvfs(folder, &facts) == 0 && (guint64)facts.f_bavail * facts.f_frsize < FULL_BYTES;
}

static const char *advice_for(int code, const char *path)
{
    if ((code == SQLITE_IOERR || code == SQLITE_CANTOPEN) && is_disk_full(path))
        code = SQLITE_FULL;
    switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another Waymark is writing to it: try again when that has ended";
    case SQLITE_FULL:
        return "the disk is full: make room, then run again; nothing was half-written";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return "make the plan folder writable, or name a store elsewhere with --store";
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return "it is damaged or no Waymark store: move it away and run again, the drops folder rebuilds it";
    case SQLITE_IOERR:
        return "the disk cannot be read or written: check it, then run again";
    default:
        return NULL;
    }
}

gboolean sqlite_fail(sqlite3 *db, const char *path, const char *doing, GError **error)
{
    const int code = sqlite3_errcode(db) & 0xff;
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = advice_for(code, path)}, "cannot %s: %s", doing,
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

static double number_at(sqlite3_stmt *statement, int i)
{
    return sqlite3_column_type(statement, i) == SQLITE_NULL ? NAN : sqlite3_column_double(statement, i);
}

static BlockReading row_reading(sqlite3_stmt *statement)
{
    const WmPeriod period = {(WmPeriodKind)sqlite3_column_int(statement, 3), sqlite3_column_int(statement, 2)};
    return (BlockReading){
        .series = (guint32)sqlite3_column_int64(statement, 1),
        .period = block_period_key(period),
        .note = (guint32)sqlite3_column_int64(statement, 8),
        .state = (WmReadingState)sqlite3_column_int(statement, 4),
        .value = number_at(statement, 5),
        .numerator = number_at(statement, 6),
        .denominator = number_at(statement, 7),
    };
}

/* Rows of one drop and one bunch become a block. */
static gboolean rows_to_blocks(sqlite3_stmt *rows, sqlite3_stmt *add)
{
    g_autoptr(GArray) readings = g_array_new(FALSE, FALSE, sizeof(BlockReading));
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    gint64 drop = 0;
    int code;
    do {
        code = sqlite3_step(rows);
        const gint64 next_drop = code == SQLITE_ROW ? sqlite3_column_int64(rows, 0) : 0;
        const BlockReading next = code == SQLITE_ROW ? row_reading(rows) : (BlockReading){0};
        const BlockReading *first = (BlockReading *)(gpointer)readings->data;
        const gboolean is_complete =
            readings->len > 0 && (next_drop != drop || next.series / BUNCH_SERIES != first->series / BUNCH_SERIES);
        if (is_complete && !sqlite_block_insert(add, drop, 0, first, readings->len, bytes))
            return FALSE;
        if (is_complete)
            g_array_set_size(readings, 0);
        drop = next_drop;
        g_array_append_val(readings, next);
    } while (code == SQLITE_ROW);
    return code == SQLITE_DONE;
}

static gboolean move_readings(sqlite3 *db)
{
    sqlite3_stmt *rows = NULL, *add = NULL;
    gboolean is_done =
        sqlite3_prepare_v2(db,
                           "SELECT drop_id, series, start, kind, state, value, numerator, denominator, note FROM readings"
                           " ORDER BY drop_id, series, start, kind",
                           -1, &rows, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db, STORE_ADD_BLOCK, -1, &add, NULL) == SQLITE_OK && rows_to_blocks(rows, add);
    sqlite3_finalize(rows);
    sqlite3_finalize(add);
    return is_done && sqlite3_exec(db, "DROP TABLE readings", NULL, NULL, NULL) == SQLITE_OK;
}

static gboolean apply(sqlite3 *db, int from)
{
    for (int version = from; version < NEWEST; version++)
        if (sqlite3_exec(db, VERSIONS[version], NULL, NULL, NULL) != SQLITE_OK ||
            (version + 1 == FIRST_WITH_BLOCKS && !move_readings(db)))
            return FALSE;
    g_autofree char *mark = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID, NEWEST);
    return sqlite3_exec(db, mark, NULL, NULL, NULL) == SQLITE_OK;
}

gboolean sqlite_schema_migrate(sqlite3 *db, const char *path, GError **error)
{
    int version, application;
    if (!read_number(db, "PRAGMA user_version", &version) || !read_number(db, "PRAGMA application_id", &application))
        return sqlite_fail(db, path, "read the store", error);
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
        return sqlite_fail(db, path, "begin to migrate the store", error);
    if (is_foreign(db, version)) {
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
        return fail_foreign(path, error);
    }
    if (!apply(db, version) || sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
        sqlite_fail(db, path, "migrate the store", error);
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
        return FALSE;
    }
    return TRUE;
}
