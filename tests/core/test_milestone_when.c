/* When a milestone is judged: at the end of the last period of its measure that ends by its date. */
#include <waymark/assess.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_series.h"

typedef struct {
    const char *name;
    WmFrequency frequency;
    const char *due;
    const char *judged_at;
} WhenCase;

static const WhenCase WHEN[] = {
    {"monthly", WM_FREQUENCY_MONTH, "Jan 2022", "2022-01-31"},
    {"monthly, due within a month", WM_FREQUENCY_MONTH, "2022-01-30", "2021-12-31"},
    {"quarterly", WM_FREQUENCY_QUARTER, "Jan 2022", "2021-12-31"},
    {"termly", WM_FREQUENCY_TERM, "Jul 2022", "2022-04-30"},
    {"half-yearly", WM_FREQUENCY_HALF, "Jul 2021", "2021-03-31"},
    {"yearly", WM_FREQUENCY_YEAR, "Jan 2022", "2021-12-31"},
    {"yearly, due at its end", WM_FREQUENCY_YEAR, "Dec 2022", "2022-12-31"},
    {"academic year", WM_FREQUENCY_ACADEMIC_YEAR, "Jul 2022", "2021-08-31"},
    {"financial year", WM_FREQUENCY_FINANCIAL_YEAR, "Mar 2022", "2022-03-31"},
    {"once", WM_FREQUENCY_ONCE, "2022-01-17", "2022-01-17"},
};

static void a_milestone_is_judged_at_its_last_periods_end(void **state)
{
    const WhenCase *row = *state;
    const WmMeasure measure = measure_of(WM_KIND_PERCENT, WM_POLARITY_HIGHER, row->frequency, 1);
    const WmAssessmentInput input = {.measure = measure};
    assert_near(wm_milestone_months(&input, day_of(row->due)), months_of(row->judged_at), 0);
    assert_true(isnan(wm_milestone_months(&input, WM_NO_DAY)));
}

/* A half-yearly survey of June and December judges a July milestone in June, not at the calendar's half. */
static void readings_keep_their_own_step(void **state)
{
    (void)state;
    const WmReading june = {{WM_PERIOD_MONTH, 2021 * 12 + 5}, 41, NAN, NAN, WM_FINAL};
    const WmAssessmentInput input = {
        .measure = measure_of(WM_KIND_PERCENT, WM_POLARITY_HIGHER, WM_FREQUENCY_HALF, 1), .readings = &june, .n_readings = 1};
    assert_near(wm_milestone_months(&input, day_of("Jul 2022")), months_of("2022-06-30"), 0);
    assert_near(wm_milestone_months(&input, day_of("Nov 2021")), months_of("2021-06-30"), 0);
    assert_near(wm_milestone_months(&input, day_of("Jan 2021")), months_of("2020-12-31"), 0);
}

int main(void)
{
    ADD_TABLE(WHEN, a_milestone_is_judged_at_its_last_periods_end);
    ADD(readings_keep_their_own_step);
    return run_cases("milestone when");
}
