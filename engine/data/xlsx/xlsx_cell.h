/* engine/data/xlsx/xlsx_cell.h: what a cell says, as the text that a person would have typed. */
#ifndef WM_DATA_XLSX_CELL_H
#define WM_DATA_XLSX_CELL_H

#include "engine/data/xlsx/xlsx_format.h"

#define XLSX_MAX_ROWS    1048576
#define XLSX_MAX_COLUMNS 16384

/* Read a reference such as B7. FALSE when it is none, or lies outside a sheet (A1 to XFD1048576). Rows and columns from 1. */
gboolean xlsx_reference_read(const char *text, int *row, int *column);

/* Write a column's letters (2 is B) into `text`. Returns text. */
#define XLSX_COLUMN_TEXT 8
const char *xlsx_column_letters(int column, char text[XLSX_COLUMN_TEXT]);

/* Append a number as its format means it, in full: 0.4837 as 48.37% where the format is a percent; a date in ISO 8601, down to the
 * day, month or year that its format shows, with the time where the format shows it and it is not midnight. Plain numbers are the
 * shortest text that reads back to the same double. A serial that is no date (29 February 1900 is one of Excel's) stays
 * recognisable and is no date to any reader. `stored` is the number as the file has it; what is no number is appended as it stands.
 */
void xlsx_append_number(GString *out, const char *stored, XlsxFormat format, gboolean is_1904);

#endif
