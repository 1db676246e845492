/* The trajectory chart on every series it must bear, and on series of chance: nothing collides, clips, varies or breaks. */
#include "plot/cmocka_setup.h"

#include <libxml/parser.h>
#include <math.h>
#include <string.h>

#include "plot/chart/trajectory_parts.h"
#include "plot/fixture_drawing.h"
#include "plot/fixture_series.h"

#define N_RANDOM 1000

static void assert_no_collision(const char *name, const WmSeries *series, DrawingSize size)
{
    g_autofree char *fault = drawing_fault(wm_trajectory_draw, series, size);
    if (fault)
        fail_msg("%s %s", name, fault);
}

static void labels_never_collide_or_leave_the_page(void **state)
{
    const SeriesCase *test = *state;
    g_autoptr(SeriesFixture) fixture = test->make();
    for (size_t i = 0; i < N_DRAWING_SIZES; i++)
        assert_no_collision(test->name, &fixture->series, DRAWING_SIZES[i]);
}

static void labels_never_collide_on_series_of_chance(void **state)
{
    (void)state;
    for (guint32 seed = 0; seed < N_RANDOM; seed++) {
        g_autoptr(SeriesFixture) fixture = fixture_random(seed);
        g_autofree char *name = g_strdup_printf("seed %u", seed);
        assert_no_collision(name, &fixture->series, DRAWING_SIZES[seed % N_DRAWING_SIZES]);
    }
}

static GBytes *draw(const WmSeries *series, const WmChartOptions *options)
{
    g_autoptr(GError) error = NULL;
    GBytes *bytes = wm_chart_trajectory(series, options, &error);
    if (!bytes)
        fail_msg("%s", error->message);
    return bytes;
}

static void every_format_and_theme_gives_the_same_bytes_twice(void **state)
{
    const SeriesCase *test = *state;
    g_autoptr(SeriesFixture) fixture = test->make();
    for (int format = 0; format < WM_N_FORMATS; format++)
        for (int theme = 0; theme < WM_N_THEMES; theme++) {
            const WmChartOptions options = {
                .format = (WmFormat)format, .theme = (WmThemeName)theme, .width_px = 480, .height_px = 270, .scale = 1};
            g_autoptr(GBytes) once = draw(&fixture->series, &options);
            g_autoptr(GBytes) twice = draw(&fixture->series, &options);
            assert_true(g_bytes_equal(once, twice));
            assert_true(g_bytes_get_size(once) > 1000);
        }
}

static const char *svg_text(GBytes *svg)
{
    return g_bytes_get_data(svg, NULL); /* not terminated: for strings that are there */
}

static void the_svg_is_well_formed_and_compact(void **state)
{
    const SeriesCase *test = *state;
    g_autoptr(SeriesFixture) fixture = test->make();
    g_autoptr(GBytes) svg = draw(&fixture->series, NULL);
    xmlDoc *document =
        xmlReadMemory(svg_text(svg), (int)g_bytes_get_size(svg), "chart.svg", NULL, XML_PARSE_NONET | XML_PARSE_NOWARNING);
    assert_non_null(document);
    xmlFreeDoc(document);
    assert_true(g_bytes_get_size(svg) < 30 * 1024);
    assert_true(file_has(svg, "role=\"img\""));
    assert_false(file_has(svg, "nan"));
    assert_false(file_has(svg, "inf"));
    assert_false(file_has(svg, "\"-0\""));
    assert_false(file_has(svg, ">-0<"));
}

static void sixty_readings_stay_under_30_kb(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = fixture_new();
    fixture_baseline(fixture, "2016-12", 41, WM_BASELINE_EXACT);
    fixture_milestone(fixture, "2022-12", 75);
    double values[60];
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        values[i] = 41 + 0.4 * (double)i + (double)(i * 7919 % 13) / 3;
    fixture_readings(fixture, "2017-01", values, G_N_ELEMENTS(values));
    fixture_assess(fixture, "2022-01-31");
    g_autoptr(GBytes) svg = draw(&fixture->series, NULL);
    assert_true(g_bytes_get_size(svg) <= 30 * 1024);
}

/* Each of eight in one month has its label; of sixty, those that find no room are counted. */
static void milestones_without_a_label_are_counted(void **state)
{
    (void)state;
    for (int n = 8; n <= 60; n += 52) {
        g_autoptr(SeriesFixture) fixture = fixture_new();
        fixture_baseline(fixture, "2022-01", 20, WM_BASELINE_EXACT);
        for (int i = 0; i < n; i++)
            fixture_milestone(fixture, "2023-01", 60 + 24.0 * i / n);
        fixture_readings(fixture, "2022-02", (const double[]){22, 21, 25, 27, 29, 33, 36}, 7);
        fixture_assess(fixture, "2022-11-15");
        g_autoptr(GBytes) svg = draw(&fixture->series, NULL);
        assert_int_equal(file_has(svg, " of 60 targets named"), n == 60);
        assert_false(file_has(svg, " of 8 targets named"));
    }
}

/* Of milestones right above each other a higher one is named higher, or its label would be read as another's. */
static void stacked_milestones_are_named_in_their_order(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = fixture_new();
    for (int i = 0; i < 12; i++)
        fixture_milestone(fixture, "2026-01", 61 + 2 * i);
    fixture_readings(fixture, "2025-01", (const double[]){41, 44, 43, 47, 49, 50}, 6);
    fixture_assess(fixture, "2025-06-30");
    double below = INFINITY;
    for (int i = 0; i < 12; i++) {
        g_autofree char *label = g_strdup_printf("%d%%", 61 + 2 * i);
        const double y = drawing_text_y(wm_trajectory_draw, &fixture->series, (DrawingSize){960, 540}, label);
        assert_true(y < below); /* and each is named */
        below = y;
    }
}

static void text_from_a_plan_cannot_break_the_svg(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = SERIES_CASES[0].make();
    fixture->series.title = "<script>\"a\" & 'b'</script> \xFF\x01 ]]>";
    fixture->series.source = "";
    g_autoptr(GBytes) svg = draw(&fixture->series, &(WmChartOptions){.id_prefix = "a b\"c"});
    xmlDoc *document = xmlReadMemory(svg_text(svg), (int)g_bytes_get_size(svg), "chart.svg", NULL, XML_PARSE_NONET);
    assert_non_null(document);
    xmlFreeDoc(document);
    assert_true(file_has(svg, "id=\"a-b-c-title\""));
    assert_false(file_has(svg, "<script>"));
}

static void the_pdf_is_dated_by_the_as_at(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = SERIES_CASES[0].make();
    g_autoptr(GBytes) pdf = draw(&fixture->series, &(WmChartOptions){.format = WM_FORMAT_PDF});
    assert_true(file_has(pdf, "/CreationDate (20220430000000Z"));
}

static void the_png_has_the_size_asked_for(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = SERIES_CASES[0].make();
    g_autoptr(GBytes) png =
        draw(&fixture->series, &(WmChartOptions){.format = WM_FORMAT_PNG, .width_px = 300, .height_px = 200, .scale = 1.5});
    static const unsigned char HEAD[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A,     '\n',       0, 0, 0,        13,
                                         'I',  'H', 'D', 'R', 0,    0,    450 >> 8, 450 & 0xFF, 0, 0, 300 >> 8, 300 & 0xFF};
    assert_memory_equal(g_bytes_get_data(png, NULL), HEAD, sizeof HEAD);
}

static void a_page_too_large_is_an_error_that_says_so(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = SERIES_CASES[0].make();
    g_autoptr(GError) error = NULL;
    assert_null(wm_chart_trajectory(&fixture->series, &(WmChartOptions){.format = WM_FORMAT_PNG, .width_px = 40000}, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_FILE));
}

static void illustrative_data_are_said_to_be(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = SERIES_CASES[0].make();
    for (size_t i = 0; i < N_DRAWING_SIZES; i++) {
        g_autoptr(GBytes) svg = draw(
            &fixture->series, &(WmChartOptions){.width_px = DRAWING_SIZES[i].width_px, .height_px = DRAWING_SIZES[i].height_px});
        assert_true(file_has(svg, ">Illustrative data</text>"));
    }
    g_autofree char *alt = wm_chart_trajectory_alt(&fixture->series);
    assert_non_null(strstr(alt, "Illustrative data"));
}

static void a_cut_axis_says_where_it_starts(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = SERIES_CASES[0].make();
    g_autoptr(GBytes) svg = draw(&fixture->series, NULL);
    assert_true(file_has(svg, "Axis starts at 30%, not 0"));
}

static void a_range_beyond_the_axis_is_said_to_be(void **state)
{
    (void)state;
    const WmFan fan = {.n_points = 2, .points = {{0, {50, 50, 50}, {50, 50, 50}, 50}, {1, {20, 30, 45}, {90, 70, 55}, 50}}};
    assert_int_equal(wm_fan_bands_beyond(&fan, 0, 100), 0);
    assert_int_equal(wm_fan_bands_beyond(&fan, 0, 80), 1);
    assert_int_equal(wm_fan_bands_beyond(&fan, 35, 100), 2);
    assert_int_equal(wm_fan_bands_beyond(&fan, 48, 100), 3);
}

static gpointer draw_in_thread(gpointer series)
{
    return wm_chart_trajectory(series, &(WmChartOptions){.format = WM_FORMAT_PNG, .scale = 1}, NULL);
}

static void threads_draw_the_same_bytes(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = SERIES_CASES[0].make();
    GThread *threads[4];
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("chart", draw_in_thread, &fixture->series);
    g_autoptr(GBytes) first = draw_in_thread(&fixture->series);
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        g_autoptr(GBytes) other = g_thread_join(threads[i]);
        assert_true(g_bytes_equal(first, other));
    }
}

/* Ten years of a national figure are one line; only what is known latest has a label, wherever it stands in the file. */
static void of_a_comparator_through_time_the_latest_is_named(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = SERIES_CASES[0].make();
    fixture_comparator(fixture, "peers", "2021", 51.5);
    fixture_comparator(fixture, "peers", "2019", 52.5);
    fixture_comparator(fixture, "peers", "2020", 53.5);
    fixture_assess(fixture, "2022-04-30");
    const DrawingSize size = {960, 540};
    assert_true(drawing_says(wm_trajectory_draw, &fixture->series, size, "51.5%, 2021"));
    assert_false(drawing_says(wm_trajectory_draw, &fixture->series, size, "52.5%"));
    assert_false(drawing_says(wm_trajectory_draw, &fixture->series, size, "53.5%"));
    assert_true(wm_comparator_is_superseded(&fixture->series, fixture->series.n_comparators - 1));
    assert_false(wm_comparator_is_superseded(&fixture->series, fixture->series.n_comparators - 3));
}

static const struct CMUnitTest ALONE[] = {
    cmocka_unit_test(labels_never_collide_on_series_of_chance),
    cmocka_unit_test(sixty_readings_stay_under_30_kb),
    cmocka_unit_test(milestones_without_a_label_are_counted),
    cmocka_unit_test(stacked_milestones_are_named_in_their_order),
    cmocka_unit_test(text_from_a_plan_cannot_break_the_svg),
    cmocka_unit_test(the_pdf_is_dated_by_the_as_at),
    cmocka_unit_test(the_png_has_the_size_asked_for),
    cmocka_unit_test(a_page_too_large_is_an_error_that_says_so),
    cmocka_unit_test(illustrative_data_are_said_to_be),
    cmocka_unit_test(a_cut_axis_says_where_it_starts),
    cmocka_unit_test(a_range_beyond_the_axis_is_said_to_be),
    cmocka_unit_test(threads_draw_the_same_bytes),
    cmocka_unit_test(of_a_comparator_through_time_the_latest_is_named),
};

static const struct {
    const char *name;
    CMUnitTestFunction run;
} FOR_EACH_CASE[] = {
    {"labels never collide or leave the page", labels_never_collide_or_leave_the_page},
    {"the same bytes twice", every_format_and_theme_gives_the_same_bytes_twice},
    {"well-formed and compact SVG", the_svg_is_well_formed_and_compact},
};

int main(void)
{
    g_autoptr(GArray) tests = g_array_new(FALSE, TRUE, sizeof(struct CMUnitTest));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_array_append_vals(tests, ALONE, G_N_ELEMENTS(ALONE));
    for (size_t i = 0; i < N_SERIES_CASES; i++)
        for (size_t j = 0; j < G_N_ELEMENTS(FOR_EACH_CASE); j++) {
            char *name = g_strdup_printf("%s: %s", SERIES_CASES[i].name, FOR_EACH_CASE[j].name);
            g_ptr_array_add(names, name);
            const struct CMUnitTest test = {name, FOR_EACH_CASE[j].run, NULL, NULL, (void *)(uintptr_t)&SERIES_CASES[i]};
            g_array_append_val(tests, test);
        }
    return _cmocka_run_group_tests("trajectory chart", (const struct CMUnitTest *)(void *)tests->data, tests->len, NULL, NULL);
}
