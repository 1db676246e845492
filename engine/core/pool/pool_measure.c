/* The scale of measurement: z = g(y), and V, what chance alone does to a reading of so many cases. */
#include "engine/core/pool/pool.h"

#include <math.h>

static double share_of_range(const WmForecastGroup *group, double y)
{
    return (y - group->low) / (group->high - group->low);
}

double wm_pool_units(const WmForecastGroup *group, const PoolSample *sample)
{
    double least = INFINITY;
    for (size_t i = 0; i < sample->n; i++) {
        const double u = share_of_range(group, sample->y[i]), distance = fmin(u, 1 - u);
        if (distance > 0)
            least = fmin(least, distance);
    }
    return isinf(least) ? NAN : fmin(fmax(1 / least, POOL_UNITS_MIN), POOL_UNITS_MAX);
}

/* Empirical logit; V = 1/((N + 1) p (1 - p)), the binomial variance of a logit. Without denominators only a reading at an end is
 * uncertain: "100%" may be any share that rounds to it. Sources as in link.c. */
static void measure_logit(const WmForecastGroup *group, double units, PoolSample *self)
{
    const bool has_den = !isnan(self->den[0]);
    const double own = wm_pool_units(group, self), N_guessed = isnan(own) ? units : own;
    self->link = (WmLink){.kind = WM_LINK_LOGIT, .sign = 1, .low = group->low, .high = group->high};
    for (size_t i = 0; i < self->n; i++) {
        const double y = self->y[i], N = has_den ? self->den[i] : N_guessed;
        const double x = has_den ? self->num[i] : share_of_range(group, y) * N;
        const double p = (fmin(fmax(x, 0), N) + 0.5) / (N + 1);
        self->sampling_units[i] = N;
        self->z[i] = log(p / (1 - p));
        self->V[i] = has_den || y <= group->low || y >= group->high ? 1 / ((N + 1) * p * (1 - p)) : 0;
    }
}

static bool are_whole(const double *y, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (y[i] != floor(y[i]))
            return false;
    return true;
}

/* One whole unit in the measure's unit: 1 for counts; for a rate what one case comes to; 0 where nothing is counted. */
static double unit_of(const PoolSample *self, const double *u, bool is_count)
{
    double ratios[POOL_ROOM];
    size_t n = 0;
    if (is_count)
        return 1;
    for (size_t i = 0; i < self->n; i++)
        if (self->num[i] > 0)
            ratios[n++] = u[i] / fmax(self->num[i], 0.5);
    return n ? wm_pool_median(ratios, n) : 0;
}

/* log(u + c): small values stay finite and do not dominate. V is Poisson's, carried through the log by the delta method; U keeps
 * far tails linear, where exp of a heavy tail would have no mean. */
static void measure_log(const WmForecastGroup *group, PoolSample *self)
{
    const int sign = isnan(group->low) ? -1 : 1;
    const double low = sign > 0 ? group->low : -group->high;
    const bool has_num = !isnan(self->num[0]), is_count = !has_num && are_whole(self->y, self->n);
    double u[POOL_ROOM], sum = 0, most = 0;
    for (size_t i = 0; i < self->n; i++) {
        u[i] = fmax(self->y[i] - low, 0);
        sum += u[i];
        most = fmax(most, u[i]);
    }
    double c = fmax(POOL_OFFSET * sum / (double)self->n, is_count ? 0.5 : 0);
    if (c <= 0)
        c = 1;
    const double unit = unit_of(self, u, is_count);
    self->link = (WmLink){.kind = WM_LINK_LOG, .sign = sign, .low = low, .offset = c, .top = most + c, .unit = unit};
    for (size_t i = 0; i < self->n; i++) {
        const double counted = fmax(has_num ? self->num[i] : u[i], 0.5), ue = fmax(u[i], 0.5 * unit), slope = ue / (ue + c);
        self->z[i] = log(u[i] + c);
        self->V[i] = unit > 0 ? slope * slope / counted : 0;
        self->sampling_units[i] = 1;
    }
}

static void measure_identity(PoolSample *self)
{
    self->link = (WmLink){.kind = WM_LINK_IDENTITY, .sign = 1};
    for (size_t i = 0; i < self->n; i++) {
        self->z[i] = self->y[i];
        self->V[i] = 0;
        self->sampling_units[i] = 1;
    }
}

void wm_pool_measure(const WmForecastGroup *group, double units, PoolSample *sample)
{
    switch (wm_pool_link_kind(group)) {
    case WM_LINK_LOGIT:
        measure_logit(group, units, sample);
        break;
    case WM_LINK_LOG:
        measure_log(group, sample);
        break;
    case WM_LINK_IDENTITY:
        measure_identity(sample);
        break;
    }
    /* What a coming reading's denominator will be: the median of the last year's. */
    double recent[WM_FORECAST_MAX_SEASONS];
    const size_t year = (size_t)wm_pool_seasons(group), n = sample->n < year ? sample->n : year;
    for (size_t i = 0; i < n; i++)
        recent[i] = sample->sampling_units[sample->n - n + i];
    sample->link.units = wm_pool_median(recent, n);
}
