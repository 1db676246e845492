/* plot/chart/trajectory_parts.h: the stages of the trajectory chart: what is forecast, what must be seen, how it is drawn and
 * named. */
#ifndef WM_PLOT_TRAJECTORY_PARTS_H
#define WM_PLOT_TRAJECTORY_PARTS_H

#include "plot/chart/labels.h"
#include "plot/chart/time_page.h"

G_BEGIN_DECLS

#define WM_FAN_BANDS  3 /* 95, 80, 50% */
#define WM_FAN_POINTS 49

typedef struct {
    double t_months;
    double low[WM_FAN_BANDS], high[WM_FAN_BANDS]; /* of the bands, widest first; within the measure's bounds */
    double centre;
} WmFanPoint;

/** What readings are expected from the last one, where the fan closes, to the last milestone. */
typedef struct {
    WmFanPoint points[WM_FAN_POINTS];
    size_t n_points; /* 0: nothing is forecast */
} WmFan;

void wm_fan_predict(const WmSeries *series, WmFan *out);

/** How many bands, widest first, leave an axis from `from` to `to`. */
size_t wm_fan_bands_beyond(const WmFan *fan, double from, double to);

/** What the plot must hold. */
WmExtent wm_trajectory_extent(const WmSeries *series, const WmFan *fan);

/** The latest reading with a value; NULL when there is none. */
const WmReading *wm_series_latest(const WmSeries *series);

/** Corners of the required path between two times. New array of WmWaypoint, empty when there is no path there. */
GArray *wm_path_corners(const WmTrajectory *trajectory, double t_from, double t_to);

/** All that a layer draws with; borrowed. */
typedef struct {
    const WmSeries *series;
    const WmFan *fan;
    WmCanvas *canvas;
    const WmChartStyle *style;
    const WmPlot *plot;
    WmLabeller *labeller;
} WmView;

/* Whether a period is skipped between two readings that follow each other. */
bool wm_is_gap(const WmSeries *series, const WmReading *before, const WmReading *after);

/* Layers, from the back. Each tells the labeller what it drew. */
void wm_layer_off_plan(const WmView *view);
void wm_layer_fan(const WmView *view);
void wm_layer_comparators(const WmView *view);

/** Whether a comparator of the same name is of a later period: only the latest has a label. */
bool wm_comparator_is_superseded(const WmSeries *series, size_t i);
void wm_layer_path(const WmView *view);
void wm_layer_fit(const WmView *view);
void wm_layer_absent(const WmView *view);
void wm_layer_former_values(const WmView *view);
void wm_layer_readings(const WmView *view);
void wm_layer_baseline(const WmView *view);
void wm_layer_milestones(const WmView *view);

/** Events as flags in the lane above the plot: the rows that their names need, and how many find no room for theirs. */
size_t wm_events_rows(WmTypeset *typeset, const WmChartStyle *style, const WmPlot *plot, const WmSeries *series, WmRect lane,
                      size_t *n_unnamed);

/** How many events lie outside the time that the plot shows. */
size_t wm_events_outside(const WmPlot *plot, const WmSeries *series);
void wm_events_draw(const WmView *view, WmRect lane);

/** What could not be named beside its mark, and so belongs in the key, or is counted in the notes. */
typedef struct {
    bool path, off_plan;
    size_t n_milestones;
} WmUnnamed;

/** Milestones with a day and a number: they have a mark. */
size_t wm_milestones_drawn(const WmSeries *series);

/** Draw every direct label, the most important first. */
WmUnnamed wm_trajectory_labels(const WmView *view);

/** Width wanted to the right of the plot for names. */
double wm_trajectory_gutter(WmTypeset *typeset, const WmChartStyle *style, const WmSeries *series, const WmFan *fan);

/** Entries of the key. New array of WmKeyEntry. */
GArray *wm_trajectory_key(const WmSeries *series, const WmFan *fan, WmUnnamed unnamed);

/* Marks, also drawn in the key. */
double wm_reading_radius(const WmView *view);
void wm_mark_reading(WmCanvas *canvas, const WmChartStyle *style, WmPoint at, double radius, bool is_provisional);
void wm_mark_former(WmCanvas *canvas, const WmChartStyle *style, WmPoint at, double radius);
void wm_mark_absent(WmCanvas *canvas, const WmChartStyle *style, WmPoint foot);
void wm_mark_milestone(WmCanvas *canvas, const WmChartStyle *style, WmPoint at, double radius, WmMilestoneState state);
WmRect wm_mark_baseline(WmCanvas *canvas, const WmChartStyle *style, WmPoint at, double radius, WmBaselineQualifier qualifier);
double wm_milestone_radius(const WmChartStyle *style);

/** Draw a whole chart; `series` is a WmSeries. */
void wm_trajectory_draw(WmCanvas *canvas, const WmChartStyle *style, const void *series);

G_END_DECLS
#endif
