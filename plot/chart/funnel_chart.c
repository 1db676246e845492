/* The funnel: does an area differ by more than chance, given how many cases its figure is made of? */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plot/chart/charts.h"
#include "plot/chart/funnel.h"
#include "plot/chart/labels.h"

static const char *const LEVEL_NAMES[WM_N_FUNNEL_LEVELS] = {"95%", "99.8%"};

/* ---- marks ---- */

typedef struct {
    const WmFunnel *funnel;
    WmCanvas *canvas;
    const WmChartStyle *style;
    const WmSpcColours *colours;
    WmPlot plot;
    WmLabeller *labeller;
} View;

#define N_STEPS 72 /* of a limit's curve, denser where it bends: at few cases; between whole cases there is none */

static size_t curve(const View *view, int level, bool is_high, WmPoint points[N_STEPS + 1])
{
    const WmScale *x = &view->plot.x;
    size_t n = 0;
    double before = 0;
    for (int i = 1; i <= N_STEPS; i++) {
        const double share = (double)i / N_STEPS, denominator = i < N_STEPS ? round(x->to * share * share) : x->to;
        if (denominator == before)
            continue;
        before = denominator;
        const WmInterval limits = wm_funnel_limits_at(view->funnel, denominator, (WmFunnelLevel)level);
        const double value = is_high ? limits.high : limits.low;
        if (denominator >= 1 && denominator >= x->from && isfinite(value))
            points[n++] = wm_plot_point(&view->plot, denominator, value);
    }
    return n;
}

static void draw_limits(const View *view)
{
    static const WmDash DASHES[WM_N_FUNNEL_LEVELS] = {[WM_FUNNEL_INNER] = WM_DASH_FINE, [WM_FUNNEL_OUTER] = WM_DASH_SOLID};
    WmPoint points[N_STEPS + 1];
    wm_canvas_clip(view->canvas, view->plot.area);
    for (int level = WM_FUNNEL_OUTER; level >= WM_FUNNEL_INNER; level--)
        for (int is_high = 0; is_high < 2; is_high++) {
            const size_t n = curve(view, level, is_high, points);
            wm_canvas_line(
                view->canvas, points, n,
                &(WmPaint){.stroke = wm_opaque(view->colours->limit), .width_px = view->style->em * 0.1, .dash = DASHES[level]});
            wm_labeller_add_line(view->labeller, points, n, WM_INK_LINE);
        }
    wm_canvas_unclip(view->canvas);
    const WmRect area = view->plot.area;
    const double y = wm_scale_px(&view->plot.y, view->funnel->theta * view->funnel->per);
    const WmPoint line[] = {{area.x, y}, {area.x + area.width, y}};
    if (!isfinite(y))
        return;
    wm_canvas_line(view->canvas, line, 2,
                   &(WmPaint){.stroke = wm_opaque(view->style->palette->plan), .width_px = view->style->em * 0.12});
    wm_labeller_add_line(view->labeller, line, 2, WM_INK_LINE);
}

static WmPoint point_of(const View *view, const WmPlacedArea *placed)
{
    return wm_plot_point(&view->plot, placed->area->denominator, placed->area->value);
}

static double radius_of(const View *view)
{
    const double n = (double)MAX(view->funnel->placed->len, 1);
    return view->style->em * fmax(0.2, fmin(0.36, 3.2 / sqrt(n)));
}

/* Areas within the limits first, so that none hides one beyond them; the one picked out last, in a ring. */
static void draw_areas(const View *view)
{
    const double radius = radius_of(view);
    for (int distance = 0; distance <= 2; distance++)
        for (guint i = 0; i < view->funnel->placed->len; i++) {
            const WmPlacedArea *placed = wm_funnel_area(view->funnel, i);
            if (abs(placed->side) != distance)
                continue;
            const WmPoint at = point_of(view, placed);
            const WmEffect effect = wm_areas_effect(view->funnel->areas, placed->side);
            wm_spc_mark(view->canvas, view->style, view->colours, at, radius, effect, distance == 1 ? WM_SPC_HOLLOW : WM_SPC_SOLID);
            wm_labeller_add_rect(view->labeller, wm_rect_grow((WmRect){at.x, at.y, 0, 0}, radius * 1.2), WM_INK_NAMED);
        }
    const WmPlacedArea *focus = wm_funnel_focus(view->funnel);
    if (focus)
        wm_canvas_circle(view->canvas, point_of(view, focus), radius * 2.1,
                         &(WmPaint){.stroke = wm_opaque(view->style->palette->ink), .width_px = view->style->em * 0.13});
}

/* ---- labels ---- */

static bool label_area(const View *view, const WmPlacedArea *placed, bool is_focus)
{
    const WmChartStyle *style = view->style;
    const WmEffect effect = wm_areas_effect(view->funnel->areas, placed->side);
    const WmPoint anchor = point_of(view, placed);
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
        .clearance = radius_of(view) * (is_focus ? 2.2 : 1.2) + style->em * 0.25,
        .sides = WM_SIDES_AROUND,
        .reach = style->em * (is_focus ? 6 : 1.4),
        .patience = is_focus                 ? 0
                    : abs(placed->side) == 2 ? 260
                                             : 120,
        .leader = {.stroke = wm_opaque(style->palette->axis), .width_px = 1},
    };
    return wm_labeller_place(view->labeller, &label);
}

/* How many of those that differ are named. */
typedef struct {
    size_t n_named, n;
} Named;

static Named label_areas(const View *view)
{
    const WmPlacedArea *focus = wm_funnel_focus(view->funnel);
    Named named = {0};
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
static size_t line_names(const View *view, const char *value, LineName names[MAX_LINE_NAMES])
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
static size_t fitting_names(const View *view, LineName *names, size_t n)
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

static void draw_line_name(const View *view, const LineName *name, double middle, double leading)
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

/* Names at the right edge, each at its line's end as nearly as the others let it, in the order of the lines. */
static void label_lines(const View *view)
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

/* ---- page ---- */

#define MUCH_MORE 2 /* times the variance of chance: from here on the limits' reader is told */

/* "Areas vary 14 times as much as chance lets them"; "" where they hardly do, or where the limits allow for it. New. */
static char *spread_note(const WmFunnel *self)
{
    if (self->areas->overdispersion != WM_OVERDISPERSION_NONE || !(self->spread.phi >= MUCH_MORE))
        return g_strdup("");
    return g_strdup_printf("Variance between areas %.0f times that of chance", self->spread.phi);
}

static char *notes_of(const WmFunnel *self, const WmPlot *plot, const Named *named)
{
    static const char *const OVERDISPERSIONS[WM_N_OVERDISPERSIONS] = {
        [WM_OVERDISPERSION_NONE] = "",
        [WM_OVERDISPERSION_MULTIPLICATIVE] = "Limits widened for overdispersion (multiplicative)",
        [WM_OVERDISPERSION_ADDITIVE] = "Limits widened for overdispersion (additive)"};
    g_autofree char *without = wm_areas_without_note(self->n_without, "counts");
    g_autofree char *cut = wm_axes_cut_note(&plot->numbers, &self->areas->measure, self->areas->measure_unit);
    g_autofree char *spread = spread_note(self);
    g_autofree char *unnamed =
        named->n_named < named->n ? g_strdup_printf("%zu of %zu outside 95%% named", named->n_named, named->n) : g_strdup("");
    return wm_frame_join((const char *const[]){"Limits at 95% and 99.8%", OVERDISPERSIONS[self->areas->overdispersion], spread, cut,
                                               unnamed, without, NULL});
}

/* What the plot must hold: every area, the limits of the largest, and those of the smallest where they are not wider than all that
 * by more than half. */
static void extent_of(const WmFunnel *self, WmNumberSide *x, WmNumberSide *y)
{
    const double benchmark = self->theta * self->per;
    double low = benchmark, high = benchmark;
    for (guint i = 0; i < self->placed->len; i++) {
        low = fmin(low, wm_funnel_area(self, i)->area->value);
        high = fmax(high, wm_funnel_area(self, i)->area->value);
    }
    if (self->placed->len) {
        const WmInterval narrowest =
            wm_funnel_limits_at(self, wm_funnel_area(self, self->placed->len - 1)->area->denominator, WM_FUNNEL_OUTER);
        low = fmin(low, narrowest.low);
        high = fmax(high, narrowest.high);
        const double room = 0.5 * (high - low);
        const WmInterval widest = wm_funnel_limits_at(self, wm_funnel_area(self, 0)->area->denominator, WM_FUNNEL_OUTER);
        low = fmin(low, fmax(widest.low, low - room));
        high = fmax(high, fmin(widest.high, high + room));
        x->high = wm_funnel_area(self, self->placed->len - 1)->area->denominator;
    }
    y->low = low;
    y->high = high;
}

static double gutter_of(WmCanvas *canvas, const WmChartStyle *style, const WmFunnel *self)
{
    char value[WM_VALUE_TEXT];
    wm_areas_value(self->areas, self->theta * self->per, value);
    const char *const texts[] = {benchmark_name(self->areas), value, LEVEL_NAMES[WM_FUNNEL_OUTER]};
    double width = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        width = fmax(width, wm_text_width(wm_canvas_typeset(canvas), texts[i], &style->label));
    return style->detail == WM_DETAIL_SPARK ? 0 : width + style->em * NAME_GAP_EM;
}

/* Without counts there is no place in a funnel: no axes then, which would be made up. */
static void say_why_empty(WmCanvas *canvas, const WmChartStyle *style, const WmAreas *areas, WmRect room)
{
    g_autofree char *without = wm_areas_without_note(areas->n_areas, "a numerator and a denominator");
    g_autofree char *notes =
        wm_frame_join((const char *const[]){without, areas->n_areas ? "A ranking shows their figures" : "", NULL});
    wm_frame_notes(canvas, style, room, notes);
}

/* What its marks mean. New array of WmKeyEntry. */
static GArray *key_of(const WmFunnel *self)
{
    WmAreasDrawn drawn = {0};
    for (guint i = 0; i < self->placed->len; i++) {
        const int side = wm_funnel_area(self, i)->side;
        const WmEffect effect = wm_areas_effect(self->areas, side);
        drawn.has_solid[effect] |= abs(side) == 2;
        drawn.has_hollow[effect] |= abs(side) == 1;
    }
    return wm_areas_key(&drawn);
}

void wm_funnel_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmAreas *areas = data;
    g_auto(WmFunnel) funnel = wm_funnel_of(areas);
    g_auto(GStrv) findings = wm_funnel_wordings(&funnel);
    const WmRect room = wm_areas_header(canvas, style, areas, findings);
    if (funnel.placed->len == 0) {
        say_why_empty(canvas, style, areas, room);
        return;
    }
    WmNumberSide x = {"Cases behind the figure", {.kind = WM_KIND_COUNT, .low = 0, .high = nan("")}, "", 0, 1},
                 y = {"", areas->measure, areas->measure_unit, 0, 0};
    extent_of(&funnel, &x, &y);

    g_autoptr(GArray) key = key_of(&funnel);
    WmRect plot_room = room;
    plot_room.height -= style->detail == WM_DETAIL_SPARK ? 0 : wm_frame_row_height(style);
    plot_room = wm_frame_key_at_foot(canvas, style, plot_room, key);
    plot_room.y += style->detail == WM_DETAIL_FULL ? style->em * 0.6 : 0;
    plot_room.height -= style->detail == WM_DETAIL_FULL ? style->em * 0.6 : 0;
    plot_room.width -= fmin(gutter_of(canvas, style, &funnel), room.width * 0.25);
    const WmPlot plot = wm_axes_lay_out(canvas, style, plot_room, &x, &y);
    g_autoptr(WmLabeller) labeller = wm_labeller_new(canvas, plot.area);
    const View view = {&funnel, canvas, style, wm_spc_colours(style->palette), plot, labeller};
    wm_axes_draw_sides(canvas, style, &plot, &x, &y);
    draw_limits(&view);
    draw_areas(&view);
    const Named named = label_areas(&view);
    label_lines(&view);
    g_autofree char *notes = notes_of(&funnel, &plot, &named);
    wm_frame_notes(canvas, style, room, notes);
}

GBytes *wm_chart_funnel(const WmAreas *areas, const WmChartOptions *options, GError **error)
{
    g_auto(WmFunnel) funnel = wm_funnel_of(areas);
    g_auto(GStrv) titles = wm_funnel_wordings(&funnel);
    g_autofree char *description = wm_chart_funnel_alt(areas);
    return wm_drawing_write(&(WmDrawing){titles[0], description, areas->as_at, wm_funnel_draw, areas}, options, error);
}

static GBytes *write(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_funnel(data, options, error);
}

WM_CHART_KIND(50, funnel) = {
    .name = "funnel",
    .summary = "areas of one indicator against their denominators, with the limits of chance at 95 and 99.8%",
    .scope = WM_SCOPE_INDICATOR,
    .gather = wm_areas_gather,
    .release = wm_areas_release,
    .draw = wm_funnel_draw,
    .write = write,
};
