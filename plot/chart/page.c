/* A chart as a file. */
#include "plot/chart/page.h"

#define WIDTH_PX  960
#define HEIGHT_PX 540
#define PNG_SCALE 2

void wm_drawing_draw(WmDrawFunc draw, const void *data, WmCanvas *canvas, WmThemeName theme)
{
    const WmRect page = wm_canvas_bounds(canvas);
    const WmChartStyle style = wm_chart_style((int)page.width, (int)page.height, theme);
    draw(canvas, &style, data);
}

GBytes *wm_drawing_write(const WmDrawing *drawing, const WmChartOptions *options, GError **error)
{
    static const WmChartOptions DEFAULTS = {0};
    if (!options)
        options = &DEFAULTS;
    const WmPage page = {
        .format = options->format,
        .width_px = options->width_px > 0 ? options->width_px : WIDTH_PX,
        .height_px = options->height_px > 0 ? options->height_px : HEIGHT_PX,
        .scale = options->scale > 0 ? options->scale : PNG_SCALE,
        .background = wm_opaque(wm_palette(options->theme)->page),
        .title = drawing->title,
        .description = drawing->description,
        .id_prefix = options->id_prefix,
        .day = drawing->day,
    };
    g_autoptr(WmCanvas) canvas = wm_canvas_new(&page);
    wm_drawing_draw(drawing->draw, drawing->data, canvas, options->theme);
    return wm_canvas_finish(canvas, error);
}
