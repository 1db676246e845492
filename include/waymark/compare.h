/* waymark/compare.h: areas against each other: the figure of many areas as one, their quartiles, and where one of them stands.
 *
 * A figure is in the indicator's own unit. The figure of many areas is made of their counts, Σ numerators / Σ denominators, never
 * of their figures: a mean of rates would count a village as much as a city. Every function is pure.
 */
#ifndef WAYMARK_COMPARE_H
#define WAYMARK_COMPARE_H

#include <waymark/reading.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What one area has for one period. */
typedef struct {
    double value;                  /* indicator's unit; NAN: the area plays no part */
    double numerator, denominator; /* NAN when not published */
} WmAreaFigure;

/** Many areas as one. */
typedef struct {
    double value;                  /* indicator's unit; NAN when no area has counts */
    double numerator, denominator; /* sums; NAN when no area has counts */
    size_t n_areas;                /* that are in the sums */
    size_t n_without;              /* that have a value and no counts: left out */
} WmAreaTotal;

/** What a share is times, to be in the indicator's unit: 100 for a percent; for rates, durations and scores the median of value ·
 * denominator / numerator over the areas with counts. NAN for what is no share (a count, money), and where nothing says it.
 *
 * @param figures  n, borrowed
 * @param scratch  room for n numbers, borrowed
 */
double wm_area_scale(WmKind kind, const WmAreaFigure *figures, size_t n, double *scratch);

/** scale · Σ numerators / Σ denominators over the areas that have a value, a numerator >= 0 and a denominator > 0.
 *
 * @param scale  as from wm_area_scale; with NAN the value is NAN
 */
WmAreaTotal wm_area_total(const WmAreaFigure *figures, size_t n, double scale);

/** Quartiles of areas, each counting once whatever its size. */
typedef struct {
    size_t n;                    /* areas with a value */
    double lower, median, upper; /* NAN for no area */
} WmQuartiles;

/** The values of the areas that have one, ascending, into `sorted` (room for n). Returns how many. */
size_t wm_area_values(const WmAreaFigure *figures, size_t n, double *sorted);

/** Quartiles by linear interpolation between order statistics, at (n − 1)p + 1.
 *
 * Source: Hyndman and Fan (1996), The American Statistician 50, 361-365, definition 7: that of Excel's QUARTILE.INC and of R.
 *
 * @param sorted  n values, ascending
 */
WmQuartiles wm_quartiles(const double *sorted, size_t n);

/** Rank among n sorted values: 1 + how many are better; equal values share one. Where no way is better, 1 is the highest. 0 for a
 * value of NAN. */
size_t wm_area_rank(const double *sorted, size_t n, WmPolarity polarity, double value);

/** The quarter in which a value lies, 1 the best (or the highest): at or beyond the quartile that bounds it. 0 for NAN, and with
 * fewer than WM_FEWEST_QUARTERED areas. */
int wm_area_quartile(const WmQuartiles *quartiles, WmPolarity polarity, double value);

/** The least value of the best quarter: the upper quartile, or where lower is better the lower. NAN with fewer than
 * WM_FEWEST_QUARTERED areas. "Top quartile" is met exactly where wm_area_quartile gives 1. */
double wm_best_quartile(const WmQuartiles *quartiles, WmPolarity polarity);

#define WM_FEWEST_QUARTERED 4

#ifdef __cplusplus
}
#endif
#endif
