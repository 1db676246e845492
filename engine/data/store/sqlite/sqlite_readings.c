/* Names and readings in an SQLite store. */
#include "engine/data/store/sqlite/sqlite_store.h"

static SqliteStore *sqlite_of(WmStore *self)
{
    return (SqliteStore *)self;
}

static gboolean fail(SqliteStore *self, const char *doing, GError **error)
{
    return sqlite_fail(self->db, self->base.path, doing, error);
}

/* The id of a row that is found, or else added, by the same texts. */
static gboolean find_or_add(SqliteStore *self, const SqliteStatement order[2], const char *key, int n_texts, gint64 *id,
                            GError **error)
{
    gboolean is_found = FALSE;
    for (int i = 0; i < 2 && !is_found; i++) {
        sqlite3_stmt *statement = sqlite_bound(self, order[i], NULL, 0, error);
        if (!statement)
            return FALSE;
        for (int k = 0; k < n_texts; k++)
            sqlite3_bind_text(statement, k + 1, names_text(key, (size_t)k), -1, SQLITE_STATIC);
        const int code = sqlite3_step(statement);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            return fail(self, "add to the store", error);
        is_found = code == SQLITE_ROW;
        *id = is_found ? sqlite3_column_int64(statement, 0) : sqlite3_last_insert_rowid(self->db);
        sqlite3_reset(statement);
    }
    return TRUE;
}

static gboolean learn(WmStore *self, const SqliteStatement order[2], int n_texts, const GPtrArray *keys, GArray *ids,
                      GError **error)
{
    for (guint i = 0; i < keys->len; i++) {
        gint64 id;
        if (!find_or_add(sqlite_of(self), order, g_ptr_array_index(keys, i), n_texts, &id, error))
            return FALSE;
        g_array_append_val(ids, id);
    }
    return TRUE;
}

gboolean sqlite_learn_series(WmStore *self, const FreshNames *names, GArray *ids, GError **error)
{
    return learn(self, (const SqliteStatement[]){FIND_SERIES, ADD_SERIES}, 3, names->keys, ids, error);
}

gboolean sqlite_learn_notes(WmStore *self, const FreshNames *names, GArray *ids, GError **error)
{
    return learn(self, (const SqliteStatement[]){FIND_NOTE, ADD_NOTE}, 1, names->keys, ids, error);
}

gboolean sqlite_read_note(WmStore *base, guint32 note, char **out, GError **error)
{
    *out = NULL;
    SqliteStore *self = sqlite_of(base);
    sqlite3_stmt *statement = SQLITE_BOUND(self, READ_NOTE, error, note);
    if (!statement)
        return FALSE;
    const int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return fail(self, "read the store", error);
    *out = g_strdup(code == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : "");
    sqlite3_reset(statement);
    return TRUE;
}

gboolean sqlite_add_readings(WmStore *base, gint64 drop, guint32 part, const BlockReading *readings, size_t n, GError **error)
{
    SqliteStore *self = sqlite_of(base);
    sqlite3_stmt *add = sqlite_bound(self, ADD_BLOCK, NULL, 0, error);
    if (!self->bytes)
        self->bytes = g_byte_array_new();
    return add && (sqlite_block_insert(add, drop, part, readings, n, self->bytes) || fail(self, "add readings", error));
}

gboolean sqlite_end_part(WmStore *self, GError **error)
{
    (void)self;
    (void)error;
    return TRUE; /* a block is there once it is added */
}

/* FALSE: the block, or what it belongs to, is damaged. */
static gboolean read_block(const ReadingRange *range, sqlite3_stmt *statement, ReadingFunc func, gpointer data)
{
    const void *bytes = sqlite3_column_blob(statement, 3);
    const size_t length = (size_t)sqlite3_column_bytes(statement, 3);
    const gint64 content = sqlite3_column_int64(statement, 1);
    if (block_crc(bytes, length) != (guint32)sqlite3_column_int64(statement, 2))
        return FALSE;
    BlockCursor cursor;
    BlockReading reading;
    BlockStep step;
    block_cursor_init(&cursor, bytes, length, block_bunch(sqlite3_column_int64(statement, 0)));
    while ((step = block_next(&cursor, &reading)) == BLOCK_READING) {
        if (range->series && reading.series > range->series)
            return TRUE;
        if ((!range->series || reading.series == range->series) && !func(content, &reading, data))
            return FALSE;
    }
    return step == BLOCK_END;
}

gboolean sqlite_each_reading(WmStore *base, const ReadingRange *range, ReadingFunc func, gpointer data, GError **error)
{
    SqliteStore *self = sqlite_of(base);
    const gint64 first = block_id(range->first_bunch, range->content, 0);
    const gint64 last =
        range->content ? block_id(range->last_bunch, range->content, MAX_PARTS - 1) : block_id(range->last_bunch + 1, 0, 0) - 1;
    sqlite3_stmt *statement = SQLITE_BOUND(self, LIST_BLOCKS, error, first, last, range->first_period, range->last_period);
    if (!statement)
        return FALSE;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        if ((!range->content || sqlite3_column_int64(statement, 1) == range->content) &&
            !read_block(range, statement, func, data)) {
            sqlite3_reset(statement);
            return store_fail_damaged(base, error);
        }
    const gboolean is_read = code == SQLITE_DONE || fail(self, "read the store", error);
    sqlite3_reset(statement);
    return is_read;
}

gboolean sqlite_list_ranges(WmStore *base, gint64 content, GArray *out, GError **error)
{
    SqliteStore *self = sqlite_of(base);
    sqlite3_stmt *statement = SQLITE_BOUND(self, LIST_BUNCHES, error, content);
    if (!statement)
        return FALSE;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        const guint32 bunch = (guint32)sqlite3_column_int64(statement, 0);
        const ReadingRange range = {.first_bunch = bunch,
                                    .last_bunch = bunch,
                                    .first_period = (guint32)sqlite3_column_int64(statement, 1),
                                    .last_period = (guint32)sqlite3_column_int64(statement, 2)};
        g_array_append_val(out, range);
    }
    const gboolean is_read = code == SQLITE_DONE || fail(self, "read the store", error);
    sqlite3_reset(statement);
    return is_read;
}

gboolean sqlite_has_others(WmStore *base, const ReadingRange *range, gint64 content, gboolean *out, GError **error)
{
    SqliteStore *self = sqlite_of(base);
    sqlite3_stmt *statement =
        SQLITE_BOUND(self, HAS_OTHERS, error, block_id(range->first_bunch, 0, 0), block_id(range->last_bunch + 1, 0, 0) - 1,
                     range->first_period, range->last_period, content);
    if (!statement)
        return FALSE;
    const int code = sqlite3_step(statement);
    *out = code == SQLITE_ROW;
    const gboolean is_read = code == SQLITE_ROW || code == SQLITE_DONE || fail(self, "read the store", error);
    sqlite3_reset(statement);
    return is_read;
}
