/* A plan, read whole. */
#include <waymark/plan.h>

#include <string.h>

#include "engine/data/plan/plan_formulas.h"
#include "engine/data/text/nearest_name.h"
#include "engine/data/plan/plan_private.h"
#include "engine/data/plan/plan_settings.h"
#include "engine/data/plan/plan_tables.h"
#include "engine/data/plan/row_index.h"
#include "engine/data/plan/unit_names.h"

#define MAX_DECIMALS 9 /* as WmMeasure has them */

struct WmPlanStorage {
    GStringChunk *texts;
    GPtrArray *tables;                       /* of GArray */
    GHashTable *indicators, *themes, *units; /* id -> row, borrowed from the tables */
    const char *area_key;                    /* what plan.ini calls the plan's own area */
    const WmUnit *area;                      /* the row of units.csv that is the plan's own area; NULL: none */
    GHashTable *fields;                      /* "FILE:COLUMN" -> field number from 1 */
    RowIndex *rows[N_ROW_TABLES];
};

static WmPlan *plan_alloc(const char *folder)
{
    WmPlan *self = g_new0(WmPlan, 1);
    self->storage = g_new0(WmPlanStorage, 1);
    self->storage->texts = g_string_chunk_new(16 * 1024);
    self->storage->tables = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    self->storage->indicators = g_hash_table_new(g_str_hash, g_str_equal);
    self->storage->themes = g_hash_table_new(g_str_hash, g_str_equal);
    self->storage->units = g_hash_table_new(g_str_hash, g_str_equal);
    self->storage->fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->folder = g_string_chunk_insert(self->storage->texts, folder);
    return self;
}

void wm_plan_free(WmPlan *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->storage->indicators);
    g_hash_table_unref(self->storage->themes);
    g_hash_table_unref(self->storage->units);
    g_hash_table_unref(self->storage->fields);
    for (int i = 0; i < N_ROW_TABLES; i++)
        row_index_free(self->storage->rows[i]);
    g_ptr_array_unref(self->storage->tables);
    g_string_chunk_free(self->storage->texts);
    g_free(self->storage);
    g_free(self);
}

static gboolean read_table(WmPlan *self, const PlanSource *source, const PlanTable *table, WmProblems *problems, GError **error)
{
    GArray *rows = g_array_new(FALSE, TRUE, (guint)table->spec.row_size);
    g_ptr_array_add(self->storage->tables, rows);
    if (!table_read(&table->spec, source, rows, self->storage->fields, self->storage->texts, problems, error))
        return FALSE;
    gpointer data = rows->data;
    const size_t n = rows->len;
    memcpy((char *)self + table->rows_offset, &data, sizeof data);
    memcpy((char *)self + table->n_offset, &n, sizeof n);
    return TRUE;
}

/* The rows of the table whose pointer stands at `offset` in the plan, to be changed while the plan is being read. */
static GArray *rows_at(const WmPlan *self, size_t offset)
{
    guint i = 0;
    while (PLAN_TABLES[i].rows_offset != offset)
        i++;
    return g_ptr_array_index(self->storage->tables, i);
}

/* A chart of the indicator's own; all else as the plan has it. One reading sets no limits. */
static WmSpcPlan spc_of(const WmSpcPlan *own, const WmSpcPlan *of_plan)
{
    WmSpcPlan spc = *of_plan;
    if (own->chart < WM_N_SPC_CHARTS)
        spc.chart = own->chart;
    if (own->establish < WM_N_SPC_ESTABLISHES)
        spc.establish = own->establish;
    if (own->fix_after == 0 || own->fix_after > 1)
        spc.fix_after = own->fix_after;
    return spc;
}

/* What is published as a total to date is judged by its last twelve months: that is comparable at any time of the year, and at the
 * year's end it is the year's total, which is what such a measure's targets speak of. */
static void make_comparable(WmPlan *self, WmIndicator *indicator)
{
    static const char *const YEARS[WM_N_PERIOD_KINDS] = {[WM_PERIOD_YEAR] = "calendar year",
                                                         [WM_PERIOD_ACADEMIC_YEAR] = "academic year",
                                                         [WM_PERIOD_FINANCIAL_YEAR] = "financial year"};
    if (indicator->cumulative == WM_N_PERIOD_KINDS)
        indicator->cumulative = self->settings.year;
    if (*indicator->formula) /* which says itself what it makes of them */
        indicator->cumulative = WM_PERIOD_NONE;
    if (indicator->cumulative == WM_PERIOD_NONE)
        return;
    g_autofree char *formula = g_strdup_printf("sum of in-year of published by %s over 12 months", YEARS[indicator->cumulative]);
    indicator->formula = g_string_chunk_insert_const(self->storage->texts, formula);
}

/* A formula that comes to a total to date cannot be judged across its restart: nothing says which way is better. */
static void leave_unjudged(const WmPlan *self, WmIndicator *indicator)
{
    const WmFormulaContext context = {indicator->measure.kind, self->settings.year};
    WmFormula formula;
    WmFormulaFault fault;
    if (*indicator->formula && wm_formula_parse(indicator->formula, &context, &formula, &fault) && plan_formula_restarts(&formula))
        indicator->measure.polarity = WM_POLARITY_NONE;
}

/* What an empty cell leaves to the plan or to the kind. */
static void fill_defaults(WmPlan *self)
{
    GArray *rows = rows_at(self, offsetof(WmPlan, indicators));
    for (guint i = 0; i < rows->len; i++) {
        WmIndicator *indicator = &g_array_index(rows, WmIndicator, i);
        if (indicator->measure.decimals < 0)
            indicator->measure.decimals = wm_kind_default_decimals(indicator->measure.kind);
        indicator->measure.decimals = MIN(indicator->measure.decimals, MAX_DECIMALS);
        if (indicator->measure.kind == WM_KIND_YES_NO && indicator->measure.polarity == WM_POLARITY_PLAN)
            indicator->measure.polarity = WM_POLARITY_HIGHER; /* done early is better than planned, not off plan */
        make_comparable(self, indicator);
        leave_unjudged(self, indicator);
        if (indicator->shape == WM_N_PATH_SHAPES)
            indicator->shape = self->settings.shape;
        indicator->spc = spc_of(&indicator->spc, &self->settings.spc);
        if (indicator->model < 0)
            indicator->model = self->settings.model;
    }
}

static void index_rows(WmPlan *self)
{
    for (size_t i = self->n_indicators; i-- > 0;)
        g_hash_table_insert(self->storage->indicators, (gpointer)self->indicators[i].indicator, (gpointer)&self->indicators[i]);
    for (size_t i = self->n_themes; i-- > 0;)
        g_hash_table_insert(self->storage->themes, (gpointer)self->themes[i].theme, (gpointer)&self->themes[i]);
    for (size_t i = self->n_units; i-- > 0;)
        if (*self->units[i].code)
            g_hash_table_insert(self->storage->units, (gpointer)self->units[i].code, (gpointer)&self->units[i]);
    for (size_t i = self->n_units; i-- > 0;)
        g_hash_table_insert(self->storage->units, (gpointer)self->units[i].unit, (gpointer)&self->units[i]);
}

/* The row of units.csv that is the area itself: by its id or code, else the only one of its name. */
static const WmUnit *find_area(const WmPlan *self)
{
    const WmUnit *named = NULL;
    size_t n_named = 0;
    for (size_t i = 0; *self->storage->area_key && i < self->n_units; i++) {
        const WmUnit *unit = &self->units[i];
        if (plan_is_area_name(self, unit->unit) || plan_is_area_name(self, unit->code))
            return unit;
        if (plan_is_area_name(self, unit->name)) {
            named = unit;
            n_named++;
        }
    }
    return n_named == 1 ? named : NULL;
}

/* Rows say their unit by its id, and the area by "", however the file names them. An event without a unit is everybody's. */
static void name_units(WmPlan *self)
{
    static const size_t TABLES[] = {offsetof(WmPlan, baselines), offsetof(WmPlan, targets),     offsetof(WmPlan, comparators),
                                    offsetof(WmPlan, paths),     offsetof(WmPlan, events),      offsetof(WmPlan, commentary),
                                    offsetof(WmPlan, overrides), offsetof(WmPlan, suppressions)};
    for (size_t i_table = 0; i_table < G_N_ELEMENTS(TABLES); i_table++) {
        GArray *rows = rows_at(self, TABLES[i_table]);
        const guint size = g_array_get_element_size(rows);
        const gboolean is_events = TABLES[i_table] == offsetof(WmPlan, events);
        for (guint i = 0; i < rows->len; i++) {
            WmRowKey key;
            memcpy(&key, rows->data + (size_t)i * size, sizeof key);
            key.unit = is_events && !*key.unit ? PLAN_EVERY_UNIT : plan_unit_id(self, key.unit);
            memcpy(rows->data + (size_t)i * size, &key, sizeof key);
        }
    }
}

static void index_series(WmPlan *self)
{
    RowIndex **rows = self->storage->rows;
    rows[ROWS_BASELINES] = row_index_new(self->baselines, self->n_baselines, sizeof *self->baselines);
    rows[ROWS_TARGETS] = row_index_new(self->targets, self->n_targets, sizeof *self->targets);
    rows[ROWS_COMPARATORS] = row_index_new(self->comparators, self->n_comparators, sizeof *self->comparators);
    rows[ROWS_PATHS] = row_index_new(self->paths, self->n_paths, sizeof *self->paths);
}

/* A list of neighbours names units as its publisher does: by id or code, else by name. One that several bear stays as it stands,
 * for wm_plan_check to refuse. */
static const char *neighbour_id(const WmPlan *self, UnitNames *names, const char *text)
{
    const WmUnit *unit;
    if (!*text || plan_is_area_name(self, text) || wm_plan_unit(self, text) || !unit_names_find(names, text, &unit) || !unit)
        return plan_unit_id(self, text);
    return plan_id_of(self, unit);
}

static void name_neighbours(WmPlan *self)
{
    if (self->n_neighbours == 0)
        return;
    GArray *rows = rows_at(self, offsetof(WmPlan, neighbours));
    g_autoptr(GHashTable) names = unit_names_new(self);
    for (guint i = 0; i < rows->len; i++) {
        WmNeighbour *row = &g_array_index(rows, WmNeighbour, i);
        row->unit = neighbour_id(self, names, row->unit);
        row->neighbour = neighbour_id(self, names, row->neighbour);
    }
}

WmPlan *wm_plan_read(const char *path, WmProblems *problems, GError **error)
{
    g_autoptr(PlanSource) source = plan_source_open(path, error);
    if (!source)
        return NULL;
    g_autoptr(WmPlan) self = plan_alloc(source->folder);
    self->path = g_string_chunk_insert(self->storage->texts, path);
    plan_source_name_places(source, problems);
    if (!plan_settings_read(source, &self->settings, self->storage->texts, problems, error))
        return NULL;
    self->storage->area_key = self->settings.area;
    for (size_t i = 0; i < N_PLAN_TABLES; i++)
        if (!read_table(self, source, &PLAN_TABLES[i], problems, error))
            return NULL;
    plan_source_report_unread(source, problems);
    fill_defaults(self);
    index_rows(self);
    self->storage->area = find_area(self);
    if (self->storage->area && *self->storage->area->name)
        self->settings.area = self->storage->area->name; /* on papers a name, not the code that plan.ini may give */
    name_units(self);
    name_neighbours(self);
    index_series(self);
    return g_steal_pointer(&self);
}

/* A plan that a caller has made by hand has no index. */
const WmIndicator *wm_plan_indicator(const WmPlan *self, const char *indicator)
{
    if (self->storage)
        return g_hash_table_lookup(self->storage->indicators, indicator);
    for (size_t i = 0; i < self->n_indicators; i++)
        if (strcmp(self->indicators[i].indicator, indicator) == 0)
            return &self->indicators[i];
    return NULL;
}

int wm_plan_lag_days(const WmPlan *self, const WmIndicator *indicator)
{
    return indicator->lag_days >= 0 ? indicator->lag_days : self->settings.reading_lag_days;
}

const WmTheme *wm_plan_theme(const WmPlan *self, const char *theme)
{
    if (self->storage)
        return g_hash_table_lookup(self->storage->themes, theme);
    for (size_t i = 0; i < self->n_themes; i++)
        if (strcmp(self->themes[i].theme, theme) == 0)
            return &self->themes[i];
    return NULL;
}

const WmUnit *wm_plan_unit(const WmPlan *self, const char *unit)
{
    return g_hash_table_lookup(self->storage->units, unit);
}

gboolean plan_is_area_name(const WmPlan *self, const char *text)
{
    return *text && g_ascii_strcasecmp(text, self->storage->area_key) == 0;
}

const WmUnit *plan_area_unit(const WmPlan *self)
{
    return self->storage->area;
}

const char *plan_id_of(const WmPlan *self, const WmUnit *unit)
{
    return unit == self->storage->area ? "" : unit->unit;
}

const char *plan_unit_id(const WmPlan *self, const char *row_unit)
{
    if (!*row_unit || plan_is_area_name(self, row_unit))
        return "";
    const WmUnit *unit = wm_plan_unit(self, row_unit);
    return unit ? plan_id_of(self, unit) : row_unit;
}

/* A row of overrides.csv that has begun by a day and is about an indicator of a unit, or of every unit. */
static gboolean concerns(const WmOverride *row, const char *indicator, const char *unit, WmDay day)
{
    return (row->from == WM_NO_DAY || row->from <= day) && strcmp(row->indicator, indicator) == 0 &&
           (strcmp(row->unit, unit) == 0 || strcmp(row->unit, PLAN_EVERY_UNIT) == 0);
}

static gboolean has_run_out(const WmOverride *row, WmDay day)
{
    return row->expires != WM_NO_DAY && row->expires < day;
}

const WmOverride *wm_plan_override(const WmPlan *self, const char *indicator, const char *unit, WmDay day)
{
    const WmOverride *found = NULL;
    for (size_t i = 0; i < self->n_overrides; i++) {
        const WmOverride *row = &self->overrides[i];
        if (!concerns(row, indicator, unit, day) || has_run_out(row, day))
            continue;
        const gboolean is_own = strcmp(row->unit, PLAN_EVERY_UNIT) != 0;
        const gboolean found_own = found && strcmp(found->unit, PLAN_EVERY_UNIT) != 0;
        if (!found || (is_own == found_own ? row->from >= found->from : is_own))
            found = row;
    }
    return found;
}

const WmOverride *wm_plan_override_run_out(const WmPlan *self, const char *indicator, const char *unit, WmDay day)
{
    const WmOverride *found = NULL;
    for (size_t i = 0; i < self->n_overrides; i++) {
        const WmOverride *row = &self->overrides[i];
        if (concerns(row, indicator, unit, day) && has_run_out(row, day) && (!found || row->expires >= found->expires))
            found = row;
    }
    return found;
}

const char *plan_unit_sought(const WmPlan *self, const char *text, GError **error)
{
    const WmUnit *found = wm_plan_unit(self, text);
    if (!*text || plan_is_area_name(self, text))
        return "";
    if (found)
        return plan_id_of(self, found);
    size_t n = 0;
    g_autofree const char **names = g_new0(const char *, self->n_units + 1);
    for (size_t i = 0; i < self->n_units; i++) {
        names[i] = self->units[i].name;
        if (g_ascii_strcasecmp(names[i], text) == 0) {
            found = &self->units[i];
            n++;
        }
    }
    if (n == 1)
        return plan_id_of(self, found);
    const char *nearest = n ? NULL : nearest_name(text, names, self->n_units);
    g_autofree char *advice = nearest ? g_strdup_printf("did you mean “%s”?", nearest)
                              : n     ? g_strdup("use the id or the code of one of them")
                                      : g_strdup("units.csv lists them; the plan's area is one too");
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = advice},
                 n ? "several units are called “%s”" : "there is no unit “%s”", text);
    return NULL;
}

PlanRows plan_rows_of(const WmPlan *self, RowTable table, const char *indicator, const char *unit)
{
    return row_index_find(self->storage->rows[table], indicator, unit);
}

int plan_column(const WmPlan *self, const char *file, const char *column)
{
    g_autofree char *key = g_strdup_printf("%s:%s", file, column);
    return GPOINTER_TO_INT(g_hash_table_lookup(self->storage->fields, key));
}
