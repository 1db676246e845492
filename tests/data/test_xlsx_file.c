/* A workbook: which of its sheets is meant, and how it is read. */
#include "engine/data/xlsx/xlsx_file.h"

#include "data/fixture_workbook.h"
#include "engine/data/drop/source.h"

#define TWO_SHEETS(first, second)                                                                                               \
    {"xl/workbook.xml",                                                                                                         \
     WORKBOOK("<sheets><sheet name=\"Cover\" sheetId=\"1\" " first " r:id=\"rId1\"/><sheet name=\"Data\" sheetId=\"2\" " second \
              " r:id=\"rId2\"/><sheet name=\"Picture\" sheetId=\"3\" r:id=\"rId3\"/></sheets>")},                               \
    {                                                                                                                           \
        "xl/_rels/workbook.xml.rels",                                                                                           \
            RELS(REL("rId1", "worksheet", "worksheets/sheet1.xml") REL("rId2", "worksheet", "worksheets/sheet2.xml")            \
                     REL("rId3", "chartsheet", "chartsheets/sheet1.xml"))                                                       \
    }
#define FULL(text) ONE_CELL(TEXT_CELL("A1", text))

typedef struct {
    const char *name;
    WorkbookPart parts[5];
    const char *sheet;
    const char *text;    /* NULL: refused */
    const char *message; /* part of it */
} SheetCase;

static const SheetCase SHEET_CASES[] = {
    {"the_one_filled_sheet_is_meant",
     {TWO_SHEETS("", ""), {"xl/worksheets/sheet1.xml", SHEET("")}, {"xl/worksheets/sheet2.xml", FULL("data")}},
     NULL,
     "1:data\n",
     NULL},
    {"a_sheet_by_its_name",
     {TWO_SHEETS("", ""), {"xl/worksheets/sheet1.xml", FULL("cover")}, {"xl/worksheets/sheet2.xml", FULL("data")}},
     "Data",
     "1:data\n",
     NULL},
    {"a_sheets_letter_case_does_not_matter",
     {TWO_SHEETS("", ""), {"xl/worksheets/sheet1.xml", FULL("cover")}, {"xl/worksheets/sheet2.xml", FULL("data")}},
     " dATA ",
     "1:data\n",
     NULL},
    {"two_filled_sheets_are_listed",
     {TWO_SHEETS("", ""), {"xl/worksheets/sheet1.xml", FULL("cover")}, {"xl/worksheets/sheet2.xml", FULL("data")}},
     NULL,
     NULL,
     "x.xlsx: several sheets hold something: “Cover”, “Data”, “Picture” (no cells); name one in a recipe ([file] sheet = NAME), or "
     "leave but one of them visible"},
    {"a_hidden_sheet_is_not_meant",
     {TWO_SHEETS("", "state=\"hidden\""), {"xl/worksheets/sheet1.xml", FULL("cover")}, {"xl/worksheets/sheet2.xml", FULL("data")}},
     NULL,
     "1:cover\n",
     NULL},
    {"a_hidden_sheet_can_be_named",
     {TWO_SHEETS("", "state=\"hidden\""), {"xl/worksheets/sheet1.xml", FULL("cover")}, {"xl/worksheets/sheet2.xml", FULL("data")}},
     "Data",
     "1:data\n",
     NULL},
    {"a_very_hidden_sheet_can_be_named",
     {TWO_SHEETS("", "state=\"veryHidden\""),
      {"xl/worksheets/sheet1.xml", FULL("cover")},
      {"xl/worksheets/sheet2.xml", FULL("data")}},
     "Data",
     "1:data\n",
     NULL},
    {"a_missing_sheet_lists_all_with_what_is_hidden",
     {TWO_SHEETS("state=\"hidden\"", "state=\"veryHidden\""),
      {"xl/worksheets/sheet1.xml", FULL("cover")},
      {"xl/worksheets/sheet2.xml", FULL("data")}},
     "Sheet1",
     NULL,
     "there is no sheet “Sheet1”; it has “Cover” (hidden), “Data” (very hidden), “Picture” (no cells)"},
    {"a_chart_has_no_cells",
     {TWO_SHEETS("", ""), {"xl/worksheets/sheet1.xml", FULL("cover")}, {"xl/worksheets/sheet2.xml", FULL("data")}},
     "Picture",
     NULL,
     "sheet “Picture” has no cells"},
    {"no_visible_sheet_has_cells",
     {TWO_SHEETS("state=\"hidden\"", "state=\"hidden\""),
      {"xl/worksheets/sheet1.xml", FULL("cover")},
      {"xl/worksheets/sheet2.xml", FULL("data")}},
     NULL,
     NULL,
     "no visible sheet has cells"},
    {"two_empty_sheets_are_one_empty_file",
     {TWO_SHEETS("", ""), {"xl/worksheets/sheet1.xml", SHEET("")}, {"xl/worksheets/sheet2.xml", SHEET("")}},
     NULL,
     "",
     NULL},
};

static void sheet_is_chosen(void **state)
{
    const SheetCase *row = *state;
    g_autoptr(GBytes) bytes = workbook_bytes(row->parts);
    if (row->text) {
        assert_rows(bytes, row->sheet, row->text);
        return;
    }
    g_autoptr(GError) error = NULL;
    assert_null(workbook_rows(bytes, row->sheet, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_contains(error->message, row->message);
}

static void hidden_rows_are_counted(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.xlsx");
    g_autoptr(GString) rows = g_string_new(NULL);
    int n_hidden = -1;
    folder_write_workbook(
        &folder, "x.xlsx",
        (WorkbookPart[]){{"xl/worksheets/sheet1.xml",
                          SHEET("<row r=\"1\">" NUMBER_CELL("A1", "1") "</row><row r=\"2\" hidden=\"1\">" NUMBER_CELL(
                              "A2", "2") "</row><row r=\"3\" hidden=\"true\"/>")},
                         {NULL, NULL}});
    assert_true(xlsx_file_read(path, NULL, collect_rows, rows, &n_hidden, NULL));
    assert_string_equal(rows->str, "1:1\n2:2\n");
    assert_int_equal(n_hidden, 1);
}

static gboolean stop_at_second(const SheetRow *row, gpointer data, GError **error)
{
    int *n = data;
    if (++*n < 2)
        return TRUE;
    wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.line = row->line}, "enough");
    return FALSE;
}

static void the_reader_may_stop_it(void **state)
{
    (void)state;
    g_autoptr(GBytes) bytes = WORKBOOK_BYTES(
        {"xl/worksheets/sheet1.xml", SHEET("<row><c><v>1</v></c></row><row><c><v>1</v></c></row><row><c><v>1</v></c></row>")});
    g_autoptr(XlsxFile) file = xlsx_open_bytes("x.xlsx", g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), NULL);
    g_autoptr(GError) error = NULL;
    int n = 0;
    assert_false(xlsx_read_sheet(file, xlsx_find_sheet(file, "Data", NULL), stop_at_second, &n, NULL, &error));
    assert_int_equal(n, 2);
    assert_string_equal(error->message, "2: enough");
}

static void a_sheet_may_be_read_again(void **state)
{
    (void)state;
    g_autoptr(GBytes) bytes = WORKBOOK_BYTES({NULL, NULL});
    g_autoptr(XlsxFile) file = xlsx_open_bytes("x.xlsx", g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), NULL);
    g_autoptr(GString) rows = g_string_new(NULL);
    const XlsxSheet *sheet = xlsx_find_sheet(file, NULL, NULL);
    assert_true(xlsx_read_sheet(file, sheet, collect_rows, rows, NULL, NULL));
    assert_true(xlsx_read_sheet(file, sheet, collect_rows, rows, NULL, NULL));
    assert_string_equal(rows->str, "1:alpha\n1:alpha\n");
}

static void a_workbook_is_known_by_its_bytes(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    folder_write_workbook(&folder, "book.csv", (WorkbookPart[]){{NULL, NULL}});
    folder_write(&folder, "text.xlsx", "indicator,period,value\n");
    folder_write_bytes(&folder, "old.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more", 17);
    g_autofree char *book = folder_path(&folder, "book.csv"), *text = folder_path(&folder, "text.xlsx"),
                    *old = folder_path(&folder, "old.xls");
    assert_true(source_is_workbook(book));
    assert_false(source_is_workbook(text));
    assert_true(source_is_workbook(old));
    assert_false(source_is_workbook("/no/such/file"));
    assert_false(source_is_workbook("-"));
}

int main(void)
{
    ADD_TABLE(SHEET_CASES, sheet_is_chosen);
    ADD(hidden_rows_are_counted);
    ADD(the_reader_may_stop_it);
    ADD(a_sheet_may_be_read_again);
    ADD(a_workbook_is_known_by_its_bytes);
    return run_cases("xlsx_file");
}
