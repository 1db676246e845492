/* What the scorecard asks about a plan's own figures: 900% of a proportion, 19% after 50%, and targets that are no figure yet. */
#include <string.h>

#include "plot/report/exception_parts.h"
#include "plot/report/scorecard_parts.h"
#include "plot/report/wording.h"

#define MAX_DOUBTS   12
#define MAX_MEASURES 8 /* of one reason */
#define MAX_TARGETS  3 /* of one measure; of more the first and the last are named */

static void add_heading(WmDocument *document, bool *has_heading)
{
    if (!*has_heading)
        wm_document_heading(document, 2, "doubts", "Targets, baselines and definitions to look at");
    *has_heading = true;
}

/* ---- targets that are no figure: each reason once ---- */

/* Of what cannot be a check tells, with the bound that it crosses. */
static bool is_open(const WmSeriesMilestone *milestone)
{
    return *milestone->reason && !g_str_has_prefix(milestone->reason, "the figure is above") &&
           !g_str_has_prefix(milestone->reason, "the figure is below");
}

static bool is_open_because(const WmSeriesMilestone *milestone, const char *reason)
{
    return is_open(milestone) && strcmp(milestone->reason, reason) == 0;
}

/* "“20% reduction” by Mar 2018", "Jan 2021" of a blank, "“100%”" without a date */
static void append_target(WmDocument *document, GString *text, const WmSeriesMilestone *milestone)
{
    const char *due = wm_say_month(document, milestone->due);
    if (*milestone->text)
        g_string_append_printf(text, "“%s”%s", milestone->text, *due ? " by " : "");
    g_string_append(text, *milestone->text || *due ? due : "blank");
}

/* "A measure: “20% reduction” by Mar 2018 to “50% reduction” by Jun 2019 (6 targets)"; NULL where none has the reason. New. */
static char *say_targets(WmDocument *document, const WmSeries *series, const char *reason)
{
    g_autoptr(GPtrArray) open = g_ptr_array_new();
    for (size_t i = 0; i < series->n_milestones; i++)
        if (is_open_because(&series->milestones[i], reason))
            g_ptr_array_add(open, (gpointer)(guintptr)&series->milestones[i]);
    if (!open->len)
        return NULL;
    const bool is_long = open->len > MAX_TARGETS;
    GString *text = g_string_new(wm_say_name(document, series));
    for (guint i = 0; i < open->len; i += is_long ? open->len - 1 : 1) {
        g_string_append(text, i == 0 ? ": " : is_long ? " to " : ", ");
        append_target(document, text, g_ptr_array_index(open, i));
    }
    if (is_long)
        g_string_append_printf(text, " (%u targets)", open->len);
    return g_string_free(text, FALSE);
}

static WmProse *say_measures(WmDocument *document, const WmMonth *month, const char *reason)
{
    WmProse *prose = wm_document_prose(document, "");
    size_t n = 0;
    for (size_t i = 0; i < month->n_series; i++) {
        g_autofree char *targets = say_targets(document, &month->series[i], reason);
        if (!targets || n++ >= MAX_MEASURES)
            continue;
        if (!wm_prose_is_empty(prose))
            wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_PLAIN, targets);
    }
    if (n > MAX_MEASURES) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "and %s", wm_say_count(document, n - MAX_MEASURES, "more measure"));
    }
    return prose;
}

static void add_open_targets(WmDocument *document, const WmMonth *month, bool *has_heading)
{
    static const WmColumn COLUMNS[] = {{"Why", WM_ALIGN_START, true}, {"Targets", WM_ALIGN_START, false}};
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    WmTable *table = wm_document_table(document, "Targets that are not a figure yet", COLUMNS, G_N_ELEMENTS(COLUMNS));
    table->is_dense = true;
    for (size_t i = 0; i < month->n_series; i++)
        for (size_t k = 0; k < month->series[i].n_milestones; k++) {
            const WmSeriesMilestone *milestone = &month->series[i].milestones[k];
            if (!is_open(milestone) || !g_hash_table_add(seen, (gpointer)(guintptr)milestone->reason))
                continue;
            g_autofree char *why = g_strdup(milestone->reason);
            *why = g_ascii_toupper(*why);
            wm_table_row(document, table,
                         (WmProse *[]){wm_document_prose(document, why), say_measures(document, month, milestone->reason)});
        }
    if (!table->rows->len)
        return;
    add_heading(document, has_heading);
    wm_document_add_table(document, table);
}

/* ---- what else the checks found ---- */

static bool is_asked(const WmProblem *problem)
{
    static const char *const FILES[] = {"targets.csv", "baselines.csv", "definitions.csv"};
    if (problem->severity == WM_SEVERITY_INFO || strcmp(problem->code, "target_unresolved") == 0)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++)
        if (strcmp(problem->file, FILES[i]) == 0)
            return true;
    return false;
}

static void add_findings(WmDocument *document, const WmMonth *month, bool *has_heading)
{
    WmBlock *list = NULL;
    size_t n = 0;
    for (size_t i = 0; month->problems && i < wm_problems_n(month->problems); i++) {
        const WmProblem *problem = wm_problems_at(month->problems, i);
        if (!is_asked(problem) || n++ >= MAX_DOUBTS)
            continue;
        add_heading(document, has_heading);
        list = list ? list : wm_document_list(document);
        g_autofree char *sentence = g_strdup(wm_say_of_measure(document, month, problem->indicator, problem->message));
        *sentence = g_ascii_toupper(*sentence);
        wm_list_add(list, wm_document_prosef(document, "%s%s", sentence, wm_say_stop(sentence)));
    }
    if (n > MAX_DOUBTS)
        wm_document_paragraph(document, wm_document_prosef(document, "%zu more are in checks.csv.", n - MAX_DOUBTS));
}

void wm_scorecard_add_doubts(WmDocument *document, const WmMonth *month)
{
    bool has_heading = false;
    add_findings(document, month, &has_heading);
    add_open_targets(document, month, &has_heading);
}
