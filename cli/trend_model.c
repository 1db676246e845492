/* The models of `waymark trend`. */
#include "cli/trend_model.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

static TrendRow empty_row(void)
{
    TrendRow row = {.mean = NAN, .sd = NAN};
    for (size_t i = 0; i < TREND_MAX_LEVELS; i++)
        row.lo[i] = row.hi[i] = NAN;
    return row;
}

static gint by_size(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Both ends of every level in one walk along the distribution. */
static TrendRow row_of(const WmDistribution *y, const TrendAsk *ask)
{
    TrendRow row = empty_row();
    double levels[TREND_MAX_LEVELS], p[2 * TREND_MAX_LEVELS], out[2 * TREND_MAX_LEVELS];
    const size_t n = ask->n_levels;
    if (y->kind == WM_DISTRIBUTION_NONE)
        return row;
    memcpy(levels, ask->levels, n * sizeof *levels);
    qsort(levels, n, sizeof *levels, by_size);
    for (size_t i = 0; i < n; i++) {
        p[n - 1 - i] = 0.5 * (1 - levels[i] / 100);
        p[n + i] = 0.5 * (1 + levels[i] / 100);
    }
    row.mean = wm_distribution_describe(y, p, 2 * n, out, &row.sd);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            if (levels[k] == ask->levels[i]) {
                row.lo[i] = out[n - 1 - k];
                row.hi[i] = out[n + k];
            }
    return row;
}

static void add_term(TrendFit *out, const char *name, double estimate)
{
    out->terms[out->n_terms++] = (TrendTerm){name, estimate, NAN, NAN, NAN};
}

static gboolean fit_auto(const TrendModel *model, ForecastBatch *batch, size_t i, const TrendAsk *ask, WmRegressionScratch *scratch,
                         TrendFit *out)
{
    (void)model;
    (void)scratch;
    const WmForecastSeries series = forecast_batch_input(batch, i);
    const WmPrior *prior = forecast_batch_prior(batch, i);
    const size_t n = series.n_readings;
    WmForecast forecast;
    g_autofree WmDistribution *past = g_new(WmDistribution, n + 1);
    wm_forecast_fit_back(prior, &series, batch->scratch, &forecast, past);
    for (size_t k = 0; k < n; k++) {
        const TrendRow row = row_of(&past[k], ask);
        g_array_append_val(out->fitted, row);
    }
    for (int step = 1; step <= ask->horizon && forecast.state == WM_FORECAST_FITTED; step++) {
        const WmDistribution y = wm_forecast_at(prior, &forecast, step);
        const TrendRow row = row_of(&y, ask);
        g_array_append_val(out->ahead, row);
    }
    double variance = 0, path, path_variance;
    for (size_t k = 0; k < forecast.n_parts; k++)
        variance += forecast.parts[k].share * forecast.parts[k].variance;
    wm_prior_path_at(prior, forecast.last, &path, &path_variance);
    out->scale = forecast.sd;
    add_term(out, "level", forecast.level * forecast.sd);
    add_term(out, "load", forecast.load);
    add_term(out, "common_path", path * forecast.load * forecast.sd);
    add_term(out, "innovation_scale", sqrt(variance) * forecast.sd);
    add_term(out, "shrinkage", prior->kappa);
    return TRUE;
}

/* Time of a regression: 1 for the first reading's period, as R users count. */
static double time_of(const WmForecastGroup *group, const LongSeries *series, WmPeriod period)
{
    const WmPeriod first = g_array_index(series->readings, WmReading, 0).period;
    return wm_forecast_period_number(group, period) - wm_forecast_period_number(group, first) + 1;
}

/* What a method takes for y and weight of a reading. */
typedef enum { TAKES_VALUE, TAKES_VALUE_AND_DENOMINATOR, TAKES_EVENTS } Intake;

static Intake intake_of(WmRegressionMethod method)
{
    if (method == WM_REGRESSION_BINOMIAL || method == WM_REGRESSION_POISSON)
        return TAKES_EVENTS;
    return method == WM_REGRESSION_WLS ? TAKES_VALUE_AND_DENOMINATOR : TAKES_VALUE;
}

static void take_reading(const WmReading *reading, Intake intake, double *y, double *weight)
{
    const gboolean has_value = wm_reading_state_has_value(reading->state) && isfinite(reading->value);
    const gboolean has_ratio = isfinite(reading->numerator) && reading->denominator > 0;
    *y = !has_value ? NAN : intake == TAKES_EVENTS && has_ratio ? reading->numerator : reading->value;
    *weight = intake == TAKES_VALUE                  ? 1
              : intake == TAKES_EVENTS && !has_ratio ? 1
              : isfinite(reading->denominator)       ? reading->denominator
                                                     : 1;
}

/* Percent and rates: what one event among `weight` comes to in the measure's unit; 1 where events are the value. */
static double unit_of(const LongSeries *series, Intake intake, gboolean is_percent)
{
    for (guint k = 0; intake == TAKES_EVENTS && is_percent && k < series->readings->len; k++)
        if (g_array_index(series->readings, WmReading, k).denominator > 0)
            return 100;
    return 1;
}

/* The weight of a coming reading: the median of the last year's. */
static double coming_weight(const WmForecastGroup *group, const double *weight, size_t n)
{
    const int months = wm_period_kind_months(group->period_kind);
    const size_t year = months ? (size_t)(12 / months) : 1, m = MIN(n, year);
    double last[12];
    for (size_t i = 0; i < m; i++)
        last[i] = weight[n - m + i];
    qsort(last, m, sizeof *last, by_size);
    return m == 0 ? 1 : 0.5 * (last[(m - 1) / 2] + last[m / 2]);
}

/* Variance of one reading about its mean, on the link's scale: dispersion / (N mu (1 - mu)) or / (N mu), by the delta method
 * (McCullagh and Nelder 1989, Generalized Linear Models, ch. 4 and 6); scale^2 / weight for weighted least squares. Then Student's
 * interval turned back: within bounds. */
static TrendRow regression_row(const WmRegression *fit, double t, double weight, double unit, const TrendAsk *ask)
{
    TrendRow row = empty_row();
    WmRegressionPrediction at;
    if (!wm_regression_has_fit(fit))
        return row;
    wm_line_predict(fit, t, &at);
    const gboolean is_binomial = fit->method == WM_REGRESSION_BINOMIAL,
                   is_count = is_binomial || fit->method == WM_REGRESSION_POISSON;
    const double slope = is_binomial ? at.fit * (1 - at.fit) : at.fit;
    if (is_count)
        at.reading_error = sqrt(at.link_error * at.link_error + fit->scale * fit->scale / (weight * slope));
    else if (fit->method == WM_REGRESSION_WLS)
        at.reading_error = sqrt(at.link_error * at.link_error + fit->scale * fit->scale / weight);
    row.mean = at.fit * unit;
    row.sd = at.reading_error * (is_count ? slope * unit : at.link_error > 0 ? at.fit_error / at.link_error : 1);
    for (size_t i = 0; i < ask->n_levels; i++) {
        if (is_count) {
            const double half = at.reading_error * gsl_cdf_tdist_Pinv(0.5 * (1 + ask->levels[i] / 100), at.df);
            const double low = at.link - half, high = at.link + half;
            row.lo[i] = unit * (is_binomial ? 1 / (1 + exp(-low)) : exp(low));
            row.hi[i] = unit * (is_binomial ? 1 / (1 + exp(-high)) : exp(high));
        } else {
            wm_regression_interval(&at, ask->levels[i] / 100, &row.lo[i], &row.hi[i]);
        }
    }
    return row;
}

static void take_terms(const WmRegression *fit, TrendFit *out)
{
    WmRegressionPrediction origin;
    wm_line_predict(fit, 0, &origin);
    const double statistic = origin.link_error > 0 ? origin.link / origin.link_error : NAN;
    const double p = isnan(statistic) || !(fit->df > 0) ? NAN : 2 * gsl_cdf_tdist_Q(fabs(statistic), fit->df);
    out->terms[0] = (TrendTerm){"intercept", origin.link, origin.link_error, statistic, p};
    out->terms[1] = (TrendTerm){"slope", fit->coefficient[1], fit->std_error[1], fit->statistic[1], fit->p_value[1]};
    out->n_terms = 2;
    out->df = fit->df;
    out->scale = fit->scale;
}

static gboolean fit_regression(const TrendModel *model, ForecastBatch *batch, size_t i, const TrendAsk *ask,
                               WmRegressionScratch *scratch, TrendFit *out)
{
    const LongSeries *series = forecast_batch_series(batch, i);
    const WmPrior *prior = forecast_batch_prior(batch, i);
    const size_t n = series->readings->len;
    const Intake intake = intake_of(model->method);
    g_autofree double *columns = g_new(double, 3 * n + 1);
    double *t = columns, *y = columns + n, *weight = columns + 2 * n;
    for (guint k = 0; k < n; k++) {
        const WmReading *reading = &g_array_index(series->readings, WmReading, k);
        t[k] = time_of(&prior->group, series, reading->period);
        take_reading(reading, intake, &y[k], &weight[k]);
    }
    WmRegression fit;
    const WmRegressionOptions options = {.low = prior->group.low, .high = prior->group.high};
    const gboolean has_both = !isnan(options.low) && !isnan(options.high);
    if (wm_line_fit(model->method, &(WmLineReadings){n, t, y, intake == TAKES_VALUE ? NULL : weight}, has_both ? &options : NULL,
                    scratch, &fit) != WM_OK)
        return FALSE;
    const double unit = unit_of(series, intake, ask->is_percent), coming = coming_weight(&prior->group, weight, n);
    for (size_t k = 0; k < n; k++) {
        const TrendRow row = regression_row(&fit, t[k], weight[k], unit, ask);
        g_array_append_val(out->fitted, row);
    }
    for (int step = 1; step <= ask->horizon && wm_regression_has_fit(&fit); step++) {
        const TrendRow row = regression_row(&fit, t[n - 1] + step, coming, unit, ask);
        g_array_append_val(out->ahead, row);
    }
    if (wm_regression_has_fit(&fit))
        take_terms(&fit, out);
    return TRUE;
}

static const TrendModel MODELS[] = {
    {"auto", fit_auto, 0, TRUE},
    {"ols", fit_regression, WM_REGRESSION_OLS, FALSE},
    {"wls", fit_regression, WM_REGRESSION_WLS, FALSE},
    {"huber", fit_regression, WM_REGRESSION_HUBER, FALSE},
    {"bisquare", fit_regression, WM_REGRESSION_BISQUARE, FALSE},
    {"theil_sen", fit_regression, WM_REGRESSION_THEIL_SEN, FALSE},
    {"binomial", fit_regression, WM_REGRESSION_BINOMIAL, FALSE},
    {"poisson", fit_regression, WM_REGRESSION_POISSON, FALSE},
    {"log_linear", fit_regression, WM_REGRESSION_LOG_LINEAR, FALSE},
    {"logit_linear", fit_regression, WM_REGRESSION_LOGIT_LINEAR, FALSE},
};

const TrendModel *trend_model_find(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(MODELS); i++)
        if (g_ascii_strcasecmp(MODELS[i].name, name) == 0)
            return &MODELS[i];
    return NULL;
}

char *trend_model_names(void)
{
    GString *names = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(MODELS); i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "", MODELS[i].name);
    return g_string_free(names, FALSE);
}
