/* Units of a drop's rows. */
#include "engine/data/drop/drop_unit.h"

#include <string.h>

#include "engine/data/plan/plan_private.h"
#include "engine/data/plan/unit_tree.h"
#include "engine/data/text/name_fold.h"
#include "engine/data/text/nearest_name.h"

#define MAX_NEAREST    3
#define MAX_REMEMBERED 10000 /* texts that are no id or code, and what they came to */
#define MAX_UNKNOWN    500   /* unknown texts of a file that are compared with every unit: more are no slips, but another list */

const WmUnit *drop_row_unit(const DropHeader *header, const char *text)
{
    const WmUnit *unit = wm_plan_unit(header->plan, text);
    const WmUnit *named;
    if (unit)
        return unit;
    if (unit_names_find(header->unit_names, text, &named))
        return named;
    g_autofree char *clean = name_clean(text);
    return wm_plan_unit(header->plan, clean);
}

static const char *find_id(const DropHeader *header, const char *text)
{
    const WmUnit *unit = drop_row_unit(header, text);
    if (unit)
        return plan_id_of(header->plan, unit);
    g_autofree char *clean = name_clean(text);
    return plan_is_area_name(header->plan, clean) ? "" : NULL;
}

/* A file says the same few texts again and again. */
const char *drop_unit_id(const DropHeader *header, const char *text)
{
    gpointer known;
    if (!*text || plan_is_area_name(header->plan, text))
        return "";
    const WmUnit *unit = wm_plan_unit(header->plan, text);
    if (unit)
        return plan_id_of(header->plan, unit);
    if (g_hash_table_lookup_extended(header->unit_ids, text, NULL, &known))
        return known;
    const char *id = find_id(header, text);
    if (g_hash_table_size(header->unit_ids) < MAX_REMEMBERED)
        g_hash_table_insert(header->unit_ids, g_strdup(text), (gpointer)id);
    return id;
}

gboolean drop_units_differ(const DropHeader *header, const char *a, const char *b)
{
    const WmPlan *plan = header->plan;
    const WmUnit *one = *a ? wm_plan_unit(plan, a) : NULL, *other = *b ? wm_plan_unit(plan, b) : NULL;
    if (!one || !other || one == other || strcmp(one->type, other->type) != 0)
        return FALSE;
    return *one->type ? !unit_is_above(plan, one, other) && !unit_is_above(plan, other, one)
                      : *one->parent && strcmp(one->parent, other->parent) == 0;
}

gboolean drop_unit_is_shared(const DropHeader *header, const char *text)
{
    const WmUnit *unit;
    return unit_names_find(header->unit_names, text, &unit) && !unit;
}

static char *find_nearest(const WmPlan *plan, const char *text)
{
    const char *nearest[MAX_NEAREST];
    g_autofree const char **names = g_new(const char *, 2 * plan->n_units + 1);
    for (size_t i = 0; i < plan->n_units; i++) {
        names[2 * i] = plan->units[i].name;
        names[2 * i + 1] = plan->units[i].unit;
    }
    const size_t n = nearest_names(text, names, 2 * plan->n_units, nearest, MAX_NEAREST);
    GString *out = g_string_new(n == 0 ? "" : n == 1 ? "; the nearest is" : "; the nearest are");
    for (size_t i = 0; i < n; i++)
        g_string_append_printf(out, "%s “%s”", i ? "," : "", nearest[i]);
    return g_string_free(out, FALSE);
}

const char *drop_unit_nearest(DropHeader *self, const char *text)
{
    const char *known = g_hash_table_lookup(self->nearest_units, text);
    if (known)
        return known;
    if (g_hash_table_size(self->nearest_units) >= MAX_UNKNOWN)
        return "";
    char *found = find_nearest(self->plan, text);
    g_hash_table_insert(self->nearest_units, g_strdup(text), found);
    return found;
}
