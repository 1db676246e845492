/* The ranking: areas from best to worst, each with the interval in which its true figure may lie. */
#include <math.h>
#include <string.h>

#include "plot/chart/charts.h"
#include "plot/chart/ranking.h"

#define NAME_SHARE 0.32 /* of the page's width, at most */

/* ---- page ---- */

typedef struct {
    const WmRanking *ranking;
    WmCanvas *canvas;
    const WmChartStyle *style;
    WmPlot plot; /* only its x counts: rows share its height */
    double row_height;
    double name_x, rank_x, value_x; /* where names, ranks and values end */
    bool is_tall;                   /* its numbers stand above the rows as well */
} View;

#define TALL_EM 55 /* rows higher than this are too many to look down to the numbers from */

static double row_y(const View *view, guint i)
{
    return view->plot.area.y + view->style->label.size_px * 0.45 + (i + 0.5) * view->row_height;
}

static double x_of(const View *view, double value)
{
    return wm_scale_px(&view->plot.x, value);
}

static void draw_benchmark(const View *view)
{
    const WmAreas *areas = view->ranking->areas;
    const WmChartStyle *style = view->style;
    const WmRect area = view->plot.area;
    const double x = x_of(view, areas->benchmark);
    if (!isfinite(x))
        return;
    wm_canvas_segment(view->canvas, (WmPoint){x, area.y - style->em * 0.2}, (WmPoint){x, area.y + area.height},
                      &(WmPaint){.stroke = wm_opaque(style->palette->plan), .width_px = style->em * 0.12});
    if (style->detail == WM_DETAIL_SPARK)
        return;
    g_autofree char *text = wm_ranking_benchmark(areas);
    const WmTextStyle name = wm_text_in(style->label, style->palette->plan);
    const double half = wm_text_width(wm_canvas_typeset(view->canvas), text, &name) / 2;
    const WmRect page = wm_rect_grow(wm_canvas_bounds(view->canvas), -style->margin);
    const double middle = fmax(page.x + half, fmin(x, page.x + page.width - half));
    if (2 * half <= page.width)
        wm_canvas_text(view->canvas, (WmPoint){middle, area.y - style->em * 0.5}, WM_ANCHOR_MIDDLE, text, &name);
}

static void draw_tick_labels(const View *view, double baseline)
{
    double taken = 0;
    for (size_t i = 0; i < view->plot.across.n_ticks; i++) {
        const WmTick tick = wm_number_tick(&view->plot.across, i, view->ranking->areas->measure_unit);
        wm_axes_draw_tick_label(view->canvas, view->style, (WmPoint){x_of(view, tick.at), baseline}, tick.text, &taken);
    }
}

/* Gridlines behind the rows, their numbers below; above as well, over the benchmark's name, where the rows are many. */
static void draw_grid(const View *view)
{
    const WmChartStyle *style = view->style;
    const WmRect area = view->plot.area;
    const WmPaint hairline = {.stroke = wm_faded(style->palette->ink, style->palette->grid_opacity), .width_px = 1};
    if (style->detail == WM_DETAIL_SPARK)
        return;
    for (size_t i = 0; i < view->plot.across.n_ticks; i++) {
        const double x = x_of(view, wm_number_tick(&view->plot.across, i, view->ranking->areas->measure_unit).at);
        wm_canvas_segment(view->canvas, (WmPoint){x, area.y}, (WmPoint){x, area.y + area.height}, &hairline);
    }
    draw_tick_labels(view, area.y + area.height + style->axis.size_px * 1.2);
    if (view->is_tall)
        draw_tick_labels(view, area.y - style->em * 1.9);
}

/* Behind everything: lines run through it. A band lower than its row's text would strike that out, and keeps to the plot. */
static void draw_focus_band(const View *view)
{
    const double height = fmax(view->row_height, 3), margin = view->style->margin;
    const bool is_whole = view->style->detail == WM_DETAIL_SPARK || height >= view->style->strong.size_px;
    const WmRect area = view->plot.area;
    const double left = is_whole ? margin : area.x,
                 right = is_whole ? wm_canvas_bounds(view->canvas).width - margin : area.x + area.width;
    for (guint i = 0; i < view->ranking->rows->len; i++) {
        if (!wm_area_is_focus(view->ranking->areas, wm_ranking_area(view->ranking, i)->area))
            continue;
        wm_canvas_rect(view->canvas, (WmRect){left, row_y(view, i) - height / 2, right - left, height}, 2,
                       &(WmPaint){.fill = wm_opaque(view->style->palette->fan[0])});
    }
}

static void draw_row(const View *view, guint i)
{
    const WmRankedArea *row = wm_ranking_area(view->ranking, i);
    const WmChartStyle *style = view->style;
    const WmSpcColours *colours = wm_spc_colours(style->palette);
    const WmColour colour = wm_opaque(colours->effect[row->effect]);
    const double y = row_y(view, i), radius = fmax(1.9, fmin(view->row_height * 0.3, style->em * 0.28));
    if (isfinite(row->interval.low))
        wm_canvas_segment(view->canvas, (WmPoint){x_of(view, row->interval.low), y}, (WmPoint){x_of(view, row->interval.high), y},
                          &(WmPaint){.stroke = wm_faded(colour.rgb, view->row_height < 6 ? 0.45 : 0.8),
                                     .width_px = fmax(0.8, fmin(style->em * 0.12, view->row_height * 0.3))});
    wm_spc_mark(view->canvas, style, colours, (WmPoint){x_of(view, row->area->value), y}, radius, row->effect, WM_SPC_SOLID);
}

#define RANK_TEXT 24

/* "12", or "=12" where others have the same figure. */
static const char *rank_text(const WmRankedArea *row, char text[RANK_TEXT])
{
    g_snprintf(text, RANK_TEXT, "%s%zu", row->is_tied ? "=" : "", row->rank);
    return text;
}

/* A row's name, rank and value, unless a row already named is too near. */
static void name_row(const View *view, guint i, GArray *named)
{
    const WmRankedArea *row = wm_ranking_area(view->ranking, i);
    const WmChartStyle *style = view->style;
    const double y = row_y(view, i), height = (WM_TEXT_ABOVE + WM_TEXT_BELOW) * style->label.size_px + 0.5;
    for (guint j = 0; j < named->len; j++)
        if (fabs(g_array_index(named, double, j) - y) < height)
            return;
    g_array_append_val(named, y);
    const bool is_focus = wm_area_is_focus(view->ranking->areas, row->area);
    const WmTextStyle text = is_focus ? style->strong : style->label;
    char value[WM_VALUE_TEXT];
    g_autofree char *name = wm_text_shorten(wm_canvas_typeset(view->canvas), row->area->name, &text, view->name_x - style->margin);
    const double baseline = y + text.size_px * 0.34;
    wm_canvas_text(view->canvas, (WmPoint){view->name_x, baseline}, WM_ANCHOR_END, name, &text);
    wm_canvas_text(view->canvas, (WmPoint){view->value_x, baseline}, WM_ANCHOR_END,
                   wm_areas_value(view->ranking->areas, row->area->value, value), &text);
    char rank[RANK_TEXT];
    if (view->rank_x > view->name_x)
        wm_canvas_text(view->canvas, (WmPoint){view->rank_x, baseline}, WM_ANCHOR_END, rank_text(row, rank),
                       is_focus ? &text : &style->axis);
}

/* The one picked out, then inwards from both ends: where not all names fit, a reader asks for these. */
static size_t name_rows(const View *view)
{
    g_autoptr(GArray) named = g_array_new(FALSE, FALSE, sizeof(double));
    const guint n = view->ranking->rows->len;
    for (guint i = 0; i < n; i++)
        if (wm_area_is_focus(view->ranking->areas, wm_ranking_area(view->ranking, i)->area))
            name_row(view, i, named);
    for (guint i = 0; i < n; i++)
        name_row(view, i % 2 ? n - 1 - i / 2 : i / 2, named);
    return named->len;
}

static WmNumberSide side_of(const WmRanking *self)
{
    WmNumberSide side = {"", self->areas->measure, self->areas->measure_unit, self->areas->benchmark, self->areas->benchmark};
    for (guint i = 0; i < self->rows->len; i++) {
        const WmRankedArea *row = wm_ranking_area(self, i);
        side.low = fmin(side.low, fmin(row->area->value, row->interval.low));
        side.high = fmax(side.high, fmax(row->area->value, row->interval.high));
    }
    return side;
}

/* Widest of each. */
typedef struct {
    double name, rank, value;
} Widths;

static Widths measure_texts(const WmRanking *self, WmCanvas *canvas, const WmChartStyle *style)
{
    char text[WM_VALUE_TEXT], rank[RANK_TEXT];
    WmTypeset *typeset = wm_canvas_typeset(canvas);
    Widths widths = {0};
    for (guint i = 0; i < self->rows->len && style->detail != WM_DETAIL_SPARK; i++) {
        const WmRankedArea *row = wm_ranking_area(self, i);
        const WmTextStyle *in = wm_area_is_focus(self->areas, row->area) ? &style->strong : &style->label;
        widths.name = fmax(widths.name, wm_text_width(typeset, row->area->name, in));
        widths.value = fmax(widths.value, wm_text_width(typeset, wm_areas_value(self->areas, row->area->value, text), in));
        widths.rank = fmax(widths.rank, wm_text_width(typeset, rank_text(row, rank), in));
    }
    if (style->detail != WM_DETAIL_FULL || self->rows->len < 2)
        widths.rank = 0;
    return widths;
}

/* Room on each side of the rows. */
static WmRect rows_area(const View *view, WmRect room, const Widths *widths, double left)
{
    const WmChartStyle *style = view->style;
    const bool is_spark = style->detail == WM_DETAIL_SPARK;
    const double right = widths->value + (is_spark ? 0 : style->em * 0.8),
                 top = is_spark ? 0 : style->em * (view->is_tall ? 3 : 1.6), foot = is_spark ? 0 : style->axis.size_px * 2;
    return (WmRect){room.x + left, room.y + top, fmax(room.width - left - right, 8), fmax(room.height - top - foot, 8)};
}

static View lay_out(const WmRanking *self, WmCanvas *canvas, const WmChartStyle *style, WmRect room)
{
    const Widths widths = measure_texts(self, canvas, style);
    const WmNumberSide side = side_of(self);
    const double gap = style->detail == WM_DETAIL_SPARK ? 0 : style->em * 0.8, n = (double)MAX(self->rows->len, 1),
                 name = fmin(widths.name, room.width * NAME_SHARE), rank = widths.rank > 0 ? widths.rank + gap : 0;
    View view = {.ranking = self, .canvas = canvas, .style = style, .name_x = room.x + name, .rank_x = room.x + name + rank};
    view.is_tall = style->detail == WM_DETAIL_FULL && room.height > TALL_EM * style->em;
    view.value_x = room.x + room.width;
    WmPlot *plot = &view.plot;
    plot->area = rows_area(&view, room, &widths, name + rank + gap);
    plot->across = wm_number_axis(side.low, side.high, (size_t)CLAMP(plot->area.width / (style->em * 6), 2, 9), &side.measure);
    plot->numbers = plot->across;
    plot->x = (WmScale){plot->across.from, plot->across.to, plot->area.x + style->em * 0.4,
                        plot->area.x + plot->area.width - style->em * 0.4};
    view.row_height = fmin((plot->area.height - style->label.size_px * 0.9) / n, style->em * 3);
    /* Few areas: the numbers stand right below them. */
    plot->area.height = fmin(plot->area.height, view.row_height * n + style->label.size_px * 0.9);
    return view;
}

/* What its marks mean. New array of WmKeyEntry. */
static GArray *key_of(const WmRanking *self)
{
    WmAreasDrawn drawn = {0};
    for (guint i = 0; i < self->rows->len; i++) {
        const WmRankedArea *row = wm_ranking_area(self, i);
        drawn.has_solid[row->effect] = true;
        drawn.has_intervals |= isfinite(row->interval.low);
    }
    return wm_areas_key(&drawn);
}

static char *notes_of(const View *view, size_t n_named)
{
    const WmRanking *self = view->ranking;
    const guint n = self->rows->len;
    g_autofree char *without = wm_areas_without_note(self->n_without, "a figure");
    g_autofree char *cut = wm_axes_cut_note(&view->plot.across, &self->areas->measure, self->areas->measure_unit);
    g_autofree char *unnamed = n_named < n ? g_strdup_printf("%zu of %u areas named", n_named, n) : g_strdup("");
    return wm_frame_join((const char *const[]){cut, unnamed, without, NULL});
}

void wm_ranking_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmAreas *areas = data;
    g_auto(WmRanking) ranking = wm_ranking_of(areas);
    g_auto(GStrv) findings = wm_ranking_wordings(&ranking);
    const WmRect room = wm_areas_header(canvas, style, areas, findings);
    if (ranking.rows->len == 0)
        return;
    WmRect above = room;
    above.height -= style->detail == WM_DETAIL_SPARK ? 0 : wm_frame_row_height(style);
    g_autoptr(GArray) key = key_of(&ranking);
    above = wm_frame_key_at_foot(canvas, style, above, key);
    const View view = lay_out(&ranking, canvas, style, above);
    draw_focus_band(&view);
    draw_grid(&view);
    draw_benchmark(&view);
    for (guint i = 0; i < ranking.rows->len; i++)
        draw_row(&view, i);
    const size_t n_named = style->detail == WM_DETAIL_SPARK ? 0 : name_rows(&view);
    g_autofree char *notes = notes_of(&view, n_named);
    wm_frame_notes(canvas, style, room, notes);
}

GBytes *wm_chart_ranking(const WmAreas *areas, const WmChartOptions *options, GError **error)
{
    g_auto(WmRanking) ranking = wm_ranking_of(areas);
    g_auto(GStrv) titles = wm_ranking_wordings(&ranking);
    g_autofree char *description = wm_chart_ranking_alt(areas);
    return wm_drawing_write(&(WmDrawing){titles[0], description, areas->as_at, wm_ranking_draw, areas}, options, error);
}

static GBytes *write(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_ranking(data, options, error);
}

/* Every row named. */
static int height(const void *data, int width_px)
{
    (void)width_px;
    return 170 + 18 * (int)MIN(((const WmAreas *)data)->n_areas, 500);
}

WM_CHART_KIND(60, ranking) = {
    .name = "ranking",
    .summary = "areas of one indicator from best to worst, with 95% intervals",
    .scope = WM_SCOPE_INDICATOR,
    .gather = wm_areas_gather,
    .release = wm_areas_release,
    .draw = wm_ranking_draw,
    .write = write,
    .height = height,
};
