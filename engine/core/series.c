/* Names of what a series carries beside its readings. */
#include <waymark/series.h>

#include "engine/core/text/names.h"

static const char *const QUALIFIER_NAMES[WM_N_BASELINE_QUALIFIERS] = {
    [WM_BASELINE_EXACT] = "exact",
    [WM_BASELINE_LESS_THAN] = "less_than",
    [WM_BASELINE_GREATER_THAN] = "greater_than",
    [WM_BASELINE_APPROX] = "approx",
    [WM_BASELINE_TBC] = "tbc",
    [WM_BASELINE_NEW_MEASURE] = "new_measure",
    [WM_BASELINE_NONE] = "none",
};

WM_DEFINE_NAMES(wm_baseline_qualifier, WmBaselineQualifier, QUALIFIER_NAMES)

static const char *const OVERRIDE_NAMES[WM_N_OVERRIDE_STATES] = {
    [WM_OVERRIDE_NONE] = "",
    [WM_OVERRIDE_IN_FORCE] = "in_force",
    [WM_OVERRIDE_EXPIRED] = "expired",
};

const char *wm_override_state_name(WmOverrideState state)
{
    return OVERRIDE_NAMES[state];
}
