/* engine/core/milestone.h: what assess.c asks of milestone.c. */
#ifndef WM_CORE_MILESTONE_H
#define WM_CORE_MILESTONE_H

#include <waymark/assess.h>

/* A chance at its threshold reaches it: "exactly on a straight path" is one half but for rounding. */
#define WM_CHANCE_SLACK 1e-9

/* The last of n_readings that carries a value; SIZE_MAX when none does. */
size_t wm_latest_value(const WmReading *readings, size_t n_readings);

/* Whether the last two readings meet `target` (the last one of a yearly measure or a deliverable). */
bool wm_is_held(const WmAssessmentInput *input, double target);

/* Whether the newest reading is known, but not to whom this is shown: what came before says nothing of now. */
bool wm_newest_is_hidden(const WmAssessmentInput *input);

/* Whether a milestone is not judged yet: ahead, or pending. */
bool wm_milestone_is_open(const WmAssessmentInput *input, WmMilestone milestone);

#endif
