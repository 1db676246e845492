/* Names of charts, signals, effects and steps, as in files. */
#include <waymark/spc.h>

#include "engine/core/text/names.h"

static const char *const CHARTS[WM_N_SPC_CHARTS] = {
    [WM_SPC_AUTO] = "auto", [WM_SPC_XMR] = "xmr", [WM_SPC_I] = "i", [WM_SPC_C] = "c", [WM_SPC_U] = "u",     [WM_SPC_UP] = "up",
    [WM_SPC_P] = "p",       [WM_SPC_PP] = "pp",   [WM_SPC_G] = "g", [WM_SPC_T] = "t", [WM_SPC_RUN] = "run",
};

static const char *const CHART_TITLES[WM_N_SPC_CHARTS] = {
    [WM_SPC_AUTO] = "control chart", [WM_SPC_XMR] = "XmR chart", [WM_SPC_I] = "I chart",     [WM_SPC_C] = "c chart",
    [WM_SPC_U] = "u chart",          [WM_SPC_UP] = "u′ chart",   [WM_SPC_P] = "p chart",     [WM_SPC_PP] = "p′ chart",
    [WM_SPC_G] = "g chart",          [WM_SPC_T] = "t chart",     [WM_SPC_RUN] = "Run chart",
};

static const char *const RULES[WM_N_SPC_RULES] = {[WM_SPC_MDC] = "mdc", [WM_SPC_ANHOEJ] = "anhoej", [WM_SPC_NELSON] = "nelson"};

static const char *const SIGNALS[WM_N_SIGNALS] = {
    [WM_SIGNAL_NONE] = "none",
    [WM_SIGNAL_OUTSIDE] = "outside",
    [WM_SIGNAL_TREND] = "trend",
    [WM_SIGNAL_TWO_OF_THREE] = "two_of_three",
    [WM_SIGNAL_RUN] = "run",
    [WM_SIGNAL_NELSON_1] = "nelson_1",
    [WM_SIGNAL_NELSON_2] = "nelson_2",
    [WM_SIGNAL_NELSON_3] = "nelson_3",
    [WM_SIGNAL_NELSON_4] = "nelson_4",
    [WM_SIGNAL_NELSON_5] = "nelson_5",
    [WM_SIGNAL_NELSON_6] = "nelson_6",
    [WM_SIGNAL_NELSON_7] = "nelson_7",
    [WM_SIGNAL_NELSON_8] = "nelson_8",
    [WM_SIGNAL_LONG_RUN] = "long_run",
    [WM_SIGNAL_FEW_CROSSINGS] = "few_crossings",
};

static const char *const EFFECTS[WM_N_EFFECTS] = {
    [WM_EFFECT_COMMON] = "common",           [WM_EFFECT_IMPROVEMENT] = "improvement",
    [WM_EFFECT_CONCERN] = "concern",         [WM_EFFECT_NEUTRAL_HIGH] = "neutral_high",
    [WM_EFFECT_NEUTRAL_LOW] = "neutral_low",
};

static const char *const ASSURANCES[WM_N_ASSURANCES] = {
    [WM_ASSURANCE_PASS] = "pass",
    [WM_ASSURANCE_FAIL] = "fail",
    [WM_ASSURANCE_INCONSISTENT] = "inconsistent",
    [WM_ASSURANCE_NONE] = "none",
};

static const char *const STEPS[WM_N_SSA_STEPS] = {
    [WM_SSA_ESTABLISHED] = "established",
    [WM_SSA_TOO_FEW] = "too_few",
    [WM_SSA_ACCEPTED] = "accepted",
    [WM_SSA_REJECTED_REVERSION] = "rejected_reversion",
    [WM_SSA_REJECTED_OPEN] = "rejected_open",
    [WM_SSA_ENDED_TOO_FEW] = "ended_too_few",
    [WM_SSA_ENDED_NO_SHIFT] = "ended_no_shift",
};

static const char *const SCREENS[WM_N_SPC_SCREENS] = {[WM_SPC_SCREEN_YES] = "yes", [WM_SPC_SCREEN_NO] = "no"};

static const char *const ESTABLISHES[WM_N_SPC_ESTABLISHES] = {[WM_SPC_ESTABLISH_NO] = "no", [WM_SPC_ESTABLISH_SSA] = "ssa"};

static const char *const REASON_CODES[WM_N_SPC_REASONS] = {
    [WM_SPC_REASON_FORCED] = "forced",
    [WM_SPC_REASON_FORCED_NO_DENOMINATORS] = "forced_no_denominators",
    [WM_SPC_REASON_NO_DENOMINATORS] = "no_denominators",
    [WM_SPC_REASON_DENOMINATORS_INCOMPLETE] = "denominators_incomplete",
    [WM_SPC_REASON_SMALL_DENOMINATORS] = "small_denominators",
    [WM_SPC_REASON_LARGE_DENOMINATORS] = "large_denominators",
    [WM_SPC_REASON_SMALL_COUNTS] = "small_counts",
    [WM_SPC_REASON_RARE_COUNTS] = "rare_counts",
    [WM_SPC_REASON_LARGE_COUNTS] = "large_counts",
    [WM_SPC_REASON_MEASUREMENT] = "measurement",
};

static const char *const REASONS[WM_N_SPC_REASONS] = {
    [WM_SPC_REASON_FORCED] = "chosen by hand",
    [WM_SPC_REASON_FORCED_NO_DENOMINATORS] = "chosen by hand, but the readings lack the numbers it needs",
    [WM_SPC_REASON_NO_DENOMINATORS] = "for figures published without numerators and denominators",
    [WM_SPC_REASON_DENOMINATORS_INCOMPLETE] = "since some readings lack their numerator or denominator",
    [WM_SPC_REASON_SMALL_DENOMINATORS] = "since the numbers are small enough for chance to explain much of the variation",
    [WM_SPC_REASON_LARGE_DENOMINATORS] = "since the numbers are so large that chance explains almost none of the variation",
    [WM_SPC_REASON_SMALL_COUNTS] = "for small counts",
    [WM_SPC_REASON_RARE_COUNTS] =
        "since there is fewer than one event a period: cases (g) or time (t) between events would say more",
    [WM_SPC_REASON_LARGE_COUNTS] = "for counts large enough to vary more than chance alone makes them",
    [WM_SPC_REASON_MEASUREMENT] = "for a measurement",
};

WM_DEFINE_NAMES(wm_spc_chart, WmSpcChart, CHARTS)
WM_DEFINE_NAMES(wm_spc_rules, WmSpcRules, RULES)
WM_DEFINE_NAMES(wm_signal, WmSignal, SIGNALS)
WM_DEFINE_NAMES(wm_effect, WmEffect, EFFECTS)
WM_DEFINE_NAMES(wm_assurance, WmAssurance, ASSURANCES)
WM_DEFINE_NAMES(wm_ssa_step, WmSsaStep, STEPS)
WM_DEFINE_NAMES(wm_spc_screen, WmSpcScreen, SCREENS)
WM_DEFINE_NAMES(wm_spc_establish, WmSpcEstablish, ESTABLISHES)
WM_DEFINE_NAMES(wm_spc_reason, WmSpcReason, REASON_CODES)

const char *wm_spc_reason_text(WmSpcReason reason)
{
    return REASONS[reason];
}

const char *wm_spc_chart_title(WmSpcChart chart)
{
    return CHART_TITLES[chart];
}
