/* A copy of an SQLite store, through SQLite's own backup, which sees one moment of a store that others may be writing. */
#include <string.h>

#include "engine/data/store/sqlite/sqlite_store.h"

#define PAGES_AT_ONCE 1024
#define WAIT_MS       50
#define MAX_WAITS     200 /* ten seconds in all */

static gboolean fail_copy(sqlite3 *copy, const char *path, GError **error)
{
    return sqlite_fail(copy, path, "copy the store", error);
}

static gboolean copy_pages(WmStore *self, sqlite3 *copy, const char *path, GError **error)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", ((SqliteStore *)self)->db, "main");
    if (!backup)
        return fail_copy(copy, path, error);
    int code = SQLITE_OK;
    for (int n_waits = 0; code != SQLITE_DONE && n_waits <= MAX_WAITS;) {
        code = sqlite3_backup_step(backup, PAGES_AT_ONCE);
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
            sqlite3_sleep(WAIT_MS);
            n_waits++;
        } else if (code != SQLITE_OK && code != SQLITE_DONE)
            break;
    }
    const int finished = sqlite3_backup_finish(backup);
    return (code == SQLITE_DONE && finished == SQLITE_OK) || fail_copy(copy, path, error);
}

static gboolean is_sound(sqlite3 *copy, const char *path, GError **error)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(copy, "PRAGMA integrity_check(1)", -1, &statement, NULL) != SQLITE_OK)
        return fail_copy(copy, path, error);
    const gboolean is_read = sqlite3_step(statement) == SQLITE_ROW;
    const gboolean is_ok = is_read && strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;
    if (is_read && !is_ok)
        wm_error_set(error, WM_ERROR_FILE,
                     &(WmErrorPlace){.file = path, .advice = "`waymark store verify` says what is wrong with the store"},
                     "the copy is damaged, as the store must be: %s", sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return is_ok || (!is_read && fail_copy(copy, path, error));
}

gboolean sqlite_backup(WmStore *self, const char *part, const char *path, GError **error)
{
    sqlite3 *copy = NULL;
    const gboolean is_made = (sqlite3_open(part, &copy) == SQLITE_OK || fail_copy(copy, path, error)) &&
                             copy_pages(self, copy, path, error) && is_sound(copy, path, error);
    sqlite3_close(copy);
    return is_made;
}

WmStore *sqlite_copy(WmStore *self, GError **error)
{
    g_autoptr(WmStore) copy = sqlite_store_new(self->path, error);
    return copy && copy_pages(self, ((SqliteStore *)copy)->db, self->path, error) ? g_steal_pointer(&copy) : NULL;
}
