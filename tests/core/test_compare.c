/* Areas against each other: against closed forms, and laws on areas of chance. */
#include <waymark/compare.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

#define MOST 200

static const WmAreaFigure NOTHING = {NAN, NAN, NAN};

/* R 4: quantile(x, c(.25, .5, .75), type = 7). */
static void quartiles_are_as_r_has_them(void **state)
{
    (void)state;
    static const double ONE_TO_NINE[] = {1, 2, 3, 4, 5, 6, 7, 8, 9}, FOUR[] = {1, 2, 3, 4}, SAME[] = {5, 5, 5, 5, 5};
    const WmQuartiles nine = wm_quartiles(ONE_TO_NINE, 9), four = wm_quartiles(FOUR, 4), same = wm_quartiles(SAME, 5),
                      one = wm_quartiles(FOUR, 1), none = wm_quartiles(FOUR, 0);
    assert_true(nine.lower == 3 && nine.median == 5 && nine.upper == 7);
    assert_true(four.lower == 1.75 && four.median == 2.5 && four.upper == 3.25);
    assert_true(same.lower == 5 && same.upper == 5);
    assert_true(one.lower == 1 && one.upper == 1 && one.n == 1);
    assert_true(isnan(none.median) && none.n == 0);
    assert_true(isnan(wm_best_quartile(&one, WM_POLARITY_HIGHER)));
    assert_int_equal(wm_area_quartile(&one, WM_POLARITY_HIGHER, 1), 0);
    assert_true(wm_best_quartile(&nine, WM_POLARITY_LOWER) == 3 && wm_best_quartile(&nine, WM_POLARITY_HIGHER) == 7);
    assert_int_equal(wm_area_quartile(&same, WM_POLARITY_HIGHER, 5), 1); /* all alike: none is behind */
}

static void equal_areas_share_a_rank(void **state)
{
    (void)state;
    static const double SORTED[] = {10, 20, 20, 30};
    static const struct {
        double value;
        size_t higher, lower;
    } CASES[] = {{30, 1, 4}, {20, 2, 2}, {10, 4, 1}, {NAN, 0, 0}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_int_equal(wm_area_rank(SORTED, 4, WM_POLARITY_HIGHER, CASES[i].value), CASES[i].higher);
        assert_int_equal(wm_area_rank(SORTED, 4, WM_POLARITY_LOWER, CASES[i].value), CASES[i].lower);
        assert_int_equal(wm_area_rank(SORTED, 4, WM_POLARITY_NONE, CASES[i].value), CASES[i].higher);
    }
}

/* 1 of 10 and 90 of 100: 91 of 110, not the mean of 10% and 90%. */
static void a_total_is_of_counts(void **state)
{
    (void)state;
    const WmAreaFigure areas[] = {{10, 1, 10}, {90, 90, 100}, {55, NAN, NAN}, NOTHING, {NAN, 5, 10}};
    const WmAreaTotal total = wm_area_total(areas, 5, 100), none = wm_area_total(areas + 2, 3, 100),
                      unscaled = wm_area_total(areas, 5, NAN);
    assert_near(total.value, 100.0 * 91 / 110, 1e-12);
    assert_true(total.numerator == 91 && total.denominator == 110);
    assert_true(total.n_areas == 2 && total.n_without == 1);
    assert_true(isnan(none.value) && none.n_areas == 0 && none.n_without == 1);
    assert_true(isnan(unscaled.value) && unscaled.numerator == 91);
}

static void a_rate_finds_what_it_is_per(void **state)
{
    (void)state;
    double scratch[4];
    const WmAreaFigure rates[] = {{12.5, 25, 20000}, {7.5, 3, 4000}, {0, 0, 900}, {10.01, 7, 7000}}; /* the last is rounded */
    assert_near(wm_area_scale(WM_KIND_RATE, rates, 3, scratch), 10000, 1e-9);
    assert_near(wm_area_scale(WM_KIND_RATE, rates, 4, scratch), 10000, 1e-9);
    assert_near(wm_area_scale(WM_KIND_PERCENT, rates, 4, scratch), 100, 0);
    assert_true(isnan(wm_area_scale(WM_KIND_COUNT, rates, 4, scratch)));
    assert_true(isnan(wm_area_scale(WM_KIND_RATE, rates + 2, 1, scratch)));
}

/* Rates per 1,000 to one figure after the point: 996 and 1,003 are near enough, and what is near no power of ten stays as it is. */
static void a_rounded_rate_is_per_a_round_number(void **state)
{
    (void)state;
    double scratch[3];
    const WmAreaFigure rates[] = {{2.3, 19, 8230}, {3.1, 31, 10030}, {2.4, 20, 8230}}, weekly[] = {{26, 1, 2}, {13, 1, 4}};
    assert_true(wm_area_scale(WM_KIND_RATE, rates, 3, scratch) == 1000);
    assert_true(wm_area_scale(WM_KIND_RATE, weekly, 2, scratch) == 52);
}

static size_t random_areas(Random *random, WmAreaFigure *areas)
{
    const size_t n = (size_t)random_between(random, 1, MOST);
    for (size_t i = 0; i < n; i++) {
        const double denominator = random_between(random, 1, 5000), numerator = floor(random_uniform(random) * (denominator + 1));
        areas[i] = (WmAreaFigure){100 * numerator / denominator, numerator, denominator};
        if (random_uniform(random) < 0.1)
            areas[i] = NOTHING;
        else if (random_uniform(random) < 0.1)
            areas[i].numerator = areas[i].denominator = NAN;
    }
    return n;
}

static void shuffle(Random *random, WmAreaFigure *areas, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        const size_t j = (size_t)random_between(random, 0, (int)i - 1);
        const WmAreaFigure one = areas[i - 1];
        areas[i - 1] = areas[j];
        areas[j] = one;
    }
}

/* In any order, and in any unit, areas have the same ranks; turned round, the last is first. */
static void ranks_hang_on_order_alone(void **state)
{
    (void)state;
    Random random = {3};
    WmAreaFigure areas[MOST];
    double sorted[MOST], turned[MOST], stretched[MOST];
    for (int k = 0; k < 500; k++) {
        const size_t n = random_areas(&random, areas), n_values = wm_area_values(areas, n, sorted);
        for (size_t i = 0; i < n_values; i++) {
            turned[i] = -sorted[n_values - 1 - i];
            stretched[i] = 3 * sorted[i] + 7;
        }
        shuffle(&random, areas, n);
        double again[MOST];
        assert_int_equal(wm_area_values(areas, n, again), n_values);
        assert_memory_equal(again, sorted, n_values * sizeof *sorted);
        size_t sum = 0;
        for (size_t i = 0; i < n; i++) {
            const double value = areas[i].value;
            const size_t rank = wm_area_rank(sorted, n_values, WM_POLARITY_HIGHER, value);
            size_t n_better = 0;
            for (size_t j = 0; j < n; j++)
                n_better += areas[j].value > value;
            assert_int_equal(rank, isnan(value) ? 0 : n_better + 1);
            assert_int_equal(rank, wm_area_rank(turned, n_values, WM_POLARITY_LOWER, -value));
            assert_int_equal(rank, wm_area_rank(stretched, n_values, WM_POLARITY_HIGHER, 3 * value + 7));
            sum += rank;
        }
        assert_true(sum <= n_values * (n_values + 1) / 2);
    }
}

/* At least a quarter is in the best quarter or level with it, none of it is worse than one outside, and "top quartile" is met there
 * alone. */
static void quarters_are_quarters(void **state)
{
    (void)state;
    Random random = {5};
    WmAreaFigure areas[MOST];
    double sorted[MOST];
    for (int k = 0; k < 1000; k++) {
        const WmPolarity polarity = k % 2 ? WM_POLARITY_LOWER : WM_POLARITY_HIGHER;
        const int sign = k % 2 ? -1 : 1;
        const size_t n = random_areas(&random, areas), n_values = wm_area_values(areas, n, sorted);
        const WmQuartiles quartiles = wm_quartiles(sorted, n_values);
        const double best = wm_best_quartile(&quartiles, polarity);
        size_t counts[5] = {0};
        for (size_t i = 0; i < n_values; i++) {
            const int quarter = wm_area_quartile(&quartiles, polarity, sorted[i]);
            assert_int_equal(quarter == 1, sign * (sorted[i] - best) >= 0);
            assert_true(n_values < WM_FEWEST_QUARTERED ? quarter == 0 : quarter >= 1 && quarter <= 4);
            counts[quarter]++;
            if (i > 0)
                assert_true(sign * (quarter - wm_area_quartile(&quartiles, polarity, sorted[i - 1])) <= 0);
        }
        if (n_values < WM_FEWEST_QUARTERED)
            continue;
        assert_true(4 * counts[1] + 3 >= n_values);
        assert_true(2 * (counts[1] + counts[2]) + 1 >= n_values);
        assert_true(4 * (counts[1] + counts[2] + counts[3]) + 3 >= 3 * n_values);
    }
}

/* Regions make up the nation: the total of all is that of the parts' totals, and lies between them. */
static void parts_make_up_the_whole(void **state)
{
    (void)state;
    Random random = {9};
    WmAreaFigure areas[MOST], parts[3];
    for (int k = 0; k < 1000; k++) {
        const size_t n = random_areas(&random, areas), cut[] = {0, n / 3, n / 2, n};
        const WmAreaTotal whole = wm_area_total(areas, n, 100);
        double numerators = 0, denominators = 0, low = HUGE_VAL, high = -HUGE_VAL;
        for (size_t i = 0; i < n; i++)
            if (!isnan(areas[i].numerator) && !isnan(areas[i].value)) {
                numerators += areas[i].numerator;
                denominators += areas[i].denominator;
                low = fmin(low, areas[i].value);
                high = fmax(high, areas[i].value);
            }
        for (int part = 0; part < 3; part++) {
            const WmAreaTotal total = wm_area_total(areas + cut[part], cut[part + 1] - cut[part], 100);
            parts[part] = (WmAreaFigure){total.value, total.numerator, total.denominator};
        }
        const WmAreaTotal again = wm_area_total(parts, 3, 100);
        if (denominators == 0) {
            assert_true(isnan(whole.value) && isnan(again.value));
            continue;
        }
        assert_near(whole.value, 100 * numerators / denominators, 1e-9);
        assert_near(again.value, whole.value, 1e-9);
        assert_true(whole.value >= low - 1e-9 && whole.value <= high + 1e-9);
    }
}

int main(void)
{
    ADD(quartiles_are_as_r_has_them);
    ADD(equal_areas_share_a_rank);
    ADD(a_total_is_of_counts);
    ADD(a_rate_finds_what_it_is_per);
    ADD(a_rounded_rate_is_per_a_round_number);
    ADD(ranks_hang_on_order_alone);
    ADD(quarters_are_quarters);
    ADD(parts_make_up_the_whole);
    return run_cases("areas against each other");
}
