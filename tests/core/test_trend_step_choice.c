/* Which interventions are steps of the level: those with readings on either side, as many as the readings bear. */
#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_steps.h"

static void a_step_wants_readings_on_either_side(void **state)
{
    const char *name = *state;
    static const int NOWHERE[] = {0, -5, STEP_N, STEP_N + 3};
    for (size_t i = 0; i < N_ELEMENTS(NOWHERE); i++) {
        StepCase c, plain;
        step_make(&c, 2, 0);
        plain = c;
        plain.n_events = 0;
        c.n_events = 0;
        step_intervene(&c, NOWHERE[i]);
        step_fit(&c, name);
        step_fit(&plain, name);
        assert_null(step_term(&c, "step "));
        assert_int_equal(c.coming.effect.period.kind, WM_PERIOD_NONE);
        assert_true(c.ahead[0].mean == plain.ahead[0].mean);
    }
}

static void two_steps_without_a_reading_between_are_one(void **state)
{
    const char *name = *state;
    StepCase once, twice;
    step_make(&once, 2, 4);
    twice = once;
    once.n_events = twice.n_events = 0;
    step_intervene(&once, 7); /* reading 7 is suppressed */
    step_intervene(&twice, 8);
    step_intervene(&twice, 7);
    step_intervene(&twice, 7);
    step_fit(&once, name);
    step_fit(&twice, name);
    assert_null(twice.fit.state);
    assert_int_equal(twice.fit.n_terms, once.fit.n_terms);
    assert_string_equal(step_term(&twice, "step ")->name, step_term(&once, "step ")->name);
    assert_true(twice.ahead[3].mean == once.ahead[3].mean);
}

static void the_order_of_events_is_irrelevant(void **state)
{
    const char *name = *state;
    StepCase one, other;
    step_make(&one, 4, 5);
    other = one;
    one.n_events = other.n_events = 0;
    step_intervene(&one, 11), step_intervene(&one, STEP_AT);
    step_intervene(&other, STEP_AT), step_intervene(&other, 11);
    step_fit(&one, name);
    step_fit(&other, name);
    assert_null(one.fit.state);
    for (size_t k = 0; k < one.fit.n_terms; k++) {
        assert_string_equal(one.fit.terms[k].name, other.fit.terms[k].name);
        assert_true(one.fit.terms[k].estimate == other.fit.terms[k].estimate);
    }
    assert_int_equal(wm_period_start(one.coming.effect.period), wm_period_start(step_month(STEP_AT)));
}

/* A step is no reason to have no forecast: where readings are few the earlier steps are left out first. */
static void few_readings_have_fewer_steps(void **state)
{
    const char *name = *state;
    for (size_t n = 3; n <= 8; n++) {
        StepCase plain, c;
        step_make(&plain, 6, 0);
        step_set(&plain, 7, 33, NAN, 50);
        plain.n = n;
        plain.n_events = 0;
        c = plain;
        step_intervene(&c, 1);
        step_intervene(&c, 2);
        step_fit(&plain, name);
        step_fit(&c, name);
        assert_int_equal(c.fit.state == NULL, plain.fit.state == NULL);
        assert_true(plain.fit.state || isfinite(c.ahead[0].mean));
        if (step_term(&c, "step "))
            assert_int_equal(wm_period_start(c.coming.effect.period), wm_period_start(step_month(2)));
    }
}

static void what_came_before_a_break_has_no_step(void **state)
{
    (void)state;
    StepCase c;
    step_make(&c, 2, 4);
    c.events[c.n_events++] = (WmEvent){.period = step_month(STEP_AT), .kind = WM_EVENT_BREAK, .title = ""};
    step_fit(&c, "ols");
    assert_null(step_term(&c, "step "));
}

/* ---- behind a trend, as the month asks for it */

static void the_trend_of_a_plan_steps(void **state)
{
    const char *name = *state;
    StepCase c;
    step_make(&c, 5, 6);
    step_fit(&c, name);
    const WmForecastGroup group = {.period_kind = WM_PERIOD_MONTH, .low = NAN, .high = NAN};
    WmTrendScratch scratch = {.forecast = NULL};
    WmTrendAhead kept;
    WmTrend trend;
    WmModel model;
    WmPrior prior;
    wm_prior_builtin(&group, &prior);
    assert_true(wm_model_parse(name, &model));
    wm_trend_fit(c.readings, c.n,
                 &(WmTrendOptions){.model = model,
                                   .prior = &prior,
                                   .models = &scratch,
                                   .ahead = &kept,
                                   .is_percent = true,
                                   .events = c.events,
                                   .n_events = c.n_events},
                 &trend);
    assert_int_equal(trend.state, WM_TREND_FITTED);
    assert_int_equal(trend.model, model);
    assert_close(wm_trend_level(&trend, trend.t_last + 2), c.ahead[1].mean, 1e-9);
    assert_near(trend.ahead->effect.effect, c.coming.effect.effect, 1e-12);
    if (model == WM_MODEL_OLS)
        assert_close(trend.slope, step_term(&c, "slope")->estimate, 1e-12);
    wm_trend_scratch_clear(&scratch);
    wm_prior_clear(&prior);
}

int main(void)
{
    static const char *const FEW[] = {"ols", "huber", "theil_sen", "log_linear", "ses", "holt", "ets", "level", "llt"};
    for (size_t i = 0; i < N_ELEMENTS(FEW); i++) {
        add_case(FEW[i], two_steps_without_a_reading_between_are_one, FEW[i]);
        add_case(FEW[i], the_order_of_events_is_irrelevant, FEW[i]);
        add_case(FEW[i], few_readings_have_fewer_steps, FEW[i]);
        add_case(FEW[i], the_trend_of_a_plan_steps, FEW[i]);
        add_case(FEW[i], a_step_wants_readings_on_either_side, FEW[i]);
    }
    add_case("break", what_came_before_a_break_has_no_step, NULL);
    return run_cases("trend step choice");
}
