/* What was told before and is otherwise now: which figures, by whom, how much, and whether it would have changed the status. */
#include <math.h>
#include <string.h>

#include "data/fixture_month.h"

#define JANUARY  "drops/2021-01-31/x.csv"
#define FEBRUARY "drops/2021-02-28/y.csv"

/* A percent on a path from 40 in August 2020 to 52 in August 2021, a point a month, and a duration. */
static Folder folder_of(const char *settings, const char *first, const char *second)
{
    return PLAN_FOLDER(
        {"plan.ini", text_of("[plan]\ntitle = T\narea = Ourland\nstart = 2020-09-01\n[model]\nmodel = ols\n%s", settings)},
        {"indicators.csv", INDICATORS_HEADER "PCT,Plans on time,T1,percent,%,higher,month,0,100,1\nDUR,Weeks "
                                             "waited,T1,duration,weeks,lower,month,0,,1\n"},
        {"baselines.csv", "indicator,value,as_at\nPCT,40,2020-08\n"}, {"targets.csv", "indicator,due,target\nPCT,2021-08,52%\n"},
        {JANUARY, text_of(DROP_HEADER "%s", first)}, {FEBRUARY, text_of(DROP_HEADER "%s", second)});
}

typedef struct {
    const char *name, *settings, *first, *second;
    const char *revisions; /* period:was>now;… in their order, "!" where the status would have been another */
    size_t n_immaterial;
} Case;

#define BEFORE "PCT,,,Nov-20,43,,,,\nPCT,,,Dec-20,44,,,,\nDUR,,,Dec-20,20,,,,\n"

static const Case CASES[] = {
    {"nothing_revised", "", BEFORE, "PCT,,,Jan-21,45,,,,\n", "", 0},
    {"said_again", "", BEFORE, "PCT,,,Dec-20,44,,,,\n", "", 0},
    {"a_point_of_a_percent", "", BEFORE, "PCT,,,Dec-20,43,,,,\n", "PCT 2020-12:44>43;", 0},
    {"less_than_a_point", "", BEFORE, "PCT,,,Dec-20,43.1,,,,\n", "", 1},
    {"a_point_as_rounded_that_is_none", "", BEFORE, "PCT,,,Dec-20,43.04,,,,\n", "", 1},
    {"less_than_is_published", "", BEFORE, "PCT,,,Dec-20,43.98,,,,\n", "", 0},
    {"five_percent_of_the_rest", "", BEFORE, "DUR,,,Dec-20,21,,,,\n", "DUR 2020-12:20>21;", 0},
    {"less_than_five_percent", "", BEFORE, "DUR,,,Dec-20,20.9,,,,\n", "", 1},
    {"from_where_the_plan_says", "[reports]\nmaterial_revision = 3\n", BEFORE, "PCT,,,Dec-20,42,,,,\nDUR,,,Dec-20,24,,,,\n",
     "DUR 2020-12:20>24;", 1},
    {"in_percent_of_the_value", "[reports]\nmaterial_revision = 2%\n", BEFORE, "PCT,,,Dec-20,43.2,,,,\nPCT,,,Nov-20,42,,,,\n",
     "PCT 2020-11:43>42;", 1},
    {"withheld", "", BEFORE, "PCT,,,Nov-20,[c],,,,\n", "PCT 2020-11:43>nan;", 0},
    {"the_weightiest_first", "", BEFORE, "DUR,,,Dec-20,22,,,,\nPCT,,,Nov-20,38,,,,\n", "PCT 2020-11:43>38;DUR 2020-12:20>22;", 0},
    {"what_would_have_changed_the_status_before_all", "", BEFORE, "DUR,,,Dec-20,90,,,,\nPCT,,,Dec-20,30,,,,\n",
     "PCT 2020-12:44>30!;DUR 2020-12:20>90;", 0},
};

static void is_told(void **state)
{
    const Case *row = *state;
    g_auto(Folder) folder = folder_of(row->settings, row->first, row->second);
    g_auto(Loaded) loaded = month_load(&folder, "2021-02-28");
    const WmMonth *month = loaded.month;
    g_autoptr(GString) told = g_string_new(NULL);
    char period[WM_PERIOD_TEXT];
    for (size_t i = 0; i < month->n_revisions; i++) {
        const WmMonthRevision *one = &month->revisions[i];
        g_string_append_printf(told, "%s %s:%g>%g%s;", month->series[one->i_series].indicator,
                               wm_period_format_iso(one->revision.period, period), one->revision.was, one->revision.now,
                               one->changes_status ? "!" : "");
        assert_string_equal(one->was_file, JANUARY);
        assert_string_equal(one->file, FEBRUARY);
        assert_int_equal(one->revision.was_received, day_of("2021-01-31"));
        assert_int_equal(one->revision.received, day_of("2021-02-28"));
    }
    assert_string_equal(told->str, row->revisions);
    assert_int_equal(month->n_immaterial, row->n_immaterial);
}

static void a_status_is_told_again_with_what_is_known_now(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of("", BEFORE, "PCT,,,Dec-20,30,,,,\n");
    g_auto(Loaded) loaded = month_load(&folder, "2021-02-28");
    const WmSeries *series = series_of(loaded.month, "PCT", "", "");
    assert_int_equal(series->previous.verdict.status, WM_GREEN);
    assert_int_equal(series->hindsight.status, WM_RED);
    const WmSeries *other = series_of(loaded.month, "DUR", "", "");
    assert_int_equal(other->hindsight.status, other->previous.verdict.status);
}

static void the_data_files_tell_it_too(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of("", BEFORE, "PCT,,,Dec-20,30,,,,\nDUR,,,Dec-20,20.1,,,,\n");
    g_auto(Loaded) loaded = month_load(&folder, "2021-02-28");
    g_autofree char *csv = wm_month_revisions_to_csv(loaded.month), *json = wm_month_to_json(loaded.month);
    assert_string_equal(csv,
                        "indicator,unit,cohort,period,was,now,change,was_received,was_file,received,file,status_told,status_in_"
                        "hindsight\nPCT,,,2020-12,44,30,-14,2021-01-31," JANUARY ",2021-02-28," FEBRUARY ",green,red\n");
    assert_contains(json, "\"status_in_hindsight\":\t\"red\"");
    assert_contains(json, "\"immaterial_revisions\":\t1");
}

static void the_first_report_has_nothing_to_compare_with(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of("", BEFORE, "PCT,,,Dec-20,30,,,,\n");
    g_auto(Loaded) loaded = month_load(&folder, "2021-01-31");
    assert_int_equal(loaded.month->n_revisions, 0);
    assert_int_equal(loaded.month->n_immaterial, 0);
}

int main(void)
{
    ADD_TABLE(CASES, is_told);
    ADD(a_status_is_told_again_with_what_is_known_now);
    ADD(the_data_files_tell_it_too);
    ADD(the_first_report_has_nothing_to_compare_with);
    return run_cases("month_revisions");
}
