/* The pooled model by its laws: bounds, order of quantiles, the edges of data, and what follows in time. */
#include <waymark/forecast.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_forecast.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

typedef struct {
    const char *name;
    WmPeriodKind kind;
    double low, high;
    bool is_whole, has_denominator;
} KindCase;

static const KindCase KINDS[] = {
    {"monthly percent", WM_PERIOD_MONTH, 0, 100, false, false},
    {"monthly share of a denominator", WM_PERIOD_MONTH, 0, 1, false, true},
    {"monthly count", WM_PERIOD_MONTH, 0, NAN, true, false},
    {"monthly weeks", WM_PERIOD_MONTH, 0, NAN, false, false},
    {"monthly score", WM_PERIOD_MONTH, NAN, NAN, false, false},
    {"only an upper bound", WM_PERIOD_MONTH, NAN, 10, false, false},
    {"quarterly percent", WM_PERIOD_QUARTER, 0, 100, false, false},
    {"termly percent", WM_PERIOD_TERM, 0, 100, false, false},
    {"half-yearly count", WM_PERIOD_HALF, 0, NAN, true, false},
    {"yearly percent", WM_PERIOD_ACADEMIC_YEAR, 0, 100, false, false},
    {"yearly share of a denominator", WM_PERIOD_YEAR, 0, 1, false, true},
};

/* Within the bounds of the case: gaps, missing values, all at an end, constant, wild. */
static void make_batch(Random *random, const KindCase *row, ForecastCase *out)
{
    *out = (ForecastCase){.group = {.period_kind = row->kind, .low = row->low, .high = row->high}};
    out->n = (size_t)random_between(random, 1, FORECAST_MAX_SERIES);
    const double span = isnan(row->low) || isnan(row->high) ? 40 : row->high - row->low,
                 base = isnan(row->low) ? row->high - span : row->low;
    for (size_t i = 0; i < out->n; i++) {
        const int n = random_between(random, 0, FORECAST_MAX_LENGTH), style = random_between(random, 0, 5);
        const double level = random_uniform(random), noise = style == 0 ? 0 : style == 1 ? 3 : 0.1;
        int step = random_between(random, 0, 20);
        for (int k = 0; k < n; k++) {
            double share = style == 2 ? 0 : style == 3 ? 1 : level + noise * random_normal(random);
            share = fmin(fmax(share, 0), 1);
            const double den = random_between(random, 0, 30);
            double value = (isnan(base) ? -20 : base) + share * span;
            WmReading one = forecast_reading(row->kind, step, row->is_whole ? floor(value) : value);
            if (row->has_denominator) {
                one.denominator = den;
                one.numerator = floor(share * den);
                one.value = den > 0 ? one.numerator / den : NAN;
            }
            if (random_uniform(random) < 0.05)
                one.value = NAN;
            step += random_uniform(random) < 0.1 ? random_between(random, 2, 7) : 1;
            out->readings[i][k] = one;
        }
        out->series[i] = (WmForecastSeries){.readings = out->readings[i], .n_readings = (size_t)n};
    }
    forecast_learn(out);
}

static void a_forecast_keeps_its_bounds_and_its_quantiles_in_order(void **state)
{
    const KindCase *row = *state;
    Random random = {71};
    static ForecastCase batch;
    for (int round = 0; round < 40; round++) {
        make_batch(&random, row, &batch);
        for (size_t i = 0; i < batch.n; i++) {
            const WmForecast forecast = forecast_fit(&batch, i);
            for (int h = 1; h < 200 && forecast.state == WM_FORECAST_FITTED; h += 1 + h / 2) {
                double q[FORECAST_N_SHARES], sd;
                const WmDistribution y = wm_forecast_at(&batch.prior, &forecast, h);
                const double mean = wm_distribution_describe(&y, FORECAST_SHARES, FORECAST_N_SHARES, q, &sd);
                assert_true(isfinite(mean) && isfinite(sd) && sd >= 0);
                for (size_t k = 0; k < FORECAST_N_SHARES; k++) {
                    assert_true(isfinite(q[k]) && !(q[k] < row->low) && !(q[k] > row->high));
                    assert_true(k == 0 || q[k] >= q[k - 1]);
                    const double cdf = wm_distribution_cdf(&y, q[k]);
                    assert_true(cdf >= FORECAST_SHARES[k] - 1e-7 && cdf <= 1);
                }
            }
        }
        forecast_free(&batch);
    }
}

static void three_readings_are_enough_and_two_are_not(void **state)
{
    const KindCase *row = *state;
    for (size_t n = 0; n <= 4; n++) {
        ForecastCase batch = {.group = {.period_kind = row->kind, .low = row->low, .high = row->high}, .n = 1};
        for (size_t k = 0; k < n; k++)
            batch.readings[0][k] = forecast_reading(row->kind, (int)k, row->high > 1 || isnan(row->high) ? 3 + (double)k : 0.5);
        batch.series[0] = (WmForecastSeries){.readings = batch.readings[0], .n_readings = n};
        forecast_learn(&batch);
        const WmForecast forecast = forecast_fit(&batch, 0);
        const WmDistribution y = wm_forecast_at(&batch.prior, &forecast, 1);
        assert_int_equal(forecast.state, n < 3 ? WM_FORECAST_TOO_FEW : WM_FORECAST_FITTED);
        assert_int_equal(y.kind, n < 3 ? WM_DISTRIBUTION_NONE : WM_DISTRIBUTION_MIXTURE);
        assert_int_equal(wm_forecast_is_mostly_prior(&forecast), n >= 3);
        forecast_free(&batch);
    }
}

static void ends_of_the_scale_have_a_chance_of_their_own(void **state)
{
    (void)state;
    ForecastCase batch = {.group = {.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100}, .n = 1};
    for (int k = 0; k < 8; k++)
        batch.readings[0][k] = forecast_reading(WM_PERIOD_MONTH, k, 100);
    batch.series[0] = (WmForecastSeries){.readings = batch.readings[0], .n_readings = 8};
    forecast_learn(&batch);
    const WmForecast forecast = forecast_fit(&batch, 0);
    const WmDistribution y = wm_forecast_at(&batch.prior, &forecast, 1);
    WmMeasure measure = percent_measure();
    assert_near(wm_distribution_chance(&y, &measure, 100), 0.687, 0.001); /* 8 months of 100% do not make the ninth certain */
    assert_near(wm_distribution_chance(&y, &measure, 0), 1, 0);
    assert_near(wm_distribution_chance(&y, &measure, 100.1), 0, 0);
    assert_near(wm_distribution_cdf(&y, 100), 1, 0);
    assert_near(wm_distribution_cdf(&y, -0.001), 0, 0);
    measure.polarity = WM_POLARITY_LOWER;
    assert_near(wm_distribution_chance(&y, &measure, 100), 1, 0);
    measure.polarity = WM_POLARITY_PLAN;
    assert_true(wm_distribution_chance(&y, &measure, 100) > 0.8);
    forecast_free(&batch);
}

static void a_reading_that_cannot_be_is_passed_over(void **state)
{
    (void)state;
    ForecastCase clean, dirty;
    forecast_plain(&clean, 1, 0, 0, 0, 100);
    forecast_plain(&dirty, 1, 0, 0, 0, 100);
    const double values[] = {900, -1, NAN, INFINITY};
    for (size_t k = 0; k < N_ELEMENTS(values); k++)
        dirty.readings[0][30 + k] = forecast_reading(WM_PERIOD_MONTH, 30 + (int)k, values[k]);
    dirty.readings[0][34] = forecast_reading(WM_PERIOD_MONTH, 34, 50);
    dirty.readings[0][34].denominator = 0;
    dirty.readings[0][35] = forecast_reading(WM_PERIOD_MONTH, 35, 50);
    dirty.readings[0][35].state = WM_SUPPRESSED;
    dirty.series[0].n_readings = 36;
    forecast_learn(&clean);
    forecast_learn(&dirty);
    forecast_compare(&clean, &dirty, 1, 0, 0);
    forecast_free(&clean);
    forecast_free(&dirty);
}

static void farther_is_less_certain(void **state)
{
    (void)state;
    ForecastCase batch;
    forecast_plain(&batch, 1, 0, 0, NAN, NAN);
    forecast_learn(&batch);
    const WmForecast forecast = forecast_fit(&batch, 1);
    double before = 0;
    for (int h = 1; h <= 120; h++) {
        const WmDistribution y = wm_forecast_at(&batch.prior, &forecast, h);
        const double width = wm_distribution_quantile(&y, 0.9) - wm_distribution_quantile(&y, 0.1);
        assert_true(h % 12 != 1 || width > before);
        before = h % 12 == 1 ? width : before;
    }
    forecast_free(&batch);
}

static void looking_back_stays_near_what_was_read(void **state)
{
    (void)state;
    ForecastCase batch;
    WmDistribution past[30];
    forecast_plain(&batch, 1, 0, 0, 0, 100);
    forecast_learn(&batch);
    WmForecast forecast;
    wm_forecast_fit_back(&batch.prior, &batch.series[0], batch.scratch, &forecast, past);
    const WmForecast plain = forecast_fit(&batch, 0);
    assert_memory_equal(&plain.parts, &forecast.parts, sizeof plain.parts);
    size_t n_within = 0;
    for (size_t k = 0; k < 30; k++) {
        const double y = batch.readings[0][k].value;
        n_within += y >= wm_distribution_quantile(&past[k], 0.025) && y <= wm_distribution_quantile(&past[k], 0.975);
    }
    assert_true(n_within >= 27);
    forecast_free(&batch);
}

static void the_expected_month_is_when_the_chance_gets_there(void **state)
{
    (void)state;
    ForecastCase batch;
    forecast_plain(&batch, 1, 0, 0, 0, 100);
    forecast_learn(&batch);
    const WmForecast forecast = forecast_fit(&batch, 0);
    const double wanted[] = {0.5, 0.1, 0.9};
    const WmMeasure measure = percent_measure();
    int steps[3];
    wm_forecast_expected(&batch.prior, &forecast, &measure, 54, wanted, 3, 120, steps);
    for (size_t k = 0; k < 3; k++)
        for (int h = 1; h <= (steps[k] ? steps[k] : 120); h++) {
            const WmDistribution y = wm_forecast_at(&batch.prior, &forecast, h);
            assert_int_equal(wm_distribution_chance(&y, &measure, 54) >= wanted[k] - 1e-9, h == steps[k]);
        }
    assert_true(steps[1] <= steps[0] && steps[0] > 0);
    wm_forecast_expected(&batch.prior, &forecast, &measure, 101, wanted, 3, 120, steps);
    assert_int_equal(steps[0] + steps[1] + steps[2], 0);
    forecast_free(&batch);
}

static void period_numbers_follow_one_another(void **state)
{
    const KindCase *row = *state;
    const WmForecastGroup group = {.period_kind = row->kind, .low = row->low, .high = row->high};
    const WmPeriod first = wm_period_containing(row->kind, day_of("2015"));
    const int zero = wm_forecast_period_number(&group, first);
    for (int k = -50; k < 50; k++) {
        const WmPeriod period = wm_period_step(first, k);
        assert_int_equal(wm_forecast_period_number(&group, period), zero + k);
        assert_int_equal(wm_period_compare(wm_forecast_period(&group, zero + k), period), 0);
    }
}

int main(void)
{
    ADD_TABLE(KINDS, a_forecast_keeps_its_bounds_and_its_quantiles_in_order);
    ADD_TABLE(KINDS, three_readings_are_enough_and_two_are_not);
    ADD_TABLE(KINDS, period_numbers_follow_one_another);
    ADD(ends_of_the_scale_have_a_chance_of_their_own);
    ADD(a_reading_that_cannot_be_is_passed_over);
    ADD(farther_is_less_certain);
    ADD(looking_back_stays_near_what_was_read);
    ADD(the_expected_month_is_when_the_chance_gets_there);
    return run_cases("forecast");
}
