/* engine/data/plan/plan_private.h: what the plan's files share. */
#ifndef WM_DATA_PLAN_PRIVATE_H
#define WM_DATA_PLAN_PRIVATE_H

#include <waymark/plan.h>

/* In the unit column of a table: every unit, and the area. */
#define PLAN_EVERY_UNIT "*"

/* Any of these stands between the ids of a field that lists several: "KPI1 KPI2", "A1, A2". */
#define PLAN_LIST_MARKS " ;,"

/* Where a column stands in a table of the plan: its field number from 1, or 0 when the file has no such column. */
int plan_column(const WmPlan *self, const char *file, const char *column);

/* Whether a text is the name of the plan's own area, in any letter case. */
gboolean plan_is_area_name(const WmPlan *self, const char *text);

/* The row of units.csv that is the area itself: whose id or code is the area's name, or the only one that is called so. NULL for
 * none. */
const WmUnit *plan_area_unit(const WmPlan *self);

/* The id of a row of units.csv; "" of the one that is the area. Borrowed. */
const char *plan_id_of(const WmPlan *self, const WmUnit *unit);

/* The id of the unit that a text means: by id or code; "" for the area, by whatever it is called; an unknown one as it stands.
 * Borrowed. */
const char *plan_unit_id(const WmPlan *self, const char *row_unit);

/* A unit that somebody asks for: by id, code or name in any letter case; "" for the plan's own area. NULL with WM_ERROR_USAGE,
 * where there is none or several are so called. Borrowed from the plan. */
const char *plan_unit_sought(const WmPlan *self, const char *text, GError **error);

/* Tables whose rows are looked up by indicator and unit. */
typedef enum { ROWS_BASELINES, ROWS_TARGETS, ROWS_COMPARATORS, ROWS_PATHS, N_ROW_TABLES } RowTable;

/* Places in a table, in the file's order; borrowed from the plan. */
typedef struct {
    const guint *places;
    guint n;
} PlanRows;

/* Which rows of a table are about an indicator of a unit ("" for the area). */
PlanRows plan_rows_of(const WmPlan *self, RowTable table, const char *indicator, const char *unit);

#endif
