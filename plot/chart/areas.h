/* plot/chart/areas.h: what the charts of areas share: what they compute, gather and say. */
#ifndef WM_PLOT_AREAS_H
#define WM_PLOT_AREAS_H

#include <waymark/chart_areas.h>

#include "plot/chart/frame.h"
#include "plot/chart/kinds.h"
#include "plot/chart/spc_chart_parts.h"

G_BEGIN_DECLS

/** Percents are shares of their denominator; all else are events in an exposure. */
WmEventLaw wm_areas_law(const WmAreas *areas);

/** What a share or rate is times, to be in the indicator's unit: 100 for percents; else the median of what the areas' own figures
 * say, 1 without any. */
double wm_areas_per(const WmAreas *areas);

/** Whether an area has a value and a usable denominator and numerator. */
bool wm_area_has_counts(const WmArea *area);

/** Whether this is the one picked out. */
bool wm_area_is_focus(const WmAreas *areas, const WmArea *area);

/** What it means to lie above (+1), below (-1) or within (0) what was expected. */
WmEffect wm_areas_effect(const WmAreas *areas, int side);

/** Value with its unit. Returns text. */
const char *wm_areas_value(const WmAreas *areas, double value, char text[WM_VALUE_TEXT]);

/** Subject, region and period: "Plans issued within 20 weeks (%), South West, 2021". New. */
char *wm_areas_subject(const WmAreas *areas);

/** The header of a chart of areas. */
WmRect wm_areas_header(WmCanvas *canvas, const WmChartStyle *style, const WmAreas *areas, GStrv findings);

/** Which marks a chart of areas shows, and so has to explain. */
typedef struct {
    bool has_solid[WM_N_EFFECTS], has_hollow[WM_N_EFFECTS], has_intervals;
} WmAreasDrawn;

/** What the marks of areas mean. New array of WmKeyEntry. */
GArray *wm_areas_key(const WmAreasDrawn *drawn);

/** "3 areas without a figure"; "" for none. New. */
char *wm_areas_without_note(size_t n, const char *what);

/** Areas of a selection of one indicator: every figure of its latest period. New; NULL without series. */
void *wm_areas_gather(const WmChartSelection *selection);
void wm_areas_release(void *areas);

G_END_DECLS
#endif
