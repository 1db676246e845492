/* The sentence of an assessment, as a board member reads it. */
#include <waymark/assess.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_situations.h"

typedef struct {
    const char *name;
    SituationMake *make;
    const char *unit;
    const char *sentence;
} SentenceCase;

static const SentenceCase SENTENCES[] = {
    {"hidden from the public", situation_hidden, "%",
     "Not judged here: its newest figures are not published, because they are small or would give small ones away. The latest "
     "that is published is 42.7% in Apr 2021."},
    {"behind plan", situation_behind, "%",
     "42.7% in Apr 2021 is 3.7 points below plan (4 months behind); at the fitted pace it reaches 50% in Oct 2021, 2 months late; "
     "3% chance of the Aug 2021 milestone."},
    {"on plan", situation_on_plan, "%",
     "46.4% in Apr 2021 is on plan; at the fitted pace it reaches 50% in Jun 2021, 2 months early; 85% chance of the Aug 2021 "
     "milestone."},
    {"ahead of plan", situation_ahead, "%",
     "48.9% in Apr 2021 is 2.5 points above plan (3 months ahead); at the fitted pace it reaches 50% in May 2021, 3 months early; "
     "94% chance of the Aug 2021 milestone."},
    {"already at the next milestone", situation_already_there, "%",
     "51.0% in Apr 2021 is 4.6 points above plan (4 months ahead); it already meets the 50% due in Aug 2021; 88% chance of the Aug "
     "2021 milestone."},
    {"going the wrong way", situation_falling, "%",
     "42.0% in Apr 2021 is 4.4 points below plan (5 months behind); at the fitted pace it does not reach 50% within 10 years; "
     "under 1% chance of the Aug 2021 milestone."},
    {"too few readings", situation_few, "%",
     "41.0% in Apr 2021 is 6.0 points below plan (8 months behind); too few readings (2) to give a chance."},
    {"worse than the baseline", situation_worse_than_baseline, "weeks",
     "30 weeks in May 2021 is 5.2 weeks above plan (at least 1 month behind); too few readings (1) to give a chance."},
    {"past the last milestone", situation_past_the_last, "weeks",
     "10 weeks in May 2021 is 10.6 weeks below plan (at least 8 months ahead); too few readings (1) to give a chance."},
    {"the last milestone missed", situation_missed, "%",
     "The Jan 2022 milestone of 75% was missed at 64.7%. 64.7% in 2021 is 5.3 points below plan (1 month behind); at the fitted "
     "pace it reaches 75% in Aug 2022, 7 months late."},
    {"recovered", situation_recovered, "%",
     "The Apr 2021 milestone of 40% was missed at 39.0% and has since been recovered. 46.0% in Jun 2021 is 1.0 points above plan; "
     "at the fitted pace it reaches 50% in Aug 2021, on time; 90% chance of the Aug 2021 milestone."},
    {"lower is better, past the plan's end: which side is good", situation_after_the_end, "weeks",
     "The last milestone, 12 weeks by May 2021, is met and held. 10 weeks in Jun 2021 is 2 weeks below plan (better)."},
    {"met and held", situation_held, "%",
     "The last milestone, 75% by Jan 2022, is met and held. 77.0% in Feb 2022 is 2.0 points above plan."},
    {"met late and held", situation_met_late, "%",
     "The last milestone, 75% by Dec 2021, was met late and is held. 77.0% in Feb 2022 is 2.0 points above plan."},
    {"met once", situation_met_once, "%",
     "The last milestone, 75% by Jan 2022, is met, but not yet by two readings in a row. 76.0% in Jan 2022 is 1.0 points above "
     "plan."},
    {"met but not held", situation_not_held, "%",
     "The last milestone, 75% by Jan 2022, was met but is not held. 73.0% in Feb 2022 is 2.0 points below plan (2 months behind); "
     "at the fitted pace it does not reach 75% within 10 years."},
    {"due and awaiting its reading", situation_pending, "%",
     "The Aug 2021 milestone of 50% is due and awaits its reading. 42.7% in Apr 2021 is 3.7 points below plan (4 months behind); "
     "at the fitted pace it reaches 75% in Apr 2023, 15 months late; 3% chance of the Aug 2021 milestone."},
    {"before the plan's start", situation_before_start, "%", "Not started: the plan begins in Sep 2020."},
    {"no reading due", situation_no_reading_due, "%", "Not started: the first reading is due by Oct 2020."},
    {"a reading due and absent", situation_no_reading, "%", "Cannot be judged: a reading is due and none has come."},
    {"no target", situation_no_target, "%", "Cannot be judged: the plan sets no target. The latest is 44.0% in Apr 2021."},
    {"target not a number", situation_unresolved, "%",
     "Cannot be judged: no target is a number yet. The latest is 44.0% in Apr 2021."},
    {"no baseline", situation_without_baseline, "%",
     "Cannot be judged yet: without a baseline the path starts at the first milestone, Jul 2021. The latest is 46.8% in May 2021; "
     "at the fitted pace it reaches 50% in Jul 2021, on time; 78% chance of the Jul 2021 milestone."},
    {"no polarity", situation_no_polarity, "%",
     "Cannot be judged: the plan does not say which way is better. The latest is 42.7% in Apr 2021."},
    {"words", situation_words, "", "Cannot be judged: it is described in words, not measured."},
    {"nothing but markers", situation_suppressed, "%", "Cannot be judged: no reading carries a value."},
    {"plan is best", situation_plan_is_best, "%",
     "13.0% in Apr 2021 is 3.0 points above plan; too few readings (1) to give a chance."},
    {"thousands of people", situation_count, "people",
     "1,322 people in Apr 2021 is 103 people below plan (4 months ahead); too few readings (1) to give a chance."},
    {"one person", situation_one_person, "people",
     "1 person in Mar 2021 is 1 person below plan (1 month behind); too few readings (1) to give a chance."},
    {"read on a day", situation_day, "schools",
     "3 schools on 22 Apr 2021 is 0.3 schools above plan; too few readings (1) to give a chance."},
    {"deliverable not due", situation_deliverable_ahead, "", "Not done as at Feb 2021; due in Mar 2021."},
    {"missed, and met by the latest reading alone", situation_missed_and_met_once, "%",
     "The Apr 2021 milestone of 40% was missed at 39.0%. 43.0% in May 2021 is 0.5 points above plan; too few readings (2) to "
     "give a chance. This meets the Apr 2021 milestone, which counts as missed until the next reading meets it too."},
    {"deliverable missed", situation_deliverable_missed, "", "Due in Mar 2021 and missed. Not done as at Apr 2021."},
    {"deliverable pending", situation_deliverable_pending, "",
     "Due in Mar 2021, and nothing has been heard since. Not done as at Feb 2021."},
    {"deliverable done", situation_deliverable_done, "", "Done as at Feb 2021."},
    {"deliverable done late", situation_deliverable_late, "", "Due in Mar 2021 and done late. Done as at May 2021."},
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
