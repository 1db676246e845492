/* engine/data/plan_private.h: what the plan's files share. */
#ifndef WM_DATA_PLAN_PRIVATE_H
#define WM_DATA_PLAN_PRIVATE_H

#include <waymark/plan.h>

/* Where a column stands in a table of the plan: its field number from 1, or 0 when the file has no such column. */
int plan_column(const WmPlan *self, const char *file, const char *column);

#endif
