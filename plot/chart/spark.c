/* A series drawn small, and pages of many. */
#include "plot/chart/spark.h"

#include <math.h>
#include <string.h>

WmExtent wm_spark_extent(const WmSeries *series)
{
    WmFan fan;
    wm_fan_predict(series, &fan);
    return wm_trajectory_extent(series, &fan);
}

WmExtent wm_spark_extent_shared(const WmSeries *series)
{
    WmFan fan;
    wm_fan_predict(series, &fan);
    for (size_t i = 0; i < fan.n_points; i++)
        for (size_t band = 0; band < WM_FAN_BANDS; band++)
            fan.points[i].low[band] = fan.points[i].high[band] = fan.points[i].centre;
    return wm_trajectory_extent(series, &fan);
}

WmExtent wm_extent_union(WmExtent a, WmExtent b)
{
    return (WmExtent){fmin(a.t_from, b.t_from), fmax(a.t_to, b.t_to), fmin(a.low, b.low), fmax(a.high, b.high)};
}

/* Room for a mark at the edge, in em. */
#define PAD_EM 0.55

WmPlot wm_spark_plot(const WmChartStyle *style, WmRect area, const WmExtent *extent)
{
    const double pad = style->em * PAD_EM;
    const bool is_flat = !(extent->high > extent->low);
    const double room = is_flat ? fmax(fabs(extent->high) * 0.1, 1e-9) : 0;
    const double low = isfinite(extent->low) ? extent->low - room : 0, high = isfinite(extent->high) ? extent->high + room : 1;
    WmPlot plot = {.area = area};
    plot.x = (WmScale){extent->t_from, extent->t_to, area.x + pad, area.x + fmax(area.width - pad, pad + 1)};
    plot.y = (WmScale){low, high, area.y + fmax(area.height - pad, pad + 1), area.y + pad};
    return plot;
}

void wm_spark_draw(WmCanvas *canvas, const WmChartStyle *style, const WmPlot *plot, const WmSeries *series)
{
    WmChartStyle small = *style;
    small.detail = WM_DETAIL_SPARK;
    WmFan fan;
    wm_fan_predict(series, &fan);
    const WmView view = {series, &fan, canvas, &small, plot, NULL};
    wm_layer_off_plan(&view);
    wm_layer_fan(&view);
    wm_layer_path(&view);
    wm_layer_milestones(&view);
    wm_layer_readings(&view);
}

/* ---- boards ---- */

/* A file without a plan gives each series an id of its own, and all of them one title. */
static bool is_same_measure(const WmSeries *a, const WmSeries *b)
{
    return strcmp(a->indicator, b->indicator) == 0 || (*a->title && strcmp(a->title, b->title) == 0);
}

static bool are_all_of_one(const WmSeries *const *series, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (!is_same_measure(series[i], series[0]))
            return false;
    return n > 1;
}

static bool has_twin(const WmSeries *const *series, size_t n, size_t i)
{
    for (size_t j = 0; j < n; j++)
        if (j != i && is_same_measure(series[j], series[i]))
            return true;
    return false;
}

static const char *unit_name(const WmSeries *series)
{
    return *series->unit_name ? series->unit_name : series->unit;
}

char *wm_board_name(const WmSeries *const *series, size_t n, size_t i)
{
    const WmSeries *self = series[i];
    const char *title = *self->title ? self->title : self->indicator, *unit = unit_name(self);
    const bool names_unit = *unit && has_twin(series, n, i), is_unit_alone = names_unit && are_all_of_one(series, n);
    return g_strconcat(is_unit_alone ? "" : title, names_unit && !is_unit_alone ? ", " : "", names_unit ? unit : "",
                       *self->cohort ? ", " : "", self->cohort, NULL);
}

/* How far the cells of so many columns are from the shape that they are drawn for: 0 is of that shape. */
static double distance_from_shape(WmRect room, size_t n, size_t n_columns, double gap, double shape)
{
    const double n_rows = (double)((n + n_columns - 1) / n_columns);
    const double width = (room.width + gap) / (double)n_columns - gap, height = (room.height + gap) / n_rows - gap;
    return fabs(log(width / height / shape));
}

WmGrid wm_grid(WmRect room, size_t n, double least_width, double least_height, double gap)
{
    const size_t most_columns = (size_t)fmax(1, floor((room.width + gap) / (least_width + gap))),
                 most_rows = (size_t)fmax(1, floor((room.height + gap) / (least_height + gap))), n_cells = MAX(n, 1);
    size_t n_columns = MIN(most_columns, n_cells);
    double nearest = HUGE_VAL;
    for (size_t columns = n_columns; columns >= 1 && (n_cells + columns - 1) / columns <= most_rows; columns--) {
        const double distance = distance_from_shape(room, n_cells, columns, gap, least_width / least_height);
        if (distance < nearest) {
            nearest = distance;
            n_columns = columns;
        }
    }
    const size_t n_rows = (n_cells + n_columns - 1) / n_columns;
    return (WmGrid){room, n_columns, MIN(n_rows, most_rows), gap};
}

size_t wm_grid_shown(const WmGrid *grid, size_t n)
{
    return MIN(n, grid->n_columns * grid->n_rows);
}

WmRect wm_grid_cell(const WmGrid *grid, size_t i)
{
    const double width = (grid->room.width - grid->gap * (double)(grid->n_columns - 1)) / (double)grid->n_columns,
                 height = (grid->room.height - grid->gap * (double)(grid->n_rows - 1)) / (double)grid->n_rows;
    return (WmRect){grid->room.x + (double)(i % grid->n_columns) * (width + grid->gap),
                    grid->room.y + (double)(i / grid->n_columns) * (height + grid->gap), width, height};
}

int wm_grid_height(const WmChartStyle *style, size_t n, int width_px, double least_width_em, double least_height_em)
{
    const double room = width_px - 2 * style->margin, gap = style->em;
    const size_t columns = (size_t)fmax(1, floor((room + gap) / (least_width_em * style->em + gap)));
    const size_t rows = (MAX(n, 1) + columns - 1) / columns;
    return (int)ceil(2 * style->margin + 9 * style->em + (double)rows * (least_height_em * style->em + gap) * 1.06);
}
