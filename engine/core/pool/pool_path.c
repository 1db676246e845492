/* The common path: what all series of a batch do together, period by period, and how it may go on.
 *
 * A factor with shrunk, one-sided loads (Geweke 1977, in Aigner and Goldberger, Latent Variables in Socio-Economic Models) by
 * alternating least squares; each period's value a winsorised weighted mean (Huber 1964, Ann. Math. Statist. 35, 73-101); then as
 * much of it as is more than the average of unrelated noise (James and Stein 1961).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/pool/pool.h"

/* The readings of all series by period: those of period t are entries[start[t]] … entries[start[t + 1] - 1], in the series' order.
 */
typedef struct {
    size_t i_series, i_reading;
} Entry;

typedef struct {
    PoolSeries *series;
    size_t n_series, n_periods;
    int first;
    size_t *start; /* n_periods + 1 */
    Entry *entries;
    double *values, *weights, *sorted; /* room for the largest period */
    double *f, *seen_weight;           /* n_periods; NAN where none has a reading */
} Path;

static void find_periods(Path *self)
{
    int first = INT32_MAX, last = INT32_MIN;
    for (size_t i = 0; i < self->n_series; i++) {
        const PoolSample *sample = &self->series[i].sample;
        first = sample->t[0] < first ? sample->t[0] : first;
        last = sample->t[sample->n - 1] > last ? sample->t[sample->n - 1] : last;
    }
    self->first = first;
    self->n_periods = (size_t)((int64_t)last - first + 1);
}

static size_t count_entries(Path *self)
{
    size_t n = 0;
    for (size_t i = 0; i < self->n_series; i++)
        for (size_t k = 0; k < self->series[i].sample.n; k++, n++)
            self->start[self->series[i].sample.t[k] - self->first + 1]++;
    for (size_t t = 0; t < self->n_periods; t++)
        self->start[t + 1] += self->start[t];
    return n;
}

static void fill_entries(Path *self)
{
    for (size_t i = 0; i < self->n_series; i++)
        for (size_t k = 0; k < self->series[i].sample.n; k++)
            self->entries[self->start[self->series[i].sample.t[k] - self->first]++] = (Entry){i, k};
    memmove(self->start + 1, self->start, self->n_periods * sizeof *self->start); /* each start has become the next one's */
    self->start[0] = 0;
}

static void path_clear(Path *self)
{
    free(self->start);
    free(self->entries);
    free(self->values);
    free(self->f);
}

static bool path_init(Path *self)
{
    find_periods(self);
    self->start = calloc(self->n_periods + 1, sizeof *self->start);
    self->values = malloc(3 * self->n_series * sizeof *self->values);
    self->f = calloc(2 * self->n_periods, sizeof *self->f);
    if (!self->start || !self->values || !self->f)
        return false;
    self->weights = self->values + self->n_series;
    self->sorted = self->weights + self->n_series;
    self->seen_weight = self->f + self->n_periods;
    self->entries = malloc(count_entries(self) * sizeof *self->entries);
    if (self->entries)
        fill_entries(self);
    return self->entries != NULL;
}

static double weighted_mean(const double *values, const double *weights, size_t n)
{
    double sum = 0, sum_w = 0;
    for (size_t i = 0; i < n; i++) {
        sum += weights[i] * values[i];
        sum_w += weights[i];
    }
    return sum / sum_w;
}

/* The winsorised mean of one period's values. */
static double robust_mean(Path *self, size_t n)
{
    double f = weighted_mean(self->values, self->weights, n), sum_w = 0;
    for (size_t i = 0; i < n; i++)
        sum_w += self->weights[i];
    for (int round = 0; round < POOL_CLIP_ROUNDS; round++) {
        for (size_t i = 0; i < n; i++)
            self->sorted[i] = fabs(self->values[i] - f);
        const double c = POOL_CLIP * POOL_MAD * wm_pool_median(self->sorted, n);
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += self->weights[i] * fmin(fmax(self->values[i] - f, -c), c);
        f += sum / sum_w;
    }
    return f;
}

static void find_path(Path *self)
{
    double sum = 0;
    size_t n_seen = 0;
    for (size_t t = 0; t < self->n_periods; t++) {
        const size_t n = self->start[t + 1] - self->start[t];
        for (size_t j = 0; j < n; j++) {
            const Entry entry = self->entries[self->start[t] + j];
            const PoolStandard *one = &self->series[entry.i_series].standard;
            self->values[j] = (one->x[entry.i_reading] - one->m) / one->lam;
            self->weights[j] = one->W[entry.i_reading] * one->lam * one->lam;
        }
        self->f[t] = n ? robust_mean(self, n) : 0;
        sum += self->f[t];
        n_seen += n > 0;
    }
    for (size_t t = 0; t < self->n_periods; t++)
        if (self->start[t + 1] > self->start[t])
            self->f[t] -= sum / (double)n_seen;
}

static void fit_series(Path *self)
{
    double sum = 0;
    for (size_t i = 0; i < self->n_series; i++) {
        PoolSeries *one = &self->series[i];
        for (size_t k = 0; k < one->sample.n; k++)
            one->f[k] = self->f[one->sample.t[k] - self->first];
        wm_pool_level(&one->standard, one->f);
        wm_pool_load(&one->standard, one->f);
        sum += one->standard.lam;
    }
    for (size_t i = 0; i < self->n_series; i++)
        self->series[i].standard.lam /= sum / (double)self->n_series;
}

/* What is left of a series' readings about the path, as a variance that the S series' own part in the path does not flatter. */
static double noise_variance(const Path *self)
{
    const double S = (double)self->n_series;
    double sum = 0;
    for (size_t i = 0; i < self->n_series; i++)
        sum += wm_pool_residual_variance(&self->series[i].standard, self->series[i].f);
    return sum / S * S / (S - 1);
}

/* kappa_t = max(0, 1 - ve/(N_t vf)): James and Stein (1961), Proc. 4th Berkeley Symp. 1, 361-379; Efron and Morris (1973), J. Amer.
 * Statist. Assoc. 68. */
static void shrink(Path *self, WmPrior *out)
{
    double squares = 0, sum_kappa = 0;
    size_t n_seen = 0;
    for (size_t t = 0; t < self->n_periods; t++) {
        for (size_t j = self->start[t]; j < self->start[t + 1]; j++)
            self->seen_weight[t] += self->series[self->entries[j].i_series].standard.W[self->entries[j].i_reading];
        n_seen += self->start[t + 1] > self->start[t];
        squares += self->f[t] * self->f[t];
    }
    const double vf = squares / (double)n_seen, ve = self->n_series > 1 ? noise_variance(self) : 0;
    for (size_t t = 0; t < self->n_periods; t++) {
        const bool is_seen = self->start[t + 1] > self->start[t];
        const double kappa = vf > 0 && is_seen && self->n_series > 1 ? fmax(0, 1 - ve / (self->seen_weight[t] * vf)) : 0;
        sum_kappa += kappa;
        out->path[t] = is_seen ? self->f[t] * kappa : NAN;
    }
    out->kappa = sum_kappa / (double)n_seen;
}

WmStatus wm_pool_learn_path(PoolSeries *series, size_t n_series, WmPrior *out)
{
    Path self = {.series = series, .n_series = n_series};
    bool is_done = path_init(&self);
    out->path = is_done ? malloc(self.n_periods * sizeof *out->path) : NULL;
    is_done = out->path != NULL;
    if (is_done) {
        for (int round = 0; round < POOL_PATH_ROUNDS; round++) {
            find_path(&self);
            fit_series(&self);
        }
        out->first = self.first;
        out->n_periods = self.n_periods;
        shrink(&self, out);
    }
    path_clear(&self);
    return is_done ? WM_OK : WM_NO_MEMORY;
}
