/* The funnel: does an area differ by more than chance, given how many cases its figure is made of? */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plot/chart/charts.h"
#include "plot/chart/funnel_parts.h"

#define MUCH_MORE 2 /* times the variance of chance: from here on the limits' reader is told */

/* "Areas vary 14 times as much as chance lets them"; "" where they hardly do, or where the limits allow for it. New. */
static char *spread_note(const WmFunnel *self)
{
    if (self->areas->overdispersion != WM_OVERDISPERSION_NONE || !(self->spread.phi >= MUCH_MORE))
        return g_strdup("");
    return g_strdup_printf("Variance between areas %.0f times that of chance", self->spread.phi);
}

static char *notes_of(const WmFunnel *self, const WmPlot *plot, const WmFunnelNamed *named)
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
    plot_room.width -= fmin(wm_funnel_gutter(canvas, style, &funnel), room.width * 0.25);
    const WmPlot plot = wm_axes_lay_out(canvas, style, plot_room, &x, &y);
    g_autoptr(WmLabeller) labeller = wm_labeller_new(canvas, plot.area);
    const WmFunnelView view = {&funnel, canvas, style, wm_spc_colours(style->palette), plot, labeller};
    wm_axes_draw_sides(canvas, style, &plot, &x, &y);
    wm_funnel_draw_limits(&view);
    wm_funnel_draw_areas(&view);
    const WmFunnelNamed named = wm_funnel_label_areas(&view);
    wm_funnel_label_lines(&view);
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
