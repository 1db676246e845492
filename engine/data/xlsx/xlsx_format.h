/* engine/data/xlsx/xlsx_format.h: what a number format makes of a number: a plain one, a percent, a date down to its day,
 * month or year, or a time.
 *
 * Source: ECMA-376 part 1, 18.8.30 (numFmt: the built-in ids) and 18.8.31 (numFmts: format codes).
 */
#ifndef WM_DATA_XLSX_FORMAT_H
#define WM_DATA_XLSX_FORMAT_H

#include <glib.h>

typedef enum {
    XLSX_PLAIN,
    XLSX_PERCENT,
    XLSX_DAY,
    XLSX_MONTH, /* mmm-yy: the day is not shown, and "Jan-22" typed into a cell means the month */
    XLSX_YEAR,
    XLSX_DAY_AND_TIME,
    XLSX_TIME,
    XLSX_ELAPSED, /* [h]:mm, which may pass 24 hours */
} XlsxFormat;

/* A built-in format; XLSX_PLAIN for an id that has none. */
XlsxFormat xlsx_format_of_id(int id);

/* A format code, as a workbook's own formats have it. */
XlsxFormat xlsx_format_of_code(const char *code);

#endif
