/* The laws of an assessment, which hold whatever the plan. */
#include <waymark/series.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

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
        assert_true(a.next.due == WM_NO_DAY || a.next.due > a.as_at);
        assert_true(a.pending.due <= a.as_at); /* WM_NO_DAY is before every day */
        assert_int_equal(isnan(wm_assessment_question(&a)->chance), a.outlook == WM_OUTLOOK_NONE);
        assert_int_equal(isnan(a.gap), a.position == WM_POSITION_NONE);
        assert_int_equal(isnan(a.months_gap.months), a.months_gap.bound == WM_MONTHS_NONE);
        assert_false(isinf(a.gap) || isinf(a.trajectory) || isinf(a.required_pace) || isinf(a.achieved_pace));
        if (a.expected_lo != WM_NO_DAY && a.expected != WM_NO_DAY)
            assert_true(a.expected_lo <= a.expected);
        if (a.verdict.mark != WM_PLAIN || a.verdict.status == WM_GREEN || a.verdict.status == WM_AMBER)
            assert_true(a.position != WM_POSITION_NONE);
    }
}

int main(void)
{
    ADD(shifting_all_dates_by_whole_months_changes_nothing);
    ADD(scaling_the_unit_scales_the_gap_and_nothing_else);
    ADD(turning_polarity_and_signs_keeps_the_status);
    ADD(every_assessment_is_whole);
    return run_cases("assess_laws");
}
