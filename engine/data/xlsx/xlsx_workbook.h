/* engine/data/xlsx/xlsx_workbook.h: what a workbook's first part says: its sheets, its epoch, whether its formulas were ever
 * calculated.
 */
#ifndef WM_DATA_XLSX_WORKBOOK_H
#define WM_DATA_XLSX_WORKBOOK_H

#include "engine/data/xlsx/xlsx_file.h"
#include "engine/data/xlsx/xlsx_strings.h"
#include "engine/data/xlsx/xlsx_styles.h"

struct XlsxFile {
    XlsxZip *zip;
    GArray *sheets; /* of XlsxSheet */
    XlsxStrings *strings;
    XlsxStyles *styles;
    gboolean is_1904;
    gboolean awaits_calculation; /* its writer left the formulas to whoever opens it, and a result of 0 is a blank */
};

/* Read the workbook's part and its relationships into *self, whose archive is open. */
gboolean xlsx_workbook_read(XlsxFile *self, GError **error);

#endif
