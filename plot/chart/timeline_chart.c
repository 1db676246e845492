/* The timeline: what was to be done when, and what was reported of it. */
#include "plot/chart/timeline_parts.h"

#include <math.h>

#include "plot/chart/charts.h"
#include "plot/chart/frame.h"
#include "plot/chart/pill.h"

#define ROW_EM     1.9
#define NAME_SHARE 0.36

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

static const WmKeyEntry KEY[] = {{swatch_due, "Due"},           {swatch_moved, "Was due"},   {swatch_red, "Red"},
                                 {swatch_amber, "Amber"},       {swatch_green, "Green"},     {swatch_blue, "Complete"},
                                 {swatch_white, "Not started"}, {swatch_grey, "Not judged"}, {swatch_as_at, "As at"}};

static WmTimelineView lay_out(WmCanvas *canvas, const WmChartStyle *style, const WmTimeline *timeline, WmRect room,
                              double *name_width)
{
    WmTimelineView view = {.canvas = canvas, .style = style, .timeline = timeline};
    double from, to;
    wm_timeline_extent(timeline, &from, &to);
    const bool has_names = style->detail != WM_DETAIL_SPARK;
    *name_width = has_names ? room.width * NAME_SHARE : 0;
    const double left = has_names ? *name_width + style->em : 0, top = style->em * 0.6,
                 foot = has_names ? wm_axes_time_height(style) + style->em * 0.5 : 0;
    view.plot.area = (WmRect){room.x + left, room.y + top, fmax(room.width - left, 8), fmax(room.height - top - foot, 8)};
    view.plot.x = (WmScale){from, to, view.plot.area.x + style->em, view.plot.area.x + view.plot.area.width - style->em};
    view.row_height = fmin(ROW_EM * style->em * 1.3, view.plot.area.height / (double)MAX(timeline->n_actions, 1));
    if (has_names)
        view.row_height = fmax(view.row_height, style->label.size_px * 1.1);
    return view;
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
    body = wm_frame_key_at_foot(canvas, style, body, KEY, G_N_ELEMENTS(KEY) - (timeline->as_at == WM_NO_DAY));
    double name_width;
    const WmTimelineView view = lay_out(canvas, style, timeline, body, &name_width);
    const size_t n_shown = MIN(timeline->n_actions, (size_t)fmax(0, floor(view.plot.area.height / view.row_height + 1e-6)));
    if (style->detail != WM_DETAIL_SPARK)
        wm_axes_draw_time(canvas, style, &view.plot, WM_FREQUENCY_MONTH);
    wm_timeline_draw_as_at(&view);
    for (size_t i = 0; i < n_shown; i++)
        wm_timeline_draw_row(&view, i, name_width);
    const size_t n_bare = n_without_due(timeline);
    g_autofree char *shown =
        n_shown < timeline->n_actions ? g_strdup_printf("%zu of %zu shown", n_shown, timeline->n_actions) : g_strdup("");
    g_autofree char *undated = n_bare ? g_strdup_printf("%zu without a due date", n_bare) : g_strdup("");
    g_autofree char *notes = wm_frame_join((const char *const[]){shown, undated, NULL});
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
    return (int)ceil(2 * style.margin + style.em * (16 + ROW_EM * (double)((const WmTimeline *)data)->n_actions));
}

const WmChartKind wm_kind_timeline = {
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
