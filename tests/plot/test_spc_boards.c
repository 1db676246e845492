/* Variation and assurance of many measures, as a matrix and as a table of icons. */
#include "plot/cmocka_setup.h"

#include <waymark/chart_board.h>

#include <math.h>
#include <string.h>

#include "plot/chart/charts.h"
#include "plot/fixture_drawing.h"

static const DrawingSize PAGE = {960, 540}, SMALL = {160, 60};

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
    assert_non_null(strstr(alt, "Worsening; the target is hit or miss so far"));
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
    assert_true(drawing_says(wm_matrix_draw, &board.board, PAGE, "plan of")); /* there are lines to spare */
    board.items[2].variation = WM_EFFECT_IMPROVEMENT;
    assert_true(drawing_has_text(wm_matrix_draw, &board.board, (DrawingSize){320, 180}, "Improvement"));
}

/* Without room for a word a board still shows how many stand how. */
static void a_board_too_small_for_words_is_drawn_without(void **state)
{
    (void)state;
    Board board = {0};
    add_areas(&board, 5, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
    const size_t dots = drawing_n_shapes(wm_matrix_draw, &board.board, SMALL, "<circle"),
                 icons = drawing_n_shapes(wm_icons_draw, &board.board, SMALL, "<circle");
    add_areas(&board, 7, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
    assert_int_equal(drawing_n_shapes(wm_matrix_draw, &board.board, SMALL, "<circle"), dots + 7);
    assert_int_equal(drawing_n_shapes(wm_icons_draw, &board.board, SMALL, "<circle"), icons + 7);
    g_autofree char *matrix = drawing_fault(wm_matrix_draw, &board.board, SMALL),
                    *table = drawing_fault(wm_icons_draw, &board.board, SMALL);
    assert_null(matrix);
    assert_null(table);
}

/* Numbers of rows below the foot take no room from the names above it. */
static void columns_of_icons_are_as_wide_as_the_rows_shown(void **state)
{
    (void)state;
    static const char NAME[] = "Plans issued within twenty weeks of being asked for";
    const DrawingSize size = {640, 330};
    Board board = {0};
    for (size_t i = 0; i < 30; i++) {
        add_item(&board, NAME, WM_KIND_COUNT, 50, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
        board.items[i].measure = (WmMeasure){.kind = WM_KIND_COUNT, .low = 0, .high = 1e12};
        board.items[i].measure_unit = "children";
    }
    assert_true(drawing_has_text(wm_icons_draw, &board.board, size, NAME));
    board.items[29].centre = 123456789012;
    assert_true(drawing_has_text(wm_icons_draw, &board.board, size, NAME));
    board.items[0].centre = 123456789012;
    assert_false(drawing_has_text(wm_icons_draw, &board.board, size, NAME));
}

/* One long figure below does not cut the names of all rows. */
static void names_take_what_the_latest_leaves(void **state)
{
    (void)state;
    static const char NAME[] = "Plans issued within twenty weeks of being asked for";
    const DrawingSize size = {660, 330};
    Board board = {0};
    for (size_t i = 0; i < 2; i++) {
        add_item(&board, NAME, WM_KIND_COUNT, 50, WM_EFFECT_COMMON, WM_ASSURANCE_NONE);
        board.items[i].measure = (WmMeasure){.kind = WM_KIND_COUNT, .low = 0, .high = 1e12};
        board.items[i].measure_unit = "children";
    }
    board.items[1].name = "Another";
    board.items[1].value = 123456789012;
    assert_true(drawing_has_text(wm_icons_draw, &board.board, size, NAME));
    board.items[1].name = NAME;
    board.items[0].name = "Another";
    assert_false(drawing_has_text(wm_icons_draw, &board.board, size, NAME));
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
        cmocka_unit_test(a_board_too_small_for_words_is_drawn_without),
        cmocka_unit_test(columns_of_icons_are_as_wide_as_the_rows_shown),
        cmocka_unit_test(names_take_what_the_latest_leaves),
    };
    return cmocka_run_group_tests_name("spc_boards", tests, NULL, NULL);
}
