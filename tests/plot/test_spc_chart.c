/* The control chart on every series it must bear, and on series of chance: nothing collides, clips, varies or breaks, and the title
 * says what the result says. */
#include "plot/cmocka_setup.h"

#include <libxml/parser.h>
#include <math.h>
#include <string.h>

#include "plot/chart/kinds.h"
#include "plot/chart/spc_chart_parts.h"
#include "plot/fixture_drawing.h"
#include "plot/fixture_spc.h"

#define N_RANDOM 1000

static void assert_no_collision(const char *name, const SpcFixture *fixture, DrawingSize size)
{
    const WmSpcDrawing drawing = {&fixture->fixture->series, &fixture->spc};
    g_autofree char *fault = drawing_fault(wm_spc_draw, &drawing, size);
    if (fault)
        fail_msg("%s %s", name, fault);
}

static void labels_never_collide_or_leave_the_page(void **state)
{
    const SpcCase *test = *state;
    g_autoptr(SpcFixture) fixture = spc_fixture_new(test);
    for (size_t i = 0; i < N_DRAWING_SIZES; i++)
        assert_no_collision(test->name, fixture, DRAWING_SIZES[i]);
}

static void labels_never_collide_on_series_of_chance(void **state)
{
    (void)state;
    for (guint32 seed = 0; seed < N_RANDOM; seed++) {
        g_autoptr(SpcFixture) fixture = spc_fixture_random(seed);
        g_autofree char *name = g_strdup_printf("seed %u", seed);
        assert_no_collision(name, fixture, DRAWING_SIZES[seed % N_DRAWING_SIZES]);
    }
}

static GBytes *draw(const SpcFixture *fixture, const WmChartOptions *options)
{
    g_autoptr(GError) error = NULL;
    GBytes *bytes = wm_chart_spc(&fixture->fixture->series, &fixture->spc, options, &error);
    if (!bytes)
        fail_msg("%s", error->message);
    return bytes;
}

static void every_format_and_theme_gives_the_same_bytes_twice(void **state)
{
    g_autoptr(SpcFixture) fixture = spc_fixture_new(*state);
    for (int format = 0; format < WM_N_FORMATS; format++)
        for (int theme = 0; theme < WM_N_THEMES; theme++) {
            const WmChartOptions options = {
                .format = (WmFormat)format, .theme = (WmThemeName)theme, .width_px = 480, .height_px = 270, .scale = 1};
            g_autoptr(GBytes) once = draw(fixture, &options);
            g_autoptr(GBytes) twice = draw(fixture, &options);
            assert_true(g_bytes_equal(once, twice));
            assert_true(g_bytes_get_size(once) > 1000);
        }
}

static void the_svg_is_well_formed(void **state)
{
    g_autoptr(SpcFixture) fixture = spc_fixture_new(*state);
    g_autoptr(GBytes) svg = draw(fixture, NULL);
    xmlDoc *document = xmlReadMemory(g_bytes_get_data(svg, NULL), (int)g_bytes_get_size(svg), "chart.svg", NULL, XML_PARSE_NONET);
    assert_non_null(document);
    xmlFreeDoc(document);
    assert_false(file_has(svg, "nan") || file_has(svg, "inf\""));
}

static GBytes *draw_with_event(const char *period)
{
    g_autoptr(SpcFixture) fixture = spc_fixture_new(&SPC_CASES[0]);
    if (period)
        fixture_event(fixture->fixture, period, "Something happened");
    fixture_assess(fixture->fixture, "2024-12-31");
    return draw(fixture, NULL);
}

/* It has no flag, and no limits of its own: the notes count it. */
static void an_event_outside_the_readings_time_is_counted(void **state)
{
    (void)state;
    static const char NOTE[] = "1 event outside the time shown";
    g_autoptr(GBytes) without = draw_with_event(NULL), beyond = draw_with_event("2099-01"), before = draw_with_event("1999-01");
    assert_false(file_has(without, NOTE));
    assert_true(file_has(beyond, NOTE));
    assert_true(g_bytes_equal(beyond, before));
    assert_false(file_has(beyond, "Something happened"));
}

/* Title and icon agree where the options would judge two readings too. */
static void two_readings_are_never_judged(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = fixture_new();
    fixture_readings(fixture, "2021-01", (const double[]){47.3, 51.2}, 2);
    fixture_assess(fixture, "2022-12-31");
    const WmSpcPoint points[] = {{.value = 47.3, .target = (double)NAN}, {.value = 51.2, .target = (double)NAN}};
    const WmSpcOptions options = wm_spc_options_default();
    WmSpcScratch *scratch = wm_spc_scratch_new();
    WmSpc spc;
    assert_int_equal(wm_spc_analyse(points, 2, &options, scratch, &spc), WM_OK);
    g_auto(GStrv) wordings = wm_spc_finding_wordings(&fixture->series, &spc);
    assert_string_equal(wordings[0], "51.2% in Feb 2021: too few readings to tell signal from noise");
    for (char **wording = wordings; *wording; wording++)
        assert_null(strstr(*wording, "No real change"));
    wm_spc_scratch_free(scratch);
}

static const DrawingSize PAGE = {960, 540};

static void a_chart_without_readings_has_no_numbers(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = fixture_new();
    fixture_assess(fixture, "2022-12-31");
    assert_true(drawing_has_text(wm_chart_kind_find("spc")->draw, &fixture->series, PAGE, "No readings yet"));
    assert_false(drawing_has_text(wm_chart_kind_find("spc")->draw, &fixture->series, PAGE, "0%"));
    fixture_measure(fixture, WM_KIND_COUNT, "accounts", WM_POLARITY_NONE, WM_FREQUENCY_MONTH, 0);
    fixture_reading(fixture, "2022-11", 13, WM_FINAL);
    fixture_assess(fixture, "2022-12-31");
    assert_true(
        drawing_says(wm_chart_kind_find("spc")->draw, &fixture->series, PAGE, "Nothing is judged by limits from only 1 reading"));
    assert_false(drawing_says(wm_chart_kind_find("spc")->draw, &fixture->series, PAGE, "1 readings"));
}

/* A plan that begins at the last reading: its name stands by a line, not by nothing. */
static void a_path_of_one_period_is_drawn(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = fixture_new();
    fixture_measure(fixture, WM_KIND_PERCENT, "%", WM_POLARITY_HIGHER, WM_FREQUENCY_YEAR, 1);
    fixture_readings(fixture, "2019", (const double[]){21, 34, 64, 69, 42, 33.5}, 6);
    fixture_milestone(fixture, "2024-12", 45.9);
    fixture_milestone(fixture, "2025-12", 78.6);
    fixture_assess(fixture, "2025-06-30");
    const WmChartOptions svg = {.format = WM_FORMAT_SVG};
    g_autoptr(GBytes) drawn = wm_chart_spc(&fixture->series, NULL, &svg, NULL);
    assert_true(file_has(drawn, "Path 45.9%"));
    g_autofree char *text = g_strndup(g_bytes_get_data(drawn, NULL), g_bytes_get_size(drawn));
    g_autofree char *colour = g_strdup_printf("stroke=\"#%06x\"", wm_palette(WM_THEME_SCREEN)->plan);
    assert_non_null(strstr(text, colour));
}

static const struct {
    const char *name, *title;
} TITLES[] = {
    {"improving_below_target",
     "Improving: two of the last three near the upper limit; the target of 75% will not be met as things stand"},
    {"concern_outside", "Worsening: Aug 2021 is below the lower limit; the target of 40% will be met as things stand"},
    {"neutral_trend", "A change: 8 months rising without a break"},
    {"p_chart_many_signals", "Improving: 7 months above the mean; so far single readings can meet the target of 60% or miss it"},
    {"constant_at_100", "Unchanged: 100% every month; the target of 95% will be met as things stand"},
    {"one_reading", "47.3% in Jan 2021: one reading cannot tell signal from noise"},
    {"two_readings", "51.2% in Feb 2021: too few readings to tell signal from noise"},
    {"four_readings", "50.4% in Apr 2021: too few readings to tell signal from noise"},
    {"nothing", "No readings yet"},
    {"run_chart", "Improving: 10 months above the median"},
};

static void the_title_is_the_finding(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(TITLES); i++)
        for (size_t j = 0; j < N_SPC_CASES; j++) {
            if (strcmp(SPC_CASES[j].name, TITLES[i].name) != 0)
                continue;
            g_autoptr(SpcFixture) fixture = spc_fixture_new(&SPC_CASES[j]);
            g_auto(GStrv) wordings = wm_spc_finding_wordings(&fixture->fixture->series, &fixture->spc);
            g_autofree char *alt = wm_chart_spc_alt(&fixture->fixture->series, &fixture->spc);
            assert_string_equal(wordings[0], TITLES[i].title);
            assert_non_null(strstr(alt, TITLES[i].title));
        }
}

static void a_series_finds_its_own_chart(void **state)
{
    (void)state;
    g_autoptr(SpcFixture) fixture = spc_fixture_new(&SPC_CASES[0]);
    g_autoptr(GBytes) given = draw(fixture, NULL);
    g_autoptr(GBytes) found = wm_chart_spc(&fixture->fixture->series, NULL, NULL, NULL);
    g_autofree char *alt = wm_chart_spc_alt(&fixture->fixture->series, NULL),
                    *same = wm_chart_spc_alt(&fixture->fixture->series, &fixture->spc);
    assert_true(g_bytes_equal(given, found));
    assert_string_equal(alt, same);
}

/* Marks and icons at 3:1 on everything they stand on, words in them at 4.5:1. */
static void colours_meet_wcag(void **state)
{
    (void)state;
    for (WmThemeName theme = 0; theme < WM_N_THEMES; theme++) {
        const WmPalette *palette = wm_palette(theme);
        const WmSpcColours *colours = wm_spc_colours(palette);
        const uint32_t grounds[] = {palette->page, colours->within};
        for (size_t i = 0; i < G_N_ELEMENTS(grounds); i++) {
            for (WmEffect effect = 0; effect < WM_N_EFFECTS; effect++)
                assert_true(wm_contrast(colours->effect[effect], grounds[i]) >= 4.5);
            assert_true(wm_contrast(colours->limit, grounds[i]) >= 4.5 && wm_contrast(palette->plan, grounds[i]) >= 4.5);
        }
        for (WmEffect effect = WM_EFFECT_IMPROVEMENT; effect < WM_N_EFFECTS; effect++)
            assert_true(wm_contrast(colours->on, colours->effect[effect]) >= 4.5);
    }
}

static const struct CMUnitTest ALONE[] = {
    cmocka_unit_test(labels_never_collide_on_series_of_chance),
    cmocka_unit_test(the_title_is_the_finding),
    cmocka_unit_test(two_readings_are_never_judged),
    cmocka_unit_test(a_chart_without_readings_has_no_numbers),
    cmocka_unit_test(a_path_of_one_period_is_drawn),
    cmocka_unit_test(a_series_finds_its_own_chart),
    cmocka_unit_test(an_event_outside_the_readings_time_is_counted),
    cmocka_unit_test(colours_meet_wcag),
};

static const struct {
    const char *name;
    CMUnitTestFunction run;
} FOR_EACH_CASE[] = {
    {"labels never collide or leave the page", labels_never_collide_or_leave_the_page},
    {"the same bytes twice", every_format_and_theme_gives_the_same_bytes_twice},
    {"well-formed SVG", the_svg_is_well_formed},
};

int main(void)
{
    g_autoptr(GArray) tests = g_array_new(FALSE, TRUE, sizeof(struct CMUnitTest));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_array_append_vals(tests, ALONE, G_N_ELEMENTS(ALONE));
    for (size_t i = 0; i < N_SPC_CASES; i++)
        for (size_t j = 0; j < G_N_ELEMENTS(FOR_EACH_CASE); j++) {
            char *name = g_strdup_printf("%s: %s", SPC_CASES[i].name, FOR_EACH_CASE[j].name);
            g_ptr_array_add(names, name);
            const struct CMUnitTest test = {name, FOR_EACH_CASE[j].run, NULL, NULL, (void *)(uintptr_t)&SPC_CASES[i]};
            g_array_append_val(tests, test);
        }
    return _cmocka_run_group_tests("control chart", (const struct CMUnitTest *)(void *)tests->data, tests->len, NULL, NULL);
}
