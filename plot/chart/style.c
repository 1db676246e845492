/* Type and room for a chart of a given size. */
#include "plot/chart/style.h"

#include <math.h>

#define BODY_PX     12.5 /* at 960 x 540 */
#define SMALLEST_PX 7.5
#define LARGEST_PX  20.0

static WmDetail detail_of(int width_px, int height_px)
{
    if (width_px < 300 || height_px < 170)
        return WM_DETAIL_SPARK;
    return width_px < 560 || height_px < 320 ? WM_DETAIL_COMPACT : WM_DETAIL_FULL;
}

/* A whole or half pixel, so that the SVG says the size it was measured at. */
static double half_px(double size)
{
    return round(size * 2) / 2;
}

WmChartStyle wm_chart_style(int width_px, int height_px, WmThemeName name)
{
    const WmPalette *palette = wm_palette(name);
    const WmColour ink = wm_opaque(palette->ink), muted = wm_opaque(palette->muted), halo = wm_faded(palette->page, 0.85);
    const double share = fmin(width_px / 960.0, height_px / 540.0);
    const double em = half_px(fmin(fmax(BODY_PX * cbrt(share), SMALLEST_PX), LARGEST_PX));
    const WmDetail detail = detail_of(width_px, height_px);
    const double title = detail == WM_DETAIL_FULL ? 1.65 : detail == WM_DETAIL_COMPACT ? 1.4 : 1.1;
    return (WmChartStyle){
        .palette = palette,
        .detail = detail,
        .em = em,
        .margin = em * (detail == WM_DETAIL_FULL      ? 1.5
                        : detail == WM_DETAIL_COMPACT ? 1
                                                      : 0.7),
        .title = {half_px(em * title), true, ink, {0, 0}},
        .subtitle = {em, false, muted, {0, 0}},
        .strong = {em, true, ink, halo},
        .label = {half_px(em * 0.96), false, ink, halo},
        .axis = {half_px(em * 0.92), false, muted, {0, 0}},
        .note = {half_px(em * 0.88), false, muted, {0, 0}},
    };
}

WmTextStyle wm_text_in(WmTextStyle style, uint32_t rgb)
{
    style.colour = wm_opaque(rgb);
    return style;
}
