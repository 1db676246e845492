/* A sheet's cells as rows of text: each case gives the rows' XML, or other parts of a workbook, and what is read. */
#include "engine/data/xlsx/xlsx_file.h"

#include <string.h>

#include "data/fixture_workbook.h"
#include "engine/data/drop/source.h"

typedef struct {
    const char *name;
    const char *rows; /* the sheet's <row> elements */
    const char *text;
} CellCase;

static const CellCase CELL_CASES[] = {
    {"an_empty_sheet_has_no_rows", "", ""},
    {"shared_texts", "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>2</v></c></row>", "1:alpha|gamma\n"},
    {"inline_texts", "<row r=\"1\">" TEXT_CELL("A1", "one") TEXT_CELL("B1", "two") "</row>", "1:one|two\n"},
    {"an_inline_text_of_runs",
     "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><r><t>Plans </t></r><r><t>on time</t></r></is></c></row>", "1:Plans on time\n"},
    {"an_inline_texts_phonetic_guide_is_left_out",
     "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>A</t><rPh sb=\"0\" eb=\"1\"><t>guide</t></rPh></is></c></row>", "1:A\n"},
    {"numbers", "<row r=\"1\">" NUMBER_CELL("A1", "12.5") NUMBER_CELL("B1", "1E3") "</row>", "1:12.5|1000\n"},
    {"a_number_may_say_so", "<row r=\"1\"><c r=\"A1\" t=\"n\"><v>7</v></c></row>", "1:7\n"},
    {"booleans", "<row r=\"1\"><c r=\"A1\" t=\"b\"><v>1</v></c><c r=\"B1\" t=\"b\"><v>0</v></c></row>", "1:TRUE|FALSE\n"},
    {"a_day_by_its_style", "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44408</v></c></row>", "1:2021-07-31\n"},
    {"a_percent_by_its_style", "<row r=\"1\"><c r=\"A1\" s=\"2\"><v>0.4837</v></c></row>", "1:48.37%\n"},
    {"a_time_by_its_style", "<row r=\"1\"><c r=\"A1\" s=\"3\"><v>44408.5</v></c></row>", "1:2021-07-31T12:00\n"},
    {"a_month_by_its_style", "<row r=\"1\"><c r=\"A1\" s=\"4\"><v>44378</v></c></row>", "1:2021-07\n"},
    {"a_style_that_is_not_there_is_plain", "<row r=\"1\"><c r=\"A1\" s=\"99\"><v>44408</v></c></row>", "1:44408\n"},
    {"an_iso_date",
     "<row r=\"1\"><c r=\"A1\" t=\"d\"><v>2021-07-31T00:00:00</v></c><c r=\"B1\" t=\"d\"><v>2021-07-31T08:30:00Z</v></c></row>",
     "1:2021-07-31|2021-07-31T08:30:00Z\n"},
    {"a_formulas_stored_result",
     "<row r=\"1\"><c r=\"A1\"><f>1+1</f><v>2</v></c><c r=\"B1\" t=\"str\"><f>T(\"x\")</f><v>x</v></c></row>", "1:2|x\n"},
    {"a_formulas_percent", "<row r=\"1\"><c r=\"A1\" s=\"2\"><f>B1/C1</f><v>0.5</v></c></row>", "1:50%\n"},
    {"a_formula_without_a_result_says_so", "<row r=\"1\"><c r=\"A1\"><f>B1/C1</f><v></v></c><c r=\"B1\"><f>SUM(D:D)</f></c></row>",
     "1:#UNCALCULATED! =B1/C1|#UNCALCULATED! =SUM(D:D)\n"},
    {"a_shared_formula_without_a_result", "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" si=\"0\"/></c></row>", "1:#UNCALCULATED!\n"},
    {"a_formula_that_makes_an_empty_text",
     "<row r=\"1\">" TEXT_CELL("A1", "a") "<c r=\"B1\" t=\"str\"><f>\"\"</f><v></v></c></row>", "1:a\n"},
    {"a_formulas_zero_is_a_zero", "<row r=\"1\"><c r=\"A1\"><f>1-1</f><v>0</v></c></row>", "1:0\n"},
    {"an_error_keeps_its_text",
     "<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#N/A</v></c><c r=\"B1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>", "1:#N/A|#DIV/0!\n"},
    {"an_error_is_never_a_marker", "<row r=\"1\"><c r=\"A1\" t=\"e\"><v>x</v></c></row>", "1:#x\n"},
    {"gaps_between_cells_are_empty_fields", "<row r=\"1\">" NUMBER_CELL("B1", "1") NUMBER_CELL("E1", "2") "</row>", "1:|1|||2\n"},
    {"gaps_between_rows_are_kept_in_the_line",
     "<row r=\"3\">" NUMBER_CELL("A3", "1") "</row><row r=\"1000000\">" NUMBER_CELL("A1000000", "2") "</row>", "3:1\n1000000:2\n"},
    {"styled_empty_cells_are_no_row",
     "<row r=\"1\"><c r=\"A1\" s=\"1\"/><c r=\"B1\" s=\"2\"/></row><row r=\"2\">" NUMBER_CELL("A2", "1") "</row>", "2:1\n"},
    {"empty_cells_at_the_end_are_no_fields", "<row r=\"1\">" NUMBER_CELL("A1", "1") "<c r=\"B1\" s=\"1\"/></row>", "1:1\n"},
    {"rows_and_cells_may_leave_their_places_out", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
     "1:1|2\n2:3\n"},
    {"hidden_rows_are_read", "<row r=\"1\" hidden=\"1\">" NUMBER_CELL("A1", "1") "</row>", "1:1\n"},
    {"a_line_is_the_sheets_row_whatever_a_text_holds",
     "<row r=\"1\">" TEXT_CELL("A1", "a\nb") "</row><row r=\"2\">" TEXT_CELL("A2", "c") "</row>", "1:a\nb\n2:c\n"},
    {"blanks_around_a_text_go", "<row r=\"1\">" TEXT_CELL("A1", "  Unit \n") NUMBER_CELL("B1", " 5 ") "</row>", "1:Unit|5\n"},
    {"a_line_end_in_a_text_stays", "<row r=\"1\">" TEXT_CELL("A1", "one\ntwo") "</row>", "1:one\ntwo\n"},
    {"escaped_characters_are_undone", "<row r=\"1\">" TEXT_CELL("A1", "one_x000D__x000a_two_x005F_x_") "</row>",
     "1:one\r\ntwo_x_\n"},
    {"what_only_looks_escaped_stays", "<row r=\"1\">" TEXT_CELL("A1", "rate_x_y_x00_ _x0000_ _xD800_ _x000") "</row>",
     "1:rate_x_y_x00_ _x0000_ _xD800_ _x000\n"},
    {"the_predefined_entities", "<row r=\"1\">" TEXT_CELL("A1", "&lt;5 &amp; &quot;c&quot; &#163;") "</row>", "1:<5 & \"c\" £\n"},
    {"character_data", "<row r=\"1\">" TEXT_CELL("A1", "<![CDATA[<5]]>") "</row>", "1:<5\n"},
    {"foreign_elements_are_passed_over",
     "<row r=\"1\"><c r=\"A1\"><x:v xmlns:x=\"urn:x\">9</x:v><v>1</v></c><x:c xmlns:x=\"urn:x\" r=\"B1\"><v>2</v></x:c></row>",
     "1:1\n"},
};

static void cells_are_read(void **state)
{
    const CellCase *row = *state;
    g_autofree char *sheet = g_strdup_printf(SHEET("%s"), row->rows);
    g_autoptr(GBytes) bytes = WORKBOOK_BYTES({"xl/worksheets/sheet1.xml", sheet});
    assert_rows(bytes, NULL, row->text);
}

/* Wherever the parser's own buffers end. */
static void long_sheets_are_read_whole(void **state)
{
    (void)state;
    g_autoptr(GString) rows = g_string_new(NULL), text = g_string_new(NULL);
    for (int i = 1; i <= 20000; i++) {
        g_string_append_printf(rows, "<row r=\"%d\"><c r=\"A%d\" t=\"s\"><v>%d</v></c><c r=\"C%d\"><v>%d.25</v></c></row>", i, i,
                               i % 3, i, i);
        g_string_append_printf(text, "%d:%s||%d.25\n", i, i % 3 == 0 ? "alpha" : i % 3 == 1 ? "beta" : "gamma", i);
    }
    g_autofree char *sheet = g_strdup_printf(SHEET("%s"), rows->str);
    g_autoptr(GBytes) bytes = WORKBOOK_BYTES({"xl/worksheets/sheet1.xml", sheet});
    assert_rows(bytes, "Data", text->str);
}

#define ONE_CELL(cell) SHEET("<row r=\"1\">" cell "</row>")
#define STRICT_MAIN    "xmlns=\"" STRICT "spreadsheetml/main\""

typedef struct {
    const char *name;
    WorkbookPart parts[5];
    const char *text;
} PartsCase;

static const PartsCase PARTS_CASES[] = {
    {"rich_text_runs_are_joined",
     {{"xl/sharedStrings.xml",
       STRINGS("<si><r><rPr><b/></rPr><t>Plans</t></r><r><t xml:space=\"preserve\"> on time</t></r></si>")}},
     "1:Plans on time\n"},
    {"phonetic_text_is_left_out",
     {{"xl/sharedStrings.xml", STRINGS("<si><t>A</t><rPh sb=\"0\" eb=\"1\"><t>guide</t></rPh><phoneticPr/></si>")}},
     "1:A\n"},
    {"a_shared_text_may_be_empty", {{"xl/sharedStrings.xml", STRINGS("<si/>")}}, ""},
    {"dates_of_1904",
     {{"xl/workbook.xml",
       WORKBOOK("<workbookPr date1904=\"1\"/><sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets>")},
      {"xl/worksheets/sheet1.xml", ONE_CELL("<c r=\"A1\" s=\"1\"><v>42946</v></c>")}},
     "1:2021-07-31\n"},
    {"own_formats",
     {{"xl/styles.xml",
       STYLES(
           "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"0.0%\"/></numFmts>"
           "<cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs>")},
      {"xl/worksheets/sheet1.xml", ONE_CELL("<c r=\"A1\"><v>44408</v></c><c r=\"B1\" s=\"1\"><v>0.5</v></c>")}},
     "1:2021-07-31|50%\n"},
    {"a_format_that_shows_a_mark_for_a_small_number",
     {{"xl/styles.xml", STYLES("<numFmts><numFmt numFmtId=\"164\" formatCode=\"[&lt;5]&quot;*&quot;;0\"/></numFmts>"
                               "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>")},
      {"xl/worksheets/sheet1.xml",
       ONE_CELL("<c r=\"A1\"><v>3</v></c><c r=\"B1\" s=\"1\"><v>3</v></c><c r=\"C1\" s=\"1\"><v>7</v></c>")}},
     "1:3|*|7\n"},
    {"an_own_format_may_take_a_built_in_id",
     {{"xl/styles.xml",
       STYLES("<numFmts><numFmt numFmtId=\"14\" formatCode=\"0.0%\"/></numFmts><cellXfs><xf numFmtId=\"14\"/></cellXfs>")},
      {"xl/worksheets/sheet1.xml", ONE_CELL("<c r=\"A1\"><v>0.5</v></c>")}},
     "1:50%\n"},
    {"a_workbook_without_styles_or_texts",
     {{"xl/_rels/workbook.xml.rels", RELS(REL("rId1", "worksheet", "worksheets/sheet1.xml"))},
      {"xl/styles.xml", NULL},
      {"xl/sharedStrings.xml", NULL},
      {"xl/worksheets/sheet1.xml", ONE_CELL(NUMBER_CELL("A1", "5"))}},
     "1:5\n"},
    {"a_target_from_the_root",
     {{"xl/_rels/workbook.xml.rels",
       RELS(REL("rId1", "worksheet", "/xl/worksheets/sheet1.xml") REL("rId2", "sharedStrings", "/xl/sharedStrings.xml"))}},
     "1:alpha\n"},
    {"a_target_by_way_of_its_parent",
     {{"xl/_rels/workbook.xml.rels",
       RELS(REL("rId1", "worksheet", "../xl/./worksheets//sheet1.xml") REL("rId2", "sharedStrings", "sharedStrings.xml"))}},
     "1:alpha\n"},
    {"parts_in_another_letter_case",
     {{"xl/_rels/workbook.xml.rels",
       RELS(REL("rId1", "worksheet", "Worksheets/Sheet1.xml") REL("rId2", "sharedStrings", "sharedstrings.xml"))}},
     "1:alpha\n"},
    {"parts_named_with_backslashes",
     {{"xl/worksheets/sheet1.xml", NULL}, {"xl\\worksheets\\sheet1.xml", ONE_CELL(NUMBER_CELL("A1", "5"))}},
     "1:5\n"},
    {"a_workbook_elsewhere",
     {{"_rels/.rels", RELS(REL("r", "officeDocument", "book/book.xml"))},
      {"book/book.xml", WORKBOOK("<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"a\"/></sheets>")},
      {"book/_rels/book.xml.rels", RELS(REL("a", "worksheet", "s.xml"))},
      {"book/s.xml", ONE_CELL(NUMBER_CELL("A1", "5"))}},
     "1:5\n"},
    {"the_strict_namespaces",
     {{"_rels/.rels",
       RELS("<Relationship Id=\"r\" Type=\"" STRICT "officeDocument/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>")},
      {"xl/workbook.xml",
       "<workbook " STRICT_MAIN " xmlns:r=\"" STRICT "officeDocument/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" "
       "r:id=\"rId1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels", RELS("<Relationship Id=\"rId1\" Type=\"" STRICT
                                          "officeDocument/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>")},
      {"xl/worksheets/sheet1.xml",
       "<worksheet " STRICT_MAIN "><sheetData><row r=\"1\"><c r=\"A1\" t=\"d\"><v>2021-07-31</v></c></row></sheetData>"
       "</worksheet>"}},
     "1:2021-07-31\n"},
    {"prefixed_elements",
     {{"xl/worksheets/sheet1.xml",
       "<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData><x:row r=\"1\">"
       "<x:c r=\"A1\"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>"}},
     "1:5\n"},
    {"a_byte_order_mark_and_a_declaration",
     {{"xl/worksheets/sheet1.xml",
       "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" ONE_CELL(NUMBER_CELL("A1", "5"))}},
     "1:5\n"},
    {"a_result_of_zero_that_awaits_its_calculation_is_none",
     {{"xl/workbook.xml",
       WORKBOOK("<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets><calcPr calcId=\"1\" fullCalcOnLoad=\"1\"/>")},
      {"xl/worksheets/sheet1.xml",
       ONE_CELL("<c r=\"A1\"><f>B1</f><v>0</v></c><c r=\"B1\"><v>0</v></c><c r=\"C1\"><f>2</f><v>2</v></c>")}},
     "1:#UNCALCULATED! =B1|0|2\n"},
    {"rows_are_as_wide_as_the_sheet_says",
     {{"xl/worksheets/sheet1.xml", "<worksheet " MAIN_NAMESPACE "><dimension ref=\"A1:C2\"/><sheetData><row r=\"1\">" NUMBER_CELL(
                                       "A1", "5") "</row><row r=\"2\">" NUMBER_CELL("D2", "6") "</row></sheetData></worksheet>"}},
     "1:5||\n2:|||6\n"},
    {"an_absurd_width_says_nothing",
     {{"xl/worksheets/sheet1.xml",
       "<worksheet " MAIN_NAMESPACE
       "><dimension ref=\"A1:ZZZ999999999\"/><sheetData><row r=\"1\">" NUMBER_CELL("A1", "5") "</row></sheetData></worksheet>"}},
     "1:5\n"},
    {"an_extension_list_says_nothing",
     {{"xl/worksheets/sheet1.xml", "<worksheet " MAIN_NAMESPACE "><sheetData><row r=\"1\">" NUMBER_CELL(
                                       "A1", "5") "</row></sheetData><extLst><ext><row "
                                                  "r=\"9\"><c r=\"A9\"><v>9</v></c></row></ext></extLst></worksheet>"}},
     "1:5\n"},
};

static void parts_are_understood(void **state)
{
    const PartsCase *row = *state;
    g_autoptr(GBytes) bytes = workbook_bytes(row->parts);
    assert_rows(bytes, NULL, row->text);
}

#define MERGED(rows, ranges) \
    "<worksheet " MAIN_NAMESPACE "><sheetData>" rows "</sheetData><mergeCells>" ranges "</mergeCells></worksheet>"
#define RANGE(range) "<mergeCell ref=\"" range "\"/>"

typedef struct {
    const char *name;
    const char *sheet;
    const char *text;
} MergeCase;

static const MergeCase MERGE_CASES[] = {
    {"a_header_over_two_columns",
     MERGED("<row r=\"1\">" TEXT_CELL("A1", "area") TEXT_CELL("B1", "2021") "</row><row r=\"2\">" TEXT_CELL("B2", "n")
                TEXT_CELL("C2", "%") "</row>",
            RANGE("A1:A2") RANGE("B1:C1")),
     "1:area|2021|2021\n2:area|n|%\n"},
    {"a_block_over_rows_and_columns",
     MERGED("<row r=\"1\">" TEXT_CELL("A1", "x") "</row><row r=\"2\">" TEXT_CELL("C2", "y") "</row><row r=\"3\">" TEXT_CELL(
                "C3", "z") "</row>",
            RANGE("A1:B2")),
     "1:x|x\n2:x|x|y\n3:||z\n"},
    {"an_empty_row_under_it_is_none",
     MERGED("<row r=\"1\">" TEXT_CELL("A1", "x") "</row><row r=\"2\"><c r=\"A2\" s=\"1\"/></row>", RANGE("A1:A2")), "1:x\n"},
    {"an_empty_range_covers_nothing", MERGED("<row r=\"1\">" TEXT_CELL("C1", "x") "</row>", RANGE("A1:B1")), "1:||x\n"},
    {"a_range_that_begins_in_an_absent_row", MERGED("<row r=\"2\">" TEXT_CELL("B2", "x") "</row>", RANGE("A1:A2")), "2:|x\n"},
    {"a_covered_cell_keeps_its_own_text",
     MERGED("<row r=\"1\">" TEXT_CELL("A1", "x") TEXT_CELL("B1", "own") "</row>", RANGE("A1:C1")), "1:x|own|x\n"},
    {"ranges_in_any_order",
     MERGED("<row r=\"1\">" TEXT_CELL("A1", "x") "</row><row r=\"2\">" TEXT_CELL("A2", "y") "</row>",
            RANGE("A2:B2") RANGE("A1:B1")),
     "1:x|x\n2:y|y\n"},
};

static void merged_cells_share_their_value(void **state)
{
    const MergeCase *row = *state;
    g_autoptr(GBytes) bytes = WORKBOOK_BYTES({"xl/worksheets/sheet1.xml", row->sheet});
    assert_rows(bytes, NULL, row->text);
}

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
    ADD_TABLE(CELL_CASES, cells_are_read);
    ADD_TABLE(PARTS_CASES, parts_are_understood);
    ADD_TABLE(MERGE_CASES, merged_cells_share_their_value);
    ADD_TABLE(SHEET_CASES, sheet_is_chosen);
    ADD(long_sheets_are_read_whole);
    ADD(hidden_rows_are_counted);
    ADD(the_reader_may_stop_it);
    ADD(a_sheet_may_be_read_again);
    ADD(a_workbook_is_known_by_its_bytes);
    return run_cases("xlsx_file");
}
