/* A guess: what a file's columns seem to be. */
#include "engine/data/recipe/recipe_guess.h"

#include <string.h>
#include <waymark/value.h>

#include "engine/data/recipe/guess_private.h"
#include "engine/data/text/text_pattern.h"

/* Every part of a cohort's text speaks of all: "All EHC plans issued", "Total". */
static gboolean means_all(const char *text)
{
    return g_ascii_strncasecmp(text, "all", 3) == 0 || g_ascii_strncasecmp(text, "total", 5) == 0;
}

static gboolean find_together(const SheetRow *row, gpointer data, GError **error)
{
    Guess *self = data;
    (void)error;
    if (self->together || row->number <= self->profile->last_header_row)
        return TRUE;
    g_autoptr(GString) joined = g_string_new(NULL);
    for (guint i = 0; i < self->cohorts->len; i++) {
        const guint column = g_array_index(self->cohorts, guint, i);
        g_autofree char *text = g_strstrip(g_strdup(column < row->n_fields ? row->fields[column] : ""));
        if (!means_all(text))
            return TRUE;
        g_string_append_printf(joined, "%s%s", joined->len ? " " : "", text);
    }
    self->together = g_strdup(joined->str);
    return TRUE;
}

static void count_kinds(const Guess *self, gint64 kinds[WM_N_PERIOD_KINDS])
{
    for (guint i = 0; i < self->profile->columns->len; i++) {
        const ColumnProfile *column = sheet_profile_column(self->profile, i);
        for (int kind = 0; kind < WM_N_PERIOD_KINDS && self->roles[i] == ROLE_PERIOD; kind++)
            kinds[kind] += column->kinds[kind];
        g_auto(GStrv) parts = g_strsplit(column->name, HEADER_JOINT, -1);
        for (char **part = parts; *part && self->roles[i] == ROLE_ACROSS; part++) {
            WmPeriod period;
            if (text_is_period(*part, &period))
                kinds[period.kind]++;
        }
    }
}

/* A column beside the period says of what kind it is: "Academic year", "Autumn and spring term". */
static gboolean speaks_of_academic_years(const Guess *self)
{
    if (self->odd_part && strstr(self->odd_part, "term"))
        return TRUE;
    for (guint i = 0; i < self->profile->columns->len; i++) {
        const ColumnProfile *column = sheet_profile_column(self->profile, i);
        if (g_hash_table_contains(column->texts, "Academic year") || g_hash_table_contains(column->texts, "Academic Year"))
            return TRUE;
    }
    return FALSE;
}

static WmPeriodKind guess_kind(const Guess *self)
{
    gint64 kinds[WM_N_PERIOD_KINDS], n_joined = 0;
    memcpy(kinds, self->joined_kinds, sizeof kinds);
    for (int kind = 0; kind < WM_N_PERIOD_KINDS; kind++)
        n_joined += kinds[kind];
    if (n_joined == 0)
        count_kinds(self, kinds);
    int best = WM_PERIOD_MONTH;
    for (int kind = 0; kind < WM_N_PERIOD_KINDS; kind++)
        if (kinds[kind] > kinds[best])
            best = kind;
    const gboolean is_year = best == WM_PERIOD_FINANCIAL_YEAR || best == WM_PERIOD_YEAR;
    return is_year && speaks_of_academic_years(self) ? WM_PERIOD_ACADEMIC_YEAR : (WmPeriodKind)best;
}

static gboolean is_marked(const char *text)
{
    return text_length_without_marks(text) < strlen(text);
}

/* Footnote marks: of names that stand over names, and of units' names; a code may well end in a digit. */
static gboolean find_marks(const Guess *self)
{
    for (guint i = 0; i < self->profile->columns->len; i++) {
        g_auto(GStrv) parts = g_strsplit(sheet_profile_column(self->profile, i)->name, HEADER_JOINT, -1);
        for (char **part = parts; *part && self->roles[i] == ROLE_ACROSS; part++)
            if (is_marked(*part))
                return TRUE;
    }
    for (guint i = 1; i < self->units->len; i++) { /* the first is the code */
        const ColumnProfile *column = sheet_profile_column(self->profile, g_array_index(self->units, guint, i));
        GHashTableIter iter;
        gpointer text;
        g_hash_table_iter_init(&iter, column->texts);
        while (column->n_codes == 0 && g_hash_table_iter_next(&iter, &text, NULL))
            if (is_marked(text))
                return TRUE;
    }
    return FALSE;
}

static void indicator_clear(gpointer data)
{
    GuessedIndicator *self = data;
    g_free(self->id);
    g_free(self->title);
    g_free(self->column);
    g_free(self->numerator);
    g_free(self->denominator);
}

Guess *guess_new(const SheetProfile *profile, const WmPlan *plan, const char *path, const SourceOptions *options, GError **error)
{
    g_autoptr(Guess) self = g_new0(Guess, 1);
    *self = (Guess){.profile = profile, .plan = plan, .path = path, .sheet = options->sheet};
    self->roles = g_new0(Role, profile->columns->len + 1);
    self->units = g_array_new(FALSE, FALSE, sizeof(guint));
    self->periods = g_array_new(FALSE, FALSE, sizeof(guint));
    self->cohorts = g_array_new(FALSE, FALSE, sizeof(guint));
    self->indicators = g_array_new(FALSE, FALSE, sizeof(GuessedIndicator));
    g_array_set_clear_func(self->indicators, indicator_clear);
    self->levels = g_ptr_array_new_with_free_func(g_free);
    self->other_levels = g_ptr_array_new_with_free_func(g_free);
    guess_roles(self);
    self->kind = guess_kind(self);
    self->has_marks = find_marks(self);
    guess_find_indicators(self);
    if ((self->cohorts->len && !source_read(path, options, find_together, self, NULL, error)) ||
        !guess_find_levels(self, options, error) || !guess_find_ratios(self, options, error))
        return NULL;
    return g_steal_pointer(&self);
}

void guess_free(Guess *self)
{
    if (!self)
        return;
    g_array_unref(self->units);
    g_array_unref(self->periods);
    g_array_unref(self->cohorts);
    g_array_unref(self->indicators);
    g_ptr_array_unref(self->levels);
    g_ptr_array_unref(self->other_levels);
    g_free(self->period_prefix);
    g_free(self->together);
    g_free(self->roles);
    g_free(self);
}
