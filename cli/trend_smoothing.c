/* Smoothing models of `waymark trend`: exponential smoothing and structural models, on a grid of periods. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "cli/trend_model.h"

/* Periods from the first reading to the last: beyond it a date is a slip. */
#define MAX_PERIODS 10000

/* Readings by period, NAN where there is none: gaps are gaps to the filter. */
typedef struct {
    double *y;
    size_t *row; /* of each reading: its place */
    size_t n;
    double *x; /* n * n_steps: 0 before an intervention, 1 from it on */
    WmPeriod steps[WM_SMOOTHING_MAX_REGRESSORS];
    size_t n_steps;
} Grid;

static void grid_clear(Grid *self)
{
    g_free(self->y);
    g_free(self->row);
    g_free(self->x);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Grid, grid_clear)

static gboolean grid_fill(const WmForecastSeries *series, const WmForecastGroup *group, Grid *out)
{
    const size_t n = series->n_readings;
    if (n == 0)
        return FALSE;
    const int first = wm_forecast_period_number(group, series->readings[0].period);
    const int64_t n_periods = (int64_t)wm_forecast_period_number(group, series->readings[n - 1].period) - first + 1;
    if (n_periods > MAX_PERIODS)
        return FALSE;
    out->n = (size_t)n_periods;
    out->y = g_new(double, out->n);
    out->row = g_new(size_t, n);
    for (size_t i = 0; i < out->n; i++)
        out->y[i] = NAN;
    for (size_t k = 0; k < n; k++) {
        const WmReading *reading = &series->readings[k];
        out->row[k] = (size_t)(wm_forecast_period_number(group, reading->period) - first);
        if (wm_reading_state_has_value(reading->state) && isfinite(reading->value) &&
            !trend_is_left_out(series, group, reading->period))
            out->y[out->row[k]] = reading->value;
    }
    return TRUE;
}

/* Whether a reading counts on either side of a place: otherwise a step there cannot be told. */
static gboolean is_between(const Grid *grid, size_t place)
{
    gboolean has_before = FALSE, has_after = FALSE;
    for (size_t i = 0; i < grid->n; i++)
        if (!isnan(grid->y[i]))
            *(i < place ? &has_before : &has_after) = TRUE;
    return has_before && has_after;
}

/* Interventions as regressors: the first so many that have readings on both sides, once each. */
static void grid_take_steps(const WmForecastSeries *series, const WmForecastGroup *group, Grid *out)
{
    const int first = wm_forecast_period_number(group, series->readings[0].period);
    size_t places[WM_SMOOTHING_MAX_REGRESSORS];
    for (size_t i = 0; i < series->n_events && out->n_steps < WM_SMOOTHING_MAX_REGRESSORS; i++) {
        const WmEvent *event = &series->events[i];
        const int64_t place = (int64_t)wm_forecast_period_number(group, event->period) - first;
        gboolean is_new = event->kind == WM_EVENT_INTERVENTION && place > 0 && (size_t)place < out->n;
        for (size_t k = 0; k < out->n_steps; k++)
            is_new &= places[k] != (size_t)place;
        if (!is_new || !is_between(out, (size_t)place))
            continue;
        places[out->n_steps] = (size_t)place;
        out->steps[out->n_steps++] = event->period;
    }
    out->x = g_new(double, out->n * out->n_steps + 1);
    for (size_t i = 0; i < out->n; i++)
        for (size_t k = 0; k < out->n_steps; k++)
            out->x[i * out->n_steps + k] = i >= places[k];
}

static WmSmoothingReadings grid_readings(const Grid *self)
{
    return (WmSmoothingReadings){.n = self->n, .y = self->y, .n_regressors = self->n_steps, .x = self->n_steps ? self->x : NULL};
}

static WmTrendRow row_of(const WmSmoothingPrediction *at, const TrendAsk *ask)
{
    WmTrendRow row = wm_trend_row_none();
    row.mean = at->mean;
    row.sd = at->sd;
    for (size_t i = 0; i < ask->n_levels; i++)
        wm_smoothing_interval(at, ask->levels[i] / 100, &row.lo[i], &row.hi[i]);
    trend_row_bound(&row, ask);
    return row;
}

static gboolean add_rows(const WmSmoothing *fit, const WmSmoothingOptions *options, const Grid *grid, size_t n_readings,
                         const TrendAsk *ask, WmSmoothingScratch *scratch, TrendFit *out)
{
    g_autofree WmSmoothingPrediction *past = g_new(WmSmoothingPrediction, grid->n);
    const WmSmoothingReadings readings = grid_readings(grid);
    const double *last_x = grid->n_steps ? grid->x + (grid->n - 1) * grid->n_steps : NULL; /* steps last */
    if (wm_smoothing_fitted(fit, &readings, options, scratch, past) != WM_OK)
        return FALSE;
    for (size_t k = 0; k < n_readings; k++) {
        const WmTrendRow row = row_of(&past[grid->row[k]], ask);
        g_array_append_val(out->fitted, row);
    }
    for (int step = 1; step <= ask->horizon && wm_smoothing_has_fit(fit); step++) {
        const WmSmoothingPrediction at = wm_smoothing_predict(fit, step, last_x);
        const WmTrendRow row = row_of(&at, ask);
        g_array_append_val(out->ahead, row);
    }
    return TRUE;
}

static void add_if_known(TrendFit *out, const char *name, double estimate)
{
    if (!isnan(estimate))
        trend_add_term(out, name, estimate);
}

static const char *const VARIANCES[WM_SMOOTHING_MAX_PARAMETERS] = {"reading_variance", "level_variance", "slope_variance",
                                                                   "season_variance"};

static void add_step(const WmSmoothing *fit, const char *name, size_t i_state, TrendFit *out)
{
    const double estimate = fit->last[i_state], error = sqrt(fit->covariance[i_state * fit->n_states + i_state]);
    const double statistic = error > 0 ? estimate / error : NAN;
    out->terms[out->n_terms++] =
        (TrendTerm){name, estimate, error, statistic, isnan(statistic) ? NAN : 2 * gsl_cdf_tdist_Q(fabs(statistic), fit->df)};
}

/* Parameters, the states after the last reading, and how well it fits. */
static void take_terms(const WmSmoothing *fit, const Grid *grid, TrendFit *out)
{
    const gboolean is_structural = fit->model == WM_SMOOTHING_LEVEL || fit->model == WM_SMOOTHING_LLT,
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
    for (size_t k = 0; is_structural && k < grid->n_steps; k++)
        add_step(fit, trend_step_name(grid->steps[k]), fit->n_states - grid->n_steps + k, out);
    add_if_known(out, "log_likelihood", fit->log_likelihood);
    add_if_known(out, "aicc", fit->aicc);
    out->df = fit->df;
    out->scale = fit->sigma;
    out->model = wm_smoothing_model_name(fit->model);
}

gboolean trend_fit_smoothing(const TrendModel *model, const ForecastBatch *batch, size_t i, const TrendAsk *ask,
                             TrendScratch *scratch, TrendFit *out)
{
    const WmForecastSeries series = forecast_batch_input(batch, i);
    const WmForecastGroup *group = &forecast_batch_prior(batch, i)->group;
    const int months = wm_period_kind_months(group->period_kind);
    const size_t year = months > 0 && months < 12 ? (size_t)(12 / months) : 0;
    const WmSmoothingOptions options = {.period = year, .season = year ? model->season : WM_SEASON_NONE};
    g_auto(Grid) grid = {.n = 0};
    WmSmoothing fit;
    if (!grid_fill(&series, group, &grid)) {
        out->state = series.n_readings ? "unsuitable" : "too_few";
        for (size_t k = 0; k < series.n_readings; k++) {
            const WmTrendRow row = wm_trend_row_none();
            g_array_append_val(out->fitted, row);
        }
        return TRUE;
    }
    if (model->smoothing[0] == WM_SMOOTHING_LEVEL || model->smoothing[0] == WM_SMOOTHING_LLT)
        grid_take_steps(&series, group, &grid);
    const WmSmoothingReadings readings = grid_readings(&grid);
    if (wm_smoothing_select(model->smoothing, model->n_smoothing, &readings, &options, scratch->smoothing, &fit) != WM_OK ||
        !add_rows(&fit, &options, &grid, series.n_readings, ask, scratch->smoothing, out))
        return FALSE;
    if (wm_smoothing_has_fit(&fit))
        take_terms(&fit, &grid, out);
    else
        out->state = wm_smoothing_state_name(fit.state);
    return TRUE;
}
