/* The plan's own area is one place, however tables, drops and units.csv name it. */
#include <waymark/export.h>

#include <math.h>
#include <string.h>

#include "data/fixture_month.h"
#include "engine/data/plan/plan_private.h"
#include "engine/data/plan/unit_tree.h"

#define UNITS_HEADER "unit,name,parent,type,code\n"
#define AREA_ROW     "E06,Ourland,R1,la,E10\n" /* the area, by its name, below a region */
#define UNITS        UNITS_HEADER "R1,The Region,,region,\n" AREA_ROW "N1,North,E06,ward,\nS1,South,Ourland,ward,\n"

typedef struct {
    const char *name, *units, *text, *id;
} PlaceCase;

static const PlaceCase PLACE_CASES[] = {
    {"nothing_is_the_area", UNITS, "", ""},
    {"by_its_name", UNITS, "Ourland", ""},
    {"by_its_name_in_capitals", UNITS, "OURLAND", ""},
    {"by_the_id_of_its_row", UNITS, "E06", ""},
    {"by_the_code_of_its_row", UNITS, "E10", ""},
    {"another_unit", UNITS, "N1", "N1"},
    {"what_is_above_the_area", UNITS, "R1", "R1"},
    {"what_is_not_known", UNITS, "X9", "X9"},
    {"an_id_that_is_the_name", UNITS_HEADER "Ourland,The whole,,,W\n", "W", ""},
    {"a_code_that_is_the_name", UNITS_HEADER "W,The whole,,,ourland\n", "W", ""},
    {"an_id_stands_before_a_name", UNITS_HEADER "B,Ourland,,,\nOurland,The whole,,,W\n", "B", "B"},
    {"two_of_its_name_are_neither", UNITS_HEADER "A,Ourland,,council,\nB,Ourland,,health body,\n", "A", "A"},
};

static void is_the_place(void **state)
{
    const PlaceCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({"units.csv", row->units});
    g_auto(Loaded) loaded = plan_load(&folder);
    assert_string_equal(plan_unit_id(loaded.plan, row->text), row->id);
}

static void two_units_of_the_area_s_name_are_found(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"units.csv", UNITS_HEADER "A,Ourland,,council,\nB,Ourland,,health body,\n"});
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    const WmProblem *problem = problem_of(loaded.problems, "ambiguous_area");
    assert_int_equal(problem->line, 3);
    assert_contains(problem->message, "A and B are both called Ourland");
}

static void the_area_is_the_root_of_the_tree(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"units.csv", UNITS});
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    assert_int_equal(problem_count(loaded.problems, "unit_circle"), 0);
    g_autoptr(UnitTree) tree = unit_tree_new(loaded.plan);
    const GPtrArray *children = unit_tree_children(tree, "");
    assert_int_equal(children->len, 2);
    assert_string_equal(((const WmUnit *)g_ptr_array_index(children, 0))->unit, "N1");
    assert_string_equal(unit_tree_parent(tree, "S1"), "");
    assert_null(unit_tree_parent(tree, "R1"));
    assert_null(unit_tree_children(tree, "E06"));
}

static void a_circle_through_the_area_is_found(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"units.csv", UNITS_HEADER "R1,The Region,Ourland,region,\n" AREA_ROW});
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    assert_int_equal(problem_count(loaded.problems, "unit_circle"), 2);
    g_autoptr(UnitTree) tree = unit_tree_new(loaded.plan);
    assert_int_equal(unit_tree_children(tree, "")->len, 1);
}

/* One figure by each of the area's names: one series, and an export that says it once. */
static void drops_say_it_by_any_name(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"units.csv", UNITS},
        {"drops/2021-01-31/a.csv", DROP_HEADER "PCT,,,Oct-20,40,,,,\nPCT,E06,,Nov-20,41,,,,\n"
                                               "PCT,E10,,Dec-20,42,,,,\nPCT,Ourland,,Jan-21,43,,,,\n"},
        {"targets.csv", "indicator,unit,due,target\nPCT,E10,2021-08,50%\n"},
        {"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,E06,amber,Because,Director,2021-01,2021-12\n"},
        {"events.csv", "indicator,unit,period,kind,title\nPCT,Ourland,Nov-20,intervention,Moved\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmSeries *series = series_of(loaded.month, "PCT", "", "");
    assert_int_equal(series->n_readings, 4);
    assert_int_equal(series->n_events, 1);
    assert_int_equal(series->n_milestones, 1);
    assert_int_equal(series->assessment.verdict.mark, WM_OVERRIDDEN);
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    assert_lacks(csv, "E06");
}

static void a_roll_up_leaves_out_what_lies_above_the_area(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"units.csv", UNITS},
        {"indicators.csv", "indicator,title,theme,kind,measure_unit,polarity,frequency,low,high,decimals,formula\n"
                           "ON,On time,T1,count,plans,higher,month,0,,0,\nX,All,T1,count,plans,higher,month,0,,0,roll-up of ON\n"},
        {"targets.csv", NULL}, {"baselines.csv", NULL},
        {"drops/2021-01-31/a.csv", DROP_HEADER "ON,N1,,Dec-20,3,,,,\nON,S1,,Dec-20,4,,,,\nON,R1,,Dec-20,100,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_near(series_of(loaded.month, "X", "", "")->readings[0].value, 7, 0);
}

/* plan.ini may give a code; whoever reads a paper knows the name. */
static void papers_call_the_area_by_its_name(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"units.csv", UNITS_HEADER "E06,The whole,,,ourland\nB,Ourland,,,\n"},
                                        {"drops/2021-01-31/a.csv", DROP_HEADER "PCT,,,Dec-20,40,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_string_equal(loaded.plan->settings.area, "The whole");
    assert_string_equal(series_of(loaded.month, "PCT", "", "")->unit_name, "The whole");
    assert_string_equal(plan_unit_id(loaded.plan, "ourland"), "");
    assert_string_equal(plan_unit_id(loaded.plan, "B"), "B");
}

int main(void)
{
    ADD(papers_call_the_area_by_its_name);
    ADD_TABLE(PLACE_CASES, is_the_place);
    ADD(two_units_of_the_area_s_name_are_found);
    ADD(the_area_is_the_root_of_the_tree);
    ADD(a_circle_through_the_area_is_found);
    ADD(drops_say_it_by_any_name);
    ADD(a_roll_up_leaves_out_what_lies_above_the_area);
    return run_cases("area_unit");
}
