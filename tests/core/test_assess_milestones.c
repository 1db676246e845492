/* What milestones make of a status: red where one was missed and not recovered, blue where the last is met and held. */
#include <waymark/assess.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

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

/* The next one is the first after the as-at; what awaits its reading makes the outlook all the same. */
static void a_pending_milestone_is_not_the_next_one(void **state)
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
    check_day(a.pending.due, "2021-08-31");
    check_day(a.next.due, "2022-01-31");
    assert_ptr_equal(wm_assessment_question(&a), &a.pending);
    assert_true(a.pending.chance > 0 && a.pending.chance < 1);
    assert_int_equal(a.evidence.due, a.pending.due);
    assert_near(a.required_pace, (75.0 - 47) / 6, 1e-9); /* from July to January */
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

static void a_later_target_without_a_number_keeps_it_from_blue(void **state)
{
    (void)state;
    Plan plan;
    plan_somerset_monthly(&plan, "2022-02-28");
    const double values[] = {40, 44, 47, 50, 50, 55, 62, 70, 75, 76};
    plan_readings(&plan, "Apr 2021", values, 10);
    plan.input.n_unresolved = plan.input.n_later_unresolved = 1;
    const WmAssessment a = plan_assess(&plan);
    assert_string_equal(wm_rag_name(a.verdict.status), "green");
    assert_near(get_reason(&a, WM_REASON_LATER_UNRESOLVED)->a, 1, 0);
    char sentence[WM_SENTENCE_TEXT];
    wm_assessment_explain(&a, &plan.input.measure, "%", sentence);
    assert_non_null(strstr(sentence, "The last milestone that is a number, 75% by Jan 2022, is met and held."));
}

int main(void)
{
    ADD(a_missed_milestone_is_red_whatever_the_position);
    ADD(a_recovered_milestone_gives_way_to_the_table);
    ADD(one_reading_back_above_does_not_recover);
    ADD(the_last_milestone_met_and_held_is_blue);
    ADD(a_milestone_reached_early_is_not_yet_blue);
    ADD(the_last_milestone_met_but_not_held_is_judged_by_its_position);
    ADD(one_reading_holds_a_yearly_measure);
    ADD(an_earlier_milestone_missed_is_red_before_the_last_is_blue);
    ADD(a_pending_milestone_is_not_the_next_one);
    ADD(the_milestone_after_one_that_nothing_was_known_of_is_next);
    ADD(a_reading_that_will_judge_and_has_come_makes_the_chance_certain);
    ADD(a_later_target_without_a_number_keeps_it_from_blue);
    return run_cases("assess_milestones");
}
