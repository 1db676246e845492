/* waymark/area.h: areas beside each other: intervals of their figures, and limits within which chance alone would leave them.
 *
 * An area's figure is *events* among a *denominator*: a share (0 to 1; binomial) or a rate (events for each unit of exposure;
 * Poisson). Nothing here is a percent. Every function is pure.
 */
#ifndef WAYMARK_AREA_H
#define WAYMARK_AREA_H

#include <waymark/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    WM_EVENTS_BINOMIAL, /* events among people: a share */
    WM_EVENTS_POISSON,  /* events in an exposure that they do not use up: a rate */
    WM_N_EVENT_LAWS,
} WmEventLaw;

typedef struct {
    double low, high; /* NAN, NAN when nothing can be said */
} WmInterval;

/** Interval of a share: Wilson's score interval, (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
 *
 * Source: Wilson (1927), JASA 22, 209-212; recommended for shares by Public Health England, "Technical Guide: Confidence Intervals"
 * (2018).
 *
 * @param events       0..denominator; need not be whole
 * @param denominator  > 0; NAN, NAN otherwise
 * @param level        of confidence, 0 < level < 1, as in 0.95
 */
WmInterval wm_interval_wilson(double events, double denominator, double level);

/** Interval of a rate: exact Poisson limits, χ²(α/2; 2E)/2n and χ²(1−α/2; 2E+2)/2n.
 *
 * Source: Garwood (1936), Biometrika 28, 437-442. The lower end is 0 for no events.
 *
 * @param events    >= 0
 * @param exposure  > 0; NAN, NAN otherwise
 */
WmInterval wm_interval_poisson(double events, double exposure, double level);

/** The same by Byar's approximation, E(1 − 1/9E − z/3√E)³/n and with E+1 above: within 0.5% of the exact one from 10 events up.
 * Source: Breslow and Day (1987), Statistical Methods in Cancer Research II, p. 69. */
WmInterval wm_interval_byar(double events, double exposure, double level);

/** Limits of a funnel: where an area of this denominator lies with `level` probability when its true figure is theta.
 *
 * Exact, interpolated between the two counts that enclose each tail's probability, so that limits are smooth in the denominator:
 * (r − a)/n, r the smallest count with F(r) >= p, a = (F(r) − p) / (F(r) − F(r−1)).
 * Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202, appendix A.1.1.
 *
 * @param theta        the benchmark: 0..1 for binomial, >= 0 for Poisson
 * @param denominator  > 0, taken as the nearest whole number (at least 1) for binomial; NAN, NAN otherwise
 * @param level        as in 0.95 and 0.998
 */
WmInterval wm_funnel_limits(WmEventLaw law, double theta, double denominator, double level);

/** How much more areas differ than chance would have them. */
typedef enum {
    WM_OVERDISPERSION_NONE,
    WM_OVERDISPERSION_MULTIPLICATIVE, /* every variance is φ times as large */
    WM_OVERDISPERSION_ADDITIVE,       /* areas' true figures vary with variance τ² */
    WM_N_OVERDISPERSIONS,
} WmOverdispersion;

/** What is known of an area's events. */
typedef struct {
    double events, denominator; /* NAN, or denominator <= 0, when not published: it plays no part */
} WmAreaEvents;

typedef struct {
    size_t n_areas; /* that play a part */
    double theta;   /* pooled: Σ events / Σ denominators; NAN for none */
    double phi;     /* mean of the squared z-scores, winsorised; 1 where it is not above 1; NAN with fewer than 2 areas */
    double tau;     /* √τ², >= 0, on the scale of theta */
} WmAreaSpread;

/** Estimate the benchmark and the overdispersion.
 *
 * z = (y − θ)/√V with V = θ(1−θ)/n or θ/n; the lowest and highest 10% of z are set to the quantiles there; φ is the mean of z². No
 * correction is made unless I·φ exceeds its degrees of freedom, I − 1. τ² is by moments, (I·φ − (I − 1)) /
 * (Σw − Σw²/Σw) with w = 1/V, and 0 when negative.
 * Source: Spiegelhalter (2005), sections 4.2 and 4.3, appendix A.3.
 *
 * @param areas  n, borrowed
 * @param theta  the benchmark; NAN for the pooled one
 * @param z      room for n numbers, borrowed
 */
WmAreaSpread wm_area_spread(WmEventLaw law, const WmAreaEvents *areas, size_t n, double theta, double *z);

/** Limits with overdispersion: normal, θ ± z √(φV) or θ ± z √(V + τ²), within what is possible. With none, wm_funnel_limits. */
WmInterval wm_funnel_limits_spread(WmEventLaw law, WmOverdispersion overdispersion, const WmAreaSpread *spread, double theta,
                                   double denominator, double level);

/** Where an area stands in a funnel: 0 within the limits at 95%, +-1 between those and the limits at 99.8%, +-2 beyond; above is
 * positive. 0 too where nothing can be said. */
int wm_funnel_side(WmEventLaw law, WmOverdispersion overdispersion, const WmAreaSpread *spread, double theta, double events,
                   double denominator);

/** Smallest count r with P(R <= r) >= p: of a binomial of `trials`, or of a Poisson of mean theta·trials. */
double wm_count_quantile(WmEventLaw law, double theta, double trials, double p);

const char *wm_overdispersion_name(WmOverdispersion overdispersion);
bool wm_overdispersion_parse(const char *text, WmOverdispersion *out);

#ifdef __cplusplus
}
#endif
#endif
