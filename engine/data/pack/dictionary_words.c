/* The dictionary's lists of words, each from the function that names an enum's values: so no list is written twice. */
#include <waymark/action.h>
#include <waymark/chase.h>
#include <waymark/comparison.h>
#include <waymark/month.h>
#include <waymark/risk.h>

#include "engine/core/answers/trend_model.h"
#include "engine/data/pack/dictionary_private.h"

#define WORDS(list, Type, name_of, n)                     \
    const char *word_##list(size_t i)                     \
    {                                                     \
        return i < (size_t)(n) ? name_of((Type)i) : NULL; \
    }

WORDS(rag, WmRag, wm_rag_name, WM_N_RAGS)
WORDS(mark, WmMark, wm_mark_name, WM_N_MARKS)
WORDS(state, WmReadingState, wm_reading_state_name, WM_N_READING_STATES)
WORDS(position, WmPosition, wm_position_name, WM_N_POSITIONS)
WORDS(outlook, WmOutlook, wm_outlook_name, WM_N_OUTLOOKS)
WORDS(basis, WmBasis, wm_basis_name, WM_N_BASES)
WORDS(reason, WmReasonCode, wm_reason_name, WM_N_REASONS)
WORDS(months_bound, WmMonthsBound, wm_months_bound_name, WM_MONTHS_AT_MOST + 1)
WORDS(milestone_state, WmMilestoneState, wm_milestone_state_name, WM_MILESTONE_RECOVERED + 1)
WORDS(effect, WmEffect, wm_effect_name, WM_N_EFFECTS)
WORDS(assurance, WmAssurance, wm_assurance_name, WM_N_ASSURANCES)
WORDS(assurance_of, WmAssuranceOf, wm_assurance_of_name, WM_N_ASSURANCE_OFS)
WORDS(signal, WmSignal, wm_signal_name, WM_N_SIGNALS)
WORDS(chart, WmSpcChart, wm_spc_chart_name, WM_N_SPC_CHARTS)
WORDS(chart_reason, WmSpcReason, wm_spc_reason_name, WM_N_SPC_REASONS)
WORDS(caution, WmSpcCaution, wm_spc_caution_name, WM_N_SPC_CAUTIONS)
WORDS(severity, WmSeverity, wm_severity_name, WM_N_SEVERITIES)
WORDS(override_state, WmOverrideState, wm_override_state_name, WM_N_OVERRIDE_STATES)
WORDS(exception_state, WmExceptionState, wm_exception_state_name, WM_N_EXCEPTION_STATES)
WORDS(closing, WmClosing, wm_closing_name, WM_N_CLOSINGS)
WORDS(clock, WmClock, wm_clock_name, WM_N_CLOCKS)
WORDS(record_kind, WmRecordKind, wm_record_kind_name, WM_N_RECORD_KINDS)
WORDS(action_finding, WmActionFindingCode, wm_action_finding_name, WM_N_ACTION_FINDINGS)
WORDS(risk_finding, WmRiskFindingCode, wm_risk_finding_name, WM_N_RISK_FINDINGS)
WORDS(risk_band, WmRiskBand, wm_risk_band_name, WM_N_RISK_BANDS)
WORDS(chase_kind, WmChaseKind, wm_chase_kind_name, WM_N_CHASE_KINDS)

const char *word_model(size_t i)
{
    return wm_trend_model(i) ? wm_model_name((WmModel)i) : NULL;
}

const char *word_funnel_side(size_t i)
{
    return i < 5 ? wm_funnel_side_name((int)i - 2) : NULL;
}

const char *word_area_caution(size_t i)
{
    return i == 0 ? "few_cases" : NULL;
}

const char *word_data_note(size_t i)
{
    static const char *const NAMES[] = {"illustrative", "partial", NULL};
    return i < G_N_ELEMENTS(NAMES) ? NAMES[i] : NULL;
}
