/* In a host whose numbers have a comma, files are the same to the byte. Where the machine has no such locale it is made, from the
 * sources that come with the C library's tools. */
#include "plot/cmocka_setup.h"

#include <waymark/plan_text.h>
#include <waymark/workbook.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "plot/fixture_month.h"

#define NAME "de_DE.UTF-8"

static locale_t make_locale(void)
{
    g_autofree char *folder = g_dir_make_tmp("waymark-locale-XXXXXX", NULL), *path = g_build_filename(folder, NAME, NULL);
    const char *const make[] = {"localedef", "-i", "de_DE", "-f", "UTF-8", path, NULL}, *const remove[] = {"rm", "-rf", folder,
                                                                                                           NULL};
    const GSpawnFlags flags = G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL;
    g_setenv("LOCPATH", folder, TRUE);
    g_spawn_sync(NULL, (char **)(guintptr)make, NULL, flags, NULL, NULL, NULL, NULL, NULL, NULL);
    const locale_t comma = newlocale(LC_ALL_MASK, NAME, (locale_t)0);
    g_spawn_sync(NULL, (char **)(guintptr)remove, NULL, flags, NULL, NULL, NULL, NULL, NULL, NULL);
    g_unsetenv("LOCPATH");
    return comma;
}

static int find_comma(void **state)
{
    const locale_t there = newlocale(LC_ALL_MASK, NAME, (locale_t)0);
    *state = there ? there : make_locale();
    return 0;
}

static int free_comma(void **state)
{
    uselocale(LC_GLOBAL_LOCALE);
    if (*state)
        freelocale(*state);
    return 0;
}

static void numbers_have_a_comma(void)
{
    char text[8];
    snprintf(text, sizeof text, "%.1f", 1.5);
    assert_string_equal(text, "1,5");
}

static GBytes *print_report(void)
{
    g_autoptr(MonthFixture) fixture = fixture_month_full();
    g_autoptr(GError) error = NULL;
    g_autoptr(WmDocument) document = wm_report_exception(fixture_month_finish(fixture), &error);
    GBytes *pdf = document ? wm_document_to_pdf(document, &error) : NULL;
    if (!pdf)
        fail_msg("%s", error->message);
    return pdf;
}

static GBytes *print_page(void)
{
    g_autoptr(MonthFixture) fixture = fixture_month_full();
    g_autoptr(WmDocument) document = wm_report_exception(fixture_month_finish(fixture), NULL);
    return wm_document_to_html(document, NULL);
}

static GBytes *write_workbook(void)
{
    g_autofree char *folder = g_build_filename(g_getenv("WAYMARK_SOURCE"), "datasets", "somerset-wsoa-2020", NULL);
    g_autoptr(WmPlanTexts) plan = wm_plan_texts_read(folder, NULL);
    assert_non_null(plan);
    return wm_plan_workbook_write(plan, NULL);
}

static void are_the_same(locale_t comma, GBytes *(*write)(void))
{
    if (!comma)
        skip();
    g_autoptr(GBytes) with_a_point = write();
    assert_non_null(with_a_point);
    uselocale(comma);
    numbers_have_a_comma();
    g_autoptr(GBytes) with_a_comma = write();
    assert_non_null(with_a_comma);
    assert_true(g_bytes_equal(with_a_point, with_a_comma));
    numbers_have_a_comma(); /* the host has its own back */
    uselocale(LC_GLOBAL_LOCALE);
}

static void a_pdf_is_the_same(void **state)
{
    are_the_same(*state, print_report);
}

static void a_page_is_the_same(void **state)
{
    are_the_same(*state, print_page);
}

static void a_workbook_is_the_same(void **state)
{
    are_the_same(*state, write_workbook);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pdf_is_the_same),
        cmocka_unit_test(a_page_is_the_same),
        cmocka_unit_test(a_workbook_is_the_same),
    };
    return cmocka_run_group_tests_name("locale", tests, find_comma, free_comma);
}
