/* postgres/series_group.h: what the final functions of trend, chance and assess share: a group with its prior. */
#ifndef WM_POSTGRES_SERIES_GROUP_H
#define WM_POSTGRES_SERIES_GROUP_H

#include "postgres/readings_state.h"

/* A group settled, with the built-in prior of its kind of period and bounds: an aggregate sees one series at a time. Borrows the
 * readings and the options. */
typedef struct {
    WmForecastSeries series;
    WmPrior prior;
} SeriesGroup;

SeriesGroup series_group(GroupReadings readings, const Options *options);

#endif
