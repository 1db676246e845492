/* plot/chart/on_cairo.h: a chart drawn on a page of another document. */
#ifndef WM_PLOT_ON_CAIRO_H
#define WM_PLOT_ON_CAIRO_H

#include <waymark/chart.h>

#include "plot/chart/page.h"

G_BEGIN_DECLS

/** Draw the trajectory chart, its top left at the origin of `cairo` (a cairo_t, borrowed; one unit is one pixel).
 *
 * Of the options, size and theme count. False with WM_ERROR_FILE when Cairo failed.
 */
bool wm_chart_trajectory_on_cairo(const WmSeries *series, const WmChartOptions *options, void *cairo, GError **error);

/** The same of the control chart, as the plan wants it. */
bool wm_chart_spc_on_cairo(const WmSeries *series, const WmChartOptions *options, void *cairo, GError **error);

/** The same of any drawing. */
bool wm_drawing_on_cairo(WmDrawFunc func, const void *subject, const WmChartOptions *options, void *cairo, GError **error);

G_END_DECLS
#endif
