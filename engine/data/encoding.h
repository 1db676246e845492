/* engine/data/encoding.h: bytes as they come, made UTF-8. */
#ifndef WM_DATA_ENCODING_H
#define WM_DATA_ENCODING_H

#include <glib.h>

/* Append bytes as UTF-8; where they are not, they are read as Windows-1252. Returns whether they were. */
gboolean encoding_append_utf8(GString *out, const char *bytes, size_t length);

/* Length of the UTF-8 byte order mark that a text begins with, or 0. */
size_t encoding_mark_length(const char *bytes, size_t length);

/* A whole small file as UTF-8, without its mark. New, or NULL with *error of G_FILE_ERROR. `was_windows_1252` may be NULL. */
char *encoding_read_file(const char *path, gboolean *was_windows_1252, GError **error);

#endif
