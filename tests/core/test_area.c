/* Intervals and funnel limits: against published tables, exact fractions, their own laws, and at the ends. */
#include <waymark/area.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

static void assert_interval(WmInterval got, double low, double high, double tolerance)
{
    assert_near(got.low, low, tolerance);
    assert_near(got.high, high, tolerance);
}

typedef struct {
    const char *name;
    double events, denominator, low, high;
} IntervalCase;

/* Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3. */
static const IntervalCase WILSON[] = {
    {"wilson: 81 of 263", 81, 263, 0.2553, 0.3662}, {"wilson: 15 of 148", 15, 148, 0.0624, 0.1605},
    {"wilson: none of 20", 0, 20, 0, 0.1611},       {"wilson: 1 of 29", 1, 29, 0.0061, 0.1718},
    {"wilson: all of 20", 20, 20, 0.8389, 1},
};

static void is_as_newcombe_prints(void **state)
{
    const IntervalCase *test = *state;
    assert_interval(wm_interval_wilson(test->events, test->denominator, 0.95), test->low, test->high, 5e-5);
}

/* Garwood's limits, as tables of them print them (Breslow and Day 1987, table 2.11, and Ulm 1990). */
static const IntervalCase POISSON[] = {
    {"poisson: no event", 0, 1, 0, 3.689},
    {"poisson: one event", 1, 1, 0.0253, 5.572},
    {"poisson: ten events", 10, 1, 4.795, 18.390},
    {"poisson: a hundred events in 50", 100, 50, 81.364 / 50, 121.627 / 50},
};

static void is_as_garwood_prints(void **state)
{
    const IntervalCase *test = *state;
    assert_interval(wm_interval_poisson(test->events, test->denominator, 0.95), test->low, test->high, 5e-4);
}

static void byar_is_near_exact_from_ten_events(void **state)
{
    (void)state;
    for (double events = 10; events < 5000; events *= 1.3) {
        const double e = floor(events);
        const WmInterval exact = wm_interval_poisson(e, 7, 0.95), byar = wm_interval_byar(e, 7, 0.95);
        assert_interval(byar, exact.low, exact.high, 0.005 * exact.high);
    }
}

static void an_interval_of_nothing_is_unknown(void **state)
{
    (void)state;
    static const double BAD[][2] = {{1, 0}, {NAN, 10}, {1, NAN}, {-1, 10}, {1, -5}};
    for (size_t i = 0; i < N_ELEMENTS(BAD); i++) {
        assert_true(isnan(wm_interval_wilson(BAD[i][0], BAD[i][1], 0.95).low));
        assert_true(isnan(wm_interval_poisson(BAD[i][0], BAD[i][1], 0.95).high));
        assert_true(isnan(wm_interval_byar(BAD[i][0], BAD[i][1], 0.95).high));
    }
    assert_true(isnan(wm_interval_wilson(11, 10, 0.95).low));
    assert_true(isnan(wm_funnel_limits(WM_EVENTS_BINOMIAL, NAN, 10, 0.95).low));
    assert_true(isnan(wm_funnel_limits(WM_EVENTS_POISSON, 1, 0, 0.95).low));
}

typedef struct {
    const char *name;
    WmEventLaw law;
    double theta, denominator;
    double counts[4]; /* interpolated, at 2.5, 97.5, 0.1 and 99.9% */
} FunnelCase;

/* Computed with exact fractions (binomial) and by summing the law (Poisson), apart from this library. */
static const FunnelCase FUNNELS[] = {
    {"funnel: a fifth of 50", WM_EVENTS_BINOMIAL, 0.2, 50, {4.2202411, 15.354694175, 1.73880716, 18.957204885}},
    {"funnel: 55% of 300", WM_EVENTS_BINOMIAL, 0.55, 300, {147.54951768, 181.35343023, 137.76240621, 190.93335}},
    {"funnel: 2% of 40", WM_EVENTS_BINOMIAL, 0.02, 40, {0, 2.55224728, 0, 4.16874134}},
    {"funnel: 12.5 expected", WM_EVENTS_POISSON, 12.5, 1, {5.5154405338, 19.4210540526, 2.5428601442, 24.3026158657}},
};

static void is_as_exact_fractions_have_it(void **state)
{
    const FunnelCase *test = *state;
    const double n = test->denominator;
    const WmInterval inner = wm_funnel_limits(test->law, test->theta, n, 0.95),
                     outer = wm_funnel_limits(test->law, test->theta, n, 0.998);
    assert_interval(inner, test->counts[0] / n, test->counts[1] / n, 2e-7);
    assert_interval(outer, test->counts[2] / n, test->counts[3] / n, 2e-7);
}

/* Limits hold the benchmark, widen with the level, narrow with the denominator, and stay possible. */
static void funnels_obey_their_laws(void **state)
{
    (void)state;
    Random random = {7};
    for (int i = 0; i < 2000; i++) {
        const WmEventLaw law = random_uniform(&random) < 0.5 ? WM_EVENTS_BINOMIAL : WM_EVENTS_POISSON;
        const double theta = random_uniform(&random), n = 5 + floor(exp(12 * random_uniform(&random)));
        const WmInterval inner = wm_funnel_limits(law, theta, n, 0.95), outer = wm_funnel_limits(law, theta, n, 0.998);
        const WmInterval larger = wm_funnel_limits(law, theta, 16 * n, 0.95);
        assert_true(outer.low <= inner.low && inner.high <= outer.high);
        assert_true(inner.low >= 0 && (law == WM_EVENTS_POISSON || outer.high <= 1));
        assert_true(inner.low <= theta + 1 / n && inner.high >= theta - 1 / n);
        /* with fewer events a limit is cut at 0 or 1 */
        if (n * fmin(theta, 1 - theta) > 10)
            assert_true(larger.high - larger.low <= inner.high - inner.low + 1e-9);
    }
}

static void where_all_or_none_happen_no_area_differs(void **state)
{
    (void)state;
    for (double n = 1; n < 1e6; n *= 3) {
        assert_interval(wm_funnel_limits(WM_EVENTS_BINOMIAL, 1, n, 0.998), 1, 1, 0);
        assert_interval(wm_funnel_limits(WM_EVENTS_BINOMIAL, 0, n, 0.998), 0, 0, 0);
        assert_interval(wm_funnel_limits(WM_EVENTS_POISSON, 0, n, 0.998), 0, 0, 0);
    }
}

static void large_denominators_are_normal(void **state)
{
    (void)state;
    const double n = 1e6, theta = 0.3, half = 1.959964 * sqrt(theta * (1 - theta) / n);
    assert_interval(wm_funnel_limits(WM_EVENTS_BINOMIAL, theta, n, 0.95), theta - half, theta + half, 2e-6);
    const WmInterval huge = wm_funnel_limits(WM_EVENTS_POISSON, 3, 1e12, 0.95);
    assert_interval(huge, 3, 3, 1e-5);
}

/* Where the laws give way to their expansion, a limit moves by less than a hundredth of a count. */
static void limits_are_smooth_where_counts_grow_large(void **state)
{
    (void)state;
    for (int law = 0; law < WM_N_EVENT_LAWS; law++) {
        const double theta = 0.3, edge = law == WM_EVENTS_BINOMIAL ? 2e4 / (0.3 * 0.7) : 2e4 / 0.3;
        const WmInterval before = wm_funnel_limits((WmEventLaw)law, theta, floor(edge), 0.998),
                         after = wm_funnel_limits((WmEventLaw)law, theta, floor(edge) + 1, 0.998);
        assert_near(after.high * (floor(edge) + 1) - before.high * floor(edge), theta, 0.02);
        assert_near(after.low * (floor(edge) + 1) - before.low * floor(edge), theta, 0.02);
    }
}

/* Areas that differ by chance alone show no spread; areas that differ more show theirs. */
static void spread_is_found_where_there_is_some(void **state)
{
    (void)state;
    enum { N = 150 };
    WmAreaEvents areas[N];
    double z[N];
    Random random = {11};
    for (int is_spread = 0; is_spread < 2; is_spread++) {
        for (int i = 0; i < N; i++) {
            const double n = 2000 + 500 * random_uniform(&random);
            const double p = 0.4 + (is_spread ? 0.05 : 0) * random_normal(&random);
            areas[i] = (WmAreaEvents){n * (p + sqrt(p * (1 - p) / n) * random_normal(&random)), n};
        }
        const WmAreaSpread spread = wm_area_spread(WM_EVENTS_BINOMIAL, areas, N, NAN, z);
        assert_int_equal(spread.n_areas, N);
        assert_near(spread.theta, 0.4, 0.02);
        assert_true(is_spread ? spread.phi > 10 : spread.phi < 1.2);
        assert_near(spread.tau, is_spread ? 0.05 : 0, is_spread ? 0.012 : 0.004);
        const WmInterval plain = wm_funnel_limits(WM_EVENTS_BINOMIAL, 0.4, 2000, 0.95);
        for (int how = WM_OVERDISPERSION_MULTIPLICATIVE; how < WM_N_OVERDISPERSIONS; how++) {
            const WmInterval wide = wm_funnel_limits_spread(WM_EVENTS_BINOMIAL, (WmOverdispersion)how, &spread, 0.4, 2000, 0.95);
            assert_true((wide.high - wide.low) / (plain.high - plain.low) > (is_spread ? 3 : 0.97));
        }
    }
}

static void spread_of_few_or_none_is_no_claim(void **state)
{
    (void)state;
    const WmAreaEvents areas[] = {{5, 10}, {NAN, 10}, {3, 0}};
    double z[3];
    const WmAreaSpread one = wm_area_spread(WM_EVENTS_BINOMIAL, areas, 3, NAN, z),
                       none = wm_area_spread(WM_EVENTS_BINOMIAL, areas + 1, 2, NAN, z);
    assert_int_equal(one.n_areas, 1);
    assert_near(one.theta, 0.5, 1e-12);
    assert_true(isnan(one.phi) && one.tau == 0);
    assert_true(isnan(none.theta) && none.n_areas == 0);
    const WmInterval limits = wm_funnel_limits_spread(WM_EVENTS_BINOMIAL, WM_OVERDISPERSION_MULTIPLICATIVE, &one, 0.5, 100, 0.95);
    assert_interval(limits, 0.5 - 1.959964 * 0.05, 0.5 + 1.959964 * 0.05, 1e-6);
}

int main(void)
{
    ADD_TABLE(WILSON, is_as_newcombe_prints);
    ADD_TABLE(POISSON, is_as_garwood_prints);
    ADD_TABLE(FUNNELS, is_as_exact_fractions_have_it);
    ADD(byar_is_near_exact_from_ten_events);
    ADD(an_interval_of_nothing_is_unknown);
    ADD(funnels_obey_their_laws);
    ADD(large_denominators_are_normal);
    ADD(where_all_or_none_happen_no_area_differs);
    ADD(limits_are_smooth_where_counts_grow_large);
    ADD(spread_is_found_where_there_is_some);
    ADD(spread_of_few_or_none_is_no_claim);
    return run_cases("areas");
}
