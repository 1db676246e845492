/* SHA-256 of files. */
#include "engine/data/text/file_hash.h"

#include <errno.h>
#include <stdio.h>

#define HASH_CHUNK_BYTES (64 * 1024)

char *file_hash(const char *path, GError **error)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "check the path and its permissions"},
                     "cannot open: %s", g_strerror(errno));
        return NULL;
    }
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree guchar *chunk = g_malloc(HASH_CHUNK_BYTES);
    for (size_t n; (n = fread(chunk, 1, HASH_CHUNK_BYTES, file)) > 0;)
        g_checksum_update(checksum, chunk, (gssize)n);
    const gboolean is_read = !ferror(file);
    fclose(file);
    if (!is_read)
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path}, "cannot read it to its end");
    return is_read ? g_strdup(g_checksum_get_string(checksum)) : NULL;
}
