/* The units of a whole plan beside each other, one measure at a time: from their readings alone, so that a nation takes no more
 * memory than its largest measure, and nothing is assessed twice. */
#include <waymark/comparison.h>

#include "engine/data/month/month_private.h"
#include "engine/data/series/vintages.h"

/* A period that had not begun has no reading, as everywhere. */
static GArray *readings_as_at(const GArray *vintages, WmDay day)
{
    GArray *readings = vintages_as_at(vintages, day, NULL);
    guint n = readings->len;
    while (n > 0 && wm_period_start(g_array_index(readings, WmReading, n - 1).period) > day)
        n--;
    g_array_set_size(readings, n);
    return readings;
}

static gboolean add_readings(WmMonth *month, const WmMonths *months, SeriesReadings *all, const WmIndicator *indicator,
                             const WmSeriesKey *key, GError **error)
{
    g_autoptr(GArray) vintages = series_readings_vintages(all, key, error);
    if (!vintages)
        return FALSE;
    if (vintages->len == 0)
        return TRUE;
    const SeriesSource source = {.plan = months->plan, .indicator = indicator, .unit = key->unit, .cohort = key->cohort};
    GArray *readings = readings_as_at(vintages, months->as_at);
    WmSeries series = {.sentence = "", .readings = &g_array_index(readings, WmReading, 0), .n_readings = readings->len};
    g_ptr_array_add(month->storage->owned, readings);
    month_describe_series(month, &source, &series);
    g_array_append_val(month->storage->series, series);
    return TRUE;
}

static gboolean add_units(WmMonths *self, WmMonth *month, const WmIndicator *indicator, GError **error)
{
    g_autoptr(SeriesReadings) all = series_readings_new_in_turn(self->plan, self->store, self->as_at);
    if (!series_readings_turn_to(all, indicator->indicator, error))
        return FALSE;
    const GArray *keys = series_readings_keys(all, indicator->indicator);
    for (guint i = 0; i < keys->len; i++)
        if (!add_readings(month, self, all, indicator, &g_array_index(keys, WmSeriesKey, i), error))
            return FALSE;
    month_publish(month);
    return TRUE;
}

WmMonth *wm_months_of_measure(WmMonths *self, size_t i_indicator, GError **error)
{
    g_autoptr(WmMonth) month = month_alloc(self, self->plan, NULL);
    if (!wm_store_begin_read(self->store, error))
        return NULL;
    const gboolean is_done = add_units(self, month, &self->plan->indicators[i_indicator], error);
    wm_store_end_read(self->store);
    return is_done ? g_steal_pointer(&month) : NULL;
}
