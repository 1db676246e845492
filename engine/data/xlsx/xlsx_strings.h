/* engine/data/xlsx/xlsx_strings.h: the texts that a workbook's cells share, held once and compactly. */
#ifndef WM_DATA_XLSX_STRINGS_H
#define WM_DATA_XLSX_STRINGS_H

#include "engine/data/xlsx/xlsx_zip.h"

/* Longest text of a cell; Excel's own limit is 32,767 characters. */
#define XLSX_TEXT_MAX_BYTES (1024 * 1024)

typedef struct XlsxStrings XlsxStrings;

/* Read the part; its formatting and phonetic guides are left out. A workbook whose texts would take more than 32 MiB is refused.
 * New. */
XlsxStrings *xlsx_strings_read(XlsxZip *zip, const char *part, GError **error);
void xlsx_strings_free(XlsxStrings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(XlsxStrings, xlsx_strings_free)

/* The i-th text from 0, or NULL when there are not as many. `self` may be NULL, which has none. Borrowed. */
const char *xlsx_strings_get(const XlsxStrings *self, gint64 i);

/* Undo the escapes of control characters in a text, in place: _x000D_ is a carriage return, _x005F_ an underscore (ECMA-376 part 1,
 * 22.9.2.19). */
void xlsx_unescape(char *text);

#endif
