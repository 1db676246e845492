/* The Stable Shift Algorithm, decision by decision, on series made for each. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fixture_spc.h"

#define MAX_N     64
#define MAX_STEPS 6

/* A stretch of readings that wobble about a level by turns: level - 1, level + 1 … so that, after a level of odd length, a rise
 * begins a run where it begins, and a fall back to the first level ends it where it ends. */
typedef struct {
    double level;
    size_t n;
} Level;

typedef struct {
    const char *name;
    Level levels[6]; /* up to the first of length 0 */
    size_t period_min;
    bool has_regrets, no_overhang, every_shift;
    size_t starts[4];           /* first reading of each phase after the first; 0 ends */
    WmSsaStep steps[MAX_STEPS]; /* up to the first WM_N_SSA_STEPS */
} SsaCase;

static const SsaCase CASES[] = {
    {"fewer_readings_than_a_period_have_no_limits", {{50, 9}}, 10, false, false, false, {0}, {WM_SSA_TOO_FEW, WM_N_SSA_STEPS}},
    {"a_period_and_a_bit", {{50, 15}}, 10, false, false, false, {0}, {WM_SSA_ESTABLISHED, WM_SSA_ENDED_TOO_FEW, WM_N_SSA_STEPS}},
    {"nothing_happens", {{50, 40}}, 10, false, false, false, {0}, {WM_SSA_ESTABLISHED, WM_SSA_ENDED_NO_SHIFT, WM_N_SSA_STEPS}},
    {"a_shift_that_lasts",
     {{50, 21}, {60, 20}},
     10,
     false,
     false,
     false,
     {21},
     {WM_SSA_ESTABLISHED, WM_SSA_ACCEPTED, WM_SSA_ENDED_NO_SHIFT, WM_N_SSA_STEPS}},
    {"a_shift_without_room_for_limits",
     {{50, 21}, {60, 9}},
     10,
     false,
     false,
     false,
     {0},
     {WM_SSA_ESTABLISHED, WM_SSA_ENDED_TOO_FEW, WM_N_SSA_STEPS}},
    {"two_shifts",
     {{50, 13}, {60, 12}, {45, 12}},
     10,
     false,
     false,
     false,
     {13, 25},
     {WM_SSA_ESTABLISHED, WM_SSA_ACCEPTED, WM_SSA_ACCEPTED, WM_SSA_ENDED_TOO_FEW, WM_N_SSA_STEPS}},
    {"a_shift_that_turns_back_within_the_period",
     {{50, 21}, {60, 8}, {50, 20}},
     16,
     false,
     false,
     false,
     {0},
     {WM_SSA_ESTABLISHED, WM_SSA_REJECTED_REVERSION, WM_SSA_ENDED_NO_SHIFT, WM_N_SSA_STEPS}},
    {"a_return_complete_after_the_period_counts",
     {{50, 21}, {60, 8}, {50, 20}},
     12,
     false,
     false,
     false,
     {0},
     {WM_SSA_ESTABLISHED, WM_SSA_REJECTED_REVERSION, WM_SSA_ENDED_NO_SHIFT, WM_N_SSA_STEPS}},
    {"unless_overhanging_returns_do_not",
     {{50, 21}, {60, 8}, {50, 20}},
     12,
     true,
     true,
     false,
     {21, 33},
     {WM_SSA_ESTABLISHED, WM_SSA_ACCEPTED, WM_SSA_ACCEPTED, WM_SSA_ENDED_TOO_FEW, WM_N_SSA_STEPS}},
    {"every_shift_if_asked",
     {{50, 21}, {60, 8}, {50, 20}},
     12,
     false,
     false,
     true,
     {21, 33},
     {WM_SSA_ESTABLISHED, WM_SSA_ACCEPTED, WM_SSA_ACCEPTED, WM_SSA_ENDED_TOO_FEW, WM_N_SSA_STEPS}},
    {"a_return_that_may_yet_come_stays_open",
     {{50, 21}, {60, 8}, {50, 4}},
     12,
     false,
     false,
     false,
     {0},
     {WM_SSA_ESTABLISHED, WM_SSA_REJECTED_OPEN, WM_SSA_ENDED_TOO_FEW, WM_N_SSA_STEPS}},
    {"or_is_taken_for_granted_with_regrets",
     {{50, 21}, {60, 8}, {50, 4}},
     12,
     true,
     false,
     false,
     {21},
     {WM_SSA_ESTABLISHED, WM_SSA_ACCEPTED, WM_SSA_ENDED_TOO_FEW, WM_N_SSA_STEPS}},
};

static size_t make(const Level *levels, size_t n_levels, WmSpcPoint *points)
{
    size_t n = 0;
    for (size_t i = 0; i < n_levels && levels[i].n; i++)
        for (size_t j = 0; j < levels[i].n; j++, n++)
            points[n] = (WmSpcPoint){levels[i].level + (j % 2 ? 1 : -1), NAN, NAN, NAN, false, false};
    return n;
}

static WmSpcOptions ssa_options(size_t period_min)
{
    WmSpcOptions options = wm_spc_options_default();
    options.chart = WM_SPC_I;
    options.establish = WM_SPC_ESTABLISH_SSA;
    options.ssa.period_min = period_min;
    return options;
}

static void assert_steps(const WmSpc *spc, const WmSsaStep *steps)
{
    size_t n = 0;
    for (; n < MAX_STEPS && steps[n] != WM_N_SSA_STEPS; n++) {
        assert_true(n < spc->n_log);
        if (spc->log[n].step != steps[n])
            fail_msg("step %zu: %s, expected %s", n, wm_ssa_step_name(spc->log[n].step), wm_ssa_step_name(steps[n]));
    }
    assert_int_equal(spc->n_log, n);
}

static void decides(void **state)
{
    const SsaCase *c = *state;
    WmSpcPoint points[MAX_N];
    const size_t n = make(c->levels, N_ELEMENTS(c->levels), points);
    WmSpcOptions options = ssa_options(c->period_min);
    options.ssa.no_regrets = !c->has_regrets;
    options.ssa.overhanging_reversions = !c->no_overhang;
    options.ssa.every_shift = c->every_shift;
    WmSpc spc;
    assert_int_equal(wm_spc_analyse(points, n, &options, scratch, &spc), WM_OK);
    assert_steps(&spc, c->steps);
    for (size_t i = 0; c->starts[i]; i++) {
        assert_true(i + 1 < spc.n_phases);
        assert_int_equal(spc.phases[i + 1].i_first, c->starts[i]);
        assert_int_equal(spc.phases[i + 1].i_calc_end, c->starts[i] + c->period_min);
    }
}

static void too_few_readings_have_no_limits(void **state)
{
    (void)state;
    WmSpcPoint points[MAX_N];
    const Level level = {50, 9};
    const WmSpcOptions options = ssa_options(10);
    WmSpc spc;
    assert_int_equal(wm_spc_analyse(points, make(&level, 1, points), &options, scratch, &spc), WM_OK);
    assert_int_equal(spc.n_phases, 1);
    assert_true(isnan(spc.points[0].centre) && isnan(spc.points[0].upper));
    assert_int_equal(spc.variation, WM_EFFECT_COMMON);
}

static void the_most_extreme_go_first_and_no_more_than_allowed(void **state)
{
    (void)state;
    WmSpcPoint points[MAX_N];
    const Level level = {50, 40};
    const size_t n = make(&level, 1, points);
    points[3].value = 150;
    points[9].value = 120;
    points[12].value = 120; /* a tie with the one before: one place is left, the earlier takes it */
    WmSpcOptions options = ssa_options(20);
    options.ssa.max_exclusions = 2;
    WmSpc spc;
    assert_int_equal(wm_spc_analyse(points, n, &options, scratch, &spc), WM_OK);
    assert_true(spc.points[3].is_excluded && spc.points[9].is_excluded);
    assert_false(spc.points[12].is_excluded);
    assert_int_equal(spc.phases[0].n_used, 18);
}

static void a_rejected_candidate_leaves_no_exclusion_behind(void **state)
{
    (void)state;
    WmSpcPoint points[MAX_N];
    const Level levels[] = {{50, 21}, {60, 8}, {50, 20}};
    const size_t n = make(levels, 3, points);
    points[30].value = 90;
    const WmSpcOptions options = ssa_options(12);
    WmSpc spc;
    assert_int_equal(wm_spc_analyse(points, n, &options, scratch, &spc), WM_OK);
    assert_int_equal(spc.n_phases, 1);
    for (size_t i = 0; i < n; i++)
        assert_false(spc.points[i].is_excluded);
}

/* no_regrets: here, limits at any reading are the same however much of the future is known. */
static void limits_once_set_do_not_change(void **state)
{
    (void)state;
    WmSpcPoint points[MAX_N];
    const Level levels[] = {{50, 13}, {56, 9}, {50, 10}, {44, 20}, {52, 12}};
    const size_t n = make(levels, 5, points);
    const WmSpcOptions options = ssa_options(10);
    size_t starts[MAX_N], n_starts = 0;
    for (size_t known = 10; known <= n; known++) {
        WmSpc spc;
        assert_int_equal(wm_spc_analyse(points, known, &options, scratch, &spc), WM_OK);
        assert_true(spc.n_phases >= n_starts);
        for (size_t i = 0; i < n_starts; i++)
            assert_int_equal(spc.phases[i].i_first, starts[i]);
        for (n_starts = 0; n_starts < spc.n_phases; n_starts++)
            starts[n_starts] = spc.phases[n_starts].i_first;
    }
    assert_true(n_starts > 1);
}

static void a_rebase_begins_the_algorithm_again(void **state)
{
    (void)state;
    WmSpcPoint points[MAX_N];
    const Level levels[] = {{50, 20}, {60, 15}};
    const size_t n = make(levels, 2, points);
    points[22].starts_phase = true;
    const WmSpcOptions options = ssa_options(10);
    WmSpc spc;
    assert_int_equal(wm_spc_analyse(points, n, &options, scratch, &spc), WM_OK);
    assert_int_equal(spc.n_phases, 2);
    assert_int_equal(spc.phases[1].i_first, 22);
    assert_int_equal(spc.phases[1].i_calc_end, 32);
}

int main(void)
{
    static struct CMUnitTest tests[N_ELEMENTS(CASES) + 5];
    size_t n = 0;
    for (size_t i = 0; i < N_ELEMENTS(CASES); i++)
        tests[n++] = (struct CMUnitTest){CASES[i].name, decides, NULL, NULL, (void *)(uintptr_t)&CASES[i]};
    const struct CMUnitTest singles[] = {
        cmocka_unit_test(too_few_readings_have_no_limits),
        cmocka_unit_test(the_most_extreme_go_first_and_no_more_than_allowed),
        cmocka_unit_test(a_rejected_candidate_leaves_no_exclusion_behind),
        cmocka_unit_test(limits_once_set_do_not_change),
        cmocka_unit_test(a_rebase_begins_the_algorithm_again),
    };
    memcpy(tests + n, singles, sizeof singles);
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
