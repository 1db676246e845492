/* The layers of the trajectory chart, from the back. */
#include <math.h>

#include "plot/chart/trajectory_parts.h"

#define EDGE_PX          0.75 /* of the fan */
#define SMALLEST_DOT_PX  1.6  /* radius */
#define SEGMENTS_A_CURVE 16   /* of a geometric path between two waypoints */

static WmPoint at(const WmView *view, double t_months, double value)
{
    return wm_plot_point(view->plot, t_months, value);
}

static void append_corner(GArray *corners, double t, double value)
{
    const WmWaypoint corner = {t, value};
    if (isfinite(value))
        g_array_append_val(corners, corner);
}

/* From one waypoint to the next, without the first of them. */
static void append_segment(GArray *corners, const WmTrajectory *path, WmWaypoint a, WmWaypoint b)
{
    const bool is_stair = path->shape == WM_PATH_STEP || path->shape == WM_PATH_EXPLICIT;
    if (is_stair)
        append_corner(corners, b.t_months, a.value);
    for (int i = 1; path->shape == WM_PATH_GEOMETRIC && i < SEGMENTS_A_CURVE; i++) {
        const double t = a.t_months + (b.t_months - a.t_months) * i / SEGMENTS_A_CURVE;
        append_corner(corners, t, wm_trajectory_at(path, t));
    }
    append_corner(corners, b.t_months, b.value);
}

GArray *wm_path_corners(const WmTrajectory *path, double t_from, double t_to)
{
    GArray *corners = g_array_new(FALSE, FALSE, sizeof(WmWaypoint));
    if (path->n_waypoints == 0)
        return corners;
    const WmWaypoint first = path->waypoints[0], last = path->waypoints[path->n_waypoints - 1];
    if (t_from < first.t_months)
        append_corner(corners, t_from, wm_trajectory_at(path, t_from));
    append_corner(corners, first.t_months, first.value);
    for (size_t i = 0; i + 1 < path->n_waypoints; i++)
        append_segment(corners, path, path->waypoints[i], path->waypoints[i + 1]);
    if (t_to > last.t_months)
        append_corner(corners, t_to, wm_trajectory_at(path, t_to));
    return corners;
}

/* The path from the first to the last thing judged by it: readings before the baseline are not, readings after the last milestone
 * are. */
static GArray *path_points(const WmView *view)
{
    const WmTrajectory *path = &view->series->trajectory;
    const WmReading *latest = wm_series_latest(view->series);
    const double from = path->n_waypoints ? path->waypoints[0].t_months : 0;
    g_autoptr(GArray) corners = wm_path_corners(path, from, latest ? wm_reading_months(latest) : from);
    GArray *points = g_array_new(FALSE, FALSE, sizeof(WmPoint));
    for (guint i = 0; i < corners->len; i++) {
        const WmWaypoint corner = g_array_index(corners, WmWaypoint, i);
        const WmPoint point = at(view, corner.t_months, corner.value);
        g_array_append_val(points, point);
    }
    return points;
}

static const WmPoint *points_of(const GArray *points)
{
    return (const WmPoint *)(const void *)points->data;
}

/* The area between the path, moved by `shift_px`, and one edge of the plot. */
static void shade(const WmView *view, const GArray *path, double shift_px, double edge_y)
{
    g_autoptr(GArray) area = g_array_new(FALSE, FALSE, sizeof(WmPoint));
    for (guint i = 0; i < path->len; i++) {
        WmPoint point = points_of(path)[i];
        point.y += shift_px;
        g_array_append_val(area, point);
    }
    const WmPoint end = {points_of(area)[area->len - 1].x, edge_y}, start = {points_of(area)[0].x, edge_y};
    g_array_append_val(area, end);
    g_array_append_val(area, start);
    wm_canvas_polygon(view->canvas, points_of(area), area->len, &(WmPaint){.fill = wm_opaque(view->style->palette->off_plan)});
}

/* Between the ends of the numbers: a small plot keeps room beyond them for marks alone. */
static WmRect numbers_area(const WmPlot *plot)
{
    const double top = wm_scale_px(&plot->y, plot->y.to), foot = wm_scale_px(&plot->y, plot->y.from);
    return (WmRect){plot->area.x, top, plot->area.width, foot - top};
}

void wm_layer_off_plan(const WmView *view)
{
    const WmPlot *plot = view->plot;
    const WmRect within = numbers_area(plot);
    const double top = within.y, foot = within.y + within.height;
    const WmMeasure *measure = &view->series->measure;
    g_autoptr(GArray) path = path_points(view);
    if (path->len < 2)
        return;
    wm_canvas_clip(view->canvas, within);
    if (measure->polarity == WM_POLARITY_HIGHER)
        shade(view, path, 0, foot);
    if (measure->polarity == WM_POLARITY_LOWER)
        shade(view, path, 0, top);
    if (measure->polarity == WM_POLARITY_PLAN) {
        const double level = view->series->trajectory.waypoints[0].value;
        const double tolerance =
            fabs(wm_scale_px(&plot->y, level + wm_measure_tolerance(measure, level)) - wm_scale_px(&plot->y, level));
        shade(view, path, tolerance, foot);
        shade(view, path, -tolerance, top);
    }
    wm_canvas_unclip(view->canvas);
}

void wm_layer_fan(const WmView *view)
{
    const WmFan *fan = view->fan;
    if (fan->n_points < 2)
        return;
    const uint32_t colour = view->style->palette->reading;
    const WmPaint edge = {.stroke = wm_opaque(view->style->palette->fan_edge), .width_px = EDGE_PX};
    WmPoint outline[2 * WM_FAN_POINTS], centre[WM_FAN_POINTS];
    wm_canvas_clip(view->canvas, numbers_area(view->plot));
    for (size_t band = 0; band < WM_FAN_BANDS; band++) {
        for (size_t i = 0; i < fan->n_points; i++) {
            const WmFanPoint *point = &fan->points[i];
            outline[i] = at(view, point->t_months, point->high[band]);
            outline[2 * fan->n_points - 1 - i] = at(view, point->t_months, point->low[band]);
            centre[i] = at(view, point->t_months, point->centre);
        }
        wm_canvas_polygon(view->canvas, outline, 2 * fan->n_points, &(WmPaint){.fill = wm_opaque(view->style->palette->fan[band])});
        if (band == 0) {
            wm_canvas_line(view->canvas, outline, fan->n_points, &edge);
            wm_canvas_line(view->canvas, outline + fan->n_points, fan->n_points, &edge);
        }
        wm_labeller_add_line(view->labeller, outline, 2 * fan->n_points, WM_INK_FAINT);
    }
    wm_canvas_line(view->canvas, centre, fan->n_points,
                   &(WmPaint){.stroke = wm_opaque(colour), .width_px = view->style->em * 0.11, .dash = WM_DASH_DASHED});
    wm_canvas_unclip(view->canvas);
    wm_labeller_add_line(view->labeller, centre, fan->n_points, WM_INK_LINE);
}

void wm_layer_path(const WmView *view)
{
    g_autoptr(GArray) path = path_points(view);
    wm_canvas_line(view->canvas, points_of(path), path->len,
                   &(WmPaint){.stroke = wm_opaque(view->style->palette->plan), .width_px = view->style->em * 0.13});
    wm_labeller_add_line(view->labeller, points_of(path), path->len, WM_INK_LINE);
}

/* The fitted level over the readings it was fitted to. A straight fit needs two points, a bent one more. */
void wm_layer_fit(const WmView *view)
{
    enum { N_POINTS = 25 };
    const WmSeries *series = view->series;
    const WmReading *latest = wm_series_latest(series);
    const WmTrend *trend = &series->assessment.trend; /* a forecast has no line through the past */
    if (!latest || trend->state != WM_TREND_FITTED || !wm_trend_is_line(trend) || series->measure.kind == WM_KIND_YES_NO)
        return;
    size_t i_first = 0;
    while (!isfinite(series->readings[i_first].value))
        i_first++;
    const double from = wm_reading_months(&series->readings[i_first]), to = wm_reading_months(latest);
    WmPoint line[N_POINTS];
    size_t n = 0;
    for (int i = 0; i < N_POINTS; i++) {
        const double t = from + (to - from) * i / (N_POINTS - 1), level = wm_trend_level(&series->assessment.trend, t);
        if (isfinite(level))
            line[n++] = at(view, t, level);
    }
    wm_canvas_clip(view->canvas, view->plot->area);
    wm_canvas_line(view->canvas, line, n,
                   &(WmPaint){.stroke = wm_faded(view->style->palette->reading, 0.45), .width_px = view->style->em * 0.1});
    wm_canvas_unclip(view->canvas);
    wm_labeller_add_line(view->labeller, line, n, WM_INK_FAINT);
}

/* How far apart readings are meant to be: a half-yearly survey dated by its month skips no month. */
static double period_months(const WmReading *reading, WmFrequency frequency)
{
    const int covered = wm_period_kind_months(reading->period.kind);
    return MAX(covered, wm_period_kind_months(wm_frequency_period_kind(frequency)));
}

bool wm_is_gap(const WmSeries *series, const WmReading *before, const WmReading *after)
{
    const double months = period_months(after, series->measure.frequency);
    return months > 0 && wm_reading_months(after) - wm_reading_months(before) > 1.5 * months;
}

static void mark_absent_at(const WmView *view, double t_months)
{
    const WmRect area = view->plot->area;
    const WmPoint foot = {wm_scale_px(&view->plot->x, t_months), area.y + area.height};
    const double size = view->style->em * 0.5;
    wm_mark_absent(view->canvas, view->style, foot);
    wm_labeller_add_rect(view->labeller, (WmRect){foot.x - size / 2, foot.y - 1.6 * size, size, 1.6 * size}, WM_INK_MARK);
}

void wm_layer_absent(const WmView *view)
{
    const WmSeries *series = view->series;
    for (size_t i = 0; i < series->n_readings; i++) {
        const WmReading *reading = &series->readings[i];
        if (!isfinite(reading->value))
            mark_absent_at(view, wm_reading_months(reading));
        if (i == 0 || !wm_is_gap(view->series, reading - 1, reading))
            continue;
        const double step = period_months(reading, series->measure.frequency);
        for (double t = wm_reading_months(reading - 1) + step; t < wm_reading_months(reading) - step / 2; t += step)
            mark_absent_at(view, t);
    }
}

double wm_reading_radius(const WmView *view)
{
    const double spacing = view->plot->area.width / (double)MAX(view->series->n_readings, 1);
    return fmin(view->style->em * (view->style->detail == WM_DETAIL_SPARK ? 0.22 : 0.3), fmax(spacing * 0.34, 1.1));
}

void wm_layer_former_values(const WmView *view)
{
    const double radius = wm_reading_radius(view);
    const WmPaint thread = {.stroke = wm_opaque(view->style->palette->axis), .width_px = 1};
    for (size_t i = 0; i < view->series->n_revisions; i++) {
        const WmRevision *revision = &view->series->revisions[i];
        if (!isfinite(revision->was))
            continue;
        const double t = wm_day_to_months(wm_period_end(revision->period));
        const WmPoint was = at(view, t, revision->was);
        if (isfinite(revision->now))
            wm_canvas_segment(view->canvas, was, at(view, t, revision->now), &thread);
        wm_mark_former(view->canvas, view->style, was, radius);
        wm_labeller_add_rect(view->labeller, wm_rect_grow((WmRect){was.x, was.y, 0, 0}, radius), WM_INK_LINE);
    }
}

/* A deliverable is not half done between two readings: its line is a stair. */
static void append_reading(const WmView *view, GArray *run, WmPoint point)
{
    const bool is_stair = view->series->measure.kind == WM_KIND_YES_NO;
    if (is_stair && run->len && points_of(run)[run->len - 1].y != point.y) {
        const WmPoint corner = {point.x, points_of(run)[run->len - 1].y};
        g_array_append_val(run, corner);
        wm_labeller_add_line(view->labeller, &points_of(run)[run->len - 2], 2, WM_INK_LINE);
    }
    g_array_append_val(run, point);
    if (run->len > 1)
        wm_labeller_add_line(view->labeller, &points_of(run)[run->len - 2], 2, WM_INK_LINE);
}

/* Lines join readings of periods that follow each other; a gap stays a gap. */
static void draw_runs(const WmView *view)
{
    const WmSeries *series = view->series;
    const WmPaint paint = {.stroke = wm_opaque(view->style->palette->reading), .width_px = view->style->em * 0.14};
    g_autoptr(GArray) run = g_array_new(FALSE, FALSE, sizeof(WmPoint));
    for (size_t i = 0; i < series->n_readings; i++) {
        const WmReading *reading = &series->readings[i];
        const bool has_value = isfinite(reading->value);
        if (!has_value || (i > 0 && wm_is_gap(view->series, reading - 1, reading))) {
            wm_canvas_line(view->canvas, points_of(run), run->len, &paint);
            g_array_set_size(run, 0);
        }
        if (!has_value)
            continue;
        append_reading(view, run, at(view, wm_reading_months(reading), reading->value));
    }
    wm_canvas_line(view->canvas, points_of(run), run->len, &paint);
}

/* Whether the line through a reading shows it already: so many stand so close that dots would only blur it. */
static bool is_in_line(const WmView *view, size_t i, double radius)
{
    const WmReading *reading = &view->series->readings[i];
    if (radius >= SMALLEST_DOT_PX || reading->state == WM_PROVISIONAL || reading == wm_series_latest(view->series))
        return false;
    const bool has_before = i > 0 && isfinite(reading[-1].value) && !wm_is_gap(view->series, reading - 1, reading);
    const bool has_after =
        i + 1 < view->series->n_readings && isfinite(reading[1].value) && !wm_is_gap(view->series, reading, reading + 1);
    return has_before || has_after;
}

void wm_layer_readings(const WmView *view)
{
    const double radius = wm_reading_radius(view);
    draw_runs(view);
    for (size_t i = 0; i < view->series->n_readings; i++) {
        const WmReading *reading = &view->series->readings[i];
        if (!isfinite(reading->value) || is_in_line(view, i, radius))
            continue;
        const WmPoint point = at(view, wm_reading_months(reading), reading->value);
        wm_mark_reading(view->canvas, view->style, point, fmax(radius, SMALLEST_DOT_PX), reading->state == WM_PROVISIONAL);
        wm_labeller_add_rect(view->labeller, wm_rect_grow((WmRect){point.x, point.y, 0, 0}, radius), WM_INK_MARK);
    }
}

/* Where the plan's path begins, else where the baseline says it is. */
void wm_layer_baseline(const WmView *view)
{
    const WmSeries *series = view->series;
    const double radius = view->style->em * 0.34;
    if (!isfinite(series->baseline_value))
        return;
    const bool has_path = series->trajectory.n_waypoints > 0 && !series->trajectory.starts_at_milestone;
    if (series->baseline_day == WM_NO_DAY && !has_path)
        return;
    const double t =
        series->baseline_day != WM_NO_DAY ? wm_day_to_months(series->baseline_day) : series->trajectory.waypoints[0].t_months;
    const WmPoint point = at(view, t, series->baseline_value);
    const WmRect covered = wm_mark_baseline(view->canvas, view->style, point, radius, series->baseline_qualifier);
    wm_labeller_add_rect(view->labeller, covered, WM_INK_MARK);
}

void wm_layer_milestones(const WmView *view)
{
    const double radius = wm_milestone_radius(view->style);
    for (size_t i = 0; i < view->series->n_milestones; i++) {
        const WmSeriesMilestone *milestone = &view->series->milestones[i];
        if (milestone->due == WM_NO_DAY || !isfinite(milestone->target))
            continue;
        const WmPoint point = at(view, wm_day_to_months(milestone->due), milestone->target);
        wm_mark_milestone(view->canvas, view->style, point, radius, milestone->outcome.state);
        wm_labeller_add_rect(view->labeller, wm_rect_grow((WmRect){point.x, point.y, 0, 0}, radius), WM_INK_MARK);
    }
}
