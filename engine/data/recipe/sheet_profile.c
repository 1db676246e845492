/* Looking at a file. */
#include "engine/data/recipe/sheet_profile.h"

#include <math.h>
#include <string.h>
#include <waymark/value.h>

#include "engine/data/plan/failed_formula.h"
#include "engine/data/text/figure_text.h"
#include "engine/data/text/period_text.h"

#define MAX_FIRST_ROWS  60   /* a table begins within them */
#define MAX_HEADER_ROWS 3    /* of names over names */
#define MAX_DISTINCT    1000 /* texts of a column that are kept */
#define MAX_OTHERS      40   /* texts among figures that are none */

gboolean text_is_period(const char *text, WmPeriod *out)
{
    static const WmMeasure BY_YEAR = {.frequency = WM_FREQUENCY_FINANCIAL_YEAR};
    WmReadingState state;
    return period_text_read_marked(text, &BY_YEAR, out, &state);
}

/* ---- rows ---- */

typedef enum { CELL_EMPTY, CELL_FIGURE, CELL_MARKER, CELL_WORDS } CellLook;

/* A year is a name as well as a number: "2014" over a column is no figure. */
static CellLook look_at(const SheetProfile *self, const char *text, WmValueText *value)
{
    if (!*text)
        return CELL_EMPTY;
    if (!figure_text_read(text, self->has_decimal_commas, value))
        return CELL_WORDS;
    return isnan(value->value) ? CELL_MARKER : CELL_FIGURE;
}

typedef struct {
    guint n_texts, n_figures; /* figures that are no period either */
} RowLook;

static RowLook look_at_row(const SheetProfile *self, const SheetRow *row)
{
    RowLook look = {(guint)sheet_row_n_texts(row), 0};
    for (size_t i = 0; i < row->n_fields; i++) {
        WmValueText value;
        WmPeriod period;
        g_autofree char *text = g_strstrip(g_strdup(row->fields[i]));
        const CellLook cell = look_at(self, text, &value);
        look.n_figures += cell == CELL_MARKER || (cell == CELL_FIGURE && !text_is_period(text, &period));
    }
    return look;
}

/* A figure makes a row of the table; so do words in most of its columns, where its figures are marks that nobody knows yet. */
gboolean sheet_profile_is_data(const SheetProfile *self, const SheetRow *row)
{
    const RowLook look = look_at_row(self, row);
    return look.n_texts >= 2 && (look.n_figures >= 1 || look.n_texts * 2 > sheet_header_n(self->names));
}

/* ---- the header ---- */

typedef struct {
    int number;
    char **fields;
    RowLook look;
} FirstRow;

static void first_row_clear(gpointer data)
{
    g_strfreev(((FirstRow *)data)->fields);
}

static gboolean keep_first(const SheetRow *row, gpointer data, GError **error)
{
    GArray *rows = data;
    (void)error;
    if (rows->len >= MAX_FIRST_ROWS)
        return TRUE;
    FirstRow one = {row->number, g_new0(char *, row->n_fields + 1), {0, 0}};
    for (size_t i = 0; i < row->n_fields; i++)
        one.fields[i] = g_strdup(row->fields[i]);
    g_array_append_val(rows, one);
    return TRUE;
}

static SheetRow row_of(const FirstRow *row)
{
    return (SheetRow){.fields = (const char *const *)row->fields, .n_fields = g_strv_length(row->fields), .line = row->number};
}

/* "687,7" and "0,512" are decimals; "1,234" may be one or a thousand, and so may "1.234". Where such decimals are no fewer, and no
 * figure has a decimal point or two commas, all are taken for decimals. */
static gboolean has_decimal_commas(const GArray *rows)
{
    guint n_decimals = 0, n_doubtful = 0;
    for (guint i = 0; i < rows->len; i++)
        for (char **field = g_array_index(rows, FirstRow, i).fields; *field; field++) {
            WmValueText value;
            const char *comma = strchr(*field, ',');
            const gboolean is_figure = g_ascii_isdigit(**field) && wm_value_parse(*field, &value);
            const gboolean has_mark = is_figure && (comma || strchr(*field, '.'));
            if (has_mark && !figure_text_read(*field, TRUE, &value))
                return FALSE;
            n_doubtful += has_mark ? 1 : 0;
            n_decimals += figure_text_has_decimal_comma(*field) ? 1 : 0;
        }
    return n_decimals > 0 && n_decimals >= n_doubtful;
}

#define ROW(rows, i) (&g_array_index((rows), FirstRow, (i)))

/* The first row with a figure; without one, the row below the first that names several things. */
static guint first_data_row(const GArray *rows)
{
    for (guint i = 1; i < rows->len; i++)
        if (ROW(rows, i)->look.n_texts >= 2 && ROW(rows, i)->look.n_figures >= 1)
            return i;
    for (guint i = 0; i < rows->len; i++)
        if (ROW(rows, i)->look.n_texts >= 2)
            return i + 1;
    return 1;
}

/* Names stand right above the figures, but for a section's line between; names over names in the rows right above them. */
static void find_header(SheetProfile *self, const GArray *rows)
{
    guint last = first_data_row(rows) - 1;
    while (last > 0 && ROW(rows, last)->look.n_texts < 2)
        last--;
    guint first = last;
    while (first > 0 && last - first + 1 < MAX_HEADER_ROWS && ROW(rows, first - 1)->look.n_texts >= 2 &&
           ROW(rows, first - 1)->number == ROW(rows, first)->number - 1)
        first--;
    for (guint i = first; i <= last; i++) {
        const SheetRow row = row_of(ROW(rows, i));
        sheet_header_add(self->names, &row);
    }
    self->first_header_row = ROW(rows, first)->number;
    self->last_header_row = ROW(rows, last)->number;
    sheet_header_join(self->names);
}

/* ---- the columns ---- */

static void column_clear(gpointer data)
{
    ColumnProfile *self = data;
    g_hash_table_unref(self->texts);
    g_hash_table_unref(self->others);
}

static void count_text(GHashTable *texts, const char *text, guint most, gboolean *has_more)
{
    const gsize known = GPOINTER_TO_SIZE(g_hash_table_lookup(texts, text));
    if (!known && g_hash_table_size(texts) >= most) {
        *has_more = TRUE;
        return;
    }
    g_hash_table_insert(texts, g_strdup(text), GSIZE_TO_POINTER(known + 1));
}

static gboolean is_gss_code(const char *text)
{
    if (strlen(text) != 9 || !strchr("EWSNJKML", *text))
        return FALSE;
    return strspn(text + 1, "0123456789") == 8;
}

static void count_period(ColumnProfile *self, WmPeriod period)
{
    const WmDay end = wm_period_end(period);
    self->first = self->n_periods == 0 ? end : MIN(self->first, end);
    self->last = self->n_periods == 0 ? end : MAX(self->last, end);
    self->n_periods++;
    self->kinds[period.kind]++;
}

static void count_figure(ColumnProfile *self, const WmValueText *value)
{
    self->n_numbers++;
    self->n_percents += strcmp(value->unit, "%") == 0;
    self->n_parts += value->value != floor(value->value);
    self->smallest = fmin(self->smallest, value->value); /* of NAN and a number, the number */
    self->largest = fmax(self->largest, value->value);
}

static void count_cell(const SheetProfile *profile, ColumnProfile *self, const char *text)
{
    WmValueText value;
    WmPeriod period;
    gboolean is_cut;
    const CellLook look = look_at(profile, text, &value);
    if (look == CELL_EMPTY)
        return;
    self->n_texts++;
    self->n_codes += is_gss_code(text);
    self->n_markers += look == CELL_MARKER;
    self->n_failed += is_failed_formula(text);
    if (look == CELL_FIGURE)
        count_figure(self, &value);
    else
        count_text(self->others, text, MAX_OTHERS, &is_cut);
    if (text_is_period(text, &period))
        count_period(self, period);
    count_text(self->texts, text, MAX_DISTINCT, &self->has_more);
}

static gboolean profile_row(const SheetRow *row, gpointer data, GError **error)
{
    SheetProfile *self = data;
    (void)error;
    if (row->number <= self->last_header_row)
        return TRUE;
    if (!sheet_profile_is_data(self, row)) {
        size_t first = 0;
        while (first + 1 < row->n_fields && !*row->fields[first])
            first++;
        if (!self->notes)
            self->notes = g_strdup(row->fields[first]);
        return TRUE;
    }
    g_clear_pointer(&self->notes, g_free); /* what stands above a figure is no note below the table */
    self->n_rows++;
    for (guint i = 0; i < row->n_fields && i < self->columns->len; i++) {
        g_autofree char *text = g_strstrip(g_strdup(row->fields[i]));
        count_cell(self, sheet_profile_column(self, i), text);
    }
    return TRUE;
}

static void columns_init(SheetProfile *self)
{
    self->columns = g_array_new(FALSE, FALSE, sizeof(ColumnProfile));
    g_array_set_clear_func(self->columns, column_clear);
    for (guint i = 0; i < sheet_header_n(self->names); i++) {
        const ColumnProfile column = {.name = sheet_header_name(self->names, i),
                                      .smallest = NAN,
                                      .largest = NAN,
                                      .texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                                      .others = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
        g_array_append_val(self->columns, column);
    }
}

SheetProfile *sheet_profile_read(const char *path, const SourceOptions *options, GError **error)
{
    g_autoptr(SheetProfile) self = g_new0(SheetProfile, 1);
    self->names = sheet_header_new();
    self->is_workbook = source_is_workbook(path);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(FirstRow));
    g_array_set_clear_func(rows, first_row_clear);
    if (!source_read(path, options, keep_first, rows, &self->facts, error))
        return NULL;
    if (rows->len == 0) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = path, .advice = "is it the right file?"}, "the file is empty");
        return NULL;
    }
    self->has_decimal_commas = !self->is_workbook && has_decimal_commas(rows);
    for (guint i = 0; i < rows->len; i++) {
        const SheetRow row = row_of(ROW(rows, i));
        ROW(rows, i)->look = look_at_row(self, &row);
    }
    find_header(self, rows);
    columns_init(self);
    return source_read(path, options, profile_row, self, NULL, error) ? g_steal_pointer(&self) : NULL;
}

void sheet_profile_free(SheetProfile *self)
{
    if (!self)
        return;
    if (self->columns)
        g_array_unref(self->columns);
    sheet_header_free(self->names);
    g_free(self->notes);
    g_free(self);
}

ColumnProfile *sheet_profile_column(const SheetProfile *self, guint column)
{
    return &g_array_index(self->columns, ColumnProfile, column);
}

guint column_n_distinct(const ColumnProfile *self)
{
    return g_hash_table_size(self->texts) + (self->has_more ? 1 : 0);
}
