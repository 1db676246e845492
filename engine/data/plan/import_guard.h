/* engine/data/plan/import_guard.h: what would get lost without a word when a workbook comes back, and is refused instead. */
#ifndef WM_DATA_IMPORT_GUARD_H
#define WM_DATA_IMPORT_GUARD_H

#include <waymark/plan_text.h>

/* Whether a workbook still has the sheet “plan”, without which none of it is read. */
gboolean import_guard_workbook(const char *workbook, GError **error);

/* Whether each sheet still has the columns by which it is read, and those in which the plan's table says something; whether the
 * settings are there; and whether no sheet holds a table under another name. The first that has not is the error. */
gboolean import_guard(const WmPlanTexts *ours, const WmPlanTexts *theirs, const char *workbook, GError **error);

#endif
