/* Headings, settings and sheets that a workbook has lost on its way. */
#include "engine/data/plan/import_guard.h"

#include <string.h>
#include <waymark/error.h>
#include <waymark/export.h>

#include "engine/data/plan/plan_tables.h"

/* The forms, and the headings by which a sheet of another name is known as one. */
static const struct {
    const char *name;
    const char *needed[3]; /* ended by NULL */
    const char *told_by[4];
} FORMS[] = {
    {"next_commentary", {"indicator", NULL}, {"indicator", "explanation", "recovery_due", "sentence"}},
    {"next_readings", {"indicator", "period", NULL}, {"indicator", "numerator", "note", "last_period"}},
};

static gboolean refuse(GError **error, const char *workbook, const char *sheet, const char *advice, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

static gboolean refuse(GError **error, const char *workbook, const char *sheet, const char *advice, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments), *place = g_strdup_printf("%s!%s", workbook, sheet);
    va_end(arguments);
    wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = place, .advice = advice}, "%s", what);
    return FALSE;
}

gboolean import_guard_workbook(const char *workbook, GError **error)
{
    g_autoptr(XlsxFile) book = xlsx_open(workbook, error);
    if (!book)
        return FALSE;
    if (xlsx_has_sheet(book, "plan"))
        return TRUE;
    wm_error_set(
        error, WM_ERROR_INPUT,
        &(WmErrorPlace){.file = workbook, .advice = "give the sheet its name back, or fill in the pack.xlsx of `waymark run` anew"},
        "it has no sheet “plan”, which must stay as it was handed out; a public pack has none");
    return FALSE;
}

/* ---- columns ---- */

static gboolean has_needed(const WmPlanText *table, const char *workbook, const char *column, GError **error)
{
    if (wm_plan_text_column(table, column) != SIZE_MAX)
        return TRUE;
    return refuse(error, workbook, table->name, "give the first row its headings back, with no other row above it",
                  "there is no column “%s”, without which no row of it can be read", column);
}

static gboolean has_all_needed(const WmPlanText *table, const char *workbook, GError **error)
{
    for (size_t i = 0; i < N_PLAN_TABLES; i++) {
        const TableSpec *spec = &PLAN_TABLES[i].spec;
        const size_t length = strlen(table->name);
        if (strncmp(spec->file, table->name, length) != 0 || spec->file[length] != '.')
            continue;
        for (size_t k = 0; k < spec->n_columns; k++)
            if (spec->columns[k].is_required && !has_needed(table, workbook, spec->columns[k].name, error))
                return FALSE;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(FORMS); i++)
        for (size_t k = 0; strcmp(FORMS[i].name, table->name) == 0 && FORMS[i].needed[k]; k++)
            if (!has_needed(table, workbook, FORMS[i].needed[k], error))
                return FALSE;
    return TRUE;
}

static size_t count_filled(const WmPlanText *table, size_t i_column)
{
    size_t n = 0;
    for (size_t i = 0; i < table->n_rows; i++)
        n += *table->cells[i * table->n_columns + i_column] != 0;
    return n;
}

/* Cells may be emptied and rows deleted, since that is seen; what a lost heading takes with it is not. */
static gboolean keeps_columns(const WmPlanText *ours, const WmPlanText *theirs, const char *workbook, GError **error)
{
    for (size_t k = 0; k < ours->n_columns; k++) {
        const size_t n = count_filled(ours, k);
        if (n && *ours->names[k] && wm_plan_text_column(theirs, ours->names[k]) == SIZE_MAX)
            return refuse(
                error, workbook, theirs->name, "give the column its heading back; if it is to go, empty its cells instead",
                "the column “%s” is gone, in which the plan has %zu cell%s filled in", ours->names[k], n, n == 1 ? "" : "s");
    }
    return TRUE;
}

/* ---- sheets under another name ---- */

typedef struct {
    GPtrArray *names; /* of char *; the first row */
    gboolean is_read;
} Header;

static gboolean take_header(const SheetRow *row, gpointer data, GError **error)
{
    Header *self = data;
    (void)error;
    for (size_t i = 0; !self->is_read && i < row->n_fields; i++)
        g_ptr_array_add(self->names, g_ascii_strdown(row->fields[i], -1));
    self->is_read = TRUE;
    return TRUE;
}

static gboolean has_name(const GPtrArray *header, const char *name)
{
    for (guint i = 0; i < header->len; i++)
        if (g_ascii_strcasecmp(g_ptr_array_index(header, i), name) == 0)
            return TRUE;
    return FALSE;
}

/* The very headings of a table: a sheet of results has others beside them. */
static gboolean is_header_of(const GPtrArray *header, const WmPlanText *table)
{
    if (header->len != table->n_columns)
        return FALSE;
    for (size_t i = 0; i < table->n_columns; i++)
        if (!has_name(header, table->names[i]))
            return FALSE;
    return TRUE;
}

/* "Actions (July)" with the headings of actions, of which there is no sheet. NULL for none. */
static const char *renamed(const WmPlanTexts *ours, const WmPlanTexts *theirs, const GPtrArray *header)
{
    for (size_t i = 0; i < ours->n_tables; i++)
        if (!wm_plan_texts_find(theirs, ours->tables[i].name) && is_header_of(header, &ours->tables[i]))
            return ours->tables[i].name;
    for (size_t i = 0; i < G_N_ELEMENTS(FORMS); i++) {
        gboolean is_it = !wm_plan_texts_find(theirs, FORMS[i].name);
        for (size_t k = 0; k < G_N_ELEMENTS(FORMS[i].told_by); k++)
            is_it = is_it && has_name(header, FORMS[i].told_by[k]);
        if (is_it)
            return FORMS[i].name;
    }
    return NULL;
}

static gboolean has_no_renamed(const WmPlanTexts *ours, const WmPlanTexts *theirs, const char *workbook, GError **error)
{
    g_autoptr(XlsxFile) book = xlsx_open(workbook, error);
    size_t n = 0;
    const XlsxSheet *sheets = book ? xlsx_sheets(book, &n) : NULL;
    for (size_t i = 0; i < n; i++) {
        g_autofree char *name = g_ascii_strdown(sheets[i].name, -1);
        if (!sheets[i].part || wm_plan_texts_find(theirs, name))
            continue;
        g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
        Header header = {names, FALSE};
        if (!xlsx_read_sheet(book, &sheets[i], take_header, &header, NULL, error))
            return FALSE;
        const char *table = renamed(ours, theirs, names);
        if (table)
            return refuse(error, workbook, sheets[i].name,
                          "give it that name back, or delete the sheet if nothing of it is to be taken",
                          "it has the headings of “%s”, and there is no sheet of that name", table);
    }
    return book != NULL;
}

gboolean import_guard(const WmPlanTexts *ours, const WmPlanTexts *theirs, const char *workbook, GError **error)
{
    for (size_t i = 0; i < theirs->n_tables; i++) {
        const WmPlanText *table = &theirs->tables[i], *own = wm_plan_texts_find(ours, table->name);
        if (!has_all_needed(table, workbook, error) || (own && !keeps_columns(own, table, workbook, error)))
            return FALSE;
        if (strcmp(table->name, "plan") == 0 && table->n_rows == 0 && own && own->n_rows > 0)
            return refuse(error, workbook, "plan", "put them back as they were handed out",
                          "all the settings of the plan are gone");
    }
    return has_no_renamed(ours, theirs, workbook, error);
}
