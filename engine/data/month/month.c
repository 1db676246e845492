/* The month: every series of a plan, assessed at one as-at and at the one before. */
#include "engine/data/month/month_private.h"

#include <math.h>
#include <string.h>

#include "engine/data/series/series_served.h"
#include "engine/data/series/vintages.h"
#include "engine/data/store/store_assess.h"

/* The series of one indicator: each unit and cohort with readings, or where there are none the plan's area alone; of `unit` alone
 * unless that is NULL. */
static gboolean add_indicator(WmMonth *month, WmMonths *months, const DataChecks *checks, const WmIndicator *indicator,
                              const char *unit, GError **error)
{
    const WmSeriesKey no_key = {.unit = unit ? unit : "", .cohort = ""};
    const GArray *keys = series_readings_keys(checks->readings, indicator->indicator);
    GHashTable *peers = months_peers(months, indicator, error);
    if (!peers)
        return FALSE;
    gboolean has_any = FALSE;
    for (guint i = 0; i < keys->len; i++) {
        const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, i);
        if (unit && strcmp(key->unit, unit) != 0)
            continue;
        g_autoptr(GArray) vintages = series_readings_vintages(checks->readings, key, error);
        if (!vintages)
            return FALSE;
        if (vintages->len == 0)
            continue;
        data_checks_series(checks, indicator, key, vintages);
        month_add_series(month, &months->tools, indicator, key, vintages, months->days, g_hash_table_lookup(peers, key->cohort));
        has_any = TRUE;
    }
    if (has_any)
        return TRUE;
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(WmVintage));
    month_add_series(month, &months->tools, indicator, &no_key, none, months->days, NULL);
    return TRUE;
}

static int severity(WmRag status)
{
    return status == WM_RED ? 0 : status == WM_AMBER ? 1 : 2;
}

/* Worst first: red before amber before a signal alone, then the smaller chance, then the further behind, then the plan's order. */
static gint by_severity(gconstpointer a, gconstpointer b, gpointer data)
{
    const WmSeries *series = data;
    const size_t i = *(const size_t *)a, j = *(const size_t *)b;
    const WmAssessment *x = &series[i].assessment, *y = &series[j].assessment;
    if (severity(x->verdict.status) != severity(y->verdict.status))
        return severity(x->verdict.status) - severity(y->verdict.status);
    const double keys[][2] = {{wm_assessment_question(x)->chance, wm_assessment_question(y)->chance},
                              {x->months_gap.months, y->months_gap.months}};
    for (size_t k = 0; k < G_N_ELEMENTS(keys); k++) {
        if (isnan(keys[k][0]) != isnan(keys[k][1]))
            return isnan(keys[k][0]) ? 1 : -1;
        if (keys[k][0] != keys[k][1] && !isnan(keys[k][0]))
            return keys[k][0] < keys[k][1] ? -1 : 1;
    }
    return i < j ? -1 : 1;
}

static void rank_exceptions(WmMonth *self)
{
    for (size_t i = 0; i < self->storage->series->len; i++) {
        const WmSeries *series = &g_array_index(self->storage->series, WmSeries, i);
        if (series->is_exception && !wm_plan_suppression_of(self->plan, series, self->as_at))
            g_array_append_val(self->storage->exceptions, i);
    }
    g_array_sort_with_data(self->storage->exceptions, by_severity, self->storage->series->data);
}

WmMonth *month_alloc(const WmMonths *months, const WmPlan *plan, const WmProblems *problems)
{
    WmMonth *self = g_new0(WmMonth, 1);
    WmMonthStorage *storage = g_new0(WmMonthStorage, 1);
    storage->texts = g_string_chunk_new(16 * 1024);
    storage->series = g_array_new(FALSE, FALSE, sizeof(WmSeries));
    storage->exceptions = g_array_new(FALSE, FALSE, sizeof(size_t));
    storage->records = g_array_new(FALSE, FALSE, sizeof(WmExceptionRecord));
    storage->changes = g_array_new(FALSE, FALSE, sizeof(WmChange));
    storage->revisions = g_array_new(FALSE, FALSE, sizeof(WmMonthRevision));
    storage->owned = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    storage->revised = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    storage->plans = g_ptr_array_new_with_free_func((GDestroyNotify)series_plan_free);
    storage->forecasts = g_ptr_array_new_with_free_func(g_free);
    storage->batch = months->batch;
    storage->drops = g_array_ref(months->drops);
    storage->problems = wm_problems_new();
    for (size_t i = 0; problems && i < wm_problems_n(problems); i++)
        wm_problems_add(storage->problems, wm_problems_at(problems, i));
    storage->area = *plan;
    self->plan = plan;
    self->as_at = months->as_at;
    self->previous_as_at = months->previous;
    self->storage = storage;
    return self;
}

void month_publish(WmMonth *self)
{
    WmMonthStorage *storage = self->storage;
    self->series = (WmSeries *)(gpointer)storage->series->data;
    self->n_series = storage->series->len;
    self->exceptions = (size_t *)(gpointer)storage->exceptions->data;
    self->n_exceptions = storage->exceptions->len;
    self->records = (WmExceptionRecord *)(gpointer)storage->records->data;
    self->n_records = storage->records->len;
    self->changes = (WmChange *)(gpointer)storage->changes->data;
    self->n_changes = storage->changes->len;
    self->revisions = (WmMonthRevision *)(gpointer)storage->revisions->data;
    self->n_revisions = storage->revisions->len;
    self->drops = (WmDropInfo *)(gpointer)storage->drops->data;
    self->n_drops = storage->drops->len;
    self->problems = storage->problems;
}

/* p-values become q-values when every series is there. */
static void finish_signals(WmMonth *self)
{
    WmMonthStorage *storage = self->storage;
    guint n_charted = 0;
    self->signals = signal_batch_finish(storage->batch);
    for (guint i = 0; i < storage->series->len; i++) {
        WmSignals *signals = &g_array_index(storage->series, WmSeries, i).signals;
        if (!signals->is_charted)
            continue;
        const BatchChance *one = signal_batch_get(storage->batch, n_charted++);
        signals->chance = one->chance;
        signals->q_value = one->q_value;
        signals->is_judged_signal = one->is_signal;
    }
}

static void count_series(WmMonth *self)
{
    for (size_t i = 0; i < self->n_series; i++) {
        self->n_status[self->series[i].assessment.verdict.status]++;
        self->is_illustrative |= self->series[i].is_illustrative;
    }
}

/* What is not about one series is left to the whole plan's checks where the month is of one unit: it would stand in every pack. */
static gboolean check_rest(const DataChecks *checks, const char *unit, GError **error)
{
    if (!unit)
        return data_checks_rest(checks, error);
    data_checks_derived(checks);
    return TRUE;
}

/* Findings quote what files say; a hash of a short file can be guessed from its few possible contents. */
static void make_public(WmMonth *self, const WmPublic *hidden)
{
    WmMonthStorage *storage = self->storage;
    wm_problems_free(storage->problems);
    self->problems = storage->problems = wm_problems_new();
    GArray *drops = g_array_sized_new(FALSE, FALSE, sizeof(WmDropInfo), storage->drops->len);
    g_array_append_vals(drops, storage->drops->data, storage->drops->len);
    for (guint i = 0; i < drops->len; i++)
        g_array_index(drops, WmDropInfo, i).hash = "";
    g_ptr_array_add(storage->owned, storage->drops); /* whose texts the copies show */
    storage->drops = drops;
    self->n_hidden = wm_public_n_hidden(hidden);
    month_publish(self);
}

/* Ask for one series. Which of a file's priors is its own its readings tell. */
static gboolean want_served(WmMonths *months, SeriesReadings *readings, const WmSeriesKey *key, SeriesSource source,
                            ServedAssessments *served, GError **error)
{
    g_autoptr(GArray) vintages = NULL;
    if (prior_set_has_file(months->priors)) {
        source.vintages = vintages = series_readings_vintages(readings, key, error);
        source.tools = &months->tools;
        if (!vintages)
            return FALSE;
    }
    served_want(served, key->id, &source);
    return TRUE;
}

/* What a unit's series come to, by the server that has them, for the days that every series is asked of. Derived ones have no
 * number. */
static gboolean ask_server(WmMonths *months, const WmPlan *plan, const char *unit, SeriesReadings *readings,
                           ServedAssessments *served, GError **error)
{
    for (size_t i = 0; i < plan->n_indicators; i++) {
        const WmIndicator *indicator = &plan->indicators[i];
        const GArray *keys = series_readings_keys(readings, indicator->indicator);
        GHashTable *peers = months_peers(months, indicator, error);
        if (!peers)
            return FALSE;
        for (guint k = 0; k < keys->len; k++) {
            const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, k);
            const SeriesSource source = {.plan = plan,
                                         .indicator = indicator,
                                         .unit = key->unit,
                                         .cohort = key->cohort,
                                         .peers = g_hash_table_lookup(peers, key->cohort)};
            if (key->id && strcmp(key->unit, unit) == 0 && !want_served(months, readings, key, source, served, error))
                return FALSE;
        }
    }
    return served_ask(served, months->as_at, WM_ASSESS_ALL, error) &&
           (months->previous == WM_NO_DAY || served_ask(served, months->previous, WM_ASSESS_STATUS, error));
}

/* A whole plan's month would be one question of thousands of series: it is made here. */
static gboolean may_ask_server(const WmMonths *months, const WmPlan *plan, const char *unit, gboolean *may, GError **error)
{
    *may = FALSE;
    return !unit || months->hidden || plan->settings.model != WM_MODEL_AUTO || store_can_assess(months->store, may, error);
}

static gboolean add_all_series(WmMonth *month, WmMonths *months, const DataChecks *checks, const char *unit, GError **error)
{
    const WmPlan *plan = checks->plan;
    gboolean asks;
    if (!may_ask_server(months, plan, unit, &asks, error))
        return FALSE;
    g_autoptr(ServedAssessments) served = asks ? served_new(months->store, unit) : NULL;
    if (served && !ask_server(months, plan, unit, checks->readings, served, error))
        return FALSE;
    months->tools.served = served;
    signal_batch_begin(months->batch);
    gboolean is_done = TRUE;
    for (size_t i = 0; i < plan->n_indicators && is_done; i++)
        is_done = add_indicator(month, months, checks, &plan->indicators[i], unit, error);
    months->tools.served = NULL;
    months->n_served += served ? served_n_taken(served) : 0;
    return is_done;
}

WmMonth *month_make(WmMonths *months, const WmPlan *plan, const char *unit, const WmProblems *problems, GError **error)
{
    g_autoptr(SeriesReadings) readings = series_readings_new_of(plan, months->store, months->as_at, unit, error);
    if (!readings)
        return NULL;
    series_readings_make_public(readings, months->hidden);
    g_autoptr(WmMonth) self = month_alloc(months, plan, problems);
    self->is_public = months->hidden != NULL;
    const DataChecks checks = {plan, months->store, readings, months->drops, months->as_at, self->storage->problems};
    if (!add_all_series(self, months, &checks, unit, error))
        return NULL;
    finish_signals(self);
    rank_exceptions(self);
    month_publish(self);
    count_series(self);
    month_find_records(self);
    month_find_revisions(self);
    month_find_changes(self);
    month_publish(self);
    month_check_series(self);
    if (!check_rest(&checks, unit, error))
        return NULL;
    wm_problems_sort(self->storage->problems);
    if (months->hidden)
        make_public(self, months->hidden);
    return g_steal_pointer(&self);
}

static WmMonth *new_month(const WmPlan *plan, WmStore *store, WmDay as_at, WmDay previous, const WmPublic *hidden,
                          const WmProblems *problems, GError **error)
{
    if (!wm_store_begin_read(store, error)) /* so that no drop that comes meanwhile tears the report */
        return NULL;
    g_autoptr(WmMonths) months = wm_months_new(plan, store, as_at, previous, error);
    if (months)
        months->hidden = hidden;
    WmMonth *self = months ? month_make(months, plan, NULL, problems, error) : NULL;
    if (self)
        self->storage->priors = g_steal_pointer(&months->priors); /* its trends point to them */
    wm_store_end_read(store);
    return self;
}

WmMonth *wm_month_new(const WmPlan *plan, WmStore *store, WmDay as_at, WmDay previous, const WmProblems *problems, GError **error)
{
    return new_month(plan, store, as_at, previous, NULL, problems, error);
}

WmMonth *wm_month_new_public(const WmPlan *plan, WmStore *store, WmDay as_at, WmDay previous, const WmPublic *hidden,
                             GError **error)
{
    return new_month(plan, store, as_at, previous, hidden, NULL, error);
}

void wm_month_free(WmMonth *self)
{
    if (!self)
        return;
    WmMonthStorage *storage = self->storage;
    g_string_chunk_free(storage->texts);
    g_array_unref(storage->series);
    g_array_unref(storage->exceptions);
    g_array_unref(storage->records);
    g_array_unref(storage->changes);
    g_array_unref(storage->revisions);
    g_array_unref(storage->drops);
    g_ptr_array_unref(storage->owned);
    g_ptr_array_unref(storage->plans);
    g_ptr_array_unref(storage->revised);
    g_ptr_array_unref(storage->forecasts);
    prior_set_free(storage->priors);
    wm_problems_free(storage->problems);
    g_free(storage);
    g_free(self);
}
