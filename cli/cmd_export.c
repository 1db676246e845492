/* waymark export PLAN */
#include <stdio.h>
#include <string.h>
#include <waymark/export.h>

#include "cli/command.h"
#include "cli/output.h"
#include "engine/data/month/month_options.h"
#include "engine/data/plan/plan_private.h"

/* The contract's columns of a reading; the last two with --all-vintages. */
static const OutputColumn COLUMNS[] = {{"indicator", FALSE}, {"unit", FALSE},     {"cohort", FALSE},     {"period", FALSE},
                                       {"value", TRUE},      {"numerator", TRUE}, {"denominator", TRUE}, {"state", FALSE},
                                       {"note", FALSE},      {"drop", TRUE},      {"received", FALSE}};

typedef struct {
    char *indicator, *unit;
    gboolean all_vintages, wants_options;
} Options;

static void options_clear(Options *self)
{
    g_free(self->indicator);
    g_free(self->unit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

typedef struct {
    Output *output;
    gboolean all_vintages;
    gboolean is_json; /* no number can be a marker there: the state says it */
} Printer;

enum { VALUE_COLUMN = 4 };

#define MAX_NAMED 8

static bool print_reading(const WmExportedReading *one, gpointer data, GError **error)
{
    const Printer *self = data;
    char received[WM_PERIOD_TEXT];
    g_autoptr(GPtrArray) texts = wm_reading_texts(&one->stored);
    if (self->is_json && *(char *)g_ptr_array_index(texts, VALUE_COLUMN) == '[')
        *(char *)g_ptr_array_index(texts, VALUE_COLUMN) = 0;
    if (self->all_vintages) {
        g_ptr_array_add(texts, g_strdup_printf("%" G_GINT64_FORMAT, one->drop));
        g_ptr_array_add(texts, g_strdup(wm_day_format_iso(one->received, received)));
    }
    output_add(self->output, (const char *const *)texts->pdata);
    return !is_interrupted(error);
}

/* What the command's words mean in the plan. */
static gboolean set_query(const WmPlan *plan, const Options *options, const CommonOptions *common, WmExportQuery *out,
                          GError **error)
{
    *out = (WmExportQuery){.indicator = options->indicator, .as_at = common->as_at, .all_vintages = options->all_vintages != 0};
    if (options->indicator && !wm_plan_indicator(plan, options->indicator)) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "indicators.csv lists them"}, "there is no indicator “%s”",
                     options->indicator);
        return FALSE;
    }
    if (!options->unit)
        return TRUE;
    out->unit = plan_unit_sought(plan, options->unit, error);
    return out->unit != NULL;
}

/* What a formula makes is made anew of what is printed; loaded again it would be readings that nothing uses. */
static void say_derived(const WmPlan *plan, const Options *options, const CommonOptions *common)
{
    g_autoptr(GString) names = g_string_new(NULL);
    size_t n = 0;
    for (size_t i = 0; i < plan->n_indicators; i++) {
        const WmIndicator *one = &plan->indicators[i];
        const gboolean is_derived = *one->formula && !strstr(one->formula, "published"); /* else drops give readings of it */
        if (!is_derived || (options->indicator && strcmp(options->indicator, one->indicator) != 0))
            continue;
        if (n++ < MAX_NAMED)
            g_string_append_printf(names, "%s%s", n > 1 ? ", " : "", one->indicator);
    }
    if (n == 0)
        return;
    if (n > MAX_NAMED)
        g_string_append_printf(names, " and %zu more", n - MAX_NAMED);
    say(common, "derived by formula, and so left out: %s; `waymark history` shows them, `waymark run` assesses them", names->str);
}

static gboolean print_options(const SeriesOptionsRow *one, gpointer output, GError **error)
{
    output_add(output, (const char *const[]){one->indicator, one->unit, one->cohort, one->options});
    return !is_interrupted(error);
}

/* The rows of waymark.options. */
static gboolean export_options(const WmPlan *plan, WmStore *store, const WmExportQuery *query, const CommonOptions *common,
                               GError **error)
{
    static const OutputColumn OPTION_COLUMNS[] = {{"indicator", FALSE}, {"unit", FALSE}, {"cohort", FALSE}, {"options", FALSE}};
    g_autoptr(Output) output = output_new(OPTION_COLUMNS, G_N_ELEMENTS(OPTION_COLUMNS));
    output_stream(output, common->format);
    if (!month_options(plan, store, query, print_options, output, error))
        return FALSE;
    output_print(output, common->format);
    return TRUE;
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"indicator", 0, 0, G_OPTION_ARG_STRING, &options.indicator, "only this one", "X"},
        {"unit", 0, 0, G_OPTION_ARG_STRING, &options.unit, "only this one, by id, code or name", "U"},
        {"all-vintages", 0, 0, G_OPTION_ARG_NONE, &options.all_vintages, "what each drop said, with its number and day", NULL},
        {"options", 0, 0, G_OPTION_ARG_NONE, &options.wants_options, "what waymark_assess in PostgreSQL is told of each series",
         NULL},
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_EXPORT, entries, TAKES_AS_AT | TAKES_FORMAT | TAKES_QUIET | TAKES_STORE, &common, 1, 1, &argc,
                       &argv, error))
        return -1;
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(argv[1], problems, error);
    g_autoptr(WmStore) store = NULL;
    WmExportQuery query;
    if (!plan || !set_query(plan, &options, &common, &query, error) || !(store = open_filled_store(plan, &common, error)))
        return -1;
    if (options.wants_options)
        return export_options(plan, store, &query, &common, error) ? EXIT_DONE : -1;
    g_autoptr(Output) output = output_new(COLUMNS, options.all_vintages ? G_N_ELEMENTS(COLUMNS) : WM_N_READING_COLUMNS);
    output_stream(output, common.format);
    Printer printer = {output, options.all_vintages, common.format == OUTPUT_JSON};
    if (!wm_store_export(store, &query, print_reading, &printer, error))
        return -1;
    output_print(output, common.format);
    say_derived(plan, &options, &common);
    return EXIT_DONE;
}

const Command COMMAND_EXPORT = {"export", "PLAN", "print the readings of the store",
                                "One row a reading, in the columns that a drop has: what is exported can be loaded again, and is "
                                "the same. What formulas make is left out: it is made anew of that. `waymark ingest` and\n"
                                "`waymark run` fill the store.",
                                run};
