/* From readings, path and policy to a status: every cell of the policy, what is grey, what is white. What milestones make of it is
 * in test_assess_milestones.c. */
#include <waymark/assess.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

/* ---- the policy's table ---- */

typedef struct {
    const char *name;
    double level; /* of a flat path; the last reading is 40.0 */
    WmOutlook outlook;
    WmPosition position;
    WmRag status;
    WmMark mark;
} PolicyCase;

static const PolicyCase POLICY[] = {
    {"on, likely: green", 40.5, WM_LIKELY, WM_ON, WM_GREEN, WM_PLAIN},
    {"on, uncertain: green, watch", 40.5, WM_UNCERTAIN, WM_ON, WM_GREEN, WM_WATCH},
    {"on, unlikely: amber, early warning", 40.5, WM_UNLIKELY, WM_ON, WM_AMBER, WM_EARLY_WARNING},
    {"on, none: green, position only", 40.5, WM_OUTLOOK_NONE, WM_ON, WM_GREEN, WM_POSITION_ONLY},
    {"near, likely: green", 43, WM_LIKELY, WM_NEAR, WM_GREEN, WM_PLAIN},
    {"near, uncertain: amber", 43, WM_UNCERTAIN, WM_NEAR, WM_AMBER, WM_PLAIN},
    {"near, unlikely: red", 43, WM_UNLIKELY, WM_NEAR, WM_RED, WM_PLAIN},
    {"near, none: amber, position only", 43, WM_OUTLOOK_NONE, WM_NEAR, WM_AMBER, WM_POSITION_ONLY},
    {"off, likely: amber, recovering", 50, WM_LIKELY, WM_OFF, WM_AMBER, WM_RECOVERING},
    {"off, uncertain: amber", 50, WM_UNCERTAIN, WM_OFF, WM_AMBER, WM_PLAIN},
    {"off, unlikely: red", 50, WM_UNLIKELY, WM_OFF, WM_RED, WM_PLAIN},
    {"off, none: red, position only", 50, WM_OUTLOOK_NONE, WM_OFF, WM_RED, WM_POSITION_ONLY},
};

/* The thresholds are moved past the chance, whatever it is, so that each outlook comes about. */
static void set_outlook(WmPolicy *policy, WmOutlook outlook)
{
    policy->likely_from = outlook == WM_LIKELY ? 0 : 2;
    policy->uncertain_from = outlook == WM_UNLIKELY ? 2 : 0;
}

static void a_cell_of_the_policy_decides(void **state)
{
    const PolicyCase *row = *state;
    const double values[] = {41, 38, 41, 40};
    Plan plan;
    plan_init(&plan, percent_measure(), row->level, "Jan 2021", "2021-05-31");
    plan_milestone(&plan, "Dec 2021", row->level);
    if (row->outlook == WM_OUTLOOK_NONE)
        plan_readings(&plan, "Apr 2021", values + 3, 1);
    else
        plan_readings(&plan, "Jan 2021", values, 4);
    set_outlook(&plan.policy, row->outlook);
    plan.input.policy = &plan.policy;
    const WmAssessment a = plan_assess(&plan);
    assert_string_equal(wm_position_name(a.position), wm_position_name(row->position));
    assert_string_equal(wm_outlook_name(a.outlook), wm_outlook_name(row->outlook));
    check_verdict(&a, row->status, row->mark);
}

/* 1, 2, 4, 3 from January to April: 0.5 + 0.8 t, Student with 2 df and scale 1.5 at t = 5. With 2 df, P(T > t) = 1/2 - t / (2
 * sqrt(2 + t^2)), which is 0.2 at t = 1.0606602: a target of 4.5 + 1.5 * 1.0606602. */
static WmAssessment assess_small(double target, const WmPolicy *policy)
{
    const double values[] = {1, 2, 4, 3};
    Plan plan;
    plan_init(&plan, measure_of(WM_KIND_SCORE, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, 1), 1, "Jan 2021", "2021-04-30");
    plan_milestone(&plan, "May 2021", target);
    plan_readings(&plan, "Jan 2021", values, 4);
    plan.input.policy = policy;
    return plan_assess(&plan);
}

static void a_chance_is_that_of_the_predictive_distribution(void **state)
{
    (void)state;
    const double at_a_fifth = 4.5 + 1.5 * 1.0606601717798212;
    assert_near(assess_small(4.5, NULL).next.chance, 0.5, 1e-9);
    assert_near(assess_small(at_a_fifth, NULL).next.chance, 0.2, 1e-9);
    assert_int_equal(assess_small(4.5, NULL).outlook, WM_LIKELY);
    assert_int_equal(assess_small(4.6, NULL).outlook, WM_UNCERTAIN);
    assert_int_equal(assess_small(at_a_fifth, NULL).outlook, WM_UNCERTAIN);
    assert_int_equal(assess_small(at_a_fifth + 0.01, NULL).outlook, WM_UNLIKELY);
    WmPolicy strict = wm_policy_default();
    strict.likely_from = 0.6;
    assert_int_equal(assess_small(4.5, &strict).outlook, WM_UNCERTAIN);
}

typedef struct {
    const char *name;
    WmKind kind;
    WmPolarity polarity;
    double tolerance, near;
    double level, value;
    WmPosition position;
} PositionCase;

static const PositionCase POSITIONS[] = {
    {"percent: one point below is on", WM_KIND_PERCENT, WM_POLARITY_HIGHER, NAN, NAN, 50, 49, WM_ON},
    {"percent: a little more is near", WM_KIND_PERCENT, WM_POLARITY_HIGHER, NAN, NAN, 50, 48.99, WM_NEAR},
    {"percent: five points below is near", WM_KIND_PERCENT, WM_POLARITY_HIGHER, NAN, NAN, 50, 45, WM_NEAR},
    {"percent: a little more is off", WM_KIND_PERCENT, WM_POLARITY_HIGHER, NAN, NAN, 50, 44.99, WM_OFF},
    {"percent: far above is on", WM_KIND_PERCENT, WM_POLARITY_HIGHER, NAN, NAN, 50, 90, WM_ON},
    {"count: 2% over is on, lower is better", WM_KIND_COUNT, WM_POLARITY_LOWER, NAN, NAN, 200, 204, WM_ON},
    {"count: 10% over is near, lower is better", WM_KIND_COUNT, WM_POLARITY_LOWER, NAN, NAN, 200, 220, WM_NEAR},
    {"count: more is off, lower is better", WM_KIND_COUNT, WM_POLARITY_LOWER, NAN, NAN, 200, 221, WM_OFF},
    {"weeks of the indicator's own: on", WM_KIND_DURATION, WM_POLARITY_LOWER, 0.5, 2, 12, 12.5, WM_ON},
    {"weeks of the indicator's own: near", WM_KIND_DURATION, WM_POLARITY_LOWER, 0.5, 2, 12, 14, WM_NEAR},
    {"weeks of the indicator's own: off", WM_KIND_DURATION, WM_POLARITY_LOWER, 0.5, 2, 12, 14.5, WM_OFF},
    {"a negative level: 2% of its size", WM_KIND_SCORE, WM_POLARITY_HIGHER, NAN, NAN, -2, -2.04, WM_ON},
    {"a negative level: more is near", WM_KIND_SCORE, WM_POLARITY_HIGHER, NAN, NAN, -2, -2.05, WM_NEAR},
    {"plan: within the tolerance above", WM_KIND_PERCENT, WM_POLARITY_PLAN, NAN, NAN, 10, 11, WM_ON},
    {"plan: within the tolerance below", WM_KIND_PERCENT, WM_POLARITY_PLAN, NAN, NAN, 10, 9, WM_ON},
    {"plan: near above", WM_KIND_PERCENT, WM_POLARITY_PLAN, NAN, NAN, 10, 15, WM_NEAR},
    {"plan: off below", WM_KIND_PERCENT, WM_POLARITY_PLAN, NAN, NAN, 10, 4, WM_OFF},
};

static void a_position_is_that_of_its_band(void **state)
{
    const PositionCase *row = *state;
    WmMeasure measure = measure_of(row->kind, row->polarity, WM_FREQUENCY_MONTH, 2);
    measure.tolerance = row->tolerance;
    measure.near = row->near;
    Plan plan;
    plan_init(&plan, measure, row->level, "Jan 2021", "2021-05-31");
    plan_milestone(&plan, "Dec 2021", row->level);
    plan_reading(&plan, "Apr 2021", row->value);
    const WmAssessment a = plan_assess(&plan);
    assert_string_equal(wm_position_name(a.position), wm_position_name(row->position));
    static const WmReasonCode CODES[] = {
        [WM_ON] = WM_REASON_ON_PLAN, [WM_NEAR] = WM_REASON_NEAR_PLAN, [WM_OFF] = WM_REASON_OFF_PLAN};
    assert_true(has_reason(&a, CODES[row->position]));
    assert_near(get_reason(&a, CODES[row->position])->a, a.gap, 0);
}

/* ---- grey ---- */

static void words_are_not_judged(void **state)
{
    (void)state;
    Plan plan;
    plan_init(&plan, measure_of(WM_KIND_TEXT, WM_POLARITY_PLAN, WM_FREQUENCY_MONTH, 0), 0, "Jan 2021", "2021-05-31");
    plan_milestone(&plan, "Dec 2021", 1);
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_GREY, WM_PLAIN);
    assert_int_equal(a.n_reasons, 1);
    assert_int_equal(a.reasons[0].code, WM_REASON_NOT_NUMERIC);
}

static void without_a_polarity_nothing_is_judged(void **state)
{
    (void)state;
    const double values[] = {40, 45, 43, 47};
    WmMeasure measure = percent_measure();
    measure.polarity = WM_POLARITY_NONE;
    Plan plan;
    plan_init(&plan, measure, 40, "Jan 2021", "2021-05-31");
    plan_milestone(&plan, "Mar 2021", 50);
    plan_milestone(&plan, "Dec 2021", 50);
    plan_readings(&plan, "Jan 2021", values, 4);
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_GREY, WM_PLAIN);
    assert_true(has_reason(&a, WM_REASON_NO_POLARITY));
    assert_true(isnan(a.gap) && isnan(a.next.chance));
    assert_int_equal(a.position, WM_POSITION_NONE);
    assert_int_equal(a.outlook, WM_OUTLOOK_NONE);
    assert_int_equal(a.expected, WM_NO_DAY);
}

static void without_a_target_nothing_is_judged(void **state)
{
    (void)state;
    Plan plan;
    plan_init(&plan, percent_measure(), 40, "Jan 2021", "2021-05-31");
    plan_reading(&plan, "Apr 2021", 45);
    WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_GREY, WM_PLAIN);
    assert_true(has_reason(&a, WM_REASON_NO_TARGET));
    assert_true(a.has_value);
    assert_true(isnan(a.gap) && isnan(a.trajectory)); /* a baseline alone plans nothing */
    plan.input.n_unresolved = 2;
    a = plan_assess(&plan);
    check_verdict(&a, WM_GREY, WM_PLAIN);
    assert_true(has_reason(&a, WM_REASON_TARGET_UNRESOLVED));
    assert_false(has_reason(&a, WM_REASON_NO_TARGET));
}

static void without_a_baseline_the_path_starts_at_the_first_milestone(void **state)
{
    (void)state;
    Plan plan;
    plan_init_without_baseline(&plan, percent_measure(), "2021-06-30");
    plan_milestone(&plan, "Jul 2021", 50);
    plan_milestone(&plan, "Jan 2022", 75);
    plan_reading(&plan, "May 2021", 45);
    WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_GREY, WM_PLAIN);
    assert_int_equal(a.reasons[0].code, WM_REASON_BASELINE_TBC);
    check_day(a.reasons[0].day, "2021-07-31");
    assert_true(isnan(a.gap) && isnan(a.baseline));
    assert_int_equal(a.months_gap.bound, WM_MONTHS_NONE);

    plan.input.as_at = day_of("2021-08-31");
    plan_reading(&plan, "Jul 2021", 51);
    plan_reading(&plan, "Aug 2021", 53);
    a = plan_assess(&plan);
    assert_false(has_reason(&a, WM_REASON_BASELINE_TBC));
    assert_near(a.trajectory, 50 + 25.0 / 6, 1e-9);
    assert_int_equal(a.position, WM_NEAR);
    /* 53% is 1.17 points below, and on the path at 0.72 months of 6 */
    assert_near(a.months_gap.months, 6 * 3 / 25.0 - 1, 1e-9);
}

static void a_yearly_milestone_is_judged_even_where_the_path_begins_after_the_reading(void **state)
{
    (void)state;
    Plan plan;
    WmMeasure measure = percent_measure();
    measure.frequency = WM_FREQUENCY_YEAR;
    plan_init_without_baseline(&plan, measure, "2022-08-31");
    plan_milestone(&plan, "Jul 2022", 50);
    plan_reading(&plan, "2021", 45);
    WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_RED, WM_PLAIN);
    assert_true(has_reason(&a, WM_REASON_MILESTONE_MISSED));
    plan.readings[0].value = 55;
    a = plan_assess(&plan);
    check_verdict(&a, WM_BLUE, WM_PLAIN);
    plan_milestone(&plan, "Jul 2023", 60);
    a = plan_assess(&plan);
    check_verdict(&a, WM_GREY, WM_PLAIN);
    assert_true(has_reason(&a, WM_REASON_BASELINE_TBC));
}

static void a_reading_that_is_due_and_has_never_come_is_grey(void **state)
{
    (void)state;
    Plan plan;
    plan_init(&plan, percent_measure(), 41, "Aug 2020", "2020-10-30");
    plan_milestone(&plan, "Apr 2021", 50);
    plan.input.plan_start = day_of("2020-09-01");
    plan.input.reading_lag_days = 31;
    WmAssessment a = plan_assess(&plan); /* September's reading is due on 31 October */
    check_verdict(&a, WM_WHITE, WM_PLAIN);
    assert_int_equal(a.reasons[0].code, WM_REASON_NO_READING_DUE);
    check_day(a.reasons[0].day, "2020-10-31");
    plan.input.as_at = day_of("2020-10-31");
    a = plan_assess(&plan);
    check_verdict(&a, WM_GREY, WM_PLAIN);
    assert_int_equal(a.reasons[0].code, WM_REASON_NO_READING);
    check_day(a.reasons[0].day, "2020-10-31");
    plan.input.plan_start = WM_NO_DAY;
    a = plan_assess(&plan);
    check_verdict(&a, WM_GREY, WM_PLAIN);
    assert_int_equal(a.reasons[0].code, WM_REASON_NO_READING);
}

static void a_yearly_reading_is_due_after_its_year(void **state)
{
    (void)state;
    Plan plan;
    WmMeasure measure = percent_measure();
    measure.frequency = WM_FREQUENCY_YEAR;
    plan_init(&plan, measure, 21.8, "2019", "2021-06-30");
    plan_milestone(&plan, "Jan 2022", 75);
    plan.input.plan_start = day_of("2020-09-01");
    plan.input.reading_lag_days = 150; /* 2020 is published in May 2021 */
    WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_GREY, WM_PLAIN);
    assert_int_equal(a.reasons[0].code, WM_REASON_NO_READING);
    plan.input.as_at = day_of("2021-03-31");
    a = plan_assess(&plan);
    check_verdict(&a, WM_WHITE, WM_PLAIN);
}

static void readings_without_a_value_are_grey(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_monthly(&plan, "2020-12-31");
    plan_marker(&plan, "Oct 2020", WM_SUPPRESSED);
    plan_marker(&plan, "Nov 2020", WM_NOT_AVAILABLE);
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_GREY, WM_PLAIN);
    assert_int_equal(a.reasons[0].code, WM_REASON_NO_VALUE);
    assert_false(a.has_value);
    assert_true(isnan(a.gap) && isnan(a.trajectory));
}

/* ---- white ---- */

static void before_its_start_a_plan_is_white(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_monthly(&plan, "2020-08-31");
    plan.input.plan_start = day_of("2020-09-01");
    WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_WHITE, WM_PLAIN);
    assert_int_equal(a.reasons[0].code, WM_REASON_BEFORE_START);
    check_day(a.reasons[0].day, "2020-09-01");
    plan_reading(&plan, "Aug 2020", 20);
    a = plan_assess(&plan);
    check_verdict(&a, WM_WHITE, WM_PLAIN);
    assert_int_equal(a.position, WM_OFF); /* shown beside it */
    plan.input.as_at = day_of("2020-09-01");
    a = plan_assess(&plan);
    check_verdict(&a, WM_RED, WM_POSITION_ONLY);
}

static void what_cannot_be_judged_is_grey_before_it_is_white(void **state)
{
    (void)state;
    Plan plan;
    plan_init(&plan, percent_measure(), 41, "Aug 2020", "2020-08-31");
    plan.input.plan_start = day_of("2020-09-01");
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_GREY, WM_PLAIN);
    assert_int_equal(a.reasons[0].code, WM_REASON_NO_TARGET);
}

int main(void)
{
    ADD_TABLE(POLICY, a_cell_of_the_policy_decides);
    ADD(a_chance_is_that_of_the_predictive_distribution);
    ADD_TABLE(POSITIONS, a_position_is_that_of_its_band);
    ADD(words_are_not_judged);
    ADD(without_a_polarity_nothing_is_judged);
    ADD(without_a_target_nothing_is_judged);
    ADD(without_a_baseline_the_path_starts_at_the_first_milestone);
    ADD(a_yearly_milestone_is_judged_even_where_the_path_begins_after_the_reading);
    ADD(a_reading_that_is_due_and_has_never_come_is_grey);
    ADD(a_yearly_reading_is_due_after_its_year);
    ADD(readings_without_a_value_are_grey);
    ADD(before_its_start_a_plan_is_white);
    ADD(what_cannot_be_judged_is_grey_before_it_is_white);
    return run_cases("assess");
}
