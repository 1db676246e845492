/* Quasi-binomial and quasi-Poisson regression by iterated weighted least squares.
 *
 * McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., sections 2.5 (the iteration), 4.5 and 6.2 (over-dispersion). */
#include "engine/core/regression/regression_parts.h"

#include <float.h>
#include <math.h>

#define N_ITERATIONS_MAX 100
#define ACCURACY         1e-12 /* change of the deviance, as a share of it: the coefficients then have about all their digits */

/* A family with its link. m is the reading's trials or exposure; mu is the expected share of trials, or the expected events. */
typedef struct {
    double (*start)(double y, double m);   /* eta that starts the iteration */
    double (*mean)(double eta, double m);  /* mu */
    double (*slope)(double eta, double m); /* d mu / d eta */
    double (*weight)(double mu, double m); /* prior weight / variance function */
    double (*deviance)(double y, double mu, double m);
    bool (*is_possible)(double y, double m);
} Family;

static double binomial_start(double y, double m)
{
    const double mu = (y + 0.5) / (m + 1);
    return log(mu / (1 - mu));
}

static double binomial_mean(double eta, double m)
{
    (void)m;
    const double e = exp(-fabs(eta)), p = eta >= 0 ? 1 / (1 + e) : e / (1 + e);
    return fmin(fmax(p, DBL_EPSILON), 1 - DBL_EPSILON);
}

static double binomial_slope(double eta, double m)
{
    (void)m;
    const double e = exp(-fabs(eta));
    return fmax(e / ((1 + e) * (1 + e)), DBL_EPSILON);
}

static double binomial_weight(double mu, double m)
{
    return m / (mu * (1 - mu));
}

/* a log(a / b), 0 for a = 0. */
static double a_log_ratio(double a, double b)
{
    return a > 0 ? a * log(a / b) : 0;
}

static double binomial_deviance(double y, double mu, double m)
{
    return 2 * (a_log_ratio(y, m * mu) + a_log_ratio(m - y, m * (1 - mu)));
}

static bool binomial_is_possible(double y, double m)
{
    return y >= 0 && y <= m;
}

static double poisson_start(double y, double m)
{
    (void)m;
    return log(y + 0.1);
}

static double poisson_mean(double eta, double m)
{
    (void)m;
    return fmax(exp(eta), DBL_EPSILON);
}

static double poisson_weight(double mu, double m)
{
    (void)m;
    return 1 / mu;
}

static double poisson_deviance(double y, double mu, double m)
{
    (void)m;
    return 2 * (a_log_ratio(y, mu) - (y - mu));
}

static bool poisson_is_possible(double y, double m)
{
    (void)m;
    return y >= 0;
}

static const Family BINOMIAL = {binomial_start,  binomial_mean,     binomial_slope,
                                binomial_weight, binomial_deviance, binomial_is_possible};
static const Family POISSON = {poisson_start, poisson_mean, poisson_mean, poisson_weight, poisson_deviance, poisson_is_possible};

/* The state that forbids a fit, or WM_REGRESSION_FITTED. */
static WmRegressionState check_readings(const RegressionWork *work, const Family *family)
{
    size_t n_none = 0, n_all = 0;
    for (size_t i = 0; i < work->n; i++) {
        if (!family->is_possible(work->y[i], work->weight[i]))
            return WM_REGRESSION_OUT_OF_RANGE;
        n_none += work->y[i] == 0;
        n_all += family == &BINOMIAL && work->y[i] == work->weight[i];
    }
    return n_none == work->n || n_all == work->n ? WM_REGRESSION_ON_BOUND : WM_REGRESSION_FITTED;
}

/* What the family calls y: the share of trials, or the events. */
static double response(const RegressionWork *work, const Family *family, size_t i)
{
    return family == &BINOMIAL ? work->y[i] / work->weight[i] : work->y[i];
}

static double offset(const RegressionWork *work, const Family *family, size_t i)
{
    return family == &POISSON ? log(work->weight[i]) : 0;
}

/* z = eta - offset + (y - mu) / mu', omega = prior weight mu'^2 / V(mu). eta comes in room and goes out there; the deviance is
 * returned, NAN when the weighted design is singular. work->sorted holds z meanwhile. */
static double step(RegressionWork *work, const Family *family, double *eta)
{
    for (size_t i = 0; i < work->n; i++) {
        const double m = work->weight[i], mu = family->mean(eta[i], m), slope = family->slope(eta[i], m);
        work->sorted[i] = eta[i] - offset(work, family, i) + (response(work, family, i) - mu) / slope;
        work->omega[i] = slope * slope * family->weight(mu, m);
    }
    if (!regression_solve(work, work->omega, work->sorted))
        return NAN;
    double deviance = 0;
    for (size_t i = 0; i < work->n; i++) {
        eta[i] = work->sorted[i] - work->residual[i] + offset(work, family, i);
        deviance += family->deviance(work->y[i], family->mean(eta[i], work->weight[i]), work->weight[i]);
    }
    return deviance;
}

/* Pearson's X^2 / (n - p), with the weights of the last step: what makes the family "quasi". */
static double dispersion(const RegressionWork *work, const Family *family, const double *eta, double df)
{
    double x2 = 0;
    for (size_t i = 0; i < work->n; i++) {
        const double m = work->weight[i];
        const double e = (response(work, family, i) - family->mean(eta[i], m)) / family->slope(eta[i], m);
        x2 += work->omega[i] * e * e;
    }
    return x2 / df;
}

static void fit_family(RegressionWork *work, const Family *family, WmRegression *out)
{
    out->state = check_readings(work, family);
    if (out->state != WM_REGRESSION_FITTED)
        return;
    const int n_max = work->options->n_iterations_max > 0 ? work->options->n_iterations_max : N_ITERATIONS_MAX;
    double *eta = work->eta, before = DBL_MAX;
    for (size_t i = 0; i < work->n; i++)
        eta[i] = family->start(work->y[i], work->weight[i]);
    out->state = WM_REGRESSION_NOT_CONVERGED;
    while (out->state == WM_REGRESSION_NOT_CONVERGED && out->n_iterations < n_max) {
        out->rss = step(work, family, eta);
        out->n_iterations++;
        if (isnan(out->rss))
            out->state = WM_REGRESSION_SINGULAR;
        else if (fabs(out->rss - before) / (fabs(out->rss) + 0.1) < ACCURACY)
            out->state = WM_REGRESSION_FITTED;
        before = out->rss;
    }
    regression_keep(work, out);
    out->scale = out->error_scale = sqrt(dispersion(work, family, eta, out->df));
}

void regression_fit_binomial(RegressionWork *work, WmRegression *out)
{
    fit_family(work, &BINOMIAL, out);
    out->low = 0;
    out->high = 1;
}

void regression_fit_poisson(RegressionWork *work, WmRegression *out)
{
    fit_family(work, &POISSON, out);
}
