/* Counts whose dispersion is mixed over: sums over a few equally likely values of it. */
#include "engine/core/distribution/count_mixture.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Equally likely values of chi2_df that stand for all. */
#define N_NODES 15

/* Up to so many trials the beta-binomial is summed; beyond, a beta with half a trial of continuity differs by less than 0.002 in
 * probability. */
#define SUMMED_TRIALS 200

#define RHO_MAX      0.999 /* all or none: beyond it a beta has no digits */
#define LARGEST      4e9   /* what GSL's counts hold */
#define PLAIN_EXCESS 1e-9  /* dispersion - 1 below which chance alone is meant */

bool count_mixture_is_sound(WmDistributionKind kind, const WmCountPart *count)
{
    const bool has_trials =
        kind != WM_DISTRIBUTION_BETA_BINOMIAL || (count->trials >= 1 && count->trials < LARGEST && count->mean <= count->trials);
    return has_trials && count->mean >= 0 && count->mean < LARGEST && count->dispersion > 0 && isfinite(count->dispersion) &&
           count->df > 0 && count->unit > 0 && count->per > 0;
}

/* What the dispersion is multiplied by at a node: df / chi2. */
static double node(double df, int i)
{
    return isinf(df) ? 1 : df / gsl_cdf_chisq_Pinv((i + 0.5) / N_NODES, df);
}

static int n_nodes(double df)
{
    return isinf(df) ? 1 : N_NODES;
}

/* P(X <= x) by the ratio of neighbours, P(k+1)/P(k) = (N-k)(a+k) / ((k+1)(b+N-k-1)), from the side that is nearer. */
static double summed_beta_binomial(double x, double N, double a, double b)
{
    double log_p = lgamma(N + b) - lgamma(b) + lgamma(a + b) - lgamma(N + a + b), sum = 0; /* of 0 events */
    for (double k = 0; k <= x; k++) {
        sum += exp(log_p);
        log_p += log((N - k) * (a + k) / ((k + 1) * (b + N - k - 1)));
    }
    return fmin(sum, 1);
}

static double beta_binomial_cdf(double x, double N, double share, double dispersion)
{
    if (x >= N || share <= 0)
        return 1;
    if (share >= 1)
        return 0;
    if (dispersion <= 1 + PLAIN_EXCESS || N <= 1)
        return gsl_cdf_binomial_P((unsigned)x, share, (unsigned)N);
    const double rho = fmin((dispersion - 1) / (N - 1), RHO_MAX);
    if (N <= SUMMED_TRIALS)
        return summed_beta_binomial(x, N, share * (1 - rho) / rho, (1 - share) * (1 - rho) / rho);
    const double s = N / (1 + (N - 1) * rho) - 1; /* a + b of the beta with the variance of X/N */
    return s > 0 ? gsl_cdf_beta_P((x + 0.5) / N, share * s, (1 - share) * s) : 1 - share;
}

static double negative_binomial_cdf(double x, double mean, double dispersion)
{
    if (mean <= 0)
        return 1;
    if (dispersion <= 1 + PLAIN_EXCESS)
        return gsl_cdf_poisson_P((unsigned)fmin(x, LARGEST), mean);
    const double k = mean / (dispersion - 1);
    return gsl_cdf_negative_binomial_P((unsigned)fmin(x, LARGEST), 1 / dispersion, k);
}

double count_mixture_cdf(WmDistributionKind kind, const WmCountPart *count, double x)
{
    if (x < 0)
        return 0;
    const double whole = floor(x), share = count->mean / count->trials;
    double sum = 0;
    for (int i = 0; i < n_nodes(count->df); i++) {
        const double dispersion = count->dispersion * node(count->df, i);
        sum += kind == WM_DISTRIBUTION_BETA_BINOMIAL ? beta_binomial_cdf(whole, count->trials, share, dispersion)
                                                     : negative_binomial_cdf(whole, count->mean, dispersion);
    }
    return sum / n_nodes(count->df);
}

double count_mixture_quantile(WmDistributionKind kind, const WmCountPart *count, double p)
{
    double low = -1, high = kind == WM_DISTRIBUTION_BETA_BINOMIAL ? count->trials : fmax(1, floor(count->mean));
    while (kind == WM_DISTRIBUTION_NEGATIVE_BINOMIAL && high < LARGEST && count_mixture_cdf(kind, count, high) < p) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        const double middle = floor((low + high) / 2);
        if (count_mixture_cdf(kind, count, middle) >= p)
            high = middle;
        else
            low = middle;
    }
    return high;
}

double count_mixture_sd(WmDistributionKind kind, const WmCountPart *count)
{
    const bool is_binomial = kind == WM_DISTRIBUTION_BETA_BINOMIAL;
    const double plain = is_binomial ? count->mean * (1 - count->mean / count->trials) : count->mean;
    const double most = is_binomial ? 1 + (count->trials - 1) * RHO_MAX : INFINITY;
    double sum = 0;
    for (int i = 0; i < n_nodes(count->df); i++)
        sum += plain * fmin(fmax(count->dispersion * node(count->df, i), 1), most);
    return sqrt(fmax(sum, 0) / n_nodes(count->df));
}
