/* waymark/link.h: the scale on which a bounded measure is modelled, z = g(y), and the way back.
 *
 * On z nothing is out of bounds. What people count comes in whole units (one plan of 40, one death), so an end of the scale is a
 * value that can be taken, with a chance of its own: the way back gives the end for all that lies within half a unit of it.
 */
#ifndef WAYMARK_LINK_H
#define WAYMARK_LINK_H

#include <waymark/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    WM_LINK_IDENTITY, /* no bounds */
    WM_LINK_LOG,      /* one bound: z = log(u + c), u the distance from it; linear above the largest reading */
    WM_LINK_LOGIT,    /* two bounds: the empirical logit, of N whole units */
} WmLinkKind;

typedef struct {
    WmLinkKind kind;
    int sign;      /* -1 where only the upper bound is given: then everything below is about -y */
    double low;    /* LOG and LOGIT, in the indicator's unit (times sign) */
    double high;   /* LOGIT */
    double units;  /* LOGIT: N, the whole units from low to high, as a denominator; > 1 */
    double offset; /* LOG: c > 0 */
    double top;    /* LOG: U, the largest u + c among the readings; above it z = log U + (u + c - U)/U, so that tails stay finite */
    double unit;   /* LOG: size of one whole unit; 0 when the measure does not come in units */
} WmLink;

/** z of a value; a value outside the bounds, or within half a unit of an end, is taken at that half unit. NAN for NAN. */
double wm_link_z(const WmLink *self, double y);

/** The value of a z: always within the bounds; an end exactly where z lies within half a unit of it. */
double wm_link_value(const WmLink *self, double z);

/** The smallest and largest possible value; NAN where there is none. */
double wm_link_lowest(const WmLink *self);
double wm_link_highest(const WmLink *self);

#ifdef __cplusplus
}
#endif
#endif
