/* The timeline of actions and the matrix of risks: groups, states in words, and what is counted where it cannot be named. */
#include "plot/cmocka_setup.h"

#include <waymark/chart_plan.h>

#include "plot/chart/charts.h"
#include "plot/fixture_drawing.h"

static const DrawingSize PAGE = {960, 540};

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

/* A mark that the key leaves out is a riddle: also on a small page. */
static void a_small_timeline_names_every_mark(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"Due",      "Was due",     "Red",        "Amber", "Green",
                                        "Complete", "Not started", "Not judged", "As at"};
    const WmDay march = wm_day_from_date(2022, 3, 31);
    WmRagMark marks[WM_N_RAGS];
    for (int rag = 0; rag < WM_N_RAGS; rag++)
        marks[rag] = (WmRagMark){march - 300 + 30 * rag, (WmRag)rag};
    const WmActionFacts facts = {
        .start = march - 400, .due = march - 20, .new_due = march + 60, .marks = marks, .n_marks = WM_N_RAGS};
    const WmTimelineAction actions[] = {{"1", "Hire", "", "", facts}};
    const WmTimeline timeline = {"", march, actions, 1};
    for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++)
        assert_true(drawing_has_text(wm_timeline_draw, &timeline, (DrawingSize){320, 180}, NAMES[i]));
}

/* Names have the page to themselves where nothing stands beside them. */
static void names_without_a_date_are_not_cut_beside_free_room(void **state)
{
    (void)state;
    const char *const NAME = "Families speak with leaders more often";
    const DrawingSize small = {320, 180};
    const WmActionFacts undated = {.start = WM_NO_DAY, .due = WM_NO_DAY, .new_due = WM_NO_DAY, .timeline_due = WM_NO_DAY};
    WmTimelineAction actions[] = {{"1", NAME, "", "", undated}, {"2", "Meet", "", "", undated}};
    const WmTimeline timeline = {"", WM_NO_DAY, actions, G_N_ELEMENTS(actions)};
    assert_true(drawing_has_text(wm_timeline_draw, &timeline, small, NAME));
    actions[1].facts.state = WM_ACTION_COMPLETE; /* said beside its name */
    assert_false(drawing_has_text(wm_timeline_draw, &timeline, small, NAME));
    assert_true(drawing_has_text(wm_timeline_draw, &timeline, small, "complete, no due date"));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_timeline_names_its_groups_and_explains_what_it_shows),
        cmocka_unit_test(a_full_timeline_still_names_its_groups),
        cmocka_unit_test(a_small_timeline_names_every_mark),
        cmocka_unit_test(names_without_a_date_are_not_cut_beside_free_room),
        cmocka_unit_test(a_timeline_says_states_in_words),
        cmocka_unit_test(a_cell_of_many_risks_says_their_number),
        cmocka_unit_test(a_risk_without_a_score_is_counted),
    };
    return cmocka_run_group_tests_name("plan_charts", tests, NULL, NULL);
}
