/* Exponential smoothing with a step of the level at a known time: no other step is likelier. */
#include <waymark/smoothing.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

#define N  30
#define AT 18 /* the reading from which on the step is there */

/* By the recursion alone, from the states that the fit began with. */
static double log_likelihood(const WmSmoothing *fit, const double *y, double level, double effect)
{
    const bool is_share = fit->model == WM_SMOOTHING_MNN || fit->model == WM_SMOOTHING_MAN || fit->model == WM_SMOOTHING_MADN;
    const double beta = isnan(fit->beta) ? 0 : fit->beta, phi = isnan(fit->phi) ? 1 : fit->phi;
    double l = level, b = isnan(fit->beta) ? 0 : fit->first[1], sum = 0, logs = 0;
    for (int t = 0; t < N; t++) {
        const double mu = l + phi * b + (t >= AT ? effect : 0), e = y[t] - mu;
        sum += is_share ? e * e / (mu * mu) : e * e;
        logs += is_share ? log(mu) : 0;
        l += phi * b + fit->alpha * e;
        b = phi * b + beta * e;
    }
    return -0.5 * N * log(sum) - logs;
}

static void no_other_step_is_likelier(void **state)
{
    const char *name = *state;
    WmSmoothingModel model;
    assert_true(wm_smoothing_model_parse(name, &model));
    WmSmoothingScratch *scratch = wm_smoothing_scratch_new();
    for (unsigned seed = 1; seed <= 6; seed++) {
        Random random = {seed};
        double y[N], x[N];
        for (int t = 0; t < N; t++) {
            x[t] = t >= AT;
            y[t] = 40 + 0.2 * t + 3 * random_normal(&random) + 9 * x[t];
        }
        WmSmoothing found, plain;
        const WmSmoothingReadings readings = {.n = N, .y = y, .n_regressors = 1, .x = x};
        assert_int_equal(wm_smoothing_fit(model, &readings, NULL, scratch, &found), WM_OK);
        assert_int_equal(found.state, WM_SMOOTHING_FITTED);
        assert_int_equal(wm_smoothing_fit(model, &(WmSmoothingReadings){.n = N, .y = y}, NULL, scratch, &plain), WM_OK);
        assert_int_equal(found.n_parameters, plain.n_parameters + 1);
        assert_true(found.log_likelihood > plain.log_likelihood - 1e-6);

        const double effect = found.last[found.n_states - 1], level = found.first[0];
        const double top = log_likelihood(&found, y, level, effect);
        assert_near(top, found.log_likelihood, 1e-6);
        for (double by = 0.01; by < 3; by *= 4) {
            assert_true(log_likelihood(&found, y, level, effect + by) < top + 1e-6);
            assert_true(log_likelihood(&found, y, level, effect - by) < top + 1e-6);
            assert_true(log_likelihood(&found, y, level + by, effect - by) < top + 1e-6);
        }
        const double one = 1;
        WmSmoothingPrediction past[N];
        assert_int_equal(wm_smoothing_fitted(&found, &readings, NULL, scratch, past), WM_OK);
        assert_near(wm_smoothing_predict(&found, 1, &one).mean - wm_smoothing_predict(&found, 1, NULL).mean, effect, 1e-9);
        double sum = 0, logs = 0;
        for (int t = 0; t < N; t++) {
            const double share = past[t].sd / found.sigma;
            sum += pow((y[t] - past[t].mean) / share, 2);
            logs += log(share);
        }
        assert_near(-0.5 * N * log(sum) - logs, found.log_likelihood, 1e-6);
    }
    wm_smoothing_scratch_free(scratch);
}

int main(void)
{
    static const char *const MODELS[] = {"ann", "aan", "aadn", "mnn", "man", "madn"};
    for (size_t i = 0; i < N_ELEMENTS(MODELS); i++)
        add_case(MODELS[i], no_other_step_is_likelier, MODELS[i]);
    return run_cases("smoothing steps");
}
