/* A regression from readings to numbers: rows that count, the method's own fit, then errors, tests and predictions alike for all.
 */
#include <waymark/regression.h>

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "engine/core/text/names.h"
#include "engine/core/regression/regression_parts.h"
#include "engine/core/scratch_memory.h"

typedef struct {
    RegressionFit *fit;
    bool is_line_only; /* and sorts what comes of every pair of readings */
    bool reads_weights;
} MethodRow;

static const MethodRow METHODS[WM_N_REGRESSION_METHODS] = {
    /* fit, takes a line only, reads weights */
    [WM_REGRESSION_OLS] = {regression_fit_ols, false, false},
    [WM_REGRESSION_WLS] = {regression_fit_wls, false, true},
    [WM_REGRESSION_HUBER] = {regression_fit_huber, false, true},
    [WM_REGRESSION_BISQUARE] = {regression_fit_bisquare, false, true},
    [WM_REGRESSION_THEIL_SEN] = {regression_fit_theil_sen, true, false},
    [WM_REGRESSION_BINOMIAL] = {regression_fit_binomial, false, true},
    [WM_REGRESSION_POISSON] = {regression_fit_poisson, false, true},
    [WM_REGRESSION_LOG_LINEAR] = {regression_fit_log_linear, false, true},
    [WM_REGRESSION_LOGIT_LINEAR] = {regression_fit_logit_linear, false, true},
};

static const char *const METHOD_NAMES[WM_N_REGRESSION_METHODS] = {
    [WM_REGRESSION_OLS] = "ols",
    [WM_REGRESSION_WLS] = "wls",
    [WM_REGRESSION_HUBER] = "huber",
    [WM_REGRESSION_BISQUARE] = "bisquare",
    [WM_REGRESSION_THEIL_SEN] = "theil_sen",
    [WM_REGRESSION_BINOMIAL] = "binomial",
    [WM_REGRESSION_POISSON] = "poisson",
    [WM_REGRESSION_LOG_LINEAR] = "log_linear",
    [WM_REGRESSION_LOGIT_LINEAR] = "logit_linear",
};

static const char *const STATE_NAMES[WM_N_REGRESSION_STATES] = {
    [WM_REGRESSION_FITTED] = "fitted",
    [WM_REGRESSION_NOT_CONVERGED] = "not_converged",
    [WM_REGRESSION_TOO_FEW] = "too_few",
    [WM_REGRESSION_SINGULAR] = "singular",
    [WM_REGRESSION_OUT_OF_RANGE] = "out_of_range",
    [WM_REGRESSION_ON_BOUND] = "on_bound",
    [WM_REGRESSION_UNSUITABLE] = "unsuitable",
};

WM_DEFINE_NAMES(wm_regression_method, WmRegressionMethod, METHOD_NAMES)

const char *wm_regression_state_name(WmRegressionState state)
{
    return STATE_NAMES[state];
}

struct WmRegressionScratch {
    ScratchMemory memory;
};

WmRegressionScratch *wm_regression_scratch_new(void)
{
    return calloc(1, sizeof(WmRegressionScratch));
}

void wm_regression_scratch_free(WmRegressionScratch *self)
{
    if (!self)
        return;
    free(self->memory.doubles);
    free(self);
}

double *regression_scratch_take(WmRegressionScratch *self, size_t n)
{
    return scratch_memory_take(&self->memory, n);
}

bool wm_regression_has_fit(const WmRegression *self)
{
    return self->state == WM_REGRESSION_FITTED || self->state == WM_REGRESSION_NOT_CONVERGED;
}

static void clear(WmRegressionMethod method, size_t n_terms, WmRegression *out)
{
    *out = (WmRegression){.method = method,
                          .n_terms = n_terms,
                          .df = NAN,
                          .scale = NAN,
                          .error_scale = NAN,
                          .rss = NAN,
                          .log_likelihood = NAN,
                          .r_squared = NAN,
                          .low = NAN,
                          .high = NAN};
    for (size_t j = 0; j < WM_REGRESSION_MAX_TERMS; j++)
        out->coefficient[j] = out->std_error[j] = out->statistic[j] = out->p_value[j] = NAN;
}

/* Rows as the caller gave them: a design x, or the times t of a line, whose row is (1, t), then 1 for each step that has come. */
typedef struct {
    size_t n, p;
    const double *x, *t, *steps, *y, *weight;
} Rows;

static const WmRegressionOptions DEFAULTS = {.tuning = 0};

static double line_term(const Rows *rows, size_t i, size_t j)
{
    return j == 0 ? 1 : j == 1 ? rows->t[i] : rows->t[i] >= rows->steps[j - 2];
}

static void read_row(const Rows *rows, size_t i, double *out)
{
    for (size_t j = 0; j < rows->p; j++)
        out[j] = rows->x ? rows->x[i * rows->p + j] : line_term(rows, i, j);
}

static bool is_usable(const double *row, size_t p, double y, double weight)
{
    for (size_t j = 0; j < p; j++)
        if (!isfinite(row[j]))
            return false;
    return isfinite(y) && isfinite(weight) && weight > 0;
}

/* Cut the work's arrays from scratch; false without memory. */
static bool make_room(const Rows *rows, size_t n_more, WmRegressionScratch *scratch, RegressionWork *work)
{
    const size_t n = rows->n, p = rows->p;
    double *at = regression_scratch_take(scratch, 2 * n * p + 8 * n + n_more + p * p + 2 * p);
    if (!at)
        return false;
    double **const arrays[] = {&work->y, &work->weight, &work->residual, &work->eta, &work->right, &work->room, &work->omega};
    for (size_t k = 0; k < sizeof arrays / sizeof arrays[0]; k++, at += n)
        *arrays[k] = at;
    work->x = at, at += n * p;
    work->qr = at, at += n * p;
    work->factor = at, at += p * p;
    work->beta = at, at += p;
    work->tau = at, at += p;
    work->sorted = at; /* n + n_more */
    return true;
}

/* Room, and the usable rows in it. */
static bool lay_out(const Rows *rows, bool reads_weights, size_t n_more, WmRegressionScratch *scratch, RegressionWork *work)
{
    work->p = rows->p;
    if (!make_room(rows, n_more, scratch, work))
        return false;
    for (size_t i = 0; i < rows->n; i++) {
        const double weight = rows->weight && reads_weights ? rows->weight[i] : 1;
        double *row = work->x + work->n * work->p;
        read_row(rows, i, row);
        if (!is_usable(row, work->p, rows->y[i], weight))
            continue;
        work->y[work->n] = rows->y[i];
        work->weight[work->n++] = weight;
    }
    return true;
}

bool regression_lay_line(const WmLineReadings *readings, bool reads_weights, size_t n_more, WmRegressionScratch *scratch,
                         RegressionWork *work)
{
    const Rows rows = {.n = readings->n,
                       .p = 2 + readings->n_steps,
                       .t = readings->t,
                       .steps = readings->steps,
                       .y = readings->y,
                       .weight = readings->weight};
    return lay_out(&rows, reads_weights, n_more, scratch, work);
}

static size_t room_for_pairs(WmRegressionMethod method, size_t n)
{
    return METHODS[method].is_line_only && n > 1 ? n * (n - 1) / 2 : 0;
}

void regression_keep(const RegressionWork *work, WmRegression *out)
{
    for (size_t j = 0; j < work->p; j++)
        out->coefficient[j] = work->beta[j];
    for (size_t j = 0; j < work->p * work->p; j++)
        out->factor[j] = work->factor[j];
}

/* Where the method has not told them itself. A perfect fit has no error: a coefficient of 0 is then certainly 0, any other
 * certainly not. */
static void fill_tests(WmRegression *self)
{
    for (size_t j = 0; j < self->n_terms; j++) {
        double unit[WM_REGRESSION_MAX_TERMS] = {0};
        unit[j] = 1;
        if (isnan(self->std_error[j]))
            self->std_error[j] = self->error_scale * sqrt(regression_leverage(self, unit));
        if (!isnan(self->p_value[j])) /* the method has a test of its own */
            continue;
        if (self->std_error[j] > 0) {
            self->statistic[j] = self->coefficient[j] / self->std_error[j];
            self->p_value[j] = 2 * gsl_cdf_tdist_Q(fabs(self->statistic[j]), self->df);
        } else if (self->std_error[j] >= 0) {
            self->p_value[j] = self->coefficient[j] != 0 ? 0 : 1;
        }
    }
}

static bool is_finite_fit(const WmRegression *self)
{
    bool is_finite = isfinite(self->scale) && isfinite(self->error_scale);
    for (size_t j = 0; j < self->n_terms; j++)
        is_finite = is_finite && isfinite(self->coefficient[j]);
    return is_finite;
}

static void fit_rows(RegressionWork *work, WmRegression *out)
{
    out->n_readings = work->n;
    if (work->n <= work->p) {
        out->state = WM_REGRESSION_TOO_FEW;
        return;
    }
    out->df = (double)(work->n - work->p);
    METHODS[out->method].fit(work, out);
    if (wm_regression_has_fit(out) && !is_finite_fit(out)) { /* overflow: numbers too large to be squared */
        const size_t n = out->n_readings;
        clear(out->method, work->p, out);
        out->n_readings = n;
        out->state = WM_REGRESSION_OUT_OF_RANGE;
    }
    if (wm_regression_has_fit(out))
        fill_tests(out);
}

static bool is_suitable(WmRegressionMethod method, size_t p)
{
    return p > 0 && p <= WM_REGRESSION_MAX_TERMS && (!METHODS[method].is_line_only || p == 2);
}

WmStatus wm_regression_fit(WmRegressionMethod method, const WmRegressionReadings *readings, const WmRegressionOptions *options,
                           WmRegressionScratch *scratch, WmRegression *out)
{
    const Rows rows = {
        .n = readings->n_rows, .p = readings->n_terms, .x = readings->x, .y = readings->y, .weight = readings->weight};
    const size_t p = readings->n_terms;
    clear(method, p, out);
    if (!is_suitable(method, p)) {
        out->state = WM_REGRESSION_UNSUITABLE;
        return WM_OK;
    }
    RegressionWork work = {.options = options ? options : &DEFAULTS};
    if (!lay_out(&rows, METHODS[method].reads_weights, room_for_pairs(method, rows.n), scratch, &work))
        return WM_NO_MEMORY;
    fit_rows(&work, out);
    return WM_OK;
}

/* Where the line's time is centred: any fixed point would do; the mean makes level and slope nearly uncorrelated. */
static double centre_times(RegressionWork *work, WmRegressionMethod method)
{
    double origin = 0;
    for (size_t i = 0; i < work->n; i++)
        origin += work->sorted[i] = work->x[work->p * i + 1];
    origin = method == WM_REGRESSION_THEIL_SEN ? regression_median(work->sorted, work->n) : origin / (double)work->n;
    for (size_t i = 0; i < work->n; i++)
        work->x[work->p * i + 1] -= origin;
    return origin;
}

WmStatus wm_line_fit(WmRegressionMethod method, const WmLineReadings *readings, const WmRegressionOptions *options,
                     WmRegressionScratch *scratch, WmRegression *out)
{
    const size_t p = 2 + readings->n_steps;
    clear(method, p, out);
    if (p > WM_REGRESSION_MAX_TERMS) {
        out->state = WM_REGRESSION_UNSUITABLE;
        return WM_OK;
    }
    out->n_steps = readings->n_steps;
    for (size_t k = 0; k < out->n_steps; k++)
        out->steps[k] = readings->steps[k];
    RegressionWork work = {.options = options ? options : &DEFAULTS};
    if (!regression_lay_line(readings, METHODS[method].reads_weights, room_for_pairs(method, readings->n), scratch, &work))
        return WM_NO_MEMORY;
    out->t_origin = work.n ? centre_times(&work, method) : NAN;
    fit_rows(&work, out);
    return WM_OK;
}
