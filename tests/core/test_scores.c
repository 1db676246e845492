/* Scores against closed forms, and the laws that they keep. */
#include <waymark/scores.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

static WmDistribution student(double location, double scale, double df)
{
    return (WmDistribution){.kind = WM_DISTRIBUTION_STUDENT, .location = location, .scale = scale, .df = df};
}

/* One part on the scale itself: the same Student as a mixture. */
static WmDistribution mixture(double location, double scale, double df)
{
    return (WmDistribution){.kind = WM_DISTRIBUTION_MIXTURE,
                            .n_parts = 1,
                            .parts = {{.share = 1, .location = location, .scale = scale, .df = df}},
                            .link = {.kind = WM_LINK_IDENTITY, .sign = 1}};
}

/* Normal: s (z (2 Phi(z) - 1) + 2 phi(z) - 1/sqrt(pi)), Gneiting and Raftery 2007, eq. 21. At z = 0 that is s (sqrt 2 - 1)/sqrt
 * pi; at z = 1, 0.6024414. */
static void crps_of_a_normal_is_known(void **state)
{
    (void)state;
    const WmDistribution y = student(5, 2, 1e7);
    assert_near(wm_score_crps(&y, 5), 2 * (sqrt(2) - 1) / sqrt(3.14159265358979), 1e-6);
    assert_near(wm_score_crps(&y, 7), 2 * 0.6024413578, 1e-6);
    assert_near(wm_score_crps(&y, 3), wm_score_crps(&y, 7), 1e-12);
}

static void crps_of_a_mixture_is_that_of_its_student(void **state)
{
    (void)state;
    for (double y = -6; y <= 6; y += 1.5) {
        const WmDistribution a = student(0, 1.5, 7), b = mixture(0, 1.5, 7);
        assert_close(wm_score_crps(&b, y), wm_score_crps(&a, y), 0.006);
    }
}

static void crps_of_a_point_is_the_distance(void **state)
{
    (void)state;
    const WmDistribution point = {.kind = WM_DISTRIBUTION_POINT, .location = 3}, none = {.kind = WM_DISTRIBUTION_NONE};
    const WmDistribution wild = student(0, 1, 1);
    assert_near(wm_score_crps(&point, 5), 2, 0);
    assert_true(isnan(wm_score_crps(&none, 5)));
    assert_true(isnan(wm_score_crps(&wild, 5)));
}

/* Propriety: over many outcomes of a law, no other location or scale has the smaller mean score. */
static void no_one_gains_by_saying_otherwise(void **state)
{
    (void)state;
    enum { N = 4000 };
    static const double OTHERS[][2] = {{0.5, 1}, {-0.5, 1}, {0, 2}, {0, 0.5}};
    Random random = {3};
    const WmDistribution truth = student(0, 1, 1e6);
    double own = 0, other[N_ELEMENTS(OTHERS)] = {0};
    for (int i = 0; i < N; i++) {
        const double y = random_normal(&random);
        own += wm_score_crps(&truth, y) / N;
        for (size_t k = 0; k < N_ELEMENTS(OTHERS); k++) {
            const WmDistribution said = student(OTHERS[k][0], OTHERS[k][1], 1e6);
            other[k] += wm_score_crps(&said, y) / N;
        }
    }
    for (size_t k = 0; k < N_ELEMENTS(OTHERS); k++)
        assert_true(own < other[k]);
}

static void coverage_of_the_truth_is_nominal(void **state)
{
    (void)state;
    Random random = {5};
    const WmDistribution truth = student(10, 3, 1e6);
    WmForecastTally tally = {0}, half = {0}, rest = {0};
    for (int i = 0; i < 4000; i++) {
        const double y = 10 + 3 * random_normal(&random);
        wm_forecast_tally_add(&tally, &truth, y, 2);
        wm_forecast_tally_add(i % 2 ? &half : &rest, &truth, y, 2);
    }
    const WmForecastScores scores = wm_forecast_tally_scores(&tally);
    assert_int_equal(scores.n, 4000);
    for (size_t i = 0; i < WM_N_COVERS; i++)
        assert_near(scores.cover[i], WM_COVER_LEVELS[i] / 100.0, 0.025);
    assert_near(scores.mase, 3 * sqrt(2 / 3.14159265) / 2, 0.04);
    wm_forecast_tally_merge(&half, &rest);
    assert_near(wm_forecast_tally_scores(&half).crps, scores.crps, 1e-12);
}

static void what_cannot_be_scaled_is_passed_over(void **state)
{
    (void)state;
    WmForecastTally tally = {0};
    const WmDistribution y = student(0, 1, 9);
    wm_forecast_tally_add(&tally, &y, 1, 0);
    wm_forecast_tally_add(&tally, &y, 1, NAN);
    wm_forecast_tally_add(&tally, &y, NAN, 1);
    assert_int_equal(tally.n, 0);
    assert_true(isnan(wm_forecast_tally_scores(&tally).crps));
}

static void brier_and_log_of_a_chance(void **state)
{
    (void)state;
    assert_near(wm_score_brier(0.3, true), 0.49, 1e-15);
    assert_near(wm_score_brier(0.3, false), 0.09, 1e-15);
    assert_near(wm_score_log(0.25, true), log(4), 1e-15);
    assert_near(wm_score_log(0, true), -log(0.001), 1e-12);
    assert_near(wm_score_log(1, true), -log(0.999), 1e-12);
}

/* Murphy's partition is exact where all chances of a bin are equal. */
static void brier_is_reliability_less_resolution_and_uncertainty(void **state)
{
    (void)state;
    Random random = {9};
    WmChanceTally tally = {0};
    for (int i = 0; i < 500; i++) {
        const double chance = 0.05 + 0.1 * random_between(&random, 0, 9);
        wm_chance_tally_add(&tally, chance, random_uniform(&random) < chance * chance);
    }
    const WmChanceScores scores = wm_chance_tally_scores(&tally);
    assert_near(scores.brier, scores.reliability - scores.resolution + scores.uncertainty, 1e-12);
    assert_true(scores.reliability > 0.005); /* chances are too high by up to a quarter */
}

static void always_the_base_rate_scores_its_uncertainty(void **state)
{
    (void)state;
    WmChanceTally tally = {0}, other = {0};
    for (int i = 0; i < 100; i++)
        wm_chance_tally_add(i % 2 ? &tally : &other, 0.3, i < 30);
    wm_chance_tally_add(&tally, NAN, true);
    wm_chance_tally_merge(&tally, &other);
    const WmChanceScores scores = wm_chance_tally_scores(&tally);
    assert_int_equal(scores.n, 100);
    assert_near(scores.base_rate, 0.3, 1e-15);
    assert_near(scores.brier, 0.21, 1e-12);
    assert_near(scores.uncertainty, 0.21, 1e-12);
    assert_near(scores.reliability, 0, 1e-12);
    assert_near(scores.resolution, 0, 1e-12);
}

static void a_chance_of_one_is_in_the_last_bin(void **state)
{
    (void)state;
    WmChanceTally tally = {0};
    wm_chance_tally_add(&tally, 1, true);
    wm_chance_tally_add(&tally, 0, false);
    assert_int_equal(tally.bins[WM_RELIABILITY_BINS - 1].n, 1);
    assert_int_equal(tally.bins[0].n, 1);
    assert_true(isnan(wm_chance_tally_scores(&(WmChanceTally){0}).brier));
}

int main(void)
{
    ADD(crps_of_a_normal_is_known);
    ADD(crps_of_a_mixture_is_that_of_its_student);
    ADD(crps_of_a_point_is_the_distance);
    ADD(no_one_gains_by_saying_otherwise);
    ADD(coverage_of_the_truth_is_nominal);
    ADD(what_cannot_be_scaled_is_passed_over);
    ADD(brier_and_log_of_a_chance);
    ADD(brier_is_reliability_less_resolution_and_uncertainty);
    ADD(always_the_base_rate_scores_its_uncertainty);
    ADD(a_chance_of_one_is_in_the_last_bin);
    return run_cases("scores");
}
