/* Files below a folder. */
#include "engine/data/text/file_tree.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

static gboolean fail(const char *path, const char *what, GError **error)
{
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "check the path and its permissions"}, "%s: %s",
                 what, g_strerror(errno));
    return FALSE;
}

static gboolean is_folder(const char *path)
{
    return g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK);
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* `below` is where in the tree: "" or "charts/". */
static gboolean list(const char *root, const char *below, GPtrArray *files, GError **error)
{
    g_autofree char *folder = g_build_filename(root, below, NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    if (!dir)
        return fail(folder, "cannot list it", error);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *from_root = g_strconcat(below, name, NULL), *path = g_build_filename(root, from_root, NULL);
        g_autofree char *deeper = g_strconcat(from_root, "/", NULL);
        if (!is_folder(path))
            g_ptr_array_add(files, g_steal_pointer(&from_root));
        else if (!list(root, deeper, files, error))
            return FALSE;
    }
    return TRUE;
}

GPtrArray *file_tree_list(const char *folder, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    if (!list(folder, "", files, error))
        return NULL;
    g_ptr_array_sort(files, by_name);
    return g_steal_pointer(&files);
}

gboolean file_tree_remove(const char *folder, GError **error)
{
    if (!is_folder(folder))
        return TRUE;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    if (!dir)
        return fail(folder, "cannot list it", error);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (is_folder(path) ? !file_tree_remove(path, error) : g_unlink(path) != 0 && !fail(path, "cannot remove it", error))
            return FALSE;
    }
    return g_rmdir(folder) == 0 || fail(folder, "cannot remove it", error);
}
