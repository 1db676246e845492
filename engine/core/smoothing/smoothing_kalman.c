/* Kalman's recursions with diffuse initial states and regressors.
 *
 * Letters are those of Durbin and Koopman (2012), Time Series Analysis by State Space Methods, 2nd ed.: y = z'a + eps, a' = T a +
 * eta, P the covariance of a, F and v the variance and the error of a one-step forecast. Everything unknown at the start (level,
 * slope, season, regressors) is one vector delta, on which the filter's mean is linear: a = a0 + A delta. The filter carries A
 * beside a0 (section 5.7; de Jong 1991, Annals of Statistics 19, 1073-1083), and delta is estimated by generalised least squares at
 * the end, which is exact: no large number stands for infinity. */
#include "engine/core/smoothing/smoothing_kalman.h"

#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846

bool kalman_is_whole(double dt)
{
    return fabs(dt - round(dt)) < 1e-9;
}

/* T applied to a vector of states, `stride` apart, over dt periods. Seasonal dummies move one period at a time. */
static void carry(const KalmanShape *shape, double dt, double *state, size_t stride)
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
static void add_noise(const KalmanShape *shape, double dt, double *p)
{
    const size_t d = shape->d;
    const bool is_unit = kalman_is_whole(dt);
    p[0] += dt * shape->variance[KALMAN_LEVEL];
    if (shape->row->has_slope) {
        const double q = shape->variance[KALMAN_SLOPE];
        p[d + 1] += dt * q;
        p[0] += is_unit ? 0 : dt * dt * dt / 3 * q;
        p[1] += is_unit ? 0 : dt * dt / 2 * q;
        p[d] += is_unit ? 0 : dt * dt / 2 * q;
    }
    const size_t n = shape->season == WM_SEASON_DUMMIES ? 1 : shape->n_seasons;
    for (size_t i = shape->first_season; i < shape->first_season + n && shape->n_seasons; i++)
        p[i * d + i] += dt * shape->variance[KALMAN_SEASON];
}

/* P = T P T' + Q, and the columns of a = T a, over dt periods: whole ones one by one. */
void kalman_advance(const KalmanShape *shape, double dt, double *a, size_t n_columns, double *p)
{
    const size_t d = shape->d;
    const bool is_unit = kalman_is_whole(dt);
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

void kalman_observe(const KalmanShape *shape, const double *x, double *z)
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
static void update(KalmanFilter *self, double y)
{
    const size_t d = self->shape.d, width = d + 1;
    double f = self->shape.variance[KALMAN_READING];
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

static double gap_before(const KalmanFilter *self, size_t i)
{
    if (i == 0)
        return 1; /* delta lies a period before the first reading: no loss, as it is diffuse, and P is then not 0 */
    return self->t ? self->t[i] - self->t[i - 1] : 1;
}

/* The forecast of a row before it is read, given delta. */
static KalmanRow forecast_row(const KalmanFilter *self)
{
    const size_t d = self->shape.d, width = d + 1;
    KalmanRow row = {.variance = self->shape.variance[KALMAN_READING]};
    for (size_t i = 0; i < d; i++) {
        row.mean += self->z[i] * self->a[i * width];
        for (size_t j = 0; j < d; j++) {
            row.mean += self->z[i] * self->a[i * width + j + 1] * self->delta[j];
            row.variance += self->z[i] * self->p[i * d + j] * self->z[j];
        }
    }
    return row;
}

bool kalman_run(KalmanFilter *self, KalmanRow *rows)
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
        kalman_advance(&self->shape, gap_before(self, i), self->a, width, self->p);
        kalman_observe(&self->shape, self->x ? self->x + i * self->shape.n_regressors : NULL, self->z);
        if (rows)
            rows[i] = forecast_row(self);
        if (!isnan(self->y[i]))
            update(self, self->y[i]);
    }
    if (!smoothing_solve(self->s, d, self->right, self->delta, &self->log_s))
        return false;
    for (size_t i = 0; i < d; i++)
        self->rss -= self->right[i] * self->delta[i];
    self->rss = fmax(self->rss, self->least_rss);
    return true;
}
