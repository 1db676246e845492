/* The calibration chart: do chances come true as often as they say? */
#include <math.h>

#include "plot/chart/calibration.h"
#include "plot/chart/charts.h"
#include "plot/chart/frame.h"
#include "plot/chart/labels.h"

#define STRIP_SHARE 0.2 /* of the plot's height, for the counts */

static const WmMeasure COUNT = {.kind = WM_KIND_COUNT};

/* ---- marks ---- */

typedef struct {
    WmCanvas *canvas;
    const WmChartStyle *style;
    const GArray *bins;
    WmPlot plot;
    WmRect strip; /* of the counts */
    WmLabeller *labeller;
} View;

static WmPoint at(const View *view, double said, double came_true)
{
    return wm_plot_point(&view->plot, said, came_true);
}

static void draw_ranges(const View *view)
{
    const WmPalette *palette = view->style->palette;
    const double half = view->style->em * 0.42;
    for (guint i = 0; i < view->bins->len; i++) {
        const WmCalibrationGroup *bin = wm_calibration_group(view->bins, i);
        const WmPoint low = at(view, bin->said, bin->low), high = at(view, bin->said, bin->high);
        const WmRect bar = {low.x - half, high.y, 2 * half, fmax(low.y - high.y, 1)};
        wm_canvas_rect(view->canvas, bar, half * 0.4,
                       &(WmPaint){.fill = wm_opaque(palette->fan[1]), .stroke = wm_opaque(palette->fan_edge), .width_px = 0.75});
        wm_labeller_add_rect(view->labeller, bar, WM_INK_FAINT);
    }
}

static void draw_diagonal(const View *view)
{
    const WmPoint line[] = {at(view, 0, 0), at(view, 100, 100)};
    wm_canvas_line(view->canvas, line, 2,
                   &(WmPaint){.stroke = wm_opaque(view->style->palette->plan), .width_px = view->style->em * 0.12});
    wm_labeller_add_line(view->labeller, line, 2, WM_INK_LINE);
}

/* A bin as chance allows is a disc, one outside a diamond with an edge. */
static void draw_bin_mark(WmCanvas *canvas, const WmChartStyle *style, WmPoint centre, double radius, bool is_outside)
{
    const WmPaint paint = {.fill = wm_opaque(style->palette->reading), .stroke = wm_opaque(style->palette->page), .width_px = 1};
    const double r = radius * 1.45;
    const WmPoint diamond[] = {
        {centre.x, centre.y - r}, {centre.x + r, centre.y}, {centre.x, centre.y + r}, {centre.x - r, centre.y}};
    if (is_outside)
        wm_canvas_polygon(canvas, diamond, G_N_ELEMENTS(diamond), &paint);
    else
        wm_canvas_circle(canvas, centre, radius, &paint);
}

static void draw_bins(const View *view)
{
    const double radius = view->style->em * 0.38;
    g_autoptr(GArray) line = g_array_new(FALSE, FALSE, sizeof(WmPoint));
    for (guint i = 0; i < view->bins->len; i++) {
        const WmPoint point = at(view, wm_calibration_group(view->bins, i)->said, wm_calibration_group(view->bins, i)->came_true);
        g_array_append_val(line, point);
        wm_labeller_add_rect(view->labeller, wm_rect_grow((WmRect){point.x, point.y, 0, 0}, radius), WM_INK_MARK);
    }
    const WmPoint *points = (const WmPoint *)(const void *)line->data;
    wm_canvas_line(view->canvas, points, line->len,
                   &(WmPaint){.stroke = wm_opaque(view->style->palette->reading), .width_px = view->style->em * 0.12});
    wm_labeller_add_line(view->labeller, points, line->len, WM_INK_LINE);
    for (guint i = 0; i < line->len; i++)
        draw_bin_mark(view->canvas, view->style, points[i], radius, wm_calibration_group(view->bins, i)->is_outside);
}

/* Half a bar's width: no bar reaches into the next. */
static double half_bar(const View *view)
{
    double half = fmin(view->style->em * 1.2, view->plot.area.width / (2.6 * (double)MAX(view->bins->len, 1)));
    for (guint i = 1; i < view->bins->len; i++) {
        const double apart = wm_calibration_group(view->bins, i)->said - wm_calibration_group(view->bins, i - 1)->said;
        half = fmin(half, 0.45 * apart / 100 * view->plot.area.width);
    }
    return fmax(half, 0.75);
}

/* Bars of the counts below the plot, on its scale of chances. */
static void draw_counts(const View *view)
{
    const WmChartStyle *style = view->style;
    size_t most = 1;
    for (guint i = 0; i < view->bins->len; i++)
        most = MAX(most, wm_calibration_group(view->bins, i)->n);
    const double half = half_bar(view), foot = view->strip.y + view->strip.height,
                 room = fmax(view->strip.height - style->note.size_px * 1.3, 1);
    double taken = 0;
    for (guint i = 0; i < view->bins->len; i++) {
        const WmCalibrationGroup *bin = wm_calibration_group(view->bins, i);
        const double x = wm_scale_px(&view->plot.x, bin->said), height = fmax(room * (double)bin->n / (double)most, 1);
        wm_canvas_rect(view->canvas, (WmRect){x - half, foot - height, 2 * half, height}, 0,
                       &(WmPaint){.fill = wm_opaque(style->palette->fan_edge)});
        char count[WM_VALUE_TEXT];
        wm_value_format((double)bin->n, &COUNT, "", count);
        const WmPoint top = {x, foot - height - style->note.size_px * 0.35};
        const WmRect box = wm_canvas_text_box(view->canvas, top, WM_ANCHOR_MIDDLE, count, &style->note);
        if (box.x < taken || !wm_rect_contains(wm_canvas_bounds(view->canvas), box))
            continue;
        wm_canvas_text(view->canvas, top, WM_ANCHOR_MIDDLE, count, &style->note);
        taken = box.x + box.width + style->em * 0.3;
    }
    const WmPoint ends[] = {{view->plot.area.x, foot}, {view->plot.area.x + view->plot.area.width, foot}};
    wm_canvas_segment(view->canvas, ends[0], ends[1], &(WmPaint){.stroke = wm_opaque(style->palette->axis), .width_px = 1});
}

/* ---- labels ---- */

static void label_bins(const View *view)
{
    const WmChartStyle *style = view->style;
    for (int wants_outside = 1; wants_outside >= 0; wants_outside--)
        for (guint i = 0; i < view->bins->len; i++) {
            const WmCalibrationGroup *bin = wm_calibration_group(view->bins, i);
            if (bin->is_outside != wants_outside)
                continue;
            g_autofree char *text = wm_calibration_percent(bin->came_true, NAN);
            const WmPoint anchor = at(view, bin->said, bin->came_true);
            const WmTextStyle bold = wm_text_in(style->strong, style->palette->reading);
            const WmLabel label = {
                .lines = {{text, wants_outside ? bold : wm_text_in(style->label, style->palette->reading)}},
                .n_lines = 1,
                .anchors = &anchor,
                .n_anchors = 1,
                .clearance = style->em * 0.75,
                .sides = WM_SIDES_AROUND,
                .reach = style->em * 2,
                .patience = wants_outside ? 0 : 200,
                .leader = {.stroke = wm_opaque(style->palette->axis), .width_px = 1},
            };
            wm_labeller_place(view->labeller, &label);
        }
}

/* The name of the diagonal, wherever it is free. */
static void label_diagonal(const View *view)
{
    static const double SHARES[] = {80, 66, 90, 50, 34, 20};
    WmPoint anchors[G_N_ELEMENTS(SHARES)];
    for (size_t i = 0; i < G_N_ELEMENTS(SHARES); i++)
        anchors[i] = at(view, SHARES[i], SHARES[i]);
    const WmLabel label = {
        .lines = {{"As said", wm_text_in(view->style->label, view->style->palette->plan)}},
        .n_lines = 1,
        .anchors = anchors,
        .n_anchors = G_N_ELEMENTS(anchors),
        .clearance = view->style->em * 0.6,
        .sides = WM_SIDES_AROUND,
        .reach = view->style->em,
        .patience = 200,
    };
    wm_labeller_place(view->labeller, &label);
}

/* ---- page ---- */

static void swatch_range(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    const WmRect bar = {swatch.x + swatch.width * 0.3, swatch.y - 1, swatch.width * 0.4, swatch.height + 2};
    wm_canvas_rect(
        canvas, bar, 1,
        &(WmPaint){.fill = wm_opaque(style->palette->fan[1]), .stroke = wm_opaque(style->palette->fan_edge), .width_px = 0.75});
}

static WmPoint middle(WmRect swatch)
{
    return (WmPoint){swatch.x + swatch.width / 2, swatch.y + swatch.height / 2};
}

static void swatch_inside(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    draw_bin_mark(canvas, style, middle(swatch), style->em * 0.38, false);
}

static void swatch_outside(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    draw_bin_mark(canvas, style, middle(swatch), style->em * 0.38, true);
}

static void swatch_count(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch)
{
    wm_canvas_rect(canvas, (WmRect){swatch.x + swatch.width * 0.3, swatch.y, swatch.width * 0.4, swatch.height}, 0,
                   &(WmPaint){.fill = wm_opaque(style->palette->fan_edge)});
}

/* What is drawn, and so needs a name. New array of WmKeyEntry. */
static GArray *key_of(const GArray *groups)
{
    bool has[2] = {false, false};
    for (guint i = 0; i < groups->len; i++)
        has[wm_calibration_group(groups, i)->is_outside] = true;
    const WmKeyRow rows[] = {
        {has[false], {swatch_inside, "As often as chance allows"}},
        {has[true], {swatch_outside, "More or less often"}},
        {groups->len > 0, {swatch_range, "95% range of chance"}},
        {groups->len > 0, {swatch_count, "Forecasts in the group"}},
    };
    return wm_frame_key_of(rows, G_N_ELEMENTS(rows));
}

static WmRect draw_frame(WmCanvas *canvas, const WmChartStyle *style, const WmCalibration *calibration, const GArray *bins)
{
    g_auto(GStrv) findings = wm_calibration_wordings(bins);
    g_autofree char *as_at = wm_frame_as_at(calibration->as_at);
    const WmHeader header = {.findings = findings, .subject = calibration->subject, .as_at = as_at, .source = calibration->source};
    WmRect room = wm_frame_header(canvas, style, &header);
    g_autofree char *count = wm_calibration_forecasts(wm_calibration_n(bins));
    g_autofree char *notes = wm_frame_join((const char *const[]){count, bins->len ? calibration->score : "", NULL});
    room = wm_frame_notes(canvas, style, room, notes);
    g_autoptr(GArray) key = key_of(bins);
    return wm_frame_key_at_foot(canvas, style, room, key);
}

void wm_calibration_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    static const WmMeasure PERCENT = {.kind = WM_KIND_PERCENT, .low = 0, .high = 100};
    const WmCalibration *calibration = data;
    const WmNumberSide x = {"Chance given", PERCENT, "%", 0, 100}, y = {"Came true", PERCENT, "%", 0, 100};
    g_autoptr(GArray) bins = wm_calibration_groups(calibration);
    WmRect room = draw_frame(canvas, style, calibration, bins);
    const double strip = style->detail == WM_DETAIL_SPARK || bins->len == 0 ? 0 : room.height * STRIP_SHARE;
    room.height -= strip;
    const WmPlot plot = wm_axes_lay_out(canvas, style, room, &x, &y);
    g_autoptr(WmLabeller) labeller = wm_labeller_new(canvas, plot.area);
    View view = {canvas, style, bins, plot, {0, 0, 0, 0}, labeller};
    view.strip = (WmRect){view.plot.area.x, room.y + room.height, view.plot.area.width, strip - style->em * 0.5};
    wm_axes_draw_sides(canvas, style, &view.plot, &x, &y);
    draw_ranges(&view);
    draw_diagonal(&view);
    draw_bins(&view);
    if (strip > 0)
        draw_counts(&view);
    label_bins(&view);
    label_diagonal(&view);
}

GBytes *wm_chart_calibration(const WmCalibration *calibration, const WmChartOptions *options, GError **error)
{
    g_autoptr(GArray) bins = wm_calibration_groups(calibration);
    g_auto(GStrv) titles = wm_calibration_wordings(bins);
    g_autofree char *description = wm_chart_calibration_alt(calibration);
    return wm_drawing_write(&(WmDrawing){titles[0], description, calibration->as_at, wm_calibration_draw, calibration}, options,
                            error);
}
