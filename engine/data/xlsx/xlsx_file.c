/* A workbook as a whole: opening it, and choosing a sheet. */
#include "engine/data/xlsx/xlsx_file.h"

#include <string.h>

#include "engine/data/xlsx/xlsx_error.h"
#include "engine/data/xlsx/xlsx_merges.h"
#include "engine/data/xlsx/xlsx_sheet.h"
#include "engine/data/xlsx/xlsx_workbook.h"

#define MAX_LISTED   30 /* sheets that an error lists */
#define CHOOSE_SHEET "name one in a recipe ([file] sheet = NAME), or leave but one of them visible"

static void sheet_clear(gpointer data)
{
    g_free(((XlsxSheet *)data)->name);
    g_free(((XlsxSheet *)data)->part);
}

/* Takes the archive, which may be NULL. */
static XlsxFile *open_zip(XlsxZip *zip, GError **error)
{
    if (!zip)
        return NULL;
    g_autoptr(XlsxFile) self = g_new0(XlsxFile, 1);
    self->zip = zip;
    self->sheets = g_array_new(FALSE, FALSE, sizeof(XlsxSheet));
    g_array_set_clear_func(self->sheets, sheet_clear);
    return xlsx_workbook_read(self, error) ? g_steal_pointer(&self) : NULL;
}

XlsxFile *xlsx_open(const char *path, GError **error)
{
    return open_zip(xlsx_zip_open(path, error), error);
}

XlsxFile *xlsx_open_bytes(const char *name, gconstpointer bytes, size_t length, GError **error)
{
    return open_zip(xlsx_zip_open_bytes(name, bytes, length, error), error);
}

void xlsx_free(XlsxFile *self)
{
    if (!self)
        return;
    xlsx_strings_free(self->strings);
    xlsx_styles_free(self->styles);
    g_array_unref(self->sheets);
    xlsx_zip_free(self->zip);
    g_free(self);
}

const XlsxSheet *xlsx_sheets(const XlsxFile *self, size_t *n)
{
    *n = self->sheets->len;
    return (const XlsxSheet *)(gconstpointer)self->sheets->data;
}

/* “Data”, “Notes” (hidden) … New. */
static char *list_sheets(const XlsxFile *self)
{
    static const char *const MARKS[] = {[XLSX_VISIBLE] = "", [XLSX_HIDDEN] = " (hidden)", [XLSX_VERY_HIDDEN] = " (very hidden)"};
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < self->sheets->len && i < MAX_LISTED; i++) {
        const XlsxSheet *sheet = &g_array_index(self->sheets, XlsxSheet, i);
        g_string_append_printf(text, "%s“%s”%s%s", i ? ", " : "", sheet->name, MARKS[sheet->visibility],
                               sheet->part ? "" : " (no cells)");
    }
    if (self->sheets->len > MAX_LISTED)
        g_string_append_printf(text, " and %u more", self->sheets->len - MAX_LISTED);
    return g_strdup(text->str);
}

static gboolean is_named(const XlsxSheet *sheet, const char *name)
{
    g_autofree char *own = g_utf8_casefold(sheet->name, -1), *wanted = g_utf8_casefold(name, -1);
    return strcmp(g_strstrip(own), g_strstrip(wanted)) == 0;
}

gboolean xlsx_has_sheet(const XlsxFile *self, const char *name)
{
    for (guint i = 0; i < self->sheets->len; i++) {
        const XlsxSheet *sheet = &g_array_index(self->sheets, XlsxSheet, i);
        if (sheet->part && is_named(sheet, name))
            return TRUE;
    }
    return FALSE;
}

static const XlsxSheet *find_named(const XlsxFile *self, const char *name, GError **error)
{
    const XlsxSheet *found = NULL;
    for (guint i = 0; i < self->sheets->len; i++) {
        const XlsxSheet *sheet = &g_array_index(self->sheets, XlsxSheet, i);
        if (!is_named(sheet, name))
            continue;
        if (found) {
            xlsx_fail(error, xlsx_zip_name(self->zip), "rename one of them", "two sheets are called “%s”", name);
            return NULL;
        }
        found = sheet;
    }
    g_autofree char *list = found && found->part ? NULL : list_sheets(self);
    if (!found)
        xlsx_fail(error, xlsx_zip_name(self->zip), "name one of its sheets", "there is no sheet “%s”; it has %s", name, list);
    else if (!found->part)
        xlsx_fail(error, xlsx_zip_name(self->zip), "name one of its other sheets",
                  "sheet “%s” has no cells, as a chart has none; it has %s", name, list);
    return found && found->part ? found : NULL;
}

static gboolean note_row(const SheetRow *row, gpointer data, GError **error)
{
    gboolean *has_row = data;
    (void)row, (void)error;
    *has_row = TRUE;
    return FALSE;
}

/* FALSE with *error only when the sheet cannot be read. */
static gboolean has_rows(const XlsxFile *self, const XlsxSheet *sheet, gboolean *out, GError **error)
{
    XlsxFacts facts = {0};
    *out = FALSE;
    return xlsx_sheet_read(self, sheet, NULL, note_row, out, &facts, error);
}

static const XlsxSheet *find_only(const XlsxFile *self, GError **error)
{
    const XlsxSheet *first = NULL, *filled = NULL;
    for (guint i = 0; i < self->sheets->len; i++) {
        const XlsxSheet *sheet = &g_array_index(self->sheets, XlsxSheet, i);
        gboolean is_filled;
        if (sheet->visibility != XLSX_VISIBLE || !sheet->part)
            continue;
        if (!has_rows(self, sheet, &is_filled, error))
            return NULL;
        first = first ? first : sheet;
        if (is_filled && filled) {
            g_autofree char *list = list_sheets(self);
            xlsx_fail(error, xlsx_zip_name(self->zip), CHOOSE_SHEET, "several sheets hold something: %s", list);
            return NULL;
        }
        filled = is_filled ? sheet : filled;
    }
    g_autofree char *list = first ? NULL : list_sheets(self);
    if (!first)
        xlsx_fail(error, xlsx_zip_name(self->zip), CHOOSE_SHEET, "no visible sheet has cells; it has %s", list);
    return filled ? filled : first;
}

const XlsxSheet *xlsx_find_sheet(XlsxFile *self, const char *name, GError **error)
{
    return name ? find_named(self, name, error) : find_only(self, error);
}

gboolean xlsx_read_sheet(XlsxFile *self, const XlsxSheet *sheet, SheetRowFunc func, gpointer data, XlsxFacts *facts, GError **error)
{
    XlsxFacts own, *out = facts ? facts : &own;
    *out = (XlsxFacts){.sheet = sheet->name};
    g_autoptr(XlsxMerges) merges = xlsx_merges_read(self->zip, sheet->part, error);
    return merges && xlsx_sheet_read(self, sheet, merges, func, data, out, error);
}

gboolean xlsx_file_read(const char *path, const char *sheet, SheetRowFunc func, gpointer data, int *hidden_rows, GError **error)
{
    g_autoptr(XlsxFile) self = xlsx_open(path, error);
    const XlsxSheet *found = self ? xlsx_find_sheet(self, sheet, error) : NULL;
    XlsxFacts facts = {0};
    const gboolean is_read = found && xlsx_read_sheet(self, found, func, data, &facts, error);
    if (hidden_rows)
        *hidden_rows = facts.n_hidden_rows;
    return is_read;
}
