/* What texts stand on, as it was drawn and not as a palette means it: seen in pixels, over every kind and theme.
 *
 * Tolerances. A label that must be there (the latest value, the next milestone) stands where it covers the least, and in a series
 * of chance with marks all over the plot that is not nothing. So of all texts over a thousand such series one in FEW_TEXTS may
 * cover more than SOME_MARKS of its letters' box, and none more than MOST_MARKS; its halo keeps it legible, which the contrast
 * shows.
 */
#include "plot/cmocka_setup.h"

#include <string.h>

#include "plot/chart/charts.h"
#include "plot/chart/kinds.h"
#include "plot/fixture_areas.h"
#include "plot/fixture_beneath.h"
#include "plot/fixture_calibration.h"
#include "plot/fixture_selection.h"

#define N_RANDOM    1000
#define N_EVERYWAY  6    /* selections that are drawn in every kind and theme */
#define SOME_MARKS  0.08 /* of a text's box: a corner of a line */
#define MOST_MARKS  0.40
#define FEW_TEXTS   250
#define MOST_STRUCK 0.10 /* of a text's ink: the edge of a mark that touches it */

static const DrawingSize SIZES[] = {{320, 200}, {480, 270}, {640, 400}};

/* Texts seen, and those that cover more than a little. */
typedef struct {
    size_t n, n_over_marks;
} Count;

/* WCAG 2.2, 1.4.3: 4.5:1, and 3:1 of large text. */
static void assert_seen_well(const TextBeneath *one, const char *what, WmThemeName theme)
{
    if (one->contrast < (one->is_large ? 3 : 4.5))
        fail_msg("%s, %s: \"%s\" has a contrast of %.2f to what it stands on", what, wm_theme_name(theme), one->text,
                 one->contrast);
    if (one->struck_share > MOST_STRUCK)
        fail_msg("%s, %s: \"%s\" is drawn over, %.0f%% of it", what, wm_theme_name(theme), one->text, 100 * one->struck_share);
    if (one->mark_share > MOST_MARKS)
        fail_msg("%s, %s: \"%s\" stands on marks, %.0f%% of it", what, wm_theme_name(theme), one->text, 100 * one->mark_share);
}

static void look(WmDrawFunc draw, const void *data, DrawingSize size, WmThemeName theme, const char *what, Count *count)
{
    g_autoptr(GArray) texts = beneath_texts(draw, data, size, theme);
    for (guint i = 0; i < texts->len; i++) {
        const TextBeneath *one = &g_array_index(texts, TextBeneath, i);
        assert_seen_well(one, what, theme);
        count->n++;
        count->n_over_marks += one->mark_share > SOME_MARKS;
    }
}

static void look_at_kind(const WmChartKind *kind, const WmChartSelection *selection, DrawingSize size, WmThemeName theme,
                         guint32 seed, Count *count)
{
    void *data = kind->gather(selection);
    if (!data)
        return;
    g_autofree char *what = g_strdup_printf("%s of seed %u", wm_chart_kind_name(kind), seed);
    look(kind->draw, data, size, theme, what, count);
    if (kind->release)
        kind->release(data);
}

static void assert_few(const Count *count, size_t n_least)
{
    assert_true(count->n > n_least);
    if (count->n_over_marks * FEW_TEXTS > count->n)
        fail_msg("%zu of %zu texts stand on marks", count->n_over_marks, count->n);
}

/* The two that place labels among the marks of a series. */
static void labels_keep_off_the_data_of_a_thousand_series(void **state)
{
    (void)state;
    const WmChartKind *const kinds[] = {wm_chart_kind_find("trajectory"), wm_chart_kind_find("spc")};
    Count count = {0};
    for (guint32 seed = 0; seed < N_RANDOM; seed++) {
        g_autoptr(SelectionFixture) fixture = selection_random(seed);
        for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
            look_at_kind(kinds[i], &fixture->selection, SIZES[seed % G_N_ELEMENTS(SIZES)], (WmThemeName)(seed % WM_N_THEMES), seed,
                         &count);
    }
    assert_few(&count, 20 * N_RANDOM);
}

static void every_text_of_every_kind_stands_out_in_every_theme(void **state)
{
    (void)state;
    size_t n;
    const WmChartKind *const *kinds = wm_chart_kinds(&n);
    Count count = {0};
    for (guint32 seed = 0; seed < N_EVERYWAY; seed++) {
        g_autoptr(SelectionFixture) fixture = seed ? selection_random(seed) : selection_of_cases();
        for (size_t i = 0; i < n; i++)
            for (int theme = 0; theme < WM_N_THEMES; theme++)
                look_at_kind(kinds[i], &fixture->selection, SIZES[(size_t)theme % G_N_ELEMENTS(SIZES)], (WmThemeName)theme, seed,
                             &count);
    }
    assert_few(&count, 2000);
}

static void so_does_every_text_about_areas_and_chances(void **state)
{
    (void)state;
    Count count = {0};
    for (int theme = 0; theme < WM_N_THEMES; theme++) {
        for (size_t i = 0; i < N_AREAS_CASES; i++) {
            g_autoptr(AreasFixture) fixture = AREAS_CASES[i].make();
            look(wm_funnel_draw, &fixture->areas, SIZES[2], (WmThemeName)theme, AREAS_CASES[i].name, &count);
            look(wm_ranking_draw, &fixture->areas, SIZES[2], (WmThemeName)theme, AREAS_CASES[i].name, &count);
        }
        for (size_t i = 0; i < N_CALIBRATION_CASES; i++) {
            const WmCalibration data = calibration_of(CALIBRATION_CASES[i].bins, CALIBRATION_CASES[i].n_bins);
            look(wm_calibration_draw, &data, SIZES[2], (WmThemeName)theme, CALIBRATION_CASES[i].name, &count);
        }
    }
    assert_few(&count, 1000);
}

/* ---- the check itself ---- */

static const WmTextStyle BLACK = {12, false, {0x000000, 1}, {0, 0}}, PALE = {12, false, {0xAAAAAA, 1}, {0, 0}};
static const WmPaint BAR = {.fill = {0x333333, 1}};

static void draw_each_fault(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    (void)style, (void)data;
    wm_canvas_text(canvas, (WmPoint){10, 30}, WM_ANCHOR_START, "sound", &BLACK);
    wm_canvas_text(canvas, (WmPoint){10, 60}, WM_ANCHOR_START, "pale", &PALE);
    wm_canvas_rect(canvas, (WmRect){10, 80, 15, 20}, 0, &BAR);
    wm_canvas_text(canvas, (WmPoint){10, 95}, WM_ANCHOR_START, "on a mark", &BLACK);
    wm_canvas_text(canvas, (WmPoint){10, 125}, WM_ANCHOR_START, "struck", &BLACK);
    wm_canvas_rect(canvas, (WmRect){10, 110, 20, 20}, 0, &(WmPaint){.fill = {0xFFFFFF, 1}});
}

static void each_fault_is_seen(void **state)
{
    (void)state;
    g_autoptr(GArray) texts = beneath_texts(draw_each_fault, NULL, (DrawingSize){160, 150}, WM_THEME_SCREEN);
    const TextBeneath *seen = (const TextBeneath *)(const void *)texts->data;
    assert_int_equal(texts->len, 4);
    assert_true(seen[0].contrast > 20 && seen[0].mark_share == 0 && seen[0].struck_share < 0.01);
    assert_true(seen[1].contrast > 2 && seen[1].contrast < 2.5); /* #AAAAAA on white: 2.32 */
    assert_true(seen[2].mark_share > 0.2 && seen[2].mark_share < 0.4 && seen[2].contrast < 2);
    assert_true(seen[3].struck_share > 0.4 && seen[3].mark_share == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_fault_is_seen),
                                       cmocka_unit_test(labels_keep_off_the_data_of_a_thousand_series),
                                       cmocka_unit_test(every_text_of_every_kind_stands_out_in_every_theme),
                                       cmocka_unit_test(so_does_every_text_about_areas_and_chances)};
    return cmocka_run_group_tests_name("what texts stand on", tests, NULL, NULL);
}
