/* What the server is asked, and what it said. */
#include "engine/data/series/series_served.h"

#include <cjson/cJSON.h>
#include <math.h>

#include "engine/core/assess_record.h"
#include "engine/data/store/store_assess.h"

struct ServedAssessments {
    WmStore *store;
    const char *unit;
    GArray *ids;         /* of gint64 */
    GArray *sources;     /* of SeriesSource, one an id */
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
    self->records = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    return self;
}

void served_free(ServedAssessments *self)
{
    if (!self)
        return;
    g_array_unref(self->ids);
    g_array_unref(self->sources);
    g_hash_table_unref(self->records);
    g_free(self);
}

void served_want(ServedAssessments *self, gint64 series, const SeriesSource *source)
{
    if (source->indicator->measure.kind == WM_KIND_TEXT || source->indicator->model != WM_MODEL_AUTO)
        return;
    g_array_append_val(self->ids, series);
    g_array_append_val(self->sources, *source);
}

size_t served_n_taken(const ServedAssessments *self)
{
    return self->n_taken;
}

static char *key_of(const char *indicator, const char *cohort, WmDay day)
{
    return g_strdup_printf("%s\x1F%s\x1F%d", indicator, cohort, (int)day);
}

/* ---- options, as docs/postgres.md has them */

static void add_number(cJSON *object, const char *name, double number)
{
    if (!isnan(number))
        cJSON_AddNumberToObject(object, name, number);
}

static void add_day(cJSON *object, const char *name, WmDay day)
{
    char text[WM_PERIOD_TEXT];
    if (day != WM_NO_DAY)
        cJSON_AddStringToObject(object, name, wm_day_format_iso(day, text));
}

static void add_measure(cJSON *options, const WmMeasure *measure)
{
    const double ends[] = {measure->low, measure->high};
    cJSON_AddStringToObject(options, "kind", wm_kind_name(measure->kind));
    cJSON_AddStringToObject(options, "polarity", wm_polarity_name(measure->polarity));
    cJSON_AddStringToObject(options, "frequency", wm_frequency_name(measure->frequency));
    cJSON_AddNumberToObject(options, "decimals", measure->decimals);
    add_number(options, "tolerance", measure->tolerance);
    add_number(options, "near", measure->near);
    if (isnan(measure->low) && isnan(measure->high))
        return;
    cJSON *bounds = cJSON_AddArrayToObject(options, "bounds");
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        cJSON_AddItemToArray(bounds, isnan(ends[i]) ? cJSON_CreateNull() : cJSON_CreateNumber(ends[i]));
}

static void add_baseline(cJSON *options, const SeriesPlan *plan)
{
    cJSON *baseline = cJSON_AddObjectToObject(options, "baseline");
    add_number(baseline, "value", plan->baseline_value);
    add_day(baseline, "as_at", plan->baseline_day);
    cJSON_AddStringToObject(baseline, "qualifier", wm_baseline_qualifier_name(plan->baseline_qualifier));
}

static cJSON *add_milestone(cJSON *milestones, WmDay due)
{
    cJSON *one = cJSON_CreateObject();
    cJSON_AddItemToArray(milestones, one);
    add_day(one, "due", due);
    return one;
}

/* One that is not a number yet is known by its place alone: after the last, or not. */
static void add_milestones(cJSON *options, const WmAssessmentInput *input)
{
    cJSON *milestones = cJSON_AddArrayToObject(options, "milestones");
    for (size_t i = 0; i < input->n_milestones; i++)
        add_number(add_milestone(milestones, input->milestones[i].due), "target", input->milestones[i].target);
    for (size_t i = 0; i < input->n_unresolved; i++)
        add_milestone(milestones, i < input->n_later_unresolved || !input->n_milestones ? WM_NO_DAY : input->milestones[0].due);
}

static void add_events(cJSON *options, const SeriesPlan *plan)
{
    char text[WM_PERIOD_TEXT];
    cJSON *events = cJSON_AddArrayToObject(options, "events");
    for (guint i = 0; i < plan->events->len; i++) {
        const WmEvent *event = &g_array_index(plan->events, WmEvent, i);
        cJSON *one = cJSON_CreateObject();
        cJSON_AddItemToArray(events, one);
        cJSON_AddStringToObject(one, "period", wm_period_format_iso(event->period, text));
        cJSON_AddStringToObject(one, "kind", wm_event_kind_name(event->kind));
    }
}

static cJSON *options_of(const SeriesSource *source, WmDay day, WmAssessScope scope)
{
    g_autoptr(GArray) computed = source->peers ? peers_comparators(source->peers, source->unit, day) : NULL;
    g_autoptr(SeriesPlan) plan = series_plan_with(source->plan, source->indicator, source->unit, day, computed);
    const WmAssessmentInput input = series_plan_input(plan, NULL, 0);
    cJSON *options = cJSON_CreateObject();
    cJSON_AddNumberToObject(options, "method", WM_METHOD_VERSION);
    add_measure(options, &input.measure);
    add_baseline(options, plan);
    add_milestones(options, &input);
    add_events(options, plan);
    cJSON_AddStringToObject(options, "path", wm_path_shape_name(input.trajectory.shape));
    add_day(options, "as_at", day);
    add_day(options, "start", input.plan_start);
    cJSON_AddNumberToObject(options, "reading_lag_days", input.reading_lag_days);
    cJSON_AddNumberToObject(options, "stale_after_days", input.stale_after_days);
    add_number(options, "likely_from", input.policy->likely_from);
    add_number(options, "uncertain_from", input.policy->uncertain_from);
    cJSON_AddStringToObject(options, "scope", scope == WM_ASSESS_STATUS ? "status" : "all");
    return options;
}

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
        cJSON_AddItemToObject(cohorts, source->cohort, options_of(source, day, scope));
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
