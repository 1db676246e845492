/* Files, written whole or not at all.
 *
 * The bytes go into .NAME.part beside the file, which then takes the file's name. The part's name is always the same, so that what
 * a killed process leaves behind is taken up by the next one; a lock keeps two processes that write the same file from mixing their
 * bytes.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"

static gboolean lock(int part)
{
    while (lockf(part, F_LOCK, 0) != 0)
        if (errno != EINTR)
            return FALSE;
    return TRUE;
}

static gboolean is_still_there(int part, const char *path)
{
    struct stat ours, there;
    return fstat(part, &ours) == 0 && stat(path, &there) == 0 && ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

/* Open the part, alone with it; -1 with errno. Whoever had it before may have given it the file's name meanwhile: then there is a
 * new one to open. */
static int open_part(const char *path)
{
    for (;;) {
        const int part = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (part < 0)
            return -1;
        if (!lock(part)) {
            const int cause = errno;
            close(part);
            errno = cause;
            return -1;
        }
        if (is_still_there(part, path))
            return part;
        close(part);
    }
}

typedef enum { CAN_BE_MADE_AGAIN, MUST_BE_ON_DISK } Durability;

static gboolean write_all(int part, const char *bytes, gsize length, Durability durability)
{
    if (ftruncate(part, 0) != 0)
        return FALSE;
    while (length > 0) {
        const gssize n = write(part, bytes, length);
        if (n < 0 && errno != EINTR)
            return FALSE;
        bytes += MAX(n, 0);
        length -= (gsize)MAX(n, 0);
    }
    return durability == CAN_BE_MADE_AGAIN || fsync(part) == 0;
}

static gboolean write_through(const char *part_path, const char *path, const void *bytes, gsize length, Durability durability)
{
    const int part = open_part(part_path);
    if (part < 0)
        return FALSE;
    const gboolean is_written = write_all(part, bytes, length, durability) && g_rename(part_path, path) == 0;
    const int cause = errno;
    if (!is_written)
        g_unlink(part_path);
    close(part);
    errno = cause;
    return is_written;
}

static gboolean write_file(const char *path, const void *bytes, gsize length, Durability durability, const char *advice,
                           GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *part = g_strdup_printf("%s%c.%s.part", folder, G_DIR_SEPARATOR, name);
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = folder, .advice = advice}, "cannot make the folder: %s",
                     g_strerror(errno));
        return FALSE;
    }
    if (!write_through(part, path, bytes, length, durability)) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = advice}, "cannot write: %s", g_strerror(errno));
        return FALSE;
    }
    return TRUE;
}

gboolean write_output(const char *path, const void *bytes, gsize length, GError **error)
{
    return write_file(path, bytes, length, CAN_BE_MADE_AGAIN, "make room, or choose another folder with --out", error);
}

gboolean write_received(const char *path, const void *bytes, gsize length, GError **error)
{
    return write_file(path, bytes, length, MUST_BE_ON_DISK, "make room, and make the plan folder writable", error);
}
