/* A plan as one workbook: the tables of its sheets are those of the files, and findings name the sheet. */
#include <math.h>
#include <string.h>

#include "data/fixture_month.h"
#include "data/fixture_workbook.h"

/* A table as CSV lines, made a sheet's XML; numbers are number cells. New. */
static char *sheet_of(const char *csv)
{
    g_autoptr(GString) rows = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) fields = g_strsplit(*line, ",", -1);
        g_string_append(rows, "<row>");
        for (char **field = fields; *field; field++) {
            g_autofree char *text = g_markup_escape_text(*field, -1);
            const gboolean is_number = **field && strspn(*field, "0123456789.") == strlen(*field);
            g_string_append_printf(rows, is_number ? "<c><v>%s</v></c>" : "<c t=\"inlineStr\"><is><t>%s</t></is></c>", text);
        }
        g_string_append(rows, "</row>");
    }
    return g_strdup_printf(SHEET("%s"), rows->str);
}

typedef struct {
    const char *name, *csv;
} Table;

#define MAX_TABLES 8

/* A workbook of these sheets (to a NULL name) in the folder. */
static void write_plan(const Folder *folder, const char *file, const Table *tables)
{
    g_autoptr(GString) sheets = g_string_new(NULL), rels = g_string_new(NULL);
    g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func(g_free);
    WorkbookPart parts[MAX_TABLES + 3] = {0};
    size_t n = 0;
    for (; tables[n].name; n++) {
        char *part = g_strdup_printf("xl/worksheets/sheet%zu.xml", n + 1), *sheet = sheet_of(tables[n].csv);
        g_string_append_printf(sheets, "<sheet name=\"%s\" sheetId=\"%zu\" r:id=\"r%zu\"/>", tables[n].name, n + 1, n + 1);
        g_string_append_printf(rels, "<Relationship Id=\"r%zu\" Type=\"http://x/worksheet\" Target=\"/%s\"/>", n + 1, part);
        parts[n] = (WorkbookPart){part, sheet};
        g_ptr_array_add(owned, part);
        g_ptr_array_add(owned, sheet);
    }
    g_autofree char *book = g_strdup_printf(WORKBOOK("<sheets>%s</sheets>"), sheets->str),
                    *own = g_strdup_printf(RELS("%s"), rels->str);
    parts[n++] = (WorkbookPart){"xl/workbook.xml", book};
    parts[n++] = (WorkbookPart){"xl/_rels/workbook.xml.rels", own};
    folder_write_workbook(folder, file, parts);
}

#define PLAN                                                                                                 \
    {                                                                                                        \
        "plan", "section,key,value\nplan,title,Test plan\n,area,Ourland\n,start,2020-09-01\nmodel,model,ols" \
    }
#define INDICATORS                                                                                            \
    {                                                                                                         \
        "indicators", "indicator,title,kind,measure_unit,polarity,frequency,low,high,decimals\nPCT,Plans on " \
                      "time,percent,%,higher,month,0,100,1"                                                   \
    }
#define TARGETS                                                                   \
    {                                                                             \
        "Targets", "indicator,unit,due,target\nPCT,,2021-08,50%\nPCT,,2022-08,75" \
    }
#define BASELINES                                                                  \
    {                                                                              \
        "baselines", "indicator,unit,value,qualifier,as_at\nPCT,,40,exact,2020-08" \
    }

static void its_sheets_are_the_tables(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_plan(&folder, "plan.xlsx", (Table[]){PLAN, INDICATORS, TARGETS, BASELINES, {NULL, NULL}});
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    const WmPlan *plan = loaded.plan;
    assert_int_equal(wm_problems_n(loaded.problems), 0);
    assert_string_equal(plan->settings.title, "Test plan");
    assert_string_equal(plan->settings.area, "Ourland");
    assert_int_equal(plan->settings.start, day_of("2020-09-01"));
    assert_int_equal(plan->settings.model, WM_MODEL_OLS);
    assert_int_equal(plan->n_indicators, 1);
    assert_int_equal(plan->indicators[0].line, 2);
    assert_int_equal(plan->n_targets, 2);
    assert_string_equal(plan->targets[1].target, "75");
    assert_int_equal(plan->targets[0].due, day_of("2021-08-31"));
    assert_near(plan->baselines[0].value, 40, 0);
}

/* As wm_plan_read takes it: the workbook itself, whatever it is called. */
static void a_workbook_of_any_name_is_a_plan_of_its_folder(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "send-2026.xlsx");
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(GError) error = NULL;
    write_plan(&folder, "send-2026.xlsx", (Table[]){PLAN, INDICATORS, {NULL, NULL}});
    g_autoptr(WmPlan) plan = wm_plan_read(path, problems, &error);
    assert_non_null(plan);
    assert_string_equal(plan->folder, folder.path);
}

/* Drops, recipes and the store lie beside it, as beside plan.ini. */
static void a_month_is_done_from_it(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_plan(&folder, "plan.xlsx", (Table[]){PLAN, INDICATORS, TARGETS, BASELINES, {NULL, NULL}});
    folder_write(&folder, "drops/2021-01-31/x.csv", "indicator,period,value\nPCT,2020-12,45\n");
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmSeries *series = series_of(loaded.month, "PCT", "", "");
    assert_near(series->readings[0].value, 45, 0);
    assert_int_equal(series->n_milestones, 2);
}

typedef struct {
    const char *name;
    Table tables[4];
    const char *list; /* of findings from warning up */
} FindingCase;

static const FindingCase FINDING_CASES[] = {
    {"a_wrong_cell",
     {PLAN, {"indicators", "indicator,kind,decimals\nPCT,percent,one"}},
     "plan.xlsx!indicators:2:3 error bad_number\n"},
    {"a_formula_that_failed",
     {PLAN, {"indicators", "indicator,title,kind\nPCT,#REF!,percent"}},
     "plan.xlsx!indicators:2:2 error failed_formula\n"},
    {"a_reference_that_leads_nowhere",
     {PLAN, INDICATORS, {"targets", "indicator,due,target\nPCX,2021-08,50%"}},
     "plan.xlsx!targets:2:1 error unknown_indicator\n"},
    {"a_setting_that_is_no_number",
     {{"plan", "section,key,value\nplan,title,T\nplan,area,A\nplan,start,2020\n,,\npolicy,likely,often"}, INDICATORS},
     "plan.xlsx!plan:6:0 error bad_number\n"},
    {"a_setting_that_stands_twice",
     {{"plan", "section,key,value\nplan,title,T\nplan,area,A\nplan,start,2020\nplan,title,U"}, INDICATORS},
     "plan.xlsx!plan:5:2 error repeated_key\n"},
    {"a_setting_without_a_section",
     {{"plan", "section,key,value\n,title,T\nplan,title,T\nplan,area,A\nplan,start,2020"}, INDICATORS},
     "plan.xlsx!plan:2:1 error empty_field\n"},
    {"a_setting_without_a_key",
     {{"plan", "section,key,value\nplan,title,T\nplan,area,A\nplan,start,2020\nplan,,T"}, INDICATORS},
     "plan.xlsx!plan:5:2 error empty_field\n"},
};

static void finding_names_the_sheet(void **state)
{
    const FindingCase *row = *state;
    g_auto(Folder) folder = folder_new();
    write_plan(&folder, "plan.xlsx", row->tables);
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_WARNING);
    assert_string_equal(list, row->list);
}

static void words_name_the_sheet_too(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_plan(&folder, "plan.xlsx",
               (Table[]){PLAN, INDICATORS, {"targets", "indicator,due,target\nPCX,2021-08,50%"}, {NULL, NULL}});
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    const WmProblem *problem = problem_of(loaded.problems, "unknown_indicator");
    assert_string_equal(problem->message, "indicator PCX is not in sheet indicators");
    assert_string_equal(problem->advice, "add it to sheet indicators, or correct the id");
}

static void what_is_not_read_is_told(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_plan(&folder, "plan.xlsx",
               (Table[]){PLAN, INDICATORS, {"target", "indicator,due,target\nPCT,2021-08,50%"}, {NULL, NULL}});
    folder_write(&folder, "targets.csv", "indicator,due,target\n");
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_INFO);
    assert_string_equal(list, "plan.xlsx:0:0 info unread_sheet\nplan.xlsx:0:0 warning unread_table\n");
    assert_string_equal(problem_of(loaded.problems, "unread_sheet")->message,
                        "sheet “target” is no table of a plan, and was not read");
}

typedef struct {
    const char *name;
    Table tables[3];
    const char *message;
} RefusedCase;

static const RefusedCase REFUSED_CASES[] = {
    {"no_plan_sheet", {INDICATORS}, "there is no sheet “plan”; it has “indicators”"},
    {"no_indicators_sheet", {PLAN}, "plan.xlsx!indicators: there is no such sheet"},
    {"a_plan_sheet_without_its_columns",
     {{"plan", "title,Test plan"}, INDICATORS},
     "plan.xlsx!plan:1: there is no column section; its columns are section, key and value"},
};

static void is_refused(void **state)
{
    const RefusedCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(GError) error = NULL;
    write_plan(&folder, "plan.xlsx", row->tables);
    g_autoptr(WmPlan) plan = wm_plan_read(folder.path, problems, &error);
    assert_null(plan);
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_contains(error->message, row->message);
}

static void a_plan_that_stands_twice_is_refused(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_folder_new((PlanFile[]){{NULL, NULL}});
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(GError) error = NULL;
    write_plan(&folder, "plan.xlsx", (Table[]){PLAN, INDICATORS, {NULL, NULL}});
    g_autoptr(WmPlan) plan = wm_plan_read(folder.path, problems, &error);
    assert_null(plan);
    assert_contains(error->message, "the plan stands twice, in plan.ini and in plan.xlsx; move one of them out of the folder");
}

/* Every table of a dataset, as files and as sheets, says the same. */
static void a_dataset_reads_alike_from_files_and_from_sheets(void **state)
{
    (void)state;
    g_auto(Folder) files = PLAN_FOLDER({NULL, NULL}), sheets = folder_new();
    static const char *const NAMES[] = {"themes", "units", "indicators", "baselines", "targets"};
    g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func(g_free);
    Table tables[MAX_TABLES] = {
        {"plan", "section,key,value\nplan,title,Test plan\nplan,area,Ourland\nplan,owner_role,Director\nplan,start,2020-09-01\n"
                 "plan,end,2022-08-31\nplan,version,1\nmodel,model,ols"}};
    for (size_t i = 0; i < N_ELEMENTS(NAMES); i++) {
        g_autofree char *name = g_strdup_printf("%s.csv", NAMES[i]);
        char *csv = folder_read(&files, name);
        g_ptr_array_add(owned, csv);
        tables[i + 1] = (Table){NAMES[i], csv};
    }
    write_plan(&sheets, "plan.xlsx", tables);
    g_auto(Loaded) one = plan_load(&files), other = plan_load(&sheets);
    assert_string_equal(one.plan->settings.title, other.plan->settings.title);
    assert_int_equal(one.plan->settings.end, other.plan->settings.end);
    assert_int_equal(one.plan->n_indicators, other.plan->n_indicators);
    assert_int_equal(one.plan->n_targets, other.plan->n_targets);
    for (size_t i = 0; i < one.plan->n_targets; i++) {
        assert_string_equal(one.plan->targets[i].target, other.plan->targets[i].target);
        assert_int_equal(one.plan->targets[i].due, other.plan->targets[i].due);
        assert_int_equal(one.plan->targets[i].line, other.plan->targets[i].line);
    }
    for (size_t i = 0; i < one.plan->n_baselines; i++)
        assert_near(one.plan->baselines[i].value, other.plan->baselines[i].value, 0);
}

int main(void)
{
    ADD(its_sheets_are_the_tables);
    ADD(a_workbook_of_any_name_is_a_plan_of_its_folder);
    ADD(a_month_is_done_from_it);
    ADD_TABLE(FINDING_CASES, finding_names_the_sheet);
    ADD(words_name_the_sheet_too);
    ADD(what_is_not_read_is_told);
    ADD_TABLE(REFUSED_CASES, is_refused);
    ADD(a_plan_that_stands_twice_is_refused);
    ADD(a_dataset_reads_alike_from_files_and_from_sheets);
    return run_cases("plan_workbook");
}
