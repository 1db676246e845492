/* engine/data/text/file_hash.h: a file's content as a hash. */
#ifndef WM_DATA_FILE_HASH_H
#define WM_DATA_FILE_HASH_H

#include <waymark/error.h>

/* SHA-256 of a file's content, in hex. New; NULL with *error when it cannot be read. */
char *file_hash(const char *path, GError **error);

#endif
