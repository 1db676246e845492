/* A batch of rows, sorted and stored as blocks. */
#include "engine/data/store/store_batch.h"

#include <math.h>
#include <stdlib.h>

#include "engine/data/text/number_text.h"

Batch *batch_new(void)
{
    Batch *self = g_new0(Batch, 1);
    self->rows = g_array_new(FALSE, FALSE, sizeof(BatchRow));
    self->refusals = g_array_new(FALSE, FALSE, sizeof(WmQuarantined));
    self->texts = g_string_chunk_new(4096);
    fresh_names_init(&self->series);
    fresh_names_init(&self->notes);
    return self;
}

void batch_clear(Batch *self)
{
    g_array_set_size(self->rows, 0);
    g_array_set_size(self->refusals, 0);
    g_string_chunk_clear(self->texts);
    self->n_text_bytes = 0;
    fresh_names_reset(&self->series);
    fresh_names_reset(&self->notes);
}

void batch_free(Batch *self)
{
    if (!self)
        return;
    batch_clear(self);
    g_array_unref(self->rows);
    g_array_unref(self->refusals);
    g_string_chunk_free(self->texts);
    fresh_names_clear(&self->series);
    fresh_names_clear(&self->notes);
    g_free(self);
}

/* A row's place in its batch, and where it belongs in the store. */
typedef struct {
    guint64 key; /* series, then period */
    guint32 i;
} SortKey;

BatchStore *batch_store_new(WmStore *store, gint64 drop)
{
    BatchStore *self = g_new0(BatchStore, 1);
    self->store = store;
    self->drop = drop;
    self->series = g_array_new(FALSE, FALSE, sizeof(gint64));
    self->notes = g_array_new(FALSE, FALSE, sizeof(gint64));
    self->keys = g_array_new(FALSE, FALSE, sizeof(SortKey));
    self->kept = g_array_new(FALSE, FALSE, sizeof(BlockReading));
    return self;
}

void batch_store_free(BatchStore *self)
{
    if (!self)
        return;
    g_array_unref(self->series);
    g_array_unref(self->notes);
    g_array_unref(self->keys);
    g_array_unref(self->kept);
    g_free(self);
}

static gboolean learn(WmStore *store, gboolean (*learn_names)(WmStore *store, const FreshNames *names, GArray *ids, GError **error),
                      const FreshNames *names, GArray *ids, GError **error)
{
    if (names->is_anew)
        g_array_set_size(ids, 0);
    return names->keys->len == 0 || learn_names(store, names, ids, error);
}

static int by_key(const void *a, const void *b)
{
    const SortKey *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->i > y->i) - (x->i < y->i); /* in the file's order */
}

/* Names become ids, and rows a sorted list of keys. */
static void sort_rows(BatchStore *self, Batch *batch)
{
    gboolean is_sorted = TRUE;
    guint64 before = 0;
    g_array_set_size(self->keys, batch->rows->len);
    for (guint i = 0; i < batch->rows->len; i++) {
        BlockReading *reading = &g_array_index(batch->rows, BatchRow, i).reading;
        reading->series = (guint32)g_array_index(self->series, gint64, reading->series);
        reading->note = reading->note ? (guint32)g_array_index(self->notes, gint64, reading->note - 1) : 0;
        const SortKey key = {(guint64)reading->series << 32 | reading->period, i};
        g_array_index(self->keys, SortKey, i) = key;
        is_sorted &= key.key >= before;
        before = key.key;
    }
    if (!is_sorted)
        qsort(self->keys->data, self->keys->len, sizeof(SortKey), by_key);
}

static gboolean add_refusal(BatchStore *self, const WmQuarantined *row, GError **error)
{
    StoreQuery *query = STORE_BOUND(self->store, ADD_QUARANTINE, error, self->drop, row->line, row->column);
    if (!query)
        return FALSE;
    query_set_texts(query, 4, (const char *const[]){row->code, row->message, row->raw}, 3);
    return store_run(query, "quarantine a row", error);
}

/* 41; 50 (10 of 20); suppressed. New. */
static char *figure_text(const BlockReading *reading)
{
    char value[G_ASCII_DTOSTR_BUF_SIZE], numerator[G_ASCII_DTOSTR_BUF_SIZE], denominator[G_ASCII_DTOSTR_BUF_SIZE];
    if (isnan(reading->value))
        return g_strdup(wm_reading_state_name(reading->state));
    number_text(reading->value, value);
    if (isnan(reading->denominator))
        return g_strdup(value);
    return g_strdup_printf("%s (%s of %s)", value, number_text(reading->numerator, numerator),
                           number_text(reading->denominator, denominator));
}

/* The row says again what this drop has said, or something else: then it is refused, and its text is asked for later. */
static gboolean compare_repeat(BatchStore *self, const BatchRow *row, const BlockReading *said, GError **error)
{
    BlockReading reading = row->reading;
    chain_take_counts(&reading, said);
    if (chain_is_same_figure(said, &reading)) {
        self->n_repeated++;
        self->n_loaded++; /* it says nothing new, and is not lost */
        return TRUE;
    }
    self->n_conflicts++;
    g_autofree char *first = figure_text(said), *second = figure_text(&reading);
    g_autofree char *message = g_strdup_printf(
        "an earlier row of this file gives another figure for the same series and period: %s and then %s", first, second);
    return add_refusal(self, &(WmQuarantined){row->line, row->column, "conflicting_row", message, ""}, error);
}

typedef struct {
    const ReadingRange *range;
    GArray *out; /* of ChainVintage */
} Said;

static gboolean add_said(gint64 content, const BlockReading *reading, gpointer data)
{
    (void)content;
    const Said *self = data;
    const ChainVintage one = {.reading = *reading};
    if (reading->period >= self->range->first_period && reading->period <= self->range->last_period)
        g_array_append_val(self->out, one);
    return TRUE;
}

/* What earlier batches of this drop have said of some keys of one bunch; sorted. */
static gboolean read_said(BatchStore *self, guint32 bunch, const SortKey *keys, guint n, GArray *out, GError **error)
{
    guint32 first = (guint32)keys[0].key, last = first;
    for (guint i = 1; i < n; i++) {
        first = MIN(first, (guint32)keys[i].key);
        last = MAX(last, (guint32)keys[i].key);
    }
    const ReadingRange range = {
        .first_bunch = bunch, .last_bunch = bunch, .first_period = first, .last_period = last, .content = self->drop};
    if (!self->store->backend->each_reading(self->store, &range, add_said, &(Said){&range, out}, error))
        return FALSE;
    g_array_sort(out, chain_order);
    return TRUE;
}

static void widen(BatchStore *self, guint32 period)
{
    self->first = self->first ? MIN(self->first, period) : period;
    self->last = MAX(self->last, period);
}

static gboolean store_bunch(BatchStore *self, const Batch *batch, const SortKey *keys, guint n, GError **error)
{
    const guint32 bunch = (guint32)(keys[0].key >> 32) / BUNCH_SERIES;
    g_autoptr(GArray) said = g_array_new(FALSE, FALSE, sizeof(ChainVintage));
    if (self->n_parts && !read_said(self, bunch, keys, n, said, error))
        return FALSE;
    g_array_set_size(self->kept, 0);
    for (guint i = 0, k = 0; i < n; i++) {
        const BatchRow *row = &g_array_index(batch->rows, BatchRow, keys[i].i);
        const ChainVintage here = {.reading = row->reading};
        while (k < said->len && chain_order(&g_array_index(said, ChainVintage, k), &here) < 0)
            k++;
        const BlockReading *same = k < said->len && chain_order(&g_array_index(said, ChainVintage, k), &here) == 0
                                       ? &g_array_index(said, ChainVintage, k).reading
                                   : i > 0 && keys[i].key == keys[i - 1].key
                                       ? &g_array_index(self->kept, BlockReading, self->kept->len - 1)
                                       : NULL;
        if (!same)
            g_array_append_val(self->kept, row->reading);
        else if (!compare_repeat(self, row, same, error))
            return FALSE;
    }
    for (guint i = 0; i < self->kept->len; i++)
        widen(self, g_array_index(self->kept, BlockReading, i).period);
    self->n_loaded += self->kept->len;
    return self->kept->len == 0 ||
           self->store->backend->add_readings(self->store, self->drop, self->n_parts, (BlockReading *)(gpointer)self->kept->data,
                                              self->kept->len, error);
}

static gboolean store_rows(BatchStore *self, const Batch *batch, GError **error)
{
    const SortKey *keys = (SortKey *)(gpointer)self->keys->data;
    for (guint i = 0, end; i < self->keys->len; i = end) {
        const guint64 bunch = (keys[i].key >> 32) / BUNCH_SERIES;
        for (end = i + 1; end < self->keys->len && (keys[end].key >> 32) / BUNCH_SERIES == bunch;)
            end++;
        if (!store_bunch(self, batch, keys + i, end - i, error))
            return FALSE;
    }
    return TRUE;
}

gboolean batch_store(BatchStore *self, Batch *batch, GError **error)
{
    const StoreBackend *backend = self->store->backend;
    if (self->n_parts == self->store->backend->max_parts) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = self->store->path, .advice = "split the file"},
                     "the drop has more rows than a store can number");
        return FALSE;
    }
    if (!learn(self->store, backend->learn_series, &batch->series, self->series, error) ||
        !learn(self->store, backend->learn_notes, &batch->notes, self->notes, error))
        return FALSE;
    for (guint i = 0; i < batch->refusals->len; i++)
        if (!add_refusal(self, &g_array_index(batch->refusals, WmQuarantined, i), error))
            return FALSE;
    sort_rows(self, batch);
    if (!store_rows(self, batch, error) || !backend->end_part(self->store, error))
        return FALSE;
    self->n_parts++;
    return TRUE;
}
