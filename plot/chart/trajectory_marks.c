/* The marks of the trajectory chart: each meaning has its own form. */
#include <math.h>

#include "plot/chart/trajectory_parts.h"

#define LINE_PX 1.4

double wm_milestone_radius(const WmChartStyle *style)
{
    return style->em * (style->detail == WM_DETAIL_SPARK ? 0.42 : 0.56);
}

void wm_mark_reading(WmCanvas *canvas, const WmChartStyle *style, WmPoint at, double radius, bool is_provisional)
{
    const WmColour colour = wm_opaque(style->palette->reading), page = wm_opaque(style->palette->page);
    const double edge = fmin(LINE_PX, radius * 0.5);
    if (is_provisional)
        wm_canvas_circle(canvas, at, radius, &(WmPaint){.fill = page, .stroke = colour, .width_px = edge});
    else
        wm_canvas_circle(canvas, at, radius, &(WmPaint){.fill = colour, .stroke = page, .width_px = edge * 0.7});
}

/* What was published before: a small grey dot, its thread leading to what is published now. */
void wm_mark_former(WmCanvas *canvas, const WmChartStyle *style, WmPoint at, double radius)
{
    wm_canvas_circle(canvas, at, radius * 0.7, &(WmPaint){.fill = wm_opaque(style->palette->axis)});
}

/* A period without a figure: a cross on the foot line. */
void wm_mark_absent(WmCanvas *canvas, const WmChartStyle *style, WmPoint foot)
{
    const WmPaint paint = {.stroke = wm_opaque(style->palette->muted), .width_px = LINE_PX};
    const double half = style->em * 0.22, y = foot.y - style->em * 0.5;
    wm_canvas_segment(canvas, (WmPoint){foot.x - half, y - half}, (WmPoint){foot.x + half, y + half}, &paint);
    wm_canvas_segment(canvas, (WmPoint){foot.x - half, y + half}, (WmPoint){foot.x + half, y - half}, &paint);
}

static void draw_tick(WmCanvas *canvas, WmPoint at, double r, const WmPaint *paint)
{
    const WmPoint tick[] = {
        {at.x - 0.38 * r, at.y + 0.02 * r}, {at.x - 0.1 * r, at.y + 0.32 * r}, {at.x + 0.4 * r, at.y - 0.3 * r}};
    wm_canvas_line(canvas, tick, G_N_ELEMENTS(tick), paint);
}

static void draw_cross(WmCanvas *canvas, WmPoint at, double r, const WmPaint *paint)
{
    const double half = 0.28 * r;
    wm_canvas_segment(canvas, (WmPoint){at.x - half, at.y - half}, (WmPoint){at.x + half, at.y + half}, paint);
    wm_canvas_segment(canvas, (WmPoint){at.x - half, at.y + half}, (WmPoint){at.x + half, at.y - half}, paint);
}

static void draw_dot(WmCanvas *canvas, WmPoint at, double r, const WmPaint *paint)
{
    wm_canvas_circle(canvas, at, 0.22 * r, &(WmPaint){.fill = paint->stroke});
}

/* How an outcome looks: a solid diamond is done with; an open one is not. */
static const struct {
    bool is_solid;
    void (*draw)(WmCanvas *, WmPoint, double radius, const WmPaint *);
} MILESTONES[] = {
    [WM_MILESTONE_AHEAD] = {false, NULL},          [WM_MILESTONE_PENDING] = {false, draw_dot},
    [WM_MILESTONE_MET] = {true, draw_tick},        [WM_MILESTONE_MISSED] = {false, draw_cross},
    [WM_MILESTONE_RECOVERED] = {false, draw_tick},
};

void wm_mark_milestone(WmCanvas *canvas, const WmChartStyle *style, WmPoint at, double radius, WmMilestoneState state)
{
    const WmColour plan = wm_opaque(style->palette->plan), page = wm_opaque(style->palette->page);
    const bool is_solid = MILESTONES[state].is_solid;
    const WmPoint diamond[] = {{at.x, at.y - radius}, {at.x + radius, at.y}, {at.x, at.y + radius}, {at.x - radius, at.y}};
    wm_canvas_polygon(canvas, diamond, G_N_ELEMENTS(diamond),
                      &(WmPaint){.fill = is_solid ? plan : page, .stroke = plan, .width_px = LINE_PX});
    if (MILESTONES[state].draw && style->detail != WM_DETAIL_SPARK)
        MILESTONES[state].draw(canvas, at, radius, &(WmPaint){.stroke = is_solid ? page : plan, .width_px = LINE_PX});
}

/* An open square; an inequality has an arrow to the side on which the true value lies. */
WmRect wm_mark_baseline(WmCanvas *canvas, const WmChartStyle *style, WmPoint at, double radius, WmBaselineQualifier qualifier)
{
    const WmPaint paint = {.fill = wm_opaque(style->palette->page), .stroke = wm_opaque(style->palette->plan), .width_px = LINE_PX};
    const WmRect square = {at.x - radius, at.y - radius, 2 * radius, 2 * radius};
    wm_canvas_rect(canvas, square, 0, &paint);
    const int way = qualifier == WM_BASELINE_LESS_THAN ? 1 : qualifier == WM_BASELINE_GREATER_THAN ? -1 : 0;
    if (way == 0 || style->detail == WM_DETAIL_SPARK)
        return square;
    const double tip = at.y + way * radius * 3.4, wing = radius * 0.7;
    const WmPaint line = {.stroke = paint.stroke, .width_px = LINE_PX};
    wm_canvas_segment(canvas, (WmPoint){at.x, at.y + way * radius}, (WmPoint){at.x, tip}, &line);
    wm_canvas_line(canvas, (const WmPoint[]){{at.x - wing, tip - way * wing}, {at.x, tip}, {at.x + wing, tip - way * wing}}, 3,
                   &line);
    return (WmRect){square.x, fmin(square.y, tip), square.width,
                    square.y + square.height - fmin(square.y, tip) + fmax(0, tip - square.y - square.height)};
}
