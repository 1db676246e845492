/* Where a measure stood a year before, what the year so far comes to, and which way it goes. */
#include "plot/report/year_words.h"

#include <math.h>

#define ARROW_UP    "\xE2\x86\x91"
#define ARROW_DOWN  "\xE2\x86\x93"
#define ARROW_LEVEL "\xE2\x86\x92"

const char *wm_say_year_before(WmDocument *document, const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    const WmPeriod period = wm_period_year_before(a->reading.period);
    const WmReading *reading = a->has_value ? wm_series_reading_of(series, period) : NULL;
    if (!reading)
        return "";
    if (isnan(reading->value))
        return wm_document_textf(document, "%s in %s", wm_say_state(reading->state), wm_say_period(document, period));
    return wm_document_textf(document, "%s in %s", wm_say_value(document, series, reading->value), wm_say_period(document, period));
}

/* The figure, and how it is made. */
static const char *say_year(WmDocument *document, const WmSeries *series, const WmYearToDate *year)
{
    static const char *const WORDS[WM_N_YEAR_BASES] = {[WM_YEAR_MEAN] = " on average", [WM_YEAR_SUM] = " in all"};
    const bool is_plain = (series->measure.kind == WM_KIND_PERCENT && year->basis == WM_YEAR_SUM) ||
                          (year->n == 1 && year->basis == WM_YEAR_MEAN); /* a mean of one */
    const char *words = is_plain ? "" : WORDS[year->basis];
    return wm_document_textf(document, "%s%s", wm_say_value(document, series, year->value), words ? words : "");
}

const char *wm_say_year_to_date(WmDocument *document, const WmMonth *month, const WmSeries *series, WmYear which)
{
    const WmIndicator *indicator = wm_plan_indicator(month->plan, series->indicator);
    const WmYearBasis basis = indicator ? indicator->year_to_date : WM_YEAR_AUTO;
    const WmPeriodKind kind = month->plan->settings.year == WM_PERIOD_NONE ? WM_PERIOD_FINANCIAL_YEAR : month->plan->settings.year;
    const WmPeriod latest = series->assessment.reading.period;
    if (!series->assessment.has_value || (indicator && indicator->cumulative != WM_PERIOD_NONE))
        return "";
    const WmYearToDate year =
        wm_series_year_to_date(series, kind, basis, which == WM_YEAR_NOW ? latest : wm_period_year_before(latest));
    if (isnan(year.value))
        return "";
    const char *lacks = year.n < year.n_periods ? wm_document_textf(document, ", %zu of %zu periods", year.n, year.n_periods) : "";
    return wm_document_textf(document, "%s%s", say_year(document, series, &year), lacks);
}

/* Months from the first reading with a value to the latest, at most a year. */
static double span_of(const WmSeries *series)
{
    size_t first = 0;
    while (first < series->n_readings && isnan(series->readings[first].value))
        first++;
    if (first == series->n_readings)
        return 0;
    return fmin(12, wm_reading_months(&series->assessment.reading) - wm_reading_months(&series->readings[first]));
}

const char *wm_say_trend(WmDocument *document, const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    if (!a->has_value || isnan(a->achieved_pace) || series->measure.kind == WM_KIND_YES_NO)
        return "";
    const double change = a->achieved_pace * span_of(series);
    const bool is_noise = !isnan(a->noise) && fabs(change) < a->noise;
    if (is_noise || wm_round(change, MAX(series->measure.decimals, 1)) == 0)
        return ARROW_LEVEL " level";
    const int sign = wm_polarity_sign(series->measure.polarity);
    const char *way = sign == 0 ? "" : sign * change > 0 ? ", better" : ", worse";
    return wm_document_textf(document, "%s%s", change > 0 ? ARROW_UP " rising" : ARROW_DOWN " falling", way);
}
