/* Levels to compare with: each name's figures through time, the latest known held to the plot's end. */
#include <math.h>
#include <string.h>

#include "plot/chart/trajectory_parts.h"

bool wm_comparator_is_superseded(const WmSeries *series, size_t i)
{
    const WmComparator *one = &series->comparators[i];
    for (size_t j = 0; j < series->n_comparators; j++) {
        const WmComparator *other = &series->comparators[j];
        const int order = wm_period_compare(other->period, one->period);
        const bool is_later = one->period.kind == WM_PERIOD_NONE
                                  ? other->period.kind != WM_PERIOD_NONE || j > i
                                  : other->period.kind != WM_PERIOD_NONE && (order > 0 || (order == 0 && j > i));
        if (j != i && strcmp(other->name, one->name) == 0 && isfinite(other->value) && is_later)
            return true;
    }
    return false;
}

static int by_x(gconstpointer a, gconstpointer b)
{
    const double x = ((const WmPoint *)a)->x, y = ((const WmPoint *)b)->x;
    return (x > y) - (x < y);
}

/* Its dated figures as points of the plot, in time; some may lie outside. New array of WmPoint. */
static GArray *dated_points(const WmView *view, const char *name)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(WmPoint));
    for (size_t i = 0; i < view->series->n_comparators; i++) {
        const WmComparator *one = &view->series->comparators[i];
        if (strcmp(one->name, name) != 0 || one->period.kind == WM_PERIOD_NONE || !isfinite(one->value))
            continue;
        const WmPoint point = wm_plot_point(view->plot, wm_day_to_months(wm_period_end(one->period)), one->value);
        g_array_append_val(points, point);
    }
    g_array_sort(points, by_x);
    return points;
}

/* Height of the line at x: straight between its points, level beyond them. */
static double height_at(const GArray *points, double x)
{
    const WmPoint *all = (const WmPoint *)(const void *)points->data;
    guint after = 0;
    while (after < points->len && all[after].x < x)
        after++;
    if (after == 0 || after == points->len)
        return all[after == 0 ? 0 : after - 1].y;
    const WmPoint from = all[after - 1], to = all[after];
    return from.y + (x - from.x) / (to.x - from.x) * (to.y - from.y);
}

static void add_point(GArray *line, double x, double y)
{
    const WmPoint point = {x, y};
    g_array_append_val(line, point);
}

/* One figure is a level throughout; several are a line through them. */
static void draw_comparator(const WmView *view, const WmComparator *latest)
{
    const WmRect area = view->plot->area;
    const double right = area.x + area.width;
    g_autoptr(GArray) points = dated_points(view, latest->name);
    g_autoptr(GArray) line = g_array_new(FALSE, FALSE, sizeof(WmPoint));
    if (points->len < 2) {
        const double y = wm_scale_px(&view->plot->y, latest->value);
        add_point(line, area.x, y);
        add_point(line, right, y);
    } else {
        const WmPoint *all = (const WmPoint *)(const void *)points->data;
        const double left = fmin(fmax(area.x, all[0].x), right);
        add_point(line, left, height_at(points, left));
        for (guint i = 0; i < points->len; i++)
            if (all[i].x > left && all[i].x < right)
                add_point(line, all[i].x, all[i].y);
        add_point(line, right, height_at(points, right));
    }
    const WmPoint *drawn = (const WmPoint *)(const void *)line->data;
    wm_canvas_line(view->canvas, drawn, line->len,
                   &(WmPaint){.stroke = wm_opaque(view->style->palette->comparator),
                              .width_px = view->style->em * 0.09,
                              .dash = WM_DASH_FINE});
    wm_labeller_add_line(view->labeller, drawn, line->len, WM_INK_LINE);
}

void wm_layer_comparators(const WmView *view)
{
    for (size_t i = 0; i < view->series->n_comparators; i++)
        if (isfinite(wm_scale_px(&view->plot->y, view->series->comparators[i].value)) &&
            !wm_comparator_is_superseded(view->series, i))
            draw_comparator(view, &view->series->comparators[i]);
}
