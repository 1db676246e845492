/* waymark/forecast.h: the model "auto": each series is its own level, season and noise, and its share of what similar series do
 * together.
 *
 * Short series say little about how far they may move. So what is typical is learnt from a batch of similar series (a *prior*: how
 * large changes are, how heavy their tails, which structures fit, and the common path), and each series is then fitted given that
 * prior. A prior is a plain value that can be written to a file: a series alone with that file, and within its batch, give the same
 * answer.
 *
 * Time is counted in periods of one kind: a month is one step of a monthly measure, a year of a yearly one.
 * docs/methods-forecast.md gives formulas and sources.
 *
 *     wm_forecast_fit(prior, &(WmForecastSeries){.readings = readings, .n_readings = n}, scratch, &forecast);
 *     const WmDistribution y = wm_forecast_at(prior, &forecast, steps);   steps = due period's number - forecast.last
 *     chance = wm_distribution_chance(&y, &measure, target);
 *     mean = wm_distribution_describe(&y, shares, n_shares, quantiles, &sd);
 *
 * On one core (bench/bench_forecast.c) a fit takes 0.04 to 0.15 ms for 12 to 60 readings, learning half as much again; a chance 5
 * microseconds, mean, sd and four quantiles of one period 23, an expected month up to 0.6 ms where it is not met in ten years.
 */
#ifndef WAYMARK_FORECAST_H
#define WAYMARK_FORECAST_H

#include <waymark/distribution.h>
#include <waymark/event.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Readings of a series that count: the last ones. Beyond five years of months a season has changed. */
#define WM_FORECAST_READINGS 60

/** Below this there is no forecast. */
#define WM_FORECAST_MIN_READINGS 3

/** Interventions whose effect is estimated: the last ones that have readings on both sides. */
#define WM_FORECAST_MAX_SHIFTS 4

/** How far ahead forecasts of readings are judged. */
#define WM_FORECAST_MAX_HORIZONS 4

/** Steps ahead at which forecasts of readings of this kind are judged: 1, 3, 6 and 12 months; 1, 2 and 3 years. Returns how many.
 */
size_t wm_forecast_horizons(WmPeriodKind kind, int steps[WM_FORECAST_MAX_HORIZONS]);

#define WM_FORECAST_MAX_SEASONS  12
#define WM_FORECAST_COMMON_PARTS 6

/** What a batch has in common by definition. */
typedef struct {
    WmPeriodKind period_kind; /* of every reading; others are taken to be the one that holds them. Days have no season */
    int step_days;            /* days from one period to the next, for WM_PERIOD_DAY; default 1 */
    double low, high;         /* smallest and largest possible value, indicator's unit; NAN when unbounded */
} WmForecastGroup;

/** A structural kernel given n whitened readings, reduced to what a forecast at any later time needs: with w = C^-1 k(t) and u the
 * whitened readings, w'u and w'w are sums of the few products kept here. */
typedef struct {
    double season_u[WM_FORECAST_MAX_SEASONS], season_w[WM_FORECAST_MAX_SEASONS]; /* of level and season at each place in the year */
    double decay_u, decay_w, season_decay[WM_FORECAST_MAX_SEASONS];              /* of a level that returns */
    double slope_u, slope_w, season_slope[WM_FORECAST_MAX_SEASONS];              /* of a slope that dies away */
    double decay_slope;
    double shift; /* variance of the steps at interventions, which every later reading has */
} WmKernelTail;

/** What is learnt from a batch. Made by wm_prior_learn, wm_prior_builtin or from a file, then by wm_prior_prepare; freed by
 * wm_prior_clear. */
typedef struct {
    WmForecastGroup group;
    size_t n_series; /* learnt from; 0: built in */
    double change;   /* m2: median squared change on the measurement scale; NAN: each series' own */
    double scale;    /* s02: typical squared sd of a series on that scale; NAN: each series' own */
    double units;    /* denominator taken for bounded values published without one */
    double centre;   /* typical squared scale of the innovations, in those of the series */
    size_t n_kernels;
    double weights[WM_MAX_PARTS]; /* of the kernels; sum 1 */
    double spread;                /* of forecasts about their centre, in what the kernels say; 1 unless the past says otherwise */
    double kappa;                 /* share of the common path that is not noise, 0..1; 0: there is none */
    int first;                    /* period number of the common path's first period */
    size_t n_periods;             /* of the common path */
    double *path;                 /* n_periods, in sds of a series; NAN where no series had a reading. Owned */

    /* Derived by wm_prior_prepare. */
    double *path_mean, *path_variance; /* n_periods; 0 variance where there were readings. Owned */
    int seen_first, seen_last;
    double common_share[WM_FORECAST_COMMON_PARTS], common_variance[WM_FORECAST_COMMON_PARTS];
    WmKernelTail common[WM_FORECAST_COMMON_PARTS];
} WmPrior;

/** One series; borrowed. Readings may come in any order, with gaps; those without a value, out of bounds or with a denominator of 0
 * are passed over. Of the events a break leaves only the readings from its period on, an outlier leaves its period out, and at an
 * intervention the level may step. Events of periods without readings on both sides say nothing yet. */
typedef struct {
    const WmReading *readings;
    size_t n_readings;
    const WmEvent *events;
    size_t n_events;
} WmForecastSeries;

typedef enum {
    WM_FORECAST_NONE,
    WM_FORECAST_TOO_FEW, /* fewer than WM_FORECAST_MIN_READINGS that count */
    WM_FORECAST_FITTED,
} WmForecastState;

typedef struct {
    double share;          /* probability of this kernel, given the readings; 0..1 */
    double log_likelihood; /* up to a constant */
    double variance;       /* s2: squared scale of the innovations, in sds of the series */
    WmKernelTail tail;
} WmForecastPart;

/** A step of the level at an intervention, on the link's scale, as Gaussian. */
typedef struct {
    int period; /* the first one with it */
    double mean, sd;
} WmForecastShift;

/** One series fitted: a plain value, about 8 kB. */
typedef struct {
    WmForecastState state;
    size_t n_readings; /* that count, before the limit of WM_FORECAST_READINGS */
    int first, last;   /* period numbers of the first reading used and of the last */
    double sd;         /* of the series, on the link's scale: the unit of all that follows */
    double level;
    double load;     /* its share of the common path */
    double sampling; /* known sampling variance of a coming reading */
    WmLink link;
    size_t n_shifts;
    WmForecastShift shifts[WM_FORECAST_MAX_SHIFTS];
    size_t n_parts;
    WmForecastPart parts[WM_MAX_PARTS];
} WmForecast;

/** Memory kept from series to series; one per thread. */
typedef struct WmForecastScratch WmForecastScratch;

/** New; NULL without memory. */
WmForecastScratch *wm_forecast_scratch_new(void);
void wm_forecast_scratch_free(WmForecastScratch *self);

/** The group of a measure: its bounds, where it does not give them those of its kind (wm_measure_bounds); an end that the kind only
 * implies and some reading passes is no bound, as a percent of a baseline may be 105.
 *
 * @param period_kind  of the readings; where there is none, wm_frequency_period_kind of the measure
 */
WmForecastGroup wm_forecast_group_of(const WmMeasure *measure, WmPeriodKind period_kind, const WmForecastSeries *series,
                                     size_t n_series);

/** The number of a period among those of the group's kind; consecutive periods differ by 1. */
int wm_forecast_period_number(const WmForecastGroup *group, WmPeriod period);

/** The reverse. */
WmPeriod wm_forecast_period(const WmForecastGroup *group, int number);

/** Learn a prior from a batch.
 *
 * Robust scales shrunk to the typical one, a common path kept as far as it is more than the average of noise (James and Stein
 * 1961), and weights of a fixed set of kernels by EM. Series with fewer than three readings that count are passed over; with none
 * at all the prior is the built-in one. One series alone is one third of its prior, the built-in values two thirds.
 *
 * Cost: 0.06 ms a series of 12 readings, 0.2 of 60; more for a common path with gaps (n^3 in its periods).
 *
 * @return WM_OK, or WM_NO_MEMORY with *out cleared
 */
WmStatus wm_prior_learn(const WmForecastGroup *group, const WmForecastSeries *series, size_t n_series, WmForecastScratch *scratch,
                        WmPrior *out);

/** One of the structures that forecasts are made of, in squared scales of the series' innovations and periods. */
typedef struct {
    double level_step;    /* q: variance of the level's step from period to period */
    double level_memory;  /* phi: 1 of a random walk, less of a level that returns */
    double season, slope; /* s2, b2: variances; 0: has none */
    double slope_memory;  /* g */
} WmForecastCandidate;

/** The k-th of prior->n_kernels. */
WmForecastCandidate wm_forecast_candidate(const WmForecastGroup *group, size_t k);

/** What came of a prior's candidates and of its calibration, when forecasts were made from earlier origins and the readings known
 * since judged them. Scores are mean CRPS in sds of each series; less is better. NAN where nothing could be judged. */
typedef struct {
    size_t n_forecasts, n_dates; /* judged, and the periods whose readings judged them */
    size_t n_candidates;
    double candidate_crps[WM_MAX_PARTS];  /* each kernel alone */
    double learnt_weights[WM_MAX_PARTS];  /* as wm_prior_learn gave them */
    double stacked_weights[WM_MAX_PARTS]; /* those that score best, before it is asked how much of that is chance */
    double learnt_crps;                   /* combined by the learnt weights */
    double stacked_crps;                  /* by weights that were stacked on other series */
    double stacked_kept;                  /* 0..1, of the change of weights: the prior's own have so much of it */
    double spread;                        /* that would calibrate, shrunk to 1 */
    double spread_crps;                   /* with a spread that was found on other series */
    double spread_kept;                   /* 0..1, of its logarithm */
} WmPriorComparison;

/** Compare a prior's candidates by rolling origin, and combine them anew as far as that helps.
 *
 * Up to 6 origins before the last reading; at each, what is typical is learnt from the readings known then, and the readings that
 * have come since, up to a year (three of yearly ones) ahead, judge every kernel by CRPS. Weights are found that would have scored
 * best (stacking), and a spread by which the distribution functions at what came would have been uniform, both shrunk to what they
 * were. Then each is tried on series that it was not found on (two folds): with d the gain at a date and se its standard error
 * between dates, max(0, 1 - se^2/d^2) of the change is kept (James and Stein 1961); with too few dates nothing is. The weights are
 * changed at once, the spread by wm_prior_recalibrate alone.
 *
 * Nothing is used but the series given: to know what was known at an origin, give the series as they stood. At most 100 series,
 * evenly from the batch, are compared: what limits is dates, which series share.
 *
 * Cost: 1 to 3 ms a series compared. Sources: Gneiting and Raftery (2007), JASA 102, 359; Yao, Vehtari, Simpson and Gelman (2018),
 * Bayesian Analysis 13, 917; Diebold and Mariano (1995), J. Bus. Econ. Statist. 13, 253; Dawid (1984), J. R. Statist. Soc. A 147,
 * 278.
 *
 * @param series  those that `prior` was learnt from
 * @param prior   as of wm_prior_learn; its weights are changed
 * @param out     may be NULL
 * @return WM_OK, or WM_NO_MEMORY with *prior as it was
 */
WmStatus wm_prior_compare(const WmForecastSeries *series, size_t n_series, WmForecastScratch *scratch, WmPrior *prior,
                          WmPriorComparison *out);

/** Give the prior the spread that was found, as far as it is kept: forecasts get wider or narrower about their centre. Not done
 * unless asked for: it did not help out of sample (docs/methods-forecast.md). */
void wm_prior_recalibrate(WmPrior *prior, const WmPriorComparison *found);

/** The built-in prior, for a series of which nothing similar is known. Needs no memory of its own. */
void wm_prior_builtin(const WmForecastGroup *group, WmPrior *out);

/** Work out what a prior's own members imply, after they were read from a file. WM_NO_MEMORY leaves it cleared. */
WmStatus wm_prior_prepare(WmPrior *self);

/** What a prior had been on an earlier day: its common path ends with the last period that ends by `day`; WM_NO_DAY keeps all.
 * Weights, scales and centre stay, which says little of any one period. *out is new. About 0.1 ms for 72 periods.
 *
 * @return WM_OK, or WM_NO_MEMORY with *out cleared
 */
WmStatus wm_prior_known_by(const WmPrior *prior, WmDay day, WmPrior *out);

/** Free what it owns; harmless twice. */
void wm_prior_clear(WmPrior *self);

/** Fit one series given a prior. Writes *out in every case. What was known at an *origin* is the caller's to say: give the readings
 * of that day's vintage, and wm_prior_known_by the prior. */
void wm_forecast_fit(const WmPrior *prior, const WmForecastSeries *series, WmForecastScratch *scratch, WmForecast *out);

/** Predictive distribution of a reading `steps` periods after the last; steps >= 1. WM_DISTRIBUTION_NONE without a fit.
 *
 * @param prior  the one it was fitted with
 */
WmDistribution wm_forecast_at(const WmPrior *prior, const WmForecast *forecast, int steps);

/** When the chance of meeting a target first reaches each of n wanted chances, in steps after the last reading; 0: not within
 * max_steps, or no fit. A wanted chance of 0.5 is the central path. */
void wm_forecast_expected(const WmPrior *prior, const WmForecast *forecast, const WmMeasure *measure, double target,
                          const double *wanted, size_t n, int max_steps, int *steps);

/** Fit one series, and say what the model makes of readings that have come: the distribution of another reading of the same period,
 * given them all.
 *
 * @param out     as of wm_forecast_fit
 * @param fitted  n_readings long; WM_DISTRIBUTION_NONE for a reading that does not count
 */
void wm_forecast_fit_back(const WmPrior *prior, const WmForecastSeries *series, WmForecastScratch *scratch, WmForecast *out,
                          WmDistribution *fitted);

/** What an intervention did, in the indicator's unit, where the series now stands: the level with it less the level without it. */
typedef struct {
    WmPeriod period;  /* the first one with it */
    double effect;    /* median */
    double low, high; /* 80% interval */
    double chance;    /* that it raised the level, 0..1 */
} WmForecastEffect;

/** The i-th of forecast->n_shifts. It says what changed then, never why. */
WmForecastEffect wm_forecast_effect(const WmPrior *prior, const WmForecast *forecast, size_t i);

/** The common path's share of a forecast: mean and variance at a period number, in sds of a series; 0 without a common path. */
void wm_prior_path_at(const WmPrior *prior, int period, double *mean, double *variance);

/** Whether the readings are fewer than the prior counts for: then a forecast is mostly the prior's. */
bool wm_forecast_is_mostly_prior(const WmForecast *forecast);

#ifdef __cplusplus
}
#endif
#endif
