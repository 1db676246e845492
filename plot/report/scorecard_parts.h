/* plot/report/scorecard_parts.h: the parts of the impact scorecard that stand in files of their own. */
#ifndef WM_PLOT_SCORECARD_PARTS_H
#define WM_PLOT_SCORECARD_PARTS_H

#include "plot/report/document.h"

G_BEGIN_DECLS

/** "Targets, baselines and definitions to look at": what the checks ask, then the targets that are no figure, by the reason why. */
void wm_scorecard_add_doubts(WmDocument *document, const WmMonth *month);

G_END_DECLS
#endif
