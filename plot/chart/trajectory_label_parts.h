/* plot/chart/trajectory_label_parts.h: how the direct labels of the trajectory chart are placed, and those that have a file of
 * their own. */
#ifndef WM_PLOT_TRAJECTORY_LABEL_PARTS_H
#define WM_PLOT_TRAJECTORY_LABEL_PARTS_H

#include "plot/chart/trajectory_parts.h"

G_BEGIN_DECLS

/* How far a label may stand from its mark, in em. */
#define WM_LABEL_FAR  6.0
#define WM_LABEL_NEAR 3.2

/** Where a label may stand about its mark. */
typedef struct {
    WmPoint anchor;
    double clearance; /* px */
    double reach_em;
    WmSides sides;
} WmLabelPlace;

/** Place a label of one or two lines at one mark: with both, or else with the first alone; false where there is no good place. */
bool wm_label_at_mark(const WmView *view, WmLabelPlace place, WmLabelLine first, const char *second);

/** A label that must not be missing, where it covers the least; a thumbnail does without. */
bool wm_label_over_ink(const WmView *view, WmLabelPlace place, WmLabelLine line);

/** Figures with their unit: of a reading, and of a target as it was set. */
const char *wm_label_value(const WmView *view, double value, char text[WM_VALUE_TEXT]);
const char *wm_label_target(const WmView *view, double value, char text[WM_VALUE_TEXT]);

/** The line from a label to its mark. */
WmPaint wm_label_leader(const WmChartStyle *style);

/** Whether a milestone has a day and a number, and so a mark. */
bool wm_milestone_is_drawn(const WmSeriesMilestone *milestone);

/** Name the milestones, those first for which a reader asks first; how many got a label. */
size_t wm_label_milestones(const WmView *view);

/** Name the path, and its worse side; false where there is no room, and they belong in the key. */
bool wm_label_path(const WmView *view);
bool wm_label_off_plan(const WmView *view);

G_END_DECLS
#endif
