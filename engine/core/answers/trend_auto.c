/* The filter trend's model auto: the pooled one. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "engine/core/answers/trend_model.h"

/* A step at an intervention in the measure's unit; its error is that of the 80% interval taken for a normal's. */
static void add_effect(const WmPrior *prior, const WmForecast *forecast, size_t k, WmTrendFit *out)
{
    const WmForecastEffect effect = wm_forecast_effect(prior, forecast, k);
    const double error = (effect.high - effect.low) / (2 * gsl_cdf_ugaussian_Pinv(0.9));
    trend_add_step(out, effect.period, effect.effect, error, error > 0 ? effect.effect / error : NAN,
                   2 * fmin(effect.chance, 1 - effect.chance));
}

WmStatus trend_fit_auto(const WmTrendModel *model, const WmPrior *prior, const WmForecastSeries *series, const WmTrendAsk *ask,
                        WmTrendScratch *scratch, WmTrendFit *out)
{
    (void)model;
    const size_t n_doubles = series->n_readings * (sizeof(WmDistribution) / sizeof(double) + 1);
    WmDistribution *past = (WmDistribution *)(void *)scratch_memory_take(&scratch->columns, n_doubles + 1);
    if (!scratch->forecast)
        scratch->forecast = wm_forecast_scratch_new();
    if (!past || !scratch->forecast)
        return WM_NO_MEMORY;
    WmForecast forecast;
    wm_trend_rows(prior, series, ask, scratch->forecast, &forecast, past, out->fitted, out->ahead);
    out->n_used = forecast.n_readings;
    if (forecast.state != WM_FORECAST_FITTED) {
        out->state = "too_few";
        return WM_OK;
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
    return WM_OK;
}
