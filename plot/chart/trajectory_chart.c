/* The trajectory chart: where a series stands against its plan, and what is expected of it. */
#include <math.h>
#include <string.h>

#include "plot/chart/finding.h"
#include "plot/chart/trajectory_parts.h"

/* Where the stages of a page stand. */
typedef struct {
    WmRect room; /* the page within its margin, below the header */
    WmRect key;  /* where the key stands */
    size_t n_key_rows;
    size_t n_unnamed_events;
    double note_y; /* baseline of the notes */
    WmPlot plot;
} Layout;

static double margin(const WmChartStyle *style)
{
    return style->em * (style->detail == WM_DETAIL_FULL ? 1.5 : style->detail == WM_DETAIL_COMPACT ? 1 : 0.7);
}

static double draw_header(WmCanvas *canvas, const WmChartStyle *style, const WmSeries *series, WmRect room)
{
    char day[WM_PERIOD_TEXT];
    const bool has_day = series->assessment.as_at != WM_NO_DAY;
    g_auto(GStrv) findings = wm_finding_wordings(series);
    g_autofree char *subject = wm_subject(series);
    g_autofree char *as_at = has_day ? g_strconcat("As at ", wm_day_format(series->assessment.as_at, day), NULL) : g_strdup("");
    const WmHeader header = {
        .findings = findings,
        .subject = subject,
        .as_at = as_at,
        .source = series->source,
        .is_illustrative = series->is_illustrative,
        .verdict = series->assessment.verdict,
    };
    return wm_frame_header(canvas, style, &header, room);
}

static WmScale time_scale(const WmExtent *extent, WmRect area, double pad)
{
    return (WmScale){extent->t_from, extent->t_to, area.x + pad, area.x + area.width - pad};
}

static const char *const CUT_BANDS[WM_FAN_BANDS + 1] = {
    "", "95% range runs beyond the axis", "80 and 95% ranges run beyond the axis", "50, 80 and 95% ranges run beyond the axis"};

/* Where the axis of numbers is cut, and what else the eye could not know. */
static char *notes(const WmSeries *series, const WmChartStyle *style, const WmPlot *plot, const WmFan *fan, size_t n_unnamed_events)
{
    g_autoptr(GStrvBuilder) parts = g_strv_builder_new();
    char value[WM_VALUE_TEXT];
    if (plot->numbers.from > 0) {
        g_autofree char *cut = g_strdup_printf("Axis starts at %s, not 0",
                                               wm_target_format(plot->numbers.from, &series->measure, series->measure_unit, value));
        g_strv_builder_add(parts, cut);
    } else if (plot->numbers.to < 0) {
        g_strv_builder_add(parts, "Axis does not reach 0");
    }
    const size_t n_beyond = wm_fan_bands_beyond(fan, plot->numbers.from, plot->numbers.to);
    if (n_beyond > 0)
        g_strv_builder_add(parts, CUT_BANDS[n_beyond]);

    size_t n_unresolved = 0;
    for (size_t i = 0; i < series->n_milestones; i++)
        n_unresolved += !isfinite(series->milestones[i].target) || series->milestones[i].due == WM_NO_DAY;
    if (n_unresolved > 0) {
        g_autofree char *unresolved =
            g_strdup_printf("%zu of %zu milestones not yet a dated number", n_unresolved, series->n_milestones);
        g_strv_builder_add(parts, unresolved);
    }
    if (n_unnamed_events > 0 && style->detail == WM_DETAIL_FULL) {
        g_autofree char *events =
            g_strdup_printf("%zu event%s flagged without a name", n_unnamed_events, n_unnamed_events == 1 ? "" : "s");
        g_strv_builder_add(parts, events);
    }
    g_auto(GStrv) list = g_strv_builder_end(parts);
    return g_strjoinv("  ·  ", list);
}

/* Rows of the key at the foot, before the direct labels are placed: the few that they may leave unnamed join the last row. */
static size_t key_rows(WmCanvas *canvas, const WmChartStyle *style, const WmSeries *series, const WmFan *fan, WmRect room)
{
    if (style->detail == WM_DETAIL_SPARK)
        return 0;
    g_autoptr(GArray) entries = wm_trajectory_key(series, fan, (WmUnnamed){false, false});
    return wm_frame_key(NULL, wm_canvas_typeset(canvas), style, (const WmKeyEntry *)(const void *)entries->data, entries->len, room,
                        style->detail == WM_DETAIL_FULL ? 2 : 1);
}

/* Settle the plot: first its sides, then its foot, then its top, below the lane of the events. */
static Layout lay_out(WmCanvas *canvas, const WmChartStyle *style, const WmSeries *series, const WmFan *fan, const WmExtent *extent,
                      WmRect room, bool has_notes)
{
    WmTypeset *typeset = wm_canvas_typeset(canvas);
    const bool is_spark = style->detail == WM_DETAIL_SPARK;
    const double row = wm_frame_row_height(style), bottom = room.y + room.height;
    Layout layout = {.room = room, .note_y = bottom - style->note.size_px * WM_TEXT_BELOW};
    layout.n_key_rows = key_rows(canvas, style, series, fan, room);
    const double key_height = (double)layout.n_key_rows * row, note_height = has_notes ? row * 0.95 : 0;
    layout.key = (WmRect){room.x, bottom - note_height - key_height, room.width, key_height};

    WmPlot *plot = &layout.plot;
    const double foot = layout.key.y - (is_spark ? 0 : wm_axes_time_height(style) + style->em * 0.5);
    const double top = room.y + style->em * (is_spark ? 0.2 : 1);
    const size_t max_ticks = series->measure.kind == WM_KIND_YES_NO ? 2 : wm_axes_max_ticks(style, foot - top);
    plot->numbers = wm_number_axis(extent->low, extent->high, max_ticks, &series->measure);
    const double left =
        is_spark ? 0
                 : wm_axes_number_width(typeset, style, &plot->numbers, &series->measure, series->measure_unit) + style->em * 0.55;
    const double gutter = fmin(wm_trajectory_gutter(typeset, style, series, fan), room.width * 0.24);
    plot->area = (WmRect){room.x + left, top, fmax(room.width - left - gutter, 8), 0};
    plot->x = time_scale(extent, plot->area, style->em * (is_spark ? 0.4 : 1));

    const WmRect lane = {plot->area.x, top, room.x + room.width - plot->area.x, 0};
    const size_t n_event_rows = wm_events_rows(typeset, style, plot, series, lane, &layout.n_unnamed_events);
    plot->area.y = top + (double)n_event_rows * style->note.size_px * 1.35 + (n_event_rows ? style->em * 0.3 : 0);
    plot->area.height = fmax(foot - plot->area.y, 8);
    plot->y = (WmScale){plot->numbers.from, plot->numbers.to, plot->area.y + plot->area.height, plot->area.y};
    return layout;
}

/* The notes need a row only where there are any, and what they say hangs on the layout: an axis with that row may differ. */
static Layout settle(WmCanvas *canvas, const WmChartStyle *style, const WmSeries *series, const WmFan *fan, const WmExtent *extent,
                     WmRect room)
{
    const Layout with = lay_out(canvas, style, series, fan, extent, room, true);
    const Layout without = lay_out(canvas, style, series, fan, extent, room, false);
    g_autofree char *text = notes(series, style, &without.plot, fan, without.n_unnamed_events);
    return *text && style->detail != WM_DETAIL_SPARK ? with : without;
}

/* Two short strokes across the foot line where the axis of numbers leaves out what is below. */
static void draw_cut(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot)
{
    const double h = style->em * 0.3, foot = plot->area.y + plot->area.height;
    const WmPaint paint = {.stroke = wm_opaque(style->palette->axis), .width_px = 1};
    for (int i = 0; i < 2; i++) {
        const double x = plot->area.x + h * (0.8 + i);
        wm_canvas_segment(canvas, (WmPoint){x - h * 0.5, foot + h}, (WmPoint){x + h * 0.5, foot - h}, &paint);
    }
}

static void draw_layers(const WmView *view, WmRect lane)
{
    const bool is_spark = view->style->detail == WM_DETAIL_SPARK;
    const bool has_numbers = isfinite(view->plot->y.from);
    wm_layer_off_plan(view);
    wm_layer_fan(view);
    if (!is_spark && has_numbers)
        wm_axes_draw_numbers(view->canvas, view->style, view->plot, &view->series->measure, view->series->measure_unit);
    if (!is_spark)
        wm_axes_draw_time(view->canvas, view->style, view->plot, view->series->measure.frequency);
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

static void draw_foot(const WmView *view, const Layout *layout, WmUnnamed unnamed)
{
    if (view->style->detail == WM_DETAIL_SPARK)
        return;
    WmTypeset *typeset = wm_canvas_typeset(view->canvas);
    g_autoptr(GArray) entries = wm_trajectory_key(view->series, view->fan, unnamed);
    wm_frame_key(view->canvas, typeset, view->style, (const WmKeyEntry *)(const void *)entries->data, entries->len, layout->key,
                 layout->n_key_rows);
    g_autofree char *text = notes(view->series, view->style, &layout->plot, view->fan, layout->n_unnamed_events);
    g_autofree char *fitted = wm_text_shorten(typeset, text, &view->style->note, layout->room.width);
    wm_canvas_text(view->canvas, (WmPoint){layout->room.x, layout->note_y}, WM_ANCHOR_START, fitted, &view->style->note);
    if (layout->plot.numbers.from > 0)
        draw_cut(view->canvas, view->style, &layout->plot);
}

void wm_trajectory_draw(WmCanvas *canvas, const WmSeries *series, WmThemeName theme)
{
    const WmRect page = wm_canvas_bounds(canvas);
    const WmChartStyle style = wm_chart_style((int)page.width, (int)page.height, theme);
    WmRect room = wm_rect_grow(page, -margin(&style));
    const double header_foot = draw_header(canvas, &style, series, room);
    room.height -= header_foot - room.y;
    room.y = header_foot;

    WmFan fan;
    wm_fan_predict(series, &fan);
    const WmExtent extent = wm_trajectory_extent(series, &fan);
    const Layout layout = settle(canvas, &style, series, &fan, &extent, room);
    const WmRect area = layout.plot.area;
    const WmRect names = {area.x, room.y, room.x + room.width - area.x, area.y + area.height - room.y};
    g_autoptr(WmLabeller) labeller = wm_labeller_new(canvas, names);
    const WmView view = {series, &fan, canvas, &style, &layout.plot, labeller};
    draw_layers(&view, names);
    const WmUnnamed unnamed = wm_trajectory_labels(&view);
    draw_foot(&view, &layout, unnamed);
}

static WmPage page_of(const WmSeries *series, const WmChartOptions *options, const char *title, const char *description)
{
    return (WmPage){
        .format = options->format,
        .width_px = options->width_px > 0 ? options->width_px : 960,
        .height_px = options->height_px > 0 ? options->height_px : 540,
        .scale = options->scale > 0 ? options->scale : 2,
        .background = wm_opaque(wm_palette(options->theme)->page),
        .title = title,
        .description = description,
        .id_prefix = options->id_prefix,
        .day = series->assessment.as_at,
    };
}

GBytes *wm_chart_trajectory(const WmSeries *series, const WmChartOptions *options, GError **error)
{
    static const WmChartOptions DEFAULTS = {0};
    if (!options)
        options = &DEFAULTS;
    g_auto(GStrv) findings = wm_finding_wordings(series);
    g_autofree char *description = wm_chart_trajectory_alt(series);
    const WmPage page = page_of(series, options, findings[0], description);
    g_autoptr(WmCanvas) canvas = wm_canvas_new(&page);
    wm_trajectory_draw(canvas, series, options->theme);
    return wm_canvas_finish(canvas, error);
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
