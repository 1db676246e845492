/* waymark_chance: the chance that each target will be met, and when it is expected. */
#include "postgres/result_row.h"
#include "postgres/series_arrays.h"
#include "postgres/series_group.h"

#include <math.h>

#include "engine/core/answers/chance_row.h"

typedef struct {
    SeriesGroup group;
    const Options *options;
    const OptionTarget *targets;
    size_t n_targets;
    WmForecast forecast;
    WmChanceRow *rows; /* n_targets */
} ChanceJob;

static WmPolarity polarity_of(const ChanceJob *job, const OptionTarget *target)
{
    if (target->polarity != WM_N_POLARITIES)
        return target->polarity;
    return job->options->polarity == WM_N_POLARITIES ? WM_POLARITY_HIGHER : job->options->polarity;
}

static WmStatus judge(Workshop *workshop, void *data)
{
    ChanceJob *job = data;
    const WmForecastSeries *series = &job->group.series;
    wm_forecast_fit(&job->group.prior, series, workshop->trend.forecast, &job->forecast);
    for (size_t i = 0; i < job->n_targets; i++) {
        const OptionTarget *target = &job->targets[i];
        const WmMeasure measure = wm_filter_measure(job->options->kind, polarity_of(job, target));
        job->rows[i] = wm_chance_row(&job->group.prior, &job->forecast, series->readings, series->n_readings, &measure,
                                     target->target, options_due_day(target->due));
    }
    return WM_OK;
}

static WmDay expected_day(const ChanceJob *job, int step)
{
    return step ? wm_period_end(wm_forecast_period(&job->group.prior.group, job->forecast.last + step)) : WM_NO_DAY;
}

static void add_target(ResultRow *out, const ChanceJob *job, size_t i)
{
    const WmChanceRow *row = &job->rows[i];
    result_period(out, job->targets[i].due);
    result_number(out, job->targets[i].target);
    result_number(out, row->chance);
    for (int k = 0; k < WM_CHANCE_ROW_STEPS; k++)
        result_day(out, expected_day(job, row->steps[k]));
    result_text(out, wm_basis_name(row->basis));
}

static Datum targets_of(TupleDesc type, const ChanceJob *job)
{
    Datum *rows = palloc((job->n_targets + 1) * sizeof *rows);
    for (size_t i = 0; i < job->n_targets; i++) {
        ResultRow out = result_row(type);
        add_target(&out, job, i);
        rows[i] = result_datum_of(&out);
    }
    return result_array(rows, job->n_targets, type);
}

static void check_targets(const ChanceJob *job)
{
    bool are_good = job->n_targets > 0;
    for (size_t i = 0; i < job->n_targets; i++)
        are_good = are_good && !isnan(job->targets[i].target);
    if (!are_good)
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("waymark: there is no target"),
                        errhint("Give {\"target\": X, \"due\": PERIOD}, or \"targets\" as an array of such.")));
}

static Datum answer(FunctionCallInfo fcinfo, const ReadingsState *state)
{
    Workshop *workshop = workshop_of(fcinfo);
    const Options *options = options_of(&workshop->options, workshop->context, state->options, OPTIONS_CHANCE);
    ChanceJob job = {.group = series_group(state_readings(state, options), options),
                     .options = options,
                     .targets = options->targets.items ? options->targets.items : &options->target,
                     .n_targets = options->targets.items ? (size_t)options->targets.n : 1};
    check_targets(&job);
    job.rows = palloc((job.n_targets + 1) * sizeof *job.rows);
    in_core(workshop, judge, &job);

    const bool has_many = options->targets.items != NULL;
    ResultRow out = result_row(result_type(fcinfo));
    add_target(&out, &job, 0);
    result_datum(&out, has_many ? targets_of(result_inner_type(fcinfo), &job) : (Datum)0, !has_many);
    PG_RETURN_DATUM(result_datum_of(&out));
}

PG_FUNCTION_INFO_V1(waymark_chance_final);
Datum waymark_chance_final(PG_FUNCTION_ARGS)
{
    return answer_state(fcinfo, answer);
}

PG_FUNCTION_INFO_V1(waymark_chance_arrays);
Datum waymark_chance_arrays(PG_FUNCTION_ARGS)
{
    return answer_arrays(fcinfo, OPTIONS_CHANCE, answer);
}
