/* The drops folder: which day a folder stands for, in which order it is read, and what is left unread and said. */
#include <string.h>

#include "data/fixture_month.h"

typedef struct {
    const char *name;
    const char *folder;
    const char *day; /* NULL: none */
} NameCase;

static const NameCase NAME_CASES[] = {
    {"a_day", "2021-08-31", "2021-08-31"},
    {"a_month_is_its_last_day", "2021-02", "2021-02-28"},
    {"a_leap_day", "2020-02-29", "2020-02-29"},
    {"a_day_that_does_not_exist", "2021-02-30", NULL},
    {"a_year", "2021", NULL},
    {"a_british_date", "31-08-2021", NULL},
    {"without_hyphens", "20210831", NULL},
    {"a_word", "archive", NULL},
    {"a_date_with_a_tail", "2021-08-31-old", NULL},
    {"a_financial_year", "2021-22", NULL},
    {"empty", "", NULL},
    {"a_month_that_does_not_exist", "2021-13", NULL},
};

static void stands_for(void **state)
{
    const NameCase *row = *state;
    assert_int_equal(wm_drop_folder_day(row->folder), row->day ? day_of(row->day) : WM_NO_DAY);
}

#define ONE(value) DROP_HEADER "PCT,,,Dec-20," value ",,,,\n"

static void drops_are_read_by_date_then_name(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-05/b.csv", ONE("3")}, {"drops/2021-05-15/z.csv", ONE("1")},
                                        {"drops/2021-05-31/a.csv", ONE("4")}, {"drops/2021-05-15/A.CSV", ONE("2")});
    g_auto(Loaded) loaded = drops_load(&folder);
    g_autoptr(GArray) drops = wm_store_drops(loaded.store, WM_NO_DAY, NULL);
    g_autoptr(GString) order = g_string_new(NULL);
    gint64 id = 0;
    for (guint i = 0; i < drops->len; i++) {
        const WmDropInfo *drop = &g_array_index(drops, WmDropInfo, i);
        assert_true(drop->id > id); /* ingested in that order, too */
        id = drop->id;
        g_string_append_printf(order, "%s ", drop->file);
    }
    assert_string_equal(order->str, "drops/2021-05-15/A.CSV drops/2021-05-15/z.csv drops/2021-05-31/a.csv drops/2021-05/b.csv ");
}

static void what_is_not_read_is_said(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"drops/2021-05-31/a.csv", ONE("3")}, {"drops/2021-05-31/notes.docx", "x"}, {"drops/2021-05-31/.hidden", "x"},
                    {"drops/archive/a.csv", ONE("4")}, {"drops/stray.csv", ONE("5")});
    g_auto(Loaded) loaded = drops_load(&folder);
    g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_INFO);
    assert_contains(list, "drops/2021-05-31/notes.docx:0:0 warning unread_file\n");
    assert_contains(list, "drops/archive:0:0 warning undated_drop\n");
    assert_contains(list, "drops/stray.csv:0:0 warning undated_drop\n");
    assert_lacks(list, "hidden");
    g_autoptr(GArray) drops = wm_store_drops(loaded.store, WM_NO_DAY, NULL);
    assert_int_equal(drops->len, 1);
}

static void one_bad_file_does_not_stop_the_month(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-05-31/a.csv", "nonsense\n"}, {"drops/2021-05-31/b.csv", ONE("4")});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_int_equal(loaded.month->n_drops, 1);
    problem_of(loaded.month->problems, "unusable_drop");
}

static void the_same_content_in_another_folder_is_said_at_every_run(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-05-31/a.csv", ONE("3")}, {"drops/2021-07-31/a.csv", ONE("3")});
    for (int i = 0; i < 2; i++) {
        g_auto(Loaded) loaded = drops_load(&folder);
        g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_INFO);
        assert_string_equal(list, "drops/2021-07-31/a.csv:0:0 warning repeated_drop\n");
        assert_contains(wm_problems_at(loaded.problems, 0)->message, "its content is that of drops/2021-05-31/a.csv");
    }
}

static void a_file_that_changes_a_figure_back_is_a_drop_of_its_own(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-05-31/a.csv", ONE("3")}, {"drops/2021-06-30/a.csv", ONE("4")},
                                        {"drops/2021-07-31/a.csv", ONE("3")});
    for (int i = 0; i < 2; i++) {
        g_auto(Loaded) loaded = drops_load(&folder);
        g_autoptr(GArray) drops = wm_store_drops(loaded.store, WM_NO_DAY, NULL);
        assert_int_equal(wm_problems_n(loaded.problems), 0);
        assert_int_equal(drops->len, 3);
        assert_int_equal(g_array_index(drops, WmDropInfo, 2).n_revised, 1);
    }
}

static void no_drops_folder_is_no_problem(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({NULL, NULL});
    g_auto(Loaded) loaded = drops_load(&folder);
    assert_int_equal(wm_problems_n(loaded.problems), 0);
}

static void known_drops_are_not_counted_again(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-05-31/a.csv", ONE("3")});
    g_auto(Loaded) loaded = drops_load(&folder);
    size_t n_new;
    assert_true(wm_ingest_drops(loaded.store, loaded.plan, loaded.problems, &n_new, NULL));
    assert_int_equal(n_new, 0);
    folder_write(&folder, "drops/2021-06-30/a.csv", ONE("4"));
    assert_true(wm_ingest_drops(loaded.store, loaded.plan, loaded.problems, &n_new, NULL));
    assert_int_equal(n_new, 1);
}

/* A publisher's table may end in .txt: a recipe that asks for it is enough. */
static void a_file_of_another_ending_is_read_where_a_recipe_asks_for_it(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"recipes/t.ini", "[file]\nmatch = table*.txt\n"},
                                        {"drops/2021-01-31/table.txt", "indicator\tperiod\tvalue\nPCT\tDec-20\t41\n"},
                                        {"drops/2021-01-31/x.tsv", "indicator\tperiod\tvalue\nPCT\tNov-20\t40\n"},
                                        {"drops/2021-01-31/readme.txt", "Not figures.\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_int_equal(series_of(loaded.month, "PCT", "", "")->n_readings, 2);
    assert_int_equal(problem_count(loaded.problems, "unread_file"), 1);
    assert_string_equal(problem_of(loaded.problems, "unread_file")->file, "drops/2021-01-31/readme.txt");
}

int main(void)
{
    ADD_TABLE(NAME_CASES, stands_for);
    ADD(drops_are_read_by_date_then_name);
    ADD(what_is_not_read_is_said);
    ADD(one_bad_file_does_not_stop_the_month);
    ADD(the_same_content_in_another_folder_is_said_at_every_run);
    ADD(a_file_that_changes_a_figure_back_is_a_drop_of_its_own);
    ADD(no_drops_folder_is_no_problem);
    ADD(known_drops_are_not_counted_again);
    ADD(a_file_of_another_ending_is_read_where_a_recipe_asks_for_it);
    return run_cases("drops");
}
