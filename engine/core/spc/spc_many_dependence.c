/* Seasons, overlapping periods and autocorrelation: readings that are not independent, which control charts take for signals.
 *
 * Autocorrelation is looked for in the *changes* from reading to reading, large ones cut, because a step or a slow trend makes the
 * readings themselves resemble their neighbours without any dependence. Independent readings have changes whose lag-1
 * autocorrelation is -1/2, that of a moving average of order 1 with coefficient -1.
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "engine/core/spc/spc_many_parts.h"

#define CUT           3.267 /* of the average change: as moving ranges are screened */
#define BIAS          1.25  /* of r_1 times n: -1/2 + 1.2 / 8 to -1/2 + 1.3 / 120 in 40,000 independent series of each length */
#define FEWEST        8     /* readings, for a lag-1 autocorrelation */
#define FEWEST_PAIRS  12    /* of changes a year apart */
#define LEVEL         0.01  /* of the tests, one-sided */
#define ROLLING_LEVEL 0.05  /* only asked once autocorrelation is found: then it names which */
#define MOST_PERIODS  12    /* a year */
#define FEW_PERIODS   4

/* Changes between neighbours, less their median, cut at +- CUT times their average size; NAN where an end is missing. */
static size_t take_changes(const double *y, size_t n, double *change, double *sorted)
{
    size_t n_known = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        change[i] = y[i + 1] - y[i];
        if (!isnan(change[i]))
            sorted[n_known++] = change[i];
    }
    if (n_known == 0)
        return 0;
    gsl_sort(sorted, 1, n_known);
    const double median = gsl_stats_median_from_sorted_data(sorted, 1, n_known);
    double size = 0;
    for (size_t i = 0; i < n_known; i++)
        size += fabs(sorted[i] - median) / (double)n_known;
    for (size_t i = 0; i + 1 < n; i++)
        change[i] = isnan(change[i]) ? NAN : fmax(-CUT * size, fmin(CUT * size, change[i] - median));
    return n_known;
}

/* Autocorrelation at a lag: mean product over the pairs that are known, over the mean square. NAN without variation. */
static double autocorrelation(const double *x, size_t n, size_t lag, size_t *n_pairs)
{
    double products = 0, squares = 0;
    size_t n_known = 0;
    *n_pairs = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]))
            continue;
        squares += x[i] * x[i];
        n_known++;
        if (i < lag || isnan(x[i - lag]))
            continue;
        products += x[i] * x[i - lag];
        ++*n_pairs;
    }
    return *n_pairs && squares > 0 ? products / (double)*n_pairs / (squares / (double)n_known) : NAN;
}

/* Ranks of one year's readings, their straight line taken out first; ties share the mean rank. */
static void rank_year(const double *y, size_t k, double *rank)
{
    double x[MOST_PERIODS], mean = 0, slope = 0, spread = 0;
    for (size_t i = 0; i < k; i++)
        mean += y[i] / (double)k;
    for (size_t i = 0; i < k; i++) {
        const double t = (double)i - ((double)k - 1) / 2;
        slope += t * (y[i] - mean);
        spread += t * t;
    }
    slope = k > FEW_PERIODS ? slope / spread : 0; /* of four quarters too little would be left */
    for (size_t i = 0; i < k; i++)
        x[i] = y[i] - slope * (double)i;
    for (size_t i = 0; i < k; i++) {
        rank[i] = 0.5;
        for (size_t j = 0; j < k; j++)
            rank[i] += x[j] < x[i] ? 1 : x[j] == x[i] ? 0.5 : 0;
    }
}

/* Friedman's test over whole years back from the latest reading: do the same periods rank high each year? Friedman, M. (1937), J.
 * Amer. Statist. Assoc. 32, 675-701, by the F approximation of Kendall, M. G. and Babington Smith, B. (1939), Ann. Math. Statist.
 * 10, 275-287: F = (b - 1) W / (1 - W) with f - 2 / b and (b - 1) times as many degrees of freedom, f = k - 1, or k - 2 where a
 * line was taken out of each year. A step disturbs one year only. NAN for fewer than two whole years. */
static double seasonal_p(const double *y, size_t n, size_t k)
{
    double sum[MOST_PERIODS] = {0}, rank[MOST_PERIODS];
    size_t n_years = 0;
    for (size_t end = n; end >= k; end -= k) {
        bool is_whole = true;
        for (size_t i = 0; i < k; i++)
            is_whole = is_whole && !isnan(y[end - k + i]);
        if (!is_whole)
            continue;
        rank_year(y + end - k, k, rank);
        for (size_t i = 0; i < k; i++)
            sum[i] += rank[i];
        n_years++;
    }
    if (n_years < 2)
        return NAN;
    const double b = (double)n_years, kd = (double)k;
    double q = 0;
    for (size_t i = 0; i < k; i++)
        q += pow(sum[i] - b * (kd + 1) / 2, 2);
    q *= 12 / (b * kd * (kd + 1));
    const double rest = b * (kd - 1) - q;
    const double df = (k > FEW_PERIODS ? kd - 2 : kd - 1) - 2 / b;
    return rest > 0 ? gsl_cdf_fdist_Q((b - 1) * q / rest, df, (b - 1) * df) : 0;
}

static WmSpcCaution caution_of(const WmSpcDependence *d)
{
    const double z = gsl_cdf_ugaussian_Pinv(1 - LEVEL), z_rolling = gsl_cdf_ugaussian_Pinv(1 - ROLLING_LEVEL);
    if (d->seasonal_p <= LEVEL && !(d->r_year_z < 0))
        return WM_SPC_CAUTION_SEASONAL;
    if (!(d->r1_z > z))
        return WM_SPC_CAUTION_NONE;
    return d->r_year_z < -z_rolling && d->r1 > -0.25 ? WM_SPC_CAUTION_ROLLING : WM_SPC_CAUTION_AUTOCORRELATED;
}

/* Bartlett, M. S. (1946), J. Roy. Statist. Soc. Suppl. 8, 27-41: var r_1 = (1 - 3 rho^2 + 4 rho^4) / n at rho = -1/2 is 1 / (2 n);
 * at a lag where the process has no correlation, and differences have none from the second lag on, (1 + 2 rho_1^2) / n. */
void wm_spc_dependence(const double *y, size_t n, size_t periods_a_year, double *scratch, WmSpcDependence *out)
{
    *out = (WmSpcDependence){.r1 = NAN, .r1_z = NAN, .r_year = NAN, .r_year_z = NAN, .seasonal_p = NAN};
    for (size_t i = 0; i < n; i++)
        out->n += isnan(y[i]) ? 0 : 1;
    if (out->n < FEWEST)
        return;

    double *change = scratch, *sorted = scratch + n;
    take_changes(y, n, change, sorted);
    size_t n_pairs;
    out->r1 = autocorrelation(change, n - 1, 1, &n_pairs);
    out->r1_z = (out->r1 + 0.5 - BIAS / (double)out->n) / sqrt(0.5 / (double)n_pairs);
    if (periods_a_year >= 2 && periods_a_year <= MOST_PERIODS) {
        const double r = autocorrelation(change, n - 1, periods_a_year, &n_pairs);
        if (n_pairs >= FEWEST_PAIRS) {
            out->r_year = r;
            out->r_year_z = r / sqrt((1 + 2 * out->r1 * out->r1) / (double)n_pairs);
        }
        out->seasonal_p = periods_a_year > 2 ? seasonal_p(y, n, periods_a_year) : NAN;
    }
    out->caution = caution_of(out);
}

size_t wm_spc_treat(const double *y, size_t n, size_t periods_a_year, WmSpcCaution caution, double *out)
{
    const size_t lag = caution == WM_SPC_CAUTION_ROLLING ? 1 : caution == WM_SPC_CAUTION_SEASONAL ? periods_a_year : 0;
    for (size_t i = n; i-- > 0;)
        out[i] = lag == 0 ? y[i] : i >= lag ? y[i] - y[i - lag] : NAN;
    return lag;
}
