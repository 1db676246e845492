/* engine/core/answers/trend_model.h: the models of the filter trend, one row each of a table, for every host. */
#ifndef WM_CORE_TREND_MODEL_H
#define WM_CORE_TREND_MODEL_H

#include <waymark/regression.h>
#include <waymark/smoothing.h>
#include <waymark/trend.h>

#include "engine/core/answers/trend_rows.h"
#include "engine/core/scratch_memory.h"

typedef struct {
    char name[WM_PERIOD_TEXT + 8];
    double estimate, std_error, statistic, p_value; /* NAN: not available */
} WmTrendTerm;

#define WM_TREND_MAX_TERMS (WM_SMOOTHING_MAX_STATES + 8)

/* One series fitted. */
typedef struct {
    WmTrendRow *fitted;   /* n_readings long, the caller's: with nothing in it for a reading of which the model says nothing.
                             NULL: not wanted */
    WmTrendRow *ahead;    /* horizon long, the caller's: written where there is a fit. Steps count from the last reading */
    WmTrendAhead *coming; /* of a line or a smoothing, the caller's, with the effect of its last step; NULL: not wanted */
    size_t n_used;        /* readings that count */
    WmTrendTerm terms[WM_TREND_MAX_TERMS];
    size_t n_terms;
    double df, scale;  /* NAN: the model has none */
    const char *model; /* the one that was chosen, where there was a choice; else NULL */
    const char *state; /* why there is no fit, in a word; NULL with one */
} WmTrendFit;

/* Memory kept from series to series; one per thread. All 0 to begin with: each is made when a model first asks for it. */
typedef struct WmTrendScratch {
    WmForecastScratch *forecast;
    WmRegressionScratch *regression;
    WmSmoothingScratch *smoothing;
    ScratchMemory columns;
} WmTrendScratch;

void wm_trend_scratch_clear(WmTrendScratch *self);

typedef struct WmTrendModel WmTrendModel;

typedef WmStatus WmTrendFitFunc(const WmTrendModel *model, const WmPrior *prior, const WmForecastSeries *series,
                                const WmTrendAsk *ask, WmTrendScratch *scratch, WmTrendFit *out);

#define WM_TREND_MAX_CHOICES 9

struct WmTrendModel {
    const char *name;
    WmTrendFitFunc *fit;
    WmRegressionMethod method;                        /* of a regression */
    WmSmoothingModel smoothing[WM_TREND_MAX_CHOICES]; /* of a smoothing: the one, or those it is chosen from by AICc */
    size_t n_smoothing;
    WmSmoothingSeason season; /* of a structural model */
    bool wants_prior;         /* more of it than its group */
    size_t n_readings_max;    /* beyond it time and memory grow with the square of the readings; 0: no such limit */
};

/* The i-th model; NULL behind the last. The first is the pooled one, auto. */
const WmTrendModel *wm_trend_model(size_t i);

/* The model of this name; NULL when there is none. */
const WmTrendModel *wm_trend_model_find(const char *name);

/* Fit one series by a model.
 *
 * prior   of the series' group; most models read the group alone
 * out     its arrays are the caller's, all else is written; look at `state` before its numbers
 * Returns WM_OK, or WM_NO_MEMORY.
 */
WmStatus wm_trend_model_fit(const WmTrendModel *model, const WmPrior *prior, const WmForecastSeries *series, const WmTrendAsk *ask,
                            WmTrendScratch *scratch, WmTrendFit *out);

/* ---- what the models share */

WmTrendFitFunc trend_fit_auto, trend_fit_regression, trend_fit_smoothing;

/* What lies beyond the bounds that were asked for is taken for the bound itself. */
void trend_row_bound(WmTrendRow *row, const WmTrendAsk *ask);

/* Whether an event leaves the reading of a period out: an outlier, or anything before a break. */
bool trend_is_left_out(const WmForecastSeries *series, const WmForecastGroup *group, WmPeriod period);

/* A term, with all there is of it or with an estimate alone; and that of an intervention, "step 2021-04". */
void trend_add_test(WmTrendFit *out, const char *name, double estimate, double std_error, double statistic, double p_value);
void trend_add_term(WmTrendFit *out, const char *name, double estimate);
void trend_add_step(WmTrendFit *out, WmPeriod period, double estimate, double std_error, double statistic, double p_value);

/* A step as a model has it, on the scale of its link: Student's. */
typedef struct {
    double value, error, df;
} TrendEstimate;

void trend_add_estimate(WmTrendFit *out, WmPeriod period, const TrendEstimate *step);
double trend_half_80(const TrendEstimate *step); /* half of its 80% interval */

/* What it comes to in the measure's unit: `by` is the effect and the two ends of its 80% interval. The last step kept is the one
 * that an assessment shows. */
void trend_keep_effect(WmTrendFit *out, WmPeriod period, const TrendEstimate *step, const double by[3]);

#endif
