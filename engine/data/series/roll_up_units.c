/* The units of a roll-up. */
#include "engine/data/series/roll_up_units.h"

/* Which units make up a roll-up as at a day, of periods between which none opens or closes: of each branch the lowest that are
 * there and have readings. A unit without any counts as absent where others of its type have some: it is one of those that are
 * measured. */
typedef struct {
    const DerivedInput *input;
    const PartVintages *part;
    WmDay day, there;     /* what was known by the first; of units that are there on the second */
    GHashTable *measured; /* unit -> index into the part's series + 1 */
    GHashTable *types;
    GArray *leaves; /* of RollUpUnit */
} Leaves;

static gboolean has_any_by(const GArray *vintages, WmDay day)
{
    for (guint i = 0; i < vintages->len; i++)
        if (g_array_index(vintages, WmVintage, i).received <= day)
            return TRUE;
    return FALSE;
}

static void find_measured(Leaves *self)
{
    for (guint i = 0; i < self->part->vintages->len; i++) {
        const char *unit = g_ptr_array_index(self->part->units, i);
        if (!has_any_by(g_ptr_array_index(self->part->vintages, i), self->day))
            continue;
        const WmUnit *row = *unit ? wm_plan_unit(self->input->plan, unit) : NULL;
        if (row && !unit_is_there(row, self->there))
            continue;
        g_hash_table_insert(self->measured, (gpointer)unit, GUINT_TO_POINTER(i + 1));
        if (row)
            g_hash_table_add(self->types, (gpointer)row->type);
    }
}

/* Whether anything at or below the unit is measured. */
static gboolean add_leaves(Leaves *self, const char *unit, const char *type)
{
    const GPtrArray *children = unit_tree_children(self->input->tree, unit);
    const guint n_before = self->leaves->len;
    gboolean has_below = FALSE;
    for (guint i = 0; children && i < children->len; i++) {
        const WmUnit *child = g_ptr_array_index(children, i);
        has_below |= add_leaves(self, child->unit, unit_is_there(child, self->there) ? child->type : NULL);
    }
    const guint own = GPOINTER_TO_UINT(g_hash_table_lookup(self->measured, unit));
    if (has_below)
        return TRUE;
    const RollUpUnit absent = {unit, ROLL_UP_ABSENT}, measured = {unit, own - 1};
    if (own) {
        g_array_set_size(self->leaves, n_before);
        g_array_append_val(self->leaves, measured);
    } else if (self->leaves->len == n_before && type && g_hash_table_contains(self->types, type))
        g_array_append_val(self->leaves, absent);
    return own != 0;
}

GArray *roll_up_units_at(const DerivedInput *input, const PartVintages *part, WmDay day, WmDay there)
{
    g_autoptr(GHashTable) measured = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) types = g_hash_table_new(g_str_hash, g_str_equal);
    Leaves self = {input, part, day, there, measured, types, g_array_new(FALSE, FALSE, sizeof(RollUpUnit))};
    find_measured(&self);
    add_leaves(&self, input->unit, NULL);
    return self.leaves;
}

static gint by_day(gconstpointer a, gconstpointer b)
{
    const WmDay x = *(const WmDay *)a, y = *(const WmDay *)b;
    return (x > y) - (x < y);
}

GArray *roll_up_spans(const WmPlan *plan)
{
    const WmDay always = G_MININT32;
    GArray *starts = g_array_new(FALSE, FALSE, sizeof(WmDay));
    g_array_append_val(starts, always);
    for (size_t i = 0; i < plan->n_units; i++) {
        const WmDay opens = plan->units[i].from, after = plan->units[i].to == WM_NO_DAY ? WM_NO_DAY : plan->units[i].to + 1;
        if (opens != WM_NO_DAY)
            g_array_append_val(starts, opens);
        if (after != WM_NO_DAY)
            g_array_append_val(starts, after);
    }
    g_array_sort(starts, by_day);
    guint n = 1;
    for (guint i = 1; i < starts->len; i++)
        if (g_array_index(starts, WmDay, i) != g_array_index(starts, WmDay, n - 1))
            g_array_index(starts, WmDay, n++) = g_array_index(starts, WmDay, i);
    return g_array_set_size(starts, n);
}

guint roll_up_n_before(const GArray *readings, WmDay day)
{
    guint low = 0, high = readings->len;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (wm_period_end(g_array_index(readings, WmDerivedReading, middle).reading.period) < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
