/* Predictive distributions, through GSL's. Arguments are guarded, so that GSL's error handler is never reached. */
#include <waymark/distribution.h>

#include <gsl/gsl_cdf.h>
#include <math.h>

double wm_distribution_cdf(const WmDistribution *self, double y)
{
    if (isnan(y))
        return NAN;
    switch (self->kind) {
    case WM_DISTRIBUTION_POINT:
        return y >= self->location;
    case WM_DISTRIBUTION_STUDENT:
        return gsl_cdf_tdist_P((y - self->location) / self->scale, self->df);
    case WM_DISTRIBUTION_NONE:
        break;
    }
    return NAN;
}

double wm_distribution_quantile(const WmDistribution *self, double p)
{
    if (!(p > 0 && p < 1))
        return NAN;
    switch (self->kind) {
    case WM_DISTRIBUTION_POINT:
        return self->location;
    case WM_DISTRIBUTION_STUDENT:
        return self->location + self->scale * gsl_cdf_tdist_Pinv(p, self->df);
    case WM_DISTRIBUTION_NONE:
        break;
    }
    return NAN;
}

double wm_distribution_centre(const WmDistribution *self)
{
    return self->kind == WM_DISTRIBUTION_NONE ? NAN : self->location;
}

/* P(Y >= y): computed from the upper tail itself, where 1 - P would lose its digits. */
static double at_least(const WmDistribution *self, double y)
{
    switch (self->kind) {
    case WM_DISTRIBUTION_POINT:
        return self->location >= y;
    case WM_DISTRIBUTION_STUDENT:
        return gsl_cdf_tdist_Q((y - self->location) / self->scale, self->df);
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
        const double tolerance = wm_measure_tolerance(measure, target);
        return wm_distribution_cdf(self, target + tolerance) - wm_distribution_cdf(self, target - tolerance);
    }
    case WM_POLARITY_NONE:
    case WM_N_POLARITIES:
        break;
    }
    return NAN;
}
