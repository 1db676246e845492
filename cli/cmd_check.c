/* waymark check PLAN */
#include <glib/gstdio.h>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/problem_table.h"

/* The drops are read into a store of their own, which is thrown away: a check leaves nothing behind. */
typedef struct {
    char *folder, *path;
    WmStore *store;
} Scratch;

static void scratch_clear(Scratch *self)
{
    g_clear_pointer(&self->store, wm_store_close);
    g_autoptr(GDir) dir = self->folder ? g_dir_open(self->folder, 0, NULL) : NULL;
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(self->folder, name, NULL);
        g_remove(path);
    }
    if (self->folder)
        g_rmdir(self->folder);
    g_free(self->folder);
    g_free(self->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Scratch, scratch_clear)

static gboolean has_drops(const WmPlan *plan)
{
    g_autofree char *drops = g_build_filename(plan->folder, "drops", NULL);
    return g_file_test(drops, G_FILE_TEST_IS_DIR);
}

static gboolean check_drops(const WmPlan *plan, WmDay as_at, WmProblems *problems, GError **error)
{
    g_auto(Scratch) scratch = {0};
    g_autoptr(GError) cause = NULL;
    size_t n_new;
    scratch.folder = g_dir_make_tmp("waymark-check-XXXXXX", &cause);
    if (!scratch.folder) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.advice = "set TMPDIR to a folder with room, or give --plan-only"},
                     "cannot read the drops: %s", cause->message);
        return FALSE;
    }
    scratch.path = g_build_filename(scratch.folder, "waymark.db", NULL);
    scratch.store = wm_store_open(scratch.path, error);
    return scratch.store && wm_ingest_drops(scratch.store, plan, problems, &n_new, error) &&
           wm_check_data(plan, scratch.store, as_at, problems, error);
}

/* What the plan's own store was told by other recipes. Whether that can be read at all is for `store verify` to say. */
static void check_store(const WmPlan *plan, const CommonOptions *common, WmProblems *problems)
{
    g_autofree char *place = store_place(plan, common);
    bool exists = false;
    g_autoptr(WmStore) store = wm_store_exists(place, &exists, NULL) && exists ? wm_store_open(place, NULL) : NULL;
    if (store)
        wm_ingest_check_recipes(store, plan, problems, NULL);
}

static const OutputColumn CHECK_COLUMNS[] = {{"code", FALSE}, {"severity", FALSE}, {"sentence", FALSE}, {"advice", FALSE}};

static void print_checks(OutputFormat format)
{
    size_t n;
    const WmCheck *checks = wm_checks(&n);
    g_autoptr(Output) output = output_new(CHECK_COLUMNS, G_N_ELEMENTS(CHECK_COLUMNS));
    for (size_t i = 0; i < n; i++)
        output_add(output, (const char *const[]){checks[i].code, wm_severity_name(checks[i].severity), checks[i].sentence,
                                                 checks[i].advice});
    output_print(output, format);
}

typedef struct {
    gboolean is_plan_only, is_list;
} Options;

static int check(const char *folder, const Options *options, const CommonOptions *common, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(folder, problems, error);
    if (!plan)
        return -1;
    wm_plan_check(plan, problems);
    if (!options->is_plan_only && has_drops(plan)) {
        check_store(plan, common, problems);
        if (!check_drops(plan, common->as_at, problems, error))
            return -1;
    }
    problem_table_print(problems, common->format);

    const size_t n_errors = wm_problems_count(problems, WM_SEVERITY_ERROR);
    const size_t n_warnings = wm_problems_count(problems, WM_SEVERITY_WARNING) - n_errors;
    const size_t n_notes = wm_problems_n(problems) - n_errors - n_warnings;
    say(common, "%s: %zu indicator%s; %zu error%s, %zu warning%s, %zu note%s", folder, plan->n_indicators, s_of(plan->n_indicators),
        n_errors, s_of(n_errors), n_warnings, s_of(n_warnings), n_notes, s_of(n_notes));
    return exit_code_for(common, problems, NULL);
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    Options options = {0};
    const GOptionEntry entries[] = {
        {"plan-only", 0, 0, G_OPTION_ARG_NONE, &options.is_plan_only, "look at the plan's tables alone, not at its drops", NULL},
        {"list", 0, 0, G_OPTION_ARG_NONE, &options.is_list, "list every check there is, by code; needs no PLAN", NULL},
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_CHECK, entries, TAKES_AS_AT | TAKES_FORMAT | TAKES_FAIL_ON_FINDINGS | TAKES_QUIET | TAKES_STORE,
                       &common, 0, 1, &argc, &argv, error))
        return -1;
    if (options.is_list) {
        print_checks(common.format);
        return EXIT_DONE;
    }
    if (argc != 2) {
        command_fail_usage(&COMMAND_CHECK, error);
        return -1;
    }
    return check(argv[1], &options, &common, error);
}

const Command COMMAND_CHECK = {
    "check", "PLAN", "say everything that is wrong with a plan",
    "Looks at the plan's tables, its formulas, and every reading of its drops; writes nothing. Errors are what cannot be right\n"
    "(900% of a proportion); warnings want a person's eye; notes are for information. docs/checks.md explains each code.\n"
    "Give --fail-on error or warning to stop a script. `waymark check --list` lists the checks.",
    run};
