/* The pooled model: what may not matter (order, other units of measure, dates, which way is up). */
#include <waymark/forecast.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_forecast.h"
#include "core/fixture_series.h"

static void a_percent_and_a_share_of_one_forecast_alike(void **state)
{
    (void)state;
    ForecastCase percent, share;
    forecast_plain(&percent, 1, 0, 0, 0, 100);
    forecast_plain(&share, 0.01, 0, 0, 0, 1);
    forecast_learn(&percent);
    forecast_learn(&share);
    forecast_compare(&percent, &share, 0.01, 0, 1e-8);
    forecast_free(&percent);
    forecast_free(&share);
}

static void another_unit_of_measure_changes_nothing_but_the_unit(void **state)
{
    (void)state;
    ForecastCase weeks, days;
    forecast_plain(&weeks, 1, 0.123, 0, 0, NAN);
    forecast_plain(&days, 7, 7 * 0.123, 0, 0, NAN);
    forecast_learn(&weeks);
    forecast_learn(&days);
    forecast_compare(&weeks, &days, 7, 0, 1e-8);
    forecast_free(&weeks);
    forecast_free(&days);
}

static void the_date_itself_plays_no_part(void **state)
{
    (void)state;
    ForecastCase early, late;
    forecast_plain(&early, 1, 0, 0, 0, 100);
    forecast_plain(&late, 1, 0, 173, 0, 100);
    forecast_learn(&early);
    forecast_learn(&late);
    forecast_compare(&early, &late, 1, 0, 1e-9);
    forecast_free(&early);
    forecast_free(&late);
}

static void the_order_of_readings_and_of_series_plays_no_part(void **state)
{
    (void)state;
    ForecastCase straight, turned;
    forecast_plain(&straight, 1, 0, 0, 0, 100);
    forecast_plain(&turned, 1, 0, 0, 0, 100);
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 15; k++) {
            const WmReading kept = turned.readings[i][k];
            turned.readings[i][k] = turned.readings[i][29 - k];
            turned.readings[i][29 - k] = kept;
        }
    const WmForecastSeries first = turned.series[0];
    turned.series[0] = turned.series[2];
    turned.series[2] = first;
    forecast_learn(&straight);
    forecast_learn(&turned);
    turned.series[2] = turned.series[0];
    turned.series[0] = first;
    forecast_compare(&straight, &turned, 1, 0, 1e-9);
    forecast_free(&straight);
    forecast_free(&turned);
}

static void the_same_input_gives_the_same_bits(void **state)
{
    (void)state;
    ForecastCase one, two;
    forecast_plain(&one, 1, 0, 0, 0, 100);
    forecast_plain(&two, 1, 0, 0, 0, 100);
    forecast_learn(&one);
    forecast_learn(&two);
    forecast_compare(&one, &two, 1, 0, 0);
    forecast_free(&one);
    forecast_free(&two);
}

static void only_an_upper_bound_is_only_a_lower_bound_turned_round(void **state)
{
    (void)state;
    ForecastCase low, high;
    forecast_plain(&low, 1, 0.5, 0, 0, NAN);
    forecast_plain(&high, -1, -0.5, 0, NAN, 0);
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 30; k++)
            high.readings[i][k].value = -low.readings[i][k].value;
    forecast_learn(&low);
    forecast_learn(&high);
    const WmForecast x = forecast_fit(&low, 0), y = forecast_fit(&high, 0);
    const WmDistribution p = wm_forecast_at(&low.prior, &x, 3), q = wm_forecast_at(&high.prior, &y, 3);
    for (size_t k = 0; k < FORECAST_N_SHARES; k++)
        assert_near(wm_distribution_quantile(&q, FORECAST_SHARES[k]), -wm_distribution_quantile(&p, 1 - FORECAST_SHARES[k]), 1e-6);
    WmMeasure measure = measure_of(WM_KIND_RATE, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, 1);
    const double at_least = wm_distribution_chance(&p, &measure, 52);
    measure.polarity = WM_POLARITY_LOWER;
    assert_near(wm_distribution_chance(&q, &measure, -52), at_least, 1e-12);
    forecast_free(&low);
    forecast_free(&high);
}

int main(void)
{
    ADD(a_percent_and_a_share_of_one_forecast_alike);
    ADD(another_unit_of_measure_changes_nothing_but_the_unit);
    ADD(the_date_itself_plays_no_part);
    ADD(the_order_of_readings_and_of_series_plays_no_part);
    ADD(the_same_input_gives_the_same_bits);
    ADD(only_an_upper_bound_is_only_a_lower_bound_turned_round);
    return run_cases("forecast alike");
}
