/* One exception: what it says, the chart, the figures, who answers for it and what they say. */
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

#include <math.h>
#include <string.h>

#include "plot/report/evidence.h"
#include "plot/report/signal_words.h"
#include "plot/report/spc_figure.h"
#include "plot/report/trajectory_figure.h"
#include "plot/report/year_words.h"

#define MAX_REVISIONS 4 /* shown; the others are counted */
#define MAX_EVIDENCE  3

static WmProse *prose_of(WmDocument *document, const char *text)
{
    return wm_document_prose(document, text);
}

/* Texts that are there, with "; " between them. */
static WmProse *join(WmDocument *document, const char *const *texts, size_t n_texts)
{
    g_autoptr(GString) joined = g_string_new(NULL);
    for (size_t i = 0; i < n_texts; i++)
        if (*texts[i])
            g_string_append_printf(joined, "%s%s", joined->len ? "; " : "", texts[i]);
    return wm_document_prose(document, joined->str);
}

/* "; suppressed in Jun 2026": the newest period where it has come without a figure. What is hidden in a public copy is not said. */
static const char *say_without_value(WmDocument *document, const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    if (!wm_assessment_has_reason(a, WM_REASON_LATEST_WITHOUT_VALUE) || wm_assessment_has_reason(a, WM_REASON_NEWEST_HIDDEN))
        return "";
    const WmReading *newest = &series->readings[series->n_readings - 1];
    return wm_document_textf(document, "; %s in %s", wm_say_state(newest->state), wm_say_period(document, newest->period));
}

static WmProse *say_latest(WmDocument *document, const WmSeries *series)
{
    const WmReading *reading = &series->assessment.reading;
    if (!series->assessment.has_value)
        return prose_of(document, "none yet");
    const char *state = wm_say_state(reading->state);
    const char *parts = isnan(reading->numerator) || isnan(reading->denominator)
                            ? ""
                            : wm_document_textf(document, ", %.0f of %.0f", reading->numerator, reading->denominator);
    return wm_document_prosef(document, "%s in %s%s%s%s%s", wm_say_value(document, series, reading->value),
                              wm_say_latest_period(document, series), parts, *state ? ", " : "", state,
                              say_without_value(document, series));
}

static WmProse *say_baseline(WmDocument *document, const WmSeries *series)
{
    const char *day = wm_say_month(document, series->baseline_day);
    return wm_document_prosef(document, "%s%s%s", wm_say_baseline(document, series), *day ? " in " : "", day);
}

static WmProse *say_plan(WmDocument *document, const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    const bool has_plan = a->has_value && !isnan(a->trajectory) && series->measure.kind != WM_KIND_YES_NO;
    return has_plan ? prose_of(document, wm_say_value(document, series, a->trajectory)) : NULL;
}

static WmProse *say_gap(WmDocument *document, const WmSeries *series)
{
    const char *texts[] = {wm_say_gap(document, series), wm_say_months(document, series->assessment.months_gap)};
    return join(document, texts, G_N_ELEMENTS(texts));
}

static WmProse *say_prospect(WmDocument *document, const WmSeries *series, const WmProspect *prospect)
{
    const char *texts[] = {wm_say_target(document, series, prospect), wm_say_chance(document, prospect->chance)};
    return join(document, texts, *texts[0] ? G_N_ELEMENTS(texts) : 0);
}

/* The last milestone, where it is not the next one. */
static WmProse *say_last(WmDocument *document, const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    return a->last.due == a->next.due || a->last.due == a->pending.due ? NULL : say_prospect(document, series, &a->last);
}

static WmProse *say_expected(WmDocument *document, const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    const WmProspect *aim = a->next.due != WM_NO_DAY ? &a->next : &a->last;
    if (a->trend.state != WM_TREND_FITTED || aim->due == WM_NO_DAY ||
        wm_measure_is_met(&series->measure, a->reading.value, aim->target))
        return NULL;
    if (a->expected == WM_NO_DAY)
        return prose_of(document, wm_trend_is_line(&a->trend) ? "not within 10 years at the pace of the readings so far"
                                                              : "not within 10 years");
    const char *from = wm_say_month(document, a->expected_lo), *to = wm_say_month(document, a->expected_hi);
    if (!*from)
        return prose_of(document, wm_say_month(document, a->expected));
    return wm_document_prosef(document, "%s; eight times in ten between %s and %s", wm_say_month(document, a->expected), from,
                              *to ? to : "more than 10 years from now");
}

/* The pace that makes the next milestone safe, where it is not safe yet. */
static WmProse *say_safe_pace(WmDocument *document, const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    const char *pace = wm_say_change_a_month(document, series, a->safe_pace);
    if (!*pace || a->next.chance >= WM_SAFE_CHANCE)
        return NULL;
    char chance[WM_VALUE_TEXT];
    return wm_document_prosef(document, "%s from here would give it a chance of %s", pace,
                              wm_chance_format(WM_SAFE_CHANCE, chance));
}

/* What changed at the latest intervention; never that it was the cause. */
static WmProse *say_effect(WmDocument *document, const WmSeries *series)
{
    const WmForecastEffect *effect = &series->assessment.effect;
    const char *title = "";
    char by[WM_VALUE_TEXT], low[WM_VALUE_TEXT], high[WM_VALUE_TEXT];
    if (effect->period.kind == WM_PERIOD_NONE || isnan(effect->effect))
        return NULL;
    for (size_t i = 0; i < series->n_events; i++)
        if (series->events[i].kind == WM_EVENT_INTERVENTION &&
            wm_period_end(series->events[i].period) <= wm_period_end(effect->period))
            title = series->events[i].title;
    wm_difference_format(effect->effect, &series->measure, series->measure_unit, by);
    wm_difference_format(effect->low, &series->measure, series->measure_unit, low);
    wm_difference_format(effect->high, &series->measure, series->measure_unit, high);
    return wm_document_prosef(document, "since %s%s%s the level is %s %s; eight times in ten between %s %s and %s %s",
                              wm_say_period(document, effect->period), *title ? ", " : "", title, by,
                              effect->effect < 0 ? "lower" : "higher", low, effect->low < 0 ? "lower" : "higher", high,
                              effect->high < 0 ? "lower" : "higher");
}

/* The latest value of each comparator; they come in the order of their file. */
static WmProse *say_comparators(WmDocument *document, const WmSeries *series)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < series->n_comparators; i++) {
        const WmComparator *comparator = &series->comparators[i];
        bool is_superseded = false;
        for (size_t j = i + 1; j < series->n_comparators; j++)
            is_superseded = is_superseded || strcmp(series->comparators[j].name, comparator->name) == 0;
        if (is_superseded || isnan(comparator->value))
            continue;
        char period[WM_PERIOD_TEXT];
        wm_period_format(comparator->period, period);
        g_autofree char *name = g_strdelimit(g_strdup(comparator->name), "_", ' ');
        g_string_append_printf(text, "%s%s %s%s%s", text->len ? "; " : "", name, wm_say_value(document, series, comparator->value),
                               *period ? " in " : "", period);
    }
    return wm_document_prose(document, text->str);
}

/* "66.2%; last year 58.0%" */
static WmProse *say_year(WmDocument *document, const WmMonth *month, const WmSeries *series)
{
    const char *before = wm_say_year_to_date(document, month, series, WM_YEAR_BEFORE);
    const char *texts[] = {wm_say_year_to_date(document, month, series, WM_YEAR_NOW),
                           *before ? wm_document_textf(document, "last year %s", before) : ""};
    return join(document, texts, *texts[0] ? G_N_ELEMENTS(texts) : 0);
}

static void add_figures(WmDocument *document, const WmMonth *month, const WmSeries *series)
{
    WmTable *facts = wm_document_facts(document, wm_document_textf(document, "Figures: %s", wm_say_name(document, series)));
    const struct {
        const char *name;
        WmProse *value;
    } rows[] = {
        {"Baseline", say_baseline(document, series)},
        {"Latest reading", say_latest(document, series)},
        {"Same period last year", prose_of(document, wm_say_year_before(document, series))},
        {"Year to date", say_year(document, month, series)},
        {"Plan at that time", say_plan(document, series)},
        {"Gap", say_gap(document, series)},
        {"Awaits its reading", say_prospect(document, series, &series->assessment.pending)},
        {"Next milestone", say_prospect(document, series, &series->assessment.next)},
        {"Expected to meet it", say_expected(document, series)},
        {"Pace", prose_of(document, wm_say_pace(document, series))},
        {"What would have to be true", say_safe_pace(document, series)},
        {"Last milestone", say_last(document, series)},
        {"Effect of an event", say_effect(document, series)},
        {"Real or noise", prose_of(document, wm_say_signal(document, series))},
        {"If nothing changes", prose_of(document, wm_say_assurance(document, series))},
        {"To compare with", say_comparators(document, series)},
        {"Who answers for it", prose_of(document, series->owner_role)},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        wm_table_fact(document, facts, rows[i].name, rows[i].value);
    wm_exception_add_memory_facts(document, facts, month, series);
    wm_document_add_table(document, facts);
}

static void add_revisions(WmDocument *document, const WmMonth *month, const WmSeries *series)
{
    g_autoptr(GString) text = g_string_new(NULL);
    size_t n = 0, n_immaterial = 0;
    for (size_t i = series->n_revisions; i-- > 0;) {
        const WmRevision *revision = &series->revisions[i];
        const double weight = wm_materiality(&month->plan->settings, &series->measure, revision->was, revision->now);
        const bool is_known = revision->received <= month->as_at;
        n_immaterial += is_known && weight > 0 && weight < 1;
        if (!is_known || weight < 1 || n++ >= MAX_REVISIONS)
            continue;
        const char *day = wm_say_day(document, revision->received);
        char was[WM_VALUE_TEXT], now[WM_VALUE_TEXT];
        wm_value_format_pair(revision->was, revision->now, &series->measure, series->measure_unit, was, now);
        g_string_append_printf(text, "%s%s from %s to %s%s%s%s", text->len ? "; " : "", wm_say_period(document, revision->period),
                               was, now, *day ? " (received " : "", day, *day ? ")" : "");
    }
    if (n > MAX_REVISIONS)
        g_string_append_printf(text, "; and %zu more", n - MAX_REVISIONS);
    if (n && n_immaterial)
        g_string_append_printf(text, "; and %s by less than the plan calls material",
                               wm_say_count(document, n_immaterial, "figure"));
    if (n)
        wm_document_add_statement(document, "Revised since first published.", text->str, ".");
}

/* Evidence is about a measure in all its areas: told once, with the gravest of its exceptions. */
static bool is_first_of_measure(const WmMonth *month, const WmSeries *series)
{
    for (size_t i = 0; i < month->n_exceptions; i++) {
        const WmSeries *one = &month->series[month->exceptions[i]];
        if (strcmp(one->indicator, series->indicator) == 0)
            return one == series;
    }
    return true;
}

void wm_exception_add_block(WmDocument *document, const WmMonth *month, const WmSeries *series, size_t i_exception)
{
    const WmAssessment *a = &series->assessment;
    WmBlock *heading =
        wm_document_heading(document, 3, wm_document_id(document, "exception", i_exception), wm_say_name(document, series));
    heading->status = a->verdict;

    WmProse *standing = wm_document_prose(document, "");
    wm_prose_add_status(standing, a->verdict);
    const char *words = wm_say_standing(document, a);
    wm_prose_addf(standing, WM_RUN_PLAIN, "  %s%s", words, *words ? "." : "");
    wm_document_paragraph(document, standing)->is_kept = true;
    wm_document_paragraph(document, prose_of(document, series->sentence))->is_kept = true;

    WmProse *override = wm_say_override(document, month, series);
    if (override)
        wm_document_paragraph(document, override)->is_kept = true;
    if (series->is_illustrative)
        wm_document_notice(document, WM_NOTICE_WARNING, "Illustrative.", "Some of these readings are made up.")->is_kept = true;
    wm_document_add_trajectory(document, series, i_exception);
    if (wm_series_has_signal(series))
        wm_document_add_control_chart(document, series, i_exception);
    add_figures(document, month, series);
    wm_exception_add_commentary(document, month, series);
    if (is_first_of_measure(month, series))
        wm_document_add_evidence(document, month, series, MAX_EVIDENCE);
    add_revisions(document, month, series);
}
