/* Effects, variation and assurance. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fixture_spc.h"

/* ---- effect and variation: twelve quiet readings, then one far above or below ---- */

typedef struct {
    const char *name;
    WmPolarity polarity;
    double last;
    WmEffect effect;
} EffectCase;

static const EffectCase EFFECTS[] = {
    {"high_is_improvement_where_higher_is_better", WM_POLARITY_HIGHER, 99, WM_EFFECT_IMPROVEMENT},
    {"low_is_concern_where_higher_is_better", WM_POLARITY_HIGHER, 1, WM_EFFECT_CONCERN},
    {"high_is_concern_where_lower_is_better", WM_POLARITY_LOWER, 99, WM_EFFECT_CONCERN},
    {"low_is_improvement_where_lower_is_better", WM_POLARITY_LOWER, 1, WM_EFFECT_IMPROVEMENT},
    {"high_is_neutral_where_plan_is_best", WM_POLARITY_PLAN, 99, WM_EFFECT_NEUTRAL_HIGH},
    {"low_is_neutral_where_nothing_is_better", WM_POLARITY_NONE, 1, WM_EFFECT_NEUTRAL_LOW},
    {"quiet_is_common", WM_POLARITY_HIGHER, 50, WM_EFFECT_COMMON},
};

static void has_effect(void **state)
{
    const EffectCase *c = *state;
    WmSpcPoint points[13];
    for (size_t i = 0; i < 12; i++)
        points[i] = targeted(i % 2 ? 49 : 51, NAN);
    points[12] = targeted(c->last, NAN);
    const WmSpcOptions options = options_of_polarity(c->polarity);
    const WmSpc spc = charted(points, 13, &options);
    assert_int_equal(spc.points[12].effect, c->effect);
    assert_int_equal(spc.variation, c->effect);
}

static void patterns_without_direction_are_neutral(void **state)
{
    (void)state;
    WmSpcPoint points[14];
    for (size_t i = 0; i < 14; i++)
        points[i] = targeted(i % 2 ? 49 : 51, NAN);
    WmSpcOptions options = options_of_polarity(WM_POLARITY_HIGHER);
    options.rules = WM_SPC_NELSON;
    const WmSpc spc = charted(points, 14, &options);
    assert_int_equal(spc.points[0].signal, WM_SIGNAL_NELSON_4);
    assert_int_equal(spc.points[0].effect, WM_EFFECT_NEUTRAL_HIGH);
    assert_int_equal(spc.variation, WM_EFFECT_NEUTRAL_LOW);
}

static void variation_is_of_the_latest_reading_with_a_value(void **state)
{
    (void)state;
    WmSpcPoint points[15];
    for (size_t i = 0; i < 12; i++)
        points[i] = targeted(i % 2 ? 49 : 51, 40);
    points[12] = targeted(99, 40);
    points[13] = points[14] = targeted(NAN, NAN);
    const WmSpcOptions options = options_of_polarity(WM_POLARITY_HIGHER);
    const WmSpc spc = charted(points, 15, &options);
    assert_int_equal(spc.i_last, 12);
    assert_int_equal(spc.variation, WM_EFFECT_IMPROVEMENT);
    assert_int_equal(spc.assurance, WM_ASSURANCE_PASS);
}

/* ---- assurance: readings a, b by turns, and a target for each of the two halves ---- */

typedef struct {
    const char *name;
    WmPolarity polarity;
    double a, b, early, late; /* b - a = 2 gives limits 5.32 from (a + b) / 2 */
    WmAssurance assurance;
} AssuranceCase;

static const AssuranceCase ASSURANCES[] = {
    {"target_below_the_limits_passes", WM_POLARITY_HIGHER, 49, 51, 44.6, 44.6, WM_ASSURANCE_PASS},
    {"target_above_the_limits_fails", WM_POLARITY_HIGHER, 49, 51, 55.4, 55.4, WM_ASSURANCE_FAIL},
    {"target_within_the_limits_is_met_now_and_then", WM_POLARITY_HIGHER, 49, 51, 50, 50, WM_ASSURANCE_INCONSISTENT},
    {"target_on_the_lower_limit", WM_POLARITY_HIGHER, 49, 51, 44.68, 44.68, WM_ASSURANCE_INCONSISTENT},
    {"lower_is_better_turns_it_round", WM_POLARITY_LOWER, 49, 51, 44.6, 44.6, WM_ASSURANCE_FAIL},
    {"lower_is_better_target_above", WM_POLARITY_LOWER, 49, 51, 55.4, 55.4, WM_ASSURANCE_PASS},
    {"no_direction_no_assurance", WM_POLARITY_NONE, 49, 51, 40, 40, WM_ASSURANCE_NONE},
    {"plan_is_best_no_assurance", WM_POLARITY_PLAN, 49, 51, 40, 40, WM_ASSURANCE_NONE},
    {"no_target_no_assurance", WM_POLARITY_HIGHER, 49, 51, NAN, NAN, WM_ASSURANCE_NONE},
    {"the_latest_step_counts", WM_POLARITY_HIGHER, 49, 51, 40, 60, WM_ASSURANCE_FAIL},
    {"a_target_that_begins_late", WM_POLARITY_HIGHER, 49, 51, NAN, 40, WM_ASSURANCE_PASS},
    {"a_target_missing_at_the_end_is_still_in_force", WM_POLARITY_HIGHER, 49, 51, 40, NAN, WM_ASSURANCE_PASS},
    {"constant_at_100_against_95_passes", WM_POLARITY_HIGHER, 100, 100, 95, 95, WM_ASSURANCE_PASS},
    {"constant_on_the_target_passes", WM_POLARITY_HIGHER, 95, 95, 95, 95, WM_ASSURANCE_PASS},
    {"constant_below_the_target_fails", WM_POLARITY_HIGHER, 94, 94, 95, 95, WM_ASSURANCE_FAIL},
    {"constant_0_where_lower_is_better_passes", WM_POLARITY_LOWER, 0, 0, 5, 5, WM_ASSURANCE_PASS},
    {"constant_above_where_lower_is_better_fails", WM_POLARITY_LOWER, 6, 6, 5, 5, WM_ASSURANCE_FAIL},
};

static WmSpc assured(const AssuranceCase *c, WmSpcScreen screen)
{
    WmSpcPoint points[20];
    for (size_t i = 0; i < 20; i++)
        points[i] = targeted(i % 2 ? c->b : c->a, i < 10 ? c->early : c->late);
    WmSpcOptions options = options_of_polarity(c->polarity);
    options.screen = screen;
    return charted(points, 20, &options);
}

static void is_assured(void **state)
{
    const AssuranceCase *c = *state;
    assert_int_equal(assured(c, WM_SPC_SCREEN_YES).assurance, c->assurance);
    assert_int_equal(assured(c, WM_SPC_SCREEN_NO).assurance, c->assurance);
}

static void a_constant_series_has_no_limits_and_common_variation(void **state)
{
    (void)state;
    const AssuranceCase constant = {"", WM_POLARITY_HIGHER, 100, 100, 95, 95, WM_ASSURANCE_PASS};
    const WmSpc spc = assured(&constant, WM_SPC_SCREEN_YES);
    assert_true(spc.phases[0].is_constant);
    assert_true(isnan(spc.points[19].lower) && isnan(spc.points[19].upper));
    assert_true(spc.points[19].centre == 100);
    assert_int_equal(spc.variation, WM_EFFECT_COMMON);
}

static void assurance_follows_the_latest_phase(void **state)
{
    (void)state;
    WmSpcPoint points[24];
    for (size_t i = 0; i < 24; i++)
        points[i] = targeted((i < 12 ? 80 : 50) + (i % 2 ? 1 : -1), 70);
    points[12].starts_phase = true;
    const WmSpcOptions options = options_of_polarity(WM_POLARITY_HIGHER);
    assert_int_equal(charted(points, 12, &options).assurance, WM_ASSURANCE_PASS);
    assert_int_equal(charted(points, 24, &options).assurance, WM_ASSURANCE_FAIL);
}

/* A process that rises with its path, always `above` it: the path's latest value against level limits would say nothing of that. */
static WmAssurance moving(double above, WmPolarity polarity, double slope)
{
    WmSpcPoint points[20];
    for (size_t i = 0; i < 20; i++) {
        const double path = 50 + slope * (double)i;
        points[i] = targeted(path + above + (i % 2 ? 1 : -1), path);
    }
    WmSpcOptions options = options_of_polarity(polarity);
    options.target_shape = WM_SPC_TARGET_MOVING;
    return charted(points, 20, &options).assurance;
}

static void a_moving_target_is_judged_by_the_gap(void **state)
{
    (void)state;
    assert_int_equal(moving(6, WM_POLARITY_HIGHER, 1), WM_ASSURANCE_PASS);
    assert_int_equal(moving(-6, WM_POLARITY_HIGHER, 1), WM_ASSURANCE_FAIL);
    assert_int_equal(moving(3, WM_POLARITY_HIGHER, 1), WM_ASSURANCE_INCONSISTENT);
    assert_int_equal(moving(6, WM_POLARITY_LOWER, -1), WM_ASSURANCE_FAIL);
    assert_int_equal(moving(-6, WM_POLARITY_LOWER, -1), WM_ASSURANCE_PASS);
}

static void a_moving_target_that_stands_still_is_a_constant_one(void **state)
{
    (void)state;
    for (double above = -8; above <= 8; above += 0.5) {
        const AssuranceCase level = {"", WM_POLARITY_HIGHER, 49 + above, 51 + above, 50, 50, WM_ASSURANCE_NONE};
        assert_int_equal(moving(above, WM_POLARITY_HIGHER, 0), assured(&level, WM_SPC_SCREEN_YES).assurance);
    }
}

int main(void)
{
    static struct CMUnitTest tests[N_ELEMENTS(EFFECTS) + N_ELEMENTS(ASSURANCES) + 6];
    size_t n = 0;
    for (size_t i = 0; i < N_ELEMENTS(EFFECTS); i++)
        tests[n++] = (struct CMUnitTest){EFFECTS[i].name, has_effect, NULL, NULL, (void *)(uintptr_t)&EFFECTS[i]};
    for (size_t i = 0; i < N_ELEMENTS(ASSURANCES); i++)
        tests[n++] = (struct CMUnitTest){ASSURANCES[i].name, is_assured, NULL, NULL, (void *)(uintptr_t)&ASSURANCES[i]};
    const struct CMUnitTest singles[] = {
        cmocka_unit_test(patterns_without_direction_are_neutral),
        cmocka_unit_test(variation_is_of_the_latest_reading_with_a_value),
        cmocka_unit_test(a_constant_series_has_no_limits_and_common_variation),
        cmocka_unit_test(assurance_follows_the_latest_phase),
        cmocka_unit_test(a_moving_target_is_judged_by_the_gap),
        cmocka_unit_test(a_moving_target_that_stands_still_is_a_constant_one),
    };
    memcpy(tests + n, singles, sizeof singles);
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
