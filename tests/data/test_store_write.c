/* A drop being written: whole or not at all, each row once, texts and numbers as they came. */
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "data/fixture_store.h"

static void a_drop_is_rolled_back_unless_committed(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    {
        g_autoptr(WmDropWriter) writer = wm_store_begin_drop(store, 0, "a", "a", NULL);
        const WmStoredReading stored = {"PCT", "", "", "a note", {{WM_PERIOD_MONTH, 24252}, 41, NAN, NAN, WM_FINAL}, 0, 0};
        assert_true(wm_drop_put(writer, &stored, NULL));
        assert_true(wm_drop_quarantine(writer, &(WmQuarantined){2, 1, "code", "message", "raw"}, NULL));
    }
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL);
    g_autoptr(GArray) series = wm_store_series(store, NULL);
    g_autoptr(GArray) quarantine = wm_store_quarantine(store, 1, NULL);
    assert_int_equal(drops->len + series->len + quarantine->len, 0);
    assert_int_equal(
        wm_store_find_drop(store, &(WmReceipt){.received = wm_day_from_date(2030, 1, 1), .file = "a", .hash = "a"}, NULL), 0);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41)); /* and the store is free again */
}

static void a_repeat_in_one_drop_is_stored_once(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41), VALUE("2020-12", 41));
    g_autofree char *list = vintages_text(store, NULL);
    assert_string_equal(list, "2021-01-31 2020-12 41\n");
    g_autofree char *drops = drops_text(store);
    assert_string_equal(drops, "a 2 0 1\n");
}

/* More series than the writer keeps in mind, named ahead of their rows and come back to: each keeps its own figures. */
static void many_series_keep_their_own_figures(void **state)
{
    (void)state;
    enum { N_SERIES = 205000, N = 2 * N_SERIES + 60000, PAUSE_MS = 300 };
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    WmDropWriter *writer = wm_store_begin_drop(store, 0, "a", "a", NULL);
    for (int i = 0; i < N; i++) {
        const int newest = i < 2 * N_SERIES ? i / 2 : N - i, k = i % 2 ? (int)((gint64)newest * 7919 % (newest + 1)) : newest;
        g_autofree char *unit = g_strdup_printf("U%d", k), *note = g_strdup_printf("note %d", k % 7);
        const WmReading reading = {{WM_PERIOD_MONTH, 24000 + i % 2}, k, NAN, NAN, WM_FINAL};
        assert_true(wm_drop_put(writer, &(WmStoredReading){"PCT", unit, "", note, reading, i + 2, 3}, NULL));
        if (i == 2 * N_SERIES)
            g_usleep(PAUSE_MS * 1000); /* what is being stored catches up, so that the rest can go ahead */
    }
    assert_true(wm_drop_finish(writer, NULL));
    assert_int_equal(wm_drop_info(writer).n_quarantined, 0); /* no two figures for one month */
    assert_true(wm_drop_commit(writer, NULL));
    g_autoptr(GArray) series = wm_store_series(store, NULL);
    assert_int_equal(series->len, N_SERIES);
    for (guint i = 0; i < series->len; i += 97) {
        const WmSeriesKey *key = &g_array_index(series, WmSeriesKey, i);
        g_autoptr(GArray) vintages = wm_store_vintages(store, key->id, WM_NO_DAY, NULL);
        g_autofree char *unit = g_strdup_printf("U%g", g_array_index(vintages, WmVintage, vintages->len - 1).reading.value);
        assert_string_equal(unit, key->unit);
    }
}

/* Rows of several batches, in no order, with repeats and contradictions of rows long past. */
static void many_rows_in_any_order_are_each_stored_once(void **state)
{
    (void)state;
    enum { N_SERIES = 1000, N_PERIODS = 300, N = N_SERIES * N_PERIODS };
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    WmDropWriter *writer = wm_store_begin_drop(store, 0, "a", "a", NULL);
    int n_repeated = 0, n_conflicts = 0;
    for (int i = 0; i < N + 2000; i++) {
        const int k = (int)((gint64)i * 7919 % N); /* every one once, then some again */
        const gboolean is_conflict = i >= N && i % 3 == 0;
        g_autofree char *unit = g_strdup_printf("U%d", k % N_SERIES);
        const WmReading reading = {{WM_PERIOD_MONTH, 24000 + k / N_SERIES}, k + 0.5 * is_conflict, NAN, NAN, WM_FINAL};
        assert_true(wm_drop_put(writer, &(WmStoredReading){"PCT", unit, "", "", reading, i + 2, 3}, NULL));
        n_repeated += i >= N && !is_conflict;
        n_conflicts += is_conflict;
    }
    int line;
    assert_true(wm_drop_finish(writer, NULL));
    assert_true(wm_drop_next_conflict(writer, 0, &line, NULL));
    assert_true(line >= N + 2);
    assert_true(wm_drop_set_raw(writer, line, "as it came", NULL));
    assert_true(wm_drop_commit(writer, NULL));
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL), series = wm_store_series(store, NULL);
    g_autoptr(GArray) refused = wm_store_quarantine(store, 1, NULL);
    const WmDropInfo *drop = &g_array_index(drops, WmDropInfo, 0);
    assert_int_equal(drop->n_loaded, N + n_repeated);
    assert_int_equal(drop->n_unchanged, n_repeated);
    assert_int_equal(drop->n_quarantined, n_conflicts);
    assert_int_equal(refused->len, n_conflicts);
    assert_string_equal(g_array_index(refused, WmQuarantined, 0).raw, "as it came");
    assert_int_equal(g_array_index(refused, WmQuarantined, 0).column, 3);
    assert_int_equal(series->len, N_SERIES);
    for (int s = 0; s < N_SERIES; s += 37) {
        const WmSeriesKey *key = &g_array_index(series, WmSeriesKey, s);
        g_autoptr(GArray) list = wm_store_vintages(store, key->id, WM_NO_DAY, NULL);
        assert_int_equal(list->len, N_PERIODS);
        for (guint i = 0; i < list->len; i++)
            assert_near(g_array_index(list, WmVintage, i).reading.value, i * N_SERIES + atof(key->unit + 1), 0);
    }
}

static void a_conflict_in_one_drop_keeps_the_first(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41), VALUE("2020-12", 42));
    g_autofree char *list = vintages_text(store, NULL);
    assert_string_equal(list, "2021-01-31 2020-12 41\n");
    g_autofree char *drops = drops_text(store);
    assert_string_equal(drops, "a 1 0 0\n");
    g_autoptr(GArray) refused = wm_store_quarantine(store, 1, NULL);
    assert_int_equal(refused->len, 1);
    assert_string_equal(g_array_index(refused, WmQuarantined, 0).code, "conflicting_row");
    assert_int_equal(g_array_index(refused, WmQuarantined, 0).line, 3);
}

/* A writer that fails half-way says why, and leaves nothing. */
static void a_store_that_cannot_grow_says_so_and_stays_as_it_was(void **state)
{
    (void)state;
    skip_unless_file();
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41));
    const struct rlimit limit = {200 * 1024, RLIM_INFINITY};
    struct rlimit before;
    getrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_IGN);
    g_autoptr(GError) error = NULL;
    WmDropWriter *writer = wm_store_begin_drop(store, 0, "big", "big", NULL);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){limit.rlim_cur, before.rlim_max});
    gboolean is_put = TRUE;
    for (int i = 0; i < 600000 && is_put; i++) {
        g_autofree char *unit = g_strdup_printf("U%d", i % 60000);
        const WmReading reading = {{WM_PERIOD_MONTH, 24000 + i / 60000}, i / 7.0, NAN, NAN, WM_FINAL};
        is_put = wm_drop_put(writer, &(WmStoredReading){"PCT", unit, "", "", reading, i + 2, 0}, &error);
    }
    if (is_put)
        assert_false(wm_drop_commit(writer, &error));
    else
        wm_drop_rollback(writer);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_FILE));
    assert_contains(error->message, "; the disk "); /* and what to do */
    g_autofree char *drops = drops_text(store);
    assert_string_equal(drops, "a 1 0 0\n");
    PUT(store, "2021-02-28", "b", VALUE("2020-12", 42)); /* and it can be written again */
}

static void a_number_comes_back_to_the_bit(void **state)
{
    (void)state;
    static const double VALUES[] = {0.1 + 0.2, -0.0, 5e-324, 1.7976931348623157e308, 100.0 / 3};
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    for (size_t i = 0; i < N_ELEMENTS(VALUES); i++)
        PUT(store, "2021-01-31", text_of("%zu", i), VALUE(text_of("%zu", 2000 + i), VALUES[i]));
    g_autoptr(GArray) list = wm_store_vintages(store, 1, WM_NO_DAY, NULL);
    for (size_t i = 0; i < N_ELEMENTS(VALUES); i++)
        assert_true(g_array_index(list, WmVintage, i).reading.value == VALUES[i]);
}

static void hostile_texts_are_kept_as_they_are(void **state)
{
    (void)state;
    static const char HOSTILE[] = "'; DROP TABLE drops; -- \"\n\x1F%s€";
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    WmDropWriter *writer = wm_store_begin_drop(store, 0, HOSTILE, "h", NULL);
    const WmStoredReading stored = {HOSTILE, HOSTILE, HOSTILE, HOSTILE, {{WM_PERIOD_MONTH, 24252}, 41, NAN, NAN, WM_FINAL}, 0, 0};
    assert_true(wm_drop_put(writer, &stored, NULL));
    assert_true(wm_drop_quarantine(writer, &(WmQuarantined){2, 1, "code", HOSTILE, HOSTILE}, NULL));
    assert_true(wm_drop_commit(writer, NULL));
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL);
    g_autoptr(GArray) series = wm_store_series(store, NULL);
    g_autoptr(GArray) quarantine = wm_store_quarantine(store, 1, NULL);
    assert_string_equal(g_array_index(drops, WmDropInfo, 0).file, HOSTILE);
    assert_string_equal(g_array_index(series, WmSeriesKey, 0).cohort, HOSTILE);
    assert_string_equal(g_array_index(quarantine, WmQuarantined, 0).raw, HOSTILE);
    assert_int_equal(g_array_index(drops, WmDropInfo, 0).n_quarantined, 1);
}

static void series_that_share_letters_stay_apart(void **state)
{
    (void)state;
    static const char *const KEYS[][3] = {{"A", "B", ""},
                                          {"A", "", "B"},
                                          {"AB", "", ""},
                                          {"A\x1F", "B", ""},
                                          {"A",
                                           "\x1F"
                                           "B",
                                           ""}};
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    WmDropWriter *writer = wm_store_begin_drop(store, 0, "a", "a", NULL);
    for (size_t i = 0; i < N_ELEMENTS(KEYS); i++) {
        const WmStoredReading stored = {
            KEYS[i][0], KEYS[i][1], KEYS[i][2], "", {{WM_PERIOD_MONTH, 24252}, (double)i, NAN, NAN, WM_FINAL}, 0, 0};
        assert_true(wm_drop_put(writer, &stored, NULL));
    }
    assert_true(wm_drop_commit(writer, NULL));
    g_autoptr(GArray) series = wm_store_series(store, NULL);
    assert_int_equal(series->len, N_ELEMENTS(KEYS));
}

static void a_note_can_mark_a_reading_as_illustrative(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    WmDropWriter *writer = wm_store_begin_drop(store, 0, "a", "a", NULL);
    static const char *const NOTES[] = {"Illustrative: made up", "not illustrative", ""};
    for (size_t i = 0; i < N_ELEMENTS(NOTES); i++) {
        const WmStoredReading stored = {"A", "", "", NOTES[i], {{WM_PERIOD_MONTH, 24252 + (int)i}, 1, NAN, NAN, WM_FINAL}, 0, 0};
        assert_true(wm_drop_put(writer, &stored, NULL));
    }
    assert_true(wm_drop_commit(writer, NULL));
    g_autoptr(GArray) list = wm_store_vintages(store, 1, WM_NO_DAY, NULL);
    assert_true(g_array_index(list, WmVintage, 0).is_illustrative);
    assert_false(g_array_index(list, WmVintage, 1).is_illustrative);
    assert_false(g_array_index(list, WmVintage, 2).is_illustrative);
}

int main(void)
{
    ADD(a_drop_is_rolled_back_unless_committed);
    ADD(a_repeat_in_one_drop_is_stored_once);
    ADD(many_rows_in_any_order_are_each_stored_once);
    ADD(many_series_keep_their_own_figures);
    ADD(a_conflict_in_one_drop_keeps_the_first);
    ADD(a_store_that_cannot_grow_says_so_and_stays_as_it_was);
    ADD(a_number_comes_back_to_the_bit);
    ADD(hostile_texts_are_kept_as_they_are);
    ADD(series_that_share_letters_stay_apart);
    ADD(a_note_can_mark_a_reading_as_illustrative);
    return run_cases("store_write");
}
