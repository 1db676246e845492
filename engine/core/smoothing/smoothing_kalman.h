/* engine/core/smoothing/smoothing_kalman.h: Kalman's recursions for a structural model, from diffuse initial states. */
#ifndef WM_CORE_SMOOTHING_KALMAN_H
#define WM_CORE_SMOOTHING_KALMAN_H

#include "engine/core/smoothing/smoothing_parts.h"

enum { KALMAN_READING, KALMAN_LEVEL, KALMAN_SLOPE, KALMAN_SEASON };

/* Where the states lie: level, slope if any, seasons, regressors. */
typedef struct {
    const SmoothingRow *row;
    WmSmoothingSeason season;
    size_t period, n_harmonics;
    size_t first_season, n_seasons, n_regressors, d;
    double variance[WM_SMOOTHING_MAX_PARAMETERS];
} KalmanShape;

typedef struct {
    KalmanShape shape;
    const double *y; /* centred, NAN for a gap */
    const double *t, *x;
    size_t n, n_readings;
    double centre, largest, least_rss;
    double *a;                            /* d * (d + 1): column 0 the mean, then A */
    double *p;                            /* d * d */
    double *s;                            /* d * d: sum V'V / F, then its Cholesky factor */
    double *right, *delta, *v, *z, *gain; /* d + 1 each */
    double rss, log_f, log_s;             /* of the last pass */
} KalmanFilter;

bool kalman_is_whole(double dt);

/* P = T P T' + Q, and the columns of a = T a, over dt periods: whole ones one by one. */
void kalman_advance(const KalmanShape *shape, double dt, double *a, size_t n_columns, double *p);

/* z of a row with the regressors x; NULL for none. */
void kalman_observe(const KalmanShape *shape, const double *x, double *z);

/* One pass; false when delta cannot be told. Where `rows` is not NULL it gets, for each row, the one-step mean given delta and its
 * variance F, both without the scale; delta must then be there already, from a pass before. */
typedef struct {
    double mean, variance;
} KalmanRow;
bool kalman_run(KalmanFilter *self, KalmanRow *rows);

#endif
