/* The control chart: is it real or noise, and will the process, left as it is, meet its target? */
#include <math.h>
#include <string.h>

#include "plot/chart/finding.h"
#include "plot/chart/kinds.h"
#include "plot/chart/page.h"
#include "plot/chart/spc_chart_parts.h"

static WmRect draw_header(WmCanvas *canvas, const WmChartStyle *style, const WmSeries *series, const WmSpc *spc)
{
    g_auto(GStrv) findings = wm_spc_finding_wordings(series, spc);
    g_autofree char *subject = wm_subject(series);
    g_autofree char *as_at = wm_frame_as_at(series->assessment.as_at);
    const WmHeader header = {
        .findings = findings,
        .subject = subject,
        .as_at = as_at,
        .source = series->source,
        .is_illustrative = series->is_illustrative,
        .badge = {wm_spc_badge, spc},
    };
    return wm_frame_header(canvas, style, &header);
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

/* How sure the limits are. New. */
static char *limits_note(const WmSpc *spc)
{
    if (spc->i_last == SIZE_MAX)
        return g_strdup("");
    const WmSpcPhase *phase = &spc->phases[spc->points[spc->i_last].i_phase];
    if (isnan(phase->upper) && spc->chart != WM_SPC_RUN)
        return g_strdup(phase->n_readings > 1 && phase->is_constant ? "No limits: every reading is the same" : "No limits yet");
    if (phase->is_mute)
        return g_strdup_printf("Nothing is judged by limits from only %zu reading%s", phase->n_used, phase->n_used == 1 ? "" : "s");
    if (phase->is_short && isfinite(phase->upper))
        return g_strdup_printf("Limits from only %zu readings", phase->n_used);
    return g_strdup("");
}

/* Which chart, how sure its limits are, and where the axis is cut. */
static char *notes(const WmSeries *series, const WmSpc *spc, const WmChartStyle *style, const WmTimePage *page)
{
    if (!wm_series_is_chartable(series))
        return g_strdup("");
    g_autofree char *limits = limits_note(spc);
    g_autofree char *cut = wm_axes_cut_note(&page->plot.numbers, &series->measure, series->measure_unit);
    g_autofree char *events = wm_time_page_events_note(style, page);
    return wm_frame_join((const char *const[]){wm_spc_chart_title(spc->chart), limits, cut, events, NULL});
}

static void draw_layers(const WmSpcView *view, WmRect lane)
{
    const WmView *base = &view->base;
    const bool is_spark = base->style->detail == WM_DETAIL_SPARK;
    /* Where nothing has a number, an axis would be made up. */
    const bool has_numbers = isfinite(wm_spc_extent(base->series, view->spc, view->half_months).low);
    wm_spc_layer_limits(view);
    if (!is_spark && has_numbers)
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

void wm_spc_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    static const WmFan NO_FAN = {.n_points = 0};
    const WmSeries *series = ((const WmSpcDrawing *)data)->series;
    const WmSpc *spc = ((const WmSpcDrawing *)data)->spc;
    g_autoptr(GArray) key = wm_spc_key(series, spc);
    const double half_months = half_period(series);
    const WmTimePageNeeds needs = {
        .series = series,
        .extent = wm_spc_extent(series, spc, half_months),
        .gutter = wm_spc_gutter(wm_canvas_typeset(canvas), style, series, spc),
        .key = key,
        .has_notes = true,
    };
    const WmTimePage page = wm_time_page(canvas, style, &needs, draw_header(canvas, style, series, spc));
    g_autoptr(WmLabeller) labeller = wm_labeller_new(canvas, page.lane);
    const WmSpcView view = {
        {series, &NO_FAN, canvas, style, &page.plot, labeller}, spc, wm_spc_colours(style->palette), half_months};
    draw_layers(&view, page.lane);
    wm_spc_labels(&view);
    g_autofree char *text = notes(series, spc, style, &page);
    wm_time_page_foot(canvas, style, &page, key, text);
}

/* ---- public ---- */

WmSpcScratch *wm_spc_chart_series(const WmSeries *series, WmSpc *out)
{
    WmSpcScratch *scratch = wm_spc_scratch_new();
    if (!scratch || wm_series_chart(series, scratch, out) != WM_OK)
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
    const WmSpcDrawing data = {series, spc};
    return wm_drawing_write(&(WmDrawing){findings[0], description, series->assessment.as_at, wm_spc_draw, &data}, options, error);
}

GBytes *wm_chart_spc(const WmSeries *series, const WmSpc *spc, const WmChartOptions *options, GError **error)
{
    WmSpc own;
    WmSpcScratch *scratch = spc ? NULL : wm_spc_chart_series(series, &own);
    GBytes *bytes = draw_page(series, spc ? spc : &own, options, error);
    wm_spc_scratch_free(scratch);
    return bytes;
}

char *wm_chart_spc_alt(const WmSeries *series, const WmSpc *spc)
{
    WmSpc own;
    WmSpcScratch *scratch = spc ? NULL : wm_spc_chart_series(series, &own);
    char *text = describe(series, spc ? spc : &own);
    wm_spc_scratch_free(scratch);
    return text;
}

static GBytes *write(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_spc(data, NULL, options, error);
}

/* Draw a series on the chart that suits it. */
static void draw_series(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    WmSpc own;
    WmSpcScratch *scratch = wm_spc_chart_series(data, &own);
    wm_spc_draw(canvas, style, &(WmSpcDrawing){data, &own});
    wm_spc_scratch_free(scratch);
}

static const char *refuses(const WmSeries *series)
{
    return wm_series_is_chartable(series) ? NULL : "a deliverable is done or not, and has no control chart";
}

WM_CHART_KIND(20, spc) = {
    .name = "spc",
    .summary = "a control chart: is it real or noise, and will the target be met as things stand",
    .scope = WM_SCOPE_SERIES,
    .gather = wm_kind_gather_series,
    .refuses = refuses,
    .draw = draw_series,
    .write = write,
};
