/* The action tracker: what each lead declares, what the dates imply, and what a sharp reader asks. */
#include <waymark/tracker.h>

#include <math.h>
#include <string.h>

#include "plot/report/wording.h"

#define MAX_DATES 4 /* monitoring dates shown, the latest: more do not fit a page */

/* What is asked about actions, under one heading each. */
static const char *const QUESTIONS[WM_N_ACTION_FINDINGS] = {
    [WM_ACTION_OVERDUE] = "Past their date and not complete",
    [WM_ACTION_GREEN_PAST_DUE] = "Green although their date has passed",
    [WM_ACTION_GREEN_PAUSED] = "Green although paused",
    [WM_ACTION_GREEN_NOT_STARTED] = "Green although not begun",
    [WM_ACTION_BLUE_UNFINISHED] = "Blue although unfinished",
    [WM_ACTION_BLUE_TARGET_UNMET] = "Blue although the target is not met",
    [WM_ACTION_BLUE_UNEVIDENCED] = "Blue although nothing has been measured",
    [WM_ACTION_NO_STATUS] = "Without a status",
    [WM_ACTION_CHANGE_UNDATED] = "Changes asked for without a new date",
    [WM_ACTION_SLIPPED] = "Dates moved back",
    [WM_ACTION_DATES_DIFFER] = "Dates that differ between the action table and the timeline",
    [WM_ACTION_STARTED_LATE] = "Not begun by their start",
    [WM_ACTION_INCOMPLETE_LATE] = "Incomplete three months or more after their date: to be escalated",
    [WM_ACTION_WENT_BACK] = "Status worse than at the monitoring date before",
    [WM_ACTION_NOT_UPDATED] = "Not judged since others were",
    [WM_ACTION_DUE_SOON] = "Due within a month",
};

static const WmRag ORDER[] = {WM_RED, WM_AMBER, WM_GREEN, WM_BLUE, WM_WHITE, WM_GREY};

static void add_counts(WmDocument *document, const WmTracker *tracker)
{
    const WmColumn columns[] = {{"", WM_ALIGN_START, true},
                                {"Declared by the lead", WM_ALIGN_END, false},
                                {"Implied by dates and words", WM_ALIGN_END, false}};
    WmTable *table = wm_document_table(document, "Actions by status", columns, G_N_ELEMENTS(columns));
    for (size_t i = 0; i < G_N_ELEMENTS(ORDER); i++) {
        WmProse *status = wm_document_prose(document, "");
        wm_prose_add_status(status, (WmVerdict){ORDER[i], WM_PLAIN});
        wm_table_row(document, table,
                     (WmProse *[]){status, wm_document_prosef(document, "%zu", tracker->n_declared[ORDER[i]]),
                                   wm_document_prosef(document, "%zu", tracker->n_implied[ORDER[i]])});
    }
    if (tracker->n_declared[WM_N_RAGS])
        wm_table_row(document, table,
                     (WmProse *[]){wm_document_prose(document, "Nothing declared"),
                                   wm_document_prosef(document, "%zu", tracker->n_declared[WM_N_RAGS]),
                                   wm_document_prose(document, WM_DASH)});
    wm_document_add_table(document, table);
}

/* The finding under which an action is listed: its first that needs an answer; SIZE_MAX when it has none. */
static size_t find_question(const WmTrackedAction *one)
{
    for (size_t i = 0; i < one->judgement.n_findings; i++)
        if (wm_action_finding_needs_answer(one->judgement.findings[i].code))
            return i;
    return SIZE_MAX;
}

static size_t count_asked(const WmTracker *tracker)
{
    size_t n = 0;
    for (size_t i = 0; i < tracker->n_actions; i++)
        n += find_question(&tracker->actions[i]) != SIZE_MAX;
    return n;
}

static void add_headline(WmDocument *document, const WmTracker *tracker)
{
    wm_document_heading(document, 2, "headline", "Headline");
    WmProse *prose = wm_document_prose(document, "");
    const size_t n_asked = count_asked(tracker), n_late = tracker->n_findings[WM_ACTION_OVERDUE];
    wm_prose_addf(prose, WM_RUN_STRONG, "%zu of %s raise%s a question.", n_asked,
                  wm_say_count(document, tracker->n_actions, "action"), n_asked == 1 ? "s" : "");
    wm_prose_addf(prose, WM_RUN_PLAIN, " %zu %s past %s date and not complete; %zu of the actions are complete.", n_late,
                  n_late == 1 ? "is" : "are", n_late == 1 ? "its" : "their", tracker->n_implied[WM_BLUE]);
    wm_document_paragraph(document, prose);
    add_counts(document, tracker);
}

static WmProse *say_finding(WmDocument *document, const WmTrackedAction *one, const char *findings)
{
    WmProse *prose = wm_document_prose(document, "");
    wm_prose_addf(prose, WM_RUN_STRONG, "%s %s", one->action->action, one->action->title);
    wm_prose_addf(prose, WM_RUN_PLAIN, " %s.", findings);
    if (*one->action->owner_role)
        wm_prose_addf(prose, WM_RUN_SMALL, " %s", one->action->owner_role);
    return prose;
}

/* Everything that needs an answer about one action: "was due by Jun 2018 and is not complete: 6 months overdue; is to be …". */
static const char *join_questions(WmDocument *document, const WmTrackedAction *one)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < one->judgement.n_findings; i++) {
        const WmActionFindingCode code = one->judgement.findings[i].code;
        if (wm_action_finding_needs_answer(code) && code != WM_ACTION_GREEN_PAST_DUE) /* its heading says it */
            g_string_append_printf(text, "%s%s", text->len ? "; " : "", one->sentences[i]);
    }
    return wm_document_text(document, text->str);
}

/* Each action that needs an answer stands once, under its first question; a note stands under every note that it has. */
static WmProse *say_under(WmDocument *document, const WmTrackedAction *one, WmActionFindingCode code)
{
    if (wm_action_finding_needs_answer(code)) {
        const size_t i = find_question(one);
        const bool is_here = i != SIZE_MAX && one->judgement.findings[i].code == code;
        return is_here ? say_finding(document, one, join_questions(document, one)) : NULL;
    }
    for (size_t i = 0; i < one->judgement.n_findings; i++)
        if (one->judgement.findings[i].code == code)
            return say_finding(document, one, one->sentences[i]);
    return NULL;
}

static void add_question(WmDocument *document, const WmTracker *tracker, WmActionFindingCode code)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (size_t i = 0; i < tracker->n_actions; i++) {
        WmProse *item = say_under(document, &tracker->actions[i], code);
        if (item)
            g_ptr_array_add(items, item);
    }
    if (items->len == 0)
        return;
    wm_document_heading(document, 3, wm_document_id(document, "question", code),
                        wm_document_textf(document, "%s (%u)", QUESTIONS[code], items->len));
    WmBlock *list = wm_document_list(document);
    for (guint i = 0; i < items->len; i++)
        wm_list_add(list, g_ptr_array_index(items, i));
}

static void add_questions(WmDocument *document, const WmTracker *tracker)
{
    wm_document_heading(document, 2, "questions", "What a sharp reader asks");
    if (count_asked(tracker) == 0)
        wm_document_paragraph(document, wm_document_prose(document, "Declared statuses, dates and words agree for every action."));
    for (int code = 0; code < WM_N_ACTION_FINDINGS; code++)
        add_question(document, tracker, (WmActionFindingCode)code);
}

/* "Green, was Amber in Sep 2018": one line an action that changed between the last two monitoring dates. */
static void add_changes(WmDocument *document, const WmTracker *tracker)
{
    wm_document_heading(document, 2, "changes", "What changed since the last monitoring date");
    if (tracker->n_dates < 2) {
        wm_document_paragraph(document, wm_document_prose(document, "There is no earlier monitoring date to compare with."));
        return;
    }
    const WmDay now = tracker->dates[tracker->n_dates - 1], then = tracker->dates[tracker->n_dates - 2];
    wm_document_paragraph(
        document, wm_document_prosef(document, "%s compared with %s.", wm_say_month(document, now), wm_say_month(document, then)));
    WmBlock *list = NULL;
    for (size_t i = 0; i < tracker->n_actions; i++) {
        const WmTrackedAction *one = &tracker->actions[i];
        const WmRag is = wm_tracked_action_at(one, now), was = wm_tracked_action_at(one, then);
        if (is == was || is == WM_N_RAGS)
            continue;
        if (!list)
            list = wm_document_list(document);
        WmProse *item = wm_document_prosef(document, "%s %s: ", one->action->action, one->action->title);
        wm_prose_add_status(item, (WmVerdict){is, WM_PLAIN});
        wm_prose_addf(item, WM_RUN_PLAIN, ", was %s", was == WM_N_RAGS ? "not judged" : wm_status_look(was)->word);
        wm_list_add(list, item);
    }
    if (!list)
        wm_document_paragraph(document, wm_document_prose(document, "No declared status changed."));
}

static WmProse *say_status(WmDocument *document, WmRag rag)
{
    WmProse *prose = wm_document_prose(document, rag == WM_N_RAGS ? WM_DASH : "");
    if (rag != WM_N_RAGS)
        wm_prose_add_status(prose, (WmVerdict){rag, WM_PLAIN});
    return prose;
}

static WmProse *say_due(WmDocument *document, const WmTrackedAction *one)
{
    const WmAction *action = one->action;
    WmProse *prose = wm_document_prose(document, action->due != WM_NO_DAY ? wm_say_month(document, action->due)
                                                 : *action->due_text      ? action->due_text
                                                                          : WM_DASH);
    if (action->new_due != WM_NO_DAY && action->new_due != action->due) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "now %s", wm_say_month(document, action->new_due));
    }
    return prose;
}

static WmProse *say_action(WmDocument *document, const WmAction *action)
{
    WmProse *prose = wm_document_prosef(document, "%s %s", action->action, action->title);
    if (*action->owner_role) {
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, action->owner_role);
    }
    return prose;
}

typedef struct {
    WmDocument *document;
    const WmTracker *tracker;
    WmTable *table;
    size_t i_first_date; /* of the dates shown */
} History;

static void add_row(const History *self, const WmTrackedAction *one)
{
    WmProse *cells[MAX_DATES + 3];
    size_t n = 0;
    cells[n++] = say_action(self->document, one->action);
    cells[n++] = say_due(self->document, one);
    for (size_t i = self->i_first_date; i < self->tracker->n_dates; i++)
        cells[n++] = say_status(self->document, wm_tracked_action_at(one, self->tracker->dates[i]));
    cells[n++] = say_status(self->document, one->judgement.implied);
    wm_table_row(self->document, self->table, cells);
}

/* Themes in the plan's order; each action stands once, in the plan's order. */
static void add_rows(const History *self)
{
    const char *theme = NULL;
    for (size_t i = 0; i < self->tracker->n_actions; i++) {
        const WmTrackedAction *one = &self->tracker->actions[i];
        if (!theme || strcmp(theme, one->action->theme) != 0) {
            theme = one->action->theme;
            wm_table_group(self->document, self->table, *one->theme_title ? one->theme_title : "Actions without a theme");
        }
        add_row(self, one);
    }
}

static void add_history(WmDocument *document, const WmTracker *tracker)
{
    wm_document_heading(document, 2, "actions", "All actions");
    const size_t first = tracker->n_dates > MAX_DATES ? tracker->n_dates - MAX_DATES : 0;
    WmColumn columns[MAX_DATES + 3];
    size_t n = 0;
    columns[n++] = (WmColumn){"Action", WM_ALIGN_START, true};
    columns[n++] = (WmColumn){"Due", WM_ALIGN_START, false};
    for (size_t i = first; i < tracker->n_dates; i++)
        columns[n++] = (WmColumn){wm_say_month(document, tracker->dates[i]), WM_ALIGN_START, false};
    columns[n++] = (WmColumn){"Dates imply", WM_ALIGN_START, false};
    WmTable *table = wm_document_table(document, "", columns, n);
    table->label = "All actions, with the status declared at each monitoring date and the one their dates imply";
    table->is_dense = true;
    add_rows(&(History){document, tracker, table, first});
    wm_document_add_table(document, table);
}

static WmProse *say_move(WmDocument *document, const WmSeries *series, const WmActionLink *link)
{
    if (link->was_period.kind == WM_PERIOD_NONE)
        return wm_document_prose(document, "not measured twice yet");
    char difference[WM_VALUE_TEXT];
    wm_difference_format(fabs(link->change), &series->measure, series->measure_unit, difference);
    const char *way = isnan(link->change) ? "" : link->change > 0 ? "better" : link->change < 0 ? "worse" : "no change";
    const char *from = wm_document_textf(document, "%s in %s to %s", wm_say_value(document, series, link->was),
                                         wm_say_period(document, link->was_period),
                                         wm_say_value(document, series, series->assessment.reading.value));
    if (series->measure.kind == WM_KIND_YES_NO && link->change > 0)
        return wm_document_prosef(document, "done; it was not in %s", wm_say_period(document, link->was_period));
    if (isnan(link->change) || link->change == 0)
        return wm_document_prosef(document, "%s%s%s", from, *way ? ": " : "", way);
    return wm_document_prosef(document, "%s: %s %s", from, difference, way);
}

/* An action and the indicators that it should move. A move after an action is not proof that the action moved it. */
static void add_links(WmDocument *document, const WmTracker *tracker)
{
    const WmColumn columns[] = {{"Action", WM_ALIGN_START, true},
                                {"Should move", WM_ALIGN_START, false},
                                {"Since it began", WM_ALIGN_START, false},
                                {"Measure's status", WM_ALIGN_START, false}};
    WmTable *table = wm_document_table(document, "", columns, G_N_ELEMENTS(columns));
    table->label = "Actions and the measures that they should move";
    table->is_dense = true;
    for (size_t i = 0; i < tracker->n_actions; i++)
        for (size_t k = 0; k < tracker->actions[i].n_links; k++) {
            const WmTrackedAction *one = &tracker->actions[i];
            const WmSeries *series = &tracker->month->series[one->links[k].i_series];
            wm_table_row(document, table,
                         (WmProse *[]){wm_document_prosef(document, "%s %s", one->action->action, one->action->title),
                                       wm_document_prose(document, wm_say_name(document, series)),
                                       say_move(document, series, &one->links[k]),
                                       say_status(document, series->assessment.verdict.status)});
        }
    if (table->rows->len == 0)
        return;
    wm_document_heading(document, 2, "measures", "Did the measures move?");
    wm_document_paragraph(document, wm_document_prose(document, "Each measure is counted from its last reading before the action "
                                                                "began, or its first after. That a measure moved does not show "
                                                                "that the action moved it."));
    wm_document_add_table(document, table);
}

WmDocument *wm_report_actions(const WmMonth *month, GError **error)
{
    (void)error;
    g_autoptr(WmTracker) tracker = wm_tracker_new(month);
    WmDocument *document = wm_document_for_month(month, "Action tracker");
    add_headline(document, tracker);
    add_changes(document, tracker);
    wm_document_mark(document, WM_BLOCK_CONTENTS);
    add_questions(document, tracker);
    add_history(document, tracker);
    add_links(document, tracker);
    return document;
}
