/* Units that stand beside each other. */
#include "engine/data/plan/peer_groups.h"

#include <math.h>
#include <string.h>

#include "engine/data/plan/plan_private.h"
#include "engine/data/plan/unit_tree.h"

static void clear_peer(gpointer data)
{
    g_array_unref(((Peer *)data)->neighbours);
}

static void group_free(gpointer data)
{
    PeerGroup *self = data;
    g_array_unref(self->peers);
    g_ptr_array_unref(self->regions);
    g_free(self);
}

static const WmUnit *row_of(const WmPlan *plan, const char *unit)
{
    return *unit ? wm_plan_unit(plan, unit) : plan_area_unit(plan);
}

/* The rows that lie above one of the same type: sums of their peers, no peers. New, a set of const WmUnit. */
static GHashTable *rows_above_others(const WmPlan *plan, const char *const *units, size_t n_units)
{
    GHashTable *above = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < n_units; i++) {
        const WmUnit *row = row_of(plan, units[i]);
        const WmUnit *one = row ? unit_above(plan, row) : NULL;
        for (size_t steps = 0; one && one != row && steps <= plan->n_units; steps++) {
            if (strcmp(one->type, row->type) == 0)
                g_hash_table_add(above, (gpointer)one);
            one = unit_above(plan, one);
        }
    }
    return above;
}

static PeerGroup *group_of_type(GPtrArray *groups, const char *type)
{
    for (guint i = 0; i < groups->len; i++)
        if (strcmp(((PeerGroup *)g_ptr_array_index(groups, i))->type, type) == 0)
            return g_ptr_array_index(groups, i);
    PeerGroup *group = g_new0(PeerGroup, 1);
    group->type = type;
    group->peers = g_array_new(FALSE, FALSE, sizeof(Peer));
    g_array_set_clear_func(group->peers, clear_peer);
    group->regions = g_ptr_array_new();
    g_ptr_array_add(groups, group);
    return group;
}

static Peer *peer_at(const PeerGroup *group, guint i)
{
    return &g_array_index(group->peers, Peer, i);
}

/* One region is the whole, and says nothing of its own. */
static void find_regions(const WmPlan *plan, PeerGroup *group)
{
    for (guint i = 0; i < group->peers->len; i++) {
        const WmUnit *above = unit_above(plan, peer_at(group, i)->row);
        guint region = NO_REGION;
        if (above && !g_ptr_array_find(group->regions, above, &region)) {
            region = group->regions->len;
            g_ptr_array_add(group->regions, (gpointer)above);
        }
        peer_at(group, i)->region = above ? region : NO_REGION;
    }
    if (group->regions->len >= 2)
        return;
    g_ptr_array_set_size(group->regions, 0);
    for (guint i = 0; i < group->peers->len; i++)
        peer_at(group, i)->region = NO_REGION;
}

/* ---- neighbours ---- */

typedef struct {
    double rank;
    guint i_row, i_peer;
} Neighbour;

static gint by_rank(gconstpointer a, gconstpointer b)
{
    const Neighbour *x = a, *y = b;
    if (isnan(x->rank) != isnan(y->rank))
        return isnan(x->rank) ? 1 : -1;
    if (x->rank != y->rank && !isnan(x->rank))
        return x->rank < y->rank ? -1 : 1;
    return (x->i_row > y->i_row) - (x->i_row < y->i_row);
}

static void find_neighbours(const WmPlan *plan, PeerGroup *group, GHashTable *places)
{
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (guint i = 0; i < group->peers->len; i++)
        g_ptr_array_add(lists, g_array_new(FALSE, FALSE, sizeof(Neighbour)));
    for (size_t i = 0; i < plan->n_neighbours; i++) {
        const WmNeighbour *row = &plan->neighbours[i];
        const guint of = GPOINTER_TO_UINT(g_hash_table_lookup(places, plan_unit_id(plan, row->unit)));
        const guint neighbour = GPOINTER_TO_UINT(g_hash_table_lookup(places, plan_unit_id(plan, row->neighbour)));
        if (of == 0)
            continue;
        peer_at(group, of - 1)->n_named++;
        const Neighbour one = {row->rank, (guint)i, neighbour - 1};
        if (neighbour && neighbour != of)
            g_array_append_val(g_ptr_array_index(lists, of - 1), one);
    }
    for (guint i = 0; i < group->peers->len; i++) {
        GArray *list = g_ptr_array_index(lists, i);
        g_array_sort(list, by_rank);
        for (guint k = 0; k < list->len; k++)
            g_array_append_val(peer_at(group, i)->neighbours, g_array_index(list, Neighbour, k).i_peer);
    }
}

struct PeerPlace {
    guint group, peer;
};

/* Where each unit of a group is to be found; and what lies above and beside it. */
static void settle_group(const WmPlan *plan, PeerGroups *self, guint i_group)
{
    PeerGroup *group = g_ptr_array_index(self->all, i_group);
    g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal); /* unit -> place + 1 */
    for (guint k = 0; k < group->peers->len; k++) {
        const char *unit = peer_at(group, k)->unit;
        const PeerPlace place = {i_group, k};
        g_hash_table_insert(places, (gpointer)unit, GUINT_TO_POINTER(k + 1));
        g_hash_table_insert(self->places, (gpointer)unit, g_memdup2(&place, sizeof place));
    }
    find_regions(plan, group);
    find_neighbours(plan, group, places);
}

PeerGroups *peer_groups_new(const WmPlan *plan, const char *const *units, size_t n_units)
{
    PeerGroups *self = g_rc_box_new0(PeerGroups);
    self->units = g_memdup2(units, n_units * sizeof *units);
    self->n_units = n_units;
    GPtrArray *groups = self->all = g_ptr_array_new_with_free_func(group_free);
    self->places = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    g_autoptr(GHashTable) above = rows_above_others(plan, units, n_units);
    for (size_t i = 0; i < n_units; i++) {
        const WmUnit *row = row_of(plan, units[i]);
        if (!row || g_hash_table_contains(above, row))
            continue;
        const Peer peer = {units[i], row, NO_REGION, g_array_new(FALSE, FALSE, sizeof(guint)), 0};
        g_array_append_val(group_of_type(groups, row->type)->peers, peer);
    }
    for (guint i = groups->len; i-- > 0;)
        if (((PeerGroup *)g_ptr_array_index(groups, i))->peers->len < 2)
            g_ptr_array_remove_index(groups, i);
    for (guint i = 0; i < groups->len; i++)
        settle_group(plan, self, i);
    return self;
}

static void clear_groups(gpointer data)
{
    const PeerGroups *self = data;
    g_hash_table_unref(self->places);
    g_ptr_array_unref(self->all);
    g_free(self->units);
}

PeerGroups *peer_groups_ref(PeerGroups *self)
{
    return g_rc_box_acquire(self);
}

void peer_groups_unref(PeerGroups *self)
{
    g_rc_box_release_full(self, clear_groups);
}

gboolean peer_groups_find(const PeerGroups *self, const char *unit, guint *i_group, guint *i_peer)
{
    const PeerPlace *place = g_hash_table_lookup(self->places, unit);
    if (!place)
        return FALSE;
    *i_group = place->group;
    *i_peer = place->peer;
    return TRUE;
}
