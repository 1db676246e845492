/* A status that a person sets: when it stands, what is kept of the engine's own, and that it is no movement. */
#include "data/fixture_month.h"

typedef struct {
    const char *name;
    const char *row; /* of overrides.csv, after the indicator */
    const char *as_at;
    WmRag status;
} OverrideCase;

static const OverrideCase OVERRIDE_CASES[] = {
    {"in_force", ",red,why,Head,2021-01,2021-06", "2021-03-31", WM_RED},
    {"before_it_begins", ",red,why,Head,2021-04,2021-06", "2021-03-31", WM_GREEN},
    {"on_its_last_day", ",red,why,Head,2021-01,2021-03", "2021-03-31", WM_RED},
    {"after_its_last_day", ",red,why,Head,2021-01,2021-02", "2021-03-31", WM_GREEN},
    {"without_dates", ",red,why,Head,,", "2021-03-31", WM_RED},
    {"of_the_area_by_name", "Ourland,red,why,Head,,", "2021-03-31", WM_RED},
    {"of_every_unit", "*,red,why,Head,,", "2021-03-31", WM_RED},
    {"of_another_unit", "N1,red,why,Head,,", "2021-03-31", WM_GREEN},
    {"of_several_the_last_that_began", ",amber,why,Head,2021-01,\nPCT,,red,why,Head,2021-03,\nPCT,,blue,why,Head,2021-02,",
     "2021-03-31", WM_RED},
    {"of_several_of_one_day_the_last_row", ",amber,why,Head,,\nPCT,,red,why,Head,,", "2021-03-31", WM_RED},
    {"its_own_before_every_units", ",red,why,Head,2021-01,\nPCT,*,blue,why,Head,2021-03,", "2021-03-31", WM_RED},
};

static void an_override_stands(void **state)
{
    const OverrideCase *row = *state;
    g_auto(Folder) folder =
        PCT_PLAN({"overrides.csv", text_of("indicator,unit,status,reason,by_role,from,expires\nPCT,%s\n", row->row)},
                 {"drops/2021-03-31/x.csv", DROP_HEADER "PCT,,,Feb-21,46,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, row->as_at);
    const WmAssessment *a = &series_of(loaded.month, "PCT", "", "")->assessment;
    assert_int_equal(a->verdict.status, row->status);
    assert_int_equal(a->verdict.mark == WM_OVERRIDDEN, row->status == WM_RED);
    if (row->status != WM_RED)
        return;
    const WmReason *last = &a->reasons[a->n_reasons - 1]; /* the engine's own status is kept beside it */
    assert_int_equal(last->code, WM_REASON_OVERRIDDEN);
    assert_near(last->a, WM_GREEN, 0);
    assert_int_equal(wm_verdict_computed(a->verdict), WM_GREEN);
}

static void an_override_that_ran_out_is_told(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PCT_PLAN({"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,,red,why,Head,2021-01,2021-02\n"},
                 {"drops/2021-03-31/x.csv", DROP_HEADER "PCT,,,Feb-21,46,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_contains(problem_of(loaded.month->problems, "override_expired")->message, "the override of PCT ran out on 28 Feb 2021");
    const WmSeries *series = &loaded.month->series[0];
    assert_int_equal(series->override.state, WM_OVERRIDE_EXPIRED);
    assert_int_equal(series->override.status, WM_RED);
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    assert_contains(csv, ",green,expired,red,Head,why,2021-01-01,2021-02-28,,,,Plans on time,");
}

static void both_statuses_are_told(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PCT_PLAN({"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,,red,why,Head,2021-03,\n"},
                 {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,46,,,,\n"},
                 {"drops/2021-03-31/x.csv", DROP_HEADER "PCT,,,Feb-21,46,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    assert_contains(csv, ",green,in_force,red,Head,why,2021-03-01,,,,,Plans on time,");
    assert_string_equal(loaded.month->changes[0].text, "Plans on time: red, set by a person (green by the figures), was green.");
}

typedef struct {
    const char *name;
    const char *row; /* of overrides.csv */
    const char *change;
} SetCase;

/* By the figures it is red at the end of January. */
static const SetCase SET_CASES[] = {
    {"a_person_makes_nothing_better", "PCT,,amber,why,Head,2021-02,\n",
     "status_set: Plans on time: amber, set by a person (red by the figures), was red."},
    {"nor_does_it_get_worse_when_that_runs_out", "PCT,,amber,why,Head,2021-01,2021-01-31\n",
     "status_set: Plans on time: red, was amber, set by a person (red by the figures)."},
    {"one_persons_word_after_anothers", "PCT,,red,why,Head,2021-01,2021-01-31\nPCT,,amber,why,Head,2021-02,\n",
     "status_set: Plans on time: amber, set by a person (red by the figures), was red, set by a person (red by the figures)."},
};

static void what_a_person_sets_is_no_movement(void **state)
{
    const SetCase *row = *state;
    g_auto(Folder) folder = PCT_PLAN({"overrides.csv", text_of("indicator,unit,status,reason,by_role,from,expires\n%s", row->row)},
                                     {"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,30,,,,\n"},
                                     {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,30,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_int_equal(loaded.month->n_changes, 1);
    g_autofree char *change =
        g_strdup_printf("%s: %s", wm_change_kind_name(loaded.month->changes[0].kind), loaded.month->changes[0].text);
    assert_string_equal(change, row->change);
}

int main(void)
{
    ADD_TABLE(OVERRIDE_CASES, an_override_stands);
    ADD(an_override_that_ran_out_is_told);
    ADD(both_statuses_are_told);
    ADD_TABLE(SET_CASES, what_a_person_sets_is_no_movement);
    return run_cases("month_overrides");
}
