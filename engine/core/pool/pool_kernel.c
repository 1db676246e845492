/* Structural kernels: the covariance of level, season and slope, its Cholesky factor, and what all readings say of any time.
 *
 * With tau the time since the first reading (0, 1, …), for tau <= tau':
 *   K = M + q (tau + 1)                         a level that wanders, phi = 1
 *     or q/(1 - phi^2) phi^(tau' - tau)         one that returns
 *     + s2 (P/(P-1) [same season] - 1/(P-1))    a season that sums to zero over its P places
 *     + S [tau >= e]                            a step of the level at each intervention e
 *     + b2 T(tau + 1, tau' + 1)                 the sum of a slope that dies away, g = dphi:
 *         T(i, j) = i(1+g)/(1-g) - 2g(1-g^i)/(1-g)^2 + g(1-g^i)(1-g^(j-i))/(1-g)^2
 * Every term depends on the later time through 1, phi^h, g^h or the season only, so that a filter of few states does for a series
 * and its future (pool_filter.c). The matrix itself is wanted to look back and between readings.
 *
 * The factor is kept as R with C C' = R'R, by rows, so that the inner loops run along memory and a compiler can do several at once
 * without changing the order of any sum.
 */
#include "engine/core/pool/pool_structure.h"

#include <stdlib.h>

bool wm_pool_algebra_init(PoolAlgebra *self, size_t room)
{
    *self = (PoolAlgebra){.room = room};
    self->tau = malloc(2 * room * sizeof *self->tau);
    self->base = malloc((5 + room) * room * sizeof *self->base);
    if (!self->tau || !self->base) {
        wm_pool_algebra_clear(self);
        return false;
    }
    self->place = self->tau + room;
    self->strip = self->base + room;
    self->decay_step = self->strip + room;
    self->slope_step = self->decay_step + room;
    self->column = self->slope_step + room;
    self->matrix = self->column + room;
    return true;
}

void wm_pool_algebra_clear(PoolAlgebra *self)
{
    free(self->tau);
    free(self->base);
    *self = (PoolAlgebra){.room = 0};
}

void wm_pool_set_times(PoolAlgebra *self, const int *t, size_t n, int n_seasons)
{
    self->n = n;
    self->n_shifts = 0;
    for (size_t i = 0; i < n; i++) {
        self->tau[i] = t[i] - t[0];
        self->place[i] = self->tau[i] % n_seasons;
    }
}

void wm_pool_set_shifts(PoolAlgebra *self, const PoolSample *sample)
{
    self->n_shifts = sample->n_shifts;
    for (size_t i = 0; i < sample->n_shifts; i++)
        self->shifts[i] = sample->shifts[i] - sample->t[0];
}

static double shift_variance(const PoolAlgebra *self, int tau)
{
    size_t n = 0;
    for (size_t i = 0; i < self->n_shifts; i++)
        n += tau >= self->shifts[i];
    return (double)n * POOL_SHIFT_VARIANCE;
}

/* All of K(tau, later) that does not depend on `later`. */
static double base_of(const PoolKernel *kernel, int n_seasons, int tau)
{
    return POOL_LEVEL_VARIANCE + (pool_has_decay(kernel) ? 0 : kernel->q * (tau + 1)) + pool_any_season(kernel, n_seasons) +
           kernel->b2 * (pool_slope_square(kernel, tau) + pool_slope_strip(kernel, tau));
}

static void prepare_rows(PoolAlgebra *self, const PoolKernel *kernel, int n_seasons)
{
    for (size_t i = 0; i < self->n; i++) {
        const int tau = self->tau[i], gap = i ? tau - self->tau[i - 1] : 0;
        self->base[i] = base_of(kernel, n_seasons, tau) + shift_variance(self, tau);
        self->strip[i] = kernel->b2 * pool_slope_strip(kernel, tau);
        self->decay_step[i] = gap == 1 ? kernel->phi : pow(kernel->phi, gap);
        self->slope_step[i] = gap == 1 ? kernel->dphi : pow(kernel->dphi, gap);
    }
}

/* Row i of K from the diagonal on; powers of phi and g by running products along the gaps. */
static void fill_row(PoolAlgebra *self, const PoolKernel *kernel, int n_seasons, size_t i)
{
    const size_t n = self->n;
    const double same = pool_same_season(kernel, n_seasons);
    double *row = self->matrix + i * n;
    double decay = pool_has_decay(kernel) ? pool_stationary_variance(kernel) : 0, strip = self->strip[i];
    for (size_t j = i; j < n; j++) {
        if (j > i) {
            decay *= self->decay_step[j];
            strip *= self->slope_step[j];
        }
        row[j] = self->base[i] - strip + decay + (self->place[j] == self->place[i] ? same : 0);
    }
}

/* Cholesky by rows (Golub and Van Loan 2013, Matrix Computations, section 4.2): the diagonal is at least 1, so none fails. */
static double factorise(double *matrix, size_t n)
{
    double log_det = 0;
    for (size_t k = 0; k < n; k++) {
        double *restrict row = matrix + k * n;
        const double pivot = sqrt(row[k]), over = 1 / pivot;
        log_det += log(pivot);
        row[k] = pivot;
        for (size_t j = k + 1; j < n; j++)
            row[j] *= over;
        for (size_t i = k + 1; i < n; i++) {
            double *restrict target = matrix + i * n;
            const double factor = row[i];
            for (size_t j = i; j < n; j++)
                target[j] -= factor * row[j];
        }
    }
    return log_det;
}

double wm_pool_factorise(PoolAlgebra *self, const PoolKernel *kernel, int n_seasons, const double *R)
{
    prepare_rows(self, kernel, n_seasons);
    for (size_t i = 0; i < self->n; i++) {
        fill_row(self, kernel, n_seasons, i);
        self->matrix[i * self->n + i] += 1 + (R ? R[i] : 0);
    }
    return factorise(self->matrix, self->n);
}

void wm_pool_whiten(const PoolAlgebra *self, double *e)
{
    const size_t n = self->n;
    for (size_t i = 0; i < n; i++) {
        const double *row = self->matrix + i * n;
        const double whitened = e[i] / row[i];
        e[i] = whitened;
        for (size_t j = i + 1; j < n; j++)
            e[j] -= row[j] * whitened;
    }
}

void wm_pool_between(PoolAlgebra *self, const PoolKernel *kernel, int n_seasons, int tau, const double *u, double *mean,
                     double *variance)
{
    double *k = self->column, wu = 0, ww = 0;
    for (size_t i = 0; i < self->n; i++) {
        const int first = self->tau[i] < tau ? self->tau[i] : tau, gap = abs(self->tau[i] - tau);
        k[i] = base_of(kernel, n_seasons, first) - kernel->b2 * pool_slope_strip(kernel, first) * pow(kernel->dphi, gap) +
               (pool_has_decay(kernel) ? pool_stationary_variance(kernel) * pow(kernel->phi, gap) : 0) +
               (gap % n_seasons == 0 ? pool_same_season(kernel, n_seasons) : 0);
    }
    wm_pool_whiten(self, k);
    for (size_t i = 0; i < self->n; i++) {
        wu += k[i] * u[i];
        ww += k[i] * k[i];
    }
    *mean = wu;
    *variance = pool_variance_at(kernel, n_seasons, tau) + 1 - ww;
}

/* (C C')^-1 = X X' with X = R^-1, upper: by rows of X from the last, X_i. = (e_i - sum_j>i R_ij X_j.)/R_ii, written over R. */
static void invert_upper(double *matrix, size_t n)
{
    for (size_t i = n; i-- > 0;) {
        double *row = matrix + i * n, factor[POOL_ROOM];
        const double over = 1 / row[i];
        for (size_t j = i + 1; j < n; j++) {
            factor[j] = row[j];
            row[j] = 0;
        }
        for (size_t j = i + 1; j < n; j++)
            for (size_t c = j; c < n; c++)
                row[c] -= factor[j] * matrix[j * n + c];
        for (size_t c = i + 1; c < n; c++)
            row[c] *= over;
        row[i] = over;
    }
}

void wm_pool_inverse(PoolAlgebra *self, const double *u, double *diagonal, double *alpha)
{
    const size_t n = self->n;
    invert_upper(self->matrix, n);
    for (size_t i = 0; i < n; i++) {
        const double *row = self->matrix + i * n;
        diagonal[i] = alpha[i] = 0;
        for (size_t j = i; j < n; j++) {
            diagonal[i] += row[j] * row[j];
            alpha[i] += row[j] * u[j];
        }
    }
}

/* sum u2/(nu + u2 over), by halves: a compiler divides two at once. */
static double weighed_squares(const double *u2, size_t n, double over)
{
    const double nu = POOL_DF;
    double even = 0, odd = 0;
    size_t i = 0;
    for (; i + 1 < n; i += 2) {
        even += u2[i] / (nu + u2[i] * over);
        odd += u2[i + 1] / (nu + u2[i + 1] * over);
    }
    return even + odd + (i < n ? u2[i] / (nu + u2[i] * over) : 0);
}

/* Scale of Student innovations, inverse gamma prior a0, b0 = a0 centre, by reweighting (Lange, Little and Taylor 1989); and their
 * likelihood. */
double wm_pool_innovation_scale(const double *u2, size_t n, double centre, double df_lost, double *log_likelihood)
{
    const double nu = POOL_DF, a0 = POOL_SHAPE, b0 = a0 * centre, total = 2 * a0 + (double)n - df_lost;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += u2[i];
    double s2 = (2 * b0 + sum) / total;
    for (int round = 0; round < POOL_INNOVATION_ROUNDS; round++)
        s2 = (2 * b0 + (nu + 1) * weighed_squares(u2, n, 1 / s2)) / total;
    if (log_likelihood) {
        double tails = 0;
        for (size_t i = 0; i < n; i++)
            tails += log1p(u2[i] / (s2 * nu));
        *log_likelihood = -0.5 * (double)n * log(s2) - 0.5 * (nu + 1) * tails - a0 * log(s2) - b0 / s2;
    }
    return s2;
}
