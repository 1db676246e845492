/* plot/chart/axes.h: the plot area with its gridlines, ticks and their labels. */
#ifndef WM_PLOT_AXES_H
#define WM_PLOT_AXES_H

#include "plot/chart/scale.h"
#include "plot/chart/style.h"

G_BEGIN_DECLS

/** The plot area and its two scales: x in months, y in the measure's unit. */
typedef struct {
    WmRect area;
    WmScale x, y;
    WmNumberAxis numbers;
} WmPlot;

WmPoint wm_plot_point(const WmPlot *plot, double t_months, double value);

/** Most ticks that an axis of this height bears without crowding. */
size_t wm_axes_max_ticks(const WmChartStyle *style, double height_px);

/** Room that the labels of the numbers need to the left of the plot. */
double wm_axes_number_width(WmTypeset *typeset, const WmChartStyle *style, const WmNumberAxis *axis, const WmMeasure *measure,
                            const char *measure_unit);

/** Room that the labels of time need below the plot. */
double wm_axes_time_height(const WmChartStyle *style);

void wm_axes_draw_numbers(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot, const WmMeasure *measure,
                          const char *measure_unit);
void wm_axes_draw_time(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot, WmFrequency frequency);

G_END_DECLS
#endif
