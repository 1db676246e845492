/* Exponential smoothing against R's forecast::ets: for the same model, a likelihood at least as high, less 0.01, on 99% of series.
 */
#include <waymark/smoothing.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_golden.h"

#define MAX_ROWS        128
#define SHORTFALL       0.01
#define SHARE_OF_SERIES 0.99

static const struct {
    const char *method;
    WmSmoothingModel model;
} METHODS[] = {
    {"ETS(A,N,N)", WM_SMOOTHING_ANN}, {"ETS(A,A,N)", WM_SMOOTHING_AAN}, {"ETS(A,Ad,N)", WM_SMOOTHING_AADN},
    {"ETS(M,N,N)", WM_SMOOTHING_MNN}, {"ETS(M,A,N)", WM_SMOOTHING_MAN}, {"ETS(M,Ad,N)", WM_SMOOTHING_MADN},
};

static WmSmoothingModel model_of(const char *method)
{
    for (size_t i = 0; i < N_ELEMENTS(METHODS); i++)
        if (strcmp(METHODS[i].method, method) == 0)
            return METHODS[i].model;
    fail_msg("no model %s", method);
    return WM_SMOOTHING_ANN;
}

/* The training values of a series. */
static size_t read_training(const Table *input, const char *series, size_t *from, double *y)
{
    size_t n = 0;
    for (size_t i = 0; i < input->n_rows; i++) {
        const size_t row = (*from + i) % input->n_rows;
        const bool is_of = strcmp(table_text(input, row, "series_id"), series) == 0;
        if (is_of && strcmp(table_text(input, row, "part"), "train") == 0)
            y[n++] = table_number(input, row, "value");
        if (n > 0 && !is_of) {
            *from = row;
            return n;
        }
        assert_true(n <= MAX_ROWS);
    }
    return n;
}

typedef struct {
    size_t n, n_short;
    double worst;
} Tally;

static double expected_number(const Table *expected, size_t row, const char *name)
{
    for (size_t i = row; i < expected->n_rows && i < row + 10; i++)
        if (strcmp(table_text(expected, i, "name"), name) == 0)
            return table_number(expected, i, "value");
    return NAN;
}

static void likelihoods_reach_those_of_r(void **state)
{
    const char *const *peer = *state;
    Table input, expected;
    golden_read("forecast.input.csv", &input);
    golden_read("forecast_params.expected.csv", &expected);
    WmSmoothingScratch *scratch = wm_smoothing_scratch_new();
    Tally tally = {0};
    size_t from = 0, n_evaluations = 0;
    for (size_t row = 0; row < expected.n_rows; row++) {
        if (strcmp(table_text(&expected, row, "peer"), *peer) != 0 || strcmp(table_text(&expected, row, "name"), "loglik") != 0)
            continue;
        double y[MAX_ROWS + 1];
        const char *series = table_text(&expected, row, "series_id");
        const WmSmoothingReadings readings = {.n = read_training(&input, series, &from, y), .y = y};
        WmSmoothing fit;
        const WmSmoothingModel model = model_of(table_text(&expected, row, "method"));
        assert_int_equal(wm_smoothing_fit(model, &readings, NULL, scratch, &fit), WM_OK);
        const double theirs = table_number(&expected, row, "value");
        const double short_of = fit.state == WM_SMOOTHING_PERFECT ? 0 : theirs - fit.log_likelihood;
        tally.n++;
        n_evaluations += (size_t)fit.n_evaluations;
        if (!(short_of <= SHORTFALL) && tally.n_short++ < 8)
            print_message("%s %s: %.6f, R reaches %.6f\n", series, wm_smoothing_model_name(model), fit.log_likelihood, theirs);
        tally.worst = fmax(tally.worst, short_of);
        if (fabs(short_of) < 1e-4) { /* the same optimum: then AICc and variance are the same too */
            assert_near(fit.aicc, expected_number(&expected, row, "aicc"), 1e-3);
            assert_close(fit.sigma * fit.sigma, expected_number(&expected, row, "sigma2"), 1e-2);
        }
    }
    print_message("%s: %zu of %zu series reach the likelihood; worst shortfall %.4f; %.0f evaluations each\n", *peer,
                  tally.n - tally.n_short, tally.n, tally.worst, (double)n_evaluations / (double)tally.n);
    wm_smoothing_scratch_free(scratch);
    table_free(&input);
    table_free(&expected);
    assert_true(tally.n >= 200);
    assert_true((double)(tally.n - tally.n_short) >= SHARE_OF_SERIES * (double)tally.n);
}

int main(void)
{
    static const char *const PEERS[] = {"ets_ANN", "ets_AAdN", "ets_auto"};
    for (size_t i = 0; i < N_ELEMENTS(PEERS); i++)
        add_case(PEERS[i], likelihoods_reach_those_of_r, &PEERS[i]);
    return run_cases("smoothing golden");
}
