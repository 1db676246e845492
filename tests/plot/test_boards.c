/* Charts of many: what they say of very many areas, of outliers, of rows without a number, and what they leave out aloud. */
#include "plot/cmocka_setup.h"

#include <math.h>
#include <string.h>

#include "plot/chart/charts.h"
#include "plot/chart/kinds.h"
#include "plot/chart/trajectory_parts.h"
#include "plot/fixture_drawing.h"
#include "plot/fixture_selection.h"

static const DrawingSize PAGE = {960, 540};

/* ---- variation and assurance ---- */

#define MOST_ITEMS 80

typedef struct {
    WmSpcItem items[MOST_ITEMS];
    WmSpcBoard board;
} Board;

static void add_item(Board *self, const char *name, WmKind kind, double value, WmEffect variation, WmAssurance assurance)
{
    const double none = (double)NAN;
    self->items[self->board.n_items++] = (WmSpcItem){.name = name,
                                                     .group = "Plans on time",
                                                     .measure_unit = "%",
                                                     .measure = {.kind = kind, .low = 0, .high = 100},
                                                     .value = value,
                                                     .target = none,
                                                     .centre = none,
                                                     .lower = none,
                                                     .upper = none,
                                                     .is_judged = true,
                                                     .variation = variation,
                                                     .assurance = assurance};
    self->board.items = self->items;
    self->board.title = "";
    self->board.as_at = WM_NO_DAY;
}

static void add_areas(Board *self, size_t n, WmEffect variation, WmAssurance assurance)
{
    for (size_t i = 0; i < n; i++)
        add_item(self, "Plans on time, somewhere", WM_KIND_PERCENT, 50, variation, assurance);
    self->board.is_of_areas = n > 1;
}

static void a_matrix_counts_areas_that_are_too_many_to_name(void **state)
{
    (void)state;
    Board many = {0};
    add_areas(&many, 70, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
    assert_true(drawing_says(wm_matrix_draw, &many.board, PAGE, "70: Plans on time"));
    Board few = {0};
    add_areas(&few, 3, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
    assert_true(drawing_says(wm_matrix_draw, &few.board, PAGE, "Plans on time, somewhere"));
    assert_false(drawing_says(wm_matrix_draw, &few.board, PAGE, "3: "));
}

/* Rows of few names keep their height beside one of very many. */
static void a_matrix_keeps_every_row(void **state)
{
    (void)state;
    Board board = {0};
    add_areas(&board, 70, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
    add_item(&board, "Alone", WM_KIND_PERCENT, 50, WM_EFFECT_CONCERN, WM_ASSURANCE_FAIL);
    for (int height = 400; height < 2000; height += 400)
        assert_true(drawing_says(wm_matrix_draw, &board.board, (DrawingSize){960, height}, "Alone"));
}

static void a_board_claims_no_target_that_nobody_judged(void **state)
{
    (void)state;
    static const struct {
        WmAssurance assurance[2];
        const char *says;
    } CASES[] = {
        {{WM_ASSURANCE_NONE, WM_ASSURANCE_NONE}, "no target can be judged yet"},
        {{WM_ASSURANCE_PASS, WM_ASSURANCE_NONE}, "none of 1 judged will miss its target"},
        {{WM_ASSURANCE_FAIL, WM_ASSURANCE_FAIL}, "2 will miss their targets"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Board board = {0};
        add_item(&board, "A", WM_KIND_PERCENT, 50, WM_EFFECT_COMMON, CASES[i].assurance[0]);
        add_item(&board, "B", WM_KIND_PERCENT, 50, WM_EFFECT_CONCERN, CASES[i].assurance[1]);
        g_autofree char *alt = wm_chart_matrix_alt(&board.board);
        if (!strstr(alt, CASES[i].says))
            fail_msg("%s", alt);
    }
    Board one = {0};
    add_item(&one, "A", WM_KIND_PERCENT, 50, WM_EFFECT_CONCERN, WM_ASSURANCE_INCONSISTENT);
    g_autofree char *alt = wm_chart_icons_alt(&one.board);
    assert_non_null(strstr(alt, "Worsening; the target is hit or miss"));
}

/* Too few readings, or one, are no "No signal": they count neither as steady nor in the title. */
static void a_board_counts_none_that_cannot_signal(void **state)
{
    (void)state;
    Board board = {0};
    add_item(&board, "Long", WM_KIND_PERCENT, 50, WM_EFFECT_IMPROVEMENT, WM_ASSURANCE_FAIL);
    add_item(&board, "Short", WM_KIND_PERCENT, 50, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
    add_item(&board, "Shorter", WM_KIND_PERCENT, 50, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
    g_autofree char *all = wm_chart_matrix_alt(&board.board);
    assert_non_null(strstr(all, "Of 3 indicators judged none gets worse, 1 better; 1 will miss its target"));
    assert_non_null(strstr(all, "Not judged, No signal: 2."));
    board.items[1].is_judged = board.items[2].is_judged = false;
    g_autofree char *one = wm_chart_matrix_alt(&board.board), *table = wm_chart_icons_alt(&board.board);
    assert_non_null(strstr(one, "Of 1 indicator judged none gets worse, 1 better; 1 will miss its target"));
    assert_non_null(strstr(one, "Not judged, Not judged: 2."));
    assert_null(strstr(one, "No signal"));
    assert_non_null(strstr(table, "Short, 50%: Not judged"));
    assert_true(drawing_says(wm_matrix_draw, &board.board, PAGE, "2 not judged: too few readings, or all the same"));
    assert_true(drawing_says(wm_icons_draw, &board.board, PAGE, "2 not judged: too few readings, or all the same"));
    assert_false(drawing_says(wm_icons_draw, &board.board, PAGE, "No signal"));
    board.items[0].is_judged = false;
    board.items[0].assurance = WM_ASSURANCE_NONE;
    g_autofree char *none = wm_chart_matrix_alt(&board.board);
    assert_non_null(strstr(none, "No indicator has readings enough to tell real change from noise; no target can be judged yet"));
}

static void a_table_of_icons_tells_a_path_from_a_target(void **state)
{
    (void)state;
    Board board = {0};
    add_item(&board, "On a path", WM_KIND_PERCENT, 50, WM_EFFECT_COMMON, WM_ASSURANCE_FAIL);
    board.items[0].target = 85;
    assert_false(drawing_says(wm_icons_draw, &board.board, PAGE, "path 85%"));
    board.items[0].is_target_of_path = true;
    assert_true(drawing_says(wm_icons_draw, &board.board, PAGE, "path 85%"));
}

static void a_table_of_icons_leaves_deliverables_out_aloud(void **state)
{
    (void)state;
    Board board = {0};
    add_item(&board, "Measured", WM_KIND_PERCENT, 50, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
    add_item(&board, "Delivered", WM_KIND_YES_NO, (double)NAN, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
    assert_true(drawing_says(wm_icons_draw, &board.board, PAGE, "Measured"));
    assert_false(drawing_says(wm_icons_draw, &board.board, PAGE, "Delivered"));
    assert_true(drawing_says(wm_icons_draw, &board.board, PAGE, "1 deliverable without a control chart"));
}

/* Only the first name of a cell shares its line with the number. */
static void a_matrix_gives_its_names_the_whole_cell(void **state)
{
    (void)state;
    Board board = {0};
    add_item(&board, "Appeals to the Tribunal", WM_KIND_PERCENT, 50, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
    add_item(&board, "Children with a health plan of", WM_KIND_PERCENT, 50, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
    add_item(&board, "Alone", WM_KIND_PERCENT, 50, WM_EFFECT_NEUTRAL_HIGH, WM_ASSURANCE_NONE);
    add_item(&board, "Short", WM_KIND_PERCENT, 50, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
    board.items[3].is_judged = false;
    assert_true(drawing_says(wm_matrix_draw, &board.board, PAGE, "Children with a health plan of"));
    const WmSpcItem first = board.items[0];
    board.items[0] = board.items[1];
    board.items[1] = first;
    assert_false(drawing_says(wm_matrix_draw, &board.board, PAGE, "Children with a health plan of"));
    board.items[2].variation = WM_EFFECT_IMPROVEMENT;
    assert_true(drawing_has_text(wm_matrix_draw, &board.board, (DrawingSize){320, 180}, "Improvement"));
}

/* ---- small multiples and cards ---- */

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

/* ---- plans ---- */

static void a_timeline_names_its_groups_and_explains_what_it_shows(void **state)
{
    (void)state;
    const WmDay march = wm_day_from_date(2022, 3, 31), june = wm_day_from_date(2022, 6, 30);
    const WmTimelineAction actions[] = {
        {"1", "Hire", "Workforce", "", {.start = march, .due = june, .new_due = WM_NO_DAY, .timeline_due = WM_NO_DAY}},
        {"2", "Train", "Workforce", "", {.start = WM_NO_DAY, .due = june, .new_due = WM_NO_DAY, .timeline_due = WM_NO_DAY}},
        {"3", "Meet", "Voice", "", {.start = WM_NO_DAY, .due = WM_NO_DAY, .new_due = WM_NO_DAY, .timeline_due = WM_NO_DAY}}};
    const WmTimeline dated = {"", march, actions, 3}, undated = {"", march, actions + 2, 1};
    assert_true(drawing_says(wm_timeline_draw, &dated, PAGE, "Workforce") && drawing_says(wm_timeline_draw, &dated, PAGE, "Voice"));
    assert_true(drawing_says(wm_timeline_draw, &dated, PAGE, "As at") && drawing_says(wm_timeline_draw, &dated, PAGE, "2022"));
    assert_false(drawing_says(wm_timeline_draw, &dated, PAGE, "Was due") || drawing_says(wm_timeline_draw, &dated, PAGE, "Red"));
    assert_true(drawing_says(wm_timeline_draw, &undated, PAGE, "No action has a date or a status yet"));
    assert_false(drawing_says(wm_timeline_draw, &undated, PAGE, "Feb"));
}

/* However many rows a page leaves out, a row stands under the name of its group. */
static void a_full_timeline_still_names_its_groups(void **state)
{
    (void)state;
    const WmDay march = wm_day_from_date(2022, 3, 31);
    WmTimelineAction actions[120];
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++)
        actions[i] = (WmTimelineAction){
            "1", "Hire", i < 10 ? "Workforce" : "Voice", "", {.start = march, .due = march + 60, .new_due = WM_NO_DAY}};
    const WmTimeline timeline = {"", march, actions, G_N_ELEMENTS(actions)};
    assert_true(drawing_says(wm_timeline_draw, &timeline, PAGE, "Workforce"));
    assert_true(drawing_says(wm_timeline_draw, &timeline, PAGE, "Voice"));
    assert_true(drawing_says(wm_timeline_draw, &timeline, PAGE, "of 120 shown"));
}

/* What has a start and no end says so in words, on the side where it has room. */
static void a_timeline_says_states_in_words(void **state)
{
    (void)state;
    const WmDay march = wm_day_from_date(2022, 3, 31), october = wm_day_from_date(2021, 10, 31);
    const WmActionFacts early = {.start = october, .due = WM_NO_DAY, .new_due = WM_NO_DAY, .state = WM_ACTION_NOT_STARTED},
                        late = {.start = march, .due = WM_NO_DAY, .new_due = WM_NO_DAY, .state = WM_ACTION_COMPLETE};
    const WmTimelineAction actions[] = {{"1", "Hire", "", "", early}, {"2", "Train", "", "", late}};
    const WmTimeline timeline = {"", march, actions, G_N_ELEMENTS(actions)};
    assert_true(drawing_says(wm_timeline_draw, &timeline, PAGE, "not started, no due date"));
    assert_true(drawing_says(wm_timeline_draw, &timeline, PAGE, "complete, no due date"));
}

/* A number that does not fit its cell with a word stands there without it, never cut. */
static void a_cell_of_many_risks_says_their_number(void **state)
{
    (void)state;
    WmRiskEntry risks[12];
    for (size_t i = 0; i < G_N_ELEMENTS(risks); i++)
        risks[i] = (WmRiskEntry){"1", "Late", wm_risk_score(2, 3, 3), wm_risk_score(1, 1, 3)};
    const WmRiskChart chart = {.title = "", .as_at = WM_NO_DAY, .scale = 3, .risks = risks, .n_risks = G_N_ELEMENTS(risks)};
    assert_true(drawing_has_text(wm_risk_matrix_draw, &chart, (DrawingSize){160, 60}, "12"));
    assert_false(drawing_says(wm_risk_matrix_draw, &chart, (DrawingSize){160, 60}, "…"));
}

static void a_risk_without_a_score_is_counted(void **state)
{
    (void)state;
    const WmRiskEntry risks[] = {{"1", "Scored", wm_risk_score(3, 3, 3), wm_risk_score(1, 1, 3)},
                                 {"2", "Half scored", {0, 0, 0, WM_RISK_UNSCORED}, wm_risk_score(1, 2, 3)}};
    const WmRiskChart chart = {.title = "", .as_at = WM_NO_DAY, .scale = 3, .risks = risks, .n_risks = 2};
    assert_true(drawing_says(wm_risk_matrix_draw, &chart, PAGE, "1 high before, none after"));
    assert_true(drawing_says(wm_risk_matrix_draw, &chart, PAGE, "Without a score: 1 before, 0 after mitigation"));
    assert_true(drawing_says(wm_risk_matrix_draw, &chart, PAGE, "Likelihood ↑"));
    assert_true(drawing_says(wm_risk_matrix_draw, &chart, PAGE, "High, from 6"));
    assert_false(drawing_says(wm_risk_matrix_draw, &chart, PAGE, "Extreme"));
}

/* ---- series ---- */

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
        cmocka_unit_test(a_matrix_counts_areas_that_are_too_many_to_name),
        cmocka_unit_test(a_matrix_keeps_every_row),
        cmocka_unit_test(a_board_claims_no_target_that_nobody_judged),
        cmocka_unit_test(a_board_counts_none_that_cannot_signal),
        cmocka_unit_test(a_table_of_icons_tells_a_path_from_a_target),
        cmocka_unit_test(a_table_of_icons_leaves_deliverables_out_aloud),
        cmocka_unit_test(a_matrix_gives_its_names_the_whole_cell),
        cmocka_unit_test(one_old_outlier_does_not_flatten_the_rest),
        cmocka_unit_test(an_older_figure_is_marked_and_ranks_nowhere),
        cmocka_unit_test(small_multiples_keep_both_ends_in_every_title),
        cmocka_unit_test(a_scorecard_too_small_for_a_card_counts_by_status),
        cmocka_unit_test(more_cards_than_a_page_bears_are_counted),
        cmocka_unit_test(a_timeline_names_its_groups_and_explains_what_it_shows),
        cmocka_unit_test(a_full_timeline_still_names_its_groups),
        cmocka_unit_test(a_timeline_says_states_in_words),
        cmocka_unit_test(a_cell_of_many_risks_says_their_number),
        cmocka_unit_test(a_risk_without_a_score_is_counted),
        cmocka_unit_test(an_axis_without_a_number_is_not_made_up),
        cmocka_unit_test(a_target_without_a_date_makes_no_axis),
        cmocka_unit_test(title_and_label_say_the_same_chance),
    };
    return cmocka_run_group_tests_name("boards", tests, NULL, NULL);
}
