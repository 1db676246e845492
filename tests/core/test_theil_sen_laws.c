/* Theil and Sen's line with steps: what must hold whatever the readings are. */
#include <waymark/regression.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_theil_sen.h"

static void make(TheilSenCase *self, unsigned seed, bool is_rounded)
{
    static const double STEPS[][3] = {{9}, {2}, {19}, {6, 13}, {13, 6}, {4, 5, 15}};
    static const size_t N_STEPS[] = {1, 1, 1, 2, 2, 3};
    Random random = {seed};
    const size_t k = seed % N_ELEMENTS(N_STEPS);
    *self = (TheilSenCase){.readings = {.n = 20, .n_steps = N_STEPS[k]}};
    memcpy(self->steps, STEPS[k], sizeof STEPS[k]);
    for (size_t i = 0; i < 20; i++) {
        self->t[i] = (double)i;
        self->y[i] = 10 + 0.25 * (double)i + 2 * random_normal(&random);
        for (size_t j = 0; j < self->readings.n_steps; j++)
            self->y[i] += self->t[i] >= self->steps[j] ? 4 : 0;
        if (is_rounded)
            self->y[i] = round(self->y[i]);
    }
}

#define N_SEEDS 60

static void a_line_added_adds_to_the_line_alone(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < N_SEEDS; seed++) {
        TheilSenCase a, b;
        make(&a, seed, false); /* ties that a line breaks would change the variance of S */
        b = a;
        for (size_t i = 0; i < 20; i++)
            b.y[i] += 7 - 0.5 * b.t[i];
        theil_sen_fit(&a);
        theil_sen_fit(&b);
        assert_near(b.line.slope, a.line.slope - 0.5, 1e-12);
        assert_near(b.line.slope_high, a.line.slope_high - 0.5, 1e-12);
        assert_near(b.line.intercept_median_residual, a.line.intercept_median_residual + 7, 1e-11);
        assert_near(theil_sen_link(&b, 25), theil_sen_link(&a, 25) + 7 - 12.5, 1e-11);
        assert_near(theil_sen_link_error(&b, 25), theil_sen_link_error(&a, 25), 1e-11);
        for (size_t k = 0; k < a.readings.n_steps; k++) {
            assert_near(b.line.step[k], a.line.step[k], 1e-12);
            assert_near(b.line.step_low[k], a.line.step_low[k], 1e-12);
            assert_near(b.fit.std_error[2 + k], a.fit.std_error[2 + k], 1e-11);
        }
    }
}

static void what_a_step_adds_is_found_in_it_alone(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < N_SEEDS; seed++) {
        TheilSenCase a, b;
        make(&a, seed, seed % 2);
        b = a;
        for (size_t i = 0; i < 20; i++)
            b.y[i] += b.t[i] >= b.steps[0] ? -31 : 0;
        theil_sen_fit(&a);
        theil_sen_fit(&b);
        assert_near(b.line.slope, a.line.slope, 1e-12);
        assert_near(b.test.s, a.test.s, 0);
        for (size_t k = 0; k < a.readings.n_steps; k++)
            assert_near(b.line.step[k], a.line.step[k] - (k == 0 ? 31 : 0), 1e-12);
        for (double t = -2; t < 26; t += 3)
            assert_near(theil_sen_link(&b, t), theil_sen_link(&a, t) - (t >= a.steps[0] ? 31 : 0), 1e-11);
    }
}

/* Whatever is measured, and whichever way it is better. */
static void a_scale_goes_through(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < N_SEEDS; seed++) {
        TheilSenCase a, b;
        make(&a, seed, seed % 2);
        b = a;
        for (size_t i = 0; i < 20; i++)
            b.y[i] *= -4; /* exactly, so that ties stay ties */
        theil_sen_fit(&a);
        theil_sen_fit(&b);
        assert_near(b.line.slope, -4 * a.line.slope, 1e-12);
        assert_near(b.line.slope_low, -4 * a.line.slope_high, 1e-11);
        assert_near(b.test.s, -a.test.s, 0);
        assert_near(b.test.tau_p_value, a.test.tau_p_value, 1e-14);
        assert_near(b.fit.p_value[1], a.fit.p_value[1], 1e-14);
        for (size_t k = 0; k < a.readings.n_steps; k++) {
            assert_near(b.line.step[k], -4 * a.line.step[k], 1e-11);
            assert_near(b.line.step_high[k], -4 * a.line.step_low[k], 1e-10);
            assert_near(b.fit.std_error[2 + k], 4 * a.fit.std_error[2 + k], 1e-10);
        }
        assert_near(theil_sen_link_error(&b, 25), 4 * theil_sen_link_error(&a, 25), 1e-10);
    }
}

/* Backwards a rise is a fall, and a step is the other way. */
static void time_turns_round(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < N_SEEDS; seed++) {
        TheilSenCase a, b;
        make(&a, seed, seed % 2);
        b = a;
        for (size_t i = 0; i < 20; i++) {
            b.t[i] = -a.t[19 - i];
            b.y[i] = a.y[19 - i];
        }
        for (size_t k = 0; k < a.readings.n_steps; k++)
            b.steps[k] = -(a.steps[k] - 0.5);
        theil_sen_fit(&a);
        theil_sen_fit(&b);
        assert_near(b.line.slope, -a.line.slope, 1e-13);
        assert_near(b.line.slope_low, -a.line.slope_high, 1e-12);
        assert_near(b.test.s, -a.test.s, 0);
        for (size_t k = 0; k < a.readings.n_steps; k++) {
            assert_near(b.line.step[k], -a.line.step[k], 1e-12);
            assert_near(b.line.step_low[k], -a.line.step_high[k], 1e-11);
            assert_near(b.fit.std_error[2 + k], a.fit.std_error[2 + k], 1e-10);
        }
        for (double t = -3; t < 24; t += 3.7) {
            assert_near(theil_sen_link(&b, -t), theil_sen_link(&a, t), 1e-11);
            assert_near(theil_sen_link_error(&b, -t), theil_sen_link_error(&a, t), 1e-10);
        }
    }
}

static void the_order_of_readings_and_steps_is_irrelevant(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < N_SEEDS; seed++) {
        TheilSenCase a, b;
        make(&a, seed, seed % 2);
        b = a;
        const size_t n_steps = a.readings.n_steps;
        for (size_t i = 0; i < 20; i++) {
            b.t[i] = a.t[i * 7 % 20];
            b.y[i] = a.y[i * 7 % 20];
        }
        for (size_t k = 0; k < n_steps; k++)
            b.steps[k] = a.steps[n_steps - 1 - k];
        theil_sen_fit(&a);
        theil_sen_fit(&b);
        assert_near(b.line.slope, a.line.slope, 0);
        assert_near(b.test.s, a.test.s, 0);
        for (size_t k = 0; k < n_steps; k++) {
            assert_near(b.line.step[k], a.line.step[n_steps - 1 - k], 0);
            assert_near(b.fit.coefficient[2 + k], a.fit.coefficient[1 + n_steps - k], 0);
            assert_near(b.fit.std_error[2 + k], a.fit.std_error[1 + n_steps - k], 1e-11);
        }
        assert_near(theil_sen_link_error(&b, 25), theil_sen_link_error(&a, 25), 1e-11);
    }
}

/* The interval holds the step, the errors told are those that predictions are made with, and none is infinite. */
static void numbers_agree_among_themselves(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < 6 * N_SEEDS; seed++) {
        TheilSenCase c;
        make(&c, seed, seed % 2);
        theil_sen_fit(&c);
        assert_int_equal(c.fit.state, WM_REGRESSION_FITTED);
        assert_near(c.fit.coefficient[1], c.line.slope, 1e-12);
        for (size_t k = 0; k < c.readings.n_steps; k++) {
            assert_true(c.line.step_low[k] <= c.line.step[k] && c.line.step[k] <= c.line.step_high[k]);
            assert_near(c.fit.coefficient[2 + k], c.line.step[k], 1e-12);
            assert_true(isfinite(c.fit.std_error[2 + k]) && c.fit.std_error[2 + k] >= 0);
        }
        double row[WM_REGRESSION_MAX_TERMS] = {0};
        for (size_t j = 0; j < c.fit.n_terms; j++) {
            WmRegressionPrediction at;
            row[j] = 1;
            wm_regression_predict(&c.fit, row, &at);
            assert_near(at.link_error, c.fit.std_error[j], 1e-9);
            row[j] = 0;
        }
        assert_true(theil_sen_link_error(&c, 40) >= theil_sen_link_error(&c, 21));
    }
}

/* What is far out moves neither the step nor the slope by much. */
static void one_reading_far_out_does_not_move_a_step(void **state)
{
    (void)state;
    TheilSenCase a, b;
    make(&a, 6, false);
    b = a;
    b.y[14] = 1e6;
    theil_sen_fit(&a);
    theil_sen_fit(&b);
    assert_near(b.line.step[0], a.line.step[0], 1.5);
    assert_near(b.line.slope, a.line.slope, 0.15);
}

/* Of 2,000 random series the step's interval and that of the next reading hold about what they say: 80% within 6 points. */
static void intervals_hold_what_they_say(void **state)
{
    (void)state;
    Random random = {11};
    size_t n_steps = 0, n_readings = 0;
    for (size_t k = 0; k < 2000; k++) {
        TheilSenCase c = {.steps = {16}, .readings = {.n = 24, .n_steps = 1}};
        for (size_t i = 0; i < 24; i++) {
            c.t[i] = (double)i;
            c.y[i] = 3 + 0.1 * (double)i + (i >= 16 ? 2 : 0) + random_normal(&random);
        }
        theil_sen_fit(&c);
        WmRegressionPrediction at;
        double low, high;
        wm_line_predict(&c.fit, 24, &at);
        wm_regression_interval(&at, 0.8, &low, &high);
        const double next = 5 + 2.4 + random_normal(&random);
        n_readings += low < next && next < high;
        n_steps += fabs(c.fit.coefficient[2] - 2) < 1.323 * c.fit.std_error[2]; /* Student's 90% with 21 degrees */
    }
    assert_near((double)n_steps / 2000, 0.80, 0.06);
    assert_near((double)n_readings / 2000, 0.80, 0.06);
}

int main(void)
{
    ADD(a_line_added_adds_to_the_line_alone);
    ADD(what_a_step_adds_is_found_in_it_alone);
    ADD(a_scale_goes_through);
    ADD(time_turns_round);
    ADD(the_order_of_readings_and_steps_is_irrelevant);
    ADD(numbers_agree_among_themselves);
    ADD(one_reading_far_out_does_not_move_a_step);
    ADD(intervals_hold_what_they_say);
    return run_cases("theil_sen laws");
}
