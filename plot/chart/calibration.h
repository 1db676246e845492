/* plot/chart/calibration.h: forecasts in groups by the chance that they gave, and what came of them. */
#ifndef WM_PLOT_CALIBRATION_H
#define WM_PLOT_CALIBRATION_H

#include <glib.h>
#include <waymark/chart_calibration.h>

G_BEGIN_DECLS

/** A group as it is drawn: chances and shares in percent. */
typedef struct {
    double said, came_true, low, high;
    size_t n;
    bool is_outside; /* of what chance allows */
} WmCalibrationGroup;

/** Groups with forecasts, by what they said. New array of WmCalibrationGroup. */
GArray *wm_calibration_groups(const WmCalibration *calibration);
const WmCalibrationGroup *wm_calibration_group(const GArray *groups, guint i);

/** Forecasts in all groups. */
size_t wm_calibration_n(const GArray *groups);

/** A share as people say it: 0 and 100 only where it is so, a decimal where it is told apart from `other` by it. New. */
char *wm_calibration_percent(double value, double other);

/** "1 forecast", "90,000 forecasts". New. */
char *wm_calibration_forecasts(size_t n);

/** Wordings of the finding, fullest first. Never empty. New. */
GStrv wm_calibration_wordings(const GArray *groups);

G_END_DECLS
#endif
