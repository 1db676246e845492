/* What series have in common, as far as their readings show it. */
#include "engine/core/answers/batch_group.h"

#include <math.h>

static const struct {
    int least_gap_days;
    WmPeriodKind kind;
} KIND_OF_GAP[] = {{360, WM_PERIOD_YEAR},
                   {175, WM_PERIOD_CALENDAR_HALF},
                   {110, WM_PERIOD_TERM},
                   {85, WM_PERIOD_CALENDAR_QUARTER},
                   {28, WM_PERIOD_MONTH}};

int wm_least_gap_days(const WmReading *readings, size_t n, int least)
{
    for (size_t k = 1; k < n; k++) {
        const WmPeriod a = readings[k - 1].period, b = readings[k].period;
        if (a.kind == WM_PERIOD_DAY && b.kind == WM_PERIOD_DAY && b.start - a.start < least)
            least = b.start - a.start;
    }
    return least;
}

WmPeriodKind wm_period_kind_of_gap(int days)
{
    for (size_t i = 0; i < sizeof KIND_OF_GAP / sizeof KIND_OF_GAP[0]; i++)
        if (days >= KIND_OF_GAP[i].least_gap_days)
            return KIND_OF_GAP[i].kind;
    return days > 0 ? WM_PERIOD_DAY : WM_PERIOD_MONTH;
}

WmPeriodKind wm_period_kind_usual(WmPeriodKind kind)
{
    return kind == WM_PERIOD_QUARTER ? WM_PERIOD_CALENDAR_QUARTER : kind;
}

WmPeriodKind wm_readings_period_kind(const WmReading *readings, size_t n, WmPeriodKind kind_of_days)
{
    if (n == 0)
        return kind_of_days;
    const WmPeriodKind last = readings[n - 1].period.kind;
    return last == WM_PERIOD_DAY ? kind_of_days : wm_period_kind_usual(last);
}

WmPeriodKind wm_measure_period_kind(const WmMeasure *measure, const WmReading *readings, size_t n)
{
    WmPeriodKind kind = measure->frequency == WM_FREQUENCY_ONCE ? WM_PERIOD_MONTH : wm_frequency_period_kind(measure->frequency);
    const int months = n ? wm_period_kind_months(readings[n - 1].period.kind) : 0;
    if (months > 0 && months < wm_period_kind_months(kind))
        kind = readings[n - 1].period.kind;
    return wm_period_kind_usual(kind);
}

void wm_readings_settle(WmReading *readings, size_t n, WmPeriodKind kind)
{
    for (size_t k = 0; k < n; k++)
        if (wm_period_kind_months(readings[k].period.kind) != wm_period_kind_months(kind))
            readings[k].period = wm_period_containing(kind, wm_period_end(readings[k].period));
}

WmExtent wm_extent_none(void)
{
    return (WmExtent){INFINITY, -INFINITY, true};
}

void wm_extent_add(WmExtent *self, const WmReading *readings, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        const WmReading *one = &readings[k];
        if (!isfinite(one->value))
            continue;
        self->least = fmin(self->least, one->value);
        self->most = fmax(self->most, one->value);
        self->are_shares &= one->numerator >= 0 && one->numerator <= one->denominator &&
                            fabs(one->value * one->denominator - one->numerator) <= fmax(1, 0.01 * one->denominator);
    }
}

void wm_extent_bounds(const WmExtent *self, WmKind kind, double *low, double *high)
{
    const bool has_kind = kind != WM_N_KINDS;
    const WmMeasure measure = {.kind = has_kind ? kind : WM_KIND_RATE, .low = NAN, .high = NAN};
    wm_measure_bounds(&measure, low, high);
    if (!has_kind && self->are_shares)
        *high = 1;
    if (self->least < *low)
        *low = NAN;
    if (self->most > *high)
        *high = NAN;
}

static bool is_same_bound(double a, double b)
{
    return isnan(a) ? isnan(b) : a == b;
}

bool wm_forecast_group_is_same(const WmForecastGroup *a, const WmForecastGroup *b)
{
    const bool is_same_time =
        a->period_kind == b->period_kind && (wm_period_kind_months(a->period_kind) || a->step_days == b->step_days);
    return is_same_time && is_same_bound(a->low, b->low) && is_same_bound(a->high, b->high);
}
