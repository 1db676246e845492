/* Errors and findings: what, where, and what to do. */
#include <string.h>
#include <waymark/error.h>
#include <waymark/problems.h>

#include "data/fixture_folder.h"

typedef struct {
    const char *name;
    WmErrorPlace place;
    const char *message;
} PlaceCase;

static const PlaceCase PLACE_CASES[] = {
    {"file_line_and_column", {"a.csv", 118, 4, "swap the columns"}, "a.csv:118:4: it is wrong; swap the columns"},
    {"file_and_line", {"a.csv", 118, 0, NULL}, "a.csv:118: it is wrong"},
    {"file_alone", {"a.csv", 0, 0, "do this"}, "a.csv: it is wrong; do this"},
    {"no_place", {NULL, 0, 0, NULL}, "it is wrong"},
    {"advice_alone", {NULL, 0, 0, "do this"}, "it is wrong; do this"},
};

static void an_error_reads_as_a_place_a_fault_and_advice(void **state)
{
    const PlaceCase *row = *state;
    g_autoptr(GError) error = NULL;
    wm_error_set(&error, WM_ERROR_INPUT, &row->place, "it is %s", "wrong");
    assert_string_equal(error->message, row->message);
    const WmErrorPlace place = wm_error_place(error);
    assert_int_equal(place.line, row->place.line);
    assert_int_equal(place.column, row->place.column);
    assert_int_equal(g_strcmp0(place.file, row->place.file), 0);
    assert_int_equal(g_strcmp0(place.advice, row->place.advice), 0);
}

static void an_error_copied_keeps_its_place(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    wm_error_set(&error, WM_ERROR_FILE, &(WmErrorPlace){.file = "a.csv", .line = 3, .advice = "do this"}, "wrong");
    g_autoptr(GError) copy = g_error_copy(error);
    g_clear_error(&error);
    assert_string_equal(wm_error_place(copy).file, "a.csv");
    assert_int_equal(wm_error_place(copy).line, 3);
    assert_string_equal(wm_error_place(copy).advice, "do this");
}

static void an_error_of_another_domain_has_no_place(void **state)
{
    (void)state;
    g_autoptr(GError) error = g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_NOENT, "no");
    assert_null(wm_error_place(error).file);
    assert_null(wm_error_place(NULL).file);
}

static void nobody_needs_to_ask_for_an_error(void **state)
{
    (void)state;
    wm_error_set(NULL, WM_ERROR_FILE, NULL, "unheard");
}

static void findings_sort_by_file_line_and_column_and_keep_their_order(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        int line, column;
        const char *code;
    } ADDED[] = {{"b.csv", 1, 1, "f"}, {"a.csv", 10, 1, "e"}, {"a.csv", 2, 3, "c"},
                 {"a.csv", 2, 3, "d"}, {"a.csv", 2, 1, "b"},  {"a.csv", 0, 0, "a"}};
    g_autoptr(WmProblems) problems = wm_problems_new();
    for (size_t i = 0; i < N_ELEMENTS(ADDED); i++)
        wm_problems_add(
            problems, &(WmProblem){.file = ADDED[i].file, .line = ADDED[i].line, .column = ADDED[i].column, .code = ADDED[i].code});
    wm_problems_sort(problems);
    g_autoptr(GString) order = g_string_new(NULL);
    for (size_t i = 0; i < wm_problems_n(problems); i++)
        g_string_append(order, wm_problems_at(problems, i)->code);
    assert_string_equal(order->str, "abcdef");
}

static void texts_are_copied_and_never_null(void **state)
{
    (void)state;
    char file[] = "a.csv";
    g_autoptr(WmProblems) problems = wm_problems_new();
    wm_problems_add(problems, &(WmProblem){.file = file});
    file[0] = 'z';
    const WmProblem *one = wm_problems_at(problems, 0);
    assert_string_equal(one->file, "a.csv");
    assert_string_equal(one->advice, "");
    assert_string_equal(one->indicator, "");
}

static void findings_count_from_a_severity_up(void **state)
{
    (void)state;
    g_autoptr(WmProblems) problems = wm_problems_new();
    for (int severity = 0; severity < WM_N_SEVERITIES; severity++)
        wm_problems_add(problems, &(WmProblem){.severity = (WmSeverity)severity});
    assert_int_equal(wm_problems_count(problems, WM_SEVERITY_INFO), 3);
    assert_int_equal(wm_problems_count(problems, WM_SEVERITY_WARNING), 2);
    assert_int_equal(wm_problems_count(problems, WM_SEVERITY_ERROR), 1);
}

typedef struct {
    const char *name;
    WmProblem problem;
    const char *text;
} FormatCase;

static const FormatCase FORMAT_CASES[] = {
    {"a_finding_reads_as_a_compiler_s",
     {"a.csv", 3, 2, WM_SEVERITY_ERROR, "c", "it is wrong", "mend it", ""},
     "a.csv:3:2: error: it is wrong; mend it"},
    {"a_finding_about_a_row", {"a.csv", 3, 0, WM_SEVERITY_WARNING, "c", "it is odd", "", ""}, "a.csv:3: warning: it is odd"},
    {"a_finding_about_a_file", {"a.csv", 0, 0, WM_SEVERITY_INFO, "c", "it is so", "", ""}, "a.csv: info: it is so"},
    {"a_finding_stays_on_one_line", {"a.csv", 1, 0, WM_SEVERITY_INFO, "c", "“a\nb\r\tc”", "", ""}, "a.csv:1: info: “a b  c”"},
    {"a_finding_sends_no_commands_to_the_terminal",
     {"a.csv", 1, 0, WM_SEVERITY_INFO, "c", "“\x1B[2Ja\x7F”", "", ""},
     "a.csv:1: info: “ [2Ja ”"},
};

static void formats(void **state)
{
    const FormatCase *row = *state;
    g_autofree char *text = wm_problem_format(&row->problem);
    assert_string_equal(text, row->text);
}

int main(void)
{
    ADD_TABLE(PLACE_CASES, an_error_reads_as_a_place_a_fault_and_advice);
    ADD(an_error_copied_keeps_its_place);
    ADD(an_error_of_another_domain_has_no_place);
    ADD(nobody_needs_to_ask_for_an_error);
    ADD(findings_sort_by_file_line_and_column_and_keep_their_order);
    ADD(texts_are_copied_and_never_null);
    ADD(findings_count_from_a_severity_up);
    ADD_TABLE(FORMAT_CASES, formats);
    return run_cases("problems");
}
