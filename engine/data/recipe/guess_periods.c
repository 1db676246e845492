/* Where the periods stand: across the columns' names, in a column, in two that are joined, or behind a text of the publisher's. */
#include <string.h>

#include "engine/data/recipe/guess_private.h"

#define MOST         0.9 /* share of a column's cells that makes it one of periods */
#define MAX_PREFIXED 60  /* more distinct texts than that are no periods with something before them */

static const char *const PERIOD_WORDS[] = {"period", "date", "month", "quarter", "year", "time", "week", NULL};
static const char *const PART_WORDS[] = {"month", "quarter", "term", NULL};

#define PART_COLUMN "time_identifier" /* of the Department for Education: which part of time_period a row is about */

static const ColumnProfile *column_of(const Guess *self, guint i)
{
    return sheet_profile_column(self->profile, i);
}

static guint n_columns(const Guess *self)
{
    return self->profile->columns->len;
}

/* Several columns whose names hold a period: then figures stand in a column for each. */
static gboolean find_across(Guess *self)
{
    guint n = 0;
    for (guint i = 0; i < n_columns(self); i++) {
        g_autofree char *measure = guess_measure_of(column_of(self, i)->name);
        n += measure != NULL;
    }
    for (guint i = 0; n >= 2 && i < n_columns(self); i++) {
        g_autofree char *measure = guess_measure_of(column_of(self, i)->name);
        if (measure)
            self->roles[i] = ROLE_ACROSS;
    }
    return n >= 2;
}

static void take_period(Guess *self, guint i)
{
    self->roles[i] = ROLE_PERIOD;
    g_array_append_val(self->periods, i);
}

/* ---- a column ---- */

static gboolean is_period_column(const Guess *self, guint i, gboolean needs_name)
{
    const ColumnProfile *column = column_of(self, i);
    return self->roles[i] == ROLE_NONE && column->n_periods > 0 &&
           (double)(column->n_periods + column->n_failed) >= MOST * (double)column->n_texts &&
           (!needs_name || guess_name_has(column->name, PERIOD_WORDS));
}

/* Beside a year there may be its months: the column that tells most periods apart. -1 for none. */
static int find_finest(const Guess *self, gboolean needs_name)
{
    int best = -1;
    for (guint i = 0; i < n_columns(self); i++)
        if (is_period_column(self, i, needs_name) &&
            (best < 0 || column_n_distinct(column_of(self, i)) > column_n_distinct(column_of(self, (guint)best))))
            best = (int)i;
    return best;
}

/* A year and a month in columns of their own are joined. */
static void join_part(Guess *self)
{
    for (guint i = 0; i < n_columns(self); i++) {
        const ColumnProfile *column = column_of(self, i);
        if (self->roles[i] == ROLE_NONE && column->n_numbers == 0 && column->n_periods == 0 &&
            column->n_texts >= self->profile->n_rows && guess_name_has(column->name, PART_WORDS)) {
            self->roles[i] = ROLE_PERIOD;
            g_array_prepend_val(self->periods, i);
            return;
        }
    }
}

/* ---- time_period and time_identifier ---- */

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

static const char *least_text(const ColumnProfile *column)
{
    GList *texts = g_list_sort(g_hash_table_get_keys(column->texts), by_text);
    const char *least = texts ? texts->data : "";
    g_list_free(texts);
    return least;
}

/* How many of the identifiers' texts make a period behind one of the years. */
static guint count_parts(Guess *self, const ColumnProfile *years, const ColumnProfile *parts)
{
    guint n = 0;
    GHashTableIter iter;
    gpointer text, n_rows;
    g_hash_table_iter_init(&iter, parts->texts);
    while (g_hash_table_iter_next(&iter, &text, &n_rows)) {
        WmPeriod period;
        g_autofree char *joined = g_strconcat(least_text(years), " ", text, NULL);
        if (!text_is_period(joined, &period)) {
            if (!self->odd_part || strcmp(text, self->odd_part) < 0)
                self->odd_part = text;
            continue;
        }
        self->joined_kinds[period.kind] += (gint64)GPOINTER_TO_SIZE(n_rows);
        n++;
    }
    return n;
}

static gboolean is_one_whole_year(const ColumnProfile *parts)
{
    return column_n_distinct(parts) == 1 && g_str_has_suffix(least_text(parts), "year");
}

/* Parts of years are joined to them. Where none is a period (two terms together, weeks) they are a cohort, so that they do not pass
 * for the whole year. */
static void join_identifier(Guess *self)
{
    const int i = sheet_header_find(self->profile->names, PART_COLUMN, 0);
    const guint year = g_array_index(self->periods, guint, 0);
    if (i < 0 || self->roles[i] != ROLE_NONE || column_of(self, (guint)i)->n_texts == 0)
        return;
    const ColumnProfile *parts = column_of(self, (guint)i);
    if (is_one_whole_year(parts))
        return;
    const guint column = (guint)i;
    if (count_parts(self, column_of(self, year), parts) > 0) {
        take_period(self, column);
        return;
    }
    self->roles[i] = ROLE_COHORT;
    g_array_append_val(self->cohorts, column);
}

/* ---- MSitAE-APRIL-2023 ---- */

/* Where a period begins in a text, behind a mark; 0 for nowhere. */
static size_t period_offset(const char *text)
{
    WmPeriod period;
    for (size_t i = 1; text[i]; i++)
        if (strchr("-_ :/", text[i - 1]) && g_ascii_isalnum(text[i]) && text_is_period(text + i, &period))
            return i;
    return 0;
}

/* Whether every text of a column is a period behind the same prefix. */
static gboolean has_prefix_of_periods(const ColumnProfile *column, const char *prefix)
{
    GHashTableIter iter;
    gpointer text;
    g_hash_table_iter_init(&iter, column->texts);
    while (g_hash_table_iter_next(&iter, &text, NULL)) {
        WmPeriod period;
        if (!g_str_has_prefix(text, prefix) || !text_is_period((char *)text + strlen(prefix), &period))
            return FALSE;
    }
    return TRUE;
}

static void count_prefixed(Guess *self, const ColumnProfile *column)
{
    GHashTableIter iter;
    gpointer text, n;
    g_hash_table_iter_init(&iter, column->texts);
    while (g_hash_table_iter_next(&iter, &text, &n)) {
        WmPeriod period;
        if (text_is_period((char *)text + strlen(self->period_prefix), &period))
            self->joined_kinds[period.kind] += (gint64)GPOINTER_TO_SIZE(n);
    }
}

static void find_prefixed(Guess *self)
{
    for (guint i = 0; i < n_columns(self); i++) {
        const ColumnProfile *column = column_of(self, i);
        if (self->roles[i] != ROLE_NONE || column->n_texts == 0 || column->has_more || column_n_distinct(column) > MAX_PREFIXED ||
            !guess_name_has(column->name, PERIOD_WORDS))
            continue;
        const char *text = least_text(column);
        g_autofree char *prefix = g_strndup(text, period_offset(text));
        if (!*prefix || strpbrk(prefix, "*?={}\"[#;") || !has_prefix_of_periods(column, prefix))
            continue;
        self->period_prefix = g_steal_pointer(&prefix);
        count_prefixed(self, column);
        take_period(self, i);
        return;
    }
}

void guess_periods(Guess *self)
{
    if (find_across(self))
        return;
    int found = find_finest(self, TRUE);
    if (found < 0)
        found = find_finest(self, FALSE);
    if (found < 0) {
        find_prefixed(self);
        return;
    }
    take_period(self, (guint)found);
    join_identifier(self);
    if (self->periods->len == 1 && column_of(self, (guint)found)->kinds[WM_PERIOD_YEAR] > 0)
        join_part(self);
}
