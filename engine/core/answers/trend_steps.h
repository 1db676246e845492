/* engine/core/answers/trend_steps.h: where the level of a series may step: interventions, as the terms of a model. */
#ifndef WM_CORE_TREND_STEPS_H
#define WM_CORE_TREND_STEPS_H

#include <waymark/forecast.h>
#include <waymark/smoothing.h>

#define TREND_MAX_STEPS WM_SMOOTHING_MAX_REGRESSORS

/* The readings that a model uses, by time. */
typedef struct {
    size_t n;
    const double *t; /* n, rising: a period's number less `origin`; NULL for 0, 1, 2, ... */
    const double *y; /* n; NAN: not used */
    int origin;
} TrendTimes;

/* By time. */
typedef struct {
    WmPeriod periods[TREND_MAX_STEPS];
    double times[TREND_MAX_STEPS]; /* on the scale of TrendTimes' t */
    size_t n;
} TrendSteps;

/* Interventions that have a reading used on either side, and one between each two: otherwise no step could be told there. Of two
 * without one between them the earlier stands for both; where there is no room for all the latest are taken. */
void trend_steps_take(const WmForecastSeries *series, const WmForecastGroup *group, const TrendTimes *times, TrendSteps *out);

/* Without the first: a model for which there are too few readings does with fewer steps. */
void trend_steps_drop_first(TrendSteps *self);

#endif
