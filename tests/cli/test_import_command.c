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
    assert_contains(run.out, "plan,1,1,");
    assert_contains(run.out, "targets,1,1,");
    assert_contains(run.out, "commentary,2,1,");
    assert_contains(run.out, "readings,1,0,");
    assert_lacks(run.out, "indicators");
    assert_contains(run.err, "nothing was changed");
    g_autofree char *ini = folder_read(&folder, "plan.ini");
    assert_string_equal(ini, INI);
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
    ADD(applied_it_changes_the_plan_and_keeps_the_readings);
    ADD(twice_applied_is_once);
    ADD(readings_need_their_day);
    return run_cases("import_command");
}
