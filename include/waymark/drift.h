/* waymark/drift.h: the naive forecast with drift: the last value goes on as the series went on the whole. What any model must beat.
 */
#ifndef WAYMARK_DRIFT_H
#define WAYMARK_DRIFT_H

#include <waymark/distribution.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    size_t n;      /* readings with a value; below 3 nothing is predicted */
    double last;   /* the last value */
    double drift;  /* per step: (last - first)/(steps between them) */
    double spread; /* sd of the changes of one step about the drift */
    double steps;  /* from the first reading to the last */
} WmDrift;

/** Fit a random walk with drift: y_t = y_(t-1) + c + e. A change over k missing steps counts as k steps' drift and k variances.
 *
 * @param step_months  from one reading to the next
 */
WmDrift wm_drift_fit(const WmReading *readings, size_t n_readings, double step_months);

/** Student, n - 2 df, centre last + h c, scale spread sqrt(h (1 + h/steps)) (Hyndman and Athanasopoulos 2021, Forecasting, 3rd ed.,
 * section 5.5); a point where every change is the same. h >= 1. */
WmDistribution wm_drift_predict(const WmDrift *drift, int h);

#ifdef __cplusplus
}
#endif
#endif
