/* Rows of the filter trend, by the pooled model. */
#include "engine/core/answers/trend_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/pause.h"

WmTrendRow wm_trend_row_none(void)
{
    WmTrendRow row = {.mean = NAN, .sd = NAN};
    for (size_t i = 0; i < WM_TREND_ROW_LEVELS; i++)
        row.lo[i] = row.hi[i] = NAN;
    return row;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Both ends of every level in one walk along the distribution. */
WmTrendRow wm_trend_row_of(const WmDistribution *y, const double *levels, size_t n_levels)
{
    WmTrendRow row = wm_trend_row_none();
    double sorted[WM_TREND_ROW_LEVELS], p[2 * WM_TREND_ROW_LEVELS], out[2 * WM_TREND_ROW_LEVELS];
    const size_t n = n_levels;
    if (y->kind == WM_DISTRIBUTION_NONE)
        return row;
    memcpy(sorted, levels, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_size);
    for (size_t i = 0; i < n; i++) {
        p[n - 1 - i] = 0.5 * (1 - sorted[i] / 100);
        p[n + i] = 0.5 * (1 + sorted[i] / 100);
    }
    row.mean = wm_distribution_describe(y, p, 2 * n, out, &row.sd);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            if (sorted[k] == levels[i]) {
                row.lo[i] = out[n - 1 - k];
                row.hi[i] = out[n + k];
            }
    return row;
}

void wm_trend_rows(const WmPrior *prior, const WmForecastSeries *series, const WmTrendAsk *ask, WmForecastScratch *scratch,
                   WmForecast *forecast, WmDistribution *past, WmTrendRow *fitted, WmTrendRow *ahead)
{
    const size_t n = series->n_readings;
    wm_forecast_fit_back(prior, series, scratch, forecast, past);
    for (size_t k = 0; k < n; k++) {
        wm_pause();
        fitted[k] = wm_trend_row_of(&past[k], ask->levels, ask->n_levels);
    }
    /* Steps count from the last row; the forecast from the last reading that counts. */
    const int lag = n ? wm_forecast_period_number(&prior->group, series->readings[n - 1].period) - forecast->last : 0;
    for (int step = 1; step <= ask->horizon && forecast->state == WM_FORECAST_FITTED; step++) {
        wm_pause();
        const WmDistribution y = wm_forecast_at(prior, forecast, lag + step);
        ahead[step - 1] = wm_trend_row_of(&y, ask->levels, ask->n_levels);
    }
}
