/* CSV as it really comes: each case gives the bytes, and the rows with their lines as `line:field|field…`. */
#include "engine/data/text/csv_file.h"

#include <stdio.h>
#include <string.h>

#include "data/fixture_folder.h"

typedef struct {
    const char *name;
    const char *bytes;
    size_t length; /* 0: strlen */
    const char *rows;
} CsvCase;

#define BYTES(literal) literal, sizeof(literal) - 1

static const CsvCase CASES[] = {
    {"plain_rows", BYTES("a,b\n1,2\n"), "1:a|b\n2:1|2\n"},
    {"the_last_line_needs_no_end", BYTES("a,b\n1,2"), "1:a|b\n2:1|2\n"},
    {"an_empty_file_has_no_rows", "", 0, ""},
    {"a_byte_order_mark_is_no_part_of_the_first_name",
     BYTES("\xEF\xBB\xBF"
           "a,b\n1,2\n"),
     "1:a|b\n2:1|2\n"},
    {"a_byte_order_mark_before_a_quoted_name",
     BYTES("\xEF\xBB\xBF"
           "\"a,x\",b\n1,2\n"),
     "1:a,x|b\n2:1|2\n"},
    {"a_byte_order_mark_alone", BYTES("\xEF\xBB\xBF"), ""},
    {"a_byte_order_mark_then_a_blank_line", BYTES("\xEF\xBB\xBF\na\n"), "2:a\n"},
    {"crlf_is_one_line_end", BYTES("a,b\r\n1,2\r\n3,4\r\n"), "1:a|b\n2:1|2\n3:3|4\n"},
    {"a_lone_cr_is_a_line_end", BYTES("a,b\r1,2\r3,4"), "1:a|b\n2:1|2\n3:3|4\n"},
    {"line_ends_may_be_mixed", BYTES("a\r\nb\nc\rd\r\n\r\ne\n"), "1:a\n2:b\n3:c\n4:d\n6:e\n"},
    {"a_quoted_newline_is_part_of_the_field", BYTES("a,b\n\"1\n2\",3\n4,5\n"), "1:a|b\n2:1\n2|3\n4:4|5\n"},
    {"a_quoted_crlf_counts_one_line", BYTES("a\r\n\"1\r\n2\"\r\n3\r\n"), "1:a\n2:1\r\n2\n4:3\n"},
    {"a_quoted_lone_cr_counts_one_line", BYTES("a\r\"1\r2\"\r3\r"), "1:a\n2:1\r2\n4:3\n"},
    {"a_newline_in_a_later_field_leaves_the_row_on_its_first_line", BYTES("a,b,c\n1,\"x\n\ny\",2\n9,9,9\n"),
     "1:a|b|c\n2:1|x\n\ny|2\n5:9|9|9\n"},
    {"doubled_quotes_are_one", BYTES("\"say \"\"no\"\"\",b\n"), "1:say \"no\"|b\n"},
    {"a_quoted_comma_is_no_separator", BYTES("\"1,322\",b\n"), "1:1,322|b\n"},
    {"blank_lines_are_no_rows_and_still_count", BYTES("a\n\n\n1\n   \n2\n"), "1:a\n4:1\n6:2\n"},
    {"a_row_of_commas_is_no_row", BYTES("a,b\n,\n , \n1,\n"), "1:a|b\n4:1|\n"},
    {"spaces_around_a_bare_field_go", BYTES(" a ,\tb \n"), "1:a|b\n"},
    {"spaces_in_quotes_stay", BYTES("\" a \",b\n"), "1: a |b\n"},
    {"utf_8_stays", BYTES("caf\xC3\xA9,\xE2\x80\x93\n"), "1:café|–\n"},
    {"windows_1252_becomes_utf_8",
     BYTES("caf\xE9,\x96,\xA3"
           "5\n"),
     "1:café|–|£5\n"},
    {"a_byte_that_windows_1252_lacks_is_replaced", BYTES("a\x81z\n"), "1:a\xEF\xBF\xBDz\n"},
    {"rows_may_be_ragged", BYTES("a,b,c\n1\n1,2,3,4\n"), "1:a|b|c\n2:1\n3:1|2|3|4\n"},
    {"a_line_that_names_the_delimiter_is_no_row", BYTES("sep=,\r\na,b\r\n1,2\r\n"), "2:a|b\n3:1|2\n"},
    {"nor_is_one_in_quotes", BYTES("\xEF\xBB\xBF\"sep=,\"\na,b\n"), "2:a|b\n"},
    {"a_name_that_begins_so_is_one", BYTES("sep=x,b\n1,2\n"), "1:sep=x|b\n2:1|2\n"},
    {"utf_16_without_its_mark",
     BYTES("\0a\0,\0b\0\n\0"
           "1\0,\0"
           "2\0\n"),
     "1:a|b\n2:1|2\n"},
    {"utf_16_the_other_way_round",
     BYTES("a\0,\0b\0\n\0"
           "1\0,\0"
           "2\0\n\0"),
     "1:a|b\n2:1|2\n"},
    {"an_angle_before_a_figure_is_no_page", BYTES("<5,a\n1,2\n"), "1:<5|a\n2:1|2\n"},
    {"a_mark_in_brackets_is_no_json", BYTES("[x],a\n1,2\n"), "1:[x]|a\n2:1|2\n"},
    {"a_nul_byte_cuts_its_field_and_is_told", BYTES("a,b\n1\0x,2\n3,4\n"), "1:a|b\n2:1|2 NUL\n3:3|4\n"},
    {"a_nul_byte_on_a_blank_line_says_nothing_of_the_next", BYTES("a\n\0\n3\n"), "1:a\n3:3\n"},
};

static gboolean collect(const SheetRow *row, gpointer data, GError **error)
{
    GString *rows = data;
    (void)error;
    g_string_append_printf(rows, "%d:", row->line);
    for (size_t i = 0; i < row->n_fields; i++)
        g_string_append_printf(rows, "%s%s", i ? "|" : "", row->fields[i]);
    g_string_append(rows, row->has_nul ? " NUL\n" : "\n");
    return TRUE;
}

static void reads_as_the_rows(void **state)
{
    const CsvCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.csv");
    g_autoptr(GString) rows = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    folder_write_bytes(&folder, "x.csv", row->bytes, row->length);
    assert_true(csv_file_read(path, collect, rows, NULL, &error));
    assert_string_equal(rows->str, row->rows);
}

/* The parser keeps its state from chunk to chunk: the same rows wherever a 64 KiB chunk ends. */
static void a_chunk_may_end_anywhere(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.csv");
    for (size_t shift = 0; shift < 24; shift++) {
        g_autoptr(GString) text = g_string_new("\xEF\xBB\xBF");
        g_autoptr(GString) rows = g_string_new(NULL);
        g_autoptr(GError) error = NULL;
        for (size_t i = 0; i < 65536 - 12 - shift; i++)
            g_string_append_c(text, 'a');
        g_string_append(text, ",b\r\n\"x\r\ny\"\"\",caf\xC3\xA9\r\n3,4\r\n");
        folder_write(&folder, "x.csv", text->str);
        assert_true(csv_file_read(path, collect, rows, NULL, &error));
        assert_contains(rows->str, "|b\n2:x\r\ny\"|café\n4:3|4\n");
    }
}

typedef struct {
    const char *name;
    const char *bytes;
    size_t length;
    const char *message;
} ForeignCase;

static const ForeignCase FOREIGN_CASES[] = {
    {"a_web_page", BYTES("\r\n<!DOCTYPE html><html>"), "it is a web page or XML, not a CSV"},
    {"a_page_without_a_head", BYTES("<html><body><h1>404 Not found"), "the download may have failed"},
    {"xml", BYTES("<?xml version=\"1.0\"?>"), "it is a web page or XML, not a CSV"},
    {"an_object", BYTES("{\"a\":1}"), "it is JSON, not a CSV"},
    {"a_list_of_objects", BYTES("[\n {\"a\":1}]"), "it is JSON, not a CSV"},
    {"a_pdf", BYTES("%PDF-1.7\n"), "it is a PDF, not a CSV"},
    {"gzip", BYTES("\x1F\x8B\x08\x08"), "it is packed by gzip, not a CSV; unpack it"},
    {"a_database", BYTES("SQLite format 3\0"), "it is an SQLite database, not a CSV"},
};

static void is_told_for_what_it_is(void **state)
{
    const ForeignCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.csv");
    g_autoptr(GString) rows = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    folder_write_bytes(&folder, "x.csv", row->bytes, row->length);
    assert_false(csv_file_read(path, collect, rows, NULL, &error));
    assert_contains(error->message, row->message);
    assert_string_equal(rows->str, "");
}

typedef struct {
    const char *name;
    const char *bytes;
    size_t length;
    bool was_windows_1252;
} FactsCase;

static const FactsCase FACTS_CASES[] = {
    {"ascii_is_not_called_windows_1252", BYTES("a,b\n"), false},
    {"utf_8_is_not_called_windows_1252", BYTES("caf\xC3\xA9\n"), false},
    {"windows_1252_is_told", BYTES("a\ncaf\xE9\n"), true},
};

static void tells_the_encoding(void **state)
{
    const FactsCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.csv");
    g_autoptr(GString) rows = g_string_new(NULL);
    CsvFacts facts;
    folder_write_bytes(&folder, "x.csv", row->bytes, row->length);
    assert_true(csv_file_read(path, collect, rows, &facts, NULL));
    assert_int_equal(facts.was_windows_1252, row->was_windows_1252);
}

typedef struct {
    const char *name;
    const char *bytes;
    size_t length;
    size_t n_filler; /* of a huge field after the bytes */
    const char *message;
} RefusedCase;

static const RefusedCase REFUSED_CASES[] = {
    {"an_open_quote_is_refused_where_it_begins", BYTES("a,b\n1,2\n\"3,4\n5,6\n7,8\n"), 0,
     "x.csv:3: a quote is never closed; close it"},
    {"an_open_quote_at_the_end_is_refused", BYTES("a\n\"1"), 0, "x.csv:2: a quote is never closed; close it"},
    {"an_open_quote_over_much_text_is_refused", BYTES("a,b\n\"1,"), 3 << 20,
     "is longer than 1 MiB; close the quote, or save it as CSV"},
    {"a_huge_field_is_refused", BYTES("a,b\n1,"), 3 << 20, "x.csv:2: a field is longer than 1 MiB"},
};

static void is_refused(void **state)
{
    const RefusedCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.csv");
    g_autoptr(GString) text = g_string_new_len(row->bytes, (gssize)row->length);
    g_autoptr(GString) rows = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    for (size_t i = 0; i < row->n_filler; i++)
        g_string_append_c(text, 'z');
    folder_write_bytes(&folder, "x.csv", text->str, text->len);
    assert_false(csv_file_read(path, collect, rows, NULL, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_contains(error->message, row->message);
}

static void a_closed_quote_at_the_very_end_is_fine(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.csv");
    g_autoptr(GString) rows = g_string_new(NULL);
    folder_write(&folder, "x.csv", "a\n\"1\"");
    assert_true(csv_file_read(path, collect, rows, NULL, NULL));
    assert_string_equal(rows->str, "1:a\n2:1\n");
}

static void a_missing_file_says_where_and_what_to_do(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_false(csv_file_read("/no/such/file.csv", collect, NULL, NULL, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_FILE));
    assert_string_equal(error->message,
                        "/no/such/file.csv: cannot open: No such file or directory; check the path and its permissions");
    assert_string_equal(wm_error_place(error).file, "/no/such/file.csv");
}

static void a_folder_is_no_file(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(GError) error = NULL;
    assert_false(csv_file_read(folder.path, collect, NULL, NULL, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_FILE));
    assert_contains(error->message, "cannot read: Is a directory");
}

static void a_hyphen_is_standard_input(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.csv");
    g_autoptr(GString) rows = g_string_new(NULL);
    folder_write(&folder, "x.csv", "a,b\n1,2\n");
    assert_non_null(freopen(path, "rb", stdin));
    assert_true(csv_file_read("-", collect, rows, NULL, NULL));
    assert_string_equal(rows->str, "1:a|b\n2:1|2\n");
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
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.csv");
    g_autoptr(GError) error = NULL;
    int n = 0;
    folder_write(&folder, "x.csv", "a\nb\nc\nd\n");
    assert_false(csv_file_read(path, stop_at_second, &n, NULL, &error));
    assert_int_equal(n, 2);
    assert_string_equal(error->message, "2: enough");
}

typedef struct {
    const char *name;
    const char *bytes;
    size_t length;
    CsvDialect dialect;
    const char *rows; /* NULL: refused */
} DialectCase;

static const DialectCase DIALECT_CASES[] = {
    {"tabs_are_guessed", BYTES("a\tb\n1\t2,5\n"), {0}, "1:a|b\n2:1|2,5\n"},
    {"an_empty_field_between_tabs_stays", BYTES("a\tb\tc\n1\t\t2\n"), {0}, "1:a|b|c\n2:1||2\n"},
    {"semicolons_are_guessed_though_there_are_commas", BYTES("a;b\n1,5;2\n1;2,5\n3;4\n"), {0}, "1:a|b\n2:1,5|2\n3:1|2,5\n4:3|4\n"},
    {"commas_in_quotes_do_not_count", BYTES("\"a,a\";b\n\"c,c\";d\n"), {0}, "1:a,a|b\n2:c,c|d\n"},
    {"a_banner_does_not_decide",
     BYTES("Plans; by area; by year\na,b\n1,2\n3,4\n"),
     {0},
     "1:Plans; by area; by year\n2:a|b\n3:1|2\n4:3|4\n"},
    {"one_column_has_commas", BYTES("a\nb\n"), {0}, "1:a\n2:b\n"},
    {"a_stated_delimiter", BYTES("a,x|b\n1,2|3\n"), {.delimiter = '|'}, "1:a,x|b\n2:1,2|3\n"},
    {"utf_16_behind_its_mark",
     BYTES("\xFF\xFE"
           "a\0\t\0\xE9\0\n\0"
           "1\0\t\0\x3D\xD8\x00\xDE\n\0"),
     {0},
     "1:a|é\n2:1|😀\n"},
    {"utf_16_of_the_other_end",
     BYTES("\xFE\xFF"
           "\0a\0,\0b\0\n"),
     {0},
     "1:a|b\n"},
    {"utf_16_that_is_stated", BYTES("a\0,\0b\0\n\0"), {.encoding = ENCODING_UTF_16}, "1:a|b\n"},
    {"half_a_character_is_replaced",
     BYTES("\xFF\xFE"
           "a\0\x3D\xD8"
           "b\0\n\0"),
     {0},
     "1:a\xEF\xBF\xBD"
     "b\n"},
    {"windows_1252_that_is_stated", BYTES("caf\xC3\xA9,x\n"), {.encoding = ENCODING_WINDOWS_1252}, "1:cafÃ©|x\n"},
    {"utf_8_that_is_stated_and_is_not", BYTES("caf\xE9,x\n"), {.encoding = ENCODING_UTF_8}, NULL},
};

static void reads_in_its_dialect(void **state)
{
    const DialectCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.csv");
    g_autoptr(GString) rows = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    folder_write_bytes(&folder, "x.csv", row->bytes, row->length);
    const gboolean is_read = csv_file_read_dialect(path, &row->dialect, collect, rows, NULL, &error);
    assert_int_equal(is_read, row->rows != NULL);
    if (row->rows)
        assert_string_equal(rows->str, row->rows);
    else
        assert_contains(error->message, "it is not UTF-8; say encoding = auto or windows-1252 in the recipe");
}

/* What a spreadsheet calls row 3 is row 3, whatever newlines stand in cells above it. */
static gboolean keep_numbers(const SheetRow *row, gpointer data, GError **error)
{
    (void)error;
    g_string_append_printf(data, "%d:%d ", row->number, row->line);
    return TRUE;
}

static void rows_are_numbered_as_a_spreadsheet_does(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.csv");
    g_autoptr(GString) rows = g_string_new(NULL);
    folder_write(&folder, "x.csv", "\"a\nb\"\r\n,,\r\n\r\nc\r\n");
    assert_true(csv_file_read(path, keep_numbers, rows, NULL, NULL));
    assert_string_equal(rows->str, "1:1 4:5 ");
}

int main(void)
{
    ADD_TABLE(DIALECT_CASES, reads_in_its_dialect);
    ADD(rows_are_numbered_as_a_spreadsheet_does);
    ADD_TABLE(CASES, reads_as_the_rows);
    ADD_TABLE(FOREIGN_CASES, is_told_for_what_it_is);
    ADD_TABLE(FACTS_CASES, tells_the_encoding);
    ADD_TABLE(REFUSED_CASES, is_refused);
    ADD(a_chunk_may_end_anywhere);
    ADD(a_closed_quote_at_the_very_end_is_fine);
    ADD(a_missing_file_says_where_and_what_to_do);
    ADD(a_folder_is_no_file);
    ADD(a_hyphen_is_standard_input);
    ADD(the_reader_may_stop_it);
    return run_cases("csv_file");
}
