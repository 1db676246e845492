/* plan.ini as a file, through GKeyFile; as a sheet, row by row. */
#include "engine/data/plan/plan_ini.h"

#include <string.h>

#include "engine/data/text/encoding.h"

static void key_clear(gpointer data)
{
    PlanKey *self = data;
    g_free(self->group);
    g_free(self->key);
    g_free(self->value);
}

static PlanIni *ini_new(void)
{
    PlanIni *self = g_new0(PlanIni, 1);
    self->keys = g_array_new(FALSE, FALSE, sizeof(PlanKey));
    g_array_set_clear_func(self->keys, key_clear);
    return self;
}

void plan_ini_free(PlanIni *self)
{
    if (!self)
        return;
    g_array_unref(self->keys);
    g_free(self);
}

const PlanKey *plan_ini_find(const PlanIni *self, const char *group, const char *key)
{
    for (guint i = self->keys->len; i-- > 0;) {
        const PlanKey *one = &g_array_index(self->keys, PlanKey, i);
        if (strcmp(one->group, group) == 0 && strcmp(one->key, key) == 0)
            return one;
    }
    return NULL;
}

/* ---- a file ---- */

/* Line of a key in the text. */
static int line_of(char *const *lines, const char *group, const char *key)
{
    g_autofree char *header = g_strdup_printf("[%s]", group);
    gboolean is_inside = FALSE;
    for (int i = 0; lines[i]; i++) {
        if (*lines[i] == '[')
            is_inside = g_str_has_prefix(lines[i], header);
        else if (is_inside && g_str_has_prefix(lines[i], key) && strchr(" =\t", lines[i][strlen(key)]))
            return i + 1;
    }
    return 0;
}

static void take_file(PlanIni *self, GKeyFile *file, const char *text)
{
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL), lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        g_strstrip(*line);
    for (char **group = groups; *group; group++) {
        g_auto(GStrv) keys = g_key_file_get_keys(file, *group, NULL, NULL);
        for (char **key = keys; key && *key; key++) {
            g_autofree char *value = g_key_file_get_string(file, *group, *key, NULL);
            const PlanKey one = {g_strdup(*group), g_strdup(*key), g_strdup(value ? g_strstrip(value) : ""),
                                 line_of(lines, *group, *key)};
            g_array_append_val(self->keys, one);
        }
    }
}

static PlanIni *read_file(const char *path, WmProblems *problems, GError **error)
{
    g_autoptr(GError) cause = NULL;
    gboolean was_windows_1252;
    g_autofree char *text = encoding_read_file(path, &was_windows_1252, &cause);
    if (!text) {
        wm_error_set(error, WM_ERROR_INPUT,
                     &(WmErrorPlace){.file = path,
                                     .advice = g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_INVAL)
                                                   ? "save it as UTF-8 text"
                                                   : "name a plan folder, or make one with `waymark new DIR`"},
                     "%s", cause->message);
        return NULL;
    }
    g_autoptr(GKeyFile) file = g_key_file_new();
    if (!g_key_file_load_from_data(file, text, (gsize)-1, G_KEY_FILE_NONE, &cause)) {
        wm_error_set(error, WM_ERROR_INPUT,
                     &(WmErrorPlace){.file = path, .advice = "each line is [group], key = value, or # a comment"}, "%s",
                     cause->message);
        return NULL;
    }
    if (was_windows_1252)
        wm_problems_add(problems, &(WmProblem){.file = PLAN_INI,
                                               .severity = WM_SEVERITY_WARNING,
                                               .code = "not_utf8",
                                               .message = "the file is not UTF-8; it was read as Windows-1252",
                                               .advice = "save it as UTF-8"});
    PlanIni *self = ini_new();
    take_file(self, file, text);
    return self;
}

/* ---- a sheet ---- */

static const char *const COLUMNS[] = {"section", "key", "value"};
enum { SECTION, KEY, VALUE, N_COLUMNS };

typedef struct {
    PlanIni *ini;
    WmProblems *problems;
    const char *place;
    int field_of[N_COLUMNS]; /* -1 before the header */
    char *section;           /* of the row above: it need not be repeated */
} SheetReader;

static const char *field(const SheetReader *self, const SheetRow *row, int column)
{
    const int i = self->field_of[column];
    return i >= 0 && (size_t)i < row->n_fields ? row->fields[i] : "";
}

static gboolean take_header(SheetReader *self, const SheetRow *row, GError **error)
{
    for (int column = 0; column < N_COLUMNS; column++) {
        for (size_t i = 0; i < row->n_fields && self->field_of[column] < 0; i++)
            if (g_ascii_strcasecmp(row->fields[i], COLUMNS[column]) == 0)
                self->field_of[column] = (int)i;
        if (self->field_of[column] < 0) {
            wm_error_set(
                error, WM_ERROR_INPUT,
                &(WmErrorPlace){.file = self->place, .line = row->line, .advice = "its columns are section, key and value"},
                "there is no column %s", COLUMNS[column]);
            return FALSE;
        }
    }
    return TRUE;
}

static void report(const SheetReader *self, int line, int column, const char *code, const char *message, const char *advice)
{
    wm_problems_add(self->problems, &(WmProblem){.file = PLAN_INI,
                                                 .line = line,
                                                 .column = self->field_of[column] + 1,
                                                 .severity = WM_SEVERITY_ERROR,
                                                 .code = code,
                                                 .message = message,
                                                 .advice = advice});
}

static gboolean on_row(const SheetRow *row, gpointer data, GError **error)
{
    SheetReader *self = data;
    if (self->field_of[SECTION] < 0)
        return take_header(self, row, error);
    if (*field(self, row, SECTION)) {
        g_free(self->section);
        self->section = g_strdup(field(self, row, SECTION));
    }
    const char *key = field(self, row, KEY);
    g_autofree char *message = g_strdup_printf("[%s] %s stands twice; the last is used", self->section ? self->section : "", key);
    if (!*key) {
        if (*field(self, row, VALUE))
            report(self, row->line, KEY, "empty_field", "key is empty", "fill it in, or remove the row");
        return TRUE;
    }
    if (!self->section)
        report(self, row->line, SECTION, "empty_field", "section is empty", "write plan, calendar, policy, model or reports");
    else if (plan_ini_find(self->ini, self->section, key))
        report(self, row->line, KEY, "repeated_key", message, "keep one of them");
    const PlanKey one = {g_strdup(self->section ? self->section : ""), g_strdup(key), g_strdup(field(self, row, VALUE)), row->line};
    g_array_append_val(self->ini->keys, one);
    return TRUE;
}

static PlanIni *read_sheet(const PlanSource *source, WmProblems *problems, GError **error)
{
    g_autoptr(PlanIni) self = ini_new();
    g_autofree char *place = plan_source_place(source, PLAN_INI);
    SheetReader reader = {self, problems, place, {-1, -1, -1}, NULL};
    gboolean was_windows_1252;
    const gboolean is_read = plan_source_read(source, PLAN_INI, on_row, &reader, &was_windows_1252, error);
    g_free(reader.section);
    return is_read ? g_steal_pointer(&self) : NULL;
}

PlanIni *plan_ini_read(const PlanSource *source, WmProblems *problems, GError **error)
{
    g_autofree char *path = plan_source_place(source, PLAN_INI);
    return source->workbook ? read_sheet(source, problems, error) : read_file(path, problems, error);
}
