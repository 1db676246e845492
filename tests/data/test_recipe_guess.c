/* Small files of every shape: the guess must say what it saw, and the recipe, indicators and units it writes must load the file. */
#include "engine/data/recipe/recipe_guess.h"

#include <string.h>

#include "data/fixture_month.h"
#include "engine/data/recipe/recipe.h"

typedef struct {
    const char *name;
    const char *file;
    const char *parts; /* of the recipe, one a line */
    const char *units; /* units.csv below its header; NULL: no column says who */
    int n_readings; /* that the guessed plan loads; -1: all but cells or rows that are refused; -2: it cannot be loaded as it is */
} GuessCase;

#define RELEASE_HEADER                                                                                                           \
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,old_la_code,la_" \
    "name,"

static const GuessCase CASES[] = {
    {"one_row_a_place_and_year",
     RELEASE_HEADER
     "breakdown,plans,pc_plans\n"
     "2019,Calendar year,National,E92000001,England,,,,,,All plans,100,58.7\n"
     "2019,Calendar year,Regional,E92000001,England,E12000001,North East,,,,All plans,50,x\n"
     "2019,Calendar year,Local authority,E92000001,England,E12000001,North East,E06000047,840,Durham,All plans,20,30\n"
     "2019,Calendar year,Local authority,E92000001,England,E12000001,North East,E06000047,840,Durham,Boys,12,31.5\n",
     "match = x*.csv\nperiod = time_period\nunit = new_la_code | region_code | country_code\ncohort = breakdown\n"
     "[indicator PLANS]\nvalue = plans\n[indicator PC_PLANS]\nvalue = pc_plans\n[rename cohort]\n\"All plans\" =\n“x” (1, "
     "not_available)\n",
     "E92000001,England,,national,\nE12000001,North East,E92000001,regional,\nE06000047,Durham,E12000001,local_authority,840\n", 8},
    {"a_group_of_columns_for_each_year",
     "\"A title, of 2014 to 2015\",,,,,\n,,,,,\nLocal Authority,LA code,2014,,2015,\n,,Appeals4,\"Rate1,9\",Appeals4,Rate1\n"
     "NORTH EAST,,,,,\nDarlington,841, - ,0.00%,2,0.40%\nPoole5,,3,0.60%,\"1,250\",3%\nSources: the court,,,,,\n",
     "header = 3-4\nfootnotes = strip\nskip_after = Sources\nunit = LA code | Local Authority\n[indicator APPEALS]\nvalue = "
     "{period} / Appeals\n[indicator "
     "RATE]\nvalue = {period} / Rate\n",
     "841,Darlington,,,\nPoole,Poole,,,\n", 8},
    {"a_title_merged_over_the_names", "Plans,Plans,Plans\nArea,Jan-21,Feb-21\nNorth,1,2\n",
     "header = 2\nunit = Area\nvalue = {period}\n", "North,North,,,\n", 2},
    {"a_column_for_each_month", "Area,Jan-21,Feb-21,Mar-21\nNorth,1,2,3\nSouth,4,,6\n",
     "unit = Area\n[indicator X]\nvalue = {period}\n", "North,North,,,\nSouth,South,,,\n", 5},
    {"long_keys_and_measures",
     "\"period\",\"org_code\",\"type\",\"attendances\"\n2017-03-01,\"RF4\",\"1\",21\n2017-03-01,\"RF4\",\"other\",8\n"
     "2017-04-01,\"RF4\",\"1\",20\n",
     "period = period\nunit = org_code\ncohort = type\n[indicator ATTENDANCES]\n", "RF4,RF4,,,\n", 3},
    {"a_column_of_measures", "Measure;Month;Area;Result\nPlans;Jan 2021;N1;4\nReviews;Jan 2021;N1;5\n",
     "delimiter = semicolon\nperiod = Month\nunit = Area\nindicator = Measure\nvalue = Result\n\"Plans\" = PLANS\n\"Reviews\" = "
     "REVIEWS\n",
     "N1,N1,,,\n", 2},
    {"year_and_month_apart", "Year,Month,plans\n2021,January,4\n2021,February,5\n",
     "period = Month + Year\nno column seems to say who\n", NULL, 2},
    {"fractions", "period,Share of plans\n2021-01,0.48\n2021-02,0.5\n2021-03,1\n", "[indicator SHARE_OF_PLANS]\nscale = 100\n",
     NULL, 3},
    {"marks_of_its_own",
     "period,plans\n2021-01,4\n2021-02,5\n2021-03,6\n2021-04,7\n2021-05,8\n2021-06,9\n2021-07,9\n2021-08,9\n2021-09,9\n2021-10,~\n",
     "[markers]\n~ = suppressed\n", NULL, 10},
    {"academic_years", "time_period,time_identifier,plans\n202223,Academic year,4\n202324,Academic year,5\n",
     "period = time_period\n", NULL, 2},
    {"terms_beside_their_years",
     "time_period,time_identifier,plans\n202223,Autumn term,4\n202223,Spring term,5\n202324,Autumn term,6\n",
     "period = time_period + time_identifier\n", NULL, 3},
    {"quarters_and_whole_years_beside_their_years",
     "time_period,time_identifier,plans\n202223,Financial year Q1,4\n202223,Financial year Q2,5\n202223,Financial year,9\n",
     "period = time_period + time_identifier\n", NULL, 3},
    {"months_beside_their_years", "time_period,time_identifier,plans\n2023,January,4\n2023,February,5\n",
     "period = time_period + time_identifier\n", NULL, 2},
    {"two_terms_together_are_no_year",
     "time_period,time_identifier,plans\n202223,Autumn and spring term,4\n202324,Autumn and spring term,5\n",
     "“Autumn and spring term” makes no period: it is kept as a cohort\nperiod = time_period\ncohort = time_identifier\n", NULL, 2},
    {"two_terms_together_among_others",
     "time_period,time_identifier,plans\n202223,Autumn term,3\n202223,Autumn and spring term,4\n",
     "“Autumn and spring term” makes no period: such rows will be refused\nperiod = time_period + time_identifier\n", NULL, -1},
    {"schools_bear_their_authority_s_code",
     "time_period,geographic_level,country_code,country_name,new_la_code,la_name,school_urn,plans\n"
     "2022,School,E92000001,England,E10000027,Somerset,123001,4\n2022,School,E92000001,England,E10000027,Somerset,123002,6\n"
     "2022,National,E92000001,England,,,,100\n2022,Local authority,E92000001,England,E10000027,Somerset,,10\n"
     "2022,Local authority,E92000001,England,E06000066,Dorset,,9\n",
     "and would pass for it: School\n[filter]\ngeographic_level = National | Local authority\nunit = new_la_code | country_code\n",
     "E92000001,England,,national,\nE10000027,Somerset,E92000001,local_authority,\nE06000066,Dorset,E92000001,local_authority,\n",
     3},
    {"a_year_beside_its_months", "Year,Month,plans\n2022/23,2022-04-01,4\n2022/23,2022-05-01,5\n2022/23,2022-06-01,6\n",
     "period = Month\n", NULL, 3},
    {"a_period_behind_a_text", "Period,plans\nMSitAE-APRIL-2023,4\nMSitAE-MAY-2023,5\n",
     "period = Period\n[rename period]\nMSitAE-{period} = {period}\n", NULL, 2},
    {"no_period_at_all", "Area,plans,cases\nN,4,5\nS,6,7\n", "no column seems to hold a period, which every reading needs\n",
     "N,N,,,\nS,S,,,\n", -2},
    {"decimal_commas", "Monat;plans\n2021-01;687,7\n2021-02;1.234,5\n2021-03;0,25\n",
     "delimiter = semicolon\ndecimal = comma\nperiod = Monat\nvalue = plans\n", NULL, 3},
    {"decimal_commas_beside_thousands", "Monat;plans;share\n2021-01;1.234;87,5\n2021-02;987;9,25\n2021-03;1.002;0,5\n",
     "delimiter = semicolon\ndecimal = comma\nperiod = Monat\n", NULL, 6},
    {"months_that_are_marked", "month,plans\nJun-25,4\nJul-25 (p),5\nAug 25 prov,7\n", "period = month\n[indicator PLANS]\n", NULL,
     3},
    {"a_column_for_each_month_some_marked", "Area,Jun-25,Jul-25 (p)\nNorth,1,2\nSouth,4,6\n",
     "unit = Area\n[indicator X]\nvalue = {period}\n", "North,North,,,\nSouth,South,,,\n", 4},
    {"a_line_that_names_the_delimiter", "sep=|\nperiod|plans\n2021-01|4\n2021-02|5\n", "delimiter = pipe\nperiod = period\n", NULL,
     2},
    {"comments_and_failed_figures_are_no_groups",
     "Month,Rate,Other,Comment\n2021-01,1.5,#N/A,all well\n2021-02,2.5,3,late by a week\n2021-03,2,4,recounted\n#N/A,2,4,\n",
     "period = Month\nvalue = Rate\nvalue = Other\nneither figures throughout nor groups that come again: Comment", NULL, -1},
    {"a_percent_by_its_counts",
     "Month,done,all,done_pc,other\n2021-01,37,37,100.0,44\n2021-02,9,28,32.1,35\n2021-03,32,35,91.4,42\n2021-04,61,77,79.2,"
     "84\n2021-05,27,68,39.7,75\n2021-06,32,32,100.0,39\n2021-07,13,23,56.5,30\n2021-08,1,75,1.3,82\n2021-09,35,77,45.5,84\n2021-"
     "10,38,49,77.6,56\n",
     "[indicator DONE_PC]\nvalue = done_pc\nof the two counts, in all of 10 rows\nnumerator = done\ndenominator = all\n", NULL, 40},
    {"figures_with_words_among_them_are_no_groups",
     "Year,Rate,Mixed\n2001,2,5.5\n2002,2,7\n2003,2,8\n2004,2,9\n2005,2,11\n2006,2,12\n2007,2,13\n2008,2,14\n2009,2,15\n2010,2,"
     "16\n2011,2,17\n2012,2,18\n2013,2,5.5\n2014,2,7\n2015,2,8\n2016,2,9\n2017,2,11\n2018,2,12\n2019,2,13\n2020,2,14\n2021,2,"
     "15\n2022,2,16\n2023,2,17\n2024,2,18\n2025,2,late\n2026,2,late\n2027,2,late\n2028,2,late\n2029,2,late\n2030,2,late\n2031,2,"
     "late\n2032,2,late\n2033,2,late\n",
     "value = Rate\nneither figures throughout nor groups that come again: Mixed", NULL, 33},
    {"names_that_a_recipe_would_read_otherwise", "period,a | b,*all*,,n\n2021-01,1,2,3,4\n2021-02,1,2,3,4\n",
     "value = \"a | b\"\nvalue = \"*all*\"\nvalue = @D\n", NULL, 8},
};

static char *guess_text(const Folder *folder, const char *what, WmProblems *problems)
{
    g_autofree char *path = folder_path(folder, "x.csv");
    g_autoptr(GError) error = NULL;
    const SourceOptions options = {0};
    g_autoptr(SheetProfile) profile = sheet_profile_read(path, &options, &error);
    if (!profile)
        fail_msg("%s", error->message);
    g_autoptr(Guess) guess = guess_new(profile, NULL, path, &options, &error);
    assert_non_null(guess);
    if (strcmp(what, "units") == 0)
        return guess_units(guess, &options, problems, NULL);
    return strcmp(what, "recipe") == 0 ? guess_recipe(guess) : guess_indicators(guess);
}

static void says_what_it_saw(void **state)
{
    const GuessCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmProblems) problems = wm_problems_new();
    folder_write(&folder, "x.csv", row->file);
    g_autofree char *recipe = guess_text(&folder, "recipe", problems);
    g_auto(GStrv) parts = g_strsplit(row->parts, "\n", -1);
    for (char **part = parts; *part; part++)
        assert_contains(recipe, *part);
    g_autofree char *units = guess_text(&folder, "units", problems);
    if (row->units)
        assert_string_equal(strchr(units, '\n') + 1, row->units);
    else
        assert_null(units);
}

/* Where the figures have no unit column, they are the area's own. */
static void loads_what_it_guessed(void **state)
{
    const GuessCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmProblems) problems = wm_problems_new();
    folder_write(&folder, "x.csv", row->file);
    g_autofree char *recipe = guess_text(&folder, "recipe", problems), *indicators = guess_text(&folder, "indicators", problems),
                    *units = guess_text(&folder, "units", problems);
    folder_write(&folder, "plan.ini", "[plan]\ntitle = T\narea = Ourland\nstart = 2014-01-01\n");
    folder_write(&folder, "indicators.csv", indicators);
    folder_write(&folder, "units.csv", units ? units : "unit,name\nN1,North\n");
    folder_write(&folder, "recipes/x.ini", recipe);
    g_autofree char *path = folder_path(&folder, "x.csv");
    g_auto(Loaded) loaded = drops_load(&folder);
    const WmIngestRequest request = {.path = path, .name = "x.csv", .received = day_of("2024-01-31")};
    WmIngestResult result;
    g_autoptr(GError) error = NULL;
    if (row->n_readings < -1) {
        assert_false(wm_ingest_file(loaded.store, loaded.plan, &request, &result, NULL));
        return;
    }
    if (!wm_ingest_file(loaded.store, loaded.plan, &request, &result, &error))
        fail_msg("%s\n%s", error->message, recipe);
    if (row->n_readings < 0) /* it has cells that cannot be read */
        return;
    assert_int_equal(result.n_quarantined, 0);
    assert_int_equal(result.n_loaded, row->n_readings);
}

/* The file's name says what its columns do not. */
static void a_period_in_the_file_s_name(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    folder_write(&folder, "April-2023-CSV-Kfd9x.csv", "Area,plans,cases\nN,4,5\nS,6,7\n");
    g_autofree char *path = folder_path(&folder, "April-2023-CSV-Kfd9x.csv");
    const SourceOptions options = {0};
    g_autoptr(SheetProfile) profile = sheet_profile_read(path, &options, NULL);
    g_autoptr(Guess) guess = guess_new(profile, NULL, path, &options, NULL);
    g_autofree char *recipe = guess_recipe(guess);
    assert_contains(recipe, "match = {period}-CSV-Kfd9x*.csv\n");
    assert_contains(recipe, "no column holds a period: the file's name does\n");
}

static void two_codes_of_one_place_are_told(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmProblems) problems = wm_problems_new();
    folder_write(&folder, "x.csv",
                 "period,la_code,la_name,plans\n2019,E10000002,Bucks,4\n2020,E06000060,Bucks,5\n2020,E06000001,Hartlepool,6\n");
    g_autofree char *units = guess_text(&folder, "units", problems);
    assert_int_equal(wm_problems_n(problems), 1);
    const WmProblem *problem = problem_of(problems, "twin_units");
    assert_string_equal(problem->message, "E10000002 and E06000060 are both Bucks");
    assert_string_equal(problem->advice, "keep one, and say E06000060 = E10000002 under [rename unit]");
}

static void an_empty_file_is_refused(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.csv");
    g_autoptr(GError) error = NULL;
    folder_write(&folder, "x.csv", "\n,,\n");
    assert_null(sheet_profile_read(path, &(SourceOptions){0}, &error));
    assert_contains(error->message, "x.csv: the file is empty");
}

/* Whatever a file holds, the guess ends, and its recipe can be read. */
static void any_text_gives_a_recipe_that_can_be_read(void **state)
{
    (void)state;
    static const char *const CELLS[] = {"a",  "1",        "2014",    "",         "x",        "E10000027", "\"=b\"", "[c]",
                                        "@A", "{period}", "\"a|b\"", "\"\"\"\"", "Notes: 1", "5%",        "#"};
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (int i = 0; i < 300; i++) {
        g_auto(Folder) folder = folder_new();
        g_autoptr(GString) text = g_string_new(NULL);
        g_autoptr(WmProblems) problems = wm_problems_new();
        g_autoptr(GError) error = NULL;
        const int n = g_rand_int_range(random, 1, 12);
        for (int row = 0; row < n; row++) {
            for (int k = g_rand_int_range(random, 1, 6); k > 0; k--)
                g_string_append_printf(text, "%s%s", CELLS[g_rand_int_range(random, 0, N_ELEMENTS(CELLS))], k > 1 ? "," : "\n");
        }
        g_string_append(text, "a,2\n");
        folder_write(&folder, "x.csv", text->str);
        g_autofree char *recipe = guess_text(&folder, "recipe", problems), *units = guess_text(&folder, "units", problems);
        g_autoptr(WmRecipe) read = recipe_parse(recipe, "r.ini", &error);
        if (!read)
            fail_msg("%s\n%s\n%s", error->message, text->str, recipe);
        (void)units;
    }
}

int main(void)
{
    ADD_TABLE(CASES, says_what_it_saw);
    ADD_TABLE(CASES, loads_what_it_guessed);
    ADD(a_period_in_the_file_s_name);
    ADD(two_codes_of_one_place_are_told);
    ADD(an_empty_file_is_refused);
    ADD(any_text_gives_a_recipe_that_can_be_read);
    return run_cases("recipe_guess");
}
