/* One series on one day. */
#include "engine/data/series/series_view.h"

#include <math.h>
#include <string.h>

#include "engine/core/answers/batch_group.h"
#include "engine/data/plan/plan_private.h"
#include "engine/data/series/series_served.h"
#include "engine/data/series/vintages.h"

SeriesTools series_tools_new(PriorSet *priors)
{
    const SeriesTools self = {
        .priors = priors, .forecast = wm_forecast_scratch_new(), .spc = wm_spc_scratch_new(), .signals = signal_work_new()};
    if (!self.forecast || !self.spc)
        g_error("no memory to assess a series"); /* as every other allocation of GLib's */
    return self;
}

void series_tools_clear(SeriesTools *self)
{
    wm_forecast_scratch_free(self->forecast);
    wm_spc_scratch_free(self->spc);
    signal_work_free(self->signals);
    wm_trend_scratch_clear(&self->models);
    *self = (SeriesTools){.priors = NULL};
}

/* A reading of a period that had not begun is a plan or a slip, not a reading. How many were left out. */
static size_t leave_out_future(GArray *readings, WmDay day)
{
    guint n = readings->len;
    while (n > 0 && wm_period_start(g_array_index(readings, WmReading, n - 1).period) > day)
        n--;
    const size_t n_future = readings->len - n;
    g_array_set_size(readings, n);
    return n_future;
}

static const WmReading *readings_of(const SeriesView *self)
{
    return (const WmReading *)(const void *)self->readings->data;
}

static gboolean is_same_number(double a, double b)
{
    return isnan(a) ? isnan(b) : a == b;
}

static gboolean is_same_reading(const WmReading *a, const WmReading *b)
{
    return wm_period_compare(a->period, b->period) == 0 && a->state == b->state && is_same_number(a->value, b->value) &&
           is_same_number(a->numerator, b->numerator) && is_same_number(a->denominator, b->denominator);
}

static gboolean are_same_readings(const SeriesView *a, const SeriesView *b)
{
    if (a->readings->len != b->readings->len)
        return FALSE;
    for (guint i = 0; i < a->readings->len; i++)
        if (!is_same_reading(&readings_of(a)[i], &readings_of(b)[i]))
            return FALSE;
    return TRUE;
}

static const WmPrior *find_prior(const GArray *readings, const SeriesSource *source, WmDay day, gboolean *is_builtin)
{
    const WmMeasure *measure = &source->indicator->measure;
    const WmForecastSeries series = {.readings = (const WmReading *)(const void *)readings->data, .n_readings = readings->len};
    const WmForecastGroup group =
        wm_forecast_group_of(measure, wm_measure_period_kind(measure, series.readings, series.n_readings), &series, 1);
    const WmPrior *prior = prior_set_find(source->tools->priors, &group, day, is_builtin);
    if (!prior)
        g_error("no memory for a prior");
    return prior;
}

const WmPrior *series_prior_learnt(const SeriesSource *source, WmDay day)
{
    gboolean is_builtin;
    g_autoptr(GArray) readings = vintages_as_at(source->vintages, day, NULL);
    leave_out_future(readings, day);
    const WmPrior *prior = find_prior(readings, source, day, &is_builtin);
    return is_builtin ? NULL : prior;
}

/* Against the limits of the gap: on a path that rises, readings that rise with it are no news. */
static int signal_of(const SeriesView *self, const SeriesSource *source)
{
    const WmMeasure *measure = &source->indicator->measure;
    const WmTrajectory *path = self->plan->trajectory.n_waypoints > 0 ? &self->plan->trajectory : NULL;
    WmSpcLatest latest;
    if (measure->kind == WM_KIND_YES_NO || measure->kind == WM_KIND_TEXT || self->readings->len == 0)
        return 0;
    if (wm_readings_latest_signal(readings_of(self), self->readings->len, measure,
                                  (const WmEvent *)(const void *)self->plan->events->data, self->plan->events->len, path,
                                  source->tools->spc, &latest) != WM_OK)
        g_error("no memory for a control chart");
    if (!latest.is_beyond_noise)
        return 0;
    return latest.effect == WM_EFFECT_IMPROVEMENT ? 1 : latest.effect == WM_EFFECT_CONCERN ? -1 : 0;
}

WmAssessmentInput series_view_input(const SeriesView *self)
{
    WmAssessmentInput input = series_plan_input(self->plan, readings_of(self), self->readings->len);
    input.trend.events = (const WmEvent *)(const void *)self->plan->events->data;
    input.trend.n_events = self->plan->events->len;
    input.is_public = self->is_public;
    return input;
}

void series_view_show(const SeriesView *self, WmSeries *out)
{
    const SeriesPlan *plan = self->plan;
    out->measure = plan->indicator->measure;
    out->spc = plan->indicator->spc;
    out->is_illustrative = self->is_illustrative;
    out->n_future = self->n_future;
    out->baseline_day = plan->baseline_day;
    out->baseline_value = plan->baseline_value;
    out->baseline_qualifier = plan->baseline_qualifier;
    out->second_baseline = plan->second_baseline ? plan->second_baseline->value : NAN;
    out->second_baseline_day = plan->second_baseline ? plan->second_baseline->as_at : WM_NO_DAY;
    out->milestones = (WmSeriesMilestone *)(gpointer)plan->printed->data;
    out->n_milestones = plan->printed->len;
    out->readings = (WmReading *)(gpointer)self->readings->data;
    out->n_readings = self->readings->len;
    out->comparators = (WmComparator *)(gpointer)plan->comparators->data;
    out->n_comparators = plan->comparators->len;
    out->events = (WmEvent *)(gpointer)plan->events->data;
    out->n_events = plan->events->len;
    out->trajectory = plan->trajectory;
    out->assessment = self->assessment;
    out->signals = self->signals;
}

/* What the control chart says: a reason beside the others. */
static void find_signals(SeriesView *self, const SeriesSource *source)
{
    WmSeries series = {.indicator = source->indicator->indicator};
    series_view_show(self, &series);
    signal_work_find(source->tools->signals, &series, &self->signals, NULL);
    signals_add_reason(&self->signals, &self->assessment);
}

/* What a model is fitted with, the straight line only where it steps, and where its fit is kept. */
static void lend_memory(SeriesView *self, const SeriesSource *source, WmDay day, WmTrendOptions *trend)
{
    trend->prior = find_prior(self->readings, source, day, NULL);
    if (trend->model == WM_MODEL_AUTO) {
        trend->scratch = source->tools->forecast;
        trend->forecast = self->forecast = g_new(WmForecast, 1);
        return;
    }
    trend->models = &source->tools->models;
    trend->ahead = self->ahead = g_new0(WmTrendAhead, 1);
    trend->is_percent = source->indicator->measure.kind == WM_KIND_PERCENT;
}

void series_view_init(SeriesView *self, const SeriesSource *source, WmDay day, WmAssessScope scope, const SeriesView *earlier)
{
    g_autoptr(GArray) computed = source->peers ? peers_comparators(source->peers, source->unit, day) : NULL;
    *self = (SeriesView){.plan = series_plan_with(source->plan, source->indicator, source->unit, day, computed),
                         .is_public = source->is_public};
    self->readings = vintages_as_at(source->vintages, day, &self->is_illustrative);
    self->n_future = leave_out_future(self->readings, day);

    WmAssessmentInput input = series_view_input(self);
    input.scope = scope;
    input.signal = signal_of(self, source);
    if (earlier && earlier->assessment.trend.state != WM_TREND_NONE && are_same_readings(self, earlier))
        input.known_trend = &earlier->assessment.trend;
    else
        lend_memory(self, source, day, &input.trend);
    if (!served_take(source->tools->served, source, day, &input, &self->assessment))
        wm_assess(&input, &self->assessment);
    find_signals(self, source);
}

void series_view_clear(SeriesView *self)
{
    g_clear_pointer(&self->plan, series_plan_free);
    g_clear_pointer(&self->readings, g_array_unref);
    g_clear_pointer(&self->forecast, g_free);
    g_clear_pointer(&self->ahead, g_free);
}

WmSeriesOverride series_override_on(const SeriesSource *source, WmDay day)
{
    const char *indicator = source->indicator->indicator;
    const WmOverride *in_force = wm_plan_override(source->plan, indicator, source->unit, day);
    const WmOverride *row = in_force ? in_force : wm_plan_override_run_out(source->plan, indicator, source->unit, day);
    if (!row)
        return (WmSeriesOverride){.reason = "", .by_role = "", .from = WM_NO_DAY, .expires = WM_NO_DAY};
    return (WmSeriesOverride){.state = in_force ? WM_OVERRIDE_IN_FORCE : WM_OVERRIDE_EXPIRED,
                              .status = row->status,
                              .reason = row->reason,
                              .by_role = row->by_role,
                              .from = row->from,
                              .expires = row->expires};
}

void series_override(const SeriesSource *source, WmAssessment *assessment)
{
    const WmSeriesOverride override = series_override_on(source, assessment->as_at);
    if (override.state != WM_OVERRIDE_IN_FORCE)
        return;
    if (assessment->n_reasons == WM_MAX_REASONS)
        assessment->n_reasons--;
    assessment->reasons[assessment->n_reasons++] =
        (WmReason){.code = WM_REASON_OVERRIDDEN, .a = assessment->verdict.status, .b = NAN, .day = override.expires};
    assessment->verdict = (WmVerdict){override.status, WM_OVERRIDDEN, assessment->verdict.status};
}

gboolean series_is_exception(const WmPlan *plan, const WmAssessment *assessment)
{
    const WmVerdict verdict = assessment->verdict;
    if (verdict.status == WM_RED || verdict.status == WM_AMBER)
        return TRUE;
    return !plan->settings.keeps_quiet && verdict.status != WM_WHITE && verdict.mark != WM_OVERRIDDEN &&
           wm_assessment_has_reason(assessment, WM_REASON_SIGNAL_CONCERN) &&
           !wm_assessment_has_reason(assessment, WM_REASON_READING_STALE);
}
