/* Figures as people publish them. A marker is a state, never a number and never 0. */
#include <waymark/value.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

typedef struct {
    const char *name;
    const char *text;
    double value;
    WmReadingState state;
    const char *unit;
} ReadCase;

static const ReadCase READ[] = {
    {"a whole number", "41", 41, WM_FINAL, ""},
    {"a decimal", "41.25", 41.25, WM_FINAL, ""},
    {"thousands separator", "1,322", 1322, WM_FINAL, ""},
    {"two thousands separators", "1,234,567.5", 1234567.5, WM_FINAL, ""},
    {"percent", "4.70%", 4.7, WM_FINAL, "%"},
    {"percent after a space", "4.70 %", 4.7, WM_FINAL, "%"},
    {"weeks", "12 weeks", 12, WM_FINAL, "weeks"},
    {"units come in lower case", "12 Weeks", 12, WM_FINAL, "weeks"},
    {"months without a space", "20months", 20, WM_FINAL, "months"},
    {"spaces around", "  7 ", 7, WM_FINAL, ""},
    {"no-break spaces around",
     "\xC2\xA0"
     "7\xC2\xA0",
     7, WM_FINAL, ""},
    {"a negative score", "-1.46", -1.46, WM_FINAL, ""},
    {"a true minus",
     "\xE2\x88\x92"
     "1.46",
     -1.46, WM_FINAL, ""},
    {"a plus sign", "+3", 3, WM_FINAL, ""},
    {"pounds",
     "\xC2\xA3"
     "1,250",
     1250, WM_FINAL, "£"},
    {"dollars below nothing", "-$5", -5, WM_FINAL, "$"},
    {"estimated is provisional", "7 [e]", 7, WM_PROVISIONAL, ""},
    {"no digit before the point", ".5", 0.5, WM_FINAL, ""},
    {"no digit after the point", "5.", 5, WM_FINAL, ""},
    {"an exponent", "1.2e3", 1200, WM_FINAL, ""},
    {"zero is a number", "0", 0, WM_FINAL, ""},
    {"zero percent is a number", "0%", 0, WM_FINAL, "%"},
    {"900% is read, for a check to question", "900%", 900, WM_FINAL, "%"},
    {"provisional", "41.2 [p]", 41.2, WM_PROVISIONAL, ""},
    {"revised", "41.2 [r]", 41.2, WM_REVISED, ""},
    {"provisional, in capitals and without a space", "41.2[P]", 41.2, WM_PROVISIONAL, ""},
    {"revised percent", "41.2% [r]", 41.2, WM_REVISED, "%"},
    {"provisional weeks", "12 weeks [p]", 12, WM_PROVISIONAL, "weeks"},
    {"of low quality, but published", "41.2 [u]", 41.2, WM_FINAL, ""},
    {"suppressed, GSS marker", "[c]", NAN, WM_SUPPRESSED, ""},
    {"suppressed, bare", "c", NAN, WM_SUPPRESSED, ""},
    {"suppressed, asterisk", "*", NAN, WM_SUPPRESSED, ""},
    {"suppressed, in capitals", "C", NAN, WM_SUPPRESSED, ""},
    {"suppressed, with spaces", " [c] ", NAN, WM_SUPPRESSED, ""},
    {"not available, GSS marker", "[x]", NAN, WM_NOT_AVAILABLE, ""},
    {"not available, bare", "x", NAN, WM_NOT_AVAILABLE, ""},
    {"not available, colon", ":", NAN, WM_NOT_AVAILABLE, ""},
    {"not available, two stops", "..", NAN, WM_NOT_AVAILABLE, ""},
    {"not available, hyphen", "-", NAN, WM_NOT_AVAILABLE, ""},
    {"not available, hyphen in spaces", " - ", NAN, WM_NOT_AVAILABLE, ""},
    {"not available, en dash", "\xE2\x80\x93", NAN, WM_NOT_AVAILABLE, ""},
    {"not available, [w]", "[w]", NAN, WM_NOT_AVAILABLE, ""},
    {"too poor to publish, [u]", "[u]", NAN, WM_NOT_AVAILABLE, ""},
    {"not applicable, GSS marker", "[z]", NAN, WM_NOT_APPLICABLE, ""},
    {"not applicable, bare", "z", NAN, WM_NOT_APPLICABLE, ""},
    {"not applicable, n/a", "N/A", NAN, WM_NOT_APPLICABLE, ""},
    {"low", "[low]", NAN, WM_LOW, ""},
    {"low, bare", "low", NAN, WM_LOW, ""},
    {"a small number withheld", "<5", NAN, WM_SUPPRESSED, ""},
    {"a small number withheld, with a space", "< 10", NAN, WM_SUPPRESSED, ""},
    {"a small percent withheld", "<1%", NAN, WM_SUPPRESSED, ""},
    {"an empty field is missing", "", NAN, WM_MISSING, ""},
    {"spaces are missing", "   ", NAN, WM_MISSING, ""},
    {"yes", "Yes", 1, WM_FINAL, "yes/no"},
    {"no", "no", 0, WM_FINAL, "yes/no"},
    {"done", "Done", 1, WM_FINAL, "yes/no"},
    {"not done", "not done", 0, WM_FINAL, "yes/no"},
};

static void is_read(void **state)
{
    const ReadCase *row = *state;
    WmValueText read;
    assert_true(wm_value_parse(row->text, &read));
    assert_near(read.value, row->value, 0);
    assert_string_equal(wm_reading_state_name(read.state), wm_reading_state_name(row->state));
    assert_string_equal(read.unit, row->unit);
}

typedef struct {
    const char *name;
    const char *text;
} RefusedCase;

static const RefusedCase REFUSED[] = {
    {"words", "about half"},
    {"a misplaced thousands separator", "1,32"},
    {"a comma too many", "1,322,"},
    {"a decimal comma behind nought", "0,512"},
    {"below nought", "-0,250"},
    {"noughts in a group in front", "000,001"},
    {"a group that begins with nought", "012,345"},
    {"groups of two", "12,34,567"},
    {"a comma in front", ",322"},
    {"four digits before a comma", "1322,000"},
    {"a space for thousands", "1 322"},
    {"two points", "1.2.3"},
    {"two signs", "--5"},
    {"a sign alone", "+"},
    {"a percent sign alone", "%"},
    {"two percent signs", "5%%"},
    {"a currency alone", "\xC2\xA3"},
    {"beyond a double", "1e999"},
    {"an unknown marker", "[q]"},
    {"a marker inside", "4[p]1"},
    {"two units", "4% weeks"},
    {"a unit that is a sentence", "12 weekswithoutanyspaceatall"},
    {"a range", "10-20"},
    {"a fraction", "114/523"},
    {"a date", "2021-07-31"},
    {"less than a word", "<few"},
    {"less than, alone", "<"},
    {"hexadecimal", "0x1F"},
    {"an infinity", "inf"},
    {"an invalid byte", "41\xFF"},
};

static void is_refused(void **state)
{
    const RefusedCase *row = *state;
    WmValueText read;
    assert_false(wm_value_parse(row->text, &read));
}

static void a_marker_is_never_a_number(void **state)
{
    (void)state;
    static const char *const MARKERS[] = {"[c]", "[x]", "[z]", "[low]", "[w]", "[u]", "c", "x",
                                          "z",   ":",   "..",  "-",     "n/a", "<5",  ""};
    for (size_t i = 0; i < N_ELEMENTS(MARKERS); i++) {
        WmValueText read;
        assert_true(wm_value_parse(MARKERS[i], &read));
        assert_true(isnan(read.value));
        assert_false(wm_reading_state_has_value(read.state));
    }
}

static void a_text_too_long_for_a_figure_is_refused(void **state)
{
    (void)state;
    char text[400];
    memset(text, '1', sizeof text - 1);
    text[sizeof text - 1] = 0;
    WmValueText read;
    assert_false(wm_value_parse(text, &read));
}

static void a_whole_number_is_what_the_library_reads(void **state)
{
    (void)state;
    Random random = {7};
    for (int i = 0; i < 20000; i++) {
        char text[32];
        const int n = random_between(&random, 1, 20);
        size_t length = 0;
        if (i % 3 == 0)
            text[length++] = i % 2 ? '-' : '+';
        for (int j = 0; j < n; j++)
            text[length++] = (char)('0' + random_between(&random, 0, 9));
        text[length] = 0;
        const double wanted = strtod(text, NULL);
        WmValueText read;
        assert_true(wm_value_parse(text, &read));
        assert_memory_equal(&read.value, &wanted, sizeof wanted); /* -0 is another than 0 */
    }
}

static void random_bytes_never_crash_and_never_give_half_a_value(void **state)
{
    (void)state;
    static const char ALPHABET[] = "0123456789.,%-+<>[]()cxzpru eE\xC2\xA0\xA3\xE2\x88\x92\x80\x93/:abw";
    Random random = {31};
    for (int i = 0; i < 300000; i++) {
        char text[48];
        const int n = random_between(&random, 0, 24);
        for (int j = 0; j < n; j++)
            text[j] =
                i % 3 ? ALPHABET[random_between(&random, 0, (int)sizeof ALPHABET - 2)] : (char)random_between(&random, 1, 255);
        text[n] = 0;
        WmValueText read;
        if (wm_value_parse(text, &read)) {
            assert_int_equal(isfinite(read.value), wm_reading_state_has_value(read.state));
            assert_true(memchr(read.unit, 0, sizeof read.unit) != NULL);
        }
    }
}

int main(void)
{
    ADD_TABLE(READ, is_read);
    ADD_TABLE(REFUSED, is_refused);
    ADD(a_marker_is_never_a_number);
    ADD(a_text_too_long_for_a_figure_is_refused);
    ADD(a_whole_number_is_what_the_library_reads);
    ADD(random_bytes_never_crash_and_never_give_half_a_value);
    return run_cases("value text");
}
