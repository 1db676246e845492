/* The store: queries and transactions, whatever it is kept in. Drops are in store_drops.c, writing one in store_write.c, reading in
 * store_read.c. */
#include "engine/data/store/store_private.h"

#include "engine/data/store/postgres/postgres_store.h"
#include "engine/data/store/sqlite/sqlite_store.h"

void wm_store_close(WmStore *self)
{
    if (!self)
        return;
    self->backend->close(self);
    store_forget_facts(self);
    g_free(self->path);
    g_free(self);
}

bool wm_store_is_address(const char *place)
{
    return g_str_has_prefix(place, "postgresql://") || g_str_has_prefix(place, "postgres://");
}

bool wm_store_exists(const char *place, bool *exists, GError **error)
{
    if (wm_store_is_address(place))
        return postgres_store_exists(place, exists, error);
    *exists = g_file_test(place, G_FILE_TEST_EXISTS);
    return true;
}

bool wm_store_check_address(const char *address, GError **error)
{
    return postgres_check_address(address, error);
}

WmStore *wm_store_open(const char *place, GError **error)
{
    return wm_store_is_address(place) ? postgres_store_open(place, error) : sqlite_store_open(place, error);
}

bool wm_store_is_read_only(const WmStore *self)
{
    return self->backend->is_read_only(self);
}

WmStore *wm_store_open_copy(WmStore *original, GError **error)
{
    return original->backend->copy(original, error);
}

StoreQuery *store_query(WmStore *self, Statement which, GError **error)
{
    return self->backend->query(self, which, error);
}

StoreQuery *store_bound(WmStore *self, Statement which, const gint64 *numbers, int n, GError **error)
{
    StoreQuery *query = store_query(self, which, error);
    for (int i = 0; query && i < n; i++)
        self->backend->set_whole(query, i + 1, numbers[i]);
    return query;
}

void query_set_whole(StoreQuery *self, int i, gint64 number)
{
    self->store->backend->set_whole(self, i, number);
}

void query_set_null(StoreQuery *self, int i)
{
    self->store->backend->set_null(self, i);
}

void query_set_day(StoreQuery *self, int i, WmDay day)
{
    self->store->backend->set_day(self, i, day);
}

void query_set_flag(StoreQuery *self, int i, gboolean flag)
{
    self->store->backend->set_flag(self, i, flag);
}

void query_set_text(StoreQuery *self, int i, const char *text)
{
    self->store->backend->set_text(self, i, text);
}

void query_set_texts(StoreQuery *self, int first, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        query_set_text(self, first + (int)i, texts[i]);
}

StoreStep query_step(StoreQuery *self, const char *doing, GError **error)
{
    return self->store->backend->step(self, doing, error);
}

void query_reset(StoreQuery *self)
{
    self->store->backend->reset(self);
}

gint64 query_whole(StoreQuery *self, int i)
{
    return self->store->backend->whole(self, i);
}

int query_int(StoreQuery *self, int i)
{
    return (int)query_whole(self, i);
}

WmDay query_day(StoreQuery *self, int i)
{
    return self->store->backend->day(self, i);
}

gboolean query_flag(StoreQuery *self, int i)
{
    return self->store->backend->flag(self, i);
}

const char *query_text(StoreQuery *self, int i)
{
    return self->store->backend->text(self, i);
}

char *query_dup_text(StoreQuery *self, int i)
{
    return g_strdup(query_text(self, i));
}

gboolean store_run(StoreQuery *query, const char *doing, GError **error)
{
    if (!query)
        return FALSE;
    const StoreStep step = query_step(query, doing, error);
    query_reset(query);
    return step != STEP_FAILED;
}

gboolean store_ask(StoreQuery *query, gint64 absent, gint64 *out, GError **error)
{
    if (!query)
        return FALSE;
    const StoreStep step = query_step(query, "read the store", error);
    if (step == STEP_FAILED)
        return FALSE;
    *out = step == STEP_ROW ? query_whole(query, 0) : absent;
    query_reset(query);
    return TRUE;
}

GArray *store_gather(StoreQuery *query, guint row_size, GDestroyNotify clear, void (*read_row)(StoreQuery *row, GArray *out),
                     GError **error)
{
    if (!query)
        return NULL;
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, row_size);
    if (clear)
        g_array_set_clear_func(rows, clear);
    StoreStep step;
    while ((step = query_step(query, "read the store", error)) == STEP_ROW)
        read_row(query, rows);
    query_reset(query);
    return step == STEP_DONE ? g_steal_pointer(&rows) : NULL;
}

bool wm_store_begin_read(WmStore *self, GError **error)
{
    if (self->depth == 0 && !self->backend->begin(self, TO_READ, "read the store", error))
        return false;
    self->depth++;
    return true;
}

void wm_store_end_read(WmStore *self)
{
    if (--self->depth == 0)
        self->backend->commit(self, "read the store", NULL);
}

gboolean store_begin_write(WmStore *self, const char *doing, GError **error)
{
    g_assert(self->depth == 0);
    if (!self->backend->begin(self, TO_WRITE, doing, error))
        return FALSE;
    self->depth = 1;
    return TRUE;
}

gboolean store_commit_write(WmStore *self, const char *doing, GError **error)
{
    if (!self->backend->commit(self, doing, error))
        return FALSE;
    self->depth = 0;
    return TRUE;
}

void store_rollback_write(WmStore *self)
{
    if (self->depth)
        self->backend->rollback(self);
    self->depth = 0;
    store_forget_facts(self);
}
