/* Every model of the filter trend behind a trend: the distributions that a chance and a fan are taken from say what its rows say.
 */
#include <waymark/trend.h>

#include <math.h>
#include <stdio.h>

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

/* ---- series that a month may bring: each is fitted or not, and never an odd number comes out */

typedef double Shape(int i);

static double constant(int i)
{
    (void)i;
    return 7;
}
static double full(int i)
{
    (void)i;
    return 100;
}
static double nought(int i)
{
    (void)i;
    return 0;
}
static double lost(int i)
{
    (void)i;
    return NAN;
}
static double straight(int i)
{
    return 5 + i;
}
static double below_nought(int i)
{
    return -5 - i % 3;
}
static double jagged(int i)
{
    return (i * 37) % 11;
}
static double rare(int i)
{
    return i % 13 == 5;
}
static double gappy(int i)
{
    return i % 5 == 0 ? 20.0 + i : NAN;
}
static double growing(int i)
{
    return exp(i);
}
static double huge(int i)
{
    return 1e300 * (1 + i % 2);
}
static double tiny(int i)
{
    return 1e-300 * (1 + i % 2);
}

typedef struct {
    const char *name;
    Shape *shape;
    double denominator; /* NAN: none; of 0 every reading, of -1 every third has one of 0 */
} Hostile;

static const Hostile HOSTILE[] = {
    {"constant", constant, NAN},
    {"full", full, NAN},
    {"all of all", full, 100},
    {"nought", nought, NAN},
    {"none of ten", nought, 10},
    {"no value", lost, NAN},
    {"a perfect line", straight, NAN},
    {"negative", below_nought, NAN},
    {"jagged", jagged, NAN},
    {"jagged of ten", jagged, 10.25},
    {"rare", rare, NAN},
    {"rare of ten", rare, 10},
    {"gaps", gappy, NAN},
    {"growing", growing, NAN},
    {"huge", huge, NAN},
    {"tiny", tiny, NAN},
    {"of nobody", jagged, 0},
    {"sometimes of nobody", jagged, -1},
};

static void make_hostile(const Hostile *row, WmPeriodKind kind, size_t n, WmReading *out)
{
    for (size_t i = 0; i < n; i++) {
        const double y = row->shape((int)i), denominator = row->denominator == -1 ? (i % 3 ? 12 : 0) : row->denominator;
        out[i] = (WmReading){.period = wm_period_step(wm_period_containing(kind, 10957), (int)i), /* from January 2000 */
                             .state = isnan(y) ? WM_SUPPRESSED : WM_FINAL,
                             .value = denominator > 0 ? 100 * y / denominator : y,
                             .numerator = isnan(denominator) ? NAN
                                          : denominator > 0  ? y
                                                             : 0,
                             .denominator = denominator};
    }
}

static void expect_no_infinity(const char *name, double number)
{
    if (isinf(number))
        fail_msg("%s: an infinity", name);
}

/* Quantiles in order, a level that is a number, and a chance that is one. */
static void expect_numbers(const char *name, const WmTrend *trend, double t)
{
    const WmDistribution y = wm_trend_predict(trend, t);
    const WmMeasure measure = {
        .kind = WM_KIND_RATE, .polarity = WM_POLARITY_HIGHER, .low = NAN, .high = NAN, .tolerance = NAN, .near = NAN};
    if (y.kind == WM_DISTRIBUTION_NONE)
        return;
    const double low = wm_distribution_quantile(&y, 0.1), middle = wm_trend_level(trend, t),
                 high = wm_distribution_quantile(&y, 0.9), chance = wm_distribution_chance(&y, &measure, 60);
    if (!isfinite(low) || !isfinite(middle) || !isfinite(high) || low > high || !(chance >= 0 && chance <= 1))
        fail_msg("%s: %g %g %g, chance %g, kind %d", name, low, middle, high, chance, (int)y.kind);
}

static void expect_rows_of_numbers(const char *name, const WmTrendRow *row)
{
    expect_no_infinity(name, row->mean);
    expect_no_infinity(name, row->sd);
    expect_no_infinity(name, row->lo[0]);
    expect_no_infinity(name, row->hi[0]);
}

static void try_hostile(const WmTrendModel *model, const Hostile *row, const WmForecastGroup *group, size_t n)
{
    static const double LEVELS[] = {80};
    WmReading readings[N];
    WmPrior prior;
    WmTrendScratch scratch = {.forecast = NULL};
    WmTrendAhead kept;
    WmTrend trend;
    WmModel place;
    char name[120];
    snprintf(name, sizeof name, "%s, %s, %zu readings, kind %d, up to %g", model->name, row->name, n, (int)group->period_kind,
             group->high);
    make_hostile(row, group->period_kind, n, readings);
    wm_prior_builtin(group, &prior);
    assert_true(wm_model_parse(model->name, &place));
    wm_trend_fit(readings, n,
                 &(WmTrendOptions){.model = place, .prior = &prior, .models = &scratch, .ahead = &kept, .is_percent = true},
                 &trend);
    for (int step = -1; trend.state == WM_TREND_FITTED && step <= WM_TREND_MAX_AHEAD + 1; step += step < 12 ? 1 : 36)
        expect_numbers(name, &trend, trend.t_last + step * trend.step_months);

    WmTrendRow fitted[N], ahead[AHEAD];
    WmTrendFit fit = {.fitted = fitted, .ahead = ahead};
    const WmTrendAsk ask = {.horizon = AHEAD, .levels = LEVELS, .n_levels = 1, .is_percent = true, .low = NAN, .high = NAN};
    const WmForecastSeries series = {.readings = readings, .n_readings = n};
    assert_int_equal(wm_trend_model_fit(model, &prior, &series, &ask, &scratch, &fit), WM_OK);
    for (int i = 0; !fit.state && i < AHEAD; i++)
        expect_rows_of_numbers(name, &ahead[i]);
    for (size_t i = 0; !fit.state && i < n; i++)
        expect_rows_of_numbers(name, &fitted[i]);
    wm_trend_scratch_clear(&scratch);
    wm_prior_clear(&prior);
}

static void no_series_gives_an_odd_number(void **state)
{
    static const size_t SIZES[] = {2, 3, 4, 26};
    static const WmForecastGroup GROUPS[] = {{.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100},
                                             {.period_kind = WM_PERIOD_MONTH, .low = NAN, .high = NAN},
                                             {.period_kind = WM_PERIOD_MONTH, .low = 0, .high = NAN},
                                             {.period_kind = WM_PERIOD_YEAR, .low = 0, .high = 100},
                                             {.period_kind = WM_PERIOD_DAY, .step_days = 1, .low = NAN, .high = NAN}};
    for (size_t i = 0; i < N_ELEMENTS(HOSTILE); i++)
        for (size_t g = 0; g < N_ELEMENTS(GROUPS); g++)
            for (size_t k = 0; k < N_ELEMENTS(SIZES); k++)
                try_hostile(*state, &HOSTILE[i], &GROUPS[g], SIZES[k]);
}

int main(void)
{
    for (size_t i = WM_MODEL_OLS + 1; wm_trend_model(i); i++) {
        add_case(wm_trend_model(i)->name, rows_and_distributions_agree, wm_trend_model(i));
        add_case(wm_trend_model(i)->name, what_cannot_be_fitted_predicts_nothing, wm_trend_model(i));
        add_case(wm_trend_model(i)->name, no_series_gives_an_odd_number, wm_trend_model(i));
    }
    return run_cases("trend models");
}
