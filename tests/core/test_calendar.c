/* Days, periods and the models' scale of time. Day numbers were computed by another calendar (Python's datetime). */
#include <waymark/calendar.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

typedef struct {
    const char *name;
    int year, month, day;
    WmDay expected;
} DayCase;

static const DayCase DAYS[] = {
    {"day 0 is 1 January 1970", 1970, 1, 1, 0},
    {"first accepted day", 1900, 1, 1, -25567},
    {"1900 is no leap year: end of February", 1900, 2, 28, -25509},
    {"1900 is no leap year: start of March", 1900, 3, 1, -25508},
    {"last day of the century", 1999, 12, 31, 10956},
    {"2000 is a leap year", 2000, 2, 29, 11016},
    {"2000: the day after 29 February", 2000, 3, 1, 11017},
    {"an ordinary month's end", 2021, 7, 31, 18839},
    {"29 February 2024", 2024, 2, 29, 19782},
    {"2100 is no leap year: end of February", 2100, 2, 28, 47540},
    {"2100 is no leap year: start of March", 2100, 3, 1, 47541},
    {"last accepted day", 2199, 12, 31, 84005},
};

static void a_date_is_its_day_and_back(void **state)
{
    const DayCase *row = *state;
    assert_int_equal(wm_day_from_date(row->year, row->month, row->day), row->expected);
    const WmDate date = wm_day_to_date(row->expected);
    assert_int_equal(date.year, row->year);
    assert_int_equal(date.month, row->month);
    assert_int_equal(date.day, row->day);
}

typedef struct {
    const char *name;
    int year, month, day;
    bool is_valid;
} DateCase;

static const DateCase DATES[] = {
    {"29 February of a leap year exists", 2024, 2, 29, true},
    {"29 February of a common year does not", 2023, 2, 29, false},
    {"29 February 1900 does not", 1900, 2, 29, false},
    {"29 February 2000 does", 2000, 2, 29, true},
    {"29 February 2100 does not", 2100, 2, 29, false},
    {"30 February never does", 2024, 2, 30, false},
    {"31 April does not", 2024, 4, 31, false},
    {"31 December does", 2024, 12, 31, true},
    {"month 0 does not", 2024, 0, 1, false},
    {"month 13 does not", 2024, 13, 1, false},
    {"day 0 does not", 2024, 1, 0, false},
    {"1899 is not accepted", 1899, 12, 31, false},
    {"1900 is", 1900, 1, 1, true},
    {"2199 is", 2199, 12, 31, true},
    {"2200 is not", 2200, 1, 1, false},
};

static void a_date_exists_or_not(void **state)
{
    const DateCase *row = *state;
    assert_int_equal(wm_date_is_valid(row->year, row->month, row->day), row->is_valid);
}

static void every_day_of_three_centuries_survives_both_scales(void **state)
{
    (void)state;
    const WmDay last = wm_day_from_date(2199, 12, 31);
    double months_before = -1;
    for (WmDay day = wm_day_from_date(1900, 1, 1); day <= last; day++) {
        const WmDate date = wm_day_to_date(day);
        assert_true(wm_date_is_valid(date.year, date.month, date.day));
        assert_int_equal(wm_day_from_date(date.year, date.month, date.day), day);
        const double months = wm_day_to_months(day);
        assert_true(months > months_before);
        months_before = months;
        assert_int_equal(wm_day_from_months(months), day);
    }
}

static void a_month_end_is_a_whole_number_and_a_month_is_one(void **state)
{
    (void)state;
    for (int i = 1900 * 12; i < 2200 * 12; i++) {
        const WmPeriod month = {WM_PERIOD_MONTH, i};
        assert_true(wm_day_to_months(wm_period_end(month)) == i + 1);
        assert_int_equal(wm_day_month_end(wm_period_start(month)), wm_period_end(month));
        assert_int_equal(wm_day_month_end(wm_period_end(month)), wm_period_end(month));
    }
    assert_true(wm_day_to_months(wm_day_from_date(2021, 7, 31)) == 2021 * 12 + 7);
}

static void no_day_has_no_months_and_no_month_end(void **state)
{
    (void)state;
    assert_true(isnan(wm_day_to_months(WM_NO_DAY)));
    assert_int_equal(wm_day_month_end(WM_NO_DAY), WM_NO_DAY);
}

typedef struct {
    const char *name;
    double months;
    int year, month, day; /* year 0: no day */
} MonthsCase;

static const MonthsCase MONTHS[] = {
    {"not a number", NAN, 0, 0, 0},
    {"infinity", INFINITY, 0, 0, 0},
    {"minus infinity", -INFINITY, 0, 0, 0},
    {"before year 1", 12, 0, 0, 0},
    {"negative", -5, 0, 0, 0},
    {"first day of year 1", 12 + 1.0 / 31, 1, 1, 1},
    {"last day of year 9999", 120000, 9999, 12, 31},
    {"after year 9999", 120000.1, 0, 0, 0},
    {"huge", 1e300, 0, 0, 0},
    {"a month's end", 2021 * 12 + 7, 2021, 7, 31},
    {"within a day: rounded up", 2021 * 12 + 7 + 0.5 / 31, 2021, 8, 1},
    {"middle of a leap February", 2024 * 12 + 1 + 14.5 / 29, 2024, 2, 15},
    {"a hair after a month's end is still that day", 2021 * 12 + 7 + 1e-11, 2021, 7, 31},
};

static void months_give_their_day(void **state)
{
    const MonthsCase *row = *state;
    const WmDay expected = row->year ? wm_day_from_date(row->year, row->month, row->day) : WM_NO_DAY;
    assert_int_equal(wm_day_from_months(row->months), expected);
}

typedef struct {
    const char *name;
    WmPeriodKind kind;
    int months;
    int first_month; /* a month, 1..12, on which one begins */
} KindCase;

static const KindCase KINDS[] = {
    {"day", WM_PERIOD_DAY, 0, 1},
    {"month", WM_PERIOD_MONTH, 1, 1},
    {"quarter", WM_PERIOD_QUARTER, 3, 4},
    {"calendar_quarter", WM_PERIOD_CALENDAR_QUARTER, 3, 1},
    {"term", WM_PERIOD_TERM, 4, 9},
    {"half", WM_PERIOD_HALF, 6, 4},
    {"calendar_half", WM_PERIOD_CALENDAR_HALF, 6, 1},
    {"year", WM_PERIOD_YEAR, 12, 1},
    {"academic_year", WM_PERIOD_ACADEMIC_YEAR, 12, 9},
    {"financial_year", WM_PERIOD_FINANCIAL_YEAR, 12, 4},
};

static void periods_partition_time(void **state)
{
    const KindCase *row = *state;
    const WmDay last = wm_day_from_date(2199, 12, 31);
    WmPeriod period = wm_period_containing(row->kind, wm_day_from_date(1900, 1, 1));
    while (wm_period_end(period) <= last) {
        const WmPeriod next = wm_period_step(period, 1);
        const WmDay start = wm_period_start(period), end = wm_period_end(period);
        assert_true(start <= end);
        assert_int_equal(wm_period_start(next), end + 1);
        assert_int_equal(wm_period_containing(row->kind, start).start, period.start);
        assert_int_equal(wm_period_containing(row->kind, end).start, period.start);
        assert_int_equal(wm_period_ending_by(row->kind, end).start, period.start);
        assert_int_equal(wm_period_ending_by(row->kind, end - 1).start, wm_period_step(period, -1).start);
        assert_int_equal(wm_period_steps_between(period, next), 1);
        assert_int_equal(wm_period_steps_between(next, period), -1);
        assert_true(wm_period_compare(period, next) < 0 && wm_period_compare(next, period) > 0);
        period = next;
    }
}

static void a_kind_has_its_name_length_and_first_month(void **state)
{
    const KindCase *row = *state;
    assert_string_equal(wm_period_kind_name(row->kind), row->name);
    assert_int_equal(wm_period_kind_months(row->kind), row->months);
    const WmDay first = wm_day_from_date(2021, row->first_month, 1);
    assert_int_equal(wm_period_start(wm_period_containing(row->kind, first)), first);
}

static void steps_add_up(void **state)
{
    (void)state;
    Random random = {7};
    for (int i = 0; i < 20000; i++) {
        const WmPeriodKind kind = (WmPeriodKind)random_between(&random, WM_PERIOD_DAY, WM_N_PERIOD_KINDS - 1);
        const WmPeriod period = wm_period_containing(kind, (WmDay)random_between(&random, -20000, 50000));
        const int a = random_between(&random, -30, 30), b = random_between(&random, -30, 30);
        const WmPeriod at_once = wm_period_step(period, a + b), in_two = wm_period_step(wm_period_step(period, a), b);
        assert_int_equal(at_once.start, in_two.start);
        assert_int_equal(wm_period_steps_between(period, at_once), a + b);
        assert_int_equal(at_once.kind, kind);
    }
}

static void the_same_days_compare_equal_whatever_the_label(void **state)
{
    (void)state;
    const WmPeriod financial = wm_period_containing(WM_PERIOD_QUARTER, wm_day_from_date(2021, 8, 1));
    const WmPeriod calendar = wm_period_containing(WM_PERIOD_CALENDAR_QUARTER, wm_day_from_date(2021, 8, 1));
    assert_int_not_equal(financial.kind, calendar.kind);
    assert_int_equal(wm_period_compare(financial, calendar), 0);
    assert_int_equal(wm_period_steps_between(financial, wm_period_step(calendar, 3)), 3);
}

static void of_two_that_end_together_the_longer_comes_first(void **state)
{
    (void)state;
    const WmPeriod december = wm_period_containing(WM_PERIOD_MONTH, wm_day_from_date(2021, 12, 1));
    const WmPeriod year = wm_period_containing(WM_PERIOD_YEAR, wm_day_from_date(2021, 12, 1));
    assert_true(wm_period_compare(year, december) < 0);
    assert_true(wm_period_compare(december, year) > 0);
}

static void steps_between_kinds_of_other_length_are_none(void **state)
{
    (void)state;
    const WmPeriod month = {WM_PERIOD_MONTH, 2021 * 12}, year = {WM_PERIOD_YEAR, 2025 * 12}, none = {WM_PERIOD_NONE, 0};
    assert_int_equal(wm_period_steps_between(month, year), 0);
    assert_int_equal(wm_period_steps_between(none, none), 0);
    assert_int_equal(wm_period_steps_between(none, (WmPeriod){WM_PERIOD_DAY, 5}), 0);
    /* a calendar and a financial year are 3 months apart: not a whole step either way */
    const WmPeriod financial = {WM_PERIOD_FINANCIAL_YEAR, 2025 * 12 + 3};
    assert_int_equal(wm_period_steps_between(year, financial), 0);
    assert_int_equal(wm_period_steps_between(financial, year), 0);
}

static void a_missing_period_has_no_days(void **state)
{
    (void)state;
    const WmPeriod none = {WM_PERIOD_NONE, 0};
    assert_int_equal(wm_period_start(none), WM_NO_DAY);
    assert_int_equal(wm_period_end(none), WM_NO_DAY);
    assert_int_equal(wm_period_containing(WM_PERIOD_MONTH, WM_NO_DAY).kind, WM_PERIOD_NONE);
    assert_int_equal(wm_period_containing(WM_PERIOD_NONE, 0).kind, WM_PERIOD_NONE);
    assert_int_equal(wm_period_ending_by(WM_PERIOD_YEAR, WM_NO_DAY).kind, WM_PERIOD_NONE);
}

static void the_calendar_year_2021_is_the_last_by_january_2022(void **state)
{
    (void)state;
    const WmPeriod year = wm_period_ending_by(WM_PERIOD_YEAR, wm_day_from_date(2022, 1, 31));
    assert_int_equal(wm_period_end(year), wm_day_from_date(2021, 12, 31));
    const WmPeriod academic = wm_period_ending_by(WM_PERIOD_ACADEMIC_YEAR, wm_day_from_date(2022, 8, 30));
    assert_int_equal(wm_period_end(academic), wm_day_from_date(2021, 8, 31));
}

typedef struct {
    const char *name;
    double value;
    int decimals;
    double expected;
} RoundCase;

static const RoundCase ROUNDS[] = {
    {"half goes away from zero", 39.95, 1, 40.0},
    {"just under half stays", 39.949, 1, 39.9},
    {"negative half goes away from zero", -2.5, 0, -3},
    {"a half stored just below", 1.005, 2, 1.01},
    {"0.15 is 0.2 to people", 0.15, 1, 0.2},
    {"2.675 is 2.68 to people", 2.675, 2, 2.68},
    {"a tiny negative is 0, not -0", -0.04, 1, 0},
    {"decimals below 0 are 0", 12.6, -3, 13},
    {"decimals above 9 are 9", 1.23456789012, 20, 1.234567890},
    {"a whole number that no double can halve", 1e16, 0, 1e16},
    {"a large whole number stays itself", 2e15, 0, 2e15},
    {"a large whole number with decimals stays itself", 123456789012345.0, 3, 123456789012345.0},
    {"a huge value stays finite", 1e300, 9, 1e300},
    {"the largest double stays itself", 1.7976931348623157e308, 2, 1.7976931348623157e308},
    {"not a number", NAN, 1, NAN},
    {"an infinity is no number", INFINITY, 1, NAN},
};

static void a_number_is_rounded_as_published(void **state)
{
    const RoundCase *row = *state;
    const double rounded = wm_round(row->value, row->decimals);
    assert_near(rounded, row->expected, 1e-12);
    assert_false(rounded == 0 && signbit(rounded));
}

static void rounding_is_odd_monotone_and_settles(void **state)
{
    (void)state;
    Random random = {11};
    for (int i = 0; i < 20000; i++) {
        const int decimals = random_between(&random, 0, 6);
        const double a = random_normal(&random) * 1000, b = a + random_uniform(&random);
        const double rounded = wm_round(a, decimals);
        assert_true(fabs(rounded - a) <= 0.5 * pow(10, -decimals) * (1 + 1e-9));
        assert_true(wm_round(-a, decimals) == -rounded);
        assert_true(wm_round(rounded, decimals) == rounded);
        assert_true(wm_round(b, decimals) >= rounded);
    }
}

static void names_are_found_in_any_case(void **state)
{
    (void)state;
    const char *const names[] = {"one", NULL, "two"};
    assert_int_equal(wm_names_find(names, 3, "TWO"), 2);
    assert_int_equal(wm_names_find(names, 3, "tw"), -1);
    assert_int_equal(wm_names_find(names, 3, ""), -1);
    assert_int_equal(wm_names_find(names, 3, NULL), -1);
    assert_int_equal(wm_names_find(names, 0, "one"), -1);
}

int main(void)
{
    ADD_TABLE(DAYS, a_date_is_its_day_and_back);
    ADD_TABLE(DATES, a_date_exists_or_not);
    ADD(every_day_of_three_centuries_survives_both_scales);
    ADD(a_month_end_is_a_whole_number_and_a_month_is_one);
    ADD(no_day_has_no_months_and_no_month_end);
    ADD_TABLE(MONTHS, months_give_their_day);
    ADD_TABLE(KINDS, periods_partition_time);
    ADD_TABLE(KINDS, a_kind_has_its_name_length_and_first_month);
    ADD(steps_add_up);
    ADD(the_same_days_compare_equal_whatever_the_label);
    ADD(of_two_that_end_together_the_longer_comes_first);
    ADD(steps_between_kinds_of_other_length_are_none);
    ADD(a_missing_period_has_no_days);
    ADD(the_calendar_year_2021_is_the_last_by_january_2022);
    ADD_TABLE(ROUNDS, a_number_is_rounded_as_published);
    ADD(rounding_is_odd_monotone_and_settles);
    ADD(names_are_found_in_any_case);
    return run_cases("calendar");
}
