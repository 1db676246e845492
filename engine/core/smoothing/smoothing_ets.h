/* engine/core/smoothing/smoothing_ets.h: one exponential smoothing on its way from readings to likelihood. */
#ifndef WM_CORE_SMOOTHING_ETS_H
#define WM_CORE_SMOOTHING_ETS_H

#include "engine/core/smoothing/smoothing_parts.h"

#define ETS_LOW       1e-4 /* usual region of alpha, beta, gamma: forecast::ets */
#define ETS_WIDTH     0.9998
#define ETS_PHI_LOW   0.8 /* to 0.98 */
#define ETS_PHI_WIDTH 0.18

/* Level, slope, seasons less one, regressors, and the readings' own. */
#define ETS_MAX_COLUMNS (2 + WM_SMOOTHING_MAX_PERIOD + WM_SMOOTHING_MAX_REGRESSORS)

typedef struct {
    double alpha, beta, gamma, phi;
} EtsParameters;

typedef struct {
    const SmoothingRow *row;
    const double *y; /* n, centred; NAN for a gap */
    const double *x; /* n * n_regressors */
    size_t n, n_readings;
    size_t k, period;    /* unknowns: initial states, then the regressors' effects; seasons (0 for none) */
    size_t n_regressors; /* of k */
    double centre, least_sse;
    double *weights; /* n: 1 / y^2; of a multiplicative error */
    double *columns; /* n * (k + 1): errors of each column, kept for a multiplicative error and for the last pass */
    EtsParameters parameters;
    double x0[ETS_MAX_COLUMNS];
    double refined_value, refined_x0[2]; /* of the best that ets_refine found */
} EtsFit;

/* Parameters by their shares of their ranges: of alpha, beta if there is a slope, gamma if a season, phi if it is damped. */
EtsParameters ets_parameters(const SmoothingRow *row, const double *share);
size_t ets_n_parameters(const SmoothingRow *row);

/* x0 by least squares at fit->parameters; false when initial states cannot be told apart. */
bool ets_first_states(EtsFit *fit);

/* A SmoothingRefine for a model without a season and without regressors; gaps may be. */
double ets_refine(void *context, double *angle, int *n_evaluations);

/* From the columns: refine x0, which holds a start, for a multiplicative error; n log sum (r / mu)^2 + 2 sum log mu is returned,
 * HUGE_VAL where a forecast is not above 0. */
double ets_solve_multiplicative(EtsFit *fit);

/* The same value, near enough for a search, without a season, regressors and gaps; NAN where the general way is to be taken. Leaves
 * fit->columns as they were found by it. */
double ets_quick_multiplicative(EtsFit *fit);

/* All numbers of a fit, from its columns, x0 and less its log likelihood. */
void ets_write(const EtsFit *fit, double value, WmSmoothing *out);

/* One column of the additive recursion, as scalars: the forecast p = l + phi b and the slope. With e = y - p the recursion is
 * p' = (1 - k) p + phi^2 b + k y and b' = phi b + beta (y - p), k = alpha + phi beta: each waits for the other half as long as by
 * way of the level. */
typedef struct {
    double p, b;
} EtsColumn;

typedef struct {
    double keep, phi2, k, phi, beta;
} EtsSteps;

static inline EtsSteps ets_steps(const EtsParameters *p)
{
    const double k = p->alpha + p->phi * p->beta;
    return (EtsSteps){.keep = 1 - k, .phi2 = p->phi * p->phi, .k = k, .phi = p->phi, .beta = p->beta};
}

/* Columns of initial states of 1: of the level, and of the slope. */
static inline EtsColumn ets_level_column(void)
{
    return (EtsColumn){.p = 1};
}

static inline EtsColumn ets_slope_column(const EtsParameters *p)
{
    return (EtsColumn){.p = p->phi, .b = 1};
}

/* The error. */
static inline double ets_step_column(EtsColumn *c, const EtsSteps *s, double y)
{
    const double p = c->p, b = c->b;
    c->p = s->keep * p + (s->phi2 * b + s->k * y);
    c->b = (s->phi * b + s->beta * y) - s->beta * p;
    return y - p;
}

#endif
