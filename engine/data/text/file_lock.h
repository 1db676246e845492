/* engine/data/text/file_lock.h: being alone at a file.
 *
 * The lock is the process's and of those that it begins; it goes with them, however they end.
 */
#ifndef WM_DATA_FILE_LOCK_H
#define WM_DATA_FILE_LOCK_H

#include <waymark/error.h>

/* Open a file, made if need be, and wait until nobody else has it. Its descriptor, or -1 with errno. */
int file_lock_wait(const char *path);

typedef struct FolderLock FolderLock;

/* Be the only one to write into a folder, which is made if need be. Does not wait: `what` is at work there, says *error
 * (WM_ERROR_FILE). New, or NULL. */
FolderLock *folder_lock_new(const char *folder, const char *what, GError **error);

/* Let others in; leaves no file behind. */
void folder_lock_free(FolderLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FolderLock, folder_lock_free)

#endif
