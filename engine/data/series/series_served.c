/* What the server is asked, and what it said. */
#include "engine/data/series/series_served.h"

#include <cjson/cJSON.h>
#include <math.h>

#include "engine/core/assess_record.h"
#include "engine/data/series/series_options.h"
#include "engine/data/store/store_assess.h"

struct ServedAssessments {
    WmStore *store;
    const char *unit;
    GArray *ids;         /* of gint64 */
    GArray *sources;     /* of SeriesSource, one an id */
    GPtrArray *vintages; /* of GArray: those that sources have */
    GHashTable *records; /* key_of -> GBytes */
    WmDay day;           /* that is being asked for */
    size_t n_taken;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC(cJSON, cJSON_Delete)

ServedAssessments *served_new(WmStore *store, const char *unit)
{
    ServedAssessments *self = g_new0(ServedAssessments, 1);
    self->store = store;
    self->unit = unit;
    self->ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    self->sources = g_array_new(FALSE, FALSE, sizeof(SeriesSource));
    self->vintages = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    self->records = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    return self;
}

void served_free(ServedAssessments *self)
{
    if (!self)
        return;
    g_array_unref(self->ids);
    g_array_unref(self->sources);
    g_ptr_array_unref(self->vintages);
    g_hash_table_unref(self->records);
    g_free(self);
}

void served_want(ServedAssessments *self, gint64 series, const SeriesSource *source)
{
    if (source->indicator->measure.kind == WM_KIND_TEXT || source->indicator->model != WM_MODEL_AUTO)
        return;
    g_array_append_val(self->ids, series);
    g_array_append_val(self->sources, *source);
    if (source->vintages)
        g_ptr_array_add(self->vintages, g_array_ref((GArray *)(uintptr_t)source->vintages));
}

size_t served_n_taken(const ServedAssessments *self)
{
    return self->n_taken;
}

static char *key_of(const char *indicator, const char *cohort, WmDay day)
{
    return g_strdup_printf("%s\x1F%s\x1F%d", indicator, cohort, (int)day);
}

/* ---- the question */

/* Indicator, then cohort. New. */
static char *all_options(const ServedAssessments *self, WmDay day, WmAssessScope scope)
{
    g_autoptr(cJSON) all = cJSON_CreateObject();
    for (guint i = 0; i < self->sources->len; i++) {
        const SeriesSource *source = &g_array_index(self->sources, SeriesSource, i);
        const char *indicator = source->indicator->indicator;
        cJSON *cohorts = cJSON_GetObjectItemCaseSensitive(all, indicator);
        if (!cohorts)
            cohorts = cJSON_AddObjectToObject(all, indicator);
        const WmPrior *prior = source->vintages ? series_prior_learnt(source, day) : NULL;
        cJSON_AddItemToObject(cohorts, source->cohort, series_options(source, day, scope, prior));
    }
    char *printed = cJSON_PrintUnformatted(all), *text = g_strdup(printed);
    cJSON_free(printed);
    return text;
}

/* ---- records */

static void keep_record(const char *indicator, const char *cohort, const guint8 *record, gsize n, gpointer data)
{
    ServedAssessments *self = data;
    g_hash_table_replace(self->records, key_of(indicator, cohort, self->day), g_bytes_new(record, n));
}

gboolean served_ask(ServedAssessments *self, WmDay day, WmAssessScope scope, GError **error)
{
    if (self->ids->len == 0)
        return TRUE;
    g_autofree char *options = all_options(self, day, scope);
    const AssessQuestion question = {.unit = self->unit, .series = self->ids, .day = day, .options = options};
    self->day = day;
    return store_assess(self->store, &question, keep_record, self, error);
}

gboolean served_take(ServedAssessments *self, const SeriesSource *source, WmDay day, const WmAssessmentInput *input,
                     WmAssessment *out)
{
    if (!self || input->known_trend)
        return FALSE;
    g_autofree char *key = key_of(source->indicator->indicator, source->cohort, day);
    GBytes *record = g_hash_table_lookup(self->records, key);
    const gboolean is_taken = record && wm_assess_record_read(g_bytes_get_data(record, NULL), g_bytes_get_size(record), input, out);
    self->n_taken += is_taken ? 1 : 0;
    return is_taken;
}
