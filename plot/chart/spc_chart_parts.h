/* plot/chart/spc_chart_parts.h: the stages of the control chart: what it says, its marks, its layers and its labels. */
#ifndef WM_PLOT_SPC_CHART_PARTS_H
#define WM_PLOT_SPC_CHART_PARTS_H

#include "plot/chart/trajectory_parts.h"

G_BEGIN_DECLS

/** Colours of effects, beside the theme's own. Each effect has a form as well. */
typedef struct {
    uint32_t effect[WM_N_EFFECTS]; /* marks and icons */
    uint32_t on;                   /* what is drawn on them */
    uint32_t limit;                /* limits and centre, and their names */
    uint32_t within;               /* the area between limits */
} WmSpcColours;

/** Of the theme that the palette is of. */
const WmSpcColours *wm_spc_colours(const WmPalette *palette);

/** All that a layer of a control chart draws with; borrowed. `base` serves the layers that the trajectory chart has too. */
typedef struct {
    WmView base;
    const WmSpc *spc;
    const WmSpcColours *colours;
    double half_months; /* half a period: how far lines reach beyond the first and last reading */
} WmSpcView;

/** Months of reading i. */
double wm_spc_months(const WmSpcView *view, size_t i);

/* Marks, also drawn in the key: a disc for improvement, a diamond for concern, a square for neither, a small dot for none. Excluded
 * ones are hollow and struck out, provisional ones hollow. */
typedef enum { WM_SPC_SOLID, WM_SPC_HOLLOW, WM_SPC_CROSSED } WmSpcFilling;

void wm_spc_mark(WmCanvas *canvas, const WmChartStyle *style, const WmSpcColours *colours, WmPoint at, double radius,
                 WmEffect effect, WmSpcFilling filling);

/* The same in a key; each is the `draw` of a WmKeyEntry. */
void wm_spc_swatch(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch, WmEffect effect, WmSpcFilling filling);
void wm_spc_swatch_reading(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch);
void wm_spc_swatch_improvement(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch);
void wm_spc_swatch_concern(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch);
void wm_spc_swatch_neutral(WmCanvas *canvas, const WmChartStyle *style, WmRect swatch);

/** Icons within a square. Variation has the mark's form with an arrow (up or down), or a wave; assurance a tick, a cross, or a line
 * that crosses the target. Nothing is drawn for WM_ASSURANCE_NONE. */
void wm_spc_icon_variation(WmCanvas *canvas, const WmChartStyle *style, const WmSpcColours *colours, WmRect square, WmEffect effect,
                           int direction);
/** In place of a variation where nothing can signal: an open ring. */
void wm_spc_icon_not_judged(WmCanvas *canvas, const WmChartStyle *style, const WmSpcColours *colours, WmRect square);
void wm_spc_icon_assurance(WmCanvas *canvas, const WmChartStyle *style, const WmSpcColours *colours, WmRect square,
                           WmAssurance assurance);

/** Both icons with their words, top right at `corner`: what they cover. `spc` is a WmSpc, untyped as in WmBadge. */
WmRect wm_spc_badge(WmCanvas *canvas, const WmChartStyle *style, const void *spc, WmPoint corner, double max_width);

/** The chart of a series as its plan wants it. Returns the scratch that owns what *out shows; caller frees. */
WmSpcScratch *wm_spc_chart_series(const WmSeries *series, WmSpc *out);

/** Wordings of the finding, fullest first. Never empty. New. */
GStrv wm_spc_finding_wordings(const WmSeries *series, const WmSpc *spc);

/** "mean", or "median" on a run chart. */
const char *wm_spc_centre_word(const WmSpc *spc);

/** A limit or a centre with its unit: counts below 100 have a decimal, for a mean of 0.7 incidents is not 1. Returns text. */
const char *wm_spc_level_format(double level, const WmSeries *series, char text[WM_VALUE_TEXT]);

/** Where the line stands at which a phase begins: where its event's flag is, if it has one. */
double wm_spc_phase_x(const WmSpcView *view, size_t i_first);

/* Layers, from the back. Each tells the labeller what it drew. */
void wm_spc_layer_limits(const WmSpcView *view);
void wm_spc_layer_target(const WmSpcView *view);
void wm_spc_layer_readings(const WmSpcView *view);

/** What the plot must hold. */
WmExtent wm_spc_extent(const WmSeries *series, const WmSpc *spc, double half_months);

/** Draw every direct label, the most important first; and the width that those at the right edge want. */
void wm_spc_labels(const WmSpcView *view);
double wm_spc_gutter(WmTypeset *typeset, const WmChartStyle *style, const WmSeries *series, const WmSpc *spc);

/** The last point that has limits or a centre in the phase of the latest reading; SIZE_MAX for none, and for a phase of one
 * reading, whose mean says nothing. */
size_t wm_spc_last_lined(const WmSpc *spc);

/** Entries of the key. New array of WmKeyEntry. */
GArray *wm_spc_key(const WmSeries *series, const WmSpc *spc);

/** What a control chart is drawn from; borrowed. */
typedef struct {
    const WmSeries *series;
    const WmSpc *spc;
} WmSpcDrawing;

/** Draw a whole chart; `drawing` is a WmSpcDrawing. */
void wm_spc_draw(WmCanvas *canvas, const WmChartStyle *style, const void *drawing);

G_END_DECLS
#endif
