/* The vintages of a plan's series.
 *
 * A derived series is made when it is asked for, from the vintages of its parts, each read once for it; what several of its parts
 * have in common is read once too. Nothing is kept from one series to the next, so memory does not grow with the batch. */
#include "engine/data/series/series_readings_private.h"

#include <string.h>

#include "engine/data/series/series_derived.h"
#include "engine/data/series/series_missing.h"
#include "engine/data/series/veil.h"

/* One asking: what it has read so far, series_key -> GArray of WmVintage. Readings as the drops give them have a mark in front. */
typedef struct {
    SeriesReadings *readings;
    GHashTable *known;
} Asking;

/* What is asked of an indicator: what it comes to, what its drops say as parts of its own, or as totals to date of another's. */
typedef enum { AS_JUDGED, AS_PUBLISHED, AS_TO_DATE } Reading;

static GArray *vintages_of(Asking *self, const char *indicator, const char *unit, const char *cohort, Reading as, GError **error);

static GArray *stored_vintages(SeriesReadings *self, const char *key, GError **error)
{
    const gint64 *id = g_hash_table_lookup(self->ids, key);
    return id ? wm_store_vintages(self->store, *id, self->as_at, error) : g_array_new(FALSE, FALSE, sizeof(WmVintage));
}

static gboolean take_vintages(Asking *self, const PlanFormula *formula, size_t i_part, const char *unit, const char *cohort,
                              PartVintages *out, GError **error)
{
    const Reading as = plan_formula_is_published(formula, i_part)  ? AS_PUBLISHED
                       : plan_formula_reads_drops(formula, i_part) ? AS_TO_DATE
                                                                   : AS_JUDGED;
    GArray *vintages = vintages_of(self, formula->parts[i_part]->indicator, unit, cohort, as, error);
    if (!vintages)
        return FALSE;
    g_ptr_array_add(out->vintages, g_array_ref(vintages));
    g_ptr_array_add(out->units, (gpointer)unit);
    return TRUE;
}

static gboolean is_at_or_below(const UnitTree *tree, const char *unit, const char *above)
{
    for (; unit; unit = unit_tree_parent(tree, unit))
        if (strcmp(unit, above) == 0)
            return TRUE;
    return FALSE;
}

static gboolean read_part(Asking *self, const PlanFormula *formula, size_t i_part, const char *unit, const char *cohort,
                          PartVintages *out, GError **error)
{
    *out = (PartVintages){g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref), g_ptr_array_new()};
    if (!formula->formula.parts[i_part].is_roll_up)
        return take_vintages(self, formula, i_part, unit, cohort, out, error);
    const GArray *keys = series_readings_part_keys(self->readings, formula, i_part);
    for (guint i = 0; i < keys->len; i++) {
        const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, i);
        if (strcmp(key->cohort, cohort) == 0 && is_at_or_below(self->readings->tree, key->unit, unit) &&
            !take_vintages(self, formula, i_part, key->unit, cohort, out, error))
            return FALSE;
    }
    return TRUE;
}

static void note_impossible(SeriesReadings *self, const PlanFormula *formula, const char *unit, const char *cohort,
                            const GArray *impossible)
{
    g_autofree char *key = series_readings_key(formula->indicator->indicator, unit, cohort);
    if (impossible->len == 0 || !g_hash_table_add(self->is_impossible, g_steal_pointer(&key)))
        return;
    for (guint i = 0; i < impossible->len; i++) {
        const ImpossibleSeriesReading one = {formula->indicator->indicator, g_string_chunk_insert_const(self->texts, unit),
                                             g_string_chunk_insert_const(self->texts, cohort),
                                             g_array_index(impossible, ImpossibleReading, i)};
        g_array_append_val(self->impossible, one);
    }
}

static void clear_parts(const PlanFormula *formula, PartVintages *parts)
{
    for (size_t i = 0; i < formula->formula.n_parts; i++) {
        g_clear_pointer(&parts[i].vintages, g_ptr_array_unref);
        g_clear_pointer(&parts[i].units, g_ptr_array_unref);
    }
}

/* Into parts that are zero; to be cleared whether or not they could be read. */
static gboolean read_parts(Asking *self, const PlanFormula *formula, const char *unit, const char *cohort, PartVintages *parts,
                           GError **error)
{
    for (size_t i = 0; i < formula->formula.n_parts; i++)
        if (!read_part(self, formula, i, unit, cohort, &parts[i], error))
            return FALSE;
    return TRUE;
}

static GArray *derive(Asking *self, const PlanFormula *formula, const char *unit, const char *cohort, GError **error)
{
    SeriesReadings *readings = self->readings;
    PartVintages parts[WM_FORMULA_MAX_PARTS] = {0};
    GArray *vintages = NULL;
    if (read_parts(self, formula, unit, cohort, parts, error)) {
        g_autoptr(GArray) impossible = g_array_new(FALSE, FALSE, sizeof(ImpossibleReading));
        const DerivedInput input = {readings->plan, formula, parts, readings->tree, unit, readings->scratch, impossible};
        vintages = series_derived_vintages(&input);
        note_impossible(readings, formula, unit, cohort, impossible);
    }
    clear_parts(formula, parts);
    return vintages;
}

/* Borrowed from what is known. */
static GArray *vintages_of(Asking *self, const char *indicator, const char *unit, const char *cohort, Reading as, GError **error)
{
    static const char *const MARKS[] = {[AS_JUDGED] = "", [AS_PUBLISHED] = "published\x1F", [AS_TO_DATE] = "to date\x1F"};
    const PlanFormula *formula = as == AS_JUDGED ? plan_formulas_of(self->readings->formulas, indicator) : NULL;
    g_autofree char *key = series_readings_key(indicator, unit, cohort);
    g_autofree char *known_key = g_strconcat(MARKS[as], key, NULL);
    GArray *vintages = g_hash_table_lookup(self->known, known_key);
    if (vintages)
        return vintages;
    if (!formula)
        vintages = stored_vintages(self->readings, key, error);
    else if (formula->is_usable)
        vintages = derive(self, formula, unit, cohort, error);
    else
        vintages = g_array_new(FALSE, FALSE, sizeof(WmVintage));
    const WmPublic *hidden = self->readings->hidden;
    if (vintages && hidden && as != AS_JUDGED)
        veil_published(hidden, self->readings->plan, indicator, vintages);
    if (vintages && hidden && (as == AS_JUDGED || (as == AS_TO_DATE && !wm_public_rounds(hidden))))
        veil_vintages(hidden, indicator, unit, cohort, vintages);
    if (vintages)
        g_hash_table_insert(self->known, g_steal_pointer(&known_key), vintages);
    return vintages;
}

GArray *series_readings_vintages(SeriesReadings *self, const WmSeriesKey *key, GError **error)
{
    if (!plan_formulas_of(self->formulas, key->indicator)) {
        GArray *stored = wm_store_vintages(self->store, key->id, self->as_at, error);
        if (stored && self->hidden)
            veil_vintages(self->hidden, key->indicator, key->unit, key->cohort, stored);
        return stored;
    }
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    Asking asking = {self, known};
    GArray *vintages = vintages_of(&asking, key->indicator, key->unit, key->cohort, AS_JUDGED, error);
    return vintages ? g_array_ref(vintages) : NULL;
}

/* Of the formula, and of those that its parts are made by. No formula leads back to itself. */
static gboolean add_missing(Asking *self, const char *indicator, const WmSeriesKey *key, GArray *out, GError **error)
{
    SeriesReadings *readings = self->readings;
    const PlanFormula *formula = plan_formulas_of(readings->formulas, indicator);
    if (!formula || !formula->is_usable)
        return TRUE;
    PartVintages parts[WM_FORMULA_MAX_PARTS] = {0};
    gboolean is_read = read_parts(self, formula, key->unit, key->cohort, parts, error);
    if (is_read) {
        const DerivedInput input = {readings->plan, formula, parts, readings->tree, key->unit, readings->scratch, NULL};
        series_missing_units(&input, out);
    }
    clear_parts(formula, parts);
    for (size_t i = 0; is_read && i < formula->formula.n_parts; i++)
        if (!formula->formula.parts[i].is_roll_up && !plan_formula_reads_drops(formula, i))
            is_read = add_missing(self, formula->parts[i]->indicator, key, out, error);
    return is_read;
}

GArray *series_readings_missing(SeriesReadings *self, const WmSeriesKey *key, GError **error)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    g_autoptr(GArray) missing = missing_units_new();
    Asking asking = {self, known};
    return add_missing(&asking, key->indicator, key, missing, error) ? g_steal_pointer(&missing) : NULL;
}
