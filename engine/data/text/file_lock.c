/* Locks of files and folders. */
#include "engine/data/text/file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_FILE ".lock" /* hidden: it is none of the folder's files */

struct FolderLock {
    char *path;
    int file;
};

/* flock, not lockf: a POSIX lock is gone as soon as the process closes any descriptor of the file, and a part is read while it is
 * held. */
static gboolean lock(int file, int how)
{
    while (flock(file, how) != 0)
        if (errno != EINTR)
            return FALSE;
    return TRUE;
}

static gboolean is_still_there(int file, const char *path)
{
    struct stat ours, there;
    return fstat(file, &ours) == 0 && stat(path, &there) == 0 && ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

/* Whoever had the file before may have renamed or removed it meanwhile: then there is a new one to open. */
static int open_locked(const char *path, int how)
{
    for (;;) {
        const int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (file < 0)
            return -1;
        if (!lock(file, how)) {
            const int cause = errno;
            close(file);
            errno = cause;
            return -1;
        }
        if (is_still_there(file, path))
            return file;
        close(file);
    }
}

int file_lock_wait(const char *path)
{
    return open_locked(path, LOCK_EX);
}

static FolderLock *fail(const char *folder, const char *what, GError **error)
{
    const int cause = errno;
    if (cause == EWOULDBLOCK)
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = folder, .advice = "wait until it has ended, and try again"},
                     "another %s is at work there", what);
    else
        wm_error_set(error, WM_ERROR_FILE,
                     &(WmErrorPlace){.file = folder, .advice = "make room, or check the folder's permissions"},
                     "cannot write there: %s", g_strerror(cause));
    return NULL;
}

FolderLock *folder_lock_new(const char *folder, const char *what, GError **error)
{
    if (g_mkdir_with_parents(folder, 0777) != 0)
        return fail(folder, what, error);
    g_autofree char *path = g_build_filename(folder, LOCK_FILE, NULL);
    const int file = open_locked(path, LOCK_EX | LOCK_NB);
    if (file < 0)
        return fail(folder, what, error);
    FolderLock *self = g_new(FolderLock, 1);
    *self = (FolderLock){g_steal_pointer(&path), file};
    return self;
}

void folder_lock_free(FolderLock *self)
{
    if (!self)
        return;
    g_unlink(self->path); /* before the lock goes */
    close(self->file);
    g_free(self->path);
    g_free(self);
}
