/* Structural models by Kalman's recursions, with the exact likelihood of diffuse initial states and regressors.
 *
 * Letters are those of Durbin and Koopman (2012), Time Series Analysis by State Space Methods, 2nd ed.: y = z'a + eps, a' = T a +
 * eta, P the covariance of a, F and v the variance and the error of a one-step forecast. Everything unknown at the start (level,
 * slope, season, regressors) is one vector delta, on which the filter's mean is linear: a = a0 + A delta. The filter carries A
 * beside a0 (section 5.7; de Jong 1991, Annals of Statistics 19, 1073-1083), and delta is estimated by generalised least squares at
 * the end, which is exact: no large number stands for infinity. */
#include "engine/core/smoothing_parts.h"

#include <math.h>
#include <string.h>

#define PI            3.14159265358979323846
#define LOG_2PI       1.837877066409345483560659472811
#define READING_FLOOR 1e-8  /* share of the variance that readings always keep, so that F > 0 */
#define PERFECT_FIT   1e-13 /* of the largest |y|, rounding */
#define LARGEST       1e140 /* beyond it squares overflow */
#define SPAN_MAX      1e5   /* periods from first to last: beyond it times are in another unit */

enum { READING, LEVEL, SLOPE, SEASON };

/* Where the states lie: level, slope if any, seasons, regressors. */
typedef struct {
    const SmoothingRow *row;
    WmSmoothingSeason season;
    size_t period, n_harmonics;
    size_t first_season, n_seasons, n_regressors, d;
    double variance[WM_SMOOTHING_MAX_PARAMETERS];
} Shape;

typedef struct {
    Shape shape;
    const double *y; /* centred, NAN for a gap */
    const double *t, *x;
    size_t n, n_readings;
    double centre, largest, least_rss;
    double *a;                            /* d * (d + 1): column 0 the mean, then A */
    double *p;                            /* d * d */
    double *s;                            /* d * d: sum V'V / F, then its Cholesky factor */
    double *right, *delta, *v, *z, *gain; /* d + 1 each */
    double rss, log_f, log_s;             /* of the last pass */
} Filter;

static bool is_whole(double dt)
{
    return fabs(dt - round(dt)) < 1e-9;
}

/* T applied to a vector of states, `stride` apart, over dt periods. Seasonal dummies move one period at a time. */
static void carry(const Shape *shape, double dt, double *state, size_t stride)
{
    if (shape->row->has_slope)
        state[0] += dt * state[stride];
    double *s = state + shape->first_season * stride;
    const size_t n = shape->n_seasons;
    if (shape->season == WM_SEASON_DUMMIES) { /* this season is less the sum of the period - 1 before it */
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += s[i * stride];
        for (size_t i = n; i-- > 1;)
            s[i * stride] = s[(i - 1) * stride];
        s[0] = -sum;
    }
    for (size_t j = 1, i = 0; shape->season == WM_SEASON_HARMONICS && i < n; j++, i += 2) {
        const double angle = 2 * PI * (double)j / (double)shape->period * dt, c = cos(angle), e = sin(angle);
        const double u = s[i * stride], w = i + 1 < n ? s[(i + 1) * stride] : 0;
        s[i * stride] = c * u + e * w;
        if (i + 1 < n)
            s[(i + 1) * stride] = c * w - e * u;
    }
}

/* Q of one period, or of dt where that is not whole: then noise is spread evenly over time (Harvey 1989, section 9.2). */
static void add_noise(const Shape *shape, double dt, double *p)
{
    const size_t d = shape->d;
    const bool is_unit = is_whole(dt);
    p[0] += dt * shape->variance[LEVEL];
    if (shape->row->has_slope) {
        const double q = shape->variance[SLOPE];
        p[d + 1] += dt * q;
        p[0] += is_unit ? 0 : dt * dt * dt / 3 * q;
        p[1] += is_unit ? 0 : dt * dt / 2 * q;
        p[d] += is_unit ? 0 : dt * dt / 2 * q;
    }
    const size_t n = shape->season == WM_SEASON_DUMMIES ? 1 : shape->n_seasons;
    for (size_t i = shape->first_season; i < shape->first_season + n && shape->n_seasons; i++)
        p[i * d + i] += dt * shape->variance[SEASON];
}

/* P = T P T' + Q, and the columns of a = T a, over dt periods: whole ones one by one. */
static void advance(const Shape *shape, double dt, double *a, size_t n_columns, double *p)
{
    const size_t d = shape->d;
    const bool is_unit = is_whole(dt);
    const size_t n_steps = is_unit ? (size_t)lround(dt) : 1;
    for (size_t step = 0; step < n_steps; step++) {
        const double by = is_unit ? 1 : dt;
        for (size_t c = 0; c < n_columns; c++)
            carry(shape, by, a + c, n_columns);
        for (size_t c = 0; c < d; c++)
            carry(shape, by, p + c, d);
        for (size_t r = 0; r < d; r++)
            carry(shape, by, p + r * d, 1);
        add_noise(shape, by, p);
    }
}

static void observe(const Shape *shape, const double *x, double *z)
{
    memset(z, 0, shape->d * sizeof *z);
    z[0] = 1;
    if (shape->season == WM_SEASON_DUMMIES)
        z[shape->first_season] = 1;
    for (size_t i = 0; shape->season == WM_SEASON_HARMONICS && i < shape->n_seasons; i += 2)
        z[shape->first_season + i] = 1;
    for (size_t i = 0; i < shape->n_regressors; i++)
        z[shape->d - shape->n_regressors + i] = x ? x[i] : 0;
}

/* Take one reading in: v, F and the gain K = P z / F (equations 4.24), for all columns; sums for delta grow by it. */
static void update(Filter *self, double y)
{
    const size_t d = self->shape.d, width = d + 1;
    double f = self->shape.variance[READING];
    for (size_t i = 0; i < d; i++) {
        self->gain[i] = 0;
        for (size_t j = 0; j < d; j++)
            self->gain[i] += self->p[i * d + j] * self->z[j];
        f += self->z[i] * self->gain[i];
    }
    for (size_t c = 0; c < width; c++) {
        self->v[c] = c == 0 ? y : 0;
        for (size_t i = 0; i < d; i++)
            self->v[c] -= self->z[i] * self->a[i * width + c];
    }
    for (size_t i = 0; i < d; i++) {
        const double k = self->gain[i] / f;
        for (size_t c = 0; c < width; c++)
            self->a[i * width + c] += k * self->v[c];
        for (size_t j = 0; j < d; j++)
            self->p[i * d + j] -= k * self->gain[j];
        self->right[i] -= self->v[i + 1] * self->v[0] / f;
        for (size_t j = 0; j <= i; j++)
            self->s[i * d + j] += self->v[i + 1] * self->v[j + 1] / f;
    }
    self->rss += self->v[0] * self->v[0] / f;
    self->log_f += log(f);
}

static double gap_before(const Filter *self, size_t i)
{
    if (i == 0)
        return 1; /* delta lies a period before the first reading: no loss, as it is diffuse, and P is then not 0 */
    return self->t ? self->t[i] - self->t[i - 1] : 1;
}

/* One pass of the filter; false when delta cannot be told. */
static bool run(Filter *self)
{
    const size_t d = self->shape.d, width = d + 1;
    memset(self->a, 0, d * width * sizeof *self->a);
    memset(self->p, 0, d * d * sizeof *self->p);
    memset(self->s, 0, d * d * sizeof *self->s);
    memset(self->right, 0, d * sizeof *self->right);
    for (size_t i = 0; i < d; i++)
        self->a[i * width + i + 1] = 1;
    self->rss = self->log_f = 0;
    for (size_t i = 0; i < self->n; i++) {
        advance(&self->shape, gap_before(self, i), self->a, width, self->p);
        if (isnan(self->y[i]))
            continue;
        observe(&self->shape, self->x ? self->x + i * self->shape.n_regressors : NULL, self->z);
        update(self, self->y[i]);
    }
    if (!smoothing_solve(self->s, d, self->right, self->delta, &self->log_s))
        return false;
    for (size_t i = 0; i < d; i++)
        self->rss -= self->right[i] * self->delta[i];
    self->rss = fmax(self->rss, self->least_rss);
    return true;
}

/* Shares of the whole variance on a sphere: cos^2 a1, sin^2 a1 cos^2 a2, ... so that any may be 0. */
static void set_variances(Shape *shape, const double *angle)
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
    shape->variance[READING] += READING_FLOOR;
}

/* Less the diffuse log likelihood with the scale at its best, rss / (n - d): Durbin and Koopman (2012), sections 7.2.2 and 7.2.4.
 */
static double likelihood(const double *angle, void *context)
{
    Filter *self = context;
    set_variances(&self->shape, angle);
    if (!run(self))
        return HUGE_VAL;
    const double n = (double)self->n_readings, df = n - (double)self->shape.d;
    return 0.5 * (n * LOG_2PI + df * (1 + log(self->rss / df)) + self->log_f + self->log_s);
}

static bool shape_of(const SmoothingRow *row, const WmSmoothingReadings *readings, const WmSmoothingOptions *options, Shape *out)
{
    *out = (Shape){.row = row, .season = options->season, .period = options->period, .n_regressors = readings->n_regressors};
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
static bool has_good_times(const WmSmoothingReadings *readings, const Shape *shape)
{
    const bool needs_whole = shape->season == WM_SEASON_DUMMIES || 2 * shape->n_harmonics == shape->period;
    for (size_t i = 0; i < readings->n && readings->t; i++) {
        if (!isfinite(readings->t[i]) || readings->t[i] - readings->t[0] > SPAN_MAX)
            return false;
        if (i > 0 && !(readings->t[i] > readings->t[i - 1]))
            return false;
        if (i > 0 && shape->n_seasons && needs_whole && !is_whole(readings->t[i] - readings->t[i - 1]))
            return false;
    }
    return true;
}

/* Room in the scratch, readings centred in it; false without memory. A row without all its regressors is a gap. */
static bool lay_out(const WmSmoothingReadings *readings, WmSmoothingScratch *scratch, Filter *self)
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
static void write_states(const Filter *self, double variance, WmSmoothing *out)
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

static void write_numbers(const Filter *self, size_t n_variances, double value, WmSmoothing *out)
{
    const Shape *shape = &self->shape;
    const double n = (double)self->n_readings, q = (double)(out->n_parameters = n_variances + shape->d);
    const bool is_perfect = self->rss <= 4 * self->least_rss;
    out->state = is_perfect ? WM_SMOOTHING_PERFECT : WM_SMOOTHING_FITTED;
    out->df = n - (double)shape->d;
    const double variance = is_perfect ? 0 : self->rss / out->df;
    for (size_t i = 0; i < WM_SMOOTHING_MAX_PARAMETERS; i++)
        out->variance[i] = variance * shape->variance[i];
    out->sigma = sqrt(out->variance[READING]);
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
    Filter filter = {.t = readings->t, .x = readings->x, .n = readings->n};
    Shape *shape = &filter.shape;
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
    if (!(smoothing_search(scratch, likelihood, &filter, n_angles, angle, &out->n_evaluations) < HUGE_VAL)) {
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
    Shape shape;
    const bool is_between = self->season == WM_SEASON_DUMMIES && !is_whole(h); /* dummies are known at whole periods only */
    if (h > SPAN_MAX || is_between || !shape_of(smoothing_row(self->model), &readings, &options, &shape))
        return (WmSmoothingPrediction){NAN, NAN, NAN};
    const size_t d = shape.d;
    double a[WM_SMOOTHING_MAX_STATES], p[WM_SMOOTHING_MAX_STATES * WM_SMOOTHING_MAX_STATES], z[WM_SMOOTHING_MAX_STATES];
    memcpy(shape.variance, self->variance, sizeof shape.variance);
    memcpy(a, self->last, d * sizeof *a);
    memcpy(p, self->covariance, d * d * sizeof *p);
    advance(&shape, h, a, 1, p);
    observe(&shape, x, z);
    double mean = 0, variance = self->variance[READING];
    for (size_t i = 0; i < d; i++) {
        mean += z[i] * a[i];
        for (size_t j = 0; j < d; j++)
            variance += z[i] * p[i * d + j] * z[j];
    }
    return (WmSmoothingPrediction){.mean = mean, .sd = sqrt(fmax(variance, 0)), .df = self->df};
}
