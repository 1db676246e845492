/* The units of a whole plan beside each other, one measure after the other: from their readings alone, so that a nation takes no
 * more memory than its largest measure, and nothing is assessed twice. */
#include <string.h>
#include <waymark/comparison.h>

#include "engine/data/month/month_private.h"
#include "engine/data/series/vintages.h"
#include "engine/data/text/whole_file.h"

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
    if (!series_readings_turn_to(all, indicator->indicator, error))
        return NULL;
    g_autoptr(WmMonth) month = month_alloc(self, self->plan, NULL);
    const GArray *keys = series_readings_keys(all, indicator->indicator);
    for (guint i = 0; i < keys->len; i++)
        if (!add_readings(month, self, all, indicator, &g_array_index(keys, WmSeriesKey, i), error))
            return NULL;
    month_publish(month);
    g_autoptr(WmComparison) comparison = wm_comparison_new(month);
    return wm_comparison_to_csv(comparison);
}

static gboolean write_all(WmMonths *self, WholeFile *out, GError **error)
{
    g_autoptr(SeriesReadings) all = series_readings_new_in_turn(self->plan, self->store, self->as_at);
    for (size_t i = 0; i < self->plan->n_indicators; i++) {
        g_autofree char *csv = compare_indicator(self, all, &self->plan->indicators[i], error);
        const char *rows = !csv || i == 0 ? csv : strchr(csv, '\n') + 1;
        if (!rows || !whole_file_write(out, rows, strlen(rows), error))
            return FALSE;
    }
    return TRUE;
}

bool wm_months_write_areas(WmMonths *self, const char *path, GError **error)
{
    g_autoptr(WholeFile) out = whole_file_begin(path, "make room, or choose another folder", error);
    if (!out || !wm_store_begin_read(self->store, error))
        return false;
    const gboolean is_done = write_all(self, out, error);
    wm_store_end_read(self->store);
    return is_done && whole_file_commit(out, NULL, CAN_BE_MADE_AGAIN, error);
}
