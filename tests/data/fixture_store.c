#include "data/fixture_store.h"

#include <libpq-fe.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* Made when it is first asked for. */
static void make_database(const char *server, const char *name)
{
    PGconn *connection = PQconnectdb(server);
    g_autofree char *sql = g_strdup_printf("CREATE DATABASE \"%s\"", name);
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && g_strcmp0(PQresultErrorField(result, PG_DIAG_SQLSTATE), "42P04") != 0)
        fail_msg("%s", PQerrorMessage(connection));
    PQclear(result);
    PQfinish(connection);
}

char *store_place_in(const Folder *folder)
{
    const char *server = g_getenv("WAYMARK_TEST_SERVER");
    if (!server)
        return folder_path(folder, "waymark.db");
    g_autofree char *name = g_path_get_basename(folder->path);
    make_database(server, name);
    return g_strdup_printf("%.*s/%s", (int)(strrchr(server, '/') - server), server, name);
}

WmStore *store_in(const Folder *folder)
{
    g_autofree char *path = store_place_in(folder);
    g_autoptr(GError) error = NULL;
    WmStore *store = wm_store_open(path, &error);
    if (error)
        fail_msg("%s", error->message);
    return store;
}

void skip_unless_file(void)
{
    if (g_getenv("WAYMARK_TEST_SERVER"))
        skip();
}

void store_remove(const Folder *folder)
{
    g_autofree char *place = store_place_in(folder);
    if (!wm_store_is_address(place)) {
        assert_int_equal(unlink(place), 0);
        return;
    }
    PGconn *connection = PQconnectdb(place);
    PGresult *result = PQexec(connection, "DROP SCHEMA waymark CASCADE");
    assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
    PQclear(result);
    PQfinish(connection);
}

void store_execute(const Folder *folder, const char *sql)
{
    assert_null(g_getenv("WAYMARK_TEST_SERVER")); /* a test of a file skips before it holds anything, which would leak */
    g_autofree char *path = folder_path(folder, "waymark.db");
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

WmDropInfo put_all(WmStore *store, const char *received, const char *file, const Put *puts, size_t n)
{
    g_autoptr(GError) error = NULL;
    WmDropWriter *writer = wm_store_begin_drop(store, day_of(received), file, file, &error);
    assert_non_null(writer);
    for (size_t i = 0; i < n; i++) {
        WmStoredReading stored = {.indicator = "PCT",
                                  .unit = "",
                                  .cohort = "",
                                  .note = "",
                                  .reading = {{0}, puts[i].value, puts[i].numerator, puts[i].denominator, puts[i].state},
                                  .line = (int)i + 2};
        assert_true(wm_period_parse(puts[i].period, WM_PERIOD_FINANCIAL_YEAR, &stored.reading.period));
        assert_true(wm_drop_put(writer, &stored, &error));
    }
    assert_true(wm_drop_finish(writer, &error));
    WmDropInfo info = wm_drop_info(writer);
    info.file = info.hash = NULL;
    assert_true(wm_drop_commit(writer, &error));
    return info;
}

char *vintages_text(WmStore *store, const char *as_at)
{
    g_autoptr(GArray) series = wm_store_series(store, NULL);
    GString *out = g_string_new(NULL);
    if (series->len == 0)
        return g_string_free(out, FALSE);
    g_autoptr(GArray) list =
        wm_store_vintages(store, g_array_index(series, WmSeriesKey, 0).id, as_at ? day_of(as_at) : WM_NO_DAY, NULL);
    for (guint i = 0; i < list->len; i++) {
        char received[WM_PERIOD_TEXT], period[WM_PERIOD_TEXT];
        const WmVintage *one = &g_array_index(list, WmVintage, i);
        g_string_append_printf(out, "%s %s %g\n", wm_day_format_iso(one->received, received),
                               wm_period_format_iso(one->reading.period, period),
                               isnan(one->reading.value) ? -1 : one->reading.value);
    }
    return g_string_free(out, FALSE);
}

char *drops_text(WmStore *store)
{
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < drops->len; i++) {
        const WmDropInfo *drop = &g_array_index(drops, WmDropInfo, i);
        g_string_append_printf(out, "%s %d %d %d\n", drop->file, (int)drop->n_loaded, (int)drop->n_revised, (int)drop->n_unchanged);
    }
    return g_string_free(out, FALSE);
}
