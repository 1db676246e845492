/* engine/data/plan/plan_private.h: what the plan's files share. */
#ifndef WM_DATA_PLAN_PRIVATE_H
#define WM_DATA_PLAN_PRIVATE_H

#include <waymark/plan.h>

/* In the unit column of a table: every unit, and the area. */
#define PLAN_EVERY_UNIT "*"

/* Where a column stands in a table of the plan: its field number from 1, or 0 when the file has no such column. */
int plan_column(const WmPlan *self, const char *file, const char *column);

/* The plan's own id of the unit that a row's unit column means: by id or code; "" where it is empty or the area's name. Borrowed.
 */
/* A unit that somebody asks for: by id, code or name in any letter case; "" for the plan's own area. NULL with WM_ERROR_USAGE,
 * where there is none or several are so called. Borrowed from the plan. */
const char *plan_unit_sought(const WmPlan *self, const char *text, GError **error);

const char *plan_unit_id(const WmPlan *self, const char *row_unit);

/* Tables whose rows are looked up by indicator and unit. */
typedef enum { ROWS_BASELINES, ROWS_TARGETS, ROWS_COMPARATORS, ROWS_PATHS, N_ROW_TABLES } RowTable;

/* Which rows of a table are about an indicator of a unit ("" for the area): indices (guint) in the file's order, NULL for none.
 * Borrowed. */
const GArray *plan_rows_of(const WmPlan *self, RowTable table, const char *indicator, const char *unit);

#endif
