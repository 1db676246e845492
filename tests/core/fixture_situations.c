#include "core/fixture_situations.h"

#include <math.h>

static WmMeasure measure_lower(WmKind kind, int decimals)
{
    return measure_of(kind, WM_POLARITY_LOWER, WM_FREQUENCY_MONTH, decimals);
}

static WmMeasure measure_yearly(void)
{
    WmMeasure measure = percent_measure();
    measure.frequency = WM_FREQUENCY_YEAR;
    return measure;
}

/* 45 to 50 to 75, with readings that rise by a point and a half a month. */
static void rising(Plan *plan, const char *as_at)
{
    const double values[] = {38.6, 39.7, 41.4, 42.7};
    plan_init(plan, percent_measure(), 41, "Oct 2020", as_at);
    plan_milestone(plan, "Aug 2021", 50);
    plan_milestone(plan, "Jan 2022", 75);
    plan_readings(plan, "Jan 2021", values, 4);
}

void situation_behind(Plan *plan)
{
    rising(plan, "2021-05-31");
}

void situation_on_plan(Plan *plan)
{
    rising(plan, "2021-05-31");
    plan->readings[3].value = 46.4;
}

void situation_ahead(Plan *plan)
{
    rising(plan, "2021-05-31");
    plan->readings[3].value = 48.9;
    plan->readings[2].value = 47.5;
}

void situation_already_there(Plan *plan)
{
    rising(plan, "2021-05-31");
    plan->readings[3].value = 51;
}

void situation_falling(Plan *plan)
{
    const double values[] = {45, 44.1, 42.8, 42};
    plan_init(plan, percent_measure(), 41, "Oct 2020", "2021-05-31");
    plan_milestone(plan, "Aug 2021", 50);
    plan_readings(plan, "Jan 2021", values, 4);
}

void situation_few(Plan *plan)
{
    const double values[] = {40, 41};
    plan_init(plan, percent_measure(), 41, "Aug 2020", "2021-05-31");
    plan_milestone(plan, "Aug 2021", 50);
    plan_readings(plan, "Mar 2021", values, 2);
}

void situation_worse_than_baseline(Plan *plan)
{
    plan_init(plan, measure_lower(WM_KIND_DURATION, 0), 26, "Apr 2021", "2021-05-31");
    plan_milestone(plan, "Apr 2022", 12);
    plan_reading(plan, "May 2021", 30);
}

void situation_past_the_last(Plan *plan)
{
    plan_init(plan, measure_lower(WM_KIND_DURATION, 0), 26, "Dec 2020", "2021-05-31");
    plan_milestone(plan, "Jan 2022", 12);
    plan_reading(plan, "May 2021", 10);
}

void situation_after_the_end(Plan *plan)
{
    plan_init(plan, measure_lower(WM_KIND_DURATION, 0), 26, "Dec 2020", "2021-08-31");
    plan_milestone(plan, "May 2021", 12);
    plan_reading(plan, "May 2021", 11);
    plan_reading(plan, "Jun 2021", 10);
}

void situation_missed(Plan *plan)
{
    plan_init(plan, measure_yearly(), 21.8, "2019", "2022-06-30");
    plan_milestone(plan, "Apr 2021", 40);
    plan_milestone(plan, "Aug 2021", 50);
    plan_milestone(plan, "Jan 2022", 75);
    plan_reading(plan, "2019", 21.8);
    plan_reading(plan, "2020", 35.6);
    plan_reading(plan, "2021", 64.7);
}

void situation_recovered(Plan *plan)
{
    const double values[] = {39, 43, 46};
    plan_init(plan, percent_measure(), 41, "Aug 2020", "2021-07-31");
    plan_milestone(plan, "Apr 2021", 40);
    plan_milestone(plan, "Aug 2021", 50);
    plan_readings(plan, "Apr 2021", values, 3);
}

void situation_missed_and_met_once(Plan *plan)
{
    const double values[] = {39, 43};
    plan_init(plan, percent_measure(), 41, "Aug 2020", "2021-06-30");
    plan_milestone(plan, "Apr 2021", 40);
    plan_milestone(plan, "Aug 2021", 50);
    plan_readings(plan, "Apr 2021", values, 2);
}

void situation_held(Plan *plan)
{
    const double values[] = {73, 74, 76, 77};
    plan_init(plan, percent_measure(), 60, "Aug 2021", "2022-02-28");
    plan_milestone(plan, "Jan 2022", 75);
    plan_readings(plan, "Nov 2021", values, 4);
}

void situation_met_late(Plan *plan)
{
    const double values[] = {73, 74, 76, 77};
    plan_init(plan, percent_measure(), 60, "Aug 2021", "2022-02-28");
    plan_milestone(plan, "Dec 2021", 75);
    plan_readings(plan, "Nov 2021", values, 4);
}

void situation_met_once(Plan *plan)
{
    const double values[] = {73, 74, 76};
    plan_init(plan, percent_measure(), 60, "Aug 2021", "2022-02-28");
    plan_milestone(plan, "Jan 2022", 75);
    plan_readings(plan, "Nov 2021", values, 3);
}

void situation_not_held(Plan *plan)
{
    const double values[] = {74, 76, 73};
    plan_init(plan, percent_measure(), 60, "Aug 2021", "2022-02-28");
    plan_milestone(plan, "Jan 2022", 75);
    plan_readings(plan, "Dec 2021", values, 3);
}

void situation_pending(Plan *plan)
{
    rising(plan, "2021-09-15");
}

void situation_before_start(Plan *plan)
{
    plan_init(plan, percent_measure(), 41, "Aug 2020", "2020-08-31");
    plan_milestone(plan, "Aug 2021", 50);
    plan->input.plan_start = day_of("2020-09-01");
}

void situation_no_reading_due(Plan *plan)
{
    situation_before_start(plan);
    plan->input.as_at = day_of("2020-09-30");
    plan->input.reading_lag_days = 31;
}

void situation_no_reading(Plan *plan)
{
    situation_before_start(plan);
    plan->input.as_at = day_of("2020-12-31");
}

void situation_no_target(Plan *plan)
{
    const double values[] = {40, 41, 44};
    plan_init(plan, percent_measure(), 41, "Aug 2020", "2021-05-31");
    plan_readings(plan, "Feb 2021", values, 3);
}

void situation_unresolved(Plan *plan)
{
    situation_no_target(plan);
    plan->input.n_unresolved = 1;
}

void situation_without_baseline(Plan *plan)
{
    const double values[] = {43, 45.2, 46.8};
    plan_init_without_baseline(plan, percent_measure(), "2021-06-30");
    plan_milestone(plan, "Jul 2021", 50);
    plan_readings(plan, "Mar 2021", values, 3);
}

void situation_no_polarity(Plan *plan)
{
    situation_behind(plan);
    plan->input.measure.polarity = WM_POLARITY_NONE;
}

void situation_words(Plan *plan)
{
    situation_before_start(plan);
    plan->input.measure.kind = WM_KIND_TEXT;
}

void situation_suppressed(Plan *plan)
{
    situation_before_start(plan);
    plan->input.as_at = day_of("2020-12-31");
    plan_marker(plan, "Nov 2020", WM_SUPPRESSED);
}

void situation_plan_is_best(Plan *plan)
{
    WmMeasure measure = percent_measure();
    measure.polarity = WM_POLARITY_PLAN;
    plan_init(plan, measure, 10, "Jan 2021", "2021-05-31");
    plan_milestone(plan, "Dec 2021", 10);
    plan_reading(plan, "Apr 2021", 13);
}

void situation_count(Plan *plan)
{
    plan_init(plan, measure_lower(WM_KIND_COUNT, 0), 1500, "Jan 2021", "2021-05-31");
    plan_milestone(plan, "Jan 2022", 1200);
    plan_reading(plan, "Apr 2021", 1322);
}

void situation_one_person(Plan *plan)
{
    plan_init(plan, measure_of(WM_KIND_COUNT, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, 0), 0, "Jan 2021", "2021-05-31");
    plan_milestone(plan, "Jan 2022", 12);
    plan_reading(plan, "Mar 2021", 1);
}

void situation_day(Plan *plan)
{
    plan_init(plan, measure_of(WM_KIND_COUNT, WM_POLARITY_HIGHER, WM_FREQUENCY_ONCE, 0), 0, "Jan 2021", "2021-05-31");
    plan_milestone(plan, "Jan 2022", 12);
    plan_reading(plan, "22 Apr 2021", 3);
}

static void plan_deliverable(Plan *plan, const char *as_at)
{
    plan_init(plan, measure_of(WM_KIND_YES_NO, WM_POLARITY_PLAN, WM_FREQUENCY_ONCE, 0), 0, "Aug 2020", as_at);
    plan_milestone(plan, "Mar 2021", 1);
    plan->input.trajectory.shape = WM_PATH_STEP;
    plan->input.reading_lag_days = 31;
}

void situation_deliverable_ahead(Plan *plan)
{
    plan_deliverable(plan, "2021-02-28");
    plan_reading(plan, "Feb 2021", 0);
}

void situation_deliverable_missed(Plan *plan)
{
    plan_deliverable(plan, "2021-05-31");
    plan_reading(plan, "Mar 2021", 0);
    plan_reading(plan, "Apr 2021", 0);
}

void situation_deliverable_pending(Plan *plan)
{
    plan_deliverable(plan, "2021-04-15");
    plan_reading(plan, "Feb 2021", 0);
}

void situation_deliverable_done(Plan *plan)
{
    plan_deliverable(plan, "2021-04-30");
    plan_reading(plan, "Feb 2021", 1);
}

void situation_deliverable_late(Plan *plan)
{
    plan_deliverable(plan, "2021-06-30");
    plan_reading(plan, "Mar 2021", 0);
    plan_reading(plan, "May 2021", 1);
}

void situation_hidden(Plan *plan)
{
    rising(plan, "2021-07-31");
    plan_marker(plan, "May 2021", WM_SUPPRESSED);
    plan->input.is_public = true;
}
