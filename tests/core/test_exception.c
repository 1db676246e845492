/* Exceptions with a memory: the fold over reporting dates, the way one moves, its recovery date, its level. */
#include <waymark/exception.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

#define MAX_DAYS 40

/* The end of the i-th month of 2021 and on. */
static WmDay month_end(int i)
{
    return wm_day_month_end(wm_day_from_date(2021 + i / 12, 1 + i % 12, 1));
}

/* A letter a month: R A G as shown, r: shown amber, red by the readings; g: shown green by a person, red by the readings; s: green
 * with a signal, an exception; . grey. */
static size_t days_of(const char *letters, WmExceptionDay *days)
{
    size_t n = 0;
    for (const char *one = letters; *one; one++, n++) {
        const WmRag shown = *one == 'R' ? WM_RED : strchr("Ar", *one) ? WM_AMBER : *one == '.' ? WM_GREY : WM_GREEN;
        const WmRag computed = strchr("Rrg", *one) ? WM_RED : shown;
        days[n] = (WmExceptionDay){month_end((int)n), strchr("RArs", *one) != NULL, shown, computed};
    }
    return n;
}

typedef struct {
    const char *name;
    const char *days;
    int opened, closed, red, amber; /* months; -1: never */
    size_t n_opened;
} FoldCase;

static const FoldCase FOLDS[] = {
    {"nothing ever raised", "GG.G", -1, -1, -1, -1, 0},
    {"raised today", "GGR", 2, -1, 2, 2, 1},
    {"open and running", "GARR", 1, -1, 2, 1, 1},
    {"amber again stops the red clock alone", "GRAR", 1, -1, 3, 1, 1},
    {"closed keeps its clocks", "GARG", 1, 3, 2, 1, 1},
    {"long closed is still the latest", "GRGG", 1, 2, 1, 1, 1},
    {"reopened is another one", "RGGA", 3, -1, -1, 3, 2},
    {"grey closes", "RR.", 0, 2, 0, 0, 1},
    {"a signal runs no clock", "Gss", 1, -1, -1, -1, 1},
    {"a person's amber does not stop the red clock", "GRrr", 1, -1, 1, 1, 1},
    {"a person's green closes", "GRg", 1, 2, 1, 1, 1},
    {"and stops no clock", "GRggR", 4, -1, 1, 1, 2},
    {"nor does one that was there first", "GgR", 2, -1, 1, 1, 1},
    {"the figures' green does", "GRgGR", 4, -1, 4, 4, 2},
    {"no day at all", "", -1, -1, -1, -1, 0},
};

static WmDay day_or_none(int month)
{
    return month < 0 ? WM_NO_DAY : month_end(month);
}

static void days_fold_into_a_run(void **state)
{
    const FoldCase *row = *state;
    WmExceptionDay days[MAX_DAYS];
    const WmExceptionRun run = wm_exception_fold(days, days_of(row->days, days));
    assert_int_equal(run.opened, day_or_none(row->opened));
    assert_int_equal(run.closed, day_or_none(row->closed));
    assert_int_equal(run.since[WM_CLOCK_RED], day_or_none(row->red));
    assert_int_equal(run.since[WM_CLOCK_AMBER], day_or_none(row->amber));
    assert_int_equal(run.since[WM_CLOCK_MISSED], WM_NO_DAY);
    assert_int_equal(run.n_opened, row->n_opened);
}

/* What was long ago does not matter: the fold may begin at any day on which nothing was raised, and the figures were well. */
static void a_quiet_day_forgets(void **state)
{
    (void)state;
    static const char LETTERS[] = "RAGrgs.";
    Random random = {7};
    for (int round = 0; round < 2000; round++) {
        char letters[MAX_DAYS + 1] = "";
        const int n = random_between(&random, 2, MAX_DAYS);
        for (int i = 0; i < n; i++)
            letters[i] = LETTERS[random_between(&random, 0, (int)strlen(LETTERS) - 1)];
        WmExceptionDay days[MAX_DAYS];
        days_of(letters, days);
        const WmExceptionRun whole = wm_exception_fold(days, (size_t)n);
        int first = n - 1;
        while (first > 0 && days[first].day != whole.opened)
            first--;
        while (first > 0 && (days[first - 1].computed == WM_RED || days[first - 1].computed == WM_AMBER))
            first--;
        const WmExceptionRun tail = wm_exception_fold(days + first, (size_t)(n - first));
        assert_int_equal(whole.opened, tail.opened);
        assert_int_equal(whole.closed, tail.closed);
        assert_memory_equal(whole.since, tail.since, sizeof whole.since);
        assert_true(whole.opened == WM_NO_DAY || whole.since[WM_CLOCK_RED] == WM_NO_DAY ||
                    whole.since[WM_CLOCK_RED] >= whole.since[WM_CLOCK_AMBER]);
        assert_int_equal(whole.closed == WM_NO_DAY && whole.opened != WM_NO_DAY, days[n - 1].is_raised);
    }
}

typedef struct {
    const char *name;
    WmRag before, now;
    double gap_before, gap_now, noise;
    double chance_before, chance_now;
    bool other_milestone;
    WmExceptionState expected;
} MoveCase;

static const MoveCase MOVES[] = {
    {"amber to red", WM_AMBER, WM_RED, -2, -2, 1, .4, .4, false, WM_EXCEPTION_WORSENED},
    {"red to amber", WM_RED, WM_AMBER, -2, -9, 1, .4, .1, false, WM_EXCEPTION_IMPROVING},
    {"a signal to amber", WM_GREEN, WM_AMBER, 0, 0, 1, .5, .5, false, WM_EXCEPTION_WORSENED},
    {"blue to green, both with a signal", WM_BLUE, WM_GREEN, 0, 0, 1, NAN, NAN, false, WM_EXCEPTION_CONTINUING},
    {"nothing moved", WM_RED, WM_RED, -2, -2, 1, .1, .1, false, WM_EXCEPTION_CONTINUING},
    {"within noise", WM_RED, WM_RED, -2, -4.9, 1, .3, .1, false, WM_EXCEPTION_CONTINUING},
    {"the gap beyond noise", WM_RED, WM_RED, -2, -5.1, 1, .1, .1, false, WM_EXCEPTION_WORSENED},
    {"the gap beyond noise, better", WM_RED, WM_RED, -9, -5.1, 1, .1, .1, false, WM_EXCEPTION_IMPROVING},
    {"the chance beyond noise", WM_AMBER, WM_AMBER, -2, -2, 1, .2, .46, false, WM_EXCEPTION_IMPROVING},
    {"the chance of another milestone", WM_AMBER, WM_AMBER, -2, -2, 1, .2, .46, true, WM_EXCEPTION_CONTINUING},
    {"gap and chance contradict", WM_RED, WM_RED, -9, -5, 1, .5, .1, false, WM_EXCEPTION_CONTINUING},
    {"noise not known", WM_RED, WM_RED, -2, -50, NAN, NAN, NAN, false, WM_EXCEPTION_CONTINUING},
    {"no gap then", WM_RED, WM_RED, NAN, -50, 1, NAN, .1, false, WM_EXCEPTION_CONTINUING},
};

static void an_exception_moves_only_beyond_noise(void **state)
{
    const MoveCase *row = *state;
    const WmPolicy policy = wm_policy_default();
    const WmProspect none = {WM_NO_DAY, NAN, NAN};
    const WmAssessment before = {.verdict = {row->before, WM_PLAIN},
                                 .pending = none,
                                 .gap = row->gap_before,
                                 .noise = row->noise,
                                 .next = {month_end(9), 50, row->chance_before}};
    const WmAssessment now = {.verdict = {row->now, WM_PLAIN},
                              .pending = none,
                              .gap = row->gap_now,
                              .noise = row->noise,
                              .next = {month_end(row->other_milestone ? 12 : 9), 50, row->chance_now}};
    assert_int_equal(wm_exception_move(&policy, &before, &now), row->expected);
}

typedef struct {
    const char *name;
    WmRag shown, computed; /* on the last day on which it was an exception */
    WmVerdict now;
    WmClosing expected;
} ClosingCase;

static const ClosingCase CLOSINGS[] = {
    {"green again", WM_RED, WM_RED, {WM_GREEN, WM_PLAIN}, WM_CLOSING_RECOVERED},
    {"met and held", WM_AMBER, WM_AMBER, {WM_BLUE, WM_PLAIN}, WM_CLOSING_ACHIEVED},
    {"grey says nothing", WM_RED, WM_RED, {WM_GREY, WM_PLAIN}, WM_CLOSING_NOT_JUDGED},
    {"nor does white", WM_RED, WM_RED, {WM_WHITE, WM_PLAIN}, WM_CLOSING_NOT_JUDGED},
    {"a signal that is over", WM_GREEN, WM_GREEN, {WM_GREEN, WM_PLAIN}, WM_CLOSING_SIGNAL_OVER},
    {"a signal of what was grey, and is", WM_GREY, WM_GREY, {WM_GREY, WM_PLAIN}, WM_CLOSING_SIGNAL_OVER},
    {"a signal of what is grey now", WM_GREEN, WM_GREEN, {WM_GREY, WM_PLAIN}, WM_CLOSING_NOT_JUDGED},
    {"a person's amber that ran out", WM_AMBER, WM_GREEN, {WM_GREEN, WM_PLAIN}, WM_CLOSING_WORD_OVER},
    {"a person's amber of what is grey", WM_AMBER, WM_GREY, {WM_GREY, WM_PLAIN}, WM_CLOSING_WORD_OVER},
    {"a person's amber of what was red, and is green", WM_AMBER, WM_RED, {WM_GREEN, WM_PLAIN}, WM_CLOSING_RECOVERED},
    {"a person's word", WM_RED, WM_RED, {WM_GREEN, WM_OVERRIDDEN}, WM_CLOSING_OVERRIDDEN},
};

static void a_closing_says_how(void **state)
{
    const ClosingCase *row = *state;
    const WmAssessment now = {.verdict = row->now};
    const WmExceptionRun run = {.shown = row->shown, .computed = row->computed};
    assert_int_equal(wm_exception_closing(&run, &now), row->expected);
}

typedef struct {
    const char *name;
    int words[4][2]; /* month written, month due (-1: none); ended by {-1, …} */
    int opened, as_at;
    int due, missed, n_moved;
} RecoveryCase;

static const RecoveryCase RECOVERIES[] = {
    {"nothing said", {{-1, 0}}, 0, 5, -1, -1, 0},
    {"ahead", {{1, 6}, {-1, 0}}, 0, 5, 6, -1, 0},
    {"on its day it is not missed", {{1, 5}, {-1, 0}}, 0, 5, 5, -1, 0},
    {"missed", {{1, 4}, {-1, 0}}, 0, 5, 4, 4, 0},
    {"put off before it passed", {{1, 4}, {3, 7}, {-1, 0}}, 0, 5, 7, -1, 1},
    {"what is written later does not count yet", {{1, 4}, {6, 9}, {-1, 0}}, 0, 5, 4, 4, 0},
    {"a row without a date leaves the one before", {{1, 4}, {3, -1}, {-1, 0}}, 0, 5, 4, 4, 0},
    {"brought forward is not put off", {{1, 7}, {3, 4}, {-1, 0}}, 0, 5, 4, 4, 0},
    {"a date before the opening was another exception's", {{0, 2}, {-1, 0}}, 3, 5, -1, -1, 0},
    {"nor was that put off", {{0, 2}, {4, 8}, {-1, 0}}, 3, 5, 8, -1, 0},
    {"twice", {{1, 3}, {2, 4}, {3, 8}, {-1, 0}}, 0, 5, 8, -1, 2},
};

static void a_recovery_date_is_kept_or_missed(void **state)
{
    const RecoveryCase *row = *state;
    WmRecoveryWord words[4];
    size_t n = 0;
    for (; row->words[n][0] >= 0; n++)
        words[n] = (WmRecoveryWord){month_end(row->words[n][0]), day_or_none(row->words[n][1])};
    const WmRecovery recovery = wm_recovery_judge(words, n, month_end(row->opened), month_end(row->as_at));
    assert_int_equal(recovery.due, day_or_none(row->due));
    assert_int_equal(recovery.missed, day_or_none(row->missed));
    assert_int_equal(recovery.n_moved, row->n_moved);
}

typedef struct {
    const char *name;
    WmEscalation rule;
    int since[WM_N_CLOCKS]; /* months; -1: does not run */
    size_t level;
    WmClock by;
} LevelCase;

/* As at month 6. */
static const LevelCase LEVELS[] = {
    {"new", {{2, 0, 0}, 3}, {6, 6, -1}, 0, WM_N_CLOCKS},
    {"one month", {{2, 0, 0}, 3}, {5, 5, -1}, 0, WM_N_CLOCKS},
    {"two months red", {{2, 0, 0}, 3}, {4, 4, -1}, 1, WM_CLOCK_RED},
    {"four months red", {{2, 0, 0}, 3}, {2, 2, -1}, 2, WM_CLOCK_RED},
    {"there is nobody above the highest", {{2, 0, 0}, 3}, {-1, 0, -1}, 0, WM_N_CLOCKS},
    {"at most the highest", {{1, 0, 0}, 3}, {0, 0, -1}, 2, WM_CLOCK_RED},
    {"the highest of all clocks", {{6, 2, 1}, 4}, {0, 2, 3}, 3, WM_CLOCK_MISSED},
    {"no rule", {{0, 0, 0}, 3}, {0, 0, 0}, 0, WM_N_CLOCKS},
    {"no levels", {{1, 1, 1}, 0}, {0, 0, 0}, 0, WM_N_CLOCKS},
};

static void time_on_a_clock_goes_up_a_level(void **state)
{
    const LevelCase *row = *state;
    WmDay since[WM_N_CLOCKS];
    WmClock by;
    for (int i = 0; i < WM_N_CLOCKS; i++)
        since[i] = day_or_none(row->since[i]);
    assert_int_equal(wm_escalation_level(&row->rule, since, month_end(6), &by), row->level);
    assert_int_equal(by, row->by);
}

static void months_are_those_of_the_calendar(void **state)
{
    (void)state;
    assert_int_equal(wm_months_between(wm_day_from_date(2021, 7, 31), wm_day_from_date(2021, 9, 30)), 2);
    assert_int_equal(wm_months_between(wm_day_from_date(2020, 2, 29), wm_day_from_date(2021, 2, 28)), 12);
    assert_int_equal(wm_months_between(wm_day_from_date(2021, 12, 1), wm_day_from_date(2021, 12, 31)), 0);
    assert_int_equal(wm_months_between(wm_day_from_date(2021, 3, 1), wm_day_from_date(2021, 1, 31)), -2);
}

int main(void)
{
    ADD(a_quiet_day_forgets);
    ADD(months_are_those_of_the_calendar);
    ADD_TABLE(FOLDS, days_fold_into_a_run);
    ADD_TABLE(MOVES, an_exception_moves_only_beyond_noise);
    ADD_TABLE(CLOSINGS, a_closing_says_how);
    ADD_TABLE(RECOVERIES, a_recovery_date_is_kept_or_missed);
    ADD_TABLE(LEVELS, time_on_a_clock_goes_up_a_level);
    return run_cases("exception");
}
