/* The month: what is judged, since when, what changed, and in which order the board sees it. */
#include <math.h>
#include <string.h>

#include "data/fixture_month.h"
#include "engine/core/answers/trend_model.h"

#define INDICATORS(rows) "indicators.csv", INDICATORS_HEADER rows
#define PCT_ONLY         INDICATORS("PCT,Plans on time,T1,percent,%,higher,month,0,100,1\n")
#define NO_TARGETS       "targets.csv", "indicator,unit,due,target\n"
#define NO_BASELINES     "baselines.csv", "indicator,unit,value,qualifier,as_at\n"

/* Plan: 40% in August 2020 to 50% in August 2021, one indicator; what is given is drops and more. */
#define PCT_PLAN(...)                                                                     \
    PLAN_FOLDER({PCT_ONLY}, {"baselines.csv", "indicator,value,as_at\nPCT,40,2020-08\n"}, \
                {"targets.csv", "indicator,due,target\nPCT,2021-08,52%\n"}, __VA_ARGS__)

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

/* The chance of the milestone is that of the plan's own model on the series' readings, whichever it is. */
static void the_plans_model_gives_the_chance(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"holt", "llt", "theil_sen", "logit_linear"};
    for (size_t i = 0; i < N_ELEMENTS(NAMES); i++) {
        const char *ini = text_of("[plan]\ntitle = Test plan\narea = Ourland\nstart = 2020-09-01\n[model]\nmodel = %s\n", NAMES[i]);
        g_auto(Folder) folder =
            PCT_PLAN({"plan.ini", ini}, {"drops/2021-05-31/x.csv", DROP_HEADER
                                         "PCT,,,Sep-20,41,,,,\nPCT,,,Oct-20,44,,,,\nPCT,,,Nov-20,43,,,,\nPCT,,,Dec-20,47,,,,\n"
                                         "PCT,,,Jan-21,46,,,,\nPCT,,,Feb-21,50,,,,\nPCT,,,Mar-21,49,,,,\nPCT,,,Apr-21,51,,,,\n"
                                         "PCT,,,May-21,50,,,,\n"});
        g_auto(Loaded) loaded = month_load(&folder, NULL);
        const WmSeries *series = series_of(loaded.month, "PCT", "", "");
        const WmForecastGroup group = {.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100};
        WmPrior prior;
        wm_prior_builtin(&group, &prior);
        WmTrendScratch scratch = {.forecast = NULL};
        WmTrendAhead ahead;
        WmTrendOptions options = {.prior = &prior, .models = &scratch, .ahead = &ahead, .is_percent = true};
        assert_true(wm_model_parse(NAMES[i], &options.model));
        WmTrend trend;
        wm_trend_fit(series->readings, series->n_readings, &options, &trend);
        const WmDistribution y = wm_trend_predict(&trend, trend.t_last + 3); /* August */
        assert_int_equal(series->assessment.trend.model, options.model);
        assert_false(wm_trend_is_line(&series->assessment.trend));
        assert_near(series->assessment.next.chance, wm_distribution_chance(&y, &series->measure, 52), 1e-12);
        wm_trend_scratch_clear(&scratch);
        wm_prior_clear(&prior);
    }
}

#define STEPPING                                                                                                            \
    DROP_HEADER "PCT,,,Sep-20,41,,,,\nPCT,,,Oct-20,42,,,,\nPCT,,,Nov-20,40,,,,\nPCT,,,Dec-20,43,,,,\nPCT,,,Jan-21,41,,,,\n" \
                "PCT,,,Feb-21,50,,,,\nPCT,,,Mar-21,53,,,,\nPCT,,,Apr-21,51,,,,\nPCT,,,May-21,52,,,,\n"

/* The effect of an intervention is in the month whatever the plan's model: of a straight line by analysis of covariance, by hand:
 * means 41.4 and 51.5 at t = 3 and 7.5, sums of squares and products within the groups 15 and 3, so the slope is 0.2 and the step
 * 10.1 - 4.5 * 0.2. */
static void the_effect_of_an_intervention_is_that_of_the_plans_model(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"auto", "ols", "huber", "holt", "level"};
    for (size_t i = 0; i < N_ELEMENTS(NAMES); i++) {
        const char *ini = text_of("[plan]\ntitle = Test plan\narea = Ourland\nstart = 2020-09-01\n[model]\nmodel = %s\n", NAMES[i]);
        g_auto(Folder) folder =
            PCT_PLAN({"plan.ini", ini}, {"events.csv", "indicator,unit,period,kind,title\nPCT,,Feb-21,intervention,New team\n"},
                     {"drops/2021-05-31/x.csv", STEPPING});
        g_auto(Loaded) loaded = month_load(&folder, NULL);
        const WmAssessment *a = &series_of(loaded.month, "PCT", "", "")->assessment;
        assert_int_equal(wm_period_end(a->effect.period), day_of("2021-02-28"));
        assert_near(a->effect.effect, 9.5, 2.5);
        assert_true(a->effect.low < a->effect.effect && a->effect.effect < a->effect.high && a->effect.chance > 0.8);
        if (a->trend.model == WM_MODEL_OLS) {
            assert_near(a->effect.effect, 9.2, 1e-9);
            assert_near(a->achieved_pace, 0.2, 1e-9);
            assert_near(wm_trend_level(&a->trend, a->trend.t_last + 1), 52, 1e-9);
        }
    }
}

/* Two indicators with the same readings: the one by its own model, the other by the plan's. */
static void an_indicator_may_have_a_model_of_its_own(void **state)
{
    (void)state;
    const PlanFile indicators = {"indicators.csv",
                                 "indicator,title,kind,polarity,frequency,low,high,model\nOWN,Own,percent,higher,month,0,100,ses\n"
                                 "PLANS,Plan's,percent,higher,month,0,100,\n"},
                   targets = {"targets.csv", "indicator,due,target\nOWN,2021-08,52%\nPLANS,2021-08,52%\n"},
                   baselines = {"baselines.csv", "indicator,value,as_at\nOWN,40,2020-08\nPLANS,40,2020-08\n"};
    g_autoptr(GString) drop = g_string_new(DROP_HEADER);
    for (int i = 0; i < 9; i++)
        g_string_append_printf(drop, "OWN,,,%d-%02d,%d,,,,\nPLANS,,,%d-%02d,%d,,,,\n", 2020 + (8 + i) / 12, (8 + i) % 12 + 1,
                               41 + i + i % 2, 2020 + (8 + i) / 12, (8 + i) % 12 + 1, 41 + i + i % 2);
    g_auto(Folder) folder = PLAN_FOLDER(indicators, targets, baselines, {"drops/2021-05-31/x.csv", drop->str});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmAssessment *own = &series_of(loaded.month, "OWN", "", "")->assessment,
                       *plans = &series_of(loaded.month, "PLANS", "", "")->assessment;
    assert_string_equal(wm_model_name(own->trend.model), "ses");
    assert_string_equal(wm_model_name(plans->trend.model), "ols");
    assert_true(wm_trend_is_line(&plans->trend) && !wm_trend_is_line(&own->trend));
    assert_true(own->next.chance < plans->next.chance - 0.1); /* a level that stays, where a line goes on */
}

/* A straight line that no event steps is drawn as one. */
static void an_intervention_after_the_readings_leaves_the_straight_line(void **state)
{
    (void)state;
    g_auto(Folder) folder = PCT_PLAN({"events.csv", "indicator,unit,period,kind,title\nPCT,,Jun-21,intervention,New team\n"},
                                     {"drops/2021-05-31/x.csv", STEPPING});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmAssessment *a = &series_of(loaded.month, "PCT", "", "")->assessment;
    assert_true(wm_trend_is_line(&a->trend));
    assert_int_equal(a->effect.period.kind, WM_PERIOD_NONE);
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

/* A change of each kind, by the sentence that tells it. */
typedef struct {
    const char *name;
    const char *first, *second; /* rows of the drops of January and of the as-at */
    const char *as_at;
    const char *changes; /* every change as `kind: text` */
} ChangeCase;

static const ChangeCase CHANGE_CASES[] = {
    {"nothing_changed", "PCT,,,Dec-20,44,,,,\n", "PCT,,,Jan-21,45,,,,\n", "2021-02-28", ""},
    {"an_exception_opened", "PCT,,,Dec-20,44,,,,\n", "PCT,,,Jan-21,42,,,,\n", "2021-02-28",
     "exception_opened: Plans on time: amber, was green.\n"},
    {"an_exception_closed", "PCT,,,Dec-20,41,,,,\n", "PCT,,,Jan-21,45,,,,\n", "2021-02-28",
     "exception_closed: Plans on time: green, was amber.\n"},
    {"a_status_got_worse", "PCT,,,Dec-20,41,,,,\n", "PCT,,,Jan-21,30,,,,\n", "2021-02-28",
     "status_worse: Plans on time: red, was amber.\n"},
    {"a_status_got_better", "PCT,,,Dec-20,30,,,,\n", "PCT,,,Jan-21,42,,,,\n", "2021-02-28",
     "status_better: Plans on time: amber, was red.\n"},
    {"a_material_revision", "PCT,,,Dec-20,44,,,,\nPCT,,,Jan-21,45,,,,\n", "PCT,,,Dec-20,43,,,,\n", "2021-02-28",
     "revision: Plans on time: Dec 2020 was revised from 44.0% to 43.0%.\n"},
    {"an_immaterial_revision", "PCT,,,Dec-20,44,,,,\nPCT,,,Jan-21,45,,,,\n", "PCT,,,Dec-20,43.1,,,,\n", "2021-02-28", ""},
    {"a_figure_withdrawn", "PCT,,,Dec-20,44,,,,\nPCT,,,Jan-21,45,,,,\n", "PCT,,,Dec-20,[c],,,,\n", "2021-02-28", "revision: "},
    {"a_milestone_met", "PCT,,,Jul-21,52,,,,\n", "PCT,,,Aug-21,52,,,,\n", "2021-09-30",
     "milestone_met: Plans on time: the Aug 2021 milestone of 52% was met at 52.0%.\n"},
    {"a_milestone_missed", "PCT,,,Jul-21,51,,,,\n", "PCT,,,Aug-21,51,,,,\n", "2021-09-30",
     "milestone_missed: Plans on time: the Aug 2021 milestone of 52% was missed at 51.0%.\n"},
};

static void tells_the_change(void **state)
{
    const ChangeCase *row = *state;
    g_auto(Folder) folder = PCT_PLAN({"drops/2021-01-31/x.csv", text_of(DROP_HEADER "%s", row->first)},
                                     {text_of("drops/%s/x.csv", row->as_at), text_of(DROP_HEADER "%s", row->second)});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autoptr(GString) changes = g_string_new(NULL);
    for (size_t i = 0; i < loaded.month->n_changes; i++)
        g_string_append_printf(changes, "%s: %s\n", wm_change_kind_name(loaded.month->changes[i].kind),
                               loaded.month->changes[i].text);
    if (*row->changes)
        assert_contains(changes->str, row->changes);
    else
        assert_string_equal(changes->str, "");
}

/* No survey comes in August, so that June's judges; its month is told. */
static void a_milestone_is_told_with_the_period_that_judged_it(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({INDICATORS("PCT,Plans on time,T1,percent,%,higher,half,0,100,1\n")},
                                        {"baselines.csv", "indicator,value,as_at\nPCT,40,2020-06\n"},
                                        {"targets.csv", "indicator,due,target\nPCT,2021-08,52%\n"},
                                        {"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,44,,,,\n"},
                                        {"drops/2021-09-30/x.csv", DROP_HEADER "PCT,,,Jun-21,51,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    bool is_told = false;
    for (size_t i = 0; i < loaded.month->n_changes; i++)
        is_told = is_told || strcmp(loaded.month->changes[i].text,
                                    "Plans on time: the Aug 2021 milestone of 52% was missed at 51.0% in Jun 2021.") == 0;
    assert_true(is_told);
}

static void without_an_earlier_drop_nothing_has_changed(void **state)
{
    (void)state;
    g_auto(Folder) folder = PCT_PLAN({"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,30,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_int_equal(loaded.month->n_changes, 0);
    assert_int_equal(loaded.month->series[0].previous.as_at, WM_NO_DAY);
}

typedef struct {
    const char *name;
    const char *row; /* of overrides.csv, after the indicator */
    const char *as_at;
    WmRag status;
} OverrideCase;

static const OverrideCase OVERRIDE_CASES[] = {
    {"in_force", ",red,why,Head,2021-01,2021-06", "2021-03-31", WM_RED},
    {"before_it_begins", ",red,why,Head,2021-04,2021-06", "2021-03-31", WM_GREEN},
    {"on_its_last_day", ",red,why,Head,2021-01,2021-03", "2021-03-31", WM_RED},
    {"after_its_last_day", ",red,why,Head,2021-01,2021-02", "2021-03-31", WM_GREEN},
    {"without_dates", ",red,why,Head,,", "2021-03-31", WM_RED},
    {"of_the_area_by_name", "Ourland,red,why,Head,,", "2021-03-31", WM_RED},
    {"of_every_unit", "*,red,why,Head,,", "2021-03-31", WM_RED},
    {"of_another_unit", "N1,red,why,Head,,", "2021-03-31", WM_GREEN},
    {"of_several_the_last_that_began", ",amber,why,Head,2021-01,\nPCT,,red,why,Head,2021-03,\nPCT,,blue,why,Head,2021-02,",
     "2021-03-31", WM_RED},
    {"of_several_of_one_day_the_last_row", ",amber,why,Head,,\nPCT,,red,why,Head,,", "2021-03-31", WM_RED},
    {"its_own_before_every_units", ",red,why,Head,2021-01,\nPCT,*,blue,why,Head,2021-03,", "2021-03-31", WM_RED},
};

static void an_override_stands(void **state)
{
    const OverrideCase *row = *state;
    g_auto(Folder) folder =
        PCT_PLAN({"overrides.csv", text_of("indicator,unit,status,reason,by_role,from,expires\nPCT,%s\n", row->row)},
                 {"drops/2021-03-31/x.csv", DROP_HEADER "PCT,,,Feb-21,46,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, row->as_at);
    const WmAssessment *a = &series_of(loaded.month, "PCT", "", "")->assessment;
    assert_int_equal(a->verdict.status, row->status);
    assert_int_equal(a->verdict.mark == WM_OVERRIDDEN, row->status == WM_RED);
    if (row->status != WM_RED)
        return;
    const WmReason *last = &a->reasons[a->n_reasons - 1]; /* the engine's own status is kept beside it */
    assert_int_equal(last->code, WM_REASON_OVERRIDDEN);
    assert_near(last->a, WM_GREEN, 0);
    assert_int_equal(wm_verdict_computed(a->verdict), WM_GREEN);
}

static void an_override_that_ran_out_is_told(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PCT_PLAN({"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,,red,why,Head,2021-01,2021-02\n"},
                 {"drops/2021-03-31/x.csv", DROP_HEADER "PCT,,,Feb-21,46,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_contains(problem_of(loaded.month->problems, "override_expired")->message, "the override of PCT ran out on 28 Feb 2021");
    const WmSeries *series = &loaded.month->series[0];
    assert_int_equal(series->override.state, WM_OVERRIDE_EXPIRED);
    assert_int_equal(series->override.status, WM_RED);
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    assert_contains(csv, ",green,expired,red,Head,why,2021-01-01,2021-02-28,,,,Plans on time,");
}

static void both_statuses_are_told(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PCT_PLAN({"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,,red,why,Head,2021-03,\n"},
                 {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,46,,,,\n"},
                 {"drops/2021-03-31/x.csv", DROP_HEADER "PCT,,,Feb-21,46,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    assert_contains(csv, ",green,in_force,red,Head,why,2021-03-01,,,,,Plans on time,");
    assert_string_equal(loaded.month->changes[0].text, "Plans on time: red, set by a person (green by the figures), was green.");
}

typedef struct {
    const char *name;
    const char *row; /* of overrides.csv */
    const char *change;
} SetCase;

/* By the figures it is red at the end of January. */
static const SetCase SET_CASES[] = {
    {"a_person_makes_nothing_better", "PCT,,amber,why,Head,2021-02,\n",
     "status_set: Plans on time: amber, set by a person (red by the figures), was red."},
    {"nor_does_it_get_worse_when_that_runs_out", "PCT,,amber,why,Head,2021-01,2021-01-31\n",
     "status_set: Plans on time: red, was amber, set by a person (red by the figures)."},
    {"one_persons_word_after_anothers", "PCT,,red,why,Head,2021-01,2021-01-31\nPCT,,amber,why,Head,2021-02,\n",
     "status_set: Plans on time: amber, set by a person (red by the figures), was red, set by a person (red by the figures)."},
};

static void what_a_person_sets_is_no_movement(void **state)
{
    const SetCase *row = *state;
    g_auto(Folder) folder = PCT_PLAN({"overrides.csv", text_of("indicator,unit,status,reason,by_role,from,expires\n%s", row->row)},
                                     {"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,30,,,,\n"},
                                     {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,30,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_int_equal(loaded.month->n_changes, 1);
    g_autofree char *change =
        g_strdup_printf("%s: %s", wm_change_kind_name(loaded.month->changes[0].kind), loaded.month->changes[0].text);
    assert_string_equal(change, row->change);
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
    ADD(the_plans_model_gives_the_chance);
    ADD(the_effect_of_an_intervention_is_that_of_the_plans_model);
    ADD(an_intervention_after_the_readings_leaves_the_straight_line);
    ADD(an_indicator_may_have_a_model_of_its_own);
    ADD(first_raised_is_the_start_of_the_unbroken_run);
    ADD(how_the_store_was_filled_plays_no_part);
    ADD_TABLE(CHANGE_CASES, tells_the_change);
    ADD(without_an_earlier_drop_nothing_has_changed);
    ADD(a_milestone_is_told_with_the_period_that_judged_it);
    ADD_TABLE(OVERRIDE_CASES, an_override_stands);
    ADD(an_override_that_ran_out_is_told);
    ADD(both_statuses_are_told);
    ADD_TABLE(SET_CASES, what_a_person_sets_is_no_movement);
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
