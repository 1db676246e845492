/* Every series in one table, by theme, and the statuses that a person has set. */
#include "plot/report/exception_parts.h"
#include "plot/report/signal_words.h"
#include "plot/report/wording.h"

#include <math.h>
#include <string.h>

static WmProse *say_indicator(WmDocument *document, const WmSeries *series)
{
    return wm_document_prose(document, wm_say_name(document, series));
}

static WmProse *say_measure(WmDocument *document, const WmSeries *series)
{
    return wm_say_stacked(document, wm_say_name(document, series), wm_say_why_not(document, series));
}

static WmProse *say_baseline(WmDocument *document, const WmSeries *series)
{
    return wm_say_stacked(document, wm_say_baseline(document, series), wm_say_baseline_below(document, series));
}

static WmProse *say_plan(WmDocument *document, const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    const bool has_plan = a->has_value && !isnan(a->trajectory) && series->measure.kind != WM_KIND_YES_NO;
    return wm_say_stacked(document, has_plan ? wm_say_value(document, series, a->trajectory) : "", "");
}

static WmProse *say_gap(WmDocument *document, const WmSeries *series)
{
    return wm_say_stacked(document, wm_say_gap_briefly(document, series), wm_say_months(document, series->assessment.months_gap));
}

static WmProse *say_next(WmDocument *document, const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    WmProse *prose = wm_say_stacked(document, wm_say_target(document, series, &a->next), wm_say_chance(document, a->next.chance));
    if (a->pending.due != WM_NO_DAY) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "%s awaits its reading", wm_say_target(document, series, &a->pending));
    }
    return prose;
}

static WmProse *say_status(WmDocument *document, const WmSeries *series)
{
    WmProse *prose = wm_document_prose(document, "");
    wm_prose_add_status(prose, series->assessment.verdict);
    const char *signal = wm_say_signal_briefly(series);
    if (*signal) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "Signal: %s", signal);
    }
    return prose;
}

static WmProse *say_change(WmDocument *document, const WmSeries *series)
{
    return wm_say_stacked(document, wm_say_change(document, series), "");
}

static const struct {
    WmColumn column;
    WmProse *(*say)(WmDocument *, const WmSeries *);
} CELLS[] = {
    {{"Measure", WM_ALIGN_START, true}, say_measure}, {{"Baseline", WM_ALIGN_END, false}, say_baseline},
    {{"Latest", WM_ALIGN_END, false}, wm_say_latest}, {{"Plan", WM_ALIGN_END, false}, say_plan},
    {{"Gap to plan", WM_ALIGN_END, false}, say_gap},  {{"Next milestone", WM_ALIGN_END, false}, say_next},
    {{"Status", WM_ALIGN_START, false}, say_status},  {{"Since last report", WM_ALIGN_START, false}, say_change},
};

static void add_row(WmDocument *document, WmTable *table, const WmSeries *series)
{
    WmProse *cells[G_N_ELEMENTS(CELLS)];
    for (size_t i = 0; i < G_N_ELEMENTS(CELLS); i++)
        cells[i] = CELLS[i].say(document, series);
    wm_table_row(document, table, cells);
}

/* Themes stand in the order in which their first series comes. */
static GPtrArray *find_themes(const WmMonth *month)
{
    GPtrArray *themes = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < month->n_series; i++)
        if (g_hash_table_add(seen, (gpointer)(guintptr)month->series[i].theme))
            g_ptr_array_add(themes, (gpointer)(guintptr)&month->series[i]);
    return themes;
}

static const char *say_theme(const WmSeries *series)
{
    return *series->theme_title ? series->theme_title : *series->theme ? series->theme : "Measures without a theme";
}

/* Nothing to hold against anything: no figure, and no milestone ahead that is a number. Why not is all there is to say. */
static bool is_bare(const WmSeries *series)
{
    return !series->assessment.has_value && wm_assessment_question(&series->assessment)->due == WM_NO_DAY && !series->is_exception;
}

/* The measures of a theme that are bare, or those that are not. */
static void add_theme(WmDocument *document, WmTable *table, const WmMonth *month, const WmSeries *first, bool wants_bare)
{
    bool has_title = false;
    for (size_t i = 0; i < month->n_series; i++) {
        const WmSeries *series = &month->series[i];
        if (strcmp(series->theme, first->theme) != 0 || is_bare(series) != wants_bare)
            continue;
        if (!has_title)
            wm_table_group(document, table, say_theme(first));
        has_title = true;
        const char *why = wm_say_why_not(document, series);
        if (wants_bare)
            wm_table_row(
                document, table,
                (WmProse *[]){say_indicator(document, series), wm_document_prose(document, *why ? why : series->sentence)});
        else
            add_row(document, table, series);
    }
}

/* A line each, where the table of figures would give each three lines of dashes. */
static WmTable *bare_table(WmDocument *document)
{
    static const WmColumn COLUMNS[] = {{"Measure", WM_ALIGN_START, true}, {"Why it cannot be judged", WM_ALIGN_START, false}};
    WmTable *table = wm_document_table(document, "Measures without a figure or a milestone ahead", COLUMNS, G_N_ELEMENTS(COLUMNS));
    table->is_dense = true;
    return table;
}

static WmTable *scorecard_table(WmDocument *document)
{
    WmColumn columns[G_N_ELEMENTS(CELLS)];
    for (size_t i = 0; i < G_N_ELEMENTS(CELLS); i++)
        columns[i] = CELLS[i].column;
    WmTable *table = wm_document_table(document, "", columns, G_N_ELEMENTS(CELLS));
    table->label = "Scorecard of all measures";
    table->is_dense = true;
    return table;
}

static void add_overrides(WmDocument *document, const WmMonth *month)
{
    WmBlock *list = NULL;
    for (size_t i = 0; i < month->n_series; i++) {
        const WmSeries *series = &month->series[i];
        const WmProse *said = wm_say_override(document, month, series);
        if (!said)
            continue;
        if (!list) {
            WmProse *title = wm_document_prose(document, "");
            wm_prose_add(title, WM_RUN_STRONG, "Statuses set by a person");
            wm_document_paragraph(document, title)->is_kept = true;
            list = wm_document_list(document);
        }
        WmProse *item = wm_document_prosef(document, "%s. ", wm_say_name(document, series));
        g_array_append_vals(item->runs, said->runs->data, said->runs->len);
        wm_list_add(list, item);
    }
}

static void add_illustrative(WmDocument *document, const WmMonth *month)
{
    if (month->is_illustrative)
        wm_document_notice(document, WM_NOTICE_WARNING, "Illustrative.", "Some of these figures are made up.")->is_kept = true;
}

void wm_exception_add_scorecard(WmDocument *document, const WmMonth *month)
{
    if (month->n_series == 0)
        return;
    wm_document_heading(document, 2, "scorecard", "All measures");
    add_illustrative(document, month);
    g_autoptr(GPtrArray) themes = find_themes(month);
    WmTable *table = scorecard_table(document), *bare = bare_table(document);
    for (guint i = 0; i < themes->len; i++) {
        add_theme(document, table, month, g_ptr_array_index(themes, i), false);
        add_theme(document, bare, month, g_ptr_array_index(themes, i), true);
    }
    if (table->rows->len)
        wm_document_add_table(document, table);
    if (bare->rows->len)
        wm_document_add_table(document, bare);
    add_overrides(document, month);
}
