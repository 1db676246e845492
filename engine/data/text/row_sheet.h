/* engine/data/text/row_sheet.h: rows written as CSV by a description of their columns. */
#ifndef WM_DATA_ROW_SHEET_H
#define WM_DATA_ROW_SHEET_H

#include <glib.h>

typedef struct {
    const char *name;
    char *(*text)(gconstpointer owner, gconstpointer row); /* new; NULL for “not available” */
} RowColumn;

typedef struct {
    const RowColumn *columns;
    size_t n_columns;
    gconstpointer owner; /* handed to every column; borrowed */
    gconstpointer rows;  /* n_rows of row_size bytes; borrowed */
    size_t n_rows, row_size;
} RowSheet;

/* A header, then a line a row. New. */
char *row_sheet_to_csv(const RowSheet *self);

#endif
