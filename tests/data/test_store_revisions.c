/* Vintages: revised, repeated, late, the same again, withdrawn; and the world as it was known at a date. */
#include <math.h>
#include <string.h>

#include "data/fixture_store.h"

static void as_at_shows_what_was_known_then(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41));
    PUT(store, "2021-02-28", "b", VALUE("2020-12", 43), VALUE("2021-01", 44));
    g_autofree char *before = vintages_text(store, "2021-01-30"), *then = vintages_text(store, "2021-01-31"),
                    *now = vintages_text(store, "2021-02-28");
    assert_string_equal(before, "");
    assert_string_equal(then, "2021-01-31 2020-12 41\n");
    assert_string_equal(now, "2021-01-31 2020-12 41\n2021-02-28 2020-12 43\n2021-02-28 2021-01 44\n");
    g_autoptr(GArray) drops = wm_store_drops(store, day_of("2021-02-27"), NULL);
    assert_int_equal(drops->len, 1);
}

static void a_drop_that_comes_late_takes_its_place_by_date(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-03-31", "march", VALUE("2020-12", 43));
    PUT(store, "2021-01-31", "january", VALUE("2020-12", 41)); /* by January nothing had been said */
    PUT(store, "2021-02-28", "february", VALUE("2020-12", 42));
    g_autofree char *list = vintages_text(store, NULL);
    assert_string_equal(list, "2021-01-31 2020-12 41\n2021-02-28 2020-12 42\n2021-03-31 2020-12 43\n");
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL);
    assert_string_equal(g_array_index(drops, WmDropInfo, 0).file, "january");
    assert_string_equal(g_array_index(drops, WmDropInfo, 2).file, "march");
}

static void vintages_come_by_the_end_of_their_period(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-09-30", "a", VALUE("2021", 3), VALUE("2021-06", 2), VALUE("Q1 2021/22", 1), VALUE("2021-01", 0));
    g_autofree char *list = vintages_text(store, NULL);
    g_auto(GStrv) lines = g_strsplit(list, "\n", -1);
    assert_true(g_str_has_suffix(lines[0], "2021-01 0"));
    assert_true(g_str_has_suffix(lines[3], "2021 3"));
}

/* Drops that revise, repeat, withhold, take over counts and change back: whatever the order in which they come to the store, it
 * says the same. */
typedef struct {
    const char *received, *file;
    Put puts[3];
    size_t n;
} DropCase;

static const DropCase DROPS[] = {
    {"2021-01-31", "a", {{"2020-12", 50, 10, 20, WM_FINAL}, VALUE("2020-11", 7)}, 2},
    {"2021-02-28", "b", {VALUE("2020-12", 50), VALUE("2021-01", 44)}, 2},
    {"2021-02-28", "c", {VALUE("2020-12", 51), {"2020-11", NAN, NAN, NAN, WM_SUPPRESSED}}, 2},
    {"2021-03-31", "d", {{"2020-12", 51, 51, 100, WM_FINAL}, VALUE("2021-01", 44), VALUE("2020-11", 7)}, 3},
    {"2021-04-30", "e", {VALUE("2020-12", 51)}, 1},
};

static char *state_of(WmStore *store)
{
    g_autofree char *now = vintages_text(store, NULL), *then = vintages_text(store, "2021-02-28"), *drops = drops_text(store);
    g_autoptr(GArray) list = wm_store_vintages(store, 1, WM_NO_DAY, NULL);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s--\n%s--\n%s--\n", now, then, drops);
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(text, "%g ", g_array_index(list, WmVintage, i).reading.denominator);
    return g_string_free(text, FALSE);
}

/* The k-th order of n things. */
static void order_at(int k, int n, int order[])
{
    for (int i = 0; i < n; i++)
        order[i] = i;
    for (int i = n; i > 1; k /= i, i--) {
        const int j = k % i, was = order[j];
        order[j] = order[i - 1];
        order[i - 1] = was;
    }
}

static void the_order_of_ingestion_does_not_matter(void **state)
{
    (void)state;
    enum { N_DROPS = N_ELEMENTS(DROPS), N_ORDERS = 120 };
    g_autofree char *expected = NULL;
    for (int k = 0; k < N_ORDERS; k += 7) { /* some of all */
        int order[N_DROPS];
        order_at(k, N_DROPS, order);
        g_auto(Folder) folder = folder_new();
        g_autoptr(WmStore) store = store_in(&folder);
        for (int i = 0; i < N_DROPS; i++)
            put_all(store, DROPS[order[i]].received, DROPS[order[i]].file, DROPS[order[i]].puts, DROPS[order[i]].n);
        g_autofree char *actual = state_of(store);
        if (!expected)
            expected = g_strdup(actual);
        assert_string_equal(actual, expected);
    }
    assert_contains(expected, "a 2 0 0\nb 2 0 1\nc 2 2 0\nd 3 2 1\ne 1 0 1\n");
}

static gint64 receive(WmStore *store, const char *received, const char *file, const char *hash, gint64 *n_revised)
{
    g_autoptr(GError) error = NULL;
    WmDropInfo info;
    assert_true(wm_store_receive_again(store, &(WmReceipt){day_of(received), file, hash, false}, &info, &error));
    *n_revised = info.n_revised;
    return info.id;
}

static gint64 find(WmStore *store, const char *received, const char *file)
{
    return wm_store_find_drop(store, &(WmReceipt){day_of(received), file, "a", false}, NULL);
}

static void the_same_content_again_is_no_news(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    gint64 n_revised;
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41));
    assert_int_equal(find(store, "2021-01-31", "a"), 1);
    assert_int_equal(find(store, "2021-02-28", "again"), 0);
    assert_int_equal(find(store, "2021-01-31", "b"), 0);
    assert_int_equal(receive(store, "2021-02-28", "again", "a", &n_revised), 1);
    assert_int_equal(find(store, "2021-02-28", "again"), 1);
    assert_int_equal(receive(store, "2021-02-28", "new", "other", &n_revised), 0);
    g_autofree char *list = vintages_text(store, NULL), *drops = drops_text(store);
    assert_string_equal(list, "2021-01-31 2020-12 41\n");
    assert_string_equal(drops, "a 1 0 0\n");
}

static void the_same_content_again_changes_a_figure_back(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    gint64 n_revised;
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41));
    PUT(store, "2021-02-28", "b", VALUE("2020-12", 42));
    assert_int_equal(receive(store, "2021-03-31", "back", "a", &n_revised), 3);
    assert_int_equal(n_revised, 1);
    g_autofree char *list = vintages_text(store, NULL);
    assert_string_equal(list, "2021-01-31 2020-12 41\n2021-02-28 2020-12 42\n2021-03-31 2020-12 41\n");
}

/* What was no news becomes news when a drop between the two comes late. */
static void a_late_drop_makes_the_same_content_a_change_back(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    gint64 n_revised;
    PUT(store, "2021-03-31", "back", VALUE("2020-12", 41));
    assert_int_equal(receive(store, "2021-01-31", "a", "back", &n_revised), 2); /* now the first of the two */
    g_autofree char *before = drops_text(store);
    assert_string_equal(before, "a 1 0 0\n");
    PUT(store, "2021-02-28", "b", VALUE("2020-12", 42));
    g_autofree char *list = vintages_text(store, NULL), *drops = drops_text(store);
    assert_string_equal(list, "2021-01-31 2020-12 41\n2021-02-28 2020-12 42\n2021-03-31 2020-12 41\n");
    assert_string_equal(drops, "a 1 0 0\nb 1 1 0\nback 1 1 0\n");
}

typedef struct {
    const char *name;
    Put first, second; /* of two drops */
    WmPut put;         /* what the second turns out to be */
} VintageCase;

static const VintageCase VINTAGE_CASES[] = {
    {"other_last_bits_of_a_figure_are_unchanged", VALUE("2020-12", 0.1 + 0.2), VALUE("2020-12", 0.3), WM_PUT_UNCHANGED},
    {"a_ninth_decimal_is_revised", VALUE("2020-12", 41.000000001), VALUE("2020-12", 41), WM_PUT_REVISED},
    {"the_same_value_is_unchanged", VALUE("2020-12", 41), VALUE("2020-12", 41), WM_PUT_UNCHANGED},
    {"another_value_is_a_revision", VALUE("2020-12", 41), VALUE("2020-12", 42), WM_PUT_REVISED},
    {"another_period_is_new", VALUE("2020-12", 41), VALUE("2021-01", 41), WM_PUT_NEW},
    {"provisional_turned_final_is_unchanged", {"2020-12", 41, NAN, NAN, WM_PROVISIONAL}, VALUE("2020-12", 41), WM_PUT_UNCHANGED},
    {"suppressed_twice_is_unchanged",
     {"2020-12", NAN, NAN, NAN, WM_SUPPRESSED},
     {"2020-12", NAN, NAN, NAN, WM_SUPPRESSED},
     WM_PUT_UNCHANGED},
    {"suppressed_turned_missing_is_a_revision",
     {"2020-12", NAN, NAN, NAN, WM_SUPPRESSED},
     {"2020-12", NAN, NAN, NAN, WM_MISSING},
     WM_PUT_REVISED},
    {"a_figure_withdrawn_is_a_revision", VALUE("2020-12", 41), {"2020-12", NAN, NAN, NAN, WM_SUPPRESSED}, WM_PUT_REVISED},
    {"a_figure_come_at_last_is_a_revision", {"2020-12", NAN, NAN, NAN, WM_MISSING}, VALUE("2020-12", 41), WM_PUT_REVISED},
    {"other_counts_of_the_same_value_are_a_revision",
     {"2020-12", 50, 10, 20, WM_FINAL},
     {"2020-12", 50, 20, 40, WM_FINAL},
     WM_PUT_REVISED},
    {"a_bare_value_that_agrees_is_unchanged", {"2020-12", 50, 10, 20, WM_FINAL}, VALUE("2020-12", 50), WM_PUT_UNCHANGED},
    {"a_bare_value_that_disagrees_is_a_revision", {"2020-12", 50, 10, 20, WM_FINAL}, VALUE("2020-12", 51), WM_PUT_REVISED},
    {"counts_after_a_bare_value_are_a_revision", VALUE("2020-12", 50), {"2020-12", 50, 10, 20, WM_FINAL}, WM_PUT_REVISED},
};

static void the_second_drop_is(void **state)
{
    const VintageCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-01-31", "a", row->first);
    PUT(store, "2021-02-28", "b", row->second);
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL);
    const WmDropInfo *drop = &g_array_index(drops, WmDropInfo, 1);
    assert_int_equal(drop->n_loaded, 1);
    assert_int_equal(drop->n_revised, row->put == WM_PUT_REVISED);
    assert_int_equal(drop->n_unchanged, row->put == WM_PUT_UNCHANGED);
}

static void a_bare_value_takes_over_the_counts_it_agrees_with(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-01-31", "a", {"2020-12", 50, 10, 20, WM_FINAL});
    PUT(store, "2021-02-28", "b", VALUE("2020-12", 50));
    g_autoptr(GArray) list = wm_store_vintages(store, 1, WM_NO_DAY, NULL);
    assert_near(g_array_index(list, WmVintage, 1).reading.numerator, 10, 0);
    assert_near(g_array_index(list, WmVintage, 1).reading.denominator, 20, 0);
}

typedef struct {
    const char *name;
    gint64 drop;
    const char *day;      /* from which it is withdrawn */
    const char *vintages; /* that count, then */
    const char *drops;
} WithdrawalCase;

/* Of three drops that say 41 (a, January), 42 (b, February) and 42 (c, April) of one period; b alone speaks of another. */
static const WithdrawalCase WITHDRAWAL_CASES[] = {
    {"the_earlier_figure_counts_again", 2, "2021-03-15",
     "2021-01-31 2020-12 41\n2021-02-28 2020-12 42\n2021-03-15 2020-12 41\n2021-04-30 2020-12 42\n"
     "2021-02-28 2021-01 7\n2021-03-15 2021-01 -1\n",
     "a 1 0 0\nb 2 1 0\nc 1 1 0\n"},
    {"withdrawn_by_its_own_day_it_never_counted", 2, "2021-02-28", "2021-01-31 2020-12 41\n2021-04-30 2020-12 42\n",
     "a 1 0 0\nb 2 1 0\nc 1 1 0\n"},
    {"what_counts_no_more_leaves_no_trace", 1, "2021-03-15",
     "2021-01-31 2020-12 41\n2021-02-28 2020-12 42\n2021-04-30 2020-12 42\n2021-02-28 2021-01 7\n", "a 1 0 0\nb 2 1 0\nc 1 0 1\n"},
    {"the_last_one", 3, "2021-05-31",
     "2021-01-31 2020-12 41\n2021-02-28 2020-12 42\n2021-04-30 2020-12 42\n2021-05-31 2020-12 42\n2021-02-28 2021-01 7\n",
     "a 1 0 0\nb 2 1 0\nc 1 0 1\n"},
};

static void a_drop_withdrawn(void **state)
{
    const WithdrawalCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41));
    PUT(store, "2021-02-28", "b", VALUE("2020-12", 42), VALUE("2021-01", 7));
    PUT(store, "2021-04-30", "c", VALUE("2020-12", 42));
    g_autofree char *before = vintages_text(store, NULL), *drops_before = drops_text(store);
    assert_true(wm_store_set_withdrawn(store, row->drop, day_of(row->day), NULL, NULL));
    g_autofree char *list = vintages_text(store, NULL), *drops = drops_text(store);
    assert_string_equal(list, row->vintages);
    assert_string_equal(drops, row->drops);
    assert_true(wm_store_set_withdrawn(store, row->drop, WM_NO_DAY, NULL, NULL)); /* and restored */
    g_autofree char *after = vintages_text(store, NULL), *drops_after = drops_text(store);
    assert_string_equal(after, before);
    assert_string_equal(drops_after, drops_before);
}

/* Figures that no other drop speaks of, and one that a later drop has overtaken. */
static void a_withdrawal_counts_the_figures_that_it_takes_away(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    gint64 n_alone, n_of_two, n_back;
    PUT(store, "2021-01-31", "a", VALUE("2020-11", 40), VALUE("2020-12", 41));
    assert_true(wm_store_try_withdrawal(store, 1, day_of("2021-04-30"), &n_alone, NULL));
    PUT(store, "2021-02-28", "b", VALUE("2020-12", 42));
    assert_true(wm_store_set_withdrawn(store, 1, day_of("2021-04-30"), &n_of_two, NULL));
    assert_true(wm_store_set_withdrawn(store, 1, WM_NO_DAY, &n_back, NULL));
    assert_int_equal(n_alone, 2);
    assert_int_equal(n_of_two, 1);
    assert_int_equal(n_back, 1);
}

/* Whether a drop's periods touch those of others is seen from their spans: before, after, within, across, and of another length. */
static void spans_that_meet_are_looked_at(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-03", 1), VALUE("2020-06", 2));
    PUT(store, "2021-02-01", "b", VALUE("2020-07", 3));
    PUT(store, "2021-02-02", "c", VALUE("2020-02", 4));
    PUT(store, "2021-02-03", "d", VALUE("2020-04", 5));
    PUT(store, "2021-02-04", "e", VALUE("2020-01", 6), VALUE("2020-03", 1), VALUE("2020-07", 7));
    PUT(store, "2021-02-05", "f", VALUE("2020", 8));
    PUT(store, "2021-02-06", "g", VALUE("2020-06", 9));
    g_autofree char *drops = drops_text(store);
    assert_string_equal(drops, "a 2 0 0\nb 1 0 0\nc 1 0 0\nd 1 0 0\ne 3 1 1\nf 1 0 0\ng 1 1 0\n");
}

static void the_world_before_a_withdrawal_is_as_it_was(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41));
    PUT(store, "2021-02-28", "b", VALUE("2020-12", 42));
    g_autofree char *before = vintages_text(store, "2021-03-14");
    assert_true(wm_store_set_withdrawn(store, 2, day_of("2021-03-15"), NULL, NULL));
    g_autofree char *after = vintages_text(store, "2021-03-14");
    assert_string_equal(after, before);
    g_autoptr(GArray) days = wm_store_days(store, WM_NO_DAY, NULL);
    assert_int_equal(days->len, 3);
    assert_int_equal(g_array_index(days, WmDay, 2), day_of("2021-03-15"));
}

static void a_drop_that_is_not_there_cannot_be_withdrawn(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    g_autoptr(GError) error = NULL;
    assert_false(wm_store_set_withdrawn(store, 9, day_of("2021-03-15"), NULL, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_contains(error->message, "there is no drop 9; `waymark ingest` prints each drop's number");
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41)); /* nothing was left open */
}

static void withdrawing_does_not_depend_on_when_the_others_came(void **state)
{
    (void)state;
    g_autofree char *expected = NULL;
    for (int late = 0; late < 2; late++) {
        g_auto(Folder) folder = folder_new();
        g_autoptr(WmStore) store = store_in(&folder);
        PUT(store, "2021-02-28", "b", VALUE("2020-12", 42));
        if (late)
            assert_true(wm_store_set_withdrawn(store, 1, day_of("2021-03-15"), NULL, NULL));
        PUT(store, "2021-04-30", "c", VALUE("2020-12", 42));
        PUT(store, "2021-01-31", "a", VALUE("2020-12", 41));
        assert_true(wm_store_set_withdrawn(store, 1, day_of("2021-03-15"), NULL, NULL));
        g_autofree char *actual = state_of(store);
        if (!expected)
            expected = g_strdup(actual);
        assert_string_equal(actual, expected);
    }
}

int main(void)
{
    ADD(as_at_shows_what_was_known_then);
    ADD(a_drop_that_comes_late_takes_its_place_by_date);
    ADD(vintages_come_by_the_end_of_their_period);
    ADD(the_order_of_ingestion_does_not_matter);
    ADD(the_same_content_again_is_no_news);
    ADD(the_same_content_again_changes_a_figure_back);
    ADD(a_late_drop_makes_the_same_content_a_change_back);
    ADD_TABLE(VINTAGE_CASES, the_second_drop_is);
    ADD(a_bare_value_takes_over_the_counts_it_agrees_with);
    ADD_TABLE(WITHDRAWAL_CASES, a_drop_withdrawn);
    ADD(a_withdrawal_counts_the_figures_that_it_takes_away);
    ADD(spans_that_meet_are_looked_at);
    ADD(the_world_before_a_withdrawal_is_as_it_was);
    ADD(a_drop_that_is_not_there_cannot_be_withdrawn);
    ADD(withdrawing_does_not_depend_on_when_the_others_came);
    return run_cases("store_revisions");
}
