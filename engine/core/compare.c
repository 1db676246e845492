/* Areas against each other. */
#include <waymark/compare.h>
#include <waymark/formula.h>

#include <math.h>

#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>

static bool has_counts(const WmAreaFigure *figure)
{
    return isfinite(figure->value) && isfinite(figure->numerator) && figure->numerator >= 0 && isfinite(figure->denominator) &&
           figure->denominator > 0;
}

double wm_area_scale(WmKind kind, const WmAreaFigure *figures, size_t n, double *scratch)
{
    if (kind == WM_KIND_PERCENT)
        return 100;
    if (kind != WM_KIND_RATE && kind != WM_KIND_DURATION && kind != WM_KIND_SCORE)
        return NAN;
    size_t n_scales = 0;
    for (size_t i = 0; i < n; i++) {
        const double scale = figures[i].value * figures[i].denominator / figures[i].numerator;
        if (has_counts(&figures[i]) && isfinite(scale) && scale > 0)
            scratch[n_scales++] = scale;
    }
    return wm_share_scale_seen(scratch, n_scales);
}

WmAreaTotal wm_area_total(const WmAreaFigure *figures, size_t n, double scale)
{
    WmAreaTotal total = {.value = NAN, .numerator = NAN, .denominator = NAN};
    double numerators = 0, denominators = 0;
    for (size_t i = 0; i < n; i++) {
        if (!has_counts(&figures[i])) {
            total.n_without += isfinite(figures[i].value);
            continue;
        }
        numerators += figures[i].numerator;
        denominators += figures[i].denominator;
        total.n_areas++;
    }
    if (total.n_areas == 0)
        return total;
    total.numerator = numerators;
    total.denominator = denominators;
    total.value = scale * numerators / denominators;
    return total;
}

size_t wm_area_values(const WmAreaFigure *figures, size_t n, double *sorted)
{
    size_t n_values = 0;
    for (size_t i = 0; i < n; i++)
        if (isfinite(figures[i].value))
            sorted[n_values++] = figures[i].value;
    gsl_sort(sorted, 1, n_values);
    return n_values;
}

WmQuartiles wm_quartiles(const double *sorted, size_t n)
{
    if (n == 0)
        return (WmQuartiles){0, NAN, NAN, NAN};
    return (WmQuartiles){n, gsl_stats_quantile_from_sorted_data(sorted, 1, n, 0.25),
                         gsl_stats_quantile_from_sorted_data(sorted, 1, n, 0.5),
                         gsl_stats_quantile_from_sorted_data(sorted, 1, n, 0.75)};
}

/* How many of n sorted values are below a value, or with `counts_equal` not above it. */
static size_t n_below(const double *sorted, size_t n, double value, bool counts_equal)
{
    size_t low = 0, high = n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (sorted[middle] < value || (counts_equal && sorted[middle] == value))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t wm_area_rank(const double *sorted, size_t n, WmPolarity polarity, double value)
{
    if (!isfinite(value))
        return 0;
    return 1 + (polarity == WM_POLARITY_LOWER ? n_below(sorted, n, value, false) : n - n_below(sorted, n, value, true));
}

int wm_area_quartile(const WmQuartiles *quartiles, WmPolarity polarity, double value)
{
    if (quartiles->n < WM_FEWEST_QUARTERED || !isfinite(value))
        return 0;
    if (polarity == WM_POLARITY_LOWER)
        return value <= quartiles->lower ? 1 : value <= quartiles->median ? 2 : value <= quartiles->upper ? 3 : 4;
    return value >= quartiles->upper ? 1 : value >= quartiles->median ? 2 : value >= quartiles->lower ? 3 : 4;
}

double wm_best_quartile(const WmQuartiles *quartiles, WmPolarity polarity)
{
    if (quartiles->n < WM_FEWEST_QUARTERED)
        return NAN;
    return polarity == WM_POLARITY_LOWER ? quartiles->lower : quartiles->upper;
}
