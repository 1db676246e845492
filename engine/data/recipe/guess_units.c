/* Units as a tree, from the columns that say who is measured. */
#include <string.h>

#include "engine/data/recipe/guess_private.h"
#include "engine/data/text/number_text.h"
#include "engine/data/text/text_pattern.h"

typedef struct {
    char *unit, *name, *parent, *type, *code;
} Unit;

/* Where a unit's other texts stand, for one choice of its column. */
typedef struct {
    guint column;
    int name, code, type; /* columns; -1: none */
} Level;

typedef struct {
    const Guess *guess;
    GArray *levels;       /* of Level, the finest first */
    GPtrArray *units;     /* of Unit, as they came */
    GHashTable *by_unit;  /* unit -> Unit, borrowed */
    GHashTable *by_place; /* "name\ncode" -> Unit: another unit so called is perhaps the same */
    WmProblems *problems;
} Builder;

static void unit_free(gpointer data)
{
    Unit *self = data;
    char *texts[] = {self->unit, self->name, self->parent, self->type, self->code};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_free(self);
}

static char *text_at(const SheetRow *row, int column)
{
    return g_strstrip(g_strdup(column >= 0 && (size_t)column < row->n_fields ? row->fields[column] : ""));
}

/* "new_la_code" is the code of la, "LA code" too. New. */
static char *stem_of(const char *name)
{
    static const char *const NOISE[] = {"code", "name", "new", "old", "ons", "gss"};
    g_autofree char *low = g_ascii_strdown(name, -1);
    g_auto(GStrv) parts = g_strsplit_set(low, "_ -", -1);
    GString *out = g_string_new(NULL);
    for (char **part = parts; *part; part++) {
        gboolean is_noise = FALSE;
        for (size_t i = 0; i < G_N_ELEMENTS(NOISE); i++)
            is_noise |= strcmp(*part, NOISE[i]) == 0;
        if (!is_noise && **part)
            g_string_append_printf(out, "%s%s", out->len ? "_" : "", *part);
    }
    return g_string_free(out, FALSE);
}

/* Another column of the same stem, whose name has the word; -1 for none. */
static int find_sibling(const Guess *guess, guint column, const char *word)
{
    const char *const words[] = {word, NULL};
    g_autofree char *stem = stem_of(sheet_header_name(guess->profile->names, column));
    for (guint i = 0; i < guess->profile->columns->len; i++) {
        const char *name = sheet_header_name(guess->profile->names, i);
        g_autofree char *own = stem_of(name);
        if (i != column && strcmp(own, stem) == 0 && guess_name_has(name, words))
            return (int)i;
    }
    return -1;
}

/* Beside a lone code a name: the next choice of the unit's column, or the first column of words. */
static int find_name_beside(const Guess *guess, guint column)
{
    for (guint i = 0; i < guess->profile->columns->len; i++) {
        const ColumnProfile *other = sheet_profile_column(guess->profile, i);
        if (i != column && (guess->roles[i] == ROLE_UNIT || guess->roles[i] == ROLE_PLACE) && other->n_numbers == 0 &&
            other->n_codes == 0 && column_n_distinct(other) >= column_n_distinct(sheet_profile_column(guess->profile, column)))
            return (int)i;
    }
    return -1;
}

static void find_levels(Builder *self)
{
    const Guess *guess = self->guess;
    const int type = guess_level_column(guess);
    for (guint i = 0; i < guess->units->len; i++) {
        const guint column = g_array_index(guess->units, guint, i);
        Level level = {.column = column, .type = type};
        level.name = find_sibling(guess, column, "name");
        level.code = find_sibling(guess, column, "code");
        if (level.name < 0)
            level.name = find_name_beside(guess, column);
        g_array_append_val(self->levels, level);
        if (level.name >= 0 && (guint)level.name < guess->profile->columns->len && guess->roles[level.name] == ROLE_UNIT)
            break; /* the choices that follow are names of the same units */
    }
}

/* One place under two codes, as when an authority was reorganised: which one a plan means is for people to say. */
static void report_twin(Builder *self, const Unit *one, const Unit *other)
{
    g_autofree char *message = g_strdup_printf("%s and %s are both %s", other->unit, one->unit, one->name);
    g_autofree char *advice = g_strdup_printf("keep one, and say %s = %s under [rename unit]", one->unit, other->unit);
    wm_problems_add(
        self->problems,
        &(WmProblem){
            .file = "units.csv", .severity = WM_SEVERITY_WARNING, .code = "twin_units", .message = message, .advice = advice});
}

static void add_unit(Builder *self, Unit *unit)
{
    g_autofree char *place = g_strconcat(unit->name, "\n", unit->type, NULL);
    const Unit *twin = *unit->name ? g_hash_table_lookup(self->by_place, place) : NULL;
    if (twin)
        report_twin(self, unit, twin);
    g_ptr_array_add(self->units, unit);
    g_hash_table_insert(self->by_unit, unit->unit, unit);
    g_hash_table_insert(self->by_place, g_steal_pointer(&place), unit);
}

/* The text of the first level above that holds one. New. */
static char *parent_text(const Builder *self, const SheetRow *row, guint level)
{
    for (guint i = level + 1; i < self->levels->len; i++) {
        g_autofree char *text = text_at(row, (int)g_array_index(self->levels, Level, i).column);
        if (*text)
            return g_steal_pointer(&text);
    }
    return g_strdup("");
}

/* "Local authority" as units.csv says it; without a level's column, nothing. New. */
static char *type_text(const SheetRow *row, int column)
{
    char *text = text_at(row, column);
    for (char *at = text; *at; at++)
        *at = *at == ' ' ? '_' : g_ascii_tolower(*at);
    return text;
}

/* A row of a level that bears another's code says nothing of that other. */
static gboolean is_of_other_level(const Guess *guess, const SheetRow *row)
{
    const int column = guess->other_levels->len ? guess_level_column(guess) : -1;
    g_autofree char *level = text_at(row, column);
    return g_ptr_array_find_with_equal_func(guess->other_levels, level, g_str_equal, NULL);
}

/* A row is about the unit of its finest level; those above it come in rows of their own, or else by name alone. */
static gboolean take_row(const SheetRow *row, gpointer data, GError **error)
{
    Builder *self = data;
    gboolean is_finest = TRUE;
    (void)error;
    if (row->number <= self->guess->profile->last_header_row || !sheet_profile_is_data(self->guess->profile, row) ||
        is_of_other_level(self->guess, row))
        return TRUE;
    for (guint i = 0; i < self->levels->len; i++) {
        const Level *level = &g_array_index(self->levels, Level, i);
        g_autofree char *name = text_at(row, level->name);
        g_autofree char *unit = text_at(row, (int)level->column);
        if (!*unit && level->name >= 0 && self->guess->roles[level->name] == ROLE_UNIT)
            unit = (g_free(unit), guess_strip_marks(name)); /* without a code, it is known by its name */
        if (!*unit)
            continue;
        Unit *known = g_hash_table_lookup(self->by_unit, unit);
        if (known && is_finest && !*known->type)
            known->type = (g_free(known->type), type_text(row, level->type));
        if (!known) {
            Unit *one = g_new0(Unit, 1);
            *one = (Unit){g_strdup(unit), *name ? guess_strip_marks(name) : g_strdup(unit), parent_text(self, row, i),
                          is_finest ? type_text(row, level->type) : g_strdup(""), text_at(row, level->code)};
            add_unit(self, one);
        }
        is_finest = FALSE;
    }
    return TRUE;
}

char *guess_units(const Guess *self, const SourceOptions *options, WmProblems *problems, GError **error)
{
    g_autoptr(GArray) levels = g_array_new(FALSE, FALSE, sizeof(Level));
    g_autoptr(GPtrArray) units = g_ptr_array_new_with_free_func(unit_free);
    g_autoptr(GHashTable) by_unit = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) by_place = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Builder builder = {
        .guess = self, .problems = problems, .levels = levels, .units = units, .by_unit = by_unit, .by_place = by_place};
    find_levels(&builder);
    if (levels->len == 0) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = self->path, .advice = "write units.csv by hand"},
                     "no column seems to say who is measured");
        return NULL;
    }
    if (!source_read(self->path, options, take_row, &builder, NULL, error))
        return NULL;
    GString *out = g_string_new("unit,name,parent,type,code\n");
    for (guint i = 0; i < units->len; i++) {
        const Unit *one = g_ptr_array_index(units, i);
        csv_append_row(out, (const char *const[]){one->unit, one->name, one->parent, one->type, one->code}, 5);
    }
    return g_string_free(out, FALSE);
}
