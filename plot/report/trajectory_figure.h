/* plot/report/trajectory_figure.h: the trajectory chart of a series as a figure, with the numbers behind it. */
#ifndef WM_PLOT_TRAJECTORY_FIGURE_H
#define WM_PLOT_TRAJECTORY_FIGURE_H

#include "plot/report/document.h"

G_BEGIN_DECLS

/** Add the chart and its table. Borrows the series for the document's life. */
void wm_document_add_trajectory(WmDocument *document, const WmSeries *series, size_t i_figure);

G_END_DECLS
#endif
