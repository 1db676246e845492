/* Binding a recipe to a header: one extract for each reading that a row may hold. */
#include "engine/data/drop/drop_header.h"

#include <math.h>
#include <string.h>

#include "engine/data/drop/drop_places.h"
#include "engine/data/drop/drop_unread.h"
#include "engine/data/text/name_fold.h"

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

/* Where neither section nor [columns] names a column, the file's own name may say it, where `match` takes it from there; else the
 * contract's name is looked for. In a file with [indicator] sections only who, when and which: its other columns may be called
 * anything. */
static void bind_by_contract(Binder *self, Field field, gboolean is_long, BoundField *out)
{
    const gboolean is_key = field == FIELD_UNIT || field == FIELD_PERIOD || field == FIELD_COHORT;
    const int column = is_long || is_key ? sheet_header_find(self->names, field_name(field), 0) : -1;
    if (self->from_match.texts[field])
        binder_one(self, -1, self->from_match.texts[field], TRUE, out);
    else if (column >= 0)
        binder_one(self, column, NULL, TRUE, out);
}

static gboolean bind_plain_fields(Binder *self, const Section *section, Extract *out)
{
    for (int i = 0; i < N_FIELDS; i++) {
        const Field field = (Field)i;
        const FieldText *text = section ? text_for(self, section, field) : NULL;
        if (text && text_has_place(text))
            continue;
        if (text && text->terms) {
            if (!binder_text(self, text, text == &self->recipe->columns.fields[field], &out->fields[field]))
                return FALSE;
            out->fields[field].is_figure = field == FIELD_VALUE || field == FIELD_NUMERATOR || field == FIELD_DENOMINATOR;
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
        return binder_fail_missing(self, field_name(FIELD_INDICATOR));
    if (!extract->fields[FIELD_PERIOD].n_terms)
        return binder_fail_missing(self, field_name(FIELD_PERIOD));
    return has_figures(extract) ||
           binder_fail(self, "name it in a recipe (recipes/NAME.ini)", "there is no column value, nor numerator and denominator");
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
            return binder_fail(self, "keep one of them", "column %s stands twice", name);
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
                binder_one(self, group->columns[k], NULL, FALSE, &extract.fields[k]);
        for (int k = 0; k < N_FIELDS; k++)
            if (group->captures.texts[k])
                binder_one(self, -1, binder_keep(self, g_strdup(group->captures.texts[k])), FALSE, &extract.fields[k]);
        if (!has_figures(&extract))
            continue;
        if (!is_complete(self, &extract))
            return FALSE;
        g_array_append_val(self->out->extracts, extract);
        n_added++;
    }
    return n_added > 0 ||
           binder_fail(self, "give a pattern for value, or for numerator and denominator", "no column holds a figure");
}

static gboolean bind_section(Binder *self, const Section *section)
{
    Extract extract = {.indicator = self->indicator, .scale = NAN};
    if (section)
        extract.scale = isnan(section->scale) ? self->recipe->columns.scale : section->scale;
    if (!bind_plain_fields(self, section, &extract) || !has_single_names(self, &extract))
        return FALSE;
    if (section && section->indicator) {
        extract.filters = g_ptr_array_new();
        g_ptr_array_add(self->out->filter_lists, extract.filters);
        if (!binder_filters(self, section->filters, extract.filters))
            return FALSE;
    }
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func(group_free);
    for (int i = 0; section && i < N_FIELDS; i++) {
        const FieldText *text = text_for(self, section, (Field)i);
        if (text_has_place(text) && !binder_add_to_groups(self, (Field)i, text, groups))
            return FALSE;
    }
    if (groups->len) {
        self->out->is_wide = self->out->has_places = TRUE;
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
                           : binder_fail_recipe(self, section->line, "add it to indicators.csv, or correct the name",
                                                "it reads an indicator that the plan does not have:", section->indicator);
}

static gboolean bind_sections(Binder *self)
{
    if (!self->recipe)
        return bind_section(self, NULL);
    if (!binder_filters(self, self->recipe->columns.filters, self->out->filters))
        return FALSE;
    if (self->recipe->indicators->len == 0)
        return bind_section(self, &self->recipe->columns);
    for (guint i = 0; i < self->recipe->indicators->len; i++)
        if (!bind_indicator(self, g_ptr_array_index(self->recipe->indicators, i)))
            return FALSE;
    return TRUE;
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
    g_hash_table_unref(self->unit_ids);
    g_hash_table_unref(self->nearest_units);
    for (int i = 0; i < N_FIELDS; i++)
        g_string_free(self->scratch[i], TRUE);
    g_free(self->shares);
    g_free(self->is_used);
    g_free(self->part_text);
    g_array_unref(self->unread);
    g_array_unref(self->unread_figures);
    g_free(self);
}

static DropHeader *header_alloc(const WmPlan *plan, const WmRecipe *recipe, size_t n_columns)
{
    DropHeader *self = g_new0(DropHeader, 1);
    self->plan = plan;
    self->recipe = recipe;
    self->n_columns = n_columns;
    self->extracts = g_array_new(FALSE, FALSE, sizeof(Extract));
    self->filters = g_ptr_array_new();
    self->filter_lists = g_ptr_array_new();
    g_ptr_array_add(self->filter_lists, self->filters);
    self->owned = g_ptr_array_new_with_free_func(g_free);
    self->unit_names = unit_names_new(plan);
    self->unit_ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->nearest_units = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    self->shares = g_new0(ShareCensus, plan->n_indicators + 1);
    self->is_used = g_new0(gboolean, n_columns + 1);
    self->unread = g_array_new(FALSE, FALSE, sizeof(guint));
    self->unread_figures = g_array_new(FALSE, FALSE, sizeof(guint));
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
            binder_keep(&binder, binder.from_match.texts[i]);
    if (!bind_sections(&binder))
        return NULL;
    drop_unread_find(self, names);
    return g_steal_pointer(&self);
}
