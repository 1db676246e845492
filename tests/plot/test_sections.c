/* Sections: the measures of a month by the plan's hierarchy of themes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plot/fixture_month.h"
#include "plot/report/sections.h"

static const WmTheme THEMES[] = {
    {.theme = "B", .title = "Second in the alphabet", .parent = "", .owner_role = "Lead of B"},
    {.theme = "A1", .title = "Below A", .parent = "A", .owner_role = ""},
    {.theme = "A", .title = "First", .parent = "", .owner_role = "Lead of A"},
    {.theme = "C", .title = "Without a measure", .parent = "", .owner_role = ""},
    {.theme = "X", .title = "In a circle", .parent = "Y", .owner_role = ""},
    {.theme = "Y", .title = "Likewise", .parent = "X", .owner_role = ""},
};

static void add(MonthFixture *self, const char *id, const char *theme)
{
    fixture_month_add(self, fixture_new(), id, id, theme);
}

static MonthFixture *themed_month(void)
{
    MonthFixture *self = fixture_month_new("Themes");
    self->plan.themes = THEMES;
    self->plan.n_themes = G_N_ELEMENTS(THEMES);
    add(self, "m1", "A");
    add(self, "m2", "");
    add(self, "m3", "A1");
    add(self, "m4", "B");
    add(self, "m5", "unlisted");
    add(self, "m6", "A");
    return self;
}

static void assert_section(const GArray *sections, guint i, const char *title, size_t n_series, guint n_parts)
{
    const WmSection *section = &g_array_index(sections, WmSection, i);
    assert_string_equal(section->title, title);
    assert_int_equal(section->n_series, n_series);
    assert_int_equal(section->parts->len, n_parts);
}

static void a_child_stands_in_its_parents_section(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = themed_month();
    g_autoptr(GArray) sections = wm_sections_new(fixture_month_finish(fixture));
    assert_int_equal(sections->len, 4);
    assert_section(sections, 0, "Second in the alphabet", 1, 1);
    assert_section(sections, 1, "First", 3, 2);
    assert_string_equal(g_array_index(sections, WmSection, 1).owner_role, "Lead of A");
    assert_section(sections, 2, "unlisted", 1, 1);
    assert_section(sections, 3, "Measures without a theme", 1, 1);
}

static void every_measure_stands_once(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = themed_month();
    add(fixture, "m7", "X");
    add(fixture, "m8", "Y");
    const WmMonth *month = fixture_month_finish(fixture);
    g_autoptr(GArray) sections = wm_sections_new(month);
    int n_seen[8] = {0};
    for (guint i = 0; i < sections->len; i++) {
        const WmSection *section = &g_array_index(sections, WmSection, i);
        for (guint k = 0; k < section->parts->len; k++) {
            const GArray *series = g_array_index(section->parts, WmSectionPart, k).series;
            for (guint j = 0; j < series->len; j++)
                n_seen[g_array_index(series, size_t, j)]++;
        }
    }
    for (size_t i = 0; i < month->n_series; i++)
        assert_int_equal(n_seen[i], 1);
}

static void a_plan_without_measures_has_no_section(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = fixture_month_new("Nothing");
    g_autoptr(GArray) sections = wm_sections_new(fixture_month_finish(fixture));
    assert_int_equal(sections->len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_stands_in_its_parents_section),
        cmocka_unit_test(every_measure_stands_once),
        cmocka_unit_test(a_plan_without_measures_has_no_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
