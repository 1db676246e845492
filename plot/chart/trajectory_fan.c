/* What is forecast, and what the plot must hold. */
#include <math.h>

#include "plot/chart/trajectory_parts.h"

/* A fan wider than this many times what is known is cut by the plot's edge: three readings can give a band of any width. */
#define FAN_SHARE 0.6

static const double TAILS[WM_FAN_BANDS] = {0.025, 0.10, 0.25};

const WmReading *wm_series_latest(const WmSeries *series)
{
    for (size_t i = series->n_readings; i-- > 0;)
        if (isfinite(series->readings[i].value))
            return &series->readings[i];
    return NULL;
}

static double within_bounds(const WmMeasure *measure, double value)
{
    if (isfinite(measure->low))
        value = fmax(value, measure->low);
    return isfinite(measure->high) ? fmin(value, measure->high) : value;
}

static double last_due(const WmSeries *series)
{
    double t = -HUGE_VAL;
    for (size_t i = 0; i < series->n_milestones; i++)
        if (series->milestones[i].due != WM_NO_DAY && isfinite(series->milestones[i].target))
            t = fmax(t, wm_day_to_months(series->milestones[i].due));
    return t;
}

static bool predict_at(const WmSeries *series, double t_months, WmFanPoint *out)
{
    const WmDistribution expected = wm_trend_predict(&series->assessment.trend, t_months);
    const WmMeasure *measure = &series->measure;
    out->t_months = t_months;
    double shares[2 * WM_FAN_BANDS + 1], values[2 * WM_FAN_BANDS + 1]; /* in one walk along the distribution */
    const size_t last = 2 * WM_FAN_BANDS;
    shares[WM_FAN_BANDS] = 0.5;
    for (size_t band = 0; band < WM_FAN_BANDS; band++) {
        shares[band] = TAILS[band];
        shares[last - band] = 1 - TAILS[band];
    }
    wm_distribution_quantiles(&expected, shares, last + 1, values);
    out->centre = within_bounds(measure, values[WM_FAN_BANDS]);
    for (size_t band = 0; band < WM_FAN_BANDS; band++) {
        out->low[band] = within_bounds(measure, values[band]);
        out->high[band] = within_bounds(measure, values[last - band]);
        if (!isfinite(out->low[band]) || !isfinite(out->high[band]))
            return false;
    }
    return isfinite(out->centre);
}

/* At the last reading nothing is uncertain: the fan opens from there. */
static WmFanPoint closed_fan(const WmReading *latest)
{
    WmFanPoint point = {.t_months = wm_reading_months(latest), .centre = latest->value};
    for (size_t band = 0; band < WM_FAN_BANDS; band++)
        point.low[band] = point.high[band] = latest->value;
    return point;
}

/* One point a period, where readings will stand; fewer over long horizons. */
void wm_fan_predict(const WmSeries *series, WmFan *out)
{
    out->n_points = 0;
    const WmReading *latest = wm_series_latest(series);
    if (!latest || series->assessment.trend.state != WM_TREND_FITTED || series->measure.kind == WM_KIND_YES_NO)
        return;
    const double from = wm_reading_months(latest), to = last_due(series);
    const int months = wm_period_kind_months(wm_frequency_period_kind(series->measure.frequency));
    const double period = MAX(months, series->assessment.trend.step_months);
    if (!(to > from))
        return;
    const double n_periods = ceil((to - from) / period - 1e-9);
    const double step = period * ceil(n_periods / (WM_FAN_POINTS - 1));
    out->points[out->n_points++] = closed_fan(latest);
    for (size_t i = 1; i < WM_FAN_POINTS; i++) {
        const double t = fmin(from + (double)i * step, to);
        if (!predict_at(series, t, &out->points[out->n_points])) {
            out->n_points = 0;
            return;
        }
        out->n_points++;
        if (t >= to)
            return;
    }
}

size_t wm_fan_bands_beyond(const WmFan *fan, double from, double to)
{
    size_t n = 0;
    for (size_t i = 0; i < fan->n_points; i++)
        for (size_t band = n; band < WM_FAN_BANDS; band++)
            if (fan->points[i].low[band] < from || fan->points[i].high[band] > to)
                n = band + 1;
    return n;
}

static void include(double value, double *low, double *high)
{
    if (!isfinite(value))
        return;
    *low = isfinite(*low) ? fmin(*low, value) : value;
    *high = isfinite(*high) ? fmax(*high, value) : value;
}

static void include_day(WmDay day, WmExtent *extent)
{
    if (day != WM_NO_DAY)
        include(wm_day_to_months(day), &extent->t_from, &extent->t_to);
}

static void include_readings(const WmSeries *series, WmExtent *extent)
{
    for (size_t i = 0; i < series->n_readings; i++) {
        include(wm_reading_months(&series->readings[i]), &extent->t_from, &extent->t_to);
        include(series->readings[i].value, &extent->low, &extent->high);
    }
    for (size_t i = 0; i < series->n_revisions; i++)
        include(series->revisions[i].was, &extent->low, &extent->high);
}

static void include_plan(const WmSeries *series, WmExtent *extent)
{
    include_day(series->baseline_day, extent);
    include(series->baseline_value, &extent->low, &extent->high);
    for (size_t i = 0; i < series->n_milestones; i++) { /* without a date a target has no place on the page */
        include_day(series->milestones[i].due, extent);
        if (series->milestones[i].due != WM_NO_DAY)
            include(series->milestones[i].target, &extent->low, &extent->high);
    }
    for (size_t i = 0; i < series->trajectory.n_waypoints; i++) {
        include(series->trajectory.waypoints[i].t_months, &extent->t_from, &extent->t_to);
        include(series->trajectory.waypoints[i].value, &extent->low, &extent->high);
    }
    for (size_t i = 0; i < series->n_comparators; i++)
        include(series->comparators[i].value, &extent->low, &extent->high);
}

/* The fan may widen the plot, but not drown what is known. */
static void include_fan(const WmFan *fan, WmExtent *extent)
{
    const double known = extent->high - extent->low;
    const double floor_at = known > 0 ? extent->low - FAN_SHARE * known : -HUGE_VAL;
    const double ceiling_at = known > 0 ? extent->high + FAN_SHARE * known : HUGE_VAL;
    for (size_t i = 0; i < fan->n_points; i++) {
        const WmFanPoint *point = &fan->points[i];
        include(fmax(point->low[0], floor_at), &extent->low, &extent->high);
        include(fmin(point->high[0], ceiling_at), &extent->low, &extent->high);
    }
}

WmExtent wm_trajectory_extent(const WmSeries *series, const WmFan *fan)
{
    const double none = nan("");
    WmExtent extent = {none, none, none, none};
    include_readings(series, &extent);
    include_plan(series, &extent);
    include_fan(fan, &extent);
    for (size_t i = 0; i < series->n_events; i++)
        include_day(wm_period_end(series->events[i].period), &extent);
    if (!isfinite(extent.t_from))
        include_day(series->assessment.as_at == WM_NO_DAY ? 0 : series->assessment.as_at, &extent);
    if (extent.t_to - extent.t_from < 2) { /* months: a single reading still stands on an axis of time, between its neighbours */
        const double middle = (extent.t_from + extent.t_to) / 2;
        const WmReading *latest = wm_series_latest(series);
        const double around = fmax(3, latest ? 1.3 * wm_period_kind_months(latest->period.kind) : 0);
        extent.t_from = floor(middle - around);
        extent.t_to = ceil(middle + around);
    }
    return extent;
}
