/* The store looked over, copied, and asked for its history. */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "data/fixture_store.h"

static Folder two_drops(void)
{
    return PLAN_FOLDER({"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,50,10,20,,\nPCT,,,Nov-20,900%,,,,\n"},
                       {"drops/2021-02-28/y.csv", DROP_HEADER "PCT,,,Dec-20,50,,,,illustrative\nPCT,,,Jan-21,c,,,,\n"},
                       {"drops/2021-03-31/z.csv", DROP_HEADER "PCT,,,Dec-20,52.5,21,40,,\nPCT,,,Jan-21,44,,,provisional,\n"});
}

typedef struct {
    const char *name;
    const char *sql;         /* what happens to the store; NULL: nothing */
    const char *file, *text; /* what happens to a file; NULL: nothing. No text: it goes */
    const char *code, *message;
} FaultCase;

static const FaultCase FAULT_CASES[] = {
    {"a_sound_store_has_no_fault", NULL, NULL, NULL, NULL, NULL},
    {"a_changed_byte_of_a_block", "UPDATE blocks SET data = CAST(x'00' || substr(data, 2) AS BLOB) WHERE drop_id = 1", NULL, NULL,
     "damaged_block", "drop 1 is damaged: its bytes have changed"},
    {"a_lost_block", "DELETE FROM blocks WHERE drop_id = 2", NULL, NULL, "wrong_count",
     "drop 2 says 2 readings and 0 refused rows, and holds 0 and 0"},
    {"a_lost_refused_row", "DELETE FROM quarantine", NULL, NULL, "wrong_count",
     "drop 1 says 1 readings and 1 refused rows, and holds 1 and 0"},
    {"a_drop_that_says_it_spans_other_periods", "UPDATE drops SET last = last - 16 WHERE id = 2", NULL, NULL, "wrong_count",
     "drop 2 says that its readings span other periods than they do"},
    {"a_reference_to_nothing", "UPDATE quarantine SET drop_id = 99", NULL, NULL, "broken_reference",
     "a row of quarantine refers to one of drops that is not there"},
    {"a_file_that_has_gone", NULL, "drops/2021-02-28/y.csv", NULL, "missing_file", "the store has it"},
    {"a_file_that_was_edited", NULL, "drops/2021-02-28/y.csv", DROP_HEADER, "changed_file", "it is not what it was"},
    {"a_file_that_was_not_taken", NULL, "drops/2021-03-31/new.csv", DROP_HEADER, "untaken_file", "and is not in the store"},
    {"a_withdrawal_that_the_store_has_not", "UPDATE drops SET withdrawn = 18700 WHERE id = 1", NULL, NULL, "other_withdrawals",
     "it and the store do not agree"},
};

static void is_found(void **state)
{
    const FaultCase *row = *state;
    g_auto(Folder) folder = two_drops();
    g_auto(Loaded) loaded = drops_load(&folder);
    if (row->sql)
        store_execute(&folder, row->sql);
    g_autofree char *path = folder_path(&folder, row->file ? row->file : "nothing");
    if (row->file && !row->text)
        assert_int_equal(g_remove(path), 0);
    if (row->text)
        folder_write(&folder, row->file, row->text);
    g_autoptr(WmProblems) problems = wm_problems_new();
    assert_true(wm_ingest_verify(loaded.store, loaded.plan, problems, NULL));
    if (row->code)
        assert_contains(problem_of(problems, row->code)->message, row->message);
    else
        assert_int_equal(wm_problems_n(problems), 0);
}

static void a_damaged_page_is_found(void **state)
{
    (void)state;
    g_auto(Folder) folder = two_drops();
    g_auto(Loaded) loaded = drops_load(&folder);
    g_clear_pointer(&loaded.store, wm_store_close);
    gsize length;
    g_autofree char *path = folder_path(&folder, "waymark.db"), *bytes = NULL;
    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    memset(bytes + length - 4096, 0x5a, 4096);
    folder_write_bytes(&folder, "waymark.db", bytes, length);
    loaded.store = store_in(&folder);
    g_autoptr(WmProblems) problems = wm_problems_new();
    wm_store_check(loaded.store, problems, NULL);
    assert_true(problem_count(problems, "damaged_store") > 0);
}

static void a_backup_is_the_store(void **state)
{
    (void)state;
    g_auto(Folder) folder = two_drops();
    g_auto(Loaded) loaded = drops_load(&folder);
    g_autofree char *path = folder_path(&folder, "safe/copy.db");
    assert_true(wm_store_backup(loaded.store, path, false, NULL));
    g_autoptr(WmStore) copy = wm_store_open(path, NULL);
    g_autofree char *was = vintages_text(loaded.store, NULL), *is = vintages_text(copy, NULL);
    assert_string_equal(is, was);
    assert_false(folder_has(&folder, "safe/.copy.db.part"));

    g_autoptr(GError) error = NULL;
    assert_false(wm_store_backup(loaded.store, path, false, &error));
    assert_contains(error->message, "there is a file of that name; choose another name, or give --force");
    assert_true(wm_store_backup(loaded.store, path, true, NULL));
}

static void a_damaged_store_is_not_backed_up(void **state)
{
    (void)state;
    g_auto(Folder) folder = two_drops();
    g_auto(Loaded) loaded = drops_load(&folder);
    g_clear_pointer(&loaded.store, wm_store_close);
    gsize length;
    g_autofree char *path = folder_path(&folder, "waymark.db"), *bytes = NULL, *to = folder_path(&folder, "copy.db");
    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    memset(bytes + length - 4096, 0x5a, 4096);
    folder_write_bytes(&folder, "waymark.db", bytes, length);
    loaded.store = store_in(&folder);
    g_autoptr(GError) error = NULL;
    assert_false(wm_store_backup(loaded.store, to, false, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_FILE));
    assert_false(folder_has(&folder, "copy.db") || folder_has(&folder, ".copy.db.part"));
}

static char *history_text(const Loaded *loaded, const WmHistoryRequest *request)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) list = wm_history_read(loaded->plan, loaded->store, request, &error);
    if (!list)
        return g_strdup(error->message);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++) {
        char period[WM_PERIOD_TEXT];
        const WmHistoryEntry *one = &g_array_index(list, WmHistoryEntry, i);
        g_string_append_printf(out, "%s %d %g/%g %s %g %d%s%s%s\n", wm_period_format_iso(one->reading.period, period),
                               (int)one->drop, isnan(one->reading.value) ? -1 : one->reading.value,
                               isnan(one->reading.denominator) ? -1 : one->reading.denominator,
                               wm_reading_state_name(one->reading.state), isnan(one->change) ? -1 : one->change, (int)one->what,
                               one->is_in_force ? " counts" : "", one->withdrawn != WM_NO_DAY ? " withdrawn " : " ", one->note);
    }
    return g_string_free(out, FALSE);
}

static void history_shows_every_vintage(void **state)
{
    (void)state;
    g_auto(Folder) folder = two_drops();
    g_auto(Loaded) loaded = drops_load(&folder);
    WmHistoryRequest request = {.indicator = "PCT", .unit = "", .cohort = "", .as_at = WM_NO_DAY};
    g_autofree char *all = history_text(&loaded, &request);
    assert_string_equal(all, "2020-12 1 50/20 final -1 0 \n"
                             "2020-12 2 50/20 final 0 2 illustrative\n"
                             "2020-12 3 52.5/40 final 2.5 1 counts \n"
                             "2021-01 2 -1/-1 suppressed -1 0 \n"
                             "2021-01 3 44/-1 provisional -1 1 counts \n");
    request.as_at = day_of("2021-03-15");
    assert_true(wm_period_parse("Jan-21", WM_PERIOD_FINANCIAL_YEAR, &request.period));
    g_autofree char *then = history_text(&loaded, &request);
    assert_string_equal(then, "2021-01 2 -1/-1 suppressed -1 0 counts \n");
    assert_true(wm_store_set_withdrawn(loaded.store, 3, day_of("2021-04-01"), NULL, NULL));
    request.as_at = WM_NO_DAY;
    g_autofree char *withdrawn = history_text(&loaded, &request);
    assert_string_equal(withdrawn, "2021-01 2 -1/-1 suppressed -1 0 counts \n2021-01 3 44/-1 provisional -1 1 withdrawn \n");
}

static void history_says_what_there_is_where_it_has_none(void **state)
{
    (void)state;
    g_auto(Folder) folder = two_drops();
    g_auto(Loaded) loaded = drops_load(&folder);
    g_autofree char *unknown = history_text(&loaded, &(WmHistoryRequest){.indicator = "XXX", .unit = "", .cohort = ""});
    assert_contains(unknown, "there is no indicator “XXX”; use an id of its first column");
    g_autofree char *other =
        history_text(&loaded, &(WmHistoryRequest){.indicator = "PCT", .unit = "N1", .cohort = "", .as_at = WM_NO_DAY});
    assert_contains(other, "PCT has no readings of N1; it has readings of: the plan's own area");
}

int main(void)
{
    ADD_TABLE(FAULT_CASES, is_found);
    ADD(a_damaged_page_is_found);
    ADD(a_backup_is_the_store);
    ADD(a_damaged_store_is_not_backed_up);
    ADD(history_shows_every_vintage);
    ADD(history_says_what_there_is_where_it_has_none);
    return run_cases("store_check");
}
