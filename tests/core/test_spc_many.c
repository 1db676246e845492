/* p-values are uniform where nothing changes, q-values obey Benjamini and Yekutieli, and dependence is seen where there is some. */
#include <waymark/spc_many.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fixture_random.h"
#include "core/fixture_spc.h"

#define SEED         20260401
#define N_REPLICATES 5000
#define N_SERIES     3000
#define MOST         80

static WmSpcMany *many;

static int open_both(void **state)
{
    many = wm_spc_many_new(SEED, N_REPLICATES);
    return many ? open_scratch(state) : -1;
}

static int close_both(void **state)
{
    wm_spc_many_free(many);
    return close_scratch(state);
}

/* ---- p-values ---- */

typedef struct {
    const char *name;
    WmSpcChart chart;
    WmSpcRules rules;
    size_t n, fix_after;
    double mean; /* of counts; 0 for normal readings */
    double denominator;
} NullCase;

static const NullCase NULLS[] = {
    {"xmr_mdc_12", WM_SPC_XMR, WM_SPC_MDC, 12, 0, 0, 0},
    {"xmr_mdc_24", WM_SPC_XMR, WM_SPC_MDC, 24, 0, 0, 0},
    {"xmr_mdc_61_between_bands", WM_SPC_XMR, WM_SPC_MDC, 61, 0, 0, 0},
    {"xmr_mdc_fixed_after_12", WM_SPC_XMR, WM_SPC_MDC, 24, 12, 0, 0},
    {"xmr_nelson_24", WM_SPC_XMR, WM_SPC_NELSON, 24, 0, 0, 0},
    {"xmr_anhoej_24", WM_SPC_XMR, WM_SPC_ANHOEJ, 24, 0, 0, 0},
    {"run_anhoej_24", WM_SPC_RUN, WM_SPC_ANHOEJ, 24, 0, 0, 0},
    {"c_mdc_24", WM_SPC_C, WM_SPC_MDC, 24, 0, 20, 0},
    {"p_mdc_24", WM_SPC_P, WM_SPC_MDC, 24, 0, 45, 60},
    {"u_mdc_24", WM_SPC_U, WM_SPC_MDC, 24, 0, 30, 500},
    {"pp_mdc_24", WM_SPC_PP, WM_SPC_MDC, 24, 0, 1200, 2000},
};

/* Successes of a binomial by trial; a Poisson count by exponential times. */
static double count_of(Random *random, const NullCase *c)
{
    double count = 0;
    if (c->chart == WM_SPC_P || c->chart == WM_SPC_PP) {
        for (double i = 0; i < c->denominator; i++)
            count += random_uniform(random) < c->mean / c->denominator;
        return count;
    }
    for (double t = -log(1 - random_uniform(random)); t < c->mean; t -= log(1 - random_uniform(random)))
        count++;
    return count;
}

static WmSpcOptions options_of(const NullCase *c)
{
    WmSpcOptions options = wm_spc_options_default();
    options.chart = c->chart;
    options.rules = c->rules;
    options.fix_after = c->fix_after;
    return options;
}

static WmSpcChance judged(const WmSpcPoint *points, size_t n, const WmSpcOptions *options, WmSpcMany *with, bool *signals)
{
    WmSpc spc;
    WmSpcChance chance;
    assert_int_equal(wm_spc_analyse(points, n, options, scratch, &spc), WM_OK);
    assert_int_equal(wm_spc_many_judge(with, &spc, options, &chance), WM_OK);
    if (signals)
        *signals = spc.i_last != SIZE_MAX && spc.points[spc.i_last].signal != WM_SIGNAL_NONE;
    return chance;
}

static void make_stable(Random *random, const NullCase *c, WmSpcPoint *points)
{
    for (size_t i = 0; i < c->n; i++) {
        const double count = c->mean > 0 ? count_of(random, c) : NAN;
        const double value = c->mean > 0 ? count : random_normal(random);
        points[i] = (WmSpcPoint){value, count, c->denominator > 0 ? c->denominator : NAN, NAN, false, false};
    }
}

/* Share of stable series with p at or below each level: within four standard errors, the simulated null's own among them; counts
 * may only fall short, for equal counts tie. */
static void p_is_uniform_where_nothing_changes(void **state)
{
    const NullCase *c = *state;
    static const double LEVELS[] = {0.005, 0.01, 0.02, 0.05, 0.2, 0.5, 0.8};
    const WmSpcOptions options = options_of(c);
    Random random = {SEED};
    size_t n_below[N_ELEMENTS(LEVELS)] = {0}, n_signals = 0;
    double chance_signal = 0;
    for (size_t i = 0; i < N_SERIES; i++) {
        WmSpcPoint points[MOST];
        bool signals;
        make_stable(&random, c, points);
        const WmSpcChance chance = judged(points, c->n, &options, many, &signals);
        assert_true(chance.p_value > 0 && chance.p_value <= 1);
        assert_true(signals ? chance.p_value <= chance.chance_signal : chance.p_value >= chance.chance_signal);
        for (size_t k = 0; k < N_ELEMENTS(LEVELS); k++)
            n_below[k] += chance.p_value <= LEVELS[k];
        n_signals += signals;
        chance_signal = chance.chance_signal;
    }
    const double per_series = 1.0 / N_SERIES + 2.0 / N_REPLICATES; /* weights are at most 2 */
    for (size_t k = 0; k < N_ELEMENTS(LEVELS); k++) {
        const double share = (double)n_below[k] / N_SERIES, error = sqrt(LEVELS[k] * (1 - LEVELS[k]) * per_series);
        const double slack = c->mean > 0 ? 0.25 * LEVELS[k] : 0; /* the class is a Poisson count of a like mean */
        if (fabs(share - LEVELS[k]) > 4 * error + slack)
            fail_msg("%s: p <= %g in %.4f of %d series", c->name, LEVELS[k], share, N_SERIES);
    }
    const double error = sqrt(chance_signal * (1 - chance_signal) * per_series);
    if (fabs((double)n_signals / N_SERIES - chance_signal) > 4 * error + (c->mean > 0 ? 0.25 * chance_signal : 0))
        fail_msg("%s: %.4f signal, %.4f are expected", c->name, (double)n_signals / N_SERIES, chance_signal);
}

/* As the header states it: of many stable series, the share with a p-value at or below a small one, beside that one. */
static void a_small_p_is_as_rare_as_it_says(void **state)
{
    (void)state;
    enum { N = 200000 };
    static const struct {
        double p, most; /* times too many or too few: two standard errors, or what the header allows */
    } STATED[] = {{0.05, 1.2}, {0.01, 1.5}, {0.001, 2}, {0.0001, 3}};
    const NullCase *c = &NULLS[1];
    const WmSpcOptions options = options_of(c);
    WmSpcMany *usual = wm_spc_many_new(SEED, 0);
    Random random = {SEED + 1};
    size_t n_below[N_ELEMENTS(STATED)] = {0};
    for (size_t i = 0; i < N; i++) {
        WmSpcPoint points[MOST];
        make_stable(&random, c, points);
        const double p = judged(points, c->n, &options, usual, NULL).p_value;
        for (size_t k = 0; k < N_ELEMENTS(STATED); k++)
            n_below[k] += p <= STATED[k].p;
    }
    for (size_t k = 0; k < N_ELEMENTS(STATED); k++) {
        const double times = (double)n_below[k] / N / STATED[k].p;
        if (!(times < STATED[k].most && times > 1 / STATED[k].most))
            fail_msg("p <= %g in %zu of %d series", STATED[k].p, n_below[k], N);
    }
    wm_spc_many_free(usual);
}

static void fill_with_shift(WmSpcPoint *points, size_t n, double shift)
{
    Random random = {SEED};
    for (size_t i = 0; i < n; i++)
        points[i] = (WmSpcPoint){random_normal(&random) + (i + 1 == n ? shift : 0), NAN, NAN, NAN, false, false};
}

static void a_farther_reading_has_a_smaller_p(void **state)
{
    (void)state;
    const WmSpcOptions options = options_of(&NULLS[1]);
    double before = 1;
    for (double shift = 5; shift < 200; shift *= 1.5) {
        WmSpcPoint points[24];
        fill_with_shift(points, 24, shift);
        const double p = judged(points, 24, &options, many, NULL).p_value;
        assert_true(p < before || before < 1e-11); /* as far as it goes */
        before = p;
    }
    assert_true(before < 1e-6);
}

static void shift_and_scale_leave_p_alone(void **state)
{
    (void)state;
    const WmSpcOptions options = options_of(&NULLS[1]);
    WmSpcPoint points[24];
    fill_with_shift(points, 24, 3);
    const double p = judged(points, 24, &options, many, NULL).p_value;
    for (size_t i = 0; i < 24; i++)
        points[i].value = -8 * points[i].value;
    assert_true(fabs(judged(points, 24, &options, many, NULL).p_value - p) < 1e-9);
}

static void the_order_of_series_is_irrelevant(void **state)
{
    (void)state;
    WmSpcMany *other = wm_spc_many_new(SEED, N_REPLICATES);
    WmSpcChance forwards[N_ELEMENTS(NULLS)];
    for (size_t i = 0; i < N_ELEMENTS(NULLS); i++) {
        WmSpcPoint points[MOST];
        Random random = {i + 1};
        make_stable(&random, &NULLS[i], points);
        const WmSpcOptions options = options_of(&NULLS[i]);
        forwards[i] = judged(points, NULLS[i].n, &options, many, NULL);
    }
    for (size_t i = N_ELEMENTS(NULLS); i-- > 0;) {
        WmSpcPoint points[MOST];
        Random random = {i + 1};
        make_stable(&random, &NULLS[i], points);
        const WmSpcOptions options = options_of(&NULLS[i]);
        const WmSpcChance backwards = judged(points, NULLS[i].n, &options, other, NULL);
        assert_true(backwards.p_value == forwards[i].p_value && backwards.chance_signal == forwards[i].chance_signal);
    }
    wm_spc_many_free(other);
}

static void what_cannot_signal_has_no_p(void **state)
{
    (void)state;
    const WmSpcOptions options = options_of(&NULLS[0]);
    WmSpcPoint points[12];
    for (size_t i = 0; i < 12; i++)
        points[i] = (WmSpcPoint){100, NAN, NAN, NAN, false, false};
    for (size_t n = 0; n <= 12; n++)
        assert_true(isnan(judged(points, n, &options, many, NULL).p_value));
    points[0].value = 0;
    assert_true(isnan(judged(points, 2, &options, many, NULL).p_value));
    points[3].value = points[11].value = NAN;
    const double p = judged(points, 12, &options, many, NULL).p_value;
    assert_true(isnan(p) || (p > 0 && p <= 1));
}

/* ---- q-values ---- */

static void q_by_hand(void **state)
{
    (void)state;
    const double p[] = {0.04, 0.001, NAN, 0.03, 0.9}; /* m = 4, c = 1 + 1/2 + 1/3 + 1/4 = 25/12 */
    double q[5];
    size_t order[5];
    wm_false_discovery_adjust(p, 5, q, order);
    const double c = 25.0 / 12;
    assert_true(fabs(q[1] - 0.001 * 4 * c) < 1e-12);
    assert_true(fabs(q[3] - 0.04 * 4 * c / 3) < 1e-12 && q[3] == q[0]); /* 0.03 * 4 / 2 is more than 0.04 * 4 / 3 */
    assert_true(isnan(q[2]) && q[4] == 1);
}

static void one_series_keeps_its_p(void **state)
{
    (void)state;
    const double p[] = {0.03};
    double q[1];
    size_t order[1];
    wm_false_discovery_adjust(p, 1, q, order);
    assert_true(q[0] == 0.03);
    wm_false_discovery_adjust(p, 0, q, order);
    assert_true(q[0] == 0.03);
}

static void q_is_monotone_bounded_and_free_of_order(void **state)
{
    (void)state;
    enum { N = 200 };
    Random random = {7};
    double p[N], reversed[N], q[N], q_reversed[N];
    size_t order[N];
    for (size_t i = 0; i < N; i++)
        p[i] = i % 17 == 0 ? NAN : pow(random_uniform(&random), 3);
    p[5] = p[9]; /* a tie */
    for (size_t i = 0; i < N; i++)
        reversed[i] = p[N - 1 - i];
    wm_false_discovery_adjust(p, N, q, order);
    wm_false_discovery_adjust(reversed, N, q_reversed, order);
    for (size_t i = 0; i < N; i++) {
        assert_true(isnan(p[i]) ? isnan(q[i]) : q[i] >= p[i] && q[i] <= 1);
        assert_true(isnan(p[i]) || q[i] == q_reversed[N - 1 - i]);
        for (size_t j = 0; j < N; j++)
            assert_true(!(p[i] <= p[j]) || q[i] <= q[j]);
    }
}

/* ---- dependence ---- */

typedef enum { WHITE, STEPPED, SLOPED, SEASON, ROLLING, AUTO } Shape;

static void fill_shape(Random *random, Shape shape, double *y, size_t n)
{
    double past[12] = {0}, level = 0;
    for (size_t i = 0; i < 60; i++) {
        past[i % 12] = random_normal(random);
        level = 0.8 * level + past[i % 12];
    }
    for (size_t i = 0; i < n; i++) {
        const double x = random_normal(random);
        past[i % 12] = x;
        level = 0.8 * level + x;
        y[i] = x;
        if (shape == STEPPED)
            y[i] += i >= n / 2 ? 6 : 0;
        if (shape == SLOPED)
            y[i] += 0.15 * (double)i;
        if (shape == SEASON)
            y[i] += 3 * sin(2 * 3.14159265358979 * (double)i / 12);
        if (shape == AUTO)
            y[i] = level;
        for (size_t k = 0; shape == ROLLING && k < 12; k++)
            y[i] = k ? y[i] + past[k] : past[k];
    }
}

typedef struct {
    const char *name;
    Shape shape;
    size_t n;
    WmSpcCaution caution;
    double least, most; /* share of series with that caution */
} ShapeCase;

static const ShapeCase SHAPES[] = {
    {"white_60_is_left_alone", WHITE, 60, WM_SPC_CAUTION_NONE, 0.94, 1},
    {"white_24_is_left_alone", WHITE, 24, WM_SPC_CAUTION_NONE, 0.94, 1},
    {"a_step_is_not_autocorrelation", STEPPED, 60, WM_SPC_CAUTION_NONE, 0.9, 1},
    {"a_slow_slope_is_not_autocorrelation", SLOPED, 60, WM_SPC_CAUTION_NONE, 0.96, 1},
    {"a_season_is_seen_in_24", SEASON, 24, WM_SPC_CAUTION_SEASONAL, 0.5, 1},
    {"a_season_is_seen_in_60", SEASON, 60, WM_SPC_CAUTION_SEASONAL, 0.98, 1},
    {"rolling_years_are_seen_in_72", ROLLING, 72, WM_SPC_CAUTION_ROLLING, 0.85, 1},
    {"rolling_years_are_seen_in_48", ROLLING, 48, WM_SPC_CAUTION_ROLLING, 0.7, 1},
    {"autocorrelation_is_seen_in_60", AUTO, 60, WM_SPC_CAUTION_AUTOCORRELATED, 0.85, 1},
    {"autocorrelation_is_no_rolling_year", AUTO, 60, WM_SPC_CAUTION_ROLLING, 0, 0.1},
};

static void dependence_is_told_apart(void **state)
{
    const ShapeCase *c = *state;
    enum { N = 400 };
    Random random = {SEED};
    size_t n_seen = 0;
    for (size_t i = 0; i < N; i++) {
        double y[MOST], space[2 * MOST];
        WmSpcDependence d;
        fill_shape(&random, c->shape, y, c->n);
        wm_spc_dependence(y, c->n, 12, space, &d);
        n_seen += d.caution == c->caution;
    }
    const double share = (double)n_seen / N;
    if (share < c->least || share > c->most)
        fail_msg("%s: %.3f", c->name, share);
}

static void hardly_any_readings_depend_on_nothing(void **state)
{
    (void)state;
    double y[MOST], space[2 * MOST];
    WmSpcDependence d;
    for (size_t n = 0; n < MOST; n++) {
        for (size_t i = 0; i < MOST; i++)
            y[i] = i % 3 ? NAN : 5;
        wm_spc_dependence(y, n, 12, space, &d);
        assert_int_equal(d.caution, WM_SPC_CAUTION_NONE);
    }
}

static void treatment_takes_changes(void **state)
{
    (void)state;
    const double y[] = {1, 3, NAN, 7, 12};
    double out[5];
    assert_int_equal(wm_spc_treat(y, 5, 4, WM_SPC_CAUTION_ROLLING, out), 1);
    assert_true(isnan(out[0]) && out[1] == 2 && isnan(out[2]) && isnan(out[3]) && out[4] == 5);
    assert_int_equal(wm_spc_treat(y, 5, 4, WM_SPC_CAUTION_SEASONAL, out), 4);
    assert_true(isnan(out[3]) && out[4] == 11);
    assert_int_equal(wm_spc_treat(y, 5, 4, WM_SPC_CAUTION_NONE, out), 0);
    assert_true(out[0] == 1 && out[4] == 12);
}

int main(void)
{
    static struct CMUnitTest tests[N_ELEMENTS(NULLS) + N_ELEMENTS(SHAPES) + 11];
    size_t n = 0;
    for (size_t i = 0; i < N_ELEMENTS(NULLS); i++)
        tests[n++] =
            (struct CMUnitTest){NULLS[i].name, p_is_uniform_where_nothing_changes, NULL, NULL, (void *)(uintptr_t)&NULLS[i]};
    for (size_t i = 0; i < N_ELEMENTS(SHAPES); i++)
        tests[n++] = (struct CMUnitTest){SHAPES[i].name, dependence_is_told_apart, NULL, NULL, (void *)(uintptr_t)&SHAPES[i]};
    const struct CMUnitTest singles[] = {
        cmocka_unit_test(a_small_p_is_as_rare_as_it_says),
        cmocka_unit_test(a_farther_reading_has_a_smaller_p),
        cmocka_unit_test(shift_and_scale_leave_p_alone),
        cmocka_unit_test(the_order_of_series_is_irrelevant),
        cmocka_unit_test(what_cannot_signal_has_no_p),
        cmocka_unit_test(q_by_hand),
        cmocka_unit_test(one_series_keeps_its_p),
        cmocka_unit_test(q_is_monotone_bounded_and_free_of_order),
        cmocka_unit_test(hardly_any_readings_depend_on_nothing),
        cmocka_unit_test(treatment_takes_changes),
    };
    memcpy(tests + n, singles, sizeof singles);
    n += N_ELEMENTS(singles);
    return _cmocka_run_group_tests("spc many", tests, n, open_both, close_both);
}
