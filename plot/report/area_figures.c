/* The units of a measure as figures. */
#include "plot/report/area_figures.h"

#include <math.h>
#include <waymark/chart_areas.h>
#include <waymark/chart_board.h>

#include "plot/chart/charts.h"
#include "plot/chart/finding.h"
#include "plot/chart/kinds.h"
#include "plot/chart/on_cairo.h"
#include "plot/chart/spark.h"
#include "plot/report/wording.h"

struct AreaFigures {
    const char *ranking_id, *funnel_id, *panels_id;
    bool has_counts;
    WmAreas areas;
    WmBoard board;
    GArray *list;      /* of WmArea */
    GPtrArray *series; /* of const WmSeries */
    char *subject;
};

static void figures_free(gpointer data)
{
    AreaFigures *self = data;
    g_array_unref(self->list);
    g_ptr_array_unref(self->series);
    g_free(self->subject);
    g_free(self);
}

static GBytes *write_ranking(gconstpointer subject, const WmChartOptions *options, GError **error)
{
    return wm_chart_ranking(subject, options, error);
}

static bool draw_ranking(gconstpointer subject, const WmChartOptions *options, void *cairo, GError **error)
{
    return wm_drawing_on_cairo(wm_ranking_draw, subject, options, cairo, error);
}

static GBytes *write_funnel(gconstpointer subject, const WmChartOptions *options, GError **error)
{
    return wm_chart_funnel(subject, options, error);
}

static bool draw_funnel(gconstpointer subject, const WmChartOptions *options, void *cairo, GError **error)
{
    return wm_drawing_on_cairo(wm_funnel_draw, subject, options, cairo, error);
}

static GBytes *write_multiples(gconstpointer subject, const WmChartOptions *options, GError **error)
{
    return wm_chart_multiples(subject, options, error);
}

static bool draw_multiples(gconstpointer subject, const WmChartOptions *options, void *cairo, GError **error)
{
    return wm_drawing_on_cairo(wm_multiples_draw, subject, options, cairo, error);
}

static const WmPicture RANKING = {write_ranking, draw_ranking}, FUNNEL = {write_funnel, draw_funnel},
                       MULTIPLES = {write_multiples, draw_multiples};

/* By the plan's order in the panels, which a reader knows; the ranking orders itself. */
static gint by_place(gconstpointer a, gconstpointer b)
{
    const WmSeries *const *x = a, *const *y = b;
    return (*x > *y) - (*x < *y);
}

static AreaFigures *figures_new(const WmComparison *comparison, const WmComparedMeasure *measure, const WmComparedArea *picked)
{
    const WmSeries *first = measure->series;
    AreaFigures *self = g_new0(AreaFigures, 1);
    self->list = g_array_new(FALSE, FALSE, sizeof(WmArea));
    self->series = g_ptr_array_new();
    self->subject = *first->measure_unit ? g_strdup_printf("%s (%s)", first->title, first->measure_unit) : g_strdup(first->title);
    bool is_illustrative = false;
    for (size_t i = 0; i < measure->n_areas; i++) {
        const WmComparedArea *one = &measure->areas[i];
        const WmArea area = {one->name, one->figure.value, one->figure.numerator, one->figure.denominator};
        g_array_append_val(self->list, area);
        g_ptr_array_add(self->series, (gpointer)one->series);
        is_illustrative |= one->series->is_illustrative;
    }
    g_ptr_array_sort(self->series, by_place);
    self->areas = (WmAreas){.subject = self->subject,
                            .measure_unit = first->measure_unit,
                            .source = first->source,
                            .measure = first->measure,
                            .period = measure->period,
                            .as_at = comparison->month->as_at,
                            .is_illustrative = is_illustrative,
                            .areas = &g_array_index(self->list, WmArea, 0),
                            .n_areas = self->list->len,
                            .benchmark = measure->nation.value,
                            .benchmark_name = WM_ALL_AREAS,
                            .focus = picked ? picked->name : NULL};
    self->board = (WmBoard){.title = first->title,
                            .as_at = comparison->month->as_at,
                            .series = (const WmSeries *const *)(void *)self->series->pdata,
                            .n_series = self->series->len,
                            .focus = picked ? picked->series->unit_name : NULL};
    return self;
}

/* Heights that suit a chart of many rows, within a page. */
#define MOST_WIDE_PX   1100
#define MOST_NARROW_PX 1600
#define MOST_PAPER_PX  780

static void add_figure(WmDocument *document, const char *id, const WmPicture *picture, gconstpointer subject, char *alt,
                       int (*height)(const void *, int))
{
    const WmFigure figure = {.id = id,
                             .picture = picture,
                             .subject = subject,
                             .alt = alt,
                             .caption = "",
                             .paper_height_px = height ? MIN(height(subject, 665), MOST_PAPER_PX) : 0,
                             .wide_height_px = height ? MIN(height(subject, 960), MOST_WIDE_PX) : 0,
                             .narrow_height_px = height ? MIN(height(subject, 300), MOST_NARROW_PX) : 0};
    wm_document_figure(document, &figure);
    g_free(alt);
}

const AreaFigures *wm_document_area_figures(WmDocument *document, const WmComparison *comparison, size_t i_measure,
                                            const WmComparedArea *picked)
{
    AreaFigures *self = figures_new(comparison, &comparison->measures[i_measure], picked);
    self->ranking_id = wm_document_id(document, "ranking", i_measure);
    self->funnel_id = wm_document_id(document, "funnel", i_measure);
    self->panels_id = wm_document_id(document, "panels", i_measure);
    self->has_counts = comparison->measures[i_measure].has_counts;
    return wm_document_own(document, self, figures_free);
}

void wm_document_add_ranking(WmDocument *document, const AreaFigures *self)
{
    add_figure(document, self->ranking_id, &RANKING, &self->areas, wm_chart_ranking_alt(&self->areas),
               wm_chart_kind_find("ranking")->height);
}

void wm_document_add_funnel(WmDocument *document, const AreaFigures *self)
{
    if (self->has_counts)
        add_figure(document, self->funnel_id, &FUNNEL, &self->areas, wm_chart_funnel_alt(&self->areas), NULL);
}

/* "Newer figures of Aland and 2 other areas are not published: their panels show older ones." */
static void add_older(WmDocument *document, const WmBoard *board)
{
    size_t n = 0;
    g_autofree char *first = NULL;
    for (size_t i = 0; i < board->n_series; i++)
        if (wm_is_older(board->series[i]) && n++ == 0)
            first = wm_board_name(board->series, board->n_series, i);
    if (n == 0)
        return;
    const char *others = n == 1 ? "" : wm_document_textf(document, " and %s", wm_say_count(document, n - 1, "other area"));
    wm_document_paragraph(document, wm_document_prosef(document, "Newer figures of %s%s are not published: %s (%s).", first, others,
                                                       n == 1 ? "its panel shows an older one" : "their panels show older ones",
                                                       WM_OLDER_MARK));
}

void wm_document_add_panels(WmDocument *document, const AreaFigures *self)
{
    if (self->board.n_series > WM_MOST_PANELS)
        return;
    add_figure(document, self->panels_id, &MULTIPLES, &self->board, wm_chart_multiples_alt(&self->board),
               wm_chart_kind_find("multiples")->height);
    add_older(document, &self->board);
}
