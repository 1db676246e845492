/* A chart drawn on a page of another document. */
#include "plot/chart/on_cairo.h"

#include "plot/chart/page.h"
#include "plot/chart/trajectory_parts.h"

bool wm_chart_trajectory_on_cairo(const WmSeries *series, const WmChartOptions *options, void *cairo, GError **error)
{
    const WmPage page = {
        .width_px = options->width_px, .height_px = options->height_px, .background = wm_opaque(wm_palette(options->theme)->page)};
    g_autoptr(WmCanvas) canvas = wm_canvas_new_on_cairo(&page, cairo);
    wm_drawing_draw(wm_trajectory_draw, series, canvas, options->theme);
    g_autoptr(GBytes) nothing = wm_canvas_finish(canvas, error);
    return nothing != NULL;
}
