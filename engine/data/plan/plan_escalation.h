/* engine/data/plan/plan_escalation.h: when an exception goes up a level, and what the levels are called. */
#ifndef WM_DATA_PLAN_ESCALATION_H
#define WM_DATA_PLAN_ESCALATION_H

#include <waymark/plan.h>

#include "engine/data/plan/plan_ini.h"

/* [policy] escalate and levels. The board that the settings already name is the first of the levels by default. */
void plan_escalation_read(const PlanIni *ini, WmPlanSettings *out, GStringChunk *texts, WmProblems *problems);

#endif
