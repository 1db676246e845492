/* A batch of rows, sorted and stored as blocks. */
#include "engine/data/store/store_batch.h"

#include <stdlib.h>

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
    self->bytes = g_byte_array_new();
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
    g_byte_array_unref(self->bytes);
    g_free(self);
}

/* The id of a row that is found, or else added, by the same texts. */
static gboolean find_or_add(WmStore *store, const Statement order[2], const char *key, int n_texts, gint64 *id, GError **error)
{
    gboolean is_found = FALSE;
    for (int i = 0; i < 2 && !is_found; i++) {
        sqlite3_stmt *statement = store_statement(store, order[i], error);
        if (!statement)
            return FALSE;
        for (int k = 0; k < n_texts; k++)
            sqlite3_bind_text(statement, k + 1, names_text(key, (size_t)k), -1, SQLITE_STATIC);
        const int code = sqlite3_step(statement);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            return store_fail(store->db, store->path, "add to the store", error);
        is_found = code == SQLITE_ROW;
        *id = is_found ? sqlite3_column_int64(statement, 0) : sqlite3_last_insert_rowid(store->db);
        sqlite3_reset(statement);
    }
    return TRUE;
}

static gboolean learn_names(WmStore *store, const Statement order[2], int n_texts, const FreshNames *names, GArray *ids,
                            GError **error)
{
    if (names->is_anew)
        g_array_set_size(ids, 0);
    for (guint i = 0; i < names->keys->len; i++) {
        gint64 id;
        if (!find_or_add(store, order, g_ptr_array_index(names->keys, i), n_texts, &id, error))
            return FALSE;
        g_array_append_val(ids, id);
    }
    return TRUE;
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
    sqlite3_stmt *statement = STORE_BOUND(self->store, ADD_QUARANTINE, error, self->drop, row->line, row->column);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 4, row->code, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 5, row->message, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 6, row->raw, -1, SQLITE_STATIC);
    return store_run(self->store, statement, "quarantine a row", error);
}

/* The row says again what this drop has said, or something else: then it is refused, and its text is asked for later. */
static gboolean compare_repeat(BatchStore *self, const BatchRow *row, const BlockReading *said, GError **error)
{
    static const char MESSAGE[] = "an earlier row of this file gives another figure for the same series and period";
    BlockReading reading = row->reading;
    chain_take_counts(&reading, said);
    if (chain_is_same_figure(said, &reading)) {
        self->n_repeated++;
        self->n_loaded++; /* it says nothing new, and is not lost */
        return TRUE;
    }
    self->n_conflicts++;
    return add_refusal(self, &(WmQuarantined){row->line, row->column, "conflicting_row", MESSAGE, ""}, error);
}

/* What earlier batches of this drop have said of some keys of one bunch; sorted. */
static gboolean read_said(BatchStore *self, guint32 bunch, const SortKey *keys, guint n, GArray *out, GError **error)
{
    guint32 first = (guint32)keys[0].key, last = first;
    for (guint i = 1; i < n; i++) {
        first = MIN(first, (guint32)keys[i].key);
        last = MAX(last, (guint32)keys[i].key);
    }
    sqlite3_stmt *statement = STORE_BOUND(self->store, LIST_BLOCKS, error, block_id(bunch, self->drop, 0),
                                          block_id(bunch, self->drop, MAX_PARTS - 1), first, last);
    if (!statement)
        return FALSE;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        BlockCursor cursor;
        ChainVintage one = {.order = 0};
        block_cursor_init(&cursor, sqlite3_column_blob(statement, 3), (size_t)sqlite3_column_bytes(statement, 3), bunch);
        while (block_next(&cursor, &one.reading) == BLOCK_READING)
            if (one.reading.period >= first && one.reading.period <= last)
                g_array_append_val(out, one);
    }
    const gboolean is_read = code == SQLITE_DONE || store_fail(self->store->db, self->store->path, "read the store", error);
    sqlite3_reset(statement);
    g_array_sort(out, chain_order);
    return is_read;
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
    self->n_loaded += self->kept->len;
    return self->kept->len == 0 ||
           store_block_insert(store_statement(self->store, ADD_BLOCK, error), self->drop, self->n_parts,
                              (BlockReading *)(gpointer)self->kept->data, self->kept->len, self->bytes) ||
           store_fail(self->store->db, self->store->path, "add readings", error);
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
    static const Statement SERIES[] = {FIND_SERIES, ADD_SERIES}, NOTES[] = {FIND_NOTE, ADD_NOTE};
    if (self->n_parts == MAX_PARTS) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = self->store->path, .advice = "split the file"},
                     "the drop has more rows than a store can number");
        return FALSE;
    }
    if (!learn_names(self->store, SERIES, 3, &batch->series, self->series, error) ||
        !learn_names(self->store, NOTES, 1, &batch->notes, self->notes, error))
        return FALSE;
    for (guint i = 0; i < batch->refusals->len; i++)
        if (!add_refusal(self, &g_array_index(batch->refusals, WmQuarantined, i), error))
            return FALSE;
    sort_rows(self, batch);
    if (!store_rows(self, batch, error))
        return FALSE;
    self->n_parts++;
    return TRUE;
}
