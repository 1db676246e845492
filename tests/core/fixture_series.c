#include "core/fixture_series.h"

#include <math.h>

#include "core/fixture_cases.h"

WmPeriod period_of(const char *text)
{
    WmPeriod period;
    if (!wm_period_parse(text, WM_PERIOD_FINANCIAL_YEAR, &period))
        fail_msg("no period: %s", text);
    return period;
}

WmDay day_of(const char *text)
{
    return wm_period_end(period_of(text));
}

double months_of(const char *text)
{
    return wm_day_to_months(day_of(text));
}

WmMeasure measure_of(WmKind kind, WmPolarity polarity, WmFrequency frequency, int decimals)
{
    return (WmMeasure){.kind = kind,
                       .polarity = polarity,
                       .frequency = frequency,
                       .low = NAN,
                       .high = NAN,
                       .decimals = decimals,
                       .tolerance = NAN,
                       .near = NAN};
}

WmMeasure percent_measure(void)
{
    return measure_of(WM_KIND_PERCENT, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, 1);
}

WmReading reading_of(const char *period, double value)
{
    return (WmReading){.period = period_of(period), .value = value, .numerator = NAN, .denominator = NAN, .state = WM_FINAL};
}

void monthly_readings(const char *first, const double *values, size_t n, WmReading *out)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = reading_of(first, values[i]);
        out[i].period = wm_period_step(out[i].period, (int)i);
    }
}

void plan_init(Plan *self, WmMeasure measure, double baseline, const char *baseline_at, const char *as_at)
{
    plan_init_without_baseline(self, measure, as_at);
    self->input.baseline.value = baseline;
    self->input.trajectory.starts_at_milestone = false;
    self->input.trajectory.n_waypoints = 1;
    self->waypoints[0] = (WmWaypoint){months_of(baseline_at), baseline};
}

void plan_init_without_baseline(Plan *self, WmMeasure measure, const char *as_at)
{
    self->policy = wm_policy_default();
    self->input = (WmAssessmentInput){
        .measure = measure,
        .baseline = {.value = NAN},
        .trajectory = {.waypoints = self->waypoints, .shape = WM_PATH_LINEAR, .starts_at_milestone = true},
        .milestones = self->milestones,
        .readings = self->readings,
        .as_at = day_of(as_at),
        .plan_start = WM_NO_DAY,
    };
}

void plan_milestone(Plan *self, const char *due, double target)
{
    assert_true(self->input.n_milestones < MAX_MILESTONES);
    self->milestones[self->input.n_milestones++] = (WmMilestone){day_of(due), target};
    self->waypoints[self->input.trajectory.n_waypoints++] = (WmWaypoint){months_of(due), target};
}

void plan_reading(Plan *self, const char *period, double value)
{
    assert_true(self->input.n_readings < MAX_READINGS);
    self->readings[self->input.n_readings++] = reading_of(period, value);
}

void plan_marker(Plan *self, const char *period, WmReadingState state)
{
    plan_reading(self, period, NAN);
    self->readings[self->input.n_readings - 1].state = state;
}

void plan_readings(Plan *self, const char *first, const double *values, size_t n)
{
    assert_true(self->input.n_readings + n <= MAX_READINGS);
    monthly_readings(first, values, n, self->readings + self->input.n_readings);
    self->input.n_readings += n;
}

WmAssessment plan_assess(const Plan *self)
{
    WmAssessment out;
    wm_assess(&self->input, &out);
    return out;
}

const WmReason *get_reason(const WmAssessment *assessment, WmReasonCode code)
{
    for (size_t i = 0; i < assessment->n_reasons; i++)
        if (assessment->reasons[i].code == code)
            return &assessment->reasons[i];
    return NULL;
}

bool has_reason(const WmAssessment *assessment, WmReasonCode code)
{
    return get_reason(assessment, code) != NULL;
}

void check_verdict(const WmAssessment *assessment, WmRag status, WmMark mark)
{
    assert_string_equal(wm_rag_name(assessment->verdict.status), wm_rag_name(status));
    assert_string_equal(wm_mark_name(assessment->verdict.mark), wm_mark_name(mark));
}

void check_day(WmDay day, const char *expected)
{
    char text[WM_PERIOD_TEXT];
    assert_string_equal(wm_day_format_iso(day, text), expected);
}

void plan_somerset_monthly(Plan *plan, const char *as_at)
{
    plan_init(plan, percent_measure(), 41, "Aug 2020", as_at);
    plan_milestone(plan, "Apr 2021", 40);
    plan_milestone(plan, "Aug 2021", 50);
    plan_milestone(plan, "Jan 2022", 75);
}
