/* One matrix of the risk chart: its cells, the numbers in them, and the names of its levels. */
#include "plot/chart/risk_parts.h"

#include <math.h>

const char *wm_risk_level_name(int scale, int level)
{
    static const char *const THREE[] = {"Low", "Medium", "High"};
    static const char *const FIVE[] = {"Very low", "Low", "Medium", "High", "Very high"};
    return scale == 3 ? THREE[level - 1] : FIVE[level - 1];
}

const WmRiskScore *wm_risk_score_at(const WmRiskEntry *risk, WmRiskTime time)
{
    return time == WM_RISK_BEFORE ? &risk->before : &risk->after;
}

bool wm_risk_is_scored(const WmRiskEntry *risk, WmRiskTime time)
{
    return wm_risk_score_at(risk, time)->band != WM_RISK_UNSCORED;
}

static WmRect cell_at(const WmRiskView *view, WmRect grid, int l, int i)
{
    const double n = view->risks->scale, width = grid.width / n, height = grid.height / n;
    return (WmRect){grid.x + (i - 1) * width, grid.y + (n - l) * height, width, height};
}

uint32_t wm_risk_shade(const WmPalette *palette, WmRiskBand band)
{
    return band <= WM_RISK_LOW        ? palette->fan[0]
           : band == WM_RISK_MODERATE ? palette->fan[1]
           : band == WM_RISK_HIGH     ? palette->fan[2]
                                      : wm_blend(palette->fan_edge, 0.35, palette->fan[2]);
}

static void draw_cells(const WmRiskView *view, WmRect grid)
{
    const int n = view->risks->scale;
    for (int l = 1; l <= n; l++)
        for (int i = 1; i <= n; i++) {
            const uint32_t fill = wm_risk_shade(view->style->palette, wm_risk_score(l, i, n).band);
            wm_canvas_rect(view->canvas, wm_rect_grow(cell_at(view, grid, l, i), -1), 2, &(WmPaint){.fill = wm_opaque(fill)});
        }
}

static bool is_in(const WmRiskEntry *risk, WmRiskTime time, int l, int i)
{
    return wm_risk_is_scored(risk, time) && wm_risk_score_at(risk, time)->likelihood == l &&
           wm_risk_score_at(risk, time)->impact == i;
}

static size_t n_in(const WmRiskView *view, WmRiskTime time, int l, int i)
{
    size_t n = 0;
    for (size_t k = 0; k < view->risks->n_risks; k++)
        n += is_in(&view->risks->risks[k], time, l, i);
    return n;
}

/* How a cell's numbers stand: in rows of `columns` discs. */
typedef struct {
    double disc; /* its diameter */
    size_t columns, rows;
} Rows;

/* The largest discs with which all fit, down to the smallest that can be read; `rows` 0 when they do not. */
static Rows rows_for(const WmChartStyle *style, WmRect cell, size_t n)
{
    for (double disc = fmin(style->em * 1.7, fmin(cell.width, cell.height) * 0.8); disc >= fmax(style->em * 1.1, 8); disc *= 0.93) {
        const size_t most = (size_t)fmax(1, floor(cell.width * 0.9 / disc)), rows = (n + most - 1) / most;
        if ((double)rows * disc <= cell.height - 2)
            return (Rows){disc, (n + rows - 1) / rows, rows}; /* rows of like length */
    }
    return (Rows){0, 0, 0};
}

#define SMALLEST_PX 7.0 /* to which a count is set to keep its word */

static void draw_count(const WmRiskView *view, WmRect cell, size_t n)
{
    WmTextStyle text = {view->style->em * 0.92, true, wm_opaque(view->style->palette->ink), {0, 0}};
    g_autofree char *count = g_strdup_printf("%zu", n), *risks = g_strdup_printf("%zu risk%s", n, n == 1 ? "" : "s");
    const double share = (cell.width - 3) / wm_text_width(wm_canvas_typeset(view->canvas), "99 risks", &text);
    const bool has_room = share >= 1 || share * text.size_px >= SMALLEST_PX; /* a number alone is read as that risk */
    if (has_room)
        text.size_px *= fmin(1, share);
    if (cell.height > text.size_px)
        wm_canvas_text(view->canvas, (WmPoint){cell.x + cell.width / 2, cell.y + cell.height / 2 + text.size_px * 0.35},
                       WM_ANCHOR_MIDDLE, has_room ? risks : count, &text);
}

/* Numbers of the risks in a cell, in rows; where they do not fit, their count. */
static void draw_numbers(const WmRiskView *view, WmRiskTime time, WmRect cell, int l, int i)
{
    const size_t n = n_in(view, time, l, i);
    if (n == 0)
        return;
    const Rows rows = rows_for(view->style, cell, n);
    if (rows.rows == 0) {
        draw_count(view, cell, n);
        return;
    }
    const WmTextStyle text = {rows.disc * 0.52, true, wm_opaque(view->style->palette->page), {0, 0}};
    const WmPaint paint = {
        .fill = wm_opaque(view->style->palette->reading), .stroke = wm_opaque(view->style->palette->page), .width_px = 1};
    const double left = cell.x + (cell.width - rows.disc * (double)rows.columns) / 2,
                 top = cell.y + (cell.height - rows.disc * (double)rows.rows) / 2;
    size_t placed = 0;
    for (size_t k = 0; k < view->risks->n_risks; k++) {
        if (!is_in(&view->risks->risks[k], time, l, i))
            continue;
        const WmPoint at = {left + ((double)(placed % rows.columns) + 0.5) * rows.disc,
                            top + ((double)(placed / rows.columns) + 0.5) * rows.disc};
        g_autofree char *number = g_strdup_printf("%zu", k + 1);
        wm_canvas_circle(view->canvas, at, rows.disc * 0.46, &paint);
        wm_canvas_text(view->canvas, (WmPoint){at.x, at.y + text.size_px * 0.36}, WM_ANCHOR_MIDDLE, number, &text);
        placed++;
    }
}

#define MAX_LEVEL_LINES 2 /* "Very" above "high" where a cell is narrow */

static GStrv impact_name(const WmRiskView *view, int level, double width)
{
    return wm_text_wrap(wm_canvas_typeset(view->canvas), wm_risk_level_name(view->risks->scale, level), &view->style->axis,
                        width + 3, MAX_LEVEL_LINES);
}

size_t wm_risk_impact_lines(const WmRiskView *view, double width)
{
    size_t most = 1;
    for (int k = 1; k <= view->risks->scale; k++) {
        g_auto(GStrv) lines = impact_name(view, k, width);
        most = MAX(most, g_strv_length(lines));
    }
    return most;
}

/* Names of the levels: impact below; likelihood on the left of the first matrix. */
static void draw_levels(const WmRiskView *view, WmRect grid, bool has_left)
{
    const WmChartStyle *style = view->style;
    for (int k = 1; k <= view->risks->scale; k++) {
        const WmRect below = cell_at(view, grid, 1, k), left = cell_at(view, grid, k, 1);
        g_auto(GStrv) impact = impact_name(view, k, below.width);
        double y = grid.y + grid.height;
        for (char **line = impact; *line; line++)
            wm_canvas_text(view->canvas, (WmPoint){below.x + below.width / 2, y += style->axis.size_px * WM_RISK_LEVEL_LEADING},
                           WM_ANCHOR_MIDDLE, *line, &style->axis);
        if (has_left && left.height > style->axis.size_px)
            wm_canvas_text(view->canvas, (WmPoint){grid.x - style->em * 0.5, left.y + left.height / 2 + style->axis.size_px * 0.35},
                           WM_ANCHOR_END, wm_risk_level_name(view->risks->scale, k), &style->axis);
    }
}

void wm_risk_draw_matrix(const WmRiskView *view, WmRiskTime time, WmRect grid, bool has_levels)
{
    draw_cells(view, grid);
    for (int l = 1; l <= view->risks->scale; l++)
        for (int i = 1; i <= view->risks->scale; i++)
            draw_numbers(view, time, cell_at(view, grid, l, i), l, i);
    if (has_levels)
        draw_levels(view, grid, time == WM_RISK_BEFORE);
}
