/* engine/core/smoothing/smoothing_ets.h: one exponential smoothing on its way from readings to likelihood. */
#ifndef WM_CORE_SMOOTHING_ETS_H
#define WM_CORE_SMOOTHING_ETS_H

#include "engine/core/smoothing/smoothing_parts.h"

#define ETS_MAX_COLUMNS (2 + WM_SMOOTHING_MAX_PERIOD) /* level, slope, seasons less one, and the readings' own */

typedef struct {
    double alpha, beta, gamma, phi;
} EtsParameters;

typedef struct {
    const SmoothingRow *row;
    const double *y; /* n, centred; NAN for a gap */
    size_t n, n_readings;
    size_t k, period; /* initial states, seasons (0 for none) */
    double centre, least_sse;
    double *weights; /* n: 1 / y^2; of a multiplicative error */
    double *columns; /* n * (k + 1): errors of each column, kept for a multiplicative error and for the last pass */
    EtsParameters parameters;
    double x0[ETS_MAX_COLUMNS];
} EtsFit;

/* From the columns: refine x0, which holds a start, for a multiplicative error; n log sum (r / mu)^2 + 2 sum log mu is returned,
 * HUGE_VAL where a forecast is not above 0. */
double ets_solve_multiplicative(EtsFit *fit);

/* The same value, near enough for a search, without a season and without gaps; NAN where the general way is to be taken. Leaves
 * fit->columns as they were found by it. */
double ets_quick_multiplicative(EtsFit *fit);

/* One column of the additive recursion, as scalars. */
typedef struct {
    double l, b, e;
} EtsColumn;

static inline void ets_step_column(EtsColumn *c, const EtsParameters *p, double y)
{
    const double slope = p->phi * c->b, next = c->l + slope;
    c->e = y - next;
    c->l = next + p->alpha * c->e;
    c->b = slope + p->beta * c->e;
}

#endif
