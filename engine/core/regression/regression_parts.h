/* engine/core/regression/regression_parts.h: what the methods of regression share. */
#ifndef WM_CORE_REGRESSION_PARTS_H
#define WM_CORE_REGRESSION_PARTS_H

#include <waymark/regression.h>

#define MAD_TO_SD 0.6745 /* the normal's upper quartile, rounded as Huber (1981), MASS and most tables do */

/* The usable rows of one fit, and room to work; all of it lies in the scratch. */
typedef struct {
    size_t n, p;
    const WmRegressionOptions *options; /* never NULL */
    double *x;                          /* n * p */
    double *y;                          /* n; the response on the link's scale for the transformed methods */
    double *weight;                     /* n, all above 0 */
    double *residual;                   /* n */
    double *eta;                        /* n; of the generalised models */
    double *factor;                     /* p * p, upper R */
    double *beta;                       /* p */
    double *qr, *right, *room, *omega, *sorted, *tau;
} RegressionWork;

/* Room for the rows of a line (1, t, then 1 for each step that has come), for n_more doubles behind the n of `sorted`, and the
 * usable rows in it. False without memory. */
bool regression_lay_line(const WmLineReadings *readings, bool reads_weights, size_t n_more, WmRegressionScratch *scratch,
                         RegressionWork *work);

/* Weighted least squares of `target` on the rows: minimise sum omega (target - x beta)^2. omega NULL for 1 each, and any >= 0.
 * Leaves beta, the unweighted residual and the factor R of X' omega X = R'R in `work`; false when it is singular. */
bool regression_solve(RegressionWork *work, const double *omega, const double *target);

/* sum omega residual^2; omega NULL for 1 each. */
double regression_rss(const RegressionWork *work, const double *omega);

/* One row of the table of methods: from usable rows to coefficients, factor, scales and state. Errors and tests are filled in
 * after. */
typedef void RegressionFit(RegressionWork *work, WmRegression *out);
RegressionFit regression_fit_ols, regression_fit_wls, regression_fit_huber, regression_fit_bisquare, regression_fit_theil_sen,
    regression_fit_binomial, regression_fit_poisson, regression_fit_log_linear, regression_fit_logit_linear;

/* Copy beta and factor out. */
void regression_keep(const RegressionWork *work, WmRegression *out);

/* h = x' (X'WX)^-1 x = |z|^2 with R'z = x, by forward substitution: no inverse is made. */
double regression_leverage(const WmRegression *self, const double *row);

double regression_median(double *values, size_t n); /* sorts them; NAN for none */

/* Median |residual| / 0.6745 about 0, not about the median. */
double regression_mad_scale(RegressionWork *work, const double *residual);

/* n doubles of scratch; NULL when there is no memory. Each call takes back what the last one gave. */
double *regression_scratch_take(WmRegressionScratch *self, size_t n);

#endif
