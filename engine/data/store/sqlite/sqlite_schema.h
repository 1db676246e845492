/* engine/data/store/sqlite/sqlite_schema.h: a store's tables in SQLite, and how an older store becomes a newer one. */
#ifndef WM_DATA_SQLITE_SCHEMA_H
#define WM_DATA_SQLITE_SCHEMA_H

#include <sqlite3.h>
#include <waymark/error.h>

/* Bring `db` to this version's schema, in one transaction. `path` is for messages. */
gboolean sqlite_schema_migrate(sqlite3 *db, const char *path, GError **error);

/* Set *error from what SQLite last said about `db`, with what to do about it. Returns FALSE. */
gboolean sqlite_fail(sqlite3 *db, const char *path, const char *doing, GError **error);

#endif
