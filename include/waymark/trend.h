/* waymark/trend.h: the fitted model of a series' readings, with a predictive distribution for any time.
 *
 * Behind it stand the pooled model (waymark/forecast.h), which knows levels that wander, seasons, bounds and what is usual among
 * similar series; the straight line; and every other model of the filter trend. Whoever asks for a chance, a month or a fan need
 * not know which.
 *
 * Time is in months (waymark/calendar.h), y in the indicator's unit. Readings may come in any order, with gaps; those without a
 * value are passed over. Every function is pure: same arguments, same bits.
 */
#ifndef WAYMARK_TREND_H
#define WAYMARK_TREND_H

#include <waymark/forecast.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A model by its place in the list of those of the filter trend: the first two by name here, the others by wm_model_parse. */
typedef int WmModel;
enum {
    WM_MODEL_AUTO, /* the pooled model */
    WM_MODEL_OLS,  /* ordinary least squares on time */
};

/** Periods after the last reading of which a model other than these two says something. */
#define WM_TREND_MAX_AHEAD 120

/** What such a model expects of them: distributions that differ in two numbers and their degrees of freedom alone. */
typedef struct {
    WmDistributionKind kind; /* NONE without a fit; MIXTURE: one Student on the scale of `link` */
    WmLink link;
    WmCountPart count; /* of counts: all but mean and dispersion */
    struct {
        double location, scale; /* of counts: mean and dispersion */
        double df;
    } steps[WM_TREND_MAX_AHEAD]; /* the first: one period after the last reading */
    WmForecastEffect effect;     /* of the latest intervention that the model took; of no period where there is none */
} WmTrendAhead;

/** Why there is, or is not, a fit: a state of the data, not an error. */
typedef enum {
    WM_TREND_NONE,
    WM_TREND_FITTED,
    WM_TREND_TOO_FEW,  /* fewer readings than min_readings */
    WM_TREND_ONE_TIME, /* all readings at one time: no slope */
} WmTrendState;

/** Members left 0 take the default named here. Everything is borrowed. */
typedef struct {
    WmModel model;                 /* default WM_MODEL_AUTO */
    size_t min_readings;           /* of the straight line: below this there is no trend; default 3, never less */
    const WmPrior *prior;          /* of the pooled model, with scratch and forecast; NULL: a straight line stands in for it */
    WmForecastScratch *scratch;    /* memory kept from series to series */
    WmForecast *forecast;          /* where the pooled fit is kept: as long as the trend is asked */
    struct WmTrendScratch *models; /* of another model, with prior and ahead; NULL: a straight line stands in for it */
    WmTrendAhead *ahead;           /* where its forecasts are kept: as long as the trend is asked */
    bool is_percent;               /* of another model: how a numerator over its denominator is counted */
    const WmEvent *events; /* n_events: a break ends what is known, an outlier is left out, an intervention may step the level */
    size_t n_events;
} WmTrendOptions;

typedef struct {
    WmTrendState state;
    WmModel model;     /* the one that was fitted */
    size_t n_readings; /* with a value, used for the fit */
    double slope; /* indicator's unit a month: of the line, or with the pooled model of the recent readings; NAN without a fit */
    double slope_error;         /* standard error of the slope */
    double t_mean;              /* mean time: the line is centred there, so that months since year 0 lose no digits */
    double y_mean;              /* fitted level at t_mean */
    double t_ss;                /* sum of squares of t about its mean */
    double residual_sd;         /* s, with n - 2 degrees of freedom */
    double df;                  /* n - 2 */
    double step_months;         /* from one predicted reading to the next; the line predicts any month: 1 */
    double t_last;              /* of the last reading that the model took; NAN for the line */
    const WmPrior *prior;       /* of the pooled model; of another its group alone; NULL for the line */
    const WmForecast *forecast; /* of the pooled model; else NULL */
    const WmTrendAhead *ahead;  /* of another model; else NULL */
} WmTrend;

/** Names in files: those of `waymark trend --model`. */
const char *wm_model_name(WmModel model);
bool wm_model_parse(const char *text, WmModel *out);

/** Readings whose line is the pooled model's pace: those of the last year, and at least four. */
#define WM_PACE_MONTHS   12
#define WM_PACE_READINGS 4

/** Fit the trend.
 *
 * WM_MODEL_AUTO with a prior: wm_forecast_fit. Another model with a prior: docs/methods-trend-models.md; its readings are those of
 * the group's periods, its slope the pace of the recent ones, as the pooled model's. Else least squares y = a + b t on centred
 * time; source: Draper and Smith (1998), Applied Regression Analysis, ch. 1.
 *
 * @param readings  n_readings of one series, by period; borrowed
 * @param options   NULL for all defaults; borrowed
 * @param out       written in every case; look at `state` before its numbers
 */
void wm_trend_fit(const WmReading *readings, size_t n_readings, const WmTrendOptions *options, WmTrend *out);

/** Predictive distribution of a reading at `t_months`.
 *
 * Least squares: location a + b t, scale s sqrt(1 + 1/n + (t - tbar)^2 / Sxx), Student with n - 2 df (Draper and Smith,
 * eq. 3.1.10); a point where the fit is perfect (s = 0). Another model: that of the last reading due by then, as readings follow
 * each other; none at or before the last one. WM_DISTRIBUTION_NONE without a fit.
 */
WmDistribution wm_trend_predict(const WmTrend *trend, double t_months);

/** Whether it is a line through the readings, which has a level at any time, and not a forecast of those to come. */
bool wm_trend_is_line(const WmTrend *trend);

/** The central path at `t_months`: the line, or the median of the pooled model, which begins after the last reading; NAN without.
 */
double wm_trend_level(const WmTrend *trend, double t_months);

#ifdef __cplusplus
}
#endif
#endif
