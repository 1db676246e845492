/* The month in which a target is expected to be met. */
#include <waymark/assess.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

/* 1, 2, 4, 3 from January to April 2021: 0.5 + 0.8 t, s = sqrt 0.9, 2 degrees of freedom (test_trend.c). */
static WmTrend small_trend(void)
{
    const double values[] = {1, 2, 4, 3};
    WmReading readings[4];
    WmTrend trend;
    monthly_readings("Jan 2021", values, 4, readings);
    wm_trend_fit(readings, 4, NULL, &trend);
    return trend;
}

static void the_central_path_meets_a_target_in_its_month(void **state)
{
    (void)state;
    const WmTrend trend = small_trend();
    const WmMeasure measure = percent_measure();
    const double from = months_of("Apr 2021");
    char text[WM_PERIOD_TEXT];
    /* 0.5 + 0.8 t = 8.5 at t = 10, October; 8.6 only in November */
    assert_string_equal(wm_day_format_iso(wm_expected_month(&trend, &measure, 8.5, from, 0.5), text), "2021-10-31");
    assert_string_equal(wm_day_format_iso(wm_expected_month(&trend, &measure, 8.6, from, 0.5), text), "2021-11-30");
    /* what is behind already is met in the next month */
    assert_string_equal(wm_day_format_iso(wm_expected_month(&trend, &measure, 1, from, 0.5), text), "2021-05-31");
}

static void a_smaller_chance_comes_sooner_and_a_larger_later(void **state)
{
    (void)state;
    const WmTrend trend = small_trend();
    const WmMeasure measure = percent_measure();
    for (double target = 4; target < 40; target += 1.3) {
        WmDay before = WM_NO_DAY;
        for (double chance = 0.05; chance < 0.85; chance += 0.1) {
            const WmDay day = wm_expected_month(&trend, &measure, target, months_of("Apr 2021"), chance);
            if (day == WM_NO_DAY)
                break;
            assert_true(day >= before);
            before = day;
        }
    }
}

static void what_is_never_met_has_no_month(void **state)
{
    (void)state;
    const WmTrend trend = small_trend();
    WmMeasure measure = percent_measure();
    const double from = months_of("Apr 2021");
    assert_int_equal(wm_expected_month(&trend, &measure, 1000, from, 0.5), WM_NO_DAY);
    measure.polarity = WM_POLARITY_LOWER;
    assert_int_equal(wm_expected_month(&trend, &measure, -5, from, 0.5), WM_NO_DAY);
    measure.polarity = WM_POLARITY_NONE;
    assert_int_equal(wm_expected_month(&trend, &measure, 5, from, 0.5), WM_NO_DAY);
    measure.polarity = WM_POLARITY_HIGHER;
    assert_int_equal(wm_expected_month(&trend, &measure, NAN, from, 0.5), WM_NO_DAY);
    assert_int_equal(wm_expected_month(&trend, &measure, 5, NAN, 0.5), WM_NO_DAY);
    assert_int_equal(wm_expected_month(&(WmTrend){.state = WM_TREND_TOO_FEW}, &measure, 5, from, 0.5), WM_NO_DAY);
}

static void it_is_sought_for_ten_years_and_no_longer(void **state)
{
    (void)state;
    const WmTrend trend = small_trend();
    const WmMeasure measure = percent_measure();
    const double last = 0.5 + 0.8 * (4 + WM_EXPECTED_HORIZON_MONTHS);
    char text[WM_PERIOD_TEXT];
    assert_string_equal(wm_day_format_iso(wm_expected_month(&trend, &measure, last - 0.1, months_of("Apr 2021"), 0.5), text),
                        "2031-04-30");
    assert_int_equal(wm_expected_month(&trend, &measure, last + 0.1, months_of("Apr 2021"), 0.5), WM_NO_DAY);
}

int main(void)
{
    ADD(the_central_path_meets_a_target_in_its_month);
    ADD(a_smaller_chance_comes_sooner_and_a_larger_later);
    ADD(what_is_never_met_has_no_month);
    ADD(it_is_sought_for_ten_years_and_no_longer);
    return run_cases("expected_month");
}
