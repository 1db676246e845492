/* The priors that a plan works with, as known on any day. */
#include <glib/gstdio.h>
#include <math.h>

#include "data/fixture_folder.h"
#include "engine/data/plan/prior_file.h"
#include "engine/data/plan/prior_set.h"

#define N_MONTHS 24

static WmPeriod month(int step)
{
    return wm_period_step(wm_period_containing(WM_PERIOD_MONTH, 16000), step);
}

/* A file of one prior: monthly percents that share a wave. New path. */
static char *prior_path(void)
{
    static WmReading readings[4][N_MONTHS];
    WmForecastSeries series[4];
    const WmForecastGroup group = {.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100};
    WmForecastScratch *scratch = wm_forecast_scratch_new();
    WmPrior prior;
    char *path = NULL;
    for (int i = 0; i < 4; i++) {
        for (int k = 0; k < N_MONTHS; k++)
            readings[i][k] = (WmReading){
                .period = month(k), .value = 50 + i + 5 * sin(k) + (k * 7 + i * 3) % 5, .numerator = NAN, .denominator = NAN};
        series[i] = (WmForecastSeries){.readings = readings[i], .n_readings = N_MONTHS};
    }
    assert_int_equal(wm_prior_learn(&group, series, 4, scratch, &prior), WM_OK);
    prior.spread = 1.25; /* as if it had been recalibrated */
    GString *text = prior_file_format((const WmPrior *const[]){&prior}, 1);
    const int handle = g_file_open_tmp("waymark-XXXXXX.ini", &path, NULL);
    assert_true(handle >= 0 && g_close(handle, NULL) && g_file_set_contents(path, text->str, (gssize)text->len, NULL));
    g_string_free(text, TRUE);
    wm_prior_clear(&prior);
    wm_forecast_scratch_free(scratch);
    return path;
}

static void without_a_file_every_prior_is_built_in(void **state)
{
    (void)state;
    g_autoptr(PriorSet) set = prior_set_new("", NULL);
    gboolean is_builtin = FALSE;
    const WmForecastGroup group = {.period_kind = WM_PERIOD_YEAR, .low = 0, .high = NAN};
    const WmPrior *prior = prior_set_find(set, &group, WM_NO_DAY, &is_builtin);
    assert_true(is_builtin && prior->n_series == 0 && isnan(prior->group.high) && !prior_set_has_file(set));
    assert_ptr_equal(prior, prior_set_find(set, &group, 17000, NULL));
}

static void a_file_serves_its_group_and_no_other(void **state)
{
    (void)state;
    g_autofree char *path = prior_path();
    g_autoptr(PriorSet) set = prior_set_new(path, NULL);
    const struct {
        WmForecastGroup group;
        gboolean is_builtin;
    } rows[] = {
        {{.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100}, FALSE},
        {{.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 1}, TRUE},
        {{.period_kind = WM_PERIOD_MONTH, .low = 0, .high = NAN}, TRUE},
        {{.period_kind = WM_PERIOD_YEAR, .low = 0, .high = 100}, TRUE},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        gboolean is_builtin = FALSE;
        const WmPrior *prior = prior_set_find(set, &rows[i].group, WM_NO_DAY, &is_builtin);
        assert_int_equal(is_builtin, rows[i].is_builtin);
        assert_int_equal(prior->n_series, is_builtin ? 0 : 4);
        assert_true(prior->spread == (is_builtin ? 1 : 1.25));
        assert_int_equal(prior_set_only(set, &rows[i].group) != NULL, rows[i].group.period_kind == WM_PERIOD_MONTH);
    }
    g_remove(path);
}

static void a_day_bounds_what_a_prior_knows(void **state)
{
    (void)state;
    g_autofree char *path = prior_path();
    g_autoptr(PriorSet) set = prior_set_new(path, NULL);
    const WmForecastGroup group = {.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100};
    const WmPrior *all = prior_set_find(set, &group, WM_NO_DAY, NULL),
                  *then = prior_set_find(set, &group, wm_period_end(month(11)), NULL);
    assert_int_equal(all->n_periods, N_MONTHS);
    assert_int_equal(then->n_periods, 12);
    assert_ptr_equal(then, prior_set_find(set, &group, wm_period_end(month(11)), NULL));
    g_remove(path);
}

/* [model] priors names a file from the plan's folder, wherever the command is called. */
static void a_plan_names_its_priors(void **state)
{
    (void)state;
    g_autofree char *path = prior_path(), *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(Folder) folder = PLAN_FOLDER({"plan.ini", "[model]\npriors = learnt/national.ini\n"});
    g_auto(Folder) plain = PLAN_FOLDER({"plan.ini", "[plan]\ntitle = x\n"});
    folder_write(&folder, "learnt/national.ini", text);
    const WmForecastGroup group = {.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100};
    for (size_t i = 0; i < 2; i++) {
        WmProblems *problems = wm_problems_new();
        WmPlan *plan = wm_plan_read(i == 0 ? folder.path : plain.path, problems, NULL);
        g_autoptr(PriorSet) set = prior_set_of_plan(plan, NULL);
        assert_int_equal(prior_set_has_file(set), i == 0);
        assert_int_equal(prior_set_find(set, &group, WM_NO_DAY, NULL)->n_series, i == 0 ? 4 : 0);
        wm_plan_free(plan);
        wm_problems_free(problems);
    }
    g_remove(path);
}

/* A plan is mostly called by a relative path, as in `waymark run my-plan`. */
static void so_it_does_where_its_folder_is_a_relative_path(void **state)
{
    (void)state;
    g_autofree char *path = prior_path(), *text = NULL, *before = g_get_current_dir();
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(Folder) folder = PLAN_FOLDER({"plan.ini", "[model]\npriors = national.ini\n"});
    g_autofree char *parent = g_path_get_dirname(folder.path), *name = g_path_get_basename(folder.path);
    folder_write(&folder, "national.ini", text);
    assert_int_equal(g_chdir(parent), 0);
    WmProblems *problems = wm_problems_new();
    WmPlan *plan = wm_plan_read(name, problems, NULL);
    g_autoptr(PriorSet) set = plan ? prior_set_of_plan(plan, NULL) : NULL;
    assert_int_equal(g_chdir(before), 0);
    assert_non_null(set);
    assert_true(prior_set_has_file(set));
    wm_plan_free(plan);
    wm_problems_free(problems);
    g_remove(path);
}

static void a_file_that_is_not_there_is_said(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(prior_set_new("there-is-no-such-file.ini", &error));
    assert_non_null(error);
}

int main(void)
{
    ADD(without_a_file_every_prior_is_built_in);
    ADD(a_file_serves_its_group_and_no_other);
    ADD(a_day_bounds_what_a_prior_knows);
    ADD(a_plan_names_its_priors);
    ADD(so_it_does_where_its_folder_is_a_relative_path);
    ADD(a_file_that_is_not_there_is_said);
    return run_cases("prior_set");
}
