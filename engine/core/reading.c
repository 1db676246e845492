/* What kind of number an indicator is: names, defaults, and when a target is met. */
#include <waymark/reading.h>

#include <math.h>

#include "engine/core/text/names.h"

static const char *const KIND_NAMES[WM_N_KINDS] = {
    [WM_KIND_COUNT] = "count", [WM_KIND_PERCENT] = "percent", [WM_KIND_RATE] = "rate",     [WM_KIND_DURATION] = "duration",
    [WM_KIND_SCORE] = "score", [WM_KIND_MONEY] = "money",     [WM_KIND_YES_NO] = "yes_no", [WM_KIND_TEXT] = "text",
};

static const char *const POLARITY_NAMES[WM_N_POLARITIES] = {
    [WM_POLARITY_HIGHER] = "higher", [WM_POLARITY_LOWER] = "lower", [WM_POLARITY_PLAN] = "plan", [WM_POLARITY_NONE] = "none"};

static const char *const FREQUENCY_NAMES[WM_N_FREQUENCIES] = {
    [WM_FREQUENCY_MONTH] = "month",
    [WM_FREQUENCY_QUARTER] = "quarter",
    [WM_FREQUENCY_TERM] = "term",
    [WM_FREQUENCY_HALF] = "half",
    [WM_FREQUENCY_YEAR] = "year",
    [WM_FREQUENCY_ACADEMIC_YEAR] = "academic_year",
    [WM_FREQUENCY_FINANCIAL_YEAR] = "financial_year",
    [WM_FREQUENCY_ONCE] = "once",
};

static const WmPeriodKind FREQUENCY_PERIODS[WM_N_FREQUENCIES] = {
    [WM_FREQUENCY_MONTH] = WM_PERIOD_MONTH,
    [WM_FREQUENCY_QUARTER] = WM_PERIOD_QUARTER,
    [WM_FREQUENCY_TERM] = WM_PERIOD_TERM,
    [WM_FREQUENCY_HALF] = WM_PERIOD_HALF,
    [WM_FREQUENCY_YEAR] = WM_PERIOD_YEAR,
    [WM_FREQUENCY_ACADEMIC_YEAR] = WM_PERIOD_ACADEMIC_YEAR,
    [WM_FREQUENCY_FINANCIAL_YEAR] = WM_PERIOD_FINANCIAL_YEAR,
    [WM_FREQUENCY_ONCE] = WM_PERIOD_DAY,
};

static const char *const STATE_NAMES[WM_N_READING_STATES] = {
    [WM_FINAL] = "final",
    [WM_PROVISIONAL] = "provisional",
    [WM_REVISED] = "revised",
    [WM_SUPPRESSED] = "suppressed",
    [WM_NOT_APPLICABLE] = "not_applicable",
    [WM_NOT_AVAILABLE] = "not_available",
    [WM_LOW] = "low",
    [WM_MISSING] = "missing",
};

WM_DEFINE_NAMES(wm_kind, WmKind, KIND_NAMES)
WM_DEFINE_NAMES(wm_polarity, WmPolarity, POLARITY_NAMES)
WM_DEFINE_NAMES(wm_frequency, WmFrequency, FREQUENCY_NAMES)
WM_DEFINE_NAMES(wm_reading_state, WmReadingState, STATE_NAMES)

WmPeriodKind wm_frequency_period_kind(WmFrequency frequency)
{
    return FREQUENCY_PERIODS[frequency];
}

bool wm_frequency_is_yearly(WmFrequency frequency)
{
    return frequency == WM_FREQUENCY_ONCE || wm_period_kind_months(FREQUENCY_PERIODS[frequency]) == 12;
}

int wm_kind_default_decimals(WmKind kind)
{
    return kind == WM_KIND_PERCENT || kind == WM_KIND_RATE || kind == WM_KIND_DURATION || kind == WM_KIND_SCORE;
}

int wm_polarity_sign(WmPolarity polarity)
{
    return (polarity == WM_POLARITY_HIGHER) - (polarity == WM_POLARITY_LOWER);
}

/* Published figures are compared as decimals: a few units in the last place of a double decide nothing. */
#define COMPARE_SLACK 1e-9

static double slack(double a, double b)
{
    return COMPARE_SLACK * fmax(1, fmax(fabs(a), fabs(b)));
}

/* A target counts as it is printed: with the decimals of its measure, or the three that a derived one is given. */
static double as_printed(const WmMeasure *measure, double target)
{
    return wm_round(target, measure->decimals > WM_TARGET_DECIMALS ? measure->decimals : WM_TARGET_DECIMALS);
}

bool wm_measure_is_met(const WmMeasure *measure, double value, double exact_target)
{
    const double y = wm_round(value, measure->decimals), target = as_printed(measure, exact_target);
    if (isnan(y) || isnan(target))
        return false;
    switch (measure->polarity) {
    case WM_POLARITY_HIGHER:
        return y >= target - slack(y, target);
    case WM_POLARITY_LOWER:
        return y <= target + slack(y, target);
    case WM_POLARITY_PLAN:
        return fabs(y - target) <= wm_measure_tolerance(measure, target) + slack(y, target);
    case WM_POLARITY_NONE:
    case WM_N_POLARITIES:
        break;
    }
    return false;
}

static const struct {
    double low, high;
} KIND_BOUNDS[WM_N_KINDS] = {
    [WM_KIND_COUNT] = {0, NAN},   [WM_KIND_PERCENT] = {0, 100}, [WM_KIND_RATE] = {0, NAN}, [WM_KIND_DURATION] = {0, NAN},
    [WM_KIND_SCORE] = {NAN, NAN}, [WM_KIND_MONEY] = {NAN, NAN}, [WM_KIND_YES_NO] = {0, 1}, [WM_KIND_TEXT] = {NAN, NAN},
};

void wm_measure_bounds(const WmMeasure *measure, double *low, double *high)
{
    *low = isnan(measure->low) ? KIND_BOUNDS[measure->kind].low : measure->low;
    *high = isnan(measure->high) ? KIND_BOUNDS[measure->kind].high : measure->high;
}

double wm_measure_tolerance(const WmMeasure *measure, double trajectory)
{
    if (!isnan(measure->tolerance))
        return measure->tolerance;
    return measure->kind == WM_KIND_PERCENT ? 1 : 0.02 * fabs(trajectory);
}

double wm_measure_near(const WmMeasure *measure, double trajectory)
{
    if (!isnan(measure->near))
        return measure->near;
    return measure->kind == WM_KIND_PERCENT ? 5 : 0.10 * fabs(trajectory);
}

bool wm_reading_state_has_value(WmReadingState state)
{
    return state == WM_FINAL || state == WM_PROVISIONAL || state == WM_REVISED;
}

double wm_reading_months(const WmReading *reading)
{
    return wm_day_to_months(wm_period_end(reading->period));
}

const char *wm_readings_noun(const WmReading *readings, size_t n_readings)
{
    static const char *const NOUNS[WM_N_PERIOD_KINDS] = {[WM_PERIOD_DAY] = "day",
                                                         [WM_PERIOD_MONTH] = "month",
                                                         [WM_PERIOD_QUARTER] = "quarter",
                                                         [WM_PERIOD_CALENDAR_QUARTER] = "quarter",
                                                         [WM_PERIOD_TERM] = "term",
                                                         [WM_PERIOD_HALF] = "half-year",
                                                         [WM_PERIOD_CALENDAR_HALF] = "half-year",
                                                         [WM_PERIOD_YEAR] = "year",
                                                         [WM_PERIOD_ACADEMIC_YEAR] = "year",
                                                         [WM_PERIOD_FINANCIAL_YEAR] = "year"};
    const WmPeriodKind kind = n_readings ? readings[0].period.kind : WM_PERIOD_NONE;
    for (size_t i = 1; i < n_readings; i++)
        if (readings[i].period.kind != kind)
            return "reading";
    return NOUNS[kind] ? NOUNS[kind] : "reading";
}
