/* Rank methods: Theil and Sen's slope, Mann and Kendall's test, Kendall's tau. */
#include <waymark/regression.h>

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>

#include "engine/core/regression/regression_parts.h"

#define N_EXACT              50 /* below this the exact distribution of S is used, as R's cor.test does */
#define Z_95                 1.959963984540054
#define MEDIAN_EFFICIENCY    1.253314137315500 /* sqrt(pi / 2): the normal sd of a median over that of a mean */
#define FACTOR_WITHOUT_ERROR 1e150 /* a coefficient with no error has an endless row in R; this large one leaves no infinity */

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

/* Usable readings of a line in scratch: t, then y, then room for n_room more; n in *n. NULL without memory. */
static double *take_usable(const WmLineReadings *readings, WmRegressionScratch *scratch, size_t n_room, size_t *n)
{
    double *t = regression_scratch_take(scratch, 2 * readings->n + n_room), *y = t + readings->n;
    *n = 0;
    for (size_t i = 0; t && i < readings->n; i++) {
        const double weight = readings->weight ? readings->weight[i] : 1;
        if (!isfinite(readings->t[i]) || !isfinite(readings->y[i]) || !(weight > 0))
            continue;
        t[*n] = readings->t[i];
        y[(*n)++] = readings->y[i];
    }
    return t;
}

/* Sums over groups of u equal values, after sorting: u(u-1), u(u-1)(u-2), u(u-1)(2u+5). */
typedef struct {
    double pairs, triples, variance;
} Ties;

static Ties count_ties(double *values, size_t n)
{
    Ties ties = {0};
    gsl_sort(values, 1, n);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && values[end] == values[i];)
            end++;
        const double u = (double)(end - i);
        ties.pairs += u * (u - 1);
        ties.triples += u * (u - 1) * (u - 2);
        ties.variance += u * (u - 1) * (2 * u + 5);
    }
    return ties;
}

/* P(D <= d) for the number D of discordant pairs in a random order of n: counts c_n(k) = sum_{i<n} c_{n-1}(k - i) as probabilities.
 * Kendall (1970), Rank Correlation Methods, 4th ed., section 5.2. `share` and `last` hold n(n-1)/2 + 1 each. */
static double share_of_orders(size_t n, size_t d, double *share, double *last)
{
    const size_t n_counts = n * (n - 1) / 2 + 1;
    memset(share, 0, n_counts * sizeof *share);
    share[0] = 1;
    for (size_t m = 2; m <= n; m++) {
        memcpy(last, share, n_counts * sizeof *share);
        double window = 0;
        const size_t top = m * (m - 1) / 2;
        for (size_t k = 0; k <= top; k++) {
            window = 0;
            for (size_t i = 0; i < m && i <= k; i++)
                window += last[k - i];
            share[k] = window / (double)m;
        }
    }
    double sum = 0;
    for (size_t k = 0; k <= d && k < n_counts; k++)
        sum += share[k];
    return sum;
}

/* Two-sided: twice the smaller tail, which symmetry makes a lower one, so that a small p keeps its digits. */
static double exact_p_value(double s, size_t n, double *room)
{
    const size_t n_pairs = n * (n - 1) / 2;
    const size_t n_few = (size_t)(((double)n_pairs - fabs(s)) / 2 + 0.5);
    return fmin(1, 2 * share_of_orders(n, n_few, room, room + n_pairs + 1));
}

/* Var S with ties in both: Kendall (1970), equation 4.4. Without ties in t it is the form of Mann and Kendall's test. */
static double variance_of_s(double n, const Ties *t, const Ties *y)
{
    const double variance = (n * (n - 1) * (2 * n + 5) - t->variance - y->variance) / 18 + t->pairs * y->pairs / (2 * n * (n - 1));
    return n > 2 ? variance + t->triples * y->triples / (9 * n * (n - 1) * (n - 2)) : variance;
}

static double count_s(const double *t, const double *y, size_t n)
{
    long s = 0;
    for (size_t i = 0; i + 1 < n; i++)
        for (size_t j = i + 1; j < n; j++)
            s += sign(t[j] - t[i]) * sign(y[j] - y[i]);
    return (double)s;
}

static void test_readings(double *t, double *y, size_t n, double *room, WmMannKendall *out)
{
    const double pairs = (double)n * (double)(n - 1);
    out->s = count_s(t, y, n);
    const Ties t_ties = count_ties(t, n), y_ties = count_ties(y, n);
    out->variance = variance_of_s((double)n, &t_ties, &y_ties);
    if (pairs - t_ties.pairs <= 0 || pairs - y_ties.pairs <= 0) /* all at one time, or all equal: no order to speak of */
        return;
    out->z = (out->s - sign(out->s)) / sqrt(out->variance);
    out->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(out->z));
    out->tau_b = 2 * out->s / sqrt(pairs - t_ties.pairs) / sqrt(pairs - y_ties.pairs);
    out->is_exact = n < N_EXACT && t_ties.pairs + y_ties.pairs <= 0;
    out->tau_p_value = out->is_exact ? exact_p_value(out->s, n, room) : 2 * gsl_cdf_ugaussian_Q(fabs(out->s) / sqrt(out->variance));
}

WmStatus wm_mann_kendall(const WmLineReadings *readings, WmRegressionScratch *scratch, WmMannKendall *out)
{
    *out = (WmMannKendall){.s = NAN, .variance = NAN, .z = NAN, .p_value = NAN, .tau_b = NAN, .tau_p_value = NAN};
    size_t n;
    double *t = take_usable(readings, scratch, N_EXACT * N_EXACT + 2, &n);
    if (!t)
        return WM_NO_MEMORY;
    out->n = n;
    if (n >= 2)
        test_readings(t, t + readings->n, n, t + 2 * readings->n, out);
    return WM_OK;
}

static size_t pair_slopes(const double *t, const double *y, size_t n, size_t stride, double *b)
{
    size_t n_b = 0;
    for (size_t i = 0; i + 1 < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (t[i * stride] != t[j * stride])
                b[n_b++] = (y[j] - y[i]) / (t[j * stride] - t[i * stride]);
    gsl_sort(b, 1, n_b);
    return n_b;
}

/* The ordered slope of (real) rank `rank` from 1, between neighbours by interpolation. */
static double slope_of_rank(const double *b, size_t n_b, double rank)
{
    const double at = fmin(fmax(rank - 1, 0), (double)(n_b - 1));
    const size_t i = (size_t)at;
    return i + 1 < n_b ? b[i] + (at - (double)i) * (b[i + 1] - b[i]) : b[n_b - 1];
}

/* Ranks (N -+ C) / 2 and one more at the top, C = z sqrt(Var S): Gilbert (1987), Statistical Methods for Environmental Pollution
 * Monitoring, section 16.5. */
static void interval_of_slopes(const double *b, size_t n_b, double variance, double *low, double *high)
{
    const double c = Z_95 * sqrt(variance), n = (double)n_b;
    *low = slope_of_rank(b, n_b, (n - c) / 2);
    *high = slope_of_rank(b, n_b, (n + c) / 2 + 1);
}

WmStatus wm_theil_sen(const WmLineReadings *readings, WmRegressionScratch *scratch, WmTheilSen *out)
{
    *out = (WmTheilSen){
        .slope = NAN, .slope_low = NAN, .slope_high = NAN, .intercept_median_median = NAN, .intercept_median_residual = NAN};
    size_t n;
    const size_t n_room = readings->n * readings->n + readings->n;
    double *t = take_usable(readings, scratch, n_room, &n), *y = t + readings->n, *b = y + readings->n;
    if (!t)
        return WM_NO_MEMORY;
    out->n = n;
    const size_t n_b = pair_slopes(t, y, n, 1, b);
    if (n_b == 0)
        return WM_OK;
    out->slope = n_b % 2 ? b[n_b / 2] : (b[n_b / 2 - 1] + b[n_b / 2]) / 2;
    double *sorted = b + n_b;
    for (size_t i = 0; i < n; i++)
        sorted[i] = y[i] - out->slope * t[i];
    out->intercept_median_residual = regression_median(sorted, n);
    const Ties t_ties = count_ties(t, n), y_ties = count_ties(y, n);
    if (n > 2)
        interval_of_slopes(b, n_b, variance_of_s((double)n, &t_ties, &y_ties), &out->slope_low, &out->slope_high);
    out->intercept_median_median = regression_median(y, n) - out->slope * regression_median(t, n);
    return WM_OK;
}

/* A diagonal R whose rows give the level and the slope their own standard errors. */
static void keep_errors(WmRegression *out, double level_error, double slope_error)
{
    out->factor[0] = level_error > 0 ? out->error_scale / level_error : FACTOR_WITHOUT_ERROR;
    out->factor[3] = slope_error > 0 ? out->error_scale / slope_error : FACTOR_WITHOUT_ERROR;
}

/* Mann and Kendall's test of the line's own readings; the times and the values are sorted in the QR's room. */
static void test_line(RegressionWork *work, WmMannKendall *out)
{
    const size_t n = work->n;
    for (size_t i = 0; i < n; i++) {
        work->qr[i] = work->x[2 * i + 1];
        work->qr[n + i] = work->y[i];
    }
    *out = (WmMannKendall){.s = count_s(work->qr, work->qr + n, n), .p_value = 1};
    const Ties t_ties = count_ties(work->qr, n), y_ties = count_ties(work->qr + n, n);
    out->variance = variance_of_s((double)n, &t_ties, &y_ties);
    if (out->variance > 0) {
        out->z = (out->s - sign(out->s)) / sqrt(out->variance);
        out->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(out->z));
    }
}

/* The line through the median residual at the median time; x is (1, t - median t). */
void regression_fit_theil_sen(RegressionWork *work, WmRegression *out)
{
    const size_t n = work->n, n_b = pair_slopes(work->x + 1, work->y, n, 2, work->sorted);
    if (n_b == 0) {
        out->state = WM_REGRESSION_SINGULAR;
        return;
    }
    WmMannKendall test;
    test_line(work, &test);
    const double slope = n_b % 2 ? work->sorted[n_b / 2] : (work->sorted[n_b / 2 - 1] + work->sorted[n_b / 2]) / 2;
    double low, high;
    interval_of_slopes(work->sorted, n_b, test.variance, &low, &high);

    for (size_t i = 0; i < n; i++)
        work->residual[i] = work->sorted[i] = work->y[i] - slope * work->x[2 * i + 1];
    const double level = regression_median(work->sorted, n);
    for (size_t i = 0; i < n; i++)
        work->residual[i] -= level;
    out->state = WM_REGRESSION_FITTED;
    out->coefficient[0] = level;
    out->coefficient[1] = slope;
    out->statistic[1] = test.z;
    out->p_value[1] = test.p_value;
    out->scale = out->error_scale = regression_mad_scale(work, work->residual);
    out->rss = regression_rss(work, NULL);
    keep_errors(out, MEDIAN_EFFICIENCY * out->scale / sqrt((double)n), (high - low) / (2 * Z_95));
}
