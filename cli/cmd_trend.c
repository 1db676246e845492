/* waymark trend [options] FILE: a filter from long readings to what a model makes of them, and expects next. */
#include <math.h>
#include <string.h>

#include "cli/filter.h"
#include "cli/output.h"
#include "cli/parallel.h"
#include "engine/core/answers/trend_model.h"
#include "engine/data/series/forecast_batch.h"
#include "engine/data/text/number_text.h"

#define DEFAULT_LEVELS         "80,95"
#define DEFAULT_HORIZON_MONTHS 12
#define MAX_HORIZON            1200 /* a century of months */

static const OutputColumn TERM_COLUMNS[] = {{"series", FALSE},  {"model", FALSE},    {"term", FALSE},
                                            {"estimate", TRUE}, {"std_error", TRUE}, {"statistic", TRUE},
                                            {"p_value", TRUE},  {"df", TRUE},        {"scale", TRUE}};

enum { N_FIXED_COLUMNS = 5, MAX_COLUMNS = N_FIXED_COLUMNS + 2 * WM_TREND_ROW_LEVELS };

typedef struct {
    const WmTrendModel *model;
    WmTrendAsk ask;
    double levels[WM_TREND_ROW_LEVELS];
    OutputColumn columns[MAX_COLUMNS];
    char names[2 * WM_TREND_ROW_LEVELS][G_ASCII_DTOSTR_BUF_SIZE + 4];
    Output *output;
} Job;

/* series, period, step, mean, sd, then loL and hiL for each level, named as it was asked for. */
static void name_columns(Job *job, char *const *levels)
{
    static const OutputColumn FIXED[N_FIXED_COLUMNS] = {
        {"series", FALSE}, {"period", FALSE}, {"step", TRUE}, {"mean", TRUE}, {"sd", TRUE}};
    memcpy(job->columns, FIXED, sizeof FIXED);
    for (size_t i = 0; i < job->ask.n_levels; i++) {
        g_snprintf(job->names[2 * i], sizeof job->names[0], "lo%s", levels[i]);
        g_snprintf(job->names[2 * i + 1], sizeof job->names[0], "hi%s", levels[i]);
        job->columns[N_FIXED_COLUMNS + 2 * i] = (OutputColumn){job->names[2 * i], TRUE};
        job->columns[N_FIXED_COLUMNS + 2 * i + 1] = (OutputColumn){job->names[2 * i + 1], TRUE};
    }
}

static gboolean take_levels(Job *job, const char *text, GError **error)
{
    g_auto(GStrv) levels = g_strsplit(text, ",", -1);
    for (char **level = levels; *level; level++) {
        double *out = &job->levels[job->ask.n_levels];
        if (job->ask.n_levels == WM_TREND_ROW_LEVELS || !filter_parse_number(g_strstrip(*level), out) || *out <= 0 || *out >= 100)
            return filter_fail(error, "--levels", text, "percents between 0 and 100, as in 80,95; at most 20");
        job->ask.n_levels++;
    }
    job->ask.levels = job->levels;
    name_columns(job, levels);
    return TRUE;
}

static gboolean take_model(Job *job, const char *name, GError **error)
{
    job->model = wm_trend_model_find(name);
    if (job->model)
        return TRUE;
    g_autoptr(GString) known = g_string_new(NULL);
    for (size_t i = 0; wm_trend_model(i); i++)
        g_string_append_printf(known, "%s%s", i ? ", " : "", wm_trend_model(i)->name);
    return filter_fail(error, "--model", name, known->str);
}

static void add_row(const Job *job, const char *id, WmPeriod period, int step, const WmTrendRow *row)
{
    char period_text[WM_PERIOD_TEXT], texts[MAX_COLUMNS][G_ASCII_DTOSTR_BUF_SIZE];
    const char *cells[MAX_COLUMNS] = {id, wm_period_format_iso(period, period_text), NUMBER_TEXT(step), NUMBER_TEXT(row->mean),
                                      NUMBER_TEXT(row->sd)};
    for (size_t i = 0; i < job->ask.n_levels; i++) {
        cells[N_FIXED_COLUMNS + 2 * i] = number_text(row->lo[i], texts[2 * i]);
        cells[N_FIXED_COLUMNS + 2 * i + 1] = number_text(row->hi[i], texts[2 * i + 1]);
    }
    output_add(job->output, cells);
}

/* Step 0 is the last reading's period, those before are negative. */
static void add_rows(const Job *job, const ForecastBatch *batch, size_t i, const WmTrendFit *fit)
{
    const LongSeries *series = forecast_batch_series(batch, i);
    const WmForecastGroup *group = &forecast_batch_prior(batch, i)->group;
    if (series->readings->len == 0)
        return;
    const WmReading *last = &g_array_index(series->readings, WmReading, series->readings->len - 1);
    const int zero = wm_forecast_period_number(group, last->period);
    for (guint k = 0; k < series->readings->len; k++) {
        const WmPeriod period = g_array_index(series->readings, WmReading, k).period;
        add_row(job, series->id, period, wm_forecast_period_number(group, period) - zero, &fit->fitted[k]);
    }
    for (int k = 0; k < job->ask.horizon && !fit->state; k++)
        add_row(job, series->id, wm_period_step(last->period, (k + 1) * MAX(1, group->step_days)), k + 1, &fit->ahead[k]);
}

static void add_terms(const Job *job, const ForecastBatch *batch, size_t i, const WmTrendFit *fit)
{
    const char *name = job->model->n_smoothing > 1 && fit->model ? fit->model : job->model->name;
    for (size_t k = 0; k < fit->n_terms; k++) {
        const WmTrendTerm *term = &fit->terms[k];
        output_add(job->output,
                   (const char *const[]){forecast_batch_series(batch, i)->id, name, term->name, NUMBER_TEXT(term->estimate),
                                         NUMBER_TEXT(term->std_error), NUMBER_TEXT(term->statistic), NUMBER_TEXT(term->p_value),
                                         NUMBER_TEXT(fit->df), NUMBER_TEXT(fit->scale)});
    }
}

typedef void (*AddFunc)(const Job *job, const ForecastBatch *batch, size_t i, const WmTrendFit *fit);

/* Series without a fit, and the reason of the first. */
typedef struct {
    size_t n;
    const char *state, *id;
} Unfitted;

/* Series fitted together before their rows are written in order: memory does not grow with the batch. */
#define N_TOGETHER 256

typedef struct {
    const Job *job;
    const ForecastBatch *batch;
    size_t first;
    WmTrendScratch *scratch; /* one a worker */
    WmTrendFit fits[N_TOGETHER];
    gboolean is_done[N_TOGETHER];
} Fitting;

static void fit_one(size_t i, size_t worker, void *data)
{
    Fitting *self = data;
    WmTrendFit *fit = &self->fits[i];
    const Job *job = self->job;
    const WmForecastSeries series = forecast_batch_input(self->batch, self->first + i);
    fit->fitted = g_new(WmTrendRow, series.n_readings + 1);
    fit->ahead = g_new(WmTrendRow, (size_t)job->ask.horizon + 1);
    self->is_done[i] = wm_trend_model_fit(job->model, forecast_batch_prior(self->batch, self->first + i), &series, &job->ask,
                                          &self->scratch[worker], fit) == WM_OK;
}

/* Rows of the n series just fitted. FALSE: some lacked memory. */
static gboolean take_fits(Fitting *self, size_t n, AddFunc add, Unfitted *unfitted)
{
    gboolean is_done = TRUE;
    for (size_t i = 0; i < n; i++) {
        WmTrendFit *fit = &self->fits[i];
        is_done &= self->is_done[i];
        if (is_done)
            add(self->job, self->batch, self->first + i, fit);
        if (fit->state && unfitted->n++ == 0)
            *unfitted = (Unfitted){1, fit->state, forecast_batch_series(self->batch, self->first + i)->id};
        g_free(fit->fitted);
        g_free(fit->ahead);
    }
    return is_done;
}

static gboolean fit_all(const Job *job, const ForecastBatch *batch, AddFunc add, int jobs, Unfitted *unfitted, GError **error)
{
    const size_t n_series = batch->series->len, n_workers = parallel_n_workers(jobs, n_series);
    g_autofree WmTrendScratch *scratch = g_new0(WmTrendScratch, n_workers);
    g_autofree Fitting *fitting = g_new0(Fitting, 1);
    gboolean is_done = TRUE;
    *fitting = (Fitting){.job = job, .batch = batch, .scratch = scratch};
    for (; is_done && fitting->first < n_series && !is_interrupted(error); fitting->first += N_TOGETHER) {
        const size_t n = MIN(n_series - fitting->first, N_TOGETHER);
        parallel_do(n, n_workers, fit_one, fitting);
        is_done = take_fits(fitting, n, add, unfitted);
    }
    for (size_t k = 0; k < n_workers; k++)
        wm_trend_scratch_clear(&scratch[k]);
    if (!is_done)
        wm_error_set(error, WM_ERROR_FILE, NULL, "no memory");
    return is_done && !(error && *error);
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(FilterLine) line = {0};
    g_auto(CommonOptions) common = {0};
    g_autofree char *model = NULL, *levels = NULL;
    gint horizon = DEFAULT_HORIZON_MONTHS;
    gboolean is_terms = FALSE;
    const GOptionEntry entries[] = {
        {"model", 0, 0, G_OPTION_ARG_STRING, &model, "auto (the default), or one of those listed below", "MODEL"},
        {"horizon", 0, 0, G_OPTION_ARG_INT, &horizon, "periods ahead, at most 1200 (default: 12)", "N"},
        {"levels", 0, 0, G_OPTION_ARG_STRING, &levels, "percent of coming readings that each interval holds (default: 80,95)",
         "L,…"},
        {"coefficients", 0, 0, G_OPTION_ARG_NONE, &is_terms, "the model's terms instead of its rows", NULL},
        FILTER_ENTRIES(&line),
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_TREND, entries, TAKES_AS_AT | TAKES_FORMAT | TAKES_QUIET | TAKES_JOBS, &common, 1, 1, &argc, &argv,
                       error))
        return -1;
    ForecastBatchOptions options;
    WmPolarity unused;
    Job job = {.ask.horizon = horizon};
    if (!filter_understand(&line, &common, &options, &unused, error) || !take_model(&job, model ? model : "auto", error) ||
        !take_levels(&job, levels ? levels : DEFAULT_LEVELS, error))
        return -1;
    if (horizon < 0 || horizon > MAX_HORIZON) {
        g_autofree char *text = g_strdup_printf("%d", horizon);
        filter_fail(error, "--horizon", text, "0 to 1200 periods");
        return -1;
    }
    if (!job.model->wants_prior)
        options.source = PRIORS_BUILTIN;
    job.ask.is_percent = options.kind == WM_KIND_PERCENT;
    job.ask.low = job.ask.high = NAN;
    g_autoptr(ForecastBatch) batch = forecast_batch_new(argv[1], &options, error);
    if (!batch)
        return -1;
    if (batch->priors->len && !batch->has_guessed_bounds) {
        job.ask.low = g_array_index(batch->priors, WmPrior, 0).group.low;
        job.ask.high = g_array_index(batch->priors, WmPrior, 0).group.high;
    }
    g_autoptr(Output) output = is_terms ? output_new(TERM_COLUMNS, G_N_ELEMENTS(TERM_COLUMNS))
                                        : output_new(job.columns, N_FIXED_COLUMNS + 2 * job.ask.n_levels);
    output_stream(output, common.format);
    job.output = output;
    Unfitted unfitted = {0, NULL, NULL};
    if (!fit_all(&job, batch, is_terms ? add_terms : add_rows, common.jobs, &unfitted, error))
        return -1;
    if (unfitted.n)
        say(&common, "%zu series have no fit of this model; the first is %s: %s", unfitted.n, unfitted.id, unfitted.state);
    filter_say_notes(&common, &batch->notes);
    output_print(output, common.format);
    return EXIT_DONE;
}

const Command COMMAND_TREND = {
    "trend", "FILE", "what a model makes of each series, and what it expects next",
    "FILE is a long CSV: series, period, and value or numerator and denominator (or both); - reads standard input.\n"
    "Step 1 is the first period after the last reading; fitted rows have step 0 or less.\n"
    "Models: auto, the pooled one; lines: ols, wls, huber, bisquare, theil_sen, binomial, poisson, log_linear, logit_linear;\n"
    "exponential smoothing: ets (the best by AICc), ses, holt, damped, or by letters ann aan aadn ana aaa aada mnn man madn;\n"
    "structural: level, llt, and level_seasons, llt_seasons, level_harmonics, llt_harmonics.\n"
    "Example: waymark trend --bounds 0,100 --horizon 6 --levels 50,80,95 readings.csv",
    run};
