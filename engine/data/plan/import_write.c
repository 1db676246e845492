/* Writing what a workbook that comes back says. */
#include <string.h>
#include <waymark/error.h>

#include "engine/data/plan/import_private.h"
#include "engine/data/plan/plan_source.h"
#include "engine/data/plan/plan_tables.h"
#include "engine/data/text/number_text.h"
#include "engine/data/text/whole_file.h"

static gboolean write_file(const char *path, const char *text, GError **error)
{
    g_autoptr(WholeFile) file = whole_file_begin(path, "make room, or look at the folder's permissions", error);
    return file && whole_file_write(file, text, strlen(text), error) && whole_file_commit(file, NULL, MUST_BE_ON_DISK, error);
}

static gboolean write_table(const char *folder, const WmPlanText *table, GError **error)
{
    g_autoptr(GString) csv = g_string_new(NULL);
    g_autofree char *name = g_strconcat(table->name, ".csv", NULL), *path = g_build_filename(folder, name, NULL);
    csv_append_row(csv, table->names, table->n_columns);
    for (size_t i = 0; i < table->n_rows; i++)
        csv_append_row(csv, table->cells + i * table->n_columns, table->n_columns);
    return write_file(path, csv->str, error);
}

/* Keys that the sheet no longer has go, others are set where they differ; comments stay. */
static void set_changed(GKeyFile *file, const WmPlanText *ours, const WmPlanText *theirs)
{
    for (size_t i = 0; i < theirs->n_rows; i++) {
        const char *section = import_cell(theirs, i, "section"), *key = import_cell(theirs, i, "key"),
                   *value = import_cell(theirs, i, "value");
        g_autofree char *now = g_key_file_get_value(file, section, key, NULL);
        if (*key && (!now || strcmp(g_strstrip(now), value) != 0))
            g_key_file_set_value(file, section, key, value);
    }
    for (size_t i = 0; i < ours->n_rows; i++) {
        gboolean is_there = FALSE;
        for (size_t k = 0; k < theirs->n_rows && !is_there; k++)
            is_there = strcmp(import_cell(ours, i, "section"), import_cell(theirs, k, "section")) == 0 &&
                       strcmp(import_cell(ours, i, "key"), import_cell(theirs, k, "key")) == 0;
        if (!is_there)
            g_key_file_remove_key(file, import_cell(ours, i, "section"), import_cell(ours, i, "key"), NULL);
    }
}

static gboolean write_settings(const WmImportStorage *self, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) cause = NULL;
    g_autofree char *path = g_build_filename(self->folder, PLAN_INI, NULL);
    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_KEEP_COMMENTS, &cause)) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path}, "cannot read it again: %s", cause->message);
        return FALSE;
    }
    set_changed(file, wm_plan_texts_find(self->ours, "plan"), wm_plan_texts_find(self->theirs, "plan"));
    g_autofree char *text = g_key_file_to_data(file, NULL, NULL);
    return write_file(path, text, error);
}

/* The plan's own table where the workbook has none. */
static const WmPlanText *table_to_be(const WmImportStorage *self, const char *name)
{
    const WmPlanText *theirs = import_their_table(self, name);
    return theirs && theirs->n_columns ? theirs : wm_plan_texts_find(self->ours, name);
}

static gboolean write_settings_to_be(const WmImportStorage *self, const char *folder, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    const WmPlanText *plan = table_to_be(self, "plan");
    g_autofree char *path = g_build_filename(folder, PLAN_INI, NULL);
    set_changed(file, plan, plan);
    g_autofree char *text = g_key_file_to_data(file, NULL, NULL);
    return write_file(path, text, error);
}

bool wm_import_write(const WmImport *self, const char *folder, GError **error)
{
    const WmImportStorage *storage = self->storage;
    if (!write_settings_to_be(storage, folder, error))
        return false;
    for (size_t i = 0; i < N_PLAN_TABLES; i++) {
        const char *file = PLAN_TABLES[i].spec.file;
        g_autofree char *name = g_strndup(file, strcspn(file, "."));
        const WmPlanText *table = table_to_be(storage, name);
        if (table && !write_table(folder, table, error))
            return false;
    }
    return true;
}

bool wm_import_apply(const WmImport *self, GError **error)
{
    const WmImportStorage *storage = self->storage;
    for (size_t i = 0; i < self->n_changes; i++) {
        const char *name = self->changes[i].table;
        if (strcmp(name, "readings") == 0)
            continue;
        if (storage->is_workbook) {
            wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = storage->folder, .advice = "edit that workbook instead"},
                         "the plan's tables lie in " PLAN_WORKBOOK ", which is not written");
            return false;
        }
        if (strcmp(name, "plan") == 0 ? !write_settings(storage, error)
                                      : !write_table(storage->folder, import_their_table(storage, name), error))
            return false;
    }
    return true;
}
