/* The words in which people say how far an action is. */
#include <waymark/action.h>

#include <ctype.h>
#include <string.h>

static const char *const STATE_NAMES[WM_N_ACTION_STATES] = {
    [WM_ACTION_NOT_SAID] = "not_said", [WM_ACTION_NOT_STARTED] = "not_started", [WM_ACTION_UNDER_WAY] = "under_way",
    [WM_ACTION_PAUSED] = "paused",     [WM_ACTION_COMPLETE] = "complete",       [WM_ACTION_WITHDRAWN] = "withdrawn",
};

static const struct {
    const char *name;
    bool needs_answer;
} FINDINGS[WM_N_ACTION_FINDINGS] = {
    [WM_ACTION_GREEN_PAST_DUE] = {"green_past_due", true},
    [WM_ACTION_OVERDUE] = {"overdue", true},
    [WM_ACTION_GREEN_PAUSED] = {"green_paused", true},
    [WM_ACTION_GREEN_NOT_STARTED] = {"green_not_started", true},
    [WM_ACTION_BLUE_UNFINISHED] = {"blue_unfinished", true},
    [WM_ACTION_BLUE_TARGET_UNMET] = {"blue_target_unmet", true},
    [WM_ACTION_BLUE_UNEVIDENCED] = {"blue_unevidenced", true},
    [WM_ACTION_NO_STATUS] = {"no_status", true},
    [WM_ACTION_CHANGE_UNDATED] = {"change_undated", true},
    [WM_ACTION_SLIPPED] = {"slipped", false},
    [WM_ACTION_DATES_DIFFER] = {"dates_differ", false},
    [WM_ACTION_STARTED_LATE] = {"started_late", true},
    [WM_ACTION_INCOMPLETE_LATE] = {"incomplete_late", true},
    [WM_ACTION_POST_VACANT] = {"post_vacant", true},
    [WM_ACTION_WAITS_LATE] = {"waits_late", true},
    [WM_ACTION_WENT_BACK] = {"went_back", true},
    [WM_ACTION_NOT_UPDATED] = {"not_updated", false},
    [WM_ACTION_DUE_SOON] = {"due_soon", false},
};

/* Stems, looked for in this order, since "incomplete" holds "complete" and "not started" holds "started". */
static const struct {
    const char *stem;
    WmActionState state;
} STATE_STEMS[] = {
    {"not started", WM_ACTION_NOT_STARTED},
    {"not yet", WM_ACTION_NOT_STARTED},
    {"nys", WM_ACTION_NOT_STARTED},
    {"not scheduled", WM_ACTION_NOT_STARTED},
    {"to be scheduled", WM_ACTION_NOT_STARTED},
    {"to start", WM_ACTION_NOT_STARTED},
    {"incomplete", WM_ACTION_UNDER_WAY},
    {"not complete", WM_ACTION_UNDER_WAY},
    {"cancel", WM_ACTION_WITHDRAWN},
    {"withdrawn", WM_ACTION_WITHDRAWN},
    {"superseded", WM_ACTION_WITHDRAWN},
    {"no longer needed", WM_ACTION_WITHDRAWN},
    {"paused", WM_ACTION_PAUSED},
    {"on hold", WM_ACTION_PAUSED},
    {"stopped", WM_ACTION_PAUSED},
    {"stalled", WM_ACTION_PAUSED},
    {"suspended", WM_ACTION_PAUSED},
    {"to be resumed", WM_ACTION_PAUSED},
    {"complete", WM_ACTION_COMPLETE},
    {"done", WM_ACTION_COMPLETE},
    {"closed", WM_ACTION_COMPLETE},
    {"under way", WM_ACTION_UNDER_WAY},
    {"underway", WM_ACTION_UNDER_WAY},
    {"in progress", WM_ACTION_UNDER_WAY},
    {"on track", WM_ACTION_UNDER_WAY},
    {"ongoing", WM_ACTION_UNDER_WAY},
    {"pending", WM_ACTION_UNDER_WAY},
    {"started", WM_ACTION_UNDER_WAY},
    {"update", WM_ACTION_UNDER_WAY},
    {"agreed", WM_ACTION_UNDER_WAY},
};

/* In running text a lone "stopped" may be what was wanted ("exclusions stopped"), so that only what ties it to the work counts. */
static const char *const PAUSE_STEMS[] = {"paused",        "on hold",      "stalled",      "suspended",
                                          "stopped until", "stopped for",  "has stopped",  "not before",
                                          "cannot start",  "cannot begin", "to be resumed"};

static const char *const UNSTARTED_STEMS[] = {"not begun", "not started", "not yet begun", "not yet started", "nys"};

/* A post that has been filled is no news: "recruited", "appointed" alone say nothing. */
static const char *const VACANCY_STEMS[] = {
    "vacan",          "(pending)",         "pending appointment", "to be appointed", "nobody appointed",
    "not appointed",  "not yet appointed", "someone is in post",  "is in post",      "posts are filled",
    "post is filled", "unfilled",          "to be recruited",     "being recruited", "awaiting recruitment"};

static const char *const RECURRENT_STEMS[] = {"ongoing", "from ",  "termly", "monthly", "quarterly", "annual",
                                              "yearly",  "weekly", "a year", "each ",   "every ",    "continu"};

/* Whether `stem` stands in `text` at a word's beginning, in any letter case. */
static bool holds(const char *text, const char *stem)
{
    const size_t length = strlen(stem);
    for (const char *at = text; *at; at++) {
        if (at > text && isalnum((unsigned char)at[-1]))
            continue;
        size_t i = 0;
        while (i < length && at[i] && tolower((unsigned char)at[i]) == stem[i])
            i++;
        if (i == length)
            return true;
    }
    return false;
}

static bool holds_any(const char *text, const char *const *stems, size_t n_stems)
{
    for (size_t i = 0; i < n_stems; i++)
        if (holds(text, stems[i]))
            return true;
    return false;
}

#define HOLDS_ANY(text, stems) holds_any(text, stems, sizeof(stems) / sizeof *(stems))

WmActionState wm_action_state_of(const char *text)
{
    for (size_t i = 0; i < sizeof STATE_STEMS / sizeof *STATE_STEMS; i++)
        if (holds(text, STATE_STEMS[i].stem))
            return STATE_STEMS[i].state;
    return WM_ACTION_NOT_SAID;
}

WmActionState wm_action_admission_of(const char *text)
{
    if (HOLDS_ANY(text, UNSTARTED_STEMS))
        return WM_ACTION_NOT_STARTED;
    return HOLDS_ANY(text, PAUSE_STEMS) ? WM_ACTION_PAUSED : WM_ACTION_NOT_SAID;
}

bool wm_action_is_vacancy(const char *text)
{
    return HOLDS_ANY(text, VACANCY_STEMS);
}

bool wm_action_is_recurrent(const char *due_text)
{
    return HOLDS_ANY(due_text, RECURRENT_STEMS);
}

const char *wm_action_state_name(WmActionState state)
{
    return STATE_NAMES[state];
}

const char *wm_action_finding_name(WmActionFindingCode code)
{
    return FINDINGS[code].name;
}

bool wm_action_finding_needs_answer(WmActionFindingCode code)
{
    return FINDINGS[code].needs_answer;
}
