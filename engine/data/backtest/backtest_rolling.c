/* The readings of a long CSV as a rolling origin sees them. */
#include "engine/data/backtest/backtest_rolling.h"

#include <math.h>

#include "engine/core/answers/chance_row.h"

const WmReading *rolling_readings(const RollingJob *job, size_t i, size_t *n)
{
    const GArray *readings = forecast_batch_series(job->batch, i)->readings;
    *n = readings->len;
    return (const WmReading *)(const void *)readings->data;
}

bool rolling_has_value(const WmReading *reading)
{
    return wm_reading_state_has_value(reading->state) && isfinite(reading->value);
}

int rolling_number(const RollingJob *job, const WmReading *reading)
{
    return wm_forecast_period_number(&job->group[0], reading->period);
}

size_t rolling_n_known(const RollingJob *job, size_t i_series, int period)
{
    size_t n;
    const WmReading *readings = rolling_readings(job, i_series, &n);
    while (n > 0 && rolling_number(job, &readings[n - 1]) > period)
        n--;
    return n;
}

const WmReading *rolling_reading_at(const RollingJob *job, size_t i_series, int period)
{
    size_t n;
    const WmReading *readings = rolling_readings(job, i_series, &n);
    for (size_t i = 0; i < n; i++)
        if (rolling_number(job, &readings[i]) == period)
            return rolling_has_value(&readings[i]) ? &readings[i] : NULL;
    return NULL;
}

WmMeasure rolling_measure(const RollingJob *job, WmPolarity polarity)
{
    return wm_filter_measure(job->options->batch.kind, polarity);
}

int rolling_periods_a_year(const RollingJob *job)
{
    const int months = wm_period_kind_months(job->group->period_kind);
    return months ? 12 / months : 12;
}

size_t rolling_least_known(const RollingJob *job)
{
    return (size_t)MAX(rolling_periods_a_year(job), 3);
}

gboolean rolling_is_in_group(const RollingJob *job, size_t i)
{
    return g_array_index(job->batch->group_of, size_t, i) == job->i_group;
}
