/* The trajectory chart: where a series stands against its plan, and what is expected of it. */
#include <math.h>
#include <string.h>

#include "plot/chart/finding.h"
#include "plot/chart/kinds.h"
#include "plot/chart/page.h"
#include "plot/chart/pill.h"
#include "plot/chart/trajectory_parts.h"

static WmRect draw_header(WmCanvas *canvas, const WmChartStyle *style, const WmSeries *series)
{
    g_auto(GStrv) findings = wm_finding_wordings(series);
    g_autofree char *subject = wm_subject(series);
    g_autofree char *as_at = wm_frame_as_at(series->assessment.as_at);
    const WmHeader header = {
        .findings = findings,
        .subject = subject,
        .as_at = as_at,
        .source = series->source,
        .is_illustrative = series->is_illustrative,
        .badge = {wm_pill_badge, &series->assessment.verdict},
    };
    return wm_frame_header(canvas, style, &header);
}

static const char *const CUT_BANDS[WM_FAN_BANDS + 1] = {
    "", "95% range runs beyond the axis", "80 and 95% ranges run beyond the axis", "50, 80 and 95% ranges run beyond the axis"};

static char *unresolved_note(const WmSeries *series)
{
    size_t n = 0;
    for (size_t i = 0; i < series->n_milestones; i++)
        n += !isfinite(series->milestones[i].target) || series->milestones[i].due == WM_NO_DAY;
    return n == 0 ? g_strdup("")
           : series->n_milestones == 1
               ? g_strdup("The milestone has no date or no number yet")
               : g_strdup_printf("%zu of %zu milestones without a date or a number yet", n, series->n_milestones);
}

#define MANY 4 /* milestones: of more, some may find no room for a label, which the notes then say */

static char *unlabelled_note(const WmSeries *series, const WmChartStyle *style, const WmUnnamed *unnamed)
{
    const size_t n = wm_milestones_drawn(series);
    return style->detail != WM_DETAIL_FULL || n <= MANY || unnamed->n_milestones == 0
               ? g_strdup("")
               : g_strdup_printf("%zu of %zu targets named", n - unnamed->n_milestones, n);
}

/* Where the axis of numbers is cut, and what else the eye could not know. */
static char *notes(const WmSeries *series, const WmChartStyle *style, const WmTimePage *page, const WmFan *fan,
                   const WmUnnamed *unnamed)
{
    const WmNumberAxis *axis = &page->plot.numbers;
    g_autofree char *cut = wm_axes_cut_note(axis, &series->measure, series->measure_unit);
    g_autofree char *unresolved = unresolved_note(series);
    g_autofree char *events = wm_time_page_events_note(style, page);
    g_autofree char *unlabelled = unlabelled_note(series, style, unnamed);
    return wm_frame_join((const char *const[]){cut, CUT_BANDS[wm_fan_bands_beyond(fan, axis->from, axis->to)], unresolved,
                                               unlabelled, events, NULL});
}

/* The notes need a row only where there are any, and what they say hangs on the layout: an axis with that row may differ. Which of
 * many milestones have no label is known later: they keep the row. */
static WmTimePage settle(WmCanvas *canvas, const WmChartStyle *style, const WmSeries *series, const WmFan *fan, WmRect room)
{
    const WmUnnamed none = {0};
    g_autoptr(GArray) key = wm_trajectory_key(series, fan, none);
    WmTimePageNeeds needs = {
        .series = series,
        .extent = wm_trajectory_extent(series, fan),
        .pad = style->em * (style->detail == WM_DETAIL_SPARK ? 0.4 : 1),
        .gutter = wm_trajectory_gutter(wm_canvas_typeset(canvas), style, series, fan),
        .key = key,
    };
    const WmTimePage without = wm_time_page(canvas, style, &needs, room);
    g_autofree char *text = notes(series, style, &without, fan, &none);
    needs.has_notes = *text || wm_milestones_drawn(series) > MANY;
    return needs.has_notes ? wm_time_page(canvas, style, &needs, room) : without;
}

/* What is measured once, over a year, stands on an axis of such years. */
static WmFrequency frequency_shown(const WmSeries *series)
{
    const WmReading *latest = wm_series_latest(series);
    if (series->measure.frequency != WM_FREQUENCY_ONCE || !latest)
        return series->measure.frequency;
    for (WmFrequency frequency = 0; frequency < WM_N_FREQUENCIES; frequency++)
        if (wm_frequency_is_yearly(frequency) && frequency != WM_FREQUENCY_ONCE &&
            wm_frequency_period_kind(frequency) == latest->period.kind)
            return frequency;
    return series->measure.frequency;
}

static void draw_layers(const WmView *view, WmRect lane)
{
    const bool is_spark = view->style->detail == WM_DETAIL_SPARK;
    /* Where nothing has a number, an axis would be made up. */
    const bool has_numbers =
        isfinite(wm_trajectory_extent(view->series, view->fan).low) && view->series->measure.kind != WM_KIND_TEXT;
    wm_layer_off_plan(view);
    wm_layer_fan(view);
    if (!is_spark && has_numbers)
        wm_axes_draw_numbers(view->canvas, view->style, view->plot, &view->series->measure, view->series->measure_unit);
    if (!is_spark)
        wm_axes_draw_time(view->canvas, view->style, view->plot, frequency_shown(view->series));
    if (!is_spark)
        wm_layer_comparators(view);
    wm_events_draw(view, lane);
    wm_layer_path(view);
    wm_layer_fit(view);
    if (!is_spark)
        wm_layer_absent(view);
    wm_layer_former_values(view);
    wm_layer_baseline(view);
    wm_layer_milestones(view);
    wm_layer_readings(view);
}

void wm_trajectory_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmSeries *series = data;
    WmFan fan;
    wm_fan_predict(series, &fan);
    const WmTimePage page = settle(canvas, style, series, &fan, draw_header(canvas, style, series));
    g_autoptr(WmLabeller) labeller = wm_labeller_new(canvas, page.lane);
    const WmView view = {series, &fan, canvas, style, &page.plot, labeller};
    draw_layers(&view, page.lane);

    const WmUnnamed unnamed = wm_trajectory_labels(&view);
    g_autoptr(GArray) key = wm_trajectory_key(series, &fan, unnamed);
    g_autofree char *text = notes(series, style, &page, &fan, &unnamed);
    wm_time_page_foot(canvas, style, &page, key, text);
}

GBytes *wm_chart_trajectory(const WmSeries *series, const WmChartOptions *options, GError **error)
{
    g_auto(GStrv) findings = wm_finding_wordings(series);
    g_autofree char *description = wm_chart_trajectory_alt(series);
    return wm_drawing_write(&(WmDrawing){findings[0], description, series->assessment.as_at, wm_trajectory_draw, series}, options,
                            error);
}

/* "24 readings from Jan 2020 to Dec 2021" */
static char *readings_in_words(const WmSeries *series)
{
    char first[WM_PERIOD_TEXT], last[WM_PERIOD_TEXT];
    if (series->n_readings == 0)
        return g_strdup("no readings");
    wm_period_format(series->readings[0].period, first);
    wm_period_format(series->readings[series->n_readings - 1].period, last);
    if (series->n_readings == 1)
        return g_strdup_printf("one reading, %s", first);
    return g_strdup_printf("%zu readings from %s to %s", series->n_readings, first, last);
}

char *wm_chart_trajectory_alt(const WmSeries *series)
{
    char computed[WM_SENTENCE_TEXT];
    g_autofree char *subject = wm_subject(series);
    g_autofree char *readings = readings_in_words(series);
    const char *sentence = series->sentence;
    if (!*sentence)
        sentence = wm_assessment_explain(&series->assessment, &series->measure, series->measure_unit, computed);
    return g_strdup_printf("Line chart of %s, against plan: %s.%s %s", subject, readings,
                           series->is_illustrative ? " Illustrative data." : "", sentence);
}

static GBytes *write(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_trajectory(data, options, error);
}

WM_CHART_KIND(10, trajectory) = {
    .name = "trajectory",
    .summary = "a series against its plan: required path, milestones, what is expected and how sure",
    .scope = WM_SCOPE_SERIES,
    .gather = wm_kind_gather_series,
    .draw = wm_trajectory_draw,
    .write = write,
};
