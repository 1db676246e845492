/* The embedded engine on the work of the PostgreSQL aggregates: from readings in memory to what each would return, one core.
 * Usage: bench_aggregates LONG.csv; prints aggregate,series,seconds. bench/bench_postgres.py compares. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <waymark/spc.h>

#include "engine/core/answers/chance_row.h"
#include "engine/core/answers/trend_rows.h"

#define N_ELEMENTS(array) (sizeof(array) / sizeof(array)[0])

enum { HORIZON = 12, N_RUNS = 3, MAX_READINGS = 100 };

typedef struct {
    char id[32];
    WmReading readings[MAX_READINGS];
    size_t n;
} Series;

typedef struct {
    WmPrior prior;
    WmForecastScratch *forecast;
    WmSpcScratch *spc;
    WmDistribution past[MAX_READINGS];
    WmTrendRow fitted[MAX_READINGS];
    WmTrendRow ahead[HORIZON];
    WmSpcPoint points[MAX_READINGS];
    double sum; /* so that nothing is left out as unused */
} Bench;

static void do_trend(Bench *self, const WmForecastSeries *series)
{
    static const double LEVELS[] = {80, 95};
    WmForecast forecast;
    wm_trend_rows(&self->prior, series, &(WmTrendAsk){.horizon = HORIZON, .levels = LEVELS, .n_levels = N_ELEMENTS(LEVELS)},
                  self->forecast, &forecast, self->past, self->fitted, self->ahead);
    self->sum += self->ahead[0].mean;
}

static void do_chance(Bench *self, const WmForecastSeries *series)
{
    WmForecast forecast;
    const WmMeasure measure = wm_filter_measure(WM_KIND_PERCENT, WM_POLARITY_HIGHER);
    wm_forecast_fit(&self->prior, series, self->forecast, &forecast);
    self->sum += wm_chance_row(&self->prior, &forecast, series->readings, series->n_readings, &measure, 60, WM_NO_DAY).chance;
}

static void do_spc(Bench *self, const WmForecastSeries *series)
{
    WmSpc spc;
    for (size_t i = 0; i < series->n_readings; i++)
        self->points[i] = (WmSpcPoint){series->readings[i].value, NAN, NAN, NAN, false, false};
    if (wm_spc_analyse(self->points, series->n_readings, NULL, self->spc, &spc) != WM_OK)
        exit(EXIT_FAILURE);
    self->sum += spc.phases[0].centre;
}

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Rows of series,period,value, those of a series together. Returns how many series; *out is the caller's to free. */
static size_t read_series(FILE *file, Series **out)
{
    char id[32], period[WM_PERIOD_TEXT];
    double value;
    size_t n = 0, room = 0;
    *out = NULL;
    while (fscanf(file, "%31[^,],%39[^,],%lf ", id, period, &value) == 3) {
        if (n == 0 || strcmp((*out)[n - 1].id, id) != 0) {
            room = n == room ? 2 * room + 1000 : room;
            *out = realloc(*out, room * sizeof **out);
            if (!*out)
                exit(EXIT_FAILURE);
            (*out)[n] = (Series){.n = 0};
            strcpy((*out)[n++].id, id);
        }
        Series *series = &(*out)[n - 1];
        WmReading reading = {.value = value, .numerator = NAN, .denominator = NAN};
        if (series->n == MAX_READINGS || !wm_period_parse(period, WM_PERIOD_FINANCIAL_YEAR, &reading.period))
            exit(EXIT_FAILURE);
        series->readings[series->n++] = reading;
    }
    return n;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*work)(Bench *self, const WmForecastSeries *series);
    } WORKS[] = {{"trend", do_trend}, {"chance", do_chance}, {"spc", do_spc}};
    static Bench self;
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!file)
        return EXIT_FAILURE;
    Series *all;
    const size_t n = read_series(file, &all);
    fclose(file);
    self.forecast = wm_forecast_scratch_new();
    self.spc = wm_spc_scratch_new();
    wm_prior_builtin(&(WmForecastGroup){.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100}, &self.prior);
    for (size_t k = 0; k < N_ELEMENTS(WORKS); k++) {
        double best = INFINITY;
        for (int run = 0; run < N_RUNS; run++) {
            const double began = cpu_seconds();
            for (size_t i = 0; i < n; i++)
                WORKS[k].work(&self, &(WmForecastSeries){.readings = all[i].readings, .n_readings = all[i].n});
            best = fmin(best, cpu_seconds() - began);
        }
        printf("%s,%zu,%.6f\n", WORKS[k].name, n, best);
    }
    free(all);
    return isnan(self.sum) ? EXIT_FAILURE : EXIT_SUCCESS;
}
