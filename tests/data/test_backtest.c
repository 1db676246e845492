/* Backtests: what each origin knew, what statuses cost and warn, and that neither depends on threads. */
#include <math.h>
#include <string.h>

#include "core/fixture_random.h"
#include "data/fixture_month.h"
#include "engine/data/backtest/backtest.h"

#define N_SERIES 6
#define N_MONTHS 30

static void write_series(const Folder *folder, const char *name, uint64_t seed, int n_months, double jump)
{
    g_autoptr(GString) text = g_string_new("series,period,value\n");
    Random random = {seed};
    for (int s = 0; s < N_SERIES; s++) {
        double level = 50;
        for (int i = 0; i < n_months; i++) {
            level += random_normal(&random);
            g_string_append_printf(text, "s%d,%d-%02d,%.3f\n", s, 2018 + i / 12, i % 12 + 1, level + (i >= N_MONTHS ? jump : 0));
        }
    }
    folder_write(folder, name, text->str);
}

static BacktestOptions options_with(int n_jobs)
{
    return (BacktestOptions){
        .batch = {.period_kind = WM_PERIOD_NONE, .kind = WM_N_KINDS, .low = NAN, .high = NAN, .as_at = WM_NO_DAY},
        .polarity = WM_POLARITY_HIGHER,
        .n_jobs = n_jobs};
}

static void run_long(const Folder *folder, const char *name, const BacktestOptions *options, Backtest *out)
{
    g_autofree char *path = folder_path(folder, name);
    g_autoptr(GError) error = NULL;
    if (!backtest_long(path, options, out, &error))
        fail_msg("%s", error->message);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_series(&folder, "x.csv", 1, N_MONTHS, 0);
    const BacktestOptions one = options_with(1), four = options_with(4);
    g_auto(Backtest) a = {.courses = NULL}, b = {.courses = NULL};
    run_long(&folder, "x.csv", &one, &a);
    run_long(&folder, "x.csv", &four, &b);
    assert_int_equal(a.n_series, N_SERIES);
    assert_memory_equal(a.horizons, b.horizons, sizeof a.horizons);
    assert_int_equal(a.courses->len, b.courses->len);
    for (guint i = 0; i < a.courses->len; i++) {
        const Course *x = &g_array_index(a.courses, Course, i), *y = &g_array_index(b.courses, Course, i);
        assert_int_equal(x->steps->len, y->steps->len);
        for (guint k = 0; k < x->steps->len; k++)
            assert_near(g_array_index(x->steps, CourseStep, k).numbers.chance,
                        g_array_index(y->steps, CourseStep, k).numbers.chance, 0);
    }
}

/* What comes later changes no forecast that was made before it: a jump at the end leaves the scores of all that came before. */
static void no_origin_knows_what_came_later(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_series(&folder, "calm.csv", 2, N_MONTHS + 1, 0);
    write_series(&folder, "jump.csv", 2, N_MONTHS + 1, 40);
    BacktestOptions options = options_with(2);
    options.batch.has_bounds = TRUE;
    g_auto(Backtest) calm = {.courses = NULL}, jump = {.courses = NULL};
    options.batch.as_at = WM_NO_DAY;
    run_long(&folder, "calm.csv", &options, &calm);
    run_long(&folder, "jump.csv", &options, &jump);
    guint n_same = 0;
    assert_int_equal(calm.courses->len, jump.courses->len);
    for (guint i = 0; i < calm.courses->len; i++) {
        const Course *x = &g_array_index(calm.courses, Course, i), *y = &g_array_index(jump.courses, Course, i);
        for (guint k = 0; k < x->steps->len; k++) {
            const CourseStep *p = &g_array_index(x->steps, CourseStep, k), *q = &g_array_index(y->steps, CourseStep, k);
            assert_near(p->numbers.chance, q->numbers.chance, 0);
            assert_near(p->numbers.gap, q->numbers.gap, 0);
            n_same++;
        }
    }
    assert_true(n_same > 50);
}

/* A target with an origin is judged there alone, as waymark chance on the readings until then would. */
static void a_target_with_an_origin_is_judged_once(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_series(&folder, "x.csv", 3, N_MONTHS, 0);
    folder_write(&folder, "t.csv",
                 "series,due,target,polarity,origin\ns1,2020-03,50,higher,2019-12\ns2,2020-06,50,lower,2019-12\n");
    g_autofree char *targets = folder_path(&folder, "t.csv");
    BacktestOptions options = options_with(1);
    options.targets_path = targets;
    g_auto(Backtest) backtest = {.courses = NULL};
    run_long(&folder, "x.csv", &options, &backtest);
    assert_int_equal(backtest.horizons[1].chances[FORECASTER_POOLED].n, 1);
    assert_int_equal(backtest.horizons[2].chances[FORECASTER_POOLED].n, 1);
    assert_int_equal(backtest.courses->len, 2);
    assert_int_equal(g_array_index(backtest.courses, Course, 0).steps->len + g_array_index(backtest.courses, Course, 1).steps->len,
                     2 + 5);
}

/* ---- statuses ---- */

/* A course whose gap, in points of a path at 50, is given month by month; the chance follows it. */
static void add_course(GArray *courses, const double *gaps, guint n, gboolean is_met)
{
    Course course = {.measure = {.kind = WM_KIND_PERCENT,
                                 .polarity = WM_POLARITY_HIGHER,
                                 .low = NAN,
                                 .high = NAN,
                                 .decimals = 1,
                                 .tolerance = NAN,
                                 .near = NAN},
                     .t_due = 24000 + n,
                     .is_met = is_met,
                     .steps = g_array_new(FALSE, FALSE, sizeof(CourseStep))};
    for (guint i = 0; i < n; i++) {
        const CourseStep step = {.numbers = {.gap = gaps[i],
                                             .trajectory = 50,
                                             .chance = gaps[i] >= 0 ? 0.6 : 0.4,
                                             .noise = 4,
                                             .period = {WM_PERIOD_MONTH, 24000 + (int)i}},
                                 .line_chance = 0.9,
                                 .t_months = 24000 + i,
                                 .meets = gaps[i] >= 0};
        g_array_append_val(course.steps, step);
    }
    g_array_append_val(courses, course);
}

static void alarms_changes_and_warning_by_hand(void **state)
{
    (void)state;
    const double flapping[] = {0, -3, 0, -3, 0, -3}, late[] = {0, 0, 0, -9, -9, -9};
    const WmPolicy policy = wm_policy_default();
    g_autoptr(GArray) courses = courses_new();
    add_course(courses, flapping, 6, TRUE);
    add_course(courses, late, 6, FALSE);
    StatusScores scores[N_RULES];
    backtest_statuses(courses, &policy, scores);
    const StatusScores *path = &scores[RULE_PATH], *held = &scores[RULE_HELD];
    assert_int_equal(path->n_met, 1);
    assert_int_equal(path->n_missed, 1);
    assert_near(path->false_alarm, 0.5, 1e-12);
    assert_near(path->hit, 0.5, 1e-12);
    assert_near(path->flaps, 6 / (10.0 / 12), 1e-9); /* five changes and one, in ten months */
    assert_near(path->lead, 3, 1e-12);
    assert_near(path->unwarned, 0, 0);
    assert_near(held->false_alarm, 0, 1e-12); /* three points are within three sds of four */
    assert_true(held->flaps < path->flaps / 3);
    assert_int_equal(scores[RULE_SHOWN].n_met + scores[RULE_SHOWN].n_missed, 0); /* there is no plan */
    assert_true(scores[RULE_LIKE_PATH].false_alarm <= path->false_alarm);
}

/* By the chance alone: a chance about its threshold is held however long, one beyond the dead band moves the status, and the gap
 * says nothing. */
static void a_dead_band_about_the_chance_holds(void **state)
{
    (void)state;
    const double far_off[] = {-9, -9, -9, -9, -9, -9, -9, -9};
    const double about[] = {0.6, 0.4, 0.3, 0.4, 0.3, 0.4, 0.3, 0.4}, falling[] = {0.6, 0.4, 0.24, 0.24, 0.24, 0.4, 0.6, 0.76};
    const WmPolicy policy = wm_policy_default(); /* likely from 0.5, a quarter on either side */
    for (int by = 0; by < 2; by++)
        for (int months = 1; months <= 12; months += 11) {
            g_autoptr(GArray) courses = courses_new();
            add_course(courses, far_off, G_N_ELEMENTS(far_off), TRUE);
            const Course *course = &g_array_index(courses, Course, 0);
            for (guint i = 0; i < course->steps->len; i++) {
                CourseStep *step = &g_array_index(course->steps, CourseStep, i);
                step->numbers.chance = (by ? falling : about)[i];
                if (months == 12)
                    step->numbers.period = wm_period_step(wm_period_containing(WM_PERIOD_YEAR, 16000), (int)i);
            }
            StatusScores scores[N_RULES];
            backtest_statuses(courses, &policy, scores);
            assert_near(scores[RULE_CHANCE].flaps, by ? 2 / (7.0 / 12) : 0, 1e-9);
            assert_near(scores[RULE_CHANCE].false_alarm, by ? 5 / 8.0 : 0, 1e-12);
            assert_near(scores[RULE_PATH].false_alarm, 1, 0);
            assert_true(scores[RULE_CHANCE_LIKE_PATH].false_alarm <= scores[RULE_PATH].false_alarm);
        }
}

/* A chance of a tenth that stays: of ninths of the way 1 to 8 the threshold of a half comes to that share of it, and the chance
 * over the share is 0.9, 0.45, 0.3, 0.225 ..., which the dead band of a quarter lets through from the fourth month on. */
static void a_threshold_rises_with_the_way_gone(void **state)
{
    (void)state;
    const double gaps[8] = {0};
    const WmPolicy policy = wm_policy_default();
    g_autoptr(GArray) courses = courses_new();
    add_course(courses, gaps, 8, FALSE);
    const Course *course = &g_array_index(courses, Course, 0);
    for (guint i = 0; i < course->steps->len; i++)
        g_array_index(course->steps, CourseStep, i).numbers.chance = 0.1;
    StatusScores scores[N_RULES];
    backtest_statuses(courses, &policy, scores);
    assert_near(scores[RULE_CHANCE].lead, 8, 1e-9);
    assert_near(scores[RULE_NEARING].lead, 5, 1e-9);
    assert_near(scores[RULE_NEARING].hit, 5 / 8.0, 1e-9);
}

static void without_courses_there_is_nothing_to_score(void **state)
{
    (void)state;
    const WmPolicy policy = wm_policy_default();
    g_autoptr(GArray) courses = courses_new();
    StatusScores scores[N_RULES];
    backtest_statuses(courses, &policy, scores);
    for (int rule = 0; rule < N_RULES; rule++) {
        assert_int_equal(scores[rule].n_met, 0);
        assert_true(isnan(scores[rule].lead));
    }
}

/* ---- a plan ---- */

static void a_plan_is_replayed_drop_by_drop(void **state)
{
    (void)state;
    g_auto(Folder) folder = dataset_folder_new("somerset-wsoa-2020");
    g_auto(Loaded) loaded = drops_load(&folder);
    const BacktestOptions one = options_with(1), two = options_with(2);
    g_autoptr(GError) error = NULL;
    g_auto(Backtest) a = {.courses = NULL}, b = {.courses = NULL};
    assert_true(backtest_plan(loaded.plan, loaded.store, WM_NO_DAY, &one, &a, &error));
    assert_true(backtest_plan(loaded.plan, loaded.store, WM_NO_DAY, &two, &b, &error));
    assert_true(a.n_origins > 20);
    assert_true(a.courses->len > 5);
    assert_memory_equal(a.horizons, b.horizons, sizeof a.horizons);
    StatusScores scores[N_RULES];
    backtest_statuses(a.courses, &loaded.plan->settings.policy, scores);
    assert_true(scores[RULE_SHOWN].n_met + scores[RULE_SHOWN].n_missed > 5);
    for (guint i = 0; i < a.courses->len; i++) {
        const Course *course = &g_array_index(a.courses, Course, i);
        for (guint k = 1; k < course->steps->len; k++)
            assert_true(g_array_index(course->steps, CourseStep, k).t_months >
                        g_array_index(course->steps, CourseStep, k - 1).t_months);
    }
}

/* Months one by one, each in a drop of its own. */
static void replay_monthly(const char *ini, const char *indicators, Backtest *out)
{
    g_auto(Folder) folder =
        PLAN_FOLDER({"plan.ini", ini}, {"indicators.csv", indicators}, {"baselines.csv", "indicator,value,as_at\nPCT,40,2020-08\n"},
                    {"targets.csv", "indicator,due,target\nPCT,2021-03,47%\nPCT,2022-02,52%\n"});
    for (int i = 0; i < N_MONTHS; i++) {
        const int year = 2020 + (8 + i) / 12, month = (8 + i) % 12 + 1;
        g_autofree char *name = g_strdup_printf("drops/%d-%02d/x.csv", year, month);
        g_autofree char *text = g_strdup_printf("indicator,period,value\nPCT,%d-%02d,%d\n", year, month, 41 + i / 2 + i * 7 % 3);
        folder_write(&folder, name, text);
    }
    g_auto(Loaded) loaded = drops_load(&folder);
    const BacktestOptions options = options_with(1);
    g_autoptr(GError) error = NULL;
    assert_true(backtest_plan(loaded.plan, loaded.store, WM_NO_DAY, &options, out, &error));
}

static void an_indicators_own_model_is_the_one_replayed(void **state)
{
    (void)state;
#define HEADER "indicator,kind,polarity,frequency,low,high,model\n"
    g_auto(Backtest) plans = {.courses = NULL}, own = {.courses = NULL}, other = {.courses = NULL};
    replay_monthly("[model]\nmodel = holt\n", HEADER "PCT,percent,higher,month,0,100,\n", &plans);
    replay_monthly("[model]\nmodel = auto\n", HEADER "PCT,percent,higher,month,0,100,holt\n", &own);
    replay_monthly("[model]\nmodel = auto\n", HEADER "PCT,percent,higher,month,0,100,\n", &other);
    assert_memory_equal(plans.horizons, own.horizons, sizeof plans.horizons);
    assert_true(memcmp(plans.horizons, other.horizons, sizeof plans.horizons) != 0);
#undef HEADER
}

static void a_plan_without_drops_is_refused(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({NULL, NULL});
    g_auto(Loaded) loaded = drops_load(&folder);
    const BacktestOptions options = options_with(1);
    g_autoptr(GError) error = NULL;
    g_auto(Backtest) backtest = {.courses = NULL};
    assert_false(backtest_plan(loaded.plan, loaded.store, WM_NO_DAY, &options, &backtest, &error));
    assert_contains(error->message, "no drop has been received");
}

int main(void)
{
    ADD(threads_change_nothing);
    ADD(no_origin_knows_what_came_later);
    ADD(a_target_with_an_origin_is_judged_once);
    ADD(alarms_changes_and_warning_by_hand);
    ADD(a_dead_band_about_the_chance_holds);
    ADD(a_threshold_rises_with_the_way_gone);
    ADD(without_courses_there_is_nothing_to_score);
    ADD(a_plan_is_replayed_drop_by_drop);
    ADD(an_indicators_own_model_is_the_one_replayed);
    ADD(a_plan_without_drops_is_refused);
    return run_cases("backtest");
}
