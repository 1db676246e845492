/* The direct labels of the trajectory chart, the most important first. */
#include <math.h>
#include <string.h>

#include "plot/chart/finding.h"
#include "plot/chart/trajectory_label_parts.h"

WmPaint wm_label_leader(const WmChartStyle *style)
{
    return (WmPaint){.stroke = wm_opaque(style->palette->axis), .width_px = 1};
}

const char *wm_label_value(const WmView *view, double value, char text[WM_VALUE_TEXT])
{
    return wm_value_format(value, &view->series->measure, view->series->measure_unit, text);
}

const char *wm_label_target(const WmView *view, double value, char text[WM_VALUE_TEXT])
{
    return wm_target_format(value, &view->series->measure, view->series->measure_unit, text);
}

/* Ink that a label which is not needed most may cover. */
#define SOME_PATIENCE 200.0

/* The same in a thumbnail, whose title names the value already. */
#define LITTLE_PATIENCE 60.0

static WmLabel label_at(const WmView *view, const WmLabelPlace *place, WmLabelLine first, const char *second)
{
    const WmChartStyle *style = view->style;
    return (WmLabel){
        .lines = {first, {second, wm_text_in(style->label, style->palette->muted)}},
        .n_lines = second && *second ? 2 : 1,
        .anchors = &place->anchor,
        .n_anchors = 1,
        .clearance = place->clearance,
        .sides = place->sides,
        .reach = style->em * (style->detail == WM_DETAIL_FULL ? place->reach_em : fmin(place->reach_em, WM_LABEL_NEAR)),
        .patience = style->detail == WM_DETAIL_SPARK ? LITTLE_PATIENCE : SOME_PATIENCE,
        .leader = wm_label_leader(style),
    };
}

/* WmLabelPlace a label of one or two lines at one mark: with both, or else with the first alone. */
bool wm_label_at_mark(const WmView *view, WmLabelPlace place, WmLabelLine first, const char *second)
{
    WmLabel label = label_at(view, &place, first, second);
    if (wm_labeller_place(view->labeller, &label))
        return true;
    label.n_lines = 1;
    return wm_labeller_place(view->labeller, &label);
}

bool wm_label_over_ink(const WmView *view, WmLabelPlace place, WmLabelLine line)
{
    WmLabel label = label_at(view, &place, line, NULL);
    label.patience = view->style->detail == WM_DETAIL_SPARK ? label.patience : 0;
    return wm_labeller_place(view->labeller, &label);
}

/* A deliverable that is done is named where it was done. */
static const WmReading *reading_to_name(const WmSeries *series)
{
    const WmReading *since = wm_finding_done_since(series);
    return since ? since : wm_series_latest(series);
}

static void label_latest(const WmView *view)
{
    const WmReading *latest = reading_to_name(view->series);
    if (!latest)
        return;
    char value[WM_VALUE_TEXT], period[WM_PERIOD_TEXT];
    wm_period_format(latest->period, period);
    g_autofree char *second = g_strconcat(period, latest->state == WM_PROVISIONAL ? ", provisional" : "", NULL);
    const WmPoint point = wm_plot_point(view->plot, wm_reading_months(latest), latest->value);
    const WmTextStyle bold = wm_text_in(view->style->strong, view->style->palette->reading);
    const WmLabelPlace place = {point, wm_reading_radius(view) + view->style->em * 0.3, WM_LABEL_FAR, WM_SIDES_AROUND};
    const WmLabelLine first = {wm_label_value(view, latest->value, value), bold};
    if (!wm_label_at_mark(view, place, first, view->style->detail == WM_DETAIL_SPARK ? NULL : second))
        wm_label_over_ink(view, place, first);
}

static const char *const QUALIFIERS[WM_N_BASELINE_QUALIFIERS] = {
    [WM_BASELINE_LESS_THAN] = "under ",
    [WM_BASELINE_GREATER_THAN] = "over ",
    [WM_BASELINE_APPROX] = "about ",
};

static void label_baseline(const WmView *view)
{
    const WmSeries *series = view->series;
    const bool has_path = series->trajectory.n_waypoints > 0 && !series->trajectory.starts_at_milestone;
    if (!isfinite(series->baseline_value) || (series->baseline_day == WM_NO_DAY && !has_path))
        return;
    char value[WM_VALUE_TEXT], month[WM_PERIOD_TEXT];
    const char *qualifier = QUALIFIERS[series->baseline_qualifier];
    g_autofree char *first =
        g_strconcat("Baseline ", qualifier ? qualifier : "", wm_label_target(view, series->baseline_value, value), NULL);
    const bool is_dated = series->baseline_day != WM_NO_DAY;
    const double t = is_dated ? wm_day_to_months(series->baseline_day) : series->trajectory.waypoints[0].t_months;
    const WmTextStyle colour = wm_text_in(view->style->label, view->style->palette->plan);
    const WmLabelPlace place = {wm_plot_point(view->plot, t, series->baseline_value), view->style->em * 0.65, WM_LABEL_NEAR,
                                WM_SIDES_AROUND};
    wm_label_at_mark(view, place, (WmLabelLine){first, colour},
                     is_dated ? wm_day_format_month(series->baseline_day, month) : "undated");
}

/* "National", "54%, 2021": in the gutter at its line's end, else along the line. */
static void label_comparator(const WmView *view, const WmComparator *comparator)
{
    char value[WM_VALUE_TEXT], period[WM_PERIOD_TEXT];
    const WmRect area = view->plot->area;
    const double y = wm_scale_px(&view->plot->y, comparator->value);
    if (!isfinite(y))
        return;
    g_autofree char *name = wm_name_in_words(comparator->name);
    wm_period_format(comparator->period, period);
    wm_label_value(view, comparator->value, value);
    g_autofree char *detail = *period ? g_strconcat(value, ", ", period, NULL) : g_strdup(value);
    const WmTextStyle style = wm_text_in(view->style->label, view->style->palette->comparator);
    const WmPoint end = {area.x + area.width, y};
    WmLabel label = {
        .lines = {{name, style}, {detail, style}},
        .n_lines = 2,
        .anchors = &end,
        .n_anchors = 1,
        .clearance = view->style->em * 0.4,
        .sides = WM_SIDES_END,
        .reach = view->style->em * 5,
        .leader = wm_label_leader(view->style),
    };
    if (wm_labeller_place(view->labeller, &label) || view->style->detail != WM_DETAIL_FULL)
        return;
    g_autofree char *both = g_strconcat(name, " ", detail, NULL);
    WmPoint along[5];
    for (size_t i = 0; i < G_N_ELEMENTS(along); i++)
        along[i] = (WmPoint){area.x + area.width * (0.1 + 0.2 * (double)i), y};
    label.lines[0].text = both;
    label.n_lines = 1;
    label.anchors = along;
    label.n_anchors = G_N_ELEMENTS(along);
    label.sides = WM_SIDES_ALONG;
    label.clearance = 3;
    wm_labeller_place(view->labeller, &label);
}

/* What stands in an empty plot: on the side of the path where nothing is, away from what its milestones say. */
static void label_nothing(const WmView *view)
{
    const bool is_text = view->series->measure.kind == WM_KIND_TEXT, has_path = view->series->n_milestones > 0,
               falls = view->series->measure.polarity == WM_POLARITY_LOWER;
    const WmRect area = view->plot->area;
    const double x = has_path ? 0.12 : 0.5, y = has_path ? (falls ? 0.85 : 0.15) : 0.45;
    const WmPoint anchors[] = {{area.x + area.width * x, area.y + area.height * y},
                               {area.x + area.width * 0.5, area.y + area.height * y},
                               {area.x + area.width * 0.5, area.y + area.height * (1 - y)},
                               {area.x + area.width * 0.5, area.y + area.height * 0.5}};
    const WmLabel label = {
        .lines = {{is_text ? "Described in words" : "No readings yet",
                   wm_text_in(view->style->label, view->style->palette->muted)}},
        .n_lines = 1,
        .anchors = anchors,
        .n_anchors = G_N_ELEMENTS(anchors),
        .sides = WM_SIDES_INSIDE,
    };
    wm_labeller_place(view->labeller, &label);
}

WmUnnamed wm_trajectory_labels(const WmView *view)
{
    const bool is_spark = view->style->detail == WM_DETAIL_SPARK;
    label_latest(view);
    if (is_spark)
        return (WmUnnamed){0};
    const size_t n_labelled = wm_label_milestones(view);
    label_baseline(view);
    for (size_t i = 0; i < view->series->n_comparators; i++)
        if (!wm_comparator_is_superseded(view->series, i))
            label_comparator(view, &view->series->comparators[i]);
    if (!view->series->assessment.has_value)
        label_nothing(view);
    const bool names_path = wm_label_path(view);
    const bool names_side = wm_label_off_plan(view);
    return (WmUnnamed){
        .path = !names_path, .off_plan = !names_side, .n_milestones = wm_milestones_drawn(view->series) - n_labelled};
}

/* Names at the right edge: comparators always, the last milestone where nothing comes after it. */
double wm_trajectory_gutter(WmTypeset *typeset, const WmChartStyle *style, const WmSeries *series, const WmFan *fan)
{
    char text[WM_VALUE_TEXT], month[WM_PERIOD_TEXT];
    double width = 0;
    (void)fan;
    if (style->detail == WM_DETAIL_SPARK)
        return style->em * 0.8;
    for (size_t i = 0; i < series->n_comparators; i++) {
        if (wm_comparator_is_superseded(series, i))
            continue;
        g_autofree char *name = wm_name_in_words(series->comparators[i].name);
        wm_value_format(series->comparators[i].value, &series->measure, series->measure_unit, text);
        wm_period_format(series->comparators[i].period, month);
        g_autofree char *detail = g_strconcat(text, *month ? ", " : "", month, NULL);
        width = fmax(width, fmax(wm_text_width(typeset, name, &style->label), wm_text_width(typeset, detail, &style->label)));
    }
    for (size_t i = 0; i < series->n_milestones; i++) {
        if (!wm_milestone_is_drawn(&series->milestones[i]))
            continue;
        wm_target_format(series->milestones[i].target, &series->measure, series->measure_unit, text);
        g_autofree char *label = g_strconcat(text, " by ", wm_day_format_month(series->milestones[i].due, month), NULL);
        width = fmax(width, wm_text_width(typeset, label, &style->strong) * 0.55);
    }
    return width + style->em * 1.2;
}
