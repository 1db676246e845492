/* Candidates compared by rolling origin: the scores by closed forms and laws, what is left as it was where there is too little to
 * learn from, and that nothing is used which was not known. */
#include <waymark/forecast.h>
#include <waymark/scores.h>

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"
#include "engine/core/pool/pool.h"

#define MAX_SERIES 40
#define MAX_LENGTH 40

typedef struct {
    WmForecastGroup group;
    WmReading readings[MAX_SERIES][MAX_LENGTH];
    WmForecastSeries series[MAX_SERIES];
    size_t n;
    WmForecastScratch *scratch;
    WmPrior prior;
    WmPriorComparison found;
} Batch;

/* Walks with noise about them, of n readings each; `restless_from`: from there on steps are five times as large. */
static void walk(Batch *self, uint64_t seed, WmPeriodKind kind, size_t n_series, size_t n, size_t restless_from)
{
    Random random = {seed};
    *self = (Batch){.group = {.period_kind = kind, .low = NAN, .high = NAN}, .n = n_series};
    const WmPeriod first = wm_period_containing(kind, day_of("2015-01-15"));
    for (size_t i = 0; i < n_series; i++) {
        double level = 0;
        for (size_t k = 0; k < n; k++) {
            level += (k >= restless_from ? 5 : 1) * random_normal(&random);
            self->readings[i][k] = (WmReading){.period = wm_period_step(first, (int)k),
                                               .value = 50 + level + 0.3 * random_normal(&random),
                                               .numerator = NAN,
                                               .denominator = NAN};
        }
        self->series[i] = (WmForecastSeries){.readings = self->readings[i], .n_readings = n};
    }
    self->scratch = wm_forecast_scratch_new();
    assert_non_null(self->scratch);
}

static void learn(Batch *self)
{
    wm_prior_clear(&self->prior);
    assert_int_equal(wm_prior_learn(&self->group, self->series, self->n, self->scratch, &self->prior), WM_OK);
}

static void compare(Batch *self)
{
    learn(self);
    assert_int_equal(wm_prior_compare(self->series, self->n, self->scratch, &self->prior, &self->found), WM_OK);
}

static void batch_free(Batch *self)
{
    wm_prior_clear(&self->prior);
    wm_forecast_scratch_free(self->scratch);
}

/* ---- the parts ---- */

static void student_is_near_enough(void **state)
{
    (void)state;
    for (double df = 4; df < 120; df *= 1.3)
        for (double z = -9; z <= 9; z += 0.05) {
            const WmStudentPart part = {.location = 0.4, .scale = 1.7, .df = df};
            assert_near(wm_pool_student_below(&part, z), gsl_cdf_tdist_P((z - 0.4) / 1.7, df), 5e-4);
        }
}

static void roll(Batch *self, PoolRolling *out)
{
    learn(self);
    assert_int_equal(wm_pool_roll(&self->prior, self->series, self->n, self->scratch, out), WM_OK);
    assert_true(out->n > 0);
}

/* The forecast by the prior's own weights. */
static WmDistribution mixture_of(const PoolForecastMade *made, double *shares)
{
    WmDistribution all = {.kind = WM_DISTRIBUTION_MIXTURE, .n_parts = made->n_parts, .link = {.kind = WM_LINK_IDENTITY, .sign = 1}};
    for (size_t k = 0; k < all.n_parts; k++) {
        all.parts[k] = made->parts[k];
        shares[k] = all.parts[k].share;
    }
    return all;
}

/* One kernel alone is a Student, whose CRPS has a closed form; all together are a mixture. Cells are made for the mixture, so that
 * a kernel far narrower than it is scored by few of them: exact in the mean, roughly one by one. */
static void crps_is_the_closed_form(void **state)
{
    (void)state;
    Batch batch;
    PoolRolling rolling;
    double ours = 0, closed = 0;
    walk(&batch, 11, WM_PERIOD_MONTH, 6, 30, SIZE_MAX);
    roll(&batch, &rolling);
    for (size_t i = 0; i < rolling.n; i++) {
        const PoolForecastMade *made = &rolling.made[i];
        const double sd = (made->edges[POOL_N_CELLS] - made->edges[0]) / 16;
        double shares[WM_MAX_PARTS];
        const WmDistribution all = mixture_of(made, shares);
        assert_close(wm_pool_crps(made, shares, NULL), wm_score_crps(&all, made->z), 0.015);
        for (size_t k = 0; k < made->n_parts; k++) {
            const WmStudentPart *part = &made->parts[k];
            const WmDistribution y = {
                .kind = WM_DISTRIBUTION_STUDENT, .location = part->location, .scale = part->scale, .df = part->df};
            double alone[WM_MAX_PARTS] = {0};
            alone[k] = 1;
            const double score = wm_pool_crps(made, alone, NULL);
            assert_near(score, wm_score_crps(&y, made->z), 0.1 * sd);
            assert_near(wm_pool_crps_spread(made, alone, 1), score, 1e-9);
            ours += score;
            closed += wm_score_crps(&y, made->z);
        }
    }
    assert_close(ours, closed, 0.02);
    wm_pool_rolling_clear(&rolling);
    batch_free(&batch);
}

static void gradient_is_the_slope(void **state)
{
    (void)state;
    Batch batch;
    PoolRolling rolling;
    walk(&batch, 12, WM_PERIOD_YEAR, 6, 12, SIZE_MAX);
    roll(&batch, &rolling);
    for (size_t i = 0; i < rolling.n; i += 7) {
        const PoolForecastMade *made = &rolling.made[i];
        double shares[WM_MAX_PARTS], gradient[WM_MAX_PARTS], unused[WM_MAX_PARTS];
        for (size_t k = 0; k < made->n_parts; k++)
            shares[k] = 1 / (double)made->n_parts;
        wm_pool_crps(made, shares, gradient);
        for (size_t k = 0; k < made->n_parts; k++) {
            shares[k] += 1e-5;
            const double above = wm_pool_crps(made, shares, unused);
            shares[k] -= 2e-5;
            const double below = wm_pool_crps(made, shares, unused);
            shares[k] += 1e-5;
            assert_near(gradient[k], (above - below) / 2e-5, 1e-6 * (1 + fabs(gradient[k])));
        }
    }
    wm_pool_rolling_clear(&rolling);
    batch_free(&batch);
}

/* Every forecast is of a reading after its origin, and what the batch says of an origin is what it says where it ends there. */
static void an_origin_knows_nothing_later(void **state)
{
    (void)state;
    Batch whole, changed;
    PoolRolling before, after;
    walk(&whole, 13, WM_PERIOD_MONTH, 8, 36, SIZE_MAX);
    changed = whole;
    changed.scratch = wm_forecast_scratch_new();
    for (size_t i = 0; i < changed.n; i++) {
        changed.series[i].readings = changed.readings[i];
        changed.readings[i][35].value += 1000; /* only what judges */
    }
    roll(&whole, &before);
    roll(&changed, &after);
    assert_int_equal(before.n, after.n);
    const int last = wm_forecast_period_number(&whole.group, whole.readings[0][35].period);
    size_t n_same = 0;
    for (size_t i = 0; i < before.n; i++) {
        const PoolForecastMade *a = &before.made[i], *b = &after.made[i];
        assert_true(a->steps >= 1 && a->date <= last);
        assert_memory_equal(a->parts, b->parts, a->n_parts * sizeof *a->parts);
        n_same += a->date < last && a->z == b->z;
        assert_true(a->date < last || b->z > a->z + 100);
    }
    assert_true(n_same > before.n / 2);
    wm_pool_rolling_clear(&before);
    wm_pool_rolling_clear(&after);
    batch_free(&whole);
    batch_free(&changed);
}

/* ---- the comparison ---- */

typedef struct {
    const char *name;
    WmPeriodKind kind;
    size_t n_series, n;
} LittleCase;

static const LittleCase LITTLE[] = {
    {"one series says nothing of others", WM_PERIOD_MONTH, 1, 36},
    {"no series", WM_PERIOD_MONTH, 0, 36},
    {"three readings", WM_PERIOD_MONTH, 20, 3},
    {"less than a year of months", WM_PERIOD_MONTH, 30, 12},
    {"four years", WM_PERIOD_YEAR, 30, 4},
};

static void too_little_changes_nothing(void **state)
{
    const LittleCase *row = *state;
    Batch batch;
    double weights[WM_MAX_PARTS];
    walk(&batch, 14, row->kind, row->n_series, row->n, SIZE_MAX);
    learn(&batch);
    memcpy(weights, batch.prior.weights, sizeof weights);
    compare(&batch);
    assert_memory_equal(weights, batch.prior.weights, sizeof weights);
    assert_true(batch.prior.spread == 1);
    assert_true(batch.found.stacked_kept == 0 && batch.found.spread_kept == 0);
    batch_free(&batch);
}

static void shares_are_shares(void **state)
{
    (void)state;
    for (uint64_t seed = 20; seed < 23; seed++) {
        Batch batch;
        double sum = 0, stacked = 0;
        walk(&batch, seed, seed % 2 ? WM_PERIOD_MONTH : WM_PERIOD_YEAR, 12, 26, seed % 3 ? SIZE_MAX : 16);
        compare(&batch);
        assert_true(batch.found.n_forecasts > 50);
        for (size_t k = 0; k < batch.prior.n_kernels; k++) {
            assert_true(batch.prior.weights[k] > 0 && batch.found.candidate_crps[k] > 0);
            sum += batch.prior.weights[k];
            stacked += batch.found.stacked_weights[k];
        }
        assert_near(sum, 1, 1e-12);
        assert_near(stacked, 1, 1e-12);
        assert_true(batch.found.stacked_kept >= 0 && batch.found.stacked_kept <= 1);
        assert_true(batch.found.spread_kept >= 0 && batch.found.spread_kept <= 1);
        assert_true(batch.prior.spread == 1);
        wm_prior_recalibrate(&batch.prior, &batch.found);
        assert_near(batch.prior.spread, pow(batch.found.spread, batch.found.spread_kept), 1e-12);
        batch_free(&batch);
    }
}

/* The unit of measure, and the order of readings, are nothing to it. */
static void unit_and_order_do_not_matter(void **state)
{
    (void)state;
    Batch batch, other;
    walk(&batch, 31, WM_PERIOD_MONTH, 20, 30, 20);
    other = batch;
    other.scratch = wm_forecast_scratch_new();
    for (size_t i = 0; i < other.n; i++) {
        other.series[i].readings = other.readings[i];
        for (size_t k = 0; k < 30; k++) {
            other.readings[i][k] = batch.readings[i][29 - k];
            other.readings[i][k].value *= 8;
        }
    }
    compare(&batch);
    compare(&other);
    for (size_t k = 0; k < batch.prior.n_kernels; k++)
        assert_near(batch.prior.weights[k], other.prior.weights[k], 1e-6);
    assert_near(batch.found.spread, other.found.spread, 1e-6);
    assert_near(batch.found.learnt_crps, other.found.learnt_crps, 1e-6);
    batch_free(&batch);
    batch_free(&other);
}

/* A batch that grew restless: forecasts from before were too narrow, and it is seen. */
static void a_restless_batch_wants_more_spread(void **state)
{
    (void)state;
    Batch calm, restless;
    walk(&calm, 41, WM_PERIOD_MONTH, 40, 36, SIZE_MAX);
    walk(&restless, 41, WM_PERIOD_MONTH, 40, 36, 24);
    compare(&calm);
    compare(&restless);
    assert_true(fabs(log(calm.found.spread)) < 0.15);
    assert_true(restless.found.spread > 1.2);
    assert_true(restless.found.spread_crps < restless.found.learnt_crps);
    batch_free(&calm);
    batch_free(&restless);
}

/* A spread moves the quantiles away from the centre, in order, and leaves the mean of the mixture. */
static void a_spread_widens_about_the_centre(void **state)
{
    (void)state;
    static const double SHARES[] = {0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99};
    Batch batch;
    walk(&batch, 51, WM_PERIOD_MONTH, 10, 30, SIZE_MAX);
    learn(&batch);
    for (size_t i = 0; i < batch.n; i++) {
        double was[7], is[7];
        WmForecast forecast;
        WmPrior wide = batch.prior;
        wide.spread = 1.5;
        wm_forecast_fit(&batch.prior, &batch.series[i], batch.scratch, &forecast);
        const WmDistribution a = wm_forecast_at(&batch.prior, &forecast, 6), b = wm_forecast_at(&wide, &forecast, 6);
        double centre = 0;
        wm_distribution_quantiles(&a, SHARES, 7, was);
        wm_distribution_quantiles(&b, SHARES, 7, is);
        for (size_t k = 0; k < a.n_parts; k++)
            centre += a.parts[k].share * a.parts[k].location;
        for (size_t k = 0; k < 7; k++) {
            assert_near(is[k], centre + 1.5 * (was[k] - centre), 1e-6 * fabs(was[k]));
            assert_true(k == 0 || is[k] > is[k - 1]);
        }
    }
    batch_free(&batch);
}

int main(void)
{
    ADD(student_is_near_enough);
    ADD(crps_is_the_closed_form);
    ADD(gradient_is_the_slope);
    ADD(an_origin_knows_nothing_later);
    ADD_TABLE(LITTLE, too_little_changes_nothing);
    ADD(shares_are_shares);
    ADD(unit_and_order_do_not_matter);
    ADD(a_restless_batch_wants_more_spread);
    ADD(a_spread_widens_about_the_centre);
    return run_cases("prior compare");
}
