/* plot/chart/timeline_parts.h: the stages of the timeline: its actions from a plan, and their rows. */
#ifndef WM_PLOT_TIMELINE_PARTS_H
#define WM_PLOT_TIMELINE_PARTS_H

#include <waymark/chart_plan.h>

#include "plot/chart/axes.h"
#include "plot/chart/kinds.h"

G_BEGIN_DECLS

/** All that a row is drawn with; borrowed. */
typedef struct {
    WmCanvas *canvas;
    const WmChartStyle *style;
    const WmTimeline *timeline;
    WmPlot plot; /* its x counts */
    double row_height;
    bool has_groups; /* a line above each group's first action names it */
    bool has_dates;  /* some action has one */
    bool has_dates_above;
} WmTimelineView;

/** Whether the action is due on some day. */
bool wm_timeline_has_due(const WmTimelineAction *action);

/** The months from the first to the last day that is shown, at least 3 of them. */
void wm_timeline_extent(const WmTimeline *timeline, double *from, double *to);

/** Lines that actions 0 to i take, those of their groups' names with them; and all. */
size_t wm_timeline_lines_to(const WmTimeline *timeline, bool has_groups, size_t i);
size_t wm_timeline_lines(const WmTimeline *timeline, bool has_groups);

/** Whether some action names the group it belongs to. */
bool wm_timeline_has_groups(const WmTimeline *timeline);

/** Row i, with its name where name_width is above 0. */
void wm_timeline_draw_row(const WmTimelineView *view, size_t i, double name_width);

/** The line of the as-at; nothing without one. */
void wm_timeline_draw_as_at(const WmTimelineView *view);

/** A due date: solid where it holds, open where it was moved away from. */
void wm_timeline_draw_due(WmCanvas *canvas, const WmChartStyle *style, WmPoint at, double radius, bool is_solid);

/** The selection's actions as a WmTimeline: new, freed with wm_timeline_release; NULL where there is none. */
void *wm_timeline_gather(const WmChartSelection *selection);
void wm_timeline_release(void *timeline);

G_END_DECLS
#endif
