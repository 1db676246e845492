/* Exceptions with a memory: a fold over the reporting dates, the way one moves, its recovery date and its level. */
#include <waymark/exception.h>

#include <math.h>
#include <string.h>

#include "engine/core/text/names.h"

static const WmExceptionRun NEVER = {
    .opened = WM_NO_DAY, .closed = WM_NO_DAY, .since = {WM_NO_DAY, WM_NO_DAY, WM_NO_DAY}, .shown = WM_GREY, .computed = WM_GREY};

/* A clock that goes on, begins, or stops. */
static void run_clock(WmDay *since, bool runs, WmDay day)
{
    if (!runs)
        *since = WM_NO_DAY;
    else if (*since == WM_NO_DAY)
        *since = day;
}

static void take_day(WmExceptionRun *run, WmDay clocks[WM_N_CLOCKS], const WmExceptionDay *one)
{
    const bool was_open = run->opened != WM_NO_DAY && run->closed == WM_NO_DAY;
    const bool is_red = one->shown == WM_RED || one->computed == WM_RED;
    const bool is_amber = one->shown == WM_AMBER || one->computed == WM_AMBER;
    run_clock(&clocks[WM_CLOCK_RED], is_red, one->day);
    run_clock(&clocks[WM_CLOCK_AMBER], is_red || is_amber, one->day);
    if (!one->is_raised) {
        if (was_open)
            run->closed = one->day;
        return;
    }
    if (!was_open) {
        const size_t n_opened = run->n_opened + 1;
        *run = NEVER;
        run->opened = one->day;
        run->n_opened = n_opened;
    }
    memcpy(run->since, clocks, sizeof run->since);
    run->shown = one->shown;
    run->computed = one->computed;
}

WmExceptionRun wm_exception_fold(const WmExceptionDay *days, size_t n)
{
    WmExceptionRun run = NEVER;
    WmDay clocks[WM_N_CLOCKS] = {WM_NO_DAY, WM_NO_DAY, WM_NO_DAY};
    for (size_t i = 0; i < n; i++)
        take_day(&run, clocks, &days[i]);
    return run;
}

/* How urgent an exception's status is: red 0, amber 1, a signal alone 2. */
static int urgency(WmRag status)
{
    return status == WM_RED ? 0 : status == WM_AMBER ? 1 : 2;
}

/* Which way a number moved beyond what is noise: +1 better, -1 worse; 0 within noise, or where one is not known. */
static int moved(double before, double now, double noise)
{
    const double change = now - before;
    if (isnan(change) || isnan(noise) || fabs(change) <= noise)
        return 0;
    return change > 0 ? 1 : -1;
}

WmExceptionState wm_exception_move(const WmPolicy *policy, const WmAssessment *before, const WmAssessment *now)
{
    const int was = urgency(wm_verdict_computed(before->verdict)), is = urgency(wm_verdict_computed(now->verdict));
    if (was != is)
        return is < was ? WM_EXCEPTION_WORSENED : WM_EXCEPTION_IMPROVING;
    const int by_gap = moved(before->gap, now->gap, policy->hold_noise * now->noise);
    const WmProspect *then = wm_assessment_question(before), *question = wm_assessment_question(now);
    const int by_chance = then->due == question->due ? moved(then->chance, question->chance, policy->hold_chance) : 0;
    const int way = by_gap + by_chance;
    return way < 0 ? WM_EXCEPTION_WORSENED : way > 0 ? WM_EXCEPTION_IMPROVING : WM_EXCEPTION_CONTINUING;
}

static bool is_urgent(WmRag status)
{
    return status == WM_RED || status == WM_AMBER;
}

static bool is_judged(WmRag status)
{
    return status != WM_GREY && status != WM_WHITE;
}

WmClosing wm_exception_closing(const WmExceptionRun *run, const WmAssessment *now)
{
    if (now->verdict.mark == WM_OVERRIDDEN)
        return WM_CLOSING_OVERRIDDEN;
    if (is_urgent(run->shown) && !is_urgent(run->computed))
        return WM_CLOSING_WORD_OVER;
    if (!is_judged(now->verdict.status) && is_judged(run->computed))
        return WM_CLOSING_NOT_JUDGED;
    if (!is_urgent(run->computed))
        return WM_CLOSING_SIGNAL_OVER;
    return now->verdict.status == WM_BLUE ? WM_CLOSING_ACHIEVED : WM_CLOSING_RECOVERED;
}

WmRecovery wm_recovery_judge(const WmRecoveryWord *words, size_t n, WmDay opened, WmDay as_at)
{
    WmRecovery recovery = {WM_NO_DAY, WM_NO_DAY, 0};
    for (size_t i = 0; i < n; i++) {
        if (words[i].due == WM_NO_DAY || words[i].as_at > as_at)
            continue;
        recovery.n_moved += recovery.due != WM_NO_DAY && words[i].due > recovery.due && words[i].as_at > opened;
        recovery.due = words[i].due >= opened ? words[i].due : WM_NO_DAY;
    }
    if (recovery.due != WM_NO_DAY && recovery.due < as_at)
        recovery.missed = recovery.due;
    return recovery;
}

size_t wm_escalation_level(const WmEscalation *rule, const WmDay since[WM_N_CLOCKS], WmDay as_at, WmClock *by)
{
    const size_t highest = rule->n_levels > 0 ? rule->n_levels - 1 : 0;
    size_t level = 0;
    WmClock decided = WM_N_CLOCKS;
    for (int i = 0; i < WM_N_CLOCKS; i++) {
        if (rule->months[i] <= 0 || since[i] == WM_NO_DAY || since[i] > as_at)
            continue;
        size_t up = (size_t)(wm_months_between(since[i], as_at) / rule->months[i]);
        up = up < highest ? up : highest;
        if (up > level) {
            level = up;
            decided = (WmClock)i;
        }
    }
    if (by)
        *by = decided;
    return level;
}

static const char *const STATE_NAMES[WM_N_EXCEPTION_STATES] = {
    [WM_EXCEPTION_NONE] = "none",         [WM_EXCEPTION_OPENED] = "opened",       [WM_EXCEPTION_CONTINUING] = "continuing",
    [WM_EXCEPTION_WORSENED] = "worsened", [WM_EXCEPTION_IMPROVING] = "improving", [WM_EXCEPTION_CLOSED] = "closed",
};

static const char *const CLOSING_NAMES[WM_N_CLOSINGS] = {
    [WM_CLOSING_NONE] = "",
    [WM_CLOSING_ACHIEVED] = "achieved",
    [WM_CLOSING_RECOVERED] = "recovered",
    [WM_CLOSING_SIGNAL_OVER] = "signal_over",
    [WM_CLOSING_NOT_JUDGED] = "not_judged",
    [WM_CLOSING_OVERRIDDEN] = "overridden",
    [WM_CLOSING_WORD_OVER] = "word_over",
    [WM_CLOSING_REPLANNED] = "replanned",
    [WM_CLOSING_REDATED] = "redated",
};

static const char *const CLOCK_NAMES[WM_N_CLOCKS] = {
    [WM_CLOCK_RED] = "red",
    [WM_CLOCK_AMBER] = "amber",
    [WM_CLOCK_MISSED] = "missed",
};

const char *wm_exception_state_name(WmExceptionState state)
{
    return STATE_NAMES[state];
}

const char *wm_closing_name(WmClosing closing)
{
    return CLOSING_NAMES[closing];
}

WM_DEFINE_NAMES(wm_clock, WmClock, CLOCK_NAMES)
