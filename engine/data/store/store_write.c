/* A drop being written. Rows gather in batches; a full one goes to a thread that stores it while the next one is gathered. A small
 * drop never starts that thread. */
#include "engine/data/store/store_batch.h"

#include <string.h>

#define N_BATCHES   2          /* one gathering, one being stored */
#define NAMES_AHEAD (8 * 1024) /* so many new series go ahead of their rows, which are looked up while more are read */

struct WmDropWriter {
    WmStore *store;
    WmDropInfo info;
    char *file, *hash, *recipe;
    gint64 n_bytes;                          /* of the file; -1: not known */
    gboolean is_open, is_finished, is_again; /* it is read again: other drops of its content follow */

    Names *series, *notes;
    Batch *batch; /* being gathered; NULL once finished */
    BatchStore *storing;
    GThread *thread;           /* NULL until the first batch is full */
    GAsyncQueue *full, *empty; /* of Batch */
    gint has_failed;           /* set by the thread, read by all */
    GError *failure;           /* the thread's; read when has_failed */
};

/* Stores batches until the last one. After a failure it only empties them, so that nobody waits for ever. */
static gpointer store_batches(gpointer data)
{
    WmDropWriter *self = data;
    for (gboolean is_last = FALSE; !is_last;) {
        Batch *batch = g_async_queue_pop(self->full);
        is_last = batch->is_last;
        if (!g_atomic_int_get(&self->has_failed) && !batch_store(self->storing, batch, &self->failure))
            g_atomic_int_set(&self->has_failed, TRUE);
        batch_clear(batch);
        g_async_queue_push(self->empty, batch);
    }
    return NULL;
}

static void start_thread(WmDropWriter *self)
{
    self->full = g_async_queue_new_full((GDestroyNotify)batch_free);
    self->empty = g_async_queue_new_full((GDestroyNotify)batch_free);
    for (int i = 1; i < N_BATCHES; i++)
        g_async_queue_push(self->empty, batch_new());
    self->thread = g_thread_new("store", store_batches, self);
}

/* Names go with the first batch that uses them. */
static Batch *close_batch(WmDropWriter *self, gboolean is_last)
{
    Batch *batch = g_steal_pointer(&self->batch);
    batch->is_last = is_last;
    names_hand_over(&self->series, &batch->series);
    names_hand_over(&self->notes, &batch->notes);
    return batch;
}

static gboolean has_stored(const WmDropWriter *self, GError **error)
{
    if (!g_atomic_int_get(&self->has_failed))
        return TRUE;
    g_propagate_error(error, g_error_copy(self->failure));
    return FALSE;
}

/* Send a full batch on its way, and take an empty one. */
static gboolean pass_batch(WmDropWriter *self, GError **error)
{
    if (!self->thread)
        start_thread(self);
    g_async_queue_push(self->full, close_batch(self, FALSE));
    self->batch = g_async_queue_pop(self->empty);
    return has_stored(self, error);
}

/* Send new series ahead, if nothing else is being stored. Rows that are gathered keep their numbers: the book goes on. */
static gboolean pass_names(WmDropWriter *self, GError **error)
{
    if (!self->thread)
        start_thread(self);
    Batch *ahead = g_async_queue_try_pop(self->empty);
    if (!ahead)
        return TRUE;
    names_hand_over(&self->series, &ahead->series);
    g_async_queue_push(self->full, ahead);
    return has_stored(self, error);
}

/* Store what is gathered, and wait until all is stored. */
static gboolean store_rest(WmDropWriter *self, GError **error)
{
    Batch *batch = close_batch(self, TRUE);
    if (!self->thread) {
        const gboolean is_stored = batch_store(self->storing, batch, error);
        batch_free(batch);
        return is_stored;
    }
    g_async_queue_push(self->full, batch);
    g_thread_join(g_steal_pointer(&self->thread));
    if (self->failure)
        g_propagate_error(error, g_error_copy(self->failure));
    return !self->has_failed;
}

void wm_drop_rollback(WmDropWriter *self)
{
    if (!self)
        return;
    if (self->thread) {
        g_atomic_int_set(&self->has_failed, TRUE); /* what is on its way need not be stored */
        store_rest(self, NULL);
    }
    if (self->is_open)
        store_rollback_write(self->store);
    g_clear_pointer(&self->full, g_async_queue_unref);
    g_clear_pointer(&self->empty, g_async_queue_unref);
    g_clear_error(&self->failure);
    batch_free(self->batch);
    batch_store_free(self->storing);
    names_free(self->series);
    names_free(self->notes);
    g_free(self->file);
    g_free(self->hash);
    g_free(self->recipe);
    g_free(self);
}

static gboolean add_drop(WmStore *store, const WmDropInfo *drop, gint64 *id, GError **error)
{
    StoreQuery *query = store_query(store, ADD_DROP, error);
    if (!query)
        return FALSE;
    query_set_day(query, 1, drop->received);
    query_set_text(query, 2, drop->file);
    query_set_text(query, 3, drop->hash ? drop->hash : "");
    query_set_day(query, 4, drop->since);
    if (!store_ask(query, 0, id, error))
        return FALSE;
    if (*id < store->backend->max_drops)
        return TRUE;
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = store->path}, "the store has as many drops as it can number");
    return FALSE;
}

/* Within a writing transaction, which it takes, whatever comes. */
static WmDropWriter *begin(WmStore *store, const WmDropInfo *drop, GError **error)
{
    g_autoptr(WmDropWriter) self = g_new0(WmDropWriter, 1);
    self->store = store;
    self->is_open = TRUE;
    self->file = g_strdup(drop->file);
    self->hash = g_strdup(drop->hash);
    self->n_bytes = -1;
    self->series = names_new();
    self->notes = names_new();
    self->batch = batch_new();
    self->info = (WmDropInfo){
        .received = drop->received, .since = drop->since, .withdrawn = WM_NO_DAY, .file = self->file, .hash = self->hash};
    if (!add_drop(store, &self->info, &self->info.id, error))
        return NULL;
    self->storing = batch_store_new(store, self->info.id);
    return g_steal_pointer(&self);
}

WmDropWriter *wm_store_begin_drop(WmStore *store, WmDay received, const char *file, const char *hash, GError **error)
{
    const WmDropInfo drop = {.received = received, .since = received, .file = file, .hash = hash};
    return store_begin_write(store, "begin a drop", error) ? begin(store, &drop, error) : NULL;
}

static const WmDropInfo *find_drop(const GArray *drops, gint64 id)
{
    for (guint i = 0; i < drops->len; i++)
        if (g_array_index(drops, WmDropInfo, i).id == id)
            return &g_array_index(drops, WmDropInfo, i);
    return NULL;
}

static gboolean fail_again(const WmStore *store, gint64 drop, const char *what, GError **error)
{
    wm_error_set(error, WM_ERROR_INPUT,
                 &(WmErrorPlace){.file = store->path, .advice = "`waymark history` shows each drop's number"},
                 "drop %" G_GINT64_FORMAT " cannot be read again: %s", drop, what);
    return FALSE;
}

static gboolean can_be_read_again(const WmStore *store, const WmDropInfo *old, gint64 drop, GError **error)
{
    if (!old)
        return fail_again(store, drop, "there is no such drop", error);
    if (old->replaced_by)
        return fail_again(store, drop, "it was, and another drop stands for it", error);
    return old->withdrawn == WM_NO_DAY || fail_again(store, drop, "it is withdrawn; --restore it first", error);
}

/* The old drop makes room before the new one is closed, for both are the same file. */
WmDropWriter *wm_store_begin_again(WmStore *store, gint64 drop, WmDay day, GError **error)
{
    if (!store_begin_write(store, "read a drop again", error))
        return NULL;
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    const WmDropInfo *old = drops ? find_drop(drops, drop) : NULL;
    if (!drops || !can_be_read_again(store, old, drop, error)) {
        store_rollback_write(store);
        return NULL;
    }
    const WmDropInfo again = {.received = old->received, .since = MAX(day, old->since), .file = old->file};
    g_autoptr(WmDropWriter) self = begin(store, &again, error);
    if (!self || !store_replace(store, drop, self->info.id, again.since, error))
        return NULL;
    self->is_again = TRUE;
    return g_steal_pointer(&self);
}

bool wm_drop_put(WmDropWriter *self, const WmStoredReading *stored, GError **error)
{
    const char *const texts[] = {stored->indicator, stored->unit, stored->cohort};
    const WmReading *reading = &stored->reading;
    const BatchRow row = {
        .reading = {names_number(self->series, texts, G_N_ELEMENTS(texts)), block_period_key(reading->period),
                    *stored->note ? names_number(self->notes, &stored->note, 1) + 1 : 0, reading->state, reading->value,
                    reading->numerator, reading->denominator},
        .line = stored->line,
        .column = stored->column,
    };
    g_array_append_val(self->batch->rows, row);
    if (self->batch->rows->len == BATCH_ROWS)
        return pass_batch(self, error);
    return !names_can_go_ahead(self->series, NAMES_AHEAD) || pass_names(self, error);
}

static const char *keep(Batch *batch, const char *text)
{
    batch->n_text_bytes += strlen(text);
    return g_string_chunk_insert(batch->texts, text);
}

bool wm_drop_quarantine(WmDropWriter *self, const WmQuarantined *row, GError **error)
{
    Batch *batch = self->batch;
    const WmQuarantined kept = {row->line, row->column, keep(batch, row->code), keep(batch, row->message), keep(batch, row->raw)};
    g_array_append_val(batch->refusals, kept);
    self->info.n_quarantined++;
    return batch->n_text_bytes < BATCH_REFUSALS_BYTES || pass_batch(self, error);
}

void wm_drop_set_windows_1252(WmDropWriter *self)
{
    self->info.was_windows_1252 = true;
}

void wm_drop_set_content(WmDropWriter *self, const char *hash, gint64 n_bytes)
{
    g_free(self->hash);
    self->hash = g_strdup(hash);
    self->n_bytes = n_bytes;
    self->info.hash = self->hash;
}

void wm_drop_set_recipe(WmDropWriter *self, const char *hash)
{
    g_free(self->recipe);
    self->recipe = g_strdup(hash);
}

void wm_drop_count_row(WmDropWriter *self)
{
    self->info.n_rows++;
}

static gboolean close_drop(WmDropWriter *self, GError **error)
{
    StoreQuery *query = STORE_BOUND(self->store, CLOSE_DROP, error, self->info.id, self->info.n_rows, self->storing->n_loaded,
                                    self->storing->n_repeated, self->info.n_quarantined);
    if (!query)
        return FALSE;
    query_set_flag(query, 6, self->info.was_windows_1252);
    if (self->n_bytes >= 0)
        query_set_whole(query, 7, self->n_bytes);
    else
        query_set_null(query, 7);
    query_set_text(query, 8, self->hash ? self->hash : "");
    query_set_text(query, 9, self->recipe); /* NULL: not known */
    query_set_whole(query, 10, self->storing->first);
    query_set_whole(query, 11, self->storing->last);
    return store_run(query, "close the drop", error);
}

static gboolean read_counts(WmDropWriter *self, GError **error)
{
    StoreQuery *query = STORE_BOUND(self->store, READ_COUNTS, error, self->info.id);
    if (!query)
        return FALSE;
    if (query_step(query, "count the drop", error) != STEP_ROW)
        return FALSE;
    self->info.n_loaded = query_whole(query, 0);
    self->info.n_revised = query_whole(query, 1);
    self->info.n_unchanged = query_whole(query, 2);
    query_reset(query);
    return TRUE;
}

bool wm_drop_finish(WmDropWriter *self, GError **error)
{
    if (self->is_finished)
        return true;
    if (!store_rest(self, error))
        return false;
    self->info.n_quarantined += self->storing->n_conflicts;
    store_forget_facts(self->store);
    self->is_finished = close_drop(self, error) && store_tally(self->store, self->info.id, DROP_ADDED, WM_NO_DAY, NULL, error) &&
                        store_run(store_query(self->store, MARK_SILENT, error), "count the drop", error) &&
                        (!self->is_again || store_replace_same(self->store, self->info.id, self->info.since, error)) &&
                        read_counts(self, error);
    return self->is_finished;
}

bool wm_drop_next_conflict(WmDropWriter *self, int after_line, int *line, GError **error)
{
    gint64 found;
    if (!store_ask(STORE_BOUND(self->store, NEXT_CONFLICT, error, self->info.id, after_line), 0, &found, error))
        return false;
    *line = (int)found;
    return true;
}

bool wm_drop_set_raw(WmDropWriter *self, int line, const char *raw, GError **error)
{
    StoreQuery *query = STORE_BOUND(self->store, SET_RAW, error, self->info.id, line);
    if (query)
        query_set_text(query, 3, raw);
    return store_run(query, "quarantine a row", error);
}

bool wm_drop_add_finding(WmDropWriter *self, const WmProblem *finding, GError **error)
{
    StoreQuery *query =
        STORE_BOUND(self->store, ADD_FINDING, error, self->info.id, finding->line, finding->column, (gint64)finding->severity);
    if (!query)
        return false;
    const char *const texts[] = {finding->code, finding->message, finding->advice, finding->indicator};
    query_set_texts(query, 5, texts, G_N_ELEMENTS(texts));
    return store_run(query, "keep a finding", error);
}

WmDropInfo wm_drop_info(const WmDropWriter *self)
{
    return self->info;
}

bool wm_drop_commit(WmDropWriter *self, GError **error)
{
    g_autoptr(WmDropWriter) writer = self; /* rolls back unless committed below */
    if (!wm_drop_finish(writer, error) || !store_commit_write(writer->store, "commit the drop", error))
        return false;
    writer->is_open = FALSE;
    store_forget_facts(writer->store);
    return true;
}
