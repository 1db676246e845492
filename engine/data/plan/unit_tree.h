/* engine/data/plan/unit_tree.h: who lies below whom. The plan's own area, "", is the root, whether or not it has a row in
 * units.csv; a unit without a parent lies below it, unless it lies above the area's row.
 */
#ifndef WM_DATA_UNIT_TREE_H
#define WM_DATA_UNIT_TREE_H

#include <waymark/plan.h>

typedef struct UnitTree UnitTree;

/* New; the plan is borrowed. Units whose parents lead in a circle lie below the area: wm_plan_check names them. */
UnitTree *unit_tree_new(const WmPlan *plan);
void unit_tree_free(UnitTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(UnitTree, unit_tree_free)

/* The parent of a unit: "" directly below the area; NULL of the area itself, and of what lies above it. Borrowed. */
const char *unit_tree_parent(const UnitTree *self, const char *unit);

/* The units directly below, as const WmUnit *, in the order of units.csv; NULL for none. Borrowed. */
const GPtrArray *unit_tree_children(const UnitTree *self, const char *unit);

/* The row of units.csv above a unit; NULL at the top, and where that is the area without a row. Borrowed. */
const WmUnit *unit_above(const WmPlan *plan, const WmUnit *unit);

/* Whether a unit was there on a day. */
gboolean unit_is_there(const WmUnit *unit, WmDay day);

/* Whether the parents of one lead to another. */
gboolean unit_is_above(const WmPlan *plan, const WmUnit *high, const WmUnit *low);

/* Whether a unit's parents lead back to it. */
gboolean unit_is_its_own_ancestor(const WmPlan *plan, const WmUnit *unit);

#endif
