/* The performance report for executives, of a quarter or a year: every theme's measures beside last year and the year so far, what
 * their owners say, and the actions and risks in brief. */
#include <math.h>
#include <string.h>

#include "plot/report/digests.h"
#include "plot/report/evidence.h"
#include "plot/report/exception_parts.h"
#include "plot/report/overview.h"
#include "plot/report/sections.h"
#include "plot/report/trajectory_figure.h"
#include "plot/report/year_words.h"

#define MAX_EVIDENCE  3
#define ANNUAL_MONTHS 11 /* since the last report: then it is one of a year, though it came some days late */

/* ---- a theme ---- */

/* With its owner, where that is not its theme's, which the section names; and why it is not judged, where it is not. */
static WmProse *say_measure(WmDocument *document, const WmMonth *month, const WmSeries *series)
{
    const char *owner = series->owner_role;
    for (size_t i = 0; i < month->plan->n_themes; i++)
        if (strcmp(month->plan->themes[i].theme, series->theme) == 0 && !*month->plan->themes[i].parent &&
            strcmp(month->plan->themes[i].owner_role, owner) == 0)
            owner = "";
    WmProse *prose = wm_say_stacked(document, wm_say_name(document, series), owner);
    const char *why = wm_say_why_not(document, series);
    if (*why) {
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, why);
    }
    return prose;
}

static WmProse *say_latest(WmDocument *document, const WmMonth *month, const WmSeries *series)
{
    (void)month;
    return wm_say_latest(document, series);
}

static WmProse *say_year_before(WmDocument *document, const WmMonth *month, const WmSeries *series)
{
    (void)month;
    return wm_say_stacked(document, wm_say_year_before(document, series), "");
}

static WmProse *say_year_to_date(WmDocument *document, const WmMonth *month, const WmSeries *series)
{
    const char *before = wm_say_year_to_date(document, month, series, WM_YEAR_BEFORE);
    return wm_say_stacked(document, wm_say_year_to_date(document, month, series, WM_YEAR_NOW),
                          *before ? wm_document_textf(document, "last year %s", before) : "");
}

static WmProse *say_trend(WmDocument *document, const WmMonth *month, const WmSeries *series)
{
    (void)month;
    return wm_say_stacked(document, wm_say_trend(document, series), "");
}

static WmProse *say_next(WmDocument *document, const WmMonth *month, const WmSeries *series)
{
    (void)month;
    const WmAssessment *a = &series->assessment;
    return wm_say_stacked(document, wm_say_target(document, series, &a->next), wm_say_chance(document, a->next.chance));
}

static WmProse *say_status(WmDocument *document, const WmMonth *month, const WmSeries *series)
{
    (void)month;
    WmProse *prose = wm_document_prose(document, "");
    wm_prose_add_status(prose, series->assessment.verdict);
    const char *change = wm_say_change(document, series);
    if (*change) {
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, change);
    }
    return prose;
}

static const struct {
    WmColumn column;
    WmProse *(*say)(WmDocument *, const WmMonth *, const WmSeries *);
} CELLS[] = {
    {{"Measure", WM_ALIGN_START, true}, say_measure},
    {{"Latest", WM_ALIGN_END, false}, say_latest},
    {{"Same period last year", WM_ALIGN_END, false}, say_year_before},
    {{"Year to date", WM_ALIGN_END, false}, say_year_to_date},
    {{"Trend", WM_ALIGN_START, false}, say_trend},
    {{"Next milestone", WM_ALIGN_END, false}, say_next},
    {{"Status", WM_ALIGN_START, false}, say_status},
};

static void add_measure(WmDocument *document, WmTable *table, const WmMonth *month, const WmSeries *series)
{
    WmProse *cells[G_N_ELEMENTS(CELLS)];
    for (size_t i = 0; i < G_N_ELEMENTS(CELLS); i++)
        cells[i] = CELLS[i].say(document, month, series);
    wm_table_row(document, table, cells);
}

/* A theme of which nothing is known yet is told in words: a table would be dashes. */
static bool has_any(const WmMonth *month, const WmSection *section)
{
    for (guint k = 0; k < section->parts->len; k++) {
        const GArray *indices = g_array_index(section->parts, WmSectionPart, k).series;
        for (guint j = 0; j < indices->len; j++) {
            const WmAssessment *a = &month->series[g_array_index(indices, size_t, j)].assessment;
            if (a->has_value || a->next.due != WM_NO_DAY)
                return true;
        }
    }
    return false;
}

static void add_measures(WmDocument *document, const WmMonth *month, const WmSection *section)
{
    WmColumn columns[G_N_ELEMENTS(CELLS)];
    for (size_t i = 0; i < G_N_ELEMENTS(CELLS); i++)
        columns[i] = CELLS[i].column;
    WmTable *table = wm_document_table(document, "", columns, G_N_ELEMENTS(CELLS));
    table->label = wm_document_textf(document, "Measures of %s", section->title);
    table->is_dense = true;
    for (guint k = 0; k < section->parts->len; k++) {
        const WmSectionPart *part = &g_array_index(section->parts, WmSectionPart, k);
        if (section->parts->len > 1)
            wm_table_group(document, table, part->title);
        for (guint j = 0; j < part->series->len; j++)
            add_measure(document, table, month, &month->series[g_array_index(part->series, size_t, j)]);
    }
    wm_document_add_table(document, table);
}

/* What is said of a measure: its sentence, and its owner's words; that there are none, unless the section says so of all. */
static void add_commentary(WmDocument *document, const WmMonth *month, const WmSeries *series, bool is_silent)
{
    const WmCommentary *row = wm_plan_commentary_on(month->plan, series, month->as_at);
    WmProse *prose = wm_document_prose(document, "");
    wm_prose_addf(prose, WM_RUN_STRONG, "%s.", wm_say_name(document, series));
    wm_prose_addf(prose, WM_RUN_PLAIN, " %s", series->sentence);
    if (!row && !is_silent)
        wm_prose_add(prose, WM_RUN_PLAIN, " No commentary has been given.");
    if (row && *row->explanation)
        wm_prose_addf(prose, WM_RUN_PLAIN, " Explanation: %s", row->explanation);
    if (row && *row->recovery)
        wm_prose_addf(prose, WM_RUN_PLAIN, " Recovery: %s", row->recovery);
    if (row && row->recovery_due != WM_NO_DAY)
        wm_prose_addf(prose, WM_RUN_PLAIN, " %s by %s.", row->recovery_due < month->as_at ? "This was due" : "Due",
                      wm_say_day(document, row->recovery_due));
    if (row && *row->author_role)
        wm_prose_addf(prose, WM_RUN_SMALL, " %s", row->author_role);
    wm_document_paragraph(document, prose);
}

static WmProse *say_section(WmDocument *document, const WmSection *section)
{
    WmProse *prose = wm_document_prosef(document, "%s", wm_say_count(document, section->n_series, "measure"));
    size_t n = 0;
    for (size_t i = 0; i < WM_N_RAGS; i++)
        if (section->n_status[WM_RAG_ORDER[i]])
            wm_prose_addf(prose, WM_RUN_PLAIN, "%s %zu %s", n++ ? "," : ":", section->n_status[WM_RAG_ORDER[i]],
                          wm_status_look(WM_RAG_ORDER[i])->word);
    wm_prose_add(prose, WM_RUN_PLAIN, ".");
    if (*section->owner_role)
        wm_prose_addf(prose, WM_RUN_PLAIN, " Who answers for it: %s.", section->owner_role);
    return prose;
}

/* The chart of the section's gravest exception; the others are in the exception report. */
static void add_chart(WmDocument *document, const WmMonth *month, const WmSection *section, guint i)
{
    for (size_t e = 0; e < month->n_exceptions; e++)
        for (guint k = 0; k < section->parts->len; k++) {
            const GArray *indices = g_array_index(section->parts, WmSectionPart, k).series;
            for (guint j = 0; j < indices->len; j++)
                if (g_array_index(indices, size_t, j) == month->exceptions[e]) {
                    wm_document_add_trajectory(document, &month->series[month->exceptions[e]], i);
                    return;
                }
        }
}

static bool is_talked_of(const WmSeries *series, GHashTable *unasked)
{
    return series->is_exception || g_hash_table_contains(unasked, series);
}

/* Of how many measures of a section there is something to say; 0 where anybody has said anything of one of them. */
static size_t count_silent(const WmMonth *month, const WmSection *section, GHashTable *unasked)
{
    size_t n = 0;
    for (guint k = 0; k < section->parts->len; k++) {
        const GArray *indices = g_array_index(section->parts, WmSectionPart, k).series;
        for (guint j = 0; j < indices->len; j++) {
            const WmSeries *series = &month->series[g_array_index(indices, size_t, j)];
            if (is_talked_of(series, unasked) && wm_plan_commentary_on(month->plan, series, month->as_at))
                return 0;
            n += is_talked_of(series, unasked);
        }
    }
    return n;
}

static void add_section(WmDocument *document, const WmMonth *month, const WmSection *section, GHashTable *unasked, guint i)
{
    wm_document_heading(document, 3, wm_document_id(document, "theme", i), section->title);
    wm_document_paragraph(document, say_section(document, section))->is_kept = true;
    if (has_any(month, section))
        add_measures(document, month, section);
    else
        wm_document_paragraph(document, wm_document_prose(document, "None of them has a reading or a milestone ahead."));
    add_chart(document, month, section, i);
    const size_t n_silent = count_silent(month, section, unasked);
    for (guint k = 0; k < section->parts->len; k++) {
        const GArray *indices = g_array_index(section->parts, WmSectionPart, k).series;
        for (guint j = 0; j < indices->len; j++) {
            const WmSeries *series = &month->series[g_array_index(indices, size_t, j)];
            if (is_talked_of(series, unasked))
                add_commentary(document, month, series, n_silent > 1);
            if (wm_month_has_evidence(month, series))
                wm_document_add_evidence(document, month, series, MAX_EVIDENCE);
        }
    }
    if (n_silent > 1)
        wm_document_paragraph(document,
                              wm_document_prosef(document, "No commentary has been given on these %zu exceptions.", n_silent));
    wm_document_add_theme_evidence(document, month, section->theme, MAX_EVIDENCE);
}

static void add_counts(WmDocument *document, const WmMonth *month)
{
    WmBlock *cards = wm_document_key_figures(document);
    for (size_t i = 0; i < WM_N_RAGS; i++)
        wm_key_figures_add(document, cards, wm_document_textf(document, "%zu", month->n_status[WM_RAG_ORDER[i]]),
                           wm_status_look(WM_RAG_ORDER[i])->count, &WM_RAG_ORDER[i]);
}

bool wm_month_is_annual(const WmMonth *month)
{
    return month->previous_as_at != WM_NO_DAY && wm_months_between(month->previous_as_at, month->as_at) >= ANNUAL_MONTHS;
}

static void add_headline(WmDocument *document, const WmMonth *month, const GArray *sections)
{
    wm_document_heading(document, 2, "headline", "Headline");
    wm_document_paragraph(document, wm_say_headline(document, month));
    if (month->n_series == 0)
        return;
    add_counts(document, month);
    wm_overview_add_themes(document, month, sections);
    wm_overview_add_outcomes(document, month);
}

static void add_digests(WmDocument *document, const WmMonth *month)
{
    if (month->plan->n_actions > 0) {
        wm_document_heading(document, 2, "actions", "Actions in brief");
        wm_action_add_digest(document, month);
    }
    if (month->plan->n_risks > 0) {
        wm_document_heading(document, 2, "risks", "Risks in brief");
        wm_risk_add_digest(document, month);
    }
}

WmDocument *wm_report_quarterly(const WmMonth *month, GError **error)
{
    (void)error;
    const bool is_annual = wm_month_is_annual(month);
    g_autoptr(GArray) sections = wm_sections_new(month);
    g_autoptr(GHashTable) unasked = wm_commentary_unasked(month);
    WmDocument *document = wm_document_for_month(month, is_annual ? "Annual performance report" : "Quarterly performance report");
    if (month->is_illustrative)
        wm_document_notice(document, WM_NOTICE_WARNING, "Illustrative figures.",
                           "Some readings in this report were made up to show how such a report works.");
    add_headline(document, month, sections);
    wm_exception_add_changes(document, month);
    if (is_annual)
        wm_overview_add_milestones(document, month, sections);
    wm_document_mark(document, WM_BLOCK_CONTENTS);
    if (sections->len > 0)
        wm_document_heading(document, 2, "themes", "Performance by theme");
    for (guint i = 0; i < sections->len; i++)
        add_section(document, month, &g_array_index(sections, WmSection, i), unasked, i);
    add_digests(document, month);
    wm_exception_add_data(document, month);
    wm_document_add_issued(document, month);
    wm_exception_add_method(document, month);
    return document;
}
