/* The control chart: is it real or noise, and will the process, left as it is, meet its target? */
#include <math.h>
#include <string.h>

#include "plot/chart/finding.h"
#include "plot/chart/spc_chart_parts.h"

/* Where the stages of a page stand. */
typedef struct {
    WmRect room; /* the page within its margin, below the header */
    WmRect key;
    size_t n_key_rows;
    double note_y; /* baseline of the notes */
    WmPlot plot;
} Layout;

static double margin(const WmChartStyle *style)
{
    return style->em * (style->detail == WM_DETAIL_FULL ? 1.5 : style->detail == WM_DETAIL_COMPACT ? 1 : 0.7);
}

static double draw_header(WmCanvas *canvas, const WmChartStyle *style, const WmSeries *series, const WmSpc *spc, WmRect room)
{
    char day[WM_PERIOD_TEXT];
    const WmDay as_at_day = series->assessment.as_at;
    g_auto(GStrv) findings = wm_spc_finding_wordings(series, spc);
    g_autofree char *subject = wm_subject(series);
    g_autofree char *as_at = as_at_day == WM_NO_DAY ? g_strdup("") : g_strconcat("As at ", wm_day_format(as_at_day, day), NULL);
    const WmHeader header = {
        .findings = findings,
        .subject = subject,
        .as_at = as_at,
        .source = series->source,
        .is_illustrative = series->is_illustrative,
        .badge = {wm_spc_badge, spc},
    };
    return wm_frame_header(canvas, style, &header, room);
}

/* Half of what a reading covers, or of how far days are apart. */
static double half_period(const WmSeries *series)
{
    const size_t n = series->n_readings;
    const int months = n ? wm_period_kind_months(series->readings[n - 1].period.kind) : 1;
    if (months > 0)
        return months / 2.0;
    return n > 1 ? (wm_reading_months(&series->readings[n - 1]) - wm_reading_months(&series->readings[0])) / (2.0 * (double)(n - 1))
                 : 0.5;
}

static const char *const CHARTS[WM_N_SPC_CHARTS] = {
    [WM_SPC_XMR] = "XmR chart", [WM_SPC_I] = "I chart",     [WM_SPC_C] = "c chart",   [WM_SPC_U] = "u chart",
    [WM_SPC_UP] = "u′ chart",   [WM_SPC_P] = "p chart",     [WM_SPC_PP] = "p′ chart", [WM_SPC_G] = "g chart",
    [WM_SPC_T] = "t chart",     [WM_SPC_RUN] = "Run chart",
};

/* Which chart, how sure its limits are, and where the axis is cut. */
static char *notes(const WmSeries *series, const WmSpc *spc, const WmPlot *plot)
{
    g_autoptr(GStrvBuilder) parts = g_strv_builder_new();
    char value[WM_VALUE_TEXT];
    g_strv_builder_add(parts, CHARTS[spc->chart]);
    if (spc->i_last != SIZE_MAX) {
        const WmSpcPhase *phase = &spc->phases[spc->points[spc->i_last].i_phase];
        g_autofree char *few = g_strdup_printf("Limits from only %zu readings", phase->n_used);
        if (phase->is_short && isfinite(phase->upper))
            g_strv_builder_add(parts, few);
        if (isnan(phase->upper) && spc->chart != WM_SPC_RUN)
            g_strv_builder_add(parts, phase->n_readings > 1 && phase->is_constant ? "No limits: every reading is the same"
                                                                                  : "No limits yet");
    }
    if (plot->numbers.from > 0) {
        g_autofree char *cut = g_strdup_printf("Axis starts at %s, not 0",
                                               wm_target_format(plot->numbers.from, &series->measure, series->measure_unit, value));
        g_strv_builder_add(parts, cut);
    } else if (plot->numbers.to < 0) {
        g_strv_builder_add(parts, "Axis does not reach 0");
    }
    g_auto(GStrv) list = g_strv_builder_end(parts);
    return g_strjoinv("  ·  ", list);
}

static size_t key_rows(WmCanvas *canvas, const WmChartStyle *style, const GArray *key, WmRect room)
{
    if (style->detail == WM_DETAIL_SPARK)
        return 0;
    return wm_frame_key(NULL, wm_canvas_typeset(canvas), style, (const WmKeyEntry *)(const void *)key->data, key->len, room,
                        style->detail == WM_DETAIL_FULL ? 2 : 1);
}

/* Sides, then foot, then top, below the lane of the events. */
static Layout lay_out(WmCanvas *canvas, const WmChartStyle *style, const WmSeries *series, const WmSpc *spc, const GArray *key,
                      double half_months, WmRect room)
{
    WmTypeset *typeset = wm_canvas_typeset(canvas);
    const bool is_spark = style->detail == WM_DETAIL_SPARK;
    const double row = wm_frame_row_height(style), bottom = room.y + room.height;
    Layout layout = {
        .room = room, .note_y = bottom - style->note.size_px * WM_TEXT_BELOW, .n_key_rows = key_rows(canvas, style, key, room)};
    const double key_height = (double)layout.n_key_rows * row;
    layout.key = (WmRect){room.x, bottom - (is_spark ? 0 : row * 0.95) - key_height, room.width, key_height};

    const WmExtent extent = wm_spc_extent(series, spc, half_months);
    WmPlot *plot = &layout.plot;
    const double foot = layout.key.y - (is_spark ? 0 : wm_axes_time_height(style) + style->em * 0.5);
    const double top = room.y + style->em * (is_spark ? 0.3 : 0.8);
    plot->numbers = wm_number_axis(extent.low, extent.high, wm_axes_max_ticks(style, foot - top), &series->measure);
    const double left =
        is_spark ? 0
                 : wm_axes_number_width(typeset, style, &plot->numbers, &series->measure, series->measure_unit) + style->em * 0.55;
    const double gutter = fmin(wm_spc_gutter(typeset, style, series, spc), room.width * 0.28);
    plot->area = (WmRect){room.x + left, top, fmax(room.width - left - gutter, 8), 0};
    plot->x = (WmScale){extent.t_from, extent.t_to, plot->area.x, plot->area.x + plot->area.width};

    const WmRect lane = {plot->area.x, top, room.x + room.width - plot->area.x, 0};
    size_t n_unnamed;
    const size_t n_event_rows = wm_events_rows(typeset, style, plot, series, lane, &n_unnamed);
    plot->area.y = top + (double)n_event_rows * style->note.size_px * 1.35 + (n_event_rows ? style->em * 0.3 : 0);
    plot->area.height = fmax(foot - plot->area.y, 8);
    plot->y = (WmScale){plot->numbers.from, plot->numbers.to, plot->area.y + plot->area.height, plot->area.y};
    return layout;
}

static void draw_layers(const WmSpcView *view, WmRect lane)
{
    const WmView *base = &view->base;
    const bool is_spark = base->style->detail == WM_DETAIL_SPARK;
    wm_spc_layer_limits(view);
    if (!is_spark && isfinite(base->plot->y.from))
        wm_axes_draw_numbers(base->canvas, base->style, base->plot, &base->series->measure, base->series->measure_unit);
    if (!is_spark)
        wm_axes_draw_time(base->canvas, base->style, base->plot, base->series->measure.frequency);
    wm_events_draw(base, lane);
    wm_spc_layer_target(view);
    if (!is_spark)
        wm_layer_absent(base);
    wm_layer_former_values(base);
    wm_spc_layer_readings(view);
}

static void draw_foot(const WmSpcView *view, const Layout *layout, const GArray *key)
{
    const WmView *base = &view->base;
    if (base->style->detail == WM_DETAIL_SPARK)
        return;
    WmTypeset *typeset = wm_canvas_typeset(base->canvas);
    wm_frame_key(base->canvas, typeset, base->style, (const WmKeyEntry *)(const void *)key->data, key->len, layout->key,
                 layout->n_key_rows);
    g_autofree char *text = notes(base->series, view->spc, &layout->plot);
    g_autofree char *fitted = wm_text_shorten(typeset, text, &base->style->note, layout->room.width);
    wm_canvas_text(base->canvas, (WmPoint){layout->room.x, layout->note_y}, WM_ANCHOR_START, fitted, &base->style->note);
}

void wm_spc_draw(WmCanvas *canvas, const WmSeries *series, const WmSpc *spc, WmThemeName theme)
{
    static const WmFan NO_FAN = {.n_points = 0};
    const WmRect page = wm_canvas_bounds(canvas);
    const WmChartStyle style = wm_chart_style((int)page.width, (int)page.height, theme);
    WmRect room = wm_rect_grow(page, -margin(&style));
    const double header_foot = draw_header(canvas, &style, series, spc, room);
    room.height -= header_foot - room.y;
    room.y = header_foot;

    g_autoptr(GArray) key = wm_spc_key(series, spc);
    const double half_months = half_period(series);
    const Layout layout = lay_out(canvas, &style, series, spc, key, half_months, room);
    const WmRect area = layout.plot.area;
    const WmRect names = {area.x, room.y, room.x + room.width - area.x, area.y + area.height - room.y};
    g_autoptr(WmLabeller) labeller = wm_labeller_new(canvas, names);
    const WmSpcView view = {
        {series, &NO_FAN, canvas, &style, &layout.plot, labeller}, spc, wm_spc_colours(style.palette), half_months};
    draw_layers(&view, names);
    wm_spc_labels(&view);
    draw_foot(&view, &layout, key);
}

/* ---- public ---- */

/* The chart that suits the series, where the caller has none: the scratch owns what *out shows. */
static WmSpcScratch *chart_series(const WmSeries *series, WmSpc *out)
{
    WmSpcScratch *scratch = wm_spc_scratch_new();
    g_autofree WmSpcPoint *points = g_new(WmSpcPoint, series->n_readings + 1);
    const WmSpcOptions options = wm_series_spc_options(series);
    wm_series_spc_points(series, points);
    if (!scratch || wm_spc_analyse(points, series->n_readings, &options, scratch, out) != WM_OK)
        g_error("no memory for a control chart"); /* as every other allocation of GLib's */
    return scratch;
}

static char *describe(const WmSeries *series, const WmSpc *spc)
{
    g_autofree char *subject = wm_subject(series);
    g_auto(GStrv) findings = wm_spc_finding_wordings(series, spc);
    g_autoptr(GString) text = g_string_new(NULL);
    char first[WM_PERIOD_TEXT], last[WM_PERIOD_TEXT], value[WM_VALUE_TEXT], lower[WM_VALUE_TEXT], upper[WM_VALUE_TEXT];
    g_string_printf(text, "Control chart of %s: ", subject);
    if (spc->n_points == 1)
        g_string_append_printf(text, "one reading, %s.", wm_period_format(series->readings[0].period, first));
    else if (spc->n_points)
        g_string_append_printf(text, "%zu readings from %s to %s.", spc->n_points,
                               wm_period_format(series->readings[0].period, first),
                               wm_period_format(series->readings[spc->n_points - 1].period, last));
    else
        g_string_append(text, "no readings.");
    g_string_append_printf(text, "%s %s.", series->is_illustrative ? " Illustrative data." : "", findings[0]);
    const size_t i = wm_spc_last_lined(spc);
    if (i == SIZE_MAX)
        return g_string_free(g_steal_pointer(&text), FALSE);
    const WmSpcVerdict *v = &spc->points[i];
    g_string_append_printf(text, " The %s is %s", wm_spc_centre_word(spc), wm_spc_level_format(v->centre, series, value));
    if (isfinite(v->upper))
        g_string_append_printf(text, ", the limits %s to %s", wm_spc_level_format(v->lower, series, lower),
                               wm_spc_level_format(v->upper, series, upper));
    g_string_append_c(text, '.');
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static GBytes *draw_page(const WmSeries *series, const WmSpc *spc, const WmChartOptions *options, GError **error)
{
    g_auto(GStrv) findings = wm_spc_finding_wordings(series, spc);
    g_autofree char *description = describe(series, spc);
    const WmPage page = {
        .format = options->format,
        .width_px = options->width_px > 0 ? options->width_px : 960,
        .height_px = options->height_px > 0 ? options->height_px : 540,
        .scale = options->scale > 0 ? options->scale : 2,
        .background = wm_opaque(wm_palette(options->theme)->page),
        .title = findings[0],
        .description = description,
        .id_prefix = options->id_prefix,
        .day = series->assessment.as_at,
    };
    g_autoptr(WmCanvas) canvas = wm_canvas_new(&page);
    wm_spc_draw(canvas, series, spc, options->theme);
    return wm_canvas_finish(canvas, error);
}

GBytes *wm_chart_spc(const WmSeries *series, const WmSpc *spc, const WmChartOptions *options, GError **error)
{
    static const WmChartOptions DEFAULTS = {0};
    WmSpc own;
    WmSpcScratch *scratch = spc ? NULL : chart_series(series, &own);
    GBytes *bytes = draw_page(series, spc ? spc : &own, options ? options : &DEFAULTS, error);
    wm_spc_scratch_free(scratch);
    return bytes;
}

char *wm_chart_spc_alt(const WmSeries *series, const WmSpc *spc)
{
    WmSpc own;
    WmSpcScratch *scratch = spc ? NULL : chart_series(series, &own);
    char *text = describe(series, spc ? spc : &own);
    wm_spc_scratch_free(scratch);
    return text;
}
