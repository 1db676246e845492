/* The store: opening, and writing drops. Reading is in store_read.c. */
#include "engine/data/store_private.h"

#include <math.h>
#include <string.h>

#include "engine/data/store_schema.h"

#define BUSY_TIMEOUT_MS 10000

const char *const STATEMENTS[N_STATEMENTS] = {
    [ADD_DROP] = "INSERT INTO drops (received, file, hash) VALUES (?1, ?2, ?3)",
    [CLOSE_DROP] = "UPDATE drops SET n_rows = ?2, n_loaded = ?3, n_revised = ?4, n_unchanged = ?5, n_quarantined = ?6,"
                   " was_windows_1252 = ?7 WHERE id = ?1",
    /* The same content is nothing new, unless figures have changed since: then it is a change back. */
    [FIND_DROP] =
        "SELECT id FROM drops d WHERE hash = ?1 AND (received = ?2 OR (received < ?2 AND NOT EXISTS ("
        "  SELECT 1 FROM readings r JOIN readings s ON s.series = r.series AND s.start = r.start AND s.kind = r.kind"
        "  JOIN drops e ON e.id = s.drop_id"
        "  WHERE r.drop_id = d.id AND (e.received, e.id) > (d.received, d.id) AND e.received <= ?2 AND s.value IS NOT r.value)))"
        " ORDER BY received DESC, id DESC LIMIT 1",
    [LIST_DROPS] = "SELECT id, received, file, hash, n_rows, n_loaded, n_revised, n_unchanged, n_quarantined, was_windows_1252"
                   " FROM drops WHERE received <= ?1 ORDER BY received, file, id",
    [FIND_SERIES] = "SELECT id FROM series WHERE indicator = ?1 AND unit = ?2 AND cohort = ?3",
    [ADD_SERIES] = "INSERT INTO series (indicator, unit, cohort) VALUES (?1, ?2, ?3)",
    [LIST_SERIES] = "SELECT id, indicator, unit, cohort FROM series ORDER BY indicator, unit, cohort",
    [FIND_NOTE] = "SELECT id FROM notes WHERE note = ?1",
    [ADD_NOTE] = "INSERT INTO notes (note) VALUES (?1)",
    [ADD_READING] = "INSERT OR IGNORE INTO readings (series, start, kind, drop_id, state, value, numerator, denominator, note)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    /* Drops of one day stand by file name, so that it does not matter in which order they came to the store. */
    [LAST_VINTAGE] =
        "SELECT r.state, r.value, r.numerator, r.denominator, r.drop_id FROM readings r JOIN drops d ON d.id = r.drop_id"
        " WHERE r.series = ?1 AND r.start = ?2 AND r.kind = ?3 AND (d.received, d.file) <= (?4, ?5)"
        " ORDER BY d.received DESC, d.file DESC, r.drop_id DESC LIMIT 1",
    [LIST_VINTAGES] = "SELECT r.kind, r.start, r.state, r.value, r.numerator, r.denominator, r.drop_id, d.received,"
                      " n.note LIKE 'illustrative%' FROM readings r JOIN drops d ON d.id = r.drop_id"
                      " LEFT JOIN notes n ON n.id = r.note WHERE r.series = ?1 AND d.received <= ?2"
                      " ORDER BY r.start, r.kind, d.received, d.file, r.drop_id",
    [ADD_QUARANTINE] = "INSERT INTO quarantine (drop_id, line, field, code, message, raw) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [LIST_QUARANTINE] = "SELECT line, field, code, message, raw FROM quarantine WHERE drop_id = ?1 ORDER BY line, field",
};

WmStore *wm_store_open(const char *path, GError **error)
{
    g_autoptr(WmStore) self = g_new0(WmStore, 1);
    self->path = g_strdup(path);
    if (sqlite3_open(path, &self->db) != SQLITE_OK) {
        store_fail(self->db, path, "open the store", error);
        return NULL;
    }
    sqlite3_busy_timeout(self->db, BUSY_TIMEOUT_MS);
    if (!store_schema_migrate(self->db, path, error))
        return NULL;
    return g_steal_pointer(&self);
}

void wm_store_close(WmStore *self)
{
    if (!self)
        return;
    for (int i = 0; i < N_STATEMENTS; i++)
        sqlite3_finalize(self->statements[i]);
    sqlite3_close(self->db);
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

static gboolean run(WmStore *self, sqlite3_stmt *statement, const char *doing, GError **error)
{
    const int code = sqlite3_step(statement);
    const gboolean is_done = code == SQLITE_DONE || code == SQLITE_ROW || store_fail(self->db, self->path, doing, error);
    sqlite3_reset(statement);
    return is_done;
}

static gboolean execute(WmStore *self, const char *sql, const char *doing, GError **error)
{
    return sqlite3_exec(self->db, sql, NULL, NULL, NULL) == SQLITE_OK || store_fail(self->db, self->path, doing, error);
}

struct WmDropWriter {
    WmStore *store;
    WmDropInfo info;
    char *file, *hash;
    GHashTable *series; /* series_key -> id */
    GHashTable *notes;  /* note -> id */
    gboolean is_open;
};

void wm_drop_rollback(WmDropWriter *self)
{
    if (!self)
        return;
    if (self->is_open)
        sqlite3_exec(self->store->db, "ROLLBACK", NULL, NULL, NULL);
    g_hash_table_unref(self->series);
    g_hash_table_unref(self->notes);
    g_free(self->file);
    g_free(self->hash);
    g_free(self);
}

WmDropWriter *wm_store_begin_drop(WmStore *self, WmDay received, const char *file, const char *hash, GError **error)
{
    if (!execute(self, "BEGIN IMMEDIATE", "begin a drop", error))
        return NULL;
    g_autoptr(WmDropWriter) writer = g_new0(WmDropWriter, 1);
    writer->store = self;
    writer->is_open = TRUE;
    writer->file = g_strdup(file);
    writer->hash = g_strdup(hash);
    writer->series = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    writer->notes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

    sqlite3_stmt *statement = store_statement(self, ADD_DROP, error);
    if (!statement)
        return NULL;
    sqlite3_bind_int(statement, 1, received);
    sqlite3_bind_text(statement, 2, file, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 3, hash, -1, SQLITE_TRANSIENT);
    if (!run(self, statement, "add the drop", error))
        return NULL;
    writer->info =
        (WmDropInfo){.id = sqlite3_last_insert_rowid(self->db), .received = received, .file = writer->file, .hash = writer->hash};
    return g_steal_pointer(&writer);
}

/* The id of a row that is found, or else added, by the same texts; remembered in `cache` under `key`. */
static gboolean find_or_add(WmDropWriter *self, Statement find, Statement add, const char *const *texts, int n_texts,
                            GHashTable *cache, const char *key, gint64 *id, GError **error)
{
    const gint64 *known = g_hash_table_lookup(cache, key);
    if (known) {
        *id = *known;
        return TRUE;
    }
    const Statement order[] = {find, add};
    gboolean is_found = FALSE;
    for (int i = 0; i < 2 && !is_found; i++) {
        sqlite3_stmt *statement = store_statement(self->store, order[i], error);
        if (!statement)
            return FALSE;
        for (int k = 0; k < n_texts; k++)
            sqlite3_bind_text(statement, k + 1, texts[k], -1, SQLITE_STATIC);
        const int code = sqlite3_step(statement);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            return store_fail(self->store->db, self->store->path, "add to the store", error);
        is_found = code == SQLITE_ROW;
        *id = is_found ? sqlite3_column_int64(statement, 0) : sqlite3_last_insert_rowid(self->store->db);
        sqlite3_reset(statement);
    }
    g_hash_table_insert(cache, g_strdup(key), g_memdup2(id, sizeof *id));
    return TRUE;
}

static void bind_number(sqlite3_stmt *statement, int i, double value)
{
    if (isnan(value))
        sqlite3_bind_null(statement, i);
    else
        sqlite3_bind_double(statement, i, value);
}

static gboolean same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b;
}

/* Two vintages say the same: the figure and its counts. Provisional turned final is no revision of the figure. */
static gboolean same_figure(const WmReading *a, const WmReading *b)
{
    return wm_reading_state_has_value(a->state) == wm_reading_state_has_value(b->state) &&
           (wm_reading_state_has_value(a->state) || a->state == b->state) && same_number(a->value, b->value) &&
           same_number(a->numerator, b->numerator) && same_number(a->denominator, b->denominator);
}

/* What drops received up to this one's date last said of the period. *drop is 0 when they said nothing. */
static gboolean last_vintage(WmDropWriter *self, gint64 series, WmPeriod period, WmReading *out, gint64 *drop, GError **error)
{
    sqlite3_stmt *statement = store_statement(self->store, LAST_VINTAGE, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, series);
    sqlite3_bind_int(statement, 2, period.start);
    sqlite3_bind_int(statement, 3, (int)period.kind);
    sqlite3_bind_int(statement, 4, self->info.received);
    sqlite3_bind_text(statement, 5, self->file, -1, SQLITE_STATIC);
    const int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return store_fail(self->store->db, self->store->path, "read the store", error);
    *drop = code == SQLITE_ROW ? sqlite3_column_int64(statement, 4) : 0;
    if (*drop)
        *out = store_reading(statement, 0, period);
    sqlite3_reset(statement);
    return TRUE;
}

static gboolean insert_reading(WmDropWriter *self, gint64 series, gint64 note, const WmReading *reading, GError **error)
{
    sqlite3_stmt *statement = store_statement(self->store, ADD_READING, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, series);
    sqlite3_bind_int(statement, 2, reading->period.start);
    sqlite3_bind_int(statement, 3, (int)reading->period.kind);
    sqlite3_bind_int64(statement, 4, self->info.id);
    sqlite3_bind_int(statement, 5, (int)reading->state);
    bind_number(statement, 6, reading->value);
    bind_number(statement, 7, reading->numerator);
    bind_number(statement, 8, reading->denominator);
    if (note)
        sqlite3_bind_int64(statement, 9, note);
    else
        sqlite3_bind_null(statement, 9);
    return run(self->store, statement, "add a reading", error);
}

/* Lengths keep ids apart that would read alike when joined. New. */
static char *series_key(const WmStoredReading *stored)
{
    return g_strdup_printf("%zu %zu %s%s%s", strlen(stored->indicator), strlen(stored->unit), stored->indicator, stored->unit,
                           stored->cohort);
}

bool wm_drop_put(WmDropWriter *self, const WmStoredReading *stored, WmPut *put, GError **error)
{
    const char *const key_texts[] = {stored->indicator, stored->unit, stored->cohort};
    g_autofree char *key = series_key(stored);
    gint64 series, note = 0, before = 0;
    if (!find_or_add(self, FIND_SERIES, ADD_SERIES, key_texts, 3, self->series, key, &series, error))
        return false;
    if (*stored->note && !find_or_add(self, FIND_NOTE, ADD_NOTE, &stored->note, 1, self->notes, stored->note, &note, error))
        return false;

    WmReading reading = stored->reading, was = {0};
    if (!last_vintage(self, series, reading.period, &was, &before, error))
        return false;
    const gboolean is_bare = isnan(reading.numerator) && isnan(reading.denominator);
    if (before && is_bare && same_number(reading.value, was.value)) {
        reading.numerator = was.numerator;
        reading.denominator = was.denominator;
    }
    const gboolean is_same = before && same_figure(&reading, &was);
    if (before == self->info.id) {
        *put = is_same ? WM_PUT_REPEATED : WM_PUT_CONFLICT;
        self->info.n_loaded += is_same; /* it says nothing new, and is not lost */
        self->info.n_unchanged += is_same;
        return true;
    }
    *put = !before ? WM_PUT_NEW : is_same ? WM_PUT_UNCHANGED : WM_PUT_REVISED;
    if (!insert_reading(self, series, note, &reading, error))
        return false;
    self->info.n_loaded++;
    self->info.n_revised += *put == WM_PUT_REVISED;
    self->info.n_unchanged += *put == WM_PUT_UNCHANGED;
    return true;
}

bool wm_drop_quarantine(WmDropWriter *self, const WmQuarantined *row, GError **error)
{
    sqlite3_stmt *statement = store_statement(self->store, ADD_QUARANTINE, error);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, self->info.id);
    sqlite3_bind_int(statement, 2, row->line);
    sqlite3_bind_int(statement, 3, row->column);
    sqlite3_bind_text(statement, 4, row->code, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 5, row->message, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 6, row->raw, -1, SQLITE_STATIC);
    self->info.n_quarantined++;
    return run(self->store, statement, "quarantine a row", error);
}

void wm_drop_set_windows_1252(WmDropWriter *self)
{
    self->info.was_windows_1252 = true;
}

void wm_drop_count_row(WmDropWriter *self)
{
    self->info.n_rows++;
}

WmDropInfo wm_drop_info(const WmDropWriter *self)
{
    return self->info;
}

bool wm_drop_commit(WmDropWriter *self, GError **error)
{
    g_autoptr(WmDropWriter) writer = self; /* rolls back unless committed below */
    sqlite3_stmt *statement = store_statement(writer->store, CLOSE_DROP, error);
    if (!statement)
        return false;
    const gint64 counts[] = {
        writer->info.id,          writer->info.n_rows,        writer->info.n_loaded,        writer->info.n_revised,
        writer->info.n_unchanged, writer->info.n_quarantined, writer->info.was_windows_1252};
    for (int i = 0; i < (int)G_N_ELEMENTS(counts); i++)
        sqlite3_bind_int64(statement, i + 1, counts[i]);
    if (!run(writer->store, statement, "close the drop", error) || !execute(writer->store, "COMMIT", "commit the drop", error))
        return false;
    writer->is_open = FALSE;
    return true;
}
