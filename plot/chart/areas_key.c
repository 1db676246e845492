/* The key of the charts of areas: what each form of mark says, so that no colour has to. */
#include "plot/chart/areas.h"

static void swatch_mark(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch, WmEffect effect, WmSpcFilling filling)
{
    const WmPoint middle = {swatch.x + swatch.width / 2, swatch.y + swatch.height / 2};
    wm_spc_mark(canvas, style, wm_spc_colours(style->palette), middle, style->em * 0.3, effect, filling);
}

static void draw_better(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    swatch_mark(canvas, style, swatch, WM_EFFECT_IMPROVEMENT, WM_SPC_SOLID);
}

static void draw_worse(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    swatch_mark(canvas, style, swatch, WM_EFFECT_CONCERN, WM_SPC_SOLID);
}

static void draw_different(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    swatch_mark(canvas, style, swatch, WM_EFFECT_NEUTRAL_HIGH, WM_SPC_SOLID);
}

static void draw_rather_better(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    swatch_mark(canvas, style, swatch, WM_EFFECT_IMPROVEMENT, WM_SPC_HOLLOW);
}

static void draw_rather_worse(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    swatch_mark(canvas, style, swatch, WM_EFFECT_CONCERN, WM_SPC_HOLLOW);
}

static void draw_rather_different(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    swatch_mark(canvas, style, swatch, WM_EFFECT_NEUTRAL_HIGH, WM_SPC_HOLLOW);
}

static void draw_interval(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    const double y = swatch.y + swatch.height / 2;
    const WmColour colour = wm_opaque(wm_spc_colours(style->palette)->effect[WM_EFFECT_COMMON]);
    wm_canvas_segment(canvas, (WmPoint){swatch.x, y}, (WmPoint){swatch.x + swatch.width, y},
                      &(WmPaint){.stroke = colour, .width_px = style->em * 0.12});
    swatch_mark(canvas, style, swatch, WM_EFFECT_COMMON, WM_SPC_SOLID);
}

GArray *wm_areas_key(const WmAreasDrawn *drawn)
{
    const bool *solid = drawn->has_solid, *hollow = drawn->has_hollow;
    const struct {
        bool is_shown;
        WmKeyEntry entry;
    } rows[] = {
        {drawn->has_intervals, {draw_interval, "Figure and its 95% interval"}},
        {solid[WM_EFFECT_IMPROVEMENT], {draw_better, "Better than chance allows"}},
        {hollow[WM_EFFECT_IMPROVEMENT], {draw_rather_better, "Better, between the limits"}},
        {solid[WM_EFFECT_CONCERN], {draw_worse, "Worse than chance allows"}},
        {hollow[WM_EFFECT_CONCERN], {draw_rather_worse, "Worse, between the limits"}},
        {solid[WM_EFFECT_NEUTRAL_HIGH] || solid[WM_EFFECT_NEUTRAL_LOW], {draw_different, "Beyond what chance allows"}},
        {hollow[WM_EFFECT_NEUTRAL_HIGH] || hollow[WM_EFFECT_NEUTRAL_LOW], {draw_rather_different, "Between the limits"}},
    };
    GArray *key = g_array_new(FALSE, FALSE, sizeof(WmKeyEntry));
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].is_shown)
            g_array_append_val(key, rows[i].entry);
    return key;
}
