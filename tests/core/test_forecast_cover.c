/* Intervals of the pooled model hold what they say of counts and shares that are drawn: few cases and many, near the ends and far,
 * as regular as chance alone and less so. Whole numbers are covered more often than asked where a step is a large share. */
#include <waymark/forecast.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

#define N_SERIES 12
#define N_SEEN   24
#define N_AHEAD  4
#define N_ROUNDS 40

typedef struct {
    const char *name;
    double trials; /* 0: a count */
    double mean;   /* share, or count */
    double extra;  /* sd on the logit or log scale beyond chance */
    double least80, most80, least95;
} CoverCase;

static const CoverCase CASES[] = {
    {"8 cases, half", 8, 0.5, 0.1, 0.76, 0.95, 0.92},
    {"8 cases, nearly all", 8, 0.9, 0.1, 0.76, 1.00, 0.92},
    {"30 cases, half", 30, 0.5, 0.2, 0.74, 0.90, 0.92},
    {"30 cases, nearly all", 30, 0.95, 0.2, 0.76, 1.00, 0.92},
    {"300 cases", 300, 0.6, 0.15, 0.72, 0.86, 0.92},
    {"3000 cases", 3000, 0.8, 0.05, 0.72, 0.86, 0.92},
    {"a count of 0 or 1", 0, 0.3, 0, 0.76, 1.00, 0.92},
    {"a count of 2", 0, 2, 0, 0.76, 0.96, 0.92},
    {"a count of 10", 0, 10, 0, 0.74, 0.90, 0.92},
    {"a count of 100", 0, 100, 0, 0.72, 0.86, 0.92},
    {"a count of 10, restless", 0, 10, 0.5, 0.70, 0.88, 0.92},
    {"a count of 100, restless", 0, 100, 0.3, 0.70, 0.86, 0.92},
};

/* Sum of N draws; of many, their normal. */
static double draw_binomial(Random *random, double N, double p)
{
    if (N > 200)
        return fmin(fmax(round(N * p + sqrt(N * p * (1 - p)) * random_normal(random)), 0), N);
    double x = 0;
    for (int i = 0; i < (int)N; i++)
        x += random_uniform(random) < p;
    return x;
}

/* Arrivals of rate 1 within `mean`. */
static double draw_poisson(Random *random, double mean)
{
    double x = -1;
    for (double t = 0; t < mean; x++)
        t -= log(1 - random_uniform(random));
    return fmax(x, 0);
}

static WmReading draw(Random *random, const CoverCase *row, int k, double drift)
{
    const double shock = drift + row->extra * random_normal(random);
    WmReading out = {.period = wm_period_step(period_of("2020-01"), k), .numerator = NAN, .denominator = NAN};
    if (row->trials > 0) {
        const double p = 1 / (1 + exp(-log(row->mean / (1 - row->mean)) - shock));
        out.denominator = row->trials;
        out.numerator = draw_binomial(random, row->trials, p);
        out.value = out.numerator / row->trials;
    } else {
        out.value = draw_poisson(random, row->mean * exp(shock));
    }
    return out;
}

typedef struct {
    size_t n, n80, n95;
} Tally;

static void judge(const WmPrior *prior, const WmForecast *forecast, const WmReading *coming, Tally *tally)
{
    static const double SHARES[] = {0.025, 0.1, 0.9, 0.975};
    for (int h = 1; h <= N_AHEAD; h++) {
        double q[N_ELEMENTS(SHARES)];
        const WmDistribution y = wm_forecast_at(prior, forecast, h);
        const double value = coming[h - 1].value, slack = 1e-9;
        wm_distribution_quantiles(&y, SHARES, N_ELEMENTS(SHARES), q);
        tally->n++;
        tally->n80 += value >= q[1] - slack && value <= q[2] + slack;
        tally->n95 += value >= q[0] - slack && value <= q[3] + slack;
    }
}

static void intervals_hold_as_many_as_they_say(void **state)
{
    const CoverCase *row = *state;
    static WmReading readings[N_SERIES][N_SEEN + N_AHEAD];
    WmForecastScratch *scratch = wm_forecast_scratch_new();
    const WmForecastGroup group = {.period_kind = WM_PERIOD_MONTH, .low = 0, .high = row->trials > 0 ? 1 : NAN};
    Random random = {93};
    Tally tally = {0};
    for (int round = 0; round < N_ROUNDS; round++) {
        WmForecastSeries series[N_SERIES];
        for (size_t i = 0; i < N_SERIES; i++) {
            double drift = 0.3 * random_normal(&random);
            for (int k = 0; k < N_SEEN + N_AHEAD; k++) {
                drift += 0.05 * random_normal(&random);
                readings[i][k] = draw(&random, row, k, drift);
            }
            series[i] = (WmForecastSeries){.readings = readings[i], .n_readings = N_SEEN};
        }
        WmPrior prior;
        assert_int_equal(wm_prior_learn(&group, series, N_SERIES, scratch, &prior), WM_OK);
        for (size_t i = 0; i < N_SERIES; i++) {
            WmForecast forecast;
            wm_forecast_fit(&prior, &series[i], scratch, &forecast);
            judge(&prior, &forecast, readings[i] + N_SEEN, &tally);
        }
        wm_prior_clear(&prior);
    }
    const double cover80 = (double)tally.n80 / (double)tally.n, cover95 = (double)tally.n95 / (double)tally.n;
    print_message("%s: %.3f of 80%%, %.3f of 95%%\n", row->name, cover80, cover95);
    assert_true(cover80 >= row->least80 && cover80 <= row->most80);
    assert_true(cover95 >= row->least95);
    wm_forecast_scratch_free(scratch);
}

int main(void)
{
    ADD_TABLE(CASES, intervals_hold_as_many_as_they_say);
    return run_cases("forecast_cover");
}
