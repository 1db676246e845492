/* waymark ingest PLAN FILE… */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <waymark/ingest.h>

#include "cli/command.h"
#include "cli/ingest_tables.h"
#include "cli/withdrawal.h"
#include "engine/data/recipe/recipe.h"

static const struct {
    const char *name;
    int parts;
} SHOWS[] = {{"summary", SHOW_SUMMARY}, {"refused", SHOW_REFUSED}, {"revised", SHOW_REVISED}, {"all", SHOW_ALL}};

typedef struct {
    char *recipe_name, *received_text, *show_text, *again;
    gboolean is_dry_run, is_strict;
    int show;
    WmDay received;
    WithdrawalOptions withdrawal;
    ProgressLine progress;
    const char *file; /* that is being read */
} Options;

static void options_clear(Options *self)
{
    g_free(self->recipe_name);
    g_free(self->received_text);
    g_free(self->show_text);
    g_free(self->again);
    g_free(self->withdrawal.withdraw);
    g_free(self->withdrawal.restore);
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
        g_file_test(recipes, G_FILE_TEST_IS_DIR) ? "; if its recipe has changed since, --again reads it by that" : "");
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

/* What became of a file, in words. */
static void say_result(const CommonOptions *common, const char *path, const WmIngestResult *result, const Options *options)
{
    if (result->was_windows_1252)
        say(common, "%s: it is not UTF-8; it was read as Windows-1252", path);
    if (result->n_skipped)
        say(common, "%s: %" G_GINT64_FORMAT " row%s no reading that the recipe asks for", path, result->n_skipped,
            result->n_skipped == 1 ? " holds" : "s hold");
    if (result->n_quarantined)
        say(common, "%s: %" G_GINT64_FORMAT " row%s quarantined; %s", path, result->n_quarantined,
            result->n_quarantined == 1 ? "" : "s",
            options->is_dry_run ? "--show refused lists them" : "they are listed below PLAN/quarantine, and in checks.csv");
    if (result->n_quarantined && !result->n_loaded)
        say(common, "%s: none of its rows could be used: is it another kind of file, or does it want another recipe?", path);
}

/* A WmIngestRequest's progress. */
static bool tell_rows(gint64 n_rows, void *data, GError **error)
{
    Options *options = data;
    progress_line_tell(&options->progress, &(ProgressStep){.event = "rows", .what = options->file, .done = (size_t)n_rows});
    return !is_interrupted(error);
}

static WmIngestRequest request_for(Options *options, const WmRecipe *recipe, WmProblems *problems, WmIngestPreview *preview)
{
    return (WmIngestRequest){.received = options->received,
                             .recipe = recipe,
                             .is_strict = options->is_strict,
                             .is_dry_run = options->is_dry_run,
                             .problems = problems,
                             .progress = tell_rows,
                             .progress_data = options,
                             .preview = options->show & (SHOW_REFUSED | SHOW_REVISED) ? preview : NULL};
}

static gboolean ingest_one(WmStore *store, const WmPlan *plan, const char *path, Options *options, const WmRecipe *recipe,
                           const CommonOptions *common, const IngestTables *tables, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmIngestPreview) preview = wm_ingest_preview_new();
    WmIngestRequest request = request_for(options, recipe, problems, preview);
    WmIngestResult result;
    request.path = path;
    options->file = path;
    const gboolean is_done = wm_ingest_delivery(store, plan, &request, &result, error);
    progress_line_end(&options->progress);
    if (!is_done)
        return FALSE;
    if (result.was_known)
        say_known(plan, path, &result, common);
    if (!say_overruled(store, path, &result, common, error))
        return FALSE;
    ingest_tables_add(tables, path, &result, preview);
    say_problems(common, path, problems);
    say_unmatched(common, recipe, path);
    say_result(common, path, &result, options);
    return TRUE;
}

/* A file that cannot be used does not keep the others out; a store that cannot be written does. */
static gboolean ingest_all(WmStore *store, const WmPlan *plan, char **paths, int n, Options *options, const WmRecipe *recipe,
                           const CommonOptions *common, const IngestTables *tables, GError **error)
{
    int n_unusable = 0;
    if (options->is_dry_run && n > 1)
        say(common, "each file is held against the store as it is, not against the files before it");
    for (int i = 0; i < n; i++) {
        g_autoptr(GError) cause = NULL;
        if (is_interrupted(error))
            return FALSE;
        if (ingest_one(store, plan, paths[i], options, recipe, common, tables, &cause))
            continue;
        if (!g_error_matches(cause, WM_ERROR, WM_ERROR_INPUT) || n == 1) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return FALSE;
        }
        say(common, "%s", cause->message);
        n_unusable++;
    }
    if (n_unusable)
        wm_error_set(
            error, WM_ERROR_INPUT,
            &(WmErrorPlace){.advice = options->is_dry_run ? "why is said above" : "why is said above; the others are in the store"},
            "%d of %d files could not be used", n_unusable, n);
    return n_unusable == 0;
}

static gboolean read_again(WmStore *store, const WmPlan *plan, Options *options, const WmRecipe *recipe,
                           const CommonOptions *common, const IngestTables *tables, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmIngestPreview) preview = wm_ingest_preview_new();
    WmIngestRequest request = request_for(options, recipe, problems, preview);
    WmIngestResult result;
    const gint64 drop = wm_ingest_find_drop(store, options->again, error);
    request.since = options->received_text ? options->received : common->as_at;
    options->file = options->again;
    const gboolean is_done = drop && wm_ingest_again(store, plan, drop, &request, &result, error);
    progress_line_end(&options->progress);
    if (!is_done)
        return FALSE;
    ingest_tables_add(tables, options->again, &result, preview);
    say_problems(common, options->again, problems);
    say_result(common, options->again, &result, options);
    if (result.was_known)
        say(common, "%s: read again, it says what it said; drop %" G_GINT64_FORMAT " stays as it is", options->again, drop);
    else if (!options->is_dry_run)
        say(common,
            "%s: drop %" G_GINT64_FORMAT " stands for drop %" G_GINT64_FORMAT "; as at an earlier day that one still counts",
            options->again, result.drop, drop);
    return TRUE;
}

/* One thing at a time: files, or a drop that is there. */
static gboolean check_operands(int argc, const Options *options, GError **error)
{
    const int n_tasks = (options->withdrawal.withdraw != NULL) + (options->withdrawal.restore != NULL) + (options->again != NULL);
    if (n_tasks + (argc > 2) == 1)
        return TRUE;
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "see waymark ingest --help"},
                 n_tasks ? "--withdraw, --restore and --again go alone, and without files" : "usage: waymark ingest PLAN FILE…");
    return FALSE;
}

/* A dry run leaves nothing behind, not even an empty store, and needs nothing to be writable. */
static WmStore *open_for_ingest(const WmPlan *plan, const CommonOptions *common, gboolean is_dry_run, GError **error)
{
    g_autofree char *place = store_place(plan, common);
    bool exists = true;
    if (is_dry_run && !wm_store_exists(place, &exists, error))
        return NULL;
    if (!exists)
        return wm_store_open(":memory:", error);
    g_autoptr(WmStore) store = wm_store_open(place, error);
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
        {"again", 0, 0, G_OPTION_ARG_STRING, &options.again,
         "read a drop's file by its recipe as that now stands; it counts from --as-at (default: the latest drop's day) on", "DROP"},
        {"withdraw", 0, 0, G_OPTION_ARG_STRING, &options.withdrawal.withdraw,
         "a drop that no longer counts, from --as-at (default: the latest drop's day) on; before, it does", "DROP"},
        {"restore", 0, 0, G_OPTION_ARG_STRING, &options.withdrawal.restore, "take a withdrawal back", "DROP"},
        {"note", 0, 0, G_OPTION_ARG_STRING, &options.withdrawal.note, "why it is withdrawn", "TEXT"},
        {"strict", 0, 0, G_OPTION_ARG_NONE, &options.is_strict, "refuse a file with any bad row", NULL},
        G_OPTION_ENTRY_NULL,
    };
    const gboolean is_parsed =
        command_parse(&COMMAND_INGEST, entries, TAKES_AS_AT | TAKES_FORMAT | TAKES_PROGRESS | TAKES_QUIET | TAKES_STORE, &common, 1,
                      -1, &argc, &argv, error);
    const gboolean is_withdrawal = options.withdrawal.withdraw || options.withdrawal.restore;
    if (!is_parsed || !check_operands(argc, &options, error) || !set_received(&options, &common, error) ||
        !set_show(&options, &common, error))
        return -1;
    options.progress.kind = common.progress;

    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(argv[1], problems, error);
    g_autoptr(WmRecipe) recipe = NULL;
    g_autoptr(WmStore) store = NULL;
    if (!plan || !find_recipe(plan, options.recipe_name, &recipe, error) ||
        !(store = open_for_ingest(plan, &common, options.is_dry_run, error)))
        return -1;
    if (!take_up_drops(store, plan, &common, error))
        return -1;
    if (is_withdrawal)
        return withdrawal_run(store, plan, &options.withdrawal, options.is_dry_run, &common, error);
    g_auto(IngestTables) tables;
    gboolean is_done = TRUE;
    ingest_tables_init(&tables);
    if (options.again)
        is_done = read_again(store, plan, &options, recipe, &common, &tables, error);
    else
        is_done = ingest_all(store, plan, argv + 2, argc - 2, &options, recipe, &common, &tables, error);
    ingest_tables_print(&tables, options.show, common.format); /* what was done before a failure, too */
    is_done = is_done && (options.is_dry_run || wm_ingest_write_quarantine(store, plan, error));
    return is_done ? EXIT_DONE : -1;
}

const Command COMMAND_INGEST = {
    "ingest", "PLAN FILE…", "take files into the store, as one drop each",
    "A file is copied to PLAN/drops/RECEIVED/ and never edited. Rows that cannot be used are quarantined with a reason; the good "
    "rows around them\n"
    "are loaded. The same file again is a no-op. FILE “-” is standard input. `waymark run` ingests whatever lies under PLAN/drops "
    "by "
    "itself. DROP is its number or its file.",
    run};
