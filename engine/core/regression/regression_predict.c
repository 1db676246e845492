/* What a fitted regression expects: on the link's scale, as a response, and the interval of a new reading. */
#include <waymark/regression.h>

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "engine/core/regression/regression_parts.h"

/* Response at a value of the link, and its derivative there. */
typedef struct {
    double (*response)(const WmRegressionPrediction *self, double link);
    double (*derivative)(const WmRegressionPrediction *self, double link);
} LinkRow;

static double same(const WmRegressionPrediction *self, double link)
{
    (void)self;
    return link;
}

static double one(const WmRegressionPrediction *self, double link)
{
    (void)self;
    (void)link;
    return 1;
}

static double exponential(const WmRegressionPrediction *self, double link)
{
    (void)self;
    return exp(link);
}

static double logistic(const WmRegressionPrediction *self, double link)
{
    return self->low + (self->high - self->low) / (1 + exp(-link));
}

static double logistic_derivative(const WmRegressionPrediction *self, double link)
{
    const double e = exp(-fabs(link)); /* symmetric; no overflow */
    return (self->high - self->low) * e / ((1 + e) * (1 + e));
}

static const LinkRow IDENTITY = {same, one}, LOG = {exponential, exponential}, LOGIT = {logistic, logistic_derivative};

typedef struct {
    const LinkRow *link;
    bool has_reading_error; /* the link's scale carries the spread of a reading; else only that of the mean is known there */
} PredictRow;

static const PredictRow METHODS[WM_N_REGRESSION_METHODS] = {
    [WM_REGRESSION_OLS] = {&IDENTITY, true},       [WM_REGRESSION_WLS] = {&IDENTITY, true},
    [WM_REGRESSION_HUBER] = {&IDENTITY, true},     [WM_REGRESSION_BISQUARE] = {&IDENTITY, true},
    [WM_REGRESSION_THEIL_SEN] = {&IDENTITY, true}, [WM_REGRESSION_BINOMIAL] = {&LOGIT, false},
    [WM_REGRESSION_POISSON] = {&LOG, false},       [WM_REGRESSION_LOG_LINEAR] = {&LOG, true},
    [WM_REGRESSION_LOGIT_LINEAR] = {&LOGIT, true},
};

/* Theil and Sen's factor has rows of 1e150 where there is no error: what they leave is none. */
#define WITHOUT_ERROR 1e-290

double regression_leverage(const WmRegression *self, const double *row)
{
    const size_t p = self->n_terms;
    double z[WM_REGRESSION_MAX_TERMS], h = 0;
    for (size_t j = 0; j < p; j++) {
        double sum = row[j];
        for (size_t k = 0; k < j; k++)
            sum -= self->factor[k * p + j] * z[k];
        z[j] = sum / self->factor[j * p + j];
        h += z[j] * z[j];
    }
    return h > WITHOUT_ERROR ? h : 0;
}

void wm_regression_predict(const WmRegression *self, const double *row, WmRegressionPrediction *out)
{
    *out = (WmRegressionPrediction){.state = self->state,
                                    .method = self->method,
                                    .link = NAN,
                                    .link_error = NAN,
                                    .fit = NAN,
                                    .fit_error = NAN,
                                    .reading_error = NAN,
                                    .df = self->df,
                                    .low = self->low,
                                    .high = self->high};
    if (!wm_regression_has_fit(self))
        return;
    double link = 0;
    for (size_t j = 0; j < self->n_terms; j++)
        link += self->coefficient[j] * row[j];
    if (!isfinite(link))
        return;
    const PredictRow *method = &METHODS[self->method];
    out->link = link;
    out->link_error = self->error_scale * sqrt(regression_leverage(self, row));
    out->fit = method->link->response(out, link);
    if (!isfinite(out->fit)) /* exp of a far extrapolation */
        out->fit = NAN;
    out->fit_error = isnan(out->fit) ? NAN : method->link->derivative(out, link) * out->link_error;
    if (method->has_reading_error)
        out->reading_error = hypot(self->scale, out->link_error);
}

void wm_line_predict(const WmRegression *self, double t, WmRegressionPrediction *out)
{
    double row[WM_REGRESSION_MAX_TERMS] = {1, t - self->t_origin};
    for (size_t k = 0; k < self->n_steps; k++)
        row[2 + k] = t >= self->steps[k];
    wm_regression_predict(self, row, out);
}

void wm_regression_interval(const WmRegressionPrediction *self, double level, double *low, double *high)
{
    *low = *high = NAN;
    if (isnan(self->link) || !(level > 0 && level < 1))
        return;
    const PredictRow *method = &METHODS[self->method];
    const double error = method->has_reading_error ? self->reading_error : self->link_error;
    const double half = error > 0 ? gsl_cdf_tdist_Qinv((1 - level) / 2, self->df) * error : 0;
    const double ends[2] = {method->link->response(self, self->link - half), method->link->response(self, self->link + half)};
    *low = isfinite(ends[0]) ? ends[0] : NAN;
    *high = isfinite(ends[1]) ? ends[1] : NAN;
}
