/* engine/data/drop/drop_unit.h: whom a row of a drop is about. */
#ifndef WM_DATA_DROP_UNIT_H
#define WM_DATA_DROP_UNIT_H

#include "engine/data/drop/drop_row.h"

/* The unit of a text: by its id or code, else by its name, in any letter case and however it is spaced, with & or "and". NULL for
 * none, and for a name of several. */
const WmUnit *drop_row_unit(const DropHeader *self, const char *text);

/* The id of the unit that a text means; "" for the plan's own area; NULL for none. Borrowed from the plan. */
const char *drop_unit_id(const DropHeader *self, const char *text);

/* Whether two units, as drop_unit_id, cannot both be meant by one row: of one type, or below one parent where they have none, and
 * neither above the other. A district and its region can. */
gboolean drop_units_differ(const DropHeader *self, const char *a, const char *b);

/* Whether several units are so called. */
gboolean drop_unit_is_shared(const DropHeader *self, const char *text);

/* What an unknown unit may be meant for, as the end of a sentence: "; the nearest are “North”, “South”". "" where nothing is near.
 * Borrowed from the header. */
const char *drop_unit_nearest(DropHeader *self, const char *text);

#endif
