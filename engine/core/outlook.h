/* engine/core/outlook.h: what assess.c asks of outlook.c: the trend and all that lies ahead. */
#ifndef WM_CORE_OUTLOOK_H
#define WM_CORE_OUTLOOK_H

#include <waymark/assess.h>

WmPosition wm_position_of(const WmMeasure *measure, double gap, double trajectory);

/* The trend, the milestones ahead and what they ask; `out` is placed already. */
void wm_look_ahead(const WmAssessmentInput *input, const WmPolicy *policy, WmAssessment *out);

/* Statuses, as bits, that the table gives where either the gap or the chance is moved by what may be noise. */
unsigned wm_statuses_within_noise(const WmAssessmentInput *input, const WmPolicy *policy, const WmAssessment *assessment);

#endif
