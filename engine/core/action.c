/* An action, judged: the mark in force, what the dates imply, and where the two disagree. */
#include <waymark/action.h>

#include <math.h>

#define DUE_SOON_DAYS     31
#define INCOMPLETE_MONTHS 3

typedef struct {
    const WmActionFacts *facts;
    WmDay as_at;
    WmActionRules rules;
    WmActionState state; /* as at */
    bool is_past_due;
    WmActionJudgement *out;
} Case;

static void find(Case *self, WmActionFindingCode code, double a, WmDay day)
{
    self->out->findings[self->out->n_findings++] = (WmActionFinding){code, a, day};
}

static double months_between(WmDay from, WmDay to)
{
    return floor(wm_day_to_months(to) - wm_day_to_months(from));
}

/* The marks by the as-at: the last is in force. Returns how many there are. */
static size_t take_marks(Case *self)
{
    size_t n = 0;
    while (n < self->facts->n_marks && self->facts->marks[n].as_at <= self->as_at)
        n++;
    if (n > 0) {
        self->out->declared = self->facts->marks[n - 1].rag;
        self->out->declared_at = self->facts->marks[n - 1].as_at;
    }
    if (n > 1)
        self->out->before = self->facts->marks[n - 2].rag;
    return n;
}

static WmActionState state_of_rag(WmRag rag)
{
    switch (rag) {
    case WM_BLUE:
        return WM_ACTION_COMPLETE;
    case WM_WHITE:
        return WM_ACTION_NOT_STARTED;
    case WM_RED:
    case WM_AMBER:
    case WM_GREEN:
        return WM_ACTION_UNDER_WAY;
    case WM_GREY:
    case WM_N_RAGS:
        break;
    }
    return WM_ACTION_NOT_SAID;
}

/* The words count while no later mark has been made: they describe the plan as it is, not as it was. */
static WmActionState find_state(const Case *self, size_t n_marks)
{
    const bool words_hold = n_marks == self->facts->n_marks;
    if (words_hold && self->facts->state != WM_ACTION_NOT_SAID)
        return self->facts->state;
    return state_of_rag(self->out->declared);
}

static bool is_paused(const Case *self)
{
    return self->state == WM_ACTION_PAUSED || self->facts->said == WM_ACTION_PAUSED;
}

static bool is_not_begun(const Case *self)
{
    return self->state == WM_ACTION_NOT_STARTED || self->facts->said == WM_ACTION_NOT_STARTED;
}

static WmRag imply(const Case *self)
{
    if (self->out->is_complete)
        return WM_BLUE;
    if (self->is_past_due)
        return WM_RED;
    if (is_not_begun(self))
        return self->facts->start != WM_NO_DAY && self->facts->start < self->as_at ? WM_AMBER : WM_WHITE;
    if (is_paused(self))
        return WM_AMBER;
    return self->state == WM_ACTION_NOT_SAID ? WM_GREY : WM_GREEN;
}

static void find_lateness(Case *self)
{
    const bool is_green = self->out->declared == WM_GREEN;
    const double months = self->is_past_due ? months_between(self->out->due, self->as_at) : (double)NAN;
    if (self->is_past_due && is_green)
        find(self, WM_ACTION_GREEN_PAST_DUE, months, self->out->due);
    if (self->is_past_due)
        find(self, WM_ACTION_OVERDUE, months, self->out->due);
    if (!is_green)
        return;
    if (is_paused(self))
        find(self, WM_ACTION_GREEN_PAUSED, NAN, WM_NO_DAY);
    if (is_not_begun(self))
        find(self, WM_ACTION_GREEN_NOT_STARTED, NAN, WM_NO_DAY);
}

static bool is_unfinished(const Case *self)
{
    return (self->state != WM_ACTION_COMPLETE && self->state != WM_ACTION_NOT_SAID) || self->facts->progress_percent < 100;
}

static void find_blue(Case *self)
{
    if (self->out->declared != WM_BLUE)
        return;
    if (is_unfinished(self))
        find(self, WM_ACTION_BLUE_UNFINISHED, self->facts->progress_percent, WM_NO_DAY);
    if (self->facts->n_targets_unmet > 0)
        find(self, WM_ACTION_BLUE_TARGET_UNMET, (double)self->facts->n_targets_unmet, WM_NO_DAY);
    if (self->facts->n_targets_without_value > 0)
        find(self, WM_ACTION_BLUE_UNEVIDENCED, (double)self->facts->n_targets_without_value, WM_NO_DAY);
}

static void find_dates(Case *self)
{
    const WmActionFacts *facts = self->facts;
    if (facts->has_change_request && facts->new_due == WM_NO_DAY)
        find(self, WM_ACTION_CHANGE_UNDATED, NAN, WM_NO_DAY);
    if (facts->due != WM_NO_DAY && facts->new_due != WM_NO_DAY && facts->new_due > facts->due)
        find(self, WM_ACTION_SLIPPED, months_between(facts->due, facts->new_due), facts->new_due);
    if (facts->timeline_differs)
        find(self, WM_ACTION_DATES_DIFFER, NAN, facts->timeline_due);
}

static int standing(WmRag rag)
{
    switch (rag) {
    case WM_RED:
        return 0;
    case WM_AMBER:
        return 1;
    case WM_GREEN:
        return 2;
    case WM_BLUE:
        return 3;
    case WM_GREY:
    case WM_WHITE:
    case WM_N_RAGS:
        break;
    }
    return -1;
}

static void find_progress(Case *self)
{
    const WmActionFacts *facts = self->facts;
    if (is_not_begun(self) && facts->start != WM_NO_DAY && facts->start < self->as_at)
        find(self, WM_ACTION_STARTED_LATE, NAN, facts->start);
    const double months_late = self->is_past_due ? months_between(self->out->due, self->as_at) : NAN;
    if (months_late >= self->rules.incomplete_months)
        find(self, WM_ACTION_INCOMPLETE_LATE, months_late, WM_NO_DAY);
    if (facts->has_vacant_post && !self->out->is_complete)
        find(self, WM_ACTION_POST_VACANT, NAN, WM_NO_DAY);
    if (facts->n_waits_late && !self->out->is_complete)
        find(self, WM_ACTION_WAITS_LATE, (double)facts->n_waits_late, WM_NO_DAY);
    const int now = standing(self->out->declared), then = standing(self->out->before);
    if (then >= 0 && ((now >= 0 && now < then) || self->out->declared == WM_WHITE))
        find(self, WM_ACTION_WENT_BACK, (double)self->out->before, WM_NO_DAY);
    if (!self->out->is_complete && self->out->declared_at != WM_NO_DAY && self->out->declared_at < self->rules.latest_mark)
        find(self, WM_ACTION_NOT_UPDATED, NAN, self->out->declared_at);
    const WmDay due = self->out->due;
    if (!self->out->is_complete && due != WM_NO_DAY && due >= self->as_at && due - self->as_at <= self->rules.due_soon_days)
        find(self, WM_ACTION_DUE_SOON, NAN, due);
}

static WmActionRules with_defaults(const WmActionRules *rules)
{
    WmActionRules full = rules ? *rules : (WmActionRules){0};
    if (full.due_soon_days == 0)
        full.due_soon_days = DUE_SOON_DAYS;
    if (full.incomplete_months == 0)
        full.incomplete_months = INCOMPLETE_MONTHS;
    if (full.latest_mark == 0)
        full.latest_mark = WM_NO_DAY;
    return full;
}

void wm_action_judge(const WmActionFacts *facts, WmDay as_at, const WmActionRules *rules, WmActionJudgement *out)
{
    *out = (WmActionJudgement){.declared = WM_N_RAGS, .before = WM_N_RAGS, .declared_at = WM_NO_DAY};
    Case self = {.facts = facts, .as_at = as_at, .rules = with_defaults(rules), .out = out};
    self.state = find_state(&self, take_marks(&self));
    out->due = facts->new_due != WM_NO_DAY ? facts->new_due : facts->due;
    out->is_complete = self.state == WM_ACTION_COMPLETE || (out->declared == WM_BLUE && !is_unfinished(&self));
    if (self.state == WM_ACTION_WITHDRAWN) {
        out->implied = WM_GREY;
        return;
    }
    self.is_past_due = !out->is_complete && !facts->is_recurrent && out->due != WM_NO_DAY && out->due < as_at;
    out->implied = imply(&self);
    find_lateness(&self);
    find_blue(&self);
    if ((out->declared == WM_N_RAGS || out->declared == WM_GREY) && self.state == WM_ACTION_NOT_SAID)
        find(&self, WM_ACTION_NO_STATUS, NAN, WM_NO_DAY);
    find_dates(&self);
    find_progress(&self);
}
