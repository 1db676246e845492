#include "data/fixture_month.h"

#include <string.h>

#include "data/fixture_store.h"

void loaded_clear(Loaded *self)
{
    g_clear_pointer(&self->month, wm_month_free);
    g_clear_pointer(&self->store, wm_store_close);
    g_clear_pointer(&self->plan, wm_plan_free);
    g_clear_pointer(&self->problems, wm_problems_free);
}

static void assert_no_error(const GError *error)
{
    if (error)
        fail_msg("%s", error->message);
}

Loaded plan_load(const Folder *folder)
{
    g_autoptr(GError) error = NULL;
    Loaded self = {.problems = wm_problems_new()};
    self.plan = wm_plan_read(folder->path, self.problems, &error);
    assert_no_error(error);
    assert_non_null(self.plan);
    return self;
}

Loaded plan_load_checked(const Folder *folder)
{
    Loaded self = plan_load(folder);
    wm_plan_check(self.plan, self.problems);
    return self;
}

Loaded drops_load(const Folder *folder)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = store_place_in(folder);
    Loaded self = plan_load(folder);
    size_t n_new;
    self.store = wm_store_open(path, &error);
    assert_no_error(error);
    assert_true(wm_ingest_drops(self.store, self.plan, self.problems, &n_new, &error));
    assert_no_error(error);
    return self;
}

Loaded month_load(const Folder *folder, const char *as_at)
{
    g_autoptr(GError) error = NULL;
    Loaded self = drops_load(folder);
    self.month = wm_month_new(self.plan, self.store, as_at ? day_of(as_at) : WM_NO_DAY, WM_NO_DAY, self.problems, &error);
    assert_no_error(error);
    assert_non_null(self.month);
    return self;
}

WmDay day_of(const char *text)
{
    WmDay day;
    assert_true(wm_day_parse(text, WM_PERIOD_FINANCIAL_YEAR, &day));
    return day;
}

const WmSeries *series_of(const WmMonth *month, const char *indicator, const char *unit, const char *cohort)
{
    const WmSeries *found = NULL;
    for (size_t i = 0; i < month->n_series; i++) {
        const WmSeries *one = &month->series[i];
        if (strcmp(one->indicator, indicator) != 0 || strcmp(one->unit, unit) != 0 || strcmp(one->cohort, cohort) != 0)
            continue;
        assert_null(found);
        found = one;
    }
    assert_non_null(found);
    return found;
}

size_t problem_count(const WmProblems *problems, const char *code)
{
    size_t n = 0;
    for (size_t i = 0; i < wm_problems_n(problems); i++)
        n += strcmp(wm_problems_at(problems, i)->code, code) == 0;
    return n;
}

const WmProblem *problem_of(const WmProblems *problems, const char *code)
{
    for (size_t i = 0; i < wm_problems_n(problems); i++)
        if (strcmp(wm_problems_at(problems, i)->code, code) == 0)
            return wm_problems_at(problems, i);
    g_autofree char *list = problem_list(problems, WM_SEVERITY_INFO);
    fail_msg("no problem %s among:\n%s", code, list);
    return NULL;
}

char *problem_list(const WmProblems *problems, WmSeverity at_least)
{
    GString *list = g_string_new(NULL);
    for (size_t i = 0; i < wm_problems_n(problems); i++) {
        const WmProblem *one = wm_problems_at(problems, i);
        if (one->severity >= at_least)
            g_string_append_printf(list, "%s:%d:%d %s %s\n", one->file, one->line, one->column, wm_severity_name(one->severity),
                                   one->code);
    }
    return g_string_free(list, FALSE);
}
