/* Workbooks made to harm, and broken ones: each is refused by an error that says what and what to do, whatever it claims to hold.
 */
#include "engine/data/xlsx/xlsx_file.h"

#include <string.h>
#include <zip.h>

#include "core/fixture_random.h"
#include "data/fixture_workbook.h"

#define DAMAGED "get the file again from its sender"
#define MIB     (1024 * 1024)

static void assert_refused(GBytes *bytes, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *rows = workbook_rows(bytes, NULL, &error);
    assert_null(rows);
    assert_non_null(error);
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_string_equal(wm_error_place(error).file, "x.xlsx");
    assert_non_null(wm_error_place(error).advice);
    assert_contains(error->message, message);
}

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
    assert_refused(bytes, row->message);
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
    assert_refused(bytes, row->message);
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
    assert_refused(bytes, "its texts take more than 32 MiB; save the sheet as CSV");
}

static GBytes *bytes_of(GByteArray *bytes)
{
    return g_byte_array_free_to_bytes(bytes);
}

static GByteArray *standard_bytes(void)
{
    return g_bytes_unref_to_array(WORKBOOK_BYTES({NULL, NULL}));
}

static void append_number(GByteArray *bytes, guint64 value, int n)
{
    for (int i = 0; i < n; i++, value >>= 8)
        g_byte_array_append(bytes, &(guint8){(guint8)value}, 1);
}

/* A 64-bit directory that claims n parts. */
static GBytes *claims_many_parts(void)
{
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_append(bytes, (const guint8 *)"PK\x03\x04", 4);
    append_number(bytes, 0, 26);
    const guint64 end64 = bytes->len;
    g_byte_array_append(bytes, (const guint8 *)"PK\x06\x06", 4);
    append_number(bytes, 44, 8);
    append_number(bytes, 0, 12);
    append_number(bytes, 100000000, 8);
    append_number(bytes, 100000000, 8);
    append_number(bytes, 4600000000, 8);
    append_number(bytes, 0, 8);
    g_byte_array_append(bytes, (const guint8 *)"PK\x06\x07", 4);
    append_number(bytes, 0, 4);
    append_number(bytes, end64, 8);
    append_number(bytes, 1, 4);
    g_byte_array_append(bytes, (const guint8 *)"PK\x05\x06", 4);
    append_number(bytes, 0, 4);
    append_number(bytes, 0xFFFFFFFF, 4);
    append_number(bytes, 0xFFFFFFFF, 4);
    append_number(bytes, 0xFFFFFFFF, 4);
    append_number(bytes, 0, 2);
    return bytes_of(bytes);
}

/* Set a bit of each entry's flags, in both of its headers. */
static GBytes *with_flag(guint8 bit)
{
    GByteArray *bytes = standard_bytes();
    for (guint i = 0; i + 10 < bytes->len; i++) {
        if (memcmp(bytes->data + i, "PK\x03\x04", 4) == 0)
            bytes->data[i + 6] |= bit;
        if (memcmp(bytes->data + i, "PK\x01\x02", 4) == 0)
            bytes->data[i + 8] |= bit;
    }
    return bytes_of(bytes);
}

static GBytes *encrypted(void)
{
    return with_flag(1);
}

/* The method of each entry, in both of its headers: 12 is bzip2, 99 none that is known. */
static GBytes *packed_by_bzip2(void)
{
    GByteArray *bytes = standard_bytes();
    for (guint i = 0; i + 12 < bytes->len; i++) {
        if (memcmp(bytes->data + i, "PK\x03\x04", 4) == 0)
            bytes->data[i + 8] = 12;
        if (memcmp(bytes->data + i, "PK\x01\x02", 4) == 0)
            bytes->data[i + 10] = 12;
    }
    return bytes_of(bytes);
}

/* The checksums that the directory keeps. */
static GBytes *wrong_checksum(void)
{
    GByteArray *bytes = standard_bytes();
    for (guint i = 0; i + 20 < bytes->len; i++)
        if (memcmp(bytes->data + i, "PK\x01\x02", 4) == 0)
            bytes->data[i + 16] ^= 0xFF;
    return bytes_of(bytes);
}

static GBytes *cut_in_the_middle(void)
{
    GByteArray *bytes = standard_bytes();
    g_byte_array_set_size(bytes, bytes->len / 2);
    return bytes_of(bytes);
}

static GBytes *a_text_file(void)
{
    return g_bytes_new_static("indicator,period,value\n", 23);
}

static GBytes *an_empty_file(void)
{
    return g_bytes_new_static("", 0);
}

/* An OLE compound file with one stream in its directory. */
static GBytes *ole_with(const char *stream)
{
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_set_size(bytes, 1024);
    memset(bytes->data, 0, bytes->len);
    memcpy(bytes->data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    bytes->data[30] = 9; /* sectors of 512 bytes; the directory in the first */
    for (size_t i = 0; stream[i]; i++)
        bytes->data[512 + 128 + 2 * i] = (guint8)stream[i];
    return bytes_of(bytes);
}

static GBytes *an_old_workbook(void)
{
    return ole_with("Workbook");
}

static GBytes *a_protected_workbook(void)
{
    return ole_with("EncryptedPackage");
}

static GBytes *another_ole_file(void)
{
    return ole_with("WordDocument");
}

static GBytes *a_beginning_of_ole(void)
{
    return g_bytes_new_static("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
}

typedef struct {
    const char *name;
    GBytes *(*make)(void);
    const char *message;
} BytesCase;

static const BytesCase BYTES_CASES[] = {
    {"a_directory_that_claims_a_hundred_million_parts", claims_many_parts, "it claims more than 65,535 parts"},
    {"encrypted_parts", encrypted, "is encrypted; open it with its password and save it as .xlsx without one"},
    {"parts_packed_by_another_method", packed_by_bzip2, "is packed by a method that workbooks do not use"},
    {"a_wrong_checksum", wrong_checksum, "is damaged"},
    {"a_file_cut_in_the_middle", cut_in_the_middle, "the workbook is cut short; " DAMAGED},
    {"a_text_file", a_text_file, "it is no .xlsx workbook; save it as .xlsx, or as CSV with the ending .csv"},
    {"an_empty_file", an_empty_file, "the file is empty"},
    {"an_old_workbook", an_old_workbook,
     "it is a workbook of the old .xls format; open it in Excel or LibreOffice and save it as .xlsx"},
    {"a_protected_workbook", a_protected_workbook,
     "the workbook is protected by a password; open it with its password and save it as .xlsx"},
    {"another_office_file", another_ole_file, "it is an old or password-protected Office file"},
    {"the_beginning_of_an_office_file", a_beginning_of_ole, "it is an old or password-protected Office file"},
};

static void bytes_are_refused(void **state)
{
    const BytesCase *row = *state;
    g_autoptr(GBytes) bytes = row->make();
    assert_refused(bytes, row->message);
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    (void)state;
    g_autoptr(GBytes) whole = WORKBOOK_BYTES({NULL, NULL});
    const gsize n = g_bytes_get_size(whole);
    for (gsize length = 0; length < n; length++) {
        g_autoptr(GBytes) bytes = g_bytes_new_from_bytes(whole, 0, length);
        g_autoptr(GError) error = NULL;
        assert_null(workbook_rows(bytes, NULL, &error));
        assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    }
}

/* A damaged byte is either harmless or told: never other figures. */
static void a_damaged_byte_never_changes_what_is_read(void **state)
{
    (void)state;
    g_autoptr(GBytes) whole = WORKBOOK_BYTES({NULL, NULL});
    g_autofree char *rows = workbook_rows(whole, NULL, NULL);
    gsize n;
    const guint8 *data = g_bytes_get_data(whole, &n);
    for (gsize i = 0; i < n; i++)
        for (int bit = 0; bit < 8; bit += 3) {
            guint8 *copy = g_memdup2(data, n);
            copy[i] ^= (guint8)(1 << bit);
            g_autoptr(GBytes) bytes = g_bytes_new_take(copy, n);
            g_autoptr(GError) error = NULL;
            g_autofree char *read = workbook_rows(bytes, NULL, &error);
            assert_true(read ? strcmp(read, rows) == 0 : error != NULL);
        }
}

static void an_empty_file_on_disk_is_refused(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.xlsx");
    g_autoptr(GError) error = NULL;
    folder_write(&folder, "x.xlsx", "");
    assert_null(xlsx_open(path, &error));
    assert_contains(error->message, "x.xlsx: the file is empty");
}

static void a_missing_file_says_where_and_what_to_do(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(xlsx_open("/no/such/book.xlsx", &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_FILE));
    assert_contains(
        error->message,
        "/no/such/book.xlsx: cannot open: Can't open file: No such file or directory; check the path and its permissions");
}

int main(void)
{
    ADD_TABLE(PARTS_CASES, parts_are_refused);
    ADD_TABLE(BOMB_CASES, bomb_is_refused);
    ADD_TABLE(BYTES_CASES, bytes_are_refused);
    ADD(shared_texts_have_a_limit);
    ADD(a_file_cut_anywhere_is_refused);
    ADD(a_damaged_byte_never_changes_what_is_read);
    ADD(an_empty_file_on_disk_is_refused);
    ADD(a_missing_file_says_where_and_what_to_do);
    return run_cases("xlsx_hostile");
}
