/* Exponential smoothing: parameters by search, initial states by least squares within it.
 *
 * The letters are those of Hyndman, Koehler, Ord and Snyder (2008), Forecasting with Exponential Smoothing: l level, b slope, s
 * season, e error, mu the one-step forecast. Given alpha, beta, gamma and phi the forecasts are linear in the initial states x0
 * (section 5.1), so that mu = mu(0) + D x0: a column of D is the filter's answer to one initial state of 1 and readings of 0. The
 * additive likelihood then has its least-squares x0 in closed form, and the search is left with one to four dimensions; R searches
 * in all of them. */
#include "engine/core/smoothing/smoothing_ets.h"

#include <math.h>
#include <string.h>

#define PERFECT_FIT 1e-13    /* of the largest |y|, rounding */
#define CANCELLED   1e-9     /* share left of a difference of sums below which too few digits are */
#define LARGEST     1e140    /* beyond it squares overflow */
#define RADIUS      1.000001 /* of admissible roots; ANA has one on the circle, which rounding may put a little outside */

EtsParameters ets_parameters(const SmoothingRow *row, const double *share)
{
    EtsParameters p = {.alpha = ETS_LOW + ETS_WIDTH * *share++, .phi = 1};
    if (row->has_slope)
        p.beta = ETS_LOW + (p.alpha - ETS_LOW) * *share++;
    if (row->has_season)
        p.gamma = ETS_LOW + fmax(0, 1 - p.alpha - ETS_LOW) * *share++;
    if (row->is_damped)
        p.phi = ETS_PHI_LOW + ETS_PHI_WIDTH * *share;
    return p;
}

size_t ets_n_parameters(const SmoothingRow *row)
{
    return (size_t)(1 + row->has_slope + row->has_season + row->is_damped);
}

/* All roots of a[0] + ... + a[d] z^d within the circle: Jury (1964), Theory and Application of the z-Transform Method, chapter 3.
 */
static bool has_small_roots(double *a, size_t d)
{
    for (; d > 0; d--) {
        if (!(fabs(a[0]) < fabs(a[d])))
            return false;
        double reduced[WM_SMOOTHING_MAX_PERIOD + 2];
        for (size_t i = 0; i < d; i++)
            reduced[i] = (a[d] * a[i + 1] - a[0] * a[d - i - 1]) / a[d];
        memcpy(a, reduced, d * sizeof *a);
    }
    return true;
}

/* Hyndman et al. (2008), section 10.2: old readings must lose their weight. The usual region is enough where there is no season. */
static bool is_admissible(const EtsParameters *p, size_t m)
{
    if (p->gamma < fmax(1 - 1 / p->phi - p->alpha, 0) || p->gamma > 1 + 1 / p->phi - p->alpha)
        return false;
    double a[WM_SMOOTHING_MAX_PERIOD + 2];
    for (size_t i = 2; i < m; i++)
        a[i] = p->alpha + p->beta - p->alpha * p->phi;
    a[0] = p->phi * (1 - p->alpha - p->gamma);
    a[1] = p->alpha + p->beta - p->alpha * p->phi + p->gamma - 1;
    a[m] = p->alpha + p->beta - p->phi;
    a[m + 1] = 1;
    double power = 1;
    for (size_t i = 0; i <= m + 1; i++, power *= RADIUS)
        a[i] *= power;
    return has_small_roots(a, m + 1);
}

/* States of all columns at once; the last column is the readings' own, from x0 = 0. */
typedef struct {
    double l[ETS_MAX_COLUMNS], b[ETS_MAX_COLUMNS], s[WM_SMOOTHING_MAX_PERIOD][ETS_MAX_COLUMNS];
} States;

static void start_columns(const EtsFit *fit, States *states)
{
    const size_t width = fit->k + 1, first = fit->row->has_slope ? 2 : 1;
    memset(states->l, 0, width * sizeof *states->l);
    memset(states->b, 0, width * sizeof *states->b);
    states->l[0] = 1;
    states->b[1] = fit->row->has_slope;
    for (size_t i = 0; i < fit->period; i++) {
        memset(states->s[i], 0, width * sizeof *states->s[i]);
        if (i + 1 < fit->period)
            states->s[i][first + i] = 1;
        else
            for (size_t j = first; j < fit->k - fit->n_regressors;
                 j++) /* seasons sum to 0: the last is less the sum of the others */
                states->s[i][j] = -1;
    }
}

/* One period for every column: mu = l + phi b + s + x d, e = y - mu, l = l + phi b + alpha e, b = phi b + beta e, s = s + gamma e
 * (table 2.2, in error form). The effect d of a regressor is a state that no error moves (section 9.1): its column is the answer to
 * readings of -x. A gap has no error. */
static void step_columns(const EtsFit *fit, States *states, double *s, double y, const double *x, double *e)
{
    const EtsParameters p = fit->parameters;
    const size_t width = fit->k + 1, first_x = fit->k - fit->n_regressors;
    const bool is_gap = isnan(y);
    for (size_t c = 0; c < width; c++) {
        const double slope = p.phi * states->b[c], next = states->l[c] + slope;
        e[c] = is_gap ? 0 : -next - (s ? s[c] : 0);
        if (!is_gap && c >= first_x)
            e[c] += c < fit->k ? -x[c - first_x] : y;
        states->l[c] = next + p.alpha * e[c];
        states->b[c] = slope + p.beta * e[c];
        if (s)
            s[c] += p.gamma * e[c];
    }
}

static void run_columns(EtsFit *fit)
{
    States states;
    start_columns(fit, &states);
    double *e = fit->columns;
    for (size_t t = 0, i = 0; t < fit->n; t++, e += fit->k + 1) {
        step_columns(fit, &states, fit->period ? states.s[i] : NULL, fit->y[t], smoothing_regressors(fit->x, fit->n_regressors, t),
                     e);
        i = i + 1 < fit->period ? i + 1 : 0;
    }
}

/* x0 that minimises sum w (e_k + sum_j x0_j e_j)^2, w = 1, or 1 / y^2 for a multiplicative error; the sum itself is returned, NAN
 * when initial states cannot be told apart. */
static double solve_states(EtsFit *fit)
{
    const size_t k = fit->k;
    double a[ETS_MAX_COLUMNS * ETS_MAX_COLUMNS], c[ETS_MAX_COLUMNS] = {0};
    const double *e = fit->columns;
    memset(a, 0, k * k * sizeof *a);
    for (size_t t = 0; t < fit->n; t++, e += k + 1) {
        const double level = fit->y[t] + fit->centre;
        const double w = !fit->row->is_multiplicative ? 1 : isnan(level) ? 0 : 1 / (level * level);
        for (size_t i = 0; i < k; i++) {
            for (size_t j = 0; j <= i; j++)
                a[i * k + j] += w * e[i] * e[j];
            c[i] -= w * e[i] * e[k];
        }
    }
    if (!smoothing_solve(a, k, c, fit->x0, NULL))
        return NAN;
    double sse = 0;
    e = fit->columns;
    for (size_t t = 0; t < fit->n; t++, e += k + 1) {
        double r = e[k];
        for (size_t j = 0; j < k; j++)
            r += fit->x0[j] * e[j];
        sse += r * r;
    }
    return sse;
}

bool ets_first_states(EtsFit *fit)
{
    run_columns(fit);
    return !isnan(solve_states(fit));
}

/* The least sum of squares without a season, in one pass and without memory; three times as fast as the general way, and the same
 * but for rounding, which matters where next to nothing is left of the readings' own sum: NAN then, and the general way is taken.
 */
static double quick_sse(const EtsFit *fit)
{
    const EtsSteps steps = ets_steps(&fit->parameters);
    EtsColumn own = {0}, level = ets_level_column(), slope = ets_slope_column(&fit->parameters);
    double own2 = 0, level2 = 0, slope2 = 0, own_level = 0, own_slope = 0, level_slope = 0;
    for (size_t t = 0; t < fit->n; t++) {
        const double e0 = ets_step_column(&own, &steps, fit->y[t]), e1 = ets_step_column(&level, &steps, 0),
                     e2 = ets_step_column(&slope, &steps, 0);
        own2 += e0 * e0;
        level2 += e1 * e1;
        slope2 += e2 * e2;
        own_level += e0 * e1;
        own_slope += e0 * e2;
        level_slope += e1 * e2;
    }
    double sse = own2 - own_level * own_level / level2;
    if (fit->k == 2) {
        const double left = slope2 - level_slope * level_slope / level2, with = own_slope - level_slope * own_level / level2;
        if (!(left > CANCELLED * slope2))
            return NAN;
        sse -= with * with / left;
    }
    return sse > CANCELLED * own2 ? sse : NAN;
}

/* Less the log likelihood: n / 2 log sum e^2, and for a multiplicative error + sum log mu (equation 5.3). */
static double likelihood(const double *angle, void *context)
{
    EtsFit *fit = context;
    double share[WM_SMOOTHING_MAX_PARAMETERS];
    for (size_t i = 0; i < ets_n_parameters(fit->row); i++)
        share[i] = smoothing_share(angle[i]);
    fit->parameters = ets_parameters(fit->row, share);
    if (fit->row->has_season && !is_admissible(&fit->parameters, fit->period))
        return HUGE_VAL;
    const bool is_simple = !fit->row->has_season && !fit->n_regressors && fit->n == fit->n_readings;
    if (is_simple && fit->row->is_multiplicative) {
        const double value = ets_quick_multiplicative(fit);
        if (!isnan(value))
            return 0.5 * value;
    }
    double sse = fit->row->is_multiplicative || !is_simple ? NAN : quick_sse(fit);
    if (isnan(sse)) {
        run_columns(fit);
        sse = solve_states(fit);
    }
    if (isnan(sse))
        return HUGE_VAL;
    return 0.5 *
           (fit->row->is_multiplicative ? ets_solve_multiplicative(fit) : (double)fit->n_readings * log(fmax(sse, fit->least_sse)));
}

/* Columns and initial states of the best parameters, which the quick ways leave aside; the value in full. */
static double settle(EtsFit *fit, double value)
{
    run_columns(fit);
    if (!fit->row->is_multiplicative || !(fit->refined_value < HUGE_VAL))
        solve_states(fit);
    else
        memcpy(fit->x0, fit->refined_x0, sizeof fit->refined_x0);
    return fit->row->is_multiplicative ? 0.5 * ets_solve_multiplicative(fit) : value;
}

/* Centre of the readings and what rounding makes of a perfect fit; the state that forbids one, or WM_SMOOTHING_FITTED. */
static WmSmoothingState measure_readings(const WmSmoothingReadings *readings, EtsFit *fit)
{
    double sum = 0, largest = 0;
    bool has_other = false;
    for (size_t t = 0; t < readings->n; t++) {
        const double y = readings->y[t];
        if (!isfinite(y))
            continue;
        fit->n_readings++;
        sum += y;
        largest = fmax(largest, fabs(y));
        has_other = has_other || !(y > 0);
    }
    const size_t n_wanted = ets_n_parameters(fit->row) + fit->k + 2; /* as forecast::ets: what is estimated, and two to spare */
    if (fit->n_readings < n_wanted)
        return WM_SMOOTHING_TOO_FEW;
    if ((fit->row->is_multiplicative && has_other) || !isfinite(sum) || largest > LARGEST)
        return WM_SMOOTHING_OUT_OF_RANGE;
    fit->centre = sum / (double)fit->n_readings;
    const double rounding = fmax(PERFECT_FIT * largest, 1e-150);
    fit->least_sse = (double)fit->n_readings * rounding * rounding;
    return WM_SMOOTHING_FITTED;
}

/* How to look for the parameters. With one, or a season, a simplex does as well as slopes. A look at a multiplicative error costs
 * more; its lattice has fewer. */
static SmoothingSearch search_of(EtsFit *fit)
{
    static const size_t LEVELS[][WM_SMOOTHING_MAX_PARAMETERS] = {{7}, {4, 4}, {4, 4, 4}, {3, 3, 3, 3}},
                        BY_SLOPES[2][3] = {{5, 5, 2}, {6, 3, 2}};
    const bool has_slopes = fit->row->has_slope && !fit->row->has_season && !fit->n_regressors;
    const size_t n = ets_n_parameters(fit->row);
    return (SmoothingSearch){.f = likelihood,
                             .refine = has_slopes ? ets_refine : NULL,
                             .context = fit,
                             .n = n,
                             .n_levels = has_slopes ? BY_SLOPES[fit->row->is_multiplicative] : LEVELS[n - 1]};
}

static bool has_all_regressors(const WmSmoothingReadings *readings)
{
    for (size_t i = 0; i < readings->n * readings->n_regressors; i++)
        if (!isfinite(readings->x[i]))
            return false;
    return true;
}

WmStatus smoothing_fit_ets(const WmSmoothingReadings *readings, const WmSmoothingOptions *options, WmSmoothingScratch *scratch,
                           WmSmoothing *out)
{
    const SmoothingRow *row = smoothing_row(out->model);
    if ((row->has_season && (options->period < 2 || options->period > WM_SMOOTHING_MAX_PERIOD)) ||
        readings->n_regressors > WM_SMOOTHING_MAX_REGRESSORS || !has_all_regressors(readings)) {
        out->state = WM_SMOOTHING_UNSUITABLE;
        return WM_OK;
    }
    EtsFit fit = {.row = row,
                  .x = readings->x,
                  .n = readings->n,
                  .n_regressors = readings->n_regressors,
                  .period = row->has_season ? options->period : 0,
                  .k = row->has_slope ? 2 : 1,
                  .refined_value = HUGE_VAL};
    fit.k += (fit.period ? fit.period - 1 : 0) + fit.n_regressors;
    out->state = measure_readings(readings, &fit);
    out->n_readings = fit.n_readings;
    if (out->state != WM_SMOOTHING_FITTED)
        return WM_OK;

    const size_t width = (fit.k < 2 ? 2 : fit.k) + 1; /* the quick ways keep three columns */
    double *y = smoothing_scratch_take(scratch, readings->n * (width + 2));
    if (!y)
        return WM_NO_MEMORY;
    fit.y = y;
    fit.weights = y + readings->n;
    fit.columns = fit.weights + readings->n;
    for (size_t t = 0; t < readings->n; t++) {
        y[t] = isfinite(readings->y[t]) ? readings->y[t] - fit.centre : NAN;
        fit.weights[t] = 1 / (readings->y[t] * readings->y[t]);
    }
    double angle[WM_SMOOTHING_MAX_PARAMETERS];
    const SmoothingSearch search = search_of(&fit);
    if (!(smoothing_search(scratch, &search, angle, &out->n_evaluations) < HUGE_VAL)) {
        out->state = WM_SMOOTHING_SINGULAR;
        return WM_OK;
    }
    const double value = settle(&fit, likelihood(angle, &fit));
    ets_write(&fit, value, out);
    return WM_OK;
}
