/* engine/core/pool/pool_structure.h: the terms of a structural kernel's covariance, of which pool_kernel.c says the whole. */
#ifndef WM_CORE_POOL_STRUCTURE_H
#define WM_CORE_POOL_STRUCTURE_H

#include <math.h>

#include "engine/core/pool/pool.h"

static inline bool pool_has_decay(const PoolKernel *kernel)
{
    return kernel->phi < 1;
}

static inline bool pool_has_slope(const PoolKernel *kernel)
{
    return kernel->b2 > 0;
}

static inline bool pool_has_season(const PoolKernel *kernel, int n_seasons)
{
    return kernel->s2 > 0 && n_seasons > 1;
}

static inline double pool_stationary_variance(const PoolKernel *kernel)
{
    return kernel->q / (1 - kernel->phi * kernel->phi);
}

/* Of two readings of the same season. */
static inline double pool_same_season(const PoolKernel *kernel, int n_seasons)
{
    return pool_has_season(kernel, n_seasons) ? kernel->s2 * n_seasons / (n_seasons - 1) : 0;
}

static inline double pool_any_season(const PoolKernel *kernel, int n_seasons)
{
    return pool_has_season(kernel, n_seasons) ? -kernel->s2 / (n_seasons - 1) : 0;
}

/* (1 - g^i)/(1 - g): what a slope of 1 that dies away comes to in i steps, the first of them whole. */
static inline double pool_slope_sum(const PoolKernel *kernel, int i)
{
    return (1 - pow(kernel->dphi, i)) / (1 - kernel->dphi);
}

/* The strip of T: g (1 - g^i)/(1 - g)^2, i = tau + 1. */
static inline double pool_slope_strip(const PoolKernel *kernel, int tau)
{
    const double g = kernel->dphi;
    return pool_has_slope(kernel) ? g * pool_slope_sum(kernel, tau + 1) / (1 - g) : 0;
}

/* The square of T: i(1+g)/(1-g) - 2g(1-g^i)/(1-g)^2, which is twice the strip off the first term. */
static inline double pool_slope_square(const PoolKernel *kernel, int tau)
{
    const double g = kernel->dphi;
    return pool_has_slope(kernel) ? (tau + 1) * (1 + g) / (1 - g) - 2 * pool_slope_strip(kernel, tau) : 0;
}

/* Of the signal at a time, but for steps at interventions. */
static inline double pool_variance_at(const PoolKernel *kernel, int n_seasons, int tau)
{
    const double level = pool_has_decay(kernel) ? pool_stationary_variance(kernel) : kernel->q * (tau + 1);
    return POOL_LEVEL_VARIANCE + level + pool_any_season(kernel, n_seasons) + pool_same_season(kernel, n_seasons) +
           kernel->b2 * pool_slope_square(kernel, tau);
}

#endif
