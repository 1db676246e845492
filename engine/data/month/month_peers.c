/* The units of a plan beside each other: read once for all months of it, whichever unit a month is of. */
#include "engine/data/month/month_private.h"

/* What is told in words has no peers, and a plan of one unit has none for anything. */
static gboolean may_have_peers(const WmPlan *plan, const WmIndicator *indicator)
{
    return plan->n_units >= 2 && indicator->measure.kind != WM_KIND_YES_NO && indicator->measure.kind != WM_KIND_TEXT;
}

static gboolean add_peer(WmMonths *self, const WmIndicator *indicator, const WmSeriesKey *key, GHashTable *cohorts, GError **error)
{
    const WmUnit *unit = wm_plan_unit(self->plan, key->unit); /* whose id outlives the keys */
    g_autoptr(GArray) vintages = series_readings_vintages(self->all, key, error);
    if (!vintages)
        return FALSE;
    if (!unit || vintages->len == 0)
        return TRUE;
    Peers *peers = g_hash_table_lookup(cohorts, key->cohort);
    if (!peers) {
        peers = peers_new(self->plan, indicator);
        g_hash_table_insert(cohorts, g_strdup(key->cohort), peers);
    }
    peers_add(peers, unit->unit, vintages);
    return TRUE;
}

/* Every day on which a month looks at them: the as-at, the one before, and each drop's, over which a status is replayed. */
static void settle(const WmMonths *self, GHashTable *cohorts)
{
    g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(WmDay));
    g_array_append_vals(days, self->days->data, self->days->len);
    g_array_append_val(days, self->previous);
    GHashTableIter iter;
    gpointer peers;
    g_hash_table_iter_init(&iter, cohorts);
    while (g_hash_table_iter_next(&iter, NULL, &peers))
        peers_settle(peers, self->as_at, (const WmDay *)(const void *)days->data, days->len, self->groups);
}

GHashTable *months_peers(WmMonths *self, const WmIndicator *indicator, GError **error)
{
    if (!self->peers) {
        self->peers = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_hash_table_unref);
        self->groups = g_ptr_array_new_with_free_func((GDestroyNotify)peer_groups_unref);
    }
    GHashTable *known = g_hash_table_lookup(self->peers, indicator->indicator);
    if (known)
        return known;
    g_autoptr(GHashTable) cohorts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)peers_free);
    if (may_have_peers(self->plan, indicator)) {
        if (!self->all)
            self->all = series_readings_new_in_turn(self->plan, self->store, self->as_at);
        series_readings_make_public(self->all, self->hidden);
        if (!series_readings_turn_to(self->all, indicator->indicator, error))
            return NULL;
        const GArray *keys = series_readings_keys(self->all, indicator->indicator);
        for (guint i = 0; i < keys->len; i++)
            if (!add_peer(self, indicator, &g_array_index(keys, WmSeriesKey, i), cohorts, error))
                return NULL;
        settle(self, cohorts);
    }
    g_hash_table_insert(self->peers, (gpointer)indicator->indicator, g_hash_table_ref(cohorts));
    return cohorts;
}

static gboolean settle_all(WmMonths *self, GError **error)
{
    for (size_t i = 0; i < self->plan->n_indicators; i++)
        if (!months_peers(self, &self->plan->indicators[i], error))
            return FALSE;
    return TRUE;
}

bool wm_months_prepare(WmMonths *self, GError **error)
{
    if (!wm_store_begin_read(self->store, error))
        return false;
    const gboolean is_done = settle_all(self, error);
    g_clear_pointer(&self->all, series_readings_free); /* all is settled */
    wm_store_end_read(self->store);
    return is_done;
}

void wm_months_use(WmMonths *self, WmStore *store)
{
    self->store = store;
}
