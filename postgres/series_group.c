/* A group with its prior, as the filters make it of a file with one series. */
#include "postgres/series_group.h"

#include <math.h>

#include "engine/core/answers/batch_group.h"

SeriesGroup series_group(GroupReadings readings, const Options *options)
{
    const int gap = wm_least_gap_days(readings.readings, readings.n, INT32_MAX), known_gap = gap == INT32_MAX ? 0 : gap;
    const WmPeriodKind asked = options_period_kind(options);
    const WmPeriodKind kind = asked != WM_PERIOD_NONE
                                  ? wm_period_kind_usual(asked)
                                  : wm_readings_period_kind(readings.readings, readings.n, wm_period_kind_of_gap(known_gap));
    wm_readings_settle(readings.readings, readings.n, kind);
    WmForecastGroup group = {.period_kind = kind, .step_days = kind == WM_PERIOD_DAY ? Max(known_gap, 1) : 0};
    if (options->bounds.n) {
        group.low = options->bounds.items[0];
        group.high = options->bounds.items[1];
    } else {
        WmExtent extent = wm_extent_none();
        wm_extent_add(&extent, readings.readings, readings.n);
        wm_extent_bounds(&extent, options->kind, &group.low, &group.high);
    }
    SeriesGroup self = {.series = {readings.readings, readings.n, options->events.items, (size_t)options->events.n}};
    wm_prior_builtin(&group, &self.prior);
    return self;
}
