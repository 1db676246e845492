/* Ticks are round, few, and say what stands there. */
#include "plot/cmocka_setup.h"

#include <math.h>
#include <string.h>

#include "plot/chart/scale.h"

typedef struct {
    const char *name;
    double low, high;
    WmKind kind;
    double bound_low, bound_high;
    const char *unit;
    const char *first, *second, *last; /* texts of ticks */
} NumberCase;

#define NO (double)NAN

static const NumberCase NUMBERS[] = {
    {"a percentage cut where zero is far", 41, 75, WM_KIND_PERCENT, 0, 100, "%", "35%", "40%", "80%"},
    {"zero is shown where it is near", 20, 75, WM_KIND_PERCENT, 0, 100, "%", "0%", "10%", "80%"},
    {"a percentage ends at 100", 55, 100, WM_KIND_PERCENT, 0, 100, "%", "50%", "60%", "100%"},
    {"equal percentages", 100, 100, WM_KIND_PERCENT, 0, 100, "%", "88%", "90%", "100%"},
    {"no numbers at all", NO, NO, WM_KIND_PERCENT, 0, 100, "%", "0%", "20%", "100%"},
    {"thousandths", 0.001, 0.0042, WM_KIND_RATE, 0, NO, "", "0", "0.0005", "0.0045"},
    {"ten millions in pounds", 1000000, 10000000, WM_KIND_MONEY, 0, NO, "£", "£0", "£2m", "£12m"},
    {"thousands are grouped", 0, 12000, WM_KIND_COUNT, 0, NO, "", "0", "2,000", "14,000"},
    {"negative numbers have a true minus", -0.54, -0.2, WM_KIND_SCORE, NO, NO, "",
     "\xE2\x88\x92"
     "0.6",
     "\xE2\x88\x92"
     "0.5",
     "0"},
    {"both sides of zero", -3, 4, WM_KIND_SCORE, NO, NO, "",
     "\xE2\x88\x92"
     "4",
     "\xE2\x88\x92"
     "3",
     "5"},
    {"beyond the bounds is still shown", 5, 900, WM_KIND_PERCENT, 0, 100, "%", "0%", "100%", "900%"},
};

static WmMeasure measure_of(const NumberCase *test)
{
    return (WmMeasure){.kind = test->kind, .low = test->bound_low, .high = test->bound_high};
}

static void numbers_get_round_ticks(void **state)
{
    const NumberCase *test = *state;
    const WmMeasure measure = measure_of(test);
    const WmNumberAxis axis = wm_number_axis(test->low, test->high, 10, &measure);
    assert_string_equal(wm_number_tick(&axis, 0, test->unit).text, test->first);
    assert_string_equal(wm_number_tick(&axis, 1, test->unit).text, test->second);
    assert_string_equal(wm_number_tick(&axis, axis.n_ticks - 1, test->unit).text, test->last);
    assert_true(axis.n_ticks <= 10);
    assert_true(isnan(test->low) || (axis.from <= test->low && axis.to >= test->high));
}

static void any_numbers_give_few_short_ticks(void **state)
{
    (void)state;
    GRand *random = g_rand_new_with_seed(7);
    const WmMeasure measure = {.kind = WM_KIND_SCORE, .low = NO, .high = NO};
    for (int i = 0; i < 5000; i++) {
        const double size = pow(10, g_rand_double_range(random, -3, 7));
        const double a = g_rand_double_range(random, -1, 1) * size, b = a + g_rand_double(random) * size;
        const size_t max_ticks = (size_t)g_rand_int_range(random, 2, 10);
        const WmNumberAxis axis = wm_number_axis(a, b, max_ticks, &measure);
        assert_true(axis.n_ticks >= 2 && axis.n_ticks <= max_ticks + 1);
        const double rounding = 1e-6 * axis.step;
        assert_true(axis.from <= a + rounding && axis.to >= b - rounding);
        for (size_t tick = 0; tick < axis.n_ticks; tick++) {
            const WmTick t = wm_number_tick(&axis, tick, "");
            assert_true(strlen(t.text) <= 14);
            assert_string_not_equal(t.text, "-0");
            assert_string_not_equal(t.text, "\xE2\x88\x92"
                                            "0");
        }
    }
    g_rand_free(random);
}

typedef struct {
    const char *name;
    int from_year, from_month, months;
    double px_a_month;
    WmFrequency frequency;
    const char *ticks; /* text|group, space-separated */
} TimeCase;

static const TimeCase TIMES[] = {
    {"a month's tick stands at its end", 2021, 11, 3, 60, WM_FREQUENCY_MONTH, "Nov|2021 Dec| Jan|2022 Feb|"},
    {"quarters where months are narrow", 2021, 1, 12, 20, WM_FREQUENCY_MONTH, "Mar|2021 Jun| Sep| Dec|"},
    {"half-years", 2020, 1, 24, 10, WM_FREQUENCY_MONTH, "Jun|2020 Dec| Jun|2021 Dec|"},
    {"years by their boundaries", 2019, 6, 36, 5, WM_FREQUENCY_MONTH, "|2019 |2020 |2021 |2022"},
    {"academic years at the period's end", 2018, 8, 36, 20, WM_FREQUENCY_ACADEMIC_YEAR, "2017/18| 2018/19| 2019/20| 2020/21|"},
    {"terms at their ends", 2021, 11, 13, 20, WM_FREQUENCY_TERM, "Autumn|2021/22 Spring| Summer| Autumn|2022/23"},
    {"academic years where terms are narrow", 2020, 8, 25, 7, WM_FREQUENCY_TERM, "2019/20| 2020/21| 2021/22|"},
    {"calendar years at the period's end", 2018, 12, 24, 20, WM_FREQUENCY_YEAR, "2018| 2019| 2020|"},
};

static void times_get_named_ticks(void **state)
{
    const TimeCase *test = *state;
    const double from = test->from_year * 12 + test->from_month;
    const WmTimeAxis axis = {test->px_a_month, 50, test->frequency};
    g_autoptr(GArray) ticks = wm_time_ticks(from, from + test->months, &axis);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < ticks->len; i++) {
        const WmTick *tick = &g_array_index(ticks, WmTick, i);
        g_string_append_printf(text, "%s%s|%s", i ? " " : "", tick->text, tick->group);
    }
    assert_string_equal(text->str, test->ticks);
}

int main(void)
{
    struct CMUnitTest tests[1 + G_N_ELEMENTS(NUMBERS) + G_N_ELEMENTS(TIMES)] = {cmocka_unit_test(any_numbers_give_few_short_ticks)};
    size_t n = 1;
    for (size_t i = 0; i < G_N_ELEMENTS(NUMBERS); i++)
        tests[n++] = (struct CMUnitTest){NUMBERS[i].name, numbers_get_round_ticks, NULL, NULL, (void *)(uintptr_t)&NUMBERS[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(TIMES); i++)
        tests[n++] = (struct CMUnitTest){TIMES[i].name, times_get_named_ticks, NULL, NULL, (void *)(uintptr_t)&TIMES[i]};
    return cmocka_run_group_tests_name("scales", tests, NULL, NULL);
}
