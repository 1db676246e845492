/* What a sharp reader asks about the actions: each question with the actions that raise it. */
#include "plot/report/action_parts.h"

#include <math.h>
#include <string.h>

#include "plot/report/wording.h"

/* A finding as a heading, and as a mark in a table: before its number of months, and after. */
static const struct {
    const char *question, *mark;
    bool has_months;
} FINDINGS[WM_N_ACTION_FINDINGS] = {
    [WM_ACTION_OVERDUE] = {"Past their date and not complete", "overdue", true},
    [WM_ACTION_GREEN_PAST_DUE] = {"Green although their date has passed", "overdue", false},
    [WM_ACTION_GREEN_PAUSED] = {"Green although held up", "green but held up", false},
    [WM_ACTION_GREEN_NOT_STARTED] = {"Green although not begun", "green but not begun", false},
    [WM_ACTION_BLUE_UNFINISHED] = {"Blue although unfinished", "blue but unfinished", false},
    [WM_ACTION_BLUE_TARGET_UNMET] = {"Blue although the target is not met", "blue, target not met", false},
    [WM_ACTION_BLUE_UNEVIDENCED] = {"Blue although nothing has been measured", "blue, not measured", false},
    [WM_ACTION_NO_STATUS] = {"Without a status", "no status", false},
    [WM_ACTION_CHANGE_UNDATED] = {"Changes asked for without a new date", "no new date", false},
    [WM_ACTION_SLIPPED] = {"Dates moved back", "moved back", true},
    [WM_ACTION_DATES_DIFFER] = {"Dates that differ between the action table and the timeline", "timeline differs", false},
    [WM_ACTION_STARTED_LATE] = {"Not begun by their start", "not begun", false},
    [WM_ACTION_INCOMPLETE_LATE] = {"Incomplete three months or more after their date: to be escalated", "escalate", false},
    [WM_ACTION_POST_VACANT] = {"Waiting for a post to be filled", "post vacant", false},
    [WM_ACTION_WAITS_LATE] = {"Waiting for actions that are late or end after it", "waits", false},
    [WM_ACTION_WENT_BACK] = {"Status worse than at the monitoring date before", "went back", false},
    [WM_ACTION_NOT_UPDATED] = {"Not judged since others were", "not updated", false},
    [WM_ACTION_DUE_SOON] = {"Due within a month", "due soon", false},
};

const char *wm_action_say_marks(WmDocument *document, const WmTrackedAction *one)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < one->judgement.n_findings; i++) {
        const WmActionFinding *finding = &one->judgement.findings[i];
        if (finding->code == WM_ACTION_GREEN_PAST_DUE) /* its date and its green stand beside it */
            continue;
        g_string_append_printf(text, "%s%s", text->len ? "; " : "", FINDINGS[finding->code].mark);
        if (FINDINGS[finding->code].has_months && finding->a >= 1)
            g_string_append_printf(text, " %.0f %s", finding->a, finding->a < 2 ? "month" : "months");
    }
    return wm_document_text(document, text->str);
}

/* The finding under which an action is listed: its first that needs an answer; SIZE_MAX when it has none. */
static size_t find_question(const WmTrackedAction *one)
{
    for (size_t i = 0; i < one->judgement.n_findings; i++)
        if (wm_action_finding_needs_answer(one->judgement.findings[i].code))
            return i;
    return SIZE_MAX;
}

size_t wm_action_count_asked(const WmTracker *tracker)
{
    size_t n = 0;
    for (size_t i = 0; i < tracker->n_actions; i++)
        n += find_question(&tracker->actions[i]) != SIZE_MAX;
    return n;
}

/* Each action that needs an answer stands once, under its first question; a note stands under every note that it has. SIZE_MAX
 * where the action does not stand under this finding. */
static size_t find_under(const WmTrackedAction *one, WmActionFindingCode code)
{
    if (wm_action_finding_needs_answer(code)) {
        const size_t i = find_question(one);
        return i != SIZE_MAX && one->judgement.findings[i].code == code ? i : SIZE_MAX;
    }
    for (size_t i = 0; i < one->judgement.n_findings; i++)
        if (one->judgement.findings[i].code == code)
            return i;
    return SIZE_MAX;
}

/* How late an action is, in months: what puts the weightiest first. */
static double lateness(const WmTrackedAction *one)
{
    for (size_t i = 0; i < one->judgement.n_findings; i++)
        if (one->judgement.findings[i].code == WM_ACTION_OVERDUE)
            return one->judgement.findings[i].a;
    return 0;
}

static gint by_lateness(gconstpointer a, gconstpointer b)
{
    const WmTrackedAction *one = *(const WmTrackedAction *const *)a, *other = *(const WmTrackedAction *const *)b;
    const double difference = lateness(other) - lateness(one);
    return difference > 0 ? 1 : difference < 0 ? -1 : one < other ? -1 : one > other;
}

/* Actions of one tracker lie in the plan's order. */
static gint by_order(gconstpointer a, gconstpointer b)
{
    const WmTrackedAction *one = *(const WmTrackedAction *const *)a, *other = *(const WmTrackedAction *const *)b;
    return one < other ? -1 : one > other;
}

/* Everything that needs an answer about one action: "was due by Jun 2018 and is 6 months overdue; to be escalated". */
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

static WmProse *say_action(WmDocument *document, const WmTrackedAction *one, WmActionFindingCode code)
{
    const char *words =
        wm_action_finding_needs_answer(code) ? join_questions(document, one) : one->sentences[find_under(one, code)];
    WmProse *prose = wm_document_prose(document, "");
    wm_prose_addf(prose, WM_RUN_STRONG, "%s %s", one->action->action, one->action->title);
    wm_prose_addf(prose, WM_RUN_PLAIN, " %s.", words);
    if (*one->action->owner_role)
        wm_prose_addf(prose, WM_RUN_SMALL, " %s", one->action->owner_role);
    return prose;
}

/* "Working together 8; Local Offer 4": how many of a group stand in each theme, in the plan's order. */
static const char *count_by_theme(WmDocument *document, const GPtrArray *group, guint from)
{
    g_autoptr(GPtrArray) left = g_ptr_array_new();
    for (guint i = from; i < group->len; i++)
        g_ptr_array_add(left, g_ptr_array_index(group, i));
    g_ptr_array_sort(left, by_order);
    g_autoptr(GString) text = g_string_new(NULL);
    while (left->len) {
        const WmTrackedAction *first = g_ptr_array_index(left, 0);
        guint n = 0;
        for (guint i = 0; i < left->len;) {
            const WmTrackedAction *one = g_ptr_array_index(left, i);
            if (strcmp(one->theme_title, first->theme_title) == 0) {
                g_ptr_array_remove_index(left, i);
                n++;
            } else {
                i++;
            }
        }
        g_string_append_printf(text, "%s%s %u", text->len ? "; " : "", *first->theme_title ? first->theme_title : "no theme", n);
    }
    return wm_document_text(document, text->str);
}

static GPtrArray *find_group(const WmTracker *tracker, WmActionFindingCode code)
{
    GPtrArray *group = g_ptr_array_new();
    for (size_t i = 0; i < tracker->n_actions; i++)
        if (find_under(&tracker->actions[i], code) != SIZE_MAX)
            g_ptr_array_add(group, (gpointer)(guintptr)&tracker->actions[i]);
    return group;
}

/* How many of a group are named: all of a short one; of a long one that asks for an answer the latest, where some are late; else
 * none, for "All actions" says as much of each. */
static guint count_named(const GPtrArray *group, WmActionFindingCode code)
{
    if (group->len <= WM_ACTIONS_LISTED)
        return group->len;
    const bool has_late = wm_action_finding_needs_answer(code) && lateness(g_ptr_array_index(group, 0)) > 0;
    return has_late ? WM_ACTIONS_LISTED : 0;
}

static void add_rest(WmDocument *document, const GPtrArray *group, guint n_named, WmActionFindingCode code)
{
    WmProse *rest = wm_document_prosef(document, "%s%u by theme: %s. In \xE2\x80\x9C", n_named ? "The other " : "All ",
                                       group->len - n_named, count_by_theme(document, group, n_named));
    wm_prose_add_link(rest, "All actions", "actions");
    wm_prose_addf(rest, WM_RUN_PLAIN, "\xE2\x80\x9D they are marked \xE2\x80\x9C%s\xE2\x80\x9D.", FINDINGS[code].mark);
    wm_document_paragraph(document, rest);
}

/* "SG-1.2.1 May 2018, timeline Apr 2018; …": the two dates of each are all there is to say. */
static void add_two_dates(WmDocument *document, const GPtrArray *group)
{
    g_autoptr(GString) text = g_string_new("By the action table, and by the timeline: ");
    for (guint i = 0; i < group->len; i++) {
        const WmTrackedAction *one = g_ptr_array_index(group, i);
        g_string_append_printf(text, "%s%s %s, %s", i ? "; " : "", one->action->action, wm_action_say_due(document, one->action),
                               wm_action_say_timeline(document, one->action));
    }
    wm_document_paragraph(document, wm_document_prosef(document, "%s.", text->str));
}

static void add_question(WmDocument *document, const WmTracker *tracker, WmActionFindingCode code)
{
    g_autoptr(GPtrArray) group = find_group(tracker, code);
    if (group->len == 0)
        return;
    wm_document_heading(document, 3, wm_document_id(document, "question", code),
                        wm_document_textf(document, "%s (%u)", FINDINGS[code].question, group->len));
    if (code == WM_ACTION_DATES_DIFFER && group->len > WM_ACTIONS_LISTED) {
        add_two_dates(document, group);
        return;
    }
    if (group->len > WM_ACTIONS_LISTED)
        g_ptr_array_sort(group, by_lateness);
    const guint n_named = count_named(group, code);
    if (n_named > 0 && n_named < group->len)
        wm_document_paragraph(document, wm_document_prosef(document, "The %u longest overdue:", n_named))->is_kept = true;
    WmBlock *list = n_named ? wm_document_list(document) : NULL;
    for (guint i = 0; i < n_named; i++)
        wm_list_add(list, say_action(document, g_ptr_array_index(group, i), code));
    if (n_named < group->len)
        add_rest(document, group, n_named, code);
}

/* What asks for an answer first, each action once, so that the counts add up to the headline's; then what is only to be noted. */
void wm_action_add_questions(WmDocument *document, const WmTracker *tracker)
{
    wm_document_heading(document, 2, "questions", "What a sharp reader asks");
    if (wm_action_count_asked(tracker) == 0)
        wm_document_paragraph(document, wm_document_prose(document, "Declared statuses, dates and words agree for every action."));
    size_t n_notes = 0;
    for (int code = 0; code < WM_N_ACTION_FINDINGS; code++)
        if (wm_action_finding_needs_answer((WmActionFindingCode)code))
            add_question(document, tracker, (WmActionFindingCode)code);
        else
            n_notes += tracker->n_findings[code];
    if (n_notes == 0)
        return;
    wm_document_heading(document, 2, "notes", "What a sharp reader notes");
    for (int code = 0; code < WM_N_ACTION_FINDINGS; code++)
        if (!wm_action_finding_needs_answer((WmActionFindingCode)code))
            add_question(document, tracker, (WmActionFindingCode)code);
}

void wm_action_add_latest(WmDocument *document, const WmTracker *tracker, guint max)
{
    g_autoptr(GPtrArray) late = g_ptr_array_new();
    for (size_t i = 0; i < tracker->n_actions; i++)
        if (lateness(&tracker->actions[i]) > 0)
            g_ptr_array_add(late, (gpointer)(guintptr)&tracker->actions[i]);
    if (late->len == 0)
        return;
    g_ptr_array_sort(late, by_lateness);
    wm_document_paragraph(document, wm_document_prose(document, late->len > max ? "The longest overdue:" : "Overdue:"))->is_kept =
        true;
    WmBlock *list = wm_document_list(document);
    for (guint i = 0; i < late->len && i < max; i++)
        wm_list_add(list, say_action(document, g_ptr_array_index(late, i), WM_ACTION_OVERDUE));
}
