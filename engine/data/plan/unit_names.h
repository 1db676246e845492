/* engine/data/plan/unit_names.h: units by their names, as people write them.
 *
 * A name counts as it stands but for letter case, else as people would say it (name_fold.h). One that two units bear is nobody's.
 */
#ifndef WM_DATA_PLAN_UNIT_NAMES_H
#define WM_DATA_PLAN_UNIT_NAMES_H

#include <waymark/plan.h>

typedef GHashTable UnitNames; /* name -> const WmUnit; NULL: of several */

/* New; the plan is borrowed. Freed with g_hash_table_unref. */
UnitNames *unit_names_new(const WmPlan *plan);

/* Whether a name is in units.csv; *unit is whose it is alone, NULL where several have it. */
gboolean unit_names_find(UnitNames *self, const char *text, const WmUnit **unit);

#endif
