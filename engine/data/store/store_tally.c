/* What each drop turned out to be: how many of its readings revised, or repeated, what counted when they came.
 *
 * A drop that comes late, or is withdrawn, changes what later drops turned out to be. So after every change the periods that it
 * touches are judged twice, as it was and as it is, and the drops' counts moved by the difference: the counts never depend on the
 * order in which drops came to the store.
 */
#include "engine/data/store/store_private.h"

typedef struct {
    gint64 n_revised, n_unchanged;
} Counts;

typedef struct {
    WmStore *store;
    const GArray *facts;
    guint32 order; /* of the drop that changes */
    DropChange change;
    WmDay withdrawn;
    Counts *counts;       /* one a drop */
    gint64 n_changed;     /* figures of the changing drop that count, but for its withdrawal */
    guint32 overruled_by; /* the last drop of the same day that gives another figure for one of its periods; its own order: none */
    GArray *vintages, *world;
} Tally;

/* The vintages of one period, judged in a world where the changing drop is there or not, withdrawn or not. */
static void judge(Tally *self, const ChainVintage *vintages, size_t n, gboolean is_there, WmDay withdrawn, int sign)
{
    g_array_set_size(self->world, 0);
    for (size_t i = 0; i < n; i++) {
        ChainVintage one = vintages[i];
        if (one.order == self->order)
            one.withdrawn = withdrawn;
        if (one.order != self->order || is_there)
            g_array_append_val(self->world, one);
    }
    ChainVintage *chain = (ChainVintage *)(gpointer)self->world->data;
    chain_complete(chain, self->world->len);
    for (guint i = 0; i < self->world->len; i++) {
        const WmPut put = chain_judge(chain_against(chain, i), &chain[i]);
        self->counts[chain[i].order].n_revised += put == WM_PUT_REVISED ? sign : 0;
        self->counts[chain[i].order].n_unchanged += put == WM_PUT_UNCHANGED ? sign : 0;
    }
}

static gboolean is_touched(const Tally *self, const ChainVintage *vintages, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (vintages[i].order == self->order)
            return TRUE;
    return FALSE;
}

/* Whether the drop's figure is what would count on the day from which it is withdrawn, if it were not. A drop withdrawn by the day
 * it was received never counts: that day is looked at. */
static gboolean counts_at(const Tally *self, const ChainVintage *vintages, size_t n, WmDay withdrawn)
{
    const WmDay day = MAX(withdrawn, g_array_index(self->facts, DropFact, self->order).since);
    for (size_t i = n; i-- > 0;) {
        if (vintages[i].order == self->order)
            return TRUE;
        if (vintages[i].since <= day && (vintages[i].withdrawn == WM_NO_DAY || vintages[i].withdrawn > day))
            return FALSE;
    }
    return FALSE;
}

/* Whether what the drop says counted at the end of its day. */
static void note_overruled(Tally *self, const ChainVintage *vintages, size_t n)
{
    size_t own = 0;
    while (vintages[own].order != self->order)
        own++;
    for (size_t i = own + 1; i < n && vintages[i].since == vintages[own].since; i++)
        if (vintages[i].withdrawn == WM_NO_DAY && !chain_is_same_figure(&vintages[own].reading, &vintages[i].reading))
            self->overruled_by = MAX(self->overruled_by, vintages[i].order);
}

static void tally_chain(Tally *self, const ChainVintage *vintages, size_t n)
{
    const WmDay now = g_array_index(self->facts, DropFact, self->order).withdrawn;
    const WmDay was[] = {[DROP_ADDED] = WM_NO_DAY, [DROP_WITHDRAWN] = WM_NO_DAY, [DROP_RESTORED] = now};
    const WmDay is[] = {[DROP_ADDED] = now, [DROP_WITHDRAWN] = self->withdrawn, [DROP_RESTORED] = WM_NO_DAY};
    if (self->change == DROP_AS_IT_IS) {
        note_overruled(self, vintages, n);
        return;
    }
    judge(self, vintages, n, self->change != DROP_ADDED, was[self->change], -1);
    judge(self, vintages, n, TRUE, is[self->change], 1);
    self->n_changed += counts_at(self, vintages, n, self->change == DROP_RESTORED ? now : self->withdrawn);
}

static gboolean tally_range(Tally *self, const ReadingRange *range, GError **error)
{
    g_array_set_size(self->vintages, 0);
    if (!store_read_range(self->store, range, WITH_SILENT, self->vintages, error))
        return FALSE;
    g_array_sort(self->vintages, chain_order);
    const ChainVintage *all = (ChainVintage *)(gpointer)self->vintages->data;
    const size_t n = self->vintages->len;
    for (size_t i = 0, end; i < n; i = end) {
        end = chain_end(all, n, i);
        if (is_touched(self, all + i, end - i))
            tally_chain(self, all + i, end - i);
    }
    return TRUE;
}

/* Whether another drop speaks of any of the periods that this one spans. Of a further month none does, and it is seen at once. */
static gboolean spans_meet(const Tally *self, const DropFact *own)
{
    for (guint i = 0; i < self->facts->len; i++) {
        const DropFact *other = &g_array_index(self->facts, DropFact, i);
        if (other->content != own->content && other->last >= own->first && other->first <= own->last)
            return TRUE;
    }
    return FALSE;
}

/* Whether what only this drop speaks of need not be read: it is all new. Of a withdrawal its figures are counted. */
static gboolean can_be_skipped(const Tally *self, const DropFact *own)
{
    const int first = GPOINTER_TO_INT(g_hash_table_lookup(self->store->contents, GSIZE_TO_POINTER((gsize)own->content))) - 1;
    const gboolean is_only_one = first == (int)self->order && own->next < 0;
    return is_only_one && (self->change == DROP_ADDED || self->change == DROP_AS_IT_IS);
}

static gboolean tally_ranges(Tally *self, const DropFact *own, GError **error)
{
    const StoreBackend *backend = self->store->backend;
    const gboolean may_skip = can_be_skipped(self, own);
    g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(ReadingRange));
    if (may_skip && !spans_meet(self, own))
        return TRUE;
    if (!backend->list_ranges(self->store, own->content, ranges, error))
        return FALSE;
    for (guint i = 0; i < ranges->len; i++) {
        const ReadingRange *range = &g_array_index(ranges, ReadingRange, i);
        gboolean is_contested = TRUE;
        if ((may_skip && !backend->has_others(self->store, range, own->content, &is_contested, error)) ||
            (is_contested && !tally_range(self, range, error)))
            return FALSE;
    }
    return TRUE;
}

static gboolean add_counts(const Tally *self, GError **error)
{
    for (guint i = 0; i < self->facts->len; i++) {
        const Counts *counts = &self->counts[i];
        if (!counts->n_revised && !counts->n_unchanged)
            continue;
        StoreQuery *query = STORE_BOUND(self->store, ADD_COUNTS, error, g_array_index(self->facts, DropFact, i).id,
                                        counts->n_revised, counts->n_unchanged);
        if (!store_run(query, "count the drop", error))
            return FALSE;
    }
    return TRUE;
}

/* Everything that the drop's periods amount to, under a change of it. */
static gboolean tally(Tally *self, gint64 drop, GError **error)
{
    self->facts = store_facts(self->store, error);
    const DropFact *fact = self->facts ? store_fact(self->store, drop) : NULL;
    if (!fact)
        return FALSE;
    self->order = self->overruled_by = (guint32)(fact - &g_array_index(self->facts, DropFact, 0));
    g_autofree Counts *counts = self->counts = g_new0(Counts, self->facts->len);
    g_autoptr(GArray) vintages = self->vintages = g_array_new(FALSE, FALSE, sizeof(ChainVintage));
    g_autoptr(GArray) world = self->world = g_array_new(FALSE, FALSE, sizeof(ChainVintage));
    return tally_ranges(self, fact, error) && add_counts(self, error);
}

gboolean store_tally(WmStore *store, gint64 drop, DropChange change, WmDay withdrawn, gint64 *n_changed, GError **error)
{
    Tally self = {.store = store, .change = change, .withdrawn = withdrawn};
    if (!tally(&self, drop, error))
        return FALSE;
    if (n_changed)
        *n_changed = self.n_changed;
    return TRUE;
}

/* Whether another drop of the same day came after it: no other can overrule it, and nothing need be read. */
static gboolean has_later_of_the_day(WmStore *self, gint64 drop, gboolean *out, GError **error)
{
    const GArray *facts = store_facts(self, error);
    const DropFact *own = facts ? store_fact(self, drop) : NULL;
    *out = FALSE;
    for (guint i = own ? (guint)(own - &g_array_index(facts, DropFact, 0)) + 1 : 0; own && i < facts->len; i++)
        *out = *out || g_array_index(facts, DropFact, i).since == own->since;
    return own != NULL;
}

bool wm_store_overruled(WmStore *self, gint64 drop, gint64 *by, GError **error)
{
    *by = 0;
    if (!wm_store_begin_read(self, error))
        return false;
    Tally look = {.store = self, .change = DROP_AS_IT_IS};
    gboolean has_later;
    const gboolean is_done = has_later_of_the_day(self, drop, &has_later, error) && (!has_later || tally(&look, drop, error));
    if (is_done && has_later && look.overruled_by != look.order)
        *by = g_array_index(look.facts, DropFact, look.overruled_by).id;
    wm_store_end_read(self);
    return is_done;
}
