/* The timeline: what was to be done when, and what was reported of it. */
#include "plot/chart/timeline_parts.h"

#include <math.h>

#include "plot/chart/charts.h"
#include "plot/chart/frame.h"
#include "plot/chart/pill.h"

#define ROW_EM        1.9
#define NAME_SHARE    0.36
#define LEAST_LEADING 1.3 /* of a row by its name: less, and a group's rule strikes its letters */

/* ---- what is known by the as-at ---- */

/* Judged as the action tracker judges; without an as-at nothing is overdue. */
static WmActionJudgement judge(const WmTimeline *timeline, const WmTimelineAction *action)
{
    WmActionJudgement judgement;
    wm_action_judge(&action->facts, timeline->as_at == WM_NO_DAY ? G_MAXINT32 : timeline->as_at, NULL, &judgement);
    return judgement;
}

static bool is_overdue(const WmTimeline *timeline, const WmActionJudgement *judgement)
{
    for (size_t i = 0; i < judgement->n_findings; i++)
        if (judgement->findings[i].code == WM_ACTION_OVERDUE)
            return timeline->as_at != WM_NO_DAY;
    return false;
}

static bool has_dates(const WmTimelineAction *action)
{
    const WmActionFacts *facts = &action->facts;
    return facts->start != WM_NO_DAY || facts->due != WM_NO_DAY || facts->new_due != WM_NO_DAY || facts->n_marks > 0;
}

static size_t n_without_due(const WmTimeline *timeline)
{
    size_t n = 0;
    for (size_t i = 0; i < timeline->n_actions; i++)
        n += !wm_timeline_has_due(&timeline->actions[i]);
    return n;
}

static size_t n_undated(const WmTimeline *timeline)
{
    size_t n = 0;
    for (size_t i = 0; i < timeline->n_actions; i++)
        n += !has_dates(&timeline->actions[i]);
    return n;
}

/* Nothing stands beside the names: neither dates nor words in their place. */
static bool has_names_alone(const WmTimeline *timeline)
{
    for (size_t i = 0; i < timeline->n_actions; i++) {
        const WmTimelineAction *action = &timeline->actions[i];
        if (has_dates(action) || *action->due_text || action->facts.state != WM_ACTION_NOT_SAID)
            return false;
    }
    return true;
}

/* ---- words ---- */

static GStrv wordings(const WmTimeline *timeline)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    size_t n_overdue = 0, n_complete = 0, n_moved = 0;
    for (size_t i = 0; i < timeline->n_actions; i++) {
        const WmTimelineAction *action = &timeline->actions[i];
        const WmActionJudgement judgement = judge(timeline, action);
        n_overdue += is_overdue(timeline, &judgement);
        n_complete += judgement.is_complete;
        n_moved +=
            action->facts.new_due != WM_NO_DAY && action->facts.due != WM_NO_DAY && action->facts.new_due > action->facts.due;
    }
    const size_t n = timeline->n_actions;
    g_autofree char *moved = n_moved ? g_strdup_printf(", %zu moved to a later date", n_moved) : g_strdup("");
    g_autofree char *complete =
        n_complete ? g_strdup_printf("%zu %s", n_complete, n_complete == 1 ? "is" : "are") : g_strdup("none is");
    g_autofree char *overdue = n_overdue ? g_strdup_printf("%zu", n_overdue) : g_strdup("none");
    g_autofree char *full =
        g_strdup_printf("Of %zu action%s %s complete and %s overdue%s", n, n == 1 ? "" : "s", complete, overdue, moved);
    g_autofree char *brief = g_strdup_printf("%zu of %zu action%s overdue", n_overdue, n, n == 1 ? "" : "s");
    if (n_undated(timeline) == n) {
        g_strv_builder_add(builder, n ? "No action has a date or a status yet" : "No actions yet");
    } else {
        g_strv_builder_add(builder, full);
        g_strv_builder_add(builder, brief);
    }
    return g_strv_builder_end(builder);
}

char *wm_chart_timeline_alt(const WmTimeline *timeline)
{
    g_auto(GStrv) titles = wordings(timeline);
    g_autoptr(GString) text = g_string_new(NULL);
    char day[WM_PERIOD_TEXT];
    g_string_printf(text, "Timeline of actions%s%s: %s.", *timeline->title ? ", " : "", timeline->title, titles[0]);
    for (size_t i = 0; i < timeline->n_actions; i++) {
        const WmTimelineAction *action = &timeline->actions[i];
        const WmActionJudgement judgement = judge(timeline, action);
        const WmDay due = judgement.due;
        g_string_append_printf(text, " %s: %s%s%s%s.", action->title,
                               judgement.declared == WM_N_RAGS ? "no status" : wm_rag_name(judgement.declared),
                               due == WM_NO_DAY ? "" : ", due ", due == WM_NO_DAY ? "" : wm_day_format_month(due, day),
                               is_overdue(timeline, &judgement) ? ", overdue" : "");
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* ---- page ---- */

static WmPoint middle(WmRect swatch)
{
    return (WmPoint){swatch.x + swatch.width / 2, swatch.y + swatch.height / 2};
}

#define DEFINE_SWATCH(name, rag)                                                          \
    static void swatch_##name(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch) \
    {                                                                                     \
        wm_pill_icon(canvas, style, rag, middle(swatch), style->em * 0.5);                \
    }
DEFINE_SWATCH(red, WM_RED)
DEFINE_SWATCH(amber, WM_AMBER)
DEFINE_SWATCH(green, WM_GREEN)
DEFINE_SWATCH(blue, WM_BLUE)
DEFINE_SWATCH(white, WM_WHITE)
DEFINE_SWATCH(grey, WM_GREY)

static void swatch_due(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_timeline_draw_due(canvas, style, middle(swatch), style->em * 0.45, true);
}

static void swatch_moved(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_timeline_draw_due(canvas, style, middle(swatch), style->em * 0.45, false);
}

static void swatch_as_at(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    const double x = middle(swatch).x, half = style->em * 0.6;
    wm_canvas_segment(canvas, (WmPoint){x, middle(swatch).y - half}, (WmPoint){x, middle(swatch).y + half},
                      &(WmPaint){.stroke = wm_opaque(style->palette->ink), .width_px = 1, .dash = WM_DASH_DASHED});
}

/* What a timeline shows, and so has to explain. */
typedef struct {
    bool has_due, has_moved, has_rag[WM_N_RAGS];
} Drawn;

static Drawn drawn_of(const WmTimeline *timeline)
{
    Drawn drawn = {0};
    for (size_t i = 0; i < timeline->n_actions; i++) {
        const WmActionFacts *facts = &timeline->actions[i].facts;
        drawn.has_due |= facts->due != WM_NO_DAY || facts->new_due != WM_NO_DAY;
        drawn.has_moved |= facts->due != WM_NO_DAY && facts->new_due != WM_NO_DAY && facts->due != facts->new_due;
        for (size_t k = 0; k < facts->n_marks; k++)
            if (timeline->as_at == WM_NO_DAY || facts->marks[k].as_at <= timeline->as_at)
                drawn.has_rag[facts->marks[k].rag] = true;
    }
    return drawn;
}

/* New array of WmKeyEntry. */
static GArray *key_of(const WmTimeline *timeline, bool has_dates)
{
    const Drawn drawn = drawn_of(timeline);
    const WmKeyRow rows[] = {
        {drawn.has_due, {swatch_due, "Due"}},
        {drawn.has_moved, {swatch_moved, "Was due"}},
        {drawn.has_rag[WM_RED], {swatch_red, "Red"}},
        {drawn.has_rag[WM_AMBER], {swatch_amber, "Amber"}},
        {drawn.has_rag[WM_GREEN], {swatch_green, "Green"}},
        {drawn.has_rag[WM_BLUE], {swatch_blue, "Complete"}},
        {drawn.has_rag[WM_WHITE], {swatch_white, "Not started"}},
        {drawn.has_rag[WM_GREY], {swatch_grey, "Not judged"}},
        {has_dates && timeline->as_at != WM_NO_DAY, {swatch_as_at, "As at"}},
    };
    return wm_frame_key_of(rows, G_N_ELEMENTS(rows));
}

#define TALL_EM 55 /* rows higher than this are too many to look down to the dates from */

static WmTimelineView lay_out(WmCanvas *canvas, const WmChartStyle *style, const WmTimeline *timeline, WmRect room,
                              double *name_width)
{
    WmTimelineView view = {
        .canvas = canvas, .style = style, .timeline = timeline, .has_dates = n_undated(timeline) < timeline->n_actions};
    double from, to;
    wm_timeline_extent(timeline, &from, &to);
    const bool has_names = style->detail != WM_DETAIL_SPARK;
    const double beside = has_names ? room.width * NAME_SHARE : 0;
    *name_width = has_names && has_names_alone(timeline) ? room.width : beside;
    view.has_dates_above = style->detail == WM_DETAIL_FULL && view.has_dates && room.height > TALL_EM * style->em;
    const double left = has_names ? beside + style->em : 0, axis = wm_axes_time_height(style) + style->em * 0.5,
                 top = style->em * 0.6 + (view.has_dates_above ? axis : 0), foot = has_names && view.has_dates ? axis : 0;
    view.plot.area = (WmRect){room.x + left, room.y + top, fmax(room.width - left, 8), fmax(room.height - top - foot, 8)};
    view.plot.x = (WmScale){from, to, view.plot.area.x + style->em, view.plot.area.x + view.plot.area.width - style->em};
    const double height = view.plot.area.height, least = has_names ? style->label.size_px * LEAST_LEADING : 0;
    view.has_groups =
        style->detail == WM_DETAIL_FULL && wm_timeline_has_groups(timeline); /* rows give way, not their groups' names */
    const double n_lines = (double)MAX(wm_timeline_lines(timeline, view.has_groups), 1);
    view.row_height = fmax(fmin(ROW_EM * style->em * 1.3, height / n_lines), least);
    /* Few rows: the dates stand right below them. */
    view.plot.area.height = fmin(height, view.row_height * n_lines);
    return view;
}

static size_t n_rows_shown(const WmTimelineView *view)
{
    const size_t n_lines = (size_t)fmax(0, floor(view->plot.area.height / view->row_height + 1e-6));
    size_t n = 0;
    while (n < view->timeline->n_actions && wm_timeline_lines_to(view->timeline, view->has_groups, n) <= n_lines)
        n++;
    return n;
}

static void draw_dates(const WmTimelineView *view)
{
    WmPlot above = view->plot;
    if (view->style->detail == WM_DETAIL_SPARK)
        return;
    wm_axes_draw_time(view->canvas, view->style, &view->plot, WM_FREQUENCY_MONTH);
    if (!view->has_dates_above)
        return;
    above.area.y -= wm_axes_time_height(view->style) + view->style->em * 0.5;
    above.area.height = 0;
    wm_axes_draw_time(view->canvas, view->style, &above, WM_FREQUENCY_MONTH);
}

static char *notes_of(const WmTimelineView *view, size_t n_shown)
{
    const WmTimeline *timeline = view->timeline;
    const size_t n_bare = view->has_dates ? n_without_due(timeline) : 0; /* else the title says it */
    g_autofree char *shown =
        n_shown < timeline->n_actions ? g_strdup_printf("%zu of %zu shown", n_shown, timeline->n_actions) : g_strdup("");
    g_autofree char *undated = n_bare ? g_strdup_printf("%zu without a due date", n_bare) : g_strdup("");
    return wm_frame_join((const char *const[]){shown, undated, NULL});
}

void wm_timeline_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmTimeline *timeline = data;
    g_auto(GStrv) findings = wordings(timeline);
    g_autofree char *as_at = wm_frame_as_at(timeline->as_at);
    const WmHeader header = {.findings = findings, .subject = timeline->title, .as_at = as_at, .source = ""};
    WmRect room = wm_frame_header(canvas, style, &header);
    WmRect body = room;
    body.height -= style->detail == WM_DETAIL_SPARK ? 0 : wm_frame_row_height(style);
    g_autoptr(GArray) key = key_of(timeline, n_undated(timeline) < timeline->n_actions);
    body = wm_frame_key_at_foot(canvas, style, body, key);
    double name_width;
    const WmTimelineView view = lay_out(canvas, style, timeline, body, &name_width);
    const size_t n_shown = n_rows_shown(&view);
    if (view.has_dates) {
        draw_dates(&view);
        wm_timeline_draw_as_at(&view);
    }
    for (size_t i = 0; i < n_shown; i++)
        wm_timeline_draw_row(&view, i, name_width);
    g_autofree char *notes = notes_of(&view, n_shown);
    wm_frame_notes(canvas, style, room, notes);
}

GBytes *wm_chart_timeline(const WmTimeline *timeline, const WmChartOptions *options, GError **error)
{
    g_auto(GStrv) titles = wordings(timeline);
    g_autofree char *description = wm_chart_timeline_alt(timeline);
    return wm_drawing_write(&(WmDrawing){titles[0], description, timeline->as_at, wm_timeline_draw, timeline}, options, error);
}

static GBytes *write(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_timeline(data, options, error);
}

static int height(const void *data, int width_px)
{
    const WmChartStyle style = wm_chart_style(width_px, width_px * 9 / 16, WM_THEME_SCREEN);
    return (int)ceil(2 * style.margin + style.em * (16 + ROW_EM * (double)wm_timeline_lines(data, wm_timeline_has_groups(data))));
}

WM_CHART_KIND(100, timeline) = {
    .name = "timeline",
    .summary = "a plan's actions from start to due, with the statuses reported along the way",
    .scope = WM_SCOPE_PLAN,
    .needs_plan = true,
    .nothing = "the plan has no action",
    .advice = "actions stand in actions.csv: action, title, start, due, status, indicators",
    .gather = wm_timeline_gather,
    .release = wm_timeline_release,
    .draw = wm_timeline_draw,
    .write = write,
    .height = height,
};
