/* engine/data/plan/plan_targets.h: rows of targets.csv, and which of them only the units' own readings and baselines can settle. */
#ifndef WM_DATA_PLAN_TARGETS_H
#define WM_DATA_PLAN_TARGETS_H

#include <waymark/plan.h>
#include <waymark/series.h>

/* The row that a series' target stands in, found by its due date and text: the unit's own, or every unit's. NULL for none. */
const WmTarget *plan_target_of(const WmPlan *plan, const WmIndicator *indicator, const char *unit, const WmSeriesMilestone *target);

/* Whether it may be a number for one unit and none for another: a comparator that is computed from the units, where there are some;
 * what is relative to a baseline, asked of every unit. */
gboolean plan_target_waits_for_units(const WmPlan *plan, const WmIndicator *indicator, const WmTarget *row);

#endif
