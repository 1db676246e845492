/* [file]: which files a recipe reads, and where their table stands. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "engine/data/recipe/recipe_parse.h"

static gboolean take_match(RecipeParser *self, const IniEntry *entry, GError **error)
{
    (void)error;
    g_free(self->recipe->match);
    self->recipe->match = ini_unquote(entry->value, NULL);
    return TRUE;
}

static gboolean take_sheet(RecipeParser *self, const IniEntry *entry, GError **error)
{
    (void)error;
    g_free(self->recipe->sheet);
    self->recipe->sheet = ini_unquote(entry->value, NULL);
    return TRUE;
}

static gboolean take_encoding(RecipeParser *self, const IniEntry *entry, GError **error)
{
    const int found = encoding_find(entry->value);
    if (found < 0)
        return recipe_fail(self, entry, "use one of: auto utf-8 windows-1252 utf-16", error, "encoding “%s” is not known",
                           entry->value);
    self->recipe->dialect.encoding = (Encoding)found;
    return TRUE;
}

static gboolean take_delimiter(RecipeParser *self, const IniEntry *entry, GError **error)
{
    static const struct {
        const char *name;
        char delimiter;
    } NAMES[] = {{"auto", 0},    {"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}, {"\",\"", ','},
                 {"\";\"", ';'}, {"\"|\"", '|'}, {",", ','},         {";", ';'},    {"|", '|'}};
    for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (g_ascii_strcasecmp(NAMES[i].name, entry->value) == 0) {
            self->recipe->dialect.delimiter = NAMES[i].delimiter;
            return TRUE;
        }
    return recipe_fail(self, entry, "use one of: auto comma semicolon tab pipe", error, "delimiter “%s” is not known",
                       entry->value);
}

static int by_number(gconstpointer a, gconstpointer b)
{
    return *(const int *)a - *(const int *)b;
}

/* "5", "4-5", "3, 5". */
static gboolean take_header(RecipeParser *self, const IniEntry *entry, GError **error)
{
    GArray *rows = self->recipe->header;
    g_array_set_size(rows, 0);
    const char *at = entry->value;
    while (*at) {
        char *end;
        const long first = strtol(at, &end, 10);
        long last = first;
        if (end != at && *end == '-')
            last = strtol(at = end + 1, &end, 10);
        if (end == at || first < 1 || last < first || last > MAX_HEADER_ROW)
            return recipe_fail(self, entry, "write the row's number, or 4-5 for names that stand over two rows", error,
                               "header “%s” is no row", entry->value);
        for (int row = (int)first; row <= last; row++)
            g_array_append_val(rows, row);
        at = end + strspn(end, ", ");
    }
    g_array_sort(rows, by_number);
    return rows->len > 0 || recipe_fail(self, entry, "write the row's number", error, "header is empty");
}

static gboolean add_choices(const IniEntry *entry, GPtrArray *out)
{
    g_autoptr(GPtrArray) texts = recipe_cut(entry->value, "|");
    for (guint i = 0; i < texts->len; i++)
        if (*(char *)g_ptr_array_index(texts, i))
            g_ptr_array_add(out, ini_unquote(g_ptr_array_index(texts, i), NULL));
    return TRUE;
}

static gboolean take_skip_after(RecipeParser *self, const IniEntry *entry, GError **error)
{
    (void)error;
    return add_choices(entry, self->recipe->skip_after);
}

static gboolean take_ignore(RecipeParser *self, const IniEntry *entry, GError **error)
{
    (void)error;
    return add_choices(entry, self->recipe->ignored);
}

static gboolean take_unknown_units(RecipeParser *self, const IniEntry *entry, GError **error)
{
    self->recipe->skips_unknown_units = g_ascii_strcasecmp(entry->value, "skip") == 0;
    return self->recipe->skips_unknown_units || g_ascii_strcasecmp(entry->value, "quarantine") == 0 ||
           recipe_fail(self, entry, "use one of: quarantine skip", error, "unknown_units “%s” is not known", entry->value);
}

static gboolean take_footnotes(RecipeParser *self, const IniEntry *entry, GError **error)
{
    self->recipe->strips_footnotes = g_ascii_strcasecmp(entry->value, "strip") == 0;
    return self->recipe->strips_footnotes || g_ascii_strcasecmp(entry->value, "keep") == 0 ||
           recipe_fail(self, entry, "use one of: keep strip", error, "footnotes “%s” is not known", entry->value);
}

static gboolean take_decimal(RecipeParser *self, const IniEntry *entry, GError **error)
{
    self->recipe->dialect.has_decimal_commas = g_ascii_strcasecmp(entry->value, "comma") == 0;
    return self->recipe->dialect.has_decimal_commas || g_ascii_strcasecmp(entry->value, "point") == 0 ||
           recipe_fail(self, entry, "use one of: point comma", error, "decimal “%s” is not known", entry->value);
}

static const struct {
    const char *key;
    RecipeTakeFunc take;
} FILE_KEYS[] = {
    {"match", take_match},   {"encoding", take_encoding},     {"delimiter", take_delimiter},         {"sheet", take_sheet},
    {"header", take_header}, {"skip_after", take_skip_after}, {"unknown_units", take_unknown_units}, {"footnotes", take_footnotes},
    {"ignore", take_ignore}, {"decimal", take_decimal},
};

gboolean recipe_take_file(RecipeParser *self, const IniEntry *entry, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(FILE_KEYS); i++)
        if (strcmp(FILE_KEYS[i].key, entry->key) == 0)
            return FILE_KEYS[i].take(self, entry, error);
    return recipe_fail(self, entry,
                       "[file] knows: match encoding delimiter sheet header skip_after footnotes unknown_units ignore decimal",
                       error, "[file] has an unknown key “%s”", entry->key);
}
