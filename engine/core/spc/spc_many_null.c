/* Null distributions by simulation: stable series of the same class and length, charted by the same code.
 *
 * A pattern's null probability comes from its own simulated distribution, its tail from a model fitted to the upper 0.5%; the score
 * takes the smallest (Tippett 1931; Westfall and Young 1993, ch. 2), and the score's own simulated distribution turns that into a
 * p-value, so that nothing hangs on the patterns being independent.
 */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/spc/spc_many_parts.h"

#define TAIL_SHARE    0.005 /* of the sample: 250 exceedances of 50,000, the least that Knijnenburg et al. (2009) advise */
#define SCORE_RANK    50    /* the score's own distribution is trusted down to this many replicates */
#define SMALLEST_P    1e-12
#define EXACT_N       30   /* up to here each number of readings has its own distribution */
#define MOST_READINGS 480  /* beyond, limits are as good as known */
#define LEVEL_LOW     (-4) /* counts with a mean of 1/4 */
#define LEVEL_HIGH    16   /* of 256: as good as normal */

/* ---- where stable series come from ---- */

typedef struct {
    double mean;
    gsl_ran_discrete_t *counts; /* of Poisson's: a table drawn from in one step (Walker 1977), where GSL's own takes gammas */
} Stable;

static double normal(const gsl_rng *rng, const Stable *stable)
{
    (void)stable;
    return gsl_ran_gaussian_ziggurat(rng, 1);
}

static double poisson(const gsl_rng *rng, const Stable *stable)
{
    return (double)gsl_ran_discrete(rng, stable->counts);
}

/* Failures before a success: gsl counts trials. */
static double geometric(const gsl_rng *rng, const Stable *stable)
{
    return gsl_ran_geometric(rng, 1 / (1 + stable->mean)) - 1.0;
}

static double exponential(const gsl_rng *rng, const Stable *stable)
{
    (void)stable;
    return gsl_ran_exponential(rng, 1);
}

enum { NORMAL, POISSON, GEOMETRIC, EXPONENTIAL };

static double (*const SOURCES[])(const gsl_rng *, const Stable *) = {
    [NORMAL] = normal, [POISSON] = poisson, [GEOMETRIC] = geometric, [EXPONENTIAL] = exponential};

/* Probabilities of 0, 1, ... to twelve sds past the mean, beyond which a double sees nothing. NULL without memory. */
static gsl_ran_discrete_t *poisson_table(double mean)
{
    const size_t n = (size_t)(mean + 12 * sqrt(mean) + 20);
    double *probability = malloc(n * sizeof *probability);
    if (!probability)
        return NULL;
    for (size_t i = 0; i < n; i++)
        probability[i] = gsl_ran_poisson_pdf((unsigned)i, mean);
    gsl_ran_discrete_t *table = gsl_ran_discrete_preproc(n, probability);
    free(probability);
    return table;
}

static bool stable_init(Stable *self, const WmNullKey *key)
{
    *self = (Stable){.mean = exp2(key->level / 2.0)};
    if (key->source == POISSON)
        self->counts = poisson_table(self->mean);
    return key->source != POISSON || self->counts;
}

static void stable_clear(Stable *self)
{
    if (self->counts)
        gsl_ran_discrete_free(self->counts);
}

/* p and u charts stand for a Poisson count of the same skewness, Laney's for individuals: their limits rest on moving ranges too.
 */
static const struct {
    uint32_t source;
    WmSpcChart chart;
} CLASSES[WM_N_SPC_CHARTS] = {
    [WM_SPC_AUTO] = {NORMAL, WM_SPC_XMR}, [WM_SPC_XMR] = {NORMAL, WM_SPC_XMR}, [WM_SPC_I] = {NORMAL, WM_SPC_I},
    [WM_SPC_C] = {POISSON, WM_SPC_C},     [WM_SPC_U] = {POISSON, WM_SPC_C},    [WM_SPC_UP] = {NORMAL, WM_SPC_I},
    [WM_SPC_P] = {POISSON, WM_SPC_C},     [WM_SPC_PP] = {NORMAL, WM_SPC_I},    [WM_SPC_G] = {GEOMETRIC, WM_SPC_G},
    [WM_SPC_T] = {EXPONENTIAL, WM_SPC_T}, [WM_SPC_RUN] = {NORMAL, WM_SPC_RUN},
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
    if (key.source == POISSON || key.source == GEOMETRIC)
        key.level = (int32_t)fmin(fmax(round(2 * log2(level_of(spc, options))), LEVEL_LOW), LEVEL_HIGH);
    for (size_t i = 0; i < WM_N_SIGNALS; i++)
        key.lengths[i] = options->lengths[i];
    return key;
}

/* ---- tails ---- */

/* Generalised Pareto by probability-weighted moments: Hosking, J. R. M. and Wallis, J. R. (1987), Technometrics 29, 339-349;
 * shape k = a0 / (a0 - 2 a1) - 2, scale = 2 a0 a1 / (a0 - 2 a1), a1 = mean of (1 - p_i) x_i. Survival (1 - k x / scale)^(1 / k).
 * k is kept within -0.3 (a tail as heavy as Student's with 3 degrees of freedom) and 0.5. */
static double pareto_survival(const double *excess_from, size_t n, double threshold, double mean, double x)
{
    double a1 = 0;
    for (size_t i = 0; i < n; i++)
        a1 += (1 - ((double)i + 0.65) / (double)n) * (excess_from[i] - threshold);
    a1 /= (double)n;
    const double k = fmin(fmax(mean / (mean - 2 * a1) - 2, -0.3), 0.5);
    const double scale = mean * (1 + k);
    if (fabs(k) < 1e-6)
        return exp(-x / scale);
    const double base = 1 - k * x / scale;
    return base > 0 ? pow(base, 1 / k) : 0;
}

/* First index whose value is at least x. */
static size_t lower_bound(const double *sorted, size_t n, double x)
{
    size_t low = 0, high = n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (sorted[middle] < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

double wm_tail_survival(const double *sorted, size_t n, WmTail tail, double x)
{
    const size_t n_tail = (size_t)(TAIL_SHARE * (double)n), n_above = n - lower_bound(sorted, n, x);
    const double empirical = ((double)n_above + 1) / ((double)n + 1);
    if (n_above >= n_tail || n_tail < 2)
        return empirical;

    const double *above = sorted + n - n_tail, threshold = above[-1];
    double mean = 0;
    for (size_t i = 0; i < n_tail; i++)
        mean += above[i] - threshold;
    mean /= (double)n_tail;
    if (!(mean > 0))
        return empirical;
    const double survival =
        tail == WM_TAIL_EXPONENTIAL ? exp(-(x - threshold) / mean) : pareto_survival(above, n_tail, threshold, mean, x - threshold);
    return fmax((double)n_tail / (double)n * survival, SMALLEST_P);
}

double wm_null_score(const WmNull *null, const WmStrength *strength)
{
    double strongest = 0; /* -log10 of the smallest probability */
    for (size_t i = 0; i < null->n_patterns; i++) {
        if (strength->any && !strength->holds[i])
            continue;
        const WmTail tail = wm_strength_tail((WmSpcRules)null->key.rules, i);
        const double p = wm_tail_survival(null->by_pattern[i], null->n_replicates, tail, strength->by_pattern[i]);
        strongest = fmax(strongest, -log10(p));
    }
    return strength->any ? 1 + strongest : strongest / (1 + strongest);
}

/* The smallest of several uniform numbers is below p with a probability of K p for small p: from the last rank trusted on, the
 * p-value goes on in proportion. */
double wm_null_p_value(const WmNull *null, double score)
{
    const size_t n = null->n_replicates, n_above = n - lower_bound(null->scores, n, score);
    if (n_above >= SCORE_RANK || n <= SCORE_RANK || score < 1 || null->scores[n - SCORE_RANK] < 1)
        return ((double)n_above + 1) / ((double)n + 1);
    const double p_known = (SCORE_RANK + 1.0) / ((double)n + 1);
    return fmax(p_known * pow(10, null->scores[n - SCORE_RANK] - score), SMALLEST_P);
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
    Stable stable;
    WmSpcPoint *points;
    WmLatest latest;
    WmStrength *strengths; /* of each replicate */
} Bench;

static bool simulate(WmNull *self, Bench *bench, const gsl_rng *rng, WmSpcScratch *scratch)
{
    const WmSpcOptions options = options_for(&self->key);
    size_t n_signals = 0;
    for (size_t i = 0; i < self->n_replicates; i++) {
        for (size_t j = 0; j < self->key.n; j++)
            bench->points[j] = (WmSpcPoint){SOURCES[self->key.source](rng, &bench->stable), NAN, NAN, NAN, false, false};
        WmSpc spc;
        if (wm_spc_analyse(bench->points, self->key.n, &options, scratch, &spc) != WM_OK)
            return false;
        bench->strengths[i] = (WmStrength){.any = false};
        if (wm_latest_take(&spc, &bench->latest))
            wm_strength_measure(&bench->latest, options.rules, spc.points[spc.i_last].signals, &bench->strengths[i]);
        n_signals += bench->strengths[i].any;
        for (size_t k = 0; k < self->n_patterns; k++)
            self->by_pattern[k][i] = bench->strengths[i].by_pattern[k];
    }
    self->chance_signal = ((double)n_signals + 1) / ((double)self->n_replicates + 1); /* as p-values count */
    return true;
}

static void settle(WmNull *self, const WmStrength *strengths)
{
    for (size_t k = 0; k < self->n_patterns; k++)
        gsl_sort(self->by_pattern[k], 1, self->n_replicates);
    for (size_t i = 0; i < self->n_replicates; i++)
        self->scores[i] = wm_null_score(self, &strengths[i]);
    gsl_sort(self->scores, 1, self->n_replicates);
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

static bool make_room(WmNull *self, Bench *bench)
{
    bool is_done = true;
    for (size_t k = 0; k < self->n_patterns; k++) {
        self->by_pattern[k] = malloc(self->n_replicates * sizeof(double));
        is_done = is_done && self->by_pattern[k];
    }
    self->scores = malloc(self->n_replicates * sizeof(double));
    bench->points = malloc(self->key.n * sizeof *bench->points);
    bench->strengths = malloc(self->n_replicates * sizeof *bench->strengths);
    bench->latest.y = malloc(self->key.n * sizeof(double));
    bench->latest.z = malloc(self->key.n * sizeof(double));
    is_done = is_done && stable_init(&bench->stable, &self->key);
    return is_done && self->scores && bench->points && bench->strengths && bench->latest.y && bench->latest.z;
}

static void bench_clear(Bench *bench)
{
    stable_clear(&bench->stable);
    free(bench->points);
    free(bench->strengths);
    free(bench->latest.y);
    free(bench->latest.z);
}

WmNull *wm_null_new(const WmNullKey *key, uint64_t seed, size_t n_replicates, WmSpcScratch *scratch)
{
    WmNull *self = calloc(1, sizeof *self);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    Bench bench = {0};
    bool is_done = self && rng;
    if (is_done) {
        self->key = *key;
        self->n_replicates = n_replicates;
        self->n_patterns = wm_strength_patterns((WmSpcRules)key->rules);
        gsl_rng_set(rng, (unsigned long)(stream_of(key, seed) & 0xFFFFFFFF));
        is_done = make_room(self, &bench) && simulate(self, &bench, rng, scratch);
    }
    if (is_done)
        settle(self, bench.strengths);
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
        free(self->by_pattern[k]);
    free(self->scores);
    free(self);
}
