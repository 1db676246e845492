/* A chart drawn on a page of another document. */
#include "plot/chart/on_cairo.h"

#include "plot/chart/page.h"
#include "plot/chart/spc_chart_parts.h"

bool wm_drawing_on_cairo(WmDrawFunc func, const void *subject, const WmChartOptions *options, void *cairo, GError **error)
{
    const WmPage page = {
        .width_px = options->width_px, .height_px = options->height_px, .background = wm_opaque(wm_palette(options->theme)->page)};
    g_autoptr(WmCanvas) canvas = wm_canvas_new_on_cairo(&page, cairo);
    wm_drawing_draw(func, subject, canvas, options->theme);
    g_autoptr(GBytes) nothing = wm_canvas_finish(canvas, error);
    return nothing != NULL;
}

bool wm_chart_trajectory_on_cairo(const WmSeries *series, const WmChartOptions *options, void *cairo, GError **error)
{
    return wm_drawing_on_cairo(wm_trajectory_draw, series, options, cairo, error);
}

bool wm_chart_spc_on_cairo(const WmSeries *series, const WmChartOptions *options, void *cairo, GError **error)
{
    WmSpc spc;
    WmSpcScratch *scratch = wm_spc_chart_series(series, &spc);
    const bool is_drawn = wm_drawing_on_cairo(wm_spc_draw, &(WmSpcDrawing){series, &spc}, options, cairo, error);
    wm_spc_scratch_free(scratch);
    return is_drawn;
}
