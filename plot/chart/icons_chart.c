/* The summary table: a row for each indicator, with its icons of variation and assurance. */
#include <math.h>
#include <string.h>

#include "plot/chart/charts.h"
#include "plot/chart/spc_board.h"

#define ROW_EM 2.3

typedef enum { NAME, LATEST, PERIOD, TARGET, VARIATION, ASSURANCE, MEAN, LIMITS, N_COLUMNS } Column;

/* `share` of the width; `rank` says which give way first on a narrow page: those of the highest. */
static const struct {
    const char *head;
    double share;
    WmAnchor anchor;
    int rank;
} COLUMNS[N_COLUMNS] = {
    [NAME] = {"Indicator", 0.28, WM_ANCHOR_START, 0},
    [LATEST] = {"Latest", 0.12, WM_ANCHOR_END, 0},
    [PERIOD] = {"Period", 0.09, WM_ANCHOR_START, 1},
    [TARGET] = {"Target", 0.08, WM_ANCHOR_END, 1},
    [VARIATION] = {"Variation", 0.13, WM_ANCHOR_START, 0},
    [ASSURANCE] = {"Assurance", 0.13, WM_ANCHOR_START, 0},
    [MEAN] = {"Mean", 0.08, WM_ANCHOR_END, 2},
    [LIMITS] = {"Limits", 0.13, WM_ANCHOR_END, 2},
};

typedef struct {
    WmCanvas *canvas;
    const WmChartStyle *style;
    const WmSpcColours *colours;
    double x[N_COLUMNS], width[N_COLUMNS]; /* width 0: not shown */
} View;

static const char *value_text(const WmSpcItem *item, double value, char text[WM_VALUE_TEXT])
{
    if (!isfinite(value))
        return "";
    return wm_value_format(value, &item->measure, item->measure_unit, text);
}

/* A unit that is a sign goes with every figure; a word stands with the latest alone. */
static const char *sign_of(const WmSpcItem *item)
{
    return strcmp(item->measure_unit, "%") == 0 || strcmp(item->measure_unit, "£") == 0 ? item->measure_unit : "";
}

/* What is never charted, and has a reading all the same. */
static gboolean is_deliverable(const WmSpcItem *item)
{
    return item->measure.kind == WM_KIND_YES_NO;
}

/* What is known of meeting a target: nothing yet is not the same as no target. */
static const char *assurance_word(const WmSpcItem *item)
{
    const bool is_open = item->assurance == WM_ASSURANCE_NONE && isfinite(item->target);
    return !isfinite(item->value)                 ? ""
           : is_open                              ? "Not judged"
           : item->assurance == WM_ASSURANCE_NONE ? "No target"
                                                  : wm_spc_assurance_word(item->assurance);
}

/* "12.1 to 20.4%": the unit once. */
static char *limits_text(const WmSpcItem *item)
{
    char lower[WM_VALUE_TEXT], upper[WM_VALUE_TEXT];
    if (item->measure.kind == WM_KIND_YES_NO || !isfinite(item->lower) || !isfinite(item->upper))
        return g_strdup("");
    return g_strdup_printf("%s to %s", wm_value_format(item->lower, &item->measure, "", lower),
                           wm_value_format(item->upper, &item->measure, sign_of(item), upper));
}

static void draw_text(const View *view, Column column, double baseline, double indent, const char *text, const WmTextStyle *style)
{
    const double room = view->width[column] - view->style->em * 0.6 - indent;
    if (room <= 0)
        return;
    g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(view->canvas), text, style, room);
    const bool is_end = COLUMNS[column].anchor == WM_ANCHOR_END;
    const double x = is_end ? view->x[column] + view->width[column] - view->style->em * 0.6 : view->x[column] + indent;
    wm_canvas_text(view->canvas, (WmPoint){x, baseline}, COLUMNS[column].anchor, fitted, style);
}

static void draw_row(const View *view, const WmSpcItem *item, double y)
{
    const WmChartStyle *style = view->style;
    const double height = ROW_EM * style->em, side = style->em * 1.75, baseline = y + height / 2 + style->label.size_px * 0.35;
    WmTextStyle plain = style->label, bold = style->strong;
    plain.halo = bold.halo = (WmColour){0, 0};
    char latest[WM_VALUE_TEXT], target[WM_VALUE_TEXT], mean[WM_VALUE_TEXT], period[WM_PERIOD_TEXT];
    g_autofree char *limits = limits_text(item);
    const char *const texts[N_COLUMNS] = {
        [NAME] = item->name,
        [LATEST] = isfinite(item->value)  ? value_text(item, item->value, latest)
                   : is_deliverable(item) ? "deliverable"
                                          : "none",
        [PERIOD] = wm_period_format(item->period, period),
        [TARGET] = isfinite(item->target) ? wm_value_format(item->target, &item->measure, sign_of(item), target) : "",
        [VARIATION] = isfinite(item->value)  ? wm_spc_variation_word(item->variation)
                      : is_deliverable(item) ? "No control chart"
                                             : "",
        [ASSURANCE] = assurance_word(item),
        [MEAN] = isfinite(item->centre) ? wm_value_format(item->centre, &item->measure, sign_of(item), mean) : "",
        [LIMITS] = limits,
    };
    for (Column column = 0; column < N_COLUMNS; column++) {
        const bool has_icon = column == VARIATION || column == ASSURANCE;
        draw_text(view, column, baseline, has_icon ? side + style->em * 0.4 : 0, texts[column], column == LATEST ? &bold : &plain);
    }
    const double top = y + (height - side) / 2;
    if (isfinite(item->value))
        wm_spc_icon_variation(view->canvas, style, view->colours, (WmRect){view->x[VARIATION], top, side, side}, item->variation,
                              item->direction);
    wm_spc_icon_assurance(view->canvas, style, view->colours, (WmRect){view->x[ASSURANCE], top, side, side}, item->assurance);
}

static void draw_head(const View *view, double y)
{
    for (Column column = 0; column < N_COLUMNS; column++)
        draw_text(view, column, y + view->style->em * 1.1, 0, COLUMNS[column].head, &view->style->axis);
}

/* Columns share the width; a narrow page leaves out those of the highest ranks. */
static View view_of(WmCanvas *canvas, const WmChartStyle *style, WmRect room)
{
    const int highest = style->detail == WM_DETAIL_FULL                                     ? 2
                        : style->detail == WM_DETAIL_COMPACT && room.width > 30 * style->em ? 1
                                                                                            : 0;
    View view = {.canvas = canvas, .style = style, .colours = wm_spc_colours(style->palette)};
    double total = 0;
    for (Column column = 0; column < N_COLUMNS; column++)
        total += COLUMNS[column].rank <= highest ? COLUMNS[column].share : 0;
    double x = room.x;
    for (Column column = 0; column < N_COLUMNS; column++) {
        view.x[column] = x;
        view.width[column] = COLUMNS[column].rank <= highest ? room.width * COLUMNS[column].share / total : 0;
        x += view.width[column];
    }
    return view;
}

void wm_icons_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmSpcBoard *board = data;
    const WmRect room = wm_spc_board_header(canvas, style, board);
    const View view = view_of(canvas, style, room);
    const double row = ROW_EM * style->em, head = style->em * 1.9, first = room.y + style->em * 0.5 + head,
                 last = room.y + room.height - wm_frame_row_height(style);
    if (style->detail == WM_DETAIL_SPARK)
        return;
    const size_t n_room = (size_t)fmax(0, floor((last - first) / row)), n_shown = MIN(board->n_items, n_room);
    const WmPaint hairline = {.stroke = wm_faded(style->palette->ink, fmax(style->palette->grid_opacity * 1.6, 0.12)),
                              .width_px = 1};
    draw_head(&view, first - head);
    for (size_t i = 0; i < n_shown; i++) {
        const double y = first + (double)i * row;
        wm_canvas_segment(canvas, (WmPoint){room.x, y}, (WmPoint){room.x + room.width, y}, &hairline);
        draw_row(&view, &board->items[i], y);
    }
    g_autofree char *notes = n_shown < board->n_items ? g_strdup_printf("%zu of %zu shown", n_shown, board->n_items) : g_strdup("");
    wm_frame_notes(canvas, style, room, notes);
}

char *wm_chart_icons_alt(const WmSpcBoard *board)
{
    g_auto(GStrv) titles = wm_spc_board_wordings(board);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "Table of variation and assurance%s%s: %s.", *board->title ? ", " : "", board->title, titles[0]);
    for (size_t i = 0; i < board->n_items; i++) {
        const WmSpcItem *item = &board->items[i];
        char value[WM_VALUE_TEXT];
        g_string_append_printf(text, " %s, %s: %s, %s.", item->name,
                               isfinite(item->value)  ? value_text(item, item->value, value)
                               : is_deliverable(item) ? "a deliverable"
                                                      : "no reading",
                               wm_spc_variation_word(item->variation), assurance_word(item));
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

GBytes *wm_chart_icons(const WmSpcBoard *board, const WmChartOptions *options, GError **error)
{
    g_auto(GStrv) titles = wm_spc_board_wordings(board);
    g_autofree char *description = wm_chart_icons_alt(board);
    return wm_drawing_write(&(WmDrawing){titles[0], description, board->as_at, wm_icons_draw, board}, options, error);
}

static GBytes *write(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_icons(data, options, error);
}

static int height(const void *data, int width_px)
{
    const WmChartStyle style = wm_chart_style(width_px, width_px * 9 / 16, WM_THEME_SCREEN);
    return (int)ceil(2 * style.margin + style.em * (11 + ROW_EM * (double)((const WmSpcBoard *)data)->n_items));
}

const WmChartKind wm_kind_icons = {
    .name = "icons",
    .summary = "the matrix as a table: latest value, target, icons, mean and limits of each indicator",
    .scope = WM_SCOPE_PLAN,
    .gather = wm_spc_board_gather,
    .release = wm_spc_board_release,
    .draw = wm_icons_draw,
    .write = write,
    .height = height,
};
