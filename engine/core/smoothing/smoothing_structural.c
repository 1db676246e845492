/* Structural models: shape, variances by search, and the exact diffuse likelihood; the filter is smoothing_kalman.c's. */
#include "engine/core/smoothing/smoothing_kalman.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LOG_2PI       1.837877066409345483560659472811
#define READING_FLOOR 1e-8  /* share of the variance that readings always keep, so that F > 0 */
#define PERFECT_FIT   1e-13 /* of the largest |y|, rounding */
#define LARGEST       1e140 /* beyond it squares overflow */
#define SPAN_MAX      1e5   /* periods from first to last: beyond it times are in another unit */

/* Shares of the whole variance on a sphere: cos^2 a1, sin^2 a1 cos^2 a2, ... so that any may be 0. */
static void set_variances(KalmanShape *shape, const double *angle)
{
    double rest = 1;
    const bool is_there[] = {true, true, shape->row->has_slope, shape->n_seasons > 0};
    for (size_t i = 0, k = 0; i < WM_SMOOTHING_MAX_PARAMETERS; i++) {
        if (!is_there[i])
            continue;
        bool is_last = true;
        for (size_t j = i + 1; j < WM_SMOOTHING_MAX_PARAMETERS; j++)
            is_last = is_last && !is_there[j];
        const double share = is_last ? 0 : smoothing_share(angle[k++]);
        shape->variance[i] = rest * (1 - share);
        rest *= share;
    }
    shape->variance[KALMAN_READING] += READING_FLOOR;
}

/* Less the diffuse log likelihood with the scale at its best, rss / (n - d): Durbin and Koopman (2012), sections 7.2.2 and 7.2.4.
 */
static double likelihood(const double *angle, void *context)
{
    KalmanFilter *self = context;
    set_variances(&self->shape, angle);
    if (!kalman_run(self, NULL))
        return HUGE_VAL;
    const double n = (double)self->n_readings, df = n - (double)self->shape.d;
    return 0.5 * (n * LOG_2PI + df * (1 + log(self->rss / df)) + self->log_f + self->log_s);
}

static bool shape_of(const SmoothingRow *row, const WmSmoothingReadings *readings, const WmSmoothingOptions *options,
                     KalmanShape *out)
{
    *out = (KalmanShape){.row = row, .season = options->season, .period = options->period, .n_regressors = readings->n_regressors};
    out->first_season = row->has_slope ? 2 : 1;
    if (out->n_regressors > WM_SMOOTHING_MAX_REGRESSORS)
        return false;
    if (options->season != WM_SEASON_NONE && (options->period < 2 || options->period > WM_SMOOTHING_MAX_PERIOD))
        return false;
    const size_t most = options->period / 2;
    out->n_harmonics = options->n_harmonics > 0 && options->n_harmonics < most ? options->n_harmonics : most;
    if (options->season == WM_SEASON_DUMMIES)
        out->n_seasons = options->period - 1;
    if (options->season == WM_SEASON_HARMONICS) /* the fastest of an even period has one state */
        out->n_seasons = 2 * out->n_harmonics - (2 * out->n_harmonics == options->period);
    out->d = out->first_season + out->n_seasons + out->n_regressors;
    return true;
}

/* Times rise, at whole periods where the season needs them. */
static bool has_good_times(const WmSmoothingReadings *readings, const KalmanShape *shape)
{
    const bool needs_whole = shape->season == WM_SEASON_DUMMIES || 2 * shape->n_harmonics == shape->period;
    for (size_t i = 0; i < readings->n && readings->t; i++) {
        if (!isfinite(readings->t[i]) || readings->t[i] - readings->t[0] > SPAN_MAX)
            return false;
        if (i > 0 && !(readings->t[i] > readings->t[i - 1]))
            return false;
        if (i > 0 && shape->n_seasons && needs_whole && !kalman_is_whole(readings->t[i] - readings->t[i - 1]))
            return false;
    }
    return true;
}

/* Room in the scratch, readings centred in it; false without memory. A row without all its regressors is a gap. */
static bool lay_out(const WmSmoothingReadings *readings, WmSmoothingScratch *scratch, KalmanFilter *self)
{
    const size_t d = self->shape.d, n = readings->n;
    double *y = smoothing_scratch_take(scratch, n + d * (d + 1) + 2 * d * d + 5 * (d + 1)), sum = 0, largest = 0;
    if (!y)
        return false;
    self->y = y;
    self->a = y + n;
    self->p = self->a + d * (d + 1);
    self->s = self->p + d * d;
    self->right = self->s + d * d;
    self->delta = self->right + d + 1;
    self->v = self->delta + d + 1;
    self->z = self->v + d + 1;
    self->gain = self->z + d + 1;
    for (size_t i = 0; i < n; i++) {
        y[i] = isfinite(readings->y[i]) ? readings->y[i] : NAN;
        for (size_t j = 0; j < readings->n_regressors; j++)
            if (!isfinite(readings->x[i * readings->n_regressors + j]))
                y[i] = NAN;
        if (isnan(y[i]))
            continue;
        self->n_readings++;
        sum += y[i];
        largest = fmax(largest, fabs(y[i]));
    }
    self->centre = self->n_readings && isfinite(sum) ? sum / (double)self->n_readings : 0;
    self->least_rss = (double)self->n_readings * pow(fmax(PERFECT_FIT * largest, 1e-150), 2);
    for (size_t i = 0; i < n; i++)
        y[i] -= self->centre;
    self->largest = largest;
    return true;
}

/* The states at the end and their covariance, sigma^2 (P + A S^-1 A'): that of delta is in it. */
static void write_states(const KalmanFilter *self, double variance, WmSmoothing *out)
{
    const size_t d = self->shape.d, width = d + 1;
    double w[WM_SMOOTHING_MAX_STATES * WM_SMOOTHING_MAX_STATES];
    for (size_t i = 0; i < d; i++) {
        const double *a = self->a + i * width;
        out->last[i] = a[0];
        for (size_t j = 0; j < d; j++) {
            out->last[i] += a[j + 1] * self->delta[j];
            w[i * d + j] = a[j + 1];
            for (size_t k = 0; k < j; k++)
                w[i * d + j] -= self->s[j * d + k] * w[i * d + k];
            w[i * d + j] /= self->s[j * d + j];
        }
    }
    out->last[0] += self->centre;
    for (size_t i = 0; i < d; i++)
        for (size_t j = 0; j < d; j++) {
            double sum = self->p[i * d + j];
            for (size_t k = 0; k < d; k++)
                sum += w[i * d + k] * w[j * d + k];
            out->covariance[i * d + j] = variance * sum;
        }
}

static void write_numbers(const KalmanFilter *self, size_t n_variances, double value, WmSmoothing *out)
{
    const KalmanShape *shape = &self->shape;
    const double n = (double)self->n_readings, q = (double)(out->n_parameters = n_variances + shape->d);
    const bool is_perfect = self->rss <= 4 * self->least_rss;
    out->state = is_perfect ? WM_SMOOTHING_PERFECT : WM_SMOOTHING_FITTED;
    out->df = n - (double)shape->d;
    const double variance = is_perfect ? 0 : self->rss / out->df;
    for (size_t i = 0; i < WM_SMOOTHING_MAX_PARAMETERS; i++)
        out->variance[i] = variance * shape->variance[i];
    out->sigma = sqrt(out->variance[KALMAN_READING]);
    if (!is_perfect) {
        out->log_likelihood = -value;
        if (n - q - 1 > 0)
            out->aicc = 2 * value + 2 * q + 2 * q * (q + 1) / (n - q - 1);
    }
    write_states(self, variance, out);
}

WmStatus smoothing_fit_structural(const WmSmoothingReadings *readings, const WmSmoothingOptions *options,
                                  WmSmoothingScratch *scratch, WmSmoothing *out)
{
    KalmanFilter filter = {.t = readings->t, .x = readings->x, .n = readings->n};
    KalmanShape *shape = &filter.shape;
    if (!shape_of(smoothing_row(out->model), readings, options, shape) || !has_good_times(readings, shape)) {
        out->state = WM_SMOOTHING_UNSUITABLE;
        return WM_OK;
    }
    if (!lay_out(readings, scratch, &filter))
        return WM_NO_MEMORY;
    out->n_readings = filter.n_readings;
    out->season = shape->season;
    out->period = shape->n_seasons ? shape->period : 0;
    out->n_harmonics = shape->n_harmonics;
    out->n_regressors = shape->n_regressors;
    out->n_states = shape->d;
    out->t_last = readings->n == 0 ? NAN : readings->t ? readings->t[readings->n - 1] : (double)readings->n - 1;
    if (filter.n_readings < shape->d + 2 || filter.largest > LARGEST) {
        out->state = filter.largest > LARGEST ? WM_SMOOTHING_OUT_OF_RANGE : WM_SMOOTHING_TOO_FEW;
        return WM_OK;
    }
    const size_t n_angles = 1 + (size_t)shape->row->has_slope + (shape->n_seasons > 0);
    double angle[WM_SMOOTHING_MAX_PARAMETERS];
    static const size_t LEVELS[][3] = {{7}, {4, 4}, {4, 4, 4}};
    const SmoothingSearch search = {.f = likelihood, .context = &filter, .n = n_angles, .n_levels = LEVELS[n_angles - 1]};
    if (!(smoothing_search(scratch, &search, angle, &out->n_evaluations) < HUGE_VAL)) {
        out->state = WM_SMOOTHING_SINGULAR;
        return WM_OK;
    }
    write_numbers(&filter, n_angles + 1, likelihood(angle, &filter), out);
    return WM_OK;
}

WmSmoothingPrediction smoothing_predict_structural(const WmSmoothing *self, double h, const double *x)
{
    const WmSmoothingReadings readings = {.n_regressors = self->n_regressors};
    const WmSmoothingOptions options = {.period = self->period, .season = self->season, .n_harmonics = self->n_harmonics};
    KalmanShape shape;
    const bool is_between = self->season == WM_SEASON_DUMMIES && !kalman_is_whole(h); /* dummies are known at whole periods only */
    if (h > SPAN_MAX || is_between || !shape_of(smoothing_row(self->model), &readings, &options, &shape))
        return (WmSmoothingPrediction){NAN, NAN, NAN};
    const size_t d = shape.d;
    double a[WM_SMOOTHING_MAX_STATES], p[WM_SMOOTHING_MAX_STATES * WM_SMOOTHING_MAX_STATES], z[WM_SMOOTHING_MAX_STATES];
    memcpy(shape.variance, self->variance, sizeof shape.variance);
    memcpy(a, self->last, d * sizeof *a);
    memcpy(p, self->covariance, d * d * sizeof *p);
    kalman_advance(&shape, h, a, 1, p);
    kalman_observe(&shape, x, z);
    double mean = 0, variance = self->variance[KALMAN_READING];
    for (size_t i = 0; i < d; i++) {
        mean += z[i] * a[i];
        for (size_t j = 0; j < d; j++)
            variance += z[i] * p[i * d + j] * z[j];
    }
    return (WmSmoothingPrediction){.mean = mean, .sd = sqrt(fmax(variance, 0)), .df = self->df};
}

/* Given the variances, one pass tells delta and a second one says what it expected. A perfect fit has no variances, and needs none.
 */
WmStatus smoothing_fitted_structural(const WmSmoothing *self, const WmSmoothingReadings *readings,
                                     const WmSmoothingOptions *options, WmSmoothingScratch *scratch, WmSmoothingPrediction *out)
{
    KalmanFilter filter = {.t = readings->t, .x = readings->x, .n = readings->n};
    KalmanShape *shape = &filter.shape;
    const bool is_perfect = self->state == WM_SMOOTHING_PERFECT;
    if (!shape_of(smoothing_row(self->model), readings, options, shape) || shape->d != self->n_states)
        return WM_OK;
    KalmanRow *rows = malloc(readings->n * sizeof *rows);
    if (!rows || !lay_out(readings, scratch, &filter)) {
        free(rows);
        return WM_NO_MEMORY;
    }
    memcpy(shape->variance, self->variance, sizeof shape->variance);
    if (is_perfect)
        shape->variance[KALMAN_READING] = 1;
    if (kalman_run(&filter, NULL) && kalman_run(&filter, rows))
        for (size_t i = 0; i < readings->n; i++)
            out[i] = (WmSmoothingPrediction){rows[i].mean + filter.centre, is_perfect ? 0 : sqrt(rows[i].variance), self->df};
    free(rows);
    return WM_OK;
}
