/* `waymark chart` as people type it: every kind, from a plan and from a long CSV, and every error. */
#include <stdio.h>
#include <string.h>
#include <waymark/assess.h>

#include "cli/fixture_command.h"

#define AREAS                                                                                               \
    "series,period,numerator,denominator\nSomerset,2021,320,495\nDevon,2021,200,610\nDorset,2021,150,210\n" \
    "Bath,2021,80,100\nSwindon,2021,61,140\nCornwall,2021,300,520\n"

static const char READINGS[] = "series,period,value\nA,2021-01,41\nA,2021-02,43.5\nA,2021-03,[c]\nA,2021-04,44\nA,2021-05,47\n"
                               "B,2021-01,12\nB,2021-02,12\nB,2021-03,11\n";

static const char STEADY[] = "series,period,value\nC,2021-01,41\nC,2021-02,43\nC,2021-03,42\nC,2021-04,44\nC,2021-05,41\n"
                             "C,2021-06,43\nC,2021-07,42\nC,2021-08,44\nC,2021-09,42\n";

static Folder place;

static int make_place(void **state)
{
    (void)state;
    place = folder_new();
    folder_write(&place, "areas.csv", AREAS);
    folder_write(&place, "x.csv", READINGS);
    folder_write(&place, "steady.csv", STEADY);
    folder_write(&place, "header.csv", "series,period,value\n");
    folder_write(&place, "sizes.csv",
                 "series,period,value\nTiny,2024-01-01,0.001\nTiny,2024-01-08,0.0015\n"
                 "Large,2024-01-01,10000000\nLarge,2024-01-08,10250000\n");
    folder_write(&place, "targets.csv",
                 "series,due,target,polarity\nA,2021-12,60,higher\nB,2021-06,10,lower\nA,2021-08,50,higher\n");
    folder_write(&place, "plan/plan.ini", "[plan]\ntitle = Recovery\narea = Somerset\n");
    folder_write(&place, "plan/indicators.csv",
                 "indicator,title,kind,measure_unit,polarity,frequency\nWAIT,Wait,duration,weeks,lower,month\n"
                 "JOINT,Joint plan,yes_no,,higher,month\n");
    folder_write(&place, "plan/actions.csv",
                 "action,title,start,due,status,indicators\n1,Hire staff,2021-01,2021-06,,WAIT\n"
                 "2,Meet families,2021-01,Ongoing,,JOINT\n3,Write it,,,complete,JOINT\n");
    folder_write(&place, "plan/drops/2021-04-30/r.csv",
                 "indicator,period,value\nWAIT,2021-01,9\nWAIT,2021-02,8\nWAIT,2021-03,9\nJOINT,2021-03,no\n");
    return 0;
}

static int clear_place(void **state)
{
    (void)state;
    folder_clear(&place);
    return 0;
}

typedef struct {
    const char *name;
    const char *words[14];
    int code;
    const char *out, *err;        /* parts of what is printed */
    const char *file, *file_says; /* a file that is written, and a part of it */
} Case;

static const Case CASES[] = {
    {"a_trajectory_of_each_series", {"chart", "--input", "x.csv"}, 0, "./A.svg\n./B.svg\n", "", "A.svg", "47.0 in May 2021"},
    {"a_target_has_its_chance",
     {"chart", "--input", "x.csv", "--target", "60", "--due", "2021-12", "--measure", "percent", "--out", "due"},
     0,
     "due/A.svg",
     "",
     "due/A.svg",
     "60% by Dec 2021"},
    {"targets_from_a_file",
     {"chart", "--input", "x.csv", "--targets", "targets.csv", "--out", "t"},
     0,
     "t/B.svg",
     "",
     "t/A.svg",
     "50 by Aug 2021"},
    {"one_series_only", {"chart", "--input", "x.csv", "--unit", "B", "--out", "one"}, 0, "one/B.svg\n", "", "one/B.svg", "11"},
    {"a_control_chart",
     {"chart", "--input", "x.csv", "--kind", "spc", "--out", "spc"},
     0,
     "spc/A~spc.svg",
     "",
     "spc/A~spc.svg",
     "XmR"},
    {"a_short_title_of_few_readings_claims_no_calm",
     {"chart", "--input", "x.csv", "--kind", "spc", "--size", "200x120", "--out", "small"},
     0,
     "small/A~spc.svg",
     "",
     "small/A~spc.svg",
     ">Not judged<"},
    {"as_at_cuts_what_came_later",
     {"chart", "--input", "x.csv", "--as-at", "2021-02-28", "--out", "then"},
     0,
     "then/A.svg",
     "",
     "then/A.svg",
     "43.5 in Feb 2021"},
    {"a_funnel_of_a_file",
     {"chart", "--input", "areas.csv", "--kind", "funnel", "--unit", "Somerset", "--title", "InTime"},
     0,
     "./InTime~funnel.svg\n",
     "",
     "InTime~funnel.svg",
     "InTime (%), 2021"},
    {"a_ranking_of_a_file",
     {"chart", "--input", "areas.csv", "--kind", "ranking", "--unit", "Somerset"},
     0,
     "./areas~ranking.svg\n",
     "",
     "areas~ranking.svg",
     "Somerset is 3rd of 6 at 64.6%"},
    {"limits_may_be_widened",
     {"chart", "--input", "areas.csv", "--kind", "funnel", "--overdispersion", "additive", "--out", "wide"},
     0,
     "wide/areas~funnel.svg",
     "",
     "wide/areas~funnel.svg",
     "widened for overdispersion"},
    {"other_sizes_formats_and_themes",
     {"chart", "--input", "x.csv", "--size", "160x40", "--theme", "dark", "--format", "png", "--out", "p"},
     0,
     "p/A.png",
     "",
     "p/A.png",
     "IHDR"},
    {"a_scorecard_of_a_file",
     {"chart", "--input", "x.csv", "--kind", "scorecard", "--targets", "targets.csv"},
     0,
     "./x~scorecard.svg\n",
     "",
     "x~scorecard.svg",
     "Both indicators are not judged"},
    {"a_matrix_of_a_file",
     {"chart", "--input", "x.csv", "--kind", "matrix"},
     0,
     "./x~matrix.svg\n",
     "",
     "x~matrix.svg",
     "Hit or miss"},
    {"a_target_without_a_date_is_one_of_every_period",
     {"chart", "--input", "steady.csv", "--kind", "matrix", "--target", "95", "--polarity", "higher", "--out", "level"},
     0,
     "level/steady~matrix.svg",
     "",
     "level/steady~matrix.svg",
     "No real change; the target will be missed as things stand"},
    {"and_of_the_control_chart_too",
     {"chart", "--input", "steady.csv", "--kind", "spc", "--target", "95", "--polarity", "higher", "--out", "level"},
     0,
     "level/C~spc.svg",
     "",
     "level/C~spc.svg",
     "the target of 95 will not be met"},
    {"a_few_readings_are_not_judged",
     {"chart", "--input", "x.csv", "--kind", "icons", "--target", "95", "--polarity", "higher", "--out", "few"},
     0,
     "few/x~icons.svg",
     "",
     "few/x~icons.svg",
     "Not judged"},
    {"a_table_of_icons_of_a_file",
     {"chart", "--input", "x.csv", "--kind", "icons"},
     0,
     "./x~icons.svg\n",
     "",
     "x~icons.svg",
     "Variation"},
    {"small_multiples_of_a_file",
     {"chart", "--input", "x.csv", "--kind", "multiples"},
     0,
     "./x~multiples.svg\n",
     "",
     "x~multiples.svg",
     "From 11"},
    {"panels_bear_the_names_of_areas",
     {"chart", "--input", "areas.csv", "--kind", "multiples", "--title", "InTime"},
     0,
     "./InTime~multiples.svg\n",
     "",
     "InTime~multiples.svg",
     ">Cornwall<"},
    {"a_sparkline_of_each_series",
     {"chart", "--input", "x.csv", "--kind", "sparkline"},
     0,
     "./B~sparkline.svg\n",
     "",
     "B~sparkline.svg",
     "11"},
    {"actions_need_a_plan",
     {"chart", "--input", "x.csv", "--kind", "timeline"},
     2,
     "",
     "--kind timeline is drawn from a plan's tables",
     NULL,
     NULL},
    {"risks_need_a_plan",
     {"chart", "--input", "x.csv", "--kind", "risk-matrix"},
     2,
     "",
     "is drawn from a plan's tables",
     NULL,
     NULL},
    {"a_plan_without_risks",
     {"chart", "plan", "--kind", "risk_matrix"},
     3,
     "",
     "the plan has no risk raised by the as-at; risks stand in risks.csv",
     NULL,
     NULL},
    {"what_a_row_without_a_due_date_says",
     {"chart", "plan", "--kind", "timeline"},
     0,
     "./plan~timeline.svg\n",
     "",
     "plan~timeline.svg",
     ">complete, no due date<"},
    {"actions_of_one_indicator",
     {"chart", "plan", "--kind", "timeline", "--indicator", "WAIT", "--out", "wait"},
     0,
     "wait/plan~timeline.svg\n",
     "",
     "wait/plan~timeline.svg",
     "Of 1 action none is complete"},
    {"no_action_names_the_indicator",
     {"chart", "plan", "--kind", "timeline", "--indicator", "NONE"},
     3,
     "",
     "the plan has no action that names the indicator NONE; actions stand in actions.csv",
     NULL,
     NULL},
    {"a_deliverable_is_left_out_aloud",
     {"chart", "plan", "--kind", "spc"},
     0,
     "./WAIT~spc.svg\n",
     "1 of 2 series left out: a deliverable is done or not, and has no control chart",
     NULL,
     NULL},
    {"a_deliverable_alone",
     {"chart", "plan", "--kind", "spc", "--indicator", "JOINT"},
     3,
     "",
     "indicator JOINT: a deliverable is done or not, and has no control chart; draw it with --kind trajectory",
     NULL,
     NULL},
    {"help_lists_the_kinds", {"chart", "--help"}, 0, "  funnel          areas of one indicator", "", NULL, NULL},
    {"a_kind_that_is_none",
     {"chart", "--input", "x.csv", "--kind", "pie"},
     2,
     "",
     "--kind “pie” is not known; use trajectory, spc",
     NULL,
     NULL},
    {"a_size_too_small", {"chart", "--input", "x.csv", "--size", "9x9"}, 2, "", "write WIDTHxHEIGHT in pixels", NULL, NULL},
    {"neither_plan_nor_input", {"chart"}, 2, "", "there is neither a plan nor --input", NULL, NULL},
    {"both_plan_and_input", {"chart", "plan", "--input", "x.csv"}, 2, "", "a plan and --input were both given", NULL, NULL},
    {"a_target_that_is_none",
     {"chart", "--input", "x.csv", "--target", "soon"},
     2,
     "",
     "--target “soon” is not understood",
     NULL,
     NULL},
    {"two_kinds_of_targets",
     {"chart", "--input", "x.csv", "--target", "5", "--targets", "targets.csv"},
     2,
     "",
     "not both",
     NULL,
     NULL},
    {"bounds_that_are_none", {"chart", "--input", "x.csv", "--bounds", "9"}, 2, "", "--bounds “9” is not understood", NULL, NULL},
    {"a_measure_that_is_none",
     {"chart", "--input", "x.csv", "--measure", "joy"},
     2,
     "",
     "--measure “joy” is not understood",
     NULL,
     NULL},
    {"an_area_to_pick_out_that_is_nowhere",
     {"chart", "--input", "areas.csv", "--kind", "funnel", "--unit", "Atlantis"},
     3,
     "",
     "no series is of the unit “Atlantis”",
     NULL,
     NULL},
    {"one_panel_is_titled_by_its_period",
     {"chart", "--input", "steady.csv", "--kind", "multiples", "--title", "Steady", "--out", "one"},
     0,
     "one/Steady~multiples.svg",
     "",
     "one/Steady~multiples.svg",
     "42 in Sep 2021"},
    {"panels_pick_out_an_area",
     {"chart", "--input", "areas.csv", "--kind", "multiples", "--title", "Picked", "--unit", "Bath"},
     0,
     "./Picked~multiples.svg\n",
     "",
     "Picked~multiples.svg",
     "Bath at 80.0%; areas are from"},
    {"no_such_series", {"chart", "--input", "x.csv", "--unit", "C"}, 3, "", "no series is asked for by these options", NULL, NULL},
    {"a_file_without_series",
     {"chart", "--input", "header.csv"},
     3,
     "",
     "the file has no reading; give it a row for each reading",
     NULL,
     NULL},
    {"an_as_at_that_is_none", {"chart", "--input", "x.csv", "--as-at", "soon"}, 2, "", "no date, such as 2026-09-30", NULL, NULL},
    {"a_series_too_small_for_the_others_decimals",
     {"chart", "--input", "sizes.csv", "--indicator", "Tiny", "--out", "sizes"},
     0,
     "sizes/Tiny.svg",
     "",
     "sizes/Tiny.svg",
     "0.0015 on 8 Jan 2024"},
    {"a_large_series_keeps_the_files_decimals",
     {"chart", "--input", "sizes.csv", "--indicator", "Large", "--out", "sizes"},
     0,
     "sizes/Large.svg",
     "",
     "sizes/Large.svg",
     "10,250,000 on 8 Jan 2024"},
    {"a_file_that_is_not_there", {"chart", "--input", "none.csv"}, 4, "", "none.csv", NULL, NULL},
};

static bool holds(const char *path, const char *part)
{
    gsize length;
    g_autofree char *text = NULL;
    g_autofree char *whole = g_build_filename(place.path, path, NULL);
    if (!g_file_get_contents(whole, &text, &length, NULL))
        return false;
    for (gsize i = 0; i + strlen(part) <= length; i++)
        if (memcmp(text + i, part, strlen(part)) == 0)
            return true;
    return false;
}

static void does_as_asked(void **state)
{
    const Case *test = *state;
    g_auto(Run) run = run_in(&place, test->words);
    assert_exit(run, test->code);
    if (!strstr(run.out, test->out) || !strstr(run.err, test->err))
        fail_msg("printed “%s”, said “%s”", run.out, run.err);
    if (test->file && !holds(test->file, test->file_says))
        fail_msg("%s lacks “%s”", test->file, test->file_says);
}

/* One chance for one question, whichever command answers it: the chart's is of the same model as the filter's. */
static void a_chart_says_the_chance_that_the_filter_says(void **state)
{
    (void)state;
    g_autoptr(GString) csv = g_string_new("series,period,value\n");
    for (int i = 0; i < 96; i++)
        g_string_append_printf(csv, "D,%d-%02d,%d\n", 2014 + i / 12, i % 12 + 1, 60 + (i < 60 ? 60 - i : i - 60) / 3 + i * 7 % 5);
    folder_write(&place, "turning.csv", csv->str);
    g_auto(Run) filter = RUN(&place, "chance", "turning.csv", "--target", "78", "--due", "2022-06", "--polarity", "higher");
    g_auto(Run) chart =
        RUN(&place, "chart", "--input", "turning.csv", "--target", "78", "--due", "2022-06", "--polarity", "higher");
    assert_exit(filter, 0);
    assert_exit(chart, 0);
    g_auto(GStrv) fields = g_strsplit(strchr(filter.out, '\n') + 1, ",", -1);
    char words[WM_VALUE_TEXT];
    g_autofree char *label = g_strdup_printf(">%s chance<", wm_chance_format(g_ascii_strtod(fields[3], NULL), words));
    if (!holds("D.svg", label))
        fail_msg("the chart lacks “%s”", label);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(CASES) + 1] = {[G_N_ELEMENTS(CASES)] =
                                                            cmocka_unit_test(a_chart_says_the_chance_that_the_filter_says)};
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        tests[i] = (struct CMUnitTest){CASES[i].name, does_as_asked, NULL, NULL, (void *)(uintptr_t)&CASES[i]};
    return cmocka_run_group_tests_name("waymark chart", tests, make_place, clear_place);
}
