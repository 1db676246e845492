/* engine/core/smoothing/smoothing_parts.h: what exponential smoothing and structural models share. */
#ifndef WM_CORE_SMOOTHING_PARTS_H
#define WM_CORE_SMOOTHING_PARTS_H

#include <waymark/smoothing.h>

/* A model as a row: what its letters say. */
typedef struct {
    bool is_structural, is_multiplicative, has_slope, is_damped, has_season;
} SmoothingRow;
const SmoothingRow *smoothing_row(WmSmoothingModel model);

/* Minimise f over n angles (1 to WM_SMOOTHING_MAX_PARAMETERS). sin^2 of an angle is a share of a parameter's range: unconstrained,
 * smooth, and able to lie on a bound. Starts on a lattice are tried, and the best few refined. The best angles are left in `best`.
 */
typedef double SmoothingObjective(const double *angle, void *context);
typedef double SmoothingRefine(void *context, double *angle, int *n_evaluations); /* to the best nearby; its value */
typedef struct {
    SmoothingObjective *f;
    SmoothingRefine *refine; /* NULL for a simplex */
    void *context;
    size_t n;               /* angles */
    const size_t *n_levels; /* n: starts along each */
} SmoothingSearch;
double smoothing_search(WmSmoothingScratch *scratch, const SmoothingSearch *search, double *best, int *n_evaluations);

/* sin^2, the share of a range that an angle stands for. */
double smoothing_share(double angle);

/* n doubles of scratch; NULL when there is no memory. Each call takes back what the last one gave. */
double *smoothing_scratch_take(WmSmoothingScratch *self, size_t n);

/* Solve A z = b for a symmetric positive A (n * n, overwritten by its Cholesky factor); false when it is singular. *log_det, unless
 * NULL, gets log |A|. */
bool smoothing_solve(double *a, size_t n, const double *b, double *z, double *log_det);

WmStatus smoothing_fit_ets(const WmSmoothingReadings *readings, const WmSmoothingOptions *options, WmSmoothingScratch *scratch,
                           WmSmoothing *out);
WmStatus smoothing_fit_structural(const WmSmoothingReadings *readings, const WmSmoothingOptions *options,
                                  WmSmoothingScratch *scratch, WmSmoothing *out);
WmSmoothingPrediction smoothing_predict_ets(const WmSmoothing *self, double h, const double *x);

/* Row t of n regressors; NULL of none. */
static inline const double *smoothing_regressors(const double *x, size_t n, size_t t)
{
    return n ? x + t * n : NULL;
}

/* What n regressors of these effects come to at x. */
double smoothing_effect(size_t n, const double *effects, const double *x);

WmSmoothingPrediction smoothing_predict_structural(const WmSmoothing *self, double h, const double *x);
void smoothing_fitted_ets(const WmSmoothing *self, const WmSmoothingReadings *readings, WmSmoothingPrediction *out);
WmStatus smoothing_fitted_structural(const WmSmoothing *self, const WmSmoothingReadings *readings,
                                     const WmSmoothingOptions *options, WmSmoothingScratch *scratch, WmSmoothingPrediction *out);

#endif
