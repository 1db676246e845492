/* Signals in words, run lengths from words, and what the Stable Shift Algorithm suggests. */
#include <math.h>
#include <string.h>

#include "core/fixture_spc.h"

/* ---- words ---- */

typedef struct {
    const char *name;
    WmSignal signal;
    int direction;
    size_t n_signal;
    const char *text;
} WordCase;

static const WordCase WORDS[] = {
    {"outside", WM_SIGNAL_OUTSIDE, -1, 1, "Oct 2021 is below the lower limit"},
    {"a_run", WM_SIGNAL_RUN, 1, 7, "7 months above the mean"},
    {"a_trend", WM_SIGNAL_TREND, -1, 8, "8 months falling without a break"},
    {"two_of_three", WM_SIGNAL_TWO_OF_THREE, 1, 2, "two of the last three near the upper limit"},
    {"the_centre_first", WM_SIGNAL_FEW_CROSSINGS, 1, 9, "the mean is crossed less often than chance allows"},
    {"the_centre_within", WM_SIGNAL_NELSON_7, 1, 15, "15 months closer to the mean than chance allows"},
    {"none", WM_SIGNAL_NONE, 0, 0, "no signal"},
};

static void is_said(void **state)
{
    const WordCase *c = *state;
    char text[WM_SIGNAL_TEXT];
    assert_string_equal(wm_signal_describe(c->signal, c->direction, c->n_signal, "month", "Oct 2021", "the mean", text), c->text);
}

static void every_signal_has_words_both_ways(void **state)
{
    (void)state;
    char text[WM_SIGNAL_TEXT];
    for (WmSignal signal = 0; signal < WM_N_SIGNALS; signal++)
        for (int direction = -1; direction <= 1; direction += 2) {
            wm_signal_describe(signal, direction, 7, "month", "Oct 2021", "the mean", text);
            assert_true(strlen(text) > 5);
            assert_null(strchr(text, '%'));
        }
}

static void long_words_are_cut_not_spilt(void **state)
{
    (void)state;
    char noun[400], text[WM_SIGNAL_TEXT];
    memset(noun, 'x', sizeof noun);
    noun[sizeof noun - 1] = 0;
    assert_int_equal(strlen(wm_signal_describe(WM_SIGNAL_RUN, 1, 7, noun, noun, noun, text)), WM_SIGNAL_TEXT - 1);
}

/* ---- run lengths ---- */

typedef struct {
    const char *name, *text;
    bool is_read;
    unsigned run, trend;
} LengthCase;

static const LengthCase LENGTHS[] = {
    {"words", "run 8, trend 6", true, 8, 6},
    {"equals", "run=8,trend=6", true, 8, 6},
    {"one", "trend=5", true, 0, 5},
    {"none", "", true, 0, 0},
    {"spaces", "  run   9  ", true, 9, 0},
    {"a_comma_at_the_end", "run=8,", true, 8, 0},
    {"no_number", "run", false, 0, 0},
    {"no_signal", "sprint=8", false, 0, 0},
    {"a_signal_without_length", "outside=3", false, 0, 0},
    {"too_short", "run=1", false, 0, 0},
    {"a_trend_of_two", "trend=2", false, 0, 0},
    {"negative", "run=-8", false, 0, 0},
    {"a_word_too_many", "run=8 readings", false, 0, 0},
    {"far_too_long", "run=99999999999999999999", false, 0, 0},
    {"the_first_good_the_second_not", "run=8,trend=x", false, 0, 0},
};

static void is_read_or_refused(void **state)
{
    const LengthCase *c = *state;
    unsigned lengths[WM_N_SIGNALS] = {0};
    assert_int_equal(wm_spc_lengths_parse(c->text, lengths), c->is_read);
    assert_int_equal(lengths[WM_SIGNAL_RUN], c->run);
    assert_int_equal(lengths[WM_SIGNAL_TREND], c->trend);
}

/* ---- suggestion ---- */

#define N 48

/* Levels by turns up and down by one, with the first `n_low` readings about 50 and the others about 60. */
static void make(WmSpcPoint *points, size_t n_low)
{
    for (size_t i = 0; i < N; i++)
        points[i] = valued((i < n_low ? 50 : 60) + (i % 2 ? 1 : -1));
}

static WmSpcSuggestion suggested(const WmSpcPoint *points, const WmSpcOptions *options)
{
    WmSpcSuggestion out;
    assert_int_equal(wm_spc_suggest(points, N, options, scratch, &out), WM_OK);
    return out;
}

static void a_lasting_shift_is_suggested_with_its_evidence(void **state)
{
    (void)state;
    WmSpcPoint points[N];
    make(points, 25); /* the last of them below 50 */
    const WmSpcSuggestion s = suggested(points, NULL);
    assert_int_equal(s.i_point, 25);
    assert_int_equal(s.direction, 1);
    assert_int_equal(s.n_beyond, 23);
    assert_near(s.centre_before, 50, 0.1);
    assert_near(s.centre, 60, 0.1);
    assert_true(s.lower < s.centre && s.centre < s.upper);
}

static void nothing_is_suggested_where_nothing_lasts_or_all_is_said(void **state)
{
    (void)state;
    WmSpcPoint points[N];
    WmSpcOptions options = wm_spc_options_default();
    make(points, N);
    assert_int_equal(suggested(points, NULL).i_point, SIZE_MAX);
    make(points, 24);
    options.establish = WM_SPC_ESTABLISH_SSA;
    assert_int_equal(suggested(points, &options).i_point, SIZE_MAX);
    options = wm_spc_options_default();
    options.fix_after = 12;
    assert_int_equal(suggested(points, &options).i_point, SIZE_MAX);
    options = options_of_chart(WM_SPC_RUN);
    assert_int_equal(suggested(points, &options).i_point, SIZE_MAX);
    points[24].starts_phase = true; /* a break says so already */
    assert_int_equal(suggested(points, NULL).i_point, SIZE_MAX);
}

int main(void)
{
    open_scratch(NULL);
    ADD_TABLE(WORDS, is_said);
    ADD(every_signal_has_words_both_ways);
    ADD(long_words_are_cut_not_spilt);
    ADD_TABLE(LENGTHS, is_read_or_refused);
    ADD(a_lasting_shift_is_suggested_with_its_evidence);
    ADD(nothing_is_suggested_where_nothing_lasts_or_all_is_said);
    const int n_failed = run_cases("spc_words");
    close_scratch(NULL);
    return n_failed;
}
