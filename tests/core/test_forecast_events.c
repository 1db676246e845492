/* What is known to have happened: breaks, odd periods, interventions; and what was known on an earlier day. */
#include <waymark/forecast.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

#define N_MONTHS 36

static WmPeriod month(int step)
{
    return wm_period_step(period_of("2015-01"), step);
}

/* A level that wanders a little, about 50. */
static void wander(Random *random, double sd, WmReading readings[N_MONTHS])
{
    double level = 50;
    for (int k = 0; k < N_MONTHS; k++) {
        level += 0.3 * sd * random_normal(random);
        readings[k] =
            (WmReading){.period = month(k), .value = level + sd * random_normal(random), .numerator = NAN, .denominator = NAN};
    }
}

static void add_step(WmReading *readings, int from, double step)
{
    for (int k = from; k < N_MONTHS; k++)
        readings[k].value += step;
}

typedef struct {
    WmForecastGroup group;
    WmPrior prior;
    WmForecastScratch *scratch;
} Model;

static void model_open(Model *self, double low, double high)
{
    self->group = (WmForecastGroup){.period_kind = WM_PERIOD_MONTH, .low = low, .high = high};
    self->scratch = wm_forecast_scratch_new();
    wm_prior_builtin(&self->group, &self->prior);
}

static void model_close(Model *self)
{
    wm_prior_clear(&self->prior);
    wm_forecast_scratch_free(self->scratch);
}

static WmForecast fit(Model *self, const WmReading *readings, size_t n, const WmEvent *events, size_t n_events)
{
    WmForecast forecast;
    wm_forecast_fit(&self->prior, &(WmForecastSeries){readings, n, events, n_events}, self->scratch, &forecast);
    return forecast;
}

static double median_ahead(Model *self, const WmForecast *forecast, int steps)
{
    const WmDistribution y = wm_forecast_at(&self->prior, forecast, steps);
    return wm_distribution_quantile(&y, 0.5);
}

static void a_break_leaves_only_what_follows(void **state)
{
    (void)state;
    Random random = {81};
    Model model;
    WmReading readings[N_MONTHS];
    const WmEvent events[] = {{month(20), WM_EVENT_BREAK, ""}, {month(5), WM_EVENT_BREAK, ""}};
    model_open(&model, 0, 100);
    wander(&random, 1, readings);
    add_step(readings, 20, 25);
    const WmForecast broken = fit(&model, readings, N_MONTHS, events, 2),
                     short_one = fit(&model, readings + 20, N_MONTHS - 20, NULL, 0);
    assert_int_equal(broken.n_readings, N_MONTHS - 20);
    for (int h = 1; h < 30; h++)
        assert_near(median_ahead(&model, &broken, h), median_ahead(&model, &short_one, h), 0);
    const WmForecast nothing_left = fit(&model, readings, 22, events, 2);
    assert_int_equal(nothing_left.state, WM_FORECAST_TOO_FEW);
    model_close(&model);
}

static void an_outlier_is_left_out(void **state)
{
    (void)state;
    Random random = {82};
    Model model;
    WmReading readings[N_MONTHS];
    const WmEvent event = {month(30), WM_EVENT_OUTLIER, ""};
    model_open(&model, 0, 100);
    wander(&random, 1, readings);
    const double as_it_was = readings[30].value;
    readings[30].value = 99;
    const WmForecast marked = fit(&model, readings, N_MONTHS, &event, 1);
    readings[30].value = NAN;
    const WmForecast without = fit(&model, readings, N_MONTHS, NULL, 0);
    assert_near(median_ahead(&model, &marked, 3), median_ahead(&model, &without, 3), 0);
    readings[30].value = as_it_was;
    model_close(&model);
}

/* Steps drawn from the very prior of the effect are covered as often as the interval says. */
static void the_effect_of_an_intervention_is_covered_as_often_as_said(void **state)
{
    (void)state;
    enum { N_ROUNDS = 400 };
    Random random = {83};
    Model model;
    WmReading readings[N_MONTHS];
    size_t n_covered = 0, n_right_way = 0;
    model_open(&model, NAN, NAN);
    for (int round = 0; round < N_ROUNDS; round++) {
        const int from = random_between(&random, 6, 30);
        const double step = 3 * random_normal(&random);
        const WmEvent event = {month(from), WM_EVENT_INTERVENTION, ""};
        wander(&random, 1, readings);
        add_step(readings, from, step);
        const WmForecast forecast = fit(&model, readings, N_MONTHS, &event, 1);
        assert_int_equal(forecast.n_shifts, 1);
        const WmForecastEffect effect = wm_forecast_effect(&model.prior, &forecast, 0);
        assert_int_equal(wm_period_compare(effect.period, event.period), 0);
        assert_true(effect.low <= effect.effect && effect.effect <= effect.high);
        n_covered += effect.low <= step && step <= effect.high;
        n_right_way += (effect.chance > 0.5) == (step > 0);
    }
    assert_true(n_covered > 0.74 * N_ROUNDS && n_covered < 0.88 * N_ROUNDS);
    assert_true(n_right_way > 0.85 * N_ROUNDS);
    model_close(&model);
}

static void a_marked_step_is_not_taken_for_restlessness(void **state)
{
    (void)state;
    Random random = {84};
    Model model;
    WmReading readings[N_MONTHS];
    const WmEvent event = {month(18), WM_EVENT_INTERVENTION, ""};
    model_open(&model, 0, 100);
    wander(&random, 0.5, readings);
    add_step(readings, 18, 20);
    const WmForecast marked = fit(&model, readings, N_MONTHS, &event, 1), unmarked = fit(&model, readings, N_MONTHS, NULL, 0);
    double widths[2], ends[2];
    const WmForecast *const forecasts[] = {&marked, &unmarked};
    for (size_t i = 0; i < 2; i++) {
        const WmDistribution y = wm_forecast_at(&model.prior, forecasts[i], 3);
        wm_distribution_quantiles(&y, (const double[]){0.1, 0.9}, 2, ends);
        widths[i] = ends[1] - ends[0];
    }
    assert_true(widths[0] < widths[1]);
    assert_near(median_ahead(&model, &marked, 1), 70, 3);
    const WmForecastEffect effect = wm_forecast_effect(&model.prior, &marked, 0);
    assert_true(effect.low < 20 && effect.high > 15 && effect.chance > 0.99);
    model_close(&model);
}

static void an_intervention_without_readings_on_both_sides_says_nothing(void **state)
{
    (void)state;
    Random random = {85};
    Model model;
    WmReading readings[N_MONTHS];
    const WmEvent events[] = {{month(0), WM_EVENT_INTERVENTION, ""}, {month(N_MONTHS), WM_EVENT_INTERVENTION, ""}};
    model_open(&model, 0, NAN);
    wander(&random, 1, readings);
    const WmForecast with = fit(&model, readings, N_MONTHS, events, 2), without = fit(&model, readings, N_MONTHS, NULL, 0);
    assert_int_equal(with.n_shifts, 0);
    assert_near(median_ahead(&model, &with, 6), median_ahead(&model, &without, 6), 0);
    model_close(&model);
}

/* The last four of many, however they are ordered and repeated; every number stays finite, also with as few readings. */
static void many_events_on_few_readings_stay_finite(void **state)
{
    (void)state;
    Random random = {86};
    Model model;
    WmReading readings[N_MONTHS];
    WmEvent events[12];
    model_open(&model, 0, 100);
    for (int round = 0; round < 200; round++) {
        const size_t n = (size_t)random_between(&random, 3, 12);
        for (size_t i = 0; i < 12; i++)
            events[i] = (WmEvent){month(random_between(&random, -2, 14)), WM_EVENT_INTERVENTION, ""};
        wander(&random, 1, readings);
        const WmForecast forecast = fit(&model, readings, n, events, 12);
        assert_int_equal(forecast.state, WM_FORECAST_FITTED);
        assert_true(forecast.n_shifts <= WM_FORECAST_MAX_SHIFTS);
        for (size_t i = 0; i < forecast.n_shifts; i++) {
            const WmForecastEffect effect = wm_forecast_effect(&model.prior, &forecast, i);
            assert_true(isfinite(effect.low) && isfinite(effect.high) && effect.low <= effect.high);
            assert_true(i == 0 || forecast.shifts[i].period > forecast.shifts[i - 1].period);
        }
        const double y = median_ahead(&model, &forecast, 4);
        assert_true(y >= 0 && y <= 100);
    }
    model_close(&model);
}

/* Learnt to the end, then taken back to a day: what came later plays no part in the common path. */
static void a_prior_taken_back_knows_no_later_period(void **state)
{
    (void)state;
    enum { N_SERIES = 8 };
    static WmReading readings[N_SERIES][N_MONTHS];
    Random random = {87};
    WmForecastSeries series[N_SERIES];
    WmForecastGroup group = {.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100};
    WmForecastScratch *scratch = wm_forecast_scratch_new();
    WmPrior whole, then, all;
    for (size_t i = 0; i < N_SERIES; i++) {
        wander(&random, 0.3, readings[i]);
        for (int k = 0; k < N_MONTHS; k++)
            readings[i][k].value += 8 * sin(k * 0.4);
        series[i] = (WmForecastSeries){.readings = readings[i], .n_readings = N_MONTHS};
    }
    assert_int_equal(wm_prior_learn(&group, series, N_SERIES, scratch, &whole), WM_OK);
    assert_int_equal(wm_prior_known_by(&whole, wm_period_end(month(19)), &then), WM_OK);
    assert_int_equal(wm_prior_known_by(&whole, WM_NO_DAY, &all), WM_OK);
    assert_int_equal(then.n_periods, 20);
    assert_int_equal(wm_forecast_period_number(&group, month(19)), then.seen_last);
    double mean, variance, later, later_variance;
    wm_prior_path_at(&then, then.seen_last + 6, &mean, &variance);
    wm_prior_path_at(&whole, then.seen_last + 6, &later, &later_variance);
    assert_true(variance > 0 && later_variance == 0);
    wm_prior_path_at(&all, then.seen_last + 6, &mean, &variance);
    assert_near(mean, later, 0);
    wm_prior_clear(&then);
    assert_int_equal(wm_prior_known_by(&whole, day_of("2001"), &then), WM_OK);
    wm_prior_path_at(&then, whole.seen_last, &mean, &variance);
    assert_true(then.kappa == 0 && mean == 0 && variance == 0);
    wm_prior_clear(&whole);
    wm_prior_clear(&then);
    wm_prior_clear(&all);
    wm_forecast_scratch_free(scratch);
}

static void a_group_has_the_bounds_of_its_measure_unless_readings_pass_them(void **state)
{
    (void)state;
    WmMeasure measure = percent_measure();
    const WmReading readings[] = {reading_of("2020-01", 50), reading_of("2020-02", 105)};
    const WmForecastSeries series = {.readings = readings, .n_readings = 2};
    WmForecastGroup group = wm_forecast_group_of(&measure, WM_PERIOD_MONTH, &series, 0);
    assert_true(group.low == 0 && group.high == 100);
    group = wm_forecast_group_of(&measure, WM_PERIOD_MONTH, &series, 1);
    assert_true(group.low == 0 && isnan(group.high));
    measure.high = 100; /* said, not implied: then 105 is the slip */
    group = wm_forecast_group_of(&measure, WM_PERIOD_MONTH, &series, 1);
    assert_true(group.high == 100);
    measure = measure_of(WM_KIND_SCORE, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, 1);
    group = wm_forecast_group_of(&measure, WM_PERIOD_MONTH, &series, 1);
    assert_true(isnan(group.low) && isnan(group.high));
}

int main(void)
{
    ADD(a_break_leaves_only_what_follows);
    ADD(an_outlier_is_left_out);
    ADD(the_effect_of_an_intervention_is_covered_as_often_as_said);
    ADD(a_marked_step_is_not_taken_for_restlessness);
    ADD(an_intervention_without_readings_on_both_sides_says_nothing);
    ADD(many_events_on_few_readings_stay_finite);
    ADD(a_prior_taken_back_knows_no_later_period);
    ADD(a_group_has_the_bounds_of_its_measure_unless_readings_pass_them);
    return run_cases("forecast_events");
}
