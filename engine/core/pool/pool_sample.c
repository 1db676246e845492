/* The readings of a series that count, in order of time. */
#include "engine/core/pool/pool.h"

#include <math.h>
#include <string.h>

/* A numerator that its value and denominator do not come to, by more than rounding as published, counts something else. */
#define RATIO_SLACK_UNITS 1.0
#define RATIO_SLACK_SHARE 0.01

/* Rounding may carry a value this share of the range past its bound. */
#define BOUND_SLACK 1e-9

static bool is_within_bounds(const WmForecastGroup *group, double y)
{
    const double slack = BOUND_SLACK * fmax(1, fabs(y));
    return !(y < group->low - slack) && !(y > group->high + slack);
}

static bool is_counted(const WmForecastGroup *group, const WmReading *reading)
{
    return wm_reading_state_has_value(reading->state) && isfinite(reading->value) && reading->period.kind != WM_PERIOD_NONE &&
           is_within_bounds(group, reading->value) && !(reading->denominator <= 0);
}

/* Put a reading in its place among the last POOL_ROOM; of two for one period the later in the list stays. */
static void insert(PoolSample *self, int t, double y, double num, double den)
{
    size_t i = self->n;
    while (i > 0 && self->t[i - 1] > t)
        i--;
    const bool is_again = i > 0 && self->t[i - 1] == t;
    self->n_all += !is_again;
    if (is_again) {
        i--;
    } else if (self->n == POOL_ROOM) {
        if (i == 0)
            return;
        i--;
        memmove(self->t, self->t + 1, i * sizeof *self->t);
        memmove(self->y, self->y + 1, i * sizeof *self->y);
        memmove(self->num, self->num + 1, i * sizeof *self->num);
        memmove(self->den, self->den + 1, i * sizeof *self->den);
    } else {
        const size_t n_later = self->n - i;
        memmove(self->t + i + 1, self->t + i, n_later * sizeof *self->t);
        memmove(self->y + i + 1, self->y + i, n_later * sizeof *self->y);
        memmove(self->num + i + 1, self->num + i, n_later * sizeof *self->num);
        memmove(self->den + i + 1, self->den + i, n_later * sizeof *self->den);
        self->n++;
    }
    self->t[i] = t;
    self->y[i] = y;
    self->num[i] = num;
    self->den[i] = den;
}

static void forget(double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        values[i] = NAN;
}

static bool is_ratio(const WmForecastGroup *group, const PoolSample *self, size_t i)
{
    const double expected = (self->y[i] - group->low) / (group->high - group->low) * self->den[i];
    return fabs(expected - self->num[i]) <= fmax(RATIO_SLACK_UNITS, RATIO_SLACK_SHARE * self->den[i]);
}

/* Between two bounds denominators serve when they are known for half the readings and belong to the values; the rest get their
 * median. */
static void settle_denominators(const WmForecastGroup *group, PoolSample *self)
{
    double known[POOL_ROOM];
    size_t n_known = 0;
    bool is_sound = true;
    for (size_t i = 0; i < self->n; i++) {
        if (isnan(self->den[i]))
            continue;
        known[n_known++] = self->den[i];
        is_sound &= isnan(self->num[i]) || is_ratio(group, self, i);
    }
    if (!is_sound || n_known == 0 || 2 * n_known < self->n) {
        forget(self->den, self->n);
        return;
    }
    const double usual = wm_pool_median(known, n_known);
    for (size_t i = 0; i < self->n; i++) {
        if (isnan(self->den[i]))
            self->den[i] = usual;
        self->den[i] = fmax(self->den[i], 1);
        if (isnan(self->num[i]))
            self->num[i] = (self->y[i] - group->low) / (group->high - group->low) * self->den[i];
    }
}

/* With one bound numerators say how many were counted; all or none. */
static void settle_numerators(PoolSample *self)
{
    for (size_t i = 0; i < self->n; i++)
        if (!(self->num[i] >= 0)) {
            forget(self->num, self->n);
            return;
        }
}

/* A break leaves only what comes from its period on. */
static int first_comparable(const WmForecastGroup *group, const WmForecastSeries *series)
{
    int first = INT32_MIN;
    for (size_t i = 0; i < series->n_events; i++) {
        const WmEvent *event = &series->events[i];
        if (event->kind != WM_EVENT_BREAK || event->period.kind == WM_PERIOD_NONE)
            continue;
        const int t = wm_forecast_period_number(group, event->period);
        first = t > first ? t : first;
    }
    return first;
}

static bool is_left_out(const WmForecastGroup *group, const WmForecastSeries *series, int t)
{
    for (size_t i = 0; i < series->n_events; i++)
        if (series->events[i].kind == WM_EVENT_OUTLIER && series->events[i].period.kind != WM_PERIOD_NONE &&
            wm_forecast_period_number(group, series->events[i].period) == t)
            return true;
    return false;
}

/* Interventions in order of time, once each; the last of them where there is no room for all. */
static void insert_shift(PoolSample *self, int t)
{
    size_t i = self->n_shifts;
    while (i > 0 && self->shifts[i - 1] >= t)
        i--;
    if (i < self->n_shifts && self->shifts[i] == t)
        return;
    if (self->n_shifts == WM_FORECAST_MAX_SHIFTS) {
        if (i == 0)
            return;
        i--;
        memmove(self->shifts, self->shifts + 1, i * sizeof *self->shifts);
    } else {
        memmove(self->shifts + i + 1, self->shifts + i, (self->n_shifts - i) * sizeof *self->shifts);
        self->n_shifts++;
    }
    self->shifts[i] = t;
}

static void take_shifts(const WmForecastGroup *group, const WmForecastSeries *series, PoolSample *out)
{
    for (size_t i = 0; i < series->n_events && out->n > 0; i++) {
        const WmEvent *event = &series->events[i];
        if (event->kind != WM_EVENT_INTERVENTION || event->period.kind == WM_PERIOD_NONE)
            continue;
        const int t = wm_forecast_period_number(group, event->period);
        if (out->t[0] < t && t <= out->t[out->n - 1])
            insert_shift(out, t);
    }
}

void wm_pool_sample(const WmForecastGroup *group, const WmForecastSeries *series, PoolSample *out)
{
    const WmLinkKind kind = wm_pool_link_kind(group);
    const int sign = kind == WM_LINK_LOG && isnan(group->low) ? -1 : 1, first = first_comparable(group, series);
    out->n = out->n_all = out->n_shifts = 0;
    for (size_t i = 0; i < series->n_readings; i++) {
        const WmReading *reading = &series->readings[i];
        if (!is_counted(group, reading))
            continue;
        const int t = wm_forecast_period_number(group, reading->period);
        if (t < first || is_left_out(group, series, t))
            continue;
        const double num = isfinite(reading->numerator) ? reading->numerator : NAN;
        const double den = isfinite(reading->denominator) ? reading->denominator : NAN;
        insert(out, t, sign * reading->value, num, den);
    }
    take_shifts(group, series, out);
    if (kind == WM_LINK_LOGIT)
        settle_denominators(group, out);
    else if (kind == WM_LINK_LOG)
        settle_numerators(out);
}

size_t wm_pool_sample_find(const WmForecastGroup *group, const PoolSample *sample, const WmReading *reading)
{
    if (!is_counted(group, reading))
        return SIZE_MAX;
    const int t = wm_forecast_period_number(group, reading->period);
    for (size_t i = 0; i < sample->n; i++)
        if (sample->t[i] == t)
            return i;
    return SIZE_MAX;
}
