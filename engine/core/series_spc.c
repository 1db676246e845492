/* A series as a control chart takes it. */
#include <waymark/series.h>

#include <math.h>

static bool has_event(const WmSeries *series, WmPeriod period, WmEventKind kind)
{
    for (size_t i = 0; i < series->n_events; i++) {
        const WmEvent *event = &series->events[i];
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

static WmSpcPoint point_of(const WmSeries *series, size_t i)
{
    const WmReading *reading = &series->readings[i];
    const bool is_break = has_event(series, reading->period, WM_EVENT_BREAK);
    const bool was_break = i > 0 && has_event(series, series->readings[i - 1].period, WM_EVENT_BREAK);
    return (WmSpcPoint){
        .value = wm_reading_state_has_value(reading->state) ? reading->value : NAN,
        .numerator = reading->numerator,
        .denominator = reading->denominator,
        .target = wm_series_target_at(series, reading->period),
        .starts_phase = is_break && !was_break,
        .is_excluded = has_event(series, reading->period, WM_EVENT_OUTLIER),
    };
}

void wm_series_spc_points(const WmSeries *series, WmSpcPoint *points)
{
    for (size_t i = 0; i < series->n_readings; i++)
        points[i] = point_of(series, i);
}

WmSpcOptions wm_series_spc_options(const WmSeries *series)
{
    WmSpcOptions options = wm_spc_options_default();
    options.kind = series->measure.kind;
    options.polarity = series->measure.polarity;
    options.low = series->measure.low;
    options.high = series->measure.high;
    return options;
}
