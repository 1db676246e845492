/* A measure that is published as a total to date starts afresh each year: nothing may read that as news. */
#include <math.h>
#include <string.h>

#include "data/fixture_month.h"

#define HEADER "indicator,title,theme,kind,measure_unit,polarity,frequency,low,high,decimals,formula,cumulative\n"

/* Pupils excluded, eight a month give or take, published since April of 2018 as totals to date, a drop a month. */
static const int EACH_MONTH[] = {8, 7, 9, 8, 10, 7, 8, 9, 6, 8, 7, 9, 9, 8, 7, 8, 6, 9, 8, 10,
                                 7, 8, 9, 8, 7,  8, 9, 8, 8, 7, 9, 8, 7, 9, 8, 8, 8, 7, 9, 8};

static char *published(size_t n_months)
{
    GString *rows = g_string_new(DROP_HEADER);
    int to_date = 0;
    for (size_t i = 0; i < n_months; i++) {
        char period[WM_PERIOD_TEXT];
        to_date = (i % 12 ? to_date : 0) + EACH_MONTH[i];
        wm_period_format_iso((WmPeriod){WM_PERIOD_MONTH, 2018 * 12 + 3 + (int)i}, period);
        g_string_append_printf(rows, "EXC,,,%s,%d,,,,\n", period, to_date);
    }
    return g_string_free(rows, FALSE);
}

static Folder folder_of(const char *cumulative, const char *polarity, const char *targets)
{
    Folder folder = PLAN_FOLDER(
        {"plan.ini", "[plan]\ntitle = T\narea = A\nstart = 2019-04-01\n"},
        {"indicators.csv", text_of(HEADER "EXC,Exclusions to date,,count,pupils,%s,month,0,,0,,%s\n", polarity, cumulative)},
        {"baselines.csv", "indicator,value,as_at\nEXC,96,2019-03\n"},
        {"targets.csv", text_of("indicator,due,target\n%s", targets)});
    for (size_t n = 30; n <= N_ELEMENTS(EACH_MONTH); n++) {
        char day[WM_PERIOD_TEXT];
        g_autofree char *rows = published(n);
        wm_day_format_iso(wm_period_end((WmPeriod){WM_PERIOD_MONTH, 2018 * 12 + 3 + (int)n}), day);
        folder_write(&folder, text_of("drops/%s/a.csv", day), rows);
    }
    return folder;
}

typedef struct {
    const char *name, *polarity, *target; /* by March 2022 */
    WmRag status;
} RestartCase;

static const RestartCase RESTART_CASES[] = {
    {"on_a_path_that_falls_slowly", "lower", "96", WM_GREEN},
    {"far_off_a_path_that_falls", "lower", "40", WM_RED},
    {"far_off_a_path_that_rises", "higher", "200", WM_RED},
};

/* As at each month from February 2021, past the restart in April, to August: one status, no signal, a figure that goes on. */
static void a_restart_is_no_news(void **state)
{
    const RestartCase *row = *state;
    g_auto(Folder) folder = folder_of("yes", row->polarity, text_of("EXC,2022-03,%s\n", row->target));
    static const char *const AS_AT[] = {"2021-02-28", "2021-03-31", "2021-04-30", "2021-05-31", "2021-06-30", "2021-07-31"};
    double before = NAN;
    for (size_t i = 0; i < N_ELEMENTS(AS_AT); i++) {
        g_auto(Loaded) loaded = month_load(&folder, AS_AT[i]);
        const WmSeries *series = series_of(loaded.month, "EXC", "", "");
        const WmAssessment *assessment = &series->assessment;
        assert_int_equal(assessment->verdict.status, row->status);
        assert_int_equal(series->previous.verdict.status, row->status);
        assert_false(series->signals.stands);
        assert_true(assessment->reading.value > 90 && assessment->reading.value < 102);
        assert_true(isnan(before) || fabs(assessment->reading.value - before) <= 4);
        assert_int_equal(loaded.month->n_revisions, 0);
        assert_contains(series->note, "last twelve months");
        before = assessment->reading.value;
    }
}

/* What the year came to at its end is what was published at its end. */
static void at_the_years_end_it_is_the_years_total(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of("financial", "lower", "EXC,2022-03,90\n");
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmSeries *series = series_of(loaded.month, "EXC", "", "");
    const int wanted[] = {96, 97, 96}; /* of 2018/19, 2019/20 and 2020/21 */
    for (size_t i = 0; i < series->n_readings; i++) {
        const int month = series->readings[i].period.start - (2018 * 12 + 3) + 1;
        if (month % 12 == 0)
            assert_near(series->readings[i].value, wanted[month / 12 - 1], 0);
    }
    assert_int_equal(series->n_readings, N_ELEMENTS(EACH_MONTH) - 11);
}

typedef struct {
    const char *name, *due, *target;
    double full_year;
} TargetCase;

static const TargetCase TARGET_CASES[] = {
    {"by_the_years_end", "2022-03", "90", 90},
    {"by_its_middle", "2021-09", "45", 90},
    {"by_its_first_month", "2021-04", "7", 84},
    {"of_the_baseline", "2021-09", "90% of baseline", 86.4},
};

static void a_target_is_a_total_to_date(void **state)
{
    const TargetCase *row = *state;
    g_auto(Folder) folder = folder_of("yes", "lower", text_of("EXC,%s,%s\n", row->due, row->target));
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmSeries *series = series_of(loaded.month, "EXC", "", "");
    assert_near(series->milestones[0].target, row->full_year, 1e-9);
    assert_near(series->baseline_value, 96, 1e-9);
}

/* What is made of it takes its totals as they were published, not the twelve months by which it is judged. */
static void in_year_of_it_is_each_month_s_own_figure(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of("yes", "lower", "EXC,2022-03,96\n");
    folder_write(&folder, "indicators.csv",
                 HEADER "EXC,Exclusions to date,,count,pupils,lower,month,0,,0,,yes\n"
                        "OWN,Of the month,,count,pupils,lower,month,0,,0,in-year of EXC,\n"
                        "TWICE,Of both,,count,pupils,lower,month,0,,0,in-year of (EXC + EXC) - OWN,\n");
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    for (int k = 0; k < 2; k++) {
        const WmSeries *series = series_of(loaded.month, k ? "TWICE" : "OWN", "", "");
        assert_int_equal(series->n_readings, N_ELEMENTS(EACH_MONTH));
        for (size_t i = 0; i < series->n_readings; i++)
            assert_int_equal((int)series->readings[i].value, EACH_MONTH[i]);
    }
}

static void what_is_not_said_to_be_cumulative_is_noticed(void **state)
{
    (void)state;
    g_auto(Folder) said = folder_of("yes", "lower", ""), unsaid = folder_of("no", "lower", "");
    g_auto(Loaded) good = month_load(&said, NULL);
    g_auto(Loaded) bad = month_load(&unsaid, NULL);
    assert_int_equal(problem_count(good.month->problems, "looks_cumulative"), 0);
    assert_contains(problem_of(bad.month->problems, "looks_cumulative")->message, "rises through each financial year");
}

static void a_derived_total_to_date_is_shown_and_not_judged(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"indicators.csv", HEADER "A,Starts,,count,,higher,month,0,,0,,\nX,Starts to date,,count,,higher,month,0,,0,"
                                              "year to date of A,\n"},
                    {"baselines.csv", NULL}, {"targets.csv", "indicator,due,target\nX,2021-08,90\n"},
                    {"drops/2021-07-31/a.csv", DROP_HEADER "A,,,2021-04,5,,,,\nA,,,2021-05,6,,,,\nA,,,2021-06,7,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmSeries *series = series_of(loaded.month, "X", "", "");
    assert_near(series->assessment.reading.value, 18, 0);
    assert_int_equal(series->assessment.verdict.status, WM_GREY);
}

int main(void)
{
    ADD_TABLE(RESTART_CASES, a_restart_is_no_news);
    ADD_TABLE(TARGET_CASES, a_target_is_a_total_to_date);
    ADD(at_the_years_end_it_is_the_years_total);
    ADD(what_is_not_said_to_be_cumulative_is_noticed);
    ADD(in_year_of_it_is_each_month_s_own_figure);
    ADD(a_derived_total_to_date_is_shown_and_not_judged);
    return run_cases("cumulative");
}
