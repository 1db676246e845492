/* The store beside its plan folder: is every drop's file there, and what it was? */
#include <string.h>

#include "engine/data/text/file_hash.h"
#include "engine/data/plan/plan_private.h"
#include "engine/data/drop/withdrawals.h"

static void report(WmProblems *problems, WmSeverity severity, const char *file, const char *code, const char *message,
                   const char *advice)
{
    wm_problems_add(problems, &(WmProblem){.file = file, .severity = severity, .code = code, .message = message, .advice = advice});
}

static void check_file(const WmPlan *plan, const WmDropInfo *drop, WmProblems *problems)
{
    g_autofree char *path = g_build_filename(plan->folder, drop->file, NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        report(problems, WM_SEVERITY_ERROR, drop->file, "missing_file", "the store has it, and the drops folder does not",
               "put it back from a backup: without it the store cannot be rebuilt");
        return;
    }
    g_autoptr(GError) cause = NULL;
    g_autofree char *hash = file_hash(path, &cause);
    if (!hash)
        report(problems, WM_SEVERITY_ERROR, drop->file, "unreadable_file", wm_error_what(cause), "check its permissions");
    else if (strcmp(hash, drop->hash) != 0)
        report(problems, WM_SEVERITY_ERROR, drop->file, "changed_file", "it is not what it was when the store took it",
               "put the file back as it was received; a correction is a drop of its own");
}

static gboolean check_files(WmStore *store, const WmPlan *plan, WmProblems *problems, GError **error)
{
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    for (guint i = 0; drops && i < drops->len; i++)
        if (!g_array_index(drops, WmDropInfo, i).replaced_by) /* the file is looked at once */
            check_file(plan, &g_array_index(drops, WmDropInfo, i), problems);
    return drops != NULL;
}

gboolean wm_ingest_verify(WmStore *store, const WmPlan *plan, WmProblems *problems, GError **error)
{
    return wm_store_check(store, problems, error) && check_files(store, plan, problems, error) &&
           withdrawals_check(store, plan, problems, error) && wm_ingest_check_recipes(store, plan, problems, error);
}
