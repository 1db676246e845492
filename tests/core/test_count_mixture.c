/* Beta-binomial and negative binomial: closed forms, moments, and laws on random inputs. */
#include <waymark/distribution.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

static const double SHARES[] = {0.001, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.999};

static WmDistribution beta_binomial(double mean, double trials, double dispersion, double df)
{
    return wm_distribution_of_count(WM_DISTRIBUTION_BETA_BINOMIAL, (WmCountPart){mean, trials, dispersion, df, 1, 1});
}

static WmDistribution negative_binomial(double mean, double dispersion, double df)
{
    return wm_distribution_of_count(WM_DISTRIBUTION_NEGATIVE_BINOMIAL, (WmCountPart){mean, 0, dispersion, df, 1, 1});
}

/* A share that is uniform on 0..1 makes every count equally likely: rho = 1/3, dispersion 1 + (N - 1)/3. */
static void a_uniform_share_makes_every_count_equally_likely(void **state)
{
    (void)state;
    for (double N = 2; N <= 60; N++) {
        const WmDistribution y = beta_binomial(N / 2, N, 1 + (N - 1) / 3, INFINITY);
        for (double x = 0; x <= N; x++)
            assert_near(wm_distribution_cdf(&y, x), (x + 1) / (N + 1), 1e-11);
    }
}

/* Size 1 is geometric: P(X > x) = (mean / (1 + mean))^(x + 1); the dispersion is 1 + mean. */
static void a_negative_binomial_of_size_1_is_geometric(void **state)
{
    (void)state;
    for (double mean = 0.25; mean < 200; mean *= 2) {
        const WmDistribution y = negative_binomial(mean, 1 + mean, INFINITY);
        for (double x = 0; x < 4 * mean + 5; x += 1 + floor(mean / 10))
            assert_near(wm_distribution_cdf(&y, x), 1 - pow(mean / (1 + mean), x + 1), 1e-11);
    }
}

static void without_excess_they_are_binomial_and_poisson(void **state)
{
    (void)state;
    const WmDistribution share = beta_binomial(5, 10, 1, INFINITY), less = beta_binomial(5, 10, 0.3, INFINITY),
                         count = negative_binomial(2, 1, INFINITY);
    assert_near(wm_distribution_cdf(&share, 4), 386 / 1024.0, 1e-12);
    assert_near(wm_distribution_cdf(&less, 4), 386 / 1024.0, 1e-12);
    assert_near(wm_distribution_cdf(&count, 1), 3 * exp(-2), 1e-12);
}

/* Mean and variance by summing the cdf: E X = sum P(X > x), E X^2 = sum (2x + 1) P(X > x). */
static void its_mean_and_variance_are_those_asked_for(void **state)
{
    (void)state;
    const struct {
        WmDistribution y;
        double mean, variance, tolerance;
    } rows[] = {
        {beta_binomial(30, 100, 4, INFINITY), 30, 4 * 21, 1e-9},   {beta_binomial(30, 200, 12, INFINITY), 30, 12 * 30 * 0.85, 1e-8},
        {beta_binomial(900, 1000, 3, INFINITY), 900, 3 * 90, 0.5}, /* by the continuous beta */
        {negative_binomial(7, 2.5, INFINITY), 7, 2.5 * 7, 1e-8},   {negative_binomial(400, 9, INFINITY), 400, 3600, 1e-5},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        double first = 0, second = 0, sd;
        for (double x = 0; x < 3000; x++) {
            const double above = 1 - wm_distribution_cdf(&rows[i].y, x);
            first += above;
            second += (2 * x + 1) * above;
        }
        assert_near(first, rows[i].mean, rows[i].tolerance);
        assert_near(second - first * first, rows[i].variance, rows[i].tolerance * rows[i].mean);
        assert_near(wm_distribution_mean(&rows[i].y, &sd), rows[i].mean, 1e-12);
        assert_near(sd * sd, rows[i].variance, 1e-9);
    }
}

/* Summed up to 200 trials, a beta beyond: the two meet. */
static void more_trials_change_nothing_abruptly(void **state)
{
    (void)state;
    for (double share = 0.05; share < 1; share += 0.1) {
        const WmDistribution summed = beta_binomial(200 * share, 200, 5, INFINITY),
                             smooth = beta_binomial(201 * share, 201, 5, INFINITY);
        for (size_t i = 0; i < N_ELEMENTS(SHARES); i++)
            assert_near(wm_distribution_quantile(&smooth, SHARES[i]), wm_distribution_quantile(&summed, SHARES[i]), 2);
    }
}

/* A dispersion known on few readings widens the tails, as a t does; mean and middle stay. */
static void fewer_degrees_of_freedom_widen(void **state)
{
    (void)state;
    double before = 0;
    static const double DF[] = {INFINITY, 30, 8, 3, 1};
    for (size_t i = 0; i < N_ELEMENTS(DF); i++) {
        const WmDistribution y = beta_binomial(2000, 4000, 6, DF[i]);
        const double width = wm_distribution_quantile(&y, 0.975) - wm_distribution_quantile(&y, 0.025);
        assert_true(width > before);
        assert_near(wm_distribution_quantile(&y, 0.5), 2000, 2);
        before = width;
    }
}

/* With many trials it is Student's t but for the extremes. */
static void many_trials_are_students(void **state)
{
    (void)state;
    const WmDistribution y = beta_binomial(500000, 1e6, 4, 5);
    const WmDistribution t = {.kind = WM_DISTRIBUTION_STUDENT, .location = 500000, .scale = 1000, .df = 5};
    for (size_t i = 2; i < N_ELEMENTS(SHARES) - 2; i++)
        assert_near(wm_distribution_quantile(&y, SHARES[i]), wm_distribution_quantile(&t, SHARES[i]), 25);
    assert_near(wm_distribution_quantile(&y, 0.975), wm_distribution_quantile(&t, 0.975), 120);
}

/* Bounds, order, whole events, and quantiles that the cdf undoes. */
static void quantiles_are_whole_within_bounds_and_in_order(void **state)
{
    (void)state;
    Random random = {91};
    for (int round = 0; round < 400; round++) {
        const double N = floor(exp(11 * random_uniform(&random))) + 1, mean = N * random_uniform(&random),
                     dispersion = exp(2 * random_normal(&random)), df = random_between(&random, 1, 40);
        const bool is_share = round % 2 == 0;
        const WmDistribution y = is_share ? beta_binomial(mean, N, dispersion, df) : negative_binomial(mean, dispersion, df);
        double q[N_ELEMENTS(SHARES)], sd;
        const double centre = wm_distribution_describe(&y, SHARES, N_ELEMENTS(SHARES), q, &sd);
        assert_true(isfinite(centre) && isfinite(sd));
        for (size_t i = 0; i < N_ELEMENTS(SHARES); i++) {
            assert_true(q[i] == floor(q[i]) && q[i] >= 0 && (!is_share || q[i] <= N));
            assert_true(i == 0 || q[i] >= q[i - 1]);
            assert_true(wm_distribution_cdf(&y, q[i]) >= SHARES[i] - 1e-12);
            assert_true(q[i] == 0 || wm_distribution_cdf(&y, q[i] - 1) < SHARES[i] + 1e-12);
        }
    }
}

static void at_least_and_at_most_share_the_value_itself(void **state)
{
    (void)state;
    const WmDistribution y =
        wm_distribution_of_count(WM_DISTRIBUTION_BETA_BINOMIAL, (WmCountPart){6, 8, 1.5, 10, 100, 8}); /* percents of 8 */
    WmMeasure measure = percent_measure();
    for (double x = 0; x <= 8; x++) {
        measure.polarity = WM_POLARITY_HIGHER;
        const double at_least = wm_distribution_chance(&y, &measure, 12.5 * x);
        measure.polarity = WM_POLARITY_LOWER;
        const double at_most = wm_distribution_chance(&y, &measure, 12.5 * x);
        assert_near(at_least + at_most - 1, wm_distribution_cdf(&y, 12.5 * x) - wm_distribution_cdf(&y, 12.5 * x - 1), 1e-12);
    }
    measure.polarity = WM_POLARITY_HIGHER;
    assert_near(wm_distribution_chance(&y, &measure, 0), 1, 0);
    assert_near(wm_distribution_chance(&y, &measure, 100.5), 0, 1e-15);
}

typedef struct {
    const char *name;
    WmDistributionKind kind;
    WmCountPart count;
} WrongCase;

static const WrongCase WRONG[] = {
    {"mean beyond the trials", WM_DISTRIBUTION_BETA_BINOMIAL, {11, 10, 1, 5, 1, 1}},
    {"no trials", WM_DISTRIBUTION_BETA_BINOMIAL, {0, 0, 1, 5, 1, 1}},
    {"mean below 0", WM_DISTRIBUTION_NEGATIVE_BINOMIAL, {-1, 0, 1, 5, 1, 1}},
    {"no dispersion", WM_DISTRIBUTION_NEGATIVE_BINOMIAL, {1, 0, 0, 5, 1, 1}},
    {"mean not a number", WM_DISTRIBUTION_NEGATIVE_BINOMIAL, {NAN, 0, 1, 5, 1, 1}},
    {"no degrees of freedom", WM_DISTRIBUTION_NEGATIVE_BINOMIAL, {1, 0, 1, 0, 1, 1}},
};

static void what_is_out_of_range_is_no_distribution(void **state)
{
    const WrongCase *row = *state;
    const WmDistribution y = wm_distribution_of_count(row->kind, row->count);
    assert_int_equal(y.kind, WM_DISTRIBUTION_NONE);
    assert_true(isnan(wm_distribution_quantile(&y, 0.5)));
}

int main(void)
{
    ADD(a_uniform_share_makes_every_count_equally_likely);
    ADD(a_negative_binomial_of_size_1_is_geometric);
    ADD(without_excess_they_are_binomial_and_poisson);
    ADD(its_mean_and_variance_are_those_asked_for);
    ADD(more_trials_change_nothing_abruptly);
    ADD(fewer_degrees_of_freedom_widen);
    ADD(many_trials_are_students);
    ADD(quantiles_are_whole_within_bounds_and_in_order);
    ADD(at_least_and_at_most_share_the_value_itself);
    ADD_TABLE(WRONG, what_is_out_of_range_is_no_distribution);
    return run_cases("count_mixture");
}
