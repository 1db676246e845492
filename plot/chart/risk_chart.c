/* The risk matrix: likelihood by impact, before and after mitigation. */
#include <math.h>
#include <string.h>
#include <waymark/register.h>

#include "plot/chart/charts.h"
#include "plot/chart/frame.h"
#include "plot/chart/kinds.h"
#include "plot/chart/risk_parts.h"

static const char *const TIME_NAMES[WM_N_RISK_TIMES] = {"Before mitigation", "After mitigation"};

/* ---- words ---- */

/* High or worse. */
static size_t n_high(const WmRiskChart *risks, WmRiskTime time)
{
    size_t n = 0;
    for (size_t i = 0; i < risks->n_risks; i++)
        n += wm_risk_score_at(&risks->risks[i], time)->band >= WM_RISK_HIGH;
    return n;
}

static GStrv wordings(const WmRiskChart *risks)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    const size_t n = risks->n_risks, before = n_high(risks, WM_RISK_BEFORE), after = n_high(risks, WM_RISK_AFTER);
    g_autofree char *left = after ? g_strdup_printf("%zu", after) : g_strdup("none"),
                    *first = before ? g_strdup_printf("%zu", before) : g_strdup("None");
    g_autofree char *full = g_strdup_printf("Mitigation takes %zu of %zu risk%s from high to lower: %zu high before, %s after",
                                            before > after ? before - after : 0, n, n == 1 ? "" : "s", before, left);
    g_autofree char *brief = g_strdup_printf("%s of %zu risk%s high, %s after mitigation", first, n, n == 1 ? "" : "s", left);
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
        for (WmRiskTime time = WM_RISK_BEFORE; time < WM_N_RISK_TIMES; time++)
            if (wm_risk_is_scored(risk, time))
                g_string_append_printf(text, "%s likelihood %s, impact %s", time ? "; after mitigation" : "",
                                       wm_risk_level_name(risks->scale, wm_risk_score_at(risk, time)->likelihood),
                                       wm_risk_level_name(risks->scale, wm_risk_score_at(risk, time)->impact));
            else
                g_string_append(text, time ? "; not scored after mitigation" : " not scored");
        g_string_append_c(text, '.');
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* ---- page ---- */

#define MAX_TITLE_LINES 3

/* "1", then its title beside it in at most so many lines; gives how many it took. */
static size_t draw_title(const WmRiskView *view, size_t i, WmPoint at, double width, size_t max_lines)
{
    const WmChartStyle *style = view->style;
    WmTextStyle text = style->label;
    text.halo = (WmColour){0, 0};
    const double indent = style->em * 1.8;
    g_autofree char *number = g_strdup_printf("%zu", i + 1);
    g_auto(GStrv) lines =
        wm_text_wrap(wm_canvas_typeset(view->canvas), view->risks->risks[i].title, &text, width - indent, max_lines);
    wm_canvas_text(view->canvas, (WmPoint){at.x + indent - style->em * 0.5, at.y}, WM_ANCHOR_END, number, &text);
    for (size_t k = 0; lines[k]; k++)
        wm_canvas_text(view->canvas, (WmPoint){at.x + indent, at.y + (double)k * text.size_px * 1.2}, WM_ANCHOR_START, lines[k],
                       &text);
    return g_strv_length(lines);
}

/* In one column, as many as fit; gives how many did. Lines that are left over go to the titles that are long. */
static size_t draw_titles(const WmRiskView *view, WmRect room)
{
    const double size = view->style->label.size_px, leading = size * 1.45;
    const size_t n_room = (size_t)fmax(0, floor(room.height / leading)), n = MIN(view->risks->n_risks, n_room);
    const size_t max_lines = n ? MIN(n_room / n, MAX_TITLE_LINES) : 1;
    double y = room.y + size;
    for (size_t i = 0; i < n && room.width > view->style->em * 6; i++) {
        const size_t n_lines = draw_title(view, i, (WmPoint){room.x, y}, room.width, max_lines);
        y += leading + (double)(MAX(n_lines, 1) - 1) * size * 1.2;
    }
    return n;
}

#define LIKELIHOOD "Likelihood ↑"

static double left_width(const WmRiskView *view)
{
    double width = wm_text_width(wm_canvas_typeset(view->canvas), LIKELIHOOD, &view->style->axis);
    for (int k = 0; k < view->risks->scale; k++)
        width = fmax(width, wm_text_width(wm_canvas_typeset(view->canvas), wm_risk_level_name(view->risks->scale, k + 1),
                                          &view->style->axis));
    return width + view->style->em * 0.7;
}

static void draw_headings(const WmRiskView *view, const WmRect grids[WM_N_RISK_TIMES], size_t n_lines)
{
    const WmChartStyle *style = view->style;
    const double below = style->axis.size_px * (1.5 + WM_RISK_LEVEL_LEADING * (double)n_lines);
    const WmPoint beside = {grids[WM_RISK_BEFORE].x - style->em * 0.5, grids[WM_RISK_BEFORE].y - style->em * 0.5};
    wm_canvas_text(view->canvas, beside, WM_ANCHOR_END, LIKELIHOOD, &style->axis);
    for (WmRiskTime time = WM_RISK_BEFORE; time < WM_N_RISK_TIMES; time++) {
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

/* ---- key ---- */

static void swatch(WmCanvas *canvas, const WmChartStyle *style, WmRect box, WmRiskBand band)
{
    wm_canvas_rect(canvas, wm_rect_grow(box, 1), 2, &(WmPaint){.fill = wm_opaque(wm_risk_shade(style->palette, band))});
}

static void swatch_low(WmCanvas *canvas, const WmChartStyle *style, WmRect box)
{
    swatch(canvas, style, box, WM_RISK_LOW);
}

static void swatch_moderate(WmCanvas *canvas, const WmChartStyle *style, WmRect box)
{
    swatch(canvas, style, box, WM_RISK_MODERATE);
}

static void swatch_high(WmCanvas *canvas, const WmChartStyle *style, WmRect box)
{
    swatch(canvas, style, box, WM_RISK_HIGH);
}

static void swatch_extreme(WmCanvas *canvas, const WmChartStyle *style, WmRect box)
{
    swatch(canvas, style, box, WM_RISK_EXTREME);
}

static WmRect draw_key(const WmRiskView *view, WmRect room)
{
    const bool is_three = view->risks->scale == 3;
    const WmKeyRow rows[] = {
        {true, {swatch_low, "Low"}},
        {true, {swatch_moderate, is_three ? "Moderate, from 3" : "Moderate, from 4"}},
        {true, {swatch_high, is_three ? "High, from 6" : "High, from 8"}},
        {!is_three, {swatch_extreme, "Extreme, from 15"}},
    };
    g_autoptr(GArray) key = wm_frame_key_of(rows, G_N_ELEMENTS(rows));
    return wm_frame_key_at_foot(view->canvas, view->style, room, key);
}

static size_t n_unscored(const WmRiskChart *risks, WmRiskTime time)
{
    size_t n = 0;
    for (size_t i = 0; i < risks->n_risks; i++)
        n += !wm_risk_is_scored(&risks->risks[i], time);
    return n;
}

static char *notes_of(const WmRiskChart *risks, size_t n_titled)
{
    const size_t before = n_unscored(risks, WM_RISK_BEFORE), after = n_unscored(risks, WM_RISK_AFTER);
    g_autofree char *more =
        n_titled < risks->n_risks ? g_strdup_printf("%zu of %zu titles shown", n_titled, risks->n_risks) : g_strdup("");
    g_autofree char *unscored =
        before || after ? g_strdup_printf("Without a score: %zu before, %zu after mitigation", before, after) : g_strdup("");
    return wm_frame_join((const char *const[]){"Scores: likelihood times impact", unscored, more, NULL});
}

void wm_risk_matrix_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmRiskChart *risks = data;
    g_auto(GStrv) findings = wordings(risks);
    g_autofree char *as_at = wm_frame_as_at(risks->as_at);
    const WmHeader header = {.findings = findings, .subject = risks->title, .as_at = as_at, .source = ""};
    const WmRect whole = wm_frame_header(canvas, style, &header);
    const WmRiskView view = {canvas, style, risks};
    const bool has_words = style->detail != WM_DETAIL_SPARK;
    const double notes = has_words ? wm_frame_row_height(style) : 0;
    const WmRect room = draw_key(&view, (WmRect){whole.x, whole.y, whole.width, whole.height - notes});
    const double left = has_words ? left_width(&view) : 0, gap = style->em * 1.2;
    const bool has_titles = style->detail == WM_DETAIL_FULL;
    const double matrices = (has_titles ? room.width * 0.64 : room.width) - left, width = (matrices - gap) / WM_N_RISK_TIMES;
    const size_t n_lines = wm_risk_impact_lines(&view, width / risks->scale);
    const double top = room.y + style->em * (has_words ? 2.2 : 0.4),
                 names = style->axis.size_px * (1.8 + WM_RISK_LEVEL_LEADING * (double)n_lines),
                 foot = room.y + room.height - (has_words ? names + style->em * 0.4 : 0);
    if (foot - top < style->em * 3 || width < style->em * 3)
        return;
    WmRect grids[WM_N_RISK_TIMES];
    for (WmRiskTime time = WM_RISK_BEFORE; time < WM_N_RISK_TIMES; time++) {
        grids[time] = (WmRect){room.x + left + (double)time * (width + gap), top, width, foot - top};
        wm_risk_draw_matrix(&view, time, grids[time], has_words);
    }
    if (!has_words)
        return;
    draw_headings(&view, grids, n_lines);
    const double x = room.x + left + matrices + style->em * 1.5;
    const WmRect titles = {x, top - style->em * 0.3, room.x + room.width - x, foot - top + style->axis.size_px * 2};
    const size_t n_titled = has_titles ? draw_titles(&view, titles) : 0;
    g_autofree char *text = notes_of(risks, n_titled);
    wm_frame_notes(canvas, style, whole, text);
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

WM_CHART_KIND(110, risk_matrix) = {
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
