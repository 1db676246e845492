/* What the search ends at is a top of the likelihood: no small move of a parameter or of an initial state reaches more. */
#include <waymark/smoothing.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

#define N_MAX    48
#define N_SERIES 60
#define ENOUGH   0.01 /* of the log likelihood */

typedef struct {
    const char *name;
    WmSmoothingModel model;
    bool is_share, has_slope, is_damped;
} Model;

static const Model MODELS[] = {
    {"ann", WM_SMOOTHING_ANN, false, false, false}, {"aan", WM_SMOOTHING_AAN, false, true, false},
    {"aadn", WM_SMOOTHING_AADN, false, true, true}, {"mnn", WM_SMOOTHING_MNN, true, false, false},
    {"man", WM_SMOOTHING_MAN, true, true, false},   {"madn", WM_SMOOTHING_MADN, true, true, true},
};

typedef struct {
    double alpha, beta, phi, level, slope;
} Point;

/* The recursion and the likelihood as the page of the models has them, a reading at a time. */
static double likelihood_at(const double *y, size_t n, bool is_share, const Point *p)
{
    double l = p->level, b = p->slope, sum = 0, logs = 0;
    size_t n_readings = 0;
    for (size_t t = 0; t < n; t++) {
        const double mu = l + p->phi * b, e = isnan(y[t]) ? 0 : y[t] - mu;
        l = mu + p->alpha * e;
        b = p->phi * b + p->beta * e;
        if (isnan(y[t]))
            continue;
        if (is_share && !(mu > 0))
            return -HUGE_VAL;
        n_readings++;
        sum += is_share ? e * e / (mu * mu) : e * e;
        logs += is_share ? log(mu) : 0;
    }
    return -0.5 * (double)n_readings * log(sum) - logs;
}

static bool is_allowed(const Point *p, bool has_slope, bool is_damped)
{
    return p->alpha >= 1e-4 && p->alpha <= 0.9999 && (!has_slope || (p->beta >= 1e-4 && p->beta <= p->alpha)) &&
           (!is_damped || (p->phi >= 0.8 && p->phi <= 0.98));
}

static size_t make_series(Random *random, double *y, bool has_gaps)
{
    const size_t n = 12 + (size_t)(random_uniform(random) * (N_MAX - 12));
    const double slope = random_normal(random), wander = 2 * random_uniform(random);
    double level = 200;
    for (size_t i = 0; i < n; i++) {
        level += slope + wander * random_normal(random);
        y[i] = fmax(1, level + 4 * random_normal(random));
        if (has_gaps && i % 7 == 4)
            y[i] = NAN;
    }
    return n;
}

static void no_move_reaches_more(void **state)
{
    const Model *model = *state;
    WmSmoothingScratch *scratch = wm_smoothing_scratch_new();
    Random random = {11};
    for (size_t k = 0; k < N_SERIES; k++) {
        double y[N_MAX];
        const size_t n = make_series(&random, y, k % 3 == 0);
        WmSmoothing fit;
        assert_int_equal(wm_smoothing_fit(model->model, &(WmSmoothingReadings){.n = n, .y = y}, NULL, scratch, &fit), WM_OK);
        assert_int_equal(fit.state, WM_SMOOTHING_FITTED);
        const Point top = {.alpha = fit.alpha,
                           .beta = model->has_slope ? fit.beta : 0,
                           .phi = model->is_damped ? fit.phi : 1,
                           .level = fit.first[0],
                           .slope = model->has_slope ? fit.first[1] : 0};
        assert_near(likelihood_at(y, n, model->is_share, &top), fit.log_likelihood, 1e-7 * fabs(fit.log_likelihood));
        for (size_t move = 0; move < (size_t)(model->is_damped ? 10 : model->has_slope ? 8 : 4); move++) {
            const double way = move % 2 ? 1 : -1;
            Point moved = top;
            double *const parts[] = {&moved.alpha, &moved.level, &moved.beta, &moved.slope, &moved.phi};
            static const double BY[] = {0.02, 0.3, 0.01, 0.05, 0.01};
            *parts[move / 2] += way * BY[move / 2];
            if (is_allowed(&moved, model->has_slope, model->is_damped))
                assert_true(likelihood_at(y, n, model->is_share, &moved) <= fit.log_likelihood + ENOUGH);
        }
    }
    wm_smoothing_scratch_free(scratch);
}

int main(void)
{
    ADD_TABLE(MODELS, no_move_reaches_more);
    return run_cases("smoothing top");
}
