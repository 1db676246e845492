/* Gridlines, ticks and their labels. */
#include "plot/chart/axes.h"

#include <math.h>
#include <string.h>

#define GRID_PX 1.0

WmPoint wm_plot_point(const WmPlot *plot, double t_months, double value)
{
    return (WmPoint){wm_scale_px(&plot->x, t_months), wm_scale_px(&plot->y, value)};
}

size_t wm_axes_max_ticks(const WmChartStyle *style, double height_px)
{
    const double per_tick = style->em * (style->detail == WM_DETAIL_FULL ? 3.2 : 2.6);
    return (size_t)CLAMP(height_px / per_tick, 2, 9);
}

/* A yes or no is a word, not 0 or 1. */
static WmTick number_tick(const WmNumberAxis *axis, size_t i, const WmMeasure *measure, const char *measure_unit)
{
    WmTick tick = wm_number_tick(axis, i, measure_unit);
    if (measure->kind == WM_KIND_YES_NO)
        g_strlcpy(tick.text, tick.at == 0 ? "not done" : tick.at == 1 ? "done" : "", sizeof tick.text);
    return tick;
}

double wm_axes_number_width(WmTypeset *typeset, const WmChartStyle *style, const WmNumberAxis *axis, const WmMeasure *measure,
                            const char *measure_unit)
{
    double width = 0;
    for (size_t i = 0; i < axis->n_ticks; i++) {
        const WmTick tick = number_tick(axis, i, measure, measure_unit);
        width = fmax(width, wm_text_width(typeset, tick.text, &style->axis));
    }
    return width;
}

double wm_axes_time_height(const WmChartStyle *style)
{
    return style->axis.size_px * 2.9;
}

/* The line at zero (or at the foot) is drawn firmer: values are read from it. */
static bool is_firm(const WmNumberAxis *axis, const WmTick *tick)
{
    return fabs(tick->at) < axis->step * 1e-6;
}

void wm_axes_draw_numbers(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot, const WmMeasure *measure,
                          const char *measure_unit)
{
    const WmPaint hairline = {.stroke = wm_faded(style->palette->ink, style->palette->grid_opacity), .width_px = GRID_PX};
    const WmPaint firm = {.stroke = wm_opaque(style->palette->axis), .width_px = GRID_PX};
    const double right = plot->area.x + plot->area.width;
    for (size_t i = 0; i < plot->numbers.n_ticks; i++) {
        const WmTick tick = number_tick(&plot->numbers, i, measure, measure_unit);
        const double y = wm_scale_px(&plot->y, tick.at);
        wm_canvas_segment(canvas, (WmPoint){plot->area.x, y}, (WmPoint){right, y},
                          is_firm(&plot->numbers, &tick) ? &firm : &hairline);
    }
    for (size_t i = 0; i < plot->numbers.n_ticks; i++) {
        const WmTick tick = number_tick(&plot->numbers, i, measure, measure_unit);
        wm_canvas_text(canvas,
                       (WmPoint){plot->area.x - style->em * 0.55, wm_scale_px(&plot->y, tick.at) + style->axis.size_px * 0.35},
                       WM_ANCHOR_END, tick.text, &style->axis);
    }
}

static GArray *ticks_of(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot, WmFrequency frequency)
{
    const char *const texts[] = {frequency == WM_FREQUENCY_TERM ? "Summer" : "May",
                                 wm_frequency_is_yearly(frequency) || frequency == WM_FREQUENCY_TERM ? "2022/23" : "2022"};
    const double widest = fmax(wm_text_width(wm_canvas_typeset(canvas), texts[0], &style->axis),
                               wm_text_width(wm_canvas_typeset(canvas), texts[1], &style->axis));
    const WmTimeAxis axis = {plot->area.width / (plot->x.to - plot->x.from), widest + style->em * 1.6, frequency};
    return wm_time_ticks(plot->x.from, plot->x.to, &axis);
}

/* A tick without a text of its own is the start of a year: its name stands in the middle of what is seen of the year. */
static double group_x(const WmPlot *plot, const WmTick *tick)
{
    if (*tick->text)
        return wm_scale_px(&plot->x, tick->at);
    const double from = fmax(tick->at, plot->x.from), to = fmin(tick->at + 12, plot->x.to);
    return wm_scale_px(&plot->x, (from + to) / 2);
}

void wm_axes_draw_tick_label(WmCanvas *canvas, const WmChartStyle *style, WmPoint at, const char *text, double *taken_to)
{
    const WmRect box = wm_canvas_text_box(canvas, at, WM_ANCHOR_MIDDLE, text, &style->axis);
    if (!*text || box.x < *taken_to + style->em * 0.3 || !wm_rect_contains(wm_canvas_bounds(canvas), box))
        return;
    wm_canvas_text(canvas, at, WM_ANCHOR_MIDDLE, text, &style->axis);
    *taken_to = box.x + box.width;
}

void wm_axes_draw_time(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot, WmFrequency frequency)
{
    g_autoptr(GArray) ticks = ticks_of(canvas, style, plot, frequency);
    const double foot = plot->area.y + plot->area.height, right = plot->area.x + plot->area.width, length = style->em * 0.35;
    const double first_row = foot + length + style->axis.size_px * 1.05, second_row = first_row + style->axis.size_px * 1.25;
    const WmPaint line = {.stroke = wm_opaque(style->palette->axis), .width_px = GRID_PX};

    wm_canvas_segment(canvas, (WmPoint){plot->area.x, foot}, (WmPoint){right, foot}, &line);
    for (guint i = 0; i < ticks->len; i++) {
        const double x = wm_scale_px(&plot->x, g_array_index(ticks, WmTick, i).at);
        if (x >= plot->area.x - 0.5 && x <= right + 0.5)
            wm_canvas_segment(canvas, (WmPoint){x, foot}, (WmPoint){x, foot + length}, &line);
    }
    double first_taken = 0, second_taken = 0;
    for (guint i = 0; i < ticks->len; i++) {
        const WmTick *tick = &g_array_index(ticks, WmTick, i);
        const bool is_year = !*tick->text;
        wm_axes_draw_tick_label(canvas, style, (WmPoint){wm_scale_px(&plot->x, tick->at), first_row}, tick->text, &first_taken);
        wm_axes_draw_tick_label(canvas, style, (WmPoint){group_x(plot, tick), is_year ? first_row : second_row}, tick->group,
                                is_year ? &first_taken : &second_taken);
    }
}

char *wm_axes_cut_note(const WmNumberAxis *axis, const WmMeasure *measure, const char *measure_unit)
{
    char value[WM_VALUE_TEXT];
    if (axis->to < 0)
        return g_strdup("Axis does not reach 0");
    if (!(axis->from > 0))
        return g_strdup("");
    return g_strdup_printf("Axis starts at %s, not 0", wm_target_format(axis->from, measure, measure_unit, value));
}

void wm_axes_draw_cut(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot)
{
    const double h = style->em * 0.3, foot = plot->area.y + plot->area.height;
    const WmPaint paint = {.stroke = wm_opaque(style->palette->axis), .width_px = 1};
    for (int i = 0; i < 2 && plot->numbers.from > 0; i++) {
        const double x = plot->area.x + h * (0.8 + i);
        wm_canvas_segment(canvas, (WmPoint){x - h * 0.5, foot + h}, (WmPoint){x + h * 0.5, foot - h}, &paint);
    }
}

/* ---- numbers against numbers ---- */

static double title_height(const WmChartStyle *style, const WmNumberSide *side)
{
    return *side->title && style->detail != WM_DETAIL_SPARK ? style->axis.size_px * 1.45 : 0;
}

/* Where the same numbers stand on both sides, the same ticks do. */
static bool is_same_scale(const WmNumberSide *x, const WmNumberSide *y)
{
    return x->low == y->low && x->high == y->high && x->measure.kind == y->measure.kind &&
           strcmp(x->measure_unit, y->measure_unit) == 0;
}

WmPlot wm_axes_lay_out(WmCanvas *canvas, const WmChartStyle *style, WmRect room, const WmNumberSide *x, const WmNumberSide *y)
{
    WmTypeset *typeset = wm_canvas_typeset(canvas);
    const bool is_spark = style->detail == WM_DETAIL_SPARK;
    const double tick = is_spark ? 0 : style->axis.size_px * 1.75, half_label = style->em * 1.6;
    WmPlot plot = {.area = room};
    plot.area.y += title_height(style, y) + style->em * 0.4;
    plot.area.height = fmax(room.y + room.height - tick - title_height(style, x) - plot.area.y, 8);
    plot.numbers = wm_number_axis(y->low, y->high, wm_axes_max_ticks(style, plot.area.height), &y->measure);
    const double labels = wm_axes_number_width(typeset, style, &plot.numbers, &y->measure, y->measure_unit);
    const double left = is_spark ? 0 : labels + style->em * 0.55;
    plot.area.x += left;
    plot.area.width = fmax(room.width - left - half_label, 8);
    plot.across = wm_number_axis(x->low, x->high, (size_t)CLAMP(plot.area.width / (style->em * 6), 2, 11), &x->measure);
    if (is_same_scale(x, y))
        plot.across = plot.numbers;
    plot.x = (WmScale){plot.across.from, plot.across.to, plot.area.x, plot.area.x + plot.area.width};
    plot.y = (WmScale){plot.numbers.from, plot.numbers.to, plot.area.y + plot.area.height, plot.area.y};
    return plot;
}

static void draw_titles(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot, const WmNumberSide *x,
                        const WmNumberSide *y)
{
    const WmRect area = plot->area;
    const double right = area.x + area.width;
    const struct {
        const WmNumberSide *side;
        WmPoint at;
        WmAnchor anchor;
        double width;
    } titles[] = {{y, {style->margin, area.y - style->axis.size_px * 0.9}, WM_ANCHOR_START, right},
                  {x, {right, area.y + area.height + style->em * 0.35 + style->axis.size_px * 2.4}, WM_ANCHOR_END, area.width}};
    for (size_t i = 0; i < G_N_ELEMENTS(titles); i++) {
        g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(canvas), titles[i].side->title, &style->axis, titles[i].width);
        wm_canvas_text(canvas, titles[i].at, titles[i].anchor, fitted, &style->axis);
    }
}

void wm_axes_draw_sides(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot, const WmNumberSide *x,
                        const WmNumberSide *y)
{
    const WmRect area = plot->area;
    const double foot = area.y + area.height, length = style->em * 0.35;
    const WmPaint line = {.stroke = wm_opaque(style->palette->axis), .width_px = GRID_PX};
    wm_canvas_segment(canvas, (WmPoint){area.x, foot}, (WmPoint){area.x + area.width, foot}, &line);
    if (style->detail == WM_DETAIL_SPARK)
        return;
    wm_axes_draw_numbers(canvas, style, plot, &y->measure, y->measure_unit);
    wm_axes_draw_cut(canvas, style, plot);
    double taken = 0;
    for (size_t i = 0; i < plot->across.n_ticks; i++) {
        const WmTick tick = number_tick(&plot->across, i, &x->measure, x->measure_unit);
        const double at = wm_scale_px(&plot->x, tick.at);
        wm_canvas_segment(canvas, (WmPoint){at, foot}, (WmPoint){at, foot + length}, &line);
        wm_axes_draw_tick_label(canvas, style, (WmPoint){at, foot + length + style->axis.size_px * 1.05}, tick.text, &taken);
    }
    draw_titles(canvas, style, plot, x, y);
}
