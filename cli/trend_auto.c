/* `waymark trend --model auto`: the pooled model. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "cli/trend_model.h"

/* A step at an intervention in the measure's unit; its error is that of the 80% interval taken for a normal's. */
static void add_effect(const WmPrior *prior, const WmForecast *forecast, size_t k, TrendFit *out)
{
    const WmForecastEffect effect = wm_forecast_effect(prior, forecast, k);
    const double error = (effect.high - effect.low) / (2 * gsl_cdf_ugaussian_Pinv(0.9));
    out->terms[out->n_terms++] = (TrendTerm){trend_step_name(effect.period), effect.effect, error,
                                             error > 0 ? effect.effect / error : NAN, 2 * fmin(effect.chance, 1 - effect.chance)};
}

gboolean trend_fit_auto(const TrendModel *model, const ForecastBatch *batch, size_t i, const TrendAsk *ask, TrendScratch *scratch,
                        TrendFit *out)
{
    (void)model;
    const WmForecastSeries series = forecast_batch_input(batch, i);
    const WmPrior *prior = forecast_batch_prior(batch, i);
    const WmTrendRowsAsk rows = {ask->horizon, ask->levels, ask->n_levels};
    WmForecast forecast;
    g_autofree WmDistribution *past = g_new(WmDistribution, series.n_readings + 1);
    g_array_set_size(out->fitted, (guint)series.n_readings);
    g_array_set_size(out->ahead, (guint)ask->horizon);
    wm_trend_rows(prior, &series, &rows, scratch->forecast, &forecast, past, (WmTrendRow *)(void *)out->fitted->data,
                  (WmTrendRow *)(void *)out->ahead->data);
    if (forecast.state != WM_FORECAST_FITTED) {
        g_array_set_size(out->ahead, 0);
        out->state = "too_few";
        return TRUE;
    }
    double variance = 0, path, path_variance;
    for (size_t k = 0; k < forecast.n_parts; k++)
        variance += forecast.parts[k].share * forecast.parts[k].variance;
    wm_prior_path_at(prior, forecast.last, &path, &path_variance);
    out->scale = forecast.sd;
    trend_add_term(out, "level", forecast.level * forecast.sd);
    trend_add_term(out, "load", forecast.load);
    trend_add_term(out, "common_path", path * forecast.load * forecast.sd);
    trend_add_term(out, "innovation_scale", sqrt(variance) * forecast.sd);
    trend_add_term(out, "shrinkage", prior->kappa);
    for (size_t k = 0; k < forecast.n_shifts; k++)
        add_effect(prior, &forecast, k, out);
    return TRUE;
}
