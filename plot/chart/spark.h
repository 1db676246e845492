/* plot/chart/spark.h: a series drawn small, within a rectangle of a page, on the layers of the trajectory chart. */
#ifndef WM_PLOT_SPARK_H
#define WM_PLOT_SPARK_H

#include "plot/chart/trajectory_parts.h"

G_BEGIN_DECLS

/** What a sparkline of this series holds: readings, plan and what is expected. NAN where there is no number. */
WmExtent wm_spark_extent(const WmSeries *series);

/** The same, but of what is expected only the middle: on a scale that many areas share, one that is hardly known would flatten all
 * others. */
WmExtent wm_spark_extent_shared(const WmSeries *series);

/** The smallest extent that holds both. */
WmExtent wm_extent_union(WmExtent a, WmExtent b);

/** The plot of an extent within an area, its outermost marks inside it. */
WmPlot wm_spark_plot(const WmChartStyle *style, WmRect area, const WmExtent *extent);

/** Off-plan side, what is expected, path, milestones and readings, without a word. */
void wm_spark_draw(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot, const WmSeries *series);

/** A series' name on a board: its unit's where all measure the same, else its title, with whatever tells it from the others. New.
 */
char *wm_board_name(const WmSeries *const *series, size_t n_series, size_t i);

/** A page divided into cells of one size. */
typedef struct {
    WmRect room;
    size_t n_columns, n_rows;
    double gap;
} WmGrid;

/** Columns and rows for n cells of at least this size, and nearest to its shape; where the room is too small, as many as it holds
 * (at least one). */
WmGrid wm_grid(WmRect room, size_t n, double least_width, double least_height, double gap);

/** How many of n cells it shows. */
size_t wm_grid_shown(const WmGrid *grid, size_t n);
WmRect wm_grid_cell(const WmGrid *grid, size_t i);

/** Height that n cells want below a header, for a chart of this width. */
int wm_grid_height(const WmChartStyle *style, size_t n, int width_px, double least_width_em, double least_height_em);

G_END_DECLS
#endif
