/* Interventions as steps of the level: what each model makes of one that is known. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_steps.h"

/* Two groups and one slope: b = sum S_ty / sum S_tt within the groups, step = difference of means less b times that of times, with
 * s^2 (1/n1 + 1/n2 + (t2 - t1)^2 / sum S_tt). Draper and Smith (1998), section 14.1. */
static void a_straight_line_steps_by_analysis_of_covariance(void **state)
{
    (void)state;
    StepCase c;
    step_make(&c, 5, 6);
    double n[2] = {0}, t[2] = {0}, y[2] = {0}, s_tt = 0, s_ty = 0, rss = 0;
    for (int i = 0; i < STEP_N; i++)
        if (i != 7) {
            const int g = i >= STEP_AT;
            n[g]++, t[g] += i + 1, y[g] += c.readings[i].value;
        }
    for (int g = 0; g < 2; g++)
        t[g] /= n[g], y[g] /= n[g];
    for (int i = 0; i < STEP_N; i++)
        if (i != 7) {
            const double dt = i + 1 - t[i >= STEP_AT];
            s_tt += dt * dt;
            s_ty += dt * (c.readings[i].value - y[i >= STEP_AT]);
        }
    const double b = s_ty / s_tt, step = y[1] - y[0] - b * (t[1] - t[0]), df = n[0] + n[1] - 3;
    for (int i = 0; i < STEP_N; i++)
        if (i != 7)
            rss += pow(c.readings[i].value - y[i >= STEP_AT] - b * (i + 1 - t[i >= STEP_AT]), 2);
    const double error = sqrt(rss / df * (1 / n[0] + 1 / n[1] + pow(t[1] - t[0], 2) / s_tt));

    step_fit(&c, "ols");
    const WmTrendTerm *found = step_term(&c, "step ");
    assert_string_equal(found->name, "step 2015-04");
    assert_close(found->estimate, step, 1e-10);
    assert_close(found->std_error, error, 1e-10);
    assert_close(found->p_value, 2 * gsl_cdf_tdist_Q(fabs(step / error), df), 1e-8);
    assert_close(step_term(&c, "slope")->estimate, b, 1e-10);
    assert_close(step_term(&c, "intercept")->estimate, y[0] - b * t[0], 1e-10);
    assert_close(c.fitted[STEP_AT - 1].mean, y[0] + b * (STEP_AT - t[0]), 1e-10);
    assert_close(c.fitted[STEP_AT].mean, y[1] + b * (STEP_AT + 1 - t[1]), 1e-10);
    assert_close(c.ahead[0].mean, y[1] + b * (STEP_N + 1 - t[1]), 1e-10);

    const double half = error * gsl_cdf_tdist_Pinv(0.9, df);
    assert_int_equal(wm_period_start(c.coming.effect.period), wm_period_start(step_month(STEP_AT)));
    assert_close(c.coming.effect.effect, step, 1e-10);
    assert_close(c.coming.effect.low, step - half, 1e-8);
    assert_close(c.coming.effect.high, step + half, 1e-8);
    assert_close(c.coming.effect.chance, gsl_cdf_tdist_P(step / error, df), 1e-8);
}

/* ---- a step added to what is known adds to the step found, and changes nothing else */

static const char *const ADDITIVE[] = {"ols", "wls", "huber", "bisquare", "theil_sen", "ses", "holt",       "damped",
                                       "ana", "aaa", "aada",  "level",    "llt",       "ets", "llt_seasons"};

/* Searches end within some tolerance: lines are exact, of the others what the end of a search leaves. */
static double tolerance_of(const char *name)
{
    return wm_trend_model_find(name)->fit == trend_fit_regression ? 1e-7 : 1e-3;
}

static void what_is_added_from_the_event_on_is_found_in_the_step(void **state)
{
    const char *name = *state;
    const double by = 11.5, tolerance = tolerance_of(name);
    for (unsigned seed = 1; seed <= 4; seed++) {
        StepCase without, with;
        step_make(&without, seed, 0);
        step_make(&with, seed, by);
        step_fit(&without, name);
        step_fit(&with, name);
        assert_null(with.fit.state);
        assert_near(step_of(&with), step_of(&without) + by, tolerance * by);
        assert_close(step_term(&with, "step ")->std_error, step_term(&without, "step ")->std_error, tolerance);
        assert_near(with.coming.effect.effect, without.coming.effect.effect + by, tolerance * by);
        for (int i = 0; i < STEP_HORIZON; i++) {
            assert_near(with.ahead[i].mean, without.ahead[i].mean + by, tolerance * by);
            assert_near(with.ahead[i].hi[0], without.ahead[i].hi[0] + by, 5 * tolerance * by);
            assert_near(with.coming.steps[i].location, with.ahead[i].mean, 1e-9);
        }
        if (step_term(&with, "log_likelihood"))
            assert_near(step_term(&with, "log_likelihood")->estimate, step_term(&without, "log_likelihood")->estimate, 1e-3);
        else
            assert_close(with.fit.scale, without.fit.scale, tolerance);
    }
}

/* The same where a step multiplies: the logarithm, or the odds. */
static void what_multiplies_from_the_event_on_adds_to_the_step_of_the_logarithm(void **state)
{
    (void)state;
    StepCase without, with;
    step_make(&without, 3, 0);
    step_make(&with, 3, 0);
    for (int i = STEP_AT; i < STEP_N; i++)
        with.readings[i].value *= 1.25;
    step_fit(&without, "log_linear");
    step_fit(&with, "log_linear");
    assert_near(step_of(&with), step_of(&without) + log(1.25), 1e-9);
    assert_close(with.ahead[2].mean, 1.25 * without.ahead[2].mean, 1e-9);
    const double level = with.coming.steps[0].location;
    assert_close(with.coming.effect.effect, exp(level) - exp(level - step_of(&with)), 1e-9);
}

static void what_multiplies_the_odds_adds_to_the_step_of_the_logit(void **state)
{
    (void)state;
    StepCase without, with;
    step_make(&without, 3, 0);
    step_make(&with, 3, 0);
    without.low = with.low = 0;
    without.high = with.high = 100;
    for (int i = STEP_AT; i < STEP_N; i++) {
        const double odds = 1.5 * with.readings[i].value / (100 - with.readings[i].value);
        with.readings[i].value = 100 * odds / (1 + odds);
    }
    step_fit(&without, "logit_linear");
    step_fit(&with, "logit_linear");
    assert_near(step_of(&with), step_of(&without) + log(1.5), 1e-9);
    const double level = with.coming.steps[0].location;
    assert_close(with.coming.effect.effect, 100 / (1 + exp(-level)) - 100 / (1 + exp(step_of(&with) - level)), 1e-9);
}

/* With its own link a likelihood is at its top where what is expected adds up to what came: before the step, from it on, and by
 * time. McCullagh and Nelder (1989), section 2.2.4. */
static void counts_expected_on_either_side_are_those_that_came(void **state)
{
    const char *name = *state;
    StepCase c;
    step_make(&c, 9, 8);
    c.low = 0;
    c.high = strcmp(name, "binomial") == 0 ? 100 : NAN;
    for (int i = 0; i < STEP_N; i++) {
        WmReading *reading = &c.readings[i];
        reading->numerator = round(reading->denominator * reading->value / 100);
        reading->value = 100 * reading->numerator / reading->denominator;
    }
    step_fit(&c, name);
    assert_null(c.fit.state);
    double before = 0, after = 0, by_time = 0, of_all = 0;
    for (int i = 0; i < STEP_N; i++)
        if (i != 7) {
            const double expected = c.fitted[i].mean / 100 * c.readings[i].denominator, rest = c.readings[i].numerator - expected;
            *(i < STEP_AT ? &before : &after) += rest;
            by_time += rest * (i + 1);
            of_all += c.readings[i].numerator;
        }
    assert_near(before / of_all, 0, 1e-9);
    assert_near(after / of_all, 0, 1e-9);
    assert_near(by_time / (STEP_N * of_all), 0, 1e-9);
    assert_true(step_of(&c) > 0.1);
    assert_true(c.coming.effect.effect > 4 && c.coming.effect.low < c.coming.effect.effect &&
                c.coming.effect.high > c.coming.effect.effect && c.coming.effect.chance > 0.9);
}

/* A level that is constant but for its step: the step itself, and no error. */
static void a_clean_step_is_met_exactly(void **state)
{
    const char *name = *state;
    StepCase c;
    step_make(&c, 1, 0);
    for (int i = 0; i < STEP_N; i++)
        step_set(&c, i, i < STEP_AT ? 40 : 47.5, NAN, 50);
    step_fit(&c, name);
    assert_null(c.fit.state);
    assert_near(step_of(&c), 7.5, 1e-6);
    assert_near(c.ahead[STEP_HORIZON - 1].mean, 47.5, 1e-5);
    assert_near(c.coming.effect.effect, 7.5, 1e-6);
}

int main(void)
{
    static const char *const CLEAN[] = {"ols", "huber", "theil_sen", "ses", "holt", "ets", "level", "llt"}, *const COUNTS[] = {
                                                                                                                "binomial",
                                                                                                                "poisson"};
    add_case("ols", a_straight_line_steps_by_analysis_of_covariance, NULL);
    for (size_t i = 0; i < N_ELEMENTS(ADDITIVE); i++)
        add_case(ADDITIVE[i], what_is_added_from_the_event_on_is_found_in_the_step, ADDITIVE[i]);
    add_case("log_linear", what_multiplies_from_the_event_on_adds_to_the_step_of_the_logarithm, NULL);
    add_case("logit_linear", what_multiplies_the_odds_adds_to_the_step_of_the_logit, NULL);
    for (size_t i = 0; i < N_ELEMENTS(COUNTS); i++)
        add_case(COUNTS[i], counts_expected_on_either_side_are_those_that_came, COUNTS[i]);
    for (size_t i = 0; i < N_ELEMENTS(CLEAN); i++)
        add_case(CLEAN[i], a_clean_step_is_met_exactly, CLEAN[i]);
    return run_cases("trend steps");
}
