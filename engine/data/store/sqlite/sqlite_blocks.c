/* Blocks, written and read. */
#include "engine/data/store/sqlite/sqlite_blocks.h"

#include <zlib.h>

guint32 block_crc(const void *bytes, size_t length)
{
    return (guint32)crc32(0, bytes, (uInt)length);
}

gboolean sqlite_block_insert(sqlite3_stmt *add, gint64 drop, guint32 part, const BlockReading *readings, size_t n,
                             GByteArray *bytes)
{
    guint32 first = readings[0].period, last = first;
    for (size_t i = 1; i < n; i++) {
        first = MIN(first, readings[i].period);
        last = MAX(last, readings[i].period);
    }
    g_byte_array_set_size(bytes, 0);
    block_encode(bytes, readings, n);
    const gint64 numbers[] = {
        block_id(readings[0].series / BUNCH_SERIES, drop, part), drop, first, last, (gint64)n, block_crc(bytes->data, bytes->len)};
    for (int i = 0; i < (int)G_N_ELEMENTS(numbers); i++)
        sqlite3_bind_int64(add, i + 1, numbers[i]);
    sqlite3_bind_blob(add, (int)G_N_ELEMENTS(numbers) + 1, bytes->data, (int)bytes->len, SQLITE_STATIC);
    const int code = sqlite3_step(add);
    sqlite3_reset(add);
    return code == SQLITE_DONE;
}
