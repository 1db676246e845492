/* The naive forecast with drift. */
#include <waymark/drift.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

/* 1, 3, 4, 8: changes 2, 1, 4; drift 7/3; residuals -1/3, -4/3, 5/3: variance (1 + 16 + 25)/9/2 = 7/3. */
static void a_short_walk_by_hand(void **state)
{
    (void)state;
    const double values[] = {1, 3, 4, 8};
    WmReading readings[4];
    monthly_readings("Jan 2020", values, 4, readings);
    const WmDrift drift = wm_drift_fit(readings, 4, 1);
    assert_near(drift.drift, 7.0 / 3, 1e-12);
    assert_near(drift.spread, sqrt(7.0 / 3), 1e-12);
    const WmDistribution y = wm_drift_predict(&drift, 2);
    assert_near(y.location, 8 + 14.0 / 3, 1e-12);
    assert_near(y.scale, sqrt(7.0 / 3 * 2 * (1 + 2.0 / 3)), 1e-12);
    assert_near(y.df, 2, 0);
}

static void a_gap_counts_its_steps(void **state)
{
    (void)state;
    WmReading readings[] = {reading_of("Jan 2020", 1), reading_of("Feb 2020", 2), reading_of("Mar 2020", NAN),
                            reading_of("May 2020", 5)};
    readings[2].state = WM_SUPPRESSED;
    const WmDrift drift = wm_drift_fit(readings, 4, 1);
    assert_int_equal(drift.n, 3);
    assert_near(drift.drift, 1, 1e-12);
    assert_near(drift.spread, 0, 1e-12);
    assert_int_equal(wm_drift_predict(&drift, 1).kind, WM_DISTRIBUTION_POINT);
}

static void two_readings_predict_nothing(void **state)
{
    (void)state;
    const double values[] = {1, 3};
    WmReading readings[2];
    monthly_readings("Jan 2020", values, 2, readings);
    const WmDrift drift = wm_drift_fit(readings, 2, 1);
    assert_int_equal(wm_drift_predict(&drift, 1).kind, WM_DISTRIBUTION_NONE);
}

static void of_a_random_walk_it_covers_what_it_says(void **state)
{
    (void)state;
    Random random = {21};
    int n_within = 0;
    for (int round = 0; round < 2000; round++) {
        double values[20], level = 0;
        for (int i = 0; i < 20; i++)
            values[i] = level += 0.3 + random_normal(&random);
        WmReading readings[17];
        monthly_readings("Jan 2020", values, 17, readings);
        const WmDrift drift = wm_drift_fit(readings, 17, 1);
        const WmDistribution y = wm_drift_predict(&drift, 3);
        const double p = wm_distribution_cdf(&y, values[19]);
        n_within += p > 0.1 && p < 0.9;
    }
    assert_near(n_within / 2000.0, 0.8, 0.03);
}

int main(void)
{
    ADD(a_short_walk_by_hand);
    ADD(a_gap_counts_its_steps);
    ADD(two_readings_predict_nothing);
    ADD(of_a_random_walk_it_covers_what_it_says);
    return run_cases("drift");
}
