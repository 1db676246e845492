/* cli/chart_areas.h: which series stand in one chart of areas: peers of one type, and those of one region where it is asked for. */
#ifndef WM_CLI_CHART_AREAS_H
#define WM_CLI_CHART_AREAS_H

#include <waymark/comparison.h>

#include "cli/command.h"

/* The unit of units.csv of this id or name that others lie below. NULL with WM_ERROR_INPUT, which names those there are. Borrowed.
 */
const WmUnit *chart_region(const WmPlan *plan, const char *text, GError **error);

/* Whether a unit lies below a region, at any depth. */
gboolean is_in_region(const WmPlan *plan, const WmUnit *region, const char *unit);

/* Those of the series of one measure that stand beside each other: the peers of the unit picked out (NULL for none), else of the
 * type that most are of. All of them where the plan compares none. New array of const WmSeries. */
GPtrArray *chart_peers(const WmComparison *comparison, GPtrArray *series, const char *unit);

/* A unit is asked for by its id, or its name where series come without ids. */
gboolean is_series_of_unit(const WmSeries *series, const char *unit);

#endif
