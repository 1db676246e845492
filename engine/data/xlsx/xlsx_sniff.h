/* engine/data/xlsx/xlsx_sniff.h: what a file is, told by its bytes and never by its name. */
#ifndef WM_DATA_XLSX_SNIFF_H
#define WM_DATA_XLSX_SNIFF_H

#include <zip.h>

#include <waymark/error.h>

/* Whether the source holds a ZIP archive with a directory of an honest size. FALSE with *error set otherwise, naming the old .xls
 * and the password-protected file for what they are. Leaves the source closed. `name` is the file's, for the error; *n_bytes its
 * size. */
gboolean xlsx_sniff(zip_source_t *source, const char *name, guint64 *n_bytes, GError **error);

#endif
