/* The tree of a plan's units. */
#include "engine/data/plan/unit_tree.h"

#include <string.h>

#include "engine/data/plan/plan_private.h"

struct UnitTree {
    const WmPlan *plan;
    GHashTable *parents;  /* unit -> the id of its parent; NULL: it is not below the area */
    GHashTable *children; /* unit -> GPtrArray of const WmUnit */
};

const WmUnit *unit_above(const WmPlan *plan, const WmUnit *unit)
{
    return plan_is_area_name(plan, unit->parent) ? plan_area_unit(plan) : *unit->parent ? wm_plan_unit(plan, unit->parent) : NULL;
}

gboolean unit_is_above(const WmPlan *plan, const WmUnit *high, const WmUnit *low)
{
    const WmUnit *one = low;
    for (size_t steps = 0; one && steps <= plan->n_units; steps++) {
        one = unit_above(plan, one);
        if (one == high)
            return one != NULL;
    }
    return FALSE;
}

gboolean unit_is_its_own_ancestor(const WmPlan *plan, const WmUnit *unit)
{
    return unit_is_above(plan, unit, unit);
}

gboolean unit_is_there(const WmUnit *unit, WmDay day)
{
    return (unit->from == WM_NO_DAY || unit->from <= day) && (unit->to == WM_NO_DAY || day <= unit->to);
}

/* Whether the way up ends: a unit may hang on a circle without being part of it. */
static gboolean leads_to_area(const WmPlan *plan, const WmUnit *unit)
{
    const WmUnit *one = unit;
    for (size_t steps = 0; one && steps <= plan->n_units; steps++)
        one = one == plan_area_unit(plan) ? NULL : unit_above(plan, one);
    return one == NULL;
}

/* The area itself is the root, and what lies above it, a region or the country, is no part of it. */
static gboolean is_below_area(const WmPlan *plan, const WmUnit *unit)
{
    const WmUnit *area = plan_area_unit(plan);
    return !area || (unit != area && (!unit_is_above(plan, unit, area) || unit_is_above(plan, area, unit)));
}

static void add_unit(UnitTree *self, const WmUnit *unit)
{
    g_hash_table_insert(self->parents, (gpointer)unit->unit, NULL);
    if (!is_below_area(self->plan, unit))
        return;
    const char *parent = leads_to_area(self->plan, unit) ? plan_unit_id(self->plan, unit->parent) : "";
    GPtrArray *siblings = g_hash_table_lookup(self->children, parent);
    if (!siblings) {
        siblings = g_ptr_array_new();
        g_hash_table_insert(self->children, (gpointer)parent, siblings);
    }
    g_ptr_array_add(siblings, (gpointer)unit);
    g_hash_table_insert(self->parents, (gpointer)unit->unit, (gpointer)parent);
}

UnitTree *unit_tree_new(const WmPlan *plan)
{
    UnitTree *self = g_new0(UnitTree, 1);
    self->plan = plan;
    self->parents = g_hash_table_new(g_str_hash, g_str_equal);
    self->children = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (size_t i = 0; i < plan->n_units; i++)
        if (wm_plan_unit(plan, plan->units[i].unit) == &plan->units[i]) /* not a second row of one id */
            add_unit(self, &plan->units[i]);
    return self;
}

void unit_tree_free(UnitTree *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->parents);
    g_hash_table_unref(self->children);
    g_free(self);
}

const char *unit_tree_parent(const UnitTree *self, const char *unit)
{
    if (!*unit)
        return NULL;
    gpointer parent;
    return g_hash_table_lookup_extended(self->parents, unit, NULL, &parent) ? parent : "";
}

const GPtrArray *unit_tree_children(const UnitTree *self, const char *unit)
{
    return g_hash_table_lookup(self->children, unit);
}
