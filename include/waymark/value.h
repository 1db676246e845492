/* waymark/value.h: figures and targets as people publish them: "1,322", "4.70%", "[c]", "At or above 40%", "95% of baseline".
 *
 * Parsing is pure and keeps what was said apart from what it comes to: a target's text is first understood, then resolved to a
 * number where the baseline or a comparator allows.
 */
#ifndef WAYMARK_VALUE_H
#define WAYMARK_VALUE_H

#include <waymark/series.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Longest unit word kept beside a number. */
#define WM_UNIT_TEXT 16

typedef struct {
    double value; /* NAN when the text is a marker or empty */
    WmReadingState state;
    char unit[WM_UNIT_TEXT]; /* "%", "weeks" … as written, in lower case; "£", "$", "€"; "yes/no" for words; "" for none */
} WmValueText;

/** Read a published figure.
 *
 * Accepts a sign, thousands separators (1,322), a decimal point, a currency sign (its unit), a unit or % after it, a marker after
 * it (41.2 [p], 41.2 [r]), the Government Statistical Service markers [c] [x] [z] [low] [w] [u], bare c x z : .. - n/a, "<5"
 * (suppressed), yes/no and done/not done (1 and 0), and an empty field (missing). A marker is a state, never a number and never 0.
 *
 * @return false when the text is none of these
 */
bool wm_value_parse(const char *text, WmValueText *out);

/** What kind of target a text sets. */
typedef enum {
    WM_TARGET_ABSOLUTE,            /* 75%, at least 3, up to 12 weeks */
    WM_TARGET_PERCENT_OF_BASELINE, /* 95% of baseline */
    WM_TARGET_REDUCTION_PERCENT,   /* 20% reduction */
    WM_TARGET_INCREASE_PERCENT,    /* 100% above baseline: twice the baseline */
    WM_TARGET_BASELINE_PLUS,       /* baseline + 5 points */
    WM_TARGET_COMPARATOR,          /* top quartile of national performance (75%) */
    WM_TARGET_DELIVERABLE,         /* done or not by the date */
    WM_TARGET_NOT_APPLICABLE,
    WM_TARGET_TBC,   /* blank, to be confirmed, agreed % above baseline */
    WM_TARGET_RANGE, /* 10-20 schools */
    WM_TARGET_WORDS, /* no figure in it */
    WM_N_TARGET_KINDS,
} WmTargetKind;

typedef struct {
    WmTargetKind kind;
    double number;           /* the figure in the text; NAN for none */
    char unit[WM_UNIT_TEXT]; /* its unit as written, in lower case */
    const char *comparator;  /* name in comparators.csv; NULL unless kind is WM_TARGET_COMPARATOR */
    double beside; /* added to the comparator, in the measure's unit: 5 of "national average + 5"; NAN: it cannot be said */
} WmTargetText;

/** Understand a target's text for a measure of this kind. Every text has a meaning, if only WM_TARGET_WORDS. */
WmTargetText wm_target_parse(const char *text, const WmMeasure *measure);

/** What a target comes to. */
typedef struct {
    double target;      /* indicator's unit; NAN when unresolved */
    const char *reason; /* why it is unresolved, as a clause; "" when it is resolved. Lives for ever */
} WmResolvedTarget;

/** Resolve a target to a number.
 *
 * p% of baseline B is pB/100; a reduction by p% is B(1 - p/100); p% above is B(1 + p/100); baseline + x is B + x. A comparator is
 * its latest value in `comparators`, else the figure printed with it, and what is to be beside it is added. A figure outside the
 * measure's bounds is not used.
 *
 * @param baseline    indicator's unit; NAN when there is none
 * @param comparators n of them; borrowed
 */
WmResolvedTarget wm_target_resolve(const WmTargetText *text, const WmMeasure *measure, const char *measure_unit, double baseline,
                                   const WmComparator *comparators, size_t n_comparators);

/** `absolute`, `percent_of_baseline` … */
const char *wm_target_kind_name(WmTargetKind kind);

#ifdef __cplusplus
}
#endif
#endif
