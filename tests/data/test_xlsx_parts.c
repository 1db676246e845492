/* The other parts of a workbook, as one program or another writes them, and what is read of the sheet by them. */
#include "data/fixture_workbook.h"

#define STRICT_MAIN "xmlns=\"" STRICT "spreadsheetml/main\""

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

int main(void)
{
    ADD_TABLE(PARTS_CASES, parts_are_understood);
    return run_cases("xlsx_parts");
}
