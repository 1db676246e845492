/* Texts of fields: choices, joined columns, constants. */
#include "engine/data/drop/drop_text.h"

#include <math.h>
#include <string.h>
#include <waymark/value.h>

static const char *field_of_row(const SheetRow *row, int column)
{
    return column >= 0 && (size_t)column < row->n_fields ? row->fields[column] : "";
}

static gboolean is_blank_character(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Quoted cells keep their blanks (" - "); a text without any at its end needs no copy. */
static const char *trim(const char *text, GString *scratch)
{
    while (is_blank_character(*text))
        text++;
    size_t length = strlen(text);
    if (length == 0 || !is_blank_character(text[length - 1]))
        return text;
    while (length > 0 && is_blank_character(text[length - 1]))
        length--;
    g_string_truncate(scratch, 0);
    g_string_append_len(scratch, text, (gssize)length);
    return scratch->str;
}

const char *drop_term_text(const SheetRow *row, const BoundTerm *term)
{
    return term->column < 0 ? term->constant : field_of_row(row, term->column);
}

/* The end of the choice that begins at term i: the terms joined to it belong to it. */
static guint choice_end(const BoundField *field, guint i)
{
    for (i++; i < field->n_terms && field->terms[i].is_joined;)
        i++;
    return i;
}

static const char *choice_text(const SheetRow *row, const BoundField *field, guint from, guint end, GString *scratch)
{
    if (end == from + 1)
        return trim(drop_term_text(row, &field->terms[from]), scratch);
    gboolean is_empty = TRUE;
    g_string_truncate(scratch, 0);
    for (guint i = from; i < end; i++) {
        g_autofree char *part = g_strstrip(g_strdup(drop_term_text(row, &field->terms[i])));
        is_empty = is_empty && !*part;
        if (field->is_figure && i > from) /* a part that is empty is missing, and must be seen to be */
            g_string_append(scratch, SUM_SIGN);
        else if (scratch->len && *part)
            g_string_append_c(scratch, ' ');
        g_string_append(scratch, part);
    }
    return is_empty ? "" : scratch->str;
}

/* An empty cell, or one that holds a marker: the next choice is asked. */
static gboolean says_nothing(const WmRecipe *recipe, const char *text)
{
    WmValueText value;
    return !*text || recipe_marker(recipe, text) || (wm_value_parse(text, &value) && isnan(value.value));
}

const char *drop_next_text(const DropHeader *header, const SheetRow *row, const BoundField *field, guint *term, GString *scratch,
                           int *column)
{
    const char *text = "";
    *column = -1;
    while (*term < field->n_terms) {
        const guint i = *term;
        *term = choice_end(field, i);
        text = choice_text(row, field, i, *term, scratch);
        *column = field->terms[i].column;
        if (*term < field->n_terms && !says_nothing(header->recipe, text)) /* the last one is taken whatever it says */
            break;
    }
    return text;
}

const char *drop_text(const DropHeader *header, const SheetRow *row, const BoundField *field, GString *scratch, int *column)
{
    guint term = 0;
    return drop_next_text(header, row, field, &term, scratch, column);
}
