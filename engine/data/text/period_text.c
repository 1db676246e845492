/* Periods of drops. */
#include "engine/data/text/period_text.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#define PAIR_DIGITS 6  /* 202122 */
#define PAIR_TEXT   64 /* longer texts are no periods */
#define LAST_MONTH  12

static bool is_by_year_pair(const WmMeasure *measure)
{
    return measure->frequency == WM_FREQUENCY_ACADEMIC_YEAR || measure->frequency == WM_FREQUENCY_FINANCIAL_YEAR;
}

/* 202122 as 2021/22; other texts as they are. */
static const char *spell_pair(const char *text, const WmMeasure *measure, char spelled[PAIR_TEXT])
{
    int digits[PAIR_DIGITS];
    for (int i = 0; i < PAIR_DIGITS; i++) {
        if (!g_ascii_isdigit(text[i]))
            return text;
        digits[i] = text[i] - '0';
    }
    const char *rest = text + PAIR_DIGITS;
    const int first = digits[2] * 10 + digits[3], second = digits[4] * 10 + digits[5];
    const bool could_be_month = !*rest && second >= 1 && second <= LAST_MONTH;
    if (g_ascii_isdigit(*rest) || second != (first + 1) % 100 || (could_be_month && !is_by_year_pair(measure)) ||
        strlen(text) + 2 > PAIR_TEXT)
        return text;
    snprintf(spelled, PAIR_TEXT, "%.4s/%s", text, text + 4);
    return spelled;
}

static WmPeriod in_own_terms(const WmMeasure *measure, WmPeriod period)
{
    const WmPeriodKind own = wm_frequency_period_kind(measure->frequency);
    if (own == WM_PERIOD_DAY)
        return period;
    if (period.kind == WM_PERIOD_DAY)
        period = wm_period_containing(WM_PERIOD_MONTH, period.start);
    const WmPeriod same = wm_period_containing(own, wm_period_end(period));
    return wm_period_compare(same, period) == 0 ? same : period;
}

bool period_text_read(const char *text, const WmMeasure *measure, WmPeriod *out)
{
    char spelled[PAIR_TEXT];
    const bool is_academic = measure->frequency == WM_FREQUENCY_ACADEMIC_YEAR;
    if (!wm_period_parse(spell_pair(text, measure, spelled), is_academic ? WM_PERIOD_ACADEMIC_YEAR : WM_PERIOD_FINANCIAL_YEAR, out))
        return false;
    *out = in_own_terms(measure, *out);
    return true;
}
