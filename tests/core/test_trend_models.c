/* Every model of the filter trend behind a trend: the distributions that a chance and a fan are taken from say what its rows say.
 */
#include <waymark/trend.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "engine/core/answers/trend_model.h"

#define N     40
#define AHEAD 36

/* A share of cases that rises slowly, with a season and a gap; by its counts, or by its value alone. */
static void make_series(bool has_counts, WmReading *out)
{
    Random random = {31};
    for (int i = 0; i < N; i++) {
        const double cases = 80 + random_between(&random, 0, 40),
                     share = 0.45 + 0.003 * i + 0.03 * sin(i * 0.5235987755982988) + 0.02 * random_normal(&random);
        const double met = round(cases * share);
        out[i] = (WmReading){.period = wm_period_step(wm_period_containing(WM_PERIOD_MONTH, 16000), i),
                             .state = WM_FINAL,
                             .value = 100 * met / cases,
                             .numerator = has_counts ? met : NAN,
                             .denominator = has_counts ? cases : NAN};
    }
    out[17].state = out[N - 1].state = WM_SUPPRESSED;
    out[17].value = out[N - 1].value = NAN;
}

static void rows_and_distributions_agree(void **state)
{
    const WmTrendModel *model = *state;
    static const double LEVELS[] = {80, 95};
    for (int has_counts = 0; has_counts < 2; has_counts++) {
        WmReading readings[N];
        make_series(has_counts, readings);
        const WmForecastGroup group = {.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100};
        WmPrior prior;
        wm_prior_builtin(&group, &prior);
        WmTrendScratch scratch = {.forecast = NULL};
        WmTrendAhead kept;
        WmTrend trend;
        WmModel place;
        assert_true(wm_model_parse(model->name, &place));
        assert_string_equal(wm_model_name(place), model->name);
        wm_trend_fit(readings, N,
                     &(WmTrendOptions){.model = place, .prior = &prior, .models = &scratch, .ahead = &kept, .is_percent = true},
                     &trend);
        assert_int_equal(trend.state, WM_TREND_FITTED);
        assert_false(wm_trend_is_line(&trend));
        assert_near(trend.t_last, wm_reading_months(&readings[N - 2]), 1e-12); /* the last one has no value */

        WmTrendRow fitted[N], ahead[AHEAD];
        WmTrendFit fit = {.fitted = fitted, .ahead = ahead};
        const WmTrendAsk ask = {.horizon = AHEAD, .levels = LEVELS, .n_levels = 2, .is_percent = true, .low = NAN, .high = NAN};
        assert_int_equal(
            wm_trend_model_fit(model, &prior, &(WmForecastSeries){.readings = readings, .n_readings = N - 1}, &ask, &scratch, &fit),
            WM_OK);
        for (int step = 1; step <= AHEAD; step++) {
            const WmDistribution y = wm_trend_predict(&trend, trend.t_last + step);
            assert_close(wm_distribution_quantile(&y, 0.1), ahead[step - 1].lo[0], 1e-6);
            assert_close(wm_distribution_quantile(&y, 0.975), ahead[step - 1].hi[1], 1e-6);
        }
        const WmDistribution before = wm_trend_predict(&trend, trend.t_last),
                             beyond = wm_trend_predict(&trend, trend.t_last + WM_TREND_MAX_AHEAD + 1);
        assert_int_equal(before.kind, WM_DISTRIBUTION_NONE);
        assert_int_equal(beyond.kind, WM_DISTRIBUTION_NONE);
        wm_trend_scratch_clear(&scratch);
        wm_prior_clear(&prior);
    }
}

/* Too few readings, or none: no trend, and nothing is predicted. */
static void what_cannot_be_fitted_predicts_nothing(void **state)
{
    const WmTrendModel *model = *state;
    WmReading readings[N];
    make_series(true, readings);
    const WmForecastGroup group = {.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100};
    WmPrior prior;
    wm_prior_builtin(&group, &prior);
    WmTrendScratch scratch = {.forecast = NULL};
    WmModel place;
    assert_true(wm_model_parse(model->name, &place));
    for (size_t n = 0; n < 3; n++) {
        WmTrendAhead kept;
        WmTrend trend;
        wm_trend_fit(readings, n,
                     &(WmTrendOptions){.model = place, .prior = &prior, .models = &scratch, .ahead = &kept, .is_percent = true},
                     &trend);
        assert_int_equal(trend.state, WM_TREND_TOO_FEW);
        const WmDistribution y = wm_trend_predict(&trend, 16000 / 30.4);
        assert_int_equal(y.kind, WM_DISTRIBUTION_NONE);
    }
    wm_trend_scratch_clear(&scratch);
    wm_prior_clear(&prior);
}

int main(void)
{
    for (size_t i = WM_MODEL_OLS + 1; wm_trend_model(i); i++) {
        add_case(wm_trend_model(i)->name, rows_and_distributions_agree, wm_trend_model(i));
        add_case(wm_trend_model(i)->name, what_cannot_be_fitted_predicts_nothing, wm_trend_model(i));
    }
    return run_cases("trend models");
}
