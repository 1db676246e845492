/* engine/data/plan/plan_settings.h: what plan.ini says. */
#ifndef WM_DATA_PLAN_SETTINGS_H
#define WM_DATA_PLAN_SETTINGS_H

#include <waymark/plan.h>

#include "engine/data/plan/plan_source.h"

/* Read plan.ini, or its sheet, into *out; wrong values are added to `problems` and take their default. FALSE with *error set when
 * there is no readable plan.ini. */
gboolean plan_settings_read(const PlanSource *source, WmPlanSettings *out, GStringChunk *texts, WmProblems *problems,
                            GError **error);

#endif
