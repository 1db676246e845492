/* The models of the filter trend. */
#include "engine/core/answers/trend_model.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

/* ---- what they share */

static double within(double y, const WmTrendAsk *ask)
{
    return y < ask->low ? ask->low : y > ask->high ? ask->high : y;
}

void trend_row_bound(WmTrendRow *row, const WmTrendAsk *ask)
{
    row->mean = within(row->mean, ask);
    for (size_t i = 0; i < ask->n_levels; i++) {
        row->lo[i] = within(row->lo[i], ask);
        row->hi[i] = within(row->hi[i], ask);
    }
}

bool trend_is_left_out(const WmForecastSeries *series, const WmForecastGroup *group, WmPeriod period)
{
    const int t = wm_forecast_period_number(group, period);
    for (size_t i = 0; i < series->n_events; i++) {
        const int at = wm_forecast_period_number(group, series->events[i].period);
        if ((series->events[i].kind == WM_EVENT_OUTLIER && at == t) || (series->events[i].kind == WM_EVENT_BREAK && t < at))
            return true;
    }
    return false;
}

void trend_add_test(WmTrendFit *out, const char *name, double estimate, double std_error, double statistic, double p_value)
{
    WmTrendTerm *term = &out->terms[out->n_terms++];
    *term = (WmTrendTerm){.estimate = estimate, .std_error = std_error, .statistic = statistic, .p_value = p_value};
    snprintf(term->name, sizeof term->name, "%s", name);
}

void trend_add_term(WmTrendFit *out, const char *name, double estimate)
{
    trend_add_test(out, name, estimate, NAN, NAN, NAN);
}

void trend_add_step(WmTrendFit *out, WmPeriod period, double estimate, double std_error, double statistic, double p_value)
{
    char text[WM_PERIOD_TEXT], name[WM_PERIOD_TEXT + 8];
    snprintf(name, sizeof name, "step %s", wm_period_format_iso(period, text));
    trend_add_test(out, name, estimate, std_error, statistic, p_value);
}

void trend_add_estimate(WmTrendFit *out, WmPeriod period, const TrendEstimate *step)
{
    const double statistic = step->error > 0 ? step->value / step->error : NAN;
    trend_add_step(out, period, step->value, step->error, statistic,
                   isnan(statistic) ? NAN : 2 * gsl_cdf_tdist_Q(fabs(statistic), step->df));
}

double trend_half_80(const TrendEstimate *step)
{
    return step->error > 0 ? step->error * gsl_cdf_tdist_Pinv(0.9, step->df) : 0;
}

void trend_keep_effect(WmTrendFit *out, WmPeriod period, const TrendEstimate *step, const double by[3])
{
    if (!out->coming || !isfinite(by[0]) || !isfinite(by[1]) || !isfinite(by[2]))
        return;
    const double certain = step->value > 0 ? 1 : step->value < 0 ? 0 : 0.5;
    out->coming->effect =
        (WmForecastEffect){.period = period,
                           .effect = by[0],
                           .low = fmin(by[1], by[2]),
                           .high = fmax(by[1], by[2]),
                           .chance = step->error > 0 ? gsl_cdf_tdist_P(step->value / step->error, step->df) : certain};
}

/* ---- the table */

#define REGRESSION(name_, method_)                                    \
    {                                                                 \
        .name = name_, .fit = trend_fit_regression, .method = method_ \
    }
#define SMOOTHING(name_, model_, season_)                                                                     \
    {                                                                                                         \
        .name = name_, .fit = trend_fit_smoothing, .smoothing = {model_}, .n_smoothing = 1, .season = season_ \
    }

static const WmTrendModel MODELS[] = {
    {.name = "auto", .fit = trend_fit_auto, .wants_prior = true},
    REGRESSION("ols", WM_REGRESSION_OLS),
    REGRESSION("wls", WM_REGRESSION_WLS),
    REGRESSION("huber", WM_REGRESSION_HUBER),
    REGRESSION("bisquare", WM_REGRESSION_BISQUARE),
    {.name = "theil_sen",
     .fit = trend_fit_regression,
     .method = WM_REGRESSION_THEIL_SEN,
     .n_readings_max = 5000}, /* 12.5 million slopes: 100 MB, a second or two */
    REGRESSION("binomial", WM_REGRESSION_BINOMIAL),
    REGRESSION("poisson", WM_REGRESSION_POISSON),
    REGRESSION("log_linear", WM_REGRESSION_LOG_LINEAR),
    REGRESSION("logit_linear", WM_REGRESSION_LOGIT_LINEAR),
    {.name = "ets",
     .fit = trend_fit_smoothing,
     .smoothing = {WM_SMOOTHING_ANN, WM_SMOOTHING_AAN, WM_SMOOTHING_AADN, WM_SMOOTHING_MNN, WM_SMOOTHING_MAN, WM_SMOOTHING_MADN,
                   WM_SMOOTHING_ANA, WM_SMOOTHING_AAA, WM_SMOOTHING_AADA},
     .n_smoothing = 9},
    SMOOTHING("ses", WM_SMOOTHING_ANN, WM_SEASON_NONE),
    SMOOTHING("holt", WM_SMOOTHING_AAN, WM_SEASON_NONE),
    SMOOTHING("damped", WM_SMOOTHING_AADN, WM_SEASON_NONE),
    SMOOTHING("ann", WM_SMOOTHING_ANN, WM_SEASON_NONE),
    SMOOTHING("aan", WM_SMOOTHING_AAN, WM_SEASON_NONE),
    SMOOTHING("aadn", WM_SMOOTHING_AADN, WM_SEASON_NONE),
    SMOOTHING("ana", WM_SMOOTHING_ANA, WM_SEASON_NONE),
    SMOOTHING("aaa", WM_SMOOTHING_AAA, WM_SEASON_NONE),
    SMOOTHING("aada", WM_SMOOTHING_AADA, WM_SEASON_NONE),
    SMOOTHING("mnn", WM_SMOOTHING_MNN, WM_SEASON_NONE),
    SMOOTHING("man", WM_SMOOTHING_MAN, WM_SEASON_NONE),
    SMOOTHING("madn", WM_SMOOTHING_MADN, WM_SEASON_NONE),
    SMOOTHING("level", WM_SMOOTHING_LEVEL, WM_SEASON_NONE),
    SMOOTHING("llt", WM_SMOOTHING_LLT, WM_SEASON_NONE),
    SMOOTHING("level_seasons", WM_SMOOTHING_LEVEL, WM_SEASON_DUMMIES),
    SMOOTHING("llt_seasons", WM_SMOOTHING_LLT, WM_SEASON_DUMMIES),
    SMOOTHING("level_harmonics", WM_SMOOTHING_LEVEL, WM_SEASON_HARMONICS),
    SMOOTHING("llt_harmonics", WM_SMOOTHING_LLT, WM_SEASON_HARMONICS),
};

#define N_MODELS (sizeof MODELS / sizeof MODELS[0])

const WmTrendModel *wm_trend_model(size_t i)
{
    return i < N_MODELS ? &MODELS[i] : NULL;
}

const WmTrendModel *wm_trend_model_find(const char *name)
{
    for (size_t i = 0; i < N_MODELS; i++)
        if (strcasecmp(MODELS[i].name, name) == 0)
            return &MODELS[i];
    return NULL;
}

/* The names of models elsewhere: a WmModel is a place in the table. */
const char *wm_model_name(WmModel model)
{
    return MODELS[model].name;
}

bool wm_model_parse(const char *text, WmModel *out)
{
    const WmTrendModel *found = wm_trend_model_find(text);
    if (found)
        *out = (WmModel)(found - MODELS);
    return found;
}

/* ---- a fit */

/* What is more than any number is not available. */
static void drop_infinities(const WmTrendAsk *ask, WmTrendRow *rows, size_t n_rows)
{
    for (size_t i = 0; rows && i < n_rows; i++) {
        WmTrendRow *row = &rows[i];
        row->mean = isinf(row->mean) ? NAN : row->mean;
        row->sd = isinf(row->sd) ? NAN : row->sd;
        for (size_t k = 0; k < ask->n_levels; k++) {
            row->lo[k] = isinf(row->lo[k]) ? NAN : row->lo[k];
            row->hi[k] = isinf(row->hi[k]) ? NAN : row->hi[k];
        }
    }
}

void wm_trend_scratch_clear(WmTrendScratch *self)
{
    wm_forecast_scratch_free(self->forecast);
    wm_regression_scratch_free(self->regression);
    wm_smoothing_scratch_free(self->smoothing);
    free(self->columns.doubles);
    *self = (WmTrendScratch){.forecast = NULL};
}

WmStatus wm_trend_model_fit(const WmTrendModel *model, const WmPrior *prior, const WmForecastSeries *series, const WmTrendAsk *ask,
                            WmTrendScratch *scratch, WmTrendFit *out)
{
    *out = (WmTrendFit){.fitted = out->fitted, .ahead = out->ahead, .coming = out->coming, .df = NAN, .scale = NAN};
    if (out->coming) {
        out->coming->kind = WM_DISTRIBUTION_NONE;
        out->coming->effect =
            (WmForecastEffect){.period = {.kind = WM_PERIOD_NONE}, .effect = NAN, .low = NAN, .high = NAN, .chance = NAN};
    }
    const WmStatus status = model->fit(model, prior, series, ask, scratch, out);
    if (status != WM_OK || out->state)
        return status;
    drop_infinities(ask, out->fitted, series->n_readings);
    drop_infinities(ask, out->ahead, (size_t)ask->horizon);
    return WM_OK;
}
