/* Smoothing models: names, scratch, choice among them, and the way to each one's own fit. */
#include <waymark/smoothing.h>

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "engine/core/text/names.h"
#include "engine/core/smoothing/smoothing_parts.h"

static const char *const MODEL_NAMES[WM_N_SMOOTHING_MODELS] = {
    [WM_SMOOTHING_ANN] = "ann",   [WM_SMOOTHING_AAN] = "aan",     [WM_SMOOTHING_AADN] = "aadn", [WM_SMOOTHING_ANA] = "ana",
    [WM_SMOOTHING_AAA] = "aaa",   [WM_SMOOTHING_AADA] = "aada",   [WM_SMOOTHING_MNN] = "mnn",   [WM_SMOOTHING_MAN] = "man",
    [WM_SMOOTHING_MADN] = "madn", [WM_SMOOTHING_LEVEL] = "level", [WM_SMOOTHING_LLT] = "llt",
};

static const char *const STATE_NAMES[WM_N_SMOOTHING_STATES] = {
    [WM_SMOOTHING_FITTED] = "fitted",     [WM_SMOOTHING_PERFECT] = "perfect",           [WM_SMOOTHING_TOO_FEW] = "too_few",
    [WM_SMOOTHING_SINGULAR] = "singular", [WM_SMOOTHING_OUT_OF_RANGE] = "out_of_range", [WM_SMOOTHING_UNSUITABLE] = "unsuitable",
};

static const SmoothingRow ROWS[WM_N_SMOOTHING_MODELS] = {
    /*                     structural multiplicative slope damped season */
    [WM_SMOOTHING_ANN] = {false, false, false, false, false}, [WM_SMOOTHING_AAN] = {false, false, true, false, false},
    [WM_SMOOTHING_AADN] = {false, false, true, true, false},  [WM_SMOOTHING_ANA] = {false, false, false, false, true},
    [WM_SMOOTHING_AAA] = {false, false, true, false, true},   [WM_SMOOTHING_AADA] = {false, false, true, true, true},
    [WM_SMOOTHING_MNN] = {false, true, false, false, false},  [WM_SMOOTHING_MAN] = {false, true, true, false, false},
    [WM_SMOOTHING_MADN] = {false, true, true, true, false},   [WM_SMOOTHING_LEVEL] = {true, false, false, false, false},
    [WM_SMOOTHING_LLT] = {true, false, true, false, false},
};

WM_DEFINE_NAMES(wm_smoothing_model, WmSmoothingModel, MODEL_NAMES)

const char *wm_smoothing_state_name(WmSmoothingState state)
{
    return STATE_NAMES[state];
}

const SmoothingRow *smoothing_row(WmSmoothingModel model)
{
    return &ROWS[model];
}

bool wm_smoothing_has_fit(const WmSmoothing *self)
{
    return self->state == WM_SMOOTHING_FITTED || self->state == WM_SMOOTHING_PERFECT;
}

static const WmSmoothingOptions DEFAULTS = {.period = 0};

static void clear(WmSmoothingModel model, WmSmoothing *out)
{
    *out = (WmSmoothing){.model = model,
                         .alpha = NAN,
                         .beta = NAN,
                         .gamma = NAN,
                         .phi = NAN,
                         .sigma = NAN,
                         .log_likelihood = NAN,
                         .aicc = NAN,
                         .df = NAN,
                         .t_last = NAN};
}

WmStatus wm_smoothing_fit(WmSmoothingModel model, const WmSmoothingReadings *readings, const WmSmoothingOptions *options,
                          WmSmoothingScratch *scratch, WmSmoothing *out)
{
    clear(model, out);
    return (ROWS[model].is_structural ? smoothing_fit_structural : smoothing_fit_ets)(readings, options ? options : &DEFAULTS,
                                                                                      scratch, out);
}

static bool is_better(const WmSmoothing *fit, const WmSmoothing *best)
{
    if (!wm_smoothing_has_fit(best) || !wm_smoothing_has_fit(fit))
        return wm_smoothing_has_fit(fit) && !wm_smoothing_has_fit(best);
    if (best->state == WM_SMOOTHING_PERFECT)
        return false;
    return fit->state == WM_SMOOTHING_PERFECT || fit->aicc < best->aicc || (isnan(best->aicc) && !isnan(fit->aicc));
}

WmStatus wm_smoothing_select(const WmSmoothingModel *models, size_t n_models, const WmSmoothingReadings *readings,
                             const WmSmoothingOptions *options, WmSmoothingScratch *scratch, WmSmoothing *out)
{
    clear(WM_SMOOTHING_ANN, out);
    out->state = WM_SMOOTHING_UNSUITABLE;
    for (size_t i = 0; i < n_models; i++) {
        WmSmoothing fit;
        if (wm_smoothing_fit(models[i], readings, options, scratch, &fit) != WM_OK)
            return WM_NO_MEMORY;
        if (i == 0 || is_better(&fit, out))
            *out = fit;
    }
    return WM_OK;
}

WmSmoothingPrediction wm_smoothing_predict(const WmSmoothing *self, double h, const double *x)
{
    if (!wm_smoothing_has_fit(self) || !isfinite(h) || h < 0)
        return (WmSmoothingPrediction){NAN, NAN, NAN};
    return ROWS[self->model].is_structural ? smoothing_predict_structural(self, h, x) : smoothing_predict_ets(self, h, x);
}

WmStatus wm_smoothing_fitted(const WmSmoothing *self, const WmSmoothingReadings *readings, const WmSmoothingOptions *options,
                             WmSmoothingScratch *scratch, WmSmoothingPrediction *out)
{
    for (size_t i = 0; i < readings->n; i++)
        out[i] = (WmSmoothingPrediction){NAN, NAN, NAN};
    if (!wm_smoothing_has_fit(self))
        return WM_OK;
    if (ROWS[self->model].is_structural)
        return smoothing_fitted_structural(self, readings, options ? options : &DEFAULTS, scratch, out);
    smoothing_fitted_ets(self, readings, out);
    return WM_OK;
}

void wm_smoothing_interval(const WmSmoothingPrediction *self, double level, double *low, double *high)
{
    *low = *high = NAN;
    if (isnan(self->mean) || isnan(self->sd) || !(level > 0 && level < 1))
        return;
    const double half = self->sd > 0 ? gsl_cdf_tdist_Qinv((1 - level) / 2, self->df) * self->sd : 0;
    *low = self->mean - half;
    *high = self->mean + half;
}
