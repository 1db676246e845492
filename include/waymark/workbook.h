/* waymark/workbook.h: the month as one workbook: what the board's analyst filters, charts and passes on, and what comes back. */
#ifndef WAYMARK_WORKBOOK_H
#define WAYMARK_WORKBOOK_H

#include <waymark/pack.h>
#include <waymark/plan_text.h>

G_BEGIN_DECLS

/** Rows of a table that a sheet takes; a longer one stays in its CSV, and the sheet says so. */
#define WM_WORKBOOK_ROWS 100000

/** Write pack.xlsx.
 *
 * A summary with the exceptions and a chart of the statuses; a chart of path and readings for each exception; every table of the
 * pack as a sheet with filters; and the input: sheets for commentary and for the next readings, and the plan's own tables as they
 * are written. Texts stay texts, whatever they begin with. The same month gives the same bytes.
 *
 * @param pack   borrowed
 * @param plan   the plan's tables, for the input; NULL for a workbook without input; borrowed
 * @return new; NULL with WM_ERROR_FILE where a temporary file cannot be written
 */
GBytes *wm_workbook_write(const WmPack *pack, const WmPlanTexts *plan, GError **error);

/** Write an empty plan as a workbook to fill in: every table with its header, filters and lists of the words that it takes, and the
 * rows of `plan`. @return as above */
GBytes *wm_plan_workbook_write(const WmPlanTexts *plan, GError **error);

G_END_DECLS
#endif
