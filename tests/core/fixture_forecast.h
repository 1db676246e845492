/* tests/core/fixture_forecast.h: a small batch of series, what is learnt from it, and what is forecast. */
#ifndef WM_TESTS_CORE_FIXTURE_FORECAST_H
#define WM_TESTS_CORE_FIXTURE_FORECAST_H

#include <waymark/forecast.h>

#define FORECAST_MAX_SERIES 12
#define FORECAST_MAX_LENGTH 40
#define FORECAST_N_SHARES   11

/* At which quantiles are looked at. */
extern const double FORECAST_SHARES[FORECAST_N_SHARES];

typedef struct {
    WmForecastGroup group;
    WmReading readings[FORECAST_MAX_SERIES][FORECAST_MAX_LENGTH];
    WmForecastSeries series[FORECAST_MAX_SERIES];
    size_t n;
    WmForecastScratch *scratch;
    WmPrior prior;
} ForecastCase;

/* In the period so many after that of 2015. */
WmReading forecast_reading(WmPeriodKind kind, int step, double value);

/* The prior of the batch; free it with the batch. */
void forecast_learn(ForecastCase *self);
void forecast_free(ForecastCase *self);
WmForecast forecast_fit(ForecastCase *self, size_t i);

/* Values of a plain batch: monthly, three series that share a wave. */
void forecast_plain(ForecastCase *out, double scale, double shift, int start, double low, double high);

/* Every quantile of b is shift + scale times that of a. */
void forecast_compare(ForecastCase *a, ForecastCase *b, double scale, double shift, double tolerance);

#endif
