/* plot/chart/style.h: type and room for a chart of a given size, in the colours of a theme. */
#ifndef WM_PLOT_STYLE_H
#define WM_PLOT_STYLE_H

#include "plot/chart/canvas.h"
#include "plot/chart/theme.h"

G_BEGIN_DECLS

/** How much a chart of its size can say. */
typedef enum {
    WM_DETAIL_SPARK,   /* a thumbnail: the finding, the line, the last value */
    WM_DETAIL_COMPACT, /* axes with few ticks, the labels that matter most */
    WM_DETAIL_FULL,
} WmDetail;

typedef struct {
    const WmPalette *palette;
    WmDetail detail;
    double em;     /* size of body text in px: every distance is a share of it */
    double margin; /* between the page's edge and everything on it, in px */
    WmTextStyle title, subtitle, strong, label, axis, note;
} WmChartStyle;

/** Type grows with the cube root of the chart's size, so that A3 is not sparse and a thumbnail can still be read. */
WmChartStyle wm_chart_style(int width_px, int height_px, WmThemeName theme);

/** The same text style in another colour. */
WmTextStyle wm_text_in(WmTextStyle style, uint32_t rgb);

G_END_DECLS
#endif
