/* What is wrong with a plan beyond its single fields: each code, where it points, and what it says. */
#include <math.h>
#include <string.h>

#include "data/fixture_month.h"

typedef struct {
    const char *name;
    const char *file;
    const char *text;
    const char *problems; /* from warnings up, as problem_list writes them */
    const char *message;  /* part of the first of them; NULL for any */
} CheckCase;

#define TARGETS        "targets.csv", "indicator,unit,due,target,note,from,to\n"
#define BASELINES      "baselines.csv", "indicator,unit,value,qualifier,as_at\n"
#define GOOD_INDICATOR "PCT,P,T1,percent,%,higher,month,0,100,1\n"
#define OTHER_INDICATORS \
    "DUR,D,T1,duration,weeks,lower,month,0,,1\nCNT,C,T1,count,pupils,lower,quarter,0,,0\nYES,Y,T1,yes_no,,plan,once,0,1,0\n"
#define PLAN_INI(rows) "plan.ini", "[plan]\ntitle = Test\narea = Ourland\nstart = 2020-09-01\n" rows

static const CheckCase CHECK_CASES[] = {
    {"a_good_plan_has_no_findings", "themes.csv", "theme,title\nT1,First\n", "", NULL},
    {"no_title", "plan.ini", "[plan]\narea = Ourland\nstart = 2020-09\n", "plan.ini:0:0 warning no_title\n",
     "the plan has no title; write [plan] title = …"},
    {"no_area", "plan.ini", "[plan]\ntitle = x\nstart = 2020-09\n", "plan.ini:0:0 warning no_area\n", NULL},
    {"no_start", "plan.ini", "[plan]\ntitle = x\narea = Ourland\n", "plan.ini:0:0 warning no_start\n", NULL},
    {"ends_before_it_starts", PLAN_INI("end = 2020-01\n"), "plan.ini:0:0 error dates_out_of_order\n",
     "the plan ends before it starts; swap start and end"},
    {"a_chance_in_percent", PLAN_INI("[policy]\nlikely = 50\nuncertain = 20\n"), "plan.ini:0:0 error bad_threshold\n",
     "a chance is 0 to 1"},
    {"a_negative_chance", PLAN_INI("[policy]\nuncertain = -0.1\n"), "plan.ini:0:0 error bad_threshold\n", NULL},
    {"uncertain_above_likely", PLAN_INI("[policy]\nlikely = 0.3\nuncertain = 0.5\n"), "plan.ini:0:0 error bad_threshold\n", NULL},
    {"thresholds_may_meet", PLAN_INI("[policy]\nlikely = 0.5\nuncertain = 0.5\n"), "", NULL},
    {"a_repeated_indicator", "indicators.csv", INDICATORS_HEADER GOOD_INDICATOR OTHER_INDICATORS GOOD_INDICATOR,
     "indicators.csv:6:1 error repeated_id\n",
     "indicators.csv:6:1: error: indicator PCT stands already on line 2; give it an id of its own"},
    {"an_unknown_theme", "indicators.csv", INDICATORS_HEADER GOOD_INDICATOR OTHER_INDICATORS "X,X,T9,count,,higher,month,,,\n",
     "indicators.csv:6:3 error unknown_theme\n", "theme T9 is not in themes.csv"},
    {"bounds_out_of_order", "indicators.csv", INDICATORS_HEADER GOOD_INDICATOR OTHER_INDICATORS "X,X,T1,count,,higher,month,9,1,\n",
     "indicators.csv:6:8 error bounds_out_of_order\n", "low 9 is above high 1"},
    {"a_negative_tolerance", "indicators.csv",
     "indicator,kind,tolerance,polarity,low,high,frequency,measure_unit\nPCT,percent,-1,higher,0,100,month,%\n"
     "DUR,duration,,lower,,,month,weeks\nCNT,count,,lower,,,quarter,\nYES,yes_no,,plan,,,once,\n",
     "indicators.csv:2:3 error negative_tolerance\n", NULL},
    {"a_target_of_an_unknown_indicator", TARGETS "PCT,,2021-08,50%,,,\nXXX,,2021-08,50%,,,\n",
     "targets.csv:3:1 error unknown_indicator\n",
     "indicator XXX is not in indicators.csv; add it to indicators.csv, or correct the id"},
    {"a_target_of_an_unknown_unit", TARGETS "PCT,W1,2021-08,50%,,,\n", "targets.csv:2:2 error unknown_unit\n",
     "unit W1 is not in units.csv; add it to units.csv, or leave the field empty for the plan's own area"},
    {"every_unit", TARGETS "PCT,*,2021-08,50%,,,\n", "", NULL},
    {"a_target_of_every_unit_is_told_once", TARGETS "PCT,*,2021-08,TBC,,,\n", "targets.csv:2:4 warning target_unresolved\n", NULL},
    {"a_unit_by_its_id_its_code_or_the_area", TARGETS "PCT,N1,2021-08,50%,,,\nPCT,E2,2021-08,50%,,,\nPCT,Ourland,2021-08,50%,,,\n",
     "", NULL},
    {"a_baseline_of_an_unknown_indicator", BASELINES "XXX,,1,,2020-08\nPCT,,40,,2020-08\nCNT,,100,,\n",
     "baselines.csv:2:1 error unknown_indicator\n", NULL},
    {"a_baseline_without_figure", BASELINES "PCT,,,exact,2020-08\nCNT,,100,,\n",
     "baselines.csv:2:3 warning baseline_without_figure\n", NULL},
    {"a_baseline_outside_its_bounds", BASELINES "PCT,,140,exact,2020-08\nCNT,,100,,\n",
     "baselines.csv:2:3 error outside_bounds\ntargets.csv:2:4 warning worse_than_baseline\n",
     "the baseline of PCT, 140, is above the highest possible, 100"},
    {"a_baseline_below_the_only_bound_there_is", BASELINES "PCT,,40,exact,2020-08\nDUR,,-3,exact,2020-08\nCNT,,100,,\n",
     "baselines.csv:3:3 error outside_bounds\ntargets.csv:4:4 warning worse_than_baseline\n",
     "the baseline of DUR, -3, is below the lowest possible, 0; check"},
    {"a_target_below_the_only_bound_there_is", TARGETS "DUR,,2021-08,-3,,,\n", "targets.csv:2:4 error outside_bounds\n",
     "cannot be: the figure is below what the measure can be, 0; check"},
    {"two_baselines", BASELINES "PCT,,40,exact,2020-08\nCNT,,100,,\nPCT,Ourland,45,exact,2020-08\n",
     "baselines.csv:4:1 error two_baselines\n", "PCT has a baseline already on line 2, which is used; keep one of them"},
    {"baselines_of_two_units", BASELINES "PCT,,40,exact,2020-08\nCNT,,100,,\nPCT,N1,45,exact,2020-08\n", "", NULL},
    {"a_target_that_cannot_be", TARGETS "PCT,,2021-08,900%,,,\n", "targets.csv:2:4 error outside_bounds\n",
     "the target of PCT for Aug 2021, “900%”, cannot be: the figure is above what the measure can be, 100"},
    {"a_target_worse_than_its_predecessor", TARGETS "PCT,,2021-08,50%,,,\nPCT,,2022-08,19%,,,\n",
     "targets.csv:3:4 error worse_than_predecessor\n",
     "the target of PCT falls back from 50% (Aug 2021) to 19% (Aug 2022); check both figures against the plan"},
    {"a_higher_target_where_lower_is_better", TARGETS "DUR,,2021-08,12 weeks,,,\nDUR,,2022-08,20 weeks,,,\n",
     "targets.csv:3:4 error worse_than_predecessor\n", NULL},
    {"a_first_target_worse_than_its_baseline", TARGETS "PCT,,2021-08,30%,,,\n", "targets.csv:2:4 warning worse_than_baseline\n",
     "the first target of PCT, 30%, is worse than its baseline of 40%"},
    {"two_targets_for_one_date", TARGETS "PCT,,2021-08,50%,,,\nPCT,,2021-08-15,60%,,,\n", "targets.csv:3:3 error two_targets\n",
     "PCT has two targets for Aug 2021; the path follows the first"},
    {"the_same_target_twice", TARGETS "PCT,,2021-08,50%,,,\nPCT,,2021-08,50%,,,\n", "", NULL},
    {"a_blank_target", TARGETS "PCT,,2021-08,,,,\n", "targets.csv:2:4 warning target_unresolved\n",
     "the target of PCT for Aug 2021 is blank"},
    {"a_target_to_be_confirmed", TARGETS "PCT,,2021-08,TBC,,,\n", "targets.csv:2:4 warning target_unresolved\n",
     "“TBC”, is unresolved: "},
    {"a_target_without_date", TARGETS "PCT,,,50%,,,\n", "targets.csv:2:4 warning target_unresolved\n", "the plan gives it no date"},
    {"a_target_that_ends_before_it_begins", TARGETS "PCT,,2021-08,50%,,2021-06,2021-01\n",
     "targets.csv:2:7 error dates_out_of_order\n", NULL},
    {"a_unit_s_target_points_at_its_own_line",
     TARGETS "PCT,,2022-08,75%,,,\nPCT,N1,2021-08,50%,,,\nPCT,N1,2022-08,45%,,,\nPCT,S1,2021-08,60%,,,\nPCT,S1,2022-08,45%,,,\n",
     "targets.csv:4:4 error worse_than_predecessor\ntargets.csv:6:4 error worse_than_predecessor\n", NULL},
    {"a_unit_s_targets_among_others_are_told_once",
     TARGETS "PCT,N1,2021-08,50%,,,\nPCT,S1,2021-08,60%,,,\nPCT,N1,2022-08,45%,,,\nPCT,S1,2022-08,75%,,,\n",
     "targets.csv:4:4 error worse_than_predecessor\n", NULL},
    {"a_unit_that_ends_before_it_begins", "units.csv", "unit,from,to\nN1,2021-04,2021-03\nS1,2021-04-01,2021-04-01\nW1,,2021\n",
     "units.csv:2:3 error dates_out_of_order\n", "unit N1 ends before it begins; swap from and to"},
    {"an_action_twice", "actions.csv", "action,title\nA1,x\nA1,y\n", "actions.csv:3:1 error repeated_id\n",
     "action A1 stands twice"},
    {"an_action_due_before_it_starts", "actions.csv", "action,start,due\nA1,2021-02,2021-01\n",
     "actions.csv:2:3 error dates_out_of_order\n", NULL},
    {"an_action_in_one_month", "actions.csv", "action,start,due\nA1,2021-02,2021-02\n", "", NULL},
    {"an_action_for_an_unknown_indicator", "actions.csv", "action,indicators\nA1,PCT;XXX\n",
     "actions.csv:2:2 error unknown_indicator\n", NULL},
    {"an_action_of_an_unknown_theme", "actions.csv", "action,theme\nA1,T9\n", "actions.csv:2:2 error unknown_theme\n", NULL},
    {"an_action_that_waits_for_an_unknown_one", "actions.csv", "action,title,waits_for\nA0,Plan it,\nA1,Do it,A0 A9\n",
     "actions.csv:3:3 error unknown_action\n", NULL},
    {"an_action_that_waits_for_itself", "actions.csv", "action,title,waits_for\nA0,x,\nA1,y,A0;A1\n",
     "actions.csv:3:3 error waits_circle\n", "actions.csv:3:3: error: action A1 waits for itself: A1 → A1"},
    {"two_circles_that_meet", "actions.csv", "action,title,waits_for\nA0,x,A1\nA1,y,A1 A0\n",
     "actions.csv:2:3 error waits_circle\nactions.csv:3:3 error waits_circle\n",
     "action A0 waits for itself: A0 → A1 → A0; take out"},
    {"two_actions_that_wait_for_each_other", "actions.csv", "action,title,waits_for\nA0,x,\nA1,y,\"A0, A2\"\nA2,z,A1\n",
     "actions.csv:3:3 error waits_circle\n", "action A1 waits for itself: A1 → A2 → A1"},
    {"a_circle_of_three_that_others_wait_for", "actions.csv", "action,title,waits_for\nA0,w,B\nA,x,B\nB,y,C\nC,z,A\nD,v,A C\n",
     "actions.csv:4:3 error waits_circle\n", "action B waits for itself: B → C → A → B"},
    {"actions_that_wait_for_one_another_s_first", "actions.csv", "action,title,waits_for\nA,x,\nB,y,A\nC,z,A B\nD,v,C B A\n", "",
     NULL},
    {"a_rag_of_an_unknown_action", "action_rag.csv", "action,as_at,rag\nA9,2021-01,red\n",
     "action_rag.csv:2:1 error unknown_action\n", NULL},
    {"a_deliverable_of_an_unknown_theme", "milestones.csv", "milestone,theme\nM1,T9\n", "milestones.csv:2:2 error unknown_theme\n",
     NULL},
    {"a_deliverable_of_an_unknown_indicator", "milestones.csv", "milestone,indicator\nM1,XXX\n",
     "milestones.csv:2:2 error unknown_indicator\n", NULL},
    {"a_risk_to_an_unknown_indicator", "risks.csv", "risk,indicators\nR1,PCT XXX\n", "risks.csv:2:2 error unknown_indicator\n",
     NULL},
    {"a_risk_twice", "risks.csv", "risk,title\nR1,x\nR1,y\n", "risks.csv:3:1 error repeated_id\n", NULL},
    {"a_theme_twice", "themes.csv", "theme,title\nT1,x\nT1,y\n", "themes.csv:3:1 error repeated_id\n", NULL},
    {"a_theme_below_an_unknown_one", "themes.csv", "theme,parent\nT1,T9\n", "themes.csv:2:2 error unknown_theme\n", NULL},
    {"a_unit_twice", "units.csv", "unit,name\nN1,North\nN1,South\n", "units.csv:3:1 error repeated_id\n", NULL},
    {"a_unit_below_an_unknown_one", "units.csv", "unit,parent\nN1,Ourland\nS1,W9\n", "units.csv:3:2 error unknown_unit\n", NULL},
    {"a_neighbour_may_lie_outside_the_plan", "neighbours.csv", "unit,neighbour,rank\nN1,Elsewhere,1\n", "", NULL},
    {"neighbours_by_name", "neighbours.csv", "unit,neighbour,rank\nNORTH,south,1\n", "", NULL},
    {"a_neighbour_of_an_unknown_unit", "neighbours.csv", "unit,neighbour,rank\nW9,N1,1\n",
     "neighbours.csv:2:1 error unknown_unit\n", NULL},
    {"a_comparator_of_an_unknown_indicator", "comparators.csv", "indicator,comparator\nXXX,national\n",
     "comparators.csv:2:1 error unknown_indicator\n", NULL},
    {"an_event_of_an_unknown_indicator", "events.csv", "indicator,period,kind\nXXX,2021-01,break\n",
     "events.csv:2:1 error unknown_indicator\n", NULL},
    {"commentary_on_an_unknown_indicator", "commentary.csv", "indicator,as_at\nXXX,2021-01\n",
     "commentary.csv:2:1 error unknown_indicator\n", NULL},
    {"evidence_on_an_unknown_indicator", "evidence.csv", "indicator,kind\nXXX,audit\n",
     "evidence.csv:2:1 error unknown_indicator\n", NULL},
    {"a_path_of_an_unknown_indicator", "trajectory.csv", "indicator,period,value\nXXX,2021-01,1\n",
     "trajectory.csv:2:1 error unknown_indicator\n", NULL},
    {"an_override_without_expiry", "overrides.csv", "indicator,status,reason,by_role,expires\nPCT,red,why,Head,\n",
     "overrides.csv:2:5 warning override_without_expiry\n", NULL},
    {"an_override_without_reason", "overrides.csv", "indicator,status,reason,by_role,expires\nPCT,red,,Head,2021-05\n",
     "overrides.csv:2:3 error override_without_reason\n", NULL},
    {"an_override_without_role", "overrides.csv", "indicator,status,reason,by_role,expires\nPCT,red,why,,2021-05\n",
     "overrides.csv:2:3 error override_without_reason\n", NULL},
};

static void finds(void **state)
{
    const CheckCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({row->file, row->text});
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_WARNING);
    assert_string_equal(list, row->problems);
    for (size_t i = 0; row->message && i < wm_problems_n(loaded.problems); i++) {
        g_autofree char *message = wm_problem_format(wm_problems_at(loaded.problems, i));
        if (wm_problems_at(loaded.problems, i)->severity < WM_SEVERITY_WARNING)
            continue;
        assert_contains(message, row->message);
        break;
    }
}

static void a_baseline_to_be_confirmed_is_for_information(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({BASELINES "PCT,,,tbc,\nDUR,,,new_measure,\nCNT,,100,,\n"});
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_INFO);
    assert_string_equal(list, "baselines.csv:2:4 info baseline_unknown\nbaselines.csv:3:4 info baseline_unknown\n");
}

static void a_finding_names_its_indicator(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({TARGETS "PCT,,2021-08,900%,,,\n"});
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    assert_string_equal(problem_of(loaded.problems, "outside_bounds")->indicator, "PCT");
}

static void findings_come_in_the_order_of_the_files(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({TARGETS "XXX,,2021-08,50%,,,\nPCT,,2021-08,900%,,,\n"}, {"actions.csv", "action,indicators\nA1,XXX\n"});
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_WARNING);
    assert_string_equal(
        list,
        "actions.csv:2:2 error unknown_indicator\ntargets.csv:2:1 error unknown_indicator\ntargets.csv:3:4 error outside_bounds\n");
}

typedef struct {
    const char *name;
    const char *dataset;
    const char *errors; /* `file code` of each */
} DatasetCase;

static const DatasetCase DATASET_CASES[] = {
    {"the_action_plan_of_2023_has_its_two_misprints", "somerset-app-2023",
     "targets.csv outside_bounds\ntargets.csv worse_than_predecessor\n"},
    {"the_published_figures_have_no_errors", "somerset-published", ""},
    {"the_scrutiny_plan_has_no_errors", "somerset-scrutiny-2023", ""},
    {"the_strategy_has_no_errors", "somerset-strategy-2023", ""},
    {"the_tracker_has_no_errors", "somerset-tracker-2025", ""},
    {"the_demonstration_has_no_errors", "somerset-wsoa-2020", ""},
    {"south_gloucestershire_has_no_errors", "south-glos-wsoa-2018", ""},
};

static void dataset_has_these_errors_only(void **state)
{
    const DatasetCase *row = *state;
    g_auto(Folder) folder = dataset_folder_new(row->dataset);
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    g_autoptr(GString) errors = g_string_new(NULL);
    for (size_t i = 0; i < wm_problems_n(loaded.problems); i++) {
        const WmProblem *one = wm_problems_at(loaded.problems, i);
        if (one->severity == WM_SEVERITY_ERROR)
            g_string_append_printf(errors, "%s %s\n", one->file, one->code);
    }
    assert_string_equal(errors->str, row->errors);
}

static void kpi_1_s_900_percent_is_named(void **state)
{
    (void)state;
    g_auto(Folder) folder = dataset_folder_new("somerset-app-2023");
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    const WmProblem *problem = problem_of(loaded.problems, "outside_bounds");
    assert_string_equal(problem->indicator, "APP-KPI1");
    assert_contains(problem->message, "“900%”");
    assert_true(problem->line > 1 && problem->column > 0);
}

static void kpi_2_s_fall_from_50_to_19_percent_is_named(void **state)
{
    (void)state;
    g_auto(Folder) folder = dataset_folder_new("somerset-app-2023");
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    const WmProblem *problem = problem_of(loaded.problems, "worse_than_predecessor");
    assert_string_equal(problem->indicator, "APP-KPI2");
    assert_contains(problem->message, "from 50%");
    assert_contains(problem->message, "to 19%");
}

static void kpi_5_is_two_indicators_in_two_units(void **state)
{
    (void)state;
    g_auto(Folder) folder = dataset_folder_new("somerset-app-2023");
    g_auto(Loaded) loaded = plan_load(&folder);
    const WmIndicator *a = wm_plan_indicator(loaded.plan, "APP-KPI5a"), *b = wm_plan_indicator(loaded.plan, "APP-KPI5b");
    assert_non_null(a);
    assert_non_null(b);
    assert_string_equal(a->measure_unit, "weeks");
    assert_string_equal(b->measure_unit, "months");
}

int main(void)
{
    ADD_TABLE(CHECK_CASES, finds);
    ADD(a_baseline_to_be_confirmed_is_for_information);
    ADD(a_finding_names_its_indicator);
    ADD(findings_come_in_the_order_of_the_files);
    ADD_TABLE(DATASET_CASES, dataset_has_these_errors_only);
    ADD(kpi_1_s_900_percent_is_named);
    ADD(kpi_2_s_fall_from_50_to_19_percent_is_named);
    ADD(kpi_5_is_two_indicators_in_two_units);
    return run_cases("plan_check");
}
