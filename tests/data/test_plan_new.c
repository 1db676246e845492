/* The starter plan passes its own check, and runs. */
#include <string.h>
#include <sys/stat.h>

#include "data/fixture_month.h"

static Folder starter(void)
{
    Folder self = folder_new();
    g_autoptr(GError) error = NULL;
    assert_true(wm_plan_new(self.path, &error));
    return self;
}

static void the_starter_passes_its_check(void **state)
{
    (void)state;
    g_auto(Folder) folder = starter();
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_WARNING);
    assert_string_equal(list, "");
}

static void the_starter_runs(void **state)
{
    (void)state;
    g_auto(Folder) folder = starter();
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_int_equal(loaded.month->n_series, 2);
    assert_int_equal(loaded.month->as_at, day_of("2026-07-31"));
    const WmSeries *series = series_of(loaded.month, "EHC20", "", "");
    assert_near(series->assessment.reading.value, 100.0 * 44 / 99, 1e-12);
    assert_int_equal(series->assessment.verdict.status == WM_GREY, 0);
    assert_int_equal(series_of(loaded.month, "WAIT", "", "")->readings[2].state, WM_NOT_AVAILABLE);
    g_autofree char *list = problem_list(loaded.month->problems, WM_SEVERITY_WARNING);
    assert_string_equal(list, "");
}

static void every_key_of_the_starter_is_known(void **state)
{
    (void)state;
    g_auto(Folder) folder = starter();
    g_auto(Loaded) loaded = plan_load(&folder);
    g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_INFO);
    assert_string_equal(list, "");
}

static void a_folder_that_is_not_there_is_made(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "a/b/plan");
    assert_true(wm_plan_new(path, NULL));
    assert_true(folder_has(&folder, "a/b/plan/plan.ini"));
}

static void a_folder_in_use_is_left_alone(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(GError) error = NULL;
    folder_write(&folder, "mine.txt", "mine");
    assert_false(wm_plan_new(folder.path, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_FILE));
    assert_contains(error->message, "it is not empty; name a new or empty folder; nothing was written");
    assert_false(folder_has(&folder, "plan.ini"));
}

static void a_file_is_no_folder(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "file");
    g_autofree char *below = folder_path(&folder, "file/plan");
    g_autoptr(GError) error = NULL;
    folder_write(&folder, "file", "x");
    assert_false(wm_plan_new(path, NULL));
    assert_false(wm_plan_new(below, &error));
    assert_contains(error->message, "choose a folder that you may write to");
}

int main(void)
{
    ADD(the_starter_passes_its_check);
    ADD(the_starter_runs);
    ADD(every_key_of_the_starter_is_known);
    ADD(a_folder_that_is_not_there_is_made);
    ADD(a_folder_in_use_is_left_alone);
    ADD(a_file_is_no_folder);
    return run_cases("plan_new");
}
