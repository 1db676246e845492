/* Making a pack: the plan's own files beside the month's, and the manifest. */
#include <cjson/cJSON.h>
#include <glib/gstdio.h>
#include <string.h>

#include "engine/data/issue/issued_private.h"
#include "engine/data/plan/plan_source.h"
#include "engine/data/plan/plan_tables.h"
#include "engine/data/text/file_hash.h"
#include "engine/data/text/file_tree.h"
#include "engine/data/text/whole_file.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(cJSON, cJSON_Delete)

#define ADVICE "make room, or check the folder's permissions"

/* One file into the pack's plan/, where there is one. */
static gboolean copy_file(const char *from, const char *folder, const char *name, GError **error)
{
    if (!g_file_test(from, G_FILE_TEST_IS_REGULAR))
        return TRUE;
    g_autofree char *to = g_build_filename(folder, ISSUED_PLAN, name, NULL);
    g_autoptr(WholeFile) file = whole_file_begin(to, ADVICE, error);
    return file && whole_file_copy(file, from, error) && whole_file_commit(file, NULL, MUST_BE_ON_DISK, error);
}

static gboolean copy_named(const WmPlan *plan, const char *folder, const char *name, GError **error)
{
    g_autofree char *from = g_build_filename(plan->folder, name, NULL);
    return copy_file(from, folder, name, error);
}

static gboolean copy_recipes(const WmPlan *plan, const char *folder, GError **error)
{
    g_autofree char *recipes = g_build_filename(plan->folder, "recipes", NULL);
    g_autoptr(GDir) dir = g_dir_open(recipes, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *file = g_build_filename("recipes", name, NULL);
        if (g_str_has_suffix(name, ".ini") && !copy_named(plan, folder, file, error))
            return FALSE;
    }
    return TRUE;
}

/* The tables as files, or the workbook that stands in for them, and what they name. */
static gboolean copy_plan(const WmPlan *plan, const char *plan_path, const char *folder, GError **error)
{
    const gboolean is_workbook = g_file_test(plan_path, G_FILE_TEST_IS_REGULAR);
    if (is_workbook ? !copy_file(plan_path, folder, PLAN_WORKBOOK, error)
                    : !copy_named(plan, folder, PLAN_INI, error) || !copy_named(plan, folder, PLAN_WORKBOOK, error))
        return FALSE;
    for (size_t i = 0; !is_workbook && i < N_PLAN_TABLES; i++)
        if (!copy_named(plan, folder, PLAN_TABLES[i].spec.file, error))
            return FALSE;
    const char *priors = plan->settings.priors;
    const gboolean is_within = *priors && !g_path_is_absolute(priors) && !strstr(priors, "..");
    return copy_recipes(plan, folder, error) && (!is_within || copy_named(plan, folder, priors, error));
}

static gboolean hash_files(WmIssued *self, GError **error)
{
    g_autoptr(GPtrArray) files = file_tree_list(self->folder, error);
    for (guint i = 0; files && i < files->len; i++) {
        const char *file = g_ptr_array_index(files, i);
        g_autofree char *path = g_build_filename(self->folder, file, NULL), *hash = file_hash(path, error);
        GStatBuf facts;
        if (!hash || g_stat(path, &facts) != 0)
            return FALSE;
        issued_add_file(self, file, facts.st_size, hash);
    }
    return files != NULL;
}

static void add_files(cJSON *root, const WmIssued *self)
{
    cJSON *list = cJSON_AddArrayToObject(root, "files");
    for (size_t i = 0; i < self->n_files; i++) {
        cJSON *one = cJSON_CreateObject();
        cJSON_AddStringToObject(one, "file", self->files[i].file);
        cJSON_AddNumberToObject(one, "bytes", (double)self->files[i].n_bytes);
        cJSON_AddStringToObject(one, "sha256", self->files[i].sha256);
        cJSON_AddItemToArray(list, one);
    }
}

/* Those that counted. */
static void add_drops(cJSON *root, const WmMonth *month)
{
    cJSON *list = cJSON_AddArrayToObject(root, "drops");
    for (size_t i = 0; i < month->n_drops; i++) {
        const WmDropInfo *drop = &month->drops[i];
        char received[WM_PERIOD_TEXT];
        if (wm_drop_is_withdrawn(drop, month->as_at))
            continue;
        cJSON *one = cJSON_CreateObject();
        cJSON_AddStringToObject(one, "file", drop->file);
        cJSON_AddStringToObject(one, "received", wm_day_format_iso(drop->received, received));
        cJSON_AddStringToObject(one, "sha256", drop->hash);
        cJSON_AddNumberToObject(one, "loaded", (double)drop->n_loaded);
        cJSON_AddItemToArray(list, one);
    }
}

static cJSON *manifest_of(const WmIssued *self, const WmMonth *month)
{
    const WmPlanSettings *settings = &month->plan->settings;
    char as_at[WM_PERIOD_TEXT];
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "issue", self->name);
    cJSON_AddStringToObject(root, "as_at", wm_day_format_iso(self->as_at, as_at));
    cJSON_AddStringToObject(root, "plan", settings->title);
    cJSON_AddStringToObject(root, "area", settings->area);
    cJSON_AddStringToObject(root, "plan_version", settings->version);
    cJSON_AddStringToObject(root, "waymark_version", WM_VERSION);
    cJSON_AddNumberToObject(root, "method_version", WM_METHOD_VERSION);
    add_drops(root, month);
    add_files(root, self);
    return root;
}

WmIssued *wm_issued_complete(const WmMonth *month, const char *plan_path, const char *folder, int number, GError **error)
{
    g_autoptr(WmIssued) self = issued_alloc(folder, month->as_at, number);
    if (!copy_plan(month->plan, plan_path, folder, error) || !hash_files(self, error))
        return NULL;
    g_autoptr(cJSON) root = manifest_of(self, month);
    char *text = cJSON_Print(root);
    g_autofree char *path = g_build_filename(folder, ISSUED_MANIFEST, NULL);
    g_autoptr(WholeFile) file = whole_file_begin(path, ADVICE, error);
    const gboolean is_written = file && whole_file_write(file, text, strlen(text), error) &&
                                whole_file_write(file, "\n", 1, error) && whole_file_commit(file, NULL, MUST_BE_ON_DISK, error);
    cJSON_free(text);
    return is_written ? issued_read(folder, month->as_at, number, error) : NULL;
}
