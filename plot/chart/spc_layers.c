/* The layers of the control chart, from the back. */
#include <math.h>

#include "plot/chart/spc_chart_parts.h"

#define SMALLEST_DOT_PX    1.6 /* radius */
#define SMALLEST_SIGNAL_PX 2.2

double wm_spc_months(const WmSpcView *view, size_t i)
{
    return wm_reading_months(&view->base.series->readings[i]);
}

static double px(const WmSpcView *view, double t_months)
{
    return wm_scale_px(&view->base.plot->x, t_months);
}

/* Where the step of period i begins: half way from the period before, or half a period ahead of its phase's first. */
static double step_from(const WmSpcView *view, size_t i)
{
    const WmSpcPhase *phase = &view->spc->phases[view->spc->points[i].i_phase];
    const double t = wm_spc_months(view, i);
    return i > phase->i_first ? (wm_spc_months(view, i - 1) + t) / 2 : t - view->half_months;
}

static double step_to(const WmSpcView *view, size_t i)
{
    const WmSpcPhase *phase = &view->spc->phases[view->spc->points[i].i_phase];
    const double t = wm_spc_months(view, i);
    return i + 1 < phase->i_end ? (wm_spc_months(view, i + 1) + t) / 2 : t + view->half_months;
}

typedef double (*LevelFunc)(const WmSpcVerdict *point);

static double upper_of(const WmSpcVerdict *point)
{
    return point->upper;
}

static double lower_of(const WmSpcVerdict *point)
{
    return point->lower;
}

static double centre_of(const WmSpcVerdict *point)
{
    return point->centre;
}

/* The stairs of one line over periods first .. end - 1; equal neighbours are one stair, unknown levels are bridged. New. */
static GArray *stairs(const WmSpcView *view, size_t first, size_t end, LevelFunc level_of)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(WmPoint));
    for (size_t i = first; i < end; i++) {
        const double level = level_of(&view->spc->points[i]);
        if (!isfinite(level))
            continue;
        const double y = wm_scale_px(&view->base.plot->y, level);
        const WmPoint from = {px(view, step_from(view, i)), y}, to = {px(view, step_to(view, i)), y};
        WmPoint *last = points->len ? &g_array_index(points, WmPoint, points->len - 1) : NULL;
        if (last && last->y == y) {
            last->x = to.x;
            continue;
        }
        if (last)
            last->x = from.x; /* over a period without a level */
        g_array_append_val(points, from);
        g_array_append_val(points, to);
    }
    return points;
}

static const WmPoint *points_of(const GArray *points)
{
    return (const WmPoint *)(const void *)points->data;
}

static void draw_stairs(const WmSpcView *view, const GArray *line, const WmPaint *paint, WmInk ink)
{
    wm_canvas_line(view->base.canvas, points_of(line), line->len, paint);
    wm_labeller_add_line(view->base.labeller, points_of(line), line->len, ink);
}

static void shade_between(const WmSpcView *view, const GArray *upper, const GArray *lower)
{
    if (upper->len == 0 || lower->len == 0)
        return;
    g_autoptr(GArray) area = g_array_new(FALSE, FALSE, sizeof(WmPoint));
    g_array_append_vals(area, upper->data, upper->len);
    for (guint i = lower->len; i-- > 0;)
        g_array_append_vals(area, &g_array_index(lower, WmPoint, i), 1);
    wm_canvas_polygon(view->base.canvas, points_of(area), area->len, &(WmPaint){.fill = wm_opaque(view->colours->within)});
}

/* Whether an event's flag stands where a phase begins. */
static bool has_flag(const WmSpcView *view, size_t i_first)
{
    const WmSeries *series = view->base.series;
    for (size_t i = 0; i < series->n_events; i++)
        if (wm_period_end(series->events[i].period) == wm_period_end(series->readings[i_first].period))
            return true;
    return false;
}

double wm_spc_phase_x(const WmSpcView *view, size_t i_first)
{
    const double t = wm_spc_months(view, i_first);
    return px(view, has_flag(view, i_first) ? t : t - view->half_months);
}

/* Where a phase after the first begins. */
static void draw_phase_start(const WmSpcView *view, const WmSpcPhase *phase)
{
    const WmRect area = view->base.plot->area;
    const double x = wm_spc_phase_x(view, phase->i_first);
    const WmPoint line[] = {{x, area.y}, {x, area.y + area.height}};
    wm_canvas_line(view->base.canvas, line, 2,
                   &(WmPaint){.stroke = wm_opaque(view->base.style->palette->axis), .width_px = 1, .dash = WM_DASH_DOTTED});
    wm_labeller_add_line(view->base.labeller, line, 2, WM_INK_FAINT);
}

void wm_spc_layer_limits(const WmSpcView *view)
{
    const WmChartStyle *style = view->base.style;
    const WmPaint limit = {.stroke = wm_opaque(view->colours->limit), .width_px = style->em * 0.1, .dash = WM_DASH_DASHED};
    const WmPaint centre = {.stroke = wm_opaque(view->colours->limit), .width_px = style->em * 0.1};
    wm_canvas_clip(view->base.canvas, view->base.plot->area);
    for (size_t i = 0; i < view->spc->n_phases; i++) {
        const WmSpcPhase *phase = &view->spc->phases[i];
        if (phase->n_readings < 2)
            continue;
        g_autoptr(GArray) upper = stairs(view, phase->i_first, phase->i_end, upper_of);
        g_autoptr(GArray) lower = stairs(view, phase->i_first, phase->i_end, lower_of);
        g_autoptr(GArray) middle = stairs(view, phase->i_first, phase->i_end, centre_of);
        shade_between(view, upper, lower);
        draw_stairs(view, upper, &limit, WM_INK_LINE);
        draw_stairs(view, lower, &limit, WM_INK_LINE);
        draw_stairs(view, middle, &centre, WM_INK_LINE);
        if (i > 0 && !has_flag(view, phase->i_first))
            draw_phase_start(view, phase);
    }
    wm_canvas_unclip(view->base.canvas);
}

/* The corner points of a moving target, one a period, from where the plan begins: before it there was nothing to keep to. New. */
static GArray *target_path(const WmSpcView *view)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(WmPoint));
    const WmTrajectory *path = &view->base.series->trajectory;
    const double begins = path->n_waypoints ? path->waypoints[0].t_months : -HUGE_VAL;
    for (size_t i = 0; i < view->spc->n_points; i++) {
        if (wm_spc_months(view, i) < begins - view->half_months)
            continue;
        const WmPoint at = wm_plot_point(view->base.plot, wm_spc_months(view, i), view->spc->points[i].target);
        if (isfinite(at.y))
            g_array_append_val(points, at);
    }
    if (points->len == 1) { /* a plan that begins at the last reading: what it asks of that period */
        const WmPoint only = g_array_index(points, WmPoint, 0);
        const double half = wm_scale_px(&view->base.plot->x, view->half_months) - wm_scale_px(&view->base.plot->x, 0);
        const WmPoint end = {only.x + half, only.y};
        g_array_index(points, WmPoint, 0).x -= half;
        g_array_append_val(points, end);
    }
    return points;
}

/* A stepped target holds from where it is first given to where another is, across phases. New. */
static GArray *target_stairs(const WmSpcView *view)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(WmPoint));
    for (size_t i = 0; i < view->spc->n_points; i++) {
        const double t = wm_spc_months(view, i), y = wm_scale_px(&view->base.plot->y, view->spc->points[i].target);
        WmPoint *last = points->len ? &g_array_index(points, WmPoint, points->len - 1) : NULL;
        if (!isfinite(y) || (last && last->y == y))
            continue;
        const WmPoint from = {px(view, last ? (wm_spc_months(view, i - 1) + t) / 2 : t - view->half_months), y};
        if (last)
            last->x = from.x;
        g_array_append_val(points, from);
        g_array_append_val(points, from);
    }
    const WmRect area = view->base.plot->area;
    if (points->len) /* to where its name stands */
        g_array_index(points, WmPoint, points->len - 1).x = area.x + area.width;
    return points;
}

void wm_spc_layer_target(const WmSpcView *view)
{
    g_autoptr(GArray) line = view->spc->target_shape == WM_SPC_TARGET_MOVING ? target_path(view) : target_stairs(view);
    wm_canvas_clip(view->base.canvas, view->base.plot->area);
    draw_stairs(view, line,
                &(WmPaint){.stroke = wm_opaque(view->base.style->palette->plan), .width_px = view->base.style->em * 0.15},
                WM_INK_LINE);
    wm_canvas_unclip(view->base.canvas);
}

static WmPoint point_at(const WmSpcView *view, size_t i)
{
    return wm_plot_point(view->base.plot, wm_spc_months(view, i), view->spc->points[i].value);
}

/* Lines join readings of periods that follow each other within a phase. */
static void draw_runs(const WmSpcView *view)
{
    const WmSeries *series = view->base.series;
    const WmPaint paint = {.stroke = wm_opaque(view->colours->effect[WM_EFFECT_COMMON]), .width_px = view->base.style->em * 0.11};
    g_autoptr(GArray) run = g_array_new(FALSE, FALSE, sizeof(WmPoint));
    for (size_t i = 0; i < view->spc->n_points; i++) {
        const bool has_value = isfinite(view->spc->points[i].value);
        const bool is_broken = i > 0 && (wm_is_gap(series, &series->readings[i - 1], &series->readings[i]) ||
                                         view->spc->points[i].i_phase != view->spc->points[i - 1].i_phase);
        if (!has_value || is_broken) {
            wm_canvas_line(view->base.canvas, points_of(run), run->len, &paint);
            g_array_set_size(run, 0);
        }
        if (!has_value)
            continue;
        const WmPoint point = point_at(view, i);
        g_array_append_val(run, point);
        if (run->len > 1)
            wm_labeller_add_line(view->base.labeller, &points_of(run)[run->len - 2], 2, WM_INK_LINE);
    }
    wm_canvas_line(view->base.canvas, points_of(run), run->len, &paint);
}

static WmSpcFilling filling_of(const WmSpcView *view, size_t i)
{
    if (view->spc->points[i].is_excluded)
        return WM_SPC_CROSSED;
    return view->base.series->readings[i].state == WM_PROVISIONAL ? WM_SPC_HOLLOW : WM_SPC_SOLID;
}

/* A plain reading so small that the line shows it already. */
static bool is_in_line(const WmSpcView *view, size_t i, double radius)
{
    return radius < SMALLEST_DOT_PX && view->spc->points[i].effect == WM_EFFECT_COMMON && i != view->spc->i_last &&
           filling_of(view, i) == WM_SPC_SOLID && view->spc->n_points > 1;
}

/* Signals are drawn last, so that none hides behind a plain reading. */
void wm_spc_layer_readings(const WmSpcView *view)
{
    const double radius = wm_reading_radius(&view->base);
    draw_runs(view);
    for (int wants_signal = 0; wants_signal < 2; wants_signal++)
        for (size_t i = 0; i < view->spc->n_points; i++) {
            const WmSpcVerdict *v = &view->spc->points[i];
            const bool is_signal = v->effect != WM_EFFECT_COMMON;
            if (!isfinite(v->value) || is_signal != wants_signal || is_in_line(view, i, radius))
                continue;
            const WmPoint at = point_at(view, i);
            const double size = fmax(radius, is_signal ? SMALLEST_SIGNAL_PX : SMALLEST_DOT_PX);
            wm_spc_mark(view->base.canvas, view->base.style, view->colours, at, size, v->effect, filling_of(view, i));
            wm_labeller_add_rect(view->base.labeller, wm_rect_grow((WmRect){at.x, at.y, 0, 0}, size * 1.3), WM_INK_MARK);
        }
}

static void include(double value, WmExtent *extent)
{
    if (!isfinite(value))
        return;
    extent->low = isnan(extent->low) ? value : fmin(extent->low, value);
    extent->high = isnan(extent->high) ? value : fmax(extent->high, value);
}

WmExtent wm_spc_extent(const WmSeries *series, const WmSpc *spc, double half_months)
{
    const double none = nan("");
    WmExtent extent = {none, none, none, none};
    for (size_t i = 0; i < spc->n_points; i++) {
        const WmSpcVerdict *v = &spc->points[i];
        const double shown[] = {v->value, v->centre, v->lower, v->upper, v->target};
        for (size_t k = 0; k < G_N_ELEMENTS(shown); k++)
            include(shown[k], &extent);
    }
    for (size_t i = 0; i < series->n_revisions; i++)
        include(series->revisions[i].was, &extent);
    const WmDay as_at = series->assessment.as_at;
    const double now = wm_day_to_months(as_at == WM_NO_DAY ? 0 : as_at);
    extent.t_from = (spc->n_points ? wm_reading_months(&series->readings[0]) : now) - half_months;
    extent.t_to = (spc->n_points ? wm_reading_months(&series->readings[spc->n_points - 1]) : now) + half_months;
    if (extent.t_to - extent.t_from < 2) {
        extent.t_from -= 2;
        extent.t_to += 2;
    }
    return extent;
}
