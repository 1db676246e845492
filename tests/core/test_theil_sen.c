/* Theil and Sen's line with steps: by hand, where little can be told, and against a second implementation (theil_sen_reference.py).
 */
#include <waymark/regression.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_golden.h"
#include "core/fixture_theil_sen.h"

/* Slopes 1 2 1.5 before the step and 0.5 2.5 1.5 after it; less 1.5 t the blocks are -0.5 -1 -0.5 and 5 4 5, whose nine
 * differences are 4.5 4.5 5 5.5 5.5 5.5 5.5 6 6. S is 3 in each block, its variance 3 * 2 * 11 / 18; of 36 orders of two threes one
 * rises throughout. */
static void a_small_one_is_as_worked_out_by_hand(void **state)
{
    (void)state;
    TheilSenCase c = {.t = {1, 2, 3, 4, 5, 6}, .y = {1, 2, 4, 11, 11.5, 14}, .steps = {4}, .readings = {.n = 6, .n_steps = 1}};
    theil_sen_fit(&c);
    assert_near(c.line.slope, 1.5, 1e-14);
    assert_near(c.line.slope_low, 0.5, 1e-14);
    assert_near(c.line.slope_high, 2.5, 1e-14);
    assert_near(c.line.step[0], 5.5, 1e-14);
    assert_near(c.line.step_low[0], 4.5, 1e-14);
    assert_near(c.line.step_high[0], 6, 1e-14);
    assert_near(c.line.intercept_median_residual, -0.5, 1e-14);
    assert_near(c.line.intercept_median_median, 4.75 - 1.5 * 3.5, 1e-14); /* 1 2 4 5.5 6 8.5 without the step */
    assert_near(c.test.s, 6, 0);
    assert_close(c.test.variance, 22.0 / 3, 1e-14);
    assert_close(c.test.z, 5 / sqrt(22.0 / 3), 1e-14);
    assert_near(c.test.tau_b, 1, 1e-14);
    assert_true(c.test.is_exact);
    assert_close(c.test.tau_p_value, 2.0 / 36, 1e-14);

    assert_int_equal(c.fit.state, WM_REGRESSION_FITTED);
    assert_near(c.fit.coefficient[1], 1.5, 1e-14);
    assert_near(c.fit.coefficient[2], 5.5, 1e-14);
    assert_near(c.fit.df, 3, 0);
    assert_close(c.fit.statistic[1], c.test.z, 1e-14);
    assert_near(theil_sen_link(&c, 0), -0.5, 1e-14);
    assert_near(theil_sen_link(&c, 3.9), -0.5 + 1.5 * 3.9, 1e-13);
    assert_near(theil_sen_link(&c, 7), -0.5 + 1.5 * 7 + 5.5, 1e-13);
}

/* A block of one: its only differences are those from it. A slope comes from the other block alone. */
static void a_block_of_one_is_its_distance_from_the_line(void **state)
{
    (void)state;
    TheilSenCase c = {.t = {1, 2, 3, 4, 5}, .y = {2, 4.5, 6, 8, 30}, .steps = {5}, .readings = {.n = 5, .n_steps = 1}};
    theil_sen_fit(&c);
    assert_near(c.line.slope, 2, 1e-14); /* 2.5 2 2 1.5 1.75 2 */
    assert_near(c.line.step[0], 20, 1e-14);
    assert_near(c.line.step_low[0], 19.5, 1e-14);
    assert_near(c.line.step_high[0], 20, 1e-14);
    assert_near(c.test.s, 6, 0);
    assert_close(c.test.tau_p_value, 2.0 / 24, 1e-14);
}

/* ---- what cannot be told */

typedef struct {
    const char *name;
    size_t n, n_steps;
    double t[8], y[8], steps[3];
    WmRegressionState state;
} Degenerate;

static const Degenerate DEGENERATE[] = {
    {"no reading before", 5, 1, {1, 2, 3, 4, 5}, {1, 2, 3, 5, 4}, {1}, WM_REGRESSION_SINGULAR},
    {"no reading after", 5, 1, {1, 2, 3, 4, 5}, {1, 2, 3, 5, 4}, {6}, WM_REGRESSION_SINGULAR},
    {"no reading between", 6, 2, {1, 2, 3, 4, 5, 6}, {1, 2, 3, 5, 4, 6}, {3.2, 3.8}, WM_REGRESSION_SINGULAR},
    {"the same step twice", 6, 2, {1, 2, 3, 4, 5, 6}, {1, 2, 3, 5, 4, 6}, {4, 4}, WM_REGRESSION_SINGULAR},
    {"one time in each block", 6, 1, {1, 1, 1, 2, 2, 2}, {1, 2, 3, 5, 4, 6}, {2}, WM_REGRESSION_SINGULAR},
    {"too few", 3, 1, {1, 2, 3}, {1, 2, 3}, {2}, WM_REGRESSION_TOO_FEW},
    {"none", 0, 1, {0}, {0}, {2}, WM_REGRESSION_TOO_FEW},
    {"constant", 6, 1, {1, 2, 3, 4, 5, 6}, {7, 7, 7, 7, 7, 7}, {4}, WM_REGRESSION_FITTED},
    {"a clean step", 6, 1, {1, 2, 3, 4, 5, 6}, {7, 7, 7, 9, 9, 9}, {4}, WM_REGRESSION_FITTED},
    {"clean lines", 6, 1, {1, 2, 3, 4, 5, 6}, {1, 2, 3, 9, 10, 11}, {4}, WM_REGRESSION_FITTED},
    {"blocks of two", 4, 1, {1, 2, 3, 4}, {1, 2, 9, 12}, {3}, WM_REGRESSION_FITTED},
    {"one before", 5, 1, {1, 2, 3, 4, 5}, {1, 5, 6, 8, 7}, {2}, WM_REGRESSION_FITTED},
    {"a block of one in between", 7, 2, {1, 2, 3, 4, 5, 6, 7}, {1, 2, 2, 50, 4, 6, 5}, {4, 5}, WM_REGRESSION_FITTED},
    {"half of it tied", 8, 1, {1, 2, 3, 4, 5, 6, 7, 8}, {1, 1, 1, 2, 5, 5, 5, 9}, {5}, WM_REGRESSION_FITTED},
    {"too large", 5, 1, {1, 2, 3, 4, 5}, {1e308, -1e308, 1e308, -1e308, 1e308}, {3}, WM_REGRESSION_OUT_OF_RANGE},
};

static void what_cannot_be_told_is_said(void **state)
{
    const Degenerate *row = *state;
    TheilSenCase c = {.readings = {.n = row->n, .n_steps = row->n_steps}};
    memcpy(c.t, row->t, sizeof row->t);
    memcpy(c.y, row->y, sizeof row->y);
    memcpy(c.steps, row->steps, sizeof row->steps);
    theil_sen_fit(&c);
    assert_string_equal(wm_regression_state_name(c.fit.state), wm_regression_state_name(row->state));
    const bool has_fit = row->state == WM_REGRESSION_FITTED;
    for (size_t j = 0; j < 2 + row->n_steps; j++) {
        assert_int_equal(isfinite(c.fit.coefficient[j]), has_fit);
        assert_int_equal(isfinite(c.fit.std_error[j]), has_fit);
        assert_int_equal(isfinite(c.fit.p_value[j]), has_fit);
    }
    WmRegressionPrediction at;
    double low, high;
    wm_line_predict(&c.fit, 9, &at);
    wm_regression_interval(&at, 0.95, &low, &high);
    assert_int_equal(isfinite(low) && isfinite(high), has_fit);
    assert_true(!has_fit || (low <= at.link && at.link <= high));
    if (row->state == WM_REGRESSION_SINGULAR)
        assert_true(isnan(c.line.slope) && isnan(c.line.step[0]) && isnan(c.line.intercept_median_residual));
}

static void without_noise_there_is_no_error(void **state)
{
    (void)state;
    TheilSenCase c = {.t = {1, 2, 3, 4, 5, 6}, .y = {7, 7, 7, 9, 9, 9}, .steps = {4}, .readings = {.n = 6, .n_steps = 1}};
    theil_sen_fit(&c);
    assert_near(c.fit.coefficient[2], 2, 0);
    assert_near(c.fit.std_error[2], 0, 0);
    assert_near(c.fit.p_value[2], 0, 0);
    assert_near(theil_sen_link_error(&c, 7), 0, 0);
    assert_near(c.fit.p_value[1], 1, 0); /* a slope of nothing is surely nothing */
}

static void more_steps_than_there_is_room_for_are_unsuitable(void **state)
{
    (void)state;
    double t[30], steps[WM_REGRESSION_MAX_STEPS + 1];
    for (size_t i = 0; i < 30; i++)
        t[i] = (double)i;
    for (size_t k = 0; k <= WM_REGRESSION_MAX_STEPS; k++)
        steps[k] = 2 * (double)k + 2;
    const WmLineReadings readings = {.n = 30, .t = t, .y = t, .n_steps = WM_REGRESSION_MAX_STEPS + 1, .steps = steps};
    WmRegressionScratch *scratch = wm_regression_scratch_new();
    WmTheilSen line;
    WmMannKendall test;
    WmRegression fit;
    assert_int_equal(wm_theil_sen(&readings, scratch, &line), WM_OK);
    assert_int_equal(wm_mann_kendall(&readings, scratch, &test), WM_OK);
    assert_int_equal(wm_line_fit(WM_REGRESSION_THEIL_SEN, &readings, NULL, scratch, &fit), WM_OK);
    assert_true(isnan(line.slope) && isnan(test.s));
    assert_int_equal(fit.state, WM_REGRESSION_UNSUITABLE);
    wm_regression_scratch_free(scratch);
}

/* ---- the second implementation */

static double figure(const TheilSenCase *c, const char *what, double at)
{
    const size_t i = at >= 0 && at < WM_REGRESSION_MAX_STEPS ? (size_t)at : 0;
    const struct {
        const char *name;
        double value;
    } figures[] = {
        {"slope", c->line.slope},
        {"slope_low", c->line.slope_low},
        {"slope_high", c->line.slope_high},
        {"intercept_median_residual", c->line.intercept_median_residual},
        {"intercept_median_median", c->line.intercept_median_median},
        {"step", c->line.step[i]},
        {"step_low", c->line.step_low[i]},
        {"step_high", c->line.step_high[i]},
        {"s", c->test.s},
        {"variance", c->test.variance},
        {"z", c->test.z},
        {"p", c->test.p_value},
        {"tau", c->test.tau_b},
        {"tau_p", c->test.tau_p_value},
        {"scale", c->fit.scale},
        {"slope_error", c->fit.std_error[1]},
        {"step_error", c->fit.std_error[2 + i]},
        {"link", theil_sen_link(c, at)},
        {"link_error", theil_sen_link_error(c, at)},
    };
    for (size_t k = 0; k < N_ELEMENTS(figures); k++)
        if (strcmp(figures[k].name, what) == 0)
            return figures[k].value;
    fail_msg("no figure %s", what);
    return NAN;
}

/* Readings and steps of a case come before its figures. */
static bool take_input(TheilSenCase *c, const char *what, double at, double value)
{
    if (strcmp(what, "y") == 0) {
        c->t[c->readings.n] = at;
        c->y[c->readings.n++] = value;
        return true;
    }
    if (strcmp(what, "at") == 0)
        c->steps[c->readings.n_steps++] = value;
    return strcmp(what, "at") == 0;
}

static void every_figure_is_that_of_the_second_implementation(void **state)
{
    (void)state;
    char path[4096];
    const char *name = "";
    Table expected;
    TheilSenCase c = {.readings = {.n = 0}};
    size_t n_figures = 0;
    assert_true(table_read(source_path("tests/core/theil_sen_reference.csv", path), &expected));
    for (size_t i = 0; i < expected.n_rows; i++) {
        const char *what = table_text(&expected, i, "what");
        const double at = table_number(&expected, i, "at"), value = table_number(&expected, i, "value");
        if (strcmp(name, table_text(&expected, i, "case")) != 0) {
            name = table_text(&expected, i, "case");
            c = (TheilSenCase){.readings = {.n = 0}};
        }
        if (take_input(&c, what, at, value))
            continue;
        theil_sen_fit(&c);
        const double actual = figure(&c, what, at);
        if (!(fabs(actual - value) <= 1e-9 * fmax(1, fabs(value))))
            fail_msg("%s: %s at %g is %.15g, not %.15g", name, what, at, actual, value);
        n_figures++;
    }
    assert_true(n_figures > 400);
    table_free(&expected);
}

int main(void)
{
    ADD(a_small_one_is_as_worked_out_by_hand);
    ADD(a_block_of_one_is_its_distance_from_the_line);
    ADD_TABLE(DEGENERATE, what_cannot_be_told_is_said);
    ADD(without_noise_there_is_no_error);
    ADD(more_steps_than_there_is_room_for_are_unsuitable);
    ADD(every_figure_is_that_of_the_second_implementation);
    return run_cases("theil_sen");
}
