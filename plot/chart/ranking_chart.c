/* The ranking: areas from best to worst, each with the interval in which its true figure may lie. */
#include <math.h>
#include <string.h>

#include "plot/chart/areas.h"
#include "plot/chart/charts.h"

#define LEVEL      0.95
#define NAME_SHARE 0.32 /* of the page's width, at most */

typedef struct {
    const WmArea *area;
    WmInterval interval; /* indicator's unit; NAN without counts */
    WmEffect effect;     /* the whole interval against the benchmark */
    size_t rank;         /* 1 is best; equal figures share one */
} Row;

typedef struct {
    const WmAreas *areas;
    GArray *rows; /* Row, best first */
    size_t n_without;
    size_t n_differ; /* rows whose interval leaves out the benchmark */
} Ranking;

static void ranking_clear(Ranking *self)
{
    g_clear_pointer(&self->rows, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Ranking, ranking_clear)

static Row *row_at(const Ranking *self, guint i)
{
    return &g_array_index(self->rows, Row, i);
}

static WmInterval interval_of(const WmAreas *areas, const WmArea *area, double per)
{
    if (!wm_area_has_counts(area))
        return (WmInterval){nan(""), nan("")};
    const WmInterval share = wm_areas_law(areas) == WM_EVENTS_BINOMIAL
                                 ? wm_interval_wilson(area->numerator, area->denominator, LEVEL)
                                 : wm_interval_poisson(area->numerator, area->denominator, LEVEL);
    return (WmInterval){share.low * per, share.high * per};
}

static int by_value(gconstpointer a, gconstpointer b, gpointer polarity)
{
    const double x = ((const Row *)a)->area->value, y = ((const Row *)b)->area->value;
    const int way = GPOINTER_TO_INT(polarity) == WM_POLARITY_LOWER ? 1 : -1;
    return x == y ? strcmp(((const Row *)a)->area->name, ((const Row *)b)->area->name) : x > y ? way : -way;
}

static Ranking rank_areas(const WmAreas *areas)
{
    Ranking self = {.areas = areas, .rows = g_array_new(FALSE, TRUE, sizeof(Row))};
    const double per = wm_areas_per(areas);
    for (size_t i = 0; i < areas->n_areas; i++) {
        const WmArea *area = &areas->areas[i];
        Row row = {.area = area, .interval = interval_of(areas, area, per)};
        const int side = row.interval.low > areas->benchmark ? 1 : row.interval.high < areas->benchmark ? -1 : 0;
        row.effect = wm_areas_effect(areas, side);
        self.n_differ += side != 0;
        if (isfinite(area->value))
            g_array_append_val(self.rows, row);
        else
            self.n_without++;
    }
    g_array_sort_with_data(self.rows, by_value, GINT_TO_POINTER(areas->measure.polarity));
    for (guint i = 0; i < self.rows->len; i++) {
        const bool is_tied = i > 0 && row_at(&self, i)->area->value == row_at(&self, i - 1)->area->value;
        row_at(&self, i)->rank = is_tied ? row_at(&self, i - 1)->rank : i + 1;
    }
    return self;
}

static const Row *focus_of(const Ranking *self)
{
    for (guint i = 0; i < self->rows->len; i++)
        if (wm_area_is_focus(self->areas, row_at(self, i)->area))
            return row_at(self, i);
    return NULL;
}

/* ---- words ---- */

static const char *ordinal_ending(size_t n)
{
    if (n % 100 >= 11 && n % 100 <= 13)
        return "th";
    return n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
}

/* "Somerset is 14th of 20 at 41.0%" */
static char *place_in_words(const Ranking *self, const Row *row)
{
    char value[WM_VALUE_TEXT];
    return g_strdup_printf("%s is %zu%s of %u at %s", row->area->name, row->rank, ordinal_ending(row->rank), self->rows->len,
                           wm_areas_value(self->areas, row->area->value, value));
}

/* "Bath leads at 64.7%, Bristol is last at 31.2%" */
static char *ends_in_words(const Ranking *self)
{
    char best[WM_VALUE_TEXT], last[WM_VALUE_TEXT];
    const Row *first = row_at(self, 0), *end = row_at(self, self->rows->len - 1);
    const bool is_judged = wm_polarity_sign(self->areas->measure.polarity) != 0;
    wm_areas_value(self->areas, first->area->value, best);
    wm_areas_value(self->areas, end->area->value, last);
    if (self->rows->len == 1)
        return g_strdup_printf("%s stands alone at %s", first->area->name, best);
    if (first->area->value == end->area->value)
        return g_strdup_printf("All %u areas stand at %s", self->rows->len, best);
    return g_strdup_printf("%s is %s at %s, %s %s at %s", first->area->name, is_judged ? "best" : "highest", best, end->area->name,
                           is_judged ? "last" : "lowest", last);
}

static char *benchmark_text(const WmAreas *areas)
{
    char value[WM_VALUE_TEXT];
    wm_areas_value(areas, areas->benchmark, value);
    return *areas->benchmark_name ? g_strdup_printf("%s %s", areas->benchmark_name, value) : g_strdup(value);
}

/* "12 of 36 areas differ by more than chance from 59.2% (all areas)" */
static char *differing_in_words(const Ranking *self)
{
    const WmAreas *areas = self->areas;
    char value[WM_VALUE_TEXT];
    wm_areas_value(areas, areas->benchmark, value);
    g_autofree char *first = g_utf8_strdown(areas->benchmark_name, -1);
    g_autofree char *what = *first ? g_strdup_printf("%s (%s)", value, first) : g_strdup(value);
    if (self->rows->len == 1)
        return g_strdup_printf("it differs by more than chance from %s", what);
    return g_strdup_printf("%zu of %u areas differ%s by more than chance from %s", self->n_differ, self->rows->len,
                           self->n_differ == 1 ? "s" : "", what);
}

static GStrv wordings(const Ranking *self)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    if (self->rows->len == 0) {
        g_strv_builder_add(builder, self->areas->n_areas ? "No area has a figure" : "No areas yet");
        return g_strv_builder_end(builder);
    }
    const Row *focus = focus_of(self);
    g_autofree char *place = focus ? place_in_words(self, focus) : ends_in_words(self);
    if (self->n_differ) {
        g_autofree char *differing = differing_in_words(self);
        g_autofree char *full = g_strdup_printf("%s; %s", place, differing);
        g_strv_builder_add(builder, full);
    }
    g_strv_builder_add(builder, place);
    if (!focus) {
        char value[WM_VALUE_TEXT];
        g_autofree char *brief = g_strdup_printf("%s first at %s", row_at(self, 0)->area->name,
                                                 wm_areas_value(self->areas, row_at(self, 0)->area->value, value));
        g_strv_builder_add(builder, brief);
    }
    return g_strv_builder_end(builder);
}

char *wm_chart_ranking_alt(const WmAreas *areas)
{
    g_auto(Ranking) ranking = rank_areas(areas);
    g_auto(GStrv) titles = wordings(&ranking);
    g_autofree char *subject = wm_areas_subject(areas);
    g_autoptr(GString) text = g_string_new(NULL);
    char value[WM_VALUE_TEXT];
    g_string_printf(text, "Ranking of areas, %s:%s %s.", subject, areas->is_illustrative ? " illustrative data." : "", titles[0]);
    for (guint i = 0; i < ranking.rows->len; i++)
        g_string_append_printf(text, "%s %s %s", i ? "," : " In order:", row_at(&ranking, i)->area->name,
                               wm_areas_value(areas, row_at(&ranking, i)->area->value, value));
    g_string_append(text, ranking.rows->len ? "." : "");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* ---- page ---- */

typedef struct {
    const Ranking *ranking;
    WmCanvas *canvas;
    const WmChartStyle *style;
    WmPlot plot; /* only its x counts: rows share its height */
    double row_height;
    double name_x, value_x; /* where names end and values begin */
} View;

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
    g_autofree char *text = benchmark_text(areas);
    const WmTextStyle name = wm_text_in(style->label, style->palette->plan);
    const double half = wm_text_width(wm_canvas_typeset(view->canvas), text, &name) / 2;
    const WmRect page = wm_rect_grow(wm_canvas_bounds(view->canvas), -style->margin);
    const double middle = fmax(page.x + half, fmin(x, page.x + page.width - half));
    if (2 * half <= page.width)
        wm_canvas_text(view->canvas, (WmPoint){middle, area.y - style->em * 0.5}, WM_ANCHOR_MIDDLE, text, &name);
}

/* Gridlines behind the rows, their numbers below. */
static void draw_grid(const View *view)
{
    const WmAreas *areas = view->ranking->areas;
    const WmChartStyle *style = view->style;
    const WmRect area = view->plot.area;
    const WmPaint hairline = {.stroke = wm_faded(style->palette->ink, style->palette->grid_opacity), .width_px = 1};
    double taken = 0;
    for (size_t i = 0; i < view->plot.across.n_ticks && style->detail != WM_DETAIL_SPARK; i++) {
        const WmTick tick = wm_number_tick(&view->plot.across, i, areas->measure_unit);
        const WmPoint foot = {x_of(view, tick.at), area.y + area.height};
        wm_canvas_segment(view->canvas, (WmPoint){foot.x, area.y}, foot, &hairline);
        wm_axes_draw_tick_label(view->canvas, style, (WmPoint){foot.x, foot.y + style->axis.size_px * 1.2}, tick.text, &taken);
    }
}

static void draw_row(const View *view, guint i)
{
    const Row *row = row_at(view->ranking, i);
    const WmChartStyle *style = view->style;
    const WmSpcColours *colours = wm_spc_colours(style->palette);
    const WmColour colour = wm_opaque(colours->effect[row->effect]);
    const double y = row_y(view, i), radius = fmax(1.9, fmin(view->row_height * 0.3, style->em * 0.42));
    if (wm_area_is_focus(view->ranking->areas, row->area)) {
        const double height = fmax(view->row_height, 3);
        const WmRect band = {style->margin, y - height / 2, wm_canvas_bounds(view->canvas).width - 2 * style->margin, height};
        wm_canvas_rect(view->canvas, band, 2, &(WmPaint){.fill = wm_opaque(style->palette->fan[0])});
    }
    if (isfinite(row->interval.low))
        wm_canvas_segment(view->canvas, (WmPoint){x_of(view, row->interval.low), y}, (WmPoint){x_of(view, row->interval.high), y},
                          &(WmPaint){.stroke = wm_faded(colour.rgb, view->row_height < 6 ? 0.45 : 0.8),
                                     .width_px = fmax(0.8, fmin(style->em * 0.12, view->row_height * 0.3))});
    wm_spc_mark(view->canvas, style, colours, (WmPoint){x_of(view, row->area->value), y}, radius, row->effect, WM_SPC_SOLID);
}

/* A row's name and value, unless a row already named is too near. */
static void name_row(const View *view, guint i, GArray *named)
{
    const Row *row = row_at(view->ranking, i);
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
    wm_canvas_text(view->canvas, (WmPoint){view->value_x, baseline}, WM_ANCHOR_START,
                   wm_areas_value(view->ranking->areas, row->area->value, value), &text);
}

/* The one picked out, then inwards from both ends: where not all names fit, a reader asks for these. */
static size_t name_rows(const View *view)
{
    g_autoptr(GArray) named = g_array_new(FALSE, FALSE, sizeof(double));
    const guint n = view->ranking->rows->len;
    for (guint i = 0; i < n; i++)
        if (wm_area_is_focus(view->ranking->areas, row_at(view->ranking, i)->area))
            name_row(view, i, named);
    for (guint i = 0; i < n; i++)
        name_row(view, i % 2 ? n - 1 - i / 2 : i / 2, named);
    return named->len;
}

static WmNumberSide side_of(const Ranking *self)
{
    WmNumberSide side = {"", self->areas->measure, self->areas->measure_unit, self->areas->benchmark, self->areas->benchmark};
    for (guint i = 0; i < self->rows->len; i++) {
        const Row *row = row_at(self, i);
        side.low = fmin(side.low, fmin(row->area->value, row->interval.low));
        side.high = fmax(side.high, fmax(row->area->value, row->interval.high));
    }
    return side;
}

/* Widest name and value. */
static void measure_texts(const Ranking *self, WmCanvas *canvas, const WmChartStyle *style, double *name, double *value)
{
    char text[WM_VALUE_TEXT];
    *name = *value = 0;
    for (guint i = 0; i < self->rows->len && style->detail != WM_DETAIL_SPARK; i++) {
        const WmArea *area = row_at(self, i)->area;
        const WmTextStyle *in = wm_area_is_focus(self->areas, area) ? &style->strong : &style->label;
        *name = fmax(*name, wm_text_width(wm_canvas_typeset(canvas), area->name, in));
        *value = fmax(*value, wm_text_width(wm_canvas_typeset(canvas), wm_areas_value(self->areas, area->value, text), in));
    }
}

static View lay_out(const Ranking *self, WmCanvas *canvas, const WmChartStyle *style, WmRect room)
{
    double name, value;
    measure_texts(self, canvas, style, &name, &value);
    const bool is_spark = style->detail == WM_DETAIL_SPARK;
    const WmNumberSide side = side_of(self);
    const double gap = style->em * 0.8, left = fmin(name, room.width * NAME_SHARE) + (is_spark ? 0 : gap),
                 right = value + (is_spark ? 0 : gap), top = is_spark ? 0 : style->em * 1.6,
                 foot = is_spark ? 0 : style->axis.size_px * 1.8 + wm_frame_row_height(style);
    View view = {.ranking = self, .canvas = canvas, .style = style, .name_x = room.x + left - gap};
    WmPlot *plot = &view.plot;
    plot->area = (WmRect){room.x + left, room.y + top, fmax(room.width - left - right, 8), fmax(room.height - top - foot, 8)};
    plot->across = wm_number_axis(side.low, side.high, (size_t)CLAMP(plot->area.width / (style->em * 6), 2, 9), &side.measure);
    plot->numbers = plot->across;
    plot->x = (WmScale){plot->across.from, plot->across.to, plot->area.x + style->em * 0.4,
                        plot->area.x + plot->area.width - style->em * 0.4};
    view.row_height = (plot->area.height - style->label.size_px * 0.9) / (double)MAX(self->rows->len, 1);
    view.row_height = fmin(view.row_height, style->em * 3);
    /* Few areas: the numbers stand right below them. */
    plot->area.height = fmin(plot->area.height, view.row_height * (double)MAX(self->rows->len, 1) + style->label.size_px * 0.9);
    view.value_x = plot->area.x + plot->area.width + gap;
    return view;
}

static char *notes_of(const View *view, size_t n_named)
{
    const Ranking *self = view->ranking;
    const guint n = self->rows->len;
    g_autofree char *without = wm_areas_without_note(self->n_without, "a figure");
    g_autofree char *cut = wm_axes_cut_note(&view->plot.across, &self->areas->measure, self->areas->measure_unit);
    g_autofree char *unnamed = n_named < n ? g_strdup_printf("%zu of %u areas named", n_named, n) : g_strdup("");
    bool has_intervals = false;
    for (guint i = 0; i < n; i++)
        has_intervals |= isfinite(row_at(self, i)->interval.low);
    return wm_frame_join((const char *const[]){has_intervals ? "Bars: 95% intervals" : "", cut, unnamed, without, NULL});
}

void wm_ranking_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmAreas *areas = data;
    g_auto(Ranking) ranking = rank_areas(areas);
    g_auto(GStrv) findings = wordings(&ranking);
    const WmRect room = wm_areas_header(canvas, style, areas, findings);
    if (ranking.rows->len == 0)
        return;
    const View view = lay_out(&ranking, canvas, style, room);
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
    g_auto(Ranking) ranking = rank_areas(areas);
    g_auto(GStrv) titles = wordings(&ranking);
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
    return MAX(240, 170 + 18 * (int)MIN(((const WmAreas *)data)->n_areas, 500));
}

const WmChartKind wm_kind_ranking = {
    .name = "ranking",
    .summary = "areas of one indicator from best to worst, with 95% intervals",
    .scope = WM_SCOPE_INDICATOR,
    .gather = wm_areas_gather,
    .release = wm_areas_release,
    .draw = wm_ranking_draw,
    .write = write,
    .height = height,
};
