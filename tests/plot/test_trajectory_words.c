/* What a trajectory chart says of a series without numbers or dates, and that it says the same everywhere. */
#include "plot/cmocka_setup.h"

#include <string.h>

#include "plot/chart/charts.h"
#include "plot/chart/trajectory_parts.h"
#include "plot/fixture_drawing.h"
#include "plot/fixture_selection.h"

static const DrawingSize PAGE = {960, 540};

static SeriesFixture *made(const char *name)
{
    for (size_t i = 0; i < N_SERIES_CASES; i++)
        if (strcmp(SERIES_CASES[i].name, name) == 0)
            return SERIES_CASES[i].make();
    fail_msg("no series %s", name);
    return NULL;
}

static void an_axis_without_a_number_is_not_made_up(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) nothing = made("nothing_at_all");
    assert_true(drawing_says(wm_trajectory_draw, &nothing->series, PAGE, "No readings yet"));
    assert_false(drawing_has_text(wm_trajectory_draw, &nothing->series, PAGE, "0%") ||
                 drawing_has_text(wm_trajectory_draw, &nothing->series, PAGE, "100%"));
    g_autoptr(SeriesFixture) planned = made("no_readings");
    assert_true(drawing_says(wm_trajectory_draw, &planned->series, PAGE, "70%"));
}

/* A target without a date has no place on the page: it makes no axis. */
static void a_target_without_a_date_makes_no_axis(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = fixture_new();
    const WmSeriesMilestone undated = {.due = WM_NO_DAY, .target = 5};
    fixture_assess(fixture, "2023-02-28");
    fixture->series.milestones = &undated;
    fixture->series.n_milestones = 1;
    assert_true(drawing_says(wm_trajectory_draw, &fixture->series, PAGE, "The milestone has no date or no number yet"));
    assert_false(drawing_has_text(wm_trajectory_draw, &fixture->series, PAGE, "0%"));
}

/* One chance has one wording, wherever it stands. */
static void title_and_label_say_the_same_chance(void **state)
{
    (void)state;
    g_autoptr(SeriesFixture) fixture = made("negative_values");
    const WmChartOptions svg = {.format = WM_FORMAT_SVG};
    g_autoptr(GBytes) drawn = wm_chart_trajectory(&fixture->series, &svg, NULL);
    assert_true(file_has(drawn, "under 1% chance of"));
    assert_true(file_has(drawn, ">under 1% chance<"));
    assert_false(file_has(drawn, ">1% chance<"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_axis_without_a_number_is_not_made_up),
        cmocka_unit_test(a_target_without_a_date_makes_no_axis),
        cmocka_unit_test(title_and_label_say_the_same_chance),
    };
    return cmocka_run_group_tests_name("trajectory_words", tests, NULL, NULL);
}
