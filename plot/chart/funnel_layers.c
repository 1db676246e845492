/* The marks of the funnel: the limits of chance, and the areas. */
#include <math.h>
#include <stdlib.h>

#include "plot/chart/funnel_parts.h"

#define N_STEPS 72 /* of a limit's curve, denser where it bends: at few cases; between whole cases there is none */

static size_t curve(const WmFunnelView *view, int level, bool is_high, WmPoint points[N_STEPS + 1])
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

void wm_funnel_draw_limits(const WmFunnelView *view)
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

WmPoint wm_funnel_point(const WmFunnelView *view, const WmPlacedArea *placed)
{
    return wm_plot_point(&view->plot, placed->area->denominator, placed->area->value);
}

double wm_funnel_radius(const WmFunnelView *view)
{
    const double n = (double)MAX(view->funnel->placed->len, 1);
    return view->style->em * fmax(0.2, fmin(0.36, 3.2 / sqrt(n)));
}

/* Areas within the limits first, so that none hides one beyond them; the one picked out last, in a ring. */
void wm_funnel_draw_areas(const WmFunnelView *view)
{
    const double radius = wm_funnel_radius(view);
    for (int distance = 0; distance <= 2; distance++)
        for (guint i = 0; i < view->funnel->placed->len; i++) {
            const WmPlacedArea *placed = wm_funnel_area(view->funnel, i);
            if (abs(placed->side) != distance)
                continue;
            const WmPoint at = wm_funnel_point(view, placed);
            const WmEffect effect = wm_areas_effect(view->funnel->areas, placed->side);
            wm_spc_mark(view->canvas, view->style, view->colours, at, radius, effect, distance == 1 ? WM_SPC_HOLLOW : WM_SPC_SOLID);
            wm_labeller_add_rect(view->labeller, wm_rect_grow((WmRect){at.x, at.y, 0, 0}, radius * 1.2), WM_INK_NAMED);
        }
    const WmPlacedArea *focus = wm_funnel_focus(view->funnel);
    if (focus)
        wm_canvas_circle(view->canvas, wm_funnel_point(view, focus), radius * 2.1,
                         &(WmPaint){.stroke = wm_opaque(view->style->palette->ink), .width_px = view->style->em * 0.13});
}
