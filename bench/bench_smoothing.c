/* What it costs to smooth a series of 24 readings, model by model, with the choice by AICc, and by the whole automatic path; as
 * "name,microseconds" on one core. `bench_smoothing --series` prints the series instead, one a line, for a peer to smooth.
 */
#include <waymark/forecast.h>
#include <waymark/smoothing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define N_READINGS        24
#define N_SERIES          200
#define SECONDS           0.4
#define N_ELEMENTS(array) (sizeof(array) / sizeof(array)[0])

/* A linear congruential generator is noise enough for timing, and the same everywhere. */
static double noise(uint64_t *seed)
{
    double sum = 0;
    for (int i = 0; i < 12; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        sum += (double)(*seed >> 11) / 9007199254740992.0;
    }
    return sum - 6;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Levels that walk, a third of them with a slope, seen through noise. */
static void make_series(double *y)
{
    uint64_t seed = 20260731;
    for (size_t k = 0; k < N_SERIES; k++) {
        double level = 200;
        for (size_t i = 0; i < N_READINGS; i++) {
            level += (k % 3 == 0 ? 2 : 0) + 3 * noise(&seed);
            y[k * N_READINGS + i] = level + 5 * noise(&seed);
        }
    }
}

typedef struct {
    const char *name;
    const WmSmoothingModel *models;
    size_t n_models;
    WmSmoothingOptions options;
} Row;

static void measure(const Row *row, const double *y, WmSmoothingScratch *scratch)
{
    size_t n_series = 0;
    double seconds = 0;
    for (const double start = seconds_now(); seconds < SECONDS; seconds = seconds_now() - start)
        for (size_t k = 0; k < N_SERIES; k++, n_series++) {
            WmSmoothing fit;
            const WmSmoothingReadings readings = {.n = N_READINGS, .y = y + k * N_READINGS};
            if (wm_smoothing_select(row->models, row->n_models, &readings, &row->options, scratch, &fit) != WM_OK)
                exit(EXIT_FAILURE);
        }
    printf("%s,%.1f\n", row->name, 1e6 * seconds / (double)n_series);
}

/* What `trend --model auto` does: learn from the batch, compare candidates by rolling origin, fit each series, and say mean, sd and
 * two intervals of 12 months. */
static void forecast_all(const WmForecastSeries *series, WmForecastScratch *scratch)
{
    static const double SHARES[] = {0.025, 0.1, 0.9, 0.975};
    const WmForecastGroup group = {.period_kind = WM_PERIOD_MONTH, .low = 0, .high = NAN};
    WmPrior prior;
    if (wm_prior_learn(&group, series, N_SERIES, scratch, &prior) != WM_OK ||
        wm_prior_compare(series, N_SERIES, scratch, &prior, NULL) != WM_OK)
        exit(EXIT_FAILURE);
    for (size_t k = 0; k < N_SERIES; k++) {
        WmForecast forecast;
        wm_forecast_fit(&prior, &series[k], scratch, &forecast);
        for (int h = 1; h <= 12; h++) {
            double quantiles[N_ELEMENTS(SHARES)], sd;
            const WmDistribution next = wm_forecast_at(&prior, &forecast, h);
            wm_distribution_describe(&next, SHARES, N_ELEMENTS(SHARES), quantiles, &sd);
        }
    }
    wm_prior_clear(&prior);
}

static void measure_automatic(const double *y)
{
    static WmReading readings[N_SERIES][N_READINGS];
    static WmForecastSeries series[N_SERIES];
    WmForecastScratch *scratch = wm_forecast_scratch_new();
    if (!scratch)
        exit(EXIT_FAILURE);
    for (size_t k = 0; k < N_SERIES; k++) {
        for (size_t i = 0; i < N_READINGS; i++)
            readings[k][i] = (WmReading){.period = wm_period_step(wm_period_containing(WM_PERIOD_MONTH, 16000), (int)i),
                                         .value = y[k * N_READINGS + i],
                                         .numerator = NAN,
                                         .denominator = NAN};
        series[k] = (WmForecastSeries){.readings = readings[k], .n_readings = N_READINGS};
    }
    size_t n_series = 0;
    double seconds = 0;
    for (const double start = seconds_now(); seconds < SECONDS; seconds = seconds_now() - start, n_series += N_SERIES)
        forecast_all(series, scratch);
    printf("%s,%.1f\n", "automatic by months", 1e6 * seconds / (double)n_series);
    wm_forecast_scratch_free(scratch);
}

static void print_series(const double *y)
{
    for (size_t k = 0; k < N_SERIES; k++)
        for (size_t i = 0; i < N_READINGS; i++)
            printf("%.17g%c", y[k * N_READINGS + i], i + 1 < N_READINGS ? ',' : '\n');
}

int main(int argc, char **argv)
{
    static const WmSmoothingModel ALL[] = {WM_SMOOTHING_ANN,   WM_SMOOTHING_AAN,  WM_SMOOTHING_AADN, WM_SMOOTHING_MNN,
                                           WM_SMOOTHING_MAN,   WM_SMOOTHING_MADN, WM_SMOOTHING_ANA,  WM_SMOOTHING_AAA,
                                           WM_SMOOTHING_LEVEL, WM_SMOOTHING_LLT};
    static const Row ROWS[] = {
        {"ann", &ALL[0], 1, {.period = 0}},
        {"aan", &ALL[1], 1, {.period = 0}},
        {"aadn", &ALL[2], 1, {.period = 0}},
        {"mnn", &ALL[3], 1, {.period = 0}},
        {"man", &ALL[4], 1, {.period = 0}},
        {"madn", &ALL[5], 1, {.period = 0}},
        {"aaa 4 seasons", &ALL[7], 1, {.period = 4}},
        {"ana 12 seasons", &ALL[6], 1, {.period = 12}},
        {"best without a season", &ALL[0], 6, {.period = 0}},
        {"level", &ALL[8], 1, {.period = 0}},
        {"llt", &ALL[9], 1, {.period = 0}},
        {"llt 12 dummies", &ALL[9], 1, {.period = 12, .season = WM_SEASON_DUMMIES}},
    };
    static double y[N_SERIES * N_READINGS];
    make_series(y);
    if (argc > 1 && strcmp(argv[1], "--series") == 0) {
        print_series(y);
        return EXIT_SUCCESS;
    }
    WmSmoothingScratch *scratch = wm_smoothing_scratch_new();
    if (!scratch)
        return EXIT_FAILURE;
    for (size_t i = 0; i < N_ELEMENTS(ROWS); i++)
        measure(&ROWS[i], y, scratch);
    wm_smoothing_scratch_free(scratch);
    measure_automatic(y);
    return EXIT_SUCCESS;
}
