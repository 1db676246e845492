/* Series with their options. */
#include "engine/data/month/month_options.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "engine/data/month/month_private.h"
#include "engine/data/series/series_options.h"

typedef struct {
    WmMonths *months;
    SeriesReadings *readings;
    const WmExportQuery *query;
    SeriesOptionsFunc func;
    gpointer data;
} Options;

static gboolean tell(const Options *self, const SeriesSource *source, const WmSeriesKey *key, GError **error)
{
    g_autoptr(GArray) vintages = series_readings_vintages(self->readings, key, error);
    if (!vintages)
        return FALSE;
    SeriesSource whole = *source;
    whole.vintages = vintages;
    cJSON *options = series_options(&whole, self->months->as_at, WM_ASSESS_ALL, series_prior_learnt(&whole, self->months->as_at));
    char *text = cJSON_PrintUnformatted(options);
    const gboolean goes_on =
        self->func(&(SeriesOptionsRow){source->indicator->indicator, key->unit, key->cohort, text}, self->data, error);
    cJSON_free(text);
    cJSON_Delete(options);
    return goes_on;
}

static gboolean tell_indicator(const Options *self, const WmIndicator *indicator, GError **error)
{
    const GArray *keys = series_readings_keys(self->readings, indicator->indicator);
    GHashTable *peers = months_peers(self->months, indicator, error);
    if (!peers)
        return FALSE;
    for (guint i = 0; i < keys->len; i++) {
        const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, i);
        const SeriesSource source = {.plan = self->months->plan,
                                     .indicator = indicator,
                                     .unit = key->unit,
                                     .cohort = key->cohort,
                                     .tools = &self->months->tools,
                                     .peers = g_hash_table_lookup(peers, key->cohort)};
        const gboolean is_asked = key->id && (!self->query->unit || strcmp(self->query->unit, key->unit) == 0);
        if (is_asked && !tell(self, &source, key, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean tell_all(Options *self, WmStore *store, GError **error)
{
    const WmPlan *plan = self->months->plan;
    g_autoptr(SeriesReadings) readings = series_readings_new(plan, store, self->months->as_at, error);
    self->readings = readings;
    if (!readings)
        return FALSE;
    for (size_t i = 0; i < plan->n_indicators; i++) {
        const WmIndicator *indicator = &plan->indicators[i];
        const gboolean is_asked = !self->query->indicator || strcmp(self->query->indicator, indicator->indicator) == 0;
        if (is_asked && indicator->measure.kind != WM_KIND_TEXT && !tell_indicator(self, indicator, error))
            return FALSE;
    }
    return TRUE;
}

gboolean month_options(const WmPlan *plan, WmStore *store, const WmExportQuery *query, SeriesOptionsFunc func, gpointer data,
                       GError **error)
{
    if (!wm_store_begin_read(store, error))
        return FALSE;
    g_autoptr(WmMonths) months = wm_months_new(plan, store, query->as_at, WM_NO_DAY, error);
    Options self = {.months = months, .query = query, .func = func, .data = data};
    const gboolean is_done = months && tell_all(&self, store, error);
    wm_store_end_read(store);
    return is_done;
}
