/* From readings, path and policy to a status: every rule of the order of judgement, every cell of the policy, the Somerset case by
 * hand. */
#include <waymark/assess.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

static void check_verdict(const WmAssessment *assessment, WmRag status, WmMark mark)
{
    assert_string_equal(wm_rag_name(assessment->verdict.status), wm_rag_name(status));
    assert_string_equal(wm_mark_name(assessment->verdict.mark), wm_mark_name(mark));
}

static void check_day(WmDay day, const char *expected)
{
    char text[WM_PERIOD_TEXT];
    assert_string_equal(wm_day_format_iso(day, text), expected);
}

/* 41% in August 2020, 40% by April 2021, 50% by August 2021, 75% by January 2022: a path that first dips. */
static void plan_somerset_monthly(Plan *plan, const char *as_at)
{
    plan_init(plan, percent_measure(), 41, "Aug 2020", as_at);
    plan_milestone(plan, "Apr 2021", 40);
    plan_milestone(plan, "Aug 2021", 50);
    plan_milestone(plan, "Jan 2022", 75);
}

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

/* ---- red, recovered, blue ---- */

static void a_missed_milestone_is_red_whatever_the_position(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_monthly(&plan, "2021-05-31");
    const double values[] = {42, 41, 43, 39};
    plan_readings(&plan, "Jan 2021", values, 4);
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_RED, WM_PLAIN);
    assert_int_equal(a.position, WM_ON); /* 39 is a point below 40 */
    const WmReason *missed = get_reason(&a, WM_REASON_MILESTONE_MISSED);
    assert_non_null(missed);
    assert_near(missed->a, 40, 0);
    assert_near(missed->b, 39, 0);
    check_day(missed->day, "2021-04-30");
    check_day(a.next.due, "2021-08-31");
    check_day(a.last.due, "2022-01-31");
}

static void a_recovered_milestone_gives_way_to_the_table(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_monthly(&plan, "2021-07-31");
    const double values[] = {39, 43, 46};
    plan_readings(&plan, "Apr 2021", values, 3);
    const WmAssessment a = plan_assess(&plan);
    assert_true(has_reason(&a, WM_REASON_MILESTONE_RECOVERED));
    assert_false(has_reason(&a, WM_REASON_MILESTONE_MISSED));
    check_verdict(&a, WM_GREEN, WM_PLAIN);
    assert_int_equal(a.position, WM_ON);
    assert_int_equal(a.outlook, WM_LIKELY);
}

static void one_reading_back_above_does_not_recover(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_monthly(&plan, "2021-06-30");
    const double values[] = {39, 45};
    plan_readings(&plan, "Apr 2021", values, 2);
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_RED, WM_PLAIN);
}

static void the_last_milestone_met_and_held_is_blue(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_monthly(&plan, "2022-02-28");
    const double values[] = {40, 44, 47, 50, 50, 55, 62, 70, 75, 76};
    plan_readings(&plan, "Apr 2021", values, 10);
    WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_BLUE, WM_PLAIN);
    assert_true(has_reason(&a, WM_REASON_HELD));
    assert_int_equal(a.next.due, WM_NO_DAY);
    assert_true(isnan(a.last.chance) && isnan(a.required_pace));
    plan.readings[8].value = 74.95; /* published as 75.0 */
    a = plan_assess(&plan);
    check_verdict(&a, WM_BLUE, WM_PLAIN);
}

static void a_milestone_reached_early_is_not_yet_blue(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_monthly(&plan, "2021-12-31");
    const double values[] = {76, 77, 78, 78, 79, 80, 80, 81, 82};
    plan_readings(&plan, "Apr 2021", values, 9);
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_GREEN, WM_PLAIN);
    assert_int_equal(a.months_gap.bound, WM_MONTHS_AT_LEAST);
}

static void the_last_milestone_met_but_not_held_is_judged_by_its_position(void **state)
{
    (void)state;
    Plan plan;
    plan_init(&plan, percent_measure(), 60, "Aug 2021", "2022-04-30");
    plan_milestone(&plan, "Jan 2022", 75);
    const double values[] = {74, 75, 77, 72};
    plan_readings(&plan, "Dec 2021", values, 2);
    WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_GREEN, WM_POSITION_ONLY); /* met by one reading so far */
    assert_true(has_reason(&a, WM_REASON_NOT_HELD));
    assert_true(has_reason(&a, WM_REASON_NO_MILESTONE_AHEAD));
    plan_readings(&plan, "Feb 2022", values + 2, 2);
    a = plan_assess(&plan);
    check_verdict(&a, WM_AMBER, WM_POSITION_ONLY); /* 3 points below */
    assert_true(has_reason(&a, WM_REASON_NOT_HELD));
}

static void one_reading_holds_a_yearly_measure(void **state)
{
    (void)state;
    Plan plan;
    WmMeasure measure = percent_measure();
    measure.frequency = WM_FREQUENCY_YEAR;
    plan_init(&plan, measure, 21.8, "2019", "2022-06-30");
    plan_milestone(&plan, "Jan 2022", 75);
    plan_reading(&plan, "2020", 40);
    plan_reading(&plan, "2021", 75);
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_BLUE, WM_PLAIN);
}

static void an_earlier_milestone_missed_is_red_before_the_last_is_blue(void **state)
{
    (void)state;
    Plan plan;
    plan_init(&plan, percent_measure(), 40, "Jan 2021", "2021-12-31");
    plan_milestone(&plan, "Jun 2021", 60);
    plan_milestone(&plan, "Oct 2021", 50);
    const double values[] = {52, 53, 54, 55, 55, 56};
    plan_readings(&plan, "Jun 2021", values, 6);
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_RED, WM_PLAIN);
}

static void a_pending_milestone_is_the_next_one(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_monthly(&plan, "2021-08-31");
    const double values[] = {40, 43, 44, 47};
    plan_readings(&plan, "Apr 2021", values, 4); /* August's has not come */
    const WmAssessment a = plan_assess(&plan);
    const WmReason *pending = get_reason(&a, WM_REASON_MILESTONE_PENDING);
    assert_non_null(pending);
    assert_near(pending->a, 50, 0);
    check_day(a.next.due, "2021-08-31");
    assert_true(a.next.chance > 0 && a.next.chance < 1);
    assert_near(a.required_pace, 3, 1e-9);
}

static void the_milestone_after_one_that_nothing_was_known_of_is_next(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_monthly(&plan, "2021-08-30");
    const double values[] = {44, 46};
    plan_readings(&plan, "Jun 2021", values, 2); /* April was never published */
    const WmAssessment a = plan_assess(&plan);
    assert_false(has_reason(&a, WM_REASON_MILESTONE_PENDING));
    check_day(a.next.due, "2021-08-31");
}

static void a_reading_that_will_judge_and_has_come_makes_the_chance_certain(void **state)
{
    (void)state;
    Plan plan;
    WmMeasure measure = percent_measure();
    measure.frequency = WM_FREQUENCY_QUARTER;
    plan_init(&plan, measure, 40, "Q4 2019/20", "2021-04-30");
    plan_milestone(&plan, "May 2021", 50);
    plan_reading(&plan, "Q4 2020/21", 51);
    WmAssessment a = plan_assess(&plan);
    assert_near(a.next.chance, 1, 0);
    assert_true(isnan(a.required_pace));
    plan.readings[0].value = 49;
    a = plan_assess(&plan);
    assert_near(a.next.chance, 0, 0);
}

/* ---- what qualifies a judgement ---- */

static void a_dip_in_the_plan_is_followed(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_monthly(&plan, "2021-01-31");
    plan_reading(&plan, "Dec 2020", 40.5);
    WmAssessment a = plan_assess(&plan);
    assert_near(a.trajectory, 40.5, 1e-9);
    assert_near(a.gap, 0, 1e-9);
    assert_near(a.months_gap.months, 0, 1e-9);
    plan.readings[0].value = 45; /* the path asks for 45% in June 2021, half-way from April's 40% to August's 50% */
    a = plan_assess(&plan);
    assert_near(a.months_gap.months, 6, 1e-9);
    assert_int_equal(a.months_gap.bound, WM_MONTHS_EXACT);
    plan.readings[0].value = 37.5;
    a = plan_assess(&plan);
    assert_near(a.gap, -3, 1e-9);
    assert_near(a.months_gap.months, -4, 1e-9);
    assert_int_equal(a.months_gap.bound, WM_MONTHS_AT_MOST);
}

static void qualifications_are_given_as_reasons(void **state)
{
    (void)state;
    Plan plan;
    plan_init(&plan, percent_measure(), 0, "Jan 2021", "2021-06-30");
    plan_milestone(&plan, "Dec 2021", 50);
    plan_reading(&plan, "Apr 2021", 12);
    plan_marker(&plan, "May 2021", WM_SUPPRESSED);
    plan.input.trajectory.shape = WM_PATH_GEOMETRIC;
    plan.input.baseline = (WmBaseline){0, true, true};
    const WmAssessment a = plan_assess(&plan);
    assert_true(has_reason(&a, WM_REASON_BASELINE_BOUND));
    assert_true(has_reason(&a, WM_REASON_BASELINE_UNDATED));
    assert_true(has_reason(&a, WM_REASON_GEOMETRIC_FELL_BACK));
    assert_true(has_reason(&a, WM_REASON_TOO_FEW_READINGS));
    const WmReason *latest = get_reason(&a, WM_REASON_LATEST_WITHOUT_VALUE);
    assert_non_null(latest);
    assert_near(latest->a, WM_SUPPRESSED, 0);
    check_day(latest->day, "2021-05-31");
    assert_near(a.reading.value, 12, 0);
    assert_near(a.trajectory, 50 * 3 / 11.0, 1e-9);
}

static void an_explicit_path_needs_no_milestone(void **state)
{
    (void)state;
    Plan plan;
    plan_init_without_baseline(&plan, percent_measure(), "2021-05-31");
    plan_milestone(&plan, "Mar 2021", 30);
    plan_milestone(&plan, "Apr 2021", 34);
    plan_milestone(&plan, "May 2021", 38);
    plan.input.n_milestones = 0;
    plan.input.trajectory.shape = WM_PATH_EXPLICIT;
    plan_reading(&plan, "Apr 2021", 31);
    const WmAssessment a = plan_assess(&plan);
    assert_near(a.trajectory, 34, 0);
    assert_near(a.gap, -3, 1e-9);
    check_verdict(&a, WM_AMBER, WM_POSITION_ONLY);
    assert_false(has_reason(&a, WM_REASON_NO_TARGET));
}

static void a_plan_with_a_milestone_a_month_leaves_room_for_the_other_reasons(void **state)
{
    (void)state;
    Plan plan;
    plan_init(&plan, percent_measure(), 40, "Dec 2018", "2021-12-31");
    for (int i = 0; i < 36; i++) {
        plan_milestone(&plan, "Jan 2019", 41 + i);
        const WmDay due = wm_period_end(wm_period_step(period_of("Jan 2019"), i));
        plan.milestones[i].due = due;
        plan.waypoints[i + 1].t_months = wm_day_to_months(due);
        plan_reading(&plan, "Jan 2019", 20);
        plan.readings[i].period = wm_period_step(period_of("Jan 2019"), i);
    }
    plan.input.baseline.is_undated = true;
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_RED, WM_PLAIN);
    assert_true(a.n_reasons < WM_MAX_REASONS);
    assert_true(has_reason(&a, WM_REASON_OFF_PLAN));
    assert_true(has_reason(&a, WM_REASON_BASELINE_UNDATED));
    WmDay last_missed = WM_NO_DAY;
    for (size_t i = 0; i < a.n_reasons; i++)
        if (a.reasons[i].code == WM_REASON_MILESTONE_MISSED)
            last_missed = a.reasons[i].day;
    check_day(last_missed, "2021-12-31");
}

static void pace_is_from_the_latest_reading_to_the_next_milestone(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_monthly(&plan, "2021-05-31");
    const double values[] = {38, 39, 40, 41};
    plan_readings(&plan, "Jan 2021", values, 4);
    const WmAssessment a = plan_assess(&plan);
    assert_near(a.required_pace, (50 - 41) / 4.0, 1e-9);
    assert_near(a.achieved_pace, 1, 1e-9);
    check_day(a.expected, "2022-01-31"); /* 41 + 9 months */
    assert_near(a.next.chance, 0, 0);    /* a perfect line comes to 45 in August */
}

/* ---- deliverables ---- */

static void plan_deliverable(Plan *plan, const char *as_at)
{
    plan_init(plan, measure_of(WM_KIND_YES_NO, WM_POLARITY_PLAN, WM_FREQUENCY_ONCE, 0), 0, "Aug 2020", as_at);
    plan_milestone(plan, "Mar 2021", 1);
    plan->input.trajectory.shape = WM_PATH_STEP;
    plan->input.plan_start = day_of("2020-09-01");
    plan->input.reading_lag_days = 31;
}

typedef struct {
    const char *name;
    const char *as_at;
    const char *not_done, *done; /* periods of readings; NULL for none */
    WmRag status;
    WmMark mark;
} DeliverableCase;

static const DeliverableCase DELIVERABLES[] = {
    {"no word and not due: white", "2020-12-31", NULL, NULL, WM_WHITE, WM_PLAIN},
    {"no word and the lag has not passed: white", "2021-04-15", NULL, NULL, WM_WHITE, WM_PLAIN},
    {"no word and the lag has passed: grey", "2021-05-31", NULL, NULL, WM_GREY, WM_PLAIN},
    {"not done and not due: green by position", "2020-12-31", "Dec 2020", NULL, WM_GREEN, WM_POSITION_ONLY},
    {"not done when due: red", "2021-04-30", "Mar 2021", NULL, WM_RED, WM_PLAIN},
    {"done before it is due: blue", "2020-12-31", "Nov 2020", "Dec 2020", WM_BLUE, WM_PLAIN},
    {"done and no word since: blue", "2021-12-31", NULL, "Feb 2021", WM_BLUE, WM_PLAIN},
    {"done late: blue", "2021-06-30", "Mar 2021", "May 2021", WM_BLUE, WM_PLAIN},
};

static void a_deliverable_is_done_or_not_by_its_date(void **state)
{
    const DeliverableCase *row = *state;
    Plan plan;
    plan_deliverable(&plan, row->as_at);
    if (row->not_done)
        plan_reading(&plan, row->not_done, 0);
    if (row->done)
        plan_reading(&plan, row->done, 1);
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, row->status, row->mark);
    assert_int_equal(a.months_gap.bound, WM_MONTHS_NONE);
    assert_int_equal(a.trend.state, WM_TREND_TOO_FEW);
}

/* ---- Somerset, by calendar year: 21.8 (114 of 523), 35.6 (358 of 1005), 64.7 (524 of 810), 69.4 (452 of 651) ----
 *
 * The path: 21.8 at the end of 2019, 40 by April 2021, 50 by August 2021, 75 by January 2022. By hand:
 *  as at mid 2020: the year 2019 stands at the baseline.
 *  mid 2021: T(end 2020) = 21.8 + 18.2 * 12/16 = 35.45; gap +0.15; 35.6 is reached after 16 * 13.8/18.2 = 12.132 months: +0.132.
 *            April's 40% is judged by 2020: 35.6, missed.
 *  mid 2022: T(end 2021) = 50 + 25 * 4/5 = 70; gap -5.3; 64.7 is reached 5 * 14.7/25 = 2.94 months after August: -1.06.
 *            April's and August's milestones are judged by 2020 and recovered by 2021; January's is judged by 2021 and missed.
 *            The line through 21.8, 35.6, 64.7 rises 21.45 a year from 40.7 at the end of 2020: 75 after 19.19 months, August 2022.
 *  mid 2023: T = 75; gap -5.6; 69.4 is reached 5 * 19.4/25 = 3.88 months after August 2021, 12.12 months before the end of 2022. */
typedef struct {
    const char *name;
    const char *as_at;
    size_t n_readings;
    double trajectory, gap, months;
    WmPosition position;
    WmRag status;
    WmMark mark;
    size_t n_missed, n_recovered;
} SomersetCase;

static const SomersetCase SOMERSET[] = {
    {"Somerset as at mid 2020", "2020-06-30", 1, 21.8, 0, 0, WM_ON, WM_GREEN, WM_POSITION_ONLY, 0, 0},
    {"Somerset as at mid 2021", "2021-06-30", 2, 35.45, 0.15, 16 * 13.8 / 18.2 - 12, WM_ON, WM_RED, WM_PLAIN, 1, 0},
    {"Somerset as at mid 2022", "2022-06-30", 3, 70, -5.3, -1.06, WM_OFF, WM_RED, WM_PLAIN, 1, 2},
    {"Somerset as at mid 2023", "2023-06-30", 4, 75, -5.6, -12.12, WM_OFF, WM_RED, WM_PLAIN, 1, 2},
};

static void plan_somerset_yearly(Plan *plan, const char *as_at, size_t n_readings)
{
    static const char *const YEARS[] = {"2019", "2020", "2021", "2022"};
    static const double VALUES[] = {21.8, 35.6, 64.7, 69.4};
    WmMeasure measure = percent_measure();
    measure.frequency = WM_FREQUENCY_YEAR;
    measure.low = 0;
    measure.high = 100;
    plan_init(plan, measure, 21.8, "2019", as_at);
    plan_milestone(plan, "Apr 2021", 40);
    plan_milestone(plan, "Aug 2021", 50);
    plan_milestone(plan, "Jan 2022", 75);
    for (size_t i = 0; i < n_readings; i++)
        plan_reading(plan, YEARS[i], VALUES[i]);
}

static size_t count_reasons(const WmAssessment *assessment, WmReasonCode code)
{
    size_t n = 0;
    for (size_t i = 0; i < assessment->n_reasons; i++)
        n += assessment->reasons[i].code == code;
    return n;
}

static void somerset_stands_as_computed_by_hand(void **state)
{
    const SomersetCase *row = *state;
    Plan plan;
    plan_somerset_yearly(&plan, row->as_at, row->n_readings);
    const WmAssessment a = plan_assess(&plan);
    assert_near(a.trajectory, row->trajectory, 1e-9);
    assert_near(a.gap, row->gap, 1e-9);
    assert_near(a.months_gap.months, row->months, 1e-9);
    assert_int_equal(a.months_gap.bound, WM_MONTHS_EXACT);
    assert_string_equal(wm_position_name(a.position), wm_position_name(row->position));
    assert_int_equal(count_reasons(&a, WM_REASON_MILESTONE_MISSED), row->n_missed);
    assert_int_equal(count_reasons(&a, WM_REASON_MILESTONE_RECOVERED), row->n_recovered);
    check_verdict(&a, row->status, row->mark);
}

static void somerset_is_expected_in_august_2022(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_yearly(&plan, "2022-06-30", 3);
    const WmAssessment a = plan_assess(&plan);
    assert_near(a.achieved_pace, 21.45 / 12, 1e-9);
    check_day(a.expected, "2022-08-31");
    assert_int_equal(a.next.due, WM_NO_DAY);
    check_day(a.last.due, "2022-01-31");
    assert_int_equal(a.outlook, WM_OUTLOOK_NONE);
}

/* ---- laws ---- */

static void random_plan(Random *random, Plan *plan, WmKind kind)
{
    const WmPolarity polarity = (WmPolarity)random_between(random, 0, 2);
    plan_init(plan, measure_of(kind, polarity, WM_FREQUENCY_MONTH, 3), random_between(random, 80, 240) / 4.0, "Dec 2018",
              "2020-12-31");
    const int n_milestones = random_between(random, 1, 4);
    WmPeriod due = period_of("Jan 2019");
    for (int i = 0; i < n_milestones; i++) {
        due = wm_period_step(due, random_between(random, 3, 14));
        plan_milestone(plan, "Jan 2019", random_between(random, 80, 240) / 4.0);
        plan->milestones[i].due = wm_period_end(due);
        plan->waypoints[i + 1].t_months = wm_day_to_months(wm_period_end(due));
    }
    const int n_readings = random_between(random, 0, 24);
    const double slope = random_normal(random) / 2;
    for (int i = 0; i < n_readings; i++) {
        plan_reading(plan, "Jan 2019", 40 + slope * i + 2 * random_normal(random));
        plan->readings[i].period = wm_period_step(period_of("Jan 2019"), i);
        if (random_between(random, 0, 12) == 0) {
            plan->readings[i].state = (WmReadingState)random_between(random, WM_SUPPRESSED, WM_MISSING);
            plan->readings[i].value = NAN;
        }
    }
    plan->input.plan_start = random_between(random, 0, 1) ? day_of("2019-01-01") : WM_NO_DAY;
}

static void check_same(const WmAssessment *a, const WmAssessment *b, double factor)
{
    assert_int_equal(a->verdict.status, b->verdict.status);
    assert_int_equal(a->verdict.mark, b->verdict.mark);
    assert_int_equal(a->position, b->position);
    assert_int_equal(a->outlook, b->outlook);
    assert_int_equal(a->n_reasons, b->n_reasons);
    for (size_t i = 0; i < a->n_reasons; i++)
        assert_int_equal(a->reasons[i].code, b->reasons[i].code);
    assert_near(b->gap, factor * a->gap, 1e-9 * fabs(factor) * 100);
    assert_near(b->months_gap.months, a->months_gap.months, 1e-6);
    assert_int_equal(a->months_gap.bound, b->months_gap.bound);
    assert_near(b->next.chance, a->next.chance, 1e-6);
}

static WmDay shift_day(WmDay day, int months)
{
    return day == WM_NO_DAY ? day : wm_period_end(wm_period_step(wm_period_containing(WM_PERIOD_MONTH, day), months));
}

static void shifting_all_dates_by_whole_months_changes_nothing(void **state)
{
    (void)state;
    Random random = {91};
    for (int i = 0; i < 1500; i++) {
        Plan plan;
        random_plan(&random, &plan, WM_KIND_PERCENT);
        const WmAssessment before = plan_assess(&plan);
        const int shift = random_between(&random, -240, 240);
        plan.input.as_at = shift_day(plan.input.as_at, shift);
        if (plan.input.plan_start != WM_NO_DAY)
            plan.input.plan_start = shift_day(plan.input.plan_start - 1, shift) + 1;
        for (size_t j = 0; j < plan.input.n_milestones; j++)
            plan.milestones[j].due = shift_day(plan.milestones[j].due, shift);
        for (size_t j = 0; j < plan.input.trajectory.n_waypoints; j++)
            plan.waypoints[j].t_months += shift;
        for (size_t j = 0; j < plan.input.n_readings; j++)
            plan.readings[j].period = wm_period_step(plan.readings[j].period, shift);
        const WmAssessment after = plan_assess(&plan);
        check_same(&before, &after, 1);
        assert_int_equal(after.expected, shift_day(before.expected, shift));
    }
}

static void scaling_the_unit_scales_the_gap_and_nothing_else(void **state)
{
    (void)state;
    Random random = {92};
    for (int i = 0; i < 1500; i++) {
        Plan plan;
        random_plan(&random, &plan, WM_KIND_SCORE);
        const WmAssessment before = plan_assess(&plan);
        const double factor = ldexp(1, random_between(&random, 1, 6));
        plan.input.measure.decimals = 9; /* rounding as published is no law of scale; nine places of both are alike */
        for (size_t j = 0; j < plan.input.n_milestones; j++)
            plan.milestones[j].target *= factor;
        for (size_t j = 0; j < plan.input.trajectory.n_waypoints; j++)
            plan.waypoints[j].value *= factor;
        for (size_t j = 0; j < plan.input.n_readings; j++)
            plan.readings[j].value *= factor;
        plan.input.baseline.value *= factor;
        const WmAssessment after = plan_assess(&plan);
        check_same(&before, &after, factor);
    }
}

static void turning_polarity_and_signs_keeps_the_status(void **state)
{
    (void)state;
    Random random = {93};
    for (int i = 0; i < 1500; i++) {
        Plan plan;
        random_plan(&random, &plan, WM_KIND_SCORE);
        const WmAssessment before = plan_assess(&plan);
        static const WmPolarity TURNED[] = {WM_POLARITY_LOWER, WM_POLARITY_HIGHER, WM_POLARITY_PLAN};
        plan.input.measure.polarity = TURNED[plan.input.measure.polarity];
        for (size_t j = 0; j < plan.input.n_milestones; j++)
            plan.milestones[j].target *= -1;
        for (size_t j = 0; j < plan.input.trajectory.n_waypoints; j++)
            plan.waypoints[j].value *= -1;
        for (size_t j = 0; j < plan.input.n_readings; j++)
            plan.readings[j].value *= -1;
        const WmAssessment after = plan_assess(&plan);
        check_same(&before, &after, 1);
        assert_near(after.achieved_pace, -before.achieved_pace, 1e-9);
    }
}

/* Whatever comes in: a status with a reason, and numbers that mean what they say. */
static void every_assessment_is_whole(void **state)
{
    (void)state;
    Random random = {94};
    for (int i = 0; i < 5000; i++) {
        Plan plan;
        random_plan(&random, &plan, (WmKind)random_between(&random, 0, WM_N_KINDS - 1));
        plan.input.measure.polarity = (WmPolarity)random_between(&random, 0, WM_N_POLARITIES - 1);
        plan.input.measure.frequency = (WmFrequency)random_between(&random, 0, WM_N_FREQUENCIES - 1);
        plan.input.trajectory.shape = (WmPathShape)random_between(&random, 0, WM_N_PATH_SHAPES - 1);
        if (random_between(&random, 0, 3) == 0)
            plan.input.n_milestones = 0;
        if (random_between(&random, 0, 5) == 0)
            plan.input.trajectory.starts_at_milestone = true;
        if (plan.input.n_readings && random_between(&random, 0, 5) == 0)
            plan.readings[0].value = pow(10, random_between(&random, -300, 300));
        const WmAssessment a = plan_assess(&plan);
        assert_true(a.n_reasons >= 1 && a.n_reasons <= WM_MAX_REASONS);
        assert_true(isnan(a.next.chance) || (a.next.chance >= 0 && a.next.chance <= 1));
        assert_int_equal(isnan(a.next.chance), a.outlook == WM_OUTLOOK_NONE);
        assert_int_equal(isnan(a.gap), a.position == WM_POSITION_NONE);
        assert_int_equal(isnan(a.months_gap.months), a.months_gap.bound == WM_MONTHS_NONE);
        assert_false(isinf(a.gap) || isinf(a.trajectory) || isinf(a.required_pace) || isinf(a.achieved_pace));
        if (a.expected_lo != WM_NO_DAY && a.expected != WM_NO_DAY)
            assert_true(a.expected_lo <= a.expected);
        if (a.verdict.mark != WM_PLAIN || a.verdict.status == WM_GREEN || a.verdict.status == WM_AMBER)
            assert_true(a.position != WM_POSITION_NONE);
    }
}

static void names_are_those_of_the_contract(void **state)
{
    (void)state;
    static const char *const RAGS[] = {"grey", "white", "red", "amber", "green", "blue"};
    static const char *const MARKS[] = {"", "watch", "early_warning", "recovering", "position_only", "override"};
    for (int i = 0; i < WM_N_RAGS; i++) {
        WmRag rag = WM_N_RAGS;
        assert_string_equal(wm_rag_name((WmRag)i), RAGS[i]);
        assert_true(wm_rag_parse(RAGS[i], &rag));
        assert_int_equal(rag, i);
    }
    for (int i = 0; i < WM_N_MARKS; i++) {
        WmMark mark = WM_N_MARKS;
        assert_string_equal(wm_mark_name((WmMark)i), MARKS[i]);
        assert_true(wm_mark_parse(MARKS[i], &mark));
        assert_int_equal(mark, i);
    }
    for (int i = 0; i < WM_N_REASONS; i++) {
        const char *name = wm_reason_name((WmReasonCode)i);
        assert_non_null(name);
        assert_true(strspn(name, "abcdefghijklmnopqrstuvwxyz_") == strlen(name));
        for (int j = 0; j < i; j++)
            assert_string_not_equal(name, wm_reason_name((WmReasonCode)j));
    }
    WmRag rag = WM_RED;
    assert_true(wm_rag_parse("NYS", &rag));
    assert_int_equal(rag, WM_WHITE);
    assert_true(wm_rag_parse("Complete", &rag));
    assert_int_equal(rag, WM_BLUE);
    assert_true(wm_rag_parse("unknown", &rag));
    assert_int_equal(rag, WM_GREY);
    assert_false(wm_rag_parse("purple", &rag));
    assert_false(wm_rag_parse(NULL, &rag));
    assert_int_equal(rag, WM_GREY);
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
    ADD(a_missed_milestone_is_red_whatever_the_position);
    ADD(a_recovered_milestone_gives_way_to_the_table);
    ADD(one_reading_back_above_does_not_recover);
    ADD(the_last_milestone_met_and_held_is_blue);
    ADD(a_milestone_reached_early_is_not_yet_blue);
    ADD(the_last_milestone_met_but_not_held_is_judged_by_its_position);
    ADD(one_reading_holds_a_yearly_measure);
    ADD(an_earlier_milestone_missed_is_red_before_the_last_is_blue);
    ADD(a_pending_milestone_is_the_next_one);
    ADD(the_milestone_after_one_that_nothing_was_known_of_is_next);
    ADD(a_reading_that_will_judge_and_has_come_makes_the_chance_certain);
    ADD(a_dip_in_the_plan_is_followed);
    ADD(qualifications_are_given_as_reasons);
    ADD(an_explicit_path_needs_no_milestone);
    ADD(a_plan_with_a_milestone_a_month_leaves_room_for_the_other_reasons);
    ADD(pace_is_from_the_latest_reading_to_the_next_milestone);
    ADD_TABLE(DELIVERABLES, a_deliverable_is_done_or_not_by_its_date);
    ADD_TABLE(SOMERSET, somerset_stands_as_computed_by_hand);
    ADD(somerset_is_expected_in_august_2022);
    ADD(shifting_all_dates_by_whole_months_changes_nothing);
    ADD(scaling_the_unit_scales_the_gap_and_nothing_else);
    ADD(turning_polarity_and_signs_keeps_the_status);
    ADD(every_assessment_is_whole);
    ADD(names_are_those_of_the_contract);
    return run_cases("assess");
}
