/* engine/data/month/month_private.h: what the month's files share. */
#ifndef WM_DATA_MONTH_PRIVATE_H
#define WM_DATA_MONTH_PRIVATE_H

#include <waymark/month.h>

#include "engine/data/month/data_checks.h"
#include "engine/data/series/signal_batch.h"
#include "engine/data/series/series_view.h"

struct WmMonthStorage {
    GStringChunk *texts;
    GArray *series;       /* of WmSeries */
    GArray *exceptions;   /* of size_t */
    GArray *records;      /* of WmExceptionRecord */
    GArray *changes;      /* of WmChange */
    GArray *revisions;    /* of WmMonthRevision */
    GArray *drops;        /* of WmDropInfo */
    GPtrArray *owned;     /* of GArray: readings, revisions and the like that series point into */
    GPtrArray *plans;     /* of SeriesPlan */
    GPtrArray *revised;   /* of GArray of WmRevision, one a series: figures that are not those of the previous as-at */
    GPtrArray *forecasts; /* of WmForecast, that trends point to */
    PriorSet *priors;     /* likewise */
    WmProblems *problems;
    SignalBatch *batch;
};

/* Assess a series and add it. Vintages and days as of SeriesSource. */
void month_add_series(WmMonth *month, SeriesTools *tools, const WmIndicator *indicator, const WmSeriesKey *key,
                      const GArray *vintages, const GArray *days);

/* Fill in the changes since the previous as-at. */
void month_find_changes(WmMonth *self);

/* Fill in the records of exceptions; after the exceptions are ranked and published. */
void month_find_records(WmMonth *self);

/* A record in one plain sentence or two. Kept by the month. */
const char *month_say_record(WmMonth *self, const WmExceptionRecord *record);

/* Fill in the revisions since the previous as-at. */
void month_find_revisions(WmMonth *self);

/* Add what the assessed series suggest. */
void month_check_series(WmMonth *self);

#endif
