/* Regression against other software: R's lm, glm and cor.test, MASS::rlm, and NIST's certified values.
 *
 * Periods count from 1. Tolerances are the agreement promised: 1e-8 of the number for least squares and ranks, 1e-6 for generalised
 * models and M-estimates, beside 1e-12 of the series' size for what is zero but for rounding.
 */
#include <waymark/regression.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_golden.h"

#define MAX_ROWS 128

typedef struct {
    const char *series;
    size_t n;
    double t[MAX_ROWS], y[MAX_ROWS], numerator[MAX_ROWS], denominator[MAX_ROWS];
    double events[MAX_ROWS], exposure[MAX_ROWS]; /* as the reference's Poisson model counts them */
    double largest;
} Series;

static int days_in_month(const char *date)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const long year = strtol(date, NULL, 10), month = strtol(date + 5, NULL, 10);
    return DAYS[month - 1] + (month == 2 && year % 4 == 0);
}

/* Counts of the Poisson model: breaches per attendance, attendances per day, or events per denominator. */
static void read_counts(const Table *input, size_t row, Series *out, size_t i)
{
    const bool is_count = strstr(out->series, "-att") != NULL, is_breach = strstr(out->series, "-perf") != NULL;
    const double numerator = out->numerator[i], denominator = out->denominator[i];
    out->events[i] = is_count ? out->y[i] : is_breach ? denominator - numerator : numerator;
    out->exposure[i] = is_count ? days_in_month(table_text(input, row, "date")) : denominator;
}

static size_t read_series(const Table *input, size_t first, Series *out)
{
    *out = (Series){.series = table_text(input, first, "series_id")};
    for (size_t row = first; row < input->n_rows && strcmp(table_text(input, row, "series_id"), out->series) == 0; row++) {
        const size_t i = out->n++;
        assert_true(i < MAX_ROWS);
        out->t[i] = (double)out->n;
        out->y[i] = table_number(input, row, "value");
        out->numerator[i] = table_number(input, row, "numerator");
        out->denominator[i] = table_number(input, row, "denominator");
        out->largest = fmax(out->largest, fabs(out->y[i]));
        read_counts(input, row, out, i);
    }
    return first + out->n;
}

typedef struct {
    const char *name; /* of the reference's model */
    WmRegressionMethod method;
    double share;
} Model;

static const Model MODELS[] = {
    {"lm", WM_REGRESSION_OLS, 1e-8},
    {"wlm", WM_REGRESSION_WLS, 1e-8},
    {"rlm_huber", WM_REGRESSION_HUBER, 1e-6},
    {"rlm_bisquare", WM_REGRESSION_BISQUARE, 1e-6},
    {"glm_binomial", WM_REGRESSION_BINOMIAL, 1e-6},
    {"glm_poisson", WM_REGRESSION_POISSON, 1e-6},
};

static WmLineReadings readings_of(const Series *series, WmRegressionMethod method)
{
    WmLineReadings readings = {.n = series->n, .t = series->t, .y = series->y};
    if (method == WM_REGRESSION_WLS)
        readings.weight = series->denominator;
    if (method == WM_REGRESSION_BINOMIAL)
        readings.y = series->numerator, readings.weight = series->denominator;
    if (method == WM_REGRESSION_POISSON)
        readings.y = series->events, readings.weight = series->exposure;
    return readings;
}

static double response_at(const WmRegression *line, const Series *series, size_t i)
{
    WmRegressionPrediction at;
    wm_line_predict(line, series->t[i], &at);
    return at.fit * (line->method == WM_REGRESSION_POISSON ? series->exposure[i] : 1);
}

static double number_named(const WmRegression *line, const Series *series, const char *name)
{
    WmRegressionPrediction zero;
    wm_line_predict(line, 0, &zero);
    const struct {
        const char *name;
        double value;
    } NUMBERS[] = {
        {"n", (double)line->n_readings},
        {"intercept", zero.link},
        {"slope", line->coefficient[1]},
        {"se_intercept", zero.link_error},
        {"se_slope", line->std_error[1]},
        {"p_slope", line->p_value[1]},
        {"sigma", line->scale},
        {"scale", line->scale},
        {"r2", line->r_squared},
        {"loglik", line->log_likelihood},
        {"dispersion", line->scale * line->scale},
        {"deviance", line->rss},
        {"converged", line->state == WM_REGRESSION_FITTED},
        {"fitted_first", response_at(line, series, 0)},
        {"fitted_last", response_at(line, series, series->n - 1)},
    };
    for (size_t i = 0; i < N_ELEMENTS(NUMBERS); i++)
        if (strcmp(NUMBERS[i].name, name) == 0)
            return NUMBERS[i].value;
    fail_msg("no number %s", name);
    return NAN;
}

/* Agreement over all series: how many were compared, how many differ, and the worst share. */
typedef struct {
    size_t n, n_apart;
    double worst;
} Tally;

static void compare(Tally *tally, double ours, double theirs, double share, double rounding, const char *series, const char *name)
{
    const double apart = fabs(ours - theirs);
    tally->n++;
    if (isnan(ours) && isnan(theirs))
        return;
    if (apart > rounding)
        tally->worst = fmax(tally->worst, apart / fabs(theirs));
    if (!(apart <= share * fabs(theirs) + rounding) && tally->n_apart++ < 5)
        print_error("%s %s: %.17g, the reference has %.17g\n", series, name, ours, theirs);
}

static void finish(const Tally *tally, const char *name)
{
    print_message("%s: %zu numbers, %zu apart, worst relative difference %.2g\n", name, tally->n, tally->n_apart, tally->worst);
    assert_true(tally->n > 0);
    assert_int_equal(tally->n_apart, 0);
}

typedef struct {
    Table input, expected;
    WmRegressionScratch *scratch;
} Golden;

static void golden_open(const char *expected, Golden *out)
{
    golden_read("trend.input.csv", &out->input);
    golden_read(expected, &out->expected);
    out->scratch = wm_regression_scratch_new();
    assert_non_null(out->scratch);
}

static void golden_close(Golden *self)
{
    wm_regression_scratch_free(self->scratch);
    table_free(&self->input);
    table_free(&self->expected);
}

/* Rows of the expected table for a series; both tables keep a series together. */
static bool is_of(const Table *expected, size_t row, const Series *series, const char *model)
{
    return strcmp(table_text(expected, row, "series_id"), series->series) == 0 &&
           strcmp(table_text(expected, row, "model"), model) == 0;
}

/* A number near the edge of what the reference itself knows: a binomial that fits all but perfectly has next to no dispersion. */
static bool is_meaningless(const Table *expected, size_t first, const Series *series, const Model *model)
{
    for (size_t row = first; row < expected->n_rows && row < first + 100; row++) {
        if (!is_of(expected, row, series, model->name))
            continue;
        const char *name = table_text(expected, row, "name");
        const double value = table_number(expected, row, "value");
        if (strcmp(name, "converged") == 0 && value <= 0)
            return true;
        if (strcmp(name, "dispersion") == 0 && value < 1e-6)
            return true;
        if (strcmp(name, "scale") == 0 && value <= 1e-10 * series->largest)
            return true;
    }
    return false;
}

static size_t first_row(const Table *expected, const Series *series)
{
    size_t row = 0;
    while (row < expected->n_rows && strcmp(table_text(expected, row, "series_id"), series->series) != 0)
        row++;
    return row;
}

static void fits_agree(void **state)
{
    const Model *model = *state;
    Golden golden;
    golden_open("trend.expected.csv", &golden);
    Tally tally = {0};
    size_t n_left_out = 0;
    Series series;
    for (size_t first = 0; first < golden.input.n_rows;) {
        first = read_series(&golden.input, first, &series);
        const WmLineReadings readings = readings_of(&series, model->method);
        WmRegression line;
        assert_int_equal(wm_line_fit(model->method, &readings, NULL, golden.scratch, &line), WM_OK);
        const size_t top = first_row(&golden.expected, &series);
        if (is_meaningless(&golden.expected, top, &series, model)) {
            n_left_out++;
            continue;
        }
        for (size_t row = top; row < golden.expected.n_rows && row < top + 100; row++) {
            if (!is_of(&golden.expected, row, &series, model->name))
                continue;
            const char *name = table_text(&golden.expected, row, "name");
            compare(&tally, number_named(&line, &series, name), table_number(&golden.expected, row, "value"), model->share,
                    1e-12 * fmax(1, series.largest), series.series, name);
        }
    }
    print_message("left out, where the reference has no meaning: %zu series\n", n_left_out);
    golden_close(&golden);
    finish(&tally, model->name);
}

/* Rows of a model's predictions: intervals where the reference gives them. */
typedef struct {
    const char *name;
    size_t i_model;
    bool is_response;
} Predicted;

static const Predicted PREDICTED[] = {
    {"lm", 0, true},
    {"wlm", 1, true},
    {"glm_binomial_link", 4, false},
    {"glm_binomial_response", 4, true},
    {"glm_poisson_link", 5, false},
    {"glm_poisson_response", 5, true},
};

static void compare_prediction(Tally *tally, const Golden *golden, size_t row, const WmRegression *line, const Series *series,
                               const Predicted *predicted)
{
    static const struct {
        const char *low, *high;
        double level;
    } INTERVALS[] = {{"lo80", "hi80", 0.80}, {"lo95", "hi95", 0.95}};
    const Table *expected = &golden->expected;
    const double share = MODELS[predicted->i_model].share, rounding = 1e-12 * fmax(1, series->largest);
    WmRegressionPrediction at;
    wm_line_predict(line, (double)series->n + table_number(expected, row, "h"), &at);
    const double fit = predicted->is_response ? at.fit : at.link, error = predicted->is_response ? at.fit_error : at.link_error;
    compare(tally, fit, table_number(expected, row, "fit"), share, rounding, series->series, "fit");
    if (!isnan(table_number(expected, row, "se_fit")))
        compare(tally, error, table_number(expected, row, "se_fit"), share, rounding, series->series, "se_fit");
    for (size_t i = 0; i < N_ELEMENTS(INTERVALS); i++) {
        double low, high;
        wm_regression_interval(&at, INTERVALS[i].level, &low, &high);
        if (isnan(table_number(expected, row, INTERVALS[i].low)))
            continue;
        compare(tally, low, table_number(expected, row, INTERVALS[i].low), share, rounding, series->series, INTERVALS[i].low);
        compare(tally, high, table_number(expected, row, INTERVALS[i].high), share, rounding, series->series, INTERVALS[i].high);
    }
}

static void predictions_agree(void **state)
{
    const Predicted *predicted = *state;
    const Model *model = &MODELS[predicted->i_model];
    Golden golden;
    golden_open("trend_predict.expected.csv", &golden);
    Table fits;
    golden_read("trend.expected.csv", &fits);
    Tally tally = {0};
    Series series;
    for (size_t first = 0; first < golden.input.n_rows;) {
        first = read_series(&golden.input, first, &series);
        if (is_meaningless(&fits, first_row(&fits, &series), &series, model))
            continue;
        const WmLineReadings readings = readings_of(&series, model->method);
        WmRegression line;
        assert_int_equal(wm_line_fit(model->method, &readings, NULL, golden.scratch, &line), WM_OK);
        const size_t top = first_row(&golden.expected, &series);
        for (size_t row = top; row < golden.expected.n_rows && row < top + 40; row++)
            if (is_of(&golden.expected, row, &series, predicted->name))
                compare_prediction(&tally, &golden, row, &line, &series, predicted);
    }
    table_free(&fits);
    golden_close(&golden);
    finish(&tally, predicted->name);
}

static double rank_number(const WmTheilSen *line, const WmMannKendall *test, const char *name)
{
    const struct {
        const char *name;
        double value;
    } NUMBERS[] = {
        {"slope", line->slope},
        {"intercept_median_median", line->intercept_median_median},
        {"intercept_median_residual", line->intercept_median_residual},
        {"S", test->s},
        {"Z", test->z},
        {"varS", test->variance},
        {"p_mann_kendall", test->p_value},
        {"tau_b", test->tau_b},
        {"p", test->tau_p_value},
        {"exact", test->is_exact},
    };
    for (size_t i = 0; i < N_ELEMENTS(NUMBERS); i++)
        if (strcmp(NUMBERS[i].name, name) == 0)
            return NUMBERS[i].value;
    fail_msg("no number %s", name);
    return NAN;
}

static void ranks_agree(void **state)
{
    const char *const *model = *state;
    Golden golden;
    golden_open("trend.expected.csv", &golden);
    Tally tally = {0};
    Series series;
    for (size_t first = 0; first < golden.input.n_rows;) {
        first = read_series(&golden.input, first, &series);
        const WmLineReadings readings = readings_of(&series, WM_REGRESSION_THEIL_SEN);
        WmTheilSen line;
        WmMannKendall test;
        assert_int_equal(wm_theil_sen(&readings, golden.scratch, &line), WM_OK);
        assert_int_equal(wm_mann_kendall(&readings, golden.scratch, &test), WM_OK);
        const size_t top = first_row(&golden.expected, &series);
        for (size_t row = top; row < golden.expected.n_rows && row < top + 100; row++) {
            if (!is_of(&golden.expected, row, &series, *model))
                continue;
            const char *name = table_text(&golden.expected, row, "name");
            /* the reference takes one tail as 1 - p, and so knows it to 1e-14 */
            compare(&tally, rank_number(&line, &test, name), table_number(&golden.expected, row, "value"), 1e-8,
                    fmax(1e-14, 1e-13 * (name[0] == 'i' ? series.largest : 0)), series.series, name);
        }
    }
    golden_close(&golden);
    finish(&tally, *model);
}

int main(void)
{
    static const char *const RANKS[] = {"theil_sen", "mann_kendall", "kendall"};
    ADD_TABLE(MODELS, fits_agree);
    ADD_TABLE(PREDICTED, predictions_agree);
    for (size_t i = 0; i < N_ELEMENTS(RANKS); i++)
        add_case(RANKS[i], ranks_agree, &RANKS[i]);
    return run_cases("regression golden");
}
