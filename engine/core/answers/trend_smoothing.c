/* Smoothing models of the filter trend: exponential smoothing and structural models, on a grid of periods. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "engine/core/answers/trend_model.h"
#include "engine/core/answers/trend_steps.h"

/* Periods from the first reading to the last: beyond it a date is a slip. */
#define MAX_PERIODS 10000

/* Readings by period, NAN where there is none: gaps are gaps to the filter. Memory is the scratch's. */
typedef struct {
    double *y;
    size_t n;
    int first;                   /* the first period's number */
    double *x;                   /* n * steps.n: 0 before an intervention, 1 from it on */
    WmSmoothingPrediction *past; /* n */
    TrendSteps steps;
} Grid;

static size_t place_of(const Grid *grid, const WmForecastGroup *group, WmPeriod period)
{
    return (size_t)(wm_forecast_period_number(group, period) - grid->first);
}

/* Periods from the first to the last reading; 0 when that is no grid. */
static size_t count_periods(const WmForecastSeries *series, const WmForecastGroup *group)
{
    if (series->n_readings == 0)
        return 0;
    const int64_t n = (int64_t)wm_forecast_period_number(group, series->readings[series->n_readings - 1].period) -
                      wm_forecast_period_number(group, series->readings[0].period) + 1;
    return n > MAX_PERIODS ? 0 : (size_t)n;
}

static WmStatus grid_fill(const WmForecastSeries *series, const WmForecastGroup *group, ScratchMemory *memory, Grid *out)
{
    const size_t n = out->n, n_past = n * (sizeof(WmSmoothingPrediction) / sizeof(double));
    out->y = scratch_memory_take(memory, n + n * WM_SMOOTHING_MAX_REGRESSORS + n_past);
    if (!out->y)
        return WM_NO_MEMORY;
    out->x = out->y + n;
    out->past = (WmSmoothingPrediction *)(void *)(out->x + n * WM_SMOOTHING_MAX_REGRESSORS);
    out->first = wm_forecast_period_number(group, series->readings[0].period);
    for (size_t i = 0; i < n; i++)
        out->y[i] = NAN;
    for (size_t k = 0; k < series->n_readings; k++) {
        const WmReading *reading = &series->readings[k];
        if (wm_reading_state_has_value(reading->state) && isfinite(reading->value) &&
            !trend_is_left_out(series, group, reading->period))
            out->y[place_of(out, group, reading->period)] = reading->value;
    }
    return WM_OK;
}

static void grid_lay_steps(Grid *self)
{
    for (size_t i = 0; i < self->n; i++)
        for (size_t k = 0; k < self->steps.n; k++)
            self->x[i * self->steps.n + k] = (double)i >= self->steps.times[k];
}

static WmSmoothingReadings grid_readings(const Grid *self)
{
    return (WmSmoothingReadings){.n = self->n, .y = self->y, .n_regressors = self->steps.n, .x = self->steps.n ? self->x : NULL};
}

static WmTrendRow row_of(const WmSmoothingPrediction *at, const WmTrendAsk *ask)
{
    WmTrendRow row = wm_trend_row_none();
    row.mean = at->mean;
    row.sd = at->sd;
    for (size_t i = 0; i < ask->n_levels; i++)
        wm_smoothing_interval(at, ask->levels[i] / 100, &row.lo[i], &row.hi[i]);
    trend_row_bound(&row, ask);
    return row;
}

static void look_ahead(const WmSmoothing *fit, const double *x, WmTrendAhead *out)
{
    out->kind = WM_DISTRIBUTION_STUDENT;
    for (int step = 1; step <= WM_TREND_MAX_AHEAD; step++) {
        const WmSmoothingPrediction at = wm_smoothing_predict(fit, step, x);
        out->steps[step - 1].location = at.mean;
        out->steps[step - 1].scale = at.sd;
        out->steps[step - 1].df = at.df;
    }
}

static WmStatus add_rows(const WmSmoothing *fit, const WmSmoothingOptions *options, const Grid *grid,
                         const WmForecastSeries *series, const WmForecastGroup *group, const WmTrendAsk *ask,
                         WmSmoothingScratch *scratch, WmTrendFit *out)
{
    const WmSmoothingReadings readings = grid_readings(grid);
    const double *last_x = grid->steps.n ? grid->x + (grid->n - 1) * grid->steps.n : NULL; /* steps last */
    if (wm_smoothing_fitted(fit, &readings, options, scratch, grid->past) != WM_OK)
        return WM_NO_MEMORY;
    for (size_t k = 0; out->fitted && k < series->n_readings; k++)
        out->fitted[k] = row_of(&grid->past[place_of(grid, group, series->readings[k].period)], ask);
    for (int step = 1; step <= ask->horizon && wm_smoothing_has_fit(fit); step++) {
        const WmSmoothingPrediction at = wm_smoothing_predict(fit, step, last_x);
        out->ahead[step - 1] = row_of(&at, ask);
    }
    if (out->coming && wm_smoothing_has_fit(fit))
        look_ahead(fit, last_x, out->coming);
    return WM_OK;
}

static void add_if_known(WmTrendFit *out, const char *name, double estimate)
{
    if (!isnan(estimate))
        trend_add_term(out, name, estimate);
}

static const char *const VARIANCES[WM_SMOOTHING_MAX_PARAMETERS] = {"reading_variance", "level_variance", "slope_variance",
                                                                   "season_variance"};

static void add_step(const WmSmoothing *fit, const Grid *grid, size_t k, WmTrendFit *out)
{
    const size_t i_state = fit->n_states - grid->steps.n + k;
    const TrendEstimate step = {
        .value = fit->last[i_state], .error = sqrt(fit->covariance[i_state * fit->n_states + i_state]), .df = fit->df};
    const double half = trend_half_80(&step);
    trend_add_estimate(out, grid->steps.periods[k], &step);
    trend_keep_effect(out, grid->steps.periods[k], &step, (const double[]){step.value, step.value - half, step.value + half});
}

/* Parameters, the states after the last reading, and how well it fits. */
static void take_terms(const WmSmoothing *fit, const Grid *grid, WmTrendFit *out)
{
    const bool is_structural = fit->model == WM_SMOOTHING_LEVEL || fit->model == WM_SMOOTHING_LLT,
               has_slope = fit->model == WM_SMOOTHING_LLT || !isnan(fit->beta);
    add_if_known(out, "alpha", fit->alpha);
    add_if_known(out, "beta", fit->beta);
    add_if_known(out, "gamma", fit->gamma);
    add_if_known(out, "phi", fit->phi);
    for (size_t i = 0; is_structural && i < WM_SMOOTHING_MAX_PARAMETERS; i++)
        if ((i != 2 || has_slope) && (i != 3 || fit->period))
            trend_add_term(out, VARIANCES[i], fit->variance[i]);
    trend_add_term(out, "level", fit->last[0]);
    if (has_slope)
        trend_add_term(out, "slope", fit->last[1]);
    for (size_t k = 0; k < grid->steps.n; k++)
        add_step(fit, grid, k, out);
    add_if_known(out, "log_likelihood", fit->log_likelihood);
    add_if_known(out, "aicc", fit->aicc);
    out->df = fit->df;
    out->scale = fit->sigma;
    out->model = wm_smoothing_model_name(fit->model);
}

/* No grid, no fit. */
static WmStatus refuse(const WmForecastSeries *series, WmTrendFit *out)
{
    out->state = series->n_readings ? "unsuitable" : "too_few";
    for (size_t k = 0; out->fitted && k < series->n_readings; k++)
        out->fitted[k] = wm_trend_row_none();
    return WM_OK;
}

/* With as many of the steps, the latest first, as leave readings enough. */
static WmStatus fit_grid(const WmTrendModel *model, Grid *grid, const WmSmoothingOptions *options, WmSmoothingScratch *scratch,
                         WmSmoothing *out)
{
    for (;; trend_steps_drop_first(&grid->steps)) {
        grid_lay_steps(grid);
        const WmSmoothingReadings readings = grid_readings(grid);
        const WmStatus status = wm_smoothing_select(model->smoothing, model->n_smoothing, &readings, options, scratch, out);
        if (status != WM_OK || out->state != WM_SMOOTHING_TOO_FEW || grid->steps.n == 0)
            return status;
    }
}

WmStatus trend_fit_smoothing(const WmTrendModel *model, const WmPrior *prior, const WmForecastSeries *series, const WmTrendAsk *ask,
                             WmTrendScratch *scratch, WmTrendFit *out)
{
    const WmForecastGroup *group = &prior->group;
    const int months = wm_period_kind_months(group->period_kind);
    const size_t year = months > 0 && months < 12 ? (size_t)(12 / months) : 0;
    const WmSmoothingOptions options = {.period = year, .season = year ? model->season : WM_SEASON_NONE};
    Grid grid = {.n = count_periods(series, group)};
    WmSmoothing fit;
    if (!scratch->smoothing)
        scratch->smoothing = wm_smoothing_scratch_new();
    if (!scratch->smoothing)
        return WM_NO_MEMORY;
    if (grid.n == 0)
        return refuse(series, out);
    if (grid_fill(series, group, &scratch->columns, &grid) != WM_OK)
        return WM_NO_MEMORY;
    trend_steps_take(series, group, &(TrendTimes){.n = grid.n, .y = grid.y, .origin = grid.first}, &grid.steps);
    if (fit_grid(model, &grid, &options, scratch->smoothing, &fit) != WM_OK ||
        add_rows(&fit, &options, &grid, series, group, ask, scratch->smoothing, out) != WM_OK)
        return WM_NO_MEMORY;
    out->n_used = fit.n_readings;
    if (wm_smoothing_has_fit(&fit))
        take_terms(&fit, &grid, out);
    else
        out->state = wm_smoothing_state_name(fit.state);
    return WM_OK;
}
