/* waymark ingest PLAN FILE… */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <waymark/ingest.h>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/withdrawal.h"
#include "engine/data/text/number_text.h"
#include "engine/data/recipe/recipe.h"

static const OutputColumn COLUMNS[] = {{"file", FALSE},   {"drop", TRUE},      {"rows", TRUE},       {"loaded", TRUE},
                                       {"revised", TRUE}, {"unchanged", TRUE}, {"quarantined", TRUE}};
static const OutputColumn REFUSED_COLUMNS[] = {
    {"file", FALSE}, {"line", TRUE}, {"column", TRUE}, {"code", FALSE}, {"message", FALSE}};
static const OutputColumn REVISED_COLUMNS[] = {{"file", FALSE},   {"indicator", FALSE}, {"unit", FALSE}, {"cohort", FALSE},
                                               {"period", FALSE}, {"was", FALSE},       {"now", FALSE},  {"change", TRUE}};

/* What --show prints. */
enum { SHOW_SUMMARY = 1, SHOW_REFUSED = 2, SHOW_REVISED = 4, SHOW_ALL = 7 };

static const struct {
    const char *name;
    int parts;
} SHOWS[] = {{"summary", SHOW_SUMMARY}, {"refused", SHOW_REFUSED}, {"revised", SHOW_REVISED}, {"all", SHOW_ALL}};

typedef struct {
    char *recipe_name, *received_text, *show_text;
    gboolean is_dry_run, is_strict;
    int show;
    WmDay received;
    WithdrawalOptions withdrawal;
} Options;

/* The tables that are gathered, file after file. */
typedef struct {
    Output *summary, *refused, *revised;
} Tables;

static void options_clear(Options *self)
{
    g_free(self->recipe_name);
    g_free(self->received_text);
    g_free(self->show_text);
    g_free(self->withdrawal.note);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* The only clock in Waymark: a file handed over without a date was received today. */
static WmDay today(void)
{
    const time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    return wm_day_from_date(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

static gboolean set_received(Options *options, const CommonOptions *common, GError **error)
{
    options->received = common->as_at != WM_NO_DAY ? common->as_at : today();
    if (options->received_text && !wm_day_parse(options->received_text, WM_PERIOD_FINANCIAL_YEAR, &options->received)) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "write it as 2026-10-31"}, "--received “%s” is no date",
                     options->received_text);
        return FALSE;
    }
    return TRUE;
}

/* People see everything at once; a program gets the contract's table unless it asks for another. */
static gboolean set_show(Options *options, const CommonOptions *common, GError **error)
{
    options->show = options->is_dry_run && common->format == OUTPUT_TABLE ? SHOW_ALL : SHOW_SUMMARY;
    if (!options->show_text)
        return TRUE;
    if (!options->is_dry_run) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "add --dry-run"}, "--show is for a dry run");
        return FALSE;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(SHOWS); i++)
        if (strcmp(SHOWS[i].name, options->show_text) == 0) {
            options->show = SHOWS[i].parts;
            return options->show != SHOW_ALL || common->format != OUTPUT_CSV ||
                   (wm_error_set(error, WM_ERROR_USAGE,
                                 &(WmErrorPlace){.advice = "use --format table or json, or ask for one table"},
                                 "a CSV holds one table"),
                    FALSE);
        }
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "use one of: summary refused revised all"},
                 "--show “%s” is not known", options->show_text);
    return FALSE;
}

static gboolean find_recipe(const WmPlan *plan, const char *name, WmRecipe **out, GError **error)
{
    if (!name)
        return TRUE;
    g_autofree char *file = g_strconcat(name, ".ini", NULL);
    g_autofree char *in_plan = g_build_filename(plan->folder, "recipes", file, NULL);
    *out = wm_recipe_read(g_file_test(name, G_FILE_TEST_EXISTS) ? name : in_plan, error);
    return *out != NULL;
}

/* The drops folder rebuilds the store; it knows recipes by their match alone. */
static void say_unmatched(const CommonOptions *common, const WmRecipe *recipe, const char *path)
{
    g_autofree char *base = g_path_get_basename(path);
    if (recipe && !recipe_matches(recipe, base))
        say(common, "%s: the recipe's match does not fit this name; without one that does, `waymark run` could not read it again",
            path);
}

static void add_summary(Output *output, const char *name, const WmIngestResult *result)
{
    const gint64 numbers[] = {result->drop,      result->n_rows,      result->n_loaded,
                              result->n_revised, result->n_unchanged, result->n_quarantined};
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(texts, g_strdup(name));
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        g_ptr_array_add(texts, g_strdup_printf("%" G_GINT64_FORMAT, numbers[i]));
    output_add(output, (const char *const *)texts->pdata);
}

static void add_refused(Output *output, const char *name, const WmIngestPreview *preview)
{
    for (guint i = 0; i < preview->refused->len; i++) {
        const WmQuarantined *row = &g_array_index(preview->refused, WmQuarantined, i);
        g_autofree char *line = g_strdup_printf("%d", row->line);
        g_autofree char *column = row->column ? g_strdup_printf("%d", row->column) : g_strdup("");
        output_add(output, (const char *const[]){name, line, column, row->code, row->message});
    }
}

/* A figure as it stands, or the state that stands for it, with the counts behind it. New. */
static char *figure_text(const WmReading *reading)
{
    char value[G_ASCII_DTOSTR_BUF_SIZE], numerator[G_ASCII_DTOSTR_BUF_SIZE], denominator[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *figure = g_strdup(wm_reading_state_has_value(reading->state) ? number_text(reading->value, value)
                                                                                  : wm_reading_state_name(reading->state));
    if (!*number_text(reading->numerator, numerator) || !*number_text(reading->denominator, denominator))
        return g_steal_pointer(&figure);
    return g_strdup_printf("%s (%s of %s)", figure, numerator, denominator);
}

static void add_revised(Output *output, const char *name, const WmIngestPreview *preview)
{
    for (guint i = 0; i < preview->revised->len; i++) {
        const WmIngestRevision *one = &g_array_index(preview->revised, WmIngestRevision, i);
        char period[WM_PERIOD_TEXT], change[G_ASCII_DTOSTR_BUF_SIZE];
        g_autofree char *was = figure_text(&one->was), *now = figure_text(&one->now);
        output_add(output, (const char *const[]){name, one->indicator, one->unit, one->cohort,
                                                 wm_period_format_iso(one->now.period, period), was, now,
                                                 number_text(one->now.value - one->was.value, change)});
    }
}

/* Drops of one day stand by their files' names; what came later need not count. */
static gboolean say_overruled(WmStore *store, const char *path, const WmIngestResult *result, const CommonOptions *common,
                              GError **error)
{
    if (!result->overruled_by)
        return TRUE;
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    for (guint i = 0; drops && i < drops->len; i++) {
        const WmDropInfo *drop = &g_array_index(drops, WmDropInfo, i);
        if (drop->id == result->overruled_by)
            say(common,
                "%s: where they differ, %s of the same day counts, for its name stands after this one's; to make this one count, "
                "give it a name that stands last, or withdraw drop %" G_GINT64_FORMAT,
                path, drop->file, drop->id);
    }
    return drops != NULL;
}

/* A drop is known by its content, not by how it was read: a recipe that was corrected since has had no say. */
static void say_known(const WmPlan *plan, const char *path, const WmIngestResult *result, const CommonOptions *common)
{
    g_autofree char *recipes = g_build_filename(plan->folder, "recipes", NULL);
    say(common, "%s: its content is in the store already, as drop %" G_GINT64_FORMAT "; nothing was done%s", path, result->drop,
        g_file_test(recipes, G_FILE_TEST_IS_DIR)
            ? "; if a recipe has changed since, delete waymark.db: the next run reads every drop again"
            : "");
}

static void say_problems(const CommonOptions *common, const char *path, const WmProblems *problems)
{
    for (size_t i = 0; i < wm_problems_n(problems); i++) {
        WmProblem problem = *wm_problems_at(problems, i);
        problem.file = path;
        g_autofree char *text = wm_problem_format(&problem);
        say(common, "%s", text);
    }
}

static gboolean ingest_one(WmStore *store, const WmPlan *plan, const char *path, const Options *options, const WmRecipe *recipe,
                           const CommonOptions *common, const Tables *tables, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmIngestPreview) preview = wm_ingest_preview_new();
    const WmIngestRequest request = {.path = path,
                                     .received = options->received,
                                     .recipe = recipe,
                                     .is_strict = options->is_strict,
                                     .is_dry_run = options->is_dry_run,
                                     .problems = problems,
                                     .preview = options->show & (SHOW_REFUSED | SHOW_REVISED) ? preview : NULL};
    WmIngestResult result;
    if (!wm_ingest_delivery(store, plan, &request, &result, error))
        return FALSE;
    if (result.was_known)
        say_known(plan, path, &result, common);
    if (!say_overruled(store, path, &result, common, error))
        return FALSE;
    add_summary(tables->summary, path, &result);
    add_refused(tables->refused, path, preview);
    add_revised(tables->revised, path, preview);
    say_problems(common, path, problems);
    say_unmatched(common, recipe, path);
    if (result.was_windows_1252)
        say(common, "%s: it is not UTF-8; it was read as Windows-1252", path);
    if (result.n_skipped)
        say(common, "%s: %" G_GINT64_FORMAT " rows hold no reading that the recipe asks for", path, result.n_skipped);
    if (result.n_quarantined)
        say(common, "%s: %" G_GINT64_FORMAT " %s quarantined; %s", path, result.n_quarantined,
            result.n_quarantined == 1 ? "row" : "rows",
            options->is_dry_run ? "--show refused lists them" : "they are listed below PLAN/quarantine, and in checks.csv");
    return TRUE;
}

/* Several tables: for people one below the other, for programs an object of lists. */
static void print_tables(const Tables *tables, int show, OutputFormat format)
{
    const struct {
        int part;
        const char *name, *title;
        const Output *output;
    } parts[] = {{SHOW_SUMMARY, "files", NULL, tables->summary},
                 {SHOW_REFUSED, "refused", "Refused", tables->refused},
                 {SHOW_REVISED, "revised", "Revised", tables->revised}};
    const gboolean is_object = show == SHOW_ALL && format == OUTPUT_JSON;
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (!(show & parts[i].part) || (show == SHOW_ALL && format == OUTPUT_TABLE && i > 0 && output_is_empty(parts[i].output)))
            continue;
        if (is_object)
            printf("%s\"%s\": ", i ? ",\n" : "{", parts[i].name);
        else if (show == SHOW_ALL && parts[i].title)
            printf("\n%s\n", parts[i].title);
        output_print(parts[i].output, format);
    }
    if (is_object)
        puts("}");
}

static gboolean check_operands(int argc, gboolean is_withdrawal, GError **error)
{
    if (is_withdrawal == (argc == 2))
        return TRUE;
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "see waymark ingest --help"},
                 is_withdrawal ? "--withdraw and --restore go without files" : "usage: waymark ingest PLAN FILE…");
    return FALSE;
}

/* A dry run leaves nothing behind, not even an empty store, and needs nothing to be writable. */
static WmStore *open_store(const WmPlan *plan, gboolean is_dry_run, GError **error)
{
    g_autofree char *path = g_build_filename(plan->folder, "waymark.db", NULL);
    if (is_dry_run && !g_file_test(path, G_FILE_TEST_EXISTS))
        return wm_store_open(":memory:", error);
    g_autoptr(WmStore) store = open_plan_store(plan, error);
    if (store && is_dry_run && wm_store_is_read_only(store))
        return wm_store_open_copy(store, error);
    return g_steal_pointer(&store);
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"recipe", 0, 0, G_OPTION_ARG_STRING, &options.recipe_name,
         "read the files by this recipe: a file, or a name in PLAN/recipes", "RECIPE"},
        {"received", 0, 0, G_OPTION_ARG_STRING, &options.received_text, "the day they were received (default: --as-at, else today)",
         "DATE"},
        {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options.is_dry_run, "say what would be loaded, revised and refused; write nothing",
         NULL},
        {"show", 0, 0, G_OPTION_ARG_STRING, &options.show_text,
         "of a dry run: summary, refused (rows and why), revised (figures, old and new) or all (default: all for a table)", "WHAT"},
        {"withdraw", 0, 0, G_OPTION_ARG_INT64, &options.withdrawal.withdraw,
         "a drop that no longer counts, from --as-at (default: the latest drop's day) on; before, it does", "DROP"},
        {"restore", 0, 0, G_OPTION_ARG_INT64, &options.withdrawal.restore, "take a withdrawal back", "DROP"},
        {"note", 0, 0, G_OPTION_ARG_STRING, &options.withdrawal.note, "why it is withdrawn", "TEXT"},
        {"strict", 0, 0, G_OPTION_ARG_NONE, &options.is_strict, "refuse a file with any bad row", NULL},
        G_OPTION_ENTRY_NULL,
    };
    const gboolean is_parsed =
        command_parse(&COMMAND_INGEST, entries, TAKES_AS_AT | TAKES_FORMAT | TAKES_QUIET, &common, 1, -1, &argc, &argv, error);
    const gboolean is_withdrawal = options.withdrawal.withdraw || options.withdrawal.restore;
    if (!is_parsed || !check_operands(argc, is_withdrawal, error) || !set_received(&options, &common, error) ||
        !set_show(&options, &common, error))
        return -1;

    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(argv[1], problems, error);
    g_autoptr(WmRecipe) recipe = NULL;
    g_autoptr(WmStore) store = NULL;
    if (!plan || !find_recipe(plan, options.recipe_name, &recipe, error) || !(store = open_store(plan, options.is_dry_run, error)))
        return -1;
    if (is_withdrawal)
        return withdrawal_run(store, plan, &options.withdrawal, options.is_dry_run, &common, error);
    g_autoptr(Output) summary = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    g_autoptr(Output) refused = output_new(REFUSED_COLUMNS, G_N_ELEMENTS(REFUSED_COLUMNS));
    g_autoptr(Output) revised = output_new(REVISED_COLUMNS, G_N_ELEMENTS(REVISED_COLUMNS));
    const Tables tables = {summary, refused, revised};
    gboolean is_done = TRUE;
    for (int i = 2; i < argc && is_done; i++)
        is_done = !is_interrupted(error) && ingest_one(store, plan, argv[i], &options, recipe, &common, &tables, error);
    print_tables(&tables, options.show, common.format); /* what was done before a failure, too */
    is_done = is_done && (options.is_dry_run || wm_ingest_write_quarantine(store, plan, error));
    return is_done ? EXIT_DONE : -1;
}

const Command COMMAND_INGEST = {
    "ingest", "PLAN FILE…", "take files into the store, as one drop each",
    "A file is copied to PLAN/drops/RECEIVED/ and never edited. Rows that cannot be used are quarantined with a reason; the good "
    "rows around them\n"
    "are loaded. The same file again is a no-op. FILE “-” is standard input. `waymark run` ingests whatever lies under PLAN/drops "
    "by "
    "itself.",
    run};
