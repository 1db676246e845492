/* Evidence or noise: the latest reading against its own series' limits, with and without the plan's path. */
#include <waymark/series.h>

#include <math.h>
#include <string.h>

#include "core/fixture_series.h"
#include "core/fixture_spc.h"

#define NOISE 50, 53, 49, 52, 47, 51, 54, 48, 50, 52, 49, 51

typedef struct {
    const char *name;
    double values[24]; /* up to the first 0 */
    WmSignal signal;
    int direction;
    WmEffect effect; /* higher is better */
    size_t n_signal;
    bool can_tell;
} LatestCase;

static const LatestCase CASES[] = {
    {"noise_is_no_evidence", {NOISE, 53}, WM_SIGNAL_NONE, 0, WM_EFFECT_COMMON, 0, true},
    {"a_reading_far_below_is", {NOISE, 30}, WM_SIGNAL_OUTSIDE, -1, WM_EFFECT_CONCERN, 1, true},
    {"and_only_as_long_as_it_is_the_latest", {NOISE, 30, 51}, WM_SIGNAL_NONE, 0, WM_EFFECT_COMMON, 0, true},
    {"seven_above_the_mean_are",
     {NOISE, 47, 48, 46, 47, 53, 54, 53, 55, 54, 53, 54},
     WM_SIGNAL_RUN,
     1,
     WM_EFFECT_IMPROVEMENT,
     7,
     true},
    {"eight_readings_can_tell", {50, 51, 49, 50, 52, 48, 51, 50}, WM_SIGNAL_NONE, 0, WM_EFFECT_COMMON, 0, true},
    {"seven_cannot", {50, 51, 49, 50, 52, 48, 51}, WM_SIGNAL_NONE, 0, WM_EFFECT_COMMON, 0, false},
    {"one_reading_cannot_tell", {50}, WM_SIGNAL_NONE, 0, WM_EFFECT_COMMON, 0, false},
    {"a_constant_series_cannot_tell", {50, 50, 50, 50, 50}, WM_SIGNAL_NONE, 0, WM_EFFECT_COMMON, 0, false},
    {"no_reading_at_all", {0}, WM_SIGNAL_NONE, 0, WM_EFFECT_COMMON, 0, false},
};

static size_t take(const double *values, WmReading *readings)
{
    size_t n = 0;
    while (n < 24 && values[n] != 0)
        n++;
    monthly_readings("2020-01", values, n, readings);
    return n;
}

static WmSpcLatest latest_of(const WmReading *readings, size_t n, const WmEvent *events, size_t n_events, const WmTrajectory *path)
{
    const WmMeasure measure = percent_measure();
    WmSpcLatest latest;
    assert_int_equal(wm_readings_latest_signal(readings, n, &measure, events, n_events, path, scratch, &latest), WM_OK);
    return latest;
}

static void tells_evidence_from_noise(void **state)
{
    const LatestCase *c = *state;
    WmReading readings[24];
    const size_t n = take(c->values, readings);
    const WmSpcLatest latest = latest_of(readings, n, NULL, 0, NULL);
    assert_int_equal(latest.i_point, n ? n - 1 : SIZE_MAX);
    assert_int_equal(latest.signal, c->signal);
    assert_int_equal(latest.is_beyond_noise, c->signal != WM_SIGNAL_NONE);
    assert_int_equal(latest.direction, c->direction);
    assert_int_equal(latest.effect, c->effect);
    assert_int_equal(latest.n_signal, c->n_signal);
    assert_int_equal(latest.can_tell, c->can_tell);
}

static void distance_is_in_the_sigmas_of_one_reading(void **state)
{
    (void)state;
    static const double VALUES[24] = {50, 52, 50, 52, 50, 52, 50, 52, 50, 52, 55};
    WmReading readings[24];
    const size_t n = take(VALUES, readings);
    const WmSpcLatest latest = latest_of(readings, n, NULL, 0, NULL);
    assert_near(latest.sigma, 2.66 * 21.0 / 10 / 3, 1e-12); /* nine ranges of 2, one of 3 */
    assert_near(latest.distance, (latest.value - latest.centre) / latest.sigma, 1e-12);
    assert_int_equal(latest.n_used, 11);
}

static void the_latest_is_the_last_with_a_value(void **state)
{
    (void)state;
    static const double VALUES[24] = {NOISE, 30, 51};
    WmReading readings[24];
    const size_t n = take(VALUES, readings);
    readings[n - 1].state = WM_SUPPRESSED;
    const WmSpcLatest latest = latest_of(readings, n, NULL, 0, NULL);
    assert_int_equal(latest.i_point, n - 2);
    assert_true(latest.is_beyond_noise);
}

static void a_break_starts_afresh(void **state)
{
    (void)state;
    static const double VALUES[24] = {NOISE, 30, 31, 29, 30, 32};
    const WmEvent events[] = {{period_of("2021-01"), WM_EVENT_BREAK, "new definition"}};
    WmReading readings[24];
    const size_t n = take(VALUES, readings);
    assert_true(latest_of(readings, n, NULL, 0, NULL).is_beyond_noise);
    const WmSpcLatest latest = latest_of(readings, n, events, 1, NULL);
    assert_false(latest.is_beyond_noise);
    assert_int_equal(latest.n_used, 5);
}

/* A path of a point a month: readings that keep to it are noise about it, readings that stand still leave it. */
static void against_a_path_it_is_the_gap_that_counts(void **state)
{
    (void)state;
    static const double WOBBLE[] = {0, 1, -1, 0.5, -0.5, 1, -1, 0, 0.5, -0.5, 1, -1, 0, 0.5, -0.5, 1, -1, 0};
    const WmWaypoint waypoints[] = {{months_of("2020-01"), 50}, {months_of("2021-09"), 70}};
    const WmTrajectory path = {.waypoints = waypoints, .n_waypoints = 2, .shape = WM_PATH_LINEAR};
    double rising[18], stalled[18];
    for (size_t i = 0; i < 18; i++) {
        rising[i] = 50 + (double)i + WOBBLE[i];
        stalled[i] = 50 + fmin((double)i, 9) + WOBBLE[i];
    }
    WmReading readings[18];
    monthly_readings("2020-01", rising, 18, readings);
    assert_true(latest_of(readings, 18, NULL, 0, NULL).is_beyond_noise);
    assert_false(latest_of(readings, 18, NULL, 0, &path).is_beyond_noise);
    monthly_readings("2020-01", stalled, 18, readings);
    const WmSpcLatest latest = latest_of(readings, 18, NULL, 0, &path);
    assert_true(latest.is_beyond_noise);
    assert_int_equal(latest.effect, WM_EFFECT_CONCERN);
    assert_near(latest.value, -8, 1e-9);
}

/* What a vintage says never depends on what came later. */
static void a_replay_sees_what_was_known_then(void **state)
{
    (void)state;
    static const double VALUES[24] = {NOISE, 30, 47, 48, 46, 53, 54, 53, 55};
    WmReading readings[24];
    const size_t n = take(VALUES, readings);
    for (size_t k = 1; k <= n; k++) {
        WmReading then[24];
        memcpy(then, readings, k * sizeof *then);
        const WmSpcLatest whole = latest_of(readings, k, NULL, 0, NULL), cut = latest_of(then, k, NULL, 0, NULL);
        assert_int_equal(whole.signal, cut.signal);
        assert_int_equal(whole.is_beyond_noise, k == 13);
    }
}

int main(void)
{
    open_scratch(NULL);
    ADD_TABLE(CASES, tells_evidence_from_noise);
    ADD(distance_is_in_the_sigmas_of_one_reading);
    ADD(the_latest_is_the_last_with_a_value);
    ADD(a_break_starts_afresh);
    ADD(against_a_path_it_is_the_gap_that_counts);
    ADD(a_replay_sees_what_was_known_then);
    const int n_failed = run_cases("spc_latest");
    close_scratch(NULL);
    return n_failed;
}
