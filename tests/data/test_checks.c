/* Every check, by a plan that it is about: one row a code, and no code without a row. Also what is no finding. */
#include <waymark/ingest.h>

#include <string.h>

#include "data/fixture_store.h"
#include "data/fixture_workbook.h"

#define DROP "drops/2021-08-31/a.csv"
#define ROWS DROP_HEADER

/* Two years of a percent about 40, a figure a month; `other` stands in for that of March 2021. */
#define HISTORY(other)                                                                                                    \
    ROWS "PCT,,,2020-09,40,,,,\nPCT,,,2020-10,41,,,,\nPCT,,,2020-11,39,,,,\nPCT,,,2020-12,42,,,,\nPCT,,,2021-01,40,,,,\n" \
         "PCT,,,2021-02,43,,,,\nPCT,,,2021-03," other ",,,,\nPCT,,,2021-04,44,,,,\nPCT,,,2021-05,41,,,,\n"                \
         "PCT,,,2021-06,45,,,,\nPCT,,,2021-07,44,,,,\n"
#define WEEKS(other)                                                                                                      \
    ROWS "DUR,,,2020-09,20,,,,\nDUR,,,2020-10,21,,,,\nDUR,,,2020-11,19,,,,\nDUR,,,2020-12,22,,,,\nDUR,,,2021-01,20,,,,\n" \
         "DUR,,,2021-02,23,,,,\nDUR,,,2021-03," other ",,,,\nDUR,,,2021-04,24,,,,\nDUR,,,2021-05,21,,,,\n"                \
         "DUR,,,2021-06,25,,,,\nDUR,,,2021-07,24,,,,\n"

#define FORMULA(rest)  "indicator,kind,frequency,low,high,formula\nA,count,month,,,\nQ,count,quarter,,,\nW,text,month,,,\n" rest
#define OVERRIDE(rest) "indicator,unit,status,reason,by_role,from,expires\n" rest "\n"

#define SOME_READINGS ROWS "PCT,,,2021-07,40,,,,\n"

typedef struct {
    const char *name; /* the code, and what about it */
    const char *file, *text;
    const char *message; /* part of it */
} Case;

static const Case CASES[] = {
    {"unknown_key", "plan.ini", "[plan]\ntitle = T\narea = A\nstart = 2020-09\nmotto = x\n", "motto"},
    {"bad_policy", "plan.ini", "[policy]\non = green\n", "four statuses"},
    {"bad_threshold", "plan.ini", "[policy]\nlikely = 50\n", "cannot be"},
    {"bad_material", "plan.ini", "[reports]\nmaterial_revision = big\n", "“big” is no threshold"},
    {"bad_escalation", "plan.ini", "[policy]\nescalate = pink 2\n", "“pink 2” is no rule"},
    {"bad_store", "plan.ini", "[store]\nurl = postgresql://me:secret@db/plans\n", "has a password in it"},
    {"no_title", "plan.ini", "[plan]\narea = A\n", "no title"},
    {"no_area", "plan.ini", "[plan]\ntitle = T\n", "no area"},
    {"no_start", "plan.ini", "[plan]\ntitle = T\n", "no start"},
    {"unknown_column", "themes.csv", "theme,colour\nT1,red\n", "colour"},
    {"repeated_column", "themes.csv", "theme,title,title\nT1,a,b\n", "title"},
    {"missing_column", "themes.csv", "title\na\n", "theme"},
    {"empty_file", "events.csv", "", "empty"},
    {"empty_field", "themes.csv", "theme,title\n,a\n", "empty"},
    {"bad_date", "baselines.csv", "indicator,value,as_at\nPCT,40,soon\n", "soon"},
    {"unknown_word", "indicators.csv", "indicator,kind\nPCT,proportion\n", "proportion"},
    {"repeated_id", "themes.csv", "theme,title\nT1,a\nT1,b\n", "twice"},
    {"unknown_theme", "indicators.csv", "indicator,theme,kind\nPCT,T9,percent\n", "T9"},
    {"unknown_unit", "baselines.csv", "indicator,unit,value\nPCT,E99,40\n", "E99"},
    {"unknown_unit: in a drop", DROP, ROWS "PCT,E99,,2021-07,40,,,,\n", "E99"},
    {"ambiguous_unit", "units.csv", "unit,name\nA,North\nB,North\n",
     "several units are called North"}, /* as neighbours.csv has it */
    {"ambiguous_area", "units.csv", "unit,name\nA,Ourland\nB,Ourland\n", "both called Ourland"},
    {"unit_circle", "units.csv", "unit,name,parent\nN1,North,S1\nS1,South,N1\n", "lies below itself"},
    {"unknown_indicator", "targets.csv", "indicator,due,target\nPCTT,2021-08,50%\n", "PCTT"},
    {"unknown_action", "action_rag.csv", "action,as_at,rag\nA9,2021-01,red\n", "A9"},
    {"waits_circle", "actions.csv", "action,title,waits_for\nA1,Do it,A2\nA2,Plan it,A1\n", "A1 → A2 → A1"},
    {"unknown_risk", "risk_scores.csv", "risk,as_at,likelihood_after,impact_after\nR9,2021-01,Low,Low\n", "R9"},
    {"unknown_word: a risk's level", "risks.csv", "risk,title,likelihood_before,impact_before\nR1,It fails,9,4\n",
     "likelihood_before of risk R1 is “9”, which is no level"},
    {"unknown_item", "evidence.csv", "indicator,as_at,kind,summary,item\nPCT,2021-01,audit,a,Q9\n", "Q9"},
    {"alike_titles", "indicators.csv",
     "indicator,title,kind\nPCT,Plans of the area on time,percent\nP2,\"Plans – area, on time\",percent\n",
     "P2 has the title of PCT"},
    {"draft_title", "indicators.csv", "indicator,title,kind\nPCT,Plans on time: CHECK with health,percent\n",
     "a remark of its drafting"},
    {"definitions_differ", "definitions.csv",
     "indicator,source,definition\nPCT,List,Share of plans on time\nPCT,Card,share of plans on time.\nPCT,Board,All plans\n",
     "the definition of PCT is “All plans” in Board, and “Share of plans on time” in List"},
    {"possible_name", "commentary.csv", "indicator,as_at,explanation\nPCT,2021-07,Dr Jones is away\n",
     "explanation may name a person: “Dr Jones”"},
    {"possible_name: an address", "themes.csv", "theme,owner_role\nT1,a.jones@ourland.gov.uk\n", "owner_role may name a person"},
    {"bounds_out_of_order", "indicators.csv", "indicator,kind,low,high\nPCT,percent,100,0\n", "above high"},
    {"negative_tolerance", "indicators.csv", "indicator,kind,tolerance\nPCT,percent,-1\n", "distances"},
    {"two_baselines", "baselines.csv", "indicator,value\nPCT,40\nPCT,41\n", "already on line 2"},
    {"baseline_without_figure", "baselines.csv", "indicator,value\nPCT,\n", "no figure"},
    {"baseline_unknown", "baselines.csv", "indicator,value,qualifier\nPCT,,tbc\n", "to be"},
    {"target_unresolved", "targets.csv", "indicator,due,target\nPCT,2021-08,TBC\n", "TBC"},
    {"two_targets", "targets.csv", "indicator,due,target\nPCT,2021-08,50%\nPCT,2021-08,60%\n", "two targets"},
    {"worse_than_predecessor", "targets.csv", "indicator,due,target\nPCT,2021-08,50%\nPCT,2021-12,19%\n", "falls back from 50%"},
    {"worse_than_baseline", "targets.csv", "indicator,due,target\nPCT,2021-08,30%\n", "worse than its baseline"},
    {"dates_out_of_order", "plan.ini", "[plan]\ntitle = T\narea = A\nstart = 2021-01\nend = 2020-01\n", "before it starts"},
    {"override_without_expiry", "overrides.csv", OVERRIDE("PCT,,green,why,who,2021-01,"), "never expires"},
    {"override_without_reason", "overrides.csv", OVERRIDE("PCT,,green,,who,2021-01,2022-01"), "no reason"},
    {"bad_formula", "indicators.csv", FORMULA("X,count,month,,,A +\n"), "its end"},
    {"formula_unknown_indicator", "indicators.csv", FORMULA("X,count,month,,,A + BB\n"), "BB"},
    {"formula_cycle", "indicators.csv", FORMULA("X,count,month,,,A + X\n"), "X → X"},
    {"formula_periods", "indicators.csv", FORMULA("X,count,month,,,A + Q\n"), "different periods"},
    {"formula_of_words", "indicators.csv", FORMULA("X,count,month,,,A + W\n"), "in words"},
    {"formula_too_deep", "indicators.csv", NULL, "more than 32"},
    {"restarts_each_year", "indicators.csv", FORMULA("PCT,count,month,,,year to date of A\n"), "PCT starts afresh each year"},
    {"undated_drop", "drops/latest/a.csv", ROWS, "not a dated folder"},
    {"unusable_drop", DROP, "a,b\n1,2\n", "column"},
    {"units_differ", DROP, "indicator,period,value,code,name\nPCT,2021-07,40,E1,South\n",
     "“E1” is North, and “South” beside it South"},
    {"bad_period", DROP, ROWS "PCT,,,Tuesday,40,,,,\n", "Tuesday"},
    {"bad_number", DROP, ROWS "PCT,,,2021-07,awaited,,,,\n", "awaited"},
    {"other_unit", DROP, ROWS "DUR,,,2021-07,12 months,,,,\n", "months"},
    {"numerator_exceeds_denominator", DROP, ROWS "PCT,,,2021-07,,52,50,,\n", "52 exceeds denominator 50"},
    {"unknown_state", DROP, ROWS "PCT,,,2021-07,40,,,guessed,\n", "guessed"},
    {"state_with_value", DROP, ROWS "PCT,,,2021-07,40,,,suppressed,\n", "yet has the value"},
    {"state_without_value", DROP, ROWS "PCT,,,2021-07,,,,final,\n", "no value"},
    {"extra_field", DROP, ROWS "PCT,,,2021-07,1,322,,,,,\n", "fields"},
    {"nul_byte", DROP, NULL, "NUL"},
    {"conflicting_row", DROP, ROWS "PCT,,,2021-07,40,,,,\nPCT,,,2021-07,41,,,,\n", "another figure"},
    {"skipped_units", DROP, ROWS "PCT,E99,,2021-07,40,,,,\n", "1 row of units that are not in units.csv was left out"},
    {"unread_columns", DROP, "indicator,period,value,others\nPCT,2021-07,40,7\n",
     "nothing reads 1 column that holds figures: others"},
    {"part_of_period", DROP, "indicator,period,value,time_period,time_identifier\nPCT,2021,40,202122,Autumn term\n",
     "time_identifier says “Autumn term”, and nothing reads it"},
    {"cut_short", DROP, ROWS "PCT,,,2021-07,40,,,,\nPCT,N1,,2021-0", "its last line has 4 of 9 fields and no line end"},
    {"hidden_rows", DROP, NULL, "1 hidden row of the sheet was read like the others"},
    {"stale_drop", DROP, SOME_READINGS, "it was read by another recipe than recipes/plain.ini as that now stands"},
    {"no_rows", DROP, ROWS, "there is a header, and no row below it"},
    {"rows_without_unit", DROP, ROWS "PCT,N1,,2021-07,40,,,,\nPCT,S1,,2021-07,40,,,,\nPCT,,,2021-07,40,,,,\n",
     "1 row without a unit, among 2 that name one, counts as Ourland's own"},
    {"percent_as_fraction: all of them", DROP,
     ROWS "PCT,,,2021-01,0.4,,,,\nPCT,,,2021-02,0.41,,,,\nPCT,,,2021-03,0.4,,,,\nPCT,,,2021-04,0.41,,,,\nPCT,,,2021-05,0.4,,,,\n"
          "PCT,,,2021-06,0.41,,,,\nPCT,,,2021-07,0.41,,,,\n",
     "all 7 readings of PCT lie between 0 and 1"},
    {"outside_bounds", DROP, ROWS "PCT,,,2021-07,900%,,,,\n", "900%"},
    {"outside_bounds: a target", "targets.csv", "indicator,due,target\nPCT,2021-08,900%\n", "900%"},
    {"outside_bounds: a baseline", "baselines.csv", "indicator,value\nPCT,900\n", "900"},
    {"wrong_magnitude: ten times", DROP, WEEKS("213"), "DUR in Mar 2021 is 213, ten times what it usually is"},
    {"wrong_magnitude: a hundred times", DROP, WEEKS("2130"), "a hundred times"},
    {"wrong_magnitude: a thousand times", DROP, WEEKS("21300"), "a thousand times"},
    {"wrong_magnitude: a hundredth", DROP, WEEKS("0.213"), "a hundredth of"},
    {"percent_as_fraction", DROP, HISTORY("0.42"), "PCT in Mar 2021 is 0.42"},
    {"duplicate_period", DROP, ROWS "PCT,,,Q1 2021/22,40,,,,\nPCT,,,Q2 2021,41,,,,\n", "two readings for one period"},
    {"overruled_reading", "drops/2021-08-31/A.csv", ROWS "PCT,,,2021-07,44,,,,\n",
     "PCT has 1 figure that does not count, the last for Jul 2021: drops/2021-08-31/a.csv of the same day gives another"},
    {"overlapping_periods", DROP,
     ROWS "PCT,,,2021-05,40,,,,\nPCT,,,2021-06,40,,,,\nPCT,,,Q1 2021/22,40,,,,\nPCT,,,2021-07,40,,,,\n", "overlaps"},
    {"other_period_length", DROP, ROWS "PCT,,,2020/21,41,,,,\nPCT,,,2021-07,41,,,,\n",
     "PCT is published by month, and has 1 reading of another period, the last for 2020/21"},
    {"other_period_length: shorter", DROP, ROWS "CNT,,,2021-06,40,,,,\nCNT,,,2021-07,41,,,,\nCNT,,,2021-08,41,,,,\n",
     "CNT is published by quarter, and has 2 readings"},
    {"missing_reading", DROP, ROWS "PCT,,,2021-04,40,,,,\nPCT,,,2021-05,40,,,,\nPCT,,,2021-07,40,,,,\n", "no reading for Jun 2021"},
    {"missing_reading: of a survey", DROP,
     ROWS "PCT,,,2018-06,40,,,,\nPCT,,,2018-12,40,,,,\nPCT,,,2019-06,40,,,,\nPCT,,,2020-12,40,,,,\nPCT,,,2021-06,40,,,,\n",
     "no reading for Dec 2019 and 1 other period"},
    {"late_reading", DROP, ROWS "PCT,,,2021-04,40,,,,\nPCT,,,2021-05,40,,,,\n", "May 2021; Jul 2021 was due"},
    {"future_reading", DROP, ROWS "PCT,,,2021-07,40,,,,\nPCT,,,2021-09,40,,,,\n", "after the as-at"},
    {"outside_unit_time", DROP, ROWS "PCT,N1,,2021-05,40,,,,\nPCT,N1,,2021-06,40,,,,\nPCT,N1,,2021-07,40,,,,\n",
     "PCT of North has 2 readings outside the unit's time, the last for Jul 2021; no roll-up counts them"},
    {"value_and_counts_differ", DROP, ROWS "PCT,,,2021-07,41,20,50,,\n", "its counts give 40.0"},
    {"readings_not_used", "indicators.csv", FORMULA("PCT,percent,month,,,A / A\n"), "PCT is derived"},
    {"partial_total", "indicators.csv", FORMULA("CNT,count,month,,,\nX,count,month,,,\"A + PCT, partial\"\nPCT,count,month,,,\n"),
     "X has 1 reading"},
    {"looks_cumulative", DROP,
     ROWS "CNT,,,Q1 2018/19,10,,,,\nCNT,,,Q2 2018/19,21,,,,\nCNT,,,Q3 2018/19,29,,,,\nCNT,,,Q4 2018/19,41,,,,\n"
          "CNT,,,Q1 2019/20,11,,,,\nCNT,,,Q2 2019/20,20,,,,\nCNT,,,Q3 2019/20,33,,,,\nCNT,,,Q4 2019/20,40,,,,\n"
          "CNT,,,Q1 2020/21,9,,,,\nCNT,,,Q2 2020/21,20,,,,\nCNT,,,Q3 2020/21,32,,,,\nCNT,,,Q4 2020/21,44,,,,\n"
          "CNT,,,Q1 2021/22,10,,,,\n",
     "rises through each financial year"},
    {"not_utf8", DROP, ROWS "PCT,,,2021-07,40,,,,caf\xe9\n", "Windows-1252"},
    {"override_expired", "overrides.csv", OVERRIDE("PCT,,green,why,who,2021-01,2021-06"), "ran out"},
    {"suppression_expired", "suppressions.csv", "indicator,unit,reason,by_role,from,expires\nPCT,,why,who,2021-01,2021-06\n",
     "ran out"},
    {"units_without_target", DROP, ROWS "PCT,N1,,2021-07,40,,,,\n", "PCT has targets for the area, and 1 unit with readings"},
};

/* Texts that no literal holds. */
static void write_made(const Folder *folder, const Case *row)
{
    if (g_str_has_prefix(row->name, "nul_byte")) {
        static const char BYTES[] = ROWS "PCT,,,2021-07,4\0"
                                         "0,,,,\n";
        folder_write_bytes(folder, DROP, BYTES, sizeof BYTES - 1);
        return;
    }
    if (g_str_has_prefix(row->name, "hidden_rows")) {
        static const char SHEET_TEXT[] =
            SHEET("<row r=\"1\">" TEXT_CELL("A1", "indicator") TEXT_CELL("B1", "period")
                      TEXT_CELL("C1", "value") "</row>"
                                               "<row r=\"2\" hidden=\"1\">" TEXT_CELL("A2", "PCT") TEXT_CELL("B2", "2021-07")
                                                   NUMBER_CELL("C2", "40") "</row>");
        folder_write_workbook(folder, "drops/2021-08-31/b.xlsx",
                              (const WorkbookPart[]){{"xl/worksheets/sheet1.xml", SHEET_TEXT}, {NULL, NULL}});
        return;
    }
    g_autoptr(GString) text = g_string_new("indicator,kind,formula\nA0,count,\n");
    for (int i = 1; i < 40; i++)
        g_string_append_printf(text, "A%d,count,A%d\n", i, i - 1);
    folder_write(folder, "indicators.csv", text->str);
}

static Loaded check_all(const Folder *folder)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = store_place_in(folder);
    Loaded loaded = plan_load_checked(folder);
    size_t n_new;
    loaded.store = wm_store_open(path, &error);
    assert_non_null(loaded.store);
    assert_true(wm_ingest_drops(loaded.store, loaded.plan, loaded.problems, &n_new, &error));
    assert_true(wm_check_data(loaded.plan, loaded.store, WM_NO_DAY, loaded.problems, &error));
    assert_null(error);
    return loaded;
}

static char *code_of(const Case *row)
{
    return g_strndup(row->name, strcspn(row->name, ":"));
}

static void is_raised(void **state)
{
    const Case *row = *state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"targets.csv", "indicator,due,target\nPCT,2022-08,50%\n"}, {"baselines.csv", "indicator,value\nPCT,40\n"},
                    {"neighbours.csv", "unit,neighbour\nNorth,South\n"});
    g_autofree char *code = code_of(row);
    folder_write(&folder, DROP, SOME_READINGS);
    static const char *const BY_RECIPE[] = {"rows_without_unit", "unread_columns", "part_of_period", NULL};
    if (g_strv_contains(BY_RECIPE, code)) /* without a recipe an empty unit is the area's, and every other column an unknown one */
        folder_write(&folder, "recipes/plain.ini", "[file]\nmatch = *\n");
    if (strcmp(code, "units_differ") == 0)
        folder_write(&folder, "recipes/two.ini", "[file]\nmatch = *\n[columns]\nunit = code | name\n");
    if (strcmp(code, "outside_unit_time") == 0)
        folder_write(&folder, "units.csv", "unit,name,from,to\nN1,North,,2021-05\nS1,South,,\n");
    if (strcmp(code, "skipped_units") == 0) /* nobody is left out unless a recipe says so */
        folder_write(&folder, "recipes/skip.ini", "[file]\nmatch = *\nunknown_units = skip\n");
    if (row->text)
        folder_write(&folder, row->file, row->text);
    else
        write_made(&folder, row);
    if (strcmp(code, "stale_drop") == 0) { /* taken without the recipe */
        g_auto(Loaded) before = check_all(&folder);
        folder_write(&folder, "recipes/plain.ini", "[file]\nmatch = *\n");
    }
    g_auto(Loaded) loaded = check_all(&folder);
    gboolean is_said = FALSE;
    for (size_t i = 0; i < wm_problems_n(loaded.problems); i++) {
        const WmProblem *one = wm_problems_at(loaded.problems, i);
        const WmCheck *check = wm_check_find(one->code);
        if (!check)
            fail_msg("%s is not in the table of checks", one->code);
        assert_int_equal(one->severity, check->severity);
        assert_string_not_equal(one->advice, "");
        is_said |= strcmp(one->code, code) == 0 && strstr(one->message, row->message);
    }
    if (!is_said) {
        g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_INFO);
        fail_msg("no %s with “%s” among:\n%s", code, row->message, list);
    }
}

/* What is meant to count, says the same, or was settled since. */
static void what_overrules_nothing_is_not_told(void **state)
{
    static const struct {
        const char *file, *later;
        const char *value;
    } FILES[] = {{"drops/2021-08-31/a~2.csv", NULL, "44"},
                 {"drops/2021-08-31/A.csv", NULL, "40"},
                 {"drops/2021-07-31/z.csv", NULL, "44"},
                 {"drops/2021-08-31/A.csv", "drops/2021-09-30/b.csv", "44"}};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_auto(Folder) folder = PLAN_FOLDER({DROP, SOME_READINGS});
        g_autofree char *rows = g_strdup_printf(ROWS "PCT,,,2021-07,%s,,,,\n", FILES[i].value);
        folder_write(&folder, FILES[i].file, rows);
        if (FILES[i].later)
            folder_write(&folder, FILES[i].later, rows);
        g_auto(Loaded) loaded = check_all(&folder);
        assert_int_equal(problem_count(loaded.problems, "overruled_reading"), 0);
    }
}

static void every_check_has_a_case(void **state)
{
    (void)state;
    size_t n;
    const WmCheck *checks = wm_checks(&n);
    for (size_t i = 0; i < n; i++) {
        gboolean has_case = FALSE;
        for (size_t k = 0; k < N_ELEMENTS(CASES); k++) {
            g_autofree char *code = code_of(&CASES[k]);
            has_case |= strcmp(code, checks[i].code) == 0;
        }
        if (!has_case)
            fail_msg("%s has no case", checks[i].code);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(checks[k].code, checks[i].code);
    }
}

/* docs/checks.md is for people; the table is what is true. */
static void every_check_is_in_the_docs(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(g_getenv("WAYMARK_SOURCE"), "docs", "checks.md", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    size_t n;
    const WmCheck *checks = wm_checks(&n);
    for (size_t i = 0; i < n; i++) {
        g_autofree char *row =
            g_strdup_printf("| %s | %s | %s |", checks[i].code, wm_severity_name(checks[i].severity), checks[i].sentence);
        assert_contains(text, row);
    }
}

typedef struct {
    const char *name, *rows;
} QuietCase;

/* What looks odd and is not: nothing but notes may be said of it. */
static const QuietCase QUIET_CASES[] = {
    {"a_steady_series", HISTORY("42")},
    {"a_low_month", HISTORY("21")},
    {"a_month_of_none", HISTORY("0")},
    {"a_suppressed_month", HISTORY("[c]")},
    {"a_month_of_few_by_its_own_counts",
     ROWS "PCT,,,2020-12,,40,100,,\nPCT,,,2021-01,,40,100,,\nPCT,,,2021-02,,42,100,,\nPCT,,,2021-03,,43,100,,\n"
          "PCT,,,2021-04,,41,100,,\nPCT,,,2021-05,,45,100,,\nPCT,,,2021-06,,44,100,,\nPCT,,,2021-07,0.4,4,1000,,\n"},
    {"a_series_that_grows_tenfold",
     ROWS "DUR,,,2020-11,2,,,,\nDUR,,,2020-12,3,,,,\nDUR,,,2021-01,5,,,,\nDUR,,,2021-02,7,,,,\nDUR,,,2021-03,9,,,,\n"
          "DUR,,,2021-04,12,,,,\nDUR,,,2021-05,15,,,,\nDUR,,,2021-06,19,,,,\nDUR,,,2021-07,24,,,,\n"},
    {"small_counts", ROWS
     "CNT,,,Q1 2018/19,1,,,,\nCNT,,,Q2 2018/19,2,,,,\nCNT,,,Q3 2018/19,1,,,,\nCNT,,,Q4 2018/19,1,,,,\n"
     "CNT,,,Q1 2019/20,2,,,,\nCNT,,,Q2 2019/20,1,,,,\nCNT,,,Q3 2019/20,13,,,,\nCNT,,,Q4 2019/20,1,,,,\n"
     "CNT,,,Q1 2020/21,1,,,,\nCNT,,,Q2 2020/21,2,,,,\nCNT,,,Q3 2020/21,1,,,,\nCNT,,,Q4 2020/21,1,,,,\nCNT,,,Q1 2021/22,1,,,,\n"},
    {"too_short_a_history", ROWS "PCT,,,2021-05,40,,,,\nPCT,,,2021-06,0.4,,,,\nPCT,,,2021-07,40,,,,\n"},
    {"a_survey_of_june_and_december", ROWS "PCT,,,2020-06,40,,,,\nPCT,,,2020-12,41,,,,\nPCT,,,2021-06,42,,,,\n"},
    {"a_percent_that_is_small", ROWS "PCT,,,2021-05,0.4,,,,\nPCT,,,2021-06,0.5,,,,\nPCT,,,2021-07,0.4,,,,\n"},
    {"one_period_said_twice_alike", ROWS "PCT,,,2021-07,40,,,,\nPCT,,,2021-07,40,,,,\n"},
    {"a_last_line_without_its_end", ROWS "PCT,,,2021-06,40,,,,\nPCT,,,2021-07,40,,,,"},
    {"a_day_of_a_measure_by_month", ROWS "PCT,,,30/06/2021,40,,,,\nPCT,,,31/07/2021,41,,,,\n"},
    {"a_month_of_a_share_by_year", ROWS "ACY,,,2019-08,40,,,,\nACY,,,2020-08,41,,,,\n"},
    {"a_year_of_schools", ROWS "ACY,,,2018/19,40,,,,\nACY,,,2019/20,41,,,,\n"},
};

static void is_quiet(void **state)
{
    const QuietCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({"targets.csv", NULL}, {"baselines.csv", NULL});
    folder_write(&folder, DROP, row->rows);
    g_auto(Loaded) loaded = check_all(&folder);
    g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_WARNING);
    assert_string_equal(list, "");
}

/* As it was known then: a check of the past does not know what came later. */
static void a_check_is_as_at(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"targets.csv", NULL}, {"baselines.csv", NULL});
    folder_write(&folder, "drops/2021-06-30/a.csv", ROWS "PCT,,,2021-05,40,,,,\n");
    folder_write(&folder, "drops/2021-09-30/a.csv", ROWS "PCT,,,2021-06,900,,,,\nPCT,,,2021-08,900,,,,\n");
    g_auto(Loaded) loaded = drops_load(&folder);
    g_autoptr(WmProblems) then = wm_problems_new();
    g_autoptr(WmProblems) now = wm_problems_new();
    assert_true(wm_check_data(loaded.plan, loaded.store, day_of("2021-06-30"), then, NULL));
    assert_true(wm_check_data(loaded.plan, loaded.store, WM_NO_DAY, now, NULL));
    assert_int_equal(wm_problems_n(then), 0);
    assert_int_equal(problem_count(now, "outside_bounds"), 2);
    assert_int_equal(problem_count(now, "late_reading"), 1);
}

static size_t n_late_of(const char *units)
{
    g_auto(Folder) folder = PLAN_FOLDER({"targets.csv", NULL}, {"baselines.csv", NULL}, {"units.csv", units});
    folder_write(&folder, DROP, ROWS "PCT,N1,,2021-04,40,,,,\nPCT,N1,,2021-05,40,,,,\n");
    g_auto(Loaded) loaded = check_all(&folder);
    assert_int_equal(problem_count(loaded.problems, "outside_unit_time"), 0);
    return problem_count(loaded.problems, "late_reading");
}

static void nothing_is_due_of_a_unit_that_has_closed(void **state)
{
    (void)state;
    assert_int_equal(n_late_of("unit,name,from,to\nN1,North,,\n"), 1);
    assert_int_equal(n_late_of("unit,name,from,to\nN1,North,,2021-05-31\n"), 0);
    assert_int_equal(n_late_of("unit,name,from,to\nN1,North,,2021-07\n"), 1);
}

/* The month finds the same, series by series. */
static void the_month_finds_the_same(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"targets.csv", NULL}, {"baselines.csv", NULL});
    folder_write(&folder, DROP, WEEKS("213"));
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmProblem *found = problem_of(loaded.month->problems, "wrong_magnitude");
    assert_string_equal(found->file, DROP);
    assert_string_equal(found->indicator, "DUR");
}

int main(void)
{
    ADD_TABLE(CASES, is_raised);
    ADD_TABLE(QUIET_CASES, is_quiet);
    ADD(what_overrules_nothing_is_not_told);
    ADD(every_check_has_a_case);
    ADD(every_check_is_in_the_docs);
    ADD(a_check_is_as_at);
    ADD(nothing_is_due_of_a_unit_that_has_closed);
    ADD(the_month_finds_the_same);
    return run_cases("checks");
}
