/* Real or noise, in the month: which chart and why, what its limits rest on, and what it says of target and path. */
#include <math.h>

#include "data/fixture_signals.h"

/* ---- which chart, and why ---- */

typedef struct {
    const char *name;
    Setup setup;
    WmSpcChart chart;
    WmSpcReason reason;
} ChartCase;

static const ChartCase CHARTS[] = {
    {"a_percent_of_a_few_hundred_is_a_p_chart", {.denominator = 200}, WM_SPC_P, WM_SPC_REASON_SMALL_DENOMINATORS},
    {"a_percent_of_thousands_is_laneys", {.denominator = 5000}, WM_SPC_PP, WM_SPC_REASON_LARGE_DENOMINATORS},
    {"a_percent_without_counts_is_xmr", {0}, WM_SPC_XMR, WM_SPC_REASON_NO_DENOMINATORS},
    {"small_counts_are_c", {.kind = "count", .bounds = "0,"}, WM_SPC_C, WM_SPC_REASON_SMALL_COUNTS},
    {"weeks_are_xmr", {.kind = "duration", .bounds = "0,"}, WM_SPC_XMR, WM_SPC_REASON_MEASUREMENT},
    {"the_plan_may_force_one", {.model = "chart = xmr", .denominator = 200}, WM_SPC_XMR, WM_SPC_REASON_FORCED},
    {"and_an_indicator_its_own", {.model = "chart = xmr", .chart = "run,,", .denominator = 200}, WM_SPC_RUN, WM_SPC_REASON_FORCED},
    {"which_may_be_auto_again",
     {.model = "chart = xmr", .chart = "auto,,", .denominator = 200},
     WM_SPC_P,
     WM_SPC_REASON_SMALL_DENOMINATORS},
    {"what_lacks_the_numbers_says_so", {.chart = "p,,"}, WM_SPC_P, WM_SPC_REASON_FORCED_NO_DENOMINATORS},
};

static void chooses_the_chart_with_its_reason(void **state)
{
    static const double VALUES[] = {NOISE, END};
    const ChartCase *c = *state;
    g_auto(Loaded) loaded = setup_month(&c->setup, VALUES);
    const WmSeries *series = only(&loaded);
    if (c->reason == WM_SPC_REASON_FORCED_NO_DENOMINATORS) {
        assert_false(series->signals.is_charted); /* nothing can be drawn */
        return;
    }
    assert_int_equal(series->signals.chart, c->chart);
    assert_int_equal(series->signals.chart_reason, c->reason);
    g_autofree char *csv = wm_month_to_csv(loaded.month), *json = wm_month_to_json(loaded.month);
    assert_contains(csv, text_of(",%s,%s,", wm_spc_chart_name(c->chart), wm_spc_reason_name(c->reason)));
    assert_contains(json, text_of("\"chart_reason\":\t\"%s\"", wm_spc_reason_name(c->reason)));
}

/* ---- limits ---- */

typedef struct {
    const char *name;
    Setup setup;
    double values[MOST_N];
    size_t n_phases, n_used; /* behind the latest limits */
    const char *phase_from;
    double centre;
} LimitCase;

static const LimitCase LIMITS[] = {
    {"from_every_reading", {0}, {LOW_THEN_HIGH, END}, 1, 24, "2020-01", 60.5},
    {"fixed_from_the_first_twelve", {.model = "fix_after = 12"}, {LOW_THEN_HIGH, END}, 1, 12, "2020-01", 50.5},
    {"fixed_by_the_indicator", {.chart = ",,12"}, {LOW_THEN_HIGH, END}, 1, 12, "2020-01", 50.5},
    {"which_may_fix_nothing", {.model = "fix_after = 12", .chart = ",,0"}, {LOW_THEN_HIGH, END}, 1, 24, "2020-01", 60.5},
    {"rebased_at_a_break", {.events = "PCT,2021-01,break,New rules\n"}, {LOW_THEN_HIGH, END}, 2, 12, "2021-01", 70.5},
    {"rebased_and_fixed",
     {.model = "fix_after = 4", .events = "PCT,2021-01,break,New rules\n"},
     {LOW_THEN_HIGH, END},
     2,
     4,
     "2021-01",
     71},
    {"without_an_outlier", {.events = "PCT,2020-03,outlier,Strike\n"}, {NOISE, END}, 1, 11, "2020-01", 557.0 / 11},
    {"an_intervention_moves_nothing",
     {.events = "PCT,2021-01,intervention,New team\n"},
     {LOW_THEN_HIGH, END},
     1,
     24,
     "2020-01",
     60.5},
    {"suppressed_readings_are_passed_over", {0}, {50, NAN, 52, 50, 52, NAN, NAN, 50, 52, 50, 52, END}, 1, 8, "2020-01", 51},
    {"set_afresh_by_ssa_where_the_plan_asks",
     {.model = "establish = ssa\nperiod_min = 12"},
     {LOW_THEN_HIGH, END},
     2,
     12,
     "2021-01",
     70.5},
    {"or_the_indicator", {.model = "period_min = 12", .chart = ",ssa,"}, {LOW_THEN_HIGH, END}, 2, 12, "2021-01", 70.5},
    {"and_not_where_it_does_not",
     {.model = "establish = ssa\nperiod_min = 12", .chart = ",no,"},
     {LOW_THEN_HIGH, END},
     1,
     24,
     "2020-01",
     60.5},
};

static void sets_the_limits(void **state)
{
    const LimitCase *c = *state;
    g_auto(Loaded) loaded = setup_month(&c->setup, c->values);
    const WmSignals *signals = &only(&loaded)->signals;
    char period[WM_PERIOD_TEXT];
    assert_int_equal(signals->n_phases, c->n_phases);
    assert_int_equal(signals->latest.n_used, c->n_used);
    assert_string_equal(wm_period_format_iso(signals->phase_from, period), c->phase_from);
    assert_near(signals->latest.centre, c->centre, 1e-9);
}

static void where_ssa_is_not_asked_for_it_is_suggested_with_its_evidence(void **state)
{
    (void)state;
    static const double VALUES[] = {LOW_THEN_HIGH, END};
    const Setup setup = {.model = "period_min = 12"};
    g_auto(Loaded) loaded = setup_month(&setup, VALUES);
    const WmProblem *problem = problem_of(loaded.month->problems, "limits_could_be_reestablished");
    assert_int_equal(problem->severity, WM_SEVERITY_INFO);
    assert_string_equal(problem->message, "PCT: limits could be re-established from Jan 2021: 12 months in a row above the mean of "
                                          "50.5% until then; from there the mean is 70.5% (limits 61.6% to 79.4%)");
    assert_int_equal(only(&loaded)->signals.n_phases, 1); /* suggested, not done */
}

typedef struct {
    const char *name;
    Setup setup;
    double values[MOST_N];
} QuietCase;

static const QuietCase NOT_SUGGESTED[] = {
    {"nothing_is_suggested_of_noise", {.model = "period_min = 6"}, {NOISE, NOISE, END}},
    {"nor_where_the_plan_asks_for_it", {.model = "period_min = 12\nestablish = ssa"}, {LOW_THEN_HIGH, END}},
    {"nor_where_a_break_says_it_already", {.model = "period_min = 12", .events = "PCT,2021-01,break,x\n"}, {LOW_THEN_HIGH, END}},
    {"nor_where_limits_are_fixed", {.model = "period_min = 12\nfix_after = 12"}, {LOW_THEN_HIGH, END}},
    {"nor_before_limits_could_be_set", {.model = ""}, {LOW_THEN_HIGH, END}},
};

static void suggests_nothing(void **state)
{
    const QuietCase *c = *state;
    g_auto(Loaded) loaded = setup_month(&c->setup, c->values);
    assert_int_equal(problem_count(loaded.month->problems, "limits_could_be_reestablished"), 0);
}

/* ---- assurance ---- */

typedef struct {
    const char *name;
    Setup setup;
    double values[MOST_N];
    WmAssurance assurance;
    WmAssuranceOf of;
    double target;
} AssuranceCase;

static const AssuranceCase ASSURANCES[] = {
    {"constant_at_100_against_95_is_a_pass",
     {.targets = "PCT,2021-03,95%\n"},
     {ALWAYS(100), END},
     WM_ASSURANCE_PASS,
     WM_ASSURANCE_OF_MILESTONE,
     95},
    {"constant_at_90_against_95_is_a_fail",
     {.targets = "PCT,2021-03,95%\n"},
     {ALWAYS(90), END},
     WM_ASSURANCE_FAIL,
     WM_ASSURANCE_OF_MILESTONE,
     95},
    {"far_above_a_target_is_a_pass",
     {.targets = "PCT,2021-03,30%\n"},
     {NOISE, END},
     WM_ASSURANCE_PASS,
     WM_ASSURANCE_OF_MILESTONE,
     30},
    {"far_below_is_a_fail", {.targets = "PCT,2021-03,75%\n"}, {NOISE, END}, WM_ASSURANCE_FAIL, WM_ASSURANCE_OF_MILESTONE, 75},
    {"within_the_limits_is_inconsistent",
     {.targets = "PCT,2021-03,52%\n"},
     {NOISE, END},
     WM_ASSURANCE_INCONSISTENT,
     WM_ASSURANCE_OF_MILESTONE,
     52},
    {"without_a_target_there_is_none", {0}, {NOISE, END}, WM_ASSURANCE_NONE, WM_ASSURANCE_OF_MILESTONE, NAN},
    {"of_steps_the_latest_that_is_due",
     {.policy = "trajectory = step", .targets = "PCT,2020-06,30%\nPCT,2020-10,75%\n"},
     {NOISE, END},
     WM_ASSURANCE_FAIL,
     WM_ASSURANCE_OF_PATH,
     75},
    {"of_steps_not_one_that_is_still_ahead",
     {.policy = "trajectory = step", .targets = "PCT,2020-06,30%\nPCT,2021-10,75%\n"},
     {NOISE, END},
     WM_ASSURANCE_PASS,
     WM_ASSURANCE_OF_PATH,
     30},
    {"of_milestones_the_next",
     {.model = "assurance = milestone", .baseline = "PCT,45,2020-01\n", .targets = "PCT,2020-06,30%\nPCT,2021-10,75%\n"},
     {NOISE, END},
     WM_ASSURANCE_FAIL,
     WM_ASSURANCE_OF_MILESTONE,
     75},
    {"the_latest_phase_counts_not_the_first",
     {.targets = "PCT,2022-03,62%\n", .events = "PCT,2021-01,break,x\n"},
     {NOISE, 90, 93, 89, 92, 87, 91, 94, 88, 90, 92, 89, 91, END},
     WM_ASSURANCE_PASS,
     WM_ASSURANCE_OF_MILESTONE,
     62},
    {"a_process_that_keeps_above_its_rising_path_passes",
     {.baseline = "PCT,40,2020-01\n", .targets = "PCT,2021-01,64%\n"},
     {50, 53, 53, 57, 58, 61, 62, 65, 66, 69, 70, 73, END},
     WM_ASSURANCE_PASS,
     WM_ASSURANCE_OF_PATH,
     62},
    {"one_that_keeps_below_it_fails",
     {.baseline = "PCT,60,2020-01\n", .targets = "PCT,2021-01,84%\n"},
     {50, 53, 53, 57, 58, 61, 62, 65, 66, 69, 70, 73, END},
     WM_ASSURANCE_FAIL,
     WM_ASSURANCE_OF_PATH,
     82},
    {"one_about_its_path_is_inconsistent",
     {.baseline = "PCT,51,2020-01\n", .targets = "PCT,2021-01,75%\n"},
     {50, 54, 53, 58, 58, 62, 62, 66, 66, 70, 70, 74, END},
     WM_ASSURANCE_INCONSISTENT,
     WM_ASSURANCE_OF_PATH,
     73},
    {"a_path_that_stands_still_is_a_target", /* met since the start: 40% and 40% */
     {.baseline = "PCT,40,2019-12\n", .targets = "PCT,2021-01,40%\n"},
     {50, 53, 49, 52, 50, 51, 52, 48, 50, 52, 49, 51, END},
     WM_ASSURANCE_PASS,
     WM_ASSURANCE_OF_PATH,
     40},
};

static void judges_the_target(void **state)
{
    const AssuranceCase *c = *state;
    g_auto(Loaded) loaded = setup_month(&c->setup, c->values);
    const WmSignals *signals = &only(&loaded)->signals;
    assert_int_equal(signals->assurance, c->assurance);
    assert_int_equal(signals->assurance_of, c->of);
    assert_near(signals->target, c->target, 0.1); /* months are not of one length */
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    assert_contains(csv, text_of(",%s,%s,", wm_effect_name(signals->variation), wm_assurance_name(c->assurance)));
}

/* ---- too little to be heard ---- */

static const AssuranceCase MUTE[] = {
    {"two_readings", {.targets = "PCT,2021-03,95%\n"}, {92, 27, END}, .target = 95},
    {"seven_readings_and_a_shock", {.targets = "PCT,2021-03,30%\n"}, {50, 51, 50, 52, 51, 50, 5, END}, .target = 30},
    {"limits_of_no_width", {.targets = "PCT,2022-03,95%\n"}, {ALWAYS(100), ALWAYS(100), 98, END}, .target = 95},
    {"noughts_and_a_one", {.targets = "PCT,2022-03,2%\n"}, {ALWAYS(0), ALWAYS(0), 1, END}, .target = 2},
    {"fewer_readings_than_ssa_asks_for",
     {.model = "establish = ssa\nperiod_min = 21", .targets = "PCT,2021-03,75%\n"},
     {NOISE, END},
     .target = 75},
    {"a_few_since_the_break",
     {.targets = "PCT,2021-08,30%\n", .events = "PCT,2021-01,break,x\n"},
     {NOISE, 90, 93, 89, 92, 40, END},
     .target = 30},
};

/* What counts signals and what lists them agree: neither knows of this one. */
static void says_nothing(void **state)
{
    const AssuranceCase *c = *state;
    g_auto(Loaded) loaded = setup_month(&c->setup, c->values);
    const WmSeries *series = only(&loaded);
    assert_true(series->signals.is_charted);
    assert_int_equal(series->signals.variation, WM_EFFECT_COMMON);
    assert_int_equal(series->signals.assurance, WM_ASSURANCE_NONE);
    assert_near(series->signals.target, c->target, 1e-9);
    assert_false(wm_series_has_signal(series));
    assert_true(isnan(series->signals.chance.p_value));
    assert_int_equal(loaded.month->signals.n_judged, 0);
    assert_int_equal(loaded.month->signals.n_signals, 0);
}

static void limits_that_are_still_missing_are_told_of(void **state)
{
    (void)state;
    static const double VALUES[] = {NOISE, 70, 73, 69, 72, 67, 71, END};
    const Setup setup = {.model = "establish = ssa\nperiod_min = 8", .events = "PCT,2021-01,break,New rules\n"};
    g_auto(Loaded) loaded = setup_month(&setup, VALUES);
    const WmProblem *problem = problem_of(loaded.month->problems, "limits_not_set_yet");
    assert_int_equal(problem->severity, WM_SEVERITY_INFO);
    assert_string_equal(problem->message, "PCT: no limits since Jan 2021: 6 of the 8 readings that period_min asks for");
    const Setup without = {.events = setup.events};
    g_auto(Loaded) plain = setup_month(&without, VALUES);
    assert_int_equal(problem_count(plain.month->problems, "limits_not_set_yet"), 0);
}

static void nothing_is_said_against_a_milestone_that_is_met_and_held(void **state)
{
    (void)state;
    static const double CLIMB[] = {10, 20, 30, 40, 50, 60, 70, 80, 96, 97, 98, 98, END};
    const Setup setup = {.model = "assurance = milestone", .targets = "PCT,2020-10,95%\n"};
    g_auto(Loaded) loaded = setup_month(&setup, CLIMB);
    WmSeries series = *only(&loaded);
    assert_int_equal(series.assessment.verdict.status, WM_BLUE);
    assert_int_equal(series.signals.assurance, WM_ASSURANCE_NONE);
    WmSpcScratch *scratch = wm_spc_scratch_new();
    WmSpc spc;
    assert_int_equal(wm_series_chart(&series, scratch, &spc), WM_OK);
    assert_int_equal(spc.assurance, WM_ASSURANCE_NONE);
    series.assessment.verdict.status = WM_AMBER; /* the same limits, were it not held */
    assert_int_equal(wm_series_chart(&series, scratch, &spc), WM_OK);
    assert_int_not_equal(spc.assurance, WM_ASSURANCE_NONE);
    wm_spc_scratch_free(scratch);
}

static void a_deliverable_has_no_control_chart(void **state)
{
    (void)state;
    static const double VALUES[] = {NOISE, END};
    const Setup setup = {.targets = "PCT,2021-03,95%\n"};
    g_auto(Loaded) loaded = setup_month(&setup, VALUES);
    WmSeries series = *only(&loaded);
    WmSpcScratch *scratch = wm_spc_scratch_new();
    WmSpc spc;
    series.measure.kind = WM_KIND_YES_NO;
    assert_int_equal(wm_series_chart(&series, scratch, &spc), WM_OK);
    assert_int_equal(spc.i_last, SIZE_MAX);
    assert_int_equal(spc.assurance, WM_ASSURANCE_NONE);
    assert_true(isnan(spc.points[0].centre) && isnan(spc.points[0].target));
    wm_spc_scratch_free(scratch);
}

/* ---- settings that cannot be read ---- */

typedef struct {
    const char *name, *model, *code;
} BadCase;

static const BadCase BAD[] = {
    {"an_unknown_chart", "chart = pie", "unknown_word"},           {"unknown_rules", "rules = western", "unknown_word"},
    {"an_unknown_algorithm", "establish = magic", "unknown_word"}, {"a_length_of_no_pattern", "lengths = run 1", "bad_lengths"},
    {"limits_from_one_reading", "fix_after = 1", "bad_count"},
};

static void is_reported_and_the_default_used(void **state)
{
    static const double VALUES[] = {NOISE, END};
    const BadCase *c = *state;
    const Setup setup = {.model = c->model};
    g_auto(Loaded) loaded = setup_month(&setup, VALUES);
    const WmProblem *problem = problem_of(loaded.month->problems, c->code);
    assert_string_equal(problem->file, "plan.ini");
    assert_int_equal(problem->line, 5);
    assert_int_equal(only(&loaded)->signals.chart, WM_SPC_XMR);
    assert_int_equal(only(&loaded)->signals.latest.n_used, 12);
}

int main(void)
{
    ADD_TABLE(CHARTS, chooses_the_chart_with_its_reason);
    ADD_TABLE(LIMITS, sets_the_limits);
    ADD(where_ssa_is_not_asked_for_it_is_suggested_with_its_evidence);
    ADD_TABLE(NOT_SUGGESTED, suggests_nothing);
    ADD_TABLE(ASSURANCES, judges_the_target);
    ADD_TABLE(MUTE, says_nothing);
    ADD(limits_that_are_still_missing_are_told_of);
    ADD(nothing_is_said_against_a_milestone_that_is_met_and_held);
    ADD(a_deliverable_has_no_control_chart);
    ADD_TABLE(BAD, is_reported_and_the_default_used);
    return run_cases("series_signals");
}
