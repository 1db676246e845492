/* The fitted trend of a series. */
#include <waymark/trend.h>

#include <math.h>

#include "engine/core/names.h"

#define MIN_READINGS 3 /* two points leave no degree of freedom for an error */

/* A residual sd below this share of the largest |y| is rounding: the fit is perfect. */
#define PERFECT_FIT 1e-13

static const char *const MODEL_NAMES[WM_N_MODELS] = {[WM_MODEL_AUTO] = "auto", [WM_MODEL_OLS] = "ols"};

WM_DEFINE_NAMES(wm_model, WmModel, MODEL_NAMES)

static bool is_usable(const WmReading *reading)
{
    return wm_reading_state_has_value(reading->state) && isfinite(reading->value) && isfinite(wm_reading_months(reading));
}

/* Least squares in two passes about the means: with S_tt = sum (t - tbar)^2 and S_ty = sum (t - tbar)(y - ybar),
 * b = S_ty / S_tt, RSS = sum (y - ybar - b (t - tbar))^2, s^2 = RSS / (n - 2), se(b) = s / sqrt(S_tt). Centring keeps the digits
 * that months counted from year 0 would cost. Draper and Smith (1998), Applied Regression Analysis, 3rd ed., section 1.2 to 1.4. */
static void fit_least_squares(const WmReading *readings, size_t n_readings, WmTrend *out)
{
    double t_sum = 0, y_sum = 0, y_max = 0;
    for (size_t i = 0; i < n_readings; i++)
        if (is_usable(&readings[i])) {
            t_sum += wm_reading_months(&readings[i]);
            y_sum += readings[i].value;
            y_max = fmax(y_max, fabs(readings[i].value));
        }
    const double n = (double)out->n_readings;
    out->t_mean = t_sum / n;
    out->y_mean = y_sum / n;

    double s_tt = 0, s_ty = 0;
    for (size_t i = 0; i < n_readings; i++)
        if (is_usable(&readings[i])) {
            const double t = wm_reading_months(&readings[i]) - out->t_mean;
            s_tt += t * t;
            s_ty += t * (readings[i].value - out->y_mean);
        }
    out->t_ss = s_tt;
    if (s_tt <= 0) {
        out->state = WM_TREND_ONE_TIME;
        return;
    }
    out->slope = s_ty / s_tt;

    double rss = 0;
    for (size_t i = 0; i < n_readings; i++)
        if (is_usable(&readings[i])) {
            const double e = readings[i].value - out->y_mean - out->slope * (wm_reading_months(&readings[i]) - out->t_mean);
            rss += e * e;
        }
    out->df = n - 2;
    out->residual_sd = sqrt(rss / out->df);
    if (out->residual_sd <= PERFECT_FIT * y_max)
        out->residual_sd = 0;
    out->slope_error = out->residual_sd / sqrt(s_tt);
    out->state = WM_TREND_FITTED;
}

void wm_trend_fit(const WmReading *readings, size_t n_readings, const WmTrendOptions *options, WmTrend *out)
{
    const size_t wanted = options && options->min_readings > MIN_READINGS ? options->min_readings : MIN_READINGS;
    *out = (WmTrend){.model = WM_MODEL_OLS,
                     .slope = NAN,
                     .slope_error = NAN,
                     .t_mean = NAN,
                     .y_mean = NAN,
                     .t_ss = NAN,
                     .residual_sd = NAN,
                     .df = NAN};
    for (size_t i = 0; i < n_readings; i++)
        out->n_readings += is_usable(&readings[i]);
    if (out->n_readings < wanted)
        out->state = WM_TREND_TOO_FEW;
    else
        fit_least_squares(readings, n_readings, out);
}

double wm_trend_level(const WmTrend *trend, double t_months)
{
    return trend->state == WM_TREND_FITTED ? trend->y_mean + trend->slope * (t_months - trend->t_mean) : NAN;
}

WmDistribution wm_trend_predict(const WmTrend *trend, double t_months)
{
    if (trend->state != WM_TREND_FITTED || isnan(t_months))
        return (WmDistribution){.kind = WM_DISTRIBUTION_NONE, .location = NAN, .scale = NAN, .df = NAN};
    const double t = t_months - trend->t_mean;
    const double n = (double)trend->n_readings;
    return (WmDistribution){
        .kind = trend->residual_sd > 0 ? WM_DISTRIBUTION_STUDENT : WM_DISTRIBUTION_POINT,
        .location = wm_trend_level(trend, t_months),
        .scale = trend->residual_sd * sqrt(1 + 1 / n + t * t / trend->t_ss),
        .df = trend->df,
    };
}
