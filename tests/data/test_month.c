/* The month: what is judged, since when, by which data, and in which order the board sees it. */
#include <string.h>

#include "data/fixture_month.h"

#define INDICATORS(rows) "indicators.csv", INDICATORS_HEADER rows
#define NO_TARGETS       "targets.csv", "indicator,unit,due,target\n"

static void nothing_received_is_no_month(void **state)
{
    (void)state;
    g_auto(Folder) folder = PCT_PLAN({NULL, NULL});
    g_auto(Loaded) loaded = drops_load(&folder);
    g_autoptr(GError) error = NULL;
    assert_null(wm_month_new(loaded.plan, loaded.store, WM_NO_DAY, WM_NO_DAY, loaded.problems, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_contains(error->message, "no drop has been received; put a file under drops/YYYY-MM-DD/, or give --as-at DATE");
}

static void an_as_at_before_every_drop_judges_an_empty_world(void **state)
{
    (void)state;
    g_auto(Folder) folder = PCT_PLAN({"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,44,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, "2020-08-15");
    assert_int_equal(loaded.month->n_drops, 0);
    assert_int_equal(loaded.month->n_series, 1);
    assert_int_equal(loaded.month->previous_as_at, WM_NO_DAY);
    assert_int_equal(loaded.month->series[0].n_readings, 0);
    assert_int_equal(loaded.month->series[0].assessment.verdict.status, WM_WHITE); /* before the plan's start */
}

static void the_as_at_is_the_latest_drop_and_the_previous_the_one_before(void **state)
{
    (void)state;
    g_auto(Folder) folder = PCT_PLAN({"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,44,,,,\n"},
                                     {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,45,,,,\n"},
                                     {"drops/2021-02-28/y.csv", DROP_HEADER "PCT,,,Feb-21,46,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_int_equal(loaded.month->as_at, day_of("2021-02-28"));
    assert_int_equal(loaded.month->previous_as_at, day_of("2021-01-31"));
    assert_int_equal(loaded.month->n_drops, 3);
    g_auto(Loaded) between = month_load(&folder, "2021-02-27");
    assert_int_equal(between.month->previous_as_at, day_of("2021-01-31"));
}

static void gap_and_position_follow_the_path(void **state)
{
    (void)state;
    g_auto(Folder) folder = PCT_PLAN({"drops/2021-03-31/x.csv", DROP_HEADER "PCT,,,Feb-21,44,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmAssessment *a = &series_of(loaded.month, "PCT", "", "")->assessment;
    assert_near(a->trajectory, 46, 1e-12);
    assert_near(a->gap, -2, 1e-12);
    assert_near(a->months_gap.months, -2, 1e-9);
    assert_int_equal(a->position, WM_NEAR);
    assert_near(a->required_pace, 8.0 / 6, 1e-12);
}

/* Amber from February on; green in April; amber again since May: the second run counts. */
static void first_raised_is_the_start_of_the_unbroken_run(void **state)
{
    (void)state;
    g_auto(Folder) folder = PCT_PLAN({"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,44,,,,\n"},
                                     {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Dec-20,41,,,,\n"},
                                     {"drops/2021-04-30/x.csv", DROP_HEADER "PCT,,,Dec-20,44,,,,put right\n"},
                                     {"drops/2021-05-31/x.csv", DROP_HEADER "PCT,,,Dec-20,42,,,,\n"},
                                     {"drops/2021-06-30/x.csv", DROP_HEADER "PCT,,,Jan-21,42,,,,\n"});
    static const struct {
        const char *as_at, *raised;
    } EXPECTED[] = {{"2021-01-31", NULL}, {"2021-02-28", "2021-02-28"}, {"2021-04-29", "2021-02-28"},
                    {"2021-04-30", NULL}, {"2021-05-31", "2021-05-31"}, {"2021-06-30", "2021-05-31"}};
    for (size_t i = 0; i < N_ELEMENTS(EXPECTED); i++) {
        g_auto(Loaded) loaded = month_load(&folder, EXPECTED[i].as_at);
        const WmSeries *series = series_of(loaded.month, "PCT", "", "");
        assert_int_equal(series->is_exception, EXPECTED[i].raised != NULL);
        assert_int_equal(series->first_raised, EXPECTED[i].raised ? day_of(EXPECTED[i].raised) : WM_NO_DAY);
    }
}

/* The month of a plan, its store filled in one go or drop by drop, in and out of order: the same. */
static void how_the_store_was_filled_plays_no_part(void **state)
{
    (void)state;
    static const PlanFile DROPS[] = {
        {"drops/2021-01-31/b.csv", DROP_HEADER "PCT,,,Nov-20,43,,,,\nPCT,,,Dec-20,44,,,,\n"},
        {"drops/2021-02-28/a.csv", DROP_HEADER "PCT,,,Dec-20,43,,,,\nPCT,,,Jan-21,45,,,,\n"},
        {"drops/2021-02-28/b.csv", DROP_HEADER "PCT,,,Jan-21,46,,,,\nPCT,,,Feb-21,47,,,,\n"},
    };
    static const size_t ORDERS[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}};
    g_autofree char *first = NULL;
    for (size_t i = 0; i < N_ELEMENTS(ORDERS); i++) {
        g_auto(Folder) folder = PCT_PLAN({NULL, NULL});
        for (size_t k = 0; k < 3; k++) {
            folder_write(&folder, DROPS[ORDERS[i][k]].name, DROPS[ORDERS[i][k]].text);
            g_auto(Loaded) step = drops_load(&folder);
            assert_non_null(step.store);
        }
        g_auto(Loaded) loaded = month_load(&folder, NULL);
        g_autofree char *csv = wm_month_to_csv(loaded.month);
        g_autofree char *all =
            g_strdup_printf("%zu new, %zu changes\n%s", loaded.month->n_new_readings, loaded.month->n_changes, csv);
        if (!first)
            first = g_steal_pointer(&all);
        else
            assert_string_equal(all, first);
    }
    assert_contains(first, "2 new, 1 changes\n");
}

static void exceptions_come_worst_first(void **state)
{
    (void)state;
    static const char *const IDS[] = {"A", "B", "C", "D", "E"};
    static const double VALUES[] = {42.5, 20, 45, 41.5, 30}; /* C is on plan */
    g_autoptr(GString) indicators = g_string_new(INDICATORS_HEADER), baselines = g_string_new("indicator,value,as_at\n");
    g_autoptr(GString) targets = g_string_new("indicator,due,target\n"), drop = g_string_new(DROP_HEADER);
    for (size_t i = 0; i < N_ELEMENTS(IDS); i++) {
        g_string_append_printf(indicators, "%s,%s,T1,percent,%%,higher,month,0,100,1\n", IDS[i], IDS[i]);
        g_string_append_printf(baselines, "%s,40,2020-08\n", IDS[i]);
        g_string_append_printf(targets, "%s,2021-08,52%%\n", IDS[i]);
        g_string_append_printf(drop, "%s,,,Jan-21,%g,,,,\n", IDS[i], VALUES[i]);
    }
    g_auto(Folder) folder = PLAN_FOLDER({"indicators.csv", indicators->str}, {"baselines.csv", baselines->str},
                                        {"targets.csv", targets->str}, {"drops/2021-02-28/x.csv", drop->str});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autoptr(GString) order = g_string_new(NULL);
    for (size_t i = 0; i < loaded.month->n_exceptions; i++)
        g_string_append(order, loaded.month->series[loaded.month->exceptions[i]].indicator);
    assert_string_equal(order->str, "BEDA");
    assert_int_equal(loaded.month->n_status[WM_RED], 2);
    assert_int_equal(loaded.month->n_status[WM_AMBER], 2);
    assert_int_equal(loaded.month->n_status[WM_GREEN], 1);
}

static void series_come_by_indicator_unit_and_cohort(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"drops/2021-02-28/x.csv", DROP_HEADER "DUR,S1,,Jan-21,20,,,,\nPCT,S1,b,Jan-21,40,,,,\nPCT,S1,a,Jan-21,40,,,,\n"
                                                           "PCT,,,Jan-21,40,,,,\nPCT,N1,z,Jan-21,40,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autoptr(GString) order = g_string_new(NULL);
    for (size_t i = 0; i < loaded.month->n_series; i++)
        g_string_append_printf(order, "%s/%s/%s ", loaded.month->series[i].indicator, loaded.month->series[i].unit,
                               loaded.month->series[i].cohort);
    assert_string_equal(order->str, "PCT// PCT/N1/z PCT/S1/a PCT/S1/b DUR/S1/ CNT// YES// ACY// ");
}

static void a_unit_is_called_by_its_name(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-02-28/x.csv", DROP_HEADER "PCT,S1,,Jan-21,40,,,,\nPCT,,,Jan-21,40,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_string_equal(series_of(loaded.month, "PCT", "S1", "")->unit_name, "South");
    assert_string_equal(series_of(loaded.month, "PCT", "", "")->unit_name, "Ourland");
    assert_string_equal(series_of(loaded.month, "PCT", "", "")->owner_role, "Head of SEND"); /* the theme's, for want of its own */
}

typedef struct {
    const char *name;
    const char *file, *text;
    WmReasonCode reason;
} GreyCase;

static const GreyCase GREY_CASES[] = {
    {"a_baseline_to_be_confirmed_before_the_first_milestone", "baselines.csv", "indicator,value,qualifier\nPCT,,tbc\n",
     WM_REASON_BASELINE_TBC},
    {"a_new_measure_before_the_first_milestone", "baselines.csv", "indicator,value,qualifier\nPCT,,new_measure\n",
     WM_REASON_BASELINE_TBC},
    {"no_target", NO_TARGETS, WM_REASON_NO_TARGET},
    {"only_targets_to_be_confirmed", "targets.csv", "indicator,due,target\nPCT,2021-08,TBC\n", WM_REASON_TARGET_UNRESOLVED},
    {"no_polarity", INDICATORS("PCT,P,T1,percent,%,none,month,0,100,1\n"), WM_REASON_NO_POLARITY},
    {"words", INDICATORS("PCT,P,T1,text,,higher,month,,,\n"), WM_REASON_NOT_NUMERIC},
};

static void is_grey_with_the_reason(void **state)
{
    const GreyCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({row->file, row->text}, {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,40,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmAssessment *a = &series_of(loaded.month, "PCT", "", "")->assessment;
    assert_int_equal(a->verdict.status, WM_GREY);
    assert_int_equal(a->reasons[0].code, row->reason);
    assert_true(strlen(series_of(loaded.month, "PCT", "", "")->sentence) > 0);
}

typedef struct {
    const char *name;
    const char *rows;
    const char *code;
    const char *message;
} DataCase;

static const DataCase DATA_CASES[] = {
    {"a_late_reading", "PCT,,,Nov-20,44,,,,\n", "late_reading",
     "the latest reading of PCT is for Nov 2020; Jan 2021 was due by now"},
    {"a_reading_in_time", "PCT,,,Jan-21,44,,,,\n", NULL, NULL},
    {"a_value_and_counts_that_differ", "PCT,,,Jan-21,44,1,3,,\n", "value_and_counts_differ",
     "PCT in Jan 2021 is given as 44.0, but its counts give 33.3"},
    {"a_value_and_counts_that_agree_as_published", "PCT,,,Jan-21,33.3,1,3,,\n", NULL, NULL},
    {"a_reading_of_the_future", "PCT,,,Jan-21,44,,,,\nPCT,,,Apr-21,44,,,,\n", "future_reading",
     "PCT has 1 reading of periods that begin after the as-at date; not used"},
};

static void the_data_are_checked(void **state)
{
    const DataCase *row = *state;
    g_auto(Folder) folder = PCT_PLAN({"drops/2021-03-15/x.csv", text_of(DROP_HEADER "%s", row->rows)});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autofree char *list = problem_list(loaded.month->problems, WM_SEVERITY_INFO);
    if (!row->code)
        assert_string_equal(list, "");
    else
        assert_contains(problem_of(loaded.month->problems, row->code)->message, row->message);
}

static void what_is_made_up_is_marked(void **state)
{
    (void)state;
    g_auto(Folder) folder = PCT_PLAN({"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,44,,,,illustrative\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_true(loaded.month->is_illustrative);
    assert_true(loaded.month->series[0].is_illustrative);
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    assert_contains(csv, ",illustrative,none,"); /* data_note, then basis */
}

/* Somerset's 20-week timeliness as published: behind at the end of 2019's reading, ahead in 2021's path, the milestone of January
 * 2022 missed. */
static void published_timeliness_is_told_as_at_each_year(void **state)
{
    (void)state;
    g_auto(Folder) folder = dataset_folder_new("somerset-published");
    g_auto(Loaded) loaded = month_load(&folder, "2022-05-31");
    gboolean is_missed = FALSE;
    for (size_t i = 0; i < loaded.month->n_series; i++) {
        const WmSeries *series = &loaded.month->series[i];
        if (strstr(series->sentence, "75%") && strstr(series->sentence, "missed at 64.7%"))
            is_missed = TRUE;
    }
    assert_true(is_missed);
}

static const char *const DATASETS[] = {"somerset-app-2023",      "somerset-published",    "somerset-scrutiny-2023",
                                       "somerset-strategy-2023", "somerset-tracker-2025", "somerset-wsoa-2020",
                                       "south-glos-wsoa-2018"};

static void the_data_set_has_a_month(void **state)
{
    g_auto(Folder) folder = dataset_folder_new(*state);
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_true(loaded.month->n_series >= loaded.plan->n_indicators);
    for (size_t i = 0; i < loaded.month->n_series; i++) {
        const WmSeries *series = &loaded.month->series[i];
        assert_true(series->assessment.n_reasons > 0); /* no status without a reason */
        assert_true(strlen(series->sentence) > 0);
        assert_int_equal(series->is_exception, series->first_raised != WM_NO_DAY);
    }
}

int main(void)
{
    ADD(nothing_received_is_no_month);
    ADD(an_as_at_before_every_drop_judges_an_empty_world);
    ADD(the_as_at_is_the_latest_drop_and_the_previous_the_one_before);
    ADD(gap_and_position_follow_the_path);
    ADD(first_raised_is_the_start_of_the_unbroken_run);
    ADD(how_the_store_was_filled_plays_no_part);
    ADD(exceptions_come_worst_first);
    ADD(series_come_by_indicator_unit_and_cohort);
    ADD(a_unit_is_called_by_its_name);
    ADD_TABLE(GREY_CASES, is_grey_with_the_reason);
    ADD_TABLE(DATA_CASES, the_data_are_checked);
    ADD(what_is_made_up_is_marked);
    ADD(published_timeliness_is_told_as_at_each_year);
    for (size_t i = 0; i < N_ELEMENTS(DATASETS); i++)
        add_case(text_of("%s has a month", DATASETS[i]), the_data_set_has_a_month, DATASETS[i]);
    return run_cases("month");
}
