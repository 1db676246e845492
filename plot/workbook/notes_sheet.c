/* The notes: what each sheet is, how the input comes back, and what every column means. */
#include "plot/workbook/sheets.h"

#define ABOUT_WIDTH 100.0 /* characters */

typedef struct {
    const char *sheet, *about;
} Note;

static const Note SHEETS[] = {
    {"Summary", "Counts by status, and what needs attention, worst first."},
    {"All measures", "Every measure with its figures as they are published and its sentence: the sheet to print."},
    {"Charts", "Path, readings and milestones of each exception; the cells behind them are in “Chart data”."},
    {"Dictionary", "What every column means: type, unit, range, sign, and when it is empty."},
};

static const Note INPUT[] = {
    {"next_commentary",
     "To fill in: why each exception is one, what is done, by when, and who says so. Rows left empty are not taken."},
    {"next_readings",
     "To fill in: the readings that are due by the end of the next month. A value, or a numerator and a denominator, or a "
     "marker such as [c] or [x]. Rows left empty are not taken."},
    {"plan, indicators, targets …",
     "The plan's own tables as they are written, to be edited here. Columns with a list take its words."},
    {"coming back",
     "Save the workbook and run `waymark import PLAN pack.xlsx`: it says what it would change, and with --apply changes the "
     "plan's tables, adds the commentary, and keeps the readings as a drop."},
};

static const Note GENERAL[] = {
    {"figures", "The same as in the CSV files, to 16 significant digits; cells are shown rounded as the indicator is published."},
    {"texts", "Texts are texts, whatever they begin with: nothing in this workbook is a formula."},
    {"colours", "A colour only repeats the word in its cell."},
    {"percent", "0 to 100. A chance is 0 to 1."},
};

static lxw_row_t write_notes(const Book *book, lxw_worksheet *sheet, lxw_row_t row, const Note *notes, size_t n)
{
    for (size_t i = 0; i < n; i++, row++) {
        book_write_text(sheet, row, 0, notes[i].sheet, book->strong);
        book_write_text(sheet, row, 1, notes[i].about, book->prose);
        book_fit_row(sheet, row, notes[i].about, ABOUT_WIDTH);
    }
    return row + 1;
}

static void add_dictionary(Book *book)
{
    static const char *const NAMES[] = {"table", "column", "type", "unit", "range", "meaning", "words", "empty when"};
    static const BookColumn COLUMNS[G_N_ELEMENTS(NAMES)] = {
        [5] = {BOOK_PROSE, 0, false}, [6] = {BOOK_PROSE, 0, false}, [7] = {BOOK_PROSE, 0, false}};
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    size_t n;
    const WmDictionaryTable *tables = wm_dictionary(&n);
    for (size_t i = 0; i < n; i++)
        for (const WmField *field = tables[i].fields; field->name; field++) {
            g_ptr_array_add(cells, g_strdup(tables[i].name));
            g_ptr_array_add(cells, g_strdup(field->name));
            g_ptr_array_add(cells, g_strdup(wm_field_kind_name(field->kind)));
            g_ptr_array_add(cells, g_strdup(field->unit));
            g_ptr_array_add(cells, wm_field_range(field));
            g_ptr_array_add(cells, g_strdup(field->meaning));
            g_ptr_array_add(cells, wm_field_words(field));
            g_ptr_array_add(cells, g_strdup(*field->empty ? field->empty : "never"));
        }
    const BookTable table = {.sheet = "Dictionary",
                             .names = NAMES,
                             .columns = COLUMNS,
                             .n_columns = G_N_ELEMENTS(NAMES),
                             .cells = (const char *const *)cells->pdata,
                             .n_rows = cells->len / G_N_ELEMENTS(NAMES),
                             .n_frozen = 2};
    book_add_table(book, &table);
}

void sheets_add_notes(Book *book, const WmPack *pack, bool has_input)
{
    lxw_worksheet *sheet = book_add_sheet(book, "Notes", false);
    worksheet_set_column(sheet, 0, 0, 26, NULL);
    worksheet_set_column(sheet, 1, 1, ABOUT_WIDTH, NULL);
    g_autofree char *made = g_strdup_printf("Waymark %s, method version %d; plan version %s.", WM_VERSION, WM_METHOD_VERSION,
                                            pack->month->plan->settings.version);
    lxw_row_t row = write_notes(book, sheet, 0, (const Note[]){{"made by", made}}, 1);
    row = write_notes(book, sheet, row, SHEETS, G_N_ELEMENTS(SHEETS)) - 1;
    for (size_t i = 0; i < pack->n_tables; i++) {
        g_autofree char *about =
            g_strdup_printf("A row is %s: as %s.csv.", pack->tables[i].spec->about, pack->tables[i].spec->name);
        row = write_notes(book, sheet, row, (const Note[]){{pack->tables[i].spec->sheet, about}}, 1) - 1;
    }
    row = write_notes(book, sheet, row + 1, GENERAL, G_N_ELEMENTS(GENERAL));
    if (has_input)
        write_notes(book, sheet, row, INPUT, G_N_ELEMENTS(INPUT));
    add_dictionary(book);
}
