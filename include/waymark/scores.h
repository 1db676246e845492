/* waymark/scores.h: how well forecasts and chances did, once what they spoke of has come.
 *
 * All scores are proper: nobody gains by saying other than what he believes. Smaller is better, but for coverage, which should be
 * nominal. Sources: Gneiting and Raftery (2007), JASA 102, 359; Brier (1950); Murphy (1973), J. Appl. Meteor. 12, 595; Hyndman and
 * Koehler (2006), Int. J. Forecasting 22, 679.
 */
#ifndef WAYMARK_SCORES_H
#define WAYMARK_SCORES_H

#include <waymark/distribution.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A chance of exactly 0 or 1 is taken this far from it by the log score, which would else be infinite. */
#define WM_LOG_SCORE_CLAMP 0.001

/** (p - outcome)^2, 0..1. */
double wm_score_brier(double chance, bool is_met);

/** -log p(outcome), natural, of a chance within WM_LOG_SCORE_CLAMP of 0 and 1. */
double wm_score_log(double chance, bool is_met);

/** Continuous ranked probability score, in the unit of y: integral of (F(x) - [x >= y])^2 dx; |y - location| of a point.
 *
 * Student: closed form (Jordan, Kruger and Lerch 2019, J. Stat. Software 90(12), appendix A), for df > 1. Others: twice the mean
 * quantile score of its quantiles at (i + 1/2)/60, within about 0.5%. NAN for no distribution, or df <= 1.
 */
double wm_score_crps(const WmDistribution *distribution, double y);

/** Intervals of which coverage is counted, in percent. */
#define WM_N_COVERS 3
extern const int WM_COVER_LEVELS[WM_N_COVERS]; /* 50, 80, 95 */

/** Forecasts of readings that have come. Starts as {0}. */
typedef struct {
    size_t n;
    double crps;  /* sums, each in units of `scale` */
    double error; /* of |y - median| */
    size_t n_within[WM_N_COVERS];
} WmForecastTally;

/** Count one forecast.
 *
 * @param scale  mean |y_t - y_(t-1)| of the readings that were known: a unit that compares series; one that is not above 0 is
 *               passed over, as is no distribution
 */
void wm_forecast_tally_add(WmForecastTally *self, const WmDistribution *distribution, double y, double scale);
void wm_forecast_tally_merge(WmForecastTally *self, const WmForecastTally *other);

typedef struct {
    size_t n;
    double crps;               /* mean, scaled */
    double mase;               /* mean absolute scaled error of the median */
    double cover[WM_N_COVERS]; /* shares, 0..1 */
} WmForecastScores;

/** Means; NAN with none. */
WmForecastScores wm_forecast_tally_scores(const WmForecastTally *self);

#define WM_RELIABILITY_BINS 10

/** Chances of what has come or not. Starts as {0}. */
typedef struct {
    size_t n, n_met;
    double chance, brier, log; /* sums */
    struct {
        size_t n, n_met;
        double chance;           /* sum */
    } bins[WM_RELIABILITY_BINS]; /* [0, 0.1), [0.1, 0.2), ... [0.9, 1] */
} WmChanceTally;

/** Count one chance; NAN is passed over. */
void wm_chance_tally_add(WmChanceTally *self, double chance, bool is_met);
void wm_chance_tally_merge(WmChanceTally *self, const WmChanceTally *other);

typedef struct {
    size_t n;
    double base_rate; /* share met: what always saying it would have known beforehand */
    double mean_chance;
    double brier, log;  /* means */
    double reliability; /* mean squared distance of what was said from what came, over the bins; smaller is better */
    double resolution;  /* mean squared distance of what came from the base rate, over the bins; larger is better */
    double uncertainty; /* base_rate (1 - base_rate). Where all chances of a bin are equal, brier = reliability - resolution +
                           uncertainty (Murphy 1973) */
} WmChanceScores;

/** Means; NAN with none. */
WmChanceScores wm_chance_tally_scores(const WmChanceTally *self);

#ifdef __cplusplus
}
#endif
#endif
