/* The key of the charts of areas: what each form of mark says, so that no colour has to. */
#include "plot/chart/areas.h"

static void draw_rather_better(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_spc_swatch(canvas, style, swatch, WM_EFFECT_IMPROVEMENT, WM_SPC_HOLLOW);
}

static void draw_rather_worse(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_spc_swatch(canvas, style, swatch, WM_EFFECT_CONCERN, WM_SPC_HOLLOW);
}

static void draw_rather_different(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_spc_swatch(canvas, style, swatch, WM_EFFECT_NEUTRAL_HIGH, WM_SPC_HOLLOW);
}

GArray *wm_areas_key(const WmAreasDrawn *drawn)
{
    const bool *solid = drawn->has_solid, *hollow = drawn->has_hollow;
    const WmKeyRow rows[] = {
        {drawn->has_intervals, {wm_spc_swatch_reading, "Figure and its 95% interval"}},
        {solid[WM_EFFECT_IMPROVEMENT], {wm_spc_swatch_improvement, "Better than chance allows"}},
        {hollow[WM_EFFECT_IMPROVEMENT], {draw_rather_better, "Better, between the limits"}},
        {solid[WM_EFFECT_CONCERN], {wm_spc_swatch_concern, "Worse than chance allows"}},
        {hollow[WM_EFFECT_CONCERN], {draw_rather_worse, "Worse, between the limits"}},
        {solid[WM_EFFECT_NEUTRAL_HIGH] || solid[WM_EFFECT_NEUTRAL_LOW], {wm_spc_swatch_neutral, "Beyond what chance allows"}},
        {hollow[WM_EFFECT_NEUTRAL_HIGH] || hollow[WM_EFFECT_NEUTRAL_LOW], {draw_rather_different, "Between the limits"}},
    };
    return wm_frame_key_of(rows, G_N_ELEMENTS(rows));
}
