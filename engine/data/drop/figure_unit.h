/* engine/data/drop/figure_unit.h: whether what stands with a figure of a drop is its measure's own unit. */
#ifndef WM_DATA_FIGURE_UNIT_H
#define WM_DATA_FIGURE_UNIT_H

#include <waymark/plan.h>

/* A figure's own unit must be the measure's: "12 months" is not 12 weeks, $5 not £5, and "yes" no number of weeks. */
gboolean figure_is_own_unit(const WmIndicator *indicator, const char *unit);

/* What a share or a rate counts may be anything ("12 plans"), but never a share itself, nor money that the measure is not in. */
gboolean figure_is_own_count(const WmIndicator *indicator, const char *unit);

#endif
