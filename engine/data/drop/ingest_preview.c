/* What a drop would do. The store is asked as it will be asked later, so that a dry run shows what a run would. */
#include "engine/data/drop/ingest_preview.h"

WmIngestPreview *wm_ingest_preview_new(void)
{
    WmIngestPreview *self = g_new(WmIngestPreview, 1);
    self->refused = g_array_new(FALSE, FALSE, sizeof(WmQuarantined));
    self->revised = g_array_new(FALSE, FALSE, sizeof(WmIngestRevision));
    self->texts = g_string_chunk_new(4096);
    return self;
}

void wm_ingest_preview_free(WmIngestPreview *self)
{
    if (!self)
        return;
    g_array_unref(self->refused);
    g_array_unref(self->revised);
    g_string_chunk_free(self->texts);
    g_free(self);
}

static gboolean add_refused(WmIngestPreview *self, WmStore *store, gint64 drop, GError **error)
{
    g_autoptr(GArray) rows = wm_store_quarantine(store, drop, error);
    for (guint i = 0; rows && i < rows->len; i++) {
        WmQuarantined row = g_array_index(rows, WmQuarantined, i);
        const char **texts[] = {&row.code, &row.message, &row.raw};
        for (size_t k = 0; k < G_N_ELEMENTS(texts); k++)
            *texts[k] = g_string_chunk_insert_const(self->texts, *texts[k]);
        g_array_append_val(self->refused, row);
    }
    return rows != NULL;
}

static gboolean add_revised(WmIngestPreview *self, WmStore *store, gint64 drop, const WmSeriesKey *key, GError **error)
{
    g_autoptr(GArray) history = wm_store_history(store, key->id, WM_NO_DAY, error);
    for (guint i = 0; history && i < history->len; i++) {
        const WmHistoryEntry *one = &g_array_index(history, WmHistoryEntry, i);
        if (one->drop != drop || one->what != WM_PUT_REVISED)
            continue;
        const WmIngestRevision revision = {g_string_chunk_insert_const(self->texts, key->indicator),
                                           g_string_chunk_insert_const(self->texts, key->unit),
                                           g_string_chunk_insert_const(self->texts, key->cohort), one->was, one->reading};
        g_array_append_val(self->revised, revision);
    }
    return history != NULL;
}

gboolean ingest_preview_fill(WmIngestPreview *self, WmStore *store, gint64 drop, GError **error)
{
    if (!add_refused(self, store, drop, error))
        return FALSE;
    g_autoptr(GArray) series = wm_store_series(store, error);
    for (guint i = 0; series && i < series->len; i++)
        if (!add_revised(self, store, drop, &g_array_index(series, WmSeriesKey, i), error))
            return FALSE;
    return series != NULL;
}
