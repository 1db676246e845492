/* waymark_spc: limits and signals of a series: is it real or noise? */
#include "postgres/result_row.h"
#include "postgres/series_arrays.h"

#include <math.h>
#include <utils/memutils.h>

typedef struct {
    WmSpcOptions options;
    GroupReadings readings;
    WmSpcPoint *points;
    WmSpc spc; /* borrowed from the workshop */
} SpcJob;

static WmStatus chart(Workshop *workshop, void *data)
{
    SpcJob *job = data;
    return wm_spc_analyse(job->points, job->readings.n, &job->options, workshop->spc, &job->spc);
}

static WmSpcOptions chart_options(const Options *options)
{
    WmSpcOptions out = options->spc;
    out.kind = options->kind;
    out.polarity = options->polarity == WM_N_POLARITIES ? WM_POLARITY_NONE : options->polarity;
    if (options->bounds.n) {
        out.low = options->bounds.items[0];
        out.high = options->bounds.items[1];
    }
    if (options->fix_after)
        out.fix_after = (size_t)options->fix_after;
    if (options->period_min)
        out.ssa.period_min = (size_t)options->period_min;
    if (options->shift_length)
        out.ssa.shift_length = (size_t)options->shift_length;
    return out;
}

static bool is_excluded(const Options *options, WmPeriod period)
{
    for (int i = 0; i < options->exclude.n; i++) {
        const WmPeriod outer = options->exclude.items[i];
        if (wm_period_start(period) >= wm_period_start(outer) && wm_period_end(period) <= wm_period_end(outer))
            return true;
    }
    return false;
}

/* The first period that begins with the rebase or after it starts a phase. */
static void mark_rebase(SpcJob *job, WmPeriod rebase)
{
    for (size_t i = 0; i < job->readings.n; i++)
        if (wm_period_start(job->readings.readings[i].period) >= wm_period_start(rebase)) {
            job->points[i].starts_phase = true;
            return;
        }
}

static void make_points(SpcJob *job, const Options *options)
{
    job->points = MemoryContextAllocHuge(CurrentMemoryContext, (job->readings.n + 1) * sizeof *job->points);
    for (size_t i = 0; i < job->readings.n; i++) {
        const WmReading *reading = &job->readings.readings[i];
        job->points[i] = (WmSpcPoint){.value = reading->value,
                                      .numerator = reading->numerator,
                                      .denominator = reading->denominator,
                                      .target = options->target.target,
                                      .is_excluded = is_excluded(options, reading->period)};
    }
    for (int i = 0; i < options->rebase.n; i++)
        mark_rebase(job, options->rebase.items[i]);
}

static Datum point_rows(TupleDesc type, const SpcJob *job)
{
    Datum *rows = MemoryContextAllocHuge(CurrentMemoryContext, (job->spc.n_points + 1) * sizeof *rows);
    for (size_t i = 0; i < job->spc.n_points; i++) {
        const WmSpcVerdict *point = &job->spc.points[i];
        ResultRow out = result_row(type);
        result_period(&out, job->readings.readings[i].period);
        result_number(&out, point->value);
        result_number(&out, point->centre);
        result_number(&out, point->lower);
        result_number(&out, point->upper);
        result_int(&out, (int)point->i_phase + 1);
        result_text(&out, wm_signal_name(point->signal));
        result_text(&out, wm_effect_name(point->effect));
        rows[i] = result_datum_of(&out);
    }
    return result_array(rows, job->spc.n_points, type);
}

/* The latest phase that has a reading; of a series without any, the last. */
static size_t latest_phase(const WmSpc *spc)
{
    return spc->i_last == SIZE_MAX ? spc->n_phases - 1 : spc->points[spc->i_last].i_phase;
}

static Datum summary(FunctionCallInfo fcinfo, const SpcJob *job, bool wants_points)
{
    const WmSpc *spc = &job->spc;
    const WmSpcPhase none = {.centre = NAN, .lower = NAN, .upper = NAN, .sigma = NAN};
    const size_t i_phase = spc->n_phases ? latest_phase(spc) : 0;
    const WmSpcPhase *phase = spc->n_phases ? &spc->phases[i_phase] : &none;
    size_t n = 0;
    for (size_t i = 0; i < spc->n_phases; i++)
        n += spc->phases[i].n_readings;
    ResultRow out = result_row(result_type(fcinfo));
    result_text(&out, wm_spc_chart_name(spc->chart));
    result_int(&out, (int)n);
    result_int(&out, (int)i_phase + 1);
    result_number(&out, phase->centre);
    result_number(&out, phase->lower);
    result_number(&out, phase->upper);
    result_number(&out, phase->sigma);
    result_text(&out, wm_effect_name(spc->variation));
    result_text(&out, wm_assurance_name(spc->assurance));
    result_text(&out, wm_spc_reason_name(spc->reason));
    result_text(&out, wm_signal_name(wm_spc_latest(spc).signal));
    result_number(&out, spc->target);
    result_datum(&out, wants_points ? point_rows(result_inner_type(fcinfo), job) : (Datum)0, !wants_points);
    return result_datum_of(&out);
}

static Datum answer(FunctionCallInfo fcinfo, const ReadingsState *state)
{
    Workshop *workshop = workshop_of(fcinfo);
    const Options *options = options_of(&workshop->options, workshop->context, state->options, OPTIONS_SPC);
    SpcJob job = {.options = chart_options(options), .readings = state_readings(state, options)};
    make_points(&job, options);
    in_core(workshop, chart, &job);
    PG_RETURN_DATUM(summary(fcinfo, &job, options->wants_points));
}

PG_FUNCTION_INFO_V1(waymark_spc_final);
Datum waymark_spc_final(PG_FUNCTION_ARGS)
{
    return answer_state(fcinfo, answer);
}

PG_FUNCTION_INFO_V1(waymark_spc_arrays);
Datum waymark_spc_arrays(PG_FUNCTION_ARGS)
{
    return answer_arrays(fcinfo, OPTIONS_SPC, answer);
}
