/* Columns by name, pattern and place. */
#include "engine/data/drop/drop_binder.h"

#include <string.h>

gboolean binder_fail(Binder *self, const char *advice, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    wm_error_set(self->error, WM_ERROR_INPUT,
                 &(WmErrorPlace){.file = self->place->file, .line = self->names->line, .advice = advice}, "%s", message);
    return FALSE;
}

gboolean binder_fail_recipe(Binder *self, int line, const char *advice, const char *what, const char *text)
{
    wm_error_set(self->error, WM_ERROR_INPUT, &(WmErrorPlace){.file = self->recipe->path, .line = line, .advice = advice},
                 "%s “%s”", what, text);
    return FALSE;
}

gboolean binder_fail_missing(Binder *self, const char *name)
{
    const char *nearest = sheet_header_nearest(self->names, name);
    const char *advice = self->recipe ? RECIPE_ADVICE : RECIPE_ADVICE "; `waymark recipe guess FILE` writes one";
    g_autofree char *nearer = nearest ? g_strdup_printf("the nearest name is “%s”; %s", nearest, advice) : g_strdup(advice);
    return binder_fail(self, nearer, "there is no column %s", name);
}

gpointer binder_keep(Binder *self, gpointer owned)
{
    g_ptr_array_add(self->out->owned, owned);
    return owned;
}

char *binder_name(const Binder *self, guint column)
{
    const char *name = sheet_header_name(self->names, column);
    const gboolean is_stripped = self->recipe && self->recipe->strips_footnotes;
    if (!is_stripped)
        return g_strdup(name);
    g_auto(GStrv) parts = g_strsplit(name, HEADER_JOINT, -1);
    for (char **part = parts; *part; part++)
        (*part)[text_length_without_marks(*part)] = 0;
    return g_strjoinv(HEADER_JOINT, parts);
}

/* The one column that fits a pattern; -1 for none, -2 with *error for several. */
static int find_fitting(Binder *self, const char *pattern)
{
    int found = -1;
    for (guint i = 0; i < sheet_header_n(self->names); i++) {
        g_autofree char *name = binder_name(self, i);
        if (!*name || !pattern_fits(pattern, name))
            continue;
        if (found >= 0) {
            binder_fail(self, "narrow the pattern", "“%s” fits two columns, “%s” and “%s”", pattern,
                        sheet_header_name(self->names, (guint)found), sheet_header_name(self->names, i));
            return -2;
        }
        found = (int)i;
    }
    return found;
}

static gboolean find_column(Binder *self, const Term *term, int *column)
{
    *column = sheet_header_find(self->names, term->text, 0);
    if (*column >= 0 && sheet_header_find(self->names, term->text, (guint)*column + 1) >= 0)
        return binder_fail(self, "keep one of them, or name one by its place (@C)", "column %s stands twice", term->text);
    const gboolean is_stripped = self->recipe && self->recipe->strips_footnotes;
    if (*column < 0 && !term->is_literal && (is_stripped || pattern_is_wild(term->text)))
        *column = find_fitting(self, term->text);
    return *column >= 0 || (*column == -1 && binder_fail_missing(self, term->text));
}

static gboolean find_cell(Binder *self, const Term *term, const char **text)
{
    for (guint i = 0; i < self->place->above->len; i++) {
        const SheetAbove *row = g_ptr_array_index(self->place->above, i);
        if (row->number == term->row && (guint)term->column < g_strv_length(row->fields)) {
            *text = binder_keep(self, g_strdup(row->fields[term->column]));
            return TRUE;
        }
    }
    return binder_fail(self, "cells are named as in a spreadsheet, and stand above the header",
                       "there is no cell in column %d of row %d", term->column + 1, term->row);
}

static gboolean bind_term(Binder *self, const Term *term, BoundTerm *out)
{
    *out = (BoundTerm){.column = -1, .constant = "", .is_joined = term->is_joined};
    switch (term->kind) {
    case TERM_CONSTANT:
        out->constant = term->text;
        return TRUE;
    case TERM_CELL:
        return find_cell(self, term, &out->constant);
    case TERM_POSITION:
        out->column = term->column;
        if ((size_t)term->column >= self->out->n_columns)
            return binder_fail(self, NULL, "there is no column %d: the header has %zu", term->column + 1, self->out->n_columns);
        break;
    case TERM_COLUMN:
        if (!find_column(self, term, &out->column))
            return FALSE;
        break;
    }
    self->out->is_used[out->column] = TRUE;
    return TRUE;
}

gboolean binder_text(Binder *self, const FieldText *text, gboolean is_shared, BoundField *out)
{
    const guint n = text->terms->len;
    BoundTerm *terms = binder_keep(self, g_new0(BoundTerm, n));
    for (guint i = 0; i < n; i++)
        if (!bind_term(self, &g_array_index(text->terms, Term, i), &terms[i]))
            return FALSE;
    *out = (BoundField){.terms = terms, .n_terms = n, .is_shared = is_shared};
    return TRUE;
}

void binder_one(Binder *self, int column, const char *constant, gboolean is_shared, BoundField *out)
{
    BoundTerm *term = binder_keep(self, g_new0(BoundTerm, 1));
    *term = (BoundTerm){.column = column, .constant = constant};
    if (column >= 0)
        self->out->is_used[column] = TRUE;
    *out = (BoundField){term, 1, is_shared};
}

gboolean binder_filters(Binder *self, const GPtrArray *filters, GPtrArray *out)
{
    for (guint i = 0; i < filters->len; i++) {
        BoundFilter *bound = binder_keep(self, g_new0(BoundFilter, 1));
        bound->filter = g_ptr_array_index(filters, i);
        bound->samples = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(out, bound);
        if (!binder_text(self, &bound->filter->column, TRUE, &bound->column))
            return FALSE;
    }
    return TRUE;
}
