/* Each table of the pack as a sheet: what the dictionary says of a column decides how its cells look. */
#include "plot/workbook/sheets.h"

#include <string.h>

#define LONG_TEXT 60 /* characters from which a text is wrapped */

static bool is_long(const WmPackTable *table, size_t i_column)
{
    for (size_t i = 0; i < table->n_rows; i++)
        if (g_utf8_strlen(table->cells[i * table->n_columns + i_column], -1) > LONG_TEXT)
            return true;
    return false;
}

static int decimals_of_unit(const char *unit)
{
    static const struct {
        const char *unit;
        int decimals;
    } DECIMALS[] = {{WM_UNIT_MEASURE, BOOK_ROW_DECIMALS}, {WM_UNIT_MEASURE_MONTH, 2}, {"chance", 2}, {"months", 1}, {"count", 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(DECIMALS); i++)
        if (strcmp(DECIMALS[i].unit, unit) == 0)
            return DECIMALS[i].decimals;
    return 0;
}

/* A status, or the effect of a signal. */
static bool has_judged_words(const WmField *field)
{
    for (size_t i = 0; field->word && field->word(i); i++)
        if (strcmp(field->word(i), "red") == 0 || strcmp(field->word(i), "concern") == 0)
            return true;
    return false;
}

static BookColumn column_of(const WmPackTable *table, size_t i_column)
{
    const WmField *field = table->fields[i_column];
    if (!field)
        return (BookColumn){is_long(table, i_column) ? BOOK_PROSE : BOOK_TEXT, 0, false};
    switch (field->kind) {
    case WM_FIELD_NUMBER:
    case WM_FIELD_WHOLE:
        return (BookColumn){BOOK_NUMBER, decimals_of_unit(field->unit), false};
    case WM_FIELD_DAY:
        return (BookColumn){BOOK_DAY, 0, false};
    case WM_FIELD_TEXT:
    case WM_FIELD_WORD:
    case WM_FIELD_CODES:
    case WM_FIELD_PERIOD:
    case WM_N_FIELD_KINDS:
        break;
    }
    return (BookColumn){is_long(table, i_column) ? BOOK_PROSE : BOOK_TEXT, 0, has_judged_words(field)};
}

/* Each row is shown with its indicator's decimals, and what is computed with one more. New. */
static int *row_decimals(const WmPlan *plan, const WmPackTable *table)
{
    int *decimals = g_new0(int, table->n_rows + 1);
    for (size_t i = 0; i < table->n_rows; i++) {
        const WmIndicator *indicator = wm_plan_indicator(plan, table->cells[i * table->n_columns]);
        decimals[i] = indicator ? indicator->measure.decimals : 0;
    }
    return decimals;
}

static int n_frozen(const WmPackTable *table)
{
    return table->n_columns > 3 && strcmp(table->names[2], "cohort") == 0 ? 3 : 1;
}

static void add_too_long(Book *book, const WmPackTable *table)
{
    lxw_worksheet *sheet = book_add_sheet(book, table->spec->sheet, false);
    g_autofree char *text = g_strdup_printf("%zu rows are more than a sheet shows at ease (%d): they are in %s.csv.", table->n_rows,
                                            WM_WORKBOOK_ROWS, table->spec->name);
    book_write_text(sheet, 0, 0, text, book->text);
}

void sheets_add_table(Book *book, const WmPlan *plan, const WmPackTable *table)
{
    if (table->n_rows > WM_WORKBOOK_ROWS) {
        add_too_long(book, table);
        return;
    }
    g_autofree BookColumn *columns = g_new0(BookColumn, table->n_columns);
    for (size_t i = 0; i < table->n_columns; i++)
        columns[i] = column_of(table, i);
    g_autofree int *decimals = row_decimals(plan, table);
    const BookTable one = {.sheet = table->spec->sheet,
                           .names = table->names,
                           .columns = columns,
                           .n_columns = table->n_columns,
                           .cells = table->cells,
                           .n_rows = table->n_rows,
                           .row_decimals = decimals,
                           .n_frozen = n_frozen(table)};
    book_add_table(book, &one);
}
