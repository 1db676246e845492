/* The comparators of an indicator, computed from its units. */
#include "engine/data/series/peers.h"

#include <math.h>
#include <string.h>
#include <waymark/value.h>

#include "engine/data/series/peer_figures.h"
#include "engine/data/series/vintages.h"

struct Peers {
    const WmPlan *plan;
    const WmIndicator *indicator;
    GPtrArray *units;    /* of const char */
    GPtrArray *vintages; /* of GArray of WmVintage, beside them */
    GPtrArray *groups;   /* of PeerGroup; NULL until settled */
    GHashTable *places;  /* unit -> its place among the units + 1 */
    GHashTable *days;    /* WmDay -> GPtrArray of PeerFigures, one for each group */
};

static gboolean has_comparator_target(const WmPlan *plan, const WmIndicator *indicator)
{
    for (size_t i = 0; i < plan->n_targets; i++)
        if (strcmp(plan->targets[i].indicator, indicator->indicator) == 0 &&
            wm_target_parse(plan->targets[i].target, &indicator->measure).kind == WM_TARGET_COMPARATOR)
            return TRUE;
    return FALSE;
}

Peers *peers_new(const WmPlan *plan, const WmIndicator *indicator)
{
    Peers *self = g_new0(Peers, 1);
    self->plan = plan;
    self->indicator = indicator;
    self->units = g_ptr_array_new();
    self->vintages = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    self->places = g_hash_table_new(g_str_hash, g_str_equal);
    self->days = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
    return self;
}

void peers_free(Peers *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->days);
    g_hash_table_unref(self->places);
    g_clear_pointer(&self->groups, g_ptr_array_unref);
    g_ptr_array_unref(self->units);
    g_ptr_array_unref(self->vintages);
    g_free(self);
}

void peers_add(Peers *self, const char *unit, GArray *vintages)
{
    g_ptr_array_add(self->units, (gpointer)unit);
    g_ptr_array_add(self->vintages, g_array_ref(vintages));
    g_hash_table_insert(self->places, (gpointer)unit, GUINT_TO_POINTER(self->units->len));
}

/* A period that had not begun has no reading, as everywhere. */
static PeerReadings begun_by(const GArray *readings, WmDay day)
{
    size_t n = readings->len;
    while (n > 0 && wm_period_start(g_array_index(readings, WmReading, n - 1).period) > day)
        n--;
    return (PeerReadings){&g_array_index(readings, WmReading, 0), n};
}

static PeerFigures *figures_on(const Peers *self, const PeerGroup *group, WmDay day)
{
    const guint n = group->peers->len;
    g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    g_autofree PeerReadings *readings = g_new(PeerReadings, n);
    for (guint i = 0; i < n; i++) {
        const char *unit = g_array_index(group->peers, Peer, i).unit;
        const guint place = GPOINTER_TO_UINT(g_hash_table_lookup(self->places, unit)) - 1;
        GArray *known = vintages_as_at(g_ptr_array_index(self->vintages, place), day, NULL);
        g_ptr_array_add(owned, known);
        readings[i] = begun_by(known, day);
    }
    return peer_figures_new(group, &self->indicator->measure, readings);
}

static void settle_day(Peers *self, WmDay day)
{
    if (day == WM_NO_DAY || g_hash_table_contains(self->days, GINT_TO_POINTER(day)))
        return;
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)peer_figures_free);
    for (guint i = 0; i < self->groups->len; i++)
        g_ptr_array_add(all, figures_on(self, g_ptr_array_index(self->groups, i), day));
    g_hash_table_insert(self->days, GINT_TO_POINTER(day), all);
}

void peers_settle(Peers *self, WmDay as_at, const WmDay *days, size_t n_days)
{
    self->groups = peer_groups_new(self->plan, (const char *const *)(void *)self->units->pdata, self->units->len);
    settle_day(self, as_at);
    const gboolean has_targets = has_comparator_target(self->plan, self->indicator);
    for (size_t i = 0; i < n_days && has_targets; i++)
        settle_day(self, days[i]);
    g_ptr_array_set_size(self->vintages, 0);
}

/* At the decimals at which figures are published, and judged. */
static GArray *comparators_of(const PeerFigures *figures, guint i_peer, const WmMeasure *measure)
{
    const Peer *peer = &g_array_index(figures->group->peers, Peer, i_peer);
    const WmAreaTotal *region = peer->region == NO_REGION ? NULL : &figures->regions[peer->region];
    const WmComparator all[] = {
        {"national", figures->period, figures->nation.n_areas > 1 ? figures->nation.value : NAN},
        {"regional", figures->period, region && region->n_areas > 1 ? region->value : NAN},
        {"statistical_neighbour", figures->period, peer_figures_neighbours(figures, i_peer).value},
        {"upper_quartile", figures->period, wm_best_quartile(&figures->quartiles, measure->polarity)},
    };
    GArray *known = g_array_new(FALSE, FALSE, sizeof(WmComparator));
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        const WmComparator one = {all[i].name, all[i].period, wm_round(all[i].value, measure->decimals)};
        if (isfinite(one.value))
            g_array_append_val(known, one);
    }
    return known;
}

GArray *peers_comparators(const Peers *self, const char *unit, WmDay day)
{
    guint i_peer;
    const GPtrArray *all = g_hash_table_lookup(self->days, GINT_TO_POINTER(day));
    const PeerGroup *group = all ? peer_groups_find(self->groups, unit, &i_peer) : NULL;
    for (guint i = 0; group && i < all->len; i++) {
        const PeerFigures *figures = g_ptr_array_index(all, i);
        if (figures->group == group)
            return comparators_of(figures, i_peer, &self->indicator->measure);
    }
    return NULL;
}
