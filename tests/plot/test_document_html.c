/* A document as HTML: whole, navigable, and deaf to markup in its data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plot/fixture_month.h"
#include "plot/fixture_output.h"
#include "plot/report/document.h"

static MonthFixture *empty_plan(void)
{
    return fixture_month_new("A plan without measures");
}

static MonthFixture *forty_measures(void)
{
    return fixture_month_large(40);
}

/* More than anybody reads: as a plan has that is one row an area of a country. */
static MonthFixture *two_thousand_measures(void)
{
    return fixture_month_large(2000);
}

static const struct {
    const char *name;
    MonthFixture *(*make)(void);
} MONTHS[] = {{"full", fixture_month_full},
              {"hostile", fixture_month_hostile},
              {"empty", empty_plan},
              {"large", forty_measures},
              {"huge", two_thousand_measures}};

static char *html_of(size_t i_month)
{
    g_autoptr(MonthFixture) fixture = MONTHS[i_month].make();
    g_autoptr(WmDocument) document = wm_report_exception(fixture_month_finish(fixture), NULL);
    return fixture_html(document);
}

static void every_element_is_closed(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(MONTHS); i++) {
        g_autofree char *html = html_of(i);
        const char *where = "";
        if (!fixture_is_balanced(html, &where))
            fail_msg("%s: not balanced at %.120s", MONTHS[i].name, where);
    }
}

static void what_nobody_reads_is_counted_instead(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = two_thousand_measures();
    const WmMonth *month = fixture_month_finish(fixture);
    g_autoptr(WmDocument) document = wm_report_exception(month, NULL);
    g_autofree char *html = fixture_html(document), *words = fixture_words(html);
    g_autofree char *said = g_strdup_printf("%d of %zu are shown in full.", WM_MOST_SECTIONS, month->n_exceptions);
    char last[32], next[32];
    g_snprintf(last, sizeof last, "id=\"exception-%d\"", WM_MOST_SECTIONS);
    g_snprintf(next, sizeof next, "id=\"exception-%d\"", WM_MOST_SECTIONS + 1);
    assert_true(month->n_exceptions > WM_MOST_SECTIONS);
    assert_non_null(strstr(words, said));
    assert_non_null(strstr(html, last));
    assert_null(strstr(html, next));
    assert_non_null(strstr(words, "rows are shown. The CSV files beside this paper have all."));
}

/* A page that leads to packs leads to every one of them, where a table of figures would be cut. */
static void an_index_leads_to_every_pack(void **state)
{
    (void)state;
    enum { N = WM_MOST_ROWS + 30 };
    g_autofree WmBatchPack *packs = g_new0(WmBatchPack, N);
    g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < N; i++) {
        g_ptr_array_add(folders, g_strdup_printf("packs/P%zu", i));
        packs[i] = (WmBatchPack){.name = "P", .area = "", .folder = g_ptr_array_index(folders, i), .message = "", .as_at = 18000};
    }
    g_autoptr(WmDocument) document = wm_report_batch("A nation", 18000, packs, N, NULL, 0);
    g_autofree char *html = fixture_html(document);
    for (size_t i = 0; i < N; i++) {
        g_autofree char *link = g_strdup_printf("href=\"./packs/P%zu/exception-report.html\"", i);
        assert_non_null(strstr(html, link));
    }
}

/* The ten that are named are not all that are so far off. */
static void an_index_tells_of_ties_and_files(void **state)
{
    (void)state;
    enum { N = 14 };
    WmBatchPack packs[N];
    for (size_t i = 0; i < N; i++) {
        packs[i] = (WmBatchPack){.name = "P", .area = "", .folder = "packs/P", .message = "", .as_at = 18000};
        packs[i].n_status[WM_RED] = i < 12 ? 2 : 1;
    }
    const WmBatchFile file = {"areas.csv", "ranks <all>", NULL};
    for (int n_worse = 2; n_worse >= 0; n_worse--) {
        for (size_t i = 0; i < 12; i++)
            packs[i].n_status[WM_AMBER] = i < (size_t)(12 - n_worse) ? 1 : 0;
        g_autoptr(WmDocument) document = wm_report_batch("A nation", 18000, packs, N, &file, 1);
        g_autofree char *html = fixture_html(document), *words = fixture_words(html);
        assert_int_equal(strstr(words, "as far off") != NULL, n_worse < 2);
        assert_int_equal(strstr(words, "One more pack is as far off") != NULL, n_worse == 1);
        assert_int_equal(strstr(words, "2 more packs are as far off") != NULL, n_worse == 0);
        assert_non_null(strstr(html, "href=\"./areas.csv\""));
        assert_non_null(strstr(html, "ranks &lt;all&gt;"));
    }
}

static void ids_are_unique_and_links_lead_somewhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(MONTHS); i++) {
        g_autofree char *html = html_of(i);
        g_autoptr(GPtrArray) ids = fixture_attributes(html, "id"), links = fixture_attributes(html, "href");
        g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
        for (guint k = 0; k < ids->len; k++)
            if (!g_hash_table_add(known, g_ptr_array_index(ids, k)))
                fail_msg("%s: id %s stands twice", MONTHS[i].name, (char *)g_ptr_array_index(ids, k));
        for (guint k = 0; k < links->len; k++) {
            const char *link = g_ptr_array_index(links, k);
            assert_int_equal(link[0], '#');
            if (!g_hash_table_contains(known, link + 1))
                fail_msg("%s: %s leads nowhere", MONTHS[i].name, link);
        }
    }
}

/* What would run, or fetch something, were it there as markup. Escaped, the same letters are harmless. */
static const char *const NEVER[] = {"<script", "<img",  "<link", "<iframe", "<object", "javascript:", "src=\"",
                                    "url(h",   "url('", "url(/", "@import", "<!--",    "\x01",        "\xE2\x80\xAE"};

static void nothing_runs_and_nothing_is_fetched(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(MONTHS); i++) {
        g_autofree char *html = html_of(i);
        for (size_t k = 0; k < G_N_ELEMENTS(NEVER); k++)
            if (strstr(html, NEVER[k]))
                fail_msg("%s: holds %s", MONTHS[i].name, NEVER[k]);
        assert_int_equal(fixture_count(html, "</style>"), 1);
    }
}

static void headings_step_down_one_level_at_a_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(MONTHS); i++) {
        g_autofree char *html = html_of(i);
        int level = 0;
        assert_int_equal(fixture_count(html, "<h1"), 1);
        for (const char *p = strstr(html, "<h"); p; p = strstr(p + 1, "<h")) {
            if (p[2] < '1' || p[2] > '6')
                continue;
            assert_true(p[2] - '0' <= level + 1);
            level = p[2] - '0';
        }
    }
}

static void every_chart_has_words_and_a_table(void **state)
{
    (void)state;
    g_autofree char *html = html_of(0);
    const size_t n = fixture_count(html, "<figure");
    assert_true(n > 0);
    const size_t n_lines = fixture_count(html, "role=\"img\" aria-label=\"Line chart");
    const size_t n_controls = fixture_count(html, "role=\"img\" aria-label=\"Control chart");
    assert_true(n_lines > 0 && n_controls > 0);
    assert_int_equal(n_lines + n_controls, n);
    assert_int_equal(fixture_count(html, "<details>"), n);
    assert_int_equal(fixture_count(html, "<caption>Readings and plan"), n_lines);
    assert_int_equal(fixture_count(html, "<caption>Limits and signals"), n_controls);
}

static void tables_say_what_their_headers_govern(void **state)
{
    (void)state;
    g_autofree char *html = html_of(0);
    assert_int_equal(fixture_count(html, "<th>"), 0);
    assert_int_equal(fixture_count(html, "<th "), fixture_count(html, " scope=\""));
}

static void the_same_month_gives_the_same_bytes(void **state)
{
    (void)state;
    g_autofree char *first = html_of(0), *again = html_of(0);
    assert_string_equal(first, again);
}

static const struct {
    const char *name, *text, *shown;
} TEXTS[] = {
    {"plain", "41.0% in Aug 2020", "41.0% in Aug 2020"},
    {"nothing", NULL, ""},
    {"a control character", "a\x01z", "a\xEF\xBF\xBDz"},
    {"a line turned round", "a\xE2\x80\xAEz", "a\xEF\xBF\xBDz"},
    {"not UTF-8", "caf\xE9", "caf\xEF\xBF\xBD"},
    {"lines from Windows", "a\r\nb", "a\nb"},
    {"lines from old Macs", "a\rb", "a\nb"},
    {"markup stays as typed", "<b>&amp;</b>", "<b>&amp;</b>"},
    {"other scripts", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE6\x97\xA5", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE6\x97\xA5"},
};

static void text_is_made_fit_to_be_shown(void **state)
{
    (void)state;
    g_autoptr(WmDocument) document = wm_document_new(&(WmFrontMatter){.as_at = WM_NO_DAY, .previous_as_at = WM_NO_DAY});
    for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++)
        assert_string_equal(wm_document_text(document, TEXTS[i].text), TEXTS[i].shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_element_is_closed),
        cmocka_unit_test(what_nobody_reads_is_counted_instead),
        cmocka_unit_test(an_index_leads_to_every_pack),
        cmocka_unit_test(an_index_tells_of_ties_and_files),
        cmocka_unit_test(ids_are_unique_and_links_lead_somewhere),
        cmocka_unit_test(nothing_runs_and_nothing_is_fetched),
        cmocka_unit_test(headings_step_down_one_level_at_a_time),
        cmocka_unit_test(every_chart_has_words_and_a_table),
        cmocka_unit_test(tables_say_what_their_headers_govern),
        cmocka_unit_test(the_same_month_gives_the_same_bytes),
        cmocka_unit_test(text_is_made_fit_to_be_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
