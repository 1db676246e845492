/* waymark backtest: history replayed, and what was said scored by what came. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <waymark/ingest.h>

#include "cli/backtest_tables.h"
#include "cli/filter.h"

/* ---- the line ---- */

typedef struct {
    FilterLine filter;
    char *input, *targets, *hold, *table;
    WmPolicy policy;
    int only; /* a table; -1 all */
} Options;

static void options_clear(Options *self)
{
    filter_line_clear(&self->filter);
    char **texts[] = {&self->input, &self->targets, &self->hold, &self->table};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean take_hold(const char *text, WmPolicy *policy, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    double readings;
    if (g_strv_length(parts) != 3 || !filter_parse_number(parts[0], &policy->hold_chance) ||
        !filter_parse_number(parts[1], &policy->hold_noise) || !filter_parse_number(parts[2], &readings) || !(readings >= 1))
        return filter_fail(error, "--hold", text,
                           "three numbers: hold_chance, hold_noise and hold_readings of [policy], as in 0.25,3,6");
    policy->hold_readings = (int)readings;
    return TRUE;
}

static gboolean take_options(Options *self, GError **error)
{
    self->policy = wm_policy_default();
    self->only = -1;
    for (int i = 0; self->table && i < N_BACKTEST_TABLES; i++)
        if (g_ascii_strcasecmp(BACKTEST_TABLES[i].name, self->table) == 0)
            self->only = i;
    if (self->table && self->only < 0)
        return filter_fail(error, "--table", self->table, "forecasts, chances, reliability, statuses, candidates or combination");
    return !self->hold || take_hold(self->hold, &self->policy, error);
}

/* ---- the work ---- */

static gboolean tick(size_t done, size_t total, gpointer data, GError **error)
{
    progress_line_tell(data, &(ProgressStep){.event = "origins", .done = done, .of = total});
    return !is_interrupted(error);
}

static gboolean replay_plan(const char *folder, const BacktestOptions *options, const CommonOptions *common, Options *line,
                            Backtest *out, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(folder, problems, error);
    g_autoptr(WmStore) store = plan ? open_store(plan, common, error) : NULL;
    size_t n_new;
    if (!store || !wm_ingest_drops(store, plan, problems, &n_new, error))
        return FALSE;
    if (!line->hold)
        line->policy = plan->settings.policy;
    return backtest_plan(plan, store, common->as_at, options, out, error);
}

static void say_what(const Options *options, const CommonOptions *common, const Backtest *backtest)
{
    static const char *const PRIORS[] = {
        "what is typical was learnt at each origin, from what was known then", "what is typical is built in",
        "what is typical comes from a file: its common path ends at each origin, its scales do not"};
    char from[WM_PERIOD_TEXT], to[WM_PERIOD_TEXT];
    filter_say_strays(common, "targets", backtest->n_stray_targets);
    filter_say_notes(common, &backtest->notes);
    if (backtest->n_other)
        say(common, "%zu series of another frequency than most are left out; replay them by themselves", backtest->n_other);
    if (backtest->n_origins == 0) {
        say(common, "nothing could be scored: no series has a year of readings and one more");
        return;
    }
    ForecastBatchOptions batch;
    WmPolarity polarity;
    filter_understand(&options->filter, common, &batch, &polarity, NULL);
    say(common, "%zu series, %zu origins from %s to %s, %u milestones followed; %s", backtest->n_series, backtest->n_origins,
        wm_day_format(backtest->from, from), wm_day_format(backtest->to, to), backtest->courses->len,
        options->input ? PRIORS[batch.source] : "what is typical is the plan's");
}

static void add_to_output(const char *const *texts, gpointer data)
{
    output_add(data, texts);
}

/* One table by itself. */
static void print_table(BacktestTableId id, const CommonOptions *common, const Backtest *backtest, const StatusScores *statuses)
{
    g_autoptr(Output) output = output_new(BACKTEST_TABLES[id].columns, BACKTEST_TABLES[id].n_columns);
    backtest_table_rows(id, backtest, statuses, add_to_output, output);
    output_print(output, common->format);
}

typedef struct {
    const BacktestTable *table;
    Output *output;
} Tidy;

/* A measure a row: what all tables can be in one CSV. */
static void add_tidy(const char *const *texts, gpointer data)
{
    const Tidy *self = data;
    const BacktestTable *table = self->table;
    for (size_t i = table->n_keys; i < table->n_columns; i++)
        output_add(self->output, (const char *const[]){table->name, texts[0], table->n_keys > 1 ? texts[1] : "",
                                                       table->columns[i].name, texts[i]});
}

static void print_tidy(const CommonOptions *common, const Backtest *backtest, const StatusScores *statuses)
{
    static const OutputColumn COLUMNS[] = {{"table", FALSE}, {"of", FALSE}, {"at", FALSE}, {"measure", FALSE}, {"value", TRUE}};
    g_autoptr(Output) output = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (int i = 0; i < N_BACKTEST_TABLES; i++) {
        Tidy tidy = {&BACKTEST_TABLES[i], output};
        backtest_table_rows((BacktestTableId)i, backtest, statuses, add_tidy, &tidy);
    }
    output_print(output, common->format);
}

/* All tables for people, one after another; or as members of one JSON object. */
static void print_each(const CommonOptions *common, const Backtest *backtest, const StatusScores *statuses)
{
    const gboolean is_json = common->format == OUTPUT_JSON;
    for (int i = 0; i < N_BACKTEST_TABLES; i++) {
        if (!is_json && i >= BACKTEST_CANDIDATES && !backtest->comparison.n_candidates)
            continue;
        if (is_json)
            printf("%s\"%s\": ", i ? ", " : "{", BACKTEST_TABLES[i].name);
        else
            printf("%s%s\n\n", i ? "\n" : "", BACKTEST_TABLES[i].title);
        print_table((BacktestTableId)i, common, backtest, statuses);
    }
    if (is_json)
        puts("}");
}

static void print_tables(const Options *options, const CommonOptions *common, const Backtest *backtest,
                         const StatusScores *statuses)
{
    if (options->only >= 0)
        print_table((BacktestTableId)options->only, common, backtest, statuses);
    else if (common->format == OUTPUT_CSV)
        print_tidy(common, backtest, statuses);
    else
        print_each(common, backtest, statuses);
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"input", 0, 0, G_OPTION_ARG_FILENAME, &options.input, "replay these series instead of a plan; - is standard input",
         "LONG.csv"},
        {"targets", 0, 0, G_OPTION_ARG_FILENAME, &options.targets,
         "milestones of --input: series, due, target, polarity, origin (default: hold the level, and improve on it)", "FILE"},
        {"hold", 0, 0, G_OPTION_ARG_STRING, &options.hold, "hysteresis to try: hold_chance,hold_noise,hold_readings", "C,N,R"},
        {"table", 0, 0, G_OPTION_ARG_STRING, &options.table,
         "only this one: forecasts, chances, reliability, statuses, candidates or combination", "TABLE"},
        FILTER_ENTRIES(&options.filter),
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_BACKTEST, entries,
                       TAKES_AS_AT | TAKES_OUT | TAKES_FORMAT | TAKES_JOBS | TAKES_PROGRESS | TAKES_QUIET | TAKES_STORE, &common, 0,
                       1, &argc, &argv, error) ||
        !take_options(&options, error))
        return -1;
    if ((argc > 1) == (options.input != NULL)) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "give a plan's folder, or --input LONG.csv"}, "%s",
                     options.input ? "a plan and --input were both given" : "there is nothing to replay");
        return -1;
    }
    g_auto(ProgressLine) progress = {.kind = common.progress};
    BacktestOptions work = {.targets_path = options.targets,
                            .n_jobs = common.jobs > 0 ? common.jobs : (int)g_get_num_processors(),
                            .tick = tick,
                            .data = &progress};
    if (!filter_understand(&options.filter, &common, &work.batch, &work.polarity, error))
        return -1;
    if (work.polarity == WM_N_POLARITIES)
        work.polarity = WM_POLARITY_HIGHER;
    g_auto(Backtest) backtest = {.courses = NULL};
    if (!(options.input ? backtest_long(options.input, &work, &backtest, error)
                        : replay_plan(argv[1], &work, &common, &options, &backtest, error)))
        return -1;
    StatusScores statuses[N_RULES];
    backtest_statuses(backtest.courses, &options.policy, statuses);
    say_what(&options, &common, &backtest);
    if (common.out && !backtest_write(&backtest, statuses, common.out, error))
        return -1;
    print_tables(&options, &common, &backtest, statuses);
    return EXIT_DONE;
}

const Command COMMAND_BACKTEST = {
    "backtest", "[PLAN]", "replay history, and score what was said by what came",
    "Of a plan, delivery by delivery; with --input, of any series, reading by reading. Each origin sees only what was known on its "
    "day.\n"
    "Scores forecasts (CRPS, MASE, coverage), chances (Brier, log score, reliability) and statuses (false alarms, changes, "
    "warning), "
    "beside\n"
    "a naive drift, a straight line and the plain RAG rule. Example: waymark backtest --input readings.csv --kind percent",
    run};
