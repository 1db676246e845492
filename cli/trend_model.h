/* cli/trend_model.h: the models of `waymark trend`: one row each of a table. */
#ifndef WM_CLI_TREND_MODEL_H
#define WM_CLI_TREND_MODEL_H

#include <waymark/regression.h>

#include "cli/output.h"
#include "engine/data/forecast_batch.h"

#define TREND_MAX_LEVELS 20

/* What is asked of every model. */
typedef struct {
    int horizon;
    double levels[TREND_MAX_LEVELS]; /* percent, 0..100 */
    size_t n_levels;
    gboolean is_percent;
} TrendAsk;

/* What a model expects of one period. NAN: not available. */
typedef struct {
    double mean, sd, lo[TREND_MAX_LEVELS], hi[TREND_MAX_LEVELS];
} TrendRow;

typedef struct {
    const char *name;
    double estimate, std_error, statistic, p_value;
} TrendTerm;

#define TREND_MAX_TERMS 32

/* One series fitted. */
typedef struct {
    GArray *fitted; /* of TrendRow, one a reading */
    GArray *ahead;  /* of TrendRow, one a step of the horizon; empty without a fit */
    TrendTerm terms[TREND_MAX_TERMS];
    size_t n_terms;
    double df, scale;
} TrendFit;

typedef struct TrendModel TrendModel;
struct TrendModel {
    const char *name;
    /* Fits the i-th series of the batch. The arrays of *out are empty when called. FALSE: no memory. */
    gboolean (*fit)(const TrendModel *model, ForecastBatch *batch, size_t i, const TrendAsk *ask, WmRegressionScratch *scratch,
                    TrendFit *out);
    WmRegressionMethod method; /* of those that are regressions */
    gboolean wants_priors;
};

/* The row of this name; NULL when there is none. */
const TrendModel *trend_model_find(const char *name);

/* New: all names, separated by commas. */
char *trend_model_names(void);

#endif
