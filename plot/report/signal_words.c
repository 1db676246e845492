/* What a control chart says of a series. */
#include "plot/report/signal_words.h"

#include <math.h>

#include "plot/chart/spc_chart_parts.h"
#include "plot/report/wording.h"

static const char *say_level(WmDocument *document, const WmSeries *series, double level)
{
    char text[WM_VALUE_TEXT];
    return wm_document_text(document, wm_spc_level_format(level, series, text));
}

static const char *say_quiet(WmDocument *document, const WmSeries *series)
{
    const WmSignals *s = &series->signals;
    if (s->latest.n_used < WM_SPC_FEWEST)
        return wm_document_textf(document, "too few readings to tell real from noise: %zu of the %d that it takes",
                                 s->latest.n_used, WM_SPC_FEWEST);
    if (isnan(s->lower) || isnan(s->upper))
        return s->chart == WM_SPC_RUN ? "no signal"
                                      : "readings too much the same, or too few for limits: real and noise cannot be told apart";
    return wm_document_textf(document, "no signal: within the limits of chance, %s to %s", say_level(document, series, s->lower),
                             say_level(document, series, s->upper));
}

const char *wm_say_signal(WmDocument *document, const WmSeries *series)
{
    static const char *const KINDS[WM_N_EFFECTS] = {
        [WM_EFFECT_IMPROVEMENT] = " of improvement", [WM_EFFECT_CONCERN] = " of concern"};
    const WmSignals *s = &series->signals;
    if (!s->is_charted)
        return "";
    if (s->variation == WM_EFFECT_COMMON)
        return say_quiet(document, series);
    char text[WM_SIGNAL_TEXT];
    const char *kind = KINDS[s->variation] ? KINDS[s->variation] : "";
    return wm_document_textf(document, "a signal%s: %s%s", kind,
                             wm_signal_describe(s->latest.signal, s->latest.direction, s->latest.n_signal,
                                                wm_readings_noun(series->readings, series->n_readings),
                                                wm_say_period(document, series->readings[s->latest.i_point].period),
                                                s->chart == WM_SPC_RUN ? "the median" : "the mean", text),
                             s->stands             ? ""
                             : !s->latest.can_tell ? "; from too few readings to rely on"
                                                   : "; no signal once that is allowed for which makes readings repeat themselves");
}

const char *wm_say_signal_briefly(const WmSeries *series)
{
    static const char *const WORDS[WM_N_EFFECTS] = {[WM_EFFECT_COMMON] = "",
                                                    [WM_EFFECT_IMPROVEMENT] = "Improvement",
                                                    [WM_EFFECT_CONCERN] = "Concern",
                                                    [WM_EFFECT_NEUTRAL_HIGH] = "High",
                                                    [WM_EFFECT_NEUTRAL_LOW] = "Low"};
    return series->signals.stands ? WORDS[series->signals.variation] : "";
}

const char *wm_say_assurance(WmDocument *document, const WmSeries *series)
{
    static const char *const MILESTONE[WM_N_ASSURANCES] = {[WM_ASSURANCE_PASS] = "%s will be met",
                                                           [WM_ASSURANCE_FAIL] = "%s will not be met",
                                                           [WM_ASSURANCE_INCONSISTENT] = "single readings may meet %s or miss it"};
    static const char *const PATH[WM_N_ASSURANCES] = {[WM_ASSURANCE_PASS] = "the path will be kept",
                                                      [WM_ASSURANCE_FAIL] = "the path will not be kept",
                                                      [WM_ASSURANCE_INCONSISTENT] = "single readings may meet the path or miss it"};
    const WmSignals *s = &series->signals;
    if (!s->is_charted || s->assurance == WM_ASSURANCE_NONE)
        return "";
    if (s->assurance_of == WM_ASSURANCE_OF_PATH)
        return PATH[s->assurance];
    char target[WM_VALUE_TEXT];
    g_autoptr(GString) text = g_string_new(MILESTONE[s->assurance]);
    g_string_replace(text, "%s", wm_target_format(s->target, &series->measure, series->measure_unit, target), 0);
    return wm_document_text(document, text->str);
}

/* 1 in n, at two figures: a p-value is no finer. */
const char *wm_say_rarity(WmDocument *document, const WmSeries *series)
{
    const double p = series->signals.chance.p_value;
    if (isnan(p))
        return "";
    if (p < 1e-4)
        return "fewer than 1 reading in 10,000";
    const double n = 1 / p, unit = pow(10, fmax(floor(log10(n)) - 1, 0));
    static const WmMeasure WHOLE = {.kind = WM_KIND_COUNT};
    char text[WM_VALUE_TEXT];
    return wm_document_textf(document, "about 1 reading in %s", wm_value_format(round(n / unit) * unit, &WHOLE, "", text));
}

const char *wm_say_caution(const WmSeries *series)
{
    static const char *const WORDS[WM_N_SPC_CAUTIONS] = {
        [WM_SPC_CAUTION_NONE] = "",
        [WM_SPC_CAUTION_ROLLING] =
            "Each figure overlaps the one before (a rolling year), so changes from one to the next are judged.",
        [WM_SPC_CAUTION_SEASONAL] = "It has a season, so changes from the same time a year before are judged.",
        [WM_SPC_CAUTION_AUTOCORRELATED] = "Neighbouring readings resemble each other, so signals come too easily here.",
        [WM_SPC_CAUTION_SHORT] = "The limits come from few readings, and will move.",
    };
    return WORDS[series->signals.caution];
}
