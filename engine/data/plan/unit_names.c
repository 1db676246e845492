/* Units by name. */
#include "engine/data/plan/unit_names.h"

#include "engine/data/text/name_fold.h"

static void add_name(GHashTable *names, char *name, const WmUnit *unit)
{
    g_hash_table_insert(names, name, g_hash_table_contains(names, name) ? NULL : (gpointer)unit);
}

UnitNames *unit_names_new(const WmPlan *plan)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) folds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < plan->n_units; i++) {
        add_name(names, g_utf8_casefold(plan->units[i].name, -1), &plan->units[i]);
        add_name(folds, name_fold(plan->units[i].name), &plan->units[i]);
    }
    GHashTableIter iter;
    gpointer name, unit;
    g_hash_table_iter_init(&iter, folds);
    while (g_hash_table_iter_next(&iter, &name, &unit))
        if (!g_hash_table_contains(names, name))
            g_hash_table_insert(names, g_strdup(name), unit);
    return names;
}

gboolean unit_names_find(UnitNames *self, const char *text, const WmUnit **unit)
{
    gpointer found = NULL;
    g_autofree char *low = g_utf8_casefold(text, -1), *folded = name_fold(text);
    const gboolean is_known =
        g_hash_table_lookup_extended(self, low, NULL, &found) || g_hash_table_lookup_extended(self, folded, NULL, &found);
    *unit = found;
    return is_known;
}
