/* A plan's actions as at the month. */
#include <waymark/tracker.h>

#include <math.h>
#include <string.h>
#include <waymark/value.h>

#include "engine/data/plan/links.h"
#include "engine/data/plan/plan_private.h"
#include "engine/data/plan/tracker_text.h"

struct WmTrackerStorage {
    GArray *actions;  /* of WmTrackedAction */
    GArray *dates;    /* of WmDay */
    GPtrArray *owned; /* of GArray: marks and links that actions point into */
    GPtrArray *lists; /* of arrays of sentences */
    GStringChunk *texts;
};

/* The marks of one action, by date: the last row of a date counts. */
static GArray *find_marks(const WmPlan *plan, const char *action)
{
    GArray *marks = g_array_new(FALSE, FALSE, sizeof(WmRagMark));
    for (size_t i = 0; i < plan->n_action_rags; i++) {
        const WmActionRag *row = &plan->action_rags[i];
        if (strcmp(row->action, action) != 0)
            continue;
        const WmRagMark mark = {row->as_at, row->rag};
        guint at = marks->len;
        while (at > 0 && g_array_index(marks, WmRagMark, at - 1).as_at > mark.as_at)
            at--;
        if (at > 0 && g_array_index(marks, WmRagMark, at - 1).as_at == mark.as_at)
            g_array_index(marks, WmRagMark, at - 1) = mark;
        else
            g_array_insert_val(marks, at, mark);
    }
    return marks;
}

static gboolean has_value(const WmReading *reading)
{
    return wm_reading_state_has_value(reading->state) && isfinite(reading->value);
}

/* The reading that the move is counted from: the last by `start`, else the first; SIZE_MAX when there is none. */
static size_t find_reading_at(const WmSeries *series, WmDay start)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < series->n_readings; i++) {
        if (!has_value(&series->readings[i]))
            continue;
        if (found != SIZE_MAX && (start == WM_NO_DAY || wm_period_end(series->readings[i].period) > start))
            break;
        found = i;
    }
    return found;
}

static WmActionLink link_to(const WmMonth *month, size_t i_series, WmDay start)
{
    const WmSeries *series = &month->series[i_series];
    WmActionLink link = {.i_series = i_series, .was = NAN, .change = NAN};
    const size_t from = find_reading_at(series, start);
    if (from == SIZE_MAX || !series->assessment.has_value)
        return link;
    const WmReading *was = &series->readings[from], *now = &series->assessment.reading;
    if (wm_period_compare(was->period, now->period) >= 0)
        return link;
    const int sign = wm_polarity_sign(series->measure.polarity);
    link.was_period = was->period;
    link.was = was->value;
    link.change = sign ? sign * (now->value - was->value) : (double)NAN;
    return link;
}

TrackerEvidence tracker_weigh(const WmSeries *series, WmDay by, const WmSeriesMilestone **due)
{
    *due = NULL;
    for (size_t i = 0; i < series->n_milestones; i++) {
        const WmSeriesMilestone *one = &series->milestones[i];
        if (!*one->reason && one->due != WM_NO_DAY && one->due <= by)
            *due = one;
    }
    if (!*due)
        return TRACKER_NO_TARGET_DUE;
    if (!series->assessment.has_value)
        return TRACKER_UNMEASURED;
    const gboolean is_met = wm_measure_is_met(&series->measure, series->assessment.reading.value, (*due)->target);
    return is_met ? TRACKER_TARGET_MET : TRACKER_TARGET_UNMET;
}

WmDay tracker_weighed_by(const WmTracker *tracker, const WmTrackedAction *action)
{
    return MAX(tracker->as_at, action->action->due); /* WM_NO_DAY is before every day */
}

static void count_target(const WmSeries *series, WmDay by, WmActionFacts *facts)
{
    const WmSeriesMilestone *due;
    const TrackerEvidence evidence = tracker_weigh(series, by, &due);
    facts->n_targets_unmet += evidence == TRACKER_TARGET_UNMET;
    facts->n_targets_without_value += evidence == TRACKER_UNMEASURED;
}

static void add_links(WmTracker *self, WmTrackedAction *out)
{
    GArray *links = g_array_new(FALSE, FALSE, sizeof(WmActionLink));
    g_ptr_array_add(self->storage->owned, links);
    g_autoptr(GArray) found = links_find(self->month, out->action->indicators, &out->n_unknown_links);
    for (guint i = 0; i < found->len; i++) {
        const size_t i_series = g_array_index(found, size_t, i);
        const WmActionLink link = link_to(self->month, i_series, out->facts.start);
        g_array_append_val(links, link);
        count_target(&self->month->series[i_series], tracker_weighed_by(self, out), &out->facts);
    }
    out->links = (WmActionLink *)(gpointer)links->data;
    out->n_links = links->len;
}

/* "80%" of a progress column that holds a figure alone; NAN for words. */
static double read_progress(const char *text)
{
    WmValueText value;
    return *text && wm_value_parse(text, &value) && value.value >= 0 && value.value <= 100 ? value.value : (double)NAN;
}

/* Whether one text holds the other, in any letter case: "from 2018-02" and "2018-02". */
static gboolean says_the_same(const char *a, const char *b)
{
    g_autofree char *x = g_ascii_strdown(a, -1), *y = g_ascii_strdown(b, -1);
    return strstr(x, y) || strstr(y, x);
}

/* A timeline may show when an action begins instead of when it ends; then it does not differ. A school year has three terms. */
static gboolean timeline_differs(const WmAction *action)
{
    const char *other = action->timeline_due_text;
    if (!*other || (action->timeline_due != WM_NO_DAY && action->timeline_due == action->start))
        return FALSE;
    const gboolean is_termly = g_ascii_strcasecmp(other, "termly") == 0 && strstr(action->due_text, "3 times a year");
    return !is_termly && (action->timeline_due == WM_NO_DAY || action->timeline_due != action->due) &&
           !says_the_same(other, action->due_text);
}

static void gather_facts(WmTracker *self, WmTrackedAction *out)
{
    const WmAction *action = out->action;
    GArray *marks = find_marks(self->month->plan, action->action);
    g_ptr_array_add(self->storage->owned, marks);
    out->facts = (WmActionFacts){
        .start = action->start,
        .due = action->due,
        .new_due = action->new_due,
        .timeline_differs = timeline_differs(action),
        .timeline_due = action->timeline_due,
        .is_recurrent = wm_action_is_recurrent(action->due_text),
        .state = wm_action_state_of(action->status),
        .said = MAX(wm_action_admission_of(action->progress), wm_action_admission_of(action->barrier)),
        .has_vacant_post = wm_action_is_vacancy(action->owner_role) || wm_action_is_vacancy(action->barrier) ||
                           wm_action_is_vacancy(action->progress),
        .has_change_request = *action->change_request != 0,
        .progress_percent = read_progress(action->progress),
        .marks = (WmRagMark *)(gpointer)marks->data,
        .n_marks = marks->len,
    };
    add_links(self, out);
}

static gint by_day(gconstpointer a, gconstpointer b)
{
    const WmDay x = *(const WmDay *)a, y = *(const WmDay *)b;
    return (x > y) - (x < y);
}

static void find_dates(WmTracker *self)
{
    const WmPlan *plan = self->month->plan;
    GArray *dates = self->storage->dates;
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < plan->n_action_rags; i++) {
        const WmDay day = plan->action_rags[i].as_at;
        if (day <= self->as_at && g_hash_table_add(seen, GINT_TO_POINTER(day)))
            g_array_append_val(dates, day);
    }
    g_array_sort(dates, by_day);
    self->dates = (WmDay *)(gpointer)dates->data;
    self->n_dates = dates->len;
}

static void keep_sentences(WmTracker *self, WmTrackedAction *action)
{
    const char **sentences = g_new0(const char *, action->judgement.n_findings + 1);
    g_ptr_array_add(self->storage->lists, sentences);
    for (size_t i = 0; i < action->judgement.n_findings; i++) {
        g_autofree char *text = tracker_say_finding(self, action, i);
        sentences[i] = g_string_chunk_insert(self->storage->texts, text);
    }
    action->sentences = sentences;
}

static const char *find_theme_title(const WmPlan *plan, const char *theme)
{
    for (size_t i = 0; i < plan->n_themes; i++)
        if (strcmp(plan->themes[i].theme, theme) == 0 && *plan->themes[i].title)
            return plan->themes[i].title;
    return theme;
}

static const WmTrackedAction *find_action(const WmTracker *tracker, const char *id)
{
    for (size_t i = 0; i < tracker->n_actions; i++)
        if (strcmp(tracker->actions[i].action->action, id) == 0)
            return &tracker->actions[i];
    return NULL;
}

static gboolean ends_too_late(const WmTrackedAction *awaited, const WmTrackedAction *action, WmDay as_at)
{
    const WmDay due = awaited->judgement.due, own = action->judgement.due;
    if (awaited->judgement.is_complete || due == WM_NO_DAY)
        return FALSE;
    return due < as_at || (own != WM_NO_DAY && due > own);
}

GPtrArray *tracker_awaited_late(const WmTracker *tracker, const WmTrackedAction *action)
{
    GPtrArray *found = g_ptr_array_new();
    g_auto(GStrv) ids = g_strsplit_set(action->action->waits_for, PLAN_LIST_MARKS, -1);
    for (char **id = ids; *id; id++) {
        const WmTrackedAction *awaited = find_action(tracker, *id);
        if (awaited && awaited != action && ends_too_late(awaited, action, tracker->as_at))
            g_ptr_array_add(found, (gpointer)awaited);
    }
    return found;
}

static void add_action(WmTracker *self, const WmAction *row, const WmActionRules *rules)
{
    WmTrackedAction action = {.action = row, .theme_title = find_theme_title(self->month->plan, row->theme)};
    gather_facts(self, &action);
    wm_action_judge(&action.facts, self->as_at, rules, &action.judgement);
    g_array_append_val(self->storage->actions, action);
}

/* What waits is judged again once all that it waits for has been; by its findings alone, so that the order does not matter. */
static void finish_action(WmTracker *self, WmTrackedAction *action, const WmActionRules *rules)
{
    g_autoptr(GPtrArray) awaited = tracker_awaited_late(self, action);
    action->facts.n_waits_late = awaited->len;
    if (awaited->len)
        wm_action_judge(&action->facts, self->as_at, rules, &action->judgement);
    keep_sentences(self, action);
    self->n_declared[action->judgement.declared]++;
    self->n_implied[action->judgement.implied]++;
    for (size_t i = 0; i < action->judgement.n_findings; i++)
        self->n_findings[action->judgement.findings[i].code]++;
}

WmTracker *wm_tracker_new(const WmMonth *month)
{
    WmTracker *self = g_new0(WmTracker, 1);
    self->storage = g_new0(WmTrackerStorage, 1);
    self->storage->actions = g_array_new(FALSE, FALSE, sizeof(WmTrackedAction));
    self->storage->dates = g_array_new(FALSE, FALSE, sizeof(WmDay));
    self->storage->owned = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    self->storage->lists = g_ptr_array_new_with_free_func(g_free);
    self->storage->texts = g_string_chunk_new(4096);
    self->month = month;
    self->as_at = month->as_at;
    find_dates(self);
    const WmActionRules rules = {.latest_mark = self->n_dates ? self->dates[self->n_dates - 1] : WM_NO_DAY};
    for (size_t i = 0; i < month->plan->n_actions; i++)
        add_action(self, &month->plan->actions[i], &rules);
    self->actions = (WmTrackedAction *)(gpointer)self->storage->actions->data;
    self->n_actions = self->storage->actions->len;
    for (size_t i = 0; i < self->n_actions; i++)
        finish_action(self, &g_array_index(self->storage->actions, WmTrackedAction, i), &rules);
    return self;
}

void wm_tracker_free(WmTracker *self)
{
    if (!self)
        return;
    g_array_unref(self->storage->actions);
    g_array_unref(self->storage->dates);
    g_ptr_array_unref(self->storage->owned);
    g_ptr_array_unref(self->storage->lists);
    g_string_chunk_free(self->storage->texts);
    g_free(self->storage);
    g_free(self);
}

WmRag wm_tracked_action_at(const WmTrackedAction *self, WmDay date)
{
    for (size_t i = 0; i < self->facts.n_marks; i++)
        if (self->facts.marks[i].as_at == date)
            return self->facts.marks[i].rag;
    return WM_N_RAGS;
}
