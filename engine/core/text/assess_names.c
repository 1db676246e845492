/* The words of judgement, in files. */
#include <waymark/assess.h>

#include <stdio.h>
#include <strings.h>

#include "engine/core/text/names.h"

static const char *const RAG_NAMES[WM_N_RAGS] = {
    [WM_GREY] = "grey", [WM_WHITE] = "white", [WM_RED] = "red", [WM_AMBER] = "amber", [WM_GREEN] = "green", [WM_BLUE] = "blue"};

static const char *const MARK_NAMES[WM_N_MARKS] = {
    [WM_PLAIN] = "",
    [WM_WATCH] = "watch",
    [WM_EARLY_WARNING] = "early_warning",
    [WM_RECOVERING] = "recovering",
    [WM_POSITION_ONLY] = "position_only",
    [WM_OVERRIDDEN] = "override",
};

static const char *const POSITION_NAMES[WM_N_POSITIONS] = {
    [WM_ON] = "on", [WM_NEAR] = "near", [WM_OFF] = "off", [WM_POSITION_NONE] = "none"};

static const char *const OUTLOOK_NAMES[WM_N_OUTLOOKS] = {
    [WM_LIKELY] = "likely", [WM_UNCERTAIN] = "uncertain", [WM_UNLIKELY] = "unlikely", [WM_OUTLOOK_NONE] = "none"};

static const char *const BASIS_NAMES[WM_N_BASES] = {
    [WM_BASIS_NONE] = "none", [WM_BASIS_POSITION] = "position", [WM_BASIS_PRIOR] = "prior", [WM_BASIS_MODEL] = "model"};

static const char *const REASON_NAMES[WM_N_REASONS] = {
    [WM_REASON_NOT_NUMERIC] = "not_numeric",
    [WM_REASON_NO_POLARITY] = "no_polarity",
    [WM_REASON_NO_TARGET] = "no_target",
    [WM_REASON_TARGET_UNRESOLVED] = "target_unresolved",
    [WM_REASON_BASELINE_TBC] = "baseline_tbc",
    [WM_REASON_NO_READING] = "no_reading",
    [WM_REASON_NO_VALUE] = "no_value",
    [WM_REASON_BEFORE_START] = "before_start",
    [WM_REASON_NO_READING_DUE] = "no_reading_due",
    [WM_REASON_MILESTONE_MISSED] = "milestone_missed",
    [WM_REASON_MILESTONE_RECOVERED] = "milestone_recovered",
    [WM_REASON_MILESTONE_PENDING] = "milestone_pending",
    [WM_REASON_HELD] = "held",
    [WM_REASON_NOT_HELD] = "not_held",
    [WM_REASON_ON_PLAN] = "on_plan",
    [WM_REASON_NEAR_PLAN] = "near_plan",
    [WM_REASON_OFF_PLAN] = "off_plan",
    [WM_REASON_CHANCE_LIKELY] = "chance_likely",
    [WM_REASON_CHANCE_UNCERTAIN] = "chance_uncertain",
    [WM_REASON_CHANCE_UNLIKELY] = "chance_unlikely",
    [WM_REASON_TOO_FEW_READINGS] = "too_few_readings",
    [WM_REASON_NO_MILESTONE_AHEAD] = "no_milestone_ahead",
    [WM_REASON_BASELINE_BOUND] = "baseline_bound",
    [WM_REASON_BASELINE_UNDATED] = "baseline_undated",
    [WM_REASON_GEOMETRIC_FELL_BACK] = "geometric_fell_back",
    [WM_REASON_LATEST_WITHOUT_VALUE] = "latest_without_value",
    [WM_REASON_READING_STALE] = "reading_stale",
    [WM_REASON_OVERRIDDEN] = "overridden",
    [WM_REASON_SIGNAL_IMPROVEMENT] = "signal_improvement",
    [WM_REASON_SIGNAL_CONCERN] = "signal_concern",
    [WM_REASON_SIGNAL_CHANGE] = "signal_change",
    [WM_REASON_STATUS_HELD] = "status_held",
    [WM_REASON_MOSTLY_PRIOR] = "mostly_prior",
    [WM_REASON_LATER_UNRESOLVED] = "later_unresolved",
    [WM_REASON_NEWEST_HIDDEN] = "newest_hidden",
};

static const char *const BOUND_NAMES[] = {
    [WM_MONTHS_NONE] = "none", [WM_MONTHS_EXACT] = "exact", [WM_MONTHS_AT_LEAST] = "at_least", [WM_MONTHS_AT_MOST] = "at_most"};

/* Words of the seeds for the same statuses. */
static const struct {
    const char *text;
    WmRag rag;
} RAG_SYNONYMS[] = {{"complete", WM_BLUE},     {"completed", WM_BLUE}, {"nys", WM_WHITE},
                    {"not started", WM_WHITE}, {"unknown", WM_GREY},   {"gray", WM_GREY}};

WmRag wm_verdict_computed(WmVerdict verdict)
{
    return verdict.mark == WM_OVERRIDDEN ? verdict.computed : verdict.status;
}

const char *wm_verdict_format(WmVerdict verdict, char text[WM_VERDICT_TEXT])
{
    if (verdict.mark == WM_OVERRIDDEN)
        snprintf(text, WM_VERDICT_TEXT, "%s, set by a person (%s by the figures)", wm_rag_name(verdict.status),
                 wm_rag_name(verdict.computed));
    else
        snprintf(text, WM_VERDICT_TEXT, "%s", wm_rag_name(verdict.status));
    return text;
}

const char *wm_rag_name(WmRag rag)
{
    return RAG_NAMES[rag];
}

bool wm_rag_parse(const char *text, WmRag *out)
{
    const int found = wm_names_find(RAG_NAMES, WM_N_RAGS, text);
    if (found >= 0) {
        *out = (WmRag)found;
        return true;
    }
    for (size_t i = 0; text && i < sizeof RAG_SYNONYMS / sizeof RAG_SYNONYMS[0]; i++)
        if (strcasecmp(text, RAG_SYNONYMS[i].text) == 0) {
            *out = RAG_SYNONYMS[i].rag;
            return true;
        }
    return false;
}

WM_DEFINE_NAMES(wm_mark, WmMark, MARK_NAMES)

const char *wm_position_name(WmPosition position)
{
    return POSITION_NAMES[position];
}

const char *wm_outlook_name(WmOutlook outlook)
{
    return OUTLOOK_NAMES[outlook];
}

const char *wm_basis_name(WmBasis basis)
{
    return BASIS_NAMES[basis];
}

const char *wm_reason_name(WmReasonCode code)
{
    return REASON_NAMES[code];
}

const char *wm_months_bound_name(WmMonthsBound bound)
{
    return BOUND_NAMES[bound];
}
