/* The candidates of a prior compared by rolling origin, combined and calibrated as far as it helps series they were not tuned on.
 */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "engine/core/pool/pool.h"

enum { FOLD_0, FOLD_1, N_FOLDS, BOTH_FOLDS = N_FOLDS };

typedef struct {
    const PoolRolling *rolling;
    size_t n_kernels;
    double learnt[WM_MAX_PARTS]; /* weights of wm_prior_learn */
} Comparison;

/* Neighbours in a batch are often of one unit: pairs stay together. */
static bool is_in(const PoolForecastMade *made, int fold)
{
    return fold == BOTH_FOLDS || (int)(made->i_series / 2 % N_FOLDS) == fold;
}

/* Shares of the kernels of one series, as the model will give them. */
static void share_out(const PoolForecastMade *made, const double *log_weights, double *shares)
{
    double most = -INFINITY, sum = 0;
    for (size_t k = 0; k < made->n_parts; k++) {
        shares[k] = made->log_likelihood[k] + log_weights[k];
        most = fmax(most, shares[k]);
    }
    for (size_t k = 0; k < made->n_parts; k++)
        sum += shares[k] = exp(shares[k] - most);
    for (size_t k = 0; k < made->n_parts; k++)
        shares[k] /= sum;
}

static void normalise(const double *log_weights, size_t n, double *weights)
{
    double most = -INFINITY, sum = 0;
    for (size_t k = 0; k < n; k++)
        most = fmax(most, log_weights[k]);
    for (size_t k = 0; k < n; k++)
        sum += weights[k] = exp(log_weights[k] - most);
    for (size_t k = 0; k < n; k++)
        weights[k] /= sum;
}

static size_t count(const Comparison *self, int fold, double *n_series)
{
    size_t n = 0, before = SIZE_MAX, n_blocks = 0;
    for (size_t i = 0; i < self->rolling->n; i++) {
        const PoolForecastMade *made = &self->rolling->made[i];
        if (!is_in(made, fold))
            continue;
        n_blocks += made->i_series != before; /* a series and origin */
        before = made->i_series;
        n++;
    }
    *n_series = (double)n_blocks / POOL_COMPARE_ORIGINS;
    return n;
}

/* Mean CRPS of a fold by log weights, with its penalty, and the gradient. */
static double objective(const Comparison *self, int fold, const double *log_weights, double *gradient)
{
    double n_series, sum = 0, shares[WM_MAX_PARTS], by_share[WM_MAX_PARTS], weights[WM_MAX_PARTS], total[WM_MAX_PARTS] = {0};
    const size_t K = self->n_kernels, n = count(self, fold, &n_series);
    for (size_t i = 0; i < self->rolling->n; i++) {
        const PoolForecastMade *made = &self->rolling->made[i];
        if (!is_in(made, fold))
            continue;
        share_out(made, log_weights, shares);
        sum += wm_pool_crps(made, shares, by_share);
        double mean = 0;
        for (size_t k = 0; k < K; k++)
            mean += shares[k] * by_share[k];
        for (size_t k = 0; k < K; k++)
            total[k] += shares[k] * (by_share[k] - mean);
    }
    const double alpha = POOL_STACK_PENALTY / n_series;
    double entropy = 0;
    normalise(log_weights, K, weights);
    for (size_t k = 0; k < K; k++) {
        entropy += self->learnt[k] * log(self->learnt[k] / weights[k]);
        gradient[k] = total[k] / (double)n + alpha * (weights[k] - self->learnt[k]);
    }
    return sum / (double)n + alpha * entropy;
}

/* Weights by which the fold would have scored best, from the learnt ones on: descent on log weights, of a step that grows while it
 * serves and is halved when it does not. */
static void stack(const Comparison *self, int fold, double *weights)
{
    double at[WM_MAX_PARTS], gradient[WM_MAX_PARTS], tried[WM_MAX_PARTS], next[WM_MAX_PARTS], step = POOL_STACK_STEP;
    for (size_t k = 0; k < self->n_kernels; k++)
        at[k] = log(self->learnt[k]);
    double best = objective(self, fold, at, gradient);
    for (int round = 0; round < POOL_STACK_ROUNDS; round++) {
        for (size_t k = 0; k < self->n_kernels; k++)
            tried[k] = at[k] - step * gradient[k];
        const double value = objective(self, fold, tried, next);
        step *= value < best ? 2 : 0.25;
        for (size_t k = 0; value < best && k < self->n_kernels; k++) {
            at[k] = tried[k];
            gradient[k] = next[k];
        }
        best = fmin(best, value);
    }
    normalise(at, self->n_kernels, weights);
}

/* By how much a spread would have to multiply the forecasts of a fold for their distribution functions at what came to be uniform:
 * the root mean square of their normal scores (Dawid 1984), a spread of 1 counting for POOL_SPREAD_WEIGHT forecasts. */
static double find_spread(const Comparison *self, int fold, const double *weights)
{
    double sum = POOL_SPREAD_WEIGHT, n = POOL_SPREAD_WEIGHT, log_weights[WM_MAX_PARTS], shares[WM_MAX_PARTS];
    for (size_t k = 0; k < self->n_kernels; k++)
        log_weights[k] = log(weights[k]);
    for (size_t i = 0; i < self->rolling->n; i++) {
        const PoolForecastMade *made = &self->rolling->made[i];
        if (!is_in(made, fold))
            continue;
        double below = 0;
        share_out(made, log_weights, shares);
        for (size_t k = 0; k < made->n_parts; k++)
            below += shares[k] * wm_pool_student_below(&made->parts[k], made->z);
        const double score = gsl_cdf_ugaussian_Pinv(fmin(fmax(below, POOL_SPREAD_CLAMP), 1 - POOL_SPREAD_CLAMP));
        sum += score * score;
        n++;
    }
    return sqrt(sum / n);
}

/* Gains of one way over another, by the period that judged. */
typedef struct {
    int first;
    size_t n_dates;
    double *gain, *n;
    double before, after; /* sums of scores */
    double steps;         /* mean steps ahead */
} Gains;

static bool gains_init(Gains *self, const PoolRolling *rolling)
{
    int first = INT32_MAX, last = INT32_MIN;
    for (size_t i = 0; i < rolling->n; i++) {
        first = rolling->made[i].date < first ? rolling->made[i].date : first;
        last = rolling->made[i].date > last ? rolling->made[i].date : last;
    }
    double steps = 0;
    for (size_t i = 0; i < rolling->n; i++)
        steps += rolling->made[i].steps;
    *self = (Gains){.first = first,
                    .steps = rolling->n ? steps / (double)rolling->n : 1,
                    .n_dates = rolling->n ? (size_t)(last - first) + 1 : 0};
    self->gain = calloc(2 * self->n_dates + 1, sizeof *self->gain);
    self->n = self->gain + self->n_dates;
    return self->gain != NULL;
}

static void gains_reset(Gains *self)
{
    for (size_t i = 0; i < 2 * self->n_dates; i++)
        self->gain[i] = 0;
    self->before = self->after = 0;
}

static void gains_add(Gains *self, const PoolForecastMade *made, double before, double after)
{
    self->gain[made->date - self->first] += before - after;
    self->n[made->date - self->first]++;
    self->before += before;
    self->after += after;
}

/* As much of a gain as is more than the noise between dates: max(0, 1 - se^2/d^2). Forecasts of h steps that end near each other
 * have most of their way in common (Diebold and Mariano 1995, J. Bus. Econ. Statist. 13, 253), so a date counts for one over the
 * mean h. */
static double gains_kept(const Gains *self)
{
    double mean = 0, square = 0, n = 0;
    for (size_t i = 0; i < self->n_dates; i++) {
        if (self->n[i] < POOL_COMPARE_AT_DATE)
            continue;
        const double d = self->gain[i] / self->n[i];
        mean += d;
        square += d * d;
        n++;
    }
    if (n < POOL_COMPARE_DATES || mean <= 0)
        return 0;
    mean /= n;
    const double se2 = self->steps * fmax(square / n - mean * mean, 0) / (n - 1);
    return fmax(0, 1 - se2 / (mean * mean));
}

static void take_logs(const double *weights, size_t n, double *out)
{
    for (size_t k = 0; k < n; k++)
        out[k] = log(weights[k]);
}

/* What weights chosen on one fold gain on the other, both ways. */
static void try_weights(const Comparison *self, Gains *gains)
{
    double learnt[WM_MAX_PARTS], stacked[WM_MAX_PARTS], shares[WM_MAX_PARTS];
    gains_reset(gains);
    take_logs(self->learnt, self->n_kernels, learnt);
    for (int fold = 0; fold < N_FOLDS; fold++) {
        stack(self, N_FOLDS - 1 - fold, stacked);
        take_logs(stacked, self->n_kernels, stacked);
        for (size_t i = 0; i < self->rolling->n; i++) {
            const PoolForecastMade *made = &self->rolling->made[i];
            if (!is_in(made, fold))
                continue;
            share_out(made, learnt, shares);
            const double before = wm_pool_crps(made, shares, NULL);
            share_out(made, stacked, shares);
            gains_add(gains, made, before, wm_pool_crps(made, shares, NULL));
        }
    }
}

static void try_spread(const Comparison *self, const double *weights, Gains *gains)
{
    double log_weights[WM_MAX_PARTS], shares[WM_MAX_PARTS];
    gains_reset(gains);
    take_logs(weights, self->n_kernels, log_weights);
    for (int fold = 0; fold < N_FOLDS; fold++) {
        const double spread = find_spread(self, N_FOLDS - 1 - fold, weights);
        for (size_t i = 0; i < self->rolling->n; i++) {
            const PoolForecastMade *made = &self->rolling->made[i];
            if (!is_in(made, fold))
                continue;
            share_out(made, log_weights, shares);
            gains_add(gains, made, wm_pool_crps_spread(made, shares, 1), wm_pool_crps_spread(made, shares, spread));
        }
    }
}

static void score_candidates(const Comparison *self, WmPriorComparison *out)
{
    for (size_t k = 0; k < self->n_kernels; k++) {
        double alone[WM_MAX_PARTS] = {0}, sum = 0;
        alone[k] = 1;
        for (size_t i = 0; i < self->rolling->n; i++)
            sum += wm_pool_crps(&self->rolling->made[i], alone, NULL);
        out->candidate_crps[k] = sum / (double)self->rolling->n;
    }
}

/* Weights between the learnt and the stacked ones, by their logarithms. */
static void move_weights(const Comparison *self, const WmPriorComparison *found, double *weights)
{
    double between[WM_MAX_PARTS] = {0};
    for (size_t k = 0; k < self->n_kernels; k++)
        between[k] = (1 - found->stacked_kept) * log(self->learnt[k]) + found->stacked_kept * log(found->stacked_weights[k]);
    normalise(between, self->n_kernels, weights);
}

static size_t count_dates(const Gains *gains)
{
    size_t n = 0;
    for (size_t i = 0; i < gains->n_dates; i++)
        n += gains->n[i] >= POOL_COMPARE_AT_DATE;
    return n;
}

static bool is_enough(const Comparison *self)
{
    double unused;
    return count(self, FOLD_0, &unused) >= POOL_COMPARE_LEAST && count(self, FOLD_1, &unused) >= POOL_COMPARE_LEAST;
}

static void compare(const Comparison *self, Gains *gains, WmPrior *prior, WmPriorComparison *out)
{
    const double n = (double)self->rolling->n;
    out->n_forecasts = self->rolling->n;
    score_candidates(self, out);
    try_weights(self, gains);
    out->n_dates = count_dates(gains);
    out->learnt_crps = gains->before / n;
    out->stacked_crps = gains->after / n;
    out->stacked_kept = gains_kept(gains);
    stack(self, BOTH_FOLDS, out->stacked_weights);
    if (out->stacked_kept > 0)
        move_weights(self, out, prior->weights);

    try_spread(self, prior->weights, gains);
    out->spread = find_spread(self, BOTH_FOLDS, prior->weights);
    out->spread_crps = gains->after / n;
    out->spread_kept = gains_kept(gains);
}

void wm_prior_recalibrate(WmPrior *prior, const WmPriorComparison *found)
{
    prior->spread = pow(found->spread, found->spread_kept);
}

static WmPriorComparison nothing_found(const WmPrior *prior)
{
    WmPriorComparison none = {
        .n_candidates = prior->n_kernels, .learnt_crps = NAN, .stacked_crps = NAN, .spread = 1, .spread_crps = NAN};
    for (size_t k = 0; k < prior->n_kernels; k++) {
        none.candidate_crps[k] = NAN;
        none.learnt_weights[k] = none.stacked_weights[k] = prior->weights[k];
    }
    return none;
}

WmStatus wm_prior_compare(const WmForecastSeries *series, size_t n_series, WmForecastScratch *scratch, WmPrior *prior,
                          WmPriorComparison *out)
{
    PoolRolling rolling;
    Gains gains;
    WmPriorComparison found = nothing_found(prior);
    Comparison self = {.rolling = &rolling, .n_kernels = prior->n_kernels};
    for (size_t k = 0; k < prior->n_kernels; k++)
        self.learnt[k] = prior->weights[k];
    if (wm_pool_roll(prior, series, n_series, scratch, &rolling) != WM_OK)
        return WM_NO_MEMORY;
    const bool is_ready = gains_init(&gains, &rolling);
    if (is_ready && is_enough(&self))
        compare(&self, &gains, prior, &found);
    free(gains.gain);
    wm_pool_rolling_clear(&rolling);
    if (out)
        *out = found;
    return is_ready ? WM_OK : WM_NO_MEMORY;
}
