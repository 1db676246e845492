/* A sheet's cells as rows of text: each case gives the rows' XML, and what is read. */
#include "data/fixture_workbook.h"

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

int main(void)
{
    ADD_TABLE(CELL_CASES, cells_are_read);
    ADD_TABLE(MERGE_CASES, merged_cells_share_their_value);
    ADD(long_sheets_are_read_whole);
    return run_cases("xlsx_sheet");
}
