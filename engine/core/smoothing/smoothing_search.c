/* Search for the parameters: a lattice of starts, then from the best the caller's own way down, or Nelder and Mead's simplex, all
 * within the scratch. */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multimin.h>

#include "engine/core/pause.h"
#include "engine/core/smoothing/smoothing_parts.h"
#include "engine/core/scratch_memory.h"

#define N_REFINED        2
#define BEHIND           3.0  /* of the log likelihood: a start so far below the best was never seen to end above it */
#define NEAR             0.5  /* radians */
#define STEP             0.35 /* radians: a fifth of the way from bound to bound */
#define SIZE_ENOUGH      8e-3 /* radians: the likelihood is flat, so that this is about 1e-4 in it */
#define N_ITERATIONS_MAX 400
#define N_IDLE_MAX       10    /* iterations without a gain above GAIN_MIN */
#define GAIN_MIN         1e-3  /* of the log likelihood, which is wanted to 0.01 */
#define IMPOSSIBLE       1e100 /* a likelihood that cannot be had */
#define PIVOT_MIN        1e-13 /* share of a diagonal left below which Cholesky stops */

struct WmSmoothingScratch {
    ScratchMemory memory;
    gsl_multimin_fminimizer *simplex[WM_SMOOTHING_MAX_PARAMETERS + 1]; /* by dimension; made when first wanted */
};

WmSmoothingScratch *wm_smoothing_scratch_new(void)
{
    WmSmoothingScratch *self = calloc(1, sizeof *self);
    for (size_t n = 1; self && n <= WM_SMOOTHING_MAX_PARAMETERS; n++) {
        self->simplex[n] = gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, n);
        if (!self->simplex[n]) {
            wm_smoothing_scratch_free(self);
            return NULL;
        }
    }
    return self;
}

void wm_smoothing_scratch_free(WmSmoothingScratch *self)
{
    if (!self)
        return;
    for (size_t n = 1; n <= WM_SMOOTHING_MAX_PARAMETERS; n++)
        if (self->simplex[n])
            gsl_multimin_fminimizer_free(self->simplex[n]);
    free(self->memory.doubles);
    free(self);
}

double *smoothing_scratch_take(WmSmoothingScratch *self, size_t n)
{
    return scratch_memory_take(&self->memory, n);
}

double smoothing_share(double angle)
{
    const double s = sin(angle);
    return s * s;
}

/* GSL hands vectors about; ours are plain angles. */
typedef struct {
    SmoothingObjective *f;
    void *context;
    int n_evaluations;
} Call;

static double call(const gsl_vector *angle, void *context)
{
    Call *self = context;
    self->n_evaluations++;
    const double value = self->f(angle->data, self->context);
    return value < IMPOSSIBLE ? value : IMPOSSIBLE; /* GSL takes what is not finite for an error, and would stop the host */
}

static double evaluate(Call *self, const double *angle)
{
    self->n_evaluations++;
    return self->f(angle, self->context);
}

/* Nelder and Mead (1965), Computer Journal 7, 308-313. Angles are replaced by the best found; its value is returned. */
static double refine(gsl_multimin_fminimizer *simplex, Call *function, size_t n, double *angle)
{
    double steps[WM_SMOOTHING_MAX_PARAMETERS];
    for (size_t i = 0; i < n; i++)
        steps[i] = STEP;
    gsl_multimin_function f = {.f = call, .n = n, .params = function};
    gsl_vector_view at = gsl_vector_view_array(angle, n), step = gsl_vector_view_array(steps, n);
    if (gsl_multimin_fminimizer_set(simplex, &f, &at.vector, &step.vector))
        return HUGE_VAL;
    double best = HUGE_VAL;
    for (int i = 0, n_idle = 0; i < N_ITERATIONS_MAX && n_idle < N_IDLE_MAX; i++) {
        wm_pause();
        if (gsl_multimin_fminimizer_iterate(simplex) || gsl_multimin_fminimizer_size(simplex) < SIZE_ENOUGH)
            break;
        n_idle = simplex->fval < best - GAIN_MIN ? 0 : n_idle + 1;
        best = fmin(best, simplex->fval);
    }
    for (size_t i = 0; i < n; i++)
        angle[i] = gsl_vector_get(gsl_multimin_fminimizer_x(simplex), i);
    return gsl_multimin_fminimizer_minimum(simplex);
}

/* Starts: shares of each range on a lattice. */
static void start_of(const SmoothingSearch *search, size_t i_start, double *angle)
{
    for (size_t i = 0; i < search->n; i_start /= search->n_levels[i++]) {
        const size_t levels = search->n_levels[i];
        angle[i] = 1.5707963267948966 * ((double)(i_start % levels) + 0.35) / ((double)levels - 0.3);
    }
}

typedef struct {
    double value, angle[WM_SMOOTHING_MAX_PARAMETERS];
} Start;

static bool is_near(const Start *a, const Start *b, size_t n_angles)
{
    double apart = 0;
    for (size_t i = 0; i < n_angles; i++)
        apart = fmax(apart, fabs(a->angle[i] - b->angle[i]));
    return apart < NEAR;
}

/* Keep `start` among the best, in order; of neighbours on the lattice, which lead to one optimum, only the better. */
static void rank_start(Start *best, const Start *start, size_t n_angles)
{
    size_t last = N_REFINED - 1;
    for (size_t i = 0; i < N_REFINED; i++)
        if (best[i].value < HUGE_VAL && is_near(&best[i], start, n_angles)) {
            if (best[i].value <= start->value)
                return;
            last = i;
            break;
        }
    if (!(start->value < best[last].value))
        return;
    best[last] = *start;
    for (size_t i = last; i > 0 && best[i].value < best[i - 1].value; i--) {
        const Start better = best[i];
        best[i] = best[i - 1];
        best[i - 1] = better;
    }
}

double smoothing_search(WmSmoothingScratch *scratch, const SmoothingSearch *search, double *best, int *n_evaluations)
{
    const size_t n = search->n;
    Call function = {.f = search->f, .context = search->context};
    Start starts[N_REFINED];
    for (size_t k = 0; k < N_REFINED; k++)
        starts[k].value = HUGE_VAL;
    size_t n_starts = 1;
    for (size_t i = 0; i < n; i++)
        n_starts *= search->n_levels[i];
    for (size_t i = 0; i < n_starts; i++) {
        Start start = {.value = 0};
        start_of(search, i, start.angle);
        start.value = evaluate(&function, start.angle);
        rank_start(starts, &start, n);
    }
    double least = HUGE_VAL;
    for (size_t k = 0; k < N_REFINED; k++) {
        if (!(starts[k].value < HUGE_VAL) || starts[k].value > starts[0].value + BEHIND)
            continue;
        const double value = search->refine ? search->refine(search->context, starts[k].angle, &function.n_evaluations)
                                            : refine(scratch->simplex[n], &function, n, starts[k].angle);
        if (value < least) {
            least = value;
            for (size_t i = 0; i < n; i++)
                best[i] = starts[k].angle[i];
        }
    }
    *n_evaluations = function.n_evaluations;
    return least;
}

/* Cholesky, which a pivot stops when it is small beside its own diagonal, so that scales do not matter: Golub and Van Loan (2013),
 * algorithm 4.2.1. By hand, as GSL's checks cost more than these few rows. */
bool smoothing_solve(double *a, size_t n, const double *b, double *z, double *log_det)
{
    if (log_det)
        *log_det = 0;
    for (size_t j = 0; j < n; j++) {
        const double diagonal = a[j * n + j];
        double pivot = diagonal;
        for (size_t k = 0; k < j; k++)
            pivot -= a[j * n + k] * a[j * n + k];
        if (!(pivot > PIVOT_MIN * diagonal) || !isfinite(pivot))
            return false;
        const double root = a[j * n + j] = sqrt(pivot);
        if (log_det)
            *log_det += 2 * log(root);
        for (size_t i = j + 1; i < n; i++) {
            double sum = a[i * n + j];
            for (size_t k = 0; k < j; k++)
                sum -= a[i * n + k] * a[j * n + k];
            a[i * n + j] = sum / root;
        }
    }
    for (size_t i = 0; i < n; i++) {
        double sum = b[i];
        for (size_t k = 0; k < i; k++)
            sum -= a[i * n + k] * z[k];
        z[i] = sum / a[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            z[i] -= a[k * n + i] * z[k];
        z[i] /= a[i * n + i];
    }
    return true;
}
