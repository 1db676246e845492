/* The names in a funnel: of areas that differ, and of the lines at the right edge. */
#include <math.h>
#include <stdlib.h>

#include "plot/chart/funnel_parts.h"

static const char *const LEVEL_NAMES[WM_N_FUNNEL_LEVELS] = {"95%", "99.8%"};

static bool label_area(const WmFunnelView *view, const WmPlacedArea *placed, bool is_focus)
{
    const WmChartStyle *style = view->style;
    const WmEffect effect = wm_areas_effect(view->funnel->areas, placed->side);
    const WmPoint anchor = wm_funnel_point(view, placed);
    g_autofree char *name =
        wm_text_shorten(wm_canvas_typeset(view->canvas), placed->area->name, &style->label, view->plot.area.width * 0.35);
    char value[WM_VALUE_TEXT];
    wm_areas_value(view->funnel->areas, placed->area->value, value);
    const WmTextStyle text =
        wm_text_in(is_focus ? style->strong : style->label, is_focus ? style->palette->ink : view->colours->effect[effect]);
    const WmLabel label = {
        .lines = {{name, text}, {value, text}},
        .n_lines = is_focus ? 2 : 1,
        .anchors = &anchor,
        .n_anchors = 1,
        .clearance = wm_funnel_radius(view) * (is_focus ? 2.2 : 1.2) + style->em * 0.25,
        .sides = WM_SIDES_AROUND,
        .reach = style->em * (is_focus ? 6 : 1.4),
        .patience = is_focus                 ? 0
                    : abs(placed->side) == 2 ? 260
                                             : 120,
        .leader = {.stroke = wm_opaque(style->palette->axis), .width_px = 1},
    };
    return wm_labeller_place(view->labeller, &label);
}

WmFunnelNamed wm_funnel_label_areas(const WmFunnelView *view)
{
    const WmPlacedArea *focus = wm_funnel_focus(view->funnel);
    WmFunnelNamed named = {0};
    if (focus)
        label_area(view, focus, true);
    if (view->style->detail == WM_DETAIL_SPARK)
        return named;
    for (int distance = 2; distance > 0; distance--)
        for (guint i = view->funnel->placed->len; i-- > 0;) {
            const WmPlacedArea *placed = wm_funnel_area(view->funnel, i);
            if (abs(placed->side) != distance || placed == focus)
                continue;
            named.n++;
            named.n_named += label_area(view, placed, false);
        }
    return named;
}

static const char *benchmark_name(const WmAreas *areas)
{
    return isnan(areas->benchmark) ? "All areas" : areas->benchmark_name;
}

/* A line that ends at the right edge, and its name. */
typedef struct {
    double value;
    const char *first, *second; /* second: "" for none */
    uint32_t colour;
} LineName;

#define BENCHMARK      2 /* its place among the names */
#define MAX_LINE_NAMES (1 + 2 * WM_N_FUNNEL_LEVELS)
#define NAME_LEADING   1.2
#define NAME_GAP_EM    0.8
#define MOVED_EM       0.5 /* a name farther than this from its line is tied to it by a stroke */

/* From the top down; lines that leave the plot have no name there. */
static size_t line_names(const WmFunnelView *view, const char *value, LineName names[MAX_LINE_NAMES])
{
    const WmFunnel *funnel = view->funnel;
    const uint32_t limit = view->colours->limit;
    const char *benchmark = benchmark_name(funnel->areas);
    WmInterval limits[WM_N_FUNNEL_LEVELS];
    for (int i = WM_FUNNEL_INNER; i <= WM_FUNNEL_OUTER; i++)
        limits[i] = wm_funnel_limits_at(funnel, view->plot.x.to, (WmFunnelLevel)i);
    const LineName all[MAX_LINE_NAMES] = {
        {limits[WM_FUNNEL_OUTER].high, LEVEL_NAMES[WM_FUNNEL_OUTER], "", limit},
        {limits[WM_FUNNEL_INNER].high, LEVEL_NAMES[WM_FUNNEL_INNER], "", limit},
        {funnel->theta * funnel->per, *benchmark ? benchmark : value, *benchmark ? value : "", view->style->palette->plan},
        {limits[WM_FUNNEL_INNER].low, LEVEL_NAMES[WM_FUNNEL_INNER], "", limit},
        {limits[WM_FUNNEL_OUTER].low, LEVEL_NAMES[WM_FUNNEL_OUTER], "", limit},
    };
    const WmRect area = view->plot.area;
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        const double y = wm_scale_px(&view->plot.y, all[i].value);
        const bool is_line_of_its_own =
            all[i].value != all[BENCHMARK].value || i == BENCHMARK; /* no limit where areas cannot differ */
        if (y >= area.y - 1 && y <= area.y + area.height + 1 && is_line_of_its_own)
            names[n++] = all[i];
    }
    return n;
}

/* Names whose column is higher than the plot: the benchmark's alone. */
static size_t fitting_names(const WmFunnelView *view, LineName *names, size_t n)
{
    double height = 0;
    for (size_t i = 0; i < n; i++)
        height += view->style->label.size_px * NAME_LEADING * (*names[i].second ? 2 : 1);
    if (height <= view->plot.area.height)
        return n;
    for (size_t i = 0; i < n; i++)
        if (names[i].colour == view->style->palette->plan) {
            names[0] = names[i];
            return 1;
        }
    return 0;
}

static void draw_line_name(const WmFunnelView *view, const LineName *name, double middle, double leading)
{
    const WmRect area = view->plot.area;
    const double right = area.x + area.width, x = right + view->style->em * NAME_GAP_EM;
    const double y = wm_scale_px(&view->plot.y, name->value), half = leading * (*name->second ? 1 : 0.5);
    const WmTextStyle style = wm_text_in(view->style->label, name->colour);
    if (fabs(middle - y) > view->style->em * MOVED_EM)
        wm_canvas_segment(view->canvas, (WmPoint){right, y}, (WmPoint){x - 1, middle},
                          &(WmPaint){.stroke = wm_opaque(view->style->palette->axis), .width_px = 0.75});
    const double baseline = middle - half + leading * 0.5 + style.size_px * 0.35;
    const double room = wm_canvas_bounds(view->canvas).width - view->style->margin - x;
    const char *const lines[] = {name->first, name->second};
    for (size_t i = 0; i < G_N_ELEMENTS(lines) && *lines[i]; i++) {
        g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(view->canvas), lines[i], &style, room);
        wm_canvas_text(view->canvas, (WmPoint){x, baseline + (double)i * leading}, WM_ANCHOR_START, fitted, &style);
    }
}

void wm_funnel_label_lines(const WmFunnelView *view)
{
    const WmFunnel *funnel = view->funnel;
    if (view->style->detail == WM_DETAIL_SPARK || !isfinite(funnel->theta))
        return;
    char value[WM_VALUE_TEXT];
    wm_areas_value(funnel->areas, funnel->theta * funnel->per, value);
    LineName names[MAX_LINE_NAMES];
    const size_t n = fitting_names(view, names, line_names(view, value, names));
    const double leading = view->style->label.size_px * NAME_LEADING;
    double middles[MAX_LINE_NAMES], heights[MAX_LINE_NAMES];
    for (size_t i = 0; i < n; i++) {
        middles[i] = wm_scale_px(&view->plot.y, names[i].value);
        heights[i] = leading * (*names[i].second ? 2 : 1);
    }
    const WmRect area = view->plot.area;
    wm_labels_spread(middles, heights, n, area.y - leading / 2, area.y + area.height + leading / 2);
    for (size_t i = 0; i < n; i++)
        draw_line_name(view, &names[i], middles[i], leading);
}

double wm_funnel_gutter(WmCanvas *canvas, const WmChartStyle *style, const WmFunnel *self)
{
    char value[WM_VALUE_TEXT];
    wm_areas_value(self->areas, self->theta * self->per, value);
    const char *const texts[] = {benchmark_name(self->areas), value, LEVEL_NAMES[WM_FUNNEL_OUTER]};
    double width = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        width = fmax(width, wm_text_width(wm_canvas_typeset(canvas), texts[i], &style->label));
    return style->detail == WM_DETAIL_SPARK ? 0 : width + style->em * NAME_GAP_EM;
}
