/* Every vintage of a series, as somebody asks for it who wants to know why a figure has changed. */
#include <math.h>

#include "engine/data/store/store_private.h"

static void clear_entry(gpointer data)
{
    const WmHistoryEntry *entry = data;
    g_free((gpointer)entry->file);
    g_free((gpointer)entry->note);
}

typedef struct {
    WmStore *store;
    const GArray *drops; /* of WmDropInfo */
    WmDay as_at;
    GArray *out;
} History;

static const char *file_of(const History *self, gint64 drop)
{
    for (guint i = 0; i < self->drops->len; i++)
        if (g_array_index(self->drops, WmDropInfo, i).id == drop)
            return g_array_index(self->drops, WmDropInfo, i).file;
    return "";
}

/* The size of a change; NAN where one of the two has no value. */
static double change_from(const ChainVintage *before, const ChainVintage *vintage)
{
    return before ? vintage->reading.value - before->reading.value : NAN;
}

static const WmReading NOTHING = {.value = NAN, .numerator = NAN, .denominator = NAN, .state = WM_MISSING};

static gboolean add_entry(const History *self, const ChainVintage *chain, size_t n, size_t i, GError **error)
{
    const ChainVintage *one = &chain[i], *before = chain_against(chain, i);
    const gint64 drop = g_array_index(self->store->facts, DropFact, one->order).id;
    char *note;
    if (!self->store->backend->read_note(self->store, one->reading.note, &note, error))
        return FALSE;
    const WmHistoryEntry entry = {
        .reading = chain_reading(&one->reading),
        .drop = drop,
        .file = g_strdup(file_of(self, drop)),
        .received = one->since,
        .withdrawn = one->withdrawn != WM_NO_DAY && one->withdrawn <= self->as_at ? one->withdrawn : WM_NO_DAY,
        .note = note,
        .what = chain_judge(before, one),
        .was = before ? chain_reading(&before->reading) : NOTHING,
        .change = change_from(before, one),
        .is_in_force = chain_at(chain, n, self->as_at) == one,
    };
    g_array_append_val(self->out, entry);
    return TRUE;
}

static gboolean add_chain(const History *self, ChainVintage *chain, size_t n, GError **error)
{
    chain_complete(chain, n);
    for (size_t i = 0; i < n; i++)
        if (chain[i].since <= self->as_at && !add_entry(self, chain, n, i, error))
            return FALSE;
    return TRUE;
}

static gint by_period(gconstpointer a, gconstpointer b)
{
    const WmHistoryEntry *x = a, *y = b;
    return wm_period_compare(x->reading.period, y->reading.period);
}

static GArray *read_history(WmStore *self, gint64 series, WmDay as_at, GError **error)
{
    g_autoptr(GArray) vintages = store_read_series(self, series, error);
    g_autoptr(GArray) drops = vintages ? wm_store_drops(self, WM_NO_DAY, error) : NULL;
    if (!drops)
        return NULL;
    g_autoptr(GArray) out = g_array_new(FALSE, FALSE, sizeof(WmHistoryEntry));
    g_array_set_clear_func(out, clear_entry);
    const History history = {self, drops, as_at == WM_NO_DAY ? INT32_MAX : as_at, out};
    ChainVintage *all = (ChainVintage *)(gpointer)vintages->data;
    for (size_t i = 0, end; i < vintages->len; i = end) {
        end = chain_end(all, vintages->len, i);
        if (!add_chain(&history, all + i, end - i, error))
            return NULL;
    }
    g_array_sort(out, by_period);
    return g_steal_pointer(&out);
}

GArray *wm_store_history(WmStore *self, gint64 series, WmDay as_at, GError **error)
{
    if (!wm_store_begin_read(self, error))
        return NULL;
    GArray *history = read_history(self, series, as_at, error);
    wm_store_end_read(self);
    return history;
}
