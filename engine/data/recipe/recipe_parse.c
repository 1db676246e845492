/* A recipe's text. Sections and keys are tables; whatever is not in them is an error at its line. [file] is in recipe_parse_file.c.
 */
#include "engine/data/recipe/recipe_parse.h"

#include <math.h>
#include <string.h>

#define PERIOD_PLACE "{period}"
#define MAX_COLUMN   16384 /* XFD, the last that a spreadsheet has */

gboolean recipe_fail(const RecipeParser *self, const IniEntry *entry, const char *advice, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = self->recipe->path, .line = entry->line, .advice = advice}, "%s",
                 message);
    return FALSE;
}

GPtrArray *recipe_cut(const char *text, const char *mark)
{
    GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
    for (const char *end; (end = ini_find_outside_quotes(text, mark)); text = end + strlen(mark))
        g_ptr_array_add(parts, g_strstrip(g_strndup(text, (gsize)(end - text))));
    g_ptr_array_add(parts, g_strstrip(g_strdup(text)));
    return parts;
}

static void term_clear(gpointer data)
{
    g_free(((Term *)data)->text);
}

/* @C or @C2. */
static gboolean read_place(const char *text, Term *out)
{
    int column = 0, row = 0;
    const char *at = text + 1;
    for (; g_ascii_isalpha(*at) && column <= MAX_COLUMN; at++)
        column = column * 26 + g_ascii_toupper(*at) - 'A' + 1;
    const gboolean has_row = g_ascii_isdigit(*at);
    for (; g_ascii_isdigit(*at) && row <= MAX_HEADER_ROW; at++)
        row = row * 10 + *at - '0';
    if (*at || column < 1 || column > MAX_COLUMN || (has_row && (row < 1 || row > MAX_HEADER_ROW)))
        return FALSE;
    *out = (Term){.kind = has_row ? TERM_CELL : TERM_POSITION, .column = column - 1, .row = row};
    return TRUE;
}

static gboolean read_term(const RecipeParser *self, const IniEntry *entry, const char *text, Term *out, GError **error)
{
    gboolean is_quoted;
    g_autofree char *plain = ini_unquote(text, &is_quoted);
    if (*plain == '=') {
        *out = (Term){.kind = TERM_CONSTANT, .text = g_strdup(g_strchug(plain + 1))};
        return TRUE;
    }
    if (*plain == '@' && !is_quoted)
        return read_place(plain, out) || recipe_fail(self, entry, "write @C for the third column, @B2 for a cell above the table",
                                                     error, "%s has an odd place “%s”", entry->key, plain);
    if (!*plain)
        return recipe_fail(self, entry, "name a column, or give a text of your own as =text", error, "%s names no column",
                           entry->key);
    *out = (Term){.kind = TERM_COLUMN, .text = g_steal_pointer(&plain), .is_literal = is_quoted};
    return TRUE;
}

/* A | B + C: A, or else B and C with a space between, of figures their sum. */
static gboolean read_field_text(const RecipeParser *self, const IniEntry *entry, const char *text, FieldText *out, GError **error)
{
    g_autoptr(GArray) terms = g_array_new(FALSE, FALSE, sizeof(Term));
    g_array_set_clear_func(terms, term_clear);
    g_autoptr(GPtrArray) choices = recipe_cut(text, "|");
    for (guint i = 0; i < choices->len; i++) {
        g_autoptr(GPtrArray) parts = recipe_cut(g_ptr_array_index(choices, i), " + ");
        for (guint k = 0; k < parts->len; k++) {
            Term term;
            if (!read_term(self, entry, g_ptr_array_index(parts, k), &term, error))
                return FALSE;
            term.is_joined = k > 0;
            g_array_append_val(terms, term);
        }
    }
    g_clear_pointer(&out->terms, g_array_unref);
    *out = (FieldText){g_steal_pointer(&terms), entry->line};
    return TRUE;
}

static void filter_free(gpointer data)
{
    Filter *self = data;
    g_clear_pointer(&self->column.terms, g_array_unref);
    g_ptr_array_unref(self->alternatives);
    g_ptr_array_unref(self->literals);
    g_free(self);
}

static gboolean add_filter(RecipeParser *self, Section *section, const IniEntry *entry, const char *column, GError **error)
{
    g_autoptr(GPtrArray) alternatives = recipe_cut(entry->value, "|");
    Filter *filter = g_new0(Filter, 1);
    filter->alternatives = g_ptr_array_new_with_free_func(g_free);
    filter->literals = g_ptr_array_new_with_free_func(g_free);
    filter->is_negated = entry->is_negated;
    filter->line = entry->line;
    g_ptr_array_add(section->filters, filter);
    for (guint i = 0; i < alternatives->len; i++) {
        gboolean is_quoted;
        char *text = ini_unquote(g_ptr_array_index(alternatives, i), &is_quoted);
        g_ptr_array_add(is_quoted ? filter->literals : filter->alternatives, text);
    }
    g_autofree char *quoted = entry->is_quoted_key ? g_strdup_printf("\"%s\"", column) : g_strdup(column);
    return read_field_text(self, entry, quoted, &filter->column, error);
}

static Section *section_init(Section *self, const char *indicator, int line)
{
    *self = (Section){.indicator = g_strdup(indicator), .scale = NAN, .line = line};
    self->filters = g_ptr_array_new_with_free_func(filter_free);
    return self;
}

/* ---- [columns], [filter], [indicator X] ---- */

static gboolean take_scale(RecipeParser *self, Section *section, const IniEntry *entry, GError **error)
{
    char *end;
    section->scale = g_ascii_strtod(entry->value, &end);
    if (end == entry->value || *end || !isfinite(section->scale) || section->scale == 0)
        return recipe_fail(self, entry, "write 100 where the file has 0.48 for 48%", error, "scale “%s” is no number",
                           entry->value);
    return TRUE;
}

static gboolean take_field(RecipeParser *self, Section *section, const IniEntry *entry, GError **error)
{
    if (strcmp(entry->key, "scale") == 0)
        return take_scale(self, section, entry, error);
    const int field = field_find(entry->key);
    if (field < 0 && section->indicator)
        return recipe_fail(self, entry,
                           "an indicator knows: value numerator denominator state note cohort unit period scale, filter COLUMN",
                           error, "[indicator %s] has an unknown key “%s”", section->indicator, entry->key);
    if (field < 0)
        return recipe_fail(self, entry,
                           "[columns] knows: indicator unit cohort period value numerator denominator state note scale", error,
                           "[columns] has an unknown key “%s”", entry->key);
    return read_field_text(self, entry, entry->value, &section->fields[field], error);
}

static gboolean take_column(RecipeParser *self, const IniEntry *entry, GError **error)
{
    return take_field(self, &self->recipe->columns, entry, error);
}

static gboolean take_filter(RecipeParser *self, const IniEntry *entry, GError **error)
{
    return add_filter(self, &self->recipe->columns, entry, entry->key, error);
}

#define FILTER_PREFIX "filter "

static gboolean take_indicator(RecipeParser *self, const IniEntry *entry, GError **error)
{
    if (!g_str_has_prefix(entry->key, FILTER_PREFIX))
        return take_field(self, self->section, entry, error);
    g_autofree char *column = g_strstrip(g_strdup(entry->key + strlen(FILTER_PREFIX)));
    return add_filter(self, self->section, entry, column, error);
}

/* ---- [markers], [rename FIELD] ---- */

#define STATES "use one of: suppressed not_applicable not_available low missing, provisional revised final, nil, or a number"

static gboolean take_marker(RecipeParser *self, const IniEntry *entry, GError **error)
{
    Marker *marker = g_new(Marker, 1);
    *marker = (Marker){WM_FINAL, NAN};
    g_hash_table_insert(self->recipe->markers, g_strdup(entry->key), marker);
    char *end;
    const double number = g_ascii_strtod(entry->value, &end);
    if (g_ascii_strcasecmp(entry->value, "nil") == 0 || g_ascii_strcasecmp(entry->value, "zero") == 0)
        marker->value = 0;
    else if (end != entry->value && !*end && isfinite(number))
        marker->value = number;
    else if (!wm_reading_state_parse(entry->value, &marker->state))
        return recipe_fail(self, entry, STATES, error, "[markers] has an unknown state “%s”", entry->value);
    return TRUE;
}

/* MSitAE-{period} = {period}, the right side of which may be left out: only of periods it is told what they are. */
static gboolean take_place(RecipeParser *self, const IniEntry *entry, int field, GError **error)
{
    const char *first = strstr(entry->key, PERIOD_PLACE);
    const gboolean is_known = *entry->value == 0 || strcmp(entry->value, PERIOD_PLACE) == 0;
    if (field != FIELD_PERIOD || !first || !is_known || pattern_has_place(first + strlen(PERIOD_PLACE)))
        return recipe_fail(self, entry, "under [rename period] write TEXT-{period} = {period}; elsewhere a pattern with * or ?",
                           error, "“%s = %s” is no renaming", entry->key, entry->value);
    g_ptr_array_add(self->recipe->period_places, g_strdup(entry->key));
    return TRUE;
}

static gboolean take_rename(RecipeParser *self, const IniEntry *entry, GError **error)
{
    WmRecipe *recipe = self->recipe;
    const int field = field_find(entry->section + strlen("rename "));
    if (field < 0)
        return recipe_fail(self, entry, "write [rename unit], [rename indicator] or [rename cohort]", error,
                           "it renames an unknown field “%s”", entry->section);
    if (!entry->is_quoted_key && pattern_has_place(entry->key))
        return take_place(self, entry, field, error);
    if (!entry->is_quoted_key && pattern_is_wild(entry->key)) {
        if (!recipe->rename_patterns[field])
            recipe->rename_patterns[field] = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(recipe->rename_patterns[field], g_strdup(entry->key));
        g_ptr_array_add(recipe->rename_patterns[field], ini_unquote(entry->value, NULL));
        return TRUE;
    }
    if (!recipe->renames[field])
        recipe->renames[field] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert(recipe->renames[field], g_strdup(entry->key), ini_unquote(entry->value, NULL));
    return TRUE;
}

/* Sections by their name, or by its prefix where that ends in a space. Only a filter can be negated. */
static const struct {
    const char *prefix;
    RecipeTakeFunc take;
    gboolean takes_negation;
} SECTIONS[] = {
    {"file", recipe_take_file, FALSE},    {"columns", take_column, FALSE}, {"filter", take_filter, TRUE},
    {"indicator ", take_indicator, TRUE}, {"markers", take_marker, FALSE}, {"rename ", take_rename, FALSE},
};

static int find_section(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(SECTIONS); i++)
        if (g_str_has_suffix(SECTIONS[i].prefix, " ") ? g_str_has_prefix(name, SECTIONS[i].prefix)
                                                      : strcmp(name, SECTIONS[i].prefix) == 0)
            return (int)i;
    return -1;
}

static void begin_indicator(RecipeParser *self, const IniEntry *entry)
{
    g_autofree char *name = g_strstrip(g_strdup(entry->section + strlen("indicator ")));
    self->section = section_init(g_new0(Section, 1), name, entry->line);
    g_ptr_array_add(self->recipe->indicators, self->section);
}

/* Comments, blanks and the names of files make no other recipe; a pattern that takes the period from a name does. */
static void add_to_hash(GChecksum *said, const IniEntry *entry)
{
    if (strcmp(entry->section, "file") == 0 && g_strcmp0(entry->key, "match") == 0 && !strchr(entry->value, '{'))
        return;
    g_autofree char *line = g_strdup_printf("%s\x1F%s\x1F%d%d\x1F%s\n", entry->section, entry->key ? entry->key : "",
                                            entry->is_quoted_key, entry->is_negated, entry->value ? entry->value : "");
    g_checksum_update(said, (const guchar *)line, -1);
}

static gboolean on_entry(const IniEntry *entry, gpointer data, GError **error)
{
    RecipeParser *self = data;
    const int section = find_section(entry->section);
    add_to_hash(self->said, entry);
    if (section < 0)
        return recipe_fail(self, entry, "sections are: file, columns, filter, indicator X, markers, rename FIELD", error,
                           "it has an unknown section “%s”", entry->section);
    if (!entry->key) {
        if (SECTIONS[section].take == take_indicator)
            begin_indicator(self, entry);
        return TRUE;
    }
    if (entry->is_negated && !(SECTIONS[section].takes_negation &&
                               (SECTIONS[section].take == take_filter || g_str_has_prefix(entry->key, FILTER_PREFIX))))
        return recipe_fail(self, entry, "only a filter can say !=", error, "“%s != %s” is no setting", entry->key, entry->value);
    return SECTIONS[section].take(self, entry, error);
}

WmRecipe *recipe_parse(const char *text, const char *path, GError **error)
{
    g_autoptr(WmRecipe) self = g_new0(WmRecipe, 1);
    self->path = g_strdup(path);
    self->header = g_array_new(FALSE, FALSE, sizeof(int));
    self->skip_after = g_ptr_array_new_with_free_func(g_free);
    self->period_places = g_ptr_array_new_with_free_func(g_free);
    self->periods = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    self->ignored = g_ptr_array_new_with_free_func(g_free);
    self->indicators = g_ptr_array_new_with_free_func(g_free);
    self->markers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    section_init(&self->columns, NULL, 0);
    g_autoptr(GChecksum) said = g_checksum_new(G_CHECKSUM_SHA256);
    RecipeParser parser = {.recipe = self, .said = said};
    if (!ini_text_read(text, path, on_entry, &parser, error))
        return NULL;
    self->hash = g_strdup(g_checksum_get_string(said));
    return g_steal_pointer(&self);
}
