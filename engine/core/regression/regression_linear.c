/* Least squares by QR, weighted or not, of y or of its log or logit. */
#include "engine/core/regression/regression_parts.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_linalg.h>

#define RANK_TOLERANCE 1e-11 /* of a column's length; NIST's filip, the hardest set anyone means, leaves about 4e-10 */

/* A residual sd below this share of the largest |y| is rounding: the fit is perfect. */
#define PERFECT_FIT 1e-13

#define LOG_2PI 1.837877066409345483560659472811

/* Columns of sqrt(omega) x in qr, each divided by its length, which goes to room[0..p-1]; false when one is all zero. */
static bool weigh_and_scale(RegressionWork *work, const double *omega, const double *target)
{
    const size_t n = work->n, p = work->p;
    for (size_t i = 0; i < n; i++) {
        const double root = omega ? sqrt(omega[i]) : 1;
        for (size_t j = 0; j < p; j++)
            work->qr[i * p + j] = root * work->x[i * p + j];
        work->right[i] = root * target[i];
    }
    for (size_t j = 0; j < p; j++) {
        double length = 0;
        for (size_t i = 0; i < n; i++)
            length = hypot(length, work->qr[i * p + j]);
        if (!(length > 0) || !isfinite(length))
            return false;
        for (size_t i = 0; i < n; i++)
            work->qr[i * p + j] /= length;
        work->room[j] = length;
    }
    return true;
}

/* Golub and Van Loan (2013), Matrix Computations, 4th ed., algorithm 5.3.2, Householder QR. n > p rows, so room has place for p. */
bool regression_solve(RegressionWork *work, const double *omega, const double *target)
{
    const size_t n = work->n, p = work->p;
    if (!weigh_and_scale(work, omega, target))
        return false;
    gsl_matrix_view qr = gsl_matrix_view_array(work->qr, n, p);
    gsl_vector_view tau = gsl_vector_view_array(work->tau, p), beta = gsl_vector_view_array(work->beta, p);
    gsl_vector_view right = gsl_vector_view_array(work->right, n), residual = gsl_vector_view_array(work->residual, n);
    if (gsl_linalg_QR_decomp(&qr.matrix, &tau.vector))
        return false;
    for (size_t j = 0; j < p; j++)
        if (!(fabs(work->qr[j * p + j]) > RANK_TOLERANCE))
            return false;
    if (gsl_linalg_QR_lssolve(&qr.matrix, &tau.vector, &right.vector, &beta.vector, &residual.vector))
        return false;
    for (size_t j = 0; j < p; j++) {
        work->beta[j] /= work->room[j];
        for (size_t k = 0; k < p; k++)
            work->factor[j * p + k] = k < j ? 0 : work->qr[j * p + k] * work->room[k];
    }
    for (size_t i = 0; i < n; i++) {
        double fit = 0;
        for (size_t j = 0; j < p; j++)
            fit += work->x[i * p + j] * work->beta[j];
        work->residual[i] = target[i] - fit;
    }
    return true;
}

double regression_rss(const RegressionWork *work, const double *omega)
{
    double rss = 0;
    for (size_t i = 0; i < work->n; i++)
        rss += (omega ? omega[i] : 1) * work->residual[i] * work->residual[i];
    return rss;
}

/* R^2 = 1 - RSS / sum w (y - ybar_w)^2; all y equal leave nothing to explain: NAN. */
static double r_squared(const RegressionWork *work, const double *omega, double rss)
{
    double w_sum = 0, y_mean = 0, total = 0;
    for (size_t i = 0; i < work->n; i++) {
        const double w = omega ? omega[i] : 1;
        w_sum += w;
        y_mean += w * work->y[i];
    }
    y_mean /= w_sum;
    for (size_t i = 0; i < work->n; i++)
        total += (omega ? omega[i] : 1) * (work->y[i] - y_mean) * (work->y[i] - y_mean);
    return total > 0 ? 1 - rss / total : NAN;
}

static bool has_level(const RegressionWork *work)
{
    for (size_t j = 0; j < work->p; j++) {
        size_t i = 0;
        while (i < work->n && work->x[i * work->p + j] == work->x[j] && work->x[j] != 0)
            i++;
        if (i == work->n)
            return true;
    }
    return false;
}

static bool is_rounding(const RegressionWork *work, const double *omega, double rss)
{
    double largest = 0;
    for (size_t i = 0; i < work->n; i++)
        largest = fmax(largest, (omega ? sqrt(omega[i]) : 1) * fabs(work->y[i]));
    return sqrt(rss / (double)work->n) <= PERFECT_FIT * largest;
}

/* beta = argmin sum w (y - x beta)^2, s^2 = RSS / (n - p), cov = s^2 (X'WX)^-1: Draper and Smith (1998), chapters 5 and 9.
 * Log likelihood with RSS / n for the variance: (sum log w - n (log 2 pi + 1 + log(RSS / n))) / 2. */
static void fit_least_squares(RegressionWork *work, const double *omega, WmRegression *out)
{
    if (!regression_solve(work, omega, work->y)) {
        out->state = WM_REGRESSION_SINGULAR;
        return;
    }
    regression_keep(work, out);
    out->rss = regression_rss(work, omega);
    if (is_rounding(work, omega, out->rss))
        out->rss = 0;
    out->scale = out->error_scale = sqrt(out->rss / out->df);
    out->r_squared = has_level(work) ? r_squared(work, omega, out->rss) : NAN;
    if (out->rss > 0) {
        const double n = (double)work->n;
        double log_weights = 0;
        for (size_t i = 0; i < work->n; i++)
            log_weights += omega ? log(omega[i]) : 0;
        out->log_likelihood = (log_weights - n * (LOG_2PI + 1 + log(out->rss / n))) / 2;
    }
    out->state = WM_REGRESSION_FITTED;
}

void regression_fit_ols(RegressionWork *work, WmRegression *out)
{
    fit_least_squares(work, NULL, out);
}

void regression_fit_wls(RegressionWork *work, WmRegression *out)
{
    fit_least_squares(work, work->weight, out);
}

void regression_fit_log_linear(RegressionWork *work, WmRegression *out)
{
    for (size_t i = 0; i < work->n; i++) {
        if (!(work->y[i] > 0)) {
            out->state = WM_REGRESSION_OUT_OF_RANGE;
            return;
        }
        work->y[i] = log(work->y[i]);
    }
    fit_least_squares(work, work->weight, out);
}

/* Shares u = (y - low) / (high - low); where one lies on a bound all are drawn in, u' = (u (n - 1) + 1/2) / n: Smithson and
 * Verkuilen (2006), Psychological Methods 11, 54-71, p. 55. */
void regression_fit_logit_linear(RegressionWork *work, WmRegression *out)
{
    const bool is_default = work->options->low == 0 && work->options->high == 0;
    const double low = work->options->low, high = is_default ? 100 : work->options->high, n = (double)work->n;
    bool is_on_bound = false;
    for (size_t i = 0; i < work->n; i++) {
        const double u = work->y[i] = (work->y[i] - low) / (high - low);
        if (!(u >= 0 && u <= 1)) {
            out->state = WM_REGRESSION_OUT_OF_RANGE;
            return;
        }
        is_on_bound = is_on_bound || u == 0 || u == 1;
    }
    for (size_t i = 0; i < work->n; i++) {
        const double u = is_on_bound ? (work->y[i] * (n - 1) + 0.5) / n : work->y[i];
        work->y[i] = log(u) - log1p(-u);
    }
    fit_least_squares(work, work->weight, out);
    out->low = low;
    out->high = high;
}
