/* The fitted trend of a series. */
#include <waymark/trend.h>

#include <math.h>

#include "engine/core/answers/trend_model.h"

#define MIN_READINGS 3 /* two points leave no degree of freedom for an error */

/* A residual sd below this share of the largest |y| is rounding: the fit is perfect. */
#define PERFECT_FIT 1e-13

/* Months are sums of thirds and twelfths: a reading due now is due. */
#define STEP_SLACK 1e-6

/* The readings that a line is fitted to: those from a day on that are no outliers. */
typedef struct {
    const WmReading *readings;
    size_t n_readings;
    WmDay from;
    const WmTrendOptions *options;
} LineReadings;

static bool is_outlier(const WmTrendOptions *options, WmPeriod period)
{
    for (size_t i = 0; i < options->n_events; i++) {
        const WmEvent *event = &options->events[i];
        if (event->kind == WM_EVENT_OUTLIER && wm_period_end(period) >= wm_period_start(event->period) &&
            wm_period_end(period) <= wm_period_end(event->period))
            return true;
    }
    return false;
}

static bool has_number(const WmReading *reading)
{
    return wm_reading_state_has_value(reading->state) && isfinite(reading->value) && isfinite(wm_reading_months(reading));
}

static bool is_usable(const LineReadings *self, const WmReading *reading)
{
    return has_number(reading) && wm_period_end(reading->period) >= self->from && !is_outlier(self->options, reading->period);
}

/* The start of what compares with the latest reading: its last break. A break after which nothing has come says nothing yet. */
static WmDay last_break(const WmReading *readings, size_t n_readings, const WmTrendOptions *options)
{
    WmDay latest = WM_NO_DAY, from = WM_NO_DAY;
    for (size_t i = 0; i < n_readings; i++)
        if (has_number(&readings[i]) && wm_period_end(readings[i].period) > latest)
            latest = wm_period_end(readings[i].period);
    for (size_t i = 0; i < options->n_events; i++) {
        const WmDay start = wm_period_start(options->events[i].period);
        if (options->events[i].kind == WM_EVENT_BREAK && start <= latest && start > from)
            from = start;
    }
    return from;
}

/* Least squares in two passes about the means: with S_tt = sum (t - tbar)^2 and S_ty = sum (t - tbar)(y - ybar),
 * b = S_ty / S_tt, RSS = sum (y - ybar - b (t - tbar))^2, s^2 = RSS / (n - 2), se(b) = s / sqrt(S_tt). Centring keeps the digits
 * that months counted from year 0 would cost. Draper and Smith (1998), Applied Regression Analysis, 3rd ed., section 1.2 to 1.4. */
static void fit_least_squares(const LineReadings *line, WmTrend *out)
{
    const WmReading *readings = line->readings;
    double t_sum = 0, y_sum = 0, y_max = 0;
    for (size_t i = 0; i < line->n_readings; i++)
        if (is_usable(line, &readings[i])) {
            t_sum += wm_reading_months(&readings[i]);
            y_sum += readings[i].value;
            y_max = fmax(y_max, fabs(readings[i].value));
        }
    const double n = (double)out->n_readings;
    out->t_mean = t_sum / n;
    out->y_mean = y_sum / n;

    double s_tt = 0, s_ty = 0;
    for (size_t i = 0; i < line->n_readings; i++)
        if (is_usable(line, &readings[i])) {
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
    for (size_t i = 0; i < line->n_readings; i++)
        if (is_usable(line, &readings[i])) {
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

static void start(WmTrend *out)
{
    *out = (WmTrend){.model = WM_MODEL_OLS,
                     .slope = NAN,
                     .slope_error = NAN,
                     .t_mean = NAN,
                     .y_mean = NAN,
                     .t_ss = NAN,
                     .residual_sd = NAN,
                     .df = NAN,
                     .step_months = 1,
                     .t_last = NAN};
}

static void fit_line(const LineReadings *line, size_t wanted, WmTrend *out)
{
    start(out);
    for (size_t i = 0; i < line->n_readings; i++)
        out->n_readings += is_usable(line, &line->readings[i]);
    if (out->n_readings < wanted)
        out->state = WM_TREND_TOO_FEW;
    else
        fit_least_squares(line, out);
}

/* The line of the recent readings: its slope is the pace that a reader of the pooled model's forecast compares with. */
static void fit_pace(const WmReading *readings, size_t n_readings, const WmTrendOptions *options, WmTrend *out)
{
    LineReadings line = {readings, n_readings, last_break(readings, n_readings, options), options};
    WmDay latest = WM_NO_DAY, from = line.from;
    size_t n = 0;
    for (size_t i = n_readings; i-- > 0;) {
        if (!is_usable(&line, &readings[i]))
            continue;
        const WmDay end = wm_period_end(readings[i].period);
        if (latest == WM_NO_DAY)
            latest = end;
        if (n >= WM_PACE_READINGS && wm_day_to_months(latest) - wm_day_to_months(end) > WM_PACE_MONTHS - STEP_SLACK)
            break;
        from = end;
        n++;
    }
    line.from = from;
    fit_line(&line, MIN_READINGS, out);
}

/* Time of the last reading that the pooled fit took. */
static double last_time(const WmReading *readings, size_t n_readings, const WmPrior *prior, int last)
{
    for (size_t i = n_readings; i-- > 0;)
        if (has_number(&readings[i]) && wm_forecast_period_number(&prior->group, readings[i].period) == last)
            return wm_reading_months(&readings[i]);
    return NAN;
}

static void fit_pooled(const WmReading *readings, size_t n_readings, const WmTrendOptions *options, WmTrend *out)
{
    const WmForecastSeries series = {readings, n_readings, options->events, options->n_events};
    fit_pace(readings, n_readings, options, out);
    wm_forecast_fit(options->prior, &series, options->scratch, options->forecast);
    const WmForecast *forecast = options->forecast;
    const int months = wm_period_kind_months(options->prior->group.period_kind);
    out->model = WM_MODEL_AUTO;
    out->n_readings = forecast->n_readings;
    out->state = forecast->state == WM_FORECAST_FITTED ? WM_TREND_FITTED : WM_TREND_TOO_FEW;
    out->prior = options->prior;
    out->forecast = forecast;
    if (out->state != WM_TREND_FITTED)
        return;
    out->t_last = last_time(readings, n_readings, options->prior, forecast->last);
    if (months)
        out->step_months = months;
}

/* Readings up to the last that has a value: steps ahead count from it. */
static size_t up_to_last(const WmReading *readings, size_t n_readings)
{
    while (n_readings > 0 && !has_number(&readings[n_readings - 1]))
        n_readings--;
    return n_readings;
}

/* Whether the straight line may step: an intervention after its first reading and not after its last. */
static bool may_step(const WmReading *readings, size_t n_readings, const WmTrendOptions *options)
{
    const LineReadings line = {readings, n_readings, last_break(readings, n_readings, options), options};
    WmDay first = WM_NO_DAY, last = WM_NO_DAY;
    for (size_t i = 0; i < n_readings; i++) {
        if (!is_usable(&line, &readings[i]))
            continue;
        const WmDay end = wm_period_end(readings[i].period);
        first = first == WM_NO_DAY || end < first ? end : first;
        last = end > last ? end : last;
    }
    for (size_t i = 0; i < options->n_events && first != WM_NO_DAY; i++) {
        const WmDay start = wm_period_start(options->events[i].period);
        if (options->events[i].kind == WM_EVENT_INTERVENTION && start > first && start <= last)
            return true;
    }
    return false;
}

/* Another model. A model that cannot be fitted leaves too few readings for it, whatever the reason. */
static void fit_other(const WmReading *readings, size_t n_readings, const WmTrendOptions *options, WmTrend *out)
{
    const WmForecastSeries series = {readings, up_to_last(readings, n_readings), options->events, options->n_events};
    const WmTrendAsk ask = {.is_percent = options->is_percent, .low = NAN, .high = NAN};
    const int months = wm_period_kind_months(options->prior->group.period_kind);
    WmTrendFit fit = {.coming = options->ahead};
    fit_pace(readings, n_readings, options, out);
    out->model = options->model;
    out->state = WM_TREND_TOO_FEW;
    if (wm_trend_model_fit(wm_trend_model((size_t)options->model), options->prior, &series, &ask, options->models, &fit) != WM_OK)
        options->ahead->kind = WM_DISTRIBUTION_NONE;
    out->n_readings = fit.n_used;
    out->prior = options->prior;
    out->ahead = options->ahead;
    if (options->ahead->kind == WM_DISTRIBUTION_NONE)
        return;
    if (options->model == WM_MODEL_OLS) { /* a line's pace is its own: the second of its terms */
        out->slope = fit.terms[1].estimate / (months ? months : 1);
        out->slope_error = fit.terms[1].std_error / (months ? months : 1);
    }
    out->state = WM_TREND_FITTED;
    out->t_last = wm_reading_months(&readings[series.n_readings - 1]);
    if (months)
        out->step_months = months;
}

void wm_trend_fit(const WmReading *readings, size_t n_readings, const WmTrendOptions *options, WmTrend *out)
{
    static const WmTrendOptions STANDARD = {.model = WM_MODEL_AUTO};
    options = options ? options : &STANDARD;
    if (options->model == WM_MODEL_AUTO && options->prior) {
        fit_pooled(readings, n_readings, options, out);
        return;
    }
    const bool has_memory = options->prior && options->models;
    if (has_memory && (options->model > WM_MODEL_OLS || may_step(readings, n_readings, options))) {
        fit_other(readings, n_readings, options, out);
        return;
    }
    const LineReadings line = {readings, n_readings, last_break(readings, n_readings, options), options};
    fit_line(&line, options->min_readings > MIN_READINGS ? options->min_readings : MIN_READINGS, out);
}

bool wm_trend_is_line(const WmTrend *trend)
{
    return !trend->forecast && !trend->ahead;
}

/* Steps from the model's last reading to the last one due by t. Days are counted in the steps of the group. */
static int steps_to(const WmTrend *trend, double t_months)
{
    const WmForecastGroup *group = &trend->prior->group;
    if (wm_period_kind_months(group->period_kind))
        return (int)floor((t_months - trend->t_last) / trend->step_months + STEP_SLACK);
    const WmDay last = trend->forecast ? wm_period_end(wm_forecast_period(group, trend->forecast->last))
                                       : wm_day_from_months(trend->t_last),
                day = wm_day_from_months(t_months);
    return (day - last) / (group->step_days > 0 ? group->step_days : 1);
}

static WmDistribution ahead_at(const WmTrendAhead *ahead, int step)
{
    WmDistribution y = {.kind = WM_DISTRIBUTION_NONE, .location = NAN, .scale = NAN, .df = NAN};
    if (step < 1 || step > WM_TREND_MAX_AHEAD)
        return y;
    const double location = ahead->steps[step - 1].location, scale = ahead->steps[step - 1].scale, df = ahead->steps[step - 1].df;
    if (ahead->kind == WM_DISTRIBUTION_BETA_BINOMIAL || ahead->kind == WM_DISTRIBUTION_NEGATIVE_BINOMIAL) {
        WmCountPart count = ahead->count;
        count.mean = location;
        count.dispersion = scale;
        return wm_distribution_of_count(ahead->kind, count);
    }
    if (!isfinite(location) || !isfinite(scale))
        return y;
    if (ahead->kind == WM_DISTRIBUTION_STUDENT) {
        y.kind = scale > 0 ? WM_DISTRIBUTION_STUDENT : WM_DISTRIBUTION_POINT;
        y.location = location;
        y.scale = scale;
        y.df = df;
    } else if (scale > 0) {
        y.kind = WM_DISTRIBUTION_MIXTURE;
        y.n_parts = 1;
        y.parts[0] = (WmStudentPart){.share = 1, .location = location, .scale = scale, .df = df};
        y.link = ahead->link;
    } else {
        y.kind = WM_DISTRIBUTION_POINT;
        y.location = wm_link_value(&ahead->link, location);
    }
    return y;
}

double wm_trend_level(const WmTrend *trend, double t_months)
{
    if (trend->state != WM_TREND_FITTED || isnan(t_months))
        return NAN;
    if (wm_trend_is_line(trend))
        return trend->y_mean + trend->slope * (t_months - trend->t_mean);
    const WmDistribution y = wm_trend_predict(trend, t_months);
    return wm_distribution_centre(&y);
}

WmDistribution wm_trend_predict(const WmTrend *trend, double t_months)
{
    if (trend->state != WM_TREND_FITTED || isnan(t_months))
        return (WmDistribution){.kind = WM_DISTRIBUTION_NONE, .location = NAN, .scale = NAN, .df = NAN};
    if (trend->forecast)
        return wm_forecast_at(trend->prior, trend->forecast, steps_to(trend, t_months));
    if (trend->ahead)
        return ahead_at(trend->ahead, steps_to(trend, t_months));
    const double t = t_months - trend->t_mean;
    const double n = (double)trend->n_readings;
    return (WmDistribution){
        .kind = trend->residual_sd > 0 ? WM_DISTRIBUTION_STUDENT : WM_DISTRIBUTION_POINT,
        .location = wm_trend_level(trend, t_months),
        .scale = trend->residual_sd * sqrt(1 + 1 / n + t * t / trend->t_ss),
        .df = trend->df,
    };
}
