/* Learn a prior from a batch: empirical Bayes. Nothing here looks at names, targets or outcomes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/pool/pool.h"

typedef struct {
    const WmForecastGroup *group;
    PoolSeries *series; /* n, with at least three readings each */
    size_t n;
    int n_seasons;
    double *values, *noise; /* room for all changes of the batch */
    double *u2;             /* whitened readings, squared: of series i from start[i], kernel after kernel */
    size_t *start;
    double *v, *ll;  /* n x n_kernels: innovation scales and log-likelihoods without log_det; then with */
    double *log_det; /* n x n_kernels */
    size_t n_kernels;
    WmPrior *prior;
} Batch;

static void batch_clear(Batch *self)
{
    free(self->series);
    free(self->values);
    free(self->u2);
    free(self->start);
    free(self->v);
}

/* The series that count, measured on the link's scale. */
static bool take_series(Batch *self, const WmForecastSeries *series, size_t n_series)
{
    self->series = malloc((n_series ? n_series : 1) * sizeof *self->series);
    if (!self->series)
        return false;
    for (size_t i = 0; i < n_series; i++) {
        PoolSample *sample = &self->series[self->n].sample;
        wm_pool_sample(self->group, &series[i], sample);
        self->n += sample->n >= WM_FORECAST_MIN_READINGS;
    }
    self->values = malloc((2 * self->n * POOL_ROOM + 1) * sizeof *self->values);
    if (!self->values)
        return false;
    self->noise = self->values + self->n * POOL_ROOM;
    return true;
}

static void measure(Batch *self)
{
    size_t n_units = 0;
    for (size_t i = 0; i < self->n && wm_pool_link_kind(self->group) == WM_LINK_LOGIT; i++) {
        const double units = wm_pool_units(self->group, &self->series[i].sample);
        if (!isnan(units))
            self->values[n_units++] = units;
    }
    self->prior->units = n_units ? wm_pool_median(self->values, n_units) : POOL_UNITS_DEFAULT;
    for (size_t i = 0; i < self->n; i++)
        wm_pool_measure(self->group, self->prior->units, &self->series[i].sample);
}

/* A constant batch may still move: a floor under every typical scale. An unbounded measure's comes from the readings' size. */
static double scale_floor(Batch *self, double builtin)
{
    size_t n = 0;
    if (!isnan(builtin))
        return POOL_FLOOR * POOL_FLOOR * builtin;
    for (size_t i = 0; i < self->n; i++)
        for (size_t k = 0; k < self->series[i].sample.n; k++)
            self->values[n++] = self->series[i].sample.z[k] * self->series[i].sample.z[k];
    return fmax(1e-12, 1e-6 * wm_pool_median(self->values, n));
}

static double median_change(Batch *self)
{
    size_t n = 0;
    for (size_t i = 0; i < self->n; i++)
        n += wm_pool_changes(&self->series[i].sample, self->values + n, self->noise);
    return wm_pool_median(self->values, n);
}

static double median_mean_change(Batch *self)
{
    for (size_t i = 0; i < self->n; i++) {
        double d2[POOL_ROOM], noise[POOL_ROOM], sum = 0;
        const size_t n = wm_pool_changes(&self->series[i].sample, d2, noise);
        for (size_t k = 0; k < n; k++)
            sum += 0.5 * d2[k];
        self->values[i] = sum / (double)n;
    }
    return wm_pool_median(self->values, self->n);
}

/* A median over the batch counts its series; the built-in value counts as POOL_BUILTIN_SERIES more, on the log scale. */
static double blend(const Batch *self, double learnt, double builtin)
{
    const double S = (double)self->n, b = POOL_BUILTIN_SERIES;
    return exp((S * log(learnt) + b * log(builtin)) / (S + b));
}

static void learn_scale(Batch *self)
{
    const double builtin = wm_pool_builtin_scale(wm_pool_link_kind(self->group), self->n_seasons),
                 floor = scale_floor(self, builtin);
    WmPrior *prior = self->prior;
    prior->change = fmax(median_change(self), floor);
    prior->scale = fmax(median_mean_change(self), floor);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < self->n; i++)
            self->values[i] = wm_pool_scale(&self->series[i].sample, prior->change, prior->scale);
        prior->scale = fmax(wm_pool_median(self->values, self->n), floor);
        if (!isnan(builtin))
            prior->scale = blend(self, prior->scale, builtin);
    }
    for (size_t i = 0; i < self->n; i++)
        wm_pool_standardise(&self->series[i].sample, prior->change, prior->scale, &self->series[i].standard);
}

static bool allocate_whitened(Batch *self)
{
    size_t n = 0;
    self->n_kernels = self->prior->n_kernels;
    self->start = malloc(self->n * sizeof *self->start);
    for (size_t i = 0; self->start && i < self->n; i++) {
        self->start[i] = n;
        n += self->series[i].sample.n * self->n_kernels;
    }
    self->u2 = malloc(n * sizeof *self->u2);
    self->v = malloc(3 * self->n * self->n_kernels * sizeof *self->v);
    if (!self->start || !self->u2 || !self->v)
        return false;
    self->ll = self->v + self->n * self->n_kernels;
    self->log_det = self->ll + self->n * self->n_kernels;
    return true;
}

/* Levels and loads anew against the shrunk path, as every later fit will have them; then each kernel's whitened readings, once for
 * all rounds. */
static void whiten_series(Batch *self, size_t i, WmForecastScratch *scratch)
{
    PoolSeries *one = &self->series[i];
    const size_t n = one->sample.n;
    const PoolDictionary dictionary = wm_pool_dictionary(self->n_seasons);
    wm_pool_standardise(&one->sample, self->prior->change, self->prior->scale, &one->standard);
    wm_pool_path_at_readings(self->prior, &one->sample, one->f);
    for (int round = 0; round < POOL_LOAD_ROUNDS; round++) {
        wm_pool_level(&one->standard, one->f);
        wm_pool_load(&one->standard, one->f);
    }
    wm_pool_level(&one->standard, one->f);

    wm_pool_set_times(&scratch->algebra, one->sample.t, n, self->n_seasons);
    wm_pool_set_shifts(&scratch->algebra, &one->sample);
    for (size_t j = 0; j < n; j++)
        scratch->e[j] = one->standard.x[j] - one->standard.m - one->standard.lam * one->f[j];
    for (size_t k = 0; k < self->n_kernels; k++) {
        double *u = self->u2 + self->start[i] + k * n;
        self->log_det[i * self->n_kernels + k] =
            wm_pool_filter(&scratch->algebra, &dictionary.individual[k], self->n_seasons, one->standard.R, scratch->e, u, NULL);
        for (size_t j = 0; j < n; j++)
            u[j] *= u[j];
    }
}

/* Posterior shares of the kernels of one series from its log-likelihoods. */
static void share_out(const double *ll, const double *weights, size_t n, double *share)
{
    double most = -INFINITY, sum = 0;
    for (size_t k = 0; k < n; k++)
        most = fmax(most, ll[k] + log(weights[k]));
    for (size_t k = 0; k < n; k++)
        sum += share[k] = exp(ll[k] + log(weights[k]) - most);
    for (size_t k = 0; k < n; k++)
        share[k] /= sum;
}

static void judge_kernels(Batch *self)
{
    const size_t K = self->n_kernels;
    for (size_t i = 0; i < self->n; i++) {
        const size_t n = self->series[i].sample.n;
        for (size_t k = 0; k < K; k++) {
            double *ll = &self->ll[i * K + k];
            self->v[i * K + k] = wm_pool_innovation_scale(self->u2 + self->start[i] + k * n, n, self->prior->centre,
                                                          wm_pool_df_lost(self->n_seasons), ll);
            *ll -= self->log_det[i * K + k];
        }
    }
}

static void learn_centre(Batch *self)
{
    const size_t K = self->n_kernels;
    for (int round = 0; round < POOL_CENTRE_ROUNDS; round++) {
        judge_kernels(self);
        for (size_t i = 0; i < self->n; i++) {
            double share[WM_MAX_PARTS];
            share_out(&self->ll[i * K], self->prior->weights, K, share);
            self->values[i] = 0;
            for (size_t k = 0; k < K; k++)
                self->values[i] += share[k] * self->v[i * K + k];
        }
        self->prior->centre = blend(self, wm_pool_median(self->values, self->n), POOL_CENTRE);
    }
}

/* EM for the weights of a mixture (Dempster, Laird and Rubin 1977, J. R. Statist. Soc. B 39), with a Dirichlet prior
 * about the built-in ones that counts for POOL_EM_WEIGHT series. */
static void learn_weights(Batch *self)
{
    const size_t K = self->n_kernels;
    const double S = (double)self->n;
    const PoolDictionary dictionary = wm_pool_dictionary(self->n_seasons);
    double builtin[WM_MAX_PARTS];
    wm_pool_builtin_weights(&dictionary, builtin);
    judge_kernels(self);
    for (int round = 0; round < POOL_EM_ROUNDS; round++) {
        double sum[WM_MAX_PARTS] = {0}, share[WM_MAX_PARTS];
        for (size_t i = 0; i < self->n; i++) {
            share_out(&self->ll[i * K], self->prior->weights, K, share);
            for (size_t k = 0; k < K; k++)
                sum[k] += share[k];
        }
        for (size_t k = 0; k < K; k++)
            self->prior->weights[k] = (sum[k] + POOL_EM_WEIGHT * builtin[k]) / (S + POOL_EM_WEIGHT);
    }
}

static WmStatus learn(Batch *self, WmForecastScratch *scratch)
{
    measure(self);
    learn_scale(self);
    if (wm_pool_learn_path(self->series, self->n, self->prior) != WM_OK || wm_prior_prepare(self->prior) != WM_OK ||
        !allocate_whitened(self))
        return WM_NO_MEMORY;
    for (size_t i = 0; i < self->n; i++)
        whiten_series(self, i, scratch);
    learn_centre(self);
    learn_weights(self);
    return WM_OK;
}

WmStatus wm_prior_learn(const WmForecastGroup *group, const WmForecastSeries *series, size_t n_series, WmForecastScratch *scratch,
                        WmPrior *out)
{
    Batch self = {.group = group, .n_seasons = wm_pool_seasons(group), .prior = out};
    wm_prior_builtin(group, out);
    WmStatus status = take_series(&self, series, n_series) ? WM_OK : WM_NO_MEMORY;
    if (status == WM_OK && self.n > 0)
        status = learn(&self, scratch);
    out->n_series = self.n;
    batch_clear(&self);
    if (status != WM_OK)
        wm_prior_clear(out);
    return status;
}
