/* A workbook for PLAN: what comes out lies beside it. A workbook for a long CSV. */
#include <stdlib.h>

#include "cli/fixture_command.h"
#include "data/fixture_workbook.h"

#define SETTING(r, section, key, value) \
    "<row r=\"" r "\">" TEXT_CELL("A" r, section) TEXT_CELL("B" r, key) TEXT_CELL("C" r, value) "</row>"

static const WorkbookPart PLAN[] = {
    {"xl/workbook.xml",
     WORKBOOK("<sheets><sheet name=\"plan\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"indicators\" sheetId=\"2\" "
              "r:id=\"rId2\"/></sheets>")},
    {"xl/_rels/workbook.xml.rels",
     RELS(REL("rId1", "worksheet", "worksheets/sheet1.xml") REL("rId2", "worksheet", "worksheets/sheet2.xml"))},
    {"xl/worksheets/sheet1.xml", SHEET(SETTING("1", "section", "key", "value") SETTING("2", "plan", "title", "Test plan")
                                           SETTING("3", "plan", "area", "Ourland") SETTING("4", "plan", "start", "2020-09-01"))},
    {"xl/worksheets/sheet2.xml", SHEET("<row r=\"1\">" TEXT_CELL("A1", "indicator") TEXT_CELL("B1", "kind")
                                           TEXT_CELL("C1", "frequency") "</row><row r=\"2\">" TEXT_CELL("A2", "PCT")
                                               TEXT_CELL("B2", "percent") TEXT_CELL("C2", "month") "</row>")},
    {NULL, NULL},
};

static Folder plan_new(void)
{
    Folder self = folder_new();
    folder_write_workbook(&self, "mine/book.xlsx", PLAN);
    folder_write(&self, "mine/drops/2021-01-31/x.csv", "indicator,period,value\nPCT,2020-12,45\n");
    return self;
}

static void what_comes_out_lies_beside_it(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_new();
    g_auto(Run) run = RUN(&folder, "run", "mine/book.xlsx", "--as-at", "2021-01-31");
    assert_exit(run, 0);
    assert_true(folder_has(&folder, "mine/waymark.db"));
    g_autofree char *assessments = folder_read(&folder, "mine/out/2021-01-31/assessments.csv");
    assert_contains(assessments, "\nPCT,,,2021-01-31,");
}

static void a_drop_is_kept_beside_it(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_new();
    folder_write(&folder, "y.csv", "indicator,period,value\nPCT,2021-01,46\n");
    g_auto(Run) run = RUN(&folder, "ingest", "mine/book.xlsx", "y.csv", "--received", "2021-02-28");
    assert_exit(run, 0);
    assert_true(folder_has(&folder, "mine/drops/2021-02-28/y.csv"));
}

/* What comes on standard input is named by what it is. */
static void a_workbook_on_standard_input_is_kept_as_one(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_new();
    folder_write_workbook(
        &folder, "drop.xlsx",
        (const WorkbookPart[]){{"xl/worksheets/sheet1.xml",
                                SHEET("<row r=\"1\">" TEXT_CELL("A1", "indicator") TEXT_CELL("B1", "period")
                                          TEXT_CELL("C1", "value") "</row>"
                                                                   "<row r=\"2\">" TEXT_CELL("A2", "PCT") TEXT_CELL("B2", "2021-01")
                                                                       NUMBER_CELL("C2", "46") "</row>")},
                               {NULL, NULL}});
    const char *command = g_getenv("WAYMARK_COMMAND");
    g_autofree char *line = g_strdup_printf(
        "cd '%s' && '%s' ingest mine/book.xlsx - --received 2021-02-28 --quiet < drop.xlsx > out.csv", folder.path, command);
    assert_int_equal(system(line), 0);
    g_autofree char *out = folder_read(&folder, "out.csv");
    assert_contains(out, "-,2,1,1,0,0,0\n");
    assert_true(folder_has(&folder, "mine/drops/2021-02-28/stdin.xlsx"));
    assert_false(folder_has(&folder, "mine/drops/2021-02-28/stdin.csv"));
}

static void a_filter_reads_a_workbook_as_its_csv(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(GString) rows =
        g_string_new("<row><c t=\"inlineStr\"><is><t>series</t></is></c><c t=\"inlineStr\"><is><t>period</t></is></c>"
                     "<c t=\"inlineStr\"><is><t>value</t></is></c></row>");
    g_autoptr(GString) csv = g_string_new("series,period,value\n");
    for (int i = 0; i < 24; i++) {
        g_string_append_printf(rows,
                               "<row><c t=\"inlineStr\"><is><t>A</t></is></c><c s=\"4\"><v>%d</v></c><c><v>%d.5</v></c></row>",
                               43831 + i * 31, i * 7 % 5);
        char day[WM_PERIOD_TEXT];
        wm_day_format_iso(wm_day_from_date(2020, 1, 1) + i * 31, day);
        g_string_append_printf(csv, "A,%.7s,%d.5\n", day, i * 7 % 5);
    }
    g_autofree char *sheet = g_strdup_printf(SHEET("%s"), rows->str);
    folder_write_workbook(&folder, "x.xlsx", (WorkbookPart[]){{"xl/worksheets/sheet1.xml", sheet}, {NULL, NULL}});
    folder_write(&folder, "x.csv", csv->str);
    g_auto(Run) from_book = RUN(&folder, "spc", "x.xlsx", "--format", "csv"),
                from_csv = RUN(&folder, "spc", "x.csv", "--format", "csv");
    assert_exit(from_book, 0);
    assert_string_equal(from_book.out, from_csv.out);
}

int main(void)
{
    ADD(a_filter_reads_a_workbook_as_its_csv);
    ADD(what_comes_out_lies_beside_it);
    ADD(a_drop_is_kept_beside_it);
    ADD(a_workbook_on_standard_input_is_kept_as_one);
    return run_cases("workbook_command");
}
