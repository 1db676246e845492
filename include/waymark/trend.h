/* waymark/trend.h: the fitted model of a series' readings, with a predictive distribution for any time.
 *
 * Time is in months (waymark/calendar.h), y in the indicator's unit. Readings may come in any order, with gaps; those without a
 * value are passed over. Every function is pure: same arguments, same bits.
 */
#ifndef WAYMARK_TREND_H
#define WAYMARK_TREND_H

#include <waymark/distribution.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    WM_MODEL_AUTO, /* the model that suits the readings */
    WM_MODEL_OLS,  /* ordinary least squares on time */
    WM_N_MODELS,
} WmModel;

/** Why there is, or is not, a fit: a state of the data, not an error. */
typedef enum {
    WM_TREND_NONE,
    WM_TREND_FITTED,
    WM_TREND_TOO_FEW,  /* fewer readings than min_readings */
    WM_TREND_ONE_TIME, /* all readings at one time: no slope */
} WmTrendState;

/** Members left 0 take the default named here. */
typedef struct {
    WmModel model;       /* default WM_MODEL_AUTO */
    size_t min_readings; /* below this there is no trend; default 3, never less */
} WmTrendOptions;

typedef struct {
    WmTrendState state;
    WmModel model;
    size_t n_readings;  /* with a value, used for the fit */
    double slope;       /* indicator's unit a month; NAN without a fit */
    double slope_error; /* standard error of the slope */
    double t_mean;      /* mean time: the fit is centred there, so that months since year 0 lose no digits */
    double y_mean;      /* fitted level at t_mean */
    double t_ss;        /* sum of squares of t about its mean */
    double residual_sd; /* s, with n - 2 degrees of freedom */
    double df;          /* n - 2 */
} WmTrend;

const char *wm_model_name(WmModel model);
bool wm_model_parse(const char *text, WmModel *out);

/** Fit the trend.
 *
 * Least squares y = a + b t by GSL on centred time; source: Draper and Smith (1998), Applied Regression Analysis, ch. 1.
 *
 * @param readings  n_readings of one series; borrowed
 * @param options   NULL for all defaults; borrowed
 * @param out       written in every case; look at `state` before its numbers
 */
void wm_trend_fit(const WmReading *readings, size_t n_readings, const WmTrendOptions *options, WmTrend *out);

/** Predictive distribution of a reading at `t_months`.
 *
 * Least squares: location a + b t, scale s sqrt(1 + 1/n + (t - tbar)^2 / Sxx), Student with n - 2 df (Draper and Smith,
 * eq. 3.1.10). WM_DISTRIBUTION_NONE without a fit; a point where the fit is perfect (s = 0).
 */
WmDistribution wm_trend_predict(const WmTrend *trend, double t_months);

/** The fitted level at `t_months` (no noise); NAN without a fit. */
double wm_trend_level(const WmTrend *trend, double t_months);

#ifdef __cplusplus
}
#endif
#endif
