/* plot/chart/scale.h: from values and times to pixels, and where the ticks of an axis stand. */
#ifndef WM_PLOT_SCALE_H
#define WM_PLOT_SCALE_H

#include <glib.h>
#include <waymark/reading.h>

G_BEGIN_DECLS

/** A straight map from [from, to] to [px_from, px_to]. from < to. */
typedef struct {
    double from, to;
    double px_from, px_to;
} WmScale;

double wm_scale_px(const WmScale *self, double value);

#define WM_TICK_TEXT 32

typedef struct {
    double at;
    char text[WM_TICK_TEXT];
    char group[WM_TICK_TEXT]; /* the second row: the year, at its first tick; "" otherwise */
} WmTick;

/** An axis of numbers with round ticks from `from` to `to`. */
typedef struct {
    double from, to; /* whole steps, within the measure's bounds */
    double step;     /* 1, 2, 5 or 25 times a power of ten */
    size_t n_ticks;
} WmNumberAxis;

/** Choose an axis that holds [low, high] with at most max_ticks ticks.
 *
 * It starts at zero where that costs less than two fifths of its length, and never leaves the measure's bounds. Equal
 * numbers get a room of their own size, absent ones the measure's bounds.
 */
WmNumberAxis wm_number_axis(double low, double high, size_t max_ticks, const WmMeasure *measure);

/** The tick `i` (0 at `from`): its value and text, e.g. "2,500", "0.05", "40%", "1.5m"; never "-0". */
WmTick wm_number_tick(const WmNumberAxis *axis, size_t i, const char *measure_unit);

/** How much of an axis of time a label may take. */
typedef struct {
    double px_a_month;
    double month_label_px; /* width of the widest month or period label, with its space */
    WmFrequency frequency; /* yearly and termly measures get a tick a period, named like it */
} WmTimeAxis;

/** Ticks of [from, to] in months. A month's tick stands at its end, where its reading stands. New array of WmTick. */
GArray *wm_time_ticks(double from, double to, const WmTimeAxis *axis);

G_END_DECLS
#endif
