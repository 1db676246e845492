/* plot/chart/risk_parts.h: the stages of the risk chart: its matrices, and the page around them. */
#ifndef WM_PLOT_RISK_PARTS_H
#define WM_PLOT_RISK_PARTS_H

#include <waymark/chart_plan.h>

#include "plot/chart/style.h"

G_BEGIN_DECLS

typedef enum { WM_RISK_BEFORE, WM_RISK_AFTER, WM_N_RISK_TIMES } WmRiskTime;

/** "Very low" … "Very high", or of three "Low" … "High"; level from 1. */
const char *wm_risk_level_name(int scale, int level);

const WmRiskScore *wm_risk_score_at(const WmRiskEntry *risk, WmRiskTime time);
bool wm_risk_is_scored(const WmRiskEntry *risk, WmRiskTime time);

/** Shades of one hue, a step a band: severity is read from the place as well. */
uint32_t wm_risk_shade(const WmPalette *palette, WmRiskBand band);

/** All that a matrix is drawn with; borrowed. */
typedef struct {
    WmCanvas *canvas;
    const WmChartStyle *style;
    const WmRiskChart *risks;
} WmRiskView;

#define WM_RISK_LEVEL_LEADING 1.1 /* of the names of the impacts, which may take two lines */

/** Lines that the names of the impacts take below cells of this width. */
size_t wm_risk_impact_lines(const WmRiskView *view, double width);

void wm_risk_draw_matrix(const WmRiskView *view, WmRiskTime time, WmRect grid, bool has_levels);

G_END_DECLS
#endif
