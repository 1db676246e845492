/* What became of a milestone. */
#include <waymark/assess.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_series.h"

#define MAX_STEPS 8
#define MARKER    NAN /* a suppressed reading */

typedef struct {
    const char *period;
    double value;
} Step;

typedef struct {
    const char *name;
    WmKind kind;
    WmPolarity polarity;
    WmFrequency frequency;
    const char *as_at;
    const char *due;
    double target;
    Step readings[MAX_STEPS];
    WmMilestoneState state;
    const char *judged_by; /* period of the reading that judged it; NULL for none */
} JudgeCase;

#define MONTHLY     WM_KIND_PERCENT, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH
#define YEARLY      WM_KIND_PERCENT, WM_POLARITY_HIGHER, WM_FREQUENCY_YEAR
#define DELIVERABLE WM_KIND_YES_NO, WM_POLARITY_PLAN, WM_FREQUENCY_ONCE

static const JudgeCase JUDGED[] = {
    {"ahead of its date", MONTHLY, "2021-03-31", "Apr 2021", 40, {{"Mar 2021", 45}}, WM_MILESTONE_AHEAD, NULL},
    {"on its date without its reading", MONTHLY, "2021-04-30", "Apr 2021", 40, {{"Mar 2021", 45}}, WM_MILESTONE_PENDING, NULL},
    {"on its date with its reading", MONTHLY, "2021-04-30", "Apr 2021", 40, {{"Apr 2021", 40}}, WM_MILESTONE_MET, "Apr 2021"},
    {"met at published decimals", MONTHLY, "2021-05-31", "Apr 2021", 40, {{"Apr 2021", 39.95}}, WM_MILESTONE_MET, "Apr 2021"},
    {"missed at published decimals", MONTHLY, "2021-05-31", "Apr 2021", 40, {{"Apr 2021", 39.94}}, WM_MILESTONE_MISSED, "Apr 2021"},
    {"a target due in a month is due at its end",
     MONTHLY,
     "2021-04-29",
     "Apr 2021",
     40,
     {{"Apr 2021", 39}},
     WM_MILESTONE_AHEAD,
     NULL},
    {"judged by its month, not by the month after",
     MONTHLY,
     "2021-06-30",
     "Apr 2021",
     40,
     {{"Apr 2021", 38}, {"May 2021", 41}},
     WM_MILESTONE_MISSED,
     "Apr 2021"},
    {"met then, whatever came after",
     MONTHLY,
     "2021-06-30",
     "Apr 2021",
     40,
     {{"Apr 2021", 41}, {"May 2021", 38}},
     WM_MILESTONE_MET,
     "Apr 2021"},
    {"recovered by two readings",
     MONTHLY,
     "2021-07-31",
     "Apr 2021",
     40,
     {{"Apr 2021", 38}, {"May 2021", 41}, {"Jun 2021", 42}},
     WM_MILESTONE_RECOVERED,
     "Apr 2021"},
    {"not recovered by one of two",
     MONTHLY,
     "2021-07-31",
     "Apr 2021",
     40,
     {{"Apr 2021", 38}, {"May 2021", 39}, {"Jun 2021", 42}},
     WM_MILESTONE_MISSED,
     "Apr 2021"},
    {"recovered and lost again",
     MONTHLY,
     "2021-08-31",
     "Apr 2021",
     40,
     {{"Apr 2021", 38}, {"May 2021", 41}, {"Jun 2021", 42}, {"Jul 2021", 39}},
     WM_MILESTONE_MISSED,
     "Apr 2021"},
    {"a marker between does not break the two",
     MONTHLY,
     "2021-08-31",
     "Apr 2021",
     40,
     {{"Apr 2021", 38}, {"May 2021", 41}, {"Jun 2021", MARKER}, {"Jul 2021", 42}},
     WM_MILESTONE_RECOVERED,
     "Apr 2021"},
    {"its reading suppressed and nothing later: pending",
     MONTHLY,
     "2021-06-30",
     "Apr 2021",
     40,
     {{"Mar 2021", 45}, {"Apr 2021", MARKER}},
     WM_MILESTONE_PENDING,
     NULL},
    {"its reading suppressed and a later one come: the last before judges",
     MONTHLY,
     "2021-06-30",
     "Apr 2021",
     40,
     {{"Mar 2021", 45}, {"Apr 2021", MARKER}, {"May 2021", 30}},
     WM_MILESTONE_MET,
     "Mar 2021"},
    {"its reading missing and a later one come: the last before judges",
     MONTHLY,
     "2021-06-30",
     "Apr 2021",
     40,
     {{"Mar 2021", 35}, {"May 2021", 30}},
     WM_MILESTONE_MISSED,
     "Mar 2021"},
    {"no reading at all: pending", MONTHLY, "2021-06-30", "Apr 2021", 40, {{NULL, 0}}, WM_MILESTONE_PENDING, NULL},
    {"nothing but markers: pending",
     MONTHLY,
     "2021-06-30",
     "Apr 2021",
     40,
     {{"Apr 2021", MARKER}, {"May 2021", MARKER}},
     WM_MILESTONE_PENDING,
     NULL},
    {"nothing known by then: the first after judges, met",
     MONTHLY,
     "2021-08-31",
     "Apr 2021",
     40,
     {{"Jun 2021", 45}, {"Jul 2021", 39}},
     WM_MILESTONE_MET,
     "Jun 2021"},
    {"nothing known by then: the first after judges, missed",
     MONTHLY,
     "2021-08-31",
     "Apr 2021",
     40,
     {{"Jun 2021", 35}, {"Jul 2021", 45}},
     WM_MILESTONE_MISSED,
     "Jun 2021"},
    /* yearly: "75% by Jan 2022" is judged by 2021 */
    {"a calendar-year measure before its year is published",
     YEARLY,
     "2022-02-28",
     "Jan 2022",
     75,
     {{"2020", 35.6}},
     WM_MILESTONE_PENDING,
     NULL},
    {"a calendar-year measure is judged by the year before January",
     YEARLY,
     "2022-06-30",
     "Jan 2022",
     75,
     {{"2020", 35.6}, {"2021", 64.7}},
     WM_MILESTONE_MISSED,
     "2021"},
    {"a calendar-year measure meets it",
     YEARLY,
     "2022-06-30",
     "Jan 2022",
     75,
     {{"2020", 35.6}, {"2021", 75.2}},
     WM_MILESTONE_MET,
     "2021"},
    {"due within a year it is judged by the year before",
     YEARLY,
     "2021-08-31",
     "Aug 2021",
     50,
     {{"2020", 35.6}},
     WM_MILESTONE_MISSED,
     "2020"},
    {"one reading recovers a yearly measure",
     YEARLY,
     "2022-06-30",
     "Aug 2021",
     50,
     {{"2020", 35.6}, {"2021", 64.7}},
     WM_MILESTONE_RECOVERED,
     "2020"},
    {"academic year: due in July is judged by the year before",
     WM_KIND_PERCENT,
     WM_POLARITY_HIGHER,
     WM_FREQUENCY_ACADEMIC_YEAR,
     "2022-12-31",
     "Jul 2022",
     80,
     {{"AY 2020/21", 81}, {"AY 2021/22", 70}},
     WM_MILESTONE_MET,
     "AY 2020/21"},
    {"academic year: due in August is judged by its own year",
     WM_KIND_PERCENT,
     WM_POLARITY_HIGHER,
     WM_FREQUENCY_ACADEMIC_YEAR,
     "2022-12-31",
     "Aug 2022",
     80,
     {{"AY 2020/21", 81}, {"AY 2021/22", 70}},
     WM_MILESTONE_MISSED,
     "AY 2021/22"},
    {"quarterly: due in May is judged by the quarter to March",
     WM_KIND_COUNT,
     WM_POLARITY_HIGHER,
     WM_FREQUENCY_QUARTER,
     "2021-05-31",
     "May 2021",
     10,
     {{"Q4 2020/21", 11}},
     WM_MILESTONE_MET,
     "Q4 2020/21"},
    {"termly: due in April is judged by the spring term",
     WM_KIND_COUNT,
     WM_POLARITY_HIGHER,
     WM_FREQUENCY_TERM,
     "2021-05-31",
     "Apr 2021",
     10,
     {{"Autumn term 2020", 12}, {"Spring term 2021", 9}},
     WM_MILESTONE_MISSED,
     "Spring term 2021"},
    {"a survey of June in a half-yearly measure judges July",
     WM_KIND_PERCENT,
     WM_POLARITY_HIGHER,
     WM_FREQUENCY_HALF,
     "2021-08-31",
     "Jul 2021",
     75,
     {{"Jun 2020", 19}, {"Jun 2021", 76}},
     WM_MILESTONE_MET,
     "Jun 2021"},
    /* polarity */
    {"lower is better, missed",
     WM_KIND_DURATION,
     WM_POLARITY_LOWER,
     WM_FREQUENCY_MONTH,
     "2021-05-31",
     "Apr 2021",
     12,
     {{"Apr 2021", 12.1}},
     WM_MILESTONE_MISSED,
     "Apr 2021"},
    {"lower is better, met",
     WM_KIND_DURATION,
     WM_POLARITY_LOWER,
     WM_FREQUENCY_MONTH,
     "2021-05-31",
     "Apr 2021",
     12,
     {{"Apr 2021", 12.04}},
     WM_MILESTONE_MET,
     "Apr 2021"},
    {"plan is best, met within its tolerance",
     WM_KIND_PERCENT,
     WM_POLARITY_PLAN,
     WM_FREQUENCY_MONTH,
     "2021-05-31",
     "Apr 2021",
     10,
     {{"Apr 2021", 11}},
     WM_MILESTONE_MET,
     "Apr 2021"},
    {"plan is best, missed above",
     WM_KIND_PERCENT,
     WM_POLARITY_PLAN,
     WM_FREQUENCY_MONTH,
     "2021-05-31",
     "Apr 2021",
     10,
     {{"Apr 2021", 11.1}},
     WM_MILESTONE_MISSED,
     "Apr 2021"},
    /* deliverables */
    {"done before its date",
     DELIVERABLE,
     "2021-02-28",
     "Mar 2021",
     1,
     {{"Jan 2021", 0}, {"Feb 2021", 1}},
     WM_MILESTONE_MET,
     "Feb 2021"},
    {"done before its date, and no word since",
     DELIVERABLE,
     "2021-06-30",
     "Mar 2021",
     1,
     {{"Feb 2021", 1}},
     WM_MILESTONE_MET,
     "Feb 2021"},
    {"not done and not due", DELIVERABLE, "2021-02-28", "Mar 2021", 1, {{"Feb 2021", 0}}, WM_MILESTONE_AHEAD, NULL},
    {"not done on its date", DELIVERABLE, "2021-04-30", "Mar 2021", 1, {{"Mar 2021", 0}}, WM_MILESTONE_MISSED, "Mar 2021"},
    {"done after its date is late, not on time",
     DELIVERABLE,
     "2021-06-30",
     "Mar 2021",
     1,
     {{"Mar 2021", 0}, {"May 2021", 1}},
     WM_MILESTONE_RECOVERED,
     "Mar 2021"},
    {"done and undone again",
     DELIVERABLE,
     "2021-06-30",
     "Mar 2021",
     1,
     {{"Feb 2021", 1}, {"Apr 2021", 0}},
     WM_MILESTONE_MET,
     "Feb 2021"},
    {"not done at the last word, and the lag has not passed",
     DELIVERABLE,
     "2021-04-15",
     "Mar 2021",
     1,
     {{"Feb 2021", 0}},
     WM_MILESTONE_PENDING,
     NULL},
    {"not done at the last word, and the lag has passed",
     DELIVERABLE,
     "2021-04-30",
     "Mar 2021",
     1,
     {{"Feb 2021", 0}},
     WM_MILESTONE_MISSED,
     "Feb 2021"},
};

static void a_milestone_is_judged(void **state)
{
    const JudgeCase *row = *state;
    Plan plan;
    plan_init(&plan, measure_of(row->kind, row->polarity, row->frequency, row->kind == WM_KIND_YES_NO ? 0 : 1), 0, "Dec 2019",
              row->as_at);
    plan.input.reading_lag_days = 30;
    for (size_t i = 0; i < MAX_STEPS && row->readings[i].period; i++)
        if (isnan(row->readings[i].value))
            plan_marker(&plan, row->readings[i].period, WM_SUPPRESSED);
        else
            plan_reading(&plan, row->readings[i].period, row->readings[i].value);
    const WmMilestoneOutcome outcome = wm_milestone_judge(&plan.input, (WmMilestone){day_of(row->due), row->target});
    assert_string_equal(wm_milestone_state_name(outcome.state), wm_milestone_state_name(row->state));
    char text[WM_PERIOD_TEXT] = "none";
    if (outcome.i_reading != SIZE_MAX)
        wm_period_format(plan.readings[outcome.i_reading].period, text);
    char expected[WM_PERIOD_TEXT] = "none";
    if (row->judged_by)
        wm_period_format(period_of(row->judged_by), expected);
    assert_string_equal(text, expected);
}

static void states_have_their_names(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"ahead", "pending", "met", "missed", "recovered"};
    for (size_t i = 0; i < N_ELEMENTS(NAMES); i++)
        assert_string_equal(wm_milestone_state_name((WmMilestoneState)i), NAMES[i]);
}

int main(void)
{
    ADD_TABLE(JUDGED, a_milestone_is_judged);
    ADD(states_have_their_names);
    return run_cases("milestone");
}
