/* The page of a chart through time. */
#include "plot/chart/time_page.h"

#include <math.h>

#include "plot/chart/trajectory_parts.h"

#define GUTTER_SHARE 0.27 /* of the page's width, at most */

static const WmKeyEntry *entries(const GArray *key)
{
    return (const WmKeyEntry *)(const void *)key->data;
}

/* Rows of the key, before direct labels are placed: the few things that they leave unnamed join the last row. */
static size_t key_rows(WmTypeset *typeset, const WmChartStyle *style, const GArray *key, WmRect room)
{
    if (style->detail == WM_DETAIL_SPARK)
        return 0;
    return wm_frame_key(NULL, typeset, style, entries(key), key->len, room, style->detail == WM_DETAIL_FULL ? 2 : 1);
}

static void settle_sides(WmTypeset *typeset, const WmChartStyle *style, const WmTimePageNeeds *needs, double foot, WmTimePage *page)
{
    WmPlot *plot = &page->plot;
    const WmSeries *series = needs->series;
    const WmRect room = page->room;
    const bool is_spark = style->detail == WM_DETAIL_SPARK;
    const double top = room.y + style->em * (is_spark ? 0.2 : 1);
    const size_t max_ticks = series->measure.kind == WM_KIND_YES_NO ? 2 : wm_axes_max_ticks(style, foot - top);
    plot->numbers = wm_number_axis(needs->extent.low, needs->extent.high, max_ticks, &series->measure);
    const double labels = wm_axes_number_width(typeset, style, &plot->numbers, &series->measure, series->measure_unit);
    const double left = is_spark ? 0 : labels + style->em * 0.55;
    const double gutter = fmin(needs->gutter, room.width * GUTTER_SHARE);
    plot->area = (WmRect){room.x + left, top, fmax(room.width - left - gutter, 8), 0};
    plot->x = (WmScale){needs->extent.t_from, needs->extent.t_to, plot->area.x + needs->pad,
                        plot->area.x + plot->area.width - needs->pad};
}

WmTimePage wm_time_page(WmCanvas *canvas, const WmChartStyle *style, const WmTimePageNeeds *needs, WmRect room)
{
    WmTypeset *typeset = wm_canvas_typeset(canvas);
    const bool is_spark = style->detail == WM_DETAIL_SPARK;
    const double row = wm_frame_row_height(style), bottom = room.y + room.height;
    WmTimePage page = {.room = room, .n_key_rows = key_rows(typeset, style, needs->key, room)};
    const double key_height = (double)page.n_key_rows * row, note_height = needs->has_notes && !is_spark ? row * 0.95 : 0;
    page.key = (WmRect){room.x, bottom - note_height - key_height, room.width, key_height};
    const double foot = page.key.y - (is_spark ? 0 : wm_axes_time_height(style) + style->em * 0.5);
    settle_sides(typeset, style, needs, foot, &page);

    WmPlot *plot = &page.plot;
    const double top = plot->area.y;
    const WmRect flags = {plot->area.x, top, room.x + room.width - plot->area.x, 0};
    const size_t n_rows = wm_events_rows(typeset, style, plot, needs->series, flags, &page.n_unnamed_events);
    page.n_events_outside = wm_events_outside(plot, needs->series);
    plot->area.y = top + (double)n_rows * style->note.size_px * 1.35 + (n_rows ? style->em * 0.3 : 0);
    plot->area.height = fmax(foot - plot->area.y, 8);
    plot->y = (WmScale){plot->numbers.from, plot->numbers.to, plot->area.y + plot->area.height, plot->area.y};
    page.lane = (WmRect){plot->area.x, room.y, room.x + room.width - plot->area.x, plot->area.y + plot->area.height - room.y};
    return page;
}

char *wm_time_page_events_note(const WmChartStyle *style, const WmTimePage *page)
{
    const size_t n_unnamed = page->n_unnamed_events, n_outside = page->n_events_outside;
    if (style->detail != WM_DETAIL_FULL)
        return g_strdup("");
    g_autofree char *unnamed =
        n_unnamed ? g_strdup_printf("%zu event%s flagged without a name", n_unnamed, n_unnamed == 1 ? "" : "s") : g_strdup("");
    g_autofree char *outside =
        n_outside ? g_strdup_printf("%zu event%s outside the time shown", n_outside, n_outside == 1 ? "" : "s") : g_strdup("");
    return wm_frame_join((const char *const[]){unnamed, outside, NULL});
}

void wm_time_page_foot(WmCanvas *canvas, const WmChartStyle *style, const WmTimePage *page, const GArray *key, const char *notes)
{
    if (style->detail == WM_DETAIL_SPARK)
        return;
    wm_frame_key(canvas, wm_canvas_typeset(canvas), style, entries(key), key->len, page->key, page->n_key_rows);
    wm_frame_notes(canvas, style, page->room, notes);
    wm_axes_draw_cut(canvas, style, &page->plot);
}
