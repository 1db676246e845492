/* Levels of places whose rows bear another level's code: a school's row that of its authority. Read as they stand, the first
 * school's figure would be the authority's. */
#include <string.h>

#include "engine/data/recipe/guess_private.h"

#define MAX_LEVELS 31 /* one bit each */

typedef struct {
    Guess *guess;
    guint column;      /* of the levels */
    GPtrArray *names;  /* of char *, as they came */
    GHashTable *units; /* text -> bits of the levels in whose rows it is the unit */
    gint64 n_rows[MAX_LEVELS], n_units[MAX_LEVELS];
    guint owner_column[MAX_LEVELS]; /* from which column the level's units were last taken */
} Levels;

int guess_level_column(const Guess *self)
{
    static const char *const WORDS[] = {"level", NULL};
    for (guint i = 0; i < self->profile->columns->len; i++)
        if (guess_name_has(sheet_header_name(self->profile->names, i), WORDS))
            return (int)i;
    return -1;
}

static char *text_at(const SheetRow *row, guint column)
{
    return g_strstrip(g_strdup(column < row->n_fields ? row->fields[column] : ""));
}

/* The number of a level; -1 beyond the most. */
static int level_of(Levels *self, const char *name)
{
    for (guint i = 0; i < self->names->len; i++)
        if (strcmp(g_ptr_array_index(self->names, i), name) == 0)
            return (int)i;
    if (self->names->len >= MAX_LEVELS)
        return -1;
    g_ptr_array_add(self->names, g_strdup(name));
    return (int)self->names->len - 1;
}

static void count_unit(Levels *self, int level, const char *unit)
{
    const guint bits = GPOINTER_TO_UINT(g_hash_table_lookup(self->units, unit)), bit = 1u << level;
    self->n_rows[level]++;
    if (bits & bit)
        return;
    self->n_units[level]++;
    g_hash_table_insert(self->units, g_strdup(unit), GUINT_TO_POINTER(bits | bit));
}

static gboolean take_row(const SheetRow *row, gpointer data, GError **error)
{
    Levels *self = data;
    const Guess *guess = self->guess;
    (void)error;
    if (row->number <= guess->profile->last_header_row || !sheet_profile_is_data(guess->profile, row))
        return TRUE;
    g_autofree char *name = text_at(row, self->column);
    const int level = *name ? level_of(self, name) : -1;
    for (guint i = 0; level >= 0 && i < guess->units->len; i++) {
        const guint column = g_array_index(guess->units, guint, i);
        g_autofree char *unit = text_at(row, column);
        if (!*unit)
            continue;
        self->owner_column[level] = column;
        count_unit(self, level, unit);
        break;
    }
    return TRUE;
}

/* Whether a column is called after a level: new_la_code of "Local authority", region_code of "Regional", ward_code of "Ward". */
static gboolean is_called_after(const char *column, const char *level)
{
    g_autofree char *low = g_ascii_strdown(column, -1), *own = g_ascii_strdown(level, -1);
    g_auto(GStrv) parts = g_strsplit_set(low, "_ -", -1), words = g_strsplit_set(own, "_ -", -1);
    g_autoptr(GString) initials = g_string_new(NULL);
    for (char **word = words; *word; word++)
        g_string_append_len(initials, *word, **word ? 1 : 0);
    for (char **part = parts; *part; part++)
        if (strlen(*part) > 1 && (strcmp(*part, initials->str) == 0 || g_str_has_prefix(own, *part)))
            return TRUE;
    return FALSE;
}

/* Whether level a rather than b is whom their common codes are of: by the column's name, else by the fewer rows a unit. */
static gboolean owns(const Levels *self, guint a, guint b)
{
    const SheetHeader *names = self->guess->profile->names;
    const gboolean by_a = is_called_after(sheet_header_name(names, self->owner_column[a]), g_ptr_array_index(self->names, a));
    const gboolean by_b = is_called_after(sheet_header_name(names, self->owner_column[b]), g_ptr_array_index(self->names, b));
    if (by_a != by_b)
        return by_a;
    return self->n_rows[a] * self->n_units[b] < self->n_rows[b] * self->n_units[a];
}

/* Bits of the levels that share a unit with one that owns it. */
static guint32 find_borrowers(const Levels *self)
{
    guint32 borrowers = 0;
    GHashTableIter iter;
    gpointer bits_of_unit;
    g_hash_table_iter_init(&iter, self->units);
    while (g_hash_table_iter_next(&iter, NULL, &bits_of_unit)) {
        const guint bits = GPOINTER_TO_UINT(bits_of_unit);
        for (guint a = 0; a < self->names->len; a++)
            for (guint b = 0; (bits & 1u << a) && b < self->names->len; b++)
                if (a != b && (bits & 1u << b) && owns(self, b, a) && !owns(self, a, b))
                    borrowers |= 1u << a;
    }
    return borrowers;
}

gboolean guess_find_levels(Guess *self, const SourceOptions *options, GError **error)
{
    const int column = guess_level_column(self);
    if (column < 0 || self->units->len == 0 || column_n_distinct(sheet_profile_column(self->profile, (guint)column)) < 2)
        return TRUE;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) units = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Levels levels = {.guess = self, .column = (guint)column, .names = names, .units = units};
    if (!source_read(self->path, options, take_row, &levels, NULL, error))
        return FALSE;
    const guint32 borrowers = find_borrowers(&levels);
    for (guint i = 0; borrowers && i < names->len; i++)
        g_ptr_array_add(borrowers & 1u << i ? self->other_levels : self->levels, g_strdup(g_ptr_array_index(names, i)));
    return TRUE;
}
