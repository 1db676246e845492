/* record.json. */
#include "cli/batch/pack_record.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/batch/inputs.h"

#define RECORD "record.json"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(cJSON, cJSON_Delete)

typedef struct {
    const char *name;
    size_t offset;
} Member;

static const Member TEXTS[] = {
    {"pack", offsetof(PackRecord, name)},   {"key", offsetof(PackRecord, key)},   {"message", offsetof(PackRecord, message)},
    {"title", offsetof(PackRecord, title)}, {"area", offsetof(PackRecord, area)}, {"as_at", offsetof(PackRecord, as_at)},
};

static const Member COUNTS[] = {
    {"series", offsetof(PackRecord, n_series)},          {"blue", offsetof(PackRecord, n_status[WM_BLUE])},
    {"green", offsetof(PackRecord, n_status[WM_GREEN])}, {"amber", offsetof(PackRecord, n_status[WM_AMBER])},
    {"red", offsetof(PackRecord, n_status[WM_RED])},     {"white", offsetof(PackRecord, n_status[WM_WHITE])},
    {"grey", offsetof(PackRecord, n_status[WM_GREY])},   {"exceptions", offsetof(PackRecord, n_exceptions)},
    {"changes", offsetof(PackRecord, n_changes)},        {"errors", offsetof(PackRecord, n_errors)},
    {"warnings", offsetof(PackRecord, n_warnings)},
};

static char **text_at(const PackRecord *self, const Member *member)
{
    return (char **)(void *)((char *)(void *)self + member->offset);
}

static gint64 *count_at(const PackRecord *self, const Member *member)
{
    return (gint64 *)(void *)((char *)(void *)self + member->offset);
}

PackRecord *pack_record_new(const char *name)
{
    PackRecord *self = g_new0(PackRecord, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++)
        *text_at(self, &TEXTS[i]) = g_strdup("");
    g_free(self->name);
    self->name = g_strdup(name);
    return self;
}

void pack_record_free(PackRecord *self)
{
    for (size_t i = 0; self && i < G_N_ELEMENTS(TEXTS); i++)
        g_free(*text_at(self, &TEXTS[i]));
    g_free(self);
}

PackRecord *pack_record_failed(const char *name, int code, const char *message)
{
    PackRecord *self = pack_record_new(name);
    self->code = code;
    g_free(self->message);
    self->message = g_strdup(message);
    return self;
}

static void set_text(char **member, const char *text)
{
    g_free(*member);
    *member = g_strdup(text);
}

void pack_record_take(PackRecord *self, const WmMonth *month)
{
    char as_at[WM_PERIOD_TEXT];
    set_text(&self->title, month->plan->settings.title);
    set_text(&self->area, month->plan->settings.area);
    set_text(&self->as_at, wm_day_format_iso(month->as_at, as_at));
    self->n_series = (gint64)month->n_series;
    for (int rag = 0; rag < WM_N_RAGS; rag++)
        self->n_status[rag] = (gint64)month->n_status[rag];
    self->n_exceptions = (gint64)month->n_exceptions;
    self->n_changes = (gint64)month->n_changes;
    self->n_errors = (gint64)wm_problems_count(month->problems, WM_SEVERITY_ERROR);
    self->n_warnings = (gint64)wm_problems_count(month->problems, WM_SEVERITY_WARNING) - self->n_errors;
}

static cJSON *read_json(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, RECORD, NULL), *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) ? cJSON_Parse(text) : NULL;
}

PackRecord *pack_record_read(const char *folder)
{
    g_autoptr(cJSON) json = read_json(folder);
    const cJSON *code = cJSON_GetObjectItemCaseSensitive(json, "code");
    if (!cJSON_IsNumber(code))
        return NULL;
    g_autoptr(PackRecord) self = pack_record_new("");
    self->code = (int)cJSON_GetNumberValue(code);
    for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, TEXTS[i].name));
        if (!text)
            return NULL;
        set_text(text_at(self, &TEXTS[i]), text);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(COUNTS); i++) {
        const cJSON *number = cJSON_GetObjectItemCaseSensitive(json, COUNTS[i].name);
        if (!cJSON_IsNumber(number))
            return NULL;
        *count_at(self, &COUNTS[i]) = (gint64)cJSON_GetNumberValue(number);
    }
    return g_steal_pointer(&self);
}

/* A name that leads nowhere but into the pack's folder: the record is a file that anybody may have changed. */
static const char *safe_name(const cJSON *file)
{
    const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(file, "name"));
    return name && *name && !g_path_is_absolute(name) && !strstr(name, "..") ? name : NULL;
}

gboolean pack_record_is_whole(const char *folder)
{
    g_autoptr(cJSON) json = read_json(folder);
    const cJSON *files = cJSON_GetObjectItemCaseSensitive(json, "files"), *file;
    cJSON_ArrayForEach(file, files)
    {
        struct stat facts;
        const char *name = safe_name(file);
        const cJSON *size = cJSON_GetObjectItemCaseSensitive(file, "bytes");
        g_autofree char *path = name ? g_build_filename(folder, name, NULL) : NULL;
        if (!path || !cJSON_IsNumber(size) || stat(path, &facts) != 0 || (double)facts.st_size != cJSON_GetNumberValue(size))
            return FALSE;
    }
    return cJSON_IsArray(files);
}

static gboolean take_away(const char *folder, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_unlink(path) == 0 || errno == ENOENT)
        return TRUE;
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "make the folder writable"}, "cannot remove it: %s",
                 g_strerror(errno));
    return FALSE;
}

gboolean pack_record_clear(const char *folder, GError **error)
{
    g_autoptr(cJSON) json = read_json(folder);
    const cJSON *file;
    if (!take_away(folder, RECORD, error)) /* first: what is left of a pack is none */
        return FALSE;
    cJSON_ArrayForEach(file, cJSON_GetObjectItemCaseSensitive(json, "files"))
    {
        const char *name = safe_name(file);
        if (name && !take_away(folder, name, error))
            return FALSE;
    }
    return TRUE;
}

static void add_files(cJSON *files, const char *folder, const char *below)
{
    g_autofree char *path = g_build_filename(folder, below, NULL);
    g_autoptr(GPtrArray) names = sorted_names(path);
    for (guint i = 0; i < names->len; i++) {
        struct stat facts;
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *inner = *below ? g_build_filename(below, name, NULL) : g_strdup(name);
        g_autofree char *full = g_build_filename(folder, inner, NULL);
        if (stat(full, &facts) != 0)
            continue;
        if (S_ISDIR(facts.st_mode)) {
            add_files(files, folder, inner);
            continue;
        }
        cJSON *file = cJSON_CreateObject();
        cJSON_AddStringToObject(file, "name", inner);
        cJSON_AddNumberToObject(file, "bytes", (double)facts.st_size);
        cJSON_AddItemToArray(files, file);
    }
}

gboolean pack_record_write(const PackRecord *self, const char *folder, GError **error)
{
    g_autoptr(cJSON) json = cJSON_CreateObject();
    for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++)
        cJSON_AddStringToObject(json, TEXTS[i].name, *text_at(self, &TEXTS[i]));
    cJSON_AddNumberToObject(json, "code", self->code);
    for (size_t i = 0; i < G_N_ELEMENTS(COUNTS); i++)
        cJSON_AddNumberToObject(json, COUNTS[i].name, (double)*count_at(self, &COUNTS[i]));
    add_files(cJSON_AddArrayToObject(json, "files"), folder, "");
    char *text = cJSON_Print(json);
    g_autofree char *path = g_build_filename(folder, RECORD, NULL);
    const gboolean is_written = write_output(path, text, strlen(text), error);
    cJSON_free(text);
    return is_written;
}
