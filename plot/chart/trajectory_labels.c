/* The direct labels of the trajectory chart, the most important first. */
#include <math.h>
#include <string.h>

#include "plot/chart/finding.h"
#include "plot/chart/trajectory_parts.h"

#define MAX_ANCHORS 9    /* places tried for a name along the path */
#define PATIENCE    60.0 /* ink that the path's name may cover: a corner of a line; else it stands in the key */

static WmPaint leader(const WmChartStyle *style)
{
    return (WmPaint){.stroke = wm_opaque(style->palette->axis), .width_px = 1};
}

static const char *value_text(const WmView *view, double value, char text[WM_VALUE_TEXT])
{
    return wm_value_format(value, &view->series->measure, view->series->measure_unit, text);
}

static const char *target_text(const WmView *view, double value, char text[WM_VALUE_TEXT])
{
    return wm_target_format(value, &view->series->measure, view->series->measure_unit, text);
}

/* How far a label may stand from its mark, in em. */
#define FAR  6.0
#define NEAR 3.2

/* Ink that a label which is not needed most may cover. */
#define SOME_PATIENCE 200.0

/* The same in a thumbnail, whose title names the value already. */
#define LITTLE_PATIENCE 60.0

/* Where a label may stand about its mark. */
typedef struct {
    WmPoint anchor;
    double clearance; /* px */
    double reach_em;
    WmSides sides;
} Place;

static WmLabel label_at(const WmView *view, const Place *place, WmLabelLine first, const char *second)
{
    const WmChartStyle *style = view->style;
    return (WmLabel){
        .lines = {first, {second, wm_text_in(style->label, style->palette->muted)}},
        .n_lines = second && *second ? 2 : 1,
        .anchors = &place->anchor,
        .n_anchors = 1,
        .clearance = place->clearance,
        .sides = place->sides,
        .reach = style->em * (style->detail == WM_DETAIL_FULL ? place->reach_em : fmin(place->reach_em, NEAR)),
        .patience = style->detail == WM_DETAIL_SPARK ? LITTLE_PATIENCE : SOME_PATIENCE,
        .leader = leader(style),
    };
}

/* Place a label of one or two lines at one mark: with both, or else with the first alone. */
static bool place_at(const WmView *view, Place place, WmLabelLine first, const char *second)
{
    WmLabel label = label_at(view, &place, first, second);
    if (wm_labeller_place(view->labeller, &label))
        return true;
    label.n_lines = 1;
    return wm_labeller_place(view->labeller, &label);
}

/* A label that must not be missing, where it covers the least; a thumbnail does without. */
static bool place_over_ink(const WmView *view, Place place, WmLabelLine line)
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
    const Place place = {point, wm_reading_radius(view) + view->style->em * 0.3, FAR, WM_SIDES_AROUND};
    const WmLabelLine first = {value_text(view, latest->value, value), bold};
    if (!place_at(view, place, first, view->style->detail == WM_DETAIL_SPARK ? NULL : second))
        place_over_ink(view, place, first);
}

/* What a milestone's second line says of each outcome; NULL: its chance, where there is one. */
static const char *const OUTCOMES[] = {
    [WM_MILESTONE_AHEAD] = NULL,      [WM_MILESTONE_PENDING] = "awaits its reading",  [WM_MILESTONE_MET] = "met",
    [WM_MILESTONE_MISSED] = "missed", [WM_MILESTONE_RECOVERED] = "missed, recovered",
};

/* The chance that the title says, where it is of this milestone. */
static double chance_of(const WmSeries *series, const WmSeriesMilestone *milestone)
{
    const WmProspect *question = wm_assessment_question(&series->assessment);
    const bool is_asked = question->due == milestone->due && question->target == milestone->target;
    return is_asked && isfinite(question->chance) ? question->chance : milestone->chance;
}

static char *outcome_text(const WmSeries *series, const WmSeriesMilestone *milestone)
{
    char text[WM_VALUE_TEXT];
    if (OUTCOMES[milestone->outcome.state])
        return g_strdup(OUTCOMES[milestone->outcome.state]);
    const double chance = chance_of(series, milestone);
    return isnan(chance) ? g_strdup("") : g_strconcat(wm_chance_format(chance, text), " chance", NULL);
}

static bool is_drawn(const WmSeriesMilestone *milestone)
{
    return milestone->due != WM_NO_DAY && isfinite(milestone->target);
}

size_t wm_milestones_drawn(const WmSeries *series)
{
    size_t n = 0;
    for (size_t i = 0; i < series->n_milestones; i++)
        n += is_drawn(&series->milestones[i]);
    return n;
}

static WmPoint milestone_point(const WmView *view, const WmSeriesMilestone *milestone)
{
    return wm_plot_point(view->plot, wm_day_to_months(milestone->due), milestone->target);
}

/* Another stands right above or below: a label there would be read as the other's. */
static bool is_stacked(const WmView *view, size_t i)
{
    const WmSeries *series = view->series;
    const WmPoint at = milestone_point(view, &series->milestones[i]);
    for (size_t j = 0; j < series->n_milestones; j++) {
        if (j == i || !is_drawn(&series->milestones[j]))
            continue;
        const WmPoint other = milestone_point(view, &series->milestones[j]);
        if (fabs(other.x - at.x) < view->style->em * 2 && fabs(other.y - at.y) < view->style->em * 2)
            return true;
    }
    return false;
}

static bool label_milestone(const WmView *view, size_t i, double reach_em, bool is_needed)
{
    const WmSeriesMilestone *milestone = &view->series->milestones[i];
    char target[WM_VALUE_TEXT], month[WM_PERIOD_TEXT];
    g_autofree char *outcome = outcome_text(view->series, milestone);
    g_autofree char *first =
        g_strconcat(target_text(view, milestone->target, target), " by ", wm_day_format_month(milestone->due, month), NULL);
    const WmTextStyle bold = wm_text_in(view->style->strong, view->style->palette->plan);
    const Place place = {milestone_point(view, milestone), wm_milestone_radius(view->style) + view->style->em * 0.3, reach_em,
                         is_stacked(view, i) ? WM_SIDES_BESIDE : WM_SIDES_AROUND};
    return place_at(view, place, (WmLabelLine){first, bold}, outcome) || place_at(view, place, (WmLabelLine){target, bold}, NULL) ||
           (is_needed && place_over_ink(view, place, (WmLabelLine){target, bold}));
}

/* The first milestone still ahead, the last of all, the latest judged, then the rest: a reader asks for them in this order. How
 * many got a label. */
static size_t label_milestones(const WmView *view)
{
    const WmSeries *series = view->series;
    size_t n = 0;
    size_t next = SIZE_MAX, last = SIZE_MAX, judged = SIZE_MAX;
    for (size_t i = 0; i < series->n_milestones; i++) {
        if (!is_drawn(&series->milestones[i]))
            continue;
        const bool is_ahead = series->milestones[i].outcome.state <= WM_MILESTONE_PENDING;
        if (is_ahead && next == SIZE_MAX)
            next = i;
        if (!is_ahead)
            judged = i;
        last = i;
    }
    const bool is_full = view->style->detail == WM_DETAIL_FULL;
    const size_t order[] = {next, last, judged};
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
        bool is_done = order[i] == SIZE_MAX;
        for (size_t j = 0; j < i; j++)
            is_done = is_done || order[j] == order[i];
        if (!is_done)
            n += label_milestone(view, order[i], i == 0 || is_full ? FAR : NEAR, i == 0 || is_full);
    }
    for (size_t i = 0; i < series->n_milestones && is_full; i++)
        if (is_drawn(&series->milestones[i]) && i != next && i != last && i != judged)
            n += label_milestone(view, i, is_stacked(view, i) ? FAR : NEAR, false);
    return n;
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
        g_strconcat("Baseline ", qualifier ? qualifier : "", target_text(view, series->baseline_value, value), NULL);
    const bool is_dated = series->baseline_day != WM_NO_DAY;
    const double t = is_dated ? wm_day_to_months(series->baseline_day) : series->trajectory.waypoints[0].t_months;
    const WmTextStyle colour = wm_text_in(view->style->label, view->style->palette->plan);
    const Place place = {wm_plot_point(view->plot, t, series->baseline_value), view->style->em * 0.65, NEAR, WM_SIDES_AROUND};
    place_at(view, place, (WmLabelLine){first, colour}, is_dated ? wm_day_format_month(series->baseline_day, month) : "undated");
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
    value_text(view, comparator->value, value);
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
        .leader = leader(view->style),
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

static double segment_months(const WmTrajectory *path, size_t i)
{
    return path->waypoints[i + 1].t_months - path->waypoints[i].t_months;
}

/* Points along the path at which its name may stand: within its longest stretches, away from the milestones that end them. */
static size_t path_anchors(const WmView *view, WmPoint anchors[MAX_ANCHORS])
{
    static const double SHARES[] = {0.5, 0.35, 0.65};
    const WmTrajectory *path = &view->series->trajectory;
    double longest = 0;
    for (size_t i = 0; i + 1 < path->n_waypoints; i++)
        longest = fmax(longest, segment_months(path, i));
    size_t n = 0;
    for (size_t share = 0; share < G_N_ELEMENTS(SHARES); share++)
        for (size_t i = 0; i + 1 < path->n_waypoints && n < MAX_ANCHORS; i++) {
            const double t = path->waypoints[i].t_months + SHARES[share] * segment_months(path, i);
            if (segment_months(path, i) >= longest / 2)
                anchors[n++] = wm_plot_point(view->plot, t, wm_trajectory_at(path, t));
        }
    return n;
}

static bool label_path(const WmView *view)
{
    WmPoint anchors[MAX_ANCHORS];
    const size_t n_anchors = path_anchors(view, anchors);
    const WmLabel label = {
        .lines = {{"Required path", wm_text_in(view->style->label, view->style->palette->plan)}},
        .n_lines = 1,
        .anchors = anchors,
        .n_anchors = n_anchors,
        .clearance = view->style->em * 0.35,
        .sides = WM_SIDES_ALONG,
        .reach = view->style->em * 1.5,
        .patience = PATIENCE,
    };
    return n_anchors == 0 || wm_labeller_place(view->labeller, &label);
}

/* "off plan" within the shaded side: the shade is then not told by its colour alone. */
static bool label_off_plan(const WmView *view)
{
    const WmPolarity polarity = view->series->measure.polarity;
    WmPoint path[MAX_ANCHORS], anchors[3 * MAX_ANCHORS];
    const size_t n_path = path_anchors(view, path);
    if (n_path == 0 || polarity == WM_POLARITY_NONE)
        return true;
    const WmRect area = view->plot->area;
    /* The fan covers the shade. */
    const double last_x = view->fan->n_points ? wm_scale_px(&view->plot->x, view->fan->points[0].t_months) : area.x + area.width;
    const double edge = polarity == WM_POLARITY_LOWER ? area.y : area.y + area.height;
    size_t n_anchors = 0;
    static const double SHARES[] = {0.8, 0.6, 0.4}; /* of the way from the path to the edge */
    for (size_t share = 0; share < G_N_ELEMENTS(SHARES); share++)
        for (size_t i = 0; i < n_path; i++)
            if (path[i].x < last_x && fabs(edge - path[i].y) * fmin(SHARES[share], 1 - SHARES[share]) > view->style->em * 0.8)
                anchors[n_anchors++] = (WmPoint){path[i].x, path[i].y + SHARES[share] * (edge - path[i].y)};
    const WmLabel label = {
        .lines = {{"off plan", wm_text_in(view->style->label, view->style->palette->muted)}},
        .n_lines = 1,
        .anchors = anchors,
        .n_anchors = n_anchors,
        .sides = WM_SIDES_INSIDE,
        .patience = WM_INK_LINE * 4,
    };
    return wm_labeller_place(view->labeller, &label);
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
    const size_t n_labelled = label_milestones(view);
    label_baseline(view);
    for (size_t i = 0; i < view->series->n_comparators; i++)
        if (!wm_comparator_is_superseded(view->series, i))
            label_comparator(view, &view->series->comparators[i]);
    if (!view->series->assessment.has_value)
        label_nothing(view);
    const bool names_path = label_path(view);
    const bool names_side = label_off_plan(view);
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
        if (!is_drawn(&series->milestones[i]))
            continue;
        wm_target_format(series->milestones[i].target, &series->measure, series->measure_unit, text);
        g_autofree char *label = g_strconcat(text, " by ", wm_day_format_month(series->milestones[i].due, month), NULL);
        width = fmax(width, wm_text_width(typeset, label, &style->strong) * 0.55);
    }
    return width + style->em * 1.2;
}
