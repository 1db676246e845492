/* The names of the required path and of its worse side. */
#include <math.h>

#include "plot/chart/trajectory_label_parts.h"

#define MAX_ANCHORS 9    /* places tried for a name along the path */
#define PATIENCE    60.0 /* ink that the path's name may cover: a corner of a line; else it stands in the key */

static double segment_months(const WmTrajectory *path, size_t i)
{
    return path->waypoints[i + 1].t_months - path->waypoints[i].t_months;
}

/* Points along the path at which its name may stand: within its longest stretches, away from the milestones that end them. */
static size_t path_anchors(const WmView *view, WmPoint anchors[MAX_ANCHORS])
{
    static const double SHARES[] = {0.5, 0.35, 0.65};
    const WmTrajectory *path = &view->series->trajectory;
    double longest = 0;
    for (size_t i = 0; i + 1 < path->n_waypoints; i++)
        longest = fmax(longest, segment_months(path, i));
    size_t n = 0;
    for (size_t share = 0; share < G_N_ELEMENTS(SHARES); share++)
        for (size_t i = 0; i + 1 < path->n_waypoints && n < MAX_ANCHORS; i++) {
            const double t = path->waypoints[i].t_months + SHARES[share] * segment_months(path, i);
            if (segment_months(path, i) >= longest / 2)
                anchors[n++] = wm_plot_point(view->plot, t, wm_trajectory_at(path, t));
        }
    return n;
}

bool wm_label_path(const WmView *view)
{
    WmPoint anchors[MAX_ANCHORS];
    const size_t n_anchors = path_anchors(view, anchors);
    const WmLabel label = {
        .lines = {{"Required path", wm_text_in(view->style->label, view->style->palette->plan)}},
        .n_lines = 1,
        .anchors = anchors,
        .n_anchors = n_anchors,
        .clearance = view->style->em * 0.35,
        .sides = WM_SIDES_ALONG,
        .reach = view->style->em * 1.5,
        .patience = PATIENCE,
    };
    return n_anchors == 0 || wm_labeller_place(view->labeller, &label);
}

/* "off plan" within the shaded side: the shade is then not told by its colour alone. */
bool wm_label_off_plan(const WmView *view)
{
    const WmPolarity polarity = view->series->measure.polarity;
    WmPoint path[MAX_ANCHORS], anchors[3 * MAX_ANCHORS];
    const size_t n_path = path_anchors(view, path);
    if (n_path == 0 || polarity == WM_POLARITY_NONE)
        return true;
    const WmRect area = view->plot->area;
    /* The fan covers the shade. */
    const double last_x = view->fan->n_points ? wm_scale_px(&view->plot->x, view->fan->points[0].t_months) : area.x + area.width;
    const double edge = polarity == WM_POLARITY_LOWER ? area.y : area.y + area.height;
    size_t n_anchors = 0;
    static const double SHARES[] = {0.8, 0.6, 0.4}; /* of the way from the path to the edge */
    for (size_t share = 0; share < G_N_ELEMENTS(SHARES); share++)
        for (size_t i = 0; i < n_path; i++)
            if (path[i].x < last_x && fabs(edge - path[i].y) * fmin(SHARES[share], 1 - SHARES[share]) > view->style->em * 0.8)
                anchors[n_anchors++] = (WmPoint){path[i].x, path[i].y + SHARES[share] * (edge - path[i].y)};
    const WmLabel label = {
        .lines = {{"off plan", wm_text_in(view->style->label, view->style->palette->muted)}},
        .n_lines = 1,
        .anchors = anchors,
        .n_anchors = n_anchors,
        .sides = WM_SIDES_INSIDE,
        .patience = WM_INK_LINE * 4,
    };
    return wm_labeller_place(view->labeller, &label);
}
