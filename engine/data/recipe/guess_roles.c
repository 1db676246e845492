/* What each column seems to be: rules of thumb, from the surest to the vaguest. What one rule has taken, the next leave. */
#include <string.h>

#include "engine/data/recipe/guess_private.h"

#define MOST         0.9 /* share of a column's cells that makes it one of a kind */
#define MAX_COHORTS  200 /* more distinct texts are names, not groups */
#define LARGEST_CODE 100 /* ages, school years and kinds are no larger */
#define FEW_GROUPS   5   /* so many may be had in a short file, most of them once */
#define MAX_COLUMNS  3   /* that cohorts are joined from */

/* Letters only, lower case, so that "LA code" and "la_code" are one. New. */
static char *plain_name(const char *name)
{
    GString *out = g_string_new(NULL);
    for (const char *at = name; *at; at++)
        if (g_ascii_isalpha(*at))
            g_string_append_c(out, g_ascii_tolower(*at));
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    return g_strchomp(g_string_free(out, FALSE));
}

gboolean guess_name_has(const char *name, const char *const *words)
{
    g_autofree char *plain = plain_name(name);
    g_auto(GStrv) parts = g_strsplit(plain, " ", -1);
    for (char **part = parts; *part; part++)
        for (const char *const *word = words; *word; word++)
            if (strcmp(*part, *word) == 0)
                return TRUE;
    return FALSE;
}

static const char *const CODE_WORDS[] = {"code", "codes", "id", "urn", "ons", "ukprn", NULL};
static const char *const PLACE_WORDS[] = {
    "name",  "level",        "identifier", "code", "region", "country", "authority", "la",   "area",     "school",  "provider",
    "trust", "organisation", "org",        "unit", "ward",   "council", "urn",       "note", "footnote", "quality", NULL};
static const char *const UNIT_WORDS[] = {"area",         "authority", "unit",    "la",   "school", "provider", "trust",
                                         "organisation", "org",       "council", "ward", "region", NULL};
static const char *const INDICATOR_WORDS[] = {"indicator", "measure", "metric", "kpi", "variable", NULL};

static const ColumnProfile *column_of(const Guess *self, guint i)
{
    return sheet_profile_column(self->profile, i);
}

static guint n_columns(const Guess *self)
{
    return self->profile->columns->len;
}

static gboolean is_mostly(gint64 n, const ColumnProfile *column)
{
    return column->n_texts > 0 && (double)n >= MOST * (double)column->n_texts;
}

static void take(Guess *self, GArray *list, guint column, Role role)
{
    self->roles[column] = role;
    if (list)
        g_array_append_val(list, column);
}

/* ---- units ---- */

/* How many of a column's texts the plan knows as units. */
static guint n_known_units(const Guess *self, const ColumnProfile *column)
{
    guint n = 0;
    GHashTableIter iter;
    gpointer text;
    if (!self->plan)
        return 0;
    g_hash_table_iter_init(&iter, column->texts);
    while (g_hash_table_iter_next(&iter, &text, NULL))
        n += wm_plan_unit(self->plan, text) != NULL;
    return n;
}

typedef struct {
    guint column, n_known, n_distinct;
    gint64 n_texts;
} Candidate;

/* The finest first: an authority's code is empty in its region's rows, a region's in its country's. Where all are full: 153
 * authorities, 9 regions, 1 country. */
static gint by_fineness(gconstpointer a, gconstpointer b)
{
    const Candidate *x = a, *y = b;
    if ((x->n_known > 0) != (y->n_known > 0))
        return x->n_known > 0 ? -1 : 1;
    if (x->n_texts != y->n_texts)
        return x->n_texts < y->n_texts ? -1 : 1;
    if (x->n_distinct != y->n_distinct)
        return x->n_distinct > y->n_distinct ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

/* Each choice is asked where those before it are empty: one that is never empty ends the list. */
static void take_chain(Guess *self, GArray *candidates)
{
    g_array_sort(candidates, by_fineness);
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *one = &g_array_index(candidates, Candidate, i);
        take(self, self->units, one->column, ROLE_UNIT);
        if (column_of(self, one->column)->n_texts >= self->profile->n_rows)
            break;
    }
}

static void add_candidate(const Guess *self, GArray *candidates, guint i)
{
    const ColumnProfile *column = column_of(self, i);
    const Candidate one = {i, n_known_units(self, column), column_n_distinct(column), column->n_texts};
    g_array_append_val(candidates, one);
}

static void guess_units_by_code(Guess *self, GArray *candidates)
{
    for (guint i = 0; i < n_columns(self); i++)
        if (self->roles[i] == ROLE_NONE && is_mostly(column_of(self, i)->n_codes, column_of(self, i)))
            add_candidate(self, candidates, i);
}

static void guess_units_by_name(Guess *self, GArray *candidates, const char *const *words)
{
    for (guint i = 0; i < n_columns(self); i++) {
        const ColumnProfile *column = column_of(self, i);
        if (self->roles[i] == ROLE_NONE && column->n_texts > 0 && guess_name_has(column->name, words))
            add_candidate(self, candidates, i);
    }
}

/* GSS codes; else a code, and where it is empty the name beside it; else a name. */
static void guess_unit(Guess *self)
{
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
    guess_units_by_code(self, candidates);
    if (candidates->len == 0) {
        guess_units_by_name(self, candidates, CODE_WORDS);
        g_array_set_size(candidates, MIN(candidates->len, 1));
        guess_units_by_name(self, candidates, UNIT_WORDS);
        g_array_sort(candidates, by_fineness);
        for (guint i = 0; i < candidates->len; i++) /* the code itself comes first, whatever else there is */
            if (guess_name_has(column_of(self, g_array_index(candidates, Candidate, i).column)->name, CODE_WORDS)) {
                take(self, self->units, g_array_index(candidates, Candidate, i).column, ROLE_UNIT);
                g_array_remove_index(candidates, i);
                break;
            }
        if (self->units->len && column_of(self, g_array_index(self->units, guint, 0))->n_texts >= self->profile->n_rows)
            return;
        for (guint i = candidates->len; i-- > 0;)
            if (self->roles[g_array_index(candidates, Candidate, i).column] != ROLE_NONE)
                g_array_remove_index(candidates, i);
    }
    take_chain(self, candidates);
}

/* ---- the rest ---- */

static void guess_places(Guess *self)
{
    for (guint i = 0; i < n_columns(self); i++)
        if (self->roles[i] == ROLE_NONE && guess_name_has(column_of(self, i)->name, PLACE_WORDS))
            self->roles[i] = ROLE_PLACE;
}

static void guess_figures(Guess *self)
{
    for (guint i = 0; i < n_columns(self); i++) {
        const ColumnProfile *column = column_of(self, i);
        if (self->roles[i] == ROLE_NONE && column->n_numbers > 0 &&
            is_mostly(column->n_numbers + column->n_markers + column->n_failed, column))
            self->roles[i] = ROLE_FIGURE;
    }
}

static guint n_of_role(const Guess *self, Role role)
{
    guint n = 0;
    for (guint i = 0; i < n_columns(self); i++)
        n += self->roles[i] == role;
    return n;
}

/* One figure a row, and a column that says of what. */
static void guess_indicator_column(Guess *self)
{
    if (n_of_role(self, ROLE_FIGURE) != 1)
        return;
    for (guint i = 0; i < n_columns(self); i++)
        if (self->roles[i] == ROLE_NONE && guess_name_has(column_of(self, i)->name, INDICATOR_WORDS)) {
            self->roles[i] = ROLE_INDICATOR;
            return;
        }
}

/* Groups come again. Many figures with words among them, failed formulas, dates, and comments, which hardly ever do, are none;
 * whole and small ones may be groups: age 5, 6, all; type 1, 2, other. */
static gboolean is_no_group(const ColumnProfile *column)
{
    const gint64 n_figures = column->n_numbers + column->n_markers + column->n_failed;
    const gint64 n = column_n_distinct(column);
    const gboolean hardly_repeats = n == column->n_texts || (n > FEW_GROUPS && n * 2 > column->n_texts);
    const gboolean looks_measured = column->n_parts > 0 || column->largest > LARGEST_CODE;
    return hardly_repeats || column->n_periods * 2 > column->n_texts ||
           (n_figures * 2 > column->n_texts && (column->n_failed > 0 || looks_measured));
}

static void guess_cohorts(Guess *self)
{
    for (guint i = 0; i < n_columns(self) && self->cohorts->len < MAX_COLUMNS; i++) {
        const ColumnProfile *column = column_of(self, i);
        const guint n = column_n_distinct(column);
        if (self->roles[i] != ROLE_NONE || !*column->name || n < 2 || n > MAX_COHORTS)
            continue;
        if (is_no_group(column))
            self->roles[i] = ROLE_LEFT_OUT;
        else
            take(self, self->cohorts, i, ROLE_COHORT);
    }
}

void guess_roles(Guess *self)
{
    guess_periods(self);
    guess_unit(self);
    guess_places(self);
    guess_figures(self);
    guess_indicator_column(self);
    guess_cohorts(self);
}
