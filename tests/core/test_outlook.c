/* What lies ahead: the pooled model behind the assessment, its paces, its basis, and what is noise. */
#include <waymark/assess.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

/* A plan whose trend is the pooled model, with the memory that it needs. */
typedef struct {
    Plan plan;
    WmPrior prior;
    WmForecast forecast;
    WmForecastScratch *scratch;
    WmAssessment assessment;
} Pooled;

static void pooled_init(Pooled *self, WmMeasure measure, const char *as_at)
{
    plan_init_without_baseline(&self->plan, measure, as_at);
    self->scratch = wm_forecast_scratch_new();
    assert_non_null(self->scratch);
}

static void pooled_assess(Pooled *self)
{
    WmAssessmentInput *input = &self->plan.input;
    const WmForecastSeries series = {.readings = input->readings, .n_readings = input->n_readings};
    const WmForecastGroup group =
        wm_forecast_group_of(&input->measure, wm_frequency_period_kind(input->measure.frequency), &series, 1);
    wm_prior_builtin(&group, &self->prior);
    input->trend.prior = &self->prior;
    input->trend.scratch = self->scratch;
    input->trend.forecast = &self->forecast;
    wm_assess(input, &self->assessment);
}

static void pooled_clear(Pooled *self)
{
    wm_forecast_scratch_free(self->scratch);
    wm_prior_clear(&self->prior);
}

static void add_noisy(Plan *plan, const char *first, size_t n, double level, double rise, double sd, uint64_t seed)
{
    Random random = {seed};
    double values[60];
    for (size_t i = 0; i < n; i++)
        values[i] = level + rise * (double)i + sd * random_normal(&random);
    plan_readings(plan, first, values, n);
}

/* ---- the same distribution as the filters' ---- */

static void chance_and_months_are_those_of_the_forecast(void **state)
{
    (void)state;
    static const double WANTED[] = {0.5, 0.1, 0.9};
    Pooled self;
    pooled_init(&self, percent_measure(), "2021-12-31");
    add_noisy(&self.plan, "Jan 2020", 24, 50, 0.2, 3, 1);
    plan_milestone(&self.plan, "Aug 2022", 57);
    pooled_assess(&self);
    const WmAssessment *a = &self.assessment;
    const WmDistribution y = wm_forecast_at(&self.prior, &self.forecast, 8);
    assert_near(a->next.chance, wm_distribution_chance(&y, &self.plan.input.measure, 57), 0);
    assert_true(a->next.chance > 0.01 && a->next.chance < 0.99);

    int steps[3];
    const WmDay days[] = {a->expected, a->expected_lo, a->expected_hi};
    wm_forecast_expected(&self.prior, &self.forecast, &self.plan.input.measure, 57, WANTED, 3, WM_EXPECTED_HORIZON_MONTHS, steps);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(days[i], steps[i] ? wm_period_end(wm_period_step(period_of("Dec 2021"), steps[i])) : WM_NO_DAY);
    pooled_clear(&self);
}

/* A survey of every March, dated by its day, is judged in March: one step is one year from the last one. */
static void a_year_of_its_own_is_one_step(void **state)
{
    (void)state;
    Pooled self;
    pooled_init(&self, measure_of(WM_KIND_PERCENT, WM_POLARITY_HIGHER, WM_FREQUENCY_YEAR, 1), "2021-06-30");
    const char *const days[] = {"2017-03-31", "2018-03-31", "2019-03-31", "2020-03-31", "2021-03-31"};
    for (size_t i = 0; i < N_ELEMENTS(days); i++)
        plan_reading(&self.plan, days[i], 40 + 2 * (double)i);
    plan_milestone(&self.plan, "Jul 2023", 50);
    pooled_assess(&self);
    const WmDistribution y = wm_forecast_at(&self.prior, &self.forecast, 2);
    assert_near(self.assessment.next.chance, wm_distribution_chance(&y, &self.plan.input.measure, 50), 0);
    pooled_clear(&self);
}

static void what_a_chance_rests_on_is_said(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        WmBasis basis;
        WmOutlook least;
    } CASES[] = {{2, WM_BASIS_NONE, WM_OUTLOOK_NONE}, {4, WM_BASIS_PRIOR, WM_LIKELY}, {12, WM_BASIS_MODEL, WM_LIKELY}};
    for (size_t i = 0; i < N_ELEMENTS(CASES); i++) {
        Pooled self;
        pooled_init(&self, percent_measure(), "2021-01-31");
        add_noisy(&self.plan, "Jan 2020", CASES[i].n, 50, 0, 1, 3);
        plan_milestone(&self.plan, "Jun 2021", 40);
        pooled_assess(&self);
        assert_int_equal(self.assessment.basis, CASES[i].basis);
        assert_int_equal(self.assessment.outlook, CASES[i].least);
        assert_int_equal(has_reason(&self.assessment, WM_REASON_MOSTLY_PRIOR), CASES[i].basis == WM_BASIS_PRIOR);
        assert_int_equal(has_reason(&self.assessment, WM_REASON_TOO_FEW_READINGS), CASES[i].basis == WM_BASIS_NONE);
        pooled_clear(&self);
    }
}

static void a_replay_asks_for_the_status_alone(void **state)
{
    (void)state;
    Pooled self;
    pooled_init(&self, percent_measure(), "2021-12-31");
    add_noisy(&self.plan, "Jan 2020", 24, 50, 0.5, 2, 9);
    plan_milestone(&self.plan, "Aug 2022", 66);
    pooled_assess(&self);
    const WmAssessment all = self.assessment;
    assert_true(!isnan(all.safe_pace));
    self.plan.input.scope = WM_ASSESS_STATUS;
    self.plan.input.known_trend = &all.trend;
    wm_assess(&self.plan.input, &self.assessment);
    assert_near(self.assessment.next.chance, all.next.chance, 0);
    assert_int_equal(self.assessment.verdict.status, all.verdict.status);
    assert_true(isnan(self.assessment.safe_pace));
    assert_int_equal(self.assessment.expected, WM_NO_DAY);
    pooled_clear(&self);
}

/* ---- paces ---- */

/* 1, 2, 4, 3: a line with Student's t of 2 df and scale s at May; P(T <= t) = 0.8 at t = 1.0606602 (test_assess.c). A path that has
 * 80% chance of T lies t s above it; so the pace is (T + t s - y) / months. */
static void the_safe_pace_of_a_line_is_known(void **state)
{
    (void)state;
    const double values[] = {1, 2, 4, 3}, t = 1.0606601717798212;
    static const WmPolarity POLARITIES[] = {WM_POLARITY_HIGHER, WM_POLARITY_LOWER};
    for (size_t i = 0; i < 2; i++) {
        const int sign = wm_polarity_sign(POLARITIES[i]);
        Plan plan;
        plan_init(&plan, measure_of(WM_KIND_SCORE, POLARITIES[i], WM_FREQUENCY_MONTH, 1), 1, "Jan 2021", "2021-04-30");
        plan_milestone(&plan, "Jun 2021", 5);
        plan_readings(&plan, "Jan 2021", values, 4);
        const WmAssessment a = plan_assess(&plan);
        const WmDistribution y = wm_trend_predict(&a.trend, months_of("Jun 2021"));
        assert_near(a.safe_pace, (5 + sign * t * y.scale - 3) / 2, 1e-6);
        assert_near(a.required_pace, 1, 1e-12);
    }
}

/* Moving the pooled distribution so that its middle is where the safe pace leads gives the safe chance. */
static void the_safe_pace_gives_the_safe_chance(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        Pooled self;
        pooled_init(&self, percent_measure(), "2021-12-31");
        add_noisy(&self.plan, "Jan 2020", 24, 40 + (double)seed, 0.3, 2, seed);
        plan_milestone(&self.plan, "Jun 2022", 55);
        pooled_assess(&self);
        const WmAssessment *a = &self.assessment;
        const double middle = a->reading.value + 6 * a->safe_pace;
        WmDistribution y = wm_forecast_at(&self.prior, &self.forecast, 6);
        const double by = wm_link_z(&y.link, middle) - wm_link_z(&y.link, wm_distribution_centre(&y));
        for (size_t k = 0; k < y.n_parts; k++)
            y.parts[k].location += by;
        assert_near(wm_distribution_chance(&y, &self.plan.input.measure, 55), WM_SAFE_CHANCE, 1e-6);
        assert_true(a->next.chance > WM_SAFE_CHANCE || a->safe_pace > a->required_pace);
        pooled_clear(&self);
    }
}

static void the_achieved_pace_is_that_of_the_last_year(void **state)
{
    (void)state;
    Pooled self;
    pooled_init(&self, percent_measure(), "2021-12-31");
    double values[24];
    for (size_t i = 0; i < 24; i++)
        values[i] = i < 12 ? 90 - 3 * (double)i : 57 + 1.5 * (double)(i - 11);
    plan_readings(&self.plan, "Jan 2020", values, 24);
    plan_milestone(&self.plan, "Jun 2022", 80);
    pooled_assess(&self);
    assert_near(self.assessment.achieved_pace, 1.5, 1e-9);
    pooled_clear(&self);
}

/* ---- events ---- */

static void an_intervention_has_an_effect_with_its_interval(void **state)
{
    (void)state;
    const WmEvent event = {period_of("Jan 2021"), WM_EVENT_INTERVENTION, "a new team"};
    Pooled self;
    pooled_init(&self, percent_measure(), "2021-12-31");
    add_noisy(&self.plan, "Jan 2019", 24, 50, 0, 1, 5);
    add_noisy(&self.plan, "Jan 2021", 12, 62, 0, 1, 6);
    plan_milestone(&self.plan, "Jun 2022", 65);
    pooled_assess(&self);
    assert_int_equal(self.assessment.effect.period.kind, WM_PERIOD_NONE);
    self.plan.input.trend.events = &event;
    self.plan.input.trend.n_events = 1;
    pooled_assess(&self);
    const WmForecastEffect *effect = &self.assessment.effect;
    assert_int_equal(wm_period_end(effect->period), day_of("Jan 2021"));
    assert_true(effect->low < effect->effect && effect->effect < effect->high);
    assert_true(effect->effect > 5 && effect->low > 0);
    pooled_clear(&self);
}

static void a_line_leaves_out_what_came_before_a_break(void **state)
{
    (void)state;
    const double values[] = {90, 10, 1, 2, 4, 3};
    const WmEvent events[] = {{period_of("Mar 2021"), WM_EVENT_BREAK, ""}, {period_of("Jul 2021"), WM_EVENT_BREAK, ""}};
    const WmTrendOptions options = {.model = WM_MODEL_OLS, .events = events, .n_events = 2};
    WmReading readings[6];
    WmTrend trend;
    monthly_readings("Jan 2021", values, 6, readings);
    wm_trend_fit(readings, 6, &options, &trend);
    assert_int_equal(trend.n_readings, 4); /* July has no reading yet */
    assert_near(trend.slope, 0.8, 1e-12);
    const WmEvent outlier = {period_of("May 2021"), WM_EVENT_OUTLIER, ""};
    const WmTrendOptions without = {.model = WM_MODEL_OLS, .events = &outlier, .n_events = 1};
    wm_trend_fit(readings, 6, &without, &trend);
    assert_int_equal(trend.n_readings, 5);
}

/* ---- noise ---- */

static void noise_is_the_median_move_between_neighbours(void **state)
{
    (void)state;
    const double values[] = {10, 12, 11, 40, 41};
    WmReading readings[60];
    monthly_readings("Jan 2020", values, 5, readings); /* 2, 1, 29, 1: the jump hardly counts */
    assert_near(wm_reading_noise(readings, 5), 1.5 / 0.954, 1e-12);
    assert_true(isnan(wm_reading_noise(readings, 2)));
    readings[1].state = WM_SUPPRESSED;
    assert_near(wm_reading_noise(readings, 5), 1 / 0.954, 1e-12);

    Random random = {11};
    double many[60], sum = 0;
    for (int round = 0; round < 100; round++) {
        for (size_t i = 0; i < 60; i++)
            many[i] = 3 * random_normal(&random);
        monthly_readings("Jan 2015", many, 60, readings);
        sum += wm_reading_noise(readings, 60) / 100;
    }
    assert_near(sum, 3, 0.15);
}

int main(void)
{
    ADD(chance_and_months_are_those_of_the_forecast);
    ADD(a_year_of_its_own_is_one_step);
    ADD(what_a_chance_rests_on_is_said);
    ADD(a_replay_asks_for_the_status_alone);
    ADD(the_safe_pace_of_a_line_is_known);
    ADD(the_safe_pace_gives_the_safe_chance);
    ADD(the_achieved_pace_is_that_of_the_last_year);
    ADD(an_intervention_has_an_effect_with_its_interval);
    ADD(a_line_leaves_out_what_came_before_a_break);
    ADD(noise_is_the_median_move_between_neighbours);
    return run_cases("outlook");
}
