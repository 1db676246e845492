/* engine/data/xlsx/xlsx_row.h: a sheet's row as it is gathered, cell by cell, and handed over. */
#ifndef WM_DATA_XLSX_ROW_H
#define WM_DATA_XLSX_ROW_H

#include "engine/data/recipe/sheet_row.h"
#include "engine/data/xlsx/xlsx_merges.h"

typedef struct {
    int number;    /* of the row, from 1; 0 before the first */
    int width;     /* fields are given up to here at least, as a sheet saved as CSV has them */
    int column;    /* of the last cell, from 1; 0 before the first */
    GString *text; /* the cells' texts one after another, each ended by NUL */
    GArray *cells; /* column and offset of each that is not empty */
    GPtrArray *fields;
    XlsxMerges *merges;        /* NULL: none are filled */
    guint64 n_cells, n_fields; /* so far in the sheet: read, and handed over */
} XlsxRow;

void xlsx_row_init(XlsxRow *self, XlsxMerges *merges);
void xlsx_row_clear(XlsxRow *self);

/* Keep a cell's text, without the blanks around it, in the present column. */
void xlsx_row_add(XlsxRow *self, const char *text);

/* The row's fields, merged ranges filled in; none when it has no text. NULL, or why the sheet cannot be an honest one. */
const char *xlsx_row_finish(XlsxRow *self, SheetRow *out);

#endif
