/* The filter trend, as a script calls it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/fixture_filter.h"
#include "core/fixture_cases.h"

static void a_trend_has_its_columns_and_steps(void **state)
{
    (void)state;
    g_autofree char *text = filter_rising(8);
    g_auto(FilterFile) file = filter_file(text);
    g_auto(Run) run = FILTER_RUN("trend", "--bounds", "0,100", "--horizon", "2", "--levels", "95,50", "--format", "csv", file.path);
    assert_int_equal(run.code, 0);
    assert_true(g_str_has_prefix(run.out, "series,period,step,mean,sd,lo95,hi95,lo50,hi50\nnorth,2020-01,-7,"));
    assert_int_equal(filter_n_rows(run.out), 2 * (8 + 2));
    g_autofree char *period = filter_field(run.out, 9, 1);
    assert_string_equal(period, "2020-09");
    assert_near(filter_number(run.out, 8, 2), 0, 0);
    assert_near(filter_number(run.out, 9, 2), 1, 0);
    for (size_t row = 1; row <= 20; row++) {
        assert_true(filter_number(run.out, row, 5) <= filter_number(run.out, row, 7) &&
                    filter_number(run.out, row, 7) <= filter_number(run.out, row, 8));
        assert_true(filter_number(run.out, row, 8) <= filter_number(run.out, row, 6) && filter_number(run.out, row, 4) > 0);
    }
}

typedef struct {
    const char *name;
} ModelCase;

static const ModelCase MODELS[] = {
    {"auto"},          {"ols"},        {"wls"},          {"huber"}, {"bisquare"},      {"theil_sen"},   {"binomial"},
    {"poisson"},       {"log_linear"}, {"logit_linear"}, {"ets"},   {"ses"},           {"holt"},        {"damped"},
    {"ann"},           {"aan"},        {"aadn"},         {"ana"},   {"aaa"},           {"aada"},        {"mnn"},
    {"man"},           {"madn"},       {"level"},        {"llt"},   {"level_seasons"}, {"llt_seasons"}, {"level_harmonics"},
    {"llt_harmonics"},
};

static void a_model_expects_a_rising_series_to_rise(void **state)
{
    const ModelCase *model = *state;
    g_autofree char *text = filter_rising(40);
    g_auto(FilterFile) file = filter_file(text);
    g_auto(Run) run =
        FILTER_RUN("trend", "--model", model->name, "--bounds", "0,100", "--horizon", "1", "--format", "csv", file.path);
    assert_int_equal(run.code, 0);
    assert_int_equal(filter_n_rows(run.out), 2 * 41);
    assert_true(filter_number(run.out, 41, 3) > 70 && filter_number(run.out, 41, 3) < 88);
    assert_true(filter_number(run.out, 41, 5) <= filter_number(run.out, 41, 3) &&
                filter_number(run.out, 41, 6) >= filter_number(run.out, 41, 3));
    g_auto(Run) terms =
        FILTER_RUN("trend", "--model", model->name, "--coefficients", "--bounds", "0,100", "--format", "csv", file.path);
    assert_int_equal(terms.code, 0);
    assert_true(g_str_has_prefix(terms.out, "series,model,term,estimate,std_error,statistic,p_value,df,scale\nnorth,"));
}

/* Three, two, one and no readings; all the same; gaps, markers and 0 of 0; all at an end: rows for every reading, no number that is
 * not finite, intervals in order, and within the bounds but for straight lines. */
static const char DIFFICULT[] =
    "series,period,numerator,denominator\n"
    "three,2020-01,3,10\nthree,2020-02,4,10\nthree,2020-03,4,9\ntwo,2020-01,3,10\ntwo,2020-02,4,10\none,2020-01,3,10\n"
    "none,2020-01,x,c\nnone,2020-02,,\nsame,2020-01,5,10\nsame,2020-02,5,10\nsame,2020-03,5,10\nsame,2020-04,5,10\nsame,2020-05,5,"
    "10\n"
    "same,2020-06,5,10\nsame,2020-07,5,10\nsame,2020-08,5,10\ngaps,2019-01,3,10\ngaps,2019-02,4,9\ngaps,2019-05,x,x\n"
    "gaps,2019-09,2,11\ngaps,2019-10,0,0\ngaps,2020-02,5,10\ngaps,2020-03,3,8\ngaps,2020-04,4,8\ngaps,2020-05,x,x\nfull,2020-01,10,"
    "10\n"
    "full,2020-02,12,12\nfull,2020-03,9,9\nfull,2020-04,10,10\nfull,2020-05,8,8\nfull,2020-06,11,11\nfull,2020-07,9,9\n"
    "nil,2020-01,0,10\nnil,2020-02,0,12\nnil,2020-03,0,9\nnil,2020-04,0,9\nnil,2020-05,0,9\nnil,2020-06,0,9\n";

static gboolean is_line(const char *model)
{
    static const char *const LINES[] = {"ols", "wls", "huber", "bisquare", "theil_sen", "log_linear"};
    for (size_t i = 0; i < G_N_ELEMENTS(LINES); i++)
        if (strcmp(model, LINES[i]) == 0)
            return TRUE;
    return FALSE;
}

static void a_model_survives_difficult_series(void **state)
{
    const ModelCase *model = *state;
    g_auto(FilterFile) file = filter_file(DIFFICULT);
    g_auto(Run) run =
        FILTER_RUN("trend", "--model", model->name, "--kind", "percent", "--horizon", "3", "--format", "csv", file.path);
    assert_int_equal(run.code, 0);
    const size_t n = filter_n_rows(run.out);
    assert_true(n >= 38);
    for (size_t row = 1; row <= n; row++) {
        const double mean = filter_number(run.out, row, 3), sd = filter_number(run.out, row, 4),
                     lo95 = filter_number(run.out, row, 7), lo80 = filter_number(run.out, row, 5),
                     hi80 = filter_number(run.out, row, 6), hi95 = filter_number(run.out, row, 8);
        assert_false(isinf(mean) || isinf(sd) || isinf(lo95) || isinf(hi95));
        assert_true(isnan(lo80) || (lo95 <= lo80 && lo80 <= hi80 && hi80 <= hi95 && sd >= 0));
        assert_true(is_line(model->name) || isnan(lo95) || (lo95 >= 0 && hi95 <= 100 && mean >= 0 && mean <= 100));
    }
    g_auto(Run) terms =
        FILTER_RUN("trend", "--model", model->name, "--kind", "percent", "--coefficients", "--format", "csv", file.path);
    assert_int_equal(terms.code, 0);
    assert_null(strstr(terms.out, "nan"));
    assert_null(strstr(terms.out, "inf"));
}

/* A month without a value at the end moves no forecast to another month. */
static void a_marker_at_the_end_is_a_period_too(void **state)
{
    (void)state;
    g_auto(FilterFile) plain = filter_file(FILTER_MONTHLY "a,2020-01,50\na,2020-02,52\na,2020-03,51\na,2020-04,53\n");
    g_auto(FilterFile) marked = filter_file(FILTER_MONTHLY "a,2020-01,50\na,2020-02,52\na,2020-03,51\na,2020-04,53\na,2020-05,c\n");
    g_auto(Run) x = FILTER_RUN("trend", "--bounds", "0,100", "--horizon", "3", "--format", "csv", plain.path);
    g_auto(Run) y = FILTER_RUN("trend", "--bounds", "0,100", "--horizon", "3", "--format", "csv", marked.path);
    g_autofree char *period = filter_field(y.out, 6, 1);
    assert_string_equal(period, "2020-06");
    for (size_t column = 3; column < 9; column++)
        assert_near(filter_number(x.out, 6, column), filter_number(y.out, 6, column), 0);
}

/* y = 10 + 2t exactly for t = 1..4, with residuals 1, -1, -1, 1 that leave the line as it is: s^2 = 4/2. */
static void least_squares_counts_periods_from_1(void **state)
{
    (void)state;
    g_auto(FilterFile) file = filter_file(FILTER_MONTHLY "a,2020-01,13\na,2020-02,13\na,2020-03,15\na,2020-04,19\n");
    g_auto(Run) run = FILTER_RUN("trend", "--model", "ols", "--coefficients", "--format", "csv", file.path);
    assert_near(filter_number(run.out, 1, 3), 10, 1e-12);
    assert_near(filter_number(run.out, 2, 3), 2, 1e-12);
    assert_near(filter_number(run.out, 2, 8), sqrt(2), 1e-12);
    assert_near(filter_number(run.out, 2, 7), 2, 0);
}

/* 1, 3, 2, 4, 5: one pair of ten is turned round, so S = 8 and tau = 0.8; Var S = 5 4 15 / 18, Z = 7 / sqrt(50/3); exactly p = 2 (1
 * + 4) / 120, orders with at most one pair turned round. */
static void a_rank_line_comes_with_kendalls_test(void **state)
{
    (void)state;
    g_auto(FilterFile) file = filter_file(FILTER_MONTHLY "a,2020-01,1\na,2020-02,3\na,2020-03,2\na,2020-04,4\na,2020-05,5\n");
    g_auto(Run) run = FILTER_RUN("trend", "--model", "theil_sen", "--coefficients", "--format", "csv", file.path);
    g_autofree char *tau = filter_field(run.out, 3, 2), *s = filter_field(run.out, 4, 2);
    assert_string_equal(tau, "kendall_tau");
    assert_string_equal(s, "mann_kendall_s");
    assert_near(filter_number(run.out, 2, 3), 1, 1e-12);
    assert_near(filter_number(run.out, 3, 3), 0.8, 1e-12);
    assert_near(filter_number(run.out, 3, 6), 10 / 120.0, 1e-12);
    assert_near(filter_number(run.out, 4, 3), 8, 0);
    assert_near(filter_number(run.out, 4, 5), 7 / sqrt(50 / 3.0), 1e-12);
}

/* A month of which the share alone is known is one of the line, not 60 events of one. */
static void a_share_without_its_counts_is_no_count(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"binomial", "poisson"};
    g_autoptr(GString) text = g_string_new("series,period,value,numerator,denominator\n");
    for (int k = 0; k < 12; k++)
        g_string_append_printf(text, k == 5 ? "a,2020-%02d,50,,\n" : "a,2020-%02d,,%d,40\n", k + 1, 18 + k * 5 % 4);
    g_auto(FilterFile) file = filter_file(text->str);
    for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        g_auto(Run) run =
            FILTER_RUN("trend", "--model", NAMES[i], "--kind", "percent", "--horizon", "1", "--format", "csv", file.path);
        assert_near(filter_number(run.out, 6, 3), 49, 3);
        assert_near(filter_number(run.out, 13, 3), 49, 5);
        assert_true(filter_number(run.out, 13, 4) < 15);
        const double events = filter_number(run.out, 13, 5) * 40 / 100; /* still counted in whole ones */
        assert_near(events, round(events), 1e-9);
    }
}

/* Of three readings two lie on Sen's line: none has a spread, its slope has. */
static void three_readings_tell_a_rank_line_its_error(void **state)
{
    (void)state;
    g_auto(FilterFile) file = filter_file(FILTER_MONTHLY "a,2020-01,10\na,2020-02,12\na,2020-03,13\n");
    g_auto(Run) run = FILTER_RUN("trend", "--model", "theil_sen", "--horizon", "1", "--format", "csv", file.path);
    assert_near(filter_number(run.out, 2, 4), 0, 0);
    assert_near(filter_number(run.out, 4, 3), 14.5, 1e-12);
    assert_near(filter_number(run.out, 4, 4), 2 / (2 * 1.959963984540054), 1e-12); /* two months from slopes of 1 to 2 */
}

static void what_comes_after_the_as_at_is_not_seen(void **state)
{
    (void)state;
    g_autofree char *longer = filter_rising(12);
    g_autofree char *shorter = filter_rising(8);
    g_auto(FilterFile) all = filter_file(longer);
    g_auto(FilterFile) known = filter_file(shorter);
    g_auto(Run) as_at = FILTER_RUN("trend", "--bounds", "0,100", "--as-at", "2020-08-31", "--format", "csv", all.path);
    g_auto(Run) then = FILTER_RUN("trend", "--bounds", "0,100", "--format", "csv", known.path);
    assert_string_equal(as_at.out, then.out);
}

int main(void)
{
    ADD(a_trend_has_its_columns_and_steps);
    ADD_TABLE(MODELS, a_model_expects_a_rising_series_to_rise);
    ADD_TABLE(MODELS, a_model_survives_difficult_series);
    ADD(a_marker_at_the_end_is_a_period_too);
    ADD(least_squares_counts_periods_from_1);
    ADD(a_rank_line_comes_with_kendalls_test);
    ADD(a_share_without_its_counts_is_no_count);
    ADD(three_readings_tell_a_rank_line_its_error);
    ADD(what_comes_after_the_as_at_is_not_seen);
    return run_cases("trend command");
}
