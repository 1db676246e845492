/* plot/workbook/book.h: a workbook being written: its formats, and a table as a sheet, through libxlsxwriter.
 *
 * Nothing here knows of indicators or plans: a table is texts, and each column says what its texts are.
 */
#ifndef WM_PLOT_BOOK_H
#define WM_PLOT_BOOK_H

#include <waymark/calendar.h>
#include <waymark/error.h>
#include <xlsxwriter.h>

/* Longest text that a cell takes, in characters. */
#define BOOK_MAX_TEXT 32767

/* Decimals of the formats kept ready. */
#define BOOK_MAX_DECIMALS 9

typedef enum {
    BOOK_TEXT,
    BOOK_PROSE,  /* a text of some length: wrapped */
    BOOK_NUMBER, /* with the column's decimals, or the row's */
    BOOK_DAY,    /* an ISO date as a date */
} BookKind;

#define BOOK_ROW_DECIMALS (-1) /* the decimals are the row's */

typedef struct {
    BookKind kind;
    int decimals;   /* of numbers; BOOK_ROW_DECIMALS */
    bool is_judged; /* its words are coloured: red, amber … */
} BookColumn;

typedef struct {
    const char *sheet;         /* its name */
    const char *const *names;  /* n_columns: the header */
    const BookColumn *columns; /* n_columns */
    size_t n_columns;
    const char *const *cells; /* n_rows times n_columns; "" is left blank */
    size_t n_rows;
    const int *row_decimals; /* n_rows; NULL where no column asks */
    const double *widths;    /* n_columns, in characters: rows are made as high as wrapped texts need; NULL: measured */
    bool is_input;           /* to be read back: a number that would not come back exactly stays text */
    int n_frozen;            /* columns that stay in sight */
} BookTable;

typedef struct {
    lxw_workbook *file;
    char *path; /* of the temporary file */
    lxw_format *header, *text, *prose, *day, *title, *strong, *muted;
    lxw_format *number[BOOK_MAX_DECIMALS + 1];
    lxw_format *judged[8]; /* as of JUDGED_WORDS in book.c */
    int n_tables;          /* made so far: their names must differ */
} Book;

/* New, with a temporary file; properties are dated `day`. NULL with WM_ERROR_FILE. */
Book *book_new(const char *title, const char *subject, WmDay day, GError **error);

/* Close it. Takes the book; its bytes are new, NULL with WM_ERROR_FILE. */
GBytes *book_finish(Book *self, GError **error);

/* A sheet for reading: A4 across, one page wide, with the name and page below. */
lxw_worksheet *book_add_sheet(Book *self, const char *name, bool is_input);

/* A table as a sheet of its own: header, filters, frozen header, pages by its widths; these by content where it gives none. */
lxw_worksheet *book_add_table(Book *self, const BookTable *table);

/* A table within a sheet, its header at (row, column). Widths are the caller's. */
void book_place_table(Book *self, lxw_worksheet *sheet, const BookTable *table, lxw_row_t row, lxw_col_t column);

/* A text as text, cut at BOOK_MAX_TEXT with a word about it. */
void book_write_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format);

/* Make a row as high as its text needs, wrapped at `width` characters: LibreOffice fits none by itself. */
void book_fit_row(lxw_worksheet *sheet, lxw_row_t row, const char *text, double width);

/* A day as Excel counts: days since 30 December 1899. */
double book_serial(WmDay day);

#endif
