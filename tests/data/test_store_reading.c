/* Many series read one after the other, in the order in which they are listed and in others: each is its own, and of its moment. */
#include "data/fixture_store.h"

enum { N_SERIES = 1500, N_PERIODS = 60 };

/* More readings than a server's are kept of; the store numbers the series in another order than it lists them. */
static void put_many(WmStore *store)
{
    WmDropWriter *writer = wm_store_begin_drop(store, 0, "a", "a", NULL);
    for (int i = 0; i < N_SERIES * N_PERIODS; i++) {
        const int k = (int)((gint64)(i / N_PERIODS) * 601 % N_SERIES), month = i % N_PERIODS;
        g_autofree char *unit = g_strdup_printf("U%d", k);
        const WmReading reading = {{WM_PERIOD_MONTH, 24000 + month}, k + month / 100.0, NAN, NAN, WM_FINAL};
        assert_true(wm_drop_put(writer, &(WmStoredReading){"PCT", unit, "", "", reading, i + 2, 3}, NULL));
    }
    assert_true(wm_drop_commit(writer, NULL));
}

static void expect_own(WmStore *store, const WmSeriesKey *key)
{
    g_autoptr(GArray) list = wm_store_vintages(store, key->id, WM_NO_DAY, NULL);
    assert_int_equal(list->len, N_PERIODS);
    for (int i = 0; i < N_PERIODS; i++)
        assert_near(g_array_index(list, WmVintage, i).reading.value, atoi(key->unit + 1) + i / 100.0, 0);
}

/* Places in the list, one after another. */
static int in_order(int i)
{
    return i;
}

static int backwards(int i)
{
    return N_SERIES - 1 - i;
}

static int here_and_there(int i)
{
    return i * 677 % N_SERIES;
}

/* As a formula of two parts asks. */
static int in_two_runs(int i)
{
    return i % 2 * (N_SERIES / 2) + i / 2;
}

static int again_and_again(int i)
{
    return i / 10 + i % 10;
}

static void every_series_is_its_own_in_whatever_order(void **state)
{
    (void)state;
    static int (*const ORDERS[])(int i) = {in_order, backwards, here_and_there, in_two_runs, again_and_again};
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    put_many(store);
    for (size_t k = 0; k < N_ELEMENTS(ORDERS); k++) {
        assert_true(wm_store_begin_read(store, NULL));
        g_autoptr(GArray) series = wm_store_series(store, NULL), others = wm_store_series_in(store, "PCT", NULL);
        assert_int_equal(series->len, N_SERIES);
        assert_int_equal(others->len, N_SERIES);
        for (int i = 0; i < N_SERIES; i++)
            expect_own(store, &g_array_index(series, WmSeriesKey, ORDERS[k](i)));
        wm_store_end_read(store);
    }
}

static void what_was_read_holds_for_its_moment_alone(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder), other = store_in(&folder);
    WmDropWriter *writer = wm_store_begin_drop(store, 0, "a", "a", NULL);
    for (int i = 0; i < 3; i++) {
        g_autofree char *unit = g_strdup_printf("U%d", i);
        const WmReading reading = {{WM_PERIOD_MONTH, 24000}, i, NAN, NAN, WM_FINAL};
        assert_true(wm_drop_put(writer, &(WmStoredReading){"PCT", unit, "", "", reading, i + 2, 3}, NULL));
    }
    assert_true(wm_drop_commit(writer, NULL));
    assert_true(wm_store_begin_read(store, NULL));
    g_autoptr(GArray) series = wm_store_series(store, NULL);
    const gint64 last = g_array_index(series, WmSeriesKey, 2).id;
    g_autoptr(GArray) first = wm_store_vintages(store, g_array_index(series, WmSeriesKey, 0).id, WM_NO_DAY, NULL);
    assert_int_equal(first->len, 1);
    writer = wm_store_begin_drop(other, 31, "b", "b", NULL);
    const WmReading revised = {{WM_PERIOD_MONTH, 24000}, 22, NAN, NAN, WM_FINAL};
    assert_true(wm_drop_put(writer, &(WmStoredReading){"PCT", "U2", "", "", revised, 2, 3}, NULL));
    assert_true(wm_drop_commit(writer, NULL));
    g_autoptr(GArray) then = wm_store_vintages(store, last, WM_NO_DAY, NULL);
    assert_int_equal(then->len, 1);
    wm_store_end_read(store);
    g_autoptr(GArray) now = wm_store_vintages(store, last, WM_NO_DAY, NULL);
    assert_int_equal(now->len, 2);
    assert_near(g_array_index(now, WmVintage, 1).reading.value, 22, 0);
}

static void a_series_without_readings_has_none(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41));
    assert_true(wm_store_begin_read(store, NULL));
    for (int i = 0; i < 3; i++) {
        g_autoptr(GArray) none = wm_store_vintages(store, 77, WM_NO_DAY, NULL);
        assert_int_equal(none->len, 0);
    }
    wm_store_end_read(store);
}

int main(void)
{
    ADD(every_series_is_its_own_in_whatever_order);
    ADD(what_was_read_holds_for_its_moment_alone);
    ADD(a_series_without_readings_has_none);
    return run_cases("store_reading");
}
