/* Interventions as steps of the level: what each model makes of one that is known. */
#include <waymark/trend.h>

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "engine/core/answers/trend_model.h"

#define N       30
#define AT      18 /* the reading from which on the step is there */
#define HORIZON 6

typedef struct {
    WmReading readings[N];
    size_t n;
    WmEvent events[8];
    size_t n_events;
    WmTrendRow fitted[N], ahead[HORIZON];
    WmTrendAhead coming;
    WmTrendFit fit;
    double low, high;
} Case;

static WmPeriod month(int i)
{
    return wm_period_step(wm_period_containing(WM_PERIOD_MONTH, 16000), i);
}

static void intervene(Case *self, int i)
{
    self->events[self->n_events++] = (WmEvent){.period = month(i), .kind = WM_EVENT_INTERVENTION, .title = ""};
}

static void set(Case *self, int i, double value, double numerator, double denominator)
{
    self->readings[i] =
        (WmReading){.period = month(i), .state = WM_FINAL, .value = value, .numerator = numerator, .denominator = denominator};
}

/* Noise about a slow rise, between 20 and 60, with a step of `by` and a gap; every reading of 40 to 80 cases. */
static void make(Case *self, unsigned seed, double by)
{
    Random random = {seed};
    *self = (Case){.n = N, .low = NAN, .high = NAN};
    for (int i = 0; i < N; i++) {
        const double cases = random_between(&random, 40, 80), y = 30 + 0.3 * i + 2 * random_normal(&random);
        set(self, i, y + (i >= AT ? by : 0), NAN, cases);
    }
    self->readings[7].state = WM_SUPPRESSED;
    self->readings[7].value = NAN;
    intervene(self, AT);
}

static void fit(Case *self, const char *name)
{
    static const double LEVELS[] = {80};
    const WmForecastGroup group = {.period_kind = WM_PERIOD_MONTH, .low = self->low, .high = self->high};
    const WmForecastSeries series = {self->readings, self->n, self->events, self->n_events};
    const WmTrendAsk ask = {.horizon = HORIZON, .levels = LEVELS, .n_levels = 1, .is_percent = true, .low = NAN, .high = NAN};
    WmTrendScratch scratch = {.forecast = NULL};
    WmPrior prior;
    wm_prior_builtin(&group, &prior);
    self->fit = (WmTrendFit){.fitted = self->fitted, .ahead = self->ahead, .coming = &self->coming};
    assert_int_equal(wm_trend_model_fit(wm_trend_model_find(name), &prior, &series, &ask, &scratch, &self->fit), WM_OK);
    wm_trend_scratch_clear(&scratch);
    wm_prior_clear(&prior);
}

static const WmTrendTerm *term(const Case *self, const char *start)
{
    for (size_t i = 0; i < self->fit.n_terms; i++)
        if (strncmp(self->fit.terms[i].name, start, strlen(start)) == 0)
            return &self->fit.terms[i];
    return NULL;
}

static double step_of(const Case *self)
{
    const WmTrendTerm *step = term(self, "step ");
    assert_non_null(step);
    return step->estimate;
}

/* Two groups and one slope: b = sum S_ty / sum S_tt within the groups, step = difference of means less b times that of times, with
 * s^2 (1/n1 + 1/n2 + (t2 - t1)^2 / sum S_tt). Draper and Smith (1998), section 14.1. */
static void a_straight_line_steps_by_analysis_of_covariance(void **state)
{
    (void)state;
    Case c;
    make(&c, 5, 6);
    double n[2] = {0}, t[2] = {0}, y[2] = {0}, s_tt = 0, s_ty = 0, rss = 0;
    for (int i = 0; i < N; i++)
        if (i != 7) {
            const int g = i >= AT;
            n[g]++, t[g] += i + 1, y[g] += c.readings[i].value;
        }
    for (int g = 0; g < 2; g++)
        t[g] /= n[g], y[g] /= n[g];
    for (int i = 0; i < N; i++)
        if (i != 7) {
            const double dt = i + 1 - t[i >= AT];
            s_tt += dt * dt;
            s_ty += dt * (c.readings[i].value - y[i >= AT]);
        }
    const double b = s_ty / s_tt, step = y[1] - y[0] - b * (t[1] - t[0]), df = n[0] + n[1] - 3;
    for (int i = 0; i < N; i++)
        if (i != 7)
            rss += pow(c.readings[i].value - y[i >= AT] - b * (i + 1 - t[i >= AT]), 2);
    const double error = sqrt(rss / df * (1 / n[0] + 1 / n[1] + pow(t[1] - t[0], 2) / s_tt));

    fit(&c, "ols");
    const WmTrendTerm *found = term(&c, "step ");
    assert_string_equal(found->name, "step 2015-04");
    assert_close(found->estimate, step, 1e-10);
    assert_close(found->std_error, error, 1e-10);
    assert_close(found->p_value, 2 * gsl_cdf_tdist_Q(fabs(step / error), df), 1e-8);
    assert_close(term(&c, "slope")->estimate, b, 1e-10);
    assert_close(term(&c, "intercept")->estimate, y[0] - b * t[0], 1e-10);
    assert_close(c.fitted[AT - 1].mean, y[0] + b * (AT - t[0]), 1e-10);
    assert_close(c.fitted[AT].mean, y[1] + b * (AT + 1 - t[1]), 1e-10);
    assert_close(c.ahead[0].mean, y[1] + b * (N + 1 - t[1]), 1e-10);

    const double half = error * gsl_cdf_tdist_Pinv(0.9, df);
    assert_int_equal(wm_period_start(c.coming.effect.period), wm_period_start(month(AT)));
    assert_close(c.coming.effect.effect, step, 1e-10);
    assert_close(c.coming.effect.low, step - half, 1e-8);
    assert_close(c.coming.effect.high, step + half, 1e-8);
    assert_close(c.coming.effect.chance, gsl_cdf_tdist_P(step / error, df), 1e-8);
}

/* ---- a step added to what is known adds to the step found, and changes nothing else */

static const char *const ADDITIVE[] = {"ols", "wls", "huber", "bisquare", "ses", "holt", "damped",
                                       "ana", "aaa", "aada",  "level",    "llt", "ets",  "llt_seasons"};

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
        Case without, with;
        make(&without, seed, 0);
        make(&with, seed, by);
        fit(&without, name);
        fit(&with, name);
        assert_null(with.fit.state);
        assert_near(step_of(&with), step_of(&without) + by, tolerance * by);
        assert_close(term(&with, "step ")->std_error, term(&without, "step ")->std_error, tolerance);
        assert_near(with.coming.effect.effect, without.coming.effect.effect + by, tolerance * by);
        for (int i = 0; i < HORIZON; i++) {
            assert_near(with.ahead[i].mean, without.ahead[i].mean + by, tolerance * by);
            assert_near(with.ahead[i].hi[0], without.ahead[i].hi[0] + by, 5 * tolerance * by);
            assert_near(with.coming.steps[i].location, with.ahead[i].mean, 1e-9);
        }
        if (term(&with, "log_likelihood"))
            assert_near(term(&with, "log_likelihood")->estimate, term(&without, "log_likelihood")->estimate, 1e-3);
        else
            assert_close(with.fit.scale, without.fit.scale, tolerance);
    }
}

/* The same where a step multiplies: the logarithm, or the odds. */
static void what_multiplies_from_the_event_on_adds_to_the_step_of_the_logarithm(void **state)
{
    (void)state;
    Case without, with;
    make(&without, 3, 0);
    make(&with, 3, 0);
    for (int i = AT; i < N; i++)
        with.readings[i].value *= 1.25;
    fit(&without, "log_linear");
    fit(&with, "log_linear");
    assert_near(step_of(&with), step_of(&without) + log(1.25), 1e-9);
    assert_close(with.ahead[2].mean, 1.25 * without.ahead[2].mean, 1e-9);
    const double level = with.coming.steps[0].location;
    assert_close(with.coming.effect.effect, exp(level) - exp(level - step_of(&with)), 1e-9);
}

static void what_multiplies_the_odds_adds_to_the_step_of_the_logit(void **state)
{
    (void)state;
    Case without, with;
    make(&without, 3, 0);
    make(&with, 3, 0);
    without.low = with.low = 0;
    without.high = with.high = 100;
    for (int i = AT; i < N; i++) {
        const double odds = 1.5 * with.readings[i].value / (100 - with.readings[i].value);
        with.readings[i].value = 100 * odds / (1 + odds);
    }
    fit(&without, "logit_linear");
    fit(&with, "logit_linear");
    assert_near(step_of(&with), step_of(&without) + log(1.5), 1e-9);
    const double level = with.coming.steps[0].location;
    assert_close(with.coming.effect.effect, 100 / (1 + exp(-level)) - 100 / (1 + exp(step_of(&with) - level)), 1e-9);
}

/* With its own link a likelihood is at its top where what is expected adds up to what came: before the step, from it on, and by
 * time. McCullagh and Nelder (1989), section 2.2.4. */
static void counts_expected_on_either_side_are_those_that_came(void **state)
{
    const char *name = *state;
    Case c;
    make(&c, 9, 8);
    c.low = 0;
    c.high = strcmp(name, "binomial") == 0 ? 100 : NAN;
    for (int i = 0; i < N; i++) {
        WmReading *reading = &c.readings[i];
        reading->numerator = round(reading->denominator * reading->value / 100);
        reading->value = 100 * reading->numerator / reading->denominator;
    }
    fit(&c, name);
    assert_null(c.fit.state);
    double before = 0, after = 0, by_time = 0, of_all = 0;
    for (int i = 0; i < N; i++)
        if (i != 7) {
            const double expected = c.fitted[i].mean / 100 * c.readings[i].denominator, rest = c.readings[i].numerator - expected;
            *(i < AT ? &before : &after) += rest;
            by_time += rest * (i + 1);
            of_all += c.readings[i].numerator;
        }
    assert_near(before / of_all, 0, 1e-9);
    assert_near(after / of_all, 0, 1e-9);
    assert_near(by_time / (N * of_all), 0, 1e-9);
    assert_true(step_of(&c) > 0.1);
    assert_true(c.coming.effect.effect > 4 && c.coming.effect.low < c.coming.effect.effect &&
                c.coming.effect.high > c.coming.effect.effect && c.coming.effect.chance > 0.9);
}

/* ---- exponential smoothing: no other step is likelier */

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

/* A level that is constant but for its step: the step itself, and no error. */
static void a_clean_step_is_met_exactly(void **state)
{
    const char *name = *state;
    Case c;
    make(&c, 1, 0);
    for (int i = 0; i < N; i++)
        set(&c, i, i < AT ? 40 : 47.5, NAN, 50);
    fit(&c, name);
    assert_null(c.fit.state);
    assert_near(step_of(&c), 7.5, 1e-6);
    assert_near(c.ahead[HORIZON - 1].mean, 47.5, 1e-5);
    assert_near(c.coming.effect.effect, 7.5, 1e-6);
}

/* ---- which interventions are steps */

static void a_step_wants_readings_on_either_side(void **state)
{
    (void)state;
    static const int NOWHERE[] = {0, -5, N, N + 3};
    for (size_t i = 0; i < N_ELEMENTS(NOWHERE); i++) {
        Case c, plain;
        make(&c, 2, 0);
        plain = c;
        plain.n_events = 0;
        c.n_events = 0;
        intervene(&c, NOWHERE[i]);
        fit(&c, "ols");
        fit(&plain, "ols");
        assert_null(term(&c, "step "));
        assert_int_equal(c.coming.effect.period.kind, WM_PERIOD_NONE);
        assert_true(c.ahead[0].mean == plain.ahead[0].mean);
    }
}

static void two_steps_without_a_reading_between_are_one(void **state)
{
    const char *name = *state;
    Case once, twice;
    make(&once, 2, 4);
    twice = once;
    once.n_events = twice.n_events = 0;
    intervene(&once, 7); /* reading 7 is suppressed */
    intervene(&twice, 8);
    intervene(&twice, 7);
    intervene(&twice, 7);
    fit(&once, name);
    fit(&twice, name);
    assert_null(twice.fit.state);
    assert_int_equal(twice.fit.n_terms, once.fit.n_terms);
    assert_string_equal(term(&twice, "step ")->name, term(&once, "step ")->name);
    assert_true(twice.ahead[3].mean == once.ahead[3].mean);
}

static void the_order_of_events_is_irrelevant(void **state)
{
    const char *name = *state;
    Case one, other;
    make(&one, 4, 5);
    other = one;
    one.n_events = other.n_events = 0;
    intervene(&one, 11), intervene(&one, AT);
    intervene(&other, AT), intervene(&other, 11);
    fit(&one, name);
    fit(&other, name);
    assert_null(one.fit.state);
    for (size_t k = 0; k < one.fit.n_terms; k++) {
        assert_string_equal(one.fit.terms[k].name, other.fit.terms[k].name);
        assert_true(one.fit.terms[k].estimate == other.fit.terms[k].estimate);
    }
    assert_int_equal(wm_period_start(one.coming.effect.period), wm_period_start(month(AT)));
}

/* A step is no reason to have no forecast: where readings are few the earlier steps are left out first. */
static void few_readings_have_fewer_steps(void **state)
{
    const char *name = *state;
    for (size_t n = 3; n <= 8; n++) {
        Case plain, c;
        make(&plain, 6, 0);
        set(&plain, 7, 33, NAN, 50);
        plain.n = n;
        plain.n_events = 0;
        c = plain;
        intervene(&c, 1);
        intervene(&c, 2);
        fit(&plain, name);
        fit(&c, name);
        assert_int_equal(c.fit.state == NULL, plain.fit.state == NULL);
        assert_true(plain.fit.state || isfinite(c.ahead[0].mean));
        if (term(&c, "step "))
            assert_int_equal(wm_period_start(c.coming.effect.period), wm_period_start(month(2)));
    }
}

static void what_came_before_a_break_has_no_step(void **state)
{
    (void)state;
    Case c;
    make(&c, 2, 4);
    c.events[c.n_events++] = (WmEvent){.period = month(AT), .kind = WM_EVENT_BREAK, .title = ""};
    fit(&c, "ols");
    assert_null(term(&c, "step "));
}

static void ranks_take_no_step(void **state)
{
    (void)state;
    Case c;
    make(&c, 2, 4);
    fit(&c, "theil_sen");
    assert_null(c.fit.state);
    assert_null(term(&c, "step "));
    const double t[] = {1, 2, 3, 4, 5}, y[] = {1, 2, 4, 5, 7}, at = 3;
    WmRegressionScratch *scratch = wm_regression_scratch_new();
    WmRegression line;
    assert_int_equal(wm_line_fit(WM_REGRESSION_THEIL_SEN, &(WmLineReadings){.n = 5, .t = t, .y = y, .n_steps = 1, .steps = &at},
                                 NULL, scratch, &line),
                     WM_OK);
    assert_int_equal(line.state, WM_REGRESSION_UNSUITABLE);
    wm_regression_scratch_free(scratch);
}

/* ---- behind a trend, as the month asks for it */

static void the_trend_of_a_plan_steps(void **state)
{
    const char *name = *state;
    Case c;
    make(&c, 5, 6);
    fit(&c, name);
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
        assert_close(trend.slope, term(&c, "slope")->estimate, 1e-12);
    wm_trend_scratch_clear(&scratch);
    wm_prior_clear(&prior);
}

int main(void)
{
    static const char *const SHARES[] = {"ann", "aan", "aadn", "mnn", "man", "madn"}, *const FEW[] = {"ols",        "huber",
                                                                                                      "log_linear", "ses",
                                                                                                      "holt",       "ets",
                                                                                                      "level",      "llt"},
                             *const COUNTS[] = {"binomial", "poisson"};
    add_case("ols", a_straight_line_steps_by_analysis_of_covariance, NULL);
    for (size_t i = 0; i < N_ELEMENTS(ADDITIVE); i++)
        add_case(ADDITIVE[i], what_is_added_from_the_event_on_is_found_in_the_step, ADDITIVE[i]);
    add_case("log_linear", what_multiplies_from_the_event_on_adds_to_the_step_of_the_logarithm, NULL);
    add_case("logit_linear", what_multiplies_the_odds_adds_to_the_step_of_the_logit, NULL);
    for (size_t i = 0; i < N_ELEMENTS(COUNTS); i++)
        add_case(COUNTS[i], counts_expected_on_either_side_are_those_that_came, COUNTS[i]);
    for (size_t i = 0; i < N_ELEMENTS(SHARES); i++)
        add_case(SHARES[i], no_other_step_is_likelier, SHARES[i]);
    for (size_t i = 0; i < N_ELEMENTS(FEW); i++) {
        add_case(FEW[i], two_steps_without_a_reading_between_are_one, FEW[i]);
        add_case(FEW[i], the_order_of_events_is_irrelevant, FEW[i]);
        add_case(FEW[i], few_readings_have_fewer_steps, FEW[i]);
        add_case(FEW[i], the_trend_of_a_plan_steps, FEW[i]);
        if (strcmp(FEW[i], "log_linear") != 0)
            add_case(FEW[i], a_clean_step_is_met_exactly, FEW[i]);
    }
    add_case("either side", a_step_wants_readings_on_either_side, NULL);
    add_case("break", what_came_before_a_break_has_no_step, NULL);
    add_case("theil_sen", ranks_take_no_step, NULL);
    return run_cases("trend steps");
}
