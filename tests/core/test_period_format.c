/* Periods as Waymark writes them, and that it reads back what it writes. */
#include <waymark/calendar.h>

#include <stdio.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

#define FY WM_PERIOD_FINANCIAL_YEAR
#define AY WM_PERIOD_ACADEMIC_YEAR

typedef struct {
    const char *name;
    WmPeriod period;
    const char *text, *iso;
} WrittenCase;

static const WrittenCase WRITTEN[] = {
    {"none", {WM_PERIOD_NONE, 0}, "", ""},
    {"day", {WM_PERIOD_DAY, 20565}, "22 Apr 2026", "2026-04-22"},
    {"month", {WM_PERIOD_MONTH, 2021 * 12 + 6}, "Jul 2021", "2021-07"},
    {"quarter", {WM_PERIOD_QUARTER, 2021 * 12 + 6}, "Q2 2021/22", "2021/22-Q2"},
    {"last quarter lies in the next year", {WM_PERIOD_QUARTER, 2022 * 12}, "Q4 2021/22", "2021/22-Q4"},
    {"calendar quarter", {WM_PERIOD_CALENDAR_QUARTER, 2021 * 12 + 3}, "Q2 2021", "2021-Q2"},
    {"term", {WM_PERIOD_TERM, 2020 * 12 + 8}, "Autumn term 2020/21", "2020/21 autumn"},
    {"spring term lies in the next year", {WM_PERIOD_TERM, 2021 * 12}, "Spring term 2020/21", "2020/21 spring"},
    {"half", {WM_PERIOD_HALF, 2021 * 12 + 3}, "H1 2021/22", "2021/22-H1"},
    {"second half runs into the next year", {WM_PERIOD_HALF, 2021 * 12 + 9}, "H2 2021/22", "2021/22-H2"},
    {"calendar half", {WM_PERIOD_CALENDAR_HALF, 2021 * 12 + 6}, "H2 2021", "2021-H2"},
    {"year", {WM_PERIOD_YEAR, 2021 * 12}, "2021", "2021"},
    {"academic year", {WM_PERIOD_ACADEMIC_YEAR, 2022 * 12 + 8}, "AY 2022/23", "AY 2022/23"},
    {"financial year", {WM_PERIOD_FINANCIAL_YEAR, 2021 * 12 + 3}, "2021/22", "FY 2021/22"},
    {"turn of the century", {WM_PERIOD_FINANCIAL_YEAR, 1999 * 12 + 3}, "1999/00", "FY 1999/00"},
};

static void is_written(void **state)
{
    const WrittenCase *row = *state;
    char text[WM_PERIOD_TEXT];
    assert_string_equal(wm_period_format(row->period, text), row->text);
    assert_string_equal(wm_period_format_iso(row->period, text), row->iso);
}

static void check_same(WmPeriod expected, const char *text, WmPeriodKind pairs)
{
    WmPeriod back;
    if (!wm_period_parse(text, pairs, &back) || back.kind != expected.kind || back.start != expected.start)
        fail_msg("\"%s\" is not read back: %s %d instead of %s %d", text, wm_period_kind_name(back.kind), back.start,
                 wm_period_kind_name(expected.kind), expected.start);
}

/* Every period that lies within the accepted years, of every kind. The text for machines is read the same whatever a bare pair
 * means. */
static void what_is_written_is_read_back(void **state)
{
    (void)state;
    const WmDay first = wm_day_from_date(WM_YEAR_MIN, 1, 1), last = wm_day_from_date(WM_YEAR_MAX, 12, 31);
    char text[WM_PERIOD_TEXT];
    for (WmPeriodKind kind = WM_PERIOD_DAY; kind < WM_N_PERIOD_KINDS; kind++) {
        WmPeriod period = wm_period_containing(kind, first);
        if (wm_period_start(period) < first)
            period = wm_period_step(period, 1);
        for (; wm_period_end(period) <= last; period = wm_period_step(period, 1)) {
            check_same(period, wm_period_format(period, text), FY);
            check_same(period, wm_period_format_iso(period, text), FY);
            check_same(period, wm_period_format_iso(period, text), AY);
        }
    }
}

static void texts_for_machines_sort_as_time_does(void **state)
{
    (void)state;
    char text[WM_PERIOD_TEXT], next_text[WM_PERIOD_TEXT];
    for (WmPeriodKind kind = WM_PERIOD_DAY; kind < WM_N_PERIOD_KINDS; kind++) {
        WmPeriod period = wm_period_containing(kind, wm_day_from_date(1998, 1, 1));
        for (int i = 0; i < 60; i++) {
            const WmPeriod next = wm_period_step(period, 1);
            assert_true(strcmp(wm_period_format_iso(period, text), wm_period_format_iso(next, next_text)) < 0);
            period = next;
        }
    }
}

static bool is_within_accepted_years(WmPeriod period)
{
    const int year = wm_day_to_date(wm_period_start(period)).year;
    return period.kind != WM_PERIOD_NONE && year >= WM_YEAR_MIN && year <= WM_YEAR_MAX;
}

static void check_survives(const char *text)
{
    for (int i = 0; i < 2; i++) {
        WmPeriod period;
        char written[WM_PERIOD_TEXT];
        if (!wm_period_parse(text, i ? AY : FY, &period))
            assert_int_equal(period.kind, WM_PERIOD_NONE);
        else {
            assert_true(is_within_accepted_years(period));
            check_same(period, wm_period_format(period, written), FY);
        }
    }
}

/* Pieces of which period texts are made, in any order: more of these are read than of random bytes. */
static void random_pieces_never_leave_the_accepted_years(void **state)
{
    (void)state;
    static const char *const PIECES[] = {"2021",   "22",      "/",    "-",  " ",    "Q",    "H",      "1",        "4",    "Jul",
                                         "autumn", "term",    "AY",   "FY", "year", "of",   "202122", "20210731", "1899", "1900",
                                         "2199",   "00",      "99",   "12", ".",    ",",    "13",     "0",        "31",   "spring",
                                         "T00:00", "quarter", "2200", "29", "Feb",  "half", "10",     "11",       "CY"};
    Random random = {3};
    for (int i = 0; i < 200000; i++) {
        char text[256] = "";
        const int n = random_between(&random, 1, 7);
        for (int j = 0; j < n; j++)
            strcat(text, PIECES[random_between(&random, 0, (int)N_ELEMENTS(PIECES) - 1)]);
        check_survives(text);
    }
}

static void random_bytes_never_crash(void **state)
{
    (void)state;
    Random random = {5};
    for (int i = 0; i < 200000; i++) {
        char text[64];
        const int n = random_between(&random, 0, 40);
        const int high = i % 2 ? 255 : 126;
        for (int j = 0; j < n; j++)
            text[j] = (char)random_between(&random, i % 2 ? 1 : 32, high);
        text[n] = 0;
        check_survives(text);
    }
}

static void days_are_written_for_people_and_machines(void **state)
{
    (void)state;
    char text[WM_PERIOD_TEXT];
    const WmDay day = wm_day_from_date(2021, 7, 1);
    assert_string_equal(wm_day_format(day, text), "1 Jul 2021");
    assert_string_equal(wm_day_format_iso(day, text), "2021-07-01");
    assert_string_equal(wm_day_format_month(day, text), "Jul 2021");
    assert_string_equal(wm_day_format_due(day, text), "1 Jul 2021");
    assert_string_equal(wm_day_format_due(wm_day_from_date(2024, 2, 28), text), "28 Feb 2024");
    assert_string_equal(wm_day_format_due(wm_day_from_date(2024, 2, 29), text), "Feb 2024");
    assert_string_equal(wm_day_format(WM_NO_DAY, text), "");
    assert_string_equal(wm_day_format_iso(WM_NO_DAY, text), "");
    assert_string_equal(wm_day_format_month(WM_NO_DAY, text), "");
    assert_string_equal(wm_day_format_due(WM_NO_DAY, text), "");
}

int main(void)
{
    ADD_TABLE(WRITTEN, is_written);
    ADD(what_is_written_is_read_back);
    ADD(texts_for_machines_sort_as_time_does);
    ADD(random_pieces_never_leave_the_accepted_years);
    ADD(random_bytes_never_crash);
    ADD(days_are_written_for_people_and_machines);
    return run_cases("period format");
}
