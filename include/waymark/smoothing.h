/* waymark/smoothing.h: series whose level, slope and season move: exponential smoothing and structural models.
 *
 * Both are *state-space* models: unseen states (level, slope, season) carry the series from one *period* to the next. Exponential
 * smoothing (ETS) has one source of error, and its name spells it: error A additive or M multiplicative, trend N, A or Ad (damped),
 * season N or A. Structural models have an error for each state, are filtered by Kalman's recursions, and take gaps, irregular
 * times and interventions exactly. Time is in periods; a value NAN is a gap. A *step* h is h periods after the last one given.
 * Every function is pure: same arguments, same bits. Formulas, sources, limits: docs/methods-trend-models.md.
 *
 *     WmSmoothingScratch *scratch = wm_smoothing_scratch_new();
 *     WmSmoothing fit;
 *     if (wm_smoothing_fit(WM_SMOOTHING_AADN, &(WmSmoothingReadings){.n = n, .y = y}, NULL, scratch, &fit) == WM_OK) {
 *         const WmSmoothingPrediction next = wm_smoothing_predict(&fit, 1, NULL);
 *         wm_smoothing_interval(&next, 0.80, &low, &high);
 *     }
 *     wm_smoothing_scratch_free(scratch);
 */
#ifndef WAYMARK_SMOOTHING_H
#define WAYMARK_SMOOTHING_H

#include <waymark/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WM_SMOOTHING_MAX_PERIOD     24 /* periods in a year of seasons: months, quarters, terms */
#define WM_SMOOTHING_MAX_REGRESSORS 6
#define WM_SMOOTHING_MAX_STATES     (2 + WM_SMOOTHING_MAX_PERIOD + WM_SMOOTHING_MAX_REGRESSORS)
#define WM_SMOOTHING_MAX_PARAMETERS 4

typedef enum {
    WM_SMOOTHING_ANN,  /* simple exponential smoothing */
    WM_SMOOTHING_AAN,  /* Holt's linear trend */
    WM_SMOOTHING_AADN, /* damped trend */
    WM_SMOOTHING_ANA,  /* the same with an additive season */
    WM_SMOOTHING_AAA,
    WM_SMOOTHING_AADA,
    WM_SMOOTHING_MNN, /* multiplicative error: the spread grows with the level; all y > 0 */
    WM_SMOOTHING_MAN,
    WM_SMOOTHING_MADN,
    WM_SMOOTHING_LEVEL, /* structural: random walk seen through noise */
    WM_SMOOTHING_LLT,   /* structural: local linear trend, whose slope too is a random walk */
    WM_N_SMOOTHING_MODELS,
} WmSmoothingModel;

/** Why there is, or is not, a fit: a state of the data, not an error. */
typedef enum {
    WM_SMOOTHING_FITTED,
    WM_SMOOTHING_PERFECT,      /* the model meets every reading: no spread, no likelihood */
    WM_SMOOTHING_TOO_FEW,      /* readings do not outnumber what is to be estimated */
    WM_SMOOTHING_SINGULAR,     /* states or regressors that cannot be told apart */
    WM_SMOOTHING_OUT_OF_RANGE, /* a multiplicative error with a y that is not above 0, or numbers too large to be squared */
    WM_SMOOTHING_UNSUITABLE,   /* a season without a period, times that do not rise, dummies at times that are not whole */
    WM_N_SMOOTHING_STATES,
} WmSmoothingState;

typedef enum { WM_SEASON_NONE, WM_SEASON_DUMMIES, WM_SEASON_HARMONICS } WmSmoothingSeason;

/** Members left 0 take the default named here. */
typedef struct {
    size_t period;            /* periods in a year of seasons, 2 to WM_SMOOTHING_MAX_PERIOD; default none */
    WmSmoothingSeason season; /* of structural models; ETS have it in their name; default none */
    size_t n_harmonics;       /* of WM_SEASON_HARMONICS; default and at most period / 2 */
} WmSmoothingOptions;

/** One series in order of time. Structural models read t; ETS count every row as the next period. */
typedef struct {
    size_t n;
    const double *y; /* NAN for a gap */
    const double *t; /* in periods, rising; NULL for 0, 1, 2, ... */
    size_t n_regressors;
    const double *x; /* n * n_regressors, row after row: interventions, such as 0 before an event and 1 from it on */
} WmSmoothingReadings;

typedef struct {
    WmSmoothingState state;
    WmSmoothingModel model;
    size_t n_readings;   /* with a value */
    size_t n_parameters; /* all that is estimated: smoothing parameters or variances, initial states, regressors, spread */
    double alpha, beta, gamma, phi;               /* of ETS; NAN where the model has none */
    double variance[WM_SMOOTHING_MAX_PARAMETERS]; /* of structural models: reading, level, slope, season, per period */
    double sigma;          /* ETS: sd of an error (a share for M), sqrt(sum e^2 / (n_readings + 1 - n_parameters)) */
    double log_likelihood; /* ETS: -n/2 log sum e^2 (- sum log |mu| for M), R's constant; structural: diffuse, in full */
    double aicc;           /* NAN where n is too small for it; compare within ETS, or within structural models, never across */
    double df;             /* of the Student distribution of predictions */
    int n_evaluations;     /* of the likelihood */
    size_t period, n_harmonics, n_regressors, n_states;
    WmSmoothingSeason season;
    double t_last;
    double first[WM_SMOOTHING_MAX_STATES]; /* ETS: before the first reading: level, slope, seasons of periods 1..period. */
    double last[WM_SMOOTHING_MAX_STATES];  /* after the last one; seasons of the next `period` periods; regressors' effects last */
    double covariance[WM_SMOOTHING_MAX_STATES * WM_SMOOTHING_MAX_STATES]; /* of `last`, n_states to a row; ETS: of effects alone */
} WmSmoothing;

typedef struct {
    double mean; /* NAN without a fit */
    double sd;   /* of a new reading: the model's noise; for structural models also the states' uncertainty */
    double df;   /* Student */
} WmSmoothingPrediction;

/** Names in files: ann aan aadn ana aaa aada mnn man madn level llt. */
const char *wm_smoothing_model_name(WmSmoothingModel model);
bool wm_smoothing_model_parse(const char *text, WmSmoothingModel *out);
const char *wm_smoothing_state_name(WmSmoothingState state);

/** Working memory kept from fit to fit: new; NULL when there is none. One per thread. */
typedef struct WmSmoothingScratch WmSmoothingScratch;
WmSmoothingScratch *wm_smoothing_scratch_new(void);
void wm_smoothing_scratch_free(WmSmoothingScratch *self); /* NULL is fine */

/** Whether there are numbers to read: fitted, or perfect. */
bool wm_smoothing_has_fit(const WmSmoothing *self);

/** Fit one model by maximum likelihood.
 *
 * ETS: Hyndman, Koehler, Ord and Snyder (2008), Forecasting with Exponential Smoothing, chapters 2, 5 and 6; parameters within both
 * the usual and the admissible region as R's forecast::ets has them by default. Initial states are concentrated out, so that the
 * search has one to four dimensions. Structural: Durbin and Koopman (2012), Time Series Analysis by State Space Methods, chapters 4
 * and 5. O(n states^2) for ETS and structural models alike, for each evaluation of the likelihood.
 *
 * @param readings  borrowed
 * @param options   NULL for all defaults; borrowed
 * @param scratch   grown as needed; nothing is allocated within the search
 * @param out       written in every case; look at `state` before its numbers
 */
WmStatus wm_smoothing_fit(WmSmoothingModel model, const WmSmoothingReadings *readings, const WmSmoothingOptions *options,
                          WmSmoothingScratch *scratch, WmSmoothing *out);

/** Fit several and keep the one with the least AICc, the first of equals; `models` must be all ETS or all structural.
 * Where none has an AICc, the first that has a fit; out->state says so when none has. */
WmStatus wm_smoothing_select(const WmSmoothingModel *models, size_t n_models, const WmSmoothingReadings *readings,
                             const WmSmoothingOptions *options, WmSmoothingScratch *scratch, WmSmoothing *out);

/** What a fit expects h periods (ETS: whole, from 1) after the last row. `x` is the row of regressors then, NULL for none or all 0;
 * ETS take it for all the periods until then. */
WmSmoothingPrediction wm_smoothing_predict(const WmSmoothing *self, double h, const double *x);

/** What a fit expected of each row one step before it came, given its parameters and initial states, which all readings have told.
 *
 * @param readings  those of the fit; borrowed
 * @param options   those of the fit; NULL for all defaults
 * @param out       readings->n long; NAN without a fit. A gap has its expectation too
 * @return WM_OK, or WM_NO_MEMORY
 */
WmStatus wm_smoothing_fitted(const WmSmoothing *self, const WmSmoothingReadings *readings, const WmSmoothingOptions *options,
                             WmSmoothingScratch *scratch, WmSmoothingPrediction *out);

/** Interval that holds a share `level` of new readings: mean +- t sd. */
void wm_smoothing_interval(const WmSmoothingPrediction *self, double level, double *low, double *high);

#ifdef __cplusplus
}
#endif
#endif
