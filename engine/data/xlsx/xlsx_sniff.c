/* What a file is, by its bytes: its beginning, and a ZIP archive's end. */
#include "engine/data/xlsx/xlsx_sniff.h"

#include <string.h>

#include "engine/data/xlsx/xlsx_error.h"

#define OLE_MAGIC "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" /* OLE compound file: .xls, or an encrypted .xlsx */
#define ZIP_MAGIC "PK\x03\x04"

#define MAX_PARTS 65535

/* ZIP's end of the central directory (APPNOTE.TXT 4.3.14 to 4.3.16): the record may be followed by a comment of 65,535 bytes, and
 * preceded by the locator of its 64-bit kin. */
#define END_MAGIC         "PK\x05\x06"
#define LOCATOR_MAGIC     "PK\x06\x07"
#define LOCATOR_BYTES     20
#define LOCATOR_OFFSET_AT 8
#define END64_COUNT_AT    32
#define TAIL_BYTES        (22 + 65535 + LOCATOR_BYTES)

/* An OLE file's header (MS-CFB 2.2) says where its directory lies; a directory entry's name is in UTF-16. */
#define OLE_HEADER_BYTES  512
#define OLE_DIRECTORY_MAX 4096

static guint64 little_endian(const guchar *bytes, int n)
{
    guint64 value = 0;
    for (int i = n; i-- > 0;)
        value = value << 8 | bytes[i];
    return value;
}

/* Up to n bytes at an offset; fewer where the file ends. */
static size_t read_at(zip_source_t *source, guint64 offset, guchar *buffer, size_t n)
{
    if (offset > G_MAXINT64 || zip_source_seek(source, (zip_int64_t)offset, SEEK_SET) != 0)
        return 0;
    size_t got = 0;
    for (zip_int64_t more = 1; got < n && more > 0; got += more > 0 ? (size_t)more : 0)
        more = zip_source_read(source, buffer + got, n - got);
    return got;
}

/* Whether the OLE directory's first sector names a stream; `name` in ASCII. */
static gboolean has_ole_stream(zip_source_t *source, const guchar header[OLE_HEADER_BYTES], const char *name)
{
    const guint shift = (guint)little_endian(header + 30, 2);
    const guint64 sector = little_endian(header + 48, 4);
    if (shift < 7 || shift > 12)
        return FALSE;
    guchar directory[OLE_DIRECTORY_MAX], wide[64] = {0};
    const size_t n = read_at(source, (sector + 1) << shift, directory, (size_t)1 << shift), length = strlen(name);
    for (size_t i = 0; i < length; i++)
        wide[2 * i] = (guchar)name[i];
    for (size_t at = 0; at + 128 <= n; at += 128)
        if (memcmp(directory + at, wide, 2 * length + 2) == 0)
            return TRUE;
    return FALSE;
}

static gboolean refuse_ole(zip_source_t *source, const char *name, GError **error)
{
    guchar header[OLE_HEADER_BYTES] = {0};
    read_at(source, 0, header, sizeof header);
    if (has_ole_stream(source, header, "EncryptedPackage") || has_ole_stream(source, header, "EncryptionInfo"))
        return xlsx_fail(error, name, "open it with its password and save it as .xlsx without one",
                         "the workbook is protected by a password");
    if (has_ole_stream(source, header, "Workbook") || has_ole_stream(source, header, "Book"))
        return xlsx_fail(error, name, "open it in Excel or LibreOffice and save it as .xlsx",
                         "it is a workbook of the old .xls format");
    return xlsx_fail(error, name, "if it is a workbook, open it (with its password) and save it as .xlsx without one",
                     "it is an old or password-protected Office file");
}

/* A 64-bit directory can claim any number of parts, for each of which libzip would take memory before it looks. */
static gboolean has_honest_directory(zip_source_t *source, guint64 size, const char *name, GError **error)
{
    g_autofree guchar *tail = g_malloc(TAIL_BYTES);
    const size_t n = read_at(source, size > TAIL_BYTES ? size - TAIL_BYTES : 0, tail, TAIL_BYTES);
    gboolean has_end = FALSE;
    for (size_t i = 0; i + 4 <= n; i++) {
        has_end |= memcmp(tail + i, END_MAGIC, 4) == 0;
        guchar end[8];
        if (memcmp(tail + i, LOCATOR_MAGIC, 4) != 0 || i + LOCATOR_BYTES > n)
            continue;
        const guint64 offset = little_endian(tail + i + LOCATOR_OFFSET_AT, 8);
        if (offset < size && read_at(source, offset + END64_COUNT_AT, end, sizeof end) == sizeof end &&
            little_endian(end, 8) > MAX_PARTS)
            return xlsx_fail(error, name, XLSX_SAVE_AGAIN, "it claims more than 65,535 parts; no workbook has as many");
    }
    return has_end || xlsx_fail(error, name, "get the file again from its sender", "the workbook is cut short");
}

static gboolean look_at(zip_source_t *source, const char *name, guint64 *n_bytes, GError **error)
{
    guchar head[8] = {0};
    zip_stat_t facts;
    const size_t n = read_at(source, 0, head, sizeof head);
    if (memcmp(head, OLE_MAGIC, sizeof head) == 0)
        return refuse_ole(source, name, error);
    if (n < 4 || memcmp(head, ZIP_MAGIC, 4) != 0)
        return xlsx_fail(error, name, "save it as .xlsx, or as CSV with the ending .csv",
                         n ? "it is no .xlsx workbook" : "the file is empty");
    if (zip_source_stat(source, &facts) != 0 || !(facts.valid & ZIP_STAT_SIZE))
        return xlsx_fail(error, name, XLSX_SAVE_AGAIN, "its size cannot be told");
    *n_bytes = facts.size;
    return has_honest_directory(source, facts.size, name, error);
}

gboolean xlsx_sniff(zip_source_t *source, const char *name, guint64 *n_bytes, GError **error)
{
    if (zip_source_open(source) != 0) {
        zip_error_t *of_source = zip_source_error(source), cause; /* a copy: libzip forgets to free the text of the source's own */
        zip_error_init(&cause);
        zip_error_set(&cause, zip_error_code_zip(of_source), zip_error_code_system(of_source));
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = name, .advice = "check the path and its permissions"},
                     "cannot open: %s", zip_error_strerror(&cause));
        zip_error_fini(&cause);
        return FALSE;
    }
    const gboolean is_archive = look_at(source, name, n_bytes, error);
    zip_source_close(source);
    return is_archive;
}
