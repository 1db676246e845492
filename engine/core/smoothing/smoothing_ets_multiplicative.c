/* Initial states under a multiplicative error. The filter is that of the additive error, so forecasts are linear in them here too;
 * the likelihood is not quadratic, but smooth, and a few of Gauss and Newton's steps find its best. */
#include "engine/core/smoothing/smoothing_ets.h"

#include <math.h>
#include <string.h>

/* n log sum (r / mu)^2 + 2 sum log mu at x0, with r = y - mu; HUGE_VAL where a forecast is not above 0. */
static double multiplicative_value(const EtsFit *fit, const double *x0, double *sum)
{
    const double *e = fit->columns;
    double logs = 0;
    *sum = fit->least_sse / (fit->centre * fit->centre);
    for (size_t t = 0; t < fit->n; t++, e += fit->k + 1) {
        if (isnan(fit->y[t]))
            continue;
        double r = e[fit->k];
        for (size_t j = 0; j < fit->k; j++)
            r += x0[j] * e[j];
        const double mu = fit->y[t] + fit->centre - r;
        if (!(mu > 0))
            return HUGE_VAL;
        *sum += (r / mu) * (r / mu);
        logs += log(mu);
    }
    return (double)fit->n_readings * log(*sum) + 2 * logs;
}

/* Gauss and Newton's step for x0: the gradient in full, of the second derivatives those of the squares alone, which is positive. */
static bool multiplicative_step(const EtsFit *fit, double sum, double *step)
{
    const size_t k = fit->k;
    double a[ETS_MAX_COLUMNS * ETS_MAX_COLUMNS] = {0}, g[ETS_MAX_COLUMNS] = {0}, log_det;
    const double scale = 2 * (double)fit->n_readings / sum, *e = fit->columns;
    for (size_t t = 0; t < fit->n; t++, e += k + 1) {
        if (isnan(fit->y[t]))
            continue;
        const double y = fit->y[t] + fit->centre;
        double r = e[k];
        for (size_t j = 0; j < k; j++)
            r += fit->x0[j] * e[j];
        const double mu = y - r, d = y / (mu * mu); /* d(r / mu) / d(-mu) */
        for (size_t i = 0; i < k; i++) {
            g[i] -= (scale * r / mu * d - 2 / mu) * e[i];
            for (size_t j = 0; j <= i; j++)
                a[i * k + j] += scale * d * d * e[i] * e[j];
        }
    }
    return smoothing_solve(a, k, g, step, &log_det);
}

double ets_solve_multiplicative(EtsFit *fit)
{
    double sum, value = multiplicative_value(fit, fit->x0, &sum);
    for (int i = 0; i < 20 && value < HUGE_VAL; i++) {
        double step[ETS_MAX_COLUMNS], trial[ETS_MAX_COLUMNS], share = 1, next, next_sum;
        if (!multiplicative_step(fit, sum, step))
            break;
        do { /* halve until it falls */
            for (size_t j = 0; j < fit->k; j++)
                trial[j] = fit->x0[j] + share * step[j];
            next = multiplicative_value(fit, trial, &next_sum);
            share /= 2;
        } while (!(next <= value) && share > 1e-4);
        if (!(next <= value))
            break;
        const double gain = value - next;
        memcpy(fit->x0, trial, fit->k * sizeof *trial);
        value = next;
        sum = next_sum;
        if (gain < 1e-9)
            break;
    }
    return value;
}

#define QUICK_STEPS 6
#define QUICK_GAIN  0.01 /* a step that gains no more leaves about the square of it */

/* Columns as e = own + x0 level + x1 slope, three numbers a reading, and the start: least squares with weights 1 / y^2. */
static bool quick_columns(EtsFit *fit, double *x)
{
    const EtsParameters p = fit->parameters;
    const double *y = fit->y, *weights = fit->weights;
    EtsColumn own = {0}, level = {.l = 1}, slope = {.b = fit->k == 2};
    double aa = 0, ab = 0, bb = 0, ao = 0, bo = 0, *restrict e = fit->columns;
    for (size_t t = 0; t < fit->n; t++, e += 3) {
        const double w = weights[t];
        ets_step_column(&own, &p, y[t]);
        ets_step_column(&level, &p, 0);
        ets_step_column(&slope, &p, 0);
        e[0] = own.e;
        e[1] = level.e;
        e[2] = slope.e;
        aa += w * e[1] * e[1];
        ab += w * e[1] * e[2];
        bb += w * e[2] * e[2];
        ao += w * e[1] * e[0];
        bo += w * e[2] * e[0];
    }
    const double det = fit->k == 2 ? aa * bb - ab * ab : aa;
    x[0] = fit->k == 2 ? (ab * bo - bb * ao) / det : -ao / aa;
    x[1] = fit->k == 2 ? (ab * ao - aa * bo) / det : 0;
    return det > 1e-9 * aa * (fit->k == 2 ? bb : 1);
}

/* Value, gradient and Gauss and Newton's matrix at x, in one pass: with s = sum (r / mu)^2 the value is n log s + 2 sum log mu. */
typedef struct {
    double s, logs, g[2], q[2], aa, ab, bb; /* g of sum log mu, q of s / 2; less their signs */
} QuickSums;

static bool quick_pass(const EtsFit *fit, const double *x, QuickSums *out)
{
    QuickSums sums = {.s = fit->least_sse / (fit->centre * fit->centre)}; /* apart from `out`, so that it stays in registers */
    const double over_centre = 1 / fit->centre, centre = fit->centre, x0 = x[0], x1 = x[1], *e = fit->columns, *y = fit->y;
    double product = 1;
    for (size_t t = 0; t < fit->n; t++, e += 3) {
        const double level = y[t] + centre, r = e[0] + x0 * e[1] + x1 * e[2], mu = level - r;
        if (!(mu > 0))
            return false;
        const double over = 1 / mu, share = r * over, d = level * over * over, d1 = d * e[1], d2 = d * e[2];
        sums.s += share * share;
        sums.g[0] += over * e[1];
        sums.g[1] += over * e[2];
        sums.q[0] += share * d1;
        sums.q[1] += share * d2;
        sums.aa += d1 * d1;
        sums.ab += d1 * d2;
        sums.bb += d2 * d2;
        product *= mu * over_centre;
        if (!(product > 1e-100 && product < 1e100)) {
            sums.logs += log(product);
            product = 1;
        }
    }
    sums.logs += log(product) + (double)fit->n * log(centre);
    *out = sums;
    return true;
}

double ets_quick_multiplicative(EtsFit *fit)
{
    QuickSums at;
    double x[2], value = NAN;
    if (!quick_columns(fit, x) || !quick_pass(fit, x, &at))
        return NAN;
    value = (double)fit->n * log(at.s) + 2 * at.logs;
    for (int step = 0; step < QUICK_STEPS; step++) {
        const double c = (double)fit->n / at.s, g0 = c * at.q[0] - at.g[0], g1 = c * at.q[1] - at.g[1];
        const double det = fit->k == 2 ? at.aa * at.bb - at.ab * at.ab : at.aa;
        x[0] -= (fit->k == 2 ? at.bb * g0 - at.ab * g1 : g0) / (c * det);
        x[1] -= fit->k == 2 ? (at.aa * g1 - at.ab * g0) / (c * det) : 0;
        if (!(det > 0) || !quick_pass(fit, x, &at))
            return NAN;
        const double next = (double)fit->n * log(at.s) + 2 * at.logs;
        if (!(next <= value + 1e-6))
            return NAN;
        if (value - next < QUICK_GAIN)
            return fmin(value, next);
        value = next;
    }
    return value;
}
