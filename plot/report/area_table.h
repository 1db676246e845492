/* plot/report/area_table.h: the units of a measure in a table. */
#ifndef WM_PLOT_AREA_TABLE_H
#define WM_PLOT_AREA_TABLE_H

#include <waymark/comparison.h>

#include "plot/report/document.h"

G_BEGIN_DECLS

/** Whether they are one measure of the plan, compared among units of one type or of two. */
bool wm_area_is_same_measure(const WmComparedMeasure *a, const WmComparedMeasure *b);

/** "Plans issued within 20 weeks, boys": what the measure is called, with the type of unit where it is compared among several:
 * "EHC plans within 20 weeks, local authority". Lives as long as the document. */
const char *wm_area_say_title(WmDocument *document, const WmComparison *comparison, const WmComparedMeasure *measure);

/** Add every area of the measure, a row each, with the columns that some area fills. */
void wm_document_add_areas_table(WmDocument *document, const WmComparison *comparison, const WmComparedMeasure *measure);

G_END_DECLS
#endif
