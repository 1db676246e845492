/* The action tracker: what each lead declares, what the dates imply, and what a sharp reader asks. */
#include "plot/report/action_parts.h"
#include "plot/report/digests.h"
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

static const WmRag ORDER[] = {WM_RED, WM_AMBER, WM_GREEN, WM_BLUE, WM_WHITE, WM_GREY};

static void add_counts(WmDocument *document, const WmTracker *tracker)
{
    const WmColumn columns[] = {{"Status", WM_ALIGN_START, true},
                                {"Declared by the lead", WM_ALIGN_END, false},
                                {"Implied by dates and words", WM_ALIGN_END, false}};
    WmTable *table = wm_document_table(document, "Actions by status", columns, G_N_ELEMENTS(columns));
    for (size_t i = 0; i < G_N_ELEMENTS(ORDER); i++)
        wm_table_row(document, table,
                     (WmProse *[]){wm_action_say_status(document, ORDER[i]),
                                   wm_document_prosef(document, "%zu", tracker->n_declared[ORDER[i]]),
                                   wm_document_prosef(document, "%zu", tracker->n_implied[ORDER[i]])});
    if (tracker->n_declared[WM_N_RAGS])
        wm_table_row(document, table,
                     (WmProse *[]){wm_document_prose(document, "Nothing declared"),
                                   wm_document_prosef(document, "%zu", tracker->n_declared[WM_N_RAGS]),
                                   wm_document_prose(document, WM_DASH)});
    wm_document_add_table(document, table);
}

/* Nothing is known of any action but what it is: no date, no status text, no RAG. */
static bool is_unplanned(const WmTracker *tracker)
{
    for (size_t i = 0; i < tracker->n_actions; i++) {
        const WmActionFacts *facts = &tracker->actions[i].facts;
        if (facts->start != WM_NO_DAY || facts->due != WM_NO_DAY || facts->new_due != WM_NO_DAY)
            return false;
    }
    return tracker->n_findings[WM_ACTION_NO_STATUS] == tracker->n_actions;
}

/* "22 of 74 actions raise a question", "All 57 actions raise a question", "None of the 12 actions raises a question". */
static const char *say_asked(WmDocument *document, const WmTracker *tracker)
{
    const size_t n = tracker->n_actions, n_asked = wm_action_count_asked(tracker);
    if (n == 1)
        return n_asked ? "The only action raises a question" : "The only action raises no question";
    if (n == 2 && n_asked == n)
        return "Both actions raise a question";
    if (n_asked == 0 || n_asked == n)
        return wm_document_textf(document,
                                 n_asked ? "All %zu actions raise a question" : "None of the %zu actions raises a question", n);
    return wm_document_textf(document, "%zu of %zu actions raise%s a question", n_asked, n, n_asked == 1 ? "s" : "");
}

/* " Declared Red: TRK-PF-02 Charter for growing up." Of many, how many. */
static void add_red(WmProse *prose, const WmTracker *tracker)
{
    const size_t n_red = tracker->n_declared[WM_RED];
    if (n_red > WM_ACTIONS_LISTED / 2)
        wm_prose_addf(prose, WM_RUN_PLAIN, " %zu are declared Red.", n_red);
    if (n_red == 0 || n_red > WM_ACTIONS_LISTED / 2)
        return;
    wm_prose_add(prose, WM_RUN_PLAIN, " Declared Red: ");
    for (size_t i = 0, n = 0; i < tracker->n_actions; i++)
        if (tracker->actions[i].judgement.declared == WM_RED)
            wm_prose_addf(prose, WM_RUN_PLAIN, "%s%s %s", n++ ? "; " : "", tracker->actions[i].action->action,
                          tracker->actions[i].action->title);
    wm_prose_add(prose, WM_RUN_PLAIN, ".");
}

static WmProse *say_headline(WmDocument *document, const WmTracker *tracker)
{
    WmProse *prose = wm_document_prose(document, "");
    if (is_unplanned(tracker)) {
        wm_prose_add(prose, WM_RUN_STRONG, "No action has a date or a status yet.");
        wm_prose_addf(prose, WM_RUN_PLAIN, " How far the plan's %s %s come cannot be told.",
                      wm_say_count(document, tracker->n_actions, "action"), tracker->n_actions == 1 ? "has" : "have");
        return prose;
    }
    const size_t n_late = tracker->n_findings[WM_ACTION_OVERDUE], n_complete = tracker->n_implied[WM_BLUE];
    wm_prose_addf(prose, WM_RUN_STRONG, "%s.", say_asked(document, tracker));
    if (n_late)
        wm_prose_addf(prose, WM_RUN_PLAIN, " %zu %s past %s date and not complete; ", n_late, n_late == 1 ? "is" : "are",
                      n_late == 1 ? "its" : "their");
    else
        wm_prose_add(prose, WM_RUN_PLAIN, " None is past its date; ");
    if (n_complete)
        wm_prose_addf(prose, WM_RUN_PLAIN, "%zu %s complete.", n_complete, n_complete == 1 ? "is" : "are");
    else
        wm_prose_add(prose, WM_RUN_PLAIN, "none is complete.");
    add_red(prose, tracker);
    return prose;
}

static void add_headline(WmDocument *document, const WmTracker *tracker)
{
    wm_document_heading(document, 2, "headline", "Headline");
    wm_document_paragraph(document, say_headline(document, tracker));
    add_counts(document, tracker);
}

/* ---- what changed between the last two monitoring dates ---- */

/* A declared status that became another; `group` holds WmTrackedAction*. */
typedef struct {
    WmRag was, is;
    GPtrArray *group;
} Move;

static void move_clear(gpointer data)
{
    g_ptr_array_unref(((Move *)data)->group);
}

/* Moves in the order in which they first come. */
static GArray *find_moves(const WmTracker *tracker, WmDay then, WmDay now)
{
    GArray *moves = g_array_new(FALSE, FALSE, sizeof(Move));
    g_array_set_clear_func(moves, move_clear);
    for (size_t i = 0; i < tracker->n_actions; i++) {
        const WmRag is = wm_tracked_action_at(&tracker->actions[i], now), was = wm_tracked_action_at(&tracker->actions[i], then);
        guint k = 0;
        if (is == was || is == WM_N_RAGS)
            continue;
        while (k < moves->len && (g_array_index(moves, Move, k).was != was || g_array_index(moves, Move, k).is != is))
            k++;
        if (k == moves->len) {
            const Move move = {was, is, g_ptr_array_new()};
            g_array_append_val(moves, move);
        }
        g_ptr_array_add(g_array_index(moves, Move, k).group, (gpointer)(guintptr)&tracker->actions[i]);
    }
    return moves;
}

/* "Blue, was Green (14): SG-1.1, SG-2.4"; with the title of an action that moves alone. */
static WmProse *say_move(WmDocument *document, const Move *move)
{
    WmProse *prose = wm_action_say_status(document, move->is);
    wm_prose_addf(prose, WM_RUN_PLAIN, ", was %s (%u): ", move->was == WM_N_RAGS ? "not judged" : wm_status_look(move->was)->word,
                  move->group->len);
    for (guint i = 0; i < move->group->len; i++) {
        const WmAction *action = ((const WmTrackedAction *)g_ptr_array_index(move->group, i))->action;
        wm_prose_addf(prose, WM_RUN_PLAIN, "%s%s", i ? ", " : "", action->action);
        if (move->group->len <= WM_ACTIONS_LISTED / 2)
            wm_prose_addf(prose, WM_RUN_PLAIN, " %s", action->title);
    }
    return prose;
}

static void add_changes(WmDocument *document, const WmTracker *tracker)
{
    wm_document_heading(document, 2, "changes", "What changed since the last monitoring date");
    if (tracker->n_dates < 2) {
        wm_document_paragraph(document, wm_document_prose(document, "There is no earlier monitoring date to compare with."));
        return;
    }
    const WmDay now = tracker->dates[tracker->n_dates - 1], then = tracker->dates[tracker->n_dates - 2];
    g_autoptr(GArray) moves = find_moves(tracker, then, now);
    wm_document_paragraph(document,
                          wm_document_prosef(document, "%s compared with %s.%s", wm_say_month(document, now),
                                             wm_say_month(document, then), moves->len ? "" : " No declared status changed."));
    WmBlock *list = moves->len ? wm_document_list(document) : NULL;
    for (guint i = 0; i < moves->len; i++)
        wm_list_add(list, say_move(document, &g_array_index(moves, Move, i)));
}

WmProse *wm_action_say_status(WmDocument *document, WmRag rag)
{
    WmProse *prose = wm_document_prose(document, rag == WM_N_RAGS ? WM_DASH : "");
    if (rag != WM_N_RAGS)
        wm_prose_add_status(prose, (WmVerdict){rag, WM_PLAIN});
    return prose;
}

/* "38 of 120 actions are past their date and not complete; 35 of them are declared Green." */
static const char *say_late(WmDocument *document, const WmTracker *tracker)
{
    const size_t n_late = tracker->n_findings[WM_ACTION_OVERDUE], n_green = tracker->n_findings[WM_ACTION_GREEN_PAST_DUE];
    const char *green = n_green == 0 ? ""
                        : n_late == 1
                            ? "; it is declared Green"
                            : wm_document_textf(document, "; %zu of them %s declared Green", n_green, n_green == 1 ? "is" : "are");
    return wm_document_textf(document, "%zu of %s %s past %s date and not complete%s.", n_late,
                             wm_say_count(document, tracker->n_actions, "action"), n_late == 1 ? "is" : "are",
                             n_late == 1 ? "its" : "their", green);
}

/* "22 of 74 actions raise a question; 1 is declared Red." Where no action has a status, that alone. */
static const char *say_questions(WmDocument *document, const WmTracker *tracker)
{
    const size_t n_red = tracker->n_declared[WM_RED];
    if (tracker->n_findings[WM_ACTION_NO_STATUS] == tracker->n_actions)
        return wm_document_textf(document, "None of the plan's %s has a status.",
                                 wm_say_count(document, tracker->n_actions, "action"));
    if (n_red)
        return wm_document_textf(document, "%s; %zu %s declared Red.", say_asked(document, tracker), n_red,
                                 n_red == 1 ? "is" : "are");
    return wm_action_count_asked(tracker) ? wm_document_textf(document, "%s.", say_asked(document, tracker)) : "";
}

const char *wm_action_say_briefly(WmDocument *document, const WmMonth *month)
{
    if (month->plan->n_actions == 0)
        return "";
    g_autoptr(WmTracker) tracker = wm_tracker_new(month);
    return tracker->n_findings[WM_ACTION_OVERDUE] ? say_late(document, tracker) : say_questions(document, tracker);
}

const char *wm_action_say_decision(WmDocument *document, const WmMonth *month)
{
    if (month->plan->n_actions == 0)
        return "";
    g_autoptr(WmTracker) tracker = wm_tracker_new(month);
    const size_t n_asked = wm_action_count_asked(tracker);
    if (tracker->n_findings[WM_ACTION_OVERDUE])
        return "Actions past their date need a new date or another course: the action tracker names them.";
    if (tracker->n_findings[WM_ACTION_NO_STATUS] == tracker->n_actions)
        return "Actions need a status from their leads.";
    return n_asked ? wm_document_textf(document, "%s to be asked about: the action tracker says what.",
                                       n_asked == 1 ? "1 action is" : wm_document_textf(document, "%zu actions are", n_asked))
                   : "";
}

void wm_action_add_digest(WmDocument *document, const WmMonth *month)
{
    g_autoptr(WmTracker) tracker = wm_tracker_new(month);
    wm_document_paragraph(document, say_headline(document, tracker));
    wm_action_add_latest(document, tracker, WM_ACTIONS_LISTED / 2);
}

/* ---- how it is judged ---- */

static void add_method(WmDocument *document)
{
    static const char *const NOTES[][2] = {
        {"Declared.", " The status that the lead of an action has given at a monitoring date."},
        {"Implied.", " What its dates and words say, whatever is declared. Red: past its date and not complete. Amber: held up, or "
                     "not begun though its start has passed. Green: under way. Blue: complete. White: not begun. Grey: nothing is "
                     "said of it. Neither replaces the other; where they disagree there is something to ask."},
        {"Dates.", " Where a date was moved the new one counts. What is ongoing, or comes every term or year, is never late."},
        {"Escalation.", " An action that is not complete three months after its date is to be escalated."},
        {"Questions.", " An action stands once, under its first question; a note stands under every heading that it is for."},
    };
    wm_document_heading(document, 2, "method", "How to read this tracker");
    WmBlock *list = wm_document_list(document);
    for (size_t i = 0; i < G_N_ELEMENTS(NOTES); i++) {
        WmProse *item = wm_document_prose(document, "");
        wm_prose_add(item, WM_RUN_STRONG, NOTES[i][0]);
        wm_prose_add(item, WM_RUN_PLAIN, NOTES[i][1]);
        wm_list_add(list, item);
    }
}

WmDocument *wm_report_actions(const WmMonth *month, GError **error)
{
    (void)error;
    g_autoptr(WmTracker) tracker = wm_tracker_new(month);
    WmDocument *document = wm_document_for_month(month, "Action tracker");
    add_headline(document, tracker);
    add_changes(document, tracker);
    wm_document_mark(document, WM_BLOCK_CONTENTS);
    wm_action_add_questions(document, tracker);
    wm_action_add_links(document, tracker);
    wm_action_add_all(document, tracker);
    wm_document_add_issued(document, month);
    add_method(document);
    return document;
}
