/* plot/report/spc_figure.h: the control chart of a series as a figure, with the numbers behind it. */
#ifndef WM_PLOT_SPC_FIGURE_H
#define WM_PLOT_SPC_FIGURE_H

#include "plot/report/document.h"

G_BEGIN_DECLS

/** Add the chart, its table, and why this chart. Borrows the series for the document's life. */
void wm_document_add_control_chart(WmDocument *document, const WmSeries *series, size_t i_figure);

G_END_DECLS
#endif
