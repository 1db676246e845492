/* `waymark chart` of names with letters that no font has: U+10FF00 is of private use, and stands for a script without a font. */
#include <string.h>

#include "cli/fixture_command.h"

#define NAME "Zo\U0010FF00 Ward"

static const char WARNING[] =
    "letters of “Visits, " NAME "”, which no font of this system has; install a font that has these letters";

static const char TWO[] = "series,period,value\n" NAME ",2021-01,41\n" NAME ",2021-02,43\n" NAME ",2021-03,44\nPlain,2021-01,12\n"
                          "Plain,2021-02,12\nPlain,2021-03,11\n" NAME " 2,2021-01,41\n" NAME " 2,2021-02,43\n";

typedef struct {
    const char *name;
    const char *series; /* NULL: all three */
    const char *format, *option;
    gboolean is_warned;
} Case;

static const Case CASES[] = {
    {"an_image_of_letters_without_a_font_warns", NULL, "png", NULL, TRUE},
    {"a_pdf_of_letters_without_a_font_warns", NULL, "pdf", NULL, TRUE},
    {"an_svg_leaves_its_letters_to_who_shows_it", NULL, "svg", NULL, FALSE},
    {"letters_with_a_font_are_no_warning", "Plain", "png", NULL, FALSE},
    {"quiet_says_nothing_of_letters", NULL, "png", "--quiet", FALSE},
};

static void warns_of_letters(void **state)
{
    const Case *row = *state;
    g_auto(Folder) folder = folder_new();
    folder_write(&folder, "x.csv", TWO);
    const char *words[11] = {"chart", "--input", "x.csv", "--title", "Visits", "--format", row->format};
    size_t n = 7;
    if (row->option)
        words[n++] = row->option;
    if (row->series) {
        words[n++] = "--indicator";
        words[n++] = row->series;
    }
    g_auto(Run) run = run_in(&folder, words);
    assert_exit(run, 0);
    const char *told = strstr(run.err, WARNING);
    assert_int_equal(told != NULL, row->is_warned);
    assert_null(strstr(told ? told : run.err, "boxes stand")); /* once a run */
}

int main(void)
{
    ADD_TABLE(CASES, warns_of_letters);
    return run_cases("chart, letters");
}
