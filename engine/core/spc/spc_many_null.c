/* Null distributions by simulation: stable series of the same class and length, charted by the same code, and weighted back to what
 * they are where they were pulled towards a signal (spc_many_stable.c).
 *
 * A pattern's null probability comes from its own simulated distribution, its tail from a model fitted to the last 100 series; the
 * score takes the smallest (Tippett 1931; Westfall and Young 1993, ch. 2), and the score's own simulated distribution turns that
 * into a p-value, so that nothing hangs on the patterns being independent.
 */
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/spc/spc_many_parts.h"

#define TRUSTED       100 /* series: down to so many a distribution is as simulated, beyond it goes on by a model */
#define SMALLEST_P    1e-12
#define EXACT_N       30   /* up to here each number of readings has its own distribution */
#define MOST_READINGS 480  /* beyond, limits are as good as known */
#define LEVEL_LOW     (-4) /* counts with a mean of 1/4 */
#define LEVEL_HIGH    16   /* of 256: as good as normal */

/* ---- keys ---- */

/* p and u charts stand for a Poisson count of the same skewness, Laney's for individuals: their limits rest on moving ranges too.
 */
static const struct {
    uint32_t source;
    WmSpcChart chart;
} CLASSES[WM_N_SPC_CHARTS] = {
    [WM_SPC_AUTO] = {WM_STABLE_NORMAL, WM_SPC_XMR}, [WM_SPC_XMR] = {WM_STABLE_NORMAL, WM_SPC_XMR},
    [WM_SPC_I] = {WM_STABLE_NORMAL, WM_SPC_I},      [WM_SPC_C] = {WM_STABLE_POISSON, WM_SPC_C},
    [WM_SPC_U] = {WM_STABLE_POISSON, WM_SPC_C},     [WM_SPC_UP] = {WM_STABLE_NORMAL, WM_SPC_I},
    [WM_SPC_P] = {WM_STABLE_POISSON, WM_SPC_C},     [WM_SPC_PP] = {WM_STABLE_NORMAL, WM_SPC_I},
    [WM_SPC_G] = {WM_STABLE_GEOMETRIC, WM_SPC_G},   [WM_SPC_T] = {WM_STABLE_EXPONENTIAL, WM_SPC_T},
    [WM_SPC_RUN] = {WM_STABLE_NORMAL, WM_SPC_RUN},
};

/* The mean of a Poisson count with the skewness of what is charted: 1 / skewness^2. For u, lambda = (u / sigma)^2; for a
 * proportion with n p (1 - p) = (p (1 - p) / sigma)^2, it is that over (1 - 2 p)^2. */
static double level_of(const WmSpc *spc, const WmSpcOptions *options)
{
    const WmSpcPhase *phase = &spc->phases[spc->points[spc->i_last].i_phase];
    if (spc->chart == WM_SPC_G)
        return phase->centre;
    const double sigma = spc->points[spc->i_last].sigma;
    if (spc->chart != WM_SPC_P)
        return phase->centre * phase->centre / (sigma * sigma);
    const double scale = options->kind == WM_KIND_PERCENT ? 100 : 1, p = phase->centre / scale;
    const double root = p * (1 - p) * scale / sigma, skew = fmax(fabs(1 - 2 * p), 1e-3);
    return root * root / (skew * skew);
}

/* Lengths in bands of a tenth: a distribution changes little from 60 to 63 readings. */
static uint32_t in_band(size_t n)
{
    if (n <= EXACT_N)
        return (uint32_t)n;
    const double power = round(log((double)n / EXACT_N) / log(1.1));
    return (uint32_t)fmin(round(EXACT_N * pow(1.1, power)), MOST_READINGS);
}

WmNullKey wm_null_key(const WmSpc *spc, const WmSpcOptions *options, const WmLatest *latest)
{
    WmNullKey key;
    memset(&key, 0, sizeof key);
    key.source = CLASSES[spc->chart].source;
    key.chart = (uint32_t)CLASSES[spc->chart].chart;
    key.rules = (uint32_t)options->rules;
    key.screen = (uint32_t)options->screen;
    key.n = in_band(latest->n);
    key.n_used = latest->n_used >= latest->n ? key.n : in_band(latest->n_used);
    if (key.n_used > key.n)
        key.n_used = key.n;
    if (key.source == WM_STABLE_POISSON || key.source == WM_STABLE_GEOMETRIC)
        key.level = (int32_t)fmin(fmax(round(2 * log2(level_of(spc, options))), LEVEL_LOW), LEVEL_HIGH);
    for (size_t i = 0; i < WM_N_SIGNALS; i++)
        key.lengths[i] = options->lengths[i];
    return key;
}

/* ---- samples and their tails ---- */

/* First index whose value is at least x. */
static size_t lower_bound(const WmSample *sample, double x)
{
    size_t low = 0, high = sample->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (sample->x[middle] < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double weight_at(const WmSample *sample, size_t i)
{
    return sample->above[i] - (i + 1 < sample->n ? sample->above[i + 1] : 0);
}

/* Generalised Pareto by probability-weighted moments: Hosking, J. R. M. and Wallis, J. R. (1987), Technometrics 29, 339-349;
 * shape k = a0 / (a0 - 2 a1) - 2, scale = 2 a0 a1 / (a0 - 2 a1), a1 = mean of (1 - p_i) x_i. Survival (1 - k x / scale)^(1 / k).
 * k is kept within -0.3 (a tail as heavy as Student's with 3 degrees of freedom) and 0.5. */
static double pareto_survival(const WmSample *sample, size_t first, double mean, double x)
{
    const double all = sample->above[first], threshold = sample->x[first - 1];
    double a1 = 0;
    for (size_t i = first; i < sample->n; i++) {
        const double weight = weight_at(sample, i), beyond = sample->above[i] - 0.65 * weight;
        a1 += weight / all * beyond / all * (sample->x[i] - threshold);
    }
    const double k = fmin(fmax(mean / (mean - 2 * a1) - 2, -0.3), 0.5);
    const double scale = mean * (1 + k);
    if (fabs(k) < 1e-6)
        return exp(-x / scale);
    const double base = 1 - k * x / scale;
    return base > 0 ? pow(base, 1 / k) : 0;
}

double wm_sample_survival(const WmSample *sample, WmTail tail, double x)
{
    const size_t i_x = lower_bound(sample, x), first = sample->n - TRUSTED;
    if (sample->n <= TRUSTED || i_x <= first)
        return i_x < sample->n ? sample->above[i_x] : SMALLEST_P;

    const double all = sample->above[first], threshold = sample->x[first - 1];
    double mean = 0;
    for (size_t i = first; i < sample->n; i++)
        mean += weight_at(sample, i) / all * (sample->x[i] - threshold);
    if (!(mean > 0))
        return fmax(i_x < sample->n ? sample->above[i_x] : 0, SMALLEST_P);
    const double survival =
        tail == WM_TAIL_EXPONENTIAL ? exp(-(x - threshold) / mean) : pareto_survival(sample, first, mean, x - threshold);
    return fmax(all * survival, SMALLEST_P);
}

/* Of what no series came to. */
static double weight_of_none(const WmSample *sample)
{
    return fmin(sample->above[sample->n - 1], 1 / (double)sample->n);
}

double wm_null_score(const WmNull *null, const WmStrength *strength)
{
    double strongest = 0; /* -log10 of the smallest probability */
    for (size_t i = 0; i < null->n_patterns; i++) {
        if (strength->any && !strength->holds[i])
            continue;
        const double p =
            wm_sample_survival(&null->by_pattern[i], wm_strength_tail((WmSpcRules)null->key.rules, i), strength->by_pattern[i]);
        strongest = fmax(strongest, -log10(p));
    }
    return strength->any ? 1 + strongest : strongest / (1 + strongest);
}

/* The smallest of several uniform numbers is below p with a probability of K p for small p: from the last rank trusted on, the
 * p-value goes on in proportion. */
double wm_null_p_value(const WmNull *null, double score)
{
    const WmSample *scores = &null->scores;
    const size_t n = scores->n, i = lower_bound(scores, score);
    if (n <= TRUSTED || i <= n - TRUSTED || score < 1 || scores->x[n - TRUSTED] < 1)
        return i < n ? scores->above[i] : weight_of_none(scores);
    return fmax(scores->above[n - TRUSTED] * pow(10, scores->x[n - TRUSTED] - score), SMALLEST_P);
}

/* ---- simulation ---- */

static WmSpcOptions options_for(const WmNullKey *key)
{
    WmSpcOptions options = wm_spc_options_default();
    options.chart = (WmSpcChart)key->chart;
    options.rules = (WmSpcRules)key->rules;
    options.screen = (WmSpcScreen)key->screen;
    options.fix_after = key->n_used < key->n ? key->n_used : 0;
    for (size_t i = 0; i < WM_N_SIGNALS; i++)
        options.lengths[i] = key->lengths[i];
    return options;
}

typedef struct {
    WmStable *stable;
    WmSpcPoint *points;
    WmLatest latest;
    WmStrength *strengths; /* of each replicate */
    double *weights;       /* likewise */
    double *sorted;        /* scratch: weights in the order of a sample */
} Bench;

static bool simulate(const WmNull *self, Bench *bench, const gsl_rng *rng, WmSpcScratch *scratch)
{
    const WmSpcOptions options = options_for(&self->key);
    for (size_t i = 0; i < self->scores.n; i++) {
        bench->weights[i] = wm_stable_draw(bench->stable, rng, i, bench->points, self->key.n);
        WmSpc spc;
        if (wm_spc_analyse(bench->points, self->key.n, &options, scratch, &spc) != WM_OK)
            return false;
        bench->strengths[i] = (WmStrength){.any = false};
        if (wm_latest_take(&spc, &bench->latest))
            wm_strength_measure(&bench->latest, options.rules, spc.points[spc.i_last].signals, &bench->strengths[i]);
    }
    return true;
}

/* Sums from the far end, where weights are smallest: nothing small is lost in something large. */
static void settle_sample(WmSample *sample, const Bench *bench)
{
    memcpy(bench->sorted, bench->weights, sample->n * sizeof *bench->sorted);
    gsl_sort2(sample->x, 1, bench->sorted, 1, sample->n);
    double sum = 0;
    for (size_t i = sample->n; i-- > 0;)
        sample->above[i] = sum += bench->sorted[i];
    for (size_t i = 0; i < sample->n; i++)
        sample->above[i] /= sum;
}

static void settle(WmNull *self, const Bench *bench)
{
    WmSample *scores = &self->scores;
    for (size_t k = 0; k < self->n_patterns; k++) {
        for (size_t i = 0; i < scores->n; i++)
            self->by_pattern[k].x[i] = bench->strengths[i].by_pattern[k];
        settle_sample(&self->by_pattern[k], bench);
    }
    for (size_t i = 0; i < scores->n; i++)
        scores->x[i] = wm_null_score(self, &bench->strengths[i]);
    settle_sample(scores, bench);
    const size_t i_signal = lower_bound(scores, 1);
    self->chance_signal = i_signal < scores->n ? scores->above[i_signal] : weight_of_none(scores);
}

/* FNV-1a over the key, so that each distribution has its own stream whatever came before. */
static uint64_t stream_of(const WmNullKey *key, uint64_t seed)
{
    const unsigned char *bytes = (const unsigned char *)key;
    uint64_t hash = UINT64_C(0xCBF29CE484222325) ^ seed;
    for (size_t i = 0; i < sizeof *key; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001B3);
    return hash ^ hash >> 32;
}

static bool sample_init(WmSample *self, size_t n)
{
    *self = (WmSample){n, malloc(n * sizeof(double)), malloc(n * sizeof(double))};
    return self->x && self->above;
}

static void sample_clear(WmSample *self)
{
    free(self->x);
    free(self->above);
}

static bool make_room(WmNull *self, Bench *bench, size_t n_replicates)
{
    bool is_done = sample_init(&self->scores, n_replicates);
    for (size_t k = 0; k < self->n_patterns; k++)
        is_done = sample_init(&self->by_pattern[k], n_replicates) && is_done;
    *bench = (Bench){.stable = wm_stable_new(&self->key),
                     .points = malloc(self->key.n * sizeof *bench->points),
                     .latest = {.y = malloc(self->key.n * sizeof(double)), .z = malloc(self->key.n * sizeof(double))},
                     .strengths = malloc(n_replicates * sizeof *bench->strengths),
                     .weights = malloc(n_replicates * sizeof(double)),
                     .sorted = malloc(n_replicates * sizeof(double))};
    return is_done && bench->stable && bench->points && bench->latest.y && bench->latest.z && bench->strengths && bench->weights &&
           bench->sorted;
}

static void bench_clear(Bench *bench)
{
    wm_stable_free(bench->stable);
    free(bench->points);
    free(bench->latest.y);
    free(bench->latest.z);
    free(bench->strengths);
    free(bench->weights);
    free(bench->sorted);
}

WmNull *wm_null_new(const WmNullKey *key, uint64_t seed, size_t n_replicates, WmSpcScratch *scratch)
{
    WmNull *self = calloc(1, sizeof *self);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    Bench bench = {0};
    bool is_done = self && rng;
    if (is_done) {
        self->key = *key;
        self->n_patterns = wm_strength_patterns((WmSpcRules)key->rules);
        gsl_rng_set(rng, (unsigned long)(stream_of(key, seed) & 0xFFFFFFFF));
        is_done = make_room(self, &bench, n_replicates) && simulate(self, &bench, rng, scratch);
    }
    if (is_done)
        settle(self, &bench);
    bench_clear(&bench);
    if (rng)
        gsl_rng_free(rng);
    if (is_done)
        return self;
    wm_null_free(self);
    return NULL;
}

void wm_null_free(WmNull *self)
{
    if (!self)
        return;
    for (size_t k = 0; k < WM_MAX_PATTERNS; k++)
        sample_clear(&self->by_pattern[k]);
    sample_clear(&self->scores);
    free(self);
}
