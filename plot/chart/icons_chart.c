/* The summary table: a row for each indicator, with its icons of variation and assurance. */
#include <math.h>
#include <string.h>

#include "plot/chart/charts.h"
#include "plot/chart/finding.h"
#include "plot/chart/spc_board.h"

#define ROW_EM 2.3

typedef enum { NAME, LATEST, PERIOD, TARGET, VARIATION, ASSURANCE, MEAN, LIMITS, N_COLUMNS } Column;

/* A column is as wide as its widest text; the names take what is left. `rank` says which give way on a narrow page: the highest
 * first. */
static const struct {
    const char *head;
    WmAnchor anchor;
    int rank;
    bool has_icon;
} COLUMNS[N_COLUMNS] = {
    [NAME] = {"Indicator", WM_ANCHOR_START, 0, false},
    [LATEST] = {"Latest", WM_ANCHOR_END, 0, false},
    [PERIOD] = {"Period", WM_ANCHOR_START, 2, false},
    [TARGET] = {"Target", WM_ANCHOR_END, 1, false},
    [VARIATION] = {"Variation", WM_ANCHOR_START, 0, true},
    [ASSURANCE] = {"Assurance", WM_ANCHOR_START, 0, true},
    [MEAN] = {"Mean", WM_ANCHOR_END, 3, false},
    [LIMITS] = {"Limits", WM_ANCHOR_END, 4, false},
};
#define HIGHEST_RANK      4
#define NAME_SHARE        0.24 /* of the width: what the names keep before a column gives way */
#define GAP_EM            1.1  /* between columns */
#define ICON_EM           1.75
#define ICON_AND_SPACE_EM 2.15

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

/* A word stands with the latest alone. */
static const char *sign_of(const WmSpcItem *item)
{
    return wm_unit_sign(item->measure_unit);
}

/* What is never charted, and has no row. */
static bool is_deliverable(const WmSpcItem *item)
{
    return item->measure.kind == WM_KIND_YES_NO;
}

static size_t n_deliverables(const WmSpcBoard *board)
{
    size_t n = 0;
    for (size_t i = 0; i < board->n_items; i++)
        n += is_deliverable(&board->items[i]);
    return n;
}

/* A target, and nothing known yet of meeting it. */
static bool is_open(const WmSpcItem *item)
{
    return isfinite(item->value) && item->assurance == WM_ASSURANCE_NONE && isfinite(item->target);
}

/* What is known of meeting a target: nothing yet is not the same as no target. */
static const char *assurance_word(const WmSpcItem *item)
{
    return !isfinite(item->value)                 ? ""
           : is_open(item)                        ? WM_SPC_NOT_JUDGED
           : item->assurance == WM_ASSURANCE_NONE ? "No target"
                                                  : wm_spc_assurance_word(item->assurance);
}

static const char *variation_word(const WmSpcItem *item)
{
    return !isfinite(item->value) ? "" : item->is_judged ? wm_spc_variation_word(item->variation) : WM_SPC_NOT_JUDGED;
}

/* "75%" of a milestone, "path 85%" where the path is what assurance is about; "" for neither. New. */
static char *target_text(const WmSpcItem *item)
{
    char text[WM_VALUE_TEXT];
    if (!isfinite(item->target))
        return g_strdup("");
    if (item->is_target_of_path)
        return g_strconcat("path ", wm_value_format(item->target, &item->measure, sign_of(item), text), NULL);
    return g_strdup(wm_target_format(item->target, &item->measure, sign_of(item), text));
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

/* What a row says, column by column. */
typedef struct {
    char latest[WM_VALUE_TEXT], mean[WM_VALUE_TEXT], period[WM_PERIOD_TEXT];
    char *target, *limits;
    const char *text[N_COLUMNS];
} Row;

static void row_clear(Row *self)
{
    g_free(self->target);
    g_free(self->limits);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Row, row_clear)

static void row_fill(Row *self, const WmSpcItem *item)
{
    const bool has_value = isfinite(item->value);
    self->target = target_text(item);
    self->limits = limits_text(item);
    const char *const texts[N_COLUMNS] = {
        [NAME] = item->name,
        [LATEST] = has_value ? value_text(item, item->value, self->latest) : "none",
        [PERIOD] = wm_period_format(item->period, self->period),
        [TARGET] = self->target,
        [VARIATION] = variation_word(item),
        [ASSURANCE] = assurance_word(item),
        [MEAN] = isfinite(item->centre) ? wm_value_format(item->centre, &item->measure, sign_of(item), self->mean) : "",
        [LIMITS] = self->limits,
    };
    memcpy(self->text, texts, sizeof texts);
}

/* Letters without a halo: nothing lies below them. */
static WmTextStyle style_of(const WmChartStyle *style, Column column)
{
    WmTextStyle text = column == LATEST ? style->strong : style->label;
    text.halo = (WmColour){0, 0};
    return text;
}

/* Room for a column's text; a name takes what the row's own latest leaves of the next. */
static double room_for(const View *view, Column column, const Row *row)
{
    if (column != NAME)
        return view->width[column];
    const WmTextStyle text = style_of(view->style, LATEST);
    return view->width[NAME] +
           fmax(view->width[LATEST] - wm_text_width(wm_canvas_typeset(view->canvas), row->text[LATEST], &text), 0);
}

static void draw_text(const View *view, Column column, double baseline, double room, const char *text, const WmTextStyle *style)
{
    const double indent = view->width[column] > room ? view->width[column] - room : 0;
    if (room <= 0)
        return;
    g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(view->canvas), text, style, room);
    const bool is_end = COLUMNS[column].anchor == WM_ANCHOR_END;
    const double x = is_end ? view->x[column] + view->width[column] : view->x[column] + indent;
    wm_canvas_text(view->canvas, (WmPoint){x, baseline}, COLUMNS[column].anchor, fitted, style);
}

static void draw_row(const View *view, const WmSpcItem *item, double y)
{
    const WmChartStyle *style = view->style;
    const double height = ROW_EM * style->em, side = style->em * ICON_EM, baseline = y + height / 2 + style->label.size_px * 0.35;
    g_auto(Row) row = {0};
    row_fill(&row, item);
    for (Column column = 0; column < N_COLUMNS; column++) {
        const WmTextStyle text = style_of(style, column);
        const double indent = COLUMNS[column].has_icon ? style->em * ICON_AND_SPACE_EM : 0;
        draw_text(view, column, baseline, room_for(view, column, &row) - indent, row.text[column], &text);
    }
    const double top = y + (height - side) / 2;
    const WmRect square = {view->x[VARIATION], top, side, side}, assurance = {view->x[ASSURANCE], top, side, side};
    if (isfinite(item->value) && item->is_judged)
        wm_spc_icon_variation(view->canvas, style, view->colours, square, item->variation, item->direction);
    else if (isfinite(item->value))
        wm_spc_icon_not_judged(view->canvas, style, view->colours, square);
    if (is_open(item))
        wm_spc_icon_not_judged(view->canvas, style, view->colours, assurance);
    else
        wm_spc_icon_assurance(view->canvas, style, view->colours, assurance, item->assurance);
}

static void draw_head(const View *view, double y)
{
    for (Column column = 0; column < N_COLUMNS; column++)
        draw_text(view, column, y + view->style->em * 1.1, view->width[column], COLUMNS[column].head, &view->style->axis);
}

/* The widest text of each column in the first rows, its icon with it. */
static void measure(WmCanvas *canvas, const WmChartStyle *style, const WmSpcBoard *board, size_t n_rows, double width[N_COLUMNS])
{
    WmTypeset *typeset = wm_canvas_typeset(canvas);
    for (Column column = 0; column < N_COLUMNS; column++)
        width[column] = wm_text_width(typeset, COLUMNS[column].head, &style->axis);
    for (size_t i = 0, n = 0; i < board->n_items && n < n_rows; i++) {
        if (is_deliverable(&board->items[i]))
            continue;
        g_auto(Row) row = {0};
        row_fill(&row, &board->items[i]);
        for (Column column = 0; column < N_COLUMNS; column++) {
            const WmTextStyle text = style_of(style, column);
            const double icon = COLUMNS[column].has_icon ? style->em * ICON_AND_SPACE_EM : 0;
            width[column] = fmax(width[column], icon + wm_text_width(typeset, row.text[column], &text));
        }
        n++;
    }
}

/* Room that the columns up to a rank leave for the names. */
static double room_for_names(const double width[N_COLUMNS], int highest, double gap, double room)
{
    for (Column column = NAME + 1; column < N_COLUMNS; column++)
        room -= COLUMNS[column].rank <= highest ? width[column] + gap : 0;
    return room;
}

static View view_of(WmCanvas *canvas, const WmChartStyle *style, const WmSpcBoard *board, size_t n_rows, WmRect room)
{
    View view = {.canvas = canvas, .style = style, .colours = wm_spc_colours(style->palette)};
    double wanted[N_COLUMNS];
    measure(canvas, style, board, n_rows, wanted);
    const double gap = style->em * GAP_EM, least = fmin(wanted[NAME], room.width * NAME_SHARE);
    int highest = HIGHEST_RANK;
    while (highest > 0 && room_for_names(wanted, highest, gap, room.width) < least)
        highest--;
    const double names = fmax(room_for_names(wanted, highest, gap, room.width), least);
    const double others = fmax(room.width - names, 0), asked = room.width - room_for_names(wanted, highest, gap, room.width);
    const double share = asked > others ? others / asked : 1; /* where even the first rank is too wide, all are cut alike */
    double x = room.x;
    for (Column column = 0; column < N_COLUMNS; column++) {
        const bool is_shown = COLUMNS[column].rank <= highest;
        view.x[column] = x;
        view.width[column] = !is_shown        ? 0
                             : column == NAME ? names
                             : share < 1      ? fmax(0, (wanted[column] + gap) * share - gap)
                                              : wanted[column];
        x += is_shown ? view.width[column] + gap : 0;
    }
    return view;
}

/* A thumbnail: the icons of variation alone, in the order of the rows, as large as all fit, down to what can be told apart. */
static void draw_icons_alone(WmCanvas *canvas, const WmChartStyle *style, const WmSpcBoard *board, WmRect room)
{
    const size_t n = wm_spc_board_n_charted(board);
    double side = fmin(room.height, style->em * 2.2);
    while (side > style->em && floor(room.width / side) * floor(room.height / side) < (double)n)
        side *= 0.96;
    const size_t n_across = (size_t)fmax(1, floor(room.width / side)), n_down = (size_t)fmax(0, floor(room.height / side));
    for (size_t i = 0, place = 0; i < board->n_items && place < n_across * n_down; i++) {
        const WmSpcItem *item = &board->items[i];
        if (!isfinite(item->value))
            continue;
        const WmRect square = {room.x + side * (double)(place % n_across), room.y + side * (double)(place / n_across), side * 0.94,
                               side * 0.94};
        if (item->is_judged)
            wm_spc_icon_variation(canvas, style, wm_spc_colours(style->palette), square, item->variation, item->direction);
        else
            wm_spc_icon_not_judged(canvas, style, wm_spc_colours(style->palette), square);
        place++;
    }
}

void wm_icons_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmSpcBoard *board = data;
    const WmRect room = wm_spc_board_header(canvas, style, board);
    const double row = ROW_EM * style->em, head = style->em * 1.9, first = room.y + style->em * 0.5 + head,
                 last = room.y + room.height - wm_frame_row_height(style);
    if (style->detail == WM_DETAIL_SPARK) {
        draw_icons_alone(canvas, style, board, room);
        return;
    }
    const size_t n_left_out = n_deliverables(board), n_rows = board->n_items - n_left_out,
                 n_shown = MIN(n_rows, (size_t)fmax(0, floor((last - first) / row)));
    const View view = view_of(canvas, style, board, n_shown, room);
    const WmPaint hairline = {.stroke = wm_faded(style->palette->ink, fmax(style->palette->grid_opacity * 1.6, 0.12)),
                              .width_px = 1};
    draw_head(&view, first - head);
    double y = first;
    for (size_t i = 0, n = 0; i < board->n_items && n < n_shown; i++) {
        if (is_deliverable(&board->items[i]))
            continue;
        wm_canvas_segment(canvas, (WmPoint){room.x, y}, (WmPoint){room.x + room.width, y}, &hairline);
        draw_row(&view, &board->items[i], y);
        y += row;
        n++;
    }
    g_autofree char *shown = n_shown < n_rows ? g_strdup_printf("%zu of %zu shown", n_shown, n_rows) : g_strdup(""),
                    *left_out = n_left_out ? g_strdup_printf("%zu deliverable%s without a control chart", n_left_out,
                                                             n_left_out == 1 ? "" : "s")
                                           : g_strdup("");
    const bool lacks_columns = view.width[LIMITS] == 0 && n_shown;
    g_autofree char *not_judged = wm_spc_board_not_judged(board);
    g_autofree char *notes =
        wm_frame_join((const char *const[]){shown, not_judged, left_out, lacks_columns ? "Too narrow for every column" : "", NULL});
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
                               variation_word(item), assurance_word(item));
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
    const WmSpcBoard *board = data;
    return (int)ceil(2 * style.margin + style.em * (11 + ROW_EM * (double)(board->n_items - n_deliverables(board))));
}

WM_CHART_KIND(90, icons) = {
    .name = "icons",
    .summary = "the matrix as a table: latest value, target, icons, mean and limits of each indicator",
    .scope = WM_SCOPE_PLAN,
    .gather = wm_spc_board_gather,
    .release = wm_spc_board_release,
    .draw = wm_icons_draw,
    .write = write,
    .height = height,
};
