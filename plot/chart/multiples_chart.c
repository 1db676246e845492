/* Small multiples: one indicator, a panel for each area, all on the same scales. */
#include <math.h>
#include <string.h>
#include <waymark/chart_board.h>

#include "plot/chart/charts.h"
#include "plot/chart/finding.h"
#include "plot/chart/frame.h"
#include "plot/chart/kinds.h"
#include "plot/chart/pill.h"
#include "plot/chart/spark.h"

#define PANEL_WIDTH_EM  9.5
#define PANEL_HEIGHT_EM 6.5

/* ---- the median of all areas ---- */

typedef struct {
    double t_months, value;
} Moment;

static int by_time_then_value(gconstpointer a, gconstpointer b)
{
    const Moment *x = a, *y = b;
    if (x->t_months != y->t_months)
        return x->t_months > y->t_months ? 1 : -1;
    return (x->value > y->value) - (x->value < y->value);
}

/* Of each moment at which at least half of the areas have a value. New array of Moment. */
static GArray *medians(const WmBoard *board)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Moment));
    for (size_t i = 0; i < board->n_series; i++)
        for (size_t j = 0; j < board->series[i]->n_readings; j++) {
            const WmReading *reading = &board->series[i]->readings[j];
            const Moment moment = {wm_reading_months(reading), reading->value};
            if (isfinite(reading->value))
                g_array_append_val(all, moment);
        }
    g_array_sort(all, by_time_then_value);
    GArray *result = g_array_new(FALSE, FALSE, sizeof(Moment));
    for (guint from = 0, to; from < all->len; from = to) {
        const Moment *first = &g_array_index(all, Moment, from);
        for (to = from; to < all->len && g_array_index(all, Moment, to).t_months == first->t_months;)
            to++;
        const guint n = to - from;
        const Moment median = {first->t_months, (first[(n - 1) / 2].value + first[n / 2].value) / 2};
        if (2 * n >= board->n_series && board->n_series > 2)
            g_array_append_val(result, median);
    }
    return result;
}

/* ---- words ---- */

/* The series with the lowest (-1) or highest (+1) latest value; NULL when none has one. */
static const WmSeries *extreme(const WmBoard *board, int way, size_t *i_found)
{
    const WmSeries *found = NULL;
    for (size_t i = 0; i < board->n_series; i++) {
        const WmSeries *series = board->series[i];
        if (!series->assessment.has_value ||
            (found && way * (series->assessment.reading.value - found->assessment.reading.value) <= 0))
            continue;
        found = series;
        *i_found = i;
    }
    return found;
}

/* The series of the unit picked out; SIZE_MAX for none. */
static size_t focus_of(const WmBoard *board)
{
    for (size_t i = 0; i < board->n_series && board->focus; i++) {
        const WmSeries *series = board->series[i];
        const bool has_unit = *series->unit || *series->unit_name; /* a file without ids has names for its areas alone */
        if (strcmp(board->focus, series->unit) == 0 || strcmp(board->focus, series->unit_name) == 0 ||
            (!has_unit && (strcmp(board->focus, series->title) == 0 || strcmp(board->focus, series->indicator) == 0)))
            return i;
    }
    return SIZE_MAX;
}

/* The series of panel i: the one picked out stands first, so that it is there even when the page has no room for all. */
static size_t series_of_panel(const WmBoard *board, size_t i)
{
    const size_t focus = focus_of(board);
    return focus == SIZE_MAX || i > focus ? i : i == 0 ? focus : i - 1;
}

static const char *latest_in_words(const WmSeries *series, char value[WM_VALUE_TEXT])
{
    return wm_value_format(series->assessment.reading.value, &series->measure, series->measure_unit, value);
}

static char *end_in_words(const WmBoard *board, int way)
{
    size_t i = 0;
    char value[WM_VALUE_TEXT];
    const WmSeries *series = extreme(board, way, &i);
    g_autofree char *name = wm_board_name(board->series, board->n_series, i);
    return g_strdup_printf("%s in %s", latest_in_words(series, value), name);
}

/* "From 31.2% in Bristol to 75.9% in Somerset", "All 9 areas at 100.0%", or of one area "72.8% in Nov 2016". */
static char *range_in_words(const WmBoard *board)
{
    size_t i_low = 0, i_high = 0, n = 0;
    char value[WM_VALUE_TEXT], period[WM_PERIOD_TEXT];
    const WmSeries *low = extreme(board, -1, &i_low), *high = extreme(board, 1, &i_high);
    for (size_t i = 0; i < board->n_series; i++)
        n += board->series[i]->assessment.has_value;
    latest_in_words(high, value);
    if (board->n_series == 1)
        return g_strdup_printf("%s in %s", value, wm_period_format(high->assessment.reading.period, period));
    if (n > 1 && low->assessment.reading.value == high->assessment.reading.value)
        return g_strdup_printf("%s %zu areas at %s", n == 2 ? "Both" : "All", n, value);
    g_autofree char *from = end_in_words(board, -1), *to = end_in_words(board, 1);
    return n == 1 ? g_strdup(to) : g_strdup_printf("From %s to %s", from, to);
}

static char *focus_in_words(const WmBoard *board, size_t focus)
{
    char value[WM_VALUE_TEXT];
    const WmSeries *series = board->series[focus];
    g_autofree char *name = wm_board_name(board->series, board->n_series, focus);
    return series->assessment.has_value ? g_strdup_printf("%s at %s", name, latest_in_words(series, value))
                                        : g_strdup_printf("%s has no reading", name);
}

static GStrv wordings(const WmBoard *board)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    size_t i;
    if (!extreme(board, 1, &i)) {
        g_strv_builder_add(builder, "No readings yet");
        return g_strv_builder_end(builder);
    }
    g_autofree char *range = range_in_words(board);
    const size_t focus = board->n_series > 1 ? focus_of(board) : SIZE_MAX;
    if (focus != SIZE_MAX) {
        g_autofree char *picked = focus_in_words(board, focus);
        g_autofree char *all = g_strdup_printf("%s; areas are %c%s", picked, g_ascii_tolower(*range), range + 1);
        g_strv_builder_add(builder, all);
        g_strv_builder_add(builder, picked);
        return g_strv_builder_end(builder);
    }
    g_strv_builder_add(builder, range);
    if (board->n_series > 1) {
        g_autofree char *high = end_in_words(board, 1);
        g_strv_builder_add(builder, high);
    }
    return g_strv_builder_end(builder);
}

static char *subject_of(const WmBoard *board)
{
    if (board->n_series == 0)
        return g_strdup(board->title);
    const WmSeries *first = board->series[0];
    const bool are_units = *first->unit_name || *first->unit || board->n_series == 1;
    const char *title = are_units ? first->title : board->title, *unit = board->n_series == 1 ? first->unit_name : "";
    g_autofree char *measure = *first->measure_unit ? g_strdup_printf("%s (%s)", title, first->measure_unit) : g_strdup(title);
    return g_strconcat(measure, *unit ? ", " : "", unit, NULL);
}

char *wm_chart_multiples_alt(const WmBoard *board)
{
    g_auto(GStrv) titles = wordings(board);
    g_autofree char *subject = subject_of(board);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "Small multiples of %s, %zu panels: %s.", subject, board->n_series, titles[0]);
    for (size_t i = 0; i < board->n_series; i++) {
        const WmAssessment *a = &board->series[i]->assessment;
        char value[WM_VALUE_TEXT];
        g_autofree char *name = wm_board_name(board->series, board->n_series, i);
        if (a->has_value)
            g_string_append_printf(
                text, "%s %s %s", i ? ";" : " Latest:", name,
                wm_value_format(a->reading.value, &board->series[i]->measure, board->series[i]->measure_unit, value));
    }
    g_string_append(text, board->n_series ? "." : "");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* ---- panels ---- */

typedef struct {
    WmCanvas *canvas;
    const WmChartStyle *style;
    const WmBoard *board;
    WmExtent extent; /* of every series */
    WmNumberAxis axis;
    GArray *medians;
} View;

/* Name left, latest value right; the name gives way. */
static void draw_head(const View *view, size_t i, WmRect cell)
{
    const WmChartStyle *style = view->style;
    const WmSeries *series = view->board->series[i];
    const WmAssessment *a = &series->assessment;
    g_autofree char *name = wm_board_name(view->board->series, view->board->n_series, i);
    char value[WM_VALUE_TEXT];
    wm_value_format(a->reading.value, &series->measure, wm_unit_sign(series->measure_unit), value);
    const WmTextStyle bold = wm_text_in(style->strong, style->palette->reading),
                      plain = i == focus_of(view->board) ? style->strong : style->label;
    const WmPoint right = {cell.x + cell.width, cell.y + style->em};
    const WmRect box = wm_canvas_text_box(view->canvas, right, WM_ANCHOR_END, a->has_value ? value : "", &bold);
    g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(view->canvas), name, &plain, box.x - cell.x - style->em * 0.5);
    wm_canvas_text(view->canvas, (WmPoint){cell.x, right.y}, WM_ANCHOR_START, fitted, &plain);
    if (a->has_value && box.width < cell.width)
        wm_canvas_text(view->canvas, right, WM_ANCHOR_END, value, &bold);
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
        const Moment *moment = &g_array_index(view->medians, Moment, i);
        const WmPoint point = wm_plot_point(plot, moment->t_months, moment->value);
        g_array_append_val(line, point);
    }
    wm_canvas_line(view->canvas, (const WmPoint *)(const void *)line->data, line->len,
                   &(WmPaint){.stroke = wm_opaque(view->style->palette->comparator),
                              .width_px = view->style->em * 0.09,
                              .dash = WM_DASH_FINE});
}

static void draw_panel(const View *view, size_t i, WmRect cell)
{
    const double head = view->style->em * 1.5;
    if (i == focus_of(view->board) && view->board->n_series > 1)
        wm_canvas_rect(view->canvas, wm_rect_grow(cell, view->style->em * 0.45), 3,
                       &(WmPaint){.stroke = wm_opaque(view->style->palette->reading), .width_px = view->style->em * 0.1});
    draw_head(view, i, cell);
    const WmRect area = {cell.x, cell.y + head, cell.width, cell.height - head};
    const WmExtent extent = {view->extent.t_from, view->extent.t_to, view->axis.from, view->axis.to};
    const WmPlot plot = wm_spark_plot(view->style, area, &extent);
    draw_grid_lines(view, &plot);
    draw_medians(view, &plot);
    wm_spark_draw(view->canvas, view->style, &plot, view->board->series[i]);
}

/* ---- page ---- */

static View view_of(WmCanvas *canvas, const WmChartStyle *style, const WmBoard *board)
{
    const double none = nan("");
    View view = {.canvas = canvas, .style = style, .board = board, .extent = {none, none, none, none}, .medians = medians(board)};
    for (size_t i = 0; i < board->n_series; i++)
        view.extent = wm_extent_union(view.extent, wm_spark_extent(board->series[i]));
    static const WmMeasure PLAIN = {.kind = WM_KIND_RATE, .low = 0, .high = 1};
    view.axis = wm_number_axis(view.extent.low, view.extent.high, 5, board->n_series ? &board->series[0]->measure : &PLAIN);
    return view;
}

/* What all panels share: "Each panel: 20% to 80%, Jan 2020 to Dec 2021". */
static char *notes_of(const View *view, size_t n_shown)
{
    const WmBoard *board = view->board;
    char from[WM_PERIOD_TEXT], to[WM_PERIOD_TEXT];
    const char *unit = board->n_series ? board->series[0]->measure_unit : "";
    const WmTick low = wm_number_tick(&view->axis, 0, unit), high = wm_number_tick(&view->axis, view->axis.n_ticks - 1, unit);
    g_autofree char *scale = board->n_series == 0 || !isfinite(view->extent.t_from)
                                 ? g_strdup("")
                                 : g_strdup_printf("Each panel: %s to %s, %s to %s", low.text, high.text,
                                                   wm_day_format_month(wm_day_from_months(view->extent.t_from), from),
                                                   wm_day_format_month(wm_day_from_months(view->extent.t_to), to));
    g_autofree char *shown =
        n_shown < board->n_series ? g_strdup_printf("%zu of %zu shown", n_shown, board->n_series) : g_strdup("");
    return wm_frame_join((const char *const[]){scale, view->medians->len > 1 ? "Dashed: median of all" : "", shown, NULL});
}

void wm_multiples_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmBoard *board = data;
    g_auto(GStrv) findings = wordings(board);
    g_autofree char *subject = subject_of(board), *as_at = wm_frame_as_at(board->as_at);
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
    const WmRect panels = {room.x, room.y + top, room.width, room.height - top - notes};
    const double width = PANEL_WIDTH_EM * style->em, height = PANEL_HEIGHT_EM * style->em;
    if (panels.height < height || panels.width < width)
        return;
    const View view = view_of(canvas, style, board);
    const WmGrid grid = wm_grid(panels, board->n_series, width, height, style->em * 1.2);
    const size_t n_shown = wm_grid_shown(&grid, board->n_series);
    for (size_t i = 0; i < n_shown; i++)
        draw_panel(&view, series_of_panel(board, i), wm_grid_cell(&grid, i));
    g_autofree char *text = notes_of(&view, n_shown);
    wm_frame_notes(canvas, style, room, text);
    g_array_unref(view.medians);
}

GBytes *wm_chart_multiples(const WmBoard *board, const WmChartOptions *options, GError **error)
{
    g_auto(GStrv) titles = wordings(board);
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
    return MAX(320, wm_grid_height(&style, ((const WmBoard *)data)->n_series, width_px, PANEL_WIDTH_EM, PANEL_HEIGHT_EM));
}

const WmChartKind wm_kind_multiples = {
    .name = "multiples",
    .summary = "small multiples: one indicator, a panel for each area on the same scales",
    .scope = WM_SCOPE_INDICATOR,
    .gather = wm_kind_gather_board,
    .release = g_free,
    .draw = wm_multiples_draw,
    .write = write,
    .height = height,
};
