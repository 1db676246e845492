/* Bytes as they come, made UTF-8. */
#include "engine/data/encoding.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* Windows-1252 from 0x80 to 0x9F; from 0xA0 on a byte is its code point. Its five holes become U+FFFD, so that no text is lost to
 * them. */
static const gunichar WINDOWS_1252[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

gboolean encoding_append_utf8(GString *out, const char *bytes, size_t length)
{
    if (g_utf8_validate(bytes, (gssize)length, NULL)) {
        g_string_append_len(out, bytes, (gssize)length);
        return FALSE;
    }
    for (size_t i = 0; i < length; i++) {
        const guchar byte = (guchar)bytes[i];
        g_string_append_unichar(out, byte >= 0x80 && byte < 0xA0 ? WINDOWS_1252[byte - 0x80] : byte);
    }
    return TRUE;
}

size_t encoding_mark_length(const char *bytes, size_t length)
{
    const size_t n = strlen(BYTE_ORDER_MARK);
    return length >= n && memcmp(bytes, BYTE_ORDER_MARK, n) == 0 ? n : 0;
}

char *encoding_read_file(const char *path, gboolean *was_windows_1252, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length;
    if (!g_file_get_contents(path, &bytes, &length, error))
        return NULL;
    const size_t mark = encoding_mark_length(bytes, length);
    GString *text = g_string_new(NULL);
    const gboolean was_other = encoding_append_utf8(text, bytes + mark, strnlen(bytes + mark, length - mark));
    if (was_windows_1252)
        *was_windows_1252 = was_other;
    return g_string_free(text, FALSE);
}
