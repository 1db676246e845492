/* Regression against NIST's Statistical Reference Datasets, certified to 15 digits.
 *
 * 1e-9 where the problem is well set. longley's columns nearly repeat each other, and filip, a polynomial of degree 10 on -9 to -3,
 * leaves doubles some 7 digits: x^10 itself is rounded.
 */
#include <waymark/regression.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_golden.h"

#define MAX_ROWS 96

typedef struct {
    const char *name;
    size_t n_terms;
    bool has_level, is_polynomial;
    double share;
} Case;

static const Case CASES[] = {
    {"norris", 2, true, true, 1e-9},   {"noint1", 1, false, true, 1e-12}, {"noint2", 1, false, true, 1e-12},
    {"longley", 7, true, false, 1e-8}, {"filip", 11, true, true, 1e-6},
};

static void fill_row(const Table *input, size_t row, const Case *set, double *x)
{
    const double base = set->is_polynomial ? table_number(input, row, "x") : NAN;
    double power = 1;
    for (size_t j = 0; j < set->n_terms; j++) {
        const size_t degree = j + !set->has_level;
        char column[16];
        snprintf(column, sizeof column, "x%zu", degree);
        if (set->is_polynomial && degree > 0)
            power *= base;
        x[j] = degree == 0 ? 1 : set->is_polynomial ? power : table_number(input, row, column);
    }
}

static double number_named(const WmRegression *fit, const Case *set, const char *name)
{
    unsigned term;
    if (strcmp(name, "rss") == 0)
        return fit->rss;
    if (sscanf(name, "sd_b%u", &term) == 1)
        return fit->std_error[term - !set->has_level];
    if (sscanf(name, "b%u", &term) == 1)
        return fit->coefficient[term - !set->has_level];
    fail_msg("no number %s", name);
    return NAN;
}

static void digits_are_those_certified(void **state)
{
    const Case *set = *state;
    Table input, expected;
    golden_read("nist.input.csv", &input);
    golden_read("nist.expected.csv", &expected);
    double x[MAX_ROWS * WM_REGRESSION_MAX_TERMS], y[MAX_ROWS];
    WmRegressionReadings readings = {.n_terms = set->n_terms, .x = x, .y = y};
    for (size_t row = 0; row < input.n_rows; row++) {
        if (strcmp(table_text(&input, row, "dataset"), set->name) != 0)
            continue;
        assert_true(readings.n_rows < MAX_ROWS);
        fill_row(&input, row, set, x + readings.n_rows * set->n_terms);
        y[readings.n_rows++] = table_number(&input, row, "y");
    }
    if (readings.n_rows == 0) {
        print_message("skipped: %s is not among these references\n", set->name);
        table_free(&input);
        table_free(&expected);
        skip();
    }
    WmRegressionScratch *scratch = wm_regression_scratch_new();
    WmRegression fit;
    assert_int_equal(wm_regression_fit(WM_REGRESSION_OLS, &readings, NULL, scratch, &fit), WM_OK);
    assert_int_equal(fit.state, WM_REGRESSION_FITTED);
    double worst = 0;
    for (size_t row = 0; row < expected.n_rows; row++) {
        if (strcmp(table_text(&expected, row, "dataset"), set->name) != 0)
            continue;
        const char *name = table_text(&expected, row, "name");
        const double certified = table_number(&expected, row, "certified"), ours = number_named(&fit, set, name);
        worst = fmax(worst, fabs(ours - certified) / fabs(certified));
        assert_close(ours, certified, set->share);
    }
    print_message("%s: worst relative difference %.2g\n", set->name, worst);
    wm_regression_scratch_free(scratch);
    table_free(&input);
    table_free(&expected);
}

int main(void)
{
    ADD_TABLE(CASES, digits_are_those_certified);
    return run_cases("regression nist");
}
