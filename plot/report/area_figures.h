/* plot/report/area_figures.h: the units of a measure as figures: ranking, funnel, small multiples. */
#ifndef WM_PLOT_AREA_FIGURES_H
#define WM_PLOT_AREA_FIGURES_H

#include <waymark/comparison.h>

#include "plot/report/document.h"

G_BEGIN_DECLS

/** What all the peers of a measure are called together. */
#define WM_ALL_AREAS "All areas"

/** Above so many units small multiples would be too small to read: they are left out. */
#define WM_MOST_PANELS 60

/** What the figures of one measure show. */
typedef struct AreaFigures AreaFigures;

/** Gather it; kept by the document. The month of the comparison outlives the document.
 *
 * @param i_measure  its number, for the figures' ids
 * @param picked     the unit to pick out; NULL for none
 */
const AreaFigures *wm_document_area_figures(WmDocument *document, const WmComparison *comparison, size_t i_measure,
                                            const WmComparedArea *picked);

/** Add a figure: the ranking; the funnel, where counts are published; a panel for each unit, where there are not too many. */
void wm_document_add_ranking(WmDocument *document, const AreaFigures *self);
void wm_document_add_funnel(WmDocument *document, const AreaFigures *self);
void wm_document_add_panels(WmDocument *document, const AreaFigures *self);

G_END_DECLS
#endif
