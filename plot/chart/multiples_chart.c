/* Small multiples: one indicator, a panel for each area, all on the same scales. */
#include <math.h>

#include "plot/chart/charts.h"
#include "plot/chart/finding.h"
#include "plot/chart/kinds.h"
#include "plot/chart/multiples.h"
#include "plot/chart/spark.h"

#define PANEL_WIDTH_EM  9.5
#define PANEL_HEIGHT_EM 7.4
#define WIDEST_SCALE_EM 4   /* its numbers, as a rule */
#define SCALE_GAP_EM    0.7 /* beside a frame */
#define HEAD_EM         1.5 /* a line of a panel's head */

char *wm_chart_multiples_alt(const WmBoard *board)
{
    g_auto(GStrv) titles = wm_multiples_wordings(board);
    g_autofree char *subject = wm_multiples_subject(board);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "Small multiples of %s, %zu panels: %s.", subject, board->n_series, titles[0]);
    for (size_t i = 0; i < board->n_series; i++) {
        const WmAssessment *a = &board->series[i]->assessment;
        char value[WM_VALUE_TEXT];
        g_autofree char *name = wm_board_name(board->series, board->n_series, i);
        if (a->has_value)
            g_string_append_printf(
                text, "%s %s %s%s", i ? ";" : " Latest:", name,
                wm_value_format(a->reading.value, &board->series[i]->measure, board->series[i]->measure_unit, value),
                wm_is_older(board->series[i]) ? " (newer figures are not published)" : "");
    }
    g_string_append(text, board->n_series ? "." : "");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* ---- panels ---- */

#define HEAD_TEXT (WM_VALUE_TEXT + 4) /* with the mark of an older figure */

typedef struct {
    WmCanvas *canvas;
    const WmChartStyle *style;
    const WmBoard *board;
    WmExtent extent; /* of every series */
    WmNumberAxis axis;
    GArray *medians;
    WmGrid grid;
    size_t n_shown;
    double head; /* height of a panel's head */
} View;

static WmTextStyle name_style(const View *view, size_t i)
{
    return i == wm_multiples_focus(view->board) ? view->style->strong : view->style->label;
}

static const char *head_value(const View *view, size_t i, char text[HEAD_TEXT])
{
    const WmSeries *series = view->board->series[i];
    char value[WM_VALUE_TEXT];
    *text = 0;
    if (series->assessment.has_value)
        g_snprintf(text, HEAD_TEXT, "%s%s",
                   wm_value_format(series->assessment.reading.value, &series->measure, wm_unit_sign(series->measure_unit), value),
                   wm_is_older(series) ? WM_OLDER_MARK : "");
    return text;
}

/* Whether every name has room beside its value. */
static bool are_heads_short(const View *view, double width)
{
    WmTypeset *typeset = wm_canvas_typeset(view->canvas);
    for (size_t i = 0; i < view->board->n_series; i++) {
        char value[HEAD_TEXT];
        g_autofree char *name = wm_board_name(view->board->series, view->board->n_series, i);
        const WmTextStyle style = name_style(view, i);
        if (wm_text_width(typeset, name, &style) + wm_text_width(typeset, head_value(view, i, value), &view->style->strong) +
                view->style->em * 0.5 >
            width)
            return false;
    }
    return true;
}

/* Name left, latest value right where all names leave it room; else below each other. */
static void draw_head(const View *view, size_t i, WmRect cell)
{
    const WmChartStyle *style = view->style;
    const bool is_one_line = view->head < HEAD_EM * 1.5 * style->em;
    const WmTextStyle bold = wm_text_in(style->strong, style->palette->reading), plain = name_style(view, i);
    const WmPoint left = {cell.x, cell.y + style->em}, right = {cell.x + cell.width, left.y},
                  below = {cell.x, left.y + style->em * HEAD_EM * 0.85};
    char value[HEAD_TEXT];
    head_value(view, i, value);
    const WmPoint at = is_one_line ? right : below;
    const WmAnchor anchor = is_one_line ? WM_ANCHOR_END : WM_ANCHOR_START;
    const WmRect box = wm_canvas_text_box(view->canvas, at, anchor, value, &bold);
    const double room = is_one_line ? box.x - cell.x - style->em * 0.5 : cell.width;
    g_autofree char *name = wm_board_name(view->board->series, view->board->n_series, i);
    g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(view->canvas), name, &plain, room);
    wm_canvas_text(view->canvas, left, WM_ANCHOR_START, fitted, &plain);
    if (*value && box.width < cell.width)
        wm_canvas_text(view->canvas, at, anchor, value, &bold);
}

static void draw_grid_lines(const View *view, const WmPlot *plot)
{
    const WmPaint hairline = {.stroke = wm_faded(view->style->palette->ink, view->style->palette->grid_opacity * 1.6),
                              .width_px = 1};
    const double ends[] = {view->axis.from, view->axis.to};
    for (size_t k = 0; k < G_N_ELEMENTS(ends); k++) {
        const double y = wm_scale_px(&plot->y, ends[k]);
        wm_canvas_segment(view->canvas, (WmPoint){plot->area.x, y}, (WmPoint){plot->area.x + plot->area.width, y}, &hairline);
    }
}

static void draw_medians(const View *view, const WmPlot *plot)
{
    g_autoptr(GArray) line = g_array_new(FALSE, FALSE, sizeof(WmPoint));
    for (guint i = 0; i < view->medians->len; i++) {
        const WmMoment *moment = &g_array_index(view->medians, WmMoment, i);
        const WmPoint point = wm_plot_point(plot, moment->t_months, moment->value);
        g_array_append_val(line, point);
    }
    wm_canvas_line(view->canvas, (const WmPoint *)(const void *)line->data, line->len,
                   &(WmPaint){.stroke = wm_opaque(view->style->palette->comparator),
                              .width_px = view->style->em * 0.09,
                              .dash = WM_DASH_FINE});
}

static bool has_scale_ends(const WmChartStyle *style)
{
    return style->detail == WM_DETAIL_FULL;
}

/* The ends of the scales: of numbers beside the first panel of each row, of time below the last of each column. */
static void draw_scale_ends(const View *view, size_t place, const WmPlot *plot)
{
    const WmChartStyle *style = view->style;
    const size_t n_columns = view->grid.n_columns, ends[] = {0, view->axis.n_ticks - 1};
    const double left = plot->area.x, right = left + plot->area.width, foot = plot->area.y + plot->area.height;
    for (size_t k = 0; k < G_N_ELEMENTS(ends) && place % n_columns == 0; k++) {
        const WmTick tick = wm_number_tick(&view->axis, ends[k], view->board->series[0]->measure_unit);
        const double y = wm_scale_px(&plot->y, tick.at) + style->axis.size_px * 0.35;
        wm_canvas_text(view->canvas, (WmPoint){left - style->em * SCALE_GAP_EM, y}, WM_ANCHOR_END, tick.text, &style->axis);
    }
    if (place + n_columns < view->n_shown)
        return;
    char from[WM_PERIOD_TEXT], to[WM_PERIOD_TEXT];
    wm_day_format_month(wm_day_from_months(view->extent.t_from), from);
    wm_day_format_month(wm_day_from_months(view->extent.t_to), to);
    const double baseline = foot + style->axis.size_px * 0.9;
    const WmRect start = wm_canvas_text_box(view->canvas, (WmPoint){left, baseline}, WM_ANCHOR_START, from, &style->axis),
                 end = wm_canvas_text_box(view->canvas, (WmPoint){right, baseline}, WM_ANCHOR_END, to, &style->axis);
    wm_canvas_text(view->canvas, (WmPoint){left, baseline}, WM_ANCHOR_START, from, &style->axis);
    if (start.x + start.width + style->em * 0.5 < end.x)
        wm_canvas_text(view->canvas, (WmPoint){right, baseline}, WM_ANCHOR_END, to, &style->axis);
}

static bool is_beyond(const View *view, double value)
{
    return value < view->axis.from || value > view->axis.to;
}

static size_t n_beyond(const View *view, const WmSeries *series)
{
    size_t n = 0;
    for (size_t k = 0; k < series->n_readings; k++)
        n += is_beyond(view, series->readings[k].value);
    return n;
}

/* What leaves the scale stays off its neighbours. */
static void draw_series(const View *view, const WmPlot *plot, const WmSeries *series)
{
    const bool leaves = n_beyond(view, series) > 0;
    if (leaves)
        wm_canvas_clip(view->canvas, plot->area);
    wm_spark_draw(view->canvas, view->style, plot, series);
    if (leaves)
        wm_canvas_unclip(view->canvas);
}

static void draw_panel(const View *view, size_t place, size_t i, WmRect cell)
{
    const double head = view->head;
    if (i == wm_multiples_focus(view->board) && view->board->n_series > 1)
        wm_canvas_rect(view->canvas, wm_rect_grow(cell, view->style->em * 0.45), 3,
                       &(WmPaint){.stroke = wm_opaque(view->style->palette->reading), .width_px = view->style->em * 0.1});
    draw_head(view, i, cell);
    const WmRect area = {cell.x, cell.y + head, cell.width, cell.height - head};
    const WmExtent extent = {view->extent.t_from, view->extent.t_to, view->axis.from, view->axis.to};
    const WmPlot plot = wm_spark_plot(view->style, area, &extent);
    draw_grid_lines(view, &plot);
    draw_medians(view, &plot);
    draw_series(view, &plot, view->board->series[i]);
    if (has_scale_ends(view->style))
        draw_scale_ends(view, place, &plot);
}

/* ---- page ---- */

static View view_of(WmCanvas *canvas, const WmChartStyle *style, const WmBoard *board)
{
    View view = {.canvas = canvas,
                 .style = style,
                 .board = board,
                 .extent = wm_multiples_extent(board),
                 .medians = wm_multiples_medians(board)};
    static const WmMeasure PLAIN = {.kind = WM_KIND_RATE, .low = 0, .high = 1};
    view.axis = wm_number_axis(view.extent.low, view.extent.high, 5, board->n_series ? &board->series[0]->measure : &PLAIN);
    return view;
}

/* What all panels share: "Each panel: 20% to 80%, Jan 2020 to Dec 2021". */
static char *notes_of(const View *view, size_t n_shown)
{
    const WmBoard *board = view->board;
    const bool is_said = has_scale_ends(view->style); /* beside the panels */
    char from[WM_PERIOD_TEXT], to[WM_PERIOD_TEXT];
    const char *unit = board->n_series ? board->series[0]->measure_unit : "";
    const WmTick low = wm_number_tick(&view->axis, 0, unit), high = wm_number_tick(&view->axis, view->axis.n_ticks - 1, unit);
    g_autofree char *scale = is_said || board->n_series == 0 || !isfinite(view->extent.t_from)
                                 ? g_strdup("")
                                 : g_strdup_printf("Each panel: %s to %s, %s to %s", low.text, high.text,
                                                   wm_day_format_month(wm_day_from_months(view->extent.t_from), from),
                                                   wm_day_format_month(wm_day_from_months(view->extent.t_to), to));
    g_autofree char *shown =
        n_shown < board->n_series ? g_strdup_printf("%zu of %zu shown", n_shown, board->n_series) : g_strdup("");
    size_t n = 0, n_older = 0;
    for (size_t i = 0; i < board->n_series; i++) {
        n += n_beyond(view, board->series[i]);
        n_older += wm_is_older(board->series[i]);
    }
    g_autofree char *beyond = n ? g_strdup_printf("%zu reading%s beyond the scale", n, n == 1 ? "" : "s") : g_strdup("");
    return wm_frame_join((const char *const[]){n_older ? WM_OLDER_NOTE : "", scale,
                                               view->medians->len > 1 ? "Dashed: median of all" : "", beyond, shown, NULL});
}

/* Room for the ends of the numbers beside the first panels. */
static double scale_width(const View *view)
{
    const size_t ends[] = {0, view->axis.n_ticks - 1};
    double width = 0;
    for (size_t k = 0; k < G_N_ELEMENTS(ends) && view->board->n_series; k++) {
        const WmTick tick = wm_number_tick(&view->axis, ends[k], view->board->series[0]->measure_unit);
        width = fmax(width, wm_text_width(wm_canvas_typeset(view->canvas), tick.text, &view->style->axis));
    }
    return width + view->style->em * SCALE_GAP_EM;
}

static void draw_panels(View *view, WmRect panels, double width, double height, WmRect room)
{
    const WmChartStyle *style = view->style;
    view->grid = wm_grid(panels, view->board->n_series, width, height, style->em * 1.2);
    view->n_shown = wm_grid_shown(&view->grid, view->board->n_series);
    view->head = style->em * HEAD_EM * (are_heads_short(view, wm_grid_cell(&view->grid, 0).width) ? 1 : 1.75);
    for (size_t i = 0; i < view->n_shown; i++)
        draw_panel(view, i, wm_multiples_series(view->board, i), wm_grid_cell(&view->grid, i));
    g_autofree char *text = notes_of(view, view->n_shown);
    wm_frame_notes(view->canvas, style, room, text);
}

/* No room for a panel each: the readings of all in one plot, those picked out over the others. */
static void draw_together(const View *view, WmRect room)
{
    const WmBoard *board = view->board;
    WmChartStyle small = *view->style;
    WmPalette pale = *small.palette;
    pale.reading = wm_blend(pale.reading, 0.45, pale.page);
    small.em = fmin(fmax(room.height * 0.12, 4), 12);
    const WmExtent extent = {view->extent.t_from, view->extent.t_to, view->axis.from, view->axis.to};
    const WmPlot plot = wm_spark_plot(&small, room, &extent);
    const WmFan no_fan = {0};
    const size_t focus = wm_multiples_focus(board);
    for (size_t place = board->n_series; place-- > 0;) { /* the one picked out is the first */
        const size_t i = wm_multiples_series(board, place);
        WmChartStyle style = small;
        style.palette = focus < board->n_series && i != focus ? &pale : small.palette;
        wm_layer_readings(&(WmView){board->series[i], &no_fan, view->canvas, &style, &plot, NULL});
    }
}

void wm_multiples_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmBoard *board = data;
    g_auto(GStrv) findings = wm_multiples_wordings(board);
    g_autofree char *subject = wm_multiples_subject(board), *as_at = wm_frame_as_at(board->as_at);
    bool is_illustrative = false;
    for (size_t i = 0; i < board->n_series; i++)
        is_illustrative |= board->series[i]->is_illustrative;
    const WmHeader header = {.findings = findings,
                             .subject = subject,
                             .as_at = as_at,
                             .source = board->n_series ? board->series[0]->source : "",
                             .is_illustrative = is_illustrative};
    const WmRect room = wm_frame_header(canvas, style, &header);
    const double top = style->em * 0.8, notes = style->detail == WM_DETAIL_SPARK ? 0 : wm_frame_row_height(style);
    View view = view_of(canvas, style, board);
    const double left = has_scale_ends(style) ? scale_width(&view) : 0,
                 foot = has_scale_ends(style) ? style->axis.size_px * 1.2 : 0;
    const WmRect panels = {room.x + left, room.y + top, room.width - left, room.height - top - foot - notes};
    const double width = PANEL_WIDTH_EM * style->em, height = PANEL_HEIGHT_EM * style->em;
    if (panels.height >= height && panels.width >= width)
        draw_panels(&view, panels, width, height, room);
    else if (board->n_series)
        draw_together(&view, room);
    g_array_unref(view.medians);
}

GBytes *wm_chart_multiples(const WmBoard *board, const WmChartOptions *options, GError **error)
{
    g_auto(GStrv) titles = wm_multiples_wordings(board);
    g_autofree char *description = wm_chart_multiples_alt(board);
    return wm_drawing_write(&(WmDrawing){titles[0], description, board->as_at, wm_multiples_draw, board}, options, error);
}

static GBytes *write(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_multiples(data, options, error);
}

static int height(const void *data, int width_px)
{
    const WmChartStyle style = wm_chart_style(width_px, width_px * 9 / 16, WM_THEME_SCREEN);
    const int panels_px = width_px - (int)(style.em * WIDEST_SCALE_EM);
    return MAX(320, wm_grid_height(&style, ((const WmBoard *)data)->n_series, panels_px, PANEL_WIDTH_EM, PANEL_HEIGHT_EM));
}

WM_CHART_KIND(40, multiples) = {
    .name = "multiples",
    .summary = "small multiples: one indicator, a panel for each area on the same scales",
    .scope = WM_SCOPE_INDICATOR,
    .gather = wm_kind_gather_board,
    .release = g_free,
    .draw = wm_multiples_draw,
    .write = write,
    .height = height,
};
