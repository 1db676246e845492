/* cli/month_job.h: from a plan's path to its assessed month: read, check, ingest, assess. */
#ifndef WM_CLI_MONTH_JOB_H
#define WM_CLI_MONTH_JOB_H

#include "cli/command.h"

typedef struct {
    WmProblems *problems;
    WmPlan *plan;
    WmStore *store;
    gboolean is_public; /* set before: hide small numbers */
    WmPublic *hidden;   /* of a public month */
    WmMonth *month;
    GPtrArray *packs;  /* of WmIssued: what was issued before; once month_job_compare was called */
    WmMonth *compared; /* the month against the last pack; NULL where `month` compares with that as-at itself */
    ProgressLine progress;
    WmDiff *diff; /* which month->since_issued points to */
} MonthJob;

/* All of it, as at common->as_at, compared with `since` (WM_NO_DAY: the drop before). FALSE with *error. */
gboolean month_job_do(MonthJob *self, const char *plan_path, WmDay since, const CommonOptions *common, GError **error);

/* Find what changed since the last pack that was issued by the month's as-at, and before pack `number` of it (0: any), for the
 * month's papers to say, and keep its exceptions to what was told before; nothing where there is none. FALSE with *error. */
gboolean month_job_compare(MonthJob *self, int number, GError **error);
void month_job_clear(MonthJob *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MonthJob, month_job_clear)

#endif
