/* engine/data/month/target_checks.h: targets that come to no number although the units might have given one.
 *
 * "National average" is a number once the units have readings, and "20% reduction" for every unit once each has a baseline: whether
 * it is can be seen series by series alone, and is told once a target, with the units that it is none for.
 */
#ifndef WM_DATA_TARGET_CHECKS_H
#define WM_DATA_TARGET_CHECKS_H

#include <waymark/series.h>

#include "engine/data/plan/plan_private.h"

typedef struct TargetChecks TargetChecks;

/* New. The plan is borrowed. */
TargetChecks *target_checks_new(const WmPlan *plan);
void target_checks_free(TargetChecks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TargetChecks, target_checks_free)

/* Look at the targets of a series. What is kept is borrowed from the plan. */
void target_checks_add(TargetChecks *self, const WmIndicator *indicator, const char *unit, const WmSeriesMilestone *targets,
                       size_t n);

/* Add a finding `target_unresolved` for each target that is none for some unit. */
void target_checks_tell(const TargetChecks *self, WmProblems *problems);

#endif
