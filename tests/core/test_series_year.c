/* The next reading, the same period a year before, and the year so far. */
#include <waymark/series.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

static WmSeries series_of(WmKind kind, WmFrequency frequency, const WmReading *readings, size_t n)
{
    return (WmSeries){.measure = measure_of(kind, WM_POLARITY_HIGHER, frequency, 1), .readings = readings, .n_readings = n};
}

static void check_period(WmPeriod period, const char *expected)
{
    char text[WM_PERIOD_TEXT];
    assert_string_equal(wm_period_format(period, text), expected);
}

static void the_next_month_follows_the_latest(void **state)
{
    (void)state;
    const WmReading readings[] = {reading_of("Jan 2022", 1), reading_of("Feb 2022", 2)};
    const WmSeries series = series_of(WM_KIND_COUNT, WM_FREQUENCY_MONTH, readings, 2);
    check_period(wm_series_next_period(&series), "Mar 2022");
}

/* A survey of June and December among measures by month. */
static void a_survey_comes_in_its_own_steps(void **state)
{
    (void)state;
    const WmReading readings[] = {reading_of("Jun 2021", 1), reading_of("Dec 2021", 2), reading_of("Jun 2022", 2)};
    const WmSeries series = series_of(WM_KIND_PERCENT, WM_FREQUENCY_MONTH, readings, 3);
    check_period(wm_series_next_period(&series), "Dec 2022");
}

static void a_missing_reading_is_still_awaited(void **state)
{
    (void)state;
    WmReading readings[] = {reading_of("Jan 2022", 1), reading_of("Feb 2022", NAN)};
    readings[1].state = WM_MISSING;
    const WmSeries series = series_of(WM_KIND_COUNT, WM_FREQUENCY_MONTH, readings, 2);
    check_period(wm_series_next_period(&series), "Feb 2022");
}

static void nothing_is_awaited_before_the_first_or_of_what_is_told_once(void **state)
{
    (void)state;
    const WmReading readings[] = {reading_of("Jan 2022", 1)};
    const WmSeries none = series_of(WM_KIND_COUNT, WM_FREQUENCY_MONTH, NULL, 0);
    const WmSeries once = series_of(WM_KIND_YES_NO, WM_FREQUENCY_ONCE, readings, 1);
    assert_int_equal(wm_series_next_period(&none).kind, WM_PERIOD_NONE);
    assert_int_equal(wm_series_next_period(&once).kind, WM_PERIOD_NONE);
}

static void a_year_before_is_the_same_period(void **state)
{
    (void)state;
    check_period(wm_period_year_before(period_of("Mar 2022")), "Mar 2021");
    check_period(wm_period_year_before(period_of("Q2 2021/22")), "Q2 2020/21");
    check_period(wm_period_year_before(period_of("AY 2021/22")), "AY 2020/21");
    check_period(wm_period_year_before(period_of("29 Feb 2020")), "28 Feb 2019");
    assert_int_equal(wm_period_year_before((WmPeriod){WM_PERIOD_NONE, 0}).kind, WM_PERIOD_NONE);
}

/* 1 of 2 in April, 9 of 10 in May: 10 of 12, not the mean of 50% and 90%. March belongs to the year before. */
static void shares_are_added_up_through_their_counts(void **state)
{
    (void)state;
    WmReading readings[] = {reading_of("Mar 2021", 10), reading_of("Apr 2021", 50), reading_of("May 2021", 90)};
    for (size_t i = 0; i < 3; i++) {
        readings[i].denominator = i == 1 ? 2 : 10;
        readings[i].numerator = readings[i].value / 100 * readings[i].denominator;
    }
    const WmSeries series = series_of(WM_KIND_PERCENT, WM_FREQUENCY_MONTH, readings, 3);
    const WmYearToDate year = wm_series_year_to_date(&series, WM_PERIOD_FINANCIAL_YEAR, WM_YEAR_AUTO, period_of("May 2021"));
    assert_near(year.value, 100.0 * 10 / 12, 1e-12);
    assert_int_equal(year.basis, WM_YEAR_SUM);
    assert_int_equal(year.n, 2);
    assert_int_equal(year.n_periods, 2);
}

static void a_share_without_counts_has_a_mean(void **state)
{
    (void)state;
    const WmReading readings[] = {reading_of("Apr 2021", 50), reading_of("May 2021", 90)};
    const WmSeries series = series_of(WM_KIND_PERCENT, WM_FREQUENCY_MONTH, readings, 2);
    const WmYearToDate year = wm_series_year_to_date(&series, WM_PERIOD_FINANCIAL_YEAR, WM_YEAR_AUTO, period_of("May 2021"));
    assert_near(year.value, 70, 1e-12);
    assert_int_equal(year.basis, WM_YEAR_MEAN);
}

/* People waiting must not be added up, plans issued must: only the plan knows which a count is. */
static void a_count_is_added_up_only_where_the_plan_says_so(void **state)
{
    (void)state;
    const WmReading readings[] = {reading_of("Apr 2021", 5), reading_of("May 2021", 7)};
    const WmSeries series = series_of(WM_KIND_COUNT, WM_FREQUENCY_MONTH, readings, 2);
    const WmPeriod may = period_of("May 2021");
    assert_true(isnan(wm_series_year_to_date(&series, WM_PERIOD_FINANCIAL_YEAR, WM_YEAR_AUTO, may).value));
    assert_near(wm_series_year_to_date(&series, WM_PERIOD_FINANCIAL_YEAR, WM_YEAR_SUM, may).value, 12, 0);
    assert_near(wm_series_year_to_date(&series, WM_PERIOD_FINANCIAL_YEAR, WM_YEAR_LATEST, may).value, 7, 0);
}

static void a_sum_that_lacks_a_month_is_not_given(void **state)
{
    (void)state;
    const WmReading readings[] = {reading_of("Apr 2021", 5), reading_of("Jun 2021", 7)};
    const WmSeries series = series_of(WM_KIND_COUNT, WM_FREQUENCY_MONTH, readings, 2);
    const WmYearToDate year = wm_series_year_to_date(&series, WM_PERIOD_FINANCIAL_YEAR, WM_YEAR_SUM, period_of("Jun 2021"));
    assert_true(isnan(year.value));
    assert_int_equal(year.basis, WM_YEAR_NONE);
    assert_int_equal(year.n, 2);
    assert_int_equal(year.n_periods, 3);
}

static void a_yearly_measure_has_no_year_to_date(void **state)
{
    (void)state;
    const WmReading readings[] = {reading_of("2021", 5)};
    const WmSeries series = series_of(WM_KIND_COUNT, WM_FREQUENCY_YEAR, readings, 1);
    assert_true(isnan(wm_series_year_to_date(&series, WM_PERIOD_YEAR, WM_YEAR_SUM, period_of("2021")).value));
}

/* Law: at any month of any year the sum is that of the months since the year's start, counted by hand. */
static void the_sum_is_that_of_the_months(void **state)
{
    (void)state;
    double values[36];
    WmReading readings[36];
    Random random = {7};
    for (size_t i = 0; i < 36; i++)
        values[i] = random_between(&random, 0, 100);
    monthly_readings("Jan 2019", values, 36, readings);
    const WmSeries series = series_of(WM_KIND_COUNT, WM_FREQUENCY_MONTH, readings, 36);
    for (size_t i = 3; i < 36; i++) {
        const size_t first = i - (i + 9) % 12; /* the April before; January 2019 is month 0 */
        double sum = 0;
        for (size_t k = first; k <= i; k++)
            sum += values[k];
        assert_near(wm_series_year_to_date(&series, WM_PERIOD_FINANCIAL_YEAR, WM_YEAR_SUM, readings[i].period).value, sum, 1e-9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_month_follows_the_latest),
        cmocka_unit_test(a_survey_comes_in_its_own_steps),
        cmocka_unit_test(a_missing_reading_is_still_awaited),
        cmocka_unit_test(nothing_is_awaited_before_the_first_or_of_what_is_told_once),
        cmocka_unit_test(a_year_before_is_the_same_period),
        cmocka_unit_test(shares_are_added_up_through_their_counts),
        cmocka_unit_test(a_share_without_counts_has_a_mean),
        cmocka_unit_test(a_count_is_added_up_only_where_the_plan_says_so),
        cmocka_unit_test(a_sum_that_lacks_a_month_is_not_given),
        cmocka_unit_test(a_yearly_measure_has_no_year_to_date),
        cmocka_unit_test(the_sum_is_that_of_the_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
