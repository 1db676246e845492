/* The end of the search for a model with a slope and no season: Levenberg and Marquardt's steps in parameters and initial states
 * together.
 *
 * The likelihood of a multiplicative error is a sum of squares too: n log sum (r / mu)^2 + 2 sum log mu = n log sum (G r / mu)^2, G
 * the geometric mean of the forecasts. One pass gives the errors and, by the recursion's own derivatives, their slopes; a step then
 * knows how the surface bends, where a simplex has to find out. Levenberg (1944), Quarterly of Applied Mathematics 2, 164-168;
 * Marquardt (1963), Journal of the Society for Industrial and Applied Mathematics 11, 431-441. */
#include "engine/core/smoothing/smoothing_ets.h"

#include <math.h>
#include <string.h>

#include "engine/core/pause.h"

/* The unknowns: shares of the ranges of alpha, beta, phi, and the initial level and slope; those of an undamped model first. Sums
 * are kept for an even number of them, which a compiler takes two at a time. */
enum { BY_ALPHA, BY_BETA, BY_LEVEL, BY_SLOPE, BY_PHI, N_BY };
#define N_UNDAMPED 4
#define N_DAMPED   6

#define N_STEPS_MAX 40
#define GAIN_ENOUGH 1e-3 /* of the log likelihood, which is wanted to 0.01 */
#define DAMPING     1e-2 /* at first, as a share of the diagonal */
#define DAMPING_MAX 1e8

/* At a point: less the log likelihood, its gradient, and Gauss and Newton's matrix (below its diagonal). */
typedef struct {
    double at[N_DAMPED], value, gradient[N_BY], matrix[N_BY][N_BY];
} Surface;

/* Derivatives of the states by each unknown, and of alpha, beta and phi, as far as a pair of unknowns has any. */
typedef struct {
    double l[N_DAMPED], b[N_DAMPED], alpha[N_DAMPED], beta[N_DAMPED], phi[N_DAMPED];
} Slopes;

static EtsParameters parameters_at(const EtsFit *fit, const double *at)
{
    return ets_parameters(fit->row, (const double[]){at[BY_ALPHA], at[BY_BETA], at[BY_PHI]});
}

static void start_slopes(const EtsFit *fit, const double *at, Slopes *d)
{
    *d = (Slopes){.l = {[BY_LEVEL] = 1},
                  .b = {[BY_SLOPE] = 1},
                  .alpha = {[BY_ALPHA] = ETS_WIDTH},
                  .beta = {[BY_ALPHA] = ETS_WIDTH * at[BY_BETA], [BY_BETA] = fit->parameters.alpha - ETS_LOW},
                  .phi = {[BY_PHI] = ETS_PHI_WIDTH}};
}

/* Sums over readings, s = e / mu or e: of s^2, log mu, s ds, ds ds, and d log mu. */
typedef struct {
    double squares, logs, first[N_DAMPED], second[N_DAMPED][N_DAMPED], mean[N_DAMPED];
} Sums;

static inline void add_slopes(Sums *sums, size_t width, double s, const double *slope)
{
    for (size_t i = 0; i < width; i++)
        sums->first[i] += s * slope[i];
    for (size_t i = 0; i < width; i++)
        for (size_t j = 0; j <= (i | 1); j++)
            sums->second[i][j] += slope[i] * slope[j];
}

/* All readings; false where a forecast of a multiplicative error is not above 0. The width is a constant where it is called. */
static inline bool sum_readings(const EtsFit *fit, const double *at, size_t width, Sums *sums)
{
    const EtsParameters p = fit->parameters;
    const bool is_share = fit->row->is_multiplicative;
    const double over_centre = 1 / fit->centre;
    Slopes d;
    start_slopes(fit, at, &d);
    double l = at[BY_LEVEL], b = at[BY_SLOPE], product = 1;
    *sums = (Sums){.squares = fit->least_sse * (is_share ? over_centre * over_centre : 1)};
    for (size_t t = 0; t < fit->n; t++) {
        const bool is_gap = isnan(fit->y[t]);
        const double next = l + p.phi * b, e = is_gap ? 0 : fit->y[t] - next;
        const double alpha = is_gap ? 0 : p.alpha, beta = is_gap ? 0 : p.beta;
        double slope[N_DAMPED];
        for (size_t i = 0; i < width; i++) {
            const double db = p.phi * d.b[i] + d.phi[i] * b, dmu = d.l[i] + db;
            d.l[i] = dmu - alpha * dmu + d.alpha[i] * e;
            d.b[i] = db - beta * dmu + d.beta[i] * e;
            slope[i] = -dmu;
        }
        l = next + p.alpha * e;
        b = p.phi * b + p.beta * e;
        if (is_gap)
            continue;
        double s = e;
        if (is_share) {
            const double mu = next + fit->centre, over = 1 / mu, scale = (fit->y[t] + fit->centre) * over * over;
            if (!(mu > 0))
                return false;
            s = e * over;
            for (size_t i = 0; i < width; i++) {
                sums->mean[i] -= over * slope[i];
                slope[i] *= scale;
            }
            product *= mu * over_centre;
            if (!(product > 1e-100 && product < 1e100)) {
                sums->logs += log(product);
                product = 1;
            }
        }
        sums->squares += s * s;
        add_slopes(sums, width, s, slope);
    }
    sums->logs += log(product) + (is_share ? (double)fit->n_readings * log(fit->centre) : 0);
    return isfinite(sums->squares);
}

/* The surface at out->at. */
static bool look(EtsFit *fit, Surface *out)
{
    Sums sums;
    fit->parameters = parameters_at(fit, out->at);
    if (!(fit->row->is_damped ? sum_readings(fit, out->at, N_DAMPED, &sums) : sum_readings(fit, out->at, N_UNDAMPED, &sums)))
        return false;
    const double n = (double)fit->n_readings, scale = n / sums.squares;
    out->value = 0.5 * n * log(sums.squares) + sums.logs;
    for (size_t i = 0; i < N_BY; i++) {
        const double mean = sums.mean[i] / n;
        out->gradient[i] = scale * sums.first[i] + sums.mean[i];
        for (size_t j = 0; j <= i; j++)
            out->matrix[i][j] =
                scale * (sums.second[i][j] + mean * sums.first[j]) + sums.mean[j] * (scale * sums.first[i] / n + mean);
    }
    return true;
}

static bool is_share_of_range(size_t i)
{
    return i == BY_ALPHA || i == BY_BETA || i == BY_PHI;
}

/* The unknowns that move: not those that the model has not, nor a share on a bound that the surface falls towards. */
static size_t list_free(const Surface *here, size_t *list)
{
    size_t n = 0;
    for (size_t i = 0; i < N_BY; i++) {
        const bool is_held =
            is_share_of_range(i) && ((here->at[i] <= 0 && here->gradient[i] >= 0) || (here->at[i] >= 1 && here->gradient[i] <= 0));
        if (!is_held && here->matrix[i][i] > 0)
            list[n++] = i;
    }
    return n;
}

/* Where the step at this damping leads, and what it is to gain; less than nothing when there is none. */
static double find_step(const Surface *here, double damping, double *next)
{
    double a[N_BY * N_BY], right[N_BY], step[N_BY], gain = 0;
    size_t list[N_BY];
    const size_t n = list_free(here, list);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++)
            a[i * n + j] = here->matrix[list[i]][list[j]];
        a[i * n + i] = here->matrix[list[i]][list[i]] * (1 + damping);
        right[i] = -here->gradient[list[i]];
    }
    if (!smoothing_solve(a, n, right, step, NULL))
        return -1;
    memcpy(next, here->at, sizeof here->at);
    for (size_t i = 0; i < n; i++) {
        const size_t by = list[i];
        const double to = here->at[by] + step[i];
        next[by] = is_share_of_range(by) ? fmin(fmax(to, 0), 1) : to;
        gain -= (next[by] - here->at[by]) * here->gradient[by];
    }
    return gain / 2;
}

/* The point of some angles, with initial states by least squares. */
static bool start_at(EtsFit *fit, const double *angle, double *at)
{
    memset(at, 0, N_DAMPED * sizeof *at);
    at[BY_ALPHA] = smoothing_share(angle[0]);
    at[BY_BETA] = smoothing_share(angle[1]);
    at[BY_PHI] = fit->row->is_damped ? smoothing_share(angle[2]) : 0;
    fit->parameters = parameters_at(fit, at);
    if (!ets_first_states(fit))
        return false;
    memcpy(at + BY_LEVEL, fit->x0, fit->k * sizeof *fit->x0);
    return true;
}

/* Down from a point that has been looked at. */
static void descend(EtsFit *fit, Surface *here, int *n_evaluations)
{
    Surface there;
    double damping = DAMPING;
    for (int i = 0; i < N_STEPS_MAX && damping < DAMPING_MAX; i++) {
        wm_pause();
        const double gain = find_step(here, damping, there.at);
        if (gain >= 0 && gain < GAIN_ENOUGH && damping <= DAMPING)
            break;
        ++*n_evaluations;
        if (gain >= 0 && look(fit, &there) && there.value <= here->value) {
            *here = there;
            damping *= 0.1;
        } else
            damping *= 8;
    }
}

double ets_refine(void *context, double *angle, int *n_evaluations)
{
    EtsFit *fit = context;
    Surface here;
    if (!start_at(fit, angle, here.at) || !look(fit, &here))
        return HUGE_VAL;
    descend(fit, &here, n_evaluations);
    static const size_t SHARES[] = {BY_ALPHA, BY_BETA, BY_PHI};
    for (size_t i = 0; i < ets_n_parameters(fit->row); i++)
        angle[i] = asin(sqrt(here.at[SHARES[i]]));
    if (here.value < fit->refined_value) {
        fit->refined_value = here.value;
        memcpy(fit->refined_x0, here.at + BY_LEVEL, sizeof fit->refined_x0);
    }
    return here.value;
}
