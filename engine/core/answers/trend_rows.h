/* engine/core/answers/trend_rows.h: what the pooled model makes of each reading of a series, and of the periods to come: the rows
 * of the filter trend, for every host. */
#ifndef WM_CORE_TREND_ROWS_H
#define WM_CORE_TREND_ROWS_H

#include <waymark/forecast.h>

#define WM_TREND_ROW_LEVELS 20

/* What a model expects of one period. NAN: not available. */
typedef struct {
    double mean, sd, lo[WM_TREND_ROW_LEVELS], hi[WM_TREND_ROW_LEVELS];
} WmTrendRow;

/* A row with nothing in it. */
WmTrendRow wm_trend_row_none(void);

/* What a distribution says, at n levels: percents, each 0..100. */
WmTrendRow wm_trend_row_of(const WmDistribution *y, const double *levels, size_t n_levels);

/* What is asked of every model. */
typedef struct {
    int horizon;          /* periods after the last reading's */
    const double *levels; /* percent, 0..100 */
    size_t n_levels;      /* at most WM_TREND_ROW_LEVELS */
    bool is_percent;      /* how a numerator over its denominator is counted */
    double low, high;     /* bounds that were asked for, which no row passes; NAN: none. The pooled model has those of its group */
} WmTrendAsk;

/* Fit a series, and say its rows.
 *
 * past    n_readings long, scratch
 * fitted  n_readings long; a row with nothing in it for a reading that does not count
 * ahead   horizon long; written where *forecast is fitted. They count from the last reading, with a value or without
 */
void wm_trend_rows(const WmPrior *prior, const WmForecastSeries *series, const WmTrendAsk *ask, WmForecastScratch *scratch,
                   WmForecast *forecast, WmDistribution *past, WmTrendRow *fitted, WmTrendRow *ahead);

#endif
