/* plot/chart/kinds.h: what a kind of chart is made of. Each chart's file defines its own. */
#ifndef WM_PLOT_KINDS_H
#define WM_PLOT_KINDS_H

#include <waymark/chart_kinds.h>

#include "plot/chart/page.h"

G_BEGIN_DECLS

/** The tallest chart that is drawn unasked, in px; one of more rows than that counts in its notes those that it leaves out. */
#define WM_CHART_MOST_PX 10000

struct WmChartKind {
    const char *name, *summary;
    WmChartScope scope;
    bool needs_plan;
    const char *nothing, *advice; /* said where there is nothing to show, with what to do; NULL for the usual words */
    int width_px, height_px;      /* default size; 0 for 960 x 540 */

    /* The data of a chart: new, or NULL where there is nothing to show. Released when drawn; `release` NULL for what is borrowed.
     */
    void *(*gather)(const WmChartSelection *selection);
    void (*release)(void *data);

    /* Why a series has none; NULL where it has. NULL for a kind that takes every series. */
    const char *(*refuses)(const WmSeries *series);

    WmDrawFunc draw;
    GBytes *(*write)(const void *data, const WmChartOptions *options, GError **error);
    int (*height)(const void *data, int width_px); /* height that suits the data; NULL for the default */
};

/** Defines a kind in its own file, with its place in help: `WM_CHART_KIND(30, sparkline) = {…};` at the start of a line. The build
 * finds it there (cmake/chart_kinds.cmake), so that adding a chart is adding a file. */
#define WM_CHART_KIND(place, name)           \
    extern const WmChartKind wm_kind_##name; \
    const WmChartKind wm_kind_##name

/** The selection as a WmBoard: new, freed with g_free; NULL without series. */
void *wm_kind_gather_board(const WmChartSelection *selection);

/** Whether a row of a plan's table that names these indicators ("KPI1 KPI2") belongs to a selection about one, or all. */
bool wm_kind_is_about(const WmChartSelection *selection, const char *indicators);

/** The first series of the selection, borrowed: for a chart of one series. */
void *wm_kind_gather_series(const WmChartSelection *selection);

G_END_DECLS
#endif
