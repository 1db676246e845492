/* waymark ingest PLAN FILE… */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <waymark/ingest.h>

#include "cli/command.h"
#include "cli/output.h"

static const OutputColumn COLUMNS[] = {{"file", FALSE},   {"drop", TRUE},      {"rows", TRUE},       {"loaded", TRUE},
                                       {"revised", TRUE}, {"unchanged", TRUE}, {"quarantined", TRUE}};

typedef struct {
    char *recipe_name, *received_text;
    gboolean is_dry_run, is_strict;
    WmDay received;
} Options;

static void options_clear(Options *self)
{
    g_free(self->recipe_name);
    g_free(self->received_text);
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

static gboolean find_recipe(const WmPlan *plan, const char *name, WmRecipe **out, GError **error)
{
    if (!name)
        return TRUE;
    g_autofree char *file = g_strconcat(name, ".ini", NULL);
    g_autofree char *in_plan = g_build_filename(plan->folder, "recipes", file, NULL);
    *out = wm_recipe_read(g_file_test(name, G_FILE_TEST_EXISTS) ? name : in_plan, error);
    return *out != NULL;
}

/* Copy a file to drops/RECEIVED/, where it stays as received. A file of that name and other content gets a number. */
static gboolean keep_copy(const WmPlan *plan, const char *path, WmDay received, char **name, GError **error)
{
    char day[WM_PERIOD_TEXT];
    g_autofree char *content = NULL;
    gsize length;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &content, &length, &cause)) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "check the path and its permissions"},
                     "cannot read: %s", cause->message);
        return FALSE;
    }
    g_autofree char *base = g_path_get_basename(path);
    wm_day_format_iso(received, day);
    for (int i = 1;; i++) {
        g_autofree char *file = i == 1 ? g_strdup(base) : g_strdup_printf("%d-%s", i, base);
        g_autofree char *relative = g_build_filename("drops", day, file, NULL);
        g_autofree char *target = g_build_filename(plan->folder, relative, NULL);
        g_autofree char *there = NULL;
        gsize there_length;
        const gboolean exists = g_file_get_contents(target, &there, &there_length, NULL);
        const gboolean is_same = exists && there_length == length && memcmp(there, content, length) == 0;
        if (exists && !is_same)
            continue;
        *name = g_steal_pointer(&relative);
        return is_same || write_received(target, content, length, error);
    }
}

static void add_row(Output *output, const char *name, const WmIngestResult *result)
{
    const gint64 numbers[] = {result->drop,      result->n_rows,      result->n_loaded,
                              result->n_revised, result->n_unchanged, result->n_quarantined};
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(texts, g_strdup(name));
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        g_ptr_array_add(texts, g_strdup_printf("%" G_GINT64_FORMAT, numbers[i]));
    output_add(output, (const char *const *)texts->pdata);
}

/* The file is ingested first and kept afterwards, so that a refused one leaves nothing behind. */
static gboolean ingest_one(WmStore *store, const WmPlan *plan, const char *path, const Options *options, const WmRecipe *recipe,
                           const CommonOptions *common, Output *output, GError **error)
{
    char day[WM_PERIOD_TEXT];
    g_autofree char *base = g_path_get_basename(path);
    g_autofree char *name = g_build_filename("drops", wm_day_format_iso(options->received, day), base, NULL);
    WmIngestRequest request = {.path = path,
                               .name = name,
                               .received = options->received,
                               .recipe = recipe,
                               .is_strict = options->is_strict,
                               .is_dry_run = TRUE};
    WmIngestResult result;
    if (!wm_ingest_file(store, plan, &request, &result, error))
        return FALSE;
    if (result.was_known)
        say(common, "%s: its content is in the store already, as drop %" G_GINT64_FORMAT "; nothing was done", path, result.drop);
    else if (!options->is_dry_run) {
        g_autofree char *kept = NULL;
        if (!keep_copy(plan, path, options->received, &kept, error))
            return FALSE;
        request.is_dry_run = FALSE;
        request.name = kept;
        if (!wm_ingest_file(store, plan, &request, &result, error))
            return FALSE;
    }
    add_row(output, path, &result);
    if (result.was_windows_1252)
        say(common, "%s: it is not UTF-8; it was read as Windows-1252", path);
    if (result.n_quarantined)
        say(common, "%s: %" G_GINT64_FORMAT " rows quarantined; `waymark run` lists them in checks.csv", path,
            result.n_quarantined);
    return TRUE;
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
        {"strict", 0, 0, G_OPTION_ARG_NONE, &options.is_strict, "refuse a file with any bad row", NULL},
        G_OPTION_ENTRY_NULL,
    };
    const gboolean is_parsed =
        command_parse(&COMMAND_INGEST, entries, TAKES_AS_AT | TAKES_FORMAT | TAKES_QUIET, &common, 2, -1, &argc, &argv, error);
    if (!is_parsed || !set_received(&options, &common, error))
        return -1;

    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(argv[1], problems, error);
    g_autoptr(WmRecipe) recipe = NULL;
    g_autoptr(WmStore) store = NULL;
    if (!plan || !find_recipe(plan, options.recipe_name, &recipe, error) || !(store = open_plan_store(plan, error)))
        return -1;
    g_autoptr(Output) output = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    gboolean is_done = TRUE;
    for (int i = 2; i < argc && is_done; i++)
        is_done = !is_interrupted(error) && ingest_one(store, plan, argv[i], &options, recipe, &common, output, error);
    output_print(output, common.format); /* what was done before a failure, too */
    return is_done ? EXIT_DONE : -1;
}

const Command COMMAND_INGEST = {
    "ingest", "PLAN FILE…", "take files into the store, as one drop each",
    "A file is copied to PLAN/drops/RECEIVED/ and never edited. Rows that cannot be used are quarantined with a reason; the good "
    "rows around them\n"
    "are loaded. The same file again is a no-op. `waymark run` ingests whatever lies under PLAN/drops by itself.",
    run};
