/* engine/data/text/row_sheet.h: rows written as CSV or JSON by a description of their columns, so that both have the same names. */
#ifndef WM_DATA_ROW_SHEET_H
#define WM_DATA_ROW_SHEET_H

#include <cjson/cJSON.h>
#include <glib.h>
#include <waymark/calendar.h>

typedef struct {
    const char *name;
    char *(*text)(gconstpointer owner, gconstpointer row); /* new; NULL for “not available” */
    gboolean is_number;                                    /* in JSON: as it is, without quotes */
} RowColumn;

/* A column whose text is made by export_NAME. */
#define ROW_TEXT(name)              \
    {                               \
#name, export_##name, FALSE \
    }
#define ROW_NUMBER(name)           \
    {                              \
#name, export_##name, TRUE \
    }

typedef struct {
    const RowColumn *columns;
    size_t n_columns;
    gconstpointer owner; /* handed to every column; borrowed */
    gconstpointer rows;  /* n_rows of row_size bytes; borrowed */
    size_t n_rows, row_size;
} RowSheet;

/* A header, then a line a row. New. */
char *row_sheet_to_csv(const RowSheet *self);

/* Add `name` to root: an array with an object a row; what is not available is null. Numbers go in as text, so that they are the
 * shortest that read back to the same double. */
void row_sheet_add_json(const RowSheet *self, cJSON *root, const char *name);

/* The text of one cell, new; NULL for NAN and infinities, WM_NO_DAY, WM_PERIOD_NONE and "". */
char *row_number(double value);
char *row_day(WmDay day); /* 2021-04-30 */
char *row_period(WmPeriod period);
char *row_words(const char *text);
char *row_whole(size_t value); /* never NULL */

#endif
