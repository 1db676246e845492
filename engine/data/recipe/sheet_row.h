/* engine/data/recipe/sheet_row.h: one row of a file that somebody sent, whatever the file was: CSV, or a sheet of a workbook. */
#ifndef WM_DATA_SHEET_ROW_H
#define WM_DATA_SHEET_ROW_H

#include <waymark/error.h>

/* One row; everything is borrowed for the call. */
typedef struct {
    const char *const *fields; /* n_fields, UTF-8, trimmed where unquoted */
    size_t n_fields;
    int line;         /* on which the row begins, from 1; a workbook's row */
    int number;       /* the row's number from 1, blank rows counted, as a spreadsheet shows it: a quoted newline is no row */
    gboolean has_nul; /* a field held a NUL byte, and was cut there */
} SheetRow;

/* Called for each row that holds more than empty fields. FALSE stops the reading, with *error set. */
typedef gboolean (*SheetRowFunc)(const SheetRow *row, gpointer data, GError **error);

/* How many cells hold something; all that hold the same text count as one, for that is a banner merged over them. */
size_t sheet_row_n_texts(const SheetRow *row);

#endif
