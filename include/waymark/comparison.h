/* waymark/comparison.h: the units of a plan beside each other, measure by measure, as at a month's date.
 *
 * *Peers* are the measured units of one type of units.csv. Their *nation* is all of them together, their *region* those that lie
 * below the same unit, their *neighbours* those of neighbours.csv; each is a total of counts (wm_area_total). Everything is for one
 * period: the latest for which at least half of the peers have a figure.
 */
#ifndef WAYMARK_COMPARISON_H
#define WAYMARK_COMPARISON_H

#include <waymark/area.h>
#include <waymark/compare.h>
#include <waymark/month.h>

G_BEGIN_DECLS

/** Below so many people behind a percent, or so many events behind a rate, a figure is told with caution: one case more moves a
 * percent by over three points. Our own line, and no more than that. */
#define WM_FEW_CASES  30
#define WM_FEW_EVENTS 10

/** One unit. Texts are borrowed and never NULL. */
typedef struct {
    const WmSeries *series; /* borrowed from the month */
    const char *name;
    WmAreaFigure figure; /* of the measure's period */
    WmInterval interval; /* 95%, in the indicator's unit: Wilson's, or exact Poisson; NAN without counts */
    size_t rank;         /* 1 is best; equal figures share one; 0 without a figure */
    int quartile;        /* 1 is the best quarter; 0 where there is none */
    int funnel;          /* as of wm_funnel_side, against the nation */
    const char *region;  /* its name; "" for none */
    double regional;     /* indicator's unit; NAN for none */
    double neighbours;   /* the same of its neighbours; NAN where less than half of those named have counts */
    size_t n_neighbours; /* that are in it */
    size_t n_named;      /* that neighbours.csv names */
    double before;       /* a year before; NAN for none */
    bool is_small;       /* few cases: see above */
} WmComparedArea;

/** One measure and cohort of one type of unit. */
typedef struct {
    const WmSeries *series; /* the first unit's: what is measured */
    const char *type;       /* of units.csv; "" where it has none */
    WmPeriod period;
    WmPeriod period_before; /* a year before; WM_PERIOD_NONE where the measure's periods make up no year */
    WmAreaTotal nation;
    WmQuartiles quartiles;
    double best_quartile; /* the bound of the best quarter; NAN with too few areas */
    WmEventLaw law;
    double phi; /* variance between areas over that of chance, as of wm_area_spread; NAN without counts */
    bool has_regions, has_neighbours, has_counts; /* some unit has */
    const WmComparedArea *areas;                  /* n_areas: the ranked, the best first, then those without a figure */
    size_t n_areas, n_ranked;
} WmComparedMeasure;

typedef struct WmComparisonStorage WmComparisonStorage;

typedef struct {
    const WmMonth *month;              /* borrowed; outlives the comparison */
    const WmComparedMeasure *measures; /* n_measures, in the plan's order: those with figures of two units at least */
    size_t n_measures;
    WmComparisonStorage *storage;
} WmComparison;

/** Compare the units of a month's plan. New. */
WmComparison *wm_comparison_new(const WmMonth *month);
void wm_comparison_free(WmComparison *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmComparison, wm_comparison_free)

/** Whether a month has units to compare: some measure of two of them. A month of one unit alone has none. */
bool wm_month_compares(const WmMonth *month);

/** How much better than a level of its peers a figure is, in the indicator's unit: signed as gaps are; where no way is better, as
 * the figure moves. NAN when either is. */
double wm_compared_gap(const WmComparedMeasure *measure, double value, double level);

/** `within above_95 above_998 below_95 below_998`. */
const char *wm_funnel_side_name(int side);

/** `areas.csv`: a row a unit of each measure. Caller frees. */
char *wm_comparison_to_csv(const WmComparison *self);

G_END_DECLS
#endif
