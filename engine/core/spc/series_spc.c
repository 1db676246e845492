/* A series as a control chart takes it. */
#include <waymark/series.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/core/text/names.h"
#include "engine/core/spc/spc_parts.h"

static const char *const ASSURANCE_OFS[WM_N_ASSURANCE_OFS] = {
    [WM_ASSURANCE_OF_AUTO] = "auto", [WM_ASSURANCE_OF_PATH] = "path", [WM_ASSURANCE_OF_MILESTONE] = "milestone"};

WM_DEFINE_NAMES(wm_assurance_of, WmAssuranceOf, ASSURANCE_OFS)

/* What happened to a series. */
typedef struct {
    const WmEvent *all;
    size_t n;
} Events;

static bool has_event(const Events *events, WmPeriod period, WmEventKind kind)
{
    for (size_t i = 0; i < events->n; i++) {
        const WmEvent *event = &events->all[i];
        if (event->kind == kind && wm_period_start(event->period) <= wm_period_end(period) &&
            wm_period_end(event->period) >= wm_period_start(period))
            return true;
    }
    return false;
}

double wm_series_target_at(const WmSeries *series, WmPeriod period)
{
    double target = NAN;
    for (size_t i = 0; i < series->n_milestones; i++) {
        const WmSeriesMilestone *one = &series->milestones[i];
        if (one->due == WM_NO_DAY || isnan(one->target))
            continue;
        target = one->target;
        if (one->due >= wm_period_end(period))
            break;
    }
    return target;
}

static WmSpcPoint point_of(const WmReading *readings, size_t i, const Events *events)
{
    const WmReading *reading = &readings[i];
    const bool is_break = has_event(events, reading->period, WM_EVENT_BREAK);
    const bool was_break = i > 0 && has_event(events, readings[i - 1].period, WM_EVENT_BREAK);
    return (WmSpcPoint){
        .value = wm_reading_state_has_value(reading->state) ? reading->value : NAN,
        .numerator = reading->numerator,
        .denominator = reading->denominator,
        .target = NAN,
        .starts_phase = is_break && !was_break,
        .is_excluded = has_event(events, reading->period, WM_EVENT_OUTLIER),
    };
}

/* ---- targets ---- */

static double path_at(const WmSeries *series, const WmReading *reading)
{
    return wm_trajectory_at(&series->trajectory, wm_reading_months(reading));
}

WmAssuranceOf wm_series_assurance_of(const WmSeries *series)
{
    if (series->spc.assurance_of == WM_ASSURANCE_OF_MILESTONE)
        return WM_ASSURANCE_OF_MILESTONE;
    for (size_t i = series->n_readings; i-- > 0;)
        if (wm_reading_state_has_value(series->readings[i].state))
            return isnan(path_at(series, &series->readings[i])) ? WM_ASSURANCE_OF_MILESTONE : WM_ASSURANCE_OF_PATH;
    return WM_ASSURANCE_OF_MILESTONE;
}

/* A path by steps asks for its latest milestone: what was before the first one is no target, so there the first is. */
static double step_at(const WmSeries *series, WmPeriod period)
{
    double target = NAN;
    for (size_t i = 0; i < series->n_milestones; i++) {
        const WmSeriesMilestone *one = &series->milestones[i];
        if (one->due == WM_NO_DAY || isnan(one->target))
            continue;
        if (!isnan(target) && one->due > wm_period_end(period))
            break;
        target = one->target;
    }
    return target;
}

static double target_of(const WmSeries *series, WmAssuranceOf of, const WmReading *reading)
{
    if (of == WM_ASSURANCE_OF_MILESTONE)
        return wm_series_target_at(series, reading->period);
    return series->trajectory.shape == WM_PATH_STEP ? step_at(series, reading->period) : path_at(series, reading);
}

bool wm_series_is_chartable(const WmSeries *series)
{
    return series->measure.kind != WM_KIND_YES_NO && series->measure.kind != WM_KIND_TEXT;
}

void wm_series_spc_points(const WmSeries *series, WmSpcPoint *points)
{
    const Events events = {series->events, series->n_events};
    const bool is_chartable = wm_series_is_chartable(series);
    const WmAssuranceOf of = wm_series_assurance_of(series);
    for (size_t i = 0; i < series->n_readings; i++) {
        points[i] = point_of(series->readings, i, &events);
        points[i].target = target_of(series, of, &series->readings[i]);
        if (!is_chartable)
            points[i].value = points[i].numerator = points[i].denominator = points[i].target = NAN;
    }
}

/* ---- options ---- */

static WmSpcOptions options_of(const WmMeasure *measure)
{
    WmSpcOptions options = wm_spc_options_default();
    options.kind = measure->kind;
    options.polarity = measure->polarity;
    options.low = measure->low;
    options.high = measure->high;
    return options;
}

static size_t count_or(int asked, size_t otherwise)
{
    return asked > 0 ? (size_t)asked : otherwise;
}

WmSpcOptions wm_series_spc_options(const WmSeries *series)
{
    const WmSpcPlan *plan = &series->spc;
    WmSpcOptions options = options_of(&series->measure);
    options.chart = plan->chart;
    options.rules = plan->rules;
    options.screen = plan->screen;
    options.fewest = WM_SPC_FEWEST;
    options.establish = plan->establish;
    options.fix_after = count_or(plan->fix_after, 0);
    options.ssa.period_min = count_or(plan->period_min, options.ssa.period_min);
    options.ssa.shift_length = count_or(plan->shift_length, options.ssa.shift_length);
    memcpy(options.lengths, plan->lengths, sizeof options.lengths);
    if (wm_series_assurance_of(series) == WM_ASSURANCE_OF_PATH && series->trajectory.shape != WM_PATH_STEP)
        options.target_shape = WM_SPC_TARGET_MOVING;
    return options;
}

/* Its last milestone is met and held: limits that span the whole climb would say that it cannot be. */
static bool is_held(const WmSeries *series)
{
    return series->n_readings > 0 && series->assessment.verdict.status == WM_BLUE;
}

WmStatus wm_series_chart(const WmSeries *series, WmSpcScratch *scratch, WmSpc *out)
{
    const WmSpcOptions options = wm_series_spc_options(series);
    WmSpcPoint *points = wm_spc_scratch_points(scratch, series->n_readings);
    if (!points)
        return WM_NO_MEMORY;
    wm_series_spc_points(series, points);
    const WmStatus status = wm_spc_analyse(points, series->n_readings, &options, scratch, out);
    if (is_held(series) && out->assurance != WM_ASSURANCE_PASS)
        out->assurance = WM_ASSURANCE_NONE;
    return status;
}

bool wm_series_has_signal(const WmSeries *series)
{
    const WmSignals *s = &series->signals;
    return s->is_charted && s->is_judged_signal;
}

/* ---- suggestion ---- */

const char *wm_series_suggestion_text(const WmSeries *series, char text[WM_SUGGESTION_TEXT])
{
    const WmSpcSuggestion *s = &series->signals.suggestion;
    char from[WM_PERIOD_TEXT], before[WM_VALUE_TEXT], centre[WM_VALUE_TEXT], lower[WM_VALUE_TEXT], upper[WM_VALUE_TEXT];
    text[0] = 0;
    if (!series->signals.is_charted || s->i_point >= series->n_readings)
        return text;
    const char *unit = series->measure_unit;
    const WmMeasure *measure = &series->measure;
    const int n =
        snprintf(text, WM_SUGGESTION_TEXT,
                 "limits could be re-established from %s: %zu %ss in a row %s the mean of %s until then; from there the mean is %s",
                 wm_period_format(series->readings[s->i_point].period, from), s->n_beyond,
                 wm_readings_noun(series->readings, series->n_readings), s->direction > 0 ? "above" : "below",
                 wm_value_format(s->centre_before, measure, unit, before), wm_value_format(s->centre, measure, unit, centre));
    if (isfinite(s->lower) && isfinite(s->upper) && n > 0 && n < WM_SUGGESTION_TEXT)
        snprintf(text + n, (size_t)(WM_SUGGESTION_TEXT - n), " (limits %s to %s)", wm_value_format(s->lower, measure, unit, lower),
                 wm_value_format(s->upper, measure, unit, upper));
    return text;
}

/* ---- from readings alone ---- */

/* y - T(t): neither counts nor bounds of y say anything about it. */
static void chart_gaps(const WmReading *readings, size_t n_readings, const WmTrajectory *path, WmSpcPoint *points,
                       WmSpcOptions *options)
{
    for (size_t i = 0; i < n_readings; i++) {
        points[i].value -= wm_trajectory_at(path, wm_reading_months(&readings[i]));
        points[i].numerator = points[i].denominator = NAN;
    }
    options->chart = WM_SPC_XMR;
    options->low = options->high = NAN;
}

WmStatus wm_readings_latest_signal(const WmReading *readings, size_t n_readings, const WmMeasure *measure, const WmEvent *events,
                                   size_t n_events, const WmTrajectory *path, WmSpcScratch *scratch, WmSpcLatest *out)
{
    const Events all = {events, events ? n_events : 0};
    WmSpc spc = {.i_last = SIZE_MAX};
    *out = wm_spc_latest(&spc);
    WmSpcPoint *points = wm_spc_scratch_points(scratch, n_readings);
    if (!points)
        return WM_NO_MEMORY;
    WmSpcOptions options = options_of(measure);
    options.fewest = 1; /* limits of no width are no evidence */
    for (size_t i = 0; i < n_readings; i++)
        points[i] = point_of(readings, i, &all);
    if (path)
        chart_gaps(readings, n_readings, path, points, &options);
    const WmStatus status = wm_spc_analyse(points, n_readings, &options, scratch, &spc);
    *out = wm_spc_latest(&spc);
    return status;
}
