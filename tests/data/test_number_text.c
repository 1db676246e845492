/* Numbers and fields for machines: what is written reads back to the same, whatever the locale. */
#include "engine/data/text/number_text.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/fixture_folder.h"
#include "engine/data/text/csv_file.h"

typedef struct {
    const char *name;
    double value;
    const char *text;
} NumberCase;

static const NumberCase NUMBER_CASES[] = {
    {"a_whole_number_has_no_decimals", 41, "41"},
    {"the_shortest_that_reads_back", 0.1, "0.1"},
    {"seventeen_digits_where_it_needs_them", 0.1 + 0.2, "0.30000000000000004"},
    {"sixteen_digits_where_it_needs_them", 52.07373271889401, "52.07373271889401"},
    {"zero_has_no_sign", -0.0, "0"},
    {"negative", -33.25, "-33.25"},
    {"large", 1e300, "1e+300"},
    {"smallest", 5e-324, "4.94065645841247e-324"},
    {"nan_is_empty", NAN, ""},
    {"infinity_is_empty", INFINITY, ""},
    {"minus_infinity_is_empty", -INFINITY, ""},
};

static void writes_number(void **state)
{
    const NumberCase *row = *state;
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    assert_string_equal(number_text(row->value, text), row->text);
}

static void every_double_reads_back(void **state)
{
    (void)state;
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    guint64 bits = 0x9E3779B97F4A7C15u;
    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value))
            assert_true(strtod(number_text(value, text), NULL) == value);
    }
}

static void the_locale_plays_no_part(void **state)
{
    (void)state;
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "fr_FR.UTF-8"))
        skip();
    assert_string_equal(number_text(1.5, text), "1.5");
    setlocale(LC_ALL, "C");
}

typedef struct {
    const char *name;
    const char *field;
    const char *csv;
} FieldCase;

static const FieldCase FIELD_CASES[] = {
    {"a_plain_field_is_bare", "plain text", "plain text"},
    {"an_empty_field_is_bare", "", ""},
    {"a_comma_asks_for_quotes", "a,b", "\"a,b\""},
    {"a_quote_is_doubled", "say \"no\"", "\"say \"\"no\"\"\""},
    {"a_newline_asks_for_quotes", "a\nb", "\"a\nb\""},
    {"a_carriage_return_asks_for_quotes", "a\rb", "\"a\rb\""},
    {"a_leading_space_is_kept_by_quotes", " a", "\" a\""},
    {"a_trailing_space_is_kept_by_quotes", "a ", "\"a \""},
    {"a_leading_tab_is_kept_by_quotes", "\ta", "\"\ta\""},
    {"a_trailing_tab_is_kept_by_quotes", "a\t", "\"a\t\""},
    {"a_space_alone_is_kept", " ", "\" \""},
    {"utf_8_is_bare", "café – £5", "café – £5"},
};

static void writes_field(void **state)
{
    const FieldCase *row = *state;
    g_autoptr(GString) out = g_string_new(NULL);
    csv_append_field(out, row->field);
    assert_string_equal(out->str, row->csv);
}

static gboolean keep_second(const SheetRow *row, gpointer data, GError **error)
{
    (void)error;
    assert_int_equal(row->n_fields, 3);
    *(char **)data = g_strdup(row->fields[1]);
    return TRUE;
}

static void what_is_written_reads_back(void **state)
{
    const FieldCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.csv");
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *field = NULL;
    csv_append_row(out, (const char *const[]){"x", row->field, "y"}, 3);
    folder_write(&folder, "x.csv", out->str);
    assert_true(csv_file_read(path, keep_second, &field, NULL, NULL));
    assert_string_equal(field, row->field);
}

int main(void)
{
    ADD_TABLE(NUMBER_CASES, writes_number);
    ADD_TABLE(FIELD_CASES, writes_field);
    for (size_t i = 0; i < N_ELEMENTS(FIELD_CASES); i++)
        add_case(text_of("%s, and it reads back", FIELD_CASES[i].name), what_is_written_reads_back, &FIELD_CASES[i]);
    ADD(every_double_reads_back);
    ADD(the_locale_plays_no_part);
    return run_cases("number_text");
}
