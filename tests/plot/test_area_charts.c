/* Funnel and ranking: say what their areas say, and bear any of them. */
#include "plot/cmocka_setup.h"

#include <math.h>
#include <string.h>

#include "plot/chart/charts.h"
#include "plot/chart/labels.h"
#include "plot/fixture_areas.h"
#include "plot/fixture_drawing.h"

static GBytes *write_funnel(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_funnel(data, options, error);
}

static GBytes *write_ranking(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_ranking(data, options, error);
}

static const struct {
    WmDrawFunc draw;
    DrawingWrite write;
    char *(*alt)(const WmAreas *);
} CHARTS[] = {{wm_funnel_draw, write_funnel, wm_chart_funnel_alt}, {wm_ranking_draw, write_ranking, wm_chart_ranking_alt}};

static void is_drawn_soundly(void **state)
{
    const AreasCase *test = *state;
    g_autoptr(AreasFixture) fixture = test->make();
    for (size_t k = 0; k < G_N_ELEMENTS(CHARTS); k++) {
        g_autofree char *fault = drawing_file_fault(CHARTS[k].write, &fixture->areas);
        if (fault)
            fail_msg("%s", fault);
        for (size_t i = 0; i < N_DRAWING_SIZES; i++) {
            g_autofree char *collision = drawing_fault(CHARTS[k].draw, &fixture->areas, DRAWING_SIZES[i]);
            if (collision)
                fail_msg("chart %zu: %s", k, collision);
        }
    }
}

static void the_finding_is_said(void **state)
{
    const AreasCase *test = *state;
    g_autoptr(AreasFixture) fixture = test->make();
    const char *const wanted[] = {test->funnel, test->ranking};
    for (size_t k = 0; k < G_N_ELEMENTS(CHARTS); k++) {
        g_autofree char *alt = CHARTS[k].alt(&fixture->areas);
        if (!strstr(alt, wanted[k]))
            fail_msg("%s", alt);
    }
}

static void labels_never_collide_on_areas_of_chance(void **state)
{
    (void)state;
    for (guint32 seed = 0; seed < 1000; seed++) {
        g_autoptr(AreasFixture) fixture = areas_random(seed);
        for (size_t k = 0; k < G_N_ELEMENTS(CHARTS); k++) {
            g_autofree char *fault = drawing_fault(CHARTS[k].draw, &fixture->areas, DRAWING_SIZES[seed % N_DRAWING_SIZES]);
            if (fault)
                fail_msg("seed %u, chart %zu: %s", seed, k, fault);
        }
    }
}

/* A funnel counts what the limits say, and names the area picked out. */
static void a_funnel_agrees_with_its_limits(void **state)
{
    (void)state;
    const WmArea areas[] = {
        {"Low", 20, 40, 200}, {"Middle", 50, 100, 200}, {"High", 85, 170, 200}, {"Bare", 50, (double)NAN, (double)NAN}};
    WmAreas data = {.subject = "x",
                    .measure_unit = "%",
                    .source = "",
                    .measure = {.kind = WM_KIND_PERCENT, .high = 100, .decimals = 1},
                    .as_at = WM_NO_DAY,
                    .areas = areas,
                    .n_areas = 4,
                    .benchmark = 50,
                    .benchmark_name = "Plan",
                    .focus = "High"};
    g_autofree char *alt = wm_chart_funnel_alt(&data);
    assert_non_null(strstr(alt, "High: 85.0% is better than chance allows; of 3 areas, 1 worse and 1 better than chance allows"));
    assert_true(drawing_says(wm_funnel_draw, &data, (DrawingSize){960, 540}, "1 area without counts"));
    data.measure.polarity = WM_POLARITY_LOWER;
    g_autofree char *turned = wm_chart_funnel_alt(&data);
    assert_non_null(strstr(turned, "High: 85.0% is worse than chance allows"));
}

/* From the top down: 99.8, 95, the benchmark, 95, 99.8, each a line's height below the last, however near the lines are. */
static void a_funnel_names_each_limit_in_the_order_of_the_lines(void **state)
{
    (void)state;
    for (guint32 seed = 0; seed < 300; seed++) {
        double middles[6], wanted[6], heights[6], top = 100, bottom = 400;
        const size_t n = 1 + seed % 6;
        g_autoptr(GRand) random = g_rand_new_with_seed(seed);
        for (size_t i = 0; i < n; i++) {
            heights[i] = g_rand_double_range(random, 8, 40);
            middles[i] = wanted[i] = (i ? wanted[i - 1] : top) + (seed % 2 ? g_rand_double_range(random, 0, 60) : 0);
        }
        wm_labels_spread(middles, heights, n, top, bottom);
        bool is_free = wanted[0] - heights[0] / 2 >= top && wanted[n - 1] + heights[n - 1] / 2 <= bottom;
        for (size_t i = 0; i < n; i++) {
            assert_true(middles[i] - heights[i] / 2 >= top - 1e-9 && middles[i] + heights[i] / 2 <= bottom + 1e-9);
            if (i > 0)
                assert_true(middles[i] - middles[i - 1] >= (heights[i] + heights[i - 1]) / 2 - 1e-9);
            if (i > 0)
                is_free = is_free && wanted[i] - wanted[i - 1] >= (heights[i] + heights[i - 1]) / 2;
        }
        for (size_t i = 0; i < n && is_free; i++)
            assert_float_equal(middles[i], wanted[i], 1e-9);
    }
    static const WmArea AREAS[] = {{"A", 50, 4000, 8000}, {"B", 51, 4080, 8000}, {"C", 49, 100, 204}};
    const WmAreas data = {.subject = "x",
                          .measure_unit = "%",
                          .source = "",
                          .measure = {.kind = WM_KIND_PERCENT, .high = 100, .decimals = 1},
                          .as_at = WM_NO_DAY,
                          .areas = AREAS,
                          .n_areas = 3,
                          .benchmark = 50,
                          .benchmark_name = "Plan"};
    g_autoptr(GBytes) svg = wm_chart_funnel(&data, NULL, NULL);
    g_auto(GStrv) outer = g_strsplit(g_bytes_get_data(svg, NULL), ">99.8%<", -1), inner = g_strsplit(outer[1], ">95%<", -1);
    assert_int_equal(g_strv_length(outer), 3);
    assert_int_equal(g_strv_length(inner), 3);
    assert_non_null(strstr(inner[1], ">Plan<"));
}

int main(void)
{
    g_autoptr(GArray) tests = g_array_new(FALSE, TRUE, sizeof(struct CMUnitTest));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const struct CMUnitTest alone[] = {cmocka_unit_test(labels_never_collide_on_areas_of_chance),
                                       cmocka_unit_test(a_funnel_agrees_with_its_limits),
                                       cmocka_unit_test(a_funnel_names_each_limit_in_the_order_of_the_lines)};
    g_array_append_vals(tests, alone, G_N_ELEMENTS(alone));
    for (size_t i = 0; i < N_AREAS_CASES; i++)
        for (int k = 0; k < 2; k++) {
            char *name = g_strconcat(AREAS_CASES[i].name, k ? ": the finding is said" : ": is drawn soundly", NULL);
            g_ptr_array_add(names, name);
            const struct CMUnitTest test = {name, k ? the_finding_is_said : is_drawn_soundly, NULL, NULL,
                                            (void *)(uintptr_t)&AREAS_CASES[i]};
            g_array_append_val(tests, test);
        }
    return _cmocka_run_group_tests("charts of areas", (const struct CMUnitTest *)(void *)tests->data, tests->len, NULL, NULL);
}
