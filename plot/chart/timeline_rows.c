/* The timeline's rows: an action from its start to its due date, and what was reported of it. */
#include "plot/chart/timeline_parts.h"

#include <math.h>
#include <string.h>

#include "plot/chart/finding.h"
#include "plot/chart/pill.h"

bool wm_timeline_has_due(const WmTimelineAction *action)
{
    return action->facts.due != WM_NO_DAY || action->facts.new_due != WM_NO_DAY;
}

static bool begins_group(const WmTimeline *timeline, size_t i)
{
    return *timeline->actions[i].group && (i == 0 || strcmp(timeline->actions[i].group, timeline->actions[i - 1].group) != 0);
}

bool wm_timeline_has_groups(const WmTimeline *timeline)
{
    for (size_t i = 0; i < timeline->n_actions; i++)
        if (begins_group(timeline, i))
            return true;
    return false;
}

size_t wm_timeline_lines_to(const WmTimeline *timeline, bool has_groups, size_t i)
{
    size_t n = i + 1;
    for (size_t k = 0; k <= i && has_groups; k++)
        n += begins_group(timeline, k);
    return n;
}

size_t wm_timeline_lines(const WmTimeline *timeline, bool has_groups)
{
    return timeline->n_actions ? wm_timeline_lines_to(timeline, has_groups, timeline->n_actions - 1) : 0;
}

static bool is_known(const WmTimeline *timeline, const WmRagMark *mark)
{
    return timeline->as_at == WM_NO_DAY || mark->as_at <= timeline->as_at;
}

static double x_of(const WmTimelineView *view, WmDay day)
{
    return wm_scale_px(&view->plot.x, wm_day_to_months(day));
}

static void include(WmDay day, double *from, double *to)
{
    if (day == WM_NO_DAY)
        return;
    *from = fmin(*from, wm_day_to_months(day));
    *to = fmax(*to, wm_day_to_months(day));
}

void wm_timeline_extent(const WmTimeline *timeline, double *from, double *to)
{
    *from = HUGE_VAL;
    *to = -HUGE_VAL;
    include(timeline->as_at, from, to);
    for (size_t i = 0; i < timeline->n_actions; i++) {
        const WmTimelineAction *action = &timeline->actions[i];
        include(action->facts.start, from, to);
        include(action->facts.due, from, to);
        include(action->facts.new_due, from, to);
        for (size_t j = 0; j < action->facts.n_marks; j++)
            if (is_known(timeline, &action->facts.marks[j]))
                include(action->facts.marks[j].as_at, from, to);
    }
    if (!(*from <= *to))
        *from = *to = 0;
    if (*to - *from < 3) {
        *from -= 2;
        *to += 2;
    }
}

/* When work may have begun: the start, else the first report. */
static WmDay begin_of(const WmTimelineAction *action)
{
    if (action->facts.start != WM_NO_DAY)
        return action->facts.start;
    return action->facts.n_marks ? action->facts.marks[0].as_at : WM_NO_DAY;
}

/* A bar from start to due; what the due date was moved by is a thinner one. */
static void draw_bar(const WmTimelineView *view, const WmTimelineAction *action, double y)
{
    const WmPalette *palette = view->style->palette;
    const double half = fmin(view->row_height * 0.2, view->style->em * 0.3);
    const WmDay from = begin_of(action), to = action->facts.due != WM_NO_DAY ? action->facts.due : action->facts.new_due;
    if (from != WM_NO_DAY && to != WM_NO_DAY && to > from)
        wm_canvas_rect(view->canvas, (WmRect){x_of(view, from), y - half, x_of(view, to) - x_of(view, from), 2 * half}, half,
                       &(WmPaint){.fill = wm_opaque(palette->fan[0]), .stroke = wm_opaque(palette->fan_edge), .width_px = 0.75});
    if (action->facts.new_due != WM_NO_DAY && action->facts.due != WM_NO_DAY && action->facts.new_due != action->facts.due)
        wm_canvas_segment(
            view->canvas, (WmPoint){x_of(view, action->facts.due), y}, (WmPoint){x_of(view, action->facts.new_due), y},
            &(WmPaint){.stroke = wm_opaque(palette->plan), .width_px = view->style->em * 0.14, .dash = WM_DASH_DOTTED});
}

void wm_timeline_draw_due(WmCanvas *canvas, const WmChartStyle *style, WmPoint at, double radius, bool is_solid)
{
    const WmPoint diamond[] = {{at.x, at.y - radius}, {at.x + radius, at.y}, {at.x, at.y + radius}, {at.x - radius, at.y}};
    const WmColour plan = wm_opaque(style->palette->plan);
    wm_canvas_polygon(canvas, diamond, G_N_ELEMENTS(diamond),
                      &(WmPaint){.fill = is_solid ? plan : wm_opaque(style->palette->page), .stroke = plan, .width_px = 1.3});
}

static void draw_dues(const WmTimelineView *view, const WmTimelineAction *action, double y)
{
    const double radius = fmin(view->row_height * 0.47, view->style->em * 0.85); /* its corners show beside a status */
    const bool is_moved = action->facts.new_due != WM_NO_DAY && action->facts.new_due != action->facts.due;
    if (action->facts.due != WM_NO_DAY)
        wm_timeline_draw_due(view->canvas, view->style, (WmPoint){x_of(view, action->facts.due), y}, radius, !is_moved);
    if (action->facts.new_due != WM_NO_DAY)
        wm_timeline_draw_due(view->canvas, view->style, (WmPoint){x_of(view, action->facts.new_due), y}, radius, true);
}

static void draw_history(const WmTimelineView *view, const WmTimelineAction *action, double y)
{
    const double radius = fmin(view->row_height * 0.33, view->style->em * 0.58);
    for (size_t i = 0; i < action->facts.n_marks; i++)
        if (is_known(view->timeline, &action->facts.marks[i]))
            wm_pill_icon(view->canvas, view->style, action->facts.marks[i].rag,
                         (WmPoint){x_of(view, action->facts.marks[i].as_at), y}, radius);
}

/* "Ongoing", "no due date", "complete, no due date": why a row has no diamond. */
static char *absence_in_words(const WmTimelineAction *action)
{
    g_autofree char *due = *action->due_text ? wm_months_in_words(action->due_text) : g_strdup("no due date");
    const bool is_reported = action->facts.n_marks > 0; /* its marks say how it stands */
    if (is_reported || action->facts.state == WM_ACTION_NOT_SAID)
        return g_steal_pointer(&due);
    g_autofree char *state = g_strdelimit(g_strdup(wm_action_state_name(action->facts.state)), "_", ' ');
    return g_strconcat(state, ", ", due, NULL);
}

/* Whether the line of the as-at would strike out words that stand there. */
static bool is_struck_out(const WmTimelineView *view, double x, double width)
{
    const double gap = view->style->em * 0.45;
    if (view->timeline->as_at == WM_NO_DAY || !view->has_dates)
        return false;
    const double line = x_of(view, view->timeline->as_at);
    return x - gap < line && line < x + width + gap;
}

/* The first and the last thing in the row; from > to where it is empty. */
static void row_extent(const WmTimelineView *view, const WmTimelineAction *action, double *from, double *to)
{
    const double em = view->style->em;
    *from = HUGE_VAL;
    *to = -HUGE_VAL;
    if (action->facts.start != WM_NO_DAY) {
        *from = x_of(view, action->facts.start) - em * 0.8;
        *to = x_of(view, action->facts.start) + em;
    }
    for (size_t i = 0; i < action->facts.n_marks; i++)
        if (is_known(view->timeline, &action->facts.marks[i])) {
            const double x = x_of(view, action->facts.marks[i].as_at);
            *from = fmin(*from, x - em * 1.2);
            *to = fmax(*to, x + em * 1.2);
        }
}

/* Right of the last thing in the row, beyond the line of the as-at where that would strike it out, else left of the first; where
 * there is room on neither side, the foot's count tells of it. */
static void draw_absence(const WmTimelineView *view, const WmTimelineAction *action, double y)
{
    if (wm_timeline_has_due(action) || (!view->has_dates && !*action->due_text && action->facts.state == WM_ACTION_NOT_SAID))
        return;
    const WmTextStyle text = wm_text_in(view->style->note, view->style->palette->muted);
    g_autofree char *words = absence_in_words(action);
    const double width = wm_text_width(wm_canvas_typeset(view->canvas), words, &text), gap = view->style->em * 0.5,
                 left = view->plot.area.x + gap, right = view->plot.area.x + view->plot.area.width;
    double from, to;
    row_extent(view, action, &from, &to);
    const double after = fmax(left, to), line = is_struck_out(view, after, width) ? x_of(view, view->timeline->as_at) : after;
    const double places[] = {after, line + gap, from - width};
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
        if (places[i] >= left && places[i] + width <= right && !is_struck_out(view, places[i], width)) {
            wm_canvas_text(view->canvas, (WmPoint){places[i], y + text.size_px * 0.35}, WM_ANCHOR_START, words, &text);
            return;
        }
}

/* A start without an end is a bar's left edge. */
static void draw_start(const WmTimelineView *view, const WmTimelineAction *action, double y)
{
    const double half = fmin(view->row_height * 0.3, view->style->em * 0.45);
    if (wm_timeline_has_due(action) || action->facts.start == WM_NO_DAY)
        return;
    const double x = x_of(view, action->facts.start);
    wm_canvas_segment(view->canvas, (WmPoint){x, y - half}, (WmPoint){x, y + half},
                      &(WmPaint){.stroke = wm_opaque(view->style->palette->fan_edge), .width_px = view->style->em * 0.18});
}

static void draw_name(const WmTimelineView *view, const WmTimelineAction *action, double y, double width)
{
    const WmChartStyle *style = view->style;
    WmTextStyle text = style->label;
    text.halo = (WmColour){0, 0};
    g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(view->canvas), action->title, &text, width);
    wm_canvas_text(view->canvas, (WmPoint){style->margin, y + text.size_px * 0.35}, WM_ANCHOR_START, fitted, &text);
}

/* A rule above each group, and its name where it has a line. */
static void draw_group(const WmTimelineView *view, size_t i, double top)
{
    const WmChartStyle *style = view->style;
    const WmRect area = view->plot.area;
    const double rule = top - (view->has_groups ? view->row_height : 0);
    if (i > 0)
        wm_canvas_segment(view->canvas, (WmPoint){style->margin, rule}, (WmPoint){area.x + area.width, rule},
                          &(WmPaint){.stroke = wm_faded(style->palette->ink, 0.3), .width_px = 1});
    if (!view->has_groups)
        return;
    WmTextStyle text = style->strong;
    text.halo = (WmColour){0, 0};
    g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(view->canvas), view->timeline->actions[i].group, &text,
                                              area.x - style->margin - style->em * 0.5);
    wm_canvas_text(view->canvas, (WmPoint){style->margin, top - view->row_height / 2 + text.size_px * 0.35}, WM_ANCHOR_START,
                   fitted, &text);
}

void wm_timeline_draw_row(const WmTimelineView *view, size_t i, double name_width)
{
    const WmTimelineAction *action = &view->timeline->actions[i];
    const double line = (double)wm_timeline_lines_to(view->timeline, view->has_groups, i) - 0.5;
    const double y = view->plot.area.y + line * view->row_height;
    if (begins_group(view->timeline, i))
        draw_group(view, i, y - view->row_height / 2);
    draw_bar(view, action, y);
    draw_start(view, action, y);
    draw_dues(view, action, y);
    draw_history(view, action, y);
    if (name_width <= 0)
        return;
    draw_name(view, action, y, name_width);
    draw_absence(view, action, y);
}

void wm_timeline_draw_as_at(const WmTimelineView *view)
{
    const WmChartStyle *style = view->style;
    const WmRect area = view->plot.area;
    if (view->timeline->as_at == WM_NO_DAY)
        return;
    const double x = x_of(view, view->timeline->as_at);
    wm_canvas_segment(view->canvas, (WmPoint){x, area.y - style->em * 0.2}, (WmPoint){x, area.y + area.height},
                      &(WmPaint){.stroke = wm_opaque(style->palette->ink), .width_px = 1, .dash = WM_DASH_DASHED});
}
