/* The filter of the structural kernels against their covariance matrix: whitened readings, likelihood, and what is said of times
 * to come, for every kernel, at times with gaps and under uneven sampling noise. */
#include "engine/core/pool/pool.h"

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

#define N_ROUNDS 20
#define N_MOST   40
#define NEAR     1e-8

typedef struct {
    PoolAlgebra algebra;
    size_t n;
    int n_seasons, t[N_MOST];
    double R[N_MOST], e[N_MOST];
} Times;

static Times make_times(Random *random, int n_seasons)
{
    Times self = {.n = (size_t)random_between(random, 3, N_MOST), .n_seasons = n_seasons};
    assert_true(wm_pool_algebra_init(&self.algebra, self.n));
    for (size_t i = 0; i < self.n; i++) {
        const int gap = random_between(random, 0, 3) ? 1 : random_between(random, 2, 6);
        self.t[i] = i ? self.t[i - 1] + gap : 200;
        self.R[i] = random_between(random, 0, 1) ? 0 : random_uniform(random) * 3;
        self.e[i] = random_normal(random) + 3 * random_uniform(random);
    }
    wm_pool_set_times(&self.algebra, self.t, self.n, n_seasons);
    return self;
}

static void assert_same(double found, double wanted)
{
    assert_near(found, wanted, NEAR * fmax(1, fabs(wanted)));
}

static void check_kernel(Times *self, const PoolKernel *kernel)
{
    double u[N_MOST], whitened[N_MOST];
    PoolPosterior posterior;
    const double log_det = wm_pool_filter(&self->algebra, kernel, self->n_seasons, self->R, self->e, u, &posterior);
    assert_same(log_det, wm_pool_factorise(&self->algebra, kernel, self->n_seasons, self->R));
    for (size_t i = 0; i < self->n; i++)
        whitened[i] = self->e[i];
    wm_pool_whiten(&self->algebra, whitened);
    for (size_t i = 0; i < self->n; i++)
        assert_same(u[i], whitened[i]);
    for (int h = 1; h <= 30; h++) {
        double mean, variance, wanted_mean, wanted_variance;
        const int tau = self->t[self->n - 1] - self->t[0] + h;
        wm_pool_tail_at(&posterior.tail, kernel, self->n_seasons, tau, h, &mean, &variance);
        wm_pool_between(&self->algebra, kernel, self->n_seasons, tau, whitened, &wanted_mean, &wanted_variance);
        assert_same(mean, wanted_mean);
        assert_same(variance, wanted_variance);
    }
}

static void test_agrees_with_the_matrix(void **state)
{
    static const int SEASONS[] = {12, 4, 1};
    (void)state;
    Random random = {20261126};
    for (int round = 0; round < N_ROUNDS; round++)
        for (size_t s = 0; s < sizeof SEASONS / sizeof SEASONS[0]; s++) {
            Times times = make_times(&random, SEASONS[s]);
            const PoolDictionary dictionary = wm_pool_dictionary(SEASONS[s]);
            for (size_t k = 0; k < dictionary.n_individual; k++)
                check_kernel(&times, &dictionary.individual[k]);
            for (size_t k = 0; k < dictionary.n_common; k++)
                check_kernel(&times, &dictionary.common[k]);
            wm_pool_algebra_clear(&times.algebra);
        }
}

/* A step that is known to be there is a level of its own: what is said of it comes near the difference of the means, the more so
 * the more readings there are, and its variance never passes that of its prior. */
static void test_finds_a_step(void **state)
{
    (void)state;
    static const PoolKernel STILL = {.q = 1e-6, .phi = 1, .odds = 1};
    PoolAlgebra times;
    double e[N_MOST], u[N_MOST];
    int t[N_MOST];
    PoolPosterior posterior;
    assert_true(wm_pool_algebra_init(&times, N_MOST));
    for (size_t i = 0; i < N_MOST; i++) {
        t[i] = (int)i;
        e[i] = i < 30 ? 1 : 3;
    }
    wm_pool_set_times(&times, t, N_MOST, 1);
    PoolSample sample = {.n = N_MOST, .n_shifts = 1, .shifts = {30}};
    wm_pool_set_shifts(&times, &sample);
    wm_pool_filter(&times, &STILL, 1, NULL, e, u, &posterior);
    /* Of two means of 30 and 10 readings under priors of 100 and 9, to which the level's adds next to nothing. */
    const double data = 1.0 / 30 + 1.0 / 10, wanted = 2 * 9 / (9 + data);
    assert_true(fabs(posterior.shift_mean[0] - wanted) < 2e-3);
    assert_true(fabs(posterior.shift_variance[0] - 9 * data / (9 + data)) < 2e-3);
    wm_pool_algebra_clear(&times);
}

int main(void)
{
    ADD(test_agrees_with_the_matrix);
    ADD(test_finds_a_step);
    return run_cases("pool filter");
}
