/* Workbooks made to harm: each is refused by an error that says what and what to do, whatever it claims to hold. Broken ones are in
 * test_xlsx_damaged.c. */
#include "engine/data/xlsx/xlsx_file.h"

#include <string.h>
#include <zip.h>

#include "core/fixture_random.h"
#include "data/fixture_workbook.h"

#define DAMAGED "get the file again from its sender"
#define MIB     (1024 * 1024)

typedef struct {
    const char *name;
    WorkbookPart parts[3];
    const char *message;
} PartsCase;

#define SHEET1(text)                         \
    {                                        \
        {                                    \
            "xl/worksheets/sheet1.xml", text \
        }                                    \
    }
#define ONE_ROW(cells) SHEET("<row r=\"1\">" cells "</row>")

static const PartsCase PARTS_CASES[] = {
    {"no_relationships_at_all",
     {{"_rels/.rels", NULL}},
     "it is a ZIP archive, and no workbook; if it is an archive of files, unpack it"},
    {"no_workbook_part", {{"xl/workbook.xml", NULL}}, "its part xl/workbook.xml is missing"},
    {"no_workbook_relationships", {{"xl/_rels/workbook.xml.rels", NULL}}, "its part xl/_rels/workbook.xml.rels is missing"},
    {"no_sheet_part", SHEET1(NULL), "its part xl/worksheets/sheet1.xml is missing"},
    {"no_shared_texts_part", {{"xl/sharedStrings.xml", NULL}}, "its part xl/sharedStrings.xml is missing"},
    {"no_styles_part", {{"xl/styles.xml", NULL}}, "its part xl/styles.xml is missing"},
    {"no_sheets", {{"xl/workbook.xml", WORKBOOK("<sheets/>")}}, "it has no sheets"},
    {"a_sheet_without_a_relationship",
     {{"xl/workbook.xml", WORKBOOK("<sheets><sheet name=\"Lost\" sheetId=\"1\" r:id=\"rId77\"/></sheets>")}},
     "the cells of its sheet “Lost” are not in the file"},
    {"an_empty_sheet_part", SHEET1(""), "its part xl/worksheets/sheet1.xml is"},
    {"a_sheet_that_is_no_xml", SHEET1("indicator,period\n"), "its part xl/worksheets/sheet1.xml is damaged"},
    {"a_sheet_cut_short", SHEET1("<worksheet " MAIN_NAMESPACE "><sheetData><row r=\"1\"><c r=\"A1\"><v>1"),
     "its part xl/worksheets/sheet1.xml is damaged"},
    {"a_sheet_with_text_behind_it", SHEET1(ONE_ROW(NUMBER_CELL("A1", "1")) "<more/>"),
     "its part xl/worksheets/sheet1.xml is damaged"},
    {"relationships_that_go_round",
     {{"xl/_rels/workbook.xml.rels", RELS(REL("rId1", "worksheet", "workbook.xml"))}},
     "its part xl/workbook.xml is a “workbook”, and not the “worksheet” that it should be"},
    {"relationships_to_themselves",
     {{"xl/_rels/workbook.xml.rels", RELS(REL("rId1", "worksheet", "_rels/workbook.xml.rels"))}},
     "is a “Relationships”, and not the “worksheet”"},
    {"an_archive_that_is_its_own_workbook", {{"_rels/.rels", RELS(REL("r", "officeDocument", "_rels/.rels"))}}, "its part _rels/"},
    {"a_target_that_climbs_out",
     {{"xl/_rels/workbook.xml.rels", RELS(REL("rId1", "worksheet", "../../../../etc/passwd"))}},
     "it points to “../../../../etc/passwd”, outside of itself"},
    {"a_target_that_climbs_out_in_disguise",
     {{"xl/_rels/workbook.xml.rels", RELS(REL("rId1", "worksheet", "..\\..%2f..%2fetc/passwd"))}},
     "outside of itself"},
    {"a_target_on_the_machine",
     {{"xl/_rels/workbook.xml.rels", RELS(REL("rId1", "worksheet", "/etc/passwd"))}},
     "its part etc/passwd is missing"},
    {"a_target_by_its_address",
     {{"xl/_rels/workbook.xml.rels", RELS(REL("rId1", "worksheet", "file:///etc/passwd"))}},
     "is missing"},
    {"a_target_on_the_network",
     {{"xl/_rels/workbook.xml.rels",
       RELS(
           "<Relationship Id=\"rId1\" Type=\"http://x/worksheet\" Target=\"http://example.org/s.xml\" TargetMode=\"External\"/>")}},
     "the cells of its sheet “Data” are not in the file"},
    {"a_part_whose_name_climbs_out_is_never_looked_at",
     {{"../../evil.xml", "x"}, {"xl/worksheets/sheet1.xml", ONE_ROW("<c r=\"A1\" t=\"s\"><v>9</v></c>")}},
     "not among the workbook's shared texts"},
    {"two_parts_of_one_name", {{"XL/Workbook.xml", "<x/>"}}, "it holds two parts of the name “XL/Workbook.xml”"},
    {"an_opendocument_file", {{"content.xml", "<x/>"}}, "it is an OpenDocument file (.ods); open it and save it as .xlsx"},
    {"a_binary_workbook", {{"xl/workbook.bin", "x"}}, "it is a binary workbook (.xlsb)"},
    {"a_word_document", {{"word/document.xml", "<x/>"}}, "it is a Word document"},

    {"entities_that_unfold",
     SHEET1("<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
            "\"&b;&b;&b;&b;&b;&b;&b;&b;\">]>" ONE_ROW(TEXT_CELL("A1", "&c;"))),
     "its part xl/worksheets/sheet1.xml declares a document type, which no spreadsheet program does"},
    {"an_entity_that_names_a_file",
     SHEET1("<!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" ONE_ROW(TEXT_CELL("A1", "&a;"))),
     "declares a document type"},
    {"a_document_type_on_the_network", SHEET1("<!DOCTYPE w SYSTEM \"http://example.org/w.dtd\">" ONE_ROW(TEXT_CELL("A1", "a"))),
     "declares a document type"},
    {"a_document_type_in_the_shared_texts",
     {{"xl/sharedStrings.xml", "<!DOCTYPE s [<!ENTITY a \"a\">]>" STRINGS("<si><t>&a;</t></si>")}},
     "its part xl/sharedStrings.xml declares a document type"},
    {"a_document_type_in_the_relationships",
     {{"_rels/.rels", "<!DOCTYPE s [<!ENTITY a \"a\">]>" RELS("")}},
     "its part _rels/.rels declares"},
    {"an_entity_that_nobody_declared", SHEET1(ONE_ROW(TEXT_CELL("A1", "&evil;"))),
     "is damaged at line 1: Entity 'evil' not defined"},
    {"an_encoding_that_is_not_so", SHEET1("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" ONE_ROW(TEXT_CELL("A1", "caf\xE9"))),
     "is damaged"},
    {"a_nul_character", SHEET1(ONE_ROW(TEXT_CELL("A1", "a&#0;b"))), "is damaged"},

    {"an_absurd_cell", SHEET1(ONE_ROW(NUMBER_CELL("ZZZ999999999", "1"))),
     "x.xlsx:1: sheet “Data”: “ZZZ999999999” is no cell of a sheet, which ends at XFD1048576"},
    {"a_cell_beyond_the_last_column", SHEET1(ONE_ROW(NUMBER_CELL("XFE1", "1"))), "“XFE1” is no cell of a sheet"},
    {"a_cell_that_is_none", SHEET1(ONE_ROW(NUMBER_CELL("hello", "1"))), "“hello” is no cell of a sheet"},
    {"a_row_beyond_the_last", SHEET1(SHEET("<row r=\"1048577\"/>")), "the next row's number lies outside a sheet"},
    {"a_row_zero", SHEET1(SHEET("<row r=\"0\"/>")), "the next row's number lies outside a sheet"},
    {"a_row_that_is_no_number", SHEET1(SHEET("<row r=\"-1\"/>")), "the next row's number lies outside a sheet"},
    {"a_row_of_twenty_digits", SHEET1(SHEET("<row r=\"18446744073709551617\"/>")), "the next row's number lies outside a sheet"},
    {"a_row_that_stands_twice", SHEET1(SHEET("<row r=\"2\"/><row r=\"2\"/>")), "x.xlsx:2: sheet “Data”: the row stands twice"},
    {"rows_out_of_order", SHEET1(SHEET("<row r=\"2\"/><row r=\"1\"/>")), "the rows after it are out of order"},
    {"a_row_in_a_row", SHEET1(SHEET("<row r=\"2\"><row r=\"3\"/></row>")), "a row stands within it"},
    {"a_cell_that_stands_twice", SHEET1(ONE_ROW(NUMBER_CELL("B1", "1") NUMBER_CELL("B1", "2"))),
     "x.xlsx:1:2: sheet “Data”, cell B1: cell B1 comes after it: it stands twice, or out of order"},
    {"cells_out_of_order", SHEET1(ONE_ROW(NUMBER_CELL("B1", "1") NUMBER_CELL("A1", "2"))), "cell A1 comes after it"},
    {"a_cell_of_another_row", SHEET1(ONE_ROW(NUMBER_CELL("A2", "1"))), "cell A2 stands in row 1"},
    {"a_cell_outside_a_row", SHEET1(SHEET("<c r=\"A1\"><v>1</v></c>")), "a cell stands outside a row"},
    {"a_cell_of_an_unknown_type", SHEET1(ONE_ROW("<c r=\"A1\" t=\"q\"><v>1</v></c>")), "cell A1: the cell is of an unknown type"},
    {"a_shared_text_that_is_not_there", SHEET1(ONE_ROW("<c r=\"A1\" t=\"s\"><v>3</v></c>")),
     "cell A1: its text is not among the workbook's shared texts"},
    {"a_shared_text_before_the_first", SHEET1(ONE_ROW("<c r=\"A1\" t=\"s\"><v>-1</v></c>")),
     "not among the workbook's shared texts"},
    {"a_shared_text_of_twenty_digits", SHEET1(ONE_ROW("<c r=\"A1\" t=\"s\"><v>18446744073709551616</v></c>")), "not among"},
    {"a_merged_range_beyond_the_sheet",
     SHEET1("<worksheet " MAIN_NAMESPACE "><sheetData/><mergeCells><mergeCell ref=\"A1:ZZZ9\"/></mergeCells></worksheet>"),
     "the merged range “A1:ZZZ9” lies outside a sheet"},
    {"a_merged_range_backwards",
     SHEET1("<worksheet " MAIN_NAMESPACE "><sheetData/><mergeCells><mergeCell ref=\"B2:A1\"/></mergeCells></worksheet>"),
     "the merged range “B2:A1”"},
    {"merged_ranges_that_overlap",
     SHEET1("<worksheet " MAIN_NAMESPACE "><sheetData><row r=\"1\">" NUMBER_CELL("A1", "1")
                NUMBER_CELL("B1", "1") "</row></sheetData><mergeCells>"
                                       "<mergeCell ref=\"A1:XFD9\"/><mergeCell ref=\"B1:XFD9\"/></mergeCells></worksheet>"),
     "x.xlsx:1: sheet “Data”: merged ranges overlap"},
};

static void parts_are_refused(void **state)
{
    const PartsCase *row = *state;
    g_autoptr(GBytes) bytes = workbook_bytes(row->parts);
    assert_workbook_refused(bytes, row->message);
}

/* Text of a size, between a beginning and an end. New. */
static char *padded(const char *begin, const char *unit, size_t n, const char *end)
{
    GString *text = g_string_new(begin);
    for (size_t i = 0; i < n; i++)
        g_string_append(text, unit);
    g_string_append(text, end);
    return g_string_free(text, FALSE);
}

static char *blanks_behind_the_rows(void)
{
    return padded("<worksheet " MAIN_NAMESPACE "><sheetData>", "                                ", MIB, "</sheetData></worksheet>");
}

static char *a_long_cell(void)
{
    return padded("<worksheet " MAIN_NAMESPACE "><sheetData><row><c t=\"inlineStr\"><is><t>", "text of a cell. ", MIB / 8,
                  "</t></is></c></row></sheetData></worksheet>");
}

static char *deep_elements(void)
{
    return padded("<worksheet " MAIN_NAMESPACE "><sheetData>", "<row>", 5000, "");
}

static char *many_names(void)
{
    GString *text = g_string_new("<worksheet " MAIN_NAMESPACE "><sheetData>");
    for (int i = 0; i < 200000; i++)
        g_string_append_printf(text, "<a%d/>", i);
    return g_string_free(g_string_append(text, "</sheetData></worksheet>"), FALSE);
}

static char *many_attributes(void)
{
    GString *text = g_string_new("<worksheet " MAIN_NAMESPACE "><sheetData");
    for (int i = 0; i < 5000; i++)
        g_string_append_printf(text, " a%d=\"\"", i);
    return g_string_free(g_string_append(text, "></sheetData></worksheet>"), FALSE);
}

static char *a_tag_that_never_ends(void)
{
    GString *text = g_string_new("<worksheet " MAIN_NAMESPACE "><sheetData");
    for (int i = 0; i < 2000000; i++)
        g_string_append_printf(text, " a%d=\"\"", i);
    return g_string_free(g_string_append(text, "></sheetData></worksheet>"), FALSE);
}

static char *one_cell_far_right_in_each_row(void)
{
    GString *text = g_string_new("<worksheet " MAIN_NAMESPACE "><sheetData>");
    for (int i = 1; i < 10000; i++)
        g_string_append_printf(text, "<row r=\"%d\"><c r=\"XFD%d\"><v>1</v></c></row>", i, i);
    g_string_append(text, "</sheetData></worksheet>");
    return g_string_free(text, FALSE);
}

static char *too_many_cells_without_places(void)
{
    return padded("<worksheet " MAIN_NAMESPACE "><sheetData><row>", "<c><v>1</v></c>", 16385, "</row></sheetData></worksheet>");
}

static char *a_text_merged_over_all_columns(void)
{
    return padded("<worksheet " MAIN_NAMESPACE "><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>", "text of a cell. ",
                  MIB / 160, "</t></is></c></row></sheetData><mergeCells><mergeCell ref=\"A1:XFD1\"/></mergeCells></worksheet>");
}

static char *a_hundred_thousand_merged_ranges(void)
{
    return padded("<worksheet " MAIN_NAMESPACE "><sheetData/><mergeCells>", "<mergeCell ref=\"A1:B1\"/>", 100001,
                  "</mergeCells></worksheet>");
}

typedef struct {
    const char *name;
    char *(*make)(void); /* the sheet's XML */
    const char *message;
} BombCase;

static const BombCase BOMB_CASES[] = {
    {"a_sheet_of_nothing_packed_a_thousand_times", blanks_behind_the_rows,
     "unpacks to far more than a workbook holds, as a zip bomb does"},
    {"a_cell_of_two_mebibytes", a_long_cell, "the cell holds more than 1 MiB of text"},
    {"elements_nested_five_thousand_deep", deep_elements, "x.xlsx"},
    {"two_hundred_thousand_names", many_names, "uses more names than any spreadsheet program does"},
    {"five_thousand_attributes", many_attributes, "has an element of more attributes than any spreadsheet program writes"},
    {"a_tag_of_two_million_attributes", a_tag_that_never_ends, "holds a tag or comment of more than 256 KiB"},
    {"one_cell_at_the_far_right_of_each_row", one_cell_far_right_in_each_row, "the cells lie scattered far to the right"},
    {"too_many_columns", too_many_cells_without_places, "the row has more than 16,384 cells"},
    {"a_long_text_merged_over_all_columns", a_text_merged_over_all_columns, "the row holds more than 8 MiB of text"},
    {"a_hundred_thousand_merged_ranges", a_hundred_thousand_merged_ranges, "more than 100,000 merged ranges"},
};

static void bomb_is_refused(void **state)
{
    const BombCase *row = *state;
    g_autofree char *sheet = row->make();
    g_autoptr(GBytes) bytes = WORKBOOK_BYTES({"xl/worksheets/sheet1.xml", sheet});
    assert_workbook_refused(bytes, row->message);
}

static void shared_texts_have_a_limit(void **state)
{
    (void)state;
    Random random = {20261125};
    g_autoptr(GString) text = g_string_new("<sst " MAIN_NAMESPACE ">");
    while (text->len < 36 * MIB) {
        g_string_append(text, "<si><t>");
        for (int i = 0; i < 4000; i++)
            g_string_append_c(text, (char)random_between(&random, 'a', 'z'));
        g_string_append(text, "</t></si>");
    }
    g_string_append(text, "</sst>");
    g_autoptr(GBytes) bytes = WORKBOOK_BYTES({"xl/sharedStrings.xml", text->str});
    assert_workbook_refused(bytes, "its texts take more than 32 MiB; save the sheet as CSV");
}

int main(void)
{
    ADD_TABLE(PARTS_CASES, parts_are_refused);
    ADD_TABLE(BOMB_CASES, bomb_is_refused);
    ADD(shared_texts_have_a_limit);
    return run_cases("xlsx_hostile");
}
