/* engine/core/text/target_parts.h: what reading and resolving a target share. */
#ifndef WM_CORE_TARGET_PARTS_H
#define WM_CORE_TARGET_PARTS_H

#include <waymark/value.h>

/* Kinds whose figure is a share of the baseline, whatever the measure's own unit. */
bool wm_target_is_relative(WmTargetKind kind);

/* What a folded text puts beside a comparator, in the measure's unit: "+ 5 points", "2 below", "within 3 points of". False for
 * none; NAN where it cannot be said what is meant, as by "5% above". */
bool wm_target_beside(const char *folded, const WmMeasure *measure, double *beside);

#endif
