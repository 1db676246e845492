/* engine/data/xlsx/xlsx_mask.h: number formats that show a text in a number's place.
 *
 * `[<5]"*";0` shows 3 as *: whoever made the workbook withheld the 3, and the file still holds it. What is shown is what is read.
 *
 * Source: ECMA-376 part 1, 18.8.31 (sections of a format code, and conditions).
 */
#ifndef WM_DATA_XLSX_MASK_H
#define WM_DATA_XLSX_MASK_H

#include <glib.h>

/* Whether some section of a format code shows no part of a number. */
gboolean xlsx_code_may_mask(const char *code);

/* Append what the code shows instead of the number, and return TRUE; FALSE where it shows the number. A number that is not
 * shown at all becomes a text that says so. Nought that is shown as a dash or not at all, as accountants' formats do, is a nought.
 */
gboolean xlsx_append_mask(GString *out, const char *code, double value);

#endif
