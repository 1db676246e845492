/* The embedded engine on the work of the PostgreSQL aggregates: from readings in memory to what each would return, one core. And
 * charts again, from the rows of an SQLite table (unit, indicator, period, value; a series' rows together): what reading them costs
 * there. Usage: bench_aggregates LONG.csv ROWS.db; prints aggregate,series,seconds. bench/bench_postgres.py compares. */
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <waymark/assess.h>
#include <waymark/series.h>
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
    WmMeasure measure;
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

/* As postgres/agg_assess.c does of one target: signal, assessment, chart and sentence. */
static void do_assess(Bench *self, const WmForecastSeries *series)
{
    char sentence[WM_SENTENCE_TEXT];
    WmForecast forecast;
    WmAssessment out;
    WmSpcLatest latest;
    WmSpc spc;
    WmMilestone due = {wm_day_from_date(2025, 3, 31), 60};
    const WmWaypoint waypoints[] = {{wm_day_to_months(wm_day_from_date(2020, 1, 31)), 50}, {wm_day_to_months(due.due), due.target}};
    WmSeriesMilestone printed = {due.due, due.target, "", "", {WM_MILESTONE_AHEAD, SIZE_MAX}, NAN};
    const WmPolicy policy = wm_policy_default();
    WmAssessmentInput input = {.measure = self->measure,
                               .readings = series->readings,
                               .n_readings = series->n_readings,
                               .as_at = wm_period_end(series->readings[series->n_readings - 1].period),
                               .plan_start = WM_NO_DAY,
                               .milestones = &due,
                               .n_milestones = 1,
                               .baseline = {50, false, false},
                               .trajectory = {.waypoints = waypoints, .n_waypoints = N_ELEMENTS(waypoints)},
                               .reading_lag_days = 31,
                               .stale_after_days = 92,
                               .policy = &policy,
                               .trend = {.prior = &self->prior, .scratch = self->forecast, .forecast = &forecast}};
    if (wm_readings_latest_signal(series->readings, series->n_readings, &input.measure, NULL, 0, &input.trajectory, self->spc,
                                  &latest) != WM_OK)
        exit(EXIT_FAILURE);
    if (latest.is_beyond_noise)
        input.signal = latest.effect == WM_EFFECT_IMPROVEMENT ? 1 : latest.effect == WM_EFFECT_CONCERN ? -1 : 0;
    wm_assess(&input, &out);
    const WmSeries charted = {.measure = input.measure,
                              .milestones = &printed,
                              .n_milestones = 1,
                              .readings = input.readings,
                              .n_readings = input.n_readings,
                              .trajectory = input.trajectory,
                              .assessment = out};
    if (wm_series_chart(&charted, self->spc, &spc) != WM_OK)
        exit(EXIT_FAILURE);
    self->sum +=
        out.next.chance + (double)strlen(wm_assessment_explain(&out, &input.measure, "%", sentence)) + (double)spc.variation;
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

/* Seconds to chart every series from the table's rows. */
static double chart_rows(Bench *self, sqlite3 *db)
{
    sqlite3_stmt *rows;
    Series series = {.n = 0};
    const double began = cpu_seconds();
    if (sqlite3_prepare_v2(db, "SELECT indicator || '/' || unit, period, value FROM readings ORDER BY rowid", -1, &rows, NULL) !=
        SQLITE_OK)
        exit(EXIT_FAILURE);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        const char *id = (const char *)sqlite3_column_text(rows, 0);
        if (series.n && strcmp(series.id, id) != 0) {
            do_spc(self, &(WmForecastSeries){.readings = series.readings, .n_readings = series.n});
            series.n = 0;
        }
        if (series.n == 0)
            snprintf(series.id, sizeof series.id, "%s", id);
        WmReading *reading = &series.readings[series.n++ % MAX_READINGS];
        *reading = (WmReading){.value = sqlite3_column_double(rows, 2), .numerator = NAN, .denominator = NAN};
        if (!wm_period_parse((const char *)sqlite3_column_text(rows, 1), WM_PERIOD_FINANCIAL_YEAR, &reading->period))
            exit(EXIT_FAILURE);
    }
    do_spc(self, &(WmForecastSeries){.readings = series.readings, .n_readings = series.n});
    sqlite3_finalize(rows);
    return cpu_seconds() - began;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*work)(Bench *self, const WmForecastSeries *series);
    } WORKS[] = {{"trend", do_trend}, {"chance", do_chance}, {"spc", do_spc}, {"assess", do_assess}};
    static Bench self;
    FILE *file = argc == 3 ? fopen(argv[1], "r") : NULL;
    if (!file)
        return EXIT_FAILURE;
    Series *all;
    const size_t n = read_series(file, &all);
    fclose(file);
    self.forecast = wm_forecast_scratch_new();
    self.spc = wm_spc_scratch_new();
    self.measure = wm_filter_measure(WM_KIND_PERCENT, WM_POLARITY_HIGHER);
    self.measure.low = 0;
    self.measure.high = 100;
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
    sqlite3 *db;
    double best = INFINITY;
    if (sqlite3_open_v2(argv[2], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        return EXIT_FAILURE;
    for (int run = 0; run < N_RUNS; run++)
        best = fmin(best, chart_rows(&self, db));
    sqlite3_close(db);
    printf("spc_rows,%zu,%.6f\n", n, best);
    free(all);
    return isnan(self.sum) ? EXIT_FAILURE : EXIT_SUCCESS;
}
