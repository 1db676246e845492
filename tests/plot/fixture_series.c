/* Assessed series made by hand. */
#include "plot/fixture_series.h"

#include <math.h>

SeriesFixture *fixture_new(void)
{
    SeriesFixture *self = g_new0(SeriesFixture, 1);
    self->waypoints = g_array_new(FALSE, TRUE, sizeof(WmWaypoint));
    self->milestones = g_array_new(FALSE, TRUE, sizeof(WmSeriesMilestone));
    self->readings = g_array_new(FALSE, TRUE, sizeof(WmReading));
    self->revisions = g_array_new(FALSE, TRUE, sizeof(WmRevision));
    self->comparators = g_array_new(FALSE, TRUE, sizeof(WmComparator));
    self->events = g_array_new(FALSE, TRUE, sizeof(WmEvent));
    self->series = (WmSeries){
        .indicator = "EHC20",
        .title = "EHC plans issued within 20 weeks",
        .unit = "",
        .unit_name = "Somerset",
        .cohort = "",
        .measure_unit = "%",
        .source = "DfE, Education, health and care plans",
        .theme = "",
        .theme_title = "",
        .owner_role = "",
        .note = "",
        .baseline_day = WM_NO_DAY,
        .baseline_value = (double)NAN,
        .baseline_qualifier = WM_BASELINE_NONE,
        .first_raised = WM_NO_DAY,
        .sentence = "",
    };
    self->series.measure = (WmMeasure){.kind = WM_KIND_PERCENT,
                                       .polarity = WM_POLARITY_HIGHER,
                                       .frequency = WM_FREQUENCY_MONTH,
                                       .low = 0,
                                       .high = 100,
                                       .decimals = 1,
                                       .tolerance = (double)NAN,
                                       .near = (double)NAN};
    self->series.previous.as_at = WM_NO_DAY;
    return self;
}

void fixture_free(SeriesFixture *self)
{
    if (!self)
        return;
    GArray *const arrays[] = {self->waypoints, self->milestones, self->readings, self->revisions, self->comparators, self->events};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_array_unref(arrays[i]);
    g_free(self);
}

void fixture_measure(SeriesFixture *self, WmKind kind, const char *unit, WmPolarity polarity, WmFrequency frequency, int decimals)
{
    WmMeasure *measure = &self->series.measure;
    measure->kind = kind;
    measure->polarity = polarity;
    measure->frequency = frequency;
    measure->decimals = decimals;
    measure->low = kind == WM_KIND_SCORE ? (double)NAN : 0;
    measure->high = kind == WM_KIND_PERCENT ? 100 : (double)NAN;
    self->series.measure_unit = unit;
}

static WmPeriod period_of(const char *text)
{
    WmPeriod period = {WM_PERIOD_NONE, 0};
    wm_period_parse(text, WM_PERIOD_FINANCIAL_YEAR, &period);
    return period;
}

static WmDay day_of(const char *text)
{
    WmDay day = WM_NO_DAY;
    wm_day_parse(text, WM_PERIOD_FINANCIAL_YEAR, &day);
    return day;
}

void fixture_baseline(SeriesFixture *self, const char *day, double value, WmBaselineQualifier qualifier)
{
    self->series.baseline_day = day_of(day);
    self->series.baseline_value = value;
    self->series.baseline_qualifier = qualifier;
}

void fixture_milestone(SeriesFixture *self, const char *due, double target)
{
    const WmSeriesMilestone milestone = {.due = day_of(due), .target = target, .text = "", .reason = "", .chance = (double)NAN};
    g_array_append_val(self->milestones, milestone);
}

static void append_reading(SeriesFixture *self, WmPeriod period, double value, WmReadingState state)
{
    const WmReading reading = {period, value, (double)NAN, (double)NAN, state};
    g_array_append_val(self->readings, reading);
}

void fixture_reading(SeriesFixture *self, const char *period, double value, WmReadingState state)
{
    append_reading(self, period_of(period), value, state);
}

void fixture_readings(SeriesFixture *self, const char *period, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        append_reading(self, wm_period_step(period_of(period), (int)i), values[i], isnan(values[i]) ? WM_MISSING : WM_FINAL);
}

void fixture_revision(SeriesFixture *self, const char *period, double was, double now)
{
    const WmRevision revision = {
        .period = period_of(period), .was = was, .now = now, .received = WM_NO_DAY, .was_received = WM_NO_DAY};
    g_array_append_val(self->revisions, revision);
}

void fixture_comparator(SeriesFixture *self, const char *name, const char *period, double value)
{
    const WmComparator comparator = {name, period_of(period), value};
    g_array_append_val(self->comparators, comparator);
}

void fixture_event(SeriesFixture *self, const char *period, const char *title)
{
    const WmEvent event = {period_of(period), WM_EVENT_BREAK, title};
    g_array_append_val(self->events, event);
}

static bool has_baseline(const SeriesFixture *self)
{
    return isfinite(self->series.baseline_value) && self->series.baseline_day != WM_NO_DAY;
}

static GArray *make_path(SeriesFixture *self)
{
    GArray *milestones = g_array_new(FALSE, TRUE, sizeof(WmMilestone));
    if (has_baseline(self)) {
        const WmWaypoint start = {wm_day_to_months(self->series.baseline_day), self->series.baseline_value};
        g_array_append_val(self->waypoints, start);
    }
    for (guint i = 0; i < self->milestones->len; i++) {
        const WmSeriesMilestone *printed = &g_array_index(self->milestones, WmSeriesMilestone, i);
        if (printed->due == WM_NO_DAY || !isfinite(printed->target))
            continue;
        const WmMilestone milestone = {printed->due, printed->target};
        const WmWaypoint corner = {wm_day_to_months(printed->due), printed->target};
        g_array_append_val(milestones, milestone);
        if (self->waypoints->len == 0 ||
            g_array_index(self->waypoints, WmWaypoint, self->waypoints->len - 1).t_months < corner.t_months)
            g_array_append_val(self->waypoints, corner);
    }
    self->series.trajectory.waypoints = (const WmWaypoint *)(void *)self->waypoints->data;
    self->series.trajectory.n_waypoints = self->waypoints->len;
    self->series.trajectory.starts_at_milestone = !has_baseline(self);
    return milestones;
}

static void judge_milestones(SeriesFixture *self, const WmAssessmentInput *input)
{
    const WmTrend *trend = &self->series.assessment.trend;
    for (guint i = 0; i < self->milestones->len; i++) {
        WmSeriesMilestone *milestone = &g_array_index(self->milestones, WmSeriesMilestone, i);
        if (milestone->due == WM_NO_DAY || !isfinite(milestone->target))
            continue;
        milestone->outcome = wm_milestone_judge(input, (WmMilestone){milestone->due, milestone->target});
        if (milestone->outcome.state != WM_MILESTONE_AHEAD || trend->state != WM_TREND_FITTED)
            continue;
        const WmDistribution expected = wm_trend_predict(trend, wm_milestone_months(input, milestone->due));
        milestone->chance = wm_distribution_chance(&expected, &input->measure, milestone->target);
    }
}

void fixture_assess(SeriesFixture *self, const char *as_at)
{
    WmSeries *series = &self->series;
    g_autoptr(GArray) milestones = make_path(self);
    const WmAssessmentInput input = {
        .measure = series->measure,
        .baseline = {.value = series->baseline_value},
        .trajectory = series->trajectory,
        .milestones = (const WmMilestone *)(void *)milestones->data,
        .n_milestones = milestones->len,
        .n_unresolved = self->milestones->len - milestones->len,
        .readings = (const WmReading *)(void *)self->readings->data,
        .n_readings = self->readings->len,
        .as_at = day_of(as_at),
        .plan_start = WM_NO_DAY,
        .reading_lag_days = 45,
    };
    wm_assess(&input, &series->assessment);
    judge_milestones(self, &input);
    series->milestones = (const WmSeriesMilestone *)(void *)self->milestones->data;
    series->n_milestones = self->milestones->len;
    series->readings = input.readings;
    series->n_readings = input.n_readings;
    series->revisions = (const WmRevision *)(void *)self->revisions->data;
    series->n_revisions = self->revisions->len;
    series->comparators = (const WmComparator *)(void *)self->comparators->data;
    series->n_comparators = self->comparators->len;
    series->events = (const WmEvent *)(void *)self->events->data;
    series->n_events = self->events->len;
    series->sentence = wm_assessment_explain(&series->assessment, &series->measure, series->measure_unit, self->sentence);
}
