/* M-estimates by iterated weighted least squares, step for step as MASS::rlm goes, so that its numbers are met.
 *
 * Huber (1981), Robust Statistics, sections 7.6 to 7.8; Venables and Ripley (2002), Modern Applied Statistics with S, section 6.5.
 */
#include "engine/core/regression/regression_parts.h"

#include <math.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#define TUNING_HUBER     1.345 /* 95% efficient at the normal */
#define TUNING_BISQUARE  4.685 /* the same */
#define N_ITERATIONS_MAX 500
#define ACCURACY         1e-10 /* change of the residuals, as a share of their length */

/* Weight psi(u) / u and derivative psi'(u) of a residual u, in robust standard deviations. */
typedef struct {
    double tuning;
    double (*weight)(double u, double tuning);
    double (*derivative)(double u, double tuning);
} Psi;

static double huber_weight(double u, double k)
{
    return fabs(u) <= k ? 1 : k / fabs(u);
}

static double huber_derivative(double u, double k)
{
    return fabs(u) <= k;
}

static double bisquare_weight(double u, double c)
{
    const double v = fmin(1, fabs(u / c));
    return (1 - v * v) * (1 - v * v);
}

static double bisquare_derivative(double u, double c)
{
    const double v = (u / c) * (u / c);
    return v < 1 ? (1 - v) * (1 - 5 * v) : 0;
}

double regression_median(double *values, size_t n)
{
    gsl_sort(values, 1, n);
    return n ? gsl_stats_median_from_sorted_data(values, 1, n) : NAN;
}

double regression_mad_scale(RegressionWork *work, const double *residual)
{
    for (size_t i = 0; i < work->n; i++)
        work->sorted[i] = fabs(residual[i]);
    return regression_median(work->sorted, work->n) / MAD_TO_SD;
}

/* Weights are variances' inverses: rows and responses are multiplied by sqrt(weight) once, and all else is unweighted. */
static void whiten(RegressionWork *work)
{
    for (size_t i = 0; i < work->n; i++) {
        const double root = sqrt(work->weight[i]);
        work->y[i] *= root;
        for (size_t j = 0; j < work->p; j++)
            work->x[i * work->p + j] *= root;
    }
}

/* One step: scale from the residuals, weights from both, coefficients from the weights. Returns the share by which residuals moved;
 * 0 when more than half of them are 0, so that there is no scale; NAN when the weighted design is singular. */
static double step(RegressionWork *work, const Psi *psi, double *scale)
{
    *scale = regression_mad_scale(work, work->residual);
    if (*scale == 0)
        return 0;
    double before = 0, change = 0;
    for (size_t i = 0; i < work->n; i++) {
        work->sorted[i] = work->residual[i];
        work->omega[i] = psi->weight(work->residual[i] / *scale, psi->tuning);
    }
    if (!regression_solve(work, work->omega, work->y))
        return NAN;
    for (size_t i = 0; i < work->n; i++) {
        before += work->sorted[i] * work->sorted[i];
        change += (work->sorted[i] - work->residual[i]) * (work->sorted[i] - work->residual[i]);
    }
    return sqrt(change / fmax(1e-20, before));
}

/* Standard errors are tau sqrt((X'X)^-1): tau = kappa / m sqrt(S), S = sum psi(u)^2 s^2 / (n - p), m = mean psi'(u),
 * kappa = 1 + p var(psi') / (n m^2). Huber (1981), equation 7.6.8 with Street, Carroll and Ruppert's correction, as MASS has it. */
static double error_scale(const RegressionWork *work, const Psi *psi, double scale, double df)
{
    const double n = (double)work->n, p = (double)work->p;
    double sum = 0, mean = 0, variance = 0;
    if (scale == 0)
        return 0;
    for (size_t i = 0; i < work->n; i++) {
        const double u = work->residual[i] / scale, e = work->residual[i] * psi->weight(u, psi->tuning);
        sum += e * e;
        mean += psi->derivative(u, psi->tuning) / n;
    }
    for (size_t i = 0; i < work->n; i++) {
        const double d = psi->derivative(work->residual[i] / scale, psi->tuning) - mean;
        variance += d * d / (n - 1);
    }
    const double kappa = 1 + p * variance / (n * mean * mean);
    return sqrt(sum / df) * kappa / mean;
}

static void iterate(RegressionWork *work, const Psi *psi, WmRegression *out)
{
    const int n_max = work->options->n_iterations_max > 0 ? work->options->n_iterations_max : N_ITERATIONS_MAX;
    out->state = WM_REGRESSION_NOT_CONVERGED;
    while (out->state == WM_REGRESSION_NOT_CONVERGED && out->n_iterations < n_max) {
        const double change = step(work, psi, &out->scale);
        out->n_iterations++;
        if (isnan(change))
            out->state = WM_REGRESSION_SINGULAR; /* the readings that still count no longer tell the terms apart */
        else if (change <= ACCURACY)
            out->state = WM_REGRESSION_FITTED;
    }
}

static void fit_m_estimate(RegressionWork *work, Psi psi, WmRegression *out)
{
    if (work->options->tuning > 0)
        psi.tuning = work->options->tuning;
    whiten(work);
    if (!regression_solve(work, NULL, work->y)) {
        out->state = WM_REGRESSION_SINGULAR;
        return;
    }
    for (size_t i = 0; i < work->p * work->p; i++)
        out->factor[i] = work->factor[i]; /* of the design itself: errors use X'X, not X'WX */
    iterate(work, &psi, out);
    for (size_t j = 0; j < work->p; j++)
        out->coefficient[j] = work->beta[j];
    out->rss = regression_rss(work, NULL);
    out->error_scale = error_scale(work, &psi, out->scale, out->df);
}

void regression_fit_huber(RegressionWork *work, WmRegression *out)
{
    fit_m_estimate(work, (Psi){TUNING_HUBER, huber_weight, huber_derivative}, out);
}

void regression_fit_bisquare(RegressionWork *work, WmRegression *out)
{
    fit_m_estimate(work, (Psi){TUNING_BISQUARE, bisquare_weight, bisquare_derivative}, out);
}
