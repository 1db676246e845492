/* The scorecard: a card for each series, that a board can read in a minute. */
#include <math.h>
#include <string.h>
#include <waymark/chart_board.h>

#include "plot/chart/charts.h"
#include "plot/chart/finding.h"
#include "plot/chart/frame.h"
#include "plot/chart/kinds.h"
#include "plot/chart/pill.h"
#include "plot/chart/spark.h"

#define CARD_WIDTH_EM  21.0
#define CARD_HEIGHT_EM 11.0

/* ---- words ---- */

static const char *const WORDS[WM_N_RAGS] = {[WM_RED] = "red",       [WM_AMBER] = "amber",       [WM_GREEN] = "green",
                                             [WM_BLUE] = "achieved", [WM_WHITE] = "not started", [WM_GREY] = "not judged"};
static const WmRag ORDER[] = {WM_RED, WM_AMBER, WM_GREEN, WM_BLUE, WM_WHITE, WM_GREY};

static size_t n_of(const WmBoard *board, WmRag rag)
{
    size_t n = 0;
    for (size_t i = 0; i < board->n_series; i++)
        n += board->series[i]->assessment.verdict.status == rag;
    return n;
}

/* Series, where an indicator is there for several areas or cohorts. */
static const char *what_they_are(const WmBoard *board)
{
    for (size_t i = 1; i < board->n_series; i++)
        if (strcmp(board->series[i]->indicator, board->series[i - 1]->indicator) == 0)
            return "series";
    return board->n_series == 1 ? "indicator" : "indicators";
}

/* "All 12 indicators are green", "The indicator is red": where they all are alike. New; NULL elsewhere. */
static char *alike_in_words(const WmBoard *board)
{
    const WmRag first = board->series[0]->assessment.verdict.status;
    const size_t n = board->n_series;
    if (n_of(board, first) < n)
        return NULL;
    if (n > 2)
        return g_strdup_printf("All %zu %s are %s", n, what_they_are(board), WORDS[first]);
    return g_strdup_printf("%s %s %s %s", n == 1 ? "The" : "Both", what_they_are(board), n == 1 ? "is" : "are", WORDS[first]);
}

/* "Of 20 indicators 6 are red, 4 amber, 8 green", at most n_words statuses of it. */
static char *count_in_words(const WmBoard *board, size_t n_words)
{
    char *alike = alike_in_words(board);
    g_autoptr(GString) text = g_string_new(NULL);
    size_t n_said = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(ORDER) && n_said < n_words && !alike; i++) {
        const size_t n = n_of(board, ORDER[i]);
        if (n == 0)
            continue;
        g_string_append_printf(text, "%s%zu %s%s", n_said ? ", " : "", n, n_said ? "" : n == 1 ? "is " : "are ", WORDS[ORDER[i]]);
        n_said++;
    }
    return alike ? alike : g_strdup_printf("Of %zu %s %s", board->n_series, what_they_are(board), text->str);
}

static GStrv wordings(const WmBoard *board)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    if (board->n_series == 0)
        g_strv_builder_add(builder, "No indicators yet");
    for (size_t n = G_N_ELEMENTS(ORDER); n > 0 && board->n_series; n--) {
        g_autofree char *wording = count_in_words(board, n);
        g_strv_builder_add(builder, wording);
    }
    return g_strv_builder_end(builder);
}

char *wm_chart_scorecard_alt(const WmBoard *board)
{
    g_auto(GStrv) titles = wordings(board);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "Scorecard%s%s: %s.", *board->title ? " of " : "", board->title, titles[0]);
    for (size_t i = 0; i < board->n_series; i++) {
        const WmSeries *series = board->series[i];
        g_autofree char *name = wm_board_name(board->series, board->n_series, i);
        g_auto(GStrv) findings = wm_finding_wordings(series);
        char status[WM_VERDICT_TEXT];
        const WmVerdict verdict = series->assessment.verdict;
        g_string_append_printf(text, " %s, %s: %s.", name,
                               verdict.mark == WM_OVERRIDDEN ? wm_verdict_format(verdict, status) : WORDS[verdict.status],
                               findings[0]);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* ---- a card ---- */

typedef struct {
    WmCanvas *canvas;
    const WmChartStyle *style;
    const WmSeries *series;
    const char *name;
    WmRect inner; /* of the card */
} Card;

static void draw_line(const Card *card, double y, const char *text, const WmTextStyle *style)
{
    g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(card->canvas), text, style, card->inner.width);
    wm_canvas_text(card->canvas, (WmPoint){card->inner.x, y}, WM_ANCHOR_START, fitted, style);
}

/* The name in at most two lines beside the pill: gives the y below both. */
static double draw_head(const Card *card)
{
    const WmChartStyle *style = card->style;
    const WmRect inner = card->inner;
    const WmRect pill =
        wm_pill_draw(card->canvas, style, card->series->assessment.verdict, (WmPoint){inner.x + inner.width, inner.y}, 0);
    const double width = pill.x - inner.x - style->em * 0.6;
    WmTextStyle bold = style->strong;
    bold.halo = (WmColour){0, 0};
    g_auto(GStrv) lines = wm_text_wrap(wm_canvas_typeset(card->canvas), card->name, &bold, width, 2);
    double y = inner.y + style->em * 0.95;
    for (GStrv line = lines; *line; line++, y += style->em * 1.2)
        wm_canvas_text(card->canvas, (WmPoint){inner.x, y}, WM_ANCHOR_START, *line, &bold);
    return inner.y + style->em * 2.6;
}

/* "41.0%" large, and when. */
static double draw_value(const Card *card, double y)
{
    const WmChartStyle *style = card->style;
    const WmAssessment *a = &card->series->assessment;
    const WmTextStyle large = {round(style->em * 3.1) / 2, true, wm_opaque(style->palette->reading), {0, 0}};
    const WmTextStyle plain = wm_text_in(style->note, style->palette->muted);
    char value[WM_VALUE_TEXT], period[WM_PERIOD_TEXT];
    wm_value_format(a->reading.value, &card->series->measure, card->series->measure_unit, value);
    const WmReading *since = wm_finding_done_since(card->series);
    wm_period_format(since ? since->period : a->reading.period, period);
    WmTypeset *typeset = wm_canvas_typeset(card->canvas);
    const double baseline = y + large.size_px * 0.85;
    g_autofree char *fitted = wm_text_shorten(typeset, a->has_value ? value : "No reading", &large, card->inner.width);
    const WmRect box = wm_canvas_text(card->canvas, (WmPoint){card->inner.x, baseline}, WM_ANCHOR_START, fitted, &large);
    const bool is_provisional = a->has_value && a->reading.state == WM_PROVISIONAL;
    g_autofree char *when = a->has_value ? g_strconcat(period, is_provisional ? ", provisional" : "", NULL) : g_strdup("");
    const double x = box.x + box.width + style->em * 0.5;
    g_autofree char *fitted_when = wm_text_shorten(typeset, when, &plain, card->inner.x + card->inner.width - x);
    wm_canvas_text(card->canvas, (WmPoint){x, baseline}, WM_ANCHOR_START, fitted_when, &plain);
    return y + large.size_px * 1.15;
}

static void draw_card(WmCanvas *canvas, const WmChartStyle *style, const WmBoard *board, size_t i, WmRect cell)
{
    g_autofree char *name = wm_board_name(board->series, board->n_series, i);
    const WmSeries *series = board->series[i];
    const WmPaint edge = {.stroke = wm_faded(style->palette->ink, fmax(style->palette->grid_opacity * 2, 0.15)), .width_px = 1};
    wm_canvas_rect(canvas, wm_rect_grow(cell, -0.5), style->em * 0.4, &edge);
    const Card card = {canvas, style, series, name, wm_rect_grow(cell, -style->em * 0.7)};
    const double top = draw_value(&card, draw_head(&card)), foot = card.inner.y + card.inner.height;
    g_autofree char *where = wm_finding_position(series), *next = wm_finding_outlook(series);
    const double line = style->note.size_px * 1.4;
    double y = foot - style->note.size_px * WM_TEXT_BELOW;
    const WmTextStyle plain = wm_text_in(style->note, style->palette->ink);
    const char *const lines[] = {next, where};
    for (size_t k = 0; k < G_N_ELEMENTS(lines); k++)
        if (lines[k]) {
            g_autofree char *text = wm_capitalised(lines[k]);
            draw_line(&card, y, text, &plain);
            y -= line;
        }
    const WmRect area = {card.inner.x, top, card.inner.width, y - style->note.size_px * 0.2 - top};
    const WmExtent extent = wm_spark_extent(series);
    const WmPlot plot = wm_spark_plot(style, area, &extent);
    if (area.height > style->em * 1.2)
        wm_spark_draw(canvas, style, &plot, series);
}

/* ---- page ---- */

/* Which card stands where: in the order given where all fit, else the worst first. New array of size_t. */
static GArray *order_of(const WmBoard *board, bool fits)
{
    GArray *order = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (size_t rag = 0; rag < (fits ? 1 : G_N_ELEMENTS(ORDER)); rag++)
        for (size_t i = 0; i < board->n_series; i++)
            if (fits || board->series[i]->assessment.verdict.status == ORDER[rag])
                g_array_append_val(order, i);
    return order;
}

static bool has_illustrative(const WmBoard *board)
{
    for (size_t i = 0; i < board->n_series; i++)
        if (board->series[i]->is_illustrative)
            return true;
    return false;
}

/* Where no card has room: a bar divided by status, each part with its number and its shape. */
static void draw_shares(WmCanvas *canvas, const WmChartStyle *style, const WmBoard *board, WmRect room)
{
    const double height = fmin(room.height, style->em * 4), icon = style->em * 0.62, pad = style->em * 0.5;
    double x = room.x;
    for (size_t i = 0; i < G_N_ELEMENTS(ORDER) && height > style->em; i++) {
        const size_t n = n_of(board, ORDER[i]);
        const WmPillColours *colours = &style->palette->pill[ORDER[i]];
        const WmRect part = {x, room.y, room.width * (double)n / (double)board->n_series, height};
        if (n == 0)
            continue;
        x += part.width;
        wm_canvas_rect(canvas, wm_rect_grow(part, -0.75), 2,
                       &(WmPaint){.fill = wm_opaque(colours->fill), .stroke = wm_opaque(colours->edge), .width_px = 1});
        const WmTextStyle bold = {style->em, true, wm_opaque(colours->text), {0, 0}};
        g_autofree char *count = g_strdup_printf("%zu", n);
        const double text = wm_text_width(wm_canvas_typeset(canvas), count, &bold), middle = part.y + height / 2,
                     room_for_both = text + 2 * icon + 3 * pad;
        const bool has_icon = part.width >= room_for_both;
        if (has_icon)
            wm_pill_icon(canvas, style, ORDER[i], (WmPoint){part.x + pad + icon, middle}, icon);
        if (part.width >= text + 2)
            wm_canvas_text(canvas, (WmPoint){part.x + part.width / 2 + (has_icon ? icon : 0), middle + bold.size_px * 0.36},
                           WM_ANCHOR_MIDDLE, count, &bold);
    }
}

void wm_scorecard_draw(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    const WmBoard *board = data;
    g_auto(GStrv) findings = wordings(board);
    g_autofree char *as_at = wm_frame_as_at(board->as_at);
    const WmHeader header = {
        .findings = findings, .subject = board->title, .as_at = as_at, .source = "", .is_illustrative = has_illustrative(board)};
    WmRect room = wm_frame_header(canvas, style, &header);
    const double top = style->em * 0.8, notes = wm_frame_row_height(style);
    const WmRect cards = {room.x, room.y + top, room.width, room.height - top - notes};
    const double width = CARD_WIDTH_EM * style->em, height = CARD_HEIGHT_EM * style->em;
    if (style->detail == WM_DETAIL_SPARK || cards.height < height || cards.width < width) {
        draw_shares(canvas, style, board, (WmRect){room.x, room.y + style->em * 0.4, room.width, room.height - style->em * 0.4});
        return;
    }
    const WmGrid grid = wm_grid(cards, board->n_series, width, height, style->em);
    const size_t n_shown = wm_grid_shown(&grid, board->n_series);
    g_autoptr(GArray) order = order_of(board, n_shown == board->n_series);
    for (size_t i = 0; i < n_shown; i++)
        draw_card(canvas, style, board, g_array_index(order, size_t, i), wm_grid_cell(&grid, i));
    g_autofree char *text =
        n_shown < board->n_series ? g_strdup_printf("%zu of %zu shown, the worst first", n_shown, board->n_series) : g_strdup("");
    wm_frame_notes(canvas, style, room, text);
}

GBytes *wm_chart_scorecard(const WmBoard *board, const WmChartOptions *options, GError **error)
{
    g_auto(GStrv) titles = wordings(board);
    g_autofree char *description = wm_chart_scorecard_alt(board);
    return wm_drawing_write(&(WmDrawing){titles[0], description, board->as_at, wm_scorecard_draw, board}, options, error);
}

static GBytes *write(const void *data, const WmChartOptions *options, GError **error)
{
    return wm_chart_scorecard(data, options, error);
}

static int height(const void *data, int width_px)
{
    const WmChartStyle style = wm_chart_style(width_px, width_px * 9 / 16, WM_THEME_SCREEN);
    return wm_grid_height(&style, ((const WmBoard *)data)->n_series, width_px, CARD_WIDTH_EM, CARD_HEIGHT_EM);
}

WM_CHART_KIND(70, scorecard) = {
    .name = "scorecard",
    .summary = "a card for each series: status, latest value, line against plan, gap and chance",
    .scope = WM_SCOPE_PLAN,
    .gather = wm_kind_gather_board,
    .release = g_free,
    .draw = wm_scorecard_draw,
    .write = write,
    .height = height,
};
