/* The sparkline: a series as a word-sized line, with its latest value. */
#include <math.h>
#include <string.h>
#include <waymark/chart_board.h>

#include "plot/chart/charts.h"
#include "plot/chart/finding.h"
#include "plot/chart/kinds.h"
#include "plot/chart/pill.h"
#include "plot/chart/spark.h"

#define TEXT_SHARE  0.34 /* of the height */
#define SMALLEST_PX 10.0
#define LARGEST_PX  22.0
#define NAMED_PX    44 /* from this height on there is room for a name above the line */

static double text_size(double height_px)
{
    return round(fmin(fmax(height_px * TEXT_SHARE, SMALLEST_PX), LARGEST_PX) * 2) / 2;
}

/* The name above the line, and below it what the mark of an older figure means, where the height allows. Gives the room between. */
static WmRect draw_name(WmCanvas *canvas, const WmChartStyle *style, const WmSeries *series, WmRect room)
{
    if (wm_canvas_bounds(canvas).height < NAMED_PX)
        return room;
    WmTextStyle text = wm_text_in(style->label, style->palette->muted);
    text.size_px = round(fmin(fmax(room.height * 0.2, 9), 14) * 2) / 2;
    text.halo = (WmColour){0, 0};
    g_autofree char *subject = wm_subject(series);
    WmTypeset *typeset = wm_canvas_typeset(canvas);
    g_autofree char *fitted = wm_text_shorten(typeset, subject, &text, room.width);
    wm_canvas_text(canvas, (WmPoint){room.x, room.y + text.size_px * WM_TEXT_ABOVE}, WM_ANCHOR_START, fitted, &text);
    const double height = text.size_px * 1.15, foot = wm_is_older(series) ? height : 0;
    if (foot > 0) {
        g_autofree char *note = wm_text_shorten(typeset, WM_OLDER_NOTE, &text, room.width);
        wm_canvas_text(canvas, (WmPoint){room.x, room.y + room.height - text.size_px * WM_TEXT_BELOW}, WM_ANCHOR_START, note,
                       &text);
    }
    return (WmRect){room.x, room.y + height, room.width, room.height - height - foot};
}

void wm_sparkline_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmSeries *series = data;
    const WmAssessment *a = &series->assessment;
    WmRect room = draw_name(canvas, style, series, wm_rect_grow(wm_canvas_bounds(canvas), -4));
    WmTextStyle bold = {text_size(room.height), true, wm_opaque(style->palette->reading), {0, 0}};
    char value[WM_VALUE_TEXT];
    wm_value_format(a->reading.value, &series->measure, series->measure_unit, value);
    g_autofree char *text =
        g_strconcat(a->has_value ? value : "none yet", a->has_value && wm_is_older(series) ? WM_OLDER_MARK : "", NULL);
    WmTypeset *typeset = wm_canvas_typeset(canvas);
    while (bold.size_px > 7 && wm_text_width(typeset, text, &bold) > room.width * 0.55)
        bold.size_px -= 0.5;
    g_autofree char *fitted = wm_text_shorten(typeset, text, &bold, room.width * 0.6);

    const double radius = bold.size_px * 0.3, middle = room.y + room.height / 2, right = room.x + room.width;
    const double width = wm_text_width(typeset, fitted, &bold);
    wm_canvas_text(canvas, (WmPoint){right, middle + bold.size_px * 0.36}, WM_ANCHOR_END, fitted, &bold);
    wm_pill_icon(canvas, style, a->verdict.status, (WmPoint){right - width - radius * 2.4, middle}, radius);
    room.width -= width + radius * 5;
    const WmExtent extent = wm_spark_extent(series);
    WmChartStyle small = *style;
    small.em = fmin(fmax(room.height * 0.2, 6), 12);
    const WmPlot plot = wm_spark_plot(&small, room, &extent);
    if (room.width > 12)
        wm_spark_draw(canvas, &small, &plot, series);
}

GBytes *wm_chart_sparkline(const WmSeries *series, const WmChartOptions *options, GError **error)
{
    g_auto(GStrv) findings = wm_finding_wordings(series);
    g_autofree char *description = wm_chart_trajectory_alt(series);
    return wm_drawing_write(&(WmDrawing){findings[0], description, series->assessment.as_at, wm_sparkline_draw, series}, options,
                            error);
}

static GBytes *write(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_sparkline(data, options, error);
}

WM_CHART_KIND(30, sparkline) = {
    .name = "sparkline",
    .summary = "a series as a word-sized line with its latest value, for tables and pages of text",
    .scope = WM_SCOPE_SERIES,
    .width_px = 240,
    .height_px = 60,
    .gather = wm_kind_gather_series,
    .draw = wm_sparkline_draw,
    .write = write,
};
