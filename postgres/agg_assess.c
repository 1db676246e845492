/* waymark_assess: one series at one as-at: where it stands, where it goes, and its status with reasons. */
#include "postgres/result_row.h"
#include "postgres/series_arrays.h"
#include "postgres/series_group.h"

#include <math.h>
#include <utils/builtins.h>

#include "engine/core/answers/batch_group.h"
#include "engine/core/assess_record.h"

typedef struct {
    const Options *options;
    GroupReadings readings;
    WmAssessmentInput input;
    WmPrior prior;
    WmForecast forecast;
    WmTrendAhead ahead;         /* of another model than the pooled one */
    WmSeriesMilestone *printed; /* as the chart wants them */
    WmAssessment out;
    WmSpc spc;
    bool is_charted;
} AssessJob;

/* ---- the plan of one series ---- */

static WmMeasure measure_of(const Options *options)
{
    const WmKind kind = options->kind == WM_N_KINDS ? WM_KIND_RATE : options->kind;
    return (WmMeasure){.kind = kind,
                       .polarity = options->polarity == WM_N_POLARITIES ? WM_POLARITY_NONE : options->polarity,
                       .frequency = options->frequency == WM_N_FREQUENCIES ? WM_FREQUENCY_MONTH : options->frequency,
                       .low = options->bounds.n ? options->bounds.items[0] : NAN,
                       .high = options->bounds.n ? options->bounds.items[1] : NAN,
                       .decimals = options->decimals < 0 ? wm_kind_default_decimals(kind) : options->decimals,
                       .tolerance = options->tolerance,
                       .near = options->near};
}

static int by_due(const void *a, const void *b)
{
    const WmMilestone *x = a, *y = b;
    return (x->due > y->due) - (x->due < y->due);
}

/* Those without a number or a date are unresolved. */
static void take_milestones(AssessJob *job)
{
    const OptionTargets *given = &job->options->targets;
    WmMilestone *milestones = palloc((Size)(given->n + 1) * sizeof *milestones);
    size_t n = 0;
    for (int i = 0; i < given->n; i++) {
        const OptionTarget *one = &given->items[i];
        if (isnan(one->target) || one->due.kind == WM_PERIOD_NONE)
            job->input.n_unresolved++;
        else
            milestones[n++] = (WmMilestone){options_due_day(one->due), one->target};
    }
    qsort(milestones, n, sizeof *milestones, by_due);
    for (int i = 0; i < given->n; i++)
        if (isnan(given->items[i].target))
            job->input.n_later_unresolved += given->items[i].due.kind == WM_PERIOD_NONE || n == 0 ||
                                             options_due_day(given->items[i].due) > milestones[n - 1].due;
    job->input.milestones = milestones;
    job->input.n_milestones = n;
    job->printed = palloc((n + 1) * sizeof *job->printed);
    for (size_t i = 0; i < n; i++)
        job->printed[i] = (WmSeriesMilestone){milestones[i].due, milestones[i].target, "", "", {WM_MILESTONE_AHEAD, SIZE_MAX}, NAN};
}

/* A deliverable begins undone, at the plan's start. */
static void take_baseline(AssessJob *job, WmDay *day)
{
    const OptionBaseline *given = &job->options->baseline;
    const bool is_given = given->qualifier <= WM_BASELINE_APPROX;
    double value = is_given ? given->value : NAN;
    *day = wm_period_end(given->as_at);
    if (given->qualifier == WM_BASELINE_NONE && job->input.measure.kind == WM_KIND_YES_NO) {
        value = 0;
        *day = job->input.plan_start;
    }
    const bool is_bound = given->qualifier == WM_BASELINE_LESS_THAN || given->qualifier == WM_BASELINE_GREATER_THAN;
    job->input.baseline = (WmBaseline){value, is_bound && !isnan(value), !isnan(value) && *day == WM_NO_DAY};
    if (*day == WM_NO_DAY)
        *day = job->input.plan_start;
}

static void append_waypoint(WmWaypoint *waypoints, size_t *n, double t_months, double value)
{
    if (*n == 0 || waypoints[*n - 1].t_months < t_months) /* of two targets of one date the first stands */
        waypoints[(*n)++] = (WmWaypoint){t_months, value};
}

/* A value for each date, as trajectory.csv has them. */
static void take_explicit_path(AssessJob *job)
{
    const OptionTargets *given = &job->options->waypoints;
    WmWaypoint *waypoints = palloc((Size)given->n * sizeof *waypoints);
    size_t n = 0;
    for (int i = 0; i < given->n; i++)
        append_waypoint(waypoints, &n, wm_day_to_months(wm_period_end(given->items[i].due)), given->items[i].target);
    job->input.trajectory = (WmTrajectory){.waypoints = waypoints,
                                           .n_waypoints = n,
                                           .shape = job->input.measure.kind == WM_KIND_YES_NO ? WM_PATH_STEP : job->options->path,
                                           .starts_at_milestone = true};
}

static void take_path(AssessJob *job, WmDay start)
{
    WmAssessmentInput *input = &job->input;
    if (job->options->waypoints.n > 0) {
        take_explicit_path(job);
        return;
    }
    const bool has_start = !isnan(input->baseline.value) && start != WM_NO_DAY;
    WmWaypoint *waypoints = palloc((input->n_milestones + 1) * sizeof *waypoints);
    size_t n = 0;
    if (has_start && input->n_milestones)
        append_waypoint(waypoints, &n, wm_day_to_months(start), input->baseline.value);
    for (size_t i = 0; i < input->n_milestones; i++)
        append_waypoint(waypoints, &n, wm_day_to_months(input->milestones[i].due), input->milestones[i].target);
    input->trajectory = (WmTrajectory){.waypoints = waypoints,
                                       .n_waypoints = n,
                                       .shape = input->measure.kind == WM_KIND_YES_NO ? WM_PATH_STEP : job->options->path,
                                       .starts_at_milestone = !has_start};
}

/* ---- readings ---- */

/* The as-at, or the last day that readings tell of. */
static WmDay as_at_of(const AssessJob *job)
{
    if (job->options->as_at.kind != WM_PERIOD_NONE)
        return options_as_at(job->options);
    return job->readings.n ? wm_period_end(job->readings.readings[job->readings.n - 1].period) : WM_NO_DAY;
}

static void take_plan(AssessJob *job)
{
    const Options *options = job->options;
    job->input = (WmAssessmentInput){.measure = measure_of(options),
                                     .readings = job->readings.readings,
                                     .n_readings = job->readings.n,
                                     .as_at = as_at_of(job),
                                     .plan_start = wm_period_start(options->start),
                                     .reading_lag_days = options->reading_lag_days,
                                     .stale_after_days = options->stale_after_days,
                                     .policy = &options->policy,
                                     .scope = options->scope};
    WmDay start;
    take_milestones(job);
    take_baseline(job, &start);
    take_path(job, start);
}

/* ---- in the core ---- */

static WmSeries series_of(const AssessJob *job)
{
    return (WmSeries){.measure = job->input.measure,
                      .milestones = job->printed,
                      .n_milestones = job->input.n_milestones,
                      .readings = job->readings.readings,
                      .n_readings = job->readings.n,
                      .events = job->options->events.items,
                      .n_events = (size_t)job->options->events.n,
                      .trajectory = job->input.trajectory,
                      .assessment = job->out};
}

static WmStatus find_signal(Workshop *workshop, AssessJob *job)
{
    const WmAssessmentInput *input = &job->input;
    WmSpcLatest latest;
    if (input->measure.kind == WM_KIND_YES_NO || input->measure.kind == WM_KIND_TEXT || input->n_readings == 0)
        return WM_OK;
    const WmStatus status = wm_readings_latest_signal(
        input->readings, input->n_readings, &input->measure, job->options->events.items, (size_t)job->options->events.n,
        input->trajectory.n_waypoints ? &input->trajectory : NULL, workshop->spc, &latest);
    if (status == WM_OK && latest.is_beyond_noise)
        job->input.signal = latest.effect == WM_EFFECT_IMPROVEMENT ? 1 : latest.effect == WM_EFFECT_CONCERN ? -1 : 0;
    return status;
}

/* What a model is fitted with, as a plan's month lends it. */
static void lend_memory(Workshop *workshop, AssessJob *job)
{
    WmTrendOptions *trend = &job->input.trend;
    trend->prior = &job->prior;
    if (trend->model == WM_MODEL_AUTO) {
        trend->scratch = workshop->trend.forecast;
        trend->forecast = &job->forecast;
        return;
    }
    trend->models = &workshop->trend;
    trend->ahead = &job->ahead;
    trend->is_percent = job->input.measure.kind == WM_KIND_PERCENT;
}

static WmStatus assess(Workshop *workshop, void *data)
{
    AssessJob *job = data;
    const WmForecastSeries series = {.readings = job->readings.readings, .n_readings = job->readings.n};
    const WmForecastGroup group = wm_forecast_group_of(
        &job->input.measure, wm_measure_period_kind(&job->input.measure, series.readings, series.n_readings), &series, 1);
    WmTrendOptions *trend = &job->input.trend;
    *trend = (WmTrendOptions){
        .model = job->options->plan_model, .events = job->options->events.items, .n_events = (size_t)job->options->events.n};
    if (series_prior(&job->options->prior, &group, options_as_at(job->options), &job->prior) != WM_OK)
        return WM_NO_MEMORY;
    lend_memory(workshop, job);
    if (find_signal(workshop, job) != WM_OK)
        return WM_NO_MEMORY;
    wm_assess(&job->input, &job->out);
    return WM_OK;
}

static WmStatus chart(Workshop *workshop, void *data)
{
    AssessJob *job = data;
    const WmSeries charted = series_of(job);
    if (!wm_series_is_chartable(&charted) || charted.n_readings == 0)
        return WM_OK;
    const WmStatus status = wm_series_chart(&charted, workshop->spc, &job->spc);
    job->is_charted = status == WM_OK && job->spc.i_last != SIZE_MAX;
    return status;
}

/* ---- the row ---- */

static void add_reasons(ResultRow *row, const WmAssessment *out)
{
    StringInfoData codes;
    initStringInfo(&codes);
    for (size_t i = 0; i < out->n_reasons; i++)
        appendStringInfo(&codes, "%s%s", i ? " " : "", wm_reason_name(out->reasons[i].code));
    result_text(row, codes.data);
}

static void add_position(ResultRow *row, const WmAssessment *out)
{
    result_day(row, out->as_at);
    result_period(row, out->has_value ? out->reading.period : (WmPeriod){.kind = WM_PERIOD_NONE});
    result_number(row, out->reading.value);
    result_number(row, out->reading.numerator);
    result_number(row, out->reading.denominator);
    result_text(row, out->has_value ? wm_reading_state_name(out->reading.state) : "");
    result_number(row, out->baseline);
    result_number(row, out->trajectory);
    result_number(row, out->gap);
    result_number(row, out->months_gap.months);
    result_text(row, out->months_gap.bound == WM_MONTHS_NONE ? "" : wm_months_bound_name(out->months_gap.bound));
}

static void add_prospect(ResultRow *row, const WmProspect *prospect)
{
    result_day(row, prospect->due);
    result_number(row, prospect->target);
    result_number(row, prospect->chance);
}

static void add_outlook(ResultRow *row, const WmAssessment *out)
{
    add_prospect(row, &out->next);
    add_prospect(row, &out->last);
    result_day(row, out->expected);
    result_day(row, out->expected_lo);
    result_day(row, out->expected_hi);
    result_number(row, out->required_pace);
    result_number(row, out->achieved_pace);
    result_number(row, out->safe_pace);
    result_number(row, out->noise);
    result_text(row, wm_basis_name(out->basis));
}

static Datum row_of(FunctionCallInfo fcinfo, const AssessJob *job)
{
    char sentence[WM_SENTENCE_TEXT];
    const WmAssessment *out = &job->out;
    ResultRow row = result_row(result_type(fcinfo));
    add_position(&row, out);
    add_outlook(&row, out);
    result_text(&row, wm_position_name(out->position));
    result_text(&row, wm_outlook_name(out->outlook));
    result_text(&row, wm_rag_name(out->verdict.status));
    result_text(&row, wm_mark_name(out->verdict.mark));
    result_text(&row, !out->has_value ? "" : wm_effect_name(job->is_charted ? job->spc.variation : WM_EFFECT_COMMON));
    result_text(&row, !out->has_value ? "" : wm_assurance_name(job->is_charted ? job->spc.assurance : WM_ASSURANCE_NONE));
    add_reasons(&row, out);
    result_text(&row, wm_assessment_explain(out, &job->input.measure, job->options->measure_unit, sentence));
    return result_datum_of(&row);
}

static AssessJob *job_new(Workshop *workshop, const ReadingsState *state)
{
    AssessJob *job = palloc0(sizeof *job);
    job->options = options_of(&workshop->options, workshop->context, state->options, OPTIONS_ASSESS);
    return job;
}

static Datum answer(FunctionCallInfo fcinfo, const ReadingsState *state)
{
    Workshop *workshop = workshop_of(fcinfo);
    AssessJob *job = job_new(workshop, state);
    job->readings = state_readings(state, job->options);
    take_plan(job);
    in_core(workshop, assess, job);
    in_core(workshop, chart, job);
    wm_prior_clear(&job->prior);
    PG_RETURN_DATUM(row_of(fcinfo, job));
}

/* What `waymark batch` takes over (engine/core/assess_record.h). */
static Datum answer_record(FunctionCallInfo fcinfo, const ReadingsState *state)
{
    Workshop *workshop = workshop_of(fcinfo);
    AssessJob *job = job_new(workshop, state);
    job->readings = state_stored_readings(state, job->options, options_as_at(job->options));
    take_plan(job);
    in_core(workshop, assess, job);
    bytea *record = palloc(VARHDRSZ + WM_ASSESS_RECORD_MAX);
    const size_t n = wm_assess_record_write(&job->input, &job->out, (unsigned char *)VARDATA(record));
    SET_VARSIZE(record, VARHDRSZ + n);
    wm_prior_clear(&job->prior);
    PG_RETURN_BYTEA_P(record);
}

PG_FUNCTION_INFO_V1(waymark_assess_record_final);
Datum waymark_assess_record_final(PG_FUNCTION_ARGS)
{
    return answer_state(fcinfo, answer_record);
}

PG_FUNCTION_INFO_V1(waymark_assess_final);
Datum waymark_assess_final(PG_FUNCTION_ARGS)
{
    return answer_state(fcinfo, answer);
}

PG_FUNCTION_INFO_V1(waymark_assess_arrays);
Datum waymark_assess_arrays(PG_FUNCTION_ARGS)
{
    return answer_arrays(fcinfo, OPTIONS_ASSESS, answer);
}
