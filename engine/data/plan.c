/* A plan folder, read whole. */
#include <waymark/plan.h>

#include <string.h>

#include "engine/data/plan_private.h"
#include "engine/data/plan_settings.h"
#include "engine/data/plan_tables.h"

#define MAX_DECIMALS 9 /* as WmMeasure has them */

struct WmPlanStorage {
    GStringChunk *texts;
    GPtrArray *tables;     /* of GArray */
    GHashTable *indicators, *themes, *units; /* id -> row, borrowed from the tables */
    GHashTable *fields;                      /* "FILE:COLUMN" -> field number from 1 */
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
    g_ptr_array_unref(self->storage->tables);
    g_string_chunk_free(self->storage->texts);
    g_free(self->storage);
    g_free(self);
}

static gboolean read_table(WmPlan *self, const PlanTable *table, WmProblems *problems, GError **error)
{
    GArray *rows = g_array_new(FALSE, TRUE, (guint)table->spec.row_size);
    g_ptr_array_add(self->storage->tables, rows);
    if (!table_read(&table->spec, self->folder, rows, self->storage->fields, self->storage->texts, problems, error))
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
        if (indicator->shape == WM_N_PATH_SHAPES)
            indicator->shape = self->settings.shape;
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

WmPlan *wm_plan_read(const char *folder, WmProblems *problems, GError **error)
{
    g_autoptr(WmPlan) self = plan_alloc(folder);
    if (!plan_settings_read(folder, &self->settings, self->storage->texts, problems, error))
        return NULL;
    for (size_t i = 0; i < N_PLAN_TABLES; i++)
        if (!read_table(self, &PLAN_TABLES[i], problems, error))
            return NULL;
    fill_defaults(self);
    index_rows(self);
    return g_steal_pointer(&self);
}

const WmIndicator *wm_plan_indicator(const WmPlan *self, const char *indicator)
{
    return g_hash_table_lookup(self->storage->indicators, indicator);
}

const WmTheme *wm_plan_theme(const WmPlan *self, const char *theme)
{
    return g_hash_table_lookup(self->storage->themes, theme);
}

const WmUnit *wm_plan_unit(const WmPlan *self, const char *unit)
{
    return g_hash_table_lookup(self->storage->units, unit);
}

int plan_column(const WmPlan *self, const char *file, const char *column)
{
    g_autofree char *key = g_strdup_printf("%s:%s", file, column);
    return GPOINTER_TO_INT(g_hash_table_lookup(self->storage->fields, key));
}
