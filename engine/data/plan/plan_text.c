/* The tables of a plan as they are written. */
#include <string.h>
#include <waymark/plan_text.h>

#include "engine/data/plan/plan_ini.h"
#include "engine/data/plan/plan_tables.h"

struct WmPlanTextStorage {
    GStringChunk *strings;
    GArray *tables;   /* of WmPlanText */
    GPtrArray *cells; /* of GPtrArray of strings, a table each, header first */
};

typedef struct {
    GStringChunk *strings;
    GPtrArray *cells;
    size_t n_columns; /* 0 before the header */
} RowTaker;

static const char *keep(GStringChunk *strings, const char *text)
{
    g_autofree char *stripped = g_strstrip(g_strdup(text));
    return *stripped ? g_string_chunk_insert(strings, stripped) : "";
}

/* Fields beyond the header belong to no column, and wm_plan_read tells of them. */
static gboolean take_row(const SheetRow *row, gpointer data, GError **error)
{
    RowTaker *self = data;
    (void)error;
    if (self->n_columns == 0)
        self->n_columns = row->n_fields;
    for (size_t i = 0; i < self->n_columns; i++)
        g_ptr_array_add(self->cells, (gpointer)keep(self->strings, i < row->n_fields ? row->fields[i] : ""));
    return TRUE;
}

static void add_table(WmPlanTexts *self, const char *name, GPtrArray *cells, size_t n_columns)
{
    const char *const *texts = (const char *const *)cells->pdata;
    g_ptr_array_add(self->storage->cells, cells);
    if (n_columns == 0)
        return;
    const WmPlanText table = {
        .name = name, .names = texts, .n_columns = n_columns, .cells = texts + n_columns, .n_rows = cells->len / n_columns - 1};
    g_array_append_val(self->storage->tables, table);
}

static gboolean add_settings(WmPlanTexts *self, const PlanSource *source, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(PlanIni) ini = plan_ini_read(source, problems, error);
    if (!ini)
        return FALSE;
    GPtrArray *cells = g_ptr_array_new();
    GStringChunk *strings = self->storage->strings;
    static const char *const NAMES[] = {"section", "key", "value"};
    for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++)
        g_ptr_array_add(cells, (gpointer)NAMES[i]);
    for (guint i = 0; i < ini->keys->len; i++) {
        const PlanKey *key = &g_array_index(ini->keys, PlanKey, i);
        g_ptr_array_add(cells, (gpointer)keep(strings, key->group));
        g_ptr_array_add(cells, (gpointer)keep(strings, key->key));
        g_ptr_array_add(cells, (gpointer)keep(strings, key->value));
    }
    add_table(self, "plan", cells, G_N_ELEMENTS(NAMES));
    return TRUE;
}

/* Sheets of a workbook that was handed out, beside the plan's own. */
static const char *const FORMS[] = {"next_commentary.csv", "next_readings.csv"};

static gboolean add_file(WmPlanTexts *self, const PlanSource *source, const char *file, GError **error)
{
    gboolean was_windows_1252;
    if (!plan_source_has(source, file))
        return TRUE;
    RowTaker taker = {self->storage->strings, g_ptr_array_new(), 0};
    const gboolean is_read = plan_source_read(source, file, take_row, &taker, &was_windows_1252, error);
    g_autofree char *stem = g_strndup(file, strcspn(file, "."));
    add_table(self, keep(self->storage->strings, stem), taker.cells, taker.n_columns);
    return is_read;
}

WmPlanTexts *wm_plan_texts_read(const char *path, GError **error)
{
    g_autoptr(PlanSource) source = plan_source_open(path, error);
    if (!source)
        return NULL;
    g_autoptr(WmPlanTexts) self = g_new0(WmPlanTexts, 1);
    self->storage = g_new0(WmPlanTextStorage, 1);
    self->storage->strings = g_string_chunk_new(16 * 1024);
    self->storage->tables = g_array_new(FALSE, FALSE, sizeof(WmPlanText));
    self->storage->cells = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    if (!add_settings(self, source, error))
        return NULL;
    for (size_t i = 0; i < N_PLAN_TABLES; i++)
        if (!add_file(self, source, PLAN_TABLES[i].spec.file, error))
            return NULL;
    for (size_t i = 0; source->workbook && i < G_N_ELEMENTS(FORMS); i++)
        if (!add_file(self, source, FORMS[i], error))
            return NULL;
    self->tables = &g_array_index(self->storage->tables, WmPlanText, 0);
    self->n_tables = self->storage->tables->len;
    return g_steal_pointer(&self);
}

void wm_plan_texts_free(WmPlanTexts *self)
{
    if (!self)
        return;
    g_string_chunk_free(self->storage->strings);
    g_array_unref(self->storage->tables);
    g_ptr_array_unref(self->storage->cells);
    g_free(self->storage);
    g_free(self);
}

const WmPlanText *wm_plan_texts_find(const WmPlanTexts *self, const char *name)
{
    for (size_t i = 0; i < self->n_tables; i++)
        if (strcmp(self->tables[i].name, name) == 0)
            return &self->tables[i];
    return NULL;
}

size_t wm_plan_text_column(const WmPlanText *self, const char *name)
{
    for (size_t i = 0; i < self->n_columns; i++)
        if (g_ascii_strcasecmp(self->names[i], name) == 0)
            return i;
    return SIZE_MAX;
}
