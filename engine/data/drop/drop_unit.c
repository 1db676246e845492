/* Units of a drop's rows. */
#include "engine/data/drop/drop_unit.h"

#include "engine/data/plan/plan_private.h"
#include "engine/data/text/nearest_name.h"

#define MAX_NEAREST 3
#define MAX_UNKNOWN 500 /* unknown texts of a file that are compared with every unit: more are no slips, but another list */

const WmUnit *drop_row_unit(const DropHeader *header, const char *text)
{
    const WmUnit *unit = wm_plan_unit(header->plan, text);
    if (unit || !header->recipe)
        return unit;
    g_autofree char *folded = g_utf8_casefold(text, -1);
    return g_hash_table_lookup(header->unit_names, folded);
}

const char *drop_unit_id(const DropHeader *header, const char *text)
{
    if (!*text || plan_is_area_name(header->plan, text))
        return "";
    const WmUnit *unit = drop_row_unit(header, text);
    return unit ? plan_id_of(header->plan, unit) : NULL;
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
