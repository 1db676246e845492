/* The comparators of an indicator, computed from its units. */
#include "engine/data/series/peers.h"

#include <math.h>
#include <string.h>
#include <waymark/value.h>

#include "engine/data/series/peer_figures.h"
#include "engine/data/series/vintages.h"

/* What is known of a group on a day: what its units have in common, and what each has of its own. */
typedef struct {
    WmPeriod period;
    double nation, best_quartile;
    double *regions;    /* one for each of the group's; NAN: of fewer than two units */
    double *neighbours; /* one for each peer; NULL where neighbours.csv names none */
} GroupDay;

struct Peers {
    const WmPlan *plan;
    const WmIndicator *indicator;
    GPtrArray *units;    /* of const char; with what follows until settled */
    GPtrArray *vintages; /* of GArray of WmVintage, beside them */
    GHashTable *places;  /* unit -> its place among the units + 1 */
    PeerGroups *groups;  /* NULL until settled */
    GHashTable *days;    /* WmDay -> GPtrArray of GroupDay, one for each group */
};

static void group_day_free(gpointer data)
{
    GroupDay *self = data;
    g_free(self->regions);
    g_free(self->neighbours);
    g_free(self);
}

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

static void let_go(Peers *self)
{
    g_clear_pointer(&self->places, g_hash_table_unref);
    g_clear_pointer(&self->units, g_ptr_array_unref);
    g_clear_pointer(&self->vintages, g_ptr_array_unref);
}

void peers_free(Peers *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->days);
    let_go(self);
    g_clear_pointer(&self->groups, peer_groups_unref);
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

static gboolean has_neighbours(const PeerGroup *group)
{
    for (guint i = 0; i < group->peers->len; i++)
        if (g_array_index(group->peers, Peer, i).n_named)
            return TRUE;
    return FALSE;
}

/* At the decimals at which figures are published, and judged. */
static GroupDay *group_day_new(const PeerGroup *group, const PeerFigures *figures, const WmMeasure *measure)
{
    GroupDay *self = g_new0(GroupDay, 1);
    self->period = figures->period;
    self->nation = figures->nation.n_areas > 1 ? wm_round(figures->nation.value, measure->decimals) : NAN;
    self->best_quartile = wm_round(wm_best_quartile(&figures->quartiles, measure->polarity), measure->decimals);
    self->regions = g_new(double, group->regions->len);
    for (guint i = 0; i < group->regions->len; i++)
        self->regions[i] = figures->regions[i].n_areas > 1 ? wm_round(figures->regions[i].value, measure->decimals) : NAN;
    if (!has_neighbours(group))
        return self;
    self->neighbours = g_new(double, group->peers->len);
    for (guint i = 0; i < group->peers->len; i++)
        self->neighbours[i] = wm_round(peer_figures_neighbours(figures, i).value, measure->decimals);
    return self;
}

static void settle_day(Peers *self, WmDay day)
{
    if (day == WM_NO_DAY || g_hash_table_contains(self->days, GINT_TO_POINTER(day)))
        return;
    GPtrArray *all = g_ptr_array_new_with_free_func(group_day_free);
    for (guint i = 0; i < self->groups->all->len; i++) {
        const PeerGroup *group = g_ptr_array_index(self->groups->all, i);
        g_autoptr(PeerFigures) figures = figures_on(self, group, day);
        g_ptr_array_add(all, group_day_new(group, figures, &self->indicator->measure));
    }
    g_hash_table_insert(self->days, GINT_TO_POINTER(day), all);
}

/* Most indicators of a nation are of the same units, whose ids are the plan's own: the same ones have the same address. */
static gboolean is_of(const PeerGroups *groups, const GPtrArray *units)
{
    return groups->n_units == units->len && memcmp(groups->units, units->pdata, units->len * sizeof(gpointer)) == 0;
}

static PeerGroups *groups_of(const Peers *self, GPtrArray *alike)
{
    for (guint i = 0; i < alike->len; i++)
        if (is_of(g_ptr_array_index(alike, i), self->units))
            return peer_groups_ref(g_ptr_array_index(alike, i));
    PeerGroups *groups = peer_groups_new(self->plan, (const char *const *)(void *)self->units->pdata, self->units->len);
    g_ptr_array_add(alike, peer_groups_ref(groups));
    return groups;
}

void peers_settle(Peers *self, WmDay as_at, const WmDay *days, size_t n_days, GPtrArray *alike)
{
    self->groups = groups_of(self, alike);
    settle_day(self, as_at);
    const gboolean has_targets = has_comparator_target(self->plan, self->indicator);
    for (size_t i = 0; i < n_days && has_targets; i++)
        settle_day(self, days[i]);
    let_go(self);
}

GArray *peers_comparators(const Peers *self, const char *unit, WmDay day)
{
    guint i_group, i_peer;
    const GPtrArray *all = g_hash_table_lookup(self->days, GINT_TO_POINTER(day));
    if (!all || !peer_groups_find(self->groups, unit, &i_group, &i_peer))
        return NULL;
    const GroupDay *known = g_ptr_array_index(all, i_group);
    const PeerGroup *group = g_ptr_array_index(self->groups->all, i_group);
    const guint region = g_array_index(group->peers, Peer, i_peer).region;
    const WmComparator every[] = {
        {"national", known->period, known->nation},
        {"regional", known->period, region == NO_REGION ? NAN : known->regions[region]},
        {"statistical_neighbour", known->period, known->neighbours ? known->neighbours[i_peer] : NAN},
        {"upper_quartile", known->period, known->best_quartile},
    };
    GArray *comparators = g_array_new(FALSE, FALSE, sizeof(WmComparator));
    for (size_t i = 0; i < G_N_ELEMENTS(every); i++)
        if (isfinite(every[i].value))
            g_array_append_val(comparators, every[i]);
    return comparators;
}
