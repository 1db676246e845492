/* tests/core/fixture_situations.h: a plan in each situation of which an assessment has something of its own to say. */
#ifndef WM_TESTS_CORE_FIXTURE_SITUATIONS_H
#define WM_TESTS_CORE_FIXTURE_SITUATIONS_H

#include "core/fixture_series.h"

typedef void SituationMake(Plan *plan);

SituationMake situation_behind, situation_on_plan, situation_ahead, situation_already_there, situation_falling, situation_few,
    situation_worse_than_baseline, situation_past_the_last, situation_after_the_end, situation_missed, situation_recovered,
    situation_missed_and_met_once, situation_held, situation_met_late, situation_met_once, situation_not_held, situation_pending,
    situation_before_start, situation_no_reading_due, situation_no_reading, situation_no_target, situation_unresolved,
    situation_without_baseline, situation_no_polarity, situation_words, situation_suppressed, situation_plan_is_best,
    situation_count, situation_one_person, situation_day, situation_deliverable_ahead, situation_deliverable_missed,
    situation_deliverable_pending, situation_deliverable_done, situation_deliverable_late, situation_hidden;

#endif
