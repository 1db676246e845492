/* Text is cut and broken where a reader would, never beyond its width. */
#include "plot/cmocka_setup.h"

#include <string.h>

#include "plot/chart/text.h"

static const WmTextStyle STYLE = {.size_px = 12};

typedef struct {
    const char *name;
    const char *text;
    double max_px;
    const char *expected;
} CutCase;

static const CutCase CUTS[] = {
    {"what fits stays whole", "Somerset", 200, "Somerset"},
    {"a long text ends in an ellipsis", "Somerset County Council", 80, "Somerset C…"},
    {"no space stands before the ellipsis", "Somerset County Council", 66, "Somerset…"},
    {"several bytes a letter", "Ynys Môn Môn Môn", 70, "Ynys Môn…"},
    {"nothing fits", "Somerset", 3, ""},
    {"empty", "", 10, ""},
};

static void text_is_cut_to_its_room(void **state)
{
    const CutCase *test = *state;
    g_autoptr(WmTypeset) typeset = wm_typeset_new();
    g_autofree char *cut = wm_text_shorten(typeset, test->text, &STYLE, test->max_px);
    assert_string_equal(cut, test->expected);
    assert_true(wm_text_width(typeset, cut, &STYLE) <= test->max_px);
}

static void lines_keep_to_their_width_and_lose_no_word(void **state)
{
    (void)state;
    static const char TEXT[] = "64.7% in Mar 2022 is 12.8 points below plan; Jan 2022 milestone of 75% missed";
    g_autoptr(WmTypeset) typeset = wm_typeset_new();
    for (double width = 120; width < 600; width += 7) {
        g_auto(GStrv) lines = wm_text_wrap_evenly(typeset, TEXT, &STYLE, width, 9);
        g_autofree char *joined = g_strjoinv(" ", lines);
        assert_string_equal(joined, TEXT);
        for (GStrv line = lines; *line; line++)
            assert_true(wm_text_width(typeset, *line, &STYLE) <= width);
    }
}

static void liberation_sans_has_the_widths_of_arial(void **state)
{
    (void)state;
    g_autoptr(WmTypeset) typeset = wm_typeset_new();
    /* Arial: digits 1139, "W" 1933, space 569 of 2048 units. Without the font a chart's labels would be placed for another one. */
    const WmTextStyle large = {.size_px = 2048};
    assert_float_equal(wm_text_width(typeset, "0", &large), 1139, 1);
    assert_float_equal(wm_text_width(typeset, "W", &large), 1933, 1);
}

int main(void)
{
    struct CMUnitTest tests[2 + G_N_ELEMENTS(CUTS)] = {cmocka_unit_test(lines_keep_to_their_width_and_lose_no_word),
                                                       cmocka_unit_test(liberation_sans_has_the_widths_of_arial)};
    for (size_t i = 0; i < G_N_ELEMENTS(CUTS); i++)
        tests[2 + i] = (struct CMUnitTest){CUTS[i].name, text_is_cut_to_its_room, NULL, NULL, (void *)(uintptr_t)&CUTS[i]};
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
