/* The timeline's actions, from a plan. */
#include "plot/chart/timeline_parts.h"

#include <math.h>
#include <string.h>

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

/* A theme's title; its id where themes.csv does not know it. */
static const char *theme_title(const WmPlan *plan, const char *theme)
{
    for (size_t i = 0; i < plan->n_themes; i++)
        if (strcmp(plan->themes[i].theme, theme) == 0 && *plan->themes[i].title)
            return plan->themes[i].title;
    return theme;
}

static void add_action(Gathered *self, const WmPlan *plan, const WmAction *action)
{
    WmTimelineAction row = {action->action,
                            *action->title ? action->title : action->action,
                            theme_title(plan, action->theme),
                            "",
                            {.start = WM_NO_DAY}};
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

void wm_timeline_release(void *timeline)
{
    Gathered *self = timeline; /* its first member */
    g_array_unref(self->actions);
    g_array_unref(self->marks);
    g_free(self);
}

void *wm_timeline_gather(const WmChartSelection *selection)
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
        wm_timeline_release(self);
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
