/* The trend against other software: least squares by R's lm on published series, and NIST's certified values.
 *
 * The references count periods t = 1..n; here period i stands i months after December 2009, so that a slope a period is a slope a
 * month. Doubles of about 1e-16 lose at most seven digits in these fits; 1e-8 leaves one to spare.
 */
#include <waymark/trend.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_golden.h"
#include "core/fixture_series.h"

#define ZERO_MONTH (2010 * 12) /* t = 0 on the models' scale: the end of December 2009 */
#define SHARE      1e-8

/* The series of a golden input, one after the other: rows first..first + n - 1. */
static size_t count_rows(const Table *input, size_t first)
{
    const char *series = table_text(input, first, "series_id");
    size_t n = 1;
    while (first + n < input->n_rows && strcmp(table_text(input, first + n, "series_id"), series) == 0)
        n++;
    return n;
}

static WmTrend fit_rows(const Table *input, size_t first, size_t n, double *largest)
{
    WmReading readings[MAX_READINGS];
    assert_true(n <= MAX_READINGS);
    *largest = 0;
    for (size_t i = 0; i < n; i++) {
        readings[i] = reading_of("Jan 2010", table_number(input, first + i, "value"));
        readings[i].period = wm_period_step(readings[i].period, (int)i);
        *largest = fmax(*largest, fabs(readings[i].value));
    }
    WmTrend trend;
    wm_trend_fit(readings, n, NULL, &trend);
    return trend;
}

/* The first row of a series, looked for from row `from` on and then from the top; the tables have nearly the same order. */
static size_t find_series(const Table *table, const char *series, size_t from)
{
    for (size_t i = 0; i < table->n_rows; i++) {
        const size_t i_row = (from + i) % table->n_rows;
        if (strcmp(table_text(table, i_row, "series_id"), series) == 0)
            return i_row;
    }
    return table->n_rows;
}

static double fitted(const WmTrend *trend, const char *name)
{
    const double t_mean = trend->t_mean - ZERO_MONTH;
    const double n = (double)trend->n_readings;
    if (strcmp(name, "n") == 0)
        return n;
    if (strcmp(name, "intercept") == 0)
        return wm_trend_level(trend, ZERO_MONTH);
    if (strcmp(name, "slope") == 0)
        return trend->slope;
    if (strcmp(name, "se_slope") == 0)
        return trend->slope_error;
    if (strcmp(name, "se_intercept") == 0)
        return trend->residual_sd * sqrt(1 / n + t_mean * t_mean / trend->t_ss);
    if (strcmp(name, "sigma") == 0)
        return trend->residual_sd;
    return NAN; /* p values, R^2 and likelihood are not among the trend's numbers */
}

static void least_squares_agree_with_r(void **state)
{
    (void)state;
    Table input, expected;
    golden_read("trend.input.csv", &input);
    golden_read("trend.expected.csv", &expected);
    size_t n_series = 0, n_checked = 0, i_expected = 0;
    for (size_t first = 0, n; first < input.n_rows; first += n) {
        n = count_rows(&input, first);
        double largest;
        const WmTrend trend = fit_rows(&input, first, n, &largest);
        const char *series = table_text(&input, first, "series_id");
        i_expected = find_series(&expected, series, i_expected);
        for (size_t i = i_expected; i < expected.n_rows && strcmp(table_text(&expected, i, "series_id"), series) == 0; i++) {
            const char *name = table_text(&expected, i, "name");
            const double ours = fitted(&trend, name), theirs = table_number(&expected, i, "value");
            if (strcmp(table_text(&expected, i, "model"), "lm") != 0 || isnan(ours))
                continue;
            /* what is zero but for rounding has no digits to compare */
            const double tolerance = SHARE * fabs(theirs) + 1e-13 * largest;
            if (fabs(ours - theirs) > tolerance)
                fail_msg("%s %s: %.17g, R has %.17g", series, name, ours, theirs);
            n_checked++;
        }
        n_series++;
    }
    assert_true(n_series >= 200 && n_checked >= 6 * 200);
    table_free(&input);
    table_free(&expected);
}

static void prediction_intervals_agree_with_r(void **state)
{
    (void)state;
    static const struct {
        const char *column;
        double share;
    } ENDS[] = {{"lo80", 0.1}, {"hi80", 0.9}, {"lo95", 0.025}, {"hi95", 0.975}};
    Table input, expected;
    golden_read("trend.input.csv", &input);
    golden_read("trend_predict.expected.csv", &expected);
    size_t n_checked = 0, i_expected = 0;
    for (size_t first = 0, n; first < input.n_rows; first += n) {
        n = count_rows(&input, first);
        double largest;
        const WmTrend trend = fit_rows(&input, first, n, &largest);
        const char *series = table_text(&input, first, "series_id");
        i_expected = find_series(&expected, series, i_expected);
        for (size_t i = i_expected; i < expected.n_rows && strcmp(table_text(&expected, i, "series_id"), series) == 0; i++) {
            if (strcmp(table_text(&expected, i, "model"), "lm") != 0)
                continue;
            const WmDistribution y = wm_trend_predict(&trend, ZERO_MONTH + (double)n + table_number(&expected, i, "h"));
            const double tolerance = SHARE * fabs(table_number(&expected, i, "fit")) + 1e-12 * largest;
            assert_near(y.location, table_number(&expected, i, "fit"), tolerance);
            for (size_t k = 0; k < N_ELEMENTS(ENDS); k++) {
                const double theirs = table_number(&expected, i, ENDS[k].column),
                             ours = wm_distribution_quantile(&y, ENDS[k].share);
                if (fabs(ours - theirs) > SHARE * fabs(theirs) + 1e-12 * largest)
                    fail_msg("%s h %s %s: %.17g, R has %.17g", series, table_text(&expected, i, "h"), ENDS[k].column, ours, theirs);
                n_checked++;
            }
        }
    }
    assert_true(n_checked >= 4 * 500);
    table_free(&input);
    table_free(&expected);
}

static double certified(const Table *expected, const char *dataset, const char *name)
{
    for (size_t i = 0; i < expected->n_rows; i++)
        if (strcmp(table_text(expected, i, "dataset"), dataset) == 0 && strcmp(table_text(expected, i, "name"), name) == 0)
            return table_number(expected, i, "certified");
    fail_msg("no %s of %s", name, dataset);
    return NAN;
}

/* Norris: x has one decimal, so that 10 x counts months exactly. */
static void norris_is_fitted_as_nist_certifies(void **state)
{
    (void)state;
    Table input, expected;
    golden_read("nist.input.csv", &input);
    golden_read("nist.expected.csv", &expected);
    WmReading readings[MAX_READINGS];
    size_t n = 0;
    for (size_t i = 0; i < input.n_rows; i++)
        if (strcmp(table_text(&input, i, "dataset"), "norris") == 0) {
            readings[n] = reading_of("Dec 2009", table_number(&input, i, "y"));
            readings[n].period = wm_period_step(readings[n].period, (int)lround(10 * table_number(&input, i, "x")));
            n++;
        }
    assert_int_equal(n, 36);
    WmTrend trend;
    wm_trend_fit(readings, n, NULL, &trend);
    assert_close(10 * trend.slope, certified(&expected, "norris", "b1"), 1e-12);
    assert_close(wm_trend_level(&trend, ZERO_MONTH), certified(&expected, "norris", "b0"), 1e-9);
    assert_close(10 * trend.slope_error, certified(&expected, "norris", "sd_b1"), 1e-10);
    assert_close(trend.residual_sd * trend.residual_sd * 34, certified(&expected, "norris", "rss"), 1e-10);
    table_free(&input);
    table_free(&expected);
}

int main(void)
{
    ADD(least_squares_agree_with_r);
    ADD(prediction_intervals_agree_with_r);
    ADD(norris_is_fitted_as_nist_certifies);
    return run_cases("trend golden");
}
