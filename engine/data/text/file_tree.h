/* engine/data/text/file_tree.h: all files below a folder. */
#ifndef WM_DATA_FILE_TREE_H
#define WM_DATA_FILE_TREE_H

#include <waymark/error.h>

/* Names of the files below `folder`, from it, in order; links are not followed. New, of char *; NULL with *error. */
GPtrArray *file_tree_list(const char *folder, GError **error);

/* Remove a folder with all that is in it; nothing where there is none. FALSE with *error. */
gboolean file_tree_remove(const char *folder, GError **error);

#endif
