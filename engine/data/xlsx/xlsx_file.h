/* engine/data/xlsx/xlsx_file.h: a sheet of an .xlsx workbook, row by row, in bounded memory, as csv_file.h reads a CSV file.
 *
 * A cell comes as the text that a person would have typed into it: a date in ISO 8601, 0.48 shown as a percent as 48%, TRUE or
 * FALSE, a formula's stored result, plain numbers in full. Errors (#N/A) keep their text, and a formula that was never calculated
 * comes as #UNCALCULATED! =A1+B1, so that the row is refused where the figure is wanted. A merged range's value stands in each of
 * its cells. Hidden rows and columns are read as the others are. `line` is the sheet's row, fields count from column A; a row
 * without a value is no row.
 *
 * A workbook that says something impossible is refused whole, with the place: file.xlsx:7:2 is row 7, column B.
 */
#ifndef WM_DATA_XLSX_FILE_H
#define WM_DATA_XLSX_FILE_H

#include "engine/data/recipe/sheet_row.h"

typedef enum {
    XLSX_VISIBLE,
    XLSX_HIDDEN,
    XLSX_VERY_HIDDEN, /* hidden by a program: no menu shows it */
} XlsxVisibility;

typedef struct {
    char *name;
    XlsxVisibility visibility;
    char *part; /* where it lies in the archive; NULL for a sheet that has no cells, such as a chart */
} XlsxSheet;

typedef struct XlsxFile XlsxFile;

/* Open a workbook, or bytes that outlive it and go by `name` in errors. New, or NULL with *error: WM_ERROR_FILE when it cannot be
 * read, WM_ERROR_INPUT when it is no workbook that can be used. */
XlsxFile *xlsx_open(const char *path, GError **error);
XlsxFile *xlsx_open_bytes(const char *name, gconstpointer bytes, size_t length, GError **error);
void xlsx_free(XlsxFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(XlsxFile, xlsx_free)

/* Its sheets in the order of their tabs, hidden ones too; *n takes their number. Borrowed. */
const XlsxSheet *xlsx_sheets(const XlsxFile *self, size_t *n);

/* The sheet of a name, whatever its letter case and whether hidden or not; with NULL the one visible sheet that holds anything (the
 * first, when none does). NULL with *error, which lists the sheets, when there is none, or when several hold something. Borrowed.
 */
const XlsxSheet *xlsx_find_sheet(XlsxFile *self, const char *name, GError **error);

/* Whether there is a sheet of this name that has cells. */
gboolean xlsx_has_sheet(const XlsxFile *self, const char *name);

typedef struct {
    const char *sheet; /* its name; borrowed from the workbook */
    int n_hidden_rows; /* that were read all the same */
} XlsxFacts;

/* Read a sheet that xlsx_find_sheet chose. `facts` may be NULL. The same sheet may be read again. */
gboolean xlsx_read_sheet(XlsxFile *self, const XlsxSheet *sheet, SheetRowFunc func, gpointer data, XlsxFacts *facts,
                         GError **error);

/* Open, find and read in one call. `sheet` may be NULL, and so may `hidden_rows`, which takes how many hidden rows were read. */
gboolean xlsx_file_read(const char *path, const char *sheet, SheetRowFunc func, gpointer data, int *hidden_rows, GError **error);

#endif
