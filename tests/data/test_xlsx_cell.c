/* A cell's number as text: formats by id and by code, dates of both epochs, percents that are exact, references. */
#include "engine/data/xlsx/xlsx_cell.h"
#include <math.h>
#include <waymark/value.h>

#include "core/fixture_random.h"
#include "data/fixture_folder.h"
#include "engine/data/xlsx/xlsx_mask.h"

typedef struct {
    const char *name;
    const char *code; /* NULL: the built-in id */
    int id;
    XlsxFormat format;
} FormatCase;

static const FormatCase FORMAT_CASES[] = {
    {"general_is_plain", NULL, 0, XLSX_PLAIN},
    {"two_decimals_are_plain", NULL, 2, XLSX_PLAIN},
    {"id_9_is_a_percent", NULL, 9, XLSX_PERCENT},
    {"id_10_is_a_percent", NULL, 10, XLSX_PERCENT},
    {"id_11_is_scientific", NULL, 11, XLSX_PLAIN},
    {"id_14_is_a_day", NULL, 14, XLSX_DAY},
    {"id_16_is_a_day_without_its_year", NULL, 16, XLSX_DAY},
    {"id_17_is_a_month", NULL, 17, XLSX_MONTH},
    {"id_20_is_a_time", NULL, 20, XLSX_TIME},
    {"id_22_is_a_day_and_time", NULL, 22, XLSX_DAY_AND_TIME},
    {"id_46_is_an_elapsed_time", NULL, 46, XLSX_ELAPSED},
    {"id_49_is_text", NULL, 49, XLSX_PLAIN},
    {"an_unknown_id_is_plain", NULL, 163, XLSX_PLAIN},
    {"code_general", "General", 0, XLSX_PLAIN},
    {"code_empty", "", 0, XLSX_PLAIN},
    {"code_british_day", "dd/mm/yyyy", 0, XLSX_DAY},
    {"code_day_with_locale", "[$-809]dd mmmm yyyy;@", 0, XLSX_DAY},
    {"code_escaped_separators", "d\\-mmm\\-yy", 0, XLSX_DAY},
    {"code_month", "mmm\\-yy", 0, XLSX_MONTH},
    {"code_month_in_full", "mmmm yyyy", 0, XLSX_MONTH},
    {"code_month_in_numbers", "yyyy-mm", 0, XLSX_MONTH},
    {"code_month_alone", "mmmm", 0, XLSX_MONTH},
    {"code_day_without_its_year", "d mmmm", 0, XLSX_DAY},
    {"code_year", "yyyy", 0, XLSX_YEAR},
    {"code_day_and_time", "yyyy-mm-dd hh:mm:ss", 0, XLSX_DAY_AND_TIME},
    {"code_iso_with_letter_t", "yyyy\\-mm\\-dd\\Thh:mm", 0, XLSX_DAY_AND_TIME},
    {"code_time", "hh:mm", 0, XLSX_TIME},
    {"code_time_of_day_half", "h:mm AM/PM", 0, XLSX_TIME},
    {"code_minutes_and_seconds", "mm:ss", 0, XLSX_TIME},
    {"code_elapsed_hours", "[h]:mm:ss", 0, XLSX_ELAPSED},
    {"code_elapsed_minutes", "[mm]:ss", 0, XLSX_ELAPSED},
    {"code_percent", "0.0%", 0, XLSX_PERCENT},
    {"code_percent_by_sign", "0.0%;[Red]-0.0%;\"-\"", 0, XLSX_PERCENT},
    {"a_quoted_percent_is_just_a_sign", "0.0\"%\"", 0, XLSX_PLAIN},
    {"an_escaped_percent_is_just_a_sign", "0.0\\%", 0, XLSX_PLAIN},
    {"a_unit_in_quotes_is_no_date", "0\" days\"", 0, XLSX_PLAIN},
    {"a_unit_in_escapes_is_no_date", "0\\ \\d\\a\\y\\s", 0, XLSX_PLAIN},
    {"a_colour_is_no_month", "[Magenta]0.00", 0, XLSX_PLAIN},
    {"a_colour_is_no_day", "[Red]0", 0, XLSX_PLAIN},
    {"a_currency_is_no_date", "[$\xC2\xA3-809]#,##0.00;[Red]-[$\xC2\xA3-809]#,##0.00", 0, XLSX_PLAIN},
    {"accounting_is_plain", "_-* #,##0_-;\\-* #,##0_-;_-* \"-\"??_-;_-@_-", 0, XLSX_PLAIN},
    {"scientific_is_no_era", "0.00E+00", 0, XLSX_PLAIN},
    {"a_condition_is_passed_over", "[>=100]0;0.0", 0, XLSX_PLAIN},
    {"an_open_quote_ends_nothing", "0\"days", 0, XLSX_PLAIN},
    {"an_open_bracket_ends_nothing", "[Red", 0, XLSX_PLAIN},
    {"a_lone_backslash_ends_nothing", "0\\", 0, XLSX_PLAIN},
    {"an_empty_first_section_leaves_it_to_the_next", ";0%", 0, XLSX_PERCENT},
    {"only_semicolons", ";;;", 0, XLSX_PLAIN},
};

static void format_is_told(void **state)
{
    const FormatCase *row = *state;
    assert_int_equal(row->code ? xlsx_format_of_code(row->code) : xlsx_format_of_id(row->id), row->format);
}

typedef struct {
    const char *name;
    const char *code;
    double value;
    const char *shown; /* NULL: the number */
} MaskCase;

static const MaskCase MASK_CASES[] = {
    {"mask_of_all_numbers", "\"*\"", 3, "*"},
    {"mask_by_an_escaped_letter", "\\*", 3, "*"},
    {"mask_below_a_bound", "[<5]\"*\";0", 3, "*"},
    {"no_mask_at_the_bound", "[<5]\"*\";0", 5, NULL},
    {"mask_in_colour_below_a_bound", "[Red][<=5]\"c\";General", 5, "c"},
    {"no_mask_above_it", "[Red][<=5]\"c\";General", 5.5, NULL},
    {"mask_by_the_second_condition", "[>=10]#,##0;[>0]\"low\";0", 3, "low"},
    {"no_mask_by_neither", "[>=10]#,##0;[>0]\"low\";0", 0, NULL},
    {"mask_of_a_lone_condition", "[<5]\"*\"", 3, "*"},
    {"no_mask_where_it_does_not_hold", "[<5]\"*\"", 7, NULL},
    {"mask_of_negatives", "0;\"n/a\"", -1, "n/a"},
    {"no_mask_of_nought_among_two", "0;\"n/a\"", 0, NULL},
    {"nought_as_a_dash_is_nought", "_-* #,##0_-;\\-* #,##0_-;_-* \"-\"??_-;_-@_-", 0, NULL},
    {"nought_as_a_dash_alone_is_nought", "0;-0;\"\xE2\x80\x93\"", 0, NULL},
    {"nought_that_is_hidden_is_nought", "0;-0;;@", 0, NULL},
    {"nought_as_a_mark_is_that_mark", "0;-0;\"x\"", 0, "x"},
    {"a_number_that_is_not_shown", ";;;", 3, "number hidden by its format"},
    {"no_mask_by_general", "General", 3, NULL},
    {"no_mask_by_no_code", "", 3, NULL},
    {"no_mask_by_a_date", "dd/mm/yyyy", 44408, NULL},
    {"no_mask_by_elapsed_time", "[h]", 1.5, NULL},
    {"no_mask_by_a_unit", "0\" weeks\"", 3, NULL},
    {"no_mask_by_a_place_for_text", "@", 3, NULL},
    {"mask_by_an_open_quote", "\"*", 3, "*"},
    {"no_mask_by_an_open_bracket", "0;[<5", 3, NULL},
};

static void mask_is_shown(void **state)
{
    const MaskCase *row = *state;
    g_autoptr(GString) text = g_string_new(NULL);
    const gboolean is_masked = xlsx_code_may_mask(row->code) && xlsx_append_mask(text, row->code, row->value);
    assert_int_equal(is_masked, row->shown != NULL);
    assert_string_equal(text->str, row->shown ? row->shown : "");
}

typedef struct {
    const char *name;
    const char *stored;
    XlsxFormat format;
    bool is_1904;
    const char *text;
} NumberCase;

static const NumberCase NUMBER_CASES[] = {
    {"a_whole_number", "933", XLSX_PLAIN, false, "933"},
    {"zero", "0", XLSX_PLAIN, false, "0"},
    {"negative_zero", "-0", XLSX_PLAIN, false, "0"},
    {"a_negative", "-12.5", XLSX_PLAIN, false, "-12.5"},
    {"less_than_one", "0.05", XLSX_PLAIN, false, "0.05"},
    {"as_excel_stores_1_1", "1.1000000000000001", XLSX_PLAIN, false, "1.1"},
    {"a_sum_keeps_its_last_bit", "0.30000000000000004", XLSX_PLAIN, false, "0.30000000000000004"},
    {"scientific_as_stored", "1.5E+3", XLSX_PLAIN, false, "1500"},
    {"a_million_million", "1E12", XLSX_PLAIN, false, "1000000000000"},
    {"a_long_identifier", "123456789012345", XLSX_PLAIN, false, "123456789012345"},
    {"huge", "1.5E+300", XLSX_PLAIN, false, "1.5e300"},
    {"tiny", "2E-20", XLSX_PLAIN, false, "2e-20"},
    {"what_is_no_number_stays_as_it_stands", "12abc", XLSX_PLAIN, false, "12abc"},
    {"hexadecimal_is_no_number", "0x10", XLSX_PLAIN, false, "0x10"},
    {"infinity_is_no_number", "1E999", XLSX_PLAIN, false, "1E999"},
    {"a_percent", "0.48", XLSX_PERCENT, false, "48%"},
    {"a_percent_keeps_what_its_format_hides", "0.4837", XLSX_PERCENT, false, "48.37%"},
    {"a_percent_has_no_digits_that_the_cell_had_not", "0.07", XLSX_PERCENT, false, "7%"},
    {"a_percent_over_a_hundred", "9", XLSX_PERCENT, false, "900%"},
    {"no_percent", "0", XLSX_PERCENT, false, "0%"},
    {"a_small_percent", "0.0005", XLSX_PERCENT, false, "0.05%"},
    {"a_negative_percent", "-0.125", XLSX_PERCENT, false, "-12.5%"},
    {"a_third", "0.33333333333333331", XLSX_PERCENT, false, "33.33333333333333%"},
    {"a_day", "44408", XLSX_DAY, false, "2021-07-31"},
    {"a_day_of_1904", "42946", XLSX_DAY, true, "2021-07-31"},
    {"the_first_day", "1", XLSX_DAY, false, "1900-01-01"},
    {"the_last_day_before_the_false_one", "59", XLSX_DAY, false, "1900-02-28"},
    {"the_false_leap_day_is_no_date", "60", XLSX_DAY, false, "1900-02-29"},
    {"the_first_day_after_the_false_one", "61", XLSX_DAY, false, "1900-03-01"},
    {"day_zero_is_no_date", "0", XLSX_DAY, false, "1900-01-00"},
    {"day_zero_of_1904", "0", XLSX_DAY, true, "1904-01-01"},
    {"a_leap_day", "43890", XLSX_DAY, false, "2020-02-29"},
    {"a_negative_day_is_a_number", "-1", XLSX_DAY, false, "-1"},
    {"a_day_beyond_9999_is_a_number", "2958466", XLSX_DAY, false, "2958466"},
    {"a_days_hidden_time_is_not_shown", "44408.75", XLSX_DAY, false, "2021-07-31"},
    {"a_month", "44378", XLSX_MONTH, false, "2021-07"},
    {"a_year", "44378", XLSX_YEAR, false, "2021"},
    {"a_day_and_time", "44408.5625", XLSX_DAY_AND_TIME, false, "2021-07-31T13:30"},
    {"midnight_is_left_out", "44408", XLSX_DAY_AND_TIME, false, "2021-07-31"},
    {"seconds_are_kept", "44408.000011574076", XLSX_DAY_AND_TIME, false, "2021-07-31T00:00:01"},
    {"a_hair_before_midnight_is_midnight", "44407.999999999996", XLSX_DAY_AND_TIME, false, "2021-07-31"},
    {"a_time", "0.5625", XLSX_TIME, false, "13:30"},
    {"a_time_with_a_day_has_it", "44408.5625", XLSX_TIME, false, "2021-07-31T13:30"},
    {"an_elapsed_time_passes_a_day", "1.5", XLSX_ELAPSED, false, "36:00"},
};

static void number_is_shown(void **state)
{
    const NumberCase *row = *state;
    g_autoptr(GString) text = g_string_new(NULL);
    xlsx_append_number(text, row->stored, row->format, row->is_1904);
    assert_string_equal(text->str, row->text);
}

/* Whatever the double, the text reads back to it, and as a percent to a hundred times it within rounding. */
static void any_number_reads_back(void **state)
{
    (void)state;
    Random random = {20260731};
    for (int i = 0; i < 20000; i++) {
        const double value = (random_uniform(&random) - 0.5) * pow(10, floor(random_uniform(&random) * 60 - 30));
        char stored[G_ASCII_DTOSTR_BUF_SIZE];
        g_autoptr(GString) text = g_string_new(NULL);
        xlsx_append_number(text, g_ascii_dtostr(stored, sizeof stored, value), XLSX_PLAIN, FALSE);
        assert_true(g_ascii_strtod(text->str, NULL) == value);
        WmValueText figure;
        g_string_truncate(text, 0);
        xlsx_append_number(text, stored, XLSX_PERCENT, FALSE);
        assert_true(wm_value_parse(text->str, &figure));
        assert_close(figure.value, value * 100, 4e-16);
    }
}

/* Every day of both epochs is the day after the one before. */
static void days_follow_one_another(void **state)
{
    (void)state;
    for (int is_1904 = 0; is_1904 < 2; is_1904++)
        for (int serial = 61; serial < 107000; serial++) {
            char stored[16];
            g_autoptr(GString) text = g_string_new(NULL);
            WmPeriod period;
            g_snprintf(stored, sizeof stored, "%d", serial);
            xlsx_append_number(text, stored, XLSX_DAY, is_1904);
            assert_true(wm_period_parse(text->str, WM_PERIOD_NONE, &period));
            assert_int_equal(period.start,
                             is_1904 ? wm_day_from_date(1904, 1, 1) + serial : wm_day_from_date(1899, 12, 30) + serial);
        }
}

typedef struct {
    const char *name;
    const char *text;
    int row, column; /* 0: it is none */
} ReferenceCase;

static const ReferenceCase REFERENCE_CASES[] = {
    {"the_first_cell", "A1", 1, 1},
    {"two_letters", "AA10", 10, 27},
    {"small_letters", "b7", 7, 2},
    {"the_last_cell", "XFD1048576", 1048576, 16384},
    {"a_column_too_far", "XFE1", 0, 0},
    {"a_row_too_far", "A1048577", 0, 0},
    {"absurd", "ZZZ999999999", 0, 0},
    {"very_many_digits", "A99999999999999999999999999", 0, 0},
    {"very_many_letters", "AAAAAAAAAAAAAAAAAAAAAAA1", 0, 0},
    {"row_zero", "A0", 0, 0},
    {"no_row", "A", 0, 0},
    {"no_column", "1", 0, 0},
    {"absolute", "$A$1", 0, 0},
    {"a_range", "A1:B2", 0, 0},
    {"empty", "", 0, 0},
};

static void reference_is_read(void **state)
{
    const ReferenceCase *row = *state;
    int at_row, at_column;
    const bool is_reference = xlsx_reference_read(row->text, &at_row, &at_column);
    assert_int_equal(is_reference, row->row != 0);
    if (is_reference) {
        assert_int_equal(at_row, row->row);
        assert_int_equal(at_column, row->column);
    }
}

static void letters_read_back(void **state)
{
    (void)state;
    for (int column = 1; column <= XLSX_MAX_COLUMNS; column++) {
        char letters[XLSX_COLUMN_TEXT];
        int row, read;
        g_autofree char *text = g_strdup_printf("%s1", xlsx_column_letters(column, letters));
        assert_true(xlsx_reference_read(text, &row, &read));
        assert_int_equal(read, column);
    }
}

int main(void)
{
    ADD_TABLE(FORMAT_CASES, format_is_told);
    ADD_TABLE(MASK_CASES, mask_is_shown);
    ADD_TABLE(NUMBER_CASES, number_is_shown);
    ADD_TABLE(REFERENCE_CASES, reference_is_read);
    ADD(any_number_reads_back);
    ADD(days_follow_one_another);
    ADD(letters_read_back);
    return run_cases("xlsx_cell");
}
