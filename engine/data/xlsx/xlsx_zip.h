/* engine/data/xlsx/xlsx_zip.h: the container of a workbook: a ZIP archive whose parts are read one at a time, as streams.
 *
 * Nothing is ever unpacked to disk, so that a part's name can do no harm. What an honest workbook never needs is refused: encrypted
 * or oddly packed parts, two parts of one name, a directory of more than 65,535 parts, a part that unpacks to more than
 * PART_MAX_BYTES or far more than it is packed into. A part's checksum is compared when its last byte has been read.
 */
#ifndef WM_DATA_XLSX_ZIP_H
#define WM_DATA_XLSX_ZIP_H

#include <waymark/error.h>

typedef struct XlsxZip XlsxZip;

/* A file, or bytes that outlive the archive and go by `name` in errors. New, or NULL with *error: WM_ERROR_FILE when the file
 * cannot be read, WM_ERROR_INPUT when it is no archive; an .xls, .ods or password-protected file is told by name. */
XlsxZip *xlsx_zip_open(const char *path, GError **error);
XlsxZip *xlsx_zip_open_bytes(const char *name, gconstpointer bytes, size_t length, GError **error);
void xlsx_zip_free(XlsxZip *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(XlsxZip, xlsx_zip_free)

/* The name it was opened by. Borrowed. */
const char *xlsx_zip_name(const XlsxZip *self);

/* Whether there is a part of this name; letter case does not matter. */
gboolean xlsx_zip_has(const XlsxZip *self, const char *part);

typedef struct XlsxPart XlsxPart;

/* Open a part, to be read once from its beginning. New; borrows the archive. */
XlsxPart *xlsx_part_open(XlsxZip *zip, const char *name, GError **error);
void xlsx_part_free(XlsxPart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(XlsxPart, xlsx_part_free)

/* Up to `size` bytes into `buffer`: how many, 0 at the end, -1 with *error set. */
gssize xlsx_part_read(XlsxPart *self, gpointer buffer, size_t size, GError **error);

#endif
