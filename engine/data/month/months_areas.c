/* The units of a whole plan beside each other, one measure after the other: from their readings alone, so that a nation takes no
 * more memory than its largest measure, and nothing is assessed twice. */
#include <string.h>
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

/* The rows of one indicator, behind a header. New; NULL with *error. */
static char *compare_indicator(WmMonths *self, SeriesReadings *all, const WmIndicator *indicator, GError **error)
{
    g_autoptr(WmMonth) month = month_alloc(self, self->plan, NULL);
    const GArray *keys = series_readings_keys(all, indicator->indicator);
    for (guint i = 0; i < keys->len; i++)
        if (!add_readings(month, self, all, indicator, &g_array_index(keys, WmSeriesKey, i), error))
            return NULL;
    month_publish(month);
    g_autoptr(WmComparison) comparison = wm_comparison_new(month);
    return wm_comparison_to_csv(comparison);
}

static char *compare_all(WmMonths *self, GError **error)
{
    g_autoptr(SeriesReadings) all = series_readings_new(self->plan, self->store, self->as_at, error);
    g_autoptr(GString) csv = g_string_new(NULL);
    for (size_t i = 0; all && i < self->plan->n_indicators; i++) {
        g_autofree char *rows = compare_indicator(self, all, &self->plan->indicators[i], error);
        if (!rows)
            return NULL;
        g_string_append(csv, i == 0 ? rows : strchr(rows, '\n') + 1);
    }
    return all ? g_string_free(g_steal_pointer(&csv), FALSE) : NULL;
}

char *wm_months_areas_to_csv(WmMonths *self, GError **error)
{
    if (!wm_store_begin_read(self->store, error))
        return NULL;
    char *csv = compare_all(self, error);
    wm_store_end_read(self->store);
    return csv;
}
