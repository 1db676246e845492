/* One series given a prior: fitted, forecast, and looked back on. */
#include <math.h>
#include <stdlib.h>

#include "engine/core/pause.h"
#include "engine/core/pool/pool.h"

/* Rounding of the arithmetic decides no month. */
#define CHANCE_SLACK 1e-9

WmForecastScratch *wm_forecast_scratch_new(void)
{
    WmForecastScratch *self = malloc(sizeof *self);
    if (self && !wm_pool_algebra_init(&self->algebra, POOL_ROOM)) {
        free(self);
        return NULL;
    }
    return self;
}

void wm_forecast_scratch_free(WmForecastScratch *self)
{
    if (!self)
        return;
    wm_pool_algebra_clear(&self->algebra);
    free(self);
}

/* Level and load against the common path, in turns; e is what the path leaves. */
static void take_path(const WmPrior *prior, WmForecastScratch *scratch)
{
    const PoolSample *sample = &scratch->sample;
    PoolStandard *one = &scratch->standard;
    const double s02 = isnan(prior->scale) ? wm_pool_own_scale(sample) : prior->scale;
    wm_pool_standardise(sample, isnan(prior->change) ? 2 * s02 : prior->change, s02, one);
    wm_pool_path_at_readings(prior, sample, scratch->f);
    for (int round = 0; round < POOL_LOAD_ROUNDS; round++) {
        wm_pool_level(one, scratch->f);
        wm_pool_load(one, scratch->f);
    }
    wm_pool_level(one, scratch->f);
    for (size_t i = 0; i < sample->n; i++)
        scratch->e[i] = one->x[i] - one->m - one->lam * scratch->f[i];
}

/* What is known before any kernel is tried. */
static void begin(const WmPrior *prior, const WmForecastSeries *series, WmForecastScratch *scratch, WmForecast *out)
{
    PoolSample *sample = &scratch->sample;
    *out = (WmForecast){.state = WM_FORECAST_TOO_FEW, .sd = NAN, .level = NAN, .load = NAN, .sampling = NAN};
    wm_pool_sample(&prior->group, series, sample);
    out->n_readings = sample->n_all;
    if (sample->n < WM_FORECAST_MIN_READINGS)
        return;
    wm_pool_measure(&prior->group, prior->units, sample);
    take_path(prior, scratch);

    const PoolStandard *one = &scratch->standard;
    const size_t year = (size_t)wm_pool_seasons(&prior->group), n = sample->n < year ? sample->n : year;
    double sampling = 0;
    for (size_t i = sample->n - n; i < sample->n; i++)
        sampling += one->R[i];
    out->state = WM_FORECAST_FITTED;
    out->first = sample->t[0];
    out->last = sample->t[sample->n - 1];
    out->sd = one->sd;
    out->level = one->m;
    out->load = one->lam;
    out->sampling = sampling / (double)n;
    out->link = sample->link;
    out->n_shifts = sample->n_shifts;
    out->n_parts = prior->n_kernels;
}

/* Whiten the series by one kernel and judge it by the likelihood of the Student innovations. */
static void try_kernel(const WmPrior *prior, const PoolKernel *kernel, int n_seasons, WmForecastScratch *scratch,
                       WmForecastPart *part, PoolPosterior *posterior)
{
    const size_t n = scratch->sample.n;
    const double log_det =
        wm_pool_filter(&scratch->algebra, kernel, n_seasons, scratch->standard.R, scratch->e, scratch->u, posterior);
    for (size_t i = 0; i < n; i++)
        scratch->u2[i] = scratch->u[i] * scratch->u[i];
    part->variance = wm_pool_innovation_scale(scratch->u2, n, prior->centre, wm_pool_df_lost(n_seasons), &part->log_likelihood);
    part->log_likelihood -= log_det;
    part->tail = posterior->tail;
}

/* Posterior probabilities of the kernels. */
static void weigh(const WmPrior *prior, WmForecast *out)
{
    double most = -INFINITY, sum = 0;
    for (size_t k = 0; k < out->n_parts; k++) {
        out->parts[k].share = out->parts[k].log_likelihood + log(prior->weights[k]);
        most = fmax(most, out->parts[k].share);
    }
    for (size_t k = 0; k < out->n_parts; k++)
        sum += out->parts[k].share = exp(out->parts[k].share - most);
    for (size_t k = 0; k < out->n_parts; k++)
        out->parts[k].share /= sum;
}

/* One kernel's Student: v and v_1 are whitened variances of the reading and of one a step ahead. A sum of shocks is nearer to
 * normal than one: variance and kurtosis of the sum, of the sampling noise and of the common path are matched. */
static WmStudentPart make_part(const WmForecastPart *part, double mean, double v, double v_1, double other_variance, double sd)
{
    const double nu = POOL_DF, ratio = fmax(v / v_1, 1);
    const double vi = v * part->variance * nu / (nu - 2), vt = vi + other_variance;
    const double df = fmin(POOL_KURTOSIS_DF + (nu - POOL_KURTOSIS_DF) * ratio * (vt / vi) * (vt / vi), POOL_DF_MAX);
    return (WmStudentPart){.share = part->share, .location = mean * sd, .scale = sd * sqrt(vt * (df - 2) / df), .df = df};
}

/* All parts drawn in to the mixture's mean, or out from it. */
static void spread_out(WmDistribution *y, double spread)
{
    double centre = 0;
    for (size_t k = 0; k < y->n_parts; k++)
        centre += y->parts[k].share * y->parts[k].location;
    for (size_t k = 0; k < y->n_parts; k++) {
        y->parts[k].location = centre + spread * (y->parts[k].location - centre);
        y->parts[k].scale *= spread;
    }
}

WmDistribution wm_forecast_at(const WmPrior *prior, const WmForecast *forecast, int steps)
{
    WmDistribution y = {.kind = WM_DISTRIBUTION_NONE, .location = NAN, .scale = NAN, .df = NAN};
    if (forecast->state != WM_FORECAST_FITTED || steps < 1)
        return y;
    const int n_seasons = wm_pool_seasons(&prior->group), tau = forecast->last - forecast->first;
    const PoolDictionary dictionary = wm_pool_dictionary(n_seasons);
    double path, path_variance;
    wm_prior_path_at(prior, forecast->last + steps, &path, &path_variance);
    const double other = forecast->sampling + forecast->load * forecast->load * path_variance;
    y.kind = WM_DISTRIBUTION_MIXTURE;
    y.link = forecast->link;
    y.n_parts = forecast->n_parts;
    for (size_t k = 0; k < forecast->n_parts; k++) {
        const WmForecastPart *part = &forecast->parts[k];
        const PoolKernel *kernel = &dictionary.individual[k];
        double mean, v, mean_1, v_1;
        wm_pool_tail_at(&part->tail, kernel, n_seasons, tau + 1, 1, &mean_1, &v_1);
        wm_pool_tail_at(&part->tail, kernel, n_seasons, tau + steps, steps, &mean, &v);
        y.parts[k] = make_part(part, mean + forecast->level + forecast->load * path, v, v_1, other, forecast->sd);
    }
    if (prior->spread != 1)
        spread_out(&y, prior->spread);
    return y;
}

/* Another reading of a period already read, given all: with D = 1 + R, K alpha = e - D alpha and K - K (K + D)^-1 K = D - D (K +
 * D)^-1 D, of which only the diagonal is wanted; plus its own noise. */
static void look_back(WmForecastScratch *scratch, const PoolKernel *kernel, int n_seasons, const WmForecast *forecast, size_t k,
                      WmDistribution *by_reading)
{
    wm_pool_factorise(&scratch->algebra, kernel, n_seasons, scratch->standard.R);
    wm_pool_inverse(&scratch->algebra, scratch->u, scratch->diagonal, scratch->alpha);
    for (size_t i = 0; i < scratch->sample.n; i++) {
        const double R = scratch->standard.R[i], D = 1 + R;
        const double mean = scratch->e[i] - D * scratch->alpha[i] + forecast->level + forecast->load * scratch->f[i];
        const double v = 1 + fmax(D - D * D * scratch->diagonal[i], 0);
        by_reading[i].parts[k] = make_part(&forecast->parts[k], mean, v, v, R, forecast->sd);
    }
}

/* Means and second moments of the steps at interventions, summed over kernels as they are weighed. */
typedef struct {
    double mean[WM_MAX_PARTS][WM_FORECAST_MAX_SHIFTS], variance[WM_MAX_PARTS][WM_FORECAST_MAX_SHIFTS];
} Steps;

static void find_steps(const PoolPosterior *posterior, size_t n_shifts, const WmForecastPart *part, size_t k, Steps *steps)
{
    for (size_t i = 0; i < n_shifts; i++) {
        steps->mean[k][i] = posterior->shift_mean[i];
        steps->variance[k][i] = posterior->shift_variance[i] * part->variance * POOL_DF / (POOL_DF - 2);
    }
}

static void mix_steps(const Steps *steps, const PoolSample *sample, WmForecast *out)
{
    for (size_t i = 0; i < out->n_shifts; i++) {
        double first = 0, second = 0;
        for (size_t k = 0; k < out->n_parts; k++) {
            const double mean = steps->mean[k][i];
            first += out->parts[k].share * mean;
            second += out->parts[k].share * (mean * mean + steps->variance[k][i]);
        }
        out->shifts[i] = (WmForecastShift){
            .period = sample->shifts[i], .mean = out->sd * first, .sd = out->sd * sqrt(fmax(second - first * first, 0))};
    }
}

/* Every kernel in turn; by_reading (as many as the sample has readings) may be NULL. */
static void fit_kernels(const WmPrior *prior, WmForecastScratch *scratch, WmForecast *out, WmDistribution *by_reading)
{
    const int n_seasons = wm_pool_seasons(&prior->group);
    const PoolDictionary dictionary = wm_pool_dictionary(n_seasons);
    Steps steps;
    wm_pool_set_times(&scratch->algebra, scratch->sample.t, scratch->sample.n, n_seasons);
    wm_pool_set_shifts(&scratch->algebra, &scratch->sample);
    for (size_t k = 0; k < out->n_parts; k++) {
        const PoolKernel *kernel = &dictionary.individual[k];
        PoolPosterior posterior;
        try_kernel(prior, kernel, n_seasons, scratch, &out->parts[k], &posterior);
        find_steps(&posterior, out->n_shifts, &out->parts[k], k, &steps);
        if (by_reading)
            look_back(scratch, kernel, n_seasons, out, k, by_reading);
    }
    weigh(prior, out);
    mix_steps(&steps, &scratch->sample, out);
}

void wm_forecast_fit(const WmPrior *prior, const WmForecastSeries *series, WmForecastScratch *scratch, WmForecast *out)
{
    begin(prior, series, scratch, out);
    if (out->state == WM_FORECAST_FITTED)
        fit_kernels(prior, scratch, out, NULL);
}

/* The i-th reading of the sample, complete with what all parts share. */
static void finish(const WmForecast *forecast, const PoolSample *sample, size_t i, WmDistribution *y)
{
    y->kind = WM_DISTRIBUTION_MIXTURE;
    y->n_parts = forecast->n_parts;
    y->link = forecast->link;
    if (y->link.kind == WM_LINK_LOGIT)
        y->link.units = sample->sampling_units[i];
    for (size_t k = 0; k < forecast->n_parts; k++)
        y->parts[k].share = forecast->parts[k].share;
}

void wm_forecast_fit_back(const WmPrior *prior, const WmForecastSeries *series, WmForecastScratch *scratch, WmForecast *out,
                          WmDistribution *fitted)
{
    WmDistribution by_reading[POOL_ROOM];
    for (size_t i = 0; i < series->n_readings; i++)
        fitted[i] = (WmDistribution){.kind = WM_DISTRIBUTION_NONE, .location = NAN, .scale = NAN, .df = NAN};
    begin(prior, series, scratch, out);
    if (out->state != WM_FORECAST_FITTED)
        return;
    fit_kernels(prior, scratch, out, by_reading);
    for (size_t i = 0; i < scratch->sample.n; i++)
        finish(out, &scratch->sample, i, &by_reading[i]);
    for (size_t i = 0; i < series->n_readings; i++) {
        const size_t at = wm_pool_sample_find(&prior->group, &scratch->sample, &series->readings[i]);
        if (at != SIZE_MAX)
            fitted[i] = by_reading[at];
    }
}

/* The step is Gaussian on the link's scale; in the indicator's unit it is what the level one period on would lose without it. */
WmForecastEffect wm_forecast_effect(const WmPrior *prior, const WmForecast *forecast, size_t i)
{
    static const double Z80 = 1.2815515655446004; /* of 80% about the middle of a normal */
    const WmForecastShift *shift = &forecast->shifts[i];
    const WmDistribution next = wm_forecast_at(prior, forecast, 1);
    double z = 0, value[3];
    for (size_t k = 0; k < next.n_parts; k++)
        z += next.parts[k].share * next.parts[k].location;
    const double with = wm_link_value(&forecast->link, z);
    for (int k = 0; k < 3; k++)
        value[k] = with - wm_link_value(&forecast->link, z - shift->mean - (k - 1) * Z80 * shift->sd);
    const double sign = forecast->link.sign, ratio = shift->sd > 0 ? sign * shift->mean / shift->sd : 0;
    return (WmForecastEffect){.period = wm_forecast_period(&prior->group, shift->period),
                              .effect = value[1],
                              .low = fmin(value[0], value[2]),
                              .high = fmax(value[0], value[2]),
                              .chance = 0.5 * erfc(-ratio / sqrt(2))};
}

void wm_forecast_expected(const WmPrior *prior, const WmForecast *forecast, const WmMeasure *measure, double target,
                          const double *wanted, size_t n, int max_steps, int *steps)
{
    size_t n_left = n;
    for (size_t i = 0; i < n; i++)
        steps[i] = 0;
    for (int step = 1; n_left && step <= max_steps && forecast->state == WM_FORECAST_FITTED; step++) {
        wm_pause();
        const WmDistribution y = wm_forecast_at(prior, forecast, step);
        const double chance = wm_distribution_chance(&y, measure, target);
        for (size_t i = 0; i < n; i++)
            if (!steps[i] && chance >= wanted[i] - CHANCE_SLACK) {
                steps[i] = step;
                n_left--;
            }
    }
}

bool wm_forecast_is_mostly_prior(const WmForecast *forecast)
{
    return forecast->state == WM_FORECAST_FITTED && (double)forecast->n_readings - 1 <= POOL_SCALE_WEIGHT;
}
