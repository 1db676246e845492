/* cli/trend_model.h: the models of `waymark trend`: one row each of a table. */
#ifndef WM_CLI_TREND_MODEL_H
#define WM_CLI_TREND_MODEL_H

#include <waymark/regression.h>
#include <waymark/smoothing.h>

#include "cli/output.h"
#include "engine/core/answers/trend_rows.h"
#include "engine/data/series/forecast_batch.h"

#define TREND_MAX_LEVELS WM_TREND_ROW_LEVELS

/* What is asked of every model. */
typedef struct {
    int horizon;
    double levels[TREND_MAX_LEVELS]; /* percent, 0..100 */
    size_t n_levels;
    gboolean is_percent;
    double low, high; /* bounds that were asked for; NAN: none */
} TrendAsk;

typedef struct {
    const char *name;
    double estimate, std_error, statistic, p_value;
} TrendTerm;

#define TREND_MAX_TERMS (WM_SMOOTHING_MAX_STATES + 8)

/* One series fitted. */
typedef struct {
    GArray *fitted; /* of WmTrendRow, one a reading */
    GArray *ahead;  /* of WmTrendRow, one a step of the horizon; empty without a fit */
    TrendTerm terms[TREND_MAX_TERMS];
    size_t n_terms;
    double df, scale;
    const char *model; /* the one that was chosen, where there was a choice; else NULL */
    const char *state; /* why there is no fit, in a word; NULL with one */
} TrendFit;

/* Memory kept from series to series. */
typedef struct {
    WmRegressionScratch *regression;
    WmSmoothingScratch *smoothing;
    WmForecastScratch *forecast;
} TrendScratch;

typedef struct TrendModel TrendModel;

/* Fits the i-th series of the batch. The arrays of *out are empty when called. FALSE: no memory. */
typedef gboolean TrendFitFunc(const TrendModel *model, const ForecastBatch *batch, size_t i, const TrendAsk *ask,
                              TrendScratch *scratch, TrendFit *out);

#define TREND_MAX_CHOICES 9

struct TrendModel {
    const char *name;
    TrendFitFunc *fit;
    WmRegressionMethod method;                     /* of a regression */
    WmSmoothingModel smoothing[TREND_MAX_CHOICES]; /* of a smoothing: the one, or those it is chosen from by AICc */
    size_t n_smoothing;
    WmSmoothingSeason season; /* of a structural model */
    gboolean wants_priors;
};

TrendFitFunc trend_fit_auto, trend_fit_regression, trend_fit_smoothing;

/* What lies beyond the bounds that were asked for is taken for the bound itself. */
void trend_row_bound(WmTrendRow *row, const TrendAsk *ask);

/* What a distribution says, at the levels asked for. */
WmTrendRow trend_row_of(const WmDistribution *y, const TrendAsk *ask);

/* Whether an event leaves the reading of a period out: an outlier, or anything before a break. */
gboolean trend_is_left_out(const WmForecastSeries *series, const WmForecastGroup *group, WmPeriod period);

/* The term of an intervention: "step 2021-04". Lives for ever. */
const char *trend_step_name(WmPeriod period);

/* A term with an estimate alone. */
void trend_add_term(TrendFit *out, const char *name, double estimate);

/* The row of this name; NULL when there is none. */
const TrendModel *trend_model_find(const char *name);

/* New: all names, separated by commas. */
char *trend_model_names(void);

#endif
