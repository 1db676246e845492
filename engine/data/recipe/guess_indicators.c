/* The indicators that a file seems to hold. */
#include <math.h>
#include <string.h>

#include "engine/data/recipe/guess_private.h"
#include "engine/data/text/number_text.h"
#include "engine/data/text/text_pattern.h"

#define PLACE          "{period}"
#define MAX_INDICATORS 200

static const char *const PERCENT_WORDS[] = {"pc", "pct", "percent", "percentage", "rate", "share", "proportion", NULL};

char *guess_strip_marks(const char *name)
{
    return g_strndup(name, text_length_without_marks(name));
}

char *guess_measure_of(const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, HEADER_JOINT, -1);
    gboolean has_period = FALSE;
    for (char **part = parts; *part; part++) {
        WmPeriod period;
        if (!has_period && text_is_period(*part, &period)) {
            g_free(*part);
            *part = g_strdup(PLACE);
            has_period = TRUE;
            continue;
        }
        (*part)[text_length_without_marks(*part)] = 0;
    }
    return has_period ? g_strjoinv(HEADER_JOINT, parts) : NULL;
}

/* UPPER_CASE of its letters and digits. New. */
static char *id_of(const char *name)
{
    GString *out = g_string_new(NULL);
    for (const char *at = name; *at; at++)
        if (g_ascii_isalnum(*at))
            g_string_append_c(out, g_ascii_toupper(*at));
        else if (out->len && out->str[out->len - 1] != '_')
            g_string_append_c(out, '_');
    while (out->len && out->str[out->len - 1] == '_')
        g_string_truncate(out, out->len - 1);
    return g_string_free(out->len ? out : g_string_append(out, "VALUE"), FALSE);
}

static gboolean has_id(const Guess *self, const char *id)
{
    for (guint i = 0; i < self->indicators->len; i++)
        if (strcmp(g_array_index(self->indicators, GuessedIndicator, i).id, id) == 0)
            return TRUE;
    return FALSE;
}

/* The plan's own id of an indicator so named, or one made from the name, its like numbered. New. */
static char *own_id(const Guess *self, const char *name)
{
    g_autofree char *made = id_of(name);
    for (size_t i = 0; self->plan && i < self->plan->n_indicators; i++) {
        const WmIndicator *one = &self->plan->indicators[i];
        if (g_ascii_strcasecmp(one->indicator, made) == 0 || g_ascii_strcasecmp(one->title, name) == 0)
            return g_strdup(one->indicator);
    }
    g_autofree char *id = g_strdup(made);
    for (int n = 2; has_id(self, id); n++) {
        g_free(id);
        id = g_strdup_printf("%s_%d", made, n);
    }
    return g_steal_pointer(&id);
}

static void add_indicator(Guess *self, const char *title, char *column, guint example, const ColumnProfile *profile)
{
    const gboolean is_called_percent =
        guess_name_has(title, PERCENT_WORDS) || strchr(title, '%') || g_str_has_suffix(title, "Rate");
    const gboolean fits = profile->n_numbers > 0 && profile->smallest >= 0 && profile->largest <= 100;
    GuessedIndicator one = {.id = own_id(self, title), .title = g_strdup(title), .column = column, .example = example};
    one.is_percent = profile->n_percents > 0 || (is_called_percent && fits);
    one.is_whole = profile->n_parts == 0;
    one.is_fraction = one.is_percent && profile->n_percents == 0 && profile->n_parts > 0 && profile->largest <= 1;
    g_array_append_val(self->indicators, one);
}

static gboolean has_column(const Guess *self, const char *column)
{
    for (guint i = 0; i < self->indicators->len; i++)
        if (strcmp(g_array_index(self->indicators, GuessedIndicator, i).column, column) == 0)
            return TRUE;
    return FALSE;
}

/* "{period} / Appeals registered" is called "Appeals registered"; a place alone after the file. New. */
static char *measure_title(const Guess *self, const char *measure)
{
    g_auto(GStrv) parts = g_strsplit(measure, HEADER_JOINT, -1);
    GString *title = g_string_new(NULL);
    for (char **part = parts; *part; part++)
        if (strcmp(*part, PLACE) != 0)
            g_string_append_printf(title, "%s%s", title->len ? " " : "", *part);
    if (title->len)
        return g_string_free(title, FALSE);
    g_string_free(title, TRUE);
    g_autofree char *base = g_path_get_basename(self->path);
    char *dot = strrchr(base, '.');
    if (dot)
        *dot = 0;
    return g_steal_pointer(&base);
}

/* A percent anywhere among a measure's columns makes it one. */
static ColumnProfile sum_of_measure(const Guess *self, const char *measure)
{
    ColumnProfile sum = {.smallest = NAN, .largest = NAN};
    for (guint i = 0; i < self->profile->columns->len; i++) {
        const ColumnProfile *one = sheet_profile_column(self->profile, i);
        g_autofree char *own = guess_measure_of(one->name);
        if (g_strcmp0(own, measure) != 0)
            continue;
        sum.n_numbers += one->n_numbers;
        sum.n_percents += one->n_percents;
        sum.n_parts += one->n_parts;
        sum.smallest = fmin(sum.smallest, one->smallest);
        sum.largest = fmax(sum.largest, one->largest);
    }
    return sum;
}

static void find_across(Guess *self)
{
    for (guint i = 0; i < self->profile->columns->len && self->indicators->len < MAX_INDICATORS; i++) {
        if (self->roles[i] != ROLE_ACROSS)
            continue;
        g_autofree char *measure = guess_measure_of(sheet_profile_column(self->profile, i)->name);
        if (has_column(self, measure))
            continue;
        const ColumnProfile sum = sum_of_measure(self, measure);
        g_autofree char *title = measure_title(self, measure);
        if (sum.n_numbers > 0)
            add_indicator(self, title, g_strdup(measure), i, &sum);
    }
}

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

/* A long file: each text of the indicator's column. Its figures share a column, so little can be said of their kind. */
static void find_named(Guess *self, guint column, guint figure)
{
    const ColumnProfile *names = sheet_profile_column(self->profile, column),
                        *figures = sheet_profile_column(self->profile, figure);
    GList *texts = g_list_sort(g_hash_table_get_keys(names->texts), by_text);
    for (GList *at = texts; at && self->indicators->len < MAX_INDICATORS; at = at->next)
        add_indicator(self, at->data, guess_column_text(self->profile->names, figure), figure, figures);
    g_list_free(texts);
}

void guess_find_indicators(Guess *self)
{
    guint named = self->profile->columns->len, n_columns = named;
    for (guint i = 0; i < n_columns; i++)
        if (self->roles[i] == ROLE_INDICATOR)
            named = i;
    find_across(self);
    for (guint i = 0; i < n_columns && self->indicators->len < MAX_INDICATORS; i++) {
        const ColumnProfile *column = sheet_profile_column(self->profile, i);
        if (self->roles[i] != ROLE_FIGURE)
            continue;
        if (named < n_columns)
            find_named(self, named, i);
        else
            add_indicator(self, *column->name ? column->name : "VALUE", guess_column_text(self->profile->names, i), i, column);
    }
}

static const struct {
    WmPeriodKind kind;
    WmFrequency frequency;
} FREQUENCIES[] = {
    {WM_PERIOD_DAY, WM_FREQUENCY_MONTH},
    {WM_PERIOD_MONTH, WM_FREQUENCY_MONTH},
    {WM_PERIOD_QUARTER, WM_FREQUENCY_QUARTER},
    {WM_PERIOD_CALENDAR_QUARTER, WM_FREQUENCY_QUARTER},
    {WM_PERIOD_TERM, WM_FREQUENCY_TERM},
    {WM_PERIOD_HALF, WM_FREQUENCY_HALF},
    {WM_PERIOD_CALENDAR_HALF, WM_FREQUENCY_HALF},
    {WM_PERIOD_YEAR, WM_FREQUENCY_YEAR},
    {WM_PERIOD_ACADEMIC_YEAR, WM_FREQUENCY_ACADEMIC_YEAR},
    {WM_PERIOD_FINANCIAL_YEAR, WM_FREQUENCY_FINANCIAL_YEAR},
};

static const char *frequency_name(WmPeriodKind kind)
{
    for (size_t i = 0; i < G_N_ELEMENTS(FREQUENCIES); i++)
        if (FREQUENCIES[i].kind == kind)
            return wm_frequency_name(FREQUENCIES[i].frequency);
    return wm_frequency_name(WM_FREQUENCY_MONTH);
}

char *guess_indicators(const Guess *self)
{
    GString *out = g_string_new("indicator,title,kind,measure_unit,polarity,frequency,low,high\n");
    for (guint i = 0; i < self->indicators->len; i++) {
        const GuessedIndicator *one = &g_array_index(self->indicators, GuessedIndicator, i);
        const char *kind = one->is_percent ? "percent" : one->is_whole ? "count" : "score";
        csv_append_row(out,
                       (const char *const[]){one->id, one->title, kind, one->is_percent ? "%" : "", "none",
                                             frequency_name(self->kind), one->is_percent ? "0" : "", one->is_percent ? "100" : ""},
                       8);
    }
    return g_string_free(out, FALSE);
}
