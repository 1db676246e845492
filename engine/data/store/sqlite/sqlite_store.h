/* engine/data/store/sqlite/sqlite_store.h: the store in one SQLite file. Readings are kept in blocks: sqlite_blocks.h. */
#ifndef WM_DATA_SQLITE_STORE_H
#define WM_DATA_SQLITE_STORE_H

#include <sqlite3.h>

#include "engine/data/store/sqlite/sqlite_blocks.h"
#include "engine/data/store/sqlite/sqlite_schema.h"
#include "engine/data/store/store_private.h"

typedef struct {
    StoreQuery base;
    sqlite3_stmt *statement; /* NULL: not prepared yet */
} SqliteQuery;

/* What only this backend asks. */
typedef enum {
    FIND_SERIES,
    ADD_SERIES,
    FIND_NOTE,
    ADD_NOTE,
    READ_NOTE,
    ADD_BLOCK,
    LIST_BLOCKS,
    LIST_BUNCHES,
    HAS_OTHERS,
    DATA_VERSION,
    N_SQLITE_STATEMENTS,
} SqliteStatement;

typedef struct {
    WmStore base;
    sqlite3 *db;
    SqliteQuery queries[N_STATEMENTS];
    sqlite3_stmt *statements[N_SQLITE_STATEMENTS];
    GByteArray *bytes;  /* scratch: a block */
    StoreAccess roomed; /* for which its cache has the size */
} SqliteStore;

extern const StoreBackend SQLITE_BACKEND;

/* Open a file, making it when absent. */
WmStore *sqlite_store_open(const char *path, GError **error);

/* Give the cache the size that suits an access. */
void sqlite_store_make_room(SqliteStore *self, StoreAccess access);

/* A store in temporary files, without a name of its own. `path` is for messages. */
WmStore *sqlite_store_new(const char *path, GError **error);

/* A statement of this backend, with whole numbers bound to its first parameters; NULL with *error set. Borrowed. */
sqlite3_stmt *sqlite_bound(SqliteStore *self, SqliteStatement which, const gint64 *numbers, int n, GError **error);
#define SQLITE_BOUND(self, which, error, ...)                                                                                   \
    sqlite_bound((self), (which), (const gint64[]){__VA_ARGS__}, (int)(sizeof((const gint64[]){__VA_ARGS__}) / sizeof(gint64)), \
                 (error))

/* Readings and names: sqlite_readings.c. */
gboolean sqlite_learn_series(WmStore *self, const FreshNames *names, GArray *ids, GError **error);
gboolean sqlite_learn_notes(WmStore *self, const FreshNames *names, GArray *ids, GError **error);
gboolean sqlite_read_note(WmStore *self, guint32 note, char **out, GError **error);
gboolean sqlite_add_readings(WmStore *self, gint64 drop, guint32 part, const BlockReading *readings, size_t n, GError **error);
gboolean sqlite_end_part(WmStore *self, GError **error);
gboolean sqlite_each_reading(WmStore *self, const ReadingRange *range, ReadingFunc func, gpointer data, GError **error);
gboolean sqlite_list_ranges(WmStore *self, gint64 content, GArray *out, GError **error);
gboolean sqlite_has_others(WmStore *self, const ReadingRange *range, gint64 content, gboolean *out, GError **error);

/* The file as a whole: sqlite_check.c, sqlite_backup.c. */
gboolean sqlite_check(WmStore *self, WmProblems *problems, GError **error);
WmStore *sqlite_copy(WmStore *self, GError **error);
gboolean sqlite_backup(WmStore *self, const char *part, const char *path, GError **error);

#endif
