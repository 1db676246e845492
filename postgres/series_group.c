/* A group with its prior, as the filters make it of a file with one series. */
#include "postgres/series_group.h"

#include <math.h>
#include <stdlib.h>

#include "engine/core/answers/batch_group.h"

/* As in a file of priors. */
enum { MAX_PATH_PERIODS = 6000 };

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

static size_t n_kernels(const WmForecastGroup *group)
{
    WmPrior builtin;
    wm_prior_builtin(group, &builtin);
    return builtin.n_kernels;
}

bool series_prior_is_sound(const OptionPrior *given)
{
    if (given->group.period_kind == WM_PERIOD_NONE || given->path.n > MAX_PATH_PERIODS ||
        (size_t)given->weights.n != n_kernels(&given->group))
        return false;
    double sum = 0;
    for (int i = 0; i < given->weights.n; i++)
        sum += given->weights.items[i] > 0 ? given->weights.items[i] : NAN;
    return fabs(sum - 1) < 1e-6 && given->centre > 0 && !(given->scale <= 0) && !(given->change <= 0) && given->units >= 1 &&
           given->kappa >= 0 && given->kappa <= 1;
}

/* All of a given prior, prepared. */
static WmStatus prior_of(const OptionPrior *given, WmPrior *out)
{
    wm_prior_builtin(&given->group, out);
    out->n_series = (size_t)given->n_series;
    out->change = given->change;
    out->scale = given->scale;
    out->units = given->units;
    out->centre = given->centre;
    out->kappa = given->kappa;
    out->spread = given->spread;
    out->first = given->first;
    out->n_periods = (size_t)given->path.n;
    memcpy(out->weights, given->weights.items, (size_t)given->weights.n * sizeof *out->weights);
    out->path = malloc((out->n_periods + 1) * sizeof *out->path); /* the server's, as of all that the core owns */
    memcpy(out->path, given->path.items, out->n_periods * sizeof *out->path);
    return wm_prior_prepare(out);
}

WmStatus series_prior(const OptionPrior *given, const WmForecastGroup *group, WmDay day, WmPrior *out)
{
    wm_prior_builtin(group, out);
    if (!given->is_given || !wm_forecast_group_is_same(&given->group, group))
        return WM_OK;
    WmPrior whole;
    const WmStatus status = prior_of(given, &whole);
    if (status != WM_OK)
        return status;
    const WmStatus known = wm_prior_known_by(&whole, day, out);
    wm_prior_clear(&whole);
    return known;
}
