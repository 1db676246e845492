/* What is said of a series in reports, in the same words everywhere. */
#include "plot/report/wording.h"

#include <math.h>
#include <string.h>

/* On every public paper: what is missing, and why. */
/* What was done to the figures, and why they may differ from the board's own papers: of a pack in which nothing had to be hidden,
 * that. */
static const char *say_public(WmDocument *document, const WmMonth *month)
{
    const WmPlanSettings *plan = &month->plan->settings;
    const char *readings = wm_say_count(document, month->n_hidden, "reading"), *are = month->n_hidden == 1 ? "is" : "are";
    const char *rounded = wm_document_textf(
        document, "Counts are rounded to the nearest %d, and shares are what rounded counts give.", plan->public_base);
    if (month->n_hidden == 0)
        return plan->public_rounds ? rounded : "No figure here is about so few people that it had to be hidden.";
    if (plan->public_rounds)
        return wm_document_textf(document, "%s %s of few people, or that would tell of them, %s shown as suppressed.", rounded,
                                 readings, are);
    return wm_document_textf(document,
                             "Figures about few people are hidden, and others that would give them away: %s, shown as suppressed. "
                             "Nothing here is computed from %s, so that a status, a chance or a date may differ from the board's "
                             "own papers.",
                             readings, month->n_hidden == 1 ? "it" : "them");
}

WmDocument *wm_document_for_month(const WmMonth *month, const char *subtitle)
{
    const WmPlanSettings *plan = &month->plan->settings;
    WmDocument *document = wm_document_new(&(WmFrontMatter){.title = *plan->title ? plan->title : "Performance plan",
                                                            .subtitle = subtitle,
                                                            .area = plan->area,
                                                            .board = plan->board,
                                                            .author_role = plan->owner_role,
                                                            .plan_version = plan->version,
                                                            .as_at = month->as_at,
                                                            .previous_as_at = month->previous_as_at});
    if (month->is_public)
        wm_document_notice(document, WM_NOTICE_NOTE, "Public version.", say_public(document, month));
    return document;
}

const char *wm_say_name(WmDocument *document, const WmSeries *series)
{
    g_autofree char *name = wm_series_name(series);
    return wm_document_text(document, name);
}

const char *wm_say_value(WmDocument *document, const WmSeries *series, double value)
{
    char text[WM_VALUE_TEXT];
    return wm_document_text(document, wm_value_format(value, &series->measure, series->measure_unit, text));
}

static const struct {
    const char *before, *instead;
} QUALIFIERS[WM_N_BASELINE_QUALIFIERS] = {
    [WM_BASELINE_EXACT] = {"", NULL},
    [WM_BASELINE_LESS_THAN] = {"under ", NULL},
    [WM_BASELINE_GREATER_THAN] = {"over ", NULL},
    [WM_BASELINE_APPROX] = {"about ", NULL},
    [WM_BASELINE_TBC] = {"", "to be confirmed"},
    [WM_BASELINE_NEW_MEASURE] = {"", "new measure"},
    [WM_BASELINE_NONE] = {"", "none"},
};

const char *wm_say_baseline(WmDocument *document, const WmSeries *series)
{
    if (isnan(series->baseline_value)) {
        const char *instead = QUALIFIERS[series->baseline_qualifier].instead;
        return instead ? instead : "none";
    }
    char text[WM_VALUE_TEXT];
    wm_target_format(series->baseline_value, &series->measure, series->measure_unit, text);
    return wm_document_textf(document, "%s%s", QUALIFIERS[series->baseline_qualifier].before, text);
}

const char *wm_say_baseline_below(WmDocument *document, const WmSeries *series)
{
    const char *month = wm_say_month(document, series->baseline_day), *second = wm_say_month(document, series->second_baseline_day);
    if (isnan(series->second_baseline))
        return month;
    return wm_document_textf(document, "%s%salso %s%s%s", month, *month ? "; " : "",
                             wm_say_value(document, series, series->second_baseline), *second ? " in " : "", second);
}

const char *wm_say_state(WmReadingState state)
{
    static const char *const WORDS[WM_N_READING_STATES] = {
        [WM_FINAL] = "",
        [WM_PROVISIONAL] = "provisional",
        [WM_REVISED] = "revised",
        [WM_SUPPRESSED] = "suppressed",
        [WM_NOT_APPLICABLE] = "not applicable",
        [WM_NOT_AVAILABLE] = "not available",
        [WM_LOW] = "too low to show",
        [WM_MISSING] = "missing",
    };
    return WORDS[state];
}

/* Whether a difference shows as nothing: judged at one decimal at least, as the sentences do. */
static bool is_nothing(const WmSeries *series, double difference)
{
    return wm_round(difference, MAX(series->measure.decimals, 1)) == 0;
}

static const char *say_gap(WmDocument *document, const WmSeries *series, const char *after)
{
    const WmAssessment *a = &series->assessment;
    char text[WM_VALUE_TEXT];
    if (isnan(a->gap) || series->measure.kind == WM_KIND_YES_NO)
        return "";
    if (is_nothing(series, a->gap))
        return "on plan";
    wm_difference_format(a->gap, &series->measure, series->measure_unit, text);
    if (series->measure.polarity == WM_POLARITY_PLAN)
        return wm_document_textf(document, "%s away", text);
    return wm_document_textf(document, "%s %s%s", text, a->gap > 0 ? "better" : "worse", after);
}

const char *wm_say_gap(WmDocument *document, const WmSeries *series)
{
    return say_gap(document, series, " than plan");
}

const char *wm_say_gap_briefly(WmDocument *document, const WmSeries *series)
{
    return say_gap(document, series, "");
}

const char *wm_say_months(WmDocument *document, WmMonthsGap gap)
{
    if (gap.bound == WM_MONTHS_NONE || isnan(gap.months) || wm_round(gap.months, 0) == 0)
        return "";
    const double months = wm_round(fabs(gap.months), 0);
    const bool is_open = gap.bound != WM_MONTHS_EXACT;
    return wm_document_textf(document, "%.0f %s%s %s", months, months == 1 ? "month" : "months", is_open ? " or more" : "",
                             gap.months > 0 ? "ahead" : "behind");
}

const char *wm_say_target(WmDocument *document, const WmSeries *series, const WmProspect *prospect)
{
    char target[WM_VALUE_TEXT], month[WM_PERIOD_TEXT];
    if (prospect->due == WM_NO_DAY || isnan(prospect->target))
        return "";
    return wm_document_textf(document, "%s by %s",
                             wm_target_format(prospect->target, &series->measure, series->measure_unit, target),
                             wm_day_format_month(prospect->due, month));
}

const char *wm_say_chance(WmDocument *document, double chance)
{
    char text[WM_VALUE_TEXT];
    return isnan(chance) ? "" : wm_document_textf(document, "%s chance", wm_chance_format(chance, text));
}

static const char *say_rate(WmDocument *document, const WmSeries *series, double change, const char *period)
{
    char text[WM_VALUE_TEXT];
    if (isnan(change))
        return "";
    if (is_nothing(series, change))
        return "no change";
    wm_difference_format(change, &series->measure, series->measure_unit, text);
    return wm_document_textf(document, "%s %s a %s", change > 0 ? "up" : "down", text, period);
}

const char *wm_say_change_a_month(WmDocument *document, const WmSeries *series, double change)
{
    const bool is_slow = is_nothing(series, change);
    return say_rate(document, series, is_slow ? change * 12 : change, is_slow ? "year" : "month");
}

/* Both in one period, so that they compare: a month, or a year where a month of either would show as nothing. */
const char *wm_say_pace(WmDocument *document, const WmSeries *series)
{
    const double required = series->assessment.required_pace, achieved = series->assessment.achieved_pace;
    const bool is_slow = (!isnan(required) && is_nothing(series, required)) || (!isnan(achieved) && is_nothing(series, achieved));
    const double months = is_slow ? 12 : 1;
    const char *period = is_slow ? "year" : "month";
    const char *needed = say_rate(document, series, required * months, period);
    const char *so_far = say_rate(document, series, achieved * months, period);
    return wm_document_textf(document, "%s%s%s%s%s", *needed ? "needed: " : "", needed, *needed && *so_far ? "; " : "",
                             *so_far ? "so far: " : "", so_far);
}

const char *wm_say_standing(WmDocument *document, const WmAssessment *assessment)
{
    static const char *const POSITIONS[WM_N_POSITIONS] = {
        [WM_ON] = "On its plan", [WM_NEAR] = "Near its plan", [WM_OFF] = "Off its plan", [WM_POSITION_NONE] = ""};
    static const char *const OUTLOOKS[WM_N_OUTLOOKS] = {[WM_LIKELY] = "likely to meet the next milestone",
                                                        [WM_UNCERTAIN] = "may or may not meet the next milestone",
                                                        [WM_UNLIKELY] = "unlikely to meet the next milestone",
                                                        [WM_OUTLOOK_NONE] = ""};
    static const char *const DUE[WM_N_OUTLOOKS] = {[WM_LIKELY] = "likely to have met the milestone that awaits its reading",
                                                   [WM_UNCERTAIN] = "may or may not have met the milestone that awaits its reading",
                                                   [WM_UNLIKELY] = "unlikely to have met the milestone that awaits its reading",
                                                   [WM_OUTLOOK_NONE] = ""};
    const char *const *outlooks = assessment->pending.due != WM_NO_DAY ? DUE : OUTLOOKS;
    const char *position = POSITIONS[assessment->position], *outlook = outlooks[assessment->outlook];
    /* red though near its plan: say why */
    const char *missed = assessment->verdict.status == WM_RED && assessment->position != WM_OFF && *position &&
                                 wm_assessment_has_reason(assessment, WM_REASON_MILESTONE_MISSED)
                             ? ", but it missed a milestone"
                             : "";
    return wm_document_textf(document, "%s%s%s%s", position, missed, *position && *outlook ? ", " : "", outlook);
}

const char *wm_say_change(WmDocument *document, const WmSeries *series)
{
    if (series->previous.as_at == WM_NO_DAY)
        return "";
    const WmVerdict was = series->previous.verdict, now = series->assessment.verdict;
    if (was.status == now.status)
        return "No change";
    const int moved = wm_verdict_way(was, now);
    const char *way = moved > 0 ? "Better: " : moved < 0 ? "Worse: " : "";
    g_autofree char *words = was.mark == WM_OVERRIDDEN ? wm_verdict_words(was) : g_strdup(wm_status_look(was.status)->word);
    return wm_document_textf(document, "%s%s %s", way, *way ? "was" : "Was", words);
}

const char *wm_say_day(WmDocument *document, WmDay day)
{
    char text[WM_PERIOD_TEXT];
    return day == WM_NO_DAY ? "" : wm_document_text(document, wm_day_format(day, text));
}

const char *wm_say_month(WmDocument *document, WmDay day)
{
    char text[WM_PERIOD_TEXT];
    return day == WM_NO_DAY ? "" : wm_document_text(document, wm_day_format_month(day, text));
}

const char *wm_say_due(WmDocument *document, WmDay due)
{
    char text[WM_PERIOD_TEXT];
    return due == WM_NO_DAY ? "" : wm_document_text(document, wm_day_format_due(due, text));
}

const char *wm_say_period(WmDocument *document, WmPeriod period)
{
    char text[WM_PERIOD_TEXT];
    return wm_document_text(document, wm_period_format(period, text));
}

const char *wm_say_count(WmDocument *document, size_t n, const char *noun)
{
    return wm_document_textf(document, "%zu %s%s", n, noun, n == 1 ? "" : "s");
}

/* In the order in which they are told. */
static const struct {
    WmMilestoneState state;
    const char *word;
} OUTCOMES[] = {
    {WM_MILESTONE_MET, "met"},
    {WM_MILESTONE_RECOVERED, "missed, since recovered"},
    {WM_MILESTONE_MISSED, "missed"},
    {WM_MILESTONE_PENDING, "awaiting a reading"},
};

const char *wm_say_outcome(WmMilestoneState state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(OUTCOMES); i++)
        if (OUTCOMES[i].state == state)
            return OUTCOMES[i].word;
    return "";
}

const char *wm_say_outcomes(WmDocument *document, const size_t n_outcome[WM_MILESTONE_RECOVERED + 1])
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(OUTCOMES); i++)
        if (n_outcome[OUTCOMES[i].state])
            g_string_append_printf(text, "%s%zu %s", text->len ? "; " : "", n_outcome[OUTCOMES[i].state], OUTCOMES[i].word);
    return wm_document_text(document, text->str);
}

const char *wm_say_stop(const char *text)
{
    const size_t n = strlen(text);
    return n && strchr(".!?", text[n - 1]) ? "" : ".";
}

WmProse *wm_say_stacked(WmDocument *document, const char *text, const char *below)
{
    WmProse *prose = wm_document_prose(document, *text || *below ? text : WM_DASH);
    if (*text && *below)
        wm_prose_break(prose);
    wm_prose_add(prose, WM_RUN_SMALL, below);
    return prose;
}

const char *wm_say_latest_period(WmDocument *document, const WmSeries *series)
{
    const bool is_older = wm_assessment_has_reason(&series->assessment, WM_REASON_NEWEST_HIDDEN);
    return wm_document_textf(document, "%s%s", wm_say_period(document, series->assessment.reading.period),
                             is_older ? " (newer figures are not published)" : "");
}

WmProse *wm_say_latest(WmDocument *document, const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    if (!a->has_value)
        return wm_say_stacked(document, "", "");
    const char *state = wm_say_state(a->reading.state);
    return wm_say_stacked(document, wm_say_value(document, series, a->reading.value),
                          wm_document_textf(document, "%s%s%s", wm_say_latest_period(document, series), *state ? ", " : "", state));
}

const char *wm_say_why_not(WmDocument *document, const WmSeries *series)
{
    const WmRag status = series->assessment.verdict.status;
    const char *from = strstr(series->sentence, ": ");
    if ((status != WM_GREY && status != WM_WHITE) || series->assessment.verdict.mark == WM_OVERRIDDEN || !from)
        return "";
    const char *to = strstr(from, ". ");
    g_autofree char *why = to ? g_strndup(from + 2, (size_t)(to - from - 2)) : g_strdup(from + 2);
    *why = g_ascii_toupper(*why);
    if (g_str_has_suffix(why, "."))
        why[strlen(why) - 1] = 0;
    return wm_document_text(document, why);
}
