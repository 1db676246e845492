/* Regression: laws that hold whatever the numbers, closed forms, and readings that no line can be put through. */
#include <waymark/regression.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

#define N 20

static const double T[N] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20};
static const double Y[N] = {31, 35, 30, 38, 36, 41, 39, 44, 40, 47, 90, 46, 52, 48, 55, 51, 57, 60, 54, 62}; /* one far out */
static const double TRIALS[N] = {90, 95, 99, 91, 98, 93, 92, 90, 97, 96, 99, 93, 98, 92, 95, 91, 94, 96, 93, 97};

typedef struct {
    const char *name;
    WmRegressionMethod method;
} Method;

static const Method METHODS[] = {
    {"ols", WM_REGRESSION_OLS},
    {"wls", WM_REGRESSION_WLS},
    {"huber", WM_REGRESSION_HUBER},
    {"bisquare", WM_REGRESSION_BISQUARE},
    {"theil_sen", WM_REGRESSION_THEIL_SEN},
    {"binomial", WM_REGRESSION_BINOMIAL},
    {"poisson", WM_REGRESSION_POISSON},
    {"log_linear", WM_REGRESSION_LOG_LINEAR},
    {"logit_linear", WM_REGRESSION_LOGIT_LINEAR},
};

static WmRegression fit_line(WmRegressionMethod method, size_t n, const double *t, const double *y, const double *weight)
{
    WmRegressionScratch *scratch = wm_regression_scratch_new();
    const WmLineReadings readings = {.n = n, .t = t, .y = y, .weight = weight};
    WmRegression line;
    assert_int_equal(wm_line_fit(method, &readings, NULL, scratch, &line), WM_OK);
    wm_regression_scratch_free(scratch);
    return line;
}

static double expected_at(const WmRegression *line, double t)
{
    WmRegressionPrediction at;
    wm_line_predict(line, t, &at);
    return at.fit;
}

static void a_name_reads_back(void **state)
{
    const Method *row = *state;
    WmRegressionMethod method;
    assert_string_equal(wm_regression_method_name(row->method), row->name);
    assert_true(wm_regression_method_parse(row->name, &method));
    assert_int_equal(method, row->method);
}

static void order_of_readings_is_irrelevant(void **state)
{
    const Method *row = *state;
    double t[N], y[N], weight[N];
    for (size_t i = 0; i < N; i++) {
        const size_t from = (7 * i + 3) % N;
        t[i] = T[from], y[i] = Y[from], weight[i] = TRIALS[from];
    }
    const WmRegression a = fit_line(row->method, N, T, Y, TRIALS), b = fit_line(row->method, N, t, y, weight);
    for (size_t j = 0; j < 2; j++) {
        assert_close(b.coefficient[j], a.coefficient[j], 1e-9);
        assert_close(b.std_error[j], a.std_error[j], 1e-7);
    }
}

static void a_shift_of_time_moves_the_origin_only(void **state)
{
    const Method *row = *state;
    double t[N];
    for (size_t i = 0; i < N; i++)
        t[i] = T[i] + 24000;
    const WmRegression a = fit_line(row->method, N, T, Y, TRIALS), b = fit_line(row->method, N, t, Y, TRIALS);
    assert_close(b.coefficient[1], a.coefficient[1], 1e-9);
    assert_close(expected_at(&b, 24025), expected_at(&a, 25), 1e-9);
    assert_close(b.t_origin, a.t_origin + 24000, 1e-12);
}

static void readings_without_a_value_are_passed_over(void **state)
{
    const Method *row = *state;
    double t[N + 3], y[N + 3], weight[N + 3];
    for (size_t i = 0; i < N; i++)
        t[i] = T[i], y[i] = Y[i], weight[i] = TRIALS[i];
    t[N] = 30, y[N] = NAN, weight[N] = 95;
    t[N + 1] = NAN, y[N + 1] = 50, weight[N + 1] = 95;
    t[N + 2] = 31, y[N + 2] = NAN, weight[N + 2] = 0;
    const WmRegression a = fit_line(row->method, N, T, Y, TRIALS), b = fit_line(row->method, N + 3, t, y, weight);
    assert_int_equal(b.n_readings, N);
    assert_close(b.coefficient[1], a.coefficient[1], 1e-12);
}

static void an_interval_holds_the_fit_and_widens(void **state)
{
    const Method *row = *state;
    const WmRegression line = fit_line(row->method, N, T, Y, TRIALS);
    WmRegressionPrediction near, far;
    wm_line_predict(&line, 21, &near);
    wm_line_predict(&line, 40, &far);
    double low[3], high[3];
    wm_regression_interval(&near, 0.80, &low[0], &high[0]);
    wm_regression_interval(&near, 0.95, &low[1], &high[1]);
    assert_true(low[1] < low[0] && low[0] < near.fit && near.fit < high[0] && high[0] < high[1]);
    assert_true(far.link_error > near.link_error);
    wm_regression_interval(&near, 1, &low[2], &high[2]);
    assert_true(isnan(low[2]) && isnan(high[2]));
}

static void a_line_is_found_exactly(void **state)
{
    const Method *row = *state;
    const bool is_binomial = row->method == WM_REGRESSION_BINOMIAL, is_log = row->method == WM_REGRESSION_LOG_LINEAR;
    const bool is_logit = is_binomial || row->method == WM_REGRESSION_LOGIT_LINEAR,
               is_poisson = row->method == WM_REGRESSION_POISSON;
    double y[N];
    for (size_t i = 0; i < N; i++) {
        const double link = -1 + 0.1 * T[i], share = 1 / (1 + exp(-link));
        y[i] = is_binomial  ? TRIALS[i] * share
               : is_logit   ? 100 * share
               : is_poisson ? TRIALS[i] * exp(link)
               : is_log     ? exp(link)
                            : link;
    }
    const WmRegression line = fit_line(row->method, N, T, y, TRIALS);
    assert_true(wm_regression_has_fit(&line));
    assert_near(line.coefficient[1], 0.1, 1e-10);
    WmRegressionPrediction zero;
    wm_line_predict(&line, 0, &zero);
    assert_near(zero.link, -1, 1e-9);
}

typedef struct {
    const char *name;
    WmRegressionMethod method;
} Equivariant;

static const Equivariant EQUIVARIANT[] = {
    {"ols shifts and scales", WM_REGRESSION_OLS},
    {"wls shifts and scales", WM_REGRESSION_WLS},
    {"huber shifts and scales", WM_REGRESSION_HUBER},
    {"bisquare shifts and scales", WM_REGRESSION_BISQUARE},
    {"theil_sen shifts and scales", WM_REGRESSION_THEIL_SEN},
};

static void a_shift_and_scale_of_y_goes_through(void **state)
{
    const Equivariant *row = *state;
    double y[N];
    for (size_t i = 0; i < N; i++)
        y[i] = 1000 - 3 * Y[i];
    const WmRegression a = fit_line(row->method, N, T, Y, TRIALS), b = fit_line(row->method, N, T, y, TRIALS);
    assert_close(b.coefficient[0], 1000 - 3 * a.coefficient[0], 1e-9);
    assert_close(b.coefficient[1], -3 * a.coefficient[1], 1e-8);
    assert_close(b.scale, 3 * a.scale, 1e-8);
    assert_close(b.std_error[1], 3 * a.std_error[1], 1e-8);
}

static void a_weight_of_two_counts_as_two_readings(void **state)
{
    (void)state;
    double weight[N], t[2 * N], y[2 * N];
    size_t n = 0;
    for (size_t i = 0; i < N; i++) {
        weight[i] = 1 + (double)(i % 2);
        for (size_t k = 0; k <= i % 2; k++)
            t[n] = T[i], y[n++] = Y[i];
    }
    const WmRegression a = fit_line(WM_REGRESSION_WLS, N, T, Y, weight), b = fit_line(WM_REGRESSION_OLS, n, t, y, NULL);
    for (size_t j = 0; j < 2; j++)
        assert_close(expected_at(&a, 10 * (double)j), expected_at(&b, 10 * (double)j), 1e-12);
    assert_close(a.rss, b.rss, 1e-12);
}

static void equal_weights_are_no_weights(void **state)
{
    (void)state;
    double weight[N];
    for (size_t i = 0; i < N; i++)
        weight[i] = 4;
    const WmRegression a = fit_line(WM_REGRESSION_HUBER, N, T, Y, weight), b = fit_line(WM_REGRESSION_HUBER, N, T, Y, NULL);
    assert_close(a.coefficient[1], b.coefficient[1], 1e-9);
    assert_close(a.std_error[1], b.std_error[1], 1e-9);
}

static void one_reading_far_out_does_not_move_a_robust_line(void **state)
{
    (void)state;
    static const WmRegressionMethod ROBUST[] = {WM_REGRESSION_BISQUARE, WM_REGRESSION_THEIL_SEN};
    double y[N];
    for (size_t i = 0; i < N; i++)
        y[i] = Y[i];
    y[10] = 9000;
    for (size_t k = 0; k < N_ELEMENTS(ROBUST); k++) {
        const WmRegression a = fit_line(ROBUST[k], N, T, Y, NULL), b = fit_line(ROBUST[k], N, T, y, NULL);
        assert_near(b.coefficient[1], a.coefficient[1], 0.05 * fabs(a.coefficient[1]));
    }
}

/* With one term, the binomial's level is the pooled share, and the dispersion Pearson's X^2 / (n - 1). */
static void a_binomial_level_is_the_pooled_share(void **state)
{
    (void)state;
    double ones[N], events = 0, trials = 0;
    for (size_t i = 0; i < N; i++) {
        ones[i] = 1;
        events += Y[i];
        trials += TRIALS[i];
    }
    const WmRegressionReadings readings = {.n_rows = N, .n_terms = 1, .x = ones, .y = Y, .weight = TRIALS};
    WmRegressionScratch *scratch = wm_regression_scratch_new();
    WmRegression fit;
    WmRegressionPrediction at;
    assert_int_equal(wm_regression_fit(WM_REGRESSION_BINOMIAL, &readings, NULL, scratch, &fit), WM_OK);
    wm_regression_predict(&fit, ones, &at);
    assert_close(at.fit, events / trials, 1e-12);
    assert_int_equal(wm_regression_fit(WM_REGRESSION_POISSON, &readings, NULL, scratch, &fit), WM_OK);
    wm_regression_predict(&fit, ones, &at);
    assert_close(at.fit, events / trials, 1e-12);
    wm_regression_scratch_free(scratch);
}

typedef struct {
    const char *name;
    WmRegressionMethod method;
    WmRegressionState state;
    size_t n;
    double t[5], y[5], weight[5];
} Degenerate;

static const Degenerate DEGENERATE[] = {
    {"no readings", WM_REGRESSION_OLS, WM_REGRESSION_TOO_FEW, 0, {0}, {0}, {0}},
    {"two readings", WM_REGRESSION_OLS, WM_REGRESSION_TOO_FEW, 2, {1, 2}, {3, 4}, {1, 1}},
    {"all weights zero", WM_REGRESSION_WLS, WM_REGRESSION_TOO_FEW, 4, {1, 2, 3, 4}, {3, 4, 1, 2}, {0}},
    {"one time, least squares", WM_REGRESSION_OLS, WM_REGRESSION_SINGULAR, 4, {7, 7, 7, 7}, {3, 4, 1, 2}, {1, 1, 1, 1}},
    {"one time, M-estimate", WM_REGRESSION_HUBER, WM_REGRESSION_SINGULAR, 4, {7, 7, 7, 7}, {3, 4, 1, 2}, {1, 1, 1, 1}},
    {"one time, ranks", WM_REGRESSION_THEIL_SEN, WM_REGRESSION_SINGULAR, 4, {7, 7, 7, 7}, {3, 4, 1, 2}, {1, 1, 1, 1}},
    {"one time, binomial", WM_REGRESSION_BINOMIAL, WM_REGRESSION_SINGULAR, 4, {7, 7, 7, 7}, {3, 4, 1, 2}, {9, 9, 9, 9}},
    {"constant, least squares", WM_REGRESSION_OLS, WM_REGRESSION_FITTED, 4, {1, 2, 3, 4}, {5, 5, 5, 5}, {1, 1, 1, 1}},
    {"constant, M-estimate", WM_REGRESSION_BISQUARE, WM_REGRESSION_FITTED, 4, {1, 2, 3, 4}, {5, 5, 5, 5}, {1, 1, 1, 1}},
    {"constant, ranks", WM_REGRESSION_THEIL_SEN, WM_REGRESSION_FITTED, 4, {1, 2, 3, 4}, {5, 5, 5, 5}, {1, 1, 1, 1}},
    {"no events", WM_REGRESSION_BINOMIAL, WM_REGRESSION_ON_BOUND, 4, {1, 2, 3, 4}, {0}, {9, 8, 9, 7}},
    {"only events", WM_REGRESSION_BINOMIAL, WM_REGRESSION_ON_BOUND, 4, {1, 2, 3, 4}, {9, 8, 9, 7}, {9, 8, 9, 7}},
    {"no counts", WM_REGRESSION_POISSON, WM_REGRESSION_ON_BOUND, 4, {1, 2, 3, 4}, {0}, {9, 8, 9, 7}},
    {"more events than trials", WM_REGRESSION_BINOMIAL, WM_REGRESSION_OUT_OF_RANGE, 4, {1, 2, 3, 4}, {9, 8, 9, 8}, {9, 8, 9, 7}},
    {"fewer events than none", WM_REGRESSION_POISSON, WM_REGRESSION_OUT_OF_RANGE, 4, {1, 2, 3, 4}, {1, -1, 2, 3}, {1, 1, 1, 1}},
    {"log of nothing", WM_REGRESSION_LOG_LINEAR, WM_REGRESSION_OUT_OF_RANGE, 4, {1, 2, 3, 4}, {1, 0, 2, 3}, {1, 1, 1, 1}},
    {"more than all", WM_REGRESSION_LOGIT_LINEAR, WM_REGRESSION_OUT_OF_RANGE, 4, {1, 2, 3, 4}, {1, 101, 2, 3}, {1, 1, 1, 1}},
    {"a share on its bound", WM_REGRESSION_LOGIT_LINEAR, WM_REGRESSION_FITTED, 4, {1, 2, 3, 4}, {90, 95, 100, 97}, {1, 1, 1, 1}},
    {"numbers too large to square",
     WM_REGRESSION_OLS,
     WM_REGRESSION_OUT_OF_RANGE,
     4,
     {1, 2, 3, 4},
     {1e300, -1e300, 1e300, 2},
     {1, 1, 1, 1}},
};

static bool is_number_or_nan(double x)
{
    return !isinf(x);
}

static void what_cannot_be_fitted_is_said(void **state)
{
    const Degenerate *row = *state;
    const WmRegression line = fit_line(row->method, row->n, row->t, row->y, row->weight);
    assert_string_equal(wm_regression_state_name(line.state), wm_regression_state_name(row->state));
    WmRegressionPrediction at;
    wm_line_predict(&line, 6, &at);
    assert_int_equal(isnan(at.fit), !wm_regression_has_fit(&line));
    for (size_t j = 0; j < 2; j++) {
        assert_true(is_number_or_nan(line.coefficient[j]) && is_number_or_nan(line.std_error[j]));
        assert_true(is_number_or_nan(line.statistic[j]) && is_number_or_nan(line.p_value[j]));
    }
    double low, high;
    wm_regression_interval(&at, 0.95, &low, &high);
    assert_true(is_number_or_nan(low) && is_number_or_nan(high));
}

/* Lengths at which p-values change from exact to normal, and of nothing at all. */
static void kendall_counts_orders(void **state)
{
    (void)state;
    static const double RISING[] = {1, 2, 3, 4, 5};
    WmRegressionScratch *scratch = wm_regression_scratch_new();
    WmMannKendall test;
    wm_mann_kendall(&(WmLineReadings){.n = 5, .t = RISING, .y = RISING}, scratch, &test);
    assert_near(test.tau_b, 1, 1e-15);
    assert_close(test.tau_p_value, 2.0 / 120, 1e-14); /* one order of 120 rises throughout, one falls */
    static const double LEVEL[] = {3, 3, 3, 3, 3};
    wm_mann_kendall(&(WmLineReadings){.n = 5, .t = RISING, .y = LEVEL}, scratch, &test);
    assert_true(isnan(test.tau_b) && isnan(test.p_value) && test.s == 0);
    wm_mann_kendall(&(WmLineReadings){.n = 0, .t = RISING, .y = LEVEL}, scratch, &test);
    assert_true(isnan(test.s));
    WmTheilSen line;
    wm_theil_sen(&(WmLineReadings){.n = 1, .t = RISING, .y = LEVEL}, scratch, &line);
    assert_true(isnan(line.slope));
    wm_theil_sen(&(WmLineReadings){.n = 5, .t = RISING, .y = RISING}, scratch, &line);
    assert_near(line.slope_low, 1, 1e-15);
    wm_regression_scratch_free(scratch);
}

/* 80% intervals hold four in five new readings: 4000 of them lie within 1.5 points, which is over two standard errors. */
static void intervals_cover_what_they_say(void **state)
{
    (void)state;
    Random random = {20260731};
    size_t n_held = 0;
    for (size_t k = 0; k < 4000; k++) {
        double y[12];
        for (size_t i = 0; i < 12; i++)
            y[i] = 5 + 0.3 * T[i] + random_normal(&random);
        const WmRegression line = fit_line(WM_REGRESSION_OLS, 12, T, y, NULL);
        WmRegressionPrediction at;
        double low, high;
        wm_line_predict(&line, 15, &at);
        wm_regression_interval(&at, 0.80, &low, &high);
        const double next = 5 + 0.3 * 15 + random_normal(&random);
        n_held += next > low && next < high;
    }
    assert_near((double)n_held / 4000, 0.80, 0.015);
}

int main(void)
{
    ADD_TABLE(METHODS, a_name_reads_back);
    ADD_TABLE(METHODS, order_of_readings_is_irrelevant);
    ADD_TABLE(METHODS, a_shift_of_time_moves_the_origin_only);
    ADD_TABLE(METHODS, readings_without_a_value_are_passed_over);
    ADD_TABLE(METHODS, an_interval_holds_the_fit_and_widens);
    ADD_TABLE(METHODS, a_line_is_found_exactly);
    ADD_TABLE(EQUIVARIANT, a_shift_and_scale_of_y_goes_through);
    ADD_TABLE(DEGENERATE, what_cannot_be_fitted_is_said);
    ADD(a_weight_of_two_counts_as_two_readings);
    ADD(equal_weights_are_no_weights);
    ADD(one_reading_far_out_does_not_move_a_robust_line);
    ADD(a_binomial_level_is_the_pooled_share);
    ADD(kendall_counts_orders);
    ADD(intervals_cover_what_they_say);
    return run_cases("regression");
}
