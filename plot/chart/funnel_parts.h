/* plot/chart/funnel_parts.h: the stages of the funnel chart: its marks and their names. */
#ifndef WM_PLOT_FUNNEL_PARTS_H
#define WM_PLOT_FUNNEL_PARTS_H

#include "plot/chart/funnel.h"
#include "plot/chart/labels.h"

G_BEGIN_DECLS

/** All that a layer draws with; borrowed. */
typedef struct {
    const WmFunnel *funnel;
    WmCanvas *canvas;
    const WmChartStyle *style;
    const WmSpcColours *colours;
    WmPlot plot;
    WmLabeller *labeller;
} WmFunnelView;

/** How many of those that differ are named. */
typedef struct {
    size_t n_named, n;
} WmFunnelNamed;

/** Marks, from the back. Each tells the labeller what it drew. */
void wm_funnel_draw_limits(const WmFunnelView *view);
void wm_funnel_draw_areas(const WmFunnelView *view);

/** Where an area's mark stands, and how large marks are. */
WmPoint wm_funnel_point(const WmFunnelView *view, const WmPlacedArea *placed);
double wm_funnel_radius(const WmFunnelView *view);

/** Name the area picked out, then those beyond the limits. */
WmFunnelNamed wm_funnel_label_areas(const WmFunnelView *view);

/** Names at the right edge, each at its line's end as nearly as the others let it, in the order of the lines. */
void wm_funnel_label_lines(const WmFunnelView *view);

/** Width wanted to the right of the plot for those names. */
double wm_funnel_gutter(WmCanvas *canvas, const WmChartStyle *style, const WmFunnel *self);

G_END_DECLS
#endif
