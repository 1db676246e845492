/* A file handed over: kept as it came and ingested from there, or nothing left behind; withdrawn and restored; refused rows as
 * files. */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "data/fixture_store.h"

#define ONE(value) DROP_HEADER "PCT,,,Dec-20," value ",,,,\n"

static gboolean deliver(const Loaded *loaded, const Folder *folder, const char *name, const char *received, gboolean is_dry_run,
                        WmIngestResult *out, GError **error)
{
    g_autofree char *path = folder_path(folder, name);
    const WmIngestRequest request = {.path = path, .received = day_of(received), .is_dry_run = is_dry_run};
    return wm_ingest_delivery(loaded->store, loaded->plan, &request, out, error);
}

static void a_delivered_file_is_kept_as_it_came(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"x.csv", ONE("41")});
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    assert_true(deliver(&loaded, &folder, "x.csv", "2021-01-31", FALSE, &result, NULL));
    g_autofree char *kept = folder_read(&folder, "drops/2021-01-31/x.csv"), *drops = drops_text(loaded.store);
    assert_string_equal(kept, ONE("41"));
    assert_string_equal(drops, "drops/2021-01-31/x.csv 1 0 0\n");
    assert_int_equal(result.drop, 1);
}

static void another_file_of_that_name_gets_a_number_and_counts(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"x.csv", ONE("41")}, {"drops/2021-01-31/x.csv", ONE("40")});
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult dry, result;
    assert_true(deliver(&loaded, &folder, "x.csv", "2021-01-31", TRUE, &dry, NULL));
    assert_true(deliver(&loaded, &folder, "x.csv", "2021-01-31", FALSE, &result, NULL));
    assert_int_equal(dry.n_revised, 1);
    assert_int_equal(result.n_revised, 1);
    assert_int_equal(result.overruled_by, 0);
    g_autofree char *kept = folder_read(&folder, "drops/2021-01-31/x~2.csv"),
                    *before = folder_read(&folder, "drops/2021-01-31/x.csv");
    assert_string_equal(kept, ONE("41"));
    assert_string_equal(before, ONE("40"));
}

static void the_later_of_a_day_stands_last_however_many_came(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({NULL, NULL});
    g_auto(Loaded) loaded = drops_load(&folder);
    for (int i = 1; i <= 25; i++) {
        g_autofree char *value = g_strdup_printf("%d", i), *text = g_strconcat(DROP_HEADER "PCT,,,Dec-20,", value, ",,,,\n", NULL);
        folder_write(&folder, "x.csv", text);
        WmIngestResult result;
        assert_true(deliver(&loaded, &folder, "x.csv", "2021-01-31", FALSE, &result, NULL));
        assert_int_equal(result.n_revised, i > 1);
        assert_int_equal(result.overruled_by, 0);
    }
    store_remove(&folder);
    g_auto(Loaded) rebuilt = drops_load(&folder); /* the order follows from the folder alone */
    g_autofree char *text = vintages_text(rebuilt.store, NULL);
    assert_true(g_str_has_suffix(text, "2020-12 24\n2021-01-31 2020-12 25\n"));
}

static void a_file_that_stands_before_another_of_its_day_says_so(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"a.csv", ONE("41")}, {"same.csv", ONE("40") "PCT,,,Jan-21,1,,,,\n"},
                                        {"other.csv", DROP_HEADER "PCT,,,Feb-21,7,,,,\n"}, {"drops/2021-01-31/z.csv", ONE("40")});
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult dry, result, same, other, known;
    assert_true(deliver(&loaded, &folder, "a.csv", "2021-01-31", TRUE, &dry, NULL));
    assert_true(deliver(&loaded, &folder, "a.csv", "2021-01-31", FALSE, &result, NULL));
    assert_true(deliver(&loaded, &folder, "same.csv", "2021-01-31", FALSE, &same, NULL));
    assert_true(deliver(&loaded, &folder, "other.csv", "2021-01-31", FALSE, &other, NULL));
    assert_true(deliver(&loaded, &folder, "a.csv", "2021-01-31", FALSE, &known, NULL));
    assert_int_equal(dry.overruled_by, 1);
    assert_int_equal(result.overruled_by, 1);
    assert_int_equal(same.overruled_by, 0);
    assert_int_equal(other.overruled_by, 0);
    assert_true(known.was_known);
    assert_int_equal(known.overruled_by, 1);
}

/* A, B, A on one day: the second A is news, and stands last. */
static void a_change_back_on_the_same_day_is_a_new_drop(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"1/x.csv", ONE("41")}, {"2/x.csv", ONE("42")});
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    assert_true(deliver(&loaded, &folder, "1/x.csv", "2021-01-31", FALSE, &result, NULL));
    assert_true(deliver(&loaded, &folder, "2/x.csv", "2021-01-31", FALSE, &result, NULL));
    assert_true(deliver(&loaded, &folder, "1/x.csv", "2021-01-31", FALSE, &result, NULL));
    assert_false(result.was_known);
    assert_int_equal(result.n_revised, 1);
    assert_true(deliver(&loaded, &folder, "1/x.csv", "2021-01-31", FALSE, &result, NULL));
    assert_true(result.was_known);
    assert_true(deliver(&loaded, &folder, "drops/2021-01-31/x.csv", "2021-01-31", FALSE, &result, NULL));
    assert_true(result.was_known); /* where it lies, it is the first */
    assert_true(folder_has(&folder, "drops/2021-01-31/x~3.csv") && !folder_has(&folder, "drops/2021-01-31/x~4.csv"));
    g_autofree char *text = vintages_text(loaded.store, NULL);
    assert_true(g_str_has_suffix(text, "2020-12 41\n"));
    store_remove(&folder);
    g_auto(Loaded) rebuilt = drops_load(&folder);
    g_autofree char *anew = vintages_text(rebuilt.store, NULL);
    assert_string_equal(text, anew);
}

static gboolean withdraw(const Loaded *loaded, const WmWithdrawRequest *request, WmWithdrawResult *out)
{
    g_autoptr(GError) error = NULL;
    if (!wm_ingest_withdraw(loaded->store, loaded->plan, request, out, &error))
        fail_msg("%s", error->message);
    return TRUE;
}

/* Of one content on one day, a withdrawal names the file that is meant. */
static void one_of_two_drops_of_one_content_is_withdrawn(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", ONE("41")}, {"drops/2021-01-31/x~2.csv", ONE("42")},
                                        {"drops/2021-01-31/x~3.csv", ONE("41")});
    g_auto(Loaded) loaded = drops_load(&folder);
    WmWithdrawResult result;
    withdraw(&loaded, &(WmWithdrawRequest){.drop = 3, .day = day_of("2021-02-28")}, &result);
    assert_int_equal(result.other, 1);
    assert_string_equal(result.other_file, "drops/2021-01-31/x.csv");
    g_autofree char *text = vintages_text(loaded.store, NULL);
    assert_true(g_str_has_suffix(text, "2021-02-28 2020-12 42\n"));
    store_remove(&folder);
    g_auto(Loaded) rebuilt = drops_load(&folder);
    g_autofree char *anew = vintages_text(rebuilt.store, NULL);
    assert_string_equal(text, anew);
    withdraw(&rebuilt, &(WmWithdrawRequest){.drop = 2, .day = day_of("2021-02-28")}, &result);
    assert_int_equal(result.other, 0);
}

static void a_change_back_on_a_later_day_is_a_new_drop(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"x.csv", ONE("41")}, {"drops/2021-01-31/x.csv", ONE("41")}, {"drops/2021-02-28/x.csv", ONE("42")});
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    assert_true(deliver(&loaded, &folder, "x.csv", "2021-03-31", FALSE, &result, NULL));
    assert_false(result.was_known);
    assert_int_equal(result.n_revised, 1);
    assert_true(folder_has(&folder, "drops/2021-03-31/x.csv"));
}

static void a_file_that_lies_there_already_is_taken_where_it_lies(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({NULL, NULL});
    g_auto(Loaded) loaded = drops_load(&folder);
    folder_write(&folder, "drops/2021-01-31/x.csv", ONE("41"));
    WmIngestResult result;
    assert_true(deliver(&loaded, &folder, "drops/2021-01-31/x.csv", "2021-01-31", FALSE, &result, NULL));
    g_autofree char *drops = drops_text(loaded.store);
    assert_string_equal(drops, "drops/2021-01-31/x.csv 1 0 0\n");
    assert_false(folder_has(&folder, "drops/2021-01-31/x~2.csv"));
}

static void the_same_file_twice_is_a_no_op(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"x.csv", ONE("41")}, {"y.csv", ONE("41")});
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult first, again, renamed, later;
    assert_true(deliver(&loaded, &folder, "x.csv", "2021-01-31", FALSE, &first, NULL));
    assert_true(deliver(&loaded, &folder, "x.csv", "2021-01-31", FALSE, &again, NULL));
    assert_true(deliver(&loaded, &folder, "y.csv", "2021-01-31", FALSE, &renamed, NULL));
    assert_true(deliver(&loaded, &folder, "x.csv", "2021-02-28", FALSE, &later, NULL));
    assert_true(again.was_known && renamed.was_known && later.was_known);
    assert_int_equal(again.drop, 1);
    assert_int_equal(later.drop, 1);
    assert_int_equal(later.n_rows, 0);
    assert_false(folder_has(&folder, "drops/2021-01-31/y.csv") || folder_has(&folder, "drops/2021-02-28"));
    g_autofree char *drops = drops_text(loaded.store);
    assert_string_equal(drops, "drops/2021-01-31/x.csv 1 0 0\n");
}

static void a_refused_file_leaves_nothing_behind(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"x.csv", DROP_HEADER "PCT,,,Dec-20,\"41,,,,\n"});
    g_auto(Loaded) loaded = drops_load(&folder);
    g_autoptr(GError) error = NULL;
    WmIngestResult result;
    assert_false(deliver(&loaded, &folder, "x.csv", "2021-01-31", FALSE, &result, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_contains(error->message, "/x.csv:");
    assert_lacks(error->message, ".part"); /* the sender's own name for it */
    assert_lacks(error->message, "drops/");
    assert_false(folder_has(&folder, "drops"));
    g_autofree char *drops = drops_text(loaded.store);
    assert_string_equal(drops, "");
}

static void a_dry_run_leaves_nothing_behind(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"x.csv", ONE("41")});
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    assert_true(deliver(&loaded, &folder, "x.csv", "2021-01-31", TRUE, &result, NULL));
    assert_int_equal(result.n_loaded, 1);
    assert_false(folder_has(&folder, "drops"));
}

static void a_file_that_is_not_there_says_so(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"folder/x", ""});
    g_auto(Loaded) loaded = drops_load(&folder);
    static const char *const NAMES[] = {"nowhere.csv", "folder"};
    for (size_t i = 0; i < N_ELEMENTS(NAMES); i++) {
        g_autoptr(GError) error = NULL;
        WmIngestResult result;
        assert_false(deliver(&loaded, &folder, NAMES[i], "2021-01-31", FALSE, &result, &error));
        assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_FILE));
        assert_contains(error->message, NAMES[i]);
        assert_false(folder_has(&folder, "drops"));
    }
}

/* What a process that was killed left behind is taken up, or passed over. */
static void a_part_left_by_a_killed_process_is_no_obstacle(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"x.csv", ONE("41")}, {"drops/2021-01-31/.x.csv.part", "half a fi"});
    g_auto(Loaded) loaded = drops_load(&folder);
    assert_int_equal(wm_problems_n(loaded.problems), 0);
    WmIngestResult result;
    assert_true(deliver(&loaded, &folder, "x.csv", "2021-01-31", FALSE, &result, NULL));
    g_autofree char *kept = folder_read(&folder, "drops/2021-01-31/x.csv");
    assert_string_equal(kept, ONE("41"));
    assert_false(folder_has(&folder, "drops/2021-01-31/.x.csv.part"));
}

static void refused_rows_are_written_to_a_file(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,900%,,,,\nPCT,,,Nov-20,40,,,,\n"
                                                                               "PCT,,,Nov-20,41,,,,\"a, \"\"b\"\"\"\n"},
                                        {"drops/2021-02-28/good.csv", ONE("40")});
    g_auto(Loaded) loaded = drops_load(&folder);
    assert_false(folder_has(&folder, "quarantine")); /* reading the drops alone leaves nothing behind */
    assert_true(wm_ingest_write_quarantine(loaded.store, loaded.plan, NULL));
    g_autofree char *text = folder_read(&folder, "quarantine/2021-01-31/x.csv");
    assert_string_equal(
        text,
        "drop,line,column,code,message,raw\n"
        "1,2,5,outside_bounds,\"900% is above the highest possible, 100\",\"PCT,,,Dec-20,900%,,,,\"\n"
        "1,4,,conflicting_row,an earlier row of this file gives another figure for the same series and period: 40 and then 41,"
        "\"PCT,,,Nov-20,41,,,,\"\"a, \"\"\"\"b\"\"\"\"\"\"\"\n");
    assert_false(folder_has(&folder, "quarantine/2021-02-28"));
    g_autofree char *path = folder_path(&folder, "quarantine/2021-01-31/x.csv");
    assert_int_equal(unlink(path), 0);
    assert_true(wm_ingest_write_quarantine(loaded.store, loaded.plan, NULL)); /* and again where it is gone */
    assert_true(folder_has(&folder, "quarantine/2021-01-31/x.csv"));
}

static void a_withdrawal_lasts_is_kept_with_the_drops_and_can_be_taken_back(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", ONE("41")}, {"drops/2021-02-28/y.csv", ONE("42")},
                                        {"drops/2021-03-31/z.csv", DROP_HEADER "PCT,,,Feb-21,43,,,,\n"});
    g_auto(Loaded) loaded = drops_load(&folder);
    g_autofree char *before = vintages_text(loaded.store, NULL);
    static const char AFTER[] = "2021-01-31 2020-12 41\n2021-02-28 2020-12 42\n2021-03-31 2020-12 41\n2021-03-31 2021-02 43\n";
    WmWithdrawResult result;
    withdraw(&loaded, &(WmWithdrawRequest){.drop = 2, .day = WM_NO_DAY, .is_dry_run = TRUE}, &result);
    g_autofree char *dry = vintages_text(loaded.store, NULL);
    assert_string_equal(dry, before);
    assert_false(folder_has(&folder, "drops/withdrawn.csv"));
    assert_int_equal(result.n_changed, 1);
    assert_int_equal(result.day, day_of("2021-03-31")); /* the latest drop's */

    withdraw(&loaded, &(WmWithdrawRequest){.drop = 2, .day = WM_NO_DAY, .note = "wrong, sent twice"}, &result);
    g_autofree char *after = vintages_text(loaded.store, NULL), *file = folder_read(&folder, "drops/withdrawn.csv");
    assert_string_equal(after, AFTER);
    assert_contains(file, "drops/2021-02-28/y.csv,2021-02-28,2021-03-31,");
    assert_contains(file, ",\"wrong, sent twice\"\n");

    store_remove(&folder);
    g_auto(Loaded) rebuilt = drops_load(&folder); /* from the drops folder alone */
    g_autofree char *anew = vintages_text(rebuilt.store, NULL);
    assert_string_equal(anew, AFTER);
    assert_int_equal(wm_problems_n(rebuilt.problems), 0);

    withdraw(&rebuilt, &(WmWithdrawRequest){.drop = 2, .is_restore = TRUE}, &result);
    g_autofree char *restored = vintages_text(rebuilt.store, NULL);
    assert_string_equal(restored, before);
    assert_int_equal(result.n_changed, 1);
}

static void a_withdrawal_counts_what_counted_on_its_day(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", ONE("41")}, {"drops/2021-03-31/y.csv", ONE("42")});
    g_auto(Loaded) loaded = drops_load(&folder);
    WmWithdrawResult then, later, back;
    withdraw(&loaded, &(WmWithdrawRequest){.drop = 1, .day = day_of("2021-04-30"), .is_dry_run = TRUE}, &later);
    withdraw(&loaded, &(WmWithdrawRequest){.drop = 1, .day = day_of("2021-02-15")}, &then);
    withdraw(&loaded, &(WmWithdrawRequest){.drop = 1, .is_restore = TRUE}, &back);
    assert_int_equal(later.n_changed, 0); /* the second drop counts by then */
    assert_int_equal(then.n_changed, 1);
    assert_int_equal(back.n_changed, 1);
}

static void a_month_as_at_a_withdrawal_shows_what_is_left(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", ONE("41")}, {"drops/2021-02-28/y.csv", ONE("42")});
    g_auto(Loaded) loaded = drops_load(&folder);
    WmWithdrawResult result;
    withdraw(&loaded, &(WmWithdrawRequest){.drop = 2, .day = day_of("2021-03-15")}, &result);
    g_auto(Loaded) before = month_load(&folder, "2021-03-14"), after = month_load(&folder, NULL);
    assert_near(series_of(before.month, "PCT", "", "")->readings[0].value, 42, 0);
    assert_near(series_of(after.month, "PCT", "", "")->readings[0].value, 41, 0);
    assert_int_equal(after.month->as_at, day_of("2021-03-15"));
    assert_int_equal(after.month->previous_as_at, day_of("2021-02-28"));
}

/* What was wrong with a file that no longer counts need trouble nobody; that it was withdrawn is told. */
static void a_report_tells_of_a_withdrawal(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"drops/2021-01-31/x.csv", ONE("41")}, {"drops/2021-02-28/y.csv", DROP_HEADER "PCT,,,Dec-20,900%,,,,\n"});
    g_auto(Loaded) loaded = drops_load(&folder), before = month_load(&folder, NULL);
    assert_int_equal(problem_count(before.month->problems, "outside_bounds"), 1);
    WmWithdrawResult result;
    withdraw(&loaded, &(WmWithdrawRequest){.drop = 2, .day = day_of("2021-03-15")}, &result);
    g_auto(Loaded) after = month_load(&folder, NULL);
    assert_int_equal(problem_count(after.month->problems, "outside_bounds"), 0);
    g_autoptr(WmDocument) document = wm_report_exception(after.month, NULL);
    g_autoptr(GBytes) html = wm_document_to_html(document, NULL);
    g_autofree char *text = g_strndup(g_bytes_get_data(html, NULL), g_bytes_get_size(html));
    assert_contains(text, "drops/2021-02-28/y.csv, withdrawn 15 Mar 2021");
}

static void an_unknown_drop_cannot_be_withdrawn(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", ONE("41")});
    g_auto(Loaded) loaded = drops_load(&folder);
    g_autoptr(GError) error = NULL;
    WmWithdrawResult result;
    assert_false(wm_ingest_withdraw(loaded.store, loaded.plan, &(WmWithdrawRequest){.drop = 7, .day = WM_NO_DAY}, &result, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_contains(error->message, "there is no drop 7; ");
    assert_false(folder_has(&folder, "drops/withdrawn.csv"));
}

int main(void)
{
    ADD(a_delivered_file_is_kept_as_it_came);
    ADD(another_file_of_that_name_gets_a_number_and_counts);
    ADD(the_later_of_a_day_stands_last_however_many_came);
    ADD(a_file_that_stands_before_another_of_its_day_says_so);
    ADD(a_change_back_on_the_same_day_is_a_new_drop);
    ADD(one_of_two_drops_of_one_content_is_withdrawn);
    ADD(a_change_back_on_a_later_day_is_a_new_drop);
    ADD(a_file_that_lies_there_already_is_taken_where_it_lies);
    ADD(the_same_file_twice_is_a_no_op);
    ADD(a_refused_file_leaves_nothing_behind);
    ADD(a_dry_run_leaves_nothing_behind);
    ADD(a_file_that_is_not_there_says_so);
    ADD(a_part_left_by_a_killed_process_is_no_obstacle);
    ADD(refused_rows_are_written_to_a_file);
    ADD(a_withdrawal_lasts_is_kept_with_the_drops_and_can_be_taken_back);
    ADD(a_withdrawal_counts_what_counted_on_its_day);
    ADD(a_month_as_at_a_withdrawal_shows_what_is_left);
    ADD(a_report_tells_of_a_withdrawal);
    ADD(an_unknown_drop_cannot_be_withdrawn);
    return run_cases("delivery");
}
