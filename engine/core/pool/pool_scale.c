/* How far each series usually moves, robustly and shrunk to what is typical; and the series in units of that. */
#include "engine/core/pool/pool.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>

/* Floors of an unbounded measure's squared scale: rounding, and a millionth of the readings' own size. */
#define IDENTITY_FLOOR       1e-12
#define IDENTITY_FLOOR_SHARE 1e-6

double wm_pool_median(double *values, size_t n)
{
    return gsl_stats_median(values, 1, n);
}

static bool is_across_shift(const PoolSample *sample, size_t i)
{
    for (size_t k = 0; k < sample->n_shifts; k++)
        if (sample->t[i - 1] < sample->shifts[k] && sample->shifts[k] <= sample->t[i])
            return true;
    return false;
}

size_t wm_pool_changes(const PoolSample *sample, double *d2, double *noise)
{
    size_t n_across = 0, n = 0;
    for (size_t i = 1; i < sample->n; i++)
        n_across += is_across_shift(sample, i);
    const bool takes_all = n_across + 1 == sample->n;
    for (size_t i = 1; i < sample->n; i++) {
        const double d = sample->z[i] - sample->z[i - 1];
        if (!takes_all && is_across_shift(sample, i))
            continue;
        d2[n] = d * d / (sample->t[i] - sample->t[i - 1]);
        noise[n++] = sample->V[i] + sample->V[i - 1];
    }
    return n;
}

/* Scale of a Student with 4 df by iterated reweighting (Lange, Little and Taylor 1989, J. Amer. Statist. Assoc. 84, 881-896), with
 * k0 changes of the typical size added (an inverse gamma prior; Smyth 2004, Stat. Appl. Genet. Mol. Biol. 3). A change counts by
 * the share of it that is not sampling noise, w = m2/(m2 + V + V'). */
double wm_pool_scale(const PoolSample *sample, double m2, double s02)
{
    const double nu = POOL_SCALE_DF, k0 = POOL_SCALE_WEIGHT;
    double d2[POOL_ROOM], w[POOL_ROOM], sum_w = 0, s2 = s02;
    const size_t n = wm_pool_changes(sample, d2, w);
    for (size_t i = 0; i < n; i++) {
        w[i] = m2 / (m2 + w[i]);
        sum_w += w[i];
    }
    for (int round = 0; round < POOL_SCALE_ROUNDS; round++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++) {
            const double half = 0.5 * d2[i];
            sum += w[i] * (nu + 1) / (nu + half / s2) * half;
        }
        s2 = (sum + k0 * s02) / (sum_w + k0);
    }
    return s2;
}

double wm_pool_own_scale(const PoolSample *sample)
{
    double d2[POOL_ROOM], values[POOL_ROOM], sum = 0;
    const size_t n = wm_pool_changes(sample, d2, values);
    for (size_t i = 0; i < n; i++)
        sum += 0.5 * d2[i];
    for (size_t i = 0; i < sample->n; i++)
        values[i] = sample->z[i] * sample->z[i];
    const double floor = fmax(IDENTITY_FLOOR, IDENTITY_FLOOR_SHARE * wm_pool_median(values, sample->n));
    return fmax(n ? sum / (double)n : 0, floor);
}

void wm_pool_standardise(const PoolSample *sample, double m2, double s02, PoolStandard *out)
{
    const double s2 = wm_pool_scale(sample, m2, s02);
    double sum_w = 0, sum = 0;
    out->n = sample->n;
    out->sd = sqrt(s2);
    out->lam = 1;
    for (size_t i = 0; i < sample->n; i++) {
        out->x[i] = sample->z[i] / out->sd;
        out->R[i] = sample->V[i] / s2;
        out->W[i] = 1 / (1 + out->R[i]);
        sum_w += out->W[i];
        sum += out->W[i] * out->x[i];
    }
    out->m = sum / sum_w;
}

void wm_pool_level(PoolStandard *self, const double *f)
{
    double sum_w = 0, sum = 0;
    for (size_t i = 0; i < self->n; i++) {
        sum_w += self->W[i];
        sum += self->W[i] * (self->x[i] - self->lam * f[i]);
    }
    self->m = sum / sum_w;
}

double wm_pool_residual_variance(const PoolStandard *self, const double *f)
{
    double sum_w = 0, sum = 0;
    for (size_t i = 0; i < self->n; i++) {
        const double r = self->x[i] - self->m - self->lam * f[i];
        sum_w += self->W[i];
        sum += self->W[i] * r * r;
    }
    return sum / sum_w;
}

/* Ridge regression of the series on the common path, towards a load of 1. */
void wm_pool_load(PoolStandard *self, const double *f)
{
    const double s2 = fmax(POOL_LOAD_DEFLATION * wm_pool_residual_variance(self, f), POOL_LOAD_VARIANCE_MIN);
    double xf = 0, ff = 0;
    for (size_t i = 0; i < self->n; i++) {
        xf += self->W[i] * (self->x[i] - self->m) * f[i];
        ff += self->W[i] * f[i] * f[i];
    }
    self->lam = fmax((xf / s2 + POOL_LOAD_WEIGHT) / (ff / s2 + POOL_LOAD_WEIGHT), POOL_LOAD_MIN);
}
