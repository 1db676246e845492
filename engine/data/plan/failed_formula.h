/* engine/data/plan/failed_formula.h: texts that a spreadsheet shows where a formula failed. */
#ifndef WM_DATA_FAILED_FORMULA_H
#define WM_DATA_FAILED_FORMULA_H

#include <glib.h>

/* What stands for a formula that was never calculated; its text may follow. */
#define UNCALCULATED "#UNCALCULATED!"

/* Whether a text is a spreadsheet's error (#N/A), or stands for a formula that was never calculated. Where any text will
 * do, as for a cohort or a title, these must be told from a name. */
gboolean is_failed_formula(const char *text);

#endif
