/* CSV tables into arrays of structs. */
#include "engine/data/text/table.h"

#include <waymark/value.h>

#include <errno.h>
#include <math.h>
#include <string.h>

#include "engine/data/plan/failed_formula.h"

#define MAX_COLUMNS 64
#define MAX_COUNT   9999 /* of days or decimals: beyond this it is a slip */

static void add_problem(const CellPlace *place, WmSeverity severity, const char *code, const char *advice, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

static void add_problem(const CellPlace *place, WmSeverity severity, const char *code, const char *advice, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    wm_problems_add(place->problems, &(WmProblem){.file = place->file,
                                                  .line = place->line,
                                                  .column = place->column,
                                                  .severity = severity,
                                                  .code = code,
                                                  .message = message,
                                                  .advice = advice});
}

#define MEMBER(type, row, column) ((type *)(gpointer)((char *)(row) + (column)->offset))

static void set_empty(const Column *column, gpointer row)
{
    switch (column->kind) {
    case CELL_TEXT:
        *MEMBER(const char *, row, column) = "";
        break;
    case CELL_NUMBER:
        *MEMBER(double, row, column) = NAN;
        break;
    case CELL_DAY:
    case CELL_FIRST_DAY:
    case CELL_SOFT_DAY:
        *MEMBER(WmDay, row, column) = WM_NO_DAY;
        break;
    case CELL_PERIOD:
        *MEMBER(WmPeriod, row, column) = (WmPeriod){WM_PERIOD_NONE, 0};
        break;
    case CELL_COUNT:
    case CELL_WORD:
        *MEMBER(int, row, column) = column->otherwise;
        break;
    }
}

static gboolean read_number(const Column *column, const char *text, gpointer row, const CellPlace *place)
{
    char *end;
    const double value = g_ascii_strtod(text, &end);
    const gboolean is_count = column->kind == CELL_COUNT;
    const gboolean is_number =
        *end == 0 && end != text && isfinite(value) && !strpbrk(text, "xX"); /* 0x64 is no way to write 100 */
    WmValueText figure;
    if (!is_number && !is_count && wm_value_parse(text, &figure) && isfinite(figure.value)) { /* "40%", "1,250", as in a drop */
        *MEMBER(double, row, column) = figure.value;
        return TRUE;
    }
    if (!is_number || (is_count && (value < 0 || value > MAX_COUNT || value != floor(value)))) {
        add_problem(place, WM_SEVERITY_ERROR, "bad_number",
                    is_count ? "write a whole number, such as 2" : "write a plain number, such as 12.5", "%s “%s” is not a %s",
                    column->name, text, is_count ? "whole number" : "number");
        return FALSE;
    }
    if (is_count)
        *MEMBER(int, row, column) = (int)value;
    else
        *MEMBER(double, row, column) = value;
    return TRUE;
}

static gboolean read_time(const Column *column, const char *text, gpointer row, const CellPlace *place)
{
    WmPeriod period;
    if (!wm_period_parse(text, WM_PERIOD_FINANCIAL_YEAR, &period)) {
        if (column->kind == CELL_SOFT_DAY)
            return TRUE;
        add_problem(place, WM_SEVERITY_ERROR, "bad_date", "write it as 2021-07, Jul-21, Q2 2021/22 or 31/07/2021",
                    "%s “%s” is no date or period", column->name, text);
        return FALSE;
    }
    if (column->kind == CELL_PERIOD)
        *MEMBER(WmPeriod, row, column) = period;
    else
        *MEMBER(WmDay, row, column) = column->kind == CELL_FIRST_DAY ? wm_period_start(period) : wm_period_end(period);
    return TRUE;
}

static gboolean read_word(const Column *column, const char *text, gpointer row, const CellPlace *place)
{
    if (column->word(text, MEMBER(int, row, column)))
        return TRUE;
    g_autofree char *advice = g_strdup_printf("use one of: %s", column->choices);
    add_problem(place, WM_SEVERITY_ERROR, "unknown_word", advice, "%s “%s” is not known", column->name, text);
    return FALSE;
}

gboolean cell_read(const Column *column, const char *text, gpointer row, const CellPlace *place)
{
    set_empty(column, row);
    if (is_failed_formula(text)) {
        add_problem(place, WM_SEVERITY_ERROR, "failed_formula", "mend the formula, or write what it should come to",
                    "%s “%s” is a formula that failed", column->name, text);
        return FALSE;
    }
    if (!*text) {
        if (column->is_required)
            add_problem(place, WM_SEVERITY_ERROR, "empty_field", "fill it in, or remove the row", "%s is empty", column->name);
        return !column->is_required;
    }
    switch (column->kind) {
    case CELL_TEXT:
        *MEMBER(const char *, row, column) = g_string_chunk_insert_const(place->texts, text);
        return TRUE;
    case CELL_NUMBER:
    case CELL_COUNT:
        return read_number(column, text, row, place);
    case CELL_DAY:
    case CELL_FIRST_DAY:
    case CELL_SOFT_DAY:
    case CELL_PERIOD:
        return read_time(column, text, row, place);
    case CELL_WORD:
        return read_word(column, text, row, place);
    }
    return FALSE;
}

typedef struct {
    const TableSpec *spec;
    GArray *rows;
    GHashTable *fields; /* "FILE:COLUMN" -> field number; may be NULL */
    CellPlace place;
    int field_of[MAX_COLUMNS]; /* the spec's i-th column is this field of a row; -1: absent */
    size_t n_fields;
    gboolean has_header;
    gboolean is_usable;
} TableReader;

static gboolean is_known(const TableSpec *spec, const char *name)
{
    for (size_t i = 0; i < spec->n_columns; i++)
        if (g_ascii_strcasecmp(spec->columns[i].name, name) == 0)
            return TRUE;
    return FALSE;
}

static int find_field(const SheetRow *header, const char *name)
{
    for (size_t i = 0; i < header->n_fields; i++) {
        g_autofree char *field = g_strstrip(g_strdup(header->fields[i]));
        if (g_ascii_strcasecmp(field, name) == 0)
            return (int)i;
    }
    return -1;
}

static void report_odd_fields(TableReader *self, const SheetRow *header)
{
    for (size_t i = 0; i < header->n_fields; i++) {
        g_autofree char *name = g_strstrip(g_strdup(header->fields[i]));
        self->place.column = (int)i + 1;
        if (*name && !is_known(self->spec, name))
            add_problem(&self->place, WM_SEVERITY_INFO, "unknown_column", "nothing to do, unless the name is a slip",
                        "column %s is kept, not used", name);
        else if (*name && find_field(header, name) < (int)i)
            add_problem(&self->place, WM_SEVERITY_ERROR, "repeated_column", "keep one of them",
                        "column %s stands twice; the first is used", name);
    }
}

/* Two of the spec's columns may read the same field: a due date as a day and as it was written. */
static void read_header(TableReader *self, const SheetRow *header)
{
    const TableSpec *spec = self->spec;
    self->place.line = header->line;
    self->n_fields = header->n_fields;
    self->has_header = self->is_usable = TRUE;
    for (size_t i = 0; i < spec->n_columns; i++) {
        self->field_of[i] = find_field(header, spec->columns[i].name);
        if (self->fields)
            g_hash_table_insert(self->fields, g_strdup_printf("%s:%s", spec->file, spec->columns[i].name),
                                GINT_TO_POINTER(self->field_of[i] + 1));
        if (spec->columns[i].is_required && self->field_of[i] < 0) {
            self->place.column = 0;
            add_problem(&self->place, WM_SEVERITY_ERROR, "missing_column", "add it to the header", "there is no column %s",
                        spec->columns[i].name);
            self->is_usable = FALSE;
        }
    }
    report_odd_fields(self, header);
}

/* A wrong optional cell is reported and left empty; a row without what it needs is left out. */
static void read_row(TableReader *self, const SheetRow *row)
{
    const TableSpec *spec = self->spec;
    g_autofree char *values = g_malloc0(spec->row_size);
    gboolean is_usable = TRUE;
    self->place.line = row->line;
    if (row->n_fields > self->n_fields) {
        self->place.column = (int)self->n_fields + 1;
        add_problem(&self->place, WM_SEVERITY_ERROR, "extra_field", "quote a field that holds a comma",
                    "the row has %zu fields, the header %zu", row->n_fields, self->n_fields);
    }
    for (size_t i = 0; i < spec->n_columns; i++) {
        const int field = self->field_of[i];
        const gboolean is_there = field >= 0 && (size_t)field < row->n_fields;
        g_autofree char *text = g_strstrip(g_strdup(is_there ? row->fields[field] : ""));
        self->place.column = field + 1;
        if (!cell_read(&spec->columns[i], text, values, &self->place) && spec->columns[i].is_required)
            is_usable = FALSE;
    }
    memcpy(values + spec->line_offset, &row->line, sizeof row->line);
    if (is_usable)
        g_array_append_vals(self->rows, values, 1);
}

static gboolean on_row(const SheetRow *row, gpointer data, GError **error)
{
    TableReader *self = data;
    (void)error;
    if (row->has_nul) {
        self->place.line = row->line;
        self->place.column = 0;
        add_problem(&self->place, WM_SEVERITY_ERROR, "nul_byte", "save the file as UTF-8 text",
                    "the row holds a NUL byte, and was cut there");
    }
    if (!self->has_header)
        read_header(self, row);
    else if (self->is_usable)
        read_row(self, row);
    return TRUE;
}

gboolean table_read(const TableSpec *spec, const PlanSource *source, GArray *rows, GHashTable *fields, GStringChunk *texts,
                    WmProblems *problems, GError **error)
{
    g_assert(spec->n_columns <= MAX_COLUMNS);
    g_autofree char *place = plan_source_place(source, spec->file);
    if (!plan_source_has(source, spec->file)) {
        if (spec->is_required)
            wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = place, .advice = "`waymark new DIR` writes a starter plan"},
                         source->workbook ? "there is no such sheet" : "there is no such file");
        return !spec->is_required;
    }
    TableReader self = {
        .spec = spec, .rows = rows, .fields = fields, .place = {.file = spec->file, .texts = texts, .problems = problems}};
    gboolean was_windows_1252;
    if (!plan_source_read(source, spec->file, on_row, &self, &was_windows_1252, error))
        return FALSE;
    self.place.line = self.place.column = 0;
    if (was_windows_1252)
        add_problem(&self.place, WM_SEVERITY_WARNING, "not_utf8", "save it as UTF-8",
                    "the file is not UTF-8; it was read as Windows-1252");
    if (!self.has_header)
        add_problem(&self.place, WM_SEVERITY_WARNING, "empty_file", "write a header row, or remove the file", "the file is empty");
    return TRUE;
}
