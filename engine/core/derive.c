/* The arithmetic of derived readings. */
#include "engine/core/derive.h"

#include <math.h>

#include <gsl/gsl_sort_double.h>

double wm_kind_share_scale(WmKind kind)
{
    static const double SCALES[WM_N_KINDS] = {
        [WM_KIND_PERCENT] = 100, [WM_KIND_RATE] = 1, [WM_KIND_DURATION] = 1, [WM_KIND_SCORE] = 1};
    return SCALES[kind];
}

#define NEAR_A_POWER 0.02

double wm_share_scale_seen(double *ratios, size_t n)
{
    if (n == 0)
        return NAN;
    gsl_sort(ratios, 1, n);
    const double median = ratios[n / 2], power = pow(10, round(log10(median)));
    return fabs(median / power - 1) <= NEAR_A_POWER ? power : median;
}

/* Of several states, which the result has. Larger weighs more. Suppressed above all: no total may tell what was withheld. A figure
 * that is only known to be low is for a total as good as not available. */
static const struct {
    int weight;
    WmReadingState result;
} STATES[WM_N_READING_STATES] = {
    [WM_FINAL] = {0, WM_FINAL},
    [WM_REVISED] = {1, WM_REVISED},
    [WM_PROVISIONAL] = {2, WM_PROVISIONAL},
    [WM_NOT_APPLICABLE] = {3, WM_NOT_APPLICABLE},
    [WM_MISSING] = {4, WM_MISSING},
    [WM_NOT_AVAILABLE] = {5, WM_NOT_AVAILABLE},
    [WM_LOW] = {5, WM_NOT_AVAILABLE},
    [WM_SUPPRESSED] = {6, WM_SUPPRESSED},
};

static WmReadingState heavier(WmReadingState a, WmReadingState b)
{
    return STATES[STATES[a].weight >= STATES[b].weight ? a : b].result;
}

static bool has_value(const WmReading *reading)
{
    return wm_reading_state_has_value(reading->state) && isfinite(reading->value);
}

static WmReadingState state_without_value(const WmReading *reading)
{
    return wm_reading_state_has_value(reading->state) ? WM_MISSING : reading->state;
}

static bool has_counts(const WmReading *reading)
{
    return reading->numerator >= 0 && reading->denominator > 0;
}

static WmDerivedReading without_value(WmPeriod period, WmReadingState state)
{
    return (WmDerivedReading){{period, NAN, NAN, NAN, state}, false};
}

/* A share of nothing: its counts are told. */
static WmDerivedReading of_nothing(WmPeriod period, double numerator)
{
    return (WmDerivedReading){{period, NAN, numerator, 0, WM_NOT_APPLICABLE}, false};
}

/* Infinities do not leave a module, and counts come in twos. */
static WmDerivedReading with_value(WmPeriod period, double value, double numerator, double denominator, WmReadingState state)
{
    WmReading reading = {period, value, numerator, denominator, state};
    if (!isfinite(value))
        return without_value(period, WM_NOT_AVAILABLE);
    if (!has_counts(&reading) || !isfinite(numerator) || !isfinite(denominator))
        reading.numerator = reading.denominator = NAN;
    return (WmDerivedReading){reading, false};
}

/* ---- totals ---- */

DeriveTotal derive_total_start(double scale, WmTotalMode mode)
{
    return (DeriveTotal){.scale = scale, .mode = mode, .state = WM_FINAL, .gap = WM_NOT_APPLICABLE};
}

/* A share of nothing at all is told, and adds nothing to a total of shares. */
static bool is_share_of_nothing(const DeriveTotal *self, const WmReading *reading)
{
    return self->scale > 0 && reading->state == WM_NOT_APPLICABLE && reading->denominator == 0;
}

void derive_total_add(DeriveTotal *self, const WmDerivedReading *one)
{
    if (!one) {
        self->n_absent++;
        return;
    }
    const WmReading *reading = &one->reading;
    self->is_partial |= one->is_partial;
    if (is_share_of_nothing(self, reading)) {
        self->n_empty++;
        return;
    }
    if (!has_value(reading)) {
        self->gap =
            self->has_gap ? heavier(self->gap, state_without_value(reading)) : heavier(state_without_value(reading), WM_FINAL);
        self->has_gap = true;
        return;
    }
    self->n++;
    self->value += reading->value;
    self->state = heavier(self->state, reading->state);
    if (has_counts(reading)) {
        self->n_counted++;
        self->numerator += reading->numerator;
        self->denominator += reading->denominator;
    }
}

static WmDerivedReading sum_up(const DeriveTotal *self, WmPeriod period)
{
    const bool is_counted = self->scale > 0 && self->n_counted == self->n;
    if (is_counted)
        return with_value(period, self->scale * self->numerator / self->denominator, self->numerator, self->denominator,
                          self->state);
    if (self->mode == WM_TOTAL_MEAN)
        return with_value(period, self->value / (double)self->n, NAN, NAN, self->state);
    if (self->scale > 0) /* percents without their counts have no sum */
        return without_value(period, WM_NOT_AVAILABLE);
    return with_value(period, self->value, NAN, NAN, self->state);
}

bool derive_total_finish(const DeriveTotal *self, WmPeriod period, bool allows_partial, WmDerivedReading *out)
{
    const bool is_withheld = self->has_gap && self->gap == WM_SUPPRESSED;
    const bool is_whole = self->n_absent == 0 && !self->has_gap;
    if (self->n + self->n_empty == 0 && !self->has_gap)
        return false;
    if (self->n_absent && !allows_partial)
        return false;
    if (is_withheld || self->n == 0 || (self->has_gap && !allows_partial)) {
        *out = self->has_gap ? without_value(period, self->gap) : of_nothing(period, 0);
        return true;
    }
    *out = sum_up(self, period);
    out->is_partial = has_value(&out->reading) && (!is_whole || self->is_partial);
    if (out->is_partial)
        out->reading.state = WM_PROVISIONAL;
    return true;
}

/* ---- two of one period ---- */

bool derive_one_sided(const WmDerivedReading *a, const WmDerivedReading *b, WmPeriod period, WmDerivedReading *out)
{
    DeriveTotal total = derive_total_start(0, WM_TOTAL_SUM);
    derive_total_add(&total, a);
    derive_total_add(&total, b);
    return total.n == 1 && derive_total_finish(&total, period, true, out);
}

WmDerivedReading derive_number(double number, WmPeriod period)
{
    return (WmDerivedReading){{period, number, NAN, NAN, WM_FINAL}, false};
}

/* Where both are shares of the same, their counts add up; a number c beside a share is c/scale of its denominator. */
static void add_counts(const DerivePair *self, const WmReading *a, const WmReading *b, double sign, double *numerator,
                       double *denominator)
{
    const bool is_a = self->scale_a > 0 && has_counts(a), is_b = self->scale_b > 0 && has_counts(b);
    if (is_a && is_b && self->scale_a == self->scale_b && a->denominator == b->denominator) {
        *denominator = a->denominator;
        *numerator = a->numerator + sign * b->numerator;
    } else if (is_a && self->scale_b < 0) {
        *denominator = a->denominator;
        *numerator = a->numerator + sign * b->value / self->scale_a * a->denominator;
    } else if (is_b && self->scale_a < 0) {
        *denominator = b->denominator;
        *numerator = a->value / self->scale_b * b->denominator + sign * b->numerator;
    }
}

static WmDerivedReading add(const DerivePair *self, const WmReading *a, const WmReading *b, double sign, WmReadingState state)
{
    double numerator = NAN, denominator = NAN;
    add_counts(self, a, b, sign, &numerator, &denominator);
    return with_value(a->period, a->value + sign * b->value, numerator, denominator, state);
}

static WmDerivedReading divide(const DerivePair *self, const WmReading *a, const WmReading *b, WmReadingState state)
{
    const bool are_counts = self->scale_a == 0 && self->scale_b == 0 && self->share_scale > 0;
    if (b->value == 0)
        return are_counts ? of_nothing(a->period, a->value) : without_value(a->period, WM_NOT_APPLICABLE);
    return with_value(a->period, self->factor * a->value / b->value, are_counts ? a->value : NAN,
                      are_counts ? b->value * self->share_scale / self->factor : NAN, state);
}

/* A rate times k is a rate of a k-th as much; a percent has its scale already. */
static WmDerivedReading multiply(const DerivePair *self, const WmReading *a, const WmReading *b, WmReadingState state)
{
    const WmReading *rate = self->scale_a == 1 && self->scale_b < 0 ? a : self->scale_b == 1 && self->scale_a < 0 ? b : NULL;
    const double number = rate == a ? b->value : a->value;
    return with_value(a->period, a->value * b->value, rate ? rate->numerator : NAN, rate ? rate->denominator / number : NAN, state);
}

static WmDerivedReading combine(const DerivePair *self, const WmReading *a, const WmReading *b)
{
    const WmReadingState state = heavier(a->state, b->state);
    switch (self->op) {
    case WM_OP_SUM:
        return add(self, a, b, 1, state);
    case WM_OP_DIFFERENCE:
        return add(self, a, b, -1, state);
    case WM_OP_RATIO:
        return divide(self, a, b, state);
    default:
        return multiply(self, a, b, state);
    }
}

WmDerivedReading derive_pair(const DerivePair *self, const WmDerivedReading *a, const WmDerivedReading *b, WmPeriod period)
{
    const bool is_a = has_value(&a->reading), is_b = has_value(&b->reading);
    if (!is_a || !is_b) {
        const WmReadingState first = is_a ? WM_FINAL : state_without_value(&a->reading);
        return without_value(period, heavier(first, is_b ? WM_FINAL : state_without_value(&b->reading)));
    }
    WmReading x = a->reading, y = b->reading;
    x.period = y.period = period;
    WmDerivedReading out = combine(self, &x, &y);
    out.is_partial = has_value(&out.reading) && (a->is_partial || b->is_partial);
    return out;
}

/* ---- differences in time ---- */

/* Both must have a value; otherwise *out says what the difference is instead. */
static bool are_told(const WmDerivedReading *now, const WmDerivedReading *then, WmDerivedReading *out)
{
    const WmReading *a = &now->reading, *b = &then->reading;
    if (has_value(a) && has_value(b))
        return true;
    const WmReadingState first = has_value(a) ? WM_FINAL : state_without_value(a);
    *out = without_value(a->period, heavier(first, has_value(b) ? WM_FINAL : state_without_value(b)));
    return false;
}

WmDerivedReading derive_increment(double scale, const WmDerivedReading *later, const WmDerivedReading *earlier)
{
    WmDerivedReading out;
    if (!are_told(later, earlier, &out))
        return out;
    const WmReading *a = &later->reading, *b = &earlier->reading;
    const WmReadingState state = heavier(a->state, b->state);
    if (scale > 0) {
        const double n = a->numerator - b->numerator, d = a->denominator - b->denominator;
        if (isnan(n) || isnan(d) || d < 0) /* a share to date without its counts tells nothing of the period */
            return without_value(a->period, WM_NOT_AVAILABLE);
        out = d > 0 ? with_value(a->period, scale * n / d, n, d, state) : without_value(a->period, WM_NOT_APPLICABLE);
    } else
        out = with_value(a->period, a->value - b->value, NAN, NAN, state);
    out.is_partial = has_value(&out.reading) && (later->is_partial || earlier->is_partial);
    return out;
}

WmDerivedReading derive_change(const WmDerivedReading *now, const WmDerivedReading *before, bool is_percent)
{
    WmDerivedReading out;
    if (!are_told(now, before, &out))
        return out;
    const WmReading *a = &now->reading, *b = &before->reading;
    const double change = a->value - b->value;
    if (is_percent && b->value <= 0)
        return without_value(a->period, WM_NOT_APPLICABLE);
    out = with_value(a->period, is_percent ? 100 * change / b->value : change, NAN, NAN, heavier(a->state, b->state));
    out.is_partial = now->is_partial || before->is_partial;
    return out;
}

/* ---- looking up ---- */

/* How many readings stand at `period` or before it. */
static size_t count_by(const DeriveValue *self, WmPeriod period)
{
    size_t low = 0, high = self->n;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (wm_period_compare(self->items[middle].reading.period, period) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Readings that end on one day are in order of their start, the shortest last. */
const WmDerivedReading *derive_latest(const DeriveValue *self, WmPeriod period)
{
    size_t n = count_by(self, period);
    while (n < self->n && wm_period_end(self->items[n].reading.period) == wm_period_end(period))
        n++;
    return n ? &self->items[n - 1] : NULL;
}

const WmDerivedReading *derive_find(const DeriveValue *self, WmPeriod period)
{
    const size_t n = count_by(self, period);
    const bool is_here = n && wm_period_compare(self->items[n - 1].reading.period, period) == 0;
    return is_here ? &self->items[n - 1] : NULL;
}

const WmDerivedReading *derive_find_back(const DeriveValue *self, WmPeriod period, size_t *i)
{
    for (; *i > 0; (*i)--) {
        const int order = wm_period_compare(self->items[*i].reading.period, period);
        if (order <= 0)
            return order == 0 ? &self->items[*i] : NULL;
    }
    return wm_period_compare(self->items[0].reading.period, period) == 0 ? &self->items[0] : NULL;
}
