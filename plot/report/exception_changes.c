/* What changed since the last report. */
#include <math.h>

#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

#define MAX_REVISIONS 20 /* that a board's paper shows; all are in revisions.csv */

static const char *const TITLES[WM_N_CHANGES] = {
    [WM_CHANGE_EXCEPTION_OPENED] = "New exceptions",
    [WM_CHANGE_EXCEPTION_CLOSED] = "No longer exceptions",
    [WM_CHANGE_STATUS_WORSE] = "Status worse",
    [WM_CHANGE_STATUS_BETTER] = "Status better",
    [WM_CHANGE_STATUS_SET] = "Set by a person, or no longer",
    [WM_CHANGE_MILESTONE_MISSED] = "Milestones missed",
    [WM_CHANGE_MILESTONE_MET] = "Milestones met",
};

static void add_kind(WmDocument *document, const WmMonth *month, WmChangeKind kind)
{
    WmBlock *list = NULL;
    for (size_t i = 0; i < month->n_changes; i++) {
        const WmChange *change = &month->changes[i];
        if (change->kind != kind)
            continue;
        if (!list) {
            WmProse *title = wm_document_prose(document, "");
            wm_prose_add(title, WM_RUN_STRONG, TITLES[kind]);
            wm_document_paragraph(document, title)->is_kept = true;
            list = wm_document_list(document);
        }
        wm_list_add(list, wm_document_prose(document, change->text));
    }
}

/* ---- earlier figures ---- */

static const WmColumn REVISION_COLUMNS[] = {
    {"Measure", WM_ALIGN_START, true}, {"Period", WM_ALIGN_START, false}, {"Told before", WM_ALIGN_START, false},
    {"Now", WM_ALIGN_START, false},    {"Change", WM_ALIGN_END, false},   {"Status told before", WM_ALIGN_START, false},
};

/* "44.0%, received 31 Jan 2021"; the file tells two of one day apart, and is NULL where it does not. */
static WmProse *say_figure(WmDocument *document, const char *figure, WmDay received, const char *file)
{
    WmProse *prose = wm_document_prosef(document, "%s, received %s", figure, wm_say_day(document, received));
    if (file) {
        g_autofree char *name = g_path_get_basename(file);
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, wm_document_text(document, name));
    }
    return prose;
}

static WmProse *say_size(WmDocument *document, const WmSeries *series, const WmRevision *revision, const char *size)
{
    const double change = revision->now - revision->was;
    if (isnan(change))
        return wm_document_prose(document, isnan(revision->now) ? "withdrawn" : "given");
    if (series->measure.kind == WM_KIND_YES_NO)
        return wm_document_prose(document, "changed");
    return wm_document_prosef(document, "%s %s", change > 0 ? "up" : "down", size);
}

static WmProse *say_hindsight(WmDocument *document, const WmSeries *series, const WmMonthRevision *one)
{
    g_autofree char *words = wm_verdict_words(series->previous.verdict);
    const bool is_set = series->previous.verdict.mark == WM_OVERRIDDEN;
    const char *told = is_set ? words : wm_status_look(series->previous.verdict.status)->word;
    if (!one->changes_status)
        return wm_document_prosef(document, "%s either way", told);
    WmProse *prose = wm_document_prosef(document, "%s; ", told);
    wm_prose_addf(prose, WM_RUN_STRONG, "would have been %s", wm_status_look(series->hindsight.status)->word);
    return prose;
}

static void add_revision(WmDocument *document, WmTable *table, const WmMonth *month, const WmMonthRevision *one)
{
    const WmSeries *series = &month->series[one->i_series];
    const WmRevision *revision = &one->revision;
    char was[WM_VALUE_TEXT], now[WM_VALUE_TEXT], size[WM_VALUE_TEXT];
    const bool is_one_day = revision->was_received == revision->received;
    wm_revision_format(revision->was, revision->now, &series->measure, series->measure_unit, was, now, size);
    WmProse *cells[] = {
        wm_document_prose(document, wm_say_name(document, series)),
        wm_document_prose(document, wm_say_period(document, revision->period)),
        say_figure(document, was, revision->was_received, is_one_day ? one->was_file : NULL),
        say_figure(document, now, revision->received, is_one_day ? one->file : NULL),
        say_size(document, series, revision, size),
        say_hindsight(document, series, one),
    };
    G_STATIC_ASSERT(G_N_ELEMENTS(cells) == G_N_ELEMENTS(REVISION_COLUMNS));
    wm_table_row(document, table, cells);
}

/* What the board was told and is otherwise now: what matters in full, the rest counted. */
static void add_revisions(WmDocument *document, const WmMonth *month)
{
    WmTable *table = wm_document_table(document, "Earlier figures that have changed since the last report", REVISION_COLUMNS,
                                       G_N_ELEMENTS(REVISION_COLUMNS));
    for (size_t i = 0; i < month->n_revisions && i < MAX_REVISIONS; i++)
        add_revision(document, table, month, &month->revisions[i]);
    if (month->n_revisions)
        wm_document_add_table(document, table);
    if (month->n_revisions > MAX_REVISIONS)
        wm_document_paragraph(document,
                              wm_document_prosef(document, "The weightiest %d of %zu are shown; all are in revisions.csv.",
                                                 MAX_REVISIONS, month->n_revisions));
    if (month->n_immaterial)
        wm_document_paragraph(
            document,
            wm_document_prosef(document, "%s of earlier periods changed by less than the plan calls material.",
                               wm_say_count(document, month->n_immaterial, month->n_revisions ? "other figure" : "figure")));
}

void wm_exception_add_changes(WmDocument *document, const WmMonth *month)
{
    wm_document_heading(document, 2, "changes", "What changed since the last report");
    if (month->previous_as_at == WM_NO_DAY) {
        wm_document_paragraph(document,
                              wm_document_prose(document, "This is the first report, so there is nothing to compare it with."));
        return;
    }
    const char *readings = month->n_new_readings == 0 ? "No new reading has"
                           : month->n_new_readings == 1
                               ? "1 new reading has"
                               : wm_document_textf(document, "%zu new readings have", month->n_new_readings);
    wm_document_paragraph(document,
                          wm_document_prosef(document, "Compared with what was known on %s. %s come since.%s",
                                             wm_say_day(document, month->previous_as_at), readings,
                                             month->n_changes == 0 ? " No status, exception or milestone has changed." : ""));
    for (int kind = 0; kind < WM_N_CHANGES; kind++)
        if (kind != WM_CHANGE_REVISION) /* which have a table */
            add_kind(document, month, (WmChangeKind)kind);
    add_revisions(document, month);
}
