/* Control charts of a plan's series. */
#include "engine/data/series_signals.h"

#include <glib.h>
#include <math.h>

static gboolean has_event(const WmSeries *series, WmPeriod period, WmEventKind kind)
{
    for (size_t i = 0; i < series->n_events; i++) {
        const WmEvent *event = &series->events[i];
        if (event->kind == kind && wm_period_start(event->period) <= wm_period_end(period) && wm_period_end(event->period) >= wm_period_start(period))
            return TRUE;
    }
    return FALSE;
}

/* The milestone in force at a reading: the first one due at its period's end or later, else the last. */
static double target_in_force(const WmSeries *series, WmPeriod period)
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

static WmSpcPoint point_of(const WmSeries *series, size_t i)
{
    const WmReading *reading = &series->readings[i];
    const WmPeriod period = reading->period;
    const gboolean is_break = has_event(series, period, WM_EVENT_BREAK);
    const gboolean was_break = i > 0 && has_event(series, series->readings[i - 1].period, WM_EVENT_BREAK);
    return (WmSpcPoint){
        .value = wm_reading_state_has_value(reading->state) ? reading->value : NAN,
        .numerator = reading->numerator,
        .denominator = reading->denominator,
        .target = target_in_force(series, period),
        .starts_phase = is_break && !was_break,
        .is_excluded = has_event(series, period, WM_EVENT_OUTLIER),
    };
}

void series_signals_find(WmSeries *series, WmSpcScratch *scratch)
{
    series->variation = WM_EFFECT_COMMON;
    series->assurance = WM_ASSURANCE_NONE;
    if (series->measure.kind == WM_KIND_YES_NO || series->measure.kind == WM_KIND_TEXT || !series->assessment.has_value)
        return;
    g_autofree WmSpcPoint *points = g_new(WmSpcPoint, series->n_readings);
    for (size_t i = 0; i < series->n_readings; i++)
        points[i] = point_of(series, i);
    WmSpcOptions options = wm_spc_options_default();
    options.kind = series->measure.kind;
    options.polarity = series->measure.polarity;
    options.low = series->measure.low;
    options.high = series->measure.high;
    WmSpc spc;
    if (wm_spc_analyse(points, series->n_readings, &options, scratch, &spc) != WM_OK)
        g_error("no memory for a control chart"); /* as every other allocation of GLib's */
    series->variation = spc.variation;
    series->assurance = spc.assurance;
}
