/* waymark store verify PLAN, waymark store backup PLAN FILE, waymark store move PLAN PLACE */
#include <string.h>

#include "cli/command.h"
#include "cli/problem_table.h"

typedef struct {
    gboolean may_replace;
} Options;

static int verify(WmStore *store, const WmPlan *plan, char **operands, const Options *options, const CommonOptions *common,
                  GError **error)
{
    (void)operands;
    (void)options;
    g_autoptr(WmProblems) problems = wm_problems_new();
    if (!wm_ingest_verify(store, plan, problems, error))
        return -1;
    problem_table_print(problems, common->format);
    const size_t n_errors = wm_problems_count(problems, WM_SEVERITY_ERROR);
    if (n_errors)
        say(common, "%s: %zu error%s; the advice stands beside each", plan->folder, n_errors, n_errors == 1 ? "" : "s");
    else
        say(common, "%s: the store is sound, and every drop's file is what it was", plan->folder);
    return exit_code_for(common, problems, NULL);
}

static int backup(WmStore *store, const WmPlan *plan, char **operands, const Options *options, const CommonOptions *common,
                  GError **error)
{
    if (!wm_store_backup(store, operands[0], options->may_replace, error))
        return -1;
    say(common, "%s: the store is copied to %s, and the copy is sound", plan->folder, operands[0]);
    return EXIT_DONE;
}

/* To a database or to a file. What the plan reads from is its owner's to say. */
static int move(WmStore *store, const WmPlan *plan, char **operands, const Options *options, const CommonOptions *common,
                GError **error)
{
    (void)options;
    WmStoreTransfer moved;
    g_autoptr(WmStore) to = wm_store_open(operands[0], error);
    if (!to || !wm_store_transfer(store, to, &moved, error))
        return -1;
    say(common,
        "%s: %" G_GINT64_FORMAT " drops, %" G_GINT64_FORMAT " series, %" G_GINT64_FORMAT " readings and %" G_GINT64_FORMAT
        " refused rows are copied to %s, each held against what was sent; the store they came from stays as it is",
        plan->folder, moved.n_drops, moved.n_series, moved.n_readings, moved.n_refused, operands[0]);
    say(common,
        wm_store_is_address(operands[0])
            ? "to use it, write into plan.ini: [store] url = %s"
            : "to use it, leave [store] url out of plan.ini, and call %s waymark.db in the plan's folder",
        operands[0]);
    return EXIT_DONE;
}

typedef struct {
    const char *name;
    int n_operands; /* after PLAN */
    int (*run)(WmStore *store, const WmPlan *plan, char **operands, const Options *options, const CommonOptions *common,
               GError **error);
} Task;

static const Task TASKS[] = {{"verify", 0, verify}, {"backup", 1, backup}, {"move", 1, move}};

static const Task *find_task(const char *name, int n_operands)
{
    for (size_t i = 0; i < G_N_ELEMENTS(TASKS); i++)
        if (strcmp(TASKS[i].name, name) == 0 && TASKS[i].n_operands == n_operands)
            return &TASKS[i];
    return NULL;
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    Options options = {0};
    const GOptionEntry entries[] = {
        {"force", 0, 0, G_OPTION_ARG_NONE, &options.may_replace, "backup: replace a file of that name", NULL},
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_STORE, entries, TAKES_FORMAT | TAKES_FAIL_ON_FINDINGS | TAKES_QUIET | TAKES_STORE, &common, 2, 3,
                       &argc, &argv, error))
        return -1;
    const Task *task = find_task(argv[1], argc - 3);
    if (!task) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "see waymark store --help"},
                     "usage: waymark store verify PLAN, waymark store backup PLAN FILE, or waymark store move PLAN URL|FILE");
        return -1;
    }
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(argv[2], problems, error);
    g_autoptr(WmStore) store = plan ? open_filled_store(plan, &common, error) : NULL;
    return store ? task->run(store, plan, argv + 3, &options, &common, error) : -1;
}

const Command COMMAND_STORE = {
    "store", "TASK PLAN", "verify the store, back it up, or move it to or from a database",
    "verify PLAN       reads all of the store, and holds every file of PLAN/drops against what the store took; --fail-on error "
    "stops a "
    "script\n"
    "backup PLAN FILE  copies the store as it is at one moment, looks the copy over, and only then gives it its name\n"
    "move PLAN URL     (or FILE) copies the store, all of it, into a database, postgresql://…, or into a file, and holds every row "
    "there "
    "against "
    "what was sent (docs/postgres-store.md)",
    run};
