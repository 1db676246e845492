/* waymark/trajectory.h: the path from the baseline through the milestones that "on plan" would follow.
 *
 * Time is in months (waymark/calendar.h), values in the indicator's unit. A path is a sorted list of waypoints and a shape.
 * After its last waypoint it keeps that level; before its first one too, unless it starts at a milestone for want of a baseline.
 */
#ifndef WAYMARK_TRAJECTORY_H
#define WAYMARK_TRAJECTORY_H

#include <waymark/reading.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    WM_PATH_LINEAR,    /* straight from waypoint to waypoint */
    WM_PATH_STEP,      /* each level holds until the next milestone's due date */
    WM_PATH_GEOMETRIC, /* equal proportional change a month; both ends positive, else linear */
    WM_PATH_EXPLICIT,  /* a value for each period, as the plan lists it; between them the earlier one holds */
    WM_N_PATH_SHAPES,
} WmPathShape;

typedef struct {
    double t_months;
    double value;
} WmWaypoint;

/** A dated target, resolved to a number. */
typedef struct {
    WmDay due;
    double target; /* indicator's unit */
} WmMilestone;

/** A path. Borrows its waypoints, which are sorted by time, without two at one time. */
typedef struct {
    const WmWaypoint *waypoints;
    size_t n_waypoints; /* 0: there is no path */
    WmPathShape shape;
    bool starts_at_milestone; /* no usable baseline: nothing is planned before the first waypoint */
} WmTrajectory;

/** How a gap in months is to be read. */
typedef enum {
    WM_MONTHS_NONE, /* no path, one that never improves, or a polarity without a direction */
    WM_MONTHS_EXACT,
    WM_MONTHS_AT_LEAST, /* better than the last milestone: ahead by this much or more */
    WM_MONTHS_AT_MOST,  /* worse than the baseline: behind by this much or more */
} WmMonthsBound;

typedef struct {
    double months; /* + ahead of plan, - behind; NAN for WM_MONTHS_NONE */
    WmMonthsBound bound;
} WmMonthsGap;

const char *wm_path_shape_name(WmPathShape shape);
bool wm_path_shape_parse(const char *text, WmPathShape *out);

/** T(t): the path's value at `t_months`; NAN where there is no path.
 *
 * Linear: T = T0 + (T1 - T0)(t - t0)/(t1 - t0). Geometric: T = T0 (T1/T0)^((t - t0)/(t1 - t0)); a segment with an end <= 0 is
 * linear. O(log n).
 */
double wm_trajectory_at(const WmTrajectory *trajectory, double t_months);

/** Whether some segment of a geometric path had to be drawn straight, because an end is not positive. */
bool wm_trajectory_fell_back(const WmTrajectory *trajectory);

/** g = s (y - T), + is better; for polarity plan -|y - T|; NAN for none or where T or y is NAN. */
double wm_gap(WmPolarity polarity, double value, double trajectory);

/** Months ahead (+) or behind (-): tau - t, tau the first time at which the path's running best reaches `value`.
 *
 * The running best is the best level that the path has asked for so far, so that a path that first dips (41% to 40% to 50%) is not
 * "reached" twice. Worse than the first waypoint is bounded at its time, better than the best at the last time it improves. A
 * reading at or above the path is never behind: where tau < t although the gap is not negative, 0 is returned.
 */
WmMonthsGap wm_trajectory_months_gap(const WmTrajectory *trajectory, WmPolarity polarity, double t_months, double value);

#ifdef __cplusplus
}
#endif
#endif
