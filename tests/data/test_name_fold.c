/* Names that people would call the same, and those that they would not. */
#include "engine/data/text/name_fold.h"

#include "core/fixture_cases.h"

typedef struct {
    const char *name;
    const char *text, *folded;
} FoldCase;

static const FoldCase CASES[] = {
    {"letter_case", "Bristol, City of", "bristol, city of"},
    {"a_no_break_space",
     "Bristol,\xC2\xA0"
     "City of",
     "bristol, city of"},
    {"blanks_in_a_row_and_at_the_ends", "  Bristol,  City\tof ", "bristol, city of"},
    {"an_ampersand", "Bath & North East Somerset", "bath and north east somerset"},
    {"an_ampersand_without_blanks", "Bath&Wells", "bath and wells"},
    {"a_curly_apostrophe", "King\xE2\x80\x99s Lynn", "king's lynn"},
    {"a_long_dash", "Stoke\xE2\x80\x93on\xE2\x80\x91Trent", "stoke-on-trent"},
    {"a_letter_of_two_parts", "Ynys Mo\xCC\x82n", "ynys m\xC3\xB4n"},
    {"marks_that_show_nothing", "\xEF\xBB\xBFYork\xE2\x80\x8B", "york"},
    {"other_letters_stay_apart", "St. Helens", "st. helens"},
    {"nothing", "", ""},
};

static void folds(void **state)
{
    const FoldCase *row = *state;
    g_autofree char *folded = name_fold(row->text), *again = name_fold(folded);
    assert_string_equal(folded, row->folded);
    assert_string_equal(again, row->folded);
}

static void clean_keeps_the_letters(void **state)
{
    (void)state;
    g_autofree char *clean = name_clean("\xC2\xA0 Bath  & Wells\xE2\x80\x89");
    assert_string_equal(clean, "Bath & Wells");
}

int main(void)
{
    ADD_TABLE(CASES, folds);
    ADD(clean_keeps_the_letters);
    return run_cases("name_fold");
}
