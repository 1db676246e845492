/* plan.ini, read: every key, its default, and what is wrong with a line. */
#include <math.h>

#include "data/fixture_month.h"
#include "engine/core/answers/trend_model.h"

typedef struct {
    const char *name;
    const char *ini;
    const char *problems;
    const char *message;
} SettingsCase;

static const SettingsCase SETTINGS_CASES[] = {
    {"an_empty_plan_ini_takes_every_default", "", "", NULL},
    {"a_bad_number", "[plan]\ntitle = x\n[policy]\n# first\nlikely = half\n", "plan.ini:5:0 error bad_number\n",
     "plan.ini:5: error: likely “half” is not a number"},
    {"a_bad_date", "[plan]\nstart = soon\n", "plan.ini:2:0 error bad_date\n", NULL},
    {"a_bad_word", "[policy]\ntrajectory = curved\n", "plan.ini:2:0 error unknown_word\n",
     "use one of: linear step geometric explicit"},
    {"a_bad_model", "[model]\nmodel = magic\n", "plan.ini:2:0 error unknown_word\n", NULL},
    {"a_policy_row_of_three", "[policy]\non = green, green, amber\n", "plan.ini:2:0 error bad_policy\n",
     "[policy] on “green, green, amber” is not four statuses; the default row is used; write one for each outlook: likely, "
     "uncertain, unlikely, none"},
    {"a_policy_row_with_an_unknown_status", "[policy]\noff = red, red, puce, red\n", "plan.ini:2:0 error bad_policy\n", NULL},
    {"a_policy_row_with_an_unknown_mark", "[policy]\noff = red, red loud, red, red\n", "plan.ini:2:0 error bad_policy\n", NULL},
    {"a_policy_cell_without_status", "[policy]\noff = red, , red, red\n", "plan.ini:2:0 error bad_policy\n", NULL},
    {"the_same_key_in_two_groups_keeps_its_line", "[plan]\nmodel = x\n[model]\nmodel = magic\n", NULL,
     "plan.ini:4: error: model “magic”"},
    {"a_text_that_is_not_utf_8_is_said_aloud", "[plan]\ntitle = caf\xE9\n", "plan.ini:0:0 warning not_utf8\n", NULL},
    {"a_text_with_a_backslash_is_kept", "[plan]\ntitle = health \\ care\n", "", NULL},
    {"windows_line_ends_play_no_part", "[plan]\r\ntitle = x\r\nstart = 2020-09-01\r\n", "", NULL},
    {"a_byte_order_mark_plays_no_part", "\xEF\xBB\xBF[plan]\ntitle = x\n", "", NULL},
    {"a_huge_lag_is_refused", "[calendar]\nreading_lag_days = 2147483647\n", "plan.ini:2:0 error bad_number\n", NULL},
};

static void reads_settings(void **state)
{
    const SettingsCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({"plan.ini", row->ini});
    g_auto(Loaded) loaded = plan_load(&folder);
    g_autofree char *list = problem_list(loaded.problems, WM_SEVERITY_WARNING);
    if (row->problems)
        assert_string_equal(list, row->problems);
    g_autoptr(GString) messages = g_string_new(NULL);
    for (size_t i = 0; i < wm_problems_n(loaded.problems); i++) {
        g_autofree char *message = wm_problem_format(wm_problems_at(loaded.problems, i));
        g_string_append_printf(messages, "%s\n", message);
    }
    if (row->message)
        assert_contains(messages->str, row->message);
}

typedef struct {
    const char *name;
    const char *ini;
    const char *title;
} TitleCase;

static const TitleCase TITLE_CASES[] = {
    {"a_title_in_windows_1252", "[plan]\ntitle = caf\xE9 \x96 \x81\n", "café – \xEF\xBF\xBD"},
    {"a_title_with_a_backslash", "[plan]\ntitle = health \\ care\n", "health \\ care"},
    {"a_title_after_a_byte_order_mark", "\xEF\xBB\xBF[plan]\ntitle = x\n", "x"},
    {"a_title_on_windows", "[plan]\r\ntitle = x\r\n", "x"},
    {"a_title_with_a_semicolon", "[plan]\ntitle = a; b # c\n", "a; b # c"},
};

static void the_title_is_kept(void **state)
{
    const TitleCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({"plan.ini", row->ini});
    g_auto(Loaded) loaded = plan_load(&folder);
    assert_string_equal(loaded.plan->settings.title, row->title);
}

static void settings_have_defaults(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"plan.ini", ""});
    g_auto(Loaded) loaded = plan_load(&folder);
    const WmPlanSettings *settings = &loaded.plan->settings;
    const WmPolicy policy = wm_policy_default();
    assert_string_equal(settings->title, "");
    assert_int_equal(settings->start, WM_NO_DAY);
    assert_int_equal(settings->reading_lag_days, 31);
    assert_int_equal(settings->shape, WM_PATH_LINEAR);
    assert_near(settings->policy.likely_from, 0.5, 0);
    assert_near(settings->policy.uncertain_from, 0.2, 0);
    assert_memory_equal(settings->policy.table, policy.table, sizeof policy.table);
    assert_int_equal(settings->model, WM_MODEL_AUTO);
    assert_near(settings->material_points, 1, 0);
    assert_near(settings->material_percent, 5, 0);
}

typedef struct {
    const char *name, *text;
    double points, percent; /* NAN: the other is for all */
} MaterialCase;

static const MaterialCase MATERIAL_CASES[] = {
    {"material_in_the_measures_unit", "2", 2, NAN},  {"material_in_percent_of_the_value", "10%", NAN, 10},
    {"material_by_kind", "0.5 points, 3 %", 0.5, 3}, {"material_that_is_none", "much", 1, 5},
    {"material_said_twice", "1, 2", 1, 5},           {"material_below_nothing", "-1", 1, 5},
};

static void is_material(void **state)
{
    const MaterialCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({"plan.ini", text_of("[plan]\ntitle = T\n[reports]\nmaterial_revision = %s\n", row->text)});
    g_auto(Loaded) loaded = plan_load(&folder);
    assert_near(loaded.plan->settings.material_points, row->points, 0);
    assert_near(loaded.plan->settings.material_percent, row->percent, 0);
}

static void settings_are_read(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"plan.ini", "[plan]\ntitle = A = B\narea = Ourland\nstart = Sep-20\nend = Aug-22\n[calendar]\nreading_lag_days = 45\n"
                     "[policy]\ntrajectory = step\nlikely = 0.6\nuncertain = 0.3\noff = AMBER recovering,amber , red "
                     "early_warning,red position_only\n"
                     "[model]\nmodel = ols\n[reports]\nboard = SIB\nmaterial_revision = 0%, 2.5 points\n"});
    g_auto(Loaded) loaded = plan_load(&folder);
    const WmPlanSettings *settings = &loaded.plan->settings;
    assert_int_equal(wm_problems_n(loaded.problems), 0);
    assert_string_equal(settings->title, "A = B");
    assert_int_equal(settings->start, day_of("2020-09-01"));
    assert_int_equal(settings->end, day_of("2022-08-31"));
    assert_int_equal(settings->reading_lag_days, 45);
    assert_int_equal(settings->shape, WM_PATH_STEP);
    assert_int_equal(loaded.plan->indicators[0].shape, WM_PATH_STEP);
    assert_near(settings->policy.likely_from, 0.6, 0);
    assert_int_equal(settings->policy.table[WM_OFF][WM_LIKELY].mark, WM_RECOVERING);
    assert_int_equal(settings->policy.table[WM_OFF][WM_UNLIKELY].mark, WM_EARLY_WARNING);
    assert_int_equal(settings->policy.table[WM_OFF][WM_UNLIKELY].status, WM_RED);
    assert_int_equal(settings->policy.table[WM_ON][WM_UNLIKELY].status, WM_AMBER); /* rows not given keep the default */
    assert_int_equal(settings->model, WM_MODEL_OLS);
    assert_string_equal(settings->board, "SIB");
    assert_near(settings->material_points, 2.5, 0);
    assert_near(settings->material_percent, 0, 0);
}

static void a_plan_may_name_every_model_of_the_filter(void **state)
{
    (void)state;
    for (size_t i = 0; wm_trend_model(i); i++) {
        g_autofree char *ini = g_strdup_printf("[model]\nmodel = %s\n", wm_trend_model(i)->name);
        g_auto(Folder) folder = PLAN_FOLDER({"plan.ini", ini});
        g_auto(Loaded) loaded = plan_load(&folder);
        assert_int_equal(wm_problems_n(loaded.problems), 0);
        assert_string_equal(wm_model_name(loaded.plan->settings.model), wm_trend_model(i)->name);
    }
}

static void so_may_an_indicator_and_else_it_has_the_plans(void **state)
{
    (void)state;
    for (size_t i = 0; wm_trend_model(i); i++) {
        g_autofree char *rows = g_strdup_printf("indicator,kind,model\nOWN,percent,%s\nPLANS,percent,\n", wm_trend_model(i)->name);
        g_auto(Folder) folder = PLAN_FOLDER({"plan.ini", "[model]\nmodel = llt\n"}, {"indicators.csv", rows});
        g_auto(Loaded) loaded = plan_load(&folder);
        assert_int_equal(wm_problems_n(loaded.problems), 0);
        assert_string_equal(wm_model_name(wm_plan_indicator(loaded.plan, "OWN")->model), wm_trend_model(i)->name);
        assert_string_equal(wm_model_name(wm_plan_indicator(loaded.plan, "PLANS")->model), "llt");
    }
    g_auto(Folder) without =
        PLAN_FOLDER({"plan.ini", "[model]\nmodel = huber\n"}, {"indicators.csv", "indicator,kind\nA,percent\n"});
    g_auto(Loaded) loaded = plan_load(&without);
    assert_string_equal(wm_model_name(wm_plan_indicator(loaded.plan, "A")->model), "huber");
}

static void an_unknown_key_or_group_is_told(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"plan.ini", "[plan]\ntitlee = x\n[polcy]\nlikely = 0.5\n"});
    g_auto(Loaded) loaded = plan_load(&folder);
    assert_int_equal(wm_problems_n(loaded.problems), 2);
    assert_int_equal(wm_problems_at(loaded.problems, 0)->line, 2);
    assert_contains(wm_problems_at(loaded.problems, 0)->message, "titlee");
    assert_string_equal(wm_problems_at(loaded.problems, 0)->advice, "did you mean title?");
    assert_int_equal(wm_problems_at(loaded.problems, 0)->severity, WM_SEVERITY_WARNING);
    assert_string_equal(wm_problems_at(loaded.problems, 1)->advice, "did you mean [policy]?");
}

int main(void)
{
    ADD_TABLE(SETTINGS_CASES, reads_settings);
    ADD_TABLE(TITLE_CASES, the_title_is_kept);
    ADD(settings_have_defaults);
    ADD_TABLE(MATERIAL_CASES, is_material);
    ADD(settings_are_read);
    ADD(a_plan_may_name_every_model_of_the_filter);
    ADD(so_may_an_indicator_and_else_it_has_the_plans);
    ADD(an_unknown_key_or_group_is_told);
    return run_cases("plan_settings");
}
