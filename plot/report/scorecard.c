/* The impact scorecard: each measure's baseline, and what it should be and was 3, 6 and 12 months after the plan began. */
#include <math.h>
#include <string.h>

#include "plot/report/evidence.h"
#include "plot/report/exception_parts.h"
#include "plot/report/scorecard_parts.h"
#include "plot/report/sections.h"
#include "plot/report/wording.h"

static const int HORIZONS[] = {3, 6, 12}; /* months after the plan's start */
#define N_HORIZONS   3
#define MAX_EVIDENCE 5

/* The end of the month that lies so many months after the plan's start. */
static WmDay horizon_day(const WmMonth *month, size_t i)
{
    const WmPeriod start = wm_period_containing(WM_PERIOD_MONTH, month->plan->settings.start);
    return wm_period_end(wm_period_step(start, HORIZONS[i]));
}

/* What a target counts with: the first horizon that is not before its date, so that every target of the plan counts once; LATER
 * after the last one, UNDATED where the plan gives no date. */
enum { LATER = N_HORIZONS, UNDATED, N_SPANS };

static size_t find_span(const WmMonth *month, WmDay due)
{
    if (due == WM_NO_DAY)
        return UNDATED;
    size_t i = 0;
    while (i < N_HORIZONS && due > horizon_day(month, i))
        i++;
    return i;
}

/* The latest reading with a value by a day. */
static const WmReading *find_reading(const WmSeries *series, WmDay day)
{
    const WmReading *latest = NULL;
    for (size_t i = 0; i < series->n_readings; i++)
        if (!isnan(series->readings[i].value) && wm_period_end(series->readings[i].period) <= day)
            latest = &series->readings[i];
    return latest;
}

static const char *say_reading(WmDocument *document, const WmSeries *series, const WmReading *reading)
{
    return wm_document_textf(document, "%s in %s", wm_say_value(document, series, reading->value),
                             wm_say_period(document, reading->period));
}

static const char *say_outcome(WmDocument *document, const WmSeries *series, const WmSeriesMilestone *milestone)
{
    static const char *const WORDS[] = {[WM_MILESTONE_AHEAD] = "",
                                        [WM_MILESTONE_PENDING] = "due; its reading has not come",
                                        [WM_MILESTONE_MET] = "met",
                                        [WM_MILESTONE_MISSED] = "missed",
                                        [WM_MILESTONE_RECOVERED] = "missed, since recovered"};
    const WmMilestoneOutcome *outcome = &milestone->outcome;
    if (outcome->state == WM_MILESTONE_AHEAD)
        return wm_say_chance(document, milestone->chance);
    if (outcome->i_reading >= series->n_readings)
        return WORDS[outcome->state];
    /* what has been done is judged by the latest word; what was told by its date says more here */
    const WmReading *by_due = series->measure.kind == WM_KIND_YES_NO ? find_reading(series, milestone->due) : NULL;
    return wm_document_textf(document, "%s: %s", WORDS[outcome->state],
                             say_reading(document, series, by_due ? by_due : &series->readings[outcome->i_reading]));
}

/* Where no target falls due since the horizon before: the path there, and the reading by then. */
static void say_path(WmDocument *document, WmProse *prose, const WmMonth *month, const WmSeries *series, WmDay day)
{
    const double plan = wm_trajectory_at(&series->trajectory, wm_day_to_months(day));
    const bool has_plan = !isnan(plan) && series->measure.kind != WM_KIND_YES_NO;
    const WmReading *reading = day <= month->as_at ? find_reading(series, day) : NULL;
    wm_prose_add(prose, WM_RUN_PLAIN,
                 has_plan ? wm_document_textf(document, "path: %s", wm_say_value(document, series, plan)) : "");
    if (!reading) {
        wm_prose_add(prose, WM_RUN_PLAIN, has_plan ? "" : WM_DASH);
        return;
    }
    if (has_plan)
        wm_prose_break(prose);
    wm_prose_add(prose, WM_RUN_SMALL, say_reading(document, series, reading));
}

/* "75% by Jul 2021", or "75%" where that is the horizon's own month; below, what came of it. */
static void say_milestone(WmDocument *document, WmProse *prose, const WmSeries *series, const WmSeriesMilestone *milestone,
                          WmDay horizon)
{
    char target[WM_VALUE_TEXT];
    wm_prose_add(prose, WM_RUN_PLAIN,
                 isnan(milestone->target) ? (*milestone->text ? milestone->text : "blank")
                                          : wm_target_format(milestone->target, &series->measure, series->measure_unit, target));
    if (milestone->due != horizon)
        wm_prose_addf(prose, WM_RUN_PLAIN, " by %s", wm_say_month(document, milestone->due));
    const char *below = isnan(milestone->target) ? milestone->reason : say_outcome(document, series, milestone);
    if (*below) {
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, below);
    }
}

static WmProse *say_horizon(WmDocument *document, const WmMonth *month, const WmSeries *series, size_t i_horizon)
{
    const WmDay day = horizon_day(month, i_horizon);
    WmProse *prose = wm_document_prose(document, "");
    for (size_t i = 0; i < series->n_milestones; i++) {
        if (find_span(month, series->milestones[i].due) != i_horizon)
            continue;
        if (!wm_prose_is_empty(prose))
            wm_prose_break(prose);
        say_milestone(document, prose, series, &series->milestones[i], day);
    }
    if (wm_prose_is_empty(prose))
        say_path(document, prose, month, series, day);
    return prose;
}

static WmProse *say_two(WmDocument *document, const char *text, const char *below)
{
    WmProse *prose = wm_document_prose(document, *text ? text : WM_DASH);
    if (*below) {
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, below);
    }
    return prose;
}

static void add_row(WmDocument *document, WmTable *table, const WmMonth *month, const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    WmProse *cells[N_HORIZONS + 4];
    size_t n = 0;
    cells[n++] = say_two(document, wm_say_name(document, series), series->indicator);
    const char *why = wm_say_why_not(document, series);
    if (*why) {
        wm_prose_break(cells[0]);
        wm_prose_add(cells[0], WM_RUN_SMALL, why);
    }
    cells[n++] = say_two(document, wm_say_baseline(document, series), wm_say_baseline_below(document, series));
    for (size_t i = 0; i < N_HORIZONS; i++)
        cells[n++] = say_horizon(document, month, series, i);
    cells[n++] = say_two(document, a->has_value ? wm_say_value(document, series, a->reading.value) : "",
                         a->has_value ? wm_say_latest_period(document, series) : "");
    cells[n] = wm_document_prose(document, "");
    wm_prose_add_status(cells[n], a->verdict);
    wm_table_row(document, table, cells);
}

static WmTable *card_table(WmDocument *document, const WmMonth *month)
{
    WmColumn columns[N_HORIZONS + 4];
    size_t n = 0;
    columns[n++] = (WmColumn){"Measure", WM_ALIGN_START, true};
    columns[n++] = (WmColumn){"Baseline", WM_ALIGN_START, false};
    for (size_t i = 0; i < N_HORIZONS; i++)
        columns[n++] =
            (WmColumn){wm_document_textf(document, "%d months, %s", HORIZONS[i], wm_say_month(document, horizon_day(month, i))),
                       WM_ALIGN_START, false};
    columns[n++] = (WmColumn){"Latest", WM_ALIGN_START, false};
    columns[n++] = (WmColumn){"Status", WM_ALIGN_START, false};
    WmTable *table = wm_document_table(document, "", columns, n);
    table->label = "Baseline, and target and outcome at each horizon, of every measure";
    table->is_dense = true;
    return table;
}

/* Nothing to put into any cell: named in one line with the others of its theme, where a row each would be five dashes. */
static bool is_bare(const WmMonth *month, const WmSeries *series)
{
    for (size_t i = 0; i < series->n_milestones; i++)
        if (series->milestones[i].due != WM_NO_DAY)
            return false;
    return isnan(series->baseline_value) && series->baseline_qualifier == WM_BASELINE_NONE && !find_reading(series, month->as_at);
}

static WmTable *bare_table(WmDocument *document)
{
    static const WmColumn COLUMNS[] = {{"Theme", WM_ALIGN_START, true}, {"Measures", WM_ALIGN_START, false}};
    WmTable *table = wm_document_table(document, "Measures without a baseline, a dated target or a reading", COLUMNS, 2);
    table->is_dense = true;
    return table;
}

static void add_part(WmDocument *document, WmTable *table, WmTable *bare, const WmMonth *month, const WmSectionPart *part)
{
    g_autoptr(GString) names = g_string_new(NULL);
    bool has_title = false;
    for (guint i = 0; i < part->series->len; i++) {
        const WmSeries *series = &month->series[g_array_index(part->series, size_t, i)];
        if (is_bare(month, series)) {
            g_string_append_printf(names, "%s%s", names->len ? "; " : "", wm_say_name(document, series));
            continue;
        }
        if (!has_title)
            wm_table_group(document, table, part->title);
        has_title = true;
        add_row(document, table, month, series);
    }
    if (names->len)
        wm_table_row(document, bare,
                     (WmProse *[]){wm_document_prose(document, part->title), wm_document_prose(document, names->str)});
}

static void add_card(WmDocument *document, const WmMonth *month, const GArray *sections)
{
    wm_document_heading(document, 2, "scorecard", "Scorecard");
    wm_document_paragraph(document, wm_document_prose(document, "Each cell has the targets that fall due by then and after the "
                                                                "horizon before, and what came of each or its chance. Where none "
                                                                "falls due it has the path of the plan, and the reading by then."))
        ->is_kept = true;
    WmTable *table = card_table(document, month), *bare = bare_table(document);
    for (guint i = 0; i < sections->len; i++) {
        const WmSection *section = &g_array_index(sections, WmSection, i);
        for (guint k = 0; k < section->parts->len; k++)
            add_part(document, table, bare, month, &g_array_index(section->parts, WmSectionPart, k));
    }
    if (table->rows->len)
        wm_document_add_table(document, table);
    if (bare->rows->len)
        wm_document_add_table(document, bare);
}

/* ---- how many came to what ---- */

typedef struct {
    size_t n, n_unresolved, n_outcome[WM_MILESTONE_RECOVERED + 1];
} Tally;

static void tally_milestone(Tally *tally, const WmSeriesMilestone *milestone)
{
    tally->n++;
    if (isnan(milestone->target))
        tally->n_unresolved++;
    else
        tally->n_outcome[milestone->outcome.state]++;
}

static const char *say_span(WmDocument *document, const WmMonth *month, size_t i)
{
    return i == UNDATED ? "Without a date"
           : i == LATER
               ? "Later"
               : wm_document_textf(document, "By %d months, %s", HORIZONS[i], wm_say_month(document, horizon_day(month, i)));
}

/* Every target of the plan, counted once. */
static void add_tallies(WmDocument *document, const WmMonth *month)
{
    static const WmColumn COLUMNS[] = {{"Falling due", WM_ALIGN_START, true}, {"Targets", WM_ALIGN_END, false},
                                       {"Met", WM_ALIGN_END, false},          {"Since recovered", WM_ALIGN_END, false},
                                       {"Missed", WM_ALIGN_END, false},       {"Reading awaited", WM_ALIGN_END, false},
                                       {"Ahead", WM_ALIGN_END, false},        {"Not a figure", WM_ALIGN_END, false}};
    static const WmMilestoneState ORDER[] = {WM_MILESTONE_MET, WM_MILESTONE_RECOVERED, WM_MILESTONE_MISSED, WM_MILESTONE_PENDING,
                                             WM_MILESTONE_AHEAD};
    Tally tallies[N_SPANS] = {{0}};
    for (size_t i = 0; i < month->n_series; i++)
        for (size_t k = 0; k < month->series[i].n_milestones; k++)
            tally_milestone(&tallies[find_span(month, month->series[i].milestones[k].due)], &month->series[i].milestones[k]);
    WmTable *table = wm_document_table(document, "Targets by horizon", COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (size_t i = 0; i < N_SPANS; i++) {
        if (i == UNDATED && tallies[i].n == 0)
            continue;
        WmProse *cells[G_N_ELEMENTS(COLUMNS)];
        size_t n = 0;
        cells[n++] = wm_document_prose(document, say_span(document, month, i));
        cells[n++] = wm_document_prosef(document, "%zu", tallies[i].n);
        for (size_t k = 0; k < G_N_ELEMENTS(ORDER); k++)
            cells[n++] = wm_document_prosef(document, "%zu", tallies[i].n_outcome[ORDER[k]]);
        cells[n++] = wm_document_prosef(document, "%zu", tallies[i].n_unresolved);
        wm_table_row(document, table, cells);
    }
    wm_document_add_table(document, table);
}

static bool has_fallen_due(const WmMonth *month, const WmSeriesMilestone *milestone)
{
    return isnan(milestone->target) ? milestone->due != WM_NO_DAY && milestone->due <= month->as_at
                                    : milestone->outcome.state != WM_MILESTONE_AHEAD;
}

/* What came of every target whose date has passed, and which horizon comes next. */
static WmProse *say_headline(WmDocument *document, const WmMonth *month)
{
    Tally due = {0};
    for (size_t i = 0; i < month->n_series; i++)
        for (size_t k = 0; k < month->series[i].n_milestones; k++)
            if (has_fallen_due(month, &month->series[i].milestones[k]))
                tally_milestone(&due, &month->series[i].milestones[k]);
    WmProse *prose = wm_document_prose(document, "");
    if (due.n == 0) {
        wm_prose_add(prose, WM_RUN_STRONG, "No target has fallen due yet.");
    } else {
        const char *words = wm_say_outcomes(document, due.n_outcome);
        wm_prose_addf(prose, WM_RUN_STRONG, "%s %s fallen due by %s: %s", wm_say_count(document, due.n, "target"),
                      due.n == 1 ? "has" : "have", wm_say_day(document, month->as_at), words);
        if (due.n_unresolved)
            wm_prose_addf(prose, WM_RUN_STRONG, "%s%zu not a figure", *words ? "; " : "", due.n_unresolved);
        wm_prose_add(prose, WM_RUN_STRONG, ".");
    }
    size_t i = 0;
    while (i < N_HORIZONS && horizon_day(month, i) <= month->as_at)
        i++;
    if (i < N_HORIZONS)
        wm_prose_addf(prose, WM_RUN_PLAIN, " The %s horizon, %d months, comes on %s.", i == 0 ? "first" : "next", HORIZONS[i],
                      wm_say_day(document, horizon_day(month, i)));
    return prose;
}

/* ---- evidence ---- */

static void add_evidence(WmDocument *document, const WmMonth *month, const GArray *sections)
{
    size_t n = 0;
    wm_document_heading(document, 2, "evidence", "Evidence of impact");
    for (guint i = 0; i < sections->len; i++)
        n += wm_document_add_theme_evidence(document, month, g_array_index(sections, WmSection, i).theme, MAX_EVIDENCE);
    for (size_t i = 0; i < month->n_series; i++) {
        const WmSeries *series = &month->series[i];
        if (!wm_month_has_evidence(month, series))
            continue;
        wm_document_heading(document, 3, wm_document_id(document, "evidence", i),
                            *series->title ? series->title : series->indicator);
        n += wm_document_add_evidence(document, month, series, MAX_EVIDENCE);
    }
    wm_document_add_evidence_items(document, month);
    if (n == 0)
        wm_document_paragraph(document,
                              wm_document_prose(document, "None has been recorded. Findings of surveys, focus groups, case "
                                                          "studies and complaints stand in evidence.csv."));
}

WmDocument *wm_report_scorecard(const WmMonth *month, GError **error)
{
    (void)error;
    g_autoptr(GArray) sections = wm_sections_new(month);
    WmDocument *document = wm_document_for_month(month, "Impact scorecard");
    wm_document_heading(document, 2, "headline", "Headline");
    wm_document_paragraph(document, say_headline(document, month));
    if (month->is_illustrative)
        wm_document_notice(document, WM_NOTICE_WARNING, "Illustrative.", "Some of these figures are made up.");
    add_tallies(document, month);
    wm_document_mark(document, WM_BLOCK_CONTENTS);
    wm_exception_add_changes(document, month);
    add_card(document, month, sections);
    add_evidence(document, month, sections);
    wm_scorecard_add_doubts(document, month);
    wm_document_add_issued(document, month);
    wm_exception_add_method(document, month);
    return document;
}
