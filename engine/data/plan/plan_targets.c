/* Rows of targets.csv. */
#include "engine/data/plan/plan_targets.h"

#include <string.h>
#include <waymark/value.h>

#include "engine/data/plan/plan_private.h"
#include "engine/core/text/target_parts.h"

const WmTarget *plan_target_of(const WmPlan *plan, const WmIndicator *indicator, const char *unit, const WmSeriesMilestone *target)
{
    PlanRows rows = plan_rows_of(plan, ROWS_TARGETS, indicator->indicator, unit);
    if (rows.n == 0)
        rows = plan_rows_of(plan, ROWS_TARGETS, indicator->indicator, PLAN_EVERY_UNIT);
    for (guint i = 0; i < rows.n; i++) {
        const WmTarget *row = &plan->targets[rows.places[i]];
        const WmDay due = row->due == WM_NO_DAY ? WM_NO_DAY : wm_day_month_end(row->due);
        if (row->target == target->text && due == target->due)
            return row;
    }
    return NULL;
}

static gboolean is_computed(const char *comparator)
{
    static const char *const COMPUTED[] = {"national", "regional", "statistical_neighbour", "upper_quartile"};
    for (size_t i = 0; i < G_N_ELEMENTS(COMPUTED); i++)
        if (strcmp(comparator, COMPUTED[i]) == 0)
            return TRUE;
    return FALSE;
}

gboolean plan_target_waits_for_units(const WmPlan *plan, const WmIndicator *indicator, const WmTarget *row)
{
    const WmTargetText text = wm_target_parse(row->target, &indicator->measure);
    if (text.kind == WM_TARGET_COMPARATOR)
        return plan->n_units >= 2 && is_computed(text.comparator);
    return strcmp(row->unit, PLAN_EVERY_UNIT) == 0 && (wm_target_is_relative(text.kind) || text.kind == WM_TARGET_BASELINE_PLUS);
}
