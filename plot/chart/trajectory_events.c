/* Events as flags in a lane above the plot, a thin line down to the foot. */
#include <math.h>

#include "plot/chart/trajectory_parts.h"

#define MAX_ROWS 2
#define LEADING 1.35

/* Where an event's name goes: a row from the plot upwards, on the side of its pole that has room. */
typedef struct {
    double pole_x;
    WmRect box; /* width 0: no room for its name */
    size_t row;
} Flag;

static double pole_x(const WmPlot *plot, const WmEvent *event)
{
    return wm_scale_px(&plot->x, wm_day_to_months(wm_period_end(event->period)));
}

static double row_height(const WmChartStyle *style)
{
    return style->note.size_px * LEADING;
}

/* The first row in which the name fits right of its pole, else left of it, without touching the names placed before. */
static Flag place_flag(const WmChartStyle *style, WmRect lane, double x, double width, const GArray *flags)
{
    const double gap = style->em * 0.45;
    for (size_t row = 0; row < MAX_ROWS; row++) {
        for (int side = 0; side < 2; side++) {
            const WmRect box = {side == 0 ? x + gap : x - gap - width, lane.y - (double)(row + 1) * row_height(style), width,
                                row_height(style)};
            bool is_free = box.x >= lane.x && box.x + width <= lane.x + lane.width;
            for (guint i = 0; i < flags->len && is_free; i++) {
                const Flag *other = &g_array_index(flags, Flag, i);
                is_free = !wm_rect_overlaps(wm_rect_grow(box, 2), other->box) &&
                          !(other->pole_x > box.x - 2 && other->pole_x < box.x + width + 2 && row <= other->row);
            }
            if (is_free)
                return (Flag){x, box, row};
        }
    }
    return (Flag){x, {x, lane.y, 0, 0}, 0};
}

/* Flags of all events; lane.y is the foot of the lane. */
static GArray *place_flags(WmTypeset *typeset, const WmChartStyle *style, const WmPlot *plot, const WmSeries *series, WmRect lane)
{
    GArray *flags = g_array_new(FALSE, TRUE, sizeof(Flag));
    for (size_t i = 0; i < series->n_events; i++) {
        g_autofree char *name = wm_text_shorten(typeset, series->events[i].title, &style->note, lane.width * 0.4);
        const double width = wm_text_width(typeset, name, &style->note);
        const double x = pole_x(plot, &series->events[i]);
        const Flag flag = place_flag(style, lane, x, width, flags);
        g_array_append_val(flags, flag);
    }
    return flags;
}

size_t wm_events_rows(WmTypeset *typeset, const WmChartStyle *style, const WmPlot *plot, const WmSeries *series, WmRect lane)
{
    if (series->n_events == 0 || style->detail == WM_DETAIL_SPARK)
        return 0;
    g_autoptr(GArray) flags = place_flags(typeset, style, plot, series, lane);
    size_t rows = 1;
    for (guint i = 0; i < flags->len; i++)
        rows = MAX(rows, g_array_index(flags, Flag, i).row + 1);
    return rows;
}

void wm_events_draw(const WmView *view, WmRect lane)
{
    const WmChartStyle *style = view->style;
    const WmRect area = view->plot->area;
    if (style->detail == WM_DETAIL_SPARK)
        return;
    WmTypeset *typeset = wm_canvas_typeset(view->canvas);
    lane.y = area.y;
    g_autoptr(GArray) flags = place_flags(typeset, style, view->plot, view->series, lane);
    const WmPaint pole = {.stroke = wm_opaque(style->theme->event), .width_px = 1, .dash = WM_DASH_DOTTED};
    for (guint i = 0; i < flags->len; i++) {
        const Flag *flag = &g_array_index(flags, Flag, i);
        const double h = style->em * 0.62, top = area.y - (double)flag->row * row_height(style) - h * 1.25;
        const WmPoint line[] = {{flag->pole_x, top}, {flag->pole_x, area.y + area.height}};
        wm_canvas_line(view->canvas, line, 2, &pole);
        wm_labeller_add_line(view->labeller, line, 2, WM_INK_FAINT);
        const double way = flag->box.x < flag->pole_x ? -1 : 1;
        const WmPoint pennant[] = {{flag->pole_x, top}, {flag->pole_x + way * h * 0.6, top + h * 0.35}, {flag->pole_x, top + h * 0.7}};
        wm_canvas_polygon(view->canvas, pennant, G_N_ELEMENTS(pennant), &(WmPaint){.fill = pole.stroke});
    }
    for (guint i = 0; i < flags->len; i++) {
        const Flag *flag = &g_array_index(flags, Flag, i);
        if (flag->box.width <= 0)
            continue;
        g_autofree char *name = wm_text_shorten(typeset, view->series->events[i].title, &style->note, lane.width * 0.4);
        const WmPoint at = {flag->box.x, flag->box.y + row_height(style) * 0.72};
        wm_labeller_reserve(view->labeller, wm_canvas_text(view->canvas, at, WM_ANCHOR_START, name, &style->note));
    }
}
