/* The timeline: what was to be done when, and what was reported of it. */
#include <math.h>
#include <string.h>
#include <waymark/chart_plan.h>

#include "plot/chart/axes.h"
#include "plot/chart/charts.h"
#include "plot/chart/frame.h"
#include "plot/chart/kinds.h"
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

static bool is_known(const WmTimeline *timeline, const WmRagMark *mark)
{
    return timeline->as_at == WM_NO_DAY || mark->as_at <= timeline->as_at;
}

static bool has_dates(const WmTimelineAction *action)
{
    const WmActionFacts *facts = &action->facts;
    return facts->start != WM_NO_DAY || facts->due != WM_NO_DAY || facts->new_due != WM_NO_DAY || facts->n_marks > 0;
}

static bool has_due(const WmTimelineAction *action)
{
    return action->facts.due != WM_NO_DAY || action->facts.new_due != WM_NO_DAY;
}

static size_t n_without_due(const WmTimeline *timeline)
{
    size_t n = 0;
    for (size_t i = 0; i < timeline->n_actions; i++)
        n += !has_due(&timeline->actions[i]);
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

/* ---- rows ---- */

typedef struct {
    WmCanvas *canvas;
    const WmChartStyle *style;
    const WmTimeline *timeline;
    WmPlot plot; /* its x counts */
    double row_height;
} View;

static double x_of(const View *view, WmDay day)
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

static void extent_of(const WmTimeline *timeline, double *from, double *to)
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
static void draw_bar(const View *view, const WmTimelineAction *action, double y)
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

static void draw_diamond(const View *view, double x, double y, double radius, bool is_solid)
{
    const WmPoint diamond[] = {{x, y - radius}, {x + radius, y}, {x, y + radius}, {x - radius, y}};
    const WmColour plan = wm_opaque(view->style->palette->plan);
    wm_canvas_polygon(view->canvas, diamond, G_N_ELEMENTS(diamond),
                      &(WmPaint){.fill = is_solid ? plan : wm_opaque(view->style->palette->page), .stroke = plan, .width_px = 1.3});
}

/* Due dates: solid where it holds, open where it was moved away from. */
static void draw_dues(const View *view, const WmTimelineAction *action, double y)
{
    const double radius = fmin(view->row_height * 0.47, view->style->em * 0.85); /* its corners show beside a status */
    const bool is_moved = action->facts.new_due != WM_NO_DAY && action->facts.new_due != action->facts.due;
    if (action->facts.due != WM_NO_DAY)
        draw_diamond(view, x_of(view, action->facts.due), y, radius, !is_moved);
    if (action->facts.new_due != WM_NO_DAY)
        draw_diamond(view, x_of(view, action->facts.new_due), y, radius, true);
}

static void draw_history(const View *view, const WmTimelineAction *action, double y)
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
    const char *due = *action->due_text ? action->due_text : "no due date";
    const bool is_reported = action->facts.n_marks > 0; /* its marks say how it stands */
    if (is_reported || action->facts.state == WM_ACTION_NOT_SAID)
        return g_strdup(due);
    return g_strconcat(wm_action_state_name(action->facts.state), ", ", due, NULL);
}

/* Right of the last thing in the row, where there is room; the foot's count tells of it anyway. */
static void draw_absence(const View *view, const WmTimelineAction *action, double y)
{
    if (has_due(action))
        return;
    double x = view->plot.area.x + view->style->em * 0.5;
    const double right = view->plot.area.x + view->plot.area.width;
    if (action->facts.start != WM_NO_DAY)
        x = fmax(x, x_of(view, action->facts.start) + view->style->em);
    for (size_t i = 0; i < action->facts.n_marks; i++)
        if (is_known(view->timeline, &action->facts.marks[i]))
            x = fmax(x, x_of(view, action->facts.marks[i].as_at) + view->style->em * 1.2);
    const WmTextStyle text = wm_text_in(view->style->note, view->style->palette->muted);
    g_autofree char *words = absence_in_words(action);
    if (x + wm_text_width(wm_canvas_typeset(view->canvas), words, &text) <= right)
        wm_canvas_text(view->canvas, (WmPoint){x, y + text.size_px * 0.35}, WM_ANCHOR_START, words, &text);
}

/* A start without an end is a bar's left edge. */
static void draw_start(const View *view, const WmTimelineAction *action, double y)
{
    const double half = fmin(view->row_height * 0.3, view->style->em * 0.45);
    if (has_due(action) || action->facts.start == WM_NO_DAY)
        return;
    const double x = x_of(view, action->facts.start);
    wm_canvas_segment(view->canvas, (WmPoint){x, y - half}, (WmPoint){x, y + half},
                      &(WmPaint){.stroke = wm_opaque(view->style->palette->fan_edge), .width_px = view->style->em * 0.18});
}

static void draw_name(const View *view, const WmTimelineAction *action, double y, double width)
{
    const WmChartStyle *style = view->style;
    WmTextStyle text = style->label;
    text.halo = (WmColour){0, 0};
    g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(view->canvas), action->title, &text, width);
    wm_canvas_text(view->canvas, (WmPoint){style->margin, y + text.size_px * 0.35}, WM_ANCHOR_START, fitted, &text);
}

static void draw_row(const View *view, size_t i, double name_width)
{
    const WmTimelineAction *action = &view->timeline->actions[i];
    const double y = view->plot.area.y + ((double)i + 0.5) * view->row_height;
    const WmRect area = view->plot.area;
    if (i > 0 && strcmp(action->group, view->timeline->actions[i - 1].group) != 0)
        wm_canvas_segment(view->canvas, (WmPoint){view->style->margin, y - view->row_height / 2},
                          (WmPoint){area.x + area.width, y - view->row_height / 2},
                          &(WmPaint){.stroke = wm_faded(view->style->palette->ink, 0.3), .width_px = 1});
    draw_bar(view, action, y);
    draw_start(view, action, y);
    draw_dues(view, action, y);
    draw_history(view, action, y);
    if (name_width <= 0)
        return;
    draw_name(view, action, y, name_width);
    draw_absence(view, action, y);
}

static void draw_today(const View *view)
{
    const WmChartStyle *style = view->style;
    const WmRect area = view->plot.area;
    if (view->timeline->as_at == WM_NO_DAY)
        return;
    const double x = x_of(view, view->timeline->as_at);
    wm_canvas_segment(view->canvas, (WmPoint){x, area.y - style->em * 0.2}, (WmPoint){x, area.y + area.height},
                      &(WmPaint){.stroke = wm_opaque(style->palette->ink), .width_px = 1, .dash = WM_DASH_DASHED});
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
    const View view = {.canvas = canvas, .style = style};
    draw_diamond(&view, middle(swatch).x, middle(swatch).y, style->em * 0.45, true);
}

static void swatch_moved(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    const View view = {.canvas = canvas, .style = style};
    draw_diamond(&view, middle(swatch).x, middle(swatch).y, style->em * 0.45, false);
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

static View lay_out(WmCanvas *canvas, const WmChartStyle *style, const WmTimeline *timeline, WmRect room, double *name_width)
{
    View view = {.canvas = canvas, .style = style, .timeline = timeline};
    double from, to;
    extent_of(timeline, &from, &to);
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
    const View view = lay_out(canvas, style, timeline, body, &name_width);
    const size_t n_shown = MIN(timeline->n_actions, (size_t)fmax(0, floor(view.plot.area.height / view.row_height + 1e-6)));
    if (style->detail != WM_DETAIL_SPARK)
        wm_axes_draw_time(canvas, style, &view.plot, WM_FREQUENCY_MONTH);
    draw_today(&view);
    for (size_t i = 0; i < n_shown; i++)
        draw_row(&view, i, name_width);
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

/* ---- from a plan ---- */

typedef struct {
    WmTimeline timeline;
    GArray *actions, *marks; /* WmTimelineAction, WmRagMark */
} Gathered;

static int by_day(gconstpointer a, gconstpointer b)
{
    const WmDay x = ((const WmRagMark *)a)->as_at, y = ((const WmRagMark *)b)->as_at;
    return (x > y) - (x < y);
}

/* Marks of one action, by day, after those gathered before. */
static size_t add_marks(Gathered *self, const WmPlan *plan, const char *action)
{
    g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(WmRagMark));
    for (size_t i = 0; i < plan->n_action_rags; i++) {
        const WmRagMark mark = {plan->action_rags[i].as_at, plan->action_rags[i].rag};
        if (strcmp(plan->action_rags[i].action, action) == 0 && mark.as_at != WM_NO_DAY)
            g_array_append_val(own, mark);
    }
    g_array_sort(own, by_day);
    g_array_append_vals(self->marks, own->data, own->len);
    return own->len;
}

static void add_action(Gathered *self, const WmPlan *plan, const WmAction *action)
{
    WmTimelineAction row = {
        action->action, *action->title ? action->title : action->action, action->theme, "", {.start = WM_NO_DAY}};
    if (action->due == WM_NO_DAY && action->due_text)
        row.due_text = action->due_text;
    row.facts = (WmActionFacts){.start = action->start,
                                .due = action->due,
                                .new_due = action->new_due,
                                .timeline_due = WM_NO_DAY,
                                .is_recurrent = action->due_text && wm_action_is_recurrent(action->due_text),
                                .state = action->status ? wm_action_state_of(action->status) : WM_ACTION_NOT_SAID,
                                .progress_percent = nan(""),
                                .n_marks = add_marks(self, plan, action->action)};
    g_array_append_val(self->actions, row);
}

static void release(void *timeline)
{
    Gathered *self = timeline; /* its first member */
    g_array_unref(self->actions);
    g_array_unref(self->marks);
    g_free(self);
}

static void *gather(const WmChartSelection *selection)
{
    const WmPlan *plan = selection->plan;
    if (!plan || plan->n_actions == 0)
        return NULL;
    Gathered *self = g_new0(Gathered, 1);
    self->actions = g_array_new(FALSE, TRUE, sizeof(WmTimelineAction));
    self->marks = g_array_new(FALSE, TRUE, sizeof(WmRagMark));
    for (size_t i = 0; i < plan->n_actions; i++)
        if (wm_kind_is_about(selection, plan->actions[i].indicators))
            add_action(self, plan, &plan->actions[i]);
    if (self->actions->len == 0) {
        release(self);
        return NULL;
    }
    const WmRagMark *marks = (const WmRagMark *)(const void *)self->marks->data;
    for (guint i = 0; i < self->actions->len; i++) {
        WmTimelineAction *action = &g_array_index(self->actions, WmTimelineAction, i);
        action->facts.marks = marks;
        marks += action->facts.n_marks;
    }
    self->timeline = (WmTimeline){selection->title, selection->as_at, (const WmTimelineAction *)(const void *)self->actions->data,
                                  self->actions->len};
    return &self->timeline;
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
    .gather = gather,
    .release = release,
    .draw = wm_timeline_draw,
    .write = write,
    .height = height,
};
