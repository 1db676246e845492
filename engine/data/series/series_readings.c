/* The series of a plan: those of the store, and those that a formula makes of others. */
#include "engine/data/series/series_readings_private.h"

#include <string.h>

void series_readings_free(SeriesReadings *self)
{
    if (!self)
        return;
    plan_formulas_free(self->formulas);
    unit_tree_free(self->tree);
    wm_formula_scratch_free(self->scratch);
    g_hash_table_unref(self->stored_keys);
    g_hash_table_unref(self->ids);
    g_hash_table_unref(self->derived_keys);
    g_hash_table_unref(self->is_impossible);
    g_array_unref(self->impossible);
    g_array_unref(self->no_keys);
    if (self->stored)
        g_array_unref(self->stored);
    g_string_chunk_free(self->texts);
    g_string_chunk_free(self->key_texts);
    g_free(self);
}

char *series_readings_key(const char *indicator, const char *unit, const char *cohort)
{
    return g_strjoin("\x1F", indicator, unit, cohort, NULL);
}

/* A batch has some ten thousand series: each indicator finds its own without looking at all. */
static void index_keys(SeriesReadings *self)
{
    for (guint i = 0; i < self->stored->len; i++) {
        WmSeriesKey *key = &g_array_index(self->stored, WmSeriesKey, i);
        GArray *list = g_hash_table_lookup(self->stored_keys, key->indicator);
        if (!list) {
            list = g_array_new(FALSE, FALSE, sizeof(WmSeriesKey));
            g_hash_table_insert(self->stored_keys, (gpointer)key->indicator, list);
        }
        g_array_append_val(list, *key);
        g_hash_table_insert(self->ids, series_readings_key(key->indicator, key->unit, key->cohort), &key->id);
    }
}

/* A unit and all below it, as const char *. New. */
static GPtrArray *units_from(const UnitTree *tree, const char *unit)
{
    GPtrArray *units = g_ptr_array_new();
    g_ptr_array_add(units, (gpointer)unit);
    for (guint i = 0; i < units->len; i++) {
        const GPtrArray *below = unit_tree_children(tree, g_ptr_array_index(units, i));
        for (guint k = 0; below && k < below->len; k++)
            g_ptr_array_add(units, (gpointer)((const WmUnit *)g_ptr_array_index(below, k))->unit);
    }
    return units;
}

static gboolean rolls_up(const SeriesReadings *self)
{
    for (size_t i = 0; i < self->plan->n_indicators; i++) {
        const PlanFormula *formula = plan_formulas_of(self->formulas, self->plan->indicators[i].indicator);
        for (size_t k = 0; formula && k < formula->formula.n_parts; k++)
            if (formula->formula.parts[k].is_roll_up)
                return TRUE;
    }
    return FALSE;
}

/* Those below matter only where something is rolled up. */
static GArray *list_stored(const SeriesReadings *self, const char *unit, GError **error)
{
    if (!unit)
        return wm_store_series(self->store, error);
    g_autoptr(GPtrArray) units = rolls_up(self) ? units_from(self->tree, unit) : g_ptr_array_new();
    if (units->len == 0)
        g_ptr_array_add(units, (gpointer)unit);
    return wm_store_series_of(self->store, units, error);
}

static SeriesReadings *readings_alloc(const WmPlan *plan, WmStore *store, WmDay as_at)
{
    SeriesReadings *self = g_new0(SeriesReadings, 1);
    const GDestroyNotify free_array = (GDestroyNotify)g_array_unref;
    self->plan = plan;
    self->store = store;
    self->as_at = as_at;
    self->formulas = plan_formulas_new(plan, NULL);
    self->tree = unit_tree_new(plan);
    self->scratch = wm_formula_scratch_new();
    self->texts = g_string_chunk_new(1024);
    self->key_texts = g_string_chunk_new(1024);
    self->stored_keys = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_array);
    self->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->derived_keys = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_array);
    self->is_impossible = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->impossible = g_array_new(FALSE, FALSE, sizeof(ImpossibleSeriesReading));
    self->no_keys = g_array_new(FALSE, FALSE, sizeof(WmSeriesKey));
    if (!self->scratch)
        g_error("no memory for formulas"); /* as every other allocation of GLib's */
    return self;
}

SeriesReadings *series_readings_new(const WmPlan *plan, WmStore *store, WmDay as_at, GError **error)
{
    return series_readings_new_of(plan, store, as_at, NULL, error);
}

SeriesReadings *series_readings_new_of(const WmPlan *plan, WmStore *store, WmDay as_at, const char *unit, GError **error)
{
    g_autoptr(SeriesReadings) self = readings_alloc(plan, store, as_at);
    self->stored = list_stored(self, unit, error);
    if (!self->stored)
        return NULL;
    index_keys(self);
    return g_steal_pointer(&self);
}

/* ---- one indicator after the other ---- */

SeriesReadings *series_readings_new_in_turn(const WmPlan *plan, WmStore *store, WmDay as_at)
{
    return readings_alloc(plan, store, as_at);
}

/* An indicator and all that it is made of, as a set of const char *. */
static void add_needed(const SeriesReadings *self, const char *indicator, GHashTable *needed)
{
    const PlanFormula *formula = plan_formulas_of(self->formulas, indicator);
    if (!g_hash_table_add(needed, (gpointer)indicator) || !formula)
        return;
    for (size_t i = 0; i < formula->formula.n_parts; i++)
        if (formula->parts[i])
            add_needed(self, formula->parts[i]->indicator, needed);
}

static gboolean is_not_in(gpointer indicator, gpointer keys, gpointer needed)
{
    (void)keys;
    return !g_hash_table_contains(needed, indicator);
}

static gboolean read_keys(SeriesReadings *self, const char *indicator, GError **error)
{
    GArray *keys = g_hash_table_lookup(self->stored_keys, indicator);
    if (!keys) {
        keys = wm_store_series_in(self->store, indicator, error);
        if (!keys)
            return FALSE;
        g_hash_table_insert(self->stored_keys, (gpointer)indicator, keys);
    }
    for (guint i = 0; i < keys->len; i++) {
        WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, i);
        g_hash_table_insert(self->ids, series_readings_key(indicator, key->unit, key->cohort), &key->id);
    }
    return TRUE;
}

gboolean series_readings_turn_to(SeriesReadings *self, const char *indicator, GError **error)
{
    if (self->stored)
        return TRUE;
    g_autoptr(GHashTable) needed = g_hash_table_new(g_str_hash, g_str_equal);
    const WmIndicator *row = wm_plan_indicator(self->plan, indicator);
    add_needed(self, row ? row->indicator : indicator, needed);
    g_hash_table_remove_all(self->ids);
    g_hash_table_remove_all(self->derived_keys);
    g_string_chunk_clear(self->key_texts);
    g_hash_table_foreach_remove(self->stored_keys, is_not_in, needed);
    GHashTableIter iter;
    gpointer one;
    g_hash_table_iter_init(&iter, needed);
    while (g_hash_table_iter_next(&iter, &one, NULL))
        if (!read_keys(self, one, error))
            return FALSE;
    return TRUE;
}

void series_readings_make_public(SeriesReadings *self, const WmPublic *hidden)
{
    self->hidden = hidden;
}

/* ---- which there are ---- */

static const GArray *stored_keys(const SeriesReadings *self, const char *indicator)
{
    const GArray *keys = g_hash_table_lookup(self->stored_keys, indicator);
    return keys ? keys : self->no_keys;
}

const GArray *series_readings_part_keys(SeriesReadings *self, const PlanFormula *formula, size_t i_part)
{
    const char *indicator = formula->parts[i_part]->indicator;
    return plan_formula_reads_drops(formula, i_part) ? stored_keys(self, indicator) : series_readings_keys(self, indicator);
}

/* The units and cohorts for which a part can be told, as "unit\x1Fcohort": of a roll-up also all units above. New. */
static GHashTable *places_of(SeriesReadings *self, const PlanFormula *formula, size_t i_part)
{
    GHashTable *places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const GArray *keys = series_readings_part_keys(self, formula, i_part);
    for (guint i = 0; i < keys->len; i++) {
        const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, i);
        const char *unit = key->unit;
        do {
            g_hash_table_add(places, g_strjoin("\x1F", unit, key->cohort, NULL));
            unit = formula->formula.parts[i_part].is_roll_up ? unit_tree_parent(self->tree, unit) : NULL;
        } while (unit);
    }
    return places;
}

static gboolean is_in_all(GPtrArray *sets, const char *place)
{
    for (guint i = 0; i < sets->len; i++)
        if (!g_hash_table_contains(g_ptr_array_index(sets, i), place))
            return FALSE;
    return TRUE;
}

static gint by_unit(gconstpointer a, gconstpointer b)
{
    const WmSeriesKey *x = a, *y = b;
    const int order = strcmp(x->unit, y->unit);
    return order ? order : strcmp(x->cohort, y->cohort);
}

static void add_key(SeriesReadings *self, const char *indicator, const char *place, GArray *keys)
{
    g_auto(GStrv) parts = g_strsplit(place, "\x1F", 2);
    const WmSeriesKey key = {0, indicator, g_string_chunk_insert_const(self->key_texts, parts[0]),
                             g_string_chunk_insert_const(self->key_texts, parts[1])};
    g_array_append_val(keys, key);
}

/* A series for every unit and cohort that has all parts, or any where partial results are allowed. */
static GArray *make_keys(SeriesReadings *self, const PlanFormula *formula)
{
    GArray *keys = g_array_new(FALSE, FALSE, sizeof(WmSeriesKey));
    g_autoptr(GPtrArray) sets = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_unref);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < formula->formula.n_parts; i++)
        g_ptr_array_add(sets, places_of(self, formula, i));
    for (guint i = 0; i < sets->len; i++) {
        GHashTableIter iter;
        gpointer place;
        g_hash_table_iter_init(&iter, g_ptr_array_index(sets, i));
        while (g_hash_table_iter_next(&iter, &place, NULL))
            if ((formula->formula.allows_partial || is_in_all(sets, place)) && g_hash_table_add(seen, place))
                add_key(self, formula->indicator->indicator, place, keys);
    }
    g_array_sort(keys, by_unit);
    return keys;
}

const GArray *series_readings_keys(SeriesReadings *self, const char *indicator)
{
    const PlanFormula *formula = plan_formulas_of(self->formulas, indicator);
    if (!formula)
        return stored_keys(self, indicator);
    if (!formula->is_usable)
        return self->no_keys;
    GArray *keys = g_hash_table_lookup(self->derived_keys, indicator);
    if (!keys) {
        keys = make_keys(self, formula);
        g_hash_table_insert(self->derived_keys, (gpointer)formula->indicator->indicator, keys);
    }
    return keys;
}

size_t series_readings_n_unused(SeriesReadings *self, const char *indicator)
{
    const PlanFormula *formula = plan_formulas_of(self->formulas, indicator);
    for (size_t i = 0; formula && i < formula->formula.n_parts; i++)
        if (plan_formula_is_published(formula, i))
            return 0;
    return formula ? stored_keys(self, indicator)->len : 0;
}

const GArray *series_readings_impossible(const SeriesReadings *self)
{
    return self->impossible;
}
