/* Smoothing models of `waymark trend`: exponential smoothing and structural models, on a grid of periods. */
#include <math.h>

#include "cli/trend_model.h"

/* Periods from the first reading to the last: beyond it a date is a slip. */
#define MAX_PERIODS 10000

/* Readings by period, NAN where there is none: gaps are gaps to the filter. */
typedef struct {
    double *y;
    size_t *row; /* of each reading: its place */
    size_t n;
} Grid;

static void grid_clear(Grid *self)
{
    g_free(self->y);
    g_free(self->row);
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
        if (wm_reading_state_has_value(reading->state) && isfinite(reading->value))
            out->y[out->row[k]] = reading->value;
    }
    return TRUE;
}

static TrendRow row_of(const WmSmoothingPrediction *at, const TrendAsk *ask)
{
    TrendRow row = trend_empty_row();
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
    if (wm_smoothing_fitted(fit, &(WmSmoothingReadings){.n = grid->n, .y = grid->y}, options, scratch, past) != WM_OK)
        return FALSE;
    for (size_t k = 0; k < n_readings; k++) {
        const TrendRow row = row_of(&past[grid->row[k]], ask);
        g_array_append_val(out->fitted, row);
    }
    for (int step = 1; step <= ask->horizon && wm_smoothing_has_fit(fit); step++) {
        const WmSmoothingPrediction at = wm_smoothing_predict(fit, step, NULL);
        const TrendRow row = row_of(&at, ask);
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

/* Parameters, the states after the last reading, and how well it fits. */
static void take_terms(const WmSmoothing *fit, TrendFit *out)
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
    g_auto(Grid) grid = {NULL, NULL, 0};
    WmSmoothing fit;
    if (!grid_fill(&series, group, &grid)) {
        out->state = series.n_readings ? "unsuitable" : "too_few";
        for (size_t k = 0; k < series.n_readings; k++) {
            const TrendRow row = trend_empty_row();
            g_array_append_val(out->fitted, row);
        }
        return TRUE;
    }
    if (wm_smoothing_select(model->smoothing, model->n_smoothing, &(WmSmoothingReadings){.n = grid.n, .y = grid.y}, &options,
                            scratch->smoothing, &fit) != WM_OK ||
        !add_rows(&fit, &options, &grid, series.n_readings, ask, scratch->smoothing, out))
        return FALSE;
    if (wm_smoothing_has_fit(&fit))
        take_terms(&fit, out);
    else
        out->state = wm_smoothing_state_name(fit.state);
    return TRUE;
}
