/* Drops that are workbooks: the same readings as from a CSV of the same texts, and every cell that failed in the quarantine. */
#include <string.h>

#include "data/fixture_month.h"
#include "data/fixture_workbook.h"

#define HEADER_ROW                                                                                                               \
    "<row r=\"1\">" TEXT_CELL("A1", "indicator") TEXT_CELL("B1", "unit") TEXT_CELL("C1", "period") TEXT_CELL("D1", "value") "</" \
                                                                                                                            "row>"
#define ROW(r, indicator, unit, period, value) \
    "<row r=\"" r "\">" TEXT_CELL("A" r, indicator) TEXT_CELL("B" r, unit) period value "</row>"
#define DAY_CELL(reference, serial)     "<c r=\"" reference "\" s=\"1\"><v>" serial "</v></c>"
#define MONTH_CELL(reference, serial)   "<c r=\"" reference "\" s=\"4\"><v>" serial "</v></c>"
#define PERCENT_CELL(reference, number) "<c r=\"" reference "\" s=\"2\"><v>" number "</v></c>"

static Loaded load_sheet(const Folder *folder, const char *sheet)
{
    folder_write_workbook(folder, "drops/2021-01-31/x.xlsx", (WorkbookPart[]){{"xl/worksheets/sheet1.xml", sheet}, {NULL, NULL}});
    return month_load(folder, NULL);
}

static void a_workbook_loads_as_its_csv_would(void **state)
{
    (void)state;
    g_auto(Folder) book = plan_folder_new((PlanFile[]){{NULL, NULL}});
    g_auto(Folder) text =
        PLAN_FOLDER({"drops/2021-01-31/x.csv", "indicator,unit,period,value\nPCT,N1,2020-11-30,48.37%\nPCT,N1,2020-12,[c]\n"
                                               "DUR,S1,2020-12-31,12.5\nCNT,,Q3 2020/21,1322\nYES,,2020-12-31,TRUE\n"});
    g_auto(Loaded) from_book =
        load_sheet(&book, SHEET(HEADER_ROW ROW("2", "PCT", "N1", DAY_CELL("C2", "44165"), PERCENT_CELL("D2", "0.4837"))
                                    ROW("4", "PCT", "E1", MONTH_CELL("C4", "44166"), TEXT_CELL("D4", "[c]"))
                                        ROW("5", "DUR", "S1", DAY_CELL("C5", "44196"), "<c r=\"D5\"><f>25/2</f><v>12.5</v></c>")
                                            ROW("6", "CNT", "", TEXT_CELL("C6", "Q3 2020/21"), NUMBER_CELL("D6", "1322"))
                                                ROW("7", "YES", "", DAY_CELL("C7", "44196"), "<c r=\"D7\" t=\"b\"><v>1</v></c>")));
    g_auto(Loaded) from_text = month_load(&text, NULL);
    assert_int_equal(from_book.month->drops[0].n_quarantined, 0);
    assert_int_equal(from_book.month->drops[0].n_loaded, 5);
    assert_int_equal(from_book.month->n_series, from_text.month->n_series);
    for (size_t i = 0; i < from_text.month->n_series; i++) {
        const WmSeries *one = &from_book.month->series[i], *other = &from_text.month->series[i];
        assert_string_equal(one->indicator, other->indicator);
        assert_string_equal(one->unit, other->unit);
        assert_int_equal(one->n_readings, other->n_readings);
        for (size_t k = 0; k < one->n_readings; k++) {
            assert_int_equal(wm_period_compare(one->readings[k].period, other->readings[k].period), 0);
            assert_near(one->readings[k].value, other->readings[k].value, 0);
            assert_int_equal(one->readings[k].state, other->readings[k].state);
        }
    }
}

typedef struct {
    const char *name;
    const char *cell; /* the value's */
    const char *message, *raw;
} FailedCase;

static const FailedCase FAILED_CASES[] = {
    {"not_available_is_no_marker", "<c r=\"D2\" t=\"e\"><v>#N/A</v></c>", "value “#N/A” is neither a figure nor a marker",
     "PCT,,2020-11-30,#N/A"},
    {"division_by_zero", "<c r=\"D2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", "value “#DIV/0!”", "PCT,,2020-11-30,#DIV/0!"},
    {"a_formula_never_calculated", "<c r=\"D2\"><f>E2/F2</f></c>", "value “#UNCALCULATED! =E2/F2”",
     "PCT,,2020-11-30,#UNCALCULATED! =E2/F2"},
    {"a_date_for_a_figure", DAY_CELL("D2", "44165"), "value “2020-11-30”", "PCT,,2020-11-30,2020-11-30"},
};

static void failed_cell_is_quarantined(void **state)
{
    const FailedCase *row = *state;
    g_auto(Folder) folder = plan_folder_new((PlanFile[]){{NULL, NULL}});
    g_autofree char *sheet =
        g_strdup_printf(SHEET("%s<row r=\"2\">" TEXT_CELL("A2", "PCT") DAY_CELL("C2", "44165") "%s</row>"), HEADER_ROW, row->cell);
    g_auto(Loaded) loaded = load_sheet(&folder, sheet);
    assert_int_equal(loaded.month->drops[0].n_quarantined, 1);
    g_autoptr(GArray) quarantine = wm_store_quarantine(loaded.store, loaded.month->drops[0].id, NULL);
    const WmQuarantined *one = &g_array_index(quarantine, WmQuarantined, 0);
    assert_int_equal(one->line, 2);
    assert_int_equal(one->column, 4);
    assert_contains(one->message, row->message);
    assert_string_equal(one->raw, row->raw);
}

#define TWO_FILLED                                                                                                                \
    {"xl/workbook.xml", WORKBOOK("<sheets><sheet name=\"Notes\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Data\" sheetId=\"2\" " \
                                 "r:id=\"rId2\"/></sheets>")},                                                                    \
        {"xl/_rels/workbook.xml.rels",                                                                                            \
         RELS(REL("rId1", "worksheet", "worksheets/sheet1.xml") REL("rId2", "worksheet", "worksheets/sheet2.xml"))},              \
        {"xl/worksheets/sheet1.xml", SHEET("<row r=\"1\">" TEXT_CELL("A1", "Notes for readers") "</row>")},                       \
    {                                                                                                                             \
        "xl/worksheets/sheet2.xml", SHEET(HEADER_ROW ROW("2", "PCT", "", TEXT_CELL("C2", "2020-11"), NUMBER_CELL("D2", "41")))    \
    }

static void a_recipe_names_the_sheet(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"recipes/x.ini", "[file]\nmatch = x*.xlsx\nsheet = Data\n"});
    folder_write_workbook(&folder, "drops/2021-01-31/x.xlsx", (WorkbookPart[]){TWO_FILLED, {NULL, NULL}});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_near(series_of(loaded.month, "PCT", "", "")->readings[0].value, 41, 0);
}

static void two_filled_sheets_and_none_named_is_a_finding(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2020-12-31/y.csv", DROP_HEADER "PCT,,,Nov-20,40,,,,\n"});
    folder_write_workbook(&folder, "drops/2021-01-31/x.xlsx", (WorkbookPart[]){TWO_FILLED, {NULL, NULL}});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmProblem *problem = problem_of(loaded.problems, "unusable_drop");
    assert_string_equal(problem->file, "drops/2021-01-31/x.xlsx");
    assert_contains(problem->message, "several sheets hold something: “Notes”, “Data”");
    assert_contains(problem->advice, "[file] sheet = NAME");
    assert_int_equal(series_of(loaded.month, "PCT", "", "")->n_readings, 1);
}

/* As the tribunal's table is published: a year over two columns, and the area's name over both rows. */
static void a_header_merged_over_rows_and_columns_reads_as_its_csv(void **state)
{
    (void)state;
    static const char *recipe = "[file]\nmatch = x*\nheader = 1-2\n\n[columns]\nunit = area\nperiod = month\n\n"
                                "[indicator PCT]\nvalue = 2020 / %\n";
    g_auto(Folder) folder = PLAN_FOLDER({"recipes/x.ini", recipe});
    folder_write_workbook(
        &folder, "drops/2021-01-31/x.xlsx",
        (WorkbookPart[]){{"xl/worksheets/sheet1.xml",
                          "<worksheet " MAIN_NAMESPACE "><sheetData><row r=\"1\">" TEXT_CELL("A1", "area") TEXT_CELL("B1", "month")
                              TEXT_CELL("C1", "2020") "</row><row r=\"2\">" TEXT_CELL("C2", "n")
                                  TEXT_CELL("D2", "%") "</row><row r=\"3\">" TEXT_CELL("A3", "N1") DAY_CELL("B3", "44165")
                                      NUMBER_CELL("C3", "7")
                                          PERCENT_CELL("D3", "0.41") "</row>"
                                                                     "</sheetData><mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell "
                                                                     "ref=\"B1:B2\"/><mergeCell ref=\"C1:D1\"/></mergeCells>"
                                                                     "</worksheet>"},
                         {NULL, NULL}});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_near(series_of(loaded.month, "PCT", "N1", "")->readings[0].value, 41, 0);
}

static void an_old_workbook_is_told_by_name(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2020-12-31/y.csv", DROP_HEADER "PCT,,,Nov-20,40,,,,\n"});
    folder_write_bytes(&folder, "drops/2021-01-31/x.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on", 19);
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_contains(problem_of(loaded.problems, "unusable_drop")->message, "it is an old or password-protected Office file");
}

int main(void)
{
    ADD(a_workbook_loads_as_its_csv_would);
    ADD_TABLE(FAILED_CASES, failed_cell_is_quarantined);
    ADD(a_recipe_names_the_sheet);
    ADD(two_filled_sheets_and_none_named_is_a_finding);
    ADD(a_header_merged_over_rows_and_columns_reads_as_its_csv);
    ADD(an_old_workbook_is_told_by_name);
    return run_cases("ingest_workbook");
}
