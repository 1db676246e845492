/* The marks and icons of the control chart: each effect has a form and a colour, and a form alone tells it. */
#include <math.h>

#include "plot/chart/spc_board.h"
#include "plot/chart/spc_chart_parts.h"

/* Improvement blue, concern orange, neither purple, as readers of NHS charts know them, at 4.5:1 against the page where words are
 * set in them and far apart in lightness or hue for every colour blindness; monochrome leaves it to the forms. */
/* clang-format off */
static const WmSpcColours COLOURS[WM_N_THEMES] = {
    /*                               common    improvement concern  high      low            on        limit     within */
    [WM_THEME_SCREEN]        = {{0x52606D, 0x0A63A8, 0xB84A00, 0x7A1FC4, 0x7A1FC4}, 0xFFFFFF, 0x52606D, 0xF1F4F7},
    [WM_THEME_PRINT]         = {{0x3F4750, 0x0A5796, 0xA84300, 0x7A1FC4, 0x7A1FC4}, 0xFFFFFF, 0x3F4750, 0xF1F3F6},
    [WM_THEME_DARK]          = {{0xAAB4BE, 0x58B4FF, 0xFFA35C, 0xA280BA, 0xA280BA}, 0x14191F, 0xAAB4BE, 0x1D242C},
    [WM_THEME_MONOCHROME]    = {{0x4A4A4A, 0x000000, 0x000000, 0x000000, 0x000000}, 0xFFFFFF, 0x4A4A4A, 0xF4F4F4},
    [WM_THEME_HIGH_CONTRAST] = {{0x1A1A1A, 0x003E7A, 0x7A2E00, 0x7307C7, 0x7307C7}, 0xFFFFFF, 0x1A1A1A, 0xF3F5F8},
};
/* clang-format on */

const WmSpcColours *wm_spc_colours(const WmPalette *palette)
{
    for (WmThemeName theme = 0; theme < WM_N_THEMES; theme++)
        if (wm_palette(theme) == palette)
            return &COLOURS[theme];
    return &COLOURS[WM_THEME_SCREEN];
}

/* ---- forms ---- */

static void draw_disc(WmCanvas *canvas, WmPoint at, double radius, const WmPaint *paint)
{
    wm_canvas_circle(canvas, at, radius, paint);
}

static void draw_diamond(WmCanvas *canvas, WmPoint at, double radius, const WmPaint *paint)
{
    const double r = radius * 1.22; /* as much area as the disc */
    const WmPoint corners[] = {{at.x, at.y - r}, {at.x + r, at.y}, {at.x, at.y + r}, {at.x - r, at.y}};
    wm_canvas_polygon(canvas, corners, G_N_ELEMENTS(corners), paint);
}

static void draw_square(WmCanvas *canvas, WmPoint at, double radius, const WmPaint *paint)
{
    const double half = radius * 0.88;
    wm_canvas_rect(canvas, (WmRect){at.x - half, at.y - half, 2 * half, 2 * half}, 0, paint);
}

static const struct {
    void (*draw)(WmCanvas *, WmPoint, double radius, const WmPaint *);
    double size; /* of its mark, in radii of a reading */
} FORMS[WM_N_EFFECTS] = {
    [WM_EFFECT_COMMON] = {draw_disc, 0.8},        [WM_EFFECT_IMPROVEMENT] = {draw_disc, 1.4},
    [WM_EFFECT_CONCERN] = {draw_diamond, 1.4},    [WM_EFFECT_NEUTRAL_HIGH] = {draw_square, 1.4},
    [WM_EFFECT_NEUTRAL_LOW] = {draw_square, 1.4},
};

#define LINE_PX 1.5

void wm_spc_mark(WmCanvas *canvas, const WmChartStyle *style, const WmSpcColours *colours, WmPoint at, double radius,
                 WmEffect effect, WmSpcFilling filling)
{
    const WmColour colour = wm_opaque(colours->effect[effect]), page = wm_opaque(style->palette->page);
    const double size = radius * FORMS[effect].size, edge = fmin(LINE_PX, radius * 0.5);
    const WmPaint solid = {.fill = colour, .stroke = page, .width_px = edge * 0.7};
    const WmPaint hollow = {.fill = page, .stroke = colour, .width_px = edge};
    FORMS[effect].draw(canvas, at, filling == WM_SPC_SOLID ? size : fmax(size, radius), filling == WM_SPC_SOLID ? &solid : &hollow);
    const double slash = fmax(size, radius) * 1.3;
    if (filling == WM_SPC_CROSSED)
        wm_canvas_segment(canvas, (WmPoint){at.x - slash, at.y + slash}, (WmPoint){at.x + slash, at.y - slash},
                          &(WmPaint){.stroke = colour, .width_px = edge});
}

/* ---- icons, on a square of side 1 around its middle ---- */

typedef struct {
    WmCanvas *canvas;
    WmPoint middle;
    double side;
} Icon;

static void icon_line(const Icon *icon, const double (*points)[2], size_t n, double flip, double width, WmColour colour)
{
    WmPoint line[8];
    for (size_t i = 0; i < n; i++)
        line[i] = (WmPoint){icon->middle.x + points[i][0] * icon->side, icon->middle.y + points[i][1] * flip * icon->side};
    wm_canvas_line(icon->canvas, line, n, &(WmPaint){.stroke = colour, .width_px = width * icon->side});
}

#define STROKE 0.085

/* A straight arrow up, or down. */
static void icon_arrow(const Icon *icon, int direction, WmColour colour)
{
    static const double STEM[][2] = {{0, 0.23}, {0, -0.2}}, HEAD[][2] = {{-0.16, -0.05}, {0, -0.23}, {0.16, -0.05}};
    const double flip = direction < 0 ? -1 : 1;
    icon_line(icon, STEM, G_N_ELEMENTS(STEM), flip, STROKE * 1.15, colour);
    icon_line(icon, HEAD, G_N_ELEMENTS(HEAD), flip, STROKE * 1.15, colour);
}

/* A wave between two limits. */
static void icon_wave(const Icon *icon, WmColour colour)
{
    static const double WAVE[][2] = {{-0.27, 0.05}, {-0.16, -0.09}, {-0.03, 0.09}, {0.1, -0.09}, {0.2, 0.06}, {0.28, -0.03}};
    static const double UPPER[][2] = {{-0.24, -0.21}, {0.24, -0.21}}, LOWER[][2] = {{-0.24, 0.21}, {0.24, 0.21}};
    icon_line(icon, WAVE, G_N_ELEMENTS(WAVE), 1, STROKE, colour);
    icon_line(icon, UPPER, 2, 1, STROKE * 0.6, colour);
    icon_line(icon, LOWER, 2, 1, STROKE * 0.6, colour);
}

static Icon icon_on(WmCanvas *canvas, WmRect square)
{
    return (Icon){canvas, {square.x + square.width / 2, square.y + square.height / 2}, square.width};
}

static void icon_ring(const Icon *icon, WmColour page, WmColour colour)
{
    wm_canvas_circle(icon->canvas, icon->middle, 0.46 * icon->side,
                     &(WmPaint){.fill = page, .stroke = colour, .width_px = 0.06 * icon->side});
}

void wm_spc_icon_variation(WmCanvas *canvas, const WmChartStyle *style, const WmSpcColours *colours, WmRect square, WmEffect effect,
                           int direction)
{
    const Icon icon = icon_on(canvas, square);
    const WmColour colour = wm_opaque(colours->effect[effect]);
    if (effect == WM_EFFECT_COMMON) {
        icon_ring(&icon, wm_opaque(style->palette->page), colour);
        icon_wave(&icon, colour);
        return;
    }
    FORMS[effect].draw(canvas, icon.middle, (effect == WM_EFFECT_CONCERN ? 0.41 : 0.49) * icon.side, &(WmPaint){.fill = colour});
    icon_arrow(&icon, direction, wm_opaque(colours->on));
}

void wm_spc_icon_not_judged(WmCanvas *canvas, const WmChartStyle *style, const WmSpcColours *colours, WmRect square)
{
    static const double DASH[][2] = {{-0.14, 0}, {0.14, 0}};
    const Icon icon = icon_on(canvas, square);
    const WmColour colour = wm_opaque(colours->effect[WM_EFFECT_COMMON]);
    icon_ring(&icon, wm_opaque(style->palette->page), colour);
    icon_line(&icon, DASH, G_N_ELEMENTS(DASH), 1, STROKE, colour);
}

static void draw_pass(const Icon *icon, WmColour page, WmColour on, const WmSpcColours *colours)
{
    static const double TICK[][2] = {{-0.23, 0.02}, {-0.07, 0.18}, {0.24, -0.18}};
    (void)page;
    wm_canvas_circle(icon->canvas, icon->middle, 0.49 * icon->side,
                     &(WmPaint){.fill = wm_opaque(colours->effect[WM_EFFECT_IMPROVEMENT])});
    icon_line(icon, TICK, G_N_ELEMENTS(TICK), 1, STROKE * 1.25, on);
}

static void draw_fail(const Icon *icon, WmColour page, WmColour on, const WmSpcColours *colours)
{
    static const double FALLING[][2] = {{-0.13, -0.13}, {0.13, 0.13}};
    (void)page;
    draw_diamond(icon->canvas, icon->middle, 0.41 * icon->side, &(WmPaint){.fill = wm_opaque(colours->effect[WM_EFFECT_CONCERN])});
    icon_line(icon, FALLING, 2, 1, STROKE * 1.25, on);
    icon_line(icon, FALLING, 2, -1, STROKE * 1.25, on);
}

/* Readings on both sides of a target. */
static void draw_hit_or_miss(const Icon *icon, WmColour page, WmColour on, const WmSpcColours *colours)
{
    static const double TARGET[][2] = {{-0.34, 0}, {0.34, 0}};
    static const double READINGS[][2] = {{-0.26, 0.21}, {-0.09, -0.23}, {0.09, 0.23}, {0.26, -0.21}};
    const WmColour colour = wm_opaque(colours->effect[WM_EFFECT_COMMON]);
    (void)on;
    const double half = 0.44 * icon->side;
    wm_canvas_rect(icon->canvas, (WmRect){icon->middle.x - half, icon->middle.y - half, 2 * half, 2 * half}, 0.1 * icon->side,
                   &(WmPaint){.fill = page, .stroke = colour, .width_px = 0.06 * icon->side});
    icon_line(icon, TARGET, 2, 1, STROKE * 0.6, colour);
    icon_line(icon, READINGS, G_N_ELEMENTS(READINGS), 1, STROKE, colour);
}

void wm_spc_icon_assurance(WmCanvas *canvas, const WmChartStyle *style, const WmSpcColours *colours, WmRect square,
                           WmAssurance assurance)
{
    static void (*const DRAW[WM_N_ASSURANCES])(const Icon *, WmColour, WmColour, const WmSpcColours *) = {
        [WM_ASSURANCE_PASS] = draw_pass, [WM_ASSURANCE_FAIL] = draw_fail, [WM_ASSURANCE_INCONSISTENT] = draw_hit_or_miss};
    const Icon icon = icon_on(canvas, square);
    if (DRAW[assurance])
        DRAW[assurance](&icon, wm_opaque(style->palette->page), wm_opaque(colours->on), colours);
}

/* ---- badge ---- */

static int direction_now(const WmSpc *spc)
{
    return spc->i_last == SIZE_MAX ? 0 : spc->points[spc->i_last].direction;
}

/* Icons in a row, words below each where the page is large enough, so that a reader need not know them. */
WmRect wm_spc_badge(WmCanvas *canvas, const WmChartStyle *style, const void *data, WmPoint corner, double max_width)
{
    const WmSpc *spc = data;
    const WmSpcColours *colours = wm_spc_colours(style->palette);
    WmTypeset *typeset = wm_canvas_typeset(canvas);
    const bool has_words = style->detail == WM_DETAIL_FULL, has_assurance = spc->assurance != WM_ASSURANCE_NONE;
    const double side = style->em * (has_words                            ? 2.6
                                     : style->detail == WM_DETAIL_COMPACT ? 2.3
                                                                          : 1.9),
                 gap = style->em * (has_words ? 1.1 : 0.5);
    const bool is_judged = wm_spc_can_signal(spc);
    const char *const words[] = {is_judged ? wm_spc_variation_word(spc->variation) : WM_SPC_NOT_JUDGED,
                                 wm_spc_assurance_word(spc->assurance)};
    const size_t n = has_assurance ? 2 : 1;
    double widths[2], width = -gap;
    for (size_t i = 0; i < n; i++) {
        widths[i] = has_words ? fmax(side, wm_text_width(typeset, words[i], &style->note)) : side;
        width += widths[i] + gap;
    }
    if (spc->i_last == SIZE_MAX || width > max_width)
        return (WmRect){corner.x, corner.y, 0, 0};
    double x = corner.x - width;
    for (size_t i = 0; i < n; i++) {
        const double middle = x + widths[i] / 2;
        const WmRect square = {middle - side / 2, corner.y, side, side};
        if (i == 0 && !is_judged)
            wm_spc_icon_not_judged(canvas, style, colours, square);
        else if (i == 0)
            wm_spc_icon_variation(canvas, style, colours, square, spc->variation, direction_now(spc));
        else
            wm_spc_icon_assurance(canvas, style, colours, square, spc->assurance);
        if (has_words)
            wm_canvas_text(canvas, (WmPoint){middle, corner.y + side + style->note.size_px * 1.15}, WM_ANCHOR_MIDDLE, words[i],
                           &style->note);
        x += widths[i] + gap;
    }
    return (WmRect){corner.x - width, corner.y, width, side + (has_words ? style->note.size_px * 1.45 : 0)};
}
