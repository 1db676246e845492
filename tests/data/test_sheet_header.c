/* Header rows with merged cells, joined: rows are cut at `;`, cells at `|`. */
#include "engine/data/recipe/sheet_header.h"

#include <string.h>

#include "data/fixture_folder.h"

typedef struct {
    const char *name;
    const char *rows;
    const char *names;
} JoinCase;

static const JoinCase JOIN_CASES[] = {
    {"one_row_is_as_it_stands", "a||b", "a||b"},
    {"a_merged_cell_covers_those_after_it", "2014||2015|;n|d|n|d", "2014 / n|2014 / d|2015 / n|2015 / d"},
    {"a_cell_merged_downwards", "Area|2014|;|n|d", "Area|2014 / n|2014 / d"},
    {"a_workbook_gives_a_merged_cell_s_text_to_each", "Area|2014|2014;Area|n|d", "Area|2014 / n|2014 / d"},
    {"nothing_below_is_not_covered", "Area|2014|||;|n|d||", "Area|2014 / n|2014 / d||"},
    {"a_group_ends_where_a_row_above_begins_another", "A||B|;x|||y;1|2|3|4", "A / x / 1|A / x / 2|B / 3|B / y / 4"},
    {"a_shorter_row_above", "2014;n|d", "2014 / n|2014 / d"},
    {"blanks_and_line_ends_are_one_space", " a \n b |c", "a b|c"},
};

static SheetHeader *header_of(const char *text)
{
    SheetHeader *header = sheet_header_new();
    g_auto(GStrv) rows = g_strsplit(text, ";", -1);
    for (char **row = rows; *row; row++) {
        g_auto(GStrv) cells = g_strsplit(*row, "|", -1);
        sheet_header_add(header, &(SheetRow){.fields = (const char *const *)cells, .n_fields = g_strv_length(cells), .line = 1});
    }
    sheet_header_join(header);
    return header;
}

static void joins(void **state)
{
    const JoinCase *row = *state;
    g_autoptr(SheetHeader) header = header_of(row->rows);
    g_ptr_array_add(header->names, NULL);
    g_autofree char *names = g_strjoinv("|", (char **)header->names->pdata);
    assert_string_equal(names, row->names);
}

typedef struct {
    const char *name;
    const char *header, *wanted;
    const char *nearest; /* NULL: none is near */
} NearestCase;

static const NearestCase NEAREST_CASES[] = {
    {"one_letter_off", "unit|period|value", "perod", "period"},
    {"letter_case_is_no_difference", "LA Code|la name", "la code", "LA Code"},
    {"the_nearer_of_two", "new_la_code|old_la_code", "nwe_la_code", "new_la_code"},
    {"letters_of_several_bytes", "école|lycée", "ecole", "école"},
    {"nothing_like_it", "unit|period|value", "Somerset", NULL},
    {"an_empty_name_is_near_nothing", "||", "a", NULL},
};

static void names_the_nearest(void **state)
{
    const NearestCase *row = *state;
    g_autoptr(SheetHeader) header = header_of(row->header);
    const char *nearest = sheet_header_nearest(header, row->wanted);
    if (row->nearest)
        assert_string_equal(nearest, row->nearest);
    else
        assert_null(nearest);
}

int main(void)
{
    ADD_TABLE(JOIN_CASES, joins);
    ADD_TABLE(NEAREST_CASES, names_the_nearest);
    return run_cases("sheet_header");
}
