/* engine/core/answers/chance_row.h: the chance of one target for one fitted series: the row of the filter chance, for every host.
 */
#ifndef WM_CORE_CHANCE_ROW_H
#define WM_CORE_CHANCE_ROW_H

#include <waymark/assess.h>

/* The expected period, and the ends of its 80% interval. */
enum { WM_CHANCE_ROW_STEPS = 3 };

typedef struct {
    double chance; /* 0..1; NAN with basis none */
    WmBasis basis;
    int steps[WM_CHANCE_ROW_STEPS]; /* after forecast->last; 0: not within the horizon of an assessment */
} WmChanceRow;

WmChanceRow wm_chance_row_none(void);

/* What is measured, as far as a filter knows it: met is met, for what is published is not known there. */
WmMeasure wm_filter_measure(WmKind kind, WmPolarity polarity);

/* Judge a target. Due is judged by the last period that ends by then: by its reading where that has come, else by the forecast;
 * WM_NO_DAY is the next period.
 *
 * readings  n_readings that *forecast was fitted to, by period
 */
WmChanceRow wm_chance_row(const WmPrior *prior, const WmForecast *forecast, const WmReading *readings, size_t n_readings,
                          const WmMeasure *measure, double target, WmDay due);

#endif
