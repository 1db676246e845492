/* Bytes as they come, made UTF-8. */
#include "engine/data/text/encoding.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define UNITS_LOOKED_AT 256 /* of a file's beginning, for UTF-16 without its mark */
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* Windows-1252 from 0x80 to 0x9F; from 0xA0 on a byte is its code point. Its five holes become U+FFFD, so that no text is lost to
 * them. */
static const gunichar WINDOWS_1252[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

static const char *const NAMES[N_ENCODINGS] = {
    [ENCODING_AUTO] = "auto",
    [ENCODING_UTF_8] = "utf-8",
    [ENCODING_WINDOWS_1252] = "windows-1252",
    [ENCODING_UTF_16] = "utf-16",
};

const char *encoding_name(Encoding encoding)
{
    return NAMES[encoding];
}

int encoding_find(const char *name)
{
    for (int i = 0; i < N_ENCODINGS; i++)
        if (g_ascii_strcasecmp(NAMES[i], name) == 0)
            return i;
    return -1;
}

void encoding_append_windows_1252(GString *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const guchar byte = (guchar)bytes[i];
        g_string_append_unichar(out, byte >= 0x80 && byte < 0xA0 ? WINDOWS_1252[byte - 0x80] : byte);
    }
}

gboolean encoding_append_utf8(GString *out, const char *bytes, size_t length)
{
    if (g_utf8_validate(bytes, (gssize)length, NULL)) {
        g_string_append_len(out, bytes, (gssize)length);
        return FALSE;
    }
    encoding_append_windows_1252(out, bytes, length);
    return TRUE;
}

gboolean encoding_begins_utf16(const char *bytes, size_t length, Utf16 *out)
{
    *out = (Utf16){0};
    if (length < 2)
        return FALSE;
    out->is_big_endian = memcmp(bytes, "\xFE\xFF", 2) == 0;
    return out->is_big_endian || memcmp(bytes, "\xFF\xFE", 2) == 0;
}

gboolean encoding_looks_utf16(const char *bytes, size_t length, Utf16 *out)
{
    const size_t n_units = MIN(length, UNITS_LOOKED_AT * 2) / 2;
    size_t n_noughts[2] = {0, 0};
    for (size_t i = 0; i < n_units * 2; i++)
        n_noughts[i % 2] += bytes[i] == 0;
    const size_t n_most = MAX(n_noughts[0], n_noughts[1]);
    *out = (Utf16){.is_big_endian = n_noughts[0] > n_noughts[1]};
    return n_units >= 2 && n_most * 4 >= n_units * 3 && MIN(n_noughts[0], n_noughts[1]) == 0;
}

#define IS_HIGH(unit) ((unit) >= 0xD800 && (unit) < 0xDC00)
#define IS_LOW(unit)  ((unit) >= 0xDC00 && (unit) < 0xE000)
#define REPLACEMENT   0xFFFD

static void append_unit(GString *out, Utf16 *self, gunichar unit)
{
    if (self->high && IS_LOW(unit)) {
        g_string_append_unichar(out, 0x10000 + ((self->high - 0xD800) << 10) + (unit - 0xDC00));
        self->high = 0;
        return;
    }
    if (self->high)
        g_string_append_unichar(out, REPLACEMENT);
    self->high = IS_HIGH(unit) ? unit : 0;
    if (!self->high)
        g_string_append_unichar(out, IS_LOW(unit) ? REPLACEMENT : unit);
}

void encoding_append_utf16(GString *out, Utf16 *self, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const guchar byte = (guchar)bytes[i];
        if (self->has_byte) {
            const int unit = self->is_big_endian ? self->byte << 8 | byte : byte << 8 | self->byte;
            append_unit(out, self, (gunichar)unit);
        } else
            self->byte = byte;
        self->has_byte = !self->has_byte;
    }
}

size_t encoding_mark_length(const char *bytes, size_t length)
{
    const size_t n = strlen(BYTE_ORDER_MARK);
    return length >= n && memcmp(bytes, BYTE_ORDER_MARK, n) == 0 ? n : 0;
}

/* All bytes of a file; NULL with *error. New. */
static GByteArray *read_bytes(const char *path, GError **error)
{
    char piece[1 << 14];
    FILE *file = g_fopen(path, "rb");
    if (!file) {
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "cannot open it: %s", g_strerror(errno));
        return NULL;
    }
    GByteArray *bytes = g_byte_array_new();
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
        g_byte_array_append(bytes, (const guint8 *)piece, (guint)n);
    if (ferror(file)) {
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "cannot read it: %s", g_strerror(errno));
        g_clear_pointer(&bytes, g_byte_array_unref);
    }
    fclose(file);
    return bytes;
}

char *encoding_read_file(const char *path, gboolean *was_windows_1252, GError **error)
{
    g_autoptr(GByteArray) whole = read_bytes(path, error);
    if (!whole)
        return NULL;
    const char *bytes = whole->data ? (const char *)whole->data : "";
    const size_t length = whole->len, mark = encoding_mark_length(bytes, length);
    g_autoptr(GString) text = g_string_new(NULL);
    Utf16 utf16;
    gboolean was_other = FALSE;
    if (encoding_begins_utf16(bytes, length, &utf16))
        encoding_append_utf16(text, &utf16, bytes + 2, length - 2);
    else if (encoding_looks_utf16(bytes, length, &utf16))
        encoding_append_utf16(text, &utf16, bytes, length);
    else
        was_other = encoding_append_utf8(text, bytes + mark, length - mark);
    if (strlen(text->str) < text->len) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "it holds a NUL byte, and is no text");
        return NULL;
    }
    if (was_windows_1252)
        *was_windows_1252 = was_other;
    return g_string_free(g_steal_pointer(&text), FALSE);
}
