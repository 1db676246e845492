/* What became of a milestone, and when one still ahead is expected. */
#include <waymark/assess.h>

#include <math.h>

#include "engine/core/milestone.h"
#include "engine/core/text/names.h"

/* Months are sums of thirds and twelfths: a reading due now is due. */
#define STEP_SLACK 1e-6

static const char *const STATE_NAMES[] = {
    [WM_MILESTONE_AHEAD] = "ahead",   [WM_MILESTONE_PENDING] = "pending",     [WM_MILESTONE_MET] = "met",
    [WM_MILESTONE_MISSED] = "missed", [WM_MILESTONE_RECOVERED] = "recovered",
};

const char *wm_milestone_state_name(WmMilestoneState state)
{
    return STATE_NAMES[state];
}

static bool has_value(const WmReading *reading)
{
    return wm_reading_state_has_value(reading->state) && isfinite(reading->value);
}

size_t wm_latest_value(const WmReading *readings, size_t n_readings)
{
    for (size_t i = n_readings; i-- > 0;)
        if (has_value(&readings[i]))
            return i;
    return SIZE_MAX;
}

bool wm_newest_is_hidden(const WmAssessmentInput *input)
{
    return input->is_public && input->n_readings > 0 && input->readings[input->n_readings - 1].state == WM_SUPPRESSED;
}

/* The day on which the period that judges a milestone ends: the last one that ends by the due date. Readings keep their own step: a
 * half-yearly survey of June and December judges a July milestone in June, whatever halves the calendar has. */
static WmDay judging_day(const WmAssessmentInput *input, WmDay due)
{
    const WmPeriodKind kind = wm_frequency_period_kind(input->measure.frequency);
    const int months = wm_period_kind_months(kind);
    const size_t i = wm_latest_value(input->readings, input->n_readings);
    if (months <= 1 || i == SIZE_MAX)
        return wm_period_end(wm_period_ending_by(kind, due));
    const double latest = wm_day_to_months(wm_day_month_end(wm_period_end(input->readings[i].period)));
    const double steps = floor((wm_day_to_months(due) - latest) / months);
    return wm_day_from_months(latest + steps * months);
}

double wm_milestone_months(const WmAssessmentInput *input, WmDay due)
{
    return due == WM_NO_DAY ? NAN : wm_day_to_months(judging_day(input, due));
}

/* How many readings must meet a milestone for it to be held or recovered. */
static size_t readings_to_hold(const WmMeasure *measure)
{
    return wm_frequency_is_yearly(measure->frequency) || measure->kind == WM_KIND_YES_NO ? 1 : 2;
}

bool wm_is_held(const WmAssessmentInput *input, double target)
{
    const size_t wanted = readings_to_hold(&input->measure);
    size_t n_met = 0;
    for (size_t i = input->n_readings; i-- > 0 && n_met < wanted;) {
        if (!has_value(&input->readings[i]))
            continue;
        if (!wm_measure_is_met(&input->measure, input->readings[i].value, target))
            return false;
        n_met++;
    }
    return n_met == wanted;
}

/* The last reading with a value that ends by `day`. */
static size_t latest_value_by(const WmAssessmentInput *input, WmDay day)
{
    size_t n = input->n_readings;
    while (n > 0 && wm_period_end(input->readings[n - 1].period) > day)
        n--;
    return wm_latest_value(input->readings, n);
}

/* The first reading with a value that ends after `day`. */
static size_t first_value_after(const WmAssessmentInput *input, WmDay day)
{
    for (size_t i = 0; i < input->n_readings; i++)
        if (wm_period_end(input->readings[i].period) > day && has_value(&input->readings[i]))
            return i;
    return SIZE_MAX;
}

/* Whether a reading is no younger than the path itself, although the milestone's own period is. */
static bool is_from_the_start(const WmAssessmentInput *input, size_t i, WmDay due)
{
    const WmTrajectory *path = &input->trajectory;
    return path->n_waypoints > 0 && !path->starts_at_milestone &&
           wm_reading_months(&input->readings[i]) <= path->waypoints[0].t_months &&
           wm_period_end(input->readings[i].period) < judging_day(input, due);
}

/* The reading that judges a due milestone; SIZE_MAX while it may still come. */
static size_t judging_reading(const WmAssessmentInput *input, WmDay due)
{
    const size_t i = latest_value_by(input, due);
    /* Nothing had been told since the path began: what comes next judges it. The baseline's own reading does not. */
    if (i == SIZE_MAX || is_from_the_start(input, i, due))
        return first_value_after(input, due);
    const bool is_exact = wm_period_end(input->readings[i].period) >= judging_day(input, due);
    const bool has_moved_past = !wm_newest_is_hidden(input) && wm_period_end(input->readings[input->n_readings - 1].period) > due;
    const bool is_last_word = input->measure.frequency == WM_FREQUENCY_ONCE && input->as_at >= due + input->reading_lag_days;
    return is_exact || has_moved_past || is_last_word ? i : SIZE_MAX;
}

/* A thing that was done by its date, or before it is due, is done. */
static bool is_done_early(const WmAssessmentInput *input, WmMilestone milestone)
{
    const size_t by_due = latest_value_by(input, milestone.due), latest = wm_latest_value(input->readings, input->n_readings);
    return input->measure.kind == WM_KIND_YES_NO && by_due != SIZE_MAX &&
           wm_measure_is_met(&input->measure, input->readings[by_due].value, milestone.target) &&
           wm_measure_is_met(&input->measure, input->readings[latest].value, milestone.target);
}

WmMilestoneOutcome wm_milestone_judge(const WmAssessmentInput *input, WmMilestone milestone)
{
    if (is_done_early(input, milestone))
        return (WmMilestoneOutcome){WM_MILESTONE_MET, wm_latest_value(input->readings, input->n_readings)};
    if (milestone.due > input->as_at)
        return (WmMilestoneOutcome){WM_MILESTONE_AHEAD, SIZE_MAX};

    const size_t i = judging_reading(input, milestone.due);
    if (i == SIZE_MAX)
        return (WmMilestoneOutcome){WM_MILESTONE_PENDING, SIZE_MAX};
    const bool is_met = wm_measure_is_met(&input->measure, input->readings[i].value, milestone.target);
    const WmMilestoneState missed = wm_is_held(input, milestone.target) ? WM_MILESTONE_RECOVERED : WM_MILESTONE_MISSED;
    return (WmMilestoneOutcome){is_met ? WM_MILESTONE_MET : missed, i};
}

bool wm_milestone_is_open(const WmAssessmentInput *input, WmMilestone milestone)
{
    const WmMilestoneState state = wm_milestone_judge(input, milestone).state;
    return state == WM_MILESTONE_AHEAD || state == WM_MILESTONE_PENDING;
}

/* The first time after `from_months` at which the trend predicts a reading. */
static double first_predicted(const WmTrend *trend, double from_months)
{
    const double origin = wm_trend_is_line(trend) ? 0 : trend->t_last;
    return origin + (floor((from_months - origin) / trend->step_months + STEP_SLACK) + 1) * trend->step_months;
}

void wm_expected_months(const WmTrend *trend, const WmMeasure *measure, double target, double from_months, const double *wanted,
                        size_t n, WmDay *out)
{
    size_t n_left = n;
    for (size_t i = 0; i < n; i++)
        out[i] = WM_NO_DAY;
    if (trend->state != WM_TREND_FITTED || isnan(target) || isnan(from_months))
        return;
    const double first = first_predicted(trend, from_months), end = floor(from_months) + WM_EXPECTED_HORIZON_MONTHS + STEP_SLACK;
    for (double t = first; n_left && t <= end; t += trend->step_months) {
        const WmDistribution y = wm_trend_predict(trend, t);
        const double chance = wm_distribution_chance(&y, measure, target);
        for (size_t i = 0; i < n; i++)
            if (out[i] == WM_NO_DAY && chance >= wanted[i] - WM_CHANCE_SLACK) {
                out[i] = wm_day_from_months(t);
                n_left--;
            }
    }
}

WmDay wm_expected_month(const WmTrend *trend, const WmMeasure *measure, double target, double from_months, double chance)
{
    WmDay day;
    wm_expected_months(trend, measure, target, from_months, &chance, 1, &day);
    return day;
}
