/* One row a chart: what it draws, and its centre and limits.
 *
 * Sources: Wheeler, D. J. and Chambers, D. S. (1992), Understanding Statistical Process Control, 2nd ed. (XmR); Montgomery, D. C.
 * (2009), Introduction to Statistical Quality Control, 6th ed., ch. 7 (c, u, p); Laney, D. B. (2002), Quality Engineering 14,
 * 531-537 (p', u'); Benneyan, J. C. (2001), Health Care Management Science 4, 305-318 (g); Nelson, L. S. (1994), J. Quality
 * Technology 26, 239-240 (t).
 */
#include "engine/core/spc/spc_parts.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#define XMR_SCALE    2.66        /* 3 / d2 as Making Data Count rounds it, d2 = 1.128 for ranges of two */
#define I_SCALE      (3 / 1.128) /* the same, as R packages compute it */
#define SCREEN_SCALE 3.267       /* D4 for ranges of two: three sigma of the moving range */
#define T_POWER      (1 / 3.6)   /* makes an exponential time nearly normal (Nelson 1994) */

/* R's mean: a plain double sum may differ in the last bit, which is enough to lift a reading off a centre line that it equals.
 * Where long double is no wider than double the second pass alone still gives the correctly rounded mean of equal readings. */
double wm_spc_mean(const double *x, size_t n)
{
    if (n == 0)
        return NAN;

    long double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    const long double mean = sum / (long double)n;
    long double rest = 0;
    for (size_t i = 0; i < n; i++)
        rest += x[i] - mean;
    return (double)(mean + rest / (long double)n);
}

static size_t screen(double *range, size_t n, double bound)
{
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++)
        if (range[i] < bound)
            range[n_kept++] = range[i];
    return n_kept;
}

static bool any_above(const double *range, size_t n, double bound)
{
    for (size_t i = 0; i < n; i++)
        if (range[i] > bound)
            return true;
    return false;
}

double wm_spc_average_range(double *x, size_t n, WmSpcScreening screening)
{
    if (n < 2)
        return NAN;

    size_t n_ranges = n - 1;
    for (size_t i = 0; i < n_ranges; i++)
        x[i] = fabs(x[i + 1] - x[i]);
    double average = wm_spc_mean(x, n_ranges);
    for (size_t i_loop = 0; i_loop < screening.n_loops; i_loop++) {
        const double bound = SCREEN_SCALE * average;
        if (screening.keeps_equal && !any_above(x, n_ranges, bound))
            break;
        n_ranges = screen(x, n_ranges, bound);
        average = wm_spc_mean(x, n_ranges);
    }
    return average;
}

/* Readings that set the limits, copied to work->kept. */
static size_t keep(const WmSpcWork *work, size_t first, size_t end)
{
    size_t n_kept = 0;
    for (size_t i = first; i < end; i++)
        if (work->left_out[i] == WM_SPC_KEPT)
            work->kept[n_kept++] = work->y[i];
    return n_kept;
}

/* X bar +- scale * average moving range. */
static WmSpcLine individuals_line(const WmSpcWork *work, size_t first, size_t end)
{
    const size_t n_kept = keep(work, first, end);
    const double centre = wm_spc_mean(work->kept, n_kept);
    return (WmSpcLine){centre, work->chart->range_scale * wm_spc_average_range(work->kept, n_kept, work->screening)};
}

/* c bar +- 3 sqrt(c bar). */
static WmSpcLine c_line(const WmSpcWork *work, size_t first, size_t end)
{
    const double c = wm_spc_mean(work->kept, keep(work, first, end));
    return (WmSpcLine){c, 3 * sqrt(c)};
}

/* g bar +- 3 sqrt(g bar (g bar + 1)): the spread of a geometric count. */
static WmSpcLine g_line(const WmSpcWork *work, size_t first, size_t end)
{
    const double g = wm_spc_mean(work->kept, keep(work, first, end));
    return (WmSpcLine){g, 3 * sqrt(g * (g + 1))};
}

/* sum of numerators / sum of denominators; NAN without readings. */
static double pooled(const WmSpcWork *work, size_t first, size_t end)
{
    long double count = 0, area = 0;
    for (size_t i = first; i < end; i++) {
        if (work->left_out[i] != WM_SPC_KEPT)
            continue;
        count += work->count[i];
        area += work->area[i];
    }
    return area > 0 ? (double)count / (double)area : NAN;
}

/* sqrt(p (1 - p)); 0 rather than NAN where rounding or a numerator above its denominator takes p past 1. */
static double binomial_sd(double p)
{
    return p < 1 ? sqrt(p * (1 - p)) : p >= 1 ? 0 : NAN;
}

/* p bar +- 3 sqrt(p bar (1 - p bar) / n). */
static WmSpcLine p_line(const WmSpcWork *work, size_t first, size_t end)
{
    const double p = pooled(work, first, end);
    return (WmSpcLine){work->scale * p, 3 * work->scale * binomial_sd(p)};
}

/* u bar +- 3 sqrt(u bar / n). */
static WmSpcLine u_line(const WmSpcWork *work, size_t first, size_t end)
{
    const double u = pooled(work, first, end);
    return (WmSpcLine){work->scale * u, 3 * work->scale * sqrt(u)};
}

/* Laney: z = (p - p bar) / (sd / sqrt n), sigma_z = average moving range of z / 1.128, limits sd * sigma_z / sqrt n wide. */
static WmSpcLine laney(const WmSpcWork *work, size_t first, size_t end, double pooled_rate, double sd)
{
    if (!(sd > 0)) /* 0%, 100% or no event at all: z has no meaning */
        return (WmSpcLine){work->scale * pooled_rate, NAN};

    size_t n_kept = 0;
    for (size_t i = first; i < end; i++)
        if (work->left_out[i] == WM_SPC_KEPT)
            work->kept[n_kept++] = (work->count[i] / work->area[i] - pooled_rate) / (sd / sqrt(work->area[i]));
    const double spread = work->chart->range_scale * wm_spc_average_range(work->kept, n_kept, work->screening);
    return (WmSpcLine){work->scale * pooled_rate, work->scale * sd * spread};
}

static WmSpcLine pp_line(const WmSpcWork *work, size_t first, size_t end)
{
    const double p = pooled(work, first, end);
    return laney(work, first, end, p, binomial_sd(p));
}

static WmSpcLine up_line(const WmSpcWork *work, size_t first, size_t end)
{
    const double u = pooled(work, first, end);
    return laney(work, first, end, u, sqrt(u));
}

static double median(double *x, size_t n)
{
    if (n == 0)
        return NAN;
    gsl_sort(x, 1, n);
    return gsl_stats_median_from_sorted_data(x, 1, n);
}

static WmSpcLine run_line(const WmSpcWork *work, size_t first, size_t end)
{
    return (WmSpcLine){median(work->kept, keep(work, first, end)), NAN};
}

#define NO_LOW  (-INFINITY)
#define NO_HIGH INFINITY

/* clang-format off: a table to be read across */
static const WmSpcChartRow CHARTS[WM_N_SPC_CHARTS] = {
    /*               name   line              range_scale  needs_denominator  has_varying_limits  counts_events  low, high power */
    [WM_SPC_XMR] = {"xmr", individuals_line, XMR_SCALE, false, false, false, NO_LOW, NO_HIGH, 1},
    [WM_SPC_I] = {"i", individuals_line, I_SCALE, false, false, false, NO_LOW, NO_HIGH, 1},
    [WM_SPC_C] = {"c", c_line, 0, false, false, true, 0, NO_HIGH, 1},
    [WM_SPC_U] = {"u", u_line, 0, true, true, true, 0, NO_HIGH, 1},
    [WM_SPC_UP] = {"up", up_line, I_SCALE, true, true, true, 0, NO_HIGH, 1},
    [WM_SPC_P] = {"p", p_line, 0, true, true, true, 0, 1, 1},
    [WM_SPC_PP] = {"pp", pp_line, I_SCALE, true, true, true, 0, 1, 1},
    [WM_SPC_G] = {"g", g_line, 0, false, false, false, 0, NO_HIGH, 1},
    [WM_SPC_T] = {"t", individuals_line, I_SCALE, false, false, false, 0, NO_HIGH, T_POWER},
    [WM_SPC_RUN] = {"run", run_line, 0, false, false, false, NO_LOW, NO_HIGH, 1},
};
/* clang-format on */

const WmSpcChartRow *wm_spc_chart_row(WmSpcChart chart)
{
    return &CHARTS[chart == WM_SPC_AUTO ? WM_SPC_XMR : chart];
}

double wm_spc_point_value(const WmSpcChartRow *chart, const WmSpcPoint *point, double scale)
{
    double value = point->value;
    if (chart->needs_denominator)
        value = point->denominator > 0 ? scale * (point->numerator / point->denominator) : NAN;
    else if (chart->counts_events && isfinite(point->numerator))
        value = point->numerator;
    if (!isfinite(value) || (value < 0 && chart->low >= 0))
        return NAN;
    return chart->power < 1 ? pow(value, chart->power) : value;
}

double wm_spc_shown(const WmSpcChartRow *chart, double y)
{
    const double shown = chart->power < 1 ? pow(y, 1 / chart->power) : y;
    return isfinite(shown) ? shown : NAN; /* numbers near 1e308 overflow: no limit, rather than an infinite one */
}

double wm_spc_half(const WmSpcWork *work, const WmSpcLine *line, size_t i)
{
    return work->chart->has_varying_limits ? line->width / sqrt(work->area[i]) : line->width;
}

/* Comparisons rather than fmax and fmin, which would turn "no limit" into a bound. */
double wm_spc_lower(const WmSpcWork *work, const WmSpcLine *line, size_t i)
{
    const double lower = line->centre - wm_spc_half(work, line, i);
    return lower < work->low ? work->low : lower;
}

double wm_spc_upper(const WmSpcWork *work, const WmSpcLine *line, size_t i)
{
    const double upper = line->centre + wm_spc_half(work, line, i);
    return upper > work->high ? work->high : upper;
}

int8_t wm_spc_side(const WmSpcWork *work, double y, double centre)
{
    if (work->tolerance > 0 && fabs(y - centre) <= work->tolerance)
        return 0;
    return (int8_t)((y > centre) - (y < centre));
}
