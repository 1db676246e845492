/* waymark/chart_areas.h: one indicator in one period, area beside area. */
#ifndef WAYMARK_CHART_AREAS_H
#define WAYMARK_CHART_AREAS_H

#include <waymark/area.h>
#include <waymark/chart.h>

G_BEGIN_DECLS

/** One area's figure. */
typedef struct {
    const char *name;
    double value;                  /* indicator's unit; NAN when it has none: then it is left out */
    double numerator, denominator; /* NAN when not published: then it has no interval and no place in a funnel */
} WmArea;

/** Texts are borrowed, UTF-8, and never NULL unless said. */
typedef struct {
    const char *subject; /* what is measured, as in "Plans issued within 20 weeks (%)" */
    const char *measure_unit;
    const char *source;
    WmMeasure measure;
    WmPeriod period; /* of every figure */
    WmDay as_at;
    bool is_illustrative;
    const WmArea *areas; /* n_areas, in any order */
    size_t n_areas;
    double benchmark;           /* indicator's unit; NAN: a funnel takes the areas' pooled figure, a ranking none */
    const char *benchmark_name; /* as in "National"; "" for none */
    const char *focus;          /* name of the area to pick out; NULL for none */
    const char *within;         /* name of the region that all lie in; NULL for none */
    WmOverdispersion overdispersion;
} WmAreas;

/** Draw a funnel: each area's figure against its denominator, with the limits at 95 and 99.8% within which chance alone would leave
 * it (wm_funnel_limits_spread; a percent is binomial, all else Poisson). Only areas with a denominator are in it.
 *
 * @return the file's bytes, new; NULL with WM_ERROR_FILE
 */
GBytes *wm_chart_funnel(const WmAreas *areas, const WmChartOptions *options, GError **error);

/** Draw areas by rank, the best first, each with its 95% interval: Wilson's for a percent, exact Poisson for a count or rate. */
GBytes *wm_chart_ranking(const WmAreas *areas, const WmChartOptions *options, GError **error);

/** Alternative texts. Caller frees. */
char *wm_chart_funnel_alt(const WmAreas *areas);
char *wm_chart_ranking_alt(const WmAreas *areas);

G_END_DECLS
#endif
