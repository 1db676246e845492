/* The store, read. */
#include <math.h>

#include "engine/data/store_private.h"
#include "engine/data/store_schema.h"

static double column_number(sqlite3_stmt *statement, int i)
{
    return sqlite3_column_type(statement, i) == SQLITE_NULL ? NAN : sqlite3_column_double(statement, i);
}

WmReading store_reading(sqlite3_stmt *statement, int first, WmPeriod period)
{
    return (WmReading){
        .period = period,
        .state = (WmReadingState)sqlite3_column_int(statement, first),
        .value = column_number(statement, first + 1),
        .numerator = column_number(statement, first + 2),
        .denominator = column_number(statement, first + 3),
    };
}

typedef void (*ReadRow)(sqlite3_stmt *statement, GArray *out);

/* Run a bound statement and gather its rows. The array owns their texts through `clear`. */
static GArray *gather(WmStore *self, sqlite3_stmt *statement, guint row_size, GDestroyNotify clear, ReadRow read_row,
                      GError **error)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, row_size);
    if (clear)
        g_array_set_clear_func(rows, clear);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        read_row(statement, rows);
    const gboolean is_read = code == SQLITE_DONE || store_fail(self->db, self->path, "read the store", error);
    sqlite3_reset(statement);
    return is_read ? g_steal_pointer(&rows) : NULL;
}

static char *column_text(sqlite3_stmt *statement, int i)
{
    return g_strdup((const char *)sqlite3_column_text(statement, i));
}

static void free_texts(const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        g_free((gpointer)texts[i]);
}

gint64 wm_store_find_drop(WmStore *self, const char *hash, WmDay received, GError **error)
{
    sqlite3_stmt *statement = store_statement(self, FIND_DROP, error);
    if (!statement)
        return -1;
    sqlite3_bind_text(statement, 1, hash, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 2, received);
    const int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        store_fail(self->db, self->path, "read the store", error);
        return -1;
    }
    const gint64 id = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return id;
}

static void clear_drop(gpointer data)
{
    const WmDropInfo *drop = data;
    free_texts((const char *const[]){drop->file, drop->hash}, 2);
}

static void read_drop(sqlite3_stmt *statement, GArray *out)
{
    const WmDropInfo drop = {
        .id = sqlite3_column_int64(statement, 0),
        .received = sqlite3_column_int(statement, 1),
        .file = column_text(statement, 2),
        .hash = column_text(statement, 3),
        .n_rows = sqlite3_column_int64(statement, 4),
        .n_loaded = sqlite3_column_int64(statement, 5),
        .n_revised = sqlite3_column_int64(statement, 6),
        .n_unchanged = sqlite3_column_int64(statement, 7),
        .n_quarantined = sqlite3_column_int64(statement, 8),
        .was_windows_1252 = sqlite3_column_int(statement, 9) != 0,
    };
    g_array_append_val(out, drop);
}

GArray *wm_store_drops(WmStore *self, WmDay as_at, GError **error)
{
    sqlite3_stmt *statement = store_statement(self, LIST_DROPS, error);
    if (!statement)
        return NULL;
    sqlite3_bind_int(statement, 1, as_at == WM_NO_DAY ? INT32_MAX : as_at);
    return gather(self, statement, sizeof(WmDropInfo), clear_drop, read_drop, error);
}

static void clear_series(gpointer data)
{
    const WmSeriesKey *key = data;
    free_texts((const char *const[]){key->indicator, key->unit, key->cohort}, 3);
}

static void read_series(sqlite3_stmt *statement, GArray *out)
{
    const WmSeriesKey key = {sqlite3_column_int64(statement, 0), column_text(statement, 1), column_text(statement, 2),
                             column_text(statement, 3)};
    g_array_append_val(out, key);
}

GArray *wm_store_series(WmStore *self, GError **error)
{
    sqlite3_stmt *statement = store_statement(self, LIST_SERIES, error);
    return statement ? gather(self, statement, sizeof(WmSeriesKey), clear_series, read_series, error) : NULL;
}

static void read_vintage(sqlite3_stmt *statement, GArray *out)
{
    const WmPeriod period = {(WmPeriodKind)sqlite3_column_int(statement, 0), sqlite3_column_int(statement, 1)};
    const WmVintage vintage = {
        .reading = store_reading(statement, 2, period),
        .drop = sqlite3_column_int64(statement, 6),
        .received = sqlite3_column_int(statement, 7),
        .is_illustrative = sqlite3_column_int(statement, 8) != 0,
    };
    g_array_append_val(out, vintage);
}

/* The key orders by start; readings are handed over by end, and periods of several kinds may share a series. What came on one day
 * keeps its order: the sort is stable. */
static gint by_period(gconstpointer a, gconstpointer b)
{
    const WmVintage *x = a, *y = b;
    const int order = wm_period_compare(x->reading.period, y->reading.period);
    if (order)
        return order;
    return (x->received > y->received) - (x->received < y->received);
}

GArray *wm_store_vintages(WmStore *self, gint64 series, WmDay as_at, GError **error)
{
    sqlite3_stmt *statement = store_statement(self, LIST_VINTAGES, error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, series);
    sqlite3_bind_int(statement, 2, as_at == WM_NO_DAY ? INT32_MAX : as_at);
    GArray *vintages = gather(self, statement, sizeof(WmVintage), NULL, read_vintage, error);
    if (vintages)
        g_array_sort(vintages, by_period);
    return vintages;
}

static void clear_quarantined(gpointer data)
{
    const WmQuarantined *row = data;
    free_texts((const char *const[]){row->code, row->message, row->raw}, 3);
}

static void read_quarantined(sqlite3_stmt *statement, GArray *out)
{
    const WmQuarantined row = {sqlite3_column_int(statement, 0), sqlite3_column_int(statement, 1), column_text(statement, 2),
                               column_text(statement, 3), column_text(statement, 4)};
    g_array_append_val(out, row);
}

GArray *wm_store_quarantine(WmStore *self, gint64 drop, GError **error)
{
    sqlite3_stmt *statement = store_statement(self, LIST_QUARANTINE, error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, drop);
    return gather(self, statement, sizeof(WmQuarantined), clear_quarantined, read_quarantined, error);
}
