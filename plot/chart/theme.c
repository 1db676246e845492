/* The table of themes, and the arithmetic of contrast. */
#include "plot/chart/theme.h"

#include <math.h>

#include "engine/core/text/names.h"

/* Readings are dark blue, the plan is dark red, which stay apart for readers with any colour blindness
 * (tests/plot/test_colour_vision.c) because they differ in lightness as well. */
/* One row a theme, to be read against the others. */
/* clang-format off */
static const WmPalette THEMES[WM_N_THEMES] = {
    [WM_THEME_SCREEN] =
        {
            .page = 0xFFFFFF, .ink = 0x17202B, .muted = 0x52606D, .grid_opacity = 0.09, .axis = 0x7B8794,
            .reading = 0x12436D, .plan = 0x6B0F3C, .off_plan = 0xF9F1EE, .comparator = 0x4A5561, .event = 0x52606D,
            .fan = {0xE1EDF8, 0xBFD9F0, 0x93BFE3}, .fan_edge = 0x5F8FBA,
            .pill = {[WM_GREY] = {0x5B6773, 0x5B6773, 0xFFFFFF}, [WM_WHITE] = {0xFFFFFF, 0x5B6773, 0x17202B},
                     [WM_RED] = {0xB3261E, 0xB3261E, 0xFFFFFF}, [WM_AMBER] = {0xFFC233, 0x946200, 0x17202B},
                     [WM_GREEN] = {0x1B7A3D, 0x1B7A3D, 0xFFFFFF}, [WM_BLUE] = {0x1F5FAE, 0x1F5FAE, 0xFFFFFF}},
        },
    [WM_THEME_PRINT] = /* darker lines and no large dark areas: for ink on paper */
        {
            .page = 0xFFFFFF, .ink = 0x000000, .muted = 0x3F4750, .grid_opacity = 0.09, .axis = 0x5F6873,
            .reading = 0x0B3557, .plan = 0x6B0F3C, .off_plan = 0xF7F0ED, .comparator = 0x4F565E, .event = 0x3F4750,
            .fan = {0xE1EBF5, 0xBCD3E8, 0x8FB3D4}, .fan_edge = 0x4F7FAA,
            .pill = {[WM_GREY] = {0xE6E8EB, 0x3F4750, 0x000000}, [WM_WHITE] = {0xFFFFFF, 0x3F4750, 0x000000},
                     [WM_RED] = {0xA31D16, 0xA31D16, 0xFFFFFF}, [WM_AMBER] = {0xFFC94D, 0x7A5200, 0x000000},
                     [WM_GREEN] = {0x15693A, 0x15693A, 0xFFFFFF}, [WM_BLUE] = {0x174F96, 0x174F96, 0xFFFFFF}},
        },
    [WM_THEME_DARK] =
        {
            .page = 0x14191F, .ink = 0xF2F4F6, .muted = 0xAAB4BE, .grid_opacity = 0.12, .axis = 0x76818D,
            .reading = 0x7CC4FF, .plan = 0xF882AA, .off_plan = 0x241B1C, .comparator = 0xC6D0E1, .event = 0xAAB4BE,
            .fan = {0x1B2F42, 0x24425E, 0x2F597F}, .fan_edge = 0x5E8DB8,
            .pill = {[WM_GREY] = {0x9AA5B1, 0x9AA5B1, 0x14191F}, [WM_WHITE] = {0x14191F, 0xC4CCD4, 0xF2F4F6},
                     [WM_RED] = {0xFF6F66, 0xFF6F66, 0x2A0603}, [WM_AMBER] = {0xFFC94D, 0xFFC94D, 0x261A00},
                     [WM_GREEN] = {0x6FD08C, 0x6FD08C, 0x04210E}, [WM_BLUE] = {0x8AB8FF, 0x8AB8FF, 0x051B3A}},
        },
    [WM_THEME_MONOCHROME] =
        {
            .page = 0xFFFFFF, .ink = 0x000000, .muted = 0x4A4A4A, .grid_opacity = 0.09, .axis = 0x707070,
            .reading = 0x000000, .plan = 0x5A5A5A, .off_plan = 0xF3F3F3, .comparator = 0x4A4A4A, .event = 0x4A4A4A,
            .fan = {0xE9E9E9, 0xD2D2D2, 0xB4B4B4}, .fan_edge = 0x808080,
            .pill = {[WM_GREY] = {0xE2E2E2, 0x4A4A4A, 0x000000}, [WM_WHITE] = {0xFFFFFF, 0x4A4A4A, 0x000000},
                     [WM_RED] = {0x000000, 0x000000, 0xFFFFFF}, [WM_AMBER] = {0xBDBDBD, 0x4A4A4A, 0x000000},
                     [WM_GREEN] = {0xFFFFFF, 0x000000, 0x000000}, [WM_BLUE] = {0x4A4A4A, 0x4A4A4A, 0xFFFFFF}},
        },
    [WM_THEME_HIGH_CONTRAST] = /* every text and mark at 7:1 or better */
        {
            .page = 0xFFFFFF, .ink = 0x000000, .muted = 0x1A1A1A, .grid_opacity = 0.09, .axis = 0x000000,
            .reading = 0x00245C, .plan = 0x8D2251, .off_plan = 0xF4EFEC, .comparator = 0x121315, .event = 0x1A1A1A,
            .fan = {0xE6EEF8, 0xC4D8EE, 0x9CBEE2}, .fan_edge = 0x36597F,
            .pill = {[WM_GREY] = {0xFFFFFF, 0x000000, 0x000000}, [WM_WHITE] = {0xFFFFFF, 0x000000, 0x000000},
                     [WM_RED] = {0x8C0000, 0x000000, 0xFFFFFF}, [WM_AMBER] = {0xFFC933, 0x000000, 0x000000},
                     [WM_GREEN] = {0x00501E, 0x000000, 0xFFFFFF}, [WM_BLUE] = {0x003A80, 0x000000, 0xFFFFFF}},
        },
};
/* clang-format on */

const WmPalette *wm_palette(WmThemeName name)
{
    return &THEMES[name];
}

static double linear_light(uint32_t channel)
{
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
    return 0.2126 * linear_light(rgb >> 16 & 0xFF) + 0.7152 * linear_light(rgb >> 8 & 0xFF) + 0.0722 * linear_light(rgb & 0xFF);
}

double wm_contrast(uint32_t a, uint32_t b)
{
    const double la = luminance(a), lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

uint32_t wm_blend(uint32_t top, double opacity, uint32_t below)
{
    uint32_t mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        const double channel = (top >> shift & 0xFF) * opacity + (below >> shift & 0xFF) * (1 - opacity);
        mixed |= (uint32_t)lround(channel) << shift;
    }
    return mixed;
}

static const char *const FORMAT_NAMES[WM_N_FORMATS] = {[WM_FORMAT_SVG] = "svg", [WM_FORMAT_PNG] = "png", [WM_FORMAT_PDF] = "pdf"};

static const char *const THEME_NAMES[WM_N_THEMES] = {
    [WM_THEME_SCREEN] = "screen",
    [WM_THEME_PRINT] = "print",
    [WM_THEME_DARK] = "dark",
    [WM_THEME_MONOCHROME] = "monochrome",
    [WM_THEME_HIGH_CONTRAST] = "high_contrast",
};

WM_DEFINE_NAMES(wm_format, WmFormat, FORMAT_NAMES)
WM_DEFINE_NAMES(wm_theme, WmThemeName, THEME_NAMES)
