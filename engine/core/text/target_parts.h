/* engine/core/text/target_parts.h: what reading and resolving a target share. */
#ifndef WM_CORE_TARGET_PARTS_H
#define WM_CORE_TARGET_PARTS_H

#include <waymark/value.h>

/* Kinds whose figure is a share of the baseline, whatever the measure's own unit. */
bool wm_target_is_relative(WmTargetKind kind);

#endif
