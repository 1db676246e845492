/* plot/chart/page.h: a chart as a file: what it says of itself, and what draws it. */
#ifndef WM_PLOT_PAGE_H
#define WM_PLOT_PAGE_H

#include "plot/chart/style.h"

G_BEGIN_DECLS

/** Draws the whole chart of `data` on a page of any size, in its style. */
typedef void (*WmDrawFunc)(WmCanvas *canvas, const WmChartStyle *style, const void *data);

/** Everything is borrowed for the call. */
typedef struct {
    const char *title;       /* the finding in full */
    const char *description; /* alternative text */
    WmDay day;               /* of a PDF's metadata */
    WmDrawFunc draw;
    const void *data;
} WmDrawing;

/** Draw it as a file. `options` NULL for all defaults. New; NULL with WM_ERROR_FILE when a library below failed. */
GBytes *wm_drawing_write(const WmDrawing *drawing, const WmChartOptions *options, GError **error);

/** Draw on a canvas that is there, in the type that suits its size. */
void wm_drawing_draw(WmDrawFunc draw, const void *data, WmCanvas *canvas, WmThemeName theme);

G_END_DECLS
#endif
