/* A guess, as the recipe that says it. */
#include "engine/data/recipe/recipe_guess.h"

#include <string.h>
#include <waymark/value.h>

#include "engine/data/recipe/guess_private.h"
#include "engine/data/text/text_pattern.h"

/* Spreadsheet letters of a column's number from 0. New. */
static char *column_letters(guint column)
{
    GString *out = g_string_new(NULL);
    for (guint n = column + 1; n > 0; n = (n - 1) / 26)
        g_string_prepend_c(out, (char)('A' + (n - 1) % 26));
    return g_string_free(out, FALSE);
}

/* In quotes, those within doubled. New. */
static char *quoted(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "\"", -1);
    g_autofree char *doubled = g_strjoinv("\"\"", parts);
    return g_strconcat("\"", doubled, "\"", NULL);
}

char *guess_column_text(const SheetHeader *names, guint column)
{
    const char *name = sheet_header_name(names, column);
    const gboolean is_only = sheet_header_find(names, name, 0) == (int)column && sheet_header_find(names, name, column + 1) < 0;
    if (!*name || !is_only) {
        g_autofree char *letters = column_letters(column);
        return g_strconcat("@", letters, NULL);
    }
    const gboolean is_plain = !strpbrk(name, "|\"*?") && !strstr(name, " + ") && !strchr("=@", *name) && !pattern_has_place(name);
    return is_plain ? g_strdup(name) : quoted(name);
}

/* The longest part of a file's name, between marks, that is a period: April-2023-CSV-x. FALSE for none. */
static gboolean find_period_in(const char *base, size_t *first, size_t *length)
{
    const size_t n = strlen(base);
    *length = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t end = n; (i == 0 || !g_ascii_isalnum(base[i - 1])) && end > i + *length; end--) {
            WmPeriod period;
            g_autofree char *part = g_strndup(base + i, end - i);
            if ((end < n && g_ascii_isalnum(base[end])) || !g_ascii_isalnum(*part) || !text_is_period(part, &period))
                continue;
            *first = i;
            *length = end - i;
        }
    return *length > 0;
}

/* A file that holds no period, and whose name does. */
static gboolean has_named_period(const Guess *self, const char *base, size_t *first, size_t *length)
{
    gboolean has_own = self->periods->len > 0;
    for (guint i = 0; i < self->profile->columns->len; i++)
        has_own |= self->roles[i] == ROLE_ACROSS;
    return !has_own && find_period_in(base, first, length);
}

/* The file's name with what changes from one to the next left open: its period, dates, and anything before the ending. New. */
static char *match_of(const Guess *self)
{
    size_t first = 0, length = 0;
    g_autofree char *base = g_path_get_basename(self->path);
    char *dot = strrchr(base, '.');
    g_autofree char *ending = g_strdup(dot ? dot : "");
    if (dot)
        *dot = 0;
    const gboolean has_period = has_named_period(self, base, &first, &length);
    GString *out = g_string_new(NULL);
    for (const char *at = base; *at;) {
        if (has_period && at == base + first) {
            g_string_append(out, "{period}");
            at += length;
            continue;
        }
        const size_t n = strspn(at, "0123456789-");
        size_t n_digits = 0;
        for (size_t i = 0; i < n; i++)
            n_digits += g_ascii_isdigit(at[i]) != 0;
        if (n_digits >= 4)
            g_string_append_c(out, '*');
        else
            g_string_append_len(out, at, (gssize)(n ? n : 1));
        at += n ? n : 1;
    }
    if (!out->len || out->str[out->len - 1] != '*')
        g_string_append_c(out, '*');
    g_string_append(out, ending);
    return g_string_free(out, FALSE);
}

/* The first words of the notes, up to a mark or the line's end. New. */
static char *notes_beginning(const char *notes)
{
    g_autofree char *text = g_strdup(notes);
    text[strcspn(text, ":\n\r|\"")] = 0;
    if (g_utf8_strlen(text, -1) > 40)
        *g_utf8_offset_to_pointer(text, 40) = 0;
    return g_strdup(g_strstrip(text));
}

static void append_file(const Guess *self, GString *out)
{
    const SheetProfile *profile = self->profile;
    g_autofree char *match = match_of(self);
    g_string_append_printf(out, "[file]\nmatch = %s\n", match);
    if (self->sheet)
        g_string_append_printf(out, "sheet = %s\n", self->sheet);
    if (!profile->is_workbook && profile->facts.delimiter != ',')
        g_string_append_printf(out, "delimiter = %s\n",
                               profile->facts.delimiter == '\t'  ? "tab"
                               : profile->facts.delimiter == ';' ? "semicolon"
                                                                 : "pipe");
    if (profile->has_decimal_commas)
        g_string_append(out, "# figures such as 687,7: commas are decimal ones\ndecimal = comma\n");
    if (profile->first_header_row != profile->last_header_row)
        g_string_append_printf(out, "# the names stand over %d rows, joined by “%s”\nheader = %d-%d\n",
                               profile->last_header_row - profile->first_header_row + 1, HEADER_JOINT, profile->first_header_row,
                               profile->last_header_row);
    else if (profile->first_header_row > 1)
        g_string_append_printf(out, "header = %d\n", profile->first_header_row);
    if (self->has_marks)
        g_string_append(out, "# names or units end in footnote marks\nfootnotes = strip\n");
    g_autofree char *notes = profile->notes ? notes_beginning(profile->notes) : g_strdup("");
    if (*notes)
        g_string_append_printf(out, "skip_after = %s\n", notes);
}

static void append_columns(const Guess *self, const char *field, const GArray *columns, const char *joint, GString *out)
{
    for (guint i = 0; i < columns->len; i++) {
        g_autofree char *text = guess_column_text(self->profile->names, g_array_index(columns, guint, i));
        g_string_append_printf(out, "%s%s", i ? joint : field, text);
    }
    if (columns->len)
        g_string_append_c(out, '\n');
}

static const ColumnProfile *column_at(const Guess *self, const GArray *columns, guint i)
{
    return sheet_profile_column(self->profile, g_array_index(columns, guint, i));
}

static void append_no_period(const Guess *self, GString *out)
{
    size_t first, length;
    g_autofree char *base = g_path_get_basename(self->path);
    for (guint i = 0; i < self->profile->columns->len; i++)
        if (self->roles[i] == ROLE_ACROSS)
            return;
    if (has_named_period(self, base, &first, &length))
        g_string_append(out, "# no column holds a period: the file's name does\n");
    else
        g_string_append(
            out, "# no column seems to hold a period, which every reading needs. Name one; or take it from the file's name by\n"
                 "# {period} in match above; or, for a file about one period, say so: period = =2024-03\n");
}

/* What the file's own periods stand behind is taken off. */
static void append_prefix(const Guess *self, GString *out)
{
    if (self->period_prefix)
        g_string_append_printf(out, "\n# what stands before every period is none of it\n[rename period]\n%s{period} = {period}\n",
                               self->period_prefix);
}

/* The levels that are read, by name, so that no new one slips in. */
static void append_levels(const Guess *self, GString *out)
{
    if (self->other_levels->len == 0)
        return;
    g_autofree char *column = guess_column_text(self->profile->names, (guint)guess_level_column(self));
    g_string_append(out, "\n# left out, as their rows bear the codes of another level, and would pass for it:");
    for (guint i = 0; i < self->other_levels->len; i++)
        g_string_append_printf(out, "%s %s", i ? "," : "", (const char *)g_ptr_array_index(self->other_levels, i));
    g_string_append_printf(out, "\n[filter]\n%s =", column);
    for (guint i = 0; i < self->levels->len; i++) {
        const char *level = g_ptr_array_index(self->levels, i);
        g_autofree char *text = strpbrk(level, "|*?\"") ? quoted(level) : g_strdup(level);
        g_string_append_printf(out, "%s %s", i ? " |" : "", text);
    }
    g_string_append_c(out, '\n');
}

static void append_period(const Guess *self, GString *out)
{
    char first[WM_PERIOD_TEXT], last[WM_PERIOD_TEXT];
    if (self->periods->len == 0) {
        append_no_period(self, out);
        return;
    }
    if (self->odd_part)
        g_string_append_printf(out, "# “%s” makes no period: %s\n", self->odd_part,
                               self->periods->len > 1 ? "such rows will be refused; filter them out"
                                                      : "it is kept as a cohort, so that it does not pass for the whole year");
    for (guint i = 0; i < self->periods->len; i++) {
        const ColumnProfile *column = column_at(self, self->periods, i);
        if (column->n_periods > 0)
            g_string_append_printf(out, "# ends from %s to %s\n", wm_day_format_iso(column->first, first),
                                   wm_day_format_iso(column->last, last));
    }
    append_columns(self, "period = ", self->periods, " + ", out);
}

static void append_unit(const Guess *self, GString *out)
{
    if (self->units->len == 0) {
        g_string_append(out, "# no column seems to say who is measured: every figure is the plan's own area's\n");
        return;
    }
    const ColumnProfile *column = column_at(self, self->units, 0);
    g_string_append_printf(out, "# %u%s different texts%s\n", g_hash_table_size(column->texts), column->has_more ? " or more" : "",
                           self->units->len > 1 ? "; where it is empty, the next" : "");
    append_columns(self, "unit = ", self->units, " | ", out);
}

/* What looks like groups at first sight, and is none: dates, figures with words among them, comments. */
static void append_left_out(const Guess *self, GString *out)
{
    for (guint i = 0; i < self->profile->columns->len; i++) {
        if (self->roles[i] != ROLE_LEFT_OUT)
            continue;
        g_autofree char *name = guess_column_text(self->profile->names, i);
        g_strdelimit(name, "\r\n", ' ');
        g_string_append_printf(out, "# left out, as neither figures throughout nor groups that come again: %s\n", name);
    }
}

static void append_cohort(const Guess *self, GString *out)
{
    append_left_out(self, out);
    if (self->cohorts->len == 0)
        return;
    g_string_append_printf(out, "# the groups that the figures are cut into (%u in the last column); or keep one by a [filter]\n",
                           column_n_distinct(column_at(self, self->cohorts, self->cohorts->len - 1)));
    append_columns(self, "cohort = ", self->cohorts, " + ", out);
}

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

/* Texts among figures: those that Waymark knows, and those that it has to be told. */
static void append_markers(const Guess *self, GString *out)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < self->profile->columns->len; i++) {
        GHashTableIter iter;
        gpointer text, n;
        if (self->roles[i] != ROLE_FIGURE && self->roles[i] != ROLE_ACROSS)
            continue;
        g_hash_table_iter_init(&iter, sheet_profile_column(self->profile, i)->others);
        while (g_hash_table_iter_next(&iter, &text, &n)) {
            const gsize before = GPOINTER_TO_SIZE(g_hash_table_lookup(seen, text));
            g_hash_table_insert(seen, g_strdup(text), GSIZE_TO_POINTER(before + GPOINTER_TO_SIZE(n)));
        }
    }
    GList *texts = g_list_sort(g_hash_table_get_keys(seen), by_text);
    GString *known = g_string_new(NULL), *unknown = g_string_new(NULL);
    for (GList *at = texts; at; at = at->next) {
        WmValueText value;
        const gsize n = GPOINTER_TO_SIZE(g_hash_table_lookup(seen, at->data));
        if (wm_value_parse(at->data, &value))
            g_string_append_printf(known, "%s “%s” (%zu, %s)", known->len ? "," : "", (char *)at->data, n,
                                   wm_reading_state_name(value.state));
        else if (strcspn(at->data, "=\"\n[") == strlen(at->data) && !strchr("#;", *(char *)at->data) && strlen(at->data) < 40)
            g_string_append_printf(unknown, "# %zu times; suppressed, not_applicable, low, nil?\n%s = %s\n", n, (char *)at->data,
                                   strcmp(at->data, "~") == 0 ? "suppressed" : "not_available");
    }
    if (known->len)
        g_string_append_printf(out, "\n# texts that stand for a state, not for a figure:%s\n", known->str);
    if (unknown->len)
        g_string_append_printf(out, "\n[markers]\n%s", unknown->str);
    g_string_free(known, TRUE);
    g_string_free(unknown, TRUE);
    g_list_free(texts);
}

/* With a plan, what it does not measure stands there as a comment. */
static void append_indicator(const GuessedIndicator *one, gboolean is_wanted, GString *out)
{
    const char *mark = is_wanted ? "" : "# ";
    g_string_append_printf(out, "\n%s[indicator %s]\n%svalue = %s\n", mark, one->id, mark, one->column);
    if (one->n_agreeing)
        g_string_append_printf(out, "# of the two counts, in all of %u rows looked at\n%snumerator = %s\n%sdenominator = %s\n",
                               one->n_agreeing, mark, one->numerator, mark, one->denominator);
    if (one->is_fraction)
        g_string_append_printf(out, "# its figures lie between 0 and 1\n%sscale = 100\n", mark);
}

static gboolean is_known_indicator(const Guess *self, const char *id)
{
    return !self->plan || wm_plan_indicator(self->plan, id) != NULL;
}

static guint role_column(const Guess *self, Role role)
{
    for (guint i = 0; i < self->profile->columns->len; i++)
        if (self->roles[i] == role)
            return i;
    return self->profile->columns->len;
}

static void append_rename(const Guess *self, GString *out)
{
    g_string_append(out, "\n# the file's word = the plan's\n[rename indicator]\n");
    for (guint i = 0; i < self->indicators->len; i++) {
        const GuessedIndicator *one = &g_array_index(self->indicators, GuessedIndicator, i);
        const char *mark = is_known_indicator(self, one->id) ? "" : "# ";
        g_string_append_printf(out, "%s\"%s\" = %s\n", mark, one->title, one->id);
    }
}

static void append_indicators(const Guess *self, GString *out)
{
    if (self->indicators->len == 0)
        g_string_append(out, "\n# no column of figures was found\n");
    else
        g_string_append(out, "\n# One section an indicator. A share says more by its counts than by itself:\n"
                             "# numerator = the one column, denominator = the other.\n");
    for (guint i = 0; i < self->indicators->len; i++) {
        const GuessedIndicator *one = &g_array_index(self->indicators, GuessedIndicator, i);
        append_indicator(one, is_known_indicator(self, one->id), out);
    }
}

char *guess_recipe(const Guess *self)
{
    GString *out = g_string_new(NULL);
    g_autofree char *base = g_path_get_basename(self->path);
    const guint named = role_column(self, ROLE_INDICATOR), n = self->profile->columns->len;
    g_string_append_printf(
        out, "# A guess from %s: %" G_GINT64_FORMAT " rows of figures, %u columns. Read it, and correct what it missed.\n", base,
        self->profile->n_rows, n);
    append_file(self, out);
    g_string_append(out, "\n[columns]\n");
    append_period(self, out);
    append_unit(self, out);
    append_cohort(self, out);
    if (named < n) {
        g_autofree char *indicator = guess_column_text(self->profile->names, named);
        g_autofree char *value = guess_column_text(self->profile->names, role_column(self, ROLE_FIGURE));
        g_string_append_printf(out, "indicator = %s\nvalue = %s\n", indicator, value);
        append_rename(self, out);
    } else
        append_indicators(self, out);
    if (self->together)
        g_string_append_printf(out, "\n# all groups together are the measure itself\n[rename cohort]\n\"%s\" =\n", self->together);
    append_prefix(self, out);
    append_levels(self, out);
    append_markers(self, out);
    return g_string_free(out, FALSE);
}
