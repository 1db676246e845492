/* The risk matrix: likelihood by impact, before and after mitigation. */
#include <math.h>
#include <string.h>
#include <waymark/chart_plan.h>
#include <waymark/register.h>

#include "plot/chart/charts.h"
#include "plot/chart/frame.h"
#include "plot/chart/kinds.h"

typedef enum { BEFORE, AFTER, N_TIMES } Time;
static const char *const TIME_NAMES[N_TIMES] = {"Before mitigation", "After mitigation"};

/* Names of the levels, least first. */
static const char *level_name(int scale, int level)
{
    static const char *const THREE[] = {"Low", "Medium", "High"};
    static const char *const FIVE[] = {"Very low", "Low", "Medium", "High", "Very high"};
    return scale == 3 ? THREE[level - 1] : FIVE[level - 1];
}

static const WmRiskScore *score_of(const WmRiskEntry *risk, Time time)
{
    return time == BEFORE ? &risk->before : &risk->after;
}

static bool is_scored(const WmRiskEntry *risk, Time time)
{
    return score_of(risk, time)->band != WM_RISK_UNSCORED;
}

/* ---- words ---- */

/* High or worse. */
static size_t n_high(const WmRiskChart *risks, Time time)
{
    size_t n = 0;
    for (size_t i = 0; i < risks->n_risks; i++)
        n += score_of(&risks->risks[i], time)->band >= WM_RISK_HIGH;
    return n;
}

static GStrv wordings(const WmRiskChart *risks)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    const size_t n = risks->n_risks, before = n_high(risks, BEFORE), after = n_high(risks, AFTER);
    g_autofree char *full = g_strdup_printf("Mitigation takes %zu of %zu risk%s from high to lower: %zu high before, %zu after",
                                            before > after ? before - after : 0, n, n == 1 ? "" : "s", before, after);
    g_autofree char *brief = g_strdup_printf("%zu of %zu risk%s high, %zu after mitigation", before, n, n == 1 ? "" : "s", after);
    if (n == 0)
        g_strv_builder_add(builder, "No risks yet");
    else if (before > after)
        g_strv_builder_add(builder, full);
    if (n)
        g_strv_builder_add(builder, brief);
    return g_strv_builder_end(builder);
}

char *wm_chart_risk_matrix_alt(const WmRiskChart *risks)
{
    g_auto(GStrv) titles = wordings(risks);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "Risk matrix%s%s: %s.", *risks->title ? ", " : "", risks->title, titles[0]);
    for (size_t i = 0; i < risks->n_risks; i++) {
        const WmRiskEntry *risk = &risks->risks[i];
        g_string_append_printf(text, " %zu %s:", i + 1, risk->title);
        for (Time time = BEFORE; time < N_TIMES; time++)
            if (is_scored(risk, time))
                g_string_append_printf(text, "%s likelihood %s, impact %s", time ? "; after mitigation" : "",
                                       level_name(risks->scale, score_of(risk, time)->likelihood),
                                       level_name(risks->scale, score_of(risk, time)->impact));
            else
                g_string_append(text, time ? "; not scored after mitigation" : " not scored");
        g_string_append_c(text, '.');
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* ---- a matrix ---- */

typedef struct {
    WmCanvas *canvas;
    const WmChartStyle *style;
    const WmRiskChart *risks;
} View;

static WmRect cell_at(const View *view, WmRect grid, int l, int i)
{
    const double n = view->risks->scale, width = grid.width / n, height = grid.height / n;
    return (WmRect){grid.x + (i - 1) * width, grid.y + (n - l) * height, width, height};
}

/* Shades of one hue, a step a band: severity is read from the place as well. */
static uint32_t shade_of(const WmPalette *palette, WmRiskBand band)
{
    return band <= WM_RISK_LOW        ? palette->fan[0]
           : band == WM_RISK_MODERATE ? palette->fan[1]
           : band == WM_RISK_HIGH     ? palette->fan[2]
                                      : wm_blend(palette->fan_edge, 0.35, palette->fan[2]);
}

static void draw_cells(const View *view, WmRect grid)
{
    const int n = view->risks->scale;
    for (int l = 1; l <= n; l++)
        for (int i = 1; i <= n; i++) {
            const uint32_t fill = shade_of(view->style->palette, wm_risk_score(l, i, n).band);
            wm_canvas_rect(view->canvas, wm_rect_grow(cell_at(view, grid, l, i), -1), 2, &(WmPaint){.fill = wm_opaque(fill)});
        }
}

static bool is_in(const WmRiskEntry *risk, Time time, int l, int i)
{
    return is_scored(risk, time) && score_of(risk, time)->likelihood == l && score_of(risk, time)->impact == i;
}

static size_t n_in(const View *view, Time time, int l, int i)
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
        const size_t columns = (size_t)fmax(1, floor((cell.width - 2) / disc)), rows = (n + columns - 1) / columns;
        if ((double)rows * disc <= cell.height - 2)
            return (Rows){disc, MIN(columns, n), rows};
    }
    return (Rows){0, 0, 0};
}

static void draw_count(const View *view, WmRect cell, size_t n)
{
    const WmTextStyle text = {view->style->em * 0.92, true, wm_opaque(view->style->palette->ink), {0, 0}};
    g_autofree char *count = g_strdup_printf("%zu risk%s", n, n == 1 ? "" : "s");
    g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(view->canvas), count, &text, cell.width - 3);
    if (cell.height > text.size_px)
        wm_canvas_text(view->canvas, (WmPoint){cell.x + cell.width / 2, cell.y + cell.height / 2 + text.size_px * 0.35},
                       WM_ANCHOR_MIDDLE, fitted, &text);
}

/* Numbers of the risks in a cell, in rows; where they do not fit, their count. */
static void draw_numbers(const View *view, Time time, WmRect cell, int l, int i)
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

#define LEVEL_LEADING   1.1
#define MAX_LEVEL_LINES 2 /* "Very" above "high" where a cell is narrow */

static GStrv impact_name(const View *view, int level, double width)
{
    return wm_text_wrap(wm_canvas_typeset(view->canvas), level_name(view->risks->scale, level), &view->style->axis, width - 2,
                        MAX_LEVEL_LINES);
}

/* Lines that the names of the impacts take below cells of this width. */
static size_t n_impact_lines(const View *view, double width)
{
    size_t most = 1;
    for (int k = 1; k <= view->risks->scale; k++) {
        g_auto(GStrv) lines = impact_name(view, k, width);
        most = MAX(most, g_strv_length(lines));
    }
    return most;
}

/* Names of the levels: impact below; likelihood on the left of the first matrix. */
static void draw_levels(const View *view, WmRect grid, bool has_left)
{
    const WmChartStyle *style = view->style;
    for (int k = 1; k <= view->risks->scale; k++) {
        const WmRect below = cell_at(view, grid, 1, k), left = cell_at(view, grid, k, 1);
        g_auto(GStrv) impact = impact_name(view, k, below.width);
        double y = grid.y + grid.height;
        for (char **line = impact; *line; line++)
            wm_canvas_text(view->canvas, (WmPoint){below.x + below.width / 2, y += style->axis.size_px * LEVEL_LEADING},
                           WM_ANCHOR_MIDDLE, *line, &style->axis);
        if (has_left && left.height > style->axis.size_px)
            wm_canvas_text(view->canvas, (WmPoint){grid.x - style->em * 0.5, left.y + left.height / 2 + style->axis.size_px * 0.35},
                           WM_ANCHOR_END, level_name(view->risks->scale, k), &style->axis);
    }
}

static void draw_matrix(const View *view, Time time, WmRect grid, bool has_levels)
{
    draw_cells(view, grid);
    for (int l = 1; l <= view->risks->scale; l++)
        for (int i = 1; i <= view->risks->scale; i++)
            draw_numbers(view, time, cell_at(view, grid, l, i), l, i);
    if (has_levels)
        draw_levels(view, grid, time == BEFORE);
}

/* ---- page ---- */

/* "1 Title" in one column, as many as fit; gives how many did. */
static size_t draw_titles(const View *view, WmRect room)
{
    const WmChartStyle *style = view->style;
    WmTextStyle text = style->label;
    text.halo = (WmColour){0, 0};
    const double leading = text.size_px * 1.45;
    const size_t n_room = (size_t)fmax(0, floor(room.height / leading)), n = MIN(view->risks->n_risks, n_room);
    for (size_t i = 0; i < n && room.width > style->em * 6; i++) {
        g_autofree char *line = g_strdup_printf("%zu  %s", i + 1, view->risks->risks[i].title);
        g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(view->canvas), line, &text, room.width);
        wm_canvas_text(view->canvas, (WmPoint){room.x, room.y + text.size_px + (double)i * leading}, WM_ANCHOR_START, fitted,
                       &text);
    }
    return n;
}

static double left_width(const View *view)
{
    double width = 0;
    for (int k = 0; k < view->risks->scale; k++)
        width =
            fmax(width, wm_text_width(wm_canvas_typeset(view->canvas), level_name(view->risks->scale, k + 1), &view->style->axis));
    return width + view->style->em * 0.7;
}

static void draw_headings(const View *view, const WmRect grids[N_TIMES], size_t n_lines)
{
    const WmChartStyle *style = view->style;
    const double below = style->axis.size_px * (1.3 + LEVEL_LEADING * (double)n_lines);
    for (Time time = BEFORE; time < N_TIMES; time++) {
        g_autofree char *name =
            wm_text_shorten(wm_canvas_typeset(view->canvas), TIME_NAMES[time], &style->label, grids[time].width);
        WmTextStyle text = style->label;
        text.halo = (WmColour){0, 0};
        wm_canvas_text(view->canvas, (WmPoint){grids[time].x, grids[time].y - style->em * 0.5}, WM_ANCHOR_START, name, &text);
        g_autofree char *impact_title =
            wm_text_shorten(wm_canvas_typeset(view->canvas), "Impact →", &style->axis, grids[time].width);
        wm_canvas_text(view->canvas, (WmPoint){grids[time].x + grids[time].width, grids[time].y + grids[time].height + below},
                       WM_ANCHOR_END, impact_title, &style->axis);
    }
}

void wm_risk_matrix_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmRiskChart *risks = data;
    g_auto(GStrv) findings = wordings(risks);
    g_autofree char *as_at = wm_frame_as_at(risks->as_at);
    const WmHeader header = {.findings = findings, .subject = risks->title, .as_at = as_at, .source = ""};
    const WmRect room = wm_frame_header(canvas, style, &header);
    const View view = {canvas, style, risks};
    const bool has_words = style->detail != WM_DETAIL_SPARK;
    const double left = has_words ? left_width(&view) : 0, gap = style->em * 1.2;
    const bool has_titles = style->detail == WM_DETAIL_FULL;
    const double matrices = (has_titles ? room.width * 0.64 : room.width) - left, width = (matrices - gap) / N_TIMES;
    const size_t n_lines = n_impact_lines(&view, width / risks->scale);
    const double notes = has_words ? wm_frame_row_height(style) : 0, top = room.y + style->em * (has_words ? 2.2 : 0.4),
                 names = style->axis.size_px * (1.6 + LEVEL_LEADING * (double)n_lines),
                 foot = room.y + room.height - notes - (has_words ? names : 0);
    if (foot - top < style->em * 3 || width < style->em * 3)
        return;
    WmRect grids[N_TIMES];
    for (Time time = BEFORE; time < N_TIMES; time++) {
        grids[time] = (WmRect){room.x + left + (double)time * (width + gap), top, width, foot - top};
        draw_matrix(&view, time, grids[time], has_words);
    }
    if (!has_words)
        return;
    draw_headings(&view, grids, n_lines);
    const double x = room.x + left + matrices + style->em * 1.5;
    const WmRect titles = {x, top - style->em * 0.3, room.x + room.width - x, foot - top + style->axis.size_px * 2};
    const size_t n_titled = has_titles ? draw_titles(&view, titles) : 0;
    g_autofree char *more =
        n_titled < risks->n_risks ? g_strdup_printf("%zu of %zu titles shown", n_titled, risks->n_risks) : g_strdup("");
    g_autofree char *text =
        wm_frame_join((const char *const[]){risks->scale == 3 ? "Shades: low, moderate (from 3), high (from 6)"
                                                              : "Shades: low, moderate (from 4), high (from 8), extreme (from 15)",
                                            more, NULL});
    wm_frame_notes(canvas, style, room, text);
}

GBytes *wm_chart_risk_matrix(const WmRiskChart *risks, const WmChartOptions *options, GError **error)
{
    g_auto(GStrv) titles = wordings(risks);
    g_autofree char *description = wm_chart_risk_matrix_alt(risks);
    return wm_drawing_write(&(WmDrawing){titles[0], description, risks->as_at, wm_risk_matrix_draw, risks}, options, error);
}

/* ---- from a plan ---- */

typedef struct {
    WmRiskChart chart;
    GArray *list; /* WmRiskEntry */
} Gathered;

static void release(void *risks)
{
    Gathered *self = risks; /* its first member */
    g_array_unref(self->list);
    g_free(self);
}

static void *gather(const WmChartSelection *selection)
{
    const WmPlan *plan = selection->plan;
    if (!plan || plan->n_risks == 0)
        return NULL;
    Gathered *self = g_new0(Gathered, 1);
    self->list = g_array_new(FALSE, TRUE, sizeof(WmRiskEntry));
    self->chart = (WmRiskChart){.title = selection->title, .as_at = selection->as_at, .scale = wm_plan_risk_scale(plan)};
    for (size_t i = 0; i < plan->n_risks; i++) {
        const WmRisk *risk = &plan->risks[i];
        const WmRiskLevels levels = wm_plan_risk_levels(plan, risk, selection->as_at == WM_NO_DAY ? G_MAXINT32 : selection->as_at);
        const WmRiskEntry entry = {risk->risk, *risk->title ? risk->title : risk->risk,
                                   wm_risk_score_read(levels.likelihood_before, levels.impact_before, self->chart.scale),
                                   wm_risk_score_read(levels.likelihood_after, levels.impact_after, self->chart.scale)};
        if (!wm_kind_is_about(selection, risk->indicators))
            continue;
        if (risk->raised == WM_NO_DAY || selection->as_at == WM_NO_DAY || risk->raised <= selection->as_at)
            g_array_append_val(self->list, entry);
    }
    self->chart.risks = (const WmRiskEntry *)(const void *)self->list->data;
    self->chart.n_risks = self->list->len;
    if (self->list->len)
        return &self->chart;
    release(self);
    return NULL;
}

static GBytes *write(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_risk_matrix(data, options, error);
}

const WmChartKind wm_kind_risk_matrix = {
    .name = "risk_matrix",
    .summary = "a plan's risks by likelihood and impact, before and after mitigation",
    .scope = WM_SCOPE_PLAN,
    .needs_plan = true,
    .nothing = "the plan has no risk raised by the as-at",
    .advice = "risks stand in risks.csv: risk, title, likelihood_before, impact_before, likelihood_after, impact_after",
    .gather = gather,
    .release = release,
    .draw = wm_risk_matrix_draw,
    .write = write,
};
