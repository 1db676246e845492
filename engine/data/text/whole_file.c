/* Files, written whole or not at all. */
#include "engine/data/text/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "engine/data/text/file_lock.h"

#define COPY_BYTES (256 * 1024)
#define MAX_TRIES  10

struct WholeFile {
    char *path, *part;
    const char *advice;
    int file; /* of the part; -1 once it has its name */
};

static gboolean fail(const WholeFile *self, GError **error)
{
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = self->path, .advice = self->advice}, "cannot write: %s",
                 g_strerror(errno));
    return FALSE;
}

WholeFile *whole_file_begin(const char *path, const char *advice, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(path);
    g_autoptr(WholeFile) self = g_new0(WholeFile, 1);
    self->path = g_strdup(path);
    self->part = g_strdup_printf("%s%c.%s.part", folder, G_DIR_SEPARATOR, name);
    self->advice = advice;
    self->file = -1;
    /* Whoever made the folder may remove it, empty, before the part lies in it. */
    for (int i = 0; self->file < 0 && (i == 0 || (errno == ENOENT && i < MAX_TRIES)); i++) {
        if (g_mkdir_with_parents(folder, 0777) != 0) {
            wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = folder, .advice = advice}, "cannot make the folder: %s",
                         g_strerror(errno));
            return NULL;
        }
        self->file = file_lock_wait(self->part);
    }
    if (self->file < 0 || ftruncate(self->file, 0) != 0) {
        fail(self, error);
        return NULL;
    }
    return g_steal_pointer(&self);
}

gboolean whole_file_write(WholeFile *self, const void *bytes, gsize length, GError **error)
{
    for (const char *at = bytes; length > 0;) {
        const gssize n = write(self->file, at, length);
        if (n < 0 && errno != EINTR)
            return fail(self, error);
        at += MAX(n, 0);
        length -= (gsize)MAX(n, 0);
    }
    return TRUE;
}

static gboolean fail_reading(const char *path, GError **error)
{
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "check the path and its permissions"},
                 "cannot read: %s", g_strerror(errno));
    return FALSE;
}

static gboolean copy_from(WholeFile *self, int from, const char *path, GError **error)
{
    g_autofree char *chunk = g_malloc(COPY_BYTES);
    for (;;) {
        const gssize n = read(from, chunk, COPY_BYTES);
        if (n == 0)
            return TRUE;
        if (n < 0 && errno != EINTR)
            return fail_reading(path, error);
        if (n > 0 && !whole_file_write(self, chunk, (gsize)n, error))
            return FALSE;
    }
}

gboolean whole_file_copy(WholeFile *self, const char *path, GError **error)
{
    const gboolean is_stdin = strcmp(path, "-") == 0;
    const int from = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return fail_reading(path, error);
    const gboolean is_copied = copy_from(self, from, path, error);
    if (!is_stdin)
        close(from);
    return is_copied;
}

const char *whole_file_part(const WholeFile *self)
{
    return self->part;
}

/* A network file system may say only when a descriptor is closed that there was no room. The lock stays with the other. */
static gboolean has_arrived(int file)
{
    const int twin = dup(file);
    return twin >= 0 && close(twin) == 0;
}

gboolean whole_file_commit(WholeFile *self, const char *path, Durability durability, GError **error)
{
    if (!has_arrived(self->file) || (durability == MUST_BE_ON_DISK && fsync(self->file) != 0) ||
        g_rename(self->part, path ? path : self->path) != 0)
        return fail(self, error);
    close(self->file);
    self->file = -1;
    return TRUE;
}

void whole_file_free(WholeFile *self)
{
    if (!self)
        return;
    if (self->file >= 0) {
        g_unlink(self->part); /* before the lock goes */
        close(self->file);
    }
    g_free(self->path);
    g_free(self->part);
    g_free(self);
}
