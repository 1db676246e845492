/* The calibration chart: says what its bins say, and bears any of them. */
#include "plot/cmocka_setup.h"

#include <math.h>
#include <string.h>

#include "plot/chart/charts.h"
#include "plot/fixture_calibration.h"
#include "plot/fixture_drawing.h"

static GBytes *write(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_calibration(data, options, error);
}

static void is_drawn_soundly(void **state)
{
    const CalibrationCase *test = *state;
    const WmCalibration data = calibration_of(test->bins, test->n_bins);
    g_autofree char *fault = drawing_file_fault(write, &data);
    if (fault)
        fail_msg("%s", fault);
    for (size_t i = 0; i < N_DRAWING_SIZES; i++) {
        g_autofree char *collision = drawing_fault(wm_calibration_draw, &data, DRAWING_SIZES[i]);
        if (collision)
            fail_msg("%s", collision);
    }
}

static void the_finding_is_said(void **state)
{
    const CalibrationCase *test = *state;
    const WmCalibration data = calibration_of(test->bins, test->n_bins);
    g_autofree char *alt = wm_chart_calibration_alt(&data);
    if (!strstr(alt, test->finding))
        fail_msg("%s", alt);
}

static void labels_never_collide_on_bins_of_chance(void **state)
{
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    for (size_t i = 0; i < 1000; i++) {
        WmCalibrationBin bins[MAX_BINS];
        const size_t n = (size_t)g_rand_int_range(random, 0, MAX_BINS + 1);
        for (size_t j = 0; j < n; j++)
            bins[j] =
                (WmCalibrationBin){g_rand_double(random), g_rand_double(random), (size_t)exp(g_rand_double_range(random, 0, 11))};
        const WmCalibration data = calibration_of(bins, n);
        g_autofree char *fault = drawing_fault(wm_calibration_draw, &data, DRAWING_SIZES[i % N_DRAWING_SIZES]);
        if (fault)
            fail_msg("%zu: %s", i, fault);
    }
}

static void the_key_explains_what_is_drawn(void **state)
{
    (void)state;
    const WmCalibrationBin held[] = {{0.2, 0.2, 50}, {0.8, 0.8, 50}}, broken[] = {{0.2, 0.9, 50}, {0.8, 0.1, 50}};
    const WmCalibration good = calibration_of(held, 2), bad = calibration_of(broken, 2);
    const DrawingSize page = {960, 540};
    assert_true(drawing_has_text(wm_calibration_draw, &good, page, "As often as chance allows"));
    assert_false(drawing_has_text(wm_calibration_draw, &good, page, "More or less often"));
    assert_true(drawing_has_text(wm_calibration_draw, &bad, page, "More or less often"));
    assert_false(drawing_has_text(wm_calibration_draw, &bad, page, "As often as chance allows"));
}

int main(void)
{
    g_autoptr(GArray) tests = g_array_new(FALSE, TRUE, sizeof(struct CMUnitTest));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const struct CMUnitTest alone = cmocka_unit_test(labels_never_collide_on_bins_of_chance),
                            key = cmocka_unit_test(the_key_explains_what_is_drawn);
    g_array_append_val(tests, alone);
    g_array_append_val(tests, key);
    for (size_t i = 0; i < N_CALIBRATION_CASES; i++)
        for (int k = 0; k < 2; k++) {
            char *name = g_strconcat(CALIBRATION_CASES[i].name, k ? ": the finding is said" : ": is drawn soundly", NULL);
            g_ptr_array_add(names, name);
            const struct CMUnitTest test = {name, k ? the_finding_is_said : is_drawn_soundly, NULL, NULL,
                                            (void *)(uintptr_t)&CALIBRATION_CASES[i]};
            g_array_append_val(tests, test);
        }
    return _cmocka_run_group_tests("calibration chart", (const struct CMUnitTest *)(void *)tests->data, tests->len, NULL, NULL);
}
