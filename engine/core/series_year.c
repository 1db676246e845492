/* Which reading comes next, the same period a year before, and the year so far. */
#include <waymark/series.h>

#include <math.h>
#include <stdlib.h>

#include "engine/core/text/names.h"

static const char *const BASIS_NAMES[WM_N_YEAR_BASES] = {
    [WM_YEAR_AUTO] = "auto", [WM_YEAR_SUM] = "sum", [WM_YEAR_MEAN] = "mean", [WM_YEAR_LATEST] = "latest", [WM_YEAR_NONE] = "none"};

WM_DEFINE_NAMES(wm_year_basis, WmYearBasis, BASIS_NAMES)

#define MAX_STEPS 64 /* between the latest readings: enough to know how often they come */

static int by_size(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* The usual step between readings that have come, in periods of the measure's frequency; 1 with fewer than two. */
static int usual_step(const WmSeries *series, WmPeriodKind kind)
{
    int steps[MAX_STEPS];
    size_t n = 0;
    WmPeriod later = {WM_PERIOD_NONE, 0};
    for (size_t i = series->n_readings; i-- > 0 && n < MAX_STEPS;) {
        if (series->readings[i].state == WM_MISSING)
            continue;
        const WmPeriod period = wm_period_containing(kind, wm_period_end(series->readings[i].period));
        const int step = later.kind == WM_PERIOD_NONE ? 0 : wm_period_steps_between(period, later);
        if (step > 0)
            steps[n++] = step;
        later = period;
    }
    qsort(steps, n, sizeof *steps, by_size);
    return n ? steps[n / 2] : 1;
}

WmPeriod wm_series_next_period(const WmSeries *series)
{
    const WmPeriodKind kind = wm_frequency_period_kind(series->measure.frequency);
    size_t i = series->n_readings;
    while (i > 0 && series->readings[i - 1].state == WM_MISSING)
        i--;
    if (i == 0 || series->measure.frequency == WM_FREQUENCY_ONCE)
        return (WmPeriod){WM_PERIOD_NONE, 0};
    const WmPeriod latest = wm_period_containing(kind, wm_period_end(series->readings[i - 1].period));
    return wm_period_step(latest, usual_step(series, kind));
}

const WmReading *wm_series_reading_of(const WmSeries *series, WmPeriod period)
{
    for (size_t i = series->n_readings; i-- > 0;)
        if (wm_period_compare(series->readings[i].period, period) == 0)
            return &series->readings[i];
    return NULL;
}

/* A day of a leap year's February has no twin: its year before is the 28th. */
WmPeriod wm_period_year_before(WmPeriod period)
{
    const int months = wm_period_kind_months(period.kind);
    if (months > 0)
        return wm_period_step(period, -12 / months);
    if (period.kind == WM_PERIOD_NONE)
        return period;
    WmDate date = wm_day_to_date(wm_period_end(period));
    date.year--;
    if (!wm_date_is_valid(date.year, date.month, date.day))
        date.day--;
    return wm_period_containing(WM_PERIOD_DAY, wm_day_from_date(date.year, date.month, date.day));
}

typedef struct {
    size_t n, n_with_counts, n_periods;
    double sum, numerators, denominators, latest;
} Tally;

static Tally tally_year(const WmSeries *series, WmPeriod year, WmPeriod period)
{
    const int months = wm_period_kind_months(period.kind);
    Tally tally = {.latest = NAN};
    if (months > 0)
        for (WmPeriod one = period; wm_period_start(one) >= wm_period_start(year); one = wm_period_step(one, -1))
            tally.n_periods++;
    for (size_t i = 0; i < series->n_readings; i++) {
        const WmReading *reading = &series->readings[i];
        if (isnan(reading->value) || wm_period_start(reading->period) < wm_period_start(year) ||
            wm_period_end(reading->period) > wm_period_end(period))
            continue;
        tally.n++;
        tally.sum += reading->value;
        tally.latest = reading->value;
        if (isnan(reading->numerator) || isnan(reading->denominator))
            continue;
        tally.n_with_counts++;
        tally.numerators += reading->numerator;
        tally.denominators += reading->denominator;
    }
    return tally;
}

static WmYearBasis basis_of(WmKind kind)
{
    switch (kind) {
    case WM_KIND_PERCENT:
        return WM_YEAR_SUM;
    case WM_KIND_RATE:
    case WM_KIND_DURATION:
    case WM_KIND_SCORE:
        return WM_YEAR_MEAN;
    case WM_KIND_COUNT:
    case WM_KIND_MONEY:
    case WM_KIND_YES_NO:
    case WM_KIND_TEXT:
    case WM_N_KINDS:
        break;
    }
    return WM_YEAR_NONE;
}

/* Shares are added up through their counts, and where some have none only their mean can be given. */
static double add_up(const WmSeries *series, const Tally *tally, WmYearBasis *basis)
{
    const bool is_share = series->measure.kind == WM_KIND_PERCENT;
    if (*basis == WM_YEAR_SUM && is_share && (tally->n_with_counts < tally->n || tally->denominators <= 0))
        *basis = WM_YEAR_MEAN;
    switch (*basis) {
    case WM_YEAR_SUM:
        if (is_share)
            return 100 * tally->numerators / tally->denominators;
        return tally->n == tally->n_periods ? tally->sum : NAN;
    case WM_YEAR_MEAN:
        return tally->sum / (double)tally->n;
    case WM_YEAR_LATEST:
        return tally->latest;
    case WM_YEAR_AUTO:
    case WM_YEAR_NONE:
    case WM_N_YEAR_BASES:
        break;
    }
    return NAN;
}

WmYearToDate wm_series_year_to_date(const WmSeries *series, WmPeriodKind year, WmYearBasis basis, WmPeriod period)
{
    const WmKind kind = series->measure.kind;
    WmYearToDate out = {.value = NAN, .basis = WM_YEAR_NONE};
    if (period.kind == WM_PERIOD_NONE || wm_frequency_is_yearly(series->measure.frequency) || kind == WM_KIND_YES_NO ||
        kind == WM_KIND_TEXT)
        return out;
    const Tally tally = tally_year(series, wm_period_containing(year, wm_period_end(period)), period);
    WmYearBasis used = basis == WM_YEAR_AUTO ? basis_of(kind) : basis;
    out.n = tally.n;
    out.n_periods = tally.n_periods;
    if (tally.n > 0)
        out.value = add_up(series, &tally, &used);
    if (!isnan(out.value))
        out.basis = used;
    return out;
}
