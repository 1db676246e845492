/* The rules, one pattern a row: fixed limits from a lead-in that is known to be quiet, then the readings that are judged. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fixture_spc.h"

/* Mean 0 and every range 2, so that limits are 5.32 away, two thirds of that 3.547, one third 1.773. */
static const double LEAD_IN[] = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
#define N_LEAD_IN N_ELEMENTS(LEAD_IN)

typedef struct {
    const char *name;
    WmSpcRules rules;
    const char *signal; /* the one that is asked about */
    size_t n;
    double values[20];  /* after the lead-in, whose last reading is -1 */
    const char *marked; /* one letter a value: H holds upwards, L downwards, . does not hold */
} RuleCase;

/* clang-format off */
static const RuleCase CASES[] = {
    {"a_reading_on_the_limit_is_not_outside", WM_SPC_MDC, "outside", 3, {5.32, 5.33, -5.33}, ".HL"},
    {"seven_on_one_side", WM_SPC_MDC, "run", 8, {1, 2, 1, 2, 1, 2, 1, -1}, "HHHHHHH."},
    {"six_on_one_side_are_no_run", WM_SPC_MDC, "run", 7, {1, 2, 1, 2, 1, 2, -1}, "......."},
    {"a_reading_on_the_centre_breaks_a_run", WM_SPC_MDC, "run", 8, {1, 2, 1, 0, 2, 1, 2, 1}, "........"},
    {"seven_rising", WM_SPC_MDC, "trend", 8, {-3, -2, -1.5, -1, 0, 1, 2, 2}, "HHHHHHH."},
    {"a_tie_breaks_a_trend", WM_SPC_MDC, "trend", 7, {-3, -2, -1, -1, 0, 1, 2}, "......."},
    {"a_turning_point_goes_with_the_later_trend", WM_SPC_MDC, "trend", 13,
     {-3, -2, -1, 0, 1, 2, 3, 2, 1, 0, -1, -2, -3}, "HHHHHHLLLLLLL"},
    {"two_of_three_marks_the_two", WM_SPC_MDC, "two_of_three", 4, {4, 1, 4, -1}, "H.H."},
    {"two_of_three_wants_all_on_one_side", WM_SPC_MDC, "two_of_three", 4, {4, -1, 4, -1}, "...."},
    {"a_reading_outside_is_not_near", WM_SPC_MDC, "two_of_three", 3, {6, 4, -1}, "..."},
    {"two_near_and_one_outside", WM_SPC_MDC, "two_of_three", 3, {-4, -6, -4}, "L.L"},
    {"nelson_1_is_outside", WM_SPC_NELSON, "nelson_1", 2, {5.33, 5.32}, "H."},
    {"nelson_2_wants_nine", WM_SPC_NELSON, "nelson_2", 10, {1, 1, 1, 1, 1, 1, 1, 1, 1, -1}, "HHHHHHHHH."},
    {"nelson_2_does_not_take_eight", WM_SPC_NELSON, "nelson_2", 9, {1, 1, 1, 1, 1, 1, 1, 1, -1}, "........."},
    {"nelson_3_wants_six", WM_SPC_NELSON, "nelson_3", 7, {3, 2, 1, 0, -1, -2, -2}, "LLLLLL."},
    {"nelson_5_two_of_three_beyond_two_sigma", WM_SPC_NELSON, "nelson_5", 4, {4, -1, 4, 0}, "H.H."},
    {"nelson_5_wants_one_side", WM_SPC_NELSON, "nelson_5", 3, {4, -4, 0}, "..."},
    {"nelson_6_four_of_five_beyond_one_sigma", WM_SPC_NELSON, "nelson_6", 6, {-2, -2, 0, -2, -2, 0}, "LL.LL."},
    {"nelson_8_both_sides_of_one_sigma", WM_SPC_NELSON, "nelson_8", 9, {2, -2, 2, -2, 2, -2, 2, -2, 1}, "HLHLHLHL."},
    {"anhoej_keeps_the_shewhart_limits", WM_SPC_ANHOEJ, "outside", 1, {5.33}, "H"},
    /* 24 useful readings: longest run log2 24 + 3 = 8 */
    {"a_long_run", WM_SPC_ANHOEJ, "long_run", 12, {1, 1, 1, 1, 1, 1, 1, 1, 1, -1, 1, -1}, "HHHHHHHHH..."},
    {"a_run_of_the_longest_length_is_not_too_long", WM_SPC_ANHOEJ, "long_run", 12, {1, 1, 1, 1, 1, 1, 1, 1, -1, 1, -1, 1}, "............"},
    {"a_reading_on_the_centre_is_no_part_of_a_long_run_and_does_not_break_it", WM_SPC_ANHOEJ, "long_run", 13,
     {1, 1, 1, 1, 0, 1, 1, 1, 1, 1, -1, 1, -1}, "HHHH.HHHHH..."},
};
/* clang-format on */

/* Lead-in and values, limits fixed on the lead-in; times `sign`, plus `shift`. */
static WmSpc judged(const double *values, size_t n, WmSpcOptions options, double sign, double shift)
{
    static WmSpcPoint points[64];
    for (size_t i = 0; i < N_LEAD_IN + n; i++) {
        const double value = i < N_LEAD_IN ? LEAD_IN[i] : values[i - N_LEAD_IN];
        points[i] = (WmSpcPoint){sign * value + shift, NAN, NAN, NAN, false, false};
    }
    options.chart = WM_SPC_XMR;
    options.fix_after = N_LEAD_IN;
    WmSpc spc;
    assert_int_equal(wm_spc_analyse(points, N_LEAD_IN + n, &options, scratch, &spc), WM_OK);
    return spc;
}

static void assert_marked(const WmSpc *spc, WmSignal signal, const char *marked, bool is_flipped)
{
    for (size_t i = 0; marked[i]; i++) {
        const WmSpcVerdict *point = &spc->points[N_LEAD_IN + i];
        const bool holds = point->signals >> signal & 1;
        if (holds != (marked[i] != '.'))
            fail_msg("reading %zu (%g): %s", i + 1, point->value, holds ? "marked" : "not marked");
        if (point->signal == signal)
            assert_int_equal(point->direction, (marked[i] == 'H') != is_flipped ? 1 : -1);
    }
}

static WmSpcOptions options_of(WmSpcRules rules)
{
    WmSpcOptions options = wm_spc_options_default();
    options.rules = rules;
    return options;
}

static void marks(void **state)
{
    const RuleCase *c = *state;
    WmSignal signal;
    assert_true(wm_signal_parse(c->signal, &signal));
    const WmSpc spc = judged(c->values, c->n, options_of(c->rules), 1, 0);
    assert_marked(&spc, signal, c->marked, false);
}

/* The mirror image shows the mirrored signals; limits that are exact in binary keep ties as they are. */
static void marks_mirrored(void **state)
{
    const RuleCase *c = *state;
    WmSignal signal;
    assert_true(wm_signal_parse(c->signal, &signal));
    const WmSpc spc = judged(c->values, c->n, options_of(c->rules), -1, 0);
    assert_marked(&spc, signal, c->marked, true);
}

static void nelson_4_wants_fourteen_by_turns(void **state)
{
    (void)state;
    /* the lead-in alternates 12 times already; two more make 14 */
    const double values[] = {1, -1, -1};
    const WmSpc spc = judged(values, 3, options_of(WM_SPC_NELSON), 1, 0);
    for (size_t i = 0; i < 14; i++)
        assert_true(spc.points[i].signals >> WM_SIGNAL_NELSON_4 & 1);
    assert_false(spc.points[14].signals >> WM_SIGNAL_NELSON_4 & 1);
    const WmSpc shorter = judged(values + 1, 1, options_of(WM_SPC_NELSON), 1, 0);
    assert_false(shorter.points[0].signals >> WM_SIGNAL_NELSON_4 & 1);
}

static void nelson_7_wants_fifteen_within_one_sigma(void **state)
{
    (void)state;
    const double values[] = {1, -1, 1, 2};
    const WmSpc spc = judged(values, 4, options_of(WM_SPC_NELSON), 1, 0);
    for (size_t i = 0; i < 15; i++)
        assert_true(spc.points[i].signals >> WM_SIGNAL_NELSON_7 & 1);
    assert_false(spc.points[15].signals >> WM_SIGNAL_NELSON_7 & 1);
}

static void few_crossings_mark_every_useful_reading(void **state)
{
    (void)state;
    WmSpcPoint points[20];
    for (size_t i = 0; i < 20; i++)
        points[i] = (WmSpcPoint){(i < 10 ? 1 : 3) + 0.1 * (double)(i % 3), NAN, NAN, NAN, false, false};
    WmSpcOptions options = options_of(WM_SPC_ANHOEJ);
    options.chart = WM_SPC_RUN;
    WmSpc spc;
    assert_int_equal(wm_spc_analyse(points, 20, &options, scratch, &spc), WM_OK);
    assert_int_equal(spc.phases[0].n_crossings, 1);
    assert_int_equal(spc.phases[0].n_crossings_min, 6);
    assert_int_equal(spc.phases[0].longest_run, 10);
    assert_int_equal(spc.phases[0].longest_run_max, 7);
    for (size_t i = 0; i < 20; i++) {
        assert_true(spc.points[i].signals >> WM_SIGNAL_FEW_CROSSINGS & 1);
        assert_int_equal(spc.points[i].signal, WM_SIGNAL_LONG_RUN);
    }
}

static void lengths_can_be_set(void **state)
{
    (void)state;
    const double values[] = {1, 2, 1, 2, 1, -1};
    WmSpcOptions options = options_of(WM_SPC_MDC);
    options.lengths[WM_SIGNAL_RUN] = 5;
    const WmSpc spc = judged(values, 6, options, 1, 0);
    assert_marked(&spc, WM_SIGNAL_RUN, "HHHHH.", false);
}

static void the_first_in_the_order_is_shown(void **state)
{
    (void)state;
    const double values[] = {1, 2, 2.5, 3, 3.7, 3.8, 6};
    const WmSpc spc = judged(values, 7, options_of(WM_SPC_MDC), 1, 0);
    assert_int_equal(spc.points[N_LEAD_IN + 6].signal, WM_SIGNAL_OUTSIDE);
    assert_int_equal(spc.points[N_LEAD_IN + 5].signal, WM_SIGNAL_TREND);
    assert_true(spc.points[N_LEAD_IN + 5].signals >> WM_SIGNAL_TWO_OF_THREE & 1);
    assert_true(spc.points[N_LEAD_IN + 5].signals >> WM_SIGNAL_RUN & 1);
}

static void nothing_crosses_a_rebase(void **state)
{
    (void)state;
    WmSpcPoint points[24];
    for (size_t i = 0; i < 24; i++)
        points[i] = (WmSpcPoint){i < 12 ? LEAD_IN[i] : -LEAD_IN[i - 12], NAN, NAN, NAN, i == 12, false};
    for (size_t i = 8; i < 16; i++)
        points[i].value = (double)i / 10; /* eight rising, four on either side of the rebase */
    WmSpcOptions options = options_of(WM_SPC_MDC);
    options.chart = WM_SPC_XMR;
    WmSpc spc;
    assert_int_equal(wm_spc_analyse(points, 24, &options, scratch, &spc), WM_OK);
    for (size_t i = 0; i < 24; i++)
        assert_false(spc.points[i].signals >> WM_SIGNAL_TREND & 1 || spc.points[i].signals >> WM_SIGNAL_RUN & 1);
}

/* qbinom(0.05, n, 0.5), from tables of the binomial distribution. */
static void fair_coins_have_their_quantiles(void **state)
{
    (void)state;
    static const size_t EXPECTED[][2] = {{0, 0}, {1, 0}, {4, 0}, {5, 1}, {9, 2}, {11, 3}, {19, 6}, {23, 8}, {35, 13}, {99, 41}};
    for (size_t i = 0; i < N_ELEMENTS(EXPECTED); i++)
        assert_int_equal(wm_fair_coins_quantile(0.05, EXPECTED[i][0]), EXPECTED[i][1]);
}

int main(void)
{
    static char names[N_ELEMENTS(CASES)][128];
    static struct CMUnitTest tests[2 * N_ELEMENTS(CASES) + 7];
    size_t n = 0;
    for (size_t i = 0; i < N_ELEMENTS(CASES); i++) {
        snprintf(names[i], sizeof names[i], "mirrored_%s", CASES[i].name);
        tests[n++] = (struct CMUnitTest){CASES[i].name, marks, NULL, NULL, (void *)(uintptr_t)&CASES[i]};
        tests[n++] = (struct CMUnitTest){names[i], marks_mirrored, NULL, NULL, (void *)(uintptr_t)&CASES[i]};
    }
    const struct CMUnitTest singles[] = {
        cmocka_unit_test(nelson_4_wants_fourteen_by_turns),        cmocka_unit_test(nelson_7_wants_fifteen_within_one_sigma),
        cmocka_unit_test(few_crossings_mark_every_useful_reading), cmocka_unit_test(lengths_can_be_set),
        cmocka_unit_test(the_first_in_the_order_is_shown),         cmocka_unit_test(nothing_crosses_a_rebase),
        cmocka_unit_test(fair_coins_have_their_quantiles),
    };
    memcpy(tests + n, singles, sizeof singles);
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
