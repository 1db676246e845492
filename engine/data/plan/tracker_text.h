/* engine/data/plan/tracker_text.h: what is found about an action, in words. */
#ifndef WM_DATA_TRACKER_TEXT_H
#define WM_DATA_TRACKER_TEXT_H

#include <waymark/tracker.h>

/* What an indicator says about an action that claims to be complete: its last milestone by the as-at, or by the action's own date.
 */
typedef enum { TRACKER_NO_TARGET_DUE, TRACKER_TARGET_MET, TRACKER_TARGET_UNMET, TRACKER_UNMEASURED } TrackerEvidence;

/* The day by which an action's indicators are weighed: the as-at, or its own date where that is later. */
WmDay tracker_weighed_by(const WmTracker *tracker, const WmTrackedAction *action);

/* *due is that milestone, borrowed from the series; NULL where none is due by then. */
TrackerEvidence tracker_weigh(const WmSeries *series, WmDay by, const WmSeriesMilestone **due);

/* Of the actions that one waits for, those that are not complete, and past their date or due after its own. New, of const
 * WmTrackedAction *, borrowed; the tracker has its actions. */
GPtrArray *tracker_awaited_late(const WmTracker *tracker, const WmTrackedAction *action);

/* The i-th finding of an action as one plain sentence without its subject: "was due in May 2018 and is 7 months overdue". New. */
char *tracker_say_finding(const WmTracker *tracker, const WmTrackedAction *action, size_t i);

#endif
