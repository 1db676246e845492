/* plot/chart/pill.h: a status as a shape, a word and a colour. */
#ifndef WM_PLOT_PILL_H
#define WM_PLOT_PILL_H

#include "plot/chart/style.h"

G_BEGIN_DECLS

/** The form of a status alone, in its colour, with an edge that is seen on the page. */
void wm_pill_icon(WmCanvas *canvas, const WmChartStyle *style, WmRag rag, WmPoint centre, double radius);

/** The badge of a verdict (a WmVerdict, untyped as in WmBadge): its pill. */
WmRect wm_pill_badge(WmCanvas *canvas, const WmChartStyle *style, const void *verdict, WmPoint corner, double max_width);

/** Draw the pill with its top right corner at `corner`, with its mark ("AMBER · early warning") where max_width allows. */
WmRect wm_pill_draw(WmCanvas *canvas, const WmChartStyle *style, WmVerdict verdict, WmPoint corner, double max_width);

G_END_DECLS
#endif
