/* A series as a control chart takes it. */
#include <waymark/series.h>

#include <math.h>

#include "engine/core/spc_parts.h"

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

void wm_series_spc_points(const WmSeries *series, WmSpcPoint *points)
{
    const Events events = {series->events, series->n_events};
    for (size_t i = 0; i < series->n_readings; i++) {
        points[i] = point_of(series->readings, i, &events);
        points[i].target = wm_series_target_at(series, series->readings[i].period);
    }
}

static WmSpcOptions options_of(const WmMeasure *measure)
{
    WmSpcOptions options = wm_spc_options_default();
    options.kind = measure->kind;
    options.polarity = measure->polarity;
    options.low = measure->low;
    options.high = measure->high;
    return options;
}

WmSpcOptions wm_series_spc_options(const WmSeries *series)
{
    return options_of(&series->measure);
}

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
    for (size_t i = 0; i < n_readings; i++)
        points[i] = point_of(readings, i, &all);
    if (path)
        chart_gaps(readings, n_readings, path, points, &options);
    const WmStatus status = wm_spc_analyse(points, n_readings, &options, scratch, &spc);
    *out = wm_spc_latest(&spc);
    return status;
}
