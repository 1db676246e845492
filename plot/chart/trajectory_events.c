/* Events as flags in a lane above the plot, a thin line down to the foot. */
#include <math.h>

#include "plot/chart/trajectory_parts.h"

#define MAX_ROWS  3
#define LEADING   1.35
#define MARGIN_PX 3.0

/* Where an event's name goes: a row from the plot upwards, on the side of its pole that has room. */
typedef struct {
    double pole_x;
    WmRect box; /* width 0: no room for its name */
    size_t row;
    size_t i_event;
} Flag;

static double pole_x(const WmPlot *plot, const WmEvent *event)
{
    return wm_scale_px(&plot->x, wm_day_to_months(wm_period_end(event->period)));
}

static double row_height(const WmChartStyle *style)
{
    return style->note.size_px * LEADING;
}

static bool spans(WmRect box, double x)
{
    return box.width > 0 && x > box.x - MARGIN_PX && x < box.x + box.width + MARGIN_PX;
}

/* Whether two flags, their names and poles, keep off each other. A pole reaches up to its own row. */
static bool is_clear(const Flag *a, const Flag *b)
{
    const bool names_touch = a->row == b->row && a->box.width > 0 && b->box.width > 0 &&
                             a->box.x < b->box.x + b->box.width + MARGIN_PX && b->box.x < a->box.x + a->box.width + MARGIN_PX;
    return !names_touch && !(spans(a->box, b->pole_x) && a->row <= b->row) && !(spans(b->box, a->pole_x) && b->row <= a->row);
}

/* Name flag i in the first row that has room, right of its pole or else left of it. Every pole stands already. */
static void name_flag(const WmChartStyle *style, WmRect lane, double width, GArray *flags, guint i)
{
    Flag *self = &g_array_index(flags, Flag, i);
    const double gap = style->em * 0.7;
    for (int place = 0; place < 2 * MAX_ROWS; place++) {
        Flag named = {.pole_x = self->pole_x, .row = (size_t)place / 2, .i_event = self->i_event};
        const double x = place % 2 == 0 ? self->pole_x + gap : self->pole_x - gap - width;
        named.box = (WmRect){x, lane.y - (double)(named.row + 1) * row_height(style), width, row_height(style)};
        bool is_free = x >= lane.x && x + width <= lane.x + lane.width;
        for (guint j = 0; j < flags->len && is_free; j++)
            is_free = j == i || is_clear(&named, &g_array_index(flags, Flag, j));
        if (is_free) {
            *self = named;
            return;
        }
    }
}

static bool is_within(const WmPlot *plot, double x)
{
    return x >= plot->area.x - MARGIN_PX && x <= plot->area.x + plot->area.width + MARGIN_PX;
}

size_t wm_events_outside(const WmPlot *plot, const WmSeries *series)
{
    size_t n = 0;
    for (size_t i = 0; i < series->n_events; i++)
        n += !is_within(plot, pole_x(plot, &series->events[i]));
    return n;
}

/* Flags of all events in the time that the plot shows; lane.y is the foot of the lane. */
static GArray *place_flags(WmTypeset *typeset, const WmChartStyle *style, const WmPlot *plot, const WmSeries *series, WmRect lane)
{
    GArray *flags = g_array_new(FALSE, TRUE, sizeof(Flag));
    for (size_t i = 0; i < series->n_events; i++) {
        const double x = pole_x(plot, &series->events[i]);
        const Flag flag = {.pole_x = x, .box = {x, lane.y, 0, 0}, .i_event = i};
        if (is_within(plot, x))
            g_array_append_val(flags, flag);
    }
    for (guint i = 0; i < flags->len; i++) {
        g_autofree char *name =
            wm_text_shorten(typeset, series->events[g_array_index(flags, Flag, i).i_event].title, &style->note, lane.width * 0.4);
        name_flag(style, lane, wm_text_width(typeset, name, &style->note), flags, i);
    }
    return flags;
}

size_t wm_events_rows(WmTypeset *typeset, const WmChartStyle *style, const WmPlot *plot, const WmSeries *series, WmRect lane,
                      size_t *n_unnamed)
{
    *n_unnamed = 0;
    if (series->n_events == 0 || style->detail != WM_DETAIL_FULL)
        return 0;
    g_autoptr(GArray) flags = place_flags(typeset, style, plot, series, lane);
    size_t rows = flags->len ? 1 : 0;
    for (guint i = 0; i < flags->len; i++) {
        rows = MAX(rows, g_array_index(flags, Flag, i).row + 1);
        *n_unnamed += g_array_index(flags, Flag, i).box.width <= 0;
    }
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
    const WmPaint pole = {.stroke = wm_opaque(style->palette->event), .width_px = 1, .dash = WM_DASH_DOTTED};
    for (guint i = 0; i < flags->len; i++) {
        const Flag *flag = &g_array_index(flags, Flag, i);
        const double h = style->em * 0.75;
        const double top = style->detail == WM_DETAIL_FULL ? area.y - (double)flag->row * row_height(style) - h * 1.25 : area.y;
        const WmPoint line[] = {{flag->pole_x, top}, {flag->pole_x, area.y + area.height}};
        wm_canvas_line(view->canvas, line, 2, &pole);
        wm_labeller_add_line(view->labeller, line, 2, WM_INK_FAINT);
        const double way = flag->box.x < flag->pole_x ? -1 : 1;
        const WmPoint pennant[] = {
            {flag->pole_x, top}, {flag->pole_x + way * h * 0.6, top + h * 0.35}, {flag->pole_x, top + h * 0.7}};
        wm_canvas_polygon(view->canvas, pennant, G_N_ELEMENTS(pennant), &(WmPaint){.fill = pole.stroke});
    }
    for (guint i = 0; i < flags->len; i++) {
        const Flag *flag = &g_array_index(flags, Flag, i);
        if (flag->box.width <= 0 || style->detail != WM_DETAIL_FULL)
            continue;
        g_autofree char *name = wm_text_shorten(typeset, view->series->events[flag->i_event].title, &style->note, lane.width * 0.4);
        const WmPoint at = {flag->box.x, flag->box.y + row_height(style) * 0.72};
        wm_labeller_reserve(view->labeller, wm_canvas_text(view->canvas, at, WM_ANCHOR_START, name, &style->note));
    }
}
