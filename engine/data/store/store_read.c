/* The store, read: blocks, series and their vintages, quarantine. */
#include "engine/data/store/store_private.h"

#include <math.h>
#include <string.h>

gboolean store_fail_damaged(const WmStore *self, GError **error)
{
    g_autofree char *advice = g_strdup_printf("%s; `waymark store verify` says more", store_mend_advice(self));
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = self->path, .advice = advice},
                 "cannot read the store: a block of readings is not what was written");
    return FALSE;
}

typedef struct {
    const WmStore *store;
    WhichDrops which;
    GArray *out;
    gint64 content; /* of the reading before, and its first drop; NULL: none */
    const DropFact *first;
} Unshare;

/* The first drop of a content; NULL when no drop is known to have it. */
static const DropFact *first_of(const WmStore *self, gint64 content)
{
    const int place = GPOINTER_TO_INT(g_hash_table_lookup(self->contents, GSIZE_TO_POINTER((gsize)content)));
    return place ? &g_array_index(self->facts, DropFact, place - 1) : NULL;
}

/* One reading stands for every drop of its content. */
static gboolean add_vintages(gint64 content, const BlockReading *reading, gpointer data)
{
    Unshare *self = data;
    const DropFact *facts = &g_array_index(self->store->facts, DropFact, 0);
    if (content != self->content || !self->first)
        self->first = first_of(self->store, self->content = content);
    if (!self->first)
        return FALSE;
    for (const DropFact *fact = self->first;; fact = &facts[fact->next]) {
        if (!fact->is_silent || self->which == WITH_SILENT) {
            const ChainVintage vintage = {*reading, (guint32)(fact - facts), fact->since, fact->withdrawn, fact->replaced_by};
            g_array_append_val(self->out, vintage);
        }
        if (fact->next < 0)
            return TRUE;
    }
}

gboolean store_read_range(WmStore *self, const ReadingRange *range, WhichDrops which, GArray *out, GError **error)
{
    return store_facts(self, error) &&
           self->backend->each_reading(self, range, add_vintages, &(Unshare){.store = self, .which = which, .out = out}, error);
}

static void clear_series(gpointer data)
{
    const WmSeriesKey *key = data;
    g_free((gpointer)key->indicator);
    g_free((gpointer)key->unit);
    g_free((gpointer)key->cohort);
}

static void read_series(StoreQuery *query, GArray *out)
{
    const WmSeriesKey key = {query_whole(query, 0), query_dup_text(query, 1), query_dup_text(query, 2), query_dup_text(query, 3)};
    g_array_append_val(out, key);
}

/* Who lists series reads them next. */
static GArray *expect(WmStore *self, GArray *keys)
{
    if (keys && self->backend->expect)
        self->backend->expect(self, keys);
    return keys;
}

GArray *wm_store_series(WmStore *self, GError **error)
{
    StoreQuery *query = store_query(self, LIST_SERIES, error);
    return expect(self, store_gather(query, sizeof(WmSeriesKey), clear_series, read_series, error));
}

static gint by_key(gconstpointer a, gconstpointer b)
{
    const WmSeriesKey *x = a, *y = b;
    int order = strcmp(x->indicator, y->indicator);
    order = order ? order : strcmp(x->unit, y->unit);
    return order ? order : strcmp(x->cohort, y->cohort);
}

GArray *wm_store_series_of(WmStore *self, const GPtrArray *units, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(WmSeriesKey));
    g_array_set_clear_func(all, clear_series);
    for (guint i = 0; i < units->len; i++) {
        StoreQuery *query = store_query(self, LIST_SERIES_OF, error);
        if (!query)
            return NULL;
        query_set_text(query, 1, g_ptr_array_index(units, i));
        StoreStep step;
        while ((step = query_step(query, "read the store", error)) == STEP_ROW)
            read_series(query, all);
        query_reset(query);
        if (step == STEP_FAILED)
            return NULL;
    }
    g_array_sort(all, by_key);
    return expect(self, g_steal_pointer(&all));
}

GArray *wm_store_series_in(WmStore *self, const char *indicator, GError **error)
{
    StoreQuery *query = store_query(self, LIST_SERIES_IN, error);
    if (query)
        query_set_text(query, 1, indicator);
    return expect(self, store_gather(query, sizeof(WmSeriesKey), clear_series, read_series, error));
}

static void read_unit(StoreQuery *query, GArray *out)
{
    char *unit = query_dup_text(query, 0);
    g_array_append_val(out, unit);
}

GHashTable *wm_store_units(WmStore *self, GError **error)
{
    g_autoptr(GArray) units = store_gather(store_query(self, LIST_UNITS, error), sizeof(char *), NULL, read_unit, error);
    if (!units)
        return NULL;
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < units->len; i++)
        g_hash_table_add(set, g_array_index(units, char *, i));
    return set;
}

#define ILLUSTRATIVE "illustrative" /* a note that begins so marks a reading as made up */

/* The notes of some vintages: by number, whether they say so. */
static gboolean find_illustrative(WmStore *self, const GArray *vintages, GHashTable *out, GError **error)
{
    for (guint i = 0; i < vintages->len; i++) {
        const guint32 note = g_array_index(vintages, ChainVintage, i).reading.note;
        g_autofree char *text = NULL;
        if (!note || g_hash_table_contains(out, GUINT_TO_POINTER(note)))
            continue;
        if (!self->backend->read_note(self, note, &text, error))
            return FALSE;
        const gboolean is_illustrative = g_ascii_strncasecmp(text, ILLUSTRATIVE, strlen(ILLUSTRATIVE)) == 0;
        g_hash_table_insert(out, GUINT_TO_POINTER(note), GINT_TO_POINTER(is_illustrative));
    }
    return TRUE;
}

typedef struct {
    const WmStore *store;
    GHashTable *illustrative;
    WmDay as_at;
    GArray *out;
} Unfold;

static void unfold_one(const Unfold *self, const ChainVintage *from, WmDay day)
{
    const WmVintage vintage = {
        .reading = chain_reading(&from->reading),
        .drop = g_array_index(self->store->facts, DropFact, from->order).id,
        .received = day,
        .is_illustrative = GPOINTER_TO_INT(g_hash_table_lookup(self->illustrative, GUINT_TO_POINTER(from->reading.note))),
    };
    g_array_append_val(self->out, vintage);
}

/* A withdrawal leaves what counted without it, or nothing. */
static void unfold_withdrawal(const Unfold *self, const ChainVintage *vintages, size_t n, const ChainVintage *withdrawn)
{
    const WmDay day = withdrawn->withdrawn;
    const ChainVintage *left = chain_at(vintages, n, day);
    if (left) {
        unfold_one(self, left, day);
        return;
    }
    const WmVintage none = {.reading = {block_period(withdrawn->reading.period), NAN, NAN, NAN, WM_MISSING},
                            .drop = g_array_index(self->store->facts, DropFact, withdrawn->order).id,
                            .received = day,
                            .is_gone = true};
    g_array_append_val(self->out, none);
}

static gboolean never_counted(const ChainVintage *vintage)
{
    return vintage->withdrawn != WM_NO_DAY && vintage->withdrawn <= vintage->since;
}

/* Whether it was what counted, until it was withdrawn. */
static gboolean was_in_force(const ChainVintage *vintages, size_t n, size_t i)
{
    const WmDay day = vintages[i].withdrawn;
    for (size_t k = i + 1; k < n; k++)
        if (vintages[k].since <= day && !never_counted(&vintages[k]) &&
            (vintages[k].withdrawn == WM_NO_DAY || vintages[k].withdrawn >= day))
            return FALSE;
    return TRUE;
}

/* Whether it counted on the day from which it was to: of a drop read again, what came later in its place may stand before it. */
static gboolean came_to_count(const ChainVintage *vintages, size_t n, size_t i)
{
    for (size_t k = i + 1; k < n; k++)
        if (vintages[k].since < vintages[i].since &&
            (vintages[k].withdrawn == WM_NO_DAY || vintages[k].withdrawn > vintages[i].since))
            return FALSE;
    return TRUE;
}

/* One period's vintages as they counted, day by day. */
static void unfold(const Unfold *self, ChainVintage *vintages, size_t n)
{
    chain_complete(vintages, n);
    for (size_t i = 0; i < n; i++) {
        const ChainVintage *one = &vintages[i];
        if (never_counted(one) || one->since > self->as_at || !came_to_count(vintages, n, i))
            continue;
        unfold_one(self, one, one->since);
        if (one->withdrawn != WM_NO_DAY && one->withdrawn <= self->as_at && was_in_force(vintages, n, i))
            unfold_withdrawal(self, vintages, n, one);
    }
}

/* Readings are handed over by their period's end, and periods of several kinds may share a series. What came on one day keeps its
 * order: the sort is stable. */
static gint by_period(gconstpointer a, gconstpointer b)
{
    const WmVintage *x = a, *y = b;
    const int order = wm_period_compare(x->reading.period, y->reading.period);
    if (order)
        return order;
    return (x->received > y->received) - (x->received < y->received);
}

GArray *store_read_series(WmStore *self, gint64 series, GError **error)
{
    g_autoptr(GArray) vintages = g_array_new(FALSE, FALSE, sizeof(ChainVintage));
    const guint32 bunch = (guint32)series / BUNCH_SERIES;
    const ReadingRange range = {.first_bunch = bunch, .last_bunch = bunch, .last_period = G_MAXUINT32, .series = (guint32)series};
    if (!store_read_range(self, &range, NEWS_ONLY, vintages, error))
        return NULL;
    g_array_sort(vintages, chain_order);
    return g_steal_pointer(&vintages);
}

static GArray *read_vintages(WmStore *self, gint64 series, WmDay as_at, GError **error)
{
    g_autoptr(GArray) chains = store_read_series(self, series, error);
    g_autoptr(GHashTable) illustrative = g_hash_table_new(g_direct_hash, g_direct_equal);
    if (!chains || !find_illustrative(self, chains, illustrative, error))
        return NULL;
    const Unfold unfolding = {self, illustrative, as_at == WM_NO_DAY ? INT32_MAX : as_at,
                              g_array_sized_new(FALSE, FALSE, sizeof(WmVintage), chains->len)};
    ChainVintage *all = (ChainVintage *)(gpointer)chains->data;
    for (size_t i = 0, end; i < chains->len; i = end) {
        end = chain_end(all, chains->len, i);
        unfold(&unfolding, all + i, end - i);
    }
    g_array_sort(unfolding.out, by_period);
    return unfolding.out;
}

GArray *wm_store_vintages(WmStore *self, gint64 series, WmDay as_at, GError **error)
{
    if (!wm_store_begin_read(self, error))
        return NULL;
    GArray *vintages = read_vintages(self, series, as_at, error);
    wm_store_end_read(self);
    return vintages;
}

static void clear_quarantined(gpointer data)
{
    const WmQuarantined *row = data;
    g_free((gpointer)row->code);
    g_free((gpointer)row->message);
    g_free((gpointer)row->raw);
}

static void read_quarantined(StoreQuery *query, GArray *out)
{
    const WmQuarantined row = {query_int(query, 0), query_int(query, 1), query_dup_text(query, 2), query_dup_text(query, 3),
                               query_dup_text(query, 4)};
    g_array_append_val(out, row);
}

GArray *wm_store_quarantine(WmStore *self, gint64 drop, GError **error)
{
    StoreQuery *query = STORE_BOUND(self, LIST_QUARANTINE, error, drop);
    return store_gather(query, sizeof(WmQuarantined), clear_quarantined, read_quarantined, error);
}

bool wm_store_each_quarantined(WmStore *self, gint64 drop, bool (*func)(const WmQuarantined *row, void *data, GError **error),
                               void *data, GError **error)
{
    StoreQuery *query = STORE_BOUND(self, LIST_QUARANTINE, error, drop);
    if (!query)
        return false;
    StoreStep step = STEP_DONE;
    bool goes_on = true;
    while (goes_on && (step = query_step(query, "read the store", error)) == STEP_ROW) {
        const WmQuarantined row = {query_int(query, 0), query_int(query, 1), query_text(query, 2), query_text(query, 3),
                                   query_text(query, 4)};
        goes_on = func(&row, data, error);
    }
    query_reset(query);
    return goes_on && step == STEP_DONE;
}
