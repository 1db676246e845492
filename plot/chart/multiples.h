/* plot/chart/multiples.h: what small multiples say and share. */
#ifndef WM_PLOT_MULTIPLES_H
#define WM_PLOT_MULTIPLES_H

#include <waymark/chart_board.h>

#include "plot/chart/spark.h"

G_BEGIN_DECLS

typedef struct {
    double t_months, value;
} WmMoment;

/** The median of all areas at each moment at which at least half of them have a value. New array of WmMoment. */
GArray *wm_multiples_medians(const WmBoard *board);

/** The series of the unit picked out; SIZE_MAX for none. */
size_t wm_multiples_focus(const WmBoard *board);

/** The series of panel i: the one picked out stands first, so that it is there even when the page has no room for all. */
size_t wm_multiples_series(const WmBoard *board, size_t i);

/** Wordings of the finding, fullest first. Never empty. New. */
GStrv wm_multiples_wordings(const WmBoard *board);

/** Measure, unit and region, as in "Plans issued within 20 weeks (%), South West". New. */
char *wm_multiples_subject(const WmBoard *board);

/** What every panel holds: all readings and plans, and of what is expected the middle. A few readings of long ago, of very small
 * areas, may lie beyond it. */
WmExtent wm_multiples_extent(const WmBoard *board);

G_END_DECLS
#endif
