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

/* "7 months above the mean" */
static char *signal_text(const WmSeries *series, const WmSpc *spc)
{
    const WmSpcLatest latest = wm_spc_latest(spc);
    char period[WM_PERIOD_TEXT], text[WM_SIGNAL_TEXT];
    g_autofree char *centre = g_strconcat("the ", wm_spc_centre_word(spc), NULL);
    return g_strdup(wm_signal_describe(latest.signal, latest.direction, latest.n_signal,
                                       wm_readings_noun(series->readings, series->n_readings),
                                       wm_period_format(series->readings[spc->i_last].period, period), centre, text));
}

static const char *const LEADS[WM_N_EFFECTS] = {[WM_EFFECT_IMPROVEMENT] = "Improving: ",
                                                [WM_EFFECT_CONCERN] = "Worsening: ",
                                                [WM_EFFECT_NEUTRAL_HIGH] = "A change: ",
                                                [WM_EFFECT_NEUTRAL_LOW] = "A change: "};

/* As the icon says it; of readings that are all the same there is more to say. */
static bool is_not_judged(const WmSpc *spc)
{
    const WmSpcPhase *phase = latest_phase(spc);
    return phase->is_mute || (!phase->is_constant && !wm_spc_can_signal(spc));
}

/* What is said where no pattern holds; `value` is the latest. */
static char *quiet_text(const WmSeries *series, const WmSpc *spc, const char *value)
{
    const WmSpcPhase *phase = latest_phase(spc);
    char period[WM_PERIOD_TEXT], same[WM_VALUE_TEXT];
    const WmPeriod last = series->readings[spc->i_last].period;
    wm_period_format(last, period);
    g_autofree char *lead = g_strconcat(value, wm_period_in(last), period, NULL);
    if (phase->n_readings < 2)
        return g_strconcat(lead, ": one reading cannot tell signal from noise", NULL);
    if (is_not_judged(spc) && phase->n_used < WM_SPC_FEWEST)
        return g_strconcat(lead, ": too few readings to tell signal from noise", NULL);
    if (is_not_judged(spc))
        return g_strconcat(lead, ": too few readings differ to tell signal from noise", NULL);
    if (phase->is_constant)
        return g_strdup_printf("Unchanged: %s every %s",
                               wm_target_format(spc->points[spc->i_last].value, &series->measure, series->measure_unit, same),
                               wm_readings_noun(series->readings, series->n_readings));
    return g_strdup_printf("No real change: %s is %s", lead, isnan(phase->upper) ? "no signal" : "within the limits of chance");
}

/* The same where there is room for two words. */
static const char *quiet_words(const WmSpc *spc)
{
    return is_not_judged(spc) ? "Not judged" : latest_phase(spc)->is_constant ? "Unchanged" : "No real change";
}

/* "the target of 75% will not be met as things stand", or in short; "" for none. Limits speak of single readings as they have been:
 * a measure that changes may well have a chance of 99% beside them. */
static char *assurance_text(const WmSeries *series, const WmSpc *spc, bool is_short)
{
    static const char *const STEPPED[WM_N_ASSURANCES] = {[WM_ASSURANCE_PASS] = "the target of %s will be met as things stand",
                                                         [WM_ASSURANCE_FAIL] = "the target of %s will not be met as things stand",
                                                         [WM_ASSURANCE_INCONSISTENT] =
                                                             "so far single readings can meet the target of %s or miss it"};
    static const char *const MOVING[WM_N_ASSURANCES] = {[WM_ASSURANCE_PASS] = "the path to target will be kept as things stand",
                                                        [WM_ASSURANCE_FAIL] = "the path to target will not be kept as things stand",
                                                        [WM_ASSURANCE_INCONSISTENT] =
                                                            "so far single readings can meet the path or miss it"};
    static const char *const SHORT_STEPPED[WM_N_ASSURANCES] = {[WM_ASSURANCE_PASS] = "the target of %s is safe",
                                                               [WM_ASSURANCE_FAIL] = "the target of %s is out of reach",
                                                               [WM_ASSURANCE_INCONSISTENT] =
                                                                   "the target of %s is hit or miss so far"};
    static const char *const SHORT_MOVING[WM_N_ASSURANCES] = {[WM_ASSURANCE_PASS] = "the path is safe",
                                                              [WM_ASSURANCE_FAIL] = "the path is out of reach",
                                                              [WM_ASSURANCE_INCONSISTENT] = "the path is hit or miss so far"};
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
        add(wordings,
            !wm_series_is_chartable(series) ? "A deliverable has no control chart"
            : spc->n_points                 ? "No reading has a value"
                                            : "No readings yet",
            "");
        return g_strv_builder_end(wordings);
    }
    char value[WM_VALUE_TEXT];
    const WmSpcVerdict *last = &spc->points[spc->i_last];
    wm_value_format(last->value, &series->measure, series->measure_unit, value);
    g_autofree char *signal = last->signal == WM_SIGNAL_NONE ? NULL : signal_text(series, spc);
    g_autofree char *fact = signal ? g_strconcat(LEADS[last->effect], signal, NULL) : quiet_text(series, spc, value);
    g_autofree char *outlook = assurance_text(series, spc, false), *brief = assurance_text(series, spc, true);
    g_autofree char *lead = signal ? g_strndup(LEADS[last->effect], strlen(LEADS[last->effect]) - 2) : g_strdup(quiet_words(spc));
    const bool says_more = signal || latest_phase(spc)->is_constant; /* than that nothing happened */
    add(wordings, fact, outlook);
    add(wordings, says_more ? fact : lead, brief);
    add(wordings, fact, "");
    add(wordings, lead, brief);
    add(wordings, lead, "");
    add(wordings, value, "");
    return g_strv_builder_end(wordings);
}
