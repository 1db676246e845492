/* What changed since the month before, by the sentence that tells it. */
#include <string.h>

#include "data/fixture_month.h"

/* A change of each kind, by the sentence that tells it. */
typedef struct {
    const char *name;
    const char *first, *second; /* rows of the drops of January and of the as-at */
    const char *as_at;
    const char *changes; /* every change as `kind: text` */
} ChangeCase;

static const ChangeCase CHANGE_CASES[] = {
    {"nothing_changed", "PCT,,,Dec-20,44,,,,\n", "PCT,,,Jan-21,45,,,,\n", "2021-02-28", ""},
    {"an_exception_opened", "PCT,,,Dec-20,44,,,,\n", "PCT,,,Jan-21,42,,,,\n", "2021-02-28",
     "exception_opened: Plans on time: amber, was green.\n"},
    {"an_exception_closed", "PCT,,,Dec-20,41,,,,\n", "PCT,,,Jan-21,45,,,,\n", "2021-02-28",
     "exception_closed: Plans on time: green, was amber.\n"},
    {"a_status_got_worse", "PCT,,,Dec-20,41,,,,\n", "PCT,,,Jan-21,30,,,,\n", "2021-02-28",
     "status_worse: Plans on time: red, was amber.\n"},
    {"a_status_got_better", "PCT,,,Dec-20,30,,,,\n", "PCT,,,Jan-21,42,,,,\n", "2021-02-28",
     "status_better: Plans on time: amber, was red.\n"},
    {"a_material_revision", "PCT,,,Dec-20,44,,,,\nPCT,,,Jan-21,45,,,,\n", "PCT,,,Dec-20,43,,,,\n", "2021-02-28",
     "revision: Plans on time: Dec 2020 was revised from 44.0% to 43.0%.\n"},
    {"an_immaterial_revision", "PCT,,,Dec-20,44,,,,\nPCT,,,Jan-21,45,,,,\n", "PCT,,,Dec-20,43.1,,,,\n", "2021-02-28", ""},
    {"a_figure_withdrawn", "PCT,,,Dec-20,44,,,,\nPCT,,,Jan-21,45,,,,\n", "PCT,,,Dec-20,[c],,,,\n", "2021-02-28", "revision: "},
    {"a_milestone_met", "PCT,,,Jul-21,52,,,,\n", "PCT,,,Aug-21,52,,,,\n", "2021-09-30",
     "milestone_met: Plans on time: the Aug 2021 milestone of 52% was met at 52.0%.\n"},
    {"a_milestone_missed", "PCT,,,Jul-21,51,,,,\n", "PCT,,,Aug-21,51,,,,\n", "2021-09-30",
     "milestone_missed: Plans on time: the Aug 2021 milestone of 52% was missed at 51.0%.\n"},
};

static void tells_the_change(void **state)
{
    const ChangeCase *row = *state;
    g_auto(Folder) folder = PCT_PLAN({"drops/2021-01-31/x.csv", text_of(DROP_HEADER "%s", row->first)},
                                     {text_of("drops/%s/x.csv", row->as_at), text_of(DROP_HEADER "%s", row->second)});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autoptr(GString) changes = g_string_new(NULL);
    for (size_t i = 0; i < loaded.month->n_changes; i++)
        g_string_append_printf(changes, "%s: %s\n", wm_change_kind_name(loaded.month->changes[i].kind),
                               loaded.month->changes[i].text);
    if (*row->changes)
        assert_contains(changes->str, row->changes);
    else
        assert_string_equal(changes->str, "");
}

/* No survey comes in August, so that June's judges; its month is told. */
static void a_milestone_is_told_with_the_period_that_judged_it(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"indicators.csv", INDICATORS_HEADER "PCT,Plans on time,T1,percent,%,higher,half,0,100,1\n"},
        {"baselines.csv", "indicator,value,as_at\nPCT,40,2020-06\n"}, {"targets.csv", "indicator,due,target\nPCT,2021-08,52%\n"},
        {"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,44,,,,\n"},
        {"drops/2021-09-30/x.csv", DROP_HEADER "PCT,,,Jun-21,51,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    bool is_told = false;
    for (size_t i = 0; i < loaded.month->n_changes; i++)
        is_told = is_told || strcmp(loaded.month->changes[i].text,
                                    "Plans on time: the Aug 2021 milestone of 52% was missed at 51.0% in Jun 2021.") == 0;
    assert_true(is_told);
}

/* A measure of the area and of its districts: the board must see whose it is. */
static void a_change_names_the_unit_and_the_cohort(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PCT_PLAN({"units.csv", "unit,name\nN1,North\n"}, {"targets.csv", "indicator,unit,due,target\nPCT,*,2021-08,52%\n"},
                 {"baselines.csv", "indicator,unit,value,as_at\nPCT,*,40,2020-08\n"},
                 {"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,44,,,,\nPCT,N1,boys,Dec-20,44,,,,\n"},
                 {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,45,,,,\nPCT,N1,boys,Jan-21,42,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_int_equal(loaded.month->n_changes, 1);
    assert_string_equal(loaded.month->changes[0].text, "Plans on time, North, boys: amber, was green.");
}

static void without_an_earlier_drop_nothing_has_changed(void **state)
{
    (void)state;
    g_auto(Folder) folder = PCT_PLAN({"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,30,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_int_equal(loaded.month->n_changes, 0);
    assert_int_equal(loaded.month->series[0].previous.as_at, WM_NO_DAY);
}

int main(void)
{
    ADD_TABLE(CHANGE_CASES, tells_the_change);
    ADD(without_an_earlier_drop_nothing_has_changed);
    ADD(a_milestone_is_told_with_the_period_that_judged_it);
    ADD(a_change_names_the_unit_and_the_cohort);
    return run_cases("month_changes");
}
