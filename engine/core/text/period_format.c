/* Periods and days as people, and machines, read them. */
#include <waymark/calendar.h>

#include <ctype.h>
#include <stdio.h>

#include "engine/core/text/period_tokens.h"

/* The first year of the pair in which month number `start` lies, where a year begins in month `anchor` (0 = January). */
static int pair_year(int32_t start, int anchor)
{
    return (start - anchor) / 12;
}

static const WmTerm *term_of(int32_t start)
{
    for (size_t i = 0; i < WM_N_TERMS; i++)
        if (WM_TERMS[i].first_month == start % 12 + 1)
            return &WM_TERMS[i];
    return &WM_TERMS[0];
}

#define PAIR_FORMAT "%d/%02d"
#define PAIR(year)  (year), ((year) + 1) % 100

const char *wm_period_format(WmPeriod period, char text[WM_PERIOD_TEXT])
{
    const int year = period.start / 12, month = period.start % 12;
    const int financial = pair_year(period.start, 3), academic = pair_year(period.start, 8);
    switch (period.kind) {
    case WM_PERIOD_NONE:
    case WM_N_PERIOD_KINDS:
        text[0] = 0;
        break;
    case WM_PERIOD_DAY:
        return wm_day_format(period.start, text);
    case WM_PERIOD_MONTH:
        snprintf(text, WM_PERIOD_TEXT, "%.3s %d", WM_MONTHS[month], year);
        break;
    case WM_PERIOD_QUARTER:
        snprintf(text, WM_PERIOD_TEXT, "Q%d " PAIR_FORMAT, (month + 9) % 12 / 3 + 1, PAIR(financial));
        break;
    case WM_PERIOD_CALENDAR_QUARTER:
        snprintf(text, WM_PERIOD_TEXT, "Q%d %d", month / 3 + 1, year);
        break;
    case WM_PERIOD_TERM: {
        const WmTerm *term = term_of(period.start);
        snprintf(text, WM_PERIOD_TEXT, "%c%s term " PAIR_FORMAT, toupper((unsigned char)term->name[0]), term->name + 1,
                 PAIR(academic));
        break;
    }
    case WM_PERIOD_HALF:
        snprintf(text, WM_PERIOD_TEXT, "H%d " PAIR_FORMAT, (month + 9) % 12 / 6 + 1, PAIR(financial));
        break;
    case WM_PERIOD_CALENDAR_HALF:
        snprintf(text, WM_PERIOD_TEXT, "H%d %d", month / 6 + 1, year);
        break;
    case WM_PERIOD_YEAR:
        snprintf(text, WM_PERIOD_TEXT, "%d", year);
        break;
    case WM_PERIOD_ACADEMIC_YEAR:
        snprintf(text, WM_PERIOD_TEXT, "AY " PAIR_FORMAT, PAIR(academic));
        break;
    case WM_PERIOD_FINANCIAL_YEAR:
        snprintf(text, WM_PERIOD_TEXT, PAIR_FORMAT, PAIR(financial));
        break;
    }
    return text;
}

const char *wm_period_format_iso(WmPeriod period, char text[WM_PERIOD_TEXT])
{
    const int year = period.start / 12, month = period.start % 12;
    const int financial = pair_year(period.start, 3), academic = pair_year(period.start, 8);
    switch (period.kind) {
    case WM_PERIOD_DAY:
        return wm_day_format_iso(period.start, text);
    case WM_PERIOD_MONTH:
        snprintf(text, WM_PERIOD_TEXT, "%04d-%02d", year, month + 1);
        break;
    case WM_PERIOD_QUARTER:
        snprintf(text, WM_PERIOD_TEXT, PAIR_FORMAT "-Q%d", PAIR(financial), (month + 9) % 12 / 3 + 1);
        break;
    case WM_PERIOD_CALENDAR_QUARTER:
        snprintf(text, WM_PERIOD_TEXT, "%d-Q%d", year, month / 3 + 1);
        break;
    case WM_PERIOD_TERM:
        snprintf(text, WM_PERIOD_TEXT, PAIR_FORMAT " %s", PAIR(academic), term_of(period.start)->name);
        break;
    case WM_PERIOD_HALF:
        snprintf(text, WM_PERIOD_TEXT, PAIR_FORMAT "-H%d", PAIR(financial), (month + 9) % 12 / 6 + 1);
        break;
    case WM_PERIOD_CALENDAR_HALF:
        snprintf(text, WM_PERIOD_TEXT, "%d-H%d", year, month / 6 + 1);
        break;
    case WM_PERIOD_FINANCIAL_YEAR:
        snprintf(text, WM_PERIOD_TEXT, "FY " PAIR_FORMAT, PAIR(financial));
        break;
    case WM_PERIOD_NONE:
    case WM_PERIOD_YEAR:
    case WM_PERIOD_ACADEMIC_YEAR:
    case WM_N_PERIOD_KINDS:
        return wm_period_format(period, text);
    }
    return text;
}

const char *wm_day_format_iso(WmDay day, char text[WM_PERIOD_TEXT])
{
    const WmDate date = wm_day_to_date(day);
    if (day == WM_NO_DAY)
        text[0] = 0;
    else
        snprintf(text, WM_PERIOD_TEXT, "%04d-%02d-%02d", date.year, date.month, date.day);
    return text;
}

const char *wm_day_format(WmDay day, char text[WM_PERIOD_TEXT])
{
    const WmDate date = wm_day_to_date(day);
    if (day == WM_NO_DAY)
        text[0] = 0;
    else
        snprintf(text, WM_PERIOD_TEXT, "%d %.3s %d", date.day, WM_MONTHS[date.month - 1], date.year);
    return text;
}

const char *wm_day_format_month(WmDay day, char text[WM_PERIOD_TEXT])
{
    const WmDate date = wm_day_to_date(day);
    if (day == WM_NO_DAY)
        text[0] = 0;
    else
        snprintf(text, WM_PERIOD_TEXT, "%.3s %d", WM_MONTHS[date.month - 1], date.year);
    return text;
}

const char *wm_day_format_due(WmDay day, char text[WM_PERIOD_TEXT])
{
    return day != WM_NO_DAY && day == wm_day_month_end(day) ? wm_day_format_month(day, text) : wm_day_format(day, text);
}
