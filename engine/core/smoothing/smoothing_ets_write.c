/* Exponential smoothing, fitted: what its columns and initial states come to. */
#include "engine/core/smoothing/smoothing_ets.h"

#include <math.h>
#include <string.h>

static void write_states(const EtsFit *fit, WmSmoothing *out)
{
    const SmoothingRow *row = fit->row;
    double l = out->first[0] = fit->x0[0] + fit->centre, b = 0, *s = out->last + 2;
    const size_t first = row->has_slope ? 2 : 1;
    if (row->has_slope)
        b = out->first[1] = fit->x0[1];
    if (fit->period)
        out->first[1 + fit->period] = 0;
    for (size_t i = 0; i + 1 < fit->period; i++) {
        out->first[2 + i] = fit->x0[first + i];
        out->first[1 + fit->period] -= fit->x0[first + i];
    }
    double season[WM_SMOOTHING_MAX_PERIOD] = {0};
    memcpy(season, out->first + 2, fit->period * sizeof *season);
    const double *effects = fit->x0 + (fit->k - fit->n_regressors);
    size_t i = 0;
    for (size_t t = 0; t < fit->n; t++, i = i + 1 < fit->period ? i + 1 : 0) {
        const double next = l + fit->parameters.phi * b;
        const double mean =
            next + season[i] + smoothing_effect(fit->n_regressors, effects, smoothing_regressors(fit->x, fit->n_regressors, t));
        const double e = isnan(fit->y[t]) ? 0 : fit->y[t] + fit->centre - mean;
        l = next + fit->parameters.alpha * e;
        b = fit->parameters.phi * b + fit->parameters.beta * e;
        season[i] += fit->parameters.gamma * e;
    }
    out->last[0] = l;
    out->last[1] = b;
    for (size_t j = 0; j < fit->period; j++)
        s[j] = season[(i + j) % fit->period];
    memcpy(out->last + 2 + fit->period, effects, fit->n_regressors * sizeof *effects);
    out->n_regressors = fit->n_regressors;
    out->n_states = 2 + fit->period + fit->n_regressors;
}

/* E'WE of the columns of x0, W = 1 / mu^2 for a multiplicative error: what least squares or Gauss and Newton's last step solve. */
static void sum_products(const EtsFit *fit, double *a)
{
    const size_t k = fit->k;
    const double *e = fit->columns;
    memset(a, 0, k * k * sizeof *a);
    for (size_t t = 0; t < fit->n; t++, e += k + 1) {
        double mu = 1;
        if (isnan(fit->y[t]))
            continue;
        if (fit->row->is_multiplicative) {
            mu = fit->y[t] + fit->centre - e[k];
            for (size_t j = 0; j < k; j++)
                mu -= fit->x0[j] * e[j];
        }
        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; j <= i; j++)
                a[i * k + j] += e[i] * e[j] / (mu * mu);
    }
}

/* Covariance of the regressors' effects, sigma^2 (E'WE)^-1, given the smoothing parameters. */
static void write_effect_errors(const EtsFit *fit, WmSmoothing *out)
{
    const size_t k = fit->k, first = k - fit->n_regressors, first_state = out->n_states - fit->n_regressors;
    double a[ETS_MAX_COLUMNS * ETS_MAX_COLUMNS], factor[ETS_MAX_COLUMNS * ETS_MAX_COLUMNS];
    if (fit->n_regressors)
        sum_products(fit, a);
    for (size_t i = 0; i < fit->n_regressors; i++) {
        double unit[ETS_MAX_COLUMNS] = {0}, z[ETS_MAX_COLUMNS];
        unit[first + i] = 1;
        memcpy(factor, a, k * k * sizeof *a);
        const bool is_told = smoothing_solve(factor, k, unit, z, NULL);
        for (size_t j = 0; j < fit->n_regressors; j++)
            out->covariance[(first_state + i) * out->n_states + first_state + j] =
                is_told ? out->sigma * out->sigma * z[first + j] : NAN;
    }
}

/* Errors squared and summed: shares of the forecast for a multiplicative error. */
static double sum_of_squares(const EtsFit *fit)
{
    const double *e = fit->columns;
    double sum = 0;
    for (size_t t = 0; t < fit->n; t++, e += fit->k + 1) {
        double r = e[fit->k];
        for (size_t j = 0; j < fit->k; j++)
            r += fit->x0[j] * e[j];
        if (!isnan(fit->y[t]))
            sum += fit->row->is_multiplicative ? pow(r / (fit->y[t] + fit->centre - r), 2) : r * r;
    }
    return sum;
}

static void write_numbers(const EtsFit *fit, double value, WmSmoothing *out)
{
    const SmoothingRow *row = fit->row;
    out->n_parameters = ets_n_parameters(row) + fit->k + 1;
    const double n = (double)fit->n_readings, q = (double)out->n_parameters;
    const double sum = sum_of_squares(fit), scale = row->is_multiplicative ? fit->centre : 1;
    out->state = sum * scale * scale <= 4 * fit->least_sse ? WM_SMOOTHING_PERFECT : WM_SMOOTHING_FITTED;
    out->alpha = fit->parameters.alpha;
    out->beta = row->has_slope ? fit->parameters.beta : NAN;
    out->gamma = row->has_season ? fit->parameters.gamma : NAN;
    out->phi = row->is_damped ? fit->parameters.phi : NAN;
    out->df = n + 1 - q;
    out->sigma = out->state == WM_SMOOTHING_PERFECT ? 0 : sqrt(sum / out->df);
    if (out->state == WM_SMOOTHING_PERFECT)
        return;
    out->log_likelihood = -value;
    if (n - q - 1 > 0)
        out->aicc = 2 * value + 2 * q + 2 * q * (q + 1) / (n - q - 1);
}

void ets_write(const EtsFit *fit, double value, WmSmoothing *out)
{
    out->period = fit->period;
    out->t_last = (double)fit->n - 1;
    write_numbers(fit, value, out);
    write_states(fit, out);
    write_effect_errors(fit, out);
}
