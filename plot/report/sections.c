/* A month's measures by the plan's hierarchy of themes. */
#include "plot/report/sections.h"

#include <string.h>

#define MAX_DEPTH 16 /* of themes below themes: a circle of parents ends here */

static void part_clear(gpointer data)
{
    g_array_unref(((WmSectionPart *)data)->series);
}

static void section_clear(gpointer data)
{
    g_array_unref(((WmSection *)data)->parts);
}

/* The topmost theme above a theme; itself where it has no parent in the plan. */
static const char *top_of(const WmPlan *plan, const char *theme)
{
    const char *top = theme;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
        const WmTheme *row = wm_plan_theme(plan, top);
        if (!row || !*row->parent || !wm_plan_theme(plan, row->parent))
            break;
        top = row->parent;
    }
    return top;
}

static const char *title_of(const WmMonth *month, const char *theme)
{
    const WmTheme *row = wm_plan_theme(month->plan, theme);
    if (row && *row->title)
        return row->title;
    for (size_t i = 0; i < month->n_series; i++)
        if (strcmp(month->series[i].theme, theme) == 0 && *month->series[i].theme_title)
            return month->series[i].theme_title;
    return *theme ? theme : "Measures without a theme";
}

static WmSection *find_section(GArray *sections, const WmMonth *month, const char *top)
{
    for (guint i = 0; i < sections->len; i++)
        if (strcmp(g_array_index(sections, WmSection, i).theme, top) == 0)
            return &g_array_index(sections, WmSection, i);
    const WmTheme *row = wm_plan_theme(month->plan, top);
    const WmSection section = {.theme = top,
                               .title = title_of(month, top),
                               .owner_role = row ? row->owner_role : "",
                               .parts = g_array_new(FALSE, FALSE, sizeof(WmSectionPart))};
    g_array_set_clear_func(section.parts, part_clear);
    g_array_append_val(sections, section);
    return &g_array_index(sections, WmSection, sections->len - 1);
}

static void add_theme(GArray *sections, const WmMonth *month, const char *theme)
{
    WmSectionPart part = {title_of(month, theme), g_array_new(FALSE, FALSE, sizeof(size_t))};
    for (size_t i = 0; i < month->n_series; i++)
        if (strcmp(month->series[i].theme, theme) == 0)
            g_array_append_val(part.series, i);
    if (part.series->len == 0) {
        part_clear(&part);
        return;
    }
    WmSection *section = find_section(sections, month, top_of(month->plan, theme));
    for (guint i = 0; i < part.series->len; i++)
        section->n_status[month->series[g_array_index(part.series, size_t, i)].assessment.verdict.status]++;
    section->n_series += part.series->len;
    g_array_append_val(section->parts, part);
}

GArray *wm_sections_new(const WmMonth *month)
{
    GArray *sections = g_array_new(FALSE, FALSE, sizeof(WmSection));
    g_array_set_clear_func(sections, section_clear);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < month->plan->n_themes; i++)
        if (g_hash_table_add(seen, (gpointer)(guintptr)month->plan->themes[i].theme))
            add_theme(sections, month, month->plan->themes[i].theme);
    for (size_t i = 0; i < month->n_series; i++)
        if (*month->series[i].theme && g_hash_table_add(seen, (gpointer)(guintptr)month->series[i].theme))
            add_theme(sections, month, month->series[i].theme);
    add_theme(sections, month, "");
    return sections;
}
