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
    double a[ETS_MAX_COLUMNS * ETS_MAX_COLUMNS], g[ETS_MAX_COLUMNS] = {0};
    const double scale = 2 * (double)fit->n_readings / sum, *e = fit->columns;
    memset(a, 0, k * k * sizeof *a);
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
    return smoothing_solve(a, k, g, step, NULL);
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
#define QUICK_GAIN  0.3 /* what a step is to gain is told to a tenth or so: less than this is taken as told */

/* Columns as e = own + x0 level + x1 slope, one column after another, and the start: least squares with weights 1 / y^2. */
static bool quick_columns(EtsFit *fit, double *x)
{
    const EtsSteps steps = ets_steps(&fit->parameters);
    const double *y = fit->y, *weights = fit->weights;
    EtsColumn own = {0}, level = ets_level_column(), slope = ets_slope_column(&fit->parameters);
    double aa = 0, ab = 0, bb = 0, ao = 0,
           bo = 0, *restrict c0 = fit->columns, *restrict c1 = c0 + fit->n, *restrict c2 = c1 + fit->n;
    if (fit->k < 2)
        slope = (EtsColumn){0};
    for (size_t t = 0; t < fit->n; t++) {
        const double w = weights[t];
        const double e0 = ets_step_column(&own, &steps, y[t]), e1 = ets_step_column(&level, &steps, 0),
                     e2 = ets_step_column(&slope, &steps, 0), w0 = w * e0, w1 = w * e1;
        c0[t] = e0;
        c1[t] = e1;
        c2[t] = e2;
        ao += w0 * e1;
        bo += w0 * e2;
        aa += w1 * e1;
        ab += w1 * e2;
        bb += w * e2 * e2;
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

/* The sums of every other reading: two at a time, which a compiler does at once. */
#define LANES 2
typedef struct {
    double s[LANES], g0[LANES], g1[LANES], q0[LANES], q1[LANES], aa[LANES], ab[LANES], bb[LANES];
    double product[LANES], least[LANES]; /* of mu, in units of the readings' centre */
} LaneSums;

static inline void add_reading(LaneSums *sums, size_t lane, const EtsFit *fit, size_t t, const double *x, double over_centre)
{
    const double *e = fit->columns + t, e1 = e[fit->n], e2 = e[2 * fit->n];
    const double level = fit->y[t] + fit->centre, r = e[0] + x[0] * e1 + x[1] * e2, mu = level - r, over = 1 / mu;
    const double share = r * over, d = level * over * over, d1 = d * e1, d2 = d * e2, scaled = mu * over_centre;
    sums->s[lane] += share * share;
    sums->g0[lane] += over * e1;
    sums->g1[lane] += over * e2;
    sums->q0[lane] += share * d1;
    sums->q1[lane] += share * d2;
    sums->aa[lane] += d1 * d1;
    sums->ab[lane] += d1 * d2;
    sums->bb[lane] += d2 * d2;
    sums->product[lane] *= scaled;
    sums->least[lane] = scaled < sums->least[lane] ? scaled : sums->least[lane];
}

static bool quick_pass(const EtsFit *fit, const double *x, QuickSums *out)
{
    LaneSums sums = {.product = {1, 1}, .least = {1, 1}};
    const double over_centre = 1 / fit->centre, at[] = {x[0], x[1]};
    double logs = (double)fit->n * log(fit->centre);
    size_t t = 0;
    for (; t + 1 < fit->n; t += LANES) {
        for (size_t lane = 0; lane < LANES; lane++)
            add_reading(&sums, lane, fit, t + lane, at, over_centre);
        const double product = sums.product[0] * sums.product[1];
        if (!(product > 1e-100 && product < 1e100)) {
            logs += log(sums.product[0]) + log(sums.product[1]);
            sums.product[0] = sums.product[1] = 1;
        }
    }
    if (t < fit->n)
        add_reading(&sums, 0, fit, t, at, over_centre);
    if (!(sums.least[0] > 0 && sums.least[1] > 0))
        return false;
    *out = (QuickSums){.s = fit->least_sse * over_centre * over_centre + sums.s[0] + sums.s[1],
                       .logs = logs + log(sums.product[0] * sums.product[1]),
                       .g = {sums.g0[0] + sums.g0[1], sums.g1[0] + sums.g1[1]},
                       .q = {sums.q0[0] + sums.q0[1], sums.q1[0] + sums.q1[1]},
                       .aa = sums.aa[0] + sums.aa[1],
                       .ab = sums.ab[0] + sums.ab[1],
                       .bb = sums.bb[0] + sums.bb[1]};
    return true;
}

/* Gauss and Newton's step from x, and what it is to gain. */
static bool quick_step(const EtsFit *fit, const QuickSums *at, double *x, double *gain)
{
    const double c = (double)fit->n / at->s, g0 = c * at->q[0] - at->g[0], g1 = c * at->q[1] - at->g[1];
    const double det = fit->k == 2 ? at->aa * at->bb - at->ab * at->ab : at->aa, over = 1 / (c * det);
    const double step0 = (fit->k == 2 ? at->bb * g0 - at->ab * g1 : g0) * over;
    const double step1 = fit->k == 2 ? (at->aa * g1 - at->ab * g0) * over : 0;
    x[0] -= step0;
    x[1] -= step1;
    *gain = step0 * g0 + step1 * g1;
    return det > 0;
}

double ets_quick_multiplicative(EtsFit *fit)
{
    QuickSums at;
    double x[2], gain, value = NAN;
    if (!quick_columns(fit, x))
        return NAN;
    for (int step = 0; step <= QUICK_STEPS; step++) {
        if (!quick_pass(fit, x, &at))
            return NAN;
        const double next = (double)fit->n * log(at.s) + 2 * at.logs;
        if (next > value + 1e-6 || !quick_step(fit, &at, x, &gain))
            return NAN;
        value = next;
        if (gain < QUICK_GAIN)
            return value - gain;
    }
    return value;
}
