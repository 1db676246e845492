/* plot/chart/axes.h: the plot area with its gridlines, ticks and their labels. */
#ifndef WM_PLOT_AXES_H
#define WM_PLOT_AXES_H

#include "plot/chart/scale.h"
#include "plot/chart/style.h"

G_BEGIN_DECLS

/** The plot area and its two scales: x in months (or, where two numbers are compared, in the unit of `across`), y in the measure's
 * unit. */
typedef struct {
    WmRect area;
    WmScale x, y;
    WmNumberAxis numbers, across;
} WmPlot;

/** One side of a plot of numbers against numbers. Texts are borrowed. */
typedef struct {
    const char *title; /* "" for none */
    WmMeasure measure;
    const char *measure_unit;
    double low, high; /* what it must hold */
} WmNumberSide;

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
/** Where the plot leaves out a part of its numbers, in words: "Axis starts at 40%, not 0"; "" where it shows zero. New. */
char *wm_axes_cut_note(const WmNumberAxis *axis, const WmMeasure *measure, const char *measure_unit);

/** Two short strokes across the foot line where the axis of numbers leaves out what is below; none where it does not. */
void wm_axes_draw_cut(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot);

/** The largest plot within `room` for numbers against numbers, its labels around it. */
WmPlot wm_axes_lay_out(WmCanvas *canvas, const WmChartStyle *style, WmRect room, const WmNumberSide *x, const WmNumberSide *y);

/** Draw a tick's label, centred on `at`, unless it would leave the page or touch the one before it, which ended at *taken_to. */
void wm_axes_draw_tick_label(WmCanvas *canvas, const WmChartStyle *style, WmPoint at, const char *text, double *taken_to);

/** Its gridlines, ticks, labels and titles. */
void wm_axes_draw_sides(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot, const WmNumberSide *x,
                        const WmNumberSide *y);

void wm_axes_draw_time(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot, WmFrequency frequency);

G_END_DECLS
#endif
