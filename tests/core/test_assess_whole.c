/* Assessments as wholes: what qualifies a judgement, deliverables, and the Somerset case by hand. */
#include <waymark/series.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_series.h"

/* ---- a series of one's own ---- */

static void a_series_is_made_of_what_was_assessed(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_monthly(&plan, "2021-01-31");
    plan_reading(&plan, "Dec 2020", 40.5);
    const WmAssessment a = plan_assess(&plan);
    WmSeriesMilestone milestones[8];
    WmSeries series;
    assert_in_range(plan.input.n_milestones, 1, 8);
    wm_series_of(&plan.input, &a, "Plans on time", "%", milestones, &series);
    assert_string_equal(series.title, "Plans on time");
    assert_string_equal(series.cohort, "");
    assert_int_equal(series.n_readings, plan.input.n_readings);
    assert_int_equal(series.baseline_day, wm_day_from_months(plan.input.trajectory.waypoints[0].t_months));
    assert_int_equal(series.n_milestones, plan.input.n_milestones);
    for (size_t i = 0; i < series.n_milestones; i++) {
        assert_int_equal(series.milestones[i].due, plan.input.milestones[i].due);
        assert_near(series.milestones[i].target, plan.input.milestones[i].target, 0);
        const WmMilestoneOutcome outcome = wm_milestone_judge(&plan.input, plan.input.milestones[i]);
        assert_int_equal(series.milestones[i].outcome.state, outcome.state);
        assert_near(series.milestones[i].chance, wm_milestone_chance(&plan.input, &a, plan.input.milestones[i]), 0);
    }
    assert_int_equal(series.assessment.verdict.status, a.verdict.status);
    assert_int_equal(series.previous.as_at, WM_NO_DAY);
    assert_int_equal(series.first_raised, WM_NO_DAY);
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
    double months; /* behind, negative; NAN where nothing has been told */
} DeliverableCase;

static const DeliverableCase DELIVERABLES[] = {
    {"no word and not due: white", "2020-12-31", NULL, NULL, WM_WHITE, WM_PLAIN, NAN},
    {"no word and the lag has not passed: white", "2021-04-15", NULL, NULL, WM_WHITE, WM_PLAIN, NAN},
    {"no word and the lag has passed: grey", "2021-05-31", NULL, NULL, WM_GREY, WM_PLAIN, NAN},
    {"not done and not due: green by position", "2020-12-31", "Dec 2020", NULL, WM_GREEN, WM_POSITION_ONLY, 0},
    {"not done when due: red", "2021-04-30", "Mar 2021", NULL, WM_RED, WM_PLAIN, 0},
    {"done before it is due: blue", "2020-12-31", "Nov 2020", "Dec 2020", WM_BLUE, WM_PLAIN, 0},
    {"done and no word since: blue", "2021-12-31", NULL, "Feb 2021", WM_BLUE, WM_PLAIN, 0},
    {"done late: blue", "2021-06-30", "Mar 2021", "May 2021", WM_BLUE, WM_PLAIN, 0},
    {"not done in its month: no month late", "2021-03-31", "Mar 2021", NULL, WM_RED, WM_PLAIN, 0},
    {"not done a month before: not late", "2021-02-28", "Feb 2021", NULL, WM_GREEN, WM_POSITION_ONLY, 0},
    {"not done three months after: three months late", "2021-06-30", "Jun 2021", NULL, WM_RED, WM_PLAIN, -3},
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
    assert_int_equal(a.months_gap.bound, isnan(row->months) ? WM_MONTHS_NONE : WM_MONTHS_EXACT);
    if (!isnan(row->months))
        assert_near(a.months_gap.months, row->months, 1e-9);
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

/* ---- names ---- */

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

/* Nine, and then few: without them the older readings speak of an early warning, or of a milestone that is missed. */
static void plan_of_few(Plan *plan, const char *as_at)
{
    const double values[] = {10, 13, 8, 12, 11, 9};
    plan_init(plan, measure_of(WM_KIND_COUNT, WM_POLARITY_LOWER, WM_FREQUENCY_MONTH, 0), 14, "Mar 2026", as_at);
    plan_milestone(plan, "Jul 2026", 6);
    plan_milestone(plan, "Dec 2026", 5);
    plan_readings(plan, "Dec 2025", values, 6);
    plan_marker(plan, "Jun 2026", WM_SUPPRESSED);
    plan_marker(plan, "Jul 2026", WM_SUPPRESSED);
    plan_marker(plan, "Aug 2026", WM_SUPPRESSED);
    plan->input.plan_start = day_of("Apr 2026");
    plan->input.is_public = true;
}

static void what_ends_in_hidden_figures_is_not_judged_by_older_ones(void **state)
{
    (void)state;
    Plan plan;
    plan_of_few(&plan, "2026-09-30");
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_GREY, WM_PLAIN);
    const WmReason *hidden = get_reason(&a, WM_REASON_NEWEST_HIDDEN);
    assert_non_null(hidden);
    check_day(hidden->day, "2026-08-31");
    assert_true(a.evidence.is_ruled);
    assert_near(a.reading.value, 9, 0);
    assert_true(isnan(a.gap) && isnan(a.next.chance) && isnan(a.pending.chance) && isnan(a.last.chance));
    assert_true(isnan(a.required_pace) && isnan(a.safe_pace));
    assert_int_equal(a.position, WM_POSITION_NONE);
    assert_int_equal(a.outlook, WM_OUTLOOK_NONE);
    assert_int_equal(a.expected, WM_NO_DAY);
    assert_int_equal(wm_milestone_judge(&plan.input, plan.milestones[0]).state, WM_MILESTONE_PENDING);
    assert_false(has_reason(&a, WM_REASON_MILESTONE_MISSED));
    assert_false(has_reason(&a, WM_REASON_TOO_FEW_READINGS));
}

static void it_is_where_the_newest_is_shown_or_nothing_is_hidden(void **state)
{
    (void)state;
    Plan plan;
    plan_of_few(&plan, "2026-09-30");
    plan.input.is_public = false; /* suppressed by its publisher: nobody knows better */
    WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_RED, WM_PLAIN);
    assert_false(has_reason(&a, WM_REASON_NEWEST_HIDDEN));
    plan.input.is_public = true;
    plan.readings[8] = reading_of("Aug 2026", 9);
    a = plan_assess(&plan);
    check_verdict(&a, WM_RED, WM_PLAIN);
    assert_false(has_reason(&a, WM_REASON_NEWEST_HIDDEN));
}

static void before_its_start_a_plan_is_white_whatever_is_hidden(void **state)
{
    (void)state;
    Plan plan;
    plan_of_few(&plan, "2026-09-30");
    plan.input.plan_start = day_of("Oct 2026");
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_WHITE, WM_PLAIN);
}

static void where_all_is_hidden_that_is_the_reason(void **state)
{
    (void)state;
    Plan plan;
    plan_of_few(&plan, "2026-09-30");
    for (size_t i = 0; i < plan.input.n_readings; i++) {
        plan.readings[i].value = NAN;
        plan.readings[i].state = WM_SUPPRESSED;
    }
    const WmAssessment a = plan_assess(&plan);
    check_verdict(&a, WM_GREY, WM_PLAIN);
    assert_false(a.has_value);
    assert_true(has_reason(&a, WM_REASON_NEWEST_HIDDEN));
    assert_false(has_reason(&a, WM_REASON_NO_VALUE));
}

int main(void)
{
    ADD(what_ends_in_hidden_figures_is_not_judged_by_older_ones);
    ADD(it_is_where_the_newest_is_shown_or_nothing_is_hidden);
    ADD(before_its_start_a_plan_is_white_whatever_is_hidden);
    ADD(where_all_is_hidden_that_is_the_reason);
    ADD(a_series_is_made_of_what_was_assessed);
    ADD(a_dip_in_the_plan_is_followed);
    ADD(qualifications_are_given_as_reasons);
    ADD(an_explicit_path_needs_no_milestone);
    ADD(a_plan_with_a_milestone_a_month_leaves_room_for_the_other_reasons);
    ADD(pace_is_from_the_latest_reading_to_the_next_milestone);
    ADD_TABLE(DELIVERABLES, a_deliverable_is_done_or_not_by_its_date);
    ADD_TABLE(SOMERSET, somerset_stands_as_computed_by_hand);
    ADD(somerset_is_expected_in_august_2022);
    ADD(names_are_those_of_the_contract);
    return run_cases("assess_whole");
}
