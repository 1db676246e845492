/* A document as PDF: nothing lost between pages, nothing left alone at their feet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plot/fixture_month.h"
#include "plot/fixture_output.h"
#include "plot/report/trajectory_figure.h"

#define SKIP_CODE 77 /* CTest reads it as skipped */

static WmDocument *new_document(void)
{
    return wm_document_new(&(WmFrontMatter){.title = "A plan",
                                            .subtitle = "A report",
                                            .author_role = "Head of Performance",
                                            .plan_version = "3",
                                            .as_at = wm_day_from_date(2022, 3, 31),
                                            .previous_as_at = WM_NO_DAY});
}

static size_t count_pages(const char *text)
{
    return fixture_count(text, "\f");
}

static WmTable *add_table(WmDocument *document, size_t n_rows)
{
    static const WmColumn COLUMNS[] = {{"Rowname", WM_ALIGN_START, true}, {"Figure", WM_ALIGN_END, false}};
    WmTable *table = wm_document_table(document, "", COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (size_t i = 0; i < n_rows; i++)
        wm_table_row(document, table,
                     (WmProse *[]){wm_document_prosef(document, "row%zu.", i), wm_document_prosef(document, "%zu%%", i)});
    wm_document_add_table(document, table);
    return table;
}

static void no_row_is_lost_and_headers_come_again(void **state)
{
    (void)state;
    g_autoptr(WmDocument) document = new_document();
    add_table(document, 300);
    g_autofree char *text = fixture_pdf_text(document);
    for (size_t i = 0; i < 300; i++) {
        g_autofree char *row = g_strdup_printf("row%zu.", i);
        assert_int_equal(fixture_count(text, row), 1);
    }
    assert_true(count_pages(text) > 3);
    assert_int_equal(fixture_count(text, "Rowname"), count_pages(text));
}

/* `n` words, each to be found once. */
static char *many_words(size_t n)
{
    GString *words = g_string_new(NULL);
    for (size_t i = 0; i < n; i++)
        g_string_append_printf(words, "word%zu. ", i);
    return g_string_free(words, FALSE);
}

static void assert_all_words(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g_autofree char *word = g_strdup_printf("word%zu.", i);
        assert_int_equal(fixture_count(text, word), 1);
    }
}

static void a_row_taller_than_a_page_goes_on(void **state)
{
    (void)state;
    g_autoptr(WmDocument) document = new_document();
    g_autofree char *words = many_words(4000);
    WmTable *table = add_table(document, 3);
    wm_table_row(document, table, (WmProse *[]){wm_document_prose(document, "tall"), wm_document_prose(document, words)});
    g_autofree char *text = fixture_pdf_text(document);
    assert_all_words(text, 4000);
}

static void a_long_paragraph_goes_on(void **state)
{
    (void)state;
    g_autoptr(WmDocument) document = new_document();
    g_autofree char *words = many_words(4000);
    wm_document_paragraph(document, wm_document_prose(document, words));
    g_autofree char *text = fixture_pdf_text(document);
    assert_all_words(text, 4000);
    assert_true(count_pages(text) > 1);
}

static void a_word_without_end_is_broken(void **state)
{
    (void)state;
    g_autoptr(WmDocument) document = new_document();
    g_autofree char *endless = g_strnfill(20000, 'x');
    WmTable *table = add_table(document, 1);
    wm_table_row(document, table, (WmProse *[]){wm_document_prose(document, endless), wm_document_prose(document, endless)});
    wm_document_heading(document, 2, "h-1", endless);
    wm_document_paragraph(document, wm_document_prose(document, endless));
    g_autofree char *text = fixture_pdf_text(document);
    size_t n = 0;
    for (const char *p = text; *p; p++)
        n += *p == 'x';
    assert_true(n >= 4 * 20000);
}

/* The last line before each footer is never a heading: whatever the length of what stands before it. */
static void assert_no_heading_ends_a_page(WmDocument *document)
{
    g_autofree char *text = fixture_pdf_text(document);
    g_auto(GStrv) pages = g_strsplit(text, "\f", -1);
    for (char **page = pages; *page && **page; page++) {
        char *frame = g_strrstr(*page, page == pages ? "\nA report" : "\nA plan"); /* drawn last */
        assert_non_null(frame);
        *frame = 0;
        const char *line = strrchr(*page, '\n');
        assert_true(line && !g_str_has_prefix(line + 1, "Heading"));
    }
}

static void no_heading_ends_a_page(void **state)
{
    (void)state;
    g_autoptr(WmDocument) document = new_document();
    for (size_t i = 0; i < 200; i++) {
        g_autofree char *words = many_words(10 + i * 37 % 120);
        wm_document_heading(document, i % 5 ? 3 : 2, wm_document_id(document, "h", i),
                            wm_document_textf(document, "Heading %zu", i));
        wm_document_paragraph(document, wm_document_prose(document, words));
    }
    assert_no_heading_ends_a_page(document);
}

/* A measure's picture is as tall as half a page: its heading goes with it, and a picture does not hold what follows. */
static void a_heading_stays_with_its_picture(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = fixture_month_full();
    const WmMonth *month = fixture_month_finish(fixture);
    g_autoptr(WmDocument) document = new_document();
    for (size_t i = 0; i < 30; i++) {
        g_autofree char *words = many_words(5 + i * 53 % 150);
        wm_document_heading(document, 3, wm_document_id(document, "h", i), wm_document_textf(document, "Heading %zu", i));
        wm_document_add_trajectory(document, &month->series[0], i);
        wm_document_paragraph(document, wm_document_prose(document, words));
    }
    assert_no_heading_ends_a_page(document);
    g_autofree char *text = fixture_pdf_text(document);
    assert_true(count_pages(text) <= 30);
}

/* Done or not has two levels: six such pictures stand on two pages. */
static void pictures_of_deliverables_are_low(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = fixture_new();
    fixture_measure(fixture, WM_KIND_YES_NO, "", WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, 0);
    fixture_baseline(fixture, "2020-09-30", 0, WM_BASELINE_EXACT);
    fixture_milestone(fixture, "2021-04", 1);
    fixture_reading(fixture, "2021-06", 0, WM_FINAL);
    fixture_assess(fixture, "2021-06-30");
    g_autoptr(WmDocument) document = new_document();
    for (size_t i = 0; i < 6; i++) {
        wm_document_heading(document, 3, wm_document_id(document, "h", i), wm_document_textf(document, "Heading %zu", i));
        wm_document_add_trajectory(document, &fixture->series, i);
    }
    g_autofree char *text = fixture_pdf_text(document);
    assert_int_equal(count_pages(text), 2);
}

static void pages_are_numbered_and_carry_the_plan(void **state)
{
    (void)state;
    g_autoptr(WmDocument) document = new_document();
    add_table(document, 200);
    g_autofree char *text = fixture_pdf_text(document);
    const size_t n = count_pages(text);
    for (size_t i = 1; i <= n; i++) {
        g_autofree char *number = g_strdup_printf("Page %zu of %zu", i, n);
        assert_int_equal(fixture_count(text, number), 1);
    }
    assert_int_equal(fixture_count(text, "As at 31 Mar 2022 \xC2\xB7 plan version 3"), n - 1);
}

static void the_contents_name_the_right_pages(void **state)
{
    (void)state;
    g_autoptr(WmDocument) document = new_document();
    wm_document_mark(document, WM_BLOCK_CONTENTS);
    for (size_t i = 0; i < 4; i++) {
        wm_document_mark(document, WM_BLOCK_NEW_PAGE);
        wm_document_heading(document, 2, wm_document_id(document, "h", i), wm_document_textf(document, "Part %zu", i));
        wm_document_paragraph(document, wm_document_prose(document, "Text."));
    }
    g_autofree char *text = fixture_pdf_text(document);
    for (size_t i = 0; i < 4; i++) {
        g_autofree char *entry = g_strdup_printf("Part %zu\n%zu\n", i, i + 2),
                        *inline_entry = g_strdup_printf("Part %zu %zu\n", i, i + 2);
        assert_true(strstr(text, entry) || strstr(text, inline_entry));
    }
}

static void metadata_come_from_the_plan_and_never_from_the_clock(void **state)
{
    (void)state;
    g_autoptr(WmDocument) document = new_document();
    g_autofree char *info = fixture_pdf_tool(document, "pdfinfo");
    static const char *const EXPECTED[] = {"A report: A plan", "Head of Performance", "Waymark " WM_VERSION, "Mar 31 00:00:00 2022",
                                           "(A4)"};
    for (size_t i = 0; i < G_N_ELEMENTS(EXPECTED); i++)
        assert_non_null(strstr(info, EXPECTED[i]));
}

/* Whoever takes the text out of the file reads each name with its value, however it is taken out. */
static void the_front_reads_line_by_line(void **state)
{
    (void)state;
    g_autoptr(WmDocument) document = new_document();
    document->front.board = "Improvement Board";
    wm_document_paragraph(document, wm_document_prose(document, "Text."));
    g_autofree char *text = fixture_pdf_text(document);
    static const char *const FACTS[] = {"As at 31 Mar 2022", "Plan version 3", "For Improvement Board"};
    for (size_t i = 0; i < G_N_ELEMENTS(FACTS); i++)
        assert_non_null(strstr(text, FACTS[i]));
}

static void every_font_is_embedded(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = fixture_month_full();
    g_autoptr(WmDocument) document = wm_report_exception(fixture_month_finish(fixture), NULL);
    g_autofree char *fonts = fixture_pdf_tool(document, "pdffonts");
    g_auto(GStrv) lines = g_strsplit(g_strchomp(fonts), "\n", -1);
    assert_true(g_strv_length(lines) > 2);
    for (size_t i = 2; lines[i]; i++)
        assert_non_null(strstr(lines[i], "yes yes yes")); /* embedded, subset, with Unicode */
}

static void the_same_month_gives_the_same_bytes(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = fixture_month_full();
    g_autoptr(WmDocument) document = wm_report_exception(fixture_month_finish(fixture), NULL);
    g_autoptr(GBytes) first = wm_document_to_pdf(document, NULL), again = wm_document_to_pdf(document, NULL);
    assert_true(g_bytes_equal(first, again));
}

static void a_hostile_month_is_only_letters(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = fixture_month_hostile();
    g_autoptr(WmDocument) document = wm_report_exception(fixture_month_finish(fixture), NULL);
    g_autofree char *text = fixture_pdf_text(document);
    assert_non_null(strstr(text, "<script>alert"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_row_is_lost_and_headers_come_again),
        cmocka_unit_test(a_row_taller_than_a_page_goes_on),
        cmocka_unit_test(a_long_paragraph_goes_on),
        cmocka_unit_test(a_word_without_end_is_broken),
        cmocka_unit_test(no_heading_ends_a_page),
        cmocka_unit_test(a_heading_stays_with_its_picture),
        cmocka_unit_test(pictures_of_deliverables_are_low),
        cmocka_unit_test(pages_are_numbered_and_carry_the_plan),
        cmocka_unit_test(the_contents_name_the_right_pages),
        cmocka_unit_test(metadata_come_from_the_plan_and_never_from_the_clock),
        cmocka_unit_test(the_front_reads_line_by_line),
        cmocka_unit_test(every_font_is_embedded),
        cmocka_unit_test(the_same_month_gives_the_same_bytes),
        cmocka_unit_test(a_hostile_month_is_only_letters),
    };
    return fixture_has_pdf_tools() ? cmocka_run_group_tests(tests, NULL, NULL) : SKIP_CODE;
}
