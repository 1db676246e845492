/* A list of plans: a path on each line. */
#include "cli/batch/plan_list.h"

#include <string.h>

#include "engine/data/plan/plan_source.h"
#include "engine/data/text/encoding.h"

typedef struct {
    PackBatch *batch;
    const char *path;
    int line;
    GHashTable *packs; /* name -> line */
    GHashTable *above; /* a folder that a pack's lies in -> the pack's line */
} List;

/* The text without its byte order mark. What is no text would give a plan for each of its scraps. */
static char *read_text(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    gsize length;
    if (!g_file_get_contents(path, &text, &length, &cause)) {
        wm_error_set(error, WM_ERROR_FILE,
                     &(WmErrorPlace){.file = path, .advice = "name a folder of plans, or a list of their paths"},
                     "cannot read it: %s", cause->message);
        return NULL;
    }
    g_autofree char *name = g_path_get_basename(path);
    if (strcmp(name, PLAN_INI) == 0 || !g_utf8_validate(text, (gssize)length, NULL)) {
        wm_error_set(error, WM_ERROR_INPUT,
                     &(WmErrorPlace){.file = path, .advice = "name a plan's folder, or a list of such: a text in UTF-8"},
                     "it is no list of plans");
        return NULL;
    }
    return g_strdup(text + encoding_mark_length(text, length));
}

/* A plan's path within the list's folder names its pack; of one that lies elsewhere, its last part. Both paths are canonical, so
 * that no name leads out of packs/, and none is written in two ways. */
static char *name_of(const PackBatch *batch, const char *plan)
{
    g_autofree char *within = g_strconcat(batch->base, g_str_has_suffix(batch->base, "/") ? "" : "/", NULL);
    return g_str_has_prefix(plan, within) ? g_strdup(plan + strlen(within)) : g_path_get_basename(plan);
}

static gboolean fail_shared(const List *self, const char *name, int first, GError **error)
{
    wm_error_set(error, WM_ERROR_INPUT,
                 &(WmErrorPlace){.file = self->path,
                                 .line = self->line,
                                 .advice = "list a plan once, and give plans folders of "
                                           "different names"},
                 "its pack would be “%s”, as that of line %d", name, first);
    return FALSE;
}

static gboolean fail_nested(const List *self, const char *name, int first, GError **error)
{
    wm_error_set(error, WM_ERROR_INPUT,
                 &(WmErrorPlace){.file = self->path,
                                 .line = self->line,
                                 .advice = "put the one plan beside the other, or in a list of its own"},
                 "its pack, “%s”, and that of line %d would lie one within the other", name, first);
    return FALSE;
}

/* A pack's folder is its own: a pack within it would be taken for one of its files. */
static gboolean take_name(List *self, const char *name, GError **error)
{
    int first = GPOINTER_TO_INT(g_hash_table_lookup(self->packs, name));
    if (first)
        return fail_shared(self, name, first, error);
    if ((first = GPOINTER_TO_INT(g_hash_table_lookup(self->above, name))) != 0)
        return fail_nested(self, name, first, error);
    for (const char *end = strchr(name, '/'); end; end = strchr(end + 1, '/')) {
        char *folder = g_strndup(name, (gsize)(end - name));
        first = GPOINTER_TO_INT(g_hash_table_lookup(self->packs, folder));
        g_hash_table_insert(self->above, folder, GINT_TO_POINTER(self->line));
        if (first)
            return fail_nested(self, name, first, error);
    }
    g_hash_table_insert(self->packs, g_strdup(name), GINT_TO_POINTER(self->line));
    return TRUE;
}

static gboolean take_line(List *self, const char *text, GError **error)
{
    g_autofree char *plan = g_canonicalize_filename(text, self->batch->base), *name = name_of(self->batch, plan);
    if (!take_name(self, name, error))
        return FALSE;
    pack_batch_add(self->batch, name, plan, NULL);
    return TRUE;
}

gboolean plan_list_read(PackBatch *batch, const char *path, GError **error)
{
    g_autofree char *text = read_text(path, error);
    g_autoptr(GHashTable) packs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                          above = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    List self = {.batch = batch, .path = path, .packs = packs, .above = above};
    g_auto(GStrv) lines = text ? g_strsplit(text, "\n", -1) : NULL;
    for (char **line = lines; line && *line; line++) {
        const char *plan = g_strstrip(*line);
        self.line++;
        if (*plan && *plan != '#' && !take_line(&self, plan, error))
            return FALSE;
    }
    return text != NULL;
}
