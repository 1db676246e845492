/* engine/data/xlsx/xlsx_error.h: what is wrong with a workbook, said in one way. */
#ifndef WM_DATA_XLSX_ERROR_H
#define WM_DATA_XLSX_ERROR_H

#include <waymark/error.h>

#define XLSX_SAVE_AGAIN "open it in Excel or LibreOffice and save it again as .xlsx"

/* Set *error, of WM_ERROR_INPUT, about a file as a whole. Returns FALSE. */
gboolean xlsx_fail(GError **error, const char *file, const char *advice, const char *format, ...) G_GNUC_PRINTF(4, 5);

#endif
