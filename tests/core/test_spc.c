/* Control charts: limits, phases, choice of chart, effects, assurance, and the edges. Rules have their own file. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fixture_spc.h"

static void assert_number(double got, double want)
{
    if (isnan(want) ? !isnan(got) : !(fabs(got - want) <= 1e-12 * fmax(1, fabs(want))))
        fail_msg("%.17g, expected %.17g", got, want);
}

static const double WOBBLE[] = {50, 53, 49, 52, 47, 51, 54, 48, 50, 52, 49, 51, 53, 47, 50, 52, 48, 51, 49, 50};
#define N_WOBBLE N_ELEMENTS(WOBBLE)

/* ---- limits by hand ---- */

typedef struct {
    const char *name;
    WmSpcChart chart;
    WmSpcScreen screen;
    size_t n;
    double values[8], numerators[8], denominators[8];
    double centre, lower, upper; /* at the last reading */
} LimitCase;

static const LimitCase LIMITS[] = {
    {"xmr_is_mean_and_2_66_ranges", WM_SPC_XMR, WM_SPC_SCREEN_YES, 4, {10, 12, 10, 12}, {0}, {0}, 11, 11 - 5.32, 11 + 5.32},
    {"i_uses_3_over_1_128", WM_SPC_I, WM_SPC_SCREEN_YES, 4, {10, 12, 10, 12}, {0}, {0}, 11, 11 - 6 / 1.128, 11 + 6 / 1.128},
    /* ranges 1 1 1 1 1 20, average 25/6, bound 13.6: the 20 goes */
    {"a_large_range_is_screened_out",
     WM_SPC_XMR,
     WM_SPC_SCREEN_YES,
     7,
     {0, 1, 0, 1, 0, 1, 21},
     {0},
     {0},
     24 / 7.0,
     24 / 7.0 - 2.66,
     24 / 7.0 + 2.66},
    {"unless_asked_not_to",
     WM_SPC_XMR,
     WM_SPC_SCREEN_NO,
     7,
     {0, 1, 0, 1, 0, 1, 21},
     {0},
     {0},
     24 / 7.0,
     24 / 7.0 - 2.66 * 25 / 6,
     24 / 7.0 + 2.66 * 25 / 6},
    {"c_is_poisson", WM_SPC_C, WM_SPC_SCREEN_YES, 4, {14, 18, 16, 16}, {0}, {0}, 16, 4, 28},
    {"c_has_no_negative_limit", WM_SPC_C, WM_SPC_SCREEN_YES, 3, {4, 4, 4}, {0}, {0}, 4, 0, 10},
    {"p_follows_the_denominator",
     WM_SPC_P,
     WM_SPC_SCREEN_YES,
     2,
     {0},
     {30, 170},
     {100, 300},
     0.5,
     0.5 - 1.5 / 17.320508075688775,
     0.5 + 1.5 / 17.320508075688775},
    {"p_stays_below_1", WM_SPC_P, WM_SPC_SCREEN_YES, 2, {0}, {9, 9}, {10, 10}, 0.9, 0.9 - 0.9 / 3.1622776601683795, 1},
    {"u_is_poisson_over_area", WM_SPC_U, WM_SPC_SCREEN_YES, 2, {0}, {4, 4}, {1, 1}, 4, 0, 10},
    {"g_is_geometric", WM_SPC_G, WM_SPC_SCREEN_YES, 2, {3, 5}, {0}, {0}, 4, 0, 4 + 3 * 4.47213595499958},
    {"run_is_a_median_without_limits", WM_SPC_RUN, WM_SPC_SCREEN_YES, 4, {1, 9, 2, 4}, {0}, {0}, 3, NAN, NAN},
};

static void limits_are(void **state)
{
    const LimitCase *c = *state;
    WmSpcPoint points[8];
    for (size_t i = 0; i < c->n; i++)
        points[i] = c->denominators[i] > 0 ? counted(c->numerators[i], c->denominators[i]) : valued(c->values[i]);
    WmSpcOptions options = options_of_chart(c->chart);
    options.screen = c->screen;
    const WmSpc spc = charted(points, c->n, &options);
    const WmSpcVerdict *last = &spc.points[c->n - 1];
    assert_number(last->centre, c->centre);
    assert_number(last->lower, c->lower);
    assert_number(last->upper, c->upper);
    assert_int_equal(spc.reason, WM_SPC_REASON_FORCED);
}

static void percents_are_on_the_scale_of_100(void **state)
{
    (void)state;
    const WmSpcPoint points[] = {counted(30, 100), counted(170, 300)};
    WmSpcOptions options = options_of_chart(WM_SPC_P);
    options.kind = WM_KIND_PERCENT;
    const WmSpc spc = charted(points, 2, &options);
    assert_number(spc.points[0].value, 30);
    assert_number(spc.points[1].centre, 50);
    assert_number(spc.points[1].upper, 50 + 150 / sqrt(300));
}

/* Published per 1,000, to a figure after the point, beside counts of people. */
static void a_rate_is_on_the_scale_of_what_it_is_per(void **state)
{
    (void)state;
    WmSpcPoint points[] = {counted(30, 10000), counted(33, 10000), counted(38, 12000)};
    const double published[] = {3, 3.3, 3.2};
    for (size_t i = 0; i < N_ELEMENTS(published); i++)
        points[i].value = published[i];
    WmSpcOptions options = options_of_chart(WM_SPC_U);
    options.kind = WM_KIND_RATE;
    const WmSpc spc = charted(points, 3, &options);
    assert_number(spc.points[2].value, 38.0 / 12);
    assert_number(spc.points[2].centre, 101.0 / 32);
    assert_number(spc.points[0].upper, 101.0 / 32 + 3 * sqrt(101.0 / 32 * 1000 / 10000));
}

static void laney_with_binomial_spread_is_p_times_sigma_z(void **state)
{
    (void)state;
    const WmSpcPoint points[] = {counted(50, 100), counted(60, 100), counted(45, 100), counted(45, 100)};
    WmSpcOptions options = options_of_chart(WM_SPC_PP);
    const WmSpc spc = charted(points, 4, &options);
    const double sd = 0.05, sigma_z = (2 + 3 + 0) / 3.0 / 1.128; /* z = 0 2 -1 -1 */
    assert_number(spc.points[0].centre, 0.5);
    assert_number(spc.points[0].upper, 0.5 + 3 * sd * sigma_z);
}

static void t_limits_are_of_the_transformed_time(void **state)
{
    (void)state;
    const double values[] = {pow(2, 3.6), pow(4, 3.6), pow(2, 3.6), pow(4, 3.6)};
    WmSpcPoint points[4];
    fill_points(points, values, 4);
    WmSpcOptions options = options_of_chart(WM_SPC_T);
    const WmSpc spc = charted(points, 4, &options);
    assert_number(spc.points[3].centre, pow(3, 3.6));
    assert_number(spc.points[3].upper, pow(3 + 6 / 1.128, 3.6));
    assert_number(spc.points[3].lower, 0);
    assert_number(spc.points[3].value, values[3]);
}

static void limits_are_cut_at_the_bounds_given(void **state)
{
    (void)state;
    WmSpcPoint points[N_WOBBLE];
    fill_points(points, WOBBLE, N_WOBBLE);
    WmSpcOptions options = options_of_chart(WM_SPC_XMR);
    options.low = 45;
    options.high = 55;
    const WmSpc spc = charted(points, N_WOBBLE, &options);
    assert_number(spc.points[0].lower, 45);
    assert_number(spc.points[0].upper, 55);
}

/* ---- phases ---- */

static void fixed_limits_come_from_the_first_readings(void **state)
{
    (void)state;
    WmSpcPoint points[N_WOBBLE + 3];
    fill_points(points, WOBBLE, N_WOBBLE);
    points[1] = valued(NAN); /* does not count among the first 12 */
    for (size_t i = N_WOBBLE; i < N_WOBBLE + 3; i++)
        points[i] = valued(90);
    WmSpcOptions options = options_of_chart(WM_SPC_XMR);
    options.fix_after = 12;
    const double upper = charted(points, 13, &options).points[0].upper;
    const WmSpc spc = charted(points, N_WOBBLE + 3, &options);
    assert_int_equal(spc.n_phases, 1);
    assert_int_equal(spc.phases[0].i_calc_end, 13);
    assert_int_equal(spc.phases[0].n_used, 12);
    assert_number(spc.points[N_WOBBLE + 2].upper, upper);
    assert_int_equal(spc.points[N_WOBBLE].signal, WM_SIGNAL_OUTSIDE);
    assert_true(spc.points[12].sets_limits);
    assert_false(spc.points[13].sets_limits);
}

static void a_rebase_starts_afresh_and_is_fixed_in_its_turn(void **state)
{
    (void)state;
    WmSpcPoint points[2 * N_WOBBLE];
    fill_points(points, WOBBLE, N_WOBBLE);
    for (size_t i = 0; i < N_WOBBLE; i++)
        points[N_WOBBLE + i] = valued(WOBBLE[i] + 100);
    points[N_WOBBLE].starts_phase = true;
    points[0].starts_phase = true; /* the first period starts one anyway */
    WmSpcOptions options = options_of_chart(WM_SPC_XMR);
    options.fix_after = 12;
    const WmSpc spc = charted(points, 2 * N_WOBBLE, &options);
    assert_int_equal(spc.n_phases, 2);
    assert_int_equal(spc.phases[1].i_first, N_WOBBLE);
    assert_int_equal(spc.phases[1].i_calc_end, N_WOBBLE + 12);
    assert_number(spc.points[2 * N_WOBBLE - 1].centre, spc.points[0].centre + 100);
    for (size_t i = 0; i < 2 * N_WOBBLE; i++)
        assert_int_equal(spc.points[i].signal, WM_SIGNAL_NONE);
}

static void an_excluded_reading_moves_no_limit_and_is_still_judged(void **state)
{
    (void)state;
    WmSpcPoint with[N_WOBBLE + 1], without[N_WOBBLE];
    fill_points(without, WOBBLE, N_WOBBLE);
    fill_points(with, WOBBLE, N_WOBBLE);
    with[N_WOBBLE] = valued(200);
    with[N_WOBBLE].is_excluded = true;
    WmSpcOptions options = options_of_chart(WM_SPC_XMR);
    const double upper = charted(without, N_WOBBLE, &options).points[0].upper;
    const WmSpc spc = charted(with, N_WOBBLE + 1, &options);
    assert_number(spc.points[0].upper, upper);
    assert_int_equal(spc.points[N_WOBBLE].signal, WM_SIGNAL_OUTSIDE);
    assert_true(spc.points[N_WOBBLE].is_excluded);
    assert_false(spc.points[N_WOBBLE].sets_limits);
    assert_int_equal(spc.phases[0].n_used, N_WOBBLE);
}

static void a_missing_period_is_bridged(void **state)
{
    (void)state;
    WmSpcPoint full[N_WOBBLE], holed[N_WOBBLE + 2];
    fill_points(full, WOBBLE, N_WOBBLE);
    for (size_t i = 0, j = 0; i < N_WOBBLE + 2; i++)
        holed[i] = i == 5 || i == 11 ? valued(i == 5 ? NAN : INFINITY) : full[j++];
    WmSpcOptions options = options_of_chart(WM_SPC_XMR);
    const WmSpc whole = charted(full, N_WOBBLE, &options);
    const double centre = whole.points[0].centre, upper = whole.points[0].upper;
    const WmSpc spc = charted(holed, N_WOBBLE + 2, &options);
    assert_number(spc.points[5].centre, centre);
    assert_number(spc.points[5].upper, upper);
    assert_number(spc.points[5].value, NAN);
    assert_int_equal(spc.points[5].signal, WM_SIGNAL_NONE);
    assert_int_equal(spc.phases[0].n_readings, N_WOBBLE);
}

/* ---- choice of chart ---- */

typedef struct {
    const char *name;
    WmKind kind;
    double value, numerator, denominator;
    WmSpcChart chart;
    WmSpcReason reason;
} ChoiceCase;

static const ChoiceCase CHOICES[] = {
    {"percent_small", WM_KIND_PERCENT, 50, 50, 100, WM_SPC_P, WM_SPC_REASON_SMALL_DENOMINATORS},
    {"percent_large", WM_KIND_PERCENT, 50, 5000, 10000, WM_SPC_PP, WM_SPC_REASON_LARGE_DENOMINATORS},
    {"percent_bare", WM_KIND_PERCENT, 50, NAN, NAN, WM_SPC_XMR, WM_SPC_REASON_NO_DENOMINATORS},
    {"percent_above_100_is_a_rate", WM_KIND_PERCENT, 120, 12, 10, WM_SPC_U, WM_SPC_REASON_SMALL_DENOMINATORS},
    {"rate_small", WM_KIND_RATE, 0.1, 8, 80, WM_SPC_U, WM_SPC_REASON_SMALL_DENOMINATORS},
    {"rate_large", WM_KIND_RATE, 0.1, 800, 8000, WM_SPC_UP, WM_SPC_REASON_LARGE_DENOMINATORS},
    {"rate_bare", WM_KIND_RATE, 0.1, NAN, NAN, WM_SPC_XMR, WM_SPC_REASON_NO_DENOMINATORS},
    {"count_small", WM_KIND_COUNT, 12, NAN, NAN, WM_SPC_C, WM_SPC_REASON_SMALL_COUNTS},
    {"count_rare", WM_KIND_COUNT, 0, NAN, NAN, WM_SPC_C, WM_SPC_REASON_RARE_COUNTS},
    {"count_large", WM_KIND_COUNT, 4000, NAN, NAN, WM_SPC_XMR, WM_SPC_REASON_LARGE_COUNTS},
    {"count_not_whole", WM_KIND_COUNT, 12.5, NAN, NAN, WM_SPC_XMR, WM_SPC_REASON_LARGE_COUNTS},
    {"duration", WM_KIND_DURATION, 20, NAN, NAN, WM_SPC_XMR, WM_SPC_REASON_MEASUREMENT},
    {"score_with_denominators", WM_KIND_SCORE, 4, 40, 10, WM_SPC_XMR, WM_SPC_REASON_MEASUREMENT},
    {"unknown_bare", WM_N_KINDS, 50, NAN, NAN, WM_SPC_XMR, WM_SPC_REASON_MEASUREMENT},
    {"unknown_proportion", WM_N_KINDS, NAN, 5, 10, WM_SPC_P, WM_SPC_REASON_SMALL_DENOMINATORS},
    {"unknown_rate", WM_N_KINDS, NAN, 50, 10, WM_SPC_U, WM_SPC_REASON_SMALL_DENOMINATORS},
    {"zero_denominators_are_none", WM_KIND_PERCENT, 50, 0, 0, WM_SPC_XMR, WM_SPC_REASON_NO_DENOMINATORS},
};

static void chart_suits(void **state)
{
    const ChoiceCase *c = *state;
    WmSpcPoint points[3];
    for (size_t i = 0; i < 3; i++)
        points[i] = (WmSpcPoint){c->value, c->numerator, c->denominator, NAN, false, false};
    WmSpcOptions options = wm_spc_options_default();
    options.kind = c->kind;
    WmSpcReason reason;
    assert_int_equal(wm_spc_chart_choose(points, 3, &options, &reason), c->chart);
    assert_int_equal(reason, c->reason);
}

static void a_hole_in_the_denominators_loses_no_reading(void **state)
{
    (void)state;
    const WmSpcPoint points[] = {{50, 5, 10, NAN, false, false}, {40, NAN, NAN, NAN, false, false}, {60, 6, 10, NAN, false, false}};
    WmSpcOptions options = wm_spc_options_default();
    options.kind = WM_KIND_PERCENT;
    const WmSpc spc = charted(points, 3, &options);
    assert_int_equal(spc.chart, WM_SPC_XMR);
    assert_int_equal(spc.reason, WM_SPC_REASON_DENOMINATORS_INCOMPLETE);
    assert_int_equal(spc.phases[0].n_readings, 3);
}

static void a_forced_chart_without_its_numbers_says_so(void **state)
{
    (void)state;
    const WmSpcPoint points[] = {valued(5), valued(6)};
    WmSpcOptions options = options_of_chart(WM_SPC_P);
    const WmSpc spc = charted(points, 2, &options);
    assert_int_equal(spc.reason, WM_SPC_REASON_FORCED_NO_DENOMINATORS);
    assert_true(spc.i_last == SIZE_MAX);
    assert_number(spc.points[0].centre, NAN);
}

int main(void)
{
    const struct CMUnitTest singles[] = {
        cmocka_unit_test(percents_are_on_the_scale_of_100),
        cmocka_unit_test(a_rate_is_on_the_scale_of_what_it_is_per),
        cmocka_unit_test(laney_with_binomial_spread_is_p_times_sigma_z),
        cmocka_unit_test(t_limits_are_of_the_transformed_time),
        cmocka_unit_test(limits_are_cut_at_the_bounds_given),
        cmocka_unit_test(fixed_limits_come_from_the_first_readings),
        cmocka_unit_test(a_rebase_starts_afresh_and_is_fixed_in_its_turn),
        cmocka_unit_test(an_excluded_reading_moves_no_limit_and_is_still_judged),
        cmocka_unit_test(a_missing_period_is_bridged),
        cmocka_unit_test(a_hole_in_the_denominators_loses_no_reading),
        cmocka_unit_test(a_forced_chart_without_its_numbers_says_so),
    };
    static struct CMUnitTest tests[N_ELEMENTS(LIMITS) + N_ELEMENTS(CHOICES) + N_ELEMENTS(singles)];
    size_t n = 0;
    for (size_t i = 0; i < N_ELEMENTS(LIMITS); i++)
        tests[n++] = (struct CMUnitTest){LIMITS[i].name, limits_are, NULL, NULL, (void *)(uintptr_t)&LIMITS[i]};
    for (size_t i = 0; i < N_ELEMENTS(CHOICES); i++)
        tests[n++] = (struct CMUnitTest){CHOICES[i].name, chart_suits, NULL, NULL, (void *)(uintptr_t)&CHOICES[i]};
    memcpy(tests + n, singles, sizeof singles);
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
