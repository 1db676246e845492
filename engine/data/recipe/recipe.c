/* What a recipe says, and which one is a file's. Reading it is in recipe_parse.c. */
#include "engine/data/recipe/recipe.h"

#include <string.h>

#include "engine/data/drop/delivery_name.h"
#include "engine/data/text/encoding.h"

static void section_clear(Section *self)
{
    g_free(self->indicator);
    for (int i = 0; i < N_FIELDS; i++)
        g_clear_pointer(&self->fields[i].terms, g_array_unref);
    g_clear_pointer(&self->filters, g_ptr_array_unref);
}

void wm_recipe_free(WmRecipe *self)
{
    if (!self)
        return;
    for (guint i = 0; i < self->indicators->len; i++)
        section_clear(g_ptr_array_index(self->indicators, i));
    section_clear(&self->columns);
    for (int i = 0; i < N_FIELDS; i++) {
        g_clear_pointer(&self->renames[i], g_hash_table_unref);
        g_clear_pointer(&self->rename_patterns[i], g_ptr_array_unref);
    }
    g_ptr_array_unref(self->indicators);
    g_ptr_array_unref(self->skip_after);
    g_ptr_array_unref(self->ignored);
    g_array_unref(self->header);
    g_ptr_array_unref(self->period_places);
    g_hash_table_unref(self->periods);
    g_hash_table_unref(self->markers);
    g_free(self->sheet);
    g_free(self->match);
    g_free(self->path);
    g_free(self->hash);
    g_free(self);
}

WmRecipe *wm_recipe_read(const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *text = encoding_read_file(path, NULL, &cause);
    if (!text) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = path, .advice = "`waymark recipe guess FILE` writes one"}, "%s",
                     cause->message);
        return NULL;
    }
    return recipe_parse(text, path, error);
}

static gboolean accepts_any(Field field, const char *text, gpointer data)
{
    WmPeriod period;
    (void)data;
    return field != FIELD_PERIOD || wm_period_parse(text, WM_PERIOD_FINANCIAL_YEAR, &period);
}

static gboolean match_name(const WmRecipe *self, const char *name, Captures *out)
{
    *out = (Captures){{NULL}};
    return self->match && pattern_capture(self->match, name, accepts_any, NULL, out);
}

gboolean recipe_match_captures(const WmRecipe *self, const char *name, Captures *out)
{
    g_autofree char *sent = delivery_name_sent(name);
    return match_name(self, sent, out) || match_name(self, name, out);
}

gboolean recipe_matches(const WmRecipe *self, const char *name)
{
    g_auto(Captures) captures;
    return recipe_match_captures(self, name, &captures);
}

const Marker *recipe_marker(const WmRecipe *self, const char *text)
{
    return self ? g_hash_table_lookup(self->markers, text) : NULL;
}

/* The period within a text, where a pattern with {period} says how it stands there. */
static const char *place_period(const WmRecipe *self, const char *text)
{
    const char *known = g_hash_table_lookup(self->periods, text);
    for (guint i = 0; !known && i < self->period_places->len; i++) {
        g_auto(Captures) captures = {{NULL}};
        if (!pattern_capture(g_ptr_array_index(self->period_places, i), text, accepts_any, NULL, &captures))
            continue;
        known = captures.texts[FIELD_PERIOD];
        g_hash_table_insert(self->periods, g_strdup(text), g_steal_pointer(&captures.texts[FIELD_PERIOD]));
    }
    return known;
}

const char *recipe_rename(const WmRecipe *self, Field field, const char *text)
{
    if (!self)
        return text;
    const char *renamed = self->renames[field] ? g_hash_table_lookup(self->renames[field], text) : NULL;
    const GPtrArray *patterns = renamed ? NULL : self->rename_patterns[field];
    for (guint i = 0; patterns && i < patterns->len; i += 2)
        if (pattern_fits(g_ptr_array_index(patterns, i), text))
            return g_ptr_array_index(patterns, i + 1);
    if (!renamed && field == FIELD_PERIOD && self->period_places->len)
        renamed = place_period(self, text);
    return renamed ? renamed : text;
}

gboolean recipe_renames(const WmRecipe *self, Field field, const char *text)
{
    return self->renames[field] && g_hash_table_contains(self->renames[field], text);
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
