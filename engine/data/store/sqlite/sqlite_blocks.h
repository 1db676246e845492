/* engine/data/store/sqlite/sqlite_blocks.h: blocks of readings as rows of the store.
 *
 * A block's id says which bunch of series it holds, of which drop, and which of that drop's parts it is: so a series reads in one
 * sweep over neighbouring rows, whatever the store's size, and a month's drop writes one row a bunch.
 */
#ifndef WM_DATA_SQLITE_BLOCKS_H
#define WM_DATA_SQLITE_BLOCKS_H

#include <sqlite3.h>
#include <waymark/error.h>

#include "engine/data/store/reading_block.h"

#define STORE_ADD_BLOCK "INSERT INTO blocks (id, drop_id, first, last, n, crc, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"

enum { PART_BITS = 16, DROP_BITS = 24 };
#define MAX_PARTS (1 << PART_BITS)
#define MAX_DROPS (1 << DROP_BITS)

static inline gint64 block_id(guint32 bunch, gint64 drop, guint32 part)
{
    return (gint64)bunch << (DROP_BITS + PART_BITS) | drop << PART_BITS | part;
}

static inline guint32 block_bunch(gint64 id)
{
    return (guint32)(id >> (DROP_BITS + PART_BITS));
}

guint32 block_crc(const void *bytes, size_t length);

/* Insert n sorted readings of one bunch through a statement of STORE_ADD_BLOCK; `bytes` is scratch. FALSE: SQLite says why. */
gboolean sqlite_block_insert(sqlite3_stmt *add, gint64 drop, guint32 part, const BlockReading *readings, size_t n,
                             GByteArray *bytes);

#endif
