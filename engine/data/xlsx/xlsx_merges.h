/* engine/data/xlsx/xlsx_merges.h: a sheet's merged ranges, whose value is that of every cell they cover.
 *
 * The file lists them behind the rows, so they are fetched before: a quick look at the bytes tells whether there are any at all.
 */
#ifndef WM_DATA_XLSX_MERGES_H
#define WM_DATA_XLSX_MERGES_H

#include "engine/data/xlsx/xlsx_zip.h"

typedef struct XlsxMerges XlsxMerges;

/* New, or NULL with *error. */
XlsxMerges *xlsx_merges_read(XlsxZip *zip, const char *part, GError **error);
void xlsx_merges_free(XlsxMerges *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(XlsxMerges, xlsx_merges_free)

/* Fill the empty fields of a row (from column A, "" where empty; it grows as needed) that merged ranges cover; rows come in
 * ascending order. The texts it puts in last until the next call. FALSE when ranges overlap, as no spreadsheet program lets them.
 */
gboolean xlsx_merges_fill(XlsxMerges *self, int row, GPtrArray *fields);

#endif
