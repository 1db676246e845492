/* A drop's file read again by a corrected recipe: what counts when, what stays, and which drops want it. */
#include <waymark/history.h>
#include <waymark/ingest.h>

#include <string.h>

#include "data/fixture_store.h"

#define RECIPE(column) "[file]\nmatch = x*.csv\n[columns]\nindicator = =PCT\nvalue = " column "\n"
#define TWO_COLUMNS    "period,wrong,right\nDec-20,10,41\nJan-21,11,42\n"

/* x of January by the wrong column; y of March revises December alone. */
static Folder wrong_folder_new(void)
{
    return PLAN_FOLDER({"recipes/x.ini", RECIPE("wrong")}, {"drops/2021-01-31/x.csv", TWO_COLUMNS},
                       {"drops/2021-03-31/y.csv", DROP_HEADER "PCT,,,Dec-20,50,,,,\n"},
                       {"drops/2021-05-31/z.csv", DROP_HEADER "PCT,,,Mar-21,60,,,,\n"});
}

static gboolean read_again(const Loaded *loaded, gint64 drop, const char *since, gboolean is_dry_run, WmIngestResult *out,
                           GError **error)
{
    const WmIngestRequest request = {.since = since ? day_of(since) : WM_NO_DAY, .is_dry_run = is_dry_run};
    return wm_ingest_again(loaded->store, loaded->plan, drop, &request, out, error);
}

/* What counts of December, January and March as at a day, as `41 42 60`. New. */
static char *counts_at(WmStore *store, const char *as_at)
{
    static const char *const PERIODS[] = {"2020-12", "2021-01", "2021-03"};
    g_autofree char *vintages = vintages_text(store, as_at);
    g_auto(GStrv) lines = g_strsplit(vintages, "\n", -1);
    GString *out = g_string_new(NULL);
    for (size_t p = 0; p < N_ELEMENTS(PERIODS); p++) {
        const char *last = "";
        for (char **line = lines; *line; line++)
            if (**line && g_str_has_prefix(*line + strlen("2021-01-31 "), PERIODS[p]))
                last = *line + strlen("2021-01-31 2020-12 ");
        g_string_append_printf(out, "%s%s", p ? " " : "", last);
    }
    return g_string_free(out, FALSE);
}

static void assert_counts(WmStore *store, const char *as_at, const char *expected)
{
    g_autofree char *actual = counts_at(store, as_at);
    assert_string_equal(actual, expected);
}

static void it_counts_from_its_day_on_in_the_place_of_the_old_one(void **state)
{
    (void)state;
    g_auto(Folder) folder = wrong_folder_new();
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    assert_counts(loaded.store, NULL, "50 11 60");
    folder_write(&folder, "recipes/x.ini", RECIPE("right"));
    assert_true(read_again(&loaded, 1, NULL, FALSE, &result, NULL));
    assert_int_equal(result.drop, 4);
    assert_int_equal(result.n_loaded, 2);
    assert_int_equal(result.n_revised, 2);               /* against what was read first */
    assert_counts(loaded.store, "2021-02-28", "10 11 "); /* what the board was told then */
    assert_counts(loaded.store, "2021-05-30", "50 11 ");
    assert_counts(loaded.store, "2021-05-31", "50 42 60"); /* y, which came later, still revises December */
    g_autoptr(WmProblems) problems = wm_problems_new();
    assert_true(wm_ingest_verify(loaded.store, loaded.plan, problems, NULL));
    assert_int_equal(wm_problems_n(problems), 0);
    g_auto(Loaded) again = drops_load(&folder); /* the drops folder holds nothing new */
    g_autofree char *before = drops_text(loaded.store), *after = drops_text(again.store);
    assert_string_equal(before, after);
    assert_counts(again.store, NULL, "50 42 60");
}

static void from_the_day_it_was_received_on_the_old_one_never_counted(void **state)
{
    (void)state;
    g_auto(Folder) folder = wrong_folder_new();
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    folder_write(&folder, "recipes/x.ini", RECIPE("right"));
    assert_true(read_again(&loaded, 1, "2021-01-31", FALSE, &result, NULL));
    assert_int_equal(result.n_revised, 2); /* against what it said before */
    g_autofree char *counts = vintages_text(loaded.store, NULL);
    store_remove(&folder);
    g_auto(Loaded) rebuilt = drops_load(&folder); /* the drops folder comes to the same */
    g_autofree char *anew = vintages_text(rebuilt.store, NULL);
    assert_string_equal(counts, anew);
}

static void history_shows_both(void **state)
{
    (void)state;
    g_auto(Folder) folder = wrong_folder_new();
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    folder_write(&folder, "recipes/x.ini", RECIPE("right"));
    assert_true(read_again(&loaded, 1, "2021-04-30", FALSE, &result, NULL));
    const WmHistoryRequest request = {.indicator = "PCT", .unit = "", .cohort = "", .as_at = WM_NO_DAY};
    g_autoptr(GArray) entries = wm_history_read(loaded.plan, loaded.store, &request, NULL);
    assert_int_equal(entries->len, 6);
    const WmHistoryEntry *first = &g_array_index(entries, WmHistoryEntry, 3), *again = first + 1; /* of January */
    assert_near(first->reading.value, 11, 0);
    assert_int_equal(first->withdrawn, day_of("2021-04-30"));
    assert_near(again->reading.value, 42, 0);
    assert_int_equal(again->received, day_of("2021-04-30"));
    assert_near(again->change, 31, 0);
    assert_true(again->is_in_force && !first->is_in_force);
    const WmHistoryEntry *december = &g_array_index(entries, WmHistoryEntry, 0);
    assert_near(december[1].reading.value, 41, 0); /* its place is before the revision of March, which counts */
    assert_near(december[2].reading.value, 50, 0);
    assert_true(december[2].is_in_force);
}

static void what_says_the_same_stays_as_it_is(void **state)
{
    (void)state;
    g_auto(Folder) folder = wrong_folder_new();
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    folder_write(&folder, "recipes/x.ini", RECIPE("wrong | right"));
    g_autoptr(WmProblems) before = wm_problems_new(), after = wm_problems_new();
    assert_true(wm_ingest_check_recipes(loaded.store, loaded.plan, before, NULL));
    assert_int_equal(problem_count(before, "stale_drop"), 1);
    assert_true(read_again(&loaded, 1, NULL, FALSE, &result, NULL));
    assert_true(result.was_known);
    assert_int_equal(result.drop, 1);
    assert_true(wm_ingest_check_recipes(loaded.store, loaded.plan, after, NULL));
    assert_int_equal(wm_problems_n(after), 0); /* it is known to come to the same */
}

static void a_dry_run_changes_nothing(void **state)
{
    (void)state;
    g_auto(Folder) folder = wrong_folder_new();
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    folder_write(&folder, "recipes/x.ini", RECIPE("right"));
    assert_true(read_again(&loaded, 1, NULL, TRUE, &result, NULL));
    assert_int_equal(result.n_revised, 2);
    assert_counts(loaded.store, NULL, "50 11 60");
}

/* One content on three days, with another in between: every delivery of it is read so. */
static void other_drops_of_its_content_are_read_so_too(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"recipes/x.ini", RECIPE("wrong")}, {"drops/2021-01-31/x.csv", TWO_COLUMNS},
                                        {"drops/2021-02-28/x.csv", TWO_COLUMNS}, /* no news */
                                        {"drops/2021-03-31/y.csv", DROP_HEADER "PCT,,,Dec-20,50,,,,\nPCT,,,Jan-21,51,,,,\n"},
                                        {"drops/2021-04-30/x.csv", TWO_COLUMNS}); /* back again */
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    assert_counts(loaded.store, NULL, "10 11 ");
    folder_write(&folder, "recipes/x.ini", RECIPE("right"));
    assert_true(read_again(&loaded, 1, NULL, FALSE, &result, NULL));
    assert_counts(loaded.store, NULL, "41 42 ");
    assert_counts(loaded.store, "2021-04-29", "50 51 ");
    g_autoptr(WmProblems) problems = wm_problems_new();
    assert_true(wm_ingest_verify(loaded.store, loaded.plan, problems, NULL));
    assert_int_equal(wm_problems_n(problems), 0);
}

/* The sender's file once more, after its recipe was corrected: it is another drop, and the one before stays as it was read. */
static void content_that_comes_again_is_read_by_the_recipe_of_then(void **state)
{
    (void)state;
    g_auto(Folder) folder = wrong_folder_new();
    g_auto(Loaded) loaded = drops_load(&folder);
    size_t n_new;
    folder_write(&folder, "recipes/x.ini", RECIPE("right"));
    folder_write(&folder, "drops/2021-06-30/x.csv", TWO_COLUMNS);
    folder_write(&folder, "drops/2021-07-31/x.csv", TWO_COLUMNS); /* no news */
    assert_true(wm_ingest_drops(loaded.store, loaded.plan, loaded.problems, &n_new, NULL));
    assert_int_equal(n_new, 1);
    assert_counts(loaded.store, "2021-06-29", "50 11 60");
    assert_counts(loaded.store, NULL, "41 42 60");
    assert_true(wm_ingest_drops(loaded.store, loaded.plan, loaded.problems, &n_new, NULL));
    assert_int_equal(n_new, 0);
    g_autoptr(WmProblems) problems = wm_problems_new();
    assert_true(wm_ingest_verify(loaded.store, loaded.plan, problems, NULL));
    assert_int_equal(wm_problems_count(problems, WM_SEVERITY_ERROR), 0); /* January's is stale, which is said */
}

/* A withdrawal is of the file: of both readings of it. */
static void a_withdrawal_is_of_both(void **state)
{
    (void)state;
    g_auto(Folder) folder = wrong_folder_new();
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    WmWithdrawResult withdrawn;
    g_autoptr(GError) error = NULL;
    folder_write(&folder, "recipes/x.ini", RECIPE("right"));
    assert_true(read_again(&loaded, 1, "2021-04-30", FALSE, &result, NULL));
    assert_false(
        wm_ingest_withdraw(loaded.store, loaded.plan, &(WmWithdrawRequest){.drop = 1, .day = WM_NO_DAY}, &withdrawn, &error));
    assert_contains(error->message, "drop 1 was read again, and drop 4 stands for it");
    const WmWithdrawRequest early = {.drop = 4, .day = day_of("2021-02-15")};
    assert_true(wm_ingest_withdraw(loaded.store, loaded.plan, &early, &withdrawn, NULL));
    assert_counts(loaded.store, "2021-02-14", "10 11 ");
    assert_counts(loaded.store, "2021-02-15", "-1 -1 ");
    assert_counts(loaded.store, NULL, "50 -1 60");
    assert_true(
        wm_ingest_withdraw(loaded.store, loaded.plan, &(WmWithdrawRequest){.drop = 4, .is_restore = TRUE}, &withdrawn, NULL));
    assert_counts(loaded.store, "2021-04-29", "50 11 ");
    assert_counts(loaded.store, NULL, "50 42 60");
}

static void it_can_be_read_a_third_time(void **state)
{
    (void)state;
    g_auto(Folder) folder = wrong_folder_new();
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult second, third;
    g_autoptr(GError) error = NULL;
    folder_write(&folder, "recipes/x.ini", RECIPE("right"));
    assert_true(read_again(&loaded, 1, "2021-04-30", FALSE, &second, NULL));
    assert_false(read_again(&loaded, 1, "2021-04-30", FALSE, &third, &error));
    assert_contains(error->message, "another drop stands for it");
    folder_write(&folder, "recipes/x.ini", RECIPE("right\nscale = 2"));
    assert_true(read_again(&loaded, second.drop, "2021-04-30", FALSE, &third, NULL));
    assert_counts(loaded.store, NULL, "50 84 60");
    assert_counts(loaded.store, "2021-04-29", "50 11 ");
}

static void a_changed_file_is_not_read_again(void **state)
{
    (void)state;
    g_auto(Folder) folder = wrong_folder_new();
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    g_autoptr(GError) error = NULL;
    folder_write(&folder, "drops/2021-01-31/x.csv", "period,wrong,right\n");
    assert_false(read_again(&loaded, 1, NULL, FALSE, &result, &error));
    assert_contains(error->message, "drops/2021-01-31/x.csv: it is not what it was");
}

static void its_refused_rows_are_those_of_the_latest_reading(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"recipes/x.ini", RECIPE("wrong")},
                                        {"drops/2021-01-31/x.csv", "period,wrong,right\nDec-20,words,41\nJan-21,11,900\n"});
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    assert_true(wm_ingest_write_quarantine(loaded.store, loaded.plan, NULL));
    folder_write(&folder, "recipes/x.ini", RECIPE("right"));
    assert_true(read_again(&loaded, 1, NULL, FALSE, &result, NULL));
    assert_true(wm_ingest_write_quarantine(loaded.store, loaded.plan, NULL));
    g_autofree char *text = folder_read(&folder, "quarantine/2021-01-31/x.csv");
    assert_contains(text, "900 is above");
    assert_lacks(text, "words");
}

typedef struct {
    const char *name, *recipe; /* now in place of RECIPE("wrong"); NULL: none */
    gboolean is_stale;
} StaleCase;

static const StaleCase STALE_CASES[] = {
    {"a_recipe_that_is_as_it_was", RECIPE("wrong"), FALSE},
    {"a_comment_is_no_other_recipe", "# of last year\n" RECIPE("wrong"), FALSE},
    {"another_match_that_fits_is_no_other_recipe", "[file]\nmatch = *x.csv\n[columns]\nindicator = =PCT\nvalue = wrong\n", FALSE},
    {"another_column_is", RECIPE("right"), TRUE},
    {"one_that_no_longer_fits_is", "[file]\nmatch = q.csv\n[columns]\nindicator = =PCT\nvalue = wrong\n", TRUE},
};

static void is_found_stale(void **state)
{
    const StaleCase *row = *state;
    g_auto(Folder) folder = wrong_folder_new();
    g_auto(Loaded) loaded = drops_load(&folder);
    folder_write(&folder, "recipes/x.ini", row->recipe);
    g_autoptr(WmProblems) problems = wm_problems_new();
    assert_true(wm_ingest_check_recipes(loaded.store, loaded.plan, problems, NULL));
    assert_int_equal(problem_count(problems, "stale_drop"), row->is_stale);
    g_auto(Loaded) month = month_load(&folder, NULL);
    assert_int_equal(problem_count(month.month->problems, "stale_drop"), row->is_stale);
}

typedef struct {
    const char *name, *text, *message; /* NULL: it is found */
    gint64 drop;
} NameCase;

static const NameCase NAME_CASES[] = {
    {"by_its_number", "2", NULL, 2},
    {"by_its_file", "drops/2021-03-31/y.csv", NULL, 2},
    {"by_the_end_of_its_file", "2021-03-31/y.csv", NULL, 2},
    {"by_its_name", "y.csv", NULL, 2},
    {"by_a_path_that_ends_so", "elsewhere/plan/drops/2021-03-31/y.csv", NULL, 2},
    {"a_part_of_a_name_is_none", ".csv", "there is no drop “.csv”", 0},
    {"a_number_that_is_none", "17", "there is no drop “17”", 0},
    {"nothing", "", "there is no drop “”", 0},
    {"a_name_of_two", "x.csv", "several drops are called “x.csv”; it may be drops/2021-01-31/x.csv (1), drops/2021-05-31/x.csv (3)",
     0},
};

static void is_meant(void **state)
{
    const NameCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,1,,,,\n"},
                                        {"drops/2021-03-31/y.csv", DROP_HEADER "PCT,,,Dec-20,2,,,,\n"},
                                        {"drops/2021-05-31/x.csv", DROP_HEADER "PCT,,,Dec-20,3,,,,\n"});
    g_auto(Loaded) loaded = drops_load(&folder);
    g_autoptr(GError) error = NULL;
    assert_int_equal(wm_ingest_find_drop(loaded.store, row->text, &error), row->drop);
    if (row->message)
        assert_contains(error->message, row->message);
}

int main(void)
{
    ADD(it_counts_from_its_day_on_in_the_place_of_the_old_one);
    ADD(from_the_day_it_was_received_on_the_old_one_never_counted);
    ADD(history_shows_both);
    ADD(what_says_the_same_stays_as_it_is);
    ADD(a_dry_run_changes_nothing);
    ADD(other_drops_of_its_content_are_read_so_too);
    ADD(content_that_comes_again_is_read_by_the_recipe_of_then);
    ADD(a_withdrawal_is_of_both);
    ADD(it_can_be_read_a_third_time);
    ADD(a_changed_file_is_not_read_again);
    ADD(its_refused_rows_are_those_of_the_latest_reading);
    ADD_TABLE(STALE_CASES, is_found_stale);
    ADD_TABLE(NAME_CASES, is_meant);
    return run_cases("again");
}
