/* The matrix of variation by assurance: what really changes, against what will meet its target as things stand. */
#include <math.h>

#include "plot/chart/charts.h"
#include "plot/chart/spc_board.h"

#define N_COLUMNS 5

/* Columns by what they mean: both neutral effects share one; the last is of what cannot signal. */
static const struct {
    const char *word;
    WmEffect effect;
    int direction; /* of its icon */
} COLUMNS[N_COLUMNS] = {{"Concern", WM_EFFECT_CONCERN, -1},
                        {"No signal", WM_EFFECT_COMMON, 0},
                        {"Improvement", WM_EFFECT_IMPROVEMENT, 1},
                        {"Change, neither", WM_EFFECT_NEUTRAL_HIGH, 1},
                        {WM_SPC_NOT_JUDGED, WM_N_EFFECTS, 0}};
#define NEITHER    (N_COLUMNS - 2)
#define NOT_JUDGED (N_COLUMNS - 1)
static const WmAssurance ROWS[] = {WM_ASSURANCE_PASS, WM_ASSURANCE_INCONSISTENT, WM_ASSURANCE_FAIL, WM_ASSURANCE_NONE};
#define N_ROWS G_N_ELEMENTS(ROWS)

/* The column of an item; N_COLUMNS without a reading: it is in none. */
static size_t column_of(const WmSpcItem *item)
{
    if (!isfinite(item->value))
        return N_COLUMNS;
    if (!item->is_judged)
        return NOT_JUDGED;
    for (size_t i = 0; i < NEITHER; i++)
        if (COLUMNS[i].effect == item->variation)
            return i;
    return NEITHER;
}

static size_t n_in(const WmSpcBoard *board, size_t row, size_t column)
{
    size_t n = 0;
    for (size_t i = 0; i < board->n_items; i++)
        n += board->items[i].assurance == ROWS[row] && column_of(&board->items[i]) == column;
    return n;
}

/* ---- page ---- */

typedef struct {
    WmCanvas *canvas;
    const WmChartStyle *style;
    const WmSpcColours *colours;
    const WmSpcBoard *board;
    WmRect grid;
    size_t n_rows;    /* shown: the last only where something is in it */
    size_t n_columns; /* shown, and which: the last two only where something is in them */
    size_t columns[N_COLUMNS];
    double head_width, head_height;
    size_t lines[N_ROWS]; /* heights of the rows in proportion */
} View;

#define FEWEST_LINES 3  /* of a row: none is flat */
#define MOST_LINES   40 /* of a row; longer lists end with what they leave out, or count areas by their indicator */

/* The items of a cell by their indicator: title -> number. Keys in the order of the first. */
static GPtrArray *groups_of(const WmSpcBoard *board, size_t row, size_t column, GHashTable *counts)
{
    GPtrArray *groups = g_ptr_array_new();
    for (size_t i = 0; i < board->n_items; i++) {
        const WmSpcItem *item = &board->items[i];
        if (!item->group || item->assurance != ROWS[row] || column_of(item) != column)
            continue;
        const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, item->group));
        if (n == 0)
            g_ptr_array_add(groups, (gpointer)item->group);
        g_hash_table_insert(counts, (gpointer)item->group, GUINT_TO_POINTER(n + 1));
    }
    return groups;
}

/* Lines that a cell's names take: of very many areas, those that count them by indicator. */
static size_t n_lines_in(const WmSpcBoard *board, size_t row, size_t column)
{
    const size_t n = n_in(board, row, column);
    if (n <= MOST_LINES || !board->is_of_areas)
        return MIN(n, MOST_LINES);
    g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) groups = groups_of(board, row, column, counts);
    return MIN(groups->len, MOST_LINES);
}

/* Lines that the names of a row's fullest cell take. */
static size_t n_lines_wanted(const WmSpcBoard *board, size_t row)
{
    size_t most = FEWEST_LINES;
    for (size_t column = 0; column < N_COLUMNS; column++)
        most = MAX(most, n_lines_in(board, row, column));
    return most;
}

/* Lines of each row that fit together: the longest give way first. */
static void share_lines(const WmSpcBoard *board, size_t n_rows, double room, size_t lines[N_ROWS])
{
    for (size_t cap = MOST_LINES; cap >= FEWEST_LINES; cap--) {
        size_t total = 0;
        for (size_t row = 0; row < n_rows; row++) {
            lines[row] = MIN(n_lines_wanted(board, row), cap) + 1;
            total += lines[row];
        }
        if ((double)total <= room)
            return;
    }
}

/* `place` counts the columns that are shown, from the left. */
static WmRect cell_at(const View *view, size_t row, size_t place)
{
    const double gap = view->style->detail == WM_DETAIL_SPARK ? 1 : view->style->em * 0.4;
    const double width = (view->grid.width + gap) / (double)view->n_columns - gap;
    double total = 0, before = 0;
    for (size_t i = 0; i < view->n_rows; i++) {
        total += (double)view->lines[i];
        before += i < row ? (double)view->lines[i] : 0;
    }
    const double room = view->grid.height - gap * (double)(view->n_rows - 1);
    return (WmRect){view->grid.x + (double)place * (width + gap), view->grid.y + room * before / total + gap * (double)row, width,
                    room * (double)view->lines[row] / total};
}

#define INDENT_EM   0.7 /* of a name's second line */
#define HEAD_GAP_EM 0.4 /* between an icon and its word */

/* Smaller where columns are narrow. */
static WmTextStyle head_style(const View *view)
{
    const WmChartStyle *style = view->style;
    WmTextStyle text = style->detail == WM_DETAIL_FULL ? style->label : wm_text_in(style->note, style->palette->ink);
    text.halo = (WmColour){0, 0};
    return text;
}

/* A word beside its icon where there is room, in a head of this size. */
static void draw_head_text(const View *view, WmRect head, double side, const char *word)
{
    const WmTextStyle text = head_style(view);
    const double x = head.x + side + view->style->em * HEAD_GAP_EM;
    if (view->style->detail == WM_DETAIL_SPARK)
        return;
    g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(view->canvas), word, &text, head.x + head.width - x);
    wm_canvas_text(view->canvas, (WmPoint){x, head.y + head.height / 2 + text.size_px * 0.35}, WM_ANCHOR_START, fitted, &text);
}

/* Icons as large as leave every column's word its room, down to the smallest that can be told apart. */
static double icon_side(const View *view)
{
    const double em = view->style->em, largest = fmin(view->head_height * 0.8, em * 2.2);
    if (view->style->detail == WM_DETAIL_SPARK)
        return fmin(view->head_height * 0.9, cell_at(view, 0, 0).height);
    const WmTextStyle text = head_style(view);
    double widest = 0;
    for (size_t place = 0; place < view->n_columns; place++)
        widest = fmax(widest, wm_text_width(wm_canvas_typeset(view->canvas), COLUMNS[view->columns[place]].word, &text));
    return fmin(largest, fmax(cell_at(view, 0, 0).width - widest - em * HEAD_GAP_EM, em * 1.2));
}

static void draw_heads(const View *view)
{
    const double side = icon_side(view);
    for (size_t place = 0; place < view->n_columns; place++) {
        const size_t column = view->columns[place];
        const WmRect cell = cell_at(view, 0, place);
        const WmRect head = {cell.x, view->grid.y - view->head_height, cell.width, view->head_height};
        const WmRect square = {head.x, head.y + (head.height - side) / 2, side, side};
        if (column == NOT_JUDGED)
            wm_spc_icon_not_judged(view->canvas, view->style, view->colours, square);
        else
            wm_spc_icon_variation(view->canvas, view->style, view->colours, square, COLUMNS[column].effect,
                                  COLUMNS[column].direction);
        draw_head_text(view, head, side, COLUMNS[column].word);
    }
    for (size_t row = 0; row < view->n_rows; row++) {
        const WmRect cell = cell_at(view, row, 0);
        const WmRect head = {view->grid.x - view->head_width, cell.y, view->head_width - view->style->em * 0.4, cell.height};
        const WmRect square = {head.x, head.y + (head.height - side) / 2, side, side};
        if (ROWS[row] == WM_ASSURANCE_NONE)
            wm_spc_icon_not_judged(view->canvas, view->style, view->colours, square);
        else
            wm_spc_icon_assurance(view->canvas, view->style, view->colours, square, ROWS[row]);
        draw_head_text(view, head, side, wm_spc_assurance_word(ROWS[row]));
    }
}

typedef struct {
    const View *view;
    WmRect room, count; /* of the cell, and what its number covers */
    WmTextStyle text;
    double baseline;
} Lines;

static double leading_of(const WmChartStyle *style)
{
    return style->note.size_px * 1.3;
}

/* On up to so many lines, those after the first stand in: names of two lines do not run into each other. How many it took. */
static size_t draw_wrapped(Lines *lines, const char *text, size_t max_lines)
{
    WmCanvas *canvas = lines->view->canvas;
    WmTypeset *typeset = wm_canvas_typeset(canvas);
    const double em = lines->view->style->em;
    const bool is_beside_count = lines->baseline - WM_TEXT_ABOVE * lines->text.size_px < lines->count.y + lines->count.height;
    const double right = is_beside_count ? lines->count.x - em * 0.3 : lines->room.x + lines->room.width;
    const double width = fmax(right - lines->room.x, 0);
    const bool is_wrapped = max_lines > 1 && wm_text_width(typeset, text, &lines->text) > width;
    const double indent = is_wrapped ? em * INDENT_EM : 0;
    g_auto(GStrv) parts = wm_text_wrap(typeset, text, &lines->text, width - indent, is_wrapped ? max_lines : 1);
    for (size_t i = 0; parts[i]; i++) {
        wm_canvas_text(canvas, (WmPoint){lines->room.x + (i ? indent : 0), lines->baseline}, WM_ANCHOR_START, parts[i],
                       &lines->text);
        lines->baseline += leading_of(lines->view->style);
    }
    return MAX(g_strv_length(parts), 1);
}

static void draw_line(Lines *lines, const char *text)
{
    draw_wrapped(lines, text, 1);
}

/* "Plans issued within 20 weeks: 150 areas", where areas would be too many lines; false where the groups are as well. */
static bool draw_groups(Lines *lines, size_t row, size_t column, size_t n_lines)
{
    g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) groups = groups_of(lines->view->board, row, column, counts);
    if (!lines->view->board->is_of_areas || groups->len == 0 || groups->len > n_lines)
        return false;
    for (guint i = 0; i < groups->len; i++) {
        const char *title = g_ptr_array_index(groups, i);
        g_autofree char *text = g_strdup_printf("%u: %s", GPOINTER_TO_UINT(g_hash_table_lookup(counts, title)), title);
        draw_line(lines, text);
    }
    return true;
}

/* Names one a line, or on two while there are lines to spare; what does not fit is counted on the last. */
static void draw_names(const View *view, size_t row, size_t column, WmRect room, WmRect count, size_t n)
{
    const WmChartStyle *style = view->style;
    Lines lines = {view, room, count, wm_text_in(style->note, style->palette->ink), room.y + style->note.size_px * 0.95};
    const size_t n_lines = (size_t)fmax(0, floor(room.height / leading_of(style)));
    if (n > n_lines && draw_groups(&lines, row, column, n_lines))
        return;
    const size_t n_named = n <= n_lines ? n : n_lines ? n_lines - 1 : 0;
    size_t n_drawn = 0, n_spare = n_named == n ? n_lines - n : 0;
    for (size_t i = 0; i < view->board->n_items && n_drawn < n_named; i++) {
        const WmSpcItem *item = &view->board->items[i];
        if (item->assurance != ROWS[row] || column_of(item) != column)
            continue;
        n_spare -= draw_wrapped(&lines, item->name, n_spare ? 2 : 1) - 1;
        n_drawn++;
    }
    if (n_named == n || n_named == 0)
        return; /* the cell's number says it */
    g_autofree char *more = g_strdup_printf("and %zu more", n - n_named);
    lines.text = style->note;
    draw_line(&lines, more);
}

static void draw_cell(const View *view, size_t row, size_t place)
{
    const WmChartStyle *style = view->style;
    const size_t column = view->columns[place];
    const WmRect cell = cell_at(view, row, place);
    const size_t n = n_in(view->board, row, column);
    const WmPaint paint = {.fill = wm_opaque(n ? view->colours->within : style->palette->page),
                           .stroke = wm_faded(style->palette->ink, fmax(style->palette->grid_opacity * 2, 0.15)),
                           .width_px = 1};
    wm_canvas_rect(view->canvas, cell, fmin(style->em * 0.3, cell.height * 0.15), &paint);
    if (style->detail == WM_DETAIL_SPARK) {
        wm_spc_board_draw_dots(view->canvas, style, wm_rect_grow(cell, -0.5), n);
        return;
    }
    const WmRect inner = wm_rect_grow(cell, -style->em * 0.45);
    const WmTextStyle bold = {style->em * 1.15, true, wm_opaque(n ? style->palette->ink : style->palette->muted), {0, 0}};
    g_autofree char *count = g_strdup_printf("%zu", n);
    const WmPoint corner = {inner.x + inner.width, inner.y + bold.size_px * 0.85};
    const WmRect box = wm_canvas_text_box(view->canvas, corner, WM_ANCHOR_END, count, &bold);
    if (inner.width > 0 && wm_rect_contains(cell, box))
        wm_canvas_text(view->canvas, corner, WM_ANCHOR_END, count, &bold);
    if (n && style->detail != WM_DETAIL_SPARK && box.x - inner.x > style->em * 2.3)
        draw_names(view, row, column, inner, box, n);
}

static bool is_column_shown(const WmSpcBoard *board, size_t column)
{
    size_t n = 0;
    for (size_t row = 0; row < N_ROWS; row++)
        n += n_in(board, row, column);
    return n > 0 || column < NEITHER;
}

static View view_of(WmCanvas *canvas, const WmChartStyle *style, const WmSpcBoard *board, WmRect room)
{
    View view = {.canvas = canvas, .style = style, .colours = wm_spc_colours(style->palette), .board = board, .n_rows = N_ROWS - 1};
    for (size_t i = 0; i < N_COLUMNS; i++)
        if (is_column_shown(board, i))
            view.columns[view.n_columns++] = i;
    for (size_t i = 0; i < N_COLUMNS; i++)
        view.n_rows = n_in(board, N_ROWS - 1, i) ? N_ROWS : view.n_rows;
    const WmTextStyle text = head_style(&view);
    const double beside = style->em * (style->detail == WM_DETAIL_FULL ? 3.2 : 2.1); /* the icon, and the space around it */
    double width = 0;
    for (size_t i = 0; i < N_ROWS; i++)
        width = fmax(width, wm_text_width(wm_canvas_typeset(canvas), wm_spc_assurance_word(ROWS[i]), &text));
    const bool is_spark = style->detail == WM_DETAIL_SPARK; /* icons and dots, without a word */
    view.head_height = fmin(style->em * 2.9, room.height * (is_spark ? 0.28 : 0.2));
    view.head_width = is_spark ? fmin(style->em * 2.4, view.head_height * 1.4) : fmin(width + beside, room.width * 0.3);
    view.grid = (WmRect){room.x + view.head_width, room.y + view.head_height, fmax(room.width - view.head_width, 8),
                         fmax(room.height - view.head_height, 8)};
    for (size_t row = 0; row < N_ROWS; row++)
        view.lines[row] = 1;
    if (!is_spark)
        share_lines(board, view.n_rows, view.grid.height / leading_of(style), view.lines);
    return view;
}

void wm_matrix_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmSpcBoard *board = data;
    WmRect room = wm_spc_board_header(canvas, style, board);
    const size_t n_without = board->n_items - wm_spc_board_n_charted(board);
    g_autofree char *without =
        n_without ? g_strdup_printf("%zu without a control chart: no reading yet, or a deliverable", n_without) : g_strdup("");
    g_autofree char *not_judged = wm_spc_board_not_judged(board);
    g_autofree char *notes = wm_frame_join((const char *const[]){not_judged, without, NULL});
    room = wm_frame_notes(canvas, style, room, notes);
    const View view = view_of(canvas, style, board, room);
    if (style->detail != WM_DETAIL_SPARK && room.height < style->em * 6)
        return;
    draw_heads(&view);
    for (size_t row = 0; row < view.n_rows; row++)
        for (size_t place = 0; place < view.n_columns; place++)
            draw_cell(&view, row, place);
}

char *wm_chart_matrix_alt(const WmSpcBoard *board)
{
    g_auto(GStrv) titles = wm_spc_board_wordings(board);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "Matrix of variation by assurance%s%s: %s.", *board->title ? ", " : "", board->title, titles[0]);
    for (size_t row = 0; row < N_ROWS; row++)
        for (size_t column = 0; column < N_COLUMNS; column++) {
            const size_t n = n_in(board, row, column);
            if (n)
                g_string_append_printf(text, " %s, %s: %zu.", wm_spc_assurance_word(ROWS[row]), COLUMNS[column].word, n);
        }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

GBytes *wm_chart_matrix(const WmSpcBoard *board, const WmChartOptions *options, GError **error)
{
    g_auto(GStrv) titles = wm_spc_board_wordings(board);
    g_autofree char *description = wm_chart_matrix_alt(board);
    return wm_drawing_write(&(WmDrawing){titles[0], description, board->as_at, wm_matrix_draw, board}, options, error);
}

static GBytes *write(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_matrix(data, options, error);
}

/* Every name in its cell. */
static int height(const void *data, int width_px)
{
    double n_lines = 0;
    (void)width_px;
    for (size_t row = 0; row < N_ROWS; row++)
        n_lines += (double)n_lines_wanted(data, row) + 1;
    return MAX(540, 170 + (int)(15 * n_lines));
}

WM_CHART_KIND(80, matrix) = {
    .name = "matrix",
    .summary = "variation by assurance: what really changes, and what will meet its target as things stand",
    .scope = WM_SCOPE_PLAN,
    .gather = wm_spc_board_gather,
    .release = wm_spc_board_release,
    .draw = wm_matrix_draw,
    .write = write,
    .height = height,
};
