/* What is found about an action, in words, and all of it as CSV. */
#include "engine/data/plan/tracker_text.h"

#include <math.h>
#include <string.h>

#include "engine/data/text/number_text.h"

static char *say_months(double months)
{
    return months < 1 ? g_strdup("less than a month") : g_strdup_printf("%.0f month%s", months, months < 2 ? "" : "s");
}

/* "Speech therapy waits at 80% against 90% by Mar 2018". New. */
static char *say_target(const WmSeries *series, const WmSeriesMilestone *due)
{
    char value[WM_VALUE_TEXT], target[WM_VALUE_TEXT], month[WM_PERIOD_TEXT];
    wm_target_format(due->target, &series->measure, series->measure_unit, target);
    wm_day_format_month(due->due, month);
    g_autofree char *name = wm_series_name(series);
    if (!series->assessment.has_value)
        return g_strdup_printf("%s (%s by %s)", name, target, month);
    wm_value_format(series->assessment.reading.value, &series->measure, series->measure_unit, value);
    return g_strdup_printf("%s at %s against %s by %s", name, value, target, month);
}

/* The linked indicators whose last due target stands so, each in words. New. */
static char *say_targets(const WmTracker *tracker, const WmTrackedAction *action, TrackerEvidence wanted)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < action->n_links; i++) {
        const WmSeries *series = &tracker->month->series[action->links[i].i_series];
        const WmSeriesMilestone *due = NULL;
        if (tracker_weigh(series, tracker_weighed_by(tracker, action), &due) == wanted)
            g_ptr_array_add(parts, say_target(series, due));
    }
    g_ptr_array_add(parts, NULL);
    return g_strjoinv("; ", (char **)parts->pdata);
}

/* A due date, or the plan's words. */
static const char *say_due(WmDay due, const char *words, char text[WM_PERIOD_TEXT])
{
    return due == WM_NO_DAY ? words : wm_day_format_due(due, text);
}

/* A text of the plan's without its full stop: it ends a clause here. New. */
static char *as_clause(const char *text)
{
    char *clause = g_strchomp(g_strdup(text));
    const size_t n = strlen(clause);
    if (n > 0 && clause[n - 1] == '.' && !g_str_has_suffix(clause, ".."))
        clause[n - 1] = 0;
    return clause;
}

/* "A2, which was due by Mar 2021; A3, due by Jun 2022 and after it". New. */
static char *say_waits(const WmTracker *tracker, const WmTrackedAction *action)
{
    g_autoptr(GPtrArray) awaited = tracker_awaited_late(tracker, action);
    g_autoptr(GString) text = g_string_new(NULL);
    char day[WM_PERIOD_TEXT];
    for (guint i = 0; i < awaited->len; i++) {
        const WmTrackedAction *one = g_ptr_array_index(awaited, i);
        const WmDay due = one->judgement.due;
        g_string_append_printf(text, due < tracker->as_at ? "%s%s, which was due by %s" : "%s%s, due by %s and so after it",
                               i ? "; " : "", one->action->action, wm_day_format_due(due, day));
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* The text that speaks of it. */
static const char *where_vacant(const WmAction *action)
{
    return wm_action_is_vacancy(action->barrier)    ? action->barrier
           : wm_action_is_vacancy(action->progress) ? action->progress
                                                    : action->owner_role;
}

/* The text that says so; "" where only the status does. */
static const char *where_paused(const WmAction *action)
{
    return wm_action_admission_of(action->barrier) == WM_ACTION_PAUSED    ? action->barrier
           : wm_action_admission_of(action->progress) == WM_ACTION_PAUSED ? action->progress
                                                                          : "";
}

/* In the plan's own words: what cannot begin has not paused. New. */
static char *say_paused(const WmAction *action)
{
    g_autofree char *clause = as_clause(*where_paused(action) ? where_paused(action) : action->status);
    return g_strdup_printf("is declared Green although it is held up: \xE2\x80\x9C%s\xE2\x80\x9D", clause);
}

/* Without its words where the finding before has them. New. */
static char *say_vacant(const WmTrackedAction *one)
{
    const WmAction *action = one->action;
    const char *words = where_vacant(action);
    for (size_t i = 0; i < one->judgement.n_findings; i++)
        if (one->judgement.findings[i].code == WM_ACTION_GREEN_PAUSED && words == where_paused(action))
            return g_strdup("waits for a post to be filled");
    g_autofree char *clause = as_clause(words);
    return g_strdup_printf("waits for a post to be filled: %s", clause);
}

char *tracker_say_finding(const WmTracker *tracker, const WmTrackedAction *action, size_t i)
{
    const WmActionFinding *finding = &action->judgement.findings[i];
    char day[WM_PERIOD_TEXT] = "", own[WM_PERIOD_TEXT];
    if (finding->day != WM_NO_DAY)
        wm_day_format_due(finding->day, day);
    g_autofree char *months = say_months(finding->a);
    g_autofree char *targets = NULL, *clause = NULL;
    switch (finding->code) {
    case WM_ACTION_GREEN_PAST_DUE:
        return g_strdup("is declared Green after its date");
    case WM_ACTION_OVERDUE:
        return g_strdup_printf("was due by %s and is %s overdue", day, months);
    case WM_ACTION_GREEN_PAUSED:
        return say_paused(action->action);
    case WM_ACTION_GREEN_NOT_STARTED:
        return g_strdup("is declared Green although it has not begun");
    case WM_ACTION_BLUE_UNFINISHED:
        return isnan(finding->a) ? g_strdup("is declared Blue although its status is not complete")
                                 : g_strdup_printf("is declared Blue at %s%% progress", NUMBER_TEXT(finding->a));
    case WM_ACTION_BLUE_TARGET_UNMET:
        targets = say_targets(tracker, action, TRACKER_TARGET_UNMET);
        return g_strdup_printf("is declared Blue while what it should move is short of its target: %s", targets);
    case WM_ACTION_BLUE_UNEVIDENCED:
        targets = say_targets(tracker, action, TRACKER_UNMEASURED);
        return g_strdup_printf("is declared Blue although nothing has been measured of %s", targets);
    case WM_ACTION_NO_STATUS:
        return g_strdup("has no status");
    case WM_ACTION_CHANGE_UNDATED:
        clause = as_clause(action->action->change_request);
        return g_strdup_printf("asks for a change without a new date: %s", clause);
    case WM_ACTION_SLIPPED:
        return g_strdup_printf("was moved back by %s, to %s", months, day);
    case WM_ACTION_DATES_DIFFER:
        return g_strdup_printf("is due %s by the action table, %s by the timeline",
                               say_due(action->action->due, action->action->due_text, own),
                               *day ? day : action->action->timeline_due_text);
    case WM_ACTION_STARTED_LATE:
        return g_strdup_printf("was to start by %s and has not begun", day);
    case WM_ACTION_INCOMPLETE_LATE:
        return g_strdup("to be escalated");
    case WM_ACTION_POST_VACANT:
        return say_vacant(action);
    case WM_ACTION_WAITS_LATE:
        clause = say_waits(tracker, action);
        return g_strdup_printf("waits for %s", clause);
    case WM_ACTION_WENT_BACK:
        return g_strdup_printf("was %s at the monitoring date before", wm_rag_name((WmRag)(int)finding->a));
    case WM_ACTION_NOT_UPDATED:
        return g_strdup_printf("has not been judged since %s, when others have", day);
    case WM_ACTION_DUE_SOON:
        return g_strdup_printf("is due by %s", day);
    case WM_N_ACTION_FINDINGS:
        break;
    }
    g_assert_not_reached();
}

static const char *rag_or_empty(WmRag rag)
{
    return rag == WM_N_RAGS ? "" : wm_rag_name(rag);
}

static char *day_or_empty(WmDay day)
{
    char text[WM_PERIOD_TEXT];
    return g_strdup(day == WM_NO_DAY ? "" : wm_day_format_iso(day, text));
}

static char *join_codes(const WmActionJudgement *judgement)
{
    g_autoptr(GString) codes = g_string_new(NULL);
    for (size_t i = 0; i < judgement->n_findings; i++)
        g_string_append_printf(codes, "%s%s", i ? " " : "", wm_action_finding_name(judgement->findings[i].code));
    return g_strdup(codes->str);
}

static const char *const CSV_HEADER[] = {"action",      "theme",   "title",   "owner_role", "start",
                                         "due",         "new_due", "status",  "as_at",      "declared",
                                         "declared_at", "before",  "implied", "findings",   "sentences"};

char *wm_tracker_to_csv(const WmTracker *self)
{
    GString *csv = g_string_new(NULL);
    csv_append_row(csv, CSV_HEADER, G_N_ELEMENTS(CSV_HEADER));
    g_autofree char *as_at = day_or_empty(self->as_at);
    for (size_t i = 0; i < self->n_actions; i++) {
        const WmTrackedAction *one = &self->actions[i];
        const WmAction *row = one->action;
        g_autofree char *declared_at = day_or_empty(one->judgement.declared_at);
        g_autofree char *codes = join_codes(&one->judgement);
        g_autofree char *sentences = g_strjoinv("; ", (char **)(gpointer)one->sentences);
        const char *const fields[] = {row->action,
                                      row->theme,
                                      row->title,
                                      row->owner_role,
                                      row->start_text,
                                      row->due_text,
                                      row->new_due_text,
                                      row->status,
                                      as_at,
                                      rag_or_empty(one->judgement.declared),
                                      declared_at,
                                      rag_or_empty(one->judgement.before),
                                      wm_rag_name(one->judgement.implied),
                                      codes,
                                      sentences};
        csv_append_row(csv, fields, G_N_ELEMENTS(fields));
    }
    return g_string_free(csv, FALSE);
}
