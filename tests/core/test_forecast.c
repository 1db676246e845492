/* The pooled model by its laws: bounds, order of quantiles, what may not matter (order, other units of measure, dates), and the
 * edges of data. */
#include <waymark/forecast.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

#define MAX_SERIES 12
#define MAX_LENGTH 40

static const double SHARES[] = {1e-6, 0.001, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.999, 1 - 1e-6};

typedef struct {
    WmForecastGroup group;
    WmReading readings[MAX_SERIES][MAX_LENGTH];
    WmForecastSeries series[MAX_SERIES];
    size_t n;
    WmForecastScratch *scratch;
    WmPrior prior;
} Batch;

static WmReading reading(WmPeriodKind kind, int step, double value)
{
    return (WmReading){.period = wm_period_step(wm_period_containing(kind, day_of("2015")), step),
                       .value = value,
                       .numerator = NAN,
                       .denominator = NAN};
}

static void learn(Batch *self)
{
    self->scratch = wm_forecast_scratch_new();
    assert_int_equal(wm_prior_learn(&self->group, self->series, self->n, self->scratch, &self->prior), WM_OK);
}

static void batch_free(Batch *self)
{
    wm_prior_clear(&self->prior);
    wm_forecast_scratch_free(self->scratch);
}

static WmForecast fit(Batch *self, size_t i)
{
    WmForecast forecast;
    wm_forecast_fit(&self->prior, &self->series[i], self->scratch, &forecast);
    return forecast;
}

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
static void make_batch(Random *random, const KindCase *row, Batch *out)
{
    *out = (Batch){.group = {.period_kind = row->kind, .low = row->low, .high = row->high}};
    out->n = (size_t)random_between(random, 1, MAX_SERIES);
    const double span = isnan(row->low) || isnan(row->high) ? 40 : row->high - row->low,
                 base = isnan(row->low) ? row->high - span : row->low;
    for (size_t i = 0; i < out->n; i++) {
        const int n = random_between(random, 0, MAX_LENGTH), style = random_between(random, 0, 5);
        const double level = random_uniform(random), noise = style == 0 ? 0 : style == 1 ? 3 : 0.1;
        int step = random_between(random, 0, 20);
        for (int k = 0; k < n; k++) {
            double share = style == 2 ? 0 : style == 3 ? 1 : level + noise * random_normal(random);
            share = fmin(fmax(share, 0), 1);
            const double den = random_between(random, 0, 30);
            double value = (isnan(base) ? -20 : base) + share * span;
            WmReading one = reading(row->kind, step, row->is_whole ? floor(value) : value);
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
    learn(out);
}

static void a_forecast_keeps_its_bounds_and_its_quantiles_in_order(void **state)
{
    const KindCase *row = *state;
    Random random = {71};
    static Batch batch;
    for (int round = 0; round < 40; round++) {
        make_batch(&random, row, &batch);
        for (size_t i = 0; i < batch.n; i++) {
            const WmForecast forecast = fit(&batch, i);
            for (int h = 1; h < 200 && forecast.state == WM_FORECAST_FITTED; h += 1 + h / 2) {
                double q[N_ELEMENTS(SHARES)], sd;
                const WmDistribution y = wm_forecast_at(&batch.prior, &forecast, h);
                const double mean = wm_distribution_describe(&y, SHARES, N_ELEMENTS(SHARES), q, &sd);
                assert_true(isfinite(mean) && isfinite(sd) && sd >= 0);
                for (size_t k = 0; k < N_ELEMENTS(SHARES); k++) {
                    assert_true(isfinite(q[k]) && !(q[k] < row->low) && !(q[k] > row->high));
                    assert_true(k == 0 || q[k] >= q[k - 1]);
                    const double cdf = wm_distribution_cdf(&y, q[k]);
                    assert_true(cdf >= SHARES[k] - 1e-7 && cdf <= 1);
                }
            }
        }
        batch_free(&batch);
    }
}

static void three_readings_are_enough_and_two_are_not(void **state)
{
    const KindCase *row = *state;
    for (size_t n = 0; n <= 4; n++) {
        Batch batch = {.group = {.period_kind = row->kind, .low = row->low, .high = row->high}, .n = 1};
        for (size_t k = 0; k < n; k++)
            batch.readings[0][k] = reading(row->kind, (int)k, row->high > 1 || isnan(row->high) ? 3 + (double)k : 0.5);
        batch.series[0] = (WmForecastSeries){.readings = batch.readings[0], .n_readings = n};
        learn(&batch);
        const WmForecast forecast = fit(&batch, 0);
        const WmDistribution y = wm_forecast_at(&batch.prior, &forecast, 1);
        assert_int_equal(forecast.state, n < 3 ? WM_FORECAST_TOO_FEW : WM_FORECAST_FITTED);
        assert_int_equal(y.kind, n < 3 ? WM_DISTRIBUTION_NONE : WM_DISTRIBUTION_MIXTURE);
        assert_int_equal(wm_forecast_is_mostly_prior(&forecast), n >= 3);
        batch_free(&batch);
    }
}

/* Values of a plain batch: monthly, three series that share a wave. */
static void plain_batch(Batch *out, double scale, double shift, int start, double low, double high)
{
    Random random = {72};
    *out = (Batch){.group = {.period_kind = WM_PERIOD_MONTH, .low = low, .high = high}, .n = 3};
    for (size_t i = 0; i < out->n; i++) {
        for (int k = 0; k < 30; k++)
            out->readings[i][k] = reading(WM_PERIOD_MONTH, start + k,
                                          shift + scale * (50 + 10 * (double)i + 5 * sin(k * 0.5) + random_normal(&random)));
        out->series[i] = (WmForecastSeries){.readings = out->readings[i], .n_readings = 30};
    }
}

static void compare_quantiles(Batch *a, Batch *b, double scale, double shift, double tolerance)
{
    for (size_t i = 0; i < a->n; i++) {
        const WmForecast x = fit(a, i), y = fit(b, i);
        for (int h = 1; h <= 24; h += 5) {
            const WmDistribution p = wm_forecast_at(&a->prior, &x, h), q = wm_forecast_at(&b->prior, &y, h);
            for (size_t k = 0; k < N_ELEMENTS(SHARES); k++)
                assert_close(wm_distribution_quantile(&q, SHARES[k]), shift + scale * wm_distribution_quantile(&p, SHARES[k]),
                             tolerance);
        }
    }
}

static void a_percent_and_a_share_of_one_forecast_alike(void **state)
{
    (void)state;
    Batch percent, share;
    plain_batch(&percent, 1, 0, 0, 0, 100);
    plain_batch(&share, 0.01, 0, 0, 0, 1);
    learn(&percent);
    learn(&share);
    compare_quantiles(&percent, &share, 0.01, 0, 1e-8);
    batch_free(&percent);
    batch_free(&share);
}

static void another_unit_of_measure_changes_nothing_but_the_unit(void **state)
{
    (void)state;
    Batch weeks, days;
    plain_batch(&weeks, 1, 0.123, 0, 0, NAN);
    plain_batch(&days, 7, 7 * 0.123, 0, 0, NAN);
    learn(&weeks);
    learn(&days);
    compare_quantiles(&weeks, &days, 7, 0, 1e-8);
    batch_free(&weeks);
    batch_free(&days);
}

static void the_date_itself_plays_no_part(void **state)
{
    (void)state;
    Batch early, late;
    plain_batch(&early, 1, 0, 0, 0, 100);
    plain_batch(&late, 1, 0, 173, 0, 100);
    learn(&early);
    learn(&late);
    compare_quantiles(&early, &late, 1, 0, 1e-9);
    batch_free(&early);
    batch_free(&late);
}

static void the_order_of_readings_and_of_series_plays_no_part(void **state)
{
    (void)state;
    Batch straight, turned;
    plain_batch(&straight, 1, 0, 0, 0, 100);
    plain_batch(&turned, 1, 0, 0, 0, 100);
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 15; k++) {
            const WmReading kept = turned.readings[i][k];
            turned.readings[i][k] = turned.readings[i][29 - k];
            turned.readings[i][29 - k] = kept;
        }
    const WmForecastSeries first = turned.series[0];
    turned.series[0] = turned.series[2];
    turned.series[2] = first;
    learn(&straight);
    learn(&turned);
    turned.series[2] = turned.series[0];
    turned.series[0] = first;
    compare_quantiles(&straight, &turned, 1, 0, 1e-9);
    batch_free(&straight);
    batch_free(&turned);
}

static void the_same_input_gives_the_same_bits(void **state)
{
    (void)state;
    Batch one, two;
    plain_batch(&one, 1, 0, 0, 0, 100);
    plain_batch(&two, 1, 0, 0, 0, 100);
    learn(&one);
    learn(&two);
    compare_quantiles(&one, &two, 1, 0, 0);
    batch_free(&one);
    batch_free(&two);
}

static void only_an_upper_bound_is_only_a_lower_bound_turned_round(void **state)
{
    (void)state;
    Batch low, high;
    plain_batch(&low, 1, 0.5, 0, 0, NAN);
    plain_batch(&high, -1, -0.5, 0, NAN, 0);
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 30; k++)
            high.readings[i][k].value = -low.readings[i][k].value;
    learn(&low);
    learn(&high);
    const WmForecast x = fit(&low, 0), y = fit(&high, 0);
    const WmDistribution p = wm_forecast_at(&low.prior, &x, 3), q = wm_forecast_at(&high.prior, &y, 3);
    for (size_t k = 0; k < N_ELEMENTS(SHARES); k++)
        assert_near(wm_distribution_quantile(&q, SHARES[k]), -wm_distribution_quantile(&p, 1 - SHARES[k]), 1e-6);
    WmMeasure measure = measure_of(WM_KIND_RATE, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, 1);
    const double at_least = wm_distribution_chance(&p, &measure, 52);
    measure.polarity = WM_POLARITY_LOWER;
    assert_near(wm_distribution_chance(&q, &measure, -52), at_least, 1e-12);
    batch_free(&low);
    batch_free(&high);
}

static void ends_of_the_scale_have_a_chance_of_their_own(void **state)
{
    (void)state;
    Batch batch = {.group = {.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100}, .n = 1};
    for (int k = 0; k < 8; k++)
        batch.readings[0][k] = reading(WM_PERIOD_MONTH, k, 100);
    batch.series[0] = (WmForecastSeries){.readings = batch.readings[0], .n_readings = 8};
    learn(&batch);
    const WmForecast forecast = fit(&batch, 0);
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
    batch_free(&batch);
}

static void a_reading_that_cannot_be_is_passed_over(void **state)
{
    (void)state;
    Batch clean, dirty;
    plain_batch(&clean, 1, 0, 0, 0, 100);
    plain_batch(&dirty, 1, 0, 0, 0, 100);
    const double values[] = {900, -1, NAN, INFINITY};
    for (size_t k = 0; k < N_ELEMENTS(values); k++)
        dirty.readings[0][30 + k] = reading(WM_PERIOD_MONTH, 30 + (int)k, values[k]);
    dirty.readings[0][34] = reading(WM_PERIOD_MONTH, 34, 50);
    dirty.readings[0][34].denominator = 0;
    dirty.readings[0][35] = reading(WM_PERIOD_MONTH, 35, 50);
    dirty.readings[0][35].state = WM_SUPPRESSED;
    dirty.series[0].n_readings = 36;
    learn(&clean);
    learn(&dirty);
    compare_quantiles(&clean, &dirty, 1, 0, 0);
    batch_free(&clean);
    batch_free(&dirty);
}

static void farther_is_less_certain(void **state)
{
    (void)state;
    Batch batch;
    plain_batch(&batch, 1, 0, 0, NAN, NAN);
    learn(&batch);
    const WmForecast forecast = fit(&batch, 1);
    double before = 0;
    for (int h = 1; h <= 120; h++) {
        const WmDistribution y = wm_forecast_at(&batch.prior, &forecast, h);
        const double width = wm_distribution_quantile(&y, 0.9) - wm_distribution_quantile(&y, 0.1);
        assert_true(h % 12 != 1 || width > before);
        before = h % 12 == 1 ? width : before;
    }
    batch_free(&batch);
}

static void looking_back_stays_near_what_was_read(void **state)
{
    (void)state;
    Batch batch;
    WmDistribution past[30];
    plain_batch(&batch, 1, 0, 0, 0, 100);
    learn(&batch);
    WmForecast forecast;
    wm_forecast_fit_back(&batch.prior, &batch.series[0], batch.scratch, &forecast, past);
    const WmForecast plain = fit(&batch, 0);
    assert_memory_equal(&plain.parts, &forecast.parts, sizeof plain.parts);
    size_t n_within = 0;
    for (size_t k = 0; k < 30; k++) {
        const double y = batch.readings[0][k].value;
        n_within += y >= wm_distribution_quantile(&past[k], 0.025) && y <= wm_distribution_quantile(&past[k], 0.975);
    }
    assert_true(n_within >= 27);
    batch_free(&batch);
}

static void the_expected_month_is_when_the_chance_gets_there(void **state)
{
    (void)state;
    Batch batch;
    plain_batch(&batch, 1, 0, 0, 0, 100);
    learn(&batch);
    const WmForecast forecast = fit(&batch, 0);
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
    batch_free(&batch);
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
    ADD(a_percent_and_a_share_of_one_forecast_alike);
    ADD(another_unit_of_measure_changes_nothing_but_the_unit);
    ADD(the_date_itself_plays_no_part);
    ADD(the_order_of_readings_and_of_series_plays_no_part);
    ADD(the_same_input_gives_the_same_bits);
    ADD(only_an_upper_bound_is_only_a_lower_bound_turned_round);
    ADD(ends_of_the_scale_have_a_chance_of_their_own);
    ADD(a_reading_that_cannot_be_is_passed_over);
    ADD(farther_is_less_certain);
    ADD(looking_back_stays_near_what_was_read);
    ADD(the_expected_month_is_when_the_chance_gets_there);
    return run_cases("forecast");
}
