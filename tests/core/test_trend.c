/* The fitted trend: closed forms, laws, and readings that give none. */
#include <waymark/trend.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

static WmTrend fit(const WmReading *readings, size_t n)
{
    WmTrend trend;
    wm_trend_fit(readings, n, NULL, &trend);
    return trend;
}

/* y = 1, 2, 4, 3 at t = 1, 2, 3, 4: tbar = ybar = 2.5, Stt = 5, Sty = 4, so b = 0.8, a = 0.5; residuals -0.3, -0.1, 1.1, -0.7:
 * RSS = 1.8, s^2 = 0.9. At t = 5: 4.5, with s sqrt(1 + 1/4 + 2.5^2 / 5) = sqrt(0.9 * 2.5) = 1.5. */
static void four_readings_by_hand(void **state)
{
    (void)state;
    const double values[] = {1, 2, 4, 3};
    WmReading readings[4];
    monthly_readings("Jan 2021", values, 4, readings);
    const WmTrend trend = fit(readings, 4);
    assert_int_equal(trend.state, WM_TREND_FITTED);
    assert_int_equal(trend.model, WM_MODEL_OLS);
    assert_int_equal(trend.n_readings, 4);
    assert_near(trend.slope, 0.8, 1e-13);
    assert_near(trend.y_mean, 2.5, 1e-13);
    assert_near(trend.t_mean, months_of("Jan 2021") + 1.5, 1e-9);
    assert_near(trend.t_ss, 5, 1e-12);
    assert_near(trend.residual_sd, sqrt(0.9), 1e-13);
    assert_near(trend.slope_error, sqrt(0.9 / 5), 1e-13);
    assert_near(trend.df, 2, 0);
    const WmDistribution next = wm_trend_predict(&trend, months_of("May 2021"));
    assert_int_equal(next.kind, WM_DISTRIBUTION_STUDENT);
    assert_near(next.location, 4.5, 1e-12);
    assert_near(next.scale, 1.5, 1e-12);
    assert_near(next.df, 2, 0);
    assert_near(wm_trend_level(&trend, months_of("Jan 2021")), 1.3, 1e-12);
}

/* Months are counted at period ends, so that a year is 12 of them and a quarter 3. */
static void yearly_and_quarterly_readings_have_slopes_a_month(void **state)
{
    (void)state;
    const WmReading years[] = {reading_of("2019", 20), reading_of("2020", 32), reading_of("2021", 44)};
    const WmReading quarters[] = {reading_of("Q1 2021/22", 20), reading_of("Q2 2021/22", 23), reading_of("Q4 2021/22", 29)};
    assert_near(fit(years, 3).slope, 1, 1e-12);
    assert_near(fit(quarters, 3).slope, 1, 1e-12);
}

static void a_perfect_line_is_a_point(void **state)
{
    (void)state;
    const double values[] = {10, 12.5, 15, 17.5};
    WmReading readings[4];
    monthly_readings("Jan 2021", values, 4, readings);
    const WmTrend trend = fit(readings, 4);
    const WmDistribution y = wm_trend_predict(&trend, months_of("Jun 2021"));
    assert_int_equal(y.kind, WM_DISTRIBUTION_POINT);
    assert_near(y.location, 22.5, 1e-11);
}

static void a_constant_series_has_no_slope(void **state)
{
    (void)state;
    const double levels[] = {0, 0.1, 95, 1e12, -3};
    for (size_t i = 0; i < N_ELEMENTS(levels); i++) {
        const double values[] = {levels[i], levels[i], levels[i], levels[i], levels[i]};
        WmReading readings[5];
        monthly_readings("Jan 2021", values, 5, readings);
        const WmTrend trend = fit(readings, 5);
        assert_int_equal(trend.state, WM_TREND_FITTED);
        assert_near(trend.slope, 0, 1e-12 * fabs(levels[i]));
        assert_int_equal(wm_trend_predict(&trend, months_of("Jan 2022")).kind, WM_DISTRIBUTION_POINT);
        assert_close(wm_trend_level(&trend, months_of("Jan 2022")), levels[i], 1e-12);
    }
}

static void check_no_trend(const WmTrend *trend, WmTrendState expected)
{
    assert_int_equal(trend->state, expected);
    assert_true(isnan(trend->slope));
    assert_true(isnan(trend->slope_error));
    assert_true(isnan(wm_trend_level(trend, 24000)));
    assert_int_equal(wm_trend_predict(trend, 24000).kind, WM_DISTRIBUTION_NONE);
}

static void below_three_readings_there_is_no_trend(void **state)
{
    (void)state;
    const double values[] = {10, 12, 14};
    WmReading readings[3];
    monthly_readings("Jan 2021", values, 3, readings);
    for (size_t n = 0; n < 3; n++) {
        const WmTrend trend = fit(readings, n);
        check_no_trend(&trend, WM_TREND_TOO_FEW);
        assert_int_equal(trend.n_readings, n);
    }
    assert_int_equal(fit(readings, 3).state, WM_TREND_FITTED);
}

static void min_readings_may_be_raised_never_lowered(void **state)
{
    (void)state;
    const double values[] = {10, 12, 15, 16, 19};
    WmReading readings[5];
    monthly_readings("Jan 2021", values, 5, readings);
    WmTrend trend;
    wm_trend_fit(readings, 5, &(WmTrendOptions){.min_readings = 6}, &trend);
    assert_int_equal(trend.state, WM_TREND_TOO_FEW);
    wm_trend_fit(readings, 5, &(WmTrendOptions){.min_readings = 5}, &trend);
    assert_int_equal(trend.state, WM_TREND_FITTED);
    wm_trend_fit(readings, 2, &(WmTrendOptions){.min_readings = 1}, &trend);
    assert_int_equal(trend.state, WM_TREND_TOO_FEW);
}

static void readings_of_one_time_have_no_slope(void **state)
{
    (void)state;
    const WmReading readings[] = {reading_of("Dec 2021", 1), reading_of("2021", 2), reading_of("Q3 2021/22", 4)};
    const WmTrend trend = fit(readings, 3);
    check_no_trend(&trend, WM_TREND_ONE_TIME);
}

static void readings_without_value_or_time_are_passed_over(void **state)
{
    (void)state;
    const double values[] = {1, 2, 4, 3};
    WmReading readings[9];
    monthly_readings("Jan 2021", values, 4, readings);
    const WmTrend plain = fit(readings, 4);
    const double others[] = {99, NAN, INFINITY, -INFINITY, 7};
    monthly_readings("May 2021", others, 5, readings + 4);
    readings[4].state = WM_SUPPRESSED; /* whatever number it may carry by mistake */
    readings[8].period = (WmPeriod){WM_PERIOD_NONE, 0};
    const WmTrend trend = fit(readings, 9);
    assert_int_equal(trend.n_readings, 4);
    assert_near(trend.slope, plain.slope, 0);
    assert_near(trend.residual_sd, plain.residual_sd, 0);
}

static size_t random_series(Random *random, WmReading *readings)
{
    double values[MAX_READINGS];
    const size_t n = (size_t)random_between(random, 3, 40);
    const double slope = random_normal(random);
    for (size_t i = 0; i < n; i++)
        values[i] = 50 + slope * (double)i + random_normal(random) * 3;
    monthly_readings("Jan 2018", values, n, readings);
    return n;
}

static void shuffle(Random *random, WmReading *readings, size_t n)
{
    for (size_t i = n - 1; i > 0; i--) {
        const size_t j = (size_t)random_between(random, 0, (int)i);
        const WmReading kept = readings[i];
        readings[i] = readings[j];
        readings[j] = kept;
    }
}

static void the_order_of_readings_is_irrelevant(void **state)
{
    (void)state;
    Random random = {71};
    for (int i = 0; i < 500; i++) {
        WmReading readings[MAX_READINGS];
        const size_t n = random_series(&random, readings);
        const WmTrend sorted = fit(readings, n);
        shuffle(&random, readings, n);
        const WmTrend shuffled = fit(readings, n);
        assert_close(shuffled.slope, sorted.slope, 1e-9);
        assert_close(shuffled.residual_sd, sorted.residual_sd, 1e-9);
        assert_close(shuffled.y_mean, sorted.y_mean, 1e-12);
    }
}

static void the_same_readings_give_the_same_bits(void **state)
{
    (void)state;
    Random random = {72};
    WmReading readings[MAX_READINGS];
    const size_t n = random_series(&random, readings);
    WmTrend a, b;
    memset(&a, 0, sizeof a);
    memset(&b, 0xFF, sizeof b);
    wm_trend_fit(readings, n, NULL, &a);
    wm_trend_fit(readings, n, NULL, &b);
    assert_true(a.slope == b.slope && a.residual_sd == b.residual_sd && a.t_mean == b.t_mean && a.y_mean == b.y_mean &&
                a.t_ss == b.t_ss);
}

static void shifting_scaling_and_turning_carry_over(void **state)
{
    (void)state;
    Random random = {73};
    for (int i = 0; i < 500; i++) {
        WmReading readings[MAX_READINGS], changed[MAX_READINGS];
        const size_t n = random_series(&random, readings);
        const int shift = random_between(&random, -300, 300);
        const double factor = random_normal(&random) * 10, offset = random_normal(&random) * 100;
        for (size_t j = 0; j < n; j++) {
            changed[j] = readings[j];
            changed[j].period = wm_period_step(readings[j].period, shift);
            changed[j].value = offset + factor * readings[j].value;
        }
        const WmTrend a = fit(readings, n), b = fit(changed, n);
        const double scale = fabs(factor) * (1 + fabs(a.slope) + a.residual_sd);
        assert_near(b.slope, factor * a.slope, 1e-9 * (scale + fabs(offset)));
        assert_near(b.residual_sd, fabs(factor) * a.residual_sd, 1e-9 * (scale + fabs(offset)));
        const double t = wm_reading_months(&readings[n - 1]) + 6;
        assert_near(wm_trend_level(&b, t + shift), offset + factor * wm_trend_level(&a, t), 1e-7 * (scale + fabs(offset)));
    }
}

/* Straight lines with normal noise: the predictive distribution is exact, so that an interval said to hold 80% holds 80% of what
 * comes next. 4,000 series give a standard error of 0.63 points; 2.5 points are four of them. */
static void eighty_percent_intervals_cover_eighty_percent(void **state)
{
    (void)state;
    static const size_t LENGTHS[] = {3, 5, 12, 24};
    const int n_series = 4000;
    for (size_t k = 0; k < N_ELEMENTS(LENGTHS); k++) {
        Random random = {74 + k};
        const size_t n = LENGTHS[k];
        int n_covered = 0, n_below_middle = 0;
        for (int i = 0; i < n_series; i++) {
            double values[30];
            for (size_t j = 0; j < n + 3; j++)
                values[j] = 40 + 0.7 * (double)j + 4 * random_normal(&random);
            WmReading readings[30];
            monthly_readings("Jan 2020", values, n + 3, readings);
            const WmTrend trend = fit(readings, n);
            const WmDistribution y = wm_trend_predict(&trend, wm_reading_months(&readings[n + 2]));
            const double next = values[n + 2];
            n_covered += next >= wm_distribution_quantile(&y, 0.1) && next <= wm_distribution_quantile(&y, 0.9);
            n_below_middle += next < wm_distribution_centre(&y);
        }
        assert_near((double)n_covered / n_series, 0.8, 0.025);
        assert_near((double)n_below_middle / n_series, 0.5, 0.032);
    }
}

static void intervals_widen_with_distance(void **state)
{
    (void)state;
    const double values[] = {1, 2, 4, 3};
    WmReading readings[4];
    monthly_readings("Jan 2021", values, 4, readings);
    const WmTrend trend = fit(readings, 4);
    double before = 0;
    for (int i = 0; i < 60; i++) {
        const double scale = wm_trend_predict(&trend, months_of("Apr 2021") + i).scale;
        assert_true(scale > before);
        before = scale;
    }
}

static void huge_and_tiny_values_keep_their_digits(void **state)
{
    (void)state;
    const double shape[] = {1, 2, 4, 3}, factors[] = {1e-12, 1e-3, 1e6, 1e15};
    for (size_t i = 0; i < N_ELEMENTS(factors); i++) {
        double values[4];
        for (size_t j = 0; j < 4; j++)
            values[j] = shape[j] * factors[i];
        WmReading readings[4];
        monthly_readings("Jan 2021", values, 4, readings);
        assert_close(fit(readings, 4).slope, 0.8 * factors[i], 1e-12);
        assert_close(fit(readings, 4).residual_sd, sqrt(0.9) * factors[i], 1e-12);
    }
    /* a small rise on a high level: 1,000,000,000 + 1, 2, 4, 3 */
    double values[4];
    for (size_t j = 0; j < 4; j++)
        values[j] = 1e9 + shape[j];
    WmReading readings[4];
    monthly_readings("Jan 2021", values, 4, readings);
    assert_close(fit(readings, 4).slope, 0.8, 1e-9);
    assert_close(fit(readings, 4).residual_sd, sqrt(0.9), 1e-9);
}

static void models_have_the_names_of_the_command(void **state)
{
    (void)state;
    WmModel model = -1;
    assert_string_equal(wm_model_name(WM_MODEL_AUTO), "auto");
    assert_string_equal(wm_model_name(WM_MODEL_OLS), "ols");
    assert_true(wm_model_parse("OLS", &model));
    assert_int_equal(model, WM_MODEL_OLS);
    assert_false(wm_model_parse("oracle", &model));
}

int main(void)
{
    ADD(four_readings_by_hand);
    ADD(yearly_and_quarterly_readings_have_slopes_a_month);
    ADD(a_perfect_line_is_a_point);
    ADD(a_constant_series_has_no_slope);
    ADD(below_three_readings_there_is_no_trend);
    ADD(min_readings_may_be_raised_never_lowered);
    ADD(readings_of_one_time_have_no_slope);
    ADD(readings_without_value_or_time_are_passed_over);
    ADD(the_order_of_readings_is_irrelevant);
    ADD(the_same_readings_give_the_same_bits);
    ADD(shifting_scaling_and_turning_carry_over);
    ADD(eighty_percent_intervals_cover_eighty_percent);
    ADD(intervals_widen_with_distance);
    ADD(huge_and_tiny_values_keep_their_digits);
    ADD(models_have_the_names_of_the_command);
    return run_cases("trend");
}
