/* waymark/plan_text.h: the tables of a plan as they are written: texts, columns and rows in their order, unknown columns too.
 *
 * What wm_plan_read understands of them is another matter; here nothing is lost, so that a plan can be handed out as the sheets of
 * a workbook and taken in again.
 */
#ifndef WAYMARK_PLAN_TEXT_H
#define WAYMARK_PLAN_TEXT_H

#include <waymark/error.h>

G_BEGIN_DECLS

/** A table. Texts are UTF-8 without blanks at their ends; "" where a row ends early. */
typedef struct {
    const char *name;         /* targets; "plan" is plan.ini, with the columns section, key and value */
    const char *const *names; /* n_columns: the header as written */
    size_t n_columns;
    const char *const *cells; /* n_rows times n_columns, row by row */
    size_t n_rows;
} WmPlanText;

typedef struct WmPlanTextStorage WmPlanTextStorage;

typedef struct {
    const WmPlanText *tables; /* n_tables that are there: "plan" first, then in the order of the contract */
    size_t n_tables;
    WmPlanTextStorage *storage;
} WmPlanTexts;

/** Read them, and of a workbook that was handed out next_commentary and next_readings, from a plan's folder or from a workbook, as
 * wm_plan_read does. @return new; NULL with WM_ERROR_FILE or WM_ERROR_INPUT
 */
WmPlanTexts *wm_plan_texts_read(const char *path, GError **error);
void wm_plan_texts_free(WmPlanTexts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmPlanTexts, wm_plan_texts_free)

/** A table by its name, or NULL. */
const WmPlanText *wm_plan_texts_find(const WmPlanTexts *self, const char *name);

/** The number of a column of this name, whatever its letter case; SIZE_MAX for none. */
size_t wm_plan_text_column(const WmPlanText *self, const char *name);

G_END_DECLS
#endif
