/* Smoothing: closed forms, laws, gaps, and series that cannot be smoothed. */
#include <waymark/smoothing.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

#define N 36

typedef struct {
    const char *name;
    WmSmoothingModel model;
    size_t period; /* 0 for no season */
    WmSmoothingSeason season;
} Model;

static const Model MODELS[] = {
    {"ann", WM_SMOOTHING_ANN, 0, WM_SEASON_NONE},
    {"aan", WM_SMOOTHING_AAN, 0, WM_SEASON_NONE},
    {"aadn", WM_SMOOTHING_AADN, 0, WM_SEASON_NONE},
    {"ana, quarters", WM_SMOOTHING_ANA, 4, WM_SEASON_NONE},
    {"aaa, quarters", WM_SMOOTHING_AAA, 4, WM_SEASON_NONE},
    {"aada, quarters", WM_SMOOTHING_AADA, 4, WM_SEASON_NONE},
    {"mnn", WM_SMOOTHING_MNN, 0, WM_SEASON_NONE},
    {"man", WM_SMOOTHING_MAN, 0, WM_SEASON_NONE},
    {"madn", WM_SMOOTHING_MADN, 0, WM_SEASON_NONE},
    {"level", WM_SMOOTHING_LEVEL, 0, WM_SEASON_NONE},
    {"llt", WM_SMOOTHING_LLT, 0, WM_SEASON_NONE},
    {"level, dummies", WM_SMOOTHING_LEVEL, 4, WM_SEASON_DUMMIES},
    {"llt, dummies", WM_SMOOTHING_LLT, 4, WM_SEASON_DUMMIES},
    {"level, harmonics", WM_SMOOTHING_LEVEL, 12, WM_SEASON_HARMONICS},
};

/* A level that drifts, with quarters. */
static void make_series(uint64_t seed, double *y, size_t n)
{
    static const double QUARTER[] = {3, -1, -4, 2};
    Random random = {seed};
    double level = 100;
    for (size_t i = 0; i < n; i++) {
        level += 0.5 + 0.8 * random_normal(&random);
        y[i] = level + QUARTER[i % 4] + 2 * random_normal(&random);
    }
}

static WmSmoothing fit_with(const Model *model, const WmSmoothingReadings *readings)
{
    const WmSmoothingOptions options = {.period = model->period, .season = model->season};
    WmSmoothingScratch *scratch = wm_smoothing_scratch_new();
    WmSmoothing fit;
    assert_int_equal(wm_smoothing_fit(model->model, readings, &options, scratch, &fit), WM_OK);
    wm_smoothing_scratch_free(scratch);
    return fit;
}

static WmSmoothing fit_values(const Model *model, const double *y, size_t n)
{
    return fit_with(model, &(WmSmoothingReadings){.n = n, .y = y});
}

static void scale_goes_through(void **state)
{
    const Model *model = *state;
    double y[N], scaled[N];
    make_series(1, y, N);
    for (size_t i = 0; i < N; i++)
        scaled[i] = 1000 * y[i];
    const WmSmoothing a = fit_values(model, y, N), b = fit_values(model, scaled, N);
    assert_int_equal(a.state, WM_SMOOTHING_FITTED);
    for (int h = 1; h <= 6; h++) {
        const WmSmoothingPrediction p = wm_smoothing_predict(&a, h, NULL), q = wm_smoothing_predict(&b, h, NULL);
        assert_close(q.mean, 1000 * p.mean, 1e-4);
        assert_close(q.sd, 1000 * p.sd, 1e-3);
    }
}

static void intervals_hold_the_mean_and_widen(void **state)
{
    const Model *model = *state;
    double y[N];
    make_series(2, y, N);
    const WmSmoothing fit = fit_values(model, y, N);
    double before = 0;
    for (int h = 1; h <= 12; h++) {
        const WmSmoothingPrediction p = wm_smoothing_predict(&fit, h, NULL);
        double low, high;
        wm_smoothing_interval(&p, 0.8, &low, &high);
        assert_true(isfinite(p.mean) && p.sd > 0 && low < p.mean && p.mean < high);
        if (!model->period)
            assert_true(p.sd >= before * (1 - 1e-9) || model->model == WM_SMOOTHING_MNN);
        before = p.sd;
    }
}

static void a_gap_is_bridged(void **state)
{
    const Model *model = *state;
    double y[N];
    make_series(3, y, N);
    const WmSmoothing whole = fit_values(model, y, N);
    y[10] = y[11] = NAN;
    y[20] = INFINITY;
    const WmSmoothing gapped = fit_values(model, y, N);
    assert_int_equal(gapped.state, WM_SMOOTHING_FITTED);
    assert_int_equal(gapped.n_readings, N - 3);
    const WmSmoothingPrediction p = wm_smoothing_predict(&whole, 1, NULL), q = wm_smoothing_predict(&gapped, 1, NULL);
    assert_near(q.mean, p.mean, 2 * p.sd);
}

/* One step before: squared errors, each in its own sd, sum to the degrees of freedom, and the row after the last is the forecast.
 */
static void what_was_fitted_leaves_the_errors_that_were_counted(void **state)
{
    const Model *model = *state;
    const WmSmoothingOptions options = {.period = model->period, .season = model->season};
    WmSmoothingScratch *scratch = wm_smoothing_scratch_new();
    WmSmoothingPrediction past[N + 1];
    double y[N + 1], sum = 0;
    make_series(5, y, N);
    y[7] = y[N] = NAN;
    const WmSmoothing fit = fit_values(model, y, N);
    const WmSmoothingReadings readings = {.n = N + 1, .y = y};
    assert_int_equal(wm_smoothing_fitted(&fit, &readings, &options, scratch, past), WM_OK);
    for (size_t i = 0; i < N; i++)
        sum += isnan(y[i]) ? 0 : pow((y[i] - past[i].mean) / past[i].sd, 2);
    assert_close(sum, fit.df, 1e-6);
    const WmSmoothingPrediction next = wm_smoothing_predict(&fit, 1, NULL);
    assert_close(past[N].mean, next.mean, 1e-9);
    wm_smoothing_scratch_free(scratch);
}

static void a_constant_series_is_met(void **state)
{
    const Model *model = *state;
    double y[N];
    for (size_t i = 0; i < N; i++)
        y[i] = 97.3;
    const WmSmoothing fit = fit_values(model, y, N);
    assert_int_equal(fit.state, WM_SMOOTHING_PERFECT);
    assert_true(isnan(fit.log_likelihood));
    const WmSmoothingPrediction p = wm_smoothing_predict(&fit, 5, NULL);
    assert_near(p.mean, 97.3, 1e-8);
    assert_near(p.sd, 0, 1e-12);
}

static void few_readings_are_said(void **state)
{
    const Model *model = *state;
    const double y[] = {1, 2};
    for (size_t n = 0; n <= 2; n++) {
        const WmSmoothing fit = fit_values(model, y, n);
        assert_int_equal(fit.state, WM_SMOOTHING_TOO_FEW);
        assert_true(isnan(wm_smoothing_predict(&fit, 1, NULL).mean));
    }
}

/* The diffuse likelihood of a local level straight from its covariance, Omega = v0 I + v1 min(i, j): log|Omega| + log|1'Omega^-1 1|
 * and the generalised residual sum, by Gaussian elimination. */
static double likelihood_from_covariance(const double *y, size_t n, double v0, double v1)
{
    double a[N][N + 2];
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            a[i][j] = v1 * (double)(1 + (i < j ? i : j)) + (i == j ? v0 : 0);
        a[i][n] = y[i];
        a[i][n + 1] = 1;
    }
    double log_det = 0, yy = 0, y1 = 0, ones = 0;
    for (size_t i = 0; i < n; i++) {
        log_det += log(a[i][i]);
        yy += a[i][n] * a[i][n] / a[i][i];
        y1 += a[i][n] * a[i][n + 1] / a[i][i];
        ones += a[i][n + 1] * a[i][n + 1] / a[i][i];
        for (size_t k = i + 1; k < n; k++) {
            const double f = a[k][i] / a[i][i];
            for (size_t j = i; j < n + 2; j++)
                a[k][j] -= f * a[i][j];
        }
    }
    const double rss = yy - y1 * y1 / ones;
    return -0.5 * ((double)n * log(2 * 3.14159265358979323846) + log_det + log(ones) + rss);
}

static void the_filter_has_the_likelihood_of_the_covariance(void **state)
{
    (void)state;
    double y[N];
    make_series(4, y, N);
    const Model level = {.model = WM_SMOOTHING_LEVEL};
    const WmSmoothing fit = fit_values(&level, y, N);
    assert_close(fit.log_likelihood, likelihood_from_covariance(y, N, fit.variance[0], fit.variance[1]), 1e-9);
    for (double by = 0.9; by < 1.2; by += 0.2) { /* and it is the highest */
        assert_true(likelihood_from_covariance(y, N, by * fit.variance[0], fit.variance[1]) < fit.log_likelihood);
        assert_true(likelihood_from_covariance(y, N, fit.variance[0], by * fit.variance[1]) < fit.log_likelihood);
    }
}

/* A level that does not move, with a step: the filter's regression is ordinary least squares on two groups. */
static void an_intervention_is_the_difference_of_means(void **state)
{
    (void)state;
    double y[N], x[N];
    for (size_t i = 0; i < N; i++) {
        y[i] = (i % 2 ? 1 : -1) + (i < 20 ? 50 : 57); /* so that the likelihood wants no movement */
        x[i] = i >= 20;
    }
    const Model level = {.model = WM_SMOOTHING_LEVEL};
    const WmSmoothing fit = fit_with(&level, &(WmSmoothingReadings){.n = N, .y = y, .n_regressors = 1, .x = x});
    assert_int_equal(fit.n_states, 2);
    assert_near(fit.last[1], 7, 1e-3); /* as near 0 as the search takes the movement */
    const double one = 1;
    assert_near(wm_smoothing_predict(&fit, 3, &one).mean, 57, 1e-3);
    assert_near(wm_smoothing_predict(&fit, 3, NULL).mean, 50, 1e-3);
    for (size_t i = 0; i < N; i++)
        x[i] = 1; /* cannot be told from the level */
    const WmSmoothing same = fit_with(&level, &(WmSmoothingReadings){.n = N, .y = y, .n_regressors = 1, .x = x});
    assert_int_equal(same.state, WM_SMOOTHING_SINGULAR);
}

static void times_left_out_are_gaps(void **state)
{
    (void)state;
    double y[N], kept[N], t[N];
    make_series(5, y, N);
    size_t n = 0;
    for (size_t i = 0; i < N; i++) {
        if (i % 5 == 3)
            y[i] = NAN;
        else
            t[n] = (double)i, kept[n++] = y[i];
    }
    static const Model STRUCTURAL[] = {{.model = WM_SMOOTHING_LEVEL},
                                       {.model = WM_SMOOTHING_LLT},
                                       {.model = WM_SMOOTHING_LLT, .period = 4, .season = WM_SEASON_DUMMIES}};
    for (size_t k = 0; k < N_ELEMENTS(STRUCTURAL); k++) {
        const WmSmoothing a = fit_values(&STRUCTURAL[k], y, N);
        const WmSmoothing b = fit_with(&STRUCTURAL[k], &(WmSmoothingReadings){.n = n, .y = kept, .t = t});
        assert_close(b.log_likelihood, a.log_likelihood, 1e-9);
        assert_close(wm_smoothing_predict(&b, 2, NULL).mean, wm_smoothing_predict(&a, 2, NULL).mean, 1e-6);
    }
    for (size_t i = 0; i < n; i++)
        t[i] = 0.7 * t[i]; /* times that are not whole */
    const WmSmoothing between = fit_with(&STRUCTURAL[1], &(WmSmoothingReadings){.n = n, .y = kept, .t = t});
    assert_int_equal(between.state, WM_SMOOTHING_FITTED);
    const WmSmoothing dummies = fit_with(&STRUCTURAL[2], &(WmSmoothingReadings){.n = n, .y = kept, .t = t});
    assert_int_equal(dummies.state, WM_SMOOTHING_UNSUITABLE);
}

typedef struct {
    const char *name;
    WmSmoothingModel model;
    WmSmoothingOptions options;
    double y[8];
    WmSmoothingState state;
} Degenerate;

static const Degenerate DEGENERATE[] = {
    {"a season without a period", WM_SMOOTHING_ANA, {.period = 0}, {1, 2, 3, 2, 1, 4, 2, 3}, WM_SMOOTHING_UNSUITABLE},
    {"a period too long", WM_SMOOTHING_ANA, {.period = 52}, {1, 2, 3, 2, 1, 4, 2, 3}, WM_SMOOTHING_UNSUITABLE},
    {"dummies without a period",
     WM_SMOOTHING_LLT,
     {.season = WM_SEASON_DUMMIES},
     {1, 2, 3, 2, 1, 4, 2, 3},
     WM_SMOOTHING_UNSUITABLE},
    {"a share of nothing", WM_SMOOTHING_MNN, {.period = 0}, {1, 2, 0, 2, 1, 4, 2, 3}, WM_SMOOTHING_OUT_OF_RANGE},
    {"numbers too large to square", WM_SMOOTHING_ANN, {.period = 0}, {1e200, 2, 1e300, 2, 1, 4, 2, 3}, WM_SMOOTHING_OUT_OF_RANGE},
    {"too large for the filter", WM_SMOOTHING_LEVEL, {.period = 0}, {1e200, 2, 1e300, 2, 1, 4, 2, 3}, WM_SMOOTHING_OUT_OF_RANGE},
    {"a year of seasons in eight", WM_SMOOTHING_AAA, {.period = 12}, {1, 2, 3, 2, 1, 4, 2, 3}, WM_SMOOTHING_TOO_FEW},
};

static void what_cannot_be_smoothed_is_said(void **state)
{
    const Degenerate *row = *state;
    WmSmoothingScratch *scratch = wm_smoothing_scratch_new();
    WmSmoothing fit;
    assert_int_equal(wm_smoothing_fit(row->model, &(WmSmoothingReadings){.n = 8, .y = row->y}, &row->options, scratch, &fit),
                     WM_OK);
    assert_string_equal(wm_smoothing_state_name(fit.state), wm_smoothing_state_name(row->state));
    assert_true(isnan(wm_smoothing_predict(&fit, 1, NULL).mean));
    wm_smoothing_scratch_free(scratch);
}

/* A straight line in little noise wants a slope; noise about a level does not. */
static void the_choice_follows_the_series(void **state)
{
    (void)state;
    static const WmSmoothingModel CANDIDATES[] = {WM_SMOOTHING_ANN, WM_SMOOTHING_AAN, WM_SMOOTHING_AADN};
    Random random = {6};
    double rising[N], flat[N];
    for (size_t i = 0; i < N; i++) {
        rising[i] = 3 * (double)i + random_normal(&random);
        flat[i] = 50 + random_normal(&random);
    }
    WmSmoothingScratch *scratch = wm_smoothing_scratch_new();
    WmSmoothing fit;
    wm_smoothing_select(CANDIDATES, 3, &(WmSmoothingReadings){.n = N, .y = rising}, NULL, scratch, &fit);
    assert_int_equal(fit.model, WM_SMOOTHING_AAN);
    assert_near(wm_smoothing_predict(&fit, 4, NULL).mean, 3 * (N + 3), 2);
    wm_smoothing_select(CANDIDATES, 3, &(WmSmoothingReadings){.n = N, .y = flat}, NULL, scratch, &fit);
    assert_int_equal(fit.model, WM_SMOOTHING_ANN);
    wm_smoothing_scratch_free(scratch);
}

/* With alpha for all, l_n = l_0 + alpha sum e: the variance h steps on is sigma^2 (1 + (h - 1) alpha^2), Hyndman et al., table 6.1.
 */
static void simple_smoothing_widens_by_alpha(void **state)
{
    (void)state;
    double y[N];
    make_series(7, y, N);
    const Model simple = {.model = WM_SMOOTHING_ANN};
    const WmSmoothing fit = fit_values(&simple, y, N);
    for (int h = 1; h < 9; h++)
        assert_close(wm_smoothing_predict(&fit, h, NULL).sd, fit.sigma * sqrt(1 + (h - 1) * fit.alpha * fit.alpha), 1e-12);
}

int main(void)
{
    ADD_TABLE(MODELS, scale_goes_through);
    ADD_TABLE(MODELS, intervals_hold_the_mean_and_widen);
    ADD_TABLE(MODELS, a_gap_is_bridged);
    ADD_TABLE(MODELS, what_was_fitted_leaves_the_errors_that_were_counted);
    ADD_TABLE(MODELS, a_constant_series_is_met);
    ADD_TABLE(MODELS, few_readings_are_said);
    ADD_TABLE(DEGENERATE, what_cannot_be_smoothed_is_said);
    ADD(the_filter_has_the_likelihood_of_the_covariance);
    ADD(an_intervention_is_the_difference_of_means);
    ADD(times_left_out_are_gaps);
    ADD(the_choice_follows_the_series);
    ADD(simple_smoothing_widens_by_alpha);
    return run_cases("smoothing");
}
