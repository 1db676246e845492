/* engine/data/text/encoding.h: bytes as they come, made UTF-8. */
#ifndef WM_DATA_ENCODING_H
#define WM_DATA_ENCODING_H

#include <glib.h>

typedef enum {
    ENCODING_AUTO, /* UTF-16 behind its mark, or by its noughts; else UTF-8, and Windows-1252 where a text is not that */
    ENCODING_UTF_8,
    ENCODING_WINDOWS_1252,
    ENCODING_UTF_16,
    N_ENCODINGS,
} Encoding;

/* `auto`, `utf-8` …; the number of a name, or -1. */
const char *encoding_name(Encoding encoding);
int encoding_find(const char *name);

/* Append bytes as UTF-8; where they are not, they are read as Windows-1252. Returns whether they were. */
gboolean encoding_append_utf8(GString *out, const char *bytes, size_t length);

/* Append Windows-1252 as UTF-8. */
void encoding_append_windows_1252(GString *out, const char *bytes, size_t length);

/* Length of the UTF-8 byte order mark that a text begins with, or 0. */
size_t encoding_mark_length(const char *bytes, size_t length);

/* UTF-16 that comes in pieces: what the end of one piece cut is kept for the next. */
typedef struct {
    gboolean is_big_endian;
    gboolean has_byte; /* half a unit is kept */
    guchar byte;
    gunichar high; /* a first half of a pair, or 0 */
} Utf16;

/* Whether a file begins with UTF-16's mark; then *out stands ready for the bytes behind its two. */
gboolean encoding_begins_utf16(const char *bytes, size_t length, Utf16 *out);

/* Whether a file without a mark is UTF-16 all the same: one half of most of its first characters is nought, and the other never.
 * Then *out stands ready for all its bytes. */
gboolean encoding_looks_utf16(const char *bytes, size_t length, Utf16 *out);

/* Append a piece as UTF-8; what is no character becomes U+FFFD. */
void encoding_append_utf16(GString *out, Utf16 *self, const char *bytes, size_t length);

/* A whole small file, in any of these, as UTF-8 without its mark. New; NULL with *error of G_FILE_ERROR, which does not name the
 * file: it cannot be read, or holds a NUL byte. `was_windows_1252` may be NULL. */
char *encoding_read_file(const char *path, gboolean *was_windows_1252, GError **error);

#endif
