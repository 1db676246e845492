/* What a batch has in common by definition: bounds, and how its time is counted. */
#include "engine/core/pool/pool.h"

#include <math.h>

int wm_pool_seasons(const WmForecastGroup *group)
{
    const int months = wm_period_kind_months(group->period_kind);
    return months ? 12 / months : 1;
}

WmLinkKind wm_pool_link_kind(const WmForecastGroup *group)
{
    if (isnan(group->low) && isnan(group->high))
        return WM_LINK_IDENTITY;
    return isnan(group->low) || isnan(group->high) ? WM_LINK_LOG : WM_LINK_LOGIT;
}

static int floor_div(int a, int b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static int step_of(const WmForecastGroup *group)
{
    const int months = wm_period_kind_months(group->period_kind);
    return months ? months : group->step_days > 0 ? group->step_days : 1;
}

int wm_forecast_period_number(const WmForecastGroup *group, WmPeriod period)
{
    const bool is_same_length = wm_period_kind_months(period.kind) == wm_period_kind_months(group->period_kind);
    const WmPeriod own = is_same_length ? period : wm_period_containing(group->period_kind, wm_period_end(period));
    return floor_div(own.start, step_of(group));
}

WmPeriod wm_forecast_period(const WmForecastGroup *group, int number)
{
    if (wm_period_kind_months(group->period_kind) == 0)
        return (WmPeriod){WM_PERIOD_DAY, number * step_of(group)};
    const int anchor = wm_period_containing(group->period_kind, 0).start; /* periods of a kind begin at anchor + k * step */
    return (WmPeriod){group->period_kind, number * step_of(group) + (anchor - floor_div(anchor, step_of(group)) * step_of(group))};
}

/* An end that only the kind implies does not hold where some reading passes it. */
static void loosen(WmForecastGroup *group, const WmMeasure *measure, const WmReading *reading)
{
    if (!wm_reading_state_has_value(reading->state) || !isfinite(reading->value))
        return;
    if (isnan(measure->low) && reading->value < group->low)
        group->low = NAN;
    if (isnan(measure->high) && reading->value > group->high)
        group->high = NAN;
}

WmForecastGroup wm_forecast_group_of(const WmMeasure *measure, WmPeriodKind period_kind, const WmForecastSeries *series,
                                     size_t n_series)
{
    WmForecastGroup group = {.period_kind = period_kind, .step_days = period_kind == WM_PERIOD_DAY};
    wm_measure_bounds(measure, &group.low, &group.high);
    for (size_t i = 0; i < n_series; i++)
        for (size_t k = 0; k < series[i].n_readings; k++)
            loosen(&group, measure, &series[i].readings[k]);
    return group;
}
