/* Results as files. */
#include "cli/command.h"
#include "engine/data/text/whole_file.h"

gboolean write_output(const char *path, const void *bytes, gsize length, GError **error)
{
    g_autoptr(WholeFile) file = whole_file_begin(path, "make room, or choose another folder with --out", error);
    return file && whole_file_write(file, bytes, length, error) && whole_file_commit(file, NULL, CAN_BE_MADE_AGAIN, error);
}
