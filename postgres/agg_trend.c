/* waymark_trend: what the pooled model makes of a series, and expects next. */
#include "postgres/result_row.h"
#include "postgres/series_group.h"

#include <utils/memutils.h>

#include "engine/core/answers/trend_rows.h"

typedef struct {
    SeriesGroup group;
    WmTrendRowsAsk ask;
    WmForecast forecast;
    WmDistribution *past;
    WmTrendRow *fitted, *ahead;
} TrendJob;

static WmStatus fit(Workshop *workshop, void *data)
{
    TrendJob *job = data;
    wm_trend_rows(&job->group.prior, &job->group.series, &job->ask, workshop->forecast, &job->forecast, job->past, job->fitted,
                  job->ahead);
    return WM_OK;
}

static Datum row_of(TupleDesc type, const TrendJob *job, WmPeriod period, int step, const WmTrendRow *row)
{
    ResultRow out = result_row(type);
    result_period(&out, period);
    result_int(&out, step);
    result_number(&out, row->mean);
    result_number(&out, row->sd);
    result_numbers(&out, row->lo, job->ask.n_levels);
    result_numbers(&out, row->hi, job->ask.n_levels);
    return result_datum_of(&out);
}

/* Step 0 is the last reading's period, those before are negative. */
static Datum rows_of(FunctionCallInfo fcinfo, const TrendJob *job)
{
    const WmForecastGroup *group = &job->group.prior.group;
    const WmReading *readings = job->group.series.readings;
    const size_t n = job->group.series.n_readings;
    const TupleDesc type = result_inner_type(fcinfo);
    if (n == 0)
        return result_array(NULL, 0, type);
    const WmPeriod last = readings[n - 1].period;
    const int zero = wm_forecast_period_number(group, last),
              horizon = job->forecast.state == WM_FORECAST_FITTED ? job->ask.horizon : 0;
    Datum *rows = MemoryContextAllocHuge(CurrentMemoryContext, (n + (size_t)horizon) * sizeof *rows);
    for (size_t k = 0; k < n; k++)
        rows[k] =
            row_of(type, job, readings[k].period, wm_forecast_period_number(group, readings[k].period) - zero, &job->fitted[k]);
    for (int k = 0; k < horizon; k++)
        rows[n + (size_t)k] = row_of(type, job, wm_period_step(last, (k + 1) * Max(1, group->step_days)), k + 1, &job->ahead[k]);
    return result_array(rows, n + (size_t)horizon, type);
}

PG_FUNCTION_INFO_V1(waymark_trend_final);
Datum waymark_trend_final(PG_FUNCTION_ARGS)
{
    if (PG_ARGISNULL(0))
        PG_RETURN_NULL();
    const ReadingsState *state = (ReadingsState *)PG_GETARG_POINTER(0);
    Workshop *workshop = workshop_of(fcinfo);
    const Options *options = options_of(&workshop->options, workshop->context, state->options, OPTIONS_TREND);
    TrendJob job = {.group = series_group(state_readings(state, options), options),
                    .ask = {options->horizon, options->levels.items, (size_t)options->levels.n}};
    const size_t n = job.group.series.n_readings + 1;
    job.past = MemoryContextAllocHuge(CurrentMemoryContext, n * sizeof *job.past);
    job.fitted = MemoryContextAllocHuge(CurrentMemoryContext, n * sizeof *job.fitted);
    job.ahead = palloc((Size)(options->horizon + 1) * sizeof *job.ahead);
    in_core(workshop, fit, &job);

    ResultRow out = result_row(result_type(fcinfo));
    result_text(&out, job.forecast.state == WM_FORECAST_FITTED ? "fitted" : "too_few");
    result_int(&out, (int)job.forecast.n_readings);
    result_datum(&out, rows_of(fcinfo, &job), false);
    PG_RETURN_DATUM(result_datum_of(&out));
}
