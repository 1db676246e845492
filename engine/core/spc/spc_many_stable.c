/* Stable series, half of them as they come and half pulled towards what rules look for, each with the weight that undoes the pull.
 *
 * Importance sampling from a mixture: a series of readings y, independent with density f, counts w = 1 / (sum over the mixture's
 * parts j of a_j prod_t f_j,t(y_t) / f(y_t)), so that a mean weighted so is the stable series' own, and rare patterns are common
 * enough to be counted. One part is f itself with a share of 1/2, hence w <= 2 (Hesterberg, T. 1995, Technometrics 37, 185-194; the
 * weights are those of Veach, E. and Guibas, L. J. 1995, SIGGRAPH 95, 419-428). Each f_j,t is of f's own family, exponentially
 * tilted: f_j,t(y) = f(y) exp(theta y - psi).
 */
#include "engine/core/spc/spc_many_parts.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

/* What the latest readings are pulled to, in standard deviations, from the first of them to the last; upwards and downwards. About
 * as far as they lie in stable series that show the pattern once in some thousands: farther is no better, for weights then differ
 * so much that few series carry them all. */
static const struct {
    size_t n_last;
    double first, last;
} PULLS[] = {
    {1, 3.5, 3.5},  /* a reading far out */
    {3, 1.8, 1.8},  /* some near a limit */
    {10, 0.7, 0.7}, /* a run */
    {8, -1.4, 1.4}, /* a trend */
};

#define N_PULLS   (sizeof PULLS / sizeof *PULLS)
#define N_TILTED  (2 * N_PULLS)
#define MOST_LAST 10

/* A tilted family member: how it is drawn, and its density over that of the stable one. */
typedef struct {
    double mean, theta, psi;
} Tilt;

struct WmStable {
    uint32_t source;
    double mean;
    gsl_ran_discrete_t *counts;      /* of Poisson's: a table drawn from in one step (Walker 1977), where GSL's own takes gammas */
    Tilt tilts[N_TILTED][MOST_LAST]; /* the latest reading first */
};

/* ---- families ---- */

static double draw_normal(const gsl_rng *rng, double mean)
{
    return mean + gsl_ran_gaussian_ziggurat(rng, 1);
}

static Tilt tilt_normal(double mean, double shift)
{
    return (Tilt){mean + shift, shift, shift * shift / 2};
}

static double draw_poisson(const gsl_rng *rng, double mean)
{
    return gsl_ran_poisson(rng, mean);
}

/* The root of a count has nearly the same deviation, 1/2, whatever the mean (Bartlett 1936). */
static Tilt tilt_poisson(double mean, double shift)
{
    const double root = fmax(sqrt(mean) + shift / 2, sqrt(mean) / 4), pulled = root * root;
    return (Tilt){pulled, log(pulled / mean), pulled - mean};
}

/* Failures before a success: gsl counts trials. */
static double draw_geometric(const gsl_rng *rng, double mean)
{
    return gsl_ran_geometric(rng, 1 / (1 + mean)) - 1.0;
}

/* Times and gaps between events are pulled in proportion: their deviation is their mean. */
static Tilt tilt_geometric(double mean, double shift)
{
    const double pulled = mean * exp(shift / 2);
    return (Tilt){pulled, log(pulled / (1 + pulled)) - log(mean / (1 + mean)), log1p(pulled) - log1p(mean)};
}

static double draw_exponential(const gsl_rng *rng, double mean)
{
    return gsl_ran_exponential(rng, mean);
}

static Tilt tilt_exponential(double mean, double shift)
{
    const double pulled = mean * exp(shift / 2);
    return (Tilt){pulled, 1 / mean - 1 / pulled, log(pulled / mean)};
}

static const struct {
    double (*draw)(const gsl_rng *rng, double mean);
    Tilt (*tilt)(double mean, double shift);
    double mean; /* NAN where it is a level's */
} FAMILIES[] = {
    [WM_STABLE_NORMAL] = {draw_normal, tilt_normal, 0},
    [WM_STABLE_POISSON] = {draw_poisson, tilt_poisson, NAN},
    [WM_STABLE_GEOMETRIC] = {draw_geometric, tilt_geometric, NAN},
    [WM_STABLE_EXPONENTIAL] = {draw_exponential, tilt_exponential, 1},
};

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

/* ---- series ---- */

static void set_tilts(WmStable *self)
{
    for (size_t j = 0; j < N_TILTED; j++) {
        const size_t i_pull = j / 2, n = PULLS[i_pull].n_last;
        const double sign = j % 2 ? -1 : 1, step = n > 1 ? (PULLS[i_pull].last - PULLS[i_pull].first) / (double)(n - 1) : 0;
        for (size_t back = 0; back < n; back++)
            self->tilts[j][back] = FAMILIES[self->source].tilt(self->mean, sign * (PULLS[i_pull].last - step * (double)back));
    }
}

WmStable *wm_stable_new(const WmNullKey *key)
{
    WmStable *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->source = key->source;
    self->mean = isnan(FAMILIES[key->source].mean) ? exp2(key->level / 2.0) : FAMILIES[key->source].mean;
    set_tilts(self);
    self->counts = key->source == WM_STABLE_POISSON ? poisson_table(self->mean) : NULL;
    if (key->source != WM_STABLE_POISSON || self->counts)
        return self;
    free(self);
    return NULL;
}

void wm_stable_free(WmStable *self)
{
    if (!self)
        return;
    if (self->counts)
        gsl_ran_discrete_free(self->counts);
    free(self);
}

static size_t n_pulled(size_t j, size_t n)
{
    return PULLS[j / 2].n_last < n ? PULLS[j / 2].n_last : n;
}

/* f over the mixture's density, at y. */
static double weight_of(const WmStable *self, const WmSpcPoint *points, size_t n)
{
    double mixture = 0.5;
    for (size_t j = 0; j < N_TILTED; j++) {
        double log_ratio = 0;
        for (size_t back = 0; back < n_pulled(j, n); back++)
            log_ratio += self->tilts[j][back].theta * points[n - 1 - back].value - self->tilts[j][back].psi;
        mixture += 0.5 / N_TILTED * exp(log_ratio);
    }
    return 1 / mixture;
}

double wm_stable_draw(const WmStable *self, const gsl_rng *rng, size_t i, WmSpcPoint *points, size_t n)
{
    const size_t j = i / 2 % N_TILTED, n_tilted = i % 2 ? n_pulled(j, n) : 0;
    for (size_t k = 0; k < n; k++) {
        const size_t back = n - 1 - k;
        const double y = back < n_tilted ? FAMILIES[self->source].draw(rng, self->tilts[j][back].mean)
                         : self->counts  ? (double)gsl_ran_discrete(rng, self->counts)
                                         : FAMILIES[self->source].draw(rng, self->mean);
        points[k] = (WmSpcPoint){y, NAN, NAN, NAN, false, false};
    }
    return weight_of(self, points, n);
}
