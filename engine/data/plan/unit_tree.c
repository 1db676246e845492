/* The tree of a plan's units. */
#include "engine/data/plan/unit_tree.h"

#include <string.h>

#include "engine/data/plan/plan_private.h"

struct UnitTree {
    const WmPlan *plan;
    GHashTable *parents;  /* unit -> the id of its parent */
    GHashTable *children; /* unit -> GPtrArray of const WmUnit */
};

gboolean unit_is_its_own_ancestor(const WmPlan *plan, const WmUnit *unit)
{
    const WmUnit *above = unit;
    for (size_t steps = 0; above && steps <= plan->n_units; steps++) {
        const char *parent = plan_unit_id(plan, above->parent);
        if (strcmp(parent, unit->unit) == 0)
            return TRUE;
        above = *parent ? wm_plan_unit(plan, parent) : NULL;
    }
    return FALSE;
}

/* Whether the way up ends: a unit may hang on a circle without being part of it. */
static gboolean leads_to_area(const WmPlan *plan, const WmUnit *unit)
{
    const WmUnit *above = unit;
    for (size_t steps = 0; above && steps <= plan->n_units; steps++) {
        const char *parent = plan_unit_id(plan, above->parent);
        above = *parent ? wm_plan_unit(plan, parent) : NULL;
    }
    return above == NULL;
}

static void add_unit(UnitTree *self, const WmUnit *unit)
{
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
    const char *parent = g_hash_table_lookup(self->parents, unit);
    return parent ? parent : "";
}

const GPtrArray *unit_tree_children(const UnitTree *self, const char *unit)
{
    return g_hash_table_lookup(self->children, unit);
}
