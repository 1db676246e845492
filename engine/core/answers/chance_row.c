/* The row of the filter chance. */
#include "engine/core/answers/chance_row.h"

#include <math.h>

WmChanceRow wm_chance_row_none(void)
{
    return (WmChanceRow){.chance = NAN, .basis = WM_BASIS_NONE};
}

WmMeasure wm_filter_measure(WmKind kind, WmPolarity polarity)
{
    return (WmMeasure){.kind = kind == WM_N_KINDS ? WM_KIND_RATE : kind,
                       .polarity = polarity,
                       .low = NAN,
                       .high = NAN,
                       .decimals = 9,
                       .tolerance = NAN,
                       .near = NAN};
}

static bool has_value(const WmReading *reading)
{
    return wm_reading_state_has_value(reading->state) && isfinite(reading->value);
}

/* The last value of a period that ends by `number`; where nothing was known by then, the first after it, as of a milestone. NULL
 * without any. */
static const WmReading *reading_by(const WmReading *readings, size_t n, const WmForecastGroup *group, int number)
{
    for (size_t i = n; i-- > 0;)
        if (has_value(&readings[i]) && wm_forecast_period_number(group, readings[i].period) <= number)
            return &readings[i];
    for (size_t i = 0; i < n; i++)
        if (has_value(&readings[i]))
            return &readings[i];
    return NULL;
}

/* Steps from the last reading to the period that judges the target. */
static int steps_to(const WmForecastGroup *group, const WmForecast *forecast, WmDay due)
{
    if (due == WM_NO_DAY)
        return 1;
    return wm_forecast_period_number(group, wm_period_ending_by(group->period_kind, due)) - forecast->last;
}

static int horizon_of(const WmForecastGroup *group)
{
    const int months = wm_period_kind_months(group->period_kind);
    return months ? WM_EXPECTED_HORIZON_MONTHS / months : WM_EXPECTED_HORIZON_MONTHS;
}

static void judge(const WmPrior *prior, const WmForecast *forecast, const WmReading *readings, size_t n_readings,
                  const WmMeasure *measure, double target, int steps, WmChanceRow *out)
{
    if (steps <= 0) { /* the reading that judges it has come */
        const WmReading *reading = reading_by(readings, n_readings, &prior->group, forecast->last + steps);
        if (!reading)
            return;
        out->basis = WM_BASIS_POSITION;
        out->chance = wm_measure_is_met(measure, reading->value, target);
        return;
    }
    const WmDistribution y = wm_forecast_at(prior, forecast, steps);
    out->basis = wm_forecast_is_mostly_prior(forecast) ? WM_BASIS_PRIOR : WM_BASIS_MODEL;
    out->chance = wm_distribution_chance(&y, measure, target);
}

WmChanceRow wm_chance_row(const WmPrior *prior, const WmForecast *forecast, const WmReading *readings, size_t n_readings,
                          const WmMeasure *measure, double target, WmDay due)
{
    static const double WANTED[WM_CHANCE_ROW_STEPS] = {0.5, 0.1, 0.9};
    WmChanceRow out = wm_chance_row_none();
    if (measure->polarity == WM_POLARITY_NONE)
        return out;
    if (forecast->state == WM_FORECAST_FITTED)
        judge(prior, forecast, readings, n_readings, measure, target, steps_to(&prior->group, forecast, due), &out);
    wm_forecast_expected(prior, forecast, measure, target, WANTED, WM_CHANCE_ROW_STEPS, horizon_of(&prior->group), out.steps);
    return out;
}
