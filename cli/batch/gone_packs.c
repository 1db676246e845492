/* Packs of plans that are no more. */
#include "cli/batch/gone_packs.h"

#include "cli/batch/inputs.h"

/* A pack's folder has its record; the folders above it (packs/north/a) have none. */
static void find(const char *folder, const char *below, GHashTable *known, GPtrArray *out)
{
    g_autoptr(GPtrArray) names = sorted_names(folder);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *inner = *below ? g_build_filename(below, name, NULL) : g_strdup(name);
        if (!g_file_test(path, G_FILE_TEST_IS_DIR) || g_file_test(path, G_FILE_TEST_IS_SYMLINK) ||
            g_hash_table_contains(known, inner))
            continue;
        g_autoptr(PackRecord) record = pack_record_read(path);
        if (record)
            g_ptr_array_add(out, g_steal_pointer(&inner));
        else
            find(path, inner, known, out);
    }
}

GPtrArray *gone_packs(const PackBatch *batch)
{
    GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree char *folder = g_build_filename(batch->out, "packs", NULL);
    for (guint i = 0; i < batch->packs->len; i++)
        g_hash_table_add(known, ((const Pack *)g_ptr_array_index(batch->packs, i))->name);
    find(folder, "", known, out);
    return out;
}
