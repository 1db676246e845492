/* engine/data/xlsx/xlsx_sheet.h: the events of a sheet's XML, made rows. */
#ifndef WM_DATA_XLSX_SHEET_H
#define WM_DATA_XLSX_SHEET_H

#include "engine/data/xlsx/xlsx_merges.h"
#include "engine/data/xlsx/xlsx_workbook.h"

/* Read a sheet's rows; `merges` may be NULL. `func` may stop the reading by FALSE without an error. */
gboolean xlsx_sheet_read(const XlsxFile *file, const XlsxSheet *sheet, XlsxMerges *merges, SheetRowFunc func, gpointer data,
                         XlsxFacts *facts, GError **error);

#endif
