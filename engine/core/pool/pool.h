/* engine/core/pool/pool.h: what the files of the pooled model (waymark/forecast.h) share.
 *
 * The journey of a series: its readings that count (pool_sample.c), on the link's scale with their known sampling variance
 * (pool_measure.c), in units of its own robust scale (pool_scale.c), against the common path (pool_common.c), whitened by each
 * structural kernel (pool_filter.c; pool_kernel.c to look back), weighed and forecast (pool_fit.c). What is typical is learnt in
 * pool_learn.c. The letters are those of docs/methods-forecast.md.
 */
#ifndef WM_CORE_POOL_H
#define WM_CORE_POOL_H

#include <waymark/forecast.h>

/* Every constant of the model. They were chosen on the public half of the reference data, among some 200 settings; flat ones are
 * round. */
#define POOL_UNITS_MIN         20.0 /* least and most whole units taken for a percent published without a denominator */
#define POOL_UNITS_MAX         10000.0
#define POOL_UNITS_DEFAULT     200.0 /* where no reading says anything: half a percent is a unit */
#define POOL_OFFSET            0.3   /* of the log scale, in means of the series: small values do not fall without end */
#define POOL_SCALE_WEIGHT      4.0   /* k0: changes that the typical scale counts for */
#define POOL_SCALE_DF          4.0   /* df of the Student likelihood of changes: one wild month does not set the scale */
#define POOL_SCALE_ROUNDS      20
#define POOL_BUILTIN_SERIES    2.0  /* series that the built-in scale and centre count for */
#define POOL_FLOOR             0.25 /* least scale, in built-in ones: a constant series may still move */
#define POOL_PATH_ROUNDS       3
#define POOL_CLIP_ROUNDS       3
#define POOL_CLIP              2.5    /* winsorising of the common path, in robust sds */
#define POOL_MAD               1.4826 /* sd of a normal in median absolute deviations */
#define POOL_LOAD_WEIGHT       0.5    /* 1/k: precision of the prior N(1, k) of a load */
#define POOL_LOAD_DEFLATION    3.0    /* readings close in time say less than their number */
#define POOL_LOAD_MIN          0.05   /* loads stay positive: all series turn the same way */
#define POOL_LOAD_VARIANCE_MIN 1e-9
#define POOL_LOAD_ROUNDS       4
#define POOL_PATH_A            1.5 /* inverse gamma prior of the common path's squared scale */
#define POOL_PATH_B            0.1
#define POOL_DRIFT             0.013 /* extra variance h periods ahead, times h^2: what the nation may do that it never did. Per period */
#define POOL_SHIFT_VARIANCE    9.0 /* S: prior variance of a step at an intervention, in squared scales of the series */
#define POOL_DRIFT_YEAR        0.05
#define POOL_LEVEL_VARIANCE    100.0 /* M: prior variance of a level; wide */
#define POOL_DF                4.1   /* nu: df of the innovations; finite kurtosis */
#define POOL_SHAPE             3.0   /* a0 of the inverse gamma prior of the innovations' squared scale */
#define POOL_CENTRE            0.5   /* its built-in centre */
#define POOL_CENTRE_ROUNDS     2
#define POOL_YEAR_DF_LOST      2.0 /* readings that level and load use up; of a yearly series they are many */
#define POOL_INNOVATION_ROUNDS 12
#define POOL_EM_ROUNDS         10
#define POOL_EM_WEIGHT         10.0 /* alpha: series that the built-in weights count for */
#define POOL_DF_MAX            100.0
#define POOL_KURTOSIS_DF       4.0 /* below this a t has no kurtosis to match */

/* The comparison by rolling origin (pool_compare.c). */
#define POOL_COMPARE_SERIES  100 /* at most, evenly from the batch: what limits it is dates, which series share */
#define POOL_COMPARE_ORIGINS 6   /* at most, evenly back from the last */
#define POOL_COMPARE_BACK    36  /* periods; what was true before is another time */
#define POOL_COMPARE_DATES   3   /* fewer periods that judged say nothing of how much they differ */
#define POOL_COMPARE_AT_DATE 5   /* readings that a date needs to count */
#define POOL_STACK_ROUNDS    30
#define POOL_STACK_STEP      20.0  /* the first one, in log weights a sd of CRPS */
#define POOL_STACK_PENALTY   1.0   /* alpha: relative entropy to the weights of EM, in sds of CRPS, over series */
#define POOL_COMPARE_LEAST   25    /* forecasts in either fold */
#define POOL_SPREAD_CLAMP    0.002 /* a distribution function counts no further out: one wild month is no spread */
#define POOL_SPREAD_WEIGHT   50.0  /* forecasts that a spread of 1 counts for */

#define POOL_ROOM WM_FORECAST_READINGS

/* A structural prior covariance of the signal: level (a random walk for phi = 1, else returning), season, and a slope that dies
 * away. */
typedef struct {
    double q;    /* variance of the level's steps */
    double phi;  /* the level's memory from period to period */
    double s2;   /* variance of the season */
    double b2;   /* variance of the slope */
    double dphi; /* the slope's memory */
    double odds; /* how likely before any reading, against the others of its set */
} PoolKernel;

typedef struct {
    const PoolKernel *individual, *common;
    size_t n_individual, n_common;
} PoolDictionary;

/* Readings a year that share a season: 12, 4, 3, 2; 1 for years and days. */
int wm_pool_seasons(const WmForecastGroup *group);
PoolDictionary wm_pool_dictionary(int n_seasons);

/* Probabilities of a dictionary's individual kernels before any reading: their odds over the sum. */
void wm_pool_builtin_weights(const PoolDictionary *dictionary, double *weights);

/* Squared typical sd on the link's scale that is built in; NAN for an unbounded measure, whose unit may be anything. */
double wm_pool_builtin_scale(WmLinkKind link, int n_seasons);

WmLinkKind wm_pool_link_kind(const WmForecastGroup *group);

/* A series' readings that count, in order of time. */
typedef struct {
    size_t n, n_all; /* used, and before the limit */
    int t[POOL_ROOM];
    double y[POOL_ROOM], num[POOL_ROOM],
        den[POOL_ROOM];                /* NAN where not known; y turned round where only the upper bound is given */
    double z[POOL_ROOM], V[POOL_ROOM]; /* made by wm_pool_measure */
    double sampling_units[POOL_ROOM];  /* N of each reading; 1 but for LOGIT */
    size_t n_shifts;
    int shifts[WM_FORECAST_MAX_SHIFTS]; /* periods of interventions with readings on both sides, in order */
    WmLink link;
} PoolSample;

void wm_pool_sample(const WmForecastGroup *group, const WmForecastSeries *series, PoolSample *out);

/* The position of a reading in the sample; SIZE_MAX when it does not count. */
size_t wm_pool_sample_find(const WmForecastGroup *group, const PoolSample *sample, const WmReading *reading);

/* Whole units that values without denominators seem to come in: one over the least distance from an end; NAN where all lie at the
 * ends. */
double wm_pool_units(const WmForecastGroup *group, const PoolSample *sample);

/* z, V and the link of a sample with n > 0. `units`: as of the prior. */
void wm_pool_measure(const WmForecastGroup *group, double units, PoolSample *sample);

/* Squared changes per period, and the sampling variance in each: up to n - 1. Those across an intervention are left out, unless
 * there are no others. Returns how many, at least 1 for n > 1. */
size_t wm_pool_changes(const PoolSample *sample, double *d2, double *noise);

/* Robust squared scale of a sample's changes, beyond sampling noise, shrunk to s02. */
double wm_pool_scale(const PoolSample *sample, double m2, double s02);

/* What an unbounded series has for a scale of its own, where no prior knows one. */
double wm_pool_own_scale(const PoolSample *sample);

/* Median of n > 0 values, which it puts in another order. */
double wm_pool_median(double *values, size_t n);

/* A series in units of its scale: x = z/sd, with relative sampling variance R and weight W. */
typedef struct {
    size_t n;
    double sd, m, lam; /* level and load */
    double x[POOL_ROOM], R[POOL_ROOM], W[POOL_ROOM];
} PoolStandard;

void wm_pool_standardise(const PoolSample *sample, double m2, double s02, PoolStandard *out);

/* Level and load against the common path f (n long). */
void wm_pool_level(PoolStandard *self, const double *f);
void wm_pool_load(PoolStandard *self, const double *f);

/* sum W (x - m - lam f)^2 / sum W */
double wm_pool_residual_variance(const PoolStandard *self, const double *f);

/* Memory for the algebra of up to `room` readings. */
typedef struct {
    size_t room, n;
    size_t n_shifts;
    int shifts[WM_FORECAST_MAX_SHIFTS];             /* in the units of tau */
    int *tau, *place;                               /* time since the first reading; its place in the year */
    double *base, *strip, *decay_step, *slope_step; /* of the kernel in hand, one a reading */
    double *matrix;                                 /* n x n; the upper factor R of C C' = R'R after wm_pool_factorise */
    double *column;                                 /* n */
} PoolAlgebra;

bool wm_pool_algebra_init(PoolAlgebra *self, size_t room);
void wm_pool_algebra_clear(PoolAlgebra *self);

/* Take the times of n readings, ascending; no shifts. */
void wm_pool_set_times(PoolAlgebra *self, const int *t, size_t n, int n_seasons);

/* Interventions among them, by their periods: each a step of the level of variance POOL_SHIFT_VARIANCE. */
void wm_pool_set_shifts(PoolAlgebra *self, const PoolSample *sample);

/* K + diag(1 + R) = C C'; R may be NULL for none. Returns sum log C_jj. */
double wm_pool_factorise(PoolAlgebra *self, const PoolKernel *kernel, int n_seasons, const double *R);

/* u = C^-1 e, in place. */
void wm_pool_whiten(const PoolAlgebra *self, double *e);

/* What readings leave of a kernel's states at the last of them. */
typedef struct {
    WmKernelTail tail;
    double shift_mean[WM_FORECAST_MAX_SHIFTS], shift_variance[WM_FORECAST_MAX_SHIFTS]; /* of the steps at interventions */
} PoolPosterior;

/* u = C^-1 e, by filtering; R may be NULL for none, and `out` where it is not wanted. Of the algebra only the times are used.
 * Returns sum log C_jj. */
double wm_pool_filter(const PoolAlgebra *times, const PoolKernel *kernel, int n_seasons, const double *R, const double *e,
                      double *u, PoolPosterior *out);

/* Mean and variance (with a reading's own noise, 1) h periods after the last of the times, `tau` after the first. */
void wm_pool_tail_at(const WmKernelTail *self, const PoolKernel *kernel, int n_seasons, int tau, int h, double *mean,
                     double *variance);

/* The same at any time `tau` since the first, between readings too. e is whitened already. */
void wm_pool_between(PoolAlgebra *self, const PoolKernel *kernel, int n_seasons, int tau, const double *u, double *mean,
                     double *variance);

/* diag((C C')^-1), n long, and alpha = (C C')^-1 e from the whitened u. */
void wm_pool_inverse(PoolAlgebra *self, const double *u, double *diagonal, double *alpha);

/* Given squared whitened readings: the innovations' squared scale, by reweighting; *log_likelihood without the Cholesky's part when
 * wanted (not NULL). */
double wm_pool_innovation_scale(const double *u2, size_t n, double centre, double df_lost, double *log_likelihood);

double wm_pool_df_lost(int n_seasons);

/* The common path of a batch, by period from t[first]; writes prior's path, kappa and dates. WM_NO_MEMORY. */
typedef struct {
    PoolSample sample;
    PoolStandard standard;
    double f[POOL_ROOM]; /* the common path at its readings */
} PoolSeries;

WmStatus wm_pool_learn_path(PoolSeries *series, size_t n_series, WmPrior *out);

/* f at a sample's readings, given the prior. */
void wm_pool_path_at_readings(const WmPrior *prior, const PoolSample *sample, double *f);

/* ---- rolling origins ---- */

/* The line on which distribution functions are compared is cut into so many cells. */
#define POOL_N_CELLS 30

/* One forecast of a reading that has come, on the link's scale in sds of its series. */
typedef struct {
    size_t i_series;
    int date;                       /* period number of the reading */
    int steps;                      /* from the origin to it */
    double z;                       /* what came */
    double edges[POOL_N_CELLS + 1]; /* ascending, within the ends of the scale */
    size_t n_parts;
    WmStudentPart parts[WM_MAX_PARTS]; /* kernels, with the shares that the prior gives them */
    double log_likelihood[WM_MAX_PARTS];
    double below[POOL_N_CELLS][WM_MAX_PARTS]; /* each kernel's mean distribution function in each cell */
} PoolForecastMade;

typedef struct {
    PoolForecastMade *made;
    size_t n;
} PoolRolling;

/* Forecasts of readings that are known, each from an origin before it and from what the batch had shown by then. WM_NO_MEMORY
 * leaves nothing to clear. */
WmStatus wm_pool_roll(const WmPrior *prior, const WmForecastSeries *series, size_t n_series, WmForecastScratch *scratch,
                      PoolRolling *out);
void wm_pool_rolling_clear(PoolRolling *self);

/* P(Z <= z) of Student's t, within 2e-4: Wallace (1959), Ann. Math. Statist. 30, 1121. A twentieth of the cost of the exact one. */
double wm_pool_student_below(const WmStudentPart *part, double z);

/* CRPS of a mixture of the kernels with these shares, in sds of the series; gradient (n_parts) may be NULL. */
double wm_pool_crps(const PoolForecastMade *self, const double *shares, double *gradient);

/* The same with the mixture's spread about its mean multiplied. */
double wm_pool_crps_spread(const PoolForecastMade *self, const double *shares, double spread);

struct WmForecastScratch {
    PoolSample sample;
    PoolStandard standard;
    double f[POOL_ROOM], e[POOL_ROOM], u[POOL_ROOM], u2[POOL_ROOM], diagonal[POOL_ROOM], alpha[POOL_ROOM];
    PoolAlgebra algebra;
};

#endif
