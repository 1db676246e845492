/* The archive, through libzip. */
#include "engine/data/xlsx/xlsx_zip.h"

#include <string.h>
#include <zip.h>

#include "engine/data/xlsx/xlsx_error.h"
#include "engine/data/xlsx/xlsx_sniff.h"

#define MIB            ((guint64)1 << 20)
#define PART_MAX_BYTES (4096 * MIB) /* a full sheet of a million rows and forty columns */
#define RATIO_GRACE    (16 * MIB)   /* unpacked bytes from which on the ratio is looked at */
#define RATIO_MAX      400          /* sheets pack 10 to 100 times; a bomb packs 1,000 times */
#define GET_IT_AGAIN   "get the file again from its sender"

struct XlsxZip {
    char *name;
    zip_t *archive;
    guint64 n_bytes;   /* of the whole file */
    GHashTable *parts; /* name in lower case -> entry number + 1 */
};

struct XlsxPart {
    XlsxZip *zip;
    char *name;
    zip_file_t *stream;
    guint64 n_packed, n_read;
};

static XlsxZip *fail_open(GError **error, const char *name, zip_error_t *cause)
{
    xlsx_fail(error, name, GET_IT_AGAIN, "its archive is damaged: %s", zip_error_strerror(cause));
    zip_error_fini(cause);
    return NULL;
}

/* Some writers separate folders by a backslash, and one name may stand in any letter case. */
static char *part_key(const char *name)
{
    g_autofree char *slashes = g_strdelimit(g_strdup(name), "\\", '/');
    return g_ascii_strdown(*slashes == '/' ? slashes + 1 : slashes, -1);
}

static gboolean index_parts(XlsxZip *self, GError **error)
{
    const zip_int64_t n = zip_get_num_entries(self->archive, 0);
    for (zip_int64_t i = 0; i < n; i++) {
        const char *name = zip_get_name(self->archive, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
        char *key = part_key(name ? name : "");
        if (!g_hash_table_insert(self->parts, key, GINT_TO_POINTER((int)i + 1)))
            return xlsx_fail(error, self->name, XLSX_SAVE_AGAIN, "it holds two parts of the name “%s”", name);
    }
    return TRUE;
}

static XlsxZip *open_source(zip_source_t *source, const char *name, GError **error)
{
    guint64 n_bytes;
    if (!xlsx_sniff(source, name, &n_bytes, error)) {
        zip_source_free(source);
        return NULL;
    }
    zip_error_t cause;
    zip_error_init(&cause);
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY, &cause);
    if (!archive) {
        zip_source_free(source);
        return fail_open(error, name, &cause);
    }
    g_autoptr(XlsxZip) self = g_new0(XlsxZip, 1);
    self->name = g_strdup(name);
    self->archive = archive;
    self->n_bytes = n_bytes;
    self->parts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return index_parts(self, error) ? g_steal_pointer(&self) : NULL;
}

XlsxZip *xlsx_zip_open(const char *path, GError **error)
{
    zip_error_t cause;
    zip_error_init(&cause);
    zip_source_t *source = zip_source_file_create(path, 0, -1, &cause);
    return source ? open_source(source, path, error) : fail_open(error, path, &cause);
}

XlsxZip *xlsx_zip_open_bytes(const char *name, gconstpointer bytes, size_t length, GError **error)
{
    zip_error_t cause;
    zip_error_init(&cause);
    if (!length) { /* which libzip's buffers are not made for */
        xlsx_fail(error, name, GET_IT_AGAIN, "the file is empty");
        return NULL;
    }
    zip_source_t *source = zip_source_buffer_create(bytes, length, 0, &cause);
    return source ? open_source(source, name, error) : fail_open(error, name, &cause);
}

void xlsx_zip_free(XlsxZip *self)
{
    if (!self)
        return;
    zip_discard(self->archive);
    g_hash_table_unref(self->parts);
    g_free(self->name);
    g_free(self);
}

const char *xlsx_zip_name(const XlsxZip *self)
{
    return self->name;
}

/* The part's entry number, or -1. */
static int find_part(const XlsxZip *self, const char *part)
{
    g_autofree char *key = part_key(part);
    return GPOINTER_TO_INT(g_hash_table_lookup(self->parts, key)) - 1;
}

gboolean xlsx_zip_has(const XlsxZip *self, const char *part)
{
    return find_part(self, part) >= 0;
}

static gboolean is_readable(const XlsxZip *self, const char *part, const zip_stat_t *facts, GError **error)
{
    if (facts->encryption_method != ZIP_EM_NONE)
        return xlsx_fail(error, self->name, "open it with its password and save it as .xlsx without one",
                         "its part %s is encrypted", part);
    if (facts->comp_method != ZIP_CM_STORE && facts->comp_method != ZIP_CM_DEFLATE)
        return xlsx_fail(error, self->name, XLSX_SAVE_AGAIN, "its part %s is packed by a method that workbooks do not use", part);
    return TRUE;
}

XlsxPart *xlsx_part_open(XlsxZip *zip, const char *name, GError **error)
{
    const int i = find_part(zip, name);
    zip_stat_t facts;
    if (i < 0) {
        xlsx_fail(error, zip->name, XLSX_SAVE_AGAIN, "its part %s is missing", name);
        return NULL;
    }
    if (zip_stat_index(zip->archive, (zip_uint64_t)i, 0, &facts) != 0 || !is_readable(zip, name, &facts, error)) {
        if (error && !*error)
            xlsx_fail(error, zip->name, GET_IT_AGAIN, "its part %s cannot be read: %s", name, zip_strerror(zip->archive));
        return NULL;
    }
    zip_file_t *stream = zip_fopen_index(zip->archive, (zip_uint64_t)i, 0);
    if (!stream) {
        xlsx_fail(error, zip->name, GET_IT_AGAIN, "its part %s cannot be read: %s", name, zip_strerror(zip->archive));
        return NULL;
    }
    XlsxPart *self = g_new0(XlsxPart, 1);
    *self = (XlsxPart){zip, g_strdup(name), stream, MIN(facts.comp_size, zip->n_bytes), 0};
    return self;
}

void xlsx_part_free(XlsxPart *self)
{
    if (!self)
        return;
    zip_fclose(self->stream);
    g_free(self->name);
    g_free(self);
}

gssize xlsx_part_read(XlsxPart *self, gpointer buffer, size_t size, GError **error)
{
    const zip_int64_t n = zip_fread(self->stream, buffer, size);
    if (n < 0) {
        xlsx_fail(error, self->zip->name, GET_IT_AGAIN, "its part %s is damaged: %s", self->name,
                  zip_error_strerror(zip_file_get_error(self->stream)));
        return -1;
    }
    self->n_read += (guint64)n;
    if (self->n_read > PART_MAX_BYTES || (self->n_read > RATIO_GRACE && self->n_read / RATIO_MAX > self->n_packed)) {
        xlsx_fail(error, self->zip->name, "if it is an honest workbook, save the sheet as CSV",
                  "its part %s unpacks to far more than a workbook holds, as a zip bomb does", self->name);
        return -1;
    }
    return (gssize)n;
}
