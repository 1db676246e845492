/* The pack's workbook: handed out, filled in, and taken back. */
#include <string.h>

#include "cli/fixture_command.h"
#include "data/fixture_workbook.h"

/* What spreadsheets make of texts: a formula, an escape, a number, a date, a line end, blanks. */
#define HARD_TEXT "=HYPERLINK(\"\"x\"\") _x0041_ \001 @SUM(A1)\r\nsecond line"

static Folder plan_new(void)
{
    return PLAN_FOLDER(
        {"actions.csv", "action,title,due,extra column\n1.10,\"" HARD_TEXT "\",Sept 2021,+1\n007,-2,2021-09-30,1e3\n"},
        {"commentary.csv", "indicator,unit,as_at,explanation\nPCT,,2020-10-31,\"=1+1, as it was\"\n"},
        {"targets.csv", "indicator,unit,due,target\nPCT,,2021-01-31,50%\nPCT,,2021-08-31,0.1\n"},
        {"baselines.csv", "indicator,unit,value,as_at\nPCT,,40.50,2020-08\nDUR,,0.1234567890123456789,2020-08-31\n"},
        {"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Oct-20,40,,,,\nPCT,,,Nov-20,35,,,,\nPCT,,,Dec-20,30,,,,\n"});
}

static void as_it_was_handed_out_it_changes_nothing(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_new();
    g_auto(Run) run = RUN(&folder, "run", ".", "--out", "out"),
                import = RUN(&folder, "import", ".", "out/pack.xlsx", "--format", "csv");
    assert_exit(run, 0);
    assert_exit(import, 0);
    assert_string_equal(import.out, "");
    assert_contains(import.err, "nothing to do");
}

/* A whole plan of the register's comes back to the letter. */
static void a_real_plan_comes_back_to_the_letter(void **state)
{
    g_auto(Folder) folder = dataset_folder_new(*state);
    g_auto(Run) run = RUN(&folder, "run", ".", "--out", "out"), import = RUN(&folder, "import", ".", "out/pack.xlsx");
    assert_exit(run, 0);
    assert_exit(import, 0);
    assert_contains(import.err, "nothing to do");
}

static void text_stays_text(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_new();
    g_auto(Run) run = RUN(&folder, "run", ".", "--out", "out");
    assert_exit(run, 0);
    g_autofree char *path = folder_path(&folder, "out/pack.xlsx");
    g_autoptr(XlsxFile) book = xlsx_open(path, NULL);
    g_autoptr(GString) rows = g_string_new(NULL);
    assert_true(xlsx_read_sheet(book, xlsx_find_sheet(book, "Action tracker", NULL), collect_rows, rows, NULL, NULL));
    assert_contains(rows->str, "|=HYPERLINK(\"x\") _x0041_ \001 @SUM(A1)\r\nsecond line|");
    assert_contains(rows->str, ":007||-2|");
}

static void the_same_month_gives_the_same_bytes_in_any_time_zone(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_new();
    g_auto(Run) first = RUN(&folder, "run", ".", "--out", "a");
    assert_exit(first, 0);
    g_setenv("TZ", "Pacific/Auckland", TRUE);
    g_auto(Run) second = RUN(&folder, "run", ".", "--out", "b");
    g_unsetenv("TZ");
    assert_exit(second, 0);
    g_autofree char *a_path = folder_path(&folder, "a/pack.xlsx"), *b_path = folder_path(&folder, "b/pack.xlsx"), *a = NULL,
                    *b = NULL;
    gsize a_length, b_length;
    assert_true(g_file_get_contents(a_path, &a, &a_length, NULL) && g_file_get_contents(b_path, &b, &b_length, NULL));
    assert_int_equal(a_length, b_length);
    assert_memory_equal(a, b, a_length);
}

#define CELLS_2(r, a, b) "<row r=\"" r "\">" TEXT_CELL("A" r, a) TEXT_CELL("B" r, b) "</row>"
#define CELLS_4(r, a, b, c, d) \
    "<row r=\"" r "\">" TEXT_CELL("A" r, a) TEXT_CELL("B" r, b) TEXT_CELL("C" r, c) TEXT_CELL("D" r, d) "</row>"
#define FORM(name, n) "<sheet name=\"" name "\" sheetId=\"" n "\" r:id=\"rId" n "\"/>"

/* A workbook that somebody has filled in and cut down to what they changed. */
static const WorkbookPart FILLED[] = {
    {"xl/workbook.xml", WORKBOOK("<sheets>" FORM("plan", "1") FORM("next_commentary", "2") FORM("next_readings", "3")
                                     FORM("targets", "4") "</sheets>")},
    {"xl/_rels/workbook.xml.rels",
     RELS(REL("rId1", "worksheet", "worksheets/sheet1.xml") REL("rId2", "worksheet", "worksheets/sheet2.xml")
              REL("rId3", "worksheet", "worksheets/sheet3.xml") REL("rId4", "worksheet", "worksheets/sheet4.xml"))},
    {"xl/worksheets/sheet1.xml",
     SHEET("<row r=\"1\">" TEXT_CELL("A1", "section") TEXT_CELL("B1", "key") TEXT_CELL(
         "C1", "value") "</row>"
                        "<row r=\"2\">" TEXT_CELL("A2", "plan") TEXT_CELL("B2", "title")
                            TEXT_CELL("C2", "Another title") "</row>"
                                                             "<row r=\"3\">" TEXT_CELL("B3", "area") TEXT_CELL(
                                                                 "C3", "Ourland") "</row>"
                                                                                  "<row r=\"4\">" TEXT_CELL("B4", "start")
                                                                                      TEXT_CELL("C4", "2020-09-01") "</row>")},
    {"xl/worksheets/sheet2.xml", SHEET(CELLS_4("1", "indicator", "as_at", "explanation", "author_role")
                                           CELLS_4("2", "PCT", "2021-01-31", "Staff left, and came", "Head of SEND")
                                               CELLS_4("3", "DUR", "2021-01-31", "", ""))},
    {"xl/worksheets/sheet3.xml", SHEET(CELLS_4("1", "indicator", "period", "value", "title") CELLS_4(
                                     "2", "PCT", "2021-01", "42.5", "Plans") CELLS_4("3", "DUR", "2021-01", "", "Weeks"))},
    {"xl/worksheets/sheet4.xml", SHEET(CELLS_4("1", "indicator", "unit", "due", "target") CELLS_4(
                                     "2", "PCT", "", "2021-01-31", "50%") CELLS_4("3", "PCT", "", "2021-08-31", "55%"))},
    {NULL, NULL},
};

#define INI "# kept\n[plan]\ntitle = Test plan\narea = Ourland\nstart = 2020-09-01\n"

static Folder filled_new(void)
{
    Folder self = plan_new();
    folder_write(&self, "plan.ini", INI);
    folder_write_workbook(&self, "back.xlsx", FILLED);
    return self;
}

static void what_it_would_change_is_told_first(void **state)
{
    (void)state;
    g_auto(Folder) folder = filled_new();
    g_auto(Run) run = RUN(&folder, "import", ".", "back.xlsx", "--format", "csv");
    assert_exit(run, 0);
    assert_contains(run.out, "table,row,column,was,now\nplan,plan,title,Test plan,Another title\n");
    assert_contains(run.out, "\ntargets,\"PCT, 2021-08-31\",target,0.1,55%\n");
    assert_contains(run.out, "\ncommentary,\"PCT, 2021-01-31\",,,a row\n");
    assert_contains(run.out, "\nreadings,,,,\"1 row, a drop of its own\"\n");
    assert_lacks(run.out, "indicators");
    assert_contains(run.err, "nothing was changed");
    g_autofree char *ini = folder_read(&folder, "plan.ini");
    assert_string_equal(ini, INI);
}

#define CELLS_3(r, a, b, c) "<row r=\"" r "\">" TEXT_CELL("A" r, a) TEXT_CELL("B" r, b) TEXT_CELL("C" r, c) "</row>"
#define PLAN_ROWS           CELLS_3("1", "section", "key", "value") CELLS_3("2", "plan", "title", "Test plan")

typedef struct {
    const char *name;
    const char *sheet, *rows; /* what comes back beside the sheet “plan” */
    const char *plan_sheet, *plan_rows;
    const char *expected; /* of the error; NULL: it is taken */
} LossCase;

static const LossCase LOSSES[] = {
    {"another heading", "targets", CELLS_3("1", "indicator", "due", "Target value") CELLS_3("2", "PCT", "2021-08-31", "55%"),
     "plan", PLAN_ROWS,
     "back.xlsx!targets: the column “target” is gone, in which the plan has 2 cells filled in; give the column its heading"},
    {"a row above the headings", "targets", CELLS_3("1", "Our targets", "", "") CELLS_3("2", "indicator", "due", "target"), "plan",
     PLAN_ROWS, "back.xlsx!targets: there is no column “indicator”, without which no row of it can be read; give the first row"},
    {"a form without its first column", "next_readings", CELLS_3("1", "period", "value", "note") CELLS_3("2", "2021-01", "4", ""),
     "plan", PLAN_ROWS, "back.xlsx!next_readings: there is no column “indicator”"},
    {"a table under another name", "Commentary (July)",
     CELLS_4("1", "as_at", "indicator", "unit", "explanation") CELLS_4("2", "2021-01-31", "PCT", "", "new"), "plan", PLAN_ROWS,
     "back.xlsx!Commentary (July): it has the headings of “commentary”, and there is no sheet of that name; give it that name "
     "back"},
    {"no settings", "targets", CELLS_4("1", "indicator", "unit", "due", "target"), "plan", CELLS_3("1", "section", "key", "value"),
     "back.xlsx!plan: all the settings of the plan are gone"},
    {"no sheet plan", "targets", CELLS_4("1", "indicator", "unit", "due", "target"), "Plan 2026", PLAN_ROWS,
     "back.xlsx: it has no sheet “plan”, which must stay as it was handed out"},
    {"a sheet of somebody's own", "Scribbles", CELLS_3("1", "What", "I", "think"), "plan", PLAN_ROWS, NULL},
    {"columns moved, and one that is new", "targets",
     CELLS_4("1", "target", "mine", "due", "indicator") CELLS_4("2", "60%", "x", "2021-08-31", "PCT"), "plan", PLAN_ROWS, NULL},
};

/* What would get lost without a word is refused, and the plan stays as it was. */
static void nothing_gets_lost_unseen(void **state)
{
    const LossCase *row = *state;
    g_auto(Folder) folder = plan_new();
    folder_write(&folder, "plan.ini", INI);
    const WorkbookPart parts[] = {
        {"xl/workbook.xml", text_of(WORKBOOK("<sheets><sheet name=\"%s\" sheetId=\"1\" r:id=\"rId1\"/>"
                                             "<sheet name=\"%s\" sheetId=\"2\" r:id=\"rId2\"/></sheets>"),
                                    row->plan_sheet, row->sheet)},
        {"xl/_rels/workbook.xml.rels",
         RELS(REL("rId1", "worksheet", "worksheets/sheet1.xml") REL("rId2", "worksheet", "worksheets/sheet2.xml"))},
        {"xl/worksheets/sheet1.xml", text_of(SHEET("%s"), row->plan_rows)},
        {"xl/worksheets/sheet2.xml", text_of(SHEET("%s"), row->rows)},
        {NULL, NULL},
    };
    folder_write_workbook(&folder, "back.xlsx", parts);
    g_autofree char *before = folder_read(&folder, "targets.csv");
    g_auto(Run) run = RUN(&folder, "import", ".", "back.xlsx", "--apply", "--received", "2021-02-28");
    assert_exit(run, row->expected ? 3 : 0);
    if (!row->expected)
        return;
    assert_contains(run.err, row->expected);
    g_autofree char *after = folder_read(&folder, "targets.csv");
    assert_string_equal(before, after);
}

/* A typed slip is told before it is done, and where it will stand. */
static void what_would_be_wrong_is_told_first(void **state)
{
    (void)state;
    g_auto(Folder) folder = filled_new();
    folder_write(&folder, "indicators.csv", INDICATORS_HEADER "DUR,Weeks,T1,duration,weeks,lower,month,0,,1\n");
    folder_write(&folder, "commentary.csv", "indicator,unit,as_at,explanation\n");
    folder_write(&folder, "targets.csv", "indicator,unit,due,target\n");
    folder_write(&folder, "baselines.csv", "indicator,unit,value,as_at\n");
    g_auto(Run) run = RUN(&folder, "import", ".", "back.xlsx");
    assert_exit(run, 0);
    assert_contains(run.err, "targets.csv:2:1: error: indicator PCT is not in indicators.csv");
    assert_contains(run.err, "nothing was changed; add --apply to do it");
}

/* What was handed out is the way back. */
static void the_workbook_as_it_was_handed_out_takes_it_back(void **state)
{
    (void)state;
    g_auto(Folder) folder = filled_new();
    folder_write(&folder, "commentary.csv", "indicator,unit,as_at,explanation,author_role\nPCT,,2020-10-31,why,\n");
    g_auto(Run) run = RUN(&folder, "run", ".", "--out", "out");
    assert_exit(run, 0);
    g_autofree char *commentary = folder_read(&folder, "commentary.csv"), *targets = folder_read(&folder, "targets.csv");
    g_auto(Run) taken = RUN(&folder, "import", ".", "back.xlsx", "--apply", "--received", "2021-02-28"),
                back = RUN(&folder, "import", ".", "out/pack.xlsx", "--apply");
    assert_exit(taken, 0);
    assert_exit(back, 0);
    g_autofree char *commentary_now = folder_read(&folder, "commentary.csv"), *targets_now = folder_read(&folder, "targets.csv");
    assert_string_equal(commentary_now, commentary);
    assert_string_equal(targets_now, targets);
}

static void applied_it_changes_the_plan_and_keeps_the_readings(void **state)
{
    (void)state;
    g_auto(Folder) folder = filled_new();
    g_auto(Run) run = RUN(&folder, "import", ".", "back.xlsx", "--apply", "--received", "2021-02-28");
    assert_exit(run, 0);
    g_autofree char *ini = folder_read(&folder, "plan.ini"), *targets = folder_read(&folder, "targets.csv"),
                    *commentary = folder_read(&folder, "commentary.csv"), *drop = folder_read(&folder, "drops/2021-02-28/back.csv");
    assert_contains(ini, "# kept");
    assert_contains(ini, "title=Another title");
    assert_string_equal(targets, "indicator,unit,due,target\nPCT,,2021-01-31,50%\nPCT,,2021-08-31,55%\n");
    assert_string_equal(commentary, "indicator,unit,as_at,explanation,author_role\nPCT,,2020-10-31,\"=1+1, as it "
                                    "was\",\nPCT,,2021-01-31,\"Staff left, and came\",Head of SEND\n");
    assert_string_equal(drop, DROP_HEADER "PCT,,,2021-01,42.5,,,,\n");
    assert_contains(run.err, "1 readings loaded");
}

static void twice_applied_is_once(void **state)
{
    (void)state;
    g_auto(Folder) folder = filled_new();
    g_auto(Run) first = RUN(&folder, "import", ".", "back.xlsx", "--apply", "--received", "2021-02-28");
    g_auto(Run) second = RUN(&folder, "import", ".", "back.xlsx", "--format", "csv");
    assert_exit(first, 0);
    assert_lacks(second.out, "commentary");
    assert_lacks(second.out, "targets");
}

static void readings_need_their_day(void **state)
{
    (void)state;
    g_auto(Folder) folder = filled_new();
    g_auto(Run) run = RUN(&folder, "import", ".", "back.xlsx", "--apply");
    assert_exit(run, 2);
    assert_contains(run.err, "--received DATE");
    g_autofree char *ini = folder_read(&folder, "plan.ini");
    assert_string_equal(ini, INI);
}

int main(void)
{
    ADD(as_it_was_handed_out_it_changes_nothing);
    add_case("south-glos-wsoa-2018 comes back", a_real_plan_comes_back_to_the_letter, "south-glos-wsoa-2018");
    add_case("somerset-tracker-2025 comes back", a_real_plan_comes_back_to_the_letter, "somerset-tracker-2025");
    ADD(text_stays_text);
    ADD(the_same_month_gives_the_same_bytes_in_any_time_zone);
    ADD(what_it_would_change_is_told_first);
    ADD_TABLE(LOSSES, nothing_gets_lost_unseen);
    ADD(what_would_be_wrong_is_told_first);
    ADD(the_workbook_as_it_was_handed_out_takes_it_back);
    ADD(applied_it_changes_the_plan_and_keeps_the_readings);
    ADD(twice_applied_is_once);
    ADD(readings_need_their_day);
    return run_cases("import_command");
}
