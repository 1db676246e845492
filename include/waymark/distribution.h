/* waymark/distribution.h: a predictive distribution of one future reading, as a plain value.
 *
 * Every model ends here, so that charts, chances and scores need not know which model spoke.
 */
#ifndef WAYMARK_DISTRIBUTION_H
#define WAYMARK_DISTRIBUTION_H

#include <waymark/link.h>
#include <waymark/reading.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    WM_DISTRIBUTION_NONE,              /* too little is known: every function gives NAN */
    WM_DISTRIBUTION_POINT,             /* all mass at `location`: a perfect fit */
    WM_DISTRIBUTION_STUDENT,           /* location + scale * t_df */
    WM_DISTRIBUTION_MIXTURE,           /* `parts` on the scale of `link`, with masses where the link has ends */
    WM_DISTRIBUTION_BETA_BINOMIAL,     /* `count`: events among so many trials */
    WM_DISTRIBUTION_NEGATIVE_BINOMIAL, /* `count`: events */
} WmDistributionKind;

/** What people count, more or less regularly than chance alone would have it.
 *
 * X events, Y = X unit / per. Var X = dispersion * N mu (1 - mu), or dispersion * mean for the negative binomial, and never less
 * than the binomial's or Poisson's own, which a dispersion of 1 gives (beta-binomial: Skellam 1948, J. R. Statist. Soc. B 10;
 * negative binomial: Anscombe 1949, Biometrics 5). A dispersion that was itself estimated on df degrees of freedom is mixed over
 * dispersion * df / chi2_df, as a Student t is a normal mixed so. */
typedef struct {
    double mean;       /* of X, >= 0; at most trials */
    double trials;     /* N, whole, >= 1; BETA_BINOMIAL */
    double dispersion; /* > 0 */
    double df;         /* of the dispersion; INFINITY: known */
    double unit, per;  /* Y = X unit / per, both > 0: 100 / trials of a percent, 1 / 1 of a count */
} WmCountPart;

/** One Student t of a mixture, on the scale of its link. */
typedef struct {
    double share; /* 0..1; the parts' shares sum to 1 */
    double location;
    double scale; /* > 0 */
    double df;    /* > 2 */
} WmStudentPart;

/** As many as the largest set of structural kernels has. */
#define WM_MAX_PARTS 18

typedef struct {
    WmDistributionKind kind;
    double location; /* indicator's unit; POINT and STUDENT */
    double scale;    /* indicator's unit, > 0; STUDENT */
    double df;       /* degrees of freedom, > 0; STUDENT */
    size_t n_parts;  /* MIXTURE: 1..WM_MAX_PARTS */
    WmStudentPart parts[WM_MAX_PARTS];
    WmLink link; /* MIXTURE */
    WmCountPart count;
} WmDistribution;

/** One of the two; WM_DISTRIBUTION_NONE when a number of it is out of its range. */
WmDistribution wm_distribution_of_count(WmDistributionKind kind, WmCountPart count);

/** P(Y <= y), in 0..1; non-decreasing in y. NAN for WM_DISTRIBUTION_NONE. */
double wm_distribution_cdf(const WmDistribution *self, double y);

/** The value below which a share `p` (0 < p < 1) lies; NAN outside. */
double wm_distribution_quantile(const WmDistribution *self, double p);

/** Many quantiles in one walk along the distribution, which costs little more than one.
 *
 * @param p    n shares in 0..1, ascending
 * @param out  n values; they never decrease. NAN for a share outside 0 < p < 1
 */
void wm_distribution_quantiles(const WmDistribution *self, const double *p, size_t n, double *out);

/** The middle of the distribution: its median, which for the models here is also what the central path shows. */
double wm_distribution_centre(const WmDistribution *self);

/** Mean and standard deviation; sd may be NULL.
 *
 * Of a mixture, those of its quantiles at (i + 1/2)/40, i = 0..39: finite also where heavy tails on a log scale have no mean. NAN
 * for none; sd is NAN for a Student with df <= 2.
 */
double wm_distribution_mean(const WmDistribution *self, double *sd);

/** Mean, sd (may be NULL) and n quantiles at once: of a mixture all come from one walk. Shares and `out` as above. */
double wm_distribution_describe(const WmDistribution *self, const double *p, size_t n, double *out, double *sd);

/** Most quantiles that wm_distribution_describe takes. */
#define WM_MAX_DESCRIBED 60

/** P(Y meets target): P(Y >= target) for higher, P(Y <= target) for lower, P(|Y - target| <= tolerance) for plan; NAN for none. */
double wm_distribution_chance(const WmDistribution *self, const WmMeasure *measure, double target);

#ifdef __cplusplus
}
#endif
#endif
