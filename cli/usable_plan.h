/* cli/usable_plan.h: whether a month can be made of a plan at all, and the reason where not. */
#ifndef WM_CLI_USABLE_PLAN_H
#define WM_CLI_USABLE_PLAN_H

#include "cli/command.h"

/* A plan without an indicator has nothing to do, however good its drops: FALSE with *error, for the reason that its reading found.
 */
gboolean plan_is_usable(const WmPlan *plan, const WmProblems *problems, GError **error);

/* Where the store has no drop because none could be used, *error says that, in place of what it said; else it stays. */
void blame_drop(const WmPlan *plan, WmStore *store, const WmProblems *problems, GError **error);

#endif
