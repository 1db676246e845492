/* Lines of the filter trend: least squares, robust and rank lines, and lines for counts. */
#include <float.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "engine/core/answers/trend_model.h"
#include "engine/core/answers/trend_steps.h"

static int first_number(const WmForecastGroup *group, const WmForecastSeries *series)
{
    return wm_forecast_period_number(group, series->readings[0].period);
}

/* Time of a regression: 1 for the first reading's period, as R users count. */
static double time_of(const WmForecastGroup *group, const WmForecastSeries *series, WmPeriod period)
{
    return wm_forecast_period_number(group, period) - first_number(group, series) + 1;
}

/* What a method takes for y and weight of a reading. */
typedef enum { TAKES_VALUE, TAKES_VALUE_AND_DENOMINATOR, TAKES_EVENTS, TAKES_SHARE } Intake;

static bool has_value(const WmReading *reading)
{
    return wm_reading_state_has_value(reading->state) && isfinite(reading->value);
}

static bool has_ratio(const WmReading *reading)
{
    return isfinite(reading->numerator) && reading->denominator > 0;
}

static bool has_any_ratio(const WmForecastSeries *series)
{
    for (size_t k = 0; k < series->n_readings; k++)
        if (has_ratio(&series->readings[k]))
            return true;
    return false;
}

/* Shares without denominators are taken for the binomial as they are: its variance function, and a dispersion that is estimated. */
static Intake intake_of(WmRegressionMethod method, const WmForecastSeries *series, const WmForecastGroup *group)
{
    if (method == WM_REGRESSION_POISSON)
        return TAKES_EVENTS;
    if (method == WM_REGRESSION_BINOMIAL)
        return has_any_ratio(series) || isnan(group->high) || group->low != 0 ? TAKES_EVENTS : TAKES_SHARE;
    return method == WM_REGRESSION_WLS ? TAKES_VALUE_AND_DENOMINATOR : TAKES_VALUE;
}

/* A value of which no counts are known is a share of one, beside counts that are. `unit` is what a response of 1 comes to. */
static void take_reading(const WmReading *reading, Intake intake, double unit, double *y, double *weight)
{
    *y = has_value(reading) ? reading->value : NAN;
    *weight = 1;
    if (intake == TAKES_SHARE || intake == TAKES_EVENTS)
        *y /= unit;
    if (intake == TAKES_EVENTS && has_value(reading) && has_ratio(reading)) {
        *y = reading->numerator;
        *weight = reading->denominator;
    }
    if (intake == TAKES_VALUE_AND_DENOMINATOR && isfinite(reading->denominator))
        *weight = reading->denominator;
}

/* What a response of 1 comes to in the measure's unit. */
static double unit_of(const WmForecastSeries *series, Intake intake, const WmTrendAsk *ask, double high)
{
    if (intake == TAKES_SHARE)
        return high;
    return intake == TAKES_EVENTS && ask->is_percent && has_any_ratio(series) ? 100 : 1;
}

/* Of nobody a reading says nothing: it has no weight. */
static bool counts(double y, double weight)
{
    return !isnan(y) && weight > 0;
}

/* The weight of a coming reading: the median of the last year's that count. */
static double coming_weight(const WmForecastGroup *group, const double *t, const double *y, const double *weight, size_t n)
{
    const int months = wm_period_kind_months(group->period_kind), year = months ? 12 / months : 1;
    double last[12];
    size_t m = 0;
    for (size_t k = n, end = n; k-- > 0 && m < sizeof last / sizeof last[0];) {
        if (!counts(y[k], weight[k]))
            continue;
        end = end == n ? k : end;
        if (t[k] > t[end] - year)
            last[m++] = weight[k];
    }
    return m ? gsl_stats_median(last, 1, m) : 1;
}

static bool is_count(WmRegressionMethod method)
{
    return method == WM_REGRESSION_BINOMIAL || method == WM_REGRESSION_POISSON;
}

/* How a coming reading is to be counted. */
typedef struct {
    double weight;   /* trials or exposure; readings of weight 1 have none */
    double unit;     /* of a response in the measure's unit */
    bool is_counted; /* its events are whole */
} Coming;

/* The distribution of a count: variance of the mean and dispersion of the readings add up to that of X (McCullagh and Nelder 1989,
 * Generalized Linear Models, sections 4.5 and 6.2), and the dispersion is known on the fit's degrees of freedom. */
static WmDistribution count_distribution(const WmRegression *fit, const WmRegressionPrediction *at, const Coming *coming)
{
    const bool is_binomial = fit->method == WM_REGRESSION_BINOMIAL;
    const double N = is_binomial ? fmax(round(coming->weight), 1) : coming->weight, mean = N * at->fit,
                 plain = is_binomial ? mean * (1 - at->fit) : mean, error = N * at->fit_error;
    const double dispersion = plain > 0 ? fit->scale * fit->scale + error * error / plain : 1;
    return wm_distribution_of_count(
        is_binomial ? WM_DISTRIBUTION_BETA_BINOMIAL : WM_DISTRIBUTION_NEGATIVE_BINOMIAL,
        (WmCountPart){
            .mean = mean, .trials = N, .dispersion = fmax(dispersion, DBL_MIN), .df = fit->df, .unit = coming->unit, .per = N});
}

/* The spread of a new reading on the link's scale. Shares or levels without whole events: their variance by the delta method. */
static void set_reading_error(const WmRegression *fit, WmRegressionPrediction *at, const Coming *coming)
{
    const double scale2 = fit->scale * fit->scale, share = fit->method == WM_REGRESSION_BINOMIAL ? 1 - at->fit : 1;
    if (is_count(fit->method))
        at->reading_error = sqrt(at->link_error * at->link_error + scale2 / (coming->weight * at->fit * share));
    else if (fit->method == WM_REGRESSION_WLS)
        at->reading_error = sqrt(at->link_error * at->link_error + scale2 / coming->weight);
}

/* Student's interval, turned back. */
static void set_link_interval(const WmRegression *fit, WmRegressionPrediction *at, const Coming *coming, const WmTrendAsk *ask,
                              WmTrendRow *row)
{
    const bool is_binomial = fit->method == WM_REGRESSION_BINOMIAL;
    const double slope = is_binomial ? at->fit * (1 - at->fit) : at->fit;
    set_reading_error(fit, at, coming);
    row->sd = at->reading_error * slope * coming->unit;
    for (size_t i = 0; i < ask->n_levels; i++) {
        const double half = at->reading_error * gsl_cdf_tdist_Pinv(0.5 * (1 + ask->levels[i] / 100), at->df);
        const double low = at->link - half, high = at->link + half;
        row->lo[i] = coming->unit * (is_binomial ? 1 / (1 + exp(-low)) : exp(low));
        row->hi[i] = coming->unit * (is_binomial ? 1 / (1 + exp(-high)) : exp(high));
    }
}

static WmTrendRow count_row(const WmRegression *fit, WmRegressionPrediction *at, const Coming *coming, const WmTrendAsk *ask)
{
    const WmDistribution y = count_distribution(fit, at, coming);
    WmTrendRow row = wm_trend_row_none();
    if (coming->is_counted && y.kind != WM_DISTRIBUTION_NONE)
        row = wm_trend_row_of(&y, ask->levels, ask->n_levels);
    else
        set_link_interval(fit, at, coming, ask, &row);
    row.mean = at->fit * coming->unit;
    trend_row_bound(&row, ask);
    return row;
}

static WmTrendRow regression_row(const WmRegression *fit, double t, const Coming *coming, const WmTrendAsk *ask)
{
    WmTrendRow row = wm_trend_row_none();
    WmRegressionPrediction at;
    if (!wm_regression_has_fit(fit))
        return row;
    wm_line_predict(fit, t, &at);
    if (is_count(fit->method))
        return count_row(fit, &at, coming, ask);
    set_reading_error(fit, &at, coming);
    row.mean = at.fit;
    row.sd = at.reading_error * (at.link_error > 0 ? at.fit_error / at.link_error : 1);
    for (size_t i = 0; i < ask->n_levels; i++)
        wm_regression_interval(&at, ask->levels[i] / 100, &row.lo[i], &row.hi[i]);
    return row;
}

static void take_terms(const WmRegression *fit, WmTrendFit *out)
{
    WmRegressionPrediction origin;
    wm_line_predict(fit, 0, &origin);
    const double statistic = origin.link_error > 0 ? origin.link / origin.link_error : NAN;
    const double p = isnan(statistic) || !(fit->df > 0) ? NAN : 2 * gsl_cdf_tdist_Q(fabs(statistic), fit->df);
    trend_add_test(out, "intercept", origin.link, origin.link_error, statistic, p);
    trend_add_test(out, "slope", fit->coefficient[1], fit->std_error[1], fit->statistic[1], fit->p_value[1]);
    out->df = fit->df;
    out->scale = fit->scale;
}

/* A value of the link in the measure's unit. */
static double value_of_link(const WmRegression *fit, double link, double unit)
{
    switch (fit->method) {
    case WM_REGRESSION_BINOMIAL:
    case WM_REGRESSION_LOGIT_LINEAR: {
        const double share = 1 / (1 + exp(-link));
        return fit->method == WM_REGRESSION_BINOMIAL ? unit * share : fit->low + (fit->high - fit->low) * share;
    }
    case WM_REGRESSION_POISSON:
        return unit * exp(link);
    case WM_REGRESSION_LOG_LINEAR:
        return exp(link);
    default:
        return link;
    }
}

/* Steps on the link's scale, and the latest as what the next reading would lose without it. */
static void take_steps(const WmRegression *fit, const TrendSteps *steps, double t_next, double unit, WmTrendFit *out)
{
    WmRegressionPrediction next;
    wm_line_predict(fit, t_next, &next);
    const double with = value_of_link(fit, next.link, unit);
    for (size_t k = 0; k < steps->n; k++) {
        const TrendEstimate step = {.value = fit->coefficient[2 + k], .error = fit->std_error[2 + k], .df = fit->df};
        const double half = trend_half_80(&step), moves[3] = {step.value, step.value - half, step.value + half};
        double by[3];
        for (int i = 0; i < 3; i++)
            by[i] = with - value_of_link(fit, next.link - moves[i], unit);
        trend_add_estimate(out, steps->periods[k], &step);
        trend_keep_effect(out, steps->periods[k], &step, by);
    }
}

/* Is there a monotone trend at all: Kendall's tau-b with its own p, and Mann and Kendall's S with its Z. */
static WmStatus take_rank_tests(const WmLineReadings *readings, WmRegressionScratch *scratch, WmTrendFit *out)
{
    WmMannKendall test;
    if (wm_mann_kendall(readings, scratch, &test) != WM_OK)
        return WM_NO_MEMORY;
    trend_add_test(out, "kendall_tau", test.tau_b, NAN, NAN, test.tau_p_value);
    trend_add_test(out, "mann_kendall_s", test.s, sqrt(test.variance), test.z, test.p_value);
    return WM_OK;
}

/* Whether every reading used of which there are counts is a whole number of events, and the binomial's are among trials. */
static bool are_whole(Intake intake, WmRegressionMethod method, const WmForecastSeries *series, const double *y, size_t n)
{
    const bool has_counts = has_any_ratio(series);
    bool are = intake == TAKES_EVENTS && (has_counts || method != WM_REGRESSION_BINOMIAL);
    for (size_t k = 0; are && k < n; k++)
        are = isnan(y[k]) || y[k] == floor(y[k]) || (has_counts && !has_ratio(&series->readings[k]));
    return are;
}

/* ---- what is to come, as distributions */

#define LEAST_DF   2.01 /* of a part of a mixture */
#define FINE_UNITS 1e9  /* so many in a share that comes in none: an end is then no value that can be taken */

static WmLink logit_between(double low, double high)
{
    return (WmLink){.kind = WM_LINK_LOGIT, .sign = 1, .low = low, .high = high, .units = FINE_UNITS};
}

static WmLink log_near(double level)
{
    return (WmLink){.kind = WM_LINK_LOG, .sign = 1, .offset = level / FINE_UNITS, .top = HUGE_VAL};
}

/* Kind and scale of every step, from the first. */
static void begin_ahead(const WmRegression *fit, const WmRegressionPrediction *first, const Coming *coming, WmTrendAhead *out)
{
    const bool is_counted = is_count(fit->method) && coming->is_counted;
    const WmDistribution y = is_counted ? count_distribution(fit, first, coming) : (WmDistribution){.kind = WM_DISTRIBUTION_NONE};
    if (y.kind != WM_DISTRIBUTION_NONE) {
        out->kind = y.kind;
        out->count = y.count;
        return;
    }
    out->kind = WM_DISTRIBUTION_MIXTURE;
    switch (fit->method) {
    case WM_REGRESSION_BINOMIAL:
        out->link = logit_between(0, coming->unit);
        return;
    case WM_REGRESSION_LOGIT_LINEAR:
        out->link = logit_between(fit->low, fit->high);
        return;
    case WM_REGRESSION_POISSON:
    case WM_REGRESSION_LOG_LINEAR:
        out->link = log_near(first->fit * coming->unit);
        return;
    default:
        out->kind = WM_DISTRIBUTION_STUDENT;
    }
}

static void take_step(const WmRegression *fit, WmRegressionPrediction *at, const Coming *coming, WmTrendAhead *out, size_t i)
{
    const bool is_distributed_count = out->kind == WM_DISTRIBUTION_BETA_BINOMIAL || out->kind == WM_DISTRIBUTION_NEGATIVE_BINOMIAL;
    out->steps[i].df = out->kind == WM_DISTRIBUTION_MIXTURE ? fmax(at->df, LEAST_DF) : at->df;
    if (is_distributed_count) {
        const WmDistribution y = count_distribution(fit, at, coming);
        out->steps[i].location = y.count.mean;
        out->steps[i].scale = y.count.dispersion;
        return;
    }
    set_reading_error(fit, at, coming);
    out->steps[i].location = at->link + (fit->method == WM_REGRESSION_POISSON ? log(coming->unit) : 0);
    out->steps[i].scale = at->reading_error;
}

static void look_ahead(const WmRegression *fit, double t_last, const Coming *coming, WmTrendAhead *out)
{
    for (size_t i = 0; i < WM_TREND_MAX_AHEAD; i++) {
        WmRegressionPrediction at;
        wm_line_predict(fit, t_last + (double)i + 1, &at);
        if (i == 0)
            begin_ahead(fit, &at, coming, out);
        take_step(fit, &at, coming, out, i);
    }
}

/* A row a reading, then a row a step. */
static void add_rows(const WmRegression *fit, const WmForecastGroup *group, const double *t, const double *y, const double *weight,
                     size_t n, Coming *coming, const WmTrendAsk *ask, WmTrendFit *out)
{
    const double usual = coming_weight(group, t, y, weight, n);
    for (size_t k = 0; out->fitted && k < n; k++) {
        coming->weight = counts(y[k], weight[k]) ? weight[k] : usual;
        out->fitted[k] = regression_row(fit, t[k], coming, ask);
    }
    coming->weight = usual;
    for (int step = 1; step <= ask->horizon && n > 0 && wm_regression_has_fit(fit); step++)
        out->ahead[step - 1] = regression_row(fit, t[n - 1] + step, coming, ask);
    if (out->coming && n > 0 && wm_regression_has_fit(fit))
        look_ahead(fit, t[n - 1], coming, out->coming);
}

/* With as many of the steps, the latest first, as leave readings enough. */
static WmStatus fit_line(WmRegressionMethod method, const WmForecastGroup *group, WmLineReadings *line, TrendSteps *steps,
                         WmRegressionScratch *scratch, WmRegression *out)
{
    const WmRegressionOptions options = {.low = group->low, .high = group->high};
    const bool has_both = !isnan(options.low) && !isnan(options.high);
    for (;; trend_steps_drop_first(steps)) {
        line->n_steps = steps->n;
        line->steps = steps->times;
        const WmStatus status = wm_line_fit(method, line, has_both ? &options : NULL, scratch, out);
        if (status != WM_OK || out->state != WM_REGRESSION_TOO_FEW || steps->n == 0)
            return status;
    }
}

WmStatus trend_fit_regression(const WmTrendModel *model, const WmPrior *prior, const WmForecastSeries *series,
                              const WmTrendAsk *ask, WmTrendScratch *scratch, WmTrendFit *out)
{
    const WmForecastGroup *group = &prior->group;
    const size_t n = series->n_readings;
    const Intake intake = intake_of(model->method, series, group);
    const double unit = unit_of(series, intake, ask, group->high);
    double *t = scratch_memory_take(&scratch->columns, 3 * n + 1), *y = t + n, *weight = t + 2 * n;
    if (!scratch->regression)
        scratch->regression = wm_regression_scratch_new();
    if (!t || !scratch->regression)
        return WM_NO_MEMORY;
    for (size_t k = 0; k < n; k++) {
        const WmReading *reading = &series->readings[k];
        t[k] = time_of(group, series, reading->period);
        take_reading(reading, intake, unit, &y[k], &weight[k]);
        if (trend_is_left_out(series, group, reading->period) || !counts(y[k], weight[k]))
            y[k] = NAN;
    }
    WmRegression fit;
    WmLineReadings line = {.n = n, .t = t, .y = y, .weight = intake == TAKES_VALUE ? NULL : weight};
    TrendSteps steps = {.n = 0};
    if (n > 0)
        trend_steps_take(series, group, &(TrendTimes){.n = n, .t = t, .y = y, .origin = first_number(group, series) - 1}, &steps);
    if (fit_line(model->method, group, &line, &steps, scratch->regression, &fit) != WM_OK)
        return WM_NO_MEMORY;
    Coming coming = {.unit = unit, .is_counted = are_whole(intake, model->method, series, y, n)};
    out->n_used = fit.n_readings;
    add_rows(&fit, group, t, y, weight, n, &coming, ask, out);
    if (!wm_regression_has_fit(&fit)) {
        out->state = wm_regression_state_name(fit.state);
        return WM_OK;
    }
    take_terms(&fit, out);
    take_steps(&fit, &steps, t[n - 1] + 1, coming.unit, out);
    return model->method == WM_REGRESSION_THEIL_SEN ? take_rank_tests(&line, scratch->regression, out) : WM_OK;
}
