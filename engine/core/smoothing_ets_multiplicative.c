/* Initial states under a multiplicative error. The filter is that of the additive error, so forecasts are linear in them here too;
 * the likelihood is not quadratic, but smooth, and a few of Gauss and Newton's steps find its best. */
#include "engine/core/smoothing_ets.h"

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
