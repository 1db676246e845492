/* A workbook being written. */
#include "plot/workbook/book.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "engine/data/text/number_text.h"

#define CUT_NOTE        " … (cut: a cell takes no more)"
#define MAX_WIDTH       60.0 /* characters; longer texts are wrapped */
#define MIN_WIDTH       9.0
#define MIN_PROSE_WIDTH 30.0 /* there is to be room to write */
#define MAX_PROSE_WIDTH 45.0
#define WIDTH_ROWS      500  /* rows that are measured */
#define WRAP_SHARE      0.95 /* of a line that words fill, on the whole */
#define LINE_HEIGHT     15.0 /* points */
#define MAX_HEIGHT      405.0
#define UPRIGHT_WIDTH   150.0 /* characters that an upright A4 page takes, at two thirds of their size … */
#define A4_WIDTH        200.0 /* … and one across, at three quarters */
#define PRINT_WIDTH     380.0 /* … and A3 across, at just over half */
#define PAPER_A3        8     /* as the format numbers papers */
#define PAPER_A4        9
#define FILTER_ROOM     3        /* characters of the button in a header */
#define FIRST_DAY       (-25508) /* 1 March 1900: before it Excel counts a day that never was */
#define SERIAL_OF_1970  25569

/* Words that are coloured wherever they stand in a judged column; the word itself stays, for colour is never alone. Ink on fill is
 * at least 4.5 to 1. */
static const struct {
    const char *word;
    lxw_color_t fill, ink;
} JUDGED_WORDS[] = {
    {"red", 0xF9D6D3, 0x8C1D18},     {"amber", 0xFCE4C4, 0x6B4000},       {"green", 0xD3EBDB, 0x14532D},
    {"blue", 0xD3E3F7, 0x1A4E8A},    {"white", 0xFFFFFF, 0x4A5560},       {"grey", 0xE4E7EA, 0x3F4850},
    {"concern", 0xFCE4C4, 0x6B4000}, {"improvement", 0xD3E3F7, 0x1A4E8A},
};

double book_serial(WmDay day)
{
    return (double)day + SERIAL_OF_1970;
}

static lxw_format *format_new(Book *self, lxw_format **out)
{
    *out = workbook_add_format(self->file);
    format_set_align(*out, LXW_ALIGN_VERTICAL_TOP);
    return *out;
}

static void add_formats(Book *self)
{
    format_set_bold(format_new(self, &self->header));
    format_set_text_wrap(self->header);
    format_set_num_format(format_new(self, &self->text), "@");
    format_set_num_format(format_new(self, &self->prose), "@");
    format_set_text_wrap(self->prose);
    format_set_num_format(format_new(self, &self->day), "yyyy-mm-dd");
    format_set_align(self->day, LXW_ALIGN_LEFT);
    format_set_bold(format_new(self, &self->title));
    format_set_font_size(self->title, 16);
    format_set_bold(format_new(self, &self->strong));
    format_set_font_color(format_new(self, &self->muted), 0x4A5560);
    format_set_text_wrap(self->muted);
    for (int i = 0; i <= BOOK_MAX_DECIMALS; i++) {
        g_autofree char *digits = g_strnfill((gsize)i, '0'), *pattern = g_strconcat("#,##0", i ? "." : "", digits, NULL);
        format_set_num_format(format_new(self, &self->number[i]), pattern);
    }
    G_STATIC_ASSERT(G_N_ELEMENTS(JUDGED_WORDS) == G_N_ELEMENTS(self->judged));
    for (size_t i = 0; i < G_N_ELEMENTS(JUDGED_WORDS); i++) {
        self->judged[i] = workbook_add_format(self->file);
        format_set_bg_color(self->judged[i], JUDGED_WORDS[i].fill);
        format_set_font_color(self->judged[i], JUDGED_WORDS[i].ink);
    }
}

Book *book_new(const char *title, const char *subject, WmDay day, GError **error)
{
    g_autoptr(GError) cause = NULL;
    char *path = NULL;
    const int file = g_file_open_tmp("waymark-XXXXXX.xlsx", &path, &cause);
    if (file < 0) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = g_get_tmp_dir(), .advice = "set TMPDIR to a folder with room"},
                     "cannot make a temporary file: %s", cause->message);
        return NULL;
    }
    close(file);
    Book *self = g_new0(Book, 1);
    self->path = path;
    self->file = workbook_new_opt(path, &(lxw_workbook_options){.tmpdir = (char *)g_get_tmp_dir()});
    if (!self->file)
        g_error("no memory for a workbook"); /* as every other allocation of GLib's */
    lxw_doc_properties properties = {
        .title = (char *)title, .subject = (char *)subject, .author = (char *)"Waymark", .created = (time_t)day * 86400};
    workbook_set_properties(self->file, &properties);
    add_formats(self);
    return self;
}

GBytes *book_finish(Book *self, GError **error)
{
    const lxw_error code = workbook_close(self->file);
    g_autoptr(GError) cause = NULL;
    char *bytes = NULL;
    gsize length = 0;
    if (code != LXW_NO_ERROR)
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = self->path, .advice = "make room, or set TMPDIR"},
                     "cannot write the workbook: %s", lxw_strerror(code));
    else if (!g_file_get_contents(self->path, &bytes, &length, &cause))
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = self->path}, "cannot read the workbook back: %s",
                     cause->message);
    g_unlink(self->path);
    g_free(self->path);
    g_free(self);
    return bytes ? g_bytes_new_take(bytes, length) : NULL;
}

lxw_worksheet *book_add_sheet(Book *self, const char *name, bool is_input)
{
    lxw_worksheet *sheet = workbook_add_worksheet(self->file, name);
    g_assert(sheet); /* the names are ours */
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6); /* inches: left, right, top, bottom */
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_footer(sheet, "&L&A&RPage &P of &N");
    worksheet_set_tab_color(sheet, is_input ? 0xC77700 : 0x1F5FA8);
    return sheet;
}

/* ---- cells ---- */

static bool is_escape(const char *c)
{
    return c[0] == '_' && c[1] == 'x' && strlen(c) >= 7 && g_ascii_isxdigit(c[2]) && g_ascii_isxdigit(c[3]) &&
           g_ascii_isxdigit(c[4]) && g_ascii_isxdigit(c[5]) && c[6] == '_';
}

/* What looks like an escape of the format (ECMA-376 part 1, 22.9.2.19: _x000D_) is itself escaped, lest it be read as a character;
 * so are the characters that XML cannot carry, or would change on the way. New. */
static char *escape(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *c = text; *c; c++) {
        const guchar byte = (guchar)*c;
        if (is_escape(c))
            g_string_append(out, "_x005F_");
        else if (byte < 0x20 && byte != '\n' && byte != '\t')
            g_string_append_printf(out, "_x%04X_", byte);
        else
            g_string_append_c(out, *c);
    }
    return g_string_free(out, FALSE);
}

void book_write_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format)
{
    g_autofree char *escaped = escape(text), *cut = NULL;
    if (g_utf8_strlen(escaped, -1) > BOOK_MAX_TEXT) {
        g_autofree char *head = g_utf8_substring(escaped, 0, BOOK_MAX_TEXT - (glong)strlen(CUT_NOTE));
        cut = g_strconcat(head, CUT_NOTE, NULL);
    }
    worksheet_write_string(sheet, row, column, cut ? cut : escaped, format);
}

/* A number as libxlsxwriter writes it has 16 digits; most figures need no more. */
static bool comes_back(double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return g_ascii_strtod(g_ascii_formatd(text, sizeof text, "%.16G", value), NULL) == value;
}

/* A text that is a number as Waymark writes numbers: "0.5", not ".5", "007" or "1e3". */
static bool is_number(const char *text, double *value)
{
    char back[G_ASCII_DTOSTR_BUF_SIZE];
    char *end;
    *value = g_ascii_strtod(text, &end);
    return *end == 0 && isfinite(*value) && strcmp(number_text(*value, back), text) == 0;
}

static bool is_day(const char *text, double *serial)
{
    char back[WM_PERIOD_TEXT];
    WmDay day;
    if (!wm_day_parse(text, WM_PERIOD_FINANCIAL_YEAR, &day) || day < FIRST_DAY || strcmp(wm_day_format_iso(day, back), text) != 0)
        return false;
    *serial = book_serial(day);
    return true;
}

static lxw_format *format_of(const Book *self, const BookTable *table, size_t i_row, const BookColumn *column)
{
    const int decimals = column->decimals == BOOK_ROW_DECIMALS ? table->row_decimals[i_row] : column->decimals;
    return self->number[CLAMP(decimals, 0, BOOK_MAX_DECIMALS)];
}

static void write_cell(const Book *self, lxw_worksheet *sheet, const BookTable *table, size_t i_row, size_t i_column, lxw_row_t row,
                       lxw_col_t at)
{
    const BookColumn *column = &table->columns[i_column];
    const char *text = table->cells[i_row * table->n_columns + i_column];
    double value;
    if (!*text)
        return;
    if (column->kind == BOOK_NUMBER && is_number(text, &value) && (!table->is_input || comes_back(value)))
        worksheet_write_number(sheet, row, at, value, format_of(self, table, i_row, column));
    else if (column->kind == BOOK_DAY && is_day(text, &value))
        worksheet_write_number(sheet, row, at, value, self->day);
    else
        book_write_text(sheet, row, at, text, column->kind == BOOK_PROSE ? self->prose : self->text);
}

/* ---- tables ---- */

/* Excel takes a table only with names that are there, differ, and fit. */
static bool can_be_table(const BookTable *table)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < table->n_columns; i++) {
        char *folded = g_utf8_casefold(table->names[i], -1);
        if (!*folded || strpbrk(folded, "\r\n\t") || g_utf8_strlen(folded, -1) > 255 || !g_hash_table_add(seen, folded))
            return false;
    }
    return true;
}

static void declare_table(Book *self, lxw_worksheet *sheet, const BookTable *table, lxw_row_t row, lxw_col_t column)
{
    const size_t n_rows = MAX(table->n_rows, 1); /* a table without a row is none */
    const lxw_row_t last_row = row + (lxw_row_t)n_rows;
    const lxw_col_t last_column = (lxw_col_t)(column + table->n_columns - 1);
    g_autofree lxw_table_column *columns = g_new0(lxw_table_column, table->n_columns);
    g_autofree lxw_table_column **list = g_new0(lxw_table_column *, table->n_columns + 1);
    g_autofree char *name = g_strdup_printf("Table%d", ++self->n_tables);
    for (size_t i = 0; i < table->n_columns; i++) {
        columns[i].header = (char *)table->names[i];
        columns[i].header_format = self->header;
        list[i] = &columns[i];
    }
    lxw_table_options options = {
        .name = name, .style_type = LXW_TABLE_STYLE_TYPE_LIGHT, .style_type_number = table->is_input ? 14 : 9, .columns = list};
    worksheet_add_table(sheet, row, column, last_row, last_column, &options);
}

static void colour_words(const Book *self, lxw_worksheet *sheet, const BookTable *table, lxw_row_t row, lxw_col_t column)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        const lxw_col_t at = (lxw_col_t)(column + i);
        for (size_t k = 0; table->columns[i].is_judged && table->n_rows && k < G_N_ELEMENTS(JUDGED_WORDS); k++) {
            g_autofree char *quoted = g_strdup_printf("\"%s\"", JUDGED_WORDS[k].word);
            lxw_conditional_format rule = {.type = LXW_CONDITIONAL_TYPE_CELL,
                                           .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
                                           .value_string = quoted,
                                           .format = self->judged[k]};
            worksheet_conditional_format_range(sheet, row + 1, at, row + (lxw_row_t)table->n_rows, at, &rule);
        }
    }
}

/* Lines that a text takes, wrapped at `width` characters. */
static int n_lines(const char *text, double width)
{
    int n = 0;
    for (const char *line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        const size_t length = strcspn(line, "\n");
        n += MAX(1, (int)ceil((double)g_utf8_strlen(line, (gssize)length) / (width * WRAP_SHARE)));
    }
    return n;
}

static void set_lines(lxw_worksheet *sheet, lxw_row_t row, int n)
{
    if (n > 1)
        worksheet_set_row(sheet, row, MIN(n * LINE_HEIGHT, MAX_HEIGHT), NULL);
}

void book_fit_row(lxw_worksheet *sheet, lxw_row_t row, const char *text, double width)
{
    set_lines(sheet, row, n_lines(text, width));
}

static void set_heights(lxw_worksheet *sheet, const BookTable *table, lxw_row_t row)
{
    for (size_t i = 0; i < table->n_rows; i++) {
        int n = 1;
        for (size_t k = 0; k < table->n_columns; k++)
            if (table->columns[k].kind == BOOK_PROSE)
                n = MAX(n, n_lines(table->cells[i * table->n_columns + k], table->widths[k]));
        set_lines(sheet, row + 1 + (lxw_row_t)i, n);
    }
}

void book_place_table(Book *self, lxw_worksheet *sheet, const BookTable *table, lxw_row_t row, lxw_col_t column)
{
    for (size_t i = 0; i < table->n_rows; i++)
        for (size_t k = 0; k < table->n_columns; k++)
            write_cell(self, sheet, table, i, k, row + 1 + (lxw_row_t)i, (lxw_col_t)(column + k));
    if (can_be_table(table))
        declare_table(self, sheet, table, row, column);
    else
        for (size_t k = 0; k < table->n_columns; k++)
            book_write_text(sheet, row, (lxw_col_t)(column + k), table->names[k], self->header);
    colour_words(self, sheet, table, row, column);
    if (table->widths)
        set_heights(sheet, table, row);
}

/* As wide as its longest text, in characters. */
static double width_of(const BookTable *table, size_t i_column)
{
    glong longest = g_utf8_strlen(table->names[i_column], -1) + FILTER_ROOM;
    for (size_t i = 0; i < MIN(table->n_rows, WIDTH_ROWS); i++) {
        const char *text = table->cells[i * table->n_columns + i_column];
        const bool is_number_cell = table->columns[i_column].kind == BOOK_NUMBER;
        longest = MAX(longest, is_number_cell ? MIN(g_utf8_strlen(text, -1), 12) : g_utf8_strlen(text, -1));
    }
    const bool is_prose = table->columns[i_column].kind == BOOK_PROSE;
    return CLAMP((double)longest + 1, is_prose ? MIN_PROSE_WIDTH : MIN_WIDTH, is_prose ? MAX_PROSE_WIDTH : MAX_WIDTH);
}

/* One page wide, with the header on each: upright where the table is narrow, on A3 where it is wide. Of what is wider than can be
 * read the first columns are printed, which say what it comes to, and the foot of the page says so. */
static void set_pages(lxw_worksheet *sheet, const BookTable *table)
{
    double width = table->widths[0];
    size_t n = 1;
    while (n < table->n_columns && width + table->widths[n] <= PRINT_WIDTH)
        width += table->widths[n++];
    if (width <= UPRIGHT_WIDTH)
        worksheet_set_portrait(sheet);
    worksheet_set_paper(sheet, width <= A4_WIDTH ? PAPER_A4 : PAPER_A3);
    worksheet_repeat_rows(sheet, 0, 0);
    worksheet_gridlines(sheet, LXW_SHOW_ALL_GRIDLINES); /* not every program draws a table's own lines */
    worksheet_print_area(sheet, 0, 0, (lxw_row_t)MAX(table->n_rows, 1), (lxw_col_t)(n - 1));
    if (n == table->n_columns)
        return;
    g_autofree char *footer =
        g_strdup_printf("&L&A: the first %zu of %zu columns; the others are in the file&RPage &P of &N", n, table->n_columns);
    worksheet_set_footer(sheet, footer);
}

lxw_worksheet *book_add_table(Book *self, const BookTable *table)
{
    lxw_worksheet *sheet = book_add_sheet(self, table->sheet, table->is_input);
    g_autofree double *widths = g_new0(double, table->n_columns);
    BookTable sized = *table;
    for (size_t i = 0; i < table->n_columns; i++) {
        widths[i] = table->widths ? table->widths[i] : width_of(table, i);
        worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL);
    }
    sized.widths = widths;
    book_place_table(self, sheet, &sized, 0, 0);
    worksheet_freeze_panes(sheet, 1, (lxw_col_t)table->n_frozen);
    set_pages(sheet, &sized);
    return sheet;
}
