/* Slopes of the pooled model with the built-in prior, for a plan of one series: what rises or falls steadily goes on for a while,
 * what only scatters stays where it is, and neither the unit, the date nor the side it is looked at from matters. */
#include <waymark/forecast.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

#define N_SEEN   12
#define N_AHEAD  24
#define N_ROUNDS 200

typedef struct {
    const char *name;
    double low, high;
    double level, step; /* of the first reading, and the least from month to month; the largest is three times that */
    double noise;       /* sd of a flat series */
} SlopeCase;

static const SlopeCase CASES[] = {
    {"percent", 0, 100, 30, 1.2, 4},
    {"share", 0, 1, 0.30, 0.012, 0.04},
    {"weeks", 0, NAN, 20, 0.8, 2},
    {"score", NAN, NAN, -10, 1, 3},
};

typedef struct {
    WmReading readings[N_SEEN];
    size_t n;
    int first; /* month, from January 2015 */
    WmPrior prior;
    double path[N_AHEAD + 1]; /* median by months ahead; [0] unused */
} One;

static void add(One *self, double value)
{
    const WmPeriod zero = wm_period_containing(WM_PERIOD_MONTH, day_of("2015"));
    self->readings[self->n] = (WmReading){
        .period = wm_period_step(zero, self->first + (int)self->n), .value = value, .numerator = NAN, .denominator = NAN};
    self->n++;
}

/* One quantile at each month ahead, given the built-in prior. */
static void look_ahead(One *self, double low, double high, double share)
{
    WmForecast forecast;
    WmForecastScratch *scratch = wm_forecast_scratch_new();
    assert_non_null(scratch);
    wm_prior_builtin(&(WmForecastGroup){.period_kind = WM_PERIOD_MONTH, .low = low, .high = high}, &self->prior);
    wm_forecast_fit(&self->prior, &(WmForecastSeries){.readings = self->readings, .n_readings = self->n}, scratch, &forecast);
    for (int h = 1; h <= N_AHEAD; h++) {
        const WmDistribution y = wm_forecast_at(&self->prior, &forecast, h);
        self->path[h] = wm_distribution_quantile(&y, share);
    }
    wm_prior_clear(&self->prior);
    wm_forecast_scratch_free(scratch);
}

static void draw_rise(Random *random, const SlopeCase *row, int n, One *out)
{
    const double step = row->step * (1 + 2 * random_uniform(random));
    *out = (One){.first = random_between(random, 0, 60)};
    for (int k = 0; k < n; k++)
        add(out, row->level + step * k + 0.2 * step * random_normal(random));
}

static void draw_flat(Random *random, const SlopeCase *row, int n, One *out)
{
    *out = (One){.first = random_between(random, 0, 60)};
    for (int k = 0; k < n; k++)
        add(out, fmax(row->level + row->noise * random_normal(random), isnan(row->low) ? -INFINITY : row->low));
}

static void eight_months_of_steady_rise_go_on(void **state)
{
    const SlopeCase *row = *state;
    Random random = {811};
    for (int round = 0; round < N_ROUNDS; round++) {
        One one;
        draw_rise(&random, row, 8, &one);
        look_ahead(&one, row->low, row->high, 0.5);
        for (int h = 2; h <= 4; h++)
            assert_true(one.path[h] > one.path[h - 1]);
        assert_true(one.path[3] > one.readings[7].value);
    }
}

/* Of the rise so far: something after six readings, most of it after nine, and never much more than there was. */
static void six_to_twelve_months_of_rise_are_taken_up(void **state)
{
    static const double LEAST[] = {0, 0.5, 0.7};
    const SlopeCase *row = *state;
    for (int n = 6; n <= N_SEEN; n += 3) {
        One one = {.first = 0};
        for (int k = 0; k < n; k++)
            add(&one, row->level + row->step * k + 0.1 * row->step * (k % 2 ? 1 : -1));
        look_ahead(&one, row->low, row->high, 0.5);
        const double share = (one.path[4] - one.path[1]) / (3 * row->step);
        assert_true(share > LEAST[n / 3 - 2] && share < 1.3);
    }
}

/* From one year to the next, so that no season plays a part, in sds of the readings a month: near 0 on
 * average, and in any one path far less than they scatter. */
static void readings_that_only_scatter_stay_where_they_are(void **state)
{
    const SlopeCase *row = *state;
    Random random = {812};
    double sum = 0, most = 0, size = 0;
    for (int round = 0; round < N_ROUNDS; round++) {
        One one;
        draw_flat(&random, row, 8 + round % 5, &one);
        look_ahead(&one, row->low, row->high, 0.5);
        const double slope = (one.path[24] - one.path[12]) / (12 * row->noise);
        sum += slope;
        size += fabs(slope);
        most = fmax(most, fabs(slope));
    }
    assert_near(sum / N_ROUNDS, 0, 0.002);
    assert_true(size / N_ROUNDS < 0.005);
    assert_true(most < 0.03);
}

/* Shares of what there is, seen from the other end. */
static void a_fall_is_a_rise_turned_round(void **state)
{
    (void)state;
    Random random = {813};
    for (int round = 0; round < 20; round++) {
        One rise, fall;
        draw_rise(&random, &CASES[0], 9, &rise);
        fall = (One){.first = rise.first};
        for (size_t k = 0; k < rise.n; k++)
            add(&fall, 100 - rise.readings[k].value);
        look_ahead(&rise, 0, 100, 0.9);
        look_ahead(&fall, 0, 100, 0.1);
        for (int h = 1; h <= N_AHEAD; h++)
            assert_near(fall.path[h], 100 - rise.path[h], 1e-6);
    }
}

static void unit_and_date_play_no_part_in_a_slope(void **state)
{
    (void)state;
    Random random = {814};
    for (int round = 0; round < 20; round++) {
        One percent, share;
        draw_rise(&random, &CASES[0], 9, &percent);
        share = (One){.first = percent.first + 131};
        for (size_t k = 0; k < percent.n; k++)
            add(&share, percent.readings[k].value / 100);
        look_ahead(&percent, 0, 100, 0.8);
        look_ahead(&share, 0, 1, 0.8);
        for (int h = 1; h <= N_AHEAD; h++)
            assert_near(100 * share.path[h], percent.path[h], 1e-6);
    }
}

static void the_order_of_rising_readings_plays_no_part(void **state)
{
    (void)state;
    Random random = {815};
    One straight, turned;
    draw_rise(&random, &CASES[2], 9, &straight);
    turned = straight;
    for (size_t k = 0; k < turned.n; k++)
        turned.readings[k] = straight.readings[turned.n - 1 - k];
    look_ahead(&straight, 0, NAN, 0.5);
    look_ahead(&turned, 0, NAN, 0.5);
    for (int h = 1; h <= N_AHEAD; h++)
        assert_near(turned.path[h], straight.path[h], 0);
}

/* The interval widens month by month and keeps its bounds. */
static void a_slope_that_goes_on_gets_less_and_less_certain(void **state)
{
    (void)state;
    Random random = {816};
    One low, high;
    draw_rise(&random, &CASES[0], 12, &low);
    high = low;
    look_ahead(&low, 0, 100, 0.1);
    look_ahead(&high, 0, 100, 0.9);
    for (int h = 2; h <= 12; h++)
        assert_true(high.path[h] - low.path[h] > high.path[h - 1] - low.path[h - 1] && high.path[h] <= 100 && low.path[h] >= 0);
}

int main(void)
{
    ADD_TABLE(CASES, eight_months_of_steady_rise_go_on);
    ADD_TABLE(CASES, six_to_twelve_months_of_rise_are_taken_up);
    ADD_TABLE(CASES, readings_that_only_scatter_stay_where_they_are);
    ADD(a_fall_is_a_rise_turned_round);
    ADD(unit_and_date_play_no_part_in_a_slope);
    ADD(the_order_of_rising_readings_plays_no_part);
    ADD(a_slope_that_goes_on_gets_less_and_less_certain);
    return run_cases("forecast_slope");
}
