/* A plan's folder as one hash. */
#include "cli/batch/inputs.h"

#include <glib/gstdio.h>
#include <string.h>

#include "engine/data/text/file_hash.h"

/* What Waymark makes in a plan's folder: all of it can be made again from the rest. */
static const char *const MADE[] = {"waymark.db", "waymark.db-journal", "waymark.db-wal", "waymark.db-shm", "quarantine", "out",
                                   "batch"};

static gboolean is_made(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(MADE); i++)
        if (strcmp(name, MADE[i]) == 0)
            return TRUE;
    return FALSE;
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *sorted_names(const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));)
        if (*name != '.')
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_name);
    return names;
}

/* A folder, and those it is in: a link may lead back to one of them. */
typedef struct Opened {
    GStatBuf stat;
    const struct Opened *above;
} Opened;

static gboolean is_open(const Opened *self)
{
    for (const Opened *one = self->above; one; one = one->above)
        if (one->stat.st_dev == self->stat.st_dev && one->stat.st_ino == self->stat.st_ino)
            return TRUE;
    return FALSE;
}

/* `below` is the path within the plan; its end is part of what is hashed, so that no two trees read alike. */
static gboolean add_folder(GChecksum *sum, const char *folder, const char *below, const char *skipped, const Opened *above,
                           GError **error)
{
    Opened self = {.above = above};
    if (g_stat(folder, &self.stat) == 0 && is_open(&self))
        return TRUE;
    g_autoptr(GPtrArray) names = sorted_names(folder);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *inner = g_strconcat(below, "/", name, NULL);
        if ((!*below && is_made(name)) || g_strcmp0(path, skipped) == 0)
            continue;
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            if (!add_folder(sum, path, inner, skipped, &self, error))
                return FALSE;
            continue;
        }
        g_autofree char *hash = file_hash(path, error);
        if (!hash)
            return FALSE;
        g_checksum_update(sum, (const guchar *)inner, (gssize)strlen(inner) + 1);
        g_checksum_update(sum, (const guchar *)hash, (gssize)strlen(hash) + 1);
    }
    return TRUE;
}

char *plan_inputs_hash(const char *folder, const char *skipped, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *whole = g_canonicalize_filename(folder, NULL);
    return add_folder(sum, whole, "", skipped, NULL, error) ? g_strdup(g_checksum_get_string(sum)) : NULL;
}

/* The store is not asked for what a folder's hash tells already. */
char *plan_drops_hash(const WmPlan *plan, WmStore *store, const CommonOptions *common, GError **error)
{
    g_autofree char *place = store_place(plan, common);
    if (!wm_store_is_address(place))
        return g_strdup("");
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    if (!drops)
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < drops->len; i++) {
        const WmDropInfo *drop = &g_array_index(drops, WmDropInfo, i);
        g_string_append_printf(text, "%" G_GINT64_FORMAT " %d %d %d %s %s\n", drop->id, (int)drop->received, (int)drop->since,
                               (int)drop->withdrawn, drop->hash, drop->file);
    }
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, (gssize)text->len);
}
