/* waymark/formula.h: indicators that are made of others, by a formula as an analyst would write it.
 *
 *   EHC_ON_TIME / EHC_ISSUED                        a share; times 100 for an indicator of kind percent
 *   EXCLUSIONS per 1,000 of latest PUPILS           a rate; of what is counted once a year, the latest figure
 *   BOYS + GIRLS, ATTENDED - DISCHARGED, 100 - PCT  sums and differences
 *   sum of EXCLUSIONS over 12 months                rolling; also mean of
 *   sum of EXCLUSIONS by quarter                    of a finer frequency; also mean of, last of
 *   year to date of STARTS                          cumulative from the year's start; by academic year, by calendar year …
 *   in-year of published                            back to each period's own figure; `published`: what its own drops say
 *   change of PCT, percent change of COUNT          from the same period a year before
 *   roll-up of EHC20                                over the units below, by counts
 * At its end, ", partial" allows totals of which parts are missing.
 *
 * A *part* is a series that a formula takes: an indicator's for the same unit and cohort, or its roll-up. *Counts* are numerator
 * and denominator; a *share* is scale * numerator / denominator (percent, rate, mean duration …), and totals of shares are shares
 * of totals. What is missing gives a missing result, never a partial sum, unless the formula allows it; the result is then
 * provisional and marked partial. What is suppressed gives a suppressed result, always.
 */
#ifndef WAYMARK_FORMULA_H
#define WAYMARK_FORMULA_H

#include <waymark/reading.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Limits of one formula. */
#define WM_FORMULA_MAX_NODES 48
#define WM_FORMULA_MAX_PARTS 16

/** Longest name of an indicator in a formula, with its terminating 0. */
#define WM_FORMULA_NAME 128

typedef enum {
    WM_OP_PART,
    WM_OP_NUMBER,
    WM_OP_SUM,
    WM_OP_DIFFERENCE,
    WM_OP_PRODUCT,
    WM_OP_RATIO,
    WM_OP_ROLLING,
    WM_OP_BY,
    WM_OP_YEAR_TO_DATE,
    WM_OP_IN_YEAR,
    WM_OP_CHANGE,
    WM_OP_PERCENT_CHANGE,
    WM_OP_LATEST,
    WM_N_OPS,
} WmFormulaOp;

/** How periods are taken together. */
typedef enum { WM_TOTAL_SUM, WM_TOTAL_MEAN, WM_TOTAL_LAST } WmTotalMode;

/** One step of a formula. Steps stand in the order of evaluation: operands first. */
typedef struct {
    WmFormulaOp op;
    int column;          /* where it stands in the text, in bytes from 0 */
    size_t i_part;       /* of WM_OP_PART */
    double number;       /* of WM_OP_NUMBER; of WM_OP_RATIO the factor: 1, 100 of a percent, or the N of "per N of" */
    int window;          /* of WM_OP_ROLLING: how many … */
    int window_months;   /* … of so many months; 0: of the series' own periods */
    WmTotalMode mode;    /* of WM_OP_ROLLING and WM_OP_BY */
    WmPeriodKind period; /* of WM_OP_BY: the result's periods; of year to date and in-year: the year */
} WmFormulaNode;

typedef struct {
    char name[WM_FORMULA_NAME]; /* of the indicator; "" for the indicator's own published readings */
    bool is_roll_up;
    int column; /* where it is named first, in bytes from 0 */
} WmFormulaPart;

typedef struct {
    WmFormulaNode nodes[WM_FORMULA_MAX_NODES];
    size_t n_nodes;
    WmFormulaPart parts[WM_FORMULA_MAX_PARTS];
    size_t n_parts;
    bool allows_partial;
    double share_scale; /* of the indicator's kind, wm_kind_share_scale */
} WmFormula;

/** What a formula's words mean where it stands. */
typedef struct {
    WmKind kind;       /* of the indicator: a ratio that is a percent counts times 100 */
    WmPeriodKind year; /* the plan's: WM_PERIOD_YEAR, _ACADEMIC_YEAR or _FINANCIAL_YEAR */
} WmFormulaContext;

/** What is wrong with a formula, and where. */
typedef struct {
    const char *message; /* a clause; "" when nothing is. Lives for ever */
    int column, length;  /* of the text it is about, in bytes from 0 */
} WmFormulaFault;

/** Understand a formula. False, with *fault saying why, when it cannot be; *out is written in every case. */
bool wm_formula_parse(const char *text, const WmFormulaContext *context, WmFormula *out, WmFormulaFault *fault);

/** Whether the periods of its parts fit together and come to `own`.
 * @param parts n_parts kinds of period in which the parts are published, in the formula's order */
bool wm_formula_check_periods(const WmFormula *self, const WmPeriodKind *parts, WmPeriodKind own, WmFormulaFault *fault);

/** A derived reading. */
typedef struct {
    WmReading reading;
    bool is_partial; /* parts of it are missing */
} WmDerivedReading;

/** One part's readings. */
typedef struct {
    const WmDerivedReading *readings; /* n_readings, sorted by period, one each; borrowed */
    size_t n_readings;
    double scale; /* of a share: value = scale * numerator / denominator; 0 where the value is no share */
} WmFormulaSeries;

/** What the measure's values are as shares: 100 for a percent, 0 for counts, money, yes_no and text, else 1. */
double wm_kind_share_scale(WmKind kind);

/** What published shares are times, from value · denominator / numerator of each: 1,000 of a rate per thousand. Their median, and
 * the power of ten where it lies within 2% of one, since figures are published rounded.
 *
 * @param ratios  n of them, above 0 and finite; sorted in place
 * @return NAN for n = 0
 */
double wm_share_scale_seen(double *ratios, size_t n);

/** Memory kept from series to series; one per thread. New, or NULL without memory. */
typedef struct WmFormulaScratch WmFormulaScratch;
WmFormulaScratch *wm_formula_scratch_new(void);
void wm_formula_scratch_free(WmFormulaScratch *self);

/** Evaluate a formula whose periods fit.
 *
 * There is a result for a period where every part has a reading, whatever its state. Of results that may not be told: suppressed,
 * if any part is; else not_available, missing or not_applicable, as the parts are. A ratio with denominator 0 is not_applicable.
 *
 * @param parts   one for each of the formula's parts, in its order
 * @param out     set to the results, sorted by period; borrowed from scratch until its next use
 * @return WM_OK, or WM_NO_MEMORY. Time is linear in the readings of the parts, times the window of a rolling total.
 */
WmStatus wm_formula_evaluate(const WmFormula *self, const WmFormulaSeries *parts, WmFormulaScratch *scratch,
                             const WmDerivedReading **out, size_t *n_out);

/** The total of several units' series of one measure: for each period that any of them has.
 *
 * @param series n_series of them, all of one scale; shares are totalled by their counts
 * @param out    as wm_formula_evaluate
 */
WmStatus wm_formula_roll_up(const WmFormulaSeries *series, size_t n_series, bool allows_partial, WmFormulaScratch *scratch,
                            const WmDerivedReading **out, size_t *n_out);

#ifdef __cplusplus
}
#endif
#endif
