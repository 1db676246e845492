/* Whether anything can be done with a plan, and why not. */
#include "cli/usable_plan.h"

#include <string.h>

/* The first finding of a file, or of a code; NULL: of any. */
static const WmProblem *find_reason(const WmProblems *problems, WmSeverity severity, const char *file, const char *code)
{
    for (size_t i = 0; i < wm_problems_n(problems); i++) {
        const WmProblem *one = wm_problems_at(problems, i);
        if (one->severity == severity && (!file || strcmp(one->file, file) == 0) && (!code || strcmp(one->code, code) == 0))
            return one;
    }
    return NULL;
}

gboolean plan_is_usable(const WmPlan *plan, const WmProblems *problems, GError **error)
{
    static const char FILE_NAME[] = "indicators.csv";
    if (plan->n_indicators)
        return TRUE;
    const WmProblem *reason = find_reason(problems, WM_SEVERITY_ERROR, FILE_NAME, NULL);
    if (!reason)
        reason = find_reason(problems, WM_SEVERITY_WARNING, FILE_NAME, NULL); /* an empty file */
    g_autofree char *path = g_build_filename(plan->folder, FILE_NAME, NULL);
    wm_error_set(error, WM_ERROR_INPUT,
                 &(WmErrorPlace){.file = path,
                                 .line = reason ? reason->line : 0,
                                 .column = reason ? reason->column : 0,
                                 .advice = reason ? reason->advice : "list what is measured, one a row"},
                 "no indicator in it can be used%s%s", reason ? ": " : "", reason ? reason->message : "");
    return FALSE;
}

void blame_drop(const WmPlan *plan, WmStore *store, const WmProblems *problems, GError **error)
{
    const WmProblem *reason = find_reason(problems, WM_SEVERITY_ERROR, NULL, "unusable_drop");
    g_autoptr(GArray) drops = reason && store ? wm_store_drops(store, WM_NO_DAY, NULL) : NULL;
    if (!drops || drops->len)
        return;
    g_autofree char *path = g_build_filename(plan->folder, reason->file, NULL);
    g_clear_error(error);
    wm_error_set(error, WM_ERROR_INPUT,
                 &(WmErrorPlace){.file = path, .line = reason->line, .column = reason->column, .advice = reason->advice},
                 "no drop could be used: %s", reason->message);
}
