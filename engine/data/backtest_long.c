/* A rolling origin over the series of a long CSV. */
#include <math.h>
#include <string.h>

#include "engine/data/backtest.h"

/* A milestone to be judged: by chances at some origins, and as a course on the way to it. */
typedef struct {
    size_t i_series;
    int origin;       /* period number of the last reading known when it was set */
    int due;          /* period number of the reading that judges */
    gboolean is_once; /* only the origin judges; else every origin from there on that lies a horizon before */
    gboolean has_course;
    double target, start; /* the path runs straight from `start` at the origin to the target */
    WmPolarity polarity;
    gboolean is_met;
} Aim;

/* What one aim adds at one origin. */
typedef struct {
    size_t i_aim;
    CourseStep step;
} AimStep;

typedef struct {
    const BacktestOptions *options;
    ForecastBatch *batch;
    size_t i_group;
    const WmForecastGroup *group;
    GArray *aims;      /* of Aim, by series */
    GArray *first_aim; /* of guint, one a series and one more */
    GMutex lock;
    size_t n_done, n_total;
    GError *error;
} Job;

/* One origin: its own scores, merged in order of time whatever thread made them. */
typedef struct {
    Job *job;
    int period;
    HorizonScores horizons[MAX_HORIZONS];
    GArray *steps; /* of AimStep */
    gboolean has_any;
} Origin;

static const WmReading *readings_of(const Job *job, size_t i, size_t *n)
{
    const GArray *readings = forecast_batch_series(job->batch, i)->readings;
    *n = readings->len;
    return (const WmReading *)(const void *)readings->data;
}

static bool has_value(const WmReading *reading)
{
    return wm_reading_state_has_value(reading->state) && isfinite(reading->value);
}

static int number_of(const Job *job, const WmReading *reading)
{
    return wm_forecast_period_number(&job->group[0], reading->period);
}

/* How many readings are known at an origin. */
static size_t n_known(const Job *job, size_t i_series, int period)
{
    size_t n;
    const WmReading *readings = readings_of(job, i_series, &n);
    while (n > 0 && number_of(job, &readings[n - 1]) > period)
        n--;
    return n;
}

/* The reading of a period; NULL without a value. */
static const WmReading *reading_at(const Job *job, size_t i_series, int period)
{
    size_t n;
    const WmReading *readings = readings_of(job, i_series, &n);
    for (size_t i = 0; i < n; i++)
        if (number_of(job, &readings[i]) == period)
            return has_value(&readings[i]) ? &readings[i] : NULL;
    return NULL;
}

static WmMeasure measure_of(const Job *job, WmPolarity polarity)
{
    const WmKind kind = job->options->batch.kind;
    return (WmMeasure){.kind = kind == WM_N_KINDS ? WM_KIND_RATE : kind,
                       .polarity = polarity,
                       .low = NAN,
                       .high = NAN,
                       .decimals = 9,
                       .tolerance = NAN,
                       .near = NAN};
}

/* ---- what is aimed at ---- */

static int periods_a_year(const Job *job)
{
    const int months = wm_period_kind_months(job->group->period_kind);
    return months ? 12 / months : 12;
}

/* Readings before an origin: a year of them, so that a season has been seen; three of a yearly series. */
static size_t least_known(const Job *job)
{
    return (size_t)MAX(periods_a_year(job), 3);
}

/* The mean of the last `wanted` values of n readings. */
static double recent_mean(const WmReading *readings, size_t n, size_t wanted)
{
    double sum = 0;
    size_t n_found = 0;
    for (size_t i = n; i-- > 0 && n_found < wanted;)
        if (has_value(&readings[i])) {
            sum += readings[i].value;
            n_found++;
        }
    return n_found ? sum / (double)n_found : NAN;
}

static gboolean is_constant(const WmReading *readings, size_t n)
{
    const WmReading *first = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!has_value(&readings[i]))
            continue;
        if (first && readings[i].value != first->value)
            return FALSE;
        first = first ? first : &readings[i];
    }
    return TRUE;
}

/* Improve: the shortfall from the best possible value cut by a tenth; without such a bound the level moved by a twentieth. */
static double improved(const Job *job, double level, WmPolarity polarity)
{
    const double high = job->group->high, low = job->group->low;
    if (polarity == WM_POLARITY_HIGHER)
        return isnan(high) ? level + 0.05 * fabs(level) : level + 0.1 * (high - level);
    return isnan(low) || isnan(high) ? level - 0.05 * fabs(level) : level - 0.05 * (level - low);
}

static void add_aim(Job *job, Aim aim)
{
    const WmReading *judge = reading_at(job, aim.i_series, aim.due);
    if (!judge || isnan(aim.target) || isnan(aim.start) || aim.due <= aim.origin)
        return;
    const WmMeasure measure = measure_of(job, aim.polarity);
    aim.is_met = wm_measure_is_met(&measure, judge->value, aim.target);
    g_array_append_val(job->aims, aim);
}

/* Every origin aims `hold` and `improve` at every horizon; every half horizon apart one is followed as a course. */
static void aim_by_rule(Job *job, size_t i_series, const HorizonScores horizons[MAX_HORIZONS])
{
    const WmPolarity polarity = job->options->polarity;
    size_t n, seen = 0;
    const WmReading *readings = readings_of(job, i_series, &n);
    for (size_t i = 0; i < n; i++) {
        seen += has_value(&readings[i]);
        if (!has_value(&readings[i]) || seen < least_known(job) || is_constant(readings, i + 1))
            continue;
        const size_t year = (size_t)MAX(periods_a_year(job), 3);
        const double hold = recent_mean(readings, i + 1, year), level = recent_mean(readings, i + 1, 3);
        for (size_t k = 0; k < MAX_HORIZONS && horizons[k].steps; k++) {
            const gboolean is_longest = k + 1 == MAX_HORIZONS || !horizons[k + 1].steps;
            Aim aim = {.i_series = i_series,
                       .origin = number_of(job, &readings[i]),
                       .is_once = TRUE,
                       .has_course = is_longest && (seen - least_known(job)) % (size_t)MAX(horizons[k].steps / 2, 1) == 0,
                       .polarity = polarity};
            aim.due = aim.origin + horizons[k].steps;
            aim.target = aim.start = hold;
            add_aim(job, aim);
            aim.target = improved(job, level, polarity);
            aim.start = level;
            add_aim(job, aim);
        }
    }
}

static void aim_at_target(Job *job, size_t i_series, const LongTarget *target, const HorizonScores horizons[MAX_HORIZONS])
{
    int longest = 1;
    for (size_t k = 0; k < MAX_HORIZONS && horizons[k].steps; k++)
        longest = horizons[k].steps;
    const int due = wm_forecast_period_number(job->group, wm_period_ending_by(job->group->period_kind, target->due));
    const gboolean is_once = target->origin != WM_NO_DAY;
    const int origin = is_once
                           ? wm_forecast_period_number(job->group, wm_period_containing(job->group->period_kind, target->origin))
                           : due - longest;
    const size_t n = n_known(job, i_series, origin);
    size_t unused;
    const double level = recent_mean(readings_of(job, i_series, &unused), n, 3);
    add_aim(job, (Aim){.i_series = i_series,
                       .origin = origin,
                       .due = due,
                       .is_once = is_once,
                       .has_course = TRUE,
                       .target = target->target,
                       .start = level,
                       .polarity = target->polarity == WM_N_POLARITIES ? job->options->polarity : target->polarity});
}

static gint by_series(gconstpointer a, gconstpointer b)
{
    const Aim *x = a, *y = b;
    if (x->i_series != y->i_series)
        return x->i_series < y->i_series ? -1 : 1;
    return (x->origin > y->origin) - (x->origin < y->origin);
}

static gboolean is_in_group(const Job *job, size_t i)
{
    return g_array_index(job->batch->group_of, size_t, i) == job->i_group;
}

static gboolean find_aims(Job *job, const HorizonScores horizons[MAX_HORIZONS], GError **error)
{
    const char *path = job->options->targets_path;
    g_autoptr(GArray) targets = path ? long_targets_read(path, error) : NULL;
    if (path && !targets)
        return FALSE;
    for (size_t i = 0; !path && i < job->batch->series->len; i++)
        if (is_in_group(job, i))
            aim_by_rule(job, i, horizons);
    g_autoptr(GHashTable) index = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < job->batch->series->len; i++)
        g_hash_table_insert(index, forecast_batch_series(job->batch, i)->id, GSIZE_TO_POINTER(i + 1));
    for (guint t = 0; targets && t < targets->len; t++) {
        const LongTarget *target = &g_array_index(targets, LongTarget, t);
        const gsize known = GPOINTER_TO_SIZE(g_hash_table_lookup(index, target->series));
        for (size_t i = 0; i < job->batch->series->len; i++)
            if ((known == i + 1 || !*target->series) && is_in_group(job, i) && target->due != WM_NO_DAY)
                aim_at_target(job, i, target, horizons);
    }
    g_array_sort(job->aims, by_series);
    guint at = 0;
    for (size_t i = 0; i <= job->batch->series->len; i++) {
        while (at < job->aims->len && g_array_index(job->aims, Aim, at).i_series < i)
            at++;
        g_array_append_val(job->first_aim, at);
    }
    return TRUE;
}

/* ---- one origin ---- */

/* What is typical, as known at the origin. */
static WmStatus make_prior(const Origin *self, WmForecastScratch *scratch, WmPrior *out)
{
    const Job *job = self->job;
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
        if (!is_in_group(job, i))
            continue;
        const WmForecastSeries one = {.readings = readings_of(job, i, &n), .n_readings = n_known(job, i, self->period)};
        g_array_append_val(known, one);
    }
    return wm_prior_learn(job->group, (const WmForecastSeries *)(const void *)known->data, known->len, scratch, out);
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
        if (!has_value(&readings[i]))
            continue;
        if (!isnan(before)) {
            sum += fabs(readings[i].value - before);
            n_moves++;
        }
        before = readings[i].value;
    }
    return n_moves ? sum / (double)n_moves : NAN;
}

static void stand_init(Stand *self, const Origin *origin, size_t i_series, const WmPrior *prior, WmForecastScratch *scratch)
{
    const Job *job = origin->job;
    const int months = wm_period_kind_months(job->group->period_kind);
    size_t unused;
    *self =
        (Stand){.readings = readings_of(job, i_series, &unused), .n = n_known(job, i_series, origin->period), .i_series = i_series};
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

static void score_forecasts(Origin *self, const Stand *stand)
{
    for (size_t k = 0; k < MAX_HORIZONS && self->horizons[k].steps; k++) {
        const WmReading *actual = reading_at(self->job, stand->i_series, self->period + self->horizons[k].steps);
        for (int i = 0; actual && i < N_FORECASTERS; i++) {
            const WmDistribution y = predict(stand, (Forecaster)i, self->horizons[k].steps);
            wm_forecast_tally_add(&self->horizons[k].forecasts[i], &y, actual->value, stand->scale);
        }
    }
}

static void score_chances(Origin *self, const Stand *stand, const Aim *aim, const WmMeasure *measure, const double *chances)
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

static void follow_course(Origin *self, const Stand *stand, size_t i_aim, const WmMeasure *measure, const double *chances,
                          WmSpcScratch *spc)
{
    const Aim *aim = &g_array_index(self->job->aims, Aim, i_aim);
    const double t_due = stand->t_last + (aim->due - self->period) * stand->step_months;
    const WmWaypoint ends[] = {{t_due - (aim->due - aim->origin) * stand->step_months, aim->start}, {t_due, aim->target}};
    const WmTrajectory path = {.waypoints = ends, .n_waypoints = 2, .shape = WM_PATH_LINEAR};
    const double level = wm_trajectory_at(&path, stand->t_last);
    const AimStep one = {.i_aim = i_aim,
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

static void judge_aim(Origin *self, const Stand *stand, size_t i_aim, WmSpcScratch *spc)
{
    const Aim *aim = &g_array_index(self->job->aims, Aim, i_aim);
    const gboolean is_ahead = self->period >= aim->origin && self->period < aim->due;
    if (!is_ahead || (aim->is_once && !aim->has_course && self->period != aim->origin))
        return;
    const WmMeasure measure = measure_of(self->job, aim->polarity);
    double chances[N_FORECASTERS];
    for (int i = 0; i < N_FORECASTERS; i++) {
        const WmDistribution y = predict(stand, (Forecaster)i, aim->due - self->period);
        chances[i] = wm_distribution_chance(&y, &measure, aim->target);
    }
    score_chances(self, stand, aim, &measure, chances);
    if (aim->has_course && self->period > aim->origin)
        follow_course(self, stand, i_aim, &measure, chances, spc);
}

static void judge_series(Origin *self, size_t i_series, const WmPrior *prior, WmForecastScratch *scratch, WmSpcScratch *spc)
{
    const Job *job = self->job;
    const size_t n = n_known(job, i_series, self->period);
    if (n < WM_FORECAST_MIN_READINGS || !reading_at(job, i_series, self->period))
        return;
    Stand stand;
    stand_init(&stand, self, i_series, prior, scratch);
    if (stand.pooled.state != WM_FORECAST_FITTED)
        return;
    self->has_any = TRUE;
    if (stand.pooled.n_readings >= least_known(job))
        score_forecasts(self, &stand);
    for (guint i = g_array_index(job->first_aim, guint, i_series); i < g_array_index(job->first_aim, guint, i_series + 1); i++)
        judge_aim(self, &stand, i, spc);
}

static void judge_origin(gpointer data, gpointer user_data)
{
    Origin *self = data;
    Job *job = user_data;
    WmPrior prior = {.n_periods = 0};
    WmForecastScratch *scratch = wm_forecast_scratch_new();
    WmSpcScratch *spc = wm_spc_scratch_new();
    g_mutex_lock(&job->lock);
    const gboolean is_stopped = job->error != NULL;
    g_mutex_unlock(&job->lock);
    const gboolean is_ready = !is_stopped && scratch && spc && make_prior(self, scratch, &prior) == WM_OK;
    for (size_t i = 0; is_ready && i < job->batch->series->len; i++)
        if (is_in_group(job, i))
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

/* ---- all of them ---- */

static void clear_origin(gpointer data)
{
    g_array_unref(((Origin *)data)->steps);
}

static GArray *make_origins(Job *job)
{
    int first = INT_MAX, last = INT_MIN;
    GArray *origins = g_array_new(FALSE, TRUE, sizeof(Origin));
    g_array_set_clear_func(origins, clear_origin);
    for (size_t i = 0; i < job->batch->series->len; i++) {
        size_t n;
        const WmReading *readings = readings_of(job, i, &n);
        if (!is_in_group(job, i) || n < WM_FORECAST_MIN_READINGS)
            continue;
        first = MIN(first, number_of(job, &readings[WM_FORECAST_MIN_READINGS - 1]));
        last = MAX(last, number_of(job, &readings[n - 1]));
    }
    for (int period = first; first != INT_MAX && period < last; period++) {
        Origin one = {.job = job, .period = period, .steps = g_array_new(FALSE, FALSE, sizeof(AimStep))};
        backtest_horizons(job->group->period_kind, one.horizons);
        g_array_append_val(origins, one);
    }
    return origins;
}

static void take_courses(const Job *job, const GArray *origins, GArray *courses)
{
    g_autofree guint *course_of = g_new0(guint, job->aims->len + 1);
    for (guint o = 0; o < origins->len; o++) {
        const GArray *steps = g_array_index(origins, Origin, o).steps;
        for (guint i = 0; i < steps->len; i++) {
            const AimStep *one = &g_array_index(steps, AimStep, i);
            const Aim *aim = &g_array_index(job->aims, Aim, one->i_aim);
            if (!course_of[one->i_aim]) {
                const WmReading *judge = reading_at(job, aim->i_series, aim->due);
                const Course course = {measure_of(job, aim->polarity), wm_reading_months(judge), aim->is_met,
                                       g_array_new(FALSE, FALSE, sizeof(CourseStep))};
                g_array_append_val(courses, course);
                course_of[one->i_aim] = courses->len;
            }
            g_array_append_val(g_array_index(courses, Course, course_of[one->i_aim] - 1).steps, one->step);
        }
    }
}

static void take_origins(const Job *job, const GArray *origins, Backtest *out)
{
    for (guint o = 0; o < origins->len; o++) {
        const Origin *origin = &g_array_index(origins, Origin, o);
        const WmDay day = wm_period_end(wm_forecast_period(job->group, origin->period));
        if (!origin->has_any)
            continue;
        out->from = out->n_origins ? out->from : day;
        out->to = day;
        out->n_origins++;
        backtest_merge(out->horizons, origin->horizons);
    }
    take_courses(job, origins, out->courses);
}

static gboolean run_group(Job *job, Backtest *out, GError **error)
{
    backtest_horizons(job->group->period_kind, out->horizons);
    if (!find_aims(job, out->horizons, error))
        return FALSE;
    g_autoptr(GArray) origins = make_origins(job);
    job->n_total = origins->len;
    GThreadPool *pool = g_thread_pool_new(judge_origin, job, MAX(job->options->n_jobs, 1), TRUE, error);
    if (!pool)
        return FALSE;
    for (guint o = origins->len; o-- > 0;) /* the longest first */
        g_thread_pool_push(pool, &g_array_index(origins, Origin, o), NULL);
    g_thread_pool_free(pool, FALSE, TRUE);
    if (job->error) {
        g_propagate_error(error, g_steal_pointer(&job->error));
        return FALSE;
    }
    take_origins(job, origins, out);
    return TRUE;
}

/* The group that most series are in: yearly and monthly scores do not add up. */
static size_t largest_group(const ForecastBatch *batch, size_t *n_in_it)
{
    size_t best = 0;
    *n_in_it = 0;
    for (size_t g = 0; g < batch->priors->len; g++) {
        size_t n = 0;
        for (guint i = 0; i < batch->group_of->len; i++)
            n += g_array_index(batch->group_of, size_t, i) == g;
        if (n > *n_in_it) {
            best = g;
            *n_in_it = n;
        }
    }
    return best;
}

gboolean backtest_long(const char *path, const BacktestOptions *options, Backtest *out, GError **error)
{
    ForecastBatchOptions batch_options = options->batch;
    *out = (Backtest){.courses = courses_new(), .from = WM_NO_DAY, .to = WM_NO_DAY};
    if (batch_options.source == PRIORS_LEARN) /* at each origin, not here */
        batch_options.source = PRIORS_BUILTIN;
    g_autoptr(ForecastBatch) batch = forecast_batch_new(path, &batch_options, error);
    if (!batch)
        return FALSE;
    Job job = {.options = options, .batch = batch};
    job.i_group = largest_group(batch, &out->n_series);
    job.group = &g_array_index(batch->priors, WmPrior, job.i_group).group;
    job.aims = g_array_new(FALSE, FALSE, sizeof(Aim));
    job.first_aim = g_array_new(FALSE, FALSE, sizeof(guint));
    out->period_kind = job.group->period_kind;
    g_mutex_init(&job.lock);
    const gboolean is_done = run_group(&job, out, error);
    g_mutex_clear(&job.lock);
    g_array_unref(job.aims);
    g_array_unref(job.first_aim);
    return is_done;
}
