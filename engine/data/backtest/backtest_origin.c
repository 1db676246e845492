/* One origin: what every forecaster says of what was known then, scored by what came. */
#include "engine/data/backtest/backtest_rolling.h"

#include <math.h>

/* What is typical, as known at the origin. */
static WmStatus make_prior(RollingOrigin *self, WmForecastScratch *scratch, WmPrior *out)
{
    const RollingJob *job = self->job;
    const PriorSource source = job->options->batch.source;
    const WmPrior *whole = &g_array_index(job->batch->priors, WmPrior, job->i_group);
    if (source == PRIORS_FILE)
        return wm_prior_known_by(whole, wm_period_end(wm_forecast_period(job->group, self->period)), out);
    if (source == PRIORS_BUILTIN) {
        wm_prior_builtin(job->group, out);
        return WM_OK;
    }
    g_autoptr(GArray) known = g_array_new(FALSE, TRUE, sizeof(WmForecastSeries));
    for (size_t i = 0; i < job->batch->series->len; i++) {
        size_t n;
        if (!rolling_is_in_group(job, i))
            continue;
        const WmForecastSeries one = {.readings = rolling_readings(job, i, &n),
                                      .n_readings = rolling_n_known(job, i, self->period)};
        g_array_append_val(known, one);
    }
    return forecast_batch_learn(job->group, (const WmForecastSeries *)(const void *)known->data, known->len,
                                job->options->batch.is_recalibrated, scratch, out, &self->comparison);
}

/* The series as it stood: what every forecaster makes of it. */
typedef struct {
    const WmReading *readings;
    size_t n, i_series;
    double step_months, t_last, scale, noise, last;
    WmTrend line;
    WmDrift drift;
    const WmPrior *prior;
    WmForecast pooled;
} Stand;

static WmDistribution predict(const Stand *stand, Forecaster forecaster, int steps)
{
    switch (forecaster) {
    case FORECASTER_DRIFT:
        return wm_drift_predict(&stand->drift, steps);
    case FORECASTER_LINE:
        return wm_trend_predict(&stand->line, stand->t_last + steps * stand->step_months);
    case FORECASTER_POOLED:
    default:
        return wm_forecast_at(stand->prior, &stand->pooled, steps);
    }
}

/* Mean |y_t - y_(t-1)|. */
static double mean_move(const WmReading *readings, size_t n)
{
    double sum = 0, before = NAN;
    size_t n_moves = 0;
    for (size_t i = 0; i < n; i++) {
        if (!rolling_has_value(&readings[i]))
            continue;
        if (!isnan(before)) {
            sum += fabs(readings[i].value - before);
            n_moves++;
        }
        before = readings[i].value;
    }
    return n_moves ? sum / (double)n_moves : NAN;
}

static void stand_init(Stand *self, const RollingOrigin *origin, size_t i_series, const WmPrior *prior, WmForecastScratch *scratch)
{
    const RollingJob *job = origin->job;
    const int months = wm_period_kind_months(job->group->period_kind);
    size_t unused;
    *self = (Stand){.readings = rolling_readings(job, i_series, &unused),
                    .n = rolling_n_known(job, i_series, origin->period),
                    .i_series = i_series};
    const WmReading *latest = &self->readings[self->n - 1];
    self->step_months = months ? months : 12.0 / 365.25 * MAX(job->group->step_days, 1);
    self->t_last = wm_reading_months(latest);
    self->last = latest->value;
    self->scale = mean_move(self->readings, self->n);
    self->noise = wm_reading_noise(self->readings, self->n);
    self->drift = wm_drift_fit(self->readings, self->n, self->step_months);
    self->prior = prior;
    wm_trend_fit(self->readings, self->n, &(WmTrendOptions){.model = WM_MODEL_OLS}, &self->line);
    wm_forecast_fit(prior, &(WmForecastSeries){.readings = self->readings, .n_readings = self->n}, scratch, &self->pooled);
}

static void score_forecasts(RollingOrigin *self, const Stand *stand)
{
    for (size_t k = 0; k < MAX_HORIZONS && self->horizons[k].steps; k++) {
        const WmReading *actual = rolling_reading_at(self->job, stand->i_series, self->period + self->horizons[k].steps);
        for (int i = 0; actual && i < N_FORECASTERS; i++) {
            const WmDistribution y = predict(stand, (Forecaster)i, self->horizons[k].steps);
            wm_forecast_tally_add(&self->horizons[k].forecasts[i], &y, actual->value, stand->scale);
        }
    }
}

static void score_chances(RollingOrigin *self, const Stand *stand, const RollingAim *aim, const WmMeasure *measure,
                          const double *chances)
{
    const gboolean meets = wm_measure_is_met(measure, stand->last, aim->target);
    HorizonScores *at = backtest_horizon(self->horizons, aim->due - self->period);
    if (aim->is_once ? self->period != aim->origin : at->steps != aim->due - self->period)
        return;
    for (int i = 0; i < N_FORECASTERS; i++)
        wm_chance_tally_add(&at->chances[i], chances[i], aim->is_met);
    wm_chance_tally_add(&at->chances[CHANCER_RAG], meets, aim->is_met);
}

static int signal_of(const Stand *stand, const WmMeasure *measure, const WmTrajectory *path, WmSpcScratch *spc)
{
    WmSpcLatest latest;
    if (wm_readings_latest_signal(stand->readings, stand->n, measure, NULL, 0, path, spc, &latest) != WM_OK ||
        !latest.is_beyond_noise)
        return 0;
    return latest.effect == WM_EFFECT_IMPROVEMENT ? 1 : latest.effect == WM_EFFECT_CONCERN ? -1 : 0;
}

static void follow_course(RollingOrigin *self, const Stand *stand, size_t i_aim, const WmMeasure *measure, const double *chances,
                          WmSpcScratch *spc)
{
    const RollingAim *aim = &g_array_index(self->job->aims, RollingAim, i_aim);
    const double t_due = stand->t_last + (aim->due - self->period) * stand->step_months;
    const WmWaypoint ends[] = {{t_due - (aim->due - aim->origin) * stand->step_months, aim->start}, {t_due, aim->target}};
    const WmTrajectory path = {.waypoints = ends, .n_waypoints = 2, .shape = WM_PATH_LINEAR};
    const double level = wm_trajectory_at(&path, stand->t_last);
    const RollingStep one = {.i_aim = i_aim,
                             .step = {.numbers = {.gap = wm_gap(measure->polarity, stand->last, level),
                                                  .trajectory = level,
                                                  .chance = chances[FORECASTER_POOLED],
                                                  .noise = stand->noise,
                                                  .signal = signal_of(stand, measure, &path, spc),
                                                  .period = stand->readings[stand->n - 1].period},
                                      .line_chance = chances[FORECASTER_LINE],
                                      .t_months = stand->t_last,
                                      .meets = wm_measure_is_met(measure, stand->last, aim->target)}};
    g_array_append_val(self->steps, one);
}

static void judge_aim(RollingOrigin *self, const Stand *stand, size_t i_aim, WmSpcScratch *spc)
{
    const RollingAim *aim = &g_array_index(self->job->aims, RollingAim, i_aim);
    const gboolean is_ahead = self->period >= aim->origin && self->period < aim->due;
    if (!is_ahead || (aim->is_once && !aim->has_course && self->period != aim->origin))
        return;
    const WmMeasure measure = rolling_measure(self->job, aim->polarity);
    double chances[N_FORECASTERS];
    for (int i = 0; i < N_FORECASTERS; i++) {
        const WmDistribution y = predict(stand, (Forecaster)i, aim->due - self->period);
        chances[i] = wm_distribution_chance(&y, &measure, aim->target);
    }
    score_chances(self, stand, aim, &measure, chances);
    if (aim->has_course && self->period > aim->origin)
        follow_course(self, stand, i_aim, &measure, chances, spc);
}

static void judge_series(RollingOrigin *self, size_t i_series, const WmPrior *prior, WmForecastScratch *scratch, WmSpcScratch *spc)
{
    const RollingJob *job = self->job;
    const size_t n = rolling_n_known(job, i_series, self->period);
    if (n < WM_FORECAST_MIN_READINGS || !rolling_reading_at(job, i_series, self->period))
        return;
    Stand stand;
    stand_init(&stand, self, i_series, prior, scratch);
    if (stand.pooled.state != WM_FORECAST_FITTED)
        return;
    self->has_any = TRUE;
    if (stand.pooled.n_readings >= rolling_least_known(job))
        score_forecasts(self, &stand);
    for (guint i = g_array_index(job->first_aim, guint, i_series); i < g_array_index(job->first_aim, guint, i_series + 1); i++)
        judge_aim(self, &stand, i, spc);
}

void rolling_judge_origin(gpointer data, gpointer user_data)
{
    RollingOrigin *self = data;
    RollingJob *job = user_data;
    WmPrior prior = {.n_periods = 0};
    WmForecastScratch *scratch = wm_forecast_scratch_new();
    WmSpcScratch *spc = wm_spc_scratch_new();
    g_mutex_lock(&job->lock);
    const gboolean is_stopped = job->error != NULL;
    g_mutex_unlock(&job->lock);
    const gboolean is_ready = !is_stopped && scratch && spc && make_prior(self, scratch, &prior) == WM_OK;
    for (size_t i = 0; is_ready && i < job->batch->series->len; i++)
        if (rolling_is_in_group(job, i))
            judge_series(self, i, &prior, scratch, spc);
    g_mutex_lock(&job->lock);
    job->n_done++;
    if (!is_ready && !job->error)
        wm_error_set(&job->error, WM_ERROR_FILE, NULL, "no memory for an origin");
    if (!job->error && job->options->tick)
        job->options->tick(job->n_done, job->n_total, job->options->data, &job->error);
    g_mutex_unlock(&job->lock);
    wm_prior_clear(&prior);
    wm_forecast_scratch_free(scratch);
    wm_spc_scratch_free(spc);
}
