/* History, asked for by the plan's words. */
#include <waymark/history.h>

#include <math.h>
#include <string.h>

#include "engine/data/plan/plan_private.h"
#include "engine/data/series/series_missing.h"
#include "engine/data/series/series_readings.h"

static gboolean fail_absent(const WmHistoryRequest *request, const GArray *keys, const char *unit, GError **error)
{
    g_autoptr(GString) others = g_string_new(NULL);
    for (guint i = 0; i < keys->len && i < 5; i++) {
        const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, i);
        g_string_append_printf(others, "%s%s%s%s",
                               i ? ", " : "it has readings of: ", *key->unit ? key->unit : "the plan's own area",
                               *key->cohort ? " / " : "", key->cohort);
    }
    if (keys->len > 5)
        g_string_append_printf(others, " and %u more", keys->len - 5);
    wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.advice = others->len ? others->str : "ingest a drop that has some"},
                 "%s has no readings of %s%s%s", request->indicator, *unit ? unit : "the plan's own area",
                 *request->cohort ? ", cohort " : "", request->cohort);
    return FALSE;
}

static const WmSeriesKey *find_key(const GArray *keys, const char *unit, const char *cohort)
{
    for (guint i = 0; i < keys->len; i++) {
        const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, i);
        if (strcmp(key->unit, unit) == 0 && strcmp(key->cohort, cohort) == 0)
            return key;
    }
    return NULL;
}

static void clear_entry(gpointer data)
{
    const WmHistoryEntry *entry = data;
    g_free((gpointer)entry->file);
    g_free((gpointer)entry->note);
}

/* A derived series was in no drop: what it came to, each time one of its parts changed. */
static GArray *derived_history(const GArray *vintages)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(WmHistoryEntry));
    g_array_set_clear_func(out, clear_entry);
    for (guint i = 0; i < vintages->len; i++) {
        const WmVintage *one = &g_array_index(vintages, WmVintage, i), *before = one - 1, *after = one + 1;
        const gboolean has_before = i > 0 && wm_period_compare(before->reading.period, one->reading.period) == 0;
        const gboolean has_after = i + 1 < vintages->len && wm_period_compare(after->reading.period, one->reading.period) == 0;
        const gboolean is_same =
            has_before && before->reading.state == one->reading.state &&
            (before->reading.value == one->reading.value || (isnan(before->reading.value) && isnan(one->reading.value)));
        const WmHistoryEntry entry = {.reading = one->reading,
                                      .drop = one->drop,
                                      .file = g_strdup(""),
                                      .received = one->received,
                                      .withdrawn = WM_NO_DAY,
                                      .note = g_strdup("derived"),
                                      .what = !has_before ? WM_PUT_NEW
                                              : is_same   ? WM_PUT_UNCHANGED
                                                          : WM_PUT_REVISED,
                                      .was = has_before ? before->reading : (WmReading){{0}, NAN, NAN, NAN, WM_MISSING},
                                      .change = has_before ? one->reading.value - before->reading.value : NAN,
                                      .is_in_force = !has_after};
        g_array_append_val(out, entry);
    }
    return out;
}

static gint by_period(gconstpointer a, gconstpointer b)
{
    const WmHistoryEntry *x = a, *y = b;
    const int order = wm_period_compare(x->reading.period, y->reading.period);
    return order ? order : (x->received > y->received) - (x->received < y->received);
}

static WmHistoryEntry *find_in_force(const GArray *entries, WmPeriod period)
{
    for (guint i = 0; i < entries->len; i++) {
        WmHistoryEntry *entry = &g_array_index(entries, WmHistoryEntry, i);
        if (entry->is_in_force && wm_period_compare(entry->reading.period, period) == 0)
            return entry;
    }
    return NULL;
}

/* What a roll-up waits for, in the note of what counts now; a period that never came to a figure has a row that says why. */
static void add_missing(GArray *entries, const GArray *missing, const WmIndicator *indicator)
{
    const WmPeriodKind own = wm_frequency_period_kind(indicator->measure.frequency);
    for (guint i = 0; i < missing->len; i++) {
        const MissingUnits *one = &g_array_index(missing, MissingUnits, i);
        WmHistoryEntry *entry = find_in_force(entries, one->period);
        if (entry) {
            char *note = g_strdup_printf("%s; missing: %s", entry->note, one->text);
            g_free((gpointer)entry->note);
            entry->note = note;
        } else if (wm_period_kind_months(one->period.kind) == wm_period_kind_months(own)) {
            const WmReading nothing = {one->period, NAN, NAN, NAN, WM_MISSING};
            const WmHistoryEntry absent = {.reading = nothing,
                                           .drop = one->drop,
                                           .file = g_strdup(""),
                                           .received = one->received,
                                           .withdrawn = WM_NO_DAY,
                                           .note = g_strdup_printf("derived; missing: %s", one->text),
                                           .what = WM_PUT_NEW,
                                           .was = {{0}, NAN, NAN, NAN, WM_MISSING},
                                           .change = NAN,
                                           .is_in_force = TRUE};
            g_array_append_val(entries, absent);
        }
    }
    g_array_sort(entries, by_period);
}

static void leave_period(GArray *entries, WmPeriod period)
{
    for (guint i = entries->len; i-- > 0;)
        if (wm_period_compare(g_array_index(entries, WmHistoryEntry, i).reading.period, period) != 0)
            g_array_remove_index(entries, i);
}

static GArray *read_history(const WmPlan *plan, WmStore *store, const WmHistoryRequest *request, GError **error)
{
    g_autoptr(SeriesReadings) readings = series_readings_new(plan, store, request->as_at, error);
    if (!readings)
        return NULL;
    const char *unit = plan_unit_id(plan, request->unit);
    const GArray *keys = series_readings_keys(readings, request->indicator);
    const WmSeriesKey *key = find_key(keys, unit, request->cohort);
    if (!key) {
        fail_absent(request, keys, unit, error);
        return NULL;
    }
    GArray *stored = key->id ? wm_store_history(store, key->id, request->as_at, error) : NULL;
    if (key->id)
        return stored;
    g_autoptr(GArray) vintages = series_readings_vintages(readings, key, error);
    g_autoptr(GArray) missing = vintages ? series_readings_missing(readings, key, error) : NULL;
    if (!missing)
        return NULL;
    GArray *entries = derived_history(vintages);
    add_missing(entries, missing, wm_plan_indicator(plan, request->indicator));
    return entries;
}

GArray *wm_history_read(const WmPlan *plan, WmStore *store, const WmHistoryRequest *request, GError **error)
{
    if (!wm_plan_indicator(plan, request->indicator)) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = "indicators.csv", .advice = "use an id of its first column"},
                     "there is no indicator “%s”", request->indicator);
        return NULL;
    }
    GArray *entries = read_history(plan, store, request, error);
    if (entries && request->period.kind != WM_PERIOD_NONE)
        leave_period(entries, request->period);
    return entries;
}
