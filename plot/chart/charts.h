/* plot/chart/charts.h: what draws each kind of chart, one function a kind. `data` is the struct that its public call takes. */
#ifndef WM_PLOT_CHARTS_H
#define WM_PLOT_CHARTS_H

#include "plot/chart/axes.h"
#include "plot/chart/page.h"

G_BEGIN_DECLS

void wm_calibration_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data); /* WmCalibration */
void wm_funnel_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data);      /* WmAreas */
void wm_icons_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data);       /* WmSpcBoard */
void wm_matrix_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data);      /* WmSpcBoard */
void wm_multiples_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data);   /* WmBoard */
void wm_ranking_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data);     /* WmAreas */
void wm_risk_matrix_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data); /* WmRiskChart */
void wm_scorecard_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data);   /* WmBoard */
void wm_sparkline_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data);   /* WmSeries */
void wm_timeline_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data);    /* WmTimeline */

G_END_DECLS
#endif
