/* The planned path, and how far a reading is from it: in units and in months. */
#include <waymark/trajectory.h>

#include <math.h>

#include "engine/core/text/names.h"

static const char *const SHAPE_NAMES[WM_N_PATH_SHAPES] = {
    [WM_PATH_LINEAR] = "linear", [WM_PATH_STEP] = "step", [WM_PATH_GEOMETRIC] = "geometric", [WM_PATH_EXPLICIT] = "explicit"};

WM_DEFINE_NAMES(wm_path_shape, WmPathShape, SHAPE_NAMES)

static bool is_geometric(const WmTrajectory *self, size_t i)
{
    return self->shape == WM_PATH_GEOMETRIC && self->waypoints[i].value > 0 && self->waypoints[i + 1].value > 0;
}

static bool holds_level(const WmTrajectory *self)
{
    return self->shape == WM_PATH_STEP || self->shape == WM_PATH_EXPLICIT;
}

/* The last waypoint at or before t, by bisection; the caller has seen that there is one. */
static size_t waypoint_before(const WmTrajectory *self, double t)
{
    size_t low = 0, high = self->n_waypoints;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (self->waypoints[middle].t_months <= t)
            low = middle;
        else
            high = middle;
    }
    return low;
}

double wm_trajectory_at(const WmTrajectory *self, double t_months)
{
    const WmWaypoint *w = self->waypoints;
    if (self->n_waypoints == 0 || isnan(t_months))
        return NAN;
    if (t_months < w[0].t_months)
        return self->starts_at_milestone ? NAN : w[0].value;

    const size_t i = waypoint_before(self, t_months);
    if (i + 1 == self->n_waypoints || holds_level(self))
        return w[i].value;
    const double share = (t_months - w[i].t_months) / (w[i + 1].t_months - w[i].t_months);
    return is_geometric(self, i) ? w[i].value * pow(w[i + 1].value / w[i].value, share)
                                 : w[i].value + (w[i + 1].value - w[i].value) * share;
}

bool wm_trajectory_fell_back(const WmTrajectory *self)
{
    for (size_t i = 0; self->shape == WM_PATH_GEOMETRIC && i + 1 < self->n_waypoints; i++)
        if (!is_geometric(self, i))
            return true;
    return false;
}

double wm_gap(WmPolarity polarity, double value, double trajectory)
{
    switch (polarity) {
    case WM_POLARITY_HIGHER:
        return value - trajectory;
    case WM_POLARITY_LOWER:
        return trajectory - value;
    case WM_POLARITY_PLAN:
        return -fabs(value - trajectory);
    case WM_POLARITY_NONE:
    case WM_N_POLARITIES:
        break;
    }
    return NAN;
}

/* When the segment after waypoint i reaches `value`, which lies above its start and not above its end (in the better direction). */
static double time_within(const WmTrajectory *self, size_t i, double value)
{
    const WmWaypoint a = self->waypoints[i], b = self->waypoints[i + 1];
    if (holds_level(self))
        return b.t_months;
    const double share =
        is_geometric(self, i) ? log(value / a.value) / log(b.value / a.value) : (value - a.value) / (b.value - a.value);
    return a.t_months + (b.t_months - a.t_months) * share;
}

/* tau, the first time at which the running best reaches `value`; *bound says whether it lies on the path. */
static double time_reached(const WmTrajectory *self, double sign, double value, WmMonthsBound *bound)
{
    const WmWaypoint *w = self->waypoints;
    double best = sign * w[0].value, best_time = w[0].t_months;
    bool improves = false;

    *bound = WM_MONTHS_EXACT;
    double reached = sign * value <= best ? best_time : NAN;
    if (sign * value < best)
        *bound = WM_MONTHS_AT_MOST;
    for (size_t i = 0; i + 1 < self->n_waypoints; i++) {
        const double level = sign * w[i + 1].value;
        if (level <= best)
            continue;
        if (isnan(reached) && sign * value <= level)
            reached = time_within(self, i, value);
        improves = true;
        best = level;
        best_time = w[i + 1].t_months;
    }
    if (!improves)
        *bound = WM_MONTHS_NONE;
    else if (isnan(reached))
        *bound = WM_MONTHS_AT_LEAST;
    return isnan(reached) ? best_time : reached;
}

WmMonthsGap wm_trajectory_months_gap(const WmTrajectory *self, WmPolarity polarity, double t_months, double value)
{
    const WmMonthsGap none = {NAN, WM_MONTHS_NONE};
    const double sign = wm_polarity_sign(polarity);
    const double gap = wm_gap(polarity, value, wm_trajectory_at(self, t_months));
    if (sign == 0 || isnan(gap))
        return none;

    WmMonthsBound bound;
    const double tau = time_reached(self, sign, value, &bound);
    if (bound == WM_MONTHS_NONE)
        return none;
    /* Months count from year 0: what is left after the subtraction is good to 1e-11, and shown to 1e-9. */
    const double months = wm_round(tau - t_months, 9);
    return (WmMonthsGap){gap >= 0 ? fmax(0, months) : fmin(0, months), bound};
}
