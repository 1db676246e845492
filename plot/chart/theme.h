/* plot/chart/theme.h: the colours of a chart by what they mean, one row a theme.
 *
 * Every text keeps 4.5:1 and every mark one must see 3:1 against what is behind it (WCAG 2.2 AA, 1.4.3 and 1.4.11); tests check
 * each row. Hues are told apart by readers with any common colour blindness, and every meaning has a form or a word as well.
 */
#ifndef WM_PLOT_THEME_H
#define WM_PLOT_THEME_H

#include <waymark/chart.h>

#include "plot/chart/text.h"

G_BEGIN_DECLS

/** Status pill: its fill, its edge (seen against the page) and its word. */
typedef struct {
    uint32_t fill, edge, text;
} WmPillColours;

/** Colours are 0xRRGGBB. */
typedef struct {
    uint32_t page;       /* behind everything */
    uint32_t ink;        /* titles, values */
    uint32_t muted;      /* what explains: subtitle, axis labels, notes */
    double grid_opacity; /* of ink, in hairlines: decoration, no contrast asked */
    uint32_t axis;       /* the foot line and its ticks */
    uint32_t reading;    /* readings, their line, fit and fan */
    uint32_t plan;       /* required path and milestones */
    uint32_t off_plan;   /* shade of the side that is worse than plan */
    uint32_t comparator; /* lines to compare with */
    uint32_t event;      /* flags */
    uint32_t fan[3];     /* the 95, 80 and 50% bands, laid over one another */
    uint32_t fan_edge;   /* of the widest band */
    WmPillColours pill[WM_N_RAGS];
} WmPalette;

const WmPalette *wm_palette(WmThemeName name);

static inline WmColour wm_opaque(uint32_t rgb)
{
    return (WmColour){rgb, 1};
}

static inline WmColour wm_faded(uint32_t rgb, double opacity)
{
    return (WmColour){rgb, opacity};
}

/** Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, definitions "contrast ratio" and "relative luminance". */
double wm_contrast(uint32_t a, uint32_t b);

/** `top` laid over `below` with an opacity of 0 to 1. */
uint32_t wm_blend(uint32_t top, double opacity, uint32_t below);

G_END_DECLS
#endif
