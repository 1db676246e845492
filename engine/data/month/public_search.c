/* The search for what must be hidden: every reading by itself, then what derived figures, totals and rounding would give away. */
#include "engine/data/month/public_private.h"

#include <math.h>
#include <string.h>

#include "engine/data/plan/plan_private.h"
#include "engine/data/series/vintages.h"

/* ---- the readings of an indicator ---- */

/* Elements are Cell: every reading as at, with what it says by itself. New; NULL with *error. */
static GArray *read_cells(const Search *search, const WmIndicator *indicator, GError **error)
{
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(Cell));
    const GArray *keys = series_readings_keys(search->readings, indicator->indicator);
    const double exposure = plan_formulas_exposure(search->formulas, indicator->indicator);
    for (guint i = 0; i < keys->len; i++) {
        const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, i);
        g_autoptr(GArray) vintages = series_readings_vintages(search->readings, key, error);
        if (!vintages)
            return NULL;
        g_autoptr(GArray) readings = vintages_as_at(vintages, search->as_at, NULL);
        for (guint k = 0; k < readings->len; k++) {
            const WmReading reading = g_array_index(readings, WmReading, k);
            WmReading counted = reading; /* its denominator in single ones */
            counted.denominator *= exposure;
            const WmHiding own = search->rounds ? WM_SHOWN : wm_disclosure_judge(&counted, indicator->measure.kind, &search->rules);
            const Cell cell = {*key, reading, reading, own};
            g_array_append_val(cells, cell);
        }
    }
    return g_steal_pointer(&cells);
}

/* A derived figure that is hidden would be given by parts that are all shown: the first of them that has a reading then is hidden
 * too. */

/* The key of a stored series; NULL for none. */
static const WmSeriesKey *stored_key(const Search *search, const char *indicator, const WmSeriesKey *of)
{
    const GArray *keys = series_readings_keys(search->readings, indicator);
    for (guint i = 0; i < keys->len; i++) {
        const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, i);
        if (strcmp(key->unit, of->unit) == 0 && strcmp(key->cohort, of->cohort) == 0)
            return key;
    }
    return NULL;
}

/* Where they are, the readings of a stored indicator for a period that ends on a day. Where the store cannot be read there are none
 * here, and search_stored says so. */
static gboolean force_reading(const Search *search, const char *indicator, const WmSeriesKey *of, WmDay end)
{
    const WmSeriesKey *key = stored_key(search, indicator, of);
    g_autoptr(GArray) vintages = key ? series_readings_vintages(search->readings, key, NULL) : NULL;
    g_autoptr(GArray) readings = vintages ? vintages_as_at(vintages, search->as_at, NULL) : NULL;
    gboolean is_found = FALSE;
    for (guint i = 0; readings && i < readings->len; i++) {
        const WmReading *one = &g_array_index(readings, WmReading, i);
        if (isnan(one->value) || wm_period_end(one->period) != end)
            continue;
        g_hash_table_add(search->forced, public_key_of(indicator, key->unit, key->cohort, one->period));
        is_found = TRUE;
    }
    return is_found;
}

/* The first part that can be hidden: a stored one, or of a derived one a part of that. */
static gboolean force_part(const Search *search, const PlanFormula *formula, const WmSeriesKey *of, WmDay end)
{
    for (size_t i = 0; i < formula->formula.n_parts; i++) {
        const char *part = formula->parts[i]->indicator;
        const PlanFormula *deeper = plan_formulas_of(search->formulas, part);
        if (plan_formula_is_published(formula, i) || public_is_open(search->plan, part))
            continue;
        if (deeper ? force_part(search, deeper, of, end) : force_reading(search, part, of, end))
            return TRUE;
    }
    return FALSE;
}

/* What is rolled up has its parts in the units below. */
static gboolean force_part_below(const Search *search, const PlanFormula *formula, const WmSeriesKey *of, WmDay end)
{
    if (force_part(search, formula, of, end))
        return TRUE;
    const GPtrArray *below = unit_tree_children(search->tree, of->unit);
    for (guint i = 0; below && i < below->len; i++) {
        const WmSeriesKey child = {0, of->indicator, plan_id_of(search->plan, g_ptr_array_index(below, i)), of->cohort};
        if (force_part_below(search, formula, &child, end))
            return TRUE;
    }
    return FALSE;
}

static gboolean search_derived(WmPublic *self, const Search *search, GError **error)
{
    const WmPlan *plan = search->plan;
    for (size_t i = 0; i < plan->n_indicators; i++) {
        const PlanFormula *formula = plan_formulas_of(search->formulas, plan->indicators[i].indicator);
        if (!formula || !formula->is_usable || public_is_open(plan, plan->indicators[i].indicator))
            continue;
        g_autoptr(GArray) cells = read_cells(search, &plan->indicators[i], error);
        if (!cells)
            return FALSE;
        for (guint k = 0; k < cells->len; k++) {
            const Cell *cell = &g_array_index(cells, Cell, k);
            if (cell->hiding)
                force_part_below(search, formula, &cell->key, wm_period_end(cell->reading.period));
        }
        public_keep_hidden(self, cells);
    }
    return TRUE;
}

static void take_forced(const Search *search, GArray *cells)
{
    for (guint i = 0; i < cells->len; i++) {
        Cell *cell = &g_array_index(cells, Cell, i);
        g_autofree char *key = public_key_of(cell->key.indicator, cell->key.unit, cell->key.cohort, cell->reading.period);
        if (!cell->hiding && g_hash_table_contains(search->forced, key))
            cell->hiding = WM_HIDDEN_PART;
    }
}

static gboolean search_stored(WmPublic *self, const Search *search, GError **error)
{
    const WmPlan *plan = search->plan;
    for (size_t i = 0; i < plan->n_indicators; i++) {
        const WmIndicator *indicator = &plan->indicators[i];
        if (plan_formulas_of(search->formulas, indicator->indicator) || public_is_open(plan, indicator->indicator))
            continue;
        g_autoptr(GArray) cells = read_cells(search, indicator, error);
        if (!cells)
            return FALSE;
        take_forced(search, cells);
        public_walk(search, indicator, cells);
        public_protect(search, indicator, cells);
        public_keep_hidden(self, cells);
    }
    return TRUE;
}

static const WmReading *find_reading(const GArray *readings, WmPeriod period)
{
    for (guint i = 0; i < readings->len; i++) {
        const WmReading *one = &g_array_index(readings, WmReading, i);
        if (one->period.kind == period.kind && wm_period_compare(one->period, period) == 0)
            return one;
    }
    return NULL;
}

/* What becomes of a figure, given what a formula makes of what the public sees (NULL: nothing). Of rounded counts it may make a
 * share of few, which is hidden like any other. */
static WmHiding judge_derived(const WmPublic *self, const WmReading *reading, const WmReading *seen, double exposure)
{
    if (isnan(reading->value))
        return WM_SHOWN;
    if (!seen || isnan(seen->value))
        return WM_HIDDEN_DERIVED;
    WmReading counted = *seen;
    counted.denominator *= exposure;
    return self->rounds && public_is_of_few(reading, &counted, &self->rules) ? WM_HIDDEN_DENOMINATOR : WM_SHOWN;
}

/* Add the cells that are figures, and that a formula makes nothing of for the public, or a share of few. */
static gboolean list_lost(WmPublic *self, const Search *search, SeriesReadings *shown, const GArray *cells, GError **error)
{
    for (guint from = 0, to; from < cells->len; from = to) {
        const WmSeriesKey *key = &g_array_index(cells, Cell, from).key;
        g_autoptr(GArray) vintages = series_readings_vintages(shown, key, error);
        if (!vintages)
            return FALSE;
        g_autoptr(GArray) readings = vintages_as_at(vintages, search->as_at, NULL);
        for (to = from; to < cells->len && g_array_index(cells, Cell, to).key.unit == key->unit &&
                        g_array_index(cells, Cell, to).key.cohort == key->cohort;
             to++) {
            Cell cell = g_array_index(cells, Cell, to);
            const double exposure = plan_formulas_exposure(search->formulas, key->indicator);
            cell.hiding = judge_derived(self, &cell.reading, find_reading(readings, cell.reading.period), exposure);
            if (cell.hiding && !wm_public_hiding(self, key->indicator, key->unit, key->cohort, cell.reading.period))
                public_add_hidden(self, &cell);
        }
    }
    return TRUE;
}

/* What formulas make of hidden figures is hidden with them, and listed. */
static gboolean list_derived(WmPublic *self, const Search *search, WmStore *store, GError **error)
{
    SeriesReadings *shown = series_readings_new(search->plan, store, search->as_at, error);
    gboolean is_done = shown != NULL;
    if (shown)
        series_readings_make_public(shown, self);
    for (size_t i = 0; is_done && i < search->plan->n_indicators; i++) {
        const PlanFormula *formula = plan_formulas_of(search->formulas, search->plan->indicators[i].indicator);
        if (!formula || !formula->is_usable)
            continue;
        g_autoptr(GArray) cells = read_cells(search, &search->plan->indicators[i], error);
        is_done = cells && list_lost(self, search, shown, cells, error);
    }
    series_readings_free(shown);
    return is_done;
}

/* What a formula makes of rounded figures says no more than they do; what it takes as published is rounded like the rest. */
static gboolean is_rounded(const Search *search, const WmIndicator *indicator)
{
    const PlanFormula *formula = plan_formulas_of(search->formulas, indicator->indicator);
    gboolean takes_published = FALSE;
    for (size_t i = 0; formula && formula->is_usable && i < formula->formula.n_parts; i++)
        takes_published |= plan_formula_is_published(formula, i);
    return (!formula || takes_published) && !public_is_open(search->plan, indicator->indicator);
}

static gboolean search_rounded(WmPublic *self, const Search *search, GError **error)
{
    for (size_t i = 0; i < search->plan->n_indicators; i++) {
        const WmIndicator *indicator = &search->plan->indicators[i];
        if (!is_rounded(search, indicator))
            continue;
        g_autoptr(GArray) cells = read_cells(search, indicator, error);
        if (!cells)
            return FALSE;
        public_round(search, indicator, cells);
        public_keep_hidden(self, cells);
    }
    return TRUE;
}

static gboolean search_all(WmPublic *self, Search *search, WmStore *store, GError **error)
{
    search->readings = series_readings_new(search->plan, store, search->as_at, error);
    if (!search->readings)
        return FALSE;
    const gboolean is_done = search->rounds ? search_rounded(self, search, error)
                                            : search_derived(self, search, error) && search_stored(self, search, error);
    return is_done && list_derived(self, search, store, error);
}

static gboolean find_day(WmStore *store, WmDay *as_at, GError **error)
{
    g_autoptr(GArray) days = *as_at == WM_NO_DAY ? wm_store_days(store, *as_at, error) : NULL;
    if (days && days->len)
        *as_at = g_array_index(days, WmDay, days->len - 1);
    return *as_at != WM_NO_DAY || days;
}

gboolean public_search(WmPublic *self, const WmPlan *plan, WmStore *store, WmDay as_at, GError **error)
{
    Search search = {.plan = plan, .as_at = as_at, .rules = self->rules, .rounds = self->rounds};
    search.formulas = plan_formulas_new(plan, NULL);
    search.tree = unit_tree_new(plan);
    search.forced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gboolean is_done = find_day(store, &search.as_at, error) && wm_store_begin_read(store, error);
    if (is_done) {
        is_done = search_all(self, &search, store, error);
        wm_store_end_read(store);
    }
    series_readings_free(search.readings);
    plan_formulas_free(search.formulas);
    unit_tree_free(search.tree);
    g_hash_table_unref(search.forced);
    return is_done;
}
