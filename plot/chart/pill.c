/* A status as a shape, a word and a colour: each tells it without the others. */
#include "plot/chart/pill.h"

#include <math.h>
#include <string.h>

typedef void (*DrawShape)(WmCanvas *, WmPoint centre, double radius, WmColour);

static void draw_polygon(WmCanvas *canvas, WmPoint centre, double radius, const double (*corners)[2], size_t n, WmColour colour)
{
    WmPoint points[8];
    for (size_t i = 0; i < n; i++)
        points[i] = (WmPoint){centre.x + corners[i][0] * radius, centre.y + corners[i][1] * radius};
    wm_canvas_polygon(canvas, points, n, &(WmPaint){.fill = colour});
}

static void draw_disc(WmCanvas *canvas, WmPoint centre, double radius, WmColour colour)
{
    wm_canvas_circle(canvas, centre, radius, &(WmPaint){.fill = colour});
}

static void draw_ring(WmCanvas *canvas, WmPoint centre, double radius, WmColour colour)
{
    wm_canvas_circle(canvas, centre, radius * 0.85, &(WmPaint){.stroke = colour, .width_px = radius * 0.35});
}

static void draw_triangle(WmCanvas *canvas, WmPoint centre, double radius, WmColour colour)
{
    static const double CORNERS[][2] = {{0, -1.05}, {1.1, 0.9}, {-1.1, 0.9}};
    draw_polygon(canvas, centre, radius, CORNERS, G_N_ELEMENTS(CORNERS), colour);
}

static void draw_square(WmCanvas *canvas, WmPoint centre, double radius, WmColour colour)
{
    const double half = radius * 0.9;
    wm_canvas_rect(canvas, (WmRect){centre.x - half, centre.y - half, 2 * half, 2 * half}, 0, &(WmPaint){.fill = colour});
}

static void draw_tick(WmCanvas *canvas, WmPoint centre, double radius, WmColour colour)
{
    const WmPoint tick[] = {{centre.x - radius, centre.y + radius * 0.05},
                            {centre.x - radius * 0.3, centre.y + radius * 0.75},
                            {centre.x + radius, centre.y - radius * 0.8}};
    wm_canvas_line(canvas, tick, G_N_ELEMENTS(tick), &(WmPaint){.stroke = colour, .width_px = radius * 0.5});
}

static void draw_dash(WmCanvas *canvas, WmPoint centre, double radius, WmColour colour)
{
    wm_canvas_segment(canvas, (WmPoint){centre.x - radius, centre.y}, (WmPoint){centre.x + radius, centre.y},
                      &(WmPaint){.stroke = colour, .width_px = radius * 0.5});
}

static const struct {
    const char *word;
    DrawShape draw;
} PILLS[WM_N_RAGS] = {
    [WM_GREY] = {"GREY", draw_dash},       [WM_WHITE] = {"WHITE", draw_ring}, [WM_RED] = {"RED", draw_square},
    [WM_AMBER] = {"AMBER", draw_triangle}, [WM_GREEN] = {"GREEN", draw_disc}, [WM_BLUE] = {"BLUE", draw_tick},
};

void wm_pill_icon(WmCanvas *canvas, const WmChartStyle *style, WmRag rag, WmPoint centre, double radius)
{
    const WmPillColours *colours = &style->palette->pill[rag];
    wm_canvas_circle(canvas, centre, radius,
                     &(WmPaint){.fill = wm_opaque(colours->fill), .stroke = wm_opaque(colours->edge), .width_px = 1});
    PILLS[rag].draw(canvas, centre, radius * 0.52, wm_opaque(colours->text));
}

static char *mark_words(WmMark mark)
{
    char *words = g_strdup(mark == WM_PLAIN ? "" : wm_mark_name(mark));
    return g_strdelimit(words, "_", ' ');
}

/* "AMBER"; where a person has set it "AMBER (RED)", with the status by the figures. */
static char *pill_word(WmVerdict verdict)
{
    if (verdict.mark == WM_OVERRIDDEN)
        return g_strdup_printf("%s (%s)", PILLS[verdict.status].word, PILLS[verdict.computed].word);
    return g_strdup(PILLS[verdict.status].word);
}

WmRect wm_pill_draw(WmCanvas *canvas, const WmChartStyle *style, WmVerdict verdict, WmPoint corner, double max_width)
{
    const WmPillColours *colours = &style->palette->pill[verdict.status];
    const WmTextStyle bold = {style->em, true, wm_opaque(colours->text), {0, 0}}, plain = {style->em, false, bold.colour, {0, 0}};
    WmTypeset *typeset = wm_canvas_typeset(canvas);
    const double radius = style->em * 0.34, pad = style->em * 0.7, space = style->em * 0.45, height = style->em * 1.75;

    g_autofree char *word = pill_word(verdict);
    const double word_width = wm_text_width(typeset, word, &bold);
    g_autofree char *mark = mark_words(verdict.mark);
    const double mark_width = *mark ? space + wm_text_width(typeset, mark, &plain) : 0;
    const double bare = 2 * pad + 2 * radius + space + word_width;
    const bool has_mark = mark_width > 0 && style->detail != WM_DETAIL_SPARK && bare + mark_width <= max_width;
    const double width = bare + (has_mark ? mark_width : 0);

    const WmRect box = {corner.x - width, corner.y, width, height};
    wm_canvas_rect(canvas, wm_rect_grow(box, -0.5), height / 2,
                   &(WmPaint){.fill = wm_opaque(colours->fill), .stroke = wm_opaque(colours->edge), .width_px = 1});
    PILLS[verdict.status].draw(canvas, (WmPoint){box.x + pad + radius, box.y + height / 2}, radius, bold.colour);
    const double baseline = box.y + height / 2 + style->em * 0.36, x = box.x + pad + 2 * radius + space;
    wm_canvas_text(canvas, (WmPoint){x, baseline}, WM_ANCHOR_START, word, &bold);
    if (has_mark)
        wm_canvas_text(canvas, (WmPoint){x + word_width + space, baseline}, WM_ANCHOR_START, mark, &plain);
    return box;
}

WmRect wm_pill_badge(WmCanvas *canvas, const WmChartStyle *style, const void *verdict, WmPoint corner, double max_width)
{
    return wm_pill_draw(canvas, style, *(const WmVerdict *)verdict, corner, max_width);
}
