/* Readings out of the store. */
#include <waymark/export.h>

#include <math.h>
#include <string.h>

#include "engine/data/text/number_text.h"

const char *const WM_READING_COLUMNS[] = {"indicator", "unit",        "cohort", "period", "value",
                                          "numerator", "denominator", "state",  "note",   NULL};

/* The Government Statistical Service's markers, as wm_value_parse reads them. */
static const char *const MARKERS[WM_N_READING_STATES] = {
    [WM_SUPPRESSED] = "[c]", [WM_NOT_APPLICABLE] = "[z]", [WM_NOT_AVAILABLE] = "[x]",
    [WM_LOW] = "[low]",      [WM_MISSING] = "[x]", /* the state beside it says which */
};

static char *value_text(const WmReading *reading)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    const char *marker = MARKERS[reading->state];
    const gboolean has_ratio = !isnan(reading->numerator) && reading->denominator > 0;
    if (marker && has_ratio)
        return g_strdup(marker);
    return g_strdup(number_text(reading->value, text));
}

GPtrArray *wm_reading_texts(const WmStoredReading *stored)
{
    const WmReading *reading = &stored->reading;
    char period[WM_PERIOD_TEXT], numerator[G_ASCII_DTOSTR_BUF_SIZE], denominator[G_ASCII_DTOSTR_BUF_SIZE];
    const char *const texts[] = {stored->indicator,
                                 stored->unit,
                                 stored->cohort,
                                 wm_period_format_iso(reading->period, period),
                                 NULL,
                                 number_text(reading->numerator, numerator),
                                 number_text(reading->denominator, denominator),
                                 wm_reading_state_name(reading->state),
                                 stored->note};
    GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_ptr_array_add(out, texts[i] ? g_strdup(texts[i]) : value_text(reading));
    return out;
}

typedef struct {
    WmStore *store;
    const WmExportQuery *query;
    WmExportFunc func;
    gpointer data;
} Export;

static bool export_series(const Export *self, const WmSeriesKey *key, GError **error)
{
    g_autoptr(GArray) history = wm_store_history(self->store, key->id, self->query->as_at, error);
    for (guint i = 0; history && i < history->len; i++) {
        const WmHistoryEntry *one = &g_array_index(history, WmHistoryEntry, i);
        const WmExportedReading exported = {
            {.indicator = key->indicator, .unit = key->unit, .cohort = key->cohort, .note = one->note, .reading = one->reading},
            one->drop,
            one->received};
        if ((one->is_in_force || self->query->all_vintages) && !self->func(&exported, self->data, error))
            return false;
    }
    return history != NULL;
}

static gboolean is_asked_for(const char *wanted, const char *text)
{
    return !wanted || strcmp(wanted, text) == 0;
}

static bool export_all(const Export *self, GError **error)
{
    g_autoptr(GArray) series = wm_store_series(self->store, error);
    for (guint i = 0; series && i < series->len; i++) {
        const WmSeriesKey *key = &g_array_index(series, WmSeriesKey, i);
        if (is_asked_for(self->query->indicator, key->indicator) && is_asked_for(self->query->unit, key->unit) &&
            !export_series(self, key, error))
            return false;
    }
    return series != NULL;
}

bool wm_store_export(WmStore *store, const WmExportQuery *query, WmExportFunc func, gpointer data, GError **error)
{
    const Export self = {store, query, func, data};
    if (!wm_store_begin_read(store, error))
        return false;
    const bool is_done = export_all(&self, error);
    wm_store_end_read(store);
    return is_done;
}
