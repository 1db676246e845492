/* Places in columns' names. */
#include "engine/data/drop/drop_places.h"

#include <string.h>

#include "engine/data/drop/drop_unit.h"
#include "engine/data/plan/plan_private.h"
#include "engine/data/text/period_text.h"

gboolean text_has_place(const FieldText *text)
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
    WmReadingState state;
    switch (field) {
    case FIELD_PERIOD:
        return period_text_read_marked(word, self->indicator ? &self->indicator->measure : &ANY, &period, &state);
    case FIELD_INDICATOR:
        return wm_plan_indicator(plan, word) != NULL;
    case FIELD_UNIT:
        return !*word || plan_is_area_name(plan, word) || drop_row_unit(self->out, word) != NULL;
    default:
        return TRUE;
    }
}

void group_free(gpointer data)
{
    captures_clear(&((Group *)data)->captures);
    g_free(data);
}

/* One period whether it is marked as provisional or not: "2014 (p) / Appeals" goes with "2014 / Decisions". */
static gboolean is_same_period(const char *a, const char *b)
{
    WmReadingState state;
    const size_t n = a && b ? period_text_length_without_state(a, &state) : 0;
    return n > 0 && n == period_text_length_without_state(b, &state) && strncmp(a, b, n) == 0;
}

static gboolean same_captures(const Captures *a, const Captures *b)
{
    for (int i = 0; i < N_FIELDS; i++)
        if (g_strcmp0(a->texts[i], b->texts[i]) != 0 && !(i == FIELD_PERIOD && is_same_period(a->texts[i], b->texts[i])))
            return FALSE;
    return TRUE;
}

/* The longer text has the mark, and that holds for the reading. */
static void keep_mark(Captures *kept, Captures *other)
{
    char **a = &kept->texts[FIELD_PERIOD], **b = &other->texts[FIELD_PERIOD];
    if (*a && strlen(*b) > strlen(*a)) {
        char *shorter = *a;
        *a = *b;
        *b = shorter;
    }
}

static Group *group_of(GPtrArray *groups, Captures *captures)
{
    for (guint i = 0; i < groups->len; i++) {
        Group *group = g_ptr_array_index(groups, i);
        if (same_captures(&group->captures, captures)) {
            keep_mark(&group->captures, captures);
            return group;
        }
    }
    Group *group = g_new0(Group, 1);
    group->captures = *captures;
    *captures = (Captures){{NULL}};
    for (int i = 0; i < N_FIELDS; i++)
        group->columns[i] = -1;
    g_ptr_array_add(groups, group);
    return group;
}

gboolean binder_add_to_groups(Binder *self, Field field, const FieldText *text, GPtrArray *groups)
{
    const Term *term = &g_array_index(text->terms, Term, 0);
    guint n_found = 0;
    if (text->terms->len > 1)
        return binder_fail_recipe(self, text->line, "write one pattern", "a place stands among other choices:", term->text);
    for (guint i = 0; i < sheet_header_n(self->names); i++) {
        g_auto(Captures) captures = {{NULL}};
        g_autofree char *name = binder_name(self, i);
        if (!pattern_capture(term->text, name, accepts, self, &captures))
            continue;
        Group *group = group_of(groups, &captures);
        if (group->columns[field] >= 0)
            return binder_fail(self, "narrow the pattern", "“%s” fits two columns alike, “%s” and “%s”", term->text,
                               sheet_header_name(self->names, (guint)group->columns[field]), sheet_header_name(self->names, i));
        group->columns[field] = (int)i;
        n_found++;
    }
    return n_found > 0 || binder_fail_missing(self, term->text);
}
