/* A control chart as its title: whether anything has really changed, and whether the target will be met. */
#include <math.h>
#include <string.h>

#include "plot/chart/finding.h"
#include "plot/chart/spc_chart_parts.h"

const char *wm_spc_centre_word(const WmSpc *spc)
{
    return spc->chart == WM_SPC_RUN ? "median" : "mean";
}

const char *wm_spc_level_format(double level, const WmSeries *series, char text[WM_VALUE_TEXT])
{
    WmMeasure measure = series->measure;
    if (measure.decimals == 0 && fabs(level) < 100 && level != round(level))
        measure.decimals = 1;
    return wm_value_format(level, &measure, series->measure_unit, text);
}

static const WmSpcPhase *latest_phase(const WmSpc *spc)
{
    return &spc->phases[spc->points[spc->i_last].i_phase];
}

/* What one reading covers: "month", "quarter" …; of mixed kinds, "reading". */
static const char *period_word(const WmSeries *series)
{
    static const char *const WORDS[WM_N_PERIOD_KINDS] = {[WM_PERIOD_DAY] = "day",
                                                         [WM_PERIOD_MONTH] = "month",
                                                         [WM_PERIOD_QUARTER] = "quarter",
                                                         [WM_PERIOD_CALENDAR_QUARTER] = "quarter",
                                                         [WM_PERIOD_TERM] = "term",
                                                         [WM_PERIOD_HALF] = "half-year",
                                                         [WM_PERIOD_CALENDAR_HALF] = "half-year",
                                                         [WM_PERIOD_YEAR] = "year",
                                                         [WM_PERIOD_ACADEMIC_YEAR] = "year",
                                                         [WM_PERIOD_FINANCIAL_YEAR] = "year"};
    const WmPeriodKind kind = series->n_readings ? series->readings[0].period.kind : WM_PERIOD_NONE;
    for (size_t i = 0; i < series->n_readings; i++)
        if (series->readings[i].period.kind != kind)
            return "reading";
    return WORDS[kind] ? WORDS[kind] : "reading";
}

typedef enum { AT_LIMIT, AT_LENGTH, AT_FIXED } Shape;

/* How each signal is said: high and low; at AT_LENGTH "%zu months" comes before. */
static const struct {
    Shape shape;
    const char *high, *low;
} SIGNALS[WM_N_SIGNALS] = {
    [WM_SIGNAL_OUTSIDE] = {AT_LIMIT, "above the upper limit", "below the lower limit"},
    [WM_SIGNAL_TREND] = {AT_LENGTH, "rising without a break", "falling without a break"},
    [WM_SIGNAL_TWO_OF_THREE] = {AT_FIXED, "two of the last three near the upper limit",
                                "two of the last three near the lower limit"},
    [WM_SIGNAL_RUN] = {AT_LENGTH, "above the mean", "below the mean"},
    [WM_SIGNAL_NELSON_1] = {AT_LIMIT, "above the upper limit", "below the lower limit"},
    [WM_SIGNAL_NELSON_2] = {AT_LENGTH, "above the mean", "below the mean"},
    [WM_SIGNAL_NELSON_3] = {AT_LENGTH, "rising without a break", "falling without a break"},
    [WM_SIGNAL_NELSON_4] = {AT_LENGTH, "up and down by turns", "up and down by turns"},
    [WM_SIGNAL_NELSON_5] = {AT_FIXED, "two of the last three near the upper limit", "two of the last three near the lower limit"},
    [WM_SIGNAL_NELSON_6] = {AT_FIXED, "four of the last five well above the mean", "four of the last five well below the mean"},
    [WM_SIGNAL_NELSON_7] = {AT_LENGTH, "closer to the mean than chance allows", "closer to the mean than chance allows"},
    [WM_SIGNAL_NELSON_8] = {AT_LENGTH, "away from the mean on either side", "away from the mean on either side"},
    [WM_SIGNAL_LONG_RUN] = {AT_LENGTH, "above the mean", "below the mean"},
    [WM_SIGNAL_FEW_CROSSINGS] = {AT_FIXED, "the mean is crossed less often than chance allows",
                                 "the mean is crossed less often than chance allows"},
};

/* "7 months above the mean" */
static char *signal_text(const WmSeries *series, const WmSpc *spc)
{
    const WmSpcVerdict *last = &spc->points[spc->i_last];
    const char *words = last->direction >= 0 ? SIGNALS[last->signal].high : SIGNALS[last->signal].low;
    char period[WM_PERIOD_TEXT];
    g_autoptr(GString) text = g_string_new(NULL);
    if (SIGNALS[last->signal].shape == AT_LIMIT)
        g_string_append_printf(text, "%s is ", wm_period_format(series->readings[spc->i_last].period, period));
    if (SIGNALS[last->signal].shape == AT_LENGTH) {
        const size_t n = wm_spc_latest(spc).n_signal;
        g_string_append_printf(text, "%zu %s%s ", n, period_word(series), n == 1 ? "" : "s");
    }
    g_string_append(text, words);
    if (spc->chart == WM_SPC_RUN)
        g_string_replace(text, "the mean", "the median", 0);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static const char *const LEADS[WM_N_EFFECTS] = {[WM_EFFECT_IMPROVEMENT] = "Improving: ",
                                                [WM_EFFECT_CONCERN] = "Worsening: ",
                                                [WM_EFFECT_NEUTRAL_HIGH] = "A change: ",
                                                [WM_EFFECT_NEUTRAL_LOW] = "A change: "};

/* What is said where no pattern holds; `value` is the latest. */
static char *quiet_text(const WmSeries *series, const WmSpc *spc, const char *value)
{
    const WmSpcPhase *phase = latest_phase(spc);
    char period[WM_PERIOD_TEXT], same[WM_VALUE_TEXT];
    wm_period_format(series->readings[spc->i_last].period, period);
    if (phase->n_readings < 2)
        return g_strdup_printf("%s in %s: one reading cannot tell signal from noise", value, period);
    if (phase->is_constant)
        return g_strdup_printf("Unchanged: %s every %s",
                               wm_target_format(spc->points[spc->i_last].value, &series->measure, series->measure_unit, same),
                               period_word(series));
    return g_strdup_printf("No real change: %s in %s is %s", value, period,
                           isnan(phase->upper) ? "no signal" : "within the limits of chance");
}

/* "the target of 75% will not be met as things stand", or in short; "" for none. */
static char *assurance_text(const WmSeries *series, const WmSpc *spc, bool is_short)
{
    static const char *const STEPPED[WM_N_ASSURANCES] = {[WM_ASSURANCE_PASS] = "the target of %s will be met as things stand",
                                                         [WM_ASSURANCE_FAIL] = "the target of %s will not be met as things stand",
                                                         [WM_ASSURANCE_INCONSISTENT] =
                                                             "the target of %s will be hit or missed by chance"};
    static const char *const MOVING[WM_N_ASSURANCES] = {[WM_ASSURANCE_PASS] = "the path to target will be kept as things stand",
                                                        [WM_ASSURANCE_FAIL] = "the path to target will not be kept as things stand",
                                                        [WM_ASSURANCE_INCONSISTENT] =
                                                            "the path to target will be kept or missed by chance"};
    static const char *const SHORT_STEPPED[WM_N_ASSURANCES] = {[WM_ASSURANCE_PASS] = "the target of %s is safe",
                                                               [WM_ASSURANCE_FAIL] = "the target of %s is out of reach",
                                                               [WM_ASSURANCE_INCONSISTENT] = "the target of %s is hit or miss"};
    static const char *const SHORT_MOVING[WM_N_ASSURANCES] = {[WM_ASSURANCE_PASS] = "the path is safe",
                                                              [WM_ASSURANCE_FAIL] = "the path is out of reach",
                                                              [WM_ASSURANCE_INCONSISTENT] = "the path is hit or miss"};
    static const char *const *const WORDS[2][2] = {{STEPPED, SHORT_STEPPED}, {MOVING, SHORT_MOVING}};
    const char *words = WORDS[spc->target_shape == WM_SPC_TARGET_MOVING][is_short][spc->assurance];
    char target[WM_VALUE_TEXT];
    g_autoptr(GString) text = g_string_new(words);
    g_string_replace(text, "%s", wm_target_format(spc->target, &series->measure, series->measure_unit, target), 0);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void add(GStrvBuilder *wordings, const char *first, const char *second)
{
    g_autofree char *wording = *second ? g_strconcat(first, "; ", second, NULL) : g_strdup(first);
    g_strv_builder_add(wordings, wording);
}

GStrv wm_spc_finding_wordings(const WmSeries *series, const WmSpc *spc)
{
    g_autoptr(GStrvBuilder) wordings = g_strv_builder_new();
    if (spc->i_last == SIZE_MAX) {
        add(wordings, spc->n_points ? "No reading has a value" : "No readings yet", "");
        return g_strv_builder_end(wordings);
    }
    char value[WM_VALUE_TEXT];
    const WmSpcVerdict *last = &spc->points[spc->i_last];
    wm_value_format(last->value, &series->measure, series->measure_unit, value);
    g_autofree char *signal = last->signal == WM_SIGNAL_NONE ? NULL : signal_text(series, spc);
    g_autofree char *fact = signal ? g_strconcat(LEADS[last->effect], signal, NULL) : quiet_text(series, spc, value);
    g_autofree char *outlook = assurance_text(series, spc, false), *brief = assurance_text(series, spc, true);
    g_autofree char *lead = signal ? g_strndup(LEADS[last->effect], strlen(LEADS[last->effect]) - 2)
                                   : g_strdup(latest_phase(spc)->is_constant ? "Unchanged" : "No real change");
    const bool says_more = signal || latest_phase(spc)->is_constant; /* than that nothing happened */
    add(wordings, fact, outlook);
    add(wordings, says_more ? fact : lead, brief);
    add(wordings, fact, "");
    add(wordings, lead, brief);
    add(wordings, lead, "");
    add(wordings, value, "");
    return g_strv_builder_end(wordings);
}
