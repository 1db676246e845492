/* Patterns, and what their places take. */
#include "engine/data/text/text_pattern.h"

#include <string.h>
#include <waymark/calendar.h>

#include "data/fixture_folder.h"

typedef struct {
    const char *name;
    const char *pattern, *text;
    bool fits;
} FitCase;

static const FitCase FITS[] = {
    {"the_same_text", "Total", "Total", true},
    {"letter_case_is_ignored", "TOTAL", "total", true},
    {"a_longer_text_does_not_fit", "Total", "Totals", false},
    {"a_star_at_the_end", "Appeals registered*", "Appeals registered4,9", true},
    {"a_star_takes_nothing", "Appeals*", "Appeals", true},
    {"a_star_in_the_middle", "a*c", "abbc", true},
    {"a_star_goes_back_when_it_took_too_little", "*ab", "aab", true},
    {"two_stars", "*ab*cd", "xabycabcd", true},
    {"a_question_mark_is_one_character", "Q? 2020", "Q3 2020", true},
    {"a_question_mark_is_one_letter_of_several_bytes", "caf?", "café", true},
    {"a_question_mark_takes_something", "Q?", "Q", false},
    {"an_empty_pattern_fits_nothing_else", "", "x", false},
    {"an_empty_pattern_fits_an_empty_text", "", "", true},
    {"a_lone_star_fits_an_empty_text", "*", "", true},
};

static void fits_or_not(void **state)
{
    const FitCase *row = *state;
    assert_int_equal(pattern_fits(row->pattern, row->text), row->fits);
}

typedef struct {
    const char *name;
    const char *pattern, *text;
    const char *taken; /* `period|indicator|cohort|unit`; NULL: it does not fit */
} CaptureCase;

static const CaptureCase CAPTURES[] = {
    {"a_place_alone", "{period}", "2014", "2014|||"},
    {"a_place_and_a_footnote", "{period} / Appeals*", "2014 / Appeals registered4", "2014|||"},
    {"a_place_behind", "Share / {period}", "Share / Q1 2020/21", "Q1 2020/21|||"},
    {"a_place_takes_all_that_makes_sense", "{period}*", "2014-05 (p)", "2014-05|||"},
    {"a_place_that_makes_no_sense", "{period} / *", "Area / Appeals", NULL},
    {"two_places", "{cohort}: {period}", "Boys: 2014", "2014||Boys|"},
    {"letter_case_of_a_place", "{Period}", "2014", "2014|||"},
    {"no_place_at_all", "Area", "area", "|||"},
    {"braces_of_their_own", "{x} {period}", "{x} 2014", "2014|||"},
    {"a_place_takes_something", "a{cohort}", "a", NULL},
};

static gboolean makes_sense(Field field, const char *text, gpointer data)
{
    WmPeriod period;
    (void)data;
    return field != FIELD_PERIOD || wm_period_parse(text, WM_PERIOD_FINANCIAL_YEAR, &period);
}

static void takes(void **state)
{
    const CaptureCase *row = *state;
    g_auto(Captures) captures = {{NULL}};
    const gboolean fits = pattern_capture(row->pattern, row->text, makes_sense, NULL, &captures);
    assert_int_equal(fits, row->taken != NULL);
    if (!fits)
        return;
    const char *texts[] = {captures.texts[FIELD_PERIOD], captures.texts[FIELD_INDICATOR], captures.texts[FIELD_COHORT],
                           captures.texts[FIELD_UNIT]};
    g_autofree char *taken = g_strdup_printf("%s|%s|%s|%s", texts[0] ? texts[0] : "", texts[1] ? texts[1] : "",
                                             texts[2] ? texts[2] : "", texts[3] ? texts[3] : "");
    assert_string_equal(taken, row->taken);
}

typedef struct {
    const char *name;
    const char *text, *bare;
} MarkCase;

static const MarkCase MARKS[] = {
    {"a_digit_behind_a_word", "Bournemouth5", "Bournemouth"},
    {"several", "Decisions1,9", "Decisions"},
    {"a_digit_behind_a_bracket", "Rate (%)2", "Rate (%)"},
    {"a_note_in_brackets", "Area [note 12]", "Area"},
    {"a_number_in_brackets", "Area (3)", "Area"},
    {"a_superscript", "Area²", "Area"},
    {"a_raised_four", "Area⁴", "Area"},
    {"words_in_brackets_are_none", "Area (new)", "Area (new)"},
    {"a_number_behind_a_space_is_none", "age 10", "age 10"},
    {"a_year_is_none", "2014", "2014"},
    {"a_comma_in_a_name_is_none", "Kingston, City of", "Kingston, City of"},
    {"a_comma_at_the_end_is_none", "Kingston,", "Kingston,"},
    {"nothing", "", ""},
    {"a_bracket_alone", "(1)", "(1)"},
};

static void loses_its_marks(void **state)
{
    const MarkCase *row = *state;
    g_autofree char *bare = g_strndup(row->text, text_length_without_marks(row->text));
    assert_string_equal(bare, row->bare);
}

/* A hostile pattern against a hostile name costs a bounded number of steps. */
static void many_stars_end(void **state)
{
    (void)state;
    g_auto(Captures) captures = {{NULL}};
    g_autofree char *text = g_strnfill(2000, 'a');
    assert_false(pattern_fits("*a*a*a*a*a*a*a*a*a*a*a*a*b", text));
    assert_false(pattern_capture("*a*a*a*a*a*a*a*a{cohort}*a*a*a*b", text, makes_sense, NULL, &captures));
}

int main(void)
{
    ADD_TABLE(FITS, fits_or_not);
    ADD_TABLE(CAPTURES, takes);
    ADD_TABLE(MARKS, loses_its_marks);
    ADD(many_stars_end);
    return run_cases("text_pattern");
}
