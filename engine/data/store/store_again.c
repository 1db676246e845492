/* A drop's file read again: another drop in its place, which counts from a later day on. What was read first stays, and counts
 * until then: it is what the board was told. */
#include "engine/data/store/store_private.h"

static void clear_same(gpointer data)
{
    g_free((gpointer)((WmDropInfo *)data)->file);
}

static void read_same(StoreQuery *query, GArray *out)
{
    const WmDropInfo drop = {
        .id = query_whole(query, 0),
        .received = query_day(query, 1),
        .file = query_dup_text(query, 2),
        .since = query_day(query, 3),
        .withdrawn = query_day(query, 4),
    };
    if (drop.withdrawn == WM_NO_DAY)
        g_array_append_val(out, drop);
    else
        g_free((gpointer)drop.file);
}

GArray *wm_store_same_content(WmStore *self, gint64 drop, GError **error)
{
    StoreQuery *query = STORE_BOUND(self, LIST_SAME, error, drop);
    return store_gather(query, sizeof(WmDropInfo), clear_same, read_same, error);
}

gboolean store_replace(WmStore *self, gint64 drop, gint64 by, WmDay since, GError **error)
{
    store_forget_facts(self);
    return store_tally(self, drop, DROP_WITHDRAWN, since, NULL, error) && store_set_withdrawn(self, drop, since, error) &&
           store_run(STORE_BOUND(self, SET_REPLACED, error, drop, by), "read a drop again", error);
}

gboolean store_replace_same(WmStore *self, gint64 drop, WmDay since, GError **error)
{
    g_autoptr(GArray) same = wm_store_same_content(self, drop, error);
    for (guint i = 0; same && i < same->len; i++) {
        const WmDropInfo *old = &g_array_index(same, WmDropInfo, i);
        const WmReceipt receipt = {.received = old->received, .file = old->file};
        const WmDay day = MAX(since, old->since);
        gint64 copy;
        /* It is out of the way of its copy before that has a number to be replaced by. */
        if (!store_replace(self, old->id, drop, day, error) || !store_add_copy(self, drop, &receipt, day, &copy, error) ||
            !store_run(STORE_BOUND(self, SET_REPLACED, error, old->id, copy), "read a drop again", error))
            return FALSE;
    }
    return same != NULL;
}

bool wm_store_set_recipe(WmStore *self, gint64 drop, const char *hash, GError **error)
{
    StoreQuery *query = STORE_BOUND(self, SET_RECIPE, error, drop);
    if (query)
        query_set_text(query, 2, hash);
    if (!store_begin_write(self, "note the recipe", error))
        return false;
    if (store_run(query, "note the recipe", error) && store_commit_write(self, "note the recipe", error))
        return true;
    store_rollback_write(self);
    return false;
}
