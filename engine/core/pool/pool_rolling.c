/* Forecasts made from earlier origins, to be judged by what has come since. */
#include <math.h>
#include <stdlib.h>

#include "engine/core/pool/pool.h"

static const struct {
    int months; /* of a period; 0: days */
    int steps[WM_FORECAST_MAX_HORIZONS];
} HORIZONS[] = {{1, {1, 3, 6, 12}}, {3, {1, 2, 4, 0}},  {4, {1, 3, 0, 0}},
                {6, {1, 2, 0, 0}},  {12, {1, 2, 3, 0}}, {0, {1, 7, 28, 0}}};

size_t wm_forecast_horizons(WmPeriodKind kind, int steps[WM_FORECAST_MAX_HORIZONS])
{
    const int months = wm_period_kind_months(kind);
    size_t n = 0;
    for (size_t i = 0; i < sizeof HORIZONS / sizeof HORIZONS[0]; i++)
        for (size_t k = 0; HORIZONS[i].months == months && k < WM_FORECAST_MAX_HORIZONS && HORIZONS[i].steps[k]; k++)
            steps[n++] = HORIZONS[i].steps[k];
    return n;
}

/* Edges of cells, in sds of the forecast from its mean: finer in the middle. */
static const double EDGES[POOL_N_CELLS + 1] = {-8,    -5,   -3.6,  -2.8,  -2.2, -1.8, -1.5, -1.25, -1.05, -0.87, -0.7,
                                               -0.55, -0.4, -0.25, -0.12, 0,    0.12, 0.25, 0.4,   0.55,  0.7,   0.87,
                                               1.05,  1.25, 1.5,   1.8,   2.2,  2.8,  3.6,  5,     8};

/* The batch as it is compared, and as it stood at the origin in hand. */
typedef struct {
    const WmPrior *prior;
    const WmForecastSeries *series; /* all of them */
    size_t stride, n;               /* every stride-th is taken, n in all */
    PoolSample *samples;            /* of those taken, with all that is known */
    WmReading *readings;            /* room for those known at an origin, of all taken */
    WmForecastSeries *known;        /* n */
    WmForecastScratch *scratch;
    PoolRolling *out;
} Batch;

static void batch_clear(Batch *self)
{
    free(self->samples);
    free(self->readings);
    free(self->known);
}

static bool batch_init(Batch *self, size_t n_series)
{
    size_t n_readings = 0;
    self->stride = (n_series + POOL_COMPARE_SERIES - 1) / POOL_COMPARE_SERIES;
    self->n = self->stride ? (n_series + self->stride - 1) / self->stride : 0;
    for (size_t i = 0; i < self->n; i++)
        n_readings += self->series[i * self->stride].n_readings;
    self->samples = malloc((self->n + 1) * sizeof *self->samples);
    self->readings = malloc((n_readings + 1) * sizeof *self->readings);
    self->known = malloc((self->n + 1) * sizeof *self->known);
    if (!self->samples || !self->readings || !self->known)
        return false;
    for (size_t i = 0; i < self->n; i++)
        wm_pool_sample(&self->prior->group, &self->series[i * self->stride], &self->samples[i]);
    return true;
}

/* Origins go back from the last but one of all periods, `step` apart; *n of them. */
static void find_origins(const Batch *self, int *last, int *step, int *n)
{
    const int year = wm_pool_seasons(&self->prior->group), least = year > 1 ? year : WM_FORECAST_MIN_READINGS;
    int first = INT32_MAX;
    *last = INT32_MIN;
    for (size_t i = 0; i < self->n; i++) {
        const PoolSample *sample = &self->samples[i];
        if (sample->n < WM_FORECAST_MIN_READINGS)
            continue;
        first = sample->t[0] < first ? sample->t[0] : first;
        *last = sample->t[sample->n - 1] > *last ? sample->t[sample->n - 1] : *last;
    }
    const int64_t span = first <= *last ? (int64_t)*last - first - least + 1 : 0; /* periods that may be origins */
    const int n_all = span <= 0 ? 0 : span < POOL_COMPARE_BACK ? (int)span : POOL_COMPARE_BACK;
    *step = (n_all + POOL_COMPARE_ORIGINS - 1) / POOL_COMPARE_ORIGINS;
    *n = *step ? (n_all + *step - 1) / *step : 0;
}

/* The series as they stood at an origin. */
static void step_back(Batch *self, int origin)
{
    WmReading *next = self->readings;
    for (size_t i = 0; i < self->n; i++) {
        const WmForecastSeries *whole = &self->series[i * self->stride];
        WmForecastSeries *known = &self->known[i];
        *known = (WmForecastSeries){.readings = next, .events = whole->events, .n_events = whole->n_events};
        for (size_t k = 0; k < whole->n_readings; k++)
            if (wm_forecast_period_number(&self->prior->group, whole->readings[k].period) <= origin)
                next[known->n_readings++] = whole->readings[k];
        next += known->n_readings;
    }
}

/* The reading of a period, if it may be held against a forecast from the origin: no break and no intervention lies between. */
static const double *find_outcome(const PoolSample *sample, int origin, int date)
{
    if (sample->n == 0 || sample->t[0] > origin)
        return NULL;
    for (size_t i = 0; i < sample->n_shifts; i++)
        if (sample->shifts[i] > origin && sample->shifts[i] <= date)
            return NULL;
    for (size_t i = 0; i < sample->n; i++)
        if (sample->t[i] == date)
            return &sample->y[i];
    return NULL;
}

double wm_pool_student_below(const WmStudentPart *part, double z)
{
    const double t = (z - part->location) / part->scale, d = part->df;
    const double normal = copysign((8 * d + 1) / (8 * d + 3) * sqrt(d * log1p(t * t / d)), t);
    return 0.5 * erfc(-normal * M_SQRT1_2);
}

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

static void cut_cells(const WmForecast *forecast, PoolForecastMade *made)
{
    const double lowest = wm_link_lowest(&forecast->link), highest = wm_link_highest(&forecast->link);
    double low = isnan(lowest) ? -INFINITY : wm_link_z(&forecast->link, lowest) / forecast->sd;
    double high = isnan(highest) ? INFINITY : wm_link_z(&forecast->link, highest) / forecast->sd;
    if (low > high) { /* turned round */
        const double other = low;
        low = high;
        high = other;
    }
    double mean = 0, square = 0, at[POOL_N_CELLS + 1][WM_MAX_PARTS];
    for (size_t k = 0; k < made->n_parts; k++) {
        const WmStudentPart *part = &made->parts[k];
        mean += part->share * part->location;
        square += part->share * (part->location * part->location + part->scale * part->scale * part->df / (part->df - 2));
    }
    const double sd = sqrt(fmax(square - mean * mean, 0));
    made->z = clamp(made->z, low, high);
    for (size_t i = 0; i <= POOL_N_CELLS; i++) {
        made->edges[i] = clamp(mean + EDGES[i] * sd, low, high);
        for (size_t k = 0; k < made->n_parts; k++)
            at[i][k] = wm_pool_student_below(&made->parts[k], made->edges[i]);
    }
    for (size_t i = 0; i < POOL_N_CELLS; i++)
        for (size_t k = 0; k < made->n_parts; k++)
            made->below[i][k] = 0.5 * (at[i][k] + at[i + 1][k]);
}

static void add_forecast(Batch *self, const WmPrior *prior, const WmForecast *forecast, size_t i_series, int date, double y)
{
    PoolForecastMade *made = &self->out->made[self->out->n++];
    const WmDistribution said = wm_forecast_at(prior, forecast, date - forecast->last);
    made->i_series = i_series;
    made->date = date;
    made->steps = date - forecast->last;
    made->n_parts = said.n_parts;
    made->z = wm_link_z(&forecast->link, forecast->link.kind == WM_LINK_LOG ? forecast->link.sign * y : y) / forecast->sd;
    for (size_t k = 0; k < said.n_parts; k++) {
        made->parts[k] = said.parts[k];
        made->parts[k].location /= forecast->sd;
        made->parts[k].scale /= forecast->sd;
        made->log_likelihood[k] = forecast->parts[k].log_likelihood;
    }
    cut_cells(forecast, made);
}

static void judge_series(Batch *self, const WmPrior *prior, size_t i, int origin)
{
    int steps[WM_FORECAST_MAX_HORIZONS];
    const size_t n_steps = wm_forecast_horizons(prior->group.period_kind, steps);
    WmForecast forecast = {.state = WM_FORECAST_NONE};
    for (size_t h = 0; h < n_steps; h++) {
        const double *y = find_outcome(&self->samples[i], origin, origin + steps[h]);
        if (y && forecast.state == WM_FORECAST_NONE)
            wm_forecast_fit(prior, &self->known[i], self->scratch, &forecast);
        if (y && forecast.state == WM_FORECAST_FITTED && forecast.last == origin)
            add_forecast(self, prior, &forecast, i, origin + steps[h], *y);
    }
}

static WmStatus judge_origin(Batch *self, int origin)
{
    WmPrior prior;
    step_back(self, origin);
    if (wm_prior_learn(&self->prior->group, self->known, self->n, self->scratch, &prior) != WM_OK)
        return WM_NO_MEMORY;
    for (size_t i = 0; i < self->n; i++)
        judge_series(self, &prior, i, origin);
    wm_prior_clear(&prior);
    return WM_OK;
}

WmStatus wm_pool_roll(const WmPrior *prior, const WmForecastSeries *series, size_t n_series, WmForecastScratch *scratch,
                      PoolRolling *out)
{
    Batch self = {.prior = prior, .series = series, .scratch = scratch, .out = out};
    int last, step, n_origins;
    *out = (PoolRolling){.made = NULL};
    WmStatus status = batch_init(&self, n_series) ? WM_OK : WM_NO_MEMORY;
    if (status == WM_OK) {
        find_origins(&self, &last, &step, &n_origins);
        out->made = malloc(((size_t)n_origins * self.n * WM_FORECAST_MAX_HORIZONS + 1) * sizeof *out->made);
        status = out->made ? WM_OK : WM_NO_MEMORY;
        for (int i = 0; i < n_origins && status == WM_OK; i++)
            status = judge_origin(&self, last - 1 - i * step);
    }
    batch_clear(&self);
    if (status != WM_OK)
        wm_pool_rolling_clear(out);
    return status;
}

void wm_pool_rolling_clear(PoolRolling *self)
{
    free(self->made);
    *self = (PoolRolling){.made = NULL};
}

/* The integral of (F - [x >= z])^2 over one cell, and half its derivative by F: F is taken at its mean there. */
static double cell_score(const PoolForecastMade *self, size_t i, double F, double *slope)
{
    const double left = self->edges[i], right = self->edges[i + 1], width = right - left;
    const double beyond = clamp(right - self->z, 0, width); /* where the step is 1 */
    *slope = F * width - beyond;
    return (width - beyond) * F * F + beyond * (F - 1) * (F - 1);
}

/* What lies outside the cells: nothing is expected there. */
static double outside(const PoolForecastMade *self)
{
    return fmax(self->edges[0] - self->z, 0) + fmax(self->z - self->edges[POOL_N_CELLS], 0);
}

double wm_pool_crps(const PoolForecastMade *self, const double *shares, double *gradient)
{
    double sum = outside(self), slope;
    for (size_t k = 0; gradient && k < self->n_parts; k++)
        gradient[k] = 0;
    for (size_t i = 0; i < POOL_N_CELLS; i++) {
        double F = 0;
        for (size_t k = 0; k < self->n_parts; k++)
            F += shares[k] * self->below[i][k];
        sum += cell_score(self, i, F, &slope);
        for (size_t k = 0; gradient && k < self->n_parts; k++)
            gradient[k] += 2 * slope * self->below[i][k];
    }
    return sum;
}

double wm_pool_crps_spread(const PoolForecastMade *self, const double *shares, double spread)
{
    double centre = 0, at[POOL_N_CELLS + 1] = {0}, sum = outside(self), unused;
    for (size_t k = 0; k < self->n_parts; k++)
        centre += shares[k] * self->parts[k].location;
    for (size_t i = 0; i <= POOL_N_CELLS; i++)
        for (size_t k = 0; k < self->n_parts; k++)
            at[i] += shares[k] * wm_pool_student_below(&self->parts[k], centre + (self->edges[i] - centre) / spread);
    for (size_t i = 0; i < POOL_N_CELLS; i++)
        sum += cell_score(self, i, 0.5 * (at[i] + at[i + 1]), &unused);
    return sum;
}
