/* A workbook that comes back, held against the plan. */
#include <string.h>
#include <waymark/export.h>

#include "engine/data/plan/import_guard.h"
#include "engine/data/plan/import_private.h"
#include "engine/data/plan/plan_source.h"
#include "engine/data/text/number_text.h"

#define BETWEEN_CELLS "\x1f"

static const char *const COMMENTARY_COLUMNS[] = {"indicator", "unit",         "as_at",      "explanation",
                                                 "recovery",  "recovery_due", "author_role"};
static const char *const COMMENTARY_ANSWERS[] = {"explanation", "recovery", "recovery_due", "author_role", NULL};
static const char *const READING_ANSWERS[] = {"value", "numerator", "denominator", "state", NULL};

const char *import_cell(const WmPlanText *table, size_t i_row, const char *column)
{
    const size_t i = wm_plan_text_column(table, column);
    return i == SIZE_MAX ? "" : table->cells[i_row * table->n_columns + i];
}

/* Whether somebody has filled in any of these columns. */
static gboolean is_answered(const WmPlanText *table, size_t i_row, const char *const *columns)
{
    for (; *columns; columns++)
        if (*import_cell(table, i_row, *columns))
            return TRUE;
    return FALSE;
}

/* ---- what comes beside the plan's tables ---- */

static gboolean has_row(const WmPlanText *table, const WmPlanText *form, size_t i_form)
{
    for (size_t i = 0; i < table->n_rows; i++) {
        gboolean is_same = TRUE;
        for (size_t k = 0; is_same && k < G_N_ELEMENTS(COMMENTARY_COLUMNS); k++)
            is_same = strcmp(import_cell(table, i, COMMENTARY_COLUMNS[k]), import_cell(form, i_form, COMMENTARY_COLUMNS[k])) == 0;
        if (is_same)
            return TRUE;
    }
    return FALSE;
}

static gboolean is_used(const WmPlanText *form, const char *column)
{
    for (size_t i = 0; form && i < form->n_rows; i++)
        if (is_answered(form, i, COMMENTARY_ANSWERS) && *import_cell(form, i, column))
            return TRUE;
    return FALSE;
}

/* The table's own columns, then those that the form fills in and it has not. */
static void name_commentary(WmImportStorage *self, const WmPlanText *table, const WmPlanText *form)
{
    for (size_t k = 0; table && k < table->n_columns; k++)
        g_ptr_array_add(self->commentary, (gpointer)table->names[k]);
    for (size_t k = 0; k < G_N_ELEMENTS(COMMENTARY_COLUMNS); k++)
        if (!table || (wm_plan_text_column(table, COMMENTARY_COLUMNS[k]) == SIZE_MAX && is_used(form, COMMENTARY_COLUMNS[k])))
            g_ptr_array_add(self->commentary, (gpointer)COMMENTARY_COLUMNS[k]);
}

/* The commentary sheet with what the form adds. A row that is there already came with an earlier import. */
static void merge_commentary(WmImportStorage *self)
{
    const WmPlanText *form = wm_plan_texts_find(self->theirs, "next_commentary");
    const WmPlanText *table = wm_plan_texts_find(self->theirs, "commentary");
    if (!table)
        table = wm_plan_texts_find(self->ours, "commentary");
    GPtrArray *all = self->commentary = g_ptr_array_new();
    name_commentary(self, table, form);
    const size_t n_columns = all->len;
    for (size_t i = 0; table && i < table->n_rows; i++)
        for (size_t k = 0; k < n_columns; k++)
            g_ptr_array_add(all, (gpointer)(k < table->n_columns ? table->cells[i * table->n_columns + k] : ""));
    for (size_t i = 0; form && i < form->n_rows; i++)
        if (is_answered(form, i, COMMENTARY_ANSWERS) && !(table && has_row(table, form, i)))
            for (size_t k = 0; k < n_columns; k++)
                g_ptr_array_add(all, (gpointer)import_cell(form, i, g_ptr_array_index(all, (guint)k)));
    const char *const *texts = (const char *const *)all->pdata;
    self->commentary_table = (WmPlanText){"commentary", texts, n_columns, texts + n_columns, all->len / n_columns - 1};
}

static void take_readings(WmImportStorage *self)
{
    const WmPlanText *form = wm_plan_texts_find(self->theirs, "next_readings");
    g_autoptr(GString) csv = g_string_new(NULL);
    size_t n = 0;
    csv_append_row(csv, WM_READING_COLUMNS, WM_N_READING_COLUMNS);
    for (size_t i = 0; form && i < form->n_rows; i++) {
        const char *fields[WM_N_READING_COLUMNS];
        for (size_t k = 0; k < WM_N_READING_COLUMNS; k++)
            fields[k] = import_cell(form, i, WM_READING_COLUMNS[k]);
        if (!is_answered(form, i, READING_ANSWERS))
            continue;
        csv_append_row(csv, fields, WM_N_READING_COLUMNS);
        n++;
    }
    if (n == 0)
        return;
    const WmImportChange change = {.table = "readings", .n_added = n};
    g_array_append_val(self->changes, change);
    self->readings = g_strdup(csv->str);
}

/* ---- what differs ---- */

/* How often each row stands in a table. New. */
static GHashTable *count_rows(const WmPlanText *table)
{
    GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; table && i < table->n_rows; i++) {
        GString *key = g_string_new(NULL);
        for (size_t k = 0; k < table->n_columns; k++)
            g_string_append_printf(key, "%s" BETWEEN_CELLS, table->cells[i * table->n_columns + k]);
        char *text = g_string_free(key, FALSE);
        const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, text));
        g_hash_table_insert(counts, text, GUINT_TO_POINTER(n + 1));
    }
    return counts;
}

static size_t count_missing(GHashTable *from, GHashTable *in)
{
    GHashTableIter iter;
    gpointer key, value;
    size_t n = 0;
    g_hash_table_iter_init(&iter, from);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const guint here = GPOINTER_TO_UINT(value), there = GPOINTER_TO_UINT(g_hash_table_lookup(in, key));
        n += here > there ? here - there : 0;
    }
    return n;
}

static gboolean are_same(const char *const *a, const char *const *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(a[i], b[i]) != 0)
            return FALSE;
    return TRUE;
}

static gboolean is_changed(const WmPlanText *ours, const WmPlanText *theirs)
{
    if (!ours)
        return theirs->n_rows > 0;
    return ours->n_columns != theirs->n_columns || ours->n_rows != theirs->n_rows ||
           !are_same(ours->names, theirs->names, ours->n_columns) ||
           !are_same(ours->cells, theirs->cells, ours->n_rows * ours->n_columns);
}

const WmPlanText *import_their_table(const WmImportStorage *self, const char *name)
{
    return strcmp(name, "commentary") == 0 ? &self->commentary_table : wm_plan_texts_find(self->theirs, name);
}

static void compare(WmImportStorage *self, const WmPlanText *theirs)
{
    const WmPlanText *ours = wm_plan_texts_find(self->ours, theirs->name);
    if (!is_changed(ours, theirs))
        return;
    g_autoptr(GHashTable) before = count_rows(ours), after = count_rows(theirs);
    WmImportChange change = {theirs->name, count_missing(after, before), count_missing(before, after), FALSE};
    change.is_moved = change.n_added == 0 && change.n_removed == 0;
    g_array_append_val(self->changes, change);
}

static void compare_all(WmImportStorage *self)
{
    for (size_t i = 0; i < self->theirs->n_tables; i++) {
        const char *name = self->theirs->tables[i].name;
        if (!g_str_has_prefix(name, "next_") && strcmp(name, "commentary") != 0)
            compare(self, &self->theirs->tables[i]);
    }
    compare(self, &self->commentary_table);
}

WmImport *wm_import_read(const char *plan, const char *workbook, GError **error)
{
    g_autoptr(PlanSource) source = plan_source_open(plan, error);
    if (!source)
        return NULL;
    g_autoptr(WmImport) self = g_new0(WmImport, 1);
    WmImportStorage *storage = self->storage = g_new0(WmImportStorage, 1);
    storage->folder = g_strdup(source->folder);
    storage->is_workbook = source->workbook != NULL;
    storage->changes = g_array_new(FALSE, FALSE, sizeof(WmImportChange));
    storage->ours = wm_plan_texts_read(plan, error);
    const gboolean is_one = storage->ours && import_guard_workbook(workbook, error);
    storage->theirs = is_one ? wm_plan_texts_read(workbook, error) : NULL;
    if (!storage->theirs || !import_guard(storage->ours, storage->theirs, workbook, error))
        return NULL;
    merge_commentary(storage);
    compare_all(storage);
    take_readings(storage);
    self->changes = &g_array_index(storage->changes, WmImportChange, 0);
    self->n_changes = storage->changes->len;
    self->readings = storage->readings;
    self->is_written = !storage->is_workbook || self->n_changes == (self->readings ? 1 : 0);
    return g_steal_pointer(&self);
}

void wm_import_free(WmImport *self)
{
    if (!self)
        return;
    WmImportStorage *storage = self->storage;
    wm_plan_texts_free(storage->ours);
    wm_plan_texts_free(storage->theirs);
    if (storage->commentary)
        g_ptr_array_unref(storage->commentary);
    g_array_unref(storage->changes);
    g_free(storage->readings);
    g_free(storage->folder);
    g_free(storage);
    g_free(self);
}
