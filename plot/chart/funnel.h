/* plot/chart/funnel.h: areas placed within the limits of a funnel, and what is said of them. */
#ifndef WM_PLOT_FUNNEL_H
#define WM_PLOT_FUNNEL_H

#include "plot/chart/areas.h"

G_BEGIN_DECLS

/* Limits, from the inner. */
typedef enum { WM_FUNNEL_INNER, WM_FUNNEL_OUTER, WM_N_FUNNEL_LEVELS } WmFunnelLevel;

/* Where an area lies: 0 within the inner limits, ±1 beyond them, ±2 beyond the outer ones. */
typedef struct {
    const WmArea *area;
    int side;
} WmPlacedArea;

typedef struct {
    const WmAreas *areas;
    WmEventLaw law;
    double per; /* indicator's unit for each share or rate */
    WmAreaSpread spread;
    double theta;
    GArray *placed; /* WmPlacedArea, by denominator */
    size_t n_without;
} WmFunnel;

/** The benchmark, the spread, and where each area lies. Borrows the areas. */
WmFunnel wm_funnel_of(const WmAreas *areas);
void wm_funnel_clear(WmFunnel *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WmFunnel, wm_funnel_clear)

/** Limits in the indicator's unit for an area of this denominator. */
WmInterval wm_funnel_limits_at(const WmFunnel *self, double denominator, WmFunnelLevel level);

/** Area i of those with counts, by denominator. */
const WmPlacedArea *wm_funnel_area(const WmFunnel *self, guint i);

/** The one picked out; NULL for none. */
const WmPlacedArea *wm_funnel_focus(const WmFunnel *self);

/** Wordings of the finding, fullest first. Never empty. New. */
GStrv wm_funnel_wordings(const WmFunnel *self);

G_END_DECLS
#endif
