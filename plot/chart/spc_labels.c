/* The direct labels of the control chart. */
#include <math.h>

#include "plot/chart/spc_chart_parts.h"

static WmPaint leader(const WmChartStyle *style)
{
    return (WmPaint){.stroke = wm_opaque(style->palette->axis), .width_px = 1};
}

size_t wm_spc_last_lined(const WmSpc *spc)
{
    if (spc->i_last == SIZE_MAX || spc->phases[spc->points[spc->i_last].i_phase].n_readings < 2)
        return SIZE_MAX;
    for (size_t i = spc->i_last + 1; i-- > 0 && spc->points[i].i_phase == spc->points[spc->i_last].i_phase;)
        if (isfinite(spc->points[i].centre) && (isfinite(spc->points[i].upper) || i == spc->i_last))
            return i;
    return SIZE_MAX;
}

static double last_target(const WmSpc *spc)
{
    for (size_t i = spc->n_points; i-- > 0;)
        if (isfinite(spc->points[i].target))
            return spc->points[i].target;
    return nan("");
}

/* ---- names at the right edge ---- */

typedef enum { EDGE_TARGET, EDGE_CENTRE, EDGE_UPPER, EDGE_LOWER, N_EDGES } Edge; /* the most important first */

typedef struct {
    double at; /* NAN: there is no such line */
    char *text;
} EdgeName;

static void edge_names_clear(EdgeName names[N_EDGES])
{
    for (size_t i = 0; i < N_EDGES; i++)
        g_free(names[i].text);
}

/* "Upper limit 64.2%"; on small pages "Upper 64.2%". */
static void edge_names(const WmChartStyle *style, const WmSeries *series, const WmSpc *spc, EdgeName names[N_EDGES])
{
    const bool is_full = style->detail == WM_DETAIL_FULL;
    const char *const words[N_EDGES] = {[EDGE_TARGET] = spc->target_shape == WM_SPC_TARGET_MOVING ? "Path" : "Target",
                                        [EDGE_CENTRE] = spc->chart == WM_SPC_RUN ? "Median" : "Mean",
                                        [EDGE_UPPER] = is_full ? "Upper limit" : "Upper",
                                        [EDGE_LOWER] = is_full ? "Lower limit" : "Lower"};
    const size_t i_lined = wm_spc_last_lined(spc);
    const WmSpcVerdict none = {.centre = nan(""), .lower = nan(""), .upper = nan("")};
    const WmSpcVerdict *v = i_lined == SIZE_MAX ? &none : &spc->points[i_lined];
    const double levels[N_EDGES] = {
        [EDGE_TARGET] = last_target(spc), [EDGE_CENTRE] = v->centre, [EDGE_UPPER] = v->upper, [EDGE_LOWER] = v->lower};
    for (Edge edge = 0; edge < N_EDGES; edge++) {
        char value[WM_VALUE_TEXT];
        if (edge == EDGE_TARGET && spc->target_shape != WM_SPC_TARGET_MOVING)
            wm_target_format(levels[edge], &series->measure, series->measure_unit, value);
        else
            wm_spc_level_format(levels[edge], series, value);
        names[edge] = (EdgeName){levels[edge], g_strconcat(words[edge], " ", value, NULL)};
    }
}

double wm_spc_gutter(WmTypeset *typeset, const WmChartStyle *style, const WmSeries *series, const WmSpc *spc)
{
    EdgeName names[N_EDGES];
    double width = 0;
    if (style->detail == WM_DETAIL_SPARK)
        return 0;
    edge_names(style, series, spc, names);
    for (Edge edge = 0; edge < N_EDGES; edge++)
        if (isfinite(names[edge].at))
            width = fmax(width, wm_text_width(typeset, names[edge].text, edge == EDGE_TARGET ? &style->strong : &style->label));
    edge_names_clear(names);
    return width > 0 ? width + style->em * 0.6 : 0;
}

/* A name on its way to its place: its line's y, and its own middle. */
typedef struct {
    Edge edge;
    double line_y, y;
} Placed;

/* The names that have a line, from the top; of more than there is room for, the most important. */
static size_t order_edges(const WmSpcView *view, const EdgeName names[N_EDGES], size_t n_room, Placed placed[N_EDGES])
{
    size_t n = 0;
    for (Edge edge = 0; edge < N_EDGES && n < n_room; edge++) {
        const double y = wm_scale_px(&view->base.plot->y, names[edge].at);
        if (!isfinite(y))
            continue;
        size_t i = n++;
        for (; i > 0 && placed[i - 1].line_y > y; i--)
            placed[i] = placed[i - 1];
        placed[i] = (Placed){edge, y, y};
    }
    return n;
}

/* Keep names `row` apart and within the plot, in the order of their lines: pushed down from the top, then up from the foot. */
static void spread_edges(WmRect area, double row, Placed *placed, size_t n)
{
    for (size_t i = 0; i < n; i++)
        placed[i].y = fmax(placed[i].y, i ? placed[i - 1].y + row : area.y + row / 2);
    /* Where two are near, both give way: half of the push goes back up as far as there is room. */
    for (size_t i = 0; i < n; i++) {
        const double push = placed[i].y - placed[i].line_y, least = i ? placed[i - 1].y + row : area.y + row / 2;
        placed[i].y = fmax(placed[i].y - fmax(push, 0) / 2, least);
    }
    for (size_t i = n; i-- > 0;)
        placed[i].y = fmin(placed[i].y, i + 1 < n ? placed[i + 1].y - row : area.y + area.height - row / 2);
}

static void draw_edge(const WmSpcView *view, const char *text, const Placed *placed)
{
    const WmChartStyle *style = view->base.style;
    const WmRect area = view->base.plot->area;
    const double right = area.x + area.width, gap = style->em * 0.4;
    const WmTextStyle type = placed->edge == EDGE_TARGET ? wm_text_in(style->strong, style->palette->plan)
                                                         : wm_text_in(style->label, view->colours->limit);
    const WmPoint at = {right + gap, placed->y + type.size_px * (WM_TEXT_ABOVE - WM_TEXT_BELOW) / 2};
    const WmRect box = wm_canvas_text_box(view->base.canvas, at, WM_ANCHOR_START, text, &type);
    if (!wm_rect_contains(wm_rect_grow(wm_canvas_bounds(view->base.canvas), -1), box))
        return;
    const WmPaint line = leader(style);
    if (fabs(placed->y - placed->line_y) > style->em * 0.3)
        wm_canvas_segment(view->base.canvas, (WmPoint){right, placed->line_y}, (WmPoint){right + gap * 0.75, placed->y}, &line);
    wm_labeller_reserve(view->base.labeller, wm_canvas_text(view->base.canvas, at, WM_ANCHOR_START, text, &type));
}

static void label_edges(const WmSpcView *view)
{
    const WmRect area = view->base.plot->area;
    const double row = view->base.style->em * 1.2;
    EdgeName names[N_EDGES];
    Placed placed[N_EDGES];
    edge_names(view->base.style, view->base.series, view->spc, names);
    const size_t n = order_edges(view, names, (size_t)fmax(area.height / row, 0), placed);
    spread_edges(area, row, placed, n);
    for (size_t i = 0; i < n; i++)
        draw_edge(view, names[placed[i].edge].text, &placed[i]);
    edge_names_clear(names);
}

/* ---- the latest reading, and where phases begin ---- */

#define LITTLE_PATIENCE 60.0 /* ink that the value of a thumbnail may cover: the line matters more there */

#define PHASE_PATIENCE 100.0 /* and the name of a phase, which begins at a break that is seen without it */

static void label_latest(const WmSpcView *view)
{
    const WmSpc *spc = view->spc;
    const WmChartStyle *style = view->base.style;
    if (spc->i_last == SIZE_MAX)
        return;
    const WmReading *reading = &view->base.series->readings[spc->i_last];
    const WmSpcVerdict *v = &spc->points[spc->i_last];
    char value[WM_VALUE_TEXT], period[WM_PERIOD_TEXT];
    wm_value_format(v->value, &view->base.series->measure, view->base.series->measure_unit, value);
    wm_period_format(reading->period, period);
    g_autofree char *second = g_strconcat(period, reading->state == WM_PROVISIONAL ? ", provisional" : "", NULL);
    const WmPoint at = wm_plot_point(view->base.plot, wm_spc_months(view, spc->i_last), v->value);
    WmLabel label = {
        .lines = {{value, wm_text_in(style->strong,
                                     v->effect == WM_EFFECT_COMMON ? style->palette->ink : view->colours->effect[v->effect])},
                  {second, wm_text_in(style->label, style->palette->muted)}},
        .n_lines = style->detail == WM_DETAIL_SPARK ? 1 : 2,
        .anchors = &at,
        .n_anchors = 1,
        .clearance = wm_reading_radius(&view->base) * 1.4 + style->em * 0.3,
        .sides = WM_SIDES_AROUND,
        .reach = style->em * 6,
        .patience = style->detail == WM_DETAIL_SPARK ? LITTLE_PATIENCE : 0,
        .leader = leader(style),
    };
    if (wm_labeller_place(view->base.labeller, &label) || label.n_lines == 1)
        return;
    label.n_lines = 1;
    wm_labeller_place(view->base.labeller, &label);
}

/* "From Apr 2021", at the top of the phase. */
static void label_phases(const WmSpcView *view)
{
    const WmChartStyle *style = view->base.style;
    const WmRect area = view->base.plot->area;
    for (size_t i = view->spc->n_phases; i-- > 1;) {
        const size_t i_first = view->spc->phases[i].i_first;
        char period[WM_PERIOD_TEXT];
        wm_period_format(view->base.series->readings[i_first].period, period);
        g_autofree char *text = g_strconcat("From ", period, NULL);
        const double x = wm_spc_phase_x(view, i_first);
        const WmPoint anchors[] = {{x, area.y + style->em * 0.6}, {x, area.y + area.height - style->em * 0.8}};
        const WmLabel label = {
            .lines = {{text, wm_text_in(style->label, style->palette->muted)}},
            .n_lines = 1,
            .anchors = anchors,
            .n_anchors = G_N_ELEMENTS(anchors),
            .clearance = style->em * 0.35,
            .sides = WM_SIDES_END,
            .reach = style->em * 2,
            .patience = PHASE_PATIENCE,
        };
        wm_labeller_place(view->base.labeller, &label);
    }
}

static void label_nothing(const WmSpcView *view)
{
    const WmRect area = view->base.plot->area;
    const double x = area.x + area.width / 2;
    const WmPoint anchors[] = {{x, area.y + area.height * 0.5}, {x, area.y + area.height * 0.35}, {x, area.y + area.height * 0.65}};
    const WmLabel label = {
        .lines = {{wm_series_is_chartable(view->base.series) ? "No readings yet" : "What was read stands on its trajectory chart",
                   wm_text_in(view->base.style->label, view->base.style->palette->muted)}},
        .n_lines = 1,
        .anchors = anchors,
        .n_anchors = G_N_ELEMENTS(anchors),
        .sides = WM_SIDES_INSIDE,
    };
    wm_labeller_place(view->base.labeller, &label);
}

void wm_spc_labels(const WmSpcView *view)
{
    if (view->base.style->detail != WM_DETAIL_SPARK)
        label_edges(view);
    label_latest(view);
    if (view->base.style->detail == WM_DETAIL_SPARK)
        return;
    label_phases(view);
    if (view->spc->i_last == SIZE_MAX)
        label_nothing(view);
}
