/* waymark chance [options] FILE: a filter from long readings and targets to the chance of each. */
#include <math.h>
#include <string.h>

#include "cli/filter.h"
#include "cli/output.h"
#include "cli/parallel.h"
#include "engine/core/answers/chance_row.h"
#include "engine/data/text/number_text.h"

static const OutputColumn COLUMNS[] = {{"series", FALSE},   {"due", FALSE},         {"target", TRUE},       {"chance", TRUE},
                                       {"expected", FALSE}, {"expected_lo", FALSE}, {"expected_hi", FALSE}, {"basis", FALSE}};

/* One row to be: a target for one series. */
typedef struct {
    size_t i_series; /* SIZE_MAX: not in the batch */
    const LongTarget *target;
    WmChanceRow answer;
} Row;

typedef struct {
    const ForecastBatch *batch;
    WmKind kind;
    WmPolarity polarity;         /* where a target does not say */
    WmForecast *forecasts;       /* one a series */
    gboolean *is_wanted;         /* likewise: some row asks for it */
    WmForecastScratch **scratch; /* one a worker */
    GArray *rows;                /* of Row */
    Output *output;
} Job;

/* The period so many steps after the last reading that the forecast knows, in the readings' own rhythm; of none without a forecast.
 */
static WmPeriod period_ahead(const Job *self, size_t i, int steps)
{
    const GArray *readings = forecast_batch_series(self->batch, i)->readings;
    const WmForecastGroup *group = &forecast_batch_prior(self->batch, i)->group;
    for (guint k = readings->len; self->forecasts[i].state == WM_FORECAST_FITTED && k-- > 0;) {
        const WmPeriod period = g_array_index(readings, WmReading, k).period;
        if (wm_forecast_period_number(group, period) == self->forecasts[i].last)
            return wm_period_step(period, steps * MAX(1, group->step_days));
    }
    return (WmPeriod){.kind = WM_PERIOD_NONE};
}

static const char *expected_text(const Job *self, size_t i, int steps, char text[WM_PERIOD_TEXT])
{
    text[0] = 0;
    return steps ? wm_day_format_iso(wm_period_end(period_ahead(self, i, steps)), text) : text;
}

/* A due date as machines read it, in the kind of period in which it was written; without one, the next period of the series. */
static const char *due_text(const Job *self, const Row *row, char text[WM_PERIOD_TEXT])
{
    WmPeriod period = {.kind = WM_PERIOD_NONE};
    if (!wm_period_parse(row->target->due_text, WM_PERIOD_FINANCIAL_YEAR, &period) && row->i_series != SIZE_MAX)
        period = period_ahead(self, row->i_series, 1);
    return wm_period_format_iso(period, text);
}

static void fit_series(size_t i, size_t worker, void *data)
{
    Job *self = data;
    if (self->is_wanted[i])
        forecast_batch_fit(self->batch, i, self->scratch[worker], &self->forecasts[i]);
}

static void judge_row(size_t i, size_t worker, void *data)
{
    (void)worker;
    const Job *self = data;
    Row *row = &g_array_index(self->rows, Row, i);
    if (row->i_series == SIZE_MAX)
        return;
    const LongTarget *target = row->target;
    const WmForecastSeries series = forecast_batch_input(self->batch, row->i_series);
    const WmMeasure measure =
        wm_filter_measure(self->kind, target->polarity == WM_N_POLARITIES ? self->polarity : target->polarity);
    row->answer = wm_chance_row(forecast_batch_prior(self->batch, row->i_series), &self->forecasts[row->i_series], series.readings,
                                series.n_readings, &measure, target->target, target->due);
}

static void print_row(const Job *self, const Row *row)
{
    char due[WM_PERIOD_TEXT], expected[3][WM_PERIOD_TEXT] = {"", "", ""};
    const gboolean is_known = row->i_series != SIZE_MAX;
    for (size_t k = 0; is_known && k < G_N_ELEMENTS(expected); k++)
        expected_text(self, row->i_series, row->answer.steps[k], expected[k]);
    output_add(self->output,
               (const char *const[]){is_known ? forecast_batch_series(self->batch, row->i_series)->id : row->target->series,
                                     due_text(self, row, due), NUMBER_TEXT(row->target->target), NUMBER_TEXT(row->answer.chance),
                                     expected[0], expected[1], expected[2], wm_basis_name(row->answer.basis)});
}

/* One row a target, in the order given; a target for every series has one for each. Returns how many are for a series that is not
 * there. */
static size_t ask_for(Job *self, const GArray *targets, GHashTable *index)
{
    size_t n_unknown = 0;
    for (guint k = 0; k < targets->len; k++) {
        const LongTarget *target = &g_array_index(targets, LongTarget, k);
        Row row = {.i_series = SIZE_MAX, .target = target, .answer = wm_chance_row_none()};
        const gboolean is_for_all = *target->series == '\0';
        const gsize known = is_for_all ? 0 : GPOINTER_TO_SIZE(g_hash_table_lookup(index, target->series));
        const size_t first = is_for_all ? 0
                             : known    ? known - 1
                                        : SIZE_MAX,
                     last = is_for_all ? self->batch->series->len : first + 1;
        if (first == SIZE_MAX) {
            g_array_append_val(self->rows, row);
            n_unknown++;
            continue;
        }
        for (row.i_series = first; row.i_series < last; row.i_series++) {
            self->is_wanted[row.i_series] = TRUE;
            g_array_append_val(self->rows, row);
        }
    }
    return n_unknown;
}

static void clear_target(gpointer data)
{
    LongTarget *target = data;
    g_free(target->series);
    g_free(target->due_text);
}

/* --target and --due are one target for every series. */
static GArray *one_target(const char *value, const char *due, GError **error)
{
    LongTarget target = {.due = WM_NO_DAY, .polarity = WM_N_POLARITIES};
    if (!filter_parse_number(value, &target.target)) {
        filter_fail(error, "--target", value, "a number");
        return NULL;
    }
    if (due && !wm_day_parse(due, WM_PERIOD_FINANCIAL_YEAR, &target.due)) {
        filter_fail(error, "--due", due, "a period such as 2026-04 or 2026");
        return NULL;
    }
    target.due = wm_day_month_end(target.due);
    target.series = g_strdup("");
    target.due_text = g_strdup(due ? due : "");
    GArray *targets = g_array_new(FALSE, FALSE, sizeof(LongTarget));
    g_array_set_clear_func(targets, clear_target);
    g_array_append_val(targets, target);
    return targets;
}

static GArray *read_targets(const char *value, const char *due, const char *file, GError **error)
{
    if (!value == !file) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "give --target X --due PERIOD, or --targets FILE"}, "%s",
                     value ? "--target and --targets were both given" : "there is no target");
        return NULL;
    }
    return file ? long_targets_read(file, error) : one_target(value, due, error);
}

static GHashTable *index_series(const ForecastBatch *batch)
{
    GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < batch->series->len; i++)
        g_hash_table_insert(index, forecast_batch_series(batch, i)->id, GSIZE_TO_POINTER(i + 1));
    return index;
}

static gboolean has_way(const GArray *targets)
{
    for (guint i = 0; i < targets->len; i++)
        if (g_array_index(targets, LongTarget, i).polarity == WM_N_POLARITIES)
            return FALSE;
    return TRUE;
}

/* Fit what is asked for, judge every row, and print them in order. */
static gboolean answer(Job *job, int jobs, GError **error)
{
    const size_t n_series = job->batch->series->len, n_workers = parallel_n_workers(jobs, MAX(n_series, job->rows->len));
    WmForecastScratch *scratch[PARALLEL_MAX_WORKERS] = {NULL};
    gboolean is_done = TRUE;
    for (size_t k = 0; k < n_workers; k++)
        is_done &= (scratch[k] = wm_forecast_scratch_new()) != NULL;
    job->scratch = scratch;
    if (is_done) {
        parallel_do(n_series, n_workers, fit_series, job);
        parallel_do(job->rows->len, n_workers, judge_row, job);
        for (guint i = 0; i < job->rows->len; i++)
            print_row(job, &g_array_index(job->rows, Row, i));
    } else {
        wm_error_set(error, WM_ERROR_FILE, NULL, "no memory");
    }
    for (size_t k = 0; k < n_workers; k++)
        wm_forecast_scratch_free(scratch[k]);
    return is_done && !is_interrupted(error);
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(FilterLine) line = {0};
    g_auto(CommonOptions) common = {0};
    g_autofree char *value = NULL, *due = NULL, *file = NULL;
    const GOptionEntry entries[] = {
        {"target", 0, 0, G_OPTION_ARG_STRING, &value, "the target of every series", "X"},
        {"due", 0, 0, G_OPTION_ARG_STRING, &due, "when it is due (default: the period after the last reading)", "PERIOD"},
        {"targets", 0, 0, G_OPTION_ARG_FILENAME, &file, "targets: series, due, target, polarity", "FILE"},
        FILTER_ENTRIES(&line),
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_CHANCE, entries, TAKES_AS_AT | TAKES_FORMAT | TAKES_QUIET | TAKES_JOBS, &common, 1, 1, &argc, &argv,
                       error))
        return -1;
    ForecastBatchOptions options;
    Job job = {.kind = WM_N_KINDS};
    if (!filter_understand(&line, &common, &options, &job.polarity, error))
        return -1;
    g_autoptr(GArray) targets = read_targets(value, due, file, error);
    if (!targets)
        return -1;
    if (job.polarity == WM_N_POLARITIES) {
        job.polarity = WM_POLARITY_HIGHER;
        if (!has_way(targets))
            say(&common, "higher is taken to be better; --polarity lower says otherwise");
    }
    g_autoptr(ForecastBatch) batch = forecast_batch_new(argv[1], &options, error);
    if (!batch)
        return -1;
    g_autoptr(GHashTable) index = index_series(batch);
    g_autofree WmForecast *forecasts = g_new(WmForecast, batch->series->len + 1);
    g_autofree gboolean *is_wanted = g_new0(gboolean, batch->series->len + 1);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(Row));
    g_autoptr(Output) output = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    job.batch = batch;
    job.kind = options.kind;
    job.forecasts = forecasts;
    job.is_wanted = is_wanted;
    job.rows = rows;
    job.output = output;
    output_stream(output, common.format);
    const size_t n_unknown = ask_for(&job, targets, index);
    if (!answer(&job, common.jobs, error))
        return -1;
    filter_say_strays(&common, "targets", n_unknown);
    filter_say_notes(&common, &batch->notes);
    output_print(output, common.format);
    return EXIT_DONE;
}

const Command COMMAND_CHANCE = {
    "chance", "FILE", "the chance that each target will be met, and when it is expected",
    "FILE is a long CSV: series, period, and value or numerator and denominator (or both); - reads standard input.\n"
    "Basis: model; prior, where so few readings have come that what is typical of similar series weighs more; position, where the "
    "reading that\n"
    "judges has come; none, with fewer than three readings. Example: waymark chance --bounds 0,100 --target 60 --due 2026-12 "
    "readings.csv",
    run};
