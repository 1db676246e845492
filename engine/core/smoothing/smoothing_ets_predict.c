/* What exponential smoothing expects h periods on, and expected of what has come. */
#include <math.h>
#include <string.h>

#include "engine/core/smoothing/smoothing_parts.h"

double smoothing_effect(size_t n, const double *effects, const double *x)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += effects[i] * x[i];
    return sum;
}

/* Regressors are taken to stay as they are at x: they then move the level, and nothing else. Mean by the recursion; variance from
 * that of the states, V' = F V F' + g g' sigma^2 E, with E = 1, or E mu^2 for a multiplicative error: sections 6.2 and 6.3, which
 * give the same sums in closed form. An error returns with its season, as gamma. */
WmSmoothingPrediction smoothing_predict_ets(const WmSmoothing *self, double h, const double *x)
{
    const SmoothingRow *row = smoothing_row(self->model);
    const double phi = row->is_damped ? self->phi : 1, beta = row->has_slope ? self->beta : 0, variance = self->sigma * self->sigma;
    const size_t steps = h > 1 ? (size_t)fmin(ceil(h), 1e6) : 1, m = self->period;
    double l = self->last[0] + smoothing_effect(x ? self->n_regressors : 0, self->last + 2 + m, x), b = self->last[1], sum = 0,
           damped = 0;
    double ll = 0, lb = 0, bb = 0, mean = l; /* covariance of level and slope, for a multiplicative error */
    for (size_t j = 1; j <= steps; j++) {
        l += phi * b;
        b *= phi;
        mean = l + (m ? self->last[2 + (j - 1) % m] : 0);
        ll += 2 * phi * lb + phi * phi * bb;
        lb = phi * lb + phi * phi * bb;
        bb *= phi * phi;
        if (j == steps)
            break;
        damped += pow(phi, (double)j);
        const double c = self->alpha + beta * damped + (m && j % m == 0 ? self->gamma : 0);
        sum += c * c;
        const double noise = variance * (mean * mean + ll);
        ll += self->alpha * self->alpha * noise;
        lb += self->alpha * beta * noise;
        bb += beta * beta * noise;
    }
    const double spread = row->is_multiplicative ? ll + variance * (mean * mean + ll) : variance * (1 + sum);
    return (WmSmoothingPrediction){.mean = mean, .sd = sqrt(spread), .df = self->df};
}

void smoothing_fitted_ets(const WmSmoothing *self, const WmSmoothingReadings *readings, WmSmoothingPrediction *out)
{
    const SmoothingRow *row = smoothing_row(self->model);
    const double phi = row->is_damped ? self->phi : 1, beta = row->has_slope ? self->beta : 0,
                 gamma = self->period ? self->gamma : 0;
    double l = self->first[0], b = row->has_slope ? self->first[1] : 0, season[WM_SMOOTHING_MAX_PERIOD] = {0};
    const double *effects = self->last + 2 + self->period;
    memcpy(season, self->first + 2, self->period * sizeof *season);
    for (size_t t = 0, i = 0; t < readings->n; t++, i = i + 1 < self->period ? i + 1 : 0) {
        const double next = l + phi * b,
                     mean = next + season[i] +
                            smoothing_effect(self->n_regressors, effects, smoothing_regressors(readings->x, self->n_regressors, t));
        const double e = isfinite(readings->y[t]) ? readings->y[t] - mean : 0;
        out[t] = (WmSmoothingPrediction){mean, self->sigma * (row->is_multiplicative ? fabs(mean) : 1), self->df};
        l = next + self->alpha * e;
        b = phi * b + beta * e;
        season[i] += gamma * e;
    }
}
