/* engine/core/outlook.h: what assess.c asks of outlook.c: the trend and all that lies ahead. */
#ifndef WM_CORE_OUTLOOK_H
#define WM_CORE_OUTLOOK_H

#include <waymark/assess.h>

WmPosition wm_position_of(const WmMeasure *measure, double gap, double trajectory);

/* The trend, the milestones ahead and what they ask; `out` is placed already. */
void wm_look_ahead(const WmAssessmentInput *input, const WmPolicy *policy, WmAssessment *out);

WmOutlook wm_outlook_of(const WmPolicy *policy, double chance);

#endif
