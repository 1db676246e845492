/* The key of the trajectory chart: only what is in it and is not named beside its mark. */
#include <math.h>

#include "plot/chart/trajectory_parts.h"

static WmPoint middle(WmRect swatch)
{
    return (WmPoint){swatch.x + swatch.width / 2, swatch.y + swatch.height / 2};
}

static void swatch_line(WmCanvas *canvas, WmRect swatch, const WmPaint *paint)
{
    const double y = middle(swatch).y;
    wm_canvas_segment(canvas, (WmPoint){swatch.x, y}, (WmPoint){swatch.x + swatch.width, y}, paint);
}

static void draw_reading(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    swatch_line(canvas, swatch, &(WmPaint){.stroke = wm_opaque(style->palette->reading), .width_px = style->em * 0.14});
    wm_mark_reading(canvas, style, middle(swatch), style->em * 0.3, false);
}

static void draw_provisional(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_mark_reading(canvas, style, middle(swatch), style->em * 0.3, true);
}

static void draw_former(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_mark_former(canvas, style, middle(swatch), style->em * 0.3);
}

static void draw_absent(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_mark_absent(canvas, style, (WmPoint){middle(swatch).x, middle(swatch).y + style->em * 0.5});
}

static void draw_path(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    swatch_line(canvas, swatch, &(WmPaint){.stroke = wm_opaque(style->palette->plan), .width_px = style->em * 0.13});
}

static void draw_off_plan(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_canvas_rect(
        canvas, wm_rect_grow(swatch, 1), 0,
        &(WmPaint){.fill = wm_opaque(style->palette->off_plan), .stroke = wm_opaque(style->palette->axis), .width_px = 0.75});
}

static void draw_fit(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    swatch_line(canvas, swatch, &(WmPaint){.stroke = wm_faded(style->palette->reading, 0.45), .width_px = style->em * 0.1});
}

static void draw_fan(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    const WmRect box = wm_rect_grow(swatch, 1);
    static const double HEIGHTS[WM_FAN_BANDS] = {1, 0.68, 0.36};
    for (size_t band = 0; band < WM_FAN_BANDS; band++) {
        const double height = box.height * HEIGHTS[band];
        wm_canvas_rect(canvas, (WmRect){box.x, box.y + (box.height - height) / 2, box.width, height}, 0,
                       &(WmPaint){.fill = wm_opaque(style->palette->fan[band]),
                                  .stroke = wm_opaque(style->palette->fan_edge),
                                  .width_px = band == 0 ? 0.75 : 0});
    }
    swatch_line(canvas, swatch,
                &(WmPaint){.stroke = wm_opaque(style->palette->reading), .width_px = style->em * 0.11, .dash = WM_DASH_FINE});
}

static bool has_state(const WmSeries *series, WmReadingState state)
{
    for (size_t i = 0; i < series->n_readings; i++)
        if (series->readings[i].state == state)
            return true;
    return false;
}

static bool has_former_value(const WmSeries *series)
{
    for (size_t i = 0; i < series->n_revisions; i++)
        if (isfinite(series->revisions[i].was))
            return true;
    return false;
}

/* A reading without a value, or a period between two readings that has none. */
static bool has_absent(const WmSeries *series)
{
    for (size_t i = 0; i < series->n_readings; i++)
        if (!isfinite(series->readings[i].value) || (i > 0 && wm_is_gap(series, &series->readings[i - 1], &series->readings[i])))
            return true;
    return false;
}

GArray *wm_trajectory_key(const WmSeries *series, const WmFan *fan, WmUnnamed unnamed)
{
    const WmTrend *trend = &series->assessment.trend; /* only a line is drawn through the readings */
    const bool is_fitted = trend->state == WM_TREND_FITTED && wm_trend_is_line(trend) && series->measure.kind != WM_KIND_YES_NO;
    const WmKeyRow rows[] = {
        {wm_series_latest(series) != NULL, {draw_reading, "Reading"}},
        {has_state(series, WM_PROVISIONAL), {draw_provisional, "Provisional"}},
        {fan->n_points > 1, {draw_fan, "Expected, with 50, 80 and 95% ranges"}},
        {has_former_value(series), {draw_former, "Before revision"}},
        {has_absent(series), {draw_absent, "No figure published"}},
        {unnamed.path && series->trajectory.n_waypoints > 1, {draw_path, "Required path"}},
        {unnamed.off_plan && series->trajectory.n_waypoints > 1, {draw_off_plan, "Off plan"}},
        {is_fitted, {draw_fit, "Trend"}},
    };
    return wm_frame_key_of(rows, G_N_ELEMENTS(rows));
}
