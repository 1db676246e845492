/* A plan folder, read: every table, every kind of wrong cell, and the good rows around it. */
#include <math.h>
#include <string.h>

#include "data/fixture_month.h"
#include "engine/data/plan/plan_private.h"

typedef struct {
    const char *name;
    const char *file;
    const char *text;
    const char *problems; /* every finding, as problem_list writes it */
    const char *message;  /* part of the first finding as it is printed; NULL for any */
} CellCase;

#define INDICATORS(rows) "indicators.csv", INDICATORS_HEADER rows
#define ROW              "PCT,P,T1,percent,%,higher,month,0,100,1\n"

static const CellCase CELL_CASES[] = {
    {"a_good_table_has_no_findings", INDICATORS(ROW), "", NULL},
    {"a_bad_number",
     INDICATORS(ROW "A,A,T1,percent,%,higher,month,zero,100,1\n"
                    "Z,Z,T1,count,,higher,month,,,\n"),
     "indicators.csv:3:8 error bad_number\n",
     "indicators.csv:3:8: error: low “zero” is not a number; write a plain number, such as 12.5"},
    {"a_number_as_people_write_it", INDICATORS(ROW "A,A,T1,percent,%,higher,month,0%,100%,1\n"), "", NULL},
    {"a_number_with_words_after_it", INDICATORS(ROW "A,A,T1,percent,%,higher,month,0 of 5,100,1\n"),
     "indicators.csv:3:8 error bad_number\n", "“0 of 5”"},
    {"an_infinite_number", INDICATORS(ROW "A,A,T1,percent,%,higher,month,0,inf,1\n"), "indicators.csv:3:9 error bad_number\n",
     NULL},
    {"a_hexadecimal_number", INDICATORS(ROW "A,A,T1,percent,%,higher,month,0,0x64,1\n"), "indicators.csv:3:9 error bad_number\n",
     NULL},
    {"a_number_out_of_range", INDICATORS(ROW "A,A,T1,percent,%,higher,month,0,1e999,1\n"), "indicators.csv:3:9 error bad_number\n",
     NULL},
    {"a_fraction_for_a_count", INDICATORS(ROW "A,A,T1,percent,%,higher,month,0,100,1.5\n"),
     "indicators.csv:3:10 error bad_number\n", "decimals “1.5” is not a whole number; write a whole number, such as 2"},
    {"a_negative_count", INDICATORS(ROW "A,A,T1,percent,%,higher,month,0,100,-1\n"), "indicators.csv:3:10 error bad_number\n",
     NULL},
    {"a_huge_count", INDICATORS(ROW "A,A,T1,percent,%,higher,month,0,100,2000000000\n"), "indicators.csv:3:10 error bad_number\n",
     NULL},
    {"an_unknown_word_leaves_its_row_out",
     INDICATORS(ROW "A,A,T1,pct,%,higher,month,0,100,1\n"
                    "Z,Z,T1,count,,higher,month,,,\n"),
     "indicators.csv:3:4 error unknown_word\n",
     "indicators.csv:3:4: error: kind “pct” is not known; use one of: count percent rate duration score money yes_no text"},
    {"an_unknown_optional_word", INDICATORS(ROW "A,A,T1,percent,%,up,month,0,100,1\n"), "indicators.csv:3:6 error unknown_word\n",
     "use one of: higher lower plan none"},
    {"a_model_that_is_none", "indicators.csv", "indicator,kind,model\nPCT,percent,arima\n",
     "indicators.csv:2:3 error unknown_word\n", "model “arima” is not known; use one of: auto ols wls"},
    {"an_empty_field_that_is_needed", INDICATORS(ROW ",A,T1,percent,%,higher,month,0,100,1\n"),
     "indicators.csv:3:1 error empty_field\n", "indicator is empty; fill it in, or remove the row"},
    {"letter_case_of_a_word_plays_no_part", INDICATORS("PCT,P,T1,Percent,%,HIGHER,Month,0,100,1\n"), "", NULL},
    {"two_wrong_cells_are_two_findings", INDICATORS(ROW "A,A,T1,pct,%,higher,weekly,x,100,1\n"),
     "indicators.csv:3:4 error unknown_word\nindicators.csv:3:7 error unknown_word\nindicators.csv:3:8 error bad_number\n", NULL},
    {"a_missing_column_that_is_needed", "indicators.csv", "indicator,title\nPCT,P\n", "indicators.csv:1:0 error missing_column\n",
     "indicators.csv:1: error: there is no column kind; add it to the header"},
    {"an_unknown_column", "indicators.csv", "indicator,kind,colour\nPCT,percent,blue\n", "indicators.csv:1:3 info unknown_column\n",
     "column colour is kept, not used"},
    {"a_repeated_column", "indicators.csv", "indicator,kind,kind\nPCT,percent,count\n",
     "indicators.csv:1:3 error repeated_column\n", "column kind stands twice; the first is used"},
    {"columns_in_any_order_and_case", "indicators.csv", "Kind, Indicator \npercent,PCT\n", "", NULL},
    {"a_column_without_a_name", "indicators.csv", "indicator,kind,\nPCT,percent,\n", "", NULL},
    {"more_fields_than_the_header", "indicators.csv", "indicator,kind\nPCT,percent,stray\n",
     "indicators.csv:2:3 error extra_field\n", "the row has 3 fields, the header 2; quote a field that holds a comma"},
    {"fewer_fields_than_the_header", "indicators.csv", "indicator,kind,low,high\nPCT,percent\n", "", NULL},
    {"a_line_after_quoted_newlines",
     INDICATORS("PCT,\"two\nlines\",T1,percent,%,higher,month,x,100,1\n"
                "A,A,T1,percent,%,higher,month,y,100,1\n"),
     "indicators.csv:2:8 error bad_number\nindicators.csv:4:8 error bad_number\n", NULL},
    {"windows_1252_is_said_aloud", INDICATORS("PCT,caf\xE9,T1,percent,%,higher,month,0,100,1\n"),
     "indicators.csv:0:0 warning not_utf8\n",
     "indicators.csv: warning: the file is not UTF-8; it was read as Windows-1252; save it as UTF-8"},
    {"an_empty_table", "themes.csv", "", "themes.csv:0:0 warning empty_file\n", NULL},
    {"a_bad_date", "targets.csv", "indicator,due,target\nPCT,soon,50%\n", "targets.csv:2:2 error bad_date\n",
     "due “soon” is no date or period; write it as 2021-07, Jul-21, Q2 2021/22 or 31/07/2021"},
    {"a_day_that_does_not_exist", "targets.csv", "indicator,due,target\nPCT,30/02/2021,50%\n", "targets.csv:2:2 error bad_date\n",
     NULL},
    {"an_action_may_be_due_in_words", "actions.csv", "action,start,due\nA1,ongoing,TBA\n", "", NULL},
    {"a_rag_needs_its_date", "action_rag.csv", "action,as_at,rag\nA1,,red\nA1,2021-01,green\n",
     "action_rag.csv:2:2 error empty_field\n", NULL},
    {"an_unknown_rag", "action_rag.csv", "action,as_at,rag\nA1,2021-01,purple\n", "action_rag.csv:2:3 error unknown_word\n",
     "use one of: blue green amber red white grey"},
    {"a_rag_in_the_seeds_words", "action_rag.csv", "action,as_at,rag\nA1,2021-01,NYS\nA1,2021-02,complete\n", "", NULL},
    {"an_event_needs_a_known_kind", "events.csv", "indicator,period,kind,title\nPCT,2021-01,strike,x\n",
     "events.csv:2:3 error unknown_word\n", NULL},
    {"a_waypoint_needs_its_value", "trajectory.csv", "indicator,period,value\nPCT,2021-01,\n",
     "trajectory.csv:2:3 error empty_field\n", NULL},
    {"an_override_needs_a_status", "overrides.csv", "indicator,status\nPCT,\n", "overrides.csv:2:2 error empty_field\n", NULL},
};

static void names_what_is_wrong(void **state)
{
    const CellCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({row->file, row->text});
    g_auto(Loaded) loaded = plan_load(&folder);
    g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_INFO);
    assert_string_equal(list, row->problems);
    if (!row->message)
        return;
    g_autofree char *message = wm_problem_format(wm_problems_at(loaded.problems, 0));
    assert_contains(message, row->message);
}

static void a_nul_byte_is_named(void **state)
{
    (void)state;
    static const char TEXT[] = "theme,title\nT1,a\0b\nT2,c\n";
    g_auto(Folder) folder = PLAN_FOLDER({"themes.csv", NULL});
    folder_write_bytes(&folder, "themes.csv", TEXT, sizeof TEXT - 1);
    g_auto(Loaded) loaded = plan_load(&folder);
    g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_INFO);
    assert_string_equal(list, "themes.csv:2:0 error nul_byte\n");
    assert_int_equal(loaded.plan->n_themes, 2);
}

static void good_rows_around_a_bad_one_survive(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({INDICATORS(ROW "A,A,T1,pct,%,higher,month,0,100,1\n"
                                                        "B,B,T1,count,,higher,month,none,,\n"
                                                        "Z,Z,T1,count,,lower,month,,,\n")});
    g_auto(Loaded) loaded = plan_load(&folder);
    const WmPlan *plan = loaded.plan;
    assert_int_equal(plan->n_indicators, 3);
    assert_string_equal(plan->indicators[0].indicator, "PCT");
    assert_string_equal(plan->indicators[1].indicator, "B"); /* a wrong optional cell is empty; its row stays */
    assert_true(isnan(plan->indicators[1].measure.low));
    assert_string_equal(plan->indicators[2].indicator, "Z");
    assert_int_equal(plan->indicators[2].line, 5);
}

static void every_table_is_read(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"neighbours.csv", "unit,neighbour,rank\nN1,S1,1\n"},
        {"comparators.csv", "indicator,comparator,period,value,unit\nPCT,national,2020,52.5,\n"},
        {"milestones.csv", "milestone,theme,title,due,done,indicator,owner_role\nM1,T1,Write it,Jan-21,2021-01-15,YES,Head\n"},
        {"actions.csv", "action,theme,title,owner_role,start,due,status,progress,barrier,change_request,new_due,indicators\n"
                        "A1,T1,Do it,Head,2020-09-01,ongoing,on track,half,none,later,Mar-21,PCT DUR\n"},
        {"action_rag.csv", "action,as_at,rag,note\nA1,2021-01-31,amber,slow\n"},
        {"risks.csv", "risk,title,raised,likelihood_before,impact_before,mitigation,likelihood_after,impact_after,review_due,"
                      "reviewed,progress,indicators\n"
                      "R1,Staff leave,2020-10-01,4,5,Hire,2,4,2021-01,2021-01-10,hired,PCT\n"},
        {"events.csv", "indicator,unit,period,kind,title\nPCT,N1,2021-03,break,New system\n"},
        {"commentary.csv",
         "indicator,unit,as_at,explanation,recovery,recovery_due,author_role\nPCT,,2021-01-31,Slow,Hire,2021-06,Head\n"},
        {"evidence.csv", "indicator,as_at,kind,summary,source\nPCT,2021-01-31,audit,Late,Audit\n"},
        {"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,,amber,Wrong data,Head,2021-01,2021-03\n"},
        {"trajectory.csv", "indicator,unit,period,value\nPCT,,2021-01,45\n"});
    g_auto(Loaded) loaded = plan_load(&folder);
    const WmPlan *plan = loaded.plan;
    assert_int_equal(wm_problems_n(loaded.problems), 0);
    assert_string_equal(plan->themes[0].owner_role, "Head of SEND");
    assert_int_equal(plan->n_units, 2);
    assert_string_equal(plan->units[1].name, "South");
    assert_string_equal(plan->neighbours[0].neighbour, "S1");
    assert_near(plan->neighbours[0].rank, 1, 0);
    assert_int_equal(plan->n_indicators, 5);
    assert_int_equal(plan->n_baselines, 3);
    assert_int_equal(plan->baselines[1].qualifier, WM_BASELINE_GREATER_THAN);
    assert_int_equal(plan->n_targets, 5);
    assert_string_equal(plan->targets[0].due_text, "2021-08");
    assert_int_equal(plan->targets[0].due, day_of("2021-08-31"));
    assert_near(plan->comparators[0].value, 52.5, 0);
    assert_int_equal(plan->deliverables[0].due, day_of("2021-01-31"));
    assert_int_equal(plan->deliverables[0].done, day_of("2021-01-15"));
    assert_int_equal(plan->actions[0].due, WM_NO_DAY);
    assert_string_equal(plan->actions[0].due_text, "ongoing");
    assert_int_equal(plan->actions[0].new_due, day_of("2021-03-31"));
    assert_int_equal(plan->action_rags[0].rag, WM_AMBER);
    assert_int_equal(plan->risks[0].reviewed, day_of("2021-01-10"));
    assert_int_equal(plan->events[0].kind, WM_EVENT_BREAK);
    assert_int_equal(plan->commentary[0].recovery_due, day_of("2021-06-30"));
    assert_string_equal(plan->evidence[0].summary, "Late");
    assert_int_equal(plan->overrides[0].status, WM_AMBER);
    assert_int_equal(plan->overrides[0].from, day_of("2021-01-01")); /* a month begins on its first day and expires on its last */
    assert_int_equal(plan->overrides[0].expires, day_of("2021-03-31"));
    assert_near(plan->paths[0].value, 45, 0);
}

static void an_empty_cell_takes_its_default(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"indicators.csv", "indicator,kind\nA,percent\nB,count\n"});
    g_auto(Loaded) loaded = plan_load(&folder);
    const WmIndicator *a = &loaded.plan->indicators[0], *b = &loaded.plan->indicators[1];
    assert_string_equal(a->title, "");
    assert_int_equal(a->measure.decimals, 1);
    assert_int_equal(b->measure.decimals, 0);
    assert_int_equal(a->measure.polarity, WM_POLARITY_NONE);
    assert_int_equal(a->measure.frequency, WM_FREQUENCY_MONTH);
    assert_true(isnan(a->measure.low) && isnan(a->measure.tolerance));
    assert_int_equal(a->shape, WM_PATH_LINEAR);
}

static void rows_are_found_by_id(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({NULL, NULL});
    g_auto(Loaded) loaded = plan_load(&folder);
    assert_string_equal(wm_plan_indicator(loaded.plan, "DUR")->title, "Weeks waited");
    assert_null(wm_plan_indicator(loaded.plan, "dur"));
    assert_string_equal(wm_plan_theme(loaded.plan, "T1")->title, "First theme");
    assert_null(wm_plan_theme(loaded.plan, ""));
    assert_string_equal(wm_plan_unit(loaded.plan, "S1")->name, "South");
    assert_string_equal(wm_plan_unit(loaded.plan, "E2")->unit, "S1"); /* by its code */
    assert_null(wm_plan_unit(loaded.plan, "E9"));
}

static void a_unit_is_sought_by_id_code_or_name(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"plan.ini", "[plan]\ntitle = T\narea = Ourland\nstart = 2020-09\n"},
                                        {"units.csv", "unit,name,code\nN1,North End,E06000001\nS1,South,\nS2,South,\n"});
    g_auto(Loaded) loaded = plan_load(&folder);
    g_autoptr(GError) absent = NULL, several = NULL;
    assert_string_equal(plan_unit_sought(loaded.plan, "north end", NULL), "N1");
    assert_string_equal(plan_unit_sought(loaded.plan, "E06000001", NULL), "N1");
    assert_string_equal(plan_unit_sought(loaded.plan, "Ourland", NULL), "");
    assert_null(plan_unit_sought(loaded.plan, "Nort End", &absent));
    assert_contains(absent->message, "did you mean “North End”?");
    assert_null(plan_unit_sought(loaded.plan, "South", &several));
    assert_contains(several->message, "several units are called “South”");
}

typedef struct {
    const char *name;
    const char *file, *text; /* NULL text: the file is left out */
    WmErrorCode code;
    const char *message;
} NoPlanCase;

static const NoPlanCase NO_PLAN_CASES[] = {
    {"no_plan_ini", "plan.ini", NULL, WM_ERROR_INPUT, "name a plan folder, or make one with `waymark new DIR`"},
    {"no_indicators", "indicators.csv", NULL, WM_ERROR_INPUT,
     "indicators.csv: there is no such file; `waymark new DIR` writes a starter plan"},
    {"a_plan_ini_that_is_none", "plan.ini", "title = x\n", WM_ERROR_INPUT, "each line is [group], key = value, or # a comment"},
    {"a_table_with_an_open_quote", "themes.csv", "theme,title\nT1,\"open\n", WM_ERROR_INPUT,
     "themes.csv:2: a quote is never closed; close it"},
};

static void there_is_no_plan_to_speak_of(void **state)
{
    const NoPlanCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({row->file, row->text});
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(GError) error = NULL;
    assert_null(wm_plan_read(folder.path, problems, &error));
    assert_true(g_error_matches(error, WM_ERROR, (int)row->code));
    assert_contains(error->message, row->message);
}

static void no_folder_is_no_plan(void **state)
{
    (void)state;
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(GError) error = NULL;
    assert_null(wm_plan_read("/no/such/plan", problems, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_contains(error->message, "/no/such/plan/plan.ini: ");
}

int main(void)
{
    ADD_TABLE(CELL_CASES, names_what_is_wrong);
    ADD(a_nul_byte_is_named);
    ADD(good_rows_around_a_bad_one_survive);
    ADD(every_table_is_read);
    ADD(an_empty_cell_takes_its_default);
    ADD(rows_are_found_by_id);
    ADD(a_unit_is_sought_by_id_code_or_name);
    ADD_TABLE(NO_PLAN_CASES, there_is_no_plan_to_speak_of);
    ADD(no_folder_is_no_plan);
    return run_cases("plan");
}
