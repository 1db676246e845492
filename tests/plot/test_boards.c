/* Small multiples and cards: what they say of very many areas, of outliers, and what they leave out aloud. */
#include "plot/cmocka_setup.h"

#include <string.h>

#include "plot/chart/charts.h"
#include "plot/chart/kinds.h"
#include "plot/fixture_drawing.h"
#include "plot/fixture_selection.h"

static const DrawingSize PAGE = {960, 540}, SMALL = {160, 60};

#define N_AREAS 30

static void one_old_outlier_does_not_flatten_the_rest(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) fixtures = g_ptr_array_new_with_free_func((GDestroyNotify)fixture_free);
    const WmSeries *series[N_AREAS];
    for (size_t i = 0; i < N_AREAS; i++) {
        SeriesFixture *one = fixture_new();
        const double values[] = {i == 7 ? 95 : 3, 4, 5, 4 + (double)(i % 3)};
        fixture_readings(one, "2021-01", values, G_N_ELEMENTS(values));
        fixture_assess(one, "2021-05-31");
        g_ptr_array_add(fixtures, one);
        series[i] = &one->series;
    }
    const WmBoard all = {.title = "", .as_at = WM_NO_DAY, .series = series, .n_series = N_AREAS},
                  few = {.title = "", .as_at = WM_NO_DAY, .series = series, .n_series = 9};
    const DrawingSize tall = {960, 900};
    assert_true(drawing_says(wm_multiples_draw, &all, tall, "1 reading beyond the scale"));
    assert_false(drawing_says(wm_multiples_draw, &all, tall, "100%"));
    assert_false(drawing_says(wm_multiples_draw, &few, tall, "beyond the scale"));
    assert_true(drawing_says(wm_multiples_draw, &few, tall, "100%"));
}

/* Of a public pack: the newest readings of the highest area are hidden. */
static void an_older_figure_is_marked_and_ranks_nowhere(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) fixtures = g_ptr_array_new_with_free_func((GDestroyNotify)fixture_free);
    const WmSeries *series[3];
    static const char *const NAMES[] = {"Aland", "Bland", "Cland"};
    for (size_t i = 0; i < G_N_ELEMENTS(series); i++) {
        SeriesFixture *one = fixture_new();
        const double values[] = {40, 41, 42 + 10 * (double)i};
        fixture_readings(one, "2021-01", values, G_N_ELEMENTS(values));
        one->series.unit = one->series.unit_name = NAMES[i];
        fixture_assess(one, "2021-05-31");
        g_ptr_array_add(fixtures, one);
        series[i] = &one->series;
    }
    WmAssessment *last = &((SeriesFixture *)g_ptr_array_index(fixtures, 2))->series.assessment;
    last->reasons[last->n_reasons++] = (WmReason){.code = WM_REASON_NEWEST_HIDDEN, .day = WM_NO_DAY};
    const WmBoard board = {.title = "", .as_at = WM_NO_DAY, .series = series, .n_series = 3},
                  one = {.title = "", .as_at = WM_NO_DAY, .series = series + 2, .n_series = 1};
    const DrawingSize named = {240, 60};
    assert_true(drawing_says(wm_multiples_draw, &board, PAGE, "From 42.0% in Aland to 52.0% in Bland"));
    assert_true(drawing_says(wm_multiples_draw, &board, PAGE, "62.0%\xE2\x80\xA0"));
    assert_true(drawing_says(wm_multiples_draw, &board, PAGE, "newer figures are not published"));
    assert_true(drawing_says(wm_multiples_draw, &one, PAGE, "Newer figures are not published"));
    g_autofree char *alt = wm_chart_multiples_alt(&board);
    assert_non_null(strstr(alt, "Cland 62.0% (newer figures are not published)."));
    assert_true(drawing_says(wm_sparkline_draw, series[2], named, "62.0%\xE2\x80\xA0"));
    assert_true(drawing_says(wm_sparkline_draw, series[2], named, "newer figures are not published"));
    assert_false(drawing_says(wm_sparkline_draw, series[1], named, "\xE2\x80\xA0"));
    g_autofree char *fault = drawing_fault(wm_sparkline_draw, series[2], named);
    assert_null(fault);
}

/* One end of a range must not stand for all. */
static void small_multiples_keep_both_ends_in_every_title(void **state)
{
    (void)state;
    SeriesFixture *fixtures[2];
    const WmSeries *series[2];
    for (size_t i = 0; i < 2; i++) {
        fixtures[i] = fixture_new();
        const double values[] = {10, 20 + 50 * (double)i};
        fixtures[i]->series.unit_name = i ? "Bournemouth, Christchurch and Poole" : "Bath and North East Somerset";
        fixture_readings(fixtures[i], "2021-01", values, G_N_ELEMENTS(values));
        fixture_assess(fixtures[i], "2021-05-31");
        series[i] = &fixtures[i]->series;
    }
    const WmBoard board = {.title = "", .as_at = WM_NO_DAY, .series = series, .n_series = 2};
    assert_true(drawing_says(wm_multiples_draw, &board, (DrawingSize){160, 60}, "20.0% to 70.0%"));
    for (size_t i = 0; i < 2; i++)
        fixture_free(fixtures[i]);
}

static void small_multiples_too_small_for_panels_share_a_plot(void **state)
{
    (void)state;
    SeriesFixture *fixtures[3];
    const WmSeries *series[3];
    const double values[] = {10, 20, 30};
    for (size_t i = 0; i < G_N_ELEMENTS(series); i++) {
        fixtures[i] = fixture_new();
        fixture_readings(fixtures[i], "2021-01", values, G_N_ELEMENTS(values));
        fixture_assess(fixtures[i], "2021-05-31");
        series[i] = &fixtures[i]->series;
    }
    const WmBoard all = {.title = "", .as_at = WM_NO_DAY, .series = series, .n_series = 3},
                  one = {.title = "", .as_at = WM_NO_DAY, .series = series, .n_series = 1};
    assert_true(drawing_n_shapes(wm_multiples_draw, &one, SMALL, "<circle") > 0);
    assert_int_equal(drawing_n_shapes(wm_multiples_draw, &all, SMALL, "<circle"),
                     3 * drawing_n_shapes(wm_multiples_draw, &one, SMALL, "<circle"));
    for (size_t i = 0; i < G_N_ELEMENTS(series); i++)
        fixture_free(fixtures[i]);
}

static void a_scorecard_too_small_for_a_card_counts_by_status(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = fixture_new();
    fixture_assess(fixture, "2021-05-31");
    const WmSeries *series[14];
    for (size_t i = 0; i < G_N_ELEMENTS(series); i++)
        series[i] = &fixture->series;
    const WmBoard board = {.title = "", .as_at = WM_NO_DAY, .series = series, .n_series = G_N_ELEMENTS(series)};
    const DrawingSize sizes[] = {{240, 120}, {160, 60}};
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        char *fault = drawing_fault(wm_scorecard_draw, &board, sizes[i]);
        assert_null(fault);
        assert_true(drawing_has_text(wm_scorecard_draw, &board, sizes[i], "14"));
    }
}

/* A PNG's height stands in bytes 20 to 23. */
static guint32 height_of(GBytes *png)
{
    const guint8 *bytes = g_bytes_get_data(png, NULL);
    return (guint32)bytes[20] << 24 | (guint32)bytes[21] << 16 | (guint32)bytes[22] << 8 | bytes[23];
}

static void more_cards_than_a_page_bears_are_counted(void **state)
{
    (void)state;
    g_autoptr(SelectionFixture) fixture = selection_of_cases();
    const WmSeries *series[700];
    for (size_t i = 0; i < G_N_ELEMENTS(series); i++)
        series[i] = fixture->selection.series[i % 4];
    const WmChartSelection many = {.title = "", .as_at = WM_NO_DAY, .series = series, .n_series = G_N_ELEMENTS(series)};
    const WmChartOptions png = {.format = WM_FORMAT_PNG, .scale = 1}, svg = {.format = WM_FORMAT_SVG};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) drawn = wm_chart_kind_write(wm_chart_kind_find("scorecard"), &many, &png, &error);
    assert_non_null(drawn);
    assert_int_equal(height_of(drawn), WM_CHART_MOST_PX);
    g_autoptr(GBytes) text = wm_chart_kind_write(wm_chart_kind_find("scorecard"), &many, &svg, &error);
    assert_true(file_has(text, "of 700 shown, the worst first"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_old_outlier_does_not_flatten_the_rest),
        cmocka_unit_test(an_older_figure_is_marked_and_ranks_nowhere),
        cmocka_unit_test(small_multiples_keep_both_ends_in_every_title),
        cmocka_unit_test(a_scorecard_too_small_for_a_card_counts_by_status),
        cmocka_unit_test(small_multiples_too_small_for_panels_share_a_plot),
        cmocka_unit_test(more_cards_than_a_page_bears_are_counted),
    };
    return cmocka_run_group_tests_name("boards", tests, NULL, NULL);
}
