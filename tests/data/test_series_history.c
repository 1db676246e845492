/* The past replayed: what a day shows is what a run on that day showed, however far back it is seen from. */
#include <string.h>

#include "core/fixture_random.h"
#include "data/fixture_month.h"

#define N_DROPS 30

/* A monthly percent along a path that it follows with noise: one drop a month. */
static Folder noisy_plan(uint64_t seed, const char *ini)
{
    Folder folder = PLAN_FOLDER({"indicators.csv", INDICATORS_HEADER "PCT,Plans on time,T1,percent,%,higher,month,0,100,1\n"},
                                {"baselines.csv", "indicator,value,as_at\nPCT,50,2019-12\n"},
                                {"targets.csv", "indicator,due,target\nPCT,2021-06,55\nPCT,2022-12,60\n"});
    Random random = {seed};
    if (ini)
        folder_write(&folder, "plan.ini", ini);
    for (int i = 0; i < N_DROPS; i++) {
        const int year = 2020 + i / 12, month = i % 12 + 1;
        const double value = 49 + 0.33 * i + 3 * random_normal(&random);
        folder_write(&folder, text_of("drops/%d-%02d/x.csv", year, month),
                     text_of(DROP_HEADER "PCT,,,%d-%02d,%.1f,,,,\n", year, month, value));
    }
    return folder;
}

static WmVerdict shown_at(const Folder *folder, int i, WmAssessment *previous, WmDay *first_raised)
{
    const WmDay day = wm_period_end(wm_period_step((WmPeriod){WM_PERIOD_MONTH, 2020 * 12}, i));
    char text[WM_PERIOD_TEXT];
    g_auto(Loaded) loaded = month_load(folder, wm_day_format_iso(day, text));
    *previous = loaded.month->series[0].previous;
    *first_raised = loaded.month->series[0].first_raised;
    return loaded.month->series[0].assessment.verdict;
}

static gboolean is_exception(WmRag status)
{
    return status == WM_RED || status == WM_AMBER;
}

static void a_day_is_remembered_as_it_was_shown(void **state)
{
    (void)state;
    int n_changes = 0;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        g_auto(Folder) folder = noisy_plan(seed, NULL);
        WmVerdict before = {WM_GREY, WM_PLAIN};
        WmDay raised = WM_NO_DAY, run_began = WM_NO_DAY;
        for (int i = 0; i < N_DROPS; i++) {
            WmAssessment previous;
            const WmVerdict now = shown_at(&folder, i, &previous, &raised);
            if (i > 0) {
                assert_int_equal(previous.verdict.status, before.status);
                assert_int_equal(previous.verdict.mark, before.mark);
            }
            const WmDay day = wm_period_end(wm_period_step((WmPeriod){WM_PERIOD_MONTH, 2020 * 12}, i));
            run_began = !is_exception(now.status) ? WM_NO_DAY : run_began == WM_NO_DAY ? day : run_began;
            assert_int_equal(raised, run_began);
            n_changes += i > 0 && now.status != before.status;
            before = now;
        }
    }
    assert_true(n_changes > 0); /* something was there to remember */
}

/* How often the status changes over the plan. */
static int count_changes(const Folder *folder)
{
    int n = 0;
    WmVerdict before = {WM_GREY, WM_PLAIN};
    for (int i = 0; i < N_DROPS; i++) {
        WmAssessment previous;
        WmDay raised;
        const WmVerdict now = shown_at(folder, i, &previous, &raised);
        n += i > 0 && now.status != before.status;
        before = now;
    }
    return n;
}

static void a_held_status_changes_less_often(void **state)
{
    (void)state;
    int n_held = 0, n_free = 0;
    for (uint64_t seed = 4; seed <= 6; seed++) {
        g_auto(Folder) held = noisy_plan(seed, NULL);
        g_autofree char *ini = folder_read(&held, "plan.ini");
        g_auto(Folder) unheld = noisy_plan(seed, text_of("%s\n[policy]\nhold_readings = 1\n", ini));
        n_held += count_changes(&held);
        n_free += count_changes(&unheld);
    }
    assert_true(n_held < n_free);
}

static void a_held_status_says_so(void **state)
{
    (void)state;
    gboolean has_said = FALSE;
    for (uint64_t seed = 1; seed <= 3 && !has_said; seed++) {
        g_auto(Folder) folder = noisy_plan(seed, NULL);
        for (int i = 6; i < N_DROPS; i++) {
            const WmDay day = wm_period_end(wm_period_step((WmPeriod){WM_PERIOD_MONTH, 2020 * 12}, i));
            char text[WM_PERIOD_TEXT];
            g_auto(Loaded) loaded = month_load(&folder, wm_day_format_iso(day, text));
            const WmSeries *series = &loaded.month->series[0];
            const WmReason *last = &series->assessment.reasons[series->assessment.n_reasons - 1];
            if (last->code != WM_REASON_STATUS_HELD)
                continue;
            has_said = TRUE;
            assert_int_equal((WmRag)last->a, series->assessment.evidence.verdict.status);
            assert_contains(series->sentence,
                            text_of("Held at %s: the change to %s is within noise, and comes with %.0f more reading",
                                    wm_rag_name(series->assessment.verdict.status), wm_rag_name((WmRag)last->a), last->b));
            g_autofree char *csv = wm_month_to_csv(loaded.month);
            assert_contains(csv, " status_held,");
        }
    }
    assert_true(has_said);
}

int main(void)
{
    ADD(a_day_is_remembered_as_it_was_shown);
    ADD(a_held_status_changes_less_often);
    ADD(a_held_status_says_so);
    return run_cases("series_history");
}
