/* Structural kernels by the Kalman filter: a series whitened, judged and reduced to what forecasts need, in one pass.
 *
 * The covariance of pool_kernel.c is that of a signal with few states:
 *   the level l, a random walk of steps q from 0 (phi = 1), or returning with its stationary variance;
 *   the slope a, stationary with variance b2 and memory g, and what it has come to, L' = L + a' (in l itself for phi = 1);
 *   a step at each intervention, of variance S; and one place for each season, which never moves.
 * Innovations over the root of their variance are the readings whitened by the Cholesky factor of K + diag(1 + R), in the same
 * order, at n d^2 operations in place of n^3/3. With P the states' covariance given all readings and V the one before any, what
 * readings took from the variance of a future combination c is c'(V - P)c: the products of a WmKernelTail.
 *
 * Source: Durbin and Koopman (2012), Time Series Analysis by State Space Methods, section 4.3.
 */
#include "engine/core/pool/pool_structure.h"

#define WIDTH      4                                                      /* rows are whole blocks, which a compiler does at once */
#define MAX_STATES (3 + WM_FORECAST_MAX_SHIFTS + WM_FORECAST_MAX_SEASONS) /* at most */
#define ROOM       ((MAX_STATES + WIDTH - 1) / WIDTH * WIDTH)

/* Where the states lie. */
enum { LEVEL = 0 };
typedef struct {
    size_t sum, slope; /* what the slope has come to (LEVEL where that is in the level), and the slope; of a kernel with one */
    size_t shifts, places, n_places, d;
    size_t width; /* of a row: d in whole blocks */
} Layout;

static Layout layout_of(const PoolKernel *kernel, int n_seasons, size_t n_shifts)
{
    Layout at = {.sum = LEVEL, .n_places = pool_has_season(kernel, n_seasons) ? (size_t)n_seasons : 1};
    size_t d = 1;
    if (pool_has_slope(kernel) && pool_has_decay(kernel))
        at.sum = d++;
    if (pool_has_slope(kernel))
        at.slope = d++;
    at.shifts = d;
    at.places = d + n_shifts;
    at.d = at.places + at.n_places;
    at.width = (at.d + WIDTH - 1) / WIDTH * WIDTH;
    return at;
}

/* From one reading to one `gap` periods later: the level's and the slope's memory, what the slope comes to, and the noise. */
typedef struct {
    double phi, g, sum;
    double level, sum_sum, sum_slope, slope_slope; /* variances */
} Step;

static Step step_of(const PoolKernel *kernel, int gap)
{
    Step step = {.phi = 1, .level = kernel->q * gap};
    if (pool_has_decay(kernel)) {
        step.phi = gap == 1 ? kernel->phi : pow(kernel->phi, gap);
        step.level = pool_stationary_variance(kernel) * (1 - step.phi * step.phi);
    }
    if (!pool_has_slope(kernel))
        return step;
    const double whole = pool_slope_sum(kernel, gap);
    step.g = gap == 1 ? kernel->dphi : pow(kernel->dphi, gap);
    step.sum = kernel->dphi * whole;
    step.sum_sum = kernel->b2 * (pool_slope_square(kernel, gap - 1) - step.sum * step.sum);
    step.sum_slope = kernel->b2 * (whole - step.sum * step.g);
    step.slope_slope = kernel->b2 * (1 - step.g * step.g);
    return step;
}

typedef struct {
    const PoolKernel *kernel;
    int n_seasons;
    Layout at;
    double x[ROOM], P[ROOM * ROOM]; /* rows of at.width, from the diagonal on; what is beyond d is 0 */
} Filter;

static double *row_of(Filter *self, size_t i)
{
    return self->P + i * self->at.width;
}

/* V, the covariance of the states at a time before any reading. */
static void set_prior(Filter *self, int tau)
{
    const PoolKernel *kernel = self->kernel;
    const Layout *at = &self->at;
    const double any = POOL_LEVEL_VARIANCE + pool_any_season(kernel, self->n_seasons);
    for (size_t i = 0; i < at->d * at->width; i++)
        self->P[i] = 0;
    row_of(self, LEVEL)[LEVEL] = pool_has_decay(kernel) ? pool_stationary_variance(kernel) : kernel->q * (tau + 1);
    if (pool_has_slope(kernel)) {
        const double with = kernel->b2 * pool_slope_sum(kernel, tau + 1);
        row_of(self, at->sum)[at->sum] += kernel->b2 * pool_slope_square(kernel, tau);
        row_of(self, at->sum)[at->slope] = with;
        row_of(self, at->slope)[at->slope] = kernel->b2;
    }
    for (size_t i = at->shifts; i < at->places; i++)
        row_of(self, i)[i] = POOL_SHIFT_VARIANCE;
    for (size_t i = at->places; i < at->d; i++)
        for (size_t j = i; j < at->d; j++)
            row_of(self, i)[j] = any + (i == j ? pool_same_season(kernel, self->n_seasons) : 0);
}

static void scale_state(Filter *self, size_t i, double by)
{
    self->x[i] *= by;
    for (size_t j = 0; j < i; j++)
        row_of(self, j)[i] *= by;
    row_of(self, i)[i] *= by;
    for (size_t j = i; j < self->at.d; j++)
        row_of(self, i)[j] *= by;
}

/* What the slope has come to, just before it among the states, gains `by` times the slope. */
static void add_slope(Filter *self, double by)
{
    const size_t to = self->at.sum, from = self->at.slope;
    double *row = row_of(self, to), *slope = row_of(self, from);
    self->x[to] += by * self->x[from];
    for (size_t j = 0; j < to; j++)
        row_of(self, j)[to] += by * row_of(self, j)[from];
    row[to] += by * (2 * row[from] + by * slope[from]);
    for (size_t j = from; j < self->at.d; j++)
        row[j] += by * slope[j];
}

static void advance(Filter *self, const Step *step)
{
    const Layout *at = &self->at;
    if (pool_has_decay(self->kernel))
        scale_state(self, LEVEL, step->phi);
    row_of(self, LEVEL)[LEVEL] += step->level;
    if (!pool_has_slope(self->kernel))
        return;
    add_slope(self, step->sum);
    scale_state(self, at->slope, step->g);
    row_of(self, at->sum)[at->sum] += step->sum_sum;
    row_of(self, at->sum)[at->slope] += step->sum_slope;
    row_of(self, at->slope)[at->slope] += step->slope_slope;
}

/* The states whose sum a reading shows. */
typedef struct {
    size_t n, states[3 + WM_FORECAST_MAX_SHIFTS];
} Shown;

static Shown shown_at(const Filter *self, const PoolAlgebra *times, size_t i)
{
    const Layout *at = &self->at;
    Shown shown = {.n = 1, .states = {LEVEL}};
    if (pool_has_slope(self->kernel) && at->sum != LEVEL)
        shown.states[shown.n++] = at->sum;
    for (size_t k = 0; k < times->n_shifts; k++)
        if (times->tau[i] >= times->shifts[k])
            shown.states[shown.n++] = at->shifts + k;
    shown.states[shown.n++] = at->places + (at->n_places > 1 ? (size_t)times->place[i] : 0);
    return shown;
}

/* Take a reading: its whitened innovation is returned, the innovation's variance is *variance. */
static double take(Filter *self, const Shown *shown, double e, double noise, double *variance)
{
    const size_t width = self->at.width;
    double w[ROOM], v = e, F = noise;
    for (size_t j = 0; j < width; j++)
        w[j] = row_of(self, LEVEL)[j];
    for (size_t k = 1; k < shown->n; k++) {
        const size_t state = shown->states[k];
        for (size_t j = 0; j < state; j++)
            w[j] += row_of(self, j)[state];
        for (size_t j = state; j < width; j++)
            w[j] += row_of(self, state)[j];
    }
    for (size_t k = 0; k < shown->n; k++) {
        v -= self->x[shown->states[k]];
        F += w[shown->states[k]];
    }
    const double over = 1 / sqrt(F), u = v * over;
    for (size_t j = 0; j < width; j++) {
        w[j] *= over;
        self->x[j] += w[j] * u;
    }
    for (size_t i = 0; i < self->at.d; i++) {
        double *restrict row = row_of(self, i);
        const double factor = w[i];
        for (size_t j = i / WIDTH * WIDTH; j < width; j += WIDTH)
            for (size_t c = 0; c < WIDTH; c++)
                row[j + c] -= factor * w[j + c];
    }
    *variance = F;
    return u;
}

/* c'Dc' of sums of states. */
typedef struct {
    size_t n, states[4 + WM_FORECAST_MAX_SHIFTS];
    double by[4 + WM_FORECAST_MAX_SHIFTS];
} Combination;

static void add_to(Combination *self, size_t state, double by)
{
    self->states[self->n] = state;
    self->by[self->n++] = by;
}

static size_t upper(const Filter *self, size_t i, size_t j)
{
    return i < j ? i * self->at.width + j : j * self->at.width + i;
}

static double product(const Filter *self, const double *D, const Combination *a, const Combination *b)
{
    double sum = 0;
    for (size_t i = 0; i < a->n; i++)
        for (size_t j = 0; j < b->n; j++)
            sum += a->by[i] * b->by[j] * D[upper(self, a->states[i], b->states[j])];
    return sum;
}

static double mean_of(const Filter *self, const Combination *a)
{
    double sum = 0;
    for (size_t i = 0; i < a->n; i++)
        sum += a->by[i] * self->x[a->states[i]];
    return sum;
}

/* h periods on a reading is its place, the level (phi^h of one that returns), L + (s - s g^h) a with s = g/(1 - g), and all steps:
 * a part that stays, one that goes with phi^h and one with g^h. */
static void write_tail(Filter *self, int tau, WmKernelTail *out)
{
    const Layout *at = &self->at;
    const bool decays = pool_has_decay(self->kernel), slopes = pool_has_slope(self->kernel);
    const double s = slopes ? self->kernel->dphi / (1 - self->kernel->dphi) : 0;
    double D[ROOM * ROOM];
    for (size_t i = 0; i < at->d * at->width; i++)
        D[i] = -self->P[i];
    set_prior(self, tau);
    for (size_t i = 0; i < at->d * at->width; i++)
        D[i] += self->P[i];

    Combination stays = {.n = 0}, decay = {.n = 0}, slope = {.n = 0};
    if (decays)
        add_to(&decay, LEVEL, 1);
    else
        add_to(&stays, LEVEL, 1);
    if (slopes && at->sum != LEVEL)
        add_to(&stays, at->sum, 1);
    if (slopes) {
        add_to(&stays, at->slope, s);
        add_to(&slope, at->slope, -s);
    }
    for (size_t i = at->shifts; i < at->places; i++)
        add_to(&stays, i, 1);
    *out = (WmKernelTail){.decay_u = mean_of(self, &decay),
                          .decay_w = product(self, D, &decay, &decay),
                          .slope_u = mean_of(self, &slope),
                          .slope_w = product(self, D, &slope, &slope),
                          .shift = (double)(at->places - at->shifts) * POOL_SHIFT_VARIANCE,
                          .decay_slope = product(self, D, &decay, &slope)};
    for (size_t place = 0; place < at->n_places; place++) {
        Combination here = stays;
        add_to(&here, at->places + place, 1);
        out->season_u[place] = mean_of(self, &here);
        out->season_w[place] = product(self, D, &here, &here);
        out->season_decay[place] = product(self, D, &here, &decay);
        out->season_slope[place] = product(self, D, &here, &slope);
    }
}

/* Sum of logs by way of products, as far as these do not overflow. */
typedef struct {
    double product, sum;
} LogSum;

static void add_log(LogSum *self, double x)
{
    self->product *= x;
    if (self->product > 1e200) {
        self->sum += log(self->product);
        self->product = 1;
    }
}

double wm_pool_filter(const PoolAlgebra *times, const PoolKernel *kernel, int n_seasons, const double *R, const double *e,
                      double *u, PoolPosterior *out)
{
    Filter filter = {.kernel = kernel, .n_seasons = n_seasons, .at = layout_of(kernel, n_seasons, times->n_shifts)};
    const Step next = step_of(kernel, 1);
    LogSum logs = {.product = 1};
    set_prior(&filter, 0);
    for (size_t i = 0; i < times->n; i++) {
        const int gap = i ? times->tau[i] - times->tau[i - 1] : 0;
        if (gap == 1) {
            advance(&filter, &next);
        } else if (gap > 1) {
            const Step far = step_of(kernel, gap);
            advance(&filter, &far);
        }
        const Shown shown = shown_at(&filter, times, i);
        double variance;
        u[i] = take(&filter, &shown, e[i], 1 + (R ? R[i] : 0), &variance);
        add_log(&logs, variance);
    }
    if (out) {
        for (size_t k = 0; k < times->n_shifts; k++) {
            const size_t i = filter.at.shifts + k;
            out->shift_mean[k] = filter.x[i];
            out->shift_variance[k] = fmax(row_of(&filter, i)[i], 0);
        }
        write_tail(&filter, times->tau[times->n - 1], &out->tail);
    }
    return 0.5 * (logs.sum + log(logs.product));
}

void wm_pool_tail_at(const WmKernelTail *self, const PoolKernel *kernel, int n_seasons, int tau, int h, double *mean,
                     double *variance)
{
    const size_t place = pool_has_season(kernel, n_seasons) ? (size_t)(tau % n_seasons) : 0;
    const double d = pool_has_decay(kernel) ? pow(kernel->phi, h) : 0, g = pool_has_slope(kernel) ? pow(kernel->dphi, h) : 0;
    const double ww = self->season_w[place] + d * (2 * self->season_decay[place] + d * self->decay_w) +
                      g * (2 * self->season_slope[place] + g * self->slope_w + 2 * d * self->decay_slope);
    *mean = self->season_u[place] + d * self->decay_u + g * self->slope_u;
    *variance = pool_variance_at(kernel, n_seasons, tau) + self->shift + 1 - ww;
}
