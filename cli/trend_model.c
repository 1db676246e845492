/* The models of `waymark trend`. */
#include "cli/trend_model.h"

#include <math.h>
#include <string.h>

static double within(double y, const TrendAsk *ask)
{
    return y < ask->low ? ask->low : y > ask->high ? ask->high : y;
}

void trend_row_bound(WmTrendRow *row, const TrendAsk *ask)
{
    row->mean = within(row->mean, ask);
    for (size_t i = 0; i < ask->n_levels; i++) {
        row->lo[i] = within(row->lo[i], ask);
        row->hi[i] = within(row->hi[i], ask);
    }
}

WmTrendRow trend_row_of(const WmDistribution *y, const TrendAsk *ask)
{
    return wm_trend_row_of(y, ask->levels, ask->n_levels);
}

gboolean trend_is_left_out(const WmForecastSeries *series, const WmForecastGroup *group, WmPeriod period)
{
    const int t = wm_forecast_period_number(group, period);
    for (size_t i = 0; i < series->n_events; i++) {
        const int at = wm_forecast_period_number(group, series->events[i].period);
        if ((series->events[i].kind == WM_EVENT_OUTLIER && at == t) || (series->events[i].kind == WM_EVENT_BREAK && t < at))
            return TRUE;
    }
    return FALSE;
}

const char *trend_step_name(WmPeriod period)
{
    char text[WM_PERIOD_TEXT];
    g_autofree char *name = g_strconcat("step ", wm_period_format_iso(period, text), NULL);
    return g_intern_string(name);
}

void trend_add_term(TrendFit *out, const char *name, double estimate)
{
    out->terms[out->n_terms++] = (TrendTerm){name, estimate, NAN, NAN, NAN};
}

#define REGRESSION(name_, method_)                                    \
    {                                                                 \
        .name = name_, .fit = trend_fit_regression, .method = method_ \
    }
#define SMOOTHING(name_, model_, season_)                                                                     \
    {                                                                                                         \
        .name = name_, .fit = trend_fit_smoothing, .smoothing = {model_}, .n_smoothing = 1, .season = season_ \
    }

static const TrendModel MODELS[] = {
    {.name = "auto", .fit = trend_fit_auto, .wants_priors = TRUE},
    REGRESSION("ols", WM_REGRESSION_OLS),
    REGRESSION("wls", WM_REGRESSION_WLS),
    REGRESSION("huber", WM_REGRESSION_HUBER),
    REGRESSION("bisquare", WM_REGRESSION_BISQUARE),
    REGRESSION("theil_sen", WM_REGRESSION_THEIL_SEN),
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
