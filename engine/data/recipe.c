/* Recipes. */
#include "engine/data/recipe.h"

#include <string.h>

#include "engine/data/encoding.h"

static const char *const FIELD_NAMES[N_FIELDS] = {
    [FIELD_INDICATOR] = "indicator",     [FIELD_UNIT] = "unit",   [FIELD_COHORT] = "cohort",
    [FIELD_PERIOD] = "period",           [FIELD_VALUE] = "value", [FIELD_NUMERATOR] = "numerator",
    [FIELD_DENOMINATOR] = "denominator", [FIELD_STATE] = "state", [FIELD_NOTE] = "note",
};

struct WmRecipe {
    char *path;
    char *match;
    char *columns[N_FIELDS];
    GHashTable *markers;           /* text -> WmReadingState + 1 */
    GHashTable *renames[N_FIELDS]; /* text -> the plan's word */
};

const char *field_name(Field field)
{
    return FIELD_NAMES[field];
}

void wm_recipe_free(WmRecipe *self)
{
    if (!self)
        return;
    for (int i = 0; i < N_FIELDS; i++) {
        g_free(self->columns[i]);
        g_clear_pointer(&self->renames[i], g_hash_table_unref);
    }
    g_hash_table_unref(self->markers);
    g_free(self->match);
    g_free(self->path);
    g_free(self);
}

static gboolean fail(const WmRecipe *self, GError **error, const char *advice, const char *format, const char *text)
{
    g_autofree char *message = g_strdup_printf("%s “%s”", format, text);
    wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = self->path, .advice = advice}, "%s", message);
    return FALSE;
}

static int field_of(const char *name)
{
    return wm_names_find(FIELD_NAMES, N_FIELDS, name);
}

static gboolean take_file(WmRecipe *self, const char *group, const char *key, const char *value, GError **error)
{
    (void)group;
    if (strcmp(key, "match") != 0)
        return fail(self, error, "[file] knows: match", "[file] has an unknown key", key);
    g_free(self->match);
    self->match = g_strdup(value);
    return TRUE;
}

static gboolean take_column(WmRecipe *self, const char *group, const char *key, const char *value, GError **error)
{
    (void)group;
    const int field = field_of(key);
    if (field < 0)
        return fail(self, error, "[columns] knows: indicator unit cohort period value numerator denominator state note",
                    "[columns] has an unknown key", key);
    g_free(self->columns[field]);
    self->columns[field] = g_strdup(value);
    return TRUE;
}

static gboolean take_marker(WmRecipe *self, const char *group, const char *key, const char *value, GError **error)
{
    (void)group;
    WmReadingState state;
    if (!wm_reading_state_parse(value, &state))
        return fail(self, error, "use one of: suppressed not_applicable not_available low missing",
                    "[markers] has an unknown state", value);
    g_hash_table_insert(self->markers, g_strdup(key), GINT_TO_POINTER((int)state + 1));
    return TRUE;
}

static gboolean take_rename(WmRecipe *self, const char *group, const char *key, const char *value, GError **error)
{
    const int field = field_of(group + strlen("rename "));
    if (field < 0)
        return fail(self, error, "write [rename unit], [rename indicator] or [rename cohort]", "it renames an unknown field",
                    group);
    if (!self->renames[field])
        self->renames[field] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert(self->renames[field], g_strdup(key), g_strdup(value));
    return TRUE;
}

/* Sections by their name, or by its prefix where that ends in a space. */
static const struct {
    const char *prefix;
    gboolean (*take)(WmRecipe *self, const char *group, const char *key, const char *value, GError **error);
} SECTIONS[] = {{"file", take_file}, {"columns", take_column}, {"markers", take_marker}, {"rename ", take_rename}};

static gboolean is_section(const char *group, const char *prefix)
{
    return g_str_has_suffix(prefix, " ") ? g_str_has_prefix(group, prefix) : strcmp(group, prefix) == 0;
}

static gboolean take_group(WmRecipe *self, GKeyFile *file, const char *group, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(SECTIONS); i++) {
        if (!is_section(group, SECTIONS[i].prefix))
            continue;
        g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, NULL);
        for (char **key = keys; key && *key; key++) {
            g_autofree char *value = g_key_file_get_string(file, group, *key, NULL);
            if (!SECTIONS[i].take(self, group, *key, value ? g_strstrip(value) : "", error))
                return FALSE;
        }
        return TRUE;
    }
    return fail(self, error, "sections are: file, columns, markers, rename FIELD", "it has an unknown section", group);
}

WmRecipe *wm_recipe_read(const char *path, GError **error)
{
    g_autoptr(WmRecipe) self = g_new0(WmRecipe, 1);
    self->path = g_strdup(path);
    self->markers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) cause = NULL;
    g_autofree char *text = encoding_read_file(path, NULL, &cause);
    if (!text || !g_key_file_load_from_data(file, text, (gsize)-1, G_KEY_FILE_NONE, &cause)) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = path, .advice = "a recipe has sections and key = value lines"},
                     "%s", cause->message);
        return NULL;
    }
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    for (char **group = groups; *group; group++)
        if (!take_group(self, file, *group, error))
            return NULL;
    return g_steal_pointer(&self);
}

const char *recipe_column(const WmRecipe *self, Field field)
{
    return recipe_names(self, field) ? self->columns[field] : FIELD_NAMES[field];
}

gboolean recipe_names(const WmRecipe *self, Field field)
{
    return self && self->columns[field];
}

gboolean recipe_matches(const WmRecipe *self, const char *name)
{
    return self->match && g_pattern_match_simple(self->match, name);
}

gboolean recipe_marker(const WmRecipe *self, const char *text, WmReadingState *state)
{
    const int found = self ? GPOINTER_TO_INT(g_hash_table_lookup(self->markers, text)) : 0;
    if (found)
        *state = (WmReadingState)(found - 1);
    return found != 0;
}

const char *recipe_rename(const WmRecipe *self, Field field, const char *text)
{
    const char *renamed = self && self->renames[field] ? g_hash_table_lookup(self->renames[field], text) : NULL;
    return renamed ? renamed : text;
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

WmRecipe *recipe_find(const char *folder, const char *name, GError **error)
{
    g_autofree char *recipes = g_build_filename(folder, "recipes", NULL);
    g_autoptr(GDir) dir = g_dir_open(recipes, 0, NULL);
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    for (const char *file; dir && (file = g_dir_read_name(dir));)
        if (g_str_has_suffix(file, ".ini"))
            g_ptr_array_add(files, g_strdup(file));
    g_ptr_array_sort(files, by_name);

    g_autoptr(WmRecipe) found = NULL;
    for (guint i = 0; i < files->len; i++) {
        g_autofree char *path = g_build_filename(recipes, g_ptr_array_index(files, i), NULL);
        g_autoptr(WmRecipe) recipe = wm_recipe_read(path, error);
        if (!recipe)
            return NULL;
        if (!recipe_matches(recipe, name))
            continue;
        if (found) {
            wm_error_set(error, WM_ERROR_INPUT,
                         &(WmErrorPlace){.file = path, .advice = "narrow one of the two, or name one with --recipe"},
                         "%s also matches %s", found->path, name);
            return NULL;
        }
        found = g_steal_pointer(&recipe);
    }
    return g_steal_pointer(&found);
}
