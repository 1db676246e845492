/* A series as a plain value, and names of what it carries beside its readings. */
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

void wm_series_of(const WmAssessmentInput *input, const WmAssessment *assessment, const char *title, const char *measure_unit,
                  WmSeriesMilestone *milestones, WmSeries *out)
{
    for (size_t i = 0; i < input->n_milestones; i++) {
        const WmMilestone one = input->milestones[i];
        milestones[i] = (WmSeriesMilestone){.due = one.due,
                                            .target = one.target,
                                            .text = "",
                                            .reason = "",
                                            .outcome = wm_milestone_judge(input, one),
                                            .chance = wm_milestone_chance(input, assessment, one)};
    }
    *out = (WmSeries){
        .indicator = "",
        .title = title,
        .unit = "",
        .unit_name = "",
        .cohort = "",
        .measure_unit = measure_unit,
        .source = "",
        .theme = "",
        .theme_title = "",
        .owner_role = "",
        .note = "",
        .measure = input->measure,
        .baseline_day = input->trajectory.n_waypoints ? wm_day_from_months(input->trajectory.waypoints[0].t_months) : WM_NO_DAY,
        .baseline_value = input->baseline.value,
        .baseline_qualifier = WM_BASELINE_EXACT,
        .milestones = milestones,
        .n_milestones = input->n_milestones,
        .readings = input->readings,
        .n_readings = input->n_readings,
        .events = input->trend.events,
        .n_events = input->trend.n_events,
        .trajectory = input->trajectory,
        .assessment = *assessment,
        .previous = {.as_at = WM_NO_DAY},
        .hindsight = assessment->verdict,
        .sentence = "",
        .first_raised = WM_NO_DAY,
    };
}
