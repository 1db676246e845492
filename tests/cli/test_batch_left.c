/* waymark batch: what lies about in its folders: packs of plans that are no more, links that lead back, and what the index names.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/fixture_command.h"

#define READINGS "PCT,%s,,Nov-20,43,43,100,,\nPCT,%s,,Dec-20,44,44,100,,\n"

static void move_plan(const Folder *root, const char *name)
{
    g_auto(Folder) plan = PLAN_FOLDER({"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Nov-20,43,,,,\nPCT,,,Dec-20,44,,,,\n"});
    g_autofree char *target = folder_path(root, name);
    assert_int_equal(rename(plan.path, target), 0);
}

static void packs_of_plans_that_have_gone_are_told(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    folder_write(&folder, "deep/note.txt", "no plan\n");
    move_plan(&folder, "a");
    move_plan(&folder, "deep/b");
    g_auto(Run) before = RUN(&folder, "batch", ".");
    assert_exit(before, 0);
    assert_lacks(before.err, "of no plan");
    g_autofree char *gone = folder_path(&folder, "deep/b"), *elsewhere = folder_path(&folder, "batch/kept");
    assert_int_equal(rename(gone, elsewhere), 0);
    g_auto(Run) after = RUN(&folder, "batch", ".");
    assert_exit(after, 0);
    assert_contains(after.err, "batch/packs has 1 pack of no plan of this batch, which the index leaves out: deep/b; delete");
    assert_true(folder_has(&folder, "batch/packs/deep/b/summary.html"));
    g_auto(Run) quiet = RUN(&folder, "batch", ".", "--quiet");
    assert_string_equal(quiet.err, "");
}

static void a_failure_names_its_file_from_the_root(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    folder_write(&folder, "deep/note.txt", "no plan\n");
    move_plan(&folder, "deep/a");
    folder_write(&folder, "deep/a/targets.csv", "indicator,due\n\"open");
    g_auto(Run) run = RUN(&folder, "batch", ".");
    assert_contains(run.out, ",deep/a/targets.csv:2: ");
    assert_contains(run.err, "deep/a: deep/a/targets.csv:2: ");
    g_autofree char *summary = folder_read(&folder, "batch/summary.csv"), *index = folder_read(&folder, "batch/index.html");
    assert_lacks(summary, folder.path);
    assert_lacks(index, folder.path);
}

static void a_link_that_leads_back_is_no_end_of_folders(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    move_plan(&folder, "a");
    g_autofree char *self = folder_path(&folder, "a/self"), *deeper = folder_path(&folder, "a/drops/up");
    assert_int_equal(symlink(".", self), 0);
    g_auto(Run) first = RUN(&folder, "batch", ".");
    assert_exit(first, 0);
    assert_int_equal(symlink("..", deeper), 0);
    g_auto(Run) second = RUN(&folder, "batch", ".");
    assert_exit(second, 0);
    folder_write(&folder, "a/themes.csv", "theme,title\nT9,Another\n"); /* seen all the same */
    g_auto(Run) third = RUN(&folder, "batch", ".");
    assert_contains(third.err, "1 pack made");
}

static void the_index_leads_to_the_tables(void **state)
{
    (void)state;
    g_autofree char *north = g_strdup_printf(READINGS, "N1", "N1"), *south = g_strdup_printf(READINGS, "S1", "S1"),
                    *drop = g_strconcat(DROP_HEADER, north, south, "PCT,S1,,Oct-20,words,,,,\n", NULL);
    g_auto(Folder) nation = PLAN_FOLDER({"drops/2021-01-31/x.csv", drop});
    g_auto(Run) run = RUN(&nation, "batch", ".");
    assert_exit(run, 0);
    g_autofree char *index = folder_read(&nation, "batch/index.html");
    static const char *const FILES[] = {"summary.csv", "assessments.csv", "areas.csv", "checks.csv"};
    for (size_t i = 0; i < N_ELEMENTS(FILES); i++) {
        assert_contains(index, text_of("href=\"./%s\"", FILES[i]));
        assert_true(folder_has(&nation, text_of("batch/%s", FILES[i])));
    }
    assert_contains(index, "own tables and drops: 1 error, ");

    g_auto(Folder) folder = folder_new();
    move_plan(&folder, "a");
    g_auto(Run) plans = RUN(&folder, "batch", ".");
    assert_exit(plans, 0);
    g_autofree char *other = folder_read(&folder, "batch/index.html");
    assert_contains(other, "href=\"./summary.csv\"");
    assert_lacks(other, "areas.csv"); /* there is none */
}

int main(void)
{
    ADD(packs_of_plans_that_have_gone_are_told);
    ADD(a_failure_names_its_file_from_the_root);
    ADD(a_link_that_leads_back_is_no_end_of_folders);
    ADD(the_index_leads_to_the_tables);
    return run_cases("batch, left");
}
