/* waymark/distribution.h: a predictive distribution of one future reading, as a small value.
 *
 * Every model ends here, so that charts, chances and scores need not know which model spoke.
 */
#ifndef WAYMARK_DISTRIBUTION_H
#define WAYMARK_DISTRIBUTION_H

#include <waymark/reading.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    WM_DISTRIBUTION_NONE,    /* too little is known: every function gives NAN */
    WM_DISTRIBUTION_POINT,   /* all mass at `location`: a perfect fit */
    WM_DISTRIBUTION_STUDENT, /* location + scale * t_df */
} WmDistributionKind;

typedef struct {
    WmDistributionKind kind;
    double location; /* indicator's unit */
    double scale;    /* indicator's unit, > 0 */
    double df;       /* degrees of freedom, > 0 */
} WmDistribution;

/** P(Y <= y), in 0..1; non-decreasing in y. NAN for WM_DISTRIBUTION_NONE. */
double wm_distribution_cdf(const WmDistribution *self, double y);

/** The value below which a share `p` (0 < p < 1) lies; NAN outside. */
double wm_distribution_quantile(const WmDistribution *self, double p);

/** The middle of the distribution: its median, which for the models here is also what the central path shows. */
double wm_distribution_centre(const WmDistribution *self);

/** P(Y meets target): P(Y >= target) for higher, P(Y <= target) for lower, P(|Y - target| <= tolerance) for plan; NAN for none. */
double wm_distribution_chance(const WmDistribution *self, const WmMeasure *measure, double target);

#ifdef __cplusplus
}
#endif
#endif
