/* Every action of a plan, and the measures that actions should move. */
#include "plot/report/action_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plot/chart/finding.h"
#include "plot/report/wording.h"

#define MAX_DATES       4 /* monitoring dates shown, the latest: more do not fit a page */
#define N_OTHER_COLUMNS 4

static const char *say_words(WmDocument *document, const char *words)
{
    g_autofree char *said = wm_months_in_words(words);
    return wm_document_text(document, said);
}

const char *wm_action_say_due(WmDocument *document, const WmAction *action)
{
    return action->due != WM_NO_DAY ? wm_say_due(document, action->due)
           : *action->due_text      ? say_words(document, action->due_text)
                                    : WM_DASH;
}

const char *wm_action_say_timeline(WmDocument *document, const WmAction *action)
{
    return action->timeline_due != WM_NO_DAY ? wm_say_due(document, action->timeline_due)
                                             : say_words(document, action->timeline_due_text);
}

static WmProse *say_due(WmDocument *document, const WmTrackedAction *one)
{
    const WmAction *action = one->action;
    WmProse *prose = wm_document_prose(document, wm_action_say_due(document, action));
    if (action->start != WM_NO_DAY) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "from %s", wm_say_month(document, action->start));
    }
    if (action->new_due != WM_NO_DAY && action->new_due != action->due) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "now %s", wm_say_due(document, action->new_due));
    }
    if (one->facts.timeline_differs) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "timeline: %s", wm_action_say_timeline(document, action));
    }
    return prose;
}

/* A text of the plan's, smaller and on a line of its own. */
static void add_small(WmProse *prose, const char *title, const char *text)
{
    if (!*text)
        return;
    wm_prose_break(prose);
    wm_prose_addf(prose, WM_RUN_SMALL, "%s%s", title, text);
}

static WmProse *say_action(WmDocument *document, const WmAction *action)
{
    WmProse *prose = wm_document_prosef(document, "%s %s", action->action, action->title);
    add_small(prose, "", action->owner_role);
    add_small(prose, "Progress: ", action->progress);
    add_small(prose, "Barrier: ", action->barrier);
    add_small(prose, "Change asked for: ", action->change_request);
    return prose;
}

typedef struct {
    WmDocument *document;
    const WmTracker *tracker;
    size_t i_first_date; /* of the dates shown */
    bool has_marks;      /* some action has a finding */
} History;

static void add_row(const History *self, WmTable *table, const WmTrackedAction *one)
{
    WmProse *cells[MAX_DATES + N_OTHER_COLUMNS];
    size_t n = 0;
    cells[n++] = say_action(self->document, one->action);
    cells[n++] = say_due(self->document, one);
    for (size_t i = self->i_first_date; i < self->tracker->n_dates; i++)
        cells[n++] = wm_action_say_status(self->document, wm_tracked_action_at(one, self->tracker->dates[i]));
    cells[n++] = wm_action_say_status(self->document, one->judgement.implied);
    if (self->has_marks)
        cells[n++] = wm_document_prose(self->document, wm_action_say_marks(self->document, one));
    wm_table_row(self->document, table, cells);
}

/* Themes in the plan's order; each action stands once, in the plan's order. */
static void add_rows(const History *self, WmTable *table)
{
    const char *theme = NULL;
    for (size_t i = 0; i < self->tracker->n_actions; i++) {
        const WmTrackedAction *one = &self->tracker->actions[i];
        if (!theme || strcmp(theme, one->action->theme) != 0) {
            theme = one->action->theme;
            wm_table_group(self->document, table, *one->theme_title ? one->theme_title : "Actions without a theme");
        }
        add_row(self, table, one);
    }
}

static bool has_marks(const WmTracker *tracker)
{
    for (size_t i = 0; i < tracker->n_actions; i++)
        if (tracker->actions[i].judgement.n_findings)
            return true;
    return false;
}

void wm_action_add_all(WmDocument *document, const WmTracker *tracker)
{
    wm_document_heading(document, 2, "actions", "All actions");
    const size_t first = tracker->n_dates > MAX_DATES ? tracker->n_dates - MAX_DATES : 0;
    WmColumn columns[MAX_DATES + N_OTHER_COLUMNS];
    size_t n = 0;
    columns[n++] = (WmColumn){"Action", WM_ALIGN_START, true};
    columns[n++] = (WmColumn){"Due", WM_ALIGN_START, false};
    for (size_t i = first; i < tracker->n_dates; i++)
        columns[n++] = (WmColumn){wm_say_month(document, tracker->dates[i]), WM_ALIGN_START, false};
    columns[n++] = (WmColumn){"Dates imply", WM_ALIGN_START, false};
    const History history = {document, tracker, first, has_marks(tracker)};
    if (history.has_marks)
        columns[n++] = (WmColumn){"To ask or note", WM_ALIGN_START, false};
    WmTable *table = wm_document_table(document, "", columns, n);
    table->label = "All actions, with the status declared at each monitoring date and the one their dates imply";
    table->is_dense = true;
    add_rows(&history, table);
    wm_document_add_table(document, table);
}

static WmProse *say_move(WmDocument *document, const WmSeries *series, const WmActionLink *link)
{
    char difference[WM_VALUE_TEXT];
    wm_difference_format(fabs(link->change), &series->measure, series->measure_unit, difference);
    const char *way = isnan(link->change) ? "" : link->change > 0 ? "better" : link->change < 0 ? "worse" : "no change";
    const WmReading *now = &series->assessment.reading;
    const char *from = wm_document_textf(document, "%s in %s to %s in %s", wm_say_value(document, series, link->was),
                                         wm_say_period(document, link->was_period), wm_say_value(document, series, now->value),
                                         wm_say_period(document, now->period));
    if (series->measure.kind == WM_KIND_YES_NO && link->change > 0)
        return wm_document_prosef(document, "done; it was not in %s", wm_say_period(document, link->was_period));
    if (series->measure.kind == WM_KIND_YES_NO && link->change == 0)
        return wm_document_prosef(document, "%s, as in %s", wm_say_value(document, series, now->value),
                                  wm_say_period(document, link->was_period));
    if (isnan(link->change) || link->change == 0)
        return wm_document_prosef(document, "%s%s%s", from, *way ? ": " : "", way);
    return wm_document_prosef(document, "%s: %s %s", from, difference, way);
}

static WmProse *say_measure(WmDocument *document, WmVerdict verdict)
{
    WmProse *prose = wm_document_prose(document, "");
    wm_prose_add_status(prose, verdict.mark == WM_OVERRIDDEN ? verdict : (WmVerdict){verdict.status, WM_PLAIN});
    return prose;
}

/* A move after an action is not proof that the action moved it. */
static void add_row_of_link(WmDocument *document, WmTable *table, const WmMonth *month, const WmTrackedAction *one,
                            const WmActionLink *link)
{
    const WmSeries *series = &month->series[link->i_series];
    wm_table_row(document, table,
                 (WmProse *[]){wm_document_prosef(document, "%s %s", one->action->action, one->action->title),
                               wm_document_prose(document, wm_say_name(document, series)), say_move(document, series, link),
                               say_measure(document, series->assessment.verdict)});
}

static WmProse *say_unmoved(WmDocument *document, size_t n_rows, size_t n_unmeasured)
{
    if (n_rows == 0)
        return wm_document_prose(document, "None of the measures that actions should move has been measured twice yet, so nothing "
                                           "can be said of a move.");
    return wm_document_prosef(document, "%zu more %s not been measured twice yet, so nothing can be said of a move.", n_unmeasured,
                              n_unmeasured == 1 ? "link leads to a measure that has" : "links lead to measures that have");
}

void wm_action_add_links(WmDocument *document, const WmTracker *tracker)
{
    const WmColumn columns[] = {{"Action", WM_ALIGN_START, true},
                                {"Should move", WM_ALIGN_START, false},
                                {"Since it began", WM_ALIGN_START, false},
                                {"Measure's status", WM_ALIGN_START, false}};
    WmTable *table = wm_document_table(document, "", columns, G_N_ELEMENTS(columns));
    table->label = "Actions and the measures that they should move";
    table->is_dense = true;
    size_t n_unmeasured = 0;
    for (size_t i = 0; i < tracker->n_actions; i++)
        for (size_t k = 0; k < tracker->actions[i].n_links; k++) {
            const WmActionLink *link = &tracker->actions[i].links[k];
            if (link->was_period.kind == WM_PERIOD_NONE)
                n_unmeasured++;
            else
                add_row_of_link(document, table, tracker->month, &tracker->actions[i], link);
        }
    if (table->rows->len + n_unmeasured == 0)
        return;
    wm_document_heading(document, 2, "measures", "Did the measures move?");
    if (table->rows->len) {
        wm_document_paragraph(document, wm_document_prose(document, "Each measure is counted from its last reading before the "
                                                                    "action began, or its first after. That a measure moved does "
                                                                    "not show that the action moved it."))
            ->is_kept = true;
        wm_document_add_table(document, table);
    }
    if (n_unmeasured)
        wm_document_paragraph(document, say_unmoved(document, table->rows->len, n_unmeasured));
}
