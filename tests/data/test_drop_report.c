/* What is told of a file once it has been read: columns that nothing reads, parts of periods, units left out. */
#include "data/fixture_drop.h"

typedef struct {
    const char *name;
    const char *recipe;
    const char *file;
    const char *problems;
} ReportCase;

static const ReportCase REPORT_CASES[] = {
    {"columns_that_nothing_reads_are_told", NULL, "indicator,period,value,region\nPCT,2020-12,1,x\n",
     "pct_2020-12.csv:1:4 info unknown_column\n"},
    {"columns_of_figures_that_a_recipe_leaves_are_told", "[columns]\nvalue = n\n",
     "indicator,period,n,region,m\nPCT,2020-12,1,x,7\n", "pct_2020-12.csv:1:5 info unread_columns\n"},
    {"beside_a_column_for_each_period_they_may_be_one", WIDE_BY_YEAR "value = {period}\n", "Area,Nov-20,2020-O8\nN1,1,\nS1,,2\n",
     "pct_2020-12.csv:1:3 warning unread_columns\n"},
    {"unless_they_are_not_wanted", "[file]\nignore = Total | 2020-O*\n" WIDE_BY_YEAR "value = {period}\n",
     "Area,Nov-20,2020-O8,Total\nN1,1,3,4\n", ""},
    {"columns_of_a_filter_are_read", "[columns]\nvalue = n\n[filter]\nm = 7\n", "indicator,period,n,m\nPCT,2020-12,1,7\n", ""},
    {"a_term_s_figure_is_no_year_s", "[columns]\nperiod = time_period\n",
     "indicator,time_period,time_identifier,value\nACY,202021,Academic year,1\nACY,202122,Autumn and spring term,2\n",
     "pct_2020-12.csv:1:3 warning part_of_period\n"},
    {"nor_is_a_week_s", "[columns]\nperiod = time_period\n", "indicator,time_period,time_identifier,value\nACY,2021,Week 36,1\n",
     "pct_2020-12.csv:1:3 warning part_of_period\n"},
    {"nor_a_month_s", "[columns]\nperiod = time_period\n", "indicator,time_period,time_identifier,value\nACY,2021,January,1\n",
     "pct_2020-12.csv:1:3 warning part_of_period\n"},
    {"a_period_that_is_none_is_not_asked_for_its_part", "[columns]\nperiod = time_period\n",
     "indicator,time_period,time_identifier,value\nPCT,202105,May,1\nPCT,2021-06,Month,2\n", ""},
    {"the_length_of_periods_is_no_part", "[columns]\nperiod = time_period\n",
     "indicator,time_period,time_identifier,value\nPCT,202122,Year,1\nPCT,2021,Quarter,2\n", ""},
    {"a_whole_year_is", "[columns]\nperiod = time_period\n",
     "indicator,time_period,time_identifier,value\nACY,202021,Academic year,1\n", ""},
    {"a_recipe_chooses_its_columns", "[columns]\nvalue = n\n", "indicator,period,n,region\nPCT,2020-12,1,x\n", ""},
    {"fractions_are_questioned", NULL, "indicator,period,value\nPCT,2020-10,0.48\nPCT,2020-11,1\nPCT,2020-12,0\n",
     "pct_2020-12.csv:0:0 warning percent_as_fraction\n"},
    {"fractions_with_a_scale_are_not", "[columns]\nscale = 100\n",
     "indicator,period,value\nPCT,2020-10,0.48\nPCT,2020-11,1\nPCT,2020-12,0\n", ""},
    {"small_percents_with_their_sign_are_not", NULL, "indicator,period,value\nPCT,2020-10,0.48%\nPCT,2020-11,1%\nPCT,2020-12,0%\n",
     ""},
    {"noughts_and_ones_are_not", NULL, "indicator,period,value\nPCT,2020-10,0\nPCT,2020-11,1\nPCT,2020-12,0\n", ""},
    {"units_left_out_are_counted", "[file]\nunknown_units = skip\n", "indicator,period,value,unit\nPCT,2020-12,1,X9\n",
     "pct_2020-12.csv:0:0 info skipped_units\n"},
    {"rows_without_a_unit_among_others_are_told", "[columns]\nvalue = n\n",
     "indicator,period,n,unit\nPCT,2020-12,1,N1\nPCT,2020-12,2,\n", "pct_2020-12.csv:0:0 warning rows_without_unit\n"},
    {"also_among_units_that_are_left_out", "[file]\nunknown_units = skip\n",
     "indicator,period,value,unit\nPCT,2020-12,1,X9\nPCT,2020-12,2,\n",
     "pct_2020-12.csv:0:0 info skipped_units\npct_2020-12.csv:0:0 warning rows_without_unit\n"},
    {"a_file_that_names_none_is_the_area_s", "[columns]\nvalue = n\n", "indicator,period,n,unit\nPCT,2020-12,2,\n", ""},
    {"rows_that_the_recipe_gives_to_the_area_are_not", "[columns]\nvalue = n\n[rename unit]\n\"\" =\n",
     "indicator,period,n,unit\nPCT,2020-12,1,N1\nPCT,2020-12,2,\n", ""},
    {"a_name_that_the_recipe_gives_to_the_area_is_not", "[columns]\nvalue = n\n[rename unit]\nAll =\n",
     "indicator,period,n,unit\nPCT,2020-12,1,N1\nPCT,2020-12,2,All\n", ""},
    {"without_a_recipe_an_empty_unit_is_the_area_s", NULL, "indicator,period,value,unit\nPCT,2020-12,1,N1\nPCT,2020-12,2,\n", ""},
};

static void reports(void **state)
{
    const ReportCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({FILE_NAME, row->file});
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmRecipe) recipe = row->recipe ? recipe_parse(row->recipe, "r.ini", NULL) : NULL;
    assert_true(read_drop(&folder, recipe, FILE_NAME, out, problems, NULL));
    g_autofree char *list = problem_list(problems, WM_SEVERITY_INFO);
    assert_string_equal(list, row->problems);
}

int main(void)
{
    ADD_TABLE(REPORT_CASES, reports);
    return run_cases("drop_report");
}
