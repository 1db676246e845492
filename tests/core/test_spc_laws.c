/* The laws that any chart obeys, and what becomes of series that are hardly any. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fixture_spc.h"

static const double WOBBLE[] = {50, 53, 49, 52, 47, 51, 54, 48, 50, 52, 49, 51, 53, 47, 50, 72, 58, 61,
                                59, 60, 57, 58, 59, 62, 50, 49, 48, 47, 46, 45, 44, 50, 51, 47, 49, 50};
#define N_WOBBLE N_ELEMENTS(WOBBLE)

static void fill(WmSpcPoint *points, double scale, double shift)
{
    for (size_t i = 0; i < N_WOBBLE; i++)
        points[i] = targeted(scale * WOBBLE[i] + shift, scale * 48 + shift);
}

/* Signals and effects of a transformed series; limits transform along with it. */
static void shift_and_scale_change_nothing_but_the_numbers(void **state)
{
    (void)state;
    static const double SCALES[] = {1, 4, 0.125, 1024}, SHIFTS[] = {0, 64, -4096, 1048576}; /* exact in binary: ties stay ties */
    for (WmSpcRules rules = 0; rules < WM_N_SPC_RULES; rules++) {
        WmSpcOptions options = options_of_polarity(WM_POLARITY_HIGHER);
        options.rules = rules;
        WmSpcPoint points[N_WOBBLE];
        WmSpcVerdict plain[N_WOBBLE];
        fill(points, 1, 0);
        const WmSpc base = charted(points, N_WOBBLE, &options);
        memcpy(plain, base.points, sizeof plain);
        for (size_t j = 0; j < 16; j++) {
            const double scale = SCALES[j / 4], shift = SHIFTS[j % 4];
            fill(points, scale, shift);
            const WmSpc moved = charted(points, N_WOBBLE, &options);
            assert_int_equal(moved.assurance, base.assurance);
            for (size_t i = 0; i < N_WOBBLE; i++) {
                assert_int_equal(moved.points[i].signals, plain[i].signals);
                assert_int_equal(moved.points[i].effect, plain[i].effect);
                assert_true(fabs(moved.points[i].upper - (scale * plain[i].upper + shift)) <= 1e-9 * fabs(moved.points[i].upper));
            }
        }
    }
}

static void flipping_polarity_swaps_improvement_and_concern(void **state)
{
    (void)state;
    WmSpcPoint points[N_WOBBLE];
    WmEffect higher[N_WOBBLE];
    fill(points, 1, 0);
    WmSpcOptions options = options_of_polarity(WM_POLARITY_HIGHER);
    WmSpc spc = charted(points, N_WOBBLE, &options);
    for (size_t i = 0; i < N_WOBBLE; i++)
        higher[i] = spc.points[i].effect;
    options.polarity = WM_POLARITY_LOWER;
    spc = charted(points, N_WOBBLE, &options);
    static const WmEffect SWAPPED[WM_N_EFFECTS] = {WM_EFFECT_COMMON, WM_EFFECT_CONCERN, WM_EFFECT_IMPROVEMENT,
                                                   WM_EFFECT_NEUTRAL_HIGH, WM_EFFECT_NEUTRAL_LOW};
    for (size_t i = 0; i < N_WOBBLE; i++)
        assert_int_equal(spc.points[i].effect, SWAPPED[higher[i]]);
}

static void scratch_carries_nothing_over(void **state)
{
    (void)state;
    WmSpcPoint points[N_WOBBLE];
    fill(points, 1, 0);
    const WmSpcOptions options = options_of_polarity(WM_POLARITY_HIGHER);
    WmSpcVerdict first[N_WOBBLE];
    memcpy(first, charted(points, N_WOBBLE, &options).points, sizeof first);
    WmSpcPoint many[200];
    for (size_t i = 0; i < 200; i++)
        many[i] = targeted(sin((double)i), 0);
    charted(many, 200, &options);
    const WmSpc again = charted(points, N_WOBBLE, &options);
    for (size_t i = 0; i < N_WOBBLE; i++) {
        assert_int_equal(again.points[i].signals, first[i].signals);
        assert_true(again.points[i].upper == first[i].upper && again.points[i].lower == first[i].lower);
    }
}

static void limits_lie_on_either_side_of_the_centre(void **state)
{
    (void)state;
    WmSpcPoint points[N_WOBBLE];
    for (size_t i = 0; i < N_WOBBLE; i++)
        points[i] = (WmSpcPoint){WOBBLE[i], WOBBLE[i], 100 + (double)(i % 7), NAN, i == 20, false};
    for (WmSpcChart chart = WM_SPC_XMR; chart < WM_SPC_RUN; chart++) {
        WmSpcOptions options = options_of_polarity(WM_POLARITY_HIGHER);
        options.chart = chart;
        options.kind = WM_KIND_PERCENT;
        const WmSpc spc = charted(points, N_WOBBLE, &options);
        for (size_t i = 0; i < N_WOBBLE; i++)
            assert_true(spc.points[i].lower <= spc.points[i].centre && spc.points[i].centre <= spc.points[i].upper);
    }
}

/* ---- edges: every chart, rule set and way of establishing limits on readings that are hardly any ---- */

typedef struct {
    const char *name;
    size_t n;
    WmSpcPoint points[4];
} EdgeCase;

#define GONE                             \
    {                                    \
        NAN, NAN, NAN, NAN, false, false \
    }

static const EdgeCase EDGES[] = {
    {"nothing", 0, {GONE}},
    {"one_missing", 1, {GONE}},
    {"all_missing", 3, {GONE, GONE, GONE}},
    {"one", 1, {{5, 5, 10, 4, false, false}}},
    {"two", 2, {{5, 5, 10, 4, false, false}, {6, 6, 10, 4, false, false}}},
    {"two_equal", 2, {{5, 5, 10, 4, false, false}, {5, 5, 10, 4, false, false}}},
    {"zeros", 3, {{0, 0, 10, 0, false, false}, {0, 0, 10, 0, false, false}, {0, 0, 10, 0, false, false}}},
    {"zero_denominators", 2, {{NAN, 0, 0, 4, false, false}, {NAN, 1, 0, 4, false, false}}},
    {"negative", 2, {{-5, -5, 10, 4, false, false}, {-6, -6, -10, 4, false, false}}},
    {"infinite", 2, {{INFINITY, INFINITY, 10, INFINITY, false, false}, {-INFINITY, 1, INFINITY, 4, false, false}}},
    {"all_excluded", 2, {{5, 5, 10, 4, false, true}, {6, 6, 10, 4, false, true}}},
    {"every_one_a_phase", 3, {{5, 5, 10, 4, true, false}, {6, 6, 10, 4, true, false}, {7, 7, 10, 4, true, false}}},
    {"huge", 2, {{1e308, 1e308, 1e308, 4, false, false}, {-1e308, 1, 1e-308, 4, false, false}}},
};

static void assert_sane(const EdgeCase *c, const WmSpc *spc)
{
    assert_int_equal(spc->n_points, c->n);
    assert_true(c->n == 0 ? spc->n_phases == 0 : spc->n_phases >= 1);
    for (size_t i = 0; i < c->n; i++) {
        const WmSpcVerdict *point = &spc->points[i];
        assert_true(point->i_phase < spc->n_phases);
        assert_true(point->signal < WM_N_SIGNALS && point->effect < WM_N_EFFECTS);
        assert_false(isinf(point->value) || isinf(point->centre) || isinf(point->lower) || isinf(point->upper) ||
                     isinf(point->sigma));
        assert_true(spc->i_last == SIZE_MAX || !isnan(spc->points[spc->i_last].value));
    }
}

static void holds_at_the_edge(void **state)
{
    const EdgeCase *c = *state;
    for (WmSpcChart chart = WM_SPC_AUTO; chart < WM_N_SPC_CHARTS; chart++) {
        for (size_t j = 0; j < 12; j++) {
            WmSpcOptions options = options_of_polarity(WM_POLARITY_HIGHER);
            options.chart = chart;
            options.rules = (WmSpcRules)(j % 3);
            options.establish = j / 3 % 2 ? WM_SPC_ESTABLISH_SSA : WM_SPC_ESTABLISH_NO;
            options.ssa.period_min = j / 6 + 1;
            options.ssa.shift_length = 1;
            options.target_shape = j % 2 ? WM_SPC_TARGET_MOVING : WM_SPC_TARGET_STEPPED;
            const WmSpc spc = charted(c->points, c->n, &options);
            assert_sane(c, &spc);
        }
    }
}

static void one_reading_has_a_centre_and_no_limits(void **state)
{
    (void)state;
    const WmSpcPoint point = targeted(5, 4);
    const WmSpcOptions options = options_of_polarity(WM_POLARITY_HIGHER);
    const WmSpc spc = charted(&point, 1, &options);
    assert_true(spc.points[0].centre == 5 && isnan(spc.points[0].upper));
    assert_int_equal(spc.variation, WM_EFFECT_COMMON);
    assert_int_equal(spc.assurance, WM_ASSURANCE_NONE);
    assert_true(spc.phases[0].is_short);
}

int main(void)
{
    static struct CMUnitTest tests[N_ELEMENTS(EDGES) + 5];
    size_t n = 0;
    for (size_t i = 0; i < N_ELEMENTS(EDGES); i++)
        tests[n++] = (struct CMUnitTest){EDGES[i].name, holds_at_the_edge, NULL, NULL, (void *)(uintptr_t)&EDGES[i]};
    const struct CMUnitTest singles[] = {
        cmocka_unit_test(shift_and_scale_change_nothing_but_the_numbers),
        cmocka_unit_test(flipping_polarity_swaps_improvement_and_concern),
        cmocka_unit_test(scratch_carries_nothing_over),
        cmocka_unit_test(limits_lie_on_either_side_of_the_centre),
        cmocka_unit_test(one_reading_has_a_centre_and_no_limits),
    };
    memcpy(tests + n, singles, sizeof singles);
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
