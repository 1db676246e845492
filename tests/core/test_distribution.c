/* Predictive distributions. Quantiles of Student's t are those of printed tables (Abramowitz and Stegun, table 26.10), and 1 and 2
 * degrees of freedom have closed forms: F = 1/2 + atan(t)/pi, and F = 1/2 + t / (2 sqrt(2 + t^2)). */
#include <waymark/distribution.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

#define PI 3.14159265358979323846

static const WmDistribution NOTHING = {.kind = WM_DISTRIBUTION_NONE};
static const WmDistribution CERTAIN = {.kind = WM_DISTRIBUTION_POINT, .location = 50};

static WmDistribution student(double location, double scale, double df)
{
    return (WmDistribution){.kind = WM_DISTRIBUTION_STUDENT, .location = location, .scale = scale, .df = df};
}

typedef struct {
    const char *name;
    double df, p, t;
} QuantileCase;

static const QuantileCase QUANTILES[] = {
    {"1 df, 97.5%", 1, 0.975, 12.706},  {"2 df, 97.5%", 2, 0.975, 4.303},
    {"3 df, 95%", 3, 0.95, 2.353},      {"5 df, 90%", 5, 0.9, 1.476},
    {"10 df, 97.5%", 10, 0.975, 2.228}, {"30 df, 99.5%", 30, 0.995, 2.750},
    {"60 df, 97.5%", 60, 0.975, 2.000}, {"median", 7, 0.5, 0},
    {"10 df, 2.5%", 10, 0.025, -2.228},
};

static void a_quantile_is_that_of_the_printed_table(void **state)
{
    const QuantileCase *row = *state;
    const WmDistribution y = student(100, 2, row->df);
    assert_near(wm_distribution_quantile(&y, row->p), 100 + 2 * row->t, 2 * 0.0006);
}

static void one_and_two_degrees_of_freedom_have_their_closed_form(void **state)
{
    (void)state;
    const WmDistribution one = student(0, 1, 1), two = student(10, 3, 2);
    for (double t = -30; t <= 30; t += 0.37) {
        assert_near(wm_distribution_cdf(&one, t), 0.5 + atan(t) / PI, 1e-12);
        assert_near(wm_distribution_cdf(&two, 10 + 3 * t), 0.5 + t / (2 * sqrt(2 + t * t)), 1e-12);
    }
}

static void a_quantile_undoes_the_cdf(void **state)
{
    (void)state;
    Random random = {61};
    for (int i = 0; i < 2000; i++) {
        const WmDistribution y = student(random_normal(&random) * 50, exp(random_normal(&random)), random_between(&random, 1, 60));
        const double p = 0.001 + 0.998 * random_uniform(&random);
        assert_near(wm_distribution_cdf(&y, wm_distribution_quantile(&y, p)), p, 1e-8);
    }
}

static void a_quantile_of_no_share_is_none(void **state)
{
    (void)state;
    const WmDistribution y = student(0, 1, 5);
    const double shares[] = {0, 1, -0.1, 1.1, NAN, INFINITY};
    for (size_t i = 0; i < N_ELEMENTS(shares); i++)
        assert_true(isnan(wm_distribution_quantile(&y, shares[i])));
}

static void of_nothing_nothing_is_said(void **state)
{
    (void)state;
    const WmMeasure measure = percent_measure();
    assert_true(isnan(wm_distribution_cdf(&NOTHING, 0)));
    assert_true(isnan(wm_distribution_quantile(&NOTHING, 0.5)));
    assert_true(isnan(wm_distribution_centre(&NOTHING)));
    assert_true(isnan(wm_distribution_chance(&NOTHING, &measure, 0)));
}

static void a_point_is_certain(void **state)
{
    (void)state;
    WmMeasure measure = percent_measure();
    assert_near(wm_distribution_cdf(&CERTAIN, 49.999), 0, 0);
    assert_near(wm_distribution_cdf(&CERTAIN, 50), 1, 0);
    assert_near(wm_distribution_quantile(&CERTAIN, 0.05), 50, 0);
    assert_near(wm_distribution_centre(&CERTAIN), 50, 0);
    assert_near(wm_distribution_chance(&CERTAIN, &measure, 50), 1, 0);
    assert_near(wm_distribution_chance(&CERTAIN, &measure, 50.04), 0, 0);
    measure.polarity = WM_POLARITY_PLAN;
    assert_near(wm_distribution_chance(&CERTAIN, &measure, 51), 1, 0);
    measure.polarity = WM_POLARITY_NONE;
    assert_true(isnan(wm_distribution_chance(&CERTAIN, &measure, 50)));
}

static void a_chance_is_what_lies_on_the_good_side(void **state)
{
    (void)state;
    WmMeasure measure = percent_measure();
    const WmDistribution y = student(48, 2, 2); /* t of 52 is 2: F = 1/2 + 2 / (2 sqrt 6) */
    const double below = 0.5 + 2 / (2 * sqrt(6));
    assert_near(wm_distribution_chance(&y, &measure, 52), 1 - below, 1e-12);
    assert_near(wm_distribution_chance(&y, &measure, 48), 0.5, 1e-12);
    measure.polarity = WM_POLARITY_LOWER;
    assert_near(wm_distribution_chance(&y, &measure, 52), below, 1e-12);
    measure.polarity = WM_POLARITY_PLAN; /* within the default point of 48: t = 1/2 either side */
    assert_near(wm_distribution_chance(&y, &measure, 48), 2 * 0.5 / (2 * sqrt(2.25)), 1e-12);
    measure.polarity = WM_POLARITY_NONE;
    assert_true(isnan(wm_distribution_chance(&y, &measure, 48)));
    assert_true(isnan(wm_distribution_chance(&y, &measure, NAN)));
}

static void a_chance_stays_within_0_and_1_and_falls_as_the_target_hardens(void **state)
{
    (void)state;
    Random random = {62};
    for (int i = 0; i < 500; i++) {
        const WmDistribution y =
            student(random_normal(&random) * 30, exp(2 * random_normal(&random)), random_between(&random, 1, 40));
        WmMeasure measure = percent_measure();
        double higher_before = 1, lower_before = 0;
        for (double target = -200; target <= 200; target += 3.1) {
            measure.polarity = WM_POLARITY_HIGHER;
            const double higher = wm_distribution_chance(&y, &measure, target);
            measure.polarity = WM_POLARITY_LOWER;
            const double lower = wm_distribution_chance(&y, &measure, target);
            measure.polarity = WM_POLARITY_PLAN;
            const double plan = wm_distribution_chance(&y, &measure, target);
            assert_true(higher >= 0 && higher <= 1 && lower >= 0 && lower <= 1 && plan >= 0 && plan <= 1);
            assert_true(higher <= higher_before && lower >= lower_before);
            assert_near(higher + lower, 1, 1e-9);
            higher_before = higher;
            lower_before = lower;
        }
    }
}

static void turning_polarity_and_signs_keeps_the_chance(void **state)
{
    (void)state;
    Random random = {63};
    WmMeasure higher = percent_measure(), lower = percent_measure();
    lower.polarity = WM_POLARITY_LOWER;
    for (int i = 0; i < 2000; i++) {
        const double location = random_normal(&random) * 20, scale = exp(random_normal(&random)),
                     target = random_normal(&random) * 20;
        const WmDistribution y = student(location, scale, 4), turned = student(-location, scale, 4);
        assert_near(wm_distribution_chance(&y, &higher, target), wm_distribution_chance(&turned, &lower, -target), 1e-12);
    }
}

static void far_away_a_chance_keeps_its_digits(void **state)
{
    (void)state;
    const WmMeasure measure = percent_measure();
    const WmDistribution y = student(0, 1, 2);
    const double t = 1e6,
                 exact = 1 / (sqrt(2 + t * t) * (sqrt(2 + t * t) + t)); /* 1/2 - t / (2 sqrt(2 + t^2)), without the difference */
    assert_close(wm_distribution_chance(&y, &measure, t), exact, 1e-9);
}

static void extremes_neither_crash_nor_leave_0_and_1(void **state)
{
    (void)state;
    const double values[] = {0, 1e-300, 1, 1e10, 1e154, 1e200, 1e300, -1e300, -1e154, INFINITY, -INFINITY};
    const double scales[] = {1e-300, 1, 1e300};
    const WmMeasure measure = percent_measure();
    for (size_t i = 0; i < N_ELEMENTS(values); i++)
        for (size_t j = 0; j < N_ELEMENTS(scales); j++)
            for (int df = 1; df < 100; df += 33) {
                const WmDistribution y = student(1, scales[j], df);
                const double cdf = wm_distribution_cdf(&y, values[i]), chance = wm_distribution_chance(&y, &measure, values[i]);
                assert_true(cdf >= 0 && cdf <= 1 && chance >= 0 && chance <= 1);
            }
    const WmDistribution y = student(1, 1, 5);
    assert_true(isnan(wm_distribution_cdf(&y, NAN)));
}

int main(void)
{
    ADD_TABLE(QUANTILES, a_quantile_is_that_of_the_printed_table);
    ADD(one_and_two_degrees_of_freedom_have_their_closed_form);
    ADD(a_quantile_undoes_the_cdf);
    ADD(a_quantile_of_no_share_is_none);
    ADD(of_nothing_nothing_is_said);
    ADD(a_point_is_certain);
    ADD(a_chance_is_what_lies_on_the_good_side);
    ADD(a_chance_stays_within_0_and_1_and_falls_as_the_target_hardens);
    ADD(turning_polarity_and_signs_keeps_the_chance);
    ADD(far_away_a_chance_keeps_its_digits);
    ADD(extremes_neither_crash_nor_leave_0_and_1);
    return run_cases("distribution");
}
