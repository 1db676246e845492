/* The sentence of an assessment, as a board member reads it. */
#include <waymark/assess.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

typedef struct {
    const char *name;
    void (*make)(Plan *plan);
    const char *unit;
    const char *sentence;
} SentenceCase;

static WmMeasure measure_lower(WmKind kind, int decimals)
{
    return measure_of(kind, WM_POLARITY_LOWER, WM_FREQUENCY_MONTH, decimals);
}

static WmMeasure measure_yearly(void)
{
    WmMeasure measure = percent_measure();
    measure.frequency = WM_FREQUENCY_YEAR;
    return measure;
}

/* 45 to 50 to 75, with readings that rise by a point and a half a month. */
static void rising(Plan *plan, const char *as_at)
{
    const double values[] = {38.6, 39.7, 41.4, 42.7};
    plan_init(plan, percent_measure(), 41, "Oct 2020", as_at);
    plan_milestone(plan, "Aug 2021", 50);
    plan_milestone(plan, "Jan 2022", 75);
    plan_readings(plan, "Jan 2021", values, 4);
}

static void make_behind(Plan *plan)
{
    rising(plan, "2021-05-31");
}

static void make_on_plan(Plan *plan)
{
    rising(plan, "2021-05-31");
    plan->readings[3].value = 46.4;
}

static void make_ahead(Plan *plan)
{
    rising(plan, "2021-05-31");
    plan->readings[3].value = 48.9;
    plan->readings[2].value = 47.5;
}

static void make_already_there(Plan *plan)
{
    rising(plan, "2021-05-31");
    plan->readings[3].value = 51;
}

static void make_falling(Plan *plan)
{
    const double values[] = {45, 44.1, 42.8, 42};
    plan_init(plan, percent_measure(), 41, "Oct 2020", "2021-05-31");
    plan_milestone(plan, "Aug 2021", 50);
    plan_readings(plan, "Jan 2021", values, 4);
}

static void make_few(Plan *plan)
{
    const double values[] = {40, 41};
    plan_init(plan, percent_measure(), 41, "Aug 2020", "2021-05-31");
    plan_milestone(plan, "Aug 2021", 50);
    plan_readings(plan, "Mar 2021", values, 2);
}

static void make_worse_than_baseline(Plan *plan)
{
    plan_init(plan, measure_lower(WM_KIND_DURATION, 0), 26, "Apr 2021", "2021-05-31");
    plan_milestone(plan, "Apr 2022", 12);
    plan_reading(plan, "May 2021", 30);
}

static void make_past_the_last(Plan *plan)
{
    plan_init(plan, measure_lower(WM_KIND_DURATION, 0), 26, "Dec 2020", "2021-05-31");
    plan_milestone(plan, "Jan 2022", 12);
    plan_reading(plan, "May 2021", 10);
}

static void make_after_the_end(Plan *plan)
{
    plan_init(plan, measure_lower(WM_KIND_DURATION, 0), 26, "Dec 2020", "2021-08-31");
    plan_milestone(plan, "May 2021", 12);
    plan_reading(plan, "May 2021", 11);
    plan_reading(plan, "Jun 2021", 10);
}

static void make_missed(Plan *plan)
{
    plan_init(plan, measure_yearly(), 21.8, "2019", "2022-06-30");
    plan_milestone(plan, "Apr 2021", 40);
    plan_milestone(plan, "Aug 2021", 50);
    plan_milestone(plan, "Jan 2022", 75);
    plan_reading(plan, "2019", 21.8);
    plan_reading(plan, "2020", 35.6);
    plan_reading(plan, "2021", 64.7);
}

static void make_recovered(Plan *plan)
{
    const double values[] = {39, 43, 46};
    plan_init(plan, percent_measure(), 41, "Aug 2020", "2021-07-31");
    plan_milestone(plan, "Apr 2021", 40);
    plan_milestone(plan, "Aug 2021", 50);
    plan_readings(plan, "Apr 2021", values, 3);
}

static void make_missed_and_met_once(Plan *plan)
{
    const double values[] = {39, 43};
    plan_init(plan, percent_measure(), 41, "Aug 2020", "2021-06-30");
    plan_milestone(plan, "Apr 2021", 40);
    plan_milestone(plan, "Aug 2021", 50);
    plan_readings(plan, "Apr 2021", values, 2);
}

static void make_held(Plan *plan)
{
    const double values[] = {73, 74, 76, 77};
    plan_init(plan, percent_measure(), 60, "Aug 2021", "2022-02-28");
    plan_milestone(plan, "Jan 2022", 75);
    plan_readings(plan, "Nov 2021", values, 4);
}

static void make_met_late(Plan *plan)
{
    const double values[] = {73, 74, 76, 77};
    plan_init(plan, percent_measure(), 60, "Aug 2021", "2022-02-28");
    plan_milestone(plan, "Dec 2021", 75);
    plan_readings(plan, "Nov 2021", values, 4);
}

static void make_met_once(Plan *plan)
{
    const double values[] = {73, 74, 76};
    plan_init(plan, percent_measure(), 60, "Aug 2021", "2022-02-28");
    plan_milestone(plan, "Jan 2022", 75);
    plan_readings(plan, "Nov 2021", values, 3);
}

static void make_not_held(Plan *plan)
{
    const double values[] = {74, 76, 73};
    plan_init(plan, percent_measure(), 60, "Aug 2021", "2022-02-28");
    plan_milestone(plan, "Jan 2022", 75);
    plan_readings(plan, "Dec 2021", values, 3);
}

static void make_pending(Plan *plan)
{
    rising(plan, "2021-09-15");
}

static void make_before_start(Plan *plan)
{
    plan_init(plan, percent_measure(), 41, "Aug 2020", "2020-08-31");
    plan_milestone(plan, "Aug 2021", 50);
    plan->input.plan_start = day_of("2020-09-01");
}

static void make_no_reading_due(Plan *plan)
{
    make_before_start(plan);
    plan->input.as_at = day_of("2020-09-30");
    plan->input.reading_lag_days = 31;
}

static void make_no_reading(Plan *plan)
{
    make_before_start(plan);
    plan->input.as_at = day_of("2020-12-31");
}

static void make_no_target(Plan *plan)
{
    const double values[] = {40, 41, 44};
    plan_init(plan, percent_measure(), 41, "Aug 2020", "2021-05-31");
    plan_readings(plan, "Feb 2021", values, 3);
}

static void make_unresolved(Plan *plan)
{
    make_no_target(plan);
    plan->input.n_unresolved = 1;
}

static void make_without_baseline(Plan *plan)
{
    const double values[] = {43, 45.2, 46.8};
    plan_init_without_baseline(plan, percent_measure(), "2021-06-30");
    plan_milestone(plan, "Jul 2021", 50);
    plan_readings(plan, "Mar 2021", values, 3);
}

static void make_no_polarity(Plan *plan)
{
    make_behind(plan);
    plan->input.measure.polarity = WM_POLARITY_NONE;
}

static void make_words(Plan *plan)
{
    make_before_start(plan);
    plan->input.measure.kind = WM_KIND_TEXT;
}

static void make_suppressed(Plan *plan)
{
    make_before_start(plan);
    plan->input.as_at = day_of("2020-12-31");
    plan_marker(plan, "Nov 2020", WM_SUPPRESSED);
}

static void make_plan_is_best(Plan *plan)
{
    WmMeasure measure = percent_measure();
    measure.polarity = WM_POLARITY_PLAN;
    plan_init(plan, measure, 10, "Jan 2021", "2021-05-31");
    plan_milestone(plan, "Dec 2021", 10);
    plan_reading(plan, "Apr 2021", 13);
}

static void make_count(Plan *plan)
{
    plan_init(plan, measure_lower(WM_KIND_COUNT, 0), 1500, "Jan 2021", "2021-05-31");
    plan_milestone(plan, "Jan 2022", 1200);
    plan_reading(plan, "Apr 2021", 1322);
}

static void make_one_person(Plan *plan)
{
    plan_init(plan, measure_of(WM_KIND_COUNT, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, 0), 0, "Jan 2021", "2021-05-31");
    plan_milestone(plan, "Jan 2022", 12);
    plan_reading(plan, "Mar 2021", 1);
}

static void make_day(Plan *plan)
{
    plan_init(plan, measure_of(WM_KIND_COUNT, WM_POLARITY_HIGHER, WM_FREQUENCY_ONCE, 0), 0, "Jan 2021", "2021-05-31");
    plan_milestone(plan, "Jan 2022", 12);
    plan_reading(plan, "22 Apr 2021", 3);
}

static void plan_deliverable(Plan *plan, const char *as_at)
{
    plan_init(plan, measure_of(WM_KIND_YES_NO, WM_POLARITY_PLAN, WM_FREQUENCY_ONCE, 0), 0, "Aug 2020", as_at);
    plan_milestone(plan, "Mar 2021", 1);
    plan->input.trajectory.shape = WM_PATH_STEP;
    plan->input.reading_lag_days = 31;
}

static void make_deliverable_ahead(Plan *plan)
{
    plan_deliverable(plan, "2021-02-28");
    plan_reading(plan, "Feb 2021", 0);
}

static void make_deliverable_missed(Plan *plan)
{
    plan_deliverable(plan, "2021-05-31");
    plan_reading(plan, "Mar 2021", 0);
    plan_reading(plan, "Apr 2021", 0);
}

static void make_deliverable_pending(Plan *plan)
{
    plan_deliverable(plan, "2021-04-15");
    plan_reading(plan, "Feb 2021", 0);
}

static void make_deliverable_done(Plan *plan)
{
    plan_deliverable(plan, "2021-04-30");
    plan_reading(plan, "Feb 2021", 1);
}

static void make_deliverable_late(Plan *plan)
{
    plan_deliverable(plan, "2021-06-30");
    plan_reading(plan, "Mar 2021", 0);
    plan_reading(plan, "May 2021", 1);
}

static void make_hidden(Plan *plan)
{
    rising(plan, "2021-07-31");
    plan_marker(plan, "May 2021", WM_SUPPRESSED);
    plan->input.is_public = true;
}

static const SentenceCase SENTENCES[] = {
    {"hidden from the public", make_hidden, "%",
     "Not judged here: its newest figures are not published, because they are small or would give small ones away. The latest "
     "that is published is 42.7% in Apr 2021."},
    {"behind plan", make_behind, "%",
     "42.7% in Apr 2021 is 3.7 points below plan (4 months behind); at the fitted pace it reaches 50% in Oct 2021, 2 months late; "
     "3% chance of the Aug 2021 milestone."},
    {"on plan", make_on_plan, "%",
     "46.4% in Apr 2021 is on plan; at the fitted pace it reaches 50% in Jun 2021, 2 months early; 85% chance of the Aug 2021 "
     "milestone."},
    {"ahead of plan", make_ahead, "%",
     "48.9% in Apr 2021 is 2.5 points above plan (3 months ahead); at the fitted pace it reaches 50% in May 2021, 3 months early; "
     "94% chance of the Aug 2021 milestone."},
    {"already at the next milestone", make_already_there, "%",
     "51.0% in Apr 2021 is 4.6 points above plan (4 months ahead); it already meets the 50% due in Aug 2021; 88% chance of the Aug "
     "2021 milestone."},
    {"going the wrong way", make_falling, "%",
     "42.0% in Apr 2021 is 4.4 points below plan (5 months behind); at the fitted pace it does not reach 50% within 10 years; "
     "under 1% chance of the Aug 2021 milestone."},
    {"too few readings", make_few, "%",
     "41.0% in Apr 2021 is 6.0 points below plan (8 months behind); too few readings (2) to give a chance."},
    {"worse than the baseline", make_worse_than_baseline, "weeks",
     "30 weeks in May 2021 is 5.2 weeks above plan (at least 1 month behind); too few readings (1) to give a chance."},
    {"past the last milestone", make_past_the_last, "weeks",
     "10 weeks in May 2021 is 10.6 weeks below plan (at least 8 months ahead); too few readings (1) to give a chance."},
    {"the last milestone missed", make_missed, "%",
     "The Jan 2022 milestone of 75% was missed at 64.7%. 64.7% in 2021 is 5.3 points below plan (1 month behind); at the fitted "
     "pace it reaches 75% in Aug 2022, 7 months late."},
    {"recovered", make_recovered, "%",
     "The Apr 2021 milestone of 40% was missed at 39.0% and has since been recovered. 46.0% in Jun 2021 is 1.0 points above plan; "
     "at the fitted pace it reaches 50% in Aug 2021, on time; 90% chance of the Aug 2021 milestone."},
    {"lower is better, past the plan's end: which side is good", make_after_the_end, "weeks",
     "The last milestone, 12 weeks by May 2021, is met and held. 10 weeks in Jun 2021 is 2 weeks below plan (better)."},
    {"met and held", make_held, "%",
     "The last milestone, 75% by Jan 2022, is met and held. 77.0% in Feb 2022 is 2.0 points above plan."},
    {"met late and held", make_met_late, "%",
     "The last milestone, 75% by Dec 2021, was met late and is held. 77.0% in Feb 2022 is 2.0 points above plan."},
    {"met once", make_met_once, "%",
     "The last milestone, 75% by Jan 2022, is met, but not yet by two readings in a row. 76.0% in Jan 2022 is 1.0 points above "
     "plan."},
    {"met but not held", make_not_held, "%",
     "The last milestone, 75% by Jan 2022, was met but is not held. 73.0% in Feb 2022 is 2.0 points below plan (2 months behind); "
     "at the fitted pace it does not reach 75% within 10 years."},
    {"due and awaiting its reading", make_pending, "%",
     "The Aug 2021 milestone of 50% is due and awaits its reading. 42.7% in Apr 2021 is 3.7 points below plan (4 months behind); "
     "at the fitted pace it reaches 75% in Apr 2023, 15 months late; 3% chance of the Aug 2021 milestone."},
    {"before the plan's start", make_before_start, "%", "Not started: the plan begins in Sep 2020."},
    {"no reading due", make_no_reading_due, "%", "Not started: the first reading is due by Oct 2020."},
    {"a reading due and absent", make_no_reading, "%", "Cannot be judged: a reading is due and none has come."},
    {"no target", make_no_target, "%", "Cannot be judged: the plan sets no target. The latest is 44.0% in Apr 2021."},
    {"target not a number", make_unresolved, "%", "Cannot be judged: no target is a number yet. The latest is 44.0% in Apr 2021."},
    {"no baseline", make_without_baseline, "%",
     "Cannot be judged yet: without a baseline the path starts at the first milestone, Jul 2021. The latest is 46.8% in May 2021; "
     "at the fitted pace it reaches 50% in Jul 2021, on time; 78% chance of the Jul 2021 milestone."},
    {"no polarity", make_no_polarity, "%",
     "Cannot be judged: the plan does not say which way is better. The latest is 42.7% in Apr 2021."},
    {"words", make_words, "", "Cannot be judged: it is described in words, not measured."},
    {"nothing but markers", make_suppressed, "%", "Cannot be judged: no reading carries a value."},
    {"plan is best", make_plan_is_best, "%", "13.0% in Apr 2021 is 3.0 points above plan; too few readings (1) to give a chance."},
    {"thousands of people", make_count, "people",
     "1,322 people in Apr 2021 is 103 people below plan (4 months ahead); too few readings (1) to give a chance."},
    {"one person", make_one_person, "people",
     "1 person in Mar 2021 is 1 person below plan (1 month behind); too few readings (1) to give a chance."},
    {"read on a day", make_day, "schools",
     "3 schools on 22 Apr 2021 is 0.3 schools above plan; too few readings (1) to give a chance."},
    {"deliverable not due", make_deliverable_ahead, "", "Not done as at Feb 2021; due in Mar 2021."},
    {"missed, and met by the latest reading alone", make_missed_and_met_once, "%",
     "The Apr 2021 milestone of 40% was missed at 39.0%. 43.0% in May 2021 is 0.5 points above plan; too few readings (2) to "
     "give a chance. This meets the Apr 2021 milestone, which counts as missed until the next reading meets it too."},
    {"deliverable missed", make_deliverable_missed, "", "Due in Mar 2021 and missed. Not done as at Apr 2021."},
    {"deliverable pending", make_deliverable_pending, "",
     "Due in Mar 2021, and nothing has been heard since. Not done as at Feb 2021."},
    {"deliverable done", make_deliverable_done, "", "Done as at Feb 2021."},
    {"deliverable done late", make_deliverable_late, "", "Due in Mar 2021 and done late. Done as at May 2021."},
};

static void reads_as_a_sentence(void **state)
{
    const SentenceCase *row = *state;
    Plan plan;
    row->make(&plan);
    const WmAssessment a = plan_assess(&plan);
    char text[WM_SENTENCE_TEXT];
    assert_string_equal(wm_assessment_explain(&a, &plan.input.measure, row->unit, text), row->sentence);
}

/* A sentence of anything ends in one full stop, has no double space, and no number that is none. */
static void every_sentence_is_well_formed(void **state)
{
    (void)state;
    Random random = {101};
    for (int i = 0; i < 20000; i++) {
        Plan plan;
        SENTENCES[random_between(&random, 0, (int)N_ELEMENTS(SENTENCES) - 1)].make(&plan);
        plan.input.measure.kind = (WmKind)random_between(&random, 0, WM_N_KINDS - 1);
        plan.input.measure.polarity = (WmPolarity)random_between(&random, 0, WM_N_POLARITIES - 1);
        plan.input.measure.frequency = (WmFrequency)random_between(&random, 0, WM_N_FREQUENCIES - 1);
        for (size_t j = 0; j < plan.input.n_readings; j++)
            plan.readings[j].value *= pow(10, random_between(&random, -3, 8));
        plan.input.as_at += random_between(&random, -400, 400);
        const WmAssessment a = plan_assess(&plan);
        char text[WM_SENTENCE_TEXT];
        wm_assessment_explain(&a, &plan.input.measure, "weeks", text);
        const size_t length = strlen(text);
        const char *bad = NULL;
        static const char *const BAD[] = {"  ",   "..", " .", "nan", "inf",       "n/a",       "in ;", "in .",
                                          "by .", " ,", ";.", "(0 ", " 1 months", "(1 months", "-",    "\342\210\2220.0"};
        for (size_t j = 0; j < N_ELEMENTS(BAD); j++)
            if (strstr(text, BAD[j]))
                bad = BAD[j];
        if (bad || length < 10 || length > WM_SENTENCE_TEXT - 100 || text[length - 1] != '.')
            fail_msg("\"%s\" has \"%s\"", text, bad ? bad : "a bad length or end");
    }
}

int main(void)
{
    ADD_TABLE(SENTENCES, reads_as_a_sentence);
    ADD(every_sentence_is_well_formed);
    return run_cases("explain");
}
