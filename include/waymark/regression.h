/* waymark/regression.h: a straight line, or any few terms, fitted to readings in nine ways, and what each expects next.
 *
 * A *response* y is modelled on the scale of a *link*: the level itself, its log, or its logit. A *term* is a column of the design;
 * a *line* has two: term 0 the level at `t_origin`, term 1 the slope in link units per unit of t; and one for each step of its
 * level. Time is in whatever unit the caller counts: months, or periods 1..n. A *weight* says how much a reading counts. *Scale* is
 * the spread of one reading of weight 1 about its mean, on the link's scale. Every function is pure: same arguments, same bits;
 * order of readings matters to rounding only. Formulas, sources, limits: docs/methods-trend-models.md.
 *
 *     WmRegressionScratch *scratch = wm_regression_scratch_new();
 *     WmRegression line;
 *     WmRegressionPrediction next;
 *     if (wm_line_fit(WM_REGRESSION_HUBER, &(WmLineReadings){.n = n, .t = t, .y = y}, NULL, scratch, &line) == WM_OK) {
 *         wm_line_predict(&line, t_next, &next);
 *         wm_regression_interval(&next, 0.80, &low, &high);
 *     }
 *     wm_regression_scratch_free(scratch);
 */
#ifndef WAYMARK_REGRESSION_H
#define WAYMARK_REGRESSION_H

#include <waymark/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Most terms of a design. */
#define WM_REGRESSION_MAX_TERMS 12

typedef enum {
    WM_REGRESSION_OLS,          /* least squares; weights are not read */
    WM_REGRESSION_WLS,          /* weighted least squares: variance of a reading = scale^2 / weight */
    WM_REGRESSION_HUBER,        /* M-estimate, monotone: far readings count less */
    WM_REGRESSION_BISQUARE,     /* M-estimate, redescending: very far readings count nothing */
    WM_REGRESSION_THEIL_SEN,    /* median of pairwise slopes; a line only, steps by medians of differences */
    WM_REGRESSION_BINOMIAL,     /* quasi-binomial logit: y events among weight trials */
    WM_REGRESSION_POISSON,      /* quasi-Poisson log: y events, weight the exposure; responses are per unit of exposure */
    WM_REGRESSION_LOG_LINEAR,   /* least squares of log y */
    WM_REGRESSION_LOGIT_LINEAR, /* least squares of log((y - low) / (high - y)) */
    WM_N_REGRESSION_METHODS,
} WmRegressionMethod;

/** Why there is, or is not, a fit: a state of the data, not an error. */
typedef enum {
    WM_REGRESSION_FITTED,
    WM_REGRESSION_NOT_CONVERGED, /* iterations ran out; the numbers are those of the last one */
    WM_REGRESSION_TOO_FEW,       /* usable readings do not outnumber the terms */
    WM_REGRESSION_SINGULAR,      /* terms that cannot be told apart: all readings at one time, columns that repeat */
    WM_REGRESSION_OUT_OF_RANGE,  /* a y that the method cannot have: negative events, more events than trials, log of 0 */
    WM_REGRESSION_ON_BOUND,      /* no events at all, or only events: the logit or log of the level is infinite */
    WM_REGRESSION_UNSUITABLE,    /* the method takes a line only, or more terms than WM_REGRESSION_MAX_TERMS were given */
    WM_N_REGRESSION_STATES,
} WmRegressionState;

/** Members left 0 take the default named here. */
typedef struct {
    double tuning;        /* Huber's k, default 1.345; bisquare's c, default 4.685; in robust standard deviations */
    double low, high;     /* bounds of logit_linear, in the unit of y; default 0 and 100 (both 0) */
    int n_iterations_max; /* default 500 for M-estimates, 100 for binomial and poisson */
} WmRegressionOptions;

/** Readings and their design. A row with a NAN, or a weight that is not above 0, is passed over. */
typedef struct {
    size_t n_rows, n_terms;
    const double *x;      /* n_rows * n_terms, row after row; with a column of ones where a level is wanted */
    const double *y;      /* n_rows */
    const double *weight; /* n_rows: weights, trials or exposures; NULL for 1 each */
} WmRegressionReadings;

/** Most steps of a line. */
#define WM_REGRESSION_MAX_STEPS (WM_REGRESSION_MAX_TERMS - 2)

/** Readings of a line; rows are passed over as above. */
typedef struct {
    size_t n;
    const double *t;
    const double *y;
    const double *weight; /* NULL for 1 each */
    size_t n_steps;
    const double *steps; /* n_steps times at which the level may step: a term each, 0 before its time and 1 from it on */
} WmLineReadings;

typedef struct {
    WmRegressionState state;
    WmRegressionMethod method;
    size_t n_readings; /* used */
    size_t n_terms;
    double t_origin;                       /* of a line: where term 0 is its level before any step; 0 for a design */
    size_t n_steps;                        /* of a line: terms from 2 on */
    double steps[WM_REGRESSION_MAX_STEPS]; /* their times */
    double df;                             /* n_readings - n_terms */
    double coefficient[WM_REGRESSION_MAX_TERMS];
    double std_error[WM_REGRESSION_MAX_TERMS];
    double statistic[WM_REGRESSION_MAX_TERMS]; /* coefficient / std_error; Mann and Kendall's Z for theil_sen's slope */
    double p_value[WM_REGRESSION_MAX_TERMS];   /* two-sided: Student with df; normal for theil_sen's slope */
    double scale; /* least squares: s; M-estimates and theil_sen: median |residual| / 0.6745; binomial, poisson: sqrt(dispersion) */
    double error_scale;    /* what standard errors are multiples of: s, or its counterpart for the method; 1 for theil_sen */
    double rss;            /* weighted residual sum of squares on the link's scale; deviance for binomial and poisson */
    double log_likelihood; /* of the normal with maximum-likelihood variance, on the link's scale; NAN for other methods */
    double r_squared;      /* least squares with a level; NAN for other methods */
    int n_iterations;      /* 0 where the method needs none */
    double low, high;      /* bounds of logit_linear */
    double factor[WM_REGRESSION_MAX_TERMS * WM_REGRESSION_MAX_TERMS]; /* upper R of the design, X'WX = R'R, n_terms to a row */
} WmRegression;

typedef struct {
    WmRegressionState state;
    WmRegressionMethod method;
    double link, link_error; /* predictor on the link's scale, and its standard error */
    double fit, fit_error;   /* the same as a response: delta method; per unit of exposure, a share of trials */
    double reading_error;    /* of a new reading of weight 1, on the link's scale; NAN for binomial and poisson */
    double df;
    double low, high;
} WmRegressionPrediction;

/** Names in files: ols wls huber bisquare theil_sen binomial poisson log_linear logit_linear. */
const char *wm_regression_method_name(WmRegressionMethod method);
bool wm_regression_method_parse(const char *text, WmRegressionMethod *out);
const char *wm_regression_state_name(WmRegressionState state);

/** Working memory kept from fit to fit: new; NULL when there is none. One per thread. */
typedef struct WmRegressionScratch WmRegressionScratch;
WmRegressionScratch *wm_regression_scratch_new(void);
void wm_regression_scratch_free(WmRegressionScratch *self); /* NULL is fine */

/** Whether there are numbers to read: fitted, or not converged. */
bool wm_regression_has_fit(const WmRegression *self);

/** Fit a design.
 *
 * QR of the weighted design with columns scaled to length one (Golub and Van Loan 2013, section 5.3); a column of which less than
 * 1e-11 is left when those before it are taken out is WM_REGRESSION_SINGULAR. O(n_rows n_terms^2) for each iteration.
 *
 * @param readings  borrowed
 * @param options   NULL for all defaults; borrowed
 * @param scratch   grown as needed
 * @param out       written in every case; look at `state` before its numbers, which are NAN without a fit
 */
WmStatus wm_regression_fit(WmRegressionMethod method, const WmRegressionReadings *readings, const WmRegressionOptions *options,
                           WmRegressionScratch *scratch, WmRegression *out);

/** Fit a line, on time centred at the usable readings' mean (theil_sen: median), with a step of the level at each time that
 * `readings` names: a dummy of analysis of covariance (Draper and Smith 1998, section 14.1), on the link's scale. Two steps with no
 * usable reading between them, or a step without one on either side, are WM_REGRESSION_SINGULAR. theil_sen compares readings
 * between the same steps only, as wm_theil_sen does. O(n) an iteration; theil_sen O(n^2) time and memory. */
WmStatus wm_line_fit(WmRegressionMethod method, const WmLineReadings *readings, const WmRegressionOptions *options,
                     WmRegressionScratch *scratch, WmRegression *out);

/** What a fit expects at a row of the design (n_terms long). NAN throughout without a fit. */
void wm_regression_predict(const WmRegression *self, const double *row, WmRegressionPrediction *out);

/** What a line expects at time t. At t = 0, `link` and `link_error` are the classical intercept and its standard error. */
void wm_line_predict(const WmRegression *self, double t, WmRegressionPrediction *out);

/** Interval that holds a share `level` (0 < level < 1) of new readings of weight 1, as responses: link +- t reading_error, turned
 * back. For binomial and poisson, whose readings are spread by more than the link knows, the interval of the mean. */
void wm_regression_interval(const WmRegressionPrediction *self, double level, double *low, double *high);

/** Theil (1950) and Sen (1968): slope = median of (y_j - y_i) / (t_j - t_i) over pairs at different times, and two intercepts at
 * t = 0. With steps, which cut the readings into blocks, pairs within a block only (Hirsch, Slack and Smith 1982); a step is then
 * the median of y_j - y_i - slope (t_j - t_i), i in the block before it and j in the one after it (Hodges and Lehmann 1963), and
 * the intercepts are those before any step. NAN throughout without two times in one block, or with a block without a reading. */
typedef struct {
    size_t n;
    double slope;
    double slope_low, slope_high;     /* Sen's 95% interval of the slope from Kendall's variance; NAN for fewer than 3 readings */
    double intercept_median_median;   /* median y - slope median t */
    double intercept_median_residual; /* median of y - slope t */
    double step[WM_REGRESSION_MAX_STEPS];
    double step_low[WM_REGRESSION_MAX_STEPS], step_high[WM_REGRESSION_MAX_STEPS]; /* 95%, slope given: ranks of Wilcoxon's sum; all
                                                                                     the differences where they are too few */
} WmTheilSen;
WmStatus wm_theil_sen(const WmLineReadings *readings, WmRegressionScratch *scratch, WmTheilSen *out);

/** Mann (1945) and Kendall (1975): is there a monotone trend at all? With steps, of pairs within a block only: S, its variance and
 * the pairs of tau are sums over blocks (Hirsch, Slack and Smith 1982; Korn 1984). */
typedef struct {
    size_t n;
    double s;           /* concordant less discordant pairs */
    double variance;    /* of S, corrected for ties */
    double z;           /* (S - sign S) / sqrt variance; 0 when S is */
    double p_value;     /* two-sided, normal; NAN when the variance is 0 */
    double tau_b;       /* NAN when all y or all t are equal */
    double tau_p_value; /* exact when is_exact, else normal without continuity correction; NAN with tau_b */
    bool is_exact;      /* n below 50 and no ties in any block */
} WmMannKendall;
WmStatus wm_mann_kendall(const WmLineReadings *readings, WmRegressionScratch *scratch, WmMannKendall *out);

#ifdef __cplusplus
}
#endif
#endif
