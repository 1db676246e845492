/* Binding a recipe to a header. The binder finds columns, and makes one extract for each reading that a row may hold. */
#include "engine/data/drop_header.h"

#include <math.h>
#include <string.h>

#include "engine/data/period_text.h"

#define RECIPE_ADVICE "name the file's own columns in a recipe (recipes/NAME.ini)"

typedef struct {
    DropHeader *out;
    const WmRecipe *recipe;
    const SheetHeader *names;
    const DropPlace *place;
    Captures from_match;          /* what the file's name says */
    const WmIndicator *indicator; /* of the section that is being bound; NULL for any */
    GError **error;
} Binder;

/* A header that lacks something: at its line in the file. */
static gboolean fail(Binder *self, const char *advice, const char *format, ...) G_GNUC_PRINTF(3, 4);

static gboolean fail(Binder *self, const char *advice, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    wm_error_set(self->error, WM_ERROR_INPUT,
                 &(WmErrorPlace){.file = self->place->file, .line = self->names->line, .advice = advice}, "%s", message);
    return FALSE;
}

/* A recipe that does not fit the plan: at its own line. */
static gboolean fail_recipe(Binder *self, int line, const char *advice, const char *what, const char *text)
{
    wm_error_set(self->error, WM_ERROR_INPUT, &(WmErrorPlace){.file = self->recipe->path, .line = line, .advice = advice},
                 "%s “%s”", what, text);
    return FALSE;
}

static gboolean fail_missing(Binder *self, const char *name)
{
    const char *nearest = sheet_header_nearest(self->names, name);
    if (!nearest)
        return fail(self, RECIPE_ADVICE, "there is no column %s", name);
    g_autofree char *advice = g_strdup_printf("the nearest name is “%s”; " RECIPE_ADVICE, nearest);
    return fail(self, advice, "there is no column %s", name);
}

static gpointer keep(Binder *self, gpointer owned)
{
    g_ptr_array_add(self->out->owned, owned);
    return owned;
}

/* ---- columns ---- */

/* A column's name as the recipe wants it: without its footnote marks where it says so. New. */
static char *name_of(const Binder *self, guint column)
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
        g_autofree char *name = name_of(self, i);
        if (!*name || !pattern_fits(pattern, name))
            continue;
        if (found >= 0) {
            fail(self, "narrow the pattern", "“%s” fits two columns, “%s” and “%s”", pattern,
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
        return fail(self, "keep one of them, or name one by its place (@C)", "column %s stands twice", term->text);
    const gboolean is_stripped = self->recipe && self->recipe->strips_footnotes;
    if (*column < 0 && !term->is_literal && (is_stripped || pattern_is_wild(term->text)))
        *column = find_fitting(self, term->text);
    return *column >= 0 || (*column == -1 && fail_missing(self, term->text));
}

static gboolean find_cell(Binder *self, const Term *term, const char **text)
{
    for (guint i = 0; i < self->place->above->len; i++) {
        const SheetAbove *row = g_ptr_array_index(self->place->above, i);
        if (row->number == term->row && (guint)term->column < g_strv_length(row->fields)) {
            *text = keep(self, g_strdup(row->fields[term->column]));
            return TRUE;
        }
    }
    return fail(self, "cells are named as in a spreadsheet, and stand above the header", "there is no cell in column %d of row %d",
                term->column + 1, term->row);
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
            return fail(self, NULL, "there is no column %d: the header has %zu", term->column + 1, self->out->n_columns);
        break;
    case TERM_COLUMN:
        if (!find_column(self, term, &out->column))
            return FALSE;
        break;
    }
    self->out->is_used[out->column] = TRUE;
    return TRUE;
}

static gboolean bind_text(Binder *self, const FieldText *text, gboolean is_shared, BoundField *out)
{
    const guint n = text->terms->len;
    BoundTerm *terms = keep(self, g_new0(BoundTerm, n));
    for (guint i = 0; i < n; i++)
        if (!bind_term(self, &g_array_index(text->terms, Term, i), &terms[i]))
            return FALSE;
    *out = (BoundField){terms, n, is_shared};
    return TRUE;
}

static void bind_one(Binder *self, int column, const char *constant, gboolean is_shared, BoundField *out)
{
    BoundTerm *term = keep(self, g_new0(BoundTerm, 1));
    *term = (BoundTerm){.column = column, .constant = constant};
    if (column >= 0)
        self->out->is_used[column] = TRUE;
    *out = (BoundField){term, 1, is_shared};
}

static GPtrArray *filters_new(void)
{
    return g_ptr_array_new();
}

static gboolean bind_filters(Binder *self, const GPtrArray *filters, GPtrArray *out)
{
    for (guint i = 0; i < filters->len; i++) {
        BoundFilter *bound = keep(self, g_new0(BoundFilter, 1));
        bound->filter = g_ptr_array_index(filters, i);
        bound->samples = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(out, bound);
        if (!bind_text(self, &bound->filter->column, TRUE, &bound->column))
            return FALSE;
    }
    return TRUE;
}

/* ---- places: a column for each period, indicator, cohort or unit ---- */

static gboolean has_place(const FieldText *text)
{
    for (guint i = 0; text->terms && i < text->terms->len; i++) {
        const Term *term = &g_array_index(text->terms, Term, i);
        if (term->kind == TERM_COLUMN && !term->is_literal && pattern_has_place(term->text))
            return TRUE;
    }
    return FALSE;
}

/* Whether a text out of a column's name can stand for the field, in the plan's own words. */
static gboolean accepts(Field field, const char *text, gpointer data)
{
    const Binder *self = data;
    const WmPlan *plan = self->out->plan;
    static const WmMeasure ANY = {.frequency = WM_FREQUENCY_ONCE};
    const char *word = recipe_rename(self->recipe, field, text);
    WmPeriod period;
    switch (field) {
    case FIELD_PERIOD:
        return period_text_read(word, self->indicator ? &self->indicator->measure : &ANY, &period);
    case FIELD_INDICATOR:
        return wm_plan_indicator(plan, word) != NULL;
    case FIELD_UNIT:
        return !*word || strcmp(word, plan->settings.area) == 0 || drop_row_unit(self->out, word) != NULL;
    default:
        return TRUE;
    }
}

/* The columns that belong to one reading: all whose names took the same texts. */
typedef struct {
    Captures captures;
    int columns[N_FIELDS]; /* -1: none of its own */
} Group;

static void group_free(gpointer data)
{
    captures_clear(&((Group *)data)->captures);
    g_free(data);
}

static gboolean same_captures(const Captures *a, const Captures *b)
{
    for (int i = 0; i < N_FIELDS; i++)
        if (g_strcmp0(a->texts[i], b->texts[i]) != 0)
            return FALSE;
    return TRUE;
}

static Group *group_of(GPtrArray *groups, Captures *captures)
{
    for (guint i = 0; i < groups->len; i++) {
        Group *group = g_ptr_array_index(groups, i);
        if (same_captures(&group->captures, captures))
            return group;
    }
    Group *group = g_new0(Group, 1);
    group->captures = *captures;
    *captures = (Captures){{NULL}};
    for (int i = 0; i < N_FIELDS; i++)
        group->columns[i] = -1;
    g_ptr_array_add(groups, group);
    return group;
}

static gboolean add_to_groups(Binder *self, Field field, const FieldText *text, GPtrArray *groups)
{
    const Term *term = &g_array_index(text->terms, Term, 0);
    guint n_found = 0;
    if (text->terms->len > 1)
        return fail_recipe(self, text->line, "write one pattern", "a place stands among other choices:", term->text);
    for (guint i = 0; i < sheet_header_n(self->names); i++) {
        g_auto(Captures) captures = {{NULL}};
        g_autofree char *name = name_of(self, i);
        if (!pattern_capture(term->text, name, accepts, self, &captures))
            continue;
        Group *group = group_of(groups, &captures);
        if (group->columns[field] >= 0)
            return fail(self, "narrow the pattern", "“%s” fits two columns alike, “%s” and “%s”", term->text,
                        sheet_header_name(self->names, (guint)group->columns[field]), sheet_header_name(self->names, i));
        group->columns[field] = (int)i;
        n_found++;
    }
    return n_found > 0 || fail_missing(self, term->text);
}

/* ---- extracts ---- */

static const FieldText *text_for(const Binder *self, const Section *section, Field field)
{
    if (section->fields[field].terms)
        return &section->fields[field];
    const gboolean is_figure = field == FIELD_VALUE || field == FIELD_NUMERATOR || field == FIELD_DENOMINATOR;
    const gboolean has_own_figures = section->fields[FIELD_VALUE].terms || section->fields[FIELD_NUMERATOR].terms;
    if (is_figure && has_own_figures)
        return &section->fields[field];
    return &self->recipe->columns.fields[field];
}

/* Where neither section nor [columns] names a column, the contract's name is looked for, and then the file's own name. In a file
 * with [indicator] sections only who, when and which: its other columns may be called anything. */
static void bind_by_contract(Binder *self, Field field, gboolean is_long, BoundField *out)
{
    const gboolean is_key = field == FIELD_UNIT || field == FIELD_PERIOD || field == FIELD_COHORT;
    const int column = is_long || is_key ? sheet_header_find(self->names, field_name(field), 0) : -1;
    if (column >= 0)
        bind_one(self, column, NULL, TRUE, out);
    else if (self->from_match.texts[field])
        bind_one(self, -1, self->from_match.texts[field], TRUE, out);
}

static gboolean bind_plain_fields(Binder *self, const Section *section, Extract *out)
{
    for (int i = 0; i < N_FIELDS; i++) {
        const Field field = (Field)i;
        const FieldText *text = section ? text_for(self, section, field) : NULL;
        if (text && has_place(text))
            continue;
        if (text && text->terms) {
            if (!bind_text(self, text, text == &self->recipe->columns.fields[field], &out->fields[field]))
                return FALSE;
        } else
            bind_by_contract(self, field, !section || !section->indicator, &out->fields[field]);
    }
    return TRUE;
}

static gboolean has_figures(const Extract *extract)
{
    return extract->fields[FIELD_VALUE].n_terms ||
           (extract->fields[FIELD_NUMERATOR].n_terms && extract->fields[FIELD_DENOMINATOR].n_terms);
}

static gboolean is_complete(Binder *self, const Extract *extract)
{
    if (!extract->indicator && !extract->fields[FIELD_INDICATOR].n_terms)
        return fail_missing(self, field_name(FIELD_INDICATOR));
    if (!extract->fields[FIELD_PERIOD].n_terms)
        return fail_missing(self, field_name(FIELD_PERIOD));
    return has_figures(extract) ||
           fail(self, "name it in a recipe (recipes/NAME.ini)", "there is no column value, nor numerator and denominator");
}

/* The contract's names may not stand twice either: nobody can know which is meant. */
static gboolean has_single_names(Binder *self, const Extract *extract)
{
    for (int i = 0; i < N_FIELDS; i++) {
        const BoundField *field = &extract->fields[i];
        const int column = field->n_terms ? field->terms[0].column : -1;
        const char *name = column >= 0 ? sheet_header_name(self->names, (guint)column) : "";
        const int second =
            g_ascii_strcasecmp(name, field_name((Field)i)) == 0 ? sheet_header_find(self->names, name, (guint)column + 1) : -1;
        if (second >= 0)
            return fail(self, "keep one of them", "column %s stands twice", name);
    }
    return TRUE;
}

/* One extract for each group of columns; a group without all its figures (a denominator with no numerator beside it) is none. */
static gboolean add_groups(Binder *self, const Extract *plain, const GPtrArray *groups)
{
    guint n_added = 0;
    for (guint i = 0; i < groups->len; i++) {
        const Group *group = g_ptr_array_index(groups, i);
        Extract extract = *plain;
        for (int k = 0; k < N_FIELDS; k++)
            if (group->columns[k] >= 0)
                bind_one(self, group->columns[k], NULL, FALSE, &extract.fields[k]);
        for (int k = 0; k < N_FIELDS; k++)
            if (group->captures.texts[k])
                bind_one(self, -1, keep(self, g_strdup(group->captures.texts[k])), FALSE, &extract.fields[k]);
        if (!has_figures(&extract))
            continue;
        if (!is_complete(self, &extract))
            return FALSE;
        g_array_append_val(self->out->extracts, extract);
        n_added++;
    }
    return n_added > 0 || fail(self, "give a pattern for value, or for numerator and denominator", "no column holds a figure");
}

static gboolean bind_section(Binder *self, const Section *section)
{
    Extract extract = {.indicator = self->indicator, .scale = NAN};
    if (section)
        extract.scale = isnan(section->scale) ? self->recipe->columns.scale : section->scale;
    if (!bind_plain_fields(self, section, &extract) || !has_single_names(self, &extract))
        return FALSE;
    if (section && section->indicator) {
        extract.filters = filters_new();
        g_ptr_array_add(self->out->filter_lists, extract.filters);
        if (!bind_filters(self, section->filters, extract.filters))
            return FALSE;
    }
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func(group_free);
    for (int i = 0; section && i < N_FIELDS; i++) {
        const FieldText *text = text_for(self, section, (Field)i);
        if (has_place(text) && !add_to_groups(self, (Field)i, text, groups))
            return FALSE;
    }
    if (groups->len) {
        self->out->is_wide = TRUE;
        return add_groups(self, &extract, groups);
    }
    if (!is_complete(self, &extract))
        return FALSE;
    g_array_append_val(self->out->extracts, extract);
    return TRUE;
}

static gboolean bind_indicator(Binder *self, const Section *section)
{
    self->indicator = wm_plan_indicator(self->out->plan, section->indicator);
    self->out->is_wide = TRUE;
    return self->indicator ? bind_section(self, section)
                           : fail_recipe(self, section->line, "add it to indicators.csv, or correct the name",
                                         "it reads an indicator that the plan does not have:", section->indicator);
}

static gboolean bind_sections(Binder *self)
{
    if (!self->recipe)
        return bind_section(self, NULL);
    if (!bind_filters(self, self->recipe->columns.filters, self->out->filters))
        return FALSE;
    if (self->recipe->indicators->len == 0)
        return bind_section(self, &self->recipe->columns);
    for (guint i = 0; i < self->recipe->indicators->len; i++)
        if (!bind_indicator(self, g_ptr_array_index(self->recipe->indicators, i)))
            return FALSE;
    return TRUE;
}

/* Names that are one unit's alone. */
static GHashTable *unit_names_new(const WmPlan *plan)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < plan->n_units; i++) {
        char *folded = g_utf8_casefold(plan->units[i].name, -1);
        g_hash_table_insert(names, folded, g_hash_table_contains(names, folded) ? NULL : (gpointer)&plan->units[i]);
    }
    return names;
}

void drop_header_free(DropHeader *self)
{
    if (!self)
        return;
    for (guint i = 0; i < self->filter_lists->len; i++) {
        GPtrArray *list = g_ptr_array_index(self->filter_lists, i);
        for (guint k = 0; k < list->len; k++)
            g_ptr_array_unref(((BoundFilter *)g_ptr_array_index(list, k))->samples);
        g_ptr_array_unref(list);
    }
    g_ptr_array_unref(self->filter_lists);
    g_ptr_array_unref(self->owned);
    g_array_unref(self->extracts);
    g_hash_table_unref(self->unit_names);
    for (int i = 0; i < N_FIELDS; i++)
        g_string_free(self->scratch[i], TRUE);
    g_free(self->shares);
    g_free(self->is_used);
    g_free(self);
}

static DropHeader *header_alloc(const WmPlan *plan, const WmRecipe *recipe, size_t n_columns)
{
    DropHeader *self = g_new0(DropHeader, 1);
    self->plan = plan;
    self->recipe = recipe;
    self->n_columns = n_columns;
    self->extracts = g_array_new(FALSE, FALSE, sizeof(Extract));
    self->filters = filters_new();
    self->filter_lists = g_ptr_array_new();
    g_ptr_array_add(self->filter_lists, self->filters);
    self->owned = g_ptr_array_new_with_free_func(g_free);
    self->unit_names = unit_names_new(plan);
    self->shares = g_new0(ShareCensus, plan->n_indicators + 1);
    self->is_used = g_new0(gboolean, n_columns + 1);
    for (int i = 0; i < N_FIELDS; i++)
        self->scratch[i] = g_string_new(NULL);
    return self;
}

DropHeader *drop_header_new(const WmPlan *plan, const WmRecipe *recipe, const SheetHeader *names, const DropPlace *place,
                            GError **error)
{
    g_autoptr(DropHeader) self = header_alloc(plan, recipe, sheet_header_n(names));
    Binder binder = {.out = self, .recipe = recipe, .names = names, .place = place, .error = error};
    g_autofree char *base = g_path_get_basename(place->file);
    if (recipe)
        recipe_match_captures(recipe, base, &binder.from_match);
    for (int i = 0; i < N_FIELDS; i++)
        if (binder.from_match.texts[i])
            keep(&binder, binder.from_match.texts[i]);
    return bind_sections(&binder) ? g_steal_pointer(&self) : NULL;
}
