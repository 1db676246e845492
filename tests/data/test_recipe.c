/* Recipes: how to read a kind of file, and what is wrong with them. */
#include <math.h>
#include <string.h>

#include "data/fixture_month.h"

typedef struct {
    const char *name;
    const char *text;
    const char *message; /* NULL: it is good */
} RecipeCase;

static const RecipeCase RECIPE_CASES[] = {
    {"every_section",
     "[file]\nmatch = *.csv\n[columns]\nindicator = Measure\nperiod = Month\nvalue = Result\n[markers]\nsupp = suppressed\n[rename "
     "unit]\n933 = N1\n",
     NULL},
    {"an_empty_recipe", "", NULL},
    {"comments", "# how to read it\n[file]\n# which\nmatch = x.csv\n", NULL},
    {"windows_line_ends_and_a_byte_order_mark", "\xEF\xBB\xBF[file]\r\nmatch = x.csv\r\n", NULL},
    {"an_unknown_section", "[colums]\nunit = x\n",
     "it has an unknown section “colums”; sections are: file, columns, filter, indicator X, markers, rename FIELD"},
    {"a_section_that_only_begins_like_one", "[files]\nmatch = x\n", "it has an unknown section “files”"},
    {"a_longer_columns_section", "[columns2]\nunit = x\n", "it has an unknown section “columns2”"},
    {"an_unknown_key_of_file", "[file]\nmacth = x\n", "[file] has an unknown key “macth”; [file] knows: match"},
    {"an_unknown_column", "[columns]\ncolour = x\n",
     "[columns] has an unknown key “colour”; [columns] knows: indicator unit cohort"},
    {"an_unknown_state", "[markers]\nx = hidden\n",
     "[markers] has an unknown state “hidden”; use one of: suppressed not_applicable"},
    {"an_unknown_rename", "[rename colour]\nx = y\n", "it renames an unknown field “rename colour”; write [rename unit]"},
    {"entries_on_the_section_s_line",
     "[file]     match = x.csv    encoding = utf-8    header = 1    skip_after = Notes\n[columns]\tunit = a\n", NULL},
    {"a_comment_behind_a_section", "[columns]    # the plan's word = the file's\nunit = Area\n", NULL},
    {"a_marker_in_brackets", "[markers]\n[c] = suppressed\n\"\" = missing\n- = nil\n.. = 0\n", NULL},
    {"header_rows", "[file]\nheader = 4-5\n", NULL},
    {"header_rows_one_by_one", "[file]\nheader = 3, 5\n", NULL},
    {"an_indicator_twice", "[indicator A]\nvalue = a\n[indicator A]\nvalue = b\ncohort = =x\n", NULL},
    {"a_bad_header", "[file]\n\nheader = first\n", "r.ini:3: header “first” is no row; write the row's number, or 4-5"},
    {"a_header_backwards", "[file]\nheader = 5-4\n", "header “5-4” is no row"},
    {"an_unknown_encoding", "[file]\nencoding = latin-9\n",
     "encoding “latin-9” is not known; use one of: auto utf-8 windows-1252 utf-16"},
    {"an_unknown_delimiter", "[file]\ndelimiter = x\n", "delimiter “x” is not known; use one of: auto comma semicolon tab pipe"},
    {"an_unknown_treatment_of_units", "[file]\nunknown_units = lose\n",
     "unknown_units “lose” is not known; use one of: quarantine skip"},
    {"an_unknown_key_of_an_indicator", "[indicator A]\ncolour = x\n", "r.ini:2: [indicator A] has an unknown key “colour”"},
    {"a_scale_of_nothing", "[columns]\nscale = 0\n", "scale “0” is no number; write 100 where the file has 0.48 for 48%"},
    {"a_column_of_no_name", "[columns]\nunit = a | \n", "unit names no column"},
    {"an_odd_place", "[columns]\nunit = @9\n", "unit has an odd place “@9”; write @C for the third column"},
    {"a_negated_setting", "[columns]\nunit != x\n", "“unit != x” is no setting; only a filter can say !="},
    {"a_line_without_an_equals_sign", "[columns]\nunit\n", "r.ini:2: a line has no “=”: “unit”"},
    {"a_section_that_is_not_closed", "[columns\n", "r.ini:1: a section is not closed"},
    {"no_ini_at_all", "indicator = Measure\n", "a recipe has sections and key = value lines"},
};

static void is_read_or_refused(void **state)
{
    const RecipeCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "r.ini");
    g_autoptr(GError) error = NULL;
    folder_write(&folder, "r.ini", row->text);
    g_autoptr(WmRecipe) recipe = wm_recipe_read(path, &error);
    assert_int_equal(recipe == NULL, row->message != NULL);
    if (!row->message)
        return;
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_contains(error->message, row->message);
    assert_contains(error->message, "r.ini:");
}

static void a_missing_recipe_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(wm_recipe_read("/no/such.ini", &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_contains(error->message, "/no/such.ini: ");
}

typedef struct {
    const char *name;
    const char *recipe;
    const char *drop;
    const char *unit, *cohort;
    double value; /* of PCT in 2020-12 */
    WmReadingState state;
} UseCase;

static const UseCase USE_CASES[] = {
    {"columns_by_the_file_s_own_names", "[columns]\nindicator = Measure\nperiod = Month\nvalue = Result\n",
     "Month,Measure,Result\nDec-20,PCT,41\n", "", "", 41, WM_FINAL},
    {"column_names_in_any_case", "[columns]\nvalue = RESULT\n", "period,indicator,result\nDec-20,PCT,41\n", "", "", 41, WM_FINAL},
    {"numerator_and_denominator", "[columns]\nnumerator = Yes\ndenominator = All\n", "period,indicator,Yes,All\nDec-20,PCT,1,4\n",
     "", "", 25, WM_FINAL},
    {"markers_of_its_own", "[markers]\nsupp = suppressed\n", "period,indicator,value\nDec-20,PCT,supp\n", "", "", NAN,
     WM_SUPPRESSED},
    {"a_marker_that_looks_like_a_number", "[markers]\n-999 = missing\n", "period,indicator,value\nDec-20,PCT,-999\n", "", "", NAN,
     WM_MISSING},
    {"a_renamed_unit", "[rename unit]\n933 = N1\n", "period,indicator,unit,value\nDec-20,PCT,933,41\n", "N1", "", 41, WM_FINAL},
    {"a_renamed_indicator", "[rename indicator]\nPlans on time (%) = PCT\n",
     "period,indicator,value\nDec-20,Plans on time (%),41\n", "", "", 41, WM_FINAL},
    {"a_renamed_cohort", "[rename cohort]\nTotal = \nBoys = male\n", "period,indicator,cohort,value\nDec-20,PCT,Total,41\n", "", "",
     41, WM_FINAL},
    {"a_renamed_cohort_that_is_one", "[rename cohort]\nBoys = male\n", "period,indicator,cohort,value\nDec-20,PCT,Boys,41\n", "",
     "male", 41, WM_FINAL},
    {"a_unit_by_its_code", "", "period,indicator,unit,value\nDec-20,PCT,E1,41\n", "N1", "", 41, WM_FINAL},
    {"the_area_by_its_name", "", "period,indicator,unit,value\nDec-20,PCT,Ourland,41\n", "", "", 41, WM_FINAL},
};

static void reads_the_drop(void **state)
{
    const UseCase *row = *state;
    const char *recipe = text_of("[file]\nmatch = monthly*.csv\n%s", row->recipe);
    g_auto(Folder) folder = PLAN_FOLDER({"recipes/monthly.ini", recipe}, {"recipes/other.ini", "[file]\nmatch = yearly*.csv\n"},
                                        {"drops/2021-01-31/monthly-1.csv", row->drop});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmSeries *series = series_of(loaded.month, "PCT", row->unit, row->cohort);
    assert_int_equal(series->n_readings, 1);
    assert_near(series->readings[0].value, row->value, 1e-12);
    assert_int_equal(series->readings[0].state, row->state);
}

static void a_column_that_the_recipe_names_must_be_there(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"recipes/m.ini", "[file]\nmatch = *.csv\n[columns]\nunit = Area\n"},
                                        {"drops/2021-01-31/x.csv", "period,indicator,value\nDec-20,PCT,41\n"});
    g_auto(Loaded) loaded = drops_load(&folder);
    const WmProblem *problem = problem_of(loaded.problems, "unusable_drop");
    assert_contains(problem->message, "there is no column Area");
    assert_string_equal(problem->advice, "name the file's own columns in a recipe (recipes/NAME.ini)");
    assert_string_equal(problem->file, "drops/2021-01-31/x.csv");
    assert_int_equal(problem->line, 1);
    assert_int_equal(problem->severity, WM_SEVERITY_ERROR); /* a whole delivery is not there */
    g_autofree char *text = wm_problem_format(problem);
    assert_string_equal(
        text,
        "drops/2021-01-31/x.csv:1: error: there is no column Area; name the file's own columns in a recipe (recipes/NAME.ini)");
}

static void two_recipes_that_match_are_an_error(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"recipes/a.ini", "[file]\nmatch = *.csv\n"}, {"recipes/b.ini", "[file]\nmatch = x*\n"},
                                        {"drops/2021-01-31/x.csv", "period,indicator,value\nDec-20,PCT,41\n"});
    g_auto(Loaded) loaded = drops_load(&folder);
    const WmProblem *problem = problem_of(loaded.problems, "unusable_drop");
    assert_contains(problem->message, "also matches x.csv");
    assert_contains(problem->message, "a.ini");
    assert_contains(problem->message, "b.ini");
}

int main(void)
{
    ADD_TABLE(RECIPE_CASES, is_read_or_refused);
    ADD(a_missing_recipe_is_refused);
    ADD_TABLE(USE_CASES, reads_the_drop);
    ADD(a_column_that_the_recipe_names_must_be_there);
    ADD(two_recipes_that_match_are_an_error);
    return run_cases("recipe");
}
