/* Drops in the store: what is known of them, the same content again, and withdrawals. */
#include "engine/data/store/store_private.h"

void store_forget_facts(WmStore *self)
{
    g_clear_pointer(&self->facts, g_array_unref);
    g_clear_pointer(&self->contents, g_hash_table_unref);
}

static void read_fact(StoreQuery *query, GArray *out)
{
    const DropFact fact = {
        .id = query_whole(query, 0),
        .content = query_whole(query, 1),
        .received = query_day(query, 2),
        .withdrawn = query_day(query, 3),
        .is_silent = query_flag(query, 4),
        .since = query_day(query, 5),
        .replaced_by = query_whole(query, 6) ? (guint32)query_whole(query, 6) : CHAIN_STANDS,
        .first = (guint32)query_whole(query, 7),
        .last = (guint32)query_whole(query, 8),
        .next = -1,
    };
    g_array_append_val(out, fact);
}

/* Drops of one content are linked, so that a block finds them all. */
static void link_contents(WmStore *self)
{
    self->contents = g_hash_table_new(g_direct_hash, g_direct_equal);
    for (guint i = self->facts->len; i-- > 0;) {
        DropFact *fact = &g_array_index(self->facts, DropFact, i);
        gpointer key = GSIZE_TO_POINTER((gsize)fact->content);
        fact->next = GPOINTER_TO_INT(g_hash_table_lookup(self->contents, key)) - 1;
        g_hash_table_insert(self->contents, key, GINT_TO_POINTER((int)i + 1));
    }
}

/* From a drop's number to its place. */
static void place_replacements(GArray *facts)
{
    for (guint i = 0; i < facts->len; i++) {
        DropFact *fact = &g_array_index(facts, DropFact, i);
        const gint64 by = fact->replaced_by;
        for (guint k = 0; by != CHAIN_STANDS && k < facts->len; k++)
            if (g_array_index(facts, DropFact, k).id == by)
                fact->replaced_by = k;
    }
}

/* Another process may have added drops since the last transaction; within one nothing changes but by us. */
const GArray *store_facts(WmStore *self, GError **error)
{
    gint64 version;
    if (!self->backend->version(self, &version, error))
        return NULL;
    if (self->facts && version == self->version)
        return self->facts;
    store_forget_facts(self);
    self->facts = store_gather(store_query(self, LIST_FACTS, error), sizeof(DropFact), NULL, read_fact, error);
    if (!self->facts)
        return NULL;
    self->version = version;
    place_replacements(self->facts);
    link_contents(self);
    return self->facts;
}

DropFact *store_fact(WmStore *self, gint64 drop)
{
    for (guint i = 0; self->facts && i < self->facts->len; i++)
        if (g_array_index(self->facts, DropFact, i).id == drop)
            return &g_array_index(self->facts, DropFact, i);
    return NULL;
}

static void clear_drop(gpointer data)
{
    const WmDropInfo *drop = data;
    g_free((gpointer)drop->file);
    g_free((gpointer)drop->hash);
    g_free((gpointer)drop->recipe);
}

static void read_drop(StoreQuery *query, GArray *out)
{
    const WmDropInfo drop = {
        .id = query_whole(query, 0),
        .received = query_day(query, 1),
        .file = query_dup_text(query, 2),
        .hash = query_dup_text(query, 3),
        .n_rows = query_whole(query, 4),
        .n_loaded = query_whole(query, 5),
        .n_revised = query_whole(query, 6),
        .n_unchanged = query_whole(query, 7),
        .n_quarantined = query_whole(query, 8),
        .was_windows_1252 = query_flag(query, 9),
        .withdrawn = query_day(query, 10),
        .since = query_day(query, 11),
        .replaced_by = query_whole(query, 12),
        .recipe = query_dup_text(query, 13),
    };
    g_array_append_val(out, drop);
}

GArray *wm_store_drops(WmStore *self, WmDay as_at, GError **error)
{
    StoreQuery *query = store_query(self, LIST_DROPS, error);
    if (query)
        query_set_day(query, 1, as_at == WM_NO_DAY ? INT32_MAX : as_at);
    return store_gather(query, sizeof(WmDropInfo), clear_drop, read_drop, error);
}

static gint by_day(gconstpointer a, gconstpointer b)
{
    const WmDay *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void add_day(GArray *days, WmDay day, WmDay as_at)
{
    if (day != WM_NO_DAY && (as_at == WM_NO_DAY || day <= as_at))
        g_array_append_val(days, day);
}

GArray *wm_store_days(WmStore *self, WmDay as_at, GError **error)
{
    g_autoptr(GArray) drops = wm_store_drops(self, as_at, error);
    if (!drops)
        return NULL;
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(WmDay));
    for (guint i = 0; i < drops->len; i++) {
        add_day(all, g_array_index(drops, WmDropInfo, i).since, as_at);
        add_day(all, g_array_index(drops, WmDropInfo, i).withdrawn, as_at);
    }
    g_array_sort(all, by_day);
    GArray *days = g_array_new(FALSE, FALSE, sizeof(WmDay));
    for (guint i = 0; i < all->len; i++)
        if (i == 0 || g_array_index(all, WmDay, i) != g_array_index(all, WmDay, i - 1))
            g_array_append_val(days, g_array_index(all, WmDay, i));
    return days;
}

bool wm_store_has_size(WmStore *self, gint64 n_bytes, bool *has, GError **error)
{
    gint64 found;
    if (!store_ask(STORE_BOUND(self, HAS_SIZE, error, n_bytes), 0, &found, error))
        return false;
    *has = found != 0;
    return true;
}

/* The drop that said what a silent one repeats; itself where it is not silent. */
static gboolean find_earlier(WmStore *self, gint64 drop, gint64 *out, GError **error)
{
    return store_ask(STORE_BOUND(self, FIND_EARLIER, error, drop), drop, out, error);
}

gint64 wm_store_find_drop(WmStore *self, const WmReceipt *receipt, GError **error)
{
    StoreQuery *query = store_query(self, FIND_DROP, error);
    gint64 drop, told;
    if (query) {
        query_set_day(query, 1, receipt->received);
        query_set_text(query, 2, receipt->hash);
        query_set_text(query, 3, receipt->file);
    }
    if (!store_ask(query, 0, &drop, error) || (drop && !find_earlier(self, drop, &told, error)))
        return -1;
    return drop ? told : 0;
}

/* A drop without a recipe on record was read before those were kept. */
static gboolean find_content(WmStore *self, const WmReceipt *receipt, gint64 *out, GError **error)
{
    StoreQuery *query = store_query(self, FIND_CONTENT, error);
    if (query)
        query_set_texts(query, 1, (const char *const[]){receipt->hash, receipt->recipe ? receipt->recipe : ""}, 2);
    return store_ask(query, 0, out, error);
}

gboolean store_add_copy(WmStore *self, gint64 content, const WmReceipt *receipt, WmDay since, gint64 *drop, GError **error)
{
    StoreQuery *query = STORE_BOUND(self, COPY_DROP, error, content);
    if (query) {
        query_set_day(query, 2, receipt->received);
        query_set_text(query, 3, receipt->file);
        query_set_day(query, 4, since);
    }
    if (!store_ask(query, 0, drop, error))
        return FALSE;
    store_forget_facts(self);
    return store_tally(self, *drop, DROP_ADDED, WM_NO_DAY, NULL, error) &&
           store_run(store_query(self, MARK_SILENT, error), "add the drop", error);
}

static gboolean receive(WmStore *self, const WmReceipt *receipt, WmDropInfo *out, GError **error)
{
    gint64 content, drop, told;
    if (!find_content(self, receipt, &content, error))
        return FALSE;
    *out = (WmDropInfo){.id = 0};
    if (!content)
        return TRUE;
    if (!store_add_copy(self, content, receipt, receipt->received, &drop, error) || !find_earlier(self, drop, &told, error))
        return FALSE;
    g_autoptr(GArray) drops = wm_store_drops(self, WM_NO_DAY, error);
    for (guint i = 0; drops && i < drops->len; i++)
        if (g_array_index(drops, WmDropInfo, i).id == told)
            *out = g_array_index(drops, WmDropInfo, i);
    out->file = out->hash = out->recipe = NULL; /* they go with the array */
    if (told != drop)
        *out = (WmDropInfo){.id = told, .received = out->received, .withdrawn = WM_NO_DAY};
    return drops != NULL;
}

bool wm_store_has_content(WmStore *self, const WmReceipt *receipt, bool *has, GError **error)
{
    gint64 content;
    if (!find_content(self, receipt, &content, error))
        return false;
    *has = content != 0;
    return true;
}

bool wm_store_receive_again(WmStore *self, const WmReceipt *receipt, WmDropInfo *out, GError **error)
{
    if (!store_begin_write(self, "add the drop", error))
        return false;
    const gboolean is_done =
        receive(self, receipt, out, error) && (receipt->is_dry_run || store_commit_write(self, "add the drop", error));
    if (!is_done || receipt->is_dry_run)
        store_rollback_write(self);
    store_forget_facts(self);
    return is_done;
}

gboolean store_set_withdrawn(WmStore *self, gint64 drop, WmDay day, GError **error)
{
    StoreQuery *query = STORE_BOUND(self, SET_WITHDRAWN, error, drop);
    if (query)
        query_set_day(query, 2, day);
    if (!store_run(query, "withdraw the drop", error))
        return FALSE;
    store_forget_facts(self);
    return store_run(store_query(self, MARK_SILENT, error), "withdraw the drop", error);
}

static gboolean change_withdrawal(WmStore *self, gint64 drop, WmDay day, gint64 *n_changed, GError **error)
{
    gint64 n_back = 0;
    *n_changed = 0;
    if (!store_facts(self, error))
        return FALSE;
    const DropFact *fact = store_fact(self, drop);
    if (!fact) {
        wm_error_set(error, WM_ERROR_INPUT,
                     &(WmErrorPlace){.file = self->path, .advice = "`waymark ingest` prints each drop's number"},
                     "there is no drop %" G_GINT64_FORMAT, drop);
        return FALSE;
    }
    if (fact->withdrawn == day)
        return TRUE;
    if (fact->withdrawn != WM_NO_DAY && (!store_tally(self, drop, DROP_RESTORED, WM_NO_DAY, &n_back, error) ||
                                         !store_set_withdrawn(self, drop, WM_NO_DAY, error) || !store_facts(self, error)))
        return FALSE;
    if (day != WM_NO_DAY &&
        (!store_tally(self, drop, DROP_WITHDRAWN, day, n_changed, error) || !store_set_withdrawn(self, drop, day, error)))
        return FALSE;
    *n_changed = day == WM_NO_DAY ? n_back : *n_changed;
    return TRUE;
}

typedef enum { FOR_GOOD, TO_SEE } Purpose;

static bool withdraw(WmStore *self, gint64 drop, WmDay day, Purpose purpose, gint64 *n_changed, GError **error)
{
    gint64 n;
    if (!store_begin_write(self, "withdraw the drop", error))
        return false;
    const gboolean is_done = change_withdrawal(self, drop, day, n_changed ? n_changed : &n, error) &&
                             (purpose == TO_SEE || store_commit_write(self, "withdraw the drop", error));
    if (!is_done || purpose == TO_SEE)
        store_rollback_write(self);
    store_forget_facts(self);
    return is_done;
}

bool wm_store_set_withdrawn(WmStore *self, gint64 drop, WmDay day, gint64 *n_changed, GError **error)
{
    return withdraw(self, drop, day, FOR_GOOD, n_changed, error);
}

bool wm_store_try_withdrawal(WmStore *self, gint64 drop, WmDay day, gint64 *n_changed, GError **error)
{
    return withdraw(self, drop, day, TO_SEE, n_changed, error);
}
