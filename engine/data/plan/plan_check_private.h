/* engine/data/plan/plan_check_private.h: what the checks of a plan share. */
#ifndef WM_DATA_PLAN_CHECK_PRIVATE_H
#define WM_DATA_PLAN_CHECK_PRIVATE_H

#include <waymark/plan.h>

typedef struct {
    const WmPlan *plan;
    WmProblems *problems;
} PlanCheck;

/* Add a finding. `column` may be NULL: it is about the whole row. */
void plan_report(const PlanCheck *self, WmSeverity severity, const char *file, int line, const char *column, const char *indicator,
                 const char *code, const char *advice, const char *format, ...) G_GNUC_PRINTF(9, 10);

/* Whether two dates stand the wrong way round; WM_NO_DAY stands anywhere. */
gboolean plan_ends_before_it_begins(WmDay from, WmDay to);

/* Baselines: twice, without a figure, out of bounds. */
void plan_check_baselines(const PlanCheck *self);

/* Targets: unresolved, out of bounds or of order. */
void plan_check_targets(const PlanCheck *self);

/* Actions that wait for each other in a circle. */
void plan_check_waits(const PlanCheck *self);

/* Measures of one title, and titles that carry a remark of whoever drafted them. */
void plan_check_titles(const PlanCheck *self);

/* What several documents say of one measure. */
void plan_check_definitions(const PlanCheck *self);

/* Names of persons within any text of the plan: papers have roles only. */
void plan_check_names(const PlanCheck *self);

#endif
