/* A copy of the store, whole and looked over, or none. */
#include <string.h>

#include "engine/data/store/store_private.h"
#include "engine/data/text/whole_file.h"

#define PAGES_AT_ONCE 1024
#define WAIT_MS       50
#define MAX_WAITS     200 /* ten seconds in all */

static gboolean fail_copy(sqlite3 *copy, const char *path, GError **error)
{
    return store_fail(copy, path, "copy the store", error);
}

gboolean store_copy_pages(WmStore *self, sqlite3 *copy, const char *path, GError **error)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", self->db, "main");
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

static gboolean make_copy(WmStore *self, const char *part, const char *path, GError **error)
{
    sqlite3 *copy = NULL;
    const gboolean is_made = (sqlite3_open(part, &copy) == SQLITE_OK || fail_copy(copy, path, error)) &&
                             store_copy_pages(self, copy, path, error) && is_sound(copy, path, error);
    sqlite3_close(copy);
    return is_made;
}

bool wm_store_backup(WmStore *self, const char *path, bool may_replace, GError **error)
{
    if (!may_replace && g_file_test(path, G_FILE_TEST_EXISTS)) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "choose another name, or give --force"},
                     "there is a file of that name");
        return false;
    }
    g_autoptr(WholeFile) file = whole_file_begin(path, "make room, or choose another folder", error);
    return file && make_copy(self, whole_file_part(file), path, error) && whole_file_commit(file, NULL, MUST_BE_ON_DISK, error);
}
