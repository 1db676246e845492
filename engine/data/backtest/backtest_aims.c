/* The milestones that a rolling origin is judged by: those of a file, or by rule. */
#include "engine/data/backtest/backtest_rolling.h"

#include <math.h>
#include <string.h>

/* The mean of the last `wanted` values of n readings. */
static double recent_mean(const WmReading *readings, size_t n, size_t wanted)
{
    double sum = 0;
    size_t n_found = 0;
    for (size_t i = n; i-- > 0 && n_found < wanted;)
        if (rolling_has_value(&readings[i])) {
            sum += readings[i].value;
            n_found++;
        }
    return n_found ? sum / (double)n_found : NAN;
}

static gboolean is_constant(const WmReading *readings, size_t n)
{
    const WmReading *first = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!rolling_has_value(&readings[i]))
            continue;
        if (first && readings[i].value != first->value)
            return FALSE;
        first = first ? first : &readings[i];
    }
    return TRUE;
}

/* Improve: the shortfall from the best possible value cut by a tenth; without such a bound the level moved by a twentieth. */
static double improved(const RollingJob *job, double level, WmPolarity polarity)
{
    const double high = job->group->high, low = job->group->low;
    if (polarity == WM_POLARITY_HIGHER)
        return isnan(high) ? level + 0.05 * fabs(level) : level + 0.1 * (high - level);
    return isnan(low) || isnan(high) ? level - 0.05 * fabs(level) : level - 0.05 * (level - low);
}

static void add_aim(RollingJob *job, RollingAim aim)
{
    const WmReading *judge = rolling_reading_at(job, aim.i_series, aim.due);
    if (!judge || isnan(aim.target) || isnan(aim.start) || aim.due <= aim.origin)
        return;
    const WmMeasure measure = rolling_measure(job, aim.polarity);
    aim.is_met = wm_measure_is_met(&measure, judge->value, aim.target);
    g_array_append_val(job->aims, aim);
}

/* Every origin aims `hold` and `improve` at every horizon; every half horizon apart one is followed as a course. */
static void aim_by_rule(RollingJob *job, size_t i_series, const HorizonScores horizons[MAX_HORIZONS])
{
    const WmPolarity polarity = job->options->polarity;
    size_t n, seen = 0;
    const WmReading *readings = rolling_readings(job, i_series, &n);
    for (size_t i = 0; i < n; i++) {
        seen += rolling_has_value(&readings[i]);
        if (!rolling_has_value(&readings[i]) || seen < rolling_least_known(job) || is_constant(readings, i + 1))
            continue;
        const size_t year = (size_t)MAX(rolling_periods_a_year(job), 3);
        const double hold = recent_mean(readings, i + 1, year), level = recent_mean(readings, i + 1, 3);
        for (size_t k = 0; k < MAX_HORIZONS && horizons[k].steps; k++) {
            const gboolean is_longest = k + 1 == MAX_HORIZONS || !horizons[k + 1].steps;
            RollingAim aim = {.i_series = i_series,
                              .origin = rolling_number(job, &readings[i]),
                              .is_once = TRUE,
                              .has_course =
                                  is_longest && (seen - rolling_least_known(job)) % (size_t)MAX(horizons[k].steps / 2, 1) == 0,
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

static void aim_at_target(RollingJob *job, size_t i_series, const LongTarget *target, const HorizonScores horizons[MAX_HORIZONS])
{
    int longest = 1;
    for (size_t k = 0; k < MAX_HORIZONS && horizons[k].steps; k++)
        longest = horizons[k].steps;
    const int due = wm_forecast_period_number(job->group, wm_period_ending_by(job->group->period_kind, target->due));
    const gboolean is_once = target->origin != WM_NO_DAY;
    const int origin = is_once
                           ? wm_forecast_period_number(job->group, wm_period_containing(job->group->period_kind, target->origin))
                           : due - longest;
    const size_t n = rolling_n_known(job, i_series, origin);
    size_t unused;
    const double level = recent_mean(rolling_readings(job, i_series, &unused), n, 3);
    add_aim(job, (RollingAim){.i_series = i_series,
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
    const RollingAim *x = a, *y = b;
    if (x->i_series != y->i_series)
        return x->i_series < y->i_series ? -1 : 1;
    return (x->origin > y->origin) - (x->origin < y->origin);
}

gboolean rolling_find_aims(RollingJob *job, const HorizonScores horizons[MAX_HORIZONS], GError **error)
{
    const char *path = job->options->targets_path;
    g_autoptr(GArray) targets = path ? long_targets_read(path, error) : NULL;
    if (path && !targets)
        return FALSE;
    for (size_t i = 0; !path && i < job->batch->series->len; i++)
        if (rolling_is_in_group(job, i))
            aim_by_rule(job, i, horizons);
    g_autoptr(GHashTable) index = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < job->batch->series->len; i++)
        g_hash_table_insert(index, forecast_batch_series(job->batch, i)->id, GSIZE_TO_POINTER(i + 1));
    for (guint t = 0; targets && t < targets->len; t++) {
        const LongTarget *target = &g_array_index(targets, LongTarget, t);
        const gsize known = GPOINTER_TO_SIZE(g_hash_table_lookup(index, target->series));
        job->n_stray_targets += *target->series && !known;
        for (size_t i = 0; i < job->batch->series->len; i++)
            if ((known == i + 1 || !*target->series) && rolling_is_in_group(job, i) && target->due != WM_NO_DAY)
                aim_at_target(job, i, target, horizons);
    }
    g_array_sort(job->aims, by_series);
    guint at = 0;
    for (size_t i = 0; i <= job->batch->series->len; i++) {
        while (at < job->aims->len && g_array_index(job->aims, RollingAim, at).i_series < i)
            at++;
        g_array_append_val(job->first_aim, at);
    }
    return TRUE;
}
