/* What the automatic model costs for one series of 12 to 60 months, step by step. */
#include <waymark/forecast.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define N_SERIES          100
#define N_MAX             60
#define HORIZON           12
#define SECONDS           0.4
#define N_ELEMENTS(array) (sizeof(array) / sizeof(array)[0])

typedef struct {
    WmReading readings[N_SERIES][N_MAX];
    WmForecastSeries series[N_SERIES];
    WmForecastGroup group;
    WmPrior prior;
    WmForecast forecasts[N_SERIES];
    WmForecastScratch *scratch;
} Batch;

static double noise(uint64_t *seed)
{
    double sum = 0;
    for (int i = 0; i < 12; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        sum += (double)(*seed >> 11) / 9007199254740992.0;
    }
    return sum - 6;
}

static void make_batch(Batch *self, size_t n)
{
    uint64_t seed = 20260731;
    self->group = (WmForecastGroup){.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100};
    const WmPeriod first = wm_period_containing(WM_PERIOD_MONTH, 16000);
    for (size_t i = 0; i < N_SERIES; i++) {
        double level = 80;
        for (size_t k = 0; k < n; k++) {
            level += 0.5 * noise(&seed) - 0.05;
            self->readings[i][k] = (WmReading){.period = wm_period_step(first, (int)k),
                                               .value = fmin(fmax(level + 3 * sin((double)k * 0.5236) + noise(&seed), 0), 100),
                                               .numerator = NAN,
                                               .denominator = NAN};
        }
        self->series[i] = (WmForecastSeries){.readings = self->readings[i], .n_readings = n};
    }
}

static void learn(Batch *self, size_t i)
{
    if (i > 0)
        return; /* the whole batch at once */
    wm_prior_clear(&self->prior);
    if (wm_prior_learn(&self->group, self->series, N_SERIES, self->scratch, &self->prior) != WM_OK)
        exit(EXIT_FAILURE);
}

static void fit(Batch *self, size_t i)
{
    wm_forecast_fit(&self->prior, &self->series[i], self->scratch, &self->forecasts[i]);
}

static void predict(Batch *self, size_t i)
{
    static const double SHARES[] = {0.025, 0.1, 0.9, 0.975};
    double quantiles[N_ELEMENTS(SHARES)], sd;
    for (int h = 1; h <= HORIZON; h++) {
        const WmDistribution y = wm_forecast_at(&self->prior, &self->forecasts[i], h);
        wm_distribution_describe(&y, SHARES, N_ELEMENTS(SHARES), quantiles, &sd);
    }
}

static const WmMeasure MEASURE = {
    .kind = WM_KIND_PERCENT, .polarity = WM_POLARITY_HIGHER, .low = 0, .high = 100, .decimals = 1, .tolerance = NAN, .near = NAN};

static void chance(Batch *self, size_t i)
{
    const WmDistribution y = wm_forecast_at(&self->prior, &self->forecasts[i], 6);
    wm_distribution_chance(&y, &MEASURE, 82);
}

static void expected(Batch *self, size_t i)
{
    static const double WANTED[] = {0.5, 0.1, 0.9};
    int steps[N_ELEMENTS(WANTED)];
    wm_forecast_expected(&self->prior, &self->forecasts[i], &MEASURE, 99, WANTED, N_ELEMENTS(WANTED), 120, steps);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Microseconds a series. */
static double measure(Batch *self, void (*step)(Batch *, size_t))
{
    size_t n = 0;
    double seconds = 0;
    for (const double start = seconds_now(); seconds < SECONDS; seconds = seconds_now() - start)
        for (size_t i = 0; i < N_SERIES; i++, n++)
            step(self, i);
    return 1e6 * seconds / (double)n;
}

int main(void)
{
    static const size_t LENGTHS[] = {12, 24, 36, 60};
    static Batch batch;
    batch.scratch = wm_forecast_scratch_new();
    if (!batch.scratch)
        return EXIT_FAILURE;
    printf("%10s %8s %8s %12s %8s %10s %14s\n", "readings", "learn", "fit", "12 fans", "chance", "expected", "all, series/s");
    for (size_t i = 0; i < N_ELEMENTS(LENGTHS); i++) {
        make_batch(&batch, LENGTHS[i]);
        learn(&batch, 0);
        const double learning = measure(&batch, learn), fitting = measure(&batch, fit), fans = measure(&batch, predict);
        printf("%10zu %5.0f us %5.0f us %9.0f us %5.1f us %7.0f us %14.0f\n", LENGTHS[i], learning, fitting, fans,
               measure(&batch, chance), measure(&batch, expected), 1e6 / (learning + fitting + fans));
    }
    wm_prior_clear(&batch.prior);
    wm_forecast_scratch_free(batch.scratch);
    return EXIT_SUCCESS;
}
