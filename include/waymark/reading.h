/* waymark/reading.h: one measure's readings, and what kind of number they are.
 *
 * Percent is 0 to 100 everywhere; a chance is 0 to 1. A marker such as [c] is a *state*, never a number and never 0.
 */
#ifndef WAYMARK_READING_H
#define WAYMARK_READING_H

#include <waymark/calendar.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    WM_KIND_COUNT,
    WM_KIND_PERCENT,
    WM_KIND_RATE,
    WM_KIND_DURATION,
    WM_KIND_SCORE,
    WM_KIND_MONEY,
    WM_KIND_YES_NO,
    WM_KIND_TEXT,
    WM_N_KINDS,
} WmKind;

/** Which way is better. Of WM_POLARITY_NONE nothing is judged. */
typedef enum {
    WM_POLARITY_HIGHER,
    WM_POLARITY_LOWER,
    WM_POLARITY_PLAN, /* closest to the plan */
    WM_POLARITY_NONE,
    WM_N_POLARITIES,
} WmPolarity;

typedef enum {
    WM_FREQUENCY_MONTH,
    WM_FREQUENCY_QUARTER,
    WM_FREQUENCY_TERM,
    WM_FREQUENCY_HALF,
    WM_FREQUENCY_YEAR,
    WM_FREQUENCY_ACADEMIC_YEAR,
    WM_FREQUENCY_FINANCIAL_YEAR,
    WM_FREQUENCY_ONCE,
    WM_N_FREQUENCIES,
} WmFrequency;

/** State of a reading. Only final, provisional and revised readings carry a value. */
typedef enum {
    WM_FINAL,
    WM_PROVISIONAL,
    WM_REVISED,
    WM_SUPPRESSED,
    WM_NOT_APPLICABLE,
    WM_NOT_AVAILABLE,
    WM_LOW,
    WM_MISSING,
    WM_N_READING_STATES,
} WmReadingState;

/** What kind of number an indicator is, and how it is judged. */
typedef struct {
    WmKind kind;
    WmPolarity polarity;
    WmFrequency frequency;
    double low;       /* smallest possible value, in the indicator's unit; NAN when unbounded */
    double high;      /* largest possible value; NAN when unbounded */
    int decimals;     /* as published, 0..9 */
    double tolerance; /* still "on" plan this far below it, in the indicator's unit; NAN for the default of the kind */
    double near;      /* still "near" plan this far below it; NAN for the default of the kind */
} WmMeasure;

typedef struct {
    WmPeriod period;
    double value;       /* indicator's unit; NAN unless the state carries a value */
    double numerator;   /* NAN when not published */
    double denominator; /* NAN when not published */
    WmReadingState state;
} WmReading;

/** Names in files. The pointer lives for ever. */
const char *wm_kind_name(WmKind kind);
const char *wm_polarity_name(WmPolarity polarity);
const char *wm_frequency_name(WmFrequency frequency);
const char *wm_reading_state_name(WmReadingState state);

/** The reverse of the names; false, leaving *out, when `text` is no such name. Letter case is ignored. */
bool wm_kind_parse(const char *text, WmKind *out);
bool wm_polarity_parse(const char *text, WmPolarity *out);
bool wm_frequency_parse(const char *text, WmFrequency *out);
bool wm_reading_state_parse(const char *text, WmReadingState *out);

/** Period kind in which an indicator of this frequency is published; WM_PERIOD_DAY for once. */
WmPeriodKind wm_frequency_period_kind(WmFrequency frequency);

/** Whether readings come once a year (or once): then one reading is enough to hold or recover. */
bool wm_frequency_is_yearly(WmFrequency frequency);

/** Decimals shown when the indicator does not say: 1 for percent, rate, duration and score, else 0. */
int wm_kind_default_decimals(WmKind kind);

/** s of gap = s (y - T): +1 higher, -1 lower, 0 for plan and none. */
int wm_polarity_sign(WmPolarity polarity);

/** Decimals that a target is given where it has more than its measure ("95% of baseline" may come to 121.6). */
#define WM_TARGET_DECIMALS 3

/** Whether `value`, rounded as published, meets `target`: at least for higher, at most for lower, within the tolerance for plan.
 * The target counts at WM_TARGET_DECIMALS, as it is printed. False for NAN and for polarity none. */
bool wm_measure_is_met(const WmMeasure *measure, double value, double target);

/** Smallest and largest possible value, indicator's unit: as given, else as the kind implies (0 for what is counted, 0 and 100 for
 * percent, 0 and 1 for yes_no); NAN for none. */
void wm_measure_bounds(const WmMeasure *measure, double *low, double *high);

/** Tolerance and near in the indicator's unit at level T: as given, else 1 and 5 points for percent, 2% and 10% of |T| for others.
 */
double wm_measure_tolerance(const WmMeasure *measure, double trajectory);
double wm_measure_near(const WmMeasure *measure, double trajectory);

/** Whether the state carries a value. */
bool wm_reading_state_has_value(WmReadingState state);

/** What one reading covers, as people say it: "month", "quarter", "year" …; "reading" where they are of different kinds, or none.
 */
const char *wm_readings_noun(const WmReading *readings, size_t n_readings);

/** When a reading stands on the models' scale of time: its period's end. */
double wm_reading_months(const WmReading *reading);

#ifdef __cplusplus
}
#endif
#endif
