/* The key of the control chart, and the marks in keys of every chart that tells better from worse. */
#include <math.h>

#include "plot/chart/spc_chart_parts.h"

static WmPoint middle_of(WmRect swatch)
{
    return (WmPoint){swatch.x + swatch.width / 2, swatch.y + swatch.height / 2};
}

void wm_spc_swatch(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch, WmEffect effect, WmSpcFilling filling)
{
    wm_spc_mark(canvas, style, wm_spc_colours(style->palette), middle_of(swatch), style->em * 0.3, effect, filling);
}

void wm_spc_swatch_reading(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    const double y = middle_of(swatch).y;
    wm_canvas_segment(
        canvas, (WmPoint){swatch.x, y}, (WmPoint){swatch.x + swatch.width, y},
        &(WmPaint){.stroke = wm_opaque(wm_spc_colours(style->palette)->effect[WM_EFFECT_COMMON]), .width_px = style->em * 0.11});
    wm_spc_swatch(canvas, style, swatch, WM_EFFECT_COMMON, WM_SPC_SOLID);
}

void wm_spc_swatch_improvement(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_spc_swatch(canvas, style, swatch, WM_EFFECT_IMPROVEMENT, WM_SPC_SOLID);
}

void wm_spc_swatch_concern(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_spc_swatch(canvas, style, swatch, WM_EFFECT_CONCERN, WM_SPC_SOLID);
}

void wm_spc_swatch_neutral(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_spc_swatch(canvas, style, swatch, WM_EFFECT_NEUTRAL_HIGH, WM_SPC_SOLID);
}

static void draw_excluded(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_spc_swatch(canvas, style, swatch, WM_EFFECT_COMMON, WM_SPC_CROSSED);
}

static void draw_provisional(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_spc_swatch(canvas, style, swatch, WM_EFFECT_COMMON, WM_SPC_HOLLOW);
}

static void draw_former(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_mark_former(canvas, style, middle_of(swatch), style->em * 0.3);
}

static void draw_absent(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_mark_absent(canvas, style, (WmPoint){middle_of(swatch).x, middle_of(swatch).y + style->em * 0.5});
}

/* What is drawn, and so needs a name. */
typedef struct {
    bool has_effect[WM_N_EFFECTS], has_excluded, has_provisional, has_absent, has_former;
} Drawn;

static Drawn drawn_of(const WmSeries *series, const WmSpc *spc)
{
    Drawn d = {0};
    for (size_t i = 0; i < spc->n_points; i++) {
        const WmSpcVerdict *v = &spc->points[i];
        const bool has_value = isfinite(v->value);
        d.has_effect[v->effect] = d.has_effect[v->effect] || has_value;
        d.has_excluded = d.has_excluded || (has_value && v->is_excluded);
        d.has_provisional = d.has_provisional || (has_value && series->readings[i].state == WM_PROVISIONAL);
        d.has_absent = d.has_absent || !isfinite(series->readings[i].value) ||
                       (i > 0 && wm_is_gap(series, &series->readings[i - 1], &series->readings[i]));
    }
    for (size_t i = 0; i < series->n_revisions; i++)
        d.has_former = d.has_former || isfinite(series->revisions[i].was);
    return d;
}

GArray *wm_spc_key(const WmSeries *series, const WmSpc *spc)
{
    const Drawn d = drawn_of(series, spc);
    const WmKeyRow rows[] = {
        {spc->i_last != SIZE_MAX, {wm_spc_swatch_reading, "Reading"}},
        {d.has_effect[WM_EFFECT_IMPROVEMENT], {wm_spc_swatch_improvement, "Signal of improvement"}},
        {d.has_effect[WM_EFFECT_CONCERN], {wm_spc_swatch_concern, "Signal of concern"}},
        {d.has_effect[WM_EFFECT_NEUTRAL_HIGH] || d.has_effect[WM_EFFECT_NEUTRAL_LOW], {wm_spc_swatch_neutral, "Signal"}},
        {d.has_provisional, {draw_provisional, "Provisional"}},
        {d.has_excluded, {draw_excluded, "Left out of the limits"}},
        {d.has_former, {draw_former, "Before revision"}},
        {d.has_absent, {draw_absent, "No figure published"}},
    };
    return wm_frame_key_of(rows, G_N_ELEMENTS(rows));
}
