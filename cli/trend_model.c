/* The models of `waymark trend`. */
#include "cli/trend_model.h"

#include <math.h>
#include <string.h>

TrendRow trend_empty_row(void)
{
    TrendRow row = {.mean = NAN, .sd = NAN};
    for (size_t i = 0; i < TREND_MAX_LEVELS; i++)
        row.lo[i] = row.hi[i] = NAN;
    return row;
}

static double within(double y, const TrendAsk *ask)
{
    return y < ask->low ? ask->low : y > ask->high ? ask->high : y;
}

void trend_row_bound(TrendRow *row, const TrendAsk *ask)
{
    row->mean = within(row->mean, ask);
    for (size_t i = 0; i < ask->n_levels; i++) {
        row->lo[i] = within(row->lo[i], ask);
        row->hi[i] = within(row->hi[i], ask);
    }
}

static gint by_size(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Both ends of every level in one walk along the distribution. */
TrendRow trend_row_of(const WmDistribution *y, const TrendAsk *ask)
{
    TrendRow row = trend_empty_row();
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
