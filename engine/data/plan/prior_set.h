/* engine/data/plan/prior_set.h: the priors that a plan or a filter works with: a file's, or the built-in ones, as known on any day.
 */
#ifndef WM_DATA_PRIOR_SET_H
#define WM_DATA_PRIOR_SET_H

#include <waymark/error.h>
#include <waymark/forecast.h>
#include <waymark/plan.h>

typedef struct PriorSet PriorSet;

/* Those of a file; of no file, where `path` is NULL or "". NULL with WM_ERROR_INPUT or WM_ERROR_FILE as prior_file_read. */
PriorSet *prior_set_new(const char *path, GError **error);

/* Those that a plan names ([model] priors). */
PriorSet *prior_set_of_plan(const WmPlan *plan, GError **error);
void prior_set_free(PriorSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PriorSet, prior_set_free)

gboolean prior_set_has_file(const PriorSet *self);

/* The prior for a group, as known on `as_at` (WM_NO_DAY: all of it): the file's of the same kind of period and the same bounds,
 * else the built-in one. Borrowed from the set, and the same for the same question; safe from several threads. A first question
 * costs about 0.1 ms, later ones a look-up. NULL without memory.
 *
 * @param is_builtin  set to whether it is the built-in one; may be NULL
 */
const WmPrior *prior_set_find(PriorSet *self, const WmForecastGroup *group, WmDay as_at, gboolean *is_builtin);

/* The file's only prior for this kind of period, whatever its bounds; NULL when there is none, or more than one. Borrowed. */
const WmPrior *prior_set_only(const PriorSet *self, const WmForecastGroup *group);

#endif
