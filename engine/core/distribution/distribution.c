/* Predictive distributions, through GSL's. Arguments are guarded, so that GSL's error handler is never reached. */
#include <waymark/distribution.h>

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "engine/core/distribution/count_mixture.h"
#include "engine/core/distribution/mixture.h"

/* A target that is an end of the scale but for rounding is that end. In whole units. */
#define END_SLACK 1e-9

/* Quantiles that make a mixture's mean and sd, at (i + 1/2)/40: the mean of a log-scale Student does not exist, that of its
 * middle 97.5% does. */
#define N_MEAN_QUANTILES 40

/* A value on the link's scale from its lower end, in whole units where there are any; *top is the upper end, or infinity. */
static double units_from_low(const WmLink *link, double v, double *top)
{
    *top = link->kind == WM_LINK_LOGIT ? link->units : INFINITY;
    if (link->kind == WM_LINK_LOGIT)
        return (v - link->low) / (link->high - link->low) * link->units;
    return link->unit > 0 ? (v - link->low) / link->unit : v - link->low;
}

typedef enum { SIDE_BELOW, SIDE_AT_OR_BELOW } Side;

/* P(V < v) or P(V <= v) of a mixture, where V is y or, when only the upper bound is given, -y. Between an end and half a unit from
 * it nothing lies: the mass there is that of the end. */
static double lower_of_mixture(const WmDistribution *self, double v, Side side, bool wants_upper)
{
    const WmLink *link = &self->link;
    if (link->kind != WM_LINK_IDENTITY) {
        double top;
        const double x = units_from_low(link, v, &top), slack = END_SLACK * fmax(1, fabs(x));
        const bool is_below = side == SIDE_BELOW ? x <= slack : x < -slack;
        const bool is_above = side == SIDE_BELOW ? x > top + slack : x >= top - slack;
        if (is_below || is_above)
            return is_above != wants_upper;
    }
    const double z = wm_link_z(link, link->sign * v);
    return wants_upper ? wm_mixture_upper(self->parts, self->n_parts, z) : wm_mixture_lower(self->parts, self->n_parts, z);
}

/* P(Y <= y), and P(Y >= y). */
static double at_most_of_mixture(const WmDistribution *self, double y)
{
    return self->link.sign > 0 ? lower_of_mixture(self, y, SIDE_AT_OR_BELOW, false) : lower_of_mixture(self, -y, SIDE_BELOW, true);
}

static double at_least_of_mixture(const WmDistribution *self, double y)
{
    return self->link.sign > 0 ? lower_of_mixture(self, y, SIDE_BELOW, true) : lower_of_mixture(self, -y, SIDE_AT_OR_BELOW, false);
}

WmDistribution wm_distribution_of_count(WmDistributionKind kind, WmCountPart count)
{
    const bool is_sound = count_mixture_is_sound(kind, &count);
    return (WmDistribution){.kind = is_sound ? kind : WM_DISTRIBUTION_NONE,
                            .location = is_sound ? count.mean * count.unit / count.per : NAN,
                            .scale = NAN,
                            .df = NAN,
                            .count = count};
}

/* Y in whole events; what is one but for rounding is one. */
static double events_of(const WmDistribution *self, double y)
{
    const double x = y * self->count.per / self->count.unit, whole = round(x);
    return fabs(x - whole) <= END_SLACK * fmax(1, fabs(x)) ? whole : x;
}

double wm_distribution_cdf(const WmDistribution *self, double y)
{
    if (isnan(y))
        return NAN;
    switch (self->kind) {
    case WM_DISTRIBUTION_POINT:
        return y >= self->location;
    case WM_DISTRIBUTION_STUDENT:
        return gsl_cdf_tdist_P((y - self->location) / self->scale, self->df);
    case WM_DISTRIBUTION_MIXTURE:
        return isinf(y) ? y > 0 : at_most_of_mixture(self, y);
    case WM_DISTRIBUTION_BETA_BINOMIAL:
    case WM_DISTRIBUTION_NEGATIVE_BINOMIAL:
        return isinf(y) ? y > 0 : count_mixture_cdf(self->kind, &self->count, events_of(self, y));
    case WM_DISTRIBUTION_NONE:
        break;
    }
    return NAN;
}

/* With only an upper bound the parts describe -y: shares and order turn round. */
static void quantiles_of_mixture(const WmDistribution *self, const double *p, size_t n, double *out)
{
    if (self->link.sign > 0) {
        wm_mixture_quantiles(self->parts, self->n_parts, p, n, out);
    } else {
        for (size_t i = 0; i < n; i++) {
            const double q = 1 - p[i];
            wm_mixture_quantiles(self->parts, self->n_parts, &q, 1, &out[i]);
        }
    }
    double before = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        out[i] = wm_link_value(&self->link, out[i]);
        if (!isnan(out[i]))
            before = out[i] = fmax(out[i], before); /* the last digit decides no order */
    }
}

static bool is_count(const WmDistribution *self)
{
    return self->kind == WM_DISTRIBUTION_BETA_BINOMIAL || self->kind == WM_DISTRIBUTION_NEGATIVE_BINOMIAL;
}

static double quantile_of_one(const WmDistribution *self, double p)
{
    if (!(p > 0 && p < 1) || self->kind == WM_DISTRIBUTION_NONE)
        return NAN;
    if (is_count(self))
        return count_mixture_quantile(self->kind, &self->count, p) * self->count.unit / self->count.per;
    return self->kind == WM_DISTRIBUTION_POINT ? self->location : self->location + self->scale * gsl_cdf_tdist_Pinv(p, self->df);
}

void wm_distribution_quantiles(const WmDistribution *self, const double *p, size_t n, double *out)
{
    if (self->kind == WM_DISTRIBUTION_MIXTURE) {
        quantiles_of_mixture(self, p, n, out);
        return;
    }
    for (size_t i = 0; i < n; i++)
        out[i] = quantile_of_one(self, p[i]);
}

double wm_distribution_quantile(const WmDistribution *self, double p)
{
    double out;
    wm_distribution_quantiles(self, &p, 1, &out);
    return out;
}

double wm_distribution_centre(const WmDistribution *self)
{
    if (self->kind == WM_DISTRIBUTION_MIXTURE || is_count(self))
        return wm_distribution_quantile(self, 0.5);
    return self->kind == WM_DISTRIBUTION_NONE ? NAN : self->location;
}

/* Merge the caller's shares with those of the mean, ascending; `from` says which of the caller's each is, or SIZE_MAX. Returns how
 * many. */
static size_t merge_shares(const double *p, size_t n, double *merged, size_t *from)
{
    size_t n_merged = 0, i = 0;
    for (int k = 0; k < N_MEAN_QUANTILES; k++) {
        const double middle = (k + 0.5) / N_MEAN_QUANTILES;
        for (; i < n && p[i] < middle; i++) {
            from[n_merged] = i;
            merged[n_merged++] = p[i];
        }
        from[n_merged] = SIZE_MAX;
        merged[n_merged++] = middle;
    }
    for (; i < n; i++) {
        from[n_merged] = i;
        merged[n_merged++] = p[i];
    }
    return n_merged;
}

static double describe_mixture(const WmDistribution *self, const double *p, size_t n, double *out, double *sd)
{
    double merged[WM_MAX_DESCRIBED + N_MEAN_QUANTILES], y[WM_MAX_DESCRIBED + N_MEAN_QUANTILES], sum = 0, squares = 0;
    size_t from[WM_MAX_DESCRIBED + N_MEAN_QUANTILES];
    const size_t n_merged = merge_shares(p, n, merged, from);
    wm_distribution_quantiles(self, merged, n_merged, y);
    for (size_t i = 0; i < n_merged; i++) {
        if (from[i] == SIZE_MAX)
            sum += y[i];
        else
            out[from[i]] = y[i];
    }
    const double mean = sum / N_MEAN_QUANTILES;
    for (size_t i = 0; i < n_merged; i++)
        squares += from[i] == SIZE_MAX ? (y[i] - mean) * (y[i] - mean) : 0;
    *sd = sqrt(squares / N_MEAN_QUANTILES);
    return mean;
}

double wm_distribution_describe(const WmDistribution *self, const double *p, size_t n, double *out, double *sd)
{
    double unwanted, *out_sd = sd ? sd : &unwanted;
    *out_sd = NAN;
    if (self->kind == WM_DISTRIBUTION_MIXTURE)
        return describe_mixture(self, p, n < WM_MAX_DESCRIBED ? n : WM_MAX_DESCRIBED, out, out_sd);
    wm_distribution_quantiles(self, p, n, out);
    if (self->kind == WM_DISTRIBUTION_POINT)
        *out_sd = 0;
    else if (self->kind == WM_DISTRIBUTION_STUDENT && self->df > 2)
        *out_sd = self->scale * sqrt(self->df / (self->df - 2));
    else if (is_count(self))
        *out_sd = count_mixture_sd(self->kind, &self->count) * self->count.unit / self->count.per;
    return self->kind == WM_DISTRIBUTION_NONE ? NAN : self->location;
}

double wm_distribution_mean(const WmDistribution *self, double *sd)
{
    return wm_distribution_describe(self, NULL, 0, NULL, sd);
}

/* P(Y >= y): computed from the upper tail itself, where 1 - P would lose its digits. */
static double at_least(const WmDistribution *self, double y)
{
    switch (self->kind) {
    case WM_DISTRIBUTION_POINT:
        return self->location >= y;
    case WM_DISTRIBUTION_STUDENT:
        return gsl_cdf_tdist_Q((y - self->location) / self->scale, self->df);
    case WM_DISTRIBUTION_MIXTURE:
        return isinf(y) ? y < 0 : at_least_of_mixture(self, y);
    case WM_DISTRIBUTION_BETA_BINOMIAL:
    case WM_DISTRIBUTION_NEGATIVE_BINOMIAL:
        return isinf(y) ? y < 0 : 1 - count_mixture_cdf(self->kind, &self->count, ceil(events_of(self, y)) - 1);
    case WM_DISTRIBUTION_NONE:
        break;
    }
    return NAN;
}

double wm_distribution_chance(const WmDistribution *self, const WmMeasure *measure, double target)
{
    if (self->kind == WM_DISTRIBUTION_NONE || isnan(target))
        return NAN;
    if (self->kind == WM_DISTRIBUTION_POINT && measure->polarity != WM_POLARITY_NONE)
        return wm_measure_is_met(measure, self->location, target);
    switch (measure->polarity) {
    case WM_POLARITY_HIGHER:
        return at_least(self, target);
    case WM_POLARITY_LOWER:
        return wm_distribution_cdf(self, target);
    case WM_POLARITY_PLAN: {
        const double low = target - wm_measure_tolerance(measure, target), high = target + wm_measure_tolerance(measure, target);
        if (self->kind == WM_DISTRIBUTION_MIXTURE || is_count(self)) /* a value at an end of the band counts whole */
            return fmax(0, at_least(self, low) + wm_distribution_cdf(self, high) - 1);
        return wm_distribution_cdf(self, high) - wm_distribution_cdf(self, low);
    }
    case WM_POLARITY_NONE:
    case WM_N_POLARITIES:
        break;
    }
    return NAN;
}
