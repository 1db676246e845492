/* engine/data/text/whole_file.h: files, written whole or not at all.
 *
 * The bytes go into .NAME.part beside the file, which then takes the file's name. The part's name is always the same, so that what
 * a killed process leaves behind is taken up by the next one; a lock keeps two processes that write the same file from mixing their
 * bytes.
 */
#ifndef WM_DATA_WHOLE_FILE_H
#define WM_DATA_WHOLE_FILE_H

#include <waymark/error.h>

typedef struct WholeFile WholeFile;

typedef enum { CAN_BE_MADE_AGAIN, MUST_BE_ON_DISK } Durability;

/* Begin a file, making its folder; waits while another process writes it. `advice` is for its errors; borrowed. New. */
WholeFile *whole_file_begin(const char *path, const char *advice, GError **error);

gboolean whole_file_write(WholeFile *self, const void *bytes, gsize length, GError **error);

/* Append all that another file holds; "-" is standard input. */
gboolean whole_file_copy(WholeFile *self, const char *path, GError **error);

/* Where the bytes are until then; borrowed. */
const char *whole_file_part(const WholeFile *self);

/* Give the part its name, or `path` instead if that is not NULL. Afterwards only whole_file_free is left to do. */
gboolean whole_file_commit(WholeFile *self, const char *path, Durability durability, GError **error);

/* Leaves nothing behind unless committed. */
void whole_file_free(WholeFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WholeFile, whole_file_free)

#endif
