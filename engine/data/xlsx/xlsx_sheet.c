/* A sheet: <sheetData> of <row r> of <c r t s>, each with a formula <f>, a value <v> or an inline text <is>. */
#include "engine/data/xlsx/xlsx_sheet.h"

#include <string.h>

#include "engine/data/plan/failed_formula.h"
#include "engine/data/xlsx/xlsx_cell.h"
#include "engine/data/xlsx/xlsx_error.h"
#include "engine/data/xlsx/xlsx_mask.h"
#include "engine/data/xlsx/xlsx_merges.h"
#include "engine/data/xlsx/xlsx_row.h"
#include "engine/data/xlsx/xlsx_xml.h"

#define MAX_PADDED_COLUMNS 256
#define SHOWN_REFERENCE    40 /* of a cell's place, which is no longer than XFD1048576 unless it is wrong */

typedef enum {
    CELL_NUMBER,
    CELL_SHARED,
    CELL_FORMULA_TEXT,
    CELL_INLINE,
    CELL_BOOLEAN,
    CELL_ERROR,
    CELL_DATE,
    N_CELL_TYPES
} CellType;

/* The t attribute (ECMA-376 part 1, 18.18.11); a cell without one holds a number. */
static const char *const CELL_TYPES[N_CELL_TYPES] = {
    [CELL_NUMBER] = "n", [CELL_SHARED] = "s", [CELL_FORMULA_TEXT] = "str", [CELL_INLINE] = "inlineStr", [CELL_BOOLEAN] = "b",
    [CELL_ERROR] = "e",  [CELL_DATE] = "d"};

typedef struct {
    const XlsxFile *file;
    const XlsxSheet *sheet;
    SheetRowFunc func;
    gpointer data;
    XlsxFacts *facts;

    XlsxRow row;
    gboolean is_in_rows, is_in_row, is_hidden;

    CellType type;
    int style;
    gboolean is_in_cell, has_formula;
    int phonetic_depth;
    GString *value, *formula, *shown;
    GString *taking; /* which of these the text at hand belongs to; NULL: none */
} Reader;

static gboolean fail_at(const Reader *self, GError **error, const char *what)
{
    char letters[XLSX_COLUMN_TEXT];
    g_autofree char *cell = self->row.column
                                ? g_strdup_printf(", cell %s%d", xlsx_column_letters(self->row.column, letters), self->row.number)
                                : g_strdup("");
    wm_error_set(error, WM_ERROR_INPUT,
                 &(WmErrorPlace){.file = xlsx_zip_name(self->file->zip),
                                 .line = self->row.number,
                                 .column = self->row.column,
                                 .advice = XLSX_SAVE_AGAIN},
                 "sheet “%s”%s: %s", self->sheet->name, cell, what);
    return FALSE;
}

/* Without a number of its own a row follows the one before. */
static gboolean begin_row(Reader *self, const XlsxElement *element, GError **error)
{
    const int number = xlsx_attribute_number(element, "r", self->row.number + 1);
    self->row.column = 0;
    if (self->is_in_row)
        return fail_at(self, error, "a row stands within it");
    if (number < 1 || number > XLSX_MAX_ROWS)
        return fail_at(self, error, "the next row's number lies outside a sheet");
    if (number <= self->row.number)
        return fail_at(self, error, number == self->row.number ? "the row stands twice" : "the rows after it are out of order");
    self->row.number = number;
    self->is_in_row = TRUE;
    self->is_hidden = xlsx_attribute_is_true(element, "hidden");
    g_string_truncate(self->row.text, 0);
    g_array_set_size(self->row.cells, 0);
    return TRUE;
}

static gboolean end_row(Reader *self, GError **error)
{
    SheetRow row;
    self->is_in_row = FALSE;
    self->row.column = 0;
    const char *fault = xlsx_row_finish(&self->row, &row);
    if (fault)
        return fail_at(self, error, fault);
    if (row.n_fields == 0)
        return TRUE;
    self->facts->n_hidden_rows += self->is_hidden;
    return self->func(&row, self->data, error);
}

static gboolean place_cell(Reader *self, const XlsxElement *element, GError **error)
{
    char reference[SHOWN_REFERENCE];
    int row = self->row.number, column = self->row.column + 1;
    if (xlsx_attribute_copy(element, "r", reference, sizeof reference) && !xlsx_reference_read(reference, &row, &column)) {
        g_autofree char *what = g_strdup_printf("“%s” is no cell of a sheet, which ends at XFD1048576", reference);
        return fail_at(self, error, what);
    }
    if (row != self->row.number) {
        g_autofree char *what = g_strdup_printf("cell %s stands in row %d", reference, self->row.number);
        return fail_at(self, error, what);
    }
    if (column <= self->row.column) {
        g_autofree char *what = g_strdup_printf("cell %s comes after it: it stands twice, or out of order", reference);
        return fail_at(self, error, what);
    }
    self->row.column = column;
    return column <= XLSX_MAX_COLUMNS || fail_at(self, error, "the row has more than 16,384 cells");
}

static gboolean begin_cell(Reader *self, const XlsxElement *element, GError **error)
{
    char type[SHOWN_REFERENCE];
    if (!place_cell(self, element, error))
        return FALSE;
    self->type = CELL_NUMBER;
    for (gboolean has = xlsx_attribute_copy(element, "t", type, sizeof type); has && self->type < N_CELL_TYPES; self->type++)
        if (strcmp(CELL_TYPES[self->type], type) == 0)
            break;
    self->style = xlsx_attribute_number(element, "s", 0);
    self->is_in_cell = TRUE;
    self->has_formula = FALSE;
    self->phonetic_depth = 0;
    g_string_truncate(self->value, 0);
    g_string_truncate(self->formula, 0);
    return self->type < N_CELL_TYPES || fail_at(self, error, "the cell is of an unknown type");
}

/* Its result was never stored; or it was left to whoever opens the workbook, with a 0 in its place. A formula that makes an empty
 * text has a type that says so. */
static gboolean is_uncalculated(const Reader *self, const char *value)
{
    if (!self->has_formula || self->type == CELL_FORMULA_TEXT)
        return FALSE;
    return !*value || (self->file->awaits_calculation && self->type == CELL_NUMBER && strcmp(value, "0") == 0);
}

static void show_number(const Reader *self, const char *value)
{
    const char *mask = *value ? xlsx_styles_mask(self->file->styles, self->style) : NULL;
    if (mask && xlsx_append_mask(self->shown, mask, g_ascii_strtod(value, NULL)))
        return;
    if (*value)
        xlsx_append_number(self->shown, value, xlsx_styles_format(self->file->styles, self->style), self->file->is_1904);
}

static gboolean show_shared(const Reader *self, const char *value)
{
    guint64 i;
    const gboolean is_index = g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT32, &i, NULL);
    const char *text = is_index ? xlsx_strings_get(self->file->strings, (gint64)i) : NULL;
    g_string_append(self->shown, text ? text : "");
    return text || !*value;
}

/* Midnight is a date's own time. */
static void show_iso_date(const Reader *self, const char *value)
{
    const char *time = strchr(value, 'T');
    const gboolean is_midnight = time && !time[1 + strspn(time + 1, "0:.Z")];
    g_string_append_len(self->shown, value, is_midnight ? time - value : (gssize)strlen(value));
}

/* The cell's text into `shown`. FALSE when it counts to a shared text that is not there. */
static gboolean show_cell(const Reader *self)
{
    const char *value = self->value->str;
    switch (self->type) {
    case CELL_NUMBER:
        show_number(self, value);
        return TRUE;
    case CELL_SHARED:
        return show_shared(self, value);
    case CELL_FORMULA_TEXT:
    case CELL_INLINE:
        g_string_append(self->shown, value);
        xlsx_unescape(self->shown->str);
        return TRUE;
    case CELL_BOOLEAN:
        g_string_append(self->shown, strcmp(value, "1") == 0 ? "TRUE" : strcmp(value, "0") == 0 ? "FALSE" : value);
        return TRUE;
    case CELL_ERROR:
        g_string_append_printf(self->shown, "%s%s", *value == '#' ? "" : "#", value);
        return TRUE;
    case CELL_DATE:
        show_iso_date(self, value);
        return TRUE;
    case N_CELL_TYPES:
        break;
    }
    return FALSE;
}

static gboolean end_cell(Reader *self, GError **error)
{
    self->is_in_cell = FALSE;
    self->taking = NULL;
    g_string_truncate(self->shown, 0);
    if (is_uncalculated(self, g_strstrip(self->value->str)))
        g_string_printf(self->shown, self->formula->len ? UNCALCULATED " =%s" : UNCALCULATED, self->formula->str);
    else if (!show_cell(self))
        return fail_at(self, error, "its text is not among the workbook's shared texts");
    xlsx_row_add(&self->row, self->shown->str);
    return TRUE;
}

/* <dimension ref="A1:F40"> tells how wide the sheet is. Formats alone can make it as wide as can be. */
static void take_width(Reader *self, const XlsxElement *element)
{
    g_autofree char *range = xlsx_attribute(element, "ref");
    const char *end = range ? strchr(range, ':') : NULL;
    int row, column;
    if (end && xlsx_reference_read(end + 1, &row, &column))
        self->row.width = MIN(column, MAX_PADDED_COLUMNS);
}

static gboolean on_begin(const XlsxElement *element, gpointer data, GError **error)
{
    Reader *self = data;
    if (!self->is_in_rows) {
        self->is_in_rows = xlsx_element_is(element, "sheetData");
        if (xlsx_element_is(element, "dimension"))
            take_width(self, element);
        return TRUE;
    }
    if (!self->is_in_cell) {
        if (xlsx_element_is(element, "c"))
            return self->is_in_row ? begin_cell(self, element, error) : fail_at(self, error, "a cell stands outside a row");
        return xlsx_element_is(element, "row") ? begin_row(self, element, error) : TRUE;
    }
    if (xlsx_element_is(element, "rPh"))
        self->phonetic_depth++;
    else if (xlsx_element_is(element, "f")) {
        self->has_formula = TRUE;
        self->taking = self->formula;
    } else if (xlsx_element_is(element, "v") || (xlsx_element_is(element, "t") && !self->phonetic_depth))
        self->taking = self->value;
    return TRUE;
}

static gboolean on_end(const char *name, gpointer data, GError **error)
{
    Reader *self = data;
    if (!self->is_in_rows)
        return TRUE;
    if (self->is_in_cell) {
        if (strcmp(name, "c") == 0)
            return end_cell(self, error);
        if (strcmp(name, "rPh") == 0)
            self->phonetic_depth--;
        self->taking = NULL;
        return TRUE;
    }
    if (strcmp(name, "row") == 0)
        return end_row(self, error);
    if (strcmp(name, "sheetData") == 0)
        self->is_in_rows = FALSE;
    return TRUE;
}

static gboolean on_text(const char *text, size_t length, gpointer data, GError **error)
{
    Reader *self = data;
    if (!self->taking)
        return TRUE;
    g_string_append_len(self->taking, text, (gssize)length);
    return self->taking->len <= XLSX_TEXT_MAX_BYTES || fail_at(self, error, "the cell holds more than 1 MiB of text");
}

gboolean xlsx_sheet_read(const XlsxFile *file, const XlsxSheet *sheet, XlsxMerges *merges, SheetRowFunc func, gpointer data,
                         XlsxFacts *facts, GError **error)
{
    static const XlsxEvents EVENTS = {"worksheet", on_begin, on_end, on_text};
    g_autoptr(GString) value = g_string_new(NULL), formula = g_string_new(NULL), shown = g_string_new(NULL);
    Reader self = {.file = file,
                   .sheet = sheet,
                   .func = func,
                   .data = data,
                   .facts = facts,
                   .value = value,
                   .formula = formula,
                   .shown = shown};
    xlsx_row_init(&self.row, merges);
    const gboolean is_read = xlsx_xml_read(file->zip, sheet->part, &EVENTS, &self, error);
    xlsx_row_clear(&self.row);
    return is_read;
}
