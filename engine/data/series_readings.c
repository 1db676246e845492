/* The readings of a plan's series. */
#include "engine/data/series_readings.h"

struct SeriesReadings {
    const WmPlan *plan;
    WmStore *store;
    WmDay as_at;
    GArray *stored;   /* of WmSeriesKey: every series of the store */
    GHashTable *keys; /* indicator -> GArray of WmSeriesKey, whose texts are those of `stored` */
    GArray *no_keys;
};

void series_readings_free(SeriesReadings *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->keys);
    g_array_unref(self->no_keys);
    if (self->stored)
        g_array_unref(self->stored);
    g_free(self);
}

/* A batch has some ten thousand series: each indicator finds its own without looking at all. */
static void index_keys(SeriesReadings *self)
{
    for (guint i = 0; i < self->stored->len; i++) {
        const WmSeriesKey *key = &g_array_index(self->stored, WmSeriesKey, i);
        GArray *list = g_hash_table_lookup(self->keys, key->indicator);
        if (!list) {
            list = g_array_new(FALSE, FALSE, sizeof(WmSeriesKey));
            g_hash_table_insert(self->keys, (gpointer)key->indicator, list);
        }
        g_array_append_val(list, *key);
    }
}

SeriesReadings *series_readings_new(const WmPlan *plan, WmStore *store, WmDay as_at, GError **error)
{
    g_autoptr(SeriesReadings) self = g_new0(SeriesReadings, 1);
    self->plan = plan;
    self->store = store;
    self->as_at = as_at;
    self->keys = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
    self->no_keys = g_array_new(FALSE, FALSE, sizeof(WmSeriesKey));
    self->stored = wm_store_series(store, error);
    if (!self->stored)
        return NULL;
    index_keys(self);
    return g_steal_pointer(&self);
}

const GArray *series_readings_keys(SeriesReadings *self, const char *indicator)
{
    const GArray *keys = g_hash_table_lookup(self->keys, indicator);
    return keys ? keys : self->no_keys;
}

GArray *series_readings_vintages(SeriesReadings *self, const WmSeriesKey *key, GError **error)
{
    return wm_store_vintages(self->store, key->id, self->as_at, error);
}
