/* The fixed parts of the pooled model: structural kernels and built-in scales. */
#include "engine/core/pool/pool.h"

#include <math.h>

/* Structural time series as Gaussian processes: Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter,
 * ch. 2 and 4; Rasmussen and Williams (2006), Gaussian Processes for Machine Learning, ch. 2. Slow, middling and fast levels; those
 * that return and those that wander; weak and strong seasons; and, at three tenths of the odds each, smooth levels with a slope
 * that lasts for about 50 or 100 periods, as of a service that gets better month after month. What all series share has a strong
 * season and, by the year, a slope.
 */
static const PoolKernel SEASONAL_INDIVIDUAL[] = {
    /* q, phi, s2, b2, dphi, odds */
    {.1, .8, .5, 0, 0, 1},     {.1, .8, 2, 0, 0, 1},     {.1, 1, .5, 0, 0, 1},     {.1, 1, 2, 0, 0, 1}, /* slow */
    {.5, .8, .5, 0, 0, 1},     {.5, .8, 2, 0, 0, 1},     {.5, 1, .5, 0, 0, 1},     {.5, 1, 2, 0, 0, 1},
    {2., .8, .5, 0, 0, 1},     {2., .8, 2, 0, 0, 1},     {2., 1, .5, 0, 0, 1},     {2., 1, 2, 0, 0, 1}, /* fast */
    {.02, 1, .5, .3, .98, .3}, {.02, 1, .5, 1, .98, .3}, {.02, 1, .5, 3, .98, .3},                      /* on the move */
    {.02, 1, .5, .3, .99, .3}, {.02, 1, .5, 1, .99, .3}, {.02, 1, .5, 3, .99, .3},
};
static const PoolKernel SEASONAL_COMMON[] = {
    {.02, 1, 30, 0, 0, 1}, {.02, 1, 100, 0, 0, 1}, {.1, 1, 30, 0, 0, 1},
    {.1, 1, 100, 0, 0, 1}, {.5, 1, 30, 0, 0, 1},   {.5, 1, 100, 0, 0, 1},
};
static const PoolKernel YEARLY_INDIVIDUAL[] = {
    {.1, .5, 0, 0, .8, 1}, {.1, .8, 0, 0, .8, 1}, {.1, .8, 0, .1, .8, 1}, {.1, 1, 0, 0, .8, 1},   {.1, 1, 0, .5, .8, 1},
    {.1, 1, 0, 2, .8, 1},  {.5, .5, 0, 0, .8, 1}, {.5, .8, 0, 0, .8, 1},  {.5, .8, 0, .1, .8, 1}, {.5, 1, 0, 0, .8, 1},
    {.5, 1, 0, .5, .8, 1}, {.5, 1, 0, 2, .8, 1},  {2., .5, 0, 0, .8, 1},  {2., .8, 0, 0, .8, 1},  {2., .8, 0, .1, .8, 1},
    {2., 1, 0, 0, .8, 1},  {2., 1, 0, .5, .8, 1}, {2., 1, 0, 2, .8, 1},
};
static const PoolKernel YEARLY_COMMON[] = {
    {.5, 1, 0, .5, .8, 1}, {.5, 1, 0, 2, .8, 1}, {2, 1, 0, .5, .8, 1},
    {2, 1, 0, 2, .8, 1},   {5, 1, 0, .5, .8, 1}, {5, 1, 0, 2, .8, 1},
};

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

_Static_assert(N_OF(YEARLY_INDIVIDUAL) <= WM_MAX_PARTS && N_OF(SEASONAL_INDIVIDUAL) <= WM_MAX_PARTS,
               "a kernel is a part of the forecast");
_Static_assert(N_OF(YEARLY_COMMON) == WM_FORECAST_COMMON_PARTS && N_OF(SEASONAL_COMMON) == WM_FORECAST_COMMON_PARTS,
               "room in WmPrior");

PoolDictionary wm_pool_dictionary(int n_seasons)
{
    if (n_seasons > 1)
        return (PoolDictionary){SEASONAL_INDIVIDUAL, SEASONAL_COMMON, N_OF(SEASONAL_INDIVIDUAL), N_OF(SEASONAL_COMMON)};
    return (PoolDictionary){YEARLY_INDIVIDUAL, YEARLY_COMMON, N_OF(YEARLY_INDIVIDUAL), N_OF(YEARLY_COMMON)};
}

WmForecastCandidate wm_forecast_candidate(const WmForecastGroup *group, size_t k)
{
    const int n_seasons = wm_pool_seasons(group);
    const PoolKernel *kernel = &wm_pool_dictionary(n_seasons).individual[k];
    return (WmForecastCandidate){.level_step = kernel->q,
                                 .level_memory = kernel->phi,
                                 .season = n_seasons > 1 ? kernel->s2 : 0,
                                 .slope = kernel->b2,
                                 .slope_memory = kernel->dphi};
}

void wm_pool_builtin_weights(const PoolDictionary *dictionary, double *weights)
{
    double sum = 0;
    for (size_t k = 0; k < dictionary->n_individual; k++)
        sum += dictionary->individual[k].odds;
    for (size_t k = 0; k < dictionary->n_individual; k++)
        weights[k] = dictionary->individual[k].odds / sum;
}

/* Typical sd of half a change from period to period, as seen in published series of schools, councils and hospitals. */
static const struct {
    int n_seasons;
    double logit, log;
} BUILTIN[] = {{12, 0.20, 0.08}, {4, 0.30, 0.10}, {3, 0.30, 0.10}, {2, 0.35, 0.12}, {1, 0.45, 0.15}};

double wm_pool_builtin_scale(WmLinkKind link, int n_seasons)
{
    for (size_t i = 0; link != WM_LINK_IDENTITY && i < N_OF(BUILTIN); i++)
        if (BUILTIN[i].n_seasons == n_seasons) {
            const double sd = link == WM_LINK_LOGIT ? BUILTIN[i].logit : BUILTIN[i].log;
            return sd * sd;
        }
    return NAN;
}

double wm_pool_df_lost(int n_seasons)
{
    return n_seasons == 1 ? POOL_YEAR_DF_LOST : 0;
}
