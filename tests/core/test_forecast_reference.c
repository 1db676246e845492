/* The pooled model against its reference implementation in Python (forecast_reference.py), figure by figure: what is learnt from a
 * batch, and what is forecast for its series. Batches are the published series of golden/milestone.*; inline ones are written out
 * below.
 *
 * 1e-6 relative: nothing is iterated to convergence but the quantiles (60 bisections there, Newton here). */
#include <waymark/forecast.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_golden.h"
#include "core/fixture_series.h"

#define TOLERANCE  1e-6
#define MAX_SERIES 400
#define MAX_VALUES 12

typedef struct {
    const char *name;
    WmPeriodKind kind;
    double low, high;
    size_t n;
    int t[MAX_VALUES];
    double y[MAX_VALUES];
    double den; /* 0: none */
} Inline;

#define RUN_OF_TIMES                         \
    {                                        \
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 \
    }

static const Inline INLINE[] = {
    {"pct3", WM_PERIOD_MONTH, 0, 1, 3, RUN_OF_TIMES, {.5, .52, .49}, 0},
    {"const1", WM_PERIOD_MONTH, 0, 1, 8, RUN_OF_TIMES, {1, 1, 1, 1, 1, 1, 1, 1}, 0},
    {"const0", WM_PERIOD_MONTH, 0, 1, 8, RUN_OF_TIMES, {0}, 0},
    {"nd1", WM_PERIOD_MONTH, 0, 1, 6, RUN_OF_TIMES, {1, 1, 1, 1, 1, 1}, 20},
    {"gaps", WM_PERIOD_MONTH, 0, 1, 5, {0, 1, 4, 9, 10}, {.5, .52, .49, .6, .58}, 0},
    {"counts", WM_PERIOD_MONTH, 0, NAN, 6, RUN_OF_TIMES, {0, 0, 0, 0, 1, 0}, 0},
    {"weeks", WM_PERIOD_MONTH, 0, NAN, 4, RUN_OF_TIMES, {12.5, 13.1, 12.8, 14.2}, 0},
    {"score", WM_PERIOD_MONTH, NAN, NAN, 6, RUN_OF_TIMES, {-3, 2, 1, 0, 4, -2}, 0},
    {"annual3", WM_PERIOD_YEAR, 0, 1, 3, RUN_OF_TIMES, {.5, .55, .7}, 0},
    {"quarter", WM_PERIOD_CALENDAR_QUARTER, 0, NAN, 8, RUN_OF_TIMES, {1000, 1200, 900, 1100, 1100, 1300, 1000, 1200}, 0},
};

typedef struct {
    char id[32];
    WmReading *readings;
    size_t n;
} Series;

typedef struct {
    char name[96];
    WmForecastGroup group;
    Series series[MAX_SERIES];
    WmForecastSeries inputs[MAX_SERIES];
    size_t n;
    WmForecastScratch *scratch;
    WmPrior prior;
} Batch;

static void add_series(Batch *self, const char *id, size_t room)
{
    assert_true(self->n < MAX_SERIES);
    Series *one = &self->series[self->n++];
    snprintf(one->id, sizeof one->id, "%s", id);
    one->readings = calloc(room ? room : 1, sizeof *one->readings);
    one->n = 0;
}

static void add_inline(Batch *self, const char *name)
{
    for (size_t i = 0; i < N_ELEMENTS(INLINE); i++) {
        const Inline *one = &INLINE[i];
        if (strcmp(one->name, name) != 0)
            continue;
        self->group = (WmForecastGroup){.period_kind = one->kind, .low = one->low, .high = one->high};
        add_series(self, name, one->n);
        for (size_t k = 0; k < one->n; k++) {
            const WmPeriod first = wm_period_containing(one->kind, day_of("2015"));
            self->series[0].readings[k] = (WmReading){.period = wm_period_step(first, one->t[k]),
                                                      .value = one->y[k],
                                                      .numerator = one->den > 0 ? one->y[k] * one->den : NAN,
                                                      .denominator = one->den > 0 ? one->den : NAN};
            self->series[0].n++;
        }
    }
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const Series *)a)->id, ((const Series *)b)->id);
}

static Series *find_series(Batch *self, const char *id)
{
    for (size_t i = 0; i < self->n; i++)
        if (strcmp(self->series[i].id, id) == 0)
            return &self->series[i];
    return NULL;
}

/* All series of a group that has cases, or one series; their readings up to the origin. */
static void add_published(Batch *self, const char *group, const char *single, const char *origin)
{
    Table cases, input;
    golden_read("milestone_cases.input.csv", &cases);
    golden_read("milestone.input.csv", &input);
    for (size_t i = 0; i < cases.n_rows; i++) {
        const char *id = table_text(&cases, i, "series_id");
        const bool is_wanted = single ? strcmp(id, single) == 0 : strcmp(table_text(&cases, i, "group"), group) == 0;
        if (is_wanted && !find_series(self, id))
            add_series(self, id, 400);
    }
    const bool is_count = group ? strcmp(group, "att") == 0 : strstr(single, "-att") != NULL;
    const bool is_yearly = group && (strcmp(group, "timely") == 0 || strcmp(group, "appeal") == 0);
    self->group = (WmForecastGroup){is_yearly ? WM_PERIOD_YEAR : WM_PERIOD_MONTH, 0, 0, is_count ? NAN : 1};
    for (size_t i = 0; i < input.n_rows; i++) {
        const char *date = table_text(&input, i, "date");
        Series *one = find_series(self, table_text(&input, i, "series_id"));
        if (!one || strcmp(date, origin) > 0)
            continue;
        WmDay day;
        assert_true(wm_day_parse(date, WM_PERIOD_FINANCIAL_YEAR, &day));
        const double num = is_count ? NAN : table_number(&input, i, "numerator"),
                     den = is_count ? NAN : table_number(&input, i, "denominator");
        one->readings[one->n++] = (WmReading){.period = wm_period_containing(self->group.period_kind, day),
                                              .value = is_count ? table_number(&input, i, "value") : num / den,
                                              .numerator = num,
                                              .denominator = den};
    }
    table_free(&cases);
    table_free(&input);
}

static void batch_free(Batch *self)
{
    for (size_t i = 0; i < self->n; i++)
        free(self->series[i].readings);
    wm_prior_clear(&self->prior);
    wm_forecast_scratch_free(self->scratch);
    *self = (Batch){.n = 0};
}

/* "inline pct3", "single AE-AJN-o-att@2018-03-01", "perf@2018-03-01" */
static void batch_read(Batch *self, const char *name)
{
    char text[96];
    batch_free(self);
    self->name[0] = 0; /* a skip below leaves the batch without a name, so that the next test reads it again */
    snprintf(text, sizeof text, "%s", name);
    char *at = strchr(text, '@');
    if (at)
        *at++ = 0;
    if (strncmp(text, "inline ", 7) == 0)
        add_inline(self, text + 7);
    else if (strncmp(text, "single ", 7) == 0)
        add_published(self, NULL, text + 7, at);
    else
        add_published(self, text, NULL, at);
    qsort(self->series, self->n, sizeof *self->series, by_id);
    for (size_t i = 0; i < self->n; i++)
        self->inputs[i] = (WmForecastSeries){.readings = self->series[i].readings, .n_readings = self->series[i].n};
    self->scratch = wm_forecast_scratch_new();
    snprintf(self->name, sizeof self->name, "%s", name);
    assert_int_equal(wm_prior_learn(&self->group, self->inputs, self->n, self->scratch, &self->prior), WM_OK);
}

static double learnt(const Batch *self, const char *name, const char *index)
{
    const WmPrior *prior = &self->prior;
    const int i = atoi(index);
    double mean, variance;
    wm_prior_path_at(prior, prior->first + (int)prior->n_periods - 1 + i, &mean, &variance);
    const struct {
        const char *name;
        double value;
    } figures[] = {
        {"m2", prior->change},
        {"s02", prior->scale},
        {"pseudo", prior->units},
        {"kappa", prior->kappa},
        {"centre", prior->centre},
        {"w", i >= 0 && i < WM_MAX_PARTS ? prior->weights[i] : NAN},
        {"common_p", prior->kappa > 0 && i >= 0 && i < WM_FORECAST_COMMON_PARTS ? prior->common_share[i] : NAN},
        {"f", i >= prior->first && i < prior->first + (int)prior->n_periods ? prior->path[i - prior->first] : NAN},
        {"t_lo", prior->first},
        {"t_hi", prior->first + (double)prior->n_periods - 1},
        {"factor_mean", mean},
        {"factor_var", variance},
    };
    for (size_t k = 0; k < N_ELEMENTS(figures); k++)
        if (strcmp(figures[k].name, name) == 0)
            return figures[k].value;
    fail_msg("no figure %s", name);
    return NAN;
}

static double chance_of(const WmDistribution *y, const char *polarity, double target)
{
    WmMeasure measure = measure_of(WM_KIND_RATE, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, 1);
    assert_true(wm_polarity_parse(polarity, &measure.polarity));
    return wm_distribution_chance(y, &measure, target);
}

static double forecast_figure(const Batch *self, const WmForecast *forecast, const char *what, int h, double argument)
{
    const struct {
        const char *name;
        double value;
    } figures[] = {{"sd", forecast->sd},
                   {"level", forecast->level},
                   {"load", forecast->load},
                   {"future_den", forecast->link.units},
                   {"v_future", forecast->sampling}};
    for (size_t k = 0; k < N_ELEMENTS(figures); k++)
        if (strcmp(figures[k].name, what) == 0)
            return figures[k].value;
    if (strcmp(what, "component_p") == 0)
        return forecast->parts[(size_t)argument].share;
    if (strcmp(what, "component_ll") == 0)
        return forecast->parts[(size_t)argument].log_likelihood;
    const WmDistribution y = wm_forecast_at(&self->prior, forecast, h);
    if (strcmp(what, "quantile") == 0)
        return wm_distribution_quantile(&y, argument);
    if (strcmp(what, "mean") == 0)
        return wm_distribution_mean(&y, NULL);
    assert_true(strncmp(what, "chance_", 7) == 0);
    return chance_of(&y, what + 7, argument);
}

static double worst;

static void compare(const char *where, const char *what, const char *which, double actual, double expected)
{
    /* A level that is a sum which cancels is as exact as its terms. */
    const double scale = fmax(fabs(expected), 1e-3), error = fabs(actual - expected) / scale;
    if (isnan(actual) || isnan(expected) || error > TOLERANCE)
        print_error("%s: %s %s: %.17g is not %.17g\n", where, what, which, actual, expected);
    assert_true(error <= TOLERANCE);
    worst = fmax(worst, error);
}

static void reference_read(const char *file, Table *out)
{
    char path[4096];
    assert_true(table_read(source_path(file, path), out));
}

static Batch batch; /* large: kept off the stack */

static void what_is_learnt_agrees(void **state)
{
    (void)state;
    Table expected;
    reference_read("tests/core/forecast_reference_learned.csv", &expected);
    for (size_t i = 0; i < expected.n_rows; i++) {
        const char *name = table_text(&expected, i, "batch"), *what = table_text(&expected, i, "name"),
                   *index = table_text(&expected, i, "index");
        if (strcmp(name, batch.name) != 0)
            batch_read(&batch, name);
        const bool is_dated = strcmp(what, "t_lo") == 0 || strcmp(what, "t_hi") == 0 || strcmp(what, "f") == 0;
        const bool is_idle =
            batch.prior.kappa <= 0 && strcmp(what, "common_p") == 0; /* not worked out where there is no common path */
        if (is_idle || (is_dated && strncmp(name, "inline", 6) == 0))
            continue;
        compare(name, what, index, learnt(&batch, what, index), table_number(&expected, i, "value"));
    }
    batch_free(&batch);
    table_free(&expected);
    print_message("worst relative error %.2g\n", worst);
}

static void what_is_forecast_agrees(void **state)
{
    (void)state;
    Table expected;
    WmForecast forecast = {.state = WM_FORECAST_NONE};
    char id[32] = "";
    worst = 0;
    reference_read("tests/core/forecast_reference.csv", &expected);
    for (size_t i = 0; i < expected.n_rows; i++) {
        const char *name = table_text(&expected, i, "batch"), *series = table_text(&expected, i, "series");
        const bool is_new = strcmp(name, batch.name) != 0;
        if (is_new)
            batch_read(&batch, name);
        if (is_new || strcmp(series, id) != 0) {
            const Series *one = find_series(&batch, series);
            assert_non_null(one);
            wm_forecast_fit(&batch.prior, &(WmForecastSeries){.readings = one->readings, .n_readings = one->n}, batch.scratch,
                            &forecast);
            snprintf(id, sizeof id, "%s", series);
            assert_int_equal(forecast.n_readings, (size_t)table_number(&expected, i, "n"));
        }
        const double actual = forecast_figure(&batch, &forecast, table_text(&expected, i, "what"),
                                              atoi(table_text(&expected, i, "h")), table_number(&expected, i, "arg"));
        if (batch.group.low == 0 && strcmp(table_text(&expected, i, "what"), "future_den") == 0 && isnan(batch.group.high))
            continue; /* counts have none */
        compare(name, table_text(&expected, i, "what"), series, actual, table_number(&expected, i, "value"));
    }
    batch_free(&batch);
    table_free(&expected);
    print_message("worst relative error %.2g\n", worst);
}

int main(void)
{
    ADD(what_is_learnt_agrees);
    ADD(what_is_forecast_agrees);
    return run_cases("forecast_reference");
}
