/* What a sharp reader of a plan's texts asks: the same measure twice, or defined in two ways; a draft; a person's name. */
#include <string.h>

#include "engine/data/plan/plan_check_private.h"
#include "engine/data/plan/plan_tables.h"

/* ---- titles ---- */

static gboolean is_filler(const char *word)
{
    static const char *const FILLERS[] = {"a", "an", "the", "of", "in", "for", "to", "and", "by", "with", "who", "that", NULL};
    return g_strv_contains(FILLERS, word);
}

/* A text by its words alone, without case, punctuation and fillers: what two ways of writing one thing share. New. */
static char *gist_of(const char *text)
{
    g_autofree char *folded = g_utf8_casefold(text, -1);
    g_autoptr(GString) letters = g_string_new(NULL);
    g_autoptr(GString) gist = g_string_new(NULL);
    for (const char *at = folded; *at; at = g_utf8_next_char(at)) {
        const gunichar one = g_utf8_get_char(at);
        g_string_append_unichar(letters, g_unichar_isalnum(one) || (one < 128 && strchr("%<>=+", (int)one)) ? one : ' ');
    }
    g_auto(GStrv) words = g_strsplit(letters->str, " ", -1);
    for (char **word = words; *word; word++)
        if (**word && !is_filler(*word))
            g_string_append_printf(gist, "%s%s", gist->len ? " " : "", *word);
    return g_strdup(gist->str);
}

static void check_alike(const PlanCheck *self, GHashTable *seen, const WmIndicator *row)
{
    g_autofree char *gist = gist_of(row->title);
    const WmIndicator *first = *gist ? g_hash_table_lookup(seen, gist) : NULL;
    if (first)
        plan_report(self, WM_SEVERITY_WARNING, "indicators.csv", row->line, "title", row->indicator, "alike_titles",
                    "leave one out, or say in the titles what tells them apart", "%s has the title of %s, on line %d: “%s”",
                    row->indicator, first->indicator, first->line, row->title);
    else if (*gist)
        g_hash_table_insert(seen, g_steal_pointer(&gist), (gpointer)row);
}

/* Remarks of drafting are in capitals, as in “CHECK with health”; in a sentence such words mean something else. */
static gboolean is_draft(const char *title)
{
    static const char *const MARKS[] = {"CHECK", "DRAFT", "TBC", "TODO", "DELETE", "REMOVE", NULL};
    g_auto(GStrv) words = g_strsplit_set(title, " \t:;,.()[]/-", -1);
    for (char **word = words; *word; word++)
        if (g_strv_contains(MARKS, *word))
            return TRUE;
    return strstr(title, "??") != NULL;
}

void plan_check_titles(const PlanCheck *self)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < self->plan->n_indicators; i++) {
        const WmIndicator *row = &self->plan->indicators[i];
        if (wm_plan_indicator(self->plan, row->indicator) != row)
            continue; /* it has the id of another */
        check_alike(self, seen, row);
        if (is_draft(row->title))
            plan_report(self, WM_SEVERITY_WARNING, "indicators.csv", row->line, "title", row->indicator, "draft_title",
                        "decide, and take the remark out", "the title of %s carries a remark of its drafting: “%s”", row->indicator,
                        row->title);
    }
}

/* ---- definitions ---- */

static const WmDefinition *first_definition(const WmPlan *plan, const char *indicator)
{
    for (size_t i = 0; i < plan->n_definitions; i++)
        if (strcmp(plan->definitions[i].indicator, indicator) == 0)
            return &plan->definitions[i];
    return NULL;
}

void plan_check_definitions(const PlanCheck *self)
{
    for (size_t i = 0; i < self->plan->n_definitions; i++) {
        const WmDefinition *row = &self->plan->definitions[i], *first = first_definition(self->plan, row->indicator);
        g_autofree char *own = gist_of(row->definition), *other = gist_of(first->definition);
        if (strcmp(own, other) != 0)
            plan_report(self, WM_SEVERITY_WARNING, "definitions.csv", row->line, "definition", row->indicator, "definitions_differ",
                        "agree one definition, and say which readings follow it",
                        "the definition of %s is “%s” in %s, and “%s” in %s", row->indicator, row->definition, row->source,
                        first->definition, first->source);
    }
}

/* ---- names ---- */

/* A form of address before a word with a capital, or an address of e-mail. */
#define PERSON \
    "\\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Dame|Sir|Rev)\\.?\\s+\\p{Lu}\\p{L}+|[\\w.+-]+@[\\w-]+\\.\\w+"

static void check_cell(const PlanCheck *self, GRegex *person, const PlanTable *table, const Column *column, const char *row)
{
    const char *text;
    int line;
    memcpy(&text, row + column->offset, sizeof text);
    memcpy(&line, row + table->spec.line_offset, sizeof line);
    g_autoptr(GMatchInfo) match = NULL;
    if (!*text || !g_regex_match(person, text, 0, &match))
        return;
    g_autofree char *name = g_match_info_fetch(match, 0);
    plan_report(self, WM_SEVERITY_WARNING, table->spec.file, line, column->name, "", "possible_name",
                "write the role instead: the papers name roles and bodies only", "%s may name a person: “%s”", column->name, name);
}

void plan_check_names(const PlanCheck *self)
{
    g_autoptr(GRegex) person = g_regex_new(PERSON, G_REGEX_OPTIMIZE, 0, NULL);
    for (size_t i = 0; i < N_PLAN_TABLES; i++) {
        const PlanTable *table = &PLAN_TABLES[i];
        const char *rows;
        size_t n_rows;
        memcpy(&rows, (const char *)self->plan + table->rows_offset, sizeof rows);
        memcpy(&n_rows, (const char *)self->plan + table->n_offset, sizeof n_rows);
        for (size_t k = 0; k < table->spec.n_columns; k++)
            for (size_t r = 0; table->spec.columns[k].kind == CELL_TEXT && r < n_rows; r++)
                check_cell(self, person, table, &table->spec.columns[k], rows + r * table->spec.row_size);
    }
}
