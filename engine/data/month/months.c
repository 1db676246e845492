/* Months of the units of one plan: what they share is read once, so that a nation takes no more memory than its largest unit. */
#include "engine/data/month/month_private.h"

static gboolean set_dates(WmMonths *self, WmDay as_at, WmDay previous, GError **error)
{
    const GArray *days = self->days;
    if (as_at == WM_NO_DAY && days->len == 0) {
        wm_error_set(
            error, WM_ERROR_INPUT,
            &(WmErrorPlace){.file = self->plan->folder, .advice = "put a file under drops/YYYY-MM-DD/, or give --as-at DATE"},
            "no drop has been received");
        return FALSE;
    }
    self->as_at = as_at != WM_NO_DAY ? as_at : g_array_index(days, WmDay, days->len - 1);
    self->previous = previous;
    for (guint i = 0; previous == WM_NO_DAY && i < days->len; i++)
        if (g_array_index(days, WmDay, i) < self->as_at)
            self->previous = g_array_index(days, WmDay, i);
    return TRUE;
}

WmMonths *wm_months_new(const WmPlan *plan, WmStore *store, WmDay as_at, WmDay previous, GError **error)
{
    g_autoptr(WmMonths) self = g_new0(WmMonths, 1);
    self->plan = plan;
    self->store = store;
    self->drops = wm_store_drops(store, as_at, error);
    self->days = self->drops ? wm_store_days(store, as_at, error) : NULL;
    if (!self->days || !set_dates(self, as_at, previous, error))
        return NULL;
    self->priors = prior_set_of_plan(plan, error);
    if (!self->priors)
        return NULL;
    self->tools = series_tools_new(self->priors);
    self->batch = signal_batch_new();
    return g_steal_pointer(&self);
}

void wm_months_free(WmMonths *self)
{
    if (!self)
        return;
    g_clear_pointer(&self->drops, g_array_unref);
    g_clear_pointer(&self->days, g_array_unref);
    g_clear_pointer(&self->units, g_ptr_array_unref);
    g_clear_pointer(&self->peers, g_hash_table_unref);
    g_clear_pointer(&self->groups, g_ptr_array_unref);
    g_clear_pointer(&self->all, series_readings_free);
    series_tools_clear(&self->tools);
    signal_batch_free(self->batch);
    prior_set_free(self->priors);
    g_free(self);
}

/* The area first, then as units.csv has them. */
const GPtrArray *wm_months_units(WmMonths *self, GError **error)
{
    if (self->units)
        return self->units;
    g_autoptr(GHashTable) stored = wm_store_units(self->store, error);
    if (!stored)
        return NULL;
    self->units = g_ptr_array_new();
    if (g_hash_table_contains(stored, ""))
        g_ptr_array_add(self->units, (gpointer) "");
    for (size_t i = 0; i < self->plan->n_units; i++)
        if (g_hash_table_contains(stored, self->plan->units[i].unit))
            g_ptr_array_add(self->units, (gpointer)self->plan->units[i].unit);
    return self->units;
}

static bool check_rest(const WmMonths *self, WmProblems *problems, GError **error)
{
    g_autoptr(SeriesReadings) readings = series_readings_new_in_turn(self->plan, self->store, self->as_at);
    const DataChecks checks = {self->plan, self->store, readings, self->drops, self->as_at, problems};
    return data_checks_rest(&checks, error);
}

bool wm_months_check(WmMonths *self, WmProblems *problems, GError **error)
{
    if (!wm_store_begin_read(self->store, error))
        return false;
    const bool is_done = check_rest(self, problems, error);
    wm_store_end_read(self->store);
    wm_problems_sort(problems);
    return is_done;
}

WmMonth *wm_months_of_unit(WmMonths *self, const char *unit, GError **error)
{
    if (!wm_store_begin_read(self->store, error))
        return NULL;
    WmMonth *month = month_make(self, self->plan, unit, NULL, error);
    wm_store_end_read(self->store);
    const WmUnit *row = month && *unit ? wm_plan_unit(self->plan, unit) : NULL;
    if (row) {
        month->storage->area.settings.area = *row->name ? row->name : row->unit;
        month->plan = &month->storage->area;
    }
    return month;
}
