/* Intervals and funnel limits. */
#include <waymark/area.h>

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "engine/core/text/names.h"

static const WmInterval UNKNOWN = {NAN, NAN};

/* Of a two-sided level: 0.95 is 1.96. */
static double z_of(double level)
{
    return gsl_cdf_ugaussian_Pinv(0.5 + level / 2);
}

static bool is_usable(double events, double denominator)
{
    return isfinite(events) && isfinite(denominator) && events >= 0 && denominator > 0;
}

WmInterval wm_interval_wilson(double events, double denominator, double level)
{
    if (!is_usable(events, denominator) || events > denominator)
        return UNKNOWN;
    const double z = z_of(level), n = denominator, p = events / n, z2n = z * z / n;
    const double middle = p + z2n / 2, half = z * sqrt(p * (1 - p) / n + z2n / (4 * n));
    /* At the ends the formula is exact only up to rounding. */
    return (WmInterval){events == 0 ? 0 : fmax(0, (middle - half) / (1 + z2n)),
                        events == n ? 1 : fmin(1, (middle + half) / (1 + z2n))};
}

WmInterval wm_interval_poisson(double events, double exposure, double level)
{
    if (!is_usable(events, exposure))
        return UNKNOWN;
    const double tail = (1 - level) / 2;
    const double low = events > 0 ? gsl_cdf_chisq_Pinv(tail, 2 * events) / 2 : 0;
    return (WmInterval){low / exposure, gsl_cdf_chisq_Qinv(tail, 2 * events + 2) / 2 / exposure};
}

static double byar_end(double events, double z)
{
    const double root = 1 - 1 / (9 * events) + z / (3 * sqrt(events));
    return events * root * root * root;
}

WmInterval wm_interval_byar(double events, double exposure, double level)
{
    if (!is_usable(events, exposure))
        return UNKNOWN;
    const double z = z_of(level), low = events > 0 ? fmax(0, byar_end(events, -z)) : 0;
    return (WmInterval){low / exposure, byar_end(events + 1, z) / exposure};
}

/* ---- funnel ---- */

static double whole_trials(double denominator)
{
    return fmax(1, round(denominator));
}

/* P(R <= r); 0 below 0. */
static double cumulative(WmEventLaw law, double theta, double trials, double r)
{
    if (r < 0)
        return 0;
    if (law == WM_EVENTS_BINOMIAL)
        return r >= trials ? 1 : gsl_cdf_binomial_P((unsigned)r, theta, (unsigned)trials);
    return theta > 0 ? gsl_cdf_poisson_P((unsigned)r, theta * trials) : 1;
}

/* From this variance on, the laws' own functions take thousands of steps, and two terms of Cornish and Fisher's expansion are as
 * good to a hundredth of a count. */
#define LARGE_VARIANCE 2e4

typedef struct {
    double mean, variance, skewness;
} Moments;

static Moments moments(WmEventLaw law, double theta, double trials)
{
    const double mean = theta * trials, left = law == WM_EVENTS_BINOMIAL ? 1 - theta : 1;
    const double variance = mean * left;
    return (Moments){mean, variance, (law == WM_EVENTS_BINOMIAL ? 1 - 2 * theta : 1) / sqrt(variance)};
}

/* The interpolated quantile of a large count. Source: Cornish and Fisher (1938); half a count is what a step is wide. */
static double large_quantile(const Moments *m, double p)
{
    const double z = gsl_cdf_ugaussian_Pinv(p), w = z + m->skewness * (z * z - 1) / 6;
    return m->mean + sqrt(m->variance) * w - 0.5;
}

double wm_count_quantile(WmEventLaw law, double theta, double trials, double p)
{
    const Moments m = moments(law, theta, trials);
    const double sd = sqrt(m.variance), most = law == WM_EVENTS_BINOMIAL ? trials : m.mean + 20 * sd + 50;
    if (m.variance > LARGE_VARIANCE)
        return fmin(fmax(0, ceil(large_quantile(&m, p))), most);
    double below = -1, at = most; /* F(below) < p <= F(at) */
    const double guess = floor(m.mean + sd * gsl_cdf_ugaussian_Pinv(p)), reach = 3 + floor(sd / 4);
    if (guess - reach > below && cumulative(law, theta, trials, guess - reach) < p)
        below = guess - reach;
    if (guess + reach < at && guess + reach >= 0 && cumulative(law, theta, trials, guess + reach) >= p)
        at = guess + reach;
    while (at - below > 1) {
        const double middle = floor((at + below) / 2);
        if (cumulative(law, theta, trials, middle) >= p)
            at = middle;
        else
            below = middle;
    }
    return at;
}

static double interpolated(WmEventLaw law, double theta, double trials, double p)
{
    const Moments m = moments(law, theta, trials);
    if (m.variance <= 0)
        return theta; /* no area of none, or of all, is ever anywhere else */
    if (m.variance > LARGE_VARIANCE)
        return fmin(fmax(0, large_quantile(&m, p)) / trials, law == WM_EVENTS_BINOMIAL ? 1 : HUGE_VAL);
    const double r = wm_count_quantile(law, theta, trials, p);
    if (law == WM_EVENTS_BINOMIAL && r == trials && p > 0.5)
        return 1; /* nothing lies above all of them */
    const double at = cumulative(law, theta, trials, r), before = cumulative(law, theta, trials, r - 1);
    return fmax(0, (at > before ? r - (at - p) / (at - before) : r) / trials);
}

WmInterval wm_funnel_limits(WmEventLaw law, double theta, double denominator, double level)
{
    if (!is_usable(theta, denominator) || (law == WM_EVENTS_BINOMIAL && theta > 1))
        return UNKNOWN;
    const double trials = law == WM_EVENTS_BINOMIAL ? whole_trials(denominator) : denominator, tail = (1 - level) / 2;
    return (WmInterval){interpolated(law, theta, trials, tail), interpolated(law, theta, trials, 1 - tail)};
}

/* ---- overdispersion ---- */

#define WINSORISED 0.1 /* share of areas at each end */

static double variance(WmEventLaw law, double theta, double denominator)
{
    return (law == WM_EVENTS_BINOMIAL ? theta * (1 - theta) : theta) / denominator;
}

static double pooled(const WmAreaEvents *areas, size_t n)
{
    double events = 0, denominators = 0;
    for (size_t i = 0; i < n; i++)
        if (is_usable(areas[i].events, areas[i].denominator)) {
            events += areas[i].events;
            denominators += areas[i].denominator;
        }
    return denominators > 0 ? events / denominators : NAN;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Mean of the squares of n sorted numbers, the outermost set to those at the quantiles. */
static double winsorised_square(const double *z, size_t n)
{
    const size_t n_cut = (size_t)(WINSORISED * (double)n);
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t j = i < n_cut ? n_cut : i + n_cut >= n ? n - 1 - n_cut : i;
        sum += z[j] * z[j];
    }
    return sum / (double)n;
}

WmAreaSpread wm_area_spread(WmEventLaw law, const WmAreaEvents *areas, size_t n, double theta, double *z)
{
    WmAreaSpread spread = {.theta = isnan(theta) ? pooled(areas, n) : theta, .phi = NAN};
    double weights = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        const double v = variance(law, spread.theta, areas[i].denominator);
        if (!is_usable(areas[i].events, areas[i].denominator) || !(v > 0))
            continue;
        z[spread.n_areas++] = (areas[i].events / areas[i].denominator - spread.theta) / sqrt(v);
        weights += 1 / v;
        squares += 1 / (v * v);
    }
    if (spread.n_areas < 2)
        return spread;
    qsort(z, spread.n_areas, sizeof *z, compare);
    const double count = (double)spread.n_areas, phi = winsorised_square(z, spread.n_areas);
    const double excess = count * phi - (count - 1);
    spread.phi = excess > 0 ? fmax(phi, 1) : 1;
    spread.tau = excess > 0 ? sqrt(excess / (weights - squares / weights)) : 0;
    return spread;
}

WmInterval wm_funnel_limits_spread(WmEventLaw law, WmOverdispersion overdispersion, const WmAreaSpread *spread, double theta,
                                   double denominator, double level)
{
    if (overdispersion == WM_OVERDISPERSION_NONE || !is_usable(theta, denominator))
        return wm_funnel_limits(law, theta, denominator, level);
    const double v = variance(law, theta, denominator);
    const bool is_multiplied = overdispersion == WM_OVERDISPERSION_MULTIPLICATIVE;
    const double wide = is_multiplied ? v * (isnan(spread->phi) ? 1 : spread->phi) : v + spread->tau * spread->tau;
    const double half = z_of(level) * sqrt(wide);
    return (WmInterval){fmax(0, theta - half), law == WM_EVENTS_BINOMIAL ? fmin(1, theta + half) : theta + half};
}

int wm_funnel_side(WmEventLaw law, WmOverdispersion overdispersion, const WmAreaSpread *spread, double theta, double events,
                   double denominator)
{
    static const double LEVELS[] = {0.95, 0.998};
    const double share = events / denominator, rounding = 1e-9 * fabs(share);
    int side = 0;
    for (int i = 0; i < 2; i++) {
        const WmInterval limits = wm_funnel_limits_spread(law, overdispersion, spread, theta, denominator, LEVELS[i]);
        side = share > limits.high + rounding ? i + 1 : share < limits.low - rounding ? -i - 1 : side;
    }
    return side;
}

static const char *const OVERDISPERSION_NAMES[WM_N_OVERDISPERSIONS] = {
    [WM_OVERDISPERSION_NONE] = "none",
    [WM_OVERDISPERSION_MULTIPLICATIVE] = "multiplicative",
    [WM_OVERDISPERSION_ADDITIVE] = "additive",
};

WM_DEFINE_NAMES(wm_overdispersion, WmOverdispersion, OVERDISPERSION_NAMES)
