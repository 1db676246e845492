/* Periods as people write them: what is read, and what is refused. */
#include <waymark/calendar.h>

#include <stdio.h>
#include <string.h>

#include "core/fixture_cases.h"

#define FY WM_PERIOD_FINANCIAL_YEAR
#define AY WM_PERIOD_ACADEMIC_YEAR

typedef struct {
    const char *name; /* the text itself */
    WmPeriodKind pairs;
    WmPeriodKind kind;
    const char *start, *end;
} ReadCase;

static const ReadCase READ[] = {
    /* every example of calendar.h */
    {"Jul-21", FY, WM_PERIOD_MONTH, "2021-07-01", "2021-07-31"},
    {"Sept 2021", FY, WM_PERIOD_MONTH, "2021-09-01", "2021-09-30"},
    {"July 2021", FY, WM_PERIOD_MONTH, "2021-07-01", "2021-07-31"},
    {"2021-07", FY, WM_PERIOD_MONTH, "2021-07-01", "2021-07-31"},
    {"07/2021", FY, WM_PERIOD_MONTH, "2021-07-01", "2021-07-31"},
    {"202107", FY, WM_PERIOD_MONTH, "2021-07-01", "2021-07-31"},
    {"Q2 2021/22", FY, WM_PERIOD_QUARTER, "2021-07-01", "2021-09-30"},
    {"2021/22 Q2", FY, WM_PERIOD_QUARTER, "2021-07-01", "2021-09-30"},
    {"2018/19-Q1", FY, WM_PERIOD_QUARTER, "2018-04-01", "2018-06-30"},
    {"Q2 2021", FY, WM_PERIOD_CALENDAR_QUARTER, "2021-04-01", "2021-06-30"},
    {"2020/21 autumn term", FY, WM_PERIOD_TERM, "2020-09-01", "2020-12-31"},
    {"Autumn term 2020", FY, WM_PERIOD_TERM, "2020-09-01", "2020-12-31"},
    {"H1 2021/22", FY, WM_PERIOD_HALF, "2021-04-01", "2021-09-30"},
    {"2021 H2", FY, WM_PERIOD_CALENDAR_HALF, "2021-07-01", "2021-12-31"},
    {"AY 2022/23", FY, WM_PERIOD_ACADEMIC_YEAR, "2022-09-01", "2023-08-31"},
    {"FY 2021-22", FY, WM_PERIOD_FINANCIAL_YEAR, "2021-04-01", "2022-03-31"},
    {"2021/22", FY, WM_PERIOD_FINANCIAL_YEAR, "2021-04-01", "2022-03-31"},
    {"2021", FY, WM_PERIOD_YEAR, "2021-01-01", "2021-12-31"},
    {"22/04/2026", FY, WM_PERIOD_DAY, "2026-04-22", "2026-04-22"},
    {"2026-04-22", FY, WM_PERIOD_DAY, "2026-04-22", "2026-04-22"},
    {"22 April 2026", FY, WM_PERIOD_DAY, "2026-04-22", "2026-04-22"},
    {"202122", FY, WM_PERIOD_FINANCIAL_YEAR, "2021-04-01", "2022-03-31"},
    /* the same pair means what the plan says */
    {"2021/22 ", AY, WM_PERIOD_ACADEMIC_YEAR, "2021-09-01", "2022-08-31"},
    {"202122 ", AY, WM_PERIOD_ACADEMIC_YEAR, "2021-09-01", "2022-08-31"},
    {"FY 2021/22", AY, WM_PERIOD_FINANCIAL_YEAR, "2021-04-01", "2022-03-31"},
    {"academic year 2021/22", FY, WM_PERIOD_ACADEMIC_YEAR, "2021-09-01", "2022-08-31"},
    {"2021/22 academic year", FY, WM_PERIOD_ACADEMIC_YEAR, "2021-09-01", "2022-08-31"},
    {"2021/22 financial year", AY, WM_PERIOD_FINANCIAL_YEAR, "2021-04-01", "2022-03-31"},
    {"Calendar year 2021", FY, WM_PERIOD_YEAR, "2021-01-01", "2021-12-31"},
    {"CY 2021", FY, WM_PERIOD_YEAR, "2021-01-01", "2021-12-31"},
    {"Q2 2021/22 ", AY, WM_PERIOD_QUARTER, "2021-07-01", "2021-09-30"},
    /* where a month and a pair look alike */
    {"2011-12", FY, WM_PERIOD_MONTH, "2011-12-01", "2011-12-31"},
    {"2009-10", FY, WM_PERIOD_MONTH, "2009-10-01", "2009-10-31"},
    {"201112", FY, WM_PERIOD_MONTH, "2011-12-01", "2011-12-31"},
    {"201112 ", AY, WM_PERIOD_ACADEMIC_YEAR, "2011-09-01", "2012-08-31"},
    {"FY 2011-12", FY, WM_PERIOD_FINANCIAL_YEAR, "2011-04-01", "2012-03-31"},
    {"2011/12", FY, WM_PERIOD_FINANCIAL_YEAR, "2011-04-01", "2012-03-31"},
    {"2012/11", FY, WM_PERIOD_MONTH, "2012-11-01", "2012-11-30"},
    {"2021-22", FY, WM_PERIOD_FINANCIAL_YEAR, "2021-04-01", "2022-03-31"},
    {"2020-2021", FY, WM_PERIOD_FINANCIAL_YEAR, "2020-04-01", "2021-03-31"},
    {"2020/2021", AY, WM_PERIOD_ACADEMIC_YEAR, "2020-09-01", "2021-08-31"},
    {"20/21", FY, WM_PERIOD_FINANCIAL_YEAR, "2020-04-01", "2021-03-31"},
    {"Q2 2011-12", FY, WM_PERIOD_QUARTER, "2011-07-01", "2011-09-30"},
    {"2011-12-13", FY, WM_PERIOD_DAY, "2011-12-13", "2011-12-13"},
    {"1999/00", FY, WM_PERIOD_FINANCIAL_YEAR, "1999-04-01", "2000-03-31"},
    /* months */
    {"  jUl   2021 ", FY, WM_PERIOD_MONTH, "2021-07-01", "2021-07-31"},
    {"Sept. 2021", FY, WM_PERIOD_MONTH, "2021-09-01", "2021-09-30"},
    {"May 21", FY, WM_PERIOD_MONTH, "2021-05-01", "2021-05-31"},
    {"2021 Jul", FY, WM_PERIOD_MONTH, "2021-07-01", "2021-07-31"},
    {"2021/07", FY, WM_PERIOD_MONTH, "2021-07-01", "2021-07-31"},
    {"07/21", FY, WM_PERIOD_MONTH, "2021-07-01", "2021-07-31"},
    {"Feb 2024", FY, WM_PERIOD_MONTH, "2024-02-01", "2024-02-29"},
    {"Feb 2100", FY, WM_PERIOD_MONTH, "2100-02-01", "2100-02-28"},
    {"Jan-70", FY, WM_PERIOD_MONTH, "1970-01-01", "1970-01-31"},
    {"Jan-69", FY, WM_PERIOD_MONTH, "2069-01-01", "2069-01-31"},
    {"Jul-00", FY, WM_PERIOD_MONTH, "2000-07-01", "2000-07-31"},
    /* quarters and halves */
    {"2021 Q2", FY, WM_PERIOD_CALENDAR_QUARTER, "2021-04-01", "2021-06-30"},
    {"2021Q2", FY, WM_PERIOD_CALENDAR_QUARTER, "2021-04-01", "2021-06-30"},
    {"2021-Q4", FY, WM_PERIOD_CALENDAR_QUARTER, "2021-10-01", "2021-12-31"},
    {"Quarter 4 2021/22", FY, WM_PERIOD_QUARTER, "2022-01-01", "2022-03-31"},
    {"Quarter 1 of 2021/22", FY, WM_PERIOD_QUARTER, "2021-04-01", "2021-06-30"},
    {"Qtr 1 2021", FY, WM_PERIOD_CALENDAR_QUARTER, "2021-01-01", "2021-03-31"},
    {"Q3 21/22", FY, WM_PERIOD_QUARTER, "2021-10-01", "2021-12-31"},
    {"H2 2021/22", FY, WM_PERIOD_HALF, "2021-10-01", "2022-03-31"},
    {"2021/22-H1", FY, WM_PERIOD_HALF, "2021-04-01", "2021-09-30"},
    {"H1 2021", FY, WM_PERIOD_CALENDAR_HALF, "2021-01-01", "2021-06-30"},
    {"Quarter 1 financial year 2021/22", FY, WM_PERIOD_QUARTER, "2021-04-01", "2021-06-30"},
    {"2021/22 Financial year Q4", AY, WM_PERIOD_QUARTER, "2022-01-01", "2022-03-31"},
    {"Financial year 2021/22 Q2", FY, WM_PERIOD_QUARTER, "2021-07-01", "2021-09-30"},
    {"2021/22 financial year H2", FY, WM_PERIOD_HALF, "2021-10-01", "2022-03-31"},
    {"2021 Calendar year Q3", FY, WM_PERIOD_CALENDAR_QUARTER, "2021-07-01", "2021-09-30"},
    {"2021 Calendar year", FY, WM_PERIOD_YEAR, "2021-01-01", "2021-12-31"},
    /* terms */
    {"Autumn term 2020/21", FY, WM_PERIOD_TERM, "2020-09-01", "2020-12-31"},
    {"Spring 2020/21", FY, WM_PERIOD_TERM, "2021-01-01", "2021-04-30"},
    {"summer term 2020/21", FY, WM_PERIOD_TERM, "2021-05-01", "2021-08-31"},
    {"Spring term 2021", FY, WM_PERIOD_TERM, "2021-01-01", "2021-04-30"},
    {"2021 summer term", FY, WM_PERIOD_TERM, "2021-05-01", "2021-08-31"},
    {"Spring 20/21", FY, WM_PERIOD_TERM, "2021-01-01", "2021-04-30"},
    /* days */
    {"29 February 2024", FY, WM_PERIOD_DAY, "2024-02-29", "2024-02-29"},
    {"29/02/2000", FY, WM_PERIOD_DAY, "2000-02-29", "2000-02-29"},
    {"1/2/2021", FY, WM_PERIOD_DAY, "2021-02-01", "2021-02-01"},
    {"22.04.2026", FY, WM_PERIOD_DAY, "2026-04-22", "2026-04-22"},
    {"22-Apr-26", FY, WM_PERIOD_DAY, "2026-04-22", "2026-04-22"},
    {"22/04/26", FY, WM_PERIOD_DAY, "2026-04-22", "2026-04-22"},
    {"April 22, 2026", FY, WM_PERIOD_DAY, "2026-04-22", "2026-04-22"},
    {"20260422", FY, WM_PERIOD_DAY, "2026-04-22", "2026-04-22"},
    {"2021-07-31 00:00:00", FY, WM_PERIOD_DAY, "2021-07-31", "2021-07-31"},
    {"2021-07-31T00:00", FY, WM_PERIOD_DAY, "2021-07-31", "2021-07-31"},
    /* typography: an en dash, a no-break space */
    {"2021\xE2\x80\x93"
     "22",
     FY, WM_PERIOD_FINANCIAL_YEAR, "2021-04-01", "2022-03-31"},
    {"Jul\xC2\xA0"
     "2021",
     FY, WM_PERIOD_MONTH, "2021-07-01", "2021-07-31"},
    /* the edges of what is accepted */
    {"Jan 1900", FY, WM_PERIOD_MONTH, "1900-01-01", "1900-01-31"},
    {"31/12/2199", FY, WM_PERIOD_DAY, "2199-12-31", "2199-12-31"},
    {"2199/00", FY, WM_PERIOD_FINANCIAL_YEAR, "2199-04-01", "2200-03-31"},
};

static void is_read(void **state)
{
    const ReadCase *row = *state;
    WmPeriod period;
    char text[WM_PERIOD_TEXT];
    assert_true(wm_period_parse(row->name, row->pairs, &period));
    assert_string_equal(wm_period_kind_name(period.kind), wm_period_kind_name(row->kind));
    assert_string_equal(wm_day_format_iso(wm_period_start(period), text), row->start);
    assert_string_equal(wm_day_format_iso(wm_period_end(period), text), row->end);
    WmDay day;
    assert_true(wm_day_parse(row->name, row->pairs, &day));
    assert_int_equal(day, wm_period_end(period));
}

typedef struct {
    const char *name;
    const char *text;
} RefusedCase;

static const RefusedCase REFUSED[] = {
    {"nothing", ""},
    {"spaces", "   "},
    {"a hyphen", "-"},
    {"a word", "ongoing"},
    {"to be confirmed", "TBC"},
    {"a marker", "[c]"},
    {"month 13", "2021-13"},
    {"month 0", "2021-00"},
    {"month 13, slash", "13/2021"},
    {"quarter 5", "Q5 2021"},
    {"quarter 0", "Q0 2021"},
    {"half 3", "H3 2021"},
    {"29 February of a common year", "29/02/2023"},
    {"29 February 1900", "29/02/1900"},
    {"29 February 2100", "29 Feb 2100"},
    {"31 April", "31/04/2021"},
    {"month first, as in America", "04/22/2026"},
    {"before 1900", "Dec 1899"},
    {"after 2199", "Jan 2200"},
    {"year 9999", "31/12/9999"},
    {"Q4 of 2199/00 lies in 2200", "Q4 2199/00"},
    {"a pair that is none", "2021/23"},
    {"a pair that runs backwards", "2022/21"},
    {"long pair that is none", "2020/2022"},
    {"six digits that are neither", "202199"},
    {"two years side by side", "2020 2021"},
    {"a quarter without a year", "Q2"},
    {"a quarter with a two-digit year", "Q2 21"},
    {"a month without a year", "July"},
    {"too few letters of a month", "Ju 2021"},
    {"a misspelt month", "Jlu 2021"},
    {"letters after a month", "Julyy 2021"},
    {"a term without a year", "Autumn term"},
    {"a number", "5"},
    {"an Excel serial number", "44408"},
    {"a number with thousands", "1,322"},
    {"nine digits", "202107311"},
    {"a financial year of one year", "FY 2021"},
    {"an academic year of one year", "AY 2022"},
    {"text after it", "Jul 2021 to Sep 2021"},
    {"year ending, which is none of the kinds", "Year ending March 2021"},
    {"a year in front of a month", "Year Mar 2021"},
    {"a term that is not said", "term 2021"},
    {"a term that is numbered", "Term 2 2021/22"},
    {"a quarter written twice", "Q1 Q2 2021"},
    {"day and month without a year", "22 April"},
    {"a decimal number", "3.5"},
    {"a decimal number with two digits", "12.20"},
    {"two numbers with a comma", "12,20"},
    {"two numbers with a space", "12 20"},
    {"month and year, or a pair of years: nobody can tell", "11/12"},
    {"month and year, or a pair of years, with 08/09", "08/09"},
    {"a one-digit year after a month", "Apr 5"},
    {"a one-digit year in a date", "1/2/3"},
    {"a one-digit year in a named date", "1 Feb 3"},
    {"a time and no date", "12:30"},
    {"a colon", "2021:07"},
    {"a negative year", "-2021"},
    {"a cut-off date", "2021-07-"},
    {"a cut-off pair", "2021/"},
    {"a path", "/2021"},
    {"a percent", "50%"},
    {"brackets", "(2021)"},
    {"an emoji", "\xF0\x9F\x93\x85 2021"},
    {"an invalid byte", "2021\xFF"},
    {"a stray lead byte", "Jul\xC2"},
    {"more words than a period has", "1 2 3 4 5 6 7 8 9 10 11 12"},
};

static void is_refused(void **state)
{
    const RefusedCase *row = *state;
    WmPeriod period = {WM_PERIOD_YEAR, 5};
    WmDay day = 5;
    assert_false(wm_period_parse(row->text, FY, &period));
    assert_int_equal(period.kind, WM_PERIOD_NONE);
    assert_int_equal(period.start, 0);
    assert_false(wm_day_parse(row->text, FY, &day));
    assert_int_equal(day, WM_NO_DAY);
}

static void no_text_at_all_is_refused(void **state)
{
    (void)state;
    WmPeriod period;
    assert_false(wm_period_parse(NULL, FY, &period));
    assert_int_equal(period.kind, WM_PERIOD_NONE);
}

/* The short way for what ISO 8601 writes says what the tokens say: a space before keeps a text from it. */
static void the_short_way_is_the_long_way(void **state)
{
    (void)state;
    char text[24];
    const WmPeriodKind pairs[] = {FY, AY};
    for (int year = WM_YEAR_MIN - 2; year <= WM_YEAR_MAX + 2; year++)
        for (int month = 0; month <= 99; month++)
            for (int day = -1; day <= (month <= 13 && year % 7 == 0 ? 33 : -1); day++) {
                WmPeriod quick, slow;
                snprintf(text, sizeof text, day < 0 ? " %04d-%02d" : " %04d-%02d-%02d", year, month, day);
                for (size_t i = 0; i < 2; i++) {
                    assert_int_equal(wm_period_parse(text + 1, pairs[i], &quick), wm_period_parse(text, pairs[i], &slow));
                    assert_int_equal(quick.kind, slow.kind);
                    assert_int_equal(quick.start, slow.start);
                }
            }
}

static void a_very_long_text_is_refused(void **state)
{
    (void)state;
    char text[5000];
    memset(text, '9', sizeof text - 1);
    text[sizeof text - 1] = 0;
    WmPeriod period;
    assert_false(wm_period_parse(text, FY, &period));
    memset(text, 'a', sizeof text - 1);
    assert_false(wm_period_parse(text, FY, &period));
}

int main(void)
{
    ADD_TABLE(READ, is_read);
    ADD_TABLE(REFUSED, is_refused);
    ADD(no_text_at_all_is_refused);
    ADD(the_short_way_is_the_long_way);
    ADD(a_very_long_text_is_refused);
    return run_cases("period parse");
}
