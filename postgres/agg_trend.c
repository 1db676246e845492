/* waymark_trend: what a model makes of a series, and expects next. */
#include "postgres/result_row.h"
#include "postgres/series_arrays.h"
#include "postgres/series_group.h"

#include <math.h>
#include <utils/memutils.h>

typedef struct {
    const WmTrendModel *model;
    SeriesGroup group;
    WmTrendAsk ask;
    WmTrendFit fit;
} TrendJob;

static WmStatus fit(Workshop *workshop, void *data)
{
    TrendJob *job = data;
    return wm_trend_model_fit(job->model, &job->group.prior, &job->group.series, &job->ask, &workshop->trend, &job->fit);
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
    const int zero = wm_forecast_period_number(group, last), horizon = job->fit.state ? 0 : job->ask.horizon;
    Datum *rows = MemoryContextAllocHuge(CurrentMemoryContext, (n + (size_t)horizon) * sizeof *rows);
    for (size_t k = 0; k < n; k++)
        rows[k] =
            row_of(type, job, readings[k].period, wm_forecast_period_number(group, readings[k].period) - zero, &job->fit.fitted[k]);
    for (int k = 0; k < horizon; k++)
        rows[n + (size_t)k] =
            row_of(type, job, wm_period_step(last, (k + 1) * Max(1, group->step_days)), k + 1, &job->fit.ahead[k]);
    return result_array(rows, n + (size_t)horizon, type);
}

/* Bounds that the options name or imply hold for every row; the readings' own do not. */
static WmTrendAsk ask_of(const Options *options, const WmForecastGroup *group)
{
    const bool has_bounds = options->bounds.n || options->kind != WM_N_KINDS;
    return (WmTrendAsk){.horizon = options->horizon,
                        .levels = options->levels.items,
                        .n_levels = (size_t)options->levels.n,
                        .is_percent = options->kind == WM_KIND_PERCENT,
                        .low = has_bounds ? group->low : NAN,
                        .high = has_bounds ? group->high : NAN};
}

static void check_size(const TrendJob *job)
{
    const size_t n = job->group.series.n_readings, most = job->model->n_readings_max;
    if (most && n > most)
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                        errmsg("waymark: %zu readings are too many for the model %s, which takes %zu", n, job->model->name, most),
                        errhint("Leave out the older ones, or take another model.")));
}

static Datum answer(FunctionCallInfo fcinfo, const ReadingsState *state)
{
    Workshop *workshop = workshop_of(fcinfo);
    const Options *options = options_of(&workshop->options, workshop->context, state->options, OPTIONS_TREND);
    TrendJob *job = palloc0(sizeof *job);
    job->model = options->model;
    job->group = series_group(state_readings(state, options), options);
    job->ask = ask_of(options, &job->group.prior.group);
    check_size(job);
    job->fit.fitted = MemoryContextAllocHuge(CurrentMemoryContext, (job->group.series.n_readings + 1) * sizeof *job->fit.fitted);
    job->fit.ahead = palloc((Size)(options->horizon + 1) * sizeof *job->fit.ahead);
    in_core(workshop, fit, job);

    ResultRow out = result_row(result_type(fcinfo));
    result_text(&out, job->fit.state ? job->fit.state : "fitted");
    result_int(&out, (int)job->fit.n_used);
    result_text(&out, job->fit.model && !job->fit.state ? job->fit.model : job->model->name);
    result_datum(&out, rows_of(fcinfo, job), false);
    PG_RETURN_DATUM(result_datum_of(&out));
}

PG_FUNCTION_INFO_V1(waymark_trend_final);
Datum waymark_trend_final(PG_FUNCTION_ARGS)
{
    return answer_state(fcinfo, answer);
}

PG_FUNCTION_INFO_V1(waymark_trend_arrays);
Datum waymark_trend_arrays(PG_FUNCTION_ARGS)
{
    return answer_arrays(fcinfo, OPTIONS_TREND, answer);
}
