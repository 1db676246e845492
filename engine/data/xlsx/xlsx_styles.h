/* engine/data/xlsx/xlsx_styles.h: the formats that a workbook's cells wear, by the number that a cell gives. */
#ifndef WM_DATA_XLSX_STYLES_H
#define WM_DATA_XLSX_STYLES_H

#include "engine/data/xlsx/xlsx_format.h"
#include "engine/data/xlsx/xlsx_zip.h"

typedef struct XlsxStyles XlsxStyles;

/* New, or NULL with *error. */
XlsxStyles *xlsx_styles_read(XlsxZip *zip, const char *part, GError **error);
void xlsx_styles_free(XlsxStyles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(XlsxStyles, xlsx_styles_free)

/* The format of the i-th style; XLSX_PLAIN where there is none. `self` may be NULL, which has none. */
XlsxFormat xlsx_styles_format(const XlsxStyles *self, int i);

/* The format code of the i-th style where it may show a text in a number's place; NULL for others. Borrowed. */
const char *xlsx_styles_mask(const XlsxStyles *self, int i);

#endif
