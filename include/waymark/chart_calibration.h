/* waymark/chart_calibration.h: do chances come true as often as they say?
 *
 * Forecasts are gathered in *bins* by the chance that they gave (0 to 1); each bin is drawn where it was said against where it came
 * true, beside the range in which chance alone would leave it.
 */
#ifndef WAYMARK_CHART_CALIBRATION_H
#define WAYMARK_CHART_CALIBRATION_H

#include <waymark/chart.h>

G_BEGIN_DECLS

typedef struct {
    double mean_p;   /* mean of the chances given, 0..1 */
    double observed; /* share that came true, 0..1 */
    size_t n;        /* forecasts; a bin of none is passed over */
} WmCalibrationBin;

/** Texts are borrowed, UTF-8, and never NULL. */
typedef struct {
    const char *subject; /* what was forecast, as in "Chance of the next milestone, 42 indicators" */
    const char *score;   /* one more fact for the notes, as in "Brier score 0.12"; "" for none */
    const char *source;
    WmDay as_at;
    const WmCalibrationBin *bins; /* n_bins, in any order */
    size_t n_bins;
} WmCalibration;

/** Draw a reliability diagram: share that came true against chance given, bars where 95 in 100 well-calibrated bins of that size
 * would lie, and the count of each bin.
 *
 * The bars are exact binomial quantiles at the bin's mean chance. Where chances within a bin differ they are a little too wide.
 * Source: Bröcker and Smith (2007), Weather and Forecasting 22, 651-661.
 *
 * @return the file's bytes, new; NULL with WM_ERROR_FILE
 */
GBytes *wm_chart_calibration(const WmCalibration *calibration, const WmChartOptions *options, GError **error);

/** Alternative text: the finding and every bin. Caller frees. */
char *wm_chart_calibration_alt(const WmCalibration *calibration);

G_END_DECLS
#endif
