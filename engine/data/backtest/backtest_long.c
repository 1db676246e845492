/* A rolling origin over the series of a long CSV. */
#include "engine/data/backtest/backtest_rolling.h"

#include <limits.h>
#include <math.h>

static void clear_origin(gpointer data)
{
    g_array_unref(((RollingOrigin *)data)->steps);
}

static GArray *make_origins(RollingJob *job)
{
    int first = INT_MAX, last = INT_MIN;
    GArray *origins = g_array_new(FALSE, TRUE, sizeof(RollingOrigin));
    g_array_set_clear_func(origins, clear_origin);
    for (size_t i = 0; i < job->batch->series->len; i++) {
        size_t n;
        const WmReading *readings = rolling_readings(job, i, &n);
        if (!rolling_is_in_group(job, i) || n < WM_FORECAST_MIN_READINGS)
            continue;
        first = MIN(first, rolling_number(job, &readings[WM_FORECAST_MIN_READINGS - 1]));
        last = MAX(last, rolling_number(job, &readings[n - 1]));
    }
    for (int period = first; first != INT_MAX && period < last; period++) {
        RollingOrigin one = {.job = job, .period = period, .steps = g_array_new(FALSE, FALSE, sizeof(RollingStep))};
        backtest_horizons(job->group->period_kind, one.horizons);
        g_array_append_val(origins, one);
    }
    return origins;
}

static void take_courses(const RollingJob *job, const GArray *origins, GArray *courses)
{
    g_autofree guint *course_of = g_new0(guint, job->aims->len + 1);
    for (guint o = 0; o < origins->len; o++) {
        const GArray *steps = g_array_index(origins, RollingOrigin, o).steps;
        for (guint i = 0; i < steps->len; i++) {
            const RollingStep *one = &g_array_index(steps, RollingStep, i);
            const RollingAim *aim = &g_array_index(job->aims, RollingAim, one->i_aim);
            if (!course_of[one->i_aim]) {
                const WmReading *judge = rolling_reading_at(job, aim->i_series, aim->due);
                const Course course = {rolling_measure(job, aim->polarity), wm_reading_months(judge), aim->is_met,
                                       g_array_new(FALSE, FALSE, sizeof(CourseStep))};
                g_array_append_val(courses, course);
                course_of[one->i_aim] = courses->len;
            }
            g_array_append_val(g_array_index(courses, Course, course_of[one->i_aim] - 1).steps, one->step);
        }
    }
}

static void take_origins(const RollingJob *job, const GArray *origins, Backtest *out)
{
    for (guint o = 0; o < origins->len; o++) {
        const RollingOrigin *origin = &g_array_index(origins, RollingOrigin, o);
        const WmDay day = wm_period_end(wm_forecast_period(job->group, origin->period));
        if (!origin->has_any)
            continue;
        out->from = out->n_origins ? out->from : day;
        out->to = day;
        out->n_origins++;
        out->comparison = origin->comparison;
        backtest_merge(out->horizons, origin->horizons);
    }
    take_courses(job, origins, out->courses);
}

static gboolean run_group(RollingJob *job, Backtest *out, GError **error)
{
    backtest_horizons(job->group->period_kind, out->horizons);
    if (!rolling_find_aims(job, out->horizons, error))
        return FALSE;
    g_autoptr(GArray) origins = make_origins(job);
    job->n_total = origins->len;
    GThreadPool *pool = g_thread_pool_new(rolling_judge_origin, job, MAX(job->options->n_jobs, 1), TRUE, error);
    if (!pool)
        return FALSE;
    for (guint o = origins->len; o-- > 0;) /* the longest first */
        g_thread_pool_push(pool, &g_array_index(origins, RollingOrigin, o), NULL);
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
    *out = (Backtest){.courses = courses_new(), .from = WM_NO_DAY, .to = WM_NO_DAY, .notes = {.beyond = NAN}};
    if (batch_options.source == PRIORS_LEARN) /* at each origin, not here */
        batch_options.source = PRIORS_BUILTIN;
    g_autoptr(ForecastBatch) batch = forecast_batch_new(path, &batch_options, error);
    if (!batch)
        return FALSE;
    RollingJob job = {.options = options, .batch = batch};
    job.i_group = largest_group(batch, &out->n_series);
    if (out->n_series == 0) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = path, .advice = "is it the right file?"},
                     "it holds no reading");
        return FALSE;
    }
    out->n_other = batch->series->len - out->n_series;
    out->notes = batch->notes;
    job.group = &g_array_index(batch->priors, WmPrior, job.i_group).group;
    job.aims = g_array_new(FALSE, FALSE, sizeof(RollingAim));
    job.first_aim = g_array_new(FALSE, FALSE, sizeof(guint));
    out->period_kind = job.group->period_kind;
    out->group = *job.group;
    g_mutex_init(&job.lock);
    const gboolean is_done = run_group(&job, out, error);
    out->n_stray_targets = job.n_stray_targets;
    g_mutex_clear(&job.lock);
    g_array_unref(job.aims);
    g_array_unref(job.first_aim);
    return is_done;
}
