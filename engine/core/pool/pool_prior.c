/* A prior: the built-in one, what it implies, and how its common path goes on. */
#include <math.h>
#include <stdlib.h>

#include "engine/core/pool/pool.h"

void wm_prior_clear(WmPrior *self)
{
    free(self->path);
    free(self->path_mean);
    *self = (WmPrior){.group = self->group};
}

/* No common path: a single series has none. Its innovations' scale is the built-in centre, its kernels are as likely as the
 * dictionary says. */
void wm_prior_builtin(const WmForecastGroup *group, WmPrior *out)
{
    const int n_seasons = wm_pool_seasons(group);
    const PoolDictionary dictionary = wm_pool_dictionary(n_seasons);
    const double s02 = wm_pool_builtin_scale(wm_pool_link_kind(group), n_seasons);
    *out = (WmPrior){.group = *group,
                     .scale = s02,
                     .change = 2 * s02,
                     .units = POOL_UNITS_DEFAULT,
                     .centre = POOL_CENTRE,
                     .spread = 1,
                     .n_kernels = dictionary.n_individual};
    wm_pool_builtin_weights(&dictionary, out->weights);
}

/* Whitened path and posterior of the common kernels: Gaussian, with an inverse gamma squared scale integrated out (a = a0 + n/2, b
 * = b0 + u'u/2). */
typedef struct {
    WmPrior *prior;
    PoolDictionary dictionary;
    int n_seasons;
    PoolAlgebra algebra;
    int *t; /* of the periods seen */
    double *f, *u;
    size_t n;
    double log_p[WM_FORECAST_COMMON_PARTS];
} Work;

static bool work_init(Work *self, WmPrior *prior)
{
    *self = (Work){.prior = prior, .n_seasons = wm_pool_seasons(&prior->group)};
    self->dictionary = wm_pool_dictionary(self->n_seasons);
    self->t = malloc(prior->n_periods * sizeof *self->t);
    self->f = malloc(2 * prior->n_periods * sizeof *self->f);
    if (!self->t || !self->f)
        return false;
    self->u = self->f + prior->n_periods;
    for (size_t i = 0; i < prior->n_periods; i++) {
        if (isnan(prior->path[i]))
            continue;
        self->t[self->n] = prior->first + (int)i;
        self->f[self->n++] = prior->path[i];
    }
    if (self->n == 0 || !wm_pool_algebra_init(&self->algebra, self->n))
        return self->n == 0;
    prior->seen_first = self->t[0];
    prior->seen_last = self->t[self->n - 1];
    wm_pool_set_times(&self->algebra, self->t, self->n, self->n_seasons);
    return true;
}

static void work_clear(Work *self)
{
    wm_pool_algebra_clear(&self->algebra);
    free(self->t);
    free(self->f);
}

/* In periods without any reading: sums over kernels of the mean, and of mean^2 + variance, weighed when all kernels are known. */
static void add_gaps(Work *self, const PoolKernel *kernel, double scale, double *means, double *variances)
{
    if (self->n == self->prior->n_periods)
        return;
    wm_pool_factorise(&self->algebra, kernel, self->n_seasons, NULL);
    for (size_t i = 0; i < self->prior->n_periods; i++) {
        if (!isnan(self->prior->path[i]))
            continue;
        double variance;
        wm_pool_between(&self->algebra, kernel, self->n_seasons, self->prior->first + (int)i - self->t[0], self->u, &means[i],
                        &variance);
        variances[i] = scale * variance;
    }
}

static void fit_common(Work *self, size_t k, double *means, double *variances)
{
    WmPrior *prior = self->prior;
    const PoolKernel *kernel = &self->dictionary.common[k];
    PoolPosterior posterior;
    const double log_det = wm_pool_filter(&self->algebra, kernel, self->n_seasons, NULL, self->f, self->u, &posterior);
    double uu = 0;
    for (size_t i = 0; i < self->n; i++)
        uu += self->u[i] * self->u[i];
    const double a = POOL_PATH_A + 0.5 * (double)self->n, b = POOL_PATH_B + 0.5 * uu;
    self->log_p[k] = log(kernel->odds) - log_det - a * log(b);
    prior->common_variance[k] = b / (a - 1);
    prior->common[k] = posterior.tail;
    add_gaps(self, kernel, prior->common_variance[k], means, variances);
}

static void weigh_common(Work *self)
{
    const size_t n = self->dictionary.n_common;
    double most = -INFINITY, sum = 0;
    for (size_t k = 0; k < n; k++)
        most = fmax(most, self->log_p[k]);
    for (size_t k = 0; k < n; k++)
        sum += self->prior->common_share[k] = exp(self->log_p[k] - most);
    for (size_t k = 0; k < n; k++)
        self->prior->common_share[k] /= sum;
}

/* Mean and variance of a mixture, of `stride` apart. */
static void mix(const double *share, const double *means, const double *variances, size_t n, size_t stride, double *mean,
                double *variance)
{
    double first = 0, second = 0;
    for (size_t k = 0; k < n; k++) {
        const double mu = means[k * stride];
        first += share[k] * mu;
        second += share[k] * (mu * mu + variances[k * stride]);
    }
    *mean = first;
    *variance = second - first * first;
}

static void fill_path(Work *self, const double *means, const double *variances)
{
    WmPrior *prior = self->prior;
    const size_t n = prior->n_periods;
    for (size_t i = 0; i < n; i++) {
        prior->path_mean[i] = prior->path[i];
        prior->path_variance[i] = 0;
        if (isnan(prior->path[i]))
            mix(prior->common_share, means + i, variances + i, self->dictionary.n_common, n, &prior->path_mean[i],
                &prior->path_variance[i]);
    }
}

static bool prepare(Work *self, WmPrior *prior)
{
    if (!work_init(self, prior))
        return false;
    if (self->n == 0) {
        prior->kappa = 0;
        return true;
    }
    const size_t n = prior->n_periods, n_common = self->dictionary.n_common;
    prior->path_mean = malloc(2 * n * sizeof *prior->path_mean);
    double *means = malloc(2 * n * n_common * sizeof *means);
    if (prior->path_mean && means) {
        prior->path_variance = prior->path_mean + n;
        for (size_t k = 0; k < n_common; k++)
            fit_common(self, k, means + k * n, means + (n_common + k) * n);
        weigh_common(self);
        fill_path(self, means, means + n_common * n);
    }
    free(means);
    return prior->path_variance != NULL;
}

WmStatus wm_prior_prepare(WmPrior *self)
{
    Work work = {.prior = self};
    if (self->kappa <= 0 || self->n_periods == 0)
        return WM_OK;
    const bool is_done = prepare(&work, self);
    work_clear(&work);
    if (!is_done)
        wm_prior_clear(self);
    return is_done ? WM_OK : WM_NO_MEMORY;
}

/* Drift: what the nation may do that the batch has never seen grows with the square of the time ahead. */
static double drift(int n_seasons)
{
    return n_seasons == 1 ? POOL_DRIFT_YEAR : POOL_DRIFT;
}

void wm_prior_path_at(const WmPrior *prior, int period, double *mean, double *variance)
{
    *mean = *variance = 0;
    if (prior->kappa <= 0 || period < prior->seen_first)
        return;
    if (period <= prior->seen_last) {
        *mean = prior->path_mean[period - prior->first];
        *variance = prior->path_variance[period - prior->first];
        return;
    }
    const int n_seasons = wm_pool_seasons(&prior->group), h = period - prior->seen_last;
    const PoolDictionary dictionary = wm_pool_dictionary(n_seasons);
    double means[WM_FORECAST_COMMON_PARTS], variances[WM_FORECAST_COMMON_PARTS];
    for (size_t k = 0; k < dictionary.n_common; k++) {
        wm_pool_tail_at(&prior->common[k], &dictionary.common[k], n_seasons, period - prior->seen_first, h, &means[k],
                        &variances[k]);
        variances[k] *= prior->common_variance[k];
    }
    mix(prior->common_share, means, variances, dictionary.n_common, 1, mean, variance);
    *variance += drift(n_seasons) * (double)h * h * prior->kappa;
}

static size_t periods_by(const WmPrior *prior, WmDay day)
{
    if (day == WM_NO_DAY || prior->n_periods == 0)
        return prior->n_periods;
    const WmPeriod last = wm_period_ending_by(prior->group.period_kind, day);
    const int64_t n = (int64_t)wm_forecast_period_number(&prior->group, last) - prior->first + 1;
    return n <= 0 ? 0 : (size_t)n < prior->n_periods ? (size_t)n : prior->n_periods;
}

WmStatus wm_prior_known_by(const WmPrior *prior, WmDay day, WmPrior *out)
{
    *out = *prior;
    out->path = out->path_mean = out->path_variance = NULL;
    out->n_periods = periods_by(prior, day);
    if (out->n_periods == 0)
        out->kappa = 0;
    out->path = malloc((out->n_periods + 1) * sizeof *out->path);
    if (!out->path) {
        wm_prior_clear(out);
        return WM_NO_MEMORY;
    }
    for (size_t i = 0; i < out->n_periods; i++)
        out->path[i] = prior->path[i];
    return wm_prior_prepare(out);
}

void wm_pool_path_at_readings(const WmPrior *prior, const PoolSample *sample, double *f)
{
    double unwanted;
    for (size_t i = 0; i < sample->n; i++)
        wm_prior_path_at(prior, sample->t[i], &f[i], &unwanted);
}
