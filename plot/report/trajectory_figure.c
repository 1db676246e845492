/* The trajectory chart of a series as a figure, with the numbers behind it. */
#include "plot/report/trajectory_figure.h"

#include <math.h>

#include "plot/chart/on_cairo.h"
#include "plot/report/wording.h"

static GBytes *write_chart(gconstpointer subject, const WmChartOptions *options, GError **error)
{
    return wm_chart_trajectory(subject, options, error);
}

static bool draw_chart(gconstpointer subject, const WmChartOptions *options, void *cairo, GError **error)
{
    return wm_chart_trajectory_on_cairo(subject, options, cairo, error);
}

#define DELIVERABLE_HEIGHT_PX 215 /* on paper: of what is done or not there are two levels to see */

static const WmPicture TRAJECTORY = {write_chart, draw_chart};

enum { COLUMN_PERIOD, COLUMN_READING, COLUMN_PLAN, COLUMN_NOTE, N_COLUMNS };

static const WmColumn COLUMNS[N_COLUMNS] = {
    [COLUMN_PERIOD] = {"Period", WM_ALIGN_START, true},
    [COLUMN_READING] = {"Reading", WM_ALIGN_END, false},
    [COLUMN_PLAN] = {"Plan", WM_ALIGN_END, false},
    [COLUMN_NOTE] = {"Note", WM_ALIGN_START, false},
};

/* "41 of 100; provisional; was 43.0%" */
static WmProse *say_note(WmDocument *document, const WmSeries *series, const WmReading *reading)
{
    g_autoptr(GString) note = g_string_new(wm_say_state(reading->state));
    if (!isnan(reading->numerator) && !isnan(reading->denominator))
        g_string_append_printf(note, "%s%.0f of %.0f", note->len ? "; " : "", reading->numerator, reading->denominator);
    for (size_t i = 0; i < series->n_revisions; i++) {
        const WmRevision *revision = &series->revisions[i];
        if (wm_period_compare(revision->period, reading->period) != 0 || isnan(revision->was))
            continue;
        const char *day = wm_say_day(document, revision->received);
        g_string_append_printf(note, "%swas %s%s%s", note->len ? "; " : "", wm_say_value(document, series, revision->was),
                               *day ? " until " : "", day);
    }
    return wm_document_prose(document, note->str);
}

static void add_readings(WmDocument *document, WmTable *table, const WmSeries *series)
{
    for (size_t i = 0; i < series->n_readings; i++) {
        const WmReading *reading = &series->readings[i];
        const double plan = wm_trajectory_at(&series->trajectory, wm_reading_months(reading));
        WmProse *cells[N_COLUMNS] = {
            [COLUMN_PERIOD] = wm_document_prose(document, wm_say_period(document, reading->period)),
            [COLUMN_READING] =
                wm_document_prose(document, isnan(reading->value) ? WM_DASH : wm_say_value(document, series, reading->value)),
            [COLUMN_PLAN] = wm_document_prose(document, isnan(plan) ? WM_DASH : wm_say_value(document, series, plan)),
            [COLUMN_NOTE] = say_note(document, series, reading),
        };
        wm_table_row(document, table, cells);
    }
}

static const char *say_outcome(WmDocument *document, const WmSeriesMilestone *milestone)
{
    static const char *const WORDS[] = {[WM_MILESTONE_AHEAD] = "",
                                        [WM_MILESTONE_PENDING] = "due; the reading that judges it has not come",
                                        [WM_MILESTONE_MET] = "met",
                                        [WM_MILESTONE_MISSED] = "missed",
                                        [WM_MILESTONE_RECOVERED] = "missed, since recovered"};
    const char *outcome = WORDS[milestone->outcome.state];
    return *outcome ? outcome : wm_say_chance(document, milestone->chance);
}

static void add_milestones(WmDocument *document, WmTable *table, const WmSeries *series)
{
    if (series->n_milestones == 0)
        return;
    wm_table_group(document, table, "Milestones");
    for (size_t i = 0; i < series->n_milestones; i++) {
        const WmSeriesMilestone *milestone = &series->milestones[i];
        char target[WM_VALUE_TEXT];
        const bool is_number = !isnan(milestone->target);
        wm_target_format(milestone->target, &series->measure, series->measure_unit, target);
        const char *due = milestone->due == WM_NO_DAY ? "no date" : wm_say_month(document, milestone->due);
        WmProse *cells[N_COLUMNS] = {
            [COLUMN_PERIOD] = wm_document_prose(document, due),
            [COLUMN_READING] = wm_document_prose(document, WM_DASH),
            [COLUMN_PLAN] = wm_document_prose(document, is_number ? target : milestone->text),
            [COLUMN_NOTE] = wm_document_prose(document, is_number ? say_outcome(document, milestone) : milestone->reason),
        };
        wm_table_row(document, table, cells);
    }
}

static const WmTable *data_table(WmDocument *document, const WmSeries *series)
{
    const char *caption = wm_document_textf(document, "Readings and plan: %s", wm_say_name(document, series));
    WmTable *table = wm_document_table(document, caption, COLUMNS, N_COLUMNS);
    if (series->n_readings > 0 && series->n_milestones > 0)
        wm_table_group(document, table, "Readings");
    add_readings(document, table, series);
    add_milestones(document, table, series);
    return table;
}

void wm_document_add_trajectory(WmDocument *document, const WmSeries *series, size_t i_figure)
{
    g_autofree char *alt = wm_chart_trajectory_alt(series);
    wm_document_figure(document,
                       &(WmFigure){.id = wm_document_id(document, "figure", i_figure),
                                   .picture = &TRAJECTORY,
                                   .subject = series,
                                   .alt = alt,
                                   .caption = series->note,
                                   .data = data_table(document, series),
                                   .paper_height_px = series->measure.kind == WM_KIND_YES_NO ? DELIVERABLE_HEIGHT_PX : 0});
}
