/* Packs as issued: listed, read from their manifests, and held against them. */
#include <cjson/cJSON.h>
#include <string.h>

#include "engine/data/issue/issued_private.h"
#include "engine/data/text/file_hash.h"
#include "engine/data/text/file_tree.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(cJSON, cJSON_Delete)

static const char *const STATE_NAMES[WM_N_ISSUED_STATES] = {
    [WM_ISSUED_UNCHANGED] = "unchanged",
    [WM_ISSUED_CHANGED] = "changed",
    [WM_ISSUED_MISSING] = "missing",
    [WM_ISSUED_UNLISTED] = "unlisted",
};

const char *wm_issued_state_name(WmIssuedState state)
{
    return STATE_NAMES[state];
}

char *wm_issued_name(WmDay as_at, int number)
{
    char day[WM_PERIOD_TEXT];
    wm_day_format_iso(as_at, day);
    return number > 1 ? g_strdup_printf("%s~%d", day, number) : g_strdup(day);
}

/* The reverse; FALSE for the name of no pack. */
static gboolean parse_name(const char *name, WmDay *as_at, int *number)
{
    g_auto(GStrv) parts = g_strsplit(name, "~", 2);
    guint64 n = 1;
    if (!parts[0] || (parts[1] && !g_ascii_string_to_unsigned(parts[1], 10, 2, 9999, &n, NULL)) ||
        !wm_day_parse(parts[0], WM_PERIOD_FINANCIAL_YEAR, as_at))
        return FALSE;
    *number = (int)n;
    g_autofree char *back = wm_issued_name(*as_at, *number);
    return strcmp(back, name) == 0;
}

WmIssued *issued_alloc(const char *folder, WmDay as_at, int number)
{
    WmIssued *self = g_new0(WmIssued, 1);
    self->storage = g_new0(WmIssuedStorage, 1);
    self->storage->texts = g_string_chunk_new(4096);
    self->storage->files = g_array_new(FALSE, FALSE, sizeof(WmIssuedFile));
    g_autofree char *name = wm_issued_name(as_at, number);
    self->name = g_string_chunk_insert(self->storage->texts, name);
    self->folder = g_string_chunk_insert(self->storage->texts, folder);
    self->as_at = as_at;
    self->number = number;
    self->waymark_version = self->plan_version = self->sha256 = "";
    return self;
}

void issued_add_file(WmIssued *self, const char *file, gint64 n_bytes, const char *sha256)
{
    GStringChunk *texts = self->storage->texts;
    const WmIssuedFile one = {g_string_chunk_insert(texts, file), n_bytes, g_string_chunk_insert(texts, sha256)};
    g_array_append_val(self->storage->files, one);
    self->files = &g_array_index(self->storage->files, WmIssuedFile, 0);
    self->n_files = self->storage->files->len;
}

void wm_issued_free(WmIssued *self)
{
    if (!self)
        return;
    g_string_chunk_free(self->storage->texts);
    g_array_unref(self->storage->files);
    g_free(self->storage);
    g_free(self);
}

/* ---- reading a manifest ---- */

static gboolean fail_manifest(const char *path, const char *what, GError **error)
{
    wm_error_set(error, WM_ERROR_INPUT,
                 &(WmErrorPlace){.file = path, .advice = "bring the pack back from a copy, or move its folder out of issued/"},
                 "%s", what);
    return FALSE;
}

static const char *text_in(const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return text ? text : "";
}

/* The folder's name tells which pack it is; the manifest must say the same, or the folder was renamed. */
static gboolean is_of(const WmIssued *self, const cJSON *root)
{
    char as_at[WM_PERIOD_TEXT];
    return strcmp(text_in(root, "issue"), self->name) == 0 &&
           strcmp(text_in(root, "as_at"), wm_day_format_iso(self->as_at, as_at)) == 0;
}

/* A name within the pack, never one that leads out of it. */
static gboolean is_within(const char *file)
{
    g_auto(GStrv) parts = g_strsplit(file, "/", -1);
    for (char **part = parts; *part; part++)
        if (!**part || strcmp(*part, "..") == 0 || strcmp(*part, ".") == 0)
            return FALSE;
    return *parts != NULL;
}

static gboolean take_manifest(WmIssued *self, const char *path, const cJSON *root, GError **error)
{
    const cJSON *files = cJSON_GetObjectItemCaseSensitive(root, "files"), *drops = cJSON_GetObjectItemCaseSensitive(root, "drops");
    const cJSON *method = cJSON_GetObjectItemCaseSensitive(root, "method_version"), *one;
    if (!cJSON_IsArray(files) || !cJSON_IsArray(drops) || !cJSON_IsNumber(method))
        return fail_manifest(path, "it is not the manifest of a pack", error);
    if (!is_of(self, root))
        return fail_manifest(path, "it is the manifest of another pack than its folder's name says", error);
    self->waymark_version = g_string_chunk_insert(self->storage->texts, text_in(root, "waymark_version"));
    self->plan_version = g_string_chunk_insert(self->storage->texts, text_in(root, "plan_version"));
    self->method_version = method->valueint;
    self->n_drops = (size_t)cJSON_GetArraySize(drops);
    cJSON_ArrayForEach(one, files)
    {
        const cJSON *bytes = cJSON_GetObjectItemCaseSensitive(one, "bytes");
        if (!is_within(text_in(one, "file")) || !cJSON_IsNumber(bytes))
            return fail_manifest(path, "it lists a file that cannot be", error);
        issued_add_file(self, text_in(one, "file"), (gint64)bytes->valuedouble, text_in(one, "sha256"));
    }
    return TRUE;
}

WmIssued *issued_read(const char *folder, WmDay as_at, int number, GError **error)
{
    g_autoptr(WmIssued) self = issued_alloc(folder, as_at, number);
    g_autofree char *path = g_build_filename(folder, ISSUED_MANIFEST, NULL), *text = NULL;
    gsize length;
    if (!g_file_get_contents(path, &text, &length, NULL)) {
        fail_manifest(path, "it cannot be read", error);
        return NULL;
    }
    g_autoptr(cJSON) root = cJSON_ParseWithLength(text, length);
    if (!root) {
        fail_manifest(path, "it is no JSON", error);
        return NULL;
    }
    if (!take_manifest(self, path, root, error))
        return NULL;
    g_autofree char *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
    self->sha256 = g_string_chunk_insert(self->storage->texts, hash);
    return g_steal_pointer(&self);
}

static gint by_date(gconstpointer a, gconstpointer b)
{
    const WmIssued *x = *(WmIssued *const *)a, *y = *(WmIssued *const *)b;
    if (x->as_at != y->as_at)
        return x->as_at < y->as_at ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

GPtrArray *wm_issued_list(const char *plan_folder, GError **error)
{
    g_autoptr(GPtrArray) packs = g_ptr_array_new_with_free_func((GDestroyNotify)wm_issued_free);
    g_autofree char *issued = g_build_filename(plan_folder, ISSUED_FOLDER, NULL);
    g_autoptr(GDir) dir = g_dir_open(issued, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *folder = g_build_filename(issued, name, NULL);
        WmDay as_at;
        int number;
        if (!parse_name(name, &as_at, &number))
            continue; /* no pack's name; a pack without its manifest has lost it */
        WmIssued *one = issued_read(folder, as_at, number, error);
        if (!one)
            return NULL;
        g_ptr_array_add(packs, one);
    }
    g_ptr_array_sort(packs, by_date);
    return g_steal_pointer(&packs);
}

const WmIssued *wm_issued_last(const GPtrArray *packs, WmDay as_at, int number)
{
    for (guint i = packs->len; i-- > 0;) {
        const WmIssued *one = g_ptr_array_index(packs, i);
        if (one->as_at < as_at || (one->as_at == as_at && (number == 0 || one->number < number)))
            return one;
    }
    return NULL;
}

/* ---- holding a pack against its manifest ---- */

static void clear_check(gpointer data)
{
    g_free(((WmIssuedCheck *)data)->file);
}

static gint by_file(gconstpointer a, gconstpointer b)
{
    return strcmp(((const WmIssuedCheck *)a)->file, ((const WmIssuedCheck *)b)->file);
}

static const WmIssuedFile *find_file(const WmIssued *self, const char *file)
{
    for (size_t i = 0; i < self->n_files; i++)
        if (strcmp(self->files[i].file, file) == 0)
            return &self->files[i];
    return NULL;
}

static gboolean check_listed(const WmIssued *self, const WmIssuedFile *one, GArray *checks, GError **error)
{
    g_autofree char *path = g_build_filename(self->folder, one->file, NULL), *hash = NULL;
    WmIssuedCheck check = {g_strdup(one->file), WM_ISSUED_MISSING};
    if (g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        hash = file_hash(path, error);
        check.state = hash && strcmp(hash, one->sha256) == 0 ? WM_ISSUED_UNCHANGED : WM_ISSUED_CHANGED;
    }
    g_array_append_val(checks, check);
    return check.state == WM_ISSUED_MISSING || hash;
}

GArray *wm_issued_verify(const WmIssued *self, GError **error)
{
    g_autoptr(GArray) checks = g_array_new(FALSE, FALSE, sizeof(WmIssuedCheck));
    g_array_set_clear_func(checks, clear_check);
    for (size_t i = 0; i < self->n_files; i++)
        if (!check_listed(self, &self->files[i], checks, error))
            return NULL;
    g_autoptr(GPtrArray) there = file_tree_list(self->folder, error);
    if (!there)
        return NULL;
    for (guint i = 0; i < there->len; i++) {
        const char *file = g_ptr_array_index(there, i);
        if (strcmp(file, ISSUED_MANIFEST) == 0 || find_file(self, file))
            continue;
        const WmIssuedCheck check = {g_strdup(file), WM_ISSUED_UNLISTED};
        g_array_append_val(checks, check);
    }
    g_array_sort(checks, by_file);
    return g_steal_pointer(&checks);
}

bool wm_issued_same(const WmIssued *a, const WmIssued *b, const char **differs)
{
    for (size_t i = 0; i < a->n_files; i++) {
        const WmIssuedFile *other = find_file(b, a->files[i].file);
        *differs = a->files[i].file;
        if (!other || strcmp(other->sha256, a->files[i].sha256) != 0)
            return false;
    }
    for (size_t i = 0; i < b->n_files; i++) {
        *differs = b->files[i].file;
        if (!find_file(a, b->files[i].file))
            return false;
    }
    *differs = NULL;
    return true;
}
