#include "core/fixture_forecast.h"

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

const double FORECAST_SHARES[FORECAST_N_SHARES] = {1e-6, 0.001, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.999, 1 - 1e-6};

WmReading forecast_reading(WmPeriodKind kind, int step, double value)
{
    return (WmReading){.period = wm_period_step(wm_period_containing(kind, day_of("2015")), step),
                       .value = value,
                       .numerator = NAN,
                       .denominator = NAN};
}

void forecast_learn(ForecastCase *self)
{
    self->scratch = wm_forecast_scratch_new();
    assert_int_equal(wm_prior_learn(&self->group, self->series, self->n, self->scratch, &self->prior), WM_OK);
}

void forecast_free(ForecastCase *self)
{
    wm_prior_clear(&self->prior);
    wm_forecast_scratch_free(self->scratch);
}

WmForecast forecast_fit(ForecastCase *self, size_t i)
{
    WmForecast forecast;
    wm_forecast_fit(&self->prior, &self->series[i], self->scratch, &forecast);
    return forecast;
}

void forecast_plain(ForecastCase *out, double scale, double shift, int start, double low, double high)
{
    Random random = {72};
    *out = (ForecastCase){.group = {.period_kind = WM_PERIOD_MONTH, .low = low, .high = high}, .n = 3};
    for (size_t i = 0; i < out->n; i++) {
        for (int k = 0; k < 30; k++)
            out->readings[i][k] = forecast_reading(
                WM_PERIOD_MONTH, start + k, shift + scale * (50 + 10 * (double)i + 5 * sin(k * 0.5) + random_normal(&random)));
        out->series[i] = (WmForecastSeries){.readings = out->readings[i], .n_readings = 30};
    }
}

void forecast_compare(ForecastCase *a, ForecastCase *b, double scale, double shift, double tolerance)
{
    for (size_t i = 0; i < a->n; i++) {
        const WmForecast x = forecast_fit(a, i), y = forecast_fit(b, i);
        for (int h = 1; h <= 24; h += 5) {
            const WmDistribution p = wm_forecast_at(&a->prior, &x, h), q = wm_forecast_at(&b->prior, &y, h);
            for (size_t k = 0; k < FORECAST_N_SHARES; k++)
                assert_close(wm_distribution_quantile(&q, FORECAST_SHARES[k]),
                             shift + scale * wm_distribution_quantile(&p, FORECAST_SHARES[k]), tolerance);
        }
    }
}
