/* Periods and days: arithmetic only. How they are read is in period_parse.c, how written in period_format.c. */
#include <waymark/calendar.h>

#include <math.h>

#define MONTHS_A_YEAR 12

/* What a period of each kind covers, and the month of the year (0 = January) on which one begins. */
typedef struct {
    const char *name;
    int months; /* 0: a single day */
    int anchor; /* a period begins at anchor + k * months */
} KindFacts;

static const KindFacts KINDS[WM_N_PERIOD_KINDS] = {
    [WM_PERIOD_NONE] = {"none", 0, 0},
    [WM_PERIOD_DAY] = {"day", 0, 0},
    [WM_PERIOD_MONTH] = {"month", 1, 0},
    [WM_PERIOD_QUARTER] = {"quarter", 3, 0},
    [WM_PERIOD_CALENDAR_QUARTER] = {"calendar_quarter", 3, 0},
    [WM_PERIOD_TERM] = {"term", 4, 0},
    [WM_PERIOD_HALF] = {"half", 6, 3},
    [WM_PERIOD_CALENDAR_HALF] = {"calendar_half", 6, 0},
    [WM_PERIOD_YEAR] = {"year", 12, 0},
    [WM_PERIOD_ACADEMIC_YEAR] = {"academic_year", 12, 8},
    [WM_PERIOD_FINANCIAL_YEAR] = {"financial_year", 12, 3},
};

static int floor_div(int a, int b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* Days from a civil date and back. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2021), days_from_civil.
 */
WmDay wm_day_from_date(int year, int month, int day)
{
    const int y = month <= 2 ? year - 1 : year; /* the year begins in March, so that the leap day comes last */
    const int era = floor_div(y, 400);
    const int year_of_era = y - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

WmDate wm_day_to_date(WmDay day)
{
    const int z = day + 719468;
    const int era = floor_div(z, 146097);
    const int day_of_era = z - era * 146097;
    const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int shifted_month = (5 * day_of_year + 2) / 153;
    const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    return (WmDate){
        .year = year_of_era + era * 400 + (month <= 2),
        .month = month,
        .day = day_of_year - (153 * shifted_month + 2) / 5 + 1,
    };
}

static int days_in_month(int year, int month)
{
    static const int DAYS[MONTHS_A_YEAR] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return DAYS[month - 1] + (month == 2 && is_leap);
}

bool wm_date_is_valid(int year, int month, int day)
{
    return year >= WM_YEAR_MIN && year <= WM_YEAR_MAX && month >= 1 && month <= MONTHS_A_YEAR && day >= 1 &&
           day <= days_in_month(year, month);
}

/* First day of month number `month_index` = year * 12 + month - 1. */
static WmDay month_first_day(int32_t month_index)
{
    const int year = floor_div(month_index, MONTHS_A_YEAR);
    return wm_day_from_date(year, month_index - year * MONTHS_A_YEAR + 1, 1);
}

static int32_t month_index_of(WmDay day)
{
    const WmDate date = wm_day_to_date(day);
    return date.year * MONTHS_A_YEAR + date.month - 1;
}

WmDay wm_day_month_end(WmDay day)
{
    return day == WM_NO_DAY ? WM_NO_DAY : month_first_day(month_index_of(day) + 1) - 1;
}

int wm_period_kind_months(WmPeriodKind kind)
{
    return KINDS[kind].months;
}

const char *wm_period_kind_name(WmPeriodKind kind)
{
    return KINDS[kind].name;
}

WmDay wm_period_start(WmPeriod period)
{
    switch (KINDS[period.kind].months) {
    case 0:
        return period.kind == WM_PERIOD_DAY ? period.start : WM_NO_DAY;
    default:
        return month_first_day(period.start);
    }
}

WmDay wm_period_end(WmPeriod period)
{
    const int months = KINDS[period.kind].months;
    return months == 0 ? wm_period_start(period) : month_first_day(period.start + months) - 1;
}

int wm_period_compare(WmPeriod a, WmPeriod b)
{
    if (a.kind == b.kind && a.kind != WM_PERIOD_NONE) /* the usual case, without a date */
        return (a.start > b.start) - (a.start < b.start);
    const WmDay a_end = wm_period_end(a), b_end = wm_period_end(b);
    if (a_end != b_end)
        return a_end < b_end ? -1 : 1;
    const WmDay a_start = wm_period_start(a), b_start = wm_period_start(b);
    return (a_start > b_start) - (a_start < b_start);
}

static int step_size(WmPeriodKind kind)
{
    const int months = KINDS[kind].months;
    return months ? months : 1;
}

WmPeriod wm_period_step(WmPeriod period, int n)
{
    return (WmPeriod){period.kind, period.start + n * step_size(period.kind)};
}

int wm_period_steps_between(WmPeriod from, WmPeriod to)
{
    if (KINDS[from.kind].months != KINDS[to.kind].months || from.kind == WM_PERIOD_NONE || to.kind == WM_PERIOD_NONE)
        return 0;
    return (to.start - from.start) / step_size(from.kind);
}

WmPeriod wm_period_containing(WmPeriodKind kind, WmDay day)
{
    if (kind == WM_PERIOD_NONE || day == WM_NO_DAY)
        return (WmPeriod){WM_PERIOD_NONE, 0};
    if (kind == WM_PERIOD_DAY)
        return (WmPeriod){kind, day};
    const int months = KINDS[kind].months, anchor = KINDS[kind].anchor;
    return (WmPeriod){kind, floor_div(month_index_of(day) - anchor, months) * months + anchor};
}

WmPeriod wm_period_ending_by(WmPeriodKind kind, WmDay day)
{
    const WmPeriod period = wm_period_containing(kind, day);
    return wm_period_end(period) <= day ? period : wm_period_step(period, -1);
}

double wm_day_to_months(WmDay day)
{
    if (day == WM_NO_DAY)
        return NAN;
    const WmDate date = wm_day_to_date(day);
    return date.year * MONTHS_A_YEAR + date.month - 1 + (double)date.day / days_in_month(date.year, date.month);
}

int wm_months_between(WmDay from, WmDay to)
{
    return month_index_of(to) - month_index_of(from);
}

WmDay wm_day_from_months(double t_months)
{
    if (!(t_months > MONTHS_A_YEAR && t_months <= 10000.0 * MONTHS_A_YEAR))
        return WM_NO_DAY;
    /* The month (u, u + 1] holds the time; its k-th day stands at u + k / days. */
    const int32_t index = (int32_t)ceil(t_months) - 1;
    const double share = t_months - index;
    const int year = floor_div(index, MONTHS_A_YEAR), month = index - year * MONTHS_A_YEAR + 1;
    const double days = days_in_month(year, month);
    return wm_day_from_date(year, month, (int)ceil(share * days - 1e-9));
}
