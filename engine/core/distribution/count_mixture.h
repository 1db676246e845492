/* engine/core/distribution/count_mixture.h: beta-binomial and negative binomial counts with a dispersion that is known so well and
 * no better. */
#ifndef WM_CORE_COUNT_MIXTURE_H
#define WM_CORE_COUNT_MIXTURE_H

#include <waymark/distribution.h>

/* Whether all numbers are within their ranges. */
bool count_mixture_is_sound(WmDistributionKind kind, const WmCountPart *count);

/* P(X <= x); x is rounded down. */
double count_mixture_cdf(WmDistributionKind kind, const WmCountPart *count, double x);

/* The least x with P(X <= x) >= p, 0 < p < 1. */
double count_mixture_quantile(WmDistributionKind kind, const WmCountPart *count, double p);

/* Sd of X: finite also where df <= 2. */
double count_mixture_sd(WmDistributionKind kind, const WmCountPart *count);

#endif
