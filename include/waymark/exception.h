/* waymark/exception.h: exceptions with a memory: since when one is open, which way it moves, when it goes up a level, how it
 * closed.
 *
 * An *exception* is an unbroken run of reporting dates on which a series had to be shown to the board. Everything here is a fold
 * over what was shown at each reporting date, made anew at every as-at: nothing is remembered between runs. Every function is pure.
 */
#ifndef WAYMARK_EXCEPTION_H
#define WAYMARK_EXCEPTION_H

#include <waymark/assess.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What became of an exception since the report before. */
typedef enum {
    WM_EXCEPTION_NONE, /* never raised */
    WM_EXCEPTION_OPENED,
    WM_EXCEPTION_CONTINUING,
    WM_EXCEPTION_WORSENED,
    WM_EXCEPTION_IMPROVING,
    WM_EXCEPTION_CLOSED,
    WM_N_EXCEPTION_STATES,
} WmExceptionState;

/** How an exception closed. */
typedef enum {
    WM_CLOSING_NONE,        /* it is open */
    WM_CLOSING_ACHIEVED,    /* the last milestone is met and held */
    WM_CLOSING_RECOVERED,   /* green again */
    WM_CLOSING_SIGNAL_OVER, /* the status was well, or could not be judged, all along; its signal of concern is over */
    WM_CLOSING_NOT_JUDGED,  /* grey or white, as it was not before: nothing says that it got better */
    WM_CLOSING_OVERRIDDEN,  /* a person set a status that is no exception */
    WM_CLOSING_WORD_OVER,   /* an exception by a person's word alone, which is over */
    WM_CLOSING_REPLANNED,   /* the plan, or the files of that time, were edited after it was put to a board: by them it was none */
    WM_CLOSING_REDATED,     /* of a missed recovery date: there is a new one */
    WM_N_CLOSINGS,
} WmClosing;

/** What runs while an exception is open, so that it can go up a level. A person's word does not stop the first two: where it closes
 * an exception that the figures go on to show, they run through to the next one. */
typedef enum {
    WM_CLOCK_RED,    /* red, by the readings or by a person's word */
    WM_CLOCK_AMBER,  /* amber or red, likewise */
    WM_CLOCK_MISSED, /* past the recovery date */
    WM_N_CLOCKS,
} WmClock;

#define WM_MAX_LEVELS 8

/** The rule of escalation. */
typedef struct {
    int months[WM_N_CLOCKS]; /* so many whole months on a clock are one level up; 0: this clock moves nothing */
    size_t n_levels;         /* the lowest is 0, the highest n_levels - 1; 0 is as 1 */
} WmEscalation;

/** One reporting date of a series. */
typedef struct {
    WmDay day;
    bool is_raised; /* it was an exception */
    WmRag shown;    /* the status that the report gave */
    WmRag computed; /* without a person's word */
} WmExceptionDay;

/** The latest exception in a past: the one that is open, or else the last that was. Days are WM_NO_DAY when they do not apply. */
typedef struct {
    WmDay opened;             /* the first reporting date of the run */
    WmDay closed;             /* the first reporting date after it */
    WmDay since[WM_N_CLOCKS]; /* when each clock began to run, without a break, up to now or to the closing; of MISSED never. Before
                               * the opening where a person's word hid it */
    WmRag shown, computed;    /* on the last day on which it was one */
    size_t n_opened;          /* exceptions in the days given */
} WmExceptionRun;

/** What somebody wrote on a day of when a measure will be back on its plan. */
typedef struct {
    WmDay as_at;
    WmDay due; /* WM_NO_DAY: the row gives no date */
} WmRecoveryWord;

/** The recovery date of an open exception. */
typedef struct {
    WmDay due;    /* the last date given; WM_NO_DAY for none */
    WmDay missed; /* the same where it has passed with the exception open; else WM_NO_DAY */
    int n_moved;  /* how often it was put off while the exception was open */
} WmRecovery;

/** Fold reporting dates, oldest first, into the latest exception. O(n). */
WmExceptionRun wm_exception_fold(const WmExceptionDay *days, size_t n);

/** Whether and since when each status runs is one thing, which way it moves another: the status by the figures first (red, amber,
 * anything else; what a person sets, and what of that runs out, moves nothing); where that is the same, the gap or the chance of
 * the same milestone, where it moved by more than the policy calls noise (hold_noise sds of a reading, hold_chance). Where the two
 * contradict each other it is continuing.
 *
 * @param before  as shown at the report before, an exception then
 * @param now     as shown now, an exception
 * @return WM_EXCEPTION_CONTINUING, WM_EXCEPTION_WORSENED or WM_EXCEPTION_IMPROVING
 */
WmExceptionState wm_exception_move(const WmPolicy *policy, const WmAssessment *before, const WmAssessment *now);

/** How an exception closed that is none any more. */
WmClosing wm_exception_closing(const WmExceptionRun *run, const WmAssessment *now);

/** The recovery date in force and whether it was missed. A row without a date leaves the one before it in force. A date that passed
 * before the exception opened was another exception's: it is not this one's date, nor was it put off by a later one.
 *
 * @param words   n by as_at; those after `as_at` are not looked at; borrowed
 * @param opened  of the open exception
 */
WmRecovery wm_recovery_judge(const WmRecoveryWord *words, size_t n, WmDay opened, WmDay as_at);

/** The level that a rule gives: of all clocks the highest.
 *
 * @param since  when each clock began; WM_NO_DAY where it does not run
 * @param by     the clock that decided; WM_N_CLOCKS at level 0; may be NULL
 */
size_t wm_escalation_level(const WmEscalation *rule, const WmDay since[WM_N_CLOCKS], WmDay as_at, WmClock *by);

/** Names in files, and those of clocks in plan.ini. The pointer lives for ever. */
const char *wm_exception_state_name(WmExceptionState state);
const char *wm_closing_name(WmClosing closing);
const char *wm_clock_name(WmClock clock);
bool wm_clock_parse(const char *text, WmClock *out);

#ifdef __cplusplus
}
#endif
#endif
