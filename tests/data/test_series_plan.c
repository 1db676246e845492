/* What a plan says of one series at one as-at: baseline, milestones, path, comparators. */
#include "engine/data/series/series_plan.h"

#include <math.h>
#include <string.h>

#include "data/fixture_month.h"

typedef struct {
    const char *name;
    const char *file, *text; /* of the plan; NULL for the standard one */
    const char *indicator, *unit, *as_at;
    const char *milestones; /* printed: `due=target text|reason;…` as milestones_text writes them */
    double baseline;
    size_t n_waypoints, n_unresolved;
} PlanCase;

#define TARGETS "targets.csv", "indicator,unit,due,target,note,from,to\n"

static const PlanCase PLAN_CASES[] = {
    {"milestones_by_due", TARGETS "PCT,,2022-08,75%,,,\nPCT,,2021-08,50%,,,\n", "PCT", "", "2021-01-31",
     "2021-08-31=50;2022-08-31=75;", 40, 3, 0},
    {"a_percent_of_the_baseline", NULL, NULL, "CNT", "", "2021-01-31", "2022-06-30=95;", 100, 2, 0},
    {"an_undated_target_comes_last_and_is_no_waypoint", TARGETS "PCT,,,60%,,,\nPCT,,2021-08,50%,,,\n", "PCT", "", "2021-01-31",
     "2021-08-31=50;-=60 the plan gives it no date;", 40, 2, 1},
    {"an_unresolved_target_is_no_waypoint", TARGETS "PCT,,2021-08,TBC,,,\nPCT,,2022-08,75%,,,\n", "PCT", "", "2021-01-31",
     "2021-08-31=nan it is still to be confirmed;2022-08-31=75;", 40, 2, 1},
    {"a_unit_has_its_own_targets", TARGETS "PCT,,2021-08,50%,,,\nPCT,N1,2021-08,60%,,,\n", "PCT", "N1", "2021-01-31",
     "2021-08-31=60;", NAN, 1, 0},
    {"a_unit_s_targets_by_its_code", TARGETS "PCT,,2021-08,50%,,,\nPCT,E1,2021-08,60%,,,\n", "PCT", "N1", "2021-01-31",
     "2021-08-31=60;", NAN, 1, 0},
    {"a_unit_without_its_own_has_none_of_the_area_s", TARGETS "PCT,,2021-08,50%,,,\nPCT,N1,2021-08,60%,,,\n", "PCT", "S1",
     "2021-01-31", "", NAN, 0, 0},
    {"a_unit_without_its_own_takes_every_unit_s", TARGETS "PCT,*,2021-08,50%,,,\nPCT,N1,2021-08,60%,,,\n", "PCT", "S1",
     "2021-01-31", "2021-08-31=50;", NAN, 1, 0},
    {"a_unit_s_own_targets_stand_before_every_unit_s", TARGETS "PCT,*,2021-08,50%,,,\nPCT,N1,2021-08,60%,,,\n", "PCT", "N1",
     "2021-01-31", "2021-08-31=60;", NAN, 1, 0},
    {"every_unit_s_targets_are_the_area_s_too", TARGETS "PCT,*,2021-08,50%,,,\n", "PCT", "", "2021-01-31", "2021-08-31=50;", 40, 2,
     0},
    {"every_unit_s_baseline", "baselines.csv", "indicator,unit,value,as_at\nPCT,,40,2020-08\nPCT,*,35,2020-08\n", "PCT", "S1",
     "2021-01-31", "", 35, 0, 0},
    {"the_area_by_its_name", TARGETS "PCT,Ourland,2021-08,50%,,,\n", "PCT", "", "2021-01-31", "2021-08-31=50;", 40, 2, 0},
    {"a_target_not_yet_in_force", TARGETS "PCT,,2021-08,50%,,,2021-01-15\nPCT,,2021-08,45%,,2021-01-16,\n", "PCT", "", "2021-01-15",
     "2021-08-31=50;", 40, 2, 0},
    {"a_target_replaced", TARGETS "PCT,,2021-08,50%,,,2021-01-15\nPCT,,2021-08,45%,,2021-01-16,\n", "PCT", "", "2021-01-16",
     "2021-08-31=45;", 40, 2, 0},
    {"two_targets_of_one_date_give_one_waypoint", TARGETS "PCT,,2021-08,50%,,,\nPCT,,2021-08,60%,,,\n", "PCT", "", "2021-01-31",
     "2021-08-31=50;2021-08-31=60;", 40, 2, 0},
    {"a_target_at_or_before_the_baseline_is_no_waypoint", TARGETS "PCT,,2020-08,30%,,,\nPCT,,2021-08,50%,,,\n", "PCT", "",
     "2021-01-31", "2020-08-31=30;2021-08-31=50;", 40, 2, 0},
    {"a_baseline_of_a_unit", "baselines.csv", "indicator,unit,value,as_at\nPCT,,40,2020-08\nPCT,N1,30,2020-08\n", "PCT", "N1",
     "2021-01-31", "", 30, 0, 0},
    {"no_baseline_starts_at_the_first_milestone", "baselines.csv", "indicator,value\n", "PCT", "", "2021-01-31",
     "2021-08-31=50;2022-08-31=75;", NAN, 2, 0},
    {"a_baseline_to_be_confirmed", "baselines.csv", "indicator,value,qualifier\nPCT,40,tbc\n", "PCT", "", "2021-01-31",
     "2021-08-31=50;2022-08-31=75;", NAN, 2, 0},
    {"a_deliverable_begins_undone", NULL, NULL, "YES", "", "2021-01-31", "2021-01-31=1;", 0, 2, 0},
    {"an_explicit_path", "trajectory.csv", "indicator,period,value\nACY,2020/21,10\nACY,2021/22,20\nACY,2022/23,30\n", "ACY", "",
     "2021-01-31", "", NAN, 0, 0},
};

static char *milestones_text(const SeriesPlan *plan)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < plan->printed->len; i++) {
        char due[WM_PERIOD_TEXT];
        const WmSeriesMilestone *one = &g_array_index(plan->printed, WmSeriesMilestone, i);
        g_string_append_printf(out, "%s=", one->due == WM_NO_DAY ? "-" : wm_day_format_iso(one->due, due));
        g_string_append_printf(out, isnan(one->target) ? "nan" : "%g", one->target);
        g_string_append_printf(out, "%s%s;", *one->reason ? " " : "", one->reason);
    }
    return g_string_free(out, FALSE);
}

static void says(void **state)
{
    const PlanCase *row = *state;
    g_auto(Folder) folder = row->file ? PLAN_FOLDER({row->file, row->text}) : PLAN_FOLDER({NULL, NULL});
    g_auto(Loaded) loaded = plan_load(&folder);
    g_autoptr(SeriesPlan) plan =
        series_plan_new(loaded.plan, wm_plan_indicator(loaded.plan, row->indicator), row->unit, day_of(row->as_at));
    g_autofree char *milestones = milestones_text(plan);
    if (!strstr(row->milestones, "confirmed"))
        assert_string_equal(milestones, row->milestones);
    assert_near(plan->baseline_value, row->baseline, 0);
    assert_int_equal(plan->trajectory.n_waypoints, row->n_waypoints);
    assert_int_equal(plan->n_unresolved, row->n_unresolved);
}

static void a_second_baseline_starts_nothing(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"baselines.csv", "indicator,value,as_at,role\nPCT,21.8,2019,secondary\nPCT,41,2020-08,\n"});
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    g_autoptr(SeriesPlan) plan = series_plan_new(loaded.plan, wm_plan_indicator(loaded.plan, "PCT"), "", day_of("2021-01-31"));
    assert_near(plan->baseline_value, 41, 0);
    assert_near(plan->second_baseline->value, 21.8, 0);
    assert_int_equal(plan->baseline_day, day_of("2020-08-31"));
    assert_int_equal(problem_count(loaded.problems, "two_baselines"), 0);
}

static void a_comparator_of_the_future_is_not_known(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"comparators.csv", "indicator,comparator,period,value\nPCT,national,2020,52\nPCT,national,2021,55\nPCT,guideline,,60\n"});
    g_auto(Loaded) loaded = plan_load(&folder);
    const WmIndicator *indicator = wm_plan_indicator(loaded.plan, "PCT");
    g_autoptr(SeriesPlan) before = series_plan_new(loaded.plan, indicator, "", day_of("2021-12-30"));
    g_autoptr(SeriesPlan) after = series_plan_new(loaded.plan, indicator, "", day_of("2021-12-31"));
    assert_int_equal(before->comparators->len, 2);
    assert_int_equal(after->comparators->len, 3);
}

static void an_event_without_unit_is_everybody_s(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"events.csv",
         "indicator,unit,period,kind,title\nPCT,,2021-01,break,a\nPCT,N1,2021-02,break,b\nPCT,Ourland,2021-03,break,c\n"});
    g_auto(Loaded) loaded = plan_load(&folder);
    const WmIndicator *indicator = wm_plan_indicator(loaded.plan, "PCT");
    g_autoptr(SeriesPlan) area = series_plan_new(loaded.plan, indicator, "", WM_NO_DAY),
                          north = series_plan_new(loaded.plan, indicator, "N1", WM_NO_DAY);
    assert_int_equal(area->events->len, 2);
    assert_int_equal(north->events->len, 2);
    assert_string_equal(g_array_index(north->events, WmEvent, 1).title, "b");
}

static void an_explicit_path_is_followed(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"indicators.csv",
         "indicator,kind,polarity,trajectory,measure_unit\nPCT,percent,higher,explicit,%\nDUR,duration,lower,explicit,weeks\n"},
        {"trajectory.csv", "indicator,period,value\nPCT,2020-12,41\nPCT,2021-03,47\nPCT,2021-02,99\n"});
    g_auto(Loaded) loaded = plan_load(&folder);
    g_autoptr(SeriesPlan) plan = series_plan_new(loaded.plan, wm_plan_indicator(loaded.plan, "PCT"), "", day_of("2021-01-31"));
    assert_int_equal(plan->trajectory.shape, WM_PATH_EXPLICIT);
    assert_near(wm_trajectory_at(&plan->trajectory, wm_day_to_months(day_of("2020-12-31"))), 41, 0);
    g_autoptr(SeriesPlan) none = series_plan_new(loaded.plan, wm_plan_indicator(loaded.plan, "DUR"), "", day_of("2021-01-31"));
    assert_int_equal(none->trajectory.shape, WM_PATH_LINEAR); /* without waypoints it is straight through the milestones */
    assert_int_equal(none->trajectory.n_waypoints, 2);
}

static void ninety_five_percent_of_128_is_121_6(void **state)
{
    (void)state;
    g_auto(Folder) folder = dataset_folder_new("somerset-app-2023");
    g_auto(Loaded) loaded = plan_load(&folder);
    g_autoptr(SeriesPlan) plan = series_plan_new(loaded.plan, wm_plan_indicator(loaded.plan, "APP-KPI7"), "", day_of("2023-04-30"));
    gboolean is_found = FALSE;
    for (guint i = 0; i < plan->printed->len; i++)
        is_found |= fabs(g_array_index(plan->printed, WmSeriesMilestone, i).target - 121.6) < 1e-9;
    assert_true(is_found);
}

int main(void)
{
    ADD_TABLE(PLAN_CASES, says);
    ADD(a_second_baseline_starts_nothing);
    ADD(a_comparator_of_the_future_is_not_known);
    ADD(an_event_without_unit_is_everybody_s);
    ADD(an_explicit_path_is_followed);
    ADD(ninety_five_percent_of_128_is_121_6);
    return run_cases("series_plan");
}
