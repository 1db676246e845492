/* Series of a long CSV, grouped, with priors. */
#include "engine/data/series/forecast_batch.h"

#include <math.h>
#include <string.h>

#include "engine/core/answers/batch_group.h"
#include "engine/data/plan/prior_set.h"

const LongSeries *forecast_batch_series(const ForecastBatch *self, size_t i)
{
    return &g_array_index(self->series, LongSeries, (guint)i);
}

const WmPrior *forecast_batch_prior(const ForecastBatch *self, size_t i_series)
{
    return &g_array_index(self->priors, WmPrior, (guint)g_array_index(self->group_of, size_t, (guint)i_series));
}

WmForecastSeries forecast_batch_input(const ForecastBatch *self, size_t i)
{
    const LongSeries *series = forecast_batch_series(self, i);
    const GArray *events = self->events ? g_ptr_array_index(self->events, i) : NULL;
    return (WmForecastSeries){.readings = (const WmReading *)(const void *)series->readings->data,
                              .n_readings = series->readings->len,
                              .events = events ? (const WmEvent *)(const void *)events->data : NULL,
                              .n_events = events ? events->len : 0};
}

static void leave_out_later(ForecastBatch *self, WmDay as_at)
{
    for (guint i = 0; as_at != WM_NO_DAY && i < self->series->len; i++) {
        GArray *readings = g_array_index(self->series, LongSeries, i).readings;
        while (readings->len && wm_period_end(g_array_index(readings, WmReading, readings->len - 1).period) > as_at)
            g_array_set_size(readings, readings->len - 1);
    }
}

/* Least gap in days between two readings of a series that are given by days; 0 when there are none. */
static int least_gap(const ForecastBatch *self)
{
    int least = INT32_MAX;
    for (size_t i = 0; i < self->series->len; i++) {
        const WmForecastSeries series = forecast_batch_input(self, i);
        least = wm_least_gap_days(series.readings, series.n_readings, least);
    }
    return least == INT32_MAX ? 0 : least;
}

static size_t find_group(GArray *groups, WmPeriodKind kind, int step_days)
{
    for (guint i = 0; i < groups->len; i++)
        if (g_array_index(groups, WmForecastGroup, i).period_kind == kind)
            return i;
    const WmForecastGroup one = {.period_kind = kind, .step_days = step_days, .low = NAN, .high = NAN};
    g_array_append_val(groups, one);
    return groups->len - 1;
}

static GArray *make_groups(ForecastBatch *self, const ForecastBatchOptions *options)
{
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(WmForecastGroup));
    const int gap = least_gap(self);
    const WmPeriodKind kind_of_days = wm_period_kind_of_gap(gap);
    for (guint i = 0; i < self->series->len; i++) {
        GArray *series = g_array_index(self->series, LongSeries, i).readings;
        WmReading *readings = (WmReading *)(void *)series->data;
        const WmPeriodKind kind = options->period_kind != WM_PERIOD_NONE
                                      ? wm_period_kind_usual(options->period_kind)
                                      : wm_readings_period_kind(readings, series->len, kind_of_days);
        wm_readings_settle(readings, series->len, kind);
        const size_t group = find_group(groups, kind, kind == WM_PERIOD_DAY ? MAX(gap, 1) : 0);
        g_array_append_val(self->group_of, group);
    }
    return groups;
}

/* One figure outside what its kind allows takes the bound from every series of the batch. */
static void note_beyond(ForecastBatch *self, const WmExtent *extent, WmKind kind)
{
    const WmMeasure measure = {.kind = kind, .low = NAN, .high = NAN};
    double low, high;
    wm_measure_bounds(&measure, &low, &high);
    self->notes.beyond = extent->most > high ? extent->most : extent->least < low ? extent->least : NAN;
}

static size_t count_outside(const ForecastBatch *self, double low, double high)
{
    size_t n = 0;
    for (size_t i = 0; i < self->series->len; i++) {
        const WmForecastSeries series = forecast_batch_input(self, i);
        for (size_t k = 0; k < series.n_readings; k++)
            n += series.readings[k].value < low || series.readings[k].value > high;
    }
    return n;
}

/* As given; else as the kind implies and the readings of the whole batch let stand; else as the readings show. */
static WmForecastGroup bounds_of(ForecastBatch *self, const ForecastBatchOptions *options)
{
    if (options->has_bounds) {
        self->notes.n_outside = count_outside(self, options->low, options->high);
        return (WmForecastGroup){.low = options->low, .high = options->high};
    }
    WmExtent extent = wm_extent_none();
    for (size_t i = 0; i < self->series->len; i++) {
        const WmForecastSeries series = forecast_batch_input(self, i);
        wm_extent_add(&extent, series.readings, series.n_readings);
    }
    self->has_guessed_bounds = options->kind == WM_N_KINDS;
    WmForecastGroup bounds = {0};
    wm_extent_bounds(&extent, options->kind, &bounds.low, &bounds.high);
    if (!self->has_guessed_bounds)
        note_beyond(self, &extent, options->kind);
    return bounds;
}

static void set_bounds(ForecastBatch *self, const ForecastBatchOptions *options, GArray *groups)
{
    const WmForecastGroup bounds = bounds_of(self, options);
    for (guint i = 0; i < groups->len; i++) {
        g_array_index(groups, WmForecastGroup, i).low = bounds.low;
        g_array_index(groups, WmForecastGroup, i).high = bounds.high;
    }
}

static gboolean has_series(const ForecastBatch *self, const char *id)
{
    for (guint i = 0; i < self->series->len; i++)
        if (strcmp(forecast_batch_series(self, i)->id, id) == 0)
            return TRUE;
    return FALSE;
}

/* Events by series; those of a period that begins after the as-at are not known yet. */
static gboolean read_events(ForecastBatch *self, const ForecastBatchOptions *options, GError **error)
{
    g_autoptr(GArray) events = long_events_read(options->events_path, error);
    if (!events)
        return FALSE;
    self->events = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (guint i = 0; i < self->series->len; i++) {
        GArray *own = g_array_new(FALSE, FALSE, sizeof(WmEvent));
        for (guint k = 0; k < events->len; k++) {
            const LongEvent *one = &g_array_index(events, LongEvent, k);
            const gboolean is_its = *one->series == '\0' || strcmp(one->series, forecast_batch_series(self, i)->id) == 0;
            if (is_its && (options->as_at == WM_NO_DAY || wm_period_start(one->event.period) <= options->as_at))
                g_array_append_val(own, one->event);
        }
        g_ptr_array_add(self->events, own);
    }
    for (guint k = 0; k < events->len; k++) {
        const LongEvent *one = &g_array_index(events, LongEvent, k);
        self->notes.n_stray_events += *one->series && !has_series(self, one->series);
    }
    return TRUE;
}

WmStatus forecast_batch_learn(const WmForecastGroup *group, const WmForecastSeries *series, size_t n_series,
                              gboolean is_recalibrated, WmForecastScratch *scratch, WmPrior *out, WmPriorComparison *found)
{
    WmPriorComparison own;
    WmPriorComparison *comparison = found ? found : &own;
    WmStatus status = wm_prior_learn(group, series, n_series, scratch, out);
    if (status != WM_OK)
        return status;
    status = wm_prior_compare(series, n_series, scratch, out, comparison);
    if (status != WM_OK)
        wm_prior_clear(out);
    else if (is_recalibrated)
        wm_prior_recalibrate(out, comparison);
    return status;
}

static gboolean learn_group(ForecastBatch *self, const ForecastBatchOptions *options, const WmForecastGroup *group, size_t i_group,
                            WmPrior *out)
{
    g_autoptr(GArray) inputs = g_array_new(FALSE, FALSE, sizeof(WmForecastSeries));
    for (guint i = 0; i < self->series->len; i++) {
        const WmForecastSeries one = forecast_batch_input(self, i);
        if (g_array_index(self->group_of, size_t, i) == i_group)
            g_array_append_val(inputs, one);
    }
    return forecast_batch_learn(group, (const WmForecastSeries *)(const void *)inputs->data, inputs->len, options->is_recalibrated,
                                self->scratch, out, NULL) == WM_OK;
}

/* The file's prior for a group: of these bounds where bounds were given, else the only one for its kind of period. */
static gboolean find_in_file(PriorSet *file, const ForecastBatchOptions *options, const WmForecastGroup *group, WmPrior *out,
                             GError **error)
{
    const WmPrior *only = prior_set_only(file, group);
    const WmForecastGroup *wanted = !options->has_bounds && only ? &only->group : group;
    gboolean is_builtin = TRUE;
    const WmPrior *known = prior_set_find(file, wanted, options->as_at, &is_builtin);
    if (is_builtin) {
        wm_error_set(error, WM_ERROR_INPUT,
                     &(WmErrorPlace){.file = options->prior_path,
                                     .advice = "learn one from such series, or give --bounds, or use --priors builtin"},
                     "it has no prior for readings by %s with these bounds", wm_period_kind_name(group->period_kind));
        return FALSE;
    }
    return wm_prior_known_by(known, WM_NO_DAY, out) == WM_OK;
}

static gboolean set_priors(ForecastBatch *self, const ForecastBatchOptions *options, const GArray *groups, GError **error)
{
    g_autoptr(PriorSet) file = options->source == PRIORS_FILE ? prior_set_new(options->prior_path, error) : NULL;
    if (options->source == PRIORS_FILE && !file)
        return FALSE;
    for (guint i = 0; i < groups->len; i++) {
        const WmForecastGroup *group = &g_array_index(groups, WmForecastGroup, i);
        WmPrior prior = {.n_periods = 0};
        gboolean is_done = TRUE;
        if (options->source == PRIORS_LEARN)
            is_done = learn_group(self, options, group, i, &prior);
        else if (options->source == PRIORS_BUILTIN)
            wm_prior_builtin(group, &prior);
        else
            is_done = find_in_file(file, options, group, &prior, error);
        if (!is_done && !*error)
            wm_error_set(error, WM_ERROR_FILE, NULL, "no memory to learn from %u series", self->series->len);
        if (!is_done)
            return FALSE;
        g_array_append_val(self->priors, prior);
    }
    return TRUE;
}

static void clear_prior(gpointer data)
{
    wm_prior_clear(data);
}

ForecastBatch *forecast_batch_of(GArray *series, const ForecastBatchOptions *options, GError **error)
{
    g_autoptr(ForecastBatch) self = g_new0(ForecastBatch, 1);
    self->series = series;
    self->notes.beyond = NAN;
    self->group_of = g_array_new(FALSE, FALSE, sizeof(size_t));
    self->priors = g_array_new(FALSE, FALSE, sizeof(WmPrior));
    g_array_set_clear_func(self->priors, clear_prior);
    self->scratch = wm_forecast_scratch_new();
    if (!self->scratch) {
        wm_error_set(error, WM_ERROR_FILE, NULL, "no memory");
        return NULL;
    }
    leave_out_later(self, options->as_at);
    if (options->events_path && !read_events(self, options, error))
        return NULL;
    g_autoptr(GArray) groups = make_groups(self, options);
    set_bounds(self, options, groups);
    return set_priors(self, options, groups, error) ? g_steal_pointer(&self) : NULL;
}

ForecastBatch *forecast_batch_new(const char *path, const ForecastBatchOptions *options, GError **error)
{
    const LongCsvOptions reading = {options->period_kind, options->kind == WM_KIND_PERCENT};
    GArray *series = long_csv_read(path, &reading, error);
    return series ? forecast_batch_of(series, options, error) : NULL;
}

void forecast_batch_free(ForecastBatch *self)
{
    if (!self)
        return;
    g_clear_pointer(&self->series, g_array_unref);
    g_clear_pointer(&self->group_of, g_array_unref);
    g_clear_pointer(&self->priors, g_array_unref);
    g_clear_pointer(&self->events, g_ptr_array_unref);
    wm_forecast_scratch_free(self->scratch);
    g_free(self);
}

void forecast_batch_fit(const ForecastBatch *self, size_t i, WmForecastScratch *scratch, WmForecast *out)
{
    const WmForecastSeries series = forecast_batch_input(self, i);
    wm_forecast_fit(forecast_batch_prior(self, i), &series, scratch, out);
}
